/*
 * What stands behind an operator: the words of limits, and whether an argument
 * that comes from the plan is one that the operator can use.  What a control
 * says itself is checked by the loader, with its place.
 */
#include "base/decimal.h"
#include "op/cidr.h"
#include "op/date.h"
#include "op/equal.h"
#include "op/version.h"

const char *
op_group_name(enum op_group group)
{
	static const char *const names[] = {
	    [OP_LOGIC] = "logic",
	    [OP_VALUE] = "value",
	    [OP_PRESENCE] = "presence",
	    [OP_ORDER] = "order",
	    [OP_TEXT] = "text",
	    [OP_LIST] = "list",
	    [OP_STATEMENT] = "policy statement",
	    [OP_VERSION] = "version",
	    [OP_NETWORK] = "network",
	    [OP_QUANTIFIER] = "quantifier",
	    [OP_RELATED] = "related",
	    [OP_CONSTANT] = "constant",
	};

	return names[group];
}

const char *
op_argument_name(enum op_argument argument)
{
	static const char *const names[] = {
	    [ARG_SCALAR] = "text, a number, true or false",
	    [ARG_ANY] = "any value but an empty one",
	    [ARG_LIST] = "a list",
	    [ARG_NUMBER] = "a number",
	    [ARG_RANGE] = "[least, most]",
	    [ARG_TEXT] = "text",
	    [ARG_PATTERN] = "a pattern",
	    [ARG_BOOL] = "true or false",
	    [ARG_ACTION] = "an action",
	    [ARG_LENGTH] = "{at_least, at_most, equals}",
	    [ARG_VERSION] =
		"{at_least, at_most, greater_than, less_than, equals}",
	    [ARG_DATE] =
		"{at_least, at_most, greater_than, less_than, equals}",
	    [ARG_CIDR] =
		"{internet: true}, {within: [...]} or {overlaps: [...]}",
	};

	return names[argument];
}

static const struct {
	const char *word;
	bool less, same, more;
} limits[] = {
    {"at_least", false, true, true},
    {"at_most", true, true, false},
    {"greater_than", false, false, true},
    {"less_than", true, false, false},
    {"equals", false, true, false},
};

bool
op_is_limit(struct str word)
{
	for (size_t i = 0; i < COUNTOF(limits); i++) {
		if (str_is(word, limits[i].word))
			return true;
	}
	return false;
}

bool
op_order_fits(struct value limit, int order)
{
	for (size_t i = 0; i < COUNTOF(limits); i++) {
		if (value_is(limit, str_of(limits[i].word)))
			return order < 0 ? limits[i].less
			    : order > 0	 ? limits[i].more
					 : limits[i].same;
	}
	return false;
}

bool
op_in_range(size_t number, struct value range)
{
	struct value_iter it = value_each(range);
	char digits[24];
	size_t at = sizeof(digits);
	struct decimal have, limit;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	decimal_read(&have, (struct str){digits + at, sizeof(digits) - at});
	while (value_step(&it)) {
		if (!decimal_read(&limit, value_raw(it.value)))
			return false;
		if (!op_order_fits(it.key, decimal_cmp(&have, &limit)))
			return false;
	}
	return true;
}

static bool
is_number(struct value v, struct buf *scratch)
{
	struct decimal number;

	return value_number(&number, v, scratch);
}

static bool
is_range(struct value v, struct buf *scratch)
{
	return value_kind(v) == NODE_ARRAY && value_count(v) == 2 &&
	    is_number(value_item(v, 0), scratch) &&
	    is_number(value_item(v, 1), scratch);
}

/* Limits on a number of elements; each a number, of JSON's kind. */
static bool
is_length(struct value v)
{
	struct value_iter it = value_each(v);

	while (value_step(&it)) {
		if (value_kind(it.value) != NODE_NUMBER)
			return false;
	}
	return true;
}

static bool
is_flat(struct value list)
{
	struct value_iter it = value_each(list);

	while (value_step(&it)) {
		if (value_is_container(it.value))
			return false;
	}
	return value_kind(list) == NODE_ARRAY;
}

const char *
op_argument_misfit(
    enum op_argument kind, struct value argument, struct buf *scratch)
{
	switch (kind) {
	case ARG_SCALAR:
	case ARG_TEXT:
		return value_is_container(argument) ? "is not a single value"
						    : NULL;
	case ARG_LIST:
		return is_flat(argument) ? NULL
					 : "is not a list of single values";
	case ARG_NUMBER:
		return is_number(argument, scratch) ? NULL : "is not a number";
	case ARG_RANGE:
		return is_range(argument, scratch) ? NULL
						   : "is not two numbers";
	case ARG_LENGTH:
		return is_length(argument) ? NULL : "is not a number";
	case ARG_ANY:
	case ARG_ACTION:
	case ARG_PATTERN:
	case ARG_BOOL:
	case ARG_VERSION:
	case ARG_DATE:
	case ARG_CIDR:
		break;
	}
	return NULL;
}
