/* See sha.h. */
#include "base/sha.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

void
sha_add(struct sha256_ctx *ctx, struct str s)
{
	if (s.len)
		sha256_update(ctx, s.len, (const uint8_t *)s.ptr);
}

void
sha_digits(char out[SHA_HEX], const uint8_t digest[SHA256_DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
}

void
sha_hex(char out[SHA_HEX + 1], struct sha256_ctx *ctx)
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(ctx, sizeof(digest), digest);
	sha_digits(out, digest);
	out[SHA_HEX] = '\0';
}

void
sha_text(char out[SHA_HEX + 1], struct str s)
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	sha_add(&ctx, s);
	sha_hex(out, &ctx);
}

static bool
add_all(struct sha256_ctx *ctx, uint64_t *bytes, int fd)
{
	char piece[PIECE];
	ssize_t got;

	for (;;) {
		got = read(fd, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		sha_add(ctx, (struct str){piece, (size_t)got});
		*bytes += (uint64_t)got;
	}
}

bool
sha_file(char out[SHA_HEX + 1], uint64_t *bytes, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct sha256_ctx ctx;
	struct stat info;
	bool ok;

	if (fd < 0)
		return false;
	sha256_init(&ctx);
	*bytes = 0;
	ok = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
	    add_all(&ctx, bytes, fd);
	close(fd);
	if (ok)
		sha_hex(out, &ctx);
	return ok;
}
