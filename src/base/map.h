/*
 * Text to pointer, open addressing, keyed with a seed so that hostile names
 * cannot make it slow.  Keys are borrowed.  Iteration order is insertion order.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_entry {
	struct str key;
	void *value;
	uint64_t hash;
};

/* A zeroed map is empty. */
struct map {
	struct map_entry *entries; /* in order of insertion */
	size_t count, cap;
	uint32_t *slots; /* index + 1 into entries; 0: free */
	size_t slot_count;
	uint64_t seed;
};

void map_free(struct map *map);
/* The value, or NULL. */
void *map_find(const struct map *map, struct str key);
/* Room for so many; false when there is no memory. */
bool map_reserve(struct map *map, size_t count);
/* Sets or replaces; false when there is no memory. */
bool map_set(struct map *map, struct str key, void *value);

#endif
