/*
 * Which controls block in which profile, what is refused in a declared one, and
 * what the default gate says of well-kept code (testdata/kept).
 */
#include <stdlib.h>

#include "policy/profile.h"
#include "test/judge.h"
#include "test/test.h"

#define CONTROL(id, rest) \
	"  - id: " id "\n    title: T\n    severity: low\n" \
	"    resource: aws_x\n    assert: {never: true}\n" rest

/* Sorted by id: of these the modes below are told, one letter each. */
#define CONTROLS \
	"controls:\n" \
	CONTROL("a_audit", "    enforce: audit\n    frameworks: {CIS 1: ['1']}\n") \
	CONTROL("a_block", "") \
	CONTROL("b_block", "    frameworks: {CIS 1: ['2'], PCI: ['3']}\n") \
	CONTROL("b_warn", "    enforce: warn\n    frameworks: {PCI: ['4']}\n")

static struct tfa_policies *
policies_of(const char *text, struct tfa_error *err)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);

	ck_assert_ptr_nonnull(policies);
	if (policies_read(
		policies, STR("p.yaml"), str_of(text), false, err))
		return policies;
	tfa_policies_free(policies);
	return NULL;
}

/* "wbba": warn, block, block, audit. */
static bool
modes_of(char out[8], const char *profiles, const char *const *names,
    size_t count, struct tfa_error *err)
{
	enum enforce modes[4];
	struct buf text = {0};
	struct tfa_policies *policies;
	bool ok;

	buf_fmt(&text, "%s%s", CONTROLS, profiles);
	policies = policies_of(buf_fmt(&text, "%c", 0) ? text.ptr : "", err);
	buf_free(&text);
	if (!policies)
		return false;
	ck_assert_uint_eq(policies->control_count, COUNTOF(modes));
	ok = profiles_apply(modes, policies, names, count, err);
	for (size_t i = 0; ok && i < COUNTOF(modes); i++)
		out[i] = enforce_name(modes[i])[0];
	out[COUNTOF(modes)] = 0;
	tfa_policies_free(policies);
	return ok;
}

#define DECLARED \
	"profiles:\n" \
	"  - {name: base, block: ['a_*']}\n" \
	"  - {name: more, extends: [base, PCI], warn: [a_block]}\n" \
	"  - {name: less, extends: strict, audit: ['b_*'], block: [b_warn]}\n" \
	"  - {name: own, extends: recommended, why: W, warn: ['b_*']}\n"

static const struct {
	const char *names[2];
	const char *modes;
} applied[] = {
    {{"recommended"},            "abbw"},
    {{"strict"},                 "bbbb"},
    {{"CIS 1"},                  "bwbw"},
    {{"PCI"},                    "awbb"},
    {{"recommended", "CIS 1"},   "bbbw"},
    {{"CIS 1", "PCI"},           "bwbb"},
    {{"PCI", "strict"},          "bbbb"},
    {{"base"},                   "bbww"},
    {{"more"},                   "bwbb"},
    {{"less"},                   "bbab"},
    {{"own"},                    "abww"},
    {{"own", "base"},            "bbww"},
    {{"own", "recommended"},     "abbw"},
};

START_TEST(profiles_say_what_each_control_does)
{
	const char *const *names = applied[_i].names;
	struct tfa_error err = {0};
	char modes[8];

	ck_assert_msg(
	    modes_of(modes, DECLARED, names, names[1] ? 2 : 1, &err), "%s",
	    err.message);
	ck_assert_str_eq(modes, applied[_i].modes);
}
END_TEST

static const struct {
	const char *profiles, *name, *says;
	enum tfa_error_code code;
	size_t line;
} refused[] = {
    {"", "recomended", "did you mean \"recommended\"?", TFA_ERR_USAGE, 0},
    {"", "CIS 2", "did you mean \"CIS 1\"?", TFA_ERR_USAGE, 0},
    {"", "nowhere", "no profile and no framework is called \"nowhere\"",
	TFA_ERR_USAGE, 0},
    {"profiles:\n  - {name: p, block: [a_blocc]}\n", "p",
	"profile \"p\": no control matches \"a_blocc\"", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, extends: strict, audit: ['c_*']}\n", "p",
	"no control matches \"c_*\"", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, block: ['*_block'], warn: ['a_*']}\n", "p",
	"profile \"p\" says two things of a_block", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, block: [a_block], warn: [a_block]}\n", "p",
	"says two things of a_block", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, extends: q}\n  - {name: q, block: a_block}\n",
	"p", "a profile extends those declared before it", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, extends: p}\n", "p",
	"a profile extends those declared before it", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, extends: strictt}\n", "p",
	"did you mean \"strict\"?", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: PCI, block: a_block}\n", "PCI",
	"\"PCI\" is a framework", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: strict, block: a_block}\n", "strict",
	"\"strict\" is a profile that is there already", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, warn: a_block}\n", "p",
	"a profile in which nothing can block", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {name: p, block: a_block}\n"
	"  - {name: p, block: b_block}\n",
	"p", "profile \"p\" is already at p.yaml:28:5", TFA_ERR_POLICY, 29},
    {"profiles:\n  - {name: p, blok: a_block}\n", "p",
	"did you mean \"block\"?", TFA_ERR_POLICY, 28},
    {"profiles:\n  - {block: a_block}\n", "p", "a profile needs \"name\"",
	TFA_ERR_POLICY, 28},
    {"profiles: []\n", "p", "the list is empty", TFA_ERR_POLICY, 27},
    {"profiles:\n  - {name: p, block: a_block}", "p",
	"was it cut short?", TFA_ERR_POLICY, 28},
};

START_TEST(what_a_gate_could_lose_a_control_by_is_refused)
{
	const char *name = refused[_i].name;
	struct tfa_error err = {0};
	char modes[8];
	size_t at;

	ck_assert(!modes_of(modes, refused[_i].profiles, &name, 1, &err));
	ck_assert_int_eq(err.code, refused[_i].code);
	ck_assert_msg(
	    str_find(str_of(err.message), str_of(refused[_i].says), &at), "%s",
	    err.message);
	ck_assert_uint_eq(err.line, refused[_i].line);
}
END_TEST

/* One that nobody asks for does not stop a run; lint tells. */
START_TEST(a_profile_is_checked_where_it_is_used_and_by_lint)
{
	static const char profiles[] = CONTROLS
	    "profiles:\n  - {name: p, block: [typo]}\n"
	    "  - {name: q, extends: p, block: [a_block]}\n"
	    "  - {name: r, extends: strict}\n";
	static const bool good[] = {false, false, true};
	struct tfa_error err = {0};
	struct tfa_policies *policies = policies_of(profiles, &err);

	ck_assert_ptr_nonnull(policies);
	ck_assert_uint_eq(policies->profile_count, COUNTOF(good));
	for (size_t i = 0; i < COUNTOF(good); i++) {
		err = (struct tfa_error){0};
		ck_assert_int_eq(profile_check(policies, policies->profiles[i],
				     &err),
		    good[i]);
		ck_assert_int_eq(
		    err.code, good[i] ? TFA_ERR_NONE : TFA_ERR_POLICY);
		ck_assert_uint_eq(err.line, good[i] ? 0 : 28);
	}
	tfa_policies_free(policies);
}
END_TEST

static int
status_of(const char *const *profiles, size_t count, const char *fail_on,
    const char *enforce)
{
	static const char plan[] =
	    "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\","
	    "\"complete\":true,\"applyable\":true,\"errored\":false,"
	    "\"resource_changes\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
	    "\"type\":\"aws_x\",\"name\":\"a\",\"provider_name\":\"p\","
	    "\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{}}"
	    "}]}";
	struct buf policy = {0};
	struct tfa_options options = {.path = "plan",
	    .profiles = profiles,
	    .profile_count = count,
	    .fail_on = fail_on,
	    .enforce = &enforce,
	    .enforce_count = enforce ? 1 : 0};
	struct judged run;
	int status;

	buf_add(&policy,
	    STR("controls:\n" CONTROL("one",
		"    enforce: audit\n    frameworks: {CIS 1: ['1']}\n")));
	run = judge_text(&policy, str_of(plan), &options);
	status = tfa_report_status(run.report);
	judged_free(&run);
	buf_free(&policy);
	return status;
}

START_TEST(the_gate_heeds_profile_then_severity_then_the_control)
{
	static const char *const names[] = {"strict", "CIS 1", "recommended"};

	ck_assert_int_eq(status_of(NULL, 0, NULL, NULL), 0);
	ck_assert_int_eq(status_of(&names[0], 1, NULL, NULL), 1);
	ck_assert_int_eq(status_of(&names[1], 1, NULL, NULL), 1);
	ck_assert_int_eq(status_of(&names[2], 1, NULL, NULL), 0);
	ck_assert_int_eq(status_of(names, 3, NULL, NULL), 1);
	ck_assert_int_eq(status_of(&names[0], 1, "high", NULL), 0);
	ck_assert_int_eq(status_of(&names[0], 1, NULL, "one=warn"), 0);
	ck_assert_int_eq(status_of(&names[2], 1, NULL, "one=block"), 1);
}
END_TEST

/* --- Well-kept code --- */

static const char *const kept[] = {"web", "lake", "platform"};

/* "plan TAB verdict TAB control TAB address", as the table has it. */
static bool
is_expected(struct str table, const char *plan, const struct finding *finding)
{
	struct buf row = {0};
	bool found = false;

	buf_fmt(&row, "%s\t%s\t" STR_FMT "\t" STR_FMT, plan,
	    verdict_name(finding->verdict), STR_ARG(finding->control->id),
	    STR_ARG(finding->address));
	while (table.len && !found)
		found = str_eq(str_cut(table, '\n', &table), buf_str(&row));
	ck_assert_msg(found, "unexpected: " STR_FMT, STR_ARG(buf_str(&row)));
	buf_free(&row);
	return found;
}

START_TEST(the_default_gate_is_silent_on_well_kept_code)
{
	struct buf table = read_file("testdata/kept", "expected", ".tsv");
	struct judged run;
	char folder[64];

	snprintf(folder, sizeof(folder), "testdata/kept/%s", kept[_i]);
	run = judge_file(NULL, folder, "plan", NULL);
	ck_assert_uint_eq(run.report->totals.blocking, 0);
	ck_assert_uint_eq(run.report->totals.tally.error, 0);
	ck_assert_uint_gt(run.report->totals.tally.pass, 100);
	for (size_t i = 0; i < run.report->finding_count; i++) {
		const struct finding *finding = &run.report->findings[i];

		if (finding->enforce == ENFORCE_BLOCK &&
		    finding->verdict != VERDICT_PASS)
			is_expected(buf_str(&table), kept[_i], finding);
	}
	judged_free(&run);
	buf_free(&table);
}
END_TEST

START_TEST(what_is_severe_and_does_not_block_has_its_reason)
{
	struct buf page = read_file("docs", "profiles", ".md");
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	char code[128];
	size_t at;

	ck_assert(tfa_policies_builtin(policies, &err));
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		if (control->severity > SEVERITY_HIGH ||
		    control->enforce == ENFORCE_BLOCK)
			continue;
		snprintf(code, sizeof(code), "`" STR_FMT "`",
		    STR_ARG(control->id));
		ck_assert_msg(str_find(buf_str(&page), str_of(code), &at),
		    "docs/profiles.md does not say why %s does not block",
		    code);
	}
	tfa_policies_free(policies);
	buf_free(&page);
}
END_TEST

Suite *
suite_profile(void)
{
	Suite *suite = suite_create("profile");
	TCase *tc = tcase_create("profiles");

	tcase_add_loop_test(
	    tc, profiles_say_what_each_control_does, 0, COUNTOF(applied));
	tcase_add_loop_test(tc, what_a_gate_could_lose_a_control_by_is_refused,
	    0, COUNTOF(refused));
	tcase_add_test(tc, a_profile_is_checked_where_it_is_used_and_by_lint);
	tcase_add_test(tc, the_gate_heeds_profile_then_severity_then_the_control);
	tcase_add_loop_test(tc, the_default_gate_is_silent_on_well_kept_code, 0,
	    COUNTOF(kept));
	tcase_add_test(tc, what_is_severe_and_does_not_block_has_its_reason);
	suite_add_tcase(suite, tc);
	return suite;
}
