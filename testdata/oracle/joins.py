#!/usr/bin/env python3
"""Judge a plan with controls that join resources: the second opinion on joins.

usage: joins.py [--strict] [--partners] CONTROLS POLICY_FOLDER PLAN...   (needs PyYAML)

CONTROLS is a file or a folder; the digest is read from POLICY_FOLDER.

Prints control, address, verdict and change class as evaluate.py does, or with
--partners control, address and every partner.  Edges are found by following the
plan's own references from instance to instance, one question at a time.
"""
import decimal, fnmatch, json, pathlib, re, sys
import evaluate
from evaluate import NO, UNKNOWN, YES, ABSENT, Invalid

ANY = "[*]"
STEP = re.compile(r'\.?([^.\[\]"]+)|\[("(?:[^"\\]|\\.)*"|\d+|\*)\]')
IDENTIFYING = ("id", "arn", "name", "bucket", "url", "function_name")


def steps_of(text):
    """Names and keys: 'a.b["k"].c' -> [("a", None), ("b", '["k"]'), ("c", None)]"""
    steps = []
    for match in STEP.finditer(text):
        if match.group(1) is not None:
            steps.append([match.group(1), None])
        elif steps:
            steps[-1][1] = "[%s]" % match.group(2)
    return [tuple(s) for s in steps]


class Instance:
    def __init__(self, record):
        self.record = record
        self.address = record["address"]
        steps = steps_of(self.address)
        path = []
        while len(steps) > 2 and steps[0][0] == "module":
            path.append(steps[1])
            steps = steps[2:]
        if steps[0][0] == "data" and record["mode"] == "data":
            steps = steps[1:]
        self.path, self.key = tuple(path), steps[1][1]
        self.mode, self.type, self.name = record["mode"], record["type"], record["name"]

    def value(self, before):
        return self.record["change"].get("before" if before else "after")

    def mask(self, before):
        return False if before else self.record["change"].get("after_unknown", False)


class Found:
    """What an attribute refers to."""
    def __init__(self):
        self.targets = []  # (path, mode, type, name, key)
        self.computed = []  # those of them whose key is not written
        self.local = self.hidden = False


class Graph:
    def __init__(self, document):
        self.root = document.get("configuration", {}).get("root_module", {})
        self.providers = document.get("configuration", {}).get("provider_config", {})
        self.complete = document.get("complete", True) and not document.get("errored", False) and \
            not document.get("deferred_changes")
        self.instances = [Instance(r) for r in document.get("resource_changes") or []
                          if not r.get("deposed")]
        self.by_type, self.expanded = {}, set()
        for instance in self.instances:
            self.by_type.setdefault(instance.type, []).append(instance)
            names = ()
            for name, key in instance.path:
                names += (name,)
                if key:
                    self.expanded.add(names)
            if instance.key:
                self.expanded.add(names + (instance.mode, instance.type, instance.name))

    def module(self, path):
        """The configuration of a module, and of the call that made it."""
        node, call, parent = self.root, None, None
        for name, _ in path:
            call = node.get("module_calls", {}).get(name)
            if call is None:
                return None, None
            node = call.get("module", {})
        return node, call

    def resource(self, instance):
        node, _ = self.module(instance.path)
        for resource in (node or {}).get("resources", []):
            if (resource["mode"], resource["type"], resource["name"]) == \
                    (instance.mode, instance.type, instance.name):
                return resource
        return None

    def targets(self, instance, attribute):
        found = Found()
        resource = self.resource(instance)
        if resource is None:
            found.hidden = True
            return found
        names = attribute.split(".")
        self.attribute(found, resource, names, instance.path, instance.key, set())
        # A block that the plan shows and nothing writes comes from a dynamic one.
        planned = instance.value(False)
        if names[0] not in resource.get("expressions", {}) and planned and \
                isinstance(planned.get(names[0]), list) and planned[names[0]]:
            found.hidden = True
        return found

    def attribute(self, found, resource, names, path, key, seen):
        at = [resource.get("expressions", {})]
        for number, name in enumerate(names):
            below = []
            for block in at:
                if number and evaluate.Plan.is_expression(block):
                    self.follow(found, block, resource, path, key, seen)
                elif name in block:
                    member = block[name]
                    below += member if isinstance(member, list) else [member]
            at = below
        for expression in at:
            self.follow(found, expression, resource, path, key, seen)

    def follow(self, found, expression, owner, path, key, seen):
        if not isinstance(expression, dict) or not evaluate.Plan.is_expression(expression):
            found.hidden = True
            return
        if "references" not in expression:
            found.hidden |= "constant_value" not in expression
            return
        references = expression["references"]
        again = (tuple(references), path, key)
        if again in seen:
            return
        seen.add(again)
        keyed = any(r.split(".")[0] in ("each", "count") for r in references)
        for number, reference in enumerate(references):
            if any(r != reference and r.startswith(reference) and r[len(reference)] in ".["
                   for r in references):
                continue
            self.reference(found, steps_of(reference), keyed, owner, path, key, seen)

    def pick(self, names, written, keyed, key):
        if written or names not in self.expanded:
            return written
        return key if keyed and key else ANY

    def reference(self, found, steps, keyed, owner, path, key, seen):
        head = steps[0][0]
        names = tuple(n for n, _ in path)
        if head == "var":
            _, call = self.module(path)
            if call and steps[1][0] in call.get("expressions", {}):
                self.follow(found, call["expressions"][steps[1][0]], call, path[:-1], path[-1][1], seen)
        elif head == "module":
            node, _ = self.module(path)
            call = (node or {}).get("module_calls", {}).get(steps[1][0])
            if call is None:
                found.hidden = True
                return
            inner = path + ((steps[1][0], self.pick(names + (steps[1][0],), steps[1][1], keyed, key)),)
            outputs = call.get("module", {}).get("outputs", {})
            for name in [steps[2][0]] if len(steps) > 2 else sorted(outputs):
                if name in outputs:
                    self.follow(found, outputs[name].get("expression", {}), {}, inner, None, seen)
        elif head == "each":
            if steps[1][0] == "value":
                # Without a trace, for_each holds nothing that refers.
                expression = owner.get("for_each_expression")
                if expression:
                    self.follow(found, dict(expression, references=expression.get("references", []) + ["each.key"])
                                if "references" in expression else expression, owner, path, key, seen)
        elif head in ("count", "path", "terraform"):
            pass
        elif head == "local":
            found.local = True
        elif head == "self":
            found.hidden = True
        else:
            mode = "data" if head == "data" else "managed"
            if head in ("data", "resource", "managed"):
                steps = steps[1:]
            kind, (name, written) = steps[0][0], steps[1]
            picked = self.pick(names + (mode, kind, name), written, keyed, key)
            target = (path, mode, kind, name, picked)
            if not written and picked:
                found.computed.append(target[:4] + (ANY,))
            if target not in found.targets:
                found.targets.append(target)
            node, _ = self.module(path)
            for resource in (node or {}).get("resources", []):
                # What count made none of passes nothing on.
                there = any((i.mode, i.type, i.name, tuple(n for n, _ in i.path)) == (mode, kind, name, names)
                            for i in self.instances)
                if there and (resource["mode"], resource["type"], resource["name"]) == (mode, kind, name) and len(steps) > 2:
                    self.attribute(found, resource, [steps[2][0]], path, picked, seen)

    @staticmethod
    def means(target, instance):
        path, mode, kind, name, key = target
        return (mode, kind, name) == (instance.mode, instance.type, instance.name) and \
            len(path) == len(instance.path) and \
            all(a[0] == b[0] and (a[1] == b[1] or a[1] == ANY) for a, b in zip(path, instance.path)) and \
            (key == instance.key or key == ANY)

    def those(self, kinds, before):
        """Instances of the types, "data." before those of data sources."""
        return [i for k in kinds for i in self.by_type.get(k.removeprefix("data."), [])
                if i.mode == ("data" if k.startswith("data.") else "managed") and
                isinstance(i.value(before), dict)]

    # --- one end to the other ---

    def edges(self, instance, attribute, kinds, before, strict):
        """(partners, may there be others)"""
        candidates = self.those(kinds, before)
        state, values = look(instance.value(before), instance.mask(before), attribute.split("."))
        equal = lambda: self.equal(instance, attribute, values, candidates, before)
        if before and equal():
            return equal(), False
        found = self.targets(instance, attribute)
        partners = [c for c in candidates if any(self.means(t, c) for t in found.targets)]
        # A known name tells which instance a computed key took.
        if state == "known" and found.computed:
            named = [c for c in self.equal(instance, attribute, values, candidates, before)
                     if any(self.means(t, c) for t in found.computed)]
            if named:
                partners = named
        if found.targets:
            lost = [t for t in found.targets if ("data." if t[1] == "data" else "") + t[2] in kinds and
                    not any(self.means(t, i) for i in self.instances)]
            near = [c for c in candidates if c.path == instance.path]
            # Beside a reference to the only one here, local.* is taken to mean it too.
            sure = not found.local or state == "known" or (partners == near and len(near) == 1 and not strict)
            return partners, found.hidden or not sure or (bool(lost) and not self.complete)
        if state == "unset":
            return [], False
        if state == "known":
            return equal(), False
        if found.local and not found.hidden:
            near = [c for c in candidates if c.path == instance.path]
            if len(near) == 1 and not strict:
                return near, False
        return [], found.local or found.hidden

    def equal(self, instance, attribute, values, candidates, before):
        def is_equal(candidate):
            have = candidate.value(before)
            last = attribute.split(".")[-1]
            return any(isinstance(v, str) and v and v in values for n, v in have.items()
                       if n in IDENTIFYING or n.endswith("identifier") or n == last)
        if not values:
            return []
        near = [c for c in candidates if c.path == instance.path and is_equal(c)]
        return near or [c for c in candidates if is_equal(c)]

    def provider(self, instance):
        resource = self.resource(instance)
        key = (resource or {}).get("provider_config_key")
        while key in self.providers and ":" in key and "expressions" not in self.providers[key]:
            module, name = key.rsplit(":", 1)
            parent = module.rpartition(".module.")[0] if ".module." in module else ""
            key = parent + ":" + name if parent else name
            if parent and key not in self.providers:
                key = name
        return key


def look(value, mask, names):
    """(state, known texts) of all elements together"""
    if mask is True and not isinstance(value, (list, dict)) and value in (None, ABSENT):
        return "unknown", []
    if isinstance(value, list):
        parts = [look(v, evaluate.sub(mask, i), names) for i, v in enumerate(value)]
        texts = [t for _, ts in parts for t in ts]
        for state in ("unknown", "known"):
            if any(s == state for s, _ in parts):
                return state, texts
        return "unset", []
    if names and isinstance(value, dict):
        return look(value.get(names[0], None), evaluate.sub(mask, names[0]), names[1:])
    if value is None or value == "" or names:
        return "unset", []
    return "known", [str(value)]


class Judge(evaluate.Judge):
    """Adds related, subject.PATH, value_of, and account settings."""
    graph = None
    strict = False

    def __init__(self, scene, kind, defaults, parameters=None, now=None, subject=None):
        super().__init__(scene, kind, defaults, parameters, now)
        self.subject = subject or self
        self.partners = []

    def instance(self):
        return next(i for i in self.graph.instances if i.record is self.scene.record)

    def eval(self, cond, spot, flip=False):
        if "related" in cond:
            truth, error = self.related(cond)
            return (2 - truth if flip else truth), error
        for key, value in cond.items():
            if isinstance(value, dict) and "value_of" in value:
                state, have = self.reach(spot, value["value_of"])[:2]
                if state != "known":
                    return (UNKNOWN if state == "unknown" else NO), False
                return self.eval(dict(cond, **{key: have}), spot, flip)
        if str(cond.get("path", "")).startswith("subject."):
            return self.subject.eval(dict(cond, path=cond["path"][8:]), self.subject.scene.root, flip)
        return super().eval(cond, spot, flip)

    def reach(self, spot, path):
        if path.startswith("subject."):
            return self.subject.scene.look(self.subject.scene.root, evaluate.parse_path(path[8:]))
        return self.scene.look(spot, evaluate.parse_path(path))

    def joined(self, cond):
        """(partners, may there be others)"""
        graph, me, before = self.graph, self.instance(), self.scene.before
        kinds = cond["related"] if isinstance(cond["related"], list) else [cond["related"]]
        if "by_my" in cond:
            return graph.edges(me, cond["by_my"], kinds, before, self.strict)
        others = graph.those(kinds, before)
        if cond.get("in_plan"):
            return [o for o in others if graph.provider(o) == graph.provider(me)], not before and not graph.complete
        if "name_matches" in cond:
            return self.matching(cond["name_matches"], others)
        partners, open_ = [], not before and not graph.complete
        for other in others:
            ends, more = graph.edges(other, cond["where_its"], [me.type], before, self.strict)
            if any(e is me for e in ends):
                partners.append(other)
            open_ |= more
        return partners, open_

    def matching(self, names, others):
        """Partners with a pattern that covers a text of mine."""
        before, how = self.scene.before, names.get("how", "glob")
        me = self.instance()
        state, mine = look(me.value(before), me.mask(before), names["mine"].split("."))
        partners, open_ = [], not before and not self.graph.complete
        if state == "unset":
            return [], False
        for other in others:
            theirs, patterns = look(other.value(before), other.mask(before),
                                    names["its"].replace("[*]", "").split("."))
            covers = {"glob": lambda p, t: fnmatch.fnmatchcase(t, p.replace("[", "[[]")),
                      "equals": lambda p, t: p == t, "prefix": lambda p, t: t.startswith(p),
                      "regex": lambda p, t: re.search(p, t), "contains": lambda p, t: p in t}[how]
            if any(covers(p, t) for p in patterns for t in mine):
                partners.append(other)
            elif "unknown" in (state, theirs):
                open_ = True
        return partners, open_

    def whichever(self, cond, quantifier):
        """I refer to one of them or to none: what all of that comes to, if it is one thing."""
        none = {True: YES, False: NO, "unknown": UNKNOWN}[
            cond.get("if_none", quantifier in ("every", "none"))]
        kinds = cond["related"] if isinstance(cond["related"], list) else [cond["related"]]
        answers = {none}
        for other in self.graph.those(kinds, self.scene.before):
            scene = evaluate.Scene(self.scene.plan, other.record, self.scene.before)
            judge = type(self)(scene, other.type, self.defaults, self.parameters, self.now, self.subject)
            truth, error = judge.eval(cond["satisfies"], scene.root)
            if error:
                return UNKNOWN, False
            answers.add(2 - truth if quantifier == "none" else truth)
        return (answers.pop() if len(answers) == 1 else UNKNOWN), False

    def related(self, cond):
        partners, open_ = self.joined(cond)
        self.subject.partners += [p.address for p in partners]
        if not partners and not open_ and "if_none" in cond:
            return {True: YES, False: NO, "unknown": UNKNOWN}[cond["if_none"]], False
        parts = []
        for partner in partners:
            if "satisfies" not in cond:
                parts.append((YES, False))
                continue
            scene = evaluate.Scene(self.scene.plan, partner.record, self.scene.before)
            judge = type(self)(scene, partner.type, self.defaults, self.parameters, self.now, self.subject)
            parts.append(judge.eval(cond["satisfies"], scene.root))
        quantifier = cond.get("quantifier", "some")
        if open_ and not partners and "by_my" in cond and "satisfies" in cond and self.graph.complete:
            return self.whichever(cond, quantifier)
        if open_:
            parts.append((UNKNOWN, False))
        neutral = (YES if quantifier == "every" else NO, False)
        truth, error = self.join([neutral] + parts, quantifier == "every")
        return (2 - truth if quantifier == "none" else truth), error

    def default(self, cond, found, spot):
        """An account setting of the same provider comes before the table."""
        path = self.names(found[3]) if found[0] == "unset" else ""
        governed = GOVERNED.get((self.kind, path))
        if found[0] == "unset" and "default" not in cond and governed:
            mine = self.graph.provider(self.instance())
            for other in self.graph.by_type.get(governed[0], []):
                if self.graph.provider(other) == mine and isinstance(other.value(self.scene.before), dict):
                    value = other.value(self.scene.before).get(governed[1])
                    if value not in (None, ""):
                        return ("defaulted", value, False, found[3], None)
        return super().default(cond, found, spot)


class Plan(evaluate.Plan):
    """Tags that the provider adds are not omitted where they cannot be seen."""
    def origin(self, record, trail):
        if trail and trail[0][1] == "tags_all":
            graph = Judge.graph
            key = graph.provider(next(i for i in graph.instances if i.record is record))
            tags = graph.providers.get(key, {}).get("expressions", {}).get("default_tags")
            if tags and "constant_value" not in tags[0].get("tags", {}):
                return "opaque", None
        return super().origin(record, trail)


GOVERNED = {}


def read_policies(path):
    """(controls, defaults), of a file or of all below a folder"""
    path = pathlib.Path(path)
    controls, defaults = [], {}
    for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
        for document in evaluate.yaml.load_all(file.read_text(), evaluate.Loader):
            controls += evaluate.controls_of(document)
            for entry in document.get("defaults") or []:
                key = (entry["resource"], entry["path"])
                defaults[key] = entry["value"]
                if "governed_by" in entry:
                    governed = entry["governed_by"]
                    GOVERNED[key] = (governed["resource"], governed["path"])
    return controls, defaults


def main():
    arguments = sys.argv[1:]
    show = "--partners" in arguments
    Judge.strict = "--strict" in arguments
    arguments = [a for a in arguments if not a.startswith("--")]
    controls, defaults = read_policies(arguments[0])
    digest = evaluate.read_digest(arguments[1])
    evaluate.Plan, evaluate.Judge = Plan, Judge
    for name in arguments[2:]:
        with open(name, encoding="utf-8-sig") as file:
            document = json.load(file, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
        Judge.graph = Graph(document)
        if show:
            plan = Plan(document, digest)
            for control in controls:
                for instance in Judge.graph.instances:
                    if evaluate.selects(control, instance.record) and isinstance(instance.value(False), dict):
                        scene = evaluate.Scene(plan, instance.record, False)
                        judge = Judge(scene, instance.type, defaults)
                        judge.eval(control["assert"], scene.root)
                        for partner in sorted(set(judge.partners)):
                            print(control["id"], instance.address, partner, sep="\t")
            continue
        for row in sorted(evaluate.run(controls, defaults, digest, document)):
            print(*row, sep="\t")


if __name__ == "__main__":
    main()
