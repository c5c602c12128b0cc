/*
 * A path, walked down the expressions of a resource; for resolve.c and
 * provenance.c.
 */
#ifndef CONFIG_WALK_H
#define CONFIG_WALK_H

#include "config/config.h"
#include "config/traversal.h"

struct view {
	const struct str *type;      /* as the digest knows it */
	const struct digest *digest; /* NULL: nothing is known */
	const struct config_step *steps;
	size_t count;
};

enum found {
	FOUND_EXPRESSION,
	FOUND_BLOCK,   /* the path ends at one or more blocks */
	FOUND_MISSING, /* step names what is not there */
	FOUND_MANY,    /* an array of blocks, and step is inside one of them */
	FOUND_HIDDEN,
};

/* Where a walk has come to; step is the first that was not taken. */
struct spot {
	enum found found;
	struct value value;
	size_t step;
};

/* Null, "", [], {} or nothing. */
bool is_empty(struct value v);

/*
 * What the schema says of the first so many steps; of an attribute's inside,
 * what it says of the attribute.
 */
struct digest_path view_schema(const struct view *view, size_t count);

/* Is no name behind the step? */
bool is_last_name(const struct view *view, size_t step);

/* From the content of a block, with the steps from step on. */
struct spot view_walk(
    const struct view *view, struct value content, size_t step);

#endif
