/* What text inside a plan says, read when a path asks for it. */
#ifndef ENGINE_EMBEDDED_H
#define ENGINE_EMBEDDED_H

#include "base/map.h"
#include "plan/seen.h"
#include "policy/policy.h"

/* Zeroed is empty. */
struct embedded_texts {
	struct arena arena;
	struct map read; /* node of the text and function -> struct embedded */
};

struct embedded {
	struct seen seen;    /* nothing of it is sensitive */
	const char *invalid; /* why it is none (static text), or NULL */
	const char *note;    /* what a reader must know (static text), or NULL */
};

/*
 * What call makes of a known value; kept, so that it is read once, as long as
 * the value stays where it is.  NULL without memory.
 */
const struct embedded *embedded_read(
    struct embedded_texts *embedded, enum call call, struct value text);

/* The same of an aws_iam_policy_document as planned. */
const struct embedded *embedded_blocks(
    struct embedded_texts *embedded, const struct seen *data);

/* The values that they were read from are gone. */
void embedded_reset(struct embedded_texts *embedded);
void embedded_free(struct embedded_texts *embedded);

#endif
