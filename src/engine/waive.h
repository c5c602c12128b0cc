/*
 * What is accepted or known: waivers, skips of other tools in the source, and an
 * earlier result.  They change what a failure counts as, never the raw verdict
 * or the change class.
 */
#ifndef ENGINE_WAIVE_H
#define ENGINE_WAIVE_H

#include "engine/run.h"
#include "hcl/skip.h"

/*
 * The waivers of the control that fit the subject, whatever their dates, in
 * the report's arena.  False without memory.
 */
bool waivers_match(const struct waiver_match **out, struct tfa_eval *eval,
    const struct subject *subject, const struct control *control, bool before);

/* A verdict that no finding tells: the waivers that fit have no use for it. */
void waivers_note(struct tfa_report *report, const struct waiver_match *matches,
    enum verdict verdict);

/* Every finding is there: apply waivers, then the baseline. */
bool waive_findings(struct tfa_report *report, struct tfa_error *err);

/* The finding is waived by one of these comments on its block, if any fits. */
bool waive_by_skip(struct tfa_report *report, struct finding *finding,
    const struct skip *skips);

#endif
