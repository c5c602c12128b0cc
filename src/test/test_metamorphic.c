/*
 * The same setting written in many ways, planned by Terraform: each has the
 * verdict and the reason that its source deserves.
 */
#include "engine/result.h"
#include "test/judge.h"
#include "test/test.h"

#define SCAN "ecr_repository_image_scan_on_push_enabled"
#define REPO "aws_ecr_repository."

static const struct {
	const char *plan, *address, *verdict, *change, *state, *reason;
} shapes[] = {
    {"shapes", REPO "literal_true", "pass", "clean", "known", "is true"},
    {"shapes", REPO "literal_false", "fail", "introduced", "known", "is false"},
    {"shapes", REPO "omitted", "fail", "introduced", "defaulted",
	"the service's default is scan_on_push = false"},
    {"shapes", REPO "variable_true", "pass", "clean", "known", "is true"},
    {"shapes", REPO "variable_false", "fail", "introduced", "known",
	"is false"},
    {"shapes", REPO "null_variable", "fail", "introduced", "defaulted",
	"image_scanning_configuration is not set"},
    {"shapes", REPO "dynamic_on", "pass", "clean", "known", "is true"},
    {"shapes", REPO "dynamic_off", "fail", "introduced", "defaulted",
	"image_scanning_configuration is not set"},
    {"shapes", REPO "dynamic_unknown", "unknown", "introduced", "unknown",
	"a dynamic block makes it"},
    {"shapes", REPO "sensitive_function", "pass", "clean", "known",
	"is (sensitive)"},
    {"shapes", REPO "sensitive_variable", "pass", "clean", "known",
	"is (sensitive)"},
    {"shapes", REPO "unknown_value", "unknown", "introduced", "unknown",
	"it waits for terraform_data.later.output"},
    {"shapes", REPO "counted[0]", "pass", "clean", "known", "is true"},
    {"shapes", REPO "counted[1]", "fail", "introduced", "known", "is false"},
    {"shapes", REPO "keyed[\"a.b\"]", "pass", "clean", "known", "is true"},
    {"shapes", REPO "keyed[\"q\\\"uote\"]", "fail", "introduced", "known",
	"is false"},
    {"shapes", REPO "keyed[\"br[0]acket\"]", "pass", "clean", "known",
	"is true"},
    {"shapes", REPO "keyed[\"$${dollar}\"]", "fail", "introduced", "known",
	"is false"},
    {"shapes", REPO "keyed[\"sp ace/slash\"]", "pass", "clean", "known",
	"is true"},
    {"shapes", REPO "keyed[\"\"]", "fail", "introduced", "known", "is false"},
    {"shapes", REPO "keyed[\"12\"]", "pass", "clean", "known", "is true"},
    {"shapes", REPO "keyed[\"new\\nline\"]", "fail", "introduced", "known",
	"is false"},
    {"shapes", REPO "keyed[\"ünï\"]", "pass", "clean", "known", "is true"},
    {"shapes", REPO "keyed[\"<&>\"]", "fail", "introduced", "known",
	"is false"},
    {"shapes", "module.outer[\"on.1\"].module.inner." REPO "this", "pass",
	"clean", "known", "is true"},
    {"shapes", "module.outer[\"off[2]\"].module.inner." REPO "this", "fail",
	"introduced", "known", "is false"},
    {"shapes", "module.outer[\"none\"].module.inner." REPO "this", "fail",
	"introduced", "defaulted", "default"},
    {"shapes", "module.counted[0].module.inner." REPO "this", "pass", "clean",
	"known", "is true"},
    {"shapes", "module.counted[1].module.inner." REPO "this", "fail",
	"introduced", "known", "is false"},
    {"update", REPO "regressed", "fail", "introduced", "known", "is false"},
    {"update", REPO "fixed", "pass", "fixed", "known", "is true"},
    {"update", REPO "same", "fail", "existing", NULL, "false"},
    {"update", REPO "good", "pass", "clean", "known", "is true"},
};

static void
expect_reason(const struct finding *finding, const char *part)
{
	size_t at;

	ck_assert_msg(str_find(finding->reason, str_of(part), &at),
	    "\"" STR_FMT "\" does not say \"%s\"", STR_ARG(finding->reason),
	    part);
}

START_TEST(a_setting_has_its_verdict_and_reason_in_every_shape)
{
	struct judged run = judge_file(
	    NULL, "testdata/metamorphic", shapes[_i].plan, SCAN);
	const struct finding *finding =
	    judged_find(&run, SCAN, shapes[_i].address);

	ck_assert_msg(finding != NULL, "no verdict on %s", shapes[_i].address);
	ck_assert_str_eq(verdict_name(finding->verdict), shapes[_i].verdict);
	ck_assert_str_eq(change_name(finding->change), shapes[_i].change);
	if (shapes[_i].state)
		ck_assert_str_eq(state_name(finding->state), shapes[_i].state);
	expect_reason(finding, shapes[_i].reason);
	judged_free(&run);
}
END_TEST

START_TEST(a_repository_that_goes_away_is_counted_as_removed)
{
	struct judged run =
	    judge_file(NULL, "testdata/metamorphic", "update", SCAN);

	ck_assert_uint_eq(run.report->totals.removed, 1);
	ck_assert_uint_eq(run.report->ledger.removed, 1);
	judged_free(&run);
}
END_TEST

/* --- Left out or waiting? --- */

static const struct {
	const char *type, *address, *path, *state, *set;
} computed[] = {
    {"aws_instance", "aws_instance.omitted", "metadata_options.http_tokens",
	"unset", "fail"},
    {"aws_instance", "aws_instance.omitted", "root_block_device", "unset",
	"fail"},
    {"aws_instance", "aws_instance.written", "metadata_options.http_tokens",
	"known", "pass"},
    {"aws_instance", "aws_instance.written_without",
	"metadata_options.http_tokens", "unset", "fail"},
    {"aws_instance", "aws_instance.dynamic_off", "metadata_options.http_tokens",
	"unset", "fail"},
    {"aws_instance", "aws_instance.waiting", "metadata_options.http_tokens",
	"unknown", "pass"},
    {"aws_ebs_volume", "aws_ebs_volume.omitted", "encrypted", "unset", "fail"},
    {"aws_ebs_volume", "aws_ebs_volume.literal", "encrypted", "known", "pass"},
    {"aws_ebs_volume", "aws_ebs_volume.waiting", "encrypted", "unknown",
	"pass"},
    {"aws_ebs_volume", "aws_ebs_volume.by_reference", "kms_key_id", "unknown",
	"pass"},
    {"aws_ebs_volume", "aws_ebs_volume.by_local", "kms_key_id", "unknown",
	"unknown"},
    {"aws_sqs_queue", "aws_sqs_queue.omitted", "sqs_managed_sse_enabled",
	"unset", "fail"},
    {"aws_ebs_volume",
	"module.outer[\"none\"].module.inner.aws_ebs_volume.this", "encrypted",
	"unset", "fail"},
    {"aws_ebs_volume", "module.outer[\"yes\"].module.inner.aws_ebs_volume.this",
	"encrypted", "known", "pass"},
};

START_TEST(what_was_left_out_is_told_from_what_waits)
{
	struct buf policy = {0};
	struct judged run;
	const struct finding *equals, *set;

	buf_fmt(&policy,
	    "controls:\n"
	    "  - {id: equals, title: T, severity: low, resource: %s,\n"
	    "     assert: {path: %s, equals: nothing-like-it}}\n"
	    "  - {id: is_set, title: T, severity: low, resource: %s,\n"
	    "     assert: {path: %s, set: true}}\n",
	    computed[_i].type, computed[_i].path, computed[_i].type,
	    computed[_i].path);
	run = judge_file(
	    &policy, "testdata/metamorphic", "computed", NULL);
	equals = judged_find(&run, "equals", computed[_i].address);
	set = judged_find(&run, "is_set", computed[_i].address);
	ck_assert(equals != NULL && set != NULL);
	ck_assert_str_eq(state_name(equals->state), computed[_i].state);
	ck_assert_str_eq(verdict_name(set->verdict), computed[_i].set);
	judged_free(&run);
	buf_free(&policy);
}
END_TEST

Suite *
suite_metamorphic(void)
{
	Suite *suite = suite_create("metamorphic");
	TCase *tc = tcase_create("shapes");

	tcase_add_loop_test(tc,
	    a_setting_has_its_verdict_and_reason_in_every_shape, 0,
	    COUNTOF(shapes));
	tcase_add_test(tc, a_repository_that_goes_away_is_counted_as_removed);
	tcase_add_loop_test(
	    tc, what_was_left_out_is_told_from_what_waits, 0, COUNTOF(computed));
	suite_add_tcase(suite, tc);
	return suite;
}
