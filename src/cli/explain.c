/*
 * The command that says what a control means, or how the verdicts on one
 * resource of a plan came to be: the number of arguments tells which.
 */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

static bool
explain_control(const struct settings *settings, const struct cli_io *io,
    struct tfa_error *err)
{
	const char *id = settings->arguments.items[0];
	struct tfa_policies *policies;
	bool ok;

	if (settings->output_count || settings->file)
		return cli_fail(err, TFA_ERR_USAGE,
		    "a control is explained as text, on standard output; "
		    "tfassay list controls --format json is for programs");
	if (access(id, F_OK) == 0)
		return cli_fail(err, TFA_ERR_USAGE,
		    "\"%s\" is a file: which resource of it? tfassay explain "
		    "PLAN ADDRESS",
		    id);
	policies = policies_open(settings, io, err);
	ok = policies &&
	    tfa_explain_write(policies, id, color_wanted(settings, io, NULL),
		io->out, err);
	tfa_policies_free(policies);
	return ok;
}

int
command_explain(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	struct tfa_error err = {0};
	bool ok;

	if (arguments->count < 2) {
		ok = arguments_check(
			 settings, 1, "the control's id", &err) &&
		    explain_control(settings, io, &err);
		if (ok || (ferror(io->out) && err.code == TFA_ERR_REPORT))
			return STATUS_PASS;
		return usage_error(io, "explain", &err);
	}
	if (!arguments_check(settings, arguments->count > 2 ? 3 : 2,
		"the address or the control", &err))
		return usage_error(io, "explain", &err);
	return view_plan(settings, io, "explain", arguments->items[1],
	    arguments->count > 2 ? arguments->items[2] : NULL, true);
}
