/* Blocks of IPv4 and IPv6 addresses, and the operator "cidr". */
#ifndef OP_CIDR_H
#define OP_CIDR_H

#include "op/op.h"

/* The family (4 or 6) and the address, so that bytes are in order. */
struct cidr {
	uint8_t first[17], last[17];
};

/*
 * "10.0.0.0/8", "fe80::/10", or an address, which is a block of one.  Bits
 * behind the prefix are dropped, as cloud providers do.
 */
bool cidr_read(struct cidr *out, struct str text);

op_eval op_cidr;

#endif
