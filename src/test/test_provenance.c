/*
 * Where a deciding value came from: expectations are read off the sources of
 * the plans (testdata/provenance/hcl, and the stacks'), never off the program.
 */
#include <stdlib.h>

#include "test/judge.h"
#include "test/test.h"

static struct tfa_policies *policies;

static struct tfa_policies *
policies_of(const char *text)
{
	struct tfa_policies *made = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	bool ok;

	ck_assert_ptr_nonnull(made);
	ok = text ? policies_read(
			made, STR("test.yaml"), str_of(text), false, &err)
		  : tfa_policies_builtin(made, &err);
	ck_assert_msg(ok, "%s:%zu: %s", err.file, err.line, err.message);
	return made;
}

static void
load(void)
{
	policies = policies_of(NULL);
}

static void
unload(void)
{
	tfa_policies_free(policies);
}

static const struct tfa_options options = {
    .path = "plan.json", .list = TFA_PASS, .now = "2026-01-01T00:00:00Z"};

static struct tfa_report *
judge(const struct tfa_policies *with, struct str plan)
{
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval = tfa_eval_new(with, &options, &err);
	bool ok = eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
	    tfa_eval_finish(eval, &report, &err);

	ck_assert_msg(ok, "%s at %s", err.message, err.pointer);
	tfa_eval_free(eval);
	return report;
}

static struct tfa_report *
judge_plan(const struct tfa_policies *with, const char *name)
{
	struct buf plan = read_file("testdata", name, ".json");
	struct tfa_report *report = judge(with, buf_str(&plan));

	buf_free(&plan);
	return report;
}

static const struct finding *
find(const struct tfa_report *report, const char *control, const char *address)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (str_eq(finding->control->id, str_of(control)) &&
		    str_eq(finding->address, str_of(address)))
			return finding;
	}
	ck_abort_msg("no finding of %s at %s", control, address);
	return NULL;
}

static void
check_text(const char *what, const char *address, struct str is,
    const char *expected)
{
	ck_assert_msg(str_eq(is, str_of(expected)),
	    "%s of %s is \"" STR_FMT "\", not \"%s\"", what, address,
	    STR_ARG(is), expected);
}

struct row {
	const char *plan, *control, *address;
	const char *kind, *where, *change, *attribute;
	const char *left_unset; /* or "" */
	const char *reference;	/* or "" */
};

static void
check_row(const struct tfa_report *report, const struct row *row)
{
	const struct finding *finding =
	    find(report, row->control, row->address);
	const struct finding_origin *origin = finding->origin;
	const struct {
		const char *what;
		struct str is;
		const char *expected;
	} parts[] = {
	    {"kind", str_of(origin->kind), row->kind},
	    {"where", origin->where, row->where},
	    {"change", origin->change, row->change},
	    {"attribute", origin->change_attribute, row->attribute},
	    {"left unset", str_of(origin->left_unset), row->left_unset},
	    {"reference", origin->reference, row->reference},
	};

	for (size_t i = 0; i < COUNTOF(parts); i++)
		check_text(parts[i].what, row->address, parts[i].is,
		    parts[i].expected);
}

#define SCAN "ecr_repository_image_scan_on_push_enabled"
#define ON_PUSH "image_scanning_configuration.scan_on_push"
#define RDS "rds_db_instance_encryption_at_rest_enabled"
#define OWN "provenance/plan"
#define REPO(name) "aws_ecr_repository." name
#define REPO_BLOCK(name) "resource \"aws_ecr_repository\" \"" name "\""
#define DEEP(name) \
	"module." name ".module.middle.module.inner.aws_ecr_repository.this"
#define DEEP_DB(name) \
	"module." name ".module.middle.module.inner.aws_db_instance.this"
#define BY_DEFAULT " (its default, or the same in a .tfvars file)"
#define BY_USER " (set with -var or in a .tfvars file)"

/* clang-format off */
static const struct row rows[] = {
    {OWN, SCAN, REPO("literal"), "literal", "",
	REPO_BLOCK("literal"), ON_PUSH, "", ""},
    {OWN, SCAN, REPO("omitted"), "service-default", "",
	REPO_BLOCK("omitted"), ON_PUSH, "omitted", ""},
    {OWN, SCAN, REPO("tfvars"), "root-variable", "",
	"variable \"set_by_tfvars\"" BY_USER, "", "", ""},
    {OWN, SCAN, REPO("without_default"), "root-variable", "",
	"variable \"without_default\"" BY_USER, "", "", ""},
    {OWN, SCAN, REPO("left_alone"), "variable-default", "",
	"variable \"left_alone\"" BY_DEFAULT, "", "", ""},
    {OWN, SCAN, REPO("by_local"), "unknown", "",
	"local.off", "", "", "local.off"},
    {OWN, SCAN, REPO("several"), "expression", "",
	REPO_BLOCK("several"), ON_PUSH, "", ""},
    {OWN, SCAN, REPO("negated"), "expression", "",
	"variable \"on\"" BY_DEFAULT, "", "", ""},
    {OWN, SCAN, REPO("keyed[\"a.b\"]"), "literal", "",
	REPO_BLOCK("keyed"), "for_each[\"a.b\"]", "", ""},
    {OWN, SCAN, REPO("keyed[\"q\\\"\"]"), "literal", "",
	REPO_BLOCK("keyed"), "for_each[\"q\\\"\"]", "", ""},
    {OWN, SCAN, REPO("keyed_by_variable[\"a.b\"]"), "variable-default", "",
	"variable \"repositories\"" BY_DEFAULT, "", "", ""},
    {OWN, SCAN, REPO("by_dynamic"), "dynamic", "",
	REPO_BLOCK("by_dynamic"), ON_PUSH, "", ""},
    {OWN, SCAN, REPO("waits"), "reference", "",
	REPO_BLOCK("waits"), ON_PUSH, "", "terraform_data.later.output"},
    {OWN, SCAN, REPO("by_output"), "module-input", "module.given",
	"module \"given\"", "scan", "", ""},
    {OWN, SCAN, REPO("function"), "literal", "",
	REPO_BLOCK("function"), ON_PUSH, "", ""},
    /* Three modules deep: the outermost place. */
    {OWN, SCAN, DEEP("nothing"), "null-input", "module.nothing",
	"module \"nothing\"", "scan", "", ""},
    {OWN, RDS, DEEP_DB("nothing"), "service-default", "module.nothing",
	"module \"nothing\"", "scan", "null-input", ""},
    {OWN, SCAN, DEEP("silent"), "variable-default", "module.silent",
	"module \"silent\"", "scan", "", ""},
    {OWN, RDS, DEEP_DB("silent"), "service-default", "module.silent",
	"module \"silent\"", "scan", "variable-default", ""},
    {OWN, SCAN, DEEP("given"), "module-input", "module.given",
	"module \"given\"", "scan", "", ""},
    {OWN, SCAN, DEEP("many[\"on/off\"]"), "module-input", "module.many",
	"module \"many\"", "for_each[\"on/off\"]", "", ""},
    {OWN, SCAN, DEEP("many[\"none\"]"), "null-input", "module.many",
	"module \"many\"", "for_each[\"none\"]", "", ""},
    {OWN, RDS, DEEP_DB("many[\"none\"]"), "service-default", "module.many",
	"module \"many\"", "for_each[\"none\"]", "null-input", ""},
    {OWN, SCAN, DEEP("counted[1]"), "module-input", "module.counted",
	"module \"counted\"", "scan", "", ""},
    {OWN, SCAN, DEEP("by_variable"), "root-variable", "",
	"variable \"set_by_tfvars\"" BY_USER, "", "", ""},
    {OWN, RDS, DEEP_DB("by_local"), "unknown", "",
	"local.off", "", "", "local.off"},
    {OWN, RDS, DEEP_DB("several"), "expression", "module.several",
	"module \"several\"", "scan", "", ""},
    /* A part of what is passed. */
    {OWN, SCAN, "module.object.aws_ecr_repository.this", "module-input",
	"module.object", "module \"object\"", "config.scan", "", ""},
    {OWN, SCAN, "module.object_partly.aws_ecr_repository.this",
	"expression", "module.object_partly",
	"module \"object_partly\"", "config", "", ""},
    {OWN, SCAN, "module.object_beside.aws_ecr_repository.this",
	"expression", "module.object_beside",
	"module \"object_beside\"", "config", "", ""},
    {OWN, SCAN, "module.object_variable.aws_ecr_repository.this",
	"expression", "module.object_variable",
	"module \"object_variable\"", "config", "", ""},
    /* Decided inside a module. */
    {OWN, SCAN, "module.service.aws_ecr_repository.literal", "literal",
	"module.service", REPO_BLOCK("literal") " in module.service",
	ON_PUSH, "", ""},
    {OWN, SCAN, "module.service.aws_ecr_repository.hidden", "unknown",
	"module.service", "local.off in module.service", "", "",
	"module.service.local.off"},
    {OWN, SCAN, "module.service.aws_ecr_repository.default",
	"variable-default", "module.service", "module \"service\"", "scan",
	"", ""},
    /* Public modules: the input of the call. */
    {"plans/stacks/data-platform", RDS,
	"module.warehouse.module.db_instance.aws_db_instance.this[0]",
	"module-input", "module.warehouse", "module \"warehouse\"",
	"storage_encrypted", "", ""},
    {"plans/stacks/data-platform", "rds_db_instance_multiple_az_enabled",
	"module.warehouse.module.db_instance.aws_db_instance.this[0]",
	"variable-default", "module.warehouse", "module \"warehouse\"",
	"multi_az", "", ""},
    {"plans/stacks/data-platform",
	"rds_db_cluster_encryption_at_rest_enabled",
	"module.aurora_dev.aws_rds_cluster.this[0]",
	"module-input", "module.aurora_dev", "module \"aurora_dev\"",
	"storage_encrypted", "", ""},
    /* Followed to another input than the one that the control knows. */
    {"plans/stacks/network-hub", "vpc_security_group_restrict_egress_all",
	"module.bastion.aws_security_group_rule.egress_rules[0]",
	"variable-default", "module.bastion", "module \"bastion\"",
	"egress_cidr_blocks", "", ""},
    /* Blocks that are attributes in the schema of the provider. */
    {"plans/stacks/network-hub", "vpc_security_group_restrict_ingress_kafka_port",
	"aws_security_group.legacy", "dynamic", "",
	"resource \"aws_security_group\" \"legacy\"", "ingress", "", ""},
    /* A list made of a module's every output. */
    {"plans/stacks/network-hub", "vpc_security_group_restrict_ingress_kafka_port",
	"aws_security_group.peers", "expression", "",
	"resource \"aws_security_group\" \"peers\"", "ingress", "",
	"module.spoke"},
};
/* clang-format on */

START_TEST(a_value_is_traced_to_where_a_person_wrote_it)
{
	struct tfa_report *report = judge_plan(policies, rows[_i].plan);

	check_row(report, &rows[_i]);
	tfa_report_free(report);
}
END_TEST

START_TEST(the_module_that_decided_is_named_with_source_and_version)
{
	struct tfa_report *report =
	    judge_plan(policies, "plans/stacks/data-platform");
	const struct finding *finding = find(report, RDS,
	    "module.warehouse.module.db_instance.aws_db_instance.this[0]");

	check_text("source", "it", finding->origin->source,
	    "terraform-aws-modules/rds/aws");
	check_text("version", "it", finding->origin->version, "~> 6.12");
	check_text("change source", "it", finding->origin->change_source,
	    "terraform-aws-modules/rds/aws");
	check_text("setting", "it", finding->origin->change_setting,
	    "storage_encrypted = true");
	tfa_report_free(report);
}
END_TEST

/* --- Candidates --- */

static const struct {
	const char *address;
	const char *candidates[4];
} candidates[] = {
    {REPO("several"),
	{"variable \"left_alone\"" BY_DEFAULT,
	    "variable \"set_by_tfvars\"" BY_USER}},
    {REPO("negated"), {"variable \"on\"" BY_DEFAULT}},
    {DEEP("several"),
	{"variable \"left_alone\"" BY_DEFAULT, "local.off",
	    "variable \"set_by_tfvars\"" BY_USER}},
    {"module.object_beside.aws_ecr_repository.this",
	{"terraform_data.later.id"}},
};

START_TEST(an_expression_of_several_things_names_them)
{
	struct tfa_report *report = judge_plan(policies, OWN);
	const struct finding *finding =
	    find(report, SCAN, candidates[_i].address);
	struct names names = finding->origin->candidates;
	size_t count = 0;

	while (count < 4 && candidates[_i].candidates[count]) {
		ck_assert_uint_lt(count, names.count);
		check_text("candidate", candidates[_i].address,
		    names.items[count], candidates[_i].candidates[count]);
		count++;
	}
	ck_assert_uint_eq(names.count, count);
	tfa_report_free(report);
}
END_TEST

/* --- Whose module it is --- */

static const struct {
	const char *source;
	bool remote, known;
} sources[] = {
    {"./modules/service",		  false, false},
    {"../service",			  false, false},
    {"acme/registry/aws",		  true,	 true },
    {"pci.example.org/acme/registry/aws", true,	 true },
    {"acme/registry/aws//modules/x",	  true,	 false},
    {"evil/acme/registry/aws",		  true,	 false},
    {"a.example/b/acme/registry/aws",	  true,	 false},
    {"git::https://example.org/x.git",	  true,	 false},
};

static const char module_policy[] =
    "controls:\n"
    "  - id: scan\n"
    "    title: Scans\n"
    "    severity: high\n"
    "    resource: aws_ecr_repository\n"
    "    assert: {path: image_scanning_configuration.scan_on_push, equals: "
    "true}\n"
    "    why: Because.\n"
    "    fix:\n"
    "      text: Do it.\n"
    "      module_inputs: {acme/registry/aws: 'scan = {a = [1, 2], b = \"x, y\"}, "
    "also = 2'}\n";

static struct buf
with_source(struct str plan, const char *source)
{
	static const char written[] = "\"source\":\"./modules/service\"";
	struct buf out = {0};
	size_t at;

	ck_assert(str_find(plan, STR(written), &at));
	buf_add(&out, str_head(plan, at));
	buf_fmt(&out, "\"source\":\"%s\"", source);
	buf_add(&out, str_from(plan, at + strlen(written)));
	return out;
}

/* A literal inside a module: whoever only calls it cannot change it there. */
START_TEST(a_module_from_elsewhere_is_changed_at_its_call)
{
	struct tfa_policies *with = policies_of(module_policy);
	struct buf plan = read_file("testdata", OWN, ".json");
	struct buf other = with_source(buf_str(&plan), sources[_i].source);
	struct tfa_report *report = judge(with, buf_str(&other));
	const char *address = "module.service.aws_ecr_repository.literal";
	const struct finding_origin *origin =
	    find(report, "scan", address)->origin;

	check_text("kind", address, str_of(origin->kind), "literal");
	check_text("where", address, origin->where, "module.service");
	check_text("change", address, origin->change,
	    sources[_i].remote ? "module \"service\""
			       : REPO_BLOCK("literal") " in module.service");
	check_text("attribute", address, origin->change_attribute,
	    sources[_i].known	 ? "scan, also"
	    : sources[_i].remote ? ""
				 : ON_PUSH);
	check_text("setting", address, origin->change_setting,
	    sources[_i].known ? "scan = {a = [1, 2], b = \"x, y\"}, also = 2"
			      : "");
	tfa_report_free(report);
	buf_free(&other);
	buf_free(&plan);
	tfa_policies_free(with);
}
END_TEST

/* --- What is not about a value of the plan --- */

static const char odd_policy[] =
    "controls:\n"
    "  - {id: never, title: t, severity: low, resource: "
    "aws_ecr_repository, assert: {never: true}, why: w}\n"
    "  - {id: by_control, title: t, severity: low, resource: "
    "aws_ecr_repository, assert: {path: force_delete, equals: true, default: "
    "false}, why: w}\n"
    "  - {id: unset, title: t, severity: low, resource: "
    "aws_ecr_repository, assert: {path: force_delete, equals: true}, why: "
    "w}\n"
    "  - {id: provider, title: t, severity: low, resource: "
    "aws_ecr_repository, assert: {path: image_tag_mutability, equals: "
    "IMMUTABLE}, why: w}\n";

static const struct {
	const char *control, *kind, *attribute, *left_unset;
} odd[] = {
    {"never",	   "existence",		"",			""	 },
    {"by_control", "control-default",	"force_delete",		"omitted"},
    {"unset",	   "omitted",		"force_delete",		""	 },
    {"provider",   "provider-default", "image_tag_mutability", ""	 },
};

START_TEST(every_kind_of_finding_has_an_origin)
{
	struct tfa_policies *with = policies_of(odd_policy);
	struct tfa_report *report = judge_plan(with, OWN);
	const struct finding_origin *origin =
	    find(report, odd[_i].control, REPO("omitted"))->origin;

	check_text("kind", "it", str_of(origin->kind), odd[_i].kind);
	check_text("change", "it", origin->change, REPO_BLOCK("omitted"));
	check_text("attribute", "it", origin->change_attribute,
	    odd[_i].attribute);
	check_text("left unset", "it", str_of(origin->left_unset),
	    odd[_i].left_unset);
	tfa_report_free(report);
	tfa_policies_free(with);
}
END_TEST

/* Of a state, and of what goes away, only the past is known. */
START_TEST(what_was_there_before_comes_from_the_state)
{
	struct tfa_report *report =
	    judge_plan(policies, "plans/lifecycle/lifecycle-state");

	ck_assert_uint_gt(report->finding_count, 0);
	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].path.len)
			check_text("kind", "a state's finding",
			    str_of(report->findings[i].origin->kind),
			    "prior-state");
	}
	tfa_report_free(report);
}
END_TEST

/* A chain without an end, and one that is too long. */
START_TEST(following_ends)
{
	struct buf plan = {0};
	struct tfa_policies *with = policies_of(module_policy);
	struct tfa_report *report;
	const char *address = "module.a.aws_ecr_repository.x";

	buf_add(&plan, STR("{\"format_version\":\"1.2\",\"terraform_version\":"
	    "\"1.11.4\",\"resource_changes\":[{\"address\":"
	    "\"module.a.aws_ecr_repository.x\",\"mode\":\"managed\",\"type\":"
	    "\"aws_ecr_repository\",\"name\":\"x\",\"change\":{\"actions\":["
	    "\"create\"],\"before\":null,\"after\":{"
	    "\"image_scanning_configuration\":[{\"scan_on_push\":false}]},"
	    "\"after_unknown\":{}}}],\"configuration\":{\"root_module\":{"
	    "\"module_calls\":{\"a\":{\"source\":\"./a\",\"expressions\":{"
	    "\"s\":{\"references\":[\"module.a.o\",\"module.a\"]}},\"module\":{"
	    "\"outputs\":{\"o\":{\"expression\":{\"references\":[\"var.s\"]}}},"
	    "\"resources\":[{\"mode\":\"managed\",\"type\":"
	    "\"aws_ecr_repository\",\"name\":\"x\",\"expressions\":{"
	    "\"image_scanning_configuration\":[{\"scan_on_push\":{"
	    "\"references\":[\"var.s\"]}}]}}],\"variables\":{\"s\":{}}}}}}}}"));
	report = judge(with, buf_str(&plan));
	check_text("kind", address,
	    str_of(find(report, "scan", address)->origin->kind), "unknown");
	tfa_report_free(report);
	tfa_policies_free(with);
	buf_free(&plan);
}
END_TEST

/* The block says true; ignore_changes has left it at false. */
static const char ignored[] =
    "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\","
    "\"resource_changes\":[{\"address\":\"aws_ecr_repository.x\","
    "\"mode\":\"managed\",\"type\":\"aws_ecr_repository\",\"name\":"
    "\"x\",\"change\":{\"actions\":[\"%s\"],\"before\":%s,"
    "\"after\":{\"image_scanning_configuration\":[{\"scan_on_push\":"
    "false}]},\"after_unknown\":{}}}],\"configuration\":{"
    "\"root_module\":{\"resources\":[{\"mode\":\"managed\",\"type\":"
    "\"aws_ecr_repository\",\"name\":\"x\",\"expressions\":{"
    "\"image_scanning_configuration\":[{\"scan_on_push\":{"
    "\"constant_value\":%s}}]}}]}}}";

static const struct {
	const char *action, *before, *written, *kind;
	bool noted;
} kept[] = {
    {"no-op", "{\"image_scanning_configuration\":[{\"scan_on_push\":false}]}",
	"true", "prior-state", true},
    {"no-op", "{\"image_scanning_configuration\":[{\"scan_on_push\":false}]}",
	"false", "literal", false},
    /* Text that is the same value. */
    {"create", "null", "\"false\"", "literal", false},
    {"create", "null", "true", "literal", true},
};

START_TEST(a_literal_that_the_plan_does_not_follow_is_said_to_be_one)
{
	struct tfa_policies *with = policies_of(module_policy);
	struct buf plan = {0};
	struct tfa_report *report;
	const struct finding_origin *origin;

	buf_fmt(&plan, ignored, kept[_i].action, kept[_i].before,
	    kept[_i].written);
	report = judge(with, buf_str(&plan));
	origin = find(report, "scan", "aws_ecr_repository.x")->origin;
	check_text("kind", "it", str_of(origin->kind), kept[_i].kind);
	ck_assert_int_eq(origin->note != NULL, kept[_i].noted);
	tfa_report_free(report);
	tfa_policies_free(with);
	buf_free(&plan);
}
END_TEST

Suite *
suite_provenance(void)
{
	Suite *suite = suite_create("provenance");
	TCase *tc = tcase_create("origin");

	tcase_add_unchecked_fixture(tc, load, unload);
	tcase_add_loop_test(tc, a_value_is_traced_to_where_a_person_wrote_it,
	    0, COUNTOF(rows));
	tcase_add_test(
	    tc, the_module_that_decided_is_named_with_source_and_version);
	tcase_add_loop_test(tc, an_expression_of_several_things_names_them, 0,
	    COUNTOF(candidates));
	tcase_add_loop_test(tc, a_module_from_elsewhere_is_changed_at_its_call,
	    0, COUNTOF(sources));
	tcase_add_loop_test(
	    tc, every_kind_of_finding_has_an_origin, 0, COUNTOF(odd));
	tcase_add_test(tc, what_was_there_before_comes_from_the_state);
	tcase_add_loop_test(tc,
	    a_literal_that_the_plan_does_not_follow_is_said_to_be_one, 0,
	    COUNTOF(kept));
	tcase_add_test(tc, following_ends);
	suite_add_tcase(suite, tc);
	return suite;
}
