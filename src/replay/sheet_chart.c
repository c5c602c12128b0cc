/*
 * Pictures with months from left to right, as inline SVG.  The numbers of all
 * stand in a table below, so colours and lines only help.
 */
#include <inttypes.h>

#include "replay/sheet.h"

enum {
	LEFT = 56,
	RIGHT = 600, /* behind it stand the names of lines */
	WIDTH = 720,
	TOP = 14,
	BOTTOM = 200,
	HEIGHT = 226,
	LABELS_MOST = 12,
	LABEL_GAP = 15,
	TICKS = 4,
};

static const struct {
	const char *word, *class;
} verdicts[SUM_VERDICTS] = {
    {"pass",      "pass"   },
    {"fail",      "fail"   },
    {"undecided", "unknown"},
    {"error",     "error"  },
};

/* The last one stands lowest. */
static const size_t stacking[SUM_VERDICTS] = {1, 3, 2, 0};

static const struct trend_month *
month_at(const struct sheet *sheet, size_t i)
{
	return sheet->trend->axis[i];
}

/* --- The axes --- */

/* Ticks are at whole numbers, of two digits and zeros at most. */
static uint64_t
nice_top(uint64_t most)
{
	uint64_t step, unit = 1;

	if (most > UINT64_MAX / 1024)
		most = UINT64_MAX / 1024;
	step = most / TICKS + (most % TICKS != 0);
	while (unit <= step / 10)
		unit *= 10;
	unit = unit > 1 ? unit / 2 : unit;
	return (step + unit - 1) / unit * unit * TICKS;
}

/* A share of most, of so many pixels; counts of any size do not overflow. */
static size_t
scaled(uint64_t count, uint64_t most, size_t pixels)
{
	if (count >= most)
		return pixels;
	while (count > UINT64_MAX / 4096) {
		count /= 2;
		most /= 2;
	}
	return (size_t)((count * pixels + most / 2) / most);
}

static size_t
month_x(const struct sheet *sheet, size_t i)
{
	return LEFT +
	    (2 * i + 1) * (RIGHT - LEFT) / (2 * sheet->trend->axis_count);
}

static size_t
bar_width(const struct sheet *sheet)
{
	size_t width = (RIGHT - LEFT) * 3 / (4 * sheet->trend->axis_count);

	return width > 40 ? 40 : width < 1 ? 1 : width;
}

static void
put_months(struct sheet *sheet)
{
	size_t count = sheet->trend->axis_count;
	size_t step = (count + LABELS_MOST - 1) / LABELS_MOST;

	for (size_t i = (count - 1) % step; i < count; i += step) {
		html_own(&sheet->html,
		    "<text x=\"%zu\" y=\"%d\" text-anchor=\"middle\">",
		    month_x(sheet, i), BOTTOM + 18);
		html_text(&sheet->html, month_at(sheet, i)->name, CLEAN_TEXT);
		html_own(&sheet->html, "</text>");
	}
}

static void
put_tick(struct sheet *sheet, size_t y, uint64_t value)
{
	html_own(&sheet->html,
	    "<path class=\"grid\" d=\"M%d %zuH%d\"/><text x=\"%d\" y=\"%zu\" "
	    "text-anchor=\"end\">%" PRIu64 "</text>",
	    LEFT, y, RIGHT, LEFT - 6, y + 4, value);
}

static void
put_ticks(struct sheet *sheet, uint64_t top)
{
	for (size_t i = 0; i <= TICKS; i++)
		put_tick(sheet, BOTTOM - i * (BOTTOM - TOP) / TICKS,
		    top / TICKS * i);
}

static void
open_chart(struct sheet *sheet, const char *title)
{
	html_own(&sheet->html,
	    "<figure>\n<figcaption>%s</figcaption>\n<svg viewBox=\"0 0 %d %d\" "
	    "role=\"img\" aria-label=\"%s; the numbers stand in the table "
	    "below\">\n",
	    title, WIDTH, HEIGHT, title);
}

static void
close_chart(struct sheet *sheet)
{
	put_months(sheet);
	html_own(&sheet->html, "</svg>\n</figure>\n");
}

/* --- Plans --- */

static void
put_plans(struct sheet *sheet, size_t i, uint64_t top)
{
	const struct trend_month *month = month_at(sheet, i);
	size_t width = bar_width(sheet), x = month_x(sheet, i) - width / 2;
	uint64_t below = month->plans;

	html_own(&sheet->html, "<g><title>");
	html_text(&sheet->html, month->name, CLEAN_TEXT);
	html_own(&sheet->html, ": %" PRIu64 " plans", month->plans);
	for (size_t j = 0; j < SUM_VERDICTS; j++)
		html_own(&sheet->html, ", %" PRIu64 " %s", month->verdicts[j],
		    verdicts[j].word);
	html_own(&sheet->html, "</title>");
	for (size_t j = 0; j < SUM_VERDICTS; j++) {
		uint64_t count = month->verdicts[stacking[j]];
		size_t y = BOTTOM - scaled(below, top, BOTTOM - TOP);

		if (!count)
			continue;
		below -= count;
		html_own(&sheet->html,
		    "<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"%zu\" "
		    "height=\"%zu\"/>",
		    verdicts[stacking[j]].class, x, y, width,
		    BOTTOM - scaled(below, top, BOTTOM - TOP) - y);
	}
	html_own(&sheet->html, "</g>\n");
}

static void
put_key(struct sheet *sheet)
{
	for (size_t j = 0; j < SUM_VERDICTS; j++) {
		size_t y = TOP + 20 + j * 20;

		html_own(&sheet->html,
		    "<rect class=\"%s\" x=\"%d\" y=\"%zu\" width=\"12\" "
		    "height=\"12\"/><text x=\"%d\" y=\"%zu\">%s</text>",
		    verdicts[stacking[j]].class, RIGHT + 12, y - 10,
		    RIGHT + 30, y, verdicts[stacking[j]].word);
	}
}

static void
chart_plans(struct sheet *sheet)
{
	uint64_t most = 1;

	for (size_t i = 0; i < sheet->trend->axis_count; i++) {
		const struct trend_month *month = month_at(sheet, i);

		most = month->plans > most ? month->plans : most;
	}
	open_chart(sheet, "Plans by month and verdict");
	put_ticks(sheet, nice_top(most));
	for (size_t i = 0; i < sheet->trend->axis_count; i++)
		put_plans(sheet, i, nice_top(most));
	put_key(sheet);
	close_chart(sheet);
}

/* --- Failures --- */

static uint64_t
severity_sum(const struct sheet *sheet, size_t severity)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < sheet->trend->axis_count; i++)
		sum += month_at(sheet, i)->severities[severity];
	return sum;
}

static size_t
line_y(const struct sheet *sheet, size_t severity, size_t i, uint64_t top)
{
	return BOTTOM -
	    scaled(month_at(sheet, i)->severities[severity], top, BOTTOM - TOP);
}

static void
put_line(struct sheet *sheet, size_t severity, uint64_t top, size_t label)
{
	const char *name = severity_names[severity];
	size_t count = sheet->trend->axis_count;

	html_own(&sheet->html,
	    "<g class=\"line by-severity s-%s\"><path d=\"", name);
	for (size_t i = 0; i < count; i++)
		html_own(&sheet->html, "%c%zu %zu", i ? 'L' : 'M',
		    month_x(sheet, i), line_y(sheet, severity, i, top));
	html_own(&sheet->html, "\"/>");
	for (size_t i = 0; i < count; i++) {
		html_own(&sheet->html, "<circle cx=\"%zu\" cy=\"%zu\" r=\"3\">"
		    "<title>", month_x(sheet, i),
		    line_y(sheet, severity, i, top));
		html_text(&sheet->html, month_at(sheet, i)->name, CLEAN_TEXT);
		html_own(&sheet->html, ": %" PRIu64 " %s</title></circle>",
		    month_at(sheet, i)->severities[severity], name);
	}
	html_own(&sheet->html, "<text x=\"%d\" y=\"%zu\">%s %" PRIu64
	    "</text></g>\n", RIGHT + 8, label + 4, name,
	    severity_sum(sheet, severity));
}

/*
 * Where names stand: at the end of their lines, or as far below as the ones
 * above need.  They are told apart by y alone, so the order is that of y.
 */
static void
place_labels(const struct sheet *sheet, uint64_t top,
    size_t labels[SEVERITIES])
{
	size_t last = sheet->trend->axis_count - 1, free_y = TOP;
	bool placed[SEVERITIES] = {false};

	for (size_t n = 0; n < SEVERITIES; n++) {
		size_t best = SEVERITIES;

		for (size_t i = 0; i < SEVERITIES; i++) {
			if (!placed[i] && severity_sum(sheet, i) &&
			    (best == SEVERITIES ||
				line_y(sheet, i, last, top) <
				    line_y(sheet, best, last, top)))
				best = i;
		}
		if (best == SEVERITIES)
			return;
		placed[best] = true;
		labels[best] = line_y(sheet, best, last, top);
		if (labels[best] < free_y)
			labels[best] = free_y;
		free_y = labels[best] + LABEL_GAP;
	}
}

static void
chart_failures(struct sheet *sheet)
{
	size_t labels[SEVERITIES] = {0};
	uint64_t most = 1, top;

	for (size_t i = 0; i < sheet->trend->axis_count; i++) {
		for (size_t j = 0; j < SEVERITIES; j++) {
			uint64_t count = month_at(sheet, i)->severities[j];

			most = count > most ? count : most;
		}
	}
	top = nice_top(most);
	place_labels(sheet, top, labels);
	open_chart(sheet, "Failures by month and severity");
	put_ticks(sheet, top);
	for (size_t i = 0; i < SEVERITIES; i++) {
		if (severity_sum(sheet, i))
			put_line(sheet, i, top, labels[i]);
	}
	close_chart(sheet);
}

/* --- New and fixed --- */

enum { MIDDLE = (TOP + BOTTOM) / 2 };

static void
put_both(struct sheet *sheet, size_t i, uint64_t top)
{
	const struct trend_month *month = month_at(sheet, i);
	size_t width = bar_width(sheet), x = month_x(sheet, i) - width / 2;
	size_t up = scaled(month->introduced, top, MIDDLE - TOP);
	size_t down = scaled(month->fixed, top, MIDDLE - TOP);

	html_own(&sheet->html, "<g><title>");
	html_text(&sheet->html, month->name, CLEAN_TEXT);
	html_own(&sheet->html,
	    ": %" PRIu64 " new, %" PRIu64 " fixed</title>"
	    "<rect class=\"fail\" x=\"%zu\" y=\"%zu\" width=\"%zu\" "
	    "height=\"%zu\"/><rect class=\"pass\" x=\"%zu\" y=\"%d\" "
	    "width=\"%zu\" height=\"%zu\"/></g>\n",
	    month->introduced, month->fixed, x, MIDDLE - up, width, up, x,
	    MIDDLE, width, down);
}

static void
chart_new(struct sheet *sheet)
{
	uint64_t most = 1, top;

	for (size_t i = 0; i < sheet->trend->axis_count; i++) {
		const struct trend_month *month = month_at(sheet, i);

		most = month->introduced > most ? month->introduced : most;
		most = month->fixed > most ? month->fixed : most;
	}
	top = nice_top(most);
	open_chart(sheet, "New and fixed by month");
	put_tick(sheet, TOP, top);
	put_tick(sheet, (TOP + MIDDLE) / 2, top / 2);
	put_tick(sheet, MIDDLE, 0);
	put_tick(sheet, (MIDDLE + BOTTOM) / 2, top / 2);
	put_tick(sheet, BOTTOM, top);
	for (size_t i = 0; i < sheet->trend->axis_count; i++)
		put_both(sheet, i, top);
	html_own(&sheet->html,
	    "<text x=\"%d\" y=\"%d\">new, above</text>"
	    "<text x=\"%d\" y=\"%d\">fixed, below</text>",
	    RIGHT + 8, MIDDLE - 12, RIGHT + 8, MIDDLE + 20);
	close_chart(sheet);
}

/* --- Numbers --- */

static void
put_number(struct sheet *sheet, uint64_t number)
{
	html_own(&sheet->html, "<td class=\"number\">%" PRIu64 "</td>", number);
}

static void
put_row(struct sheet *sheet, const struct trend_month *month)
{
	html_own(&sheet->html, "<tr><th scope=\"row\">");
	html_text(&sheet->html,
	    month->name.len ? month->name : STR("no time"), CLEAN_TEXT);
	html_own(&sheet->html, "</th>");
	put_number(sheet, month->plans);
	for (size_t i = 0; i < SUM_VERDICTS; i++)
		put_number(sheet, month->verdicts[i]);
	for (size_t i = 0; i < SEVERITIES; i++)
		put_number(sheet, month->severities[i]);
	put_number(sheet, month->introduced);
	put_number(sheet, month->fixed);
	html_own(&sheet->html, "</tr>\n");
}

static void
put_numbers(struct sheet *sheet)
{
	html_own(&sheet->html,
	    "<details><summary>The numbers by month</summary>\n"
	    "<div class=\"wide\"><table><caption>Plans by verdict, failures by "
	    "severity, and what plans introduced and fixed</caption>\n"
	    "<thead><tr><th scope=\"col\">Month</th>"
	    "<th scope=\"col\" class=\"number\">Plans</th>");
	for (size_t i = 0; i < SUM_VERDICTS; i++)
		html_own(&sheet->html,
		    "<th scope=\"col\" class=\"number\">%s</th>",
		    verdicts[i].word);
	for (size_t i = 0; i < SEVERITIES; i++)
		html_own(&sheet->html,
		    "<th scope=\"col\" class=\"number\">%s</th>",
		    severity_names[i]);
	html_own(&sheet->html,
	    "<th scope=\"col\" class=\"number\">new</th>"
	    "<th scope=\"col\" class=\"number\">fixed</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < sheet->trend->axis_count; i++)
		put_row(sheet, month_at(sheet, i));
	if (sheet->trend->undated.plans)
		put_row(sheet, &sheet->trend->undated);
	html_own(&sheet->html, "</tbody></table></div></details>\n");
}

static void
put_left_out(struct sheet *sheet)
{
	const struct trend *trend = sheet->trend;

	if (trend->undated.plans)
		html_own(&sheet->html,
		    "<p>%" PRIu64 " plans do not say when they were made and "
		    "are in no picture.</p>\n",
		    trend->undated.plans);
	if (trend->axis_left_out)
		html_own(&sheet->html,
		    "<p>%zu earlier months are left out.</p>\n",
		    trend->axis_left_out);
}

void
sheet_charts(struct sheet *sheet)
{
	html_own(&sheet->html,
	    "<section id=\"time\">\n<h2>Over time</h2>\n");
	put_left_out(sheet);
	if (sheet->trend->axis_count) {
		html_own(&sheet->html, "<div class=\"row\">\n");
		chart_plans(sheet);
		chart_failures(sheet);
		chart_new(sheet);
		html_own(&sheet->html, "</div>\n");
	}
	put_numbers(sheet);
	html_own(&sheet->html, "</section>\n");
}

/* --- In a line --- */

enum { SPARK_WIDTH = 120, SPARK_HEIGHT = 24 };

void
sheet_spark(struct sheet *sheet, const struct series *series)
{
	size_t count = sheet->trend->axis_count;
	uint64_t most = 1;

	for (size_t i = 0; i < count; i++) {
		uint64_t value = series_at(series, month_at(sheet, i));

		most = value > most ? value : most;
	}
	html_own(&sheet->html,
	    "<svg class=\"spark\" viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-label=\"by month, %" PRIu64 " at most\">",
	    SPARK_WIDTH, SPARK_HEIGHT, most);
	for (size_t i = 0; i < count; i++) {
		uint64_t value = series_at(series, month_at(sheet, i));
		size_t height = scaled(value, most, SPARK_HEIGHT);
		size_t x = i * SPARK_WIDTH / count;
		size_t width = (i + 1) * SPARK_WIDTH / count - x;

		if (!value)
			continue;
		height = height ? height : 1;
		html_own(&sheet->html,
		    "<rect class=\"fail\" x=\"%zu\" y=\"%zu\" width=\"%zu\" "
		    "height=\"%zu\"><title>",
		    x, SPARK_HEIGHT - height, width > 2 ? width - 1 : 1,
		    height);
		html_text(&sheet->html, month_at(sheet, i)->name, CLEAN_TEXT);
		html_own(&sheet->html, ": %" PRIu64 "</title></rect>", value);
	}
	html_own(&sheet->html, "</svg>");
}
