/*
 * A condition is a mapping with one operator and the companions that it takes.
 * First every key is told apart, then the operator's reader does the rest.
 *
 * "not" is pushed down while reading (flip): all becomes any, leaves and what
 * counts elements are marked as negated.  Inside satisfies, when and then a
 * condition is met or it is not, so flip starts anew.
 */
#include "policy/cond_read.h"

#include "policy/cond_parts.h"
#include "policy/field.h"

#define BIT(part) (1u << (part))

enum {
	FOR_PATHS = BIT(PART_PATH) | BIT(PART_ANY_PATH) | BIT(PART_EVERY_PATH),
	FOR_UNSET = BIT(PART_DEFAULT) | BIT(PART_SOURCE) | BIT(PART_IF_UNSET),
	FOR_LEAF = FOR_PATHS | BIT(PART_SHOW),
	FOR_QUANTIFIER = BIT(PART_SATISFIES) | FOR_UNSET,
	FOR_COUNT = FOR_QUANTIFIER | BIT(PART_AT_LEAST) | BIT(PART_AT_MOST) |
	    BIT(PART_EQUALS),
	FOR_RELATED = BIT(PART_SATISFIES) | BIT(PART_WHERE_ITS) |
	    BIT(PART_BY_MY) | BIT(PART_IN_PLAN) | BIT(PART_NAME_MATCHES) |
	    BIT(PART_QUANTIFIER) | BIT(PART_IF_NONE),
};

typedef bool cond_reader(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip);

struct word {
	const char *name;
	cond_reader *read; /* NULL: a companion, or for a later version */
	unsigned takes;	   /* operators */
	enum part part;	   /* companions; PART_END: later versions */
};

static cond_reader read_all, read_any, read_not, read_when, read_every,
    read_some, read_none, read_count, read_always, read_never, read_use;

static const struct word words[] = {
    {"all", read_all, 0, PART_END},
    {"any", read_any, 0, PART_END},
    {"not", read_not, 0, PART_END},
    {"when", read_when, BIT(PART_THEN), PART_END},
    {"every", read_every, FOR_QUANTIFIER, PART_END},
    {"some", read_some, FOR_QUANTIFIER, PART_END},
    {"none", read_none, FOR_QUANTIFIER, PART_END},
    {"count", read_count, FOR_COUNT, PART_END},
    {"always", read_always, 0, PART_END},
    {"never", read_never, 0, PART_END},
    {"use", read_use, BIT(PART_WITH), PART_END},
    {"related", cond_related, FOR_RELATED, PART_END},
    {"path", NULL, 0, PART_PATH},
    {"any_path", NULL, 0, PART_ANY_PATH},
    {"every_path", NULL, 0, PART_EVERY_PATH},
    {"then", NULL, 0, PART_THEN},
    {"satisfies", NULL, 0, PART_SATISFIES},
    {"default", NULL, 0, PART_DEFAULT},
    {"source", NULL, 0, PART_SOURCE},
    {"if_unset", NULL, 0, PART_IF_UNSET},
    {"strictly", NULL, 0, PART_STRICTLY},
    {"show", NULL, 0, PART_SHOW},
    {"sentinel", NULL, 0, PART_SENTINEL},
    {"ignoring_case", NULL, 0, PART_IGNORING_CASE},
    {"with", NULL, 0, PART_WITH},
    {"where_its", NULL, 0, PART_WHERE_ITS},
    {"by_my", NULL, 0, PART_BY_MY},
    {"in_plan", NULL, 0, PART_IN_PLAN},
    {"name_matches", NULL, 0, PART_NAME_MATCHES},
    {"quantifier", NULL, 0, PART_QUANTIFIER},
    {"if_none", NULL, 0, PART_IF_NONE},
    {"by_type", NULL, 0, PART_END},
    {"cidr", NULL, 0, PART_END},
    {"port", NULL, 0, PART_END},
    {"version", NULL, 0, PART_END},
    {"date", NULL, 0, PART_END},
    {"ordered_by", NULL, 0, PART_END},
    {"first", NULL, 0, PART_END},
};

/* Of count, although elsewhere they are operators. */
static const struct word count_words[] = {
    {"at_least", NULL, 0, PART_AT_LEAST},
    {"at_most", NULL, 0, PART_AT_MOST},
    {"equals", NULL, 0, PART_EQUALS},
};

static const struct word *
word_find(struct str key, const struct word *in, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(key, str_of(in[i].name)))
			return &in[i];
	}
	return NULL;
}

static bool
unknown_word(struct load *load, const struct tree *member)
{
	struct str names[128];
	size_t count = 0;

	for (size_t i = 0; i < COUNTOF(words); i++)
		names[count++] = str_of(words[i].name);
	for (size_t i = 0; i < op_count() && count < COUNTOF(names); i++)
		names[count++] = str_of(op_at(i)->name);
	return field_unknown(load, member, "a condition", names, count);
}

/* As against counting them or looking for keys. */
static bool
compares_elements(const struct op *op)
{
	return op->group == OP_LIST && op->argument != ARG_LENGTH &&
	    !str_starts(str_of(op->name), STR("has_"));
}

/* Only what has an effect. */
static unsigned
op_takes(const struct op *op)
{
	unsigned takes = FOR_LEAF;

	if (op->group == OP_PRESENCE)
		return FOR_PATHS;
	if (op->group == OP_STATEMENT)
		return BIT(PART_PATH);
	takes |= FOR_UNSET;
	if (op->group == OP_ORDER)
		takes |= BIT(PART_SENTINEL);
	if (compares_elements(op))
		takes |= BIT(PART_IGNORING_CASE);
	if (op->group == OP_VALUE || compares_elements(op))
		takes |= BIT(PART_STRICTLY);
	return takes;
}

/* An operator: the only one so far, or an error. */
static bool
take_operator(struct load *load, struct parts *parts,
    const struct tree *member, const struct word *word, const struct op *op)
{
	if (parts->argument)
		return bad(load, member->key_pos,
		    "two operators in one condition, \"" STR_FMT
		    "\" and \"" STR_FMT "\": write \"all: [...]\"",
		    STR_ARG(parts->argument->key), STR_ARG(member->key));
	parts->argument = member;
	parts->word = word;
	parts->op = op;
	parts->takes = word ? word->takes : op_takes(op);
	return true;
}

static bool
take_member(struct load *load, struct parts *parts,
    const struct tree *member, bool counting)
{
	const struct word *word = NULL;
	const struct op *op;

	if (counting)
		word = word_find(
		    member->key, count_words, COUNTOF(count_words));
	if (!word)
		word = word_find(member->key, words, COUNTOF(words));
	if (word && word->read)
		return take_operator(load, parts, member, word, NULL);
	if (word && word->part == PART_END)
		return bad(load, member->key_pos,
		    "\"%s\" is not supported by this version", word->name);
	if (word) {
		parts->at[word->part] = member;
		return true;
	}
	op = op_find(member->key);
	if (!op)
		return unknown_word(load, member);
	return take_operator(load, parts, member, NULL, op);
}

static bool
check_parts(struct load *load, const struct parts *parts)
{
	if (!parts->argument)
		return bad(load, parts->node->pos,
		    "a condition needs an operator, such as \"equals\"");
	for (const struct tree *at = parts->node->first; at; at = at->next) {
		for (size_t i = 0; i < PART_END; i++) {
			if (parts->at[i] == at && !(parts->takes & BIT(i)))
				return bad(load, at->key_pos,
				    "\"" STR_FMT
				    "\" does not go with \"" STR_FMT "\"",
				    STR_ARG(at->key),
				    STR_ARG(parts->argument->key));
		}
	}
	if (parts->at[PART_SOURCE] && !parts->at[PART_DEFAULT])
		return bad(load, parts->at[PART_SOURCE]->key_pos,
		    "\"source\" tells where a \"default\" comes from");
	return true;
}

static bool
find_parts(struct load *load, struct parts *parts, const struct tree *node)
{
	bool counting = tree_member(node, "count") != NULL;

	parts->node = node;
	if (node->kind != TREE_MAP)
		return bad(load, node->pos, "expected a condition, found %s",
		    tree_kind_name(node));
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!take_member(load, parts, at, counting))
			return false;
	}
	return check_parts(load, parts);
}

/* --- Groups --- */

static bool
read_group(struct load *load, const struct cond **out,
    const struct parts *parts, bool all, bool flip)
{
	const struct tree *list = parts->argument;
	struct cond *group;
	const struct cond **items;
	size_t count = 0;

	if (!field_list(load, list))
		return false;
	group = cond_new(load, parts->node, all != flip ? COND_ALL : COND_ANY);
	if (!group)
		return false;
	items = arena_array(load->arena, list->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = list->first; at; at = at->next) {
		if (!cond_read(load, &items[count++], at, flip))
			return false;
	}
	group->items = items;
	group->item_count = count;
	*out = group;
	return true;
}

static bool
read_all(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_group(load, out, parts, true, flip);
}

static bool
read_any(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_group(load, out, parts, false, flip);
}

static bool
read_not(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return cond_read(load, out, parts->argument, !flip);
}

static bool
read_when(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	const struct cond **items;
	struct cond *cond;

	if (!parts_need(load, parts, PART_THEN, "then"))
		return false;
	cond = cond_new(load, parts->node, COND_WHEN);
	if (!cond)
		return false;
	items = arena_array(load->arena, 2, sizeof(*items));
	if (!items)
		return load_nomem(load);
	if (!cond_read(load, &items[0], parts->argument, false) ||
	    !cond_read(load, &items[1], parts->at[PART_THEN], false))
		return false;
	cond->negated = flip;
	cond->items = items;
	cond->item_count = 2;
	*out = cond;
	return true;
}

/* --- Elements --- */

static bool
read_satisfies(
    struct load *load, struct cond *cond, const struct tree *satisfies)
{
	bool outside = load->element, ok;

	if (!satisfies)
		return true;
	load->element = true;
	ok = cond_read(load, &cond->satisfies, satisfies, false);
	load->element = outside;
	return ok;
}

static bool
read_quantifier(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip, enum cond_kind kind)
{
	struct cond *cond = cond_new(load, parts->node, kind);

	if (!cond)
		return false;
	cond->negated = flip;
	if (kind == COND_COUNT &&
	    !operand_range(load, &cond->args.argument, parts->node->pos,
		&parts->at[PART_AT_LEAST]))
		return false;
	if (kind != COND_COUNT &&
	    !parts_need(load, parts, PART_SATISFIES, "satisfies"))
		return false;
	if (!cond_path(load, &cond->path, parts->argument) ||
	    !cond_unset(load, cond, parts) ||
	    !read_satisfies(load, cond, parts->at[PART_SATISFIES]) ||
	    !cond_describe(load, cond))
		return false;
	*out = cond;
	return true;
}

static bool
read_every(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_quantifier(load, out, parts, flip, COND_EVERY);
}

static bool
read_some(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_quantifier(load, out, parts, flip, COND_SOME);
}

static bool
read_none(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_quantifier(load, out, parts, flip, COND_NONE);
}

static bool
read_count(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_quantifier(load, out, parts, flip, COND_COUNT);
}

/* --- Constants --- */

static bool
read_constant(struct load *load, const struct cond **out,
    const struct parts *parts, bool holds)
{
	bool yes = false;

	if (!field_bool(load, parts->argument, &yes))
		return false;
	if (!yes)
		return bad(load, parts->argument->pos,
		    "\"" STR_FMT "\" takes only true",
		    STR_ARG(parts->argument->key));
	*out = cond_new(load, parts->node, holds ? COND_ALWAYS : COND_NEVER);
	return *out != NULL;
}

static bool
read_always(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_constant(load, out, parts, !flip);
}

static bool
read_never(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return read_constant(load, out, parts, flip);
}

static bool
read_use(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return use_read(
	    load, out, parts->argument, parts->at[PART_WITH], flip);
}

bool
cond_read(struct load *load, const struct cond **out, const struct tree *node,
    bool flip)
{
	struct parts parts = {0};

	if (!find_parts(load, &parts, node))
		return false;
	if (parts.word)
		return parts.word->read(load, out, &parts, flip);
	return cond_test(load, out, &parts, flip);
}
