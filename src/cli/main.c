#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

int
main(int argc, char **argv)
{
	struct cli_io io = {STDIN_FILENO, stdout, stderr, false, getenv};

	if (!cli_prepare())
		return STATUS_INTERNAL;
	io.terminal = isatty(STDOUT_FILENO) == 1;
	return cli_run(argc, argv, &io);
}
