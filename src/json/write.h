/*
 * Writes JSON to a FILE.  Failed writes stick and are asked for once at the
 * end.  Strings are made safe for terminals and CI logs: besides what JSON
 * demands, C0 and C1 controls, DEL, bidi and zero-width characters, U+2028/9,
 * and the "#" of "##[" (a runner command anywhere in a log line) are written as
 * \u escapes, so that the document means the same and can do nothing.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdio.h>

#include "base/str.h"
#include "json/node.h"

struct emit {
	FILE *out;
	unsigned depth;
	bool pretty; /* one member a line, two blanks a level; else compact */
	bool comma;  /* something stands before in this container */
	bool failed;
};

void emit_init(struct emit *emit, FILE *out, bool pretty);
/* key is NULL in arrays and for the document; bracket is '{' or '['. */
void emit_open(struct emit *emit, const char *key, char bracket);
void emit_close(struct emit *emit, char bracket);
void emit_str(struct emit *emit, const char *key, struct str value);
void emit_uint(struct emit *emit, const char *key, uint64_t value);
void emit_bool(struct emit *emit, const char *key, bool value);
/* A literal of a policy, or another value made of nodes. */
void emit_value(struct emit *emit, const char *key, struct value value);
/* Ends the document with a newline; false if any write failed. */
bool emit_finish(struct emit *emit);

#endif
