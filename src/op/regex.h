/* PCRE2, with limits; one compiled pattern serves every subject. */
#ifndef OP_REGEX_H
#define OP_REGEX_H

#include "base/error.h"
#include "op/truth.h"

struct regex;

/* message receives why a pattern is refused (at most size bytes, no dot). */
struct regex *regex_new(
    struct str pattern, size_t match_limit, char *message, size_t size);
void regex_free(struct regex *regex);

/* Unanchored.  False in *ok: a limit was reached, which is no answer. */
bool regex_match(const struct regex *regex, struct str text, bool *ok);

#endif
