/* GitLab's Code Quality and SAST reports. */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

/* --- Code Quality: the interface shows the description alone --- */

static void
quality_finding(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding)
{
	struct place place = finding_place(report, finding);
	struct buf text = {0};
	char fingerprint[65];

	finding_fingerprint(fingerprint, finding);
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("issue"));
	emit_str(emit, "description",
	    finding_title(&text, finding, CLEAN_TEXT));
	emit_str(emit, "check_name", finding->control->id);
	emit_str(emit, "fingerprint", str_of(fingerprint));
	emit_str(emit, "severity", str_of(finding_grade(finding)->quality));
	emit_open(emit, "categories", '[');
	emit_str(emit, NULL, STR("Security"));
	emit_close(emit, ']');
	emit_open(emit, "location", '{');
	emit_str(emit, "path", place.file);
	emit_open(emit, "lines", '{');
	emit_uint(emit, "begin", place.line);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

/* A plan that was not judged must not look like one without findings. */
static void
quality_refused(struct emit *emit, const struct plan_result *plan)
{
	struct buf text = {0};

	if (plan->error.code == TFA_ERR_NONE)
		return;
	buf_add(&text, STR("the plan cannot be judged: "));
	clean_add(&text, str_of(plan->error.message), CLEAN_PROSE);
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("issue"));
	emit_str(emit, "description", buf_str(&text));
	emit_str(emit, "check_name", STR("plan"));
	emit_clean(emit, "fingerprint", plan->path, CLEAN_ADDRESS);
	emit_str(emit, "severity", STR("blocker"));
	emit_open(emit, "location", '{');
	emit_str(emit, "path", plan->path);
	emit_open(emit, "lines", '{');
	emit_uint(emit, "begin", 1);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static bool
write_quality(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '[');
	for (size_t i = 0; i < report->plan_count; i++)
		quality_refused(&emit, &report->plans[i]);
	FINDINGS_EACH(report, style, finding)
	{
		if (finding->verdict != VERDICT_PASS &&
		    finding->verdict != VERDICT_WAIVED)
			quality_finding(&emit, report, finding);
	}
	emit_close(&emit, ']');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

const struct reporter reporter_gitlab = {
    .name = "gitlab",
    .help = "GitLab Code Quality",
    .media_type = "application/json",
    .write = write_quality,
};

/* --- SAST --- */

static void
sast_tool(
    struct emit *emit, const struct tfa_report *report, const char *key)
{
	emit_open(emit, key, '{');
	emit_str(emit, "id", STR("tfassay"));
	emit_str(emit, "name", STR("tfassay"));
	emit_str(emit, "version", report_version(report));
	emit_open(emit, "vendor", '{');
	emit_str(emit, "name", STR("tfassay"));
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
sast_scan(struct emit *emit, const struct tfa_report *report)
{
	char time[21];

	form_time(time, report);
	emit_open(emit, "scan", '{');
	sast_tool(emit, report, "analyzer");
	sast_tool(emit, report, "scanner");
	emit_str(emit, "type", STR("sast"));
	/* Without a zone. */
	emit_str(emit, "start_time", (struct str){time, 19});
	emit_str(emit, "end_time", (struct str){time, 19});
	emit_str(emit, "status",
	    report->outcome == OUTCOME_ERROR ? STR("failure")
					     : STR("success"));
	emit_close(emit, '}');
}

static void
sast_identifiers(struct emit *emit, const struct control *control)
{
	emit_open(emit, "identifiers", '[');
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("tfassay_control"));
	emit_clean(emit, "name", control->title, CLEAN_TEXT);
	emit_str(emit, "value", control->id);
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
sast_finding(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding)
{
	const struct control *control = finding->control;
	struct place place = finding_place(report, finding);
	struct buf text = {0};
	char uuid[37];

	finding_uuid(uuid, finding, "sast");
	emit_open(emit, NULL, '{');
	emit_str(emit, "id", str_of(uuid));
	sast_identifiers(emit, control);
	emit_open(emit, "location", '{');
	emit_str(emit, "file", place.file);
	emit_uint(emit, "start_line", place.line);
	emit_uint(emit, "end_line", place.line);
	emit_close(emit, '}');
	emit_clean(emit, "name", control->title, 254);
	emit_str(emit, "description",
	    finding_title(&text, finding, CLEAN_PROSE));
	emit_str(emit, "severity", str_of(finding_grade(finding)->sast));
	if (control->fix_text.len)
		emit_clean(emit, "solution", control->fix_text, CLEAN_PROSE);
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static bool
write_sast(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "version", STR("15.0.7"));
	sast_scan(&emit, report);
	emit_open(&emit, "vulnerabilities", '[');
	FINDINGS_EACH(report, style, finding)
	{
		if (finding->verdict != VERDICT_PASS &&
		    finding->verdict != VERDICT_WAIVED)
			sast_finding(&emit, report, finding);
	}
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

const struct reporter reporter_gitlab_sast = {
    .name = "gitlab-sast",
    .help = "GitLab SAST report, schema 15",
    .media_type = "application/json",
    .write = write_sast,
};
