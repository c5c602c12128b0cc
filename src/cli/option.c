/*
 * The option table and its setters.  A row says which member of the settings it
 * fills and with which setter, so that a new option is a new row.
 */
#include "cli/option.h"

#include <stdlib.h>
#include <string.h>

/* --- Setters --- */

static void *
member(struct settings *settings, const struct option *option)
{
	return (char *)settings + option->offset;
}

static bool
set_flag(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	bool *flag = member(settings, option);

	(void)value;
	(void)err;
	*flag = true;
	return true;
}

static bool
refuse_empty(const struct option *option, struct tfa_error *err)
{
	return cli_fail(err, TFA_ERR_USAGE, "%s needs a %s, not an empty text",
	    option->name, option->metavar);
}

static bool
set_text(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	const char **text = member(settings, option);

	if (!value[0])
		return refuse_empty(option, err);
	*text = value;
	return true;
}

static bool
add_text(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	if (!value[0])
		return refuse_empty(option, err);
	return texts_add(member(settings, option), value, err);
}

/* The next item of a comma list; *list moves behind it, to NULL at the end. */
static const char *
next_item(struct settings *settings, const struct option *option,
    const char **list, struct tfa_error *err)
{
	size_t len = strcspn(*list, ",");
	const char *item = *list;

	if (len == 0) {
		refuse_empty(option, err);
		return NULL;
	}
	*list = item[len] ? item + len + 1 : NULL;
	return settings_keep(settings, item, len, err);
}

/* The word's row; NULL with *err set where there is none. */
static const struct word *
find_word(
    const struct option *option, const char *value, struct tfa_error *err)
{
	struct guess guess = {.text = value};
	char what[64];

	for (const struct word *word = option->words; word->name; word++) {
		if (strcmp(word->name, value) == 0)
			return word;
		guess_offer(&guess, word->name);
	}
	snprintf(what, sizeof(what), "%s for %s", option->metavar,
	    option->name);
	cli_unknown(err, what, &guess);
	return NULL;
}

/* A comma list, of words where the option has some, kept as texts. */
static bool
add_list(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	const char *item;

	while (value) {
		item = next_item(settings, option, &value, err);
		if (!item ||
		    (option->words && !find_word(option, item, err)) ||
		    !texts_add(member(settings, option), item, err))
			return false;
	}
	return true;
}

/* One word, kept as the number that it stands for. */
static bool
set_word(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	const struct word *word = find_word(option, value, err);
	unsigned *number = member(settings, option);

	if (!word)
		return false;
	*number = word->value;
	return true;
}

/* One word, kept as text. */
static bool
set_name(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	return find_word(option, value, err) &&
	    set_text(settings, option, value, err);
}

static bool
set_bits(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	unsigned *bits = member(settings, option);
	const char *item;
	const struct word *word;

	while (value) {
		item = next_item(settings, option, &value, err);
		word = item ? find_word(option, item, err) : NULL;
		if (!word)
			return false;
		*bits |= word->value;
	}
	return true;
}

bool
option_takes_word(const struct option *option)
{
	return option->set == set_word || option->set == set_name;
}

bool
option_is_setting(const struct option *option)
{
	return strcmp(option->name, "--help") != 0 &&
	       strcmp(option->name, "--no-config") != 0 &&
	       strcmp(option->name, "--show-config") != 0;
}

/* Digits, then perhaps K, M or G for powers of 1024; not zero. */
static bool
read_size(uint64_t *out, const char *text)
{
	static const char units[] = "KMG";
	const char *unit;
	uint64_t size = 0;

	if (!*text)
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		if (size > (UINT64_MAX >> 30) / 10 - 1)
			return false;
		size = size * 10 + (uint64_t)(*text - '0');
	}
	if (*text) {
		unit = strchr(units, *text);
		if (!unit || text[1])
			return false;
		size <<= 10 * (unit - units + 1);
	}
	*out = size;
	return size > 0;
}

static bool
read_limit(uint64_t *out, const struct option *option, const char *value,
    struct tfa_error *err)
{
	return read_size(out, value) ||
	    cli_fail(err, TFA_ERR_USAGE,
		"%s needs a number above 0, such as 64, 10K, 20M or 1G, not "
		"\"%s\"",
		option->name, value);
}

static bool
set_long(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	return read_limit(member(settings, option), option, value, err);
}

static bool
set_size(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	size_t *size = member(settings, option);
	uint64_t number = 0;

	if (!read_limit(&number, option, value, err))
		return false;
	*size = number > SIZE_MAX ? SIZE_MAX : (size_t)number;
	return true;
}

/* "d" stands for a digit. */
static bool
looks_like(const char *text, const char *mask)
{
	for (; *mask; text++, mask++) {
		if (*mask == 'd' ? *text < '0' || *text > '9' : *text != *mask)
			return false;
	}
	return true;
}

/* A day, or an RFC 3339 time; the engine compares, it does not check. */
static bool
is_date(const char *text)
{
	size_t len = strlen(text);

	if (!looks_like(text, "dddd-dd-dd") || memcmp(text + 5, "00", 2) == 0 ||
	    memcmp(text + 5, "12", 2) > 0 || memcmp(text + 8, "00", 2) == 0 ||
	    memcmp(text + 8, "31", 2) > 0)
		return false;
	if (len == 10)
		return true;
	if (!looks_like(text + 10, "Tdd:dd:dd"))
		return false;
	text += 19;
	if (*text == '.') {
		text++;
		text += strspn(text, "0123456789");
	}
	if (strcmp(text, "Z") == 0)
		return true;
	return (looks_like(text, "+dd:dd") || looks_like(text, "-dd:dd")) &&
	    strlen(text) == 6;
}

static bool
set_date(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	if (is_date(value))
		return set_text(settings, option, value, err);
	return cli_fail(err, TFA_ERR_USAGE,
	    "%s needs a date such as 2026-01-31 or 2026-01-31T12:00:00Z, "
	    "not \"%s\"",
	    option->name, value);
}

/* The plan's own time is what there is without a date. */
static bool
set_plan_or_date(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	return strcmp(value, "plan") == 0 ||
	    set_date(settings, option, value, err);
}

static bool
add_enforce(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	const char *mode = strrchr(value, '=');

	if (!mode || mode == value)
		return cli_fail(err, TFA_ERR_USAGE,
		    "%s needs CONTROL=block, =warn or =audit, not \"%s\"",
		    option->name, value);
	return find_word(option, mode + 1, err) &&
	    add_text(settings, option, value, err);
}

static void
offer_format(
    void *ctx, const char *name, const char *help, const char *media_type)
{
	(void)help;
	(void)media_type;
	guess_offer(ctx, name);
}

/* FORMAT or FORMAT=FILE, whose format has been found good. */
static bool
keep_output(struct settings *settings, const struct option *option,
    const char *name, const char *file, struct tfa_error *err)
{
	struct output *outputs;

	if (file && !file[0])
		return refuse_empty(option, err);
	outputs = realloc(settings->outputs,
	    (settings->output_count + 1) * sizeof(*outputs));
	if (!outputs)
		return cli_nomem(err);
	settings->outputs = outputs;
	outputs[settings->output_count++] = (struct output){name, file};
	return true;
}

static bool
add_output(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	size_t len = strcspn(value, "=");
	const char *file = value[len] ? value + len + 1 : NULL;
	char *name = settings_keep(settings, value, len, err);
	struct guess guess = {.text = name};

	if (!name)
		return false;
	tfa_format_each(offer_format, &guess);
	if (!guess.best || guess.distance > 0)
		return cli_unknown(err, "format", &guess);
	return keep_output(settings, option, name, file, err);
}

static bool
add_test_output(struct settings *settings, const struct option *option,
    const char *value, struct tfa_error *err)
{
	size_t len = strcspn(value, "=");
	const char *file = value[len] ? value + len + 1 : NULL;
	char *name = settings_keep(settings, value, len, err);

	return name && find_word(option, name, err) &&
	    keep_output(settings, option, name, file, err);
}

/* --- The table --- */

static const struct word severities[] = {
    {"critical", 0},
    {"high",     0},
    {"medium",   0},
    {"low",	    0},
    {"info",	    0},
    {NULL,	    0},
};
static const struct word enforcements[] = {
    {"block", 0},
    {"warn",  0},
    {"audit", 0},
    {NULL,    0},
};
static const struct word changes[] = {
    {"introduced", TFA_INTRODUCED},
    {"existing",   TFA_EXISTING  },
    {"fixed",      TFA_FIXED	  },
    {"removed",    TFA_REMOVED   },
    {"clean",      TFA_CLEAN	  },
    {NULL,	      0		     },
};
static const struct word verdicts[] = {
    {"pass",    TFA_PASS   },
    {"fail",    TFA_FAIL   },
    {"unknown", TFA_UNKNOWN},
    {"waived",  TFA_WAIVED },
    {"error",   TFA_ERROR  },
    {NULL,	   0	     },
};
static const struct word allowances[] = {
    {"unknown",    TFA_ALLOW_UNKNOWN   },
    {"incomplete", TFA_ALLOW_INCOMPLETE},
    {"empty",      TFA_ALLOW_EMPTY	},
    {NULL,	      0			   },
};
static const struct word lint_formats[] = {
    {"text",   0},
    {"json",   0},
    {"github", 0},
    {NULL,	0},
};
static const struct word lint_kinds[] = {
    {"unset",	 0},
    {"empty",	 0},
    {"schema",   0},
    {"type",	 0},
    {"list",	 0},
    {"untested", 0},
    {"repeated", 0},
    {"constant", 0},
    {"single",   0},
    {"aged",	 0},
    {"number",   0},
    {NULL,	 0},
};
static const struct word test_formats[] = {
    {"text",  0},
    {"tap",   0},
    {"junit", 0},
    {"json",  0},
    {NULL,    0},
};
static const struct word view_formats[] = {
    {"text", 0},
    {"json", 0},
    {NULL,   0},
};
static const struct word colors[] = {
    {"auto",   COLOR_AUTO  },
    {"always", COLOR_ALWAYS},
    {"never",  COLOR_NEVER },
    {NULL,     0	     },
};

#define AT(member) offsetof(struct settings, member)
#define CHECK COMMAND_CHECK
#define EXPLAIN COMMAND_EXPLAIN
#define LIST COMMAND_LIST
#define TEST COMMAND_TEST
#define LINT COMMAND_LINT
#define REDACT COMMAND_REDACT
#define INSPECT COMMAND_INSPECT
#define SCHEMA COMMAND_SCHEMA
#define FIXTURE COMMAND_FIXTURE
#define REPLAY COMMAND_REPLAY
#define MERGE COMMAND_MERGE
#define DIFF COMMAND_DIFF
#define CONVERT COMMAND_CONVERT
#define ATTEST COMMAND_ATTEST
#define JUDGE (CHECK | REPLAY)
#define VIEW (EXPLAIN | INSPECT)
#define EVERY \
	(CHECK | VIEW | LIST | LINT | TEST | REDACT | SCHEMA | FIXTURE | \
	    CONVERT | ATTEST | COMMAND_VERIFY | \
	    COMMAND_COMPLETION | COMMAND_INIT | COMMAND_VERSION | \
	    COMMAND_HELP | REPLAY | MERGE | DIFF)

/* clang-format off */
const struct option cli_options[] = {
    {"--policies", 0, "PATH", GROUP_POLICIES,
	JUDGE | VIEW | LIST | LINT | TEST | REDACT | FIXTURE,
	add_text, AT(policies), NULL,
	"add the policy file, or all below the folder, to the built-in ones; "
	"may be repeated"},
    {"--waivers", 0, "FILE", GROUP_POLICIES, JUDGE | VIEW,
	add_text, AT(waivers), NULL,
	"what is accepted, by whom and until when; may be repeated"},
    {"--facts", 0, "FILE", GROUP_POLICIES, JUDGE | VIEW,
	add_text, AT(facts), NULL,
	"what is true outside of the plan, such as settings of the account; "
	"may be repeated"},
    {"--provider-schema", 0, "FILE", GROUP_POLICIES, LINT,
	set_text, AT(schema), NULL,
	"what terraform providers schema -json has printed: types and "
	"attributes are checked against it"},
    {"--import-skips", 0, NULL, GROUP_POLICIES, CHECK,
	set_flag, AT(options.import_skips), NULL,
	"with --source-root: comments on a block such as checkov:skip=ID, "
	"trivy:ignore:ID and tfsec:ignore:ID waive what the controls with that "
	"ID find there"},
    {"--no-builtin", 0, NULL, GROUP_POLICIES,
	JUDGE | VIEW | LIST | LINT | TEST | REDACT | FIXTURE,
	set_flag, AT(no_builtin), NULL,
	"leave the built-in controls and defaults out"},
    {"--set", 0, "[CONTROL.]NAME=VALUE", GROUP_POLICIES,
	JUDGE | VIEW | LIST | FIXTURE, add_text, AT(set), NULL,
	"the value of a parameter, as YAML, in every control that has one of "
	"that name or in the one that is named; may be repeated"},

    {"--control", 0, "ID", GROUP_SCOPE, JUDGE,
	add_list, AT(controls), NULL,
	"judge with these controls only; * and ? stand for any text and any "
	"character; a comma list, may be repeated"},
    {"--control", 0, "ID", GROUP_SCOPE, INSPECT,
	add_list, AT(controls), NULL,
	"show what these controls read; * and ? stand for any text and any "
	"character; a comma list, may be repeated"},
    {"--control", 0, "ID", GROUP_SCOPE, TEST,
	add_list, AT(controls), NULL,
	"run the tests of these controls only; * and ? stand for any text and "
	"any character; a comma list, may be repeated"},
    {"--coverage", 0, NULL, GROUP_SCOPE, TEST,
	set_flag, AT(coverage), NULL,
	"list the controls of which no test shows a pass, a failure, an "
	"unknown or an unset value"},
    {"--mutate", 0, NULL, GROUP_SCOPE, TEST,
	set_flag, AT(mutate), NULL,
	"change every condition and what tests say of every attribute, one at "
	"a time, and list the changes that no test notices"},
    {"--framework", 0, "NAME", GROUP_SCOPE, JUDGE,
	add_text, AT(frameworks), NULL,
	"judge with the controls of this framework only; may be repeated"},
    {"--severity", 0, "SEVERITY", GROUP_SCOPE, JUDGE,
	set_name, AT(options.severity), severities,
	"judge with controls of at least this severity: critical, high, "
	"medium, low or info"},
    {"--only", 0, "CLASS", GROUP_SCOPE, JUDGE,
	set_bits, AT(options.only), changes,
	"count and list only what this plan introduced, existing, fixed, "
	"removed or clean; a comma list"},
    {"--as-of", 0, "DATE", GROUP_SCOPE, LINT,
	set_date, AT(options.as_of), NULL,
	"the day to which the age of what was looked up is counted; today by "
	"default"},
    {"--as-of", 0, "DATE", GROUP_SCOPE, TEST,
	set_date, AT(options.as_of), NULL,
	"the day or RFC 3339 time that dates are judged by: 2026-01-01"},
    {"--as-of", 0, "DATE", GROUP_SCOPE, CHECK | VIEW,
	set_date, AT(options.as_of), NULL,
	"the day or RFC 3339 time that dates are judged by, instead of the "
	"plan's own timestamp"},
    {"--as-of", 0, "plan|DATE", GROUP_SCOPE, REPLAY,
	set_plan_or_date, AT(options.as_of), NULL,
	"judge each plan by its own timestamp, as is done without, or all by "
	"one day or RFC 3339 time"},
    {"--source-root", 0, "DIR", GROUP_SCOPE, CHECK,
	set_text, AT(options.source_root), NULL,
	"the folder of the plan's root module: findings are shown with the "
	"file and line of their block, or of the nearest module call in this "
	"repository; files are named from the current folder if DIR lies in "
	"it"},
    {"--no-cross-check", 0, NULL, GROUP_SCOPE, JUDGE | VIEW,
	set_flag, AT(options.no_cross_check), NULL,
	"do not refuse a plan whose planned_values and resource_changes "
	"disagree; the report says so"},
    {"--strict-joins", 0, NULL, GROUP_SCOPE, JUDGE | VIEW,
	set_flag, AT(options.strict_joins), NULL,
	"where only local values hide what an attribute refers to, do not take "
	"the one resource in question for it: such verdicts are unknown"},

    {"--profile", 0, "NAME", GROUP_GATE, JUDGE | LIST,
	add_text, AT(profiles), NULL,
	"which controls block: recommended (the default), strict (all), those "
	"of a framework, or what a policy file declares; may be repeated, see "
	"tfassay list profiles"},
    {"--fail-on", 0, "SEVERITY", GROUP_GATE, JUDGE,
	set_name, AT(options.fail_on), severities,
	"block only on failures of at least this severity"},
    {"--baseline", 0, "RESULT", GROUP_GATE, JUDGE,
	set_text, AT(baseline), NULL,
	"an earlier result (--format json): what it lists is listed again and "
	"marked as known, but does not block"},
    {"--enforce", 0, "ID=MODE", GROUP_GATE, JUDGE,
	add_enforce, AT(enforce), enforcements,
	"what a failure of the control does: block, warn or audit; may be "
	"repeated"},
    {"--allow", 0, "WHAT", GROUP_GATE, JUDGE,
	set_bits, AT(options.allow), allowances,
	"end with 0 rather than 4 for unknown verdicts, an incomplete plan or "
	"an empty one; a comma list"},
    {"--allow", 0, "KIND", GROUP_GATE, LINT,
	add_list, AT(classes), lint_kinds,
	"leave out warnings of this kind: unset, empty, schema, type, list, "
	"untested, repeated, constant, single, aged or number; a comma list"},
    {"--strict", 0, NULL, GROUP_GATE, LINT,
	set_flag, AT(strict), NULL,
	"end with 1 where there are warnings"},
    {"--force", 0, NULL, GROUP_GATE, REDACT | FIXTURE,
	set_flag, AT(force), NULL,
	"make the copy even if it is judged otherwise than the plan"},
    {"--exit-zero", 0, NULL, GROUP_GATE, JUDGE,
	set_flag, AT(options.exit_zero), NULL,
	"end with 0 rather than 1 or 4, and say so; errors keep their status"},

    {"--jobs", 'j', "N", GROUP_REPLAY, REPLAY,
	set_size, AT(jobs), NULL,
	"plans that are judged at the same time: the processors, or with "
	"--shard 1"},
    {"--shard", 0, "I/N", GROUP_REPLAY, REPLAY,
	set_text, AT(shard), NULL,
	"judge part I of N; auto takes both from Slurm, Grid Engine, MPI, "
	"Kubernetes, AWS Batch, Cloud Run, GitLab, CircleCI or Buildkite, and "
	"auto/N only I"},
    {"--root", 0, "DIR", GROUP_REPLAY, REPLAY,
	set_text, AT(root), NULL,
	"where the paths of a list begin; records do not name it"},
    {"--resume", 0, NULL, GROUP_REPLAY, REPLAY,
	set_flag, AT(resume), NULL,
	"take over from an earlier run to the same --output what has the same "
	"plan, policies and options"},

    {"--format", 0, "NAME[=FILE]", GROUP_OUTPUT, CHECK | LIST | CONVERT,
	add_output, AT(outputs), NULL,
	"what to print or to write to FILE, text by default; may be repeated, "
	"see tfassay list formats"},
    {"--format", 0, "NAME[=FILE]", GROUP_OUTPUT, TEST,
	add_test_output, AT(outputs), test_formats,
	"what to print or to write to FILE: text, tap, junit or json"},
    {"--format", 0, "NAME[=FILE]", GROUP_OUTPUT, LINT,
	add_test_output, AT(outputs), lint_formats,
	"what to print or to write to FILE: text, json or github"},
    {"--format", 0, "NAME[=FILE]", GROUP_OUTPUT, VIEW | DIFF,
	add_test_output, AT(outputs), view_formats,
	"what to print or to write to FILE: text or json"},
    {"--output", 'o', "FILE", GROUP_OUTPUT,
	JUDGE | VIEW | LIST | LINT | TEST | REDACT | SCHEMA | FIXTURE |
	    MERGE | DIFF | CONVERT | ATTEST, set_text, AT(file), NULL,
	"write the one report to FILE"},
    {"--sums", 0, NULL, GROUP_OUTPUT, ATTEST,
	set_flag, AT(sums), NULL,
	"write SHA256SUMS of the result and of the files that it names "
	"instead, for sha256sum -c"},
    {"--url", 0, "URL", GROUP_OUTPUT, ATTEST,
	set_text, AT(url), NULL,
	"where the run that judged can be looked at"},
    {"--test", 0, NULL, GROUP_OUTPUT, FIXTURE,
	set_flag, AT(print_test), NULL,
	"print the entry for a *_test.yaml file beside the fixture, with every "
	"verdict but passes"},
    {"--show", 0, "VERDICT", GROUP_OUTPUT, JUDGE | CONVERT,
	set_bits, AT(style.show), verdicts,
	"list these verdicts only: pass, fail, unknown, waived or error; a "
	"comma list"},
    {"--all", 0, NULL, GROUP_OUTPUT, JUDGE | TEST | CONVERT,
	set_flag, AT(all), NULL,
	"list passes too"},
    {"--summary-only", 0, NULL, GROUP_OUTPUT, CHECK | CONVERT,
	set_flag, AT(style.summary), NULL,
	"print counts without findings"},
    {"--quiet", 'q', NULL, GROUP_OUTPUT, JUDGE | CONVERT,
	set_flag, AT(style.quiet), NULL,
	"print findings without the closing line"},
    {"--comment-key", 0, "KEY", GROUP_OUTPUT, CHECK | CONVERT,
	set_text, AT(style.key), NULL,
	"markdown: what tells this comment from others of the same bot, such "
	"as the name of a stack"},
    {"--commit", 0, "SHA", GROUP_OUTPUT, CHECK | CONVERT,
	set_text, AT(style.commit), NULL,
	"markdown: the commit that the comment is about"},
    {"--max-comment-bytes", 0, "SIZE", GROUP_OUTPUT, CHECK | CONVERT,
	set_size, AT(style.max_bytes), NULL,
	"markdown: leave rows out and say so rather than be longer: 60000"},
    {"--color", 0, "WHEN", GROUP_OUTPUT,
	CHECK | VIEW | LINT | TEST | CONVERT,
	set_word, AT(color), colors,
	"auto, always or never; auto heeds NO_COLOR, CLICOLOR_FORCE, "
	"FORCE_COLOR and TERM, then asks whether the output is a terminal"},

    {"--max-depth", 0, "N", GROUP_LIMITS, JUDGE | VIEW,
	set_size, AT(options.limits.depth), NULL,
	"nested containers in a plan: 1024"},
    {"--max-plan-bytes", 0, "SIZE", GROUP_LIMITS, JUDGE | VIEW,
	set_long, AT(options.limits.plan_bytes), NULL,
	"a plan after decompression: 64G"},
    {"--max-value-bytes", 0, "SIZE", GROUP_LIMITS, JUDGE | VIEW,
	set_size, AT(options.limits.value_bytes), NULL,
	"one resource: 256M"},
    {"--max-ratio", 0, "N", GROUP_LIMITS, JUDGE | VIEW,
	set_long, AT(options.limits.ratio), NULL,
	"expansion of a compressed plan: 250"},
    {"--max-findings", 0, "N", GROUP_LIMITS, JUDGE | VIEW,
	set_size, AT(options.limits.findings), NULL,
	"findings listed in one report: 10000000"},
    {"--max-waiver-days", 0, "N", GROUP_LIMITS, JUDGE,
	set_size, AT(options.limits.waiver_days), NULL,
	"from a waiver's creation to its end: 366"},

    {"--verbose", 'v', NULL, GROUP_GENERAL, JUDGE | VIEW | LIST | CONVERT,
	set_flag, AT(verbose), NULL,
	"say on standard error what is being done"},
    {"--no-config", 0, NULL, GROUP_GENERAL, JUDGE | VIEW | LINT | TEST,
	set_flag, AT(no_config), NULL,
	"read neither TFASSAY_ variables nor .tfassay.yaml nor the user's "
	"file"},
    {"--show-config", 0, NULL, GROUP_GENERAL, JUDGE,
	set_flag, AT(show_config), NULL,
	"print every option with its value and where that came from, and "
	"judge nothing"},
    {"--help", 'h', NULL, GROUP_GENERAL, EVERY,
	set_flag, AT(help), NULL,
	"print this help"},
    {NULL, 0, NULL, GROUP_COUNT, 0, NULL, 0, NULL, NULL},
};
/* clang-format on */
