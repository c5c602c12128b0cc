/* Equality where parts of either side may be unknown. */
#ifndef OP_EQUAL_H
#define OP_EQUAL_H

#include "op/op.h"

/* Neither may be invalid. */
static inline enum op_answer
answer_and(enum op_answer a, enum op_answer b)
{
	return a < b ? a : b;
}

static inline enum op_answer
answer_or(enum op_answer a, enum op_answer b)
{
	return a > b ? a : b;
}

/* Is the mask over the whole of it, so that there may be more in it? */
static inline bool
seen_open(struct seen seen)
{
	return value_kind(seen.unknown) == NODE_TRUE;
}

/*
 * value_equal over everything known: NO where a known part differs, else
 * UNKNOWN where something is unknown.  Without memory scratch->failed is set
 * and the answer means nothing.
 */
enum op_answer seen_equal(struct seen a, struct seen b,
    const struct op_args *args, struct buf *scratch);

/* A number, or text that is one by JSON's grammar; may point into scratch. */
struct decimal;
bool value_number(struct decimal *out, struct value v, struct buf *scratch);

#endif
