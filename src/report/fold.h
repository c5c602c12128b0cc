/*
 * Instances of one resource, in one instance of a module or in several, that
 * came to the same result: one block in what people read.
 */
#ifndef REPORT_FOLD_H
#define REPORT_FOLD_H

#include <stdint.h>

#include "report/report.h"

struct fold_member {
	const struct finding *finding;
	struct fold_member *next; /* of its block */
	size_t count;		  /* of the block; 0: not the first in it */
};

/* Every finding that the style shows, in the order of the report. */
struct fold {
	struct fold_member *members;
	size_t count;
};

/* False: out of memory.  To be freed in any case. */
bool fold_make(struct fold *fold, const struct tfa_report *report,
    const struct tfa_report_style *style);
void fold_free(struct fold *fold);

/* Bits of the keys, from the first on, that all instances have in common. */
uint64_t fold_shared_keys(const struct fold_member *first);

/* The address of a block: of several instances, with these keys alone. */
void fold_add_address(
    struct buf *out, const struct fold_member *first, uint64_t shared);

/* The other keys of an instance, one behind the other: "[\"a\"][0]". */
void fold_add_keys(
    struct buf *out, const struct finding *finding, uint64_t shared);

#endif
