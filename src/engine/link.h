/*
 * Which resource refers to which: links between all resources of two kinds by
 * one attribute, made once, in time linear in resources and links.
 */
#ifndef ENGINE_LINK_H
#define ENGINE_LINK_H

#include "engine/partner.h"

enum how { BY_REFERENCE, BY_VALUE, BY_INFERENCE, BY_PLAN, BY_NAME };

/* Resources that a link leads to together: nothing tells them apart. */
struct group {
	struct record **items; /* in order of addresses */
	size_t count, cap;
	struct inlet *inlets; /* one for each set of links that lead here */
	struct memo *memos;   /* of items */
};

/* The links of one set that lead to a group. */
struct inlet {
	struct inlet *next;
	const struct links *links;
	struct group *group;
	struct link *first, *last;
	struct memo *memos; /* of where they come from */
};

struct link {
	struct link *next_out, *next_in;
	struct record *from;
	struct inlet *to;
	enum how how;
	bool any;	  /* any instance may be meant */
	bool maybe;	  /* it may be joined or not */
	struct str waits; /* what hides it, or empty */
};

struct out {
	struct link *first, *last;
	bool open;	  /* it may refer to any of them, or to none */
	bool unset;	  /* it refers to nothing at all */
	struct str waits; /* open: what hides it, or empty */
};

struct way {
	struct way *next;
	struct inlet *inlet;
};

struct links {
	struct kind *from, *to;
	struct out *outs;  /* of each record of from */
	struct way **ways; /* of each record of to: inlets that lead to it */
	struct group *open; /* records of from that are open, or NULL */
};

struct joins {
	struct partners partners;
	bool strict; /* nothing is inferred */
	bool whole;  /* the plan is complete */
	struct map links; /* from, attribute, to, before -> struct links */
	struct map rulings; /* of settings on defaults: see setting.c */
};

void joins_free(struct joins *joins);

/* Of what is, or was before.  NULL without memory. */
const struct links *links_get(struct joins *joins, struct kind *from,
    struct str attribute, struct kind *to, bool before);

/* The records of a kind.  NULL without memory. */
struct group *kind_all(struct joins *joins, struct kind *kind);
/*
 * Those with that identity of a provider configuration; one without records
 * where there are none.  NULL without memory.
 */
struct group *kind_of_provider(
    struct joins *joins, struct kind *kind, struct str identity);

/* For link.c, from group.c: the instances that a target means. */
struct group *kind_target(struct joins *joins, struct kind *kind,
    const struct target *target, bool *any);
struct group *kind_module(
    struct joins *joins, struct kind *kind, struct str module);
struct group *record_alone(struct joins *joins, struct record *record);
bool group_add(
    struct group *group, struct record *record, struct arena *arena);

#endif
