/*
 * What may stand somewhere in a policy file, as far as a JSON Schema can say
 * it.  A shape accepts whatever its reader accepts; the reader may know better.
 */
#ifndef POLICY_SHAPE_H
#define POLICY_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "json/write.h"

enum shape_kind {
	SHAPE_ANY,    /* null too */
	SHAPE_SOME,   /* not null */
	SHAPE_FULL,   /* nor empty */
	SHAPE_TEXT,   /* a scalar that is read as text */
	SHAPE_STRING, /* not empty; no number and no boolean */
	SHAPE_ANY_STRING, /* may be empty */
	SHAPE_PLAIN,  /* a scalar */
	SHAPE_SCALAR, /* text that is not empty, a number or a boolean */
	SHAPE_WORD,   /* one of words */
	SHAPE_BOOL,
	SHAPE_TRUE,
	SHAPE_NUMBER,
	SHAPE_COUNT, /* a whole number, least or more */
	SHAPE_LIST,
	SHAPE_MAP, /* any keys */
	SHAPE_FIELDS,
	SHAPE_EITHER,
	SHAPE_CONDITION,
};

struct field;

struct shape {
	enum shape_kind kind;
	const char *name;    /* under "definitions"; NULL: written in place */
	const char *pattern; /* ECMA 262, of text; or NULL */
	const char *const *words;
	size_t count; /* of words, fields or either */
	const struct field *fields;
	const struct shape *const *either;
	const struct shape *of; /* elements, members */
	size_t least, most;     /* of elements or members; most 0: any */
	const char *needs[2];   /* of these keys one at least */
};

/* What the readers of field.h take. */
extern const struct shape shape_any, shape_some, shape_full, shape_plain,
    shape_text, shape_names, shape_named_lists, shape_bool, shape_true,
    shape_number, shape_count, shape_path, shape_type, shape_types, shape_day,
    shape_object, shape_condition, shape_mask, shape_mask_value;
/* Where "param" and perhaps "value_of" may stand instead. */
extern const struct shape shape_open_scalar, shape_open_path, shape_size,
    shape_flag, shape_sentinel;
/* Of tables that stand in other files. */
extern const struct shape shape_control, shape_default, shape_tests,
    shape_parameters, shape_show, shape_quantifier, shape_if_none, shape_limits,
    shape_cidr, shape_port, shape_name_matches, shape_length, shape_policy_file,
    shape_waiver_file, shape_fact_file, shape_result;

/* A row of a schema's "properties"; help may be NULL. */
void shape_write(struct emit *emit, const char *key, const struct shape *shape,
    const char *help);
/* As the only key that an alternative asks for. */
void shape_write_required(struct emit *emit, const char *key);
/* Between its brackets. */
void shape_write_inside(struct emit *emit, const struct shape *shape);
/* "definitions": conditions and whatever has a name. */
void shape_write_conditions(struct emit *emit);

#endif
