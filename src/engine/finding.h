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

/* Order of reports: severity, control, address, plan. */
int finding_compare(const void *a, const void *b);

#endif
