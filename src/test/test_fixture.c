/*
 * Fixtures of many resources of many plans: the resource is judged there as in
 * the plan, control by control, which is compared here once more.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "test/judge.h"
#include "test/test.h"

#define JOINS "testdata/joins/controls.yaml"

enum { WORDS_MOST = 12 };

struct ran {
	int status;
	char *out, *err;
};

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

static struct ran
run(const char *const *words)
{
	struct ran ran = {0};
	struct cli_io io = {.in = -1, .env = no_env};
	char *argv[WORDS_MOST + 1] = {(char *)(uintptr_t) "tfassay"};
	size_t size, count = 1;

	for (; *words; words++)
		argv[count++] = (char *)(uintptr_t)*words;
	io.out = open_memstream(&ran.out, &size);
	io.err = open_memstream(&ran.err, &size);
	ck_assert(io.out && io.err);
	ran.status = cli_run((int)count, argv, &io);
	fclose(io.out);
	fclose(io.err);
	return ran;
}

static void
ran_free(struct ran *ran)
{
	free(ran->out);
	free(ran->err);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

/* One resource of so many is taken of each plan. */
static const struct {
	const char *folder, *name, *policies;
	size_t step;
} plans[] = {
    {"testdata/joins", "accounts", JOINS, 1},
    {"testdata/joins", "bucket", JOINS, 4},
    {"testdata/joins", "bucket-target", JOINS, 2},
    {"testdata/joins", "documents", JOINS, 2},
    {"testdata/joins", "groups", JOINS, 3},
    {"testdata/joins", "hidden", JOINS, 2},
    {"testdata/joins", "key", JOINS, 2},
    {"testdata/joins", "keys", JOINS, 4},
    {"testdata/joins", "listener", JOINS, 2},
    {"testdata/joins", "modules", JOINS, 3},
    {"testdata/joins", "nested", JOINS, 2},
    {"testdata/joins", "tags", JOINS, 2},
    {"testdata/joins", "through", JOINS, 2},
    {"testdata/joins", "traps", JOINS, 4},
    {"testdata/joins", "update", JOINS, 2},
    {"testdata/joins", "values", JOINS, 2},
    {"testdata/provenance", "plan", NULL, 9},
    {"testdata/plans/lifecycle", "lifecycle-mixed", NULL, 3},
    {"testdata/plans/stacks", "container-platform", NULL, 29},
    {"testdata/plans/stacks", "network-hub", NULL, 29},
    {"testdata/real/lake", "plan", NULL, 13},
    {"testdata/real/platform", "plan", NULL, 17},
    {"testdata/real/web", "plan", NULL, 13},
};

static const struct finding *
next_on(const struct judged *run, struct str address, size_t *at)
{
	while (*at < run->report->finding_count) {
		const struct finding *finding =
		    &run->report->findings[(*at)++];

		if (str_eq(finding->address, address))
			return finding;
	}
	return NULL;
}

static void
must_agree(const struct judged *plan, const struct judged *fixture,
    struct str address)
{
	size_t i = 0, j = 0;
	const struct finding *a, *b;

	do {
		a = next_on(plan, address, &i);
		b = next_on(fixture, address, &j);
		ck_assert_msg(!a == !b, STR_FMT, STR_ARG(address));
		if (!a)
			break;
		ck_assert(str_eq(a->control->id, b->control->id));
		ck_assert_msg(a->verdict == b->verdict &&
			a->change == b->change &&
			str_eq(a->reason, b->reason),
		    STR_FMT " on " STR_FMT ": " STR_FMT,
		    STR_ARG(a->control->id), STR_ARG(address),
		    STR_ARG(b->reason));
	} while (true);
}

/* Entries of resource_changes; *there: is one of them at the address? */
static size_t
count_entries(const char *text, size_t len, const char *address, bool *there)
{
	json_t *plan = json_loadb(text, len, 0, NULL), *entry;
	json_t *entries = json_object_get(plan, "resource_changes");
	size_t index, count = json_array_size(entries);

	ck_assert_ptr_nonnull(plan);
	*there = false;
	json_array_foreach(entries, index, entry) {
		const char *at =
		    json_string_value(json_object_get(entry, "address"));

		*there = *there || strcmp(at, address) == 0;
	}
	json_decref(plan);
	return count;
}

static struct judged
judge_here(size_t row, struct str text)
{
	struct tfa_options options = {.path = plans[row].name};
	struct buf policy = {0};
	struct judged run;

	if (plans[row].policies)
		policy = read_file("testdata/joins", "controls", ".yaml");
	run = judge_text(plans[row].policies ? &policy : NULL, text, &options);
	buf_free(&policy);
	return run;
}

static size_t
check_fixture(
    size_t row, const char *path, const struct judged *plan, const char *address)
{
	struct ran ran = plans[row].policies
	    ? RUN("fixture", "--no-builtin", "--policies", JOINS, path, address)
	    : RUN("fixture", path, address);
	struct judged fixture;
	size_t count;
	bool there;

	ck_assert_msg(ran.status == 0, "%s: %s", address, ran.err);
	fixture = judge_here(row, str_of(ran.out));
	must_agree(plan, &fixture, str_of(address));
	count = count_entries(ran.out, strlen(ran.out), address, &there);
	ck_assert_msg(there, "%s is not in its fixture", address);
	judged_free(&fixture);
	ran_free(&ran);
	return count;
}

START_TEST(the_resource_is_judged_as_in_the_plan)
{
	struct buf text =
	    read_file(plans[_i].folder, plans[_i].name, ".json");
	struct judged whole = judge_here((size_t)_i, buf_str(&text));
	json_t *plan = json_loadb(text.ptr, text.len, 0, NULL);
	json_t *entries = json_object_get(plan, "resource_changes");
	size_t total = json_array_size(entries), tried = 0, kept = 0;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s.json", plans[_i].folder,
	    plans[_i].name);
	for (size_t i = 0; i < total; i += plans[_i].step) {
		json_t *entry = json_array_get(entries, i);

		if (json_object_get(entry, "deposed"))
			continue;
		kept += check_fixture((size_t)_i, path, &whole,
		    json_string_value(json_object_get(entry, "address")));
		tried++;
	}
	/* On average less than half of the plan is in a fixture. */
	ck_assert_msg(tried && 2 * kept <= tried * total + 2 * tried,
	    "%zu entries for %zu of %zu", kept, tried, total);
	json_decref(plan);
	judged_free(&whole);
	buf_free(&text);
}
END_TEST

START_TEST(a_fixture_has_no_secret)
{
	struct ran ran = RUN("fixture", "testdata/real/web/plan.json",
	    "module.reports.aws_db_instance.this");
	struct buf plan = read_file("testdata/real/web", "plan", ".json");
	json_t *whole = json_loadb(plan.ptr, plan.len, 0, NULL), *entry;
	const char *password = NULL;
	size_t index;

	json_array_foreach(
	    json_object_get(whole, "resource_changes"), index, entry) {
		json_t *after = json_object_get(
		    json_object_get(entry, "change"), "after");

		if (strcmp(json_string_value(
			       json_object_get(entry, "address")),
			"module.reports.aws_db_instance.this") == 0)
			password = json_string_value(
			    json_object_get(after, "password"));
	}
	ck_assert_int_eq(ran.status, 0);
	ck_assert_ptr_nonnull(password);
	ck_assert_ptr_null(strstr(ran.out, password));
	ck_assert_ptr_nonnull(strstr(ran.out, "\"redacted-1\""));
	json_decref(whole);
	buf_free(&plan);
	ran_free(&ran);
}
END_TEST

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(the_test_that_is_printed_passes)
{
	char folder[] = "/tmp/tfassay-test-XXXXXX";
	char plan[64], test[64];
	struct ran ran;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(plan, sizeof(plan), "%s/plan.json", folder);
	snprintf(test, sizeof(test), "%s/one_test.yaml", folder);
	ran = RUN("fixture", "--test", "--no-builtin", "--policies", JOINS,
	    "-o", plan, "testdata/joins/keys.json",
	    "aws_s3_bucket.chained[\"one\"]");
	ck_assert_msg(ran.status == 0, "%s", ran.err);
	ck_assert_msg(strstr(ran.out, "fail:\n") != NULL, "%s", ran.out);
	write_file(test, ran.out);
	ran_free(&ran);
	ran = RUN("test", "--no-builtin", "--policies", JOINS, test);
	ck_assert_msg(ran.status == 0, "%s%s", ran.out, ran.err);
	ran_free(&ran);
	unlink(plan);
	unlink(test);
	rmdir(folder);
}
END_TEST

static const struct {
	const char *words[6];
	int status;
	const char *says;
} refusals[] = {
    {{"fixture", "testdata/real/web/plan.json"}, 2, "is missing"},
    {{"fixture", "testdata/real/web/plan.json", "aws_s3_bucket.none"}, 2,
	"no resource instance"},
    {{"fixture", "testdata/real/web/plan.json", "not an address"}, 2,
	"is no address"},
    {{"fixture", "testdata/real/web/plan.json",
	 "module.alb.aws_lb_listener.this"},
	2, "such as module.alb.aws_lb_listener.this[\"http\"]"},
    {{"fixture", "--test", "testdata/real/web/plan.json",
	 "aws_s3_bucket.logs"},
	2, "-o FILE"},
    {{"fixture", "testdata/none.json", "aws_s3_bucket.logs"}, 2,
	"cannot be opened"},
    {{"fixture", "LICENSE", "aws_s3_bucket.logs"}, 3, "JSON"},
};

START_TEST(what_cannot_be_cut_is_refused)
{
	struct ran ran = run(refusals[_i].words);

	ck_assert_int_eq(ran.status, refusals[_i].status);
	ck_assert_str_eq(ran.out, "");
	ck_assert_msg(strstr(ran.err, refusals[_i].says) != NULL, "%s",
	    ran.err);
	ran_free(&ran);
}
END_TEST

Suite *
suite_fixture(void)
{
	Suite *suite = suite_create("fixture");
	TCase *tc = tcase_create("fixture");

	tcase_add_loop_test(tc, the_resource_is_judged_as_in_the_plan, 0,
	    COUNTOF(plans));
	tcase_add_test(tc, a_fixture_has_no_secret);
	tcase_add_test(tc, the_test_that_is_printed_passes);
	tcase_add_loop_test(
	    tc, what_cannot_be_cut_is_refused, 0, COUNTOF(refusals));
	suite_add_tcase(suite, tc);
	return suite;
}
