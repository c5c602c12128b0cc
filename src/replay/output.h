/*
 * Where the lines of a run go: to a stream as they come, or to FILE.partial,
 * which becomes FILE when the last of them is on disk.
 */
#ifndef REPLAY_OUTPUT_H
#define REPLAY_OUTPUT_H

#include "base/map.h"
#include "replay/read.h"

/* A file of an earlier run whose blocks may be used again. */
struct earlier {
	FILE *in;
	struct arena arena;
	struct map blocks; /* path -> struct earlier_block */
};

struct output {
	const char *file; /* NULL: out is the caller's stream */
	char *partial, *kept; /* FILE.partial and FILE.resume */
	FILE *out;
	struct earlier earlier[2];
	size_t done; /* plans at the front that are in the file already */
};

/*
 * header is the first line.  With resume, blocks of the same inputs, whose
 * plans have not changed since, are taken over, and counted into sum.
 */
bool output_open(struct output *output, const char *file, FILE *out,
    struct str header, bool resume, const struct listing *listing,
    size_t first, size_t step, struct sum *sum, struct tfa_error *err);

/* A block of an earlier run for a plan that has not changed since. */
bool output_earlier(struct output *output, struct block *out, struct str path,
    const char *file, bool *found, struct tfa_error *err);

/* Everything is written: make it durable and give it its name. */
bool output_finish(struct output *output, struct tfa_error *err);
void output_close(struct output *output);

#endif
