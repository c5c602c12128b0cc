"""Readers of the formats, as the programs that consume them read.

judge() gives what is wrong as (format, problem).  A reader that needs a package
that is not there is left out, and missing() names it.
"""
import csv
import io
import json
import os
import re
import subprocess
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(HERE, "../../../shared/reference/schemas")


def optional(name):
    try:
        module = __import__(name)
        for part in name.split(".")[1:]:
            module = getattr(module, part)
        return module
    except ImportError:
        return None


yaml = optional("yaml")
jsonschema = optional("jsonschema")
cmarkgfm = optional("cmarkgfm")
html5lib = optional("html5lib")
trestle = optional("trestle.oscal.assessment_results")
ocsf = optional("py_ocsf_models.events.findings.compliance_finding")


def schema_folder():
    for folder in (SCHEMAS, os.environ.get("TFASSAY_SCHEMAS", "")):
        if os.path.exists(os.path.join(folder, "junit.xsd")):
            return folder
    return None


def missing():
    said = ["%s is missing" % name for name, module in [
        ("yaml", yaml), ("jsonschema", jsonschema), ("cmarkgfm", cmarkgfm),
        ("html5lib", html5lib), ("compliance-trestle", trestle),
        ("py-ocsf-models", ocsf)] if module is None]
    if schema_folder() is None:
        said.append("the schemas of SARIF and JUnit are missing")
    return said


class Wrong(Exception):
    pass


def want(condition, *said):
    if not condition:
        raise Wrong(" ".join(str(s) for s in said)[:400])


# --- Lines, as runners and terminals read them ---

ACTIVE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c"
                    "\u2028\u2029\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb"
                    "\U000e0000-\U000e007f]")
GITHUB_KEYS = {"file", "line", "endLine", "col", "endColumn", "title"}
AZURE_KEYS = {"type", "sourcepath", "linenumber", "columnnumber", "code",
              "result"}


def check_characters(name, text):
    allowed = "\u200b" if name == "markdown" else ""
    for match in ACTIVE.finditer(text):
        want(match[0] in allowed, "character U+%04X in" % ord(match[0]),
             repr(text[max(0, match.start() - 60):match.end() + 20]))
    want(not text or text.endswith("\n"), "no line end at the end")


def lines_of(text):
    """Split as a runner may: at every Unicode line end."""
    return text.splitlines()


def github_v2(line):
    """ActionCommand.TryParseV2: (command, properties, data) or None."""
    line = line.strip()
    if not line.startswith("::"):
        return None
    end = line.find("::", 2)
    if end < 0:
        return None
    command, _, rest = line[2:end].partition(" ")
    properties = dict(p.partition("=")[::2] for p in rest.split(",") if p)
    return command, properties, line[end + 2:]


def github_v1(line):
    """ActionCommand.TryParse: ##[ anywhere, up to the next ]."""
    start = line.find("##[")
    if start < 0:
        return None
    end = line.find("]", start)
    return line[start:end] if end > start else None


def azure(line):
    start = line.find("##vso[")
    if start < 0:
        return None
    end = line.find("]", start)
    if end < 0:
        return None
    command, _, rest = line[start + 6:end].partition(" ")
    properties = dict(p.partition("=")[::2] for p in rest.split(";") if p)
    return start, command, properties, line[end + 1:]


def check_github(name, line):
    found = github_v2(line)
    want(github_v1(line) is None, "an old command:", repr(line))
    if found is None:
        want(name != "github", "no annotation:", repr(line))
        return
    command, properties, data = found
    want(name == "github", "a command:", repr(line))
    want(command in ("error", "warning", "notice"), "command", repr(line))
    want(set(properties) <= GITHUB_KEYS, "properties", repr(line))
    want(properties.get("line", "1").isdigit(), "line", repr(line))
    want(len(data) <= 4096, "message of", len(data))


def check_azure(name, line):
    found = azure(line)
    if found is None:
        want(name != "azure", "no command:", repr(line))
        return
    start, command, properties, data = found
    want(name == "azure" and start == 0, "a command:", repr(line))
    want(command in ("task.logissue", "task.complete"), "command", repr(line))
    want(set(properties) <= AZURE_KEYS, "properties", repr(line))
    want("##vso[" not in data, "a second command", repr(line))


# What other systems take for commands or folds at the beginning of a line.
BEGINNINGS = re.compile(
    r"(##teamcity\[|travis_(fold|time):|section_(start|end):|--- |\+\+\+ |"
    r"~~~ |\^\^\^ \+\+\+|\[Pipeline\]|##\[|\x1b)")


def check_lines(name, text):
    if name == "csv":
        want(text.count("\r\n") == text.count("\n"), "line ends")
        text = text.replace("\r\n", "\n")
    check_characters(name, text)
    for line in lines_of(text):
        check_github(name, line)
        check_azure(name, line)
        want(not BEGINNINGS.match(line), "a beginning:", repr(line))
        want("##teamcity[" not in line, "TeamCity:", repr(line))


# --- JSON ---

def no_duplicates(pairs):
    want(len({k for k, _ in pairs}) == len(pairs), "duplicate key")
    return dict(pairs)


def load(text):
    return json.loads(text, object_pairs_hook=no_duplicates,
                      parse_constant=lambda c: want(False, "constant", c))


def load_lines(text):
    return [load(line) for line in text.split("\n")[:-1]]


def read_json(text, count):
    document = load(text)
    want(list(document)[-1] == "status", "no status at the end")
    return len(document["findings"])


def read_ndjson(text, count):
    records = load_lines(text)
    want(records[0]["type"] == "run" and records[-1]["type"] == "end", "ends")
    return sum(r["type"] == "finding" for r in records)


URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+\Z")
SARIF = {}


def sarif_schema():
    if not SARIF and jsonschema and schema_folder():
        path = os.path.join(schema_folder(), "sarif-schema-2.1.0.json")
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        SARIF["validator"] = jsonschema.validators.validator_for(
            schema)(schema)
    return SARIF.get("validator")


def check_rule(rule):
    for key in ("shortDescription", "fullDescription"):
        want(0 < len(rule[key]["text"]) <= 1024, key, rule["id"])
    want(rule["help"]["text"], "help")
    properties = rule.get("properties", {})
    want(len(properties.get("tags", [])) <= 20, "tags")
    grade = properties.get("security-severity")
    want(grade is None or isinstance(grade, str) and 0 < float(grade) <= 10,
         "security-severity", grade)


def check_result(run, result):
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    want(rule["id"] == result["ruleId"], "ruleIndex")
    want(result["message"]["text"], "message")
    want(result["partialFingerprints"]["primaryLocationLineHash"], "hash")
    place = result["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    want(URI.match(uri), "uri", repr(uri))
    want(not re.search(r"%(?![0-9A-Fa-f]{2})", uri), "uri", repr(uri))
    want(not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", uri), "uri", repr(uri))
    region = place["region"]
    for key in ("startLine", "startColumn", "endLine", "endColumn"):
        want(region[key] >= 1, key)
    if result.get("kind", "fail") != "fail":
        want(result["level"] == "none", "level of", result["kind"])


ARCHIVE = object()


def read_archive(text, count):
    return read_sarif(text, ARCHIVE)


def read_sarif(text, count):
    document = load(text)
    validator = sarif_schema()
    want("$schema" in document and len(document["runs"]) <= 20, "runs")
    results = 0
    for run in document["runs"]:
        want(count is ARCHIVE or len(run["results"]) <= 25000, "results")
        for rule in run["tool"]["driver"]["rules"]:
            check_rule(rule)
        for result in run["results"]:
            check_result(run, result)
        results += len(run["results"])
        if validator and len(run["results"]) > 2000:
            run["results"] = run["results"][:2000]
    if validator:
        for error in validator.iter_errors(document):
            want(False, error.json_path, error.message)
    return results


def check_path(path):
    want(path and not path.startswith(("./", "../")), "path", repr(path))


def read_gitlab(text, count):
    items = load(text)
    for item in items:
        want(item["severity"] in ("info", "minor", "major", "critical",
                                  "blocker"), "severity")
        want(item["description"].startswith((item["check_name"], "the plan")),
             "begins", item["description"])
        want("\n" not in item["description"], "lines")
        check_path(item["location"]["path"])
        want(item["location"]["lines"]["begin"] >= 1, "line")
    want(len({i["fingerprint"] for i in items}) == len(items), "fingerprints")
    return len(items)


def read_sast(text, count):
    document = load(text)
    scan = document["scan"]
    want(re.match(r"15\.\d+\.\d+$", document["version"]), "version")
    want(scan["type"] == "sast" and scan["status"] in ("success", "failure"),
         "scan")
    for key in ("start_time", "end_time"):
        want(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", scan[key]), key)
    ids = set()
    for item in document["vulnerabilities"]:
        ids.add(item["id"])
        want(item["identifiers"] and all(
            i["type"] and i["name"] and i["value"]
            for i in item["identifiers"]), "identifiers")
        want(item["severity"] in ("Info", "Unknown", "Low", "Medium", "High",
                                  "Critical"), "severity")
        want(len(item["name"]) <= 255 and len(item["description"]) <= 1048576,
             "length")
        check_path(item["location"]["file"])
    want(len(ids) == len(document["vulnerabilities"]), "ids")
    return len(ids)


def read_bitbucket(text, count):
    document = load(text)
    report = document["report"]
    want(report["report_type"] in ("SECURITY", "COVERAGE", "TEST", "BUG"),
         "report_type")
    want(report["result"] in ("PASSED", "FAILED", "PENDING"), "result")
    want(len(report.get("data", [])) <= 10, "data")
    want(len(report["title"]) <= 450 and len(report["details"]) <= 2000,
         "report")
    ids = []
    for part in document["annotations"]:
        want(len(part) <= 100, "annotations in a request")
        for item in part:
            ids.append(item["external_id"])
            want(len(item["summary"]) <= 450, "summary")
            want(len(item.get("details", "")) <= 2000, "details")
            want(item["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL"),
                 "severity")
    want(len(ids) <= 1000 and len(set(ids)) == len(ids), "annotations")
    return len(ids)


def read_rdjsonl(text, count):
    lines = load_lines(text)
    for line in lines:
        want(line["severity"] in ("ERROR", "WARNING", "INFO"), "severity")
        want(line["location"]["range"]["start"]["line"] >= 1, "line")
        check_path(line["location"]["path"])
    return len(lines)


def read_run_task(text, count):
    data = load(text)["data"]
    want(data["type"] == "task-results", "type")
    want(data["attributes"]["status"] in ("passed", "failed"), "status")
    want(len(text.encode()) < 5 << 20, "body of", len(text))
    outcomes = data.get("relationships", {}).get("outcomes", {}).get("data", [])
    for outcome in outcomes:
        tags = outcome["attributes"]["tags"]
        for tag in tags["Status"] + tags["Severity"]:
            want(tag["level"] in ("none", "info", "warning", "error"), "level")
        check_markdown_body(outcome["attributes"]["body"])
    return len(outcomes)


def read_asff(text, count):
    findings = load(text)["Findings"]
    for item in findings:
        for key in ("SchemaVersion", "Id", "ProductArn", "GeneratorId",
                    "AwsAccountId", "Types", "CreatedAt", "UpdatedAt",
                    "Severity", "Title", "Description", "Resources"):
            want(item[key], key)
        want(len(item["Title"]) <= 256 and len(item["Description"]) <= 1024,
             "length")
        want(len(item["Id"]) <= 512, "Id")
        for resource in item["Resources"]:
            want(len(resource["Id"]) <= 512, "resource of",
                 len(resource["Id"]))
        fix = item.get("Remediation", {}).get("Recommendation", {})
        want(len(fix.get("Text", "")) <= 512, "fix")
        requirements = item["Compliance"].get("RelatedRequirements", [])
        want(len(requirements) <= 32, "requirements")
        want(all(0 < len(r) <= 64 for r in requirements), "requirement",
             max(requirements, key=len, default=""))
    want(len({i["Id"] for i in findings}) == len(findings), "ids")
    return len(findings)


def read_ocsf(text, count):
    lines = load_lines(text)
    for number, line in enumerate(lines):
        want(line["type_uid"] == line["class_uid"] * 100 +
             line["activity_id"], "type_uid")
        want(line["finding_info"]["uid"] and line["compliance"], "info")
        if ocsf and number < 500:
            try:
                ocsf.ComplianceFinding(**line)
            except ValueError as error:
                want(False, error)
    return len(lines)


def read_oscal(text, count):
    document = load(text)["assessment-results"]
    result = document["results"][0]
    seen = {o["uuid"] for o in result.get("observations", [])}
    for finding in result.get("findings", []):
        for related in finding.get("related-observations", []):
            want(related["observation-uuid"] in seen, "observation")
        want(finding["target"]["status"]["state"] in
             ("satisfied", "not-satisfied"), "state")
    if trestle and len(text) < 4 << 20:
        try:
            trestle.AssessmentResults(**document)
        except ValueError as error:
            want(False, error)
    return len(result.get("observations", []))


# --- XML ---

JUNIT = {"testsuites", "testsuite", "properties", "property", "testcase",
         "failure", "error", "skipped", "system-out", "system-err"}


def check_elements(text, allowed):
    root = ElementTree.fromstring(text.encode())
    for element in root.iter():
        want(element.tag in allowed, "element", element.tag)
    return root


def junit_schema(folder):
    """The schema, and the two attributes that readers add to it."""
    with open(os.path.join(schema_folder(), "junit.xsd"),
              encoding="utf-8") as file:
        schema = file.read()
    anchor = re.search(r'<xs:attribute name="classname"', schema)
    schema = (schema[:anchor.start()] +
              '<xs:attribute name="file" type="xs:string"/>'
              '<xs:attribute name="line" type="xs:integer"/>' +
              schema[anchor.start():])
    path = os.path.join(folder, "junit.xsd")
    with open(path, "w", encoding="utf-8") as out:
        out.write(schema)
    return path


def read_junit(text, count):
    root = check_elements(text, JUNIT)
    for suite in root:
        cases = suite.findall("testcase")
        want(int(suite.get("tests")) == len(cases), "tests")
        for name, tag in (("failures", "failure"), ("errors", "error"),
                          ("skipped", "skipped")):
            want(int(suite.get(name)) == sum(
                c.find(tag) is not None for c in cases), name)
    if schema_folder() and len(text) < 8 << 20:
        with tempfile.TemporaryDirectory() as folder:
            try:
                done = subprocess.run(
                    ["xmllint", "--noout", "--nonet", "--schema",
                     junit_schema(folder), "-"], input=text.encode(),
                    capture_output=True)
            except FileNotFoundError:
                return len(root.findall("testsuite/testcase"))
            want(done.returncode == 0, done.stderr.decode("utf-8", "replace"))
    return len(root.findall("testsuite/testcase"))


def read_checkstyle(text, count):
    root = check_elements(text, {"checkstyle", "file", "error"})
    names = [f.get("name") for f in root]
    want(len(set(names)) == len(names), "a file twice")
    for error in root.iter("error"):
        want(error.get("severity") in ("error", "warning", "info", "ignore"),
             "severity")
        want(int(error.get("line")) >= 1, "line")
    return len(list(root.iter("error")))


# --- Lines ---

def read_csv(text, count):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for row in rows:
        want(len(row) == len(rows[0]), "cells", row)
        for cell in row:
            want(not cell[:1] or cell[0] not in "=+-@\t\r", "formula",
                 repr(cell))
            want("\n" not in cell, "a line in a cell", repr(cell))
    return len(rows) - 1


CONCISE = re.compile(r"(.+?):(\d+):(\d+): (critical|high|medium|low|info): "
                     r"\[([^\]]+)\] (.*)$")


def read_concise(text, count):
    # The last line is the closing one; notes are there before it.
    found = 0
    for line in text.split("\n")[:-1]:
        match = CONCISE.match(line)
        if match:
            found += 1
            want(re.match(r"[a-z0-9_-]+$", match[5]), "control", repr(line))
        else:
            want(re.match(r"([a-z ]+: |.+:\d+:\d+: error: the plan cannot "
                          "be judged: )", line), "line", repr(line))
    return found


def tap_description(rest):
    """Splits at the first # that no backslash escapes, as TAP 14 says."""
    at = 0
    while at < len(rest):
        if rest[at] == "\\":
            at += 2
            continue
        if rest[at] == "#":
            return rest[:at], rest[at + 1:].strip()
        at += 1
    return rest, None


def read_tap(text, count):
    lines = text.split("\n")[:-1]
    want(lines[0] == "TAP version 14", "version")
    plan, points, block = None, 0, None
    for line in lines[1:]:
        if block is not None:
            if line == "  ...":
                check_yaml(block)
                block = None
            else:
                want(line.startswith("  "), "block", repr(line))
                block.append(line[2:])
        elif line == "  ---":
            block = []
        elif re.match(r"1\.\.\d+", line):
            want(plan is None, "two plans")
            plan = int(re.match(r"1\.\.(\d+)", line)[1])
        elif line.startswith("Bail out!"):
            return count
        elif line.startswith("#") or not line:
            pass
        else:
            match = re.match(r"(not )?ok (\d+) - (.*)$", line)
            want(match, "line", repr(line))
            points += 1
            want(int(match[2]) == points, "number", line)
            directive = tap_description(match[3])[1]
            want(directive is None or re.match(
                r"(SKIP|TODO) (waived|unknown)", directive),
                "directive", repr(line))
    want(block is None and plan == points, "plan", plan, points)
    return points


def check_yaml(lines):
    if yaml:
        value = yaml.safe_load("\n".join(lines))
        want(isinstance(value, dict) and all(
            isinstance(v, (str, int)) for v in value.values()),
            "block", lines)


def read_atlantis(text, count):
    text = text.strip()
    failed = text == "" or text.startswith("FAIL") or re.search(
        r'([1-9][0-9]* failure|failures": \[)', text)
    lines = text.split("\n")
    items = [l for l in lines if l.startswith("FAIL")]
    if failed:
        want(lines[0].startswith("FAIL - "), "first line", lines[0])
        want(all(l.startswith(("FAIL - ", "Result: ", "WARN", "note"))
                 for l in lines), "lines", text[:300])
    else:
        want("fail" not in text.lower(), "a word", text[:300])
    return len(items)


def read_text(text, count):
    ours = ("FAIL ", "ERROR ", "UNKNOWN ", "WAIVED ", "PASS ", "  ", "note: ",
            "fail: ", "pass: ", "undecided: ", "error: ", "not decided: ",
            "ok: ", "REFUSED ", "waiver ")
    for line in text.split("\n"):
        want(not line or line.startswith(ours), "begins", repr(line))
    return count


# --- Markdown and HTML ---

MARKDOWN = {"html", "head", "body", "h3", "h4", "p", "table", "thead",
            "tbody", "tr", "th", "td", "br", "code", "details", "summary",
            "ul", "ol", "li", "blockquote", "pre", "strong", "em", "hr"}


def namespace(tag):
    return tag.split("}")[1] if isinstance(tag, str) and "}" in tag else tag


def tree_of(html, strict=False):
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=False,
        namespaceHTMLElements=False)
    tree = parser.parse(html)
    if strict:
        want(not parser.errors, "parse errors", parser.errors[:3])
    return tree


def plain_text(element):
    """The text outside of code."""
    if element.tag == "code" or not isinstance(element.tag, str):
        return " " + (element.tail or "")
    return (element.text or "") + "".join(
        plain_text(child) for child in element) + (element.tail or "")


def check_markdown_body(text, rows=None):
    if not cmarkgfm or not html5lib:
        return None
    html = cmarkgfm.github_flavored_markdown_to_html(
        text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    tree = tree_of(html)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        want(element.tag in MARKDOWN, "element", element.tag, element.attrib,
             (element.text or "")[:80])
        want(set(element.attrib) <= {"align", "class"}, "attributes",
             element.attrib)
    for table in tree.iter("table"):
        width = len(table.find("thead/tr"))
        for row in table.iter("tr"):
            want(len(row) == width, "cells", "".join(row.itertext())[:200])
    said = plain_text(tree)
    want(not re.search(r"@[A-Za-z0-9]", said), "mention",
         re.findall(r".{20}@[A-Za-z0-9].{0,20}", said)[:2])
    want(not re.search(r"(?<![A-Za-z0-9&])#\d", said), "reference",
         re.findall(r".{0,20}#\d.{0,20}", said)[:2])
    want(not re.search(r"(?<![\w])GH-\d", said), "reference GH-")
    for kind in ("details", "summary"):
        want(html.count("<%s>" % kind) == html.count("</%s>" % kind), kind)
    return tree


def read_markdown(text, count):
    first, _, rest = text.partition("\n")
    match = re.match(r"<!-- tfassay:v1 (\{.*\}) -->$", first)
    want(match and "--" not in match[1] and ">" not in match[1], "marker",
         first)
    load(match[1])
    want(len(text.encode()) <= 60000, "bytes", len(text))
    check_markdown_body(text)
    return count


HTML = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3",
        "h4", "p", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "br", "code", "details", "summary", "ul", "li", "dl", "dt", "dd",
        "svg", "g", "rect", "text", "desc", "a", "header", "main", "section",
        "nav", "footer", "span", "div", "figure", "figcaption", "pre", "path",
        "strong", "b", "col", "colgroup", "figure"}


def read_html(text, count):
    want(text.startswith("<!DOCTYPE html>\n"), "doctype")
    want("default-src 'none'" in text, "policy")
    if not html5lib:
        return count
    tree = tree_of(text, strict=True)
    ids, links, found = set(), set(), 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            want(False, "a comment", element.text)
        tag = namespace(element.tag)
        want(tag in HTML, "element", tag)
        for key, value in element.attrib.items():
            want(not key.lower().startswith("on"), "attribute", key)
            want(key != "src", "attribute", key)
            if key == "id":
                want(value not in ids, "id twice", value)
                ids.add(value)
            if key == "href":
                want(value.startswith(("#", "https://")), "link", value)
                if value.startswith("#"):
                    links.add(value[1:])
                else:
                    want(element.get("rel") == "noopener noreferrer", "rel")
        if tag == "tr" and (element.get("id") or "").startswith("f-"):
            found += 1
        if tag == "table":
            want(element.find("caption") is not None, "caption")
        if tag == "th":
            want(element.get("scope") in ("col", "row", "rowgroup"),
                 "scope")
    want(links <= ids, "links to nothing", sorted(links - ids)[:3])
    want(len(list(tree.iter("style"))) == 1, "style")
    return found


READERS = {
    "text": read_text, "concise": read_concise, "json": read_json,
    "ndjson": read_ndjson, "sarif": read_sarif, "sarif-archive": read_archive,
    "junit": read_junit, "gitlab": read_gitlab, "gitlab-sast": read_sast,
    "markdown": read_markdown, "csv": read_csv,
    "checkstyle": read_checkstyle, "tap": read_tap,
    "bitbucket": read_bitbucket, "rdjsonl": read_rdjsonl,
    "atlantis": read_atlantis, "tfc-run-task": read_run_task,
    "asff": read_asff, "ocsf": read_ocsf, "oscal": read_oscal,
    "html": read_html,
}
# Formats that hold every finding, of which a fifth passes; others say less.
PASSES = {"junit", "tap", "sarif-archive", "oscal", "ocsf"}
WHOLE = {"json", "ndjson", "csv"}


def judge(outputs, count):
    """count: how many verdicts there are, a fifth of each kind; or None."""
    wrong = []
    for name, data in outputs.items():
        try:
            text = data.decode("utf-8")
            check_lines(name, text)
            if name not in READERS:
                continue
            want(text or name in ("rdjsonl", "ocsf"), "empty")
            found = READERS[name](text, count)
            if count and count < 1000:
                if name in WHOLE | {"html"}:
                    want(found == count * 4 // 5, "findings", found)
                if name in ("junit", "tap"):
                    want(found == count, "findings", found)
        except (Wrong, ValueError, KeyError, IndexError, TypeError,
                AttributeError, csv.Error, ElementTree.ParseError) as error:
            wrong.append((name, "%s: %s" % (type(error).__name__,
                                            str(error)[:700])))
    return wrong


LIMITS = {"sarif": 10 << 20, "markdown": 60000, "tfc-run-task": 1 << 20,
          "github": 200000, "azure": 200000}
# What is whole, and what says how much is left out.
CUT = {"sarif", "markdown", "github", "azure", "bitbucket", "tfc-run-task",
       "html"}


def judge_limits(outputs, count):
    wrong = []
    for name, most in LIMITS.items():
        if name in outputs and len(outputs[name]) > most and name != "sarif":
            wrong.append((name, "%d bytes" % len(outputs[name])))
    for name in CUT & set(outputs):
        text = outputs[name].decode()
        shown = READERS[name](text, None) if name in READERS else None
        shown = count if shown is None else shown
        numbers = [int(n) for n in re.findall(r"\b\d{4,6}\b",
                                              text.replace(",", ""))]
        said = [n for n in numbers if count - 6000 <= n < count]
        if not said and count not in numbers:
            wrong.append((name, "does not say what is left out"))
        if isinstance(shown, int) and shown != count and \
                count - shown not in numbers:
            wrong.append((name, "shows %d of %d" % (shown, count)))
    return wrong
