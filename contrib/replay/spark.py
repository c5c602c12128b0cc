"""A replay on Apache Spark, written as Parquet.

spark-submit spark.py ROOT LIST OUT [option of "tfassay replay"]...

LIST is a file with the path of a plan a line, below ROOT, which every worker sees.
Partitions of it are piped through pipe.sh, and their lines become the tables
OUT/plans, OUT/findings and OUT/controls; OUT/summary.json holds counts and digest,
which are those of one process.  Nothing is written where a partition is not whole
or was judged with other policies.
"""

import hashlib
import json
import os
import shlex
import sys

from pyspark.sql import SparkSession

PLAN = """path string, sha256 string, bytes bigint, terraform_version string,
    timestamp string, as_of string, status struct<verdict: string, exit: int>,
    error struct<message: string>, findings bigint,
    totals struct<pass: bigint, fail: bigint, unknown: bigint, waived: bigint,
        error: bigint, not_applicable: bigint, introduced: bigint,
        existing: bigint, fixed: bigint, removed: bigint, blocking: bigint>,
    controls map<string, map<string, bigint>>, digest string"""
FINDING = """plan string, control string, address string, verdict string,
    raw_verdict string, change string, severity string, enforce string,
    path string, state string, expected string, actual string, reason string,
    tag string, fingerprint string"""
CONTROL = "id string, title string, severity string, enforce string"


def lines_of(lines, kind):
    start = '{"type":"%s",' % kind
    return lines.filter(lambda line: line.startswith(start))


def fail(why):
    sys.exit("spark.py: " + why)


def check(lines, listed):
    """The run's header, after a look at what each partition says of itself."""
    headers = lines_of(lines, "replay").map(json.loads).collect()
    ends = lines_of(lines, "end").map(json.loads).collect()
    if not headers:
        fail("no plans")
    if len(ends) != len(headers):
        fail("a partition has no end")
    if len({header["inputs"] for header in headers}) > 1:
        fail("workers have other policies, options or versions")
    counted = sum(end["plans"]["listed"] for end in ends)
    if counted != listed:
        fail(f"{listed} plans listed, {counted} judged or refused")
    return headers[0], ends


def digest_of(plans):
    digests = plans.map(lambda line: json.loads(line)["digest"]).collect()
    text = "".join(digest + "\n" for digest in sorted(digests))
    return hashlib.sha256(text.encode()).hexdigest(), len(digests)


def summary_of(header, ends, digest):
    def added(member):
        return {
            key: sum(end[member][key] for end in ends) for key in ends[0][member]
        }

    return {
        "tool": header["tool"],
        "inputs": header["inputs"],
        "plans": added("plans"),
        "findings": sum(end["findings"] for end in ends),
        "totals": added("totals"),
        "digest": digest,
    }


def table(spark, lines, kind, schema):
    return spark.read.schema(schema).option("mode", "FAILFAST").json(
        lines_of(lines, kind)
    )


def main(root, listing, out, *options):
    spark = SparkSession.builder.appName("tfassay replay").getOrCreate()
    here = os.path.dirname(os.path.abspath(__file__))
    command = shlex.join(
        ["sh", os.path.join(here, "pipe.sh"), "--root", root, *options]
    )
    with open(listing, encoding="utf-8", newline="\n") as file:
        paths = sorted(set(file.read().split("\n")) - {""})
    parts = max(1, min(len(paths), 4 * spark.sparkContext.defaultParallelism))
    lines = (
        spark.sparkContext.parallelize(paths, parts)
        .pipe(command, env=dict(os.environ), checkCode=True)
        .persist()
    )
    header, ends = check(lines, len(paths))
    digest, plans = digest_of(lines_of(lines, "plan"))
    summary = summary_of(header, ends, digest)
    if plans != summary["plans"]["listed"]:
        fail("plans are missing")
    for kind, schema in [("plan", PLAN), ("finding", FINDING), ("control", CONTROL)]:
        rows = table(spark, lines, kind, schema)
        if kind == "control":
            rows = rows.distinct()
        rows.write.mode("overwrite").parquet(os.path.join(out, kind + "s"))
    with open(os.path.join(out, "summary.json"), "w", encoding="utf-8") as file:
        json.dump(summary, file, indent=2)
        file.write("\n")
    print(f"{plans} plans, digest {digest}")
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        fail("usage: spark.py ROOT LIST OUT [OPTION]...")
    main(*sys.argv[1:])
