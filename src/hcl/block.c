/*
 * One pass over the bytes.  What can hold a brace without meaning one (strings,
 * heredocs, comments) is stepped over as HCL's own scanner does; templates in
 * strings hold code again, so there is a stack of them.  A header counts only
 * between blocks: words and quoted labels on one line, then a brace.
 */
#include "hcl/block.h"

#include "base/utf8.h"

/* Templates in strings in templates; people stop at three. */
enum { FRAMES_MOST = 64, WORDS_MOST = 3 };

enum frame_kind { FRAME_CODE, FRAME_STRING, FRAME_HEREDOC };

struct frame {
	enum frame_kind kind;
	size_t braces;	   /* FRAME_CODE: open ones */
	struct str marker; /* FRAME_HEREDOC */
	bool line_start;   /* FRAME_HEREDOC: nothing of this line is behind */
};

/* The line between blocks that may become a header. */
struct header {
	struct str words[WORDS_MOST];
	size_t count; /* more than WORDS_MOST: too many */
	bool spoilt;  /* something that no header has */
	/* Of the first word; a comment may have led to another line since. */
	size_t start, line, line_start;
};

struct scanner {
	struct str text;
	size_t at;
	size_t line, line_start;
	struct frame frames[FRAMES_MOST];
	size_t depth; /* of frames */
	/* Braces around blocks that count: 1 in a check block, whose data source
	 * is addressed as if it stood outside. */
	size_t base;
	struct header header;
	bool open; /* a block has begun */
	enum scanned status;
	const struct block_visitor *visitor;
	void *ctx;
};

static struct frame *
top(struct scanner *s)
{
	return &s->frames[s->depth - 1];
}

/* The byte so far ahead, or 0. */
static char
ahead(const struct scanner *s, size_t n)
{
	return s->at + n < s->text.len ? s->text.ptr[s->at + n] : '\0';
}

static bool
between_blocks(const struct scanner *s)
{
	return s->depth == 1 && s->frames[0].braces == s->base;
}

static void
push(struct scanner *s, struct frame frame)
{
	if (s->depth == FRAMES_MOST)
		s->status = SCAN_UNFIT;
	else
		s->frames[s->depth++] = frame;
}

/* Over a newline. */
static void
next_line(struct scanner *s)
{
	s->at++;
	s->line++;
	s->line_start = s->at;
}

static bool
is_word_start(char c)
{
	unsigned char byte = (unsigned char)c;

	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    byte == '_' || byte >= 0x80;
}

static bool
is_word(char c)
{
	return is_word_start(c) || (c >= '0' && c <= '9') || c == '-';
}

static struct str
take_word(struct scanner *s)
{
	size_t start = s->at;

	while (s->at < s->text.len && is_word(s->text.ptr[s->at]))
		s->at++;
	return (struct str){s->text.ptr + start, s->at - start};
}

/* --- Headers --- */

static void
header_add(struct scanner *s, struct str word, size_t start)
{
	struct header *header = &s->header;

	if (header->count == 0) {
		header->start = start;
		header->line = s->line;
		header->line_start = s->line_start;
	}
	if (header->count < WORDS_MOST)
		header->words[header->count] = word;
	header->count++;
}

static bool
header_kind(const struct header *header, enum block_kind *kind)
{
	static const struct {
		const char *word;
		enum block_kind kind;
		size_t words;
	} kinds[] = {
	    {"resource",  BLOCK_RESOURCE,  3},
	    {"data",	     BLOCK_DATA,      3},
	    {"ephemeral", BLOCK_EPHEMERAL, 3},
	    {"module",    BLOCK_MODULE,    2},
	};

	if (header->spoilt || header->count == 0)
		return false;
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		if (header->count != kinds[i].words ||
		    !str_eq(header->words[0], str_of(kinds[i].word)))
			continue;
		*kind = kinds[i].kind;
		return true;
	}
	return false;
}

static void
begin_block(struct scanner *s)
{
	const struct header *header = &s->header;
	struct block block = {.line = header->line};
	struct str line = str_from(s->text, header->line_start), rest;

	if (!header_kind(header, &block.kind))
		return;
	block.name = header->words[header->count - 1];
	if (header->count == 3)
		block.type = header->words[1];
	block.column = 1 +
	    utf8_count(str_head(line, header->start - header->line_start));
	line = str_cut(line, '\n', &rest);
	if (str_ends(line, STR("\r")))
		line.len--;
	block.width = utf8_count(line);
	s->open = true;
	if (!s->visitor->begin(s->ctx, &block))
		s->status = SCAN_STOPPED;
}

static void
end_block(struct scanner *s)
{
	if (s->open && !s->visitor->end(s->ctx, s->line))
		s->status = SCAN_STOPPED;
	s->open = false;
}

/* --- Code --- */

static void
open_brace(struct scanner *s)
{
	const struct header *header = &s->header;
	bool check = s->base == 0 && !header->spoilt && header->count == 2 &&
	    str_eq(header->words[0], STR("check"));

	if (between_blocks(s)) {
		if (check)
			s->base = 1;
		else
			begin_block(s);
		s->header = (struct header){.spoilt = !check};
	}
	top(s)->braces++;
	s->at++;
}

static void
close_brace(struct scanner *s)
{
	struct frame *frame = top(s);

	s->at++;
	if (frame->braces > 0)
		frame->braces--;
	else if (s->depth > 1)
		s->depth--;
	if (s->depth > 1)
		return;
	if (s->frames[0].braces == s->base)
		end_block(s);
	if (s->frames[0].braces < s->base) {
		s->base = 0;
		s->header = (struct header){.spoilt = true};
	}
}

/* What is said of the line behind the sign, without blanks around. */
static void
tell_comment(struct scanner *s, size_t from, size_t to, size_t line)
{
	struct str text = {s->text.ptr + from, to - from};
	size_t depth = s->open ? s->frames[0].braces - s->base : 0;

	if (!s->visitor->comment || s->depth > 1)
		return;
	while (text.len && strchr(" \t\r*", text.ptr[text.len - 1]))
		text.len--;
	while (text.len && strchr(" \t#/*", text.ptr[0]))
		text = str_from(text, 1);
	if (text.len && !s->visitor->comment(s->ctx, text, line, depth))
		s->status = SCAN_STOPPED;
}

/* Its newline is left: it ends the header too. */
static void
line_comment(struct scanner *s)
{
	size_t start = s->at;

	while (s->at < s->text.len && s->text.ptr[s->at] != '\n')
		s->at++;
	tell_comment(s, start, s->at, s->line);
}

static void
block_comment(struct scanner *s)
{
	size_t start = s->at;

	s->at += 2;
	while (s->at < s->text.len) {
		if (s->text.ptr[s->at] == '*' && ahead(s, 1) == '/')
			break;
		if (s->text.ptr[s->at] == '\n') {
			tell_comment(s, start, s->at, s->line);
			next_line(s);
			start = s->at;
		} else {
			s->at++;
		}
	}
	tell_comment(s, start, s->at, s->line);
	s->at = s->at + 2 < s->text.len ? s->at + 2 : s->text.len;
}

/* A label: quoted, without escapes or templates.  Anything else is a string. */
static void
quoted(struct scanner *s)
{
	struct str label = str_from(s->text, s->at + 1);
	size_t len = 0;

	while (len < label.len && is_word(label.ptr[len]))
		len++;
	if (between_blocks(s) && len < label.len && label.ptr[len] == '"') {
		header_add(s, str_head(label, len), s->at);
		s->at += len + 2;
		return;
	}
	s->header.spoilt = s->header.spoilt || between_blocks(s);
	s->at++;
	push(s, (struct frame){.kind = FRAME_STRING});
}

/* "<<" or "<<-", a word, the end of the line: all else is no heredoc. */
static bool
heredoc(struct scanner *s)
{
	size_t start = s->at, skip = ahead(s, 2) == '-' ? 3 : 2;
	struct str marker;

	if (ahead(s, 1) != '<' || !is_word_start(ahead(s, skip)))
		return false;
	s->at += skip;
	marker = take_word(s);
	if (ahead(s, 0) == '\r')
		s->at++;
	if (ahead(s, 0) != '\n') {
		s->at = start;
		return false;
	}
	next_line(s);
	s->header.spoilt = s->header.spoilt || between_blocks(s);
	push(s, (struct frame){.kind = FRAME_HEREDOC,
	    .marker = marker,
	    .line_start = true});
	return true;
}

static void
other_code(struct scanner *s)
{
	size_t start = s->at;
	struct str word;

	if (is_word(s->text.ptr[s->at])) {
		word = take_word(s);
		if (between_blocks(s))
			header_add(s, word, start);
		return;
	}
	if (s->text.ptr[s->at] != ' ' && s->text.ptr[s->at] != '\t' &&
	    s->text.ptr[s->at] != '\r' && between_blocks(s))
		s->header.spoilt = true;
	s->at++;
}

static void
scan_code(struct scanner *s)
{
	switch (s->text.ptr[s->at]) {
	case '\n':
		next_line(s);
		if (between_blocks(s))
			s->header = (struct header){0};
		break;
	case '{':
		open_brace(s);
		break;
	case '}':
		close_brace(s);
		break;
	case '"':
		quoted(s);
		break;
	case '#':
		line_comment(s);
		break;
	case '/':
		if (ahead(s, 1) == '/')
			line_comment(s);
		else if (ahead(s, 1) == '*')
			block_comment(s);
		else
			other_code(s);
		break;
	case '<':
		if (!heredoc(s))
			other_code(s);
		break;
	default:
		other_code(s);
		break;
	}
}

/* --- Strings --- */

/* A template opens code; "$${" and "%%{" are those characters. */
static bool
template(struct scanner *s)
{
	char sign = s->text.ptr[s->at];

	if (sign != '$' && sign != '%')
		return false;
	if (ahead(s, 1) == sign && ahead(s, 2) == '{') {
		s->at += 3;
		return true;
	}
	if (ahead(s, 1) != '{')
		return false;
	s->at += 2;
	push(s, (struct frame){.kind = FRAME_CODE});
	return true;
}

/* A string ends with its line at the latest, so that the next ones are found. */
static void
scan_string(struct scanner *s)
{
	char byte = s->text.ptr[s->at];

	if (byte == '"' || byte == '\n') {
		s->depth--;
		s->at += byte == '"';
	} else if (byte == '\\' && s->at + 1 < s->text.len &&
	    ahead(s, 1) != '\n') {
		s->at += 2;
	} else if (!template(s)) {
		s->at++;
	}
}

/* At the start of a line: is the marker all of it?  Then behind it. */
static bool
heredoc_end(struct scanner *s)
{
	struct str marker = top(s)->marker, rest;
	size_t at = s->at;

	while (at < s->text.len && strchr(" \t\v\f\r", s->text.ptr[at]) &&
	    s->text.ptr[at])
		at++;
	rest = str_from(s->text, at);
	if (!str_starts(rest, marker))
		return false;
	for (at += marker.len; at < s->text.len; at++) {
		if (s->text.ptr[at] == '\n')
			break;
		if (!s->text.ptr[at] || !strchr(" \t\v\f\r", s->text.ptr[at]))
			return false;
	}
	s->depth--;
	s->at = at;
	return true;
}

static void
scan_heredoc(struct scanner *s)
{
	struct frame *frame = top(s);

	if (frame->line_start && heredoc_end(s))
		return;
	frame->line_start = false;
	if (s->text.ptr[s->at] == '\n') {
		frame->line_start = true;
		next_line(s);
	} else if (!template(s)) {
		s->at++;
	}
}

enum scanned
blocks_scan(
    struct str text, const struct block_visitor *visitor, void *ctx)
{
	static void (*const scan[])(struct scanner *) = {
	    [FRAME_CODE] = scan_code,
	    [FRAME_STRING] = scan_string,
	    [FRAME_HEREDOC] = scan_heredoc,
	};
	struct scanner s = {.text = text,
	    .line = 1,
	    .depth = 1,
	    .visitor = visitor,
	    .ctx = ctx};

	if (str_starts(text, STR("\xef\xbb\xbf")))
		s.at = s.line_start = 3;
	while (s.at < s.text.len && s.status == SCANNED)
		scan[top(&s)->kind](&s);
	if (s.status == SCANNED)
		end_block(&s);
	return s.status;
}
