/*
 * What a provider's schema says of types: which paths are nested blocks, which
 * are computed when they are omitted, and what each holds.  Of the types that
 * shipped controls read it is compiled in from policies/schema/; see
 * contrib/digest/ for how that is made.
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
	bool required; /* an attribute that cannot be left out */
	/*
	 * "s" text, "n" a number, "b" a boolean, "d" anything; "l" a list, "t" a
	 * set and "m" a map, and the form of each element; "L" and "T" the same
	 * of at most one; "o" an object, and the line of what it holds.
	 */
	struct str form;
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
/* A member of what a line holds, which is a type or stands in a form. */
struct digest_path digest_item(
    const struct digest *digest, struct str line, struct str name);
/* The names in a line: *at starts as 0; false behind the last. */
bool digest_name(const struct digest *digest, struct str line, size_t *at,
    struct str *name);
/*
 * All lines, and the type of the next of them, empty where the line is of
 * something else; false behind the last.
 */
struct str digest_lines(const struct digest *digest);
bool digest_next(struct str *lines, struct str *type);
bool digest_has(const struct digest *digest, struct str type);

#endif
