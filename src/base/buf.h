/* Bytes that grow.  A zeroed buf is empty; buf_free makes it so again. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *ptr;
	size_t len, cap;
	bool failed; /* an append found no memory: sticks until buf_free */
};

void buf_free(struct buf *buf);
/* Room for more bytes behind len; false when there is no memory. */
bool buf_reserve(struct buf *buf, size_t more);
bool buf_add(struct buf *buf, struct str s);
bool buf_byte(struct buf *buf, char byte);
bool buf_fmt(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A code point as UTF-8. */
bool buf_rune(struct buf *buf, uint32_t rune);

static inline struct str
buf_str(const struct buf *buf)
{
	return (struct str){buf->ptr, buf->len};
}

/*
 * Make a malloc'd array hold at least need items of size bytes, growing by
 * half.  False, and nothing changed, when there is no memory.
 */
bool array_reserve(void *items, size_t *cap, size_t need, size_t size);

#endif
