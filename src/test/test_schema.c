/*
 * The JSON Schemas: closed, described, and in step with the words that the
 * loader knows.  testdata/oracle/schema.py compares what both accept.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>

#include "policy/policy.h"
#include "test/test.h"
#include "tfassay.h"

static json_t *
load(enum tfa_schema schema, const struct tfa_schema_setting *settings)
{
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *root;

	ck_assert(out != NULL);
	ck_assert_msg(
	    tfa_schema_write(schema, settings, out, &err), "%s", err.message);
	ck_assert_int_eq(fclose(out), 0);
	root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	ck_assert(root != NULL);
	free(text);
	return root;
}

static bool
is_strict(json_t *object)
{
	json_t *type = json_object_get(object, "type");

	return !json_is_string(type) ||
	       strcmp(json_string_value(type), "object") != 0 ||
	       json_object_get(object, "additionalProperties");
}

/* Every object says what else may be in it, every reference leads somewhere. */
static void
check_node(json_t *root, json_t *node)
{
	json_t *definitions = json_object_get(root, "definitions");
	const char *ref = json_string_value(json_object_get(node, "$ref"));
	const char *prefix = "#/definitions/";
	const char *key;
	json_t *child;
	size_t i;

	if (ref) {
		ck_assert(strncmp(ref, prefix, strlen(prefix)) == 0);
		ck_assert_msg(
		    json_object_get(definitions, ref + strlen(prefix)) != NULL,
		    "%s", ref);
	}
	if (json_is_object(node)) {
		ck_assert(is_strict(node));
		json_object_foreach (node, key, child)
			check_node(root, child);
	}
	json_array_foreach (node, i, child)
		check_node(root, child);
}

static void
check_described(json_t *object)
{
	const char *key;
	json_t *child;

	json_object_foreach (json_object_get(object, "properties"), key, child)
		ck_assert_msg(
		    json_is_string(json_object_get(child, "description")), "%s",
		    key);
}

static json_t *
item_of(json_t *root, const char *list)
{
	return json_object_get(
	    json_object_get(json_object_get(root, "properties"), list),
	    "items");
}

START_TEST(schemas_are_closed_and_described)
{
	static const char *const lists[] = {[TFA_SCHEMA_CONTROLS] = "controls",
	    [TFA_SCHEMA_WAIVERS] = "waivers",
	    [TFA_SCHEMA_FACTS] = "facts"};
	json_t *root = load((enum tfa_schema)_i, NULL);
	json_t *item = item_of(root, lists[_i]);

	ck_assert_str_eq(json_string_value(json_object_get(root, "$schema")),
	    "http://json-schema.org/draft-07/schema#");
	check_node(root, root);
	check_described(root);
	ck_assert(json_object_size(json_object_get(item, "properties")) > 5);
	ck_assert(json_is_array(json_object_get(item, "required")));
	check_described(item);
	json_decref(root);
}
END_TEST

START_TEST(every_operator_is_in_the_schema_of_conditions)
{
	json_t *root = load(TFA_SCHEMA_CONTROLS, NULL);
	json_t *definitions = json_object_get(root, "definitions");
	json_t *testing = json_object_get(definitions, "testing");
	json_t *counting = json_object_get(definitions, "counting");
	json_t *words = json_object_get(testing, "properties");
	struct operator operator;
	size_t count = 0;

	check_described(testing);
	check_described(counting);
	for (; operator_at(count, &operator); count++) {
		bool counts = strcmp(operator.name, "count") == 0;
		json_t *in =
		    counts ? json_object_get(counting, "properties") : words;

		ck_assert_msg(json_object_get(in, operator.name) != NULL,
		    "%s", operator.name);
	}
	/* Exactly one of them, and not count. */
	ck_assert_uint_eq(
	    json_array_size(json_object_get(testing, "oneOf")), count - 1);
	ck_assert(!json_object_get(words, "count"));
	json_decref(root);
}
END_TEST

START_TEST(words_are_enumerations)
{
	json_t *root = load(TFA_SCHEMA_CONTROLS, NULL);
	json_t *severity = json_object_get(
	    json_object_get(item_of(root, "controls"), "properties"),
	    "severity");
	json_t *words = json_object_get(severity, "enum");

	ck_assert_uint_eq(json_array_size(words), SEVERITY_INFO + 1);
	ck_assert_str_eq(
	    json_string_value(json_array_get(words, 0)), "critical");
	json_decref(root);
}
END_TEST

START_TEST(settings_are_the_options)
{
	static const char *const words[] = {"high", "low"};
	static const struct tfa_schema_setting settings[] = {
	    {"fail-on", "help", words, 2, false, false},
	    {"all",     "help", NULL,  0, true,  false},
	    {"set",     "help", NULL,  0, false, true },
	    {NULL,      NULL,   NULL,  0, false, false},
	};
	json_t *root = load(TFA_SCHEMA_CONFIG, settings);
	json_t *all = json_object_get(root, "properties");

	ck_assert_uint_eq(json_object_size(all), 3);
	check_described(root);
	ck_assert_uint_eq(json_array_size(json_object_get(
			      json_object_get(all, "fail-on"), "anyOf")),
	    2);
	ck_assert_uint_eq(json_array_size(json_object_get(
			      json_object_get(all, "set"), "anyOf")),
	    3);
	json_decref(root);
}
END_TEST

Suite *
suite_schema(void)
{
	Suite *suite = suite_create("schema");
	TCase *tcase = tcase_create("schema");

	tcase_add_loop_test(tcase, schemas_are_closed_and_described,
	    TFA_SCHEMA_CONTROLS, TFA_SCHEMA_FACTS + 1);
	tcase_add_test(tcase, every_operator_is_in_the_schema_of_conditions);
	tcase_add_test(tcase, words_are_enumerations);
	tcase_add_test(tcase, settings_are_the_options);
	suite_add_tcase(suite, tcase);
	return suite;
}
