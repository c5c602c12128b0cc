/* What several formats say in the same way. */
#ifndef REPORT_SHOW_H
#define REPORT_SHOW_H

#include "engine/result.h"
#include "report/page.h"

/* Of the tool that judged. */
struct str report_version(const struct tfa_report *report);

/* The verdicts that the style lists: TFA_FAIL ... and LISTED_FIXED. */
unsigned style_listed(const struct tfa_report_style *style);

/* Does the style let it be listed?  Counts do not ask. */
bool finding_shown(
    const struct finding *finding, const struct tfa_report_style *style);

/* The same for a format of which passes are a part. */
bool finding_written(
    const struct finding *finding, const struct tfa_report_style *style);

/* "module \"b\" in module.a (source version): input = true", to the line. */
void page_change(struct page *page, const struct finding_origin *origin);
/* The same without source and value; false without memory. */
bool change_here(struct buf *out, const struct finding_origin *origin);

const char *outcome_name(enum outcome outcome);

/* "aws_x.a.b = false, by the service" */
void page_default(struct page *page, const struct default_entry *entry);
/* Since when, where that is written, and what there is to note: own lines. */
void page_default_source(struct page *page, const struct default_entry *entry);

/* The defaults of what a control looks at.  Zeroed: none yet. */
struct control_defaults {
	const struct default_entry **items;
	size_t count, cap;
};

/* False without memory; to be freed whatever it gives. */
bool control_defaults(struct control_defaults *defaults,
    const struct tfa_policies *policies, const struct control *control);
void control_defaults_free(struct control_defaults *defaults);

/* A condition on a path, without what is asked of its elements. */
void page_leaf(struct page *page, const struct cond *cond);
/* What stands above the items of all, any and when. */
const char *group_words(const struct cond *cond);

/* "FAIL high  id  title" */
void page_verdict(struct page *page, enum verdict verdict,
    const struct control *control);
/* Why, and what to do: own lines. */
void page_finding(struct page *page, const struct finding *finding);

/* Shown short: containers only by their size. */
void page_value(struct page *page, struct value value);

/* "message (at byte 12, line 1, /a/b)" of a plan that was refused. */
void page_refusal(struct page *page, const struct tfa_error *error);

/* A line for each requirement of the frameworks that were asked for. */
void page_requirements(struct page *page, const struct tfa_report *report);

/*
 * Verdict, counts, ledger, exit status and why, in one line that is never
 * wrapped; left out where the style says so, but never when nothing was judged.
 */
void page_closing(struct page *page, const struct tfa_report *report,
    const struct tfa_report_style *style);

#endif
