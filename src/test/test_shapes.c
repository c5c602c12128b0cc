/*
 * Plans made by Terraform of sources in testdata/metamorphic/hcl, against tables
 * that were written from the sources and the contract: verdicts of one control,
 * and states of paths.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine/result.h"
#include "test/judge.h"
#include "test/test.h"

#define FOLDER "testdata/metamorphic"
#define SCAN "ecr_repository_image_scan_on_push_enabled"

enum { COLUMNS = 6 };

struct row {
	const char *cells[COLUMNS];
};

struct table {
	struct buf text;
	struct row *rows;
	size_t count, cap;
	size_t bad; /* rows of another length */
};

/* Read once, for there is one test a row. */
static struct table verdicts, states;

enum { PLAN, ADDRESS, VERDICT, CHANGE, STATE, REASON };
enum { PATH = 2, PATH_STATE };

/* Nothing can be asserted before the tests run: a bad file has no rows. */
static void
table_load(struct table *table, const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t got = 1;

	while (file && got && buf_reserve(&table->text, 65536)) {
		got = fread(table->text.ptr + table->text.len, 1, 65535, file);
		table->text.len += got;
	}
	if (file)
		fclose(file);
	if (!buf_byte(&table->text, '\0'))
		table->text.len = 0;
}

/* Cells behind tabs; false where there are not as many as columns. */
static bool
row_read(struct row *row, char *line, size_t columns)
{
	for (size_t i = 0; i < columns && line; i++) {
		row->cells[i] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return !line && row->cells[columns - 1];
}

/* Lines that begin with "#" are for people. */
static void
table_read(struct table *table, const char *path, size_t columns)
{
	char *line, *next;

	table_load(table, path);
	for (line = table->text.ptr; line && *line; line = next) {
		struct row row = {{NULL}};

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (*line == '#')
			continue;
		table->bad += !row_read(&row, line, columns);
		if (!array_reserve(&table->rows, &table->cap, table->count + 1,
			sizeof(row)))
			return;
		table->rows[table->count++] = row;
	}
}

START_TEST(the_tables_are_whole)
{
	ck_assert_uint_ge(verdicts.count, 60);
	ck_assert_uint_ge(states.count, 120);
	ck_assert_uint_eq(verdicts.bad + states.bad, 0);
}
END_TEST

START_TEST(every_way_of_writing_it_has_the_verdict_of_its_source)
{
	const char *const *row = verdicts.rows[_i].cells;
	struct judged run = judge_file(NULL, FOLDER, row[PLAN], SCAN);
	const struct finding *finding =
	    judged_find(&run, SCAN, row[ADDRESS]);
	size_t at;

	if (strcmp(row[VERDICT], "-") == 0) {
		ck_assert_msg(!finding, "%s is judged", row[ADDRESS]);
	} else {
		ck_assert_msg(finding != NULL, "%s is not", row[ADDRESS]);
		ck_assert_str_eq(verdict_name(finding->verdict), row[VERDICT]);
		ck_assert_str_eq(change_name(finding->change), row[CHANGE]);
		ck_assert_str_eq(state_name(finding->state), row[STATE]);
		ck_assert_msg(
		    str_find(finding->reason, str_of(row[REASON]), &at),
		    "%s: \"" STR_FMT "\" does not say %s", row[ADDRESS],
		    STR_ARG(finding->reason), row[REASON]);
	}
	judged_free(&run);
}
END_TEST

/* Every repository of a plan that is judged stands in the table. */
START_TEST(no_repository_is_judged_that_is_not_expected)
{
	static const char *const plans[] = {"forms", "again", "hidden"};
	struct judged run = judge_file(NULL, FOLDER, plans[_i], SCAN);
	size_t expected = 0;

	for (size_t i = 0; i < verdicts.count; i++) {
		const char *const *row = verdicts.rows[i].cells;

		expected += strcmp(row[PLAN], plans[_i]) == 0 &&
		    strcmp(row[VERDICT], "-") != 0;
	}
	ck_assert_uint_gt(expected, 0);
	ck_assert_uint_eq(run.report->finding_count, expected);
	judged_free(&run);
}
END_TEST

/* The type in an address: the last but one of its names, keys left out. */
static struct str
type_of(const char *address)
{
	const char *at = strstr(address, ".aws_");
	struct str rest;

	at = at ? at + 1 : address;
	return str_cut(str_of(at), '.', &rest);
}

START_TEST(every_path_has_the_state_of_its_source)
{
	const char *const *row = states.rows[_i].cells;
	struct str type = type_of(row[ADDRESS]);
	struct buf policy = {0};
	struct judged run;
	const struct finding *finding;

	buf_fmt(&policy,
	    "controls:\n"
	    "  - {id: c, title: T, severity: low, resource: " STR_FMT ",\n"
	    "     assert: {path: '%s', set: true}}\n",
	    STR_ARG(type), row[PATH]);
	run = judge_file(&policy, FOLDER, row[PLAN], NULL);
	finding = judged_find(&run, "c", row[ADDRESS]);
	ck_assert_msg(finding != NULL, "%s is not judged", row[ADDRESS]);
	ck_assert_msg(
	    strcmp(state_name(finding->state), row[PATH_STATE]) == 0,
	    "%s of %s is %s, not %s", row[PATH], row[ADDRESS],
	    state_name(finding->state), row[PATH_STATE]);
	judged_free(&run);
	buf_free(&policy);
}
END_TEST

static void
free_tables(void)
{
	buf_free(&verdicts.text);
	buf_free(&states.text);
	free(verdicts.rows);
	free(states.rows);
}

Suite *
suite_shapes(void)
{
	Suite *suite = suite_create("shapes");
	TCase *tc = tcase_create("tables");

	table_read(&verdicts, FOLDER "/expected.tsv", 6);
	table_read(&states, FOLDER "/states.tsv", 4);
	atexit(free_tables);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, the_tables_are_whole);
	tcase_add_loop_test(tc,
	    every_way_of_writing_it_has_the_verdict_of_its_source, 0,
	    (int)verdicts.count);
	tcase_add_loop_test(
	    tc, no_repository_is_judged_that_is_not_expected, 0, 3);
	tcase_add_loop_test(tc, every_path_has_the_state_of_its_source, 0,
	    (int)states.count);
	suite_add_tcase(suite, tc);
	return suite;
}
