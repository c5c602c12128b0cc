/* What stands behind version, date and cidr: mappings of limits or blocks. */
#include "op/cidr.h"
#include "op/date.h"
#include "op/version.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Only names and shapes: limits_check and cidr_check do the reading. */
static const struct field limits[] = {
    {"at_least", NULL, 0, false, &shape_open_scalar, "this or later"},
    {"at_most", NULL, 0, false, &shape_open_scalar, "this or earlier"},
    {"greater_than", NULL, 0, false, &shape_open_scalar, "later than this"},
    {"less_than", NULL, 0, false, &shape_open_scalar, "earlier than this"},
    {"equals", NULL, 0, false, &shape_open_scalar, "this"},
};
const struct shape shape_limits = {.kind = SHAPE_FIELDS,
    .fields = limits,
    .count = COUNTOF(limits),
    .least = 1};

static const struct shape blocks = {
    .kind = SHAPE_LIST, .of = &shape_open_scalar, .least = 1};
static const struct shape *const some_blocks[] = {&shape_open_scalar, &blocks};
static const struct shape blocks_shape = {
    .kind = SHAPE_EITHER, .either = some_blocks, .count = COUNTOF(some_blocks)};
static const struct field ranges[] = {
    {"internet", NULL, 0, false, &shape_bool,
	"all of IPv4 or of IPv6, perhaps in several blocks"},
    {"within", NULL, 0, false, &blocks_shape, "each is inside one of these"},
    {"overlaps", NULL, 0, false, &blocks_shape, "one meets one of these"},
};
const struct shape shape_cidr = {.kind = SHAPE_FIELDS,
    .fields = ranges,
    .count = COUNTOF(ranges),
    .least = 1,
    .most = 1};

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
	struct str names[COUNTOF(limits)];
	bool relative = false;

	for (size_t i = 0; i < COUNTOF(limits); i++)
		names[i] = str_of(limits[i].name);
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
	const struct op *op = op_find(STR("cidr"));
	struct str names[COUNTOF(ranges)];
	bool flag;

	for (size_t i = 0; i < COUNTOF(ranges); i++)
		names[i] = str_of(ranges[i].name);
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
