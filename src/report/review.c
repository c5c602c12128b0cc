/* What tools for code review take: reviewdog, and Bitbucket's Code Insights. */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

static bool
is_open(const struct finding *finding)
{
	return finding->verdict != VERDICT_PASS &&
	    finding->verdict != VERDICT_WAIVED;
}

/* --- rdjsonl --- */

static void
rdjson_position(struct emit *emit, const char *key, const struct place *place)
{
	emit_open(emit, key, '{');
	emit_uint(emit, "line", place->line);
	emit_uint(emit, "column", place->column);
	emit_close(emit, '}');
}

static void
rdjson_line(FILE *out, struct str message, const struct place *place,
    const char *severity, struct str code, bool *failed)
{
	struct emit emit;

	emit_init(&emit, out, false);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "message", message);
	emit_open(&emit, "location", '{');
	emit_str(&emit, "path", place->file);
	emit_open(&emit, "range", '{');
	rdjson_position(&emit, "start", place);
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_str(&emit, "severity", str_of(severity));
	emit_open(&emit, "source", '{');
	emit_str(&emit, "name", STR("tfassay"));
	emit_close(&emit, '}');
	emit_open(&emit, "code", '{');
	emit_str(&emit, "value", code);
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_finish(&emit);
	*failed = *failed || emit.failed;
}

static bool
write_rdjsonl(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct buf text = {0};
	bool failed = false;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];
		struct place place = {plan->path, 1, 1, 2, "plan"};

		if (plan->error.code != TFA_ERR_NONE)
			rdjson_line(out,
			    form_text(&text, str_of(plan->error.message),
				CLEAN_PROSE),
			    &place, "ERROR", STR("plan"), &failed);
	}
	FINDINGS_EACH(report, style, finding)
	{
		struct place place = finding_place(report, finding);

		if (is_open(finding))
			rdjson_line(out,
			    finding_title(&text, finding, CLEAN_PROSE), &place,
			    finding_grade(finding)->rdjson,
			    finding->control->id, &failed);
	}
	text.failed = text.failed || failed;
	return form_end(out, &text, err);
}

const struct reporter reporter_rdjsonl = {
    .name = "rdjsonl",
    .help = "reviewdog's diagnostics, one a line",
    .media_type = "application/x-ndjson",
    .write = write_rdjsonl,
};

/* --- Bitbucket: the report, and its annotations by the hundred --- */

enum { ANNOTATIONS_MOST = 1000, ANNOTATIONS_EACH = 100 };

static void
insight_number(struct emit *emit, const char *title, size_t value)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "title", str_of(title));
	emit_str(emit, "type", STR("NUMBER"));
	emit_uint(emit, "value", value);
	emit_close(emit, '}');
}

static void
insight_report(
    struct emit *emit, const struct tfa_report *report, size_t left)
{
	const struct tally *tally = &report->totals.tally;
	char details[160];

	snprintf(details, sizeof(details),
	    "%zu passed, %zu failed, %zu unknown, %zu waived, %zu in error%s",
	    tally->pass, tally->fail, tally->unknown, tally->waived,
	    tally->error, left ? "; not every finding is annotated" : "");
	emit_open(emit, "report", '{');
	emit_str(emit, "title", STR("tfassay"));
	emit_str(emit, "details", str_of(details));
	emit_str(emit, "report_type", STR("SECURITY"));
	emit_str(emit, "reporter", STR("tfassay"));
	emit_str(emit, "result",
	    report->status == 0 ? STR("PASSED") : STR("FAILED"));
	emit_open(emit, "data", '[');
	insight_number(emit, "passed", tally->pass);
	insight_number(emit, "failed", tally->fail);
	insight_number(emit, "unknown", tally->unknown);
	insight_number(emit, "blocking", report->totals.blocking);
	insight_number(emit, "not annotated", left);
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
insight_annotation(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding)
{
	struct place place = finding_place(report, finding);
	struct buf text = {0};
	char fingerprint[65];

	finding_fingerprint(fingerprint, finding);
	emit_open(emit, NULL, '{');
	emit_str(emit, "external_id", str_of(fingerprint));
	emit_str(emit, "annotation_type", STR("VULNERABILITY"));
	emit_clean(
	    emit, "summary", finding_title(&text, finding, 400), 449);
	emit_clean(emit, "details", finding->reason, 1900);
	emit_str(emit, "severity", str_of(finding_grade(finding)->bitbucket));
	emit_str(emit, "result",
	    finding->verdict == VERDICT_UNKNOWN ? STR("SKIPPED")
						: STR("FAILED"));
	emit_str(emit, "path", place.file);
	emit_uint(emit, "line", place.line);
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static void
insight_annotations(struct emit *emit, const struct tfa_report *report,
    const struct tfa_report_style *style)
{
	size_t count = 0;

	emit_open(emit, "annotations", '[');
	FINDINGS_EACH(report, style, finding)
	{
		if (!is_open(finding) || count >= ANNOTATIONS_MOST)
			continue;
		if (count % ANNOTATIONS_EACH == 0) {
			if (count)
				emit_close(emit, ']');
			emit_open(emit, NULL, '[');
		}
		count++;
		insight_annotation(emit, report, finding);
	}
	if (count)
		emit_close(emit, ']');
	emit_close(emit, ']');
}

static bool
write_bitbucket(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;
	size_t count = 0;

	FINDINGS_EACH(report, style, finding)
	count += is_open(finding);
	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	insight_report(&emit, report,
	    count > ANNOTATIONS_MOST ? count - ANNOTATIONS_MOST : 0);
	insight_annotations(&emit, report, style);
	emit_close(&emit, '}');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

const struct reporter reporter_bitbucket = {
    .name = "bitbucket",
    .help = "bodies for Bitbucket Code Insights: the report, and its "
	    "annotations by the hundred",
    .media_type = "application/json",
    .write = write_bitbucket,
};
