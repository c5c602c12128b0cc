/* What an earlier result was judged with, to judge once more. */
#include "report/record.h"
#include "report/restore.h"

size_t
result_builtin(const struct tfa_result *result)
{
	struct tfa_policies *policies;
	struct tfa_error err = {0};
	size_t count = 0;

	if (result->told_options.no_builtin == STATED_TRUE)
		return 0;
	policies = tfa_policies_new(NULL);
	if (policies && tfa_policies_builtin(policies, &err))
		count = policies->pack_count;
	tfa_policies_free(policies);
	return count < result->policies.pack_count
		   ? count
		   : result->policies.pack_count;
}

typedef bool load_file(
    struct tfa_policies *policies, const char *path, struct tfa_error *err);

static bool
load_files(struct tfa_policies *policies, const struct input_files *files,
    load_file *load, struct tfa_error *err)
{
	for (size_t i = 0; i < files->count; i++) {
		if (!load(policies, files->items[i].path.ptr, err))
			return false;
	}
	return true;
}

static bool
load_all(struct tfa_policies *policies, const struct tfa_result *result,
    struct tfa_error *err)
{
	const struct tfa_policies *told = &result->policies;
	bool builtin = result->told_options.no_builtin != STATED_TRUE;
	size_t own = 0;

	for (size_t i = 0; i < told->override_count; i++) {
		if (!tfa_policies_set(
			policies, policies_set_text(told, i).ptr, err))
			return false;
	}
	if (builtin && !tfa_policies_builtin(policies, err))
		return false;
	own = policies->pack_count;
	for (size_t i = own; i < told->pack_count; i++) {
		if (!tfa_policies_load(policies, told->packs[i]->file.ptr, err))
			return false;
	}
	return load_files(
		   policies, &told->waiver_files, tfa_policies_waivers, err) &&
	       load_files(
		   policies, &told->fact_files, tfa_policies_facts, err) &&
	       load_files(
		   policies, &told->baseline_files, tfa_policies_baseline, err);
}

struct tfa_policies *
tfa_result_policies(const struct tfa_result *result, struct tfa_error *err)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);

	if (!policies) {
		error_nomem(err);
		return NULL;
	}
	if (load_all(policies, result, err))
		return policies;
	tfa_policies_free(policies);
	return NULL;
}

void
tfa_result_run(const struct tfa_result *result, struct tfa_options *options,
    struct tfa_report_style *style, const char **format)
{
	const struct tfa_report *report = result->report;
	unsigned listed = report->listed;

	*options = result->options;
	options->digest = true;
	options->list = listed & TFA_PASS;
	/* Where the plan did not say, and nobody else, this was now. */
	options->now = report->as_of.len ? report->as_of.ptr : NULL;
	*style = (struct tfa_report_style){.summary = listed == 0,
	    .show = (listed & LISTED_FIXED) ? 0 : listed};
	*format = result->is_lines ? "ndjson" : "json";
}

const char *
tfa_result_plan(const struct tfa_result *result, size_t index)
{
	return index < result->report->plan_count
		   ? result->report->plans[index].path.ptr
		   : NULL;
}
