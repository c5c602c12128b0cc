/*
 * A subject is judged as it comes.  A verdict that depends on the configuration
 * waits for the last byte as a copy of the few attributes that its controls
 * read.
 */
#include "engine/inspect.h"

#include "engine/total.h"
#include "engine/waive.h"

struct type_entry *
run_type(struct tfa_eval *eval, struct str type)
{
	struct type_entry *entry = map_find(&eval->types, type);

	if (entry)
		return entry;
	entry = type_entry_new(eval->report, type, &eval->arena);
	if (!entry || !map_set(&eval->types, entry->type, entry))
		return NULL;
	return entry;
}

struct scene
run_scene(struct tfa_eval *eval, const struct subject *subject, bool before)
{
	arena_reset(&eval->scratch);
	return (struct scene){.policies = eval->policies,
	    .subject = subject,
	    .config = eval->config,
	    .config_ready = eval->ready,
	    .before = before,
	    .joins = eval->ready ? &eval->joins : NULL,
	    .embedded = &eval->embedded,
	    .now_ready = eval->now_ready,
	    .now = eval->has_now ? &eval->now : NULL,
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

/* Does a finding of it tell which waivers fit? */
static bool
waivable(enum verdict verdict)
{
	return verdict != VERDICT_PASS && verdict != VERDICT_NOT_APPLICABLE;
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
	if (waivable(finding->verdict))
		finding->matches = waiting->waivers;
	if (change == CHANGE_INTRODUCED || change == CHANGE_FIXED)
		finding->was = waiting->was;
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
	if (!wanted(eval, change) || !waivable(verdict))
		waivers_note(eval->report, waiting->waivers, verdict);
	if (!wanted(eval, change))
		return true;
	total_add(eval->report, control, verdict, change);
	if (!is_listed(eval, verdict, change))
		return true;
	return add_finding(eval, subject, waiting, judgement, change, err);
}

/* A copy of what was printed, which is freed; ptr NULL without memory. */
static struct str
take_text(struct buf *text, struct arena *arena)
{
	struct str kept = {NULL, 0};

	if (!text->failed)
		kept = arena_copy(arena, buf_str(text));
	buf_free(text);
	return kept;
}

/* Is it the first time?  False without memory too. */
static bool
warn_first(struct tfa_eval *eval, struct str about, struct str what,
    struct tfa_error *err)
{
	struct buf text = {0};
	struct str key;

	buf_fmt(&text, STR_FMT " " STR_FMT, STR_ARG(about), STR_ARG(what));
	key = take_text(&text, &eval->arena);
	if (!key.ptr)
		return error_nomem(err);
	if (map_find(&eval->warned, key))
		return false;
	return map_set(&eval->warned, key, eval) || error_nomem(err);
}

/* Once for each control and type. */
static bool
warn_no_attribute(struct tfa_eval *eval, const struct scene *scene,
    const struct control *control, struct tfa_error *err)
{
	struct tfa_report *report = eval->report;
	struct str type = scene->no_attribute_of.len
	    ? scene->no_attribute_of
	    : scene->subject->address.type;

	if (!scene->no_attribute.len ||
	    !warn_first(eval, control->id, type, err))
		return err->code == TFA_ERR_NONE;
	return names_add_fmt(&report->notes, &report->arena,
		   STR_FMT ": " STR_FMT " has no attribute " STR_FMT
			   " in this plan's provider",
		   STR_ARG(control->id), STR_ARG(type),
		   STR_ARG(scene->no_attribute)) ||
	    error_nomem(err);
}

/* What a document left out, once for each subject. */
static bool
warn_document(
    struct tfa_eval *eval, const struct scene *scene, struct tfa_error *err)
{
	struct tfa_report *report = eval->report;
	struct str address = scene->subject->address.text;

	if (!scene->note ||
	    !warn_first(eval, address, str_of(scene->note), err))
		return err->code == TFA_ERR_NONE;
	return names_add_fmt(&report->notes, &report->arena,
		   STR_FMT " %s", STR_ARG(address), scene->note) ||
	    error_nomem(err);
}

static bool
judge_before(struct tfa_eval *eval, const struct subject *subject,
    struct waiting *waiting, struct tfa_error *err)
{
	bool changes = subject->actions & (ACTION_UPDATE | ACTION_CREATE);
	struct judgement judgement;
	struct scene scene;

	waiting->before = VERDICT_NOT_APPLICABLE;
	waiting->before_open = false;
	waiting->was = STR("");
	if (value_kind(subject->before) != NODE_OBJECT)
		return true;
	scene = run_scene(eval, subject, true);
	judgement = control_judge(&scene, waiting->control);
	waiting->before = judgement.verdict;
	waiting->before_open = scene.pending &&
	    (changes || waiting->before == VERDICT_UNKNOWN ||
		waiting->before == VERDICT_ERROR);
	if (scene.failed ||
	    (changes && !waiting->before_open &&
		!judgement_actual(&waiting->was, &judgement, eval->report)))
		return error_nomem(err);
	return true;
}

/* A removed resource that failed until now counts as cleaned up. */
static bool
count_removed(struct tfa_eval *eval, const struct subject *subject,
    struct waiting *waiting, struct tfa_error *err)
{
	if (!judge_before(eval, subject, waiting, err))
		return false;
	if (waiting->before_open)
		return true;
	if (waiting->before == VERDICT_FAIL && wanted(eval, CHANGE_REMOVED))
		eval->report->totals.removed++;
	return true;
}

/*
 * *later: the verdict waits for the rest of the plan.  One that is decided
 * without it waits too if it is listed, so that its reason does not depend on
 * the order of the document.
 */
static bool
judge_after(struct tfa_eval *eval, const struct subject *subject,
    const struct waiting *waiting, bool *later, struct tfa_error *err)
{
	bool before = waiting->selection == SELECT_BEFORE;
	struct scene scene = run_scene(eval, subject, before);
	struct judgement judgement =
	    control_judge(&scene, waiting->control);
	enum verdict verdict =
	    verdict_counted(waiting->control, judgement.verdict);
	enum change change = change_class(
	    waiting->selection, waiting->before, judgement.verdict);

	*later = false;
	if (scene.failed)
		return error_nomem(err);
	if (!warn_no_attribute(eval, &scene, waiting->control, err) ||
	    !warn_document(eval, &scene, err))
		return false;
	/* What is unknown only so far is not yet what if_unknown is about. */
	if (waiting->before_open ||
	    (scene.pending && (judgement.passes_anyway ||
				  judgement.verdict == VERDICT_UNKNOWN ||
				  is_listed(eval, verdict, change)))) {
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
	bool before = false;

	if (!pending)
		return NULL;
	if (count)
		memcpy(pending->items, waiting, count * sizeof(*waiting));
	pending->count = count;
	for (size_t i = 0; i < count; i++)
		before = before || waiting[i].before_open ||
		    waiting[i].selection == SELECT_BEFORE;
	pending->subject = subject_project(
	    subject, attributes->items, attributes->count, before, arena);
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

/* What others may be joined with or governed by, planned or read. */
static bool
keep_partner(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct type_entry *entry = run_type(eval, subject->address.type);
	enum mode mode = subject->address.mode;

	if (!entry)
		return error_nomem(err);
	if (!(mode == MODE_MANAGED && (entry->joined || entry->governs)) &&
	    !(mode == MODE_DATA && entry->data_joined))
		return true;
	return partners_add(&eval->joins.partners, subject, &entry->kept) ||
	    error_nomem(err);
}

bool
run_subject(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct type_entry *entry = run_type(eval, subject->address.type);
	size_t later_count = 0;
	bool judged = false, later;

	embedded_reset(&eval->embedded);
	if (!entry ||
	    !array_reserve(&eval->waiting, &eval->waiting_cap,
		entry->count + 1, sizeof(*eval->waiting)))
		return error_nomem(err);
	if (!eval->ready && !keep_partner(eval, subject, err))
		return false;
	if (eval->inspector && !inspect_take(eval, subject, err))
		return false;
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
			later_count += waiting->before_open;
			continue;
		}
		judged = true;
		eval->report->chosen[waiting->control->index]++;
		if (!waivers_match(&waiting->waivers, eval, subject,
			waiting->control,
			waiting->selection == SELECT_BEFORE))
			return error_nomem(err);
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
bool
run_planned(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct type_entry *entry = run_type(eval, subject->address.type);
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
	pending = retain(subject, &entry->retained, NULL, 0, &eval->retained);
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

void
run_drop_planned(struct tfa_eval *eval)
{
	eval->planned = NULL;
	eval->planned_end = &eval->planned;
	eval->planned_lost = false;
	arena_free(&eval->retained);
}

static bool
settle_item(struct tfa_eval *eval, const struct subject *subject,
    struct waiting *waiting, struct tfa_error *err)
{
	bool later;

	if (waiting->selection == SELECT_REMOVED)
		return count_removed(eval, subject, waiting, err);
	return (!waiting->before_open ||
		   judge_before(eval, subject, waiting, err)) &&
	    judge_after(eval, subject, waiting, &later, err);
}

/* What waited for the rest of the plan. */
static bool
settle_pending(struct tfa_eval *eval, struct tfa_error *err)
{
	for (struct pending *at = eval->pending; at; at = at->next) {
		embedded_reset(&eval->embedded);
		for (size_t i = 0; i < at->count; i++) {
			if (!settle_item(
				eval, at->subject, &at->items[i], err))
				return false;
		}
	}
	return true;
}

/* No resource_changes: planned_values is all there is. */
static bool
use_planned(const struct tfa_eval *eval)
{
	return !plan_info(eval->plan)->has_changes;
}

static bool
settle_planned(struct tfa_eval *eval, struct tfa_error *err)
{
	if (!use_planned(eval))
		return true;
	if (eval->planned_lost)
		return error_set(err, TFA_ERR_LIMIT,
		    "the plan has no resource_changes, and more planned_values "
		    "than are kept without them");
	for (struct pending *at = eval->planned; at; at = at->next) {
		if (!run_subject(eval, at->subject, err))
			return false;
	}
	return true;
}

static bool
settle_joins(struct tfa_eval *eval, struct tfa_error *err)
{
	const struct plan_info *info = plan_info(eval->plan);
	struct pending *at = use_planned(eval) ? eval->planned : NULL;

	for (; at; at = at->next) {
		if (!keep_partner(eval, at->subject, err))
			return false;
	}
	if (!facts_join(eval))
		return error_nomem(err);
	partners_sort(&eval->joins.partners);
	eval->joins.whole = info->complete != STATED_FALSE &&
	    info->errored != STATED_TRUE && info->deferred == 0;
	return true;
}

bool
run_settle(struct tfa_eval *eval, struct tfa_error *err)
{
	return settle_joins(eval, err) && settle_pending(eval, err) &&
	    settle_planned(eval, err);
}
