/* What verdicts say about the requirements that controls are mapped to. */
#ifndef REPORT_ROLLUP_H
#define REPORT_ROLLUP_H

#include "engine/result.h"

struct requirement {
	struct str framework, name;
	size_t controls; /* mapped to it and selected */
	struct tally tally;
};

struct rollup {
	struct requirement *items; /* by framework and name */
	size_t count, cap;
	struct map found; /* "framework\0name" -> index + 1 */
	struct arena arena;
};

/*
 * Of the frameworks that the run was restricted to, or of all where it was not.
 * False without memory; released with rollup_free either way.
 */
bool rollup_read(struct rollup *rollup, const struct tfa_report *report);
void rollup_free(struct rollup *rollup);

/*
 * "fail", "unknown", "pass" or "nothing applied": what the controls mapped to it
 * came to.  It is never called met.
 */
const char *requirement_status(const struct requirement *requirement);

#endif
