/*
 * From libyaml's events to a tree.  libyaml knows nothing of duplicate keys,
 * slows down with the square of the nesting, and types nothing: so depth and
 * nodes are counted event by event, and keys are compared after unescaping.
 */
#include "policy/tree.h"

#include <yaml.h>

#include "policy/load.h"

/* A collection whose end has not come yet. */
struct frame {
	struct frame *up;
	struct tree *node;
	struct tree *last;   /* child so far */
	struct tree *member; /* TREE_MAP: its key has come, its value not */
	struct map keys;     /* TREE_MAP: of all members */
};

struct build {
	struct load *load;
	yaml_parser_t parser;
	struct frame *top; /* NULL between documents */
	struct tree *first, *last; /* documents */
	size_t depth, nodes;
};

/* libyaml counts from 0. */
static struct pos
pos_of(const yaml_mark_t *mark)
{
	return (struct pos){mark->line + 1, mark->column + 1};
}

static bool
count_node(struct build *build, struct pos pos)
{
	size_t most = build->load->policies->limits.policy_nodes;

	if (++build->nodes > most)
		return load_error(build->load, TFA_ERR_LIMIT, pos,
		    "has more than %zu values", most);
	return true;
}

static void
append(struct build *build, struct tree *node)
{
	struct frame *top = build->top;
	struct tree **first = top ? &top->node->first : &build->first;
	struct tree **last = top ? &top->last : &build->last;

	if (*last)
		(*last)->next = node;
	else
		*first = node;
	*last = node;
	if (top)
		top->node->count++;
}

/* The node for the value that begins at pos; NULL with the error set. */
static struct tree *
next_value(struct build *build, enum tree_kind kind, struct pos pos)
{
	struct frame *top = build->top;
	struct tree *node;

	if (!count_node(build, pos))
		return NULL;
	if (top && top->node->kind == TREE_MAP && !top->member) {
		bad(build->load, pos, "a key must be a name");
		return NULL;
	}
	node = top ? top->member : NULL;
	if (!node)
		node = arena_new(&build->load->scratch, struct tree);
	if (!node) {
		load_nomem(build->load);
		return NULL;
	}
	if (top)
		top->member = NULL;
	node->kind = kind;
	node->pos = pos;
	append(build, node);
	return node;
}

static bool
take_key(struct build *build, struct str text, bool plain, struct pos pos)
{
	struct load *load = build->load;
	struct frame *top = build->top;
	struct tree *member;
	const struct tree *other = map_find(&top->keys, text);

	if (plain && str_eq(text, STR("<<")))
		return bad(load, pos, "merge keys are refused: use \"define\"");
	if (other)
		return bad(load, pos,
		    "duplicate key \"" STR_FMT "\", first at %zu:%zu",
		    STR_ARG(text_shown(text)), other->key_pos.line,
		    other->key_pos.column);
	member = arena_new(&load->scratch, struct tree);
	if (!member || !map_set(&top->keys, text, member))
		return load_nomem(load);
	member->key = text;
	member->key_pos = pos;
	top->member = member;
	return count_node(build, pos);
}

/* What may stand before any value, and must not. */
static bool
check_properties(struct build *build, const yaml_char_t *anchor,
    const yaml_char_t *tag, struct pos pos)
{
	if (anchor)
		return bad(build->load, pos,
		    "anchors are refused: use \"define\"");
	if (tag)
		return bad(build->load, pos, "tags are refused");
	return true;
}

static bool
take_scalar(struct build *build, const yaml_event_t *event, struct pos pos)
{
	struct str text = {(const char *)event->data.scalar.value,
	    event->data.scalar.length};
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct frame *top = build->top;
	struct tree *node;

	if (!check_properties(build, event->data.scalar.anchor,
		event->data.scalar.tag, pos))
		return false;
	if (text.len && memchr(text.ptr, 0, text.len))
		return bad(build->load, pos, "a text must not hold NUL");
	text = arena_copy(&build->load->scratch, text);
	if (!text.ptr)
		return load_nomem(build->load);
	if (top && top->node->kind == TREE_MAP && !top->member)
		return take_key(build, text, plain, pos);
	node = next_value(build, TREE_SCALAR, pos);
	if (!node)
		return false;
	node->text = text;
	node->plain = plain;
	return true;
}

static bool
take_start(struct build *build, enum tree_kind kind, struct pos pos)
{
	size_t most = build->load->policies->limits.policy_depth;
	struct frame *frame;
	struct tree *node;

	if (++build->depth > most)
		return load_error(build->load, TFA_ERR_LIMIT, pos,
		    "is nested deeper than %zu levels", most);
	node = next_value(build, kind, pos);
	if (!node)
		return false;
	frame = arena_new(&build->load->scratch, struct frame);
	if (!frame)
		return load_nomem(build->load);
	frame->up = build->top;
	frame->node = node;
	build->top = frame;
	return true;
}

static void
take_end(struct build *build)
{
	map_free(&build->top->keys);
	build->top = build->top->up;
	build->depth--;
}

static bool
take_document(struct build *build, const yaml_event_t *event, struct pos pos)
{
	if (event->data.document_start.version_directive ||
	    event->data.document_start.tag_directives.start !=
		event->data.document_start.tag_directives.end)
		return bad(build->load, pos, "directives are refused");
	return true;
}

static bool
take(struct build *build, const yaml_event_t *event)
{
	struct pos pos = pos_of(&event->start_mark);

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return take_document(build, event, pos);
	case YAML_ALIAS_EVENT:
		return bad(build->load, pos,
		    "aliases are refused: use \"define\"");
	case YAML_SCALAR_EVENT:
		return take_scalar(build, event, pos);
	case YAML_SEQUENCE_START_EVENT:
		return check_properties(build,
			   event->data.sequence_start.anchor,
			   event->data.sequence_start.tag, pos) &&
		    take_start(build, TREE_LIST, pos);
	case YAML_MAPPING_START_EVENT:
		return check_properties(build,
			   event->data.mapping_start.anchor,
			   event->data.mapping_start.tag, pos) &&
		    take_start(build, TREE_MAP, pos);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		take_end(build);
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return true;
}

/* Reader errors have an offset and no mark; some failures have no text. */
static bool
parse_failed(struct build *build)
{
	const yaml_parser_t *parser = &build->parser;
	struct load *load = build->load;

	if (parser->error == YAML_MEMORY_ERROR || !parser->problem)
		return load_nomem(load);
	if (parser->error == YAML_READER_ERROR)
		return bad(load, text_pos(load->text, parser->problem_offset),
		    "%s (byte %zu)", parser->problem, parser->problem_offset);
	if (!parser->context)
		return bad(load, pos_of(&parser->problem_mark), "%s",
		    parser->problem);
	return bad(load, pos_of(&parser->problem_mark), "%s, %s at %zu:%zu",
	    parser->problem, parser->context, parser->context_mark.line + 1,
	    parser->context_mark.column + 1);
}

static bool
take_all(struct build *build)
{
	yaml_event_t event;
	bool ok, last;

	do {
		if (!yaml_parser_parse(&build->parser, &event))
			return parse_failed(build);
		last = event.type == YAML_STREAM_END_EVENT;
		ok = take(build, &event);
		yaml_event_delete(&event);
	} while (ok && !last);
	return ok;
}

bool
tree_read(struct tree **out, struct load *load)
{
	struct build build = {.load = load};
	bool ok;

	if (!yaml_parser_initialize(&build.parser))
		return load_nomem(load);
	yaml_parser_set_input_string(&build.parser,
	    (const unsigned char *)load->text.ptr, load->text.len);
	yaml_parser_set_encoding(&build.parser, YAML_UTF8_ENCODING);
	ok = take_all(&build);
	while (build.top)
		take_end(&build);
	yaml_parser_delete(&build.parser);
	if (ok)
		*out = build.first;
	return ok;
}

const struct tree *
tree_member(const struct tree *node, const char *key)
{
	const struct tree *member;

	if (node->kind != TREE_MAP)
		return NULL;
	for (member = node->first; member; member = member->next) {
		if (str_is(member->key, key))
			break;
	}
	return member;
}

bool
tree_is_null(const struct tree *node)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};

	if (node->kind != TREE_SCALAR || !node->plain || node->text.len > 4)
		return false;
	for (size_t i = 0; i < COUNTOF(nulls); i++) {
		if (str_is(node->text, nulls[i]))
			return true;
	}
	return false;
}

const char *
tree_kind_name(const struct tree *node)
{
	switch (node->kind) {
	case TREE_LIST:
		return "a list";
	case TREE_MAP:
		return "a mapping";
	case TREE_SCALAR:
		break;
	}
	return tree_is_null(node) ? "nothing" : "text";
}
