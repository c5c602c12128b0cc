/*
 * Bars of verdicts, as inline SVG.  Every bar has its numbers as text beside
 * it, so the colours only help; a picture says in words what it is of.
 */
#include <stdlib.h>

#include "report/html.h"
#include "report/rollup.h"

enum {
	BARS_MOST = 12,
	LABEL_MOST = 40,
	NAME_MOST = 26, /* of a label that has a second part */
	BAR_X = 300, /* pixels of the picture's own system */
	BAR_WIDTH = 220,
	ROW = 24,
	WIDTH = 700,
};

struct bar {
	struct str label, label_rest;
	struct tally tally;
};

struct bars {
	struct bar *items;
	size_t count, cap;
};

static const struct {
	enum verdict verdict;
	const char *word;
} parts[] = {
    {VERDICT_FAIL,    "fail"   },
    {VERDICT_ERROR,   "error"  },
    {VERDICT_UNKNOWN, "unknown"},
    {VERDICT_WAIVED,  "waived" },
    {VERDICT_PASS,    "pass"   },
};

static size_t
bar_total(const struct bar *bar)
{
	struct tally tally = bar->tally;
	size_t total = 0;

	for (size_t i = 0; i < COUNTOF(parts); i++)
		total += *tally_place(&tally, parts[i].verdict);
	return total;
}

/* The widest bar takes the whole width; no part that is there is invisible. */
static void
put_parts(struct html *html, const struct bar *bar, size_t most, size_t y)
{
	struct tally tally = bar->tally;
	size_t x = BAR_X;

	for (size_t i = 0; i < COUNTOF(parts); i++) {
		size_t count = *tally_place(&tally, parts[i].verdict);
		size_t width = count * (BAR_WIDTH - 2 * COUNTOF(parts)) / most;

		if (!count)
			continue;
		width += 2;
		html_own(html,
		    "<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"%zu\" "
		    "height=\"14\"/>",
		    parts[i].word, x, y - 11, width);
		x += width;
	}
}

static void
put_numbers(struct html *html, const struct bar *bar, size_t y)
{
	struct tally tally = bar->tally;
	const char *before = "";

	html_own(html, "<text x=\"%d\" y=\"%zu\">", BAR_X + BAR_WIDTH + 10, y);
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		size_t count = *tally_place(&tally, parts[i].verdict);

		if (!count)
			continue;
		html_own(html, "%s%zu %s", before, count, parts[i].word);
		before = ", ";
	}
	html_own(html, "</text>\n");
}

static void
put_bar(struct html *html, const struct bar *bar, size_t most, size_t y)
{
	html_own(html, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">",
	    BAR_X - 10, y);
	if (bar->label_rest.len) {
		html_text(html, bar->label, NAME_MOST);
		html_own(html, " ");
		html_text(html, bar->label_rest, LABEL_MOST - NAME_MOST);
	} else {
		html_text(html, bar->label, LABEL_MOST);
	}
	html_own(html, "</text>");
	put_parts(html, bar, most, y);
	put_numbers(html, bar, y);
}

static void
put_chart(struct html *html, const char *title, const char *what,
    const struct bars *bars)
{
	size_t shown = bars->count < BARS_MOST ? bars->count : BARS_MOST;
	size_t most = 1;

	if (shown == 0)
		return;
	for (size_t i = 0; i < shown; i++) {
		size_t total = bar_total(&bars->items[i]);

		most = total > most ? total : most;
	}
	html_own(html,
	    "<figure>\n<figcaption>%s</figcaption>\n"
	    "<svg viewBox=\"0 0 %d %zu\" role=\"img\" aria-label=\"%s; the "
	    "numbers stand beside each bar\">\n",
	    title, WIDTH, shown * ROW + 4, title);
	for (size_t i = 0; i < shown; i++)
		put_bar(html, &bars->items[i], most, i * ROW + 16);
	html_own(html, "</svg>\n");
	if (bars->count > shown)
		html_own(html, "<p class=\"quiet\">%zu more %s.</p>\n",
		    bars->count - shown, what);
	html_own(html, "</figure>\n");
}

static bool
add_bar(struct html *html, struct bars *bars, struct bar bar)
{
	if (!array_reserve(&bars->items, &bars->cap, bars->count + 1,
		sizeof(*bars->items))) {
		html->failed = true;
		return false;
	}
	bars->items[bars->count++] = bar;
	return true;
}

/* Most failures first, then most unknowns, then by label. */
static int
bar_cmp(const void *a, const void *b)
{
	const struct bar *left = a, *right = b;
	int order;

	if (left->tally.fail != right->tally.fail)
		return left->tally.fail < right->tally.fail ? 1 : -1;
	if (left->tally.unknown != right->tally.unknown)
		return left->tally.unknown < right->tally.unknown ? 1 : -1;
	order = str_cmp(left->label, right->label);
	return order ? order : str_cmp(left->label_rest, right->label_rest);
}

static void
chart_severities(struct html *html)
{
	const struct tfa_report *report = html->report;
	struct bar all[SEVERITY_INFO + 1] = {0};
	struct bars bars = {all, 0, COUNTOF(all)};

	for (size_t i = 0; i < report->policies->control_count; i++) {
		const struct control *control = report->policies->controls[i];
		struct tally from = report->tallies[i];
		struct tally *to = &all[control->severity].tally;

		for (size_t j = 0; report->selected[i] && j < COUNTOF(parts);
		     j++)
			*tally_place(to, parts[j].verdict) +=
			    *tally_place(&from, parts[j].verdict);
	}
	for (size_t i = 0; i < COUNTOF(all); i++) {
		all[i].label = str_of(severity_name((enum severity)i));
		if (bar_total(&all[i]))
			all[bars.count++] = all[i];
	}
	put_chart(html, "Verdicts by severity", "severities", &bars);
}

static int
label_cmp(const void *a, const void *b)
{
	const struct bar *left = a, *right = b;

	return str_cmp(left->label, right->label);
}

/* Of findings, which passes are only where they are listed. */
static void
chart_modules(struct html *html)
{
	const struct tfa_report *report = html->report;
	struct bars bars = {0};
	size_t kept = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		struct bar bar = {.label = finding->module_address};

		if (finding->verdict == VERDICT_PASS)
			continue;
		if (!bar.label.len)
			bar.label = STR("root module");
		tally_add(&bar.tally, finding->verdict);
		if (!add_bar(html, &bars, bar))
			break;
	}
	if (bars.count)
		qsort(bars.items, bars.count, sizeof(*bars.items), label_cmp);
	for (size_t i = 0; i < bars.count; i++) {
		struct bar *to = &bars.items[kept ? kept - 1 : 0];

		if (!kept || !str_eq(to->label, bars.items[i].label)) {
			bars.items[kept++] = bars.items[i];
			continue;
		}
		for (size_t j = 0; j < COUNTOF(parts); j++)
			*tally_place(&to->tally, parts[j].verdict) +=
			    *tally_place(
				&bars.items[i].tally, parts[j].verdict);
	}
	bars.count = kept;
	if (bars.count)
		qsort(bars.items, bars.count, sizeof(*bars.items), bar_cmp);
	put_chart(html, "Open and waived findings by module", "modules", &bars);
	free(bars.items);
}

static void
chart_requirements(struct html *html)
{
	bool asked = html->report->options->framework_count > 0;
	struct rollup rollup = {0};
	struct bars bars = {0};

	html->failed = !rollup_read(&rollup, html->report) || html->failed;
	for (size_t i = 0; i < rollup.count; i++) {
		const struct requirement *from = &rollup.items[i];
		struct bar bar = {from->framework, from->name, from->tally};

		if ((asked || from->tally.fail + from->tally.unknown) &&
		    !add_bar(html, &bars, bar))
			break;
	}
	if (bars.count)
		qsort(bars.items, bars.count, sizeof(*bars.items), bar_cmp);
	put_chart(html,
	    asked ? "Verdicts by framework requirement"
		  : "Framework requirements with open findings",
	    "requirements", &bars);
	free(bars.items);
	rollup_free(&rollup);
}

void
html_charts(struct html *html)
{
	if (html->report->finding_count == 0 &&
	    html->report->totals.tally.pass == 0)
		return;
	html_own(html, "<section id=\"pictures\" class=\"charts\">\n"
		       "<h2>At a glance</h2>\n<div class=\"row\">\n");
	chart_severities(html);
	chart_modules(html);
	chart_requirements(html);
	html_own(html, "</div>\n</section>\n");
}
