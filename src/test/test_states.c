/*
 * Every operator in every state of a value, under "not" and inside quantifiers.
 * What is expected follows from the contract alone: a value that is not set is
 * neither met nor its negation, one that is unknown is unknown both ways, and
 * sensitive or not makes no difference.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "engine/result.h"
#include "test/test.h"

/* An operator with a value that meets it and one that does not. */
static const struct sample {
	const char *op, *yes, *no;
	const char *odd; /* a value that it does not fit, or NULL */
	bool block; /* it may ask about a nested block */
} samples[] = {
    {"equals: 1", "1", "2", "[1]", false},
    {"not_equals: 1", "2", "1", "[1]", false},
    {"in: [1, a]", "\"a\"", "\"b\"", "[1]", false},
    {"not_in: [1, a]", "\"b\"", "\"a\"", "[1]", false},
    {"equals_ignoring_case: ab", "\"aB\"", "\"b\"", "[1]", false},
    {"less_than: 5", "4.9", "5", "\"x\"", false},
    {"at_most: 5", "\"5\"", "6", "true", false},
    {"greater_than: 5", "6", "5.0", "\"x\"", false},
    {"at_least: 5", "5", "4", "[5]", false},
    {"between: [1, 5]", "5", "5.1", "\"05\"", false},
    {"matches: ^a", "\"ab\"", "\"ba\"", "[1]", false},
    {"not_matches: ^a", "\"ba\"", "\"ab\"", "[1]", false},
    {"starts_with: a", "\"ab\"", "\"ba\"", "{\"k\":1}", false},
    {"ends_with: a", "\"ba\"", "\"ab\"", "[1]", false},
    {"contains_text: a", "\"bab\"", "\"b\"", "[1]", false},
    {"glob: \"a?\"", "\"ab\"", "\"a\"", "[1]", false},
    {"contains: 1", "[2,\"1\"]", "[2]", "1", true},
    {"contains_all: [1, 2]", "[2,1]", "[2]", "1", true},
    {"contains_any: [1, 2]", "[2]", "[3]", "1", true},
    {"contains_none: [1, 2]", "[3]", "[2]", "1", true},
    {"subset_of: [1, 2]", "[1,1]", "[3]", "{\"k\":1}", true},
    {"unique: true", "[1,2]", "[1,1]", "1", true},
    {"has_key: k", "{\"k\":1}", "{\"l\":1}", "[1]", true},
    {"has_keys: [k]", "{\"k\":1}", "{\"l\":1}", "1", true},
    {"version: {at_least: \"1.28\"}", "\"1.30\"", "\"1.9\"", "\"x\"", false},
    {"date: {at_least: now+30d}", "\"2027-01-01\"", "\"2026-01-02\"",
	"\"x\"", false},
    {"cidr: {internet: true}", "\"::/0\"", "\"10.0.0.0/8\"", "\"x\"", false},
    {"cidr: {within: 10.0.0.0/8}", "[\"10.0.0.0/9\"]", "[\"0.0.0.0/0\"]",
	"{\"k\":1}", false},
    {"cidr: {overlaps: 10.0.0.0/8}", "[\"1.0.0.0/8\",\"10.9.0.0/16\"]",
	"[\"11.0.0.0/8\"]", "5", false},
};

enum {
	CASE_YES,
	CASE_NO,
	CASE_NULL,
	CASE_TEXT,
	CASE_LIST,
	CASE_MAP,
	CASE_ABSENT,
	CASE_OMITTED,
	CASE_SECRET,
	CASE_HIDDEN,
	CASE_OPAQUE,
	CASE_ODD,
	CASE_COUNT,
};

struct run {
	struct buf policy, plan;
	struct tfa_policies *policies;
	struct tfa_report *report;
};

/* The value, or NULL where the key is absent. */
static const char *
value_in(const struct sample *sample, int state)
{
	static const char *const values[CASE_COUNT] = {
	    [CASE_NULL] = "null",
	    [CASE_TEXT] = "\"\"",
	    [CASE_LIST] = "[]",
	    [CASE_MAP] = "{}",
	};

	switch (state) {
	case CASE_YES:
	case CASE_SECRET:
		return sample->yes;
	case CASE_NO:
		return sample->no;
	case CASE_ODD:
		return sample->odd;
	default:
		return values[state];
	}
}

static bool
is_masked(int state)
{
	return state == CASE_OMITTED || state == CASE_HIDDEN ||
	    state == CASE_OPAQUE;
}

static const char *
expression_in(int state)
{
	return state == CASE_HIDDEN
	    ? "{\"references\":[\"aws_u.y.id\",\"aws_u.y\"]}"
	    : state == CASE_OPAQUE ? "{\"references\":[\"local.l\"]}"
				    : NULL;
}

/* One control for each way to ask; their order is that of their names. */
static void
add_policy(struct buf *out, const struct sample *sample)
{
	static const char *const ways[] = {
	    "{path: a, %s}",
	    "{not: {path: a, %s}}",
	    "{not: {not: {path: a, %s}}}",
	    "{path: a, %s, if_unset: true}",
	    "{not: {path: a, %s, if_unset: true}}",
	    "{every: b, satisfies: {path: a, %s}}",
	    "{some: b, satisfies: {path: a, %s}}",
	    "{none: b, satisfies: {path: a, %s}}",
	    "{not: {every: b, satisfies: {path: a, %s}}}",
	    "{count: b, equals: 1, satisfies: {path: a, %s}}",
	    "{when: {path: a, %s}, then: {never: true}}",
	};

	buf_add(out, STR("controls:\n"));
	for (size_t i = 0; i < COUNTOF(ways); i++) {
		size_t at;
		struct str way = str_of(ways[i]);

		ck_assert(str_find(way, STR("%s"), &at));
		buf_fmt(out,
		    "  - {id: c%02zu, title: T, severity: high, resource: "
		    "aws_t, assert: " STR_FMT "%s" STR_FMT "}\n",
		    i, (int)at, way.ptr, sample->op,
		    (int)(way.len - at - 2), way.ptr + at + 2);
	}
}

static void
add_object(struct buf *out, const struct sample *sample, int state)
{
	const char *value = value_in(sample, state);

	buf_byte(out, '{');
	if (value)
		buf_fmt(out, "\"a\":%s", value);
	buf_byte(out, '}');
}

static void
add_plan(struct buf *out, const struct sample *sample, int state)
{
	const char *mask = is_masked(state) ? "{\"a\":true}" : "{}";
	const char *secret = state == CASE_SECRET ? "{\"a\":true}" : "{}";
	const char *expression = expression_in(state);
	struct buf object = {0};

	add_object(&object, sample, state);
	buf_fmt(out,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"create\"],\"before\":null,"
	    "\"after\":");
	/* The same object as the resource and as the element of a list. */
	buf_add(out, str_head(buf_str(&object), object.len - 1));
	buf_fmt(out, "%s\"b\":[" STR_FMT "]},", object.len > 2 ? "," : "",
	    STR_ARG(buf_str(&object)));
	buf_fmt(out, "\"after_unknown\":{%s\"b\":[%s]},\"after_sensitive\":%s}}]",
	    is_masked(state) ? "\"a\":true," : "", mask, secret);
	buf_fmt(out,
	    ",\"configuration\":{\"root_module\":{\"resources\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"expressions\":{");
	if (expression)
		buf_fmt(out, "\"a\":%s,\"b\":[{\"a\":%s}]", expression,
		    expression);
	else
		buf_add(out, STR("\"b\":[{}]"));
	buf_add(out,
	    STR("}}]}},\"complete\":true,\"timestamp\":"
		"\"2026-01-01T00:00:00Z\"}"));
	buf_free(&object);
}

static void
judge(struct run *run, const struct sample *sample, int state)
{
	struct tfa_options options = {.path = "p", .no_cross_check = true};
	struct tfa_error err = {0};
	struct tfa_eval *eval;

	add_policy(&run->policy, sample);
	add_plan(&run->plan, sample, state);
	run->policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(run->policies);
	ck_assert_msg(policies_read(run->policies, STR("p.yaml"),
			  buf_str(&run->policy), false, &err),
	    "%s: %s", sample->op, err.message);
	eval = tfa_eval_new(run->policies, &options, &err);
	ck_assert_msg(eval &&
		tfa_eval_feed(eval, run->plan.ptr, run->plan.len, &err) &&
		tfa_eval_finish(eval, &run->report, &err),
	    "%s: %s in " STR_FMT, sample->op, err.message,
	    STR_ARG(buf_str(&run->plan)));
	tfa_eval_free(eval);
}

static char
verdict_of(const struct tally *tally)
{
	return tally->pass	  ? 'P'
	    : tally->fail	  ? 'F'
	    : tally->unknown ? 'U'
	    : tally->error	  ? 'E'
				  : '-';
}

/*
 * Pass, fail, unknown or error in each of the ways, by the contract:
 *
 *	met       holds; its negation does not; the element satisfies
 *	not met   the other way round
 *	unset     neither holds; if_unset answers, flipped by not; the element
 *	          does not satisfy; "when" is not met
 *	unknown   unknown in every way
 *	error     an error in every way
 */
static const char met[] = "PFPPFPPFFPF";
static const char not_met[] = "FPFFPFFPPFP";
static const char unset[] = "FFFPFFFPPFP";
static const char open_ways[] = "UUUUUUUUUUU";
static const char bad_ways[] = "EEEEEEEEEEE";

static const char *
expected(const struct sample *sample, int state)
{
	switch (state) {
	case CASE_YES:
	case CASE_SECRET:
		return met;
	case CASE_NO:
		return not_met;
	case CASE_HIDDEN:
	case CASE_OPAQUE:
		return open_ways;
	case CASE_ODD:
		return bad_ways;
	case CASE_OMITTED:
		/* Without a schema a dynamic block looks the same. */
		return sample->block ? open_ways : unset;
	default:
		return unset;
	}
}

START_TEST(every_operator_answers_in_every_state)
{
	const struct sample *sample = &samples[_i / CASE_COUNT];
	int state = _i % CASE_COUNT;
	const char *wanted = expected(sample, state);
	struct run run = {0};

	judge(&run, sample, state);
	for (size_t i = 0; wanted[i]; i++) {
		char got = verdict_of(&run.report->tallies[i]);

		ck_assert_msg(got == wanted[i],
		    "%s in state %d, way %zu: %c, expected %c\n" STR_FMT,
		    sample->op, state, i, got, wanted[i],
		    STR_ARG(buf_str(&run.plan)));
	}
	tfa_report_free(run.report);
	tfa_policies_free(run.policies);
	buf_free(&run.policy);
	buf_free(&run.plan);
}
END_TEST

START_TEST(every_operator_of_the_table_has_a_sample)
{
	/* Presence and length answer for what is unset by themselves, and what
	 * asks a statement has tests of its own. */
	for (size_t i = 0; i < op_count(); i++) {
		const struct op *op = op_at(i);
		bool found = op->group == OP_PRESENCE ||
		    op->group == OP_STATEMENT || op->argument == ARG_LENGTH;

		for (size_t j = 0; j < COUNTOF(samples) && !found; j++) {
			struct str rest;

			found = str_eq(
			    str_cut(str_of(samples[j].op), ':', &rest),
			    str_of(op->name));
		}
		ck_assert_msg(found, "%s", op->name);
	}
}
END_TEST

/* --- Sizes --- */

static void
add_many(struct buf *out, const char *format, size_t count)
{
	buf_add(out, STR("{\"format_version\":\"1.2\",\"resource_changes\":[{"
			 "\"address\":\"aws_t.x\",\"mode\":\"managed\",\"type\":"
			 "\"aws_t\",\"name\":\"x\",\"change\":{\"actions\":["
			 "\"create\"],\"before\":null,\"after\":{\"a\":["));
	for (size_t i = 0; i < count; i++)
		buf_fmt(out, "%s\"%s%zu\"", i ? "," : "", format, i);
	buf_add(out, STR("]}}}],\"complete\":true,\"timestamp\":"
			 "\"2026-01-01T00:00:00Z\"}"));
}

static const struct {
	const char *assert, *format;
	size_t count;
	char verdict;
} sizes[] = {
    {"{path: a, cidr: {internet: true}}", "x", 0, 'F'},
    {"{path: a, cidr: {internet: true}}", "fd00::", 9999, 'F'},
    {"{path: a, cidr: {within: \"fd00::/8\"}}", "fd00::", 9999, 'P'},
    {"{path: a, unique: true}", "k", 4000, 'P'},
    {"{path: a, unique: true}", "k", 5000, 'E'},
    {"{path: a, contains_any: [x, z]}", "k", 200000, 'F'},
    {"{path: a, cidr: {overlaps: 10.0.0.0/8}}", "11.0.0.0/8#", 100000, 'E'},
    {"{path: a, cidr: {within: 11.0.0.0/8}}", "11.0.0.0/2", 10, 'P'},
};

START_TEST(long_lists_are_judged_or_named)
{
	struct tfa_options options = {.path = "p", .no_cross_check = true};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct buf policy = {0}, plan = {0};
	struct tfa_eval *eval;

	buf_fmt(&policy,
	    "controls:\n  - {id: c, title: T, severity: high, resource: aws_t, "
	    "assert: %s}\n",
	    sizes[_i].assert);
	add_many(&plan, sizes[_i].format, sizes[_i].count);
	ck_assert(policies_read(
	    policies, STR("p.yaml"), buf_str(&policy), false, &err));
	eval = tfa_eval_new(policies, &options, &err);
	ck_assert_msg(eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
		tfa_eval_finish(eval, &report, &err),
	    "%s", err.message);
	ck_assert_int_eq(verdict_of(&report->tallies[0]), sizes[_i].verdict);
	tfa_eval_free(eval);
	tfa_report_free(report);
	tfa_policies_free(policies);
	buf_free(&policy);
	buf_free(&plan);
}
END_TEST

Suite *
suite_states(void)
{
	Suite *suite = suite_create("states");
	TCase *tc = tcase_create("operators");

	tcase_add_loop_test(tc, every_operator_answers_in_every_state, 0,
	    COUNTOF(samples) * CASE_COUNT);
	tcase_add_test(tc, every_operator_of_the_table_has_a_sample);
	tcase_add_loop_test(
	    tc, long_lists_are_judged_or_named, 0, COUNTOF(sizes));
	suite_add_tcase(suite, tc);
	return suite;
}
