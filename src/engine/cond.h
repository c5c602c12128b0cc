/* Conditions: strong Kleene logic over looks. */
#ifndef ENGINE_COND_H
#define ENGINE_COND_H

#include "engine/look.h"

struct relation;

/* An answer and the condition that decided it, the first in written order. */
struct answer {
	enum truth truth;
	bool error; /* UNKNOWN because something could not be evaluated */
	const struct cond *cond; /* NULL where none decided */
	const struct look *look; /* in the scene's arena; NULL for constants */
	/* What asked for the opposite of cond, such as "none", or NULL. */
	const struct cond *asked;
	/* What partners had to do with it; in the scene's arena, or NULL. */
	const struct relation *relation;
	const char *why; /* error, or unset for another reason: static text */
};

/* flip asks for the negation: an unset value holds in neither. */
struct answer cond_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip);

#endif
