/*
 * Blocks become ranges of addresses, sorted and joined where they touch, so
 * that two halves of the internet are the internet, and that each block is
 * found in a list of them by bisection.
 */
#include "op/cidr.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "op/equal.h"

enum { ADDRESS_MOST = 46, FAMILY_4 = 4, FAMILY_6 = 6 };

static bool
prefix_read(unsigned *out, struct str digits, unsigned most)
{
	unsigned bits = 0;

	if (digits.len == 0 || digits.len > 3 ||
	    (digits.len > 1 && digits.ptr[0] == '0'))
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		bits = bits * 10 + (unsigned)(digits.ptr[i] - '0');
	}
	*out = bits;
	return bits <= most;
}

static bool
address_bytes(uint8_t out[16], struct str text, int family)
{
	char name[ADDRESS_MOST];

	if (text.len >= sizeof(name) || memchr(text.ptr, 0, text.len))
		return false;
	memcpy(name, text.ptr, text.len);
	name[text.len] = 0;
	return inet_pton(family, name, out) == 1;
}

bool
cidr_read(struct cidr *out, struct str text)
{
	struct cidr cidr = {{0}, {0}};
	struct str address = text, prefix = {NULL, 0};
	const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
	bool six = text.len && memchr(text.ptr, ':', text.len);
	unsigned bits = six ? 128 : 32;

	if (slash) {
		address = str_head(text, (size_t)(slash - text.ptr));
		prefix = str_from(text, address.len + 1);
	}
	if (address.len == 0 ||
	    !address_bytes(cidr.first + 1, address, six ? AF_INET6 : AF_INET) ||
	    (slash && !prefix_read(&bits, prefix, bits)))
		return false;
	cidr.first[0] = cidr.last[0] = six ? FAMILY_6 : FAMILY_4;
	for (unsigned i = 0; i < 128; i++) {
		unsigned bit = 0x80U >> (i % 8), at = 1 + i / 8;

		if (i >= bits)
			cidr.first[at] = (uint8_t)(cidr.first[at] & ~bit);
		cidr.last[at] = (uint8_t)(cidr.last[at] |
		    (i >= bits ? bit : cidr.first[at] & bit));
	}
	*out = cidr;
	return true;
}

static int
address_cmp(const uint8_t a[17], const uint8_t b[17])
{
	return memcmp(a, b, 17);
}

static int
cidr_cmp(const void *a, const void *b)
{
	const struct cidr *left = a, *right = b;

	return address_cmp(left->first, right->first);
}

/* A list of blocks, or one, with what is in it that is none. */
struct blocks {
	struct cidr *items;
	size_t count;
	bool open; /* something unknown */
	bool bad;  /* something that is no block */
};

static void
add_block(struct blocks *blocks, struct seen seen, struct buf *scratch)
{
	if (seen_unknown(seen))
		blocks->open = true;
	else if (value_kind(seen.value) != NODE_STRING ||
	    !cidr_read(&blocks->items[blocks->count],
		value_text(seen.value, scratch)))
		blocks->bad = true;
	else
		blocks->count++;
}

/* False without memory. */
static bool
blocks_read(struct blocks *blocks, struct seen seen, struct buf *scratch)
{
	struct seen_iter it = seen_each(seen);
	bool list = value_kind(seen.value) == NODE_ARRAY;
	size_t most = list ? value_count(seen.value) : 1;

	*blocks = (struct blocks){.open = list && seen_open(seen)};
	blocks->items = calloc(most + 1, sizeof(*blocks->items));
	if (!blocks->items) {
		scratch->failed = true;
		return false;
	}
	if (!list)
		add_block(blocks, seen, scratch);
	while (list && seen_step(&it))
		add_block(blocks, it.seen, scratch);
	return !scratch->failed;
}

/* Is next at most one behind last? */
static bool
touches(const uint8_t last[17], const uint8_t next[17])
{
	uint8_t behind[17];
	size_t i = 17;

	if (address_cmp(next, last) <= 0)
		return true;
	memcpy(behind, last, sizeof(behind));
	while (i > 1 && ++behind[--i] == 0)
		;
	return address_cmp(next, behind) == 0;
}

static void
blocks_join(struct blocks *blocks)
{
	struct cidr *items = blocks->items;
	size_t count = 0;

	qsort(items, blocks->count, sizeof(*items), cidr_cmp);
	for (size_t i = 0; i < blocks->count; i++) {
		struct cidr *before = count ? &items[count - 1] : NULL;

		if (!before || before->first[0] != items[i].first[0] ||
		    !touches(before->last, items[i].first))
			items[count++] = items[i];
		else if (address_cmp(items[i].last, before->last) > 0)
			memcpy(before->last, items[i].last, 17);
	}
	blocks->count = count;
}

/* The last range of the joined list that begins at or before address. */
static const struct cidr *
range_before(const struct blocks *blocks, const uint8_t address[17])
{
	size_t least = 0, most = blocks->count;

	while (least < most) {
		size_t middle = least + (most - least) / 2;

		if (address_cmp(blocks->items[middle].first, address) <= 0)
			least = middle + 1;
		else
			most = middle;
	}
	return least ? &blocks->items[least - 1] : NULL;
}

static bool
is_within(const struct cidr *block, const struct blocks *ranges)
{
	const struct cidr *range = range_before(ranges, block->first);

	return range && address_cmp(block->last, range->last) <= 0;
}

static bool
overlaps(const struct cidr *block, const struct blocks *ranges)
{
	const struct cidr *range = range_before(ranges, block->last);

	return range && address_cmp(range->last, block->first) >= 0;
}

/* Does one of the ranges hold every address of a family? */
static bool
is_internet(const struct blocks *ranges)
{
	struct cidr every;

	for (size_t i = 0; i < ranges->count; i++) {
		bool six = ranges->items[i].first[0] == FAMILY_6;

		if (cidr_read(&every, six ? STR("::/0") : STR("0.0.0.0/0")) &&
		    memcmp(&every, &ranges->items[i], sizeof(every)) == 0)
			return true;
	}
	return false;
}

/* The answer that one known block decides, or what the others leave open. */
static enum op_answer
decide(bool decided, enum op_answer answer, const struct blocks *blocks,
    const char **why)
{
	if (decided)
		return answer;
	if (blocks->bad) {
		*why = "holds what is no CIDR block such as 10.0.0.0/8";
		return ANSWER_INVALID;
	}
	if (blocks->open)
		return ANSWER_UNKNOWN;
	return answer == ANSWER_YES ? ANSWER_NO : ANSWER_YES;
}

static enum op_answer
against(const struct blocks *blocks, struct value wanted, bool within,
    struct buf *scratch, const char **why)
{
	struct seen seen = {.value = wanted};
	struct blocks ranges;
	bool decided = false, bad;

	if (!blocks_read(&ranges, seen, scratch)) {
		free(ranges.items);
		return ANSWER_UNKNOWN;
	}
	blocks_join(&ranges);
	for (size_t i = 0; i < blocks->count && !decided; i++)
		decided = within ? !is_within(&blocks->items[i], &ranges)
				 : overlaps(&blocks->items[i], &ranges);
	bad = ranges.bad;
	free(ranges.items);
	if (bad) {
		*why = "is compared with what is no CIDR block";
		return ANSWER_INVALID;
	}
	return decide(decided, within ? ANSWER_NO : ANSWER_YES, blocks, why);
}

static enum op_answer
ask(struct blocks *blocks, struct value argument, struct buf *scratch,
    const char **why)
{
	struct value_iter it = value_each(argument);
	enum op_answer answer;

	value_step(&it);
	if (!value_is(it.key, STR("internet")))
		return against(blocks, it.value,
		    value_is(it.key, STR("within")), scratch, why);
	blocks_join(blocks);
	answer = decide(is_internet(blocks), ANSWER_YES, blocks, why);
	if (value_kind(it.value) == NODE_FALSE && answer != ANSWER_INVALID)
		answer = (enum op_answer)(ANSWER_YES - answer);
	return answer;
}

enum op_answer
op_cidr(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	enum op_answer answer = ANSWER_UNKNOWN;
	struct blocks blocks;

	if (value_kind(seen->value) == NODE_OBJECT) {
		*why = "is a map, not a CIDR block or a list of them";
		return ANSWER_INVALID;
	}
	if (blocks_read(&blocks, *seen, scratch))
		answer = ask(&blocks, args->argument, scratch, why);
	free(blocks.items);
	if (answer == ANSWER_INVALID && value_kind(seen->value) != NODE_ARRAY &&
	    blocks.bad)
		*why = "is no CIDR block such as 10.0.0.0/8";
	return answer;
}
