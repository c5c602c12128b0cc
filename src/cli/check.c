/*
 * The command that judges plans.  Policies and options are checked before any
 * plan is read; then every plan is read to its end and judged for itself, and
 * what cannot be judged stays in the report as refused.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/file.h"

struct run {
	const struct settings *settings;
	const struct cli_io *io;
	struct outputs outputs;
	struct tfa_options options;
	char now[32];
	struct tfa_policies *policies;
	struct tfa_report *report;
	size_t judged; /* plans that were not refused */
};

/* --- Before a plan is read --- */

static bool
check_plans(const struct settings *settings, struct tfa_error *err)
{
	const struct texts *plans = &settings->arguments;
	size_t from_input = 0;

	if (plans->count == 0)
		return cli_fail(err, TFA_ERR_USAGE,
		    "no plan is named: tfassay check PLAN, or - for standard "
		    "input");
	for (size_t i = 0; i < plans->count; i++) {
		if (!plans->items[i][0])
			return cli_fail(err, TFA_ERR_USAGE,
			    "plan %zu is named by an empty text: is a "
			    "variable unset?",
			    i + 1);
		from_input += strcmp(plans->items[i], "-") == 0;
	}
	if (from_input > 1)
		return cli_fail(err, TFA_ERR_USAGE,
		    "standard input can be read only once");
	return true;
}

/* Formats that are only read and thrown away do without the digest. */
static void
check_digest(
    void *ctx, const char *name, const char *help, const char *media_type)
{
	struct run *run = ctx;

	(void)help;
	for (size_t i = 0; i < run->outputs.count; i++) {
		if (strcmp(run->outputs.items[i].format, name) == 0 &&
		    strcmp(media_type, "text/plain") != 0 &&
		    strcmp(media_type, "text/markdown") != 0)
			run->options.digest = true;
	}
}

static void
set_options(struct run *run)
{
	run->options = run->settings->options;
	run->options.now = time_now(run->now);
	tfa_format_each(check_digest, run);
}

static bool
begin(struct run *run, struct tfa_error *err)
{
	outputs_clear(&run->outputs);
	set_options(run);
	run->policies = policies_open(run->settings, run->io, err);
	if (!run->policies)
		return false;
	run->report = tfa_report_new(run->policies, &run->options, err);
	return run->report != NULL;
}

/* --- One plan --- */

static bool
judge(struct run *run, const char *path, struct tfa_error *why)
{
	struct tfa_options options = run->options;
	struct tfa_report *report = NULL;
	struct tfa_eval *eval;
	bool ok;

	options.path = path;
	options.several = run->settings->arguments.count > 1;
	eval = tfa_eval_new(run->policies, &options, why);
	if (!eval)
		return false;
	ok = plan_file_feed(eval, path, run->io->in, why) &&
	    tfa_eval_finish(eval, &report, why);
	tfa_eval_free(eval);
	if (!ok)
		return false;
	if (tfa_report_merge(run->report, report, why))
		return true;
	tfa_report_free(report);
	return false;
}

static bool
take_plan(struct run *run, const char *path, struct tfa_error *err)
{
	struct tfa_error why = {0};
	bool from_input = strcmp(path, "-") == 0;
	const char *shown = from_input ? "standard input" : path;

	verbose(run->settings, run->io, "judging %s", shown);
	if (judge(run, path, &why)) {
		run->judged++;
		return true;
	}
	cli_diagnose(run->io->err, shown, &why);
	return tfa_report_refuse(run->report, path, &why, err);
}

static int
judge_all(struct run *run, struct tfa_error *err)
{
	const struct texts *plans = &run->settings->arguments;
	int status = STATUS_INTERNAL;

	for (size_t i = 0; i < plans->count; i++) {
		if (!take_plan(run, plans->items[i], err)) {
			cli_diagnose(run->io->err, NULL, err);
			return tfa_error_status(err);
		}
	}
	status = tfa_report_status(run->report);
	for (size_t i = 0; i < run->outputs.count; i++)
		/* Every refusal stands on standard error already. */
		status = status_graver(status,
		    report_put(run->report, &run->outputs.items[i],
			run->judged > 0, run->settings, run->io));
	verbose(run->settings, run->io, "exit status %d", status);
	return status;
}

int
command_check(const struct settings *settings, const struct cli_io *io)
{
	struct run run = {.settings = settings, .io = io};
	struct tfa_error err = {0};
	int status = STATUS_INTERNAL;

	if (!check_plans(settings, &err) ||
	    !outputs_open(&run.outputs, settings, &err) || !begin(&run, &err))
		status = usage_error(io, "check", &err);
	else
		status = judge_all(&run, &err);
	tfa_report_free(run.report);
	tfa_policies_free(run.policies);
	outputs_free(&run.outputs);
	return status;
}
