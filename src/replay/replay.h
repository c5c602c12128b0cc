/*
 * The lines of a replay, in this order: "replay" (what the plans were judged
 * with), for each plan "plan" and its "finding" lines, together a block, then
 * "control" lines and "end".
 */
#ifndef REPLAY_REPLAY_H
#define REPLAY_REPLAY_H

#include "engine/result.h"
#include "replay/listing.h"

#define REPLAY_VERSION "1.0"

/* Text that a stream is writing. */
struct text {
	FILE *out;
	char *ptr;
	size_t len;
};

bool text_open(struct text *text, struct tfa_error *err);
/* ptr and len are final, and the caller's to free; false without memory. */
bool text_close(struct text *text, bool failed, struct tfa_error *err);
void text_free(struct text *text);

static inline struct str
text_str(const struct text *text)
{
	return (struct str){text->ptr, text->len};
}

/* The digest of a line without its last member, digest. */
#define DIGEST_MEMBER ",\"digest\":\""
enum { DIGEST_TAIL = sizeof(DIGEST_MEMBER) - 1 + SHA_HEX + 2 };

/* --- Header --- */

/* Digest of all that verdicts depend on besides the plan. */
bool header_inputs(char out[SHA_HEX + 1], const struct tfa_policies *policies,
    const struct tfa_replay_options *options, struct tfa_error *err);

/* The line "replay" with its line feed. */
bool header_line(struct text *out, const struct tfa_policies *policies,
    const struct tfa_replay_options *options, const struct listing *listing,
    struct tfa_error *err);

/* --- Blocks --- */

struct block {
	char *text;
	size_t len;
	bool reused;
};

/*
 * Judge the plan in file, which records name path.  What is wrong with the plan
 * stands in the block; a failure is of the run.
 */
bool block_judge(struct block *out, const struct tfa_policies *policies,
    const struct tfa_replay_options *options, struct str path,
    const char *file, struct tfa_error *err);

#endif
