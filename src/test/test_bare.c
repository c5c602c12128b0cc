/*
 * The declared defaults against a plan that Terraform made of bare resources
 * (testdata/bare): every type that has one, without anything that is optional,
 * and again with each block that holds something with a default.
 */
#include <stdlib.h>

#include "op/op.h"
#include "policy/policy.h"
#include "test/configured.h"
#include "test/test.h"

#define PLAN "testdata/bare/plan.json"

/* What the provider sends, though a plan shows it as known after apply. */
static const struct {
	const char *type, *path;
} sent[] = {
    {"aws_db_instance",              "backup_retention_period"         },
    {"aws_dms_replication_instance", "auto_minor_version_upgrade"      },
    {"aws_dms_replication_instance", "publicly_accessible"             },
    {"aws_rds_cluster_instance",     "publicly_accessible"             },
    {"aws_lb_listener",              "protocol"                        },
    {"aws_alb_listener",             "protocol"                        },
 /* Shown for an action that redirects, which a bare one does not. */
    {"aws_lb_listener",              "default_action.redirect.protocol"},
    {"aws_alb_listener",             "default_action.redirect.protocol"},
};

static struct arena arena;
static struct value plan;
static struct tfa_policies *policies;

static void
load(void)
{
	struct tfa_error err = {0};

	arena = (struct arena){0};
	ck_assert_msg(
	    value_read(&plan, configured_file(&arena, PLAN), &arena, &err),
	    "%s", err.message);
	policies = tfa_policies_new(NULL);
	ck_assert(policies && tfa_policies_builtin(policies, &err) &&
		  policies_need_all(policies));
}

static void
unload(void)
{
	tfa_policies_free(policies);
	arena_free(&arena);
}

/* What the resources of a type show at a path that they do not write. */
struct shown {
	struct value expected;
	size_t resources, same, other, open;
};

static bool
is_unset(struct value v)
{
	return value_kind(v) <= NODE_NULL ||
	       (value_is_container(v) && value_count(v) == 0) ||
	       (value_kind(v) == NODE_STRING && value_raw(v).len == 0);
}

/* Of the configuration beside an element; several may share one block. */
static struct value
beside(struct value list, size_t index)
{
	if (value_kind(list) != NODE_ARRAY)
		return VALUE_NONE;
	return value_item(
	    list, index < value_count(list) ? index : value_count(list) - 1);
}

static void
look(struct shown *shown, struct value v, struct value mask,
    struct value written, struct str path)
{
	static const struct op_args plain = {0};

	if (path.len == 0 && written.node)
		return;
	if (value_kind(mask) == NODE_TRUE || is_unset(v)) {
		shown->open++;
	} else if (path.len == 0) {
		if (value_equal(v, shown->expected, &plain))
			shown->same++;
		else
			shown->other++;
	} else if (value_kind(v) == NODE_ARRAY) {
		for (size_t i = 0; i < value_count(v); i++)
			look(shown, value_item(v, i), value_item(mask, i),
			    beside(written, i), path);
	} else {
		struct str name = str_cut(path, '.', &path);

		look(shown, value_member(v, name), value_member(mask, name),
		    value_member(written, name), path);
	}
}

static struct value
expressions_of(struct value address)
{
	struct value root = value_member(
	    value_member(plan, STR("configuration")), STR("root_module"));
	struct value_iter it = value_each(value_member(root, STR("resources")));

	while (value_step(&it)) {
		if (value_is(value_member(it.value, STR("address")),
			value_raw(address)))
			return value_member(it.value, STR("expressions"));
	}
	return VALUE_NONE;
}

static struct shown
show(const struct default_entry *entry)
{
	struct shown shown = {.expected = entry->value};
	struct value_iter it =
	    value_each(value_member(plan, STR("resource_changes")));

	while (value_step(&it)) {
		struct value change = value_member(it.value, STR("change"));

		if (!value_is(value_member(it.value, STR("type")), entry->type))
			continue;
		shown.resources++;
		look(&shown, value_member(change, STR("after")),
		    value_member(change, STR("after_unknown")),
		    expressions_of(value_member(it.value, STR("address"))),
		    entry->path);
	}
	return shown;
}

static bool
is_sent(const struct default_entry *entry)
{
	for (size_t i = 0; i < COUNTOF(sent); i++) {
		if (str_eq(entry->type, str_of(sent[i].type)) &&
		    str_eq(entry->path, str_of(sent[i].path)))
			return true;
	}
	return false;
}

START_TEST(defaults_of_the_provider_are_what_its_plan_shows)
{
	size_t seen = 0, unseen = 0;

	for (size_t i = 0; i < policies->defaults.count; i++) {
		const struct default_entry *entry =
		    policies->defaults.entries[i].value;
		struct shown shown = show(entry);

		if (!entry->by_provider)
			continue;
		ck_assert_msg(
		    shown.other == 0 && (shown.same > 0) == !is_sent(entry),
		    STR_FMT "." STR_FMT ": %zu as declared, %zu not",
		    STR_ARG(entry->type), STR_ARG(entry->path), shown.same,
		    shown.other);
		seen += shown.same > 0;
		unseen += shown.same == 0;
	}
	ck_assert_uint_gt(seen, 100);
	ck_assert_uint_eq(unseen, COUNTOF(sent));
}
END_TEST

START_TEST(defaults_of_the_service_are_left_open_by_the_plan)
{
	for (size_t i = 0; i < policies->defaults.count; i++) {
		const struct default_entry *entry =
		    policies->defaults.entries[i].value;
		struct shown shown = show(entry);

		ck_assert_msg(entry->by_provider || shown.open > 0,
		    STR_FMT "." STR_FMT " is always known",
		    STR_ARG(entry->type), STR_ARG(entry->path));
	}
}
END_TEST

START_TEST(defaults_have_a_source_and_a_resource_in_the_plan)
{
	ck_assert_uint_gt(policies->defaults.count, 250);
	for (size_t i = 0; i < policies->defaults.count; i++) {
		const struct default_entry *entry =
		    policies->defaults.entries[i].value;

		ck_assert_msg(str_starts(entry->source, STR("https://")) &&
				  show(entry).resources > 0,
		    STR_FMT "." STR_FMT, STR_ARG(entry->type),
		    STR_ARG(entry->path));
	}
}
END_TEST

/* The provider refuses whatever was made up for what they need. */
static const char *const unplanned[] = {"aws_bedrock_custom_model",
    "aws_m2_environment", "aws_prometheus_scraper",
    "aws_workspaces_directory"};

static bool
is_planned(struct str type)
{
	struct value_iter it =
	    value_each(value_member(plan, STR("resource_changes")));

	for (size_t i = 0; i < COUNTOF(unplanned); i++) {
		if (str_is(type, unplanned[i]))
			return true;
	}
	while (value_step(&it)) {
		if (value_is(value_member(it.value, STR("type")), type))
			return true;
	}
	return false;
}

START_TEST(every_type_of_the_digest_is_planned)
{
	struct str types = configured_file(&arena, "contrib/digest/types.txt");

	while (types.len) {
		struct str type = str_cut(types, '\n', &types);

		ck_assert_msg(is_planned(type), STR_FMT, STR_ARG(type));
	}
}
END_TEST

START_TEST(every_type_that_a_control_selects_is_planned)
{
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		for (size_t j = 0; !control->pattern && j < control->types.count;
		     j++) {
			struct str type = control->types.items[j];

			ck_assert_msg(str_starts(type, STR("data.")) ||
					  is_planned(type),
			    STR_FMT ": " STR_FMT, STR_ARG(control->id),
			    STR_ARG(type));
		}
	}
}
END_TEST

Suite *
suite_bare(void)
{
	Suite *suite = suite_create("bare");
	TCase *tcase = tcase_create("defaults");

	tcase_add_checked_fixture(tcase, load, unload);
	tcase_add_test(tcase, defaults_of_the_provider_are_what_its_plan_shows);
	tcase_add_test(
	    tcase, defaults_of_the_service_are_left_open_by_the_plan);
	tcase_add_test(
	    tcase, defaults_have_a_source_and_a_resource_in_the_plan);
	tcase_add_test(tcase, every_type_of_the_digest_is_planned);
	tcase_add_test(tcase, every_type_that_a_control_selects_is_planned);
	suite_add_tcase(suite, tcase);
	return suite;
}
