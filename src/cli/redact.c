/*
 * The command that copies a plan without its secrets.  Plan and copy are judged
 * while they pass, and the copy stays only if both are judged the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/file.h"

enum { PIECE = 65536, SHOWN = 5 };

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

/* What is piped in can be read only once. */
static int
copy_input(int in, struct tfa_error *err)
{
	FILE *file = tmpfile();
	char piece[PIECE];
	ssize_t got = 1;
	int fd = file ? dup(fileno(file)) : -1;

	while (fd >= 0 && got > 0) {
		got = read(in, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0 && write(fd, piece, (size_t)got) != got)
			got = -1;
	}
	if (file)
		fclose(file);
	if (fd < 0 || got < 0)
		cli_fail(err, TFA_ERR_PLAN,
		    "standard input cannot be kept for a second reading");
	return fd;
}

static bool
open_plan(struct redaction *redaction, struct tfa_error *err)
{
	const char *path = redaction->path;

	if (strcmp(path, "-") == 0)
		redaction->fd = copy_input(redaction->io->in, err);
	else
		redaction->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (redaction->fd < 0 && err->code == TFA_ERR_NONE)
		cli_fail(err, errno == ENOENT ? TFA_ERR_USAGE : TFA_ERR_PLAN,
		    "%s: cannot be opened: %s", path, strerror(errno));
	return err->code == TFA_ERR_NONE;
}

typedef bool take_piece(struct redaction *redaction, const char *bytes,
    size_t len, struct tfa_error *err);

static bool
read_plan(
    struct redaction *redaction, take_piece *take, struct tfa_error *err)
{
	char piece[PIECE];
	ssize_t got;

	if (lseek(redaction->fd, 0, SEEK_SET) != 0)
		return cli_fail(err, TFA_ERR_USAGE,
		    "%s cannot be read twice; name a file",
		    redaction->path);
	do {
		got = read(redaction->fd, piece, sizeof(piece));
		if (got > 0 && !take(redaction, piece, (size_t)got, err))
			return false;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0 ||
	    cli_fail(err, TFA_ERR_PLAN, "cannot be read: %s", strerror(errno));
}

static bool
take_first(struct redaction *redaction, const char *bytes, size_t len,
    struct tfa_error *err)
{
	return tfa_redact_read(redaction->redactor, bytes, len, err) &&
	    tfa_eval_feed(redaction->evals[0], bytes, len, err);
}

static bool
take_second(struct redaction *redaction, const char *bytes, size_t len,
    struct tfa_error *err)
{
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

struct verdicts {
	struct tfa_finding *items;
	size_t count, cap;
};

static bool
keep_finding(void *ctx, const struct tfa_finding *finding)
{
	struct verdicts *verdicts = ctx;

	if (verdicts->count == verdicts->cap) {
		size_t cap = verdicts->cap ? verdicts->cap * 2 : 64;
		struct tfa_finding *items =
		    realloc(verdicts->items, cap * sizeof(*items));

		if (!items)
			return false;
		verdicts->items = items;
		verdicts->cap = cap;
	}
	verdicts->items[verdicts->count++] = *finding;
	return true;
}

static bool
same(struct tfa_text a, struct tfa_text b)
{
	return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static bool
same_verdict(const struct tfa_finding *a, const struct tfa_finding *b)
{
	return same(a->control, b->control) && same(a->address, b->address) &&
	    same(a->verdict, b->verdict) && same(a->change, b->change);
}

static void
show_difference(
    const struct redaction *redaction, const struct tfa_finding *finding)
{
	char text[600];

	snprintf(text, sizeof(text), "%.*s on %.*s", (int)finding->control.len,
	    finding->control.ptr, (int)finding->address.len,
	    finding->address.ptr);
	fputs("tfassay: judged otherwise: ", redaction->io->err);
	cli_put(redaction->io->err, text);
	putc('\n', redaction->io->err);
}

static bool
compare(const struct redaction *redaction, const struct verdicts *plan,
    const struct verdicts *copy, struct tfa_error *err)
{
	size_t differences = 0;

	for (size_t i = 0; i < plan->count; i++) {
		if (i < copy->count &&
		    same_verdict(&plan->items[i], &copy->items[i]))
			continue;
		if (differences++ < SHOWN)
			show_difference(redaction, &plan->items[i]);
	}
	if (!differences && plan->count == copy->count)
		return true;
	return cli_fail(err, TFA_ERR_REPORT,
	    "the copy would be judged otherwise, so there is none; --force "
	    "makes it");
}

static bool
check_copy(struct redaction *redaction, struct tfa_error *err)
{
	struct tfa_report *reports[2] = {NULL, NULL};
	struct verdicts verdicts[2] = {{0}};
	bool ok = true;

	for (size_t i = 0; i < COUNTOF(reports) && ok; i++) {
		ok = tfa_eval_finish(redaction->evals[i], &reports[i], err) &&
		    (tfa_report_each(reports[i], keep_finding, &verdicts[i]) ||
			cli_nomem(err));
	}
	ok = ok &&
	    (redaction->settings->force ||
		compare(redaction, &verdicts[0], &verdicts[1], err));
	for (size_t i = 0; i < COUNTOF(reports); i++) {
		tfa_report_free(reports[i]);
		free(verdicts[i].items);
	}
	return ok;
}

static bool
write_copy(void *ctx, FILE *out, struct tfa_error *err)
{
	struct redaction *redaction = ctx;

	redaction->out = out;
	return tfa_redact_turn(redaction->redactor, put_copy, redaction, err) &&
	    read_plan(redaction, take_second, err) &&
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
	return err->code == TFA_ERR_NONE && open_plan(redaction, err);
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
	    read_plan(&redaction, take_first, &err) &&
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
