/*
 * A line is made in a buffer, cleaned part by part, and then written behind a
 * margin of our own, so that wrapping cannot bring foreign text to the
 * beginning of a line.  Only here are escape sequences written.
 */
#include "report/page.h"

#include <stdarg.h>

static const char *
paint_code(enum paint paint)
{
	static const char *const codes[] = {
	    [PAINT_NONE] = "",
	    [PAINT_RED] = "\033[1;31m",
	    [PAINT_GREEN] = "\033[32m",
	    [PAINT_YELLOW] = "\033[1;33m",
	    [PAINT_MAGENTA] = "\033[1;35m",
	    [PAINT_DIM] = "\033[2m",
	    [PAINT_BOLD] = "\033[1m",
	};

	return codes[paint];
}

static void
put_painted(const struct page *page, enum paint paint, const char *text)
{
	if (page->color && paint != PAINT_NONE)
		fprintf(page->out, "%s%s\033[0m", paint_code(paint), text);
	else
		fputs(text, page->out);
}

static void
put(const struct page *page, struct str text)
{
	if (text.len)
		fwrite(text.ptr, 1, text.len, page->out);
}

bool
page_finish(struct page *page, struct tfa_error *err)
{
	bool failed = page->line.failed;

	buf_free(&page->line);
	if (failed)
		return error_nomem(err);
	if (fflush(page->out) != 0 || ferror(page->out))
		return error_set(err, TFA_ERR_REPORT,
		    "the report could not be written whole");
	return true;
}

void
page_own(struct page *page, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_add(&page->line, str_of(text));
}

void
page_text(struct page *page, struct str text, size_t most)
{
	clean_add(&page->line, text, most);
}

void
page_names(struct page *page, struct names names, const char *separator)
{
	for (size_t i = 0; i < names.count; i++) {
		if (i > 0)
			page_own(page, "%s", separator);
		page_text(page, names.items[i], CLEAN_TEXT);
	}
}

void
page_lists(struct page *page, struct named_lists lists)
{
	for (size_t i = 0; i < lists.count; i++) {
		if (i > 0)
			page_own(page, "; ");
		page_text(page, lists.items[i].name, CLEAN_TEXT);
		page_own(page, " ");
		page_names(page, lists.items[i].items, ", ");
	}
}

/* How much of text fits into width columns, up to a blank; all of a word. */
static size_t
fitting(struct str text, size_t width)
{
	size_t column = 0, blank = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ' ' && i > 0)
			blank = i;
		column += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
		if (column > width && blank)
			return blank;
	}
	return text.len;
}

static void
put_margin(const struct page *page, const char *label)
{
	char text[2 * PAGE_LABEL];

	put_painted(page, PAINT_DIM, "  | ");
	snprintf(text, sizeof(text), "%-*s", PAGE_LABEL, label);
	put_painted(page, *label ? PAINT_DIM : PAINT_NONE, text);
}

static void
put_line(const struct page *page, const char *label, struct str text)
{
	put_margin(page, label);
	put(page, text);
	fputc('\n', page->out);
}

static struct str
trim(struct str text)
{
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	return text;
}

/* What an indented line goes on with, so that its parts stay below it. */
static size_t
indent_of(struct str text)
{
	size_t indent = 0;

	while (indent < text.len && indent < PAGE_ROOM / 2 &&
	    text.ptr[indent] == ' ')
		indent++;
	return indent;
}

void
page_end(struct page *page, const char *label)
{
	struct str rest = buf_str(&page->line);
	size_t indent = indent_of(rest), len;

	rest = str_from(rest, indent);
	do {
		len = fitting(rest, PAGE_ROOM - indent);
		put_margin(page, label);
		fprintf(page->out, "%*s", (int)indent, "");
		put(page, trim(str_head(rest, len)));
		fputc('\n', page->out);
		rest = str_from(rest, len);
		while (rest.len && rest.ptr[0] == ' ')
			rest = str_from(rest, 1);
		label = "";
	} while (rest.len);
	page->line.len = 0;
}

void
page_end_whole(struct page *page, const char *label)
{
	put_line(page, label, trim(buf_str(&page->line)));
	page->line.len = 0;
}

void
page_end_headline(struct page *page, const char *word, enum paint paint)
{
	put_painted(page, paint, word);
	put(page, buf_str(&page->line));
	fputc('\n', page->out);
	page->line.len = 0;
}

/* The next line of text, without what ends it. */
static struct str
next_line(struct str *text)
{
	struct str line = trim(str_cut(*text, '\n', text));

	return str_ends(line, STR("\r")) ? str_head(line, line.len - 1) : line;
}

void
page_prose(struct page *page, const char *label, struct str text)
{
	while (text.len) {
		struct str line = next_line(&text);

		if (line.len == 0)
			continue;
		page_text(page, line, CLEAN_PROSE);
		page_end(page, label);
		label = "";
	}
}

void
page_code(struct page *page, const char *label, struct str text)
{
	while (text.len) {
		struct str line = next_line(&text);

		for (; line.len && line.ptr[0] == '\t';
		     line = str_from(line, 1))
			page_own(page, "  ");
		page_text(page, line, CLEAN_TEXT);
		page_end_whole(page, label);
		label = "";
	}
}

void
page_gap(struct page *page)
{
	fputc('\n', page->out);
}
