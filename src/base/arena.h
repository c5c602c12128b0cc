/*
 * Memory that dies together: pieces are never freed one by one.  A limit, where
 * set, makes allocation fail as malloc would.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena_chunk;

/* A zeroed arena is ready for use. */
struct arena {
	struct arena_chunk *chunk;
	size_t used;  /* handed out, all chunks */
	size_t limit; /* 0: none */
};

/* Zeroed memory aligned for any type; NULL when there is none. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/* A copy with a NUL behind it; its ptr is NULL when there is no memory. */
struct str arena_copy(struct arena *arena, struct str s);

/* Free everything; the arena is ready for use again. */
void arena_free(struct arena *arena);

/* Forget everything but keep one chunk, for work that comes again and again. */
void arena_reset(struct arena *arena);

/* What lived in from lives in into; from is empty afterwards. */
void arena_join(struct arena *into, struct arena *from);

/*
 * Make *items (count of them in use, *cap allocated, size bytes each) hold one
 * more, by moving to a larger piece of the arena.
 */
bool arena_grow(struct arena *arena, void *items, size_t count, size_t *cap,
    size_t size);

#endif
