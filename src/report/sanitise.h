/*
 * Text from a plan, a policy or a command line, as it may be shown.  Every
 * sink that is not JSON passes all such text through here, once.
 */
#ifndef REPORT_SANITISE_H
#define REPORT_SANITISE_H

#include "base/buf.h"

/* How many characters are shown of what. */
enum {
	CLEAN_ADDRESS = 512,
	CLEAN_TEXT = 300,
	CLEAN_PROSE = 4000,
};

/*
 * Appends text as at most that many characters, and an ellipsis if it was cut;
 * what stands for a character is never cut.  What is appended is UTF-8
 * without any control, line end, bidi or zero-width character: those are
 * shown as "\u{9b}", bytes that are no UTF-8 as "\x9b".  It holds no "##", and
 * no word of it begins with "::", so that no runner takes it for a command,
 * whatever blanks stand before it and wherever the line is wrapped.
 */
bool clean_add(struct buf *out, struct str text, size_t most);

/* Columns that cleaned text takes: characters. */
size_t clean_width(struct str text);

#endif
