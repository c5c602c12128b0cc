#!/usr/bin/env python3
"""Compare the program with the second opinion on random conditions and values.

usage: differential.py PROGRAM PAIRS [SEED]   (needs PyYAML)

Policies of random controls judge plans of random resources, in batches.  Every
verdict and change class that differs from evaluate.py's is printed with what
led to it; the exit status is 1 if there was one.
"""
import json, pathlib, random, subprocess, sys, tempfile
import evaluate
from operators import Number

CONTROLS, RESOURCES = 200, 100
TYPES = ["aws_t", "aws_u"]
NOW = "2026-01-01T00:00:00Z"
ABSENT = object()
rng = random.Random()


def write(value):
    """JSON, which is YAML too, with numbers as they were written."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(json.dumps(k) + ": " + write(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    return json.dumps(value)


def chance(share):
    return rng.random() < share


def some(items, least=1, most=3):
    return [rng.choice(items) for _ in range(rng.randint(least, most))]


# --- values -----------------------------------------------------------------

N = Number
NUMBERS = [N(t) for t in ("0", "1", "2", "-1", "1.0", "2.50", "10", "22", "443", "1e2", "0.1", "65535",
                          "9007199254740993")]
TEXTS = ["a", "A", "ab", "aB", "b", "1", "1.0", "2", "22", "443", "true", "false", "x*", "-1", "k", "\u00e9", "a\nb",
         "007", "+1", " 1", "9007199254740993", "\u00c4"]
SCALARS = NUMBERS + TEXTS + [True, False]
BLOCKS = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3", "11.0.0.0/8",
          "192.168.0.0/16", "1.2.3.4/0", "::/0", "::/1", "8000::/1", "fd00::/8", "fd00::1", "2001:db8::/32",
          "255.255.255.255/32", "0.0.0.0", "192.0.0.0/2", "128.0.0.0/2", "::ffff:10.0.0.0/104"]
NO_BLOCKS = ["10.0.0.0/33", "x", "10.0.0/8", "010.0.0.0/8", "10.0.0.0/08", "fe80::1%eth0", "*", "::/129", "10.0.0.0/8 "]
VERSIONS = ["1", "1.9", "1.10", "1.28", "1.28.0", "v1.28.3", "1.29.3", "2.0.0-rc.1", "2.0.0-rc.2", "2.0.0-alpha", "2.0.0",
            "2.0.0-rc.1.1", "2.0.0-1", "8.0.28", "8.0.mysql_aurora.3.04.0", "8.0.mysql_aurora.3.05.2", "6.x", "6.2",
            "1.28+build", "13.11", "01.09"]
NO_VERSIONS = ["latest", "1.", "v", "1..2", "1-", "1.2 "]
DATES = ["2026-01-01", "2026-01-31", "2026-01-30", "2026-01-31T00:00:00Z", "2026-01-30T23:59:59Z", "2025-12-31T23:59:59Z",
         "2026-01-01T01:00:00+02:00", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.50Z", "2026-01-01T00:00:00.49Z",
         "2024-02-29", "1969-12-31T12:00:00Z", "1969-12-31", "2026-01-01t00:00:00-05:30"]
NO_DATES = ["2026-02-30", "2026-01-31T00:00:00", "soon", "now", "2026-1-1", "2023-02-29", "2026-01-01T24:00:00Z"]
LIMIT_DATES = DATES + ["now", "now+30d", "now-1h", "now+1w", "now-8766h"]
PORTS = [N(t) for t in ("0", "21", "22", "23", "443", "-1", "65535", "22.0", "21.5", "70000")] + ["22", "ssh", None]
PROTOCOLS = ["tcp", "-1", "all", "ALL", "6", N("-1"), N("6"), "icmp", None, "-1.0"]

EMPTY = [None, "", [], {}]
POOLS = {"s": SCALARS, "o": SCALARS, "n": NUMBERS + ["1", "22", "x"], "c": BLOCKS + NO_BLOCKS[:3], "v": VERSIONS + NO_VERSIONS[:2],
         "d": DATES + NO_DATES[:2], "f": PORTS, "t": PORTS, "p": PROTOCOLS}
SINGLE = list(POOLS)
LISTS = ["l", "cl"]
EXPRESSIONS = [None, {"references": ["aws_k.k.arn", "aws_k.k"]},
               {"references": ["aws_k.k.arn", "aws_k.k", "aws_b.b.id", "aws_b.b"]}, {"references": ["local.x"]},
               {"references": ["var.x"]}, {}, "constant"]


def single(name):
    return rng.choice(POOLS[name])


def member(pool):
    """(value, mask) of an element or member."""
    if chance(0.15):
        return None, True
    if chance(0.05):
        return None, False
    return rng.choice(pool), False


def element_list(pool):
    pairs = [member(pool) for _ in range(rng.randint(0, 4))]
    if chance(0.1):
        return [v for v, m in pairs if v is not None], True
    return [v for v, _ in pairs], [m for _, m in pairs]


def element_map():
    value, mask = {}, {}
    for key in rng.sample(["k", "a", "1", "k2"], rng.randint(0, 3)):
        found, masked = member(SCALARS)
        if masked:
            mask[key] = True
        else:
            value[key] = found
    return value, mask


def block():
    value, mask = {}, {}
    for key in ("k", "n", "s", "c", "f", "t", "p", "l"):
        if chance(0.12):
            mask[key] = True
        elif chance(0.1):
            value[key] = None
        elif chance(0.9):
            value[key] = [single("c") for _ in range(rng.randint(0, 2))] if key == "l" else \
                rng.choice([N("1"), N("2")]) if key == "k" else \
                rng.choice([N("1"), N("2"), N("3"), N("2.0"), "10", "x"]) if key == "n" else single(key)
    return value, mask


def attribute(name):
    """(value or ABSENT, mask, expression or None)"""
    expression = rng.choice(EXPRESSIONS)
    if chance(0.06):
        return ABSENT, False, None
    if chance(0.08):
        return rng.choice(EMPTY), False, None
    if chance(0.16):
        if expression == "constant":
            expression = {"constant_value": rng.choice(SCALARS + EMPTY)}
        return ABSENT, True, expression
    if name == "l":
        return *element_list(SCALARS), None
    if name == "cl":
        return *element_list(BLOCKS * 4 + NO_BLOCKS), None
    if name == "m":
        return *element_map(), None
    if name == "b":
        blocks = [(None, True) if chance(0.05) else block() for _ in range(rng.randint(0, 4))]
        if chance(0.08):
            return [v for v, _ in blocks if v is not None], True, None
        return [v for v, _ in blocks], [m for _, m in blocks], None
    if name == "e":
        value, mask = block()
        return [value], [mask], None
    if chance(0.05):
        return rng.choice([[N("1")], {"k": N("1")}]), False, None
    return single(name), False, None


NAMES = SINGLE + LISTS + ["m", "b", "e"]


def resource(index):
    after, mask, expressions = {}, {}, {}
    for name in NAMES:
        value, masked, expression = attribute(name)
        if value is not ABSENT:
            after[name] = value
        if masked is not False:
            mask[name] = masked
        if expression is not None:
            expressions[name] = expression
    before = None
    if chance(0.3):
        before = {name: v for name in NAMES for v, m, _ in [attribute(name)] if v is not ABSENT}
    kind = rng.choice(TYPES)
    identity = {"address": f"{kind}.r{index}", "mode": "managed", "type": kind, "name": f"r{index}"}
    change = {"actions": ["update" if before is not None else "create"], "before": before, "after": after,
              "after_unknown": mask, "after_sensitive": {n: True for n in NAMES if chance(0.05)}}
    return dict(identity, change=change), dict(identity, expressions=expressions)


def plan():
    pairs = [resource(i) for i in range(RESOURCES)]
    return {"format_version": "1.2", "resource_changes": [p[0] for p in pairs],
            "configuration": {"root_module": {"resources": [p[1] for p in pairs]}},
            "complete": True, "timestamp": NOW}


# --- conditions -------------------------------------------------------------

PATHS = SINGLE + LISTS + ["m", "b", "e", "e.k", "e.s", "e.c", "b[0].k", "b[1].s", "l[0]", "l[9]", 'm["k"]', "m.a", "zz", "s.k"]
INSIDE = ["k", "n", "s", "c", "f", "l", "."]


def path(inside):
    return rng.choice(INSIDE if inside else PATHS)


def stand_in(literal, inside, parameters, share=0.12):
    """The literal, a value of the plan, or a parameter."""
    if chance(share):
        return {"value_of": path(inside)}
    if chance(0.08) and parameters is not None and "value_of" not in write(literal) and "param" not in write(literal):
        name = f"p{len(parameters)}"
        parameters[name] = {"default": rng.choice(EMPTY[:3]) if chance(0.2) else literal}
        return {"param": name}
    return literal


def scalars(inside, parameters):
    return stand_in([stand_in(s, inside, parameters, 0.05) for s in some(SCALARS)], inside, parameters, 0.08)


def limits(pool, inside, parameters):
    words = rng.sample(["at_least", "at_most", "greater_than", "less_than", "equals"], rng.choice([1, 1, 1, 2]))
    return {w: stand_in(rng.choice(pool), inside, None, 0.1) for w in words}


def sizes(inside):
    choice = rng.choice(["at_least", "at_most", "equals", "both"])
    if choice == "both":
        return {"at_least": N("1"), "at_most": N(str(rng.randint(1, 3)))}
    return {choice: stand_in(N(str(rng.randint(0, 3))), inside, None, 0.1)}


def operator(inside, parameters):
    """{name: argument}, with its own companions."""
    one = lambda literal: stand_in(literal, inside, parameters)
    text = lambda: one(rng.choice(["a", "1", "x", "b", "ab", "A"]))
    number = lambda: one(rng.choice(NUMBERS))
    least, most = sorted(rng.sample([N("0"), N("1"), N("2.5"), N("22"), N("100")], 2))
    return rng.choice([
        lambda: {"equals": one(rng.choice(SCALARS + [[N("1"), "a"], {"k": N("1")}, ["a"]]))},
        lambda: {"not_equals": one(rng.choice(SCALARS))},
        lambda: {"in": scalars(inside, parameters)},
        lambda: {"not_in": scalars(inside, parameters)},
        lambda: {"equals_ignoring_case": one(rng.choice(SCALARS))},
        lambda: {"set": chance(0.5)},
        lambda: {"known": chance(0.5)},
        lambda: {"less_than": number()},
        lambda: {"at_most": number()},
        lambda: {"greater_than": number()},
        lambda: {"at_least": number()},
        lambda: {"between": [stand_in(least, inside, None), stand_in(most, inside, None)]},
        lambda: {"matches": rng.choice(["^a", "b$", "1", "[ab]", "."])},
        lambda: {"not_matches": rng.choice(["^a", "b$", "1", "[ab]", "."])},
        lambda: {"starts_with": text()},
        lambda: {"ends_with": text()},
        lambda: {"contains_text": text()},
        lambda: {"glob": rng.choice(["a*", "*b", "?", "1*", "*", "x[*]", "x*"])},
        lambda: {"contains": one(rng.choice(SCALARS))},
        lambda: {"contains_all": scalars(inside, parameters)},
        lambda: {"contains_any": scalars(inside, parameters)},
        lambda: {"contains_none": scalars(inside, parameters)},
        lambda: {"subset_of": scalars(inside, parameters)},
        lambda: {"unique": chance(0.5)},
        lambda: {"length": sizes(inside)},
        lambda: {"has_key": one(rng.choice(["k", "a", "1"]))},
        lambda: {"has_keys": one(some(["k", "a", "1"]))},
        lambda: {"version": limits(VERSIONS, inside, parameters)},
        lambda: {"date": limits(LIMIT_DATES, inside, parameters)},
        lambda: {"cidr": {"internet": chance(0.7)}},
        lambda: {"cidr": {rng.choice(["within", "overlaps"]):
                          stand_in(rng.choice([some(BLOCKS), rng.choice(BLOCKS)]), inside, parameters)}},
    ])()


# The paths on which an operator is no error, most of the time.
FITTING = {"cidr": (["c", "cl", "e.c"], ["c", "l", "."]), "version": (["v"], ["s"]), "date": (["d"], ["s"]),
           "contains": (["l", "cl"], ["l"]), "contains_all": (["l"], ["l"]), "contains_any": (["l", "cl"], ["l"]),
           "contains_none": (["l"], ["l"]), "subset_of": (["l"], ["l"]), "unique": (["l", "cl"], ["l"]),
           "length": (["l", "m", "b", "cl"], ["l"]), "has_key": (["m"], ["."]), "has_keys": (["m"], ["."]),
           "less_than": (["n", "f"], ["n", "f"]), "at_least": (["n", "t"], ["n", "k"]), "at_most": (["n"], ["n"]),
           "greater_than": (["n"], ["k"]), "between": (["n", "f"], ["n"])}
DEFAULTS = {"cidr": BLOCKS, "version": VERSIONS, "date": DATES, "less_than": NUMBERS, "at_most": NUMBERS,
            "greater_than": NUMBERS, "at_least": NUMBERS, "between": NUMBERS}
COMPARES = ("equals", "not_equals", "in", "not_in", "equals_ignoring_case", "contains", "contains_all", "contains_any",
            "contains_none", "subset_of", "unique")


def leaf(inside, parameters):
    cond = operator(inside, parameters)
    name = next(iter(cond))
    good = FITTING.get(name, (SINGLE, ["s", "k", "."]))[1 if inside else 0]
    choose = lambda: rng.choice(good) if chance(0.8) else path(inside)
    if chance(0.1):
        cond[rng.choice(["any_path", "every_path"])] = [choose() for _ in range(rng.randint(1, 3))]
    elif chance(0.06):
        cond["path"] = {"aws_t": choose(), "other": choose()}
    else:
        cond["path"] = choose()
    if name in ("set", "known"):
        return cond
    if chance(0.2):
        cond["if_unset"] = chance(0.5)
    if chance(0.15):
        cond["default"] = stand_in(rng.choice(DEFAULTS.get(name, SCALARS)), inside, None, 0.2)
    if name in ("less_than", "at_most", "greater_than", "at_least", "between") and chance(0.2):
        cond["sentinel"] = some([N("0"), N("-1"), N("1")])
    if name in COMPARES and chance(0.15):
        cond["strictly"] = True
    if name in COMPARES[5:] and chance(0.2):
        cond["ignoring_case"] = True
    return cond


def port(inside, parameters):
    said = {"covers": stand_in(rng.choice([N("22"), N("443"), N("0")]), inside, parameters),
            "from": "f", "to": rng.choice(["t", "t", "t", "f"])}
    if chance(0.8):
        said["protocol"] = "p"
    return {"port": said}


def unset(cond):
    if chance(0.2):
        cond["if_unset"] = chance(0.5)
    return cond


def quantifier(inside, parameters, depth):
    kind = rng.choice(["every", "some", "none", "count", "first"])
    over = rng.choice(["l", "."]) if inside else rng.choice(["b", "b", "b", "l", "m", "cl", "e", "s"])
    if kind == "first":
        return unset({"path": over, "ordered_by": "n", "first": condition(True, parameters, depth - 1),
                      "satisfies": condition(True, parameters, depth - 1)})
    cond = {kind: over}
    if kind == "count":
        cond.update(sizes(inside))
    if kind != "count" or chance(0.7):
        cond["satisfies"] = condition(True, parameters, depth - 1)
    return unset(cond)


def condition(inside, parameters, depth):
    again = lambda: condition(inside, parameters, depth - 1)
    if depth <= 0 or chance(0.45):
        return port(inside, parameters) if chance(0.12) else leaf(inside, parameters)
    return rng.choice([
        lambda: {"all": [again() for _ in range(rng.randint(1, 3))]},
        lambda: {"any": [again() for _ in range(rng.randint(1, 3))]},
        lambda: {"not": again()},
        lambda: {"not": again()},
        lambda: {"when": again(), "then": again()},
        lambda: {"by_type": {"aws_t": again(), "other": again()}},
        lambda: {rng.choice(["always", "never"]): True},
        lambda: quantifier(inside, parameters, depth),
        lambda: quantifier(inside, parameters, depth),
        lambda: quantifier(inside, parameters, depth),
    ])()


def control(index):
    parameters = {}
    made = {"id": f"c{index}", "title": "T", "severity": "low", "resource": TYPES}
    if chance(0.15):
        made["where"] = condition(False, parameters, 1)
    made["assert"] = condition(False, parameters, 3)
    used = {k: p for k, p in parameters.items() if write({"param": k}) in write(made)}
    if used:
        made["parameters"] = used
    return made


TABLE = [{"resource": "aws_t", "path": "s", "value": "a", "by": "service"},
         {"resource": "aws_t", "path": "e.s", "value": N("1"), "by": "provider"},
         {"resource": "aws_u", "path": "c", "value": "0.0.0.0/0", "by": "service"},
         {"resource": "aws_u", "path": "b.n", "value": N("2"), "by": "service"}]


# --- comparing --------------------------------------------------------------

def verdicts(program, folder, controls, document):
    policy, file = folder / "policy.yaml", folder / "plan.json"
    # One control a line, which is YAML too; shown again where one differs.
    policy.write_text("controls:\n" + "".join(f"  - {write(c)}\n" for c in controls) +
                      "defaults:\n" + "".join(f"  - {write(d)}\n" for d in TABLE))
    file.write_text(write(document))
    run = subprocess.run([program, "check", "--no-builtin", "--no-cross-check", "--policies", policy, "--format", "ndjson",
                          "--all", file], capture_output=True, text=True)
    if run.returncode not in (0, 1, 4):
        sys.exit(f"status {run.returncode}: {run.stderr}")
    found = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record["type"] == "finding":
            found[record["control"], record["address"]] = record["raw_verdict"], record["change"]
    return found


def compare(program, folder):
    """(pairs, differences, how often each verdict came)"""
    controls, document = [control(i) for i in range(CONTROLS)], plan()
    found = verdicts(program, folder, controls, document)
    table = {(d["resource"], d["path"]): d["value"] for d in TABLE}
    pairs = differences = 0
    seen = {}
    for identity, address, verdict, change in evaluate.run(controls, table, {}, document):
        pairs += 1
        seen[verdict] = seen.get(verdict, 0) + 1
        got = found.get((identity, address), ("not applicable", change))
        if got == (verdict, change):
            continue
        differences += 1
        if differences <= 5:
            which = next(c for c in controls if c["id"] == identity)
            subject = next(r for r in document["resource_changes"] if r["address"] == address)
            written = next(r for r in document["configuration"]["root_module"]["resources"] if r["address"] == address)
            print(f"{identity} {address}: expected {verdict} {change}, found {' '.join(got)}\n  {write(which)}\n"
                  f"  {write(subject['change'])}\n  {write(written['expressions'])}")
    return pairs, differences, seen


def main():
    program, wanted = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    pairs = differences = batch = 0
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        while pairs < wanted and differences == 0:
            rng.seed(f"{seed} {batch}")
            more, bad, verdicts_seen = compare(program, pathlib.Path(folder))
            pairs, differences, batch = pairs + more, differences + bad, batch + 1
            for verdict, count in verdicts_seen.items():
                seen[verdict] = seen.get(verdict, 0) + count
    print(f"differential: {pairs} pairs, seed {seed}, {differences} differences (" +
          ", ".join(f"{count} {verdict}" for verdict, count in sorted(seen.items())) + ")")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
