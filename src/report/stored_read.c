/*
 * Reads an object by its shape.  What the shape does not say is not looked at;
 * what it says and the object has otherwise is an error with its name.
 */
#include "report/stored.h"

#include "policy/field.h"

enum { DEPTH = 8 }; /* of shapes: they are our own, and not deep */

static bool
refuse(struct tfa_error *err, const char *name, const char *what)
{
	return error_set(err, TFA_ERR_PLAN,
	    "is no result that can be read: \"%s\" %s", name, what);
}

bool
stored_text(struct str *out, struct value value, struct arena *arena,
    struct tfa_error *err)
{
	if (value_kind(value) != NODE_STRING)
		return refuse(err, "text", "is none");
	*out = value_copy_text(value, arena);
	return out->ptr || error_nomem(err);
}

bool
stored_names(struct names *out, struct value value, struct arena *arena,
    struct tfa_error *err)
{
	struct value_iter it = value_each(value);
	struct str *items;

	if (value_kind(value) != NODE_ARRAY)
		return refuse(err, "texts", "is no list");
	items = arena_array(arena, value_count(value) + 1, sizeof(*items));
	if (!items)
		return error_nomem(err);
	*out = (struct names){items, 0};
	while (value_step(&it)) {
		if (!stored_text(&items[out->count++], it.value, arena, err))
			return false;
	}
	return true;
}

static bool
read_lists(struct named_lists *out, struct value value, struct arena *arena,
    struct tfa_error *err)
{
	struct value_iter it = value_each(value);
	struct named_list *items =
	    arena_array(arena, value_count(value) + 1, sizeof(*items));

	if (!items)
		return error_nomem(err);
	*out = (struct named_lists){items, 0};
	while (value_step(&it)) {
		struct named_list *list = &items[out->count++];

		if (!stored_text(&list->name, it.key, arena, err) ||
		    !stored_names(&list->items, it.value, arena, err))
			return false;
	}
	return true;
}

static bool
read_count(size_t *out, struct value value, const char *name,
    struct tfa_error *err)
{
	struct str digits = value_raw(value);
	size_t number = 0;

	for (size_t i = 0; i < digits.len; i++) {
		size_t digit = (size_t)digits.ptr[i] - '0';

		if (digit > 9 || number > (SIZE_MAX - digit) / 10)
			return refuse(err, name, "is no count");
		number = number * 10 + digit;
	}
	*out = number;
	return true;
}

static bool
read_word(size_t *out, struct value value, const struct shape *shape,
    const char *name, struct tfa_error *err)
{
	for (size_t i = 0; i < shape->count; i++) {
		if (value_is(value, str_of(shape->words[i]))) {
			*out = i + 1;
			return true;
		}
	}
	return refuse(err, name, "is a word that is not known");
}

static bool
is_sha256(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || !strchr("0123456789abcdef", text.ptr[i]))
			return false;
	}
	return text.len == 64;
}

static enum node_kind
kind_of(const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_ANY_STRING:
	case SHAPE_STRING:
	case SHAPE_WORD:
		return NODE_STRING;
	case SHAPE_COUNT:
		return NODE_NUMBER;
	case SHAPE_LIST:
		return NODE_ARRAY;
	case SHAPE_MAP:
	case SHAPE_FIELDS:
		return NODE_OBJECT;
	default:
		return NODE_TRUE;
	}
}

static bool
fits(const struct shape *shape, struct value value)
{
	enum node_kind kind = value_kind(value);

	return kind == kind_of(shape) ||
	    (shape->kind == SHAPE_BOOL && kind == NODE_FALSE);
}

static bool read_fields(void *out, struct value object,
    const struct shape *shape, size_t depth, struct arena *arena,
    struct tfa_error *err);

/* Lists and maps of what has fields of its own stay as they are. */
static bool
read_container(void *out, struct value value, const struct shape *shape,
    struct arena *arena, struct tfa_error *err)
{
	if (shape->of->kind == SHAPE_FIELDS) {
		memcpy(out, &value, sizeof(value));
		return true;
	}
	return shape->kind == SHAPE_LIST
	    ? stored_names(out, value, arena, err)
	    : read_lists(out, value, arena, err);
}

static bool
read_member(void *out, struct value value, const struct field *field,
    size_t depth, struct arena *arena, struct tfa_error *err)
{
	const struct shape *shape = field->shape;
	struct str *text = out;
	enum stated *stated = out;

	if (!fits(shape, value))
		return refuse(err, field->name, "is of another kind");
	switch (shape->kind) {
	case SHAPE_COUNT:
		return read_count(out, value, field->name, err);
	case SHAPE_WORD:
		return read_word(out, value, shape, field->name, err);
	case SHAPE_BOOL:
		*stated = value_kind(value) == NODE_TRUE ? STATED_TRUE
							 : STATED_FALSE;
		return true;
	case SHAPE_LIST:
	case SHAPE_MAP:
		return read_container(out, value, shape, arena, err);
	case SHAPE_FIELDS:
		/* Structures inside others begin with "given". */
		*(bool *)out = true;
		return read_fields(out, value, shape, depth + 1, arena, err);
	default:
		return stored_text(text, value, arena, err) &&
		    (shape->kind != SHAPE_STRING || is_sha256(*text) ||
			refuse(err, field->name, "is no SHA-256"));
	}
}

static bool
read_fields(void *out, struct value object, const struct shape *shape,
    size_t depth, struct arena *arena, struct tfa_error *err)
{
	if (value_kind(object) != NODE_OBJECT || depth > DEPTH)
		return refuse(err, "record", "is no object");
	for (size_t i = 0; i < shape->count; i++) {
		const struct field *field = &shape->fields[i];
		struct value value = value_member(object, str_of(field->name));

		if (!value.node) {
			if (field->required)
				return refuse(err, field->name, "is missing");
			continue;
		}
		if (!read_member((char *)out + field->offset, value, field,
			depth, arena, err))
			return false;
	}
	return true;
}

bool
stored_read(void *out, struct value object, const struct shape *shape,
    struct arena *arena, struct tfa_error *err)
{
	return read_fields(out, object, shape, 0, arena, err);
}
