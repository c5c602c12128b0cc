/*
 * What an expression refers to, as Terraform prints traversals:
 * "module.a[\"k\"].out", "data.aws_x.y[0].id".
 */
#ifndef CONFIG_TRAVERSAL_H
#define CONFIG_TRAVERSAL_H

#include "json/node.h"

/* A traversal and how far it has been read. */
struct traversal {
	struct str text, rest;
};

/* What its first name says that it leads to. */
enum head {
	HEAD_RESOURCE, /* the name is a type */
	HEAD_DATA,     /* the type follows */
	HEAD_VAR,
	HEAD_MODULE,
	HEAD_EACH,
	HEAD_LOCAL,
	HEAD_NOTHING, /* known to everyone: count, path, terraform */
	HEAD_HIDDEN,  /* what a plan does not show */
};
enum { HEADS = HEAD_HIDDEN + 1 };

enum head traversal_head(struct str name);

/* A name, with the dot before it left away, or empty where none follows. */
struct str traversal_name(struct traversal *at);
/* "[key]" with its brackets, or empty where none follows. */
struct str traversal_key(struct traversal *at);

/*
 * The traversals of a list of references, without the prefixes that stand
 * behind each of them.  Texts are in the arena.
 */
struct traversals {
	struct value_iter it;
	struct arena *arena;
	struct str text, before;
	bool strange; /* an entry was no text */
	bool failed;  /* out of memory */
};

struct traversals traversals_of(struct value references, struct arena *arena);
bool traversals_step(struct traversals *it);

/* An expression, not a block: an object with references or a constant. */
bool is_expression(struct value v);

#endif
