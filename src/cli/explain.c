/* The command that says what a control means. */
#include "cli/command.h"

int
command_explain(const struct settings *settings, const struct cli_io *io)
{
	struct tfa_error err = {0};
	struct tfa_policies *policies = NULL;
	bool ok = arguments_check(settings, 1, "the control's id", &err);

	if (ok)
		policies = policies_open(settings, io, &err);
	ok = policies &&
	    tfa_explain_write(policies, settings->arguments.items[0],
		color_wanted(settings, io, NULL), io->out, &err);
	tfa_policies_free(policies);
	if (ok || (ferror(io->out) && err.code == TFA_ERR_REPORT))
		return STATUS_PASS;
	return usage_error(io, "explain", &err);
}
