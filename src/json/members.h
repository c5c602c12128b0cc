/*
 * Walks a document that is one object, member by member, in memory for one of
 * them; of members that are long lists, element by element.
 */
#ifndef JSON_MEMBERS_H
#define JSON_MEMBERS_H

#include "json/scan.h"

struct members;

/*
 * A member, or with a name of lists one of its elements.  The value is valid
 * during the call.  False ends the walk with *err set.
 */
typedef bool members_take(void *ctx, struct str name, struct value value,
    struct tfa_error *err);

/*
 * lists ends with NULL and is borrowed, as limits are (NULL: defaults).  NULL:
 * out of memory.
 */
struct members *members_new(const struct tfa_limits *limits,
    const char *const *lists, members_take *take, void *ctx);
void members_free(struct members *members);

/*
 * Failures: those of scan.h; TFA_ERR_PLAN where the document is no object, a
 * name of lists is no list, or a member has a name twice in it; take's own.
 */
bool members_feed(struct members *members, const char *bytes, size_t len,
    struct tfa_error *err);
bool members_finish(struct members *members, struct tfa_error *err);

/* The same of a value that is there already. */
bool members_each(struct value object, const char *const *lists,
    members_take *take, void *ctx, struct tfa_error *err);

#endif
