/* The result document.  One without "status" at its end is not whole. */
#include <stdlib.h>

#include "report/form.h"
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"

struct writing {
	struct emit emit;
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	bool *told; /* of each control: one of its findings is listed */
};

static void
emit_findings(struct writing *writing)
{
	const struct tfa_report *report = writing->report;
	struct emit *emit = &writing->emit;

	emit_open(emit, "findings", '[');
	FINDINGS_EACH(report, writing->style, finding)
	{
		writing->told[finding->control->index] = true;
		emit_open(emit, NULL, '{');
		record_finding(emit, report, finding);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
emit_controls(struct writing *writing)
{
	const struct tfa_policies *policies = writing->report->policies;
	struct emit *emit = &writing->emit;

	emit_open(emit, "controls", '[');
	for (size_t i = 0; i < policies->control_count; i++) {
		if (!writing->report->selected[i])
			continue;
		emit_open(emit, NULL, '{');
		record_control(emit, writing->report, i);
		if (writing->told[i])
			record_guidance(emit, policies->controls[i]);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static bool
write_json(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct writing writing = {.report = report,
	    .style = style,
	    .told = calloc(report->policies->control_count + 1, sizeof(bool))};
	struct emit *emit = &writing.emit;

	if (!writing.told)
		return error_nomem(err);
	emit_init(emit, out, true);
	emit_open(emit, NULL, '{');
	record_run(emit, report);
	record_listed(emit, style);
	emit_findings(&writing);
	emit_controls(&writing);
	record_end(emit, report);
	emit_close(emit, '}');
	emit_finish(emit);
	free(writing.told);
	return record_finish(emit, err);
}

const struct reporter reporter_json = {
    .name = "json",
    .help = "one document, for programs",
    .media_type = "application/json",
    .write = write_json,
};
