/*
 * An earlier result that is read again: a report with policies and options of
 * its own, of which only what reports show is there.
 */
#ifndef REPORT_RESTORE_H
#define REPORT_RESTORE_H

#include "base/sha.h"
#include "json/members.h"
#include "report/stored.h"

/* A control that the document speaks of. */
struct told_control {
	struct control control;
	struct tally tally;
	enum enforce enforced;
	bool listed;   /* stands among the controls */
	bool has_claim; /* a finding has said how severe it is */
	size_t claim;
};

struct tfa_result {
	struct arena arena;
	struct tfa_limits limits;
	struct tfa_policies policies;
	struct tfa_options options;
	struct tfa_report *report;
	struct stored_options told_options;
	struct pack *first_pack; /* built-in ones come first */
	struct stored_population population;
	struct stored_status status;
	struct map controls; /* id -> struct told_control, in order of mention */
	struct map waivers;  /* id -> struct waiver */
	size_t listed_controls;
	struct skip_use **skips_end;
	unsigned seen; /* bits of parts */
	struct members *members; /* of a document */
	bool is_lines;
	struct sha256_ctx sha256_ctx;
	char sha256[65]; /* of its bytes, once it is finished */
	struct buf line; /* what is not whole yet */
	size_t lines;
};

/* Give an element or a member to the report.  name is the member's. */
members_take result_take;

/* NULL without memory. */
struct told_control *result_control(struct tfa_result *result, struct str id);

/* What one part of the document says; see restore_run.c and restore_finding.c. */
typedef bool restore_part(
    struct tfa_result *result, struct value value, struct tfa_error *err);
restore_part restore_plan, restore_pack, restore_waivers, restore_facts,
    restore_baseline, restore_options, restore_finding, restore_control,
    restore_ledger, restore_origins;

/* Fails for a document that contradicts itself. */
bool result_check(struct tfa_result *result, struct tfa_error *err);

/* How many of its policies, from the first, are built in. */
size_t result_builtin(const struct tfa_result *result);

bool result_refuse(struct tfa_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* {bit, word} by the words of a list; words that are not known count nothing. */
struct bit_name;
unsigned bits_of(
    struct names names, const struct bit_name *known, size_t count);

#endif
