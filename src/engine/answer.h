/* Making answers: what the kinds of conditions have in common. */
#ifndef ENGINE_ANSWER_H
#define ENGINE_ANSWER_H

#include "engine/cond.h"

static inline enum truth
truth_of(bool yes)
{
	return yes ? YES : NO;
}

static inline struct answer
answer_of(const struct cond *cond, const struct look *look, enum truth truth)
{
	return (struct answer){.truth = truth, .cond = cond, .look = look};
}

/* why is static text. */
static inline struct answer
answer_error(const struct cond *cond, const struct look *look, const char *why)
{
	return (struct answer){.truth = UNKNOWN, .error = true, .cond = cond,
	    .look = look, .why = why};
}

/*
 * The smaller (all) or larger (any) of two; the first of equals, but an error
 * is told before an unknown.
 */
struct answer answer_join(struct answer a, struct answer b, bool all);

/* What the condition says of what is unset. */
struct answer answer_unset(
    const struct cond *cond, const struct look *look, bool flip);

/* A copy in the scene's arena; NULL with scene->failed. */
struct look *look_kept(struct scene *scene, struct look look);

/* Does a map's mask show members that its value does not, and how many? */
size_t hidden_elements(struct scene *scene, const struct seen *seen);

/*
 * The list that the quantifier is about, with its default.  False where *out is
 * the answer already.
 */
bool quantified(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip, struct look **look,
    struct answer *out);

/* COND_FIRST and COND_PORT. */
struct answer first_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip);
struct answer port_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip);

/*
 * What the condition compares with, where the plan has it.  False where *out
 * is the answer already: it is unset, unknown or nothing to compare with.
 */
bool operand_fill(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip, struct op_args *args,
    struct answer *out);

/* The condition's own default, where it has one, is from the plan. */
void default_take(struct scene *scene, struct look *look,
    const struct cond *cond, const struct spot *from);

#endif
