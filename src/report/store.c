/*
 * The tables of a database, and its one transaction.  docs/results-database.md
 * says what the columns mean.
 */
#include <sys/stat.h>

#include "report/database.h"
#include "report/report.h"

enum { WAIT_MS = 20000 };

/* "tfas", and the version of the tables. */
#define APPLICATION 1952866675
#define TABLES 1
#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

/* clang-format off */
static const char tables[] =
    "CREATE TABLE runs (\n"
    "  run INTEGER PRIMARY KEY, tool_version TEXT NOT NULL,\n"
    "  as_of TEXT, verdict TEXT NOT NULL, exit_status INTEGER NOT NULL,\n"
    "  plans INTEGER NOT NULL, plans_refused INTEGER NOT NULL,\n"
    "  resources INTEGER NOT NULL, resources_judged INTEGER NOT NULL,\n"
    "  controls INTEGER NOT NULL, pass INTEGER NOT NULL,\n"
    "  fail INTEGER NOT NULL, unknown INTEGER NOT NULL,\n"
    "  waived INTEGER NOT NULL, error INTEGER NOT NULL,\n"
    "  not_applicable INTEGER NOT NULL, introduced INTEGER NOT NULL,\n"
    "  existing INTEGER NOT NULL, fixed INTEGER NOT NULL,\n"
    "  removed INTEGER NOT NULL, blocking INTEGER NOT NULL,\n"
    "  best INTEGER NOT NULL, worst INTEGER NOT NULL);\n"
    "CREATE TABLE plans (\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  plan INTEGER NOT NULL, path TEXT NOT NULL, sha256 TEXT,\n"
    "  bytes INTEGER NOT NULL, terraform_version TEXT, timestamp TEXT,\n"
    "  complete INTEGER, errored INTEGER, refused TEXT,\n"
    "  PRIMARY KEY (run, plan)) WITHOUT ROWID;\n"
    "CREATE TABLE policies (\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  path TEXT NOT NULL, sha256 TEXT NOT NULL, pack TEXT, version TEXT,\n"
    "  controls INTEGER NOT NULL);\n"
    "CREATE TABLE controls (\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  control TEXT NOT NULL, title TEXT NOT NULL,\n"
    "  severity TEXT NOT NULL, enforce TEXT NOT NULL,\n"
    "  pass INTEGER NOT NULL, fail INTEGER NOT NULL,\n"
    "  unknown INTEGER NOT NULL, waived INTEGER NOT NULL,\n"
    "  error INTEGER NOT NULL, not_applicable INTEGER NOT NULL,\n"
    "  mapping INTEGER, PRIMARY KEY (run, control)) WITHOUT ROWID;\n"
    "CREATE TABLE requirements (\n"
    "  mapping INTEGER NOT NULL, framework TEXT NOT NULL,\n"
    "  requirement TEXT NOT NULL,\n"
    "  PRIMARY KEY (mapping, framework, requirement)) WITHOUT ROWID;\n"
    "CREATE TABLE findings (\n"
    "  finding INTEGER PRIMARY KEY,\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  plan INTEGER NOT NULL, fingerprint TEXT NOT NULL,\n"
    "  control TEXT NOT NULL, address TEXT NOT NULL, module TEXT,\n"
    "  verdict TEXT NOT NULL, raw_verdict TEXT NOT NULL,\n"
    "  change TEXT NOT NULL, severity TEXT NOT NULL,\n"
    "  enforce TEXT NOT NULL, known INTEGER NOT NULL, action TEXT,\n"
    "  path TEXT, state TEXT, expected TEXT, actual TEXT, reason TEXT,\n"
    "  origin TEXT, change_here TEXT, waits_for TEXT, waiver TEXT,\n"
    "  file TEXT, line INTEGER);\n"
    "CREATE TABLE waivers (\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  waiver TEXT NOT NULL, control TEXT NOT NULL,\n"
    "  address TEXT NOT NULL, category TEXT NOT NULL, owner TEXT NOT NULL,\n"
    "  approved_by TEXT, ticket TEXT, reason TEXT, created TEXT,\n"
    "  expires TEXT NOT NULL, state TEXT NOT NULL,\n"
    "  waived INTEGER NOT NULL);\n"
    "CREATE INDEX runs_by_time ON runs (as_of);\n"
    "CREATE INDEX plans_by_path ON plans (path, run);\n"
    "CREATE INDEX controls_by_id ON controls (control, run);\n"
    "CREATE INDEX findings_by_run ON findings (run, verdict);\n"
    "CREATE INDEX findings_by_control ON findings (control, run);\n"
    "CREATE INDEX findings_by_identity ON findings (fingerprint, run);\n"
    "CREATE INDEX waivers_by_run ON waivers (run, owner);\n"
    "CREATE INDEX requirements_by_name\n"
    "  ON requirements (framework, requirement);\n"
    "PRAGMA application_id = " TEXT(APPLICATION) ";\n"
    "PRAGMA user_version = " TEXT(TABLES) ";\n";
/* clang-format on */

bool
database_fail(struct database *base, const char *what)
{
	if (!base->db || base->sqlite.errcode(base->db) == SQLITE_NO_MEMORY)
		return error_nomem(base->err);
	return error_set(base->err, TFA_ERR_REPORT, "the database %s: %.200s",
	    what, base->sqlite.errmsg(base->db));
}

static bool
execute(struct database *base, const char *sql, const char *what)
{
	return base->sqlite.exec(base->db, sql, NULL, NULL, NULL) ==
		   SQLITE_DONE_OK ||
	       database_fail(base, what);
}

static bool
read_number(struct database *base, const char *sql, long long *out)
{
	struct sqlite3_stmt *stmt = NULL;
	bool ok = base->sqlite.prepare_v2(base->db, sql, -1, &stmt, NULL) ==
		      SQLITE_DONE_OK &&
		  base->sqlite.step(stmt) == SQLITE_HAS_ROW;

	if (ok)
		*out = base->sqlite.column_int64(stmt, 0);
	base->sqlite.finalize(stmt);
	return ok || database_fail(base, "cannot be read");
}

static bool
make_tables(struct database *base)
{
	long long application, version, there;

	if (!read_number(base, "PRAGMA application_id", &application) ||
	    !read_number(base, "PRAGMA user_version", &version) ||
	    !read_number(base, "SELECT count(*) FROM sqlite_master", &there))
		return false;
	if (there == 0)
		return execute(base, tables, "cannot be made");
	if (application != APPLICATION)
		return error_set(base->err, TFA_ERR_REPORT,
		    "the database is another program's");
	if (version != TABLES)
		return error_set(base->err, TFA_ERR_REPORT,
		    "the database is of another version of tfassay: its "
		    "tables have number %lld, not " TEXT(TABLES),
		    version);
	return true;
}

static bool
is_fit(const char *path, struct tfa_error *err)
{
	struct stat st;

	return lstat(path, &st) != 0 || S_ISREG(st.st_mode) ||
	       error_set(err, TFA_ERR_REPORT,
		   "a database is a file, and no link, folder or device");
}

static bool
begin(struct database *base, const char *path)
{
	if (base->sqlite.open_v2(
		path, &base->db, SQLITE_OPEN_RW_CREATE, NULL) != SQLITE_DONE_OK)
		return database_fail(base, "cannot be opened");
	base->sqlite.busy_timeout(base->db, WAIT_MS);
	return execute(base, "BEGIN IMMEDIATE", "cannot be locked") &&
	       make_tables(base);
}

bool
database_open(struct database *base, const char *path, struct tfa_error *err)
{
	*base = (struct database){.err = err};
	if (!is_fit(path, err) || !sqlite_load(&base->sqlite, err))
		return false;
	if (begin(base, path))
		return true;
	database_close(base);
	return false;
}

bool
database_add(struct database *base, const struct tfa_report *report,
    const struct tfa_report_style *style, struct tfa_error *err)
{
	if (!report_lists(report, "sqlite", false, style, err))
		return false;
	base->report = report;
	base->style = style;
	base->err = err;
	if (!database_put(base))
		return false;
	base->added++;
	return true;
}

bool
database_commit(struct database *base, struct tfa_error *err)
{
	base->err = err;
	return execute(base, "COMMIT", "cannot be written");
}

/* Closing rolls back what has not been committed. */
void
database_close(struct database *base)
{
	if (base->sqlite.library)
		base->sqlite.close(base->db);
	sqlite_unload(&base->sqlite);
	map_free(&base->mappings);
	arena_free(&base->arena);
	*base = (struct database){0};
}

bool
tfa_report_store(const struct tfa_report *report,
    const struct tfa_report_style *style, const char *path,
    struct tfa_error *err)
{
	static const struct tfa_report_style plain = {0};
	struct database base;
	bool ok;

	style = style ? style : &plain;
	if (!report_lists(report, "sqlite", false, style, err) ||
	    !database_open(&base, path, err))
		return false;
	ok = database_add(&base, report, style, err) &&
	     database_commit(&base, err);
	database_close(&base);
	return ok;
}
