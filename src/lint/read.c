/*
 * Files by what is in them.  Controls come first, because tests and waivers
 * name them; where a control is wrong, what would be said of those that name it
 * is not, since it would be wrong too.
 */
#include <stdio.h>
#include <unistd.h>

#include "lint/lint.h"
#include "policy/fact.h"
#include "policy/folder.h"
#include "policy/waiver.h"
#include "trial/trial.h"

enum kind {
	KIND_SETTINGS,
	KIND_CONTROLS,
	KIND_FACTS,
	KIND_TESTS, /* this and what follows names controls */
	KIND_WAIVERS,
	KIND_COUNT,
};

struct file {
	struct str name, text;
	enum kind kind;
};

struct reading {
	struct tfa_policies *policies;
	const struct tfa_lint_options *options;
	struct problems *problems;
	struct tfa_error *err;
	struct file *files;
	size_t count, cap;
};

static bool
is_yaml(struct str name)
{
	return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
}

/* A key of the document itself. */
static bool
has_key(struct str text, const char *key)
{
	while (text.len) {
		struct str line = str_cut(text, '\n', &text);

		if (str_starts(line, str_of(key)))
			return true;
	}
	return false;
}

static enum kind
kind_of(struct str name, struct str text)
{
	static const char *const ours[] = {
	    "pack:", "controls:", "defaults:", "define:", "profiles:"};

	if (str_ends(name, STR(".tfassay.yaml")))
		return KIND_SETTINGS;
	if (str_ends(name, STR("_test.yaml")) ||
	    str_ends(name, STR("_test.yml")))
		return KIND_TESTS;
	for (size_t i = 0; i < COUNTOF(ours); i++) {
		if (has_key(text, ours[i]))
			return KIND_CONTROLS;
	}
	if (has_key(text, "waivers:"))
		return KIND_WAIVERS;
	return has_key(text, "facts:") ? KIND_FACTS : KIND_CONTROLS;
}

static bool
add_path(struct reading *reading, const char *path)
{
	struct tfa_policies *policies = reading->policies;
	struct arena *arena = &policies->arena;
	struct names names;

	if (!folder_find(&names, path, is_yaml, arena, reading->err))
		return false;
	if (!names.count)
		return error_at(reading->err, TFA_ERR_POLICY, str_of(path),
		    (struct pos){0, 0}, "holds no .yaml or .yml file");
	for (size_t i = 0; i < names.count; i++) {
		struct file *file;

		if (!arena_grow(arena, &reading->files, reading->count,
			&reading->cap, sizeof(*file)))
			return error_nomem(reading->err);
		file = &reading->files[reading->count++];
		file->name = names.items[i];
		if (!folder_text(&file->text, file->name.ptr,
			policies->limits.policy_bytes, arena, reading->err))
			return false;
		file->kind = kind_of(file->name, file->text);
	}
	return true;
}

/* What is the file's fault is told and forgotten. */
static bool
gather(struct reading *reading, bool ok)
{
	if (ok)
		return true;
	if (reading->err->code != TFA_ERR_POLICY &&
	    reading->err->code != TFA_ERR_USAGE)
		return false;
	if (!problems_add_error(reading->problems, reading->err))
		return error_nomem(reading->err);
	*reading->err = (struct tfa_error){0};
	return true;
}

static bool
read_one(struct reading *reading, const struct file *file)
{
	struct tfa_policies *policies = reading->policies;
	const struct tfa_lint_options *options = reading->options;
	struct tfa_error *err = reading->err;

	switch (file->kind) {
	case KIND_SETTINGS:
		return !options->setting ||
		       gather(
			   reading, tfa_settings_read(file->name.ptr,
					options->setting, options->ctx, err));
	case KIND_FACTS:
		return gather(
		    reading, facts_read(policies, file->name, file->text, err));
	case KIND_WAIVERS:
		return gather(reading,
		    waivers_read(policies, file->name, file->text, err));
	case KIND_TESTS:
		return gather(reading, trial_suite_check(policies, file->name,
					   file->text, reading->problems, err));
	case KIND_CONTROLS:
	case KIND_COUNT:
		break;
	}
	return policies_lint(
	    policies, file->name, file->text, reading->problems, err);
}

bool
lint_read(struct tfa_policies *policies, const struct tfa_lint_options *options,
    struct problems *problems, struct lint_files *files,
    struct tfa_error *err)
{
	struct lint_file *out;
	struct reading reading = {policies, options, problems, err, NULL, 0, 0};
	bool ok = true;

	for (size_t i = 0; ok && i < options->path_count; i++)
		ok = add_path(&reading, options->paths[i]);
	policies->problems = problems;
	for (enum kind kind = 0; ok && kind < KIND_COUNT; kind++) {
		if (kind == KIND_TESTS && problems->errors)
			break;
		for (size_t i = 0; ok && i < reading.count; i++) {
			if (reading.files[i].kind == kind)
				ok = read_one(&reading, &reading.files[i]);
		}
	}
	policies->problems = NULL;
	out = arena_array(&policies->arena, reading.count + 1, sizeof(*out));
	if (!out)
		return error_nomem(err);
	for (size_t i = 0; i < reading.count; i++)
		out[i] = (struct lint_file){
		    reading.files[i].name, reading.files[i].text};
	*files = (struct lint_files){out, reading.count};
	return ok;
}
