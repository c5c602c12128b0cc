/*
 * Every option of every command, in one table from which parsing, the help and
 * the check of the manual come.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include "cli/text.h"

/* Bits of the commands that an option belongs to. */
enum {
	COMMAND_CHECK = 1,
	COMMAND_EXPLAIN = 2,
	COMMAND_LIST = 4,
	COMMAND_VERSION = 8,
	COMMAND_HELP = 16,
	COMMAND_TEST = 32,
	COMMAND_LINT = 64,
	COMMAND_REDACT = 256,
	COMMAND_INSPECT = 128,
	COMMAND_SCHEMA = 512,
	COMMAND_INIT = 1024,
	COMMAND_FIXTURE = 2048,
	COMMAND_COMPLETION = 4096,
	COMMAND_REPLAY = 1 << 16,
	COMMAND_MERGE = 1 << 17,
	COMMAND_DIFF = 1 << 18,
	COMMAND_CONVERT = 1 << 19,
	COMMAND_ATTEST = 1 << 20,
	COMMAND_VERIFY = 1 << 21,
};

enum option_group {
	GROUP_POLICIES,
	GROUP_SCOPE,
	GROUP_GATE,
	GROUP_REPLAY,
	GROUP_OUTPUT,
	GROUP_LIMITS,
	GROUP_GENERAL,
	GROUP_COUNT,
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct output {
	const char *format;
	const char *file; /* NULL: standard output */
};

struct chosen;

/* What a command line says.  Texts are borrowed from it or from copies. */
struct settings {
	struct texts arguments;
	struct texts policies, set, controls, frameworks, profiles, enforce;
	struct texts waivers, facts;
	const char *baseline, *schema;
	struct output *outputs;
	size_t output_count;
	const char *file; /* of -o */
	struct tfa_options options;
	struct tfa_report_style style;
	unsigned color; /* enum color */
	bool no_builtin, all, verbose, help;
	const char *url; /* of attest */
	bool sums;
	bool coverage, mutate, strict, force, print_test;
	struct texts classes; /* of --allow of lint */
	size_t jobs;
	const char *shard, *root;
	bool resume;
	bool show_config, no_config;
	struct chosen *chosen;
	size_t chosen_count;
	struct tfa_setting_origin *origins;
	char **copies;
	size_t copy_count;
};

struct option;

/* An option that has been set, and by what. */
struct chosen {
	const struct option *option;
	const char *value;
	const char *origin; /* "command line", "TFASSAY_FAIL_ON", "FILE:3" */
};

/* value is NULL where the option takes none. */
typedef bool option_set(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err);

/* A word that may stand behind an option, and what it sets. */
struct word {
	const char *name;
	unsigned value;
};

struct option {
	const char *name; /* "--format" */
	char letter;	  /* 'q' for "-q", or 0 */
	const char *metavar; /* NULL: takes no value */
	enum option_group group;
	unsigned commands;
	option_set *set;
	size_t offset; /* of what it sets in struct settings */
	const struct word *words; /* ends with a name of NULL; or NULL */
	const char *help;
};

/* Ends with a name of NULL. */
extern const struct option cli_options[];

/* Exactly one of its words, and no list of them. */
bool option_takes_word(const struct option *option);
/* May it be set other than by a word? */
bool option_is_setting(const struct option *option);

/*
 * Read the words behind the command.  Settings start zeroed and are to be
 * released with settings_free even after a failure, which is TFA_ERR_USAGE or
 * TFA_ERR_NOMEM.
 */
bool settings_read(struct settings *settings, unsigned command,
    char *const *words, size_t count, struct tfa_error *err);
/*
 * Set what no word has set from the environment, the project's file and the
 * user's.
 */
struct cli_io;
bool settings_configure(struct settings *settings, unsigned command,
    const struct cli_io *io, struct tfa_error *err);
/* Is it one that a file may hold? */
bool setting_check(
    void *ctx, const struct tfa_setting *setting, struct tfa_error *err);
/* Every option of the command with its value and where that came from. */
void settings_show(
    const struct settings *settings, unsigned command, FILE *out);
/* What several options say together, when all have been read. */
bool settings_settle(struct settings *settings, struct tfa_error *err);
bool settings_choose(struct settings *settings, const struct option *option,
    const char *value, const char *origin, struct tfa_error *err);
void settings_free(struct settings *settings);

/* A copy that lives as long as the settings; NULL with *err set. */
char *settings_keep(struct settings *settings, const char *text, size_t len,
    struct tfa_error *err);

#endif
