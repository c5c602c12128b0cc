/*
 * Workers take the next plan in order, judge it, and leave its block in a ring;
 * whoever has filled the place that is next writes from there on.  So the order
 * of the output does not depend on the workers, and no more than a ring of
 * blocks, or so many bytes, waits for a slow plan.
 */
#include <pthread.h>
#include <stdlib.h>

#include "policy/builtin.h"
#include "replay/output.h"

enum { RING = 256, JOBS_MOST = 256 };

#define WAITING_MOST ((size_t)64 * 1024 * 1024)

struct run {
	const struct tfa_policies *policies;
	const struct tfa_replay_options *options;
	struct listing listing;
	struct output output;
	struct sum sum;
	struct arena scratch;
	struct tfa_replay_counts *counts;
	size_t first, step; /* of the listing */

	pthread_mutex_t lock;
	pthread_cond_t moved; /* something was written, or failed */
	size_t next, written; /* in plans of this shard */
	size_t waiting;	      /* bytes in the ring */
	struct block ring[RING];
	bool failed;
	struct tfa_error *err; /* the first */
};

/* --- With the lock held --- */

static void
fail(struct run *run, const struct tfa_error *err)
{
	if (!run->failed)
		*run->err = *err;
	run->failed = true;
	pthread_cond_broadcast(&run->moved);
}

static bool
count_block(struct run *run, const struct block *block, struct tfa_error *err)
{
	const char *end = memchr(block->text, '\n', block->len);
	struct str line = {block->text,
	    end ? (size_t)(end - block->text) : block->len};
	struct plan_line plan;

	arena_reset(&run->scratch);
	return plan_line_read(&plan, line, &run->scratch, err) &&
	    sum_add_plan(&run->sum, &plan, err);
}

static bool
write_block(struct run *run, struct block *block, struct tfa_error *err)
{
	FILE *out = run->output.out;

	if (!count_block(run, block, err))
		return false;
	/* The stream is flushed by blocks, which the kernel keeps if we die. */
	if (fwrite(block->text, 1, block->len, out) != block->len ||
	    fflush(out) != 0)
		return error_set(err, TFA_ERR_REPORT,
		    "the output cannot be written");
	run->counts->done++;
	run->counts->reused += block->reused;
	run->counts->refused = run->sum.refused;
	run->waiting -= block->len;
	free(block->text);
	*block = (struct block){0};
	return true;
}

static void
write_ready(struct run *run)
{
	struct tfa_error err = {0};
	struct block *block;

	while (!run->failed &&
	    (block = &run->ring[run->written % RING])->text) {
		if (!write_block(run, block, &err))
			fail(run, &err);
		else
			run->written++;
	}
	if (run->options->progress)
		run->options->progress(run->options->ctx, run->counts);
	pthread_cond_broadcast(&run->moved);
}

/* The next plan; false when there is none, or it is no use. */
static bool
take(struct run *run, size_t *index)
{
	while (!run->failed && run->next < run->counts->listed &&
	    run->next > run->written &&
	    (run->next - run->written >= RING ||
		run->waiting > WAITING_MOST))
		pthread_cond_wait(&run->moved, &run->lock);
	if (run->failed || run->next >= run->counts->listed)
		return false;
	*index = run->next++;
	return true;
}

static void
leave(struct run *run, size_t index, const struct block *block)
{
	run->ring[index % RING] = *block;
	run->waiting += block->len;
	if (index == run->written)
		write_ready(run);
}

/* --- Without it --- */

static bool
judge(struct run *run, size_t index, struct block *block,
    struct tfa_error *err)
{
	size_t at = run->first + index * run->step;
	struct str path = run->listing.paths[at];
	char *file = listing_file(&run->listing, at);
	bool found = false, ok = file || error_nomem(err);

	ok = ok &&
	    output_earlier(&run->output, block, path, file, &found, err) &&
	    (found ||
		block_judge(
		    block, run->policies, run->options, path, file, err));
	free(file);
	return ok;
}

static void *
work(void *ctx)
{
	struct run *run = ctx;
	size_t index;

	pthread_mutex_lock(&run->lock);
	while (take(run, &index)) {
		struct tfa_error err = {0};
		struct block block = {0};
		bool ok;

		pthread_mutex_unlock(&run->lock);
		ok = judge(run, index, &block, &err);
		pthread_mutex_lock(&run->lock);
		if (ok)
			leave(run, index, &block);
		else
			fail(run, &err);
	}
	pthread_mutex_unlock(&run->lock);
	return NULL;
}

/* The caller works too; where threads cannot be had there are fewer. */
static void
work_together(struct run *run)
{
	size_t jobs = run->options->jobs;
	pthread_t threads[JOBS_MOST];
	size_t count = 0;

	if (jobs > JOBS_MOST)
		jobs = JOBS_MOST;
	while (count + 1 < jobs &&
	    pthread_create(&threads[count], NULL, work, run) == 0)
		count++;
	work(run);
	for (size_t i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
}

/* --- The whole --- */

static bool
list_plans(struct run *run, struct tfa_error *err)
{
	const struct tfa_replay_options *options = run->options;

	if (!listing_read(&run->listing, options->plans, options->root,
		options->in, err))
		return false;
	if (!run->listing.count && !(options->judge->allow & TFA_ALLOW_EMPTY))
		return error_set(err, TFA_ERR_USAGE, "%s holds no plan: .json, "
		    "also with .gz or .zst behind it", options->plans);
	run->first = options->shards ? options->shard - 1 : 0;
	run->step = options->shards ? options->shards : 1;
	if (run->first < run->listing.count)
		run->counts->listed =
		    (run->listing.count - run->first - 1) / run->step + 1;
	return true;
}

/* Options are wrong before the first plan is read, or not at all. */
static bool
add_controls(struct run *run, struct tfa_error *err)
{
	struct tfa_report *report =
	    tfa_report_new(run->policies, run->options->judge, err);
	bool ok = report && policies_need_all(run->policies);

	if (report && !ok)
		error_nomem(err);
	for (size_t i = 0; ok && i < run->policies->control_count; i++) {
		if (report->selected[i])
			ok = control_line_add(&run->sum, report, i, err);
	}
	tfa_report_free(report);
	return ok;
}

static bool
begin(struct run *run, const char *file, FILE *out, struct tfa_error *err)
{
	struct text header = {0};
	bool ok = list_plans(run, err) && add_controls(run, err) &&
	    header_line(&header, run->policies, run->options, &run->listing,
		err) &&
	    output_open(&run->output, file, out, text_str(&header),
		run->options->resume, &run->listing, run->first, run->step,
		&run->sum, err);

	text_free(&header);
	run->next = run->written = run->output.done;
	run->counts->done = run->counts->reused = run->output.done;
	run->counts->refused = run->sum.refused;
	return ok;
}

static void
run_free(struct run *run)
{
	for (size_t i = 0; i < RING; i++)
		free(run->ring[i].text);
	output_close(&run->output);
	sum_free(&run->sum);
	arena_free(&run->scratch);
	listing_free(&run->listing);
	pthread_mutex_destroy(&run->lock);
	pthread_cond_destroy(&run->moved);
	free(run);
}

static bool
finish(struct run *run, struct tfa_error *err)
{
	if (run->failed)
		return false;
	if (run->sum.plans != run->counts->listed)
		return error_set(err, TFA_ERR_INTERNAL,
		    "%zu plans are listed, but %zu recorded",
		    run->counts->listed, run->sum.plans);
	if (!sum_write(&run->sum, run->output.out, err) ||
	    !output_finish(&run->output, err))
		return false;
	run->counts->status = run->sum.status;
	return true;
}

bool
tfa_replay_write(const struct tfa_policies *policies,
    const struct tfa_replay_options *options, const char *file, FILE *out,
    struct tfa_replay_counts *counts, struct tfa_error *err)
{
	struct run *run = calloc(1, sizeof(*run));
	bool ok;

	*counts = (struct tfa_replay_counts){.status = 6};
	if (!run)
		return error_nomem(err);
	run->policies = policies;
	run->options = options;
	run->counts = counts;
	run->err = err;
	pthread_mutex_init(&run->lock, NULL);
	pthread_cond_init(&run->moved, NULL);
	ok = begin(run, file, out, err);
	if (ok) {
		work_together(run);
		ok = finish(run, err);
	}
	run_free(run);
	return ok;
}
