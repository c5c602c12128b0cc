/*
 * Hashes of every text that must not be shown.  A place is a hash too: of a
 * path into resources of a type, or of a variable.  What is written at a place
 * of the configuration is secret once the place turns out to be, before or
 * after it was met.
 */
#ifndef PLAN_SECRETS_H
#define PLAN_SECRETS_H

#include "json/node.h"
#include "plan/hashes.h"

struct secrets {
	uint64_t seed; /* set it before the first use */
	struct hashes texts;
	struct hashes closed; /* places */
	struct secrets_held {
		uint64_t place, text;
	} *held; /* of places that may yet be closed */
	size_t held_count, held_cap;
	struct buf scratch;
	bool failed; /* out of memory: sticks */
};

void secrets_free(struct secrets *secrets);

/* Every string and number in value; for numbers false, strings alone. */
void secrets_add(struct secrets *secrets, struct value value, bool numbers);
/*
 * What stands under a true of the mask, of which the first one decides.  A true
 * with nothing beside it (a write-only argument) closes its place.
 */
void secrets_add_masked(struct secrets *secrets, struct value value,
    struct value mask, uint64_t place);

/* The place of name below another, of which 0 is none. */
uint64_t secrets_place(
    const struct secrets *secrets, uint64_t place, struct str name);
void secrets_close(struct secrets *secrets, uint64_t place);
/* value is at a place; expression: it is one of the configuration. */
void secrets_hold(struct secrets *secrets, struct value value, uint64_t place);
void secrets_hold_expression(
    struct secrets *secrets, struct value expression, uint64_t place);

/* Nothing more will come: what is held is secret now or dropped. */
void secrets_settle(struct secrets *secrets);
bool secrets_has(const struct secrets *secrets, struct str text);

#endif
