/* TAP 14: a point for each control and resource, passes included. */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

/* "#" begins a directive, and a backslash is what escapes it. */
static void
put_text(FILE *out, struct str raw)
{
	struct buf text = {0};
	struct str clean = form_text(&text, raw, CLEAN_PROSE);

	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '#' || clean.ptr[i] == '\\')
			putc('\\', out);
		putc(clean.ptr[i], out);
	}
	buf_free(&text);
}

/* A YAML scalar in double quotes; clean text has no line end. */
static void
put_quoted(FILE *out, const char *key, struct str raw)
{
	struct buf text = {0};
	struct str clean = form_text(&text, raw, CLEAN_PROSE);

	fprintf(out, "  %s: \"", key);
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '"' || clean.ptr[i] == '\\')
			putc('\\', out);
		putc(clean.ptr[i], out);
	}
	fputs("\"\n", out);
	buf_free(&text);
}

static void
put_point(FILE *out, const struct finding *finding, size_t number)
{
	bool ok = finding->verdict != VERDICT_FAIL &&
	    finding->verdict != VERDICT_ERROR;

	fprintf(out, "%s %zu - ", ok ? "ok" : "not ok", number);
	put_text(out, finding->control->id);
	fputs(": ", out);
	put_text(out, finding->address);
	if (ok && finding->verdict != VERDICT_PASS) {
		fprintf(out, " # SKIP %s: ", verdict_name(finding->verdict));
		put_text(out, finding->reason);
	}
	putc('\n', out);
	if (ok)
		return;
	fputs("  ---\n", out);
	fprintf(out, "  severity: %s\n",
	    severity_name(finding->control->severity));
	put_quoted(out, "title", finding->control->title);
	put_quoted(out, "message", finding->reason);
	fputs("  ...\n", out);
}

static bool
write_tap(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	size_t count = 0, number = 0;

	for (size_t i = 0; i < report->finding_count; i++)
		count += finding_written(&report->findings[i], style);
	fputs("TAP version 14\n", out);
	fprintf(out, "1..%zu%s\n", count,
	    count ? "" : " # SKIP nothing to list");
	for (size_t i = 0; i < report->finding_count; i++) {
		if (finding_written(&report->findings[i], style))
			put_point(out, &report->findings[i], ++number);
	}
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];

		if (plan->error.code == TFA_ERR_NONE)
			continue;
		fputs("Bail out! ", out);
		put_text(out, plan->path);
		fputs(": ", out);
		put_text(out, str_of(plan->error.message));
		putc('\n', out);
	}
	return form_finish(out, false, err);
}

const struct reporter reporter_tap = {
    .name = "tap",
    .help = "TAP 14, a point for each control and resource",
    .media_type = "text/plain",
    .passes = true,
    .write = write_tap,
};
