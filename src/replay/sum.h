/*
 * What the plans of a replay come to, added up from their lines alone, so that
 * a merge can check what a run has written.
 */
#ifndef REPLAY_SUM_H
#define REPLAY_SUM_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "json/node.h"
#include "replay/replay.h"

enum { SUM_LEDGER = 7, SUM_TOTALS = 14, SUM_TALLY = 6, SUM_VERDICTS = 4 };

/* A line without its counts: what stands before and behind them. */
struct control_text {
	struct str head, tail;
};

struct sum {
	struct arena arena; /* what stays */
	struct arena scratch;
	struct map controls, types; /* id or type -> counts */
	struct control_text *heads; /* "control" lines, in order */
	size_t head_count, head_cap;
	uint64_t ledger[SUM_LEDGER], totals[SUM_TOTALS];
	uint64_t verdicts[SUM_VERDICTS];
	uint64_t findings;
	size_t plans, refused;
	int status;
	uint8_t (*digests)[SHA256_DIGEST_SIZE];
	size_t digest_cap;
	char digest[SHA_HEX + 1]; /* of them all, once written */
};

/* Zeroed is empty. */
void sum_free(struct sum *sum);

/* A "control" line, whose counts are left out of account. */
bool sum_add_control(struct sum *sum, struct str line, struct tfa_error *err);

/* All that from has, in its order. */
bool sum_copy_controls(
    struct sum *sum, const struct sum *from, struct tfa_error *err);

/* The same for a control of a report. */
bool control_line_add(struct sum *sum, const struct tfa_report *report,
    size_t index, struct tfa_error *err);

/* What a "plan" line says of itself. */
struct plan_line {
	struct value value; /* in the arena that it was read into */
	uint64_t findings;
	struct str path, sha256, digest; /* sha256 may be empty */
};

/* False with TFA_ERR_PLAN where it is no such line. */
bool plan_line_read(struct plan_line *out, struct str line,
    struct arena *arena, struct tfa_error *err);

/* Count a plan whose control lines are known; TFA_ERR_PLAN as before. */
bool sum_add_plan(struct sum *sum, const struct plan_line *plan,
    struct tfa_error *err);

/* The lines "control" and "end"; nothing can be added afterwards. */
bool sum_write(struct sum *sum, FILE *out, struct tfa_error *err);

#endif
