/* From a judgement to what a report says of it. */
#ifndef ENGINE_FINDING_H
#define ENGINE_FINDING_H

#include "engine/judge.h"

/*
 * Fill the finding's texts, which the report keeps, from what decided.  actual
 * and reason may still hold a planned value: finding_redact must follow once
 * the whole plan is known.  False without memory.
 */
bool finding_describe(struct finding *finding,
    const struct judgement *judgement, struct tfa_report *report);

/* Take out what the plan marks as secret, and finish the reason. */
bool finding_redact(struct finding *finding, const struct plan *plan,
    const struct config *config, struct tfa_report *report,
    struct arena *scratch);

/* Most findings say what others say: a text is kept once. */
bool text_keep(struct str *out, struct str text, struct tfa_report *report);

/*
 * What a look found, as people write it; empty where it may not be shown (cond
 * may be NULL).  Before it gets out it has to be redacted, once the whole plan
 * is known; planned: it was the plan's, not a default.
 */
bool look_actual(struct str *actual, const struct cond *cond,
    const struct look *look, struct tfa_report *report);
/* The same with words where nothing is set. */
bool judgement_actual(struct str *actual, const struct judgement *judgement,
    struct tfa_report *report);
struct str actual_redacted(
    struct str actual, bool planned, const struct plan *plan);

/* What an unknown look waits for. */
bool look_waits_for(struct names *out, const struct look *look,
    struct tfa_report *report);

/* Order of reports: severity, control, address, plan. */
int finding_compare(const void *a, const void *b);

#endif
