/* A plan from a file or pipe, in pieces, once, to its end. */
#include "cli/file.h"
#include "cli/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 65536 };

static bool
fail_errno(struct tfa_error *err, const char *what)
{
	enum tfa_error_code code =
	    errno == ENOENT ? TFA_ERR_USAGE : TFA_ERR_PLAN;

	return cli_fail(err, code, "%s: %s", what, strerror(errno));
}

/* Like read, but waits through signals and non-blocking descriptors. */
static ssize_t
read_some(int fd, char *buffer, size_t size)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	ssize_t got;

	for (;;) {
		got = read(fd, buffer, size);
		if (got >= 0)
			return got;
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			(void)poll(&wait, 1, -1);
		else if (errno != EINTR)
			return -1;
	}
}

/* Where take would like to find the next bytes; NULL: anywhere. */
typedef char *file_space(void *ctx, size_t *size);

/* expected: no space is asked for behind so many bytes. */
static bool
feed_all(int fd, off_t expected, file_space *space, file_take *take, void *ctx,
    struct tfa_error *err)
{
	char piece[PIECE], *at;
	off_t total = 0;
	size_t size;
	ssize_t got;

	for (;;) {
		at = space && total < expected ? space(ctx, &size) : NULL;
		if (!at) {
			at = piece;
			size = sizeof(piece);
		}
		got = read_some(fd, at, size);
		if (got <= 0)
			break;
		if (!take(ctx, at, (size_t)got, err))
			return false;
		total += got;
	}
	return got == 0 || fail_errno(err, "cannot be read");
}

/* size: of a regular file, else more than any. */
static bool
check_kind(int fd, off_t *size, const char *what, struct tfa_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return fail_errno(err, "cannot be read");
	if (S_ISDIR(st.st_mode))
		return cli_fail(
		    err, TFA_ERR_PLAN, "is a folder, not a %s", what);
	*size = S_ISREG(st.st_mode) ? st.st_size : INT64_MAX;
	return true;
}

static bool
feed_from(const char *path, int in, const char *what, file_space *space,
    file_take *take, void *ctx, struct tfa_error *err)
{
	off_t size;
	bool ok;
	int fd;

	if (strcmp(path, "-") == 0)
		return check_kind(in, &size, what, err) &&
		    feed_all(in, size, space, take, ctx, err);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(err, "cannot be opened");
	ok = check_kind(fd, &size, what, err) &&
	    feed_all(fd, size, space, take, ctx, err);
	close(fd);
	return ok;
}

bool
file_feed(const char *path, int in, const char *what, file_take *take,
    void *ctx, struct tfa_error *err)
{
	return feed_from(path, in, what, NULL, take, ctx, err);
}

static char *
plan_space(void *ctx, size_t *size)
{
	return tfa_eval_space(ctx, size);
}

static bool
take_plan(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	return tfa_eval_feed(ctx, bytes, len, err);
}

bool
plan_file_feed(struct tfa_eval *eval, const char *path, int in,
    struct tfa_error *err)
{
	return feed_from(path, in, "plan", plan_space, take_plan, eval, err);
}
