/*
 * The command that cuts a plan down to one resource.  The plan is judged while
 * it passes for the first time; then levels of the fixture are made in memory,
 * and the first that is judged as the plan is the one that is written.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/copy.h"
#include "cli/file.h"

struct fixing {
	const struct settings *settings;
	const struct cli_io *io;
	const char *path, *address;
	struct tfa_policies *policies;
	struct tfa_options options;
	struct tfa_fixture *fixture;
	struct tfa_eval *eval; /* of the plan */
	struct tfa_report *report;
	struct verdicts verdicts;
	int fd;
	char *text; /* of the level at hand */
	size_t len;
	struct tfa_report *copy; /* its verdicts */
};

static bool
take_first(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct fixing *fixing = ctx;

	return tfa_fixture_read(fixing->fixture, bytes, len, err) &&
	    tfa_eval_feed(fixing->eval, bytes, len, err);
}

static bool
take_second(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct fixing *fixing = ctx;

	return tfa_fixture_copy(fixing->fixture, bytes, len, err);
}

static bool
read_plan(struct fixing *fixing, struct tfa_error *err)
{
	fixing->fd = copy_open(fixing->path, fixing->io->in, err);
	return fixing->fd >= 0 &&
	    copy_read(fixing->fd, fixing->path, take_first, fixing, err) &&
	    tfa_fixture_turn(fixing->fixture, err) &&
	    tfa_eval_finish(fixing->eval, &fixing->report, err) &&
	    verdicts_read(
		&fixing->verdicts, fixing->report, fixing->address, err) &&
	    copy_read(fixing->fd, fixing->path, take_second, fixing, err) &&
	    tfa_fixture_finish(fixing->fixture, err);
}

/* --- Levels --- */

static bool
make_level(struct fixing *fixing, unsigned level, struct tfa_error *err)
{
	FILE *out;
	bool ok;

	free(fixing->text);
	fixing->text = NULL;
	out = open_memstream(&fixing->text, &fixing->len);
	if (!out)
		return cli_nomem(err);
	ok = tfa_fixture_write(fixing->fixture, level, out, err);
	if ((fclose(out) != 0 || !fixing->text) && ok)
		ok = cli_nomem(err);
	return ok;
}

static bool
judge_level(struct fixing *fixing, struct tfa_error *err)
{
	struct tfa_eval *eval =
	    tfa_eval_new(fixing->policies, &fixing->options, err);
	bool ok = eval &&
	    tfa_eval_feed(eval, fixing->text, fixing->len, err);

	tfa_report_free(fixing->copy);
	fixing->copy = NULL;
	ok = ok && tfa_eval_finish(eval, &fixing->copy, err);
	tfa_eval_free(eval);
	return ok;
}

/* *same: is it judged as the plan is? */
static bool
try_level(struct fixing *fixing, unsigned level, bool *same,
    struct tfa_error *err)
{
	bool last = level + 1 == TFA_FIXTURE_LEVELS;
	struct verdicts verdicts = {0};
	bool ok = make_level(fixing, level, err) &&
	    judge_level(fixing, err) &&
	    verdicts_read(&verdicts, fixing->copy, fixing->address, err);

	*same = ok &&
	    verdicts_same(&fixing->verdicts, &verdicts, true,
		last ? fixing->io->err : NULL);
	verdicts_free(&verdicts);
	return ok;
}

static bool
find_level(struct fixing *fixing, struct tfa_error *err)
{
	bool same = false;

	for (unsigned level = 0; level < TFA_FIXTURE_LEVELS && !same; level++) {
		if (!try_level(fixing, level, &same, err))
			return false;
	}
	return same || fixing->settings->force ||
	    cli_fail(err, TFA_ERR_REPORT,
		"the fixture would be judged otherwise, so there is none; "
		"--force makes it");
}

static bool
write_fixture(void *ctx, FILE *out, struct tfa_error *err)
{
	struct fixing *fixing = ctx;

	return fwrite(fixing->text, 1, fixing->len, out) == fixing->len ||
	    cli_fail(err, TFA_ERR_REPORT, "cannot be written");
}

/* --- The test --- */

/* The code point at text, which is valid UTF-8; *len is its bytes. */
static uint32_t
rune_at(const char *text, size_t left, size_t *len)
{
	unsigned char first = (unsigned char)text[0];
	uint32_t rune;

	*len = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (*len == 1 || *len > left)
		return first;
	rune = first & (0xffU >> (*len + 1));
	for (size_t i = 1; i < *len; i++)
		rune = rune << 6 | ((unsigned char)text[i] & 0x3fU);
	return rune;
}

/* In double quotes, as YAML has them, with escapes for all but ASCII. */
static void
put_quoted(FILE *out, struct tfa_text text)
{
	size_t len;

	putc('"', out);
	for (size_t i = 0; i < text.len; i += len) {
		uint32_t rune = rune_at(text.ptr + i, text.len - i, &len);

		if (rune == '"' || rune == '\\')
			fprintf(out, "\\%c", (int)rune);
		else if (rune >= ' ' && rune < 0x7f)
			putc((int)rune, out);
		else
			fprintf(out, "\\U%08lx", (unsigned long)rune);
	}
	putc('"', out);
}

static int
compare_texts(struct tfa_text a, struct tfa_text b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* By control, verdict and address. */
static int
compare_verdicts(const void *left, const void *right)
{
	const struct tfa_finding *a = left, *b = right;
	int order = compare_texts(a->control, b->control);

	if (!order)
		order = compare_texts(a->verdict, b->verdict);
	return order ? order : compare_texts(a->address, b->address);
}

/* In a test what is found must be expected, all but passes. */
static void
put_expected(FILE *out, const struct verdicts *verdicts)
{
	static const struct tfa_text pass = {"pass", 4};
	const struct tfa_finding *last = NULL;

	for (size_t i = 0; i < verdicts->count; i++) {
		const struct tfa_finding *at = &verdicts->items[i];
		bool same;

		if (compare_texts(at->verdict, pass) == 0)
			continue;
		if (!last)
			putc('\n', out);
		same = last && compare_texts(last->control, at->control) == 0;
		if (!same)
			fprintf(out, "      %.*s:\n", (int)at->control.len,
			    at->control.ptr);
		if (!same || compare_texts(last->verdict, at->verdict) != 0)
			fprintf(out, "        %.*s:\n", (int)at->verdict.len,
			    at->verdict.ptr);
		fputs("          - ", out);
		put_quoted(out, at->address);
		putc('\n', out);
		last = at;
	}
	if (!last)
		fputs(" {}\n", out);
}

static bool
put_test(struct fixing *fixing, struct tfa_error *err)
{
	FILE *out = fixing->io->out;
	struct verdicts verdicts = {0};
	const char *file = fixing->settings->file;
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	bool ok = verdicts_read(&verdicts, fixing->copy, NULL, err);

	if (ok && verdicts.count)
		qsort(verdicts.items, verdicts.count, sizeof(*verdicts.items),
		    compare_verdicts);
	fputs("tests:\n  - name: ", out);
	put_quoted(out,
	    (struct tfa_text){fixing->address, strlen(fixing->address)});
	fputs("\n    plan: ", out);
	put_quoted(out, (struct tfa_text){name, strlen(name)});
	fputs("\n    expect:", out);
	put_expected(out, &verdicts);
	verdicts_free(&verdicts);
	return ok;
}

/* --- The command --- */

static bool
begin(struct fixing *fixing, struct tfa_error *err)
{
	const struct settings *settings = fixing->settings;
	const char *file = settings->file;

	if (!arguments_check(settings, 2, "a plan and an address in it", err))
		return false;
	if (settings->print_test && (!file || strcmp(file, "-") == 0))
		return cli_fail(err, TFA_ERR_USAGE,
		    "with --test the fixture needs a file of its own: "
		    "-o FILE");
	fixing->path = settings->arguments.items[0];
	fixing->address = settings->arguments.items[1];
	fixing->options.path = fixing->path;
	fixing->options.list = TFA_PASS;
	fixing->options.now = "2026-01-01T00:00:00Z";
	fixing->policies = policies_open(settings, fixing->io, err);
	if (!fixing->policies)
		return false;
	fixing->fixture =
	    tfa_fixture_new(fixing->policies, fixing->address, err);
	fixing->eval = fixing->fixture
	    ? tfa_eval_new(fixing->policies, &fixing->options, err)
	    : NULL;
	return fixing->eval;
}

static void
end(struct fixing *fixing)
{
	verdicts_free(&fixing->verdicts);
	tfa_report_free(fixing->report);
	tfa_report_free(fixing->copy);
	tfa_eval_free(fixing->eval);
	tfa_fixture_free(fixing->fixture);
	tfa_policies_free(fixing->policies);
	free(fixing->text);
	if (fixing->fd >= 0)
		close(fixing->fd);
}

int
command_fixture(const struct settings *settings, const struct cli_io *io)
{
	struct fixing fixing = {.settings = settings, .io = io, .fd = -1};
	struct tfa_error err = {0};
	const char *file = settings->file;
	bool ok = begin(&fixing, &err) && read_plan(&fixing, &err) &&
	    find_level(&fixing, &err) &&
	    (file && strcmp(file, "-") != 0
		    ? report_file_write(file, write_fixture, &fixing, &err)
		    : write_fixture(&fixing, io->out, &err));

	if (ok && !fixing.verdicts.count)
		fputs("tfassay: no control judges the resource\n", io->err);
	ok = ok && (!settings->print_test || put_test(&fixing, &err));
	end(&fixing);
	return ok ? STATUS_PASS : usage_error(io, "fixture", &err);
}
