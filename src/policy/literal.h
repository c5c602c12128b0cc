/*
 * Values in a policy file: scalars typed by the core schema of YAML 1.2, where
 * what YAML 1.1 would have read otherwise must be quoted.
 */
#ifndef POLICY_LITERAL_H
#define POLICY_LITERAL_H

#include "policy/load.h"

/* What a node is as a value; fails for a scalar that must be quoted. */
bool literal_kind(
    struct load *load, const struct tree *node, enum node_kind *kind);

/* Replaces {param: name} by what stands for it, and marks that as used. */
bool literal_resolve(struct load *load, const struct tree **node);

/*
 * *unset: a parameter that it asks for is null, "", [] or {}.  The parameters
 * count as used.
 */
bool literal_unset(struct load *load, const struct tree *node, bool *unset);

/* Null, "", [] or {}. */
bool literal_is_empty(const struct tree *node);

/* Is it {value_of: PATH}? */
bool literal_is_path(const struct tree *node);

/*
 * The same as literal_read with params replaced; the paths of every value_of
 * in it go to *paths.
 */
bool literal_read_open(struct load *load, const struct tree *node,
    struct value *out, struct value_paths *paths);

/* The value, in the set's arena; resolve: params in it are replaced. */
bool literal_read(struct load *load, const struct tree *node, bool resolve,
    struct value *out);

/*
 * One more name for "param"; node must not ask for others, but may be a
 * value_of.
 */
bool argument_add(struct load *load, struct argument **list,
    const struct tree *member, const struct tree *node);
/* Not more names than can be looked up one by one. */
bool arguments_count(struct load *load, const struct tree *node);
/* Fails where one of the list was never asked for. */
bool arguments_used(
    struct load *load, const struct argument *list, const char *what);

#endif
