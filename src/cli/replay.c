/*
 * The commands over many saved plans: the work is the library's, here are what
 * it is asked for, where it goes, and what people see meanwhile.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/file.h"
#include "cli/shard.h"

struct replaying {
	const struct settings *settings;
	const struct cli_io *io;
	struct tfa_replay_options options;
	struct tfa_replay_setting *chosen;
	struct tfa_replay_counts counts;
	const char *file; /* NULL: standard output */
	double begun, said; /* seconds */
	bool shown;	    /* a line of progress stands on the terminal */
};

/* --- Progress --- */

static double
seconds(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
show_progress(void *ctx, const struct tfa_replay_counts *counts)
{
	struct replaying *replaying = ctx;
	double now = seconds();

	if (now - replaying->begun < 1 || now - replaying->said < 0.2)
		return;
	replaying->said = now;
	replaying->shown = true;
	fprintf(replaying->io->err, "\r\033[K%zu of %zu plans, %zu refused",
	    counts->done, counts->listed, counts->refused);
	fflush(replaying->io->err);
}

static bool
is_watched(const struct cli_io *io)
{
	int fd = fileno(io->err);

	return fd >= 0 && isatty(fd) && !io->env("CI");
}

static void
say_end(const struct replaying *replaying)
{
	const struct tfa_replay_counts *counts = &replaying->counts;
	FILE *err = replaying->io->err;

	if (replaying->settings->style.quiet)
		return;
	fprintf(err, "tfassay: %zu plans: %zu judged, %zu refused",
	    counts->listed, counts->listed - counts->refused, counts->refused);
	if (counts->reused)
		fprintf(err, "; %zu of them taken over from an earlier run",
		    counts->reused);
	if (replaying->file) {
		fputs("; written to ", err);
		cli_put(err, replaying->file);
	}
	fputc('\n', err);
}

/* --- What is asked for --- */

/* Options that say what is judged and how; the others are of this process. */
static bool
is_recorded(const struct option *option)
{
	return option->group == GROUP_POLICIES ||
	    option->group == GROUP_SCOPE || option->group == GROUP_GATE ||
	    option->group == GROUP_LIMITS ||
	    strcmp(option->name, "--show") == 0 ||
	    strcmp(option->name, "--all") == 0;
}

static bool
set_chosen(struct replaying *replaying, struct tfa_error *err)
{
	const struct settings *settings = replaying->settings;
	size_t count = 0;

	replaying->chosen =
	    calloc(settings->chosen_count + 1, sizeof(*replaying->chosen));
	if (!replaying->chosen)
		return cli_nomem(err);
	for (size_t i = 0; i < settings->chosen_count; i++) {
		const struct chosen *chosen = &settings->chosen[i];

		if (!is_recorded(chosen->option))
			continue;
		replaying->chosen[count++] = (struct tfa_replay_setting){
		    chosen->option->name + 2,
		    chosen->value ? chosen->value : "true", chosen->origin};
	}
	replaying->options.settings = replaying->chosen;
	replaying->options.setting_count = count;
	return true;
}

static size_t
default_jobs(const struct tfa_replay_options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return options->shards || processors < 1 ? 1 : (size_t)processors;
}

static const char *
output_name(const char *file)
{
	return file && strcmp(file, "-") != 0 ? file : NULL;
}

static bool
check_file(const char *file, const struct texts *inputs, struct tfa_error *err)
{
	for (size_t i = 0; file && i < inputs->count; i++) {
		if (file_same(file, inputs->items[i]))
			return cli_fail(err, TFA_ERR_USAGE,
			    "%s would be replaced by the result of it",
			    inputs->items[i]);
	}
	return true;
}

static bool
check_output(const struct replaying *replaying, struct tfa_error *err)
{
	const struct settings *settings = replaying->settings;

	if (settings->resume && !replaying->file)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--resume needs --output FILE: what goes to standard "
		    "output is not kept");
	return check_file(replaying->file, &settings->arguments, err) &&
	    check_file(replaying->file, &settings->policies, err) &&
	    check_file(replaying->file, &settings->waivers, err) &&
	    check_file(replaying->file, &settings->facts, err);
}

static bool
set_options(struct replaying *replaying, struct tfa_error *err)
{
	const struct settings *settings = replaying->settings;
	struct tfa_replay_options *options = &replaying->options;

	if (!arguments_check(settings, 1, "a folder of plans, or a list,", err))
		return false;
	*options = (struct tfa_replay_options){.judge = &settings->options,
	    .show = settings->style.show,
	    .plans = settings->arguments.items[0],
	    .in = replaying->io->in,
	    .root = settings->root,
	    .resume = settings->resume};
	if (settings->shard &&
	    !shard_read(&options->shard, &options->shards, settings->shard,
		replaying->io, err))
		return false;
	options->jobs =
	    settings->jobs ? settings->jobs : default_jobs(options);
	if (is_watched(replaying->io)) {
		options->progress = show_progress;
		options->ctx = replaying;
	}
	replaying->file = output_name(settings->file);
	return check_output(replaying, err) && set_chosen(replaying, err);
}

/* A reader that leaves ends the run; whether all was written comes last. */
static int
settle(const struct replaying *replaying, const struct tfa_error *err)
{
	cli_diagnose(replaying->io->err, NULL, err);
	return tfa_error_status(err);
}

static int
replay(struct replaying *replaying, const struct tfa_policies *policies)
{
	struct tfa_error err = {0};
	bool ok;

	replaying->begun = seconds();
	ok = tfa_replay_write(policies, &replaying->options, replaying->file,
	    replaying->io->out, &replaying->counts, &err);
	if (replaying->shown)
		fputs("\r\033[K", replaying->io->err);
	if (!ok && err.code == TFA_ERR_USAGE)
		return usage_error(replaying->io, "replay", &err);
	if (!ok)
		return settle(replaying, &err);
	say_end(replaying);
	return replaying->counts.status;
}

int
command_replay(const struct settings *settings, const struct cli_io *io)
{
	struct replaying replaying = {.settings = settings, .io = io};
	struct tfa_policies *policies = NULL;
	struct tfa_error err = {0};
	int status;

	if (set_options(&replaying, &err))
		policies = policies_open(settings, io, &err);
	status = policies ? replay(&replaying, policies)
			  : usage_error(io, "replay", &err);
	tfa_policies_free(policies);
	free(replaying.chosen);
	return status;
}

/* --- Merging --- */

struct merging {
	const struct texts *files;
	int status;
};

static bool
write_merged(void *ctx, FILE *out, struct tfa_error *err)
{
	struct merging *merging = ctx;

	return tfa_replay_merge(merging->files->items, merging->files->count,
	    out, &merging->status, err);
}

/* Every shard is open at the same time. */
static void
raise_files(void)
{
	struct rlimit most;

	if (getrlimit(RLIMIT_NOFILE, &most) == 0) {
		most.rlim_cur = most.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &most);
	}
}

int
command_merge(const struct settings *settings, const struct cli_io *io)
{
	struct merging merging = {&settings->arguments, STATUS_INTERNAL};
	const char *file = output_name(settings->file);
	struct tfa_error err = {0};
	bool ok;

	raise_files();
	ok = check_file(file, merging.files, &err) &&
	    (file ? report_file_write(file, write_merged, &merging, &err)
		  : write_merged(&merging, io->out, &err));
	return ok ? merging.status : usage_error(io, "merge", &err);
}

/* --- Comparing --- */

struct comparing {
	const char *old, *new, *format;
	int status;
};

static bool
write_diff(void *ctx, FILE *out, struct tfa_error *err)
{
	struct comparing *comparing = ctx;

	return tfa_replay_diff(comparing->old, comparing->new,
	    comparing->format, out, &comparing->status, err);
}

static bool
compare(struct comparing *comparing, const struct outputs *outputs,
    const struct cli_io *io, struct tfa_error *err)
{
	const char *file = outputs->items[0].file;

	comparing->format = outputs->items[0].format;
	if (outputs->count > 1)
		return cli_fail(err, TFA_ERR_USAGE, "diff has one --format");
	return file ? report_file_write(file, write_diff, comparing, err)
		    : write_diff(comparing, io->out, err);
}

int
command_diff(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	struct comparing comparing = {.status = STATUS_INTERNAL};
	struct outputs outputs = {0};
	struct tfa_error err = {0};
	bool ok = arguments_check(settings, 2,
		      "one of the two results, tfassay diff OLD NEW,", &err) &&
	    outputs_open(&outputs, settings, &err);

	if (ok) {
		comparing.old = arguments->items[0];
		comparing.new = arguments->items[1];
		ok = compare(&comparing, &outputs, io, &err);
	}
	outputs_free(&outputs);
	return ok ? comparing.status : usage_error(io, "diff", &err);
}
