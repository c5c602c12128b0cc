/* Files that someone else has named. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"

enum file_read {
	FILE_WHOLE,
	FILE_LARGE,	/* more than most bytes; out holds the first of them */
	FILE_IRREGULAR, /* a folder, FIFO, socket or device: nothing was read */
	FILE_FAILED,	/* errno says why */
	FILE_NO_MEMORY,
};

/* Append a regular file to out.  Does not wait for the writer of a FIFO. */
enum file_read file_read(struct buf *out, const char *path, size_t most);

/* What errno means for a file, the same in every locale; or NULL. */
const char *file_why(int number);

#endif
