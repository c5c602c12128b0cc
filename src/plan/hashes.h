/* A set of 64-bit hashes.  A zeroed set is empty. */
#ifndef PLAN_HASHES_H
#define PLAN_HASHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hashes {
	uint64_t *slots; /* open addressing; 0 is free */
	size_t count, cap;
};

void hashes_free(struct hashes *set);
/* Empty, with its memory kept where that is little. */
void hashes_clear(struct hashes *set);
bool hashes_has(const struct hashes *set, uint64_t hash);
/* False without memory; *added tells whether it was new. */
bool hashes_add(struct hashes *set, uint64_t hash, bool *added);

#endif
