/* Checkstyle XML, which groups by file. */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

static void
put_error(FILE *out, const struct place *place, const char *severity,
    struct str message, struct str source)
{
	fprintf(out, "    <error line=\"%zu\" column=\"%zu\" severity=\"%s\" "
	    "message=\"", place->line, place->column, severity);
	xml_put(out, message, CLEAN_PROSE);
	fputs("\" source=\"tfassay.", out);
	xml_put(out, source, CLEAN_TEXT);
	fputs("\"/>\n", out);
}

static void
put_file(FILE *out, struct str *open, struct str file)
{
	if (open->ptr && str_eq(*open, file))
		return;
	if (open->ptr)
		fputs("  </file>\n", out);
	fputs("  <file name=\"", out);
	xml_put(out, file, CLEAN_PROSE);
	fputs("\">\n", out);
	*open = file;
}

static bool
write_checkstyle(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct buf text = {0};
	struct str open = {NULL, 0};

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<checkstyle version=\"4.3\">\n",
	    out);
	FINDINGS_EACH(report, style, finding)
	{
		struct place place = finding_place(report, finding);

		put_file(out, &open, place.file);
		put_error(out, &place, finding_grade(finding)->checkstyle,
		    finding_message(&text, finding, CLEAN_PROSE),
		    finding->control->id);
	}
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];
		struct place place = {plan->path, 1, 1, 2, "plan"};

		if (plan->error.code == TFA_ERR_NONE)
			continue;
		put_file(out, &open, plan->path);
		put_error(out, &place, "error", str_of(plan->error.message),
		    STR("plan"));
	}
	if (open.ptr)
		fputs("  </file>\n", out);
	fputs("</checkstyle>\n", out);
	return form_end(out, &text, err);
}

const struct reporter reporter_checkstyle = {
    .name = "checkstyle",
    .help = "Checkstyle XML, for what reads that",
    .media_type = "application/xml",
    .write = write_checkstyle,
};
