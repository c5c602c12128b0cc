/*
 * The parameters of a control, and what --set says instead of their defaults.
 * A control is read with the value in force, so that it is checked like one
 * that the file has.
 */
#include <stdio.h>

#include "op/date.h"
#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* What stands before "=", told apart, and behind it. */
struct override {
	struct str control; /* or empty: every control that has the name */
	struct str name, value;
	struct str whole; /* "NAME=VALUE" */
	bool used;
};

bool
tfa_policies_set(struct tfa_policies *policies, const char *assignment,
    struct tfa_error *err)
{
	struct str whole = str_of(assignment), name, rest;
	struct override *override =
	    arena_new(&policies->arena, struct override);
	size_t equals;

	if (!str_find(whole, STR("="), &equals) || equals == 0 ||
	    equals + 1 == whole.len)
		return error_set(err, TFA_ERR_USAGE,
		    "--set needs NAME=VALUE or CONTROL.NAME=VALUE, not \"%s\"",
		    assignment);
	if (!override ||
	    !arena_grow(&policies->arena, &policies->overrides,
		policies->override_count, &policies->override_cap,
		sizeof(override)))
		return error_nomem(err);
	whole = arena_copy(&policies->arena, whole);
	if (!whole.ptr)
		return error_nomem(err);
	name = str_head(whole, equals);
	override->whole = whole;
	override->value = str_from(whole, equals + 1);
	override->control = str_cut(name, '.', &rest);
	override->name = rest;
	if (override->control.len == name.len) {
		override->name = name;
		override->control.len = 0;
	}
	policies->overrides[policies->override_count++] = override;
	return true;
}

/* The last that names the control, else the last that names none. */
static const struct override *
override_find(struct load *load, struct str control, struct str name)
{
	struct tfa_policies *policies = load->policies;
	struct override *found = NULL;

	for (size_t i = 0; i < policies->override_count; i++) {
		struct override *at = policies->overrides[i];

		if (!str_eq(at->name, name) ||
		    (at->control.len && !str_eq(at->control, control)))
			continue;
		at->used = true;
		if (!found || at->control.len || !found->control.len)
			found = at;
	}
	return found;
}

static bool
refuse(struct load *load, const struct override *override, const char *why)
{
	return error_set(load->err, TFA_ERR_USAGE, "--set " STR_FMT ": %s",
	    STR_ARG(text_shown(override->whole)), why);
}

/* --- The value, of the default's type --- */

static void
move_to(struct tree *node, struct pos pos)
{
	node->pos = node->key_pos = pos;
	for (struct tree *at = node->first; at; at = at->next)
		move_to(at, pos);
}

static bool
value_tree(struct load *load, struct tree **out,
    const struct override *override, struct pos pos)
{
	struct tfa_error err = {0};
	struct load sub = *load;
	struct tree *documents = NULL;
	bool ok;

	sub.text = override->value;
	sub.err = &err;
	ok = text_check(&sub) && tree_read(&documents, &sub);
	load->scratch = sub.scratch;
	if (err.code == TFA_ERR_NOMEM)
		return load_nomem(load);
	if (!ok)
		return refuse(load, override, err.message);
	if (!documents || documents->next || tree_is_null(documents))
		return refuse(load, override, "expected one value");
	move_to(documents, pos);
	*out = documents;
	return true;
}

static const char *
type_of(enum node_kind kind)
{
	static const char *const names[] = {
	    [NODE_NONE] = "nothing",
	    [NODE_NULL] = "nothing",
	    [NODE_FALSE] = "true or false",
	    [NODE_TRUE] = "true or false",
	    [NODE_NUMBER] = "a number",
	    [NODE_STRING] = "text",
	    [NODE_ARRAY] = "a list such as [a, b]",
	    [NODE_OBJECT] = "a mapping",
	};

	return names[kind];
}

/* Where the default is text, so is what would be a number elsewhere. */
static bool
type_fits(struct load *load, const struct override *override,
    struct tree *value, const struct tree *like)
{
	enum node_kind kind = NODE_NULL, wanted = NODE_NULL;
	char why[64];

	if (!literal_kind(load, like, &wanted))
		return false;
	if (wanted == NODE_STRING && value->kind == TREE_SCALAR &&
	    !tree_is_null(value))
		value->plain = false;
	if (!literal_kind(load, value, &kind))
		return false;
	if (wanted == NODE_NULL || type_of(kind) == type_of(wanted))
		return true;
	snprintf(why, sizeof(why), "expected %s, as the default is",
	    type_of(wanted));
	return refuse(load, override, why);
}

static bool
value_fits(struct load *load, const struct override *override,
    struct tree *value, const struct tree *like)
{
	if (!type_fits(load, override, value, like))
		return false;
	if (value->kind != TREE_LIST || like->kind != TREE_LIST || !like->first)
		return true;
	for (struct tree *at = value->first; at; at = at->next) {
		if (!type_fits(load, override, at, like->first))
			return false;
	}
	return true;
}

/* --- The parameters of a control --- */

static bool
check_date(struct load *load, const struct tree *node, void *str)
{
	struct date date;

	if (!field_text(load, node, str))
		return false;
	return (date_read(&date, *(struct str *)str) && date.day) ||
	    bad(load, node->pos, "expected a day such as 2026-01-31");
}

struct declared {
	const struct tree *value;
	struct str checked;
};

static const struct field fields[] = {
    {"default", field_tree, offsetof(struct declared, value), true, &shape_any,
	"the value unless --set says another"},
    {"checked", check_date, offsetof(struct declared, checked), false,
	&shape_day, "the day when the default was last looked up"},
};
static const struct shape shape = {
    .kind = SHAPE_FIELDS, .fields = fields, .count = COUNTOF(fields)};
const struct shape shape_parameters = {
    .kind = SHAPE_MAP, .pattern = "^[a-z0-9_]*$", .of = &shape, .least = 1};

static bool
check_name(struct load *load, const struct tree *member)
{
	for (size_t i = 0; i < member->key.len; i++) {
		char c = member->key.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '_'))
			return bad(load, member->key_pos,
			    "a parameter's name has only a-z, 0-9 and \"_\"");
	}
	return true;
}

static bool
parameter_read(struct load *load, struct parameter *parameter,
    const struct tree *member, struct str control)
{
	struct declared said = {NULL, {NULL, 0}};
	const struct override *override;
	const struct tree *value;
	struct tree *other;

	if (!check_name(load, member) ||
	    !fields_read(load, member, "a parameter", fields, COUNTOF(fields),
		&said))
		return false;
	value = said.value;
	if (literal_is_path(value))
		return bad(load, value->pos,
		    "the default of a parameter is written here, not taken "
		    "from the plan");
	override = override_find(load, control, member->key);
	if (override) {
		if (!value_tree(load, &other, override, value->pos) ||
		    !value_fits(load, override, other, value))
			return false;
		parameter->set_by = override->whole;
	}
	parameter->name = load_keep(load, member->key);
	parameter->checked = said.checked;
	if (!parameter->name.ptr)
		return load_nomem(load);
	return argument_add(load, &load->parameters, member,
		   override ? other : value) &&
	    literal_read(load, value, false, &parameter->default_value) &&
	    literal_read(load, override ? other : value, false,
		&parameter->value);
}

bool
parameters_read(
    struct load *load, struct control *control, const struct tree *node)
{
	const struct tree *parameters = tree_member(node, "parameters");
	const struct tree *id = tree_member(node, "id");
	struct parameter *items;
	size_t count = 0;

	load->parameters = NULL;
	if (!parameters)
		return true;
	if (!field_map(load, parameters) || !arguments_count(load, parameters))
		return false;
	items = arena_array(load->arena, parameters->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = parameters->first; at; at = at->next) {
		if (!parameter_read(load, &items[count++], at,
			id ? id->text : STR("")))
			return false;
	}
	control->parameters = items;
	control->parameter_count = count;
	return true;
}

void
parameters_blame(struct load *load, const struct control *control)
{
	struct tfa_error *err = load->err;
	size_t len = strlen(err->message);

	for (size_t i = 0; i < control->parameter_count; i++) {
		struct str by = control->parameters[i].set_by;

		if (by.len && err->code == TFA_ERR_POLICY)
			len += (size_t)snprintf(err->message + len,
			    sizeof(err->message) - len, " (with --set " STR_FMT
							")",
			    STR_ARG(text_shown(by)));
		if (len >= sizeof(err->message))
			return;
	}
}

/* --- Once everything is loaded --- */

/* "; did you mean "x"?" */
static bool
no_such(struct tfa_error *err, const struct override *override,
    const char *what, struct str name, struct str nearest)
{
	if (nearest.len)
		return error_set(err, TFA_ERR_USAGE,
		    "--set " STR_FMT ": %s \"" STR_FMT
		    "\"; did you mean \"" STR_FMT "\"?",
		    STR_ARG(text_shown(override->whole)), what,
		    STR_ARG(text_shown(name)), STR_ARG(nearest));
	return error_set(err, TFA_ERR_USAGE,
	    "--set " STR_FMT ": %s \"" STR_FMT "\"",
	    STR_ARG(text_shown(override->whole)), what,
	    STR_ARG(text_shown(name)));
}

struct choices {
	struct arena *arena;
	struct str *items;
	size_t count, cap;
};

static bool
add_choice(struct choices *choices, struct str name)
{
	if (!arena_grow(choices->arena, &choices->items, choices->count,
		&choices->cap, sizeof(name)))
		return false;
	choices->items[choices->count++] = name;
	return true;
}

/* The parameters that could be meant. */
static bool
add_parameters(struct choices *choices, const struct control *control)
{
	for (size_t i = 0; i < control->parameter_count; i++) {
		if (!add_choice(choices, control->parameters[i].name))
			return false;
	}
	return true;
}

static bool
unused(const struct tfa_policies *policies, const struct override *override,
    struct arena *scratch, struct tfa_error *err)
{
	struct str of = override->control;
	bool known = of.len == 0 || map_find(&policies->control_ids, of);
	struct str wanted = known ? override->name : of;
	struct choices choices = {.arena = scratch};

	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		if (known && of.len && !str_eq(control->id, of))
			continue;
		if (!(known ? add_parameters(&choices, control)
			    : add_choice(&choices, control->id)))
			return error_nomem(err);
	}
	return no_such(err, override,
	    known ? "no control has a parameter" : "there is no control",
	    wanted, str_nearest(wanted, choices.items, choices.count));
}

bool
policies_check_set(const struct tfa_policies *policies, struct tfa_error *err)
{
	struct arena scratch = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < policies->override_count; i++) {
		if (!policies->overrides[i]->used)
			ok = unused(
			    policies, policies->overrides[i], &scratch, err);
	}
	arena_free(&scratch);
	return ok;
}

bool
policies_keep_set(struct tfa_policies *policies, struct names texts,
    struct arena *arena)
{
	struct override *all = arena_array(arena, texts.count + 1, sizeof(*all));

	policies->overrides =
	    arena_array(arena, texts.count + 1, sizeof(*policies->overrides));
	if (!all || !policies->overrides)
		return false;
	for (size_t i = 0; i < texts.count; i++) {
		all[i].whole = texts.items[i];
		policies->overrides[i] = &all[i];
	}
	policies->override_count = texts.count;
	return true;
}

struct str
policies_set_text(const struct tfa_policies *policies, size_t index)
{
	return policies->overrides[index]->whole;
}
