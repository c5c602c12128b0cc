/*
 * Messages go to logs that people and machines read, and quote paths and names
 * that anybody may have chosen.  So every text is decoded and printed character
 * by character, and no text can begin a line.
 */
#include "cli/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool
texts_add(struct texts *texts, const char *text, struct tfa_error *err)
{
	if (texts->count == texts->cap) {
		size_t cap = texts->cap ? texts->cap * 2 : 8;
		const char **items = realloc(
		    (void *)texts->items, cap * sizeof(*items));

		if (!items)
			return cli_nomem(err);
		texts->items = items;
		texts->cap = cap;
	}
	texts->items[texts->count++] = text;
	return true;
}

void
texts_free(struct texts *texts)
{
	free((void *)texts->items);
	*texts = (struct texts){0};
}

/* --- Suggestions --- */

enum { LONGEST_NAME = 63 };

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Insertions, deletions, changes and swaps of neighbours, each one. */
static size_t
distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][LONGEST_NAME + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		spare = before;
		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return row[b_len];
}

void
guess_offer(struct guess *guess, const char *name)
{
	size_t text_len = strlen(guess->text), name_len = strlen(name);
	size_t wrong;

	if (text_len > LONGEST_NAME || name_len > LONGEST_NAME)
		return;
	wrong = distance(guess->text, text_len, name, name_len);
	if (wrong * 3 > name_len || (guess->best && wrong >= guess->distance))
		return;
	guess->best = name;
	guess->distance = wrong;
}

/* --- Errors --- */

bool
cli_fail(struct tfa_error *err, enum tfa_error_code code, const char *format,
    ...)
{
	va_list args;

	if (err->code != TFA_ERR_NONE)
		return false;
	va_start(args, format);
	err->code = code;
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	return false;
}

bool
cli_nomem(struct tfa_error *err)
{
	return cli_fail(err, TFA_ERR_NOMEM, "out of memory");
}

bool
cli_unknown(
    struct tfa_error *err, const char *what, const struct guess *guess)
{
	if (guess->best)
		return cli_fail(err, TFA_ERR_USAGE,
		    "unknown %s \"%s\"; did you mean \"%s\"?", what,
		    guess->text, guess->best);
	return cli_fail(
	    err, TFA_ERR_USAGE, "unknown %s \"%s\"", what, guess->text);
}

/* --- Safe printing --- */

/* The length of the character at text, or 0 where it is no UTF-8. */
static size_t
decode(const unsigned char *text, uint32_t *rune)
{
	static const uint32_t least_of[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = text[0] < 0x80 ? 1
	    : text[0] >> 5 == 6	    ? 2
	    : text[0] >> 4 == 14    ? 3
	    : text[0] >> 3 == 30    ? 4
				    : 0;

	if (len == 0)
		return 0;
	*rune = len == 1 ? text[0] : text[0] & (0xffU >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if (text[i] >> 6 != 2)
			return 0;
		*rune = *rune << 6 | (text[i] & 0x3fU);
	}
	if (*rune < least_of[len] || *rune > 0x10ffff ||
	    (*rune >= 0xd800 && *rune < 0xe000))
		return 0;
	return len;
}

/* Moves the cursor, hides, or turns text around. */
static bool
is_harmful(uint32_t rune)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0,	0x1f   },
	    {0x7f,	0x9f   },
	    {0xad,	0xad   },
	    {0x61c,	0x61c  },
	    {0x180e,	0x180e },
	    {0x200b,	0x200f },
	    {0x2028,	0x202e },
	    {0x2060,	0x206f },
	    {0xfeff,	0xfeff },
	    {0xfff9,	0xfffb },
	    {0xe0000, 0xe0fff},
	};

	for (size_t i = 0; i < COUNTOF(ranges); i++) {
		if (rune >= ranges[i].first && rune <= ranges[i].last)
			return true;
	}
	return false;
}

/* "##[group]", "##vso[...]" and their like work anywhere in a line. */
static bool
is_command(const char *text)
{
	if (text[0] != '#' || text[1] != '#')
		return false;
	text += 2;
	while ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
		text++;
	return *text == '[';
}

/* One character of *text as it is printed, at most 16 bytes. */
static int
shown(char out[16], const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	uint32_t rune = 0;
	size_t len = decode(at, &rune);

	*text += len ? len : 1;
	if (len == 0)
		return snprintf(out, 16, "\\x%02x", at[0]);
	if (rune == '\n')
		return snprintf(out, 16, "\\n");
	if (is_harmful(rune) || is_command((const char *)at))
		return snprintf(out, 16, "\\u{%" PRIx32 "}", rune);
	return snprintf(out, 16, "%.*s", (int)len, (const char *)at);
}

void
cli_put(FILE *out, const char *text)
{
	char piece[16];

	while (*text) {
		shown(piece, &text);
		fputs(piece, out);
	}
}

/* Columns that the first count characters of text take when printed. */
static int
width(const char *text, size_t count)
{
	char piece[16];
	int columns = 0;

	for (; count > 0 && *text; count--) {
		int len = shown(piece, &text);

		columns += piece[0] == '\\' ? len : 1;
	}
	return columns;
}

static void
put_excerpt(FILE *out, const struct tfa_error *err)
{
	int digits = fprintf(out, "%5zu", err->line);

	fputs(" | ", out);
	cli_put(out, err->excerpt);
	fputc('\n', out);
	if (err->column == 0 || err->column > strlen(err->excerpt) + 1)
		return;
	fprintf(out, "%*s | %*s^\n", digits, "",
	    width(err->excerpt, err->column - 1), "");
}

/* " (at byte 12, line 1, /a/b)", as far as it is known. */
static void
put_place(FILE *out, const struct tfa_error *err)
{
	if (err->line == 0 && err->offset == 0)
		return;
	fprintf(out, " (at byte %" PRIu64, err->offset);
	if (err->line)
		fprintf(out, ", line %zu", err->line);
	if (err->pointer[0]) {
		fputs(", ", out);
		cli_put(out, err->pointer);
	}
	fputc(')', out);
}

void
cli_diagnose(FILE *out, const char *plan, const struct tfa_error *err)
{
	const char *name = plan ? plan : err->file;

	fputs("tfassay: ", out);
	if (name[0]) {
		cli_put(out, name);
		if (!plan && err->line)
			fprintf(out, ":%zu:%zu", err->line, err->column);
		fputs(": ", out);
	}
	cli_put(out, err->message);
	if (plan)
		put_place(out, err);
	fputc('\n', out);
	if (!plan && err->excerpt[0] && err->line)
		put_excerpt(out, err);
}
