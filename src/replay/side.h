/* One of two results that are compared: of a replay, or of "check". */
#ifndef REPLAY_SIDE_H
#define REPLAY_SIDE_H

#include "replay/read.h"

/* What a result says of a resource; SAYS_NOTHING where it does not list it. */
enum says {
	SAYS_NOTHING,
	SAYS_PASS,
	SAYS_WAIVED,
	SAYS_UNKNOWN,
	SAYS_ERROR,
	SAYS_FAIL,
	SAYS_COUNT,
};

struct side_finding {
	struct str fingerprint, control, address, severity;
	enum says says;
	bool blocks;
};

enum plan_verdict { PLAN_PASS, PLAN_FAIL, PLAN_UNDECIDED, PLAN_ERROR };

struct side_plan {
	struct str path, sha256;
	enum plan_verdict verdict;
	bool refused; /* nothing was judged, so that nothing is listed */
	struct side_finding *findings; /* sorted by fingerprint */
	size_t count, cap;
	/* Of a replay: where it stands, until side_plan_load has read it. */
	uint64_t offset;
	size_t len;
};

struct side {
	const char *name;
	FILE *in; /* of a replay */
	struct arena arena;
	struct str inputs; /* of a replay: its digest */
	struct side_plan *plans;
	size_t count, cap;
	struct map by_path;  /* path -> index + 1, as a pointer */
	struct map controls; /* id -> severity, as a text with NUL */
};

const char *says_name(enum says says);
const char *plan_verdict_name(enum plan_verdict verdict);

/*
 * Index a file: lines of a replay, or the document or lines of "check" (formats
 * json and ndjson).  TFA_ERR_PLAN where it is none of these, or not whole.
 */
bool side_open(struct side *side, const char *name, struct tfa_error *err);
void side_close(struct side *side);

/* The plan with its findings; what is read is in the arena. */
bool side_plan_load(struct side_plan *out, const struct side *side,
    size_t index, struct arena *arena, struct tfa_error *err);

#endif
