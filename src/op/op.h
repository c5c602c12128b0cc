/*
 * The operators of the policy language: pure functions from a value and the
 * operator's arguments to a truth.  One table feeds the loader, the lists and
 * the manual.
 */
#ifndef OP_OP_H
#define OP_OP_H

#include "op/regex.h"
#include "plan/seen.h"

enum op_group {
	OP_VALUE,
	OP_PRESENCE,
	OP_ORDER,
	OP_TEXT,
	OP_LIST,
	OP_STATEMENT, /* of a policy document; looks at the element itself */
};

/* What may stand behind the operator's name. */
enum op_argument {
	ARG_SCALAR,  /* text, number or boolean; never null, "" */
	ARG_ANY,     /* scalar, or a non-empty list or map */
	ARG_LIST,    /* a list of scalars, not empty */
	ARG_NUMBER,
	ARG_RANGE,   /* [least, most] */
	ARG_TEXT,
	ARG_PATTERN, /* PCRE2 */
	ARG_BOOL,
	ARG_ACTION,  /* "s3:GetObject" */
	ARG_LENGTH,  /* {at_least: 1, at_most: 2, equals: 3}: one or more */
};

/* What a condition says besides its path. */
struct op_args {
	struct value argument;
	struct value sentinel; /* numbers that count as unset, or VALUE_NONE */
	const struct regex *regex; /* ARG_PATTERN */
	bool strictly;	    /* types are compared too */
	bool ignoring_case; /* texts differ in more than ASCII case */
};

enum op_answer { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_YES, ANSWER_INVALID };

/*
 * seen is known: there, not null, and not unknown as a whole, though elements
 * of it may be; those leave open what they could decide.  ANSWER_INVALID: the
 * operator does not fit the value, or a match limit was reached; *why (static
 * text) says which, such as "is a list, not a number".
 */
typedef enum op_answer op_eval(const struct seen *seen,
    const struct op_args *args, struct buf *scratch, const char **why);

struct op {
	const char *name;
	enum op_group group;
	enum op_argument argument;
	op_eval *eval; /* NULL for presence, which the engine answers itself */
	bool inverse;  /* the answer of eval is negated (not_equals, ...) */
	const char *help;
};

/* NULL: no such operator. */
const struct op *op_find(struct str name);
size_t op_count(void);
const struct op *op_at(size_t index);

/* Does a number of elements fit {at_least: .., at_most: .., equals: ..}? */
bool op_in_range(size_t number, struct value limits);

/*
 * Equality of the contract: scalars of different types by value, two texts by
 * text, numbers as exact decimals, lists by element and maps by key.
 */
bool value_equal(
    struct value a, struct value b, const struct op_args *args);

#endif
