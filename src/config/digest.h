/*
 * What a provider's schema says of the types that shipped controls read, as
 * far as it tells "omitted" from "unknown": which paths are nested blocks, and
 * which are computed when they are omitted.  Compiled in from
 * policies/schema/<provider>.digest; see contrib/digest/ for how that is made.
 */
#ifndef CONFIG_DIGEST_H
#define CONFIG_DIGEST_H

#include "base/error.h"

struct digest;

enum digest_kind {
	DIGEST_UNKNOWN,	 /* type or path is not in the digest */
	DIGEST_ATTRIBUTE,
	DIGEST_BLOCK,
};

struct digest_path {
	enum digest_kind kind;
	bool computed; /* left out, it is unknown until apply */
};

/* Text form, borrowed for the digest's life. */
struct digest *digest_read(struct str text, struct tfa_error *err);
void digest_free(struct digest *digest);

/*
 * path has names joined by dots and no indexes: "metadata_options.http_tokens".
 * A block that was never seen left out counts as not computed.
 */
struct digest_path digest_find(
    const struct digest *digest, struct str type, struct str path);
/*
 * The type of a line, empty where the line is of something else; false behind
 * the last.
 */
bool digest_line(const struct digest *digest, size_t index, struct str *type);
bool digest_has(const struct digest *digest, struct str type);

#endif
