/*
 * Controls and defaults as written, checked and compiled: what the loader
 * makes and the engine reads.  All of it lives in the arena of the set.
 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "base/map.h"
#include "config/digest.h"
#include "op/op.h"

enum severity {
	SEVERITY_CRITICAL,
	SEVERITY_HIGH,
	SEVERITY_MEDIUM,
	SEVERITY_LOW,
	SEVERITY_INFO,
};

enum enforce { ENFORCE_BLOCK, ENFORCE_WARN, ENFORCE_AUDIT };

/* The name as written in policies and reports; static text. */
extern const char *const severity_names[SEVERITY_INFO + 1];
extern const char *const enforce_names[ENFORCE_AUDIT + 1];
const char *severity_name(enum severity severity);
bool severity_find(struct str name, enum severity *out);
const char *enforce_name(enum enforce enforce);
bool enforce_find(struct str name, enum enforce *out);

/* --- Paths --- */

enum step_kind {
	STEP_NAME,  /* a.b: of an object, or of the only one in a list */
	STEP_INDEX, /* a[0] */
	STEP_KEY,   /* tags["k:v"]: of a map, never of a list */
	STEP_CALL,  /* json(...): what the text so far says; index is the
		       enum call */
};

enum call { CALL_JSON, CALL_YAML, CALL_BASE64, CALL_POLICY };

struct step {
	enum step_kind kind;
	struct str name;
	size_t index;
};

struct path {
	struct str text; /* as written; "." has no steps */
	const struct step *steps;
	size_t count;
	bool of_subject; /* "subject.a": of the resource that is judged, inside
			    the satisfies of "related" */
};

/*
 * The path points into text.  False where text is no path; *message (static)
 * says why.  NULL: no memory.
 */
bool path_read(struct path *out, struct str text, struct arena *arena,
    const char **message);

/* --- Conditions --- */

struct names {
	const struct str *items;
	size_t count;
};

enum cond_kind {
	COND_ALL,
	COND_ANY,
	COND_WHEN,  /* when: items[0], then: items[1] */
	COND_EVERY,
	COND_SOME,
	COND_NONE,
	COND_COUNT,
	COND_FIRST, /* of a list in an order, the first that meets .. satisfies */
	COND_TEST,  /* one operator on one path */
	COND_RELATED,
	COND_PORT,  /* a range of ports covers one */
	COND_BY_TYPE, /* the item for the type of the resource */
	COND_ALWAYS,
	COND_NEVER,
};

enum said { SAID_NOTHING, SAID_NO, SAID_YES };

/*
 * Where a value that a control is written with comes from the plan: each
 * {"value_of": ..} in it has its path here, in the order in which they stand.
 */
struct value_paths {
	const struct path *items;
	size_t count;
};

/*
 * "not" is pushed down while loading: it turns all into any and back, and ends
 * as negated at what it reaches.  negated is never set on COND_ALL, COND_ANY,
 * COND_BY_TYPE, COND_ALWAYS and COND_NEVER.
 */
struct cond {
	enum cond_kind kind;
	bool negated;
	struct pos pos;
	const struct cond *const *items; /* ALL, ANY, WHEN, BY_TYPE */
	size_t item_count;
	const struct cond *satisfies; /* EVERY ... FIRST, RELATED; NULL: each
					 element or partner */
	const struct related *related; /* RELATED */
	const struct names *types;    /* BY_TYPE: of each item; none: others */
	const struct cond *meets;     /* FIRST */
	struct path path;	      /* EVERY ... TEST */
	struct path order;	      /* FIRST: numbers, from the element */
	const struct path *ports;     /* PORT: by enum of op/port.h; without
					 steps: not written */
	const struct op *op;	      /* TEST */
	struct op_args args; /* TEST; COUNT: argument is {at_least:..}; PORT:
				argument is the port */
	struct value_paths argument_from, default_from;
	bool no_argument; /* a parameter that is not set stands there */
	bool uses_now;	  /* ARG_DATE: relative to --as-of */
	struct value default_value;   /* VALUE_NONE: none declared here */
	struct str default_source;
	enum said if_unset;
	bool show_value;  /* the value may be printed */
	bool enumeration; /* what it is compared with are booleans, numbers or
			     words, so the value may be printed */
	struct str expected; /* "equals true", for reports */
};

/* A word of the language that begins a condition. */
struct operator {
	const char *name;
	enum op_group group;
	const char *argument; /* what stands behind it */
	const char *complement; /* what "not" makes of it, or NULL */
	const char *help;
};

/* All of them in the order of the manual; false behind the last. */
bool operator_at(size_t index, struct operator *out);

/* --- Related resources --- */

/* How partners are found; "me" is the resource that the condition is about. */
enum join {
	JOIN_ITS,  /* where_its: their attribute refers to me */
	JOIN_MY,   /* by_my: my attribute refers to them */
	JOIN_PLAN, /* in_plan: all with my provider configuration */
	JOIN_NAME, /* name_matches: a pattern of theirs covers a text of mine */
};

enum name_how {
	NAME_GLOB,
	NAME_EQUALS,
	NAME_REGEX,
	NAME_PREFIX,
	NAME_CONTAINS, /* the pattern is part of the text */
};

struct related {
	struct names types; /* of partners; "data." before data sources */
	enum join join;
	struct str attribute; /* ITS, MY: names with dots between them */
	struct path mine;     /* NAME */
	const struct path *its; /* NAME: the patterns, with "[*]" between */
	size_t its_count;
	enum name_how how;
	enum cond_kind quantifier; /* COND_SOME, COND_EVERY or COND_NONE */
	enum said if_none;
	bool none_unknown;  /* if_none: unknown */
	bool of_subject;    /* satisfies looks at the judged resource too */
	struct str words;   /* "some aws_x whose a refers to it" */
	struct names attributes; /* of partners: what is read of them */
	const struct related *outer; /* whose partner is me; NULL: the judged
					resource */
};

/* --- Controls --- */

/* A group with its names: a framework's requirements, a tool's ids. */
struct named_list {
	struct str name;
	struct names items;
};

struct named_lists {
	const struct named_list *items;
	size_t count;
};

struct pair {
	struct str name, text;
};

struct evidence {
	struct str kind, name, expect;
};

enum expectation {
	EXPECT_PASS,
	EXPECT_FAIL,
	EXPECT_UNKNOWN,
	EXPECT_ERROR,
	EXPECT_NOT_APPLICABLE,
};

/* A further resource of a test. */
struct test_resource {
	struct str name;	/* the type by default */
	struct str type;	/* "data." before a data source */
	struct value resource;	/* what would be planned */
	struct value unknown;	/* mask, or VALUE_NONE */
	struct value before;	/* or VALUE_NONE */
	/* Attribute -> the name of the resource that it refers to; "subject" is
	 * the one that is judged. */
	const struct pair *refers;
	size_t refer_count;
};

/* A test inside a control, kept for the command that runs it. */
struct control_test {
	struct str name;
	struct str type;	/* of the resource; the control's by default */
	struct value resource;	/* what would be planned */
	struct value unknown;	/* mask, or VALUE_NONE */
	struct value before;	/* or VALUE_NONE */
	const struct pair *refers; /* as above */
	size_t refer_count;
	const struct test_resource *with;
	size_t with_count;
	enum expectation expect;
	struct pos pos;
};

struct pack {
	struct str name, version;
	struct str file;   /* as reports name it */
	char sha256[65];   /* of the file's bytes */
	size_t controls;   /* in this file */
	bool builtin;
	bool given; /* in a file; what is built in may be that too */
};

/* A parameter with the value in force. */
struct parameter {
	struct str name, checked; /* the day that the default was looked up */
	struct value value, default_value;
	struct str set_by; /* "NAME=VALUE" of --set, or empty */
};

#define POLICY_DOCUMENTS "aws_iam_policy_document"

struct control {
	struct str id, title, why, message;
	enum severity severity;
	enum enforce enforce;
	struct names types; /* exact names or globs; of a built-in control
			       only when one of them has been asked for */
	bool pattern;	    /* one of them is a glob */
	unsigned actions;   /* ACTION_ bits to judge; 0: everything that stays */
	bool data;	    /* mode: data */
	bool joins, joins_data; /* it has partners; data sources among them */
	bool view_before;   /* view: before */
	const struct cond *where, *assert; /* where may be NULL */
	enum said if_unknown; /* SAID_YES: pass, SAID_NO: fail */
	bool waivable;
	const struct parameter *parameters;
	size_t parameter_count;
	struct str fix_text, fix_hcl;
	const struct pair *module_inputs; /* source -> input to set */
	size_t module_input_count;
	struct names pitfalls;
	const struct evidence *evidence;
	size_t evidence_count;
	struct named_lists frameworks, tools;
	const struct control_test *tests;
	size_t test_count;
	struct str reviewed;
	const struct pack *pack;
	struct pos pos;
	size_t index; /* in the set, in order of id */
	/* Top-level attribute names that where and assert read. */
	struct names attributes;
	/*
	 * Types that its relations name, and those relations, inner ones too.
	 * What reads policy documents may need the data sources that make them.
	 */
	struct names partners;
	const struct related *const *relations;
	size_t relation_count;
};

/* --- Defaults --- */

struct default_entry {
	struct str type, path; /* path without indexes */
	struct value value;
	bool by_provider; /* else by the service */
	struct str source, since, note;
	struct str provider_version; /* bound, or empty */
	struct str governed_type, governed_path; /* or empty */
	struct str governed_except; /* a value that leaves it open, or empty */
	struct str file;
	struct pos pos;
};

/* --- The set --- */

/* A file of waivers or facts, or an earlier result. */
struct input_file {
	struct str path;
	char sha256[65];
};

struct input_files {
	struct input_file *items;
	size_t count, cap;
};

struct problems;

struct tfa_policies {
	struct arena arena;
	struct tfa_limits limits;
	const struct control **controls; /* sorted by id */
	size_t control_count, control_cap;
	struct pack **packs; /* in order of loading */
	size_t pack_count, pack_cap;
	struct map control_ids; /* id -> struct control */
	struct map defaults;	/* "type\0path" -> struct default_entry */
	struct map governing;	/* type that governs defaults -> struct names */
	struct regex **regexes; /* owned */
	size_t regex_count, regex_cap;
	struct digest *digest; /* may be NULL */
	struct override **overrides; /* --set, in the order given */
	size_t override_count, override_cap;
	struct builtin *builtin; /* or NULL */
	const struct waiver **waivers; /* in order of loading */
	size_t waiver_count, waiver_cap;
	struct map waiver_ids; /* id -> struct waiver */
	struct map waived; /* "control\0type\0name" -> the last struct waiver */
	struct input_files waiver_files;
	const struct fact **facts; /* in order of loading */
	size_t fact_count, fact_cap;
	struct input_files fact_files;
	const struct profile **profiles; /* declared, in order of loading */
	size_t profile_count, profile_cap;
	/* Of an earlier result: see known.h. */
	struct map known;
	bool known_by_plan;
	struct input_files baseline_files;
	/* Linting: what is wrong in waivers and facts is gathered here. */
	struct problems *problems;
};

/*
 * Of built-in controls only id, title, severity, enforce, data, joins, joins_data,
 * pack, pos and index are there at first, and of built-in defaults what governs
 * them.  The rest comes with the types that it is about, or all at once, and
 * the tests of controls only when asked for.  wanted: of which controls, by index,
 * or NULL: of all.  False without memory.
 */
bool policies_need_type(const struct tfa_policies *policies, struct str type,
    const bool *wanted);
bool policies_need_all(const struct tfa_policies *policies);
bool policies_need_tests(const struct tfa_policies *policies);

/*
 * Read one file's text into the set.  name is how errors and reports call it.
 * text must stay where it is while the set lives.  Afterwards the controls are
 * in order of their ids and numbered in it.
 */
bool policies_read(struct tfa_policies *policies, struct str name,
    struct str text, bool builtin, struct tfa_error *err);

/* Has every --set found its parameter?  Else *err, TFA_ERR_USAGE. */
bool policies_check_set(
    const struct tfa_policies *policies, struct tfa_error *err);
/* "NAME=VALUE" */
struct str policies_set_text(const struct tfa_policies *policies, size_t index);
/* For an earlier set that is only told of.  False without memory. */
bool policies_keep_set(struct tfa_policies *policies, struct names texts,
    struct arena *arena);

/*
 * Take the digest that is compiled in: what a provider computes is a fact, not a
 * policy, and holds without the built-in controls.  False without memory.
 */
bool policies_read_digest(struct tfa_policies *policies);

/* What is wrong in a file, or might be. */
struct problem {
	const char *class; /* "error", or a kind of warning; static text */
	struct str file;
	struct pos pos;
	struct str message, excerpt;
};

/* Zeroed: none. */
struct problems {
	struct arena arena;
	struct problem *items;
	size_t count, cap, errors;
};

void problems_free(struct problems *problems);
/* Texts are copied.  False without memory. */
bool problems_add(struct problems *problems, const char *class,
    struct str file, struct pos pos, struct str message, struct str excerpt);
bool problems_add_error(
    struct problems *problems, const struct tfa_error *err);

/*
 * policies_read that goes on behind what is wrong and gathers it.  Controls and
 * defaults that are wrong are not in the set.  False for what is not the file's
 * fault, such as no memory.
 */
bool policies_lint(struct tfa_policies *policies, struct str name,
    struct str text, struct problems *problems, struct tfa_error *err);

/* Defaults in force for an attribute; NULL: none. */
const struct default_entry *policies_default(
    const struct tfa_policies *policies, struct str type, struct str path);

/* Is the type one of these names and globs? */
bool types_select(const struct names *types, struct str type);
bool types_have_pattern(const struct names *types);

/* Of COND_BY_TYPE the item for a type, or NULL. */
const struct cond *cond_of_type(const struct cond *cond, struct str type);

/*
 * The top-level attributes by which resources of the type govern what others
 * leave out, of built-in defaults too; NULL: none.
 */
const struct names *policies_governing(
    const struct tfa_policies *policies, struct str type);

/*
 * The controls that select or join the type, in order of index, in the arena;
 * call policies_need_type first.  False: no memory.
 */
bool policies_touched(const struct tfa_policies *policies, struct str type,
    struct arena *arena, const struct control ***out, size_t *count);

/* Does the control's type list name this type? */
bool control_selects_type(const struct control *control, struct str type);
/* Does one of its relations name this type, managed or data? */
bool control_joins_type(const struct control *control, struct str type);

#endif
