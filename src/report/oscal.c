/*
 * OSCAL assessment results: an observation for each verdict, and a finding for
 * each that is decided.  What a plan shows is planned, not deployed; the result
 * says so.
 */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

/* Of the run: from the digests of its plans, or their paths. */
static void
run_uuid(char out[37], const struct tfa_report *report, const char *purpose)
{
	struct control control = {.id = STR("run")};
	struct finding finding = {.control = &control,
	    .address = report->plan_count ? report->plans[0].path : STR("")};

	finding_uuid(out, &finding, purpose);
}

static void
emit_uuid(struct emit *emit, const char *uuid)
{
	emit_str(emit, "uuid", str_of(uuid));
}

static void
emit_metadata(
    struct emit *emit, const struct tfa_report *report, const char *time)
{
	emit_open(emit, "metadata", '{');
	emit_str(emit, "title", STR("tfassay: assessment of Terraform plans"));
	emit_str(emit, "last-modified", str_of(time));
	emit_str(emit, "version", report_version(report));
	emit_str(emit, "oscal-version", STR("1.1.2"));
	emit_close(emit, '}');
}

static void
emit_property(struct emit *emit, const char *name, struct str value)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "name", str_of(name));
	emit_clean(emit, "value", value.len ? value : STR("-"), CLEAN_ADDRESS);
	emit_close(emit, '}');
}

static void
emit_observation(struct emit *emit, const char *time,
    const struct finding *finding)
{
	struct buf text = {0};
	char uuid[37];

	finding_uuid(uuid, finding, "observation");
	emit_open(emit, NULL, '{');
	emit_uuid(emit, uuid);
	emit_clean(emit, "title", finding->control->title, CLEAN_TEXT);
	emit_str(emit, "description",
	    finding_message(&text, finding, CLEAN_PROSE));
	emit_open(emit, "props", '[');
	emit_property(emit, "control", finding->control->id);
	emit_property(emit, "address", finding->address);
	emit_property(
	    emit, "verdict", str_of(verdict_name(finding->verdict)));
	emit_close(emit, ']');
	emit_open(emit, "methods", '[');
	emit_str(emit, NULL, STR("TEST"));
	emit_close(emit, ']');
	emit_str(emit, "collected", str_of(time));
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static void
emit_target(struct emit *emit, const struct finding *finding)
{
	bool satisfied = finding->verdict == VERDICT_PASS;

	emit_open(emit, "target", '{');
	emit_str(emit, "type", STR("objective-id"));
	emit_str(emit, "target-id", finding->control->id);
	emit_open(emit, "status", '{');
	emit_str(emit, "state",
	    satisfied ? STR("satisfied") : STR("not-satisfied"));
	if (finding->verdict == VERDICT_WAIVED)
		emit_str(emit, "reason", STR("other"));
	else
		emit_str(emit, "reason", satisfied ? STR("pass") : STR("fail"));
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
emit_finding(struct emit *emit, const struct finding *finding)
{
	struct buf text = {0};
	char uuid[37];

	finding_uuid(uuid, finding, "finding");
	emit_open(emit, NULL, '{');
	emit_uuid(emit, uuid);
	emit_clean(emit, "title", finding->control->title, CLEAN_TEXT);
	emit_str(emit, "description",
	    finding_message(&text, finding, CLEAN_PROSE));
	emit_target(emit, finding);
	emit_open(emit, "related-observations", '[');
	emit_open(emit, NULL, '{');
	finding_uuid(uuid, finding, "observation");
	emit_str(emit, "observation-uuid", str_of(uuid));
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static bool
is_decided(const struct finding *finding)
{
	return finding->verdict == VERDICT_PASS ||
	    finding->verdict == VERDICT_FAIL ||
	    finding->verdict == VERDICT_WAIVED;
}

static void
emit_observations(struct emit *emit, const struct tfa_report *report,
    const struct tfa_report_style *style, const char *time)
{
	size_t decided = 0, count = 0;

	for (size_t i = 0; i < report->finding_count; i++)
		count += finding_written(&report->findings[i], style);
	if (count == 0)
		return;
	emit_open(emit, "observations", '[');
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!finding_written(finding, style))
			continue;
		decided += is_decided(finding);
		emit_observation(emit, time, finding);
	}
	emit_close(emit, ']');
	if (decided == 0)
		return;
	emit_open(emit, "findings", '[');
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding_written(finding, style) && is_decided(finding))
			emit_finding(emit, finding);
	}
	emit_close(emit, ']');
}

static void
emit_reviewed(struct emit *emit, const struct tfa_report *report)
{
	emit_open(emit, "reviewed-controls", '{');
	emit_open(emit, "control-selections", '[');
	emit_open(emit, NULL, '{');
	emit_open(emit, "include-controls", '[');
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (!report->selected[i])
			continue;
		emit_open(emit, NULL, '{');
		emit_str(
		    emit, "control-id", report->policies->controls[i]->id);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
emit_result(struct emit *emit, const struct tfa_report *report,
    const struct tfa_report_style *style, const char *time)
{
	char uuid[37];

	run_uuid(uuid, report, "result");
	emit_open(emit, NULL, '{');
	emit_uuid(emit, uuid);
	emit_str(emit, "title", STR("Terraform plans judged before they are "
				    "applied"));
	emit_str(emit, "description",
	    STR("What the plans say will be deployed.  It is evidence of intent, "
		"not of what runs."));
	emit_str(emit, "start", str_of(time));
	emit_str(emit, "end", str_of(time));
	emit_open(emit, "props", '[');
	emit_property(emit, "status", str_of(outcome_name(report->outcome)));
	for (size_t i = 0; i < report->plan_count; i++)
		emit_property(emit, "plan", report->plans[i].path);
	emit_close(emit, ']');
	emit_reviewed(emit, report);
	emit_observations(emit, report, style, time);
	emit_close(emit, '}');
}

static void
emit_back_matter(struct emit *emit, const char *uuid)
{
	emit_open(emit, "back-matter", '{');
	emit_open(emit, "resources", '[');
	emit_open(emit, NULL, '{');
	emit_uuid(emit, uuid);
	emit_str(emit, "title", STR("There is no assessment plan"));
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static bool
write_oscal(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct emit emit;
	struct buf href = {0};
	char time[21], uuid[37], plan[37];

	form_time(time, report);
	run_uuid(uuid, report, "document");
	run_uuid(plan, report, "plan");
	buf_fmt(&href, "#%s", plan);
	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_open(&emit, "assessment-results", '{');
	emit_uuid(&emit, uuid);
	emit_metadata(&emit, report, time);
	emit_open(&emit, "import-ap", '{');
	emit_str(&emit, "href", buf_str(&href));
	emit_close(&emit, '}');
	emit_open(&emit, "results", '[');
	emit_result(&emit, report, style, time);
	emit_close(&emit, ']');
	emit_back_matter(&emit, plan);
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_finish(&emit);
	href.failed = href.failed || emit.failed;
	return form_end(out, &href, err);
}

const struct reporter reporter_oscal = {
    .name = "oscal",
    .help = "OSCAL assessment results",
    .media_type = "application/json",
    .passes = true,
    .write = write_oscal,
};
