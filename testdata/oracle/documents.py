"""What text inside a plan says: json(), yaml(), base64(), policy() of the contract.

Part of evaluate.py; see there.  Unknown parts of a deferred policy document are
UNKNOWN here, and its masks are made from that.
"""
import base64, fnmatch, json, re
import yaml


class Unreadable(Exception):
    pass


class AnyCase(str):
    """Text that means the same in upper and lower case."""
    any_case = True


class Unknown:
    def __repr__(self):
        return "UNKNOWN"


UNKNOWN = Unknown()


# --- functions --------------------------------------------------------------

def unique(pairs):
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("a name twice")
    return made


def constant(name):
    raise Unreadable(name)


def read_json(text, **how):
    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=constant, **how)
    except ValueError:
        raise Unreadable("no JSON")


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, without what hides the meaning."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise Unreadable("alias")
        event = self.peek_event()
        if event.anchor or event.tag and event.tag != "!":
            raise Unreadable("anchor or tag")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        keys = [k.value for k, _ in node.value]
        if len(set(map(str, keys))) != len(keys) or "<<" in keys:
            raise Unreadable("keys")
        return {k.value: self.construct_object(v, True) for k, v in node.value}


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$"), list("-0123456789"))
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, True))


def read_yaml(text):
    try:
        if text.lstrip()[:1] in ("{", "["):
            return read_json(text)
    except Unreadable as err:
        if str(err) == "a name twice":
            raise
    try:
        return yaml.load(text, Core)
    except yaml.YAMLError:
        raise Unreadable("no YAML")


def read_base64(text):
    try:
        return base64.b64decode(re.sub(r"[\r\n]", "", text), validate=True).decode()
    except ValueError:
        raise Unreadable("no base64")


# --- policies ---------------------------------------------------------------

MEMBERS = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
           "Resource", "NotResource", "Condition"]


def folded(value, names):
    """Members by IAM's own names, whatever their case."""
    if not isinstance(value, dict):
        raise Unreadable("no object")
    made = {}
    for key, member in value.items():
        found = [n for n in names if n.lower() == key.lower()]
        if not found or found[0] in made:
            raise Unreadable("member " + key)
        made[found[0]] = member
    return made


def texts(value):
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(v, str) for v in listed):
        raise Unreadable("no texts")
    return listed


def from_json(text):
    document = folded(read_json(text), ["Id", "Version", "Statement"])
    if "Statement" not in document:
        return []
    listed = document["Statement"]
    return [from_statement(s) for s in (listed if isinstance(listed, list) else [listed])]


def from_statement(value):
    has = folded(value, MEMBERS)
    made = {"sid": None, "effect": has.get("Effect", "Allow"), "principals": [], "conditions": [],
            "except": "NotPrincipal" in has}
    if made["effect"] not in ("Allow", "Deny"):
        raise Unreadable("effect")
    if "Sid" in has:
        made["sid"] = has["Sid"]
        if not isinstance(has["Sid"], str):
            raise Unreadable("sid")
    for name in ("Action", "NotAction", "Resource", "NotResource"):
        made[name] = texts(has[name]) if name in has else []
    principal = has.get("Principal", {})
    if isinstance(principal, str):
        principal = {principal: principal}
    if not isinstance(principal, dict):
        raise Unreadable("principal")
    for kind, names in principal.items():
        made["principals"] += [(kind, n) for n in texts(names)]
    tests = has.get("Condition", {})
    if not isinstance(tests, dict) or not all(isinstance(t, dict) for t in tests.values()):
        raise Unreadable("condition")
    for test, keys in tests.items():
        for key, values in keys.items():
            values = values if isinstance(values, list) else [values]
            if any(v is None or isinstance(v, (list, dict)) for v in values):
                raise Unreadable("values")
            made["conditions"].append((test, key, values))
    return made


def merge(value, mask):
    """A planned value with UNKNOWN where only the mask says something."""
    if mask is True and value is None:
        return UNKNOWN
    if isinstance(mask, dict):
        value = dict(value or {})
        for key, below in mask.items():
            value[key] = merge(value.get(key), below)
    elif isinstance(value, list):
        below = mask if isinstance(mask, list) else [False] * len(value)
        value = [merge(v, m) for v, m in zip(value, below)] + ([UNKNOWN] if mask is True else [])
    return value


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def from_blocks(value, mask):
    """Statements of an aws_iam_policy_document as planned; UNKNOWN for one that may be anything."""
    data = merge(value, mask)
    groups = []
    for name in ("source_json", "source_policy_documents", "statement",
                 "override_json", "override_policy_documents"):
        if name == "statement":
            groups.append([from_block(b) for b in listed(data.get(name))])
            continue
        for text in listed(data.get(name)):
            groups.append([UNKNOWN] if text is UNKNOWN else from_json(text) if text else [])
    made = []
    for number, group in enumerate(groups):
        later = [s for g in groups[number + 1:] for s in g]
        for statement in group:
            if statement is not UNKNOWN:
                sid = statement["sid"]
                others = [UNKNOWN if o is UNKNOWN else o["sid"] for o in later]
                if sid is not UNKNOWN and sid and sid in [o for o in others if o is not UNKNOWN]:
                    continue
                if sid is UNKNOWN and any(others) or sid and sid is not UNKNOWN and UNKNOWN in others:
                    statement = UNKNOWN
            made.append(statement)
    return made


def from_block(block):
    if block is UNKNOWN:
        return UNKNOWN
    made = {"sid": block.get("sid"), "effect": block.get("effect") or "Allow",
            "principals": [], "conditions": []}
    for name, key in (("Action", "actions"), ("NotAction", "not_actions"),
                      ("Resource", "resources"), ("NotResource", "not_resources")):
        made[name] = block.get(key) if block.get(key) is UNKNOWN else listed(block.get(key))
    others = block.get("not_principals")
    made["except"] = UNKNOWN if others is UNKNOWN else bool(others)
    for principal in listed(block.get("principals")):
        names = UNKNOWN if principal is UNKNOWN else principal.get("identifiers")
        if names is UNKNOWN:
            made["principals"].append(UNKNOWN)
        else:
            made["principals"] += [(principal.get("type"), n) for n in listed(names)]
    for condition in listed(block.get("condition")):
        made["conditions"].append(condition if condition is UNKNOWN else
                                  (condition.get("test"), condition.get("variable"), condition.get("values")))
    return made


# --- who --------------------------------------------------------------------

FIXED = ("aws:principalaccount aws:principalorgid aws:principalservicename aws:principalservicenameslist "
         "aws:sourceaccount aws:sourceorgid aws:sourceowner aws:sourcevpc aws:sourcevpce aws:vpceaccount "
         "aws:vpceorgid kms:calleraccount s3:dataaccesspointaccount").split()
ARNS = ("aws:principalarn aws:sourcearn aws:sourcevpcarn elasticfilesystem:accesspointarn "
        "lambda:sourcefunctionarn s3:dataaccesspointarn").split()
PATHS = ["aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"]
BOOLS = ["aws:principalisawsservice", "elasticfilesystem:accessedviamounttarget"]
OWN = ["${aws:resourceaccount}", "${aws:resourceorgid}"]


def fixed(value):
    return value != "" and not re.search(r"[*?]", value) and ("${" not in value or value.lower() in OWN)


def narrow(key, value):
    value = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    if key in FIXED:
        return fixed(value)
    if key in ARNS:
        parts = value.split(":")
        return fixed(value) or parts[0] == "arn" and len(parts) > 4 and fixed(parts[4])
    if key in PATHS:
        return fixed(value.split("/")[0])
    if key == "aws:userid":
        return fixed(value.split(":")[0])
    if key == "sns:endpoint":
        return re.fullmatch(r"[*?]*", value) is None
    if key in BOOLS:
        return value.lower() == "true"
    if key == "aws:sourceip":
        address, slash, bits = value.partition("/")
        return fixed(value) and (not slash or bits.isdigit() and int(bits) >= (32 if ":" in address else 8))
    return False


def lowest(parts):
    return False if False in parts else UNKNOWN if UNKNOWN in parts else True


def highest(parts):
    return True if True in parts else UNKNOWN if UNKNOWN in parts else False


def values_are(values, wanted):
    if values is UNKNOWN:
        return UNKNOWN
    if not listed(values):
        return False
    return lowest([v if v is UNKNOWN else bool(wanted(v)) for v in listed(values)])


def restricts(conditions):
    def one(condition):
        if condition is UNKNOWN or condition[0] is UNKNOWN:
            return UNKNOWN
        test, key, values = condition
        test = test.lower()
        plain = re.sub(r"^(forallvalues|foranyvalue):|ifexists$", "", test)
        lax = test.startswith("forallvalues:") or test.endswith("ifexists")
        fits = {"bool": BOOLS, "ipaddress": ["aws:sourceip"]}.get(plain)
        if plain in ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"):
            fits = FIXED + ARNS + PATHS + ["aws:userid", "sns:endpoint"]
        if not fits:
            return False
        if key is UNKNOWN:
            return UNKNOWN
        key = key.lower()
        if key not in fits:
            return False
        result = values_are(values, lambda v: narrow(key, v))
        if lax:
            there = [UNKNOWN if c is UNKNOWN or UNKNOWN in (c[0], c[1]) else
                     values_are(c[2], lambda v: str(v).lower() == "false")
                     if (c[0].lower(), c[1].lower()) == ("null", key) else False for c in conditions]
            result = lowest([result, highest(there)])
        return result
    return highest([one(c) for c in conditions])


def anyone(statement):
    def one(principal):
        if principal is UNKNOWN or principal[1] is UNKNOWN:
            return UNKNOWN
        name = principal[1]
        parts = name.split(":")
        return re.fullmatch(r"[*?]+", name) is not None or \
            parts[0] == "arn" and len(parts) > 4 and re.search(r"[*?]", parts[4]) is not None
    effect = statement["effect"]
    allows = UNKNOWN if effect is UNKNOWN else effect == "Allow"
    return highest([one(p) for p in statement["principals"]] + [lowest([statement["except"], allows])])


def normal(statement):
    if statement is UNKNOWN:
        return UNKNOWN
    words = lambda value: value if value is UNKNOWN else \
        [v if v is UNKNOWN else AnyCase(v) for v in value]
    word = lambda value: AnyCase(value) if isinstance(value, str) else value
    return {"sid": statement["sid"], "effect": statement["effect"],
            "actions": words(statement["Action"]), "not_actions": words(statement["NotAction"]),
            "resources": statement["Resource"], "not_resources": statement["NotResource"],
            "principals": [p if p is UNKNOWN else {"type": p[0], "identifier": p[1]}
                           for p in statement["principals"]],
            "anyone": anyone(statement),
            "conditions": [c if c is UNKNOWN else
                           {"test": word(c[0]), "variable": word(c[1]),
                            "values": c[2] if c[2] is UNKNOWN else listed(c[2])}
                           for c in statement["conditions"]],
            "restricts_caller": restricts(statement["conditions"])}


def split(value):
    """Value and mask of something with UNKNOWN in it."""
    if value is UNKNOWN:
        return None, True
    if isinstance(value, dict):
        parts = {k: split(v) for k, v in value.items()}
        return {k: v for k, (v, _) in parts.items()}, {k: m for k, (_, m) in parts.items()}
    if isinstance(value, list):
        parts = [split(v) for v in value]
        return [v for v, _ in parts], [m for _, m in parts]
    return value, False


def policy(statements):
    return split({"statements": [normal(s) for s in statements]})


def call(name, text):
    """(value, mask)"""
    if not isinstance(text, str):
        raise Unreadable("no text")
    if name == "policy":
        return policy(from_json(text))
    return {"json": read_json, "yaml": read_yaml, "base64": read_base64}[name](text), False


def covers(statement, mask, action):
    """True, False or UNKNOWN."""
    if not isinstance(statement, dict) or "restricts_caller" not in statement:
        raise Unreadable("no statement")
    whole = merge(statement, mask)

    def fits(patterns):
        if patterns is UNKNOWN:
            return UNKNOWN
        return highest([p if p is UNKNOWN else
                        fnmatch.fnmatchcase(action.lower(), re.sub(r"([\[\]])", r"[\1]", p.lower()))
                        for p in patterns])
    without = fits(whole["not_actions"])
    some = UNKNOWN if whole["not_actions"] is UNKNOWN else bool(whole["not_actions"])
    return highest([fits(whole["actions"]),
                    lowest([some, UNKNOWN if without is UNKNOWN else not without])])
