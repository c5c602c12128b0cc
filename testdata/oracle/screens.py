"""HTML reports in a browser, that of a replay too, and the texts in a terminal.

usage: screens.py TFASSAY [PLAN...]

Hostile texts as in formats.py, and the plans.  Headless Chromium opens each
page in light and dark, narrow and wide: it may ask for nothing, run nothing,
say nothing on the console, show no dialogue and not be wider than the window.
tmux shows the texts: the terminal's modes, title and clipboard stay as they
were, nothing is typed back, and the lines are those of the output.  SCREENSHOTS
is a folder for pictures of the given plans, to look at.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import formats

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TMUX = shutil.which("tmux")


class Browser:
    """The DevTools protocol over two pipes: JSON, each ended by NUL."""

    def __init__(self, profile):
        to_read, self.out = os.pipe()
        self.inp, to_write = os.pipe()

        def pipes():
            a, b = os.dup(to_read), os.dup(to_write)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu",
             "--disable-background-networking", "--no-first-run",
             "--user-data-dir=" + profile, "--remote-debugging-pipe",
             "about:blank"],
            preexec_fn=pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.number, self.events = b"", 0, []
        target = self.call("Target.createTarget", {"url": "about:blank"})
        self.session = None
        self.session = self.call("Target.attachToTarget", {
            "targetId": target["targetId"], "flatten": True})["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(domain + ".enable")

    def message(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.inp, 1 << 20)
            if not piece:
                raise EOFError("the browser is gone")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, params=None):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params or {}}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            got = self.message()
            if got.get("id") == self.number:
                if "error" in got:
                    raise ValueError("%s: %s" % (method, got["error"]))
                return got["result"]
            self.handle(got)

    def handle(self, event):
        if event.get("method") == "Page.javascriptDialogOpening":
            os.write(self.out, json.dumps({
                "id": 0, "method": "Page.handleJavaScriptDialog",
                "params": {"accept": False},
                "sessionId": self.session}).encode() + b"\0")
        self.events.append(event)

    def value(self, expression):
        got = self.call("Runtime.evaluate", {
            "expression": expression, "returnByValue": True})
        return got["result"].get("value")

    def open(self, path, width, dark):
        self.events = []
        self.call("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 1400, "deviceScaleFactor": 1,
            "mobile": False})
        self.call("Emulation.setEmulatedMedia", {"features": [{
            "name": "prefers-color-scheme",
            "value": "dark" if dark else "light"}]})
        self.call("Page.navigate", {"url": "file://" + path})
        while not any(e.get("method") == "Page.loadEventFired"
                      for e in self.events):
            self.handle(self.message())

    def end(self):
        self.process.kill()
        self.process.wait()


REPLAY = "testdata/replay/plans"
NOISY = {"Runtime.consoleAPICalled": "console",
         "Runtime.exceptionThrown": "exception", "Log.entryAdded": "log",
         "Page.javascriptDialogOpening": "dialogue"}
ACTIVE = """[...document.querySelectorAll('*')].filter(e =>
    ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'IMG', 'LINK', 'BASE']
        .includes(e.tagName) ||
    [...e.attributes].some(a => /^on/i.test(a.name) ||
        /^\\s*(javascript|data):/i.test(a.value))).map(e => e.outerHTML)"""


def judge_page(browser, path):
    """What is wrong with a page, and its colours."""
    found, colours = [], set()
    for width in (420, 1200):
        for dark in (False, True):
            browser.open(path, width, dark)
            for event in browser.events:
                method = event.get("method")
                if method in NOISY:
                    found.append("%s: %s" % (NOISY[method], json.dumps(
                        event["params"])[:300]))
                if method == "Network.requestWillBeSent":
                    url = event["params"]["request"]["url"]
                    if url != "file://" + path:
                        found.append("asks for " + url[:200])
            wide = browser.value("document.documentElement.scrollWidth")
            if wide > width:
                found.append("%d wide in a window of %d" % (wide, width))
            colours.add(browser.value(
                "getComputedStyle(document.body).backgroundColor"))
    for element in browser.value(ACTIVE):
        found.append("active: " + element[:200])
    if len(colours) != 2:
        found.append("light and dark are the same: %s" % colours)
    if not browser.call("Page.printToPDF")["data"]:
        found.append("prints nothing")
    return found


def take_pictures(browser, path, name, folder):
    for dark in (False, True):
        browser.open(path, 1200, dark)
        picture = browser.call("Page.captureScreenshot", {})["data"]
        file = os.path.join(folder, "%s-%s.png" % (
            name, "dark" if dark else "light"))
        with open(file, "wb") as out:
            out.write(base64.b64decode(picture))


# --- A terminal ---------------------------------------------------------------

STATE = ("#{alternate_on} #{cursor_flag} #{insert_flag} #{wrap_flag} "
         "#{keypad_flag} #{keypad_cursor_flag} #{mouse_any_flag} "
         "#{origin_flag} #{scroll_region_upper} #{scroll_region_lower} "
         "#{pane_title}")
# Shows a file, then waits for what the terminal may type by itself.
SHOW = """
import os, select, sys, termios, tty
tty.setcbreak(0)
out = os.open("/dev/stdout", os.O_WRONLY)
with open(sys.argv[1], "rb") as file:
    data = file.read()
while data:
    data = data[os.write(out, data):]
typed = b""
while select.select([0], [], [], 0.3)[0]:
    typed += os.read(0, 100)
with open(sys.argv[2], "wb") as file:
    file.write(typed)
select.select([], [], [], 60)
"""


def tmux(socket, *args):
    return subprocess.run([TMUX, "-L", socket, "-f", os.devnull, *args],
                          capture_output=True, text=True).stdout


def judge_screen(text, folder):
    """What a terminal did with a text that it should not have."""
    # A server that was told to end may live for a moment: never the same.
    socket = "tfassay-%d-%d" % (os.getpid(), time.monotonic_ns())
    shown, typed = folder + "/shown", folder + "/typed"
    with open(shown, "wb") as file:
        file.write(text)
    if os.path.exists(typed):
        os.remove(typed)
    with open(folder + "/show.py", "w", encoding="ascii") as file:
        file.write(SHOW)
    tmux(socket, "new-session", "-d", "-x", "200", "-y", "50", "sleep 60")
    tmux(socket, "set-option", "-g", "history-limit", "100000")
    tmux(socket, "set-option", "-g", "set-clipboard", "on")
    tmux(socket, "set-option", "-g", "allow-rename", "on")
    tmux(socket, "new-window", "-n", "w", "sleep 60")
    before = tmux(socket, "display-message", "-p", STATE)
    tmux(socket, "new-window", "-n", "w", "exec %s %s/show.py %s %s" % (
        sys.executable, folder, shown, typed))
    for _ in range(300):
        if os.path.exists(typed):
            break
        time.sleep(0.1)
    after = tmux(socket, "display-message", "-p", STATE)
    name = tmux(socket, "display-message", "-p", "#{window_name}").strip()
    clipboard = tmux(socket, "list-buffers")
    lines = tmux(socket, "capture-pane", "-p", "-J", "-S", "-").split("\n")
    tmux(socket, "kill-server")
    found = []
    if before != after:
        found.append("modes or title: %r, %r before" % (after, before))
    if name != "w":
        found.append("the window is called %r" % name)
    if clipboard:
        found.append("clipboard: " + clipboard[:200])
    with open(typed, "rb") as file:
        answer = file.read()
    if answer:
        found.append("typed back: %r" % answer[:100])
    return found + judge_lines(text, lines)


def judge_lines(text, lines):
    """Lines in ASCII stand on the screen in their order."""
    found, at = [], 0
    shown = [line.rstrip() for line in lines]
    for line in text.decode("utf-8").split("\n"):
        line = line.rstrip()
        if not line or not line.isascii():
            continue
        try:
            at = shown.index(line, at) + 1
        except ValueError:
            found.append("not on the screen: %r" % line[:120])
    return found[:5]


# --- Both ---------------------------------------------------------------------

def written(tfassay, args, folder):
    """The outputs by format."""
    return formats.judge(tfassay, ["html", "text", "concise"],
                         args + ["--color", "never"], folder)[1]


def hostile_args(batch, folder):
    plan, policy = folder + "/plan.json", folder + "/policy.yaml"
    waivers = folder + "/waivers.yaml"
    formats.put(plan, formats.plan_of(batch))
    formats.put_yaml(policy, formats.policy_of(batch))
    formats.put_yaml(waivers, formats.waivers_of(batch))
    return ["--no-builtin", "--policies", policy, "--waivers", waivers, plan]


def judge_replay(browser, what, tfassay, args, folder):
    """The page of a replay of the plans, which come last."""
    if not browser:
        return 0
    result, page = folder + "/replay.ndjson", folder + "/replay.html"
    options, plan = args[:-1], args[-1]
    if not os.path.isdir(plan):
        with open(folder + "/list", "w") as file:
            file.write(plan + "\n")
        plan = folder + "/list"
    for command in (
            ["replay", "-q", "--no-config", "-o", result] + options + [plan],
            ["convert", "--format", "html", "-o", page, result]):
        done = subprocess.run([tfassay] + command, stderr=subprocess.PIPE)
        if done.returncode not in (0, 1, 3, 4):
            print("%s: replay: %s" % (what, done.stderr.decode()))
            return 1
    found = judge_page(browser, page)
    browser.value("document.querySelector('input[id^=s-]:not([checked])')"
                  "?.click()")
    wanted = browser.value("document.querySelector("
                           "'input[name=severity]:checked').id")
    hidden = browser.value("[...document.querySelectorAll('.by-severity')]"
                           ".filter(e => e.matches('.%s') !=="
                           " (getComputedStyle(e).display !== 'none')).length"
                           % wanted) if wanted != "s-all" else 0
    if hidden:
        found.append("%d are not as the filter %s says" % (hidden, wanted))
    for text in found:
        print("%s: replay: %s" % (what, text))
    return len(found)


def judge(browser, what, outputs, folder):
    found = []
    if browser:
        page = os.path.join(folder, "page.html")
        with open(page, "wb") as file:
            file.write(outputs["html"])
        found += [("html", text) for text in judge_page(browser, page)]
    if TMUX:
        for name in ("text", "concise"):
            found += [(name, text) for text in judge_screen(
                outputs[name], folder)]
    for name, text in found:
        print("%s: %s: %s" % (what, name, text))
    return len(found)


def main():
    tfassay, wrong, count = os.path.abspath(sys.argv[1]), 0, 0
    pictures = os.environ.get("SCREENSHOTS")
    texts = list(enumerate(formats.texts()))
    for name, there in (("chromium", CHROMIUM), ("tmux", TMUX)):
        if not there:
            print("screens: skipped: %s is missing" % name)
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(folder + "/profile") if CHROMIUM else None
        for start in range(0, len(texts), formats.BATCH):
            batch = texts[start:start + formats.BATCH]
            outputs = written(tfassay, hostile_args(batch, folder), folder)
            wrong += judge(browser, "texts from %d" % start, outputs, folder)
            wrong += judge_replay(browser, "texts from %d" % start, tfassay,
                                  hostile_args(batch, folder), folder)
            count += 1
        wrong += judge_replay(browser, REPLAY, tfassay, [REPLAY], folder)
        if browser and pictures:
            take_pictures(browser, folder + "/replay.html", "replay", pictures)
        for plan in sys.argv[2:]:
            outputs = written(tfassay, [plan], folder)
            wrong += judge(browser, plan, outputs, folder)
            count += 1
            if browser and pictures:
                take_pictures(browser, folder + "/page.html",
                              os.path.basename(plan), pictures)
        if browser:
            browser.end()
    print("%d reports on screens, %d problems" % (count, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
