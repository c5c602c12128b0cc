/* A format is a name and a function. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "base/error.h"
#include "engine/result.h"

struct reporter {
	const char *name;
	const char *help;
	const char *media_type;
	bool passes; /* passes are part of it, whatever else lists them */
	bool (*write)(const struct tfa_report *report,
	    const struct tfa_report_style *style, FILE *out,
	    struct tfa_error *err);
};

extern const struct reporter reporter_text;
extern const struct reporter reporter_concise;
extern const struct reporter reporter_json;
extern const struct reporter reporter_ndjson;
extern const struct reporter reporter_sarif;
extern const struct reporter reporter_sarif_archive;
extern const struct reporter reporter_junit;
extern const struct reporter reporter_github;
extern const struct reporter reporter_gitlab;
extern const struct reporter reporter_gitlab_sast;
extern const struct reporter reporter_markdown;
extern const struct reporter reporter_html;
extern const struct reporter reporter_csv;
extern const struct reporter reporter_checkstyle;
extern const struct reporter reporter_tap;
extern const struct reporter reporter_azure;
extern const struct reporter reporter_bitbucket;
extern const struct reporter reporter_rdjsonl;
extern const struct reporter reporter_atlantis;
extern const struct reporter reporter_run_task;
extern const struct reporter reporter_asff;
extern const struct reporter reporter_ocsf;
extern const struct reporter reporter_oscal;

/* In the order of lists; NULL behind the last. */
const struct reporter *reporter_at(size_t index);

/*
 * May it be written in a format so?  One that was read again lacks what its
 * document did not list.
 */
bool report_lists(const struct tfa_report *report, const char *name,
    bool passes, const struct tfa_report_style *style, struct tfa_error *err);

#endif
