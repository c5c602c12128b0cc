/*
 * Edges are found once for each attribute of a resource (edge.c); here their
 * keys are filled in for one instance, and only where they depend on it.
 */
#include "config/target.h"
#include "config/edge.h"

#include <stdlib.h>

struct target_cache *
target_cache_new(void)
{
	return calloc(1, sizeof(struct target_cache));
}

void
target_cache_free(struct target_cache *cache)
{
	if (!cache)
		return;
	map_free(&cache->edges);
	map_free(&cache->places);
	buf_free(&cache->text);
	arena_free(&cache->arena);
	free(cache);
}

/* --- Keys of one instance --- */

static const struct str any_key = {"[*]", 3};

/* A text as the key of an address. */
static struct str
key_quoted(struct str text, struct arena *arena, struct buf *scratch)
{
	static const char special[] = "\n\r\t\"\\", names[] = "nrt\"\\";

	scratch->len = 0;
	buf_add(scratch, STR("[\""));
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		const char *at = c ? strchr(special, c) : NULL;

		if (at)
			buf_byte(scratch, '\\');
		else if ((c == '$' || c == '%') && i + 1 < text.len &&
		    text.ptr[i + 1] == '{')
			buf_byte(scratch, c);
		buf_byte(scratch, at ? names[at - special] : c);
	}
	if (!buf_add(scratch, STR("\"]")))
		return (struct str){NULL, 0};
	return arena_copy(arena, buf_str(scratch));
}

/* What a constant for_each has under the key. */
static struct str
key_in_table(const struct key *key, struct str own, struct arena *arena,
    struct buf *scratch)
{
	struct value found = VALUE_NONE;
	struct str part = key->part, text;
	bool is_text;

	if (address_key(own, &is_text, &text, scratch) && is_text)
		found = value_member(key->table, text);
	if (scratch->failed)
		return (struct str){NULL, 0};
	while (part.len)
		found = value_member(found, str_cut(part, '.', &part));
	if (value_kind(found) != NODE_STRING)
		return any_key;
	text = value_copy_text(found, arena);
	return text.ptr ? key_quoted(text, arena, scratch) : text;
}

/* A ptr of NULL is no memory. */
static struct str
key_of(const struct key *key, const struct address *address,
    struct arena *arena, struct buf *scratch)
{
	struct str text = any_key;

	switch (key->from) {
	case KEY_ANY:
		return any_key;
	case KEY_TEXT:
		text = key->text;
		break;
	case KEY_STEP:
		text = address->steps[key->step].key;
		break;
	case KEY_OWN:
		text = address->key;
		break;
	}
	if (key->meant && !text.len)
		return any_key;
	return key->table.node ? key_in_table(key, text, arena, scratch) : text;
}

/* May the resource, made by count or for_each, have that key? */
static bool
key_fits(const struct edge *edge, struct str key)
{
	return key.ptr[1] == '"' ? !edge->by_count : !edge->by_each;
}

/* --- Targets of one instance --- */

static const struct address_step *
steps_of(const struct place *place, const struct address *address,
    struct arena *arena, struct buf *scratch)
{
	struct address_step *steps =
	    arena_array(arena, place->depth + 1, sizeof(*steps));

	for (; steps && place->outer; place = place->outer) {
		struct str key = key_of(&place->key, address, arena, scratch);

		if (!key.ptr)
			return NULL;
		steps[place->depth - 1] =
		    (struct address_step){place->module->name, key};
	}
	return steps;
}

static bool
target_make(struct target *out, const struct edge *edge,
    const struct address *address, struct arena *arena, struct buf *scratch)
{
	*out = (struct target){
	    .steps = steps_of(edge->place, address, arena, scratch),
	    .step_count = edge->place->depth,
	    .mode = edge->mode,
	    .type = edge->type,
	    .name = edge->name,
	    .key = key_of(&edge->key, address, arena, scratch),
	    .attribute = edge->attribute,
	    .hops = edge->hops,
	    .via = edge->via,
	    .by_key = edge->by_key,
	    .chosen = edge->chosen,
	    .hidden = edge->sight.hidden,
	    .local = edge->sight.hidden && !edge->sight.other,
	    .waits = edge->sight.waits};
	if (!out->steps || !out->key.ptr)
		return false;
	if (edge->key.meant && !key_fits(edge, out->key))
		out->key = any_key;
	if (edge->key.meant && !edge->place->meant)
		out->by_key = out->by_key && !str_eq(out->key, any_key);
	return true;
}

static const struct target *
targets_make(const struct edges *edges, const struct address *address,
    struct arena *arena, struct buf *scratch)
{
	struct target *targets =
	    arena_array(arena, edges->count + 1, sizeof(*targets));

	for (size_t i = 0; targets && i < edges->count; i++) {
		if (!target_make(&targets[i], &edges->items[i], address, arena,
			scratch))
			return NULL;
	}
	return targets;
}

bool
config_targets(struct targets *out, const struct config *config,
    const struct address *address, struct str attribute, struct arena *arena)
{
	struct target_cache *cache = config->cache;
	struct edges *edges = edges_find(cache, config, address, attribute);
	struct targets targets;

	if (!edges)
		return false;
	if (!edges->varies && !edges->fixed)
		edges->fixed = targets_make(
		    edges, address, &cache->arena, &cache->text);
	targets = (struct targets){.count = edges->count,
	    .items = edges->varies
		? targets_make(edges, address, arena, &cache->text)
		: edges->fixed,
	    .written = edges->written,
	    .hidden = edges->sight.hidden,
	    .local = edges->sight.hidden && !edges->sight.other,
	    .waits = edges->sight.waits,
	    .blocks = edges->blocks};
	if (!targets.items)
		return false;
	*out = targets;
	return true;
}

/* --- Targets and instances --- */

static bool
key_means(struct str key, struct str other)
{
	return str_eq(key, any_key) || str_eq(other, any_key) ||
	    address_key_equal(key, other);
}

bool
target_is(const struct target *target, const struct address *address)
{
	if (target->step_count != address->step_count ||
	    target->mode != address->mode ||
	    !str_eq(target->name, address->name) ||
	    !str_eq(target->type, address->type) ||
	    !key_means(target->key, address->key))
		return false;
	for (size_t i = 0; i < target->step_count; i++) {
		if (!str_eq(target->steps[i].name, address->steps[i].name) ||
		    !key_means(target->steps[i].key, address->steps[i].key))
			return false;
	}
	return true;
}

bool
target_beyond(const struct targets *targets, const struct target *target,
    struct str type)
{
	for (size_t via = target->via; via; via = targets->items[via - 1].via) {
		const struct target *passed = &targets->items[via - 1];

		if (passed->mode == MODE_MANAGED && str_eq(passed->type, type))
			return true;
	}
	return false;
}
