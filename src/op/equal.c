/*
 * Two sides with their masks are compared part by part, and the parts' answers
 * joined by the smaller one: a known part that differs decides, whatever is
 * unknown beside it.  A literal is a side without masks.
 */
#include "op/equal.h"

#include "base/decimal.h"

static bool
is_bool(struct value v)
{
	return value_kind(v) == NODE_TRUE || value_kind(v) == NODE_FALSE;
}

bool
value_number(struct decimal *out, struct value v, struct buf *scratch)
{
	if (value_kind(v) == NODE_NUMBER)
		return decimal_read(out, value_raw(v));
	return value_kind(v) == NODE_STRING &&
	       decimal_read(out, value_text(v, scratch));
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
same_ignoring_case(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

static bool
same_folded_text(struct value a, struct value b, struct buf *scratch)
{
	struct buf other = {0};
	struct str x = value_text(a, scratch), y = value_text(b, &other);
	bool same = x.ptr && y.ptr && same_ignoring_case(x, y);

	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	return same;
}

/* A boolean against anything: only another, or its word. */
static bool
same_bool(struct value b, struct value v, bool strictly)
{
	bool yes = value_kind(b) == NODE_TRUE;

	if (is_bool(v))
		return value_kind(v) == value_kind(b);
	return !strictly && value_is(v, yes ? STR("true") : STR("false"));
}

static bool
same_number(struct value a, struct value b, struct buf *scratch)
{
	struct decimal x, y;

	/* One of them is no text, so that scratch is used once. */
	if (value_kind(a) == value_kind(b) &&
	    str_eq(value_raw(a), value_raw(b)))
		return true;
	return value_number(&x, a, scratch) && value_number(&y, b, scratch) &&
	       decimal_cmp(&x, &y) == 0;
}

static bool
same_scalar(struct value a, struct value b, const struct op_args *args,
    struct buf *scratch)
{
	if (value_kind(a) <= NODE_NULL || value_kind(b) <= NODE_NULL)
		return a.node && value_kind(a) == value_kind(b);
	if (is_bool(a))
		return same_bool(a, b, args->strictly);
	if (is_bool(b))
		return same_bool(b, a, args->strictly);
	if (value_kind(a) == NODE_STRING && value_kind(b) == NODE_STRING) {
		if (args->ignoring_case || value_any_case(a) ||
		    value_any_case(b))
			return same_folded_text(a, b, scratch);
		return value_is(a, value_text(b, scratch));
	}
	if (args->strictly && value_kind(a) != value_kind(b))
		return false;
	return same_number(a, b, scratch);
}

/* The most that an element may be equal to one of the list. */
static enum op_answer
among(struct seen element, struct seen list, const struct op_args *args,
    struct buf *scratch)
{
	struct seen_iter it = seen_each(list);
	enum op_answer most = seen_open(list) ? ANSWER_UNKNOWN : ANSWER_NO;

	while (most != ANSWER_YES && seen_step(&it)) {
		enum op_answer one =
		    seen_equal(element, it.seen, args, scratch);

		most = one > most ? one : most;
	}
	return most;
}

/* What is known of an open list, in no order, must be possible in the other. */
static enum op_answer
same_open_list(struct seen a, struct seen b, const struct op_args *args,
    struct buf *scratch)
{
	enum { PAIRS_MOST = 10000000 };
	struct seen_iter it = seen_each(a);

	if (value_count(a.value) &&
	    value_count(b.value) > PAIRS_MOST / value_count(a.value))
		return ANSWER_UNKNOWN;
	while (seen_step(&it)) {
		if (among(it.seen, b, args, scratch) == ANSWER_NO)
			return ANSWER_NO;
	}
	return ANSWER_UNKNOWN;
}

static enum op_answer
same_list(struct seen a, struct seen b, const struct op_args *args,
    struct buf *scratch)
{
	struct seen_iter left = seen_each(a), right = seen_each(b);
	enum op_answer result = ANSWER_YES;

	if (seen_open(a) || seen_open(b))
		return answer_and(seen_open(a)
				      ? same_open_list(a, b, args, scratch)
				      : ANSWER_UNKNOWN,
		    seen_open(b) ? same_open_list(b, a, args, scratch)
				 : ANSWER_UNKNOWN);
	if (value_count(a.value) != value_count(b.value))
		return ANSWER_NO;
	while (result != ANSWER_NO && seen_step(&left) && seen_step(&right))
		result = answer_and(
		    result, seen_equal(left.seen, right.seen, args, scratch));
	return result;
}

static bool
is_there(struct seen seen)
{
	return seen.value.node || seen_unknown(seen);
}

/* Every member of a, against the same of b. */
static enum op_answer
same_members(struct seen a, struct seen b, const struct op_args *args,
    struct buf *scratch)
{
	struct seen_iter it = seen_each(a);
	enum op_answer result = ANSWER_YES;

	while (result != ANSWER_NO && seen_step(&it)) {
		struct str name = value_text(it.it.key, scratch);
		struct seen other = seen_member(b, name);

		if (scratch->failed)
			return ANSWER_UNKNOWN;
		result = answer_and(result,
		    is_there(other) ? seen_equal(it.seen, other, args, scratch)
				    : ANSWER_NO);
	}
	return result;
}

/* A member that only the mask has is there, and its value is unknown. */
static enum op_answer
same_masked_members(struct seen a, struct seen b, struct buf *scratch)
{
	struct value_iter it = value_each(a.unknown);
	enum op_answer result = ANSWER_YES;

	while (result != ANSWER_NO && value_step(&it)) {
		struct str name = value_text(it.key, scratch);

		if (scratch->failed)
			return ANSWER_UNKNOWN;
		if (value_kind(it.value) != NODE_TRUE ||
		    value_member(a.value, name).node)
			continue;
		result =
		    is_there(seen_member(b, name)) ? ANSWER_UNKNOWN : ANSWER_NO;
	}
	return result;
}

static enum op_answer
same_map(struct seen a, struct seen b, const struct op_args *args,
    struct buf *scratch)
{
	enum op_answer result = same_members(a, b, args, scratch);
	struct seen_iter it = seen_each(b);

	/* Members of both are compared already: now what b alone has. */
	while (result != ANSWER_NO && seen_step(&it)) {
		struct str name = value_text(it.it.key, scratch);

		if (scratch->failed)
			return ANSWER_UNKNOWN;
		if (!is_there(seen_member(a, name)))
			result = ANSWER_NO;
		else if (!value_member(a.value, name).node)
			result = ANSWER_UNKNOWN;
	}
	result = answer_and(result, same_masked_members(a, b, scratch));
	result = answer_and(result, same_masked_members(b, a, scratch));
	if (seen_open(a) || seen_open(b) || a.absent_is_unknown ||
	    b.absent_is_unknown)
		result = answer_and(result, ANSWER_UNKNOWN);
	return result;
}

enum op_answer
seen_equal(struct seen a, struct seen b, const struct op_args *args,
    struct buf *scratch)
{
	if (seen_unknown(a) || seen_unknown(b))
		return ANSWER_UNKNOWN;
	if (!value_is_container(a.value) && !value_is_container(b.value))
		return same_scalar(a.value, b.value, args, scratch) ? ANSWER_YES
								    : ANSWER_NO;
	if (value_kind(a.value) != value_kind(b.value))
		return ANSWER_NO;
	return value_kind(a.value) == NODE_ARRAY
		   ? same_list(a, b, args, scratch)
		   : same_map(a, b, args, scratch);
}

bool
value_equal(struct value a, struct value b, const struct op_args *args)
{
	struct buf scratch = {0};
	bool same =
	    seen_equal((struct seen){.value = a}, (struct seen){.value = b},
		args, &scratch) == ANSWER_YES;

	buf_free(&scratch);
	return same;
}
