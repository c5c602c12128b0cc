/*
 * Bytes pass through two stages: decompression, chosen by the first bytes of the
 * file, and decoding to UTF-8, chosen by the first bytes of what comes out.
 */
#include "plan/input.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/buf.h"

enum { HEAD = 4, OUT = 64 * 1024, PIECE = 1024 * 1024 };

enum packing { PACKING_OPEN, PLAIN, GZIP, ZSTD };
enum encoding { ENCODING_OPEN, UTF8, UTF16LE, UTF16BE };

struct input {
	input_sink *sink;
	void *ctx;
	uint64_t bytes_most, ratio_most;
	uint64_t stored, unpacked, decoded;

	enum packing packing;
	unsigned char head[HEAD]; /* until packing is known */
	size_t head_len;
	z_stream gzip;
	ZSTD_DStream *zstd;
	bool inside; /* a gzip member or zstd frame is not finished */
	unsigned char *out;

	enum encoding encoding;
	unsigned char mark[HEAD]; /* until encoding is known */
	size_t mark_len;
	unsigned char odd[4]; /* a cut UTF-16 unit or pair */
	size_t odd_len;
	struct buf text;
};

struct input *
input_new(const struct tfa_limits *limits, input_sink *sink, void *ctx)
{
	struct input *input = calloc(1, sizeof(*input));

	if (!input)
		return NULL;
	input->sink = sink;
	input->ctx = ctx;
	input->bytes_most =
	    limits->plan_bytes ? limits->plan_bytes : UINT64_C(64) << 30;
	input->ratio_most = limits->ratio ? limits->ratio : 250;
	return input;
}

void
input_free(struct input *input)
{
	if (!input)
		return;
	if (input->packing == GZIP)
		inflateEnd(&input->gzip);
	ZSTD_freeDStream(input->zstd);
	free(input->out);
	buf_free(&input->text);
	free(input);
}

uint64_t
input_decoded(const struct input *input)
{
	return input->decoded;
}

static bool
deliver(struct input *input, const char *bytes, size_t len,
    struct tfa_error *err)
{
	input->decoded += len;
	return len == 0 || input->sink(input->ctx, bytes, len, err);
}

/* --- Encoding --- */

static bool
bad_encoding(struct tfa_error *err, const char *what)
{
	return error_set(err, TFA_ERR_PLAN,
	    "this is %s: write the plan as UTF-8, in PowerShell with terraform "
	    "show -json PLANFILE | Out-File -Encoding utf8 plan.json",
	    what);
}

/* A plan begins with an ASCII character: zero bytes tell of a wider one. */
static const struct {
	unsigned char bytes[HEAD];
	size_t len, skip;
	enum encoding encoding; /* ENCODING_OPEN: refused */
	const char *what;
} marks[] = {
    {{0xff, 0xfe, 0, 0},    4, 0, ENCODING_OPEN, "UTF-32"},
    {{0, 0, 0xfe, 0xff},    4, 0, ENCODING_OPEN, "UTF-32"},
    {{0xef, 0xbb, 0xbf, 0}, 3, 3, UTF8,	       NULL},
    {{0xff, 0xfe, 0, 0},    2, 2, UTF16LE,       NULL},
    {{0xfe, 0xff, 0, 0},    2, 2, UTF16BE,       NULL},
    {{0, 0, 0, 0},	  3, 0, ENCODING_OPEN, "UTF-32, or binary data"},
    {{0, 0, 0, 0},	  1, 0, ENCODING_OPEN,
	"UTF-16 without a byte order mark, or binary data"},
};

static bool
choose_encoding(struct input *input, size_t *skip, struct tfa_error *err)
{
	const unsigned char *m = input->mark;

	*skip = 0;
	input->encoding = UTF8;
	for (size_t i = 0; i < COUNTOF(marks); i++) {
		if (input->mark_len < marks[i].len ||
		    memcmp(m, marks[i].bytes, marks[i].len) != 0)
			continue;
		if (marks[i].encoding == ENCODING_OPEN)
			return bad_encoding(err, marks[i].what);
		input->encoding = marks[i].encoding;
		*skip = marks[i].skip;
		return true;
	}
	if (input->mark_len == HEAD && !m[1] && !m[2] && !m[3])
		return bad_encoding(err, "UTF-32 without a byte order mark");
	if (input->mark_len >= 2 && !m[1])
		return bad_encoding(err, "UTF-16 without a byte order mark");
	return true;
}

/* A unit or a pair of UTF-16; how many bytes it takes, 0 where it is cut. */
static size_t
utf16_rune(const struct input *input, const unsigned char *p, size_t len,
    uint32_t *rune, bool *ok)
{
	bool little = input->encoding == UTF16LE;
	uint32_t unit, next;

	if (len < 2)
		return 0;
	unit = little ? p[0] | (uint32_t)p[1] << 8 : p[1] | (uint32_t)p[0] << 8;
	*rune = unit;
	*ok = unit < 0xdc00 || unit > 0xdfff;
	if (unit < 0xd800 || unit > 0xdbff)
		return 2;
	if (len < 4)
		return 0;
	next = little ? p[2] | (uint32_t)p[3] << 8 : p[3] | (uint32_t)p[2] << 8;
	*ok = next >= 0xdc00 && next <= 0xdfff;
	*rune = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
	return 4;
}

static bool
utf16_feed(struct input *input, const unsigned char *p, size_t len,
    struct tfa_error *err)
{
	input->text.len = 0;
	while (len) {
		unsigned char unit[4];
		size_t have = input->odd_len, took, borrowed = 0;
		uint32_t rune;
		bool ok;

		memcpy(unit, input->odd, have);
		while (have < sizeof(unit) && borrowed < len)
			unit[have++] = p[borrowed++];
		took = utf16_rune(input, unit, have, &rune, &ok);
		if (took == 0) {
			memcpy(input->odd, unit, have);
			input->odd_len = have;
			break;
		}
		if (!ok)
			return error_set(err, TFA_ERR_PLAN,
			    "invalid UTF-16: a lone surrogate");
		if (!buf_rune(&input->text, rune))
			return error_nomem(err);
		/* A cut unit or pair is shorter than what it becomes. */
		p += took - input->odd_len;
		len -= took - input->odd_len;
		input->odd_len = 0;
	}
	return deliver(input, input->text.ptr, input->text.len, err);
}

static bool
decode_known(struct input *input, const unsigned char *bytes, size_t len,
    struct tfa_error *err)
{
	if (input->encoding == UTF8)
		return deliver(input, (const char *)bytes, len, err);
	while (len) {
		size_t piece = len < OUT ? len : OUT;

		if (!utf16_feed(input, bytes, piece, err))
			return false;
		bytes += piece;
		len -= piece;
	}
	return true;
}

static bool
decode_head(struct input *input, struct tfa_error *err)
{
	size_t skip;

	return choose_encoding(input, &skip, err) &&
	    decode_known(
		input, input->mark + skip, input->mark_len - skip, err);
}

/* Unpacked bytes, of any encoding. */
static bool
decode(struct input *input, const unsigned char *bytes, size_t len,
    struct tfa_error *err)
{
	input->unpacked += len;
	if (input->unpacked > input->bytes_most)
		return error_set(err, TFA_ERR_LIMIT,
		    "the plan is larger than %llu bytes",
		    (unsigned long long)input->bytes_most);
	while (input->encoding == ENCODING_OPEN && len) {
		input->mark[input->mark_len++] = *bytes++;
		len--;
		if (input->mark_len == HEAD && !decode_head(input, err))
			return false;
	}
	return len == 0 || decode_known(input, bytes, len, err);
}

/* --- Packing --- */

static bool
check_ratio(const struct input *input, struct tfa_error *err)
{
	const uint64_t free_of_charge = UINT64_C(256) << 20;

	if (input->unpacked <= free_of_charge ||
	    input->unpacked / input->ratio_most <= input->stored)
		return true;
	return error_set(err, TFA_ERR_LIMIT,
	    "the compressed plan expands more than %llu times",
	    (unsigned long long)input->ratio_most);
}

static bool
broken_packing(struct tfa_error *err, const char *what)
{
	return error_set(err, TFA_ERR_PLAN, "%s", what);
}

static bool
gzip_feed(struct input *input, const unsigned char *bytes, size_t len,
    struct tfa_error *err)
{
	z_stream *gzip = &input->gzip;

	gzip->next_in = (Bytef *)(uintptr_t)bytes;
	gzip->avail_in = (uInt)len;
	do {
		int rc;

		/* Another member may follow the one that has ended. */
		if (!input->inside && gzip->avail_in)
			inflateReset(gzip);
		input->inside = true;
		gzip->next_out = input->out;
		gzip->avail_out = OUT;
		rc = inflate(gzip, Z_NO_FLUSH);
		if (rc == Z_MEM_ERROR)
			return error_nomem(err);
		if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
			return broken_packing(
			    err, "the gzip data is damaged");
		if (!decode(input, input->out, OUT - gzip->avail_out, err) ||
		    !check_ratio(input, err))
			return false;
		if (rc == Z_STREAM_END)
			input->inside = false;
	} while (gzip->avail_in || (input->inside && !gzip->avail_out));
	return true;
}

static bool
zstd_feed(struct input *input, const unsigned char *bytes, size_t len,
    struct tfa_error *err)
{
	ZSTD_inBuffer in = {bytes, len, 0};
	ZSTD_outBuffer out;

	do {
		size_t left;

		out = (ZSTD_outBuffer){input->out, OUT, 0};
		left = ZSTD_decompressStream(input->zstd, &out, &in);
		if (ZSTD_isError(left))
			return ZSTD_getErrorCode(left) ==
				ZSTD_error_memory_allocation
			    ? error_nomem(err)
			    : broken_packing(err, "the zstd data is damaged");
		input->inside = left != 0;
		if (!decode(input, input->out, out.pos, err) ||
		    !check_ratio(input, err))
			return false;
	} while (in.pos < in.size || (input->inside && out.pos == OUT));
	return true;
}

static bool
choose_packing(struct input *input, struct tfa_error *err)
{
	static const unsigned char zip[] = {'P', 'K', 3, 4};
	static const unsigned char zstd[] = {0x28, 0xb5, 0x2f, 0xfd};
	const unsigned char *h = input->head;

	input->packing = PLAIN;
	if (input->head_len == HEAD && memcmp(h, zip, HEAD) == 0)
		return error_set(err, TFA_ERR_PLAN,
		    "this is a binary plan file: run terraform show -json FILE "
		    "> plan.json and give that");
	if (input->head_len >= 2 && h[0] == 0x1f && h[1] == 0x8b) {
		if (inflateInit2(&input->gzip, 15 + 16) != Z_OK)
			return error_nomem(err);
		input->packing = GZIP;
	} else if (input->head_len == HEAD && memcmp(h, zstd, HEAD) == 0) {
		input->zstd = ZSTD_createDStream();
		if (!input->zstd)
			return error_nomem(err);
		input->packing = ZSTD;
	} else {
		return true;
	}
	input->inside = true;
	input->out = malloc(OUT);
	return input->out || error_nomem(err);
}

static bool
unpack(struct input *input, const unsigned char *bytes, size_t len,
    struct tfa_error *err)
{
	if (len == 0)
		return true;
	switch (input->packing) {
	case GZIP:
		return gzip_feed(input, bytes, len, err);
	case ZSTD:
		return zstd_feed(input, bytes, len, err);
	case PLAIN:
	case PACKING_OPEN:
		break;
	}
	return decode(input, bytes, len, err);
}

static bool
unpack_head(struct input *input, struct tfa_error *err)
{
	return choose_packing(input, err) &&
	    unpack(input, input->head, input->head_len, err);
}

bool
input_feed(struct input *input, const void *data, size_t len,
    struct tfa_error *err)
{
	const unsigned char *bytes = data;
	size_t piece;

	while (input->packing == PACKING_OPEN && len) {
		input->head[input->head_len++] = *bytes++;
		input->stored++;
		len--;
		if (input->head_len == HEAD && !unpack_head(input, err))
			return false;
	}
	for (; len; bytes += piece, len -= piece) {
		piece = len < PIECE ? len : PIECE;
		input->stored += piece;
		if (!unpack(input, bytes, piece, err))
			return false;
	}
	return true;
}

bool
input_is_plain(const struct input *input)
{
	return input->packing == PLAIN && input->encoding == UTF8;
}

bool
input_finish(struct input *input, struct tfa_error *err)
{
	if (input->packing == PACKING_OPEN && !unpack_head(input, err))
		return false;
	if (input->inside)
		return broken_packing(err,
		    input->packing == GZIP
			? "the gzip data is cut short"
			: "the zstd data is cut short");
	if (input->encoding == ENCODING_OPEN && input->mark_len &&
	    !decode_head(input, err))
		return false;
	if (input->odd_len)
		return error_set(err, TFA_ERR_PLAN,
		    "the UTF-16 text is cut inside a character");
	return true;
}
