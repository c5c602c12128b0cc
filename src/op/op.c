/*
 * Each operator answers for a value that is there; what is unset or unknown as
 * a whole never comes here.  Elements of a list may be unknown: they leave open
 * what they could decide.
 */
#include "op/op.h"

#include "base/decimal.h"
#include "op/cidr.h"
#include "op/date.h"
#include "op/equal.h"
#include "op/iam.h"
#include "op/version.h"

/* What an operator wants, and what a value is instead. */
enum wanted { SINGLE, NUMBER, LIST, MAP, LIST_OR_MAP };

/* Three for each: of a single value, of a list, of a map. */
static const char *const misfits[] = {
    "is not a single value",
    "is a list, not a single value",
    "is a map, not a single value",
    "is not a number",
    "is a list, not a number",
    "is a map, not a number",
    "is a single value, not a list",
    "is not a list",
    "is a map, not a list",
    "is a single value, not a map",
    "is a list, not a map",
    "is not a map",
    "is a single value, not a list or map",
    "is not a list or map",
    "is not a list or map",
};

static enum op_answer
answer(bool yes)
{
	return yes ? ANSWER_YES : ANSWER_NO;
}

static enum op_answer
misfit(const char **why, const struct seen *seen, enum wanted wanted)
{
	enum node_kind kind = value_kind(seen->value);
	size_t column = kind == NODE_OBJECT ? 2 : kind == NODE_ARRAY;

	*why = misfits[3 * wanted + column];
	return ANSWER_INVALID;
}

static struct seen
literal(struct value v)
{
	return (struct seen){.value = v};
}

/* --- Single values --- */

static enum op_answer
op_equals(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	if (value_is_container(seen->value) &&
	    !value_is_container(args->argument))
		return misfit(why, seen, SINGLE);
	return seen_equal(*seen, literal(args->argument), args, scratch);
}

static enum op_answer
op_equals_ignoring_case(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct op_args folded = *args;

	folded.ignoring_case = true;
	return op_equals(seen, &folded, scratch, why);
}

static enum op_answer
listed(struct seen seen, struct value list, const struct op_args *args,
    struct buf *scratch)
{
	struct value_iter it = value_each(list);
	enum op_answer result = ANSWER_NO;

	while (result != ANSWER_YES && value_step(&it))
		result = answer_or(
		    result, seen_equal(seen, literal(it.value), args, scratch));
	return result;
}

static enum op_answer
op_in(const struct seen *seen, const struct op_args *args, struct buf *scratch,
    const char **why)
{
	if (value_is_container(seen->value))
		return misfit(why, seen, SINGLE);
	return listed(*seen, args->argument, args, scratch);
}

/* --- Order --- */

static bool
compare(int *order, const struct seen *seen, struct value limit,
    struct buf *scratch)
{
	struct buf other = {0};
	struct decimal have, want;
	bool ok = value_number(&have, seen->value, scratch) &&
	    value_number(&want, limit, &other);

	if (ok)
		*order = decimal_cmp(&have, &want);
	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	return ok;
}

static enum op_answer
op_less_than(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int order;

	if (!compare(&order, seen, args->argument, scratch))
		return misfit(why, seen, NUMBER);
	return answer(order < 0);
}

static enum op_answer
op_greater_than(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int order;

	if (!compare(&order, seen, args->argument, scratch))
		return misfit(why, seen, NUMBER);
	return answer(order > 0);
}

static enum op_answer
op_between(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	int least, most;

	if (!compare(&least, seen, value_item(args->argument, 0), scratch) ||
	    !compare(&most, seen, value_item(args->argument, 1), scratch))
		return misfit(why, seen, NUMBER);
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

/* Where case means nothing, both are compared in lower case. */
static bool
fold(struct str *text, struct buf *folded)
{
	folded->len = 0;
	if (!buf_reserve(folded, text->len))
		return false;
	for (size_t i = 0; i < text->len; i++) {
		char c = text->ptr[i];

		buf_byte(folded,
		    c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
	}
	*text = buf_str(folded);
	return true;
}

typedef bool text_test(struct str text, struct str wanted);

static enum op_answer
test_text(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why, text_test *test)
{
	struct buf other = {0}, folded[2] = {{0}, {0}};
	struct str text = text_of(seen->value, scratch), wanted;
	bool holds;

	if (!text.ptr)
		return misfit(why, seen, SINGLE);
	wanted = text_of(args->argument, &other);
	if (value_any_case(seen->value) && wanted.ptr &&
	    (!fold(&text, &folded[0]) || !fold(&wanted, &folded[1])))
		scratch->failed = true;
	holds = wanted.ptr && test(text, wanted);
	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	buf_free(&folded[0]);
	buf_free(&folded[1]);
	return answer(holds);
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

	if (!text.ptr)
		return misfit(why, seen, SINGLE);
	switch (regex_find(args->regex, text)) {
	case REGEX_NO:
		return ANSWER_NO;
	case REGEX_YES:
		return ANSWER_YES;
	case REGEX_NOMEM:
		scratch->failed = true;
		break;
	case REGEX_LIMIT:
		break;
	}
	*why = "takes the pattern beyond its match limit";
	return ANSWER_INVALID;
}

/* --- Lists and maps --- */

/* As many elements as can be compared one with another. */
static bool
comparable(size_t left, size_t right, const char **why)
{
	enum { PAIRS_MOST = 10000000 };

	if (left == 0 || right <= PAIRS_MOST / left)
		return true;
	*why = "has more elements than can be compared with each other";
	return false;
}

/* A list that can be compared with the argument, element by element. */
static bool
is_list_for(
    const struct seen *seen, const struct op_args *args, const char **why)
{
	if (value_kind(seen->value) == NODE_ARRAY)
		return comparable(value_count(seen->value),
		    value_count(args->argument), why);
	misfit(why, seen, LIST);
	return false;
}

/* Is it among the elements? */
static enum op_answer
has_element(const struct seen *seen, struct value wanted,
    const struct op_args *args, struct buf *scratch)
{
	struct seen_iter it = seen_each(*seen);
	enum op_answer result = seen_open(*seen) ? ANSWER_UNKNOWN : ANSWER_NO;

	while (result != ANSWER_YES && seen_step(&it))
		result = answer_or(result,
		    seen_equal(it.seen, literal(wanted), args, scratch));
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
	if (!is_list(seen))
		return misfit(why, seen, LIST);
	return has_element(seen, args->argument, args, scratch);
}

static enum op_answer
op_contains_all(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = ANSWER_YES;

	if (!is_list_for(seen, args, why))
		return ANSWER_INVALID;
	while (value_step(&it))
		result = answer_and(
		    result, has_element(seen, it.value, args, scratch));
	return result;
}

static enum op_answer
op_contains_any(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = ANSWER_NO;

	if (!is_list_for(seen, args, why))
		return ANSWER_INVALID;
	while (value_step(&it))
		result = answer_or(
		    result, has_element(seen, it.value, args, scratch));
	return result;
}

static enum op_answer
op_subset_of(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct seen_iter it = seen_each(*seen);
	enum op_answer result = seen_open(*seen) ? ANSWER_UNKNOWN : ANSWER_YES;

	if (!is_list_for(seen, args, why))
		return ANSWER_INVALID;
	while (result != ANSWER_NO && seen_step(&it))
		result = answer_and(
		    result, listed(it.seen, args->argument, args, scratch));
	return result;
}

/* Nothing is not an element that could be there twice. */
static bool
is_nothing(struct seen seen)
{
	return value_kind(seen.value) == NODE_NULL && !seen_unknown(seen);
}

/* Is one of the elements behind at equal to the one that it is at? */
static enum op_answer
comes_again(
    const struct seen_iter *at, const struct op_args *args, struct buf *scratch)
{
	struct seen_iter rest = *at;
	enum op_answer result = ANSWER_NO;

	while (result != ANSWER_YES && seen_step(&rest)) {
		if (!is_nothing(rest.seen))
			result = answer_or(result,
			    seen_equal(at->seen, rest.seen, args, scratch));
	}
	return result;
}

static enum op_answer
op_unique(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct seen_iter it = seen_each(*seen);
	enum op_answer twice = seen_open(*seen) ? ANSWER_UNKNOWN : ANSWER_NO;

	if (!is_list(seen))
		return misfit(why, seen, LIST);
	if (!comparable(value_count(seen->value) / 2,
		value_count(seen->value), why))
		return ANSWER_INVALID;
	while (twice != ANSWER_YES && seen_step(&it)) {
		if (!is_nothing(it.seen))
			twice =
			    answer_or(twice, comes_again(&it, args, scratch));
	}
	if (twice == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	return answer(
	    (twice == ANSWER_NO) == (value_kind(args->argument) == NODE_TRUE));
}

/* Keys whose values are unknown stand in the mask alone. */
static size_t
masked_keys(const struct seen *map, struct buf *scratch)
{
	struct value_iter it = value_each(map->unknown);
	size_t count = 0;

	while (value_step(&it)) {
		struct str name = value_text(it.key, scratch);

		if (value_kind(it.value) == NODE_TRUE &&
		    !value_member(map->value, name).node)
			count++;
	}
	return count;
}

static enum op_answer
op_length(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	size_t length = value_count(seen->value);

	if (!value_is_container(seen->value))
		return misfit(why, seen, LIST_OR_MAP);
	if (seen_open(*seen))
		return ANSWER_UNKNOWN;
	if (!is_list(seen)) {
		if (seen->absent_is_unknown)
			return ANSWER_UNKNOWN;
		length += masked_keys(seen, scratch);
	}
	return answer(op_in_range(length, args->argument));
}

static enum op_answer
has_name(const struct seen *map, struct value key, struct buf *scratch)
{
	struct str name = text_of(key, scratch);
	struct seen member = seen_member(*map, name);

	if (member.value.node)
		return ANSWER_YES;
	if (seen_open(*map) || map->absent_is_unknown)
		return ANSWER_UNKNOWN;
	return answer(seen_unknown(member));
}

static enum op_answer
op_has_key(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	if (value_kind(seen->value) != NODE_OBJECT)
		return misfit(why, seen, MAP);
	return has_name(seen, args->argument, scratch);
}

static enum op_answer
op_has_keys(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = ANSWER_YES;

	if (value_kind(seen->value) != NODE_OBJECT)
		return misfit(why, seen, MAP);
	while (value_step(&it))
		result = answer_and(result, has_name(seen, it.value, scratch));
	return result;
}

/* --- Statements of policies --- */

static enum op_answer
op_covers_action(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	static const enum op_answer answers[] = {
	    [NO] = ANSWER_NO, [UNKNOWN] = ANSWER_UNKNOWN, [YES] = ANSWER_YES};

	if (!iam_is_statement(seen->value)) {
		*why = "is no statement of policy(...)";
		return ANSWER_INVALID;
	}
	return answers[iam_covers(seen, value_raw(args->argument), scratch)];
}

static const struct op ops[] = {
    {"equals", OP_VALUE, ARG_ANY, op_equals, false,
	"the value is this one", "not_equals"},
    {"not_equals", OP_VALUE, ARG_ANY, op_equals, true,
	"the value is set and another", "equals"},
    {"in", OP_VALUE, ARG_LIST, op_in, false,
	"the value is one of these", "not_in"},
    {"not_in", OP_VALUE, ARG_LIST, op_in, true,
	"the value is set and none of these", "in"},
    {"equals_ignoring_case", OP_VALUE, ARG_SCALAR, op_equals_ignoring_case,
	false, "the text is this one, upper and lower case alike", NULL},
    {"set", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the value is there and not null, \"\", [] or {}", NULL},
    {"written", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the configuration has an expression for it", NULL},
    {"known", OP_PRESENCE, ARG_BOOL, NULL, false,
	"the value does not wait for apply", NULL},
    {"less_than", OP_ORDER, ARG_NUMBER, op_less_than, false,
	"the number is less", "at_least"},
    {"at_most", OP_ORDER, ARG_NUMBER, op_greater_than, true,
	"the number is this or less", "greater_than"},
    {"greater_than", OP_ORDER, ARG_NUMBER, op_greater_than, false,
	"the number is greater", "at_most"},
    {"at_least", OP_ORDER, ARG_NUMBER, op_less_than, true,
	"the number is this or greater", "less_than"},
    {"between", OP_ORDER, ARG_RANGE, op_between, false,
	"the number is from the first to the second", NULL},
    {"matches", OP_TEXT, ARG_PATTERN, op_matches, false,
	"the pattern (PCRE2) is found in the text", "not_matches"},
    {"not_matches", OP_TEXT, ARG_PATTERN, op_matches, true,
	"the text is set and does not match", "matches"},
    {"starts_with", OP_TEXT, ARG_TEXT, op_starts_with, false,
	"the text begins so", NULL},
    {"ends_with", OP_TEXT, ARG_TEXT, op_ends_with, false,
	"the text ends so", NULL},
    {"contains_text", OP_TEXT, ARG_TEXT, op_contains_text, false,
	"the text has this in it", NULL},
    {"glob", OP_TEXT, ARG_TEXT, op_glob, false,
	"the whole text fits a pattern of * and ?", NULL},
    {"contains", OP_LIST, ARG_SCALAR, op_contains, false,
	"the list has this element", NULL},
    {"contains_all", OP_LIST, ARG_LIST, op_contains_all, false,
	"the list has each of these", NULL},
    {"contains_any", OP_LIST, ARG_LIST, op_contains_any, false,
	"the list has one of these", "contains_none"},
    {"contains_none", OP_LIST, ARG_LIST, op_contains_any, true,
	"the list is set and has none of these", "contains_any"},
    {"subset_of", OP_LIST, ARG_LIST, op_subset_of, false,
	"every element is one of these", NULL},
    {"unique", OP_LIST, ARG_BOOL, op_unique, false,
	"no element is there twice", NULL},
    {"length", OP_LIST, ARG_LENGTH, op_length, false,
	"the number of elements is at_least, at_most, equals", NULL},
    {"has_key", OP_LIST, ARG_TEXT, op_has_key, false,
	"the map has this key", NULL},
    {"has_keys", OP_LIST, ARG_LIST, op_has_keys, false,
	"the map has each of these keys", NULL},
    {"version", OP_VERSION, ARG_VERSION, op_version, false,
	"the version keeps these limits", NULL},
    {"date", OP_VERSION, ARG_DATE, op_date, false,
	"the date keeps these limits; now is --as-of", NULL},
    {"cidr", OP_NETWORK, ARG_CIDR, op_cidr, false,
	"the block, or the list of them, is the whole internet, lies within "
	"these or overlaps one of them", NULL},
    {"covers_action", OP_STATEMENT, ARG_ACTION, op_covers_action, false,
	"the statement is about this action, wildcards and exceptions heeded",
	NULL},
};

const struct op *
op_find(struct str name)
{
	for (size_t i = 0; i < COUNTOF(ops); i++) {
		if (str_is(name, ops[i].name))
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
