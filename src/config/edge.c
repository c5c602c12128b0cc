/*
 * A walk over expressions, each in its scope: a module instance and what each
 * and count mean there.  Variables lead to the caller's scope, outputs to the
 * called module's, each.value to the for_each.  Resources that were reached are
 * a queue: the expressions of their attributes are walked in turn, so that few
 * hops come before many.  An expression is walked once in a scope, and what a
 * question, or all of them, may read is bounded: beyond that is out of sight.
 */
#include "config/edge.h"
#include "config/traversal.h"

enum {
	HOPS_MOST = 8,
	DEPTH_MOST = 64,
	READ_MOST = 100 * 1000,		/* references, of one question */
	READ_EVER = 4 * 1000 * 1000,	/* of all of them */
};

struct scope {
	const struct place *place;
	struct value for_each; /* of the resource or call */
	struct key own;	       /* its key: what each.key and count.index are */
	struct key carried;    /* that came here by each.value or by a key */
	bool chosen;
};

struct walk {
	struct target_cache *cache;
	struct edges *edges;
	struct map met, visited;
	size_t passing; /* the index, plus 1, of the edge that is passed */
	size_t depth, read;
	bool failed;
};

/* --- Keys and places --- */

static void
print_pointer(struct buf *text, const void *pointer)
{
	uintptr_t id = (uintptr_t)pointer;

	buf_add(text, (struct str){(const char *)&id, sizeof(id)});
}

static void
print_size(struct buf *text, size_t size)
{
	buf_add(text, (struct str){(const char *)&size, sizeof(size)});
}

static void
print_text(struct buf *text, struct str s)
{
	print_size(text, s.len);
	buf_add(text, s);
}

static void
print_key(struct buf *text, const struct key *key)
{
	buf_byte(text, (char)key->from);
	buf_byte(text, key->meant);
	print_size(text, key->step);
	print_pointer(text, key->table.node);
	print_text(text, key->text);
	print_text(text, key->part);
}

static struct key
key_written(struct str text)
{
	return (struct key){.from = KEY_TEXT, .text = text};
}

static const struct place *
place_at(struct target_cache *cache, const struct place *outer,
    const struct config_module *module, struct key key)
{
	struct place *place;
	struct str name;

	cache->text.len = 0;
	print_pointer(&cache->text, outer);
	print_pointer(&cache->text, module);
	print_key(&cache->text, &key);
	if (cache->text.failed)
		return NULL;
	place = map_find(&cache->places, buf_str(&cache->text));
	if (place)
		return place;
	place = arena_new(&cache->arena, struct place);
	name = arena_copy(&cache->arena, buf_str(&cache->text));
	if (!place || !name.ptr)
		return NULL;
	*place = (struct place){outer, module, key,
	    outer ? outer->depth + 1 : 0,
	    (outer && outer->varies) || key.from > KEY_TEXT,
	    (outer && outer->meant) || key.meant};
	return map_set(&cache->places, name, place) ? place : NULL;
}

/* *place is NULL where the configuration has no such module. */
static bool
place_of(const struct place **place, struct target_cache *cache,
    const struct config *config, const struct address *address)
{
	const struct place *at =
	    place_at(cache, NULL, &config->root, key_written(STR("")));

	for (size_t i = 0; at && i < address->step_count; i++) {
		const struct config_module *module =
		    map_find(&at->module->calls, address->steps[i].name);

		if (!module) {
			*place = NULL;
			return true;
		}
		at = place_at(cache, at, module,
		    (struct key){.from = KEY_STEP, .step = i});
	}
	*place = at;
	return at != NULL;
}

/* --- What cannot be seen --- */

/* The text as it is called from the root. */
static struct str
absolute(struct walk *walk, const struct config_module *module, struct str text)
{
	struct buf *whole = &walk->cache->text;

	if (!module->parent || !text.len)
		return text;
	whole->len = 0;
	buf_add(whole, module->path);
	buf_byte(whole, '.');
	if (!buf_add(whole, text))
		return (struct str){NULL, 0};
	return arena_copy(&walk->cache->arena, buf_str(whole));
}

static void
hide(struct walk *walk, const struct scope *scope, struct str text, bool local)
{
	struct sight *sight =
	    walk->passing ? &walk->edges->items[walk->passing - 1].sight
			  : &walk->edges->sight;

	sight->hidden = true;
	sight->other = sight->other || !local;
	if (sight->waits.len || !text.len)
		return;
	sight->waits = absolute(walk, scope->place->module, text);
	walk->failed = walk->failed || !sight->waits.ptr;
}

/* --- What an expression says of keys that it does not write --- */

enum { USES_KEY = 1, USES_VALUE = 2, USES_SEVERAL = 4 };

struct uses {
	unsigned what;
	struct str part; /* of each.value: the names below it */
	size_t leading;	 /* how many may lead to a resource */
};

/* May it lead to a resource, or out of sight? */
static bool
leads(const struct scope *scope, struct str text)
{
	static const struct str nowhere[] = {{"each", 4}, {"count", 5},
	    {"path", 4}, {"terraform", 9}, {"tofu", 4}};
	struct traversal at = {text, text};
	struct str head = traversal_name(&at);
	struct value given;

	for (size_t i = 0; i < COUNTOF(nowhere); i++) {
		if (str_eq(head, nowhere[i]))
			return false;
	}
	if (!str_eq(head, STR("var")))
		return true;
	if (!scope->place->outer)
		return false;
	given = value_member(
	    scope->place->module->expressions, traversal_name(&at));
	return given.node && !value_member(given, STR("constant_value")).node;
}

static void
uses_add(struct uses *uses, const struct scope *scope, struct str text)
{
	static const struct str value = {"each.value", 10};

	uses->leading += leads(scope, text);
	if (str_eq(text, STR("each.key")) || str_eq(text, STR("count.index"))) {
		uses->what |= USES_KEY;
		return;
	}
	if (!str_starts(text, value))
		return;
	text = str_from(text, value.len);
	if (text.len && text.ptr[0] == '.')
		text = str_from(text, 1);
	if ((uses->what & USES_VALUE) && !str_eq(text, uses->part))
		uses->what |= USES_SEVERAL;
	uses->what |= USES_VALUE;
	uses->part = text;
}

/* The key of "aws_x.y" where the expression computes it, or takes them all. */
static struct key
key_meant(const struct scope *scope, const struct uses *uses)
{
	struct value table =
	    value_member(scope->for_each, STR("constant_value"));
	struct key key = scope->own;

	key.meant = key.from != KEY_ANY;
	if (uses->what & USES_KEY)
		return key;
	if (!(uses->what & USES_VALUE))
		return scope->carried;
	if (uses->what & USES_SEVERAL)
		return (struct key){0};
	if (value_kind(table) == NODE_OBJECT) {
		if (key.table.node)
			return (struct key){0};
		key.table = table;
		key.part = uses->part;
		return key;
	}
	/* Of a set, the value is the key; a part of a value is no key. */
	return uses->part.len ? (struct key){0} : key;
}

/* --- Edges --- */

static bool
edge_is_new(struct walk *walk, const struct edge *edge)
{
	struct buf *text = &walk->cache->text;
	struct str name;

	text->len = 0;
	print_pointer(text, edge->place);
	buf_byte(text, (char)edge->mode);
	print_text(text, edge->type);
	print_text(text, edge->name);
	print_text(text, edge->attribute);
	print_key(text, &edge->key);
	if (!text->failed && map_find(&walk->met, buf_str(text)))
		return false;
	name = arena_copy(&walk->cache->arena, buf_str(text));
	if (text->failed || !name.ptr || !map_set(&walk->met, name, walk))
		walk->failed = true;
	return !walk->failed;
}

static void
edge_add(struct walk *walk, struct edge edge)
{
	const struct config_resource *resource = config_referrer(
	    edge.place->module, edge.mode, edge.type, edge.name);
	struct edges *edges = walk->edges;

	if (!edge_is_new(walk, &edge))
		return;
	if (walk->passing) {
		edge.via = walk->passing;
		edge.hops = edges->items[walk->passing - 1].hops + 1;
	}
	edge.by_count = resource && resource->counted;
	edge.by_each = resource && resource->for_each.node;
	if (!arena_grow(&walk->cache->arena, &edges->items, edges->count,
		&edges->cap, sizeof(edge))) {
		walk->failed = true;
		return;
	}
	edges->items[edges->count++] = edge;
	edges->varies = edges->varies || edge.place->varies ||
	    edge.key.from > KEY_TEXT;
}

/* --- Following --- */

static void follow(struct walk *walk, const struct scope *scope,
    struct value expression, const struct scope *from, struct str cause);

typedef void follower(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at);

static void
follow_nothing(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	(void)walk;
	(void)scope;
	(void)uses;
	(void)at;
}

static void
follow_hidden(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	(void)uses;
	hide(walk, scope, at->text, false);
}

static void
follow_local(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	(void)uses;
	hide(walk, scope, at->text, true);
}

static void
follow_var(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	const struct place *place = scope->place;
	struct scope caller = {.place = place->outer,
	    .for_each = place->module->for_each,
	    .own = place->key,
	    .carried = key_meant(scope, uses),
	    .chosen = scope->chosen};
	struct value given;

	if (!place->outer)
		return;
	if (!place->module->called) {
		hide(walk, scope, at->text, false);
		return;
	}
	given = value_member(place->module->expressions, traversal_name(at));
	if (given.node)
		follow(walk, &caller, given, scope, at->text);
}

/* Which output is meant leaves no trace where the call's key is computed. */
static void
follow_outputs(struct walk *walk, const struct scope *inner,
    const struct scope *scope, struct str cause)
{
	const struct map *outputs = &inner->place->module->outputs;

	for (size_t i = 0; i < outputs->count; i++) {
		const struct config_output *output = outputs->entries[i].value;

		follow(walk, inner, output->expression, scope, cause);
	}
}

static void
follow_module(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	struct str call = traversal_name(at);
	struct str key = traversal_key(at);
	struct str name = traversal_name(at);
	struct config_module *called =
	    map_find(&scope->place->module->calls, call);
	const struct config_output *output =
	    called ? map_find(&called->outputs, name) : NULL;
	struct key meant = key_meant(scope, uses);
	bool written = key.len || name.len;
	struct scope inner = {.chosen = scope->chosen};

	if (!called || (name.len && !output)) {
		hide(walk, scope, at->text, false);
		return;
	}
	inner.place = place_at(walk->cache, scope->place, called,
	    written ? key_written(key) : meant);
	if (!inner.place) {
		walk->failed = true;
		return;
	}
	if (written)
		inner.carried = meant;
	if (output) {
		follow(walk, &inner, output->expression, scope, at->text);
		return;
	}
	inner.chosen = inner.chosen || called->outputs.count > 1;
	follow_outputs(walk, &inner, scope, at->text);
}

static void
follow_each(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	struct scope holder = {.place = scope->place,
	    .carried = scope->own,
	    .chosen = true};

	(void)uses;
	holder.carried.meant = scope->own.from != KEY_ANY;
	if (str_eq(traversal_name(at), STR("value")) && scope->for_each.node)
		follow(walk, &holder, scope->for_each, scope, at->text);
}

/* at has been read up to the resource's type. */
static void
reach(struct walk *walk, const struct scope *scope, const struct uses *uses,
    struct traversal *at, struct edge edge)
{
	struct str key;

	edge.place = scope->place;
	edge.name = traversal_name(at);
	if (!edge.type.len || !edge.name.len) {
		hide(walk, scope, at->text, false);
		return;
	}
	key = traversal_key(at);
	edge.attribute = traversal_name(at);
	edge.key = key_written(key);
	if (!key.len && !edge.attribute.len) {
		edge.key = key_meant(scope, uses);
	}
	edge.by_key = (edge.key.meant || edge.place->meant) &&
	    !edge.key.table.node;
	edge.chosen = scope->chosen && !edge.key.meant;
	edge_add(walk, edge);
}

static void
follow_data(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct traversal *at)
{
	struct str type = traversal_name(at);

	reach(walk, scope, uses, at,
	    (struct edge){.mode = MODE_DATA, .type = type});
}

static void
follow_text(struct walk *walk, const struct scope *scope,
    const struct uses *uses, struct str text)
{
	static follower *const followers[HEADS] = {
	    [HEAD_DATA] = follow_data,
	    [HEAD_VAR] = follow_var,
	    [HEAD_MODULE] = follow_module,
	    [HEAD_EACH] = follow_each,
	    [HEAD_LOCAL] = follow_local,
	    [HEAD_NOTHING] = follow_nothing,
	    [HEAD_HIDDEN] = follow_hidden,
	};
	struct traversal at = {text, text};
	struct str name = traversal_name(&at);
	enum head head = traversal_head(name);

	if (head == HEAD_RESOURCE)
		reach(walk, scope, uses, &at,
		    (struct edge){.mode = MODE_MANAGED, .type = name});
	else
		followers[head](walk, scope, uses, &at);
}

/* False: it has been walked in this scope, or may not be. */
static bool
visit(struct walk *walk, const struct scope *scope, struct value references)
{
	struct target_cache *cache = walk->cache;
	struct str name;

	cache->text.len = 0;
	print_pointer(&cache->text, references.node);
	print_pointer(&cache->text, scope->place);
	print_key(&cache->text, &scope->own);
	print_key(&cache->text, &scope->carried);
	if (!cache->text.failed &&
	    map_find(&walk->visited, buf_str(&cache->text)))
		return false;
	walk->read += value_count(references);
	cache->read += value_count(references);
	if (walk->depth == DEPTH_MOST || walk->read > READ_MOST ||
	    cache->read > READ_EVER) {
		hide(walk, scope, STR(""), false);
		return false;
	}
	name = arena_copy(&cache->arena, buf_str(&cache->text));
	if (cache->text.failed || !name.ptr ||
	    !map_set(&walk->visited, name, walk))
		walk->failed = true;
	return !walk->failed;
}

static void
follow_all(struct walk *walk, const struct scope *scope, struct value references)
{
	struct traversals it =
	    traversals_of(references, &walk->cache->arena);
	struct scope inner = *scope;
	struct uses uses = {0};

	while (traversals_step(&it))
		uses_add(&uses, scope, it.text);
	walk->failed = walk->failed || it.failed;
	/* A key from elsewhere is one of the whole, not of each of them. */
	if (uses.leading > 1 && inner.carried.from != KEY_ANY) {
		inner.carried = (struct key){0};
		inner.chosen = true;
	}
	it = traversals_of(references, &walk->cache->arena);
	while (!walk->failed && traversals_step(&it))
		follow_text(walk, &inner, &uses, it.text);
	walk->failed = walk->failed || it.failed;
	if (it.strange)
		hide(walk, scope, STR(""), false);
}

/* cause is what led here, as it is called in from: for what is not seen. */
static void
follow(struct walk *walk, const struct scope *scope, struct value expression,
    const struct scope *from, struct str cause)
{
	struct value references = value_member(expression, STR("references"));

	if (value_member(expression, STR("constant_value")).node)
		return;
	if (value_kind(references) != NODE_ARRAY) {
		/* "{}" calls functions, and refers to nothing. */
		if (value_kind(expression) != NODE_OBJECT)
			hide(walk, from, cause, false);
		return;
	}
	if (!visit(walk, scope, references))
		return;
	walk->depth++;
	follow_all(walk, scope, references);
	walk->depth--;
}

/* --- An attribute --- */

/* Everything in it: an expression, or blocks with expressions in them. */
static void
follow_within(struct walk *walk, const struct scope *scope, struct value v)
{
	struct value_iter it = value_each(v);

	if (is_expression(v)) {
		follow(walk, scope, v, scope, STR(""));
		return;
	}
	while (value_step(&it))
		follow_within(walk, scope, it.value);
}

/*
 * Down the names that are left of a path.  A block that is not there may be
 * dynamic; of an expression's inside, what it refers to is all that is known.
 */
static void
follow_path(struct walk *walk, const struct scope *scope, struct value v,
    struct str path)
{
	struct value_iter it = value_each(v);
	struct value member;
	struct str name;

	if (!path.len || is_expression(v)) {
		walk->edges->written = true;
		follow_within(walk, scope, v);
		return;
	}
	if (value_kind(v) == NODE_ARRAY) {
		while (value_step(&it))
			follow_path(walk, scope, it.value, path);
		return;
	}
	name = str_cut(path, '.', &path);
	member = value_member(v, name);
	if (member.node)
		follow_path(walk, scope, member, path);
	else if (path.len)
		hide(walk, scope, STR(""), false);
}

static size_t
blocks_of(const struct config_resource *resource, struct str attribute)
{
	struct str rest;
	struct value first = value_member(
	    resource->expressions, str_cut(attribute, '.', &rest));

	if (value_kind(first) == NODE_ARRAY)
		return value_count(first);
	return value_kind(first) == NODE_OBJECT && !is_expression(first) &&
	    value_count(first) > 0;
}

/* On from a resource that was reached, by what its own attribute refers to. */
static void
pass(struct walk *walk, size_t index)
{
	struct edge *edge = &walk->edges->items[index];
	const struct config_resource *resource = config_referrer(
	    edge->place->module, edge->mode, edge->type, edge->name);
	struct scope scope = {.place = edge->place,
	    .own = edge->key,
	    .chosen = edge->chosen};
	struct value member;

	walk->passing = index + 1;
	if (!resource || (!edge->attribute.len && resource->refers)) {
		hide(walk, &scope, STR(""), false);
		return;
	}
	scope.for_each = resource->for_each;
	member = value_member(resource->expressions, edge->attribute);
	if (!member.node)
		return;
	if (edge->hops == HOPS_MOST)
		hide(walk, &scope, STR(""), false);
	else
		follow_within(walk, &scope, member);
}

static void
walk_all(struct walk *walk, const struct scope *scope,
    const struct config_resource *resource, struct str attribute)
{
	struct edges *edges = walk->edges;

	edges->blocks = blocks_of(resource, attribute);
	if (resource->expressions.node)
		follow_path(walk, scope, resource->expressions, attribute);
	else if (memchr(attribute.ptr, '.', attribute.len))
		hide(walk, scope, STR(""), false);
	for (size_t i = 0; i < edges->count && !walk->failed; i++)
		pass(walk, i);
}

static struct edges *
edges_make(struct target_cache *cache, const struct place *place,
    const struct config_resource *resource, struct str attribute)
{
	struct edges *edges = arena_new(&cache->arena, struct edges);
	struct walk walk = {.cache = cache, .edges = edges};
	struct scope scope = {.place = place};

	if (!edges)
		return NULL;
	if (resource) {
		scope.for_each = resource->for_each;
		scope.own.from = KEY_OWN;
		walk_all(&walk, &scope, resource, attribute);
	} else {
		edges->sight = (struct sight){.hidden = true, .other = true};
	}
	map_free(&walk.met);
	map_free(&walk.visited);
	return walk.failed ? NULL : edges;
}

struct edges *
edges_find(struct target_cache *cache, const struct config *config,
    const struct address *address, struct str attribute)
{
	const struct config_module *module = config_module(config, address);
	const struct config_resource *resource =
	    module ? config_resource(module, address) : NULL;
	const struct place *place;
	struct edges *edges;
	struct str name;

	cache->text.len = 0;
	print_pointer(&cache->text, resource);
	if (!buf_add(&cache->text, resource ? attribute : STR("")))
		return NULL;
	edges = map_find(&cache->edges, buf_str(&cache->text));
	if (edges)
		return edges;
	name = arena_copy(&cache->arena, buf_str(&cache->text));
	if (!name.ptr || !place_of(&place, cache, config, address))
		return NULL;
	edges = edges_make(cache, place, resource, attribute);
	return edges && map_set(&cache->edges, name, edges) ? edges : NULL;
}
