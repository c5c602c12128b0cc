/*
 * The page of a replay from outside: its numbers are added up here from the
 * lines that it was made of, read with jansson.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include "test/test.h"

#define DATA "testdata/replay/"

enum { WORDS_MOST = 24, LINES_MOST = 256 };

static char folder[64];
static struct buf page;
static json_t *lines[LINES_MOST];
static size_t line_count;

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

/* Words are parted by blanks, and "@" begins those in the folder. */
static int
run(struct buf *err, const char *words)
{
	char line[2048], *argv[WORDS_MOST + 1] = {NULL}, *rest, *said = NULL;
	char paths[4][128];
	struct cli_io io = {.in = -1, .env = no_env};
	size_t len = 0, count = 0;
	int argc = 0, status;

	ck_assert_uint_lt(strlen(words), sizeof(line));
	strcpy(line, words);
	for (char *word = strtok_r(line, " ", &rest); word && argc < WORDS_MOST;
	     word = strtok_r(NULL, " ", &rest)) {
		if (*word == '@') {
			ck_assert_uint_lt(count, COUNTOF(paths));
			snprintf(paths[count], sizeof(paths[count]), "%s%s",
			    folder, word + 1);
			word = paths[count++];
		}
		argv[argc++] = word;
	}
	io.out = tmpfile();
	io.err = open_memstream(&said, &len);
	ck_assert(io.out && io.err);
	status = cli_run(argc, argv, &io);
	fclose(io.out);
	fclose(io.err);
	if (err)
		buf_add(err, (struct str){said, len});
	free(said);
	return status;
}

static void
read_file(struct buf *out, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out->len = 0;
	ck_assert_int_eq(file_read(out, path, SIZE_MAX), FILE_WHOLE);
}

static void
write_file(const char *name, struct str text)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(text.ptr, 1, text.len, out), text.len);
	ck_assert_int_eq(fclose(out), 0);
}

static bool
exists(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

static void
enter(void)
{
	struct buf text = {0};
	struct str rest;

	strcpy(folder, "/tmp/tfassay-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(run(NULL,
	    "tfassay replay -q --no-config --no-builtin --policies " DATA
	    "page-controls.yaml --waivers " DATA "waivers.yaml -o @/r " DATA
	    "plans"), 3);
	ck_assert_int_eq(
	    run(NULL, "tfassay convert --format html -o @/page @/r"), 0);
	read_file(&page, "page");
	read_file(&text, "r");
	rest = buf_str(&text);
	for (line_count = 0; rest.len; line_count++) {
		struct str line = str_cut(rest, '\n', &rest);

		ck_assert_uint_lt(line_count, LINES_MOST);
		lines[line_count] = json_loadb(line.ptr, line.len, 0, NULL);
		ck_assert_ptr_nonnull(lines[line_count]);
	}
	buf_free(&text);
}

static void
leave(void)
{
	char command[128];

	for (size_t i = 0; i < line_count; i++)
		json_decref(lines[i]);
	buf_free(&page);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static bool
has(const char *text)
{
	size_t at;

	return str_find(buf_str(&page), str_of(text), &at);
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static json_int_t
number(const json_t *object, const char *a, const char *b)
{
	return json_integer_value(
	    json_object_get(json_object_get(object, a), b));
}

static bool
is_type(const json_t *line, const char *type)
{
	return strcmp(text_of(line, "type"), type) == 0;
}

/* Of plans whose timestamp begins so; "" is for those without one. */
static void
add_month(json_int_t sums[12], const char *month)
{
	static const char *const verdicts[] = {
	    "pass", "fail", "undecided", "error"};

	for (size_t i = 0; i < line_count; i++) {
		const json_t *plan = lines[i];
		const json_t *controls = json_object_get(plan, "controls");
		const char *time = text_of(plan, "timestamp");

		if (!is_type(plan, "plan") ||
		    (*month ? strncmp(time, month, 7) != 0 : *time != '\0'))
			continue;
		sums[0]++;
		for (size_t j = 0; j < COUNTOF(verdicts); j++)
			sums[1 + j] += strcmp(text_of(json_object_get(plan,
							  "status"),
						  "verdict"),
					   verdicts[j]) == 0;
		sums[6] += number(controls, "repository_scans_images", "fail");
		sums[7] += number(controls, "repository_tags_stay", "fail");
		sums[10] += number(plan, "totals", "introduced");
		sums[11] += number(plan, "totals", "fixed");
	}
}

static void
check_month(const char *month, const char *name)
{
	json_int_t sums[12] = {0};
	struct buf row = {0};

	add_month(sums, month);
	buf_fmt(&row, "<tr><th scope=\"row\">%s</th>", name);
	for (size_t i = 0; i < COUNTOF(sums); i++)
		buf_fmt(&row, "<td class=\"number\">%" JSON_INTEGER_FORMAT
		    "</td>", sums[i]);
	buf_fmt(&row, "</tr>%c", '\0');
	ck_assert_int_gt(sums[0], 0);
	ck_assert_msg(has(row.ptr), "%s", row.ptr);
	buf_free(&row);
}

START_TEST(each_month_adds_up)
{
	check_month("2026-11", "2026-11");
	check_month("", "no time");
}
END_TEST

static json_int_t
failures_of(const char *id)
{
	for (size_t i = 0; i < line_count; i++) {
		if (is_type(lines[i], "control") &&
		    strcmp(text_of(lines[i], "id"), id) == 0)
			return json_integer_value(
			    json_object_get(lines[i], "fail"));
	}
	return -1;
}

static void
check_requirement(const char *framework, const char *name, int controls,
    json_int_t failures)
{
	char row[256];

	snprintf(row, sizeof(row),
	    "<td>%s</td><th scope=\"row\">%s</th><td class=\"number\">%d</td>"
	    "<td class=\"number\">%" JSON_INTEGER_FORMAT "</td>",
	    framework, name, controls, failures);
	ck_assert_msg(has(row), "%s", row);
}

START_TEST(requirements_have_the_failures_of_their_controls)
{
	json_int_t scans = failures_of("repository_scans_images");
	json_int_t tags = failures_of("repository_tags_stay");

	ck_assert_int_gt(scans, 0);
	ck_assert_int_gt(tags, 0);
	check_requirement("Own", "A.1", 1, scans);
	check_requirement("Own", "A.2", 2, scans + tags);
	check_requirement("Other &lt;b&gt;", "X", 1, scans);
}
END_TEST

START_TEST(instances_of_a_module_count_together)
{
	json_int_t count = 0;
	char cell[64];

	for (size_t i = 0; i < line_count; i++) {
		const json_t *line = lines[i];

		count += is_type(line, "finding") &&
		    strcmp(text_of(line, "verdict"), "fail") == 0 &&
		    strcmp(text_of(line, "control"), "repository_tags_stay") ==
			0 &&
		    strncmp(text_of(line, "address"), "module.m[", 9) == 0;
	}
	ck_assert_int_gt(count, 1);
	snprintf(cell, sizeof(cell),
	    "<title>module.m: %" JSON_INTEGER_FORMAT "</title>", count);
	ck_assert_msg(has(cell), "%s", cell);
}
END_TEST

START_TEST(the_waiver_and_the_digest_are_told)
{
	const json_t *end = lines[line_count - 1];

	ck_assert(has(text_of(end, "digest")));
	ck_assert(has("<th scope=\"row\">W-1<div class=\"quiet\">team-build"));
	ck_assert(has("<td class=\"number\">1</td><td>2027-01-31</td>"));
	ck_assert(has("<dt>plans listed</dt><dd>7</dd>"));
	ck_assert(has("<dt>refused</dt><dd>1</dd>"));
}
END_TEST

START_TEST(nothing_in_it_is_active)
{
	ck_assert(has("&lt;script&gt;alert(1)"));
	ck_assert(!has("<script"));
	ck_assert(!has("<b>:"));
	ck_assert(!has("<form"));
	ck_assert(!has("http://"));
	ck_assert(!has(" on"
		       "click"));
}
END_TEST

START_TEST(a_shard_says_what_it_is)
{
	ck_assert_int_eq(run(NULL,
	    "tfassay replay -q --no-config --no-builtin --policies " DATA
	    "page-controls.yaml --shard 2/3 -o @/s " DATA "plans"), 1);
	ck_assert_int_eq(
	    run(NULL, "tfassay convert --format html -o @/page @/s"), 0);
	read_file(&page, "page");
	ck_assert(has("This is only shard 2 of 3</b> of 7 plans"));
}
END_TEST

START_TEST(a_damaged_replay_gives_no_page)
{
	struct buf text = {0}, err = {0};
	size_t at;

	read_file(&text, "r");
	ck_assert(str_find(buf_str(&text), STR("\"fail\":"), &at));
	text.ptr[at + 7] ^= 1;
	write_file("bad", buf_str(&text));
	ck_assert_int_eq(
	    run(&err, "tfassay convert --format html -o @/none @/bad"), 3);
	ck_assert(str_find(buf_str(&err), STR("damaged"), &at));
	read_file(&text, "r");
	write_file("bad", str_head(buf_str(&text), text.len - 1));
	ck_assert_int_eq(
	    run(NULL, "tfassay convert --format html -o @/none @/bad"), 3);
	ck_assert(!exists("none"));
	buf_free(&text);
	buf_free(&err);
}
END_TEST

START_TEST(a_replay_has_no_other_format)
{
	struct buf err = {0};
	size_t at;

	ck_assert_int_eq(
	    run(&err, "tfassay convert --format sarif -o @/none @/r"), 2);
	ck_assert(str_find(buf_str(&err), STR("--format html"), &at));
	ck_assert_int_eq(run(NULL, "tfassay convert @/r"), 2);
	ck_assert(!exists("none"));
	buf_free(&err);
}
END_TEST

Suite *
suite_sheet(void)
{
	Suite *suite = suite_create("sheet");
	TCase *tc = tcase_create("page");

	tcase_add_checked_fixture(tc, enter, leave);
	tcase_add_test(tc, each_month_adds_up);
	tcase_add_test(tc, requirements_have_the_failures_of_their_controls);
	tcase_add_test(tc, instances_of_a_module_count_together);
	tcase_add_test(tc, the_waiver_and_the_digest_are_told);
	tcase_add_test(tc, nothing_in_it_is_active);
	tcase_add_test(tc, a_shard_says_what_it_is);
	tcase_add_test(tc, a_damaged_replay_gives_no_page);
	tcase_add_test(tc, a_replay_has_no_other_format);
	suite_add_tcase(suite, tc);
	return suite;
}
