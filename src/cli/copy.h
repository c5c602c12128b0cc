/* What commands that copy plans share: reading twice, comparing verdicts. */
#ifndef CLI_COPY_H
#define CLI_COPY_H

#include "cli/cli.h"
#include "tfassay.h"

/*
 * A plan that can be read again: what is piped in ("-": the descriptor in) is
 * kept for that.  -1 with *err set.
 */
int copy_open(const char *path, int in, struct tfa_error *err);

typedef bool copy_take(
    void *ctx, const char *bytes, size_t len, struct tfa_error *err);

/* All of it, from the beginning. */
bool copy_read(int fd, const char *path, copy_take *take, void *ctx,
    struct tfa_error *err);

struct verdicts {
	struct tfa_finding *items;
	size_t count, cap;
};

/* Those on the address, or with NULL all; texts live with the report. */
bool verdicts_read(struct verdicts *out, const struct tfa_report *report,
    const char *address, struct tfa_error *err);
void verdicts_free(struct verdicts *verdicts);

/*
 * The same controls with the same verdicts and classes on the same addresses,
 * and with reasons for the same reasons?  Differences are told on log, or
 * nowhere where that is NULL.
 */
bool verdicts_same(const struct verdicts *plan, const struct verdicts *copy,
    bool reasons, FILE *log);

#endif
