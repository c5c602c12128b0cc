/*
 * Each test inside a control is judged as what it stands for: a plan of one
 * resource that goes the same way as any other plan.
 */
#include "trial/trial.h"

#include <stdarg.h>
#include <stdlib.h>

#include "policy/folder.h"

struct str
trial_text(struct trial *trial, const char *format, ...)
{
	char bytes[1024];
	struct str text;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(bytes, sizeof(bytes), format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	if (len >= (int)sizeof(bytes))
		len = (int)sizeof(bytes) - 1;
	text = arena_copy(&trial->arena, (struct str){bytes, (size_t)len});
	if (!text.ptr)
		error_nomem(trial->err);
	return text;
}

bool
trial_add(struct trial *trial, struct trial_result result)
{
	if (!result.passed && !result.message.ptr)
		return error_nomem(trial->err);
	if (!arena_grow(&trial->arena, &trial->results, trial->result_count,
		&trial->result_cap, sizeof(result)))
		return error_nomem(trial->err);
	trial->results[trial->result_count++] = result;
	trial->failed += !result.passed;
	return true;
}

bool
trial_expected(enum expectation expect, enum verdict verdict)
{
	static const enum verdict verdicts[] = {
	    [EXPECT_PASS] = VERDICT_PASS,
	    [EXPECT_FAIL] = VERDICT_FAIL,
	    [EXPECT_UNKNOWN] = VERDICT_UNKNOWN,
	    [EXPECT_ERROR] = VERDICT_ERROR,
	    [EXPECT_NOT_APPLICABLE] = VERDICT_NOT_APPLICABLE,
	};

	return verdicts[expect] == verdict;
}

/* The finding about the test's own resource; without one it does not apply. */
static bool
take_finding(struct judged *out, const struct tfa_report *report,
    const struct control *control, const struct control_test *test,
    struct arena *arena)
{
	const struct finding *finding = report->findings;
	char address[256];

	*out = (struct judged){.verdict = VERDICT_NOT_APPLICABLE};
	snprintf(address, sizeof(address), "%s" STR_FMT ".x",
	    control->data ? "data." : "", STR_ARG(test->type));
	for (size_t i = 0; i < report->finding_count; i++, finding++) {
		if (finding->control != control ||
		    !str_eq(finding->address, str_of(address)))
			continue;
		out->verdict = finding->verdict;
		out->state = finding->state;
		out->path = arena_copy(arena, finding->path);
		out->reason = arena_copy(arena, finding->reason);
		return out->path.ptr && out->reason.ptr;
	}
	return true;
}

static bool
judge_plan(struct judged *out, struct trial *trial,
    const struct control *control, const struct control_test *test,
    struct str plan, struct arena *arena)
{
	const char *id = control->id.ptr;
	struct tfa_options options = {.path = "test",
	    .now = trial->options->now,
	    .list = TFA_PASS,
	    .controls = &id,
	    .control_count = 1};
	struct tfa_error *err = trial->err;
	struct tfa_report *report = NULL;
	struct tfa_eval *eval = tfa_eval_new(trial->policies, &options, err);
	bool ok = eval && tfa_eval_feed(eval, plan.ptr, plan.len, err) &&
	    tfa_eval_finish(eval, &report, err);

	if (ok && !take_finding(out, report, control, test, arena))
		ok = error_nomem(err);
	tfa_report_free(report);
	tfa_eval_free(eval);
	return ok;
}

bool
trial_judge(struct judged *out, struct trial *trial,
    const struct control *control, const struct control_test *test,
    struct arena *arena)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&bytes, &len);
	bool ok = file && trial_plan(file, control, test);

	ok = file && fclose(file) == 0 && bytes && ok;
	ok = ok ? judge_plan(out, trial, control, test,
		      (struct str){bytes, len}, arena)
		: error_nomem(trial->err);
	free(bytes);
	return ok;
}

static void
cover(struct trial *trial, const struct control *control,
    const struct judged *judged)
{
	struct coverage *coverage = &trial->coverage[control->index];

	coverage->tests++;
	coverage->verdicts[judged->verdict] = true;
	if (judged->path.len)
		coverage->states[judged->state] = true;
}

static const char *
expectation_name(enum expectation expect)
{
	static const char *const names[] = {
	    [EXPECT_PASS] = "pass",
	    [EXPECT_FAIL] = "fail",
	    [EXPECT_UNKNOWN] = "unknown",
	    [EXPECT_ERROR] = "error",
	    [EXPECT_NOT_APPLICABLE] = "not applicable",
	};

	return names[expect];
}

static bool
run_test(struct trial *trial, const struct control *control,
    const struct control_test *test)
{
	struct trial_result result = {.subject = control->id,
	    .name = test->name,
	    .file = control->pack->file,
	    .pos = test->pos};
	struct judged judged;

	if (!trial_judge(&judged, trial, control, test, &trial->arena))
		return false;
	cover(trial, control, &judged);
	result.passed = trial_expected(test->expect, judged.verdict);
	if (!result.passed)
		result.message = trial_text(trial,
		    "expected %s, came to %s%s" STR_FMT,
		    expectation_name(test->expect),
		    verdict_name(judged.verdict), judged.reason.len ? ": " : "",
		    STR_ARG(judged.reason));
	return trial_add(trial, result);
}

/* Built-in controls are tested where nothing else is there to be. */
static bool
is_tested(const struct trial *trial, const struct control *control)
{
	const struct tfa_test_options *options = trial->options;
	bool named = options->control_count == 0;

	for (size_t i = 0; i < options->control_count; i++)
		named = named ||
		    str_glob(str_of(options->controls[i]), control->id);
	return named && (options->builtin || control->pack->given);
}

static bool
run_control(struct trial *trial, const struct control *control)
{
	trial->coverage[control->index].tested = true;
	for (size_t i = 0; i < control->test_count; i++) {
		if (!run_test(trial, control, &control->tests[i]))
			return false;
	}
	return !trial->options->mutate || trial_mutate(trial, control);
}

static bool
is_suite(struct str name)
{
	return str_ends(name, STR("_test.yaml")) ||
	    str_ends(name, STR("_test.yml"));
}

static bool
run_path(struct trial *trial, const char *path)
{
	struct names files;

	if (!folder_find(&files, path, is_suite, &trial->arena, trial->err))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		if (!trial_suite(trial, files.items[i].ptr))
			return false;
	}
	return true;
}

static bool
run_all(struct trial *trial)
{
	const struct tfa_policies *policies = trial->policies;
	const struct tfa_test_options *options = trial->options;

	trial->coverage = arena_array(&trial->arena,
	    policies->control_count + 1, sizeof(*trial->coverage));
	if (!trial->coverage || !policies_need_tests(policies))
		return error_nomem(trial->err);
	for (size_t i = 0; i < policies->control_count; i++) {
		if (is_tested(trial, policies->controls[i]) &&
		    !run_control(trial, policies->controls[i]))
			return false;
	}
	for (size_t i = 0; i < options->path_count; i++) {
		if (!run_path(trial, options->paths[i]))
			return false;
	}
	return true;
}

bool
tfa_test_write(struct tfa_policies *policies,
    const struct tfa_test_options *options, FILE *out,
    struct tfa_test_counts *counts, struct tfa_error *err)
{
	struct trial trial = {
	    .policies = policies, .set = policies, .options = options,
	    .err = err};
	bool ok = run_all(&trial);

	*counts = (struct tfa_test_counts){trial.result_count, trial.failed,
	    trial.mutant_count, trial.noticed};
	if (ok && !trial_write(&trial, out))
		ok = error_set(err, TFA_ERR_REPORT, "cannot write");
	arena_free(&trial.arena);
	return ok;
}
