/* What stands behind an operator, checked against what the operator takes. */
#include "base/decimal.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

static const char *
kind_name(enum node_kind kind)
{
	static const char *const names[] = {
	    [NODE_NONE] = "nothing",
	    [NODE_NULL] = "null",
	    [NODE_FALSE] = "false",
	    [NODE_TRUE] = "true",
	    [NODE_NUMBER] = "a number",
	    [NODE_STRING] = "text",
	    [NODE_ARRAY] = "a list",
	    [NODE_OBJECT] = "a mapping",
	};

	return names[kind];
}

static bool
expected(struct load *load, const struct tree *node, const char *what,
    enum node_kind found)
{
	return bad(load, node->pos, "expected %s, found %s", what,
	    kind_name(found));
}

/* Null, "", [] and {} are what "set" asks for. */
static bool
refuse_empty(struct load *load, const struct op *op, const struct tree *node)
{
	if (!literal_is_empty(node))
		return true;
	if (node->kind == TREE_LIST && op->argument == ARG_LIST)
		return bad(load, node->pos, "the list is empty");
	if (op->group == OP_LIST)
		return bad(load, node->pos,
		    "an empty value is no element to look for");
	return bad(load, node->pos,
	    "an empty value is never set, so \"%s\" cannot find it: write "
	    "\"set: %s\"",
	    op->name, op->inverse ? "true" : "false");
}

static bool
check_scalar(struct load *load, const struct op *op, const struct tree *node)
{
	enum node_kind kind;

	if (!literal_resolve(load, &node))
		return false;
	if (literal_is_path(node))
		return true;
	if (!refuse_empty(load, op, node) || !literal_kind(load, node, &kind))
		return false;
	if (kind == NODE_ARRAY || kind == NODE_OBJECT)
		return expected(
		    load, node, "text, a number, true or false", kind);
	return true;
}

static bool
check_list(struct load *load, const struct op *op, const struct tree *node)
{
	if (literal_is_path(node))
		return true;
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!check_scalar(load, op, at))
			return false;
	}
	return true;
}

static bool
check_kind(struct load *load, const struct tree *node, enum node_kind wanted)
{
	enum node_kind kind;

	if (!literal_resolve(load, &node))
		return false;
	if (literal_is_path(node))
		return true;
	if (!literal_kind(load, node, &kind))
		return false;
	if (kind == wanted)
		return true;
	if (wanted == NODE_STRING && node->kind == TREE_SCALAR &&
	    kind != NODE_NULL)
		return bad(load, node->pos,
		    "expected text, found %s: quote it", kind_name(kind));
	return expected(load, node, kind_name(wanted), kind);
}

/* A number that is written there. */
static bool
is_number(struct decimal *out, const struct tree *node)
{
	return node && node->kind == TREE_SCALAR &&
	    decimal_read(out, node->text);
}

static bool
check_range(struct load *load, const struct tree *node)
{
	const struct tree *least = node->first, *most;
	struct decimal a, b;

	if (literal_is_path(node))
		return true;
	if (node->kind != TREE_LIST || node->count != 2)
		return bad(load, node->pos, "expected [least, most]");
	most = least->next;
	if (!check_kind(load, least, NODE_NUMBER) ||
	    !check_kind(load, most, NODE_NUMBER) ||
	    !literal_resolve(load, &least) || !literal_resolve(load, &most))
		return false;
	if (is_number(&a, least) && is_number(&b, most) &&
	    decimal_cmp(&a, &b) > 0)
		return bad(load, most->pos, "the least is more than the most");
	return true;
}

static bool
check_text(struct load *load, const struct tree *node)
{
	if (!check_kind(load, node, NODE_STRING))
		return false;
	if (node->kind == TREE_SCALAR && node->text.len == 0)
		return bad(load, node->pos, "the text is empty");
	return true;
}

/* One action of one service, since "s3:*" would be many. */
static bool
check_action(struct load *load, const struct tree *node)
{
	struct str name, service;
	bool ok;

	if (!check_text(load, node) || !literal_resolve(load, &node))
		return false;
	service = str_cut(node->text, ':', &name);
	ok = service.len && name.len;
	for (size_t i = 0; i < node->text.len; i++) {
		char c = node->text.ptr[i];

		ok = ok && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' ||
			node->text.ptr + i == name.ptr - 1);
	}
	return ok ||
	    bad(load, node->pos,
		"expected one action without wildcards, such as "
		"s3:GetObject");
}

static bool
check_bool(struct load *load, const struct tree *node)
{
	enum node_kind kind;

	if (!literal_kind(load, node, &kind))
		return false;
	if (kind != NODE_TRUE && kind != NODE_FALSE)
		return expected(load, node, "true or false", kind);
	return true;
}

static bool
read_pattern(struct load *load, struct cond *cond, const struct tree *node)
{
	struct tfa_policies *policies = load->policies;
	char message[256] = "";
	struct regex *regex;

	if (!arena_grow(load->arena, &policies->regexes, policies->regex_count,
		&policies->regex_cap, sizeof(regex)))
		return load_nomem(load);
	/* What is built in was compiled once when it was; --set is not. */
	if (load->stays && !policies->override_count)
		regex = regex_known(node->text, policies->limits.regex_steps);
	else
		regex = regex_new(node->text, policies->limits.regex_steps,
		    message, sizeof(message));
	if (!regex && !message[0])
		return load_nomem(load);
	if (!regex && (str_starts(str_of(message), STR("out of memory")) ||
			  str_starts(str_of(message),
			      STR("failed to allocate heap memory"))))
		return load_nomem(load);
	if (!regex)
		return bad(load, node->pos, "bad pattern: %s", message);
	policies->regexes[policies->regex_count++] = regex;
	cond->args.regex = regex;
	return true;
}

static const char *const range_words[] = {"at_least", "at_most", "equals"};

static bool
check_size(struct load *load, const struct tree **node)
{
	enum node_kind kind;

	if (!literal_resolve(load, node))
		return false;
	if (literal_is_path(*node))
		return true;
	if (!literal_kind(load, *node, &kind))
		return false;
	if (kind != NODE_NUMBER)
		return expected(load, *node, "a number of elements", kind);
	for (size_t i = 0; i < (*node)->text.len; i++) {
		if ((*node)->text.ptr[i] < '0' || (*node)->text.ptr[i] > '9')
			return bad(load, (*node)->pos,
			    "a number of elements is whole and not negative");
	}
	return true;
}

static bool
check_sizes(struct load *load, struct pos pos, const struct tree *nodes[3])
{
	struct decimal least, most;

	for (size_t i = 0; i < 3; i++) {
		if (nodes[i] && !check_size(load, &nodes[i]))
			return false;
	}
	if (!nodes[0] && !nodes[1] && !nodes[2])
		return bad(load, pos,
		    "expected at_least, at_most or equals");
	if (nodes[2] && (nodes[0] || nodes[1]))
		return bad(load, nodes[2]->pos,
		    "\"equals\" leaves nothing for at_least and at_most");
	if (is_number(&least, nodes[0]) && is_number(&most, nodes[1]) &&
	    decimal_cmp(&least, &most) > 0)
		return bad(load, nodes[1]->pos,
		    "the least is more than the most");
	return true;
}

bool
operand_range(struct load *load, struct cond *cond,
    const struct tree *const nodes[3])
{
	const struct tree *sizes[3] = {nodes[0], nodes[1], nodes[2]};
	struct tree members[3], map = {.kind = TREE_MAP};
	struct tree **end = &map.first;

	for (size_t i = 0; i < 3; i++) {
		if (nodes[i] &&
		    !literal_unset(load, nodes[i], &cond->no_argument))
			return false;
	}
	if (cond->no_argument)
		return true;
	if (!check_sizes(load, cond->pos, sizes))
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (!sizes[i])
			continue;
		members[i] = *sizes[i];
		members[i].key = str_of(range_words[i]);
		members[i].next = NULL;
		*end = &members[i];
		end = &members[i].next;
		map.count++;
	}
	return literal_read_open(
	    load, &map, &cond->args.argument, &cond->argument_from);
}

struct sizes {
	const struct tree *nodes[3];
};

static const struct field fields[] = {
    {"at_least", field_tree, offsetof(struct sizes, nodes[0]), false,
	&shape_size, "the fewest elements"},
    {"at_most", field_tree, offsetof(struct sizes, nodes[1]), false,
	&shape_size, "the most elements"},
    {"equals", field_tree, offsetof(struct sizes, nodes[2]), false, &shape_size,
	"exactly so many elements"},
};
const struct shape shape_length = {.kind = SHAPE_FIELDS,
    .fields = fields,
    .count = COUNTOF(fields),
    .least = 1};

static bool
read_length(struct load *load, struct cond *cond, const struct tree *node)
{
	struct sizes sizes = {
	    {NULL, NULL, NULL}
        };

	return fields_read(load, node, "a length", fields, COUNTOF(fields),
		   &sizes) &&
	    operand_range(load, cond, sizes.nodes);
}

static bool
check_operand(struct load *load, struct cond *cond, const struct tree *node)
{
	const struct op *op = cond->op;

	switch (op->argument) {
	case ARG_SCALAR:
		return check_scalar(load, op, node);
	case ARG_ANY:
		return refuse_empty(load, op, node);
	case ARG_LIST:
		return check_list(load, op, node);
	case ARG_NUMBER:
		return check_kind(load, node, NODE_NUMBER);
	case ARG_RANGE:
		return check_range(load, node);
	case ARG_TEXT:
	case ARG_PATTERN:
		return check_text(load, node);
	case ARG_ACTION:
		return check_action(load, node);
	case ARG_BOOL:
		return check_bool(load, node);
	case ARG_VERSION:
	case ARG_DATE:
		return limits_check(load, cond, node);
	case ARG_CIDR:
		return cidr_check(load, node);
	case ARG_LENGTH:
		break;
	}
	return true;
}

/* What only a control can say. */
static bool
refuse_path(struct load *load, const struct op *op, const struct tree *node)
{
	if (!literal_is_path(node) || op->argument <= ARG_TEXT)
		return true;
	return bad(load, node->first->key_pos,
	    "what stands behind \"%s\" is written in the control, not taken "
	    "from the plan",
	    op->name);
}

bool
operand_read(struct load *load, struct cond *cond, const struct tree *node)
{
	if (!literal_unset(load, node, &cond->no_argument) ||
	    !literal_resolve(load, &node))
		return false;
	if (cond->no_argument)
		return true;
	if (!refuse_path(load, cond->op, node))
		return false;
	if (cond->op->argument == ARG_LENGTH)
		return read_length(load, cond, node);
	if (!check_operand(load, cond, node) ||
	    !literal_read_open(
		load, node, &cond->args.argument, &cond->argument_from))
		return false;
	return cond->op->argument != ARG_PATTERN ||
	    read_pattern(load, cond, node);
}

static bool
check_number(struct load *load, const struct tree *node)
{
	if (!check_kind(load, node, NODE_NUMBER) ||
	    !literal_resolve(load, &node))
		return false;
	return !literal_is_path(node) ||
	    bad(load, node->pos, "\"value_of\" cannot stand here");
}

bool
operand_numbers(
    struct load *load, struct value *out, const struct tree *node)
{
	struct tree list = {.kind = TREE_LIST, .count = 1}, only;
	bool unset = false;

	if (!literal_unset(load, node, &unset) ||
	    !literal_resolve(load, &node))
		return false;
	if (unset)
		return true;
	if (node->kind != TREE_LIST) {
		only = *node;
		only.next = NULL;
		list.first = &only;
		node = &list;
	}
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!check_number(load, at))
			return false;
	}
	return literal_read(load, node, true, out);
}

bool
operand_default(
    struct load *load, struct cond *cond, const struct tree *node)
{
	bool unset = false;

	if (!literal_unset(load, node, &unset) ||
	    !literal_resolve(load, &node))
		return false;
	if (unset)
		return true;
	if (literal_is_empty(node))
		return bad(load, node->pos,
		    "an empty default leaves the value unset: use "
		    "\"if_unset\"");
	if (cond->op && cond->op->group == OP_ORDER &&
	    !check_kind(load, node, NODE_NUMBER))
		return false;
	if (cond->op && !limits_check_default(load, cond, node))
		return false;
	return literal_read_open(
	    load, node, &cond->default_value, &cond->default_from);
}
