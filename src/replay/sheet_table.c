/* Requirements, controls, modules and waivers, each line with its picture. */
#include <inttypes.h>

#include "op/date.h"
#include "replay/sheet.h"

enum {
	REQUIREMENTS_MOST = 10, /* of a framework */
	CONTROLS_MOST = 300,
	HEAT_ROWS = 25, /* of a severity */
	HEAT_COLUMNS = 16,
	WAIVERS_MOST = 200,
};

void
sheet_classes(
    struct sheet *sheet, enum severity severity, uint64_t frameworks)
{
	html_own(&sheet->html, "by-severity by-framework s-%s",
	    severity_name(severity));
	for (size_t i = 0; i < TREND_FRAMEWORKS; i++) {
		if (frameworks >> i & 1)
			html_own(&sheet->html, " f-%zu", i);
	}
}

static void
put_left_out(struct sheet *sheet, size_t count, const char *what)
{
	if (count)
		html_own(&sheet->html,
		    "<p>%zu more %s are left out to keep this page usable."
		    "</p>\n",
		    count, what);
}

static void
put_number(struct sheet *sheet, uint64_t number)
{
	html_own(&sheet->html, "<td class=\"number\">%" PRIu64 "</td>", number);
}

/* --- Requirements --- */

static void
put_requirement(
    struct sheet *sheet, const struct trend_requirement *requirement)
{
	const struct trend *trend = sheet->trend;

	html_own(&sheet->html, "<tr class=\"by-framework f-%zu\"><td>",
	    requirement->framework);
	html_text(&sheet->html, trend->frameworks[requirement->framework],
	    CLEAN_TEXT);
	html_own(&sheet->html, "</td><th scope=\"row\">");
	html_text(&sheet->html, requirement->name, CLEAN_TEXT);
	html_own(&sheet->html, "</th>");
	put_number(sheet, requirement->controls);
	put_number(sheet, requirement->failures.all);
	html_own(&sheet->html, "<td>");
	sheet_spark(sheet, &requirement->failures);
	html_own(&sheet->html, "</td></tr>\n");
}

void
sheet_requirements(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	size_t of_framework = 0, left_out = 0;
	const struct trend_requirement *before = NULL;

	if (!trend->requirements.count)
		return;
	html_own(&sheet->html,
	    "<section id=\"requirements\">\n<h2>Framework requirements</h2>\n"
	    "<div class=\"wide\">"
	    "<table><caption>Failures of the controls that are mapped to a "
	    "requirement, by month; a control may be mapped to several"
	    "</caption>\n<thead><tr><th scope=\"col\">Framework</th>"
	    "<th scope=\"col\">Requirement</th>"
	    "<th scope=\"col\" class=\"number\">Controls</th>"
	    "<th scope=\"col\" class=\"number\">Failures</th>"
	    "<th scope=\"col\">Over time</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < trend->requirements.count; i++) {
		const struct trend_requirement *requirement =
		    trend->by_framework[i];

		if (!requirement->failures.all)
			continue;
		if (!before || before->framework != requirement->framework)
			of_framework = 0;
		before = requirement;
		if (of_framework++ < REQUIREMENTS_MOST)
			put_requirement(sheet, requirement);
		else
			left_out++;
	}
	html_own(&sheet->html, "</tbody></table></div>\n");
	if (!before)
		html_own(&sheet->html, "<p>None has failures.</p>\n");
	put_left_out(sheet, left_out, "requirements with failures");
	html_own(&sheet->html, "</section>\n");
}

/* --- Controls --- */

static bool
has_something(const struct trend_control *control)
{
	return control->tally[TALLY_FAIL] || control->tally[TALLY_UNKNOWN] ||
	    control->tally[TALLY_WAIVED] || control->tally[TALLY_ERROR];
}

static void
put_name(struct sheet *sheet, const struct trend_control *control)
{
	html_own(&sheet->html, "<span class=\"badge\">%s</span> ",
	    severity_name(control->severity));
	html_text(&sheet->html, control->title, CLEAN_TEXT);
	html_own(&sheet->html, "<br>");
	html_code(&sheet->html, control->id, CLEAN_TEXT);
}

static void
put_control(struct sheet *sheet, const struct trend_control *control)
{
	static const size_t columns[] = {TALLY_FAIL, TALLY_UNKNOWN,
	    TALLY_WAIVED, TALLY_ERROR, TALLY_PASS};

	html_own(&sheet->html, "<tr class=\"");
	sheet_classes(sheet, control->severity, control->frameworks);
	html_own(&sheet->html, "\"><th scope=\"row\">");
	put_name(sheet, control);
	html_own(&sheet->html, "</th>");
	for (size_t i = 0; i < COUNTOF(columns); i++)
		put_number(sheet, control->tally[columns[i]]);
	html_own(&sheet->html, "<td>");
	sheet_spark(sheet, &control->failures);
	html_own(&sheet->html, "</td></tr>\n");
}

void
sheet_controls(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	size_t shown = 0, left_out = 0, quiet = 0;

	html_own(&sheet->html,
	    "<section id=\"controls\">\n<h2>Controls</h2>\n"
	    "<div class=\"wide\"><table><caption>Verdicts over all plans, and "
	    "failures by month; the gravest first</caption>\n<thead><tr>"
	    "<th scope=\"col\">Control</th>"
	    "<th scope=\"col\" class=\"number\">fail</th>"
	    "<th scope=\"col\" class=\"number\">unknown</th>"
	    "<th scope=\"col\" class=\"number\">waived</th>"
	    "<th scope=\"col\" class=\"number\">error</th>"
	    "<th scope=\"col\" class=\"number\">pass</th>"
	    "<th scope=\"col\">Failures over time</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < trend->controls.count; i++) {
		const struct trend_control *control = trend->by_severity[i];

		if (!has_something(control))
			quiet++;
		else if (shown == CONTROLS_MOST)
			left_out++;
		else
			put_control(sheet, control), shown++;
	}
	html_own(&sheet->html, "</tbody></table></div>\n");
	put_left_out(sheet, left_out, "controls");
	html_own(&sheet->html,
	    "<p>%zu of %zu controls only passed, or had nothing to judge.</p>\n"
	    "</section>\n",
	    quiet, trend->controls.count);
}

/* --- Controls by modules --- */

enum { CELL = 36, CELL_HEIGHT = 26, NAMES_HEIGHT = 130, NAME_MOST = 22 };

static size_t
column_count(const struct trend *trend)
{
	return trend->modules.count < HEAT_COLUMNS ? trend->modules.count
						   : HEAT_COLUMNS;
}

static bool
has_others(const struct trend *trend)
{
	return trend->modules.count > HEAT_COLUMNS;
}

/* Names lean, so that they need room at the right. */
static size_t
heat_width(const struct trend *trend)
{
	return (column_count(trend) + has_others(trend)) * CELL + 90;
}

/* "a.b" for "module.a.module.b". */
static void
put_module(struct sheet *sheet, struct str path)
{
	struct buf name = {0};
	struct str rest = path;

	while (rest.len) {
		struct str step = str_cut(rest, '.', &rest);

		if (str_eq(step, STR("module")) && rest.len)
			step = str_cut(rest, '.', &rest);
		if ((name.len && !buf_byte(&name, '.')) ||
		    !buf_add(&name, step))
			sheet->html.failed = true;
	}
	html_text(&sheet->html, name.len ? buf_str(&name) : STR("root module"),
	    NAME_MOST);
	buf_free(&name);
}

static void
open_name(struct sheet *sheet, size_t column)
{
	html_own(&sheet->html,
	    "<text transform=\"translate(%zu %d) rotate(-55)\">",
	    column * CELL + CELL / 2 + 4, NAMES_HEIGHT - 6);
}

static void
put_columns(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;

	html_own(&sheet->html,
	    "<svg class=\"heat\" style=\"max-width:%zupx\" "
	    "viewBox=\"0 0 %zu %d\" role=\"img\" aria-label=\"modules\">",
	    heat_width(trend), heat_width(trend), NAMES_HEIGHT);
	for (size_t i = 0; i < column_count(trend); i++) {
		const struct trend_module *module = trend->by_failures[i];

		open_name(sheet, i);
		put_module(sheet, module->path);
		html_own(&sheet->html, "</text>");
	}
	if (has_others(trend)) {
		open_name(sheet, column_count(trend));
		html_own(&sheet->html, "all others</text>");
	}
	html_own(&sheet->html, "</svg>");
}

/* From 1 to 5, each twice as many as the one before. */
static unsigned
shade(uint64_t count, uint64_t most)
{
	unsigned step = 5;

	while (step > 1 && count <= most / 2) {
		most /= 2;
		step--;
	}
	return step;
}

static void
put_cell(struct sheet *sheet, size_t column, struct str module, uint64_t count,
    uint64_t most)
{
	html_own(&sheet->html,
	    "<g><rect class=\"q%u\" x=\"%zu\" y=\"1\" width=\"%d\" "
	    "height=\"%d\"/>",
	    count ? shade(count, most) : 0, column * CELL, CELL - 2,
	    CELL_HEIGHT - 2);
	if (count) {
		html_own(&sheet->html,
		    "<text x=\"%zu\" y=\"18\" text-anchor=\"middle\">"
		    "%" PRIu64 "</text><title>",
		    column * CELL + CELL / 2 - 1, count);
		html_text(&sheet->html, module, CLEAN_ADDRESS);
		html_own(&sheet->html, ": %" PRIu64 "</title>", count);
	}
	html_own(&sheet->html, "</g>");
}

static void
put_cells(
    struct sheet *sheet, const struct trend_control *control, uint64_t most)
{
	struct trend *trend = sheet->trend;
	uint64_t others = control->listed;
	size_t columns = column_count(trend);

	html_own(&sheet->html,
	    "<svg class=\"heat\" style=\"max-width:%zupx\" "
	    "viewBox=\"0 0 %zu %d\">",
	    heat_width(trend), heat_width(trend), CELL_HEIGHT);
	for (size_t i = 0; i < columns; i++) {
		const struct trend_module *module = trend->by_failures[i];
		uint64_t count = trend_cell(trend, control, module);

		others -= count;
		put_cell(sheet, i,
		    module->path.len ? module->path : STR("root module"), count,
		    most);
	}
	if (has_others(trend))
		put_cell(sheet, columns, STR("all others"), others, most);
	html_own(&sheet->html, "</svg>");
}

static uint64_t
largest_cell(const struct trend *trend)
{
	uint64_t most = 1;

	for (size_t i = 0; i < trend->cells.count; i++) {
		const uint64_t *cell = trend->cells.entries[i].value;

		most = *cell > most ? *cell : most;
	}
	return most;
}

static void
put_rows(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	uint64_t most = largest_cell(trend);
	size_t shown[SEVERITIES] = {0}, left_out = 0;

	html_own(&sheet->html, "<tbody>\n");
	for (size_t i = 0; i < trend->controls.count; i++) {
		const struct trend_control *control = trend->by_severity[i];

		if (!control->failures.all)
			continue;
		if (shown[control->severity]++ >= HEAT_ROWS) {
			left_out++;
			continue;
		}
		html_own(&sheet->html, "<tr class=\"");
		sheet_classes(sheet, control->severity, control->frameworks);
		html_own(&sheet->html, "\"><th scope=\"row\">");
		put_name(sheet, control);
		html_own(&sheet->html, "</th><td>");
		put_cells(sheet, control, most);
		html_own(&sheet->html, "</td></tr>\n");
	}
	html_own(&sheet->html, "</tbody></table></div>\n");
	put_left_out(sheet, left_out, "controls with failures");
}

void
sheet_heat(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	uint64_t failures = 0;

	for (size_t i = 0; i < trend->controls.count; i++)
		failures += ((const struct trend_control *)
				 trend->by_severity[i])->failures.all;
	html_own(&sheet->html,
	    "<section id=\"modules\">\n<h2>Controls by module</h2>\n");
	if (trend->listed_failures < failures)
		html_own(&sheet->html,
		    "<p>The result lists %" PRIu64 " of %" PRIu64 " failures; "
		    "the others are in no module here.</p>\n",
		    trend->listed_failures, failures);
	if (!trend->modules.count) {
		html_own(&sheet->html, "<p>No failure is listed.</p>\n"
				      "</section>\n");
		return;
	}
	html_own(&sheet->html,
	    "<div class=\"wide\"><table class=\"heat\"><caption>Failures by "
	    "module call, whatever its keys</caption>\n"
	    "<thead><tr><th scope=\"col\">Control</th><th scope=\"col\">");
	put_columns(sheet);
	html_own(&sheet->html, "</th></tr></thead>\n");
	put_rows(sheet);
	html_own(&sheet->html, "</section>\n");
}

/* --- Waivers --- */

struct span {
	int64_t first, last; /* days */
};

enum { SPAN_WIDTH = 240, SOON = 30 /* days */ };

static bool
day_of(int64_t *out, struct str text)
{
	struct date date;

	if (!date_read(&date, text))
		return false;
	*out = date_day(&date);
	return true;
}

static void
widen(struct span *span, struct str text)
{
	int64_t day;

	if (!day_of(&day, text))
		return;
	if (span->first > span->last)
		span->first = span->last = day;
	span->first = day < span->first ? day : span->first;
	span->last = day > span->last ? day : span->last;
}

static struct span
span_of(const struct trend *trend)
{
	struct span span = {0, -1};

	for (size_t i = 0; i < trend->waivers.count; i++) {
		const struct trend_waiver *waiver = trend->by_end[i];

		widen(&span, waiver->created);
		widen(&span, waiver->expires);
	}
	widen(&span, trend->last);
	return span;
}

static int
span_x(const struct span *span, int64_t day)
{
	return (int)((day - span->first) * SPAN_WIDTH /
	    (span->last - span->first + 1));
}

struct end {
	const char *class, *what;
};

static struct end
end_of(const struct trend *trend, int64_t expires)
{
	int64_t last;

	if (!day_of(&last, trend->last))
		return (struct end){"waived", ""};
	if (expires < last)
		return (struct end){"fail", "ended"};
	if (expires - last <= SOON)
		return (struct end){"unknown", "ends soon"};
	return (struct end){"waived", "in force"};
}

static void
put_span(struct sheet *sheet, const struct trend_waiver *waiver,
    const struct span *span)
{
	int64_t created, expires, last;
	struct end end;

	if (!day_of(&created, waiver->created) ||
	    !day_of(&expires, waiver->expires)) {
		html_own(&sheet->html, "<td></td><td></td>");
		return;
	}
	end = end_of(sheet->trend, expires);
	html_own(&sheet->html,
	    "<td><span class=\"badge %s\">%s</span></td><td>"
	    "<svg class=\"span\" viewBox=\"0 0 %d 20\" role=\"img\" "
	    "aria-label=\"from its creation to its end\">"
	    "<rect class=\"%s\" x=\"%d\" y=\"4\" width=\"%d\" height=\"12\"/>",
	    end.class, end.what, SPAN_WIDTH, end.class,
	    span_x(span, created),
	    span_x(span, expires + 1) - span_x(span, created) + 1);
	if (day_of(&last, sheet->trend->last))
		html_own(&sheet->html, "<path class=\"now\" d=\"M%d 0V20\"/>",
		    span_x(span, last));
	html_own(&sheet->html, "</svg></td>");
}

static void
put_waiver(struct sheet *sheet, const struct trend_waiver *waiver,
    const struct span *span)
{
	const struct trend_control *control =
	    map_find(&sheet->trend->controls, waiver->control);

	html_own(&sheet->html, "<tr");
	if (control) {
		html_own(&sheet->html, " class=\"");
		sheet_classes(sheet, control->severity, control->frameworks);
		html_own(&sheet->html, "\"");
	}
	html_own(&sheet->html, "><th scope=\"row\">");
	html_text(&sheet->html, waiver->id, CLEAN_TEXT);
	html_own(&sheet->html, "<div class=\"quiet\">");
	html_text(&sheet->html, waiver->owner, CLEAN_TEXT);
	html_own(&sheet->html, "</div></th><td>");
	html_code(&sheet->html, waiver->control, CLEAN_TEXT);
	html_own(&sheet->html, "<div>");
	html_code(&sheet->html, waiver->address, CLEAN_ADDRESS);
	html_own(&sheet->html, "</div><div class=\"quiet\">");
	html_text(&sheet->html, waiver->reason, CLEAN_PROSE);
	html_own(&sheet->html, "</div></td>");
	put_number(sheet, waiver->used);
	html_own(&sheet->html, "<td>");
	html_text(&sheet->html, waiver->expires, CLEAN_TEXT);
	html_own(&sheet->html, "</td>");
	put_span(sheet, waiver, span);
	html_own(&sheet->html, "</tr>\n");
}

void
sheet_waivers(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;
	struct span span = span_of(trend);
	size_t count = trend->waivers.count;

	if (!count)
		return;
	html_own(&sheet->html,
	    "<section id=\"waivers\">\n<h2>Waivers</h2>\n"
	    "<div class=\"wide\"><table><caption>The first to end comes first");
	if (trend->last.len) {
		html_own(&sheet->html,
		    "; the line is the day of the last plan, ");
		html_text(&sheet->html, trend->last, CLEAN_TEXT);
	}
	html_own(&sheet->html,
	    "</caption>\n<thead><tr><th scope=\"col\">Waiver</th>"
	    "<th scope=\"col\">Of</th>"
	    "<th scope=\"col\" class=\"number\">Verdicts waived</th>"
	    "<th scope=\"col\">Ends</th><th scope=\"col\">State</th>"
	    "<th scope=\"col\">From creation to end</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < count && i < WAIVERS_MOST; i++)
		put_waiver(sheet, trend->by_end[i], &span);
	html_own(&sheet->html, "</tbody></table></div>\n");
	put_left_out(
	    sheet, count > WAIVERS_MOST ? count - WAIVERS_MOST : 0, "waivers");
	html_own(&sheet->html, "</section>\n");
}
