/*
 * Work that is handed to another thread, in order: a job begins when the one
 * before it is done, and nothing else of the same relay runs meanwhile.  Where
 * no second thread can be had, the giver does the job.
 */
#ifndef BASE_RELAY_H
#define BASE_RELAY_H

#include "base/error.h"

/* Jobs that may be given and not yet done: fewer, and both sides wait often. */
enum { RELAY_MOST = 12 };

typedef bool relay_work(void *ctx, void *job, struct tfa_error *err);

struct relay;

/* NULL: out of memory. */
struct relay *relay_new(relay_work *work, void *ctx);
/* What has not begun is not done any more. */
void relay_free(struct relay *relay);

/*
 * The next job, borrowed until it is done.  Fails with the error of the first
 * job that failed: none is done after that.
 */
bool relay_give(struct relay *relay, void *job, struct tfa_error *err);
/* Wait until every job is done; the same failures. */
bool relay_drain(struct relay *relay, struct tfa_error *err);

#endif
