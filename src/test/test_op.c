/*
 * Each operator on values written as JSON; what lists with unknown elements
 * give is worked out again by trying every value that the unknown could have.
 */
#include "op/op.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>

#include "base/error.h"
#include "test/test.h"

enum { STRICTLY = 1, FOLDED = 2 };
enum { MATCH_LIMIT = 10000 };

static const char *const answers[] = {
    [ANSWER_NO] = "no",
    [ANSWER_UNKNOWN] = "unknown",
    [ANSWER_YES] = "yes",
    [ANSWER_INVALID] = "invalid",
};

static struct value
json(struct arena *arena, const char *text)
{
	struct tfa_error err = {0};
	struct value v = VALUE_NONE;

	if (text)
		ck_assert_msg(value_read(&v, str_of(text), arena, &err),
		    "%s: %s", text, err.message);
	return v;
}

/* The answer as a condition sees it, with inverse heeded. */
static enum op_answer
ask(const char *name, struct seen seen, struct op_args args, const char **why)
{
	const struct op *op = op_find(str_of(name));
	struct buf scratch = {0};
	enum op_answer got;

	ck_assert_msg(op != NULL, "no operator %s", name);
	got = op->eval(&seen, &args, &scratch, why);
	ck_assert(!scratch.failed);
	buf_free(&scratch);
	if (op->inverse && got != ANSWER_INVALID)
		got = (enum op_answer)(ANSWER_YES - got);
	return got;
}

struct row {
	const char *op, *value, *argument;
	enum op_answer expected;
	const char *mask; /* what of value is unknown */
	const char *why;  /* of ANSWER_INVALID */
	unsigned flags;
};

#define IS_NO .expected = ANSWER_NO
#define IS_OPEN .expected = ANSWER_UNKNOWN
#define IS_YES .expected = ANSWER_YES
#define IS_BAD .expected = ANSWER_INVALID

static void
check_row(const struct row *row)
{
	struct arena arena = {0};
	struct seen seen = {.value = json(&arena, row->value),
	    .unknown = json(&arena, row->mask)};
	struct op_args args = {.argument = json(&arena, row->argument),
	    .strictly = row->flags & STRICTLY,
	    .ignoring_case = row->flags & FOLDED};
	const char *why = NULL;
	enum op_answer got = ask(row->op, seen, args, &why);

	ck_assert_msg(got == row->expected, "%s %s %s: %s, not %s", row->value,
	    row->op, row->argument, answers[got], answers[row->expected]);
	if (row->expected == ANSWER_INVALID)
		ck_assert_str_eq(why, row->why);
	else
		ck_assert_ptr_null(why);
	arena_free(&arena);
}

/* --- Single values --- */

static const struct row equalities[] = {
    {"equals", "true", "true", IS_YES},
    {"equals", "true", "\"true\"", IS_YES},
    {"equals", "\"true\"", "true", IS_YES},
    {"equals", "false", "\"false\"", IS_YES},
    {"equals", "true", "false", IS_NO},
    {"equals", "true", "\"false\"", IS_NO},
    {"equals", "true", "\"True\"", IS_NO},
    {"equals", "\"TRUE\"", "true", IS_NO},
    {"equals", "true", "1", IS_NO},
    {"equals", "1", "true", IS_NO},
    {"equals", "\"1\"", "true", IS_NO},
    {"equals", "0", "false", IS_NO},
    {"equals", "\"\"", "false", IS_NO},
    {"equals", "443", "443", IS_YES},
    {"equals", "443", "\"443\"", IS_YES},
    {"equals", "\"443\"", "443", IS_YES},
    {"equals", "443.0", "\"443\"", IS_YES},
    {"equals", "443.0", "443", IS_YES},
    {"equals", "4.43e2", "443", IS_YES},
    {"equals", "\"44300e-2\"", "443", IS_YES},
    {"equals", "443", "444", IS_NO},
    {"equals", "0", "-0", IS_YES},
    {"equals", "0", "\"-0.0e9\"", IS_YES},
    {"equals", "\"443\"", "\"443.0\"", IS_NO},
    {"equals", "\"1.10\"", "\"1.1\"", IS_NO},
    {"equals", "1.10", "1.1", IS_YES},
    {"equals", "\"1.10\"", "1.1", IS_YES},
    {"equals", "7", "\"007\"", IS_NO},
    {"equals", "\"007\"", "7", IS_NO},
    {"equals", "1", "\"+1\"", IS_NO},
    {"equals", "1", "\"0x1\"", IS_NO},
    {"equals", "1", "\"1.\"", IS_NO},
    {"equals", "0.5", "\".5\"", IS_NO},
    {"equals", "1", "\" 1\"", IS_NO},
    {"equals", "1", "\"1\\n\"", IS_NO},
    {"equals", "1", "\"\\u0031\"", IS_YES},
    {"equals", "\"\\u0031\\u002e5\"", "1.5", IS_YES},
    {"equals", "\"\\u0074rue\"", "true", IS_YES},
    {"equals", "9007199254740993", "9007199254740992", IS_NO},
    {"equals", "\"9007199254740993\"", "9007199254740993", IS_YES},
    {"equals", "0.1", "0.1000000000000000055511151231257827", IS_NO},
    {"equals", "1e400", "\"10e399\"", IS_YES},
    {"equals", "1e400", "1e401", IS_NO},
    {"equals", "\"a\"", "\"a\"", IS_YES},
    {"equals", "\"a\"", "\"A\"", IS_NO},
    {"equals", "\"a<b\"", "\"a\\u003cb\"", IS_YES},
    {"equals", "\"a\\u003cb\"", "\"a<b\"", IS_YES},
    {"equals", "\"\\u0061\\n\"", "\"a\\u000a\"", IS_YES},
    {"equals", "\"\\u0061\\n\"", "\"a\\u000b\"", IS_NO},
    {"equals", "\"\xc3\xa9\"", "\"\\u00e9\"", IS_YES},
    {"equals", "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", IS_YES},
    {"equals", "\"a\"", "[\"a\"]", IS_NO},
    {"equals", "\"null\"", "\"null\"", IS_YES},
    {"not_equals", "\"a\"", "\"b\"", IS_YES},
    {"not_equals", "\"443\"", "443", IS_NO},
    {"equals", "true", "true", IS_YES, .flags = STRICTLY},
    {"equals", "true", "\"true\"", IS_NO, .flags = STRICTLY},
    {"equals", "\"true\"", "true", IS_NO, .flags = STRICTLY},
    {"equals", "443", "\"443\"", IS_NO, .flags = STRICTLY},
    {"equals", "\"443\"", "443", IS_NO, .flags = STRICTLY},
    {"equals", "443.0", "443", IS_YES, .flags = STRICTLY},
    {"not_equals", "443", "\"443\"", IS_YES, .flags = STRICTLY},
    {"equals_ignoring_case", "\"AbZ\"", "\"aBz\"", IS_YES},
    {"equals_ignoring_case", "\"A\\u0062\"", "\"\\u0061B\"", IS_YES},
    {"equals_ignoring_case", "\"a\"", "\"ab\"", IS_NO},
    {"equals_ignoring_case", "\"a@\"", "\"a`\"", IS_NO},
    {"equals_ignoring_case", "\"[\"", "\"{\"", IS_NO},
    {"equals_ignoring_case", "\"\xc3\x89\"", "\"\xc3\xa9\"", IS_NO},
    {"equals_ignoring_case", "443", "\"443\"", IS_YES},
    {"in", "\"b\"", "[\"a\",\"b\"]", IS_YES},
    {"in", "\"c\"", "[\"a\",\"b\"]", IS_NO},
    {"in", "443", "[\"80\",\"443\"]", IS_YES},
    {"in", "\"443\"", "[80,443.0]", IS_YES},
    {"in", "443", "[\"80\",\"443\"]", IS_NO, .flags = STRICTLY},
    {"in", "\"A\"", "[\"a\"]", IS_NO},
    {"in", "\"A\"", "[\"a\"]", IS_YES, .flags = FOLDED},
    {"not_in", "\"c\"", "[\"a\",\"b\"]", IS_YES},
    {"not_in", "true", "[\"true\"]", IS_NO},
};

START_TEST(scalars_are_equal_by_value)
{
	check_row(&equalities[_i]);
}
END_TEST

START_TEST(equality_has_no_left_and_right)
{
	struct row turned = equalities[_i];

	turned.value = equalities[_i].argument;
	turned.argument = equalities[_i].value;
	/* Lists to choose from have a side. */
	if (turned.value[0] != '[')
		check_row(&turned);
}
END_TEST

static const struct row containers[] = {
    {"equals", "[1,\"a\"]", "[\"1\",\"a\"]", IS_YES},
    {"equals", "[1,\"a\"]", "[\"1\",\"a\"]", IS_NO, .flags = STRICTLY},
    {"equals", "[1,2]", "[2,1]", IS_NO},
    {"equals", "[1]", "[1,1]", IS_NO},
    {"equals", "[]", "[1]", IS_NO},
    {"equals", "{}", "{\"a\":1}", IS_NO},
    {"equals", "[]", "{}", IS_NO},
    {"equals", "{\"a\":1,\"b\":[true]}", "{\"b\":[\"true\"],\"a\":1.0}", IS_YES},
    {"equals", "{\"a\":1}", "{\"a\":1,\"b\":2}", IS_NO},
    {"equals", "{\"a\":1,\"b\":2}", "{\"a\":1}", IS_NO},
    {"equals", "{\"a\":1}", "{\"b\":1}", IS_NO},
    {"equals", "{\"a\\u003cb\":1}", "{\"a<b\":1}", IS_YES},
    {"equals", "{\"a\":null}", "{\"a\":null}", IS_YES},
    {"equals", "{\"a\":null}", "{\"a\":0}", IS_NO},
    {"equals", "[[1],[2]]", "[[1],[\"2\"]]", IS_YES},
    {"equals", "[{\"a\":{\"b\":[]}}]", "[{\"a\":{\"b\":[]}}]", IS_YES},
    {"equals", "[{\"a\":{\"b\":[]}}]", "[{\"a\":{\"b\":{}}}]", IS_NO},
    {"not_equals", "[1]", "[2]", IS_YES},
    {"equals", "[1]", "1", IS_BAD, .why = "is a list, not a single value"},
    {"equals", "{\"a\":1}", "1", IS_BAD, .why = "is a map, not a single value"},
    {"not_equals", "[1]", "1", IS_BAD, .why = "is a list, not a single value"},
    {"in", "[1]", "[1]", IS_BAD, .why = "is a list, not a single value"},
    {"not_in", "{}", "[1]", IS_BAD, .why = "is a map, not a single value"},
    {"equals_ignoring_case", "[\"a\"]", "\"a\"", IS_BAD,
	.why = "is a list, not a single value"},
    /* A known part that differs decides, whatever is unknown beside it. */
    {"equals", "[1,null]", "[1,2]", IS_OPEN, .mask = "[false,true]"},
    {"equals", "[3,null]", "[1,2]", IS_NO, .mask = "[false,true]"},
    {"equals", "[null,3]", "[1,2]", IS_NO, .mask = "[true,false]"},
    {"equals", "[1,null]", "[1,2,3]", IS_NO, .mask = "[false,true]"},
    {"equals", "[1,null]", "[1,2]", IS_NO, .mask = "[false,false]"},
    {"not_equals", "[1,null]", "[1,2]", IS_OPEN, .mask = "[false,true]"},
    {"not_equals", "[3,null]", "[1,2]", IS_YES, .mask = "[false,true]"},
    {"equals", "{\"a\":1}", "{\"a\":1,\"b\":2}", IS_OPEN, .mask = "{\"b\":true}"},
    {"equals", "{\"a\":2}", "{\"a\":1,\"b\":2}", IS_NO, .mask = "{\"b\":true}"},
    {"equals", "{\"a\":1}", "{\"a\":1}", IS_NO, .mask = "{\"b\":true}"},
    {"equals", "{\"a\":1}", "{\"a\":1}", IS_YES, .mask = "{\"a\":false}"},
    {"equals", "{}", "{\"a<\":1}", IS_OPEN, .mask = "{\"a\\u003c\":true}"},
    {"equals", "[{\"a\":1}]", "[{\"a\":1,\"b\":2}]", IS_OPEN,
	.mask = "[{\"b\":true}]"},
    {"equals", "[{\"a\":1},{\"a\":2}]", "[{\"a\":1,\"b\":2},{\"a\":3}]", IS_NO,
	.mask = "[{\"b\":true},{}]"},
    /* A set that is unknown as a whole may still have known elements. */
    {"equals", "[1]", "[1,2]", IS_OPEN, .mask = "true"},
    {"equals", "[1]", "[1]", IS_OPEN, .mask = "true"},
    {"equals", "[3]", "[1,2]", IS_NO, .mask = "true"},
    {"equals", "{\"a\":1}", "{\"a\":1}", IS_OPEN, .mask = "true"},
    {"equals", "{\"a\":1}", "{\"a\":2}", IS_NO, .mask = "true"},
};

START_TEST(containers_are_equal_part_by_part)
{
	check_row(&containers[_i]);
}
END_TEST

/* --- Order --- */

static const struct row orders[] = {
    {"less_than", "1", "2", IS_YES},
    {"less_than", "2", "2", IS_NO},
    {"at_most", "2", "2", IS_YES},
    {"at_most", "2.0000000000000000000001", "2", IS_NO},
    {"greater_than", "2", "2", IS_NO},
    {"greater_than", "\"10\"", "9", IS_YES},
    {"at_least", "10", "9", IS_YES},
    {"at_least", "\"9\"", "\"10\"", IS_NO},
    {"at_least", "\"\\u0031\\u0030\"", "9", IS_YES},
    {"at_least", "-1", "0", IS_NO},
    {"at_least", "-0", "0", IS_YES},
    {"less_than", "9007199254740992", "9007199254740993", IS_YES},
    {"less_than", "-1e400", "1e-400", IS_YES},
    {"between", "1", "[1,3]", IS_YES},
    {"between", "3", "[1,3]", IS_YES},
    {"between", "\"2.5\"", "[1,3]", IS_YES},
    {"between", "0.99", "[1,3]", IS_NO},
    {"between", "3.01", "[1,3]", IS_NO},
    {"at_least", "\"TLSv1\"", "1", IS_BAD, .why = "is not a number"},
    {"at_least", "\"\"", "1", IS_BAD, .why = "is not a number"},
    {"at_least", "\"007\"", "1", IS_BAD, .why = "is not a number"},
    {"at_least", "\"1 \"", "1", IS_BAD, .why = "is not a number"},
    {"at_least", "\"0x10\"", "1", IS_BAD, .why = "is not a number"},
    {"at_least", "\"NaN\"", "1", IS_BAD, .why = "is not a number"},
    {"less_than", "true", "1", IS_BAD, .why = "is not a number"},
    {"less_than", "[1]", "1", IS_BAD, .why = "is a list, not a number"},
    {"at_most", "[1]", "1", IS_BAD, .why = "is a list, not a number"},
    {"between", "{}", "[1,2]", IS_BAD, .why = "is a map, not a number"},
};

START_TEST(numbers_are_ordered_exactly)
{
	check_row(&orders[_i]);
}
END_TEST

/* --- Text --- */

static const struct row texts[] = {
    {"starts_with", "\"abc\"", "\"ab\"", IS_YES},
    {"starts_with", "\"abc\"", "\"bc\"", IS_NO},
    {"starts_with", "\"a\"", "\"ab\"", IS_NO},
    {"starts_with", "443", "\"44\"", IS_YES},
    {"starts_with", "true", "\"tr\"", IS_YES},
    {"starts_with", "\"abc\"", "\"AB\"", IS_NO},
    {"ends_with", "\"abc\"", "\"bc\"", IS_YES},
    {"ends_with", "\"abc\"", "\"ab\"", IS_NO},
    {"ends_with", "4.50", "\"50\"", IS_YES},
    {"ends_with", "\"a\\u003c\"", "\"<\"", IS_YES},
    {"contains_text", "\"abcd\"", "\"bc\"", IS_YES},
    {"contains_text", "\"abcd\"", "\"cb\"", IS_NO},
    {"contains_text", "\"a\\nb\"", "\"\\n\"", IS_YES},
    {"contains_text", "\"a\\\\nb\"", "\"\\\\n\"", IS_YES},
    {"contains_text", "\"a\\nb\"", "\"n\"", IS_NO},
    {"contains_text", "false", "\"als\"", IS_YES},
    {"glob", "\"arn:aws:s3:::b\"", "\"arn:*:s3:::?\"", IS_YES},
    {"glob", "\"arn:aws:s3:::bb\"", "\"arn:*:s3:::?\"", IS_NO},
    {"glob", "\"a.b\"", "\"a.b\"", IS_YES},
    {"glob", "\"axb\"", "\"a.b\"", IS_NO},
    {"glob", "443", "\"4*\"", IS_YES},
    {"glob", "\"[a]\"", "\"[a]\"", IS_YES},
    {"glob", "\"a\"", "\"[a]\"", IS_NO},
    {"starts_with", "[\"a\"]", "\"a\"", IS_BAD,
	.why = "is a list, not a single value"},
    {"ends_with", "{\"a\":1}", "\"a\"", IS_BAD,
	.why = "is a map, not a single value"},
    {"contains_text", "[\"a\"]", "\"a\"", IS_BAD,
	.why = "is a list, not a single value"},
    {"glob", "[]", "\"*\"", IS_BAD, .why = "is a list, not a single value"},
};

START_TEST(text_operators_look_at_the_decoded_text)
{
	check_row(&texts[_i]);
}
END_TEST

/* --- Lists and maps --- */

static const struct row lists[] = {
    {"contains", "[\"a\",\"b\"]", "\"b\"", IS_YES},
    {"contains", "[\"a\",\"b\"]", "\"c\"", IS_NO},
    {"contains", "[80,\"443\"]", "443", IS_YES},
    {"contains", "[80,\"443\"]", "443", IS_NO, .flags = STRICTLY},
    {"contains", "[\"s3:GET\"]", "\"s3:get\"", IS_YES, .flags = FOLDED},
    {"contains", "[\"s3:GET\"]", "\"s3:get\"", IS_NO},
    {"contains", "[[\"a\"]]", "\"a\"", IS_NO},
    {"contains", "[null]", "\"a\"", IS_NO},
    {"contains", "[]", "\"a\"", IS_NO},
    {"contains", "[null,\"b\"]", "\"a\"", IS_OPEN, .mask = "[true,false]"},
    {"contains", "[null,\"a\"]", "\"a\"", IS_YES, .mask = "[true,false]"},
    {"contains", "[\"b\"]", "\"a\"", IS_OPEN, .mask = "true"},
    {"contains", "[\"a\"]", "\"a\"", IS_YES, .mask = "true"},
    {"contains_all", "[\"a\",\"b\"]", "[\"b\",\"a\"]", IS_YES},
    {"contains_all", "[\"a\",\"b\"]", "[\"a\",\"c\"]", IS_NO},
    {"contains_all", "[\"a\",null]", "[\"a\",\"c\"]", IS_OPEN,
	.mask = "[false,true]"},
    {"contains_any", "[\"a\"]", "[\"b\",\"a\"]", IS_YES},
    {"contains_any", "[\"a\"]", "[\"b\",\"c\"]", IS_NO},
    {"contains_any", "[null]", "[\"b\"]", IS_OPEN, .mask = "[true]"},
    {"contains_none", "[\"a\"]", "[\"b\",\"c\"]", IS_YES},
    {"contains_none", "[\"a\"]", "[\"b\",\"a\"]", IS_NO},
    {"contains_none", "[null,\"a\"]", "[\"a\"]", IS_NO, .mask = "[true,false]"},
    {"contains_none", "[null]", "[\"a\"]", IS_OPEN, .mask = "[true]"},
    {"contains_none", "[\"A\"]", "[\"a\"]", IS_NO, .flags = FOLDED},
    {"subset_of", "[\"a\"]", "[\"a\",\"b\"]", IS_YES},
    {"subset_of", "[\"a\",\"c\"]", "[\"a\",\"b\"]", IS_NO},
    {"subset_of", "[]", "[\"a\"]", IS_YES},
    {"subset_of", "[null,\"a\"]", "[\"a\"]", IS_OPEN, .mask = "[true,false]"},
    {"subset_of", "[null,\"c\"]", "[\"a\"]", IS_NO, .mask = "[true,false]"},
    {"subset_of", "[\"c\"]", "[\"a\"]", IS_NO, .mask = "true"},
    {"subset_of", "[\"a\"]", "[\"a\"]", IS_OPEN, .mask = "true"},
    {"subset_of", "[[\"a\"]]", "[\"a\"]", IS_NO},
    {"unique", "[1,2]", "true", IS_YES},
    {"unique", "[1,\"1\"]", "true", IS_NO},
    {"unique", "[1,\"1\"]", "true", IS_YES, .flags = STRICTLY},
    {"unique", "[1,1]", "false", IS_YES},
    {"unique", "[1,2]", "false", IS_NO},
    {"unique", "[]", "true", IS_YES},
    {"unique", "[null,null]", "true", IS_YES},
    {"unique", "[null,1,1]", "true", IS_NO, .mask = "[true,false,false]"},
    {"unique", "[null,1,2]", "true", IS_OPEN, .mask = "[true,false,false]"},
    {"unique", "[null,1]", "false", IS_OPEN, .mask = "[true,false]"},
    {"unique", "[{\"a\":1},{\"a\":1}]", "true", IS_NO},
    {"unique", "[{\"a\":1},{\"a\":1}]", "true", IS_OPEN,
	.mask = "[{\"b\":true},{\"b\":true}]"},
    {"unique", "[{\"a\":1},{\"a\":2}]", "true", IS_YES,
	.mask = "[{\"b\":true},{\"b\":true}]"},
    {"unique", "[{\"a\":1},{\"a\":1}]", "true", IS_YES,
	.mask = "[{\"b\":true},{}]"},
    {"length", "[1,2]", "{\"at_least\":2}", IS_YES},
    {"length", "[1,2]", "{\"at_least\":3}", IS_NO},
    {"length", "[1,2]", "{\"at_least\":1,\"at_most\":1}", IS_NO},
    {"length", "[1,2]", "{\"equals\":2}", IS_YES},
    {"length", "[]", "{\"equals\":0}", IS_YES},
    {"length", "[null,null]", "{\"equals\":2}", IS_YES, .mask = "[true,true]"},
    {"length", "{\"a\":1}", "{\"equals\":1}", IS_YES},
    {"length", "{\"a\":1}", "{\"equals\":2}", IS_YES, .mask = "{\"b\":true}"},
    {"length", "{\"a\":1}", "{\"equals\":1}", IS_YES, .mask = "{\"a\":true}"},
    {"length", "[1]", "{\"at_least\":1}", IS_OPEN, .mask = "true"},
    {"has_key", "{\"a\":1}", "\"a\"", IS_YES},
    {"has_key", "{\"a\":null}", "\"a\"", IS_YES},
    {"has_key", "{\"a\":1}", "\"b\"", IS_NO},
    {"has_key", "{\"a\":1}", "\"b\"", IS_YES, .mask = "{\"b\":true}"},
    {"has_key", "{\"a\":1}", "\"b\"", IS_NO, .mask = "{\"b\":false}"},
    {"has_key", "{\"a\":1}", "\"b\"", IS_OPEN, .mask = "true"},
    {"has_key", "{\"k\\u003av\":1}", "\"k:v\"", IS_YES},
    {"has_key", "{\"1\":1}", "1", IS_YES},
    {"has_keys", "{\"a\":1,\"b\":2}", "[\"b\",\"a\"]", IS_YES},
    {"has_keys", "{\"a\":1}", "[\"a\",\"b\"]", IS_NO},
    {"has_keys", "{\"a\":1}", "[\"a\",\"b\"]", IS_YES, .mask = "{\"b\":true}"},
    {"contains", "\"ab\"", "\"a\"", IS_BAD,
	.why = "is a single value, not a list"},
    {"contains", "{\"a\":1}", "1", IS_BAD, .why = "is a map, not a list"},
    {"contains_all", "{\"a\":1}", "[1]", IS_BAD, .why = "is a map, not a list"},
    {"contains_any", "1", "[1]", IS_BAD, .why = "is a single value, not a list"},
    {"contains_none", "1", "[2]", IS_BAD, .why = "is a single value, not a list"},
    {"subset_of", "{}", "[1]", IS_BAD, .why = "is a map, not a list"},
    {"unique", "{}", "true", IS_BAD, .why = "is a map, not a list"},
    {"length", "\"ab\"", "{\"equals\":2}", IS_BAD,
	.why = "is a single value, not a list or map"},
    {"has_key", "[\"a\"]", "\"a\"", IS_BAD, .why = "is a list, not a map"},
    {"has_keys", "\"a\"", "[\"a\"]", IS_BAD,
	.why = "is a single value, not a map"},
};

START_TEST(list_operators_heed_what_is_unknown)
{
	check_row(&lists[_i]);
}
END_TEST

/* Without a mask, an absent key may be one that is not known yet. */
START_TEST(planned_values_leave_absent_keys_open)
{
	static const struct row rows[] = {
	    {"has_key", "{\"a\":1}", "\"a\"", IS_YES},
	    {"has_key", "{\"a\":1}", "\"b\"", IS_OPEN},
	    {"has_keys", "{\"a\":1}", "[\"a\",\"b\"]", IS_OPEN},
	    {"length", "{\"a\":1}", "{\"equals\":1}", IS_OPEN},
	    {"length", "[1]", "{\"equals\":1}", IS_YES},
	    {"equals", "{\"a\":1}", "{\"a\":1,\"b\":2}", IS_OPEN},
	    {"equals", "{\"a\":1}", "{\"a\":1}", IS_OPEN},
	    {"equals", "{\"a\":1}", "{\"a\":2}", IS_NO},
	    {"equals", "[1]", "[1]", IS_YES},
	    {"contains", "[null,\"b\"]", "\"a\"", IS_OPEN},
	    {"contains", "[null,\"a\"]", "\"a\"", IS_YES},
	};
	const struct row *row = &rows[_i];
	struct arena arena = {0};
	struct seen seen = {
	    .value = json(&arena, row->value), .absent_is_unknown = true};
	struct op_args args = {.argument = json(&arena, row->argument)};
	const char *why = NULL;

	ck_assert_uint_lt((size_t)_i, COUNTOF(rows));
	ck_assert_str_eq(
	    answers[ask(row->op, seen, args, &why)], answers[row->expected]);
	arena_free(&arena);
}
END_TEST

/* --- Unknown elements, by trying what they could be --- */

/* '?' is unknown, 'n' null; 1 and '1' are the number and the text. */
static const char elements[] = {'a', 'b', '#', '1', 'n', '?'};

static const char *
element_text(char element)
{
	switch (element) {
	case 'a':
		return "\"a\"";
	case 'b':
		return "\"b\"";
	case '#':
		return "1";
	case '1':
		return "\"1\"";
	case 'z':
		return "\"z\"";
	default:
		return "null";
	}
}

static bool
same_element(char x, char y)
{
	return x == y || (x == '#' && y == '1') || (x == '1' && y == '#');
}

static size_t
times(const char *list, char wanted)
{
	size_t count = 0;

	for (; *list; list++)
		count += same_element(*list, wanted);
	return count;
}

/* Known lists by the definition of each operator. */
static bool
naive(const char *op, const char *list, const char *wanted)
{
	size_t found = 0, outside = 0, twice = 0;

	for (const char *w = wanted; *w; w++)
		found += times(list, *w) > 0;
	for (const char *l = list; *l; l++) {
		outside += times(wanted, *l) == 0;
		twice += *l != 'n' && times(list, *l) > 1 &&
		    times(l + 1, *l) > 0;
	}
	if (strcmp(op, "contains_all") == 0)
		return found == strlen(wanted);
	if (strcmp(op, "contains_any") == 0)
		return found > 0;
	if (strcmp(op, "contains_none") == 0)
		return found == 0;
	if (strcmp(op, "subset_of") == 0)
		return outside == 0;
	if (strcmp(op, "unique") == 0)
		return twice == 0;
	ck_assert_str_eq(op, "equals");
	for (size_t i = 0; list[i] && wanted[i]; i++) {
		if (!same_element(list[i], wanted[i]))
			return false;
	}
	return strlen(list) == strlen(wanted);
}

/* How many ways to fill in what is unknown give yes, and how many no. */
static void
try_all(const char *op, const char *list, const char *wanted, size_t count[2])
{
	static const char could_be[] = {'a', 'b', '#', '1', 'z', 'n'};
	char filled[8];
	size_t at = strcspn(list, "?");

	if (!list[at]) {
		count[naive(op, list, wanted)]++;
		return;
	}
	memcpy(filled, list, strlen(list) + 1);
	for (size_t i = 0; i < sizeof(could_be); i++) {
		filled[at] = could_be[i];
		try_all(op, filled, wanted, count);
	}
}

static void
write_list(struct buf *value, struct buf *mask, const char *list)
{
	buf_byte(value, '[');
	buf_byte(mask, '[');
	for (size_t i = 0; list[i]; i++) {
		buf_fmt(value, "%s%s", i ? "," : "", element_text(list[i]));
		buf_fmt(mask, "%s%s", i ? "," : "",
		    list[i] == '?' ? "true" : "false");
	}
	buf_add(value, (struct str){"]", 2});
	buf_add(mask, (struct str){"]", 2});
}

static void
check_list(const char *op, const char *list, const char *wanted)
{
	struct buf value = {0}, mask = {0}, argument = {0}, none = {0};
	struct arena arena = {0};
	size_t count[2] = {0};
	struct seen seen = {0};
	struct op_args args = {0};
	const char *why = NULL;
	enum op_answer got;

	write_list(&value, &mask, list);
	write_list(&argument, &none, wanted);
	seen.value = json(&arena, value.ptr);
	seen.unknown = json(&arena, mask.ptr);
	args.argument = json(
	    &arena, strcmp(op, "unique") == 0 ? "true" : argument.ptr);
	got = ask(op, seen, args, &why);
	try_all(op, list, wanted, count);
	/* Several wanted of few unknown: taken one by one, and so wider. */
	if (got != ANSWER_UNKNOWN || strcmp(op, "contains_all") != 0)
		ck_assert_msg(got == (!count[0]       ? ANSWER_YES
					     : count[1] ? ANSWER_UNKNOWN
							: ANSWER_NO),
		    "%s %s %s: %s, but %zu could be no and %zu yes", list, op,
		    wanted, answers[got], count[0], count[1]);
	buf_free(&value);
	buf_free(&mask);
	buf_free(&argument);
	buf_free(&none);
	arena_free(&arena);
}

static const char *const list_ops[] = {"contains_all", "contains_any",
    "contains_none", "subset_of", "unique", "equals"};

START_TEST(an_answer_is_that_of_all_that_the_unknown_could_be)
{
	static const char *const wanted[] = {"a", "ab", "1", "#", "1b", "ab1"};

	for (size_t code = 0; code < 7 * 7 * 7; code++) {
		char list[4];
		size_t len = 0;

		for (size_t rest = code; rest; rest /= 7) {
			if (rest % 7)
				list[len++] = elements[rest % 7 - 1];
		}
		list[len] = '\0';
		for (size_t i = 0; i < COUNTOF(wanted); i++)
			check_list(list_ops[_i], list, wanted[i]);
	}
}
END_TEST

/* --- Against jansson --- */

static uint32_t
next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static json_t *
random_json(uint32_t *state, unsigned depth)
{
	uint32_t kind = next_random(state) % (depth ? 6 : 4);
	uint32_t count = next_random(state) % 3;
	json_t *made;

	if (kind == 0)
		return json_boolean(count);
	if (kind == 1)
		return json_integer(count);
	if (kind == 2)
		return json_string(count == 0 ? "1" : count == 1 ? "<" : "\n");
	if (kind == 3)
		return json_null();
	made = kind == 4 ? json_array() : json_object();
	for (uint32_t i = 0; i < count; i++) {
		json_t *part = random_json(state, depth - 1);

		if (kind == 4)
			json_array_append_new(made, part);
		else
			json_object_set_new(made,
			    next_random(state) % 2 ? "a" : "<", part);
	}
	return made;
}

START_TEST(strict_equality_is_that_of_jansson)
{
	struct op_args args = {.strictly = true};
	uint32_t state = 20260509;
	size_t equal = 0, different = 0;

	for (int i = 0; i < 20000; i++) {
		json_t *a = random_json(&state, 3);
		json_t *b = random_json(&state, 3);
		struct arena arena = {0};
		char *x = json_dumps(a, JSON_ENCODE_ANY);
		char *y = json_dumps(b, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
		bool same =
		    value_equal(json(&arena, x), json(&arena, y), &args);

		ck_assert_msg(same == json_equal(a, b), "%s %s", x, y);
		equal += same;
		different += !same;
		arena_free(&arena);
		free(x);
		free(y);
		json_decref(a);
		json_decref(b);
	}
	ck_assert_uint_gt(equal, 500);
	ck_assert_uint_gt(different, 500);
}
END_TEST

/* --- Patterns --- */

static const struct {
	const char *pattern, *value;
	enum op_answer expected;
} matches[] = {
    {"b", "\"abc\"", IS_YES},
    {"^b", "\"abc\"", IS_NO},
    {"^abc$", "\"abc\"", IS_YES},
    {"(?i)ABC", "\"abc\"", IS_YES},
    {"^TLSv1(\\.[01])?$", "\"TLSv1.1\"", IS_YES},
    {"^TLSv1(\\.[01])?$", "\"TLSv1.2\"", IS_NO},
    {"^..$", "\"\xc3\xa9\xf0\x9f\x98\x80\"", IS_YES},
    {"^\\p{Lu}", "\"\xc3\x89\"", IS_YES},
    {"^.$", "\"\\u00e9\"", IS_YES},
    {"a<b", "\"a\\u003cb\"", IS_YES},
    {"^a$", "\"a\\nb\"", IS_NO},
    {"^443$", "443", IS_YES},
    {"^true$", "true", IS_YES},
    {"^$", "\"\"", IS_YES},
    {"(?=b)", "\"abc\"", IS_YES},
    {"^(a)\\1$", "\"aa\"", IS_YES},
    {"a", "[\"a\"]", IS_BAD},
    {"a", "{\"a\":1}", IS_BAD},
};

START_TEST(a_pattern_is_looked_for_anywhere)
{
	struct arena arena = {0};
	char message[128] = "";
	struct regex *regex = regex_new(
	    str_of(matches[_i].pattern), MATCH_LIMIT, message, sizeof(message));
	struct seen seen = {.value = json(&arena, matches[_i].value)};
	struct op_args args = {.regex = regex};
	const char *why = NULL;
	enum op_answer got, other;

	ck_assert_msg(regex != NULL, "%s", message);
	got = ask("matches", seen, args, &why);
	other = ask("not_matches", seen, args, &why);
	ck_assert_str_eq(answers[got], answers[matches[_i].expected]);
	if (got == ANSWER_INVALID)
		ck_assert_uint_eq(other, ANSWER_INVALID);
	else
		ck_assert_uint_eq(other, ANSWER_YES - got);
	regex_free(regex);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *pattern, *text;
	size_t times;
} explosions[] = {
    {"^(a+)+$", "a", 40},
    {"^(a|a?)+$", "a", 60},
    {"(.*)*(.*)*(.*)*[xy]$", "ab", 200},
    {"(x+x+)+y!", "x", 40},
};

START_TEST(a_reached_limit_is_never_no_match)
{
	struct buf text = {0};
	struct arena arena = {0};
	char message[128] = "";
	struct regex *regex = regex_new(str_of(explosions[_i].pattern),
	    MATCH_LIMIT, message, sizeof(message));
	struct op_args args = {.regex = regex};
	struct seen seen;
	const char *why = NULL;

	ck_assert_msg(regex != NULL, "%s", message);
	buf_byte(&text, '"');
	for (size_t i = 0; i < explosions[_i].times; i++)
		buf_add(&text, str_of(explosions[_i].text));
	buf_add(&text, STR("z!\""));
	buf_byte(&text, '\0');
	seen = (struct seen){.value = json(&arena, text.ptr)};
	ck_assert_uint_eq(ask("matches", seen, args, &why),
	    ANSWER_INVALID);
	ck_assert_str_eq(why, "takes the pattern beyond its match limit");
	ck_assert_uint_eq(ask("not_matches", seen, args, &why),
	    ANSWER_INVALID);
	regex_free(regex);
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *pattern, *message;
} bad_patterns[] = {
    {"(", "missing closing parenthesis"},
    {"[z-a]", "range out of order"},
    {"a{2,1}", "numbers out of order"},
    {"\\C", "disabled"},
    {"(?<=a*)b", "lookbehind assertion is not fixed length"},
    {"\xff", "UTF-8 error"},
    {"*", "quantifier does not follow a repeatable item"},
};

START_TEST(a_bad_pattern_is_refused_with_its_reason)
{
	char message[256] = "";

	ck_assert_ptr_null(regex_new(str_of(bad_patterns[_i].pattern),
	    MATCH_LIMIT, message, sizeof(message)));
	ck_assert_msg(strstr(message, bad_patterns[_i].message) != NULL, "%s",
	    message);
}
END_TEST

START_TEST(a_pattern_of_more_than_1000_bytes_is_refused)
{
	char text[1001], message[128] = "";
	struct regex *regex;

	memset(text, 'a', sizeof(text));
	regex = regex_new(
	    (struct str){text, 1000}, MATCH_LIMIT, message, sizeof(message));
	ck_assert_msg(regex != NULL, "%s", message);
	regex_free(regex);
	ck_assert_ptr_null(regex_new(
	    (struct str){text, 1001}, MATCH_LIMIT, message, sizeof(message)));
	ck_assert_str_eq(message, "longer than 1000 bytes");
}
END_TEST

static void *
match_often(void *ctx)
{
	struct regex *regex = ctx;
	size_t wrong = 0;
	bool ok;

	for (int i = 0; i < 2000; i++) {
		wrong += !regex_match(regex, STR("xxabab12"), &ok) || !ok;
		wrong += regex_match(regex, STR("xxaba12"), &ok) || !ok;
	}
	return wrong ? ctx : NULL;
}

START_TEST(threads_share_a_pattern)
{
	char message[128] = "";
	struct regex *regex = regex_new(
	    STR("(ab){2}\\d+"), MATCH_LIMIT, message, sizeof(message));
	pthread_t threads[4];
	void *wrong;

	ck_assert_msg(regex != NULL, "%s", message);
	for (size_t i = 0; i < COUNTOF(threads); i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, match_often, regex), 0);
	for (size_t i = 0; i < COUNTOF(threads); i++) {
		ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
		ck_assert_ptr_null(wrong);
	}
	regex_free(regex);
}
END_TEST

/* --- The table --- */

START_TEST(every_operator_is_found_by_its_name)
{
	ck_assert_uint_ge(op_count(), 28);
	for (size_t i = 0; i < op_count(); i++) {
		const struct op *op = op_at(i);

		ck_assert_ptr_eq(op_find(str_of(op->name)), op);
		ck_assert_msg(op->help && *op->help, "%s", op->name);
		ck_assert_msg((op->eval == NULL) == (op->group == OP_PRESENCE),
		    "%s", op->name);
	}
	ck_assert_ptr_null(op_find(STR("equal")));
	ck_assert_ptr_null(op_find(STR("equalsx")));
	ck_assert_ptr_null(op_find(STR("")));
}
END_TEST

START_TEST(range_limits_are_all_heeded)
{
	struct arena arena = {0};
	struct value range = json(&arena, "{\"at_least\":2,\"at_most\":11}");

	for (size_t n = 0; n < 200; n++)
		ck_assert(op_in_range(n, range) == (n >= 2 && n <= 11));
	ck_assert(!op_in_range(SIZE_MAX, range));
	ck_assert(op_in_range(SIZE_MAX, json(&arena, "{\"at_least\":1e6}")));
	arena_free(&arena);
}
END_TEST

static void
add_lists(Suite *suite)
{
	TCase *tc = tcase_create("lists");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(
	    tc, list_operators_heed_what_is_unknown, 0, COUNTOF(lists));
	tcase_add_loop_test(tc, planned_values_leave_absent_keys_open, 0, 11);
	tcase_add_loop_test(tc,
	    an_answer_is_that_of_all_that_the_unknown_could_be, 0,
	    COUNTOF(list_ops));
	tcase_add_test(tc, every_operator_is_found_by_its_name);
	tcase_add_test(tc, range_limits_are_all_heeded);
	suite_add_tcase(suite, tc);
}

static void
add_patterns(Suite *suite)
{
	TCase *tc = tcase_create("patterns");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
	    tc, a_pattern_is_looked_for_anywhere, 0, COUNTOF(matches));
	tcase_add_loop_test(
	    tc, a_reached_limit_is_never_no_match, 0, COUNTOF(explosions));
	tcase_add_loop_test(tc, a_bad_pattern_is_refused_with_its_reason, 0,
	    COUNTOF(bad_patterns));
	tcase_add_test(tc, a_pattern_of_more_than_1000_bytes_is_refused);
	tcase_add_test(tc, threads_share_a_pattern);
	suite_add_tcase(suite, tc);
}

Suite *
suite_op(void)
{
	Suite *suite = suite_create("op");
	TCase *tc = tcase_create("values");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
	    tc, scalars_are_equal_by_value, 0, COUNTOF(equalities));
	tcase_add_loop_test(
	    tc, equality_has_no_left_and_right, 0, COUNTOF(equalities));
	tcase_add_loop_test(
	    tc, containers_are_equal_part_by_part, 0, COUNTOF(containers));
	tcase_add_loop_test(
	    tc, numbers_are_ordered_exactly, 0, COUNTOF(orders));
	tcase_add_loop_test(tc, text_operators_look_at_the_decoded_text, 0,
	    COUNTOF(texts));
	tcase_add_test(tc, strict_equality_is_that_of_jansson);
	suite_add_tcase(suite, tc);
	add_lists(suite);
	add_patterns(suite);
	return suite;
}
