/*
 * Groups of the records of a kind, each made once: by resource, by module
 * instance, by provider configuration, and by whatever a reference leaves open.
 */
#include "engine/link.h"

bool
group_add(struct group *group, struct record *record, struct arena *arena)
{
	if (group->count && group->items[group->count - 1] == record)
		return true;
	if (!arena_grow(arena, &group->items, group->count, &group->cap,
		sizeof(record)))
		return false;
	group->items[group->count++] = record;
	return true;
}

/* The group of that name, new where there is none; NULL without memory. */
static struct group *
group_named(struct map *map, struct str name, struct arena *arena)
{
	struct group *group = map_find(map, name);
	struct str kept;

	if (group)
		return group;
	group = arena_new(arena, struct group);
	kept = arena_copy(arena, name);
	if (!group || !kept.ptr || !map_set(map, kept, group))
		return NULL;
	return group;
}

struct group *
record_alone(struct joins *joins, struct record *record)
{
	struct arena *arena = &joins->partners.arena;

	if (!record->alone) {
		record->alone = arena_new(arena, struct group);
		if (record->alone && !group_add(record->alone, record, arena))
			record->alone = NULL;
	}
	return record->alone;
}

static bool
add_to(struct map *map, struct str name, struct record *record,
    struct arena *arena)
{
	struct group *group = group_named(map, name, arena);

	return group && group_add(group, record, arena);
}

/* Once for each kind, when it is first asked. */
static bool
kind_group(struct joins *joins, struct kind *kind)
{
	struct arena *arena = &joins->partners.arena;
	struct arena scratch = {0};
	bool ok = true;

	if (kind->grouped)
		return true;
	for (size_t i = 0; ok && i < kind->count; i++) {
		struct record *record = kind->items[i];
		const struct address *address = &record->subject->address;
		struct str plain = address_static(address, &scratch);

		ok = plain.ptr &&
		    add_to(&kind->families, plain, record, arena) &&
		    add_to(&kind->modules, address->module, record, arena) &&
		    add_to(&kind->resources,
			str_head(address->text,
			    address->text.len - address->key.len),
			record, arena);
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	kind->grouped = ok;
	return ok;
}

struct group *
kind_all(struct joins *joins, struct kind *kind)
{
	if (!kind->all) {
		kind->all = arena_new(&joins->partners.arena, struct group);
		if (kind->all) {
			kind->all->items = kind->items;
			kind->all->count = kind->count;
		}
	}
	return kind->all;
}

struct group *
kind_module(struct joins *joins, struct kind *kind, struct str module)
{
	if (!kind_group(joins, kind))
		return NULL;
	return group_named(&kind->modules, module, &joins->partners.arena);
}

struct group *
kind_of_provider(struct joins *joins, struct kind *kind, struct str identity)
{
	struct arena *arena = &joins->partners.arena;

	for (size_t i = 0; !kind->by_provider && i < kind->count; i++) {
		if (!add_to(&kind->providers,
			record_provider(&joins->partners, kind->items[i]),
			kind->items[i], arena))
			return NULL;
	}
	kind->by_provider = true;
	return group_named(&kind->providers, identity, arena);
}

/* --- Targets --- */

static const struct str any_key = {"[*]", 3};

/* "module.a[0].data.aws_x.y[*]"; *wild: a key of a module cannot be seen. */
static void
target_print(const struct target *target, bool keys, struct buf *out,
    bool *wild)
{
	*wild = false;
	for (size_t i = 0; i < target->step_count; i++) {
		const struct address_step *step = &target->steps[i];

		buf_fmt(out, "module." STR_FMT, STR_ARG(step->name));
		if (keys)
			buf_add(out, step->key);
		buf_byte(out, '.');
		*wild = *wild || str_eq(step->key, any_key);
	}
	if (target->mode == MODE_DATA)
		buf_add(out, STR("data."));
	buf_fmt(out, STR_FMT "." STR_FMT, STR_ARG(target->type),
	    STR_ARG(target->name));
}

/* Those of candidates that the target means, under the name of all that it is. */
static struct group *
target_some(struct joins *joins, struct kind *kind,
    const struct target *target, const struct group *candidates,
    struct str name)
{
	struct arena *arena = &joins->partners.arena;
	struct group *group = map_find(&kind->resources, name);

	if (group)
		return group;
	group = group_named(&kind->resources, name, arena);
	for (size_t i = 0; group && candidates && i < candidates->count; i++) {
		struct record *record = candidates->items[i];

		if (target_is(target, &record->subject->address) &&
		    !group_add(group, record, arena))
			return NULL;
	}
	return group;
}

/* By the family: a key of a module is open, or a key is written in another way. */
static struct group *
target_wild(struct joins *joins, struct kind *kind,
    const struct target *target, struct buf *text)
{
	struct buf plain = {0};
	struct group *group = NULL;
	bool wild;

	buf_add(text, target->key);
	target_print(target, false, &plain, &wild);
	if (!text->failed && !plain.failed)
		group = target_some(joins, kind, target,
		    map_find(&kind->families, buf_str(&plain)), buf_str(text));
	buf_free(&plain);
	return group;
}

/* text is the resource, with the keys of its modules. */
static struct group *
target_in_module(struct joins *joins, struct kind *kind,
    const struct target *target, struct buf *text, bool *any)
{
	struct group *all = map_find(&kind->resources, buf_str(text));
	struct record *record;
	size_t len = text->len;

	*any = true;
	if (!all)
		all = group_named(&kind->resources, buf_str(text),
		    &joins->partners.arena);
	/* Empty where the configuration has what the plan has not. */
	if (!all || !all->count)
		return all;
	if (!str_eq(target->key, any_key)) {
		buf_add(text, target->key);
		if (text->failed)
			return NULL;
		record = partners_find(&joins->partners, buf_str(text));
		*any = false;
		if (record && record->kind == kind)
			return record_alone(joins, record);
		text->len = len;
		if (!target->by_key)
			return target_wild(joins, kind, target, text);
		*any = true;
	}
	if (all->count > 1)
		return all;
	*any = all->items[0]->subject->address.key.len > 0;
	return record_alone(joins, all->items[0]);
}

struct group *
kind_target(struct joins *joins, struct kind *kind,
    const struct target *target, bool *any)
{
	struct buf text = {0};
	struct group *group = NULL;
	bool wild;

	target_print(target, true, &text, &wild);
	*any = true;
	if (!text.failed && kind_group(joins, kind))
		group = wild ? target_wild(joins, kind, target, &text)
			     : target_in_module(
				   joins, kind, target, &text, any);
	buf_free(&text);
	return group;
}
