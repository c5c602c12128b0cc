/* Where a finding's value came from, and what a person edits. */
#ifndef ENGINE_ORIGIN_H
#define ENGINE_ORIGIN_H

#include "config/provenance.h"
#include "engine/look.h"

/* Remember the look that decided.  False without memory. */
bool origin_keep_look(struct finding_look *out, const struct look *look,
    struct tfa_report *report);

/* Everything about a value that its origin depends on. */
struct origin_question {
	const struct config *config;
	const struct digest *digest;
	const struct control *control; /* NULL: no control asks */
	const struct address *address;
	const struct finding_look *look;
	enum state state;
	const struct default_entry *by_default;
	struct str setting; /* of the plan that decided, or empty */
	bool existed; /* the object was there before */
	bool before;  /* what was is looked at, not what will be */
};

/* Texts and candidates are in the arena.  False without memory. */
bool origin_find(struct finding_origin *out, const struct origin_question *q,
    struct arena *arena);

/* The same in the report, once; NULL without memory. */
const struct finding_origin *origin_kept(
    const struct finding_origin *origin, struct tfa_report *report);

/* The finding's origin, which the report keeps.  False without memory. */
bool finding_find_origin(struct finding *finding, const struct address *address,
    const struct plan *plan, const struct config *config,
    struct tfa_report *report, struct arena *scratch);

#endif
