/*
 * What an attribute of a resource refers to, for all its instances at once: the
 * keys that differ from one to the next are named by where they come from.  For
 * target.c.
 */
#ifndef CONFIG_EDGE_H
#define CONFIG_EDGE_H

#include "config/graph.h"
#include "config/target.h"

enum key_from {
	KEY_ANY,  /* it cannot be seen */
	KEY_TEXT, /* it is written */
	KEY_STEP, /* of a module step of the instance that is asked about */
	KEY_OWN,  /* of that instance itself */
};

struct key {
	enum key_from from;
	size_t step;	  /* KEY_STEP */
	struct str text;  /* KEY_TEXT */
	/*
	 * Or not the key itself, but what a constant for_each has under it and,
	 * where part is not empty, under those names.
	 */
	struct value table;
	struct str part;
	bool meant; /* by each or count, where none is written */
};

/* An instance of a module; each is made once. */
struct place {
	const struct place *outer; /* NULL: the root */
	const struct config_module *module;
	struct key key;
	size_t depth;
	bool varies; /* with the instance that is asked about */
	bool meant;  /* a key of it, as above */
};

struct sight {
	bool hidden;	  /* something cannot be seen */
	bool other;	  /* something that is not local.* */
	struct str waits; /* the first */
};

struct edge {
	const struct place *place;
	struct key key;
	enum mode mode;
	struct str type, name, attribute;
	size_t hops, via;
	bool by_key, chosen;
	bool by_count, by_each; /* what the resource is known to be made by */
	struct sight sight;
};

struct edges {
	struct edge *items;
	size_t count, cap;
	struct sight sight;
	bool written;
	size_t blocks;
	bool varies; /* with the instance */
	const struct target *fixed; /* where they do not vary */
};

struct target_cache {
	struct arena arena;
	struct map edges;  /* resource and attribute -> struct edges */
	struct map places; /* -> struct place */
	size_t read;	   /* references, of all questions */
	struct buf text;
};

/*
 * The edges of an attribute of the resource of that name, in a place that
 * stands for the module steps of the address.  In the cache's arena; NULL: no
 * memory.
 */
struct edges *edges_find(struct target_cache *cache,
    const struct config *config, const struct address *address,
    struct str attribute);

#endif
