/* Conditions on related resources: which there are, and what they say. */
#ifndef ENGINE_RELATED_H
#define ENGINE_RELATED_H

#include "engine/cond.h"
#include "engine/link.h"

enum relation_kind {
	RELATION_PARTNER, /* a partner decided */
	RELATION_NONE,	  /* that there is none */
	RELATION_OPEN,	  /* it cannot be seen whether there is one */
	RELATION_UNSEEN,  /* the plan is not complete */
	RELATION_MANY,	  /* more than are compared with one resource */
};

enum { NAMED_MOST = 10 };

/* Why an answer was given that partners decided. */
struct relation {
	enum relation_kind kind;
	const struct relation *inner; /* of the partner that decided, or NULL */
	const struct related *related;
	struct str expected; /* instead of what was asked of the partner */
	struct str me; /* whose partners they are; empty: the judged resource */
	const struct record *partner; /* PARTNER; OPEN: or NULL */
	enum how how;
	bool any;	  /* the reference may mean any instance */
	struct str waits; /* what hides the join, or empty */
	/* Partners that there are, in order of addresses. */
	const struct record *named[NAMED_MOST];
	size_t named_count;
};

/* from is where the condition stands: the resource, or an element of it. */
struct answer related_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip);

/*
 * Does the pattern that the record holds at related->its cover text?  Of
 * several the largest answer.  *failed: no memory.
 */
enum truth name_covers(const struct related *related,
    const struct record *record, bool before, struct str text,
    size_t regex_steps, bool *failed);

/* --- In words, appended to out --- */

/* Why, where no look at a partner says it. */
void relation_reason(const struct relation *relation, struct buf *out);
/* "; joined by reference, then by value"; NULL: nothing. */
void relation_how(const struct relation *relation, struct buf *out);
/* What it waits for, or empty. */
struct str relation_waits(const struct relation *relation);

#endif
