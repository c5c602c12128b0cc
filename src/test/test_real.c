/*
 * Three estates in the style of public modules (testdata/real): what the
 * shipped controls say of them is what their sources deserve, and so is where
 * the value came from and what a person has to edit.
 */
#include "test/judge.h"
#include "test/test.h"

#define FOLDER "testdata/real"

static const char *const plans[] = {"web", "lake", "platform"};

/*
 * expected.tsv; "-" is not looked at.  The place is a block and an argument in
 * it.
 */
struct row {
	struct str plan, control, address, verdict;
	struct str kind, where, block, argument;
};

static struct row
row_read(struct str line)
{
	struct row row;
	struct str *const columns[] = {&row.plan, &row.control, &row.address,
	    &row.verdict, &row.kind, &row.where, &row.block, &row.argument};

	for (size_t i = 0; i < COUNTOF(columns); i++)
		*columns[i] = str_cut(line, '\t', &line);
	return row;
}

static const struct finding *
find(const struct judged *run, const struct row *row)
{
	for (size_t i = 0; i < run->report->finding_count; i++) {
		const struct finding *finding = &run->report->findings[i];

		if (str_eq(finding->control->id, row->control) &&
		    str_eq(finding->address, row->address))
			return finding;
	}
	ck_abort_msg("no verdict of " STR_FMT " on " STR_FMT,
	    STR_ARG(row->control), STR_ARG(row->address));
	return NULL;
}

static void
expect(const struct row *row, const char *what, struct str expected,
    struct str got)
{
	ck_assert_msg(str_eq(expected, STR("-")) || str_eq(expected, got),
	    STR_FMT " on " STR_FMT ": %s is \"" STR_FMT "\" and not \"" STR_FMT
		    "\"",
	    STR_ARG(row->control), STR_ARG(row->address), what, STR_ARG(got),
	    STR_ARG(expected));
}

START_TEST(findings_are_those_that_a_reviewer_would_make)
{
	struct buf table = read_file(FOLDER, "expected", ".tsv");
	struct str rest = buf_str(&table);
	char folder[128];
	struct judged run;
	size_t rows = 0;

	snprintf(folder, sizeof(folder), FOLDER "/%s", plans[_i]);
	run = judge_file(NULL, folder, "plan", NULL);
	while (rest.len) {
		struct row row = row_read(str_cut(rest, '\n', &rest));
		const struct finding *finding;

		if (!str_eq(row.plan, str_of(plans[_i])))
			continue;
		finding = find(&run, &row);
		expect(&row, "the verdict", row.verdict,
		    str_of(verdict_name(finding->verdict)));
		ck_assert_ptr_nonnull(finding->origin);
		expect(&row, "the origin", row.kind,
		    str_of(finding->origin->kind));
		expect(&row, "its module", row.where, finding->origin->where);
		expect(&row, "the block to edit", row.block,
		    finding->origin->change);
		expect(&row, "the argument", row.argument,
		    finding->origin->change_attribute);
		rows++;
	}
	ck_assert_uint_gt(rows, 10);
	judged_free(&run);
	buf_free(&table);
}
END_TEST

Suite *
suite_real(void)
{
	Suite *suite = suite_create("real");
	TCase *tc = tcase_create("estates");

	tcase_add_loop_test(tc, findings_are_those_that_a_reviewer_would_make,
	    0, COUNTOF(plans));
	suite_add_tcase(suite, tc);
	return suite;
}
