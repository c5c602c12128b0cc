/*
 * A value together with its masks: the only way in which a planned value is
 * looked at.  Masks are walked beside the value; the first boolean decides for
 * everything below it.
 */
#ifndef PLAN_SEEN_H
#define PLAN_SEEN_H

#include "plan/subject.h"

struct seen {
	struct value value;	 /* VALUE_NONE: the key is absent */
	struct value unknown;	 /* mask; VALUE_NONE: nothing unknown */
	struct value sensitive;	 /* mask; VALUE_NONE: nothing sensitive */
	bool absent_is_unknown;	 /* planned_values without a mask */
};

/* All of a subject, as it will be or as it was. */
struct seen subject_seen(const struct subject *subject, bool before);

/* The member of an object; of anything else, nothing with its masks kept. */
struct seen seen_member(struct seen from, struct str name);
/* The element of a list. */
struct seen seen_item(struct seen from, size_t index);

/*
 * Is the value as a whole unknown: masked true at or above it, with nothing
 * known there?  (A masked set may hold known elements.)
 */
bool seen_unknown(struct seen seen);
/* Is there anything unknown in it, at any depth? */
bool seen_partly_unknown(struct seen seen);
/* Is any of it sensitive, at, above or below? */
bool seen_sensitive(struct seen seen);

/* Steps over the elements of a list or the values of a map. */
struct seen_iter {
	struct seen from;
	struct value_iter it;
	struct value_iter unknown, sensitive; /* of lists, beside it */
	size_t index;
	struct seen seen; /* the current one */
};

struct seen_iter seen_each(struct seen from);
bool seen_step(struct seen_iter *it);

#endif
