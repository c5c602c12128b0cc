/*
 * What Atlantis reads from a custom policy check.  It looks for "fail" in what
 * passed, so that names nothing; approvals hash the lines that begin with FAIL,
 * so those hold nothing that changes between runs.
 */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

static bool
is_failure(const struct finding *finding, const struct tfa_report_style *style)
{
	return finding_shown(finding, style) &&
	    finding->enforce == ENFORCE_BLOCK &&
	    (finding->verdict == VERDICT_FAIL ||
		finding->verdict == VERDICT_ERROR ||
		finding->verdict == VERDICT_UNKNOWN);
}

static bool
counts_against(const struct tfa_report *report, const struct finding *finding)
{
	unsigned allow = report->options->allow;

	return finding->verdict != VERDICT_UNKNOWN ||
	    !(allow & TFA_ALLOW_UNKNOWN);
}

static size_t
put_failures(FILE *out, const struct tfa_report *report,
    const struct tfa_report_style *style, struct buf *text)
{
	size_t count = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		struct str said;

		if (!is_failure(finding, style) ||
		    !counts_against(report, finding))
			continue;
		count++;
		said = form_text(text, finding->control->id, CLEAN_TEXT);
		fprintf(out, "FAIL - " STR_FMT " - ", STR_ARG(said));
		said = form_text(text, finding->address, CLEAN_ADDRESS);
		fprintf(out, STR_FMT " - ", STR_ARG(said));
		said = form_text(text, finding->reason, CLEAN_PROSE);
		fprintf(out, STR_FMT "\n", STR_ARG(said));
	}
	return count;
}

static size_t
put_refused(FILE *out, const struct tfa_report *report, struct buf *text)
{
	size_t count = 0;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct tfa_error *error = &report->plans[i].error;
		struct str said;

		if (error->code == TFA_ERR_NONE)
			continue;
		count++;
		said = form_text(text, str_of(error->message), CLEAN_PROSE);
		fprintf(out, "FAIL - could not evaluate - " STR_FMT "\n",
		    STR_ARG(said));
	}
	return count;
}

static bool
write_atlantis(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct buf text = {0};
	size_t count = put_failures(out, report, style, &text) +
	    put_refused(out, report, &text);

	if (!count && report->status != 0 &&
	    report->outcome != OUTCOME_PASS) {
		count++;
		fputs("FAIL - could not evaluate - the plan is not decided\n",
		    out);
	}
	if (count)
		fprintf(out, "Result: %zu failure%s, %zu passed\n", count,
		    count == 1 ? "" : "s", report->totals.tally.pass);
	else
		fprintf(out, "PASS - %zu controls, %zu resources, %zu waived\n",
		    report->controls_run, report->judged,
		    report->totals.tally.waived);
	return form_end(out, &text, err);
}

const struct reporter reporter_atlantis = {
    .name = "atlantis",
    .help = "what a custom policy check of Atlantis reads; use --exit-zero",
    .media_type = "text/plain",
    .write = write_atlantis,
};
