/* A condition with its keys told apart: between cond_read.c and cond_leaf.c. */
#ifndef POLICY_COND_PARTS_H
#define POLICY_COND_PARTS_H

#include "policy/load.h"
#include "policy/shape.h"

/* Companions. */
enum part {
	PART_PATH,
	PART_ANY_PATH,
	PART_EVERY_PATH,
	PART_THEN,
	PART_SATISFIES,
	PART_AT_LEAST, /* these three of count only, in this order */
	PART_AT_MOST,
	PART_EQUALS,
	PART_DEFAULT,
	PART_SOURCE,
	PART_IF_UNSET,
	PART_STRICTLY,
	PART_SHOW,
	PART_SENTINEL,
	PART_IGNORING_CASE,
	PART_WITH,
	PART_WHERE_ITS,
	PART_BY_MY,
	PART_IN_PLAN,
	PART_NAME_MATCHES,
	PART_QUANTIFIER,
	PART_IF_NONE,
	PART_ORDERED_BY,
	PART_END,
};

struct word;

struct parts {
	const struct tree *node;     /* the condition */
	const struct tree *argument; /* of its operator */
	const struct word *word;     /* the operator, or NULL: op is it */
	const struct op *op;
	unsigned takes; /* bits of companions */
	const struct tree *at[PART_END];
};

/* A word of conditions, for their schema. */
struct cond_word {
	const char *name, *help;
	const struct op *op;       /* of op/op.h, or */
	const struct shape *shape; /* what stands behind it */
	unsigned takes;            /* bits of companions */
	unsigned needs, one_of;    /* of these all, exactly one */
	enum part part;            /* PART_END: an operator */
	bool counting;             /* count, or only beside it */
};

/* False behind the last. */
bool cond_word_at(size_t index, struct cond_word *out);

/* Fails where the operator's companion, called name, is missing. */
bool parts_need(struct load *load, const struct parts *parts, enum part part,
    const char *name);

/* NULL with the error set: no memory, or too much made of one file. */
struct cond *cond_new(
    struct load *load, const struct tree *node, enum cond_kind kind);

/* Also notes which attribute of the resource it reads. */
bool cond_path(struct load *load, struct path *out, const struct tree *node);

/* default, source and if_unset. */
bool cond_unset(
    struct load *load, struct cond *cond, const struct parts *parts);

/* One more name that is read. */
bool attribute_add(
    struct load *load, struct attributes *attributes, struct str name);

/* "related" with its companions. */
bool cond_related(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip);

/* Whichever operator the parts have. */
bool cond_read_parts(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip);

typedef bool cond_reader(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip);

/* port, by_type, and a mapping from types where a path stands. */
cond_reader cond_port, cond_by_type, cond_by_path;

/* parts->op on the paths. */
bool cond_test(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip);

#endif
