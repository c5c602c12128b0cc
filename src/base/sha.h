/* SHA-256 as it is written and compared. */
#ifndef BASE_SHA_H
#define BASE_SHA_H

#include <nettle/sha2.h>

#include "base/error.h"
#include "base/str.h"

enum { SHA_HEX = 2 * SHA256_DIGEST_SIZE };

void sha_add(struct sha256_ctx *ctx, struct str s);
/* Ends the computation. */
void sha_hex(char out[SHA_HEX + 1], struct sha256_ctx *ctx);
/* Without a NUL behind it. */
void sha_digits(char out[SHA_HEX], const uint8_t digest[SHA256_DIGEST_SIZE]);
/* Of some bytes. */
void sha_text(char out[SHA_HEX + 1], struct str s);

/* The digest of a file as stored; false with errno set where it cannot be. */
bool sha_file(char out[SHA_HEX + 1], uint64_t *bytes, const char *path);

#endif
