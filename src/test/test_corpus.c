/*
 * Real plans with the shipped controls: the verdicts are those of the second
 * opinion (testdata/oracle/evaluate.py), and do not depend on how the bytes
 * arrive.
 */
#include <jansson.h>
#include <stdlib.h>
#include <zlib.h>

#include "test/judge.h"
#include "test/test.h"

/* testdata/oracle/expected/NAME.tsv belongs to testdata/plans/NAME.json. */
static const char *const plans[] = {
    "lifecycle/lifecycle-mixed",
    "lifecycle/lifecycle-noop",
    "lifecycle/lifecycle-destroy",
    "lifecycle/lifecycle-refresh-only",
    "lifecycle/lifecycle-target",
    "format/a",
    "format/deposed",
    "format/dyn",
    "format/ecr",
    "format/err",
    "format/expr",
    "format/idx",
    "format/last",
    "format/life-d",
    "format/life-plan",
    "format/life-r",
    "format/life-t",
    "format/misc",
    "format/setunk",
    "stacks/container-platform",
    "stacks/data-platform",
    "stacks/network-hub",
};

static struct tfa_policies *policies;

static void
load_policies(void)
{
	struct tfa_error err = {0};

	policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(policies);
	ck_assert_msg(tfa_policies_builtin(policies, &err), "%s:%zu: %s",
	    err.file, err.line, err.message);
}

static void
free_policies(void)
{
	tfa_policies_free(policies);
}

/* One line a finding; long adds what the second opinion does not say. */
static struct buf
judge(struct str plan, size_t piece, bool more)
{
	struct tfa_options options = {.path = "plan.json",
	    .list = TFA_PASS,
	    .now = "2026-01-01T00:00:00Z"};
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval = tfa_eval_new(policies, &options, &err);
	struct buf out = {0};
	bool ok = eval != NULL;

	while (ok && plan.len) {
		size_t len = plan.len < piece ? plan.len : piece;

		ok = tfa_eval_feed(eval, plan.ptr, len, &err);
		plan = str_from(plan, len);
	}
	ok = ok && tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s at %zu", err.message, (size_t)err.offset);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *f = &report->findings[i];

		buf_fmt(&out, STR_FMT "\t" STR_FMT "\t%s\t%s\n",
		    STR_ARG(f->control->id), STR_ARG(f->address),
		    verdict_name(f->verdict), change_name(f->change));
		if (more)
			buf_fmt(&out, "\t" STR_FMT " %s " STR_FMT "\n",
			    STR_ARG(f->path), state_name(f->state),
			    STR_ARG(f->reason));
	}
	if (more)
		buf_fmt(&out, "%zu %zu %zu %d\n", report->ledger.subjects,
		    report->ledger.judged, report->totals.worst,
		    tfa_report_status(report));
	buf_byte(&out, '\0');
	tfa_report_free(report);
	tfa_eval_free(eval);
	return out;
}

static int
line_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Lines in byte order, so that the order of a report does not matter. */
static char **
sorted_lines(char *text, size_t *count)
{
	char **lines = NULL;
	size_t n = 0, cap = 0;

	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		ck_assert(array_reserve(&lines, &cap, n + 1, sizeof(*lines)));
		lines[n++] = line;
	}
	if (n)
		qsort(lines, n, sizeof(*lines), line_compare);
	*count = n;
	return lines;
}

START_TEST(verdicts_are_those_of_the_second_opinion)
{
	struct buf plan = read_file("testdata/plans", plans[_i], ".json");
	struct buf expected = read_file("testdata/oracle/expected", plans[_i], ".tsv");
	struct buf got = judge(buf_str(&plan), SIZE_MAX, false);
	size_t got_count, expected_count;
	char **got_lines, **expected_lines;

	ck_assert(buf_byte(&expected, '\0'));
	got_lines = sorted_lines(got.ptr, &got_count);
	expected_lines = sorted_lines(expected.ptr, &expected_count);
	for (size_t i = 0; i < got_count && i < expected_count; i++)
		ck_assert_str_eq(got_lines[i], expected_lines[i]);
	ck_assert_uint_eq(got_count, expected_count);
	free(got_lines);
	free(expected_lines);
	buf_free(&got);
	buf_free(&expected);
	buf_free(&plan);
}
END_TEST

static void
same_verdicts(const struct buf *expected, struct str plan, size_t piece,
    const char *how)
{
	struct buf got = judge(plan, piece, true);

	ck_assert_msg(strcmp(expected->ptr, got.ptr) == 0,
	    "%s changes the verdicts:\n%s\ninstead of\n%s", how, got.ptr,
	    expected->ptr);
	buf_free(&got);
}

static struct buf
gzipped(struct str plain)
{
	z_stream stream = {0};
	struct buf out = {0};

	ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8,
			     Z_DEFAULT_STRATEGY),
	    Z_OK);
	ck_assert(buf_reserve(&out, plain.len + 1024));
	stream.next_in = (Bytef *)(uintptr_t)plain.ptr;
	stream.avail_in = (uInt)plain.len;
	stream.next_out = (Bytef *)out.ptr;
	stream.avail_out = (uInt)out.cap;
	ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
	out.len = stream.total_out;
	deflateEnd(&stream);
	return out;
}

START_TEST(verdicts_do_not_depend_on_how_the_bytes_arrive)
{
	static const size_t pieces[] = {1, 2, 3, 7, 64, 299, 300};
	struct buf plan = read_file("testdata/plans", plans[_i], ".json");
	struct buf expected = judge(buf_str(&plan), SIZE_MAX, true);
	struct buf packed = gzipped(buf_str(&plan));
	json_t *document = json_loadb(plan.ptr, plan.len, 0, NULL);
	char *sorted, *pretty;

	for (size_t i = 0; i < COUNTOF(pieces); i++)
		same_verdicts(&expected, buf_str(&plan), pieces[i], "a piece");
	same_verdicts(&expected, buf_str(&packed), SIZE_MAX, "gzip");
	same_verdicts(&expected, buf_str(&packed), 5, "gzip in pieces");
	/* jansson cannot hold every number or string that a plan may have. */
	if (!document)
		document = json_loadb(plan.ptr, plan.len,
		    JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
	ck_assert_ptr_nonnull(document);
	sorted = json_dumps(document, JSON_SORT_KEYS | JSON_COMPACT);
	pretty = json_dumps(document, JSON_INDENT(2));
	same_verdicts(&expected, str_of(sorted), SIZE_MAX, "sorting");
	same_verdicts(&expected, str_of(pretty), 300, "pretty-printing");
	free(sorted);
	free(pretty);
	json_decref(document);
	buf_free(&packed);
	buf_free(&expected);
	buf_free(&plan);
}
END_TEST

START_TEST(a_plan_cut_anywhere_is_refused)
{
	struct buf plan = read_file("testdata/plans", plans[_i], ".json");
	size_t end = plan.len, step;

	while (end > 0 && strchr(" \n\r\t", plan.ptr[end - 1]))
		end--;
	step = end / 997 + 1;
	for (size_t len = 0; len < end; len += len + 300 > end ? 1 : step) {
		struct tfa_options options = {.path = "p", .now = "2026-01-01"};
		struct tfa_error err = {0};
		struct tfa_report *report = NULL;
		struct tfa_eval *eval = tfa_eval_new(policies, &options, &err);
		bool ok = eval && tfa_eval_feed(eval, plan.ptr, len, &err) &&
		    tfa_eval_finish(eval, &report, &err);

		ck_assert_msg(!ok, "cut at %zu of %zu", len, end);
		ck_assert_int_eq(tfa_error_status(&err), 3);
		tfa_eval_free(eval);
	}
	buf_free(&plan);
}
END_TEST

START_TEST(readme_shows_what_the_tool_prints)
{
	struct buf readme = read_file(".", "README", ".md");
	struct buf output =
	    read_file("testdata/cases/readme-judge", "stdout", "");
	struct str line, rest = buf_str(&readme);
	bool inside = false;
	size_t at, shown = 0;

	while (rest.len) {
		line = str_cut(rest, '\n', &rest);
		if (str_eq(line, STR("<!-- end of output -->")))
			break;
		if (inside && !str_starts(line, STR("```")) &&
		    !str_eq(line, STR("..."))) {
			ck_assert_msg(str_find(buf_str(&output), line, &at),
			    "\"" STR_FMT "\" is not printed", STR_ARG(line));
			shown += line.len > 0;
		}
		inside = inside || str_eq(line, STR("<!-- output -->"));
	}
	ck_assert_uint_gt(shown, 10);
	buf_free(&readme);
	buf_free(&output);
}
END_TEST

START_TEST(built_in_policies_are_the_files_of_the_tree)
{
	struct tfa_policies *files = tfa_policies_new(NULL);
	struct tfa_error err = {0};

	ck_assert(files != NULL);
	ck_assert_msg(tfa_policies_load(files, "policies", &err), "%s:%zu: %s",
	    err.file, err.line, err.message);
	ck_assert_uint_eq(files->pack_count, policies->pack_count);
	for (size_t i = 0; i < files->pack_count; i++) {
		ck_assert(str_eq(
		    files->packs[i]->file, policies->packs[i]->file));
		ck_assert_str_eq(
		    files->packs[i]->sha256, policies->packs[i]->sha256);
	}
	ck_assert_uint_eq(files->control_count, policies->control_count);
	tfa_policies_free(files);
}
END_TEST

Suite *
suite_corpus(void)
{
	Suite *suite = suite_create("corpus");
	TCase *tc = tcase_create("plans");

	tcase_add_unchecked_fixture(tc, load_policies, free_policies);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, verdicts_are_those_of_the_second_opinion, 0,
	    COUNTOF(plans));
	tcase_add_loop_test(tc,
	    verdicts_do_not_depend_on_how_the_bytes_arrive, 0,
	    COUNTOF(plans));
	tcase_add_loop_test(
	    tc, a_plan_cut_anywhere_is_refused, 0, COUNTOF(plans));
	tcase_add_test(tc, readme_shows_what_the_tool_prints);
	tcase_add_test(tc, built_in_policies_are_the_files_of_the_tree);
	suite_add_tcase(suite, tc);
	return suite;
}
