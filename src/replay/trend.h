/* What a replay comes to by month, control, requirement and module. */
#ifndef REPLAY_TREND_H
#define REPLAY_TREND_H

#include "policy/policy.h"
#include "replay/whole.h"

enum {
	TREND_MONTHS = 240,    /* on an axis; the latest */
	TREND_FRAMEWORKS = 64, /* that are told apart */
	TREND_REFUSED = 200,   /* that are named */
	SEVERITIES = SEVERITY_INFO + 1,
};

struct trend_month {
	struct str name; /* "2026-01"; "" for plans without a timestamp */
	size_t index;	 /* into a series; SIZE_MAX where no plan is of it */
	uint64_t plans, verdicts[SUM_VERDICTS];
	uint64_t failures, severities[SEVERITIES]; /* of failures */
	uint64_t introduced, fixed;
};

/* A count for each month, by its index, and over all plans. */
struct series {
	uint64_t *items, all;
	size_t count;
};

struct trend_control {
	struct str id, title;
	enum severity severity;
	uint64_t tally[SUM_TALLY];
	struct series failures;
	uint64_t listed; /* failures that findings tell of */
	struct trend_requirement **requirements;
	size_t requirement_count, requirement_cap;
	uint64_t frameworks; /* bit by index */
};

struct trend_requirement {
	size_t framework; /* index */
	struct str name;
	size_t controls; /* that are mapped to it */
	struct series failures;
};

/* A module call without its keys; "" is the root. */
struct trend_module {
	struct str path;
	uint64_t failures;
};

struct trend_waiver {
	struct str id, owner, control, address, reason, created, expires;
	uint64_t used; /* verdicts that it has waived */
};

struct trend_refusal {
	struct str path, why;
};

struct trend {
	struct whole whole;
	struct arena arena, scratch;
	struct buf text;
	struct value header;
	struct map months, controls, requirements, modules, cells;
	struct map waivers; /* by id */
	struct trend_month undated;
	struct str last; /* day of the latest plan, or "" */
	struct str *frameworks;
	size_t framework_count, framework_cap;
	struct trend_refusal *refusals;
	size_t refusal_count, refusal_cap;
	uint64_t listed_failures; /* of which modules are known */

	/* When all is read: */
	void **axis; /* struct trend_month, also those without plans */
	size_t axis_count, axis_left_out;
	void **by_severity;  /* struct trend_control, then by failures */
	void **by_framework; /* struct trend_requirement, then by failures */
	void **by_failures;  /* struct trend_module */
	void **by_end;	     /* struct trend_waiver, the first to end */
};

extern const char *const tally_names[SUM_TALLY];
/* Of tallies. */
enum { TALLY_PASS, TALLY_FAIL, TALLY_UNKNOWN, TALLY_WAIVED, TALLY_ERROR };

/*
 * Read a whole replay, which is checked as in a merge.  in is owned.  Released
 * with trend_free even after a failure.
 */
bool trend_read(
    struct trend *trend, const char *name, FILE *in, struct tfa_error *err);
void trend_free(struct trend *trend);
/* Of trend_read; false without memory. */
bool trend_sort(struct trend *trend);

uint64_t series_at(
    const struct series *series, const struct trend_month *month);
/* Failures of the control in the module. */
uint64_t trend_cell(struct trend *trend, const struct trend_control *control,
    const struct trend_module *module);

#endif
