/*
 * Shapes as JSON Schema, draft-07.  Text is written loosely: YAML makes a
 * number of a plain 1.0, and the loader takes its text.
 */
#include "policy/field.h"

const struct shape shape_any = {.kind = SHAPE_ANY};
const struct shape shape_some = {.kind = SHAPE_SOME};
const struct shape shape_full = {.kind = SHAPE_FULL};
const struct shape shape_plain = {.kind = SHAPE_PLAIN};
const struct shape shape_text = {.kind = SHAPE_TEXT};
const struct shape shape_path = {.kind = SHAPE_TEXT};
const struct shape shape_type = {
    .kind = SHAPE_TEXT, .pattern = "^[A-Za-z0-9_-]+[ \n]*$"};
const struct shape shape_day = {
    .kind = SHAPE_TEXT, .pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ \n]*$"};
const struct shape shape_bool = {.kind = SHAPE_BOOL};
const struct shape shape_true = {.kind = SHAPE_TRUE};
const struct shape shape_number = {.kind = SHAPE_NUMBER};
const struct shape shape_count = {.kind = SHAPE_COUNT};
const struct shape shape_object = {.kind = SHAPE_MAP, .of = &shape_any};
const struct shape shape_condition = {
    .kind = SHAPE_CONDITION, .name = "condition"};

static const struct shape texts = {
    .kind = SHAPE_LIST, .of = &shape_text, .least = 1};
static const struct shape *const text_or_texts[] = {&shape_text, &texts};
const struct shape shape_names = {
    .kind = SHAPE_EITHER, .either = text_or_texts, .count = 2};
const struct shape shape_named_lists = {
    .kind = SHAPE_MAP, .of = &shape_names, .least = 1};

static const struct shape type_pattern = {
    .kind = SHAPE_TEXT, .pattern = "^[A-Za-z0-9_*?-]+[ \n]*$"};
static const struct shape patterns = {
    .kind = SHAPE_LIST, .of = &type_pattern, .least = 1};
static const struct shape *const pattern_or_patterns[] = {
    &type_pattern, &patterns};
const struct shape shape_types = {
    .kind = SHAPE_EITHER, .either = pattern_or_patterns, .count = 2};

static const struct shape *const mask_kinds[3];
const struct shape shape_mask_value = {
    .kind = SHAPE_EITHER, .name = "mask", .either = mask_kinds, .count = 3};
const struct shape shape_mask = {.kind = SHAPE_MAP, .of = &shape_mask_value};
static const struct shape mask_list = {
    .kind = SHAPE_LIST, .of = &shape_mask_value};
static const struct shape *const mask_kinds[3] = {
    &shape_bool, &mask_list, &shape_mask};

static void
write_types(struct emit *emit, const char *const *types, size_t count)
{
	emit_open(emit, "type", '[');
	for (size_t i = 0; i < count; i++)
		emit_str(emit, NULL, str_of(types[i]));
	emit_close(emit, ']');
}

static void
write_type(struct emit *emit, const char *type)
{
	emit_str(emit, "type", str_of(type));
}

/* Some words are booleans as well, and text to the loader. */
static void
write_words(struct emit *emit, const struct shape *shape)
{
	emit_open(emit, "enum", '[');
	for (size_t i = 0; i < shape->count; i++) {
		struct str word = str_of(shape->words[i]);

		if (str_eq(word, STR("true")) || str_eq(word, STR("false")))
			emit_bool(emit, NULL, str_eq(word, STR("true")));
		emit_str(emit, NULL, word);
	}
	emit_close(emit, ']');
}

static void
write_bounds(struct emit *emit, const struct shape *shape, const char *least,
    const char *most)
{
	if (shape->least)
		emit_uint(emit, least, shape->least);
	if (shape->most)
		emit_uint(emit, most, shape->most);
}

static void
write_map(struct emit *emit, const struct shape *shape)
{
	write_type(emit, "object");
	write_bounds(emit, shape, "minProperties", "maxProperties");
	if (shape->pattern) {
		emit_open(emit, "propertyNames", '{');
		emit_str(emit, "pattern", str_of(shape->pattern));
		emit_close(emit, '}');
	}
	shape_write(emit, "additionalProperties", shape->of, NULL);
}

void
shape_write_required(struct emit *emit, const char *key)
{
	emit_open(emit, NULL, '{');
	emit_open(emit, "required", '[');
	emit_str(emit, NULL, str_of(key));
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
write_fields(struct emit *emit, const struct shape *shape)
{
	const struct field *fields = shape->fields;
	size_t required = 0;

	write_type(emit, "object");
	write_bounds(emit, shape, "minProperties", "maxProperties");
	emit_open(emit, "properties", '{');
	for (size_t i = 0; i < shape->count; i++) {
		required += fields[i].required;
		if (fields[i].shape)
			shape_write(emit, fields[i].name, fields[i].shape,
			    fields[i].help);
	}
	emit_close(emit, '}');
	if (required) {
		emit_open(emit, "required", '[');
		for (size_t i = 0; i < shape->count; i++) {
			if (fields[i].required)
				emit_str(emit, NULL, str_of(fields[i].name));
		}
		emit_close(emit, ']');
	}
	if (shape->needs[0]) {
		emit_open(emit, "anyOf", '[');
		shape_write_required(emit, shape->needs[0]);
		shape_write_required(emit, shape->needs[1]);
		emit_close(emit, ']');
	}
	emit_bool(emit, "additionalProperties", false);
}

static void
write_either(struct emit *emit, const struct shape *shape)
{
	emit_open(emit, "anyOf", '[');
	for (size_t i = 0; i < shape->count; i++)
		shape_write(emit, NULL, shape->either[i], NULL);
	emit_close(emit, ']');
}

static void
write_scalar(struct emit *emit, const struct shape *shape)
{
	static const char *const types[] = {
	    "string", "number", "boolean", "array", "object"};

	write_types(emit, types,
	    shape->kind == SHAPE_FULL || shape->kind == SHAPE_SOME ? 5 : 3);
	if (shape->kind == SHAPE_TEXT)
		emit_str(emit, "pattern",
		    shape->pattern ? str_of(shape->pattern) : STR("[^ \n]"));
	if (shape->kind == SHAPE_SCALAR || shape->kind == SHAPE_FULL)
		emit_uint(emit, "minLength", 1);
	if (shape->kind == SHAPE_FULL) {
		emit_uint(emit, "minItems", 1);
		emit_uint(emit, "minProperties", 1);
	}
}

static void
write_string(struct emit *emit, const struct shape *shape)
{
	write_type(emit, "string");
	emit_uint(emit, "minLength", 1);
	if (shape->pattern)
		emit_str(emit, "pattern", str_of(shape->pattern));
}

void
shape_write_inside(struct emit *emit, const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_ANY:
	case SHAPE_CONDITION:
		break;
	case SHAPE_SOME:
	case SHAPE_FULL:
	case SHAPE_TEXT:
	case SHAPE_PLAIN:
	case SHAPE_SCALAR:
		write_scalar(emit, shape);
		break;
	case SHAPE_STRING:
		write_string(emit, shape);
		break;
	case SHAPE_ANY_STRING:
		write_type(emit, "string");
		break;
	case SHAPE_WORD:
		write_words(emit, shape);
		break;
	case SHAPE_TRUE:
		write_type(emit, "boolean");
		emit_bool(emit, "const", true);
		break;
	case SHAPE_BOOL:
		write_type(emit, "boolean");
		break;
	case SHAPE_NUMBER:
		write_type(emit, "number");
		break;
	case SHAPE_COUNT:
		write_type(emit, "integer");
		emit_uint(emit, "minimum", shape->least);
		break;
	case SHAPE_LIST:
		write_type(emit, "array");
		write_bounds(emit, shape, "minItems", "maxItems");
		shape_write(emit, "items", shape->of, NULL);
		break;
	case SHAPE_MAP:
		write_map(emit, shape);
		break;
	case SHAPE_FIELDS:
		write_fields(emit, shape);
		break;
	case SHAPE_EITHER:
		write_either(emit, shape);
		break;
	}
}

static void
write_reference(struct emit *emit, const char *name)
{
	char text[64];

	snprintf(text, sizeof(text), "#/definitions/%s", name);
	emit_str(emit, "$ref", str_of(text));
}

/* What stands beside "$ref" is not read, so it goes around it. */
void
shape_write(struct emit *emit, const char *key, const struct shape *shape,
    const char *help)
{
	emit_open(emit, key, '{');
	if (help)
		emit_str(emit, "description", str_of(help));
	if (shape->name && help) {
		emit_open(emit, "allOf", '[');
		emit_open(emit, NULL, '{');
		write_reference(emit, shape->name);
		emit_close(emit, '}');
		emit_close(emit, ']');
	} else if (shape->name) {
		write_reference(emit, shape->name);
	} else {
		shape_write_inside(emit, shape);
	}
	emit_close(emit, '}');
}
