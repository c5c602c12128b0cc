/*
 * A plan is opened once and read from its beginning as often as it takes, and
 * verdicts are compared in the order in which reports have them.
 */
#include "cli/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/text.h"

enum { PIECE = 65536, SHOWN = 5 };

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
	if (fd >= 0 && got == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	cli_fail(err, TFA_ERR_PLAN,
	    "standard input cannot be kept for a second reading");
	return -1;
}

int
copy_open(const char *path, int in, struct tfa_error *err)
{
	int fd;

	if (strcmp(path, "-") == 0)
		return copy_input(in, err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		cli_fail(err, errno == ENOENT ? TFA_ERR_USAGE : TFA_ERR_PLAN,
		    "%s: cannot be opened: %s", path, strerror(errno));
	return fd;
}

bool
copy_read(int fd, const char *path, copy_take *take, void *ctx,
    struct tfa_error *err)
{
	char piece[PIECE];
	ssize_t got;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return cli_fail(err, TFA_ERR_USAGE,
		    "%s cannot be read twice; name a file", path);
	do {
		got = read(fd, piece, sizeof(piece));
		if (got > 0 && !take(ctx, piece, (size_t)got, err))
			return false;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0 ||
	    cli_fail(err, TFA_ERR_PLAN, "cannot be read: %s", strerror(errno));
}

/* --- Verdicts --- */

struct reading {
	struct verdicts *out;
	struct tfa_text address;
	bool all;
};

static bool
same(struct tfa_text a, struct tfa_text b)
{
	return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool
keep_finding(void *ctx, const struct tfa_finding *finding)
{
	struct reading *reading = ctx;
	struct verdicts *verdicts = reading->out;

	if (!reading->all && !same(finding->address, reading->address))
		return true;
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

bool
verdicts_read(struct verdicts *out, const struct tfa_report *report,
    const char *address, struct tfa_error *err)
{
	struct reading reading = {.out = out,
	    .all = !address,
	    .address = {address, address ? strlen(address) : 0}};

	return tfa_report_each(report, keep_finding, &reading) ||
	    cli_nomem(err);
}

void
verdicts_free(struct verdicts *verdicts)
{
	free(verdicts->items);
	*verdicts = (struct verdicts){0};
}

static bool
same_verdict(
    const struct tfa_finding *a, const struct tfa_finding *b, bool reasons)
{
	return same(a->control, b->control) && same(a->address, b->address) &&
	    same(a->verdict, b->verdict) && same(a->change, b->change) &&
	    (!reasons ||
		(same(a->reason, b->reason) && same(a->path, b->path)));
}

static void
show_difference(FILE *log, const struct tfa_finding *finding)
{
	char text[600];

	snprintf(text, sizeof(text), "%.*s on %.*s", (int)finding->control.len,
	    finding->control.ptr, (int)finding->address.len,
	    finding->address.ptr);
	fputs("tfassay: judged otherwise: ", log);
	cli_put(log, text);
	putc('\n', log);
}

bool
verdicts_same(const struct verdicts *plan, const struct verdicts *copy,
    bool reasons, FILE *log)
{
	size_t differences = 0;

	for (size_t i = 0; i < plan->count; i++) {
		if (i < copy->count &&
		    same_verdict(&plan->items[i], &copy->items[i], reasons))
			continue;
		if (log && differences < SHOWN)
			show_difference(log, &plan->items[i]);
		differences++;
	}
	return !differences && plan->count == copy->count;
}
