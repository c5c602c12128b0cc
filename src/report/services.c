/*
 * Bodies for services: HCP Terraform's run tasks, AWS Security Hub (ASFF), and
 * whatever takes OCSF.
 */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

enum { OUTCOMES_MOST = 500 };

static bool
is_open(const struct finding *finding)
{
	return finding->verdict != VERDICT_PASS &&
	    finding->verdict != VERDICT_WAIVED;
}

/* --- Run task --- */

static const char *
task_level(const struct finding *finding)
{
	const char *level = finding_grade(finding)->sarif;

	return strcmp(level, "note") == 0 ? "info" : level;
}

static void
task_tag(struct emit *emit, const char *name, const char *label,
    const char *level)
{
	emit_open(emit, name, '[');
	emit_open(emit, NULL, '{');
	emit_str(emit, "label", str_of(label));
	emit_str(emit, "level", str_of(level));
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
task_body(struct emit *emit, const struct finding *finding)
{
	struct buf text = {0}, body = {0};

	markdown_add(&body, form_text(&text, finding->reason, CLEAN_PROSE));
	if (finding->control->fix_text.len) {
		buf_add(&body, STR("\n\n"));
		markdown_add(&body,
		    form_text(&text, finding->control->fix_text, CLEAN_PROSE));
	}
	emit_str(emit, "body", buf_str(&body));
	emit->failed = emit->failed || text.failed || body.failed;
	buf_free(&text);
	buf_free(&body);
}

static void
task_outcome(struct emit *emit, const struct finding *finding)
{
	struct buf text = {0};
	char fingerprint[65];

	finding_fingerprint(fingerprint, finding);
	clean_add(&text, finding->control->title, CLEAN_TEXT);
	buf_add(&text, STR(": "));
	clean_add(&text, finding->address, CLEAN_ADDRESS);
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("task-result-outcomes"));
	emit_open(emit, "attributes", '{');
	emit_str(emit, "outcome-id", str_of(fingerprint));
	emit_str(emit, "description", buf_str(&text));
	task_body(emit, finding);
	emit_open(emit, "tags", '{');
	task_tag(emit, "Status", verdict_name(finding->verdict),
	    task_level(finding));
	task_tag(emit, "Severity", severity_name(finding->control->severity),
	    task_level(finding));
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static void
task_message(struct emit *emit, const struct tfa_report *report,
    const struct tfa_report_style *style)
{
	const struct tally *tally = &report->totals.tally;
	size_t open = 0;
	char message[240];
	size_t len;

	FINDINGS_EACH(report, style, finding)
	open += is_open(finding);
	snprintf(message, sizeof(message),
	    "%zu passed, %zu failed, %zu unknown, %zu waived, %zu in error",
	    tally->pass, tally->fail, tally->unknown, tally->waived,
	    tally->error);
	len = strlen(message);
	if (open > OUTCOMES_MOST)
		snprintf(message + len, sizeof(message) - len,
		    "; %zu more findings are not listed here",
		    open - OUTCOMES_MOST);
	emit_str(emit, "message", str_of(message));
}

static bool
write_run_task(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;
	size_t count = 0;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_open(&emit, "data", '{');
	emit_str(&emit, "type", STR("task-results"));
	emit_open(&emit, "attributes", '{');
	emit_str(&emit, "status",
	    report->status == 0 ? STR("passed") : STR("failed"));
	task_message(&emit, report, style);
	emit_close(&emit, '}');
	emit_open(&emit, "relationships", '{');
	emit_open(&emit, "outcomes", '{');
	emit_open(&emit, "data", '[');
	FINDINGS_EACH(report, style, finding)
	{
		if (is_open(finding) && count++ < OUTCOMES_MOST)
			task_outcome(&emit, finding);
	}
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

const struct reporter reporter_run_task = {
    .name = "tfc-run-task",
    .help = "callback body of an HCP Terraform run task",
    .media_type = "application/vnd.api+json",
    .write = write_run_task,
};

/* --- ASFF: account and region are not in a plan, so placeholders stand --- */

enum { ASFF_REQUIREMENTS = 32 };

#define ASFF_ACCOUNT "000000000000"
#define ASFF_REGION "us-east-1"

static void
asff_requirements(struct emit *emit, const struct control *control)
{
	struct buf text = {0}, cut = {0};
	size_t count = 0;

	emit_open(emit, "RelatedRequirements", '[');
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		for (size_t j = 0; j < list->items.count; j++) {
			if (count++ >= ASFF_REQUIREMENTS)
				break;
			text.len = 0;
			buf_add(&text, list->name);
			buf_byte(&text, '/');
			buf_add(&text, list->items.items[j]);
			emit_str(emit, NULL,
			    form_text(&cut, buf_str(&text), 63));
		}
	}
	emit_close(emit, ']');
	emit->failed = emit->failed || text.failed || cut.failed;
	buf_free(&text);
	buf_free(&cut);
}

static void
asff_compliance(struct emit *emit, const struct finding *finding)
{
	static const char *const statuses[] = {
	    [VERDICT_FAIL] = "FAILED",
	    [VERDICT_ERROR] = "NOT_AVAILABLE",
	    [VERDICT_UNKNOWN] = "WARNING",
	    [VERDICT_WAIVED] = "WARNING",
	    [VERDICT_PASS] = "PASSED",
	};

	emit_open(emit, "Compliance", '{');
	emit_str(emit, "Status", str_of(statuses[finding->verdict]));
	if (finding->control->frameworks.count)
		asff_requirements(emit, finding->control);
	emit_close(emit, '}');
}

static void
asff_resource(struct emit *emit, const struct finding *finding)
{
	emit_open(emit, "Resources", '[');
	emit_open(emit, NULL, '{');
	emit_str(emit, "Type", STR("Other"));
	emit_clean(emit, "Id", finding->address, CLEAN_ADDRESS - 1);
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
asff_finding(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding)
{
	const struct control *control = finding->control;
	struct buf text = {0};
	char fingerprint[65], time[21];

	finding_fingerprint(fingerprint, finding);
	form_time(time, report);
	emit_open(emit, NULL, '{');
	emit_str(emit, "SchemaVersion", STR("2018-10-08"));
	emit_str(emit, "Id", str_of(fingerprint));
	emit_str(emit, "ProductArn",
	    STR("arn:aws:securityhub:" ASFF_REGION ":" ASFF_ACCOUNT
		":product/" ASFF_ACCOUNT "/default"));
	emit_str(emit, "GeneratorId", control->id);
	emit_str(emit, "AwsAccountId", STR(ASFF_ACCOUNT));
	emit_open(emit, "Types", '[');
	emit_str(emit, NULL,
	    STR("Software and Configuration Checks/Industry and Regulatory "
		"Standards"));
	emit_close(emit, ']');
	emit_str(emit, "CreatedAt", str_of(time));
	emit_str(emit, "UpdatedAt", str_of(time));
	emit_open(emit, "Severity", '{');
	emit_str(emit, "Label",
	    str_of(severity_grade(control->severity)->asff));
	emit_close(emit, '}');
	emit_clean(emit, "Title", control->title, 250);
	emit_clean(emit, "Description",
	    finding_message(&text, finding, CLEAN_TEXT), 1023);
	asff_resource(emit, finding);
	asff_compliance(emit, finding);
	if (control->fix_text.len) {
		emit_open(emit, "Remediation", '{');
		emit_open(emit, "Recommendation", '{');
		emit_clean(emit, "Text", control->fix_text, 500);
		emit_close(emit, '}');
		emit_close(emit, '}');
	}
	emit_str(emit, "RecordState", STR("ACTIVE"));
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static bool
write_asff(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_open(&emit, "Findings", '[');
	FINDINGS_EACH(report, style, finding)
	asff_finding(&emit, report, finding);
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

const struct reporter reporter_asff = {
    .name = "asff",
    .help = "AWS Security Finding Format; put your account and region in "
	    "place of " ASFF_ACCOUNT " and " ASFF_REGION,
    .media_type = "application/json",
    .write = write_asff,
};

/* --- OCSF: one event a line --- */

static void
ocsf_compliance(struct emit *emit, const struct finding *finding)
{
	static const struct {
		unsigned id;
		const char *name;
	} statuses[] = {
	    [VERDICT_FAIL] = {3, "Fail"},
	    [VERDICT_ERROR] = {99, "Error"},
	    [VERDICT_UNKNOWN] = {2, "Warning"},
	    [VERDICT_WAIVED] = {3, "Fail"},
	    [VERDICT_PASS] = {1, "Pass"},
	};
	const struct named_lists *lists = &finding->control->frameworks;

	emit_open(emit, "compliance", '{');
	emit_str(emit, "control", finding->control->id);
	emit_open(emit, "standards", '[');
	for (size_t i = 0; i < lists->count; i++)
		emit_clean(emit, NULL, lists->items[i].name, CLEAN_TEXT);
	emit_close(emit, ']');
	emit_open(emit, "requirements", '[');
	for (size_t i = 0; i < lists->count; i++) {
		for (size_t j = 0; j < lists->items[i].items.count; j++)
			emit_clean(emit, NULL, lists->items[i].items.items[j],
			    CLEAN_TEXT);
	}
	emit_close(emit, ']');
	emit_uint(emit, "status_id", statuses[finding->verdict].id);
	emit_str(emit, "status", str_of(statuses[finding->verdict].name));
	emit_close(emit, '}');
}

static void
ocsf_metadata(struct emit *emit, const struct tfa_report *report)
{
	emit_open(emit, "metadata", '{');
	emit_str(emit, "version", STR("1.3.0"));
	emit_open(emit, "product", '{');
	emit_str(emit, "name", STR("tfassay"));
	emit_str(emit, "vendor_name", STR("tfassay"));
	emit_str(emit, "version", report_version(report));
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
ocsf_info(struct emit *emit, const struct finding *finding)
{
	struct buf text = {0};
	char uuid[37];

	finding_uuid(uuid, finding, "ocsf");
	emit_open(emit, "finding_info", '{');
	emit_str(emit, "uid", str_of(uuid));
	emit_clean(emit, "title", finding->control->title, CLEAN_TEXT);
	emit_str(
	    emit, "desc", finding_message(&text, finding, CLEAN_PROSE));
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static bool
ocsf_event(FILE *out, const struct tfa_report *report,
    const struct finding *finding)
{
	int64_t seconds = form_seconds(report);
	struct emit emit;

	emit_init(&emit, out, false);
	emit_open(&emit, NULL, '{');
	emit_uint(&emit, "activity_id", 1);
	emit_uint(&emit, "category_uid", 2);
	emit_uint(&emit, "class_uid", 2003);
	emit_uint(&emit, "type_uid", 200301);
	emit_uint(&emit, "time",
	    seconds > 0 ? (uint64_t)seconds * 1000 : 0);
	emit_uint(&emit, "severity_id",
	    severity_grade(finding->control->severity)->ocsf);
	ocsf_metadata(&emit, report);
	ocsf_info(&emit, finding);
	ocsf_compliance(&emit, finding);
	emit_open(&emit, "resources", '[');
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "uid", finding->address);
	emit_close(&emit, '}');
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return !emit.failed;
}

static bool
write_ocsf(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	bool ok = true;

	FINDINGS_EACH(report, style, finding)
	ok = ocsf_event(out, report, finding) && ok;
	return form_finish(out, !ok, err);
}

const struct reporter reporter_ocsf = {
    .name = "ocsf",
    .help = "OCSF compliance findings, one a line",
    .media_type = "application/x-ndjson",
    .write = write_ocsf,
};
