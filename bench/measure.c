/*
 * Run commands in turn, several times each: for every one a line with its best
 * wall time in milliseconds, the largest resident set in KiB, and the least time
 * of processors in milliseconds.
 *
 *	measure TIMES -- COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...
 *
 * A command may end with 0 or 1; anything else is an error.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MOST = 16 };

struct command {
	char **argv;
	double best, cpu;
	long kib;
};

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double
seconds_of(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

static void
run_once(struct command *command)
{
	double begin = now_ms(), time;
	struct rusage usage;
	int status, null;
	pid_t child = fork();

	if (child == 0) {
		null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		execvp(command->argv[0], command->argv);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child ||
	    !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "measure: %s failed\n", command->argv[0]);
		exit(1);
	}
	time = now_ms() - begin;
	if (command->best <= 0 || time < command->best)
		command->best = time;
	time = seconds_of(&usage.ru_utime) + seconds_of(&usage.ru_stime);
	if (command->cpu <= 0 || time * 1e3 < command->cpu)
		command->cpu = time * 1e3;
	if (usage.ru_maxrss > command->kib)
		command->kib = usage.ru_maxrss;
}

int
main(int argc, char **argv)
{
	struct command commands[COMMANDS_MOST] = {0};
	int count = 0;

	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--") != 0)
			continue;
		if (count == COMMANDS_MOST)
			return 2;
		commands[count++].argv = &argv[i + 1];
		argv[i] = NULL;
	}
	if (count == 0)
		return 2;
	for (int i = atoi(argv[1]); i > 0; i--) {
		for (int j = 0; j < count; j++)
			run_once(&commands[j]);
	}
	for (int j = 0; j < count; j++)
		printf("%.1f %ld %.1f\n", commands[j].best, commands[j].kib,
		    commands[j].cpu);
	return 0;
}
