/*
 * A run appended to a database, in one transaction: it is there whole or not
 * at all.  Texts are cleaned as for a terminal, because that is where queries
 * print them, and are bound, never part of a statement.
 * docs/results-database.md says what the columns mean.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "policy/waiver.h"
#include "report/form.h"
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"
#include "report/sqlite.h"

enum { WAIT_MS = 20000, CELLS_MOST = 32 };

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
    "  PRIMARY KEY (run, control)) WITHOUT ROWID;\n"
    "CREATE TABLE requirements (\n"
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,\n"
    "  framework TEXT NOT NULL, requirement TEXT NOT NULL,\n"
    "  control TEXT NOT NULL,\n"
    "  PRIMARY KEY (run, framework, requirement, control)) WITHOUT ROWID;\n"
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
    "  ON requirements (framework, requirement, run);\n"
    "PRAGMA application_id = " TEXT(APPLICATION) ";\n"
    "PRAGMA user_version = " TEXT(TABLES) ";\n";
/* clang-format on */

struct cell {
	struct str text;
	size_t most; /* characters; 0: it is number */
	uint64_t number;
	bool null;
};

struct database {
	struct sqlite sqlite;
	struct sqlite3 *db;
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	long long run;
	struct tfa_error *err;
};

static bool
fail(struct database *base, const char *what)
{
	return error_set(base->err, TFA_ERR_REPORT, "the database %s: %.200s",
	    what, base->db ? base->sqlite.errmsg(base->db) : "no memory");
}

static bool
execute(struct database *base, const char *sql, const char *what)
{
	return base->sqlite.exec(base->db, sql, NULL, NULL, NULL) ==
		   SQLITE_DONE_OK ||
	       fail(base, what);
}

/* --- Rows --- */

static struct cell
text_of(struct str text)
{
	return (struct cell){
	    .text = text, .most = CLEAN_PROSE, .null = text.len == 0};
}

static struct cell
word_of(const char *word)
{
	return text_of(str_of(word));
}

static struct cell
number_of(uint64_t number)
{
	return (struct cell){.number = number};
}

/* A text that must be there, if only as an empty one. */
static struct cell
must(struct cell cell)
{
	cell.null = false;
	return cell;
}

static struct cell
stated_of(enum stated stated)
{
	return (struct cell){
	    .number = stated == STATED_TRUE, .null = stated == UNSTATED};
}

/* The bytes must live until the statement is stepped. */
static bool
bind(struct database *base, struct sqlite3_stmt *stmt, int at,
    const struct cell *cell, struct buf *text)
{
	const struct sqlite *sqlite = &base->sqlite;
	struct str clean;

	if (cell->null)
		return sqlite->bind_null(stmt, at) == SQLITE_DONE_OK;
	if (!cell->most)
		return sqlite->bind_int64(stmt, at,
			   cell->number > INT64_MAX
			       ? INT64_MAX
			       : (long long)cell->number) == SQLITE_DONE_OK;
	clean = form_text(text, cell->text, cell->most);
	return !text->failed &&
	       sqlite->bind_text(stmt, at, clean.len ? clean.ptr : "",
		   (int)clean.len, NULL) == SQLITE_DONE_OK;
}

static bool
put_row(struct database *base, struct sqlite3_stmt *stmt,
    const struct cell *cells, size_t count)
{
	struct buf texts[CELLS_MOST] = {{0}};
	bool ok = count <= CELLS_MOST;

	for (size_t i = 0; ok && i < count; i++)
		ok = bind(base, stmt, (int)i + 1, &cells[i], &texts[i]);
	ok = ok && base->sqlite.step(stmt) == SQLITE_IS_DONE;
	base->sqlite.reset(stmt);
	for (size_t i = 0; i < count && i < CELLS_MOST; i++)
		buf_free(&texts[i]);
	return ok || fail(base, "cannot be written");
}

static struct sqlite3_stmt *
prepare(struct database *base, const char *sql)
{
	struct sqlite3_stmt *stmt = NULL;

	if (base->sqlite.prepare_v2(base->db, sql, -1, &stmt, NULL) ==
	    SQLITE_DONE_OK)
		return stmt;
	fail(base, "has other tables");
	return NULL;
}

/* "INSERT INTO t VALUES (?,?,?)" */
static struct sqlite3_stmt *
inserter(struct database *base, const char *table, size_t columns)
{
	char sql[160];
	size_t len = (size_t)snprintf(
	    sql, sizeof(sql), "INSERT INTO %s VALUES (", table);

	for (size_t i = 0; i < columns && len + 4 < sizeof(sql); i++)
		len += (size_t)snprintf(
		    sql + len, sizeof(sql) - len, "%s?", i ? "," : "");
	snprintf(sql + len, sizeof(sql) - len, ")");
	return prepare(base, sql);
}

/* --- The tables --- */

static bool
put_run(struct database *base)
{
	const struct tfa_report *report = base->report;
	const struct totals *totals = &report->totals;
	struct sqlite3_stmt *stmt;
	size_t refused = 0;
	bool ok;

	for (size_t i = 0; i < report->plan_count; i++)
		refused += report->plans[i].error.code != TFA_ERR_NONE;
	const struct cell cells[] = {
	    {.null = true},
	    must(text_of(report_version(report))),
	    text_of(report->as_of),
	    word_of(outcome_name(report->outcome)),
	    number_of((uint64_t)report->status),
	    number_of(report->plan_count),
	    number_of(refused),
	    number_of(report->ledger.subjects),
	    number_of(report->judged),
	    number_of(report->controls_run),
	    number_of(totals->tally.pass),
	    number_of(totals->tally.fail),
	    number_of(totals->tally.unknown),
	    number_of(totals->tally.waived),
	    number_of(totals->tally.error),
	    number_of(totals->tally.not_applicable),
	    number_of(totals->introduced),
	    number_of(totals->existing),
	    number_of(totals->fixed),
	    number_of(totals->removed),
	    number_of(totals->blocking),
	    number_of(totals->best),
	    number_of(totals->worst),
	};
	stmt = inserter(base, "runs", COUNTOF(cells));
	ok = stmt && put_row(base, stmt, cells, COUNTOF(cells));
	if (ok)
		base->run = base->sqlite.last_insert_rowid(base->db);
	base->sqlite.finalize(stmt);
	return ok;
}

static struct cell
run_of(const struct database *base)
{
	return number_of((uint64_t)base->run);
}

static bool
put_plans(struct database *base)
{
	const struct tfa_report *report = base->report;
	struct sqlite3_stmt *stmt = inserter(base, "plans", 10);
	bool ok = stmt != NULL;

	for (size_t i = 0; ok && i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];
		const struct cell cells[] = {
		    run_of(base),
		    number_of(i),
		    must(text_of(plan->path)),
		    word_of(plan->sha256),
		    number_of(plan->bytes),
		    text_of(plan->info.terraform_version),
		    text_of(plan->info.timestamp),
		    stated_of(plan->info.complete),
		    stated_of(plan->info.errored),
		    word_of(plan->error.message),
		};

		ok = put_row(base, stmt, cells, COUNTOF(cells));
	}
	base->sqlite.finalize(stmt);
	return ok;
}

static bool
put_policies(struct database *base)
{
	const struct tfa_policies *policies = base->report->policies;
	struct sqlite3_stmt *stmt = inserter(base, "policies", 6);
	bool ok = stmt != NULL;

	for (size_t i = 0; ok && i < policies->pack_count; i++) {
		const struct pack *pack = policies->packs[i];
		const struct cell cells[] = {
		    run_of(base),
		    must(text_of(pack->file)),
		    must(word_of(pack->sha256)),
		    text_of(pack->name),
		    text_of(pack->version),
		    number_of(pack->controls),
		};

		ok = put_row(base, stmt, cells, COUNTOF(cells));
	}
	base->sqlite.finalize(stmt);
	return ok;
}

static bool
put_requirements(struct database *base, struct sqlite3_stmt *stmt,
    const struct control *control)
{
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		for (size_t j = 0; j < list->items.count; j++) {
			const struct cell cells[] = {
			    run_of(base),
			    must(text_of(list->name)),
			    must(text_of(list->items.items[j])),
			    must(text_of(control->id)),
			};

			if (!put_row(base, stmt, cells, COUNTOF(cells)))
				return false;
		}
	}
	return true;
}

static bool
put_control(struct database *base, struct sqlite3_stmt *stmt, size_t index)
{
	const struct control *control = base->report->policies->controls[index];
	const struct tally *tally = &base->report->tallies[index];
	const struct cell cells[] = {
	    run_of(base),
	    must(text_of(control->id)),
	    must(text_of(control->title)),
	    word_of(severity_name(control->severity)),
	    word_of(enforce_name(base->report->enforced[index])),
	    number_of(tally->pass),
	    number_of(tally->fail),
	    number_of(tally->unknown),
	    number_of(tally->waived),
	    number_of(tally->error),
	    number_of(tally->not_applicable),
	};

	return put_row(base, stmt, cells, COUNTOF(cells));
}

static bool
put_controls(struct database *base)
{
	const struct tfa_report *report = base->report;
	struct sqlite3_stmt *stmt = inserter(base, "controls", 11);
	/* A requirement may be written twice at one control. */
	struct sqlite3_stmt *requirement = prepare(
	    base, "INSERT OR IGNORE INTO requirements VALUES (?,?,?,?)");
	bool ok = stmt && requirement;

	for (size_t i = 0; ok && i < report->policies->control_count; i++) {
		if (report->selected[i])
			ok = put_control(base, stmt, i) &&
			     put_requirements(base, requirement,
				 report->policies->controls[i]);
	}
	base->sqlite.finalize(stmt);
	base->sqlite.finalize(requirement);
	return ok;
}

/* "a, b", and what a person edits. */
static bool
add_texts(const struct finding *finding, struct buf *waits, struct buf *change)
{
	for (size_t i = 0; i < finding->waits_for.count; i++) {
		if (i)
			buf_add(waits, STR(", "));
		buf_add(waits, finding->waits_for.items[i]);
	}
	if (finding->origin)
		change_here(change, finding->origin);
	return !waits->failed && !change->failed;
}

static bool
put_finding(struct database *base, struct sqlite3_stmt *stmt,
    const struct finding *finding)
{
	const struct location *location = &finding->location;
	struct buf waits = {0}, change = {0};
	char fingerprint[65];
	bool ok = add_texts(finding, &waits, &change);

	finding_fingerprint(fingerprint, finding);
	const struct cell cells[] = {
	    {.null = true            },
	    run_of(base),
	    number_of(finding->plan),
	    word_of(fingerprint),
	    must(text_of(finding->control->id)),
	    must(text_of(finding->address)),
	    text_of(finding->module_address),
	    word_of(verdict_name(finding->verdict)),
	    word_of(verdict_name(finding->raw_verdict)),
	    word_of(change_name(finding->change)),
	    word_of(severity_name(finding->control->severity)),
	    word_of(enforce_name(finding->enforce)),
	    number_of(finding->known),
	    word_of(finding->action),
	    text_of(finding->path),
	    word_of(finding->path.len ? state_name(finding->state) : ""),
	    text_of(finding->expected),
	    text_of(finding->actual),
	    text_of(finding->reason),
	    word_of(finding->origin ? finding->origin->kind : ""),
	    text_of(buf_str(&change)),
	    text_of(buf_str(&waits)),
	    text_of(finding->waiver ? finding->waiver->id : STR("")),
	    text_of(location->file),
	    { .number = location->line, .null = !location->line},
	};
	ok = ok ? put_row(base, stmt, cells, COUNTOF(cells))
		: error_nomem(base->err);
	buf_free(&waits);
	buf_free(&change);
	return ok;
}

static bool
put_findings(struct database *base)
{
	struct sqlite3_stmt *stmt = inserter(base, "findings", 25);
	bool ok = stmt != NULL;

	FINDINGS_EACH(base->report, base->style, finding)
	ok = ok && put_finding(base, stmt, finding);
	base->sqlite.finalize(stmt);
	return ok;
}

static bool
put_waivers(struct database *base)
{
	const struct tfa_report *report = base->report;
	struct sqlite3_stmt *stmt = inserter(base, "waivers", 13);
	bool ok = stmt != NULL;

	for (size_t i = 0; ok && i < report->policies->waiver_count; i++) {
		const struct waiver *waiver = report->policies->waivers[i];
		const struct cell cells[] = {
		    run_of(base),
		    must(text_of(waiver->id)),
		    must(text_of(waiver->control->id)),
		    must(text_of(waiver->address.text)),
		    word_of(category_name(waiver->category)),
		    must(text_of(waiver->owner)),
		    text_of(waiver->approved_by),
		    text_of(waiver->ticket),
		    text_of(waiver->reason),
		    text_of(waiver->created),
		    must(text_of(waiver->expires)),
		    word_of(waiver_state_name(waiver_state(report, i))),
		    number_of(report->waivers[i].waived),
		};

		ok = put_row(base, stmt, cells, COUNTOF(cells));
	}
	base->sqlite.finalize(stmt);
	return ok;
}

/* --- Opening --- */

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
	return ok || fail(base, "cannot be read");
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
put_all(struct database *base)
{
	if (!execute(base, "BEGIN IMMEDIATE", "cannot be locked"))
		return false;
	if (make_tables(base) && put_run(base) && put_plans(base) &&
	    put_policies(base) && put_controls(base) && put_findings(base) &&
	    put_waivers(base) && execute(base, "COMMIT", "cannot be written"))
		return true;
	base->sqlite.exec(base->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static bool
is_fit(const char *path, struct tfa_error *err)
{
	struct stat st;

	return lstat(path, &st) != 0 || S_ISREG(st.st_mode) ||
	       error_set(err, TFA_ERR_REPORT,
		   "a database is a file, and no link, folder or device");
}

bool
tfa_report_store(const struct tfa_report *report,
    const struct tfa_report_style *style, const char *path,
    struct tfa_error *err)
{
	struct database base = {.report = report, .style = style, .err = err};
	bool ok;

	if (!report_lists(report, "sqlite", false, style, err) ||
	    !is_fit(path, err) || !sqlite_load(&base.sqlite, err))
		return false;
	ok = base.sqlite.open_v2(path, &base.db, SQLITE_OPEN_RW_CREATE, NULL) ==
		 SQLITE_DONE_OK ||
	     fail(&base, "cannot be opened");
	if (ok) {
		base.sqlite.busy_timeout(base.db, WAIT_MS);
		ok = put_all(&base);
	}
	if (base.sqlite.close(base.db) != SQLITE_DONE_OK && ok)
		ok = fail(&base, "cannot be closed");
	sqlite_unload(&base.sqlite);
	return ok;
}
