/* The parts of the result document, for the document and for its lines. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include "engine/result.h"
#include "json/write.h"

#define RESULT_VERSION "1.0"

/* What a result is evidence of, for who relies on it. */
#define RESULT_STATEMENT \
	"What the plans say will be deployed, judged before it is applied: " \
	"evidence of intent, not of what runs"

/* A bit and its word, in the order of the document. */
struct bit_name {
	unsigned bit;
	const char *name;
};

enum { ACTION_COUNT = 7, LISTED_COUNT = 6, ONLY_COUNT = 5, ALLOW_COUNT = 3 };

extern const struct bit_name action_bits[ACTION_COUNT],
    listed_bits[LISTED_COUNT], only_bits[ONLY_COUNT], allow_bits[ALLOW_COUNT];

/* Members of the open object, from format_version to what comes before the
 * findings. */
void record_run(struct emit *emit, const struct tfa_report *report);
/* name, version and features of this build. */
void record_tool(struct emit *emit);
/* Members of one plan, from path on. */
void record_plan(struct emit *emit, const struct plan_result *plan);
/* policies: the files that controls come from. */
void record_policies(struct emit *emit, const struct tfa_policies *policies);
/* Only what can change a verdict or the status. */
void record_options(struct emit *emit, const struct tfa_options *options,
    const struct tfa_policies *policies);
/* The same inputs before any plan: files, waivers without their use, facts. */
void record_inputs(struct emit *emit, const struct tfa_policies *policies);
/* The verdicts of which every finding is listed in this style. */
void record_listed(struct emit *emit, const struct tfa_report_style *style);
/* waivers, facts and baseline, where there are any. */
void record_accepted(struct emit *emit, const struct tfa_report *report);
/* The finding's waiver, if it has one. */
void record_waiver(struct emit *emit, const struct finding *finding);
/* One element, or a document where members of its own come first. */
void record_finding(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding);
void record_control(
    struct emit *emit, const struct tfa_report *report, size_t index);
/* To a control of which a finding is listed: why it is, and the fix. */
void record_guidance(struct emit *emit, const struct control *control);
/* The members from ledger to status. */
void record_end(struct emit *emit, const struct tfa_report *report);

/* The member origin; entry is the default that decided, or NULL. */
void emit_origin(struct emit *emit, const struct finding_origin *origin,
    const struct default_entry *entry);

void emit_names(struct emit *emit, const char *key, struct names names);
/* Left out when empty. */
void emit_some(struct emit *emit, const char *key, struct str value);
/* Begins an object of that type, a line of its own. */
void record_line(struct emit *emit, FILE *out, const char *type);
/* {name: [item, ...]} */
void emit_lists(struct emit *emit, const char *key, struct named_lists lists);

/* Flushes; false for a failed write, now or before, or no memory. */
bool record_finish(struct emit *emit, struct tfa_error *err);

#endif
