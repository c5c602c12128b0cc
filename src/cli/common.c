/* What several commands do alike. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/file.h"

void
verbose(const struct settings *settings, const struct cli_io *io,
    const char *format, ...)
{
	char text[1024];
	va_list args;

	if (!settings->verbose)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fputs("tfassay: ", io->err);
	cli_put(io->err, text);
	fputc('\n', io->err);
}

bool
arguments_check(const struct settings *settings, size_t count,
    const char *what, struct tfa_error *err)
{
	const struct texts *arguments = &settings->arguments;

	if (arguments->count < count)
		return cli_fail(err, TFA_ERR_USAGE, "%s is missing", what);
	for (size_t i = 0; i < count; i++) {
		if (!arguments->items[i][0])
			return cli_fail(err, TFA_ERR_USAGE,
			    "%s is an empty text", what);
	}
	if (arguments->count > count)
		return cli_fail(err, TFA_ERR_USAGE,
		    "too many arguments, from \"%s\" on",
		    arguments->items[count]);
	return true;
}

/* What is said about controls that are there by now. */
static bool
inputs_open(struct tfa_policies *policies, const struct settings *settings,
    const struct cli_io *io, struct tfa_error *err)
{
	for (size_t i = 0; i < settings->waivers.count; i++) {
		const char *path = settings->waivers.items[i];

		verbose(settings, io, "loading waivers from %s", path);
		if (!tfa_policies_waivers(policies, path, err))
			return false;
	}
	for (size_t i = 0; i < settings->facts.count; i++) {
		const char *path = settings->facts.items[i];

		verbose(settings, io, "loading facts from %s", path);
		if (!tfa_policies_facts(policies, path, err))
			return false;
	}
	if (!settings->baseline)
		return true;
	verbose(settings, io, "loading the baseline %s", settings->baseline);
	return tfa_policies_baseline(policies, settings->baseline, err);
}

const char *
time_now(char out[32])
{
	time_t clock = time(NULL);
	struct tm utc;

	if (!gmtime_r(&clock, &utc) ||
	    !strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc))
		return NULL;
	return out;
}

struct tfa_policies *
policies_open(const struct settings *settings, const struct cli_io *io,
    struct tfa_error *err)
{
	struct tfa_policies *policies =
	    tfa_policies_new(&settings->options.limits);
	bool ok = true;

	if (!policies) {
		cli_nomem(err);
		return NULL;
	}
	for (size_t i = 0; ok && i < settings->set.count; i++)
		ok = tfa_policies_set(policies, settings->set.items[i], err);
	if (ok && !settings->no_builtin) {
		verbose(settings, io, "loading the built-in policies");
		ok = tfa_policies_builtin(policies, err);
	}
	for (size_t i = 0; ok && i < settings->policies.count; i++) {
		const char *path = settings->policies.items[i];

		verbose(settings, io, "loading policies from %s", path);
		ok = tfa_policies_load(policies, path, err);
	}
	if (ok && inputs_open(policies, settings, io, err))
		return policies;
	tfa_policies_free(policies);
	return NULL;
}

/* --- Colour --- */

static const char *
env_of(const struct cli_io *io, const char *name)
{
	const char *value = io->env(name);

	return value ? value : "";
}

static bool
forces(const char *value)
{
	return value[0] && strcmp(value, "0") != 0 &&
	    strcmp(value, "false") != 0;
}

bool
color_wanted(const struct settings *settings, const struct cli_io *io,
    const char *file)
{
	if (settings->color != COLOR_AUTO)
		return settings->color == COLOR_ALWAYS;
	if (file || env_of(io, "NO_COLOR")[0])
		return false;
	if (forces(env_of(io, "CLICOLOR_FORCE")) ||
	    forces(env_of(io, "FORCE_COLOR")))
		return true;
	return strcmp(env_of(io, "TERM"), "dumb") != 0 && io->terminal;
}

/* --- Where results go --- */

static const char *
file_or_stdout(const char *file)
{
	if (file &&
	    (strcmp(file, "-") == 0 || strcmp(file, "/dev/stdout") == 0))
		return NULL;
	return file;
}

static bool
check_place(const struct outputs *outputs, size_t at, struct tfa_error *err)
{
	const struct output *output = &outputs->items[at], *other;

	for (size_t i = 0; i < at; i++) {
		other = &outputs->items[i];
		if (!output->file && !other->file)
			return cli_fail(err, TFA_ERR_USAGE,
			    "%s and %s cannot both go to standard output; "
			    "write one to a file: --format %s=FILE",
			    other->format, output->format, output->format);
		if (output->file && other->file &&
		    file_same_target(output->file, other->file))
			return cli_fail(err, TFA_ERR_USAGE,
			    "%s and %s cannot both go to %s", other->format,
			    output->format, output->file);
	}
	return true;
}

/* -o names the file of the one format. */
static bool
apply_file(struct outputs *outputs, const char *file, struct tfa_error *err)
{
	if (!file)
		return true;
	if (outputs->count > 1 || outputs->items[0].file)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--output names the file of one format; with several, or "
		    "a file in --format, write --format NAME=FILE");
	outputs->items[0].file = file;
	return true;
}

static bool
check_inputs(const struct output *output, const struct texts *inputs,
    struct tfa_error *err)
{
	for (size_t i = 0; output->file && i < inputs->count; i++) {
		if (file_same(output->file, inputs->items[i]))
			return cli_fail(err, TFA_ERR_USAGE,
			    "%s would be replaced by the report about it",
			    inputs->items[i]);
	}
	return true;
}

bool
outputs_open(struct outputs *outputs, const struct settings *settings,
    struct tfa_error *err)
{
	static const struct output plain = {"text", NULL};
	const struct texts baseline = {
	    (const char **)&settings->baseline, settings->baseline != NULL, 0};
	size_t count = settings->output_count;

	outputs->count = count ? count : 1;
	outputs->items = malloc(outputs->count * sizeof(*outputs->items));
	if (!outputs->items)
		return cli_nomem(err);
	memcpy(outputs->items, count ? settings->outputs : &plain,
	    outputs->count * sizeof(*outputs->items));
	if (!apply_file(outputs, settings->file, err))
		return false;
	for (size_t i = 0; i < outputs->count; i++) {
		struct output *output = &outputs->items[i];

		output->file = file_or_stdout(output->file);
		if (!output->file && strcmp(output->format, "sqlite") == 0)
			return cli_fail(err, TFA_ERR_USAGE,
			    "a database is a file: --format sqlite=FILE");
		if (!check_place(outputs, i, err) ||
		    !check_inputs(output, &settings->arguments, err) ||
		    !check_inputs(output, &settings->policies, err) ||
		    !check_inputs(output, &settings->waivers, err) ||
		    !check_inputs(output, &settings->facts, err) ||
		    !check_inputs(output, &baseline, err))
			return false;
	}
	return true;
}

bool
outputs_open_one(struct outputs *outputs, const struct settings *settings,
    struct tfa_error *err)
{
	if (!outputs_open(outputs, settings, err))
		return false;
	return outputs->count == 1 ||
	    cli_fail(err, TFA_ERR_USAGE, "this command has one --format");
}

void
outputs_free(struct outputs *outputs)
{
	free(outputs->items);
	*outputs = (struct outputs){0};
}
