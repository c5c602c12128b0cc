/*
 * The tests inside the shipped controls: each is a small plan whose one resource
 * has the verdict that its control says.
 */
#include <stdlib.h>

#include "policy/policy.h"
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
	ck_assert(policies_need_tests(policies));
}

static void
free_policies(void)
{
	tfa_policies_free(policies);
}

/* What a run of the shipped tests writes; to be freed. */
static char *
run_tests(const struct tfa_test_options *options,
    struct tfa_test_counts *counts)
{
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_msg(tfa_test_write(policies, options, out, counts, &err),
	    "%s", err.message);
	fclose(out);
	return text;
}

START_TEST(tests_of_the_shipped_controls_come_out_as_they_say)
{
	struct tfa_test_counts counts;
	struct tfa_test_options options = {
	    .builtin = true, .format = "text", .now = "2026-01-01"};
	char *text = run_tests(&options, &counts);

	ck_assert_msg(counts.failed == 0, "%s", text);
	ck_assert_uint_gt(counts.tests, 1000);
	free(text);
}
END_TEST

START_TEST(tests_of_the_shipped_controls_notice_a_changed_control)
{
	struct tfa_test_counts counts;
	struct tfa_test_options options = {.builtin = true,
	    .mutate = true,
	    .format = "text",
	    .now = "2026-01-01"};
	char *text = run_tests(&options, &counts);

	ck_assert_uint_gt(counts.mutants, 1000);
	ck_assert_msg(counts.noticed * 100 >= counts.mutants * 95,
	    "%zu of %zu\n%s", counts.noticed, counts.mutants, text);
	free(text);
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
		/* What has one answer only has nothing else to show. */
		ck_assert_msg(fails || control->assert->kind == COND_ALWAYS,
		    "%s: no failing test", control->id.ptr);
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
	tcase_add_test(
	    tc, tests_of_the_shipped_controls_notice_a_changed_control);
	tcase_add_test(tc, every_shipped_control_is_tested_both_ways);
	suite_add_tcase(suite, tc);
	return suite;
}
