/*
 * Lines of text for people: each begins with something of ours, foreign text
 * in it is cleaned, and long ones are wrapped at blanks.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stdio.h>

#include "base/error.h"
#include "policy/policy.h"
#include "report/sanitise.h"

/* PAGE_ROOM is what a line holds behind margin and label. */
enum { PAGE_WIDTH = 100, PAGE_LABEL = 10, PAGE_ROOM = PAGE_WIDTH - 4 - 10 };

enum paint {
	PAINT_NONE,
	PAINT_RED,
	PAINT_GREEN,
	PAINT_YELLOW,
	PAINT_MAGENTA,
	PAINT_DIM,
	PAINT_BOLD,
};

struct page {
	FILE *out;
	bool color;
	struct buf line; /* what has been added since the last line ended */
};

/* Fails for no memory or a failed write, now or before; releases the page. */
bool page_finish(struct page *page, struct tfa_error *err);

/* --- To the line that is being made --- */

/* Text of the program's own. */
void page_own(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void page_text(struct page *page, struct str text, size_t most);
/* Joined by a separator of ours. */
void page_names(struct page *page, struct names names, const char *separator);
/* "NAME item, item; NAME item" */
void page_lists(struct page *page, struct named_lists lists);

/* --- Ending it --- */

/*
 * The line stands behind a word of ours, wrapped where it gets long, each part
 * behind the margin.  An empty label goes on with what stands above.
 */
void page_end(struct page *page, const char *label);
/* The same for what people copy: never wrapped. */
void page_end_whole(struct page *page, const char *label);
/* The whole line as it is, behind a word of ours. */
void page_end_headline(struct page *page, const char *word, enum paint paint);

/* Several lines of prose or code behind one label. */
void page_prose(struct page *page, const char *label, struct str text);
void page_code(struct page *page, const char *label, struct str text);

/* An empty line. */
void page_gap(struct page *page);

#endif
