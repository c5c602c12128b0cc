/*
 * The same records, one a line: "run", then each "finding" and "control", and
 * "end" last.  Without "end" the report is not whole.
 */
#include <stdlib.h>

#include "report/form.h"
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"

/* A failure without a failed write is no memory, and must be kept. */
static void
line_close(struct emit *emit, bool *failed)
{
	emit_close(emit, '}');
	emit_finish(emit);
	*failed = *failed || emit->failed;
}

static void
write_lines(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, bool *told, bool *failed)
{
	struct emit emit;

	record_line(&emit, out, "run");
	record_run(&emit, report);
	record_listed(&emit, style);
	line_close(&emit, failed);
	FINDINGS_EACH(report, style, finding)
	{
		told[finding->control->index] = true;
		record_line(&emit, out, "finding");
		record_finding(&emit, report, finding);
		line_close(&emit, failed);
	}
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (!report->selected[i])
			continue;
		record_line(&emit, out, "control");
		record_control(&emit, report, i);
		if (told[i])
			record_guidance(&emit, report->policies->controls[i]);
		line_close(&emit, failed);
	}
	record_line(&emit, out, "end");
	record_end(&emit, report);
	line_close(&emit, failed);
}

static bool
write_ndjson(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;
	bool failed = false;
	bool *told = calloc(report->policies->control_count + 1, sizeof(bool));

	if (!told)
		return error_nomem(err);
	write_lines(report, style, out, told, &failed);
	free(told);
	emit_init(&emit, out, false);
	emit.failed = failed;
	return record_finish(&emit, err);
}

const struct reporter reporter_ndjson = {
    .name = "ndjson",
    .help = "the records of json, one a line",
    .media_type = "application/x-ndjson",
    .write = write_ndjson,
};
