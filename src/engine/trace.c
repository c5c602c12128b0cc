#include "engine/trace.h"

#include <stdlib.h>

enum { STEPS_MOST = 2000 };

void
trace_free(struct trace *trace)
{
	free(trace->steps);
	*trace = (struct trace){0};
}

size_t
trace_begin(const struct scene *scene, const struct cond *cond, bool flip)
{
	struct trace *trace = scene->trace;

	if (!trace)
		return 0;
	trace->depth++;
	if (trace->count == STEPS_MOST) {
		trace->cut = true;
		return SIZE_MAX;
	}
	if (!array_reserve(&trace->steps, &trace->cap, trace->count + 1,
		sizeof(*trace->steps))) {
		trace->failed = true;
		return SIZE_MAX;
	}
	trace->steps[trace->count] = (struct trace_step){.cond = cond,
	    .depth = trace->depth - 1,
	    .flip = flip,
	    .subject = scene->subject};
	return trace->count++;
}

void
trace_end(const struct scene *scene, size_t step, const struct answer *answer)
{
	struct trace *trace = scene->trace;

	if (!trace)
		return;
	trace->depth--;
	if (step < trace->count)
		trace->steps[step].answer = *answer;
}
