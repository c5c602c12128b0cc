/*
 * What the provider's schema, or the form of policy documents, does not have: a
 * path that is written wrongly is never set, which no verdict would show.
 */
#include <stdio.h>

#include "lint/place.h"

enum { NEST_MOST = 64 };

static void
warn_missing(struct lint *lint, const struct place *place, struct pos pos,
    struct str path, const struct scope *scope, struct str name)
{
	struct str nearest = scope_nearest(scope, name);

	if (nearest.len)
		lint_warn(lint, "schema", place, pos, path,
		    "is no attribute or block of " STR_FMT
		    "; did you mean \"" STR_FMT "\"?",
		    STR_ARG(scope->owner), STR_ARG(nearest));
	else
		lint_warn(lint, "schema", place, pos, path,
		    "is no attribute or block of " STR_FMT,
		    STR_ARG(scope->owner));
}

/* --- Paths --- */

/* The first steps as they are written, without indexes. */
static struct str
names_until(char out[LINT_PATH_MOST], const struct place *place,
    const struct path *path, size_t count)
{
	struct path head = *path;
	const char *prefix = place->prefix ? place->prefix : "";

	head.count = count;
	for (size_t i = 0; i < count; i++) {
		if (path->steps[i].kind != STEP_CALL)
			continue;
		prefix = "";
		head.steps = &path->steps[i + 1];
		head.count = count - i - 1;
	}
	if (path->of_subject)
		prefix = "subject.";
	if (!head.count || !lint_names(out, prefix, &head))
		return path->text;
	return str_of(out);
}

static void
warn_walk(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path, const struct walk *walk, bool any)
{
	char names[LINT_PATH_MOST];
	bool missing = walk->end == WALK_MISSING;
	struct str part =
	    names_until(names, place, path, walk->step + (missing ? 1 : 0));

	if (missing && any)
		lint_warn(lint, "schema", place, pos, part,
		    "is no attribute or block of any of the types");
	else if (missing)
		warn_missing(lint, place, pos, part, &walk->at,
		    path->steps[walk->step].name);
	else if (walk->end == WALK_MISFIT)
		lint_warn(lint, "type", place, pos, part, "%s", walk->why);
	else
		lint_warn(lint, "list", place, pos, part,
		    "may have several elements: say which with \"every\", "
		    "\"some\", \"none\" or an index");
}

static bool
is_wrong(const struct walk *walk)
{
	return walk->end != WALK_WHOLE && walk->end != WALK_OPEN;
}

bool
lint_path(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path, bool several, struct scopes *out)
{
	const struct scopes *from =
	    path->of_subject ? &place->subject : &place->scopes;
	struct walk walk, wrong = {.end = WALK_WHOLE};
	size_t good = 0;
	struct scope *ends =
	    arena_array(&lint->arena, from->count + 1, sizeof(*ends));

	if (!ends) {
		lint->failed = true;
		return false;
	}
	for (size_t i = 0; i < from->count; i++) {
		scope_walk(&walk, lint, from->items[i], path, several);
		ends[i] = walk.at;
		good += !is_wrong(&walk);
		if (is_wrong(&walk))
			ends[i].digest = NULL;
		if (is_wrong(&walk) && !is_wrong(&wrong))
			wrong = walk;
	}
	*out = (struct scopes){ends, from->count, from->any};
	if (!is_wrong(&wrong) || (from->any && good))
		return true;
	warn_walk(lint, place, pos, path, &wrong, from->any);
	return false;
}

void
lint_attribute(struct lint *lint, const struct place *place, struct pos pos,
    struct str text)
{
	const char *message = NULL;
	struct path path;
	struct scopes ends;

	if (path_read(&path, text, &lint->arena, &message))
		lint_path(lint, place, pos, &path, true, &ends);
	else
		lint->failed = lint->failed || !message;
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

/*
 * The type that was most likely meant, or "".  A digest has only some of a
 * provider's types, so what is not near to one may well be another.
 */
static struct str
nearest_type(const struct digest *digest, struct str type, bool whole)
{
	struct str best[] = {STR(""), STR("")};
	struct str lines = digest_lines(digest);

	while (digest_next(&lines, &best[1])) {
		if (!best[1].len || (!whole && !nearly(type, best[1])))
			continue;
		best[0] = str_nearest(type, best, 2);
	}
	return best[0];
}

static void
check_type(struct lint *lint, const struct place *place, struct pos pos,
    struct str type, bool data)
{
	const struct digest *digest = lint_digest(lint, type);
	bool whole = digest == lint->given;
	struct scopes known = scopes_of(lint, &(struct names){&type, 1}, data);
	struct str nearest = STR("");

	if (!digest || lint->failed ||
	    (known.any ? data || known.count : known.items[0].digest != NULL))
		return;
	if (!known.any && !data && !str_starts(type, STR("data.")))
		nearest = nearest_type(digest, type, whole);
	if (nearest.len)
		lint_warn(lint, "schema", place, pos, type,
		    "is no type that the provider's schema has; did you mean "
		    "\"" STR_FMT "\"?",
		    STR_ARG(nearest));
	else if (whole)
		lint_warn(lint, "schema", place, pos, type,
		    known.any ? "is none of the types that the provider's "
				"schema has"
			      : "is no type that the provider's schema has");
}

void
lint_types(struct lint *lint, const struct place *place, struct pos pos,
    const struct names *types, bool data)
{
	for (size_t i = 0; !lint->failed && i < types->count; i++) {
		check_type(lint, place, pos, types->items[i], data);
		for (size_t j = 0; j < i && j < BESIDE_MOST; j++) {
			if (str_eq(types->items[i], types->items[j]))
				lint_warn(lint, "repeated", place, pos,
				    types->items[i], "is named twice");
		}
	}
}

/* --- Tests --- */

/* A resource of a test, or a part of it. */
struct sample {
	const struct place *place;
	struct pos pos;
	bool mask; /* true stands for anything */
	struct buf path;
};

static void
check_sample(struct lint *lint, struct sample *sample, struct scope scope,
    struct value value, size_t nest);

static void
check_members(struct lint *lint, struct sample *sample, struct scope scope,
    struct value value, size_t nest)
{
	struct value_iter it = value_each(value);
	size_t len = sample->path.len;
	struct buf scratch = {0};

	while (value_step(&it)) {
		struct str name = value_text(it.key, &scratch);
		struct scope inner = scope;

		sample->path.len = len;
		if (!name.ptr || !buf_fmt(&sample->path, "%s" STR_FMT,
				     len ? "." : "", STR_ARG(name))) {
			lint->failed = true;
			break;
		}
		if (scope.form.len)
			inner = scope_element(scope);
		else if (!scope_member(&inner, name))
			warn_missing(lint, sample->place, sample->pos,
			    buf_str(&sample->path), &scope, name);
		check_sample(lint, sample, inner, it.value, nest + 1);
	}
	sample->path.len = len;
	buf_free(&scratch);
}

static void
check_sample(struct lint *lint, struct sample *sample, struct scope scope,
    struct value value, size_t nest)
{
	enum node_kind kind = value_kind(value), wanted;
	struct value_iter it = value_each(value);

	if (!scope.digest || nest > NEST_MOST || kind <= NODE_NULL ||
	    (sample->mask && kind <= NODE_TRUE))
		return;
	wanted = form_kind(scope.form);
	if (kind != wanted &&
	    (wanted >= NODE_ARRAY || !form_takes(scope.form, value,
					 &lint->text))) {
		lint_warn(lint, "type", sample->place, sample->pos,
		    buf_str(&sample->path), "in a test is not what it is in "
		    "the schema, %s", form_name(scope.form));
		return;
	}
	if (kind == NODE_OBJECT)
		check_members(lint, sample, scope, value, nest);
	while (kind == NODE_ARRAY && value_step(&it))
		check_sample(
		    lint, sample, scope_element(scope), it.value, nest + 1);
}

static void
check_resource(struct lint *lint, const struct place *place, struct pos pos,
    struct str type, bool data, const struct value *values,
    const struct pair *refers, size_t refer_count)
{
	struct names types = {&type, 1};
	struct scopes scopes = scopes_of(lint, &types, data);
	struct sample sample = {.place = place, .pos = pos};
	struct place its = *place;

	its.scopes = scopes;
	for (size_t i = 0; i < refer_count; i++)
		lint_attribute(lint, &its, pos, refers[i].name);

	/* The resource, what is unknown of it, and what it was before. */
	for (size_t i = 0; i < 3 && scopes.count == 1; i++) {
		sample.mask = i == 1;
		check_sample(lint, &sample, scopes.items[0], values[i], 0);
	}
	lint->failed = lint->failed || sample.path.failed;
	buf_free(&sample.path);
}

void
lint_test_resources(struct lint *lint, const struct place *place)
{
	const struct control *control = place->control;

	for (size_t i = 0; i < control->test_count; i++) {
		const struct control_test *test = &control->tests[i];
		struct value own[] = {
		    test->resource, test->unknown, test->before};

		check_resource(lint, place, test->pos, test->type,
		    control->data, own, test->refers, test->refer_count);
		for (size_t j = 0; j < test->with_count; j++) {
			const struct test_resource *with = &test->with[j];
			struct value its[] = {
			    with->resource, with->unknown, with->before};
			struct names type = {&with->type, 1};

			lint_types(lint, place, test->pos, &type, false);
			check_resource(lint, place, test->pos, with->type,
			    false, its, with->refers, with->refer_count);
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
	    .types = {&entry->type, 1}, .prefix = "", .control = &control};

	lint_types(lint, &place, entry->pos, &place.types, false);
	place.scopes = scopes_of(lint, &place.types, false);
	lint_attribute(lint, &place, entry->pos, entry->path);
	if (!entry->governed_type.len)
		return;
	place.types = (struct names){&entry->governed_type, 1};
	lint_types(lint, &place, entry->pos, &place.types, false);
	place.scopes = scopes_of(lint, &place.types, false);
	if (entry->governed_path.len)
		lint_attribute(lint, &place, entry->pos, entry->governed_path);
}

void
lint_defaults(struct lint *lint, const struct lint_files *files)
{
	const struct map *all = &lint->policies->defaults;

	for (size_t i = 0; i < all->count && !lint->failed; i++) {
		const struct default_entry *entry = all->entries[i].value;

		for (size_t j = 0; j < files->count; j++) {
			if (str_eq(entry->file, files->items[j].name))
				check_default(lint, entry);
		}
	}
}
