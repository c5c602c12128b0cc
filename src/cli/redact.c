/*
 * The command that copies a plan without its secrets.  Plan and copy are judged
 * while they pass, and the copy stays only if both are judged the same.
 */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/copy.h"
#include "cli/file.h"

struct redaction {
	const struct settings *settings;
	const struct cli_io *io;
	const char *path;
	struct tfa_policies *policies;
	struct tfa_options options;
	struct tfa_redactor *redactor;
	struct tfa_eval *evals[2]; /* of the plan, and of its copy */
	FILE *out;
	int fd;
	size_t replaced;
};

static bool
take_first(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct redaction *redaction = ctx;

	return tfa_redact_read(redaction->redactor, bytes, len, err) &&
	    tfa_eval_feed(redaction->evals[0], bytes, len, err);
}

static bool
take_second(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct redaction *redaction = ctx;

	return tfa_redact_copy(redaction->redactor, bytes, len, err);
}

static bool
put_copy(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct redaction *redaction = ctx;

	if (fwrite(bytes, 1, len, redaction->out) != len)
		return cli_fail(err, TFA_ERR_REPORT, "cannot be written");
	return tfa_eval_feed(redaction->evals[1], bytes, len, err);
}

/* --- Are both judged the same? --- */

static bool
check_copy(struct redaction *redaction, struct tfa_error *err)
{
	struct tfa_report *reports[2] = {NULL, NULL};
	struct verdicts verdicts[2] = {{0}};
	bool ok = true;

	for (size_t i = 0; i < COUNTOF(reports) && ok; i++) {
		ok = tfa_eval_finish(redaction->evals[i], &reports[i], err) &&
		    verdicts_read(&verdicts[i], reports[i], NULL, err);
	}
	ok = ok &&
	    (redaction->settings->force ||
		verdicts_same(&verdicts[0], &verdicts[1], false,
		    redaction->io->err) ||
		cli_fail(err, TFA_ERR_REPORT,
		    "the copy would be judged otherwise, so there is none; "
		    "--force makes it"));
	for (size_t i = 0; i < COUNTOF(reports); i++) {
		tfa_report_free(reports[i]);
		verdicts_free(&verdicts[i]);
	}
	return ok;
}

static bool
write_copy(void *ctx, FILE *out, struct tfa_error *err)
{
	struct redaction *redaction = ctx;

	redaction->out = out;
	return tfa_redact_turn(redaction->redactor, put_copy, redaction, err) &&
	    copy_read(redaction->fd, redaction->path, take_second, redaction,
		err) &&
	    tfa_redact_finish(
		redaction->redactor, &redaction->replaced, err) &&
	    check_copy(redaction, err);
}

static bool
begin(struct redaction *redaction, struct tfa_error *err)
{
	redaction->options.list = TFA_PASS;
	redaction->options.now = "2026-01-01T00:00:00Z";
	redaction->policies =
	    policies_open(redaction->settings, redaction->io, err);
	redaction->redactor = tfa_redact_new(NULL, err);
	for (size_t i = 0; i < COUNTOF(redaction->evals) &&
	     err->code == TFA_ERR_NONE;
	     i++)
		redaction->evals[i] = tfa_eval_new(
		    redaction->policies, &redaction->options, err);
	if (err->code != TFA_ERR_NONE)
		return false;
	redaction->fd = copy_open(redaction->path, redaction->io->in, err);
	return redaction->fd >= 0;
}

int
command_redact(const struct settings *settings, const struct cli_io *io)
{
	struct redaction redaction = {
	    .settings = settings, .io = io, .fd = -1};
	struct tfa_error err = {0};
	const char *file = settings->file;
	bool ok = arguments_check(settings, 1, "the plan to copy", &err);

	if (ok) {
		redaction.path = settings->arguments.items[0];
		redaction.options.path = redaction.path;
	}
	ok = ok && begin(&redaction, &err) &&
	    copy_read(redaction.fd, redaction.path, take_first, &redaction,
		&err) &&
	    (file && strcmp(file, "-") != 0
		    ? report_file_write(file, write_copy, &redaction, &err)
		    : write_copy(&redaction, io->out, &err));
	if (ok)
		fprintf(io->err, "tfassay: %zu values were replaced\n",
		    redaction.replaced);
	for (size_t i = 0; i < COUNTOF(redaction.evals); i++)
		tfa_eval_free(redaction.evals[i]);
	tfa_redact_free(redaction.redactor);
	tfa_policies_free(redaction.policies);
	if (redaction.fd >= 0)
		close(redaction.fd);
	return ok ? STATUS_PASS : usage_error(io, "redact", &err);
}
