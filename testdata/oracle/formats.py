"""Every format, given hostile texts, read by programs that are not ours.

usage: formats.py TFASSAY [PLAN...]

Without plans: every text of testdata/naughty-strings becomes names, keys,
values, titles, reasons, owners and file names of plans, policies and waivers;
then one plan with 30,000 findings.  With plans: those.  All formats are written
and judged by format_readers.py.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import format_readers

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = os.path.join(HERE, "..", "naughty-strings")
BATCH = 40
MANY = 30000


def texts():
    found = []
    for name in ("blns.json", "commands.json"):
        with open(os.path.join(TEXTS, name), encoding="utf-8") as file:
            found += json.load(file)
    return found


def quoted(key):
    """A key in an address, by HCL's rules for quoted strings."""
    out = []
    for i, c in enumerate(key):
        if c in "\n\r\t":
            out.append({"\n": "\\n", "\r": "\\r", "\t": "\\t"}[c])
        elif c in "\"\\":
            out.append("\\" + c)
        elif c in "$%" and key[i + 1:i + 2] == "{":
            out.append(c + c)
        elif ord(c) < 0x20 or not c.isprintable():
            out.append("\\U%08x" % ord(c) if ord(c) > 0xffff
                       else "\\u%04x" % ord(c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def resources(number, text):
    """One resource for each way to be judged: (name, key, values, mask)."""
    return [("fails", text, {"value": text}, {}),
            ("unknown", text, {}, {"value": True}),
            ("waived", text, {"value": text}, {}),
            ("passes", text, {"value": "right"}, {}),
            ("broken", text, {"value": [text, {"a": text}]}, {})]


def plan_of(batch):
    changes, calls = [], {}
    for number, text in batch:
        kind, module = "aws_t%d" % number, "m%d" % number
        call = "module.%s[%s]" % (module, quoted(text))
        inner = []
        for name, key, values, mask in resources(number, text):
            seen = "var.input"
            if name == "unknown":
                seen = "%s.fails[%s].id" % (kind, quoted(key))
            changes.append({
                "address": "%s.%s.%s[%s]" % (call, kind, name, quoted(key)),
                "module_address": call, "mode": "managed", "type": kind,
                "name": name, "index": key,
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {"actions": ["create"], "before": None,
                           "after": values, "after_unknown": mask,
                           "before_sensitive": False,
                           "after_sensitive": {}}})
            inner.append({"address": "%s.%s" % (kind, name),
                          "mode": "managed", "type": kind, "name": name,
                          "provider_config_key": "aws",
                          "expressions": {"value": {"references": [seen]}},
                          "schema_version": 0,
                          "for_each_expression": {}})
        calls[module] = {
            "source": text, "version_constraint": text,
            "expressions": {"input": {"constant_value": text}},
            "for_each_expression": {},
            "module": {"resources": inner, "variables": {"input": {}}}}
    return {"format_version": "1.2", "terraform_version": "1.9.0",
            "timestamp": "2026-01-02T03:04:05Z", "complete": True,
            "applyable": True, "errored": False,
            "resource_changes": changes,
            "configuration": {"root_module": {"module_calls": calls}}}


def line_of(text):
    """What a policy takes as one line of text; never empty."""
    return "".join(c for c in text.replace("\n", " ").replace("\r", " ")
                   if c >= " " and c != "\x7f").strip() or "empty"


def prose_of(text):
    text = "".join(c for c in text if c >= " " or c in "\n\t")
    return text if text.strip() else "empty"


def policy_of(batch):
    controls = []
    for number, text in batch:
        controls.append({
            "id": "c%d" % number, "title": line_of(text),
            "severity": ["critical", "high", "medium", "low",
                         "info"][number % 5],
            "resource": "aws_t%d" % number,
            "assert": {"path": "value", "equals": "right", "show": "value"},
            "why": prose_of(text),
            "message": "{address} {path} {value} " + line_of(
                text.replace("{", "(").replace("}", ")")),
            "fix": {"text": prose_of(text), "hcl": prose_of(text),
                    "module_inputs": {line_of(text)[:90]: line_of(text)}},
            "frameworks": {line_of(text)[:90]: [line_of(text)]},
            "tools": {"checkov": [line_of(text)]}})
    return {"controls": controls}


def waivers_of(batch):
    return {"waivers": [{
        "id": "w%d" % number, "control": "c%d" % number,
        "category": "waiver",
        "address": "module.m%d[*].aws_t%d.waived[*]" % (number, number),
        "reason": line_of(text), "owner": line_of(text),
        "approved_by": line_of(text) + ".", "ticket": line_of(text),
        "created": "2026-01-01", "expires": "2026-03-01"}
        for number, text in batch]}


def file_name(text):
    name = "".join(c for c in text if c not in "/\0\n\r")
    while len(name.encode("utf-8", "surrogatepass")) > 100:
        name = name[:-1]
    return "p-" + name.encode("utf-8", "replace").decode() + ".json"


def put(path, value):
    with open(path, "w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=True)


def formats_of(tfassay):
    listed = subprocess.run([tfassay, "list", "formats", "--format", "json"],
                            capture_output=True, check=True)
    return [f["name"] for f in json.loads(listed.stdout)["formats"]]


def put_yaml(path, value):
    """JSON is YAML, but for characters that it writes as two."""
    pair = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")
    text = pair.sub(lambda m: "\\U%08x" % (
        0x10000 + ((int(m[1], 16) & 0x3ff) << 10) + (int(m[2], 16) & 0x3ff)),
        json.dumps(value))
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def judge(tfassay, formats, args, folder):
    """Every format as bytes, all of one evaluation; None if it refused."""
    outputs = {}
    command = [tfassay, "check"] + args
    for name in formats:
        command += ["--format", "%s=%s" % (name, os.path.join(folder, name))]
    done = subprocess.run(command, capture_output=True)
    for name in formats:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                outputs[name] = file.read()
            os.remove(path)
    outputs["standard error"] = done.stderr
    outputs["standard output"] = done.stdout
    return done.returncode, outputs


def report(problems, what, found):
    for name, problem in found:
        problems.append(name)
        if len(problems) <= 40:
            print("%s: %s: %s" % (what, name, problem))


def hostile(tfassay, formats, problems):
    all_texts = list(enumerate(texts()))
    count = 0
    for start in range(0, len(all_texts), BATCH):
        batch = all_texts[start:start + BATCH]
        with tempfile.TemporaryDirectory() as folder:
            plan = os.path.join(folder, file_name(batch[0][1]))
            policy = os.path.join(folder, "policy.yaml")
            waivers = os.path.join(folder, "waivers.yaml")
            put(plan, plan_of(batch))
            put_yaml(policy, policy_of(batch))
            put_yaml(waivers, waivers_of(batch))
            key = batch[-1][1].replace("\0", "").encode("utf-8", "replace")
            status, outputs = judge(tfassay, formats, [
                "--no-builtin", "--policies", policy, "--waivers", waivers,
                "--comment-key", key, "--commit", key, plan], folder)
        what = "texts %d to %d" % (start, start + len(batch) - 1)
        if status not in (1, 4):
            report(problems, what, [("status %d" % status,
                                     outputs["standard error"][:600])])
            continue
        report(problems, what, format_readers.judge(outputs, len(batch) * 5))
        count += len(batch)
    print("%d texts in %d formats" % (count, len(formats)))


def many(tfassay, formats, problems):
    plan = plan_of([(0, "x")])
    one = plan["resource_changes"][0]
    plan["resource_changes"] = [
        dict(one, address='module.m0["x"].aws_t0.fails["%d"]' % i,
             index=str(i)) for i in range(MANY)]
    with tempfile.TemporaryDirectory() as folder:
        path, policy = folder + "/plan.json", folder + "/policy.yaml"
        put(path, plan)
        put_yaml(policy, policy_of([(0, "x")]))
        status, outputs = judge(tfassay, formats, [
            "--no-builtin", "--policies", policy, path], folder)
    if status != 1:
        report(problems, "many", [("status", status)])
    report(problems, "many", format_readers.judge(outputs, MANY))
    report(problems, "many", format_readers.judge_limits(outputs, MANY))
    for name in formats:
        print("  %-14s %9d bytes" % (name, len(outputs.get(name, b""))))


def given(tfassay, formats, problems, plans):
    statuses = {}
    for plan in plans:
        with tempfile.TemporaryDirectory() as folder:
            status, outputs = judge(tfassay, formats, [plan], folder)
        statuses[status] = statuses.get(status, 0) + 1
        if status not in (0, 1, 2, 3, 4):
            report(problems, plan, [("status", status)])
        report(problems, plan, format_readers.judge(outputs, None))
    print("%d plans in %d formats; statuses %s" %
          (len(plans), len(formats), sorted(statuses.items())))


def main():
    tfassay, problems = os.path.abspath(sys.argv[1]), []
    formats = formats_of(tfassay)
    print("; ".join(format_readers.missing()) or "all readers are there")
    if len(sys.argv) > 2:
        given(tfassay, formats, problems, sys.argv[2:])
    else:
        hostile(tfassay, formats, problems)
        many(tfassay, formats, problems)
    print("%d problems" % len(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
