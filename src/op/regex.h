/* PCRE2, with limits; one compiled pattern serves every subject. */
#ifndef OP_REGEX_H
#define OP_REGEX_H

#include "base/error.h"
#include "op/truth.h"

struct regex;

/* message receives why a pattern is refused (at most size bytes, no dot). */
struct regex *regex_new(
    struct str pattern, size_t match_limit, char *message, size_t size);

/*
 * Of a pattern that was found good before and that stays where it is.  NULL
 * without memory.
 */
struct regex *regex_known(struct str pattern, size_t match_limit);

void regex_free(struct regex *regex);

enum regex_answer { REGEX_NO, REGEX_YES, REGEX_LIMIT, REGEX_NOMEM };

/*
 * Unanchored; text is UTF-8.  A reached limit or missing memory is no answer.
 * May be called from several threads at once.
 */
enum regex_answer regex_find(struct regex *regex, struct str text);

/* The same; false in *ok where there is no answer. */
static inline bool
regex_match(struct regex *regex, struct str text, bool *ok)
{
	enum regex_answer answer = regex_find(regex, text);

	*ok = answer <= REGEX_YES;
	return answer == REGEX_YES;
}

#endif
