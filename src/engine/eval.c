/*
 * One evaluation: bytes go through the input decoder to the plan reader, which
 * hands out subjects and pieces of the configuration.
 */
#include <stdlib.h>

#include "engine/inspect.h"
#include "engine/locate.h"
#include "engine/total.h"
#include "engine/waive.h"

static bool
type_is_judged(void *ctx, struct str type)
{
	struct tfa_eval *eval = ctx;
	const struct type_entry *entry = run_type(eval, type);

	if (!entry)
		eval->no_memory = true;
	return entry &&
	    (entry->count > 0 || entry->joined || entry->data_joined ||
		entry->governs || eval->inspector);
}

static bool
on_subject(void *ctx, const struct subject *subject, struct tfa_error *err)
{
	if (subject->source == SUBJECT_PLANNED)
		return run_planned(ctx, subject, err);
	return run_subject(ctx, subject, err);
}

static void
on_dropped(void *ctx)
{
	run_drop_planned(ctx);
}

static bool
on_config(void *ctx, const struct config_item *item, struct tfa_error *err)
{
	struct tfa_eval *eval = ctx;

	return config_add(eval->config, item, err);
}

static bool
on_bytes(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct tfa_eval *eval = ctx;

	if (eval->encoded)
		sha256_update(
		    &eval->content_sha256, len, (const uint8_t *)bytes);
	return plan_feed(eval->plan, bytes, len, err);
}

static bool
wants_data(const struct tfa_report *report)
{
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (report->selected[i] && report->policies->controls[i]->data)
			return true;
	}
	return select_joins(report, true);
}

static bool
eval_open(struct tfa_eval *eval, struct tfa_error *err)
{
	const struct tfa_options *options = eval->options;
	size_t most = options->limits.retained_bytes;

	eval->report = report_new(eval->policies, options);
	if (!eval->report)
		return error_nomem(err);
	if (!select_controls(eval->report, err) ||
	    !locate_check(options, err) ||
	    !report_add_plan(eval->report, str_of(options->path), err))
		return false;
	if (options->inspect) {
		eval->inspector = inspector_new(options->inspect);
		if (!eval->inspector)
			return error_nomem(err);
	}
	eval->pending_end = &eval->pending;
	eval->planned_end = &eval->planned;
	eval->retained.limit = most ? most : 1024 * 1024;
	eval->handler = (struct plan_handler){.subject = on_subject,
	    .dropped = on_dropped,
	    .config = on_config,
	    .evaluates = type_is_judged,
	    .want_data = wants_data(eval->report) || options->inspect,
	    .planned_enough = &eval->planned_lost};
	eval->config = config_new(type_is_judged, eval);
	eval->plan = plan_new(&options->limits, &eval->handler, eval,
	    !options->no_cross_check);
	eval->input = input_new(&options->limits, on_bytes, eval);
	if (!eval->config || !eval->plan || !eval->input)
		return error_nomem(err);
	as_of_take(eval, NULL);
	eval->joins.partners.config = eval->config;
	eval->joins.strict = options->strict_joins;
	if (select_joins(eval->report, false))
		config_keep_references(eval->config);
	sha256_init(&eval->sha256);
	sha256_init(&eval->content_sha256);
	return true;
}

struct tfa_eval *
tfa_eval_new(const struct tfa_policies *policies,
    const struct tfa_options *options, struct tfa_error *err)
{
	struct tfa_eval *eval = calloc(1, sizeof(*eval));

	if (!eval) {
		error_nomem(err);
		return NULL;
	}
	eval->policies = policies;
	eval->options = options;
	if (eval_open(eval, err))
		return eval;
	tfa_eval_free(eval);
	return NULL;
}

void
tfa_eval_free(struct tfa_eval *eval)
{
	if (!eval)
		return;
	input_free(eval->input);
	plan_free(eval->plan);
	config_free(eval->config);
	tfa_report_free(eval->report);
	joins_free(&eval->joins);
	map_free(&eval->types);
	map_free(&eval->warned);
	arena_free(&eval->arena);
	arena_free(&eval->retained);
	arena_free(&eval->scratch);
	embedded_free(&eval->embedded);
	inspector_free(eval->inspector);
	buf_free(&eval->text);
	free(eval->waiting);
	free(eval);
}

char *
tfa_eval_space(struct tfa_eval *eval, size_t *size)
{
	struct tfa_error err = {0};

	return input_is_plain(eval->input)
	    ? plan_space(eval->plan, size, &err)
	    : NULL;
}

bool
tfa_eval_feed(struct tfa_eval *eval, const void *bytes, size_t len,
    struct tfa_error *err)
{
	if (len == 0)
		return true;
	if (eval->options->digest) {
		/* Plain JSON begins in ASCII, and has one digest. */
		if (eval->bytes == 0)
			eval->encoded =
			    !strchr(" \t\n\r{[", *(const char *)bytes);
		sha256_update(&eval->sha256, len, bytes);
	}
	eval->bytes += len;
	return input_feed(eval->input, bytes, len, err);
}

static bool
redact_findings(struct tfa_eval *eval, struct tfa_error *err)
{
	struct tfa_report *report = eval->report;

	for (size_t i = 0; i < report->finding_count; i++) {
		if (!finding_redact(&report->findings[i], eval->plan,
			eval->config, report, &eval->scratch))
			return error_nomem(err);
	}
	return true;
}

static bool
count_types(struct tfa_eval *eval, struct tfa_error *err)
{
	for (size_t i = 0; i < eval->types.count; i++) {
		const struct type_entry *entry = eval->types.entries[i].value;

		if (entry->subjects &&
		    !report_add_type(eval->report, entry->type,
			entry->subjects, entry->judged, err))
			return false;
	}
	return true;
}

static bool
eval_settle(struct tfa_eval *eval, struct tfa_error *err)
{
	struct plan_result *plan = &eval->report->plans[0];

	if (!input_finish(eval->input, err) || !plan_finish(eval->plan, err))
		return false;
	if (eval->no_memory)
		return error_nomem(err);
	eval->ready = true;
	as_of_take(eval, plan_info(eval->plan));
	if (!run_settle(eval, err) || !inspect_settle(eval, err) ||
	    !redact_findings(eval, err) || !count_types(eval, err))
		return false;
	if (eval->options->digest)
		sha_hex(plan->sha256, &eval->sha256);
	if (eval->encoded)
		sha_hex(plan->content_sha256, &eval->content_sha256);
	plan->bytes = eval->bytes;
	eval->report->has_day = eval->has_now;
	eval->report->day = date_day(&eval->now);
	return report_close_plan(eval->report, plan_info(eval->plan), err) &&
	    locate_findings(eval->report, eval->config,
		plan_info(eval->plan), err) &&
	    waive_findings(eval->report, err) &&
	    total_finish(eval->report, err);
}

bool
tfa_eval_finish(struct tfa_eval *eval, struct tfa_report **report,
    struct tfa_error *err)
{
	if (!eval_settle(eval, err))
		return false;
	*report = eval->report;
	eval->report = NULL;
	return true;
}
