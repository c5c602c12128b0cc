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
	bool (*write)(const struct tfa_report *report,
	    const struct tfa_report_style *style, FILE *out,
	    struct tfa_error *err);
};

extern const struct reporter reporter_text;
extern const struct reporter reporter_concise;
extern const struct reporter reporter_json;
extern const struct reporter reporter_ndjson;

/* In the order of lists; NULL behind the last. */
const struct reporter *reporter_at(size_t index);

#endif
