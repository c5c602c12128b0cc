#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

/* Chunks double: many arenas stay small. */
enum { CHUNK_LEAST = 4 * 1024, CHUNK_BYTES = 32 * 1024 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

static struct arena_chunk *
chunk_new(size_t size)
{
	struct arena_chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		return NULL;
	chunk = calloc(1, sizeof(*chunk) + size);
	if (chunk)
		chunk->size = size;
	return chunk;
}

static size_t
chunk_size(const struct arena_chunk *last)
{
	if (!last)
		return CHUNK_LEAST;
	return last->size < CHUNK_BYTES / 2 ? last->size * 2 : CHUNK_BYTES;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = arena->chunk;
	const size_t align = alignof(max_align_t);
	void *bytes;

	if (size > SIZE_MAX - align)
		return NULL;
	size = (size + align - 1) / align * align;
	if (arena->limit && (arena->used > arena->limit ||
				size > arena->limit - arena->used))
		return NULL;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t room = chunk_size(chunk);

		chunk = chunk_new(size > room ? size : room);
		if (!chunk)
			return NULL;
		/* A large piece must not hide the room left in the last. */
		if (arena->chunk && size > CHUNK_BYTES / 4) {
			chunk->next = arena->chunk->next;
			arena->chunk->next = chunk;
		} else {
			chunk->next = arena->chunk;
			arena->chunk = chunk;
		}
	}
	bytes = chunk->bytes + chunk->used;
	chunk->used += size;
	arena->used += size;
	return bytes;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, count * size);
}

struct str
arena_copy(struct arena *arena, struct str s)
{
	char *bytes = s.len < SIZE_MAX ? arena_alloc(arena, s.len + 1) : NULL;

	if (!bytes)
		return (struct str){NULL, 0};
	if (s.len)
		memcpy(bytes, s.ptr, s.len);
	return (struct str){bytes, s.len};
}

void
arena_free(struct arena *arena)
{
	struct arena_chunk *next;

	for (struct arena_chunk *chunk = arena->chunk; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	arena->chunk = NULL;
	arena->used = 0;
}

void
arena_reset(struct arena *arena)
{
	struct arena_chunk *kept = arena->chunk;

	if (!kept)
		return;
	arena->chunk = kept->next;
	arena_free(arena);
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
	arena->chunk = kept;
}

void
arena_join(struct arena *into, struct arena *from)
{
	struct arena_chunk **end = &into->chunk;

	while (*end)
		end = &(*end)->next;
	*end = from->chunk;
	into->used += from->used;
	from->chunk = NULL;
	from->used = 0;
}

bool
arena_grow(struct arena *arena, void *items, size_t count, size_t *cap,
    size_t size)
{
	void *old, *larger;
	size_t wanted = *cap ? *cap * 2 : 8;

	if (count < *cap)
		return true;
	larger = arena_array(arena, wanted, size);
	if (!larger)
		return false;
	memcpy(&old, items, sizeof(old));
	if (count)
		memcpy(larger, old, count * size);
	memcpy(items, &larger, sizeof(larger));
	*cap = wanted;
	return true;
}
