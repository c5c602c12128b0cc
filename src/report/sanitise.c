/*
 * Texts are decoded and shown character by character.  Runners trim a line
 * before they look for a command, and lines are wrapped at blanks, so what
 * must not begin a line must not begin a word either.
 */
#include "report/sanitise.h"

#include <stdio.h>

#include "base/utf8.h"

/* White space that is shown as it is, but that a runner may trim. */
static const struct {
	uint32_t first, last;
} blanks[] = {
    {0x20,   0x20  },
    {0xa0,   0xa0  },
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
};

static bool
is_blank(uint32_t rune)
{
	for (size_t i = 0; i < COUNTOF(blanks); i++) {
		if (rune >= blanks[i].first && rune <= blanks[i].last)
			return true;
	}
	return false;
}

/* What was shown last, as far as it matters for what follows. */
enum before { BEFORE_WORD, BEFORE_HASH, BEFORE_OTHER };

/* Is the ":" or "#" that rest begins with part of a runner's command? */
static bool
is_command(struct str rest, enum before before)
{
	if (rest.ptr[0] == '#')
		return before == BEFORE_HASH;
	return rest.ptr[0] == ':' && before == BEFORE_WORD &&
	       (rest.len == 1 || rest.ptr[1] == ':');
}

/* Adds what stands for a character, if there is room for it. */
static bool
add_escape(struct buf *out, const char *escape, size_t *most)
{
	size_t len = strlen(escape);

	if (len > *most)
		return false;
	buf_add(out, str_of(escape));
	*most -= len;
	return true;
}

/*
 * Shows the character that rest begins with; gives its length, or 0 where there
 * is no room for what stands for it.
 */
static size_t
add_rune(struct buf *out, struct str rest, enum before *before, size_t *most)
{
	uint32_t rune = 0;
	size_t len = utf8_read(rest, &rune);
	char escape[16] = "";

	if (len == 0)
		snprintf(escape, sizeof(escape), "\\x%02x",
		    (unsigned)(unsigned char)rest.ptr[0]);
	else if (rune_is_active(rune) || is_command(rest, *before))
		snprintf(escape, sizeof(escape), "\\u{%x}", (unsigned)rune);
	if (escape[0]) {
		*before = BEFORE_OTHER;
		if (!add_escape(out, escape, most))
			return 0;
		return len ? len : 1;
	}
	buf_add(out, str_head(rest, len));
	*most -= 1;
	*before = is_blank(rune) ? BEFORE_WORD
		  : rune == '#'                        ? BEFORE_HASH
						       : BEFORE_OTHER;
	return len;
}

/* How many bytes text begins with that are shown as they are, in a word. */
static size_t
plain_length(struct str text, size_t most)
{
	size_t len = 0;

	if (most > text.len)
		most = text.len;
	while (len < most && text.ptr[len] > 0x20 && text.ptr[len] < 0x7f &&
	       text.ptr[len] != '#' && text.ptr[len] != ':')
		len++;
	return len;
}

bool
clean_add(struct buf *out, struct str text, size_t most)
{
	enum before before = BEFORE_WORD;

	while (text.len && most > 0) {
		size_t plain = plain_length(text, most);

		if (plain) {
			buf_add(out, str_head(text, plain));
			text = str_from(text, plain);
			before = BEFORE_OTHER;
			most -= plain;
			continue;
		}
		plain = add_rune(out, text, &before, &most);
		if (plain == 0)
			break;
		text = str_from(text, plain);
	}
	if (text.len)
		buf_add(out, STR("\xe2\x80\xa6"));
	return !out->failed;
}

size_t
clean_width(struct str text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.len; i++)
		width += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return width;
}
