/*
 * Each operator answers for a value that is there; what is unset or unknown as
 * a whole never comes here.  Elements of a list may be unknown: they leave open
 * what they could decide.
 */
#include "op/op.h"

#include "base/decimal.h"

static const char not_single[] = "is a list or map, not a single value";
static const char not_list[] = "is not a list";
static const char not_map[] = "is not a map";
static const char not_number[] = "is not a number";
static const char too_hard[] = "takes the pattern beyond its match limit";

static enum op_answer
answer(bool yes)
{
	return yes ? ANSWER_YES : ANSWER_NO;
}

static enum op_answer
invalid(const char **why, const char *text)
{
	*why = text;
	return ANSWER_INVALID;
}

/* --- Single values --- */

static enum op_answer
op_equals(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	bool same;

	(void)scratch;
	if (value_is_container(seen->value) &&
	    !value_is_container(args->argument))
		return invalid(why, not_single);
	same = value_equal(seen->value, args->argument, args);
	if (!same && seen_partly_unknown(*seen))
		return ANSWER_UNKNOWN;
	return answer(same);
}

static enum op_answer
op_equals_ignoring_case(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct op_args folded = *args;

	folded.ignoring_case = true;
	return op_equals(seen, &folded, scratch, why);
}

static bool
listed(struct value v, struct value list, const struct op_args *args)
{
	struct value_iter it = value_each(list);

	while (value_step(&it)) {
		if (value_equal(v, it.value, args))
			return true;
	}
	return false;
}

static enum op_answer
op_in(const struct seen *seen, const struct op_args *args, struct buf *scratch,
    const char **why)
{
	(void)scratch;
	if (value_is_container(seen->value))
		return invalid(why, not_single);
	return answer(listed(seen->value, args->argument, args));
}

/* --- Order --- */

static bool
amount(struct decimal *out, struct value v, struct buf *scratch)
{
	if (value_kind(v) == NODE_NUMBER)
		return decimal_read(out, value_raw(v));
	return value_kind(v) == NODE_STRING &&
	    decimal_read(out, value_text(v, scratch));
}

static bool
compare(int *order, const struct seen *seen, struct value limit,
    struct buf *scratch)
{
	struct buf other = {0};
	struct decimal have, want;
	bool ok = amount(&have, seen->value, scratch) &&
	    amount(&want, limit, &other);

	if (ok)
		*order = decimal_cmp(&have, &want);
	buf_free(&other);
	return ok;
}

static enum op_answer
op_less_than(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int order;

	if (!compare(&order, seen, args->argument, scratch))
		return invalid(why, not_number);
	return answer(order < 0);
}

static enum op_answer
op_greater_than(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int order;

	if (!compare(&order, seen, args->argument, scratch))
		return invalid(why, not_number);
	return answer(order > 0);
}

static enum op_answer
op_between(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int least, most;

	if (!compare(&least, seen, value_item(args->argument, 0), scratch) ||
	    !compare(&most, seen, value_item(args->argument, 1), scratch))
		return invalid(why, not_number);
	return answer(least >= 0 && most <= 0);
}

/* --- Text --- */

/* Text, or the way a number or boolean is written; ptr NULL for containers. */
static struct str
text_of(struct value v, struct buf *scratch)
{
	switch (value_kind(v)) {
	case NODE_STRING:
		return value_text(v, scratch);
	case NODE_NUMBER:
		return value_raw(v);
	case NODE_TRUE:
		return STR("true");
	case NODE_FALSE:
		return STR("false");
	case NODE_NONE:
	case NODE_NULL:
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	return (struct str){NULL, 0};
}

typedef bool text_test(struct str text, struct str wanted);

static enum op_answer
test_text(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why, text_test *test)
{
	struct buf other = {0};
	struct str text = text_of(seen->value, scratch), wanted;
	enum op_answer result = ANSWER_INVALID;

	if (!text.ptr)
		return invalid(why, not_single);
	wanted = text_of(args->argument, &other);
	if (wanted.ptr)
		result = answer(test(text, wanted));
	else
		*why = not_single;
	buf_free(&other);
	return result;
}

static bool
has_text(struct str text, struct str wanted)
{
	size_t at;

	return str_find(text, wanted, &at);
}

static bool
fits_glob(struct str text, struct str pattern)
{
	return str_glob(pattern, text);
}

static enum op_answer
op_starts_with(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	return test_text(seen, args, scratch, why, str_starts);
}

static enum op_answer
op_ends_with(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	return test_text(seen, args, scratch, why, str_ends);
}

static enum op_answer
op_contains_text(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	return test_text(seen, args, scratch, why, has_text);
}

static enum op_answer
op_glob(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	return test_text(seen, args, scratch, why, fits_glob);
}

static enum op_answer
op_matches(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct str text = text_of(seen->value, scratch);
	bool ok, match;

	if (!text.ptr)
		return invalid(why, not_single);
	match = regex_match(args->regex, text, &ok);
	return ok ? answer(match) : invalid(why, too_hard);
}

/* --- Lists and maps --- */

/* Is it among the elements? */
static enum op_answer
has_element(const struct seen *seen, struct value wanted,
    const struct op_args *args)
{
	struct seen_iter it = seen_each(*seen);
	enum op_answer result = ANSWER_NO;

	while (seen_step(&it)) {
		if (seen_unknown(it.seen))
			result = ANSWER_UNKNOWN;
		else if (value_equal(it.seen.value, wanted, args))
			return ANSWER_YES;
	}
	/* A mask over the whole list leaves open what else is in it. */
	if (value_kind(seen->unknown) == NODE_TRUE)
		result = ANSWER_UNKNOWN;
	return result;
}

static bool
is_list(const struct seen *seen)
{
	return value_kind(seen->value) == NODE_ARRAY;
}

static enum op_answer
op_contains(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	(void)scratch;
	if (!is_list(seen))
		return invalid(why, not_list);
	return has_element(seen, args->argument, args);
}

/* The least or the most of has_element over the argument's values. */
static enum op_answer
has_elements(const struct seen *seen, const struct op_args *args, bool all)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = all ? ANSWER_YES : ANSWER_NO;

	while (value_step(&it)) {
		enum op_answer one = has_element(seen, it.value, args);

		if (all ? one < result : one > result)
			result = one;
	}
	return result;
}

static enum op_answer
op_contains_all(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	(void)scratch;
	return is_list(seen) ? has_elements(seen, args, true)
			     : invalid(why, not_list);
}

static enum op_answer
op_contains_any(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	(void)scratch;
	return is_list(seen) ? has_elements(seen, args, false)
			     : invalid(why, not_list);
}

static enum op_answer
op_subset_of(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct seen_iter it = seen_each(*seen);
	enum op_answer result = ANSWER_YES;

	(void)scratch;
	if (!is_list(seen))
		return invalid(why, not_list);
	while (seen_step(&it)) {
		if (seen_unknown(it.seen))
			result = ANSWER_UNKNOWN;
		else if (!listed(it.seen.value, args->argument, args))
			return ANSWER_NO;
	}
	if (value_kind(seen->unknown) == NODE_TRUE)
		result = ANSWER_UNKNOWN;
	return result;
}

static enum op_answer
op_unique(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter a = value_each(seen->value);
	bool wanted = value_kind(args->argument) == NODE_TRUE;

	(void)scratch;
	if (!is_list(seen))
		return invalid(why, not_list);
	while (value_step(&a)) {
		struct value_iter b = a;

		if (value_kind(a.value) == NODE_NULL)
			continue;
		while (value_step(&b)) {
			if (value_equal(a.value, b.value, args))
				return answer(!wanted);
		}
	}
	if (seen_partly_unknown(*seen))
		return ANSWER_UNKNOWN;
	return answer(wanted);
}

static enum op_answer
op_length(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	size_t length = value_count(seen->value);

	(void)scratch;
	if (!value_is_container(seen->value))
		return invalid(why, "is neither list nor map");
	if (value_kind(seen->unknown) == NODE_TRUE)
		return ANSWER_UNKNOWN;
	return answer(op_in_range(length, args->argument));
}

static enum op_answer
has_name(const struct seen *seen, struct value key, struct buf *scratch)
{
	struct str name = text_of(key, scratch);
	struct seen member = seen_member(*seen, name);

	return answer(member.value.node || seen_unknown(member));
}

static enum op_answer
op_has_key(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	if (value_kind(seen->value) != NODE_OBJECT)
		return invalid(why, not_map);
	return has_name(seen, args->argument, scratch);
}

static enum op_answer
op_has_keys(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);

	if (value_kind(seen->value) != NODE_OBJECT)
		return invalid(why, not_map);
	while (value_step(&it)) {
		if (has_name(seen, it.value, scratch) != ANSWER_YES)
			return ANSWER_NO;
	}
	return ANSWER_YES;
}

bool
op_in_range(size_t number, struct value limits)
{
	struct value_iter it = value_each(limits);
	char digits[24];
	size_t at = sizeof(digits);
	struct decimal have, limit;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	decimal_read(&have, (struct str){digits + at, sizeof(digits) - at});
	while (value_step(&it)) {
		int order;

		if (!decimal_read(&limit, value_raw(it.value)))
			return false;
		order = decimal_cmp(&have, &limit);
		if (value_is(it.key, STR("at_least")) ? order < 0
			: value_is(it.key, STR("at_most")) ? order > 0
							   : order != 0)
			return false;
	}
	return true;
}

static const struct op ops[] = {
    {"equals", OP_VALUE, ARG_ANY, op_equals, false,
	"the value is this one"},
    {"not_equals", OP_VALUE, ARG_ANY, op_equals, true,
	"the value is set and another"},
    {"in", OP_VALUE, ARG_LIST, op_in, false, "the value is one of these"},
    {"not_in", OP_VALUE, ARG_LIST, op_in, true,
	"the value is set and none of these"},
    {"equals_ignoring_case", OP_VALUE, ARG_SCALAR, op_equals_ignoring_case,
	false, "the text is this one, upper and lower case alike"},
    {"set", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the value is there and not null, \"\", [] or {}"},
    {"written", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the configuration has an expression for it"},
    {"known", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the value does not wait for apply"},
    {"less_than", OP_ORDER, ARG_NUMBER, op_less_than, false,
	"the number is less"},
    {"at_most", OP_ORDER, ARG_NUMBER, op_greater_than, true,
	"the number is this or less"},
    {"greater_than", OP_ORDER, ARG_NUMBER, op_greater_than, false,
	"the number is greater"},
    {"at_least", OP_ORDER, ARG_NUMBER, op_less_than, true,
	"the number is this or greater"},
    {"between", OP_ORDER, ARG_RANGE, op_between, false,
	"the number is from the first to the second"},
    {"matches", OP_TEXT, ARG_PATTERN, op_matches, false,
	"the pattern (PCRE2) is found in the text"},
    {"not_matches", OP_TEXT, ARG_PATTERN, op_matches, true,
	"the text is set and does not match"},
    {"starts_with", OP_TEXT, ARG_TEXT, op_starts_with, false,
	"the text begins so"},
    {"ends_with", OP_TEXT, ARG_TEXT, op_ends_with, false,
	"the text ends so"},
    {"contains_text", OP_TEXT, ARG_TEXT, op_contains_text, false,
	"the text has this in it"},
    {"glob", OP_TEXT, ARG_TEXT, op_glob, false,
	"the whole text fits a pattern of * and ?"},
    {"contains", OP_LIST, ARG_SCALAR, op_contains, false,
	"the list has this element"},
    {"contains_all", OP_LIST, ARG_LIST, op_contains_all, false,
	"the list has each of these"},
    {"contains_any", OP_LIST, ARG_LIST, op_contains_any, false,
	"the list has one of these"},
    {"contains_none", OP_LIST, ARG_LIST, op_contains_any, true,
	"the list is set and has none of these"},
    {"subset_of", OP_LIST, ARG_LIST, op_subset_of, false,
	"every element is one of these"},
    {"unique", OP_LIST, ARG_BOOL, op_unique, false,
	"no element is there twice"},
    {"length", OP_LIST, ARG_LENGTH, op_length, false,
	"the number of elements is at_least, at_most, equals"},
    {"has_key", OP_LIST, ARG_TEXT, op_has_key, false,
	"the map has this key"},
    {"has_keys", OP_LIST, ARG_LIST, op_has_keys, false,
	"the map has each of these keys"},
};

const struct op *
op_find(struct str name)
{
	for (size_t i = 0; i < COUNTOF(ops); i++) {
		if (str_eq(str_of(ops[i].name), name))
			return &ops[i];
	}
	return NULL;
}

size_t
op_count(void)
{
	return COUNTOF(ops);
}

const struct op *
op_at(size_t index)
{
	return &ops[index];
}
