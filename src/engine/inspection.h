/*
 * What is kept of single resources for whoever looks into a plan: their values
 * as the engine sees them, and how each verdict came to be.  All texts are
 * redacted, but hostile.
 */
#ifndef ENGINE_INSPECTION_H
#define ENGINE_INSPECTION_H

#include "engine/result.h"

/* What a look came to. */
struct inspected_value {
	struct str path;
	enum state state;
	struct str value; /* where it may be shown, or empty */
	const char *shape; /* of a value that is not shown: "text", "list",
			      "map"; or NULL */
	bool omitted; /* unset: nobody writes it, the provider may yet */
	const struct default_entry *by_default;
	struct names waits_for;
	const struct finding_origin *origin;
	bool read; /* a control that selects the resource looks at it */
};

/* A module call around a resource. */
struct inspected_call {
	struct str path; /* with keys: "module.a[\"k\"].module.b" */
	struct str source, version;
};

struct inspected_step {
	const struct cond *cond;
	size_t depth;
	bool in_where;
	bool flip;	    /* the negation was asked for */
	struct str partner; /* that it was asked of; empty: of the resource */
	const char *answer; /* "yes", "no", "unknown", "error" */
	const char *why;    /* of an error, or NULL */
	bool looked;
	struct inspected_value value; /* where it looked */
	struct names partners;	      /* of a related condition */
	struct str joined;	      /* "joined by reference", or empty */
};

struct derivation {
	const struct control *control;
	bool removed;	     /* only what was is judged */
	bool of_before;	     /* the steps are about what was */
	enum verdict raw, verdict;
	enum verdict before; /* NOT_APPLICABLE: no object, or not selected */
	bool existed;
	enum change change;
	const struct inspected_step *steps;
	size_t count;
	bool cut; /* there were more steps */
};

struct inspected {
	struct str address, previous_address, provider;
	const char *action, *source; /* where in the plan it stood */
	unsigned actions;
	const struct inspected_call *calls; /* from the root */
	size_t call_count;
	const struct inspected_value *values; /* sorted by path */
	size_t value_count, value_cap;
	bool more_values;
	const struct derivation *derivations; /* in order of controls */
	size_t derivation_count;
};

struct inspection {
	bool derived; /* derivations were asked for */
	bool one;     /* an address was named */
	const struct inspected *items; /* sorted by address */
	size_t count;
};

#endif
