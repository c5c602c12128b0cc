/*
 * Databases, read by SQLite itself.  What the queries must answer was worked
 * out by hand from the runs that fill the database.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "report/sqlite.h"
#include "test/judge.h"
#include "test/place.h"
#include "test/test.h"

#define DATA PLACE_DATA
#define POLICY PLACE_POLICY
#define REPLAY "testdata/replay"
#define LIFE "testdata/plans/lifecycle/"

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
		place_in(&place, "plan.json", plan);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    place_in(&place, "results.db", base));
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
		place_in(&place, "plan.json", plan);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    place_in(&place, "results.db", base));
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
		    place_in(&place, "other.db", base));
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
		ck_assert_int_eq(
		    symlink(base, place_in(&place, "link.db", link)), 0);
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
		    place_in(&place, "direct.db", base));
		snprintf(stored, sizeof(stored), "sqlite=%s",
		    place_in(&place, "stored.db", other));
		place_in(&place, "result", result);
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

static int
number(json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);

	ck_assert_msg(json_is_integer(value), "%s", name);
	return (int)json_integer_value(value);
}

static void
dump(struct buf *out, const char *path, const char *sql)
{
	struct rows rows = {{0}};
	struct tfa_error err = {0};
	struct sqlite sqlite;
	struct sqlite3 *db = NULL;

	ck_assert(sqlite_load(&sqlite, &err));
	ck_assert_int_eq(sqlite.open_v2(path, &db, 2, NULL), 0);
	ck_assert_int_eq(sqlite.exec(db, sql, add_row, &rows, NULL), 0);
	sqlite.close(db);
	sqlite_unload(&sqlite);
	ck_assert_uint_gt(rows.text.len, 100);
	*out = rows.text;
}

/* What the file says of all plans, to be what the rows add up to. */
static void
check_sums(const char *base)
{
	struct buf whole = read_file(REPLAY, "result", ".ndjson");
	struct str rest = buf_str(&whole), line = rest;
	json_t *end, *totals;
	char wanted[200];

	while (rest.len)
		line = str_cut(rest, '\n', &rest);
	end = json_loadb(line.ptr, line.len, 0, NULL);
	totals = json_object_get(end, "totals");
	snprintf(wanted, sizeof(wanted), "7|1|%d|%d|%d|%d|%d|%d\n",
	    number(totals, "pass"), number(totals, "fail"),
	    number(totals, "unknown"), number(totals, "waived"),
	    number(totals, "blocking"), number(end, "findings"));
	must_answer(base,
	    "SELECT count(*), sum(plans_refused), sum(pass), sum(fail), "
	    "sum(unknown), sum(waived), sum(blocking), "
	    "(SELECT count(*) FROM findings) FROM runs",
	    wanted);
	json_decref(end);
	buf_free(&whole);
}

/* Each is a run, with the rows that "check" gives for it. */
START_TEST(a_replay_is_stored_plan_by_plan)
{
	static const char rows[] =
	    "SELECT as_of, verdict, exit_status, resources, resources_judged, "
	    "pass, fail, unknown, waived, introduced, existing, best, worst "
	    "FROM runs WHERE run = 1; "
	    "SELECT * FROM controls WHERE run = 1; "
	    "SELECT * FROM requirements; "
	    "SELECT * FROM findings WHERE run = 1; "
	    "SELECT * FROM waivers WHERE run = 1; "
	    "SELECT * FROM policies";
	struct place place = place_new();
	char base[64], other[64], sqlite[80];
	struct buf one = {0}, two = {0};

	if (has_sqlite()) {
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    place_in(&place, "replay.db", base));
		RUN(&place, "convert", "--format", sqlite,
		    REPLAY "/result.ndjson");
		ck_assert_msg(place.status == 0, "%s", place.err);
		check_sums(base);
		must_answer(base, "PRAGMA foreign_key_check", "");
		dump(&one, base, rows);
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    place_in(&place, "check.db", other));
		RUN(&place, "check", "--no-builtin", "--policies",
		    REPLAY "/controls.yaml", "--waivers",
		    REPLAY "/waivers.yaml", "--format", sqlite,
		    REPLAY "/plans/2025/ecr.json");
		dump(&two, other, rows);
		ck_assert_msg(str_eq(buf_str(&one), buf_str(&two)),
		    STR_FMT "--- instead of\n" STR_FMT, STR_ARG(buf_str(&one)),
		    STR_ARG(buf_str(&two)));
	}
	buf_free(&one);
	buf_free(&two);
	place_free(&place);
}
END_TEST

static const struct {
	const char *text; /* whose last character becomes another */
	int status;
} harms[] = {
    {"\"type\":\"end\",\"plans\":{\"listed\":7",   3},
    {"\"verdict\":\"waived\"",                     3},
    {"\"type\":\"control\",\"id\":\"r",            3},
    {"\"type\":\"replay\",\"format_version\":\"1", 3},
};

START_TEST(of_a_damaged_replay_nothing_is_stored)
{
	struct place place = place_new();
	char base[64], file[64], sqlite[80];
	struct buf bytes = read_file(REPLAY, "result", ".ndjson");
	struct str text = str_of(harms[_i].text);
	size_t at;

	if (has_sqlite()) {
		ck_assert(str_find(buf_str(&bytes), text, &at));
		bytes.ptr[at + text.len - 1] ^= 1;
		write_bytes(
		    place_in(&place, "replay.ndjson", file), buf_str(&bytes));
		snprintf(sqlite, sizeof(sqlite), "sqlite=%s",
		    place_in(&place, "replay.db", base));
		RUN(&place, "convert", "--format", sqlite, file);
		ck_assert_int_eq(place.status, harms[_i].status);
		ck_assert_str_ne(place.err, "");
		if (access(base, F_OK) == 0)
			must_answer(
			    base, "SELECT count(*) FROM sqlite_master", "0\n");
	}
	buf_free(&bytes);
	place_free(&place);
}
END_TEST

Suite *
suite_database(void)
{
	Suite *suite = suite_create("database");
	TCase *tcase = tcase_create("database");

	tcase_add_loop_test(tcase, ready_queries_answer_what_was_worked_out, 0,
	    (int)COUNTOF(queries));
	tcase_add_test(tcase, a_run_is_appended_whole_or_not_at_all);
	tcase_add_test(tcase, a_database_of_others_is_left_alone);
	tcase_add_test(tcase, a_result_is_stored_as_the_run_would_be);
	tcase_add_test(tcase, a_replay_is_stored_plan_by_plan);
	tcase_add_loop_test(tcase, of_a_damaged_replay_nothing_is_stored, 0,
	    (int)COUNTOF(harms));
	suite_add_tcase(suite, tcase);
	return suite;
}
