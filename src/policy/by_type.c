/*
 * What differs by the type of the resource: whole conditions under "by_type",
 * or a mapping where a path stands, which is read once for each of its paths.
 */
#include "policy/cond_parts.h"
#include "policy/cond_read.h"
#include "policy/field.h"

#define OTHER STR("other")

static struct str
trimmed(struct str text)
{
	while (text.len && text.ptr[0] == ' ')
		text = str_from(text, 1);
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	return text;
}

static bool
has_name(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (str_eq(names->items[i], name))
			return true;
	}
	return false;
}

/* "aws_lb, aws_alb"; nothing for "other". */
static bool
read_key(struct load *load, struct names *out, const struct tree *member)
{
	struct str rest = member->key, *items;
	size_t commas = 1, count = 0;

	for (size_t i = 0; i < rest.len; i++)
		commas += rest.ptr[i] == ',';
	items = arena_array(load->arena, commas, sizeof(*items));
	if (!items)
		return load_nomem(load);
	*out = (struct names){items, 0};
	if (str_eq(rest, OTHER))
		return true;
	while (count < commas) {
		struct str name = trimmed(str_cut(rest, ',', &rest));

		if (!name.len || has_name(out, name))
			return bad(load, member->key_pos,
			    name.len ? "a type is named twice"
				     : "a type is missing");
		items[count] = load_keep(load, name);
		if (!items[count].ptr)
			return load_nomem(load);
		out->count = ++count;
	}
	return true;
}

static const struct names *
types_with(const struct names *types, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++) {
		if (has_name(&types[i], name))
			return &types[i];
	}
	return NULL;
}

/* Each type of a key is judged, and in no other key. */
static bool
check_key(struct load *load, const struct tree *member,
    const struct names *types, size_t at)
{
	for (size_t i = 0; i < types[at].count; i++) {
		struct str name = types[at].items[i];

		if (types_with(types, at, name))
			return bad(load, member->key_pos,
			    "\"" STR_FMT "\" is there already",
			    STR_ARG(text_shown(name)));
		/* A definition serves controls of several types. */
		if (load->uses == 0 && !types_select(&load->types, name))
			return bad(load, member->key_pos,
			    "the control does not judge \"" STR_FMT "\"",
			    STR_ARG(text_shown(name)));
	}
	return true;
}

static bool
check_covered(struct load *load, const struct tree *node,
    const struct names *types, bool other)
{
	bool left = false;

	for (size_t i = 0; i < load->types.count; i++) {
		struct str type = load->types.items[i];

		if (types_with(types, node->count, type))
			continue;
		left = true;
		if (!other)
			return bad(load, node->pos,
			    "what holds for \"" STR_FMT
			    "\"? Name it, or write \"other\"",
			    STR_ARG(text_shown(type)));
	}
	return !other || left || load->uses ||
	    bad(load, node->pos, "no type is left for \"other\"");
}

static bool
read_types(struct load *load, struct names **out, const struct tree *node)
{
	struct names *types = NULL;
	size_t count = 0;
	bool other = false;

	if (!field_map(load, node))
		return false;
	types = arena_array(load->arena, node->count, sizeof(*types));
	if (!types)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next, count++) {
		if (!read_key(load, &types[count], at) ||
		    !check_key(load, at, types, count))
			return false;
		other = other || types[count].count == 0;
	}
	*out = types;
	return check_covered(load, node, types, other);
}

typedef bool read_item(struct load *load, const struct cond **out,
    const struct parts *parts, const struct tree *item, bool flip);

static bool
read_items(struct load *load, const struct cond **out,
    const struct parts *parts, const struct tree *node, bool flip,
    read_item *read)
{
	struct cond *cond = cond_new(load, parts->node, COND_BY_TYPE);
	const struct cond **items;
	struct names *types = NULL;
	size_t count = 0;

	if (!cond || !read_types(load, &types, node))
		return false;
	items = arena_array(load->arena, node->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!read(load, &items[count++], parts, at, flip))
			return false;
	}
	cond->items = items;
	cond->item_count = count;
	cond->types = types;
	*out = cond;
	return true;
}

static bool
read_cond(struct load *load, const struct cond **out,
    const struct parts *parts, const struct tree *item, bool flip)
{
	(void)parts;
	return cond_read(load, out, item, flip);
}

bool
cond_by_type(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_items(load, out, parts, parts->argument, flip, read_cond);
}

/* The same condition with the path of one type. */
static bool
read_with_path(struct load *load, const struct cond **out,
    const struct parts *parts, const struct tree *item, bool flip)
{
	struct parts one = *parts;
	struct tree path = *item;

	if (parts->at[PART_PATH]) {
		path.key = parts->at[PART_PATH]->key;
		one.at[PART_PATH] = &path;
	} else {
		path.key = parts->argument->key;
		one.argument = &path;
	}
	return cond_read_parts(load, out, &one, flip);
}

bool
cond_by_path(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	const struct tree *node = parts->at[PART_PATH] ? parts->at[PART_PATH]
						       : parts->argument;

	return read_items(load, out, parts, node, flip, read_with_path);
}
