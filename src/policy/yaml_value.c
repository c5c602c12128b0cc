/*
 * libyaml's events become nodes one by one.  What makes a document mean more
 * than it shows is refused: anchors, tags, merge keys, names twice.  Depth is
 * that of struct make, which libyaml's quadratic nesting never outgrows.
 */
#include "policy/yaml_value.h"

#include <yaml.h>

#include "base/decimal.h"
#include "base/map.h"

enum { NODES_MOST = 1000000 };

/* An open collection. */
struct level {
	struct level *up;
	bool object;
	bool value; /* object: a key has come */
	struct map keys;
};

struct reading {
	struct make make;
	struct level *top;
	struct arena scratch;
	size_t documents;
	const char *why;
};

static bool
refuse(struct reading *reading, const char *why)
{
	reading->why = why;
	return false;
}

/* A scalar or collection comes: as a key it must be text. */
static bool
begin(struct reading *reading, bool text, const yaml_char_t *anchor,
    const yaml_char_t *tag)
{
	struct level *top = reading->top;

	if (anchor)
		return refuse(reading, "is YAML with anchors");
	if (tag)
		return refuse(reading, "is YAML with tags");
	if (reading->make.count > NODES_MOST)
		return refuse(reading, "is YAML with too many values");
	if (top && top->object && !top->value && !text)
		return refuse(reading, "is YAML with a key that is no text");
	return true;
}

static void
ended(struct reading *reading)
{
	if (reading->top)
		reading->top->value = false;
}

static bool
take_key(struct reading *reading, struct str text, bool plain)
{
	struct level *top = reading->top;
	struct str key = arena_copy(&reading->scratch, text);

	if (plain && str_eq(text, STR("<<")))
		return refuse(reading, "is YAML with merge keys");
	if (map_find(&top->keys, text))
		return refuse(reading, "has a name twice in one object");
	if (!key.ptr || !map_set(&top->keys, key, top))
		return false;
	make_string(&reading->make, text);
	top->value = true;
	return true;
}

static bool
is_one_of(struct str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(text, str_of(words[i])))
			return true;
	}
	return false;
}

static void
make_plain(struct make *make, struct str text)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	static const char *const trues[] = {"true", "True", "TRUE"};
	static const char *const falses[] = {"false", "False", "FALSE"};
	struct decimal number;

	if (is_one_of(text, nulls, COUNTOF(nulls)))
		make_scalar(make, NODE_NULL);
	else if (is_one_of(text, trues, COUNTOF(trues)))
		make_scalar(make, NODE_TRUE);
	else if (is_one_of(text, falses, COUNTOF(falses)))
		make_scalar(make, NODE_FALSE);
	else if (decimal_read(&number, text))
		make_number(make, text);
	else
		make_string(make, text);
}

static bool
take_scalar(struct reading *reading, const yaml_event_t *event)
{
	struct str text = {(const char *)event->data.scalar.value,
	    event->data.scalar.length};
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

	if (!begin(reading, true, event->data.scalar.anchor,
		event->data.scalar.tag))
		return false;
	if (memchr(text.ptr, 0, text.len))
		return refuse(reading, "is YAML with a NUL");
	if (reading->top && reading->top->object && !reading->top->value)
		return take_key(reading, text, plain);
	if (plain)
		make_plain(&reading->make, text);
	else
		make_string(&reading->make, text);
	ended(reading);
	return true;
}

static bool
take_start(struct reading *reading, bool object, const yaml_char_t *anchor,
    const yaml_char_t *tag)
{
	struct level *level;

	if (!begin(reading, false, anchor, tag))
		return false;
	if (reading->make.depth == COUNTOF(reading->make.open))
		return refuse(reading, "is YAML that is nested too deep");
	level = arena_new(&reading->scratch, struct level);
	if (!level)
		return false;
	level->up = reading->top;
	level->object = object;
	reading->top = level;
	make_open(&reading->make, object ? NODE_OBJECT : NODE_ARRAY);
	return true;
}

static void
drop_level(struct reading *reading)
{
	map_free(&reading->top->keys);
	reading->top = reading->top->up;
}

static bool
take(struct reading *reading, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (reading->documents++)
			return refuse(reading, "is more than one document");
		return true;
	case YAML_ALIAS_EVENT:
		return refuse(reading, "is YAML with anchors");
	case YAML_SCALAR_EVENT:
		return take_scalar(reading, event);
	case YAML_SEQUENCE_START_EVENT:
		return take_start(reading, false,
		    event->data.sequence_start.anchor,
		    event->data.sequence_start.tag);
	case YAML_MAPPING_START_EVENT:
		return take_start(reading, true,
		    event->data.mapping_start.anchor,
		    event->data.mapping_start.tag);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		make_close(&reading->make);
		drop_level(reading);
		ended(reading);
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return true;
}

static bool
take_all(struct reading *reading, yaml_parser_t *parser)
{
	yaml_event_t event;
	bool ok, last;

	do {
		if (!yaml_parser_parse(parser, &event)) {
			if (parser->error == YAML_MEMORY_ERROR)
				return false;
			return refuse(reading, "is not YAML");
		}
		last = event.type == YAML_STREAM_END_EVENT;
		ok = take(reading, &event) && !reading->make.failed;
		yaml_event_delete(&event);
	} while (ok && !last);
	return ok;
}

bool
yaml_value(
    struct value *out, struct str text, struct arena *arena, const char **why)
{
	struct reading reading = {0};
	yaml_parser_t parser;
	struct value made = VALUE_NONE;
	bool ok;

	*why = NULL;
	if (!yaml_parser_initialize(&parser))
		return false;
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)text.ptr, text.len);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	ok = take_all(&reading, &parser);
	if (ok && reading.make.count) {
		made = make_done(&reading.make, arena);
		ok = made.node != NULL;
	}
	*why = reading.why;
	while (reading.top)
		drop_level(&reading);
	yaml_parser_delete(&parser);
	make_free(&reading.make);
	arena_free(&reading.scratch);
	if (ok)
		*out = made;
	return ok;
}
