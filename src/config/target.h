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
 * there and of the resource, is the one of that instance, empty where the
 * reference shows that there is none, and "[*]" where it cannot be seen: any
 * instance may be meant, or the only one, which has no key.
 */
struct target {
	const struct address_step *steps;
	size_t step_count;
	enum mode mode;
	struct str type, name;
	struct str key;
	struct str attribute; /* of it, such as "id"; empty: all of it */
	size_t hops; /* resources passed through on the way: 0 is direct */
	size_t via;  /* the index, plus 1, of the last of those; 0: none */
	bool by_key; /* a key is the equal one of each or count, not written;
			where there is no such instance, any may be meant */
	bool chosen; /* one of what a for_each holds (each.value), or one output
			of a call whose outputs are not told apart
			(module.c[each.key].out): perhaps it is not this one */
	bool hidden; /* its own expression of the attribute refers on to what
			cannot be seen; or the attribute itself cannot */
	bool local;  /* hidden, and by nothing but local.* */
	struct str waits; /* hidden: the first of that, or empty */
};

struct targets {
	const struct target *items; /* each once, fewest hops first */
	size_t count;
	bool written; /* the attribute has an expression at all */
	bool hidden;  /* not all that it refers to itself can be seen: local.*,
			 a dynamic block, self, no configuration; functions
			 alone ("{}") refer to nothing */
	bool local;	  /* hidden, and by nothing but local.* */
	struct str waits; /* hidden: the first reference that cannot be seen,
			     with its module path, or empty */
	size_t blocks; /* literal ones of the first name; where the plan has
			  more, some are dynamic and not seen */
};

/*
 * References of the attribute (dots cross blocks, all blocks of the name
 * together: "rule.destination.bucket") of the instance at address, followed
 * through variables, module inputs and outputs, each.value, and attributes of
 * third resources, 8 of them deep.  Whoever looks for a type has found it at
 * the first target of the type on a way: what is reached through that
 * (target_beyond) is what that resource refers to.  Once for each attribute of a
 * resource this takes time in what it refers to, then only where keys differ.
 * Texts and items are in the arena or in the configuration.  Asks for all of
 * the configuration, and config_keep_references.  False without memory.
 */
bool config_targets(struct targets *out, const struct config *config,
    const struct address *address, struct str attribute, struct arena *arena);

/* Does the target mean the instance at address (managed or data)? */
bool target_is(const struct target *target, const struct address *address);

/* Was it reached through a managed resource of the type? */
bool target_beyond(const struct targets *targets, const struct target *target,
    struct str type);

/*
 * The provider configuration of an instance: equal identities are the same
 * configuration.  Everything is in the configuration.
 */
struct config_provider {
	struct str identity; /* where it is declared: "aws", "aws.eu",
				"module.a:aws"; or empty: not known */
	struct str alias;    /* or empty */
	struct str region;   /* constant, or empty */
	struct value default_tags; /* constant tags, or VALUE_NONE */
	bool default_tags_hidden;  /* there are default tags that cannot be
				      seen, or may be */
};

struct config_provider config_provider(
    const struct config *config, const struct address *address);

#endif
