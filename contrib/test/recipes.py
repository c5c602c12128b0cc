"""The recipes of contrib/, by the rules of what reads them.

usage: recipes.py TFASSAY

YAML is read, keys are those that the reader knows, and every script runs with a
plan that fails, one that passes and one that is broken.
"""
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import yaml

CONTRIB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
ROOT = os.path.join(CONTRIB, "..")
TFASSAY = os.path.abspath(sys.argv[1])
# What a plan is called, its statuses, and what the environment asks for.
PLANS = [("fails", 1, {}), ("passes", 0, {"TFASSAY_SEVERITY": "critical"}),
         ("broken", 3, {})]
CONTROL = """controls:
  - id: example
    title: Queues have a name
    severity: low
    resource: aws_sqs_queue
    assert: {path: name, set: true}
    tests:
      - {name: named, resource: {name: x}, expect: pass}
      - {name: not named, resource: {}, expect: fail}
"""
WRONG = []


def expect(what, got, wanted):
    if got != wanted:
        WRONG.append("%s: %r, expected %r" % (what, got, wanted))


def read(path):
    with open(os.path.join(CONTRIB, path), encoding="utf-8") as file:
        return file.read()


def load(path):
    return yaml.safe_load(read(path))


def keys(what, value, allowed):
    expect(what, sorted(set(value) - set(allowed)), [])


class Place:
    """A folder with the plan, and a PATH with the tools that recipes call."""

    def __init__(self, plan):
        self.folder = tempfile.mkdtemp()
        tools = os.path.join(self.folder, "bin")
        os.mkdir(tools)
        os.symlink(TFASSAY, tools + "/tfassay")
        os.symlink(os.path.join(CONTRIB, "comment/tfassay-comment"),
                   tools + "/tfassay-comment")
        source = os.path.join(ROOT, "testdata/provenance/plan.json")
        with open(source, encoding="utf-8") as file:
            text = file.read()
        if plan == "broken":
            text = text[:len(text) // 2]
        self.write("plan.json", text)
        # Terraform only has to print the plan here.
        self.write("bin/terraform", '#!/bin/sh\n[ "$1" != show ] || '
                   'cat "%s/plan.json.saved"\n' % self.folder)
        self.write("plan.json.saved", text)
        os.chmod(tools + "/terraform", 0o755)
        self.env = {"PATH": tools + ":" + os.environ["PATH"],
                    "HOME": self.folder, "RUNNER_TEMP": self.folder,
                    "TMPDIR": self.folder}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w",
                  encoding="utf-8") as out:
            out.write(text)

    def run(self, script, **env):
        return subprocess.run(["bash", "-c", script], cwd=self.folder,
                              env=dict(self.env, **env), capture_output=True,
                              text=True)

    def has(self, *names):
        return [n for n in names
                if not os.path.exists(os.path.join(self.folder, n))]


def each_plan(name, script, files=(), also=None, **env):
    for plan, status, more in PLANS:
        with Place(plan) as place:
            done = place.run(script, **dict(env, **more))
            what = "%s, a plan that %s" % (name, plan)
            expect(what + ": " + done.stderr[-300:], done.returncode, status)
            expect(what + ": missing", place.has(*files), [])
            if also:
                also(what, plan, done, place)


# --- GitHub ---

def action():
    value = load("github/action.yml")
    keys("action", value, ["name", "author", "description", "inputs",
                           "outputs", "runs", "branding"])
    for name, entry in value["inputs"].items():
        keys(name, entry, ["description", "required", "default",
                           "deprecationMessage"])
    steps = value["runs"]["steps"]
    ids = [s.get("id") for s in steps]
    used = set()
    for step in steps:
        keys("step", step, ["id", "name", "if", "run", "shell", "env", "uses",
                            "with", "working-directory", "continue-on-error"])
        expect("shell", step["shell"], "bash")
        expect("an expression in a script", "${{" in step["run"], False)
        for text in list(step["env"].values()) + [step["working-directory"]]:
            used |= set(re.findall(r"inputs\.([a-z-]+)", text))
    expect("inputs that are used", used, set(value["inputs"]))
    outputs = read("github/judge") + read("comment/tfassay-comment")
    for name, entry in value["outputs"].items():
        match = re.match(r"\$\{\{ steps\.(\w+)\.outputs\.([a-z]+) \}\}$",
                         entry["value"])
        expect("output " + name, match is not None and match[1] in ids and
               bool(re.search(r"output %s |'%s=" % (match[2], match[2]),
                              outputs)), True)
    return steps[0]


def run_action(step):
    def also(what, plan, done, place):
        with open(place.folder + "/output", encoding="utf-8") as file:
            text = file.read()
        status = {"fails": "1", "passes": "0", "broken": "3"}[plan]
        expect(what + ": output", bool(re.search(
            r"^status<<(\w+)\n%s\n\1$" % status, text, re.M)), True)
        expect(what + ": sarif", bool(re.search(r"^sarif=(.*)$", text, re.M)
               and os.path.exists(re.search(r"^sarif=(.*)$", text, re.M)[1])),
               True)
        expect(what + ": summary", "### tfassay" in open(
            place.folder + "/summary", encoding="utf-8").read(), True)

    each_plan("the action", 'export GITHUB_OUTPUT=$PWD/output '
              'GITHUB_STEP_SUMMARY=$PWD/summary; ' + step["run"], also=also,
              ACTION=CONTRIB + "/github", IN_PLAN="plan.json\n",
              IN_POLICIES="", IN_WAIVERS="", IN_FAIL_ON="",
              IN_ARGUMENTS="--all\n", IN_COMMENT="false", IN_COMMENT_KEY="k",
              GITHUB_ACTIONS="true")
    with Place("fails") as place:
        hostile = "plan.json\n$(touch hit)\n`touch hit`; touch hit"
        done = place.run(step["run"], ACTION=CONTRIB + "/github",
                         IN_PLAN=hostile, IN_COMMENT="false",
                         IN_FAIL_ON="--exit-zero\n; touch hit")
        expect("inputs are words", (done.returncode, place.has("hit")),
               (2, ["hit"]))


def matcher():
    entry = load("github/matcher.json")["problemMatcher"][0]
    pattern = re.compile(entry["pattern"][0]["regexp"])
    with Place("fails") as place:
        done = place.run("tfassay check plan.json --format concise")
    lines = [l for l in done.stdout.split("\n") if ": [" in l]
    expect("lines", bool(lines), True)
    for line in lines:
        expect("the matcher: " + line, bool(pattern.match(line)), True)


# --- GitLab ---

def gitlab():
    header, job = yaml.safe_load_all(read("gitlab/templates/tfassay.yml"))
    inputs = header["spec"]["inputs"]
    for name, entry in inputs.items():
        keys(name, entry or {}, ["default", "description", "type", "options",
                                 "regex"])
    named = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]",
                           read("gitlab/templates/tfassay.yml")))
    expect("inputs", named, set(inputs))
    job = job["tfassay"]
    keys("job", job, ["stage", "image", "variables", "script", "artifacts"])
    reports = job["artifacts"]["reports"]
    keys("reports", reports, ["junit", "codequality", "sast", "terraform"])
    expect("an input in a script", "[[" in "".join(job["script"]), False)

    def also(what, plan, done, place):
        if plan == "broken":
            return
        with open(place.folder + "/terraform.json") as file:
            counts = json.load(file)
        expect(what + ": counts", sorted(counts),
               ["create", "delete", "update"])

    each_plan("GitLab", "set -e\n" + "\n".join(job["script"]),
              [reports["junit"], reports["codequality"], reports["sast"],
               "report.html"], also, GITLAB_CI="true", PLAN="plan.json",
              ARGUMENTS="", KEY="k")


# --- Others ---

def atlantis():
    value = load("atlantis/repos.yaml")
    keys("repos.yaml", value, ["repos", "policies", "workflows"])
    steps = value["workflows"]["tfassay"]["policy_check"]["steps"]
    runs = [s["run"] for s in steps if isinstance(s, dict)]
    expect("a run for each policy set", len(runs),
           len(value["policies"]["policy_sets"]))
    for plan, status, more in PLANS:
        with Place(plan) as place:
            done = place.run(runs[0], SHOWFILE="plan.json", **more)
        text = done.stdout.strip()
        failed = not text or text.startswith("FAIL") or bool(re.search(
            r'([1-9][0-9]* failure|failures": \[)', text))
        expect("Atlantis, a plan that " + plan, (done.returncode, failed),
               (0, status != 0))
        if not failed:
            expect("the word", "fail" in text.lower(), False)
    with Place("fails") as place:
        done = place.run("PATH=/usr/bin:/bin; " + runs[0])
        expect("Atlantis, without the program", done.stdout, "")


def digger():
    steps = load("digger/digger.yml")["workflows"]["tfassay"]["plan"]["steps"]
    script = [s["run"] for s in steps if isinstance(s, dict)][0]

    def also(what, plan, done, place):
        with open(place.folder + "/out", encoding="utf-8") as file:
            expect(what, file.read().startswith("### tfassay"), True)

    each_plan("Digger", "set -e\nexport DIGGER_OUT=$PWD/out\n" + script,
              also=also, DIGGER_PLANFILE="x")


def terrakube():
    flow = load("terrakube/flow.yaml")["flow"]
    commands = flow[0]["commands"][0]
    keys("command", commands, ["runtime", "priority", "after", "before",
                               "script"])
    each_plan("Terrakube", commands["script"], ["result.json"])


def spacelift():
    hooks = load("spacelift/config.yml")["stack_defaults"]["after_plan"]
    each_plan("Spacelift", "set -e\n" + "\n".join(hooks),
              ["tfassay.custom.spacelift.json"])


def jenkins():
    scripts = re.findall(r"sh '([^']*)'", read("jenkins/Jenkinsfile"))
    named = re.findall(r"'(tfassay\.[a-z]+)'", read("jenkins/Jenkinsfile"))
    expect("braces", read("jenkins/Jenkinsfile").count("{"),
           read("jenkins/Jenkinsfile").count("}"))
    each_plan("Jenkins", "set -e\n" + "\n".join(scripts), named)


def azure():
    steps = load("azure/azure-pipelines.yml")["steps"]
    script = [s["bash"] for s in steps if "bash" in s][0]

    def also(what, plan, done, place):
        results = re.findall(r"^##vso\[task\.complete result=(\w+);\]",
                             done.stdout, re.M)
        expect(what, results, ["Succeeded" if plan == "passes" else "Failed"])
        path = re.findall(r"^##vso\[task\.uploadsummary\](.*)$", done.stdout,
                          re.M)
        expect(what + ": summary", [os.path.isabs(p) and os.path.exists(p)
                                    for p in path], [True])

    each_plan("Azure", script, ["tfassay.xml"], also)


class Insights(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def handle_any(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.log.append((self.command, self.path, json.loads(data)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_POST = handle_any


def bitbucket():
    pipeline = load("bitbucket/bitbucket-pipelines.yml")["pipelines"]
    script = pipeline["pull-requests"]["**"][0]["step"]["script"]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Insights)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.log = []

    def also(what, plan, done, place):
        with open(place.folder + "/insights.json") as file:
            parts = json.load(file)["annotations"]
        expect(what, [entry[0] for entry in server.log],
               ["PUT"] + ["POST"] * len(parts))
        url = "/repositories/w/r/commit/c/reports/tfassay"
        expect(what, sorted({entry[1] for entry in server.log} -
                            {url, url + "/annotations"}), [])
        server.log = []

    each_plan("Bitbucket", "set -e\nmkdir contrib; ln -s %s/bitbucket "
              "contrib/bitbucket\n" % CONTRIB + "\n".join(script),
              also=also, BITBUCKET_PROXY="", BITBUCKET_WORKSPACE="w",
              BITBUCKET_REPO_SLUG="r", BITBUCKET_COMMIT="c",
              BITBUCKET_API="http://127.0.0.1:%d" % server.server_address[1])
    server.shutdown()


def hooks():
    with open(os.path.join(ROOT, ".pre-commit-hooks.yaml")) as file:
        value = yaml.safe_load(file)
    for hook in value:
        keys(hook["id"], hook, [
            "id", "name", "description", "entry", "language", "files",
            "exclude", "types", "minimum_pre_commit_version",
            "pass_filenames"])
        expect("pattern", [bool(re.search(hook["files"], f)) for f in
                           ("controls/a.yaml", "x/policies/b.yml", "a.yaml",
                            "controls/a.json")], [True, True, False, False])
        with Place("fails") as place:
            place.write("a.yaml", CONTROL)
            done = place.run(hook["entry"] + " a.yaml")
            expect(hook["id"] + done.stderr, done.returncode, 0)
            done = place.run("echo 'controls: 1' >b.yaml; %s b.yaml" %
                             hook["entry"])
            expect(hook["id"], done.returncode, 2)


def main():
    run_action(action())
    for recipe in (matcher, gitlab, atlantis, digger, terrakube, spacelift,
                   jenkins, azure, bitbucket, hooks):
        recipe()
    print("\n".join(WRONG + ["recipes: %d wrong" % len(WRONG)]))
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
