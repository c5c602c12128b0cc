/*
 * Completion scripts: shells that are here read them, and bash completes with
 * them what a person would expect.
 */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "test/test.h"

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

static int
run(FILE *out, FILE *err, const char *word)
{
	char name[] = "tfassay", command[] = "completion", shell[16];
	char *argv[] = {name, command, shell, NULL};
	struct cli_io io = {.in = -1, .out = out, .err = err, .env = no_env};

	snprintf(shell, sizeof(shell), "%s", word);
	return cli_run(3, argv, &io);
}

/* The script in a new file, whose name is a template. */
static void
write_script(char *path, const char *shell)
{
	FILE *out = fdopen(mkstemp(path), "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(run(out, stderr, shell), 0);
	ck_assert_int_eq(fclose(out), 0);
}

static bool
has_shell(const char *shell)
{
	char line[64];

	snprintf(line, sizeof(line), "command -v %s >/dev/null 2>&1", shell);
	if (system(line) == 0)
		return true;
	fprintf(stderr, "completion: skipped: %s is missing\n", shell);
	return false;
}

START_TEST(shells_can_read_their_scripts)
{
	static const char *const shells[] = {"bash", "zsh", "fish"};
	char path[] = "/tmp/tfassay-test-XXXXXX", line[128];

	write_script(path, shells[_i]);
	snprintf(line, sizeof(line), "%s -n %s", shells[_i], path);
	if (has_shell(shells[_i]))
		ck_assert_int_eq(system(line), 0);
	unlink(path);
}
END_TEST

static const struct {
	const char *words, *offered;
} rows[] = {
    {"che", "check"},
    {"in", "inspect init"},
    {"check --fail-on h", "high"},
    {"check --only introduced,ex", "introduced,existing"},
    {"check --summ", "--summary-only"},
    {"check --format chec", "checkstyle"},
    {"check --format = chec", "checkstyle"},
    {"test --format t", "text tap"},
    {"check --policies testdata/joins/contr", "testdata/joins/controls.yaml"},
    {"check -o LICEN", "LICENSE"},
    {"check LICEN", "LICENSE"},
    {"list def", "defaults"},
    {"list LICEN", ""},
    {"help red", "redact"},
    {"completion ''", "bash zsh fish"},
    {"fixture --fo", "--force"},
    {"fixture --only", ""},
    {"version ''", ""},
};

START_TEST(bash_completes)
{
	char path[] = "/tmp/tfassay-test-XXXXXX", line[256], got[256] = "";
	FILE *pipe;

	if (!has_shell("bash"))
		return;
	write_script(path, "bash");
	snprintf(line, sizeof(line), "bash testdata/cli/complete.sh %s %s",
	    path, rows[_i].words);
	pipe = popen(line, "r");
	ck_assert_ptr_nonnull(pipe);
	ck_assert_ptr_nonnull(fgets(got, sizeof(got), pipe));
	ck_assert_int_eq(pclose(pipe), 0);
	got[strcspn(got, "\n")] = '\0';
	ck_assert_msg(strcmp(got, rows[_i].offered) == 0,
	    "%s: \"%s\"", rows[_i].words, got);
	unlink(path);
}
END_TEST

START_TEST(other_shells_are_refused)
{
	char *out_text = NULL, *text = NULL;
	size_t out_len, len;
	FILE *out = open_memstream(&out_text, &out_len);
	FILE *err = open_memstream(&text, &len);

	ck_assert_int_eq(run(out, err, "bsh"), 2);
	fclose(out);
	fclose(err);
	ck_assert_str_eq(out_text, "");
	ck_assert_msg(strstr(text, "bash") != NULL, "%s", text);
	free(out_text);
	free(text);
}
END_TEST

Suite *
suite_completion(void)
{
	Suite *suite = suite_create("completion");
	TCase *tc = tcase_create("completion");

	tcase_add_loop_test(tc, shells_can_read_their_scripts, 0, 3);
	tcase_add_loop_test(tc, bash_completes, 0, COUNTOF(rows));
	tcase_add_test(tc, other_shells_are_refused);
	suite_add_tcase(suite, tc);
	return suite;
}
