/*
 * One evaluation: bytes go through the input decoder to the plan reader, which
 * hands out subjects and pieces of the configuration.  A subject is judged at
 * once; a verdict that depends on the configuration waits for the last byte as
 * a copy of the few attributes that its controls read.
 */
#include <nettle/sha2.h>
#include <stdlib.h>

#include "engine/finding.h"
#include "engine/select.h"
#include "engine/total.h"
#include "plan/input.h"

/* A control that waits, with what it said of the object that was. */
struct waiting {
	const struct control *control;
	enum selection selection;
	enum verdict before;
};

struct pending {
	struct pending *next;
	const struct subject *subject;
	size_t count;
	struct waiting items[];
};

struct tfa_eval {
	const struct tfa_policies *policies;
	const struct tfa_options *options;
	struct tfa_report *report;
	struct input *input;
	struct plan *plan;
	struct config *config;
	struct plan_handler handler;
	struct map types; /* type -> struct type_entry */
	struct arena arena; /* types and pending subjects */
	struct pending *pending, **pending_end;
	/* Subjects of planned_values, while there may be no better ones. */
	struct arena retained;
	struct pending *planned, **planned_end;
	bool planned_lost; /* more of them than may be retained */
	struct arena scratch; /* of one judgement */
	struct buf text;
	struct waiting *waiting; /* of the subject at hand */
	size_t waiting_cap;
	struct map warned; /* "control type" that lacks an attribute */
	struct sha256_ctx sha256;
	uint64_t bytes;
	bool ready; /* the whole plan has been read */
};

static struct type_entry *
type_of(struct tfa_eval *eval, struct str type)
{
	struct type_entry *entry = map_find(&eval->types, type);

	if (entry)
		return entry;
	entry = type_entry_new(eval->report, type, &eval->arena);
	if (!entry || !map_set(&eval->types, entry->type, entry))
		return NULL;
	return entry;
}

static bool
keep_type(void *ctx, struct str type)
{
	const struct type_entry *entry = type_of(ctx, type);

	/* Without memory the configuration of the type is missing, and what
	 * depends on it unknown; but then the next allocation fails too. */
	return entry && entry->count > 0;
}

static struct scene
scene_of(struct tfa_eval *eval, const struct subject *subject, bool before)
{
	arena_reset(&eval->scratch);
	return (struct scene){.policies = eval->policies,
	    .subject = subject,
	    .config = eval->config,
	    .config_ready = eval->ready,
	    .before = before,
	    .arena = &eval->scratch,
	    .text = &eval->text};
}

/* Is it of a kind that the options leave in? */
static bool
wanted(const struct tfa_eval *eval, enum change change)
{
	unsigned only = eval->options->only;

	return only == 0 || (only & (1U << change));
}

static bool
is_listed(const struct tfa_eval *eval, enum verdict verdict, enum change change)
{
	if (verdict == VERDICT_NOT_APPLICABLE)
		return false;
	if (verdict == VERDICT_PASS)
		return change == CHANGE_FIXED ||
		    (eval->options->list & TFA_PASS);
	return true;
}

static bool
add_finding(struct tfa_eval *eval, const struct subject *subject,
    const struct waiting *waiting, const struct judgement *judgement,
    enum change change, struct tfa_error *err)
{
	struct tfa_report *report = eval->report;
	size_t most = eval->options->limits.findings;
	struct finding *finding;

	if (report->finding_count >= (most ? most : 10000000))
		return error_set(err, TFA_ERR_LIMIT, "more than %zu findings",
		    report->finding_count);
	if (!array_reserve(&report->findings, &report->finding_cap,
		report->finding_count + 1, sizeof(*finding)))
		return error_nomem(err);
	finding = &report->findings[report->finding_count];
	*finding = (struct finding){.control = waiting->control,
	    .actions = subject->actions,
	    .action = subject_action(subject),
	    .raw_verdict = judgement->verdict,
	    .verdict = verdict_counted(waiting->control, judgement->verdict),
	    .change = change,
	    .enforce = report->enforced[waiting->control->index]};
	finding->address = arena_copy(&report->arena, subject->address.text);
	if (subject->previous_address.len)
		finding->previous_address =
		    arena_copy(&report->arena, subject->previous_address);
	if (!finding->address.ptr ||
	    !finding_describe(finding, judgement, report))
		return error_nomem(err);
	report->finding_count++;
	return true;
}

/* The verdict is final: count it, and keep it if a report lists it. */
static bool
record(struct tfa_eval *eval, const struct subject *subject,
    const struct waiting *waiting, const struct judgement *judgement,
    struct tfa_error *err)
{
	const struct control *control = waiting->control;
	enum verdict verdict = verdict_counted(control, judgement->verdict);
	enum change change = change_class(
	    waiting->selection, waiting->before, judgement->verdict);

	tally_add(&eval->report->tallies[control->index], verdict);
	if (!wanted(eval, change))
		return true;
	total_add(eval->report, control, verdict, change);
	if (!is_listed(eval, verdict, change))
		return true;
	return add_finding(eval, subject, waiting, judgement, change, err);
}

/* Once for each control and type. */
static bool
warn_no_attribute(struct tfa_eval *eval, const struct scene *scene,
    const struct control *control, struct tfa_error *err)
{
	struct str type = scene->subject->address.type;
	struct str key, note;
	struct buf text = {0};

	buf_fmt(&text, STR_FMT " " STR_FMT, STR_ARG(control->id),
	    STR_ARG(type));
	key = arena_copy(&eval->arena, buf_str(&text));
	buf_free(&text);
	if (!key.ptr)
		return error_nomem(err);
	if (map_find(&eval->warned, key))
		return true;
	buf_fmt(&text, STR_FMT ": " STR_FMT
	    " has no attribute " STR_FMT " in this plan's provider",
	    STR_ARG(control->id), STR_ARG(type), STR_ARG(scene->no_attribute));
	note = arena_copy(&eval->report->arena, buf_str(&text));
	buf_free(&text);
	if (!note.ptr || !map_set(&eval->warned, key, eval) ||
	    !names_add(&eval->report->notes, note, &eval->report->arena))
		return error_nomem(err);
	return true;
}

static bool
judge_before(struct tfa_eval *eval, const struct subject *subject,
    struct waiting *waiting, struct tfa_error *err)
{
	struct scene scene;

	waiting->before = VERDICT_NOT_APPLICABLE;
	if (value_kind(subject->before) != NODE_OBJECT)
		return true;
	scene = scene_of(eval, subject, true);
	waiting->before = control_judge(&scene, waiting->control).verdict;
	return !scene.failed || error_nomem(err);
}

/* A removed resource that failed until now counts as cleaned up. */
static bool
count_removed(struct tfa_eval *eval, const struct subject *subject,
    struct waiting *waiting, struct tfa_error *err)
{
	if (!judge_before(eval, subject, waiting, err))
		return false;
	if (waiting->before == VERDICT_FAIL && wanted(eval, CHANGE_REMOVED))
		eval->report->totals.removed++;
	return true;
}

/*
 * *later: the verdict waits for the configuration.  One that is decided
 * without it waits too if it is listed, so that its reason does not depend on
 * the order of the document.
 */
static bool
judge_after(struct tfa_eval *eval, const struct subject *subject,
    const struct waiting *waiting, bool *later, struct tfa_error *err)
{
	bool before = waiting->selection == SELECT_BEFORE;
	struct scene scene = scene_of(eval, subject, before);
	struct judgement judgement =
	    control_judge(&scene, waiting->control);
	enum verdict verdict =
	    verdict_counted(waiting->control, judgement.verdict);
	enum change change = change_class(
	    waiting->selection, waiting->before, judgement.verdict);

	*later = false;
	if (scene.failed)
		return error_nomem(err);
	if (scene.no_attribute.len &&
	    !warn_no_attribute(eval, &scene, waiting->control, err))
		return false;
	if (scene.pending && is_listed(eval, verdict, change)) {
		*later = true;
		return true;
	}
	return record(eval, subject, waiting, &judgement, err);
}

/* What cannot be decided yet is kept without what its controls do not read. */
static struct pending *
retain(const struct subject *subject, const struct names *attributes,
    const struct waiting *waiting, size_t count, struct arena *arena)
{
	struct pending *pending =
	    arena_alloc(arena, sizeof(*pending) + count * sizeof(*waiting));

	if (!pending)
		return NULL;
	if (count)
		memcpy(pending->items, waiting, count * sizeof(*waiting));
	pending->count = count;
	pending->subject = subject_project(
	    subject, attributes->items, attributes->count, arena);
	return pending->subject ? pending : NULL;
}

static bool
postpone(struct tfa_eval *eval, const struct subject *subject, size_t count,
    struct tfa_error *err)
{
	struct names attributes = {0};
	struct str *names;
	struct pending *pending;
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += eval->waiting[i].control->attributes.count;
	arena_reset(&eval->scratch);
	names = arena_array(&eval->scratch, total + 1, sizeof(*names));
	if (!names)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++) {
		const struct names *of = &eval->waiting[i].control->attributes;

		for (size_t j = 0; j < of->count; j++)
			names[attributes.count++] = of->items[j];
	}
	attributes.items = names;
	pending = retain(
	    subject, &attributes, eval->waiting, count, &eval->arena);
	if (!pending)
		return error_nomem(err);
	*eval->pending_end = pending;
	eval->pending_end = &pending->next;
	return true;
}

/* Where the subject belongs in the ledger, if no control has judged it. */
static size_t *
ledger_place(struct ledger *ledger, const struct subject *subject, bool judged)
{
	if (subject->source == SUBJECT_DEFERRED)
		return &ledger->deferred;
	if (judged)
		return &ledger->judged;
	if (subject->address.mode != MODE_MANAGED)
		return &ledger->data;
	if (value_kind(subject->after) != NODE_OBJECT)
		return &ledger->removed;
	return &ledger->unmatched;
}

static bool
take_subject(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct type_entry *entry = type_of(eval, subject->address.type);
	size_t later_count = 0;
	bool judged = false, later;

	if (!entry ||
	    !array_reserve(&eval->waiting, &eval->waiting_cap,
		entry->count + 1, sizeof(*eval->waiting)))
		return error_nomem(err);
	for (size_t i = 0; i < entry->count; i++) {
		struct waiting *waiting = &eval->waiting[later_count];

		waiting->control = entry->controls[i];
		waiting->selection =
		    control_select(waiting->control, subject);
		if (waiting->selection == SELECT_NOT)
			continue;
		if (waiting->selection == SELECT_REMOVED) {
			if (!count_removed(eval, subject, waiting, err))
				return false;
			continue;
		}
		judged = true;
		eval->report->chosen[waiting->control->index]++;
		if (!judge_before(eval, subject, waiting, err) ||
		    !judge_after(eval, subject, waiting, &later, err))
			return false;
		later_count += later;
	}
	entry->subjects++;
	entry->judged += judged;
	eval->report->ledger.subjects++;
	eval->report->judged += judged;
	eval->report->ledger.elsewhere += subject->source != SUBJECT_CHANGE &&
	    subject->source != SUBJECT_DEFERRED;
	++*ledger_place(&eval->report->ledger, subject, judged);
	return later_count == 0 || postpone(eval, subject, later_count, err);
}

/* Kept in case resource_changes never come, within a bound. */
static bool
take_planned(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct type_entry *entry = type_of(eval, subject->address.type);
	struct pending *pending;
	struct value twice;

	if (!entry)
		return error_nomem(err);
	if (eval->planned_lost)
		return true;
	if (!value_unique(subject->after, &twice, &eval->text))
		return eval->text.failed
		    ? error_nomem(err)
		    : error_set(err, TFA_ERR_PLAN,
			  "planned_values has a name twice in one object");
	pending = retain(subject, &entry->attributes, NULL, 0, &eval->retained);
	if (!pending) {
		eval->planned_lost = true;
		eval->planned = NULL;
		arena_free(&eval->retained);
		return true;
	}
	*eval->planned_end = pending;
	eval->planned_end = &pending->next;
	return true;
}

static bool
on_subject(void *ctx, const struct subject *subject, struct tfa_error *err)
{
	if (subject->source == SUBJECT_PLANNED)
		return take_planned(ctx, subject, err);
	return take_subject(ctx, subject, err);
}

static void
on_dropped(void *ctx)
{
	struct tfa_eval *eval = ctx;

	eval->planned = NULL;
	eval->planned_end = &eval->planned;
	eval->planned_lost = false;
	arena_free(&eval->retained);
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

	return plan_feed(eval->plan, bytes, len, err);
}

static bool
wants_data(const struct tfa_report *report)
{
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (report->selected[i] && report->policies->controls[i]->data)
			return true;
	}
	return false;
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
	    !report_add_plan(eval->report, str_of(options->path), err))
		return false;
	eval->pending_end = &eval->pending;
	eval->planned_end = &eval->planned;
	eval->retained.limit = most ? most : 1024 * 1024;
	eval->handler = (struct plan_handler){.subject = on_subject,
	    .dropped = on_dropped,
	    .config = on_config,
	    .want_data = wants_data(eval->report),
	    .planned_enough = &eval->planned_lost};
	eval->config = config_new(keep_type, eval);
	eval->plan = plan_new(&options->limits, &eval->handler, eval,
	    !options->no_cross_check);
	eval->input = input_new(&options->limits, on_bytes, eval);
	if (!eval->config || !eval->plan || !eval->input)
		return error_nomem(err);
	if (options->digest)
		sha256_init(&eval->sha256);
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
	map_free(&eval->types);
	map_free(&eval->warned);
	arena_free(&eval->arena);
	arena_free(&eval->retained);
	arena_free(&eval->scratch);
	buf_free(&eval->text);
	free(eval->waiting);
	free(eval);
}

bool
tfa_eval_feed(struct tfa_eval *eval, const void *bytes, size_t len,
    struct tfa_error *err)
{
	if (len == 0)
		return true;
	if (eval->options->digest)
		sha256_update(&eval->sha256, len, bytes);
	eval->bytes += len;
	return input_feed(eval->input, bytes, len, err);
}

/* What waited for the configuration. */
static bool
settle_pending(struct tfa_eval *eval, struct tfa_error *err)
{
	for (struct pending *at = eval->pending; at; at = at->next) {
		for (size_t i = 0; i < at->count; i++) {
			bool later;

			if (!judge_after(eval, at->subject, &at->items[i],
				&later, err))
				return false;
		}
	}
	return true;
}

/* No resource_changes: planned_values is all there is. */
static bool
settle_planned(struct tfa_eval *eval, struct tfa_error *err)
{
	if (plan_info(eval->plan)->has_changes)
		return true;
	if (eval->planned_lost)
		return error_set(err, TFA_ERR_LIMIT,
		    "the plan has no resource_changes, and more planned_values "
		    "than are kept without them");
	for (struct pending *at = eval->planned; at; at = at->next) {
		if (!take_subject(eval, at->subject, err))
			return false;
	}
	return true;
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

static void
digest_print(struct tfa_eval *eval, char *out)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&eval->sha256, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[2 * sizeof(digest)] = '\0';
}

static bool
eval_settle(struct tfa_eval *eval, struct tfa_error *err)
{
	struct plan_result *plan = &eval->report->plans[0];

	if (!input_finish(eval->input, err) || !plan_finish(eval->plan, err))
		return false;
	eval->ready = true;
	if (!settle_pending(eval, err) || !settle_planned(eval, err) ||
	    !redact_findings(eval, err) || !count_types(eval, err))
		return false;
	if (eval->options->digest)
		digest_print(eval, plan->sha256);
	plan->bytes = eval->bytes;
	return report_close_plan(eval->report, plan_info(eval->plan), err) &&
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
