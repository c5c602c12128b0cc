/* The command that says what this build is. */
#include "cli/command.h"

static void
put_format(
    void *ctx, const char *name, const char *help, const char *media_type)
{
	(void)help;
	(void)media_type;
	fprintf(ctx, " %s", name);
}

int
command_version(const struct settings *settings, const struct cli_io *io)
{
	struct tfa_error err = {0};

	if (!arguments_check(settings, 0, "nothing", &err))
		return usage_error(io, "version", &err);
	fprintf(io->out, "tfassay %s\nformats:", TFA_VERSION);
	tfa_format_each(put_format, io->out);
	fputs("\ninput: json gzip zstd\n", io->out);
	return STATUS_PASS;
}
