/*
 * Paths, operators and resources of tests against a provider's schema: expected
 * is what Terraform's documentation of schemas says of each.
 */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"
#include "lint/lint.h"
#include "test/lint_text.h"
#include "test/test.h"

#define SCHEMA "testdata/lint/schema.json"

/* A condition on acme_bucket, and what lint says of it but for "unset". */
static const struct {
	const char *name, *assert, *said;
} conditions[] = {
    {"an attribute", "{path: size, at_least: 1}", ""},
    {"a required attribute is never unset", "{path: name, equals: x}", ""},
    {"an attribute that there is not", "{path: nmae, equals: x}",
	"schema \"nmae\" is no attribute or block of acme_bucket; did you mean "
	"\"name\"?"},
    {"an attribute near to none", "{path: colour, equals: x}",
	"schema \"colour\" is no attribute or block of acme_bucket"},
    {"a member of a block", "{path: logging.target, equals: x}", ""},
    {"a member that a block has not", "{path: logging.tarjet, equals: x}",
	"schema \"logging.tarjet\" is no attribute or block of acme_bucket; did "
	"you mean \"target\"?"},
    {"a member of a single block", "{path: timeouts.create, equals: x}", ""},
    {"a member of an object in an attribute",
	"{some: owners, satisfies: {path: emial, equals: x}}",
	"schema \"owners.emial\" is no attribute or block of acme_bucket; did "
	"you mean \"email\"?"},
    {"a member of a nested attribute", "{path: quota.byte, equals: 1}",
	"schema \"quota.byte\" is no attribute or block of acme_bucket; did you "
	"mean \"bytes\"?"},
    {"a list in a nested attribute", "{path: quota.limits.user, equals: x}",
	"list \"quota.limits\" may have several elements: say which with "
	"\"every\", \"some\", \"none\" or an index"},
    {"a block that may be there several times",
	"{path: rule.action, equals: x}",
	"list \"rule\" may have several elements: say which with \"every\", "
	"\"some\", \"none\" or an index"},
    {"a quantifier names one of several",
	"{some: rule, satisfies: {path: action, equals: x}}", ""},
    {"an index names one of several", "{path: 'rule[0].action', equals: x}",
	""},
    {"several in one of several",
	"{some: rule, satisfies: {path: filter.prefix, equals: x}}",
	"list \"rule.filter\" may have several elements: say which with "
	"\"every\", \"some\", \"none\" or an index"},
    {"a key of a map", "{path: 'tags[\"a\"]', equals: x}", ""},
    {"a member of a map", "{path: tags.a, equals: x}", ""},
    {"a member of what a map has", "{path: tags.a.b, equals: x}",
	"type \"tags.a\" is a single value, which has no members"},
    {"an index of what is no list", "{path: 'tags[0]', equals: x}",
	"type \"tags\" is no list, so it has no index"},
    {"a key of a list", "{path: 'owners[\"a\"]', set: true}",
	"type \"owners\" is a list, which has no keys"},
    {"what may be anything", "{path: extra.a.b, equals: x}", ""},
    {"what a text says", "{path: json(policy).a.b, equals: x}", ""},
    {"what is no text", "{path: json(tags).a, equals: x}",
	"type \"tags\" is no text that could be read"},
    {"order wants a number", "{path: public, at_least: 1}",
	"type \"public\" is a boolean in the schema; at_least wants a number"},
    {"text that may be a number", "{path: name, at_least: 1}", ""},
    {"a list is not equal to a value", "{path: zones, equals: x}",
	"type \"zones\" is a set in the schema; equals wants a single value"},
    {"a value is not equal to a list", "{path: name, equals: [x, z]}",
	"type \"name\" is text in the schema; equals wants a list or map"},
    {"contains wants a list", "{path: name, contains: x}",
	"type \"name\" is text in the schema; contains wants a list"},
    {"contains with a list", "{path: zones, contains: x}", ""},
    {"has_key wants a map", "{path: zones, has_key: x}",
	"type \"zones\" is a set in the schema; has_key wants a map"},
    {"length of a text", "{path: name, length: {at_least: 1}}",
	"type \"name\" is text in the schema; length wants a list or map"},
    {"text of a block", "{path: logging, matches: x}",
	"type \"logging\" is a block in the schema; matches wants a single "
	"value"},
    {"a boolean that no boolean is", "{path: public, equals: enabled}",
	"type \"public\" is a boolean in the schema, which what is written here "
	"never is"},
    {"a boolean written as text", "{path: public, equals: 'true'}", ""},
    {"a number that no number is", "{path: size, in: [1, many]}",
	"type \"size\" is a number in the schema, which what is written here "
	"never is"},
    {"a quantifier over a value",
	"{some: name, satisfies: {path: ., equals: x}}",
	"type \"name\" is text in the schema; a quantifier wants a list or "
	"map"},
    {"a quantifier over a map",
	"{some: tags, satisfies: {path: ., equals: x}}", ""},
    {"what another attribute says", "{path: size, equals: {value_of: siez}}",
	"schema \"siez\" is no attribute or block of acme_bucket; did you mean "
	"\"size\"?"},
    {"presence fits anything", "{path: rule, set: true}", ""},
    {"a statement of a policy",
	"{some: policy(policy).statements, satisfies: {path: actions, contains: "
	"x}}",
	""},
    {"a member that a statement has not",
	"{some: policy(policy).statements, satisfies: {path: efect, equals: "
	"Allow}}",
	"schema \"efect\" is no attribute or block of a policy document; did "
	"you mean \"effect\"?"},
    {"an operator that a statement's member does not fit",
	"{some: policy(policy).statements, satisfies: {path: actions, equals: "
	"x}}",
	"type \"actions\" is a list in the schema; equals wants a single "
	"value"},
    {"a partner's type",
	"{related: acme_bucket_polcy, where_its: bucket}",
	"schema \"acme_bucket_polcy\" is no type that the provider's schema "
	"has; did you mean \"acme_bucket_policy\"?"},
    {"a partner's attribute",
	"{related: acme_bucket_policy, where_its: bukket}",
	"schema \"bukket\" is no attribute or block of acme_bucket_policy; did "
	"you mean \"bucket\"?"},
    {"an attribute of the subject in a relation",
	"{related: acme_bucket_policy, where_its: bucket, satisfies: {path: "
	"document, equals: {value_of: subject.nam}}}",
	"schema \"subject.nam\" is no attribute or block of acme_bucket; did "
	"you mean \"name\"?"},
    {"a data source", "{related: data.acme_bucket, by_my: name}", ""},
    {"an attribute of a data source",
	"{related: data.acme_bucket, by_my: name, satisfies: {path: arm, set: "
	"true}}",
	"schema \"arm\" is no attribute or block of acme_bucket; did you "
	"mean \"arn\"?"},
};

static const char *const allow[] = {"unset", "empty", "untested"};

static void
expect(const char *name, const char *text, const char *schema,
    const char *wanted)
{
	struct tfa_lint_options options = {.format = "json",
	    .schema = schema,
	    .allow = allow,
	    .allow_count = COUNTOF(allow)};
	char *said = lint_said(text, &options);

	ck_assert_msg(
	    strcmp(said, wanted) == 0, "%s:\n%s\n%s", name, said, wanted);
	free(said);
}

START_TEST(a_condition_is_held_against_the_schema)
{
	char text[1024], wanted[512] = "";

	snprintf(text, sizeof(text),
	    "controls:\n  - id: a\n    title: t\n    severity: low\n"
	    "    resource: acme_bucket\n    assert: %s\n",
	    conditions[_i].assert);
	if (conditions[_i].said[0])
		snprintf(wanted, sizeof(wanted), "%s\n", conditions[_i].said);
	expect(conditions[_i].name, text, SCHEMA, wanted);
}
END_TEST

#define CONTROL(resource, rest) \
	"controls:\n  - id: a\n    title: t\n    severity: low\n" \
	"    resource: " resource "\n" rest

static const struct {
	const char *name, *text, *said;
} files[] = {
    {"a type that there is not", CONTROL("acme_bukcet", "    assert: {never: "
							"true}\n"),
	"schema \"acme_bukcet\" is no type that the provider's schema has; did "
	"you mean \"acme_bucket\"?\n"},
    {"a glob that no type fits",
	CONTROL("acme_x*", "    assert: {never: true}\n"),
	"schema \"acme_x*\" is none of the types that the provider's schema "
	"has\n"},
    {"what one of a glob's types has",
	CONTROL("acme_*", "    assert: {path: document, set: true}\n"), ""},
    {"what none of a glob's types has",
	CONTROL("acme_*", "    assert: {path: documnt, set: true}\n"),
	"schema \"documnt\" is no attribute or block of any of the types\n"},
    {"what one of several types has not",
	CONTROL("[acme_bucket, acme_bucket_policy]",
	    "    assert: {path: document, set: true}\n"),
	"schema \"document\" is no attribute or block of acme_bucket\n"},
    {"each type has its own path",
	CONTROL("[acme_bucket, acme_bucket_policy]",
	    "    assert: {path: {acme_bucket: policy, other: document}, set: "
	    "true}\n"),
	""},
    {"a path of another type",
	CONTROL("[acme_bucket, acme_bucket_policy]",
	    "    assert: {by_type: {acme_bucket: {path: document, set: true}, "
	    "other: {path: document, set: true}}}\n"),
	"schema \"document\" is no attribute or block of acme_bucket\n"},
    {"a data source has its own attributes",
	CONTROL("acme_bucket", "    mode: data\n"
			       "    assert: {path: size, set: true}\n"),
	"schema \"size\" is no attribute or block of acme_bucket\n"},
    {"a type that two providers have is the larger of the two",
	CONTROL("acme_nothing", "    assert: {path: soon, set: true}\n"), ""},
    {"another provider's types are not in this schema",
	CONTROL("zeta_thing", "    assert: {path: a.b, set: true}\n"), ""},
    {"what is built in of another provider holds beside it",
	CONTROL("aws_ecr_repository", "    assert: {path: nmae, set: true}\n"),
	"schema \"nmae\" is no attribute or block of aws_ecr_repository; did "
	"you mean \"name\"?\n"},
    {"resources of tests",
	CONTROL("acme_bucket",
	    "    assert: {path: policy, set: true}\n    tests:\n"
	    "      - {name: a, resource: {rule: [{acton: x}]}, expect: fail}\n"
	    "      - {name: b, resource: {logging: {target: x}}, expect: fail}\n"
	    "      - {name: c, resource: {}, unknown: {quota: {bytes: true}, "
	    "rule: [{filter: true}], tagz: true}, expect: fail}\n"
	    "      - {name: d, resource: {size: big, public: 1}, expect: fail}\n"
	    "      - {name: e, resource: {size: '1', extra: [1]}, expect: fail}"
	    "\n"),
	"schema \"rule.acton\" is no attribute or block of acme_bucket; did you "
	"mean \"action\"?\n"
	"type \"logging\" in a test is not what it is in the schema, a block\n"
	"schema \"tagz\" is no attribute or block of acme_bucket; did you mean "
	"\"tags\"?\n"
	"type \"public\" in a test is not what it is in the schema, a boolean\n"
	"type \"size\" in a test is not what it is in the schema, a number\n"},
    {"a default's path",
	"defaults:\n  - {resource: acme_bucket, path: rule.prt, value: 1, by: "
	"provider}\n",
	"schema \"rule.prt\" is no attribute or block of acme_bucket; did you "
	"mean \"port\"?\n"},
};

START_TEST(a_file_is_held_against_the_schema)
{
	expect(files[_i].name, files[_i].text, SCHEMA, files[_i].said);
}
END_TEST

static const struct {
	const char *name, *text, *message;
} documents[] = {
    {"no JSON", "x", "is no schema: "},
    {"cut off", "{\"format_version\": \"1.0\", \"provider_schemas\": {",
	"is no schema: "},
    {"a plan", "{\"format_version\": \"1.2\", \"resource_changes\": []}",
	"is no schema: it is what terraform"},
    {"another major version",
	"{\"format_version\": \"2.0\", \"provider_schemas\": {\"p\": "
	"{\"resource_schemas\": {\"a_b\": {\"block\": {}}}}}}",
	"is no schema: it is what terraform"},
    {"nothing in it", "{\"format_version\": \"1.0\"}",
	"is no schema: it is what terraform"},
};

START_TEST(what_is_no_schema_is_refused)
{
	char path[] = "/tmp/tfassay-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	struct tfa_error err = {0};
	struct arena arena = {0};

	ck_assert(file && fputs(documents[_i].text, file) >= 0);
	ck_assert(fclose(file) == 0);
	ck_assert_ptr_null(provider_read(path, &arena, &err));
	ck_assert_int_eq(err.code, TFA_ERR_POLICY);
	ck_assert_msg(strstr(err.message, documents[_i].message) != NULL,
	    "%s: %s", documents[_i].name, err.message);
	unlink(path);
	arena_free(&arena);
}
END_TEST

START_TEST(a_schema_that_is_missing_is_refused)
{
	struct tfa_error err = {0};
	struct arena arena = {0};

	ck_assert_ptr_null(provider_read("testdata/lint/none", &arena, &err));
	ck_assert_int_eq(err.code, TFA_ERR_POLICY);
	ck_assert_str_eq(err.message, "does not exist");
	ck_assert_ptr_null(provider_read("testdata/lint", &arena, &err));
	arena_free(&arena);
}
END_TEST

START_TEST(a_schema_nested_without_end_is_refused)
{
	char path[] = "/tmp/tfassay-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct tfa_error err = {0};
	struct arena arena = {0};

	ck_assert_ptr_nonnull(file);
	fputs("{\"format_version\": \"1.0\", \"provider_schemas\": {\"p\": "
	      "{\"resource_schemas\": {\"a_b\": {\"block\": {\"attributes\": "
	      "{\"x\": {\"type\": ",
	    file);
	for (size_t i = 0; i < 100; i++)
		fputs("[\"list\", ", file);
	fputs("\"string\"", file);
	for (size_t i = 0; i < 100; i++)
		fputs("]", file);
	fputs("}}}}}}}}", file);
	ck_assert(fclose(file) == 0);
	ck_assert_ptr_null(provider_read(path, &arena, &err));
	ck_assert_int_eq(err.code, TFA_ERR_LIMIT);
	unlink(path);
	arena_free(&arena);
}
END_TEST

void
lint_schema_tests(Suite *suite)
{
	TCase *tc = tcase_create("schema");

	tcase_add_loop_test(tc, a_condition_is_held_against_the_schema, 0,
	    COUNTOF(conditions));
	tcase_add_loop_test(
	    tc, a_file_is_held_against_the_schema, 0, COUNTOF(files));
	tcase_add_loop_test(
	    tc, what_is_no_schema_is_refused, 0, COUNTOF(documents));
	tcase_add_test(tc, a_schema_that_is_missing_is_refused);
	tcase_add_test(tc, a_schema_nested_without_end_is_refused);
	suite_add_tcase(suite, tc);
}
