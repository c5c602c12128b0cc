/* The command that reads policies and says what is wrong in them. */

#include "cli/command.h"

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
	ok = ok && outputs_open_one(&outputs, settings, &err);
	if (ok) {
		linting.options.format = outputs.items[0].format;
		linting.policies = policies_open(settings, io, &err);
	}
	ok = ok && linting.policies &&
	    output_put(
		outputs.items[0].file, write_lint, &linting, io, &err);
	tfa_policies_free(linting.policies);
	outputs_free(&outputs);
	if (!ok)
		return usage_error(io, "lint", &err);
	if (linting.errors)
		return STATUS_USAGE;
	return settings->strict && linting.warnings ? STATUS_FAIL
						    : STATUS_PASS;
}
