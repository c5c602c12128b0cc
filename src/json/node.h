/*
 * A JSON value as an array of small nodes beside the text that it was read
 * from.  Nothing is decoded until it is asked for: strings keep their escapes,
 * numbers their digits.  A literal of a policy has the same form.
 *
 * An object's children are key, value, key, value...; an array's are values.
 * A subtree is one run of nodes, so that it can be stepped over or copied.
 */
#ifndef JSON_NODE_H
#define JSON_NODE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum node_kind {
	NODE_NONE, /* no value at all */
	NODE_NULL,
	NODE_FALSE,
	NODE_TRUE,
	NODE_NUMBER,
	NODE_STRING,
	NODE_ARRAY,
	NODE_OBJECT,
};

enum {
	NODE_ESCAPED = 1, /* a string whose raw text has a backslash */
	/* A string that means the same in upper and lower case. */
	NODE_ANY_CASE = 2,
};

struct node {
	uint8_t kind;
	uint8_t flags;
	uint16_t unused;
	uint32_t n;  /* members, elements, or bytes of raw text */
	uint32_t at; /* containers: nodes in the subtree, itself included;
			scalars: offset of the raw text (inside the quotes) */
};

/* Where text is: node->at counts from it.  node is NULL for "no value". */
struct value {
	const struct node *node;
	const char *text;
};

#define VALUE_NONE ((struct value){NULL, NULL})

static inline enum node_kind
value_kind(struct value v)
{
	return v.node ? (enum node_kind)v.node->kind : NODE_NONE;
}

static inline bool
value_is_container(struct value v)
{
	return value_kind(v) >= NODE_ARRAY;
}

/* The node behind a subtree. */
static inline const struct node *
node_next(const struct node *node)
{
	return node + (node->kind >= NODE_ARRAY ? node->at : 1);
}

/* Members of an object or elements of an array; 0 for anything else. */
static inline size_t
value_count(struct value v)
{
	return value_is_container(v) ? v.node->n : 0;
}

static inline bool
value_any_case(struct value v)
{
	return v.node && v.node->flags & NODE_ANY_CASE;
}

/* The text of a string or number as it stands in the document. */
static inline struct str
value_raw(struct value v)
{
	return (struct str){v.text + v.node->at, v.node->n};
}

/*
 * Step through a container:
 *	struct value_iter it = value_each(v);
 *	while (value_step(&it)) use(it.key, it.value);
 * key is VALUE_NONE in arrays.  Anything but a container has no steps.
 */
struct value_iter {
	struct value key, value;
	const struct node *next;
	size_t left;
	bool object;
};

static inline struct value_iter
value_each(struct value v)
{
	struct value_iter it = {{NULL, v.text}, {NULL, v.text}, NULL, 0, false};

	if (value_is_container(v)) {
		it.next = v.node + 1;
		it.left = v.node->n;
		it.object = v.node->kind == NODE_OBJECT;
	}
	return it;
}

static inline bool
value_step(struct value_iter *it)
{
	if (it->left == 0)
		return false;
	it->left--;
	if (it->object)
		it->key.node = it->next++;
	it->value.node = it->next;
	it->next = node_next(it->next);
	return true;
}

/* The same of a string with escapes. */
bool value_is_escaped(struct value v, struct str s);

/* Is the string v, decoded, equal to s? */
static inline bool
value_is(struct value v, struct str s)
{
	if (value_kind(v) != NODE_STRING)
		return false;
	if (v.node->flags & NODE_ESCAPED)
		return value_is_escaped(v, s);
	return v.node->n == s.len && str_eq(value_raw(v), s);
}

/* The member of an object by decoded name, or VALUE_NONE. */
struct value value_member(struct value object, struct str name);
/* The element of an array, or VALUE_NONE. */
struct value value_item(struct value array, size_t index);

/*
 * The decoded text of a string: borrowed from the document where it has no
 * escapes, else decoded into scratch (whose earlier content is dropped), which
 * must outlive its use.  Without memory the ptr is NULL.
 */
struct str value_text(struct value v, struct buf *scratch);
/* The same, always a copy in the arena. */
struct str value_copy_text(struct value v, struct arena *arena);

/* A copy of the whole subtree in the arena; VALUE_NONE without memory or v. */
struct value value_copy(struct value v, struct arena *arena);

/*
 * True unless an object in the subtree (v included) has a name twice; without
 * memory false, with scratch->failed.
 */
bool value_unique(struct value v, struct value *object, struct buf *scratch);

/* --- Making values --- */

/*
 * Builds one value in growing arrays.  Containers are opened, filled and
 * closed; in an object every value is preceded by make_string for its key.
 */
struct make {
	struct node *nodes;
	size_t count, cap;
	struct buf text;
	uint32_t open[64]; /* indexes of open containers */
	size_t depth;
	bool failed;	   /* no memory, too deep, or too large: sticks */
};

void make_free(struct make *make);
void make_scalar(struct make *make, enum node_kind kind);
void make_number(struct make *make, struct str digits);
/* text is decoded; it is kept as it is (raw and decoded text are one). */
void make_string(struct make *make, struct str text);
void make_open(struct make *make, enum node_kind kind);
void make_close(struct make *make);
/* A copy of an existing value. */
void make_value(struct make *make, struct value v);
/* The string made last is NODE_ANY_CASE. */
void make_any_case(struct make *make);
/* The finished value, copied to the arena; VALUE_NONE when failed. */
struct value make_done(struct make *make, struct arena *arena);

/*
 * Read a whole small document: for tests, literals and text inside strings.
 * Limits are those of scan.h's defaults.  The result lives in the arena.
 */
struct tfa_error;
bool value_read(struct value *out, struct str text, struct arena *arena,
    struct tfa_error *err);

#endif
