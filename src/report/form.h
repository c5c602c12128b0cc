/*
 * What formats for other programs have in common: how grave a finding is in
 * their words, where it is, what is said of it, and escaping.
 */
#ifndef REPORT_FORM_H
#define REPORT_FORM_H

#include "engine/result.h"
#include "json/write.h"
#include "report/sanitise.h"

/* A severity in the words of each reader. */
struct grade {
	const char *sarif, *security, *github, *quality, *sast, *asff,
	    *checkstyle, *azure, *bitbucket, *rdjson;
	unsigned ocsf;
};

/*
 * Of a finding: what does not block, for its enforcement or because it is not
 * decided, is a warning at most.
 */
const struct grade *finding_grade(const struct finding *finding);
const struct grade *severity_grade(enum severity severity);

/* A line of source, or the plan's first one. */
struct place {
	struct str file; /* relative, without a leading "./" */
	size_t line, column, end; /* from 1; end is behind the last column */
	const char *method; /* "resource", "module-call", "root", "plan" */
};

struct place finding_place(
    const struct tfa_report *report, const struct finding *finding);

/* What lint has found, as annotations; color is not used. */
struct problems;
bool problems_write_github(const struct problems *problems, bool color,
    FILE *out, struct tfa_error *err);

/* "address: reason", cleaned; in the buffer, which is emptied first. */
struct str finding_message(
    struct buf *text, const struct finding *finding, size_t most);
/* The same with "control: title: " before it. */
struct str finding_title(
    struct buf *text, const struct finding *finding, size_t most);

/* Cleaned text, at most so many characters of it. */
struct str form_text(struct buf *text, struct str raw, size_t most);
void emit_clean(
    struct emit *emit, const char *key, struct str text, size_t most);

/* A UUID of version 5's form from the finding's fingerprint and a purpose. */
void finding_uuid(
    char out[37], const struct finding *finding, const char *purpose);

/* Cleaned text as GitHub's Markdown, where it means nothing but itself. */
void markdown_add(struct buf *out, struct str clean);
/* The same as inline code; bars are escaped in a table, even there. */
void markdown_code(struct buf *out, struct str clean, bool in_table);
/* Backquotes enough for a fence that the text does not end. */
void markdown_fence(struct buf *out, struct str text, size_t least);

/* Text that is clean, for XML content or an attribute. */
void xml_clean(FILE *out, struct str clean);
/* The text for XML content or an attribute; cleaned. */
void xml_put(FILE *out, struct str text, size_t most);

/* "2026-01-02T03:04:05Z" of the run: its --as-of, or the plan's own time. */
void form_time(char out[21], const struct tfa_report *report);
/* The same in seconds since 1970. */
int64_t form_seconds(const struct tfa_report *report);

/* Calls for every finding that the style shows. */
#define FINDINGS_EACH(report, style, finding) \
	for (const struct finding *finding = (report)->findings; \
	     finding && finding < (report)->findings + (report)->finding_count; \
	     finding++) \
		if (finding_shown(finding, style))

/* The write came through whole, and there was memory. */
bool form_finish(FILE *out, bool failed, struct tfa_error *err);
/* The same, and releases the scratch. */
bool form_end(FILE *out, struct buf *text, struct tfa_error *err);

#endif
