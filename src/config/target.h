/*
 * What an attribute of an instance refers to: the edges of the configuration
 * graph, instance by instance.
 */
#ifndef CONFIG_TARGET_H
#define CONFIG_TARGET_H

#include "config/config.h"

/*
 * A resource or data source that a reference ends in, or passes through.  Steps
 * are module calls from the root with the keys of their instances.  A key,
 * there and of the resource, is the one of that instance, empty where there is
 * neither count nor for_each, and "[*]" where it cannot be seen and any
 * instance may be meant.
 */
struct target {
	const struct address_step *steps;
	size_t step_count;
	enum mode mode;
	struct str type, name;
	struct str key;
	struct str attribute; /* of it, such as "id"; empty: all of it */
	size_t hops; /* resources passed through on the way: 0 is direct */
	bool by_key; /* the equal key of each or count, not one that is written */
};

struct targets {
	const struct target *items; /* each once, direct ones first */
	size_t count;
	bool written; /* the attribute has an expression at all */
	bool hidden;  /* not all that it refers to can be seen: a dynamic block,
			 {}, self, no configuration, more than the depth */
	bool local;	  /* local.* is in it, and nothing else hides it */
	struct str waits; /* the first reference that cannot be seen, or empty */
};

/*
 * References of the attribute (dots cross blocks, all blocks of the name
 * together: "rule.destination.bucket") of the instance at address, followed
 * through variables, module inputs and outputs, each.value, and attributes of
 * third resources, 8 of them deep.  Texts are in the arena or in the
 * configuration.  False without memory.
 */
bool config_targets(struct targets *out, const struct config *config,
    const struct address *address, struct str attribute, struct arena *arena);

/* Does the target mean the instance at address (managed or data)? */
bool target_is(const struct target *target, const struct address *address);

/*
 * The provider configuration of an instance, followed through the providers of
 * module calls: equal identities are the same configuration.  In the arena; a
 * ptr of NULL is no memory, empty is not known.
 */
struct config_provider {
	struct str identity; /* where it is declared, "aws", "aws.eu",
				"module.a:aws" */
	struct str alias;    /* or empty */
	struct str region;   /* constant, or empty */
	struct value default_tags; /* constant tags or VALUE_NONE */
	bool default_tags_hidden;  /* there are default tags that cannot be
				      seen */
};

bool config_provider(struct config_provider *out, const struct config *config,
    const struct address *address, struct arena *arena);

#endif
