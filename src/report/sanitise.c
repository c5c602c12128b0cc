/*
 * Texts are decoded and shown character by character.  Runners trim a line
 * before they look for a command, and lines are wrapped at blanks, so what
 * must not begin a line must not begin a word either.
 */
#include "report/sanitise.h"

struct range {
	uint32_t first, last;
};

/* Moves the cursor, hides, turns text around, or is no character at all. */
static const struct range harmful[] = {
    {0,       0x1f   },
    {0x7f,    0x9f   },
    {0xad,    0xad   },
    {0x61c,   0x61c  },
    {0x180e,  0x180e },
    {0x200b,  0x200f },
    {0x2028,  0x202e },
    {0x2060,  0x206f },
    {0xfdd0,  0xfdef },
    {0xfeff,  0xfeff },
    {0xfff9,  0xfffb },
    {0xe0000, 0xe0fff},
};

/* White space that is shown as it is, but that a runner may trim. */
static const struct range blanks[] = {
    {0x20,   0x20  },
    {0xa0,   0xa0  },
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
};

static bool
is_in(uint32_t rune, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (rune >= ranges[i].first && rune <= ranges[i].last)
			return true;
	}
	return false;
}

static bool
is_harmful(uint32_t rune)
{
	return (rune & 0xfffe) == 0xfffe ||
	       is_in(rune, harmful, COUNTOF(harmful));
}

static size_t
sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* The length of the character that s begins with; 0: it is no UTF-8. */
static size_t
decode(struct str s, uint32_t *rune)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char lead = (unsigned char)s.ptr[0];
	size_t len = sequence_length(lead);

	if (len == 0 || len > s.len)
		return 0;
	*rune = len == 1 ? lead : lead & (0x7fU >> len);
	for (size_t i = 1; i < len; i++) {
		unsigned char byte = (unsigned char)s.ptr[i];

		if ((byte & 0xc0) != 0x80)
			return 0;
		*rune = *rune << 6 | (byte & 0x3fU);
	}
	if (*rune < least[len] || *rune > 0x10ffff ||
	    (*rune >= 0xd800 && *rune <= 0xdfff))
		return 0;
	return len;
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

/* Shows the character that rest begins with; gives its length. */
static size_t
add_rune(struct buf *out, struct str rest, enum before *before)
{
	uint32_t rune = 0;
	size_t len = decode(rest, &rune);

	if (len == 0) {
		buf_fmt(out, "\\x%02x", (unsigned)(unsigned char)rest.ptr[0]);
		*before = BEFORE_OTHER;
		return 1;
	}
	if (is_harmful(rune) || is_command(rest, *before)) {
		buf_fmt(out, "\\u{%x}", (unsigned)rune);
		*before = BEFORE_OTHER;
		return len;
	}
	buf_add(out, str_head(rest, len));
	*before = is_in(rune, blanks, COUNTOF(blanks)) ? BEFORE_WORD
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
		text = str_from(text, add_rune(out, text, &before));
		most--;
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
