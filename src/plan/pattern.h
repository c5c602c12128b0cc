/*
 * Patterns for resource addresses, as waivers name what they cover: an address,
 * where "[*]" is any key or none, and "**" any number of module calls.
 *
 *	module.legacy.aws_ecr_repository.this[*]
 *	**.aws_ecr_repository.this
 *
 * Mode, type and name are always written out, so no pattern fits everything.
 */
#ifndef PLAN_PATTERN_H
#define PLAN_PATTERN_H

#include "plan/address.h"

struct pattern {
	struct str text;
	/* Calls; a step without a name stands for "**". */
	const struct address_step *steps;
	size_t step_count;
	struct address resource; /* behind them, with no steps of its own */
};

/*
 * The pattern points into text, its steps are in the arena.  False where text
 * is no pattern; *message (static) says why, or is NULL without memory.
 */
bool pattern_read(struct pattern *out, struct str text, struct arena *arena,
    const char **message);

/* Without memory scratch->failed is set, and the answer means nothing. */
bool pattern_fits(const struct pattern *pattern,
    const struct address *address, struct buf *scratch);

#endif
