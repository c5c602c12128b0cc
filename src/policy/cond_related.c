/*
 * "related": which partners, how they are found, and what is asked of them.
 * Paths inside satisfies start at the partner, whose attributes are noted with
 * the relation; a path that begins with "subject." starts at the resource that
 * is judged.
 */
#include "policy/cond_parts.h"
#include "policy/cond_read.h"
#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

static bool
read_types(struct load *load, struct names *out, const struct tree *node)
{
	const struct tree *at;

	if (!literal_resolve(load, &node) || !field_names(load, node, out))
		return false;
	at = node->kind == TREE_LIST ? node->first : node;
	for (size_t i = 0; i < out->count; i++, at = at->next) {
		struct str type = out->items[i];

		if (memchr(type.ptr, '*', type.len) ||
		    memchr(type.ptr, '?', type.len))
			return bad(load, at->pos,
			    "a related type is a name, not a pattern");
		if (str_starts(type, STR("data.")))
			type = str_from(type, STR("data.").len);
		if (!type_valid(type, ""))
			return bad(load, at->pos,
			    "\"" STR_FMT "\" is no type of resource",
			    STR_ARG(text_shown(type)));
	}
	return true;
}

/* The first of "a.b[0]". */
static struct str
first_name(struct str path)
{
	size_t len = 0;

	while (len < path.len && path.ptr[len] != '.' && path.ptr[len] != '[')
		len++;
	return str_head(path, len);
}

static bool
read_attribute(struct load *load, struct related *related,
    struct attributes *of, const struct tree *node)
{
	return literal_resolve(load, &node) &&
	    field_path(load, node, &related->attribute) &&
	    attribute_add(load, of, first_name(related->attribute));
}

/* --- name_matches --- */

struct name_said {
	const struct tree *mine, *its;
	size_t how;
};

static const char *const how_words[] = {[NAME_GLOB] = "glob",
    [NAME_EQUALS] = "equals",
    [NAME_REGEX] = "regex",
    [NAME_PREFIX] = "prefix",
    [NAME_CONTAINS] = "contains"};

static bool
read_how(struct load *load, const struct tree *node, void *how)
{
	return field_word(
	    load, node, "a way to match", how_words, COUNTOF(how_words), how);
}

/* What stands between two "[*]". */
static bool
read_its_part(struct load *load, struct path *out, const struct tree *node,
    struct str text)
{
	const char *message = NULL;

	if (path_read(out, text, load->arena, &message) &&
	    (out->count || node->text.len > text.len))
		return true;
	if (!out->count && !message)
		message = "it names no attribute";
	return bad(load, node->pos, "\"" STR_FMT "\" is no path: %s",
	    STR_ARG(text_shown(node->text)), message);
}

/* "rule[*].filter": the elements of "rule", and "filter" in each. */
static bool
read_its(struct load *load, struct related *related,
    struct attributes *of, const struct tree *node)
{
	struct path *parts;
	struct str rest;
	size_t count = 0;

	if (!literal_resolve(load, &node) || node->kind != TREE_SCALAR ||
	    tree_is_null(node) || node->text.len == 0)
		return bad(load, node->pos, "expected a path, found %s",
		    tree_kind_name(node));
	rest = load_keep(load, node->text);
	if (!rest.ptr)
		return load_nomem(load);
	parts = arena_array(load->arena, rest.len / 3 + 1, sizeof(*parts));
	if (!parts)
		return load_nomem(load);
	while (rest.len) {
		size_t at;
		bool each = str_find(rest, STR("[*]"), &at);
		struct str part = each ? str_head(rest, at) : rest;

		if (!read_its_part(load, &parts[count++], node, part))
			return false;
		rest = each ? str_from(rest, at + 3) : STR("");
		if (each && rest.len == 0 &&
		    !read_its_part(load, &parts[count++], node, STR(".")))
			return false;
		if (each && rest.len && rest.ptr[0] != '.')
			return bad(load, node->pos,
			    "\"" STR_FMT "\" is no path: a dot is missing "
			    "behind \"[*]\"",
			    STR_ARG(text_shown(node->text)));
		if (each && rest.len)
			rest = str_from(rest, 1);
	}
	related->its = parts;
	related->its_count = count;
	return attribute_add(load, of, parts[0].steps[0].name);
}

static const struct shape how_shape = {
    .kind = SHAPE_WORD, .words = how_words, .count = COUNTOF(how_words)};
static const struct field fields[] = {
    {"mine", field_tree, offsetof(struct name_said, mine), true, &shape_text,
	"the path of a text of this resource"},
    {"its", field_tree, offsetof(struct name_said, its), true, &shape_open_path,
	"the path of a text of the other; [*] is each element"},
    {"how", read_how, offsetof(struct name_said, how), true, &how_shape,
	"how its text matches mine"},
};
const struct shape shape_name_matches = {
    .kind = SHAPE_FIELDS, .fields = fields, .count = COUNTOF(fields)};

static bool
read_name_matches(struct load *load, struct related *related,
    struct attributes *of, const struct tree *node)
{
	struct name_said said = {0};

	if (!fields_read(load, node, "name_matches", fields, COUNTOF(fields),
		&said) ||
	    !cond_path(load, &related->mine, said.mine))
		return false;
	related->how = (enum name_how)said.how;
	return read_its(load, related, of, said.its);
}

/* --- The rest --- */

static bool
read_in_plan(struct load *load, const struct tree *node)
{
	bool yes = false;

	if (!field_bool(load, node, &yes))
		return false;
	return yes ||
	    bad(load, node->pos, "\"in_plan\" takes only true");
}

/* of: what is read of the partners. */
static bool
read_join(struct load *load, struct related *related,
    struct attributes *of, const struct parts *parts)
{
	const struct tree *its = parts->at[PART_WHERE_ITS];
	const struct tree *my = parts->at[PART_BY_MY];
	const struct tree *plan = parts->at[PART_IN_PLAN];
	const struct tree *name = parts->at[PART_NAME_MATCHES];
	int count = (its != NULL) + (my != NULL) + (plan != NULL) +
	    (name != NULL);

	if (count != 1)
		return bad(load, parts->node->pos,
		    count ? "\"related\" takes only one of \"where_its\", "
			    "\"by_my\", \"in_plan\" and \"name_matches\""
			  : "\"related\" needs one of \"where_its\", "
			    "\"by_my\", \"in_plan\" and \"name_matches\"");
	if (its) {
		related->join = JOIN_ITS;
		return read_attribute(load, related, of, its);
	}
	if (my) {
		related->join = JOIN_MY;
		return read_attribute(load, related, load->attributes, my);
	}
	related->join = name ? JOIN_NAME : JOIN_PLAN;
	return name ? read_name_matches(load, related, of, name)
		    : read_in_plan(load, plan);
}

static const char *const quantifier_words[] = {"some", "every", "none"};
const struct shape shape_quantifier = {.kind = SHAPE_WORD,
    .words = quantifier_words,
    .count = COUNTOF(quantifier_words)};
static const char *const none_words[] = {"false", "true", "unknown"};
const struct shape shape_if_none = {
    .kind = SHAPE_WORD, .words = none_words, .count = COUNTOF(none_words)};

static bool
read_quantifier(
    struct load *load, struct related *related, const struct parts *parts)
{
	static const enum cond_kind kinds[] = {
	    COND_SOME, COND_EVERY, COND_NONE};
	const struct tree *node = parts->at[PART_QUANTIFIER];
	size_t index = 0;

	if (node && !field_word(load, node, "some, every or none",
			quantifier_words, COUNTOF(quantifier_words), &index))
		return false;
	related->quantifier = kinds[index];
	if (related->quantifier == COND_EVERY && !parts->at[PART_SATISFIES])
		return bad(load, node->pos,
		    "\"quantifier: every\" needs \"satisfies\"");
	return true;
}

static bool
read_if_none(
    struct load *load, struct related *related, const struct tree *node)
{
	static const enum said said[] = {SAID_NO, SAID_YES, SAID_NOTHING};
	size_t index;

	if (!node)
		return true;
	if (!field_word(load, node, "true, false or unknown", none_words,
		COUNTOF(none_words), &index))
		return false;
	related->if_none = said[index];
	related->none_unknown = index == 2;
	return true;
}

/* As by_type names them. */
static bool
partner_types(struct load *load, struct names *out, const struct names *types)
{
	struct str *items =
	    arena_array(load->arena, types->count, sizeof(*items));

	if (!items)
		return load_nomem(load);
	for (size_t i = 0; i < types->count; i++) {
		items[i] = types->items[i];
		if (str_starts(items[i], STR("data.")))
			items[i] = str_from(items[i], STR("data.").len);
	}
	*out = (struct names){items, types->count};
	return true;
}

/* Paths start at the partner, and what they name is its own. */
static bool
read_satisfies(struct load *load, struct cond *cond,
    struct related *related, struct attributes *of, const struct tree *node)
{
	struct load outside = *load;
	bool ok;

	if (!node)
		return true;
	load->attributes = of;
	load->related = related;
	load->element = false;
	load->of_subject = false;
	ok = partner_types(load, &load->types, &related->types) &&
	    cond_read(load, &cond->satisfies, node, false);
	related->of_subject = load->of_subject;
	load->attributes = outside.attributes;
	load->related = outside.related;
	load->element = outside.element;
	load->types = outside.types;
	load->of_subject = outside.of_subject || related->of_subject;
	return ok;
}

static bool
relation_add(struct load *load, const struct related *related)
{
	if (!arena_grow(&load->scratch, &load->relations,
		load->relation_count, &load->relation_cap, sizeof(related)))
		return load_nomem(load);
	load->relations[load->relation_count++] = related;
	return true;
}

bool
cond_related(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	struct cond *cond = cond_new(load, parts->node, COND_RELATED);
	struct related *related;
	struct attributes of = {0};

	if (!cond)
		return false;
	related = arena_new(load->arena, struct related);
	if (!related)
		return load_nomem(load);
	cond->negated = flip;
	cond->related = related;
	related->outer = load->related;
	if (!read_types(load, &related->types, parts->argument) ||
	    !read_join(load, related, &of, parts) ||
	    !read_quantifier(load, related, parts) ||
	    !read_if_none(load, related, parts->at[PART_IF_NONE]) ||
	    !read_satisfies(
		load, cond, related, &of, parts->at[PART_SATISFIES]) ||
	    !attributes_set(load, &related->attributes, &of) ||
	    !relation_add(load, related) ||
	    !related_describe(load, cond, related))
		return false;
	*out = cond;
	return true;
}
