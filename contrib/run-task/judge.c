/*
 * One task: "running", the plan as it comes into an evaluation, and one final
 * callback, which says "failed" for whatever went wrong.  Silence would count
 * as an error after ten minutes, but says nothing to those who wait.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "run_task.h"

enum { TRIES = 4, MESSAGE_MOST = 480, ANSWER_SECONDS = 30 };

struct judging {
	struct call call;
	struct tfa_options options;
	struct tfa_eval *eval;
	struct tfa_error err;
	bool fed;
	char now[32];
};

static bool
is_off(const struct judging *judging)
{
	return judging->call.called_off && *judging->call.called_off;
}

static void
wait_before(unsigned attempt)
{
	struct timespec pause = {1L << attempt, 0};

	nanosleep(&pause, NULL);
}

static bool
may_pass(long status)
{
	return status == 0 || status == 429 || status >= 500;
}

/* --- Callbacks --- */

/* Gives the last status, 0 without one. */
static long
deliver(const struct judging *judging, const char *what, const char *body)
{
	struct call call = judging->call;
	const char *why = "";
	long status = 0;

	/* It is the last word, however soon it has to be said. */
	call.called_off = NULL;
	call.seconds = ANSWER_SECONDS;
	for (unsigned attempt = 0; attempt < TRIES; attempt++) {
		if (attempt && is_off(judging))
			break;
		if (attempt)
			wait_before(attempt - 1);
		status = call_back(&call, body, &why);
		if (!may_pass(status))
			break;
	}
	if (status > 0 && (status < 200 || status > 299))
		say("%s: \"%s\" was answered with HTTP %ld", call.task->run_id,
		    what, status);
	else if (status <= 0)
		say("%s: \"%s\" could not be delivered: %s", call.task->run_id,
		    what, why);
	return status;
}

static json_t *
result_of(const char *status, const char *message)
{
	return json_pack("{s:{s:s, s:{s:s, s:s}}}", "data", "type",
	    "task-results", "attributes", "status", status, "message", message);
}

static void
tell(const struct judging *judging, const char *status, const char *message)
{
	json_t *json = result_of(status, message);
	char *body = json ? json_dumps(json, JSON_COMPACT) : NULL;

	if (body)
		deliver(judging, status, body);
	else
		say("%s: out of memory", judging->call.task->run_id);
	free(body);
	json_decref(json);
}

static void
fail(const struct judging *judging, const char *what, const char *why)
{
	char message[MESSAGE_MOST];

	snprintf(message, sizeof(message), "not judged: %.100s%s%.300s", what,
	    why ? ": " : "", why ? why : "");
	say("%s: %s", judging->call.task->run_id, message);
	tell(judging, "failed", message);
}

/* --- The report --- */

static char *
write_report(const struct tfa_report *report, struct tfa_error *err)
{
	static const struct tfa_report_style style = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	bool ok =
	    out && tfa_report_write(report, "tfc-run-task", &style, out, err);

	if (out && fclose(out) != 0)
		ok = false;
	if (ok)
		return text;
	free(text);
	return NULL;
}

/* The same without outcomes, for who does not know them or finds them too long.
 */
static char *
without_outcomes(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	char *shorter;

	json_object_del(json_object_get(json, "data"), "relationships");
	shorter = json ? json_dumps(json, JSON_COMPACT) : NULL;
	json_decref(json);
	return shorter;
}

static bool
is_refused(long status)
{
	return status == 400 || status == 413 || status == 422;
}

static void
finish(struct judging *judging, const struct tfa_report *report)
{
	const struct task *task = judging->call.task;
	char *text = write_report(report, &judging->err);
	char *shorter = text ? without_outcomes(text) : NULL;

	if (!text || !shorter)
		fail(judging, "the report", text ? NULL : judging->err.message);
	else if (!task->outcomes ||
		 is_refused(deliver(judging, "result", text)))
		deliver(judging, "result without outcomes", shorter);
	say("%s: status %d", task->run_id, tfa_report_status(report));
	free(text);
	free(shorter);
}

/* --- The plan --- */

static bool
feed(void *ctx, const void *bytes, size_t len)
{
	struct judging *judging = ctx;

	judging->fed = true;
	return tfa_eval_feed(judging->eval, bytes, len, &judging->err);
}

static bool
begin(struct judging *judging)
{
	time_t clock = time(NULL);
	struct tm utc;

	if (gmtime_r(&clock, &utc) &&
	    strftime(
		judging->now, sizeof(judging->now), "%Y-%m-%dT%H:%M:%SZ", &utc))
		judging->options.now = judging->now;
	judging->eval = tfa_eval_new(
	    judging->call.settings->policies, &judging->options, &judging->err);
	return judging->eval != NULL;
}

/* Again only while nothing of a plan has come. */
static long
get(struct judging *judging, const char **why)
{
	struct timespec begun, now;
	long status = 0, all = judging->call.settings->seconds;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	for (unsigned attempt = 0; attempt < TRIES; attempt++) {
		if (attempt)
			wait_before(attempt - 1);
		clock_gettime(CLOCK_MONOTONIC, &now);
		judging->call.seconds = all - (now.tv_sec - begun.tv_sec);
		if (judging->call.seconds <= 0)
			break;
		status = call_get(&judging->call, feed, judging, why);
		if (judging->fed || is_off(judging) || !may_pass(status))
			break;
	}
	return status;
}

static bool
fetch(struct judging *judging)
{
	static const char fetching[] = "the plan could not be fetched";
	const char *why = "it takes too long";
	long status = get(judging, &why);
	char message[32];

	if (status == 200)
		return true;
	snprintf(message, sizeof(message), "HTTP %ld", status);
	if (is_off(judging))
		fail(judging, "the receiver was stopped", NULL);
	else if (status > 0)
		fail(judging, fetching, message);
	else if (why)
		fail(judging, fetching, why);
	else
		fail(judging, "the plan", judging->err.message);
	return false;
}

static void
judge(struct judging *judging)
{
	struct tfa_report *report = NULL;

	if (!begin(judging)) {
		fail(judging, "the receiver", judging->err.message);
		return;
	}
	if (!fetch(judging))
		return;
	if (!tfa_eval_finish(judging->eval, &report, &judging->err)) {
		fail(judging, "the plan", judging->err.message);
		return;
	}
	finish(judging, report);
	tfa_report_free(report);
}

void
task_judge(const struct settings *settings, const struct task *task,
    const atomic_bool *called_off)
{
	struct judging judging = {
	    .call = {settings, task, called_off, 0},
	    .options = settings->options
        };

	judging.options.path = task->run_id;
	if (task->stage != STAGE_PLANNED) {
		fail(&judging,
		    "there is no plan at this stage; run it after the plan "
		    "(post_plan) or before it is applied (pre_apply)",
		    NULL);
		return;
	}
	if (!is_off(&judging))
		tell(&judging, "running", "tfassay judges the plan");
	judge(&judging);
	tfa_eval_free(judging.eval);
}
