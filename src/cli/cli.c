/*
 * From words to a command to an exit status.  The status of a run is decided
 * here and nowhere else: a command reports what it found, and settle() lets it
 * stand only if everything that was printed has left the process.
 */
#include "cli/cli.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

/* clang-format off */
const struct command cli_commands[] = {
    {"check", "PLAN...", COMMAND_CHECK, command_check,
	"judge plans with the built-in controls and your own",
	"A plan is what \"terraform show -json PLANFILE\" prints: a file, a "
	"pipe, or - for standard input; .gz and .zst are read as they are.\n"
	"Several plans make one report, and the gravest of their statuses "
	"is the exit status.\n"
	"Limits take K, M and G for powers of 1024.",
	"terraform show -json plan.out | tfassay check -\n"
	"tfassay check --only introduced --format json=result.json plan.json\n"
	"tfassay check --policies controls/ --fail-on high a.json b.json.gz"},
    {"explain", "CONTROL | PLAN ADDRESS [CONTROL]", COMMAND_EXPLAIN,
	command_explain,
	"say what a control means, or how a verdict came to be",
	"With a plan and an address, each control that selects the resource "
	"is shown with every condition that it asked: what it looked at, in "
	"which state that is, where it comes from, and what the answer was.\n"
	"An address is one that Terraform prints, of a resource or of a module "
	"with several; put it in single quotes, because of its own quotes.",
	"tfassay explain ecr_repository_image_scan_on_push_enabled\n"
	"tfassay explain plan.json 'module.a[\"eu\"].aws_ecr_repository.b'"},
    {"inspect", "PLAN [ADDRESS]", COMMAND_INSPECT, command_inspect,
	"show what is judged as it is seen: values, states, origins",
	"Without an address, every resource with the attributes that controls "
	"read; with one, everything that it has.  What the plan marks as "
	"sensitive is not shown, nor any text but of words that controls "
	"compare with.",
	"tfassay inspect plan.json\n"
	"tfassay inspect --format json plan.json module.network"},
    {"list", "controls|profiles|frameworks|formats|operators|defaults",
	COMMAND_LIST, command_list,
	"list what there is, as text or JSON",
	"Controls are written as a page of Markdown too, with everything that "
	"they say.",
	"tfassay list controls\n"
	"tfassay list controls --format json\n"
	"tfassay list controls --format markdown --no-builtin --policies ours"},
    {"convert", "RESULT", COMMAND_CONVERT, command_convert,
	"write an earlier result in another format",
	"A RESULT is what --format json or ndjson has written, and each format "
	"comes out as the run that judged would have written it.  Those that "
	"list passes, such as sarif-archive and oscal, need a result of "
	"--all.\n"
	"A result that has been cut off or edited, so that its counts and its "
	"findings disagree, is refused with status 3.  What the result says is "
	"no matter of the status.\n"
	"A RESULT of replay can be appended to a database, each plan as a run, "
	"--format sqlite=FILE, or be made a page of what it came to over time, "
	"by control, requirement and module: --format html.",
	"tfassay check --format json=result.json plan.json\n"
	"tfassay convert --format markdown -o comment.md result.json\n"
	"tfassay convert --format html -o 2026.html 2026.ndjson"},
    {"attest", "RESULT", COMMAND_ATTEST, command_attest,
	"write a statement about a result, for others to sign",
	"An in-toto Statement v1 with the predicate test-result v0.1: its "
	"subjects are the plans, by their digests.  It is not signed.  A result "
	"of an evaluation that was not whole gives no statement but status 3.",
	"tfassay attest -o result.intoto.json result.json\n"
	"tfassay attest --sums -o SHA256SUMS result.json"},
    {"verify", "RESULT PLAN...", COMMAND_VERIFY, command_verify,
	"judge again, and compare with an earlier result",
	"The plans stand in the order of the result, wherever they are now; "
	"policies, waivers, facts and source are looked for where the result "
	"names them.\n"
	"Status 0: the same, byte for byte; 1: it differs, and how is shown; 2: "
	"a file that the result names cannot be used; 3: the result cannot be "
	"trusted.",
	"tfassay verify result.json plan.json"},
    {"redact", "PLAN", COMMAND_REDACT, command_redact,
	"copy a plan without its secrets",
	"Values that the plan marks as sensitive, and equal ones elsewhere, get "
	"other names in the copy, the same where they are equal.  Booleans and "
	"short numbers stay.\n"
	"The copy is judged as the plan is, or there is none.",
	"tfassay redact plan.json -o shared.json"},
    {"fixture", "PLAN ADDRESS", COMMAND_FIXTURE, command_fixture,
	"cut a plan down to one resource, for a test or a report",
	"The fixture is a plan without secrets that holds the resource, what "
	"its verdicts may depend on, and the configuration of both.  The "
	"resource is judged there as in the plan, with the same reasons, or "
	"there is no fixture.\n"
	"Put the address in single quotes, because of its own quotes.",
	"tfassay fixture plan.json 'aws_s3_bucket.logs[\"eu\"]' -o logs.json\n"
	"tfassay fixture --test -o b.json plan.json aws_s3_bucket.b "
	">b_test.yaml"},
    {"lint", "FILE...", COMMAND_LINT, command_lint,
	"say what is wrong in what you wrote, and what might be",
	"A FILE holds controls, tests (*_test.yaml), waivers, facts or settings "
	"(.tfassay.yaml), or is a folder of them.  Every error is told, with its "
	"place; warnings are about what is right but may be meant otherwise.\n"
	"Status 0: no error; 1: a warning, with --strict; 2: an error.",
	"tfassay lint controls/\n"
	"tfassay lint --strict --allow unset,untested controls/s3.yaml"},
    {"test", "[FILE...]", COMMAND_TEST, command_test,
	"run the tests of controls",
	"A FILE is a policy file, whose controls hold tests; a *_test.yaml "
	"file, which says what whole plans come to; or a folder of both.  "
	"Without any, the built-in controls are tested.\n"
	"Status 0: every test passed; 1: one did not; 2: a file cannot be "
	"used; 4: there was no test.",
	"tfassay test controls/\n"
	"tfassay test --coverage --mutate controls/s3.yaml\n"
	"tfassay test --format junit=tests.xml controls/"},
    {"replay", "DIR|LIST|-", COMMAND_REPLAY, command_replay,
	"judge many saved plans and record what each came to",
	"Every .json file below the folder, with .gz or .zst behind it too, or "
	"every path of a list, is judged for itself, in the order of their "
	"names.  A plan that cannot be judged is a record like any other.\n"
	"Records are lines of JSON: what was judged with, each plan and its "
	"findings, counts, and a digest that is the same on every day and "
	"machine.  With -o the file appears when it is whole.\n"
	"The gravest of the plans' statuses is the exit status.",
	"tfassay replay -o result.ndjson plans/\n"
	"tfassay replay --resume --jobs 8 -o result.ndjson plans/\n"
	"tfassay replay --shard 3/7 -o part3.ndjson plans/"},
    {"merge", "SHARD...", COMMAND_MERGE, command_merge,
	"make one result of the shards of a replay",
	"Every shard must be there once, whole, and of the same plans, "
	"policies and options.  The result is, byte for byte, what one process "
	"would have written.",
	"tfassay merge -o result.ndjson part*.ndjson"},
    {"diff", "OLD NEW", COMMAND_DIFF, command_diff,
	"compare two results: what fails now that did not",
	"Both are results of replay, or of check in the format json or ndjson.  "
	"Plans are paired by path, findings by control and address.  Of the same "
	"plans it shows what other controls would have blocked.\n"
	"Status 0: nothing blocks that did not; 1: something does.",
	"tfassay diff last-quarter.ndjson with-new-controls.ndjson\n"
	"tfassay diff --format json before.json after.json"},
    {"init", "[DIR]", COMMAND_INIT, command_init,
	"lay out a project: a control, its tests, waivers and settings",
	"The files are commented, and lint and test find nothing wrong with "
	"them.  What is there already is left alone.",
	"tfassay init policies"},
    {"schema", "controls|waivers|facts|config|result",
	COMMAND_SCHEMA,
	command_schema,
	"write a JSON Schema of a kind of file, for editors",
	"An editor that knows the schema completes keys and operators and marks "
	"what is wrong while it is written.  What hangs together across a file, "
	"such as a parameter that no condition asks for, is for tfassay lint.",
	"tfassay schema -o controls.schema.json controls"},
    {"completion", "bash|zsh|fish", COMMAND_COMPLETION, command_completion,
	"print the completion script of a shell",
	NULL,
	"source <(tfassay completion bash)\n"
	"tfassay completion zsh >~/.zfunc/_tfassay\n"
	"tfassay completion fish >~/.config/fish/completions/tfassay.fish"},
    {"version", "", COMMAND_VERSION, command_version,
	"print the version and the formats that this build can write",
	NULL, NULL},
    {"help", "[COMMAND]", COMMAND_HELP, command_help,
	"print the help of a command",
	NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const struct command *
command_find(const char *name, struct tfa_error *err)
{
	struct guess guess = {.text = name};

	for (const struct command *c = cli_commands; c->name; c++) {
		if (strcmp(c->name, name) == 0)
			return c;
	}
	for (const struct command *c = cli_commands; c->name; c++)
		guess_offer(&guess, c->name);
	cli_unknown(err, "command", &guess);
	return NULL;
}

int
status_graver(int a, int b)
{
	static const int rank[] = {[STATUS_PASS] = 0,
	    [STATUS_UNDECIDED] = 1,
	    [STATUS_FAIL] = 2,
	    [STATUS_USAGE] = 3,
	    [STATUS_REPORT] = 4,
	    [STATUS_PLAN] = 5,
	    [STATUS_INTERNAL] = 6};
	int known = (int)COUNTOF(rank);

	if (a < 0 || a >= known || b < 0 || b >= known)
		return STATUS_INTERNAL;
	return rank[a] > rank[b] ? a : b;
}

/* Has whoever read the output left? */
static bool
reader_left(FILE *out)
{
	struct pollfd state = {.fd = fileno(out), .events = POLLOUT};

	return state.fd >= 0 && poll(&state, 1, 0) > 0 &&
	    (state.revents & (POLLERR | POLLHUP));
}

/*
 * A failure stays a failure when its reader leaves early (head, grep -q), but
 * nothing else that was not read may look as if it were.
 */
static int
settle(int outcome, const struct cli_io *io)
{
	const char *reason = "not everything was written";

	errno = 0;
	if (fflush(io->out) != 0 && errno != 0)
		reason = strerror(errno);
	else if (!ferror(io->out))
		return outcome;
	if (reader_left(io->out))
		return outcome == STATUS_FAIL
		    ? STATUS_FAIL
		    : status_graver(outcome, STATUS_REPORT);
	fprintf(io->err, "tfassay: standard output: %s\n", reason);
	return status_graver(outcome, STATUS_REPORT);
}

int
usage_error(const struct cli_io *io, const char *command,
    const struct tfa_error *err)
{
	cli_diagnose(io->err, NULL, err);
	if (err->code == TFA_ERR_USAGE)
		fprintf(io->err, "tfassay: see tfassay %s%s--help\n",
		    command ? command : "", command ? " " : "");
	return tfa_error_status(err);
}

static int
run_command(const struct command *command, int argc, char *const *argv,
    const struct cli_io *io)
{
	struct settings settings = {0};
	struct tfa_error err = {0};
	int status = STATUS_PASS;

	if (!settings_read(&settings, command->bit, argv, (size_t)argc, &err) ||
	    !settings_configure(&settings, command->bit, io, &err) ||
	    !(settings.help || settings_settle(&settings, &err)))
		status = usage_error(io, command->name, &err);
	else if (settings.help)
		help_write(io->out, command);
	else if (settings.show_config)
		settings_show(&settings, command->bit, io->out);
	else
		status = command->run(&settings, io);
	settings_free(&settings);
	return status;
}

/* What stands in the place of a command, such as "--version". */
static int
run_first(const char *first, int argc, char *const *argv,
    const struct cli_io *io)
{
	static const struct {
		const char *alias, *name;
	} aliases[] = {
	    {"--help",    "help"   },
	    {"-h",        "help"   },
	    {"--version", "version"},
	    {"-V",        "version"},
	};
	const struct command *command;
	struct tfa_error err = {0};

	for (size_t i = 0; i < COUNTOF(aliases); i++) {
		if (strcmp(first, aliases[i].alias) == 0)
			first = aliases[i].name;
	}
	if (first[0] == '-' && first[1]) {
		cli_fail(&err, TFA_ERR_USAGE,
		    "options of a command stand behind it: tfassay check %s",
		    first);
		return usage_error(io, NULL, &err);
	}
	command = command_find(first, &err);
	if (command)
		return run_command(command, argc, argv, io);
	if (access(first, F_OK) == 0) {
		err = (struct tfa_error){0};
		cli_fail(&err, TFA_ERR_USAGE,
		    "\"%s\" is a file, not a command: tfassay check %s",
		    first, first);
	}
	return usage_error(io, NULL, &err);
}

int
cli_run(int argc, char *const *argv, const struct cli_io *io)
{
	struct tfa_error err = {0};
	int outcome = STATUS_INTERNAL;

	if (argc < 2) {
		cli_fail(&err, TFA_ERR_USAGE,
		    "what shall be done? Most often: tfassay check PLAN");
		outcome = usage_error(io, NULL, &err);
	} else {
		outcome = run_first(argv[1], argc - 2, argv + 2, io);
	}
	return settle(outcome, io);
}
