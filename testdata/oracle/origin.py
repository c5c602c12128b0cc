#!/usr/bin/env python3
"""Check every finding's origin against the Terraform source of its plan.

usage: origin.py TFASSAY PLAN=SOURCE_FOLDER...

Runs "TFASSAY check --all" on each plan, reads the source with a small reader of
its own, follows the deciding attribute through variables, module inputs and
outputs there, and compares what it comes to with what the finding says.  Where
the source tells more than a plan does (locals, dynamic blocks, conditions), the
finding may say less, but nothing that the source contradicts.
"""
import json, pathlib, re, subprocess, sys, unicodedata

# --- HCL, as far as it is needed ---------------------------------------------

BLANKS = re.compile(r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.S)
WORD = re.compile(r"[A-Za-z_][\w-]*")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S)


class Body:
    def __init__(self):
        self.attributes = {}   # name -> text of the expression
        self.blocks = []       # (type, labels, Body)

    def values(self):
        for value in self.attributes.values():
            yield value
        for _, _, body in self.blocks:
            yield from body.values()

    def all(self, kind, *labels):
        return [b for t, l, b in self.blocks
                if t == kind and l[:len(labels)] == list(labels)]


def string_end(text, at):
    """Behind the string that begins at text[at]; templates may hold strings."""
    at += 1
    while text[at] != '"':
        if text[at] == "\\":
            at += 1
        elif text.startswith("${", at) and text[at - 1] != "$":
            at = bracket_end(text, at + 1) - 1
        at += 1
    return at + 1


def skip_token(text, at):
    if text[at] == '"':
        return string_end(text, at)
    heredoc = re.compile(r"<<-?(\w+)\n.*?\n\s*\1(?=\n)", re.S).match(text, at)
    if heredoc:
        return heredoc.end()
    if text[at] in "([{":
        return bracket_end(text, at)
    comment = re.compile(r"#[^\n]*|//[^\n]*|/\*.*?\*/", re.S).match(text, at)
    return comment.end() if comment else at + 1


def bracket_end(text, at):
    close = {"(": ")", "[": "]", "{": "}"}[text[at]]
    at += 1
    while text[at] != close:
        at = skip_token(text, at)
    return at + 1


def read_body(text, at=0):
    body = Body()
    while True:
        at = BLANKS.match(text, at).end()
        if at >= len(text) or text[at] == "}":
            return body, at + 1
        word = WORD.match(text, at)
        name, at = word.group(), word.end()
        labels = []
        while True:
            at = re.compile(r"[ \t]*").match(text, at).end()
            if text[at] == '"':
                labels.append(STRING.match(text, at).group(1))
                at = string_end(text, at)
            elif WORD.match(text, at):
                labels.append(WORD.match(text, at).group())
                at = WORD.match(text, at).end()
            else:
                break
        if text[at] == "{":
            inner, at = read_body(text, at + 1)
            body.blocks.append((name, labels, inner))
            continue
        start = at = at + 1
        while at < len(text) and text[at] not in "\n}":
            at = skip_token(text, at)
        body.attributes[name] = re.sub(
            r"#[^\n]*|//[^\n]*", "", text[start:at]).strip()


def without_strings(text):
    """Strings and comments away, but what templates refer to stays."""
    return re.sub(r'"((?:[^"\\]|\\.)*)"', lambda m: " ".join(
        re.findall(r"\$\{(.*?)\}", m.group(1))) if "${" in m.group(1) else '""', text)


REFERENCE = re.compile(
    r"(?<![\w.])(var|local|each|module|data|self|count|path|terraform|[a-z][a-z0-9]*_[a-z0-9_]+)"
    r"((?:\.[A-Za-z_][\w-]*|\[[^\[\]]*\])+)")
NEUTRAL = {"count", "path", "terraform"}


def references(expression):
    """Different things that the expression refers to, in order."""
    found = []
    for head, rest in REFERENCE.findall(without_strings(expression)):
        text = head + rest
        if head in NEUTRAL or text == "each.key":
            continue
        if text not in found:
            found.append(text)
    return found


def object_members(expression):
    """{name: text} of an object that is written out, else None."""
    text = expression.strip()
    if not text.startswith("{") or re.match(r"\{\s*for\s", text):
        return None
    members, at = {}, 1
    while True:
        at = re.compile(r"(?:\s|,|#[^\n]*)*").match(text, at).end()
        if text[at] == "}":
            return members
        start = at
        while text[at] not in "=:":
            at = skip_token(text, at)
        name = text[start:at].strip()
        if STRING.fullmatch(name):
            name = decoded(name)
        start = at = at + 1
        while text[at] not in ",\n}":
            at = skip_token(text, at)
        members[name] = text[start:at].strip()


def decoded(quoted):
    try:
        text = json.loads(quoted).replace("$${", "${").replace("%%{", "%{")
        return unicodedata.normalize("NFC", text)
    except ValueError:
        return quoted[1:-1]


class Module:
    def __init__(self, folder):
        text = "\n".join(p.read_text() for p in sorted(folder.glob("*.tf"))) + "\n"
        self.folder = folder
        self.body = read_body(text)[0]
        self.given = {}
        for tfvars in sorted(folder.glob("*.tfvars")):
            self.given.update(read_body(tfvars.read_text() + "\n")[0].attributes)
        self.children = {}

    def call(self, name):
        calls = self.body.all("module", name)
        return calls[0] if calls else None

    def child(self, name):
        """None for a module that is not in this source."""
        call = self.call(name)
        source = decoded(call.attributes["source"])
        if not source.startswith("."):
            return None
        if name not in self.children:
            self.children[name] = Module((self.folder / source).resolve())
        return self.children[name]


# --- where a value comes from ------------------------------------------------

class Place:
    """A module of the source with the way to it from the root."""
    def __init__(self, module, path=(), keys=(), up=None):
        self.module, self.path, self.keys, self.up = module, path, keys, up

    def name(self):
        return ".".join("module." + p for p in self.path)


def answer(kind, change="", **more):
    return dict(kind=kind, change=change, **more)


def in_module(text, place):
    return text + (" in " + place.name() if place.path else "")


def call_text(place):
    return in_module('module "%s"' % place.path[-1], place.up)


def part_of(expression, rest):
    """The part of an object that is written out, as far as it goes."""
    for step in re.findall(r'\.([\w-]+)|\[("(?:[^"\\]|\\.)*")\]|\[[^"\]]*\]', rest):
        if step == ("", ""):       # an element of a list
            return expression
        members = object_members(expression)
        if members is None:
            return None
        expression = members.get(step[0] or decoded(step[1]))
        if expression is None:
            return None
    return expression


def trace(expression, place, spot, each, rest="", depth=0):
    """What the expression comes to; spot says where it is written."""
    found = references(expression)
    if rest and object_members(expression) is not None:
        part = part_of(expression, rest)
        if part is not None and references(part) and depth <= 30:
            return dict(trace(part, place, spot, each, "", depth + 1), through=True)
        if found and part is not None:
            return answer("mixed", spot["change"])
        if part is not None:
            return written(part, spot)
        return answer("mixed", spot["change"])
    if not found:
        return written(expression, spot)
    if len(found) > 1 or depth > 30:
        return answer("several", spot["change"])
    return follow(found[0], expression, place, spot, each, rest, depth)


def written(expression, spot):
    null = expression == "null"
    if spot["at"] == "call":
        return answer("null-input" if null else "module-input", spot["change"], where=spot["where"])
    return answer("literal", spot["change"], null=null)


def follow(reference, expression, place, spot, each, rest, depth):
    head, name = re.match(r"(\w+)\.([\w-]+)", reference).groups()
    behind = reference[len(head) + 1 + len(name):]
    plain = reference == expression.strip()
    if head == "local":
        return answer("local", in_module(reference.split("[")[0], place), reference=reference)
    if head == "var":
        result = follow_variable(name, place, behind + rest, depth)
    elif head == "each" and name == "value":
        spot = dict(spot, change=spot["change"].split(":")[0] + ": for_each")
        result = trace(each["for_each"], place, spot, {"for_each": ""},
                       each["key"] + behind + rest, depth + 1)
    elif head == "module":
        child = place.module.child(name)
        if child is None:
            return answer("outside")
        behind = re.sub(r"^\[[^\]]*\]", "", behind)
        if not behind.startswith("."):
            return answer("several", spot["change"])
        output = behind.split(".")[1].split("[")[0]
        value = child.body.all("output", output)[0].attributes["value"]
        inside = Place(child, place.path + (name,), place.keys + ("",), place)
        result = trace(value, inside, {"at": "output", "change": in_module(
            'output "%s"' % output, inside)}, {}, rest, depth + 1)
    else:
        return answer("reference", spot["change"], reference=reference)
    return result if plain else dict(result, through=True)


def follow_variable(name, place, rest, depth):
    variable = place.module.body.all("variable", name)[0]
    if place.up is None:
        if name in place.module.given or "default" not in variable.attributes:
            return answer("root-variable", 'variable "%s"' % name)
        return answer("variable-default", 'variable "%s"' % name)
    call = place.up.module.call(place.path[-1])
    if name not in call.attributes:
        return answer("variable-default", call_text(place) + ": " + name, where=place.name())
    spot = {"at": "call", "change": call_text(place) + ": " + name, "where": place.name()}
    each = {"for_each": call.attributes.get("for_each", ""), "key": place.keys[-1]}
    return trace(call.attributes[name], place.up, spot, each, rest, depth + 1)


# --- a finding ---------------------------------------------------------------

STEP = re.compile(r'(?:module\.([\w-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)')


def locate(address, root):
    """(place, type, name, key), or None inside a module that is not here."""
    place = Place(root)
    while True:
        step = STEP.match(address)
        if not step:
            break
        child = place.module.child(step.group(1))
        if child is None:
            return None
        place = Place(child, place.path + (step.group(1),),
                      place.keys + (step.group(2) or "",), place)
        address = address[step.end():]
    kind, name, key = re.match(r"(\w+)\.([\w-]+)(.*)", address, re.S).groups()
    return place, kind, name, key


def expected_origin(place, resource, kind, name, key, path):
    own = in_module('resource "%s" "%s"' % (kind, name), place)
    steps = re.findall(r'([A-Za-z_][\w-]*)|\["((?:[^"\\]|\\.)*)"\]', path)
    steps = [a or b for a, b in steps]
    change = own + ": " + ".".join(steps)
    at = [resource]
    for i, step in enumerate(steps):
        if all(step in body.attributes for body in at) and at:
            spot = {"at": "resource", "change": change}
            each = {"for_each": resource.attributes.get("for_each", ""), "key": key}
            rest = "".join("." + s for s in steps[i + 1:])
            results = [trace(body.attributes[step], place, spot, each, rest) for body in at]
            return results[0] if all(r == results[0] for r in results) else answer("several", change)
        if any(body.all("dynamic", step) for body in at):
            return answer("dynamic", change)
        at = [b for body in at for b in body.all(step)]
        if not at:
            return answer("omitted", change)
    # A whole block: what the plan tells of it is what it refers to.
    spot = {"at": "resource", "change": change}
    each = {"for_each": resource.attributes.get("for_each", ""), "key": key}
    text = " ".join(value for body in at for value in body.values())
    return (dict(trace(text, place, spot, each), block=True) if references(text)
            else answer("literal", change))


# What the program may say where the source tells this.
SAYS = {
    "literal": {"literal"},
    "module-input": {"module-input"},
    "null-input": {"null-input"},
    "variable-default": {"variable-default"},
    "root-variable": {"root-variable"},
    "reference": {"reference"},
    "several": {"expression"},
    "mixed": {"expression", "omitted"},
    "local": {"unknown"},
    "dynamic": {"dynamic", "omitted", "prior-state", "unknown"},
    "omitted": {"omitted", "provider-default", "prior-state"},
}


def deciding(finding, addresses):
    """Address and path of the attribute that decided: perhaps a partner's."""
    address, path = finding["address"], finding.get("path", "")
    for other in addresses:
        if path.startswith(other + "."):
            address, path = other, path[len(other) + 1:]
            break
    inside = re.match(r"(?:\w+\()+([^()]*)\)", path)
    return address, inside.group(1) if inside else path


def judge_origin(finding, source, addresses):
    """None, or what is wrong."""
    origin = finding.get("origin")
    if not origin or not origin.get("kind"):
        return "no origin"
    if origin["kind"] in ("existence", "no-partner", "account-setting"):
        return None
    if "path" not in finding and origin["kind"] == finding["verdict"] == "unknown":
        return None
    address, path = deciding(finding, addresses)
    located = locate(address, source)
    if located is None:
        return judge_outside(finding, source)
    place, kind, name, key = located
    resources = place.module.body.all("resource", kind, name)
    if not resources:
        return None if origin["kind"] in ("prior-state", "unknown") else "not in the source"
    want = expected_origin(place, resources[0], kind, name, key, path)
    said = origin.get("left_unset_by", origin["kind"])
    allowed = set(SAYS.get(want["kind"], ()))
    if not allowed or origin["kind"] == "prior-state":
        return None
    if want.get("through") or "?" in str(want):
        allowed.add("expression")
    if want.get("block"):
        allowed.add("literal")
    if want.get("null"):
        allowed |= {"provider-default", "prior-state"}
    if said not in allowed:
        return "says %s, the source %s" % (said, want["kind"])
    change = origin.get("change_here", "")
    if said in ("expression", "dynamic", "omitted", "prior-state", "unknown"):
        return None
    if not change.startswith(want["change"].split(":")[0]):
        return "change %s, the source has %s" % (change, want["change"])
    wanted = want["change"].split(": ")
    if len(wanted) > 1 and not change.split(": ", 1)[-1].startswith(wanted[1]):
        return "change %s, the source has %s" % (change, want["change"])
    if want.get("where", "") != origin.get("where", "") and want.get("where"):
        return "where %s, the source %s" % (origin.get("where"), want["where"])
    return None


CHANGE = re.compile(r'module "([\w-]+)"(?: in ([\w.-]+))?(?:: ([\w-]+)(.*))?$', re.S)


def judge_outside(finding, source):
    """Inside a module from elsewhere: is the call as the origin says?"""
    origin = finding["origin"]
    change = CHANGE.match(origin.get("change_here", ""))
    if not change:
        ok = origin["kind"] in ("variable-default", "root-variable", "unknown", "expression")
        return None if ok else "change " + origin.get("change_here", "nothing")
    name, path, argument, more = change.groups()
    module = source
    for step in (path or "").split("module.")[1:]:
        module = module.child(step.rstrip("."))
        if module is None:
            return "the place is inside a module that cannot be edited"
    call = module.call(name)
    if call is None:
        return "no such call: " + origin["change_here"]
    said = origin.get("left_unset_by", origin["kind"])
    given = call.attributes.get(argument or "")
    # Of several arguments that a control asks for, only one may be missing.
    if (said == "variable-default" and given is not None and not references(given)
            and not more.startswith(",")):
        return "%s is given" % argument
    if said in ("module-input", "null-input") and argument:
        where = "module." + name if not path else path + ".module." + name
        if where != origin.get("where"):
            return None
        if given is None:
            return "%s is not given" % argument
        if (said == "null-input") != (given == "null") and argument != "for_each":
            return "%s is %s" % (argument, given)
    return None


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    wrong = total = 0
    for pair in sys.argv[2:]:
        plan, folder = pair.split("=")
        run = subprocess.run([sys.argv[1], "check", "--all", "--format", "json", plan],
                             capture_output=True, text=True)
        source = Module(pathlib.Path(folder))
        kinds = {}
        changes = json.loads(pathlib.Path(plan).read_bytes()).get("resource_changes", [])
        addresses = sorted((c["address"] for c in changes), key=len, reverse=True)
        for finding in json.loads(run.stdout)["findings"]:
            total += 1
            kind = finding.get("origin", {}).get("kind")
            kinds[kind] = kinds.get(kind, 0) + 1
            problem = judge_origin(finding, source, addresses)
            if problem:
                wrong += 1
                print("%s: %s at %s: %s" % (plan, finding.get("path"), finding["address"], problem))
        print("%s: %s" % (plan, ", ".join("%d %s" % (n, k) for k, n in sorted(kinds.items()))))
    print("%d origins, %d wrong" % (total, wrong))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
