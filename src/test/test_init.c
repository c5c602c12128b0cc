/*
 * The files that init lays out, and the tutorial: every command in it is run
 * and prints what it shows, with "..." for lines that it leaves out.
 */
#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "policy/policy.h"
#include "test/judge.h"
#include "test/test.h"

enum { WORDS_MOST = 16 };

static char folder[64], back[4096];

static void
enter_folder(void)
{
	strcpy(folder, "/tmp/tfassay-XXXXXX");
	ck_assert(getcwd(back, sizeof(back)) && mkdtemp(folder));
	ck_assert(chdir(folder) == 0);
}

static void
leave_folder(void)
{
	char command[128];

	ck_assert(chdir(back) == 0);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	ck_assert(system(command) == 0);
}

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

/* Both streams in one text; line is cut into words. */
static int
run(char *line, char **text)
{
	char *words[WORDS_MOST], *rest;
	struct cli_io io = {.env = no_env};
	size_t len = 0;
	int count = 0, status;

	for (char *word = strtok_r(line, " ", &rest); word && count < WORDS_MOST;
	     word = strtok_r(NULL, " ", &rest))
		words[count++] = word;
	io.out = io.err = open_memstream(text, &len);
	ck_assert(io.out != NULL);
	status = cli_run(count, words, &io);
	ck_assert_int_eq(fclose(io.out), 0);
	return status;
}

static int
run_words(const char *words, char **text)
{
	char line[256];

	snprintf(line, sizeof(line), "%s", words);
	return run(line, text);
}

static void
check_run(const char *words, int status, const char *shown)
{
	char *text = NULL;
	int got = run_words(words, &text);

	ck_assert_msg(got == status && strstr(text, shown), "%s: %d\n%s",
	    words, got, text);
	free(text);
}

START_TEST(starter_files_pass_lint_and_test)
{
	enter_folder();
	check_run("tfassay init", 0, "made controls/example.yaml");
	check_run("tfassay lint --strict controls", 0, "0 errors, 0 warnings");
	check_run("tfassay test controls", 0, "4 tests");
	check_run("tfassay check controls/example_plan.json", 0,
	    "example_bucket_has_owner");
	leave_folder();
}
END_TEST

START_TEST(what_is_there_is_kept)
{
	char text[16] = "";
	FILE *file;

	enter_folder();
	file = fopen("waivers.yaml", "w");
	ck_assert(file && fputs("mine", file) >= 0 && fclose(file) == 0);
	check_run("tfassay init", 0, "kept waivers.yaml");
	file = fopen("waivers.yaml", "r");
	ck_assert(file && fgets(text, sizeof(text), file));
	fclose(file);
	ck_assert_str_eq(text, "mine");
	leave_folder();
}
END_TEST

START_TEST(a_folder_is_made)
{
	enter_folder();
	check_run("tfassay init new", 0, "made new/.tfassay.yaml");
	ck_assert_int_eq(access("new/controls/example_test.yaml", R_OK), 0);
	check_run("tfassay init a b", 2, "one folder");
	check_run("tfassay init no/such", 5, "cannot be made");
	leave_folder();
}
END_TEST

/* --- The tutorial --- */

struct tutorial {
	struct str rest;
	struct str before; /* the last line of prose */
	int status;	   /* of the last command */
};

static struct str
next_line(struct tutorial *tutorial)
{
	return str_cut(tutorial->rest, '\n', &tutorial->rest);
}

/* "..." is any number of lines. */
static void
check_output(struct str command, struct str wanted, const char *got)
{
	struct str out = str_of(got), line, have;

	while (wanted.len) {
		line = str_cut(wanted, '\n', &wanted);
		if (str_eq(line, STR("..."))) {
			line = str_cut(wanted, '\n', &wanted);
			if (!line.len)
				return;
			do {
				ck_assert_msg(out.len, STR_FMT ": no " STR_FMT,
				    STR_ARG(command), STR_ARG(line));
				have = str_cut(out, '\n', &out);
			} while (!str_eq(have, line));
			continue;
		}
		have = str_cut(out, '\n', &out);
		ck_assert_msg(str_eq(have, line),
		    STR_FMT ":\n" STR_FMT "\nin place of\n" STR_FMT "\n%s",
		    STR_ARG(command), STR_ARG(have), STR_ARG(line), got);
	}
	ck_assert_msg(out.len == 0, STR_FMT ": more: " STR_FMT,
	    STR_ARG(command), STR_ARG(out));
}

static void
run_command(struct tutorial *tutorial, struct str command, struct str wanted)
{
	char line[256], *text = NULL;

	snprintf(line, sizeof(line), STR_FMT, STR_ARG(command));
	if (str_starts(command, STR("cd "))) {
		ck_assert(chdir(line + 3) == 0);
		return;
	}
	if (str_eq(command, STR("echo $?"))) {
		snprintf(line, sizeof(line), "%d\n", tutorial->status);
		check_output(command, wanted, line);
		return;
	}
	ck_assert_msg(str_starts(command, STR("tfassay ")), "%s", line);
	tutorial->status = run(line, &text);
	check_output(command, wanted, text);
	free(text);
}

static void
run_block(struct tutorial *tutorial)
{
	struct str line = next_line(tutorial), command, wanted;

	while (str_starts(line, STR("$ "))) {
		command = str_from(line, 2);
		wanted = str_head(tutorial->rest, 0);
		line = next_line(tutorial);
		while (!str_starts(line, STR("$ ")) &&
		    !str_eq(line, STR("```"))) {
			wanted.len =
			    (size_t)(tutorial->rest.ptr - wanted.ptr);
			line = next_line(tutorial);
		}
		run_command(tutorial, command, wanted);
	}
}

/* "Write `PATH`:" stands before a file. */
static void
write_block(struct tutorial *tutorial)
{
	struct str name = tutorial->before, body = tutorial->rest;
	char path[128];
	size_t at;
	FILE *file;

	ck_assert(str_find(name, STR("`"), &at));
	name = str_from(name, at + 1);
	ck_assert(str_find(name, STR("`"), &at));
	snprintf(path, sizeof(path), STR_FMT, STR_ARG(str_head(name, at)));
	ck_assert(str_find(body, STR("\n```\n"), &at));
	tutorial->rest = str_from(body, at + STR("\n```\n").len);
	file = fopen(path, "w");
	ck_assert_msg(file != NULL, "%s", path);
	ck_assert(fwrite(body.ptr, 1, at + 1, file) == at + 1);
	ck_assert(fclose(file) == 0);
}

START_TEST(every_command_of_the_tutorial_does_what_it_shows)
{
	struct buf text = read_file(".", "docs/your-first-control.md", "");
	struct tutorial tutorial = {.rest = buf_str(&text)};
	size_t blocks = 0;

	enter_folder();
	while (tutorial.rest.len) {
		struct str line = next_line(&tutorial);

		if (str_eq(line, STR("```console"))) {
			run_block(&tutorial);
			blocks++;
		} else if (str_eq(line, STR("```yaml"))) {
			write_block(&tutorial);
			blocks++;
		} else if (line.len) {
			tutorial.before = line;
		}
	}
	ck_assert(blocks > 5);
	leave_folder();
	buf_free(&text);
}
END_TEST

START_TEST(the_rule_beside_others_passes_lint_and_test)
{
	struct buf text = read_file(".", "docs/coming-from.md", "");
	struct str body = buf_str(&text);
	FILE *file;
	size_t at;

	enter_folder();
	ck_assert(str_find(body, STR("\n```yaml\n"), &at));
	body = str_from(body, at + STR("\n```yaml\n").len);
	ck_assert(str_find(body, STR("\n```\n"), &at));
	file = fopen("rule.yaml", "w");
	ck_assert(file && fwrite(body.ptr, 1, at + 1, file) == at + 1);
	ck_assert(fclose(file) == 0);
	check_run("tfassay lint --strict rule.yaml", 0, "0 errors, 0 warnings");
	check_run("tfassay test rule.yaml", 0, "3 tests");
	leave_folder();
	buf_free(&text);
}
END_TEST

Suite *
suite_init(void)
{
	Suite *suite = suite_create("init");
	TCase *tcase = tcase_create("init");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, starter_files_pass_lint_and_test);
	tcase_add_test(tcase, what_is_there_is_kept);
	tcase_add_test(tcase, a_folder_is_made);
	tcase_add_test(
	    tcase, every_command_of_the_tutorial_does_what_it_shows);
	tcase_add_test(tcase, the_rule_beside_others_passes_lint_and_test);
	suite_add_tcase(suite, tcase);
	return suite;
}
