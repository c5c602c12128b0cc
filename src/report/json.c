/* The result document.  One without "status" at its end is not whole. */
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"

static void
emit_findings(struct emit *emit, const struct tfa_report *report,
    const struct tfa_report_style *style)
{
	emit_open(emit, "findings", '[');
	for (size_t i = 0; i < report->finding_count; i++) {
		if (!finding_shown(&report->findings[i], style))
			continue;
		emit_open(emit, NULL, '{');
		record_finding(emit, report, &report->findings[i]);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
emit_controls(struct emit *emit, const struct tfa_report *report)
{
	emit_open(emit, "controls", '[');
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (!report->selected[i])
			continue;
		emit_open(emit, NULL, '{');
		record_control(emit, report, i);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static bool
write_json(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	record_run(&emit, report);
	emit_findings(&emit, report, style);
	emit_controls(&emit, report);
	record_end(&emit, report);
	emit_close(&emit, '}');
	emit_finish(&emit);
	return record_finish(&emit, err);
}

const struct reporter reporter_json = {
    .name = "json",
    .help = "one document, for programs",
    .media_type = "application/json",
    .write = write_json,
};
