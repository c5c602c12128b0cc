#include "base/sha.h"
#include "engine/result.h"

static void
hash_part(struct sha256_ctx *ctx, struct str part)
{
	sha_add(ctx, part);
	sha256_update(ctx, 1, (const uint8_t *)"");
}

void
finding_fingerprint(char out[65], const struct finding *finding)
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	hash_part(&ctx, finding->control->id);
	hash_part(&ctx, finding->address);
	hash_part(&ctx, STR(""));
	sha_hex(out, &ctx);
}
