/* The formats: a new one is a new file and a line here. */
#include "report/report.h"
#include "report/show.h"

static const struct reporter *const reporters[] = {
    &reporter_text,
    &reporter_concise,
    &reporter_json,
    &reporter_ndjson,
    &reporter_sarif,
    &reporter_sarif_archive,
    &reporter_junit,
    &reporter_github,
    &reporter_gitlab,
    &reporter_gitlab_sast,
    &reporter_markdown,
    &reporter_html,
    &reporter_csv,
    &reporter_checkstyle,
    &reporter_tap,
    &reporter_azure,
    &reporter_bitbucket,
    &reporter_rdjsonl,
    &reporter_atlantis,
    &reporter_run_task,
    &reporter_asff,
    &reporter_ocsf,
    &reporter_oscal,
};

/* Appended to a file by tfa_report_store, and never printed. */
static const struct reporter stored = {
    .name = "sqlite",
    .help = "a run appended to a database, for queries: sqlite=FILE",
    .media_type = "application/vnd.sqlite3",
};

const struct reporter *
reporter_at(size_t index)
{
	return index < COUNTOF(reporters) ? reporters[index] : NULL;
}

void
tfa_format_each(void (*each)(void *ctx, const char *name, const char *help,
		    const char *media_type),
    void *ctx)
{
	for (size_t i = 0; i < COUNTOF(reporters); i++)
		each(ctx, reporters[i]->name, reporters[i]->help,
		    reporters[i]->media_type);
	each(ctx, stored.name, stored.help, stored.media_type);
}

unsigned
tfa_format_list(const char *format)
{
	for (size_t i = 0; i < COUNTOF(reporters); i++) {
		if (strcmp(reporters[i]->name, format) == 0)
			return reporters[i]->passes ? TFA_PASS : 0;
	}
	return 0;
}

static bool
unknown_format(struct str name, struct tfa_error *err)
{
	struct str names[COUNTOF(reporters)], nearest;

	for (size_t i = 0; i < COUNTOF(reporters); i++)
		names[i] = str_of(reporters[i]->name);
	nearest = str_nearest(name, names, COUNTOF(names));
	if (nearest.len)
		return error_set(err, TFA_ERR_USAGE,
		    "unknown format \"" STR_FMT "\"; did you mean \"" STR_FMT
		    "\"?",
		    STR_ARG(name), STR_ARG(nearest));
	return error_set(err, TFA_ERR_USAGE, "unknown format \"" STR_FMT "\"",
	    STR_ARG(name));
}

bool
report_lists(const struct tfa_report *report, const char *name, bool passes,
    const struct tfa_report_style *style, struct tfa_error *err)
{
	const unsigned most = TFA_FAIL | TFA_ERROR | TFA_UNKNOWN | TFA_WAIVED;
	unsigned need = most | style_listed(style), have = report->listed;

	if (!report->restored)
		return true;
	if (passes && !style->show && !style->summary)
		need |= TFA_PASS;
	if (have & TFA_PASS)
		have |= LISTED_FIXED;
	if ((need & ~have) == 0)
		return true;
	return error_set(err, TFA_ERR_USAGE,
	    "the result does not list %s, which %s needs: make it %s",
	    (need & ~have) == TFA_PASS ? "passes" : "every finding",
	    name,
	    (need & TFA_PASS) ? "with --all" : "without --show and "
					       "--summary-only");
}

bool
tfa_report_write(const struct tfa_report *report, const char *format,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	static const struct tfa_report_style plain = {0};

	style = style ? style : &plain;
	for (size_t i = 0; i < COUNTOF(reporters); i++) {
		if (strcmp(reporters[i]->name, format) == 0)
			return report_lists(report, format,
				   reporters[i]->passes, style, err) &&
			    reporters[i]->write(report, style, out, err);
	}
	if (strcmp(format, stored.name) == 0)
		return error_set(err, TFA_ERR_USAGE,
		    "a database is no stream: --format sqlite=FILE");
	return unknown_format(str_of(format), err);
}
