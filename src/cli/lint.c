/* The command that reads policies and says what is wrong in them. */
#include <string.h>

#include "cli/command.h"
#include "cli/file.h"

struct linting {
	struct tfa_policies *policies;
	struct tfa_lint_options options;
	size_t errors, warnings;
};

static bool
write_lint(void *ctx, FILE *out, struct tfa_error *err)
{
	struct linting *linting = ctx;

	return tfa_lint_write(linting->policies, &linting->options, out,
	    &linting->errors, &linting->warnings, err);
}

static bool
run_lint(struct linting *linting, const struct outputs *outputs,
    const struct cli_io *io, struct tfa_error *err)
{
	const char *file = outputs->items[0].file;

	linting->options.format = outputs->items[0].format;
	if (outputs->count > 1)
		return cli_fail(err, TFA_ERR_USAGE, "lint has one --format");
	if (file)
		return report_file_write(file, write_lint, linting, err);
	return write_lint(linting, io->out, err) ||
	    (ferror(io->out) && err->code == TFA_ERR_REPORT);
}

int
command_lint(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	struct tfa_error err = {0};
	struct outputs outputs = {0};
	struct linting linting = {.options = {.paths = arguments->items,
				      .path_count = arguments->count,
				      .allow = settings->classes.items,
				      .allow_count = settings->classes.count,
				      .schema = settings->schema,
				      .setting = setting_check,
				      .color = color_wanted(settings, io,
					  settings->file)}};
	char now[32];
	bool ok = arguments->count > 0 ||
	    cli_fail(&err, TFA_ERR_USAGE, "which files? tfassay lint FILE...");

	linting.options.now = settings->options.as_of ? settings->options.as_of
						      : time_now(now);
	ok = ok && outputs_open(&outputs, settings, &err);
	if (ok)
		linting.policies = policies_open(settings, io, &err);
	ok = ok && linting.policies && run_lint(&linting, &outputs, io, &err);
	tfa_policies_free(linting.policies);
	outputs_free(&outputs);
	if (!ok)
		return usage_error(io, "lint", &err);
	if (linting.errors)
		return STATUS_USAGE;
	return settings->strict && linting.warnings ? STATUS_FAIL
						    : STATUS_PASS;
}
