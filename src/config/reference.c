#include "config/reference.h"
#include "config/traversal.h"

/*
 * References are followed through variables to the arguments of the call, into
 * outputs, and through each.value into the for_each, until they end in a
 * resource, in nothing, or out of sight.  Every expression is visited once,
 * whatever leads to it, so that a hostile plan costs no more than its size.
 */
enum { DEPTH_MOST = 32 };

struct visit {
	uintptr_t node; /* its address: the key in visited */
	bool open;      /* being followed now: meeting it again is a cycle */
};

void
trail_free(struct trail *trail)
{
	map_free(&trail->reached.met);
	map_free(&trail->hidden.met);
	map_free(&trail->visited);
}

/* The text as it is called from the root. */
static struct str
absolute(
    struct trail *trail, const struct config_module *module, struct str text)
{
	size_t len = module->path.len + 1 + text.len;
	char *bytes;

	if (!module->parent)
		return text;
	bytes = arena_alloc(trail->arena, len);
	if (!bytes)
		return (struct str){NULL, 0};
	memcpy(bytes, module->path.ptr, module->path.len);
	bytes[module->path.len] = '.';
	memcpy(bytes + module->path.len + 1, text.ptr, text.len);
	return (struct str){bytes, len};
}

static void
texts_add(struct trail *trail, struct texts *texts,
    const struct config_module *module, struct str text)
{
	text = absolute(trail, module, text);
	if (!text.ptr) {
		trail->failed = true;
		return;
	}
	if (map_find(&texts->met, text))
		return;
	if (!map_set(&texts->met, text, trail) ||
	    !arena_grow(trail->arena, &texts->items, texts->count, &texts->cap,
		sizeof(*texts->items))) {
		trail->failed = true;
		return;
	}
	texts->items[texts->count++] = text;
}

static void follow(struct trail *trail, const struct scope *scope,
    struct value expression, const struct config_module *from,
    struct str cause);

typedef void follower(
    struct trail *trail, const struct scope *scope, struct traversal *ref);

static void
follow_nothing(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	(void)trail;
	(void)scope;
	(void)ref;
}

static void
follow_hidden(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	trail->opaque = true;
	texts_add(trail, &trail->hidden, scope->module, ref->text);
}

static void
follow_var(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	const struct config_module *module = scope->module;
	struct str name = traversal_name(ref);
	struct scope caller = {module->parent, module->for_each};
	struct value given;

	/* Part of a value: its neighbours may be what the references mean. */
	if (ref->rest.len)
		trail->several = true;
	if (!module->parent)
		return;
	if (!module->called) {
		follow_hidden(trail, scope, ref);
		return;
	}
	given = value_member(module->expressions, name);
	if (given.node)
		follow(trail, &caller, given, module, ref->text);
}

static void
follow_module(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	const struct config_module *called =
	    map_find(&scope->module->calls, traversal_name(ref));
	const struct config_output *output = NULL;

	traversal_key(ref);
	if (called)
		output = map_find(&called->outputs, traversal_name(ref));
	if (!output) {
		follow_hidden(trail, scope, ref);
		return;
	}
	if (ref->rest.len)
		trail->several = true;
	follow(trail, &(struct scope){called, VALUE_NONE}, output->expression,
	    scope->module, ref->text);
}

static void
follow_each(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	/* One element of several, of which others may hold the reference. */
	trail->several = true;
	if (str_eq(traversal_name(ref), STR("value")) && scope->for_each.node)
		follow(trail, scope, scope->for_each, scope->module, ref->text);
}

/* ref has been read up to the resource's name. */
static void
reach(struct trail *trail, const struct scope *scope, struct traversal *ref,
    struct str name)
{
	if (!name.len) {
		follow_hidden(trail, scope, ref);
		return;
	}
	traversal_key(ref);
	if (!traversal_name(ref).len)
		trail->several = true;
	texts_add(trail, &trail->reached, scope->module, ref->text);
}

static void
follow_resource(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	reach(trail, scope, ref, traversal_name(ref));
}

static void
follow_data(
    struct trail *trail, const struct scope *scope, struct traversal *ref)
{
	traversal_name(ref);
	reach(trail, scope, ref, traversal_name(ref));
}

static void
follow_text(struct trail *trail, const struct scope *scope, struct str text)
{
	static follower *const followers[HEADS] = {
	    [HEAD_RESOURCE] = follow_resource,
	    [HEAD_DATA] = follow_data,
	    [HEAD_VAR] = follow_var,
	    [HEAD_MODULE] = follow_module,
	    [HEAD_EACH] = follow_each,
	    [HEAD_LOCAL] = follow_hidden,
	    [HEAD_NOTHING] = follow_nothing,
	    [HEAD_HIDDEN] = follow_hidden,
	};
	struct traversal ref = {text, text};

	followers[traversal_head(traversal_name(&ref))](trail, scope, &ref);
}

static void
follow_all(
    struct trail *trail, const struct scope *scope, struct value references)
{
	struct traversals it = traversals_of(references, trail->arena);
	struct str kept = {NULL, 0};

	while (!trail->failed && traversals_step(&it)) {
		if (kept.ptr && !str_eq(it.text, kept))
			trail->several = true;
		kept = it.text;
		follow_text(trail, scope, it.text);
	}
	trail->opaque = trail->opaque || it.strange;
	trail->failed = trail->failed || it.failed;
}

/* NULL: it has been followed, or cannot be. */
static struct visit *
visit_begin(struct trail *trail, const struct node *node)
{
	uintptr_t id = (uintptr_t)node;
	struct str key = {(const char *)&id, sizeof(id)};
	struct visit *visit = map_find(&trail->visited, key);

	if (visit) {
		trail->opaque = trail->opaque || visit->open;
		return NULL;
	}
	if (trail->depth == DEPTH_MOST) {
		trail->opaque = true;
		return NULL;
	}
	visit = arena_new(trail->arena, struct visit);
	if (visit) {
		*visit = (struct visit){id, true};
		key.ptr = (const char *)&visit->node;
	}
	if (!visit || !map_set(&trail->visited, key, visit)) {
		trail->failed = true;
		return NULL;
	}
	return visit;
}

/* cause is what led here, as it is called in from: for what is not seen. */
static void
follow(struct trail *trail, const struct scope *scope, struct value expression,
    const struct config_module *from, struct str cause)
{
	struct value references = value_member(expression, STR("references"));
	struct visit *visit;

	if (value_member(expression, STR("constant_value")).node)
		return;
	if (value_kind(references) != NODE_ARRAY || !value_count(references)) {
		trail->opaque = true;
		if (cause.len)
			texts_add(trail, &trail->hidden, from, cause);
		return;
	}
	visit = visit_begin(trail, references.node);
	if (!visit)
		return;
	trail->depth++;
	follow_all(trail, scope, references);
	trail->depth--;
	visit->open = false;
}

void
trail_follow(
    struct trail *trail, const struct scope *scope, struct value expression)
{
	follow(trail, scope, expression, scope->module, STR(""));
}
