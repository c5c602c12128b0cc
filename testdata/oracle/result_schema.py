#!/usr/bin/env python3
"""Results of every plan against the schema of results, by a validator of others.

usage: result_schema.py TOOL
"""
import glob
import json
import subprocess
import sys

import jsonschema


def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False)
    return json.loads(done.stdout) if done.stdout else None


def main():
    tool = sys.argv[1]
    schema = run(tool, "schema", "result")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    count, good = 0, True
    for path in sorted(glob.glob("testdata/**/*.json", recursive=True)):
        result = run(tool, "check", "--all", "--format", "json", path)
        if not result:
            continue
        count += 1
        for error in validator.iter_errors(result):
            print("%s: %s: %s" % (path, list(error.absolute_path),
                                  error.message[:200]))
            good = False
    print("schemas: %d results are what their schema says" % count)
    return 0 if good and count else 1


if __name__ == "__main__":
    sys.exit(main())
