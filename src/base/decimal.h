/*
 * Exact decimal numbers, kept as the text that they were read from.  Numbers
 * are those of JSON's grammar: "-0", "1.50" and "2e3" are, "+1", "007", "0x1"
 * and ".5" are not.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/str.h"

struct decimal {
	bool negative;
	struct str whole, fraction; /* digits without outer zeros */
	int64_t exponent;	    /* power of ten of whole.fraction */
};

/* False where text is no number, or its exponent is beyond +-1,000,000. */
bool decimal_read(struct decimal *out, struct str text);
/* <0, 0, >0, by value. */
int decimal_cmp(const struct decimal *a, const struct decimal *b);
/* The same for numbers of equal value, however they are written. */
uint64_t decimal_hash(struct str text, uint64_t seed);

#endif
