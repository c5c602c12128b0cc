/*
 * The tests inside the shipped controls: each is a small plan whose one resource
 * has the verdict that its control says.
 */
#include <stdlib.h>

#include "engine/result.h"
#include "json/write.h"
#include "test/test.h"

static struct tfa_policies *policies;

static void
load_policies(void)
{
	struct tfa_error err = {0};

	policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(policies);
	ck_assert_msg(tfa_policies_builtin(policies, &err), "%s:%zu: %s",
	    err.file, err.line, err.message);
	ck_assert(policies_need_all(policies));
}

static void
free_policies(void)
{
	tfa_policies_free(policies);
}

/* What is unknown was written as one of two other resources' attributes. */
static void
emit_expressions(struct emit *emit, const char *key, struct value mask)
{
	struct value_iter it = value_each(mask);
	bool object = value_kind(mask) == NODE_OBJECT;
	char name[128];

	if (!value_is_container(mask)) {
		emit_open(emit, key, '{');
		if (value_kind(mask) == NODE_TRUE) {
			emit_open(emit, "references", '[');
			emit_str(emit, NULL, STR("aws_kms_key.k.arn"));
			emit_str(emit, NULL, STR("aws_kms_key.k"));
			emit_str(emit, NULL, STR("aws_s3_bucket.b.id"));
			emit_str(emit, NULL, STR("aws_s3_bucket.b"));
			emit_close(emit, ']');
		}
		emit_close(emit, '}');
		return;
	}
	emit_open(emit, key, object ? '{' : '[');
	while (value_step(&it)) {
		if (object)
			snprintf(name, sizeof(name), STR_FMT,
			    STR_ARG(value_raw(it.key)));
		emit_expressions(emit, object ? name : NULL, it.value);
	}
	emit_close(emit, object ? '}' : ']');
}

static void
emit_identity(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	char address[256];

	snprintf(address, sizeof(address), "%s" STR_FMT ".x",
	    control->data ? "data." : "", STR_ARG(test->type));
	emit_str(emit, "address", str_of(address));
	emit_str(emit, "mode", control->data ? STR("data") : STR("managed"));
	emit_str(emit, "type", test->type);
	emit_str(emit, "name", STR("x"));
}

static void
emit_plan(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "format_version", STR("1.2"));
	emit_open(emit, "resource_changes", '[');
	emit_open(emit, NULL, '{');
	emit_identity(emit, control, test);
	emit_open(emit, "change", '{');
	emit_open(emit, "actions", '[');
	emit_str(emit, NULL, test->before.node ? STR("update") : STR("create"));
	emit_close(emit, ']');
	emit_value(emit, "before", test->before);
	emit_value(emit, "after", test->resource);
	if (test->unknown.node)
		emit_value(emit, "after_unknown", test->unknown);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_open(emit, "configuration", '{');
	emit_open(emit, "root_module", '{');
	emit_open(emit, "resources", '[');
	emit_open(emit, NULL, '{');
	emit_identity(emit, control, test);
	emit_expressions(emit, "expressions", test->unknown);
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, '}');
	ck_assert(emit_finish(emit));
}

static struct tally
judge(const struct control *control, const struct control_test *test)
{
	const char *id = control->id.ptr;
	struct tfa_options options = {.path = "test",
	    .now = "2026-01-01T00:00:00Z",
	    .controls = &id,
	    .control_count = 1};
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval = tfa_eval_new(policies, &options, &err);
	struct emit emit;
	struct tally tally;
	char *plan;
	size_t len;
	FILE *file = open_memstream(&plan, &len);
	bool ok;

	ck_assert(file != NULL);
	emit_init(&emit, file, false);
	emit_plan(&emit, control, test);
	fclose(file);
	ok = eval && tfa_eval_feed(eval, plan, len, &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s, " STR_FMT ": %s\n%s", id, STR_ARG(test->name),
	    err.message, plan);
	tally = report->tallies[control->index];
	tfa_report_free(report);
	tfa_eval_free(eval);
	free(plan);
	return tally;
}

static size_t
expected_count(const struct tally *tally, enum expectation expect)
{
	switch (expect) {
	case EXPECT_PASS:
		return tally->pass;
	case EXPECT_FAIL:
		return tally->fail;
	case EXPECT_UNKNOWN:
		return tally->unknown;
	case EXPECT_ERROR:
		return tally->error;
	case EXPECT_NOT_APPLICABLE:
		return tally->not_applicable;
	}
	return 0;
}

START_TEST(tests_of_the_shipped_controls_come_out_as_they_say)
{
	size_t wrong = 0, run = 0;

	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		for (size_t j = 0; j < control->test_count; j++) {
			const struct control_test *test = &control->tests[j];
			struct tally tally = judge(control, test);

			run++;
			if (expected_count(&tally, test->expect) == 1)
				continue;
			wrong++;
			fprintf(stderr,
			    "%s: " STR_FMT ": %zu pass, %zu fail, %zu unknown, "
			    "%zu error, %zu not applicable\n",
			    control->id.ptr, STR_ARG(test->name), tally.pass,
			    tally.fail, tally.unknown, tally.error,
			    tally.not_applicable);
		}
	}
	ck_assert_uint_gt(run, 190);
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(every_shipped_control_is_tested_both_ways)
{
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];
		bool passes = false, fails = false;

		for (size_t j = 0; j < control->test_count; j++) {
			passes = passes ||
			    control->tests[j].expect == EXPECT_PASS;
			fails =
			    fails || control->tests[j].expect == EXPECT_FAIL;
		}
		/* What never passes has only failures to show. */
		ck_assert_msg(fails, "%s: no failing test", control->id.ptr);
		ck_assert_msg(passes || control->assert->kind == COND_NEVER,
		    "%s: no passing test", control->id.ptr);
	}
}
END_TEST

Suite *
suite_pack(void)
{
	Suite *suite = suite_create("pack");
	TCase *tc = tcase_create("controls");

	tcase_add_unchecked_fixture(tc, load_policies, free_policies);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, tests_of_the_shipped_controls_come_out_as_they_say);
	tcase_add_test(tc, every_shipped_control_is_tested_both_ways);
	suite_add_tcase(suite, tc);
	return suite;
}
