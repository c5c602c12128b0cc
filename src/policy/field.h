/*
 * A mapping of a policy file is a table of fields: unknown and missing keys
 * are found in one place.
 */
#ifndef POLICY_FIELD_H
#define POLICY_FIELD_H

#include "policy/load.h"
#include "policy/shape.h"

/* out is where the member's offset points to. */
typedef bool field_read(
    struct load *load, const struct tree *node, void *out);

struct field {
	const char *name;
	field_read *read;
	size_t offset;
	bool required;
	const struct shape *shape; /* NULL: stands there to be refused */
	const char *help;          /* for who writes it */
};

/* what is said of the mapping in errors: "a control". */
bool fields_read(struct load *load, const struct tree *node, const char *what,
    const struct field *fields, size_t count, void *out);

/* "unknown key ...", with what was most likely meant. */
bool field_unknown(struct load *load, const struct tree *member,
    const char *what, const struct str *names, size_t count);

/* Not empty, copied to the set's arena, without line ends behind it. */
bool field_text(struct load *load, const struct tree *node, void *str);
/* One text or a list of them, in struct names. */
bool field_names(struct load *load, const struct tree *node, void *names);
/* {name: one text or a list of them}, in struct named_lists. */
bool field_named_lists(struct load *load, const struct tree *node, void *lists);
bool field_bool(struct load *load, const struct tree *node, void *boolean);
/* Keeps the node itself: out is a const struct tree *. */
bool field_tree(struct load *load, const struct tree *node, void *tree);
/* The index into words, count of them. */
bool field_word(struct load *load, const struct tree *node, const char *what,
    const char *const *words, size_t count, size_t *index);
/* A day, as text and as its number since 1970-01-01. */
bool field_day(struct load *load, const struct tree *node, struct str *text,
    int64_t *day);
/* A path of names only, as text. */
bool field_path(struct load *load, const struct tree *node, void *str);

/*
 * Read a file whose every document is a mapping of these fields, and add it to
 * files.  name and text must stay while the set lives.
 */
bool file_read_fields(struct tfa_policies *policies, struct str name,
    struct str text, const char *what, const struct field *fields,
    size_t count, struct input_files *files, struct tfa_error *err);

/* A list with something in it; a mapping with something in it. */
bool field_list(struct load *load, const struct tree *node);
bool field_map(struct load *load, const struct tree *node);

#endif
