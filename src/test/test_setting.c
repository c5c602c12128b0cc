/*
 * Values that something else in the plan decides: the tags of a provider.
 */
#include "test/test.h"

#include <stdio.h>

#include "test/judge.h"

static void
judge_plan(struct str plan, const char *assert, const char *verdict,
    const char *reason)
{
	struct tfa_options options = {.list = ~0U};
	struct buf policy = {0};
	struct judged run;
	const struct finding *finding;
	size_t at;

	buf_fmt(&policy,
	    "controls:\n  - id: c\n    title: t\n    severity: low\n"
	    "    resource: aws_sns_topic\n    assert: %s\n",
	    assert);
	run = judge_text(&policy, plan, &options);
	finding = judged_find(&run, "c", "aws_sns_topic.t");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(verdict_name(finding->verdict), verdict);
	ck_assert_msg(str_find(finding->reason, str_of(reason), &at),
	    "\"" STR_FMT "\" does not say %s", STR_ARG(finding->reason),
	    reason);
	ck_assert_int_eq(finding->setting.len > 0,
	    strcmp(finding->origin->kind, "account-setting") == 0);
	judged_free(&run);
	buf_free(&policy);
}

/* --- Tags --- */

/*
 * A topic that is created.  Its provider "aws" has the default_tags and the
 * topic the tags, both as expressions of the configuration.
 */
static const char topic[] =
    "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\","
    "\"complete\":true,\"resource_changes\":[{\"address\":\"aws_sns_topic.t\","
    "\"mode\":\"managed\",\"type\":\"aws_sns_topic\",\"name\":\"t\","
    "\"provider_name\":\"x\",\"change\":{\"actions\":[\"create\"],"
    "\"before\":null,\"before_sensitive\":false,\"after_sensitive\":{},"
    "\"after\":{%s},\"after_unknown\":{%s}}}],"
    "\"configuration\":{\"provider_config\":{\"aws\":{\"name\":\"aws\","
    "\"expressions\":{%s}}},\"root_module\":{\"resources\":[{"
    "\"address\":\"aws_sns_topic.t\",\"mode\":\"managed\","
    "\"type\":\"aws_sns_topic\",\"name\":\"t\","
    "\"provider_config_key\":\"aws\",\"expressions\":{%s},"
    "\"schema_version\":0}]}}}";

#define TAGS(expression) "\"default_tags\":[{\"tags\":" expression "}]"
#define CORE TAGS("{\"constant_value\":{\"team\":\"core\"}}")
#define LATER TAGS("{\"references\":[\"terraform_data.d.output\"]}")
#define MASKED "\"tags_all\":true"
/* One tag that waits for a key, and one that does not. */
#define PARTLY "\"tags\":{\"own\":\"1\"}"
#define PARTLY_MASK "\"tags\":{\"key\":true},\"tags_all\":true"
#define WRITTEN                                                                \
	"\"tags\":{\"references\":[\"aws_kms_key.k.arn\",\"aws_kms_key.k\"]}"

/* clang-format off */
static const struct {
	const char *after, *mask, *provider, *written;
	const char *assert, *verdict, *reason;
} tags[] = {
    /* Masked because there are none at all. */
    {"\"tags\":null", MASKED, "", "", "{path: tags_all.team, set: true}",
	"fail", "tags_all.team is not set"},
    {"\"tags\":null", MASKED, "", "", "{path: tags_all, set: true}",
	"fail", "tags_all is not set"},
    /* Default tags that are not known yet. */
    {"\"tags\":null", MASKED, LATER, "", "{path: tags_all.team, set: true}",
	"unknown", "it waits for default_tags of provider aws"},
    {"\"tags\":null", MASKED, LATER, "", "{path: tags_all, has_key: team}",
	"unknown", "it waits for default_tags of provider aws"},
    {"\"tags\":null", MASKED, LATER, "", "{path: tags.team, equals: core}",
	"unknown", "it waits for default_tags of provider aws"},
    {"\"tags\":null", MASKED, TAGS("{}"), "", "{path: tags_all.team, set: true}",
	"unknown", "it waits for default_tags of provider aws"},
    /* Known ones, beside a tag of the topic that is not known yet. */
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all.team, equals: core}",
	"pass", "tags_all.team is core, by default_tags of provider aws"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all.team, equals: web}",
	"fail", "tags_all.team is core; expected: equals web, by default_tags"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all.own, equals: \"1\"}",
	"pass", "tags_all.own is 1"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all.key, equals: x}",
	"unknown", "it waits for aws_kms_key.k.arn"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all.none, set: true}",
	"fail", "tags_all.none is not set"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all, has_key: team}",
	"pass", "tags_all is as it should be"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags_all, has_key: none}",
	"fail", "tags_all is not as it should be"},
    {PARTLY, PARTLY_MASK, LATER, WRITTEN, "{path: tags_all.own, equals: \"1\"}",
	"pass", "tags_all.own is 1"},
    {PARTLY, PARTLY_MASK, LATER, WRITTEN, "{path: tags_all.team, equals: core}",
	"unknown", "it waits for default_tags of provider aws"},
    {PARTLY, PARTLY_MASK, CORE, WRITTEN, "{path: tags.team, equals: core}",
	"pass", "tags.team is not set; by default_tags of provider aws"},
    /* All of the topic's tags are unknown. */
    {"", "\"tags\":true,\"tags_all\":true", CORE, WRITTEN,
	"{path: tags_all.team, set: true}", "unknown",
	"it waits for aws_kms_key.k.arn"},
    {"", "\"tags\":true,\"tags_all\":true", CORE, WRITTEN,
	"{path: tags_all, set: true}", "pass", "will be set, by reference"},
    /* Merged by the provider. */
    {"\"tags\":null,\"tags_all\":{\"team\":\"core\"}", "", CORE, "",
	"{path: tags.team, equals: core}", "pass",
	"tags is not set; by default_tags of provider aws, tags.team is core"},
    {"\"tags\":null,\"tags_all\":{\"team\":\"core\"}", "", CORE, "",
	"{path: tags, has_key: team}", "pass", "by default_tags of provider"},
    {"\"tags\":null,\"tags_all\":{\"team\":\"core\"}", "", CORE, "",
	"{path: tags.none, equals: core}", "fail", "tags.none is not set"},
    {"\"tags\":null,\"tags_all\":{\"team\":\"core\"}", "", CORE, "",
	"{path: tags.team, set: true}", "fail", "tags.team is not set"},
    {"\"tags\":null,\"tags_all\":{\"team\":\"core\"}", "", CORE, "",
	"{path: tags.team, equals: core, default: web}", "fail",
	"this control takes that as"},
    {"\"tags\":{\"team\":\"web\"},\"tags_all\":{\"team\":\"web\"}", "", CORE,
	"\"tags\":{\"constant_value\":{\"team\":\"web\"}}",
	"{path: tags.team, equals: core}", "fail", "tags.team is web"},
    /* A type that takes no tags from the provider. */
    {"\"tags\":null", "", CORE, "", "{path: tags.team, equals: core}",
	"fail", "tags.team is not set"},
};
/* clang-format on */

START_TEST(default_tags_complete_the_tags_of_a_resource)
{
	struct buf plan = {0};
	char text[4096];
	int len = snprintf(text, sizeof(text), topic, tags[_i].after,
	    tags[_i].mask, tags[_i].provider, tags[_i].written);

	ck_assert_int_lt(len, (int)sizeof(text));
	buf_add(&plan, str_of(text));
	judge_plan(buf_str(&plan), tags[_i].assert, tags[_i].verdict,
	    tags[_i].reason);
	buf_free(&plan);
}
END_TEST

Suite *
suite_setting(void)
{
	Suite *suite = suite_create("setting");
	TCase *tcase = tcase_create("tags");

	tcase_add_loop_test(tcase, default_tags_complete_the_tags_of_a_resource,
	    0, COUNTOF(tags));
	suite_add_tcase(suite, tcase);
	return suite;
}
