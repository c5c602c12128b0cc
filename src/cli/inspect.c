/* The commands that look into one plan. */
#include <string.h>

#include "cli/command.h"
#include "cli/file.h"

struct view {
	const struct settings *settings;
	const struct cli_io *io;
	struct outputs outputs;
	struct tfa_options options;
	char now[32];
	struct tfa_policies *policies;
	struct tfa_report *report;
};

static bool
judge(struct view *view, struct tfa_error *err)
{
	struct tfa_eval *eval;
	bool ok;

	view->policies = policies_open(view->settings, view->io, err);
	if (!view->policies)
		return false;
	eval = tfa_eval_new(view->policies, &view->options, err);
	if (!eval)
		return false;
	verbose(view->settings, view->io, "judging %s", view->options.path);
	ok = plan_file_feed(eval, view->options.path, view->io->in, err) &&
	    tfa_eval_finish(eval, &view->report, err);
	tfa_eval_free(eval);
	return ok;
}

static bool
write_view(void *ctx, FILE *out, struct tfa_error *err)
{
	const struct view *view = ctx;
	const struct output *output = &view->outputs.items[0];

	return tfa_inspect_write(view->report,
	    strcmp(output->format, "json") == 0,
	    color_wanted(view->settings, view->io, output->file), out, err);
}

static bool
prepare(struct view *view, struct tfa_error *err)
{
	if (!outputs_open_one(&view->outputs, view->settings, err))
		return false;
	if (view->outputs.items[0].file)
		report_file_clear(view->outputs.items[0].file);
	return true;
}

int
view_plan(const struct settings *settings, const struct cli_io *io,
    const char *command, const char *address, const char *control, bool derive)
{
	struct view view = {.settings = settings,
	    .io = io,
	    .options = settings->options};
	const char *path = settings->arguments.items[0];
	struct tfa_error err = {0};
	int status = STATUS_PASS;

	view.options.path = path;
	view.options.list = TFA_PASS;
	view.options.inspect = address;
	view.options.derive = derive;
	view.options.now = time_now(view.now);
	if (control) {
		view.options.controls = &control;
		view.options.control_count = 1;
	}
	if (!prepare(&view, &err) || !judge(&view, &err) ||
	    !output_put(view.outputs.items[0].file, write_view, &view, io,
		&err)) {
		status = tfa_error_status(&err);
		if (err.code == TFA_ERR_PLAN)
			cli_diagnose(io->err,
			    strcmp(path, "-") == 0 ? "standard input" : path,
			    &err);
		else
			status = usage_error(io, command, &err);
	}
	tfa_report_free(view.report);
	tfa_policies_free(view.policies);
	outputs_free(&view.outputs);
	return status;
}

int
command_inspect(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	struct tfa_error err = {0};

	if (!arguments_check(settings, arguments->count > 1 ? 2 : 1,
		arguments->count > 1 ? "the address" : "the plan", &err))
		return usage_error(io, "inspect", &err);
	return view_plan(settings, io, "inspect",
	    arguments->count > 1 ? arguments->items[1] : "", NULL, false);
}
