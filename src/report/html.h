/* The parts of the HTML page. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/form.h"

struct html {
	FILE *out;
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	struct buf text; /* scratch */
	bool failed;	 /* no memory for something else */
};

/* Up to the open style element, where more may follow. */
void html_begin(struct html *html, const char *title);

/* Markup of our own, as it is. */
void html_own(struct html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Text of others, cleaned and escaped. */
void html_text(struct html *html, struct str text, size_t most);
/* The same as code, which may be broken between lines. */
void html_code(struct html *html, struct str text, size_t most);

/* A picture for each of severity, module and requirement. */
void html_charts(struct html *html);
/* Plans, notes, ledger, types and policies. */
void html_judged(struct html *html);

#endif
