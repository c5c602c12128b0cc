/*
 * Values that something else in the plan decides: the tags of a provider, and
 * settings of an account.
 */
#include "test/test.h"

#include <stdio.h>

#include "test/judge.h"

static void
check_finding(struct str plan, const struct buf *policy, const char *address,
    const char *verdict, const char *reason)
{
	struct tfa_options options = {.list = ~0U};
	struct judged run = judge_text(policy, plan, &options);
	const struct finding *finding = judged_find(&run, "c", address);
	size_t at;

	ck_assert_ptr_nonnull(finding);
	ck_assert_msg(strcmp(verdict_name(finding->verdict), verdict) == 0,
	    "%s: " STR_FMT, verdict_name(finding->verdict),
	    STR_ARG(finding->reason));
	ck_assert_msg(str_find(finding->reason, str_of(reason), &at),
	    "\"" STR_FMT "\" does not say %s", STR_ARG(finding->reason),
	    reason);
	ck_assert_int_eq(finding->setting.len > 0,
	    strcmp(finding->origin->kind, "account-setting") == 0);
	judged_free(&run);
}

static void
print_control(struct buf *policy, const char *type, const char *assert)
{
	buf_fmt(policy,
	    "controls:\n  - id: c\n    title: t\n    severity: low\n"
	    "    resource: %s\n    assert: %s\n",
	    type, assert);
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
	struct buf policy = {0};
	char text[4096];
	int len = snprintf(text, sizeof(text), topic, tags[_i].after,
	    tags[_i].mask, tags[_i].provider, tags[_i].written);

	ck_assert_int_lt(len, (int)sizeof(text));
	print_control(&policy, "aws_sns_topic", tags[_i].assert);
	check_finding(str_of(text), &policy, "aws_sns_topic.t",
	    tags[_i].verdict, tags[_i].reason);
	buf_free(&policy);
}
END_TEST

/* --- Settings --- */

static const char governed[] =
    "defaults:\n"
    "  - {resource: aws_v, path: encrypted, value: false, by: service,\n"
    "     governed_by: {resource: aws_s, path: enabled}}\n"
    "  - {resource: aws_v, path: options.mode, value: open, by: service,\n"
    "     governed_by: {resource: aws_s, path: mode, except: any}}\n"
    "  - {resource: aws_s, path: enabled, value: true, by: provider}\n";

/* A resource aws_TYPE.NAME that is created, or one that is replaced. */
struct planned {
	const char *type, *name, *provider; /* its key */
	const char *before, *after, *mask, *expressions; /* NULL: nothing */
};

enum { PLANNED = 3 };

#define VOLUME(provider, after)                                                \
	{"aws_v", "v", provider, NULL, after, NULL, NULL}
#define SETTING(name, provider, after)                                         \
	{"aws_s", name, provider, NULL, after, NULL, NULL}
#define UNWRITTEN VOLUME("aws", "{\"encrypted\":null,\"options\":[]}")
#define ON "{\"enabled\":true}"
#define OFF "{\"enabled\":false}"
#define ENCRYPTED "{path: encrypted, equals: true}"

/* clang-format off */
static const struct {
	struct planned planned[PLANNED];
	const char *assert, *verdict, *reason;
} settings[] = {
    {{UNWRITTEN}, ENCRYPTED, "fail", "the service's default is false"},
    {{UNWRITTEN, SETTING("s", "aws", ON)}, ENCRYPTED, "pass",
	"encrypted is not set; by the account setting aws_s.s, encrypted is true"},
    {{UNWRITTEN, SETTING("s", "aws", OFF)}, ENCRYPTED, "fail",
	"by the account setting aws_s.s, encrypted is false; expected"},
    {{UNWRITTEN, SETTING("s", "aws.b", ON)}, ENCRYPTED, "fail",
	"the service's default is false"},
    {{VOLUME("aws.b", "{\"encrypted\":null}"), SETTING("s", "aws", OFF),
	SETTING("t", "aws.b", ON)}, ENCRYPTED, "pass", "setting aws_s.t"},
    /* What is written, and what the control says, come first. */
    {{VOLUME("aws", "{\"encrypted\":false}"), SETTING("s", "aws", ON)},
	ENCRYPTED, "fail", "encrypted is false"},
    {{UNWRITTEN, SETTING("s", "aws", ON)},
	"{path: encrypted, equals: true, default: false}", "fail",
	"this control takes that as false"},
    {{UNWRITTEN, SETTING("s", "aws", ON)}, "{path: encrypted, set: true}",
	"fail", "encrypted is not set"},
    /* The setting leaves it out itself: its own default. */
    {{UNWRITTEN, SETTING("s", "aws", "{\"enabled\":null}")}, ENCRYPTED, "pass",
	"by the account setting aws_s.s, encrypted is true"},
    {{UNWRITTEN, SETTING("s", "aws", "{\"mode\":\"any\"}")},
	"{path: options.mode, equals: open}", "pass", "the service's default is"},
    {{UNWRITTEN, SETTING("s", "aws", "{\"mode\":null}")},
	"{path: options.mode, equals: open}", "pass", "the service's default is"},
    {{UNWRITTEN, SETTING("s", "aws", "{\"mode\":\"shut\"}")},
	"{path: options.mode, in: [shut]}", "pass",
	"options is not set; by the account setting aws_s.s, options.mode is shut"},
    {{UNWRITTEN, {"aws_s", "s", "aws", ON, NULL, NULL, NULL}}, ENCRYPTED,
	"fail", "the service's default is false"},
    /* Not decided. */
    {{UNWRITTEN, {"aws_s", "s", "aws", NULL, "{}", "{\"enabled\":true}",
	"{\"enabled\":{\"references\":[\"aws_x.y.z\",\"aws_x.y\"]}}"}},
	ENCRYPTED, "unknown",
	"encrypted is not set, and the account setting is not known yet: "
	"aws_s.s.enabled"},
    {{UNWRITTEN, SETTING("s", "aws", ON), SETTING("t", "aws", ON)}, ENCRYPTED,
	"pass", "by the account setting aws_s.s"},
    {{UNWRITTEN, SETTING("s", "aws", ON), SETTING("t", "aws", OFF)}, ENCRYPTED,
	"unknown", "account settings contradict each other: aws_s.s.enabled, "
	"aws_s.t.enabled"},
    {{UNWRITTEN, SETTING("s", "lost:aws", ON)}, ENCRYPTED, "unknown",
	"an account setting may be of the same provider configuration: "
	"aws_s.s.enabled"},
    {{UNWRITTEN, SETTING("s", "lost:aws", OFF)}, ENCRYPTED, "fail",
	"the service's default is false"},
    {{UNWRITTEN, SETTING("s", "aws", ON), SETTING("t", "lost:aws", OFF)},
	ENCRYPTED, "unknown", "an account setting may be"},
    {{UNWRITTEN, SETTING("s", "aws", ON), SETTING("t", "lost:aws", ON)},
	ENCRYPTED, "pass", "by the account setting aws_s.s"},
    {{VOLUME("lost:aws", "{\"encrypted\":null}"), SETTING("s", "aws", ON)},
	ENCRYPTED, "unknown", "an account setting may be"},
    {{VOLUME("lost:aws", "{\"encrypted\":null}"), SETTING("s", "aws", OFF)},
	ENCRYPTED, "fail", "the service's default is false"},
};
/* clang-format on */

static const char *
or_none(const char *text, const char *none)
{
	return text ? text : none;
}

static void
print_change(struct buf *out, const struct planned *r, const char *comma)
{
	const char *act = !r->after ? "delete" : r->before ? "update" : "create";

	buf_fmt(out,
	    "%s{\"address\":\"%s.%s\",\"mode\":\"managed\",\"type\":\"%s\","
	    "\"name\":\"%s\",\"provider_name\":\"x\",\"change\":{"
	    "\"actions\":[\"%s\"],\"before\":%s,\"after\":%s,"
	    "\"after_unknown\":%s,\"before_sensitive\":false,"
	    "\"after_sensitive\":false}}",
	    comma, r->type, r->name, r->type, r->name, act,
	    or_none(r->before, "null"), or_none(r->after, "null"),
	    or_none(r->mask, "{}"));
}

static void
print_configured(struct buf *out, const struct planned *r, const char *comma)
{
	buf_fmt(out,
	    "%s{\"address\":\"%s.%s\",\"mode\":\"managed\",\"type\":\"%s\","
	    "\"name\":\"%s\",\"provider_config_key\":\"%s\","
	    "\"expressions\":%s,\"schema_version\":0}",
	    comma, r->type, r->name, r->type, r->name, r->provider,
	    or_none(r->expressions, "{}"));
}

static void
print_planned(struct buf *out, const struct planned *r, const char *comma)
{
	if (r->after)
		buf_fmt(out,
		    "%s{\"address\":\"%s.%s\",\"mode\":\"managed\","
		    "\"type\":\"%s\",\"name\":\"%s\",\"provider_name\":\"x\","
		    "\"schema_version\":0,\"values\":%s,"
		    "\"sensitive_values\":{}}",
		    comma, r->type, r->name, r->type, r->name, r->after);
}

typedef void printer(
    struct buf *out, const struct planned *r, const char *comma);

static void
print_each(struct buf *out, const struct planned *planned, bool backwards,
    printer *print)
{
	size_t count = 0;

	while (count < PLANNED && planned[count].type)
		count++;
	for (size_t i = 0; i < count; i++)
		print(out, &planned[backwards ? count - 1 - i : i],
		    i ? "," : "");
}

/* The orders of a document: settings or the configuration first, or last. */
static void
print_plan(struct buf *out, const struct planned *planned, bool backwards,
    bool changes)
{
	struct buf configuration = {0};

	buf_fmt(&configuration,
	    "\"configuration\":{\"provider_config\":{\"aws\":{\"name\":"
	    "\"aws\"},\"aws.b\":{\"name\":\"aws\",\"alias\":\"b\"}},"
	    "\"root_module\":{\"resources\":[");
	print_each(&configuration, planned, backwards, print_configured);
	buf_fmt(&configuration, "]}}");
	buf_fmt(out, "{\"format_version\":\"1.2\",\"terraform_version\":"
		     "\"1.11.4\",\"complete\":true,");
	if (backwards)
		buf_fmt(out, STR_FMT ",", STR_ARG(buf_str(&configuration)));
	buf_fmt(out, changes
		? "\"resource_changes\":["
		: "\"planned_values\":{\"root_module\":{\"resources\":[");
	print_each(
	    out, planned, backwards, changes ? print_change : print_planned);
	buf_fmt(out, changes ? "]" : "]}}");
	if (!backwards)
		buf_fmt(out, "," STR_FMT, STR_ARG(buf_str(&configuration)));
	buf_fmt(out, "}");
	ck_assert(!out->failed && !configuration.failed);
	buf_free(&configuration);
}

START_TEST(settings_decide_what_resources_leave_out)
{
	const struct planned *planned = settings[_i / 2].planned;
	struct buf plan = {0}, policy = {0};

	print_plan(&plan, planned, _i % 2, true);
	buf_fmt(&policy, "%s", governed);
	print_control(&policy, "aws_v", settings[_i / 2].assert);
	check_finding(buf_str(&plan), &policy, "aws_v.v",
	    settings[_i / 2].verdict, settings[_i / 2].reason);
	buf_free(&plan);
	buf_free(&policy);
}
END_TEST

START_TEST(settings_are_found_where_there_are_only_planned_values)
{
	static const struct planned planned[PLANNED] = {
	    UNWRITTEN, SETTING("s", "aws", ON)};
	struct buf plan = {0}, policy = {0};

	print_plan(&plan, planned, _i, false);
	buf_fmt(&policy, "%s", governed);
	print_control(&policy, "aws_v", ENCRYPTED);
	check_finding(buf_str(&plan), &policy, "aws_v.v", "pass",
	    "by the account setting aws_s.s");
	buf_free(&plan);
	buf_free(&policy);
}
END_TEST

/* What was is judged with the settings that were. */
/* clang-format off */
static const struct {
	const char *before, *after;
	enum verdict verdict;
	enum change change;
} changed[] = {
    {OFF, ON, VERDICT_PASS, CHANGE_FIXED},
    {ON, OFF, VERDICT_FAIL, CHANGE_INTRODUCED},
    {ON, ON, VERDICT_PASS, CHANGE_CLEAN},
    {OFF, OFF, VERDICT_FAIL, CHANGE_EXISTING},
    {NULL, ON, VERDICT_PASS, CHANGE_FIXED},
    {ON, NULL, VERDICT_FAIL, CHANGE_INTRODUCED},
};
/* clang-format on */

START_TEST(what_was_is_judged_with_the_settings_that_were)
{
	const struct planned planned[PLANNED] = {
	    {"aws_v", "v", "aws", "{\"encrypted\":null}",
		"{\"encrypted\":null}", NULL, NULL},
	    {"aws_s", "s", "aws", changed[_i / 2].before, changed[_i / 2].after,
		NULL, NULL}};
	struct tfa_options options = {.list = ~0U};
	struct buf plan = {0}, policy = {0};
	struct judged run;
	const struct finding *finding;

	print_plan(&plan, planned, _i % 2, true);
	buf_fmt(&policy, "%s", governed);
	print_control(&policy, "aws_v", ENCRYPTED);
	run = judge_text(&policy, buf_str(&plan), &options);
	finding = judged_find(&run, "c", "aws_v.v");
	ck_assert_ptr_nonnull(finding);
	ck_assert_int_eq(finding->verdict, changed[_i / 2].verdict);
	ck_assert_int_eq(finding->change, changed[_i / 2].change);
	judged_free(&run);
	buf_free(&plan);
	buf_free(&policy);
}
END_TEST

/* Before any of the built-in defaults has been read. */
START_TEST(built_in_defaults_are_governed)
{
	static const char *const types[] = {"aws_ebs_encryption_by_default",
	    "aws_ec2_instance_metadata_defaults"};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};

	ck_assert_ptr_nonnull(policies);
	ck_assert(tfa_policies_builtin(policies, &err));
	for (size_t i = 0; i < COUNTOF(types); i++)
		ck_assert_ptr_nonnull(
		    policies_governing(policies, str_of(types[i])));
	ck_assert_ptr_null(policies_governing(policies, STR("aws_ebs_volume")));
	tfa_policies_free(policies);
}
END_TEST

Suite *
suite_setting(void)
{
	Suite *suite = suite_create("setting");
	TCase *tcase = tcase_create("settings");

	tcase_add_loop_test(tcase, default_tags_complete_the_tags_of_a_resource,
	    0, COUNTOF(tags));
	tcase_add_loop_test(tcase, settings_decide_what_resources_leave_out, 0,
	    2 * COUNTOF(settings));
	tcase_add_loop_test(tcase,
	    settings_are_found_where_there_are_only_planned_values, 0, 2);
	tcase_add_loop_test(tcase, what_was_is_judged_with_the_settings_that_were,
	    0, 2 * COUNTOF(changed));
	tcase_add_test(tcase, built_in_defaults_are_governed);
	suite_add_tcase(suite, tcase);
	return suite;
}
