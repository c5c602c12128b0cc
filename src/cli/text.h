/* Small text helpers: lists, suggestions, messages that do no harm. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include "tfassay.h"

#define COUNTOF(array) (sizeof(array) / sizeof((array)[0]))

/* Zeroed is empty.  The texts are borrowed, the array is owned. */
struct texts {
	const char **items;
	size_t count, cap;
};

bool texts_add(struct texts *texts, const char *text, struct tfa_error *err);
void texts_free(struct texts *texts);

/* The name that a mistyped text was most likely meant to be. */
struct guess {
	const char *text;
	const char *best; /* NULL while none is near */
	size_t distance;  /* of best */
};

/* Offer one name; near is at most a third of it wrong. */
void guess_offer(struct guess *guess, const char *name);

/* Fill *err; always false. */
bool cli_fail(struct tfa_error *err, enum tfa_error_code code,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
bool cli_nomem(struct tfa_error *err);
/* "unknown <what> "x"", with the guess if there is one. */
bool cli_unknown(
    struct tfa_error *err, const char *what, const struct guess *guess);

/*
 * Text from outside, in one line: controls, bidi and zero-width characters and
 * what is no UTF-8 come as escapes, CI commands are broken up.
 */
void cli_put(FILE *out, const char *text);

/*
 * A diagnosis of one line; for a policy file with the line that it is about and
 * a caret below.  plan names the plan that is to blame, or is NULL.
 */
void cli_diagnose(FILE *out, const char *plan, const struct tfa_error *err);

#endif
