#!/usr/bin/env python3
"""Judge a plan with the shipped controls, slowly: the second opinion.

usage: evaluate.py POLICY_FOLDER PLAN...   (needs PyYAML)

Prints control, address, verdict and change class of everything that is judged,
one a line, separated by tabs and sorted.  It was written from the contract, not
from the C code, holds the whole plan in memory, and favours being obvious.
"""
import decimal, json, pathlib, re, sys
import yaml

import documents

NO, UNKNOWN, YES = 0, 1, 2
ABSENT = object()


class Invalid(Exception):
    pass


# --- the digest -------------------------------------------------------------

def read_digest(folder):
    """{(type, "a.b"): flag} from the lines that src/config/digest.c describes."""
    table = {}
    for file in sorted(pathlib.Path(folder).rglob("*.digest")):
        lines = dict(line.split(" ", 1) if " " in line else (line, "")
                     for line in file.read_text().splitlines()[1:])

        def add(kind, prefix, words):
            for word in words.split():
                name, flag, shape = re.fullmatch(r"([^-+*/?]+)([-+*/?])(\d*)", word).groups()
                table[(kind, prefix + name)] = flag
                if shape:
                    add(kind, prefix + name + ".", lines[shape])

        for kind in lines:
            if not kind[0].isdigit():
                add(kind, "", lines[kind])
    return table


# --- values and masks -------------------------------------------------------

def sub(mask, key):
    """The mask below key: the first boolean decides for everything below."""
    if isinstance(mask, bool):
        return mask
    if isinstance(mask, dict):
        return mask.get(key, False)
    if isinstance(mask, list) and isinstance(key, int) and key < len(mask):
        return mask[key]
    return False


def any_true(mask):
    if isinstance(mask, dict):
        return any(map(any_true, mask.values()))
    if isinstance(mask, list):
        return any(map(any_true, mask))
    return mask is True


def empty(value, mask):
    if value is ABSENT or value is None or value == "":
        return True
    return value in ([], {}) and not isinstance(value, bool) and not any_true(mask)


STEP = re.compile(r'\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


def parse_path(text):
    if text == ".":
        return []
    inner = re.match(r"(json|yaml|base64|policy)\(", text)
    if inner:
        depth, end = 1, inner.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        return parse_path(text[inner.end():end - 1]) + [("call", inner.group(1))] + \
            parse_path(text[end:])
    steps, at = [], 0
    while at < len(text):
        match = STEP.match(text, at)
        assert match, text
        name, index, key = match.groups()
        if name is not None:
            steps.append(("name", name))
        elif index is not None:
            steps.append(("index", int(index)))
        else:
            steps.append(("key", json.loads('"%s"' % key)))
        at = match.end()
    return steps


class Spot:
    def __init__(self, value, mask, trail=()):
        self.value, self.mask, self.trail = value, mask, trail  # trail: (kind, key, count)


class Scene:
    def __init__(self, plan, record, before):
        self.plan, self.record, self.before = plan, record, before
        change = record["change"]
        if before:
            self.root = Spot(change["before"], False)
        else:
            self.root = Spot(change["after"], change.get("after_unknown", False))

    # a look: (state, value, mask, trail, extra)
    def look(self, spot, steps):
        value, mask, trail = spot.value, spot.mask, spot.trail
        for number, (kind, key) in enumerate(steps):
            rest = tuple((k, n, 0) for k, n in steps[number:])
            if mask is True and (value is ABSENT or value is None):
                calls = [i for i, step in enumerate(rest) if step[0] == "call"]
                if not calls:
                    return self.masked(trail + rest)
                look = self.masked(trail + rest[:calls[0]])
                attribute = trail + rest[:calls[0]]
                if look[0] == "unknown" and look[4] and rest[calls[0]][1] == "policy" and \
                        len(attribute) == 1 and not self.before:
                    data = self.plan.document_of(self.record, attribute[0][1])
                    if data is not None:
                        try:
                            value, mask = documents.policy(documents.from_blocks(*data))
                        except documents.Unreadable:
                            raise Invalid("text")
                        return self.look(Spot(value, mask, attribute + (rest[calls[0]],)),
                                         steps[number + calls[0] + 1:])
                if look[0] != "known":
                    return look[:3] + (trail + rest, None)
                return self.look(Spot(look[1], False, look[3]), steps[number + calls[0]:])
            if (number or kind == "call") and empty(value, mask):
                return ("unset", None, False, trail + rest, None)
            if kind == "call":
                try:
                    value, mask = documents.call(key, value)
                except documents.Unreadable:
                    raise Invalid("text")
                trail += ((kind, key, 0),)
                continue
            if kind == "name" and isinstance(value, list):
                if len(value) > 1:
                    raise Invalid("several elements")
                trail += (("index", 0, 1),)
                value, mask = (value[0] if value else ABSENT), sub(mask, 0)
            if kind == "index":
                if not isinstance(value, list):
                    raise Invalid("no list")
                trail += (("index", key, len(value)),)
                value, mask = (value[key] if key < len(value) else ABSENT), sub(mask, key)
                continue
            trail += ((kind, key, 0),)
            if value is ABSENT or value is None:
                value, mask = ABSENT, sub(mask, key)
            elif isinstance(value, dict):
                value, mask = value.get(key, ABSENT), sub(mask, key)
            else:
                raise Invalid("no members")
        if mask is True and (value is ABSENT or value is None):
            return self.masked(trail)
        if empty(value, mask):
            return ("unset", None, False, trail, None)
        return ("known", value, mask, trail, None)

    def masked(self, trail):
        if any(kind == "call" for kind, _, _ in trail):
            return ("unknown", None, True, trail, None)
        verdict, extra = self.plan.origin(self.record, trail)
        if verdict == "not":
            return ("unset", None, False, trail, None)
        if verdict == "constant":
            return ("known", extra, False, trail, None)
        return ("unknown", None, True, trail, extra)


# --- the configuration ------------------------------------------------------

def call_names(address):
    names, rest = [], address or ""
    while rest.startswith("module."):
        match = re.match(r'module\.([^.\[]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\.?', rest)
        names.append(match.group(1))
        rest = rest[match.end():]
    return names


class Plan:
    def __init__(self, document, digest):
        self.document, self.digest = document, digest
        self.root = document.get("configuration", {}).get("root_module", {})

    def node(self, names):
        node, parents = self.root, []
        for name in names:
            call = node.get("module_calls", {}).get(name)
            if call is None:
                return None, None
            parents.append((node, call))
            node = call.get("module", {})
        return node, parents

    def document_of(self, record, attribute):
        """Value and mask of the deferred policy document that the attribute is."""
        module = record.get("module_address") or ""
        node, parents = self.node(call_names(module))
        resource = [r for r in node.get("resources", []) if (r["mode"], r["type"], r["name"]) ==
                    (record["mode"], record["type"], record["name"])][0]
        expression = resource["expressions"][attribute]
        for _ in range(32):
            reference = (expression.get("references") or [""])[0]
            if reference.startswith("var."):
                parent, call = parents.pop()
                expression = call.get("expressions", {}).get(reference.split(".")[1], {})
                module = re.sub(r'\.?module\.[^.\[]+(\[("(\\.|[^"\\])*"|\d+)\])?$', "", module)
                node = parent
                continue
            found = re.fullmatch(r'module\.([^.\[]+)(\[[^\]]*\])?\.([^.\[]+)', reference)
            if found:
                call = node["module_calls"][found.group(1)]
                parents = parents + [(node, call)]
                node = call["module"]
                expression = node["outputs"][found.group(3)]["expression"]
                module += ("." if module else "") + "module." + found.group(1) + (found.group(2) or "")
                continue
            break
        found = re.fullmatch(r'(data\.aws_iam_policy_document\.[^.\[]+(?:\[.*\])?)\.(?:json|minified_json)', reference)
        if not found:
            return None
        address = (module + "." if module else "") + found.group(1)
        for other in self.document.get("resource_changes") or []:
            if other["address"] == address and isinstance(other["change"].get("after"), dict):
                return other["change"]["after"], other["change"].get("after_unknown", False)
        return None

    def origin(self, record, trail):
        names = call_names(record.get("module_address"))
        node, parents = self.node(names)
        if node is None:
            return "opaque", None
        for resource in node.get("resources", []):
            if (resource["mode"], resource["type"], resource["name"]) == \
                    (record["mode"], record["type"], record["name"]):
                break
        else:
            return "opaque", None
        return self.walk(resource, resource.get("expressions", {}), trail, node, parents)

    def walk(self, resource, expressions, trail, node, parents):
        at, path = expressions, []
        for number, (kind, key, count) in enumerate(trail):
            if kind == "index":
                continue
            path.append(key)
            if isinstance(at, dict) and at is not expressions and self.is_expression(at):
                return self.expression(resource, at, trail[number:], node, parents)
            if isinstance(at, list):
                planned = trail[number - 1][2] if trail[number - 1][0] == "index" else 0
                if len(at) != 1 or planned > 1:
                    rest = [s for s in trail[number:] if s[0] != "index"]
                    writes = [self.writes(block, rest) for block in at]
                    if not any(writes) and planned <= len(at):
                        return "not", None
                    return "opaque", None
                at = at[0]
            if key not in at:
                return self.missing(resource["type"], path, trail[number + 1:])
            at = at[key]
        if isinstance(at, dict) and at is not expressions and self.is_expression(at):
            return self.expression(resource, at, (), node, parents)
        return "opaque", None

    @staticmethod
    def writes(block, rest):
        return not rest or rest[0][1] in block

    @staticmethod
    def is_expression(at):
        return at == {} or "constant_value" in at or (
            isinstance(at.get("references"), list) and
            all(isinstance(r, str) for r in at["references"]))

    def missing(self, kind, path, rest):
        flag = self.digest.get((kind, ".".join(path)))
        if flag not in ("+", "-") and rest and rest[0][0] == "index" and rest[0][2] > 0:
            return "opaque", None  # the plan shows an element: a dynamic block made it
        if flag in ("-", "/", "?"):
            return "opaque", None
        if flag in ("+", "*"):
            return "not", None
        return ("opaque" if [s for s in rest if s[0] != "index"] else "not"), None

    def expression(self, resource, at, rest, node, parents):
        if "constant_value" in at:
            value = at["constant_value"]
            for kind, key, _ in rest:
                if isinstance(value, dict):
                    value = value.get(key)
                elif isinstance(value, list) and kind == "index":
                    value = value[key] if key < len(value) else None
            return ("not", None) if value in (None, "", [], {}) and value is not False and value != 0 \
                else ("constant", value)
        if "references" not in at:
            return "opaque", None
        reached, opaque, single = self.follow(resource, at["references"], node, parents, 0)
        if reached:
            return "reference", single
        return ("opaque", None) if opaque else ("not", None)

    def follow(self, resource, references, node, parents, depth):
        """(reaches a resource, something cannot be seen, exactly one attribute)"""
        if depth > 32:
            return False, True, False
        chains, previous = [], ""
        for reference in references:
            if previous.startswith(reference) and previous[len(reference):len(reference) + 1] in (".", "["):
                continue
            chains.append(reference)
            previous = reference
        reached = opaque = False
        single = len(set(chains)) == 1
        for reference in dict.fromkeys(chains):
            parts = reference.split(".")
            head = parts[0].split("[")[0]
            found = (False, False, False)
            if head == "var":
                name = parts[1].split("[")[0]
                if parents:
                    parent, call = parents[-1]
                    written = call.get("expressions", {}).get(name)
                    if written is not None and "constant_value" not in written:
                        if "references" not in written:
                            found = (False, True, False)
                        else:
                            found = self.follow(call, written["references"], parent, parents[:-1], depth + 1)
            elif head == "module":
                found = self.output(reference, node, parents, depth)
            elif head == "each":
                if reference.startswith("each.value"):
                    written = resource.get("for_each_expression", {})
                    if "references" in written:
                        found = self.follow({}, written["references"], node, parents, depth + 1)
                        found = (found[0], found[1], False)
            elif head in ("count", "path", "terraform"):
                pass
            elif head in ("local", "self", "ephemeral"):
                found = (False, True, False)
            else:
                steps = re.sub(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]', "", reference).split(".")
                found = (True, False, len(steps) > (3 if head == "data" else 2))
            reached |= found[0]
            opaque |= found[1]
            single &= found[2]
        return reached, opaque, single

    def output(self, reference, node, parents, depth):
        match = re.match(r'module\.([^.\[]+)(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?(?:\.([^.\[]+))?', reference)
        call = node.get("module_calls", {}).get(match.group(1))
        if call is None or match.group(2) is None:
            return False, True, False
        child = call.get("module", {})
        written = child.get("outputs", {}).get(match.group(2), {}).get("expression", {})
        if "constant_value" in written:
            return False, False, False
        if "references" not in written:
            return False, True, False
        return self.follow({}, written["references"], child, parents + [(node, call)], depth + 1)


# --- operators --------------------------------------------------------------

NUMBER = re.compile(r'-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?\Z')


def number(value):
    if isinstance(value, bool):
        return None
    if isinstance(value, decimal.Decimal):
        return value
    if isinstance(value, int):
        return decimal.Decimal(value)
    if isinstance(value, str) and NUMBER.match(value):
        return decimal.Decimal(value)
    return None


def same(a, b, strictly=False, fold=False):
    if isinstance(a, list) or isinstance(b, list):
        return isinstance(a, list) and isinstance(b, list) and len(a) == len(b) and \
            all(same(x, y, strictly, fold) for x, y in zip(a, b))
    if isinstance(a, dict) or isinstance(b, dict):
        return isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys() and \
            all(same(a[k], b[k], strictly, fold) for k in a)
    if isinstance(a, str) and isinstance(b, str):
        fold = fold or isinstance(a, documents.AnyCase) or isinstance(b, documents.AnyCase)
        return a.lower() == b.lower() if fold else a == b
    if strictly and isinstance(a, str) != isinstance(b, str):
        return False
    if isinstance(a, bool) or isinstance(b, bool):
        word = {True: "true", False: "false"}
        left = word.get(a, a) if isinstance(a, bool) else a
        right = word.get(b, b) if isinstance(b, bool) else b
        return isinstance(left, str) and left == right
    left, right = number(a), number(b)
    return left is not None and left == right


def scalar(value):
    if isinstance(value, (list, dict)):
        raise Invalid("container")
    return value


def text(value):
    scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def amount(value):
    found = number(scalar(value))
    if found is None:
        raise Invalid("no number")
    return found


def elements(value):
    if not isinstance(value, list):
        raise Invalid("no list")
    return value


def mapping(value):
    if not isinstance(value, dict):
        raise Invalid("no map")
    return value


def three(known, unknown):
    return YES if known else UNKNOWN if unknown else NO


def contains(value, mask, wanted, fold):
    listed = elements(value)
    open_ = any(sub(mask, i) is True and v is None for i, v in enumerate(listed))
    return three(any(same(v, wanted, False, fold) for v in listed), open_)


def operate(op, value, mask, arg, cond):
    strictly, fold = cond.get("strictly", False), cond.get("ignoring_case", False)
    truth = lambda b: YES if b else NO
    if op == "equals":
        if not isinstance(arg, (list, dict)):
            scalar(value)
        return truth(same(value, arg, strictly))
    if op == "not_equals":
        return 2 - operate("equals", value, mask, arg, cond)
    if op == "equals_ignoring_case":
        return truth(same(scalar(value), arg, strictly, True))
    if op == "in":
        return truth(any(same(scalar(value), a, strictly) for a in arg))
    if op == "not_in":
        return 2 - operate("in", value, mask, arg, cond)
    if op in ("less_than", "at_most", "greater_than", "at_least", "between"):
        have = amount(value)
        if op == "between":
            return truth(number(arg[0]) <= have <= number(arg[1]))
        limit = number(arg)
        return truth({"less_than": have < limit, "at_most": have <= limit,
                      "greater_than": have > limit, "at_least": have >= limit}[op])
    if op == "matches":
        return truth(re.search(arg, text(value)))
    if op == "not_matches":
        return 2 - operate("matches", value, mask, arg, cond)
    if isinstance(value, documents.AnyCase) and \
            op in ("starts_with", "ends_with", "contains_text", "glob"):
        value, arg = value.lower(), arg.lower()
    if op == "covers_action":
        try:
            found = documents.covers(value, mask, arg)
        except documents.Unreadable:
            raise Invalid("no statement")
        return UNKNOWN if found is documents.UNKNOWN else truth(found)
    if op == "starts_with":
        return truth(text(value).startswith(arg))
    if op == "ends_with":
        return truth(text(value).endswith(arg))
    if op == "contains_text":
        return truth(arg in text(value))
    if op == "glob":
        pattern = re.escape(arg).replace(r"\*", ".*").replace(r"\?", ".")
        return truth(re.fullmatch(pattern, text(value), re.S))
    if op == "contains":
        return contains(value, mask, arg, fold)
    if op == "contains_all":
        return min(contains(value, mask, a, fold) for a in arg)
    if op == "contains_any":
        return max(contains(value, mask, a, fold) for a in arg)
    if op == "contains_none":
        return 2 - operate("contains_any", value, mask, arg, cond)
    if op == "subset_of":
        result = YES
        for i, v in enumerate(elements(value)):
            if sub(mask, i) is True and v is None:
                result = min(result, UNKNOWN)
            else:
                result = min(result, truth(any(same(v, a, False, fold) for a in arg)))
        return result
    if op == "length":
        if isinstance(value, str) or not isinstance(value, (list, dict)):
            raise Invalid("no length")
        return truth(in_range(len(value), arg))
    if op == "has_key":
        return truth(arg in mapping(value) or sub(mask, arg) is True)
    if op == "has_keys":
        return truth(all(a in mapping(value) or sub(mask, a) is True for a in arg))
    raise NotImplementedError(op)


def in_range(have, limits):
    return all({"at_least": have >= number(v), "at_most": have <= number(v),
                "equals": have == number(v)}[k] for k, v in limits.items())


# --- conditions -------------------------------------------------------------

COMPANIONS = {"path", "default", "source", "if_unset", "strictly", "show", "satisfies",
              "sentinel", "ignoring_case", "then"}


class Judge:
    def __init__(self, scene, kind, defaults):
        self.scene, self.kind, self.defaults = scene, kind, defaults

    def names(self, trail):
        return ".".join(str(k) for kind, k, _ in trail if kind != "index")

    def default(self, cond, look):
        if look[0] != "unset":
            return look
        value = cond.get("default", self.defaults.get((self.kind, self.names(look[3])), ABSENT))
        if value is ABSENT or empty(value, False):
            return look
        return ("defaulted", value, False, look[3], None)

    def of_type(self, path):
        """What stands for this type where a path differs by type."""
        if not isinstance(path, dict):
            return path
        named = [v for k, v in path.items() if self.kind in re.split(r",\s*", k)]
        return named[0] if named else path["other"]

    def eval(self, cond, spot, flip=False):
        """(truth, error)"""
        operators = [k for k in cond if k not in COMPANIONS]
        if "every_path" in cond or "any_path" in cond:
            key = "every_path" if "every_path" in cond else "any_path"
            rest = {k: v for k, v in cond.items() if k != key}
            cond = {("all" if key == "every_path" else "any"): [dict(rest, path=p) for p in cond[key]]}
            operators = list(cond)
        if "count" in cond:
            operators = ["count"]
        op = operators[0]
        if op in ("all", "any"):
            return self.join([self.eval(c, spot, flip) for c in cond[op]], (op == "all") != flip)
        if op == "not":
            return self.eval(cond["not"], spot, not flip)
        if op == "when":
            when = self.eval(cond["when"], spot)
            then = self.eval(cond["then"], spot, flip)
            if flip:
                return self.join([then, when], True)
            return self.join([then, (2 - when[0], when[1])], False)
        if op in ("never", "always"):
            return (YES if (op == "always") != flip else NO), False
        if op in ("every", "some", "none", "count"):
            return self.quantify(op, cond, spot, flip)
        return self.test(op, cond, spot, flip)

    @staticmethod
    def join(parts, smallest):
        truth = (min if smallest else max)(p[0] for p in parts)
        return truth, truth == UNKNOWN and any(p[0] == UNKNOWN and p[1] for p in parts)

    def test(self, op, cond, spot, flip):
        try:
            look = self.scene.look(spot, parse_path(self.of_type(cond.get("path", "."))))
        except Invalid:
            return UNKNOWN, True
        if op in ("set", "known", "written"):
            truth = YES if look[0] == "known" else NO
            if look[0] == "unknown":
                truth = NO if op == "known" else YES if look[4] else UNKNOWN
            if op == "known" and look[0] == "unset":
                truth = YES
            if op == "written":
                raise NotImplementedError(op)
            return (truth if cond[op] != flip else 2 - truth), False
        sentinel = lambda l: ("unset", None, False, l[3], None) if l[0] in ("known", "defaulted") and \
            any(same(l[1], s) for s in cond.get("sentinel", [])) else l
        look = sentinel(self.default(cond, sentinel(look)))
        if look[0] == "unknown":
            return UNKNOWN, False
        value, mask = look[1], look[2]
        if look[0] == "unset":
            if "if_unset" in cond:
                return (YES if cond["if_unset"] != flip else NO), False
            if op != "length":
                return NO, False
            value = []
        try:
            truth = operate(op, value, mask, cond[op], cond)
        except Invalid:
            return UNKNOWN, True
        return (2 - truth if flip else truth), False

    def quantify(self, op, cond, spot, flip):
        try:
            look = self.default(cond, self.scene.look(spot, parse_path(self.of_type(cond[op]))))
        except Invalid:
            return UNKNOWN, True
        if look[0] == "unknown":
            return UNKNOWN, False
        value, mask = look[1], look[2]
        if look[0] == "unset":
            if "if_unset" in cond:
                return (YES if cond["if_unset"] != flip else NO), False
            value = []
        if not isinstance(value, (list, dict)):
            return UNKNOWN, True
        keys = list(value) if isinstance(value, dict) else range(len(value))
        kind = "key" if isinstance(value, dict) else "index"
        parts = []
        for key in keys:
            element = Spot(value[key], sub(mask, key), look[3] + ((kind, key, len(value)),))
            parts.append(self.eval(cond["satisfies"], element) if "satisfies" in cond else (YES, False))
        if mask is True or isinstance(value, dict) and isinstance(mask, dict) and \
                any(any_true(m) and k not in value for k, m in mask.items()):
            parts.append((UNKNOWN, False))
        if op == "count":
            sure = sum(p[0] == YES for p in parts)
            most = sum(p[0] != NO for p in parts)
            limits = {k: cond[k] for k in ("at_least", "at_most", "equals") if k in cond}
            answers = {in_range(n, limits) for n in range(sure, most + 1)}
            truth = UNKNOWN if len(answers) > 1 else YES if answers == {True} else NO
            error = truth == UNKNOWN and any(p[1] for p in parts)
        else:
            neutral = (YES if op == "every" else NO, False)
            truth, error = self.join([neutral] + parts, op == "every")
            if op == "none":
                truth = 2 - truth
        return (2 - truth if flip else truth), error


def judge(control, scene, kind, defaults):
    judge = Judge(scene, kind, defaults)
    where = judge.eval(control["where"], scene.root) if "where" in control else (YES, False)
    if where[0] == NO:
        return "not applicable"
    answer = judge.eval(control["assert"], scene.root)
    if answer[0] == YES:
        return "pass"
    if where[0] == UNKNOWN:
        answer = where
    if answer[0] == NO:
        return "fail"
    return "error" if answer[1] else "unknown"


# --- policies and plans -----------------------------------------------------

class Loader(yaml.SafeLoader):
    pass


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver("!number", re.compile(r"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$"), list("-0123456789"))
Loader.add_constructor("!number", lambda loader, node: decimal.Decimal(node.value))


def load_policies(folder):
    controls, defaults = [], {}
    for file in sorted(pathlib.Path(folder).rglob("*.yaml")):
        for document in yaml.load_all(file.read_text(), Loader):
            controls += document.get("controls") or []
            for entry in document.get("defaults") or []:
                defaults[(entry["resource"], entry["path"])] = entry["value"]
    return controls, defaults


def as_list(value):
    return value if isinstance(value, list) else [value]


def selects(control, record):
    if control.get("mode", "managed") != record["mode"]:
        return False
    return any(re.fullmatch(re.escape(t).replace(r"\*", ".*"), record["type"])
               for t in as_list(control["resource"]))


def run(controls, defaults, digest, document):
    plan = Plan(document, digest)
    for record in document.get("resource_changes") or []:
        if record.get("deposed") or not isinstance(record["change"].get("after"), dict):
            continue
        for control in controls:
            if "actions" in control or "view" in control or not selects(control, record):
                continue
            after = judge(control, Scene(plan, record, False), record["type"], defaults)
            before = "none"
            if isinstance(record["change"].get("before"), dict):
                before = judge(control, Scene(plan, record, True), record["type"], defaults)
            if after == "unknown" and "if_unknown" in control:
                counted = control["if_unknown"]
            else:
                counted = after
            if after in ("pass", "not applicable"):
                change = "fixed" if before == "fail" else "clean"
            else:
                change = "existing" if before == "fail" else "introduced"
            yield control["id"], record["address"], counted, change


def main():
    controls, defaults = load_policies(sys.argv[1])
    digest = read_digest(sys.argv[1])
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8-sig") as file:
            document = json.load(file, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
        for row in sorted(run(controls, defaults, digest, document)):
            print(*row, sep="\t")


if __name__ == "__main__":
    main()
