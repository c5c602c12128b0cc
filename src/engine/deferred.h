/* Policy documents whose data source is read only when the plan is applied. */
#ifndef ENGINE_DEFERRED_H
#define ENGINE_DEFERRED_H

#include "engine/look.h"

/*
 * The look has ended at an attribute that is unknown.  Where its expression is
 * the one reference data.aws_iam_policy_document.x.json, and the instance that
 * it means is read later: that data source as planned.
 */
bool deferred_policy(
    struct scene *scene, const struct look *look, struct seen *data);

#endif
