/*
 * Files are read with a loader that goes on behind an error; what could be read
 * is then looked through.  Everything is told in the order of its place.
 */
#include "lint/lint.h"

#include <stdlib.h>

#include "json/write.h"
#include "policy/load.h"
#include "policy/profile.h"
#include "report/form.h"
#include "report/page.h"

static int
compare_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
problem_cmp(const void *a, const void *b)
{
	const struct problem *left = a, *right = b;
	int order = str_cmp(left->file, right->file);

	if (order == 0)
		order = compare_size(left->pos.line, right->pos.line);
	if (order == 0)
		order = compare_size(left->pos.column, right->pos.column);
	return order ? order : str_cmp(left->message, right->message);
}

static bool
is_error(const struct problem *problem)
{
	return strcmp(problem->class, "error") == 0;
}

static bool
is_allowed(const struct tfa_lint_options *options, const char *class)
{
	for (size_t i = 0; i < options->allow_count; i++) {
		if (strcmp(options->allow[i], class) == 0)
			return true;
	}
	return false;
}

/* The line that a warning is about. */
static bool
add_excerpt(struct problems *problems, struct problem *problem,
    const struct lint_files *files)
{
	struct tfa_error place = {0};

	for (size_t i = 0; i < files->count && !problem->excerpt.len; i++) {
		if (!str_eq(files->items[i].name, problem->file))
			continue;
		text_excerpt(&place, files->items[i].text, problem->pos);
		problem->excerpt =
		    arena_copy(&problems->arena, str_of(place.excerpt));
		return problem->excerpt.ptr != NULL;
	}
	return true;
}

/* Only what is to be told stays, once: a definition may be used often. */
static bool
settle(struct problems *problems, const struct tfa_lint_options *options,
    const struct lint_files *files)
{
	struct problem *items = problems->items;
	size_t kept = 0;

	if (problems->count)
		qsort(items, problems->count, sizeof(*items), problem_cmp);
	problems->errors = 0;
	for (size_t i = 0; i < problems->count; i++) {
		if (is_allowed(options, items[i].class) ||
		    (kept && problem_cmp(&items[kept - 1], &items[i]) == 0))
			continue;
		problems->errors += is_error(&items[i]);
		items[kept++] = items[i];
	}
	problems->count = kept;
	for (size_t i = 0; i < kept; i++) {
		if (!add_excerpt(problems, &problems->items[i], files))
			return false;
	}
	return true;
}

/* --- Writing --- */

/* The line, and a caret below the place. */
static void
show_excerpt(struct page *page, const struct problem *problem)
{
	if (!problem->excerpt.len)
		return;
	page_text(page, problem->excerpt, CLEAN_TEXT);
	page_end_headline(page, "  | ", PAINT_NONE);
	if (!problem->pos.column || problem->pos.column > 200)
		return;
	page_own(page, "%*s^", (int)problem->pos.column - 1, "");
	page_end_headline(page, "  | ", PAINT_NONE);
}

static void
text_problem(struct page *page, const struct problem *problem)
{
	page_text(page, problem->file, CLEAN_ADDRESS);
	if (problem->pos.line)
		page_own(
		    page, ":%zu:%zu", problem->pos.line, problem->pos.column);
	page_own(page, ": %s: ", is_error(problem) ? "error" : "warning");
	page_text(page, problem->message, CLEAN_PROSE);
	if (!is_error(problem))
		page_own(page, " [%s]", problem->class);
	page_end_headline(page, "", PAINT_NONE);
	show_excerpt(page, problem);
}

static bool
write_text(const struct problems *problems, bool color, FILE *out,
    struct tfa_error *err)
{
	struct page page = {out, color, {0}};
	size_t warnings = problems->count - problems->errors;

	for (size_t i = 0; i < problems->count; i++)
		text_problem(&page, &problems->items[i]);
	page_own(&page, "%zu error%s, %zu warning%s", problems->errors,
	    problems->errors == 1 ? "" : "s", warnings,
	    warnings == 1 ? "" : "s");
	page_end_headline(&page, "", PAINT_BOLD);
	return page_finish(&page, err);
}

static bool
write_json(const struct problems *problems, bool color, FILE *out,
    struct tfa_error *err)
{
	struct emit emit;

	(void)color;
	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR("1.0"));
	emit_open(&emit, "problems", '[');
	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->items[i];

		emit_open(&emit, NULL, '{');
		emit_str(&emit, "severity",
		    is_error(problem) ? STR("error") : STR("warning"));
		if (!is_error(problem))
			emit_str(&emit, "class", str_of(problem->class));
		emit_str(&emit, "file", problem->file);
		emit_uint(&emit, "line", problem->pos.line);
		emit_uint(&emit, "column", problem->pos.column);
		emit_str(&emit, "message", problem->message);
		emit_close(&emit, '}');
	}
	emit_close(&emit, ']');
	emit_uint(&emit, "errors", problems->errors);
	emit_uint(&emit, "warnings", problems->count - problems->errors);
	emit_close(&emit, '}');
	emit_finish(&emit);
	return form_finish(out, emit.failed, err);
}

static const struct {
	const char *name;
	bool (*write)(const struct problems *problems, bool color, FILE *out,
	    struct tfa_error *err);
} formats[] = {
    {"text", write_text},
    {"json", write_json},
    {"github", problems_write_github},
};

static bool
write_problems(const struct problems *problems,
    const struct tfa_lint_options *options, FILE *out, struct tfa_error *err)
{
	for (size_t i = 0; i < COUNTOF(formats); i++) {
		if (strcmp(formats[i].name, options->format) == 0)
			return formats[i].write(
			    problems, options->color, out, err);
	}
	return error_set(err, TFA_ERR_USAGE,
	    "lint writes text, json or github, not %s", options->format);
}

/* Where nothing else is wrong: what they name may not have been read. */
static bool
check_profiles(const struct tfa_policies *policies, struct problems *problems,
    struct tfa_error *err)
{
	size_t errors = problems->errors;

	for (size_t i = 0; !errors && i < policies->profile_count; i++) {
		if (profile_check(policies, policies->profiles[i], err))
			continue;
		if (err->code != TFA_ERR_POLICY)
			return false;
		if (!problems_add_error(problems, err))
			return error_nomem(err);
		*err = (struct tfa_error){0};
	}
	return true;
}

/* Built-in defaults come with the types. */
static bool
need_types(struct tfa_policies *policies, const struct names *types)
{
	for (size_t i = 0; i < types->count; i++) {
		if (!policies_need_type(policies, types->items[i], NULL))
			return false;
	}
	return true;
}

static bool
look_through(struct lint *lint, struct tfa_policies *policies,
    const struct lint_files *files)
{
	if (!policies_need_tests(policies))
		return false;
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		if (!control->pack->given)
			continue;
		if (!need_types(policies, &control->types))
			return false;
		lint_control(lint, control);
		if (lint->failed)
			return false;
	}
	lint_defaults(lint, files);
	return !lint->failed;
}

static bool
read_all(struct tfa_policies *policies,
    const struct tfa_lint_options *options, struct problems *problems,
    struct lint_files *files, struct tfa_error *err)
{
	struct digest *given = NULL;
	struct digest *documents = digest_read(str_of(lint_documents), err);
	struct lint lint = {.policies = policies,
	    .problems = problems,
	    .now = options->now,
	    .documents = documents};
	bool ok = documents != NULL;

	if (ok && options->schema) {
		given = provider_read(options->schema, &policies->arena, err);
		lint.given = given;
		ok = given != NULL;
	}
	ok = ok && lint_read(policies, options, problems, files, err) &&
	    (look_through(&lint, policies, files) || error_nomem(err)) &&
	    check_profiles(policies, problems, err);
	buf_free(&lint.text);
	arena_free(&lint.arena);
	digest_free(given);
	digest_free(documents);
	return ok;
}

bool
tfa_lint_write(struct tfa_policies *policies,
    const struct tfa_lint_options *options, FILE *out, size_t *errors,
    size_t *warnings, struct tfa_error *err)
{
	struct problems problems = {0};
	struct lint_files files = {NULL, 0};
	bool ok = read_all(policies, options, &problems, &files, err) &&
	    (settle(&problems, options, &files) || error_nomem(err));

	ok = ok && write_problems(&problems, options, out, err);
	*errors = problems.errors;
	*warnings = problems.count - problems.errors;
	problems_free(&problems);
	return ok;
}
