/*
 * The commands of evidence: attest writes what others sign, verify judges again
 * and compares with what an earlier run has written.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/copy.h"
#include "cli/file.h"

enum { STATUS_DIFFERS = 1, SHOWN_MOST = 400 };

/* Says what is wrong with the file at path; gives the status. */
static int
file_error(
    const struct cli_io *io, const char *path, const struct tfa_error *err)
{
	cli_diagnose(
	    io->err, strcmp(path, "-") == 0 ? "standard input" : path, err);
	return tfa_error_status(err);
}

/* --- attest --- */

struct attesting {
	const struct settings *settings;
	const struct tfa_result *result;
};

static bool
write_statement(void *ctx, FILE *out, struct tfa_error *err)
{
	const struct attesting *attesting = ctx;
	const struct settings *settings = attesting->settings;
	const struct tfa_attest_options options = {
	    .path = settings->arguments.items[0],
	    .tool = "/proc/self/exe",
	    .url = settings->url};

	return settings->sums
		   ? tfa_sums_write(attesting->result, options.path, out, err)
		   : tfa_attest_write(attesting->result, &options, out, err);
}

int
command_attest(const struct settings *settings, const struct cli_io *io)
{
	struct attesting attesting = {.settings = settings};
	struct tfa_result *result = NULL;
	struct tfa_error err = {0};
	int status = STATUS_PASS;

	if (!arguments_check(settings, 1, "the result", &err))
		return usage_error(io, "attest", &err);
	if (settings->file &&
	    file_same(settings->file, settings->arguments.items[0])) {
		cli_fail(&err, TFA_ERR_USAGE,
		    "%s would be replaced by what is said about it",
		    settings->file);
		return usage_error(io, "attest", &err);
	}
	if (settings->file)
		report_file_clear(settings->file);
	result = result_open(settings->arguments.items[0], io->in, NULL, &err);
	attesting.result = result;
	if (!result ||
	    !(settings->file ? report_file_write(settings->file,
				   write_statement, &attesting, &err)
			     : write_statement(&attesting, io->out, &err) ||
				   ferror(io->out)))
		status = file_error(io, settings->arguments.items[0], &err);
	tfa_result_free(result);
	return status;
}

/* --- verify --- */

struct verifying {
	const struct settings *settings;
	const struct cli_io *io;
	struct bytes kept; /* the earlier result */
	struct tfa_result *result;
	struct tfa_policies *policies;
	struct tfa_options options;
	struct tfa_report_style style;
	const char *format;
	struct tfa_report *report;
	char *text; /* the result of today */
	size_t len;
};

static bool
judge_plan(struct verifying *verifying, size_t index, struct tfa_error *why)
{
	struct tfa_options options = verifying->options;
	struct tfa_report *report = NULL;
	struct tfa_eval *eval;
	bool ok;

	options.path = tfa_result_plan(verifying->result, index);
	options.several = tfa_result_plan(verifying->result, 1) != NULL;
	eval = tfa_eval_new(verifying->policies, &options, why);
	if (!eval)
		return false;
	ok = plan_file_feed(eval,
		 verifying->settings->arguments.items[index + 1],
		 verifying->io->in, why) &&
	     tfa_eval_finish(eval, &report, why);
	tfa_eval_free(eval);
	if (!ok)
		return false;
	if (tfa_report_merge(verifying->report, report, why))
		return true;
	tfa_report_free(report);
	return false;
}

static bool
judge_plans(struct verifying *verifying, struct tfa_error *err)
{
	size_t count = verifying->settings->arguments.count - 1;
	size_t told = 0;

	while (tfa_result_plan(verifying->result, told))
		told++;
	if (count != told)
		return cli_fail(err, TFA_ERR_USAGE,
		    "the result is about %zu plan%s, and %zu %s named: name "
		    "them in its order",
		    told, told == 1 ? "" : "s", count,
		    count == 1 ? "is" : "are");
	for (size_t i = 0; i < told; i++) {
		struct tfa_error why = {0};

		if (judge_plan(verifying, i, &why))
			continue;
		if (why.code == TFA_ERR_NOMEM)
			return cli_nomem(err);
		cli_diagnose(verifying->io->err,
		    verifying->settings->arguments.items[i + 1], &why);
		if (!tfa_report_refuse(verifying->report,
			tfa_result_plan(verifying->result, i), &why, err))
			return false;
	}
	return true;
}

static bool
write_again(struct verifying *verifying, struct tfa_error *err)
{
	FILE *out = open_memstream(&verifying->text, &verifying->len);
	bool ok;

	if (!out)
		return cli_nomem(err);
	ok = tfa_report_write(
	    verifying->report, verifying->format, &verifying->style, out, err);
	/* Without memory at the end there is no text, and yet no failure. */
	return fclose(out) == 0 && verifying->text ? ok : cli_nomem(err);
}

static bool
judge_again(struct verifying *verifying, struct tfa_error *err)
{
	tfa_result_run(verifying->result, &verifying->options,
	    &verifying->style, &verifying->format);
	verifying->policies = tfa_result_policies(verifying->result, err);
	if (!verifying->policies)
		return false;
	verifying->report =
	    tfa_report_new(verifying->policies, &verifying->options, err);
	return verifying->report && judge_plans(verifying, err) &&
	       write_again(verifying, err);
}

static void
show_line(FILE *out, const char *label, const char *text, size_t len)
{
	char line[SHOWN_MOST];
	size_t shown = 0;

	while (shown < len && shown + 1 < sizeof(line) && text[shown] != '\n' &&
	       text[shown]) {
		line[shown] = text[shown];
		shown++;
	}
	line[shown] = '\0';
	fprintf(out, "%s: ", label);
	cli_put(out, line);
	putc('\n', out);
}

/* Tells where they part; false: nowhere. */
static bool
differs(const struct verifying *verifying)
{
	const char *a = verifying->kept.ptr, *b = verifying->text;
	size_t a_len = verifying->kept.len, b_len = verifying->len;
	size_t at = 0, begin = 0, line = 1;
	FILE *out = verifying->io->out;

	while (at < a_len && at < b_len && a[at] == b[at]) {
		if (a[at++] == '\n') {
			line++;
			begin = at;
		}
	}
	if (at == a_len && at == b_len)
		return false;
	/* A long line is shown from before the place. */
	if (at - begin > SHOWN_MOST / 4)
		begin = at - SHOWN_MOST / 4;
	fprintf(out, "line %zu differs, at byte %zu\n", line, at);
	show_line(out, "result", a + begin, a_len - begin);
	show_line(out, "again ", b + begin, b_len - begin);
	return true;
}

/* The verdicts first: they are what it is about. */
static int
compare(const struct verifying *verifying, struct tfa_error *err)
{
	const struct tfa_report *told = tfa_result_report(verifying->result);
	struct verdicts before = {0}, after = {0};
	bool ok = verdicts_read(&before, told, NULL, err) &&
		  verdicts_read(&after, verifying->report, NULL, err),
	     other = false;

	if (ok) {
		(void)verdicts_same(&before, &after, true, verifying->io->err);
		other = differs(verifying);
	}
	verdicts_free(&before);
	verdicts_free(&after);
	if (!ok)
		return usage_error(verifying->io, "verify", err);
	fprintf(verifying->io->out, "%s\n",
	    other ? "differs: judged again, the plans do not come to this "
		    "result"
		  : "verified: judged again, the plans come to this result, "
		    "byte for byte");
	return other ? STATUS_DIFFERS : STATUS_PASS;
}

int
command_verify(const struct settings *settings, const struct cli_io *io)
{
	struct verifying verifying = {.settings = settings, .io = io};
	struct tfa_error err = {0};
	int status;

	if (settings->arguments.count < 2) {
		cli_fail(&err, TFA_ERR_USAGE,
		    "a result and its plans are to be named: tfassay verify "
		    "RESULT PLAN...");
		return usage_error(io, "verify", &err);
	}
	verifying.result = result_open(
	    settings->arguments.items[0], io->in, &verifying.kept, &err);
	if (!verifying.result)
		status = file_error(io, settings->arguments.items[0], &err);
	else if (!judge_again(&verifying, &err))
		status = usage_error(io, "verify", &err);
	else
		status = compare(&verifying, &err);
	free(verifying.text);
	free(verifying.kept.ptr);
	tfa_report_free(verifying.report);
	tfa_policies_free(verifying.policies);
	tfa_result_free(verifying.result);
	return status;
}
