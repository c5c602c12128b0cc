/* What lint says of a text. */
#ifndef TEST_LINT_TEXT_H
#define TEST_LINT_TEXT_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

#include "tfassay.h"

/* In the format of the options; the caller frees it. */
char *lint_text(const char *text, const struct tfa_lint_options *options,
    bool builtin, size_t *errors, size_t *warnings);
/* A line for each problem, "CLASS MESSAGE"; the caller frees it. */
char *lint_said(const char *text, const struct tfa_lint_options *options);

/* Cases of test_lint_schema.c. */
void lint_schema_tests(Suite *suite);

#endif
