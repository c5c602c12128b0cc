/* The commands: one file each, one table. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"
#include "cli/option.h"

/* Gives an exit status; what it says on io->err is one line a problem. */
typedef int command_run(
    const struct settings *settings, const struct cli_io *io);

struct command {
	const char *name;
	const char *arguments; /* "PLAN..." or "" */
	unsigned bit;	       /* COMMAND_... */
	command_run *run;
	const char *summary;
	const char *details; /* paragraphs, one a line; or NULL */
	const char *example; /* lines, each a command; or NULL */
};

/* Ends with a name of NULL. */
extern const struct command cli_commands[];

/* NULL with *err set where there is none. */
const struct command *command_find(const char *name, struct tfa_error *err);

command_run command_attest, command_check, command_completion,
    command_convert, command_diff, command_explain, command_fixture,
    command_init, command_inspect, command_lint, command_list, command_merge,
    command_redact, command_replay, command_schema, command_test,
    command_verify, command_version, command_help;

/* The page of one command, or of the tool where it is NULL. */
void help_write(FILE *out, const struct command *command);

/* Say what is wrong and where help is; gives the error's status. */
int usage_error(const struct cli_io *io, const char *command,
    const struct tfa_error *err);

/* Exactly count arguments, each not empty; else *err says what is missing. */
bool arguments_check(const struct settings *settings, size_t count,
    const char *what, struct tfa_error *err);

/*
 * Judge the plan and show what it has at the address ("": everything), or with
 * derive how verdicts on that came to be: of the one control, or NULL for all.
 * Gives the exit status.
 */
int view_plan(const struct settings *settings, const struct cli_io *io,
    const char *command, const char *address, const char *control, bool derive);

/* The time now, as options want it; NULL where there is none. */
const char *time_now(char out[32]);

/* Everything that the settings name.  NULL with *err set. */
struct tfa_policies *policies_open(const struct settings *settings,
    const struct cli_io *io, struct tfa_error *err);

/* Are escape sequences wanted in what goes to file (NULL: io->out)? */
bool color_wanted(const struct settings *settings, const struct cli_io *io,
    const char *file);

/*
 * What is printed where: standard output is a NULL file.  Without any the
 * format named first is printed.  Fails where two would go to one place.
 */
struct outputs {
	struct output *items;
	size_t count;
};

bool outputs_open(struct outputs *outputs, const struct settings *settings,
    struct tfa_error *err);
/* For commands that print one thing only. */
bool outputs_open_one(struct outputs *outputs,
    const struct settings *settings, struct tfa_error *err);
void outputs_free(struct outputs *outputs);

/*
 * Write to the file, or for NULL to standard output; whether that can be
 * written to is settled at the end.
 */
bool output_put(const char *file,
    bool (*write)(void *ctx, FILE *out, struct tfa_error *err), void *ctx,
    const struct cli_io *io, struct tfa_error *err);

/*
 * Write a report where it belongs; tell_people: text too, to standard output.
 * Gives the status that the writing itself ends with.
 */
int report_put(const struct tfa_report *report, const struct output *output,
    bool tell_people, const struct settings *settings,
    const struct cli_io *io);

/* Remove what an earlier run has written; a database is kept and appended to. */
void outputs_clear(const struct outputs *outputs);

/*
 * The result that the file holds ("-": the descriptor in).  NULL with *err set;
 * kept, where it is not NULL, gets its bytes in new memory.
 */
struct bytes {
	char *ptr;
	size_t len, cap;
};
struct tfa_result *result_open(const char *path, int in, struct bytes *kept,
    struct tfa_error *err);

/* "tfassay: <text>" on io->err if --verbose was given. */
void verbose(const struct settings *settings, const struct cli_io *io,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
