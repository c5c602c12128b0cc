/*
 * JUnit: a suite for each plan and a case for each control and resource, passes
 * included.  Readers tell cases apart by classname and name, and take dots in a
 * class for packages, so the address is the name.  The strictest schema wants
 * every suite to have a package, an id, a host and output, and nothing said of
 * them all.
 */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

struct counts {
	size_t tests, failures, errors, skipped;
};

static struct counts
count_plan(const struct tfa_report *report,
    const struct tfa_report_style *style, size_t plan)
{
	struct counts counts = {0};

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding->plan != plan || !finding_written(finding, style))
			continue;
		counts.tests++;
		counts.failures += finding->verdict == VERDICT_FAIL;
		counts.errors += finding->verdict == VERDICT_ERROR;
		counts.skipped += finding->verdict == VERDICT_UNKNOWN ||
		    finding->verdict == VERDICT_WAIVED;
	}
	if (report->plans[plan].error.code != TFA_ERR_NONE) {
		counts.tests++;
		counts.errors++;
	}
	return counts;
}

static void
put_counts(FILE *out, struct counts counts)
{
	fprintf(out,
	    " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" "
	    "time=\"0\"",
	    counts.tests, counts.failures, counts.errors, counts.skipped);
}

static void
put_attribute(FILE *out, const char *name, struct str value)
{
	fprintf(out, " %s=\"", name);
	xml_put(out, value, CLEAN_PROSE);
	putc('"', out);
}

/* The element of a verdict, its type and what it says. */
static void
put_verdict(FILE *out, const struct finding *finding, struct str message)
{
	static const char *const elements[] = {
	    [VERDICT_FAIL] = "failure",
	    [VERDICT_ERROR] = "error",
	    [VERDICT_UNKNOWN] = "skipped",
	    [VERDICT_WAIVED] = "skipped",
	};
	const char *element = elements[finding->verdict];

	fprintf(out, ">\n      <%s", element);
	if (finding->verdict == VERDICT_FAIL)
		put_attribute(out, "type",
		    str_of(severity_name(finding->control->severity)));
	if (finding->verdict == VERDICT_ERROR)
		put_attribute(out, "type", STR("evaluation"));
	put_attribute(out, "message", message);
	putc('>', out);
	xml_put(out, finding->control->title, CLEAN_TEXT);
	fputs("&#10;", out);
	xml_put(out, message, CLEAN_PROSE);
	if (finding->control->fix_text.len) {
		fputs("&#10;fix: ", out);
		xml_put(out, finding->control->fix_text, CLEAN_PROSE);
	}
	fprintf(out, "</%s>\n    </testcase>\n", element);
}

static void
put_case(FILE *out, const struct tfa_report *report,
    const struct finding *finding)
{
	struct place place = finding_place(report, finding);
	struct buf text = {0};

	fputs("    <testcase classname=\"tfassay.", out);
	xml_put(out, finding->control->id, CLEAN_TEXT);
	putc('"', out);
	put_attribute(out, "name", finding->address);
	put_attribute(out, "file", place.file);
	fprintf(out, " line=\"%zu\" time=\"0\"", place.line);
	if (finding->verdict == VERDICT_PASS) {
		fputs("/>\n", out);
		return;
	}
	buf_add(&text, str_of(verdict_name(finding->verdict)));
	buf_add(&text, STR(": "));
	buf_add(&text, finding->reason);
	put_verdict(out, finding,
	    finding->verdict == VERDICT_FAIL ? finding->reason
					     : buf_str(&text));
	buf_free(&text);
}

static void
put_refused(FILE *out, const struct plan_result *plan)
{
	fputs("    <testcase classname=\"tfassay\" name=\"the plan can be "
	      "judged\" time=\"0\">\n      <error type=\"plan\"",
	    out);
	put_attribute(out, "message", str_of(plan->error.message));
	fputs("/>\n    </testcase>\n", out);
}

static void
put_suite(FILE *out, const struct tfa_report *report,
    const struct tfa_report_style *style, size_t index)
{
	const struct plan_result *plan = &report->plans[index];
	char time[21];

	fputs("  <testsuite", out);
	put_attribute(out, "name", plan->path);
	fprintf(out, " package=\"tfassay\" id=\"%zu\" hostname=\"localhost\"",
	    index);
	form_time(time, report);
	put_attribute(out, "timestamp", (struct str){time, 19});
	put_counts(out, count_plan(report, style, index));
	fputs(">\n    <properties>", out);
	if (plan->sha256[0])
		fprintf(out, "<property name=\"plan.sha256\" value=\"%s\"/>",
		    plan->sha256);
	fputs("</properties>\n", out);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding->plan == index && finding_written(finding, style))
			put_case(out, report, finding);
	}
	if (plan->error.code != TFA_ERR_NONE)
		put_refused(out, plan);
	fputs("    <system-out></system-out>\n"
	      "    <system-err></system-err>\n"
	      "  </testsuite>\n",
	    out);
}

static bool
write_junit(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", out);
	for (size_t i = 0; i < report->plan_count; i++)
		put_suite(out, report, style, i);
	fputs("</testsuites>\n", out);
	return form_finish(out, false, err);
}

const struct reporter reporter_junit = {
    .name = "junit",
    .help = "JUnit XML, a case for each control and resource",
    .media_type = "application/xml",
    .passes = true,
    .write = write_junit,
};
