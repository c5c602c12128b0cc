/*
 * Where the value of a path came from: its expression, followed through
 * variables, module inputs, outputs and each.value to what a person wrote.  For
 * telling, never for deciding: functions and conditions leave no trace.
 */
#ifndef CONFIG_PROVENANCE_H
#define CONFIG_PROVENANCE_H

#include "config/config.h"

enum provenance_kind {
	PROVENANCE_LITERAL,	     /* written in a block, or in an output */
	PROVENANCE_MODULE_INPUT,     /* the argument of a module call */
	PROVENANCE_NULL_INPUT,	     /* the same, and it is null */
	PROVENANCE_VARIABLE_DEFAULT, /* of a variable that nobody sets */
	PROVENANCE_ROOT_VARIABLE,    /* set with -var, a .tfvars file, ... */
	PROVENANCE_REFERENCE,	     /* an attribute of another resource */
	PROVENANCE_EXPRESSION,	     /* made of the candidates */
	PROVENANCE_DYNAMIC,	     /* a dynamic block */
	PROVENANCE_OMITTED,	     /* nothing writes it */
	PROVENANCE_UNKNOWN,	     /* local.*, self, no configuration */
};

/* What a person edits. */
struct edit {
	struct str what; /* "module \"b\" in module.a", "variable \"x\"", ... */
	struct str source, version; /* of the module call, or of the module
				       that it stands in, or empty */
	struct str attribute; /* argument or path in it, or empty */
	bool is_call;
	bool own_block; /* the path in the resource's own block */
	bool by_control; /* attribute is what the caller knew of the module */
};

struct provenance {
	enum provenance_kind kind;
	bool null; /* what was written or is the default is null */
	bool rewritten; /* LITERAL: the plan has another value, which the
			   provider made of it or ignore_changes kept */
	struct config_call call; /* the module that decided; empty: the root */
	struct edit edit;
	struct str reference; /* UNKNOWN, REFERENCE: with its module path */
	const struct str *candidates; /* EXPRESSION: what could be edited */
	size_t candidate_count, more; /* and so many that are not listed */
	size_t blocks; /* the path is in one of several blocks; else 0 */
};

struct provenance_query {
	const struct config *config;
	const struct digest *digest; /* NULL: nothing is known */
	const struct address *address;
	const struct config_step *steps; /* none: the resource itself */
	size_t step_count;
	bool set;	/* the plan has a value there, be it unknown */
	bool existed;	/* there was an object before */
	bool objects;	/* that value is a list of some */
	bool is_scalar; /* that value is one, with the hash of its text */
	uint64_t scalar_hash;
	/* Of a module source: the argument that governs the path, or empty. */
	struct str (*input)(const void *ctx, struct str source);
	const void *ctx;
};

/* The hash of a scalar's text; false for anything else, or without memory. */
bool provenance_hash(uint64_t *out, struct value value, struct buf *scratch);

/* Texts are in the arena or in the configuration.  False without memory. */
bool provenance_find(struct provenance *out,
    const struct provenance_query *query, struct arena *arena);

#endif
