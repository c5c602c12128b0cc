/* Controls as a page of Markdown. */
#ifndef REPORT_HANDBOOK_H
#define REPORT_HANDBOOK_H

#include <stdio.h>

#include "base/error.h"
#include "policy/policy.h"

/* Every control of the set, whole, by the packs that they came in. */
bool handbook_write(
    const struct tfa_policies *policies, FILE *out, struct tfa_error *err);

#endif
