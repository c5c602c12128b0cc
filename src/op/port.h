/* Does a range of ports, as rules of firewalls write them, cover a port? */
#ifndef OP_PORT_H
#define OP_PORT_H

#include "op/op.h"

/* What was found at one of the three paths. */
enum port_found { PORT_UNSET, PORT_OPEN, PORT_INVALID, PORT_KNOWN };

enum { PORT_FROM, PORT_TO, PORT_PROTOCOL, PORT_PARTS };

struct port_part {
	enum port_found found;
	struct value value; /* PORT_KNOWN */
};

/* A whole number from -1 to 65535, in text too. */
bool port_read(long *out, struct value v, struct buf *scratch);

/*
 * ANSWER_INVALID: what decides is no port.  *decisive is the part that the
 * answer hangs on.
 */
enum op_answer port_covers(const struct port_part parts[PORT_PARTS], long port,
    struct buf *scratch, size_t *decisive);

#endif
