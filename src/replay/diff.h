/* What differs between two results, found before it is written. */
#ifndef REPLAY_DIFF_H
#define REPLAY_DIFF_H

#include "replay/side.h"

enum { PLAN_VERDICTS = 4 };

struct diff_change {
	struct str plan, address;
	struct diff_control *control;
	enum says before, after;
	bool blocks, blocked; /* now, before */
};

struct diff_control {
	struct str id, severity;
	bool in_old, in_new;
	size_t fails, stops, others; /* changes to, from, neither */
	size_t blocks;		     /* that block and did not */
	size_t plans;		     /* in which something changed */
	const void *last_plan;
};

struct diff {
	struct side old, new;
	struct arena arena, scratch;
	struct map controls; /* id -> struct diff_control */
	struct diff_control **sorted;
	size_t both, changed; /* plans; of those, with other bytes */
	size_t only_old, only_new;
	size_t refused; /* in one of both or in both: not compared */
	size_t lost;	/* in the new one only */
	size_t verdicts[PLAN_VERDICTS][PLAN_VERDICTS]; /* old, new */
	size_t newly_blocked; /* plans that fail and did not */
	struct diff_change *changes;
	size_t count, cap;
};

bool diff_make(struct diff *diff, struct tfa_error *err);
bool diff_write_text(
    const struct diff *diff, FILE *out, struct tfa_error *err);
bool diff_write_json(
    const struct diff *diff, FILE *out, struct tfa_error *err);

#endif
