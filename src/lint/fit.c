/*
 * Operators against the form of what they look at: one that does not fit is an
 * error at every resource, and a value that the form cannot have is never met.
 */
#include "base/decimal.h"
#include "lint/place.h"
#include "op/equal.h"

enum shape { SHAPE_OPEN, SHAPE_SINGLE, SHAPE_LIST, SHAPE_MAP };

static enum shape
shape_of(struct str form)
{
	switch (form.len ? form.ptr[0] : 'o') {
	case 's':
	case 'n':
	case 'b':
		return SHAPE_SINGLE;
	case 'l':
	case 't':
	case 'L':
	case 'T':
		return SHAPE_LIST;
	case 'm':
	case 'o':
		return SHAPE_MAP;
	default:
		return SHAPE_OPEN;
	}
}

enum node_kind
form_kind(struct str form)
{
	static const enum node_kind kinds[] = {
	    [SHAPE_OPEN] = NODE_NONE,
	    [SHAPE_SINGLE] = NODE_NONE,
	    [SHAPE_LIST] = NODE_ARRAY,
	    [SHAPE_MAP] = NODE_OBJECT,
	};

	return kinds[shape_of(form)];
}

const char *
form_name(struct str form)
{
	static const struct {
		char form;
		const char *name;
	} names[] = {
	    {'s', "text"},
	    {'n', "a number"},
	    {'b', "a boolean"},
	    {'l', "a list"},
	    {'L', "a block"},
	    {'t', "a set"},
	    {'T', "a block"},
	    {'m', "a map"},
	};

	for (size_t i = 0; form.len && i < COUNTOF(names); i++) {
		if (names[i].form == form.ptr[0])
			return names[i].name;
	}
	return "a block";
}

bool
form_takes(struct str form, struct value value, struct buf *scratch)
{
	enum node_kind kind = value_kind(value);
	struct decimal number;
	struct str text;

	if (kind == NODE_NONE || kind == NODE_NULL || !form.len)
		return true;
	switch (form.ptr[0]) {
	case 's':
		return !value_is_container(value);
	case 'n':
		return value_number(&number, value, scratch);
	case 'b':
		text = kind == NODE_STRING ? value_text(value, scratch)
					   : STR("");
		return kind == NODE_TRUE || kind == NODE_FALSE ||
		    str_eq(text, STR("true")) || str_eq(text, STR("false"));
	default:
		return true;
	}
}

/* What the operator wants instead; NULL: it fits. */
static const char *
wanted_by(const struct cond *cond, struct str form)
{
	const struct op *op = cond->op;
	enum shape shape = shape_of(form);
	bool whole = value_is_container(cond->args.argument) &&
	    !cond->argument_from.count;

	switch (op->group) {
	case OP_VALUE:
		if (op->argument == ARG_ANY && whole)
			return shape == SHAPE_SINGLE ? "a list or map" : NULL;
		return shape == SHAPE_SINGLE ? NULL : "a single value";
	case OP_ORDER:
		return form.len && strchr("sn", form.ptr[0]) ? NULL
							     : "a number";
	case OP_TEXT:
	case OP_VERSION:
		return shape == SHAPE_SINGLE ? NULL : "a single value";
	case OP_LIST:
		if (op->argument == ARG_LENGTH)
			return shape == SHAPE_SINGLE ? "a list or map" : NULL;
		if (str_starts(str_of(op->name), STR("has_")))
			return shape == SHAPE_MAP ? NULL : "a map";
		return shape == SHAPE_LIST ? NULL : "a list";
	case OP_NETWORK:
		return shape == SHAPE_MAP || (form.len && form.ptr[0] == 'b')
			   ? "text or a list of it"
			   : NULL;
	default:
		return NULL;
	}
}

static const char *
misfit(const struct cond *cond, struct str form)
{
	if (shape_of(form) == SHAPE_OPEN)
		return NULL;
	if (cond->kind == COND_TEST)
		return wanted_by(cond, form);
	return shape_of(form) == SHAPE_SINGLE || !form.len ? "a list or map"
							   : NULL;
}

/* Is one of the literals none that the form has? */
static bool
has_stranger(struct lint *lint, const struct cond *cond, struct str form)
{
	struct value argument = cond->args.argument;
	struct value_iter it = value_each(argument);

	if (cond->kind != COND_TEST || cond->argument_from.count ||
	    cond->no_argument)
		return false;
	if (cond->op->group == OP_LIST && cond->op->argument != ARG_LENGTH &&
	    shape_of(form) == SHAPE_LIST)
		form = str_from(form, 1);
	else if (cond->op->group != OP_VALUE)
		return false;
	if (!value_is_container(argument))
		return !form_takes(form, argument, &lint->text);
	while (cond->op->argument == ARG_LIST && value_step(&it)) {
		if (!form_takes(form, it.value, &lint->text))
			return true;
	}
	return false;
}

void
lint_fit(struct lint *lint, const struct place *place, const struct cond *cond,
    const struct scopes *scopes)
{
	size_t fitting = 0, wrong = scopes->count;
	const char *wanted = NULL;

	for (size_t i = 0; i < scopes->count; i++) {
		const struct scope *scope = &scopes->items[i];
		const char *want;

		if (!scope->digest)
			continue;
		want = misfit(cond, scope->form);
		if (!want && !has_stranger(lint, cond, scope->form)) {
			fitting++;
		} else if (wrong == scopes->count) {
			wrong = i;
			wanted = want;
		}
	}
	if (wrong == scopes->count || (scopes->any && fitting))
		return;
	if (wanted)
		lint_warn(lint, "type", place, cond->pos, cond->path.text,
		    "is %s in the schema; %s wants %s",
		    form_name(scopes->items[wrong].form),
		    cond->kind == COND_TEST ? cond->op->name : "a quantifier",
		    wanted);
	else
		lint_warn(lint, "type", place, cond->pos, cond->path.text,
		    "is %s in the schema, which what is written here never is",
		    form_name(scopes->items[wrong].form));
}
