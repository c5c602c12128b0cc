/*
 * What "terraform providers schema -json" prints, as a digest (for its form see
 * config/digest.c).  The document is streamed, and each type becomes lines as
 * it is read.  What a provider computes when a block is left out is in no
 * schema, so blocks are "?" here.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "json/scan.h"
#include "lint/place.h"

enum { NEST_MOST = 64, NAME_MOST = 4096 };

/* Containers from the document down to the types. */
enum level { IN_NOTHING, IN_DOCUMENT, IN_PROVIDERS, IN_PROVIDER, IN_TYPES };

struct list {
	struct str *items;
	size_t count, cap;
};

struct reading {
	struct arena *arena;
	struct list lines;
	struct map shapes; /* what an object holds -> its number, as a line */
	struct buf scratch;
	unsigned level; /* enum level */
	bool data;	/* the types are data sources */
	bool version;
	struct str type;
	struct tfa_error *err;
};

static bool
list_add(struct reading *reading, struct list *list, struct str text)
{
	if (!text.ptr ||
	    !arena_grow(reading->arena, &list->items, list->count, &list->cap,
		sizeof(text)))
		return error_nomem(reading->err);
	list->items[list->count++] = text;
	return true;
}

static int
line_order(const void *a, const void *b)
{
	struct str rest;
	struct str left = *(const struct str *)a, right = *(const struct str *)b;
	int order =
	    str_cmp(str_cut(left, ' ', &rest), str_cut(right, ' ', &rest));

	/* Of a type that two providers have, the larger is first. */
	if (order == 0)
		order = (left.len < right.len) - (left.len > right.len);
	return order ? order : str_cmp(left, right);
}

/* --- Forms --- */

static bool add_form(struct reading *reading, struct buf *out,
    struct value type, size_t nest);
static bool add_block(struct reading *reading, struct buf *out,
    struct value block, size_t nest);

static bool
too_deep(struct reading *reading, size_t nest)
{
	if (nest > NEST_MOST)
		error_set(reading->err, TFA_ERR_LIMIT,
		    "a schema is nested deeper than %d levels", NEST_MOST);
	return nest > NEST_MOST;
}

/* An object, whose items become a line of their own unless there is one. */
static bool
add_shape(struct reading *reading, struct buf *out, struct list *items)
{
	struct buf line = {0};
	const struct str *known;
	char number[24];
	bool ok;

	if (items->count)
		qsort(items->items, items->count, sizeof(*items->items),
		    line_order);
	for (size_t i = 0; i < items->count; i++) {
		struct str form;
		struct str name = str_cut(items->items[i], ' ', &form);

		buf_fmt(&line, " " STR_FMT STR_FMT, STR_ARG(name),
		    STR_ARG(form));
	}
	known = map_find(&reading->shapes, buf_str(&line));
	ok = !line.failed;
	if (ok && !known && line.len) {
		struct str kept = arena_copy(reading->arena, buf_str(&line));
		struct str *shape = arena_new(reading->arena, struct str);

		snprintf(number, sizeof(number), "%zu", reading->shapes.count);
		ok = kept.ptr && shape;
		if (ok)
			*shape = arena_copy(reading->arena, str_of(number));
		ok = ok && shape->ptr &&
		    map_set(&reading->shapes, kept, shape);
		known = shape;
	}
	buf_free(&line);
	buf_byte(out, 'o');
	if (ok && known)
		buf_add(out, *known);
	return (ok && !out->failed) || error_nomem(reading->err);
}

/* A name that a digest can hold. */
static bool
is_plain(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (strchr(" !+-*/?\n", name.ptr[i]))
			return false;
	}
	return name.len > 0 && name.len < NAME_MOST;
}

/* "NAME FLAG..", of which the rest is to come. */
static bool
item_begin(struct reading *reading, struct buf *item, struct value key,
    char flag, bool *plain)
{
	struct str name = value_text(key, &reading->scratch);

	item->len = 0;
	*plain = name.ptr && is_plain(name);
	return (name.ptr && buf_add(item, name) && buf_byte(item, ' ') &&
		   buf_byte(item, flag)) ||
	    error_nomem(reading->err);
}

static bool
item_end(struct reading *reading, struct list *items, const struct buf *item)
{
	return list_add(
	    reading, items, arena_copy(reading->arena, buf_str(item)));
}

/* ["object", {NAME: type, ..}] */
static bool
add_object(struct reading *reading, struct buf *out, struct value members,
    size_t nest)
{
	struct value_iter it = value_each(members);
	struct list items = {NULL, 0, 0};
	struct buf item = {0};
	bool ok = true, plain;

	while (ok && value_step(&it)) {
		ok = item_begin(reading, &item, it.key, '-', &plain) &&
		    (!plain ||
			(add_form(reading, &item, it.value, nest + 1) &&
			    item_end(reading, &items, &item)));
	}
	buf_free(&item);
	return ok && add_shape(reading, out, &items);
}

static char
letter(struct value nesting)
{
	static const struct {
		const char *name;
		char letter;
	} names[] = {
	    {"list", 'l'}, {"set", 't'}, {"map", 'm'}, {"string", 's'},
	    {"number", 'n'}, {"bool", 'b'}, {"object", 'o'},
	};

	for (size_t i = 0; i < COUNTOF(names); i++) {
		if (value_is(nesting, str_of(names[i].name)))
			return names[i].letter;
	}
	return '\0';
}

static bool
add_form(struct reading *reading, struct buf *out, struct value type,
    size_t nest)
{
	bool whole = value_kind(type) == NODE_ARRAY && value_count(type) == 2;
	char form = letter(whole ? value_item(type, 0) : type);

	if (too_deep(reading, nest))
		return false;
	if (whole && form == 'o')
		return add_object(reading, out, value_item(type, 1), nest);
	if (!form || whole != (form == 'l' || form == 't' || form == 'm'))
		form = 'd';
	if (!buf_byte(out, form))
		return error_nomem(reading->err);
	return form == 'd' || !whole ||
	    add_form(reading, out, value_item(type, 1), nest + 1);
}

/* --- Blocks --- */

static bool
is_true(struct value object, const char *name)
{
	return value_kind(value_member(object, str_of(name))) == NODE_TRUE;
}

/* "l", "t" or "m"; nothing for one. */
static bool
add_nesting(struct reading *reading, struct buf *out, struct value of)
{
	char nesting = letter(value_member(of, STR("nesting_mode")));
	struct value most = value_member(of, STR("max_items"));

	if (value_kind(most) == NODE_NUMBER &&
	    str_eq(value_raw(most), STR("1")))
		nesting = nesting == 'l' ? 'L' : nesting == 't' ? 'T' : nesting;
	return !nesting || buf_byte(out, nesting) || error_nomem(reading->err);
}

static bool
add_attribute(struct reading *reading, struct buf *item,
    struct value attribute, size_t nest)
{
	struct value nested = value_member(attribute, STR("nested_type"));

	if (!nested.node)
		return add_form(reading, item,
		    value_member(attribute, STR("type")), nest);
	return add_nesting(reading, item, nested) &&
	    add_block(reading, item, nested, nest + 1);
}

static bool
add_attributes(struct reading *reading, struct list *items,
    struct value block, size_t nest)
{
	struct value_iter it =
	    value_each(value_member(block, STR("attributes")));
	struct buf item = {0};
	bool ok = true, plain;

	while (ok && value_step(&it)) {
		char flag = is_true(it.value, "required")   ? '!'
			    : is_true(it.value, "computed") ? '+'
							    : '-';

		ok = item_begin(reading, &item, it.key, flag, &plain) &&
		    (!plain ||
			(add_attribute(reading, &item, it.value, nest) &&
			    item_end(reading, items, &item)));
	}
	buf_free(&item);
	return ok;
}

static bool
add_blocks(struct reading *reading, struct list *items, struct value block,
    size_t nest)
{
	struct value_iter it =
	    value_each(value_member(block, STR("block_types")));
	struct buf item = {0};
	bool ok = true, plain;

	while (ok && value_step(&it)) {
		ok = item_begin(reading, &item, it.key, '?', &plain) &&
		    (!plain ||
			(add_nesting(reading, &item, it.value) &&
			    add_block(reading, &item,
				value_member(it.value, STR("block")),
				nest + 1) &&
			    item_end(reading, items, &item)));
	}
	buf_free(&item);
	return ok;
}

static bool
add_block(struct reading *reading, struct buf *out, struct value block,
    size_t nest)
{
	struct list items = {NULL, 0, 0};

	return !too_deep(reading, nest) &&
	    add_attributes(reading, &items, block, nest) &&
	    add_blocks(reading, &items, block, nest) &&
	    add_shape(reading, out, &items);
}

/* --- The document --- */

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	struct reading *reading = ctx;
	bool object = kind == NODE_OBJECT;

	switch (reading->level) {
	case IN_DOCUMENT:
		if (str_eq(key, STR("format_version")))
			*want = SCAN_BUILD;
		else if (object && str_eq(key, STR("provider_schemas")))
			*want = SCAN_ENTER;
		break;
	case IN_PROVIDER:
		reading->data = str_eq(key, STR("data_source_schemas"));
		if (object &&
		    (reading->data || str_eq(key, STR("resource_schemas"))))
			*want = SCAN_ENTER;
		break;
	case IN_NOTHING:
	case IN_PROVIDERS:
		if (object)
			*want = SCAN_ENTER;
		break;
	default:
		if (!is_plain(key))
			break;
		reading->type = arena_copy(reading->arena, key);
		if (!reading->type.ptr)
			return error_nomem(err);
		*want = SCAN_BUILD;
	}
	reading->level += *want == SCAN_ENTER;
	return true;
}

/* A type is a line that holds what the line of its shape does. */
static bool
add_type(struct reading *reading, struct value schema)
{
	struct buf line = {0};
	bool ok;

	buf_fmt(&line, "%s" STR_FMT " ", reading->data ? "data." : "",
	    STR_ARG(reading->type));
	ok = add_block(
	    reading, &line, value_member(schema, STR("block")), 0) &&
	    list_add(reading, &reading->lines,
		arena_copy(reading->arena, buf_str(&line)));
	buf_free(&line);
	return ok;
}

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct reading *reading = ctx;

	reading->err = err;
	if (reading->level == IN_DOCUMENT) {
		reading->version = str_starts(value_raw(value), STR("1."));
		return true;
	}
	return add_type(reading, value);
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	struct reading *reading = ctx;

	(void)err;
	reading->level--;
	return true;
}

/* Of all types and shapes. */
static bool
add_lines(struct reading *reading, struct list *lines)
{
	const struct map *shapes = &reading->shapes;
	struct buf line = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < shapes->count; i++) {
		line.len = 0;
		buf_fmt(&line, "%zu" STR_FMT, i,
		    STR_ARG(shapes->entries[i].key));
		ok = item_end(reading, lines, &line);
	}
	for (size_t i = 0; ok && i < reading->lines.count; i++) {
		struct str form;
		struct str type = str_cut(reading->lines.items[i], ' ', &form);
		size_t shape = strtoul(form.ptr + 1, NULL, 10);

		line.len = 0;
		buf_add(&line, type);
		buf_add(&line, form.len > 1 ? shapes->entries[shape].key
					    : STR(" "));
		ok = item_end(reading, lines, &line);
	}
	ok = ok && (!line.failed || error_nomem(reading->err));
	buf_free(&line);
	return ok;
}

static struct digest *
make_digest(struct reading *reading, struct arena *arena)
{
	struct list lines = {NULL, 0, 0};
	struct buf text = {0};
	struct str last = {"", 0}, rest, kept;

	if (!add_lines(reading, &lines))
		return NULL;
	qsort(lines.items, lines.count, sizeof(*lines.items), line_order);
	buf_add(&text, STR("tfassay-digest 2 schema\n"));
	for (size_t i = 0; i < lines.count; i++) {
		struct str word = str_cut(lines.items[i], ' ', &rest);

		if (str_eq(word, last))
			continue;
		last = word;
		buf_add(&text, lines.items[i]);
		buf_byte(&text, '\n');
	}
	kept = text.failed ? (struct str){NULL, 0}
			   : arena_copy(arena, buf_str(&text));
	buf_free(&text);
	if (kept.ptr)
		return digest_read(kept, reading->err);
	error_nomem(reading->err);
	return NULL;
}

/* A pipe will do as well as a file. */
static bool
feed(struct scan *scan, const char *path, struct tfa_error *err)
{
	char bytes[16384];
	FILE *file = fopen(path, "rb");
	size_t got = 1;
	bool ok = true, failed;

	if (!file)
		return error_at(err, TFA_ERR_POLICY, str_of(path),
		    (struct pos){0, 0},
		    errno == ENOENT ? "does not exist" : "cannot be read");
	while (ok && got) {
		got = fread(bytes, 1, sizeof(bytes), file);
		ok = scan_feed(scan, bytes, got, err);
	}
	failed = ferror(file) != 0;
	fclose(file);
	if (failed)
		return error_at(err, TFA_ERR_POLICY, str_of(path),
		    (struct pos){0, 0}, "cannot be read");
	return ok && scan_finish(scan, err);
}

static bool
refuse(struct tfa_error *err, const char *path, const struct tfa_error *why)
{
	if (why->code != TFA_ERR_PLAN) {
		*err = *why;
		return false;
	}
	return error_at(err, TFA_ERR_POLICY, str_of(path), (struct pos){0, 0},
	    "is no schema: %s (at byte %" PRIu64 ")", why->message,
	    why->offset);
}

struct digest *
provider_read(const char *path, struct arena *arena, struct tfa_error *err)
{
	static const struct scan_handler handler = {
	    .start = on_start, .built = on_built, .end = on_end};
	struct arena own = {0};
	struct tfa_error why = {0};
	struct reading reading = {.arena = &own, .err = &why};
	struct scan *scan = scan_new(NULL, &handler, &reading);
	struct digest *digest = NULL;

	if (!scan) {
		error_nomem(err);
		return NULL;
	}
	if (!feed(scan, path, &why))
		refuse(err, path, &why);
	else if (!reading.version || !reading.lines.count)
		error_at(err, TFA_ERR_POLICY, str_of(path), (struct pos){0, 0},
		    "is no schema: it is what terraform providers schema "
		    "-json prints");
	else {
		reading.err = err;
		digest = make_digest(&reading, arena);
	}
	scan_free(scan);
	map_free(&reading.shapes);
	buf_free(&reading.scratch);
	arena_free(&own);
	return digest;
}
