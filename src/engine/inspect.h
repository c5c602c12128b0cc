/*
 * Keeps the resources that are asked about while the plan is read, and looks
 * into them when it is whole.
 */
#ifndef ENGINE_INSPECT_H
#define ENGINE_INSPECT_H

#include "engine/inspection.h"
#include "engine/run.h"

struct inspector;

/* NULL without memory. */
struct inspector *inspector_new(const char *address);
void inspector_free(struct inspector *inspector);

/* A subject of the plan has come. */
bool inspect_take(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err);
/*
 * The plan is whole: fill report->inspection.  Fails with TFA_ERR_USAGE where
 * it has no resource of that address.
 */
bool inspect_settle(struct tfa_eval *eval, struct tfa_error *err);

/* --- For the files that do it --- */

/* A look as it is shown, in the report's arena.  cond may be NULL. */
bool inspect_look(struct inspected_value *out, struct tfa_eval *eval,
    const struct subject *subject, const struct cond *cond,
    const struct look *look, bool before);

/* Everything at the subject, or only what controls read. */
bool inspect_values(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject, bool all);
bool inspect_derivations(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject);

#endif
