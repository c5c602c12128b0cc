/*
 * A report to keep and to print: one file without scripts or anything from
 * elsewhere, and a policy in it that forbids both.  The findings of each verdict
 * are a table in which a control's findings stand together; each has an anchor
 * by its fingerprint.  Very many would make a page that no browser opens, so the
 * rest is counted.
 */
#include "report/html.h"

#include <stdarg.h>

#include "report/report.h"
#include "report/show.h"

enum { FINDINGS_MOST = 5000 };

static const char style_sheet[] =
    ":root{color-scheme:light dark;--page:#fff;--ink:#1a1d21;--quiet:#57606a;"
    "--line:#d0d7de;--tint:#f6f8fa;--fail:#b3261e;--error:#8e24aa;"
    "--unknown:#8a5a00;--waived:#5546b0;--pass:#1b6e3c;--link:#0b57d0}\n"
    "@media(prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e6e8eb;"
    "--quiet:#a3abb5;--line:#3a424c;--tint:#1d2229;--fail:#ff8a80;"
    "--error:#e79cf5;--unknown:#f2b84b;--waived:#b7a8ff;--pass:#6fd08c;"
    "--link:#8ab4f8}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--page);"
    "color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}\n"
    "h2{font-size:1.35rem;margin:2.2rem 0 .6rem}\n"
    "a{color:var(--link)}\n"
    "nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;"
    "padding:0}\n"
    "code,pre{font:.9em/1.45 ui-monospace,monospace;overflow-wrap:anywhere}\n"
    "pre{background:var(--tint);border:1px solid var(--line);padding:.5rem;"
    "margin:.4rem 0;white-space:pre-wrap}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}\n"
    "caption{text-align:left;color:var(--quiet);padding:.2rem 0}\n"
    "th,td{border-top:1px solid var(--line);padding:.45rem .6rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}\n"
    "thead th{border-top:0;color:var(--quiet);font-size:.85rem}\n"
    "th.group{background:var(--tint);font-weight:400}\n"
    "th.group b{font-size:1.02em}\n"
    "tr:target td{outline:2px solid var(--link);outline-offset:-2px}\n"
    "td.number,th.number{text-align:right;white-space:nowrap}\n"
    "table.findings{table-layout:fixed}\n"
    "table.findings col.at{width:36%}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;"
    "margin:.3rem 0}\n"
    "dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}\n"
    "dl.totals{grid-template-columns:repeat(auto-fit,minmax(7.2rem,1fr));"
    "gap:.6rem;margin:1rem 0}\n"
    "dl.totals div{border:1px solid var(--line);border-left:.35rem solid "
    "var(--part,var(--line));border-radius:.3rem;padding:.4rem .7rem}\n"
    "dl.totals dt{font-size:.9rem}"
    "dl.totals dd{font-size:1.5rem;line-height:1.25}\n"
    ".fail{--part:var(--fail)}.error{--part:var(--error)}"
    ".unknown{--part:var(--unknown)}.waived{--part:var(--waived)}"
    ".pass{--part:var(--pass)}\n"
    ".badge{border:1px solid currentColor;border-radius:.25rem;"
    "padding:0 .35rem;font-size:.85rem;white-space:nowrap}\n"
    "h1 .badge,h2 .badge{font-size:inherit}\n"
    ".badge.fail,.badge.error,.badge.unknown,.badge.waived,.badge.pass"
    "{color:var(--part)}\n"
    ".quiet{color:var(--quiet)}\n"
    ".row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,"
    "33rem),1fr));gap:1.2rem}\n"
    "figure{margin:0}figcaption{font-weight:600;margin-bottom:.3rem}\n"
    "svg{width:100%;height:auto;font-size:12px}"
    "svg text{fill:var(--ink)}svg rect{fill:var(--part)}\n"
    "@media print{:root{color-scheme:light;--page:#fff;--ink:#000;"
    "--quiet:#444;--line:#999;--tint:#f3f3f3;--fail:#b3261e;--error:#8e24aa;"
    "--unknown:#8a5a00;--waived:#5546b0;--pass:#1b6e3c;--link:#000}"
    "body{max-width:none;padding:0;font-size:10pt}nav{display:none}"
    "a{text-decoration:none}tr,figure,dl.totals div{break-inside:avoid}"
    "thead{display:table-header-group}h2{break-after:avoid}"
    "svg rect{print-color-adjust:exact}}\n";

/* --- Text --- */

void
html_own(struct html *html, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(html->out, format, args);
	va_end(args);
}

void
html_text(struct html *html, struct str text, size_t most)
{
	xml_clean(html->out, form_text(&html->text, text, most));
}

void
html_code(struct html *html, struct str text, size_t most)
{
	html_own(html, "<code>");
	html_text(html, text, most);
	html_own(html, "</code>");
}

/* A term and what is said of it, where there is something. */
static void
put_term(struct html *html, const char *term, struct str text)
{
	if (!text.len)
		return;
	html_own(html, "<dt>%s</dt><dd>", term);
	html_text(html, text, CLEAN_PROSE);
	html_own(html, "</dd>");
}

static void
put_code_term(struct html *html, const char *term, struct str text)
{
	if (!text.len)
		return;
	html_own(html, "<dt>%s</dt><dd>", term);
	html_code(html, text, CLEAN_ADDRESS);
	html_own(html, "</dd>");
}

/* Code keeps its lines, but none of them begins one of the file. */
static void
put_block(struct html *html, struct str text)
{
	html_own(html, "<pre>");
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t len = end ? (size_t)(end - text.ptr) : text.len;

		html_text(html, str_head(text, len), CLEAN_PROSE);
		html_own(html, "&#10;");
		text = str_from(text, end ? len + 1 : len);
	}
	html_own(html, "</pre>");
}

/* Is it an address that may be followed, as it is? */
static bool
is_link(struct str text)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "-._~:/?#[]@!$()*+,;=%&";

	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || !strchr(safe, text.ptr[i]))
			return false;
	}
	return str_starts(text, STR("https://")) && text.len < 500;
}

static void
put_link(struct html *html, struct str text)
{
	if (!is_link(text)) {
		html_text(html, text, CLEAN_TEXT);
		return;
	}
	html_own(html, "<a rel=\"noopener noreferrer\" href=\"");
	xml_clean(html->out, text);
	html_own(html, "\">");
	html_text(html, text, CLEAN_TEXT);
	html_own(html, "</a>");
}

/* --- A finding --- */

static void
put_origin(struct html *html, const struct finding *finding)
{
	const struct finding_origin *origin = finding->origin;

	if (!origin)
		return;
	html_own(html, "<dt>origin</dt><dd>%s", origin->kind);
	if (origin->where.len) {
		html_own(html, " at ");
		html_code(html, origin->where, CLEAN_ADDRESS);
	}
	if (origin->source.len) {
		html_own(html, ", from ");
		html_text(html, origin->source, CLEAN_TEXT);
		html_own(html, " ");
		html_text(html, origin->version, CLEAN_TEXT);
	}
	if (finding->by_default && finding->by_default->source.len) {
		html_own(html, ", see ");
		put_link(html, finding->by_default->source);
	}
	html_own(html, "</dd>");
	if (!origin->change.len || finding->verdict == VERDICT_PASS)
		return;
	html_own(html, "<dt>change</dt><dd>");
	html_text(html, origin->change, CLEAN_TEXT);
	if (origin->change_setting.len || origin->change_attribute.len) {
		html_own(html, ": ");
		html_code(html,
		    origin->change_setting.len ? origin->change_setting
					       : origin->change_attribute,
		    CLEAN_TEXT);
	}
	html_own(html, "</dd>");
}

static void
put_waits(struct html *html, const struct finding *finding)
{
	for (size_t i = 0; i < finding->waits_for.count; i++)
		put_code_term(
		    html, "waits for", finding->waits_for.items[i]);
}

static void
put_waiver(struct html *html, const struct finding *finding)
{
	const struct waiver *waiver = finding->waiver;

	if (finding->verdict != VERDICT_WAIVED)
		return;
	if (waiver) {
		put_term(html, "waiver", waiver->id);
		put_term(html, "because", waiver->reason);
		put_term(html, "owner", waiver->owner);
		put_term(html, "approved by", waiver->approved_by);
		put_term(html, "ticket", waiver->ticket);
		put_term(html, "until", waiver->expires);
	} else if (finding->skip) {
		put_term(html, "skipped by", finding->skip->tool);
		put_term(html, "because", finding->skip->reason);
		put_term(html, "in", finding->skip->file);
	}
}

/* The same resource may be in several plans. */
static void
put_id(struct html *html, const struct finding *finding)
{
	char fingerprint[65];

	finding_fingerprint(fingerprint, finding);
	html_own(html, "f-%s", fingerprint);
	if (finding->plan)
		html_own(html, "-%zu", finding->plan);
}

static void
put_place(struct html *html, const struct finding *finding)
{
	const struct tfa_report *report = html->report;

	html_own(html, "<div class=\"quiet\">%s; ", change_name(finding->change));
	html_text(html, str_of(finding->action), CLEAN_TEXT);
	if (finding->known)
		html_own(html, "; in the baseline");
	if (finding->enforce != ENFORCE_BLOCK)
		html_own(html, "; %s only", enforce_name(finding->enforce));
	html_own(html, "</div>");
	if (finding->location.how != LOCATED_NOT &&
	    finding->location.how != LOCATED_PLAN) {
		html_own(html, "<div class=\"quiet\">");
		html_text(html, finding->location.file, CLEAN_ADDRESS);
		html_own(html, ":%zu</div>", finding->location.line);
	}
	if (report->plan_count > 1) {
		html_own(html, "<div class=\"quiet\">");
		html_text(
		    html, report->plans[finding->plan].path, CLEAN_ADDRESS);
		html_own(html, "</div>");
	}
}

static void
put_finding(struct html *html, const struct finding *finding)
{
	html_own(html, "<tr id=\"");
	put_id(html, finding);
	html_own(html, "\"><td><a href=\"#");
	put_id(html, finding);
	html_own(html, "\">");
	html_code(html, finding->address, CLEAN_ADDRESS);
	html_own(html, "</a>");
	put_place(html, finding);
	html_own(html, "</td><td>");
	html_text(html, finding->reason, CLEAN_PROSE);
	html_own(html, "<dl>");
	put_code_term(html, "path", finding->path);
	put_term(html, "expected", finding->expected);
	put_code_term(html, "actual", finding->actual);
	put_code_term(html, "before", finding->was);
	put_origin(html, finding);
	put_waits(html, finding);
	put_waiver(html, finding);
	html_own(html, "</dl></td></tr>\n");
}

/* --- The findings of a control --- */

static void
put_frameworks(struct html *html, const struct control *control)
{
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		html_own(html, i ? "; " : "<div class=\"quiet\">");
		html_text(html, list->name, CLEAN_TEXT);
		for (size_t j = 0; j < list->items.count; j++) {
			html_own(html, j ? ", " : " ");
			html_text(html, list->items.items[j], CLEAN_TEXT);
		}
	}
	if (control->frameworks.count)
		html_own(html, "</div>");
}

static void
put_control(struct html *html, const struct control *control,
    enum verdict verdict)
{
	html_own(html,
	    "<tbody><tr><th class=\"group\" scope=\"rowgroup\" colspan=\"2\">"
	    "<span class=\"badge\">%s</span> <b>",
	    severity_name(control->severity));
	html_text(html, control->title, CLEAN_TEXT);
	html_own(html, "</b> ");
	html_code(html, control->id, CLEAN_TEXT);
	put_frameworks(html, control);
	if (verdict != VERDICT_PASS && control->fix_text.len) {
		html_own(html, "<div>Fix: ");
		html_text(html, control->fix_text, CLEAN_PROSE);
		html_own(html, "</div>");
	}
	if (verdict == VERDICT_FAIL && control->fix_hcl.len)
		put_block(html, control->fix_hcl);
	html_own(html, "</th></tr>\n");
}

struct section {
	enum verdict verdict;
	const char *id, *title;
};

static const struct section sections[] = {
    {VERDICT_FAIL,    "failures", "Failures"             },
    {VERDICT_ERROR,   "errors",   "Could not be judged"  },
    {VERDICT_UNKNOWN, "unknown",  "Known only after apply"},
    {VERDICT_WAIVED,  "waived",   "Waived"               },
    {VERDICT_PASS,    "passes",   "Passes"               },
};

static size_t
count_section(const struct html *html, enum verdict verdict)
{
	size_t count = 0;

	FINDINGS_EACH(html->report, html->style, finding)
	count += finding->verdict == verdict;
	return count;
}

static void
put_section(struct html *html, const struct section *section, size_t *room)
{
	const struct control *control = NULL;
	size_t count = count_section(html, section->verdict), shown = 0;

	if (count == 0)
		return;
	html_own(html,
	    "<section id=\"%s\">\n<h2>%s: %zu</h2>\n"
	    "<table class=\"findings\"><caption>Gravest first; a control's "
	    "findings stand below its title</caption><colgroup><col "
	    "class=\"at\"><col></colgroup>\n<thead><tr><th scope=\"col\">"
	    "Resource</th><th scope=\"col\">Why</th></tr></thead>\n",
	    section->id, section->title, count);
	FINDINGS_EACH(html->report, html->style, finding)
	{
		if (finding->verdict != section->verdict || shown == *room)
			continue;
		if (finding->control != control) {
			html_own(html, control ? "</tbody>\n" : "");
			control = finding->control;
			put_control(html, control, section->verdict);
		}
		put_finding(html, finding);
		shown++;
	}
	html_own(html, "%s</table>\n", control ? "</tbody>" : "");
	if (shown < count)
		html_own(html,
		    "<p>%zu more findings are left out to keep this page "
		    "usable; the format json has them all.</p>\n",
		    count - shown);
	html_own(html, "</section>\n");
	*room -= shown;
}

/* --- The page --- */

static void
put_count(struct html *html, const char *word, const char *what, size_t count)
{
	html_own(html, "<div class=\"%s\"><dt>%s</dt><dd>%zu</dd></div>\n", word,
	    what, count);
}

static void
put_totals(struct html *html)
{
	const struct totals *totals = &html->report->totals;

	html_own(html, "<dl class=\"totals\">\n");
	put_count(html, "fail", "fail", totals->tally.fail);
	put_count(html, "error", "in error", totals->tally.error);
	put_count(html, "unknown", "unknown", totals->tally.unknown);
	put_count(html, "waived", "waived", totals->tally.waived);
	put_count(html, "pass", "pass", totals->tally.pass);
	put_count(html, "", "not applicable", totals->tally.not_applicable);
	put_count(html, "", "introduced", totals->introduced);
	put_count(html, "", "existing", totals->existing);
	put_count(html, "", "fixed", totals->fixed);
	html_own(html, "</dl>\n");
}

static void
put_header(struct html *html)
{
	static const char *const words[][2] = {
	    [OUTCOME_PASS] = {"pass", "passed"},
	    [OUTCOME_FAIL] = {"fail", "failed"},
	    [OUTCOME_UNDECIDED] = {"unknown", "not decided"},
	    [OUTCOME_ERROR] = {"error", "could not judge"},
	};
	const struct tfa_report *report = html->report;
	const char *const *word = words[report->outcome];

	html_own(html,
	    "<header>\n<h1>Terraform plan: <span class=\"badge %s\">%s</span>"
	    "</h1>\n<p>%zu of %zu resources judged by %zu controls; "
	    "%zu blocking failure%s (%zu to %zu after apply). Exit status %d",
	    word[0], word[1], report->judged, report->ledger.subjects,
	    report->controls_run, report->totals.blocking,
	    report->totals.blocking == 1 ? "" : "s", report->totals.best,
	    report->totals.worst, report->status);
	for (size_t i = 0; i < report->reasons.count; i++) {
		html_own(html, i ? "; " : ": ");
		html_text(html, report->reasons.items[i], CLEAN_PROSE);
	}
	html_own(html, ".</p>\n");
	put_totals(html);
	html_own(html, "</header>\n");
}

static void
put_nav(struct html *html)
{
	html_own(html, "<nav aria-label=\"Sections\"><ul>");
	for (size_t i = 0; i < COUNTOF(sections); i++) {
		size_t count = count_section(html, sections[i].verdict);

		if (count)
			html_own(html, "<li><a href=\"#%s\">%s: %zu</a></li>",
			    sections[i].id, sections[i].title, count);
	}
	html_own(html,
	    "<li><a href=\"#judged\">What was judged</a></li>"
	    "<li><a href=\"#policies\">Policies</a></li></ul></nav>\n");
}

void
html_begin(struct html *html, const char *title)
{
	html_own(html,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<title>tfassay: %s</title>\n<style>\n%s",
	    title, style_sheet);
}

static bool
write_html(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct html html = {.out = out, .report = report, .style = style};
	size_t room = FINDINGS_MOST;
	bool failed;

	html_begin(&html, outcome_name(report->outcome));
	html_own(&html, "</style>\n</head>\n<body>\n");
	put_header(&html);
	put_nav(&html);
	html_own(&html, "<main>\n");
	html_charts(&html);
	for (size_t i = 0; i < COUNTOF(sections); i++)
		put_section(&html, &sections[i], &room);
	html_judged(&html);
	html_own(&html, "</main>\n<footer class=\"quiet\"><p>tfassay ");
	html_text(&html, report_version(report), CLEAN_TEXT);
	html_own(&html, ", as of ");
	html_text(&html, report->as_of, CLEAN_TEXT);
	html_own(&html, "</p></footer>\n</body>\n</html>\n");
	failed = html.failed || html.text.failed;
	buf_free(&html.text);
	return form_finish(out, failed, err);
}

const struct reporter reporter_html = {
    .name = "html",
    .help = "one page to keep, to read in a browser and to print",
    .media_type = "text/html",
    .write = write_html,
};
