/* One resource instance of a plan, as the reader hands it to the engine. */
#ifndef PLAN_SUBJECT_H
#define PLAN_SUBJECT_H

#include "json/node.h"
#include "plan/address.h"

enum action {
	ACTION_NOOP = 1,
	ACTION_CREATE = 2,
	ACTION_READ = 4,
	ACTION_UPDATE = 8,
	ACTION_DELETE = 16,
	ACTION_FORGET = 32,
	ACTION_OPEN = 64,
	/* Only in what a control selects: create with delete or forget. */
	ACTION_REPLACE = 128,
	ACTION_MOVED = 256,
	ACTION_IMPORTED = 512,
};

/* Where the subject stood in the document. */
enum subject_source {
	SUBJECT_CHANGE,	  /* resource_changes */
	SUBJECT_DEFERRED, /* deferred_changes */
	SUBJECT_PLANNED,  /* planned_values: no actions, no unknown mask, an
			     absent key counts as masked unknown */
	SUBJECT_STATE,	  /* a state document's values: everything is known */
	SUBJECT_READ,	  /* a data source read while planning (prior_state) */
};

/*
 * Texts are decoded.  Everything is valid during the call that hands it over,
 * unless subject_project copied it.
 */
struct subject {
	struct address address;	     /* address.text is the whole */
	struct str previous_address; /* where it was moved from, or empty */
	struct str provider;	     /* provider_name */
	struct str deposed;	     /* its key, or empty */
	enum subject_source source;
	unsigned actions; /* ACTION_ bits; 0 where the source has none */
	bool importing;
	/* VALUE_NONE where the document has none. */
	struct value before, after;
	struct value unknown; /* after_unknown */
	struct value before_sensitive, sensitive;
	uint64_t offset; /* of the entry, in the decoded document */
};

/* "create", "replace", "replace-forget", ... for people; static text. */
const char *subject_action(const struct subject *subject);

/*
 * A copy in the arena of the subject with, of its values and masks, only the
 * members of the given names ("*x": what ends in x), and what it was only where
 * before says so.  NULL without memory.
 */
struct subject *subject_project(const struct subject *subject,
    const struct str *names, size_t count, bool before, struct arena *arena);

/* A copy of everything.  NULL without memory. */
struct subject *subject_copy(
    const struct subject *subject, struct arena *arena);

#endif
