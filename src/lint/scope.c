/*
 * A path is followed through the forms of a schema (config/digest.h), as the
 * engine follows it through a value.  What policy() makes has a schema of its
 * own, which is written here.
 */
#include <string.h>

#include "lint/place.h"

const char lint_documents[] =
    "tfassay-digest 2 documents\n"
    "condition test-s values-ls variable-s\n"
    "document statements-lostatement\n"
    "principal identifier-s type-s\n"
    "statement actions-ls anyone-b conditions-locondition effect-s "
    "not_actions-ls not_resources-ls principals-loprincipal resources-ls "
    "restricts_caller-b sid-s\n";

/* Before a data source. */
static const struct str data_prefix = {"data.", 5};

static char
first(struct str form)
{
	return form.len ? form.ptr[0] : '\0';
}

static bool
is_list(char form)
{
	return form == 'l' || form == 't' || form == 'L' || form == 'T';
}

static struct scope
scope_of(struct scope from, struct str form)
{
	from.form = form;
	from.required = false;
	if (first(form) == 'o') {
		from.line = str_from(form, 1);
		from.form = STR("");
	}
	if (first(form) == 'd')
		from.digest = NULL;
	return from;
}

struct scope
scope_element(struct scope scope)
{
	if (!is_list(first(scope.form)) && first(scope.form) != 'm')
		scope.digest = NULL;
	return scope.digest ? scope_of(scope, str_from(scope.form, 1)) : scope;
}

/* --- Types --- */

/* Does it speak of the provider whose types begin like this one? */
static bool
covers(const struct digest *digest, struct str type)
{
	struct str rest, known;
	struct str provider = str_cut(type, '_', &rest);
	struct str lines = digest_lines(digest);

	while (digest_next(&lines, &known)) {
		if (str_starts(known, provider) &&
		    (known.len == provider.len ||
			known.ptr[provider.len] == '_'))
			return true;
	}
	return false;
}

const struct digest *
lint_digest(const struct lint *lint, struct str type)
{
	return lint->given && covers(lint->given, type)
		   ? lint->given
		   : lint->policies->digest;
}

static bool
is_glob(struct str type)
{
	return memchr(type.ptr, '*', type.len) ||
	    memchr(type.ptr, '?', type.len);
}

static void
add_scope(struct lint *lint, struct scopes *scopes, size_t *cap,
    struct str type, bool data)
{
	struct scope scope = {.line = type, .owner = type};

	scope.digest = lint_digest(lint, type);
	if (data) {
		lint->text.len = 0;
		buf_add(&lint->text, data_prefix);
		buf_add(&lint->text, type);
		scope.line = arena_copy(&lint->arena, buf_str(&lint->text));
	}
	if (!scope.line.ptr || lint->text.failed ||
	    !arena_grow(&lint->arena, &scopes->items, scopes->count, cap,
		sizeof(scope))) {
		lint->failed = true;
		return;
	}
	if (scope.digest && !digest_has(scope.digest, scope.line))
		scope.digest = NULL;
	scopes->items[scopes->count++] = scope;
}

/* All of the schema's types that a glob selects. */
static void
add_globbed(
    struct lint *lint, struct scopes *scopes, size_t *cap, struct str glob)
{
	const struct digest *digest = lint_digest(lint, glob);
	struct str known, lines = STR("");

	if (digest)
		lines = digest_lines(digest);
	while (digest_next(&lines, &known)) {
		if (known.len && !str_starts(known, data_prefix) &&
		    str_glob(glob, known))
			add_scope(lint, scopes, cap, known, false);
	}
}

struct scopes
scopes_of(struct lint *lint, const struct names *types, bool data)
{
	struct scopes scopes = {NULL, 0, false};
	size_t cap = 0;

	for (size_t i = 0; i < types->count; i++) {
		struct str type = types->items[i];
		bool prefixed = str_starts(type, data_prefix);

		if (prefixed)
			type = str_from(type, data_prefix.len);
		if (is_glob(type)) {
			scopes.any = true;
			if (!data && !prefixed)
				add_globbed(lint, &scopes, &cap, type);
		} else {
			add_scope(lint, &scopes, &cap, type, data || prefixed);
		}
	}
	return scopes;
}

struct scopes
scopes_elements(struct lint *lint, const struct scopes *scopes)
{
	struct scopes out = {
	    arena_array(&lint->arena, scopes->count + 1, sizeof(*out.items)),
	    0, scopes->any};

	if (!out.items) {
		lint->failed = true;
		return out;
	}
	for (size_t i = 0; i < scopes->count; i++)
		out.items[out.count++] = scope_element(scopes->items[i]);
	return out;
}

/* --- Paths --- */

static void
stop(struct walk *walk, enum walk_end end, const char *why)
{
	walk->end = end;
	walk->why = why;
}

/* Into the only element of each list around the value. */
static bool
open_lists(struct walk *walk, bool several)
{
	while (walk->at.digest && is_list(first(walk->at.form))) {
		char form = first(walk->at.form);

		if (!several && (form == 'l' || form == 't')) {
			stop(walk, WALK_SEVERAL, NULL);
			return false;
		}
		walk->at = scope_element(walk->at);
	}
	return true;
}

bool
scope_member(struct scope *scope, struct str name)
{
	struct digest_path item =
	    digest_item(scope->digest, scope->line, name);

	if (item.kind == DIGEST_UNKNOWN) {
		scope->digest = NULL;
		return false;
	}
	*scope = scope_of(*scope, item.form);
	scope->required = item.required;
	return true;
}

static void
step_name(struct walk *walk, const struct step *step, bool several)
{
	struct scope member;

	if (step->kind == STEP_KEY && is_list(first(walk->at.form))) {
		stop(walk, WALK_MISFIT, "is a list, which has no keys");
		return;
	}
	if (!open_lists(walk, several) || !walk->at.digest)
		return;
	member = walk->at;
	if (walk->at.form.len && first(walk->at.form) != 'm')
		stop(walk, WALK_MISFIT,
		    "is a single value, which has no members");
	else if (walk->at.form.len)
		walk->at = scope_element(walk->at);
	else if (scope_member(&member, step->name))
		walk->at = member;
	else
		stop(walk, WALK_MISSING, NULL);
}

static void
step_index(struct walk *walk)
{
	if (is_list(first(walk->at.form)))
		walk->at = scope_element(walk->at);
	else
		stop(walk, WALK_MISFIT, "is no list, so it has no index");
}

static void
step_call(struct walk *walk, const struct step *step, const struct lint *lint)
{
	if (walk->at.digest && first(walk->at.form) != 's') {
		stop(walk, WALK_MISFIT, "is no text that could be read");
		return;
	}
	walk->at = (struct scope){
	    .line = STR("document"), .owner = STR("a policy document")};
	if (step->index == CALL_POLICY)
		walk->at.digest = lint->documents;
}

void
scope_walk(struct walk *out, const struct lint *lint, struct scope from,
    const struct path *path, bool several)
{
	*out = (struct walk){.at = from};
	for (;; out->step++) {
		const struct step *step = &path->steps[out->step];

		if (out->step == path->count)
			break;
		if (step->kind == STEP_CALL)
			step_call(out, step, lint);
		else if (out->at.digest && step->kind == STEP_INDEX)
			step_index(out);
		else if (out->at.digest)
			step_name(out, step, several);
		if (out->end != WALK_WHOLE)
			return;
	}
	out->at.required = out->at.required && path->count == 1;
	if (!out->at.digest)
		out->end = WALK_OPEN;
}

struct str
scope_nearest(const struct scope *scope, struct str name)
{
	/* The one so far, and the next; of equals the first stays. */
	struct str best[] = {{NULL, 0}, {NULL, 0}}, found;
	size_t at = 0;

	while (digest_name(scope->digest, scope->line, &at, &best[1])) {
		found = str_nearest(name, best, best[0].ptr ? 2 : 0);
		if (!best[0].ptr)
			found = str_nearest(name, &best[1], 1);
		if (found.ptr)
			best[0] = found;
	}
	return best[0].ptr ? best[0] : STR("");
}
