/* Read byte by byte: keys may hold dots, quotes, brackets and anything else. */
#include "plan/address.h"

/* An identifier: anything but what has a meaning in addresses. */
static bool
is_name(unsigned char byte)
{
	return byte > 0x20 && byte != 0x7f && byte != '.' && byte != '[' &&
	    byte != ']' && byte != '"';
}

static struct str
read_name(struct str *rest)
{
	size_t len = 0;

	while (len < rest->len && is_name((unsigned char)rest->ptr[len]))
		len++;
	*rest = str_from(*rest, len);
	return (struct str){rest->ptr - len, len};
}

static bool
skip(struct str *rest, char byte)
{
	if (!rest->len || rest->ptr[0] != byte)
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

/* The length of a key with its brackets, 0 where there is none. */
static size_t
key_len(struct str s)
{
	size_t i = 1;

	if (s.len < 3 || s.ptr[0] != '[')
		return 0;
	if (s.ptr[1] == '"') {
		for (i = 2; i < s.len && s.ptr[i] != '"'; i++)
			i += s.ptr[i] == '\\';
		i++;
	} else if (s.ptr[1] == '*') {
		i = 2;
	} else {
		while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
			i++;
		if (i == 1)
			return 0;
	}
	return i < s.len && s.ptr[i] == ']' ? i + 1 : 0;
}

/* False where a bracket begins no key. */
static bool
read_key(struct str *key, struct str *rest)
{
	size_t len = key_len(*rest);

	*key = str_head(*rest, len);
	*rest = str_from(*rest, len);
	return len > 0 || !rest->len || rest->ptr[0] != '[';
}

/* Module steps; what follows them is left in *rest.  No arena: none kept. */
static bool
read_steps(struct address *out, struct str *rest, struct arena *arena)
{
	static const struct str word = {"module.", 7};
	struct address_step *steps = NULL;
	size_t cap = 0, count = 0;

	while (str_starts(*rest, word)) {
		struct str after = str_from(*rest, word.len);
		struct address_step step = {.name = read_name(&after)};

		if (!step.name.len || !read_key(&step.key, &after))
			return false;
		if (arena &&
		    !arena_grow(arena, &steps, count, &cap, sizeof(*steps)))
			return false;
		if (arena)
			steps[count] = step;
		count++;
		out->module = str_head(
		    out->text, (size_t)(after.ptr - out->text.ptr));
		*rest = after;
		if (!after.len)
			break;
		if (!skip(rest, '.'))
			return false;
	}
	out->steps = steps;
	out->step_count = count;
	return true;
}

static enum mode
read_mode(struct str *rest)
{
	static const struct {
		struct str word;
		enum mode mode;
	} modes[] = {
	    {{"data.", 5},      MODE_DATA     },
	    {{"ephemeral.", 10}, MODE_EPHEMERAL},
	    {{"list.", 5},      MODE_LIST     },
	};

	for (size_t i = 0; i < COUNTOF(modes); i++) {
		if (!str_starts(*rest, modes[i].word))
			continue;
		*rest = str_from(*rest, modes[i].word.len);
		return modes[i].mode;
	}
	return MODE_MANAGED;
}

static bool
read_all(struct address *out, struct str text, struct arena *arena)
{
	struct address address = {.text = text, .module = str_head(text, 0)};
	struct str rest = text;

	if (!read_steps(&address, &rest, arena))
		return false;
	address.mode = read_mode(&rest);
	address.type = read_name(&rest);
	if (!address.type.len || !skip(&rest, '.'))
		return false;
	address.name = read_name(&rest);
	if (!address.name.len || !read_key(&address.key, &rest) || rest.len)
		return false;
	*out = address;
	return true;
}

bool
address_read(struct address *out, struct str text, struct arena *arena)
{
	return read_all(out, text, arena);
}

bool
address_valid(struct str text)
{
	struct address unused;

	return read_all(&unused, text, NULL);
}

bool
address_read_module(
    struct address *out, struct str text, struct arena *arena)
{
	struct address address = {.text = text, .module = str_head(text, 0)};
	struct str rest = text;

	if (!read_steps(&address, &rest, arena) || rest.len ||
	    address.module.len != text.len)
		return false;
	*out = address;
	return true;
}

static bool
read_hex(struct str s, size_t from, size_t count, uint32_t *rune)
{
	*rune = 0;
	if (from + count > s.len)
		return false;
	for (size_t i = from; i < from + count; i++) {
		char c = s.ptr[i];
		char low = (char)(c | 0x20);

		if (c >= '0' && c <= '9')
			*rune = *rune * 16 + (uint32_t)(c - '0');
		else if (low >= 'a' && low <= 'f')
			*rune = *rune * 16 + (uint32_t)(low - 'a' + 10);
		else
			return false;
	}
	return *rune <= 0x10ffff && (*rune < 0xd800 || *rune > 0xdfff);
}

/* The escape at i (a backslash); how many bytes it takes, 0 for none. */
static size_t
read_escape(struct str s, size_t i, struct buf *out)
{
	static const char names[] = "nrt\"\\abfv", meant[] = "\n\r\t\"\\\a\b\f\v";
	const char *at;
	size_t digits;
	uint32_t rune;

	if (i + 1 >= s.len || s.ptr[i + 1] == '\0')
		return 0;
	at = strchr(names, s.ptr[i + 1]);
	if (at) {
		buf_byte(out, meant[at - names]);
		return 2;
	}
	digits = s.ptr[i + 1] == 'u' ? 4
	    : s.ptr[i + 1] == 'U'    ? 8
	    : s.ptr[i + 1] == 'x'    ? 2
				     : 0;
	if (!digits || !read_hex(s, i + 2, digits, &rune))
		return 0;
	if (digits == 2)
		buf_byte(out, (char)rune);
	else
		buf_rune(out, rune);
	return digits + 2;
}

/* "$${" and "%%{" stand for "${" and "%{". */
static bool
is_doubled(struct str s, size_t i)
{
	return (s.ptr[i] == '$' || s.ptr[i] == '%') && i + 2 < s.len &&
	    s.ptr[i + 1] == s.ptr[i] && s.ptr[i + 2] == '{';
}

/* What begins at i: a byte or an escape.  How long it is, 0 for a bad one. */
static size_t
decode_unit(struct str s, size_t i, bool doubling, struct buf *out)
{
	if (s.ptr[i] == '\\')
		return read_escape(s, i, out);
	buf_byte(out, s.ptr[i]);
	return doubling && is_doubled(s, i) ? 2 : 1;
}

/* What stands between the quotes; Terraform up to 1.2 doubled nothing. */
static bool
decode(struct str s, bool doubling, struct buf *out)
{
	size_t took;

	out->len = 0;
	if (!buf_reserve(out, s.len))
		return false;
	for (size_t i = 0; i < s.len; i += took) {
		took = decode_unit(s, i, doubling, out);
		if (!took)
			return false;
	}
	return !out->failed;
}

/* Without brackets and quotes. */
static bool
key_inner(struct str key, bool *is_text, struct str *out)
{
	if (!key.len || key_len(key) != key.len)
		return false;
	*out = (struct str){key.ptr + 1, key.len - 2};
	*is_text = out->ptr[0] == '"';
	if (*is_text)
		*out = (struct str){out->ptr + 1, out->len - 2};
	return true;
}

bool
address_key(struct str key, bool *is_text, struct str *out, struct buf *scratch)
{
	if (!key_inner(key, is_text, out))
		return false;
	if (!*is_text)
		return true;
	if (!decode(*out, true, scratch))
		return false;
	*out = buf_str(scratch);
	return true;
}

bool
address_key_is(struct str key, struct str text, struct buf *scratch)
{
	struct str inner;
	bool is_text;

	if (!key_inner(key, &is_text, &inner) || !is_text)
		return false;
	/* Nearly every key has nothing to decode. */
	if (str_eq(inner, text) && !memchr(inner.ptr, '\\', inner.len))
		return true;
	return (decode(inner, true, scratch) &&
		   str_eq(buf_str(scratch), text)) ||
	    (decode(inner, false, scratch) && str_eq(buf_str(scratch), text));
}

/* The next decoded byte, in what holds any unit; false at the end. */
static bool
next_byte(struct str *rest, struct buf *unit, size_t *at, char *byte)
{
	if (*at == unit->len) {
		size_t took;

		*at = unit->len = 0;
		if (!rest->len)
			return false;
		took = decode_unit(*rest, 0, true, unit);
		if (!took)
			return false;
		*rest = str_from(*rest, took);
	}
	*byte = unit->ptr[(*at)++];
	return true;
}

bool
address_key_equal(struct str a, struct str b)
{
	char bytes[2][16], of_a, of_b;
	struct buf units[2] = {{.ptr = bytes[0], .cap = sizeof(bytes[0])},
	    {.ptr = bytes[1], .cap = sizeof(bytes[1])}};
	size_t at[2] = {0, 0};
	bool text_a, text_b, more_a, more_b;

	if (str_eq(a, b))
		return true;
	if (!key_inner(a, &text_a, &a) || !key_inner(b, &text_b, &b) ||
	    !text_a || !text_b)
		return false;
	do {
		more_a = next_byte(&a, &units[0], &at[0], &of_a);
		more_b = next_byte(&b, &units[1], &at[1], &of_b);
	} while (more_a && more_b && of_a == of_b);
	return !more_a && !more_b && !a.len && !b.len;
}

void
address_part(struct str *rest, struct str *names, struct str *key)
{
	size_t len = 0;

	while (len < rest->len && rest->ptr[len] != '[')
		len++;
	*names = str_head(*rest, len);
	*rest = str_from(*rest, len);
	/* What is no key belongs to no address: taken as the last name. */
	if (!read_key(key, rest)) {
		*names = (struct str){names->ptr, len + rest->len};
		*rest = str_from(*rest, rest->len);
	}
}

/* The next byte, a bracket for a whole key; false: there is none. */
static bool
static_byte(struct str *rest, char *byte)
{
	size_t len = key_len(*rest);

	if (rest->len == 0)
		return false;
	*byte = rest->ptr[0];
	*rest = str_from(*rest, len ? len : 1);
	return true;
}

int
address_compare_static(struct str a, struct str b)
{
	char of_a = 0, of_b = 0;
	bool more_a, more_b;

	do {
		more_a = static_byte(&a, &of_a);
		more_b = static_byte(&b, &of_b);
	} while (more_a && more_b && of_a == of_b);
	if (!more_a || !more_b)
		return more_a - more_b;
	return (unsigned char)of_a < (unsigned char)of_b ? -1 : 1;
}

struct str
address_static(const struct address *address, struct arena *arena)
{
	struct str rest = address->text, names, key, kept = {NULL, 0};
	struct buf text = {0};

	while (rest.len) {
		address_part(&rest, &names, &key);
		buf_add(&text, names);
	}
	if (!text.failed)
		kept = arena_copy(arena, buf_str(&text));
	buf_free(&text);
	return kept;
}
