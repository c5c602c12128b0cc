/* Resources by the texts that others may call them by. */
#ifndef ENGINE_VALUE_H
#define ENGINE_VALUE_H

#include "engine/link.h"

/*
 * An index of one kind that holds only what is looked for: texts are asked for
 * first, then the kind is read once, then they are found.
 */
struct values {
	struct joins *joins;
	struct kind *kind;
	struct str also; /* a further attribute that identifies */
	bool before;
	struct map texts;   /* -> struct group */
	struct map modules; /* text NUL module -> struct group */
	struct map found;   /* text NUL module NUL provider -> struct found */
	struct buf key;
};

struct found {
	const struct group *group; /* NULL: none */
	bool maybe; /* only in another provider configuration */
};

void values_free(struct values *values);

/* The text, and the parts of it that may be a name; false without memory. */
bool values_ask(struct values *values, struct str text);
bool values_read(struct values *values);

/*
 * The resources that text is of, for a resource that says it: those of its own
 * module instance, else all, each time of its own provider configuration if the
 * text is a name.  NULL without memory.
 */
const struct found *values_find(
    struct values *values, struct record *from, struct str text);
/* All that the text is of, or NULL. */
const struct group *values_all(const struct values *values, struct str text);

enum { PARTS_MOST = 16 };

/* The parts of a text that may be names, the last first; how many. */
size_t text_parts(struct str text, struct str parts[PARTS_MOST]);

#endif
