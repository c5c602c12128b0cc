/*
 * A policy file as written: a small tree with the place of everything, checked
 * for what the closed schema refuses whatever the keys mean.
 */
#ifndef POLICY_TREE_H
#define POLICY_TREE_H

#include "base/arena.h"
#include "base/error.h"

struct load;

enum tree_kind { TREE_SCALAR, TREE_LIST, TREE_MAP };

struct tree {
	enum tree_kind kind;
	bool plain;	 /* TREE_SCALAR: not quoted, no block */
	struct pos pos;
	struct str text; /* TREE_SCALAR */
	struct str key;	 /* of a mapping's member */
	struct pos key_pos;
	struct tree *first, *next; /* elements, members; siblings */
	size_t count;
};

/*
 * The documents of load's text, linked by next; NULL where there are none.
 * They live in load's scratch arena.
 */
bool tree_read(struct tree **out, struct load *load);

/* NULL: node is no mapping, or has no such key. */
const struct tree *tree_member(const struct tree *node, const char *key);

/* "a list", "a mapping", "nothing" or "text". */
const char *tree_kind_name(const struct tree *node);

/* Plain and empty, "~" or "null": no value. */
bool tree_is_null(const struct tree *node);

#endif
