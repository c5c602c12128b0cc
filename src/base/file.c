#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

/* One byte more than the limit tells that it is too large. */
static enum file_read
read_all(struct buf *out, int fd, size_t most)
{
	size_t left = most < SIZE_MAX ? most + 1 : most;
	ssize_t got;

	do {
		size_t room = left < PIECE ? left : PIECE;

		if (!buf_reserve(out, room))
			return FILE_NO_MEMORY;
		got = read(fd, out->ptr + out->len, room);
		if (got > 0) {
			out->len += (size_t)got;
			left -= (size_t)got;
		}
	} while ((got > 0 && left > 0) || (got < 0 && errno == EINTR));
	if (got < 0)
		return FILE_FAILED;
	return left == 0 ? FILE_LARGE : FILE_WHOLE;
}

enum file_read
file_read(struct buf *out, const char *path, size_t most)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat info;
	enum file_read result;
	int number;

	if (fd < 0)
		return FILE_FAILED;
	if (fstat(fd, &info) != 0)
		result = FILE_FAILED;
	else if (!S_ISREG(info.st_mode))
		result = FILE_IRREGULAR;
	else
		result = read_all(out, fd, most);
	number = errno;
	close(fd);
	errno = number;
	return result;
}

const char *
file_why(int number)
{
	static const struct {
		int number;
		const char *why;
	} reasons[] = {
	    {ENOENT, "does not exist"},
	    {EACCES, "may not be read"},
	    {EPERM, "may not be read"},
	    {ENOTDIR, "is below something that is no folder"},
	    {ELOOP, "is a link to itself"},
	    {ENAMETOOLONG, "has too long a name"},
	};

	for (size_t i = 0; i < COUNTOF(reasons); i++) {
		if (reasons[i].number == number)
			return reasons[i].why;
	}
	return NULL;
}
