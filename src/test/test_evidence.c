/*
 * Statements, digests and databases, read as others would read them: by
 * jansson, sha256sum and SQLite itself.  What the queries must answer was
 * worked out by hand from the three runs that fill the database.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/cli.h"
#include "report/sqlite.h"
#include "test/judge.h"
#include "test/test.h"

#define DATA "testdata/evidence/"
#define POLICY "--no-builtin", "--policies", DATA "policy.yaml"
#define LIFE "testdata/plans/lifecycle/"

enum { WORDS_MOST = 24 };

/* --- Running, in a folder of its own --- */

struct place {
	char folder[32];
	char *out, *err;
	int status;
};

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

static void
run(struct place *place, const char *const *words)
{
	char *argv[WORDS_MOST + 2] = {(char *)"tfassay"};
	struct cli_io io = {.in = -1, .env = no_env};
	size_t size;
	int count = 1;

	free(place->out);
	free(place->err);
	for (; words[count - 1]; count++) {
		ck_assert_int_lt(count, WORDS_MOST);
		argv[count] = (char *)words[count - 1];
	}
	io.out = open_memstream(&place->out, &size);
	io.err = open_memstream(&place->err, &size);
	place->status = cli_run(count, argv, &io);
	fclose(io.out);
	fclose(io.err);
}

#define RUN(place, ...) run((place), (const char *const[]){__VA_ARGS__, NULL})

static struct place
place_new(void)
{
	struct place place = {.folder = "/tmp/tfassay-evid-XXXXXX"};

	ck_assert(mkdtemp(place.folder) != NULL);
	return place;
}

static void
place_free(struct place *place)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", place->folder);
	ck_assert_int_eq(system(command), 0);
	free(place->out);
	free(place->err);
}

/* Two paths a call at most live at the same time. */
static const char *
in(const struct place *place, const char *name, char path[64])
{
	snprintf(path, 64, "%s/%s", place->folder, name);
	return path;
}

static void
write_bytes(const char *path, struct str bytes)
{
	FILE *file = fopen(path, "wb");

	ck_assert(file != NULL);
	ck_assert_uint_eq(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	ck_assert_int_eq(fclose(file), 0);
}

static void
copy_file(const char *from, const char *to)
{
	struct buf bytes = read_file(from[0] == '/' ? "" : ".", from, "");

	write_bytes(to, buf_str(&bytes));
	buf_free(&bytes);
}

static void
must_hold(const char *text, const char *part)
{
	ck_assert_msg(
	    strstr(text, part) != NULL, "\"%s\" is not in:\n%s", part, text);
}

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

	words[2] = in(&place, "result", path);
	for (i = 0; verified[_i][i]; i++)
		words[count++] = verified[_i][i];
	run(&place, words);
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

	copy_file(DATA "policy.yaml", in(&place, "policy.yaml", policy));
	in(&place, "result", result);
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
	write_bytes(in(&place, "result", path), str_of(place.out));
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

	words[count++] = in(&place, "result", path);
	for (size_t i = 0; attested[_i].words[i]; i++)
		words[count++] = attested[_i].words[i];
	run(&place, words);
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

	words[count++] = in(&place, "result", path);
	for (size_t i = 0; unattested[_i].words[i]; i++)
		words[count++] = unattested[_i].words[i];
	run(&place, words);
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

	in(&place, "result", path);
	in(&place, "SHA256SUMS", sums);
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
	gzFile file = gzopen(in(&place, "plan.json.gz", packed), "wb");

	ck_assert_int_eq(
	    gzwrite(file, bytes.ptr, (unsigned)bytes.len), (int)bytes.len);
	gzclose(file);
	in(&place, "result", result);
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

/* --- The database --- */

struct rows {
	struct buf text; /* "a|b\n" for each */
};

static int
add_row(void *ctx, int count, char **values, char **names)
{
	struct rows *rows = ctx;

	(void)names;
	for (int i = 0; i < count; i++) {
		if (i)
			buf_byte(&rows->text, '|');
		buf_add(&rows->text, str_of(values[i] ? values[i] : ""));
	}
	buf_byte(&rows->text, '\n');
	return 0;
}

/* False: SQLite is not there, and the tests are skipped. */
static bool
has_sqlite(void)
{
	struct tfa_error err = {0};
	struct sqlite sqlite;

	if (!sqlite_load(&sqlite, &err)) {
		printf("evidence: skipped: libsqlite3 is missing\n");
		return false;
	}
	sqlite_unload(&sqlite);
	return true;
}

static void
must_answer(const char *path, const char *sql, const char *wanted)
{
	struct rows rows = {{0}};
	struct tfa_error err = {0};
	struct sqlite sqlite;
	struct sqlite3 *db = NULL;
	char *message = NULL;

	ck_assert(sqlite_load(&sqlite, &err));
	ck_assert_int_eq(sqlite.open_v2(path, &db, 2, NULL), 0);
	ck_assert_msg(sqlite.exec(db, sql, add_row, &rows, &message) == 0,
	    "%s: %s", sql, message ? message : "");
	ck_assert_msg(str_eq(buf_str(&rows.text), str_of(wanted)),
	    "%s\n" STR_FMT "--- instead of\n%s", sql,
	    STR_ARG(buf_str(&rows.text)), wanted);
	sqlite.close(db);
	sqlite_unload(&sqlite);
	buf_free(&rows.text);
}

/*
 * plan.json fails in January and February and passes from the first of March,
 * where two waivers stand that nothing needs.
 */
static void
fill(struct place *place, const char *plan, const char *sqlite)
{
	copy_file("testdata/cli/failing.json", plan);
	RUN(place, "check", POLICY, "--format", sqlite, "--as-of", "2026-01-10",
	    plan);
	ck_assert_msg(place->status == 1, "%s", place->err);
	RUN(place, "check", POLICY, "--format", sqlite, "--as-of", "2026-02-10",
	    plan);
	ck_assert_int_eq(place->status, 1);
	copy_file("testdata/cli/passing.json", plan);
	RUN(place, "check", POLICY, "--format", sqlite, "--as-of", "2026-03-01",
	    plan);
	ck_assert_int_eq(place->status, 0);
	/* Another plan, at the end. */
	RUN(place, "check", POLICY, "--waivers", DATA "waivers.yaml",
	    "--format", sqlite, "--as-of", "2026-03-20",
	    "testdata/cli/failing.json");
	ck_assert_int_eq(place->status, 0);
}

static const struct {
	const char *file, *answer;
} queries[] = {
    {"trend-per-control",             "2026-01|thing_is_good|high|1|0|0\n"
			  "2026-02|thing_is_good|high|1|0|0\n"
			  "2026-03|thing_is_good|high|0|0|1\n"},
 /* 21 days of January, 28 of February, one of March. */
    {"mean-time-a-finding-lives",     "thing_is_good|1|0|50.0|50.0\n"                  },
    {"new-and-fixed-per-month",       "2026-01|1|0\n2026-03|0|1\n"                     },
    {"waivers-by-owner",              "team-a|1|1|1|1|0|0|2026-04-10\n"
			 "team-b|1|0|0|0|0|1|2026-06-30\n"     },
    {"requirement-coverage-by-month",
     "2026-01|Ours v1|3|3|1|2|0\n2026-02|Ours v1|3|3|1|2|0\n"
	"2026-03|Ours v1|3|3|3|0|0\n"						  },
};

START_TEST(ready_queries_answer_what_was_worked_out)
{
	struct place place = place_new();
	char plan[64], base[64], sqlite[80];
	struct buf sql, docs;

	if (has_sqlite()) {
		in(&place, "plan.json", plan);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    in(&place, "results.db", base));
		fill(&place, plan, sqlite);
		sql = read_file("contrib/sql", queries[_i].file, ".sql");
		ck_assert(buf_byte(&sql, '\0'));
		must_answer(base, sql.ptr, queries[_i].answer);
		docs = read_file("docs", "results-database", ".md");
		ck_assert(buf_byte(&docs, '\0'));
		must_hold(docs.ptr, sql.ptr);
		buf_free(&sql);
		buf_free(&docs);
	}
	place_free(&place);
}
END_TEST

START_TEST(a_run_is_appended_whole_or_not_at_all)
{
	struct place place = place_new();
	char plan[64], base[64], sqlite[80];
	const char *count = "SELECT count(*) FROM runs";

	if (has_sqlite()) {
		in(&place, "plan.json", plan);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    in(&place, "results.db", base));
		fill(&place, plan, sqlite);
		must_answer(base, count, "4\n");
		must_answer(base, "PRAGMA integrity_check", "ok\n");
		must_answer(base, "PRAGMA foreign_key_check", "");
		must_answer(base,
		    "SELECT address, verdict, findings.path, actual, "
		    "length(sha256), "
		    "action FROM findings JOIN plans USING (run, plan) "
		    "WHERE run = 1",
		    "aws_t.x|fail|a|bad|64|create\n");
		/* The last table cannot be filled. */
		must_answer(base,
		    "CREATE TRIGGER stop BEFORE INSERT ON findings BEGIN "
		    "SELECT RAISE(ABORT, 'stopped'); END",
		    "");
		RUN(&place, "check", POLICY, "--format", sqlite,
		    "testdata/cli/failing.json");
		ck_assert_int_eq(place.status, 5);
		must_hold(place.err, "stopped");
		must_answer(base, count, "4\n");
	}
	place_free(&place);
}
END_TEST

START_TEST(a_database_of_others_is_left_alone)
{
	struct place place = place_new();
	char base[64], sqlite[80], link[64];

	if (has_sqlite()) {
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    in(&place, "other.db", base));
		write_bytes(base, STR(""));
		must_answer(base, "CREATE TABLE runs (x)", "");
		RUN(&place, "check", POLICY, "--format", sqlite,
		    "testdata/cli/failing.json");
		ck_assert_int_eq(place.status, 5);
		must_hold(place.err, "another program's");
		must_answer(base, "SELECT name FROM sqlite_master", "runs\n");
		write_bytes(base, STR("no database, but longer than a header "
				      "would be: a text of someone"));
		RUN(&place, "check", POLICY, "--format", sqlite,
		    "testdata/cli/failing.json");
		ck_assert_int_eq(place.status, 5);
		ck_assert_int_eq(access(base, F_OK), 0);
		ck_assert_int_eq(symlink(base, in(&place, "link.db", link)), 0);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s", link);
		RUN(&place, "check", POLICY, "--format", sqlite,
		    "testdata/cli/failing.json");
		ck_assert_int_eq(place.status, 5);
	}
	RUN(&place, "check", POLICY, "--format", "sqlite",
	    "testdata/cli/failing.json");
	ck_assert_int_eq(place.status, 2);
	must_hold(place.err, "a database is a file");
	place_free(&place);
}
END_TEST

START_TEST(a_result_is_stored_as_the_run_would_be)
{
	static const char dump[] =
	    "SELECT * FROM plans; SELECT * FROM controls; "
	    "SELECT * FROM requirements; SELECT * FROM policies; "
	    "SELECT finding, run, plan, fingerprint, reason, origin, "
	    "change_here, waits_for, module, action FROM findings";
	struct place place = place_new();
	char base[64], other[64], result[64], direct[80], stored[80];
	struct rows rows[2] = {{{0}}, {{0}}};
	struct tfa_error err = {0};
	struct sqlite sqlite;

	if (has_sqlite()) {
		snprintf(direct, sizeof(direct), "sqlite=%s",
		    in(&place, "direct.db", base));
		snprintf(stored, sizeof(stored), "sqlite=%s",
		    in(&place, "stored.db", other));
		in(&place, "result", result);
		RUN(&place, "check", "--format", direct,
		    LIFE "lifecycle-mixed.json");
		RUN(&place, "check", "--format", "json", "-o", result,
		    LIFE "lifecycle-mixed.json");
		RUN(&place, "convert", "--format", stored, result);
		ck_assert_msg(place.status == 0, "%s", place.err);
		ck_assert(sqlite_load(&sqlite, &err));
		for (int i = 0; i < 2; i++) {
			struct sqlite3 *db;

			ck_assert_int_eq(
			    sqlite.open_v2(i ? other : base, &db, 2, NULL), 0);
			ck_assert_int_eq(
			    sqlite.exec(db, dump, add_row, &rows[i], NULL), 0);
			sqlite.close(db);
		}
		sqlite_unload(&sqlite);
		ck_assert_uint_gt(rows[0].text.len, 1000);
		ck_assert(
		    str_eq(buf_str(&rows[0].text), buf_str(&rows[1].text)));
	}
	buf_free(&rows[0].text);
	buf_free(&rows[1].text);
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
	tcase_add_loop_test(tcase, ready_queries_answer_what_was_worked_out, 0,
	    (int)COUNTOF(queries));
	tcase_add_test(tcase, a_run_is_appended_whole_or_not_at_all);
	tcase_add_test(tcase, a_database_of_others_is_left_alone);
	tcase_add_test(tcase, a_result_is_stored_as_the_run_would_be);
	suite_add_tcase(suite, tcase);
	return suite;
}
