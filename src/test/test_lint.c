/*
 * What lint says of policy files that are wrong in several ways at once, and of
 * those that are right but may be meant otherwise.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"
#include "test/lint_text.h"
#include "test/test.h"

#define HEAD(id) \
	"  - id: " id "\n" \
	"    title: t\n" \
	"    severity: low\n" \
	"    resource: aws_ecr_repository\n"
#define TESTED \
	"    tests:\n" \
	"      - {name: a, resource: {name: x}, expect: pass}\n" \
	"      - {name: b, resource: {name: w}, expect: fail}\n" \
	"      - {name: c, resource: {}, unknown: {name: true}, expect: " \
	"unknown}\n"

static const struct {
	const char *name, *text;
	const char *problems; /* "line:column class," of each, in order */
} rows[] = {
    {"a good control has no problem",
	"controls:\n" HEAD("a") "    assert: {path: name, equals: x, if_unset: "
				"false}\n" TESTED,
	""},
    {"every wrong key of a control is told",
	"controls:\n  - id: a\n    titel: t\n    severity: low\n"
	"    resource: aws_x\n    sever: low\n"
	"    assert: {never: true}\n",
	"3:5 error,6:5 error,"},
    {"every wrong control is told",
	"controls:\n  - id: a\n  - id: b\n",
	"2:5 error,2:5 error,2:5 error,2:5 error,3:5 error,3:5 error,"
	"3:5 error,3:5 error,"},
    {"every wrong condition of a group is told",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
				"        - {path: a, equal: 1}\n"
				"        - {path: a, equals: 1, defualt: 1}\n"
				"        - {path: 'a[', equals: 1}\n",
	"8:21 error,9:32 error,10:18 error,"},
    {"what is wrong in one control leaves the others whole",
	"controls:\n" HEAD("a") "    assert: {nver: true}\n" HEAD(
	    "b") "    assert: {path: force_delete, equals: x}\n" TESTED,
	"6:14 error,11:13 type,11:13 unset,"},
    {"a definition that a wrong control would use is not unused",
	"define:\n  d: {path: name, equals: x, if_unset: false}\n"
	"controls:\n" HEAD("a") "    assert: {use: d}\n    tset: []\n",
	"9:5 error,"},
    {"broken YAML is one error", "controls:\n  - id: [a\n", "3:1 error,"},
    {"an attribute that the schema lacks",
	"controls:\n" HEAD("a") "    assert: {path: nam, set: true}\n" TESTED,
	"6:13 schema,"},
    {"a member of a block that the schema lacks",
	"controls:\n" HEAD("a") "    assert: {some: encryption_configuration, "
				"satisfies: {path: typ, set: true}}\n" TESTED,
	"6:57 schema,"},
    {"what is inside an attribute is not in the schema",
	"controls:\n" HEAD("a") "    assert: {path: 'tags[\"x\"]', set: "
				"true}\n" TESTED,
	""},
    {"a default of the table answers for what is unset",
	"controls:\n" HEAD("a") "    assert: {path: image_tag_mutability, "
				"equals: IMMUTABLE}\n" TESTED,
	""},
    {"every and none over an empty list",
	"controls:\n" HEAD("a") "    assert: {every: encryption_configuration, "
				"satisfies: {path: kms_key, set: true}}\n"
	TESTED,
	"6:13 empty,"},
    {"a condition twice",
	"controls:\n" HEAD("a") "    assert: {any: [{path: name, set: true}, "
				"{path: name, set: true}]}\n" TESTED,
	"6:45 repeated,"},
    {"a control without tests",
	"controls:\n" HEAD("a") "    assert: {path: name, set: true}\n",
	"2:5 untested,2:5 untested,2:5 untested,"},
    {"what decides nothing in a group",
	"controls:\n" HEAD("a") "    assert: {all: [{path: name, set: true}, "
				"{always: true}]}\n" TESTED,
	"6:45 constant,"},
    {"what decides alone in a group",
	"controls:\n" HEAD("a") "    assert: {any: [{path: name, set: true}, "
				"{always: true}]}\n" TESTED,
	"6:45 constant,"},
    {"a list of one value",
	"controls:\n" HEAD("a") "    assert: {path: name, in: [x], if_unset: "
				"false}\n" TESTED,
	"6:13 single,"},
    {"a parameter that nobody has looked up for long",
	"controls:\n" HEAD("a") "    parameters: {p: {default: x, checked: "
				"2024-12-31}}\n"
				"    assert: {path: name, equals: {param: p}, "
				"if_unset: false}\n" TESTED,
	"2:5 aged,"},
    {"a type that is nearly one of the schema",
	"controls:\n  - id: a\n    title: t\n    severity: low\n"
	"    resource: aws_ecr_repositry\n    assert: {never: true}\n"
	"    tests: [{name: b, resource: {}, expect: fail}]\n",
	"2:5 schema,"},
    {"an attribute by which resources are joined",
	"controls:\n" HEAD("a") "    assert: {related: aws_ecr_repository_policy"
				", where_its: repositry}\n" TESTED,
	"6:13 schema,"},
    {"a member of a statement",
	"controls:\n" HEAD("a") "    assert: {some: policy(name).statements, "
				"satisfies: {path: efect, equals: Allow, "
				"if_unset: false}}\n" TESTED,
	"6:56 schema,"},
    {"a member of a policy",
	"controls:\n" HEAD("a") "    assert: {some: policy(name).statement, "
				"satisfies: {path: effect, set: true}}\n"
	TESTED,
	"6:13 schema,"},
    {"an attribute in a test",
	"controls:\n" HEAD("a") "    assert: {path: name, set: true}\n" TESTED
	"      - {name: d, resource: {nam: x}, expect: fail}\n",
	"11:9 schema,"},
    {"the path of a default",
	"defaults:\n  - {resource: aws_ecr_repository, path: forc_delete, "
	"value: false, by: provider}\n",
	"2:5 schema,"},
    {"a profile that names no control, and one that extends it",
	"profiles:\n  - {name: p, block: [no_such_control]}\n"
	"  - {name: q, extends: [p, recommended]}\n"
	"  - {name: r, extends: strict}\n",
	"2:5 error,"},
    {"every wrong waiver is told",
	"waivers:\n  - {id: a}\n  - {id: b, owner: me, tickt: T}\n",
	"2:5 error,2:5 error,2:5 error,2:5 error,2:5 error,2:5 error,"
	"2:5 error,2:5 error,2:5 error,"
	"3:5 error,3:5 error,3:5 error,3:5 error,3:5 error,3:5 error,"
	"3:5 error,3:24 error,"},
    {"a wrong fact",
	"facts:\n  - {resource: aws_x, values: {a: 1}, evidence: e, as_of: "
	"2026-01-01, expires: soon}\n",
	"2:80 error,"},
    {"what is asked to have two values",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
	"        - {path: name, equals: x}\n"
	"        - {path: name, equals: z}\n"
	"        - {path: force_delete, equals: true, if_unset: false}\n"
	"        - {path: force_delete, equals: \"true\", if_unset: false}\n"
	TESTED,
	"9:11 constant,11:11 repeated,"},
    {"another control with a name that is built in",
	"controls:\n  - id: sqs_queue_encrypted_at_rest\n    title: t\n"
	"    severity: low\n    resource: aws_sqs_queue\n"
	"    assert: {never: true}\n",
	"2:9 error,"},
    {"a type that is named twice",
	"controls:\n  - id: a\n    title: t\n    severity: low\n"
	"    resource: [aws_lb, aws_alb, aws_lb]\n    assert: {related: "
	"[aws_eip, aws_eip], where_its: domain, satisfies: {path: domain, "
	"set: true}}\n" TESTED,
	"2:5 repeated,6:13 repeated,"},
    {"a definition that is used twice is told once",
	"define:\n  d: {path: force_delete, equals: true}\ncontrols:\n" HEAD("a")
	    "    assert: {use: d}\n" TESTED HEAD("b") "    where: {use: d}\n"
	    "    assert: {path: force_delete, equals: true}\n" TESTED,
	"2:6 unset,18:13 unset,"},
    {"what stands beside a condition decides where its path is unset",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
	    "        - {path: force_delete, set: true}\n"
	    "        - {any: [{path: force_delete, equals: true}, {path: force_delete, equals: false}]}\n"
	    TESTED,
	""},
    {"one of several does not where another may hold",
	"controls:\n" HEAD("a") "    assert:\n      any:\n"
	    "        - {path: force_delete, set: true}\n"
	    "        - {path: force_delete, equals: true}\n" TESTED,
	"9:11 unset,"},
    {"one that holds where the path is unset decides a group of any",
	"controls:\n" HEAD("a") "    assert:\n      any:\n"
	    "        - {path: force_delete, set: false}\n"
	    "        - {path: force_delete, equals: true}\n" TESTED,
	""},
    {"two that say nothing do not decide for each other",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
	    "        - {path: force_delete, equals: true}\n"
	    "        - {path: force_delete, not_equals: false}\n" TESTED,
	"8:11 unset,9:11 unset,"},
    {"where decides for what is asserted",
	"controls:\n" HEAD("a")
	    "    where: {path: force_delete, equals: true, if_unset: false}\n"
	    "    assert: {path: force_delete, equals: true}\n" TESTED,
	""},
    {"when decides for then",
	"controls:\n" HEAD("a") "    assert: {when: {path: force_delete, set: true}, "
	    "then: {path: force_delete, equals: true}}\n" TESTED,
	""},
    {"not what an element has beside it",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
	    "        - {path: image_tag_mutability, set: true}\n"
	    "        - some: encryption_configuration\n"
	    "          satisfies: {path: kms_key, equals: x}\n" TESTED,
	"10:22 unset,"},
    {"an empty list of which a condition holds",
	"controls:\n" HEAD("a") "    assert:\n      all:\n"
	    "        - {every: encryption_configuration, satisfies: "
	    "{path: kms_key, set: true}}\n"
	    "        - {not: {some: encryption_configuration, satisfies: "
	    "{path: kms_key, set: true}}}\n"
	    "        - {some: encryption_configuration, satisfies: "
	    "{path: kms_key, set: true}}\n"
	    "        - {count: encryption_configuration, at_most: 1}\n"
	    "        - {count: encryption_configuration, at_least: 1}\n"
	    "        - {path: tags, length: {at_most: 1}}\n"
	    "        - {path: tags, length: {at_least: 1}}\n" TESTED,
	"8:11 empty,9:17 empty,11:11 empty,13:11 empty,"},
    {"a control that is never unknown needs no such test",
	"controls:\n" HEAD("a") "    assert: {path: name, set: true}\n"
	    "    if_unknown: fail\n    tests:\n"
	    "      - {name: a, resource: {name: x}, expect: pass}\n"
	    "      - {name: b, resource: {}, expect: fail}\n",
	""},
    {"what is always so passes only",
	"controls:\n" HEAD("a") "    assert: {always: true}\n    tests:\n"
	    "      - {name: a, resource: {name: x}, expect: pass}\n",
	""},
    {"a number that loses its zero",
	"controls:\n" HEAD("a") "    assert: {path: name, equals: 1.10, "
				"if_unset: false}\n" TESTED,
	"6:34 number,"},
};

char *
lint_text(const char *text, const struct tfa_lint_options *base, bool builtin,
    size_t *errors, size_t *warnings)
{
	char folder[] = "/tmp/tfassay-XXXXXX", path[64], *out = NULL;
	const char *paths[] = {path};
	struct tfa_lint_options options = *base;
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	size_t len = 0;
	FILE *stream = open_memstream(&out, &len), *file;
	bool ok;

	ck_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof(path), "%s/p.yaml", folder);
	file = fopen(path, "w");
	ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
	options.paths = paths;
	options.path_count = 1;
	ok = (!builtin || tfa_policies_builtin(policies, &err)) &&
	    tfa_lint_write(
		policies, &options, stream, errors, warnings, &err);
	ck_assert_msg(ok, "%s", err.message);
	fclose(stream);
	tfa_policies_free(policies);
	unlink(path);
	rmdir(folder);
	return out;
}

char *
lint_said(const char *text, const struct tfa_lint_options *options)
{
	size_t errors, warnings, index, len = 0;
	char *shown = lint_text(text, options, false, &errors, &warnings);
	char *said = NULL;
	FILE *out = open_memstream(&said, &len);
	json_t *root = json_loads(shown, 0, NULL), *problem;

	ck_assert(out && root);
	json_array_foreach(json_object_get(root, "problems"), index, problem)
	{
		const char *class =
		    json_string_value(json_object_get(problem, "class"));

		fprintf(out, "%s %s\n", class ? class : "error",
		    json_string_value(json_object_get(problem, "message")));
	}
	fclose(out);
	json_decref(root);
	free(shown);
	return said;
}

START_TEST(every_problem_is_told_at_its_place)
{
	struct tfa_lint_options options = {
	    .format = "json", .now = "2026-01-01"};
	size_t errors, warnings, at = 0;
	char *text =
	    lint_text(rows[_i].text, &options, true, &errors, &warnings);
	json_t *root = json_loads(text, 0, NULL);
	json_t *problem;
	char got[1024] = "";
	size_t index;

	json_array_foreach(json_object_get(root, "problems"), index, problem)
	{
		const char *class = json_string_value(
		    json_object_get(problem, "class"));

		at += (size_t)snprintf(got + at, sizeof(got) - at,
		    "%d:%d %s,",
		    (int)json_integer_value(json_object_get(problem, "line")),
		    (int)json_integer_value(
			json_object_get(problem, "column")),
		    class ? class : "error");
	}
	ck_assert_msg(strcmp(got, rows[_i].problems) == 0, "%s: %s\n%s",
	    rows[_i].name, got, text);
	ck_assert_uint_eq(errors + warnings,
	    json_array_size(json_object_get(root, "problems")));
	json_decref(root);
	free(text);
}
END_TEST

/* Beside themselves, as what is built in, too: they are the same ones. */
START_TEST(nothing_is_wrong_in_the_shipped_controls)
{
	const char *paths[] = {"policies"};
	struct tfa_lint_options options = {
	    .paths = paths, .path_count = 1, .format = "text"};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	size_t errors, warnings, len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	ck_assert_msg((!_i || tfa_policies_builtin(policies, &err)) &&
		tfa_lint_write(policies, &options, out, &errors, &warnings,
		    &err),
	    "%s", err.message);
	fclose(out);
	ck_assert_str_eq(text, "0 errors, 0 warnings\n");
	free(text);
	tfa_policies_free(policies);
}
END_TEST

START_TEST(a_problem_shows_its_line_and_a_caret)
{
	struct tfa_lint_options options = {.format = "text"};
	size_t errors, warnings;
	char *text = lint_text("controls:\n  - id: a\n    titel: t\n",
	    &options, true, &errors, &warnings);

	ck_assert_ptr_nonnull(strstr(text,
	    "unknown key \"titel\" in a control; did you mean \"title\"?\n"
	    "  |     titel: t\n"
	    "  |     ^\n"));
	free(text);
}
END_TEST

START_TEST(a_warning_shows_its_line_and_a_caret)
{
	static const char *const allow[] = {"untested"};
	struct tfa_lint_options options = {
	    .format = "text", .allow = allow, .allow_count = 1};
	size_t errors, warnings;
	char *text = lint_text("controls:\n" HEAD(
				   "a") "    assert: {path: nam, set: true}\n",
	    &options, true, &errors, &warnings);

	ck_assert_ptr_nonnull(strstr(text,
	    "p.yaml:6:13: warning: \"nam\" is no attribute or block of "
	    "aws_ecr_repository; did you mean \"name\"? [schema]\n"
	    "  |     assert: {path: nam, set: true}\n"
	    "  |             ^\n"));
	free(text);
}
END_TEST

START_TEST(kinds_can_be_left_out)
{
	static const char *const allow[] = {"untested"};
	struct tfa_lint_options options = {
	    .format = "text", .allow = allow, .allow_count = 1};
	size_t errors, warnings;
	char *text = lint_text("controls:\n" HEAD(
				   "a") "    assert: {path: name, set: true}\n",
	    &options, true, &errors, &warnings);

	ck_assert_str_eq(text, "0 errors, 0 warnings\n");
	free(text);
}
END_TEST

START_TEST(github_annotates_files)
{
	struct tfa_lint_options options = {.format = "github"};
	size_t errors, warnings;
	char *text = lint_text("controls:\n  - id: 'a:b'\n    title: t\n"
			       "    severity: low\n    resource: aws_x\n"
			       "    assert: {never: true}\n",
	    &options, true, &errors, &warnings);

	ck_assert_uint_eq(errors, 1);
	ck_assert_ptr_nonnull(strstr(text, "p.yaml,line=2,col=9,title=tfassay "
					   "lint (error)::a control's id"));
	free(text);
}
END_TEST

Suite *
suite_lint(void)
{
	Suite *suite = suite_create("lint");
	TCase *tc = tcase_create("lint");

	tcase_add_loop_test(
	    tc, every_problem_is_told_at_its_place, 0, COUNTOF(rows));
	tcase_add_loop_test(
	    tc, nothing_is_wrong_in_the_shipped_controls, 0, 2);
	tcase_add_test(tc, a_problem_shows_its_line_and_a_caret);
	tcase_add_test(tc, a_warning_shows_its_line_and_a_caret);
	tcase_add_test(tc, kinds_can_be_left_out);
	tcase_add_test(tc, github_annotates_files);
	suite_add_tcase(suite, tc);
	lint_schema_tests(suite);
	return suite;
}
