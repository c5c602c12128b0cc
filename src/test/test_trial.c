/*
 * The command that tests controls: on policies that are wrong in one way, and on
 * plans that come to something else than was said.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "policy/policy.h"
#include "test/test.h"

#define CONTROL(assert, tests) \
	"controls:\n" \
	"  - id: one\n" \
	"    title: t\n" \
	"    severity: low\n" \
	"    resource: aws_x\n" \
	"    assert: " assert "\n" \
	"    tests: [" tests "]\n"
#define EQUALS_A "{path: a, equals: true}"
#define PASSES "{name: p, resource: {a: true}, expect: pass}"
#define FAILS "{name: f, resource: {a: false}, expect: fail}"
#define LATER "{name: u, resource: {}, unknown: {a: true}, expect: unknown}"

static const char plan[] =
    "{\"format_version\": \"1.2\", \"resource_changes\": ["
    "{\"address\": \"aws_x.a\", \"mode\": \"managed\", \"type\": \"aws_x\","
    " \"name\": \"a\", \"change\": {\"actions\": [\"create\"],"
    " \"before\": null, \"after\": {\"a\": true}}},"
    "{\"address\": \"aws_x.b[\\\"k\\\"]\", \"mode\": \"managed\","
    " \"type\": \"aws_x\", \"name\": \"b\", \"index\": \"k\","
    " \"change\": {\"actions\": [\"create\"],"
    " \"before\": null, \"after\": {\"a\": false}}}]}";

struct ran {
	char folder[32], path[64];
	struct tfa_policies *policies;
	struct tfa_test_counts counts;
	struct tfa_error err;
	char *text;
	bool ok;
};

static void
write_file(struct ran *run, const char *name, const char *text)
{
	FILE *file;

	snprintf(run->path, sizeof(run->path), "%s/%s", run->folder, name);
	file = fopen(run->path, "w");
	ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static struct ran
run_tests(const char *policy, const char *suite, const char *format,
    bool mutate)
{
	struct ran run = {.folder = "/tmp/tfassay-XXXXXX"};
	struct tfa_test_options options = {.format = format,
	    .now = "2026-01-01",
	    .mutate = mutate,
	    .path_count = 1};
	const char *path = run.path;
	size_t len = 0;
	FILE *out = open_memstream(&run.text, &len);

	ck_assert(mkdtemp(run.folder) != NULL);
	write_file(&run, "plan.json", plan);
	write_file(&run, "p.yaml", policy);
	write_file(&run, "p_test.yaml", suite ? suite : "tests: []\n");
	run.policies = tfa_policies_new(NULL);
	snprintf(run.path, sizeof(run.path), "%s", run.folder);
	options.paths = &path;
	options.path_count = suite ? 1 : 0;
	ck_assert_msg(
	    tfa_policies_load(run.policies, run.folder, &run.err), "%s",
	    run.err.message);
	run.ok = tfa_test_write(
	    run.policies, &options, out, &run.counts, &run.err);
	fclose(out);
	return run;
}

static void
ran_free(struct ran *run)
{
	static const char *const names[] = {
	    "plan.json", "p.yaml", "p_test.yaml"};

	for (size_t i = 0; i < COUNTOF(names); i++) {
		snprintf(run->path, sizeof(run->path), "%s/%s", run->folder,
		    names[i]);
		unlink(run->path);
	}
	rmdir(run->folder);
	tfa_policies_free(run->policies);
	free(run->text);
}

static const struct {
	const char *name, *policy, *suite;
	size_t tests, failed;
	const char *says; /* in what is written, or NULL */
} runs[] = {
    {"right tests pass", CONTROL(EQUALS_A, PASSES ", " FAILS ", " LATER), NULL,
	3, 0, NULL},
    {"a wrong expectation fails",
	CONTROL(EQUALS_A, "{name: p, resource: {a: true}, expect: fail}"), NULL,
	1, 1, "p.yaml:7:13: one: p: expected fail, came to pass"},
    {"a resource that is not judged is not a pass",
	CONTROL(EQUALS_A "\n    where: {path: b, equals: 1}", PASSES), NULL, 1,
	1, "came to not applicable"},
    {"a plan that comes to what was said passes", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: plan.json\n"
	"    expect: {one: {fail: 'aws_x.b[\"k\"]', pass: [aws_x.a]}}\n",
	2, 0, NULL},
    {"passes may go unsaid", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: plan.json\n"
	"    expect: {one: {fail: ['aws_x.b[\"k\"]']}}\n",
	2, 0, NULL},
    {"an unexpected finding fails", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: plan.json\n    expect: {}\n", 2, 1,
	"aws_x.b[\"k\"]: expected nothing, came to fail"},
    {"a missing finding fails", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: plan.json\n"
	"    expect: {one: {fail: ['aws_x.b[\"k\"]', aws_x.c]}}\n",
	2, 1, "p_test.yaml:4:43: one: whole: aws_x.c: expected fail"},
    {"another verdict fails", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: plan.json\n"
	"    expect: {one: {fail: ['aws_x.b[\"k\"]', aws_x.a]}}\n",
	2, 1, "aws_x.a: expected fail, came to pass"},
    {"a plan that is not there fails its test", CONTROL(EQUALS_A, PASSES),
	"tests:\n  - name: whole\n    plan: none.json\n    expect: {}\n", 2, 1,
	"none.json: cannot be read"},
};

START_TEST(a_run_says_what_its_tests_come_to)
{
	struct ran run =
	    run_tests(runs[_i].policy, runs[_i].suite, "text", false);

	ck_assert_msg(run.ok, "%s: %s", runs[_i].name, run.err.message);
	ck_assert_msg(run.counts.tests == runs[_i].tests &&
		run.counts.failed == runs[_i].failed,
	    "%s: %s", runs[_i].name, run.text);
	if (runs[_i].says)
		ck_assert_msg(strstr(run.text, runs[_i].says) != NULL,
		    "%s: %s", runs[_i].name, run.text);
	ran_free(&run);
}
END_TEST

static const struct {
	const char *suite, *message;
	size_t line;
} refused[] = {
    {"tests: []\n", "the list is empty", 1},
    {"test: []\n", "unknown key \"test\"", 1},
    {"tests:\n  - {name: a, plan: b}\n", "a test needs \"expect\"", 2},
    {"tests:\n  - {name: a, plan: b, expect: {onee: {fail: aws_x.a}}}\n",
	"no control \"onee\"; did you mean \"one\"?", 2},
    {"tests:\n  - {name: a, plan: b, expect: {one: {fails: aws_x.a}}}\n",
	"did you mean \"fail\"?", 2},
    {"tests:\n  - {name: a, plan: b, expect: {one: {fail: aws_x}}}\n",
	"\"aws_x\" is no address", 2},
    {"tests:\n  - {name: a, plan: b, expect: [one]}\n", "expected {control",
	2},
};

START_TEST(a_file_of_tests_that_is_wrong_is_refused)
{
	struct ran run = run_tests(
	    CONTROL(EQUALS_A, PASSES), refused[_i].suite, "text", false);

	ck_assert(!run.ok);
	ck_assert_msg(strstr(run.err.message, refused[_i].message) != NULL,
	    "%s", run.err.message);
	ck_assert_uint_eq(run.err.line, refused[_i].line);
	ran_free(&run);
}
END_TEST

/* How many mutants of a control its tests must leave alive. */
static const struct {
	const char *name, *policy;
	size_t mutants, alive;
	const char *says;
} mutations[] = {
    /* turned round; a null, absent, unknown */
    {"all are noticed", CONTROL(EQUALS_A, PASSES ", " FAILS), 4, 0, NULL},
    {"a condition that no test needs is named",
	CONTROL("{all: [" EQUALS_A ", {path: b, equals: 1, if_unset: true}]}",
	    PASSES ", " FAILS),
	/* all made any, 2 left out, 2 turned, 1 if_unset, 6 of attributes */
	12, 4, "no test notices: \"b equals 1\" left out"},
    /* An unknown where leaves a control that holds anyway passing. */
    {"where is changed too",
	CONTROL(EQUALS_A "\n    where: {path: b, equals: 1}",
	    "{name: p, resource: {a: true, b: 1}, expect: pass}"),
	9, 2, "no test notices: where left out"},
};

START_TEST(a_mutant_that_no_test_notices_is_named)
{
	struct ran run = run_tests(mutations[_i].policy, NULL, "text", true);
	size_t alive = run.counts.mutants - run.counts.noticed;

	ck_assert_msg(run.counts.mutants == mutations[_i].mutants &&
		alive == mutations[_i].alive,
	    "%s: %zu, %zu alive: %s", mutations[_i].name, run.counts.mutants,
	    alive, run.text);
	if (mutations[_i].says)
		ck_assert_msg(strstr(run.text, mutations[_i].says) != NULL,
		    "%s", run.text);
	ran_free(&run);
}
END_TEST

START_TEST(json_says_the_same)
{
	struct ran run = run_tests(
	    CONTROL(EQUALS_A,
		PASSES ", {name: w, resource: {a: true}, expect: fail}"),
	    NULL, "json", true);
	json_error_t at;
	json_t *root = json_loads(run.text, JSON_REJECT_DUPLICATES, &at);
	json_t *tests = json_object_get(root, "tests");
	json_t *wrong = json_array_get(tests, 1);

	ck_assert_uint_eq(json_array_size(tests), 2);
	ck_assert_str_eq(
	    json_string_value(json_object_get(wrong, "name")), "w");
	ck_assert(json_is_false(json_object_get(wrong, "passed")));
	ck_assert_uint_eq(json_array_size(json_object_get(root, "mutants")),
	    run.counts.mutants);
	json_decref(root);
	ran_free(&run);
}
END_TEST

START_TEST(markup_in_names_stays_text)
{
	static const char policy[] = CONTROL(EQUALS_A,
	    "{name: '</testcase><x a=\"&\"> # skip', resource: {a: true}, "
	    "expect: fail}");
	struct ran junit = run_tests(policy, NULL, "junit", false);
	struct ran tap = run_tests(policy, NULL, "tap", false);

	ck_assert_ptr_nonnull(strstr(junit.text,
	    "name=\"&lt;/testcase&gt;&lt;x a=&quot;&amp;&quot;&gt; # skip\""));
	ck_assert_ptr_nonnull(strstr(
	    tap.text, "not ok 1 - one: </testcase><x a=\"&\"> _ skip\n"));
	ck_assert_ptr_nonnull(strstr(tap.text, "\n1..1\n"));
	ran_free(&junit);
	ran_free(&tap);
}
END_TEST

Suite *
suite_trial(void)
{
	Suite *suite = suite_create("trial");
	TCase *tc = tcase_create("trial");

	tcase_add_loop_test(
	    tc, a_run_says_what_its_tests_come_to, 0, COUNTOF(runs));
	tcase_add_loop_test(tc, a_file_of_tests_that_is_wrong_is_refused, 0,
	    COUNTOF(refused));
	tcase_add_loop_test(tc, a_mutant_that_no_test_notices_is_named, 0,
	    COUNTOF(mutations));
	tcase_add_test(tc, json_says_the_same);
	tcase_add_test(tc, markup_in_names_stays_text);
	suite_add_tcase(suite, tc);
	return suite;
}
