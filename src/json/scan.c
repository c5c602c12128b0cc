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

#include "base/relay.h"
#include "json/pointer.h"

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

enum { STARTED, BUILT, ENDED };

/* What the handler is told. */
struct item {
	uint8_t what; /* STARTED, ... */
	uint8_t kind, want;
	uint32_t key, key_len; /* in the piece's keys */
	uint32_t node, start;  /* of what was built, in the piece */
	size_t index;	       /* of the element at hand, in an array */
	uint64_t value_at, end, lines;
};

/* Bytes with what there is to tell of them. */
struct piece {
	char *bytes;
	size_t cap;
	struct node *nodes;
	size_t node_cap;
	struct item *items;
	size_t item_count, item_cap;
	struct buf keys;
};

struct scan {
	const struct scan_handler *handler;
	void *ctx;
	size_t depth_most, value_most, number_most, text_most;

	struct relay *relay;
	struct piece pieces[RELAY_MOST + 1]; /* in turn */
	char *space; /* where the next bytes may be already, or NULL */
	struct piece *piece;		     /* the one at hand */
	/* Where the handler is: behind the scan. */
	const struct item *item; /* what it is told, or NULL */
	struct pointer told;

	size_t len;    /* of the piece, without padding */
	size_t at;     /* next byte to look at */
	uint64_t base; /* offset in the document of the piece's first byte */
	uint64_t lines;
	bool final;

	enum label label;
	bool started;
	bool resumed; /* the scalar at hand is skipped, as was asked */
	size_t depth;
	/* Open containers: twice the node of what is built, + is an object. */
	uint32_t *frames;
	size_t frame_cap, depth_room; /* depth below which frames suffice */
	struct pointer here;
	struct buf key; /* scratch for a name */

	size_t token; /* where the string at hand begins, behind the quote */
	bool escaped; /* it has a backslash */
	bool high;    /* the escape of a high surrogate waits for its partner */

	bool building;
	size_t start;	    /* of the value that is built */
	size_t build_depth; /* depth around it */
	uint64_t value_at;
	size_t node_count;
	size_t first; /* node of the value that is built */
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

static relay_work tell_items;

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
	scan->piece = scan->pieces;
	scan->relay = relay_new(tell_items, scan);
	if (!scan->relay || !deepen(scan)) {
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
	relay_free(scan->relay);
	for (size_t i = 0; i < COUNTOF(scan->pieces); i++) {
		free(scan->pieces[i].bytes);
		free(scan->pieces[i].nodes);
		free(scan->pieces[i].items);
		buf_free(&scan->pieces[i].keys);
	}
	free(scan->frames);
	pointer_free(&scan->here);
	pointer_free(&scan->told);
	buf_free(&scan->key);
	free(scan);
}

/* --- Containers --- */

static inline struct level *
top(const struct scan *scan)
{
	return pointer_top(&scan->here);
}

/* The depth at which the handler is asked: none inside what it does not see. */
static inline size_t
asked_depth(const struct scan *scan)
{
	if (scan->building)
		return SIZE_MAX;
	return scan->here.count ? top(scan)->depth : 0;
}

/* --- Where it went wrong --- */

/* Lines are counted up to scan->at; at may be before it or in a token there. */
static void
place(const struct scan *scan, size_t at, struct tfa_error *err)
{
	uint64_t lines = scan->lines;

	for (size_t i = at; i < scan->at; i++)
		lines -= scan->piece->bytes[i] == '\n';
	err->offset = scan->base + at;
	err->line = lines + 1;
	pointer_print(&scan->here, err->pointer, sizeof(err->pointer));
}

void
scan_place(const struct scan *scan, struct tfa_error *err)
{
	err->offset = scan->item->end;
	err->line = scan->item->lines + 1;
	pointer_print(&scan->told, err->pointer, sizeof(err->pointer));
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
	if (scan->here.count && scan->depth == asked_depth(scan))
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
	size_t at = (size_t)(p - scan->piece->bytes);

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

/* --- What the handler is told --- */

static bool
tell_start(struct scan *scan, const struct piece *piece, struct item *item,
    struct tfa_error *err)
{
	const struct level *level = pointer_top(&scan->told);
	enum scan_want want = (enum scan_want)item->want;
	enum node_kind kind = (enum node_kind)item->kind;
	struct str key = {"", 0};

	if (item->key_len)
		key = (struct str){piece->keys.ptr + item->key, item->key_len};
	if (level && level->object && !pointer_name(&scan->told, key))
		return error_nomem(err);
	if (!scan->handler->start(scan->ctx, key, kind, &want, err))
		return false;
	item->want = (uint8_t)want;
	return want != SCAN_ENTER || kind < NODE_ARRAY ||
	    pointer_push(&scan->told,
		&(struct level){.object = kind == NODE_OBJECT}) ||
	    error_nomem(err);
}

static bool
tell(struct scan *scan, const struct piece *piece, struct item *item,
    struct tfa_error *err)
{
	struct level *level = pointer_top(&scan->told);

	if (item->what == ENDED) {
		pointer_pop(&scan->told);
		return scan->handler->end(scan->ctx, err);
	}
	if (level)
		level->index = item->index;
	if (item->what == STARTED)
		return tell_start(scan, piece, item, err);
	return scan->handler->built(scan->ctx,
	    (struct value){
		piece->nodes + item->node, piece->bytes + item->start},
	    err);
}

/* In the order of the document, wherever that runs. */
static bool
tell_items(void *ctx, void *job, struct tfa_error *err)
{
	struct scan *scan = ctx;
	const struct piece *piece = job;
	bool ok = true;

	for (size_t i = 0; ok && i < piece->item_count; i++) {
		scan->item = &piece->items[i];
		ok = tell(scan, piece, &piece->items[i], err);
	}
	return ok;
}

static void
clear_items(struct piece *piece)
{
	piece->item_count = 0;
	piece->keys.len = 0;
}

static bool
settle_items(struct scan *scan, struct tfa_error *err)
{
	bool ok = relay_drain(scan->relay, err) &&
	    tell_items(scan, scan->piece, err);

	clear_items(scan->piece);
	return ok;
}

/* NULL: out of memory. */
static struct item *
add_item(struct scan *scan)
{
	struct piece *piece = scan->piece;
	const struct level *level = top(scan);
	struct item *item;

	if (!array_reserve(&piece->items, &piece->item_cap,
		piece->item_count + 1, sizeof(*piece->items)))
		return NULL;
	item = &piece->items[piece->item_count++];
	*item = (struct item){.index = level ? level->index : 0,
	    .value_at = scan->value_at,
	    .end = scan->base + scan->at,
	    .lines = scan->lines};
	return item;
}

static void
begin_build(struct scan *scan)
{
	scan->building = true;
	scan->start = scan->at;
	scan->build_depth = scan->depth;
	scan->first = scan->piece->item_count ? scan->node_count : 0;
	scan->node_count = scan->first;
}

/* The handler hears of a value, and says what it wants of it. */
static bool
ask_handler(struct scan *scan, enum node_kind kind, enum scan_want *want,
    unsigned *tag, struct tfa_error *err)
{
	const struct level *level = top(scan);
	struct piece *piece = scan->piece;
	struct str key = pointer_key(&scan->here);
	struct item *item = add_item(scan);

	*want = SCAN_SKIP;
	*tag = 0;
	if (scan->handler->route)
		*tag = scan->handler->route(
		    level ? level->tag : 0, key, kind, want);
	if (!item)
		return error_nomem(err);
	item->what = STARTED;
	item->kind = (uint8_t)kind;
	item->want = (uint8_t)*want;
	item->key = (uint32_t)piece->keys.len;
	item->key_len = (uint32_t)key.len;
	if (!buf_add(&piece->keys, key)) {
		piece->item_count--; /* it has no name to be told by */
		return error_nomem(err);
	}
	if (scan->handler->route)
		return true;
	if (!settle_items(scan, err))
		return false;
	*want = (enum scan_want)item->want;
	return true;
}

/* What is wanted of the value at p? */
static enum step
ask(struct scan *scan, const char *p, enum node_kind kind,
    struct tfa_error *err)
{
	struct level *level = top(scan);
	enum scan_want want;
	unsigned tag;

	scan->started = true;
	scan->at = (size_t)(p - scan->piece->bytes);
	scan->value_at = scan->base + scan->at;
	if (level && level->each == kind) {
		begin_build(scan);
		return GO;
	}
	if (!ask_handler(scan, kind, &want, &tag, err))
		return BROKEN;
	if (want == SCAN_BUILD || want == SCAN_BUILD_EACH)
		begin_build(scan);
	if (want == SCAN_BUILD_EACH && level && !level->object)
		level->each = kind;
	if (want == SCAN_ENTER && kind >= NODE_ARRAY &&
	    !pointer_push(&scan->here,
		&(struct level){.depth = scan->depth + 1,
		    .object = kind == NODE_OBJECT,
		    .tag = tag}))
		return no_memory(err);
	return GO;
}

/* An entered container ends. */
static enum step
leave(struct scan *scan, struct tfa_error *err)
{
	struct item *item = add_item(scan);

	if (!item)
		return no_memory(err);
	item->what = ENDED;
	pointer_pop(&scan->here);
	return scan->handler->route || settle_items(scan, err) ? GO : BROKEN;
}

/* A member's name in an entered object, decoded for the handler. */
static enum step
name_member(struct scan *scan, const char *to, struct tfa_error *err)
{
	const char *from = scan->piece->bytes + scan->token;
	struct node node = {.kind = NODE_STRING,
	    .flags = scan->escaped ? NODE_ESCAPED : 0,
	    .n = (uint32_t)(to - from)};
	struct str name;

	scan->label = IN_KEY;
	if (check_length(scan, (size_t)(to - scan->piece->bytes), err) == BROKEN)
		return BROKEN;
	name = value_text((struct value){&node, from}, &scan->key);
	return name.ptr && pointer_name(&scan->here, name) ? GO
							  : no_memory(err);
}

static enum step
value_built(struct scan *scan, struct tfa_error *err)
{
	const struct level *level = top(scan);
	struct item *item;

	if (check_length(scan, scan->at, err) == BROKEN)
		return BROKEN;
	scan->building = false;
	item = add_item(scan);
	if (!item)
		return no_memory(err);
	item->what = BUILT;
	item->node = (uint32_t)scan->first;
	item->start = (uint32_t)scan->start;
	return scan->handler->route || (level && level->each) ||
		settle_items(scan, err)
	    ? GO
	    : BROKEN;
}

/* --- The machine --- */

static enum step
number_too_long(struct scan *scan, const char *from, struct tfa_error *err)
{
	size_t at = (size_t)(from - scan->piece->bytes) + scan->number_most;

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
	const char *p = scan->piece->bytes + scan->at, *rest;
	const char *const end = scan->piece->bytes + scan->len;
	struct node *const nodes = scan->piece->nodes;
	struct node *node = nodes + scan->node_count;
	size_t depth = scan->depth, asked = asked_depth(scan);
	bool building = scan->building, object = scan->frames[depth] & 1;
	struct node *parent = nodes + (scan->frames[depth] >> 1);
	const char *start = scan->piece->bytes + scan->start;
	const char *token = scan->piece->bytes + scan->token;
	enum node_kind kind;
	enum step step;

#define SAVE(where)                                                           \
	(scan->label = (where), scan->depth = depth,                          \
	    scan->token = (size_t)(token - scan->piece->bytes),                      \
	    scan->node_count = (size_t)(node - nodes),                        \
	    scan->at = (size_t)(p - scan->piece->bytes))
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
			scan->at = (size_t)(p - scan->piece->bytes);                 \
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
			node = nodes + scan->first;
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

/* The first byte that is still needed, but for elements that wait. */
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
	struct piece *piece = scan->piece;
	size_t bytes = scan->len - scan->at;
	size_t opened = bytes < scan->depth_most ? bytes : scan->depth_most;

	if (!scan->building && !piece->item_count)
		scan->node_count = 0;
	return array_reserve(&piece->nodes, &piece->node_cap,
	    scan->node_count + (bytes + opened) / 2 + 8,
	    sizeof(*piece->nodes));
}

/* The elements that wait are handed over; what is kept moves on without them. */
static bool
next_piece(struct scan *scan, size_t room, struct tfa_error *err)
{
	struct piece *from = scan->piece, *to = from + 1;
	size_t at = kept_from(scan), kept = scan->len - at;
	size_t nodes = scan->building ? scan->node_count - scan->first : 0;

	if (to == scan->pieces + COUNTOF(scan->pieces))
		to = scan->pieces;
	if (!relay_give(scan->relay, from, err))
		return false;
	if (!array_reserve(&to->bytes, &to->cap, kept + room, 1) ||
	    !array_reserve(&to->nodes, &to->node_cap, nodes + 1,
		sizeof(*to->nodes)))
		return error_nomem(err);
	memcpy(to->bytes, from->bytes + at, kept);
	memcpy(to->nodes, from->nodes + scan->first,
	    nodes * sizeof(*to->nodes));
	for (size_t i = scan->depth; nodes && i > scan->build_depth; i--)
		scan->frames[i] -= (uint32_t)scan->first << 1;
	clear_items(to);
	scan->piece = to;
	scan->first = 0;
	scan->node_count = nodes;
	return true;
}

/* Make room for len bytes behind what is kept. */
static bool
make_room(struct scan *scan, size_t len, struct tfa_error *err)
{
	struct piece *piece = scan->piece;
	size_t from = kept_from(scan);

	if (!piece->item_count) {
		if (from)
			memmove(piece->bytes, piece->bytes + from,
			    scan->len - from);
	} else if (scan->len >= PIECE) {
		if (!next_piece(scan, len + PADDING, err))
			return false;
	} else {
		from = 0;
	}
	scan->len -= from;
	scan->base += from;
	scan->at -= from;
	scan->start -= scan->building ? from : scan->start;
	scan->token -= scan->token < from ? scan->token : from;
	piece = scan->piece;
	return array_reserve(
		   &piece->bytes, &piece->cap, scan->len + len + PADDING, 1) ||
	    error_nomem(err);
}

char *
scan_space(struct scan *scan, size_t *size, struct tfa_error *err)
{
	if (check_length(scan, scan->len, err) == BROKEN ||
	    !make_room(scan, PIECE, err))
		return NULL;
	*size = PIECE;
	scan->space = scan->piece->bytes + scan->len;
	return scan->space;
}

/* Put more behind what is kept, and the padding behind that. */
static bool
refill(struct scan *scan, const char *bytes, size_t len, struct tfa_error *err)
{
	if (!scan->space || bytes != scan->space) {
		if (check_length(scan, scan->len, err) == BROKEN ||
		    !make_room(scan, len, err))
			return false;
		memcpy(scan->piece->bytes + scan->len, bytes, len);
	}
	scan->space = NULL;
	scan->len += len;
	memset(scan->piece->bytes + scan->len, 0, PADDING);
	return reserve_nodes(scan) || error_nomem(err);
}

/* An element that waits may be wrong before what was found to be. */
static bool
fail_in_order(struct scan *scan, struct tfa_error *err)
{
	struct tfa_error earlier = {0};

	if (!settle_items(scan, &earlier))
		*err = earlier;
	return false;
}

bool
scan_feed(struct scan *scan, const char *bytes, size_t len,
    struct tfa_error *err)
{
	while (len) {
		size_t piece = len < PIECE ? len : PIECE;

		if (!refill(scan, bytes, piece, err) ||
		    run(scan, err) == BROKEN)
			return fail_in_order(scan, err);
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
	/* Where space was given and nothing came, there is no padding. */
	if ((!scan->piece->bytes || scan->space) &&
	    !refill(scan, "", 0, err))
		return false;
	if (run(scan, err) != BROKEN && scan->label == AT_END)
		return settle_items(scan, err);
	broken(scan, scan->piece->bytes + scan->len, err,
	    what_is_missing(scan));
	return fail_in_order(scan, err);
}

uint64_t
scan_offset(const struct scan *scan)
{
	return scan->item->value_at;
}

bool
scan_complete(const struct scan *scan)
{
	return scan->label == AT_END;
}
