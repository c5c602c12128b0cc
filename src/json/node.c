/*
 * Reading values.  The text behind nodes is validated JSON or was made of
 * decoded text, so that escapes are whole where a node says that there are any.
 */
#include "json/node.h"

#include <stdlib.h>

static unsigned
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return (unsigned)((c | 0x20) - 'a' + 10);
}

static uint32_t
hex4(const char *p)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value = value * 16 + hex_digit(p[i]);
	return value;
}

/* A code point as UTF-8; the number of bytes. */
static size_t
put_rune(char *out, uint32_t rune)
{
	static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t len = rune < 0x80 ? 1 : rune < 0x800 ? 2 : 3;

	if (rune >= 0x10000)
		len = 4;
	for (size_t i = len; i-- > 1; rune >>= 6)
		out[i] = (char)(0x80 | (rune & 0x3f));
	out[0] = (char)(leads[len] | rune);
	return len;
}

/*
 * One escape as UTF-8 at out, which is never longer; *p steps over it.  The
 * number of bytes.
 */
static size_t
unescape(char *out, const char **p)
{
	static const char plain[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *at = *p, *found;
	uint32_t rune;

	if (at[1] != 'u') {
		found = memchr(plain, at[1], sizeof(plain) - 1);
		*out = found ? meant[found - plain] : at[1];
		*p = at + 2;
		return 1;
	}
	rune = hex4(at + 2);
	*p = at + 6;
	if (rune >= 0xd800 && rune <= 0xdbff) {
		rune = 0x10000 + ((rune - 0xd800) << 10) +
		    (hex4(at + 8) - 0xdc00);
		*p = at + 12;
	}
	return put_rune(out, rune);
}

/* The decoded text at out, which has room for the raw text; its length. */
static size_t
decode(char *out, struct str raw)
{
	const char *p = raw.ptr, *end = raw.ptr + raw.len;
	char *to = out;

	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));
		size_t len = (size_t)((slash ? slash : end) - p);

		memcpy(to, p, len);
		to += len;
		p += len;
		if (slash)
			to += unescape(to, &p);
	}
	return (size_t)(to - out);
}

struct str
value_text(struct value v, struct buf *scratch)
{
	struct str raw = value_raw(v);

	if (!(v.node->flags & NODE_ESCAPED))
		return raw;
	scratch->len = 0;
	if (!buf_reserve(scratch, raw.len))
		return (struct str){NULL, 0};
	scratch->len = decode(scratch->ptr, raw);
	return buf_str(scratch);
}

struct str
value_copy_text(struct value v, struct arena *arena)
{
	struct str raw = value_raw(v);
	char *out;

	if (!(v.node->flags & NODE_ESCAPED))
		return arena_copy(arena, raw);
	out = arena_alloc(arena, raw.len + 1);
	if (!out)
		return (struct str){NULL, 0};
	return (struct str){out, decode(out, raw)};
}

bool
value_is_escaped(struct value v, struct str s)
{
	struct str raw = value_raw(v);
	const char *p, *end = raw.ptr + raw.len;

	for (p = raw.ptr; p < end;) {
		char bytes[4];
		size_t len = 1;

		if (*p == '\\')
			len = unescape(bytes, &p);
		else
			bytes[0] = *p++;
		if (s.len < len || memcmp(s.ptr, bytes, len) != 0)
			return false;
		s = str_from(s, len);
	}
	return s.len == 0;
}

struct value
value_member(struct value object, struct str name)
{
	struct value_iter it = value_each(object);

	if (!it.object)
		return VALUE_NONE;
	while (value_step(&it)) {
		/* Most names differ in length or in their last byte. */
		if (!(it.key.node->flags & NODE_ESCAPED) &&
		    (it.key.node->n != name.len ||
			(name.len &&
			    it.key.text[it.key.node->at + name.len - 1] !=
				name.ptr[name.len - 1])))
			continue;
		if (value_is(it.key, name))
			return it.value;
	}
	return VALUE_NONE;
}

struct value
value_item(struct value array, size_t index)
{
	struct value_iter it = value_each(array);

	if (it.object || index >= it.left)
		return VALUE_NONE;
	for (size_t i = 0; i <= index; i++)
		value_step(&it);
	return it.value;
}

static bool
has_text(const struct node *node)
{
	return node->kind == NODE_STRING || node->kind == NODE_NUMBER;
}

struct value
value_copy(struct value v, struct arena *arena)
{
	size_t count = v.node ? (size_t)(node_next(v.node) - v.node) : 0;
	uint32_t least = UINT32_MAX, most = 0;
	struct node *nodes = arena_array(arena, count, sizeof(*nodes));
	struct str text;

	if (!nodes || !count)
		return VALUE_NONE;
	memcpy(nodes, v.node, count * sizeof(*nodes));
	for (size_t i = 0; i < count; i++) {
		if (!has_text(&nodes[i]))
			continue;
		if (nodes[i].at < least)
			least = nodes[i].at;
		if (nodes[i].at + nodes[i].n > most)
			most = nodes[i].at + nodes[i].n;
	}
	if (most == 0)
		return (struct value){nodes, ""};
	text = arena_copy(arena, (struct str){v.text + least, most - least});
	if (!text.ptr)
		return VALUE_NONE;
	for (size_t i = 0; i < count; i++) {
		if (has_text(&nodes[i]))
			nodes[i].at -= least;
	}
	return (struct value){nodes, text.ptr};
}

/* --- Duplicate names --- */

enum { FEW_NAMES = 24 };

static int
name_compare(const void *left, const void *right)
{
	const struct str *a = left, *b = right;

	return str_cmp(*a, *b);
}

/* Decode the names that have escapes behind an array of all, and sort it. */
static bool
unique_sorted(struct value object, struct buf *scratch)
{
	size_t count = object.node->n, bytes = count * sizeof(struct str);
	struct value_iter it = value_each(object);
	struct str *name, *names;
	char *text;

	while (value_step(&it))
		bytes += it.key.node->flags & NODE_ESCAPED ? it.key.node->n : 0;
	scratch->len = 0;
	if (!buf_reserve(scratch, bytes))
		return false;
	name = names = (struct str *)(void *)scratch->ptr;
	text = scratch->ptr + count * sizeof(*names);
	for (it = value_each(object); value_step(&it); name++) {
		*name = value_raw(it.key);
		if (it.key.node->flags & NODE_ESCAPED) {
			name->len = decode(text, *name);
			name->ptr = text;
			text += name->len;
		}
	}
	qsort(names, count, sizeof(*names), name_compare);
	for (size_t i = 1; i < count; i++) {
		if (str_eq(names[i - 1], names[i]))
			return false;
	}
	return true;
}

/* Terraform's own records: a few names without escapes, in no order. */
static bool
unique_few(struct value object)
{
	struct str names[FEW_NAMES];
	struct value_iter it = value_each(object);
	size_t count = 0;

	while (value_step(&it)) {
		struct str name = value_raw(it.key);

		for (size_t i = 0; i < count; i++) {
			if (str_eq(names[i], name))
				return false;
		}
		names[count++] = name;
	}
	return true;
}

/* str_cmp(a, b) < 0; names beside each other mostly differ early. */
static inline bool
before(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len, i = 0;

	while (i < least && a.ptr[i] == b.ptr[i])
		i++;
	if (i == least)
		return a.len < b.len;
	return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[i];
}

static bool
unique_here(struct value object, struct buf *scratch)
{
	struct value_iter it = value_each(object);
	struct str last = {NULL, 0}, name;
	bool ascending = true, escaped = false;

	while (value_step(&it) && !escaped) {
		name = value_raw(it.key);
		ascending = ascending && (!last.ptr || before(last, name));
		escaped = it.key.node->flags & NODE_ESCAPED;
		last = name;
	}
	if (ascending && !escaped)
		return true;
	return !escaped && object.node->n <= FEW_NAMES
	    ? unique_few(object)
	    : unique_sorted(object, scratch);
}

bool
value_unique(struct value v, struct value *object, struct buf *scratch)
{
	const struct node *end;

	if (!value_is_container(v))
		return true;
	end = node_next(v.node);
	for (const struct node *node = v.node; node < end; node++) {
		struct value at = {node, v.text};

		if (node->kind != NODE_OBJECT || node->n < 2)
			continue;
		if (!unique_here(at, scratch)) {
			*object = at;
			return false;
		}
	}
	return true;
}
