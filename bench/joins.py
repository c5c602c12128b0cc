#!/usr/bin/env python3
"""Write a plan of N resources, of which two in five take part in joins.

usage: joins.py N > PLAN
"""
import json
import sys


def change(address, type_, name, key, after, unknown):
    return {"address": address, "mode": "managed", "type": type_, "name": name,
            "index": key, "provider_name": "registry.example/hashicorp/aws",
            "change": {"actions": ["create"], "before": None, "after": after,
                       "after_unknown": unknown, "before_sensitive": False,
                       "after_sensitive": {}}}


def main():
    total = int(sys.argv[1])
    each = total // 20
    out = sys.stdout
    first = True
    out.write('{"format_version":"1.2","resource_changes":[')
    # type, what is known and what is not of instance i
    kinds = [
        ("aws_s3_bucket", lambda i: ({"bucket": "b%d" % i}, {"id": True, "arn": True})),
        ("aws_s3_bucket_public_access_block",
         lambda i: ({"block_public_acls": i % 2 == 0}, {"bucket": True, "id": True})),
        ("aws_iam_role", lambda i: ({"name": "r%d" % i}, {"id": True, "arn": True})),
        ("aws_iam_role_policy_attachment", lambda i: ({}, {"role": True, "policy_arn": True})),
        ("aws_sqs_queue", lambda i: ({"name": "q%d" % i}, {"id": True, "url": True, "arn": True})),
        ("aws_sqs_queue_policy",
         lambda i: ({"policy": "{}", "queue_url": "https://sqs.eu-west-1.amazonaws.com/1/q%d" % i}
                    if i % 2 else {"policy": "{}", "queue_url": "q%d" % i}, {"id": True})),
        ("aws_security_group", lambda i: ({"name": "g%d" % i}, {"id": True, "arn": True})),
        ("aws_security_group_rule", lambda i: ({"type": "ingress"}, {"security_group_id": True})),
        ("aws_instance", lambda i: ({"ami": "ami-1", "tags": {"n": "i%d" % i}}, {"id": True})),
    ]
    for type_, make in kinds:
        count = each if type_ != "aws_instance" else total - each * (len(kinds) - 1) - 1
        for i in range(count):
            after, unknown = make(i)
            key = "k%06d" % i
            address = '%s.this["%s"]' % (type_, key)
            if not first:
                out.write(",")
            first = False
            json.dump(change(address, type_, "this", key, after, unknown), out, separators=(",", ":"))
    out.write(",")
    json.dump(change("aws_iam_policy.hub", "aws_iam_policy", "hub", None,
                     {"name": "hub", "policy": "{}"}, {"id": True, "arn": True}),
              out, separators=(",", ":"))

    def refers(*texts):
        return {"references": list(texts)}

    def resource(type_, name, **expressions):
        return {"address": type_ + "." + name, "mode": "managed", "type": type_, "name": name,
                "provider_config_key": "aws", "expressions": expressions,
                "for_each_expression": refers("local.keys")}

    resources = [resource(type_, "this") for type_, _ in kinds]
    by_type = {r["type"]: r for r in resources}
    by_type["aws_s3_bucket_public_access_block"]["expressions"] = {
        "bucket": refers("aws_s3_bucket.this", "each.key")}
    by_type["aws_iam_role_policy_attachment"]["expressions"] = {
        "role": refers("aws_iam_role.this", "each.key"),
        "policy_arn": refers("aws_iam_policy.hub.arn", "aws_iam_policy.hub")}
    by_type["aws_sqs_queue_policy"]["expressions"] = {"queue_url": refers("var.queue")}
    # which instance is not shown: each rule may mean every group
    by_type["aws_security_group_rule"]["expressions"] = {
        "security_group_id": refers("aws_security_group.this", "local.group")}
    resources.append({"address": "aws_iam_policy.hub", "mode": "managed", "type": "aws_iam_policy",
                      "name": "hub", "provider_config_key": "aws", "expressions": {}})
    out.write('],"configuration":')
    json.dump({"provider_config": {"aws": {"name": "aws"}},
               "root_module": {"resources": resources}}, out, separators=(",", ":"))
    out.write(',"complete":true}\n')


main()
