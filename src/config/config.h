/*
 * The configuration section as a graph.  The plan says what will be; this says
 * whether it was written, and what it waits for.  It never says what a planned
 * value is.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "config/digest.h"
#include "plan/plan_read.h"

struct config;

/*
 * keep(ctx, type) says whether resources of a type are asked about at all.
 * NULL: out of memory.
 */
struct config *config_new(bool (*keep)(void *ctx, struct str type), void *ctx);
void config_free(struct config *config);

/*
 * Before anything is added: keep also, of types that are not asked about, what
 * their attributes refer to, for references that pass through them.
 */
void config_keep_references(struct config *config);

/* One piece, in any order; what is needed of it is copied. */
bool config_add(struct config *config, const struct config_item *item,
    struct tfa_error *err);

/* A step into a value: a name, or an index into a list. */
struct config_step {
	struct str name; /* of an attribute, block, or map key */
	bool is_index;
	size_t index;
	size_t count; /* elements of the planned list that index is of */
};

/* What the configuration says of a path that the plan masks as unknown. */
enum written {
	WRITTEN_NOT,	  /* omitted: nothing, an empty constant, or a null that
			     was passed down */
	WRITTEN_CONSTANT, /* the path's own expression is this constant */
	WRITTEN_REFERENCE, /* reaches an attribute of a resource */
	WRITTEN_OPAQUE,	  /* cannot be seen: local.*, self, {}, a dynamic block,
			     no configuration */
};

struct origin {
	enum written written;
	struct value constant; /* WRITTEN_CONSTANT */
	/*
	 * The expression's references are those of one attribute of one
	 * resource, so that a value will be there.
	 */
	bool single;
	bool dynamic; /* WRITTEN_OPAQUE: a block that no literal block writes */
	/* What it waits for, such as "aws_kms_key.k.arn" or "local.tags"; with
	 * the module call path in front where that is not the root. */
	const struct str *waits_for;
	size_t waits_for_count;
};

/*
 * How the path (steps from the resource down) of the instance at address came
 * to be masked.  The texts of out are in the arena.  False without memory.
 * digest may lack the type.
 */
bool config_origin(struct origin *out, const struct config *config,
    const struct address *address, const struct config_step *steps,
    size_t step_count, const struct digest *digest, struct arena *arena);

/*
 * Has the path an expression of its own (null constants included)?  UNKNOWN
 * where that cannot be seen.
 */
enum written config_written(const struct config *config,
    const struct address *address, const struct config_step *steps,
    size_t step_count, const struct digest *digest);

/*
 * The nearest module call around a resource: its path ("module.a.module.b"),
 * source and version constraint, in the arena; empty in the root or where not
 * known.  A ptr is NULL without memory.
 */
struct config_call {
	struct str path, source, version;
};

struct config_call config_call(const struct config *config,
    const struct address *address, struct arena *arena);

#endif
