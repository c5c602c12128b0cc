/* Looking into a plan: which resources are meant, and what is shown of them. */
#include <jansson.h>
#include <stdlib.h>

#include "engine/inspection.h"
#include "test/judge.h"
#include "test/test.h"

#define OWN "testdata/provenance"
#define SCAN "ecr_repository_image_scan_on_push_enabled"

static struct tfa_policies *policies;

static void
load(void)
{
	struct tfa_error err = {0};

	policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(policies);
	ck_assert(tfa_policies_builtin(policies, &err));
}

static void
unload(void)
{
	tfa_policies_free(policies);
}

struct seen_plan {
	struct tfa_options options;
	const char *control;
	struct tfa_report *report; /* NULL where it failed */
	struct tfa_error err;
	char *text;
	size_t len;
};

static void
look_into(struct seen_plan *out, struct str plan, const char *address,
    bool derive, const char *control)
{
	struct tfa_eval *eval;

	*out = (struct seen_plan){.control = control};
	out->options = (struct tfa_options){.path = "plan.json",
	    .inspect = address,
	    .derive = derive,
	    .list = TFA_PASS,
	    .controls = &out->control,
	    .control_count = control ? 1 : 0,
	    .now = "2026-01-01T00:00:00Z"};
	eval = tfa_eval_new(policies, &out->options, &out->err);
	ck_assert_msg(eval != NULL, "%s", out->err.message);
	if (tfa_eval_feed(eval, plan.ptr, plan.len, &out->err))
		(void)!tfa_eval_finish(eval, &out->report, &out->err);
	tfa_eval_free(eval);
}

static void
look_into_file(struct seen_plan *out, const char *folder, const char *name,
    const char *address, bool derive, const char *control)
{
	struct buf plan = read_file(folder, name, ".json");

	look_into(out, buf_str(&plan), address, derive, control);
	buf_free(&plan);
}

static const char *
shown(struct seen_plan *view, bool json)
{
	struct tfa_error err = {0};
	FILE *file;

	free(view->text);
	view->text = NULL;
	file = open_memstream(&view->text, &view->len);
	ck_assert_ptr_nonnull(file);
	ck_assert_msg(
	    tfa_inspect_write(view->report, json, false, file, &err), "%s",
	    err.message);
	fclose(file);
	return view->text;
}

static void
view_free(struct seen_plan *view)
{
	free(view->text);
	tfa_report_free(view->report);
}

/* --- Which are meant --- */

static const struct {
	const char *address;
	size_t count; /* 0: none is */
	const char *near; /* part of what is said instead, or NULL */
} asked[] = {
    {"aws_ecr_repository.literal", 1, NULL},
    {"aws_ecr_repository.keyed[\"a.b\"]", 1, NULL},
    {"aws_ecr_repository.keyed[\"q\\\"\"]", 1, NULL},
    {"aws_ecr_repository.keyed", 2, NULL},
    /* Quotes that a shell has eaten. */
    {"aws_ecr_repository.keyed[a.b]", 1, NULL},
    {"module.many[on/off]", 2, NULL},
    /* Modules. */
    {"module.given", 2, NULL},
    {"module.given.module.middle.module.inner", 2, NULL},
    {"module.counted", 4, NULL},
    {"module.counted[1]", 2, NULL},
    {"module.many[\"none\"]", 2, NULL},
    /* Only whole steps. */
    {"aws_ecr_repository.keye", 0, "'aws_ecr_repository.keyed'"},
    {"module.give", 0, "module.given"},
    {"module.counted[2]", 0, NULL},
    {"aws_ecr_repository.keyed_by_variable[\"d\"]", 0, NULL},
    {"module.middle", 0, "'module.by_local.module.middle.module.inner."},
    {"nothing.like.it", 0, "tfassay inspect PLAN lists"},
};

START_TEST(an_address_means_what_terraform_would_take_it_for)
{
	struct seen_plan view;

	look_into_file(&view, OWN, "plan", asked[_i].address, false, NULL);
	if (asked[_i].count == 0) {
		ck_assert_ptr_null(view.report);
		ck_assert_int_eq(view.err.code, TFA_ERR_USAGE);
		ck_assert_msg(!asked[_i].near ||
			strstr(view.err.message, asked[_i].near),
		    "%s", view.err.message);
	} else {
		ck_assert_msg(view.report != NULL, "%s", view.err.message);
		ck_assert_uint_eq(
		    view.report->inspection->count, asked[_i].count);
	}
	view_free(&view);
}
END_TEST

/* --- What is shown --- */

static const struct {
	const char *address, *path;
	enum state state;
	bool omitted;
	const char *value, *shape, *kind;
} values[] = {
    {"aws_ecr_repository.literal",
	"image_scanning_configuration[0].scan_on_push", STATE_KNOWN, false,
	"false", "", "literal"},
    {"aws_ecr_repository.omitted",
	"image_scanning_configuration.scan_on_push", STATE_DEFAULTED, false,
	"false", "", "service-default"},
    {"aws_ecr_repository.omitted", "image_tag_mutability", STATE_KNOWN, false,
	"MUTABLE", "text", "provider-default"},
    /* No control compares names with words. */
    {"aws_ecr_repository.omitted", "name", STATE_KNOWN, false, "", "text",
	"literal"},
    {"aws_ecr_repository.omitted", "arn", STATE_UNSET, true, "", "",
	"omitted"},
    {"aws_ecr_repository.omitted", "force_delete", STATE_UNSET, false, "", "",
	"omitted"},
    {"aws_ecr_repository.waits",
	"image_scanning_configuration[0].scan_on_push", STATE_UNKNOWN, false,
	"(known after apply)", "", "reference"},
    {"aws_ebs_volume.passed_null", "size", STATE_KNOWN, false, "1", "",
	"literal"},
};

static const struct inspected_value *
find_value(const struct inspected *item, const char *path)
{
	for (size_t i = 0; i < item->value_count; i++) {
		if (str_eq(item->values[i].path, str_of(path)))
			return &item->values[i];
	}
	ck_abort_msg("%s is not there", path);
	return NULL;
}

START_TEST(a_value_is_shown_as_the_engine_sees_it)
{
	struct seen_plan view;
	const struct inspected_value *value;

	look_into_file(&view, OWN, "plan", values[_i].address, false, NULL);
	value = find_value(&view.report->inspection->items[0], values[_i].path);
	ck_assert_int_eq(value->state, values[_i].state);
	ck_assert_int_eq(value->omitted, values[_i].omitted);
	ck_assert(str_eq(value->value, str_of(values[_i].value)));
	ck_assert_str_eq(value->shape ? value->shape : "", values[_i].shape);
	ck_assert_str_eq(value->origin->kind, values[_i].kind);
	view_free(&view);
}
END_TEST

START_TEST(without_an_address_everything_is_shown_that_controls_read)
{
	struct seen_plan view;
	const struct inspection *inspection;

	look_into_file(&view, OWN, "plan", "", false, NULL);
	inspection = view.report->inspection;
	/* Resources of the plan, terraform_data included. */
	ck_assert_uint_eq(
	    inspection->count, view.report->ledger.subjects);
	for (size_t i = 0; i < inspection->count; i++) {
		const struct inspected *item = &inspection->items[i];

		ck_assert(i == 0 ||
		    str_cmp(inspection->items[i - 1].address, item->address) <
			0);
		for (size_t j = 0; j < item->value_count; j++)
			ck_assert(item->values[j].read);
	}
	view_free(&view);
}
END_TEST

/* --- Derivations --- */

static const struct derivation *
derivation_of(const struct seen_plan *view, const char *control)
{
	const struct inspected *item = &view->report->inspection->items[0];

	for (size_t i = 0; i < item->derivation_count; i++) {
		if (str_eq(item->derivations[i].control->id, str_of(control)))
			return &item->derivations[i];
	}
	ck_abort_msg("%s is not derived", control);
	return NULL;
}

/* encryption_type in [KMS, KMS_DSSE], and kms_key set. */
START_TEST(every_condition_is_a_step)
{
	static const struct {
		enum cond_kind kind;
		size_t depth;
		const char *answer, *path;
	} steps[] = {
	    {COND_ALL,  0, "no", ""},
	    {COND_TEST, 1, "no", "encryption_configuration[0].encryption_type"},
	    {COND_TEST, 1, "no", "encryption_configuration[0].kms_key"},
	};
	struct seen_plan view;
	const struct derivation *derivation;

	look_into_file(&view, OWN, "plan", "aws_ecr_repository.literal", true,
	    "ecr_repository_encrypted_with_kms_cmk");
	ck_assert_uint_eq(
	    view.report->inspection->items[0].derivation_count, 1);
	derivation =
	    derivation_of(&view, "ecr_repository_encrypted_with_kms_cmk");
	ck_assert_int_eq(derivation->verdict, VERDICT_FAIL);
	ck_assert_int_eq(derivation->change, CHANGE_INTRODUCED);
	ck_assert(!derivation->existed);
	ck_assert_uint_eq(derivation->count, COUNTOF(steps));
	for (size_t i = 0; i < COUNTOF(steps); i++) {
		const struct inspected_step *step = &derivation->steps[i];

		ck_assert_int_eq(step->cond->kind, steps[i].kind);
		ck_assert_uint_eq(step->depth, steps[i].depth);
		ck_assert_str_eq(step->answer, steps[i].answer);
		ck_assert(str_eq(step->value.path, str_of(steps[i].path)));
	}
	view_free(&view);
}
END_TEST

START_TEST(what_was_there_before_is_a_part_of_the_derivation)
{
	struct seen_plan view;
	const struct derivation *derivation;

	look_into_file(&view, "testdata/metamorphic", "update",
	    "aws_ecr_repository.regressed", true, SCAN);
	if (!view.report) {
		look_into_file(&view, "testdata/plans/lifecycle",
		    "lifecycle-mixed", "aws_ecr_repository.regressed", true,
		    SCAN);
	}
	ck_assert_msg(view.report != NULL, "%s", view.err.message);
	derivation = derivation_of(&view, SCAN);
	ck_assert(derivation->existed);
	ck_assert_int_eq(derivation->before, VERDICT_PASS);
	ck_assert_int_eq(derivation->verdict, VERDICT_FAIL);
	ck_assert_int_eq(derivation->change, CHANGE_INTRODUCED);
	view_free(&view);
}
END_TEST

/* A derivation comes to what the report says. */
START_TEST(derivations_agree_with_the_findings)
{
	static const char *const plans[] = {"lifecycle/lifecycle-mixed",
	    "format/ecr", "format/err", "stacks/container-platform"};
	struct seen_plan view;
	size_t found = 0, derived = 0;

	look_into_file(
	    &view, "testdata/plans", plans[_i], "", true, NULL);
	ck_assert_msg(view.report != NULL, "%s", view.err.message);
	for (size_t i = 0; i < view.report->inspection->count; i++) {
		const struct inspected *item =
		    &view.report->inspection->items[i];

		for (size_t j = 0; j < item->derivation_count; j++)
			derived += !item->derivations[j].removed &&
			    item->derivations[j].raw != VERDICT_NOT_APPLICABLE;
	}
	for (size_t i = 0; i < view.report->finding_count; i++) {
		const struct finding *finding = &view.report->findings[i];

		found += finding->raw_verdict != VERDICT_NOT_APPLICABLE;
	}
	ck_assert_uint_eq(derived, found);
	view_free(&view);
}
END_TEST

/* --- Safety --- */

/* Sensitive in these plans, by the declaration of a variable. */
static const struct {
	const char *plan, *address, *secret;
} secrets[] = {
    {"container-platform", "", "hunter2"},
    {"container-platform", "module", "hunter2"},
    {"container-platform", "aws_kms_key", "hunter2"},
    {"data-platform", "module", "correct-horse"},
    {"data-platform", "module.warehouse", "correct-horse"},
};

START_TEST(nothing_sensitive_is_shown)
{
	struct buf plan = read_file(
	    "testdata/plans/stacks", secrets[_i].plan, ".json");
	struct seen_plan view;
	size_t at;

	ck_assert(
	    str_find(buf_str(&plan), str_of(secrets[_i].secret), &at));
	for (int derive = 0; derive < 2; derive++) {
		look_into(&view, buf_str(&plan), secrets[_i].address, derive,
		    NULL);
		ck_assert_msg(view.report != NULL, "%s", view.err.message);
		ck_assert_uint_gt(view.report->inspection->count, 0);
		ck_assert_ptr_null(
		    strstr(shown(&view, false), secrets[_i].secret));
		ck_assert_ptr_null(
		    strstr(shown(&view, true), secrets[_i].secret));
		view_free(&view);
	}
	buf_free(&plan);
}
END_TEST

static const char hostile[] =
    "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\","
    "\"resource_changes\":[{\"address\":"
    "\"aws_ecr_repository.x[\\\"\\\\n::error::a\\u001b[31m\\u202e\\\"]\","
    "\"mode\":\"managed\",\"type\":\"aws_ecr_repository\",\"name\":\"x\","
    "\"provider_name\":\"\\n##[error]\\u009b\",\"change\":{\"actions\":["
    "\"create\"],\"before\":null,\"after\":{\"image_tag_mutability\":"
    "\"\\n::warning::b\\u0007\",\"\\n::set-output c\":{\"\\u001b]0;d\":1}},"
    "\"after_unknown\":{\"\\n::e\":true}}}],\"configuration\":{"
    "\"root_module\":{}}}";

START_TEST(no_text_of_a_plan_begins_a_line_or_is_a_control)
{
	struct seen_plan view;

	for (int i = 0; i < 4; i++) {
		json_t *json;

		look_into(&view, STR(hostile), i & 1 ? "aws_ecr_repository.x" : "",
		    i & 2, NULL);
		ck_assert_msg(view.report != NULL, "%s", view.err.message);
		for (const char *at = shown(&view, false); *at; at++) {
			ck_assert(*at == '\n' || (unsigned char)*at >= 0x20);
			ck_assert(*at != '\n' ||
			    (at[1] != ':' && at[1] != '#' && at[1] != '['));
		}
		ck_assert_ptr_null(strstr(view.text, " ::"));
		ck_assert_ptr_null(strstr(view.text, "##["));
		shown(&view, true);
		json = json_loadb(view.text, view.len, 0, NULL);
		ck_assert_ptr_nonnull(json);
		json_decref(json);
		view_free(&view);
	}
}
END_TEST

START_TEST(the_document_is_json_with_keys_in_order)
{
	static const char *const keys[] = {"format_version", "plan",
	    "resources"};
	struct seen_plan view;
	json_t *json, *value, *first;
	const char *key;
	size_t i = 0;

	look_into_file(&view, OWN, "plan", "module.given", false, NULL);
	shown(&view, true);
	json = json_loadb(view.text, view.len, 0, NULL);
	ck_assert_ptr_nonnull(json);
	json_object_foreach (json, key, value)
		ck_assert_str_eq(key, keys[i++]);
	first = json_array_get(json_object_get(json, "resources"), 0);
	ck_assert_str_eq(
	    json_string_value(json_object_get(first, "address")),
	    "module.given.module.middle.module.inner.aws_db_instance.this");
	ck_assert_uint_eq(
	    json_array_size(json_object_get(first, "modules")), 3);
	json_decref(json);
	view_free(&view);
}
END_TEST

Suite *
suite_inspect(void)
{
	Suite *suite = suite_create("inspect");
	TCase *tc = tcase_create("inspect");

	tcase_add_unchecked_fixture(tc, load, unload);
	tcase_add_loop_test(tc,
	    an_address_means_what_terraform_would_take_it_for, 0,
	    COUNTOF(asked));
	tcase_add_loop_test(tc, a_value_is_shown_as_the_engine_sees_it, 0,
	    COUNTOF(values));
	tcase_add_test(
	    tc, without_an_address_everything_is_shown_that_controls_read);
	tcase_add_test(tc, every_condition_is_a_step);
	tcase_add_test(
	    tc, what_was_there_before_is_a_part_of_the_derivation);
	tcase_add_loop_test(tc, derivations_agree_with_the_findings, 0, 4);
	tcase_add_loop_test(
	    tc, nothing_sensitive_is_shown, 0, COUNTOF(secrets));
	tcase_add_test(tc, no_text_of_a_plan_begins_a_line_or_is_a_control);
	tcase_add_test(tc, the_document_is_json_with_keys_in_order);
	suite_add_tcase(suite, tc);
	return suite;
}
