/* The containers around a place in a document, and its JSON pointer. */
#ifndef JSON_POINTER_H
#define JSON_POINTER_H

#include "base/buf.h"
#include "json/node.h"

/* An entered container. */
struct level {
	size_t depth;
	size_t index;	/* of the element at hand */
	size_t key_len; /* of the member's name, in names */
	bool object;
	bool named;	     /* the member's name is known */
	enum node_kind each; /* elements of this kind are built unasked */
	unsigned tag;	     /* as the handler's route gave it */
};

/* A zeroed pointer is at the document. */
struct pointer {
	struct level *levels;
	size_t count, cap;
	struct buf names; /* decoded names of the members at hand */
};

void pointer_free(struct pointer *pointer);

static inline struct level *
pointer_top(const struct pointer *pointer)
{
	return pointer->count ? &pointer->levels[pointer->count - 1] : NULL;
}

/* False without memory. */
bool pointer_push(struct pointer *pointer, const struct level *level);
void pointer_pop(struct pointer *pointer);
/* The member at hand of the object on top; false without memory. */
bool pointer_name(struct pointer *pointer, struct str name);
/* Its name; empty in an array or for the document. */
struct str pointer_key(const struct pointer *pointer);
void pointer_print(const struct pointer *pointer, char *out, size_t size);

#endif
