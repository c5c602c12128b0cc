/*
 * The manual of the language: its examples load, their tests come out as they
 * say, and it names every word that the loader knows.
 */
#include <stdlib.h>

#include "policy/policy.h"
#include "test/judge.h"
#include "test/test.h"

#define MANUAL "docs/policy-format.md"

static struct buf manual;

static void
load_manual(void)
{
	manual = read_file(".", MANUAL, "");
}

static void
free_manual(void)
{
	buf_free(&manual);
}

/* The next fenced block of YAML, and what is behind it. */
static bool
next_block(struct str *block, struct str *rest)
{
	size_t at;

	if (!str_find(*rest, STR("\n```yaml\n"), &at))
		return false;
	*rest = str_from(*rest, at + STR("\n```yaml\n").len);
	ck_assert(str_find(*rest, STR("\n```\n"), &at));
	*block = str_head(*rest, at + 1);
	*rest = str_from(*rest, at + 1);
	return true;
}

static bool
is_file(struct str block)
{
	static const char *const keys[] = {
	    "pack:", "controls:", "defaults:", "define:", "profiles:"};

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		if (str_starts(block, str_of(keys[i])))
			return true;
	}
	return false;
}

/* A whole file as it is; else the members of a control in one of its own. */
static void
add_example(struct buf *out, struct str block)
{
	struct str line;
	size_t at;

	if (is_file(block)) {
		buf_add(out, block);
		return;
	}
	buf_add(out,
	    STR("controls:\n  - id: example\n    title: T\n"
		"    severity: low\n"));
	if (!str_starts(block, STR("resource:")))
		buf_add(out, STR("    resource: aws_example\n"));
	while (block.len) {
		line = str_cut(block, '\n', &block);
		buf_fmt(out, "    " STR_FMT "\n", STR_ARG(line));
	}
	ck_assert(!str_find(buf_str(out), STR("\t"), &at));
}

/* Gives how many tests it has, all of which come out. */
static size_t
check_example(struct str block)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_test_options options = {
	    .format = "text", .now = "2026-01-01T00:00:00Z"};
	struct tfa_test_counts counts = {0};
	struct tfa_error err = {0};
	struct buf file = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	add_example(&file, block);
	ck_assert_msg(policies_read(policies, STR("example.yaml"),
			  buf_str(&file), false, &err),
	    "%zu:%zu: %s in\n" STR_FMT, err.line, err.column, err.message,
	    STR_ARG(buf_str(&file)));
	ck_assert_msg(tfa_test_write(policies, &options, out, &counts, &err),
	    "%s", err.message);
	fclose(out);
	ck_assert_msg(
	    counts.failed == 0, "%s in\n" STR_FMT, text, STR_ARG(block));
	free(text);
	buf_free(&file);
	tfa_policies_free(policies);
	return counts.tests;
}

START_TEST(every_example_loads_and_its_tests_come_out)
{
	struct str rest = buf_str(&manual), block;
	size_t examples = 0, tests = 0;

	while (next_block(&block, &rest)) {
		size_t more = check_example(block);

		ck_assert_msg(
		    more > 0, "no test in\n" STR_FMT, STR_ARG(block));
		tests += more;
		examples++;
	}
	ck_assert_uint_ge(examples, 25);
	ck_assert_uint_ge(tests, 60);
}
END_TEST

/* Is it there as code: `name`, `name: ...`, or in an example? */
static bool
is_named(const char *name)
{
	char code[64];
	size_t at;

	snprintf(code, sizeof(code), "`%s`", name);
	if (str_find(buf_str(&manual), str_of(code), &at))
		return true;
	snprintf(code, sizeof(code), "`%s:", name);
	return str_find(buf_str(&manual), str_of(code), &at);
}

START_TEST(every_operator_is_in_the_manual)
{
	struct operator operator;

	for (size_t i = 0; operator_at(i, &operator); i++)
		ck_assert_msg(is_named(operator.name), "%s", operator.name);
}
END_TEST

START_TEST(every_companion_is_in_the_manual)
{
	static const char *const companions[] = {"any_path", "every_path",
	    "then", "satisfies", "default", "source", "if_unset", "strictly",
	    "show", "sentinel", "ignoring_case", "with", "ordered_by",
	    "where_its", "by_my", "in_plan", "name_matches", "quantifier",
	    "if_none"};

	for (size_t i = 0; i < COUNTOF(companions); i++)
		ck_assert_msg(is_named(companions[i]), "%s", companions[i]);
}
END_TEST

Suite *
suite_manual(void)
{
	Suite *suite = suite_create("manual");
	TCase *tc = tcase_create("examples");

	tcase_add_unchecked_fixture(tc, load_manual, free_manual);
	tcase_add_test(tc, every_example_loads_and_its_tests_come_out);
	tcase_add_test(tc, every_operator_is_in_the_manual);
	tcase_add_test(tc, every_companion_is_in_the_manual);
	suite_add_tcase(suite, tc);
	return suite;
}
