#include "base/map.h"

#include <stdlib.h>

#include "base/buf.h"

void
map_free(struct map *map)
{
	free(map->entries);
	free(map->slots);
	*map = (struct map){0};
}

static uint32_t *
slot_of(const struct map *map, struct str key, uint64_t hash)
{
	size_t mask = map->slot_count - 1;

	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &map->slots[i];
		const struct map_entry *entry;

		if (*slot == 0)
			return slot;
		entry = &map->entries[*slot - 1];
		if (entry->hash == hash && str_eq(entry->key, key))
			return slot;
	}
}

void *
map_find(const struct map *map, struct str key)
{
	uint32_t *slot;

	if (map->count == 0)
		return NULL;
	slot = slot_of(map, key, str_hash(key, map->seed));
	return *slot ? map->entries[*slot - 1].value : NULL;
}

static bool
map_rehash(struct map *map, size_t wanted)
{
	uint32_t *slots = calloc(wanted, sizeof(*slots));

	if (!slots)
		return false;
	/*
	 * Names that collide on purpose can only be prepared for a known seed,
	 * and addresses differ from run to run.  Order never depends on it.
	 */
	if (map->count == 0)
		map->seed = (uint64_t)(uintptr_t)slots;
	free(map->slots);
	map->slots = slots;
	map->slot_count = wanted;
	for (size_t i = 0; i < map->count; i++)
		*slot_of(map, map->entries[i].key, map->entries[i].hash) =
		    (uint32_t)i + 1;
	return true;
}

bool
map_reserve(struct map *map, size_t count)
{
	size_t wanted = 16;

	if (count >= UINT32_MAX / 4)
		return false;
	while (wanted < count * 2)
		wanted *= 2;
	return (wanted <= map->slot_count || map_rehash(map, wanted)) &&
	    array_reserve(
		&map->entries, &map->cap, count, sizeof(*map->entries));
}

bool
map_set(struct map *map, struct str key, void *value)
{
	uint64_t hash;
	uint32_t *slot;

	if (map->count >= UINT32_MAX - 1)
		return false;
	if (map->count * 2 >= map->slot_count &&
	    !map_rehash(map, map->slot_count ? map->slot_count * 2 : 16))
		return false;
	hash = str_hash(key, map->seed);
	slot = slot_of(map, key, hash);
	if (*slot) {
		map->entries[*slot - 1].value = value;
		return true;
	}
	if (!array_reserve(&map->entries, &map->cap, map->count + 1,
		sizeof(*map->entries)))
		return false;
	map->entries[map->count++] = (struct map_entry){key, value, hash};
	*slot = (uint32_t)map->count;
	return true;
}
