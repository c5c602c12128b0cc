"""The operators on parts that may be unknown, networks, versions and dates.

Written from the contract with Python's ipaddress, decimal and datetime; the
order of lists in which the first match decides is found by trying every order.
"""
import datetime, decimal, ipaddress, itertools, math, re

NO, UNKNOWN, YES = 0, 1, 2


class Invalid(Exception):
    pass


class Number(decimal.Decimal):
    """A number that remembers how it was written."""
    def __new__(cls, text):
        self = super().__new__(cls, text)
        self.text = text
        return self


NUMBER = re.compile(r'-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z')


def number(value):
    if isinstance(value, bool):
        return None
    if isinstance(value, (decimal.Decimal, int)):
        return decimal.Decimal(value)
    if isinstance(value, str) and NUMBER.match(value):
        return decimal.Decimal(value)
    return None


# --- values that are partly unknown -----------------------------------------

def below(mask, key):
    """The mask below key: the first boolean decides for everything below."""
    if isinstance(mask, bool):
        return mask
    if isinstance(mask, dict):
        return mask.get(key, False)
    if isinstance(mask, list) and isinstance(key, int) and key < len(mask):
        return mask[key]
    return False


def hidden(value, mask):
    """Is the value as a whole unknown?"""
    return mask is True and value is None


def folded(text):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def same_scalar(a, b, strictly, fold):
    if a is None or b is None:
        return a is b
    if isinstance(a, str) and isinstance(b, str):
        fold = fold or getattr(a, "any_case", False) or getattr(b, "any_case", False)
        return folded(a) == folded(b) if fold else a == b
    if isinstance(a, bool) or isinstance(b, bool):
        if isinstance(a, bool) and isinstance(b, bool):
            return a == b
        flag, other = (a, b) if isinstance(a, bool) else (b, a)
        return not strictly and isinstance(other, str) and other == ("true" if flag else "false")
    if strictly and isinstance(a, str) != isinstance(b, str):
        return False
    left, right = number(a), number(b)
    return left is not None and right is not None and left == right


def same(a, b, mask=False, strictly=False, fold=False):
    """Three-valued; b is known."""
    if hidden(a, mask):
        return UNKNOWN
    if isinstance(a, list) and isinstance(b, list):
        if mask is True:
            # A set of which only some is known, in no order.
            open_ = all(any(same(x, y, False, strictly, fold) != NO for y in b) for x in a)
            return UNKNOWN if open_ else NO
        if len(a) != len(b):
            return NO
        return min([same(x, y, below(mask, i), strictly, fold)
                    for i, (x, y) in enumerate(zip(a, b))] + [YES])
    if isinstance(a, dict) and isinstance(b, dict):
        masked = {k for k, m in mask.items() if m is True} if isinstance(mask, dict) else set()
        if not set(a) <= set(b) or not masked <= set(b):
            return NO
        if not set(b) <= set(a) | masked and mask is not True:
            return NO
        parts = [same(a[k], b[k], below(mask, k), strictly, fold) for k in a]
        return min(parts + [YES if mask is not True and masked <= set(a) else UNKNOWN])
    if isinstance(a, (list, dict)) or isinstance(b, (list, dict)):
        return NO
    return YES if same_scalar(a, b, strictly, fold) else NO


def listed(value):
    if not isinstance(value, list):
        raise Invalid("no list")
    return value


def has(value, mask, wanted, strictly, fold):
    parts = [same(v, wanted, below(mask, i), strictly, fold) for i, v in enumerate(listed(value))]
    return max(parts + [UNKNOWN if mask is True else NO])


def unique(value, mask, strictly, fold):
    items = [(v, below(mask, i)) for i, v in enumerate(listed(value))]
    items = [i for i in items if hidden(*i) or i[0] is not None]
    twice = UNKNOWN if mask is True else NO
    for (a, ma), (b, mb) in itertools.combinations(items, 2):
        if any_true(ma) and any_true(mb):
            equal = UNKNOWN if hidden(a, ma) or hidden(b, mb) else both_open(a, ma, b, mb, strictly, fold)
        elif any_true(mb):
            equal = same(b, a, mb, strictly, fold)
        else:
            equal = same(a, b, ma, strictly, fold)
        twice = max(twice, equal)
    return 2 - twice


def both_open(a, ma, b, mb, strictly, fold):
    if isinstance(a, (list, dict)) or isinstance(b, (list, dict)):
        raise NotImplementedError("two elements that are partly unknown")
    return YES if same_scalar(a, b, strictly, fold) else NO


def any_true(mask):
    if isinstance(mask, dict):
        return any(map(any_true, mask.values()))
    if isinstance(mask, list):
        return any(map(any_true, mask))
    return mask is True


# --- networks ---------------------------------------------------------------

BLOCK = re.compile(r'[^/%\s]+(/(0|[1-9][0-9]*))?\Z', re.A)


def block(text):
    if not isinstance(text, str) or not BLOCK.match(text):
        return None
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def union(blocks):
    found = []
    for version in (4, 6):
        found += ipaddress.collapse_addresses(b for b in blocks if b.version == version)
    return found


def cidr(value, mask, wanted):
    if isinstance(value, dict):
        raise Invalid("a map")
    items = [(v, below(mask, i)) for i, v in enumerate(value)] if isinstance(value, list) else [(value, False)]
    open_ = isinstance(value, list) and mask is True or any(hidden(*i) for i in items)
    found = [block(v) for v, m in items if not hidden(v, m)]
    bad = None in found
    found = [b for b in found if b is not None]
    (kind, wanted), = wanted.items()
    if kind == "internet":
        everything = [ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")]
        decided, answer = any(b in everything for b in union(found)), YES
    else:
        others = [block(w) for w in (wanted if isinstance(wanted, list) else [wanted])]
        if None in others:
            raise Invalid("no block to compare with")
        others = union(others)
        if kind == "within":
            decided = not all(any(b.version == o.version and b.subnet_of(o) for o in others) for b in found)
            answer = NO
        else:
            decided, answer = any(b.version == o.version and b.overlaps(o) for b in found for o in others), YES
    if not decided:
        if bad:
            raise Invalid("no block")
        answer = UNKNOWN if open_ else 2 - answer
    return 2 - answer if kind == "internet" and wanted is False else answer


def port_number(value):
    found = number(value)
    if found is None or found != found.to_integral_value() or not -1 <= found <= 65535:
        return None
    return int(found)


def port(begin, end, protocol, wanted):
    """Each of the three is ("unset"|"unknown"|"invalid"|"known", value).

    Every value that an open end could have is tried."""
    def ends(state, value):
        if state == "unset":
            return [None], False
        if state == "known" and port_number(value) is not None:
            return [port_number(value)], False
        return [None, *sorted({-1, 0, max(wanted - 1, -1), wanted, wanted + 1, 65535})], state != "unknown"

    def covers(low, high):
        if low is None and high is None:
            return False
        low, high = (high if low is None else low), (low if high is None else high)
        return low == high == -1 or low <= wanted <= high

    lows, bad_low = ends(*begin)
    highs, bad_high = ends(*end)
    state, value = protocol
    bad = state == "invalid" or state == "known" and isinstance(value, (list, dict))
    if bad or state == "unknown":
        every = {True, False}
    else:
        every = {state == "known" and (number(value) == -1 or isinstance(value, str) and folded(value) == "all")}
    answers = {a or covers(l, h) for a in every for l in lows for h in highs}
    if answers == {True}:
        return YES
    if answers == {False}:
        return NO
    ranges = {covers(l, h) for l in lows for h in highs}
    if bad or (len(ranges) > 1 and (bad_low and begin[0] != "unset" or bad_high and end[0] != "unset")):
        raise Invalid("no port")
    return UNKNOWN


# --- versions and dates -----------------------------------------------------

VERSION = re.compile(r'[vV]?([0-9]+(?:\.[0-9A-Za-z_]+)*)(?:-([0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*))?'
                     r'(?:\+[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*)?\Z')


def version(value):
    text = getattr(value, "text", None) if isinstance(value, decimal.Decimal) else value
    match = VERSION.match(text) if isinstance(text, str) else None
    if not match:
        raise Invalid("no version")
    return match.group(1).split("."), match.group(2).split(".") if match.group(2) else None


def compare_versions(a, b):
    """-1, 0, 1, or None where there is no order."""
    for x, y in itertools.zip_longest(a[0], b[0], fillvalue="0"):
        if x == y:
            continue
        if not x.isdigit() or not y.isdigit():
            return None
        if int(x) != int(y):
            return -1 if int(x) < int(y) else 1
    if a[1] is None or b[1] is None:
        return (a[1] is None) - (b[1] is None)
    key = lambda ids: [(0, int(i), "") if i.isdigit() else (1, 0, i) for i in ids]
    left, right = key(a[1]), key(b[1])
    return (left > right) - (left < right)


FITS = {"at_least": lambda o: o >= 0, "at_most": lambda o: o <= 0, "greater_than": lambda o: o > 0,
        "less_than": lambda o: o < 0, "equals": lambda o: o == 0}


def limits(order_of, wanted):
    """All of them; an error only where none of the others says no."""
    answers = []
    for word, limit in wanted.items():
        try:
            order = order_of(limit)
            if order is None and word != "equals":
                raise Invalid("no order")
            answers.append(order is not None and FITS[word](order))
        except Invalid:
            answers.append(None)
    if False in answers:
        return NO
    if None in answers:
        raise Invalid("no limit")
    return YES


def versions(value, wanted):
    have = version(value)
    return limits(lambda limit: compare_versions(have, version(limit)), wanted)


DATE = re.compile(r'([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?'
                  r'([Zz]|[+-][0-9]{2}:[0-9]{2}))?\Z')
EPOCH = datetime.datetime(1970, 1, 1)


def date(text):
    """(seconds since 1970 as a fraction, is it a day)"""
    match = DATE.match(text) if isinstance(text, str) else None
    if not match:
        raise Invalid("no date")
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        if hour is None:
            at = datetime.datetime(int(year), int(month), int(day))
            return decimal.Decimal((at - EPOCH).days * 86400), True
        at = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        east = 0
        if zone not in "Zz":
            offset = datetime.time(int(zone[1:3]), int(zone[4:]))
            east = (offset.hour * 60 + offset.minute) * (-60 if zone[0] == "-" else 60)
    except ValueError:
        raise Invalid("no date") from None
    passed = at - EPOCH
    return passed.days * 86400 + passed.seconds - east + decimal.Decimal("0" + (fraction or "")), False


UNITS = {"h": 3600, "d": 86400, "w": 7 * 86400}


def date_limit(text, now):
    match = re.match(r'now(?:([+-])([0-9]{1,7})([hdw]))?\Z', text) if isinstance(text, str) else None
    if not match:
        return date(text)
    at, day = date(now)
    if match.group(1):
        at += int(match.group(2)) * UNITS[match.group(3)] * (1 if match.group(1) == "+" else -1)
    return at, day


def dates(value, wanted, now):
    have = date(value)

    def order(limit):
        other = date_limit(limit, now)
        left, right = have[0], other[0]
        if have[1] or other[1]:
            left, right = math.floor(left / 86400), math.floor(right / 86400)
        return (left > right) - (left < right)

    return limits(order, wanted)


# --- lists in which the first match decides ---------------------------------

def first(items, open_):
    """items: (number or None, meets, satisfies, is there an error in it).

    Every order that the numbers allow, and every way in which the unknown
    matches could turn out, is tried: (truth, error)."""
    outcomes, error = set(), False
    for chosen in itertools.product(*[[True] if m == YES else [False] if m == NO else [True, False]
                                      for _, m, _, _ in items]):
        there = [i for i, yes in zip(items, chosen) if yes]
        for order in itertools.permutations(there):
            placed = [i[0] for i in order if i[0] is not None]
            if placed != sorted(placed):
                continue
            outcomes.add(order[0][2] if order else YES)
            error |= bool(order) and order[0][3]
    if outcomes == {YES} or outcomes == {NO}:
        return (UNKNOWN if open_ else outcomes.pop()), False
    return UNKNOWN, error
