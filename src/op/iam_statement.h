/* A statement between its readers and its writer; for the files iam*.c. */
#ifndef OP_IAM_STATEMENT_H
#define OP_IAM_STATEMENT_H

#include "op/iam.h"

enum iam_list {
	IAM_ACTIONS,
	IAM_NOT_ACTIONS,
	IAM_RESOURCES,
	IAM_NOT_RESOURCES,
	IAM_LISTS,
};

struct iam_principal {
	struct seen type, identifier;
};

struct iam_condition {
	struct seen test, variable, values; /* one value, or a list of them */
};

struct iam_statement {
	struct iam_statement *next;
	bool unknown; /* nothing of it is known, not even whether it is there */
	bool gone;    /* another took its place */
	size_t origin; /* number of the document that it comes from */
	struct seen sid, effect;
	struct seen lists[IAM_LISTS]; /* a text or a list of them */
	struct iam_principal *principals;
	size_t principal_count, principal_cap;
	bool principals_open; /* there may be more */
	enum truth except;    /* has it a NotPrincipal? */
	struct iam_condition *conditions;
	size_t condition_count, condition_cap;
	bool conditions_open;
};

struct iam_statements {
	struct arena *arena;
	struct iam_statement *first, **end;
	struct seen id, version;
	size_t origin; /* of those that come now */
	bool no_effect;
	const char *why;
};

/*
 * A new statement at the end of the list; NULL without memory.  The readers'
 * other steps likewise give false, with why where it is not memory.
 */
struct iam_statement *iam_add(struct iam_statements *statements);
bool iam_add_principal(struct iam_statements *statements,
    struct iam_statement *statement, struct seen type, struct seen identifier);
bool iam_add_condition(struct iam_statements *statements,
    struct iam_statement *statement, struct iam_condition condition);
/* Statement by statement, from JSON. */
bool iam_add_document(
    struct iam_statements *statements, struct value document);
bool iam_refuse(struct iam_statements *statements, const char *why);

/* Does one of its conditions narrow who the caller is? */
enum truth iam_restricts(
    const struct iam_statement *statement, struct buf *scratch);

/* ASCII letters alike. */
bool iam_same(struct str a, struct str b);
/* In lower case, instead of what out holds; false without memory. */
bool iam_fold(struct buf *out, struct str text);
bool iam_has_wildcard(struct str text);
/* Nothing but wildcards, and one of them at least. */
bool iam_is_wild(struct str text);

bool iam_write(struct iam_document *out,
    const struct iam_statements *statements, struct arena *arena);

#endif
