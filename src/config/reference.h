/* What an expression's references end in; for resolve.c. */
#ifndef CONFIG_REFERENCE_H
#define CONFIG_REFERENCE_H

#include "config/graph.h"

/* Texts, each once, in the order in which they were met. */
struct texts {
	struct str *items;
	size_t count, cap;
	struct map met;
};

/*
 * Gathers over any number of expressions.  Zeroed but for the arena; the maps
 * are released by trail_free, everything else is in the arena.
 */
struct trail {
	struct arena *arena;
	struct texts reached; /* attributes of resources and data sources */
	struct texts hidden;  /* what cannot be seen */
	bool opaque;          /* something cannot be seen, named or not */
	bool several;         /* it is not one attribute of one resource */
	bool failed;          /* out of memory: sticks */
	struct map visited;
	size_t depth;
};

void trail_free(struct trail *trail);

/* Where an expression stands: whose names and whose each it means. */
struct scope {
	const struct config_module *module;
	struct value for_each;
};

/*
 * Follow what expression refers to.  A constant refers to nothing; where there
 * are neither constant nor references, it cannot be seen.
 */
void trail_follow(
    struct trail *trail, const struct scope *scope, struct value expression);

#endif
