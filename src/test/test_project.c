/*
 * Options from words, the environment, the project's file and the user's: which
 * of them decides, and where the answer says it came from.
 */
#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "test/test.h"

struct row {
	const char *name;
	const char *words[4];
	const char *variable; /* of TFASSAY_SEVERITY */
	const char *project, *user;
	bool below; /* the working directory is inside the project */
	const char *shown; /* what is chosen; NULL: an error */
	const char *error;
};

static const struct row rows[] = {
    {"nothing is set", {NULL}, NULL, NULL, NULL, false, "", NULL},
    {"a word wins over all others", {"--severity", "low"}, "high",
	"severity: medium\n", "severity: info\n", false,
	"severity: \"low\"  # command line\n", NULL},
    {"a variable wins over files", {NULL}, "high", "severity: medium\n",
	"severity: info\n", false, "severity: \"high\"  # TFASSAY_SEVERITY\n",
	NULL},
    {"the project wins over the user", {NULL}, NULL, "severity: medium\n",
	"severity: info\n", false, "severity: \"medium\"  # .tfassay.yaml:1\n",
	NULL},
    {"the user's file is the last", {NULL}, NULL, "exit-zero: true\n",
	"severity: info\n", false,
	"severity: \"info\"  # USER:1\nexit-zero: \"true\"  # "
	".tfassay.yaml:1\n",
	NULL},
    {"a list is one setting", {"--control", "a"}, NULL,
	"control: [b, c]\nframework: [x, y]\n", "framework: [z]\n", false,
	"control: \"a\"  # command line\n"
	"framework: \"x\"  # .tfassay.yaml:2\n"
	"framework: \"y\"  # .tfassay.yaml:2\n",
	NULL},
    {"a mapping is pairs", {NULL}, NULL, "enforce: {a: warn, b: audit}\n",
	NULL, false,
	"enforce: \"a=warn\"  # .tfassay.yaml:1\n"
	"enforce: \"b=audit\"  # .tfassay.yaml:1\n",
	NULL},
    {"a file above is found, and paths are from its folder", {NULL}, NULL,
	"policies: [p]\nformat: [text, json=out.json]\n", NULL, true,
	"policies: \"PROJECT/p\"  # PROJECT/.tfassay.yaml:1\n"
	"format: \"text\"  # PROJECT/.tfassay.yaml:2\n"
	"format: \"json=PROJECT/out.json\"  # PROJECT/.tfassay.yaml:2\n",
	NULL},
    {"settings of other commands are let be", {NULL}, NULL,
	"mutate: true\n", NULL, false, "", NULL},
    {"false is a setting too", {NULL}, NULL, "exit-zero: false\n",
	"exit-zero: true\n", false,
	"exit-zero: \"false\"  # .tfassay.yaml:1\n", NULL},
    {"nothing but words", {"--no-config"}, "high", "severity: medium\n", NULL,
	false, "", NULL},
    {"an unknown setting", {NULL}, NULL, "a: 1\nfial-on: high\n", NULL, false,
	NULL, "unknown setting \"a\""},
    {"a wrong word", {NULL}, NULL, "severity: hihg\n", NULL, false, NULL,
	"unknown SEVERITY for --severity \"hihg\""},
    {"a wrong word in a variable", {NULL}, "x", NULL, NULL, false, NULL,
	"unknown SEVERITY for --severity \"x\""},
    {"a flag that is no boolean", {NULL}, NULL, "exit-zero: maybe\n", NULL,
	false, NULL, "exit-zero is true or false"},
    {"help cannot be set", {NULL}, NULL, "help: true\n", NULL, false, NULL,
	"unknown setting \"help\""},
    {"a name twice", {NULL}, NULL, "severity: low\nseverity: high\n", NULL,
	false, NULL, "duplicate key \"severity\""},
    {"settings that are a list", {NULL}, NULL, "- a\n", NULL, false, NULL,
	"expected settings, found a list"},
    {"an empty file", {NULL}, NULL, "# nothing\n", NULL, false, "", NULL},
};

static const struct row *row_now; /* env() has no argument for it */
static char home[64];

static char *
env(const char *name)
{
	if (strcmp(name, "TFASSAY_SEVERITY") == 0)
		return (char *)row_now->variable;
	return strcmp(name, "XDG_CONFIG_HOME") == 0 ? home : NULL;
}

static void
put(const char *folder, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	if (!text)
		return;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* PROJECT and USER for what the folders are called this time. */
static void
name_folders(char *out, size_t size, const char *text, const char *folder)
{
	size_t len = 0;

	for (*out = '\0'; *text && len < size - 128;) {
		if (strncmp(text, "PROJECT", 7) == 0) {
			len += (size_t)sprintf(out + len, "%s", folder);
			text += 7;
		} else if (strncmp(text, "USER", 4) == 0) {
			len += (size_t)sprintf(
			    out + len, "%s/tfassay/config.yaml", home);
			text += 4;
		} else {
			out[len++] = *text++;
		}
		out[len] = '\0';
	}
}

static char *
shown(const struct settings *settings)
{
	char *text = NULL, *kept, *line, *rest;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	settings_show(settings, COMMAND_CHECK, out);
	fclose(out);
	kept = calloc(len + 1, 1);
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (line[0] != '#')
			strcat(strcat(kept, line), "\n");
	}
	free(text);
	return kept;
}

static void
check_row(const struct row *row, const char *folder)
{
	struct cli_io io = {.env = env};
	struct settings settings = {0};
	struct tfa_error err = {0};
	char wanted[1024], *got;
	size_t count = 0;
	bool ok;

	while (count < 4 && row->words[count])
		count++;
	ok = settings_read(&settings, COMMAND_CHECK,
		 (char *const *)row->words, count, &err) &&
	    settings_configure(&settings, COMMAND_CHECK, &io, &err) &&
	    settings_settle(&settings, &err);
	if (row->error) {
		ck_assert_msg(!ok && strstr(err.message, row->error),
		    "%s: %s", row->name, err.message);
	} else {
		ck_assert_msg(ok, "%s: %s", row->name, err.message);
		got = shown(&settings);
		name_folders(wanted, sizeof(wanted), row->shown, folder);
		/* A word that only switches files off is no setting. */
		ck_assert_msg(strcmp(got, wanted) == 0, "%s:\n%s", row->name,
		    got);
		free(got);
	}
	settings_free(&settings);
}

START_TEST(the_nearest_setting_decides_and_is_named)
{
	char folder[] = "/tmp/tfassay-XXXXXX", path[256], back[4096];
	const struct row *row = &rows[_i];

	row_now = row;
	ck_assert(mkdtemp(folder) && getcwd(back, sizeof(back)));
	snprintf(home, sizeof(home), "%s/home", folder);
	snprintf(path, sizeof(path), "%s/home/tfassay", folder);
	ck_assert(mkdir(home, 0700) == 0 && mkdir(path, 0700) == 0);
	put(path, "config.yaml", row->user);
	snprintf(path, sizeof(path), "%s/.git", folder);
	ck_assert(mkdir(path, 0700) == 0);
	snprintf(path, sizeof(path), "%s/sub", folder);
	ck_assert(mkdir(path, 0700) == 0);
	put(folder, ".tfassay.yaml", row->project);
	ck_assert(chdir(row->below ? path : folder) == 0);
	check_row(row, folder);
	ck_assert(chdir(back) == 0);
	snprintf(path, sizeof(path), "rm -r %s", folder);
	ck_assert(system(path) == 0);
}
END_TEST

Suite *
suite_project(void)
{
	Suite *suite = suite_create("project");
	TCase *tc = tcase_create("project");

	tcase_add_loop_test(tc, the_nearest_setting_decides_and_is_named, 0,
	    COUNTOF(rows));
	suite_add_tcase(suite, tc);
	return suite;
}
