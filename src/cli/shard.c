/*
 * Schedulers say in variables which of how many tasks a process is.  One row is
 * one scheduler; those that count from another number than 0 say where from.
 */
#include "cli/shard.h"

#include <string.h>

#include "cli/text.h"

struct scheduler {
	const char *name;
	const char *index, *count; /* count may be NULL: auto/N says it */
	const char *first;	   /* variable of the lowest index, or NULL */
	const char *last, *step;   /* in place of count */
	size_t base;		   /* without first */
};

static const struct scheduler schedulers[] = {
    {"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT",
	"SLURM_ARRAY_TASK_MIN", NULL, "SLURM_ARRAY_TASK_STEP", 0},
    {"Grid Engine", "SGE_TASK_ID", NULL, "SGE_TASK_FIRST", "SGE_TASK_LAST",
	"SGE_TASK_STEPSIZE", 0},
    {"Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", NULL, NULL,
	NULL, 0},
    {"MPICH", "PMI_RANK", "PMI_SIZE", NULL, NULL, NULL, 0},
    {"Kubernetes", "JOB_COMPLETION_INDEX", NULL, NULL, NULL, NULL, 0},
    {"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE",
	NULL, NULL, NULL, 0},
    {"Cloud Run", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", NULL, NULL,
	NULL, 0},
    {"GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", NULL, NULL, NULL, 1},
    {"CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", NULL, NULL, NULL,
	0},
    {"Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT",
	NULL, NULL, NULL, 0},
};

struct place {
	size_t shard, shards;
	const char *by;
};

static bool
read_number(size_t *out, const char **text)
{
	const char *at = *text;

	*out = 0;
	for (; *at >= '0' && *at <= '9'; at++) {
		if (*out > 99999999)
			return false;
		*out = *out * 10 + (size_t)(*at - '0');
	}
	if (at == *text)
		return false;
	*text = at;
	return true;
}

/* NULL as the name is as good as a variable that is not set. */
static bool
variable(size_t *out, const char *name, const struct cli_io *io)
{
	const char *text = name ? io->env(name) : NULL;

	return text && read_number(out, &text) && !*text;
}

static bool
bad(struct tfa_error *err, const struct scheduler *scheduler, const char *why)
{
	return cli_fail(err, TFA_ERR_USAGE, "--shard auto: %s of %s %s",
	    scheduler->index, scheduler->name, why);
}

static bool
read_count(size_t *out, const struct scheduler *scheduler, size_t first,
    size_t step, size_t given, const struct cli_io *io)
{
	size_t last;

	*out = given;
	if (given || variable(out, scheduler->count, io))
		return *out > 0;
	if (!variable(&last, scheduler->last, io) || last < first)
		return false;
	*out = (last - first) / step + 1;
	return true;
}

/* *there: this scheduler has started the process. */
static bool
ask(struct place *place, bool *there, const struct scheduler *scheduler,
    size_t given, const struct cli_io *io, struct tfa_error *err)
{
	size_t index, first = scheduler->base, step = 1;

	*there = variable(&index, scheduler->index, io);
	if (!*there)
		return true;
	variable(&first, scheduler->first, io);
	if (!variable(&step, scheduler->step, io) || step == 0)
		step = 1;
	if (!read_count(&place->shards, scheduler, first, step, given, io))
		return bad(err, scheduler,
		    "is there, but not how many there are: write --shard "
		    "auto/N");
	if (index < first || (index - first) % step != 0 ||
	    (index - first) / step >= place->shards)
		return bad(err, scheduler, "is not one of the tasks");
	place->shard = (index - first) / step + 1;
	place->by = scheduler->name;
	return true;
}

static bool
ask_all(struct place *out, size_t given, const struct cli_io *io,
    struct tfa_error *err)
{
	for (size_t i = 0; i < COUNTOF(schedulers); i++) {
		struct place place;
		bool there;

		if (!ask(&place, &there, &schedulers[i], given, io, err))
			return false;
		if (!there)
			continue;
		if (out->by &&
		    (out->shard != place.shard || out->shards != place.shards))
			return cli_fail(err, TFA_ERR_USAGE,
			    "--shard auto: %s says %zu/%zu, but %s %zu/%zu: "
			    "write --shard I/N",
			    out->by, out->shard, out->shards, place.by,
			    place.shard, place.shards);
		*out = place;
	}
	return out->by ||
	    cli_fail(err, TFA_ERR_USAGE,
		"--shard auto: no variable of a scheduler is set; write "
		"--shard I/N");
}

static bool
read_auto(struct place *out, const char *rest, const struct cli_io *io,
    struct tfa_error *err)
{
	size_t given = 0;

	if (*rest == '/') {
		rest++;
		if (!read_number(&given, &rest) || *rest || !given)
			return cli_fail(err, TFA_ERR_USAGE,
			    "--shard auto/N needs a number above 0");
	}
	return ask_all(out, given, io, err);
}

bool
shard_read(size_t *shard, size_t *shards, const char *text,
    const struct cli_io *io, struct tfa_error *err)
{
	struct place place = {0};
	const char *at = text;
	bool ok;

	if (strcmp(text, "auto") == 0 || strncmp(text, "auto/", 5) == 0)
		ok = read_auto(&place, text + 4, io, err);
	else
		ok = (read_number(&place.shard, &at) && *at++ == '/' &&
			 read_number(&place.shards, &at) && !*at &&
			 place.shard && place.shard <= place.shards) ||
		    cli_fail(err, TFA_ERR_USAGE,
			"--shard needs I/N with I from 1 to N, or auto, not "
			"\"%s\"",
			text);
	*shard = place.shard;
	*shards = place.shards;
	return ok;
}
