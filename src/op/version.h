/* Versions, in the order of Semantic Versioning, and the operator "version". */
#ifndef OP_VERSION_H
#define OP_VERSION_H

#include "op/op.h"

/* Slices of the text that was read. */
struct version {
	struct str numbers; /* "1.28", or "8.0.mysql_aurora.3.05.2" */
	struct str before;  /* what stands behind "-", or empty */
};

/*
 * An optional "v", parts with dots of which the first is a number, "-" and the
 * mark of a pre-release, "+" and a build, which has no order.
 */
bool version_read(struct version *out, struct str text);

/*
 * Parts that are missing are zero: 1.28 is 1.28.0.  False where the order
 * would hang on words that differ, as of 8.0.28 and 8.0.mysql_aurora.3; they
 * are not equal then.
 */
bool version_cmp(
    int *order, const struct version *a, const struct version *b);

op_eval op_version;

#endif
