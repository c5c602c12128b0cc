/*
 * The schema of conditions, from the tables that read them: every word is a
 * property, exactly one of them is an operator, and companions depend on the
 * operators that take them.  Beside "count" some operators are companions, so
 * that it has a schema of its own.
 */
#include "policy/cond_parts.h"
#include "policy/field.h"

#define BIT(part) (1u << (part))

/* --- What stands behind operators --- */

static const struct field param_fields[] = {
    {"param", NULL, 0, true, &shape_text, "the name of a parameter"},
};
static const struct shape param = {.kind = SHAPE_FIELDS,
    .name = "param",
    .fields = param_fields,
    .count = COUNTOF(param_fields)};
static const struct field value_of_fields[] = {
    {"value_of", NULL, 0, true, &shape_text, "the path of a value"},
};
static const struct shape value_of = {.kind = SHAPE_FIELDS,
    .name = "value_of",
    .fields = value_of_fields,
    .count = COUNTOF(value_of_fields)};

#define EITHER(list) \
	{ \
		.kind = SHAPE_EITHER, .either = list, .count = COUNTOF(list) \
	}

static const struct shape scalar = {.kind = SHAPE_SCALAR};
static const struct shape *const scalars[] = {&scalar, &param, &value_of};
const struct shape shape_open_scalar = EITHER(scalars);

static const struct shape scalar_list = {
    .kind = SHAPE_LIST, .of = &shape_open_scalar, .least = 1};
static const struct shape *const lists[] = {&scalar_list, &param, &value_of};
static const struct shape open_list = EITHER(lists);

static const struct shape *const numbers[] = {&shape_number, &param, &value_of};
static const struct shape open_number = EITHER(numbers);
static const struct shape two_numbers = {
    .kind = SHAPE_LIST, .of = &open_number, .least = 2, .most = 2};
static const struct shape *const ranges[] = {&two_numbers, &param, &value_of};
static const struct shape open_range = EITHER(ranges);

static const struct shape *const counts[] = {&shape_count, &param, &value_of};
const struct shape shape_size = EITHER(counts);

static const struct shape string = {.kind = SHAPE_STRING};
static const struct shape *const strings[] = {&string, &param, &value_of};
static const struct shape open_string = EITHER(strings);
static const struct shape *const regexes[] = {&string, &param};
static const struct shape open_pattern = EITHER(regexes);

static const struct shape action = {
    .kind = SHAPE_STRING, .pattern = "^[A-Za-z0-9-]+:[A-Za-z0-9-]+$"};
static const struct shape *const actions[] = {&action, &param};
static const struct shape open_action = EITHER(actions);

static const struct shape *const flags[] = {&shape_bool, &param};
const struct shape shape_flag = EITHER(flags);

static const struct shape *const paths[] = {&shape_text, &param};
const struct shape shape_open_path = EITHER(paths);

static const struct shape *const one_number[] = {&shape_number, &param};
static const struct shape sentinel = EITHER(one_number);
static const struct shape sentinels = {
    .kind = SHAPE_LIST, .of = &sentinel, .least = 1};
static const struct shape *const sentinel_kinds[] = {&sentinel, &sentinels};
const struct shape shape_sentinel = EITHER(sentinel_kinds);

static const struct shape *const arguments[] = {
    [ARG_SCALAR] = &shape_open_scalar,
    [ARG_ANY] = &shape_full,
    [ARG_LIST] = &open_list,
    [ARG_NUMBER] = &open_number,
    [ARG_RANGE] = &open_range,
    [ARG_TEXT] = &open_string,
    [ARG_PATTERN] = &open_pattern,
    [ARG_BOOL] = &shape_flag,
    [ARG_ACTION] = &open_action,
    [ARG_LENGTH] = &shape_length,
    [ARG_VERSION] = &shape_limits,
    [ARG_DATE] = &shape_limits,
    [ARG_CIDR] = &shape_cidr,
};

/* --- Words --- */

static bool
is_operator(const struct cond_word *word)
{
	return word->part == PART_END;
}

static void
write_property(struct emit *emit, const struct cond_word *word)
{
	shape_write(emit, word->name,
	    word->op ? arguments[word->op->argument] : word->shape, word->help);
}

/* {"required": [..]} for each companion of the bits. */
static void
write_each(struct emit *emit, unsigned bits)
{
	struct cond_word word;

	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (!is_operator(&word) && !word.counting &&
		    (bits & BIT(word.part)))
			shape_write_required(emit, word.name);
	}
}

static void
write_needs(struct emit *emit, unsigned bits)
{
	struct cond_word word;

	emit_open(emit, "required", '[');
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (!is_operator(&word) && (bits & BIT(word.part)))
			emit_str(emit, NULL, str_of(word.name));
	}
	emit_close(emit, ']');
}

/* What an operator needs beside it. */
static void
write_operator(struct emit *emit, const struct cond_word *word)
{
	if (!word->needs && !word->one_of)
		return;
	emit_open(emit, word->name, '{');
	if (word->needs)
		write_needs(emit, word->needs);
	if (word->one_of) {
		emit_open(emit, "oneOf", '[');
		write_each(emit, word->one_of);
		emit_close(emit, ']');
	}
	emit_close(emit, '}');
}

/* The operators that a companion goes with. */
static void
write_companion(struct emit *emit, const struct cond_word *companion)
{
	struct cond_word word;

	emit_open(emit, companion->name, '{');
	if (companion->part == PART_SOURCE)
		write_needs(emit, BIT(PART_DEFAULT));
	emit_open(emit, "anyOf", '[');
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (is_operator(&word) && !word.counting &&
		    (word.takes & BIT(companion->part)))
			shape_write_required(emit, word.name);
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
write_condition(struct emit *emit)
{
	struct cond_word word;

	emit_open(emit, "testing", '{');
	emit_str(emit, "type", STR("object"));
	emit_open(emit, "properties", '{');
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (!word.counting)
			write_property(emit, &word);
	}
	emit_close(emit, '}');
	emit_bool(emit, "additionalProperties", false);
	emit_open(emit, "oneOf", '[');
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (is_operator(&word) && !word.counting)
			shape_write_required(emit, word.name);
	}
	emit_close(emit, ']');
	emit_open(emit, "dependencies", '{');
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (word.counting)
			continue;
		if (is_operator(&word))
			write_operator(emit, &word);
		else
			write_companion(emit, &word);
	}
	emit_close(emit, '}');
	emit_close(emit, '}');
}

/* "count" with what it takes; how many is its own business. */
static void
write_counting(struct emit *emit)
{
	static const char *const sizes[] = {"at_least", "at_most", "equals"};
	struct cond_word word, count = {.name = NULL};

	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (is_operator(&word) && word.counting)
			count = word;
	}
	emit_open(emit, "counting", '{');
	emit_str(emit, "type", STR("object"));
	emit_open(emit, "properties", '{');
	write_property(emit, &count);
	for (size_t i = 0; cond_word_at(i, &word); i++) {
		if (!is_operator(&word) && (count.takes & BIT(word.part)))
			write_property(emit, &word);
	}
	emit_close(emit, '}');
	emit_bool(emit, "additionalProperties", false);
	emit_open(emit, "anyOf", '[');
	for (size_t i = 0; i < COUNTOF(sizes); i++)
		shape_write_required(emit, sizes[i]);
	emit_close(emit, ']');
	emit_open(emit, "dependencies", '{');
	emit_open(emit, "source", '[');
	emit_str(emit, NULL, STR("default"));
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
write_reference(struct emit *emit, const char *key, const char *name)
{
	emit_open(emit, key, '{');
	emit_str(emit, "$ref", str_of(name));
	emit_close(emit, '}');
}

void
shape_write_conditions(struct emit *emit)
{
	static const struct shape *const named[] = {
	    &param, &value_of, &shape_mask_value};

	emit_open(emit, "definitions", '{');
	emit_open(emit, "condition", '{');
	emit_open(emit, "if", '{');
	emit_open(emit, "required", '[');
	emit_str(emit, NULL, STR("count"));
	emit_close(emit, ']');
	emit_close(emit, '}');
	write_reference(emit, "then", "#/definitions/counting");
	write_reference(emit, "else", "#/definitions/testing");
	emit_close(emit, '}');
	write_counting(emit);
	write_condition(emit);
	for (size_t i = 0; i < COUNTOF(named); i++) {
		emit_open(emit, named[i]->name, '{');
		shape_write_inside(emit, named[i]);
		emit_close(emit, '}');
	}
	emit_close(emit, '}');
}
