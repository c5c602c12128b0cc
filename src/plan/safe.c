#include "plan/safe.h"

#include <stdio.h>

/* The code point at i of valid UTF-8 and its length; any other byte is itself. */
static uint32_t
rune_at(struct str text, size_t i, size_t *len)
{
	const unsigned char *p = (const unsigned char *)text.ptr + i;
	uint32_t rune;

	*len = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : *p >= 0xc0 ? 2 : 1;
	if (*len == 1 || *len > text.len - i) {
		*len = 1;
		return *p;
	}
	rune = *p & (0xffU >> (*len + 1));
	for (size_t k = 1; k < *len; k++)
		rune = rune << 6 | (p[k] & 0x3fU);
	return rune;
}

void
safe_print(char *out, size_t size, struct str text)
{
	size_t len = 0, took;

	for (size_t i = 0; i < text.len; i += took) {
		uint32_t rune = rune_at(text, i, &took);

		if (len + 16 > size) {
			memcpy(out + len, "...", 3);
			len += 3;
			break;
		}
		if (rune >= 0x20 && rune < 0x7f)
			out[len++] = (char)rune;
		else
			len += (size_t)snprintf(out + len, size - len,
			    "\\u{%x}", (unsigned)rune);
	}
	out[len] = '\0';
}
