/* From a condition as written to struct cond; for the loader's own files. */
#ifndef POLICY_COND_READ_H
#define POLICY_COND_READ_H

#include "policy/load.h"

/* flip: its negation is wanted. */
bool cond_read(struct load *load, const struct cond **out,
    const struct tree *node, bool flip);

/* What "define" holds can be used from now on. */
bool definitions_add(struct load *load, const struct tree *node);
/* All of it was used somewhere. */
bool definitions_used(struct load *load);
/* The condition of that name; with may be NULL. */
bool use_read(struct load *load, const struct cond **out,
    const struct tree *name, const struct tree *with, bool flip);

/* The operator's argument: fills cond->args by cond->op. */
bool operand_read(
    struct load *load, struct cond *cond, const struct tree *node);
/* {at_least: 1, at_most: 2} or {equals: 1}, from three nodes or NULL. */
bool operand_range(struct load *load, struct cond *cond,
    const struct tree *const nodes[3]);
/* The arguments of version, date and cidr. */
bool limits_check(
    struct load *load, struct cond *cond, const struct tree *node);
bool cidr_check(struct load *load, const struct tree *node);
/* Is it a default that the operator can use? */
bool limits_check_default(
    struct load *load, const struct cond *cond, const struct tree *node);

/* A number or a list of them. */
bool operand_numbers(
    struct load *load, struct value *out, const struct tree *node);
/* Neither null nor empty. */
bool operand_default(
    struct load *load, struct cond *cond, const struct tree *node);

/* Fills cond->expected and cond->enumeration from everything else. */
bool cond_describe(struct load *load, struct cond *cond);
/* Fills related->words and cond->expected. */
bool related_describe(
    struct load *load, struct cond *cond, struct related *related);

#endif
