/* The command line: one run of the tool, on streams that the caller gives. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

struct cli_io {
	int in;		 /* the descriptor that a plan named "-" is read from */
	FILE *out, *err; /* results; everything else */
	bool terminal;	 /* out is one */
	char *(*env)(const char *name); /* as getenv */
};

/* Exit statuses of the contract. */
enum {
	STATUS_PASS = 0,
	STATUS_FAIL = 1,
	STATUS_USAGE = 2,
	STATUS_PLAN = 3,
	STATUS_UNDECIDED = 4,
	STATUS_REPORT = 5,
	STATUS_INTERNAL = 6,
};

/* The graver of two statuses: 6, 3, 5, 2, 1, 4, 0. */
int status_graver(int a, int b);

/*
 * argv[0] is the name of the tool.  Gives the exit status, which is 0 only when
 * everything that was asked for has been written and flushed.
 */
int cli_run(int argc, char *const *argv, const struct cli_io *io);

/*
 * What a process owes its environment before the first file is opened: no
 * closed standard descriptors (a report must not become one of them), no
 * SIGPIPE, no core dump with a plan in it.  False if that cannot be had.
 */
bool cli_prepare(void);

#endif
