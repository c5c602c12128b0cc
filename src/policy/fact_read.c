/* A file of facts: its table of fields. */
#include "policy/fact.h"

#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Each is compared with all others. */
enum { FACTS_MOST = 1000 };

static bool
read_as_of(struct load *load, const struct tree *node, void *out)
{
	struct fact *fact = out;

	return field_day(load, node, &fact->as_of, &fact->as_of_day);
}

static bool
read_expires(struct load *load, const struct tree *node, void *out)
{
	struct fact *fact = out;

	return field_day(load, node, &fact->expires, &fact->last_day);
}

static bool
read_values(struct load *load, const struct tree *node, void *value)
{
	return field_map(load, node) && literal_read(load, node, false, value);
}

static const struct shape values_shape = {
    .kind = SHAPE_MAP, .of = &shape_any, .least = 1};
static const struct field fact_fields[] = {
    {"resource", field_type, offsetof(struct fact, type), true, &shape_type,
	"the type of resource that is there"},
    {"provider", field_text, offsetof(struct fact, provider), false,
	&shape_text,
	"the provider configuration that it belongs to, such as aws.eu; all "
	"by default"},
    {"values", read_values, offsetof(struct fact, values), true, &values_shape,
	"its attributes"},
    {"evidence", field_text, offsetof(struct fact, evidence), true, &shape_text,
	"how that is known"},
    {"as_of", read_as_of, 0, true, &shape_day, "the day from which it is so"},
    {"expires", read_expires, 0, true, &shape_day,
	"the last day that it is believed"},
};
static const struct shape fact_shape = {
    .kind = SHAPE_FIELDS, .fields = fact_fields, .count = COUNTOF(fact_fields)};
static const struct shape facts_shape = {
    .kind = SHAPE_LIST, .of = &fact_shape, .most = FACTS_MOST};

static bool
overlap(const struct fact *a, const struct fact *b)
{
	return str_eq(a->type, b->type) && str_eq(a->provider, b->provider) &&
	    a->as_of_day <= b->last_day && b->as_of_day <= a->last_day;
}

static bool
fact_add(struct load *load, struct fact *fact, const struct tree *node)
{
	struct tfa_policies *policies = load->policies;

	if (fact->last_day < fact->as_of_day)
		return bad(load, tree_member(node, "expires")->pos,
		    "expires before it is true");
	for (size_t i = 0; i < policies->fact_count; i++) {
		const struct fact *other = policies->facts[i];

		if (overlap(fact, other))
			return bad(load, node->pos,
			    "what is true of " STR_FMT
			    " is already said at " STR_FMT ":%zu:%zu",
			    STR_ARG(text_shown(fact->type)),
			    STR_ARG(other->file), other->pos.line,
			    other->pos.column);
	}
	fact->index = policies->fact_count;
	if (!arena_grow(&policies->arena, &policies->facts,
		policies->fact_count, &policies->fact_cap, sizeof(fact)))
		return load_nomem(load);
	policies->facts[policies->fact_count++] = fact;
	return true;
}

static bool
read_facts(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	if (node->kind != TREE_LIST)
		return bad(load, node->pos, "expected a list, found %s",
		    tree_kind_name(node));
	if (node->count > FACTS_MOST)
		return bad(load, node->pos, "more than %d facts", FACTS_MOST);
	for (const struct tree *at = node->first; at; at = at->next) {
		struct fact *fact = arena_new(load->arena, struct fact);

		if (!fact)
			return load_nomem(load);
		fact->file = load->file;
		fact->pos = at->pos;
		if ((!fields_read(load, at, "a fact", fact_fields,
			 COUNTOF(fact_fields), fact) ||
			!fact_add(load, fact, at)) &&
		    !load_recover(load))
			return false;
	}
	return true;
}

static const struct field fields[] = {
    {"facts", read_facts, 0, true, &facts_shape,
	"what is true outside of the plan"},
};
const struct shape shape_fact_file = {
    .kind = SHAPE_FIELDS, .fields = fields, .count = COUNTOF(fields)};

bool
facts_read(struct tfa_policies *policies, struct str name, struct str text,
    struct tfa_error *err)
{
	return file_read_fields(policies, name, text, "a file of facts", fields,
	    COUNTOF(fields), &policies->fact_files, err);
}

const struct fact *
facts_find(const struct tfa_policies *policies, struct str type,
    struct str provider, int64_t day)
{
	for (size_t i = 0; i < policies->fact_count; i++) {
		const struct fact *fact = policies->facts[i];

		if (str_eq(fact->type, type) &&
		    (!fact->provider.len ||
			str_eq(fact->provider, provider)) &&
		    fact->as_of_day <= day && day <= fact->last_day)
			return fact;
	}
	return NULL;
}
