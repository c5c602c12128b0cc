/*
 * The tests of controls: the small ones inside a control, and files that say
 * what a whole plan comes to.  What was run is gathered here and written by
 * write.c.
 */
#ifndef TRIAL_TRIAL_H
#define TRIAL_TRIAL_H

#include "base/error.h"
#include "engine/result.h"

struct trial_result {
	struct str subject; /* control id, or "" for a whole plan */
	struct str name;
	struct str file;
	struct pos pos;
	bool passed;
	struct str message; /* why it did not, or empty */
};

/* What the tests of a control have seen. */
struct coverage {
	bool tested; /* it is one of those under test */
	size_t tests;
	bool verdicts[VERDICT_NOT_APPLICABLE + 1];
	bool states[STATE_INVALID + 1]; /* of the value that decided */
};

struct mutant {
	const struct control *control;
	struct pos pos;
	struct str what; /* "path: operator turned round" */
	bool noticed;
};

struct trial {
	struct arena arena;
	const struct tfa_policies *policies;
	struct tfa_policies *set; /* the same, for reading more files */
	const struct tfa_test_options *options;
	struct trial_result *results;
	size_t result_count, result_cap, failed;
	struct coverage *coverage; /* by index of control */
	struct mutant *mutants;
	size_t mutant_count, mutant_cap, noticed;
	struct tfa_error *err;
};

/* What a test came to. */
struct judged {
	enum verdict verdict;
	enum state state; /* meaningful with path */
	struct str path, reason;
};

/* A small plan that holds what the test says.  False without memory. */
bool trial_plan(FILE *out, const struct control *control,
    const struct control_test *test);

/*
 * Judge one test of a control; texts are in the arena.  False for an error that
 * is not the test's, such as no memory.
 */
bool trial_judge(struct judged *out, struct trial *trial,
    const struct control *control, const struct control_test *test,
    struct arena *arena);

/* Does the verdict answer what the test expects? */
bool trial_expected(enum expectation expect, enum verdict verdict);

bool trial_add(struct trial *trial, struct trial_result result);
/* A text in the arena; ptr is NULL, and the error set, without memory. */
struct str trial_text(struct trial *trial, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Every test of a *_test.yaml file. */
bool trial_suite(struct trial *trial, const char *path);

/*
 * Read such a file and gather what is wrong in it, without running anything.
 * False for what is not its fault.
 */
bool trial_suite_check(struct tfa_policies *policies, struct str name,
    struct str text, struct problems *problems, struct tfa_error *err);

/* Change the control in every way that some test should notice. */
bool trial_mutate(struct trial *trial, const struct control *control);

bool trial_write(const struct trial *trial, FILE *out);

#endif
