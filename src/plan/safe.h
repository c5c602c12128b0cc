/* Names from a plan in error messages: ASCII, printable, of bounded length. */
#ifndef PLAN_SAFE_H
#define PLAN_SAFE_H

#include "base/str.h"

/*
 * What is not printable ASCII becomes "\u{...}"; what does not fit ends in
 * "...".  out is terminated; size is at least 16.
 */
void safe_print(char *out, size_t size, struct str text);

#endif
