/*
 * Real plans whose resources refer to each other (testdata/joins): verdicts and
 * lines are those that were worked out from the sources, in every order of the
 * plan's members, and where part of the plan is taken away a verdict stays or
 * becomes unknown.
 */
#include <jansson.h>
#include <stdlib.h>

#include "test/judge.h"
#include "test/test.h"

#define FOLDER "testdata/joins"

static const char *const plans[] = {
    "bucket",
    "bucket-target",
    "key",
    "groups",
    "listener",
    "through",
    "keys",
    "modules",
    "values",
    "hidden",
    "tags",
    "documents",
    "update",
    "nested",
    "traps",
};

static struct buf policy;

static void
load(void)
{
	policy = read_file(FOLDER, "controls", ".yaml");
}

static void
unload(void)
{
	buf_free(&policy);
}

/* --- The table --- */

struct row {
	struct str control, address, verdict, change;
};

struct table {
	struct buf text;
	struct row *rows;
	size_t count, cap;
};

static struct table
table_read(const char *name)
{
	struct table table = {
	    .text = read_file(FOLDER "/expected", name, ".tsv")};
	struct str rest = buf_str(&table.text);

	while (rest.len) {
		struct str line = str_cut(rest, '\n', &rest);
		struct row row;

		row.control = str_cut(line, '\t', &line);
		row.address = str_cut(line, '\t', &line);
		row.verdict = str_cut(line, '\t', &row.change);
		ck_assert(array_reserve(&table.rows, &table.cap,
		    table.count + 1, sizeof(*table.rows)));
		table.rows[table.count++] = row;
	}
	ck_assert_uint_gt(table.count, 0);
	return table;
}

static void
table_free(struct table *table)
{
	free(table->rows);
	buf_free(&table->text);
}

static bool
table_names(const struct table *table, struct str control)
{
	for (size_t i = 0; i < table->count; i++)
		if (str_eq(table->rows[i].control, control))
			return true;
	return false;
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

/* --- Verdicts --- */

static void
expect_verdicts(const struct judged *run, const struct table *table)
{
	size_t judged = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		const struct finding *finding = find(run, row);

		ck_assert_msg(str_eq(row->verdict,
				  str_of(verdict_name(finding->verdict))) &&
				  str_eq(row->change,
				      str_of(change_name(finding->change))),
		    STR_FMT " on " STR_FMT " is %s, %s and not " STR_FMT
			    ", " STR_FMT ": " STR_FMT,
		    STR_ARG(row->control), STR_ARG(row->address),
		    verdict_name(finding->verdict),
		    change_name(finding->change), STR_ARG(row->verdict),
		    STR_ARG(row->change), STR_ARG(finding->reason));
	}
	for (size_t i = 0; i < run->report->finding_count; i++)
		judged +=
		    table_names(table, run->report->findings[i].control->id);
	ck_assert_uint_eq(judged, table->count);
}

static json_t *
load_plan(const char *name)
{
	struct buf text = read_file(FOLDER, name, ".json");
	json_t *plan = json_loadb(text.ptr, text.len, 0, NULL);

	ck_assert_ptr_nonnull(plan);
	buf_free(&text);
	return plan;
}

static struct judged
judge_json(const json_t *plan, const char *name, size_t flags)
{
	char *text = json_dumps(plan, flags);
	struct tfa_options options = {.path = name};
	struct judged run;

	ck_assert_ptr_nonnull(text);
	run = judge_text(&policy, str_of(text), &options);
	free(text);
	return run;
}

START_TEST(verdicts_are_those_that_the_source_deserves_in_every_order)
{
	static const size_t layouts[] = {
	    JSON_COMPACT, JSON_SORT_KEYS | JSON_COMPACT, JSON_INDENT(2)};
	struct table table = table_read(plans[_i]);
	json_t *plan = load_plan(plans[_i]);

	for (size_t i = 0; i < COUNTOF(layouts); i++) {
		struct judged run = judge_json(plan, plans[_i], layouts[i]);

		expect_verdicts(&run, &table);
		judged_free(&run);
	}
	json_decref(plan);
	table_free(&table);
}
END_TEST

/* --- Partners --- */

/* Every module of these has all that it needs in itself. */
static const char *const alike[] = {
    "bucket", "key", "groups", "listener", "through"};

/* What stands before the type, which is where the last dot but one is. */
static struct str
module_of(struct str address)
{
	size_t end = address.len;

	for (size_t dots = 0; end && dots < 2; end--)
		dots += address.ptr[end - 1] == '.';
	return str_head(address, end);
}

START_TEST(partners_are_of_the_same_instance_of_a_module)
{
	struct judged run = judge_file(&policy, FOLDER, alike[_i], NULL);
	size_t partners = 0;

	for (size_t i = 0; i < run.report->finding_count; i++) {
		const struct finding *finding = &run.report->findings[i];

		for (size_t j = 0; j < finding->related.count; j++) {
			struct str partner = finding->related.items[j];

			ck_assert_msg(str_eq(module_of(partner),
					  module_of(finding->address)),
			    STR_FMT " is a partner of " STR_FMT,
			    STR_ARG(partner), STR_ARG(finding->address));
			partners++;
		}
	}
	ck_assert_uint_gt(partners, 5);
	judged_free(&run);
}
END_TEST

/* An element that satisfies is what is wrong under "none". */
START_TEST(what_is_expected_of_none_is_not_what_the_element_is)
{
	struct judged run = judge_file(&policy, FOLDER, "groups", NULL);
	const struct finding *finding =
	    judged_find(&run, "group_is_closed", "aws_security_group.inline");

	ck_assert_ptr_nonnull(finding);
	ck_assert_msg(str_starts(finding->expected, STR("no element ")),
	    STR_FMT, STR_ARG(finding->expected));
	judged_free(&run);
}
END_TEST

/* --- Where it is written --- */

static size_t
expect_location(const struct judged *run, struct str root, struct str address,
    struct str file, struct str line)
{
	size_t found = 0;
	char number[32];

	for (size_t i = 0; i < run->report->finding_count; i++) {
		const struct finding *finding = &run->report->findings[i];
		const struct location *at = &finding->location;

		if (!str_eq(finding->address, address))
			continue;
		found++;
		snprintf(number, sizeof(number), "%zu", at->line);
		ck_assert_msg(at->how == LOCATED_RESOURCE &&
				  str_starts(at->file, root) &&
				  at->file.ptr[root.len] == '/' &&
				  str_eq(str_from(at->file, root.len + 1), file) &&
				  str_eq(str_of(number), line),
		    STR_FMT " is at " STR_FMT ":%s and not at " STR_FMT
			    ":" STR_FMT,
		    STR_ARG(address), STR_ARG(at->file), number, STR_ARG(file),
		    STR_ARG(line));
	}
	return found;
}

/* lines.tsv: plan, address, file below hcl/PLAN, line of the resource's block.
 */
START_TEST(findings_are_at_the_line_where_their_resource_begins)
{
	struct buf text = read_file(FOLDER, "lines", ".tsv");
	struct buf plan = read_file(FOLDER, plans[_i], ".json");
	struct str rest = buf_str(&text), name = str_of(plans[_i]);
	struct tfa_options options = {.path = plans[_i]};
	struct judged run;
	char root[256];
	size_t found = 0;

	if (str_ends(name, STR("-target")))
		name.len -= strlen("-target");
	snprintf(root, sizeof(root), FOLDER "/hcl/" STR_FMT, STR_ARG(name));
	options.source_root = root;
	run = judge_text(&policy, buf_str(&plan), &options);
	while (rest.len) {
		struct str line = str_cut(rest, '\n', &rest), address, file;

		if (!str_eq(str_cut(line, '\t', &line), str_of(plans[_i])))
			continue;
		address = str_cut(line, '\t', &line);
		file = str_cut(line, '\t', &line);
		found += expect_location(&run, str_of(root), address, file,
		    line);
	}
	ck_assert_uint_gt(found, 0);
	judged_free(&run);
	buf_free(&plan);
	buf_free(&text);
}
END_TEST

/* --- What is not there --- */

/* How many verdicts are unknown instead of what they were. */
static size_t
expect_same_or_unknown(const struct judged *run, const struct table *table)
{
	size_t lost = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		const struct finding *finding = find(run, row);
		bool unknown = finding->verdict == VERDICT_UNKNOWN;

		ck_assert_msg(
		    unknown || str_eq(row->verdict,
				   str_of(verdict_name(finding->verdict))),
		    STR_FMT " on " STR_FMT " turns from " STR_FMT
			    " to %s: " STR_FMT,
		    STR_ARG(row->control), STR_ARG(row->address),
		    STR_ARG(row->verdict), verdict_name(finding->verdict),
		    STR_ARG(finding->reason));
		ck_assert_uint_gt(finding->reason.len, 0);
		lost += unknown && !str_eq(row->verdict, STR("unknown"));
	}
	return lost;
}

/*
 * Whether some verdict must go with the configuration, because it is decided by
 * a reference, and with that of the modules.
 */
static const struct {
	const char *plan;
	bool whole, modules;
} referring[] = {
    {"bucket",        true,  true },
    {"bucket-target", true,  false},
    {"key",           true,  true },
    {"groups",        true,  true },
    {"listener",      true,  true },
    {"through",       true,  true },
    {"keys",          true,  false},
    {"modules",       true,  true },
    {"values",        false, false},
    {"hidden",        true,  false},
    {"nested",        true,  false},
    {"traps",         true,  true },
};

START_TEST(without_a_configuration_a_verdict_stays_or_is_unknown)
{
	struct table table = table_read(referring[_i].plan);
	json_t *plan = load_plan(referring[_i].plan);
	struct judged run;
	size_t lost;

	json_object_del(plan, "configuration");
	run = judge_json(plan, referring[_i].plan, 0);
	lost = expect_same_or_unknown(&run, &table);
	ck_assert(lost > 0 || !referring[_i].whole);
	judged_free(&run);
	json_decref(plan);
	table_free(&table);
}
END_TEST

START_TEST(without_the_configuration_of_modules_a_verdict_stays_or_is_unknown)
{
	struct table table = table_read(referring[_i].plan);
	json_t *plan = load_plan(referring[_i].plan);
	json_t *calls = json_object_get(
	    json_object_get(
		json_object_get(plan, "configuration"), "root_module"),
	    "module_calls");
	struct judged run;
	const char *name;
	json_t *call;
	size_t lost;

	json_object_foreach (calls, name, call)
		json_object_del(call, "module");
	run = judge_json(plan, referring[_i].plan, 0);
	lost = expect_same_or_unknown(&run, &table);
	ck_assert(lost > 0 || !referring[_i].modules);
	judged_free(&run);
	json_decref(plan);
	table_free(&table);
}
END_TEST

/* What a partner that was not found decides is open in a plan with a hole. */
static const struct {
	const char *control;
	const char *stays; /* the verdict that a partner alone decides */
} open_ended[] = {
    {"bucket_is_guarded",              "pass"},
    {"bucket_blocks_public",           "pass"},
    {"bucket_guard_may_be_elsewhere",  "pass"},
    {"bucket_versioned",               "pass"},
    {"bucket_every_guard_is_strict",   "fail"},
    {"bucket_no_guard_is_loose",       "fail"},
    {"bucket_not_some_guard_is_loose", "fail"},
};

static void
expect_open(const struct judged *run, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		const struct finding *finding = find(run, row);
		const char *verdict = verdict_name(finding->verdict);

		for (size_t j = 0; j < COUNTOF(open_ended); j++) {
			if (!str_eq(
				row->control, str_of(open_ended[j].control)))
				continue;
			if (str_eq(row->verdict, str_of(open_ended[j].stays)))
				ck_assert_str_eq(verdict, open_ended[j].stays);
			else
				ck_assert_msg(!strcmp(verdict, "unknown"),
				    STR_FMT " on " STR_FMT " is %s: " STR_FMT,
				    STR_ARG(row->control),
				    STR_ARG(row->address), verdict,
				    STR_ARG(finding->reason));
		}
	}
}

START_TEST(no_partner_in_a_plan_with_a_hole_decides_nothing)
{
	struct table table = table_read("bucket");

	for (int hole = 0; hole < 3; hole++) {
		json_t *plan = load_plan("bucket");
		struct judged run;

		if (hole == 0)
			json_object_set_new(plan, "complete", json_false());
		else if (hole == 1)
			json_object_set_new(plan, "errored", json_true());
		else
			json_object_set_new(plan, "deferred_changes",
			    json_pack("[{s:s, s:{s:s, s:s, s:s, s:s, s:s,"
				      "s:{s:[s], s:n, s:{}, s:{}}}}]",
				"reason", "resource_config_unknown",
				"resource_change", "address",
				"aws_s3_bucket_versioning.later[*]", "mode",
				"managed", "type", "aws_s3_bucket_versioning",
				"name", "later", "provider_name", "aws",
				"change", "actions", "create", "before",
				"after", "after_unknown"));
		run = judge_json(plan, "bucket", 0);
		expect_open(&run, &table);
		judged_free(&run);
		json_decref(plan);
	}
	table_free(&table);
}
END_TEST

Suite *
suite_joins(void)
{
	Suite *suite = suite_create("joins");
	TCase *tc = tcase_create("plans");

	tcase_add_unchecked_fixture(tc, load, unload);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc,
	    verdicts_are_those_that_the_source_deserves_in_every_order, 0,
	    COUNTOF(plans));
	tcase_add_loop_test(tc, partners_are_of_the_same_instance_of_a_module,
	    0, COUNTOF(alike));
	tcase_add_test(tc, what_is_expected_of_none_is_not_what_the_element_is);
	tcase_add_loop_test(tc,
	    findings_are_at_the_line_where_their_resource_begins, 0,
	    COUNTOF(plans));
	tcase_add_loop_test(tc,
	    without_a_configuration_a_verdict_stays_or_is_unknown, 0,
	    COUNTOF(referring));
	tcase_add_loop_test(tc,
	    without_the_configuration_of_modules_a_verdict_stays_or_is_unknown,
	    0, COUNTOF(referring));
	tcase_add_test(tc, no_partner_in_a_plan_with_a_hole_decides_nothing);
	suite_add_tcase(suite, tc);
	return suite;
}
