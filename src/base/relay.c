/*
 * A ring of jobs under one lock.  The thread is started by the first job, so
 * that small inputs never have one; it takes no signals, which are the
 * business of the program's own threads.
 */
#include "base/relay.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct relay {
	relay_work *work;
	void *ctx;
	pthread_t thread;
	bool tried, threaded;
	pthread_mutex_t lock;	   /* of everything below */
	pthread_cond_t given, done; /* a job, or an end of all */
	void *jobs[RELAY_MOST];
	size_t first, count; /* the one at work included */
	bool stopped;
	bool failed;
	struct tfa_error err;
};

struct relay *
relay_new(relay_work *work, void *ctx)
{
	struct relay *relay = calloc(1, sizeof(*relay));

	if (!relay)
		return NULL;
	relay->work = work;
	relay->ctx = ctx;
	if (pthread_mutex_init(&relay->lock, NULL) == 0) {
		if (pthread_cond_init(&relay->given, NULL) == 0) {
			if (pthread_cond_init(&relay->done, NULL) == 0)
				return relay;
			pthread_cond_destroy(&relay->given);
		}
		pthread_mutex_destroy(&relay->lock);
	}
	free(relay);
	return NULL;
}

void
relay_free(struct relay *relay)
{
	if (!relay)
		return;
	if (relay->threaded) {
		pthread_mutex_lock(&relay->lock);
		relay->stopped = true;
		pthread_cond_signal(&relay->given);
		pthread_mutex_unlock(&relay->lock);
		pthread_join(relay->thread, NULL);
	}
	pthread_cond_destroy(&relay->done);
	pthread_cond_destroy(&relay->given);
	pthread_mutex_destroy(&relay->lock);
	free(relay);
}

static void *
run(void *ctx)
{
	struct relay *relay = ctx;

	pthread_mutex_lock(&relay->lock);
	while (!relay->stopped) {
		bool ok;

		if (relay->failed || relay->count == 0) {
			pthread_cond_wait(&relay->given, &relay->lock);
			continue;
		}
		pthread_mutex_unlock(&relay->lock);
		ok = relay->work(
		    relay->ctx, relay->jobs[relay->first], &relay->err);
		pthread_mutex_lock(&relay->lock);
		relay->failed = !ok;
		relay->first = (relay->first + 1) % RELAY_MOST;
		relay->count--;
		pthread_cond_signal(&relay->done);
	}
	pthread_mutex_unlock(&relay->lock);
	return NULL;
}

/* Only where it would have a core of its own. */
static void
start(struct relay *relay)
{
	sigset_t all, before;

	relay->tried = true;
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return;
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
		return;
	relay->threaded =
	    pthread_create(&relay->thread, NULL, run, relay) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Under the lock: wait until at most so many jobs are left. */
static bool
wait_for(struct relay *relay, size_t most, struct tfa_error *err)
{
	while (relay->count > most && !relay->failed)
		pthread_cond_wait(&relay->done, &relay->lock);
	if (relay->failed)
		*err = relay->err;
	return !relay->failed;
}

bool
relay_give(struct relay *relay, void *job, struct tfa_error *err)
{
	bool ok;

	if (!relay->tried)
		start(relay);
	if (!relay->threaded) {
		relay->failed = relay->failed ||
		    !relay->work(relay->ctx, job, &relay->err);
		return wait_for(relay, 0, err);
	}
	pthread_mutex_lock(&relay->lock);
	ok = wait_for(relay, RELAY_MOST - 1, err);
	if (ok) {
		relay->jobs[(relay->first + relay->count) % RELAY_MOST] = job;
		relay->count++;
		pthread_cond_signal(&relay->given);
	}
	pthread_mutex_unlock(&relay->lock);
	return ok;
}

bool
relay_drain(struct relay *relay, struct tfa_error *err)
{
	bool ok;

	if (!relay->threaded)
		return wait_for(relay, 0, err);
	pthread_mutex_lock(&relay->lock);
	ok = wait_for(relay, 0, err);
	pthread_mutex_unlock(&relay->lock);
	return ok;
}
