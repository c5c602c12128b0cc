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
	FOR_FIRST = FOR_QUANTIFIER | BIT(PART_PATH) | BIT(PART_ORDERED_BY),
	FOR_COUNT = FOR_QUANTIFIER | BIT(PART_AT_LEAST) | BIT(PART_AT_MOST) |
		    BIT(PART_EQUALS),
	FOR_JOIN = BIT(PART_WHERE_ITS) | BIT(PART_BY_MY) | BIT(PART_IN_PLAN) |
		   BIT(PART_NAME_MATCHES),
	FOR_RELATED = BIT(PART_SATISFIES) | FOR_JOIN | BIT(PART_QUANTIFIER) |
		      BIT(PART_IF_NONE),
};

/* A word of conditions that op/op.h does not know. */
struct word {
	const char *name;
	cond_reader *read; /* NULL: a companion, or for a later version */
	unsigned takes;	   /* operators */
	enum part part;	   /* companions; PART_END: later versions */
	/* Of operators, as in struct operator. */
	enum op_group group;
	const char *argument, *complement, *help;
	const struct shape *shape; /* what stands behind it */
	unsigned needs, one_of;    /* companions */
	enum cond_kind kind;	   /* that is made, where that is not plain */
};

static cond_reader read_group, read_not, read_when, read_quantifier,
    read_first, read_constant, read_use;

#define COMPANION(part, shape, help) \
	NULL, 0, part, OP_LOGIC, NULL, NULL, help, shape, 0, 0, COND_TEST

static const struct shape conditions_shape = {
    .kind = SHAPE_LIST, .of = &shape_condition, .least = 1};
static const struct shape by_type_shape = {
    .kind = SHAPE_MAP, .of = &shape_condition, .least = 1};
static const struct shape paths_shape = {
    .kind = SHAPE_LIST, .of = &shape_text, .least = 1};
static const struct shape with_shape = {
    .kind = SHAPE_MAP, .of = &shape_any, .least = 1};
/* A path, or one for each type. */
static const struct shape by_path_shape = {
    .kind = SHAPE_MAP, .of = &shape_text, .least = 1};
static const struct shape *const located[] = {&shape_text, &by_path_shape};
static const struct shape located_shape = {
    .kind = SHAPE_EITHER, .either = located, .count = COUNTOF(located)};
static const struct shape related_by_type_shape = {
    .kind = SHAPE_MAP, .of = &shape_names, .least = 1};
static const struct shape *const related[] = {
    &shape_names, &related_by_type_shape};
static const struct shape related_shape = {
    .kind = SHAPE_EITHER, .either = related, .count = COUNTOF(related)};

static const struct word words[] = {
    {"all", read_group, 0, PART_END, OP_LOGIC, "a list of conditions", NULL,
	"each of them holds", &conditions_shape, 0, 0, COND_ALL},
    {"any", read_group, 0, PART_END, OP_LOGIC, "a list of conditions", NULL,
	"one of them holds", &conditions_shape, 0, 0, COND_ANY},
    {"not", read_not, 0, PART_END, OP_LOGIC, "a condition", NULL,
	"it does not hold; of what is unset, neither holds", &shape_condition,
	0, 0, COND_TEST},
    {"when", read_when, BIT(PART_THEN), PART_END, OP_LOGIC, "a condition", NULL,
	"\"then\" holds, or this is not met", &shape_condition, BIT(PART_THEN),
	0, COND_WHEN},
    {"by_type", cond_by_type, 0, PART_END, OP_LOGIC,
	"{TYPE: a condition, other: a condition}", NULL,
	"the condition for the type of the resource holds", &by_type_shape, 0,
	0, COND_BY_TYPE},
    {"use", read_use, BIT(PART_WITH), PART_END, OP_LOGIC, "a name", NULL,
	"the condition of that name under \"define\" holds", &shape_text, 0, 0,
	COND_TEST},
    {"port", cond_port, 0, PART_END, OP_NETWORK,
	"{covers: PORT, from: PATH, to: PATH, protocol: PATH}", NULL,
	"the range of ports covers this one", &shape_port, 0, 0, COND_PORT},
    {"every", read_quantifier, FOR_QUANTIFIER, PART_END, OP_QUANTIFIER,
	"a path", NULL, "each element satisfies, or there is none",
	&located_shape, BIT(PART_SATISFIES), 0, COND_EVERY},
    {"some", read_quantifier, FOR_QUANTIFIER, PART_END, OP_QUANTIFIER, "a path",
	"none", "an element satisfies", &located_shape, BIT(PART_SATISFIES), 0,
	COND_SOME},
    {"none", read_quantifier, FOR_QUANTIFIER, PART_END, OP_QUANTIFIER, "a path",
	"some", "no element satisfies", &located_shape, BIT(PART_SATISFIES), 0,
	COND_NONE},
    {"count", read_quantifier, FOR_COUNT, PART_END, OP_QUANTIFIER, "a path",
	NULL, "as many elements satisfy as at_least, at_most and equals say",
	&located_shape, 0, 0, COND_COUNT},
    {"first", read_first, FOR_FIRST, PART_END, OP_QUANTIFIER, "a condition",
	NULL,
	"of \"path\", ordered by a number, the first element that meets this "
	"satisfies, or none meets it", &shape_condition, FOR_FIRST & ~FOR_UNSET,
	0, COND_FIRST},
    {"related", cond_related, FOR_RELATED, PART_END, OP_RELATED,
	"a type or a list of types", NULL,
	"a resource that is found through a reference or a name satisfies",
	&related_shape, 0, FOR_JOIN, COND_RELATED},
    {"always", read_constant, 0, PART_END, OP_CONSTANT, "true", "never",
	"anything holds", &shape_true, 0, 0, COND_ALWAYS},
    {"never", read_constant, 0, PART_END, OP_CONSTANT, "true", "always",
	"nothing holds: the resource is the finding", &shape_true, 0, 0,
	COND_NEVER},
    {"path", COMPANION(PART_PATH, &located_shape,
	"what is looked at, such as a.b, a[0].b or tags[\"k\"]")},
    {"any_path", COMPANION(PART_ANY_PATH, &paths_shape,
	"it holds for one of these paths")},
    {"every_path", COMPANION(PART_EVERY_PATH, &paths_shape,
	"it holds for each of these paths")},
    {"then", COMPANION(PART_THEN, &shape_condition,
	"what holds where \"when\" is met")},
    {"satisfies", COMPANION(PART_SATISFIES, &shape_condition,
	"what an element or a related resource is asked")},
    {"default", COMPANION(PART_DEFAULT, &shape_full,
	"what counts where nothing is set")},
    {"source", COMPANION(PART_SOURCE, &shape_text,
	"where that default is documented")},
    {"if_unset", COMPANION(PART_IF_UNSET, &shape_flag,
	"the answer where nothing is set")},
    {"strictly", COMPANION(PART_STRICTLY, &shape_flag,
	"types are compared too")},
    {"show", COMPANION(PART_SHOW, &shape_show, "findings may print the value")},
    {"sentinel", COMPANION(PART_SENTINEL, &shape_sentinel,
	"numbers that count as not set")},
    {"ignoring_case", COMPANION(PART_IGNORING_CASE, &shape_flag,
	"texts that differ in case only are equal")},
    {"with", COMPANION(PART_WITH, &with_shape,
	"what \"param\" stands for in the definition")},
    {"ordered_by", COMPANION(PART_ORDERED_BY, &shape_text,
	"the path of the number that orders elements")},
    {"where_its", COMPANION(PART_WHERE_ITS, &shape_open_path,
	"the attribute by which the other refers to this resource")},
    {"by_my", COMPANION(PART_BY_MY, &shape_open_path,
	"the attribute by which this resource refers to the other")},
    {"in_plan", COMPANION(PART_IN_PLAN, &shape_true,
	"any resource of the type, in the same provider configuration")},
    {"name_matches", COMPANION(PART_NAME_MATCHES, &shape_name_matches,
	"the other by a text of it")},
    {"quantifier", COMPANION(PART_QUANTIFIER, &shape_quantifier,
	"how many of the others satisfy; some by default")},
    {"if_none", COMPANION(PART_IF_NONE, &shape_if_none,
	"the answer where there is no other")},
};

/* Of count, although elsewhere they are operators. */
static const struct word count_words[] = {
    {"at_least", COMPANION(PART_AT_LEAST, &shape_size,
	"the fewest that satisfy")},
    {"at_most", COMPANION(PART_AT_MOST, &shape_size, "the most that satisfy")},
    {"equals", COMPANION(PART_EQUALS, &shape_size, "exactly so many satisfy")},
};

static const struct word *
word_find(struct str key, const struct word *in, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(key, in[i].name))
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
    const struct parts *parts, bool flip)
{
	bool all = parts->word->kind == COND_ALL;
	const struct tree *list = parts->argument;
	struct cond *group;
	const struct cond **items;
	size_t count = 0;
	bool whole = true;

	if (!field_list(load, list))
		return false;
	group = cond_new(load, parts->node, all != flip ? COND_ALL : COND_ANY);
	if (!group)
		return false;
	items = arena_array(load->arena, list->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = list->first; at; at = at->next) {
		if (cond_read(load, &items[count++], at, flip))
			continue;
		whole = false;
		if (!load_recover(load))
			return false;
	}
	group->items = items;
	group->item_count = count;
	*out = group;
	return whole;
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

/* A condition on an element. */
static bool
read_element(
    struct load *load, const struct cond **out, const struct tree *node)
{
	bool outside = load->element, ok;

	if (!node)
		return true;
	load->element = true;
	ok = cond_read(load, out, node, false);
	load->element = outside;
	return ok;
}

static bool
read_order(struct load *load, struct path *out, const struct tree *node)
{
	bool outside = load->element, ok;

	load->element = true;
	ok = cond_path(load, out, node);
	load->element = outside;
	return ok;
}

static bool
read_quantifier(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	enum cond_kind kind = parts->word->kind;
	struct cond *cond = cond_new(load, parts->node, kind);

	if (!cond)
		return false;
	cond->negated = flip;
	if (kind == COND_COUNT &&
	    !operand_range(load, cond, &parts->at[PART_AT_LEAST]))
		return false;
	if (kind != COND_COUNT &&
	    !parts_need(load, parts, PART_SATISFIES, "satisfies"))
		return false;
	if (!cond_path(load, &cond->path, parts->argument) ||
	    !cond_unset(load, cond, parts) ||
	    !read_element(
		load, &cond->satisfies, parts->at[PART_SATISFIES]) ||
	    !cond_describe(load, cond))
		return false;
	*out = cond;
	return true;
}

static bool
read_first(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	struct cond *cond = cond_new(load, parts->node, COND_FIRST);

	if (!cond || !parts_need(load, parts, PART_PATH, "path") ||
	    !parts_need(load, parts, PART_ORDERED_BY, "ordered_by") ||
	    !parts_need(load, parts, PART_SATISFIES, "satisfies"))
		return false;
	cond->negated = flip;
	if (!cond_path(load, &cond->path, parts->at[PART_PATH]) ||
	    !cond_unset(load, cond, parts) ||
	    !read_order(load, &cond->order, parts->at[PART_ORDERED_BY]) ||
	    !read_element(load, &cond->meets, parts->argument) ||
	    !read_element(
		load, &cond->satisfies, parts->at[PART_SATISFIES]) ||
	    !cond_describe(load, cond))
		return false;
	*out = cond;
	return true;
}

/* --- Constants --- */

static bool
read_constant(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	bool holds = (parts->word->kind == COND_ALWAYS) != flip;
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
read_use(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	return use_read(
	    load, out, parts->argument, parts->at[PART_WITH], flip);
}

/* Does the condition name paths by the type of the resource? */
static bool
has_path_map(const struct parts *parts)
{
	const struct tree *path = parts->at[PART_PATH];

	if (path)
		return path->kind == TREE_MAP;
	return parts->word && (parts->word->takes & BIT(PART_SATISFIES)) &&
	    parts->word->read != read_first &&
	    parts->argument->kind == TREE_MAP;
}

bool
cond_read_parts(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	if (has_path_map(parts))
		return cond_by_path(load, out, parts, flip);
	if (parts->word)
		return parts->word->read(load, out, parts, flip);
	return cond_test(load, out, parts, flip);
}

bool
cond_read(struct load *load, const struct cond **out, const struct tree *node,
    bool flip)
{
	struct parts parts = {0};

	return find_parts(load, &parts, node) &&
	    cond_read_parts(load, out, &parts, flip);
}

static void
operator_of_op(struct operator *out, const struct op *op)
{
	*out = (struct operator){.name = op->name,
	    .group = op->group,
	    .argument = op_argument_name(op->argument),
	    .complement = op->complement,
	    .help = op->help};
}

static void
operator_of_word(struct operator *out, const struct word *word)
{
	*out = (struct operator){.name = word->name,
	    .group = word->group,
	    .argument = word->argument,
	    .complement = word->complement,
	    .help = word->help};
}

bool
cond_word_at(size_t index, struct cond_word *out)
{
	const struct word *word;
	const struct op *op;

	if (index >= COUNTOF(words) + COUNTOF(count_words)) {
		index -= COUNTOF(words) + COUNTOF(count_words);
		if (index >= op_count())
			return false;
		op = op_at(index);
		*out = (struct cond_word){.name = op->name,
		    .help = op->help,
		    .op = op,
		    .takes = op_takes(op),
		    .one_of = op->group == OP_STATEMENT ? 0 : FOR_PATHS,
		    .part = PART_END};
		return true;
	}
	word = index < COUNTOF(words) ? &words[index]
				      : &count_words[index - COUNTOF(words)];
	*out = (struct cond_word){.name = word->name,
	    .help = word->help,
	    .shape = word->shape,
	    .takes = word->takes,
	    .needs = word->needs,
	    .one_of = word->one_of,
	    .part = word->part,
	    .counting =
		index >= COUNTOF(words) || word->kind == COND_COUNT};
	return true;
}

bool
operator_at(size_t index, struct operator *out)
{
	for (unsigned group = 0; group < OP_GROUPS; group++) {
		for (size_t i = 0; i < op_count(); i++) {
			if (op_at(i)->group == group && index-- == 0) {
				operator_of_op(out, op_at(i));
				return true;
			}
		}
		for (size_t i = 0; i < COUNTOF(words); i++) {
			if (words[i].read && words[i].group == group &&
			    index-- == 0) {
				operator_of_word(out, &words[i]);
				return true;
			}
		}
	}
	return false;
}
