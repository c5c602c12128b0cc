/* What stands behind version, date and cidr: mappings of limits or blocks. */
#include "op/cidr.h"
#include "op/date.h"
#include "op/version.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Is the text one of what the operator compares? */
static bool
fits(const struct op *op, struct str text, bool *relative)
{
	struct version version;
	struct cidr cidr;
	struct date date;

	*relative = false;
	switch (op->argument) {
	case ARG_VERSION:
		return version_read(&version, text);
	case ARG_DATE:
		return date_read_limit(&date, relative, text);
	case ARG_CIDR:
		return cidr_read(&cidr, text);
	default:
		return true;
	}
}

static const char *
wanted(const struct op *op)
{
	return op->argument == ARG_VERSION ? "version such as \"1.28\""
	    : op->argument == ARG_DATE
	    ? "date such as 2026-01-31, 2026-01-31T12:00:00Z or now+30d"
	    : "CIDR block such as 10.0.0.0/8";
}

static bool
limit_check(struct load *load, const struct op *op, const struct tree *node,
    bool *relative)
{
	if (!literal_resolve(load, &node))
		return false;
	if (literal_is_path(node))
		return true;
	if (node->kind != TREE_SCALAR || tree_is_null(node))
		return bad(load, node->pos, "expected a %s, found %s",
		    wanted(op), tree_kind_name(node));
	if (!fits(op, node->text, relative))
		return bad(load, node->pos, "\"" STR_FMT "\" is no %s",
		    STR_ARG(text_shown(node->text)), wanted(op));
	return true;
}

bool
limits_check(struct load *load, struct cond *cond, const struct tree *node)
{
	static const char *const words[] = {
	    "at_least", "at_most", "greater_than", "less_than", "equals"};
	struct str names[COUNTOF(words)];
	bool relative = false;

	for (size_t i = 0; i < COUNTOF(words); i++)
		names[i] = str_of(words[i]);
	if (!field_map(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!op_is_limit(at->key))
			return field_unknown(load, at, "a limit", names,
			    COUNTOF(names));
		if (!limit_check(load, cond->op, at, &relative))
			return false;
		cond->uses_now = cond->uses_now || relative;
	}
	return true;
}

static bool
blocks_check(struct load *load, const struct op *op, const struct tree *node)
{
	bool relative;

	if (!literal_resolve(load, &node))
		return false;
	if (literal_is_path(node) || node->kind == TREE_SCALAR)
		return limit_check(load, op, node, &relative);
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!limit_check(load, op, at, &relative))
			return false;
	}
	return true;
}

bool
cidr_check(struct load *load, const struct tree *node)
{
	static const char *const words[] = {"internet", "within", "overlaps"};
	const struct op *op = op_find(STR("cidr"));
	struct str names[COUNTOF(words)];
	bool flag;

	for (size_t i = 0; i < COUNTOF(words); i++)
		names[i] = str_of(words[i]);
	if (!field_map(load, node))
		return false;
	if (node->count > 1)
		return bad(load, node->first->next->key_pos,
		    "one of internet, within and overlaps is enough");
	if (str_eq(node->first->key, names[0]))
		return field_bool(load, node->first, &flag);
	if (!str_eq(node->first->key, names[1]) &&
	    !str_eq(node->first->key, names[2]))
		return field_unknown(
		    load, node->first, "a cidr", names, COUNTOF(names));
	return blocks_check(load, op, node->first);
}

bool
limits_check_default(
    struct load *load, const struct cond *cond, const struct tree *node)
{
	bool relative = false;

	switch (cond->op->argument) {
	case ARG_CIDR:
		return blocks_check(load, cond->op, node);
	case ARG_VERSION:
	case ARG_DATE:
		return limit_check(load, cond->op, node, &relative) &&
		    (!relative ||
			bad(load, node->pos,
			    "a default is a date, not a distance from now"));
	default:
		return true;
	}
}
