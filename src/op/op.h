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
	OP_LOGIC,
	OP_VALUE,
	OP_PRESENCE,
	OP_ORDER,
	OP_TEXT,
	OP_LIST,
	OP_STATEMENT, /* of a policy document; looks at the element itself */
	OP_VERSION,
	OP_NETWORK,
	OP_QUANTIFIER,
	OP_RELATED,
	OP_CONSTANT,
	OP_GROUPS,
};

/* As lists and the manual write it; static text. */
const char *op_group_name(enum op_group group);

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
	ARG_VERSION, /* {at_least: "1.28"}: limits, one or more */
	ARG_DATE,    /* the same with dates */
	ARG_CIDR,    /* {internet: true}, {within: [..]} or {overlaps: [..]} */
};

/* What is written there, such as "a number"; static text. */
const char *op_argument_name(enum op_argument argument);

struct date;

/* What a condition says besides its path. */
struct op_args {
	struct value argument;
	struct value sentinel; /* numbers that count as unset, or VALUE_NONE */
	struct regex *regex; /* ARG_PATTERN */
	const struct date *now;	   /* ARG_DATE that asks for it */
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
	const char *complement; /* what "not" makes of it, or NULL */
};

/* NULL: no such operator. */
const struct op *op_find(struct str name);
size_t op_count(void);
const struct op *op_at(size_t index);

/* The words of a limit: less_than, at_most, greater_than, at_least, equals. */
bool op_is_limit(struct str word);
/* Does what compares to a limit as order says (<0, 0, >0) keep it? */
bool op_order_fits(struct value limit, int order);

/*
 * Why an argument that was not written in the control is none of that kind;
 * NULL: it is.  Static text.
 */
const char *op_argument_misfit(
    enum op_argument kind, struct value argument, struct buf *scratch);

/* Does a number of elements fit {at_least: .., at_most: .., equals: ..}? */
bool op_in_range(size_t number, struct value range);

/*
 * Equality of the contract: scalars of different types by value, two texts by
 * text, numbers as exact decimals, lists by element and maps by key.
 */
bool value_equal(
    struct value a, struct value b, const struct op_args *args);

#endif
