/*
 * What someone has accepted: a waiver says that the failures of one control at
 * one place are known, why, who answers for that, and until when.
 */
#ifndef POLICY_WAIVER_H
#define POLICY_WAIVER_H

#include "plan/pattern.h"
#include "policy/policy.h"

enum waiver_category {
	CATEGORY_WAIVER,
	CATEGORY_MITIGATED,
	CATEGORY_FALSE_POSITIVE,
};

/* As written in files and reports; static text. */
const char *category_name(enum waiver_category category);

/* An attribute that must have this known value. */
struct waiver_value {
	struct path path;
	struct value value;
};

struct waiver {
	struct str id;
	const struct control *control;
	struct pattern address;
	enum waiver_category category;
	struct str reason, owner, approved_by, ticket;
	struct str created, expires; /* days */
	int64_t created_day, last_day; /* since 1970-01-01; inclusive */
	size_t covers; /* instances at most; 0: not said */
	bool fail, unknown; /* verdicts that it waives */
	const struct waiver_value *values;
	size_t value_count;
	struct str file;
	struct pos pos;
	size_t index; /* in the set, in order of loading */
	const struct waiver *next; /* of the same control, type and name */
};

/*
 * Read one file's text into the set.  The controls that it names must be there
 * already.  text must stay where it is while the set lives.
 */
bool waivers_read(struct tfa_policies *policies, struct str name,
    struct str text, struct tfa_error *err);

/*
 * The waivers of a control for resources of this type and name, or NULL; without
 * memory NULL with scratch->failed.
 */
const struct waiver *waivers_of(const struct tfa_policies *policies,
    const struct control *control, const struct address *address,
    struct buf *scratch);

#endif
