/* A file of a replay that is read to its end, and believed only then. */
#ifndef REPLAY_WHOLE_H
#define REPLAY_WHOLE_H

#include "replay/read.h"

struct whole {
	struct replay_file file;
	struct replay_block block; /* the last one */
	struct sum sum;		   /* of the blocks so far */
};

/* The header; in is owned even after a failure. */
bool whole_open(
    struct whole *whole, const char *name, FILE *in, struct tfa_error *err);
void whole_close(struct whole *whole);

/* Its controls, which sum.heads then has, and back to the first block. */
bool whole_controls(struct whole *whole, struct tfa_error *err);

/* The next block; *end where there is none.  It is counted. */
bool whole_next(struct whole *whole, bool *end, struct tfa_error *err);

/* Behind the blocks stands what they come to, and nothing else. */
bool whole_finish(struct whole *whole, struct tfa_error *err);

#endif
