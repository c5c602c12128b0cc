#include <nettle/sha2.h>

#include "engine/result.h"

static void
hash_part(struct sha256_ctx *ctx, struct str part)
{
	if (part.len)
		sha256_update(ctx, part.len, (const uint8_t *)part.ptr);
	sha256_update(ctx, 1, (const uint8_t *)"");
}

void
finding_fingerprint(char out[65], const struct finding *finding)
{
	static const char digits[] = "0123456789abcdef";
	struct sha256_ctx ctx;
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_init(&ctx);
	hash_part(&ctx, finding->control->id);
	hash_part(&ctx, finding->address);
	hash_part(&ctx, STR(""));
	sha256_digest(&ctx, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[64] = '\0';
}
