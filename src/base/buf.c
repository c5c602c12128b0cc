#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BYTES_LEAST = 64 };

void
buf_free(struct buf *buf)
{
	free(buf->ptr);
	*buf = (struct buf){0};
}

bool
array_reserve(void *items, size_t *cap, size_t need, size_t size)
{
	void *old, *larger;
	size_t wanted = *cap + *cap / 2;

	if (need <= *cap)
		return true;
	if (wanted < need)
		wanted = need < 8 ? 8 : need;
	if (wanted > SIZE_MAX / 2 / size)
		return false;
	memcpy(&old, items, sizeof(old));
	larger = realloc(old, wanted * size);
	if (!larger)
		return false;
	memcpy(items, &larger, sizeof(larger));
	*cap = wanted;
	return true;
}

bool
buf_reserve(struct buf *buf, size_t more)
{
	size_t need = more;

	if (buf->failed || more > SIZE_MAX / 4 - buf->len)
		buf->failed = true;
	else if (!buf->cap && more < BYTES_LEAST)
		need = BYTES_LEAST;
	if (!buf->failed &&
	    !array_reserve(&buf->ptr, &buf->cap, buf->len + need, 1))
		buf->failed = true;
	return !buf->failed;
}

bool
buf_add(struct buf *buf, struct str s)
{
	if (!buf_reserve(buf, s.len))
		return false;
	if (s.len)
		memcpy(buf->ptr + buf->len, s.ptr, s.len);
	buf->len += s.len;
	return true;
}

bool
buf_byte(struct buf *buf, char byte)
{
	return buf_add(buf, (struct str){&byte, 1});
}

bool
buf_fmt(struct buf *buf, const char *format, ...)
{
	va_list args;
	int wanted;

	va_start(args, format);
	wanted = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (wanted < 0 || !buf_reserve(buf, (size_t)wanted + 1)) {
		buf->failed = true;
		return false;
	}
	va_start(args, format);
	vsnprintf(buf->ptr + buf->len, (size_t)wanted + 1, format, args);
	va_end(args);
	buf->len += (size_t)wanted;
	return true;
}

bool
buf_rune(struct buf *buf, uint32_t rune)
{
	char bytes[4];
	size_t len = 0;

	if (rune < 0x80) {
		bytes[len++] = (char)rune;
	} else if (rune < 0x800) {
		bytes[len++] = (char)(0xc0 | rune >> 6);
	} else if (rune < 0x10000) {
		bytes[len++] = (char)(0xe0 | rune >> 12);
		bytes[len++] = (char)(0x80 | (rune >> 6 & 0x3f));
	} else {
		bytes[len++] = (char)(0xf0 | rune >> 18);
		bytes[len++] = (char)(0x80 | (rune >> 12 & 0x3f));
		bytes[len++] = (char)(0x80 | (rune >> 6 & 0x3f));
	}
	if (rune >= 0x80)
		bytes[len++] = (char)(0x80 | (rune & 0x3f));
	return buf_add(buf, (struct str){bytes, len});
}
