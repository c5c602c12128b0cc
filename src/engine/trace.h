/*
 * Every condition that was asked on the way to an answer, in the order in which
 * they were asked: for whoever wants to see a derivation.  Kept only where a
 * scene has a trace.
 */
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include "engine/cond.h"

struct trace_step {
	const struct cond *cond;
	size_t depth; /* inside the step before it that has one less */
	bool flip;    /* the negation was asked for */
	const struct subject *subject; /* that it was asked of */
	struct answer answer;
};

/* Zeroed is empty. */
struct trace {
	struct trace_step *steps;
	size_t count, cap, depth;
	bool cut;    /* there were more than are kept */
	bool failed; /* out of memory: sticks */
};

void trace_free(struct trace *trace);
/* Around one condition: the first gives what the second takes. */
size_t trace_begin(
    const struct scene *scene, const struct cond *cond, bool flip);
void trace_end(
    const struct scene *scene, size_t step, const struct answer *answer);

#endif
