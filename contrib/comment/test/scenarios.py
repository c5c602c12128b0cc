"""Scenarios of tfassay-comment against a server on the loopback.

Each scenario says what the server holds and how it fails, what is called, and
which requests, status and outcome must follow.  The expectations are those of
the README beside the script.
"""
import hashlib
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, "..", "tfassay-comment")
REAL = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else None
PLAN = os.path.join(HERE, "../../../testdata/provenance/plan.json")
BOT = "github-actions[bot]"
HEAD = "a" * 40
TEXT = "### tfassay: failed, 1 blocking failure\n\nOne finding.\n"


def marker(members):
    text = json.dumps(members).replace("-", "\\u002d").replace(">", "\\u003e")
    return "<!-- tfassay:v1 %s -->\n" % text


def body(text=TEXT, key="k", **members):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return marker(dict({"key": key, "digest": digest}, **members)) + text


def comment(number, text=None, author=BOT, **more):
    return dict({"id": number, "body": body() if text is None else text,
                 "user": {"login": author}, "author": {"username": author}},
                **more)


def filler(count, author="someone"):
    return [comment(n, "a word", author) for n in range(1, count + 1)]


class Server(http.server.ThreadingHTTPServer):
    """Comments, and answers that are given instead, each as often as listed."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()

    def prepare(self, scenario):
        self.comments = [dict(c) for c in scenario.get("comments", [])]
        self.faults = [list(f) for f in scenario.get("faults", [])]
        self.user = scenario.get("user", 403)
        self.head = scenario.get("head", HEAD)
        self.hook = scenario.get("hook")
        self.page_size = scenario.get("page_size", 100)
        self.elsewhere = scenario.get("elsewhere", False)
        self.log, self.bodies, self.tokens = [], [], []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, code, value, headers=()):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(code)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def fault(self, what):
        """(method and path, code, body, headers, done): done writes anyway."""
        for entry in self.server.faults:
            if re.search(entry[0], what):
                self.server.faults.remove(entry)
                return (entry + [None, (), False][len(entry) - 2:])[1:]
        return None

    def handle_any(self):
        server = self.server
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        url = urllib.parse.urlsplit(self.path)
        what = self.command + " " + self.path
        with server.lock:
            server.log.append(self.command + " " + url.path)
            server.tokens.append(self.headers.get("Authorization") or
                                 self.headers.get("PRIVATE-TOKEN"))
            if sent is not None:
                server.bodies.append(sent["body"])
            if server.hook:
                server.hook(server, what)
            fault = self.fault(what)
            if fault and fault[0] == "close":
                if fault[3]:
                    self.respond(url, sent, quiet=True)
                self.close_connection = True
                return
            if fault:
                code, value, headers, done = fault
                if done:
                    self.respond(url, sent, quiet=True)
                self.answer(code, value if value is not None else
                            {"message": "trouble"}, headers)
                return
            self.respond(url, sent)

    do_GET = do_POST = do_PATCH = do_PUT = handle_any

    def respond(self, url, sent, quiet=False):
        server, answer = self.server, self.answer
        if quiet:
            answer = lambda *_: None
        if url.path == "/user":
            if isinstance(server.user, int):
                return answer(server.user, {"message":
                              "Resource not accessible by integration"})
            return answer(200, {"login": server.user,
                                "username": server.user})
        if url.path.endswith(("/pulls/7", "/merge_requests/7")):
            return answer(200, {"head": {"sha": server.head},
                                "sha": server.head})
        if self.command == "GET":
            query = urllib.parse.parse_qs(url.query)
            return self.page(url, int(query.get("page", ["1"])[0]))
        if self.command == "POST":
            made = comment(1 + max([c["id"] for c in server.comments] or [0]),
                           sent["body"])
            if isinstance(server.user, str):
                made["user"] = {"login": server.user}
                made["author"] = {"username": server.user}
            server.comments.append(made)
            return answer(201, made)
        number = int(url.path.rsplit("/", 1)[1])
        for old in server.comments:
            if old["id"] == number:
                old["body"] = sent["body"]
                return answer(200, old)
        return answer(404, {"message": "Not Found"})

    def page(self, url, page):
        server = self.server
        size = server.page_size
        part = server.comments[(page - 1) * size:page * size]
        headers = []
        if len(server.comments) > page * size:
            host = "http://%s:%d" % server.server_address
            if server.elsewhere:
                host = "http://192.0.2.1"
            headers.append(("Link", '<%s%s?per_page=100&page=%d>; rel="next", '
                            '<%s%s?page=9>; rel="last"' %
                            (host, url.path, page + 1, host, url.path)))
        self.answer(200, part, headers)


GET_USER = "GET /user"
LIST = "GET /repos/o/r/issues/7/comments"
PULL = "GET /repos/o/r/pulls/7"
CREATE = "POST /repos/o/r/issues/7/comments"
NOTES = "/projects/group%2Fproject/merge_requests/7/notes"
LOOK = [GET_USER, LIST, PULL]


def update(number):
    return "PATCH /repos/o/r/issues/comments/%d" % number


def steal(server, what):
    """Another run creates its comment while this one looks."""
    if what.startswith("GET /repos/o/r/pulls") and not server.comments:
        server.faults.append(["^POST", 502])
        server.comments.append(comment(5, body("### newer\n", run="12.1")))


LIMITED = {"message": "You have exceeded a secondary rate limit"}
FORK = {"message": "Resource not accessible by integration"}

# Every scenario: options besides those common to all, and what must follow.
SCENARIOS = [
    dict(name="the first comment is created",
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="an own comment is updated in place",
         comments=[comment(3, body("### old\n", run="9.1"))],
         requests=LOOK + [update(3)], outcome="updated"),
    dict(name="nothing is written where nothing changed",
         comments=[comment(3, body(run="9.1"))],
         requests=LOOK, outcome="same"),
    dict(name="line ends that the server changed are no change",
         comments=[comment(3, body(run="9.1").replace("\n", "\r\n").strip())],
         requests=LOOK, outcome="same"),
    dict(name="a comment that a person edited is written again",
         comments=[comment(3, body(run="9.1") + "edited\n")],
         requests=LOOK + [update(3)], outcome="updated"),
    dict(name="the comment of a newer run stays",
         comments=[comment(3, body("### newer\n", run="12.1"))],
         requests=LOOK, outcome="older"),
    dict(name="the comment of a newer attempt stays",
         comments=[comment(3, body("### newer\n", run="10.2"))],
         requests=LOOK, outcome="older"),
    dict(name="a run is newer by number, not by text",
         comments=[comment(3, body("### old\n", run="9.9"))],
         requests=LOOK + [update(3)], outcome="updated"),
    dict(name="without runs the later time stays",
         comments=[comment(3, body("### newer\n", at="2999-01-01T00:00:00Z"))],
         requests=LOOK, outcome="older"),
    dict(name="a result for a commit that is no longer the head is not posted",
         head="b" * 40, requests=LOOK, outcome="outdated"),
    dict(name="the head of the request cannot be read: the marker decides",
         faults=[["^GET .*/pulls/", 404]],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="another key is another comment",
         comments=[comment(3, body(key="other"))],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="the marker in a comment of someone else is not ours",
         comments=[comment(3, body("### old\n"), "mallory")],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="a marker that is not on the first line is not ours",
         comments=[comment(3, "look:\n" + body())],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="a marker that is no JSON is not ours",
         comments=[comment(3, "<!-- tfassay:v1 {\"key\": -->\n")],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="a marker that is no object is not ours",
         comments=[comment(3, "<!-- tfassay:v1 {\"key\":[\"k\"]} -->\n")],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="comments without text are passed over",
         comments=[comment(2, None), dict(comment(3), body=None)],
         requests=LOOK, outcome="same"),
    dict(name="of several own comments the newest is updated",
         comments=[comment(3, body("### x\n")), comment(8, body("### y\n")),
                   comment(5, body("### z\n"))],
         requests=LOOK + [update(8)], outcome="updated"),
    dict(name="the own comment is found on the third page",
         comments=filler(205) + [comment(300, body("### old\n"))],
         requests=[GET_USER, LIST, LIST, LIST, PULL, update(300)],
         outcome="updated"),
    dict(name="a next page on another server is not asked",
         comments=filler(150), elsewhere=True,
         requests=[GET_USER, LIST], outcome="failed"),
    dict(name="a page that breaks off is read again, from the first",
         comments=filler(120) + [comment(300, body("### old\n"))],
         faults=[["page=2", 200, b"[{\"id\": 1"]],
         requests=[GET_USER, LIST, LIST, LIST, LIST, PULL, update(300)],
         waits=["1"], outcome="updated"),
    dict(name="a fork's token is refused: a warning",
         faults=[["^POST", 403, FORK]],
         requests=LOOK + [CREATE], outcome="failed", says="forks"),
    dict(name="403 while looking: a warning",
         faults=[["^GET .*/comments", 403, FORK]],
         requests=[GET_USER, LIST], outcome="failed"),
    dict(name="401: a warning", user=401,
         faults=[["^GET .*/comments", 401]],
         requests=[GET_USER, LIST], outcome="failed"),
    dict(name="the request is not there: a warning",
         faults=[["^GET .*/comments", 404]],
         requests=[GET_USER, LIST], outcome="failed"),
    dict(name="a comment deleted while it is updated is created",
         comments=[comment(3, body("### old\n"))],
         faults=[["^PATCH", 404]],
         requests=LOOK + [update(3), LIST, PULL, CREATE], outcome="created"),
    dict(name="a comment that is gone is created",
         comments=[comment(3, body("### old\n"))],
         faults=[["^PATCH", 410]],
         requests=LOOK + [update(3), LIST, PULL, CREATE], outcome="created"),
    dict(name="too long: the headline is posted whole",
         faults=[["^POST", 422, {"message": "Body is too long"}]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE], outcome="created",
         holds="### tfassay: failed, 1 blocking failure\n\nExit status 1."),
    dict(name="422 again: a warning",
         faults=[["^POST", 422], ["^POST", 422]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE], outcome="failed"),
    dict(name="429 with Retry-After is waited for",
         faults=[["^POST", 429, None, [("Retry-After", "7")]]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE],
         waits=["7"], outcome="created"),
    dict(name="429 without Retry-After waits longer each time",
         faults=[["^POST", 429], ["^POST", 429]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE, LIST, PULL, CREATE],
         waits=["1", "2"], outcome="created"),
    dict(name="a wait of an hour is not waited for",
         faults=[["^POST", 429, None, [("Retry-After", "3600")]]],
         requests=LOOK + [CREATE], waits=[], outcome="failed"),
    dict(name="Retry-After that is a date waits as if it were missing",
         faults=[["^POST", 429, None,
                  [("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")]]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="the secondary limit is waited for",
         faults=[["^POST", 403, LIMITED]],
         requests=LOOK + [CREATE, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="403 with Retry-After is waited for",
         faults=[["^GET .*/comments", 403, LIMITED, [("retry-after", "2")]]],
         requests=[GET_USER, LIST, LIST, PULL, CREATE],
         waits=["2"], outcome="created"),
    dict(name="the limit while asking who we are is waited for",
         faults=[["^GET /user", 429]],
         requests=[GET_USER] + LOOK + [CREATE],
         waits=["1"], outcome="created"),
    dict(name="500 is tried again",
         faults=[["^GET .*/comments", 500]],
         requests=[GET_USER, LIST, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="an error page that is no JSON is tried again",
         faults=[["^GET .*/comments", 502, b"<html>::error::x</html>"]],
         requests=[GET_USER, LIST, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="200 with a page that is no JSON is tried again",
         faults=[["^GET .*/comments", 200, b"<html>"]],
         requests=[GET_USER, LIST, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="5xx without end: six turns, then a warning",
         faults=[["^GET .*/comments", 503]] * 9,
         requests=[GET_USER] + [LIST] * 6,
         waits=["1", "2", "4", "8", "16"], outcome="failed"),
    dict(name="a comment whose answer was lost is not made twice",
         faults=[["^POST", 502, None, (), True]],
         requests=LOOK + [CREATE, LIST, PULL],
         waits=["1"], outcome="same", count=1),
    dict(name="a connection that closes after the write makes no second one",
         faults=[["^POST", "close", None, (), True]],
         requests=LOOK + [CREATE, LIST, PULL],
         waits=["1"], outcome="same", count=1),
    dict(name="a connection that closes is tried again",
         faults=[["^GET .*/comments", "close"]],
         requests=[GET_USER, LIST, LIST, PULL, CREATE],
         waits=["1"], outcome="created"),
    dict(name="a newer run that came between keeps its comment",
         hook=steal, requests=LOOK + [CREATE, LIST, PULL],
         waits=["1"], outcome="older"),
    dict(name="a personal token says whose comments are ours", user="me",
         comments=[comment(3, body("### old\n")),
                   comment(2, body("### old\n"), "me")],
         requests=LOOK + [update(2)], outcome="updated"),
    dict(name="--author is not asked for", args=["--author", "me"],
         comments=[comment(2, body("### old\n"), "me")],
         requests=[LIST, PULL, update(2)], outcome="updated"),
    dict(name="nothing to say and no comment: none is made", status=0,
         requests=[GET_USER, LIST], outcome="nothing"),
    dict(name="nothing to say any more: the comment is updated", status=0,
         comments=[comment(3, body("### old\n"))],
         requests=LOOK + [update(3)], outcome="updated"),
    dict(name="--always comments", status=0, args=["--always"],
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="--dry-run makes no request and prints", args=["--dry-run"],
         requests=[], prints="### tfassay: failed"),
    dict(name="--no-comment makes no request", args=["--no-comment"],
         requests=[], outcome="off", summary=0, summary_holds="One find"),
    dict(name="without a token there is no request", env={"GITHUB_TOKEN": ""},
         requests=[], outcome="failed"),
    dict(name="a token with a line break is not sent",
         env={"GITHUB_TOKEN": "x\"\nheader = \"A: b"},
         requests=[], outcome="failed"),
    dict(name="a repository with a path in it is not asked",
         args=["--repo", "o/r/../../user"], requests=[], outcome="failed"),
    dict(name="no pull request, no comment",
         env={"GITHUB_EVENT_PATH": "", "GITHUB_REF": "refs/heads/main"},
         requests=[], outcome="no-request"),
    dict(name="the number comes from the ref where there is no event",
         env={"GITHUB_EVENT_PATH": "", "GITHUB_REF": "refs/pull/7/merge"},
         requests=[GET_USER, LIST, CREATE], outcome="created"),
    dict(name="--require-comment turns 0 into 5", status=0, ends=5,
         args=["--require-comment", "--always"],
         faults=[["^POST", 403, FORK]],
         requests=LOOK + [CREATE], outcome="failed"),
    dict(name="--require-comment keeps 1", args=["--require-comment"],
         faults=[["^POST", 403, FORK]],
         requests=LOOK + [CREATE], outcome="failed"),
    dict(name="--require-comment is content with an unchanged one", status=0,
         args=["--require-comment"], comments=[comment(3)],
         requests=LOOK, outcome="same"),
    dict(name="status 4 stays", status=4,
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="a key with dashes and an end of comment comes back whole",
         args=["--key", "a--> <b>/\u00e9"],
         comments=[comment(3, body("### old\n", key="a--> <b>/\u00e9"))],
         requests=LOOK + [update(3)], outcome="updated",
         marker_key="a--> <b>/\u00e9"),
    dict(name="what the server says is no command", env={"NOISE": "1"},
         faults=[["^POST", 418, {"message": "x\n::error::y ##[z] ##vso[t]"}]],
         requests=LOOK + [CREATE], outcome="failed"),
    dict(name="a summary that has room", summary=100,
         requests=LOOK + [CREATE], outcome="created", summary_holds="One find"),
    dict(name="a summary that is nearly full gets a line",
         judge=(1, body("### tfassay: failed\n" + "more\n" * 99)),
         summary=1048576 - 300, requests=LOOK + [CREATE], outcome="created",
         summary_holds="is full"),
    dict(name="a summary that is full is left as it is", summary=1048570,
         requests=LOOK + [CREATE], outcome="created"),
    dict(name="GitLab: the first note is created", gitlab=True, user="bot",
         requests=[GET_USER, "GET " + NOTES, "GET " + NOTES[:-6],
                   "POST " + NOTES], outcome="created"),
    dict(name="GitLab: an own note is updated", gitlab=True, user="bot",
         comments=filler(130) + [comment(200, body("### old\n"), "bot")],
         requests=[GET_USER, "GET " + NOTES, "GET " + NOTES,
                   "GET " + NOTES[:-6], "PUT " + NOTES + "/200"],
         outcome="updated"),
    dict(name="GitLab: a note of the system is not ours", gitlab=True,
         user="bot", comments=[comment(3, None, "bot", system=True)],
         requests=[GET_USER, "GET " + NOTES, "GET " + NOTES[:-6],
                   "POST " + NOTES], outcome="created"),
    dict(name="GitLab: a newer pipeline's note stays", gitlab=True, user="bot",
         comments=[comment(3, body("### new\n", run="11.1"), "bot")],
         requests=[GET_USER, "GET " + NOTES, "GET " + NOTES[:-6]],
         outcome="older"),
    dict(name="GitLab: the token of a job cannot say who it is", gitlab=True,
         user=401, requests=[GET_USER], outcome="failed"),
    dict(name="the evaluation says what is posted and how it ends",
         judge=(1, body()), requests=LOOK + [CREATE], outcome="created"),
    dict(name="the evaluation left no report: that is what is posted",
         judge=(2, None), requests=LOOK + [CREATE], outcome="created",
         holds="### tfassay: no report"),
    dict(name="the evaluation was killed: that is what is posted",
         judge=(137, ""), requests=LOOK + [CREATE], outcome="created",
         holds="Exit status 137."),
    dict(name="the program's own report is posted and found again",
         real=True, requests=LOOK + [CREATE], outcome="created",
         holds="### tfassay: failed"),
    dict(name="nothing but passes, judged: no comment",
         judge=(0, body(), dict.fromkeys(
             ["fail", "unknown", "error", "waived", "fixed"], 0)),
         requests=[GET_USER, LIST], outcome="nothing"),
    dict(name="what does not block is still said",
         judge=(0, body(), dict(dict.fromkeys(
             ["unknown", "error", "waived", "fixed"], 0), fail=2)),
         requests=LOOK + [CREATE], outcome="created"),
]

JUDGE = r"""#!/bin/bash
for argument; do
	case $argument in
	markdown=*) [ ! -e "$FAKE/body" ] || cp "$FAKE/body" "${argument#*=}" ;;
	json=*) [ ! -e "$FAKE/json" ] || cp "$FAKE/json" "${argument#*=}" ;;
	esac
done
echo judged >>"$FAKE/judged"
exit "$(cat "$FAKE/status")"
"""


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text)
    return path


def environment(server, scenario, folder):
    url = "http://%s:%d" % server.server_address
    env = {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder}
    if scenario.get("gitlab"):
        env.update(GITLAB_CI="true", CI_API_V4_URL=url, GITLAB_TOKEN="token",
                   CI_PROJECT_ID="group/project", CI_MERGE_REQUEST_IID="7",
                   CI_COMMIT_SHA=HEAD, CI_PIPELINE_ID="10", CI_JOB_ID="4")
    else:
        event = write(folder + "/event", json.dumps({"pull_request": {
            "number": 7, "head": {"sha": HEAD}}}))
        env.update(GITHUB_ACTIONS="true", GITHUB_API_URL=url,
                   GITHUB_TOKEN="token", GITHUB_REPOSITORY="o/r",
                   GITHUB_EVENT_PATH=event, GITHUB_RUN_ID="10",
                   GITHUB_RUN_ATTEMPT="1",
                   GITHUB_OUTPUT=folder + "/outputs",
                   GITHUB_STEP_SUMMARY=folder + "/summary")
    sleep = write(folder + "/pause", '#!/bin/sh\necho "$1" >>"$0.log"\n')
    os.chmod(sleep, 0o755)
    env["TFASSAY_COMMENT_SLEEP"] = sleep
    if "without runs" in scenario["name"]:
        del env["GITHUB_RUN_ID"]
    env.update(scenario.get("env", {}))
    return env


def command(scenario, folder, env):
    args = ["bash", SCRIPT, "--key", "k"] + scenario.get("args", [])
    if "real" in scenario:
        env["TFASSAY"] = REAL
        return args + ["--", PLAN]
    if "judge" not in scenario:
        path = write(folder + "/body", body())
        return args + ["--body", path, "--status",
                       str(scenario.get("status", 1))]
    status, text, *totals = scenario["judge"]
    write(folder + "/status", str(status))
    if text is not None:
        write(folder + "/body", text)
    if totals:
        write(folder + "/json", json.dumps({
            "totals": dict(totals[0], blocking=0),
            "status": {"verdict": "pass"}}))
    fake = write(folder + "/fake", JUDGE)
    os.chmod(fake, 0o755)
    env.update(TFASSAY=fake, FAKE=folder)
    return args + ["--", "plan.json"]


def outputs_of(path):
    """By the runner's rule for files of outputs."""
    values, lines = {}, []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
    while lines and lines[0]:
        name, end = lines.pop(0).split("<<", 1)
        value = []
        while lines[0] != end:
            value.append(lines.pop(0))
        lines.pop(0)
        values[name] = "\n".join(value)
    return values


def expect(problems, what, got, wanted):
    if got != wanted:
        problems.append("%s: %r, expected %r" % (what, got, wanted))


def check_text(problems, scenario, server, done, folder):
    said = done.stderr
    if "real" not in scenario:
        said += done.stdout
    for line in said.split("\n"):
        if line.lstrip().startswith("::") or "##[" in line or "##vso" in line:
            problems.append("a command in the output: %r" % line)
    for text in server.bodies:
        found = re.match(r"<!-- tfassay:v1 (\{[^\n]*\}) -->\n", text)
        if not found or "--" in found[1] or ">" in found[1]:
            problems.append("no marker: %r" % text[:200])
            continue
        members = json.loads(found[1])
        rest = text[found.end():]
        expect(problems, "digest", members["digest"],
               hashlib.sha256(rest.encode()).hexdigest())
        expect(problems, "key", members["key"],
               scenario.get("marker_key", "k"))
    if "holds" in scenario and scenario["holds"] not in server.bodies[-1]:
        problems.append("the comment: %r" % server.bodies[-1])
    if "prints" in scenario and scenario["prints"] not in done.stdout:
        problems.append("prints: %r" % done.stdout)
    if "says" in scenario and scenario["says"] not in done.stderr:
        problems.append("says: %r" % done.stderr)
    if "count" in scenario:
        expect(problems, "comments", len(server.comments), scenario["count"])
    if any(t not in ("Bearer token", "token") for t in server.tokens):
        problems.append("the token: %r" % server.tokens)


def check_summary(problems, scenario, folder):
    path = folder + "/summary"
    if scenario.get("gitlab") or not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if len(text.encode()) > 1048576:
        problems.append("the summary is too long")
    if "tfassay:v1" in text:
        problems.append("the summary holds the marker")
    if scenario.get("summary_holds", "") not in text:
        problems.append("the summary: %r" % text[-300:])


def run(server, scenario):
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        server.prepare(scenario)
        env = environment(server, scenario, folder)
        if "summary" in scenario:
            write(folder + "/summary", "x" * scenario["summary"])
        done = subprocess.run(command(scenario, folder, env), env=env,
                              capture_output=True, text=True, cwd=folder,
                              timeout=60)
        status = scenario["judge"][0] if "judge" in scenario else \
            scenario.get("status", 1)
        expect(problems, "status", done.returncode,
               scenario.get("ends", status))
        expect(problems, "requests", server.log, scenario["requests"])
        waits = []
        if os.path.exists(folder + "/pause.log"):
            with open(folder + "/pause.log") as file:
                waits = file.read().split()
        expect(problems, "waits", waits, scenario.get("waits", []))
        outputs = outputs_of(folder + "/outputs")
        if not scenario.get("gitlab"):
            expect(problems, "output status", outputs.get("status"),
                   str(status))
            expect(problems, "outcome", outputs.get("comment"),
                   scenario.get("outcome", "dry-run"))
        elif "comment: " + scenario["outcome"] not in done.stderr:
            problems.append("outcome: %r" % done.stderr)
        check_text(problems, scenario, server, done, folder)
        check_summary(problems, scenario, folder)
    if problems:
        problems.append(done.stderr)
    return problems


def main():
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ran = wrong = 0
    for scenario in SCENARIOS:
        if "real" in scenario and not REAL or \
                len(sys.argv) > 2 and sys.argv[2] not in scenario["name"]:
            continue
        ran += 1
        problems = run(server, scenario)
        if problems:
            wrong += 1
            print("not ok: " + scenario["name"])
            print("  " + "\n  ".join(problems))
    print("%d scenarios, %d wrong" % (ran, wrong))
    server.shutdown()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
