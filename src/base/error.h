/* One shape for failing: fill *err, return false. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/str.h"
#include "tfassay.h"

struct pos {
	size_t line, column; /* from 1; 0 where not known */
};

/* The first error stays.  Always false, so that it can be returned. */
bool error_set(struct tfa_error *err, enum tfa_error_code code,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same with a place in a policy file. */
bool error_at(struct tfa_error *err, enum tfa_error_code code, struct str file,
    struct pos pos, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
bool error_nomem(struct tfa_error *err);

#endif
