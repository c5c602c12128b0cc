/*
 * Tasks wait in a ring that does not grow.  What has been taken is remembered
 * by its signature for a while: the same bytes again are a repetition by the
 * sender or a replay by somebody else, and neither is worth a second verdict.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run_task.h"

enum { REMEMBERED = 4096 };

struct queue {
	const struct settings *settings;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct task **tasks;
	size_t first, count, working;
	bool stopping;
	atomic_bool called_off;
	unsigned char (*seen)[SIGNATURE_BYTES];
	size_t seen_next, seen_count;
	pthread_t *threads;
	unsigned thread_count;
};

static bool
was_seen(const struct queue *queue, const struct task *task)
{
	for (size_t i = 0; i < queue->seen_count; i++) {
		if (memcmp(queue->seen[i], task->signature, SIGNATURE_BYTES) ==
		    0)
			return true;
	}
	return false;
}

static void
remember(struct queue *queue, const struct task *task)
{
	memcpy(queue->seen[queue->seen_next], task->signature, SIGNATURE_BYTES);
	queue->seen_next = (queue->seen_next + 1) % REMEMBERED;
	if (queue->seen_count < REMEMBERED)
		queue->seen_count++;
}

enum queued
queue_add(struct queue *queue, struct task *task)
{
	enum queued queued = QUEUED;
	size_t room = queue->settings->queue;

	pthread_mutex_lock(&queue->lock);
	if (was_seen(queue, task)) {
		queued = QUEUED_BEFORE;
	} else if (queue->stopping || queue->count == room) {
		queued = QUEUE_FULL;
	} else {
		remember(queue, task);
		queue->tasks[(queue->first + queue->count++) % room] = task;
		pthread_cond_broadcast(&queue->changed);
	}
	pthread_mutex_unlock(&queue->lock);
	if (queued == QUEUED_BEFORE)
		task_free(task);
	return queued;
}

/* NULL when there will be no more. */
static struct task *
take(struct queue *queue)
{
	struct task *task = NULL;

	pthread_mutex_lock(&queue->lock);
	while (queue->count == 0 && !queue->stopping)
		pthread_cond_wait(&queue->changed, &queue->lock);
	if (queue->count) {
		task = queue->tasks[queue->first];
		queue->first = (queue->first + 1) % queue->settings->queue;
		queue->count--;
		queue->working++;
	}
	pthread_mutex_unlock(&queue->lock);
	return task;
}

static void *
work(void *ctx)
{
	struct queue *queue = ctx;
	struct task *task;

	while ((task = take(queue))) {
		task_judge(queue->settings, task, &queue->called_off);
		task_free(task);
		pthread_mutex_lock(&queue->lock);
		queue->working--;
		pthread_cond_broadcast(&queue->changed);
		pthread_mutex_unlock(&queue->lock);
	}
	return NULL;
}

static void
release(struct queue *queue)
{
	for (unsigned i = 0; i < queue->thread_count; i++)
		pthread_join(queue->threads[i], NULL);
	pthread_cond_destroy(&queue->changed);
	pthread_mutex_destroy(&queue->lock);
	free(queue->tasks);
	free(queue->seen);
	free(queue->threads);
	free(queue);
}

struct queue *
queue_new(const struct settings *settings)
{
	struct queue *queue = calloc(1, sizeof(*queue));

	if (!queue)
		return NULL;
	queue->settings = settings;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->changed, NULL);
	queue->tasks = calloc(settings->queue, sizeof(*queue->tasks));
	queue->seen = calloc(REMEMBERED, sizeof(*queue->seen));
	queue->threads = calloc(settings->workers, sizeof(*queue->threads));
	if (!queue->tasks || !queue->seen || !queue->threads) {
		release(queue);
		return NULL;
	}
	while (queue->thread_count < settings->workers) {
		if (pthread_create(&queue->threads[queue->thread_count], NULL,
			work, queue) != 0) {
			queue_stop(queue);
			return NULL;
		}
		queue->thread_count++;
	}
	return queue;
}

void
queue_stop(struct queue *queue)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += queue->settings->grace;
	pthread_mutex_lock(&queue->lock);
	queue->stopping = true;
	pthread_cond_broadcast(&queue->changed);
	while (queue->count + queue->working > 0) {
		if (pthread_cond_timedwait(
			&queue->changed, &queue->lock, &end) != 0)
			break;
	}
	pthread_mutex_unlock(&queue->lock);
	queue->called_off = true;
	release(queue);
}
