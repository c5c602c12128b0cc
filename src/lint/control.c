/*
 * A control's conditions are walked with the path from the resource down to
 * what each is about, so that schema and defaults can be asked.
 */
#include "lint/lint.h"

enum { PATH_MOST = 256, TYPES_MOST = 16 };

const char *const lint_classes[] = {
    "unset",	/* a path can be unset, and nothing says what then */
    "empty",	/* an empty list decides */
    "schema",	/* the provider has no such attribute */
    "untested", /* no test shows a verdict */
    "repeated", /* the same condition twice */
    "number",	/* a bare number that should be quoted */
    NULL,
};

/* Where a condition stands. */
struct place {
	struct names types;   /* of the resource that its paths start at */
	const char *prefix;   /* names above it, with a dot behind; or "" */
	bool hidden;	      /* inside a text, where no schema reaches */
	const struct control *control;
};

static void
warn(struct lint *lint, const char *class, const struct place *place,
    struct pos pos, struct str subject, const char *what)
{
	lint->text.len = 0;
	buf_fmt(&lint->text, "\"" STR_FMT "\" %s", STR_ARG(subject), what);
	if (lint->text.failed ||
	    !problems_add(lint->problems, class, place->control->pack->file,
		pos, buf_str(&lint->text), STR("")))
		lint->failed = true;
}

/* The names of a path joined by dots; false where it goes into a text. */
static bool
names_of(char out[PATH_MOST], const char *prefix, const struct path *path)
{
	size_t len = strlen(prefix);

	if (len >= PATH_MOST)
		return false;
	memcpy(out, prefix, len);
	for (size_t i = 0; i < path->count; i++) {
		struct str name = path->steps[i].name;

		if (path->steps[i].kind == STEP_INDEX)
			continue;
		if (path->steps[i].kind != STEP_NAME ||
		    name.len + 2 > PATH_MOST - len)
			return false;
		if (len && out[len - 1] != '.')
			out[len++] = '.';
		memcpy(out + len, name.ptr, name.len);
		len += name.len;
	}
	out[len] = '\0';
	return true;
}

/* --- What the schema has --- */

/* The first part of the names that the type lacks; empty: it has them. */
static struct str
missing_part(const struct digest *digest, struct str type, const char *names)
{
	struct str all = str_of(names);

	for (size_t end = 0; end <= all.len; end++) {
		struct digest_path known;

		if (end < all.len && all.ptr[end] != '.')
			continue;
		known = digest_find(digest, type, str_head(all, end));
		if (known.kind == DIGEST_UNKNOWN)
			return str_head(all, end);
		/* What is inside an attribute is no matter of the schema. */
		if (known.kind == DIGEST_ATTRIBUTE)
			break;
	}
	return (struct str){"", 0};
}

static bool
check_schema(struct lint *lint, const struct place *place, struct pos pos,
    const char *names)
{
	const struct digest *digest = lint->policies->digest;
	size_t known = 0, lacking = 0;
	struct str part = {"", 0};

	for (size_t i = 0; digest && i < place->types.count; i++) {
		struct str type = place->types.items[i], missing;

		if (!digest_has(digest, type))
			continue;
		known++;
		missing = missing_part(digest, type, names);
		lacking += missing.len > 0;
		if (missing.len)
			part = missing;
	}
	/* Of several types one may have what another lacks. */
	if (!known || known != lacking || known != place->types.count)
		return true;
	warn(lint, "schema", place, pos,
	    part, "is no attribute or block that the provider's schema has");
	return false;
}

/* --- Values that may not be there --- */

static bool
has_default(const struct lint *lint, const struct place *place,
    const char *names)
{
	for (size_t i = 0; i < place->types.count; i++) {
		if (!policies_default(lint->policies, place->types.items[i],
			str_of(names)))
			return false;
	}
	return place->types.count > 0;
}

static void
check_unset(struct lint *lint, const struct place *place,
    const struct cond *cond, const char *names)
{
	if (cond->op->group == OP_PRESENCE || cond->if_unset != SAID_NOTHING ||
	    cond->default_value.node || cond->default_from.count ||
	    has_default(lint, place, names))
		return;
	warn(lint, "unset", place, cond->pos,
	    cond->path.text,
	    "may be unset, and then neither this condition nor its opposite "
	    "holds: say \"default\" or \"if_unset\"");
}

static void
check_path(struct lint *lint, const struct place *place,
    const struct cond *cond)
{
	char names[PATH_MOST];

	if (place->hidden || cond->path.of_subject ||
	    !names_of(names, place->prefix, &cond->path) || !names[0])
		return;
	if (check_schema(lint, place, cond->pos, names) &&
	    cond->kind == COND_TEST)
		check_unset(lint, place, cond, names);
}

/* --- Lists --- */

static void
check_empty(struct lint *lint, const struct place *place,
    const struct cond *cond)
{
	bool every = cond->kind == COND_EVERY;

	if (cond->if_unset != SAID_NOTHING || cond->negated ||
	    (!every && cond->kind != COND_NONE))
		return;
	warn(lint, "empty", place, cond->pos,
	    cond->path.text,
	    every ? "may be an empty list, of which \"every\" holds: say "
		    "\"if_unset\""
		  : "may be an empty list, of which \"none\" holds: say "
		    "\"if_unset\"");
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

static void
walk_items(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	for (size_t i = 0; i < cond->item_count; i++) {
		struct place inner = *place;

		if (cond->kind == COND_BY_TYPE && cond->types[i].count)
			inner.types = cond->types[i];
		for (size_t j = 0; j < i && cond->kind != COND_BY_TYPE; j++) {
			if (is_same(cond->items[i], cond->items[j]))
				warn(lint, "repeated", place,
				    cond->items[i]->pos,
				    cond->items[i]->path.text,
				    "is asked the same twice");
		}
		walk(lint, &inner, cond->items[i]);
	}
}

static void
walk_elements(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	struct place inner = *place;
	char prefix[PATH_MOST];
	size_t len;

	if (!names_of(prefix, place->prefix, &cond->path))
		inner.hidden = true;
	len = inner.hidden ? 0 : strlen(prefix);
	if (len + 2 > PATH_MOST)
		inner.hidden = true;
	if (!inner.hidden) {
		memcpy(prefix + len, len ? "." : "", len ? 2 : 1);
		inner.prefix = prefix;
	}
	if (cond->satisfies)
		walk(lint, &inner, cond->satisfies);
	if (cond->meets)
		walk(lint, &inner, cond->meets);
}

static void
walk_partners(
    struct lint *lint, const struct place *place, const struct cond *cond)
{
	struct place inner = *place;

	inner.types = cond->related->types;
	inner.prefix = "";
	inner.hidden = false;
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
		break;
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
	case COND_FIRST:
		check_path(lint, place, cond);
		check_empty(lint, place, cond);
		walk_elements(lint, place, cond);
		break;
	case COND_RELATED:
		walk_partners(lint, place, cond);
		break;
	case COND_PORT:
	case COND_ALWAYS:
	case COND_NEVER:
		break;
	}
}

/* --- Tests --- */

static void
check_tests(struct lint *lint, const struct place *place)
{
	const struct control *control = place->control;
	bool seen[EXPECT_NOT_APPLICABLE + 1] = {false};
	/* What only asks for existence knows one verdict. */
	bool constant = control->assert->kind == COND_NEVER ||
	    control->assert->kind == COND_ALWAYS;
	static const struct {
		enum expectation expect;
		const char *message;
	} wanted[] = {
	    {EXPECT_FAIL, "has no test that expects fail"},
	    {EXPECT_PASS, "has no test that expects pass"},
	    {EXPECT_UNKNOWN,
		"has no test that expects unknown"},
	};

	for (size_t i = 0; i < control->test_count; i++)
		seen[control->tests[i].expect] = true;
	for (size_t i = 0; i < COUNTOF(wanted); i++) {
		if (seen[wanted[i].expect] ||
		    (constant && wanted[i].expect != EXPECT_FAIL) ||
		    (control->view_before &&
			wanted[i].expect == EXPECT_UNKNOWN))
			continue;
		warn(lint, "untested", place, control->pos, control->id,
		    wanted[i].message);
	}
}

void
lint_control(struct lint *lint, const struct control *control)
{
	struct place place = {control->types, "", false, control};

	if (control->where)
		walk(lint, &place, control->where);
	walk(lint, &place, control->assert);
	check_tests(lint, &place);
}
