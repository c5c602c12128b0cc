/*
 * Of each instance two sums over its leaves are kept: of h(path, value), and of
 * the same times a weight w(path).  If one leaf differs, the difference of the
 * second sums is that of the first times the leaf's weight, which finds its path
 * without the other value.  Addresses of the section that comes first are kept
 * front-coded (what each shares with the one before is left out), to name an
 * instance that the other section turns out not to have.  Hashes are seeded, so
 * that values that collide cannot be prepared.
 */
#include "plan/crosscheck.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "plan/safe.h"

enum section { PLANNED, CHANGES, STATE };

/* Flags of an entry: the sections that it was met in, and its fate. */
enum {
	IN_PLANNED = 1,
	IN_CHANGES = 2,
	FATE_SHIFT = 2,
	FLAGS = 15,
};

static const struct {
	const char *name;
	unsigned flag;
} sections[] = {
    [PLANNED] = {"planned_values",   IN_PLANNED},
    [CHANGES] = {"resource_changes", IN_CHANGES},
    [STATE] = {"the state",	IN_CHANGES},
};

struct sums {
	uint32_t plain, weighted;
};

struct entry {
	uint64_t key; /* hash of the address, flags in the lowest bits */
	struct sums sums;
};

/* An instance as one section tells of it. */
struct told {
	enum section section;
	struct str address, deposed;
	struct value value; /* VALUE_NONE: as if empty */
	enum fate fate;
	size_t module;
};

struct crosscheck {
	bool compare, begun;
	uint64_t seed;
	struct entry *entries; /* open addressing; key 0 is free */
	size_t count, cap;
	enum section first; /* the one that came first, once begun */
	struct buf log;	    /* its addresses */
	struct buf last;    /* the latest of them */
	struct buf scratch;
	/* While looking for the leaf that differs. */
	struct sums difference;
	struct buf path;
};

struct crosscheck *
crosscheck_new(bool compare)
{
	struct crosscheck *check = calloc(1, sizeof(*check));

	if (!check)
		return NULL;
	check->compare = compare;
	check->seed = (uint64_t)(uintptr_t)check * 0x9e3779b97f4a7c15;
	return check;
}

void
crosscheck_free(struct crosscheck *check)
{
	if (!check)
		return;
	free(check->entries);
	buf_free(&check->log);
	buf_free(&check->last);
	buf_free(&check->scratch);
	buf_free(&check->path);
	free(check);
}

/* --- Hashes --- */

static const uint64_t prime = UINT64_C(0x9fb21c651e98df25);
static const uint64_t other_prime = UINT64_C(0xff51afd7ed558ccd);

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ b) * prime;

	/* Once more: a product carries its highest bytes no further. */
	h = (h ^ h >> 32) * other_prime;
	return h ^ h >> 29;
}

static inline uint64_t
load(const char *bytes, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, bytes, len);
	return word;
}

/*
 * To be mixed with something.  Most keys and values are short: two words, the
 * second may overlap, and neither product waits for the other.
 */
static inline uint64_t
bytes_draft(struct str s, uint64_t seed)
{
	uint64_t hash = seed ^ s.len * prime, low, high;

	if (s.len >= 8) {
		while (s.len > 16) {
			hash = mix(hash, load(s.ptr, 8));
			s = str_from(s, 8);
		}
		low = load(s.ptr, 8);
		high = load(s.ptr + s.len - 8, 8);
	} else if (s.len >= 4) {
		low = load(s.ptr, 4);
		high = load(s.ptr + s.len - 4, 4);
	} else {
		low = s.len ? (unsigned char)s.ptr[0] : 0;
		high = s.len ? (uint64_t)(unsigned char)s.ptr[s.len / 2] << 8 |
			(unsigned char)s.ptr[s.len - 1]
			     : 0;
	}
	high = (high ^ ~hash) * other_prime;
	return (low ^ hash) * prime ^ (high >> 32 | high << 32);
}

static uint64_t
bytes_hash(struct str s, uint64_t seed)
{
	return mix(seed, bytes_draft(s, seed));
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return (c | 0x20) - 'a' + 10;
}

/* An escape that stands for an ASCII character: its length, else 0. */
static size_t
short_escape(const char *p, char *meant)
{
	static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";

	*meant = p[1];
	if (p[1] == '"')
		return 2;
	if (p[1] == 'u') {
		*meant = (char)(hex_digit(p[4]) << 4 | hex_digit(p[5]));
		return p[2] == '0' && p[3] == '0' && *meant >= 0 ? 6 : 0;
	}
	for (size_t i = 0; i < sizeof(names) - 1; i++) {
		if (names[i] == p[1]) {
			*meant = bytes[i];
			return 2;
		}
	}
	return 0;
}

/* How many of eight bytes stand before the first backslash. */
static inline size_t
before_slash(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t slash = load(p, 8) ^ ones * '\\';
	size_t len = 0;

	slash = (slash - ones) & ~slash & ones * 0x80;
	if (!slash)
		return 8;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	len = (size_t)__builtin_ctzll(slash) / 8;
#else
	while (p[len] != '\\')
		len++;
#endif
	return len;
}

/* value_text for where it matters: most escapes are quotes in policies. */
static struct str
decoded(struct crosscheck *check, struct value v)
{
	struct str raw = value_raw(v);
	const char *p = raw.ptr, *end = p + raw.len;
	char *out;

	check->scratch.len = 0;
	if (!buf_reserve(&check->scratch, raw.len))
		return STR("");
	out = check->scratch.ptr;
	while (p < end) {
		size_t len = end - p >= 8 ? before_slash(p) : *p != '\\';

		if (end - p >= 8)
			memcpy(out, p, 8);
		else
			*out = *p;
		out += len;
		p += len;
		if (p == end || *p != '\\')
			continue;
		len = short_escape(p, out++);
		if (len == 0)
			return value_text(v, &check->scratch);
		p += len;
	}
	check->scratch.len = (size_t)(out - check->scratch.ptr);
	return buf_str(&check->scratch);
}

static inline uint64_t
text_draft(struct crosscheck *check, const struct node *node, const char *text,
    uint64_t seed)
{
	struct value v = {node, text};

	if (!(node->flags & NODE_ESCAPED))
		return bytes_draft(value_raw(v), seed);
	return bytes_draft(decoded(check, v), seed);
}

enum { PLAIN_MOST = 18 };

/* An integer as Terraform mostly writes one: its digits are its value. */
static bool
is_plain(struct str digits)
{
	if (digits.len > PLAIN_MOST || digits.ptr[digits.len - 1] == '0')
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
	}
	return true;
}

/* By value, however it is written. */
static uint64_t
number_hash(struct str text, uint64_t seed)
{
	struct decimal d;
	char digits[PLAIN_MOST];
	size_t len;

	if (is_plain(text))
		return bytes_hash(text, seed);
	if (!decimal_read(&d, text))
		return bytes_hash(text, seed);
	len = d.whole.len + d.fraction.len;
	if (len == 0 || len > PLAIN_MOST || d.negative ||
	    d.exponent != (int64_t)len)
		return decimal_hash(text, seed);
	memcpy(digits, d.whole.ptr, d.whole.len);
	memcpy(digits + d.whole.len, d.fraction.ptr, d.fraction.len);
	return bytes_hash((struct str){digits, len}, seed);
}

static uint64_t
leaf_hash(struct crosscheck *check, const struct node *node, const char *text)
{
	uint64_t seed = check->seed + node->kind;

	if (node->kind == NODE_STRING)
		return text_draft(check, node, text, seed);
	if (node->kind == NODE_NUMBER)
		return number_hash(value_raw((struct value){node, text}), seed);
	return seed * prime;
}

static inline uint32_t
weight_of(uint64_t path)
{
	return (uint32_t)(path >> 20) | 1;
}

/* --- Sums --- */

static inline bool
is_leaf(const struct node *node)
{
	return node->kind < NODE_ARRAY || node->n == 0;
}

static inline uint64_t
step_path(struct crosscheck *check, uint64_t path, const struct node *key,
    size_t index, const char *text)
{
	return mix(path,
	    key ? text_draft(check, key, text, check->seed) : index + 1);
}

static inline void
add_leaf(struct crosscheck *check, struct sums *sums, const struct node *node,
    const char *text, uint64_t path)
{
	uint32_t hash =
	    (uint32_t)(mix(path, leaf_hash(check, node, text)) >> 16);

	sums->plain += hash;
	sums->weighted += hash * weight_of(path);
}

static void
add_sums(struct crosscheck *check, struct sums *sums, const struct node *node,
    const char *text, uint64_t path)
{
	bool object = node->kind == NODE_OBJECT;
	size_t count = node->n;
	const struct node *next = node + 1, *key = NULL;

	if (is_leaf(node)) {
		add_leaf(check, sums, node, text, path);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		uint64_t step;

		if (object)
			key = next++;
		step = step_path(check, path, key, i, text);
		if (is_leaf(next))
			add_leaf(check, sums, next, text, step);
		else
			add_sums(check, sums, next, text, step);
		next = node_next(next);
	}
}

static struct sums
sums_of(struct crosscheck *check, struct value v)
{
	static const struct node empty = {.kind = NODE_OBJECT, .at = 1};
	struct sums sums = {0};

	if (check->compare)
		add_sums(check, &sums, v.node ? v.node : &empty, v.text,
		    check->seed);
	return sums;
}

/* --- The leaf that differs --- */

static void
path_add(struct crosscheck *check, const struct value_iter *it, size_t index)
{
	if (!it->object) {
		buf_fmt(&check->path, "[%zu]", index);
		return;
	}
	if (check->path.len)
		buf_byte(&check->path, '.');
	buf_add(&check->path, value_text(it->key, &check->scratch));
}

/* Leaves its path in check->path. */
static bool
find_leaf(struct crosscheck *check, struct value v, uint64_t path)
{
	struct value_iter it = value_each(v);
	size_t len = check->path.len;

	if (is_leaf(v.node))
		return check->difference.plain * weight_of(path) ==
		    check->difference.weighted;
	for (size_t i = 0; value_step(&it); i++) {
		path_add(check, &it, i);
		if (find_leaf(check, it.value,
			step_path(check, path, it.object ? it.key.node : NULL,
			    i, v.text)))
			return true;
		check->path.len = len;
	}
	return false;
}

/* --- The table --- */

static struct entry *
entry_of(struct entry *entries, size_t cap, uint64_t key)
{
	size_t i = (size_t)(key >> 4) & (cap - 1);

	while (entries[i].key && ((entries[i].key ^ key) & ~(uint64_t)FLAGS))
		i = (i + 1) & (cap - 1);
	return &entries[i];
}

static bool
grow(struct crosscheck *check)
{
	size_t wanted = check->cap ? check->cap * 2 : 64;
	struct entry *entries = calloc(wanted, sizeof(*entries));

	if (!entries)
		return false;
	for (size_t i = 0; i < check->cap; i++) {
		const struct entry *old = &check->entries[i];

		if (old->key)
			*entry_of(entries, wanted, old->key) = *old;
	}
	free(check->entries);
	check->entries = entries;
	check->cap = wanted;
	return true;
}

/* Never 0, and without flags. */
static uint64_t
key_of(const struct crosscheck *check, struct str address, struct str deposed,
    size_t module)
{
	uint64_t key = bytes_hash(address, check->seed + module);

	if (deposed.len)
		key = bytes_hash(deposed, key);
	key &= ~(uint64_t)FLAGS;
	return key ? key : FLAGS + 1;
}

static enum fate
fate_of(const struct entry *entry)
{
	return (enum fate)(entry->key >> FATE_SHIFT & 3);
}

/* --- The log of addresses --- */

static void
number_add(struct buf *buf, size_t number)
{
	for (; number >= 0x80; number >>= 7)
		buf_byte(buf, (char)(number | 0x80));
	buf_byte(buf, (char)number);
}

static size_t
number_take(struct str *rest)
{
	size_t number = 0;
	unsigned shift = 0;
	unsigned char byte;

	do {
		byte = (unsigned char)rest->ptr[0];
		*rest = str_from(*rest, 1);
		number |= (size_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	return number;
}

static size_t
shared_len(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len, i = 0;

	while (i + 8 <= least && load(a.ptr + i, 8) == load(b.ptr + i, 8))
		i += 8;
	while (i < least && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

static bool
log_add(struct crosscheck *check, struct str address)
{
	size_t shared = shared_len(address, buf_str(&check->last));

	number_add(&check->log, shared);
	number_add(&check->log, address.len - shared);
	check->last.len = shared;
	return buf_add(&check->log, str_from(address, shared)) &&
	    buf_add(&check->last, str_from(address, shared));
}

/* The next address of the log is in check->last afterwards. */
static bool
log_take(struct crosscheck *check, struct str *rest)
{
	size_t len;

	check->last.len = number_take(rest);
	len = number_take(rest);
	if (!buf_add(&check->last, str_head(*rest, len)))
		return false;
	*rest = str_from(*rest, len);
	return true;
}

/* --- Entries --- */

/* before ADDRESS between what */
static bool
refuse(struct tfa_error *err, const char *before, struct str address,
    const char *between, const char *what)
{
	char name[200];

	safe_print(name, sizeof(name), address);
	return error_set(err, TFA_ERR_PLAN, "%s%s%s%s", before, name, between,
	    what);
}

#define DISAGREE "planned_values and resource_changes disagree"

static bool
lacks(struct str address, enum section section, struct tfa_error *err)
{
	return refuse(err, DISAGREE ": ", address, " is not in ",
	    sections[section].name);
}

static bool
disagree(struct crosscheck *check, const struct told *told,
    struct tfa_error *err)
{
	char path[160] = "";

	check->path.len = 0;
	if (told->value.node && find_leaf(check, told->value, check->seed))
		safe_print(path, sizeof(path), buf_str(&check->path));
	return refuse(err, DISAGREE " on ", told->address,
	    path[0] ? ": " : "", path);
}

/* The other section has told of the instance, too. */
static bool
compare(struct crosscheck *check, const struct entry *entry,
    const struct told *told, struct sums sums, struct tfa_error *err)
{
	enum fate fate =
	    told->section == CHANGES ? told->fate : fate_of(entry);

	if (fate == FATE_GONE)
		return refuse(err, DISAGREE ": ", told->address,
		    " is to be removed in one and planned in the other", "");
	check->difference = (struct sums){sums.plain - entry->sums.plain,
	    sums.weighted - entry->sums.weighted};
	return (check->difference.plain == 0 &&
		   check->difference.weighted == 0) ||
	    disagree(check, told, err);
}

/* Must the other section tell of it? */
static bool
is_awaited(enum section section, enum fate fate)
{
	return section == PLANNED || fate == FATE_STAYS;
}

/* The first time that an instance is told of. */
static bool
enlist(struct crosscheck *check, struct entry *entry, const struct told *told,
    struct sums sums, struct tfa_error *err)
{
	entry->key |= (uint64_t)told->fate << FATE_SHIFT;
	entry->sums = sums;
	check->count++;
	if (!check->compare || !is_awaited(told->section, told->fate))
		return true;
	if (check->first != told->section)
		return lacks(told->address, check->first, err);
	return log_add(check, told->address) || error_nomem(err);
}

static bool
tell(struct crosscheck *check, const struct told *told, struct tfa_error *err)
{
	struct sums sums = sums_of(check, told->value);
	uint64_t key =
	    key_of(check, told->address, told->deposed, told->module);
	unsigned flag = sections[told->section].flag;
	struct entry *entry;
	bool met;

	if (check->scratch.failed ||
	    ((check->count + 1) * 4 > check->cap * 3 && !grow(check)))
		return error_nomem(err);
	if (!check->begun)
		check->first = told->section;
	check->begun = true;
	entry = entry_of(check->entries, check->cap, key);
	if (entry->key & flag)
		return refuse(err, "", told->address, " stands twice in ",
		    sections[told->section].name);
	met = entry->key != 0;
	entry->key |= key | flag;
	if (!met)
		return enlist(check, entry, told, sums, err);
	return !check->compare || compare(check, entry, told, sums, err);
}

bool
crosscheck_planned(struct crosscheck *check, struct str address,
    struct value values, struct tfa_error *err)
{
	return tell(check,
	    &(struct told){.section = PLANNED,
		.address = address,
		.value = values},
	    err);
}

bool
crosscheck_change(struct crosscheck *check, struct str address,
    struct str deposed, struct value after, enum fate fate,
    struct tfa_error *err)
{
	return tell(check,
	    &(struct told){CHANGES, address, deposed,
		fate == FATE_STAYS ? after : VALUE_NONE, fate, 0},
	    err);
}

bool
crosscheck_state(struct crosscheck *check, struct str address,
    struct str deposed, size_t module, struct tfa_error *err)
{
	return tell(check,
	    &(struct told){STATE, address, deposed, VALUE_NONE, FATE_GONE,
		module},
	    err);
}

bool
crosscheck_finish(struct crosscheck *check, struct tfa_error *err)
{
	enum section other = check->first == PLANNED ? CHANGES : PLANNED;
	struct str rest = buf_str(&check->log);

	check->last.len = 0;
	while (check->compare && rest.len) {
		uint64_t key;

		if (!log_take(check, &rest))
			return error_nomem(err);
		key = key_of(check, buf_str(&check->last), STR(""), 0);
		if (!(entry_of(check->entries, check->cap, key)->key &
			sections[other].flag))
			return lacks(buf_str(&check->last), other, err);
	}
	return true;
}
