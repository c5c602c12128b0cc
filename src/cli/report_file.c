/*
 * A report under its final name is whole: it is written to a new name in the
 * same folder, synced, and renamed.  While that new name exists the signals
 * that people send are held back, so that it does not stay behind; this needs
 * no handler and lasts as long as one report takes to write.
 */
#include "cli/file.h"
#include "cli/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_TRIES = 64 };

enum target {
	TARGET_FILE,   /* a regular file, or nothing yet */
	TARGET_DIRECT, /* a FIFO or device */
	TARGET_LINK,
	TARGET_FOLDER,
	TARGET_OTHER,
};

/* A folder and a name in it. */
struct spot {
	int dir;
	const char *name;
	char temporary[48];
};

static bool
fail_errno(struct tfa_error *err, const char *what)
{
	return cli_fail(err, TFA_ERR_REPORT, "the report cannot be %s: %s",
	    what, strerror(errno));
}

static enum target
target_of_mode(mode_t mode)
{
	if (S_ISREG(mode))
		return TARGET_FILE;
	if (S_ISFIFO(mode) || S_ISCHR(mode))
		return TARGET_DIRECT;
	return S_ISDIR(mode) ? TARGET_FOLDER : TARGET_OTHER;
}

static enum target
target_of(const char *path)
{
	struct stat st;

	/* Below /dev links are the rule: /dev/stderr, /dev/fd/3. */
	if (strncmp(path, "/dev/", 5) == 0)
		return TARGET_DIRECT;
	if (lstat(path, &st) != 0)
		return TARGET_FILE;
	if (!S_ISLNK(st.st_mode))
		return target_of_mode(st.st_mode);
	if (stat(path, &st) == 0 &&
	    target_of_mode(st.st_mode) == TARGET_DIRECT)
		return TARGET_DIRECT;
	return TARGET_LINK;
}

/* Everything is in the kernel; for a file, on disk. */
static bool
complete(FILE *out, bool sync, struct tfa_error *err)
{
	if (fflush(out) != 0 || ferror(out))
		return fail_errno(err, "written");
	if (sync && fsync(fileno(out)) != 0)
		return fail_errno(err, "synced");
	return true;
}

/* Closes fd in any case. */
static bool
write_to(int fd, bool sync, report_file_writer *write, void *ctx,
    struct tfa_error *err)
{
	FILE *out = fdopen(fd, "w");
	bool ok;

	if (!out) {
		close(fd);
		return cli_nomem(err);
	}
	ok = write(ctx, out, err) && complete(out, sync, err);
	if (fclose(out) != 0 && ok)
		return fail_errno(err, "closed");
	return ok;
}

static bool
write_direct(const char *path, report_file_writer *write, void *ctx,
    struct tfa_error *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(err, "opened");
	return write_to(fd, false, write, ctx, err);
}

/* --- By a new name --- */

/* The part before the last slash in new memory, "." where there is none. */
static char *
folder_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	size_t len = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
	char *folder = malloc(len + 2);

	*name = slash ? slash + 1 : path;
	if (!folder)
		return NULL;
	memcpy(folder, slash ? path : ".", slash ? len : 1);
	folder[slash ? len : 1] = 0;
	return folder;
}

static bool
spot_open(struct spot *spot, const char *path, struct tfa_error *err)
{
	char *folder = folder_of(path, &spot->name);

	if (!folder)
		return cli_nomem(err);
	spot->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	if (spot->dir < 0)
		return fail_errno(err, "created");
	return true;
}

static int
create_temporary(struct spot *spot)
{
	struct timespec now;
	int fd = -1;

	for (int i = 0; i < MOST_TRIES && fd < 0; i++) {
		clock_gettime(CLOCK_REALTIME, &now);
		snprintf(spot->temporary, sizeof(spot->temporary),
		    ".tfassay-%jd-%09ld-%d.tmp", (intmax_t)getpid(),
		    now.tv_nsec, i);
		fd = openat(spot->dir, spot->temporary,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

/* The rights that a file gets when a program just creates it. */
static mode_t
usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

static bool
sync_folder(int dir, struct tfa_error *err)
{
	/* Some file systems cannot sync a folder, and say so. */
	if (fsync(dir) == 0 || errno == EINVAL)
		return true;
	return fail_errno(err, "synced");
}

static bool
write_and_rename(struct spot *spot, report_file_writer *write, void *ctx,
    struct tfa_error *err)
{
	int fd = create_temporary(spot);

	if (fd < 0)
		return fail_errno(err, "created");
	if (!write_to(fd, true, write, ctx, err) ||
	    (fchmodat(spot->dir, spot->temporary, usual_mode(), 0) != 0 &&
		!fail_errno(err, "given its rights")) ||
	    (renameat(spot->dir, spot->temporary, spot->dir, spot->name) != 0 &&
		!fail_errno(err, "renamed"))) {
		unlinkat(spot->dir, spot->temporary, 0);
		return false;
	}
	return sync_folder(spot->dir, err);
}

static void
hold_signals(sigset_t *old)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNTOF(signals); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, old);
}

static bool
write_replacing(const char *path, report_file_writer *write, void *ctx,
    struct tfa_error *err)
{
	struct spot spot;
	sigset_t old;
	bool ok;

	if (!spot_open(&spot, path, err))
		return false;
	hold_signals(&old);
	ok = write_and_rename(&spot, write, ctx, err);
	if (!ok)
		unlinkat(spot.dir, spot.name, 0);
	close(spot.dir);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return ok;
}

bool
report_file_write(const char *path, report_file_writer *write, void *ctx,
    struct tfa_error *err)
{
	switch (target_of(path)) {
	case TARGET_FILE:
		return write_replacing(path, write, ctx, err);
	case TARGET_DIRECT:
		return write_direct(path, write, ctx, err);
	case TARGET_LINK:
		return cli_fail(err, TFA_ERR_REPORT,
		    "the report cannot replace a symbolic link");
	case TARGET_FOLDER:
		return cli_fail(err, TFA_ERR_REPORT,
		    "the report cannot replace a folder");
	case TARGET_OTHER:
		break;
	}
	return cli_fail(err, TFA_ERR_REPORT,
	    "the report cannot replace what is no regular file");
}

void
report_file_clear(const char *path)
{
	struct stat st;

	/* Where this fails, writing will, and says why. */
	if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
		unlink(path);
}

bool
file_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool
file_same_target(const char *a, const char *b)
{
	const char *a_name, *b_name;
	char *a_folder = folder_of(a, &a_name);
	char *b_folder = folder_of(b, &b_name);
	struct stat x, y;
	bool same = strcmp(a, b) == 0;

	if (!same && a_folder && b_folder && strcmp(a_name, b_name) == 0)
		same = stat(a_folder, &x) == 0 && stat(b_folder, &y) == 0 &&
		    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	free(a_folder);
	free(b_folder);
	return same;
}
