/* Which controls run, how they are enforced, and on which types. */
#ifndef ENGINE_SELECT_H
#define ENGINE_SELECT_H

#include "engine/result.h"

/*
 * Fill the report's selected, enforced, tallies and controls_run from the
 * options.  Fails (TFA_ERR_USAGE) for a name that nothing has.
 */
bool select_controls(struct tfa_report *report, struct tfa_error *err);

/* A resource type of the plan, with the controls that may concern it. */
struct type_entry {
	struct str type;
	const struct control **controls;
	size_t count;
	struct names attributes; /* of them all, with repetitions */
	struct names retained;	 /* those and what is kept for others */
	/* Kept as a partner of others, with these attributes. */
	bool joined, data_joined;
	bool governs; /* what others leave out: kept as well */
	struct names kept;
	size_t subjects, judged;
};

/* Does a control that is left in join others, or only: data sources? */
bool select_joins(const struct tfa_report *report, bool data);

/* NULL without memory. */
struct type_entry *type_entry_new(
    const struct tfa_report *report, struct str type, struct arena *arena);

#endif
