/*
 * What the parts of the loader share while they read one file.  Every reader
 * gives false with the load's error set.
 */
#ifndef POLICY_LOAD_H
#define POLICY_LOAD_H

#include "policy/policy.h"
#include "policy/tree.h"

/* A name that "param" can ask for, with what stands for it. */
struct argument {
	struct argument *next;
	struct str name;
	struct pos pos;
	const struct tree *node;
	bool used;
};

/* A condition under "define". */
struct definition {
	struct str name;
	struct pos pos;
	const struct tree *node;
	bool used;
	bool open; /* being read: a use of it now would never end */
};

/* First names of paths, as often as they are written. */
struct attributes {
	struct str *items;
	size_t count, cap;
};

/* How many pack says that the file holds. */
struct counted {
	size_t declared;
	bool said;
};

struct counts {
	struct counted controls, defaults, tests;
};

struct load {
	struct tfa_policies *policies;
	struct arena *arena;  /* the set's */
	struct arena scratch; /* gone when the file has been read */
	struct str file, text;
	bool stays; /* what a tree points to outlives the set */
	struct tfa_error *err;
	struct pack *pack;
	struct counts declared;
	bool has_pack;
	struct pos pack_pos;
	size_t default_count, profiles, test_count; /* in this file */
	struct map definitions; /* name -> struct definition */
	/* Of the control and the definition being read. */
	struct argument *parameters, *arguments;
	struct attributes judged;      /* read of the judged resource */
	struct attributes *attributes; /* read of "me": those, or a partner's */
	const struct related *related; /* whose satisfies is read, or NULL */
	bool of_subject;	       /* a path of it began with "subject." */
	const struct related **relations; /* of the control */
	size_t relation_count, relation_cap;
	bool documents; /* it reads policy documents */
	struct names types; /* that the condition being read may judge */
	struct control_test *tests; /* of the control, to be completed */
	size_t conds; /* made for this file */
	size_t begun; /* bytes in the set's arena before it */
	size_t uses;  /* definitions open now */
	struct problems *problems; /* linting: what is wrong is gathered */
	bool wrong;		   /* something is, in this file */
	bool element; /* inside satisfies: paths start at the element */
};

/* An error with its place and the line that it is in. */
bool load_error(struct load *load, enum tfa_error_code code, struct pos pos,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
#define bad(load, pos, ...) load_error(load, TFA_ERR_POLICY, pos, __VA_ARGS__)
bool load_nomem(struct load *load);

/* A text of a tree for as long as the set lives.  ptr is NULL without memory. */
struct str load_keep(struct load *load, struct str text);

/*
 * After a failure: what is wrong has been gathered, so that reading can go on
 * behind it.  False where it cannot.
 */
bool load_recover(struct load *load);
/* Something that is right but should not be written so, if anyone asks. */
bool load_warn(struct load *load, const char *class, struct pos pos,
    const char *message);

/* The beginning of a text, short enough for a message. */
struct str text_shown(struct str text);

/* One more file, with its digest; false without memory. */
bool file_add(struct input_files *files, struct str name, struct str text,
    struct arena *arena);

/* Fails for bytes that must not be in a policy file. */
bool text_check(struct load *load);
/*
 * Put the line of that place into the error; empty where the place itself would
 * be cut off.
 */
void text_excerpt(struct tfa_error *err, struct str text, struct pos pos);
/* Line and column of a byte. */
struct pos text_pos(struct str text, size_t offset);

#endif
