/* The configuration as it is kept; for the files that answer from it. */
#ifndef CONFIG_GRAPH_H
#define CONFIG_GRAPH_H

#include "base/map.h"
#include "config/config.h"

/* A module: the root, or one for all instances of a call. */
struct config_module {
	struct config_module *parent; /* NULL: the root */
	struct config_module *next;   /* of all there are */
	struct str name;              /* of its call in parent */
	struct str path;              /* "module.a.module.b", or empty */
	bool called;                  /* the call itself has been seen */
	struct str source, version;
	/* Of the call: expressions is an object, for_each an expression. */
	struct value expressions, for_each;
	struct map calls;     /* name -> struct config_module */
	struct map variables; /* name -> struct config_variable */
	struct map outputs;   /* name -> struct config_output */
	struct map types;     /* type -> struct config_type */
};

/* VALUE_NONE: there is no such key. */
struct config_variable {
	struct value default_value;
	struct value given; /* in this plan, to a root variable */
};

struct config_output {
	struct value expression;
};

/* An entry of provider_config, or a key that nothing has declared yet. */
struct config_provider_entry {
	struct str key;
	bool declared;
	struct str alias, region; /* constants, or empty */
	struct value default_tags; /* blocks of expressions */
};

struct config_resource {
	bool whole; /* else only what its attributes refer to */
	struct value expressions, for_each;
	bool refers;  /* not all expressions are constant */
	bool counted; /* it has a count that leaves a trace */
	const struct config_provider_entry *provider; /* of whole ones */
};

struct config_type {
	struct config_type *next; /* of all there are */
	struct map managed, data; /* name -> struct config_resource */
};

struct config {
	bool (*keep)(void *ctx, struct str type);
	void *ctx;
	struct arena arena;
	struct buf scratch;
	struct config_module root;
	struct config_type *types;
	struct map providers; /* key -> struct config_provider_entry */
	bool references;      /* of types that are not kept */
	struct target_cache *cache;
};

/* NULL: the configuration has no such module, or no such resource in it. */
const struct config_module *config_module(
    const struct config *config, const struct address *address);
const struct config_resource *config_resource(
    const struct config_module *module, const struct address *address);

/* The same where it need not be whole. */
const struct config_resource *config_referrer(const struct config_module *module,
    enum mode mode, struct str type, struct str name);

/* What config_targets has found out.  NULL: no memory. */
struct target_cache *target_cache_new(void);
void target_cache_free(struct target_cache *cache);

#endif
