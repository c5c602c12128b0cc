/* What was run, for people and for the programs that gather test results. */
#include "json/write.h"
#include "report/form.h"
#include "report/page.h"
#include "trial/trial.h"

/* "control: name", or the name alone. */
static void
add_title(struct page *page, const struct trial_result *result)
{
	if (result->subject.len) {
		page_text(page, result->subject, CLEAN_TEXT);
		page_own(page, ": ");
	}
	page_text(page, result->name, CLEAN_TEXT);
}

static void
add_place(struct page *page, struct str file, struct pos pos)
{
	page_text(page, file, CLEAN_ADDRESS);
	page_own(page, ":%zu:%zu: ", pos.line, pos.column);
}

/* --- text --- */

static void
text_result(struct page *page, const struct trial_result *result)
{
	add_place(page, result->file, result->pos);
	add_title(page, result);
	if (!result->passed) {
		page_own(page, ": ");
		page_text(page, result->message, CLEAN_PROSE);
	}
	page_end_headline(page, result->passed ? "ok " : "FAIL ",
	    result->passed ? PAINT_GREEN : PAINT_RED);
}

struct mark {
	const char *name;
	bool seen;
};

/* Of what a test can show of a control, what none has shown. */
static void
text_coverage(struct page *page, const struct trial *trial, size_t index)
{
	const struct coverage *coverage = &trial->coverage[index];
	const struct control *control = trial->policies->controls[index];
	const struct mark seen[] = {
	    {"pass", coverage->verdicts[VERDICT_PASS]},
	    {"fail", coverage->verdicts[VERDICT_FAIL]},
	    {"unknown", coverage->verdicts[VERDICT_UNKNOWN]},
	    {"unset or defaulted", coverage->states[STATE_UNSET] ||
		    coverage->states[STATE_DEFAULTED]},
	};
	bool any = false;

	for (size_t i = 0; i < COUNTOF(seen); i++) {
		if (seen[i].seen)
			continue;
		if (!any)
			add_place(page, control->pack->file, control->pos);
		if (!any)
			page_text(page, control->id, CLEAN_TEXT);
		page_own(page, "%s %s", any ? "," : ": no test shows",
		    seen[i].name);
		any = true;
	}
	if (any)
		page_end_headline(page, "gap  ", PAINT_YELLOW);
}

static void
text_mutants(struct page *page, const struct trial *trial)
{
	for (size_t i = 0; i < trial->mutant_count; i++) {
		const struct mutant *mutant = &trial->mutants[i];

		if (mutant->noticed)
			continue;
		add_place(page, mutant->control->pack->file, mutant->pos);
		page_text(page, mutant->control->id, CLEAN_TEXT);
		page_own(page, ": no test notices: ");
		page_text(page, mutant->what, CLEAN_TEXT);
		page_end_headline(page, "alive ", PAINT_YELLOW);
	}
}

static void
text_totals(struct page *page, const struct trial *trial)
{
	page_own(page, "%zu test%s, %zu passed, %zu failed",
	    trial->result_count, trial->result_count == 1 ? "" : "s",
	    trial->result_count - trial->failed, trial->failed);
	if (trial->options->mutate)
		page_own(page, "; %zu of %zu mutants noticed", trial->noticed,
		    trial->mutant_count);
	page_end_headline(page, "", PAINT_BOLD);
}

static bool
write_text(const struct trial *trial, FILE *out)
{
	struct page page = {out, trial->options->color, {0}};
	struct tfa_error err = {0};

	for (size_t i = 0; i < trial->result_count; i++) {
		if (!trial->results[i].passed || trial->options->all)
			text_result(&page, &trial->results[i]);
	}
	for (size_t i = 0; trial->options->coverage &&
	     i < trial->policies->control_count; i++) {
		if (trial->coverage[i].tested)
			text_coverage(&page, trial, i);
	}
	text_mutants(&page, trial);
	text_totals(&page, trial);
	return page_finish(&page, &err);
}

/* --- TAP 14 --- */

/* "#" would begin a directive. */
static void
add_tap_title(struct page *page, const struct trial_result *result)
{
	size_t from = page->line.len;

	add_title(page, result);
	for (size_t i = from; i < page->line.len; i++) {
		if (page->line.ptr[i] == '#')
			page->line.ptr[i] = '_';
	}
}

static bool
write_tap(const struct trial *trial, FILE *out)
{
	struct page page = {out, false, {0}};
	struct tfa_error err = {0};

	page_own(&page, "TAP version 14");
	page_end_headline(&page, "", PAINT_NONE);
	page_own(&page, "1..%zu", trial->result_count);
	page_end_headline(&page, "", PAINT_NONE);
	for (size_t i = 0; i < trial->result_count; i++) {
		const struct trial_result *result = &trial->results[i];

		page_own(&page, "%s %zu - ", result->passed ? "ok" : "not ok",
		    i + 1);
		add_tap_title(&page, result);
		page_end_headline(&page, "", PAINT_NONE);
		if (result->passed)
			continue;
		page_own(&page, "# ");
		add_place(&page, result->file, result->pos);
		page_text(&page, result->message, CLEAN_PROSE);
		page_end_headline(&page, "", PAINT_NONE);
	}
	return page_finish(&page, &err);
}

/* --- JUnit --- */

static void
junit_result(FILE *out, const struct trial_result *result)
{
	fputs("  <testcase classname=\"", out);
	xml_put(out, result->subject.len ? result->subject : result->file, CLEAN_PROSE);
	fputs("\" name=\"", out);
	xml_put(out, result->name, CLEAN_PROSE);
	fputs("\" file=\"", out);
	xml_put(out, result->file, CLEAN_PROSE);
	fprintf(out, "\" line=\"%zu\"", result->pos.line);
	if (result->passed) {
		fputs("/>\n", out);
		return;
	}
	fputs(">\n    <failure message=\"", out);
	xml_put(out, result->message, CLEAN_PROSE);
	fputs("\"/>\n  </testcase>\n", out);
}

static bool
write_junit(const struct trial *trial, FILE *out)
{
	fprintf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<testsuites tests=\"%zu\" failures=\"%zu\">\n"
	    "<testsuite name=\"tfassay test\" tests=\"%zu\" failures=\"%zu\" "
	    "errors=\"0\" skipped=\"0\">\n",
	    trial->result_count, trial->failed, trial->result_count,
	    trial->failed);
	for (size_t i = 0; i < trial->result_count; i++)
		junit_result(out, &trial->results[i]);
	fputs("</testsuite>\n</testsuites>\n", out);
	return !ferror(out);
}

/* --- JSON --- */

static void
json_place(struct emit *emit, struct str file, struct pos pos)
{
	emit_str(emit, "file", file);
	emit_uint(emit, "line", pos.line);
	emit_uint(emit, "column", pos.column);
}

static void
json_results(struct emit *emit, const struct trial *trial)
{
	emit_open(emit, "tests", '[');
	for (size_t i = 0; i < trial->result_count; i++) {
		const struct trial_result *result = &trial->results[i];

		emit_open(emit, NULL, '{');
		if (result->subject.len)
			emit_str(emit, "control", result->subject);
		emit_str(emit, "name", result->name);
		json_place(emit, result->file, result->pos);
		emit_bool(emit, "passed", result->passed);
		if (!result->passed)
			emit_str(emit, "message", result->message);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
json_coverage(struct emit *emit, const struct trial *trial)
{
	emit_open(emit, "coverage", '[');
	for (size_t i = 0; i < trial->policies->control_count; i++) {
		const struct coverage *coverage = &trial->coverage[i];

		if (!trial->coverage[i].tested)
			continue;
		emit_open(emit, NULL, '{');
		emit_str(emit, "control", trial->policies->controls[i]->id);
		emit_uint(emit, "tests", coverage->tests);
		emit_bool(emit, "pass", coverage->verdicts[VERDICT_PASS]);
		emit_bool(emit, "fail", coverage->verdicts[VERDICT_FAIL]);
		emit_bool(emit, "unknown", coverage->verdicts[VERDICT_UNKNOWN]);
		emit_bool(emit, "unset", coverage->states[STATE_UNSET]);
		emit_bool(emit, "default", coverage->states[STATE_DEFAULTED]);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
json_mutants(struct emit *emit, const struct trial *trial)
{
	emit_open(emit, "mutants", '[');
	for (size_t i = 0; i < trial->mutant_count; i++) {
		const struct mutant *mutant = &trial->mutants[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "control", mutant->control->id);
		json_place(emit, mutant->control->pack->file, mutant->pos);
		emit_str(emit, "change", mutant->what);
		emit_bool(emit, "noticed", mutant->noticed);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static bool
write_json(const struct trial *trial, FILE *out)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR("1.0"));
	json_results(&emit, trial);
	if (trial->options->coverage)
		json_coverage(&emit, trial);
	if (trial->options->mutate)
		json_mutants(&emit, trial);
	emit_open(&emit, "totals", '{');
	emit_uint(&emit, "tests", trial->result_count);
	emit_uint(&emit, "failed", trial->failed);
	emit_uint(&emit, "mutants", trial->mutant_count);
	emit_uint(&emit, "noticed", trial->noticed);
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	return emit_finish(&emit);
}

static const struct {
	const char *name;
	bool (*write)(const struct trial *trial, FILE *out);
} formats[] = {
    {"text", write_text},
    {"tap", write_tap},
    {"junit", write_junit},
    {"json", write_json},
};

bool
trial_write(const struct trial *trial, FILE *out)
{
	const char *format = trial->options->format;

	for (size_t i = 0; i < COUNTOF(formats); i++) {
		if (strcmp(formats[i].name, format) == 0)
			return formats[i].write(trial, out);
	}
	return error_set(trial->err, TFA_ERR_USAGE,
	    "tests are written as text, tap, junit or json, not %s", format);
}
