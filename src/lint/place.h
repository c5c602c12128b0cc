/* Between the files of lint: where something stands, and warnings about it. */
#ifndef LINT_PLACE_H
#define LINT_PLACE_H

#include "config/digest.h"
#include "lint/lint.h"

enum {
	LINT_PATH_MOST = 256,
	BESIDE_MOST = 256, /* conditions that one is compared with */
};

/* What a schema says of a value. */
struct scope {
	const struct digest *digest; /* NULL: nothing */
	struct str form; /* empty: an object, which holds what the line says */
	struct str line;
	struct str owner; /* for messages: a type */
	bool required;    /* where a path ends: it cannot be left out */
};

/* What the resources of several types say of one value. */
struct scopes {
	struct scope *items;
	size_t count;
	bool any; /* of a glob: one that has it is enough */
};

/*
 * The conditions beside one, or beside what it is in.  Where it decides, these
 * hold, or do not.
 */
struct guard {
	const struct cond *const *items;
	size_t count;
	size_t inside; /* of these, the one that it is, or is in */
	bool hold;
	const struct guard *up;
};

/* Where a condition stands. */
struct place {
	struct names types;   /* of the resource that its paths start at */
	struct scopes scopes; /* of where they start */
	struct scopes subject; /* of the resource that is judged */
	bool partner;          /* it is of another resource */
	/* Names above it, with a dot behind; NULL: it is inside a text. */
	const char *prefix;
	const struct guard *guards;
	const struct control *control;
};

void lint_warn(struct lint *lint, const char *class, const struct place *place,
    struct pos pos, struct str subject, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* The names of a path joined by dots; false where it goes into a text. */
bool lint_names(
    char out[LINT_PATH_MOST], const char *prefix, const struct path *path);

/* --- scope.c --- */

/* Of resources, or data sources, of types; without memory lint->failed. */
struct scopes scopes_of(
    struct lint *lint, const struct names *types, bool data);
/* The schema that would have the type; NULL: none. */
const struct digest *lint_digest(const struct lint *lint, struct str type);
struct scope scope_element(struct scope scope);
/* Of an object: false, and nothing is known, where it has no such member. */
bool scope_member(struct scope *scope, struct str name);
struct scopes scopes_elements(struct lint *lint, const struct scopes *scopes);

/* How far a schema goes along with a path. */
enum walk_end {
	WALK_WHOLE,
	WALK_OPEN,    /* it says nothing of what comes */
	WALK_MISSING, /* it has no such name */
	WALK_SEVERAL, /* one name for several elements */
	WALK_MISFIT,  /* a step that the value has not */
};

struct walk {
	enum walk_end end;
	struct scope at;  /* what is there, or was before the step */
	size_t step;	  /* the first that does not fit */
	const char *why;  /* of a misfit */
};

/* several: a name may stand for several elements. */
void scope_walk(struct walk *out, const struct lint *lint, struct scope from,
    const struct path *path, bool several);
/* The name of the schema that the name was most likely meant to be, or "". */
struct str scope_nearest(const struct scope *scope, struct str name);

/* --- schema.c --- */

/*
 * What the schemas say of the path's value; false: a warning was given, or
 * there is no memory.
 */
bool lint_path(struct lint *lint, const struct place *place, struct pos pos,
    const struct path *path, bool several, struct scopes *out);
/* An attribute of the resource, which may be in blocks. */
void lint_attribute(struct lint *lint, const struct place *place,
    struct pos pos, struct str path);
/* Types that the schema does not have, or hardly. */
void lint_types(struct lint *lint, const struct place *place, struct pos pos,
    const struct names *types, bool data);
/* What tests say of resources. */
void lint_test_resources(struct lint *lint, const struct place *place);

/* --- fit.c --- */

/* Does the operator, and what it compares with, fit what the path leads to? */
void lint_fit(struct lint *lint, const struct place *place,
    const struct cond *cond, const struct scopes *scopes);
const char *form_name(struct str form);
/* How a plan writes it; NODE_NONE: in several ways. */
enum node_kind form_kind(struct str form);
/* Could a value of that form be equal to this one? */
bool form_takes(struct str form, struct value value, struct buf *scratch);

#endif
