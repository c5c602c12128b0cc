/* What a condition answers.  In this order "and" is the smaller. */
#ifndef OP_TRUTH_H
#define OP_TRUTH_H

enum truth { NO, UNKNOWN, YES };

static inline enum truth
truth_and(enum truth a, enum truth b)
{
	return a < b ? a : b;
}

static inline enum truth
truth_or(enum truth a, enum truth b)
{
	return a > b ? a : b;
}

static inline enum truth
truth_not(enum truth a)
{
	return (enum truth)(YES - a);
}

#endif
