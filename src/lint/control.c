/*
 * A control's conditions are walked with the path from the resource down to
 * what each is about, so that schema and defaults can be asked.
 */
#include "lint/place.h"
#include "op/equal.h"

#include <stdarg.h>
#include <stdio.h>

#include "op/date.h"
#include "op/port.h"

enum { DAYS_MOST = 365 };

const char *const lint_classes[] = {
    "unset",	/* a path can be unset, and nothing says what then */
    "empty",	/* an empty list decides */
    "schema",	/* the provider has no such attribute */
    "type",	/* an operator or a step that does not fit an attribute */
    "list",	/* a path that takes several elements for one */
    "untested", /* no test shows a verdict */
    "repeated", /* the same condition twice */
    "constant", /* a condition that never decides */
    "single",	/* a list of one where a value would do */
    "aged",	/* nobody has looked for a year */
    "number",	/* a bare number that should be quoted */
    NULL,
};

void
lint_warn(struct lint *lint, const char *class, const struct place *place,
    struct pos pos, struct str subject, const char *format, ...)
{
	char what[2 * LINT_PATH_MOST];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	lint->text.len = 0;
	buf_fmt(&lint->text, "\"" STR_FMT "\" %s", STR_ARG(subject), what);
	if (lint->text.failed ||
	    !problems_add(lint->problems, class, place->control->pack->file,
		pos, buf_str(&lint->text), STR("")))
		lint->failed = true;
}

bool
lint_names(
    char out[LINT_PATH_MOST], const char *prefix, const struct path *path)
{
	size_t len = strlen(prefix);

	if (len >= LINT_PATH_MOST)
		return false;
	memcpy(out, prefix, len);
	for (size_t i = 0; i < path->count; i++) {
		struct str name = path->steps[i].name;

		if (path->steps[i].kind == STEP_INDEX)
			continue;
		if (path->steps[i].kind != STEP_NAME ||
		    name.len + 2 > LINT_PATH_MOST - len)
			return false;
		if (len && out[len - 1] != '.')
			out[len++] = '.';
		memcpy(out + len, name.ptr, name.len);
		len += name.len;
	}
	out[len] = '\0';
	return true;
}

/* --- Values that may not be there --- */

static bool
has_default(
    const struct lint *lint, const struct place *place, const struct cond *cond)
{
	char names[LINT_PATH_MOST];

	if (!place->prefix || !lint_names(names, place->prefix, &cond->path))
		return false;
	for (size_t i = 0; i < place->types.count; i++) {
		if (!policies_default(lint->policies, place->types.items[i],
			str_of(names)))
			return false;
	}
	return place->types.count > 0;
}

static bool
is_required(const struct scopes *ends)
{
	for (size_t i = 0; i < ends->count; i++) {
		if (!ends->items[i].digest || !ends->items[i].required)
			return false;
	}
	return ends->count > 0;
}

/* Would this, which has that answer, have the other one were the path unset? */
static bool
rules_out(const struct cond *cond, bool holds, const struct path *unset)
{
	bool by_one = (cond->kind == COND_ALL) == holds, out = !by_one;
	struct str name = cond->op ? str_of(cond->op->name) : STR("");
	bool answer = cond->if_unset == SAID_YES;

	if (cond->kind == COND_ALL || cond->kind == COND_ANY) {
		for (size_t i = 0; out != by_one && i < cond->item_count; i++)
			out = rules_out(cond->items[i], holds, unset);
		return out;
	}
	if (cond->kind != COND_TEST || cond->no_argument ||
	    cond->path.of_subject != unset->of_subject ||
	    !str_eq(cond->path.text, unset->text))
		return false;
	if (str_eq(name, STR("set")))
		answer = value_kind(cond->args.argument) != NODE_TRUE;
	else if (cond->if_unset == SAID_NOTHING)
		return false;
	return (answer != cond->negated) != holds;
}

/* What stands beside the condition decides where the path is unset. */
static bool
is_guarded(const struct place *place, const struct path *path)
{
	const struct guard *guard = place->guards;

	for (; guard; guard = guard->up) {
		size_t count = guard->count;

		for (size_t i = 0; i < count && i < BESIDE_MOST; i++) {
			if (i != guard->inside &&
			    rules_out(guard->items[i], guard->hold, path))
				return true;
		}
	}
	return false;
}

static bool
has_call(const struct path *path)
{
	for (size_t i = 0; i < path->count; i++) {
		if (path->steps[i].kind == STEP_CALL)
			return true;
	}
	return false;
}

static void
check_unset(struct lint *lint, const struct place *place,
    const struct cond *cond, const struct scopes *ends)
{
	/*
	 * An element is there, of a text no schema says what is, and a length
	 * has an answer.
	 */
	if (!place->prefix || !cond->path.count || cond->path.of_subject ||
	    cond->op->group == OP_PRESENCE ||
	    cond->op->argument == ARG_LENGTH ||
	    cond->if_unset != SAID_NOTHING || cond->default_value.node ||
	    cond->default_from.count || has_call(&cond->path) ||
	    has_default(lint, place, cond) || is_required(ends) ||
	    is_guarded(place, &cond->path))
		return;
	lint_warn(lint, "unset", place, cond->pos, cond->path.text,
	    "may be unset, and then neither this condition nor its opposite "
	    "holds: say \"default\" or \"if_unset\"");
}

static void
check_paths(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *paths, size_t count)
{
	struct scopes ends;

	for (size_t i = 0; i < count; i++)
		lint_path(lint, place, pos, &paths[i], false, &ends);
}

/* What is behind the condition's path. */
static struct scopes
check_path(struct lint *lint, const struct place *place,
    const struct cond *cond)
{
	struct scopes ends;

	check_paths(lint, place, cond->pos, cond->argument_from.items,
	    cond->argument_from.count);
	check_paths(lint, place, cond->pos, cond->default_from.items,
	    cond->default_from.count);
	if (!lint_path(lint, place, cond->pos, &cond->path, false, &ends))
		return ends;
	lint_fit(lint, place, cond, &ends);
	if (cond->kind == COND_TEST)
		check_unset(lint, place, cond, &ends);
	return ends;
}

/* --- Lists --- */

/* Does it hold where there is no element? */
static bool
holds_of_none(const struct cond *cond)
{
	bool of_none = false;

	switch (cond->kind) {
	case COND_EVERY:
	case COND_NONE:
	case COND_FIRST:
		of_none = true;
		break;
	case COND_COUNT:
	case COND_TEST:
		if (cond->no_argument || cond->argument_from.count)
			return false;
		of_none = op_in_range(0, cond->args.argument);
		break;
	default:
		break;
	}
	return of_none != cond->negated;
}

static void
check_empty(struct lint *lint, const struct place *place,
    const struct cond *cond)
{
	if (cond->if_unset == SAID_NOTHING && holds_of_none(cond))
		lint_warn(lint, "empty", place, cond->pos, cond->path.text,
		    "may be an empty list, of which this holds: say "
		    "\"if_unset\"");
}

/* --- What decides nothing, or hardly --- */

/* In a group, "always" and "never" either decide alone or not at all. */
static void
check_constant(struct lint *lint, const struct place *place,
    const struct cond *group, const struct cond *cond)
{
	bool always = cond->kind == COND_ALWAYS;
	bool alone = always == (group->kind == COND_ANY);

	if ((!always && cond->kind != COND_NEVER) || group->item_count < 2 ||
	    (group->kind != COND_ALL && group->kind != COND_ANY))
		return;
	lint_warn(lint, "constant", place, cond->pos,
	    always ? STR("always") : STR("never"),
	    alone ? "decides here, whatever stands beside it"
		  : "decides nothing here");
}

static void
check_single(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	struct str name = str_of(cond->op->name);

	if (cond->op->argument != ARG_LIST || cond->argument_from.count ||
	    cond->op->group != OP_VALUE ||
	    value_count(cond->args.argument) != 1)
		return;
	lint_warn(lint, "single", place, cond->pos, name,
	    "has a list of one: was another value left out? Else write "
	    "\"equals\" or \"not_equals\"");
}

static void
check_age(struct lint *lint, const struct place *place)
{
	const struct control *control = place->control;
	struct date now, checked;

	if (!lint->now || !date_read(&now, str_of(lint->now)))
		return;
	for (size_t i = 0; i < control->parameter_count; i++) {
		const struct parameter *parameter = &control->parameters[i];

		if (parameter->checked.len &&
		    date_read(&checked, parameter->checked) &&
		    date_day(&now) - date_day(&checked) > DAYS_MOST)
			lint_warn(lint, "aged", place, control->pos,
			    parameter->name,
			    "was last checked more than a year ago");
	}
}

/* --- Walking --- */

static void walk(struct lint *lint, const struct place *place,
    const struct cond *cond);

static bool
is_same(const struct cond *a, const struct cond *b)
{
	return a->kind == COND_TEST && b->kind == COND_TEST &&
	    a->op == b->op && a->negated == b->negated &&
	    a->if_unset == b->if_unset && str_eq(a->path.text, b->path.text) &&
	    str_eq(a->expected, b->expected);
}

static bool
is_equals(const struct cond *cond)
{
	return cond->kind == COND_TEST && !cond->negated &&
	    !cond->no_argument && !cond->argument_from.count &&
	    !value_is_container(cond->args.argument) &&
	    str_eq(str_of(cond->op->name), STR("equals"));
}

/* One of the conditions of a group, against another before it. */
static void
check_pair(struct lint *lint, const struct place *place,
    const struct cond *group, const struct cond *cond,
    const struct cond *other)
{
	struct str path = cond->path.text;

	if (is_same(cond, other))
		lint_warn(lint, "repeated", place, cond->pos, path,
		    "is asked the same twice");
	else if (group->kind == COND_ALL && is_equals(cond) &&
	    is_equals(other) && str_eq(path, other->path.text) &&
	    seen_equal((struct seen){.value = cond->args.argument},
		(struct seen){.value = other->args.argument}, &cond->args,
		&lint->text) == ANSWER_NO)
		lint_warn(lint, "constant", place, cond->pos, path,
		    "is never both this and " STR_FMT ", so the group never "
		    "holds",
		    STR_ARG(other->expected));
}

/* What is left of them in one branch of "by_type". */
static struct scopes
scopes_of_branch(struct lint *lint, const struct scopes *scopes,
    const struct cond *cond, size_t branch)
{
	struct scopes out = {
	    arena_array(&lint->arena, scopes->count + 1, sizeof(*out.items)),
	    0, scopes->any};

	if (!out.items)
		lint->failed = true;
	for (size_t i = 0; out.items && i < scopes->count; i++) {
		const struct scope *scope = &scopes->items[i];

		if (cond_of_type(cond, scope->owner) == cond->items[branch])
			out.items[out.count++] = *scope;
	}
	return out;
}

static struct place
place_of_branch(struct lint *lint, const struct place *place,
    const struct cond *cond, size_t branch)
{
	struct place inner = *place;
	struct str *types =
	    arena_array(&lint->arena, place->types.count + 1, sizeof(*types));

	inner.scopes = scopes_of_branch(lint, &place->scopes, cond, branch);
	if (!place->partner)
		inner.subject =
		    scopes_of_branch(lint, &place->subject, cond, branch);
	inner.types = (struct names){types, 0};
	if (!types)
		lint->failed = true;
	for (size_t i = 0; types && i < place->types.count; i++) {
		struct str type = place->types.items[i];

		if (cond_of_type(cond, type) == cond->items[branch])
			types[inner.types.count++] = type;
	}
	return inner;
}

static void
walk_items(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	bool by_type = cond->kind == COND_BY_TYPE;

	for (size_t i = 0; i < cond->item_count; i++) {
		struct place inner =
		    by_type ? place_of_branch(lint, place, cond, i) : *place;
		struct guard guard;

		for (size_t j = 0; !by_type && j < i && j < BESIDE_MOST; j++)
			check_pair(
			    lint, &inner, cond, cond->items[i], cond->items[j]);
		check_constant(lint, &inner, cond, cond->items[i]);
		if (by_type || (cond->kind == COND_WHEN && i == 0))
			guard = (struct guard){.up = place->guards};
		else
			guard = (struct guard){cond->items,
			    cond->kind == COND_WHEN ? 1 : cond->item_count, i,
			    cond->kind != COND_ANY, place->guards};
		inner.guards = &guard;
		walk(lint, &inner, cond->items[i]);
	}
}

static void
walk_elements(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	struct place inner = *place;
	struct scopes ends = check_path(lint, place, cond);
	char prefix[LINT_PATH_MOST];
	size_t len;

	inner.scopes = scopes_elements(lint, &ends);
	inner.prefix = NULL;
	inner.guards = NULL;
	if (place->prefix && lint_names(prefix, place->prefix, &cond->path)) {
		len = strlen(prefix);
		if (len + 2 <= LINT_PATH_MOST) {
			memcpy(prefix + len, len ? "." : "", len ? 2 : 1);
			inner.prefix = prefix;
		}
	}
	if (cond->kind == COND_FIRST)
		check_paths(lint, &inner, cond->pos, &cond->order, 1);
	if (cond->satisfies)
		walk(lint, &inner, cond->satisfies);
	if (cond->meets)
		walk(lint, &inner, cond->meets);
}

/* The patterns of the others, with elements between the parts of the path. */
static void
check_its(struct lint *lint, const struct place *its, const struct cond *cond)
{
	const struct related *related = cond->related;
	struct place at = *its;
	struct scopes ends;

	for (size_t i = 0; i < related->its_count; i++) {
		if (!lint_path(lint, &at, cond->pos, &related->its[i], true,
			&ends))
			return;
		at.scopes = scopes_elements(lint, &ends);
	}
}

/* What a relation joins by. */
static void
check_join(struct lint *lint, const struct place *mine,
    const struct place *its, const struct cond *cond)
{
	const struct related *related = cond->related;

	lint_types(lint, mine, cond->pos, &related->types, false);
	if (related->join == JOIN_ITS)
		lint_attribute(lint, its, cond->pos, related->attribute);
	if (related->join == JOIN_MY)
		lint_attribute(lint, mine, cond->pos, related->attribute);
	if (related->join == JOIN_NAME) {
		check_paths(lint, mine, cond->pos, &related->mine, 1);
		check_its(lint, its, cond);
	}
}

static void
walk_partners(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	struct place inner = *place;

	inner.types = cond->related->types;
	inner.scopes = scopes_of(lint, &inner.types, false);
	inner.prefix = "";
	inner.partner = true;
	inner.guards = NULL;
	check_join(lint, place, &inner, cond);
	if (cond->satisfies)
		walk(lint, &inner, cond->satisfies);
}

static void
walk(struct lint *lint, const struct place *place, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
	case COND_WHEN:
	case COND_BY_TYPE:
		walk_items(lint, place, cond);
		break;
	case COND_TEST:
		check_path(lint, place, cond);
		check_single(lint, place, cond);
		if (cond->op->argument == ARG_LENGTH)
			check_empty(lint, place, cond);
		break;
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
	case COND_FIRST:
		check_empty(lint, place, cond);
		walk_elements(lint, place, cond);
		break;
	case COND_RELATED:
		walk_partners(lint, place, cond);
		break;
	case COND_PORT:
		check_paths(
		    lint, place, cond->pos, cond->ports, PORT_PARTS);
		break;
	case COND_ALWAYS:
	case COND_NEVER:
		break;
	}
}

/* --- Tests --- */

static bool
has_unknown(const struct control_test *test)
{
	bool found = test->unknown.node != NULL;

	for (size_t i = 0; i < test->with_count && !found; i++)
		found = test->with[i].unknown.node != NULL;
	return found;
}

static void
check_tests(struct lint *lint, const struct place *place)
{
	const struct control *control = place->control;
	bool seen[EXPECT_NOT_APPLICABLE + 1] = {false};
	/* What only asks for existence knows one verdict. */
	bool never = control->assert->kind == COND_NEVER;
	bool always = control->assert->kind == COND_ALWAYS;
	const struct {
		enum expectation expect;
		bool never;
		const char *message;
	} wanted[] = {
	    {EXPECT_FAIL, always, "has no test that expects fail"},
	    {EXPECT_PASS, never, "has no test that expects pass"},
	    {EXPECT_UNKNOWN,
		always || never || control->view_before ||
		    control->if_unknown != SAID_NOTHING,
		"has no test with something unknown"},
	};

	/* A control may have an answer whatever is unknown. */
	for (size_t i = 0; i < control->test_count; i++) {
		seen[control->tests[i].expect] = true;
		if (has_unknown(&control->tests[i]))
			seen[EXPECT_UNKNOWN] = true;
	}
	for (size_t i = 0; i < COUNTOF(wanted); i++) {
		if (!seen[wanted[i].expect] && !wanted[i].never)
			lint_warn(lint, "untested", place, control->pos,
			    control->id, "%s", wanted[i].message);
	}
}

void
lint_control(struct lint *lint, const struct control *control)
{
	struct place place = {
	    .types = control->types, .prefix = "", .control = control};
	struct guard guard;

	arena_reset(&lint->arena);
	place.scopes = scopes_of(lint, &control->types, control->data);
	place.subject = place.scopes;
	lint_types(
	    lint, &place, control->pos, &control->types, control->data);
	lint_test_resources(lint, &place);
	if (control->where) {
		walk(lint, &place, control->where);
		guard = (struct guard){&control->where, 1, 1, true, NULL};
		place.guards = &guard;
	}
	walk(lint, &place, control->assert);
	check_tests(lint, &place);
	check_age(lint, &place);
}
