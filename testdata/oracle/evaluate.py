#!/usr/bin/env python3
"""Judge a plan with the shipped controls, slowly: the second opinion.

usage: evaluate.py POLICY_FOLDER PLAN...   (needs PyYAML)

Prints control, address, verdict and change class of everything that is judged,
one a line, separated by tabs and sorted.  It was written from the contract, not
from the C code, holds the whole plan in memory, and favours being obvious.
"""
import json, pathlib, re, sys
import yaml
import operators
from operators import NO, UNKNOWN, YES, Invalid, Number, any_true, number
from operators import below as sub

import documents

ABSENT = object()


# --- the digest -------------------------------------------------------------

def read_digest(folder):
    """{(type, "a.b"): flag} from the lines that src/config/digest.c describes."""
    table = {}
    for file in sorted(pathlib.Path(folder).rglob("*.digest")):
        lines = dict(line.split(" ", 1) if " " in line else (line, "")
                     for line in file.read_text().splitlines()[1:])

        def add(kind, prefix, words):
            for word in words.split():
                name, flag, shape = re.fullmatch(
                    r"([^-!+*/?]+)([-!+*/?])[A-Za-z]*(\d*)", word).groups()
                table[(kind, prefix + name)] = flag.replace("!", "-")
                if shape:
                    add(kind, prefix + name + ".", lines[shape])

        for kind in lines:
            if not kind[0].isdigit():
                add(kind, "", lines[kind])
    return table


# --- values and masks -------------------------------------------------------

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
    def look(self, spot, steps, may_be_block=False):
        value, mask, trail = spot.value, spot.mask, spot.trail
        for number, (kind, key) in enumerate(steps):
            rest = tuple((k, n, 0) for k, n in steps[number:])
            if mask is True and (value is ABSENT or value is None):
                calls = [i for i, step in enumerate(rest) if step[0] == "call"]
                if not calls:
                    return self.masked(trail + rest, may_be_block)
                look = self.masked(trail + rest[:calls[0]], may_be_block)
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
                                         steps[number + calls[0] + 1:], may_be_block)
                if look[0] != "known":
                    return look[:3] + (trail + rest, None)
                return self.look(Spot(look[1], False, look[3]), steps[number + calls[0]:], may_be_block)
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
            return self.masked(trail, may_be_block)
        if empty(value, mask):
            return ("unset", None, False, trail, None)
        return ("known", value, mask, trail, None)

    def masked(self, trail, may_be_block):
        if any(kind == "call" for kind, _, _ in trail):
            return ("unknown", None, True, trail, None)
        verdict, extra = self.plan.origin(self.record, trail)
        if verdict == "not" and may_be_block and self.record["type"] not in self.plan.types:
            return ("unknown", None, True, trail, False)
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
        self.types = {kind for kind, _ in digest}
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
            if isinstance(at, dict) and at is not expressions and self.is_expression(at):
                return self.expression(resource, at, trail[number:], node, parents)
            if kind == "index":
                continue
            path.append(key)
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
                elif not empty(value, False):
                    return "opaque", None
            return ("not", None) if value in (None, "", [], {}) and value is not False and value != 0 \
                else ("constant", value)
        if "references" not in at:
            return "opaque", None
        reached, opaque, single = self.follow(resource, at["references"], node, parents, 0)
        if reached:
            return "reference", single and not rest
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

def scalar(value):
    if isinstance(value, (list, dict)):
        raise Invalid("container")
    return value


def text(value):
    scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else getattr(value, "text", str(value))


def amount(value):
    found = number(scalar(value))
    if found is None:
        raise Invalid("no number")
    return found


def mapping(value):
    if not isinstance(value, dict):
        raise Invalid("no map")
    return value


def operate(op, value, mask, arg, cond, now):
    strictly, fold = cond.get("strictly", False), cond.get("ignoring_case", False)
    truth = lambda b: YES if b else NO
    has = lambda wanted: operators.has(value, mask, wanted, strictly, fold)
    same = lambda a, m, b: operators.same(a, b, m, strictly, fold)
    inverse = {"not_equals": "equals", "not_in": "in", "not_matches": "matches",
               "contains_none": "contains_any"}
    if op in inverse:
        return 2 - operate(inverse[op], value, mask, arg, cond, now)
    if op == "equals":
        if not isinstance(arg, (list, dict)):
            scalar(value)
        return same(value, mask, arg)
    if op == "equals_ignoring_case":
        return operators.same(scalar(value), arg, mask, strictly, True)
    if op == "in":
        scalar(value)
        return max(same(value, mask, a) for a in arg)
    if op in ("less_than", "at_most", "greater_than", "at_least", "between"):
        have = amount(value)
        if op == "between":
            return truth(number(arg[0]) <= have <= number(arg[1]))
        limit = number(arg)
        return truth({"less_than": have < limit, "at_most": have <= limit,
                      "greater_than": have > limit, "at_least": have >= limit}[op])
    if op == "matches":
        return truth(re.search(arg, text(value)))
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
        return truth(text(value).startswith(text(arg)))
    if op == "ends_with":
        return truth(text(value).endswith(text(arg)))
    if op == "contains_text":
        return truth(text(arg) in text(value))
    if op == "glob":
        pattern = re.escape(text(arg)).replace(r"\*", ".*").replace(r"\?", ".")
        return truth(re.fullmatch(pattern, text(value), re.S))
    if op == "contains":
        return has(arg)
    if op == "contains_all":
        return min(has(a) for a in arg)
    if op == "contains_any":
        return max(has(a) for a in arg)
    if op == "subset_of":
        parts = [max(same(v, sub(mask, i), a) for a in arg)
                 for i, v in enumerate(operators.listed(value))]
        return min(parts + [UNKNOWN if mask is True else YES])
    if op == "unique":
        answer = operators.unique(value, mask, strictly, fold)
        return answer if arg else 2 - answer
    if op == "length":
        if isinstance(value, str) or not isinstance(value, (list, dict)):
            raise Invalid("no length")
        if mask is True:
            return UNKNOWN
        more = [k for k, m in mask.items() if m is True and k not in value] \
            if isinstance(value, dict) and isinstance(mask, dict) else []
        return truth(in_range(len(value) + len(more), arg))
    if op in ("has_key", "has_keys"):
        keys = [text(a) for a in (arg if op == "has_keys" else [arg])]
        return min(YES if k in mapping(value) else UNKNOWN if mask is True else truth(sub(mask, k) is True)
                   for k in keys)
    if op == "version":
        return operators.versions(scalar(value), arg)
    if op == "date":
        return operators.dates(value, arg, now)
    if op == "cidr":
        return operators.cidr(value, mask, arg)
    raise NotImplementedError(op)


def in_range(have, limits):
    return all({"at_least": have >= number(v), "at_most": have <= number(v),
                "equals": have == number(v)}[k] for k, v in limits.items())


# --- conditions -------------------------------------------------------------

COMPANIONS = {"path", "default", "source", "if_unset", "strictly", "show", "satisfies",
              "sentinel", "ignoring_case", "then", "ordered_by"}
QUANTIFIERS = ("every", "some", "none", "count")
LISTS = ("contains", "contains_all", "contains_any", "contains_none", "subset_of", "unique", "length",
         "has_key", "has_keys")
UNSET = object()


def is_path(argument):
    return isinstance(argument, dict) and list(argument) == ["value_of"]


class Unfit(Exception):
    """A value of the plan that a control compares with is unset, unknown or no such value."""
    def __init__(self, state):
        self.state = state


class Judge:
    def __init__(self, scene, kind, defaults, parameters=None, now=None):
        self.scene, self.kind, self.defaults = scene, kind, defaults
        self.parameters, self.now = parameters or {}, now

    def names(self, trail):
        return ".".join(str(k) for kind, k, _ in trail if kind != "index")

    def table(self, look):
        value = self.defaults.get((self.kind, self.names(look[3])), ABSENT)
        if look[0] != "unset" or value is ABSENT or empty(value, False):
            return look
        return ("defaulted", value, False, look[3], None)

    def default(self, cond, look, spot):
        if look[0] != "unset" or "default" not in cond:
            return self.table(look)
        try:
            value = self.fill(cond["default"], spot)
        except Unfit as unfit:
            if unfit.state == "invalid":
                raise Invalid("no default") from None
            return look if unfit.state == "unset" else ("unknown", None, True, look[3], False)
        return look if empty(value, False) else ("defaulted", value, False, look[3], None)

    def fill(self, argument, spot):
        """The argument with values of the plan and parameters in it."""
        states = []

        def walk(at):
            if is_path(at):
                try:
                    look = self.table(self.scene.look(spot, parse_path(at["value_of"])))
                except Invalid:
                    states.append("invalid")
                    return None
                state = look[0]
                if state == "known" and partly(look[1], look[2]):
                    state = "unknown"
                states.append(state)
                return look[1]
            if isinstance(at, dict) and list(at) == ["param"]:
                value = self.parameters[at["param"]]
                if empty(value, False):
                    states.append("unset")
                return value
            if isinstance(at, dict):
                return {k: walk(v) for k, v in at.items()}
            return [walk(v) for v in at] if isinstance(at, list) else at

        filled = walk(argument)
        for state in ("invalid", "unset", "unknown"):
            if state in states:
                raise Unfit(state)
        return filled

    def argument(self, op, cond, spot):
        """What the condition compares with."""
        if op == "count":
            argument = {k: cond[k] for k in ("at_least", "at_most", "equals") if k in cond}
        else:
            argument = cond[op]
        filled = self.fill(argument, spot)
        if filled != argument and not fits(op, filled):
            raise Unfit("invalid")
        return filled

    def eval(self, cond, spot, flip=False):
        """(truth, error)"""
        operators = [k for k in cond if k not in COMPANIONS]
        if isinstance(cond.get("path"), dict):
            return self.eval(dict(cond, path=self.of_type(cond["path"])), spot, flip)
        if "every_path" in cond or "any_path" in cond:
            key = "every_path" if "every_path" in cond else "any_path"
            rest = {k: v for k, v in cond.items() if k != key}
            cond = {("all" if key == "every_path" else "any"): [dict(rest, path=p) for p in cond[key]]}
            operators = list(cond)
        if "count" in cond:
            operators = ["count"]
        op = operators[0]
        if op in QUANTIFIERS and isinstance(cond[op], dict):
            return self.eval(dict(cond, **{op: self.of_type(cond[op])}), spot, flip)
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
        if op == "by_type":
            return self.eval(self.of_type(cond[op]), spot, flip)
        if op == "port":
            return self.port(cond, spot, flip)
        if op == "first":
            return self.first(cond, spot, flip)
        if op in QUANTIFIERS:
            return self.quantify(op, cond, spot, flip)
        return self.test(op, cond, spot, flip)

    def of_type(self, choices):
        for key, choice in choices.items():
            if self.kind in [k.strip() for k in key.split(",")]:
                return choice
        return choices["other"]

    def unfit(self, unfit, cond, flip):
        if unfit.state == "invalid":
            return UNKNOWN, True
        if unfit.state == "unknown":
            return UNKNOWN, False
        return self.unset(cond, flip)

    @staticmethod
    def unset(cond, flip):
        if "if_unset" in cond:
            return (YES if cond["if_unset"] != flip else NO), False
        return NO, False

    def port(self, cond, spot, flip):
        def part(path):
            if path is None:
                return "unset", None
            try:
                look = self.table(self.scene.look(spot, parse_path(path)))
            except Invalid:
                return "invalid", None
            return ("known" if look[0] == "defaulted" else look[0]), look[1]

        said = cond["port"]
        try:
            wanted = self.fill(said["covers"], spot)
        except Unfit as unfit:
            return self.unfit(unfit, cond, flip)
        wanted = operators.port_number(wanted) if not isinstance(wanted, (list, dict)) else None
        if wanted is None or wanted < 0:
            return UNKNOWN, True
        try:
            truth = operators.port(*(part(said.get(k)) for k in ("from", "to", "protocol")), wanted)
        except Invalid:
            return UNKNOWN, True
        return (2 - truth if flip else truth), False

    def first(self, cond, spot, flip):
        elements, answer, open_ = self.elements(cond, cond["path"], spot, flip)
        if elements is None:
            return answer
        items = []
        for element in elements:
            meets = self.eval(cond["first"], element)
            satisfies = self.eval(cond["satisfies"], element)
            place, error = self.place(cond, element)
            if error:
                satisfies = UNKNOWN, True
            items.append((place, meets[0], satisfies[0], meets[1] or satisfies[1]))
        truth, error = operators.first(items, open_)
        return (2 - truth if flip else truth), error

    def place(self, cond, element):
        try:
            look = self.table(self.scene.look(element, parse_path(cond["ordered_by"])))
        except Invalid:
            return None, True
        if look[0] == "unknown":
            return None, False
        place = number(look[1]) if look[0] != "unset" else None
        return place, place is None

    @staticmethod
    def join(parts, smallest):
        truth = (min if smallest else max)(p[0] for p in parts)
        return truth, truth == UNKNOWN and any(p[0] == UNKNOWN and p[1] for p in parts)

    def test(self, op, cond, spot, flip):
        block = op in LISTS or op == "set"
        try:
            look = self.scene.look(spot, parse_path(cond.get("path", ".")), block)
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
            any(operators.same(l[1], s) == YES for s in cond.get("sentinel", [])) else l
        try:
            look = sentinel(self.default(cond, sentinel(look), spot))
            empty_length = op == "length" and "if_unset" not in cond
            if look[0] == "unset" and not empty_length:
                return self.unset(cond, flip)
            argument = self.argument(op, cond, spot)
        except Unfit as unfit:
            return self.unfit(unfit, cond, flip)
        except Invalid:
            return UNKNOWN, True
        if look[0] == "unknown":
            return UNKNOWN, False
        value, mask = ([], False) if look[0] == "unset" else (look[1], look[2])
        try:
            truth = operate(op, value, mask, argument, cond, self.now)
        except Invalid:
            return UNKNOWN, True
        return (2 - truth if flip else truth), False

    def elements(self, cond, path, spot, flip):
        """(the elements, None, the hidden) or (None, the answer, None); None: how many is open"""
        try:
            look = self.default(cond, self.scene.look(spot, parse_path(path), True), spot)
        except Invalid:
            return None, (UNKNOWN, True), None
        if look[0] == "unknown":
            return None, (UNKNOWN, False), None
        value, mask = look[1], look[2]
        if look[0] == "unset":
            if "if_unset" in cond:
                return None, self.unset(cond, flip), None
            value = []
        if not isinstance(value, (list, dict)):
            return None, (UNKNOWN, True), None
        keys = list(value) if isinstance(value, dict) else range(len(value))
        kind = "key" if isinstance(value, dict) else "index"
        spots = [Spot(value[k], sub(mask, k), look[3] + ((kind, k, len(value)),)) for k in keys]
        hidden = [Spot(None, True, look[3] + ((kind, k, len(value)),))
                  for k, m in mask.items() if any_true(m) and k not in value] \
            if isinstance(value, dict) and isinstance(mask, dict) else []
        return spots, None, hidden + [None] * (mask is True)

    def hidden(self, cond, element):
        """What holds of no value rules an unknown member of a map out; none is sure to count."""
        if element is None or "satisfies" not in cond:
            return UNKNOWN, False
        truth, error = self.eval(cond["satisfies"], element)
        return (NO, False) if truth == NO else (UNKNOWN, error)

    def quantify(self, op, cond, spot, flip):
        elements, answer, hidden = self.elements(cond, cond[op], spot, flip)
        if elements is None:
            return answer
        try:
            limits = self.argument(op, cond, spot) if op == "count" else {}
        except Unfit as unfit:
            return self.unfit(unfit, cond, flip)
        parts = [self.eval(cond["satisfies"], e) if "satisfies" in cond else (YES, False) for e in elements]
        more = [self.hidden(cond, e) for e in hidden]
        if op == "count":
            sure = sum(p[0] == YES for p in parts)
            most = sum(p[0] != NO for p in parts + more)
            answers = {in_range(n, limits) for n in range(sure, most + 1)}
            truth = UNKNOWN if len(answers) > 1 else YES if answers == {True} else NO
            error = truth == UNKNOWN and any(p[1] for p in parts + more)
        else:
            parts += more
            neutral = (YES if op == "every" else NO, False)
            truth, error = self.join([neutral] + parts, op == "every")
            if op == "none":
                truth = 2 - truth
        return (2 - truth if flip else truth), error


def partly(value, mask):
    """Is anything in it unknown, with no known scalar there?"""
    if mask is True:
        return value is None or isinstance(value, (list, dict))
    if isinstance(mask, dict):
        return any(partly(value.get(k) if isinstance(value, dict) else None, m) for k, m in mask.items())
    if isinstance(mask, list):
        return any(partly(value[i] if isinstance(value, list) and i < len(value) else None, m)
                   for i, m in enumerate(mask))
    return False


def fits(op, argument):
    """Is what the plan has something that the operator compares with?"""
    single = lambda a: not isinstance(a, (list, dict))
    if op in ("in", "not_in", "contains_all", "contains_any", "contains_none", "subset_of", "has_keys"):
        return isinstance(argument, list) and all(map(single, argument))
    if op in ("starts_with", "ends_with", "contains_text", "glob", "contains", "has_key",
              "equals_ignoring_case"):
        return single(argument)
    if op in ("less_than", "at_most", "greater_than", "at_least"):
        return single(argument) and number(argument) is not None
    if op == "between":
        return isinstance(argument, list) and len(argument) == 2 and \
            all(single(a) and number(a) is not None for a in argument)
    if op in ("count", "length"):
        return all(single(a) and not isinstance(a, (str, bool)) for a in argument.values())
    return True


def judge(control, scene, kind, defaults, now=None):
    parameters = {k: p["default"] for k, p in control.get("parameters", {}).items()}
    judge = Judge(scene, kind, defaults, parameters, now)
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
Loader.add_constructor("!number", lambda loader, node: Number(node.value))


def expand(at, defined, arguments):
    """A condition with the named ones of its file in their places."""
    if isinstance(at, list):
        return [expand(a, defined, arguments) for a in at]
    if not isinstance(at, dict):
        return at
    if list(at) == ["param"] and at["param"] in arguments:
        return arguments[at["param"]]
    if "use" in at:
        return expand(defined[at["use"]], defined, expand(at.get("with", {}), defined, arguments))
    return {k: expand(v, defined, arguments) for k, v in at.items()}


def controls_of(document):
    defined = document.get("define") or {}
    return [dict(control, **{k: expand(control[k], defined, {}) for k in ("where", "assert") if k in control})
            for control in document.get("controls") or []]


def load_policies(folder):
    controls, defaults = [], {}
    for file in sorted(pathlib.Path(folder).rglob("*.yaml")):
        for document in yaml.load_all(file.read_text(), Loader):
            controls += controls_of(document)
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
            after = judge(control, Scene(plan, record, False), record["type"], defaults, document.get("timestamp"))
            before = "none"
            if isinstance(record["change"].get("before"), dict):
                before = judge(control, Scene(plan, record, True), record["type"], defaults, document.get("timestamp"))
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
            document = json.load(file, parse_float=Number, parse_int=Number)
        for row in sorted(run(controls, defaults, digest, document)):
            print(*row, sep="\t")


if __name__ == "__main__":
    main()
