/*
 * Everything that is written goes through put().  Text is cut into runs that
 * stand as they are and runes that are escaped.
 */
#include "json/write.h"

#include "base/utf8.h"

enum { DEPTH_MOST = 4096 };

void
emit_init(struct emit *emit, FILE *out, bool pretty)
{
	*emit = (struct emit){.out = out, .pretty = pretty};
}

static void
put(struct emit *emit, struct str s)
{
	if (s.len && fwrite(s.ptr, 1, s.len, emit->out) != s.len)
		emit->failed = true;
}

static void
put_line(struct emit *emit)
{
	put(emit, STR("\n"));
	for (unsigned i = 0; i < emit->depth; i++)
		put(emit, STR("  "));
}

/* The rune that s begins with; what is no UTF-8 is U+FFFD for each byte. */
static uint32_t
rune_of(struct str s, size_t *len)
{
	uint32_t rune = 0xfffd;

	*len = utf8_read(s, &rune);
	if (*len == 0)
		*len = 1;
	return rune;
}

static void
put_escape(struct emit *emit, uint32_t rune)
{
	char text[16];
	int len;

	if (rune < 0x10000)
		len = snprintf(text, sizeof(text), "\\u%04x", (unsigned)rune);
	else
		len = snprintf(text, sizeof(text), "\\u%04x\\u%04x",
		    (unsigned)(0xd7c0 + (rune >> 10)),
		    (unsigned)(0xdc00 + (rune & 0x3ff)));
	put(emit, (struct str){text, (size_t)len});
}

static void
put_string(struct emit *emit, struct str s)
{
	size_t plain = 0, len;

	put(emit, STR("\""));
	for (size_t i = 0; i < s.len; i += len) {
		uint32_t rune = rune_of(str_from(s, i), &len);
		bool command = rune == '#' && i > 0 && s.ptr[i - 1] == '#';
		bool broken = rune == 0xfffd && len == 1;

		if (!rune_is_active(rune) && rune != '"' && rune != '\\' &&
		    !command && !broken)
			continue;
		put(emit, (struct str){s.ptr + plain, i - plain});
		if (rune == '"' || rune == '\\')
			put(emit, rune == '"' ? STR("\\\"") : STR("\\\\"));
		else
			put_escape(emit, rune);
		plain = i + len;
	}
	if (plain < s.len)
		put(emit, str_from(s, plain));
	put(emit, STR("\""));
}

static void
put_colon(struct emit *emit)
{
	put(emit, emit->pretty ? STR(": ") : STR(":"));
}

/* What stands before every value. */
static void
put_key(struct emit *emit, const char *key)
{
	if (emit->comma)
		put(emit, STR(","));
	if (emit->pretty && emit->depth)
		put_line(emit);
	emit->comma = true;
	if (!key)
		return;
	put_string(emit, str_of(key));
	put_colon(emit);
}

void
emit_open(struct emit *emit, const char *key, char bracket)
{
	put_key(emit, key);
	put(emit, (struct str){&bracket, 1});
	emit->depth++;
	emit->comma = false;
}

void
emit_close(struct emit *emit, char bracket)
{
	emit->depth--;
	if (emit->pretty && emit->comma)
		put_line(emit);
	put(emit, (struct str){&bracket, 1});
	emit->comma = true;
}

void
emit_str(struct emit *emit, const char *key, struct str value)
{
	put_key(emit, key);
	put_string(emit, value);
}

void
emit_uint(struct emit *emit, const char *key, uint64_t value)
{
	put_key(emit, key);
	if (fprintf(emit->out, "%llu", (unsigned long long)value) < 0)
		emit->failed = true;
}

void
emit_bool(struct emit *emit, const char *key, bool value)
{
	put_key(emit, key);
	put(emit, value ? STR("true") : STR("false"));
}

static void
put_text(struct emit *emit, struct value value)
{
	struct buf scratch = {0};
	struct str text = value_text(value, &scratch);

	if (!text.ptr)
		emit->failed = true;
	put_string(emit, text);
	buf_free(&scratch);
}

static void put_value(struct emit *emit, struct value value);

static void
put_members(struct emit *emit, struct value value)
{
	struct value_iter it = value_each(value);

	put(emit, it.object ? STR("{") : STR("["));
	emit->depth++;
	emit->comma = false;
	while (value_step(&it)) {
		put_key(emit, NULL);
		if (it.object) {
			put_text(emit, it.key);
			put_colon(emit);
		}
		put_value(emit, it.value);
	}
	emit_close(emit, it.object ? '}' : ']');
}

/* Recursive: what no reader's limit let through is refused here as well. */
static void
put_value(struct emit *emit, struct value value)
{
	switch (value_kind(value)) {
	case NODE_NONE:
	case NODE_NULL:
		put(emit, STR("null"));
		break;
	case NODE_FALSE:
		put(emit, STR("false"));
		break;
	case NODE_TRUE:
		put(emit, STR("true"));
		break;
	case NODE_NUMBER:
		put(emit, value_raw(value));
		break;
	case NODE_STRING:
		put_text(emit, value);
		break;
	case NODE_ARRAY:
	case NODE_OBJECT:
		if (emit->depth < DEPTH_MOST)
			put_members(emit, value);
		else
			emit->failed = true;
		break;
	}
}

void
emit_value(struct emit *emit, const char *key, struct value value)
{
	put_key(emit, key);
	put_value(emit, value);
}

bool
emit_finish(struct emit *emit)
{
	put(emit, STR("\n"));
	if (fflush(emit->out) != 0 || ferror(emit->out))
		emit->failed = true;
	return !emit->failed;
}
