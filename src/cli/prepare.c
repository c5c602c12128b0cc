/* See cli_prepare. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"

/*
 * A closed descriptor is filled the wrong way round, so that using it still
 * fails: a report on a closed standard output must not count as written.
 */
static bool
fill_descriptor(int fd, int flags)
{
	if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
		return true;
	return open("/dev/null", flags) == fd;
}

bool
cli_prepare(void)
{
	const struct rlimit none = {0, 0};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	return fill_descriptor(STDIN_FILENO, O_WRONLY) &&
	    fill_descriptor(STDOUT_FILENO, O_RDONLY) &&
	    fill_descriptor(STDERR_FILENO, O_RDWR) &&
	    sigaction(SIGPIPE, &ignore, NULL) == 0 &&
	    setrlimit(RLIMIT_CORE, &none) == 0;
}
