/*
 * The rows of a run.  Texts are cleaned as for a terminal, because that is
 * where queries print them, and are bound, never part of a statement.
 * docs/results-database.md says what the columns mean.
 */
#include <nettle/sha2.h>

#include "policy/waiver.h"
#include "report/database.h"
#include "report/form.h"
#include "report/record.h"
#include "report/show.h"

enum { CELLS_MOST = 32 };

struct cell {
	struct str text;
	size_t most; /* characters; 0: it is number */
	uint64_t number;
	bool null;
};

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
	return ok || database_fail(base, "cannot be written");
}

static struct sqlite3_stmt *
prepare(struct database *base, const char *sql)
{
	struct sqlite3_stmt *stmt = NULL;

	if (base->sqlite.prepare_v2(base->db, sql, -1, &stmt, NULL) ==
	    SQLITE_DONE_OK)
		return stmt;
	database_fail(base, "has other tables");
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

static void
mapping_add(struct sha256_ctx *ctx, struct str name, uint8_t level)
{
	sha256_update(ctx, sizeof(level), &level);
	sha256_update(ctx, name.len, (const uint8_t *)name.ptr);
}

/*
 * What a control is mapped to, as a number: the same in every run, because its
 * requirements are many and seldom change.
 */
static uint64_t
mapping_of(const struct control *control)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx ctx;
	uint64_t mapping = 0;

	sha256_init(&ctx);
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		mapping_add(&ctx, list->name, 1);
		for (size_t j = 0; j < list->items.count; j++)
			mapping_add(&ctx, list->items.items[j], 2);
	}
	sha256_digest(&ctx, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(mapping); i++)
		mapping = mapping << 8 | digest[i];
	return mapping >> 1; /* SQLite's numbers have a sign */
}

static bool
put_mapping(struct database *base, struct sqlite3_stmt *stmt,
    const struct control *control, uint64_t mapping)
{
	struct str key = {(const char *)&mapping, sizeof(mapping)};

	if (map_find(&base->mappings, key))
		return true;
	key = arena_copy(&base->arena, key);
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		for (size_t j = 0; j < list->items.count; j++) {
			const struct cell cells[] = {
			    number_of(mapping),
			    must(text_of(list->name)),
			    must(text_of(list->items.items[j])),
			};

			if (!put_row(base, stmt, cells, COUNTOF(cells)))
				return false;
		}
	}
	return (key.ptr && map_set(&base->mappings, key, base)) ||
	       error_nomem(base->err);
}

static bool
put_control(struct database *base, struct sqlite3_stmt *stmt, size_t index,
    uint64_t mapping)
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
	    {.number = mapping, .null = control->frameworks.count == 0},
	};

	return put_row(base, stmt, cells, COUNTOF(cells));
}

static bool
put_controls(struct database *base)
{
	const struct tfa_report *report = base->report;
	struct sqlite3_stmt *stmt = inserter(base, "controls", 12);
	/* Earlier runs may have it, and a control may name one twice. */
	struct sqlite3_stmt *requirement =
	    prepare(base, "INSERT OR IGNORE INTO requirements VALUES (?,?,?)");
	bool ok = stmt && requirement;

	for (size_t i = 0; ok && i < report->policies->control_count; i++) {
		const struct control *control = report->policies->controls[i];
		uint64_t mapping = mapping_of(control);

		if (report->selected[i])
			ok = put_control(base, stmt, i, mapping) &&
			     put_mapping(base, requirement, control, mapping);
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

/* Policies are the same in all runs of a transaction. */
bool
database_put(struct database *base)
{
	return put_run(base) && put_plans(base) &&
	       (base->added > 0 || put_policies(base)) && put_controls(base) &&
	       put_findings(base) && put_waivers(base);
}
