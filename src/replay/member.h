/* Members of the lines of a replay, which anyone may have written. */
#ifndef REPLAY_MEMBER_H
#define REPLAY_MEMBER_H

#include "json/node.h"

/* The member's text; empty where it is no text, ptr NULL without memory. */
struct str member_text(
    struct value object, const char *name, struct arena *arena);
/* False where it is no whole number that can be counted with. */
bool count_read(uint64_t *out, struct value value);
/* The member's number, or 0. */
uint64_t member_count(struct value object, const char *name);
/* The index of the member's text among names, or count. */
size_t member_word(struct value object, const char *name,
    const char *const *names, size_t count);

#endif
