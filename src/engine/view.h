/* The partners of one resource, as related.c judges them and gather.c finds them. */
#ifndef ENGINE_VIEW_H
#define ENGINE_VIEW_H

#include "engine/related.h"

struct partner {
	struct record *record;
	const struct link *link; /* or NULL */
};

/* Partners counted by what they answer. */
struct fold {
	size_t count[YES + 1];
	struct partner first[YES + 1][2]; /* by address */
	struct partner error;
	struct partner named[NAMED_MOST]; /* the first by address */
	size_t named_count;
};

/* What a record alone answers. */
struct answered {
	struct answered *next;
	const struct cond *cond;
	bool before, error;
	enum truth truth;
};

struct view {
	struct scene *scene;
	const struct cond *cond;
	struct record *me;
	struct fold sure, maybe;
	bool open; /* there may be one that is none of the plan's */
	bool many; /* not all were compared */
	bool settled; /* by_my: what it refers to is in the plan, or nothing */
	struct str waits;
	enum how how;	 /* of partners without a link */
	size_t compared;
};

void fold_add(struct fold *fold, const struct partner *partner,
    const struct answered *answered);
/* link: where the group was reached by it as a whole, or NULL. */
void fold_join(
    struct fold *into, const struct fold *from, const struct link *link);
/* Who asks is no partner of itself. */
void fold_leave_out(struct fold *fold, const struct record *record,
    const struct answered *answered);
size_t fold_size(const struct fold *fold);

/* What the record answers to the satisfies of cond. */
struct answer partner_ask(
    struct scene *scene, const struct cond *cond, struct record *record);

/* Fills sure, maybe and the flags; from is where the condition stands. */
void view_gather(struct view *view, const struct spot *from);

#endif
