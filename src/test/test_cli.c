/*
 * The command line from outside: words in, status and texts out.  Runs use
 * memory streams; what only a process can show (closed descriptors, a reader
 * that leaves) happens in a child.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/file.h"
#include "test/test.h"

#define DATA "testdata/cli/"
#define POLICY "--no-builtin", "--policies", DATA "policy.yaml"
#define MOST_WORDS 24

/* --- Running --- */

struct result {
	int status;
	char *out, *err;
};

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

static size_t
count_words(const char *const *words)
{
	size_t count = 0;

	while (words[count])
		count++;
	return count;
}

/* words end with NULL and begin behind the name of the tool. */
static struct result
run_from(int in, const char *const *words)
{
	char *argv[MOST_WORDS + 2] = {NULL};
	size_t count = count_words(words), size;
	struct result result = {0};
	struct cli_io io = {.in = in, .env = no_env};

	ck_assert_uint_le(count, MOST_WORDS);
	argv[0] = strdup("tfassay");
	for (size_t i = 0; i < count; i++)
		argv[i + 1] = strdup(words[i]);
	io.out = open_memstream(&result.out, &size);
	io.err = open_memstream(&result.err, &size);
	ck_assert(io.out && io.err);
	result.status = cli_run((int)count + 1, argv, &io);
	fclose(io.out);
	fclose(io.err);
	for (size_t i = 0; i <= count; i++)
		free(argv[i]);
	return result;
}

static struct result
run(const char *const *words)
{
	return run_from(-1, words);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

static void
result_free(struct result *result)
{
	free(result->out);
	free(result->err);
}

static void
must_hold(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in:\n%s", part,
	    text);
}

/* A new folder; remove_folder releases it. */
static char *
new_folder(void)
{
	char *folder = strdup("/tmp/tfassay-test-XXXXXX");

	ck_assert_ptr_nonnull(mkdtemp(folder));
	return folder;
}

static char *
join(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);

	ck_assert_ptr_nonnull(path);
	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

/* How many names there are; all of them are removed if asked for. */
static size_t
count_names(const char *folder, bool remove_all)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		count++;
		if (remove_all) {
			char *path = join(folder, entry->d_name);

			remove(path);
			free(path);
		}
	}
	closedir(dir);
	return count;
}

static void
remove_folder(char *folder)
{
	count_names(folder, true);
	rmdir(folder);
	free(folder);
}

/* NULL where there is no such file. */
static char *
read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0, len = 0, got;

	if (!file)
		return NULL;
	do {
		size += 4096;
		text = realloc(text, size + 1);
		ck_assert_ptr_nonnull(text);
		got = fread(text + len, 1, size - len, file);
		len += got;
	} while (got > 0);
	text[len] = 0;
	fclose(file);
	return text;
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "%s: %s", path, strerror(errno));
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* --- Usage --- */

static const struct {
	const char *words[8];
	const char *says;
} misused[] = {
    {{NULL}, "what shall be done"},
    {{"chekc", "x"}, "unknown command \"chekc\"; did you mean \"check\"?"},
    {{"frobnicate"}, "unknown command \"frobnicate\"\n"},
    {{"README.md"}, "is a file, not a command: tfassay check README.md"},
    {{"--format", "json"}, "options of a command stand behind it"},
    {{"check"}, "no plan is named"},
    {{"check", ""}, "plan 1 is named by an empty text"},
    {{"check", "x", ""}, "plan 2 is named by an empty text"},
    {{"check", "-", "-"}, "standard input can be read only once"},
    {{"check", "--fromat=json", "x"},
	"unknown option \"--fromat\"; did you mean \"--format\"?"},
    {{"check", "-x", "x"}, "unknown option \"-x\""},
    {{"check", "--all=yes", "x"}, "--all takes no value"},
    {{"check", "x", "--format"}, "--format needs a value: --format NAME"},
    {{"check", "--format", "jsn", "x"},
	"unknown format \"jsn\"; did you mean \"json\"?"},
    {{"check", "--format", "json=", "x"}, "--format needs a NAME[=FILE]"},
    {{"check", "--format=json", "--format=text", "x"},
	"json and text cannot both go to standard output"},
    {{"check", "--format=json=a", "--format=text=./a", "x"},
	"json and text cannot both go to ./a"},
    {{"check", "--format=json=a", "--output=b", "x"}, "--output names"},
    {{"check", "--format=json", "--format=text=a", "-ob", "x"},
	"--output names"},
    {{"check", "--format=json=-", "--format=text=/dev/stdout", "x"},
	"cannot both go to standard output"},
    {{"check", "-o", DATA "passing.json", "./" DATA "passing.json"},
	"would be replaced by the report"},
    {{"check", "-o", DATA "policy.yaml", POLICY, "x"},
	"would be replaced by the report"},
    {{"check", "--severity", "hihg", "x"},
	"unknown SEVERITY for --severity \"hihg\"; did you mean \"high\"?"},
    {{"check", "--fail-on", "none", "x"}, "unknown SEVERITY for --fail-on"},
    {{"check", "--only", "introduced,fixd", "x"}, "did you mean \"fixed\"?"},
    {{"check", "--only", "introduced,,fixed", "x"}, "not an empty text"},
    {{"check", "--only", "fixed,", "x"}, "--only needs a CLASS"},
    {{"check", "--show", "passes", "x"}, "unknown VERDICT for --show"},
    {{"check", "--allow", "all", "x"}, "unknown WHAT for --allow"},
    {{"check", "--enforce", "a", "x"}, "--enforce needs CONTROL=block"},
    {{"check", "--enforce", "a=blok", "x"}, "did you mean \"block\"?"},
    {{"check", "--as-of", "yesterday", "x"}, "--as-of needs a date"},
    {{"check", "--as-of", "2026-13-01", "x"}, "--as-of needs a date"},
    {{"check", "--as-of", "2026-01-01T00:00", "x"}, "--as-of needs a date"},
    {{"check", "--max-depth", "0", "x"}, "--max-depth needs a number"},
    {{"check", "--max-plan-bytes", "1T", "x"}, "needs a number above 0"},
    {{"check", "--color", "yes", "x"}, "unknown WHEN for --color"},
    {{"check", "--all", "--show=fail", "x"}, "exclude each other"},
    {{"check", "-q", "--summary-only", "x"}, "leave nothing to print"},
    {{"explain"}, "the control's id is missing"},
    {{"explain", ""}, "the control's id is an empty text"},
    {{"explain", "a", "b", "c", "d"}, "too many arguments, from \"d\" on"},
    {{"explain", "a", ""}, "the address or the control is an empty text"},
    {{"explain", "--format=json", "a"}, "a control is explained as text"},
    {{"explain", "--format=sarif", "a", "b"}, "unknown NAME"},
    {{"inspect"}, "the plan is missing"},
    {{"inspect", "a", ""}, "the address is an empty text"},
    {{"inspect", "a", "b", "c"}, "too many arguments, from \"c\" on"},
    {{"inspect", "--format=text", "--format=json=x", "a"},
	"this command has one --format"},
    {{"inspect", "no/such/plan.json"}, "cannot be opened"},
    {{"list"}, "what to list"},
    {{"list", "control"}, "did you mean \"controls\"?"},
    {{"list", "controls", "--format=json", "--format=text=a"},
	"this command has one --format"},
    {{"version", "x"}, "too many arguments"},
    {{"help", "chek"}, "did you mean \"check\"?"},
};

START_TEST(wrong_usage_is_status_2_with_a_hint_and_no_result)
{
	struct result result = run(misused[_i].words);

	ck_assert_int_eq(result.status, 2);
	must_hold(result.err, misused[_i].says);
	must_hold(result.err, "tfassay: see tfassay ");
	must_hold(result.err, "--help\n");
	ck_assert_str_eq(result.out, "");
	ck_assert_int_eq(strncmp(result.err, "tfassay: ", 9), 0);
	result_free(&result);
}
END_TEST

static bool
read_words(struct settings *settings, const char *const *words)
{
	struct tfa_error err = {0};
	char *copies[MOST_WORDS];
	size_t count = count_words(words);

	/* The settings borrow from what a real run gets from its caller. */
	for (size_t i = 0; i < count; i++)
		copies[i] = (char *)(uintptr_t)words[i];
	return settings_read(settings, COMMAND_CHECK, copies, count, &err) &&
	    settings_settle(settings, &err);
}

#define READ(settings, ...) \
	ck_assert(read_words(settings, (const char *const[]){__VA_ARGS__, NULL}))

START_TEST(options_are_read_in_both_spellings_and_between_plans)
{
	struct settings s = {0};

	READ(&s, "a.json", "--control", "x,y*", "--control=z", "b.json",
	    "--framework", "PCI DSS v4.0", "--policies=p", "--policies", "q",
	    "-qv", "-oout", "--only=introduced,fixed", "--allow", "empty",
	    "--max-plan-bytes=2G", "--max-depth", "12", "--severity=low");
	ck_assert_uint_eq(s.arguments.count, 2);
	ck_assert_str_eq(s.arguments.items[1], "b.json");
	ck_assert_uint_eq(s.options.control_count, 3);
	ck_assert_str_eq(s.options.controls[1], "y*");
	ck_assert_str_eq(s.options.controls[2], "z");
	ck_assert_uint_eq(s.options.framework_count, 1);
	ck_assert_uint_eq(s.policies.count, 2);
	ck_assert(s.style.quiet && s.verbose && !s.all);
	ck_assert_str_eq(s.file, "out");
	ck_assert_uint_eq(s.options.only, TFA_INTRODUCED | TFA_FIXED);
	ck_assert_uint_eq(s.options.allow, TFA_ALLOW_EMPTY);
	ck_assert_uint_eq(s.options.limits.plan_bytes, UINT64_C(2147483648));
	ck_assert_uint_eq(s.options.limits.depth, 12);
	ck_assert_str_eq(s.options.severity, "low");
	settings_free(&s);
}
END_TEST

START_TEST(two_dashes_end_the_options_and_one_is_a_plan)
{
	struct settings s = {0};

	READ(&s, "-", "--", "--all", "-q");
	ck_assert_uint_eq(s.arguments.count, 3);
	ck_assert_str_eq(s.arguments.items[0], "-");
	ck_assert_str_eq(s.arguments.items[1], "--all");
	ck_assert(!s.all && !s.style.quiet);
	settings_free(&s);
}
END_TEST

START_TEST(showing_passes_keeps_them_as_findings)
{
	struct settings all = {0}, some = {0}, none = {0};

	READ(&all, "--all");
	READ(&some, "--show=fail,pass");
	READ(&none, "--show=fail");
	ck_assert_uint_eq(all.options.list, TFA_PASS);
	ck_assert_uint_eq(some.options.list, TFA_PASS);
	ck_assert_uint_eq(none.options.list, 0);
	ck_assert_uint_eq(some.style.show, TFA_FAIL | TFA_PASS);
	settings_free(&all);
	settings_free(&some);
	settings_free(&none);
}
END_TEST

static const char *const good_dates[] = {"2026-01-31", "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.25Z", "2026-01-31T12:00:00+02:00"};

START_TEST(days_and_rfc_3339_times_are_dates)
{
	struct settings s = {0};

	READ(&s, "--as-of", good_dates[_i]);
	ck_assert_str_eq(s.options.as_of, good_dates[_i]);
	settings_free(&s);
}
END_TEST

START_TEST(the_graver_status_wins_in_either_order)
{
	static const int order[] = {0, 4, 1, 2, 5, 3, 6};

	for (size_t i = 0; i < COUNTOF(order); i++) {
		for (size_t j = 0; j < COUNTOF(order); j++) {
			int graver = order[i > j ? i : j];

			ck_assert_int_eq(
			    status_graver(order[i], order[j]), graver);
		}
	}
	ck_assert_int_eq(status_graver(0, 77), 6);
}
END_TEST

/* --- Texts --- */

static const struct {
	const char *text, *shown;
} shown[] = {
    {"aws_x.y[\"a\\nb\"]", "aws_x.y[\"a\\nb\"]"},
    {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
    {"a\nb", "a\\nb"},
    {"\x1b[2J", "\\u{1b}[2J"},
    {"\xc2\x9b" "31m", "\\u{9b}31m"},
    {"a\xe2\x80\xaeg", "a\\u{202e}g"},
    {"a\xe2\x80\x8b", "a\\u{200b}"},
    {"\xff\xc0\x80", "\\xff\\xc0\\x80"},
    {"cut \xe2\x80", "cut \\xe2\\x80"},
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
    {"x ##[group]", "x \\u{23}#[group]"},
    {"##vso[task]", "\\u{23}#vso[task]"},
    {"## heading", "## heading"},
};

START_TEST(texts_from_outside_are_printed_without_harm)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cli_put(out, shown[_i].text);
	fclose(out);
	ck_assert_str_eq(text, shown[_i].shown);
	free(text);
}
END_TEST

static const struct {
	const char *text, *name;
	bool near;
} guesses[] = {
    {"chekc", "check",  true },
    {"chec",  "check",  true },
    {"formt", "format", true },
    {"cheese", "check", false},
    {"",      "check",  false},
    {"x",     "y",      false},
};

START_TEST(a_guess_is_at_most_a_third_wrong)
{
	struct guess guess = {.text = guesses[_i].text};

	guess_offer(&guess, guesses[_i].name);
	ck_assert_int_eq(guess.best != NULL, guesses[_i].near);
}
END_TEST

START_TEST(the_nearest_name_is_the_guess)
{
	struct guess guess = {.text = "--formt"};

	guess_offer(&guess, "--framework");
	guess_offer(&guess, "--format");
	guess_offer(&guess, "--from");
	ck_assert_str_eq(guess.best, "--format");
}
END_TEST

static const struct {
	const char *plan;
	struct tfa_error err;
	const char *text;
} diagnoses[] = {
    {NULL, {.message = "no such thing"}, "tfassay: no such thing\n"},
    {NULL,
	{.message = "unknown key \"severty\"",
	    .file = "a\n.yaml",
	    .excerpt = "    severty: high",
	    .line = 3,
	    .column = 5},
	"tfassay: a\\n.yaml:3:5: unknown key \"severty\"\n"
	"    3 |     severty: high\n"
	"      |     ^\n"},
    {NULL,
	{.message = "bad",
	    .file = "a",
	    .excerpt = "\xc3\xbc\t: x",
	    .line = 123456,
	    .column = 3},
	"tfassay: a:123456:3: bad\n"
	"123456 | \xc3\xbc\\u{9}: x\n"
	"       |       ^\n"},
    {"plan.json",
	{.message = "the input ends in a text",
	    .offset = 12,
	    .line = 1,
	    .pointer = "/resource_changes/0"},
	"tfassay: plan.json: the input ends in a text (at byte 12, line 1, "
	"/resource_changes/0)\n"},
    {"\x1b]plan", {.message = "cannot be opened"},
	"tfassay: \\u{1b}]plan: cannot be opened\n"},
};

START_TEST(a_diagnosis_says_where_and_points_at_it)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cli_diagnose(out, diagnoses[_i].plan, &diagnoses[_i].err);
	fclose(out);
	ck_assert_str_eq(text, diagnoses[_i].text);
	free(text);
}
END_TEST

static char *
env_none(const char *name)
{
	return no_env(name);
}

static char *
env_no_color(const char *name)
{
	return strcmp(name, "NO_COLOR") == 0 ||
		strcmp(name, "FORCE_COLOR") == 0
	    ? (char *)(uintptr_t)"1"
	    : NULL;
}

static char *
env_empty_no_color(const char *name)
{
	return strcmp(name, "NO_COLOR") == 0 ? (char *)(uintptr_t)"" : NULL;
}

static char *
env_force(const char *name)
{
	return strcmp(name, "CLICOLOR_FORCE") == 0 ||
		strcmp(name, "TERM") == 0
	    ? (char *)(uintptr_t)"dumb"
	    : NULL;
}

static char *
env_force_zero(const char *name)
{
	return strcmp(name, "FORCE_COLOR") == 0 ? (char *)(uintptr_t)"0" : NULL;
}

static char *
env_dumb(const char *name)
{
	return strcmp(name, "TERM") == 0 ? (char *)(uintptr_t)"dumb" : NULL;
}

static const struct {
	unsigned color;
	char *(*env)(const char *name);
	bool terminal;
	const char *file;
	bool wanted;
} colors[] = {
    {COLOR_AUTO,   env_none,		 true,  NULL, true },
    {COLOR_AUTO,   env_none,		 false, NULL, false},
    {COLOR_ALWAYS, env_no_color,	     false, NULL, true },
    {COLOR_NEVER,  env_force,	  true,  NULL, false},
    {COLOR_AUTO,   env_no_color,	     true,  NULL, false},
    {COLOR_AUTO,   env_empty_no_color, true,  NULL, true },
    {COLOR_AUTO,   env_force,	  false, NULL, true },
    {COLOR_AUTO,   env_force,	  true,  "f",  false},
    {COLOR_ALWAYS, env_none,		 false, "f",  true },
    {COLOR_AUTO,   env_force_zero,     false, NULL, false},
    {COLOR_AUTO,   env_force_zero,     true,  NULL, true },
    {COLOR_AUTO,   env_dumb,		 true,  NULL, false},
};

START_TEST(colour_follows_option_environment_and_terminal_in_this_order)
{
	struct settings settings = {.color = colors[_i].color};
	struct cli_io io = {
	    .terminal = colors[_i].terminal, .env = colors[_i].env};

	ck_assert_int_eq(color_wanted(&settings, &io, colors[_i].file),
	    colors[_i].wanted);
}
END_TEST

/* --- Help --- */

static void
lines_must_fit(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		ck_assert_msg(len < 80, "too long: %.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

START_TEST(help_names_every_option_of_the_command)
{
	const struct command *command = &cli_commands[_i];
	struct result by_option = RUN(command->name, "--help");
	struct result by_command = RUN("help", command->name);

	ck_assert_int_eq(by_option.status, 0);
	ck_assert_str_eq(by_option.out, by_command.out);
	ck_assert_str_eq(by_option.err, "");
	lines_must_fit(by_option.out);
	for (const struct option *o = cli_options; o->name; o++) {
		if (o->commands & command->bit)
			must_hold(by_option.out, o->name);
	}
	result_free(&by_option);
	result_free(&by_command);
}
END_TEST

START_TEST(help_of_the_tool_names_every_command)
{
	struct result result = RUN("--help");

	ck_assert_int_eq(result.status, 0);
	lines_must_fit(result.out);
	for (const struct command *c = cli_commands; c->name; c++)
		must_hold(result.out, c->name);
	result_free(&result);
}
END_TEST

/* "--format" as roff writes it. */
static void
in_roff(char *out, const char *name)
{
	for (; *name; name++) {
		if (*name == '-')
			*out++ = '\\';
		*out++ = *name;
	}
	*out = 0;
}

static bool
is_option(const char *name, size_t len)
{
	for (const struct option *o = cli_options; o->name; o++) {
		if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
			return true;
	}
	/* What ends the options, and what stands in a command's place. */
	return len == 2 ||
	    (len == strlen("--version") && memcmp(name, "--version", len) == 0);
}

START_TEST(the_manual_has_every_option_and_no_other)
{
	char *page = read_file("docs/man/tfassay.1");
	char name[64];
	size_t len;

	ck_assert_ptr_nonnull(page);
	for (const struct option *o = cli_options; o->name; o++) {
		in_roff(name, o->name);
		must_hold(page, name);
	}
	for (const char *at = page; (at = strstr(at, "\\-\\-")); at += 4) {
		len = 0;
		for (const char *p = at; len < sizeof(name) - 1; p++) {
			if (*p == '\\' && p[1] == '-')
				continue;
			if (*p != '-' && (*p < 'a' || *p > 'z'))
				break;
			name[len++] = *p;
		}
		ck_assert_msg(is_option(name, len), "%.*s is no option",
		    (int)len, name);
	}
	free(page);
}
END_TEST

START_TEST(version_names_the_version_and_the_formats)
{
	struct result result = RUN("--version");

	ck_assert_int_eq(result.status, 0);
	must_hold(result.out, "tfassay " TFA_VERSION "\n");
	must_hold(result.out, " json");
	result_free(&result);
}
END_TEST

/* --- Reports to files --- */

static bool
write_whole(void *ctx, FILE *out, struct tfa_error *err)
{
	(void)err;
	fputs(ctx, out);
	return true;
}

static bool
write_half(void *ctx, FILE *out, struct tfa_error *err)
{
	fputs(ctx, out);
	fflush(out);
	return cli_fail(err, TFA_ERR_NOMEM, "out of memory");
}

static bool
put(const char *path, report_file_writer *write, struct tfa_error *err)
{
	*err = (struct tfa_error){0};
	return report_file_write(path, write, (void *)(uintptr_t)"new", err);
}

static void
must_be(const char *path, const char *text)
{
	char *found = read_file(path);

	ck_assert_ptr_nonnull(found);
	ck_assert_str_eq(found, text);
	free(found);
}

START_TEST(a_report_replaces_an_older_one_with_the_usual_rights)
{
	char *folder = new_folder(), *path = join(folder, "report");
	mode_t mask = umask(027);
	struct tfa_error err;
	struct stat st;

	ck_assert(put(path, write_whole, &err));
	must_be(path, "new");
	write_file(path, "old");
	ck_assert(put(path, write_whole, &err));
	must_be(path, "new");
	umask(mask);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0640);
	ck_assert_uint_eq(count_names(folder, false), 1);
	free(path);
	remove_folder(folder);
}
END_TEST

START_TEST(a_report_that_fails_half_way_leaves_neither_itself_nor_the_old_one)
{
	char *folder = new_folder(), *path = join(folder, "report");
	struct tfa_error err;

	write_file(path, "old");
	ck_assert(!put(path, write_half, &err));
	ck_assert_int_eq(err.code, TFA_ERR_NOMEM);
	ck_assert_uint_eq(count_names(folder, false), 0);
	free(path);
	remove_folder(folder);
}
END_TEST

START_TEST(a_full_device_is_a_report_error)
{
	struct tfa_error err;

	ck_assert(!put("/dev/full", write_whole, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	must_hold(err.message, "No space left");
	ck_assert(put("/dev/null", write_whole, &err));
}
END_TEST

START_TEST(a_symbolic_link_is_not_followed)
{
	char *folder = new_folder(), *path = join(folder, "link");
	char *target = join(folder, "target");
	struct tfa_error err;

	write_file(target, "old");
	ck_assert_int_eq(symlink(target, path), 0);
	ck_assert(!put(path, write_whole, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	must_be(target, "old");
	ck_assert_uint_eq(count_names(folder, false), 2);
	free(path);
	free(target);
	remove_folder(folder);
}
END_TEST

START_TEST(a_folder_and_a_missing_folder_are_report_errors)
{
	char *folder = new_folder(), *path = join(folder, "no/report");
	struct tfa_error err;

	ck_assert(!put(folder, write_whole, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	ck_assert(!put(path, write_whole, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	ck_assert_uint_eq(count_names(folder, false), 0);
	free(path);
	remove_folder(folder);
}
END_TEST

START_TEST(a_fifo_is_written_as_it_is)
{
	char *folder = new_folder(), *path = join(folder, "fifo");
	char text[8] = {0};
	struct tfa_error err;
	int fd;

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(fd, 0);
	ck_assert(put(path, write_whole, &err));
	ck_assert_int_eq((int)read(fd, text, sizeof(text)), 3);
	ck_assert_str_eq(text, "new");
	close(fd);
	free(path);
	remove_folder(folder);
}
END_TEST

/* --- Whole runs --- */

static const struct {
	const char *words[10];
	int status;
	const char *says; /* on standard error, or "" for nothing */
} runs[] = {
    {{"check", POLICY, DATA "passing.json"}, 0, ""},
    {{"check", POLICY, DATA "failing.json"}, 1, ""},
    {{"check", POLICY, "--exit-zero", DATA "failing.json"}, 0, ""},
    {{"check", POLICY, DATA "passing.json", DATA "failing.json"}, 1, ""},
    {{"check", POLICY, "--enforce", "thing_is_good=warn", DATA "failing.json"},
	0, ""},
    {{"check", POLICY, "no/such.json"}, 2,
	"tfassay: no/such.json: cannot be opened: No such file"},
    {{"check", POLICY, DATA "failing.json", "no/such.json"}, 2,
	"no/such.json: cannot be opened"},
    {{"check", POLICY, "testdata", "no/such.json"}, 3,
	"tfassay: testdata: is a folder"},
    {{"check", POLICY, "/dev/null"}, 3, "tfassay: /dev/null: "},
    {{"check", POLICY, DATA "policy.yaml"}, 3, "(at byte 0"},
    {{"check", POLICY, "--exit-zero", DATA "policy.yaml"}, 3, "(at byte 0"},
    {{"check", POLICY, "--max-depth", "2", DATA "passing.json"}, 6,
	"passing.json: "},
    {{"check", "--no-builtin", "--policies", DATA "broken.yaml", "x"}, 2,
	"broken.yaml:3:5: unknown key \"severty\""},
    {{"check", "--no-builtin", "--policies", "no/such", "x"}, 2, "no/such"},
    {{"check", POLICY, "--control", "thing_is_god", DATA "passing.json"}, 2,
	"thing_is_god"},
    {{"check", POLICY, "-", "-v"}, 3, "judging standard input"},
};

START_TEST(a_run_ends_with_the_status_of_the_contract)
{
	struct result result = run(runs[_i].words);

	ck_assert_msg(result.status == runs[_i].status,
	    "status %d, not %d\n%s%s", result.status, runs[_i].status,
	    result.out, result.err);
	must_hold(result.err, runs[_i].says);
	if (!runs[_i].says[0])
		ck_assert_str_eq(result.err, "");
	result_free(&result);
}
END_TEST

static const struct {
	const char *words[8];
	int status;
	const char *prints;
} printed[] = {
    {{"list", "controls", POLICY}, 0, "thing_is_good"},
    {{"list", "controls", POLICY, "--format", "json"}, 0,
	"\"format_version\": \"1.0\""},
    {{"list", "frameworks"}, 0, ""},
    {{"list", "formats"}, 0, "ndjson"},
    {{"list", "profiles"}, 0, "recommended (built-in)"},
    {{"list", "profiles", "--format", "json"}, 0, "\"kind\": \"framework\""},
    {{"list", "controls", POLICY, "--profile", "strict"}, 0, "block"},
    {{"list", "controls", "--profile", "strictt"}, 2, ""},
    {{"list", "formats", "--profile", "strict"}, 2, ""},
    {{"list", "controls", POLICY, "--format", "markdown"}, 0,
	"## `thing_is_good`"},
    {{"list", "formats", "--format", "markdown"}, 2, ""},
    {{"list", "defaults", "--format=json"}, 0, "\"defaults\""},
    {{"list", "controls", "--format=concise"}, 2, ""},
    {{"list", "controls", "-o", "/dev/full", POLICY}, 5, ""},
    {{"list", "controls", "--policies", "no/such"}, 2, ""},
    {{"explain", "thing_is_good", POLICY}, 0, "Things are good"},
    {{"explain", "thing_is_goof", POLICY}, 2, ""},
    {{"explain", "thing", "--policies", DATA "broken.yaml"}, 2, ""},
};

START_TEST(lists_and_explanations_come_from_the_policies_named)
{
	struct result result = run(printed[_i].words);

	ck_assert_msg(result.status == printed[_i].status,
	    "status %d, not %d\n%s%s", result.status, printed[_i].status,
	    result.out, result.err);
	must_hold(result.out, printed[_i].prints);
	ck_assert_int_eq(result.err[0] == 0, result.status == 0);
	if (result.status != 0)
		ck_assert_str_eq(result.out, "");
	result_free(&result);
}
END_TEST

static const struct {
	const char *plan;
	int status;
} inputs[] = {
    {DATA "passing.json", 0},
    {DATA "failing.json", 1},
    {"/dev/null",	      3},
    {"testdata",	  3},
};

START_TEST(a_plan_may_come_on_standard_input)
{
	int fd = open(inputs[_i].plan, O_RDONLY);
	struct result result =
	    run_from(fd, (const char *const[]){"check", POLICY, "-", NULL});

	ck_assert_int_eq(result.status, inputs[_i].status);
	close(fd);
	result_free(&result);
}
END_TEST

START_TEST(all_formats_come_from_one_evaluation_and_hold_refusals)
{
	char *folder = new_folder(), *json = join(folder, "json");
	char option[128];
	struct result result;
	char *text;

	snprintf(option, sizeof(option), "json=%s", json);
	result = RUN("check", POLICY, "--format", option, "--format", "text",
	    DATA "failing.json", "/dev/null");
	ck_assert_int_eq(result.status, 3);
	must_hold(result.out, "thing_is_good");
	text = read_file(json);
	ck_assert_ptr_nonnull(text);
	must_hold(text, "thing_is_good");
	must_hold(text, "/dev/null");
	must_hold(text, "\"exit\": 3");
	free(text);
	result_free(&result);
	free(json);
	remove_folder(folder);
}
END_TEST

START_TEST(a_refused_plan_is_told_once_and_only_on_standard_error)
{
	struct result text = RUN("check", POLICY, "/dev/null");
	struct result json =
	    RUN("check", POLICY, "--format=json", "/dev/null");

	ck_assert_str_eq(text.out, "");
	ck_assert_ptr_null(strchr(strchr(text.err, '\n') + 1, '\n'));
	must_hold(json.out, "\"exit\": 3");
	ck_assert_str_eq(json.err, text.err);
	result_free(&text);
	result_free(&json);
}
END_TEST

START_TEST(an_older_report_does_not_outlive_a_run_that_fails)
{
	char *folder = new_folder(), *path = join(folder, "report");
	struct result result;

	write_file(path, "old pass");
	result = RUN("check", "--no-builtin", "--policies",
	    DATA "broken.yaml", "-o", path, DATA "passing.json");
	ck_assert_int_eq(result.status, 2);
	ck_assert_uint_eq(count_names(folder, false), 0);
	result_free(&result);
	free(path);
	remove_folder(folder);
}
END_TEST

START_TEST(a_report_that_cannot_be_written_is_status_5_over_0_and_1)
{
	struct result pass =
	    RUN("check", POLICY, "-o", "/dev/full", DATA "passing.json");
	struct result fails =
	    RUN("check", POLICY, "-o", "/dev/full", DATA "failing.json");
	struct result refused = RUN(
	    "check", POLICY, "--format=json=/dev/full", DATA "policy.yaml");

	ck_assert_int_eq(pass.status, 5);
	ck_assert_int_eq(fails.status, 5);
	ck_assert_int_eq(refused.status, 3);
	must_hold(pass.err, "/dev/full: ");
	result_free(&pass);
	result_free(&fails);
	result_free(&refused);
}
END_TEST

/* --- What only a process can show --- */

/* The status of a run in a child whose descriptor 1 is fd, or closed. */
static int
run_in_child(int fd, const char *const *words)
{
	char *argv[MOST_WORDS + 2] = {NULL};
	struct cli_io io = {.in = -1, .err = stderr, .env = no_env};
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		argv[0] = (char *)(uintptr_t)"tfassay";
		for (size_t i = 0; words[i]; i++)
			argv[i + 1] = (char *)(uintptr_t)words[i];
		if (fd >= 0)
			dup2(fd, 1);
		else
			close(1);
		close(2);
		if (!cli_prepare())
			_exit(99);
		io.out = fdopen(1, fd >= 0 ? "w" : "r+");
		if (!io.out)
			io.out = stdout;
		_exit(cli_run((int)count_words(words) + 1, argv, &io));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const struct {
	const char *words[8];
	int left, full; /* the reader has left; the device is full */
} outputs[] = {
    {{"help"}, 5, 5},
    {{"version"}, 5, 5},
    {{"check", POLICY, DATA "passing.json"}, 5, 5},
    {{"check", POLICY, DATA "failing.json"}, 1, 5},
    {{"check", POLICY, "--format=json", DATA "failing.json"}, 1, 5},
    {{"check", POLICY, "--format=json", DATA "policy.yaml"}, 3, 3},
    {{"check"}, 2, 2},
};

START_TEST(a_reader_that_left_turns_0_into_5_and_keeps_1)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(
	    run_in_child(ends[1], outputs[_i].words), outputs[_i].left);
	close(ends[1]);
}
END_TEST

START_TEST(a_full_standard_output_is_5_over_0_and_1)
{
	int fd = open("/dev/full", O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(run_in_child(fd, outputs[_i].words), outputs[_i].full);
	close(fd);
}
END_TEST

START_TEST(a_closed_standard_output_is_5_and_no_file_takes_its_place)
{
	ck_assert_int_eq(run_in_child(-1, outputs[_i].words), outputs[_i].full);
}
END_TEST

/* --- Whole runs kept as folders --- */

#define CASES "testdata/cases"

static int
is_case(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* The number of folders, and the name of one of them in new memory. */
static int
list_cases(int which, char **name)
{
	struct dirent **entries = NULL;
	int count = scandir(CASES, &entries, is_case, by_name);

	for (int i = 0; i < count; i++) {
		if (i == which)
			*name = join(CASES, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return count < 0 ? 0 : count;
}

/* Lines of text as words; they point into it. */
static void
split_lines(const char **words, char *text)
{
	size_t count = 0;

	while (*text) {
		ck_assert_uint_lt(count, MOST_WORDS);
		words[count++] = text;
		text += strcspn(text, "\n");
		if (*text)
			*text++ = 0;
	}
	words[count] = NULL;
}

static void
compare(const char *folder, const char *name, const char *actual)
{
	char *path = join(folder, name);
	char *expected;

	if (getenv("UPDATE_GOLDEN"))
		write_file(path, actual);
	expected = read_file(path);
	ck_assert_msg(expected != NULL, "%s is missing", path);
	ck_assert_msg(strcmp(expected, actual) == 0,
	    "%s:\n--- expected\n%s--- actual\n%s", path, expected, actual);
	free(expected);
	free(path);
}

START_TEST(a_kept_case_prints_what_it_printed)
{
	const char *words[MOST_WORDS + 1];
	char *folder = NULL, *args, *input, *path, status[16];
	struct result result;
	int fd;

	list_cases(_i, &folder);
	ck_assert_ptr_nonnull(folder);
	path = join(folder, "args");
	args = read_file(path);
	ck_assert_msg(args != NULL, "%s is missing", path);
	split_lines(words, args);
	input = join(folder, "stdin");
	fd = open(input, O_RDONLY);
	result = run_from(fd, words);
	if (fd >= 0)
		close(fd);
	snprintf(status, sizeof(status), "%d\n", result.status);
	compare(folder, "stdout", result.out);
	compare(folder, "stderr", result.err);
	compare(folder, "status", status);
	result_free(&result);
	free(args);
	free(input);
	free(path);
	free(folder);
}
END_TEST

static int
count_commands(void)
{
	int count = 0;

	while (cli_commands[count].name)
		count++;
	return count;
}

static TCase *
case_words(void)
{
	TCase *tc = tcase_create("words");

	tcase_add_loop_test(tc,
	    wrong_usage_is_status_2_with_a_hint_and_no_result, 0,
	    COUNTOF(misused));
	tcase_add_test(
	    tc, options_are_read_in_both_spellings_and_between_plans);
	tcase_add_test(tc, two_dashes_end_the_options_and_one_is_a_plan);
	tcase_add_test(tc, showing_passes_keeps_them_as_findings);
	tcase_add_loop_test(
	    tc, days_and_rfc_3339_times_are_dates, 0, COUNTOF(good_dates));
	tcase_add_test(tc, the_graver_status_wins_in_either_order);
	tcase_add_loop_test(
	    tc, a_guess_is_at_most_a_third_wrong, 0, COUNTOF(guesses));
	tcase_add_test(tc, the_nearest_name_is_the_guess);
	tcase_add_loop_test(tc, texts_from_outside_are_printed_without_harm, 0,
	    COUNTOF(shown));
	tcase_add_loop_test(tc, a_diagnosis_says_where_and_points_at_it, 0,
	    COUNTOF(diagnoses));
	tcase_add_loop_test(tc,
	    colour_follows_option_environment_and_terminal_in_this_order, 0,
	    COUNTOF(colors));
	tcase_add_loop_test(tc, help_names_every_option_of_the_command, 0,
	    count_commands());
	tcase_add_test(tc, help_of_the_tool_names_every_command);
	tcase_add_test(tc, the_manual_has_every_option_and_no_other);
	tcase_add_test(tc, version_names_the_version_and_the_formats);
	return tc;
}

static TCase *
case_files(void)
{
	TCase *tc = tcase_create("files");

	tcase_add_test(
	    tc, a_report_replaces_an_older_one_with_the_usual_rights);
	tcase_add_test(tc,
	    a_report_that_fails_half_way_leaves_neither_itself_nor_the_old_one);
	tcase_add_test(tc, a_full_device_is_a_report_error);
	tcase_add_test(tc, a_symbolic_link_is_not_followed);
	tcase_add_test(tc, a_folder_and_a_missing_folder_are_report_errors);
	tcase_add_test(tc, a_fifo_is_written_as_it_is);
	return tc;
}

static TCase *
case_runs(void)
{
	TCase *tc = tcase_create("runs");
	int cases = list_cases(-1, NULL);

	tcase_add_loop_test(tc, a_run_ends_with_the_status_of_the_contract, 0,
	    COUNTOF(runs));
	tcase_add_loop_test(tc,
	    lists_and_explanations_come_from_the_policies_named, 0,
	    COUNTOF(printed));
	tcase_add_loop_test(
	    tc, a_plan_may_come_on_standard_input, 0, COUNTOF(inputs));
	tcase_add_test(
	    tc, all_formats_come_from_one_evaluation_and_hold_refusals);
	tcase_add_test(
	    tc, a_refused_plan_is_told_once_and_only_on_standard_error);
	tcase_add_test(tc, an_older_report_does_not_outlive_a_run_that_fails);
	tcase_add_test(
	    tc, a_report_that_cannot_be_written_is_status_5_over_0_and_1);
	tcase_add_loop_test(tc, a_reader_that_left_turns_0_into_5_and_keeps_1,
	    0, COUNTOF(outputs));
	tcase_add_loop_test(tc, a_full_standard_output_is_5_over_0_and_1, 0,
	    COUNTOF(outputs));
	tcase_add_loop_test(tc,
	    a_closed_standard_output_is_5_and_no_file_takes_its_place, 0,
	    COUNTOF(outputs));
	tcase_add_loop_test(
	    tc, a_kept_case_prints_what_it_printed, 0, cases);
	return tc;
}

Suite *
suite_cli(void)
{
	Suite *suite = suite_create("cli");

	suite_add_tcase(suite, case_words());
	suite_add_tcase(suite, case_files());
	suite_add_tcase(suite, case_runs());
	return suite;
}
