/*
 * Verdicts from the outside: a control and a resource as text, through the
 * public interface.  What is expected was worked out from the contract.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "engine/result.h"
#include "test/test.h"

struct run {
	struct tfa_policies *policies;
	struct tfa_options options;
	struct tfa_report *report;
	struct tfa_error err;
	struct buf policy, plan;
};

static void
run_free(struct run *run)
{
	tfa_report_free(run->report);
	tfa_policies_free(run->policies);
	buf_free(&run->policy);
	buf_free(&run->plan);
}

/* False with run->err set where the plan is refused; policies must load. */
static bool
run_plan(struct run *run, size_t piece)
{
	struct str plan = buf_str(&run->plan);
	struct tfa_eval *eval;
	bool ok = true;

	run->policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(run->policies);
	ok = policies_read(run->policies, STR("test.yaml"),
	    buf_str(&run->policy), false, &run->err);
	ck_assert_msg(ok, "%s:%zu: %s\n%.*s", run->err.file, run->err.line,
	    run->err.message, (int)run->policy.len, run->policy.ptr);
	run->options.path = "plan.json";
	run->options.now = "2026-01-01T00:00:00Z";
	eval = tfa_eval_new(run->policies, &run->options, &run->err);
	if (!eval)
		return false;
	while (ok && plan.len) {
		size_t len = plan.len < piece ? plan.len : piece;

		ok = tfa_eval_feed(eval, plan.ptr, len, &run->err);
		plan = str_from(plan, len);
	}
	ok = ok && tfa_eval_finish(eval, &run->report, &run->err);
	tfa_eval_free(eval);
	return ok;
}

static void
add_control(struct run *run, const char *members)
{
	buf_fmt(&run->policy,
	    "controls:\n"
	    "  - {id: c, title: T, severity: high, resource: aws_t, %s}\n",
	    members);
}

/* A plan of one created aws_t.x with these planned values and mask. */
static void
add_resource(struct run *run, const char *after, const char *unknown,
    const char *expressions)
{
	buf_fmt(&run->plan,
	    "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":"
	    "{\"resources\":[{\"address\":\"aws_t.x\",\"mode\":\"managed\","
	    "\"type\":\"aws_t\",\"name\":\"x\",\"values\":%s}]}},"
	    "\"resource_changes\":[{\"address\":\"aws_t.x\",\"mode\":"
	    "\"managed\",\"type\":\"aws_t\",\"name\":\"x\",\"change\":"
	    "{\"actions\":[\"create\"],\"before\":null,\"after\":%s,"
	    "\"after_unknown\":%s,\"before_sensitive\":false,"
	    "\"after_sensitive\":{}}}],\"configuration\":{\"root_module\":"
	    "{\"resources\":[{\"address\":\"aws_t.x\",\"mode\":\"managed\","
	    "\"type\":\"aws_t\",\"name\":\"x\",\"provider_config_key\":"
	    "\"aws\",\"expressions\":%s}]}},\"complete\":true,"
	    "\"timestamp\":\"2026-01-01T00:00:00Z\"}",
	    after, after, unknown, expressions);
}

#define PATH_A "assert: {path: a, "

static const struct {
	const char *assert, *after, *unknown, *expressions;
	const char *verdict;
} verdicts[] = {
    /* known values; scalars of different types by value */
    {PATH_A "equals: true}", "{\"a\":true}", "{}", "{}", "pass"},
    {PATH_A "equals: true}", "{\"a\":\"true\"}", "{}", "{}", "pass"},
    {PATH_A "equals: true}", "{\"a\":\"True\"}", "{}", "{}", "fail"},
    {PATH_A "equals: 443}", "{\"a\":443.0}", "{}", "{}", "pass"},
    {PATH_A "equals: \"1.10\"}", "{\"a\":\"1.1\"}", "{}", "{}", "fail"},
    {PATH_A "equals: 443, strictly: true}", "{\"a\":\"443\"}", "{}", "{}",
	"fail"},
    /* unset neither holds nor does its negation */
    {PATH_A "not_equals: x}", "{\"a\":null}", "{}", "{}", "fail"},
    {"assert: {not: {path: a, equals: x}}", "{\"a\":\"\"}", "{}", "{}",
	"fail"},
    {"assert: {not: {not: {path: a, equals: x}}}", "{\"a\":\"\"}", "{}", "{}",
	"fail"},
    {"assert: {not: {all: [{path: a, equals: x}, {path: b, equals: 1}]}}",
	"{\"a\":null,\"b\":2}", "{}", "{}", "pass"},
    {"assert: {not: {any: [{path: a, equals: x}, {path: b, equals: 1}]}}",
	"{\"a\":null,\"b\":2}", "{}", "{}", "fail"},
    {PATH_A "equals: x, if_unset: true}", "{\"a\":null}", "{}", "{}", "pass"},
    {"assert: {not: {path: a, equals: x, if_unset: true}}", "{\"a\":[]}", "{}",
	"{}", "fail"},
    {"assert: {not: {path: a, equals: x, if_unset: false}}", "{\"a\":[]}",
	"{}", "{}", "pass"},
    {PATH_A "equals: x, default: x}", "{\"a\":null}", "{}", "{}", "pass"},
    {PATH_A "set: false}", "{\"a\":[]}", "{}", "{}", "pass"},
    {PATH_A "set: true}", "{\"a\":[{}]}", "{\"a\":[{}]}", "{}", "pass"},
    {"assert: {not: {path: a, set: true}}", "{\"a\":{}}", "{}", "{}", "pass"},
    {PATH_A "set: true}", "{\"a\":{}}", "{\"a\":{\"k\":true}}", "{}", "pass"},
    /* masked: omitted, waiting, constant, by reference, unseen */
    {PATH_A "equals: x, default: x}", "{}", "{\"a\":true}", "{}", "pass"},
    {PATH_A "equals: x}", "{}", "{\"a\":true}", "{}", "fail"},
    {PATH_A "equals: x, default: x}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"aws_u.y.id\",\"aws_u.y\"]}}", "unknown"},
    {PATH_A "set: true}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"aws_u.y.id\",\"aws_u.y\"]}}", "pass"},
    {PATH_A "set: true}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"var.v\",\"aws_u.y.id\",\"aws_u.y\"]}}",
	"unknown"},
    {PATH_A "equals: x}", "{}", "{\"a\":true}",
	"{\"a\":{\"constant_value\":\"x\"}}", "pass"},
    {PATH_A "set: false}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "unknown"},
    {PATH_A "set: false}", "{}", "{\"a\":true}", "{\"a\":{}}", "unknown"},
    {PATH_A "known: true}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "fail"},
    {PATH_A "known: true}", "{}", "{\"a\":true}", "{}", "pass"},
    {PATH_A "written: true}", "{\"a\":1}", "{}",
	"{\"a\":{\"constant_value\":1}}", "pass"},
    {PATH_A "written: true}", "{\"a\":1}", "{}", "{}", "fail"},
    /* Kleene */
    {"assert: {all: [{path: a, equals: 1}, {path: b, equals: 1}]}",
	"{\"b\":2}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "fail"},
    {"assert: {any: [{path: a, equals: 1}, {path: b, equals: 2}]}",
	"{\"b\":2}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "pass"},
    {"assert: {all: [{path: a, at_least: 1}, {path: b, equals: 2}]}",
	"{\"a\":\"x\",\"b\":3}", "{}", "{}", "fail"},
    {"assert: {all: [{path: b, equals: 3}, {path: a, at_least: 1}]}",
	"{\"a\":\"x\",\"b\":3}", "{}", "{}", "error"},
    {"assert: {when: {path: a, equals: 1}, then: {path: b, equals: 1}}",
	"{\"a\":2,\"b\":2}", "{}", "{}", "pass"},
    {"assert: {when: {path: a, equals: 1}, then: {path: b, equals: 1}}",
	"{\"a\":1,\"b\":2}", "{}", "{}", "fail"},
    {"assert: {when: {path: a, equals: 1}, then: {path: b, equals: 1}}",
	"{\"a\":null,\"b\":2}", "{}", "{}", "pass"},
    {"assert: {not: {when: {path: a, equals: 1}, then: {path: b, equals: 1}}}",
	"{\"a\":1,\"b\":2}", "{}", "{}", "pass"},
    {"assert: {not: {when: {path: a, equals: 1}, then: {path: b, equals: 1}}}",
	"{\"a\":1,\"b\":null}", "{}", "{}", "fail"},
    /* where */
    {"where: {path: b, equals: 1}, " PATH_A "equals: 1}", "{\"a\":2,\"b\":2}",
	"{}", "{}", "not applicable"},
    {"where: {path: b, equals: 1}, " PATH_A "equals: 1}", "{\"a\":2}",
	"{\"b\":true}", "{\"b\":{\"references\":[\"local.l\"]}}", "unknown"},
    {"where: {path: b, equals: 1}, " PATH_A "equals: 2}", "{\"a\":2}",
	"{\"b\":true}", "{\"b\":{\"references\":[\"local.l\"]}}", "pass"},
    /* quantifiers */
    {"assert: {every: a, satisfies: {path: k, equals: 1}}", "{\"a\":[]}", "{}",
	"{}", "pass"},
    {"assert: {some: a, satisfies: {path: k, equals: 1}}", "{\"a\":[]}", "{}",
	"{}", "fail"},
    {"assert: {none: a, satisfies: {path: k, equals: 1}}",
	"{\"a\":[{\"k\":null}]}", "{}", "{}", "pass"},
    {"assert: {not: {every: a, satisfies: {path: k, equals: 1}}}",
	"{\"a\":[{\"k\":null}]}", "{}", "{}", "pass"},
    {"assert: {every: a, satisfies: {path: k, equals: 1}}",
	"{\"a\":[{\"k\":1},{}]}", "{\"a\":[{},{\"k\":true}]}",
	"{\"a\":[{\"k\":{\"constant_value\":1}},"
	"{\"k\":{\"references\":[\"local.l\"]}}]}",
	"unknown"},
    {"assert: {some: a, satisfies: {path: k, equals: 1}}",
	"{\"a\":[{\"k\":1},{}]}", "{\"a\":[{},{\"k\":true}]}", "{}", "pass"},
    {"assert: {every: a, satisfies: {path: ., starts_with: x}}",
	"{\"a\":{\"k\":\"xy\",\"l\":\"yx\"}}", "{}", "{}", "fail"},
    /* an unknown member of a map is in the mask alone */
    {"assert: {every: a, satisfies: {path: ., starts_with: x}}",
	"{\"a\":{\"k\":\"xy\"}}", "{\"a\":{\"l\":true}}", "{}", "unknown"},
    {"assert: {none: a, satisfies: {path: ., starts_with: z}}",
	"{\"a\":{\"k\":\"xy\"}}", "{\"a\":{\"l\":true}}", "{}", "unknown"},
    {"assert: {some: a, satisfies: {path: ., starts_with: x}}",
	"{\"a\":{\"k\":\"xy\"}}", "{\"a\":{\"l\":true}}", "{}", "pass"},
    {"assert: {count: a, at_most: 1}", "{\"a\":{\"k\":\"xy\"}}",
	"{\"a\":{\"l\":true}}", "{}", "unknown"},
    {"assert: {count: a, at_least: 2}", "{\"a\":[1,2]}", "{}", "{}", "pass"},
    {"assert: {count: a, satisfies: {path: ., equals: 1}, at_most: 1}",
	"{\"a\":[1,null]}", "{\"a\":[false,true]}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "unknown"},
    {"assert: {count: a, satisfies: {path: ., equals: 1}, at_most: 0}",
	"{\"a\":[1,null]}", "{\"a\":[false,true]}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "fail"},
    /* without a schema a dynamic block looks like one left out */
    {"assert: {every: a, satisfies: {path: k, equals: 1}}", "{}",
	"{\"a\":true}", "{}", "unknown"},
    {PATH_A "set: false}", "{}", "{\"a\":true}", "{}", "unknown"},
    {PATH_A "length: {at_most: 0}}", "{\"a\":null}", "{}", "{}", "pass"},
    {PATH_A "contains: 1}", "{\"a\":[2,null]}", "{\"a\":[false,true]}", "{}",
	"unknown"},
    {PATH_A "contains_none: [1]}", "{\"a\":[1,null]}",
	"{\"a\":[false,true]}", "{}", "fail"},
    /* paths */
    {"assert: {path: a.k, equals: 1}", "{\"a\":[{\"k\":1}]}", "{}", "{}",
	"pass"},
    {"assert: {path: a.k, equals: 1}", "{\"a\":[{\"k\":1},{\"k\":1}]}", "{}",
	"{}", "error"},
    {"assert: {path: \"a[1].k\", equals: 2}", "{\"a\":[{\"k\":1},{\"k\":2}]}",
	"{}", "{}", "pass"},
    {"assert: {path: \"a[2].k\", equals: 2, default: 2}",
	"{\"a\":[{\"k\":1},{\"k\":2}]}", "{}", "{}", "pass"},
    {"assert: {path: 'a[\"k:v\"]', equals: 2}", "{\"a\":{\"k:v\":2}}", "{}",
	"{}", "pass"},
    {"assert: {path: a.k, equals: 1}", "{\"a\":\"text\"}", "{}", "{}", "error"},
    {PATH_A "equals: 1}", "{\"a\":[1]}", "{}", "{}", "error"},
    /* sentinels */
    {PATH_A "at_least: 365, sentinel: [0], if_unset: true}", "{\"a\":0}", "{}",
	"{}", "pass"},
    {PATH_A "at_least: 365, sentinel: [0]}", "{\"a\":0}", "{}", "{}", "fail"},
    /* what an unknown counts as */
    {"if_unknown: fail, " PATH_A "equals: 1}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "fail"},
    {"if_unknown: pass, " PATH_A "equals: 1}", "{}", "{\"a\":true}",
	"{\"a\":{\"references\":[\"local.l\"]}}", "pass"},
    {"assert: {never: true}", "{\"a\":1}", "{}", "{}", "fail"},
};

static const char *
verdict_of(const struct run *run)
{
	const struct tally *tally = &run->report->tallies[0];

	return tally->pass	      ? "pass"
	    : tally->fail	      ? "fail"
	    : tally->unknown	      ? "unknown"
	    : tally->error	      ? "error"
	    : tally->not_applicable ? "not applicable"
				      : "none";
}

START_TEST(one_control_on_one_resource_has_the_verdict_of_the_contract)
{
	struct run run = {0};

	add_control(&run, verdicts[_i].assert);
	add_resource(&run, verdicts[_i].after, verdicts[_i].unknown,
	    verdicts[_i].expressions);
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_msg(strcmp(verdict_of(&run), verdicts[_i].verdict) == 0,
	    "%s on %s: %s, expected %s", verdicts[_i].assert,
	    verdicts[_i].after, verdict_of(&run), verdicts[_i].verdict);
	run_free(&run);
}
END_TEST

/* --- change classes --- */

static const struct {
	const char *actions, *before, *after, *extra;
	const char *change; /* of the finding; NULL: none listed */
	size_t removed;
} changes[] = {
    {"\"create\"", "null", "{\"a\":2}", "", "introduced", 0},
    {"\"update\"", "{\"a\":1}", "{\"a\":2}", "", "introduced", 0},
    {"\"no-op\"", "{\"a\":2}", "{\"a\":2}", "", "existing", 0},
    {"\"update\"", "{\"a\":2}", "{\"a\":1}", "", "fixed", 0},
    {"\"update\"", "{\"a\":1}", "{\"a\":1}", "", NULL, 0},
    {"\"delete\",\"create\"", "{\"a\":2}", "{\"a\":2}", "", "existing", 0},
    {"\"create\",\"delete\"", "{\"a\":1}", "{\"a\":2}", "", "introduced", 0},
    {"\"delete\"", "{\"a\":2}", "null", "", NULL, 1},
    {"\"delete\"", "{\"a\":1}", "null", "", NULL, 0},
    {"\"forget\"", "{\"a\":2}", "null", "", NULL, 1},
    {"\"delete\"", "{\"a\":2}", "null", "actions: [delete], ", "introduced", 0},
    {"\"update\"", "{\"a\":2}", "{\"a\":1}", "actions: [delete], ", NULL, 0},
    {"\"delete\",\"create\"", "{\"a\":2}", "{\"a\":1}",
	"view: before, actions: [delete, replace], ", "introduced", 0},
    {"\"delete\",\"create\"", "{\"a\":2}", "{\"a\":1}",
	"view: before, actions: [delete], ", NULL, 0},
};

static void
add_change(struct run *run, const char *actions, const char *before,
    const char *after)
{
	buf_fmt(&run->plan,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[%s],\"before\":%s,\"after\":%s,"
	    "\"after_unknown\":{}}}],\"configuration\":{},\"complete\":true,"
	    "\"planned_values\":{\"root_module\":{}}}",
	    actions, before, after);
}

START_TEST(the_object_before_gives_the_change_class)
{
	struct run run = {0};
	char members[128];

	snprintf(members, sizeof(members), "%sassert: {path: a, equals: 1}",
	    changes[_i].extra);
	add_control(&run, members);
	add_change(&run, changes[_i].actions, changes[_i].before,
	    changes[_i].after);
	run.options.no_cross_check = true;
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_uint_eq(run.report->totals.removed, changes[_i].removed);
	ck_assert_uint_eq(
	    run.report->finding_count, changes[_i].change ? 1 : 0);
	if (changes[_i].change)
		ck_assert_str_eq(change_name(run.report->findings[0].change),
		    changes[_i].change);
	run_free(&run);
}
END_TEST

/* What decided before, where the verdict changes. */
static const struct {
	const char *assertion, *actions, *before, *after, *was;
} steps[] = {
    {"equals: 1", "\"update\"", "{\"a\":1}", "{\"a\":2}", "1"},
    {"equals: 1", "\"update\"", "{\"a\":2}", "{\"a\":1}", "2"},
    {"equals: 1", "\"delete\",\"create\"", "{\"a\":1}", "{\"a\":2}", "1"},
    {"set: false", "\"update\"", "{}", "{\"a\":2}", "not set"},
    {"set: false", "\"update\"", "{\"a\":null}", "{\"a\":2}", "not set"},
    {"equals: 1, default: 1", "\"update\"", "{}", "{\"a\":2}", "1 (default)"},
    {"equals: x", "\"update\"", "{\"a\":\"x\"}", "{\"a\":\"y\"}", "x"},
    {"matches: x", "\"update\"", "{\"a\":\"x\"}", "{\"a\":\"y\"}", ""},
    {"equals: 1", "\"create\"", "null", "{\"a\":2}", ""},
    {"equals: 1", "\"update\"", "{\"a\":2}", "{\"a\":3}", ""},
    {"equals: 1", "\"update\"",
	"{\"a\":1},\"before_sensitive\":{\"a\":true}", "{\"a\":2}",
	"(sensitive)"},
};

START_TEST(a_changed_verdict_tells_what_was_there_before)
{
	struct run run = {0};
	char members[128];

	snprintf(members, sizeof(members), "assert: {path: a, %s}",
	    steps[_i].assertion);
	add_control(&run, members);
	add_change(
	    &run, steps[_i].actions, steps[_i].before, steps[_i].after);
	run.options.no_cross_check = true;
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_uint_eq(run.report->finding_count, 1);
	ck_assert_msg(str_eq(run.report->findings[0].was,
			  str_of(steps[_i].was)),
	    "was " STR_FMT ", not %s",
	    STR_ARG(run.report->findings[0].was), steps[_i].was);
	run_free(&run);
}
END_TEST

/* --- exit status --- */

static const struct {
	const char *enforce, *after, *unknown, *flags;
	unsigned allow, only;
	bool exit_zero;
	int status;
} statuses[] = {
    {"block", "{\"a\":1}", "{}", "", 0, 0, false, 0},
    {"block", "{\"a\":2}", "{}", "", 0, 0, false, 1},
    {"warn", "{\"a\":2}", "{}", "", 0, 0, false, 0},
    {"block", "{\"a\":2}", "{}", "", 0, 0, true, 0},
    {"block", "{}", "{\"a\":true}", "", 0, 0, false, 4},
    {"warn", "{}", "{\"a\":true}", "", 0, 0, false, 0},
    {"block", "{}", "{\"a\":true}", "", TFA_ALLOW_UNKNOWN, 0, false, 0},
    {"block", "{}", "{\"a\":true}", "", 0, TFA_INTRODUCED, false, 4},
    {"block", "{\"a\":2}", "{}", "", 0, TFA_EXISTING, false, 0},
    {"block", "{\"a\":[1]}", "{}", "", TFA_ALLOW_UNKNOWN, 0, false, 4},
    {"block", "{\"a\":1}", "{}", "\"errored\":true,", 0, 0, false, 4},
    {"block", "{\"a\":1}", "{}", "\"errored\":true,", TFA_ALLOW_INCOMPLETE, 0,
	false, 0},
    {"block", "{\"a\":2}", "{}", "\"errored\":true,", 0, 0, false, 1},
    {"block", "{\"a\":1}", "{}", "\"complete\":false,", 0, 0, false, 4},
};

START_TEST(totals_become_the_status_of_the_contract)
{
	struct run run = {0};
	char members[128];

	snprintf(members, sizeof(members),
	    "enforce: %s, assert: {path: a, equals: 1}", statuses[_i].enforce);
	add_control(&run, members);
	buf_fmt(&run.plan,
	    "{\"format_version\":\"1.2\",%s\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"create\"],\"before\":null,"
	    "\"after\":%s,\"after_unknown\":%s}}]}",
	    statuses[_i].flags, statuses[_i].after, statuses[_i].unknown);
	run.options.allow = statuses[_i].allow;
	run.options.only = statuses[_i].only;
	run.options.exit_zero = statuses[_i].exit_zero;
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_int_eq(tfa_report_status(run.report), statuses[_i].status);
	ck_assert_uint_gt(run.report->reasons.count, 0);
	run_free(&run);
}
END_TEST

START_TEST(a_plan_that_no_control_looks_at_is_not_decided)
{
	struct run run = {0};

	buf_fmt(&run.policy,
	    "controls:\n  - {id: c, title: T, severity: high, "
	    "resource: aws_other, assert: {path: a, equals: 1}}\n");
	add_resource(&run, "{\"a\":1}", "{}", "{}");
	ck_assert(run_plan(&run, SIZE_MAX));
	ck_assert_int_eq(tfa_report_status(run.report), 4);
	ck_assert_uint_eq(run.report->ledger.unmatched, 1);
	run_free(&run);
}
END_TEST

START_TEST(a_plan_that_only_removes_has_nothing_to_judge)
{
	struct run run = {0};

	add_control(&run, PATH_A "equals: 1}");
	add_change(&run, "\"delete\"", "{\"a\":1}", "null");
	ck_assert(run_plan(&run, SIZE_MAX));
	ck_assert_int_eq(tfa_report_status(run.report), 0);
	ck_assert_uint_eq(run.report->ledger.removed, 1);
	run_free(&run);
}
END_TEST

static const struct {
	const char *message, *id, *severity, *enforce;
} bad_options[] = {
    {"no control matches --control \"d\"", "d", NULL, NULL},
    {"--severity \"bad\" is no severity: critical, high, medium, low or info",
	NULL, "bad", NULL},
    {"--enforce \"c=stop\": expected ID=block, ID=warn or ID=audit", NULL,
	NULL, "c=stop"},
    {"no control matches --enforce \"xyz\"", NULL, NULL, "xyz=warn"},
};

START_TEST(an_option_that_selects_nothing_is_refused)
{
	struct run run = {0};

	add_control(&run, PATH_A "equals: 1}");
	add_resource(&run, "{\"a\":1}", "{}", "{}");
	run.options.controls = &bad_options[_i].id;
	run.options.control_count = bad_options[_i].id ? 1 : 0;
	run.options.severity = bad_options[_i].severity;
	run.options.enforce = &bad_options[_i].enforce;
	run.options.enforce_count = bad_options[_i].enforce ? 1 : 0;
	ck_assert(!run_plan(&run, SIZE_MAX));
	ck_assert_int_eq(tfa_error_status(&run.err), 2);
	ck_assert_str_eq(run.err.message, bad_options[_i].message);
	run_free(&run);
}
END_TEST

/* --- secrets and notes --- */

START_TEST(a_sensitive_value_is_compared_but_not_told)
{
	struct run run = {0};

	add_control(&run, PATH_A "equals: expected}");
	buf_fmt(&run.plan,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"create\"],\"before\":null,"
	    "\"after\":{\"a\":\"hunter2\"},\"after_unknown\":{},"
	    "\"after_sensitive\":{\"a\":true}}},"
	    "{\"address\":\"aws_t.y\",\"mode\":\"managed\",\"type\":\"aws_t\","
	    "\"name\":\"y\",\"change\":{\"actions\":[\"create\"],\"before\":"
	    "null,\"after\":{\"a\":\"hunter2\"},\"after_unknown\":{},"
	    "\"after_sensitive\":{}}}]}");
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_uint_eq(run.report->finding_count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct finding *finding = &run.report->findings[i];
		size_t at;

		ck_assert(str_eq(finding->actual, STR("(sensitive)")));
		ck_assert(!str_find(finding->reason, STR("hunter2"), &at));
	}
	run_free(&run);
}
END_TEST

START_TEST(an_attribute_that_the_provider_lacks_is_told_once)
{
	struct run run = {0};

	add_control(&run, "assert: {path: b, equals: 1}");
	add_resource(&run, "{\"a\":1}", "{}", "{}");
	ck_assert(run_plan(&run, SIZE_MAX));
	ck_assert_uint_eq(run.report->notes.count, 1);
	ck_assert(str_eq(run.report->notes.items[0],
	    STR("c: aws_t has no attribute b in this plan's provider")));
	run_free(&run);
}
END_TEST

START_TEST(planned_values_serve_where_there_are_no_changes)
{
	struct run run = {0};

	add_control(&run, PATH_A "equals: 1}");
	buf_fmt(&run.plan,
	    "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":"
	    "{\"resources\":[{\"address\":\"aws_t.x\",\"mode\":\"managed\","
	    "\"type\":\"aws_t\",\"name\":\"x\",\"values\":{\"a\":2}},"
	    "{\"address\":\"aws_t.y\",\"mode\":\"managed\",\"type\":\"aws_t\","
	    "\"name\":\"y\",\"values\":{\"b\":2}}]}}}");
	ck_assert_msg(run_plan(&run, SIZE_MAX), "%s", run.err.message);
	ck_assert_uint_eq(run.report->tallies[0].fail, 1);
	ck_assert_uint_eq(run.report->tallies[0].unknown, 1);
	ck_assert_int_eq(tfa_report_status(run.report), 1);
	run_free(&run);
}
END_TEST

START_TEST(two_reports_become_one_that_balances)
{
	struct run a = {0}, b = {0};
	struct tfa_error err = {0};

	add_control(&a, PATH_A "equals: 1}");
	add_resource(&a, "{\"a\":2}", "{}", "{}");
	add_control(&b, PATH_A "equals: 1}");
	add_resource(&b, "{\"a\":1}", "{}", "{}");
	ck_assert(run_plan(&a, SIZE_MAX) && run_plan(&b, SIZE_MAX));
	ck_assert_msg(tfa_report_merge(b.report, a.report, &err), "%s",
	    err.message);
	a.report = NULL;
	ck_assert_uint_eq(b.report->plan_count, 2);
	ck_assert_uint_eq(b.report->ledger.subjects, 2);
	ck_assert_uint_eq(b.report->finding_count, 1);
	ck_assert_uint_eq(b.report->findings[0].plan, 1);
	ck_assert_int_eq(tfa_report_status(b.report), 1);
	run_free(&b);
	run_free(&a);
}
END_TEST

static bool
is_text(struct tfa_text text, const char *wanted)
{
	return str_eq((struct str){text.ptr, text.len}, str_of(wanted));
}

static bool
see_finding(void *ctx, const struct tfa_finding *finding)
{
	size_t *seen = ctx;

	ck_assert(is_text(finding->control, "c"));
	ck_assert(is_text(finding->address, "aws_t.x"));
	ck_assert(is_text(finding->verdict, "fail"));
	ck_assert(is_text(finding->change, "introduced"));
	ck_assert(is_text(finding->severity, "high"));
	ck_assert(is_text(finding->enforce, "block"));
	ck_assert(is_text(finding->path, "a"));
	ck_assert(is_text(finding->state, "known"));
	ck_assert(is_text(finding->actual, "2"));
	ck_assert(is_text(finding->plan, "plan.json"));
	++*seen;
	return false;
}

START_TEST(a_caller_sees_the_findings_one_by_one)
{
	struct run run = {0};
	size_t seen = 0;

	add_control(&run, PATH_A "equals: 1}");
	add_resource(&run, "{\"a\":2}", "{}", "{}");
	ck_assert(run_plan(&run, SIZE_MAX));
	ck_assert(!tfa_report_each(run.report, see_finding, &seen));
	ck_assert_uint_eq(seen, 1);
	run_free(&run);
}
END_TEST

Suite *
suite_engine(void)
{
	Suite *suite = suite_create("engine");
	TCase *tc = tcase_create("verdicts");

	tcase_add_loop_test(tc,
	    one_control_on_one_resource_has_the_verdict_of_the_contract, 0,
	    COUNTOF(verdicts));
	tcase_add_loop_test(tc, the_object_before_gives_the_change_class, 0,
	    COUNTOF(changes));
	tcase_add_loop_test(tc, a_changed_verdict_tells_what_was_there_before, 0,
	    COUNTOF(steps));
	tcase_add_loop_test(tc, totals_become_the_status_of_the_contract, 0,
	    COUNTOF(statuses));
	tcase_add_test(tc, a_plan_that_no_control_looks_at_is_not_decided);
	tcase_add_test(tc, a_plan_that_only_removes_has_nothing_to_judge);
	tcase_add_loop_test(tc, an_option_that_selects_nothing_is_refused, 0,
	    COUNTOF(bad_options));
	tcase_add_test(tc, a_sensitive_value_is_compared_but_not_told);
	tcase_add_test(tc, an_attribute_that_the_provider_lacks_is_told_once);
	tcase_add_test(tc, planned_values_serve_where_there_are_no_changes);
	tcase_add_test(tc, two_reports_become_one_that_balances);
	tcase_add_test(tc, a_caller_sees_the_findings_one_by_one);
	suite_add_tcase(suite, tc);
	return suite;
}
