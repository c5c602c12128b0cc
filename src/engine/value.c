/*
 * A name says which resource only inside one account and region, so resources
 * of another provider configuration are no more than possible; ARNs and URLs say
 * it everywhere.  What is known only after apply equals nothing that is known
 * now, unless it is made of a name: then the name is part of that.
 */
#include "engine/value.h"

void
values_free(struct values *values)
{
	map_free(&values->texts);
	map_free(&values->modules);
	map_free(&values->found);
	buf_free(&values->key);
}

static bool
is_everywhere(struct str text)
{
	size_t at;

	return str_starts(text, STR("arn:")) || str_find(text, STR("://"), &at);
}

/*
 * Of "arn:aws:s3:::b/k" what stands behind a ":" or a "/", up to the next one
 * and to the end: "k", "b", "b/k", ...  A name alone has no parts.
 */
size_t
text_parts(struct str text, struct str parts[PARTS_MOST])
{
	size_t count = 0, end = text.len;

	if (!is_everywhere(text))
		return 0;
	for (size_t i = text.len; i > 0 && count < PARTS_MOST; i--) {
		if (text.ptr[i - 1] != ':' && text.ptr[i - 1] != '/')
			continue;
		if (end > i)
			parts[count++] = (struct str){text.ptr + i, end - i};
		if (end < text.len && count < PARTS_MOST)
			parts[count++] = str_from(text, i);
		end = i - 1;
	}
	return count;
}

static bool
ask_one(struct values *values, struct str text)
{
	struct arena *arena = &values->joins->partners.arena;
	struct str kept;
	struct group *group;

	if (map_find(&values->texts, text))
		return true;
	kept = arena_copy(arena, text);
	group = arena_new(arena, struct group);
	return kept.ptr && group && map_set(&values->texts, kept, group);
}

bool
values_ask(struct values *values, struct str text)
{
	struct str parts[PARTS_MOST];
	size_t count = text_parts(text, parts);

	if (!ask_one(values, text))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!ask_one(values, parts[i]))
			return false;
	}
	return true;
}

static bool
add_key(struct values *values, struct str part)
{
	buf_byte(&values->key, 0);
	return buf_add(&values->key, part);
}

static bool
add_hit(struct values *values, struct record *record, struct str text)
{
	struct arena *arena = &values->joins->partners.arena;
	struct group *all = map_find(&values->texts, text), *local;
	struct str key;

	if (!all)
		return true;
	values->key.len = 0;
	buf_add(&values->key, text);
	if (!add_key(values, record->subject->address.module))
		return false;
	local = map_find(&values->modules, buf_str(&values->key));
	if (!local) {
		key = arena_copy(arena, buf_str(&values->key));
		local = arena_new(arena, struct group);
		if (!key.ptr || !local ||
		    !map_set(&values->modules, key, local))
			return false;
	}
	return group_add(all, record, arena) && group_add(local, record, arena);
}

static bool
read_known(struct values *values, struct record *record, struct value object)
{
	struct value_iter it = value_each(object);
	struct buf name_text = {0}, text = {0};
	bool ok = true;

	while (ok && value_step(&it)) {
		struct str name, value;

		if (value_kind(it.value) != NODE_STRING ||
		    !value_raw(it.value).len)
			continue;
		name = value_text(it.key, &name_text);
		value = value_text(it.value, &text);
		ok = name.ptr && value.ptr;
		if (!ok || !is_identifying(name, values->also))
			continue;
		ok = add_hit(values, record, value);
	}
	buf_free(&name_text);
	buf_free(&text);
	return ok;
}

bool
values_read(struct values *values)
{
	const struct kind *kind = values->kind;

	for (size_t i = 0; i < kind->count; i++) {
		struct record *record = kind->items[i];

		if (record_is_there(record, values->before) &&
		    !read_known(values, record,
			record_seen(record, values->before).value))
			return false;
	}
	return true;
}

const struct group *
values_all(const struct values *values, struct str text)
{
	const struct group *group = map_find(&values->texts, text);

	return group && group->count ? group : NULL;
}

/* Those of the same provider configuration, or of one that is not known. */
static bool
same_provider(struct values *values, struct group **out,
    const struct group *all, struct str provider)
{
	struct partners *partners = &values->joins->partners;
	struct group *same = NULL;

	for (size_t i = 0; all && i < all->count; i++) {
		struct str other = record_provider(partners, all->items[i]);

		if (provider.len && other.len && !str_eq(provider, other))
			continue;
		if (!same)
			same = arena_new(&partners->arena, struct group);
		if (!same || !group_add(same, all->items[i], &partners->arena))
			return false;
	}
	*out = same;
	return true;
}

static bool
find_new(struct values *values, struct found *found, struct str text,
    const struct group *local, struct str provider)
{
	const struct group *all = values_all(values, text);
	struct group *same = NULL;

	if (is_everywhere(text)) {
		found->group = local ? local : all;
		return true;
	}
	if (!same_provider(values, &same, local, provider) ||
	    (!same && !same_provider(values, &same, all, provider)))
		return false;
	found->group = same ? same : all;
	found->maybe = !same && all;
	return true;
}

const struct found *
values_find(struct values *values, struct record *from, struct str text)
{
	struct partners *partners = &values->joins->partners;
	struct str provider = record_provider(partners, from);
	const struct group *local;
	struct found *found;
	struct str key;

	values->key.len = 0;
	buf_add(&values->key, text);
	if (!add_key(values, from->subject->address.module))
		return NULL;
	local = map_find(&values->modules, buf_str(&values->key));
	if (!add_key(values, provider))
		return NULL;
	found = map_find(&values->found, buf_str(&values->key));
	if (found)
		return found;
	key = arena_copy(&partners->arena, buf_str(&values->key));
	found = arena_new(&partners->arena, struct found);
	if (!key.ptr || !found || !map_set(&values->found, key, found) ||
	    !find_new(values, found, text, local, provider))
		return NULL;
	return found;
}
