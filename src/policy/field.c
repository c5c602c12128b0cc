#include "policy/field.h"

#include "op/date.h"

enum { FIELDS_MOST = 64, DAY = 24 * 60 * 60 };

bool
field_unknown(struct load *load, const struct tree *member, const char *what,
    const struct str *names, size_t count)
{
	struct str key = text_shown(member->key);
	struct str nearest = str_nearest(member->key, names, count);

	if (nearest.len)
		return bad(load, member->key_pos,
		    "unknown key \"" STR_FMT "\" in %s; did you mean \"" STR_FMT
		    "\"?",
		    STR_ARG(key), what, STR_ARG(nearest));
	return bad(load, member->key_pos, "unknown key \"" STR_FMT "\" in %s",
	    STR_ARG(key), what);
}

/* What was most likely meant counts as seen. */
static bool
unknown_field(struct load *load, const struct tree *member, const char *what,
    const struct field *fields, size_t count, bool *seen)
{
	struct str names[FIELDS_MOST] = {{NULL, 0}}, nearest;

	for (size_t i = 0; i < count; i++)
		names[i] = str_of(fields[i].name);
	nearest = str_nearest(member->key, names, count);
	for (size_t i = 0; i < count; i++)
		seen[i] = seen[i] || (nearest.len && str_eq(nearest, names[i]));
	return field_unknown(load, member, what, names, count);
}

bool
field_map(struct load *load, const struct tree *node)
{
	if (node->kind != TREE_MAP)
		return bad(load, node->pos, "expected a mapping, found %s",
		    tree_kind_name(node));
	if (node->count == 0)
		return bad(load, node->pos, "the mapping is empty");
	return true;
}

bool
field_list(struct load *load, const struct tree *node)
{
	if (node->kind != TREE_LIST)
		return bad(load, node->pos, "expected a list, found %s",
		    tree_kind_name(node));
	if (node->count == 0)
		return bad(load, node->pos, "the list is empty");
	return true;
}

bool
fields_read(struct load *load, const struct tree *node, const char *what,
    const struct field *fields, size_t count, void *out)
{
	bool seen[FIELDS_MOST] = {false}, whole = true;
	size_t i;

	if (!field_map(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		for (i = 0; i < count; i++) {
			if (str_is(at->key, fields[i].name))
				break;
		}
		if (i < count)
			seen[i] = true;
		if (i == count
			? unknown_field(
			      load, at, what, fields, count, seen)
			: fields[i].read(
			      load, at, (char *)out + fields[i].offset))
			continue;
		whole = false;
		if (!load_recover(load))
			return false;
	}
	for (i = 0; i < count; i++) {
		if (!fields[i].required || seen[i])
			continue;
		whole = bad(load, node->pos, "%s needs \"%s\"", what,
		    fields[i].name);
		if (!load_recover(load))
			return false;
	}
	return whole;
}

bool
field_text(struct load *load, const struct tree *node, void *str)
{
	struct str text = node->text;

	if (node->kind != TREE_SCALAR || tree_is_null(node))
		return bad(load, node->pos, "expected text, found %s",
		    tree_kind_name(node));
	while (text.len &&
	    (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == ' '))
		text.len--;
	if (text.len == 0)
		return bad(load, node->pos, "the text is empty");
	text = load_keep(load, text);
	if (!text.ptr)
		return load_nomem(load);
	*(struct str *)str = text;
	return true;
}

bool
field_names(struct load *load, const struct tree *node, void *names)
{
	struct names *out = names;
	const struct tree *at = node;
	size_t count = 1, i = 0;
	struct str *items;

	if (node->kind != TREE_SCALAR) {
		if (!field_list(load, node))
			return false;
		at = node->first;
		count = node->count;
	}
	items = arena_array(load->arena, count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (; i < count; i++, at = at->next) {
		if (!field_text(load, at, &items[i]))
			return false;
	}
	out->items = items;
	out->count = count;
	return true;
}

bool
field_named_lists(struct load *load, const struct tree *node, void *lists)
{
	struct named_lists *out = lists;
	struct named_list *items;
	size_t count = 0;

	if (!field_map(load, node))
		return false;
	items = arena_array(load->arena, node->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next, count++) {
		items[count].name = load_keep(load, at->key);
		if (!items[count].name.ptr)
			return load_nomem(load);
		if (!field_names(load, at, &items[count].items))
			return false;
	}
	out->items = items;
	out->count = count;
	return true;
}

bool
field_bool(struct load *load, const struct tree *node, void *boolean)
{
	bool plain = node->kind == TREE_SCALAR && node->plain;

	if (plain && str_eq(node->text, STR("true")))
		*(bool *)boolean = true;
	else if (plain && str_eq(node->text, STR("false")))
		*(bool *)boolean = false;
	else
		return bad(load, node->pos, "expected true or false");
	return true;
}

bool
field_tree(struct load *load, const struct tree *node, void *tree)
{
	(void)load;
	*(const struct tree **)tree = node;
	return true;
}

bool
field_word(struct load *load, const struct tree *node, const char *what,
    const char *const *words, size_t count, size_t *index)
{
	struct str names[FIELDS_MOST] = {{NULL, 0}}, nearest;

	if (node->kind != TREE_SCALAR)
		return bad(load, node->pos, "expected %s, found %s", what,
		    tree_kind_name(node));
	for (size_t i = 0; i < count; i++) {
		names[i] = str_of(words[i]);
		if (str_eq(node->text, names[i])) {
			*index = i;
			return true;
		}
	}
	nearest = str_nearest(node->text, names, count);
	if (nearest.len)
		return bad(load, node->pos,
		    "\"" STR_FMT "\" is not %s; did you mean \"" STR_FMT "\"?",
		    STR_ARG(text_shown(node->text)), what, STR_ARG(nearest));
	return bad(load, node->pos, "\"" STR_FMT "\" is not %s",
	    STR_ARG(text_shown(node->text)), what);
}

bool
field_path(struct load *load, const struct tree *node, void *str)
{
	const char *message = NULL;
	struct path path = {0};
	struct str text;

	if (!field_text(load, node, &text))
		return false;
	if (!path_read(&path, text, load->arena, &message)) {
		if (!message)
			return load_nomem(load);
		return bad(load, node->pos, "\"" STR_FMT "\" is no path: %s",
		    STR_ARG(text_shown(text)), message);
	}
	if (path.count == 0)
		return bad(load, node->pos, "the path names no attribute");
	for (size_t i = 0; i < path.count; i++) {
		if (path.steps[i].kind != STEP_NAME)
			return bad(load, node->pos,
			    "a path has no indexes here: it holds in every "
			    "element");
	}
	*(struct str *)str = text;
	return true;
}

bool
field_day(struct load *load, const struct tree *node, struct str *text,
    int64_t *day)
{
	struct date date;

	if (!field_text(load, node, text))
		return false;
	if (!date_read(&date, *text) || !date.day)
		return bad(load, node->pos,
		    "\"" STR_FMT "\" is no day such as 2026-01-31",
		    STR_ARG(text_shown(*text)));
	*day = date.seconds / DAY;
	return true;
}
