#!/usr/bin/env python3
"""Do the JSON Schemas and the loader accept and refuse the same files?

    schema.py TOOL COUNT SEED

Every YAML file of policies/ and testdata/ is read by both, then COUNT mutants of
their parts: a wrong key, a wrong type, a key that is missing.  What the loader
accepts the schema must accept.  What the loader alone refuses must be
something that no schema can say, which SEMANTIC lists.
"""
import collections
import copy
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

SEMANTIC = re.compile("|".join([
    r"are refused", r"byte order mark", r"line end", r"nested deeper",
    r"duplicate key", r"must not hold NUL", r"id has only",
    r"never used", r"is not defined", r"there is no parameter",
    r"no parameter", r"is never asked for", r"nobody asks for",
    r"is no path", r"is not called", r"no control is called", r"already",
    r"no resource of this test", r"two resources of this test",
    r"bad pattern", r"stands inside", r"declares \d+ controls",
    r"pack needs \"controls\"",
    r"does not judge", r"what holds for", r"no type is left",
    r"no type of resource", r"a type is (missing|named)", r"cannot be waived",
    r"expires", r"is no (version|date|CIDR|day)", r"port is a whole number",
    r"not taken from the plan", r"cannot stand here",
    r"an empty value", r"empty default",
    r"leaves nothing for at_least", r"the least is more than the most",
    r"needs \"type\"", r"of several types", r"which type", r"whose type",
    r"\"satisfies\"", r"expected a number", r"two defaults",
    r"a related type is a name", r"takes a zone", r"name(s)? no attribute",
    r"has no indexes", r"expected one action", r"holds no control",
    r"expected text, found",
]))


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in [
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"null|Null|NULL|~|", "nN~"),
        ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
        ("float", r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?",
         "-0123456789")]:
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag,
                               re.compile("^(?:%s)$" % pattern), list(first))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return list(yaml.load_all(file, Core))
    except (yaml.YAMLError, ValueError, UnicodeDecodeError):
        return None


def kind_of(document):
    if not isinstance(document, dict):
        return None
    for kind in ("waivers", "facts"):
        if kind in document:
            return kind
    if any(key in document for key in ("controls", "defaults", "define")):
        return "controls"
    return None


class Judge:
    def __init__(self, tool, folder):
        self.tool = tool
        self.folder = folder
        self.schemas = {}
        for name in ("controls", "waivers", "facts", "config"):
            text = subprocess.run([tool, "schema", name], check=True,
                                  capture_output=True).stdout
            schema = json.loads(text)
            jsonschema.Draft7Validator.check_schema(schema)
            self.schemas[name] = jsonschema.Draft7Validator(schema)

    def schema(self, kind, document):
        return next(self.schemas[kind].iter_errors(document), None)

    def loader(self, kind, path):
        """What is wrong in it, or an empty text."""
        if kind == "controls":
            words = ["list", "--no-builtin", "--policies", path, "controls"]
        else:
            words = ["check", "--no-config", "--" + kind, path,
                     os.devnull]
        done = subprocess.run([self.tool] + words, capture_output=True,
                              text=True, check=False)
        if kind == "controls":
            return done.stderr if done.returncode else ""
        return done.stderr if done.returncode == 2 else ""

    def loader_of(self, kind, document):
        path = os.path.join(self.folder, "mutant.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
        return self.loader(kind, path)


def places(node, path=()):
    """Every mapping's member, as the path to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield path + (key,)
            yield from places(value, path + (key,))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from places(value, path + (i,))


def at(document, path):
    for step in path:
        document = document[step]
    return document


def wrong_key(parent, key, chance):
    parent[key + chance.choice("xs_")] = parent.pop(key)


def missing(parent, key, _chance):
    del parent[key]


def wrong_type(parent, key, chance):
    parent[key] = chance.choice(
        [other for other in ([], {}, "text", 7, -1, True, None, "", ["text"],
                             {"text": "text"}, [[]], [{}])
         if other != parent[key]])


def parts(path, documents):
    """One control, default, waiver or fact with what it is built on."""
    for document in documents:
        kind = kind_of(document)
        if kind == "controls":
            define = document.get("define")
            for control in document.get("controls") or []:
                part = {"controls": [control]}
                text = json.dumps(control)
                if define:
                    text = json.dumps(control) + json.dumps(define)
                    used = {name: body for name, body in define.items()
                            if '"use": "%s"' % name in text}
                    if used:
                        part["define"] = used
                yield kind, path, part
            for default in document.get("defaults") or []:
                yield kind, path, {"defaults": [default]}
        elif kind:
            for item in document[kind] or []:
                yield kind, path, {kind: [item]}


def compare(counts, where, refused, said):
    """Is there a difference that must not be?"""
    if refused and not said:
        print("%s: only the schema refuses it: %s" %
              (where, refused.message[:300]))
        return False
    if said and not refused:
        if not SEMANTIC.search(said):
            print("%s: only the loader refuses it: %s" %
                  (where, said.splitlines()[0][:300]))
            return False
        counts["only the loader can tell"] += 1
    else:
        counts["both refuse" if said else "both accept"] += 1
    return True


def main():
    tool, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="tfassay-schema-") as folder:
        return run(Judge(tool, folder), count, seed)


def run(judge, count, seed):
    chance = random.Random(seed)
    counts = collections.Counter()
    good = True
    sound = []
    files = sorted(glob.glob("policies/**/*.yaml", recursive=True) +
                   glob.glob("testdata/**/*.yaml", recursive=True))
    for path in files:
        documents = read(path)
        if not documents or not all(map(kind_of, documents)):
            continue
        kind = kind_of(documents[0])
        refused = next((e for e in (judge.schema(kind, d) for d in documents)
                        if e), None)
        good = compare(counts, path, refused,
                       judge.loader(kind, path)) and good
        if not refused:
            sound += parts(path, documents)
    for _ in range(count):
        kind, path, part = chance.choice(sound)
        mutant = copy.deepcopy(part)
        place = chance.choice(list(places(mutant)))
        change = chance.choice([wrong_key, missing, wrong_type])
        change(at(mutant, place[:-1]), place[-1], chance)
        where = "%s: %s at %s: %s" % (
            path, change.__name__, "/".join(map(str, place)),
            json.dumps(at(mutant, place[:-1]))[:160])
        good = compare(counts, where, judge.schema(kind, mutant),
                       judge.loader_of(kind, mutant)) and good
    for what, number in sorted(counts.items()):
        print("schema: %d %s" % (number, what))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
