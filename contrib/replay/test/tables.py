"""Have the tables that spark.py wrote the rows that its summary counts?"""

import json
import sys

from pyspark.sql import SparkSession

out = sys.argv[1]
spark = SparkSession.builder.getOrCreate()
with open(out + "/summary.json", encoding="utf-8") as file:
    summary = json.load(file)
plans = spark.read.parquet(out + "/plans")
findings = spark.read.parquet(out + "/findings")
counted = plans.selectExpr(
    "count(*)",
    "sum(findings)",
    "sum(totals.fail)",
    "sum(int(error is not null))",
).first()
wanted = (
    summary["plans"]["listed"],
    summary["findings"],
    summary["totals"]["fail"],
    summary["plans"]["refused"],
)
if tuple(counted) != wanted:
    sys.exit(f"plans: {counted}, not {wanted}")
fails = findings.where("verdict = 'fail'").count()
if (findings.count(), fails) != wanted[1:3]:
    sys.exit(f"findings: {findings.count()}, {fails} failures, not {wanted[1:3]}")
if findings.where("control is null or address is null or plan is null").count():
    sys.exit("findings: a member is missing")
