#include "report/show.h"

#include "report/rollup.h"

#include <inttypes.h>

static unsigned
verdict_bit(enum verdict verdict)
{
	static const unsigned bits[] = {
	    [VERDICT_FAIL] = TFA_FAIL,
	    [VERDICT_ERROR] = TFA_ERROR,
	    [VERDICT_UNKNOWN] = TFA_UNKNOWN,
	    [VERDICT_WAIVED] = TFA_WAIVED,
	    [VERDICT_PASS] = TFA_PASS,
	    [VERDICT_NOT_APPLICABLE] = 0,
	};

	return bits[verdict];
}

struct str
report_version(const struct tfa_report *report)
{
	return report->version.len ? report->version : STR(TFA_VERSION);
}

unsigned
style_listed(const struct tfa_report_style *style)
{
	if (style->summary)
		return 0;
	return style->show
	    ? style->show
	    : TFA_FAIL | TFA_ERROR | TFA_UNKNOWN | TFA_WAIVED | LISTED_FIXED;
}

bool
finding_shown(
    const struct finding *finding, const struct tfa_report_style *style)
{
	unsigned listed = style_listed(style);

	if (finding->verdict == VERDICT_PASS &&
	    finding->change == CHANGE_FIXED && (listed & LISTED_FIXED))
		return true;
	return listed & verdict_bit(finding->verdict);
}

bool
finding_written(
    const struct finding *finding, const struct tfa_report_style *style)
{
	return finding_shown(finding, style) ||
	    (!style->show && !style->summary &&
		finding->verdict == VERDICT_PASS);
}

bool
change_here(struct buf *out, const struct finding_origin *origin)
{
	buf_add(out, origin->change);
	if (origin->change_attribute.len) {
		buf_add(out, STR(": "));
		buf_add(out, origin->change_attribute);
	}
	return !out->failed;
}

void
page_change(struct page *page, const struct finding_origin *origin)
{
	page_text(page, origin->change, CLEAN_ADDRESS);
	if (origin->change_source.len) {
		page_own(page, " (");
		page_text(page, origin->change_source, CLEAN_TEXT);
		if (origin->change_version.len) {
			page_own(page, " ");
			page_text(page, origin->change_version, CLEAN_TEXT);
		}
		page_own(page, ")");
	}
	if (origin->change_setting.len) {
		page_own(page, ": ");
		page_text(page, origin->change_setting, CLEAN_TEXT);
	} else if (origin->change_attribute.len) {
		page_own(page, ": ");
		page_text(page, origin->change_attribute, CLEAN_ADDRESS);
	}
}

const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
	    [OUTCOME_PASS] = "pass",
	    [OUTCOME_FAIL] = "fail",
	    [OUTCOME_UNDECIDED] = "undecided",
	    [OUTCOME_ERROR] = "error",
	};

	return names[outcome];
}

void
page_value(struct page *page, struct value value)
{
	struct buf scratch = {0};

	if (value_kind(value) == NODE_STRING)
		page_text(page, value_text(value, &scratch), CLEAN_TEXT);
	else if (value_kind(value) == NODE_NUMBER)
		page_text(page, value_raw(value), CLEAN_TEXT);
	else if (value_is_container(value))
		page_own(page,
		    value_kind(value) == NODE_ARRAY ? "a list of %zu"
						    : "a map of %zu",
		    value_count(value));
	else
		page_own(page, "%s",
		    value_kind(value) == NODE_TRUE    ? "true"
		    : value_kind(value) == NODE_FALSE ? "false"
						      : "null");
	page->line.failed = page->line.failed || scratch.failed;
	buf_free(&scratch);
}

void
page_default(struct page *page, const struct default_entry *entry)
{
	page_text(page, entry->type, CLEAN_TEXT);
	page_own(page, ".");
	page_text(page, entry->path, CLEAN_TEXT);
	page_own(page, " = ");
	page_value(page, entry->value);
	page_own(
	    page, ", by the %s", entry->by_provider ? "provider" : "service");
}

void
page_default_source(struct page *page, const struct default_entry *entry)
{
	if (entry->governed_type.len) {
		page_own(page, "by ");
		page_text(page, entry->governed_type, CLEAN_TEXT);
		page_own(page, ".");
		page_text(page, entry->governed_path, CLEAN_TEXT);
		page_own(page, ", where the same plan has it");
		page_end(page, "governed");
	}
	page_prose(page, "source", entry->source);
	page_prose(page, "since", entry->since);
	page_prose(page, "note", entry->note);
}

void
page_refusal(struct page *page, const struct tfa_error *error)
{
	page_text(page, str_of(error->message), sizeof(error->message));
	if (error->offset == 0 && error->line == 0)
		return;
	page_own(page, " (at byte %" PRIu64, error->offset);
	if (error->line)
		page_own(page, ", line %zu", error->line);
	if (error->pointer[0]) {
		page_own(page, ", ");
		page_text(page, str_of(error->pointer), CLEAN_TEXT);
	}
	page_own(page, ")");
}

/* --- The closing line --- */

struct count {
	size_t number;
	const char *what;
};

/* "2 fail, 1 unknown"; gives how many were not zero. */
static size_t
page_counts(struct page *page, const struct count *counts, size_t length)
{
	size_t written = 0;

	for (size_t i = 0; i < length; i++) {
		if (counts[i].number == 0)
			continue;
		page_own(page, "%s%zu %s", written ? ", " : "",
		    counts[i].number, counts[i].what);
		written++;
	}
	return written;
}

static void
page_verdicts(struct page *page, const struct tfa_report *report)
{
	const struct totals *totals = &report->totals;
	const struct tally *tally = &totals->tally;
	const struct count counts[] = {
	    {tally->fail,           "fail"          },
	    {tally->error,          "error"         },
	    {tally->unknown,        "unknown"       },
	    {tally->waived,         "waived"        },
	    {tally->pass,           "pass"          },
	    {tally->not_applicable, "not applicable"},
	};

	page_own(page, ": ");
	if (page_counts(page, counts, COUNTOF(counts)) == 0)
		page_own(page, "no verdicts");
	if (totals->best != totals->worst)
		page_own(page, " (%zu to %zu blocking failures after apply)",
		    totals->best, totals->worst);
}

static void
page_ledger(struct page *page, const struct tfa_report *report)
{
	const struct ledger *ledger = &report->ledger;
	size_t skipped = ledger->unmatched + ledger->data + ledger->deferred;
	const struct count skips[] = {
	    {ledger->unmatched, "without a control"},
	    {ledger->data,      "data"             },
	    {ledger->deferred,  "deferred"         },
	};

	page_own(page, "; ");
	if (report->plan_count > 1)
		page_own(page, "%zu plans, ", report->plan_count);
	page_own(page,
	    "%zu resource%s in the plan%s: %zu judged, %zu removed, "
	    "%zu skipped",
	    ledger->subjects, ledger->subjects == 1 ? "" : "s",
	    report->plan_count > 1 ? "s" : "", ledger->judged, ledger->removed,
	    skipped);
	if (skipped == 0)
		return;
	page_own(page, " (");
	page_counts(page, skips, COUNTOF(skips));
	page_own(page, ")");
}

static enum paint
outcome_paint(enum outcome outcome)
{
	static const enum paint paints[] = {
	    [OUTCOME_PASS] = PAINT_GREEN,
	    [OUTCOME_FAIL] = PAINT_RED,
	    [OUTCOME_UNDECIDED] = PAINT_YELLOW,
	    [OUTCOME_ERROR] = PAINT_MAGENTA,
	};

	return paints[outcome];
}

void
page_closing(struct page *page, const struct tfa_report *report,
    const struct tfa_report_style *style)
{
	if (style->quiet && report->judged)
		return;
	page_verdicts(page, report);
	page_ledger(page, report);
	page_own(page,
	    "; %zu control%s ran; exit status %d: ", report->controls_run,
	    report->controls_run == 1 ? "" : "s", report->status);
	page_names(page, report->reasons, ", ");
	page_end_headline(page, outcome_name(report->outcome),
	    outcome_paint(report->outcome));
}

static void
page_requirement(struct page *page, const struct requirement *requirement)
{
	page_text(page, requirement->framework, CLEAN_TEXT);
	page_own(page, " ");
	page_text(page, requirement->name, CLEAN_TEXT);
	page_own(page, ": %s; %zu control%s mapped to it: %zu pass, %zu fail, "
		       "%zu unknown",
	    requirement_status(requirement), requirement->controls,
	    requirement->controls == 1 ? "" : "s", requirement->tally.pass,
	    requirement->tally.fail, requirement->tally.unknown);
	page_end_headline(page, "", PAINT_NONE);
}

void
page_requirements(struct page *page, const struct tfa_report *report)
{
	struct rollup rollup = {0};

	if (!report->options->framework_count)
		return;
	if (!rollup_read(&rollup, report))
		page->line.failed = true;
	for (size_t i = 0; i < rollup.count; i++)
		page_requirement(page, &rollup.items[i]);
	if (rollup.count)
		page_gap(page);
	rollup_free(&rollup);
}
