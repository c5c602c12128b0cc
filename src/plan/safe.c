#include "plan/safe.h"

#include <stdio.h>

#include "base/utf8.h"

void
safe_print(char *out, size_t size, struct str text)
{
	size_t len = 0, took;

	for (size_t i = 0; i < text.len; i += took) {
		uint32_t rune = (unsigned char)text.ptr[i];

		took = utf8_read(str_from(text, i), &rune);
		took += took == 0;
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
