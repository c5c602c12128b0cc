/*
 * One line a finding, as compilers write them and editors read them.  Where a
 * plan does not say which line of source is to blame, it is its own first one.
 */
#include "report/report.h"
#include "report/show.h"

static void
write_place(struct page *page, const struct plan_result *plan, size_t line)
{
	page_text(page, plan->path, CLEAN_ADDRESS);
	page_own(page, ":%zu:1: ", line ? line : 1);
}

static void
write_location(struct page *page, const struct tfa_report *report,
    const struct finding *finding)
{
	const struct location *location = &finding->location;

	if (location->how == LOCATED_NOT) {
		write_place(page, &report->plans[finding->plan], 1);
		return;
	}
	page_text(page, location->file, CLEAN_ADDRESS);
	page_own(page, ":%zu:%zu: ", location->line, location->column);
}

static void
write_finding(struct page *page, const struct tfa_report *report,
    const struct finding *finding)
{
	const struct control *control = finding->control;

	write_location(page, report, finding);
	page_own(page, "%s: [", severity_name(control->severity));
	page_text(page, control->id, CLEAN_TEXT);
	page_own(page, "] ");
	page_text(page, finding->address, CLEAN_ADDRESS);
	page_own(page, ": %s: ", verdict_name(finding->verdict));
	page_text(page, finding->reason, CLEAN_TEXT);
	if (finding->verdict == VERDICT_FAIL && finding->origin &&
	    !(finding->origin->own_block && finding->origin->where.len == 0)) {
		page_own(page, "; change ");
		page_change(page, finding->origin);
	}
	page_end_headline(page, "", PAINT_NONE);
}

static void
write_refused(struct page *page, const struct plan_result *plan)
{
	if (plan->error.code == TFA_ERR_NONE)
		return;
	write_place(page, plan, plan->error.line);
	page_own(page, "error: the plan cannot be judged: ");
	page_refusal(page, &plan->error);
	page_end_headline(page, "", PAINT_NONE);
}

static bool
write_concise(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct page page = {out, style->color, {0}};

	for (size_t i = 0; i < report->finding_count; i++) {
		if (finding_shown(&report->findings[i], style))
			write_finding(&page, report, &report->findings[i]);
	}
	for (size_t i = 0; i < report->plan_count; i++)
		write_refused(&page, &report->plans[i]);
	page_closing(&page, report, style);
	return page_finish(&page, err);
}

const struct reporter reporter_concise = {
    .name = "concise",
    .help = "one line for each finding, for editors and problem matchers",
    .media_type = "text/plain",
    .write = write_concise,
};
