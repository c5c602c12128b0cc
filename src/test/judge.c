#include "test/judge.h"

#include <check.h>
#include <stdlib.h>

struct buf
read_file(const char *folder, const char *name, const char *ending)
{
	struct buf text = {0};
	char path[512];
	FILE *file;
	size_t got;

	snprintf(path, sizeof(path), "%s/%s%s", folder, name, ending);
	file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s is missing", path);
	do {
		ck_assert(buf_reserve(&text, 65536));
		got = fread(text.ptr + text.len, 1, 65536, file);
		text.len += got;
	} while (got);
	fclose(file);
	return text;
}

struct judged
judge_text(const struct buf *policy, struct str plan,
    const struct tfa_options *options)
{
	struct judged run = {.policies = tfa_policies_new(NULL)};
	struct tfa_error err = {0};
	struct tfa_eval *eval;
	bool ok;

	run.options = calloc(1, sizeof(*run.options));
	ck_assert(run.policies != NULL && run.options != NULL);
	ok = policy ? policies_read(run.policies, STR("test.yaml"),
			  buf_str(policy), false, &err)
		    : tfa_policies_builtin(run.policies, &err);
	ck_assert_msg(ok, "%s:%zu: %s", err.file, err.line, err.message);
	*run.options = *options;
	run.options->list |= TFA_PASS;
	run.options->now = "2026-01-01T00:00:00Z";
	eval = tfa_eval_new(run.policies, run.options, &err);
	ok = eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
	    tfa_eval_finish(eval, &run.report, &err);
	ck_assert_msg(ok, "%s: %s", options->path, err.message);
	tfa_eval_free(eval);
	return run;
}

struct judged
judge_file(const struct buf *policy, const char *folder, const char *name,
    const char *control)
{
	struct buf plan = read_file(folder, name, ".json");
	struct tfa_options options = {.path = name,
	    .controls = &control,
	    .control_count = control ? 1 : 0};
	struct judged run = judge_text(policy, buf_str(&plan), &options);

	buf_free(&plan);
	return run;
}

void
judged_free(struct judged *run)
{
	tfa_report_free(run->report);
	tfa_policies_free(run->policies);
	free(run->options);
}

const struct finding *
judged_find(
    const struct judged *run, const char *control, const char *address)
{
	for (size_t i = 0; i < run->report->finding_count; i++) {
		const struct finding *finding = &run->report->findings[i];

		if (str_eq(finding->control->id, str_of(control)) &&
		    str_eq(finding->address, str_of(address)))
			return finding;
	}
	return NULL;
}
