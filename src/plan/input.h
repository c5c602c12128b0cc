/*
 * From stored bytes to UTF-8 JSON: recognises gzip and zstd by content, skips a
 * UTF-8 byte order mark, reads UTF-16 with one, and names what is none of it.
 */
#ifndef PLAN_INPUT_H
#define PLAN_INPUT_H

#include "base/error.h"

struct input;

/* Decoded bytes, in pieces; false ends the input with *err set. */
typedef bool input_sink(
    void *ctx, const char *bytes, size_t len, struct tfa_error *err);

/* NULL: out of memory.  limits (plan_bytes, ratio) are borrowed. */
struct input *input_new(
    const struct tfa_limits *limits, input_sink *sink, void *ctx);
void input_free(struct input *input);

/*
 * Failures: TFA_ERR_PLAN for broken or truncated compression, a binary plan
 * (zip), UTF-16 without a mark or UTF-32, each with its remedy; TFA_ERR_LIMIT
 * for an expansion beyond the limits; the sink's own.
 */
bool input_feed(struct input *input, const void *bytes, size_t len,
    struct tfa_error *err);
bool input_finish(struct input *input, struct tfa_error *err);

/* From now on bytes reach the sink as they are, without a copy. */
bool input_is_plain(const struct input *input);

/* Bytes handed to the sink so far. */
uint64_t input_decoded(const struct input *input);

#endif
