/*
 * Statements and digests, read as others would read them: by jansson and by
 * sha256sum.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/cli.h"
#include "test/judge.h"
#include "test/place.h"
#include "test/test.h"

#define DATA PLACE_DATA
#define POLICY PLACE_POLICY
#define LIFE "testdata/plans/lifecycle/"

/* --- verify --- */

static const char *const verified[][10] = {
    {"--all",           "--format",  "json",         LIFE "lifecycle-mixed.json"},
    {"--format",		 "ndjson",                   LIFE "lifecycle-mixed.json"        },
    {"--show",		 "fail",                     "--format",     "json", "--only", "introduced",
     LIFE "lifecycle-mixed.json"},
    {"--summary-only",           "--format",              "json",            "--strict-joins", "--fail-on",
     "high", LIFE "lifecycle-mixed.json"},
    {"--no-builtin",                 "--policies",             DATA "policy.yaml",       "--waivers",
     DATA "waivers.yaml", "--format", "json", "testdata/cli/failing.json"},
    {"--format", "json", "--as-of",					 "2026-01-01", LIFE "lifecycle-state.json"},
    {"--format",		 "json",               "testdata/cases"},
};

START_TEST(the_same_plan_comes_to_the_same_result)
{
	const char *words[16] = {"check", "-o"};
	struct place place = place_new();
	char path[64];
	size_t count = 3, i;

	words[2] = place_in(&place, "result", path);
	for (i = 0; verified[_i][i]; i++)
		words[count++] = verified[_i][i];
	place_run(&place, words);
	RUN(&place, "verify", path, verified[_i][i - 1]);
	ck_assert_msg(place.status == 0, "%s%s", place.out, place.err);
	must_hold(place.out, "verified: ");
	place_free(&place);
}
END_TEST

START_TEST(what_differs_is_shown_and_has_a_status_of_its_own)
{
	struct place place = place_new();
	char result[64], policy[64];
	struct buf text;
	size_t at;

	copy_file(DATA "policy.yaml", place_in(&place, "policy.yaml", policy));
	place_in(&place, "result", result);
	RUN(&place, "check", "--no-builtin", "--policies", policy, "--format",
	    "json", "-o", result, "testdata/cli/failing.json");
	RUN(&place, "verify", result, "testdata/cli/failing.json");
	ck_assert_int_eq(place.status, 0);
	RUN(&place, "verify", result, "testdata/cli/passing.json");
	ck_assert_int_eq(place.status, 1);
	must_hold(place.out, "differs: ");
	must_hold(place.out, "\"sha256\"");
	must_hold(place.err, "thing_is_good on aws_t.x");
	RUN(&place, "verify", result, "testdata/cli/failing.json",
	    "testdata/cli/failing.json");
	ck_assert_int_eq(place.status, 2);
	must_hold(place.err, "is about 1 plan, and 2 are named");
	/* Another policy under the same name. */
	text = read_file("", policy, "");
	ck_assert(str_find(buf_str(&text), STR("equals: good"), &at));
	memcpy(text.ptr + at, "equals: bad ", 12);
	write_bytes(policy, buf_str(&text));
	buf_free(&text);
	RUN(&place, "verify", result, "testdata/cli/failing.json");
	ck_assert_int_eq(place.status, 1);
	unlink(policy);
	RUN(&place, "verify", result, "testdata/cli/failing.json");
	ck_assert_int_eq(place.status, 2);
	place_free(&place);
}
END_TEST

static char *
env_fail_on(const char *name)
{
	return strcmp(name, "TFASSAY_FAIL_ON") == 0 ? (char *)"critical" : NULL;
}

START_TEST(a_result_says_who_has_set_an_option)
{
	char *words[] = {(char *)"tfassay", (char *)"check",
	    (char *)"--no-builtin", (char *)"--policies",
	    (char *)DATA "policy.yaml", (char *)"--format", (char *)"json",
	    (char *)"testdata/cli/failing.json", NULL};
	struct cli_io io = {.in = -1, .env = env_fail_on};
	struct place place = place_new();
	char path[64];
	size_t size;
	json_t *root, *origin;

	io.out = open_memstream(&place.out, &size);
	io.err = open_memstream(&place.err, &size);
	ck_assert_int_eq(cli_run(8, words, &io), 0);
	fclose(io.out);
	fclose(io.err);
	root = json_loads(place.out, 0, NULL);
	origin = json_array_get(json_object_get(root, "option_origins"), 0);
	ck_assert_str_eq(
	    json_string_value(json_object_get(origin, "option")), "--fail-on");
	ck_assert_str_eq(
	    json_string_value(json_object_get(origin, "value")), "critical");
	ck_assert_str_eq(json_string_value(json_object_get(origin, "origin")),
	    "TFASSAY_FAIL_ON");
	ck_assert_uint_eq(
	    json_array_size(json_object_get(root, "option_origins")), 1);
	json_decref(root);
	/* It is verified without the variable. */
	write_bytes(place_in(&place, "result", path), str_of(place.out));
	RUN(&place, "verify", path, "testdata/cli/failing.json");
	ck_assert_msg(place.status == 0, "%s%s", place.out, place.err);
	place_free(&place);
}
END_TEST

/* --- attest --- */

static const struct {
	const char *words[8];
	const char *result, *passed, *warned, *failed;
} attested[] = {
    {{"--all", "testdata/cli/failing.json"},                           "FAILED",
     "thing_is_not_ugly@aws_t.x",						      "",                      "thing_is_good@aws_t.x"},
    {{"--all", "testdata/cli/passing.json"},                           "PASSED",
     "thing_is_good@aws_t.x thing_is_not_ugly@aws_t.x",                                "",                      ""                     },
    {{"testdata/cli/passing.json"},				    "PASSED", NULL, "",                      ""                     },
    {{"--enforce", "thing_is_good=warn", "testdata/cli/failing.json"}, "WARNED",
     NULL,									     "thing_is_good@aws_t.x", ""                     },
    {{"--waivers", DATA "waivers.yaml", "--as-of", "2026-03-02",
	 "testdata/cli/failing.json"},
     "WARNED",								   NULL, "thing_is_good@aws_t.x", ""                     },
};

static void
check_names(json_t *predicate, const char *key, const char *wanted)
{
	json_t *list = json_object_get(predicate, key), *name;
	struct buf text = {0};
	size_t i;

	ck_assert_msg((list != NULL) == (wanted != NULL), "%s", key);
	json_array_foreach (list, i, name) {
		if (i)
			buf_byte(&text, ' ');
		buf_add(&text, str_of(json_string_value(name)));
	}
	ck_assert_msg(!wanted || str_eq(buf_str(&text), str_of(wanted)),
	    "%s: " STR_FMT, key, STR_ARG(buf_str(&text)));
	buf_free(&text);
}

START_TEST(a_statement_says_what_the_result_says)
{
	const char *words[20] = {"check", POLICY, "--format", "json", "-o"};
	struct place place = place_new();
	size_t count = 7;
	char path[64];
	json_t *root, *subject, *predicate;

	words[count++] = place_in(&place, "result", path);
	for (size_t i = 0; attested[_i].words[i]; i++)
		words[count++] = attested[_i].words[i];
	place_run(&place, words);
	RUN(&place, "attest", path);
	ck_assert_msg(place.status == 0, "%s", place.err);
	root = json_loads(place.out, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_str_eq(json_string_value(json_object_get(root, "_type")),
	    "https://in-toto.io/Statement/v1");
	ck_assert_str_eq(
	    json_string_value(json_object_get(root, "predicateType")),
	    "https://in-toto.io/attestation/test-result/v0.1");
	subject = json_array_get(json_object_get(root, "subject"), 0);
	ck_assert_str_eq(json_string_value(json_object_get(subject, "name")),
	    words[count - 1]);
	predicate = json_object_get(root, "predicate");
	ck_assert_str_eq(
	    json_string_value(json_object_get(predicate, "result")),
	    attested[_i].result);
	check_names(predicate, "passedTests", attested[_i].passed);
	check_names(predicate, "warnedTests", attested[_i].warned);
	check_names(predicate, "failedTests", attested[_i].failed);
	ck_assert(
	    json_array_size(json_object_get(predicate, "configuration")) >= 3);
	json_decref(root);
	place_free(&place);
}
END_TEST

static const struct {
	const char *words[8];
	int status;
	const char *says;
} unattested[] = {
    {{"testdata/no-such-plan.json"},                               3, "a plan could not be judged"},
    {{"--allow", "incomplete,empty", LIFE "lifecycle-state.json"}, 3,
     "the evaluation is not whole"								},
    {{"--show", "pass", "testdata/cli/passing.json"},              2,
     "does not list every finding"								},
    {{"--allow", "empty", LIFE "lifecycle-mixed.json"},            3,
     "the evaluation is not whole"								},
};

START_TEST(an_evaluation_that_is_not_whole_is_not_attested)
{
	const char *words[20] = {"check", POLICY, "--format", "json", "-o"};
	struct place place = place_new();
	size_t count = 7;
	char path[64];

	words[count++] = place_in(&place, "result", path);
	for (size_t i = 0; unattested[_i].words[i]; i++)
		words[count++] = unattested[_i].words[i];
	place_run(&place, words);
	RUN(&place, "attest", path);
	ck_assert_int_eq(place.status, unattested[_i].status);
	ck_assert_str_eq(place.out, "");
	must_hold(place.err, unattested[_i].says);
	place_free(&place);
}
END_TEST

/* --- Digests --- */

START_TEST(sums_are_what_sha256sum_takes)
{
	struct place place = place_new();
	char path[64], sums[64], command[200];

	place_in(&place, "result", path);
	place_in(&place, "SHA256SUMS", sums);
	RUN(&place, "check", POLICY, "--waivers", DATA "waivers.yaml",
	    "--format", "json", "-o", path, "testdata/cli/failing.json");
	RUN(&place, "attest", "--sums", "-o", sums, path);
	ck_assert_int_eq(place.status, 0);
	snprintf(command, sizeof(command),
	    "test $(wc -l <%s) = 4 && sha256sum --status -c %s", sums, sums);
	ck_assert_int_eq(system(command), 0);
	place_free(&place);
}
END_TEST

static json_t *
only_plan(const char *path)
{
	json_t *root = json_load_file(path, 0, NULL);
	json_t *plan = json_array_get(json_object_get(root, "plans"), 0);

	ck_assert(plan != NULL);
	json_incref(plan);
	json_decref(root);
	return plan;
}

START_TEST(a_compressed_plan_has_the_digest_of_what_is_in_it_too)
{
	struct buf bytes = read_file("testdata/cli", "failing", ".json");
	struct place place = place_new();
	char result[64], packed[64];
	json_t *plain, *other;
	gzFile file = gzopen(place_in(&place, "plan.json.gz", packed), "wb");

	ck_assert_int_eq(
	    gzwrite(file, bytes.ptr, (unsigned)bytes.len), (int)bytes.len);
	gzclose(file);
	place_in(&place, "result", result);
	RUN(&place, "check", POLICY, "--format", "json", "-o", result,
	    "testdata/cli/failing.json");
	plain = only_plan(result);
	ck_assert(!json_object_get(plain, "content_sha256"));
	RUN(&place, "check", POLICY, "--format", "json", "-o", result, packed);
	other = only_plan(result);
	ck_assert_str_eq(json_string_value(json_object_get(plain, "sha256")),
	    json_string_value(json_object_get(other, "content_sha256")));
	ck_assert_str_ne(json_string_value(json_object_get(plain, "sha256")),
	    json_string_value(json_object_get(other, "sha256")));
	json_decref(plain);
	json_decref(other);
	buf_free(&bytes);
	place_free(&place);
}
END_TEST

Suite *
suite_evidence(void)
{
	Suite *suite = suite_create("evidence");
	TCase *tcase = tcase_create("evidence");

	tcase_add_loop_test(tcase, the_same_plan_comes_to_the_same_result, 0,
	    (int)COUNTOF(verified));
	tcase_add_test(
	    tcase, what_differs_is_shown_and_has_a_status_of_its_own);
	tcase_add_test(tcase, a_result_says_who_has_set_an_option);
	tcase_add_loop_test(tcase, a_statement_says_what_the_result_says, 0,
	    (int)COUNTOF(attested));
	tcase_add_loop_test(tcase,
	    an_evaluation_that_is_not_whole_is_not_attested, 0,
	    (int)COUNTOF(unattested));
	tcase_add_test(tcase, sums_are_what_sha256sum_takes);
	tcase_add_test(
	    tcase, a_compressed_plan_has_the_digest_of_what_is_in_it_too);
	suite_add_tcase(suite, tcase);
	return suite;
}
