/*
 * One buffer: [what is carried over | the piece at hand | 64 NUL bytes].  The
 * NULs are invalid in every state, so inner loops test no bounds; whether a NUL
 * is the end is decided by its address.  A string resumes where it was cut, a
 * number, literal or escape is read again from its first byte.  While a value
 * is built its text is kept from its start, and offsets in nodes count from
 * there, so that the buffer can move.
 *
 * Errors name the first byte that no valid document could have there, or the
 * first past a limit, so that they do not depend on how the pieces are cut.
 */
#include "json/scan.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

enum {
	PIECE = 64 * 1024,
	PADDING = 64,
};

enum label {
	WANT_VALUE,    /* a value must come */
	WANT_FIRST,    /* behind "[": a value or "]" */
	WANT_KEY,      /* behind "{": a key or "}" */
	WANT_NEXT_KEY, /* behind "," in an object */
	WANT_COLON,
	IN_STRING,
	IN_KEY,
	WANT_COMMA, /* behind a value: "," or the end of the container */
	AT_END,	    /* behind the document */
};

enum step { GO, MORE, BROKEN };

/* An entered container. */
struct level {
	size_t depth;
	size_t index;	/* of the element at hand */
	size_t key_len; /* of the member's name, in names */
	bool object;
	bool named; /* the member's name is known */
};

struct scan {
	const struct scan_handler *handler;
	void *ctx;
	size_t depth_most, value_most, number_most, text_most;

	char *bytes;
	size_t cap, len; /* without padding */
	size_t at;	 /* next byte to look at */
	uint64_t base;	 /* offset in the document of bytes[0] */
	uint64_t lines;
	bool final;

	enum label label;
	bool started;
	bool resumed; /* the scalar at hand is skipped, as was asked */
	size_t depth;
	/* Open containers: twice the node of what is built, + is an object. */
	uint32_t *frames;
	size_t frame_cap, depth_room; /* depth below which frames suffice */
	struct level *levels;
	size_t level_count, level_cap;
	struct buf names; /* decoded names of the members at hand */
	struct buf key;	  /* scratch for one of them */

	size_t token; /* where the string at hand begins, behind the quote */
	bool escaped; /* it has a backslash */
	bool high;    /* the escape of a high surrogate waits for its partner */

	bool building;
	size_t start;	    /* of the value that is built */
	size_t build_depth; /* depth around it */
	uint64_t value_at;
	struct node *nodes;
	size_t node_count, node_cap;
};

/* A limit, or its default; what is counted must fit in a node. */
static size_t
limit_or(size_t limit, size_t otherwise)
{
	limit = limit ? limit : otherwise;
	return limit < UINT32_MAX / 2 ? limit : UINT32_MAX / 2;
}

/* Room for containers one level deeper than now, within the limit. */
static bool
deepen(struct scan *scan)
{
	if (!array_reserve(&scan->frames, &scan->frame_cap, scan->depth + 2,
		sizeof(*scan->frames)))
		return false;
	scan->depth_room = scan->frame_cap - 1;
	if (scan->depth_room > scan->depth_most)
		scan->depth_room = scan->depth_most;
	return true;
}

struct scan *
scan_new(const struct tfa_limits *limits, const struct scan_handler *handler,
    void *ctx)
{
	static const struct tfa_limits none;
	struct scan *scan = calloc(1, sizeof(*scan));

	if (!scan)
		return NULL;
	if (!limits)
		limits = &none;
	scan->handler = handler;
	scan->ctx = ctx;
	scan->depth_most = limit_or(limits->depth, 1024);
	scan->value_most = limit_or(limits->value_bytes, 256U << 20);
	scan->number_most = limit_or(limits->number_bytes, 4096);
	scan->text_most = limit_or(limits->text_bytes, 1U << 20);
	if (!deepen(scan) || !buf_reserve(&scan->names, 64)) {
		scan_free(scan);
		return NULL;
	}
	scan->frames[0] = 0;
	return scan;
}

void
scan_free(struct scan *scan)
{
	if (!scan)
		return;
	free(scan->bytes);
	free(scan->frames);
	free(scan->levels);
	free(scan->nodes);
	buf_free(&scan->names);
	buf_free(&scan->key);
	free(scan);
}

/* --- Containers --- */

static inline struct level *
top(const struct scan *scan)
{
	return scan->level_count ? &scan->levels[scan->level_count - 1] : NULL;
}

/* The depth at which the handler is asked: none inside what it does not see. */
static inline size_t
asked_depth(const struct scan *scan)
{
	if (scan->building)
		return SIZE_MAX;
	return scan->level_count ? top(scan)->depth : 0;
}

/* --- Where it went wrong --- */

static void
pointer_add(char *out, size_t size, size_t *len, struct str text)
{
	for (size_t i = 0; i < text.len && *len + 3 < size; i++) {
		char byte = text.ptr[i];

		if (byte == '~' || byte == '/') {
			out[(*len)++] = '~';
			out[(*len)++] = byte == '~' ? '0' : '1';
		} else {
			out[(*len)++] = byte < 0x20 || byte > 0x7e ? '?' : byte;
		}
	}
	out[*len] = '\0';
}

static void
pointer_print(const struct scan *scan, char *out, size_t size)
{
	size_t len = 0, name = 0;

	out[0] = '\0';
	for (size_t i = 0; i < scan->level_count && len + 24 < size; i++) {
		const struct level *level = &scan->levels[i];
		struct str key = {scan->names.ptr + name, level->key_len};

		if (level->object && !level->named)
			return;
		out[len++] = '/';
		if (level->object)
			pointer_add(out, size, &len, key);
		else
			len += (size_t)snprintf(
			    out + len, size - len, "%zu", level->index);
		name += level->key_len;
	}
}

/* Lines are counted up to scan->at; at may be before it or in a token there. */
static void
place(const struct scan *scan, size_t at, struct tfa_error *err)
{
	uint64_t lines = scan->lines;

	for (size_t i = at; i < scan->at; i++)
		lines -= scan->bytes[i] == '\n';
	err->offset = scan->base + at;
	err->line = lines + 1;
	pointer_print(scan, err->pointer, sizeof(err->pointer));
}

void
scan_place(const struct scan *scan, struct tfa_error *err)
{
	place(scan, scan->at, err);
}

/* Is the string at hand a member's name that the handler will see? */
static bool
is_naming(const struct scan *scan)
{
	return scan->label == IN_KEY && scan->depth == asked_depth(scan);
}

/* The name before is not where the error is. */
static void
forget_name(struct scan *scan)
{
	if (scan->label != WANT_NEXT_KEY && scan->label != IN_KEY)
		return;
	if (scan->level_count && scan->depth == asked_depth(scan))
		top(scan)->named = false;
}

static enum step
limited(struct scan *scan, size_t at, struct tfa_error *err, const char *what,
    size_t most, const char *unit)
{
	if (err->code != TFA_ERR_NONE)
		return BROKEN;
	error_set(err, TFA_ERR_LIMIT, "%s than %zu %s", what, most, unit);
	forget_name(scan);
	place(scan, at, err);
	return BROKEN;
}

/* Everything before at has been seen: does it pass a limit on length? */
static enum step
check_length(struct scan *scan, size_t at, struct tfa_error *err)
{
	if (scan->building && at - scan->start > scan->value_most)
		return limited(scan, scan->start + scan->value_most, err,
		    "a value is longer", scan->value_most, "bytes");
	if (is_naming(scan) && at - scan->token > scan->text_most)
		return limited(scan, scan->token + scan->text_most, err,
		    "a member's name is longer", scan->text_most, "bytes");
	return GO;
}

static enum step
broken(struct scan *scan, const char *p, struct tfa_error *err,
    const char *message)
{
	size_t at = (size_t)(p - scan->bytes);

	if (check_length(scan, at, err) == BROKEN ||
	    err->code != TFA_ERR_NONE)
		return BROKEN;
	error_set(err, TFA_ERR_PLAN, "%s", message);
	forget_name(scan);
	place(scan, at, err);
	return BROKEN;
}

static enum step
no_memory(struct tfa_error *err)
{
	error_nomem(err);
	return BROKEN;
}

/* --- Bytes --- */

/*
 * The functions called *_end give what follows the token at p, or NULL where it
 * is wrong at *stop.  That may be the padding: then the token is cut.
 */

static const char *
skip_blank(struct scan *scan, const char *p)
{
	for (;; p++) {
		while (memcmp(p, "        ", 8) == 0)
			p += 8;
		if (*p == '\n')
			scan->lines++;
		else if (*p != ' ' && *p != '\t' && *p != '\r')
			return p;
	}
}

#if defined(__SSE2__)
/* A bit for each of 16 bytes that is not plain. */
static inline unsigned
special_mask(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
	__m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
	/* Signed: bytes from 0x80 are less than a blank, too. */
	__m128i other = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));

	return (unsigned)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(quote, slash), other));
}
#endif

/* The first byte that is a quote, backslash, control or not ASCII. */
static inline const char *
plain_end(const char *p)
{
#if defined(__SSE2__)
	for (;; p += 16) {
		unsigned mask = special_mask(p);

		if (mask)
			return p + __builtin_ctz(mask);
	}
#elif defined(__ARM_NEON) && defined(__aarch64__)
	for (;; p += 16) {
		int8x16_t v = vld1q_s8((const int8_t *)(const void *)p);
		uint8x16_t hit = vorrq_u8(
		    vorrq_u8(vceqq_s8(v, vdupq_n_s8('"')),
			vceqq_s8(v, vdupq_n_s8('\\'))),
		    vcltq_s8(v, vdupq_n_s8(0x20)));
		uint8x8_t half = vshrn_n_u16(vreinterpretq_u16_u8(hit), 4);
		uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(half), 0);

		if (mask)
			return p + __builtin_ctzll(mask) / 4;
	}
#else
	const uint64_t ones = UINT64_C(0x0101010101010101);

	for (;; p += 8) {
		uint64_t v, quote, slash, hit;

		memcpy(&v, p, sizeof(v));
		quote = v ^ ones * '"';
		slash = v ^ ones * '\\';
		hit = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
		    (v - ones * 0x20) | v;
		if (hit & ones * 0x80)
			break;
	}
	while ((signed char)*p >= 0x20 && *p != '"' && *p != '\\')
		p++;
	return p;
#endif
}

static const char *
utf8_end(const char *text, const char **stop)
{
	const unsigned char *p = (const unsigned char *)text;
	unsigned char low = 0x80, high = 0xbf;
	int len = *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;

	*stop = text;
	if (*p < 0xc2 || *p > 0xf4)
		return NULL;
	if (*p == 0xe0)
		low = 0xa0;
	else if (*p == 0xed)
		high = 0x9f;
	else if (*p == 0xf0)
		low = 0x90;
	else if (*p == 0xf4)
		high = 0x8f;
	for (int i = 1; i < len; i++) {
		*stop = text + i;
		if (p[i] < low || p[i] > high)
			return NULL;
		low = 0x80;
		high = 0xbf;
	}
	return text + len;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool
is_escape(char c)
{
	switch (c) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return true;
	default:
		return false;
	}
}

/* Behind the digits so far (count of them) no pair of surrogates can follow. */
static bool
is_lone(unsigned rune, int count, bool high)
{
	if (count == 1)
		return high && rune != 0xd;
	return count == 2 && high != (rune >= 0xdc && rune <= 0xdf);
}

static const char *
escape_end(const char *p, bool *high, const char **stop, const char **message)
{
	unsigned rune = 0;

	*stop = ++p;
	*message = "invalid escape";
	if (*p != 'u') {
		if (!is_escape(*p))
			return NULL;
		if (*high)
			*message = "lone surrogate";
		return *high ? NULL : p + 1;
	}
	for (int i = 1; i <= 4; i++) {
		int digit = hex_digit(*++p);

		*stop = p;
		if (digit < 0)
			return NULL;
		rune = rune * 16 + (unsigned)digit;
		if (is_lone(rune, i, *high)) {
			*message = "lone surrogate";
			return NULL;
		}
	}
	*high = rune >= 0xd800 && rune <= 0xdbff;
	return p + 1;
}

/* The next byte that is not plain and begins no escape of two bytes. */
static const char *
simple_end(struct scan *scan, const char *p)
{
	p = plain_end(p);
	while (*p == '\\' && is_escape(p[1])) {
		scan->escaped = true;
		p = plain_end(p + 2);
	}
	return p;
}

/* From inside a string to its closing quote. */
static enum step
string_rest(struct scan *scan, const char **at, const char *end,
    struct tfa_error *err)
{
	const char *message = "", *stop, *next, *p = *at;

	for (;; p = next) {
		if (!scan->high)
			p = simple_end(scan, p);
		stop = p;
		next = NULL;
		if (*p == '\\') {
			scan->escaped = true;
			next = escape_end(p, &scan->high, &stop, &message);
		} else if (scan->high) {
			message = "lone surrogate";
		} else if (*p == '"') {
			break;
		} else if ((unsigned char)*p >= 0x80) {
			message = "invalid UTF-8";
			next = utf8_end(p, &stop);
		} else {
			message = "control character in a string";
		}
		if (!next)
			break;
	}
	*at = p;
	if (*p == '"' && !scan->high)
		return GO;
	if (stop != end)
		return broken(scan, stop, err, message);
	if (!scan->final)
		return MORE;
	return broken(scan, end, err, "the document ends inside a string");
}

static const char *
digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

/* Behind a number, or NULL where it is none; the padding ends it. */
static const char *
number_end(const char *p, const char **stop)
{
	const char *from;

	if (*p == '-')
		p++;
	*stop = from = p;
	if (*p == '0')
		p++;
	else
		p = digits(p);
	*stop = p;
	if (p == from)
		return NULL;
	if (*p == '.') {
		from = ++p;
		p = digits(p);
		*stop = p;
		if (p == from)
			return NULL;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		from = p;
		p = digits(p);
		*stop = p;
		if (p == from)
			return NULL;
	}
	return p;
}

static const char *const words[] = {
    [NODE_NULL] = "null",
    [NODE_FALSE] = "false",
    [NODE_TRUE] = "true",
};

/* Behind a whole literal, else NULL. */
static inline const char *
word_end(const char *p, enum node_kind kind)
{
	if (memcmp(p, words[kind], 4) != 0)
		return NULL;
	if (kind != NODE_FALSE)
		return p + 4;
	return p[4] == 'e' ? p + 5 : NULL;
}

/* Where what is no whole literal goes wrong. */
static const char *
word_stop(const char *p, enum node_kind kind)
{
	const char *word = words[kind];

	while (*word && *p == *word) {
		p++;
		word++;
	}
	return p;
}

/* --- What the handler sees --- */

/* What the first byte says. */
static const uint8_t kinds[256] = {
    ['{'] = NODE_OBJECT,
    ['['] = NODE_ARRAY,
    ['"'] = NODE_STRING,
    ['t'] = NODE_TRUE,
    ['f'] = NODE_FALSE,
    ['n'] = NODE_NULL,
    ['-'] = NODE_NUMBER,
    ['0'] = NODE_NUMBER,
    ['1'] = NODE_NUMBER,
    ['2'] = NODE_NUMBER,
    ['3'] = NODE_NUMBER,
    ['4'] = NODE_NUMBER,
    ['5'] = NODE_NUMBER,
    ['6'] = NODE_NUMBER,
    ['7'] = NODE_NUMBER,
    ['8'] = NODE_NUMBER,
    ['9'] = NODE_NUMBER,
};

/* The handler says what it wants of the value at p. */
static enum step
ask(struct scan *scan, const char *p, enum node_kind kind,
    struct tfa_error *err)
{
	enum scan_want want = SCAN_SKIP;
	const struct level *level = top(scan);
	struct str key = {"", 0};

	scan->started = true;
	scan->at = (size_t)(p - scan->bytes);
	scan->value_at = scan->base + scan->at;
	if (level && level->object)
		key = (struct str){
		    scan->names.ptr + scan->names.len - level->key_len,
		    level->key_len};
	if (!scan->handler->start(scan->ctx, key, kind, &want, err))
		return BROKEN;
	if (want == SCAN_BUILD) {
		scan->building = true;
		scan->start = scan->at;
		scan->build_depth = scan->depth;
	} else if (want == SCAN_ENTER && kind >= NODE_ARRAY) {
		if (!array_reserve(&scan->levels, &scan->level_cap,
			scan->level_count + 1, sizeof(*scan->levels)))
			return no_memory(err);
		scan->levels[scan->level_count++] = (struct level){
		    .depth = scan->depth + 1, .object = kind == NODE_OBJECT};
	}
	return GO;
}

/* An entered container ends. */
static enum step
leave(struct scan *scan, struct tfa_error *err)
{
	scan->names.len -= top(scan)->key_len;
	scan->level_count--;
	return scan->handler->end(scan->ctx, err) ? GO : BROKEN;
}

/* A member's name in an entered object, decoded for the handler. */
static enum step
name_member(struct scan *scan, const char *to, struct tfa_error *err)
{
	struct level *level = top(scan);
	const char *from = scan->bytes + scan->token;
	struct node node = {.kind = NODE_STRING,
	    .flags = scan->escaped ? NODE_ESCAPED : 0,
	    .n = (uint32_t)(to - from)};
	struct str name;

	scan->label = IN_KEY;
	if (check_length(scan, (size_t)(to - scan->bytes), err) == BROKEN)
		return BROKEN;
	name = value_text((struct value){&node, from}, &scan->key);
	scan->names.len -= level->key_len;
	level->key_len = 0;
	if (!name.ptr || !buf_add(&scan->names, name))
		return no_memory(err);
	level->key_len = name.len;
	level->named = true;
	return GO;
}

static enum step
value_built(struct scan *scan, struct tfa_error *err)
{
	struct value value = {scan->nodes, scan->bytes + scan->start};

	if (check_length(scan, scan->at, err) == BROKEN)
		return BROKEN;
	scan->building = false;
	return scan->handler->built(scan->ctx, value, err) ? GO : BROKEN;
}

/* --- The machine --- */

static enum step
number_too_long(struct scan *scan, const char *from, struct tfa_error *err)
{
	size_t at = (size_t)(from - scan->bytes) + scan->number_most;

	if (check_length(scan, at, err) == BROKEN)
		return BROKEN;
	return limited(scan, at, err, "a number is longer", scan->number_most,
	    "bytes");
}

/* A number, or a literal that is not whole. */
static enum step
scalar(struct scan *scan, const char **at, const char *end, enum node_kind kind,
    struct tfa_error *err)
{
	bool number = kind == NODE_NUMBER;
	const char *from = *at, *stop = from, *p = NULL;

	if (number)
		p = number_end(from, &stop);
	else
		stop = word_stop(from, kind);
	if (number && (size_t)(stop - from) > scan->number_most)
		return number_too_long(scan, from, err);
	/* More digits may follow where the bytes end. */
	if (stop == end && !scan->final)
		return MORE;
	if (p) {
		*at = p;
		return GO;
	}
	if (stop != end)
		return broken(scan, stop, err,
		    number ? "invalid number" : "unknown word");
	return broken(scan, end, err,
	    number ? "the document ends inside a number"
		   : "the document ends inside a word");
}

/* An open bracket where depth_room is used up. */
static enum step
open_deeper(struct scan *scan, struct tfa_error *err)
{
	if (scan->depth < scan->depth_most)
		return deepen(scan) ? GO : no_memory(err);
	if (check_length(scan, scan->at, err) == BROKEN)
		return BROKEN;
	return limited(scan, scan->at, err, "nested deeper", scan->depth_most,
	    "levels");
}

/*
 * Run over what is in the buffer.  Every label is a place where the bytes may
 * have ended: label and at say where to go on.  What changes with every token
 * is kept in locals, and saved where others look at it.
 */
static enum step
run(struct scan *scan, struct tfa_error *err)
{
	const char *p = scan->bytes + scan->at, *rest;
	const char *const end = scan->bytes + scan->len;
	struct node *const nodes = scan->nodes;
	struct node *node = nodes + scan->node_count;
	size_t depth = scan->depth, asked = asked_depth(scan);
	bool building = scan->building, object = scan->frames[depth] & 1;
	struct node *parent = nodes + (scan->frames[depth] >> 1);
	const char *start = scan->bytes + scan->start;
	const char *token = scan->bytes + scan->token;
	enum node_kind kind;
	enum step step;

#define SAVE(where)                                                           \
	(scan->label = (where), scan->depth = depth,                          \
	    scan->token = (size_t)(token - scan->bytes),                      \
	    scan->node_count = (size_t)(node - nodes),                        \
	    scan->at = (size_t)(p - scan->bytes))
#define PAUSE(where)                                                          \
	do {                                                                  \
		SAVE(where);                                                  \
		return MORE;                                                  \
	} while (0)
#define EXPECTED(where, what)                                                 \
	do {                                                                  \
		SAVE(where);                                                  \
		return broken(scan, p, err, "expected " what);                \
	} while (0)
#define BLANK(where)                                                          \
	do {                                                                  \
		if ((unsigned char)*p <= 0x20) {                              \
			p = skip_blank(scan, p);                              \
			if (p == end)                                         \
				PAUSE(where);                                 \
		}                                                             \
	} while (0)
/* Most strings are plain; what is not has a function of its own. */
#define STRING(where)                                                         \
	do {                                                                  \
		if (!scan->high)                                              \
			p = plain_end(p);                                     \
		if (*p != '"' || scan->high) {                                \
			SAVE(where);                                          \
			rest = p;                                             \
			step = string_rest(scan, &rest, end, err);            \
			p = rest;                                             \
			scan->at = (size_t)(p - scan->bytes);                 \
			if (step != GO)                                       \
				return step;                                  \
		}                                                             \
	} while (0)
#define TEXT_NODE(node_kind, node_flags, from, to)                            \
	(*node++ = (struct node){.kind = (uint8_t)(node_kind),                \
	     .flags = (node_flags),                                           \
	     .n = (uint32_t)((to) - (from)),                                  \
	     .at = (uint32_t)((from) - start)})
#define STRING_NODE()                                                         \
	TEXT_NODE(NODE_STRING, scan->escaped ? NODE_ESCAPED : 0, token, p)

	switch (scan->label) {
	case WANT_VALUE:
		goto want_value;
	case WANT_FIRST:
		goto want_first;
	case WANT_KEY:
		goto want_key;
	case WANT_NEXT_KEY:
		goto want_next_key;
	case WANT_COLON:
		goto want_colon;
	case IN_STRING:
		goto in_string;
	case IN_KEY:
		goto in_key;
	case WANT_COMMA:
		goto want_comma;
	case AT_END:
		goto at_end;
	}

want_first:
	BLANK(WANT_FIRST);
	if (*p == ']')
		goto close;
	goto value;

want_value:
	BLANK(WANT_VALUE);
value:
	kind = (enum node_kind)kinds[(unsigned char)*p];
	if (kind == NODE_NONE)
		EXPECTED(WANT_VALUE, "a value");
	if (depth == asked && scan->resumed) {
		scan->resumed = false;
	} else if (depth == asked) {
		SAVE(WANT_VALUE);
		if (ask(scan, p, kind, err) != GO)
			return BROKEN;
		building = scan->building;
		asked = asked_depth(scan);
		if (building) {
			node = nodes;
			start = p;
		}
	}
	if (kind == NODE_STRING) {
		p++;
		token = p;
		scan->escaped = false;
		goto in_string;
	}
	if (kind >= NODE_ARRAY)
		goto open;
	rest = kind == NODE_NUMBER ? NULL : word_end(p, kind);
	if (!rest) {
		SAVE(WANT_VALUE);
		rest = p;
		step = scalar(scan, &rest, end, kind, err);
		scan->resumed = step == MORE && depth == asked;
		if (step != GO)
			return step;
	}
	if (building && kind == NODE_NUMBER)
		TEXT_NODE(kind, 0, p, rest);
	else if (building)
		*node++ = (struct node){.kind = (uint8_t)kind};
	p = rest;
	goto done;

open:
	if (depth >= scan->depth_room) {
		SAVE(WANT_VALUE);
		if (open_deeper(scan, err) != GO)
			return BROKEN;
	}
	depth++;
	object = kind == NODE_OBJECT;
	scan->frames[depth] = object;
	if (building) {
		scan->frames[depth] |= (uint32_t)(node - nodes) << 1;
		parent = node;
		*node++ = (struct node){.kind = (uint8_t)kind};
	}
	p++;
	if (object)
		goto want_key;
	goto want_first;

in_string:
	STRING(IN_STRING);
	if (building)
		STRING_NODE();
	p++;
	goto done;

want_key:
	if (*p == '"')
		goto key;
	BLANK(WANT_KEY);
	if (*p == '}')
		goto close;
	if (*p != '"')
		EXPECTED(WANT_KEY, "a member's name or '}'");
	goto key;

want_next_key:
	if (*p != '"')
		BLANK(WANT_NEXT_KEY);
	if (*p != '"')
		EXPECTED(WANT_NEXT_KEY, "a member's name");
key:
	p++;
	token = p;
	scan->escaped = false;
in_key:
	STRING(IN_KEY);
	if (building) {
		STRING_NODE();
	} else if (depth == asked) {
		SAVE(IN_KEY);
		if (name_member(scan, p, err) != GO)
			return BROKEN;
	}
	p++;

want_colon:
	if (*p != ':')
		BLANK(WANT_COLON);
	if (*p != ':')
		EXPECTED(WANT_COLON, "':'");
	p++;
	goto want_value;

close:
	p++;
	if (building) {
		parent->at = (uint32_t)(node - parent);
	} else if (depth == asked) {
		SAVE(WANT_COMMA);
		if (leave(scan, err) != GO)
			return BROKEN;
		asked = asked_depth(scan);
	}
	depth--;
	object = scan->frames[depth] & 1;
	parent = nodes + (scan->frames[depth] >> 1);

done:
	if (building && depth != scan->build_depth) {
		parent->n++;
	} else if (building) {
		SAVE(WANT_COMMA);
		if (value_built(scan, err) != GO)
			return BROKEN;
		building = false;
		asked = asked_depth(scan);
	}
	if (depth == 0)
		goto at_end;

want_comma:
	if (*p != ',')
		BLANK(WANT_COMMA);
	if (*p == ',') {
		p++;
		if (object)
			goto want_next_key;
		if (depth == asked)
			top(scan)->index++;
		goto want_value;
	}
	if (*p == (object ? '}' : ']'))
		goto close;
	if (object)
		EXPECTED(WANT_COMMA, "',' or '}'");
	EXPECTED(WANT_COMMA, "',' or ']'");

at_end:
	scan->label = AT_END;
	p = skip_blank(scan, p);
	SAVE(AT_END);
	if (p == end)
		return MORE;
	return broken(scan, p, err,
	    kinds[(unsigned char)*p] == NODE_NONE
		? "something follows the document"
		: "a second document follows");
#undef SAVE
#undef PAUSE
#undef EXPECTED
#undef BLANK
#undef STRING
#undef TEXT_NODE
#undef STRING_NODE
}

/* --- Pieces --- */

/* The first byte that is still needed. */
static size_t
kept_from(const struct scan *scan)
{
	if (scan->building)
		return scan->start;
	return is_naming(scan) ? scan->token : scan->at;
}

/*
 * Room for the nodes of the bytes from at on.  What is no opening bracket needs
 * two bytes for a node, but for one string that was cut; brackets need one, but
 * no more are open than the depth allows.
 */
static bool
reserve_nodes(struct scan *scan)
{
	size_t bytes = scan->len - scan->at;
	size_t opened = bytes < scan->depth_most ? bytes : scan->depth_most;

	if (!scan->building)
		scan->node_count = 0;
	return array_reserve(&scan->nodes, &scan->node_cap,
	    scan->node_count + (bytes + opened) / 2 + 8, sizeof(*scan->nodes));
}

/* Put a piece behind what is kept, with the padding behind it. */
static bool
refill(struct scan *scan, const char *bytes, size_t len, struct tfa_error *err)
{
	size_t from = kept_from(scan), kept = scan->len - from;

	if (check_length(scan, scan->len, err) == BROKEN)
		return false;
	if (!array_reserve(
		&scan->bytes, &scan->cap, kept + len + PADDING, 1))
		return error_nomem(err);
	if (from && kept)
		memmove(scan->bytes, scan->bytes + from, kept);
	scan->base += from;
	scan->at -= from;
	scan->start -= scan->building ? from : scan->start;
	scan->token -= scan->token < from ? scan->token : from;
	memcpy(scan->bytes + kept, bytes, len);
	memset(scan->bytes + kept + len, 0, PADDING);
	scan->len = kept + len;
	return reserve_nodes(scan) || error_nomem(err);
}

bool
scan_feed(struct scan *scan, const char *bytes, size_t len,
    struct tfa_error *err)
{
	while (len) {
		size_t piece = len < PIECE ? len : PIECE;

		if (!refill(scan, bytes, piece, err) ||
		    run(scan, err) == BROKEN)
			return false;
		bytes += piece;
		len -= piece;
	}
	return true;
}

static const char *
what_is_missing(const struct scan *scan)
{
	if (!scan->started)
		return "the document is empty";
	return scan->frames[scan->depth] & 1
	    ? "the document ends inside an object"
	    : "the document ends inside a list";
}

bool
scan_finish(struct scan *scan, struct tfa_error *err)
{
	scan->final = true;
	if (!scan->bytes && !refill(scan, "", 0, err))
		return false;
	if (run(scan, err) == BROKEN)
		return false;
	if (scan->label == AT_END)
		return true;
	return broken(scan, scan->bytes + scan->len, err,
		   what_is_missing(scan)) == GO;
}

uint64_t
scan_offset(const struct scan *scan)
{
	return scan->value_at;
}

bool
scan_complete(const struct scan *scan)
{
	return scan->label == AT_END;
}
