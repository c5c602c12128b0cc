/*
 * A replay for people who would rather look: what it was of, what it came to
 * over time, and where.  One file without scripts.  Filters are radio buttons
 * that a style sheet asks for; without them, or in print, everything is there.
 */
#include "replay/sheet.h"

#include <inttypes.h>

#include "replay/member.h"
#include "report/record.h"

static const char style_sheet[] =
    ":root{--critical:#a3123a;--high:#b84a00;--medium:#7a6200;--low:#0b5f80;"
    "--info:#5d6570}\n"
    "@media(prefers-color-scheme:dark){:root{--critical:#ff7d9c;--high:#ffab6e;"
    "--medium:#e6c84f;--low:#6cc7e8;--info:#a9b2bd}}\n"
    "fieldset{border:1px solid var(--line);border-radius:.3rem;display:flex;"
    "flex-wrap:wrap;gap:.2rem 1rem;margin:.6rem 0;min-width:0;"
    "padding:.4rem .8rem}\n"
    "label{overflow-wrap:anywhere;cursor:pointer}\n"
    "summary{cursor:pointer}\n"
    ".wide{overflow-x:auto}.wide table{min-width:52rem}\n"
    ".grid{stroke:var(--line);stroke-width:1}\n"
    ".line path{fill:none;stroke:var(--of);stroke-width:2.5}"
    ".line circle{fill:var(--of)}\n"
    ".s-critical{--of:var(--critical)}.s-high{--of:var(--high)}"
    ".s-medium{--of:var(--medium)}.s-low{--of:var(--low)}"
    ".s-info{--of:var(--info)}\n"
    ".line.s-critical path{stroke-width:3.5}"
    ".line.s-medium path{stroke-dasharray:7 3}"
    ".line.s-low path{stroke-dasharray:3 3}"
    ".line.s-info path{stroke-dasharray:1 4}\n"
    "td svg{display:block}svg.spark{width:7.5rem;height:1.5rem}"
    "svg.span{width:15rem;height:1.25rem}\n"
    ".now{stroke:var(--ink);stroke-width:2;fill:none}\n"
    "table.heat th[scope=row]{width:22rem;font-weight:400}"
    "table.heat td,table.heat thead th{padding:.1rem .6rem;vertical-align:"
    "middle}\n"
    "table th[scope=row]{font-weight:400}\n"
    "svg.heat{min-width:24rem;display:block}\n"
    "svg.heat rect{fill:var(--fail)}"
    "svg.heat .q0{fill:var(--tint)}svg.heat .q1{fill-opacity:.12}"
    "svg.heat .q2{fill-opacity:.25}svg.heat .q3{fill-opacity:.4}"
    "svg.heat .q4{fill-opacity:.75}"
    "svg.heat .q4+text,svg.heat .q5+text{fill:var(--page)}\n"
    "@media print{.filters{display:none}}\n";

static const char *const verdicts[SUM_VERDICTS] = {
    "pass", "fail", "undecided", "error"};

/* --- Filters --- */

static bool
has_severity(const struct trend *trend, enum severity severity)
{
	for (size_t i = 0; i < trend->controls.count; i++) {
		const struct trend_control *control = trend->by_severity[i];

		if (control->severity == severity &&
		    (control->tally[TALLY_FAIL] ||
			control->tally[TALLY_UNKNOWN] ||
			control->tally[TALLY_WAIVED] ||
			control->tally[TALLY_ERROR]))
			return true;
	}
	return false;
}

static size_t
framework_count(const struct trend *trend)
{
	return trend->framework_count < TREND_FRAMEWORKS
	    ? trend->framework_count
	    : TREND_FRAMEWORKS;
}

static void
put_rule(struct html *html, const char *by, const char *prefix,
    const char *name)
{
	html_own(html,
	    "body:has(#%s-%s:checked) .by-%s:not(.%s-%s){display:none}\n",
	    prefix, name, by, prefix, name);
}

static void
put_rules(struct sheet *sheet)
{
	for (size_t i = 0; i < SEVERITIES; i++)
		put_rule(&sheet->html, "severity", "s", severity_names[i]);
	for (size_t i = 0; i < framework_count(sheet->trend); i++) {
		char number[24];

		snprintf(number, sizeof(number), "%zu", i);
		put_rule(&sheet->html, "framework", "f", number);
	}
}

static void
put_choice(struct html *html, const char *group, const char *prefix,
    const char *name, struct str text, bool checked)
{
	html_own(html,
	    "<label><input type=\"radio\" name=\"%s\" id=\"%s-%s\"%s> ", group,
	    prefix, name, checked ? " checked" : "");
	html_text(html, text, CLEAN_TEXT);
	html_own(html, "</label>\n");
}

static void
put_filters(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	struct html *html = &sheet->html;

	html_own(html,
	    "<div class=\"filters\">\n<fieldset><legend>Severity of lines, "
	    "controls and waivers</legend>\n");
	put_choice(html, "severity", "s", "all", STR("all"), true);
	for (size_t i = 0; i < SEVERITIES; i++) {
		if (has_severity(trend, (enum severity)i))
			put_choice(html, "severity", "s", severity_names[i],
			    str_of(severity_names[i]), false);
	}
	html_own(html, "</fieldset>\n");
	if (trend->framework_count) {
		html_own(html,
		    "<fieldset><legend>Framework of requirements, controls and "
		    "waivers</legend>\n");
		put_choice(html, "framework", "f", "all", STR("all"), true);
		for (size_t i = 0; i < framework_count(trend); i++) {
			char number[24];

			snprintf(number, sizeof(number), "%zu", i);
			put_choice(html, "framework", "f", number,
			    trend->frameworks[i], false);
		}
		html_own(html, "</fieldset>\n");
	}
	html_own(html, "</div>\n");
}

/* --- The population --- */

static void
put_total(struct html *html, const char *class, const char *what,
    uint64_t count)
{
	html_own(html,
	    "<div class=\"%s\"><dt>%s</dt><dd>%" PRIu64 "</dd></div>\n", class,
	    what, count);
}

static void
put_header(struct sheet *sheet)
{
	static const char *const classes[SUM_VERDICTS] = {
	    "pass", "fail", "unknown", "error"};
	const struct trend *trend = sheet->trend;
	const struct sum *sum = &trend->whole.sum;
	const struct replay_file *file = &trend->whole.file;
	struct html *html = &sheet->html;

	html_own(html, "<header>\n<h1>Replay of %zu plans</h1>\n", sum->plans);
	if (file->shards)
		html_own(html,
		    "<p><b>This is only shard %" PRIu64 " of %" PRIu64
		    "</b> of %" PRIu64 " plans.</p>\n",
		    file->shard, file->shards, file->listed);
	html_own(html,
	    "<p>%zu judged and %zu refused, by %zu controls; %" PRIu64
	    " findings listed.</p>\n<dl class=\"totals\">\n",
	    sum->plans - sum->refused, sum->refused, trend->controls.count,
	    sum->findings);
	put_total(html, "", "plans listed", sum->plans);
	put_total(html, "", "judged", sum->plans - sum->refused);
	put_total(html, "error", "refused", sum->refused);
	for (size_t i = 0; i < SUM_VERDICTS; i++)
		put_total(html, classes[i], verdicts[i], sum->verdicts[i]);
	html_own(html, "</dl>\n</header>\n");
}

static void
put_nav(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;

	html_own(&sheet->html,
	    "<nav aria-label=\"Sections\"><ul>"
	    "<li><a href=\"#time\">Over time</a></li>");
	if (trend->requirements.count)
		html_own(&sheet->html,
		    "<li><a href=\"#requirements\">Requirements</a></li>");
	html_own(&sheet->html, "<li><a href=\"#modules\">Modules</a></li>"
			      "<li><a href=\"#controls\">Controls</a></li>");
	if (trend->waivers.count)
		html_own(&sheet->html,
		    "<li><a href=\"#waivers\">Waivers</a></li>");
	html_own(&sheet->html,
	    "<li><a href=\"#population\">Population</a></li></ul></nav>\n");
}

static void
put_skipped(struct sheet *sheet)
{
	static const struct {
		const char *member, *what;
	} reasons[] = {
	    {"name",    "files of other names"          },
	    {"hidden",  "names that begin with a dot"   },
	    {"link",    "links to folders or to nothing"},
	    {"special", "FIFOs, sockets and devices"    },
	};
	struct value population =
	    value_member(sheet->trend->header, STR("population"));
	struct value skipped = value_member(population, STR("skipped"));
	struct html *html = &sheet->html;

	html_own(html,
	    "<table><caption>What was found where plans were looked for"
	    "</caption>\n<tbody>\n<tr><th scope=\"row\">plans</th>"
	    "<td class=\"number\">%" PRIu64 "</td></tr>\n"
	    "<tr><th scope=\"row\">named more than once</th>"
	    "<td class=\"number\">%" PRIu64 "</td></tr>\n",
	    member_count(population, "listed"),
	    member_count(population, "repeated"));
	for (size_t i = 0; i < COUNTOF(reasons); i++)
		html_own(html,
		    "<tr><th scope=\"row\">left out: %s</th>"
		    "<td class=\"number\">%" PRIu64 "</td></tr>\n",
		    reasons[i].what, member_count(skipped, reasons[i].member));
	html_own(html, "</tbody></table>\n");
}

static void
put_refusals(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	struct html *html = &sheet->html;

	if (!trend->refusal_count)
		return;
	html_own(html,
	    "<table><caption>Plans that could not be judged</caption>\n"
	    "<thead><tr><th scope=\"col\">Plan</th><th scope=\"col\">Why</th>"
	    "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < trend->refusal_count; i++) {
		html_own(html, "<tr><th scope=\"row\">");
		html_text(html, trend->refusals[i].path, CLEAN_ADDRESS);
		html_own(html, "</th><td>");
		html_text(html, trend->refusals[i].why, CLEAN_PROSE);
		html_own(html, "</td></tr>\n");
	}
	html_own(html, "</tbody></table>\n");
	if (trend->whole.sum.refused > trend->refusal_count)
		html_own(html, "<p>%zu more are left out.</p>\n",
		    trend->whole.sum.refused - trend->refusal_count);
}

/* A row of texts of one object. */
static void
put_texts(struct sheet *sheet, struct value object,
    const char *const *members, size_t count)
{
	html_own(&sheet->html, "<tr>");
	for (size_t i = 0; i < count; i++) {
		struct str text =
		    member_text(object, members[i], &sheet->trend->scratch);

		html_own(&sheet->html, "<td>");
		html_text(
		    &sheet->html, text.ptr ? text : STR(""), CLEAN_ADDRESS);
		html_own(&sheet->html, "</td>");
		sheet->html.failed = sheet->html.failed || !text.ptr;
	}
	html_own(&sheet->html, "</tr>\n");
}

static void
put_files(struct sheet *sheet, const char *what, struct value files)
{
	static const char *const members[] = {"path", "sha256"};
	struct value_iter it = value_each(files);

	if (!value_count(files))
		return;
	html_own(&sheet->html,
	    "<table><caption>%s</caption>\n<thead><tr><th scope=\"col\">File"
	    "</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n",
	    what);
	while (value_step(&it))
		put_texts(sheet, it.value, members, 2);
	html_own(&sheet->html, "</tbody></table>\n");
}

static void
put_settings(struct sheet *sheet)
{
	static const char *const members[] = {"name", "value", "origin"};
	struct value settings =
	    value_member(sheet->trend->header, STR("settings"));
	struct value_iter it = value_each(settings);

	if (!value_count(settings))
		return;
	html_own(&sheet->html,
	    "<table><caption>Options that were set</caption>\n<thead><tr>"
	    "<th scope=\"col\">Option</th><th scope=\"col\">Value</th>"
	    "<th scope=\"col\">Set by</th></tr></thead>\n<tbody>\n");
	while (value_step(&it))
		put_texts(sheet, it.value, members, 3);
	html_own(&sheet->html, "</tbody></table>\n");
}

static void
put_digest(struct sheet *sheet, const char *what, struct str digest)
{
	html_own(&sheet->html, "<dt>%s</dt><dd>", what);
	html_code(&sheet->html, digest, CLEAN_TEXT);
	html_own(&sheet->html, "</dd>");
}

static void
put_population(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	struct value header = trend->header;
	struct value waivers = value_member(header, STR("waivers"));
	struct value facts = value_member(header, STR("facts"));
	struct str as_of =
	    member_text(header, "as_of", &sheet->trend->scratch);
	struct html *html = &sheet->html;

	html_own(html,
	    "<section id=\"population\">\n<h2>Population and rules</h2>\n");
	put_skipped(sheet);
	put_refusals(sheet);
	put_files(sheet, "Policies", value_member(header, STR("policies")));
	put_files(sheet, "Waivers", value_member(waivers, STR("files")));
	put_files(sheet, "Facts", value_member(facts, STR("files")));
	put_settings(sheet);
	html_own(html, "<dl>");
	put_digest(sheet, "judged as of", as_of.ptr ? as_of : STR(""));
	put_digest(sheet, "digest of the result",
	    str_of(trend->whole.sum.digest));
	put_digest(sheet, "digest of rules and options",
	    trend->whole.file.inputs);
	put_digest(sheet, "digest of the list of plans",
	    trend->whole.file.population);
	html_own(html, "</dl>\n<p>" RESULT_STATEMENT ".</p>\n</section>\n");
}

/* --- The page --- */

static void
put_page(struct sheet *sheet)
{
	struct html *html = &sheet->html;
	struct str version = member_text(
	    value_member(sheet->trend->header, STR("tool")), "version",
	    &sheet->trend->scratch);

	html_begin(html, "replay");
	html_own(html, "%s", style_sheet);
	put_rules(sheet);
	html_own(html, "</style>\n</head>\n<body>\n");
	put_header(sheet);
	put_nav(sheet);
	html_own(html, "<main>\n");
	put_filters(sheet);
	sheet_charts(sheet);
	sheet_requirements(sheet);
	sheet_heat(sheet);
	sheet_controls(sheet);
	sheet_waivers(sheet);
	put_population(sheet);
	html_own(html, "</main>\n<footer class=\"quiet\"><p>tfassay ");
	html_text(html, version.ptr ? version : STR(""), CLEAN_TEXT);
	html_own(html, "</p></footer>\n</body>\n</html>\n");
}

static bool
write_page(struct trend *trend, FILE *out, struct tfa_error *err)
{
	struct sheet sheet = {.html = {.out = out}, .trend = trend};
	bool failed;

	put_page(&sheet);
	failed = sheet.html.failed || sheet.html.text.failed ||
	    trend->text.failed;
	buf_free(&sheet.html.text);
	return form_finish(out, failed, err);
}

bool
tfa_replay_html(
    const char *name, FILE *in, FILE *out, struct tfa_error *err)
{
	struct trend trend;
	bool ok = trend_read(&trend, name, in, err) &&
	    write_page(&trend, out, err);

	trend_free(&trend);
	return ok;
}
