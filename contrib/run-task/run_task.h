/*
 * A receiver of HCP Terraform run tasks: answers at once, then fetches the
 * plan, judges it and calls back.  Tokens and URLs are in no message: the URLs
 * of plans are secrets too.
 */
#ifndef RUN_TASK_H
#define RUN_TASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "tfassay.h"

enum { SIGNATURE_BYTES = 64, URL_MOST = 4096 };

struct settings {
	const char *listen; /* an address */
	unsigned port;
	const char *host;  /* the only one that gets tokens */
	bool plain_http;   /* http too, for tests */
	size_t body_bytes; /* of a request */
	size_t queue;      /* tasks that may wait */
	unsigned workers;
	long seconds; /* for a plan */
	long grace;   /* for what is under way when it is stopped */
	const char *key;
	size_t key_len;
	const struct tfa_policies *policies;
	struct tfa_options options;
};

/* --- A request --- */

enum stage { STAGE_TEST, STAGE_PLANNED, STAGE_OTHER };

struct task {
	char *run_id, *token, *plan_url, *callback_url;
	enum stage stage;
	bool outcomes; /* more than a message is understood */
	unsigned char signature[SIGNATURE_BYTES];
};

/* NULL: *why (static) says what is wrong with it, or is NULL without memory. */
struct task *task_read(const struct settings *settings, const char *body,
    size_t len, const char **why);
/* What was secret is overwritten. */
void task_free(struct task *task);

/* Is it the body's HMAC under the key, in hex?  The same time for any. */
bool signature_read(unsigned char out[SIGNATURE_BYTES], const char *text);
bool signature_fits(const struct settings *settings,
    const unsigned char signature[SIGNATURE_BYTES], const char *body,
    size_t len);

/* --- The queue --- */

struct queue;

enum queued { QUEUED, QUEUED_BEFORE, QUEUE_FULL };

/* Starts the workers; NULL where that fails. */
struct queue *queue_new(const struct settings *settings);
/* Takes the task over but where the queue is full. */
enum queued queue_add(struct queue *queue, struct task *task);
/*
 * Waits for what is there: settings->grace seconds, then what is left is called
 * off and says so to whoever asked.
 */
void queue_stop(struct queue *queue);

/* --- Work --- */

/* Whatever happens, the callback is told; called_off makes it fail soon. */
void task_judge(const struct settings *settings, const struct task *task,
    const atomic_bool *called_off);

/* --- HTTP, as a client --- */

struct call {
	const struct settings *settings;
	const struct task *task;
	const atomic_bool *called_off; /* NULL: is finished in any case */
	long seconds;                  /* in which it has to be over */
};

/* Is the URL one that a token may be sent to? */
bool url_allowed(const struct settings *settings, const char *url);

/*
 * Each piece goes to take(ctx, ..), which may refuse it.  Gives the status of
 * HTTP.  Without one *why (static, NULL: it was refused) says why not, and it
 * is 0 where that may pass, else CALL_NEVER.
 */
enum { CALL_NEVER = -1 };

long call_get(const struct call *call,
    bool (*take)(void *ctx, const void *bytes, size_t len), void *ctx,
    const char **why);
/* PATCHes the callback. */
long call_back(const struct call *call, const char *body, const char **why);

/* --- HTTP, as a server --- */

struct MHD_Daemon;

struct receiver {
	const struct settings *settings;
	struct queue *queue;
};

/* NULL where it cannot listen; *port is that which it listens on. */
struct MHD_Daemon *receive_start(struct receiver *receiver, unsigned *port);

/* One line on standard error; what is foreign has been checked before. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
