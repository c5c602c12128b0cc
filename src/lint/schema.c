/*
 * What the provider's schema, or the form of policy documents, does not have: a
 * path that is written wrongly is never set, which no verdict would show.
 */
#include "config/digest.h"
#include "lint/place.h"

/* The first part of the names that the type lacks; empty: it has them. */
static struct str
missing_part(const struct digest *digest, struct str type, struct str all)
{
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

/* Missing in all of the types, which the schema knows; else empty. */
static struct str
missing_in(const struct lint *lint, const struct names *types, struct str names)
{
	const struct digest *digest = lint->policies->digest;
	struct str part = {"", 0}, missing;

	for (size_t i = 0; digest && i < types->count; i++) {
		if (!digest_has(digest, types->items[i]))
			return (struct str){"", 0};
		missing = missing_part(digest, types->items[i], names);
		/* Of several types one may have what another lacks. */
		if (!missing.len)
			return missing;
		part = missing;
	}
	return part;
}

bool
lint_schema(struct lint *lint, const struct place *place, struct pos pos,
    const char *names)
{
	struct str part = missing_in(lint, &place->types, str_of(names));

	if (!part.len)
		return true;
	lint_warn(lint, "schema", place, pos, part,
	    "is no attribute or block that the provider's schema has");
	return false;
}

/* --- Policy documents --- */

void
lint_statement(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path)
{
	/* Of a statement, its principals and its conditions. */
	static const char *const members[] = {"sid", "effect", "actions",
	    "not_actions", "resources", "not_resources", "principals", "anyone",
	    "conditions", "restricts_caller", "type", "identifier", "test",
	    "variable", "values"};

	for (size_t i = 0; i < path->count; i++) {
		const struct step *step = &path->steps[i];
		bool found = step->kind != STEP_NAME;

		for (size_t j = 0; j < COUNTOF(members) && !found; j++)
			found = str_eq(step->name, str_of(members[j]));
		if (!found)
			lint_warn(lint, "schema", place, pos, step->name,
			    "is no member of a statement of a policy");
	}
}

/* "statements" is all that a document has. */
static void
check_document(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path)
{
	size_t i = 0;

	while (i < path->count && !(path->steps[i].kind == STEP_CALL &&
				      path->steps[i].index == CALL_POLICY))
		i++;
	if (i + 1 >= path->count || path->steps[i + 1].kind != STEP_NAME ||
	    str_eq(path->steps[i + 1].name, STR("statements")))
		return;
	lint_warn(lint, "schema", place, pos, path->steps[i + 1].name,
	    "is no member of a policy: it has \"statements\"");
}

/* What stands before a function is a path of the resource. */
void
lint_schema_path(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path)
{
	char names[LINT_PATH_MOST];
	struct path outside = *path;

	if (place->statement)
		lint_statement(lint, place, pos, path);
	if (place->hidden || path->of_subject)
		return;
	check_document(lint, place, pos, path);
	for (size_t i = 0; i < outside.count; i++) {
		if (outside.steps[i].kind == STEP_CALL)
			outside.count = i;
	}
	if (lint_names(names, place->prefix, &outside) && names[0])
		lint_schema(lint, place, pos, names);
}

/* --- Types --- */

/* One letter is wrong, missing, too much, or two are in the wrong order. */
static bool
nearly(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	while (j < a.len - i && j < b.len - i &&
	       a.ptr[a.len - 1 - j] == b.ptr[b.len - 1 - j])
		j++;
	a = str_head(str_from(a, i), a.len - i - j);
	b = str_head(str_from(b, i), b.len - i - j);
	if (a.len == 2 && b.len == 2)
		return a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0];
	return a.len <= 1 && b.len <= 1;
}

static void
check_type(struct lint *lint, const struct place *place, struct pos pos,
    struct str type)
{
	const struct digest *digest = lint->policies->digest;
	struct str known;

	if (str_starts(type, STR("data.")) || digest_has(digest, type))
		return;
	for (size_t i = 0; digest_line(digest, i, &known); i++) {
		if (known.len && nearly(type, known)) {
			char what[LINT_PATH_MOST];

			snprintf(what, sizeof(what),
			    "is no type that the provider's schema has; did "
			    "you mean \"" STR_FMT "\"?",
			    STR_ARG(known));
			lint_warn(lint, "schema", place, pos, type, what);
			return;
		}
	}
}

void
lint_types(struct lint *lint, const struct place *place, struct pos pos,
    const struct names *types)
{
	for (size_t i = 0; lint->policies->digest && i < types->count; i++)
		check_type(lint, place, pos, types->items[i]);
}

/* --- Tests --- */

static void
check_members(struct lint *lint, const struct place *place, struct pos pos,
    struct str type, struct value object)
{
	struct names types = {&type, 1};
	struct value_iter it = value_each(object);
	struct buf scratch = {0};

	while (it.object && value_step(&it)) {
		struct str name = value_text(it.key, &scratch);

		if (!name.ptr)
			lint->failed = true;
		else if (missing_in(lint, &types, name).len)
			lint_warn(lint, "schema", place, pos, name,
			    "in a test is no attribute or block that the "
			    "provider's schema has");
	}
	buf_free(&scratch);
}

static void
check_resource(struct lint *lint, const struct place *place, struct pos pos,
    struct str type, const struct value *values)
{
	if (str_starts(type, STR("data.")) || !type.len)
		return;
	for (size_t i = 0; i < 3; i++)
		check_members(lint, place, pos, type, values[i]);
}

void
lint_test_resources(struct lint *lint, const struct place *place)
{
	const struct control *control = place->control;

	for (size_t i = 0; i < control->test_count && !control->data; i++) {
		const struct control_test *test = &control->tests[i];
		struct value own[] = {
		    test->resource, test->unknown, test->before};

		check_resource(lint, place, test->pos, test->type, own);
		for (size_t j = 0; j < test->with_count; j++) {
			const struct test_resource *with = &test->with[j];
			struct value its[] = {
			    with->resource, with->unknown, with->before};
			struct names type = {&with->type, 1};

			lint_types(lint, place, test->pos, &type);
			check_resource(lint, place, test->pos, with->type, its);
		}
	}
}

/* --- Defaults --- */

static void
check_default(struct lint *lint, const struct default_entry *entry)
{
	struct pack pack = {.file = entry->file};
	struct control control = {.pack = &pack};
	struct place place = {
	    .types = {&entry->type, 1},
              .control = &control
        };
	struct str part = missing_in(lint, &place.types, entry->path);

	lint_types(lint, &place, entry->pos, &place.types);
	if (part.len)
		lint_warn(lint, "schema", &place, entry->pos, part,
		    "is no attribute or block that the provider's schema has");
	if (!entry->governed_type.len)
		return;
	place.types = (struct names){&entry->governed_type, 1};
	lint_types(lint, &place, entry->pos, &place.types);
	part = missing_in(lint, &place.types, entry->governed_path);
	if (part.len)
		lint_warn(lint, "schema", &place, entry->pos, part,
		    "is no attribute or block that the provider's schema has");
}

void
lint_defaults(struct lint *lint, const struct names *files)
{
	const struct map *all = &lint->policies->defaults;

	for (size_t i = 0; i < all->count; i++) {
		const struct default_entry *entry = all->entries[i].value;

		for (size_t j = 0; j < files->count; j++) {
			if (str_eq(entry->file, files->items[j]))
				check_default(lint, entry);
		}
	}
}
