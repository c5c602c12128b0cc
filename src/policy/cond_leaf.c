/* Leaves: one operator on one path, or on each of several. */
#include "policy/cond_parts.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Memory that one file may come to, for each byte of the largest. */
enum { EXPANSION = 64 };

bool
parts_need(struct load *load, const struct parts *parts, enum part part,
    const char *name)
{
	if (parts->at[part])
		return true;
	return bad(load, parts->node->pos, "\"" STR_FMT "\" needs \"%s\"",
	    STR_ARG(parts->argument->key), name);
}

struct cond *
cond_new(struct load *load, const struct tree *node, enum cond_kind kind)
{
	const struct tfa_limits *limits = &load->policies->limits;
	struct cond *cond;

	if (++load->conds > limits->policy_nodes ||
	    (load->arena->used - load->begun) / EXPANSION >
		limits->policy_bytes) {
		load_error(load, TFA_ERR_LIMIT, node->pos,
		    "definitions and parameters expand to too much");
		return NULL;
	}
	cond = arena_new(load->arena, struct cond);
	if (!cond) {
		load_nomem(load);
		return NULL;
	}
	cond->kind = kind;
	cond->pos = node->pos;
	return cond;
}

/* --- Paths --- */

static bool
attribute_add_one(
    struct load *load, struct attributes *attributes, struct str name)
{
	if (!arena_grow(&load->scratch, &attributes->items,
		attributes->count, &attributes->cap, sizeof(name)))
		return load_nomem(load);
	attributes->items[attributes->count++] = name;
	return true;
}

/* What one of the two does not say is made out from the other. */
bool
attribute_add(
    struct load *load, struct attributes *attributes, struct str name)
{
	struct str other = STR("");

	if (str_eq(name, STR("tags")))
		other = STR("tags_all");
	else if (str_eq(name, STR("tags_all")))
		other = STR("tags");
	return attribute_add_one(load, attributes, name) &&
	    (!other.len || attribute_add_one(load, attributes, other));
}

/* "subject.a" inside a relation is "a" of the resource that is judged. */
static bool
is_of_subject(const struct load *load, const struct path *path)
{
	return load->related && path->count > 1 &&
	    path->steps[0].kind == STEP_NAME &&
	    str_eq(path->steps[0].name, STR("subject"));
}

static bool
path_of_subject(struct load *load, struct path *path)
{
	path->of_subject = true;
	path->steps++;
	path->count--;
	load->of_subject = true;
	return attribute_add(load, &load->judged, path->steps[0].name);
}

bool
cond_path(struct load *load, struct path *out, const struct tree *node)
{
	const char *message = NULL;
	struct str text;

	if (node->kind != TREE_SCALAR || tree_is_null(node))
		return bad(load, node->pos, "expected a path, found %s",
		    tree_kind_name(node));
	text = load_keep(load, node->text);
	if (!text.ptr)
		return load_nomem(load);
	if (!path_read(out, text, load->arena, &message)) {
		if (!message)
			return load_nomem(load);
		return bad(load, node->pos, "\"" STR_FMT "\" is no path: %s",
		    STR_ARG(text_shown(node->text)), message);
	}
	for (size_t i = 0; i < out->count; i++)
		load->documents = load->documents ||
		    (out->steps[i].kind == STEP_CALL &&
			out->steps[i].index == CALL_POLICY);
	if (is_of_subject(load, out))
		return path_of_subject(load, out);
	if (load->element)
		return true;
	if (out->count == 0 || out->steps[0].kind == STEP_CALL)
		return bad(load, node->pos,
		    "\".\" is the element, so it stands inside \"satisfies\" "
		    "only");
	return attribute_add(load, load->attributes, out->steps[0].name);
}

/* --- Leaves --- */

static bool
read_flag(struct load *load, const struct tree *node, bool *out)
{
	return !node ||
	    (literal_resolve(load, &node) && field_bool(load, node, out));
}

bool
cond_unset(struct load *load, struct cond *cond, const struct parts *parts)
{
	const struct tree *if_unset = parts->at[PART_IF_UNSET];
	const struct tree *source = parts->at[PART_SOURCE];
	bool yes = false;

	if (parts->at[PART_DEFAULT] &&
	    !operand_default(load, cond, parts->at[PART_DEFAULT]))
		return false;
	if (source && !field_text(load, source, &cond->default_source))
		return false;
	if (if_unset) {
		if (!literal_resolve(load, &if_unset) ||
		    !field_bool(load, if_unset, &yes))
			return false;
		cond->if_unset = yes ? SAID_YES : SAID_NO;
	}
	return true;
}

static const char *const show_words[] = {"value"};
const struct shape shape_show = {
    .kind = SHAPE_WORD, .words = show_words, .count = COUNTOF(show_words)};

static bool
read_companions(
    struct load *load, struct cond *cond, const struct parts *parts)
{
	const struct tree *show = parts->at[PART_SHOW];
	const struct tree *sentinel = parts->at[PART_SENTINEL];
	size_t index;

	if (!cond_unset(load, cond, parts) ||
	    !read_flag(load, parts->at[PART_STRICTLY], &cond->args.strictly) ||
	    !read_flag(load, parts->at[PART_IGNORING_CASE],
		&cond->args.ignoring_case))
		return false;
	if (sentinel && !operand_numbers(load, &cond->args.sentinel, sentinel))
		return false;
	if (show && !field_word(load, show, "something to show", show_words,
			COUNTOF(show_words), &index))
		return false;
	cond->show_value = show != NULL;
	return true;
}

/* One leaf for each path, which differ in nothing else. */
static bool
spread(struct load *load, const struct cond **out, const struct cond *leaf,
    const struct tree *paths, bool all)
{
	struct cond *group = cond_new(load, paths, all ? COND_ALL : COND_ANY);
	const struct cond **items;
	size_t count = 0;

	if (!group || !field_list(load, paths))
		return false;
	items = arena_array(load->arena, paths->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = paths->first; at; at = at->next) {
		struct cond *item = cond_new(load, at, COND_TEST);

		if (!item)
			return false;
		*item = *leaf;
		if (!cond_path(load, &item->path, at))
			return false;
		items[count++] = item;
	}
	group->items = items;
	group->item_count = count;
	*out = group;
	return true;
}

static bool
check_paths(struct load *load, const struct parts *parts)
{
	int count = (parts->at[PART_PATH] != NULL) +
	    (parts->at[PART_ANY_PATH] != NULL) +
	    (parts->at[PART_EVERY_PATH] != NULL);

	if (count > 1)
		return bad(load, parts->node->pos,
		    "one of \"path\", \"any_path\" and \"every_path\" is "
		    "enough");
	if (count == 0 && parts->op->group == OP_STATEMENT)
		return true;
	return count == 1 || parts_need(load, parts, PART_PATH, "path");
}

/* Without a path it is the element. */
static bool
read_path(struct load *load, struct cond *cond, const struct parts *parts)
{
	if (parts->at[PART_PATH])
		return cond_path(load, &cond->path, parts->at[PART_PATH]);
	cond->path.text = STR(".");
	return load->element ||
	    bad(load, parts->argument->key_pos,
		"\"" STR_FMT "\" asks a statement of a policy, so it stands "
		"inside \"satisfies\"",
		STR_ARG(parts->argument->key));
}

bool
cond_test(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	const struct tree *any = parts->at[PART_ANY_PATH];
	const struct tree *every = parts->at[PART_EVERY_PATH];
	struct cond *cond;

	if (!check_paths(load, parts))
		return false;
	cond = cond_new(load, parts->node, COND_TEST);
	if (!cond)
		return false;
	cond->op = parts->op;
	cond->negated = flip;
	if (!operand_read(load, cond, parts->argument) ||
	    !read_companions(load, cond, parts) || !cond_describe(load, cond))
		return false;
	if (any || every)
		return spread(load, out, cond, any ? any : every,
		    (any == NULL) != flip);
	if (!read_path(load, cond, parts))
		return false;
	*out = cond;
	return true;
}
