/*
 * SARIF 2.1.0, as code scanning services take it (sarif) and as an archive that
 * leaves nothing out (sarif-archive).  Only rules with a result are listed.
 */
#include <stdlib.h>

#include "policy/waiver.h"
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

enum {
	RESULTS_MOST = 25000, /* more, and the whole file is rejected */
	TEXT_MOST = 1000,     /* of a rule's descriptions: 1024 */
	TAGS_MOST = 20,
};

struct sarif {
	struct emit emit;
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	bool archive;
	size_t *rules; /* of each control: its index + 1, or 0 */
	size_t left;   /* results that were left out */
};

static bool
is_result(const struct sarif *sarif, const struct finding *finding)
{
	if (sarif->archive)
		return finding->verdict != VERDICT_ERROR &&
		    finding_written(finding, sarif->style);
	return finding_shown(finding, sarif->style) &&
	    (finding->verdict == VERDICT_FAIL ||
		finding->verdict == VERDICT_UNKNOWN);
}

/* "[" before "](" would begin a link. */
static void
emit_text(struct emit *emit, const char *key, struct str raw, size_t most)
{
	struct buf text = {0}, plain = {0};
	struct str clean = form_text(&text, raw, most);

	for (size_t i = 0; i < clean.len; i++) {
		buf_byte(&plain, clean.ptr[i]);
		if (clean.ptr[i] == ']' && i + 1 < clean.len &&
		    clean.ptr[i + 1] == '(')
			buf_byte(&plain, ' ');
	}
	emit_str(emit, key, buf_str(&plain));
	emit->failed = emit->failed || text.failed || plain.failed;
	buf_free(&text);
	buf_free(&plain);
}

static void
emit_message(struct emit *emit, const char *key, struct str raw)
{
	emit_open(emit, key, '{');
	emit_text(emit, "text", raw, TEXT_MOST);
	emit_close(emit, '}');
}

/* "EcrScanOnPush" of "ecr_scan_on_push". */
static void
emit_name(struct emit *emit, struct str id)
{
	struct buf name = {0};
	bool upper = true;

	for (size_t i = 0; i < id.len && name.len < 250; i++) {
		char c = id.ptr[i];

		if (c == '_') {
			upper = true;
			continue;
		}
		if (upper && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		buf_byte(&name, c);
		upper = false;
	}
	emit_str(emit, "name", buf_str(&name));
	buf_free(&name);
}

static void
emit_tags(struct emit *emit, const struct control *control)
{
	size_t count = 1;

	emit_open(emit, "tags", '[');
	emit_str(emit, NULL, STR("security"));
	for (size_t i = 0; i < control->frameworks.count && count < TAGS_MOST;
	     i++, count++)
		emit_clean(emit, NULL, control->frameworks.items[i].name,
		    CLEAN_TEXT);
	emit_close(emit, ']');
}

static void
emit_rule(struct emit *emit, const struct control *control)
{
	const struct grade *grade = severity_grade(control->severity);

	emit_open(emit, NULL, '{');
	emit_str(emit, "id", control->id);
	emit_name(emit, control->id);
	emit_message(emit, "shortDescription", control->title);
	emit_message(emit, "fullDescription",
	    control->why.len ? control->why : control->title);
	emit_message(emit, "help",
	    control->fix_text.len ? control->fix_text : control->title);
	emit_open(emit, "defaultConfiguration", '{');
	emit_str(emit, "level", str_of(grade->sarif));
	emit_close(emit, '}');
	emit_open(emit, "properties", '{');
	emit_tags(emit, control);
	emit_str(emit, "precision", STR("very-high"));
	if (grade->security)
		emit_str(emit, "security-severity", str_of(grade->security));
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
emit_rules(struct sarif *sarif)
{
	const struct tfa_report *report = sarif->report;
	size_t count = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (is_result(sarif, finding))
			sarif->rules[finding->control->index] = 1;
	}
	emit_open(&sarif->emit, "rules", '[');
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (!sarif->rules[i])
			continue;
		sarif->rules[i] = ++count;
		emit_rule(&sarif->emit, report->policies->controls[i]);
	}
	emit_close(&sarif->emit, ']');
}

/* A path as a URI reference: what is no plain character is escaped. */
static void
emit_uri(struct emit *emit, struct str path)
{
	static const char plain[] = "-._~/!$&'()*+,;=@";
	struct buf uri = {0};

	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || (c && strchr(plain, c)))
			buf_byte(&uri, c);
		else
			buf_fmt(&uri, "%%%02X", (unsigned)(unsigned char)c);
	}
	emit_str(emit, "uri", uri.len ? buf_str(&uri) : STR("plan.json"));
	emit->failed = emit->failed || uri.failed;
	buf_free(&uri);
}

static void
emit_location(struct emit *emit, const struct finding *finding,
    const struct place *place)
{
	emit_open(emit, "locations", '[');
	emit_open(emit, NULL, '{');
	emit_open(emit, "physicalLocation", '{');
	emit_open(emit, "artifactLocation", '{');
	emit_uri(emit, place->file);
	emit_close(emit, '}');
	emit_open(emit, "region", '{');
	emit_uint(emit, "startLine", place->line);
	emit_uint(emit, "startColumn", place->column);
	emit_uint(emit, "endLine", place->line);
	emit_uint(emit, "endColumn", place->end);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_open(emit, "logicalLocations", '[');
	emit_open(emit, NULL, '{');
	emit_str(emit, "fullyQualifiedName", finding->address);
	emit_str(emit, "kind", STR("resource"));
	emit_close(emit, '}');
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
emit_level(const struct sarif *sarif, struct emit *emit,
    const struct finding *finding)
{
	static const char *const kinds[] = {
	    [VERDICT_FAIL] = NULL,
	    [VERDICT_ERROR] = "review",
	    [VERDICT_UNKNOWN] = "open",
	    [VERDICT_WAIVED] = NULL,
	    [VERDICT_PASS] = "pass",
	    [VERDICT_NOT_APPLICABLE] = "notApplicable",
	};
	const char *kind = sarif->archive ? kinds[finding->verdict] : NULL;
	const char *level = finding_grade(finding)->sarif;

	if (finding->verdict == VERDICT_WAIVED)
		level = severity_grade(finding->control->severity)->sarif;
	if (kind)
		emit_str(emit, "kind", str_of(kind));
	emit_str(emit, "level", kind ? STR("none") : str_of(level));
}

static void
emit_properties(struct emit *emit, const struct finding *finding,
    const struct place *place)
{
	emit_open(emit, "properties", '{');
	emit_str(emit, "address", finding->address);
	emit_str(emit, "verdict", str_of(verdict_name(finding->verdict)));
	emit_str(emit, "change", str_of(change_name(finding->change)));
	emit_str(emit, "locationMethod", str_of(place->method));
	emit_close(emit, '}');
}

static void
emit_suppression(struct emit *emit, const struct finding *finding)
{
	emit_open(emit, "suppressions", '[');
	emit_open(emit, NULL, '{');
	emit_str(emit, "kind", STR("external"));
	emit_str(emit, "status", STR("accepted"));
	if (finding->waiver)
		emit_clean(emit, "justification", finding->waiver->reason,
		    TEXT_MOST);
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
emit_result(struct sarif *sarif, const struct finding *finding)
{
	static const char *const states[] = {
	    [CHANGE_INTRODUCED] = "new",
	    [CHANGE_EXISTING] = "unchanged",
	    [CHANGE_FIXED] = "absent",
	    [CHANGE_REMOVED] = "absent",
	    [CHANGE_CLEAN] = "unchanged",
	};
	struct emit *emit = &sarif->emit;
	struct place place = finding_place(sarif->report, finding);
	struct buf text = {0};
	char fingerprint[65];

	finding_fingerprint(fingerprint, finding);
	emit_open(emit, NULL, '{');
	emit_str(emit, "ruleId", finding->control->id);
	emit_uint(
	    emit, "ruleIndex", sarif->rules[finding->control->index] - 1);
	emit_level(sarif, emit, finding);
	emit_message(emit, "message",
	    finding_message(&text, finding, CLEAN_PROSE));
	emit_location(emit, finding, &place);
	emit_open(emit, "partialFingerprints", '{');
	buf_free(&text);
	buf_add(&text, (struct str){fingerprint, 16});
	buf_add(&text, STR(":1"));
	emit_str(emit, "primaryLocationLineHash", buf_str(&text));
	emit_str(emit, "tfassay/v1", str_of(fingerprint));
	emit_close(emit, '}');
	if (sarif->archive)
		emit_str(emit, "baselineState",
		    str_of(states[finding->change]));
	if (finding->verdict == VERDICT_WAIVED)
		emit_suppression(emit, finding);
	emit_properties(emit, finding, &place);
	emit_close(emit, '}');
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

static void
emit_results(struct sarif *sarif)
{
	const struct tfa_report *report = sarif->report;
	size_t count = 0;

	emit_open(&sarif->emit, "results", '[');
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!is_result(sarif, finding))
			continue;
		if (count++ < RESULTS_MOST || sarif->archive)
			emit_result(sarif, finding);
		else
			sarif->left++;
	}
	emit_close(&sarif->emit, ']');
}

static void
emit_notification(struct emit *emit, struct str message)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "level", STR("error"));
	emit_message(emit, "message", message);
	emit_close(emit, '}');
}

static void
emit_notifications(struct sarif *sarif)
{
	const struct tfa_report *report = sarif->report;
	struct buf text = {0};

	emit_open(&sarif->emit, "toolExecutionNotifications", '[');
	for (size_t i = 0; i < report->plan_count; i++) {
		if (report->plans[i].error.code != TFA_ERR_NONE)
			emit_notification(&sarif->emit,
			    str_of(report->plans[i].error.message));
	}
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding->verdict == VERDICT_ERROR)
			emit_notification(&sarif->emit,
			    finding_title(&text, finding, CLEAN_PROSE));
	}
	if (sarif->left) {
		buf_free(&text);
		buf_fmt(&text,
		    "%zu more results are left out: a reader takes no more "
		    "than %d",
		    sarif->left, RESULTS_MOST);
		emit_notification(&sarif->emit, buf_str(&text));
	}
	emit_close(&sarif->emit, ']');
	sarif->emit.failed = sarif->emit.failed || text.failed;
	buf_free(&text);
}

static void
emit_invocation(struct sarif *sarif)
{
	struct emit *emit = &sarif->emit;

	emit_open(emit, "invocations", '[');
	emit_open(emit, NULL, '{');
	emit_bool(emit, "executionSuccessful",
	    sarif->report->outcome != OUTCOME_ERROR);
	emit_uint(emit, "exitCode", (uint64_t)sarif->report->status);
	emit_notifications(sarif);
	emit_close(emit, '}');
	emit_close(emit, ']');
}

static void
emit_run(struct sarif *sarif)
{
	struct emit *emit = &sarif->emit;

	emit_open(emit, NULL, '{');
	emit_open(emit, "tool", '{');
	emit_open(emit, "driver", '{');
	emit_str(emit, "name", STR("tfassay"));
	emit_str(emit, "semanticVersion", report_version(sarif->report));
	emit_rules(sarif);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_str(emit, "columnKind", STR("unicodeCodePoints"));
	emit_open(emit, "automationDetails", '{');
	emit_str(emit, "id", STR("tfassay/"));
	emit_close(emit, '}');
	emit_results(sarif);
	emit_invocation(sarif);
	emit_close(emit, '}');
}

static bool
write_sarif(const struct tfa_report *report,
    const struct tfa_report_style *style, bool archive, FILE *out,
    struct tfa_error *err)
{
	struct sarif sarif = {.report = report,
	    .style = style,
	    .archive = archive,
	    .rules = calloc(
		report->policies->control_count + 1, sizeof(size_t))};
	struct emit *emit = &sarif.emit;

	if (!sarif.rules)
		return error_nomem(err);
	emit_init(emit, out, false);
	emit_open(emit, NULL, '{');
	emit_str(emit, "$schema",
	    STR("https://json.schemastore.org/sarif-2.1.0.json"));
	emit_str(emit, "version", STR("2.1.0"));
	emit_open(emit, "runs", '[');
	emit_run(&sarif);
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_finish(emit);
	free(sarif.rules);
	return form_finish(out, emit->failed, err);
}

static bool
write_upload(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	return write_sarif(report, style, false, out, err);
}

static bool
write_archive(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	return write_sarif(report, style, true, out, err);
}

const struct reporter reporter_sarif = {
    .name = "sarif",
    .help = "SARIF 2.1.0 for code scanning",
    .media_type = "application/sarif+json",
    .write = write_upload,
};

const struct reporter reporter_sarif_archive = {
    .name = "sarif-archive",
    .help = "SARIF 2.1.0 with passes, waivers and open verdicts",
    .media_type = "application/sarif+json",
    .passes = true,
    .write = write_archive,
};
