/*
 * Names of the configuration and which of them refer to which, for all
 * instances at once and without looking at what is referred to in a resource: a
 * fixture may keep too much, never too little.
 */
#include <stdlib.h>

#include "share/fixture.h"

enum { HOPS_MOST = 8 };

void
graph_free(struct graph *graph)
{
	map_free(&graph->vertices);
	buf_free(&graph->text);
	free(graph->queue);
	arena_free(&graph->arena);
}

static struct str
key_of(struct graph *graph, enum vertex_kind kind, struct str path,
    struct str name)
{
	struct buf *text = &graph->text;

	text->len = 0;
	buf_byte(text, (char)kind);
	buf_add(text, path);
	if (path.len && name.len)
		buf_byte(text, '.');
	buf_add(text, name);
	if (text->failed)
		graph->failed = true;
	return buf_str(text);
}

const struct vertex *
graph_find(struct graph *graph, enum vertex_kind kind, struct str path,
    struct str name)
{
	struct str key = key_of(graph, kind, path, name);

	return graph->failed ? NULL : map_find(&graph->vertices, key);
}

void
graph_link(struct graph *graph, struct vertex *from, struct vertex *to)
{
	struct link *out = arena_new(&graph->arena, struct link);
	struct link *in = arena_new(&graph->arena, struct link);

	if (!from || !to || !out || !in) {
		graph->failed = true;
		return;
	}
	*out = (struct link){from->to, to};
	from->to = out;
	*in = (struct link){to->from, from};
	to->from = in;
}

static struct vertex *
make_vertex(struct graph *graph, enum vertex_kind kind, struct str path,
    struct str key)
{
	struct vertex *vertex = arena_new(&graph->arena, struct vertex);

	key = arena_copy(&graph->arena, key);
	path = arena_copy(&graph->arena, path);
	if (!vertex || !key.ptr || !path.ptr ||
	    !map_set(&graph->vertices, key, vertex)) {
		graph->failed = true;
		return NULL;
	}
	vertex->kind = kind;
	vertex->path = path;
	vertex->type = STR("");
	vertex->level = FIXTURE_NEVER;
	return vertex;
}

/* Whatever is in a module needs its call; CALL and OUTPUTS are named by path. */
struct vertex *
graph_vertex(struct graph *graph, enum vertex_kind kind, struct str path,
    struct str name)
{
	struct str key = key_of(graph, kind, path, name);
	struct vertex *vertex, *call;

	if (graph->failed)
		return NULL;
	vertex = map_find(&graph->vertices, key);
	if (vertex)
		return vertex;
	vertex = make_vertex(graph, kind, path, key);
	if (!vertex || !path.len || kind == VERTEX_CALL)
		return vertex;
	key = key_of(graph, VERTEX_CALL, vertex->path, STR(""));
	call = graph->failed ? NULL : map_find(&graph->vertices, key);
	if (!call && !graph->failed)
		call = make_vertex(graph, VERTEX_CALL, vertex->path, key);
	graph_link(graph, vertex, call);
	return vertex;
}

static struct str
mode_prefix(enum mode mode)
{
	static const struct str prefixes[] = {[MODE_MANAGED] = {"", 0},
	    [MODE_DATA] = {"data.", 5},
	    [MODE_EPHEMERAL] = {"ephemeral.", 10},
	    [MODE_LIST] = {"list.", 5}};

	return prefixes[mode];
}

static void
add_step(struct buf *path, struct str name)
{
	if (path->len)
		buf_byte(path, '.');
	buf_add(path, STR("module."));
	buf_add(path, name);
}

struct vertex *
graph_resource(struct graph *graph, const struct address *address)
{
	struct vertex *vertex = NULL;
	struct buf path = {0}, name = {0};

	for (size_t i = 0; i < address->step_count; i++)
		add_step(&path, address->steps[i].name);
	buf_add(&name, mode_prefix(address->mode));
	buf_add(&name, address->type);
	buf_byte(&name, '.');
	buf_add(&name, address->name);
	if (!path.failed && !name.failed)
		vertex = graph_vertex(graph, VERTEX_RESOURCE,
		    path.len ? buf_str(&path) : STR(""), buf_str(&name));
	if (vertex && !vertex->type.len)
		vertex->type = arena_copy(&graph->arena, address->type);
	if (!vertex || !vertex->type.ptr)
		graph->failed = true;
	buf_free(&path);
	buf_free(&name);
	return graph->failed ? NULL : vertex;
}

/* --- References --- */

/* Behind a key that stands in brackets. */
static struct str
skip_key(struct str rest)
{
	size_t at = 1;
	bool quoted = false;

	while (at < rest.len && (quoted || rest.ptr[at] != ']')) {
		if (quoted && rest.ptr[at] == '\\')
			at++;
		else if (rest.ptr[at] == '"')
			quoted = !quoted;
		at++;
	}
	return at < rest.len ? str_from(rest, at + 1) : STR("");
}

/* The next name of a reference; keys behind it are skipped. */
static struct str
next_name(struct str *rest)
{
	struct str name = *rest;
	size_t len = 0;

	while (len < rest->len && rest->ptr[len] != '.' &&
	    rest->ptr[len] != '[')
		len++;
	name = str_head(name, len);
	*rest = str_from(*rest, len);
	while (rest->len && rest->ptr[0] == '[')
		*rest = skip_key(*rest);
	if (rest->len && rest->ptr[0] == '.')
		*rest = str_from(*rest, 1);
	return name;
}

static void
refer_to_call(struct graph *graph, struct vertex *from, struct str path,
    struct str rest)
{
	struct str call = next_name(&rest), output = next_name(&rest);
	struct buf inner = {0};

	buf_add(&inner, path);
	add_step(&inner, call);
	if (inner.failed)
		graph->failed = true;
	else
		graph_link(graph, from,
		    graph_vertex(graph,
			output.len ? VERTEX_OUTPUT : VERTEX_OUTPUTS,
			buf_str(&inner), output));
	buf_free(&inner);
}

static void
refer_to_resource(struct graph *graph, struct vertex *from, struct str path,
    struct str first, struct str rest)
{
	static const enum mode modes[] = {MODE_DATA, MODE_EPHEMERAL};
	struct str prefix = STR("");
	struct buf name = {0};

	for (size_t i = 0; i < COUNTOF(modes); i++) {
		struct str mode = mode_prefix(modes[i]);

		if (str_eq(first, str_head(mode, mode.len - 1))) {
			prefix = mode;
			first = next_name(&rest);
			break;
		}
	}
	if (!rest.len)
		return;
	buf_add(&name, prefix);
	buf_add(&name, first);
	buf_byte(&name, '.');
	buf_add(&name, next_name(&rest));
	if (name.failed)
		graph->failed = true;
	else
		graph_link(graph, from,
		    graph_vertex(
			graph, VERTEX_RESOURCE, path, buf_str(&name)));
	buf_free(&name);
}

static void
refer(struct graph *graph, struct vertex *from, struct str path,
    struct str reference)
{
	static const char *const unseen[] = {
	    "local", "each", "count", "self", "path", "terraform"};
	struct str rest = reference, first = next_name(&rest);

	for (size_t i = 0; i < COUNTOF(unseen); i++) {
		if (str_eq(first, str_of(unseen[i])))
			return;
	}
	if (str_eq(first, STR("var")))
		graph_link(graph, from,
		    graph_vertex(
			graph, VERTEX_VARIABLE, path, next_name(&rest)));
	else if (str_eq(first, STR("module")))
		refer_to_call(graph, from, path, rest);
	else
		refer_to_resource(graph, from, path, first, rest);
}

static void
refer_to_list(struct graph *graph, struct vertex *from, struct str path,
    struct value list)
{
	struct value_iter it = value_each(list);
	struct buf text = {0};

	while (value_step(&it)) {
		struct str reference;

		if (value_kind(it.value) != NODE_STRING)
			continue;
		reference = value_text(it.value, &text);
		if (!reference.ptr)
			graph->failed = true;
		else
			refer(graph, from, path, reference);
	}
	buf_free(&text);
}

/* What any expression in the value refers to. */
static void
refer_all(struct graph *graph, struct vertex *from, struct str path,
    struct value value)
{
	const struct node *end;

	if (!from || !value_is_container(value))
		return;
	end = node_next(value.node);
	for (const struct node *at = value.node; at < end; at++) {
		struct value object = {at, value.text};

		if (at->kind == NODE_OBJECT)
			refer_to_list(graph, from, path,
			    value_member(object, STR("references")));
	}
}

/* --- The configuration --- */

static void
add_resource(struct graph *graph, struct str path, struct value value)
{
	static const char *const members[] = {
	    "expressions", "for_each_expression", "count_expression"};
	struct str name = value_copy_text(
	    value_member(value, STR("address")), &graph->arena);
	struct str type = value_copy_text(
	    value_member(value, STR("type")), &graph->arena);
	struct str provider = value_copy_text(
	    value_member(value, STR("provider_config_key")), &graph->arena);
	struct vertex *vertex;

	if (!name.ptr || !type.ptr)
		return;
	vertex = graph_vertex(graph, VERTEX_RESOURCE, path, name);
	if (!vertex)
		return;
	vertex->type = type;
	for (size_t i = 0; i < COUNTOF(members); i++)
		refer_all(graph, vertex, path,
		    value_member(value, str_of(members[i])));
	if (provider.ptr && provider.len)
		graph_link(graph, vertex,
		    graph_vertex(
			graph, VERTEX_PROVIDER, STR(""), provider));
}

/* An argument of a call is what the variable there refers to. */
static void
add_call(struct graph *graph, struct str path, const struct config_item *item)
{
	struct value_iter it = value_each(item->value);
	struct buf inner = {0}, text = {0};
	struct vertex *call;

	buf_add(&inner, path);
	add_step(&inner, item->name);
	call = inner.failed ? NULL
			    : graph_vertex(graph, VERTEX_CALL, buf_str(&inner),
				  STR(""));
	if (call && path.len)
		graph_link(graph, call,
		    graph_vertex(graph, VERTEX_CALL, path, STR("")));
	if (!str_eq(item->field, STR("expressions")))
		refer_all(graph, call, path, item->value);
	while (call && str_eq(item->field, STR("expressions")) && it.object &&
	    value_step(&it)) {
		struct str name = value_text(it.key, &text);

		if (name.ptr)
			refer_all(graph,
			    graph_vertex(graph, VERTEX_VARIABLE,
				buf_str(&inner), name),
			    path, it.value);
	}
	if (!call || text.failed)
		graph->failed = true;
	buf_free(&inner);
	buf_free(&text);
}

static void
add_output(struct graph *graph, struct str path, const struct config_item *item)
{
	struct vertex *output =
	    graph_vertex(graph, VERTEX_OUTPUT, path, item->name);

	refer_all(graph, output, path, item->value);
	if (path.len)
		graph_link(graph,
		    graph_vertex(graph, VERTEX_OUTPUTS, path, STR("")),
		    output);
}

static void
add_provider(struct graph *graph, const struct config_item *item)
{
	struct value module =
	    value_member(item->value, STR("module_address"));
	struct str path = STR("");

	if (value_kind(module) == NODE_STRING)
		path = value_copy_text(module, &graph->arena);
	refer_all(graph,
	    graph_vertex(graph, VERTEX_PROVIDER, STR(""), item->name), path,
	    item->value);
}

bool
graph_add(struct graph *graph, const struct config_item *item)
{
	struct buf text = {0};
	struct str path;

	for (size_t i = 0; i < item->depth; i++)
		add_step(&text, item->module[i]);
	path = text.len ? buf_str(&text) : STR("");
	graph->failed = graph->failed || text.failed;
	switch (graph->failed ? CONFIG_GIVEN : item->kind) {
	case CONFIG_RESOURCE:
		add_resource(graph, path, item->value);
		break;
	case CONFIG_CALL:
		add_call(graph, path, item);
		break;
	case CONFIG_OUTPUT:
		add_output(graph, path, item);
		break;
	case CONFIG_PROVIDER:
		add_provider(graph, item);
		break;
	case CONFIG_VARIABLE:
	case CONFIG_GIVEN:
		break;
	}
	buf_free(&text);
	return !graph->failed;
}

/* --- Walks --- */

/* Every vertex stands in the queue at most once. */
static bool
reserve_queue(struct graph *graph)
{
	if (!array_reserve(&graph->queue, &graph->queue_cap,
		graph->vertices.count, sizeof(struct vertex *)))
		graph->failed = true;
	return !graph->failed;
}

void
graph_keep(struct graph *graph, struct vertex *vertex, unsigned level)
{
	size_t head = 0, tail = 0;

	if (!reserve_queue(graph) || vertex->level <= level)
		return;
	vertex->level = level;
	graph->queue[tail++] = vertex;
	while (head < tail) {
		vertex = graph->queue[head++];
		for (struct link *at = vertex->to; at; at = at->next) {
			if (at->vertex->level <= level)
				continue;
			at->vertex->level = level;
			graph->queue[tail++] = at->vertex;
		}
	}
}

/*
 * A call is referred to by all that is in it, but only its variables may stand
 * for what its for_each holds; of a provider nobody is made.
 */
static bool
refers(const struct vertex *from, const struct vertex *to)
{
	return to->kind != VERTEX_PROVIDER &&
	    (to->kind != VERTEX_CALL || from->kind == VERTEX_VARIABLE);
}

void
graph_search(struct graph *graph)
{
	size_t head = 0, tail = 0;

	if (!reserve_queue(graph))
		return;
	for (size_t i = 0; i < graph->vertices.count; i++) {
		struct vertex *vertex = graph->vertices.entries[i].value;

		vertex->found = vertex->seed;
		vertex->hops = 0;
		if (vertex->seed)
			graph->queue[tail++] = vertex;
	}
	while (head < tail) {
		struct vertex *vertex = graph->queue[head++];

		for (struct link *at = vertex->from; at; at = at->next) {
			struct vertex *from = at->vertex;
			unsigned hops = vertex->hops +
			    (from->kind == VERTEX_RESOURCE);

			if (from->found || !refers(from, vertex) ||
			    hops > HOPS_MOST)
				continue;
			from->found = true;
			from->hops = hops;
			graph->queue[tail++] = from;
		}
	}
}
