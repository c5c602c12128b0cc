#!/usr/bin/env python3
"""Make policies/schema/NAME.digest: see README.md beside this file.

usage: digest.py --types FILE --out FILE --work DIR [--check OMITTED.tsv]
       digest.py --types FILE --bare FOLDER --defaults FILE --work DIR

Runs terraform, which must find the provider.  Attributes come from
"terraform providers schema -json".  Which nested blocks are computed when
they are left out no schema says: every type is planned, bare and with each
of its blocks written, and the plan shows it.  With --bare it writes a plan of
every type without anything that is optional, and once more with each block
that holds something of which FILE declares a default.
"""
import argparse, csv, http.server, json, os, re, shutil, subprocess, sys
import threading

PROVIDER = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
"""
ROLE = "arn:aws:iam::123456789012:role/r"
# What a text is likely to be, by the end of its name; the first that fits.
LIKELY = [
    (r"role_arn$|role$", ROLE),
    (r"certificate_arn$",
     "arn:aws:acm:us-east-1:123456789012:certificate/"
     "12345678-1234-1234-1234-123456789012"),
    (r"(kms|key)_arn$|kms_key_id$",
     "arn:aws:kms:us-east-1:123456789012:key/"
     "12345678-1234-1234-1234-123456789012"),
    (r"arns?$", "arn:aws:sns:us-east-1:123456789012:name"),
    (r"policy$|policy_document$|document$|json$|^definition$",
     '{"Version":"2012-10-17","Statement":[]}'),
    (r"cidr|cidr_blocks?$", "10.0.0.0/16"),
    (r"account(_id)?s?$|owner_id$", "123456789012"),
    (r"email", "a@example.com"),
    (r"ur[il]$|endpoint$", "https://example.com/x"),
    (r"region$", "us-east-1"),
    (r"zones?$", "us-east-1a"),
    (r"s3_path$|s3_location$|_uri$", "s3://bucket/key"),
    (r"instance_type$|instance_class$|node_type$", "t3.micro"),
    (r"start_at$", "2030-01-01T00:00:00Z"),
    (r"schedule_expression$|schedule$", "rate(1 day)"),
    (r"password|secret", "Abcdefgh12345678!"),
    (r"vpc_id$", "vpc-0123456789abcdef0"),
    (r"subnet", "subnet-0123456789abcdef0"),
    (r"_ids?$|^id$", "abcdefgh-12345678"),
]
# Tried one after the other where a provider refuses a text.
OTHERS = [
    ROLE, "abc", "abcdefgh", "abcdefgh-12345678", "1", "10.0.0.1",
    "10.0.0.0/16", "{}", '{"Version":"2012-10-17","Statement":[]}',
    "https://example.com/x", "example.com", "a.b.example.com.",
    "a@example.com", "123456789012", "us-east-1", "us-east-1a",
    "2030-01-01T00:00:00Z", "12:00", "mon:04:00-mon:05:00", "04:00-05:00",
    "s3://bucket/key", "s3://bucket/key/", "/a/b", "/",
    "vpc-0123456789abcdef0", "subnet-0123456789abcdef0",
    "sg-0123456789abcdef0", "12345678-1234-1234-1234-123456789012",
    "abcdefghijklmnopqrstuvwxyz0123456789", "1.0", "5.0", "10", "100",
    "cron(0 12 * * ? *)", "rate(1 day)", "abc.fifo", "abc:def", "Abc1",
    "AROAABCDEFGHIJKLMNOP", "ABCD", "+12025550100", "true",
    "arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key",
    "arn:aws:kms:us-east-1:123456789012:key/"
    "12345678-1234-1234-1234-123456789012",
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:logs:us-east-1:123456789012:log-group:g",
    "arn:aws:logs:us-east-1:123456789012:log-group:g:*",
    "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-x",
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
    "loadbalancer/app/a/0123456789abcdef",
]
# What no rule finds: (type, path without indexes) -> value, or None to leave
# out what is not required.
GIVEN = {
    ("aws_rds_cluster_instance", "engine"): "aurora-mysql",
    ("aws_rds_cluster", "engine"): "aurora-mysql",
    ("aws_ecs_task_definition", "container_definitions"):
        '[{"name":"a","image":"b","memory":128}]',
    ("aws_lambda_permission", "action"): "lambda:InvokeFunction",
    ("aws_fsx_openzfs_file_system", "throughput_capacity"): 64,
    ("aws_fsx_openzfs_file_system", "storage_capacity"): 64,
    ("aws_appflow_connector_profile", "connector_profile_config."
     "connector_profile_credentials.custom_connector.authentication_type"):
        "OAUTH2",
    ("aws_appflow_connector_profile", "connector_profile_config."
     "connector_profile_properties.sapo_data.client_number"): "123",
    ("aws_appflow_flow", "destination_flow_config."
     "destination_connector_properties.upsolver.bucket_name"):
        "upsolver-appflow-abc",
    ("aws_connect_instance_storage_config", "storage_config."
     "kinesis_video_stream_config.encryption_config.encryption_type"): "KMS",
    ("aws_dlm_lifecycle_policy",
     "policy_details.event_source.parameters.event_type"): "shareSnapshot",
    ("aws_dlm_lifecycle_policy",
     "policy_details.event_source.parameters.snapshot_owner"):
        ["123456789012"],
    ("aws_codepipeline", "stage.on_success.condition.rule."
     "rule_type_id.category"): "Rule",
    ("aws_ecr_replication_configuration",
     "replication_configuration.rule.destination.registry_id"):
        "123456789012",
    ("aws_networkfirewall_rule_group",
     "rule_group.rules_source.stateful_rule.action"): "PASS",
    ("aws_networkfirewall_rule_group",
     "rule_group.rules_source.stateful_rule.header.direction"): "ANY",
    ("aws_networkfirewall_rule_group",
     "rule_group.rules_source.stateful_rule.header.protocol"): "TCP",
    ("aws_s3_bucket_replication_configuration",
     "rule.destination.replication_time.status"): "Enabled",
    ("aws_s3_bucket_replication_configuration",
     "rule.destination.replication_time.time.minutes"): 15,
    ("aws_sagemaker_model", "container.model_data_source."
     "s3_data_source.s3_uri"): "s3://bucket/key/",
    ("aws_sagemaker_model", "primary_container.model_data_source."
     "s3_data_source.s3_uri"): "s3://bucket/key/",
}
# Optional, but needed by other arguments in a way that no message tells.
NEEDED = {
    "aws_alb_target_group": ["port", "protocol", "vpc_id"],
    "aws_lb_target_group": ["port", "protocol", "vpc_id"],
    "aws_alb_listener": ["default_action.target_group_arn"],
    "aws_lb_listener": ["default_action.target_group_arn"],
    "aws_dynamodb_table": ["read_capacity", "write_capacity"],
    "aws_fsx_openzfs_file_system": ["storage_capacity"],
    "aws_kinesis_stream": ["shard_count"],
    "aws_lambda_function": ["handler", "runtime", "s3_bucket", "s3_key"],
    "aws_route53domains_domain": [
        "admin_contact", "registrant_contact", "tech_contact"],
}
FIREHOSE = "aws_kinesis_firehose_delivery_stream"


class Validator(http.server.BaseHTTPRequestHandler):
    """Step Functions has a state machine checked by the service."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"result":"OK","diagnostics":[]}'
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Validator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["AWS_ENDPOINT_URL_SFN"] = (
        "http://127.0.0.1:%d" % server.server_address[1])


def hcl(value):
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(hcl(v) for v in value)
    if isinstance(value, dict):
        return "{%s}" % ", ".join(
            "%s = %s" % (json.dumps(k), hcl(v)) for k, v in value.items())
    if isinstance(value, str):
        return json.dumps(value).replace("${", "$${").replace("%{", "%%{")
    return json.dumps(value)


class Maker:
    """Writes the configuration and learns from what is wrong with it."""

    def __init__(self, schemas, types, written=None):
        self.schemas = schemas
        self.values = dict(GIVEN)   # (type, path) -> scalar in use
        self.tried = {}             # (type, path) -> how many of OTHERS
        # type -> paths written though optional, and variant -> but not there
        self.added = {t: set(paths) for t, paths in NEEDED.items()}
        self.removed = {}
        self.current = None
        self.copy = 0               # of a block that must be there twice
        self.dropped = set()        # variants given up
        self.why = {}
        self.variants = written or []
        for t in types if written is None else []:
            self.variants.append((t, ""))
            # A statement of WAF holds statements: the first ones are shown.
            most = 3 if t.startswith("aws_wafv2") else 9
            self.variants += [
                (t, p) for p in blocks_to_write(schemas[t]["block"], "", most)]

    def scalar(self, t, path, kind):
        if t == FIREHOSE and path == "destination":
            _, written = self.variants[self.current]
            if "_configuration" not in written or "source" in written:
                return "extended_s3"
            return written.split("_configuration")[0]
        if (t, path) in self.values:
            return self.values[t, path]
        name = path.split(".")[-1]
        if kind == "string":
            for pattern, text in LIKELY:
                if re.search(pattern, name):
                    return text[:-1] + str(self.copy) if self.copy else text
            return "abcdefgh"
        return {"number": 1, "bool": True}.get(kind, "abc")

    def value(self, t, path, kind):
        if isinstance(kind, str):
            return self.scalar(t, path, kind)
        if kind[0] in ("list", "set"):
            given = self.values.get((t, path))
            if isinstance(given, list):
                return given
            return [self.value(t, path, kind[1])]
        if kind[0] == "map":
            given = self.values.get((t, path))
            if isinstance(given, dict):
                return given
            return {"k": self.value(t, path, kind[1])}
        if kind[0] == "object":
            return {k: self.value(t, path + "." + k, v)
                    for k, v in kind[1].items()}
        return self.scalar(t, path, "string")

    def body(self, out, t, written, path, block, indent):
        added = (self.added.get(t, set()) -
                 self.removed.get(self.current, set()))
        if t == FIREHOSE:
            added = added | {
                self.scalar(t, "destination", "string") + "_configuration"}
        for name, a in sorted(block.get("attributes", {}).items()):
            p = path + name
            if not (a.get("required") or p in added):
                continue
            out.append((p, "%s%s = %s" % (
                indent, name, hcl(self.value(t, p, a["type"])))))
        for name, b in sorted(block.get("block_types", {}).items()):
            p = path + name
            if not (b.get("min_items") or p in added or written == p or
                    written.startswith(p + ".")):
                continue
            for copy in range(max(1, b.get("min_items", 1))):
                self.copy = copy
                label = ' "k"' if b["nesting_mode"] == "map" else ""
                out.append((p, "%s%s%s {" % (indent, name, label)))
                self.body(out, t, written, p + ".", b["block"], indent + "  ")
                out.append((p, indent + "}"))
                self.copy = 0

    def write(self, folder):
        """Returns what every line of main.tf belongs to."""
        text, lines = PROVIDER, []
        lines += [None] * PROVIDER.count("\n")
        for i, (t, written) in enumerate(self.variants):
            if i in self.dropped:
                continue
            self.current = i
            out = [("", 'resource "%s" "v%d" {' % (t, i))]
            self.body(out, t, written, "", self.schemas[t]["block"], "  ")
            out.append(("", "}"))
            lines += [(i, p) for p, _ in out]
            text += "".join(line + "\n" for _, line in out)
        with open(os.path.join(folder, "main.tf"), "w") as f:
            f.write(text)
        return lines

    def next_value(self, t, path):
        n = self.tried.get((t, path), 0)
        if n >= len(OTHERS):
            return False
        self.tried[t, path] = n + 1
        self.values[t, path] = OTHERS[n]
        return True

    def add(self, t, variant, path):
        """Write path of t, if the schema has it and it is not there yet."""
        node = find(self.schemas[t]["block"], path.split("."))
        if node is None or path in self.added.get(t, ()):
            return False
        self.added.setdefault(t, set()).add(path)
        return True

    def learn(self, variant, path, text):
        """Change something because of an error; False: no idea."""
        t, written = self.variants[variant]
        self.current = variant
        m = re.search(r"but `([^`]*)` were specified", text)
        if m:
            names = {n for n in m.group(1).split(",")
                     if n in self.added.get(t, ()) and
                     n not in self.removed.get(variant, ()) and
                     not (written + ".").startswith(n + ".")}
            if names:
                self.removed.setdefault(variant, set()).update(names)
                return True
        # In a set, an error is placed at the set and names what is in it.
        m = re.search(r"expected (?:length of )?\"?([\w.]+)\"? to be|"
                      r'"([\w.]+)" \(', text)
        node = find(self.schemas[t]["block"], path.split("."))
        if m and (node is None or "block" in node):
            name = (m.group(1) or m.group(2)).split(".")[-1]
            out = []
            self.body(out, t, written, "", self.schemas[t]["block"], "")
            inside = [p for p, _ in out if p.split(".")[-1] == name and
                      (p + ".").startswith(path + "." if path else "")]
            inside = list(dict.fromkeys(inside))
            learnt = False
            for p in inside:
                before = self.values.get((t, p))
                if "type" in find(self.schemas[t]["block"], p.split(".")):
                    learnt = self.learn(variant, p, text) or learnt
                if before != self.values.get((t, p)):
                    learnt = True
            return learnt
        m = re.search(r"to be one of \[([^\]]*)\]|one of: \[([^\]]*)\]|"
                      r"Valid Values: \[([^\]]*)\]", text)
        if m and path:
            listed = next((g for g in m.groups() if g), "")
            options = re.findall(r'"([^"]*)"', listed) or listed.split()
            if options and self.values.get((t, path)) not in options:
                self.values[t, path] = options[0]
                return True
            if options and self.values.get((t, path)) in options:
                return False
        m = re.search(r"requires (\d+) item minimum|"
                      r"must contain at least (\d+) elements", text)
        if m and path:
            item = self.scalar(t, path, "string")
            self.values[t, path] = [
                item[:-1] + str(i)
                for i in range(int(m.group(1) or m.group(2)))]
            return True
        m = re.search(r"length of \S+ to be in the range \((\d+) - (\d+)\)",
                      text)
        if m and path:
            self.values[t, path] = "a" * int(m.group(1))
            return True
        m = re.search(r"to be (?:in the range|between) \((-?\d+) (?:-|and) "
                      r"(\d+)\)|at least \(?(\d+)|must be between (\d+)", text)
        if m and path and "length" not in text and "Insufficient" not in text:
            self.values[t, path] = int(
                m.group(1) or m.group(3) or m.group(4))
            return True
        m = re.search(r"one of `([^`]*)` must be specified|"
                      r"all of `([^`]*)` must be specified|"
                      r"(?:one|One) \(?and only one\)? of "
                      r"\[?([\w., \"`]+)\]?|"
                      r"[Aa]t least one attribute out of \[([^\]]*)\]|"
                      r"[Oo]ne of these attributes must be configured: "
                      r"\[([^\]]*)\]|"
                      r"attributes must be configured: \[([^\]]*)\]", text)
        if m:
            names = re.findall(
                r"[a-z0-9_][\w.]*", next(g for g in m.groups() if g))
            names = [re.sub(r"\.\d+", "", n) for n in names]
            # Rather an attribute: of a block left out there is more to see.
            names.sort(key=lambda n: "block" in (find(
                self.schemas[t]["block"], n.split(".")) or {}))
            every = m.group(2) is not None
            done = False
            for n in names:
                if "." not in n and path and "." in path:
                    n = path.rsplit(".", 1)[0] + "." + n
                if self.add(t, variant, n):
                    done = True
                    if not every:
                        break
            if done:
                return True
        if not path:
            return False
        node = find(self.schemas[t]["block"], path.split("."))
        if node is None or "block" in node:
            return False
        if scalar_of(node["type"]) == "string":
            return self.next_value(t, path)
        if scalar_of(node["type"]) == "number":
            was = self.values.get((t, path), 1)
            ladder = [1, 0, 2, 5, 10, 60, 100, 443, 1024, 65536, 86400]
            later = [x for x in ladder if x not in
                     self.tried.setdefault((t, path, "n"), {was})]
            if later:
                self.tried[t, path, "n"].add(later[0])
                self.values[t, path] = later[0]
                return True
        return False


def scalar_of(kind):
    while not isinstance(kind, str):
        kind = kind[1] if kind[0] != "object" else "object"
    return kind


def find(block, names):
    """The attribute or block type at a path of names, or None."""
    for i, name in enumerate(names):
        if i == len(names) - 1 and name in block.get("attributes", {}):
            return block["attributes"][name]
        nested = block.get("block_types", {}).get(name)
        if nested is None:
            return None
        if i == len(names) - 1:
            return nested
        block = nested["block"]
    return None


def blocks_to_write(block, path, depth):
    """Optional blocks with blocks of their own: nothing shows them bare."""
    if depth == 0:
        return
    for name, b in sorted(block.get("block_types", {}).items()):
        p = path + name
        inner = b["block"].get("block_types", {})
        if inner and not b.get("min_items"):
            yield p
        yield from blocks_to_write(b["block"], p + ".", depth - 1)


def run(folder, *args):
    return subprocess.run(("terraform",) + args, cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


def diagnostics(folder, planning):
    if not planning:
        done = run(folder, "validate", "-json")
        return [d for d in json.loads(done.stdout)["diagnostics"]
                if d["severity"] == "error"]
    done = run(folder, "plan", "-json", "-input=false", "-refresh=false",
               "-lock=false", "-out=p", "-parallelism=8")
    found = []
    for line in done.stdout.splitlines():
        entry = json.loads(line)
        if entry.get("type") == "diagnostic" and \
                entry["diagnostic"]["severity"] == "error":
            found.append(entry["diagnostic"])
    return found


def settle(maker, folder, planning, rounds, log):
    for turn in range(rounds):
        lines = maker.write(folder)
        found = diagnostics(folder, planning)
        log("%s %d: %d errors in %d variants" % (
            "plan" if planning else "validate", turn, len(found),
            len(maker.variants) - len(maker.dropped)))
        if not found:
            return
        seen, bad = {}, {}
        # Where several are about one value, the one that says what fits.
        found.sort(key=lambda d: "one of" not in d["summary"] + d["detail"])
        for d in found:
            at = (d.get("range") or {}).get("start", {}).get("line")
            where = lines[at - 1] if at else None
            if where is None:
                m = re.search(r"\.v(\d+)", d.get("address") or "")
                if not m:
                    log("nowhere: " + json.dumps(d)[:300])
                    continue
                where = (int(m.group(1)), "")
            text = d["summary"] + " " + d.get("detail", "")
            variant, path = where
            key = (maker.variants[variant][0], path)
            if "were specified" in text:
                key = (variant, None)   # said of every one of them
            if key in seen:
                learnt = seen[key]
            else:
                learnt = seen[key] = maker.learn(variant, path, text)
            if not learnt:
                bad.setdefault(variant, []).append((path, text))
        for variant, reasons in bad.items():
            maker.dropped.add(variant)
            maker.why[variant] = reasons


def note(observed, t, path, block, value, mask):
    """What an object of the plan says of the blocks left out in it."""
    for name, b in block.get("block_types", {}).items():
        p = path + name
        child = value.get(name) if isinstance(value, dict) else None
        hidden = mask.get(name) if isinstance(mask, dict) else None
        if child is None and hidden is True:
            observed.setdefault((t, p), set()).add("B")
        elif not child:
            observed.setdefault((t, p), set()).add("b")
        elif isinstance(child, list):
            masks = hidden if isinstance(hidden, list) else [None] * len(child)
            for v, m in zip(child, masks):
                if isinstance(v, dict):
                    note(observed, t, p + ".", b["block"], v, m)
        elif isinstance(child, dict):
            note(observed, t, p + ".", b["block"], child, hidden)


def form(kind, shapes):
    """What a value is: see src/config/digest.c."""
    if isinstance(kind, str):
        return {"string": "s", "number": "n", "bool": "b"}.get(kind, "d")
    if kind[0] in ("list", "set", "map"):
        return {"list": "l", "set": "t", "map": "m"}[kind[0]] + form(
            kind[1], shapes)
    if kind[0] == "object":
        return "o" + shapes(" ".join(
            n + "-" + form(k, shapes) for n, k in sorted(kind[1].items())))
    return "d"


NESTING = {"list": "l", "set": "t", "map": "m"}


def attribute(a, shapes):
    flag = "!" if a.get("required") else "+" if a.get("computed") else "-"
    nested = a.get("nested_type")
    if not nested:
        return flag + form(a["type"], shapes)
    inner = sorted(nested["attributes"].items())
    return flag + NESTING.get(nested["nesting_mode"], "") + "o" + shapes(
        " ".join(n + attribute(x, shapes) for n, x in inner))


def body(t, path, block, observed, shapes):
    """One line of the digest for a block's content."""
    items = []
    for name, a in block.get("attributes", {}).items():
        items.append((name, attribute(a, shapes)))
    for name, b in block.get("block_types", {}).items():
        p = path + name
        seen = observed.get((t, p), set())
        # A block that must be there and is in no configuration is dynamic.
        flag = "?"
        if b.get("min_items"):
            flag = "/"
        elif len(seen) == 1:
            flag = {"B": "*", "b": "/"}[next(iter(seen))]
        nest = NESTING.get(b["nesting_mode"], "")
        if b.get("max_items") == 1:
            nest = nest.upper()
        inner = shapes(body(t, p + ".", b["block"], observed, shapes))
        items.append((name, flag + nest + "o" + inner))
    return " ".join(n + f for n, f in sorted(items))


def digest(types, schemas, observed, version):
    shapes = {}

    def shape(text):
        return str(shapes.setdefault(text, len(shapes))) if text else ""

    lines = []
    for t in types:
        lines.append("%s %s" % (
            t, body(t, "", schemas[t]["block"], observed, shape)))
    lines += ["%d %s" % (i, text) for text, i in shapes.items()]
    lines.sort(key=lambda x: x.split(" ")[0].encode())
    return "tfassay-digest 2 hashicorp/aws %s\n%s\n" % (
        version, "\n".join(lines))


def disagreements(observed, path, schemas):
    """Rows of a hand-made table of omitted defaults that say otherwise."""
    with open(path, encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            if row["type"] not in schemas or row["configured"] != "no":
                continue
            node = find(schemas[row["type"]]["block"], row["path"].split("."))
            if not node:
                yield "%(type)s.%(path)s: not in the schema" % row
                continue
            masked = row["after_unknown"] == "true"
            if "block" in node:
                seen = observed.get((row["type"], row["path"]))
                if seen and seen != {"B" if masked else "b"}:
                    yield "%s.%s: %s here, %s there" % (
                        row["type"], row["path"], sorted(seen), row["after"])
            elif masked and not node.get("computed"):
                yield "%(type)s.%(path)s: masked, not computed" % row


def in_blocks(path, schemas):
    """What holds an argument whose default a file of defaults declares."""
    with open(path, encoding="utf-8") as f:
        found = re.findall(
            r"^  - resource: (\S+)\n    path: (\S+)\.[^.\s]+$", f.read(), re.M)
    return sorted((t, p) for t, p in set(found)
                  if "block" in (find(schemas[t]["block"], p.split(".")) or {}))


def write_bare(folder, maker, to):
    os.makedirs(to, exist_ok=True)
    shutil.copy(os.path.join(folder, "main.tf"), to)
    plan = json.loads(run(folder, "show", "-json", "p").stdout)
    plan["timestamp"] = "2026-01-01T00:00:00Z"
    with open(os.path.join(to, "plan.json"), "w", encoding="utf-8") as f:
        json.dump(plan, f, separators=(",", ":"))
        f.write("\n")
    for i in sorted(maker.dropped):
        print("not planned: %s %s" % maker.variants[i], file=sys.stderr)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--types", required=True, help="one a line")
    a.add_argument("--out", help="the digest")
    a.add_argument("--bare", help="a folder for a plan of bare resources")
    a.add_argument("--defaults", help="policies/aws/defaults.yaml")
    a.add_argument("--work", required=True)
    a.add_argument("--check", help="a table of omitted defaults")
    a = a.parse_args()
    log = lambda text: print(text, file=sys.stderr, flush=True)

    serve()
    folder = os.path.join(a.work, "digest")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "main.tf"), "w") as f:
        f.write(PROVIDER)
    run(folder, "init", "-input=false")
    found = json.loads(run(folder, "providers", "schema", "-json").stdout)
    schemas = next(iter(found["provider_schemas"].values()))[
        "resource_schemas"]
    version = json.loads(run(folder, "version", "-json").stdout)[
        "provider_selections"]
    version = next(iter(version.values()))
    with open(a.types) as f:
        types = sorted(f.read().split())

    bare = [(t, "") for t in types]
    maker = Maker(schemas, types, bare + in_blocks(a.defaults, schemas)
                  if a.bare else None)
    log("%d types, %d variants" % (len(types), len(maker.variants)))
    settle(maker, folder, False, 60, log)
    settle(maker, folder, True, 20, log)
    if a.bare:
        write_bare(folder, maker, a.bare)
        return 0
    shown = json.loads(run(folder, "show", "-json", "p").stdout)

    observed, planned = {}, set()
    for entry in shown["resource_changes"]:
        t = entry["type"]
        planned.add(maker.variants[int(entry["name"][1:])])
        note(observed, t, "", schemas[t]["block"], entry["change"]["after"],
             entry["change"]["after_unknown"])
    for key, seen in sorted(observed.items()):
        if len(seen) > 1:
            log("both: %s.%s" % key)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write(digest(types, schemas, observed, version))
    with open(os.path.join(folder, "dropped.txt"), "w") as f:
        for i in sorted(maker.dropped):
            f.write("%s %s %s\n" % (*maker.variants[i], maker.why[i]))
    log("never planned: " + " ".join(
        t for t in types if not any(t == p for p, _ in planned)))
    log("%d of %d variants planned" % (len(planned), len(maker.variants)))
    wrong = list(disagreements(observed, a.check, schemas)) if a.check else []
    for line in wrong:
        log("disagrees: " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
