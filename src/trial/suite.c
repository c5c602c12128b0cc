/*
 * A *_test.yaml file names plans and what they come to.  What is expected must
 * be found, and what is found must be expected: only passes may go unsaid.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/folder.h"
#include "trial/trial.h"

/* One line of what is expected. */
struct expected {
	struct expected *next;
	struct str control, address;
	enum verdict verdict;
	struct pos pos;
	bool found;
};

struct plan_test {
	struct plan_test *next;
	struct str name, plan, as_of;
	struct names controls;
	const struct tree *expect;
	struct expected *expected, **expected_end;
	struct pos pos;
};

struct suite {
	struct trial *trial;
	struct load load;
	struct plan_test *tests, **tests_end;
};

static const struct field test_fields[] = {
    {"name", field_text, offsetof(struct plan_test, name), true, &shape_text,
	"what the test is about"},
    {"plan", field_text, offsetof(struct plan_test, plan), true, &shape_text,
	"the path of a plan, from this file"},
    {"controls", field_names, offsetof(struct plan_test, controls), false,
	&shape_names, "judge with these only"},
    {"as_of", field_text, offsetof(struct plan_test, as_of), false, &shape_text,
	"the day that dates are judged by"},
    {"expect", field_tree, offsetof(struct plan_test, expect), true, &shape_any,
	"{CONTROL: {VERDICT: addresses}}"},
};

/* --- Reading --- */

static bool
no_control(struct load *load, const struct tree *node)
{
	const struct tfa_policies *policies = load->policies;
	size_t count = policies->control_count;
	struct str *ids =
	    arena_array(&load->scratch, count + 1, sizeof(*ids));
	struct str nearest;

	if (!ids)
		return load_nomem(load);
	for (size_t i = 0; i < count; i++)
		ids[i] = policies->controls[i]->id;
	nearest = str_nearest(node->key, ids, count);
	if (!nearest.len)
		return bad(load, node->key_pos,
		    "there is no control \"" STR_FMT "\"",
		    STR_ARG(text_shown(node->key)));
	return bad(load, node->key_pos,
	    "there is no control \"" STR_FMT "\"; did you mean \"" STR_FMT
	    "\"?",
	    STR_ARG(text_shown(node->key)), STR_ARG(nearest));
}

static bool
expect_address(struct load *load, struct plan_test *test,
    struct str control, enum verdict verdict, const struct tree *node)
{
	struct expected *expected = arena_new(load->arena, struct expected);

	if (!expected)
		return load_nomem(load);
	expected->control = control;
	expected->verdict = verdict;
	expected->pos = node->pos;
	if (!field_text(load, node, &expected->address))
		return false;
	if (!address_valid(expected->address))
		return bad(load, node->pos, "\"" STR_FMT "\" is no address",
		    STR_ARG(text_shown(expected->address)));
	*test->expected_end = expected;
	test->expected_end = &expected->next;
	return true;
}

static bool
expect_verdict(struct load *load, struct plan_test *test, struct str control,
    const struct tree *node)
{
	static const enum verdict verdicts[] = {VERDICT_PASS, VERDICT_FAIL,
	    VERDICT_UNKNOWN, VERDICT_ERROR, VERDICT_WAIVED};
	struct str names[COUNTOF(verdicts)];
	size_t i;

	for (i = 0; i < COUNTOF(verdicts); i++)
		names[i] = str_of(verdict_name(verdicts[i]));
	for (i = 0; i < COUNTOF(verdicts); i++) {
		if (str_eq(names[i], node->key))
			break;
	}
	if (i == COUNTOF(verdicts))
		return field_unknown(load, node, "what a control comes to",
		    names, COUNTOF(names));
	if (node->kind == TREE_SCALAR)
		return expect_address(load, test, control, verdicts[i], node);
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!expect_address(load, test, control, verdicts[i], at))
			return false;
	}
	return true;
}

static bool
expect_controls(struct load *load, struct plan_test *test)
{
	const struct tree *node = test->expect;

	test->expected_end = &test->expected;
	if (node->kind != TREE_MAP)
		return bad(load, node->pos,
		    "expected {control: {verdict: addresses}}, found %s",
		    tree_kind_name(node));
	for (const struct tree *at = node->first; at; at = at->next) {
		const struct control *control =
		    map_find(&load->policies->control_ids, at->key);

		if (!control)
			return no_control(load, at);
		if (!field_map(load, at))
			return false;
		for (const struct tree *verdict = at->first; verdict;
		     verdict = verdict->next) {
			if (!expect_verdict(load, test, control->id, verdict))
				return false;
		}
	}
	return true;
}

static bool
read_tests(struct load *load, const struct tree *node, void *out)
{
	struct suite *suite = out;

	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		struct plan_test *test =
		    arena_new(load->arena, struct plan_test);

		if (!test)
			return load_nomem(load);
		test->pos = at->pos;
		if ((!fields_read(load, at, "a test", test_fields,
			 COUNTOF(test_fields), test) ||
			!expect_controls(load, test)) &&
		    !load_recover(load))
			return false;
		*suite->tests_end = test;
		suite->tests_end = &test->next;
	}
	return true;
}

static bool
read_suite(struct suite *suite)
{
	static const struct field fields[] = {
    {"tests", read_tests, 0, true, NULL, NULL},
};
	struct load *load = &suite->load;
	struct tree *documents = NULL;

	suite->tests_end = &suite->tests;
	if (!text_check(load) || !tree_read(&documents, load))
		return false;
	if (!documents)
		return bad(load, ((struct pos){0, 0}), "holds no test");
	for (const struct tree *at = documents; at; at = at->next) {
		if (!fields_read(load, at, "a file of tests", fields,
			COUNTOF(fields), suite) &&
		    !load_recover(load))
			return false;
	}
	return true;
}

/* --- Running --- */

/* The path of a plan, from the folder of the file that names it. */
static struct str
beside(struct trial *trial, struct str file, struct str plan)
{
	size_t folder = file.len;

	while (folder && file.ptr[folder - 1] != '/')
		folder--;
	if (plan.ptr[0] == '/')
		folder = 0;
	return trial_text(trial, STR_FMT STR_FMT, (int)folder, file.ptr,
	    STR_ARG(plan));
}

static bool
feed_file(struct tfa_eval *eval, const char *path, struct tfa_error *err)
{
	char bytes[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = 1;
	bool ok = fd >= 0;

	while (ok && got) {
		do
			got = read(fd, bytes, sizeof(bytes));
		while (got < 0 && errno == EINTR);
		if (got < 0)
			break;
		ok = tfa_eval_feed(eval, bytes, (size_t)got, err);
	}
	if (fd >= 0)
		close(fd);
	if (fd < 0 || got < 0)
		return error_set(err, TFA_ERR_PLAN, "cannot be read");
	return ok;
}

/* Names of what is judged: as the test says, or all that is under test. */
static bool
choose(struct trial *trial, const struct plan_test *test,
    const char ***out, size_t *count)
{
	const struct tfa_policies *policies = trial->policies;
	size_t most = test->controls.count + policies->control_count;
	const char **ids = arena_array(&trial->arena, most + 1, sizeof(*ids));

	*out = ids;
	*count = 0;
	if (!ids)
		return error_nomem(trial->err);
	for (size_t i = 0; i < test->controls.count; i++)
		ids[(*count)++] = test->controls.items[i].ptr;
	for (size_t i = 0; !test->controls.count &&
	     i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		if (trial->options->builtin || control->pack->given)
			ids[(*count)++] = control->id.ptr;
	}
	return true;
}

static struct expected *
find_expected(const struct plan_test *test, const struct finding *finding)
{
	struct expected *at = test->expected;

	while (at && !(str_eq(at->control, finding->control->id) &&
			 str_eq(at->address, finding->address)))
		at = at->next;
	return at;
}

static struct trial_result
result_of(const struct suite *suite, const struct plan_test *test)
{
	return (struct trial_result){.subject = STR(""),
	    .name = test->name,
	    .file = suite->load.file,
	    .pos = test->pos,
	    .passed = true};
}

/* One finding of the plan against what is expected of it. */
static bool
compare_finding(const struct suite *suite, const struct plan_test *test,
    const struct finding *finding, size_t *wrong)
{
	struct trial *trial = suite->trial;
	struct trial_result result = result_of(suite, test);
	struct expected *expected = find_expected(test, finding);

	if (expected)
		expected->found = true;
	if (expected ? expected->verdict == finding->verdict
		     : finding->verdict == VERDICT_PASS)
		return true;
	++*wrong;
	result.passed = false;
	if (expected)
		result.pos = expected->pos;
	result.subject = finding->control->id;
	result.message = trial_text(trial,
	    STR_FMT ": expected %s, came to %s: " STR_FMT,
	    STR_ARG(finding->address),
	    expected ? verdict_name(expected->verdict) : "nothing",
	    verdict_name(finding->verdict), STR_ARG(finding->reason));
	return trial_add(trial, result);
}

static bool
compare(const struct suite *suite, const struct plan_test *test,
    const struct tfa_report *report)
{
	struct trial *trial = suite->trial;
	size_t wrong = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		struct coverage *coverage =
		    &trial->coverage[finding->control->index];

		coverage->verdicts[finding->verdict] = true;
		if (finding->path.len)
			coverage->states[finding->state] = true;
		if (!compare_finding(suite, test, finding, &wrong))
			return false;
	}
	for (const struct expected *at = test->expected; at; at = at->next) {
		struct trial_result result = result_of(suite, test);

		if (at->found)
			continue;
		wrong++;
		result.passed = false;
		result.subject = at->control;
		result.pos = at->pos;
		result.message = trial_text(trial,
		    STR_FMT ": expected %s, but the control did not judge it",
		    STR_ARG(at->address), verdict_name(at->verdict));
		if (!trial_add(trial, result))
			return false;
	}
	return wrong || trial_add(trial, result_of(suite, test));
}

/* A plan that cannot be judged fails its test, not the run. */
static bool
refused(const struct suite *suite, const struct plan_test *test,
    struct str path, const struct tfa_error *err)
{
	struct trial_result result = result_of(suite, test);

	if (err->code == TFA_ERR_NOMEM || err->code == TFA_ERR_INTERNAL) {
		*suite->trial->err = *err;
		return false;
	}
	result.passed = false;
	result.message = trial_text(suite->trial, STR_FMT ": %s",
	    STR_ARG(path), err->message);
	return trial_add(suite->trial, result);
}

static bool
run_test(const struct suite *suite, const struct plan_test *test)
{
	struct trial *trial = suite->trial;
	struct str path = beside(trial, suite->load.file, test->plan);
	struct tfa_options options = {.now = trial->options->now,
	    .list = TFA_PASS,
	    .as_of = test->as_of.ptr};
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval;
	const char **ids;
	bool ok;

	if (!path.ptr || !choose(trial, test, &ids, &options.control_count))
		return false;
	options.path = path.ptr;
	options.controls = ids;
	eval = tfa_eval_new(trial->policies, &options, &err);
	ok = eval && feed_file(eval, path.ptr, &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ok = ok ? compare(suite, test, report)
		: refused(suite, test, path, &err);
	tfa_report_free(report);
	tfa_eval_free(eval);
	return ok;
}

bool
trial_suite(struct trial *trial, const char *path)
{
	struct suite suite = {.trial = trial,
	    .load = {.policies = trial->set,
		.arena = &trial->arena,
		.file = str_of(path),
		.err = trial->err}};
	bool ok = folder_text(&suite.load.text, path,
	    trial->policies->limits.policy_bytes, &trial->arena, trial->err);

	ok = ok && read_suite(&suite);
	for (struct plan_test *at = suite.tests; ok && at; at = at->next)
		ok = run_test(&suite, at);
	arena_free(&suite.load.scratch);
	return ok;
}

/* Its plan is there. */
static bool
check_plan(struct suite *suite, const struct plan_test *test)
{
	struct str path = {NULL, 0};

	if (!test->plan.len)
		return true;
	path = beside(suite->trial, suite->load.file, test->plan);
	if (!path.ptr)
		return load_nomem(&suite->load);
	return access(path.ptr, R_OK) == 0 ||
	    bad(&suite->load, test->pos,
		"the plan \"" STR_FMT "\" cannot be read",
		STR_ARG(text_shown(test->plan))) ||
	    load_recover(&suite->load);
}

bool
trial_suite_check(struct tfa_policies *policies, struct str name,
    struct str text, struct problems *problems, struct tfa_error *err)
{
	struct trial trial = {.policies = policies, .set = policies, .err = err};
	struct suite suite = {.trial = &trial,
	    .load = {.policies = policies,
		.arena = &trial.arena,
		.file = name,
		.text = text,
		.problems = problems,
		.err = err}};
	bool ok = policies_need_all(policies) || error_nomem(err);

	ok = ok && (read_suite(&suite) || load_recover(&suite.load));
	for (struct plan_test *at = suite.tests; ok && at; at = at->next)
		ok = check_plan(&suite, at);
	arena_free(&suite.load.scratch);
	arena_free(&trial.arena);
	return ok;
}
