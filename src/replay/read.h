/* A file of a replay, line by line and block by block, trusted for nothing. */
#ifndef REPLAY_READ_H
#define REPLAY_READ_H

#include "replay/sum.h"

struct replay_file {
	const char *name; /* for errors; borrowed */
	FILE *in;	  /* owned */
	struct buf line;  /* the last one, with its line feed */
	uint64_t at;	  /* bytes read so far, of whole lines */
	struct arena arena; /* of the header */
	struct str header; /* without its shard and its end */
	struct str inputs; /* digest */
	uint64_t listed;   /* plans of the whole population */
	struct str population; /* digest */
	uint64_t shard, shards; /* 0 and 0: not a shard */
};

enum replay_next {
	NEXT_BLOCK,
	NEXT_CONTROL, /* line is the first "control" or the "end" */
	NEXT_CUT,     /* the file ends, or what follows is no whole block */
	NEXT_FAILED,  /* *err is set: no memory, unreadable */
};

/* in is owned even after a failure.  TFA_ERR_PLAN: it is no replay. */
bool replay_file_open(struct replay_file *file, const char *name, FILE *in,
    struct tfa_error *err);
void replay_file_close(struct replay_file *file);

/* A block whose digest holds. */
struct replay_block {
	struct plan_line plan;
	struct buf text; /* all of its lines */
	struct arena arena;
	uint64_t offset; /* in the file */
};

enum replay_next replay_file_next(struct replay_file *file,
    struct replay_block *block, struct tfa_error *err);
void replay_block_free(struct replay_block *block);

/* The next line; false at the end of the file or with *err set. */
bool replay_file_line(struct replay_file *file, struct tfa_error *err);

/* Does the text, which has all lines of a block, have the digest? */
bool block_digest_holds(struct str text, size_t first, struct str digest);

#endif
