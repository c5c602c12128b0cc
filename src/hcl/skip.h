/* What comments in the source ask other tools to leave out. */
#ifndef HCL_SKIP_H
#define HCL_SKIP_H

#include "base/arena.h"

struct skip {
	struct str tool; /* "checkov", "trivy" or "tfsec" */
	struct str id;	 /* of that tool's rule */
	struct str reason, expires; /* as written, or empty */
	size_t line;
	struct skip *next;
};

/*
 * Put what the comment says in front of *list, copied to the arena; depth as in
 * block.h.  Left out is what says less than it seems: "*", a workspace, a
 * condition, and a place where its tool would not heed it.  False without
 * memory.
 */
bool skip_read(struct skip **list, struct str comment, size_t line,
    size_t depth, struct arena *arena);

#endif
