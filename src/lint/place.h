/* Between the files of lint: where something stands, and warnings about it. */
#ifndef LINT_PLACE_H
#define LINT_PLACE_H

#include "lint/lint.h"

enum { LINT_PATH_MOST = 256 };

/* Where a condition stands. */
struct place {
	struct names types; /* of the resource that its paths start at */
	const char *prefix; /* names above it, with a dot behind; or "" */
	bool hidden;        /* inside a text, where no schema reaches */
	bool statement;     /* of a policy document */
	const struct control *control;
};

void lint_warn(struct lint *lint, const char *class, const struct place *place,
    struct pos pos, struct str subject, const char *what);

/* The names of a path joined by dots; false where it goes into a text. */
bool lint_names(
    char out[LINT_PATH_MOST], const char *prefix, const struct path *path);

/* Does the provider's schema have these names?  Else a warning. */
bool lint_schema(struct lint *lint, const struct place *place, struct pos pos,
    const char *names);
/* The path, whatever it is for. */
void lint_schema_path(struct lint *lint, const struct place *place,
    struct pos pos, const struct path *path);
/* A member of a statement of a policy document. */
void lint_statement(struct lint *lint, const struct place *place,
    struct pos pos, const struct path *path);
/* Types that are nearly one that the schema has. */
void lint_types(struct lint *lint, const struct place *place, struct pos pos,
    const struct names *types);
/* What tests say of resources. */
void lint_test_resources(struct lint *lint, const struct place *place);

#endif
