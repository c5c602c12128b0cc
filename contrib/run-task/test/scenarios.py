"""Scenarios of tfassay-run-task against a stub of HCP Terraform on the loopback.

The stub hands out plans, takes callbacks and fails as it is told.  Expectations
are those of the API: the signature over the raw body, the bearer token, the
callback's media type and document, its states in order.
"""
import gzip
import hashlib
import hmac
import http.client
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../../../testdata")
KEY = "a-key-of-the-task-0123456789"
TOKEN = "secret.atlasv1.token"
GOOD = open(os.path.join(DATA, "kept/web/plan.json"), "rb").read()
BAD = open(os.path.join(DATA, "real/web/plan.json"), "rb").read()
WAIT = 60


class Stub(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Condition()
        self.plans, self.faults, self.gets, self.calls = {}, {}, {}, {}
        self.hold = threading.Event()

    def url(self, path, host="127.0.0.1"):
        return "http://%s:%d%s" % (host, self.server_port, path)

    def wait(self, run, states):
        """The callbacks of a run, once there are so many accepted ones."""
        end = time.monotonic() + WAIT
        with self.lock:
            while len([c for c in self.calls.get(run, [])
                       if c["answer"] == 200]) < states:
                if time.monotonic() > end:
                    raise AssertionError("no callback of %s: %r" % (
                        run, self.calls.get(run)))
                self.lock.wait(0.2)
            return list(self.calls[run])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # the other side has left

    def answer(self, code, data=b"", headers=()):
        self.send_response(code)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        stub, path = self.server, self.path.split("?")[0]
        with stub.lock:
            stub.gets.setdefault(path, []).append(
                self.headers.get("Authorization"))
            plans = stub.plans[path]
            plan = plans.pop(0) if len(plans) > 1 else plans[0]
        if isinstance(plan, int):
            self.answer(plan, b"no plan")
        elif isinstance(plan, tuple):
            getattr(self, plan[0])(*plan[1:])
        else:
            self.answer(200, plan)

    def redirect(self, to):
        self.answer(307, b"elsewhere", [("Location", to)])

    def cut(self, data):
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:len(data) // 2])
        self.close_connection = True

    def drip(self, data):
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            for byte in data:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.server.hold.wait(0.2):
                    break
        except OSError:
            pass
        self.close_connection = True

    def held(self, data):
        self.server.hold.wait(WAIT)
        self.answer(200, data)

    def do_PATCH(self):
        stub, run = self.server, self.path.split("/")[2]
        data = self.rfile.read(int(self.headers["Content-Length"]))
        with stub.lock:
            faults = stub.faults.get(run, [])
            code = faults.pop(0) if faults else 200
            stub.calls.setdefault(run, []).append({
                "answer": code, "json": json.loads(data),
                "type": self.headers["Content-Type"],
                "token": self.headers["Authorization"]})
            stub.lock.notify_all()
        if code == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.answer(code, b"{}")


class Receiver:
    def __init__(self, *words, key=KEY):
        env = dict(os.environ)
        env.pop("TFASSAY_RUN_TASK_KEY", None)
        if key:
            env["TFASSAY_RUN_TASK_KEY"] = key
        self.process = subprocess.Popen(
            [PROGRAM, "--port", "0", *words], env=env,
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.log, self.port = "", None
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.log += line.decode("utf-8", "replace")
            found = re.search(r"port (\d+)$", self.log.strip())
            if found and not self.port:
                self.port = int(found.group(1))
                self.ready.set()
        self.ready.set()

    def __enter__(self):
        assert self.ready.wait(WAIT) and self.port, self.log
        return self

    def __exit__(self, *_):
        status = self.end()
        assert status == 0, (status, self.log)

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(WAIT)
        self.reader.join(WAIT)
        assert TOKEN not in self.log and "/secret" not in self.log, self.log
        return status

    def post(self, body, signature=None, method="POST", path="/", **headers):
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        if signature is None:
            signature = sign(body)
        if signature:
            headers["X-TFC-Task-Signature"] = signature
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        link.request(method, path, body, headers)
        answer = link.getresponse()
        answer.read()
        link.close()
        return answer.status


def sign(body, key=KEY):
    return hmac.new(key.encode(), body, hashlib.sha512).hexdigest()


def opened(*words):
    return Receiver("--host", "127.0.0.1", "--allow-http", *words)


counter = [0]


def request(stub, plan=GOOD, faults=(), **members):
    """A payload for a run of its own; plan is one answer or several."""
    counter[0] += 1
    run = "run-%d" % counter[0]
    stub.plans["/secret/" + run] = plan if isinstance(plan, list) else [plan]
    stub.faults[run] = list(faults)
    payload = {
        "payload_version": 1, "stage": "post_plan", "access_token": TOKEN,
        "capabilities": {"outcomes": True}, "run_id": run,
        "plan_json_api_url": stub.url("/secret/" + run),
        "task_result_callback_url": stub.url("/callback/%s/secret" % run),
        "task_result_enforcement_level": "mandatory",
        "workspace_name": "w", "organization_name": "o"}
    payload.update(members)
    return run, {k: v for k, v in payload.items() if v is not None}


def check_call(call):
    assert call["type"] == "application/vnd.api+json", call["type"]
    assert call["token"] == "Bearer " + TOKEN, call["token"]
    data = call["json"]["data"]
    assert data["type"] == "task-results"
    assert data["attributes"]["status"] in ("running", "passed", "failed")
    assert isinstance(data["attributes"]["message"], str)
    for outcome in data.get("relationships", {}).get(
            "outcomes", {}).get("data", []):
        assert outcome["type"] == "task-result-outcomes"
        attributes = outcome["attributes"]
        assert re.fullmatch("[0-9a-f]{64}", attributes["outcome-id"])
        assert attributes["description"] and len(attributes["body"]) < 1 << 20
        for labels in attributes["tags"].values():
            for label in labels:
                assert label["level"] in ("none", "info", "warning", "error")


def judged(receiver, stub, plan=GOOD, states=2, **members):
    """Run it; gives final status, message, whether it has outcomes."""
    run, payload = request(stub, plan, **members)
    assert receiver.post(payload) == 200
    calls = [c for c in stub.wait(run, states) if c["answer"] == 200]
    for call in calls:
        check_call(call)
    attributes = [c["json"]["data"]["attributes"] for c in calls]
    if states == 2:
        assert attributes[0]["status"] == "running", attributes
    return (attributes[-1]["status"], attributes[-1]["message"],
            "relationships" in calls[-1]["json"]["data"])


# --- Scenarios -------------------------------------------------------------

def verdicts(stub):
    with opened() as r:
        assert judged(r, stub, GOOD)[0] == "passed"
        status, message, outcomes = judged(r, stub, BAD)
        assert status == "failed" and outcomes and " failed" in message
        assert not judged(r, stub, BAD, capabilities={})[2]
        assert not judged(r, stub, BAD, capabilities={"outcomes": False})[2]
        assert judged(r, stub, BAD, stage="pre_apply")[0] == "failed"
        assert judged(r, stub, gzip.compress(GOOD))[0] == "passed"
        for stage in "pre_plan", "post_apply", "something":
            status, message, _ = judged(r, stub, stage=stage, states=1)
            assert status == "failed" and "post_plan" in message


def options_count(stub):
    with opened("--profile", "strict") as r:
        assert judged(r, stub, GOOD)[0] == "failed"
    lake = open(os.path.join(DATA, "kept/lake/plan.json"), "rb").read()
    with opened() as r:
        assert judged(r, stub, lake)[0] == "failed"
    with opened("--allow", "unknown") as r:
        assert judged(r, stub, lake)[0] == "passed"


def redirects(stub):
    stub.plans["/stored"] = [GOOD]
    stub.plans["/loop"] = [("redirect", stub.url("/loop"))]
    with opened() as r:
        other = ("redirect", stub.url("/stored?secret=1", "localhost"))
        assert judged(r, stub, other)[0] == "passed"
        assert stub.gets["/stored"] == [None], "the token went elsewhere"
        for place in (stub.url("/loop"), "file:///etc/hostname",
                      "ftp://127.0.0.1/", "http://"):
            status, message, _ = judged(r, stub, ("redirect", place))
            assert status == "failed", (place, message)
        assert len(stub.gets["/loop"]) <= 4


def broken_plans(stub):
    with opened("--max-plan-bytes", "200000") as r:
        for plan in (404, 401, 204, b"", b"{}", b"no plan", GOOD[:-2],
                     ("cut", GOOD), GOOD + b" " * 200000):
            status, message, _ = judged(r, stub, plan)
            assert status == "failed" and "not judged" in message, message
        assert judged(r, stub, [500, 429, GOOD])[0] == "passed"
        status, message, _ = judged(
            r, stub, plan_json_api_url="http://127.0.0.1:1/secret")
        assert status == "failed", message


def slow_plans(stub):
    stub.hold.clear()
    with opened("--timeout", "1") as r:
        status, message, _ = judged(r, stub, ("drip", GOOD))
        assert status == "failed" and "Timeout" in message, message
        # One that takes long does not keep another from being judged.
        run, payload = request(stub, ("held", GOOD))
        assert r.post(payload) == 200
        assert judged(r, stub, GOOD)[0] == "passed"
        stub.hold.set()
        stub.wait(run, 2)


def callbacks(stub):
    with opened() as r:
        for faults in [500], [429, 503], [0], [200, 502]:
            assert judged(r, stub, BAD, faults=faults)[0] == "failed"
        # Not with outcomes: once more without.
        for code in 413, 422:
            status, _, outcomes = judged(r, stub, BAD, faults=[200, code])
            assert status == "failed" and not outcomes
        # Somebody else's business: said once each, and the next is served.
        run, payload = request(stub, BAD, faults=[401, 404])
        assert r.post(payload) == 200
        assert judged(r, stub, GOOD)[0] == "passed"
    assert [c["answer"] for c in stub.calls[run]] == [401, 404]


def signatures(stub):
    with opened() as r:
        run, payload = request(stub)
        body = json.dumps(payload).encode()
        good = sign(body)
        for bad in ("", "0", good[:-2], good + "00", "0" * 128, "g" * 128,
                    sign(body, KEY + "x"), sign(body + b" "),
                    good[:-1] + ("0" if good[-1] != "0" else "1"),
                    "sha512=" + good):
            assert r.post(body, bad) == 401, bad
        assert r.post(body + b" ", good) == 401
        assert r.post(b"", sign(b"")) == 401
        assert run not in stub.calls
        assert r.post(body, good.upper()) == 200
        stub.wait(run, 2)
        # A replay is no second task, in whichever case it is signed.
        assert r.post(body, good) == 200
        assert r.post(body, good.upper()) == 200
        assert judged(r, stub, GOOD)[0] == "passed"
    assert len(stub.calls[run]) == 2 and len(stub.gets["/secret/" + run]) == 1


def payloads(stub):
    evil = "http://evil.example/callback/x/secret"
    with opened() as r:
        for members in (
                {"payload_version": 2}, {"payload_version": "1"},
                {"payload_version": None}, {"stage": None},
                {"access_token": None}, {"access_token": ""},
                {"access_token": "a\r\nX-Evil: 1"}, {"access_token": 7},
                {"run_id": None}, {"run_id": "run\n1"}, {"run_id": "r" * 65},
                {"plan_json_api_url": None}, {"plan_json_api_url": evil},
                {"plan_json_api_url": "file:///etc/passwd"},
                {"plan_json_api_url": "http://x@127.0.0.1/secret"},
                {"task_result_callback_url": evil},
                {"task_result_callback_url": "http://127.0.0.1@evil.example/"},
                {"task_result_callback_url": "http://127.0.0.1.evil.example/"},
                {"task_result_callback_url": "x"}):
            _, payload = request(stub, **members)
            assert r.post(payload) == 422, members
        for body in (b"x", b"[]", b"1", b'{"payload_version": 1}',
                     b'{"payload_version": 1, "payload_version": 1}',
                     b'{"stage": "\xff"}'):
            assert r.post(body) == 422, body
        # When the task is made: nothing is asked for and nobody is called.
        for members in {"stage": "test"}, {"access_token": "test-token"}:
            run, payload = request(stub, **members)
            assert r.post(payload) == 200
            assert "/secret/" + run not in stub.gets
            assert run not in stub.calls
    with Receiver("--host", "127.0.0.1") as r:
        _, payload = request(stub)
        assert r.post(payload) == 422, "a token over plain HTTP"


def requests(stub):
    big = b" " * 70000
    with opened() as r:
        assert r.post(big) == 413
        assert r.post(iter([big[:40000], big[:40000]]), "0" * 128) == 413
        assert r.post(b"", "", method="GET", path="/health") == 200
        for method in "GET", "PUT", "DELETE":
            assert r.post(b"", "", method=method) == 405
        # Who says nothing, or stops in the middle, is in nobody's way.
        idle = []
        for beginning in (b"", b"POST / HTTP/1.1\r\n",
                          b"POST / HTTP/1.1\r\nHost: x\r\n"
                          b"Content-Length: 100\r\n\r\n{"):
            for _ in range(10):
                link = socket.create_connection(("127.0.0.1", r.port))
                link.sendall(beginning)
                idle.append(link)
        for garbage in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n",
                        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                        b"POST / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 50000):
            link = socket.create_connection(("127.0.0.1", r.port))
            try:
                link.sendall(garbage)
            except OSError:
                pass
            link.close()
        assert judged(r, stub, GOOD)[0] == "passed"
        for link in idle:
            link.close()


def crowds(stub):
    stub.hold.clear()
    with opened("--workers", "1", "--queue", "2") as r:
        runs = [request(stub, ("held", GOOD)) for _ in range(6)]
        answers = [r.post(runs[0][1])]
        stub.wait(runs[0][0], 1)
        answers += [r.post(payload) for _, payload in runs[1:]]
        assert answers == [200, 200, 200, 503, 503, 503], answers
        stub.hold.set()
        for run, _ in runs[:3]:
            stub.wait(run, 2)
        # What was turned away may come again.
        assert r.post(runs[5][1]) == 200
        stub.wait(runs[5][0], 2)


def stopping(stub):
    stub.hold.clear()
    # What is under way is finished, what waits as well.
    with opened("--workers", "1") as r:
        runs = [request(stub, ("held", GOOD)) for _ in range(3)]
        for _, payload in runs:
            assert r.post(payload) == 200
        stub.wait(runs[0][0], 1)
        r.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        stub.hold.set()
    for run, _ in runs:
        calls = stub.wait(run, 2)
        assert calls[-1]["json"]["data"]["attributes"]["status"] == "passed"
    # Not for ever: whoever waits is told.
    stub.hold.clear()
    with opened("--workers", "1", "--grace", "1") as r:
        runs = [request(stub, ("held", GOOD)) for _ in range(3)]
        for _, payload in runs:
            assert r.post(payload) == 200
        stub.wait(runs[0][0], 1)
    for run, _ in runs:
        last = stub.wait(run, 1)[-1]["json"]["data"]["attributes"]
        assert last["status"] == "failed", last
        assert "stopped" in last["message"], last
    stub.hold.set()


def starting(stub):
    def refused(*words, key=KEY):
        receiver = Receiver(*words, key=key)
        status = receiver.process.wait(WAIT)
        receiver.reader.join(WAIT)
        assert KEY not in receiver.log
        return status, receiver.log

    for words in (["--profile", "strictt"], ["--policies", "no/such"],
                  ["--fail-on", "grave"], ["--allow", "everything"],
                  ["--port", "70000"], ["--workers", "0"], ["--queue", "0"],
                  ["--listen", "nowhere"], ["--key-file", "no/such"],
                  ["--timeout"], ["--no-builtin=1"], ["plan.json"]):
        status, log = refused(*words)
        assert status == 2 and log, (words, status, log)
    assert refused(key=None)[0] == 2
    assert refused(key="short")[0] == 2
    with opened() as r:
        assert refused("--port", str(r.port))[0] == 2


SCENARIOS = [verdicts, options_count, redirects, broken_plans, slow_plans,
             callbacks, signatures, payloads, requests, crowds, stopping,
             starting]


def main():
    stub = Stub()
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    failed = 0
    for scenario in SCENARIOS:
        try:
            scenario(stub)
        except Exception as error:
            failed += 1
            line = error.__traceback__
            while line.tb_next:
                line = line.tb_next
            print("run-task: %s, line %d: %r" % (
                scenario.__name__, line.tb_lineno, error))
    print("run-task: %d of %d scenarios as expected" % (
        len(SCENARIOS) - failed, len(SCENARIOS)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
