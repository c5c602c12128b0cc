#include "plan/hashes.h"

#include <stdlib.h>
#include <string.h>

enum { CAP_LEAST = 16, CAP_KEPT = 256 };

void
hashes_free(struct hashes *set)
{
	free(set->slots);
	*set = (struct hashes){0};
}

void
hashes_clear(struct hashes *set)
{
	if (set->cap > CAP_KEPT)
		hashes_free(set);
	else if (set->count)
		memset(set->slots, 0, set->cap * sizeof(*set->slots));
	set->count = 0;
}

static uint64_t *
slot_of(uint64_t *slots, size_t cap, uint64_t hash)
{
	size_t i = (size_t)(hash ^ hash >> 32) & (cap - 1);

	while (slots[i] && slots[i] != hash)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static bool
grow(struct hashes *set)
{
	size_t wanted = set->cap ? set->cap * 2 : CAP_LEAST;
	uint64_t *slots = calloc(wanted, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < set->cap; i++) {
		if (set->slots[i])
			*slot_of(slots, wanted, set->slots[i]) = set->slots[i];
	}
	free(set->slots);
	set->slots = slots;
	set->cap = wanted;
	return true;
}

bool
hashes_has(const struct hashes *set, uint64_t hash)
{
	return set->count && *slot_of(set->slots, set->cap, hash ? hash : 1);
}

bool
hashes_add(struct hashes *set, uint64_t hash, bool *added)
{
	uint64_t *slot;

	if (set->count * 2 >= set->cap && !grow(set))
		return false;
	if (!hash)
		hash = 1;
	slot = slot_of(set->slots, set->cap, hash);
	*added = *slot == 0;
	set->count += *slot == 0;
	*slot = hash;
	return true;
}
