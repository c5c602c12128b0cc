/*
 * Run a command several times: the best wall time in milliseconds and the
 * largest resident set in KiB of the command and what it starts.
 *
 *	measure TIMES COMMAND [ARGUMENT]...
 *
 * A command may end with 0 or 1; anything else is an error.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double
run_once(char **argv)
{
	double begin = now_ms();
	int status, null;
	pid_t child = fork();

	if (child == 0) {
		null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "measure: %s failed\n", argv[0]);
		exit(1);
	}
	return now_ms() - begin;
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	double best = 0, time;

	if (argc < 3)
		return 2;
	for (int i = atoi(argv[1]); i > 0; i--) {
		time = run_once(argv + 2);
		if (best <= 0 || time < best)
			best = time;
	}
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.1f %ld\n", best, usage.ru_maxrss);
	return 0;
}
