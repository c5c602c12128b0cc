/*
 * What was judged and by what, for those who must believe it: plans, notes, the
 * ledger in which every resource is once, and policies, each with its digest.
 */
#include <inttypes.h>

#include "report/html.h"

enum { TYPES_MOST = 200, NOTES_MOST = 200 };

static void
put_note(struct html *html, struct str note)
{
	html_own(html, "<li>");
	html_text(html, note, CLEAN_PROSE);
	html_own(html, "</li>\n");
}

static void
put_plan(struct html *html, const struct plan_result *plan)
{
	html_own(html, "<tr><th scope=\"row\">");
	html_text(html, plan->path, CLEAN_ADDRESS);
	html_own(html, "</th><td>");
	html_text(html, plan->info.terraform_version, CLEAN_TEXT);
	html_own(html, "</td><td class=\"number\">%" PRIu64 "</td><td>",
	    plan->bytes);
	html_code(html, str_of(plan->sha256), CLEAN_TEXT);
	if (plan->error.code != TFA_ERR_NONE) {
		html_own(html, "<div class=\"fail\"><b>Cannot be judged: </b>");
		html_text(html, str_of(plan->error.message), CLEAN_PROSE);
		html_own(html, "</div>");
	}
	html_own(html, "</td></tr>\n");
}

static void
put_notes(struct html *html)
{
	const struct tfa_report *report = html->report;
	size_t count = 0;

	for (size_t i = 0; i < report->plan_count; i++)
		count += report->plans[i].notes.count;
	count += report->notes.count;
	if (count == 0)
		return;
	html_own(html, "<h3>Notes</h3>\n<ul>\n");
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct names *notes = &report->plans[i].notes;

		for (size_t j = 0; j < notes->count && j < NOTES_MOST; j++)
			put_note(html, notes->items[j]);
	}
	for (size_t i = 0; i < report->notes.count && i < NOTES_MOST; i++)
		put_note(html, report->notes.items[i]);
	html_own(html, "</ul>\n");
}

static void
put_ledger(struct html *html)
{
	const struct ledger *ledger = &html->report->ledger;
	const struct {
		const char *what;
		size_t count;
	} rows[] = {
	    {"resources in the plan", ledger->subjects},
	    {"judged", ledger->judged},
	    {"without a control", ledger->unmatched},
	    {"removed", ledger->removed},
	    {"data sources", ledger->data},
	    {"deferred", ledger->deferred},
	    {"deposed objects beside them", ledger->deposed},
	};

	html_own(html, "<table><caption>The ledger: every resource once"
		       "</caption>\n<tbody>\n");
	for (size_t i = 0; i < COUNTOF(rows); i++)
		html_own(html,
		    "<tr><th scope=\"row\">%s</th>"
		    "<td class=\"number\">%zu</td></tr>\n",
		    rows[i].what, rows[i].count);
	html_own(html, "</tbody></table>\n");
}

static void
put_types(struct html *html)
{
	const struct tfa_report *report = html->report;
	size_t count = report->type_count;

	if (count == 0)
		return;
	html_own(html, "<table><caption>By type</caption>\n<thead><tr>"
		       "<th scope=\"col\">Type</th>"
		       "<th scope=\"col\" class=\"number\">Resources</th>"
		       "<th scope=\"col\" class=\"number\">Judged</th></tr>"
		       "</thead>\n<tbody>\n");
	for (size_t i = 0; i < count && i < TYPES_MOST; i++) {
		html_own(html, "<tr><th scope=\"row\">");
		html_code(html, report->types[i].type, CLEAN_TEXT);
		html_own(html,
		    "</th><td class=\"number\">%zu</td>"
		    "<td class=\"number\">%zu</td></tr>\n",
		    report->types[i].subjects, report->types[i].judged);
	}
	html_own(html, "</tbody></table>\n");
	if (count > TYPES_MOST)
		html_own(html, "<p>%zu more types are left out.</p>\n",
		    count - TYPES_MOST);
}

static void
put_judged(struct html *html)
{
	const struct tfa_report *report = html->report;

	html_own(html,
	    "<section id=\"judged\">\n<h2>What was judged</h2>\n<table>"
	    "<caption>Plans</caption>\n<thead><tr><th scope=\"col\">Plan</th>"
	    "<th scope=\"col\">Terraform</th>"
	    "<th scope=\"col\" class=\"number\">Bytes</th>"
	    "<th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < report->plan_count; i++)
		put_plan(html, &report->plans[i]);
	html_own(html, "</tbody></table>\n");
	put_notes(html);
	html_own(html, "<div class=\"row\">\n<div>");
	put_ledger(html);
	html_own(html, "</div>\n<div>");
	put_types(html);
	html_own(html, "</div>\n</div>\n</section>\n");
}

static void
put_policies(struct html *html)
{
	const struct tfa_policies *policies = html->report->policies;

	html_own(html,
	    "<section id=\"policies\">\n<h2>Policies</h2>\n<table><caption>"
	    "Files, and what was in them</caption>\n<thead><tr>"
	    "<th scope=\"col\">File</th><th scope=\"col\">Pack</th>"
	    "<th scope=\"col\" class=\"number\">Controls</th>"
	    "<th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < policies->pack_count; i++) {
		const struct pack *pack = policies->packs[i];

		html_own(html, "<tr><th scope=\"row\">");
		html_text(html, pack->file, CLEAN_ADDRESS);
		html_own(html, "</th><td>");
		html_text(html, pack->name, CLEAN_TEXT);
		html_own(html, " ");
		html_text(html, pack->version, CLEAN_TEXT);
		html_own(html, "</td><td class=\"number\">%zu</td><td>",
		    pack->controls);
		html_code(html, str_of(pack->sha256), CLEAN_TEXT);
		html_own(html, "</td></tr>\n");
	}
	html_own(html, "</tbody></table>\n</section>\n");
}

void
html_judged(struct html *html)
{
	put_judged(html);
	put_policies(html);
}
