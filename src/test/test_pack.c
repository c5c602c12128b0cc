/*
 * The tests inside the shipped controls: each is a small plan whose one resource
 * has the verdict that its control says.
 */
#include <stdlib.h>

#include "policy/folder.h"
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

static bool
is_listed(struct str page, struct str id)
{
	char row[128];
	size_t at;

	snprintf(row, sizeof(row), "\n| `" STR_FMT "` | ", STR_ARG(id));
	return str_find(page, str_of(row), &at);
}

START_TEST(every_rule_of_the_catalogue_is_a_control_or_said_to_be_none)
{
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct str ids, page;
	size_t count = 0;

	ck_assert(folder_text(&ids, "testdata/pack/catalogue.txt",
		      (size_t)1 << 20, &arena, &err) &&
	    folder_text(&page, "docs/not-decidable.md", (size_t)1 << 20,
		&arena, &err));
	while (ids.len) {
		struct str id = str_cut(ids, '\n', &ids);
		bool shipped = map_find(&policies->control_ids, id) != NULL;

		ck_assert_msg(shipped != is_listed(page, id), STR_FMT ": %s",
		    STR_ARG(id), shipped ? "both" : "neither");
		count++;
	}
	ck_assert_uint_gt(count, 500);
	arena_free(&arena);
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
	tcase_add_test(tc,
	    every_rule_of_the_catalogue_is_a_control_or_said_to_be_none);
	suite_add_tcase(suite, tc);
	return suite;
}
