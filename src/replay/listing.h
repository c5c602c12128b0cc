/* The population: which plans there are, in which order. */
#ifndef REPLAY_LISTING_H
#define REPLAY_LISTING_H

#include "base/arena.h"
#include "base/error.h"
#include "json/write.h"
#include "base/sha.h"

/* Why a file of a folder is not listed. */
enum skip {
	SKIP_NAME,    /* not .json, .gz or .zst, or a file of another kind */
	SKIP_HIDDEN,  /* it, or the folder, begins with a dot */
	SKIP_LINK,    /* to a folder, or to nothing */
	SKIP_SPECIAL, /* a FIFO, socket or device */
	SKIP_COUNT,
};

struct listing {
	struct arena arena;
	struct str root;   /* "" or ends with a slash; NUL-terminated */
	struct str *paths; /* below root, in byte order; NUL-terminated */
	size_t count, cap;
	size_t skipped[SKIP_COUNT];
	size_t repeated; /* lines that name what another has named */
	/* Of the paths as records have them, each with a line feed. */
	char sha256[SHA_HEX + 1];
};

/*
 * plans is a folder, a file with a path a line (or with NUL behind each), or
 * "-" for such a list from in, whose paths begin at root (NULL: here).  Links
 * to folders are not followed.
 */
bool listing_read(struct listing *listing, const char *plans, const char *root,
    int in, struct tfa_error *err);
void listing_free(struct listing *listing);

/* The member population. */
void listing_record(const struct listing *listing, struct emit *emit);

/* root and the path together; NULL without memory. */
char *listing_file(const struct listing *listing, size_t index);

#endif
