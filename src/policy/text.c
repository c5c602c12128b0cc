/*
 * A policy file's bytes: UTF-8 without a byte order mark, and nothing that
 * libyaml would take for another encoding or for a line break that people do
 * not see.  Also the errors, with the line that they are about.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "policy/load.h"

static bool
is_start(char byte)
{
	return ((unsigned char)byte & 0xc0) != 0x80;
}

struct str
text_shown(struct str text)
{
	enum { MOST = 60 };
	size_t len = text.len;

	if (len <= MOST)
		return text;
	len = MOST;
	while (len && !is_start(text.ptr[len]))
		len--;
	return str_head(text, len);
}

struct pos
text_pos(struct str text, size_t offset)
{
	struct pos pos = {1, 1};

	for (size_t i = 0; i < offset && i < text.len; i++) {
		char next = i + 1 < text.len ? text.ptr[i + 1] : 0;

		if (text.ptr[i] == '\n' ||
		    (text.ptr[i] == '\r' && next != '\n')) {
			pos.line++;
			pos.column = 1;
		} else if (is_start(text.ptr[i])) {
			pos.column++;
		}
	}
	return pos;
}

static struct str
line_of(struct str text, size_t line)
{
	size_t start = 0, end;

	for (size_t i = 0; i < text.len && line > 1; i++) {
		if (text.ptr[i] == '\r' && i + 1 < text.len &&
		    text.ptr[i + 1] == '\n')
			continue;
		if (text.ptr[i] == '\n' || text.ptr[i] == '\r') {
			line--;
			start = i + 1;
		}
	}
	if (line > 1)
		return STR("");
	for (end = start; end < text.len; end++) {
		if (text.ptr[end] == '\n' || text.ptr[end] == '\r')
			break;
	}
	return (struct str){text.ptr + start, end - start};
}

void
text_excerpt(struct tfa_error *err, struct str text, struct pos pos)
{
	struct str line = pos.line ? line_of(text, pos.line) : STR("");
	size_t len = line.len, columns = 1;

	if (len >= sizeof(err->excerpt)) {
		len = sizeof(err->excerpt) - 1;
		while (len && !is_start(line.ptr[len]))
			len--;
	}
	for (size_t i = 0; i < len; i++)
		columns += is_start(line.ptr[i]);
	if (len == 0 || pos.column > columns)
		return;
	memcpy(err->excerpt, line.ptr, len);
	err->excerpt[len] = 0;
}

bool
load_error(struct load *load, enum tfa_error_code code, struct pos pos,
    const char *format, ...)
{
	char message[sizeof(load->err->message)];
	va_list args;

	if (load->err->code != TFA_ERR_NONE)
		return false;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	error_at(load->err, code, load->file, pos, "%s", message);
	text_excerpt(load->err, load->text, pos);
	return false;
}

bool
load_recover(struct load *load)
{
	if (!load->problems)
		return false;
	/* What is inside has been gathered already. */
	if (load->err->code == TFA_ERR_NONE)
		return true;
	if (load->err->code != TFA_ERR_POLICY)
		return false;
	if (!problems_add_error(load->problems, load->err))
		return load_nomem(load);
	*load->err = (struct tfa_error){0};
	load->wrong = true;
	return true;
}

bool
load_warn(
    struct load *load, const char *class, struct pos pos, const char *message)
{
	return !load->problems ||
	    problems_add(load->problems, class, load->file, pos,
		str_of(message), line_of(load->text, pos.line)) ||
	    load_nomem(load);
}

bool
load_nomem(struct load *load)
{
	return error_nomem(load->err);
}

struct str
load_keep(struct load *load, struct str text)
{
	return load->stays ? text : arena_copy(load->arena, text);
}

static bool
bad_byte(struct load *load, size_t offset, const char *what)
{
	return bad(load, text_pos(load->text, offset), "%s (byte %zu)", what,
	    offset);
}

bool
text_check(struct load *load)
{
	struct str text = load->text;
	uint32_t rune = 0;
	size_t len;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		return bad(load, ((struct pos){1, 1}),
		    "starts with a byte order mark: save it without one");
	if (str_starts(text, STR("\xff\xfe")) ||
	    str_starts(text, STR("\xfe\xff")))
		return bad(load, ((struct pos){1, 1}),
		    "is UTF-16: save it as UTF-8");
	for (size_t i = 0; i < text.len; i += len) {
		len = utf8_read(str_from(text, i), &rune);
		if (len == 0)
			return bad_byte(load, i, "is not UTF-8");
		if (rune == 0)
			return bad_byte(load, i, "holds a NUL byte");
		if (rune == 0x85 || rune == 0x2028 || rune == 0x2029)
			return bad_byte(load, i,
			    "holds an invisible line break: write it as an "
			    "escape");
		if (rune == 0xfeff)
			return bad_byte(load, i, "holds a byte order mark");
	}
	return true;
}
