/* UTF-8, character by character, and what some characters do when shown. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/*
 * The length of the character that s begins with, which goes to *rune; 0 where
 * it is none (cut, overlong, a surrogate, beyond U+10FFFF).  s is not empty.
 */
size_t utf8_read(struct str s, uint32_t *rune);

/*
 * Does it move the cursor, hide, turn text around or begin a line, or is it no
 * character at all?  Controls, bidi, zero width, annotations, tags.
 */
bool rune_is_active(uint32_t rune);

/* How many characters; of what is no UTF-8, bytes that could begin one. */
size_t utf8_count(struct str text);

#endif
