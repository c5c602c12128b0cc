/* A report's life: made, filled by one plan, merged with others, released. */
#include <stdarg.h>
#include <stdlib.h>

#include "engine/locate.h"
#include "engine/run.h"
#include "engine/select.h"
#include "engine/total.h"

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[] = {[VERDICT_FAIL] = "fail",
	    [VERDICT_ERROR] = "error",
	    [VERDICT_UNKNOWN] = "unknown",
	    [VERDICT_WAIVED] = "waived",
	    [VERDICT_PASS] = "pass",
	    [VERDICT_NOT_APPLICABLE] = "not applicable"};

	return names[verdict];
}

const char *
change_name(enum change change)
{
	static const char *const names[] = {[CHANGE_INTRODUCED] = "introduced",
	    [CHANGE_EXISTING] = "existing",
	    [CHANGE_FIXED] = "fixed",
	    [CHANGE_REMOVED] = "removed",
	    [CHANGE_CLEAN] = "clean"};

	return names[change];
}

const char *
state_name(enum state state)
{
	static const char *const names[] = {[STATE_KNOWN] = "known",
	    [STATE_UNSET] = "unset",
	    [STATE_UNKNOWN] = "unknown",
	    [STATE_DEFAULTED] = "defaulted",
	    [STATE_INVALID] = "invalid"};

	return names[state];
}

const char *
located_name(enum located how)
{
	static const char *const names[] = {[LOCATED_NOT] = "",
	    [LOCATED_RESOURCE] = "resource",
	    [LOCATED_CALL] = "module-call",
	    [LOCATED_ROOT] = "root",
	    [LOCATED_PLAN] = "plan"};

	return names[how];
}

size_t *
tally_place(struct tally *tally, enum verdict verdict)
{
	size_t *const counts[] = {[VERDICT_FAIL] = &tally->fail,
	    [VERDICT_ERROR] = &tally->error,
	    [VERDICT_UNKNOWN] = &tally->unknown,
	    [VERDICT_WAIVED] = &tally->waived,
	    [VERDICT_PASS] = &tally->pass,
	    [VERDICT_NOT_APPLICABLE] = &tally->not_applicable};

	return counts[verdict];
}

void
tally_add(struct tally *tally, enum verdict verdict)
{
	++*tally_place(tally, verdict);
}

bool
names_add(struct names *names, struct str text, struct arena *arena)
{
	struct str *items = arena_array(arena, names->count + 1, sizeof(*items));

	if (!items)
		return false;
	if (names->count)
		memcpy(items, names->items, names->count * sizeof(*items));
	items[names->count++] = text;
	names->items = items;
	return true;
}

bool
names_add_fmt(
    struct names *names, struct arena *arena, const char *format, ...)
{
	char text[512];
	va_list args;
	struct str kept;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	kept = arena_copy(arena, str_of(text));
	return kept.ptr && names_add(names, kept, arena);
}

struct tfa_report *
report_new(
    const struct tfa_policies *policies, const struct tfa_options *options)
{
	struct tfa_report *report = calloc(1, sizeof(*report));

	if (!report)
		return NULL;
	report->policies = policies;
	report->options = options;
	report->status = 6;
	report->chosen = arena_array(&report->arena,
	    policies->control_count + 1, sizeof(*report->chosen));
	report->waivers = arena_array(&report->arena,
	    policies->waiver_count + 1, sizeof(*report->waivers));
	if (report->chosen && report->waivers)
		return report;
	tfa_report_free(report);
	return NULL;
}

void
tfa_report_free(struct tfa_report *report)
{
	if (!report)
		return;
	free(report->plans);
	free(report->findings);
	free(report->types);
	map_free(&report->texts);
	map_free(&report->paths);
	map_free(&report->origins);
	buf_free(&report->text);
	arena_free(&report->arena);
	free(report);
}

int
tfa_report_status(const struct tfa_report *report)
{
	return report->status;
}

bool
report_add_plan(
    struct tfa_report *report, struct str path, struct tfa_error *err)
{
	struct plan_result *plan;

	if (!array_reserve(&report->plans, &report->plan_cap,
		report->plan_count + 1, sizeof(*plan)))
		return error_nomem(err);
	plan = &report->plans[report->plan_count];
	*plan = (struct plan_result){0};
	plan->path = arena_copy(&report->arena, path);
	if (!plan->path.ptr)
		return error_nomem(err);
	report->plan_count++;
	return true;
}

bool
report_add_type(struct tfa_report *report, struct str type, size_t subjects,
    size_t judged, struct tfa_error *err)
{
	struct type_count *count;

	for (size_t i = 0; i < report->type_count; i++) {
		count = &report->types[i];
		if (!str_eq(count->type, type))
			continue;
		count->subjects += subjects;
		count->judged += judged;
		return true;
	}
	if (!array_reserve(&report->types, &report->type_cap,
		report->type_count + 1, sizeof(*count)))
		return error_nomem(err);
	count = &report->types[report->type_count];
	*count = (struct type_count){
	    arena_copy(&report->arena, type), subjects, judged};
	if (!count->type.ptr)
		return error_nomem(err);
	report->type_count++;
	return true;
}

static bool
copy_info(struct plan_info *out, const struct plan_info *info,
    struct arena *arena)
{
	*out = *info;
	out->format_version = arena_copy(arena, info->format_version);
	out->terraform_version = arena_copy(arena, info->terraform_version);
	out->timestamp = arena_copy(arena, info->timestamp);
	return out->format_version.ptr && out->terraform_version.ptr &&
	    out->timestamp.ptr;
}

static const char *
as_of_note(struct tfa_report *report, const struct plan_info *info)
{
	bool by_now;

	report->as_of = as_of_text(report->options, info, &by_now);
	if (!by_now)
		return NULL;
	return report->options->now
	    ? "the plan has no timestamp: dates are judged as of now"
	    : "the plan has no timestamp: what depends on a date cannot be "
	      "judged";
}

/* Sentences that a reader must see beside the verdicts. */
static bool
add_notes(struct tfa_report *report, struct plan_result *plan)
{
	const struct plan_info *info = &plan->info;
	bool is_plan = info->document == DOCUMENT_PLAN;
	struct arena *arena = &report->arena;
	const struct {
		bool say;
		const char *text;
	} notes[] = {
	    {!is_plan,
		"this is a state document: it shows what is there, not what a "
		"plan would change; run terraform show -json PLANFILE"},
	    {is_plan && !info->has_changes && info->has_planned,
		"resource_changes is missing: planned_values are judged, "
		"without actions, earlier values or masks of unknown values"},
	    {is_plan && !info->has_configuration,
		"configuration is missing: what was left out cannot be told "
		"from what is known only after apply"},
	    {info->errored == STATED_TRUE,
		"planning failed part-way: resources may be missing"},
	    {info->complete == STATED_FALSE,
		"the plan is not complete: resources may be missing"},
	    {is_plan && info->complete == UNSTATED,
		"the plan does not say whether it is complete, and counts as "
		"complete"},
	    {report->options->no_cross_check,
		"planned_values and resource_changes were not compared"},
	};

	for (size_t i = 0; i < COUNTOF(notes); i++) {
		if (notes[i].say &&
		    !names_add(&plan->notes, str_of(notes[i].text), arena))
			return false;
	}
	if (info->deferred &&
	    !names_add_fmt(&plan->notes, arena,
		"%zu changes are deferred: judged as far as they are known",
		info->deferred))
		return false;
	return info->drifted == 0 ||
	    names_add_fmt(&plan->notes, arena,
		"%zu resources have changed outside of Terraform: drift is "
		"not judged",
		info->drifted);
}

bool
report_close_plan(struct tfa_report *report, const struct plan_info *info,
    struct tfa_error *err)
{
	struct plan_result *plan = &report->plans[0];
	const char *note;

	if (!copy_info(&plan->info, info, &report->arena))
		return error_nomem(err);
	report->ledger.deposed = info->deposed;
	report->ledger.drifted = info->drifted;
	note = as_of_note(report, &plan->info);
	if (!add_notes(report, plan) ||
	    (note && !names_add(&plan->notes, str_of(note), &report->arena)))
		return error_nomem(err);
	return true;
}

/* --- Several plans in one report --- */

static void
add_sizes(void *into, const void *from, size_t bytes)
{
	size_t *a = into;
	const size_t *b = from;

	for (size_t i = 0; i < bytes / sizeof(*a); i++)
		a[i] += b[i];
}

static void
add_counts(struct tfa_report *into, const struct tfa_report *from)
{
	size_t controls = into->policies->control_count;

	add_sizes(into->tallies, from->tallies,
	    controls * sizeof(*into->tallies));
	add_sizes(into->chosen, from->chosen, controls * sizeof(*into->chosen));
	add_sizes(&into->ledger, &from->ledger, sizeof(into->ledger));
	add_sizes(&into->totals, &from->totals, sizeof(into->totals));
	into->judged += from->judged;
	if (!into->as_of.len)
		into->as_of = from->as_of;
}

/* What one plan has not asked for or not in force may matter in another. */
static void
add_waivers(struct tfa_report *into, struct tfa_report *from)
{
	struct skip_use **end = &into->skips;

	for (size_t i = 0; i < into->policies->waiver_count; i++) {
		struct waiver_use *a = &into->waivers[i], *b = &from->waivers[i];

		a->covered += b->covered;
		a->waived += b->waived;
		a->fixed += b->fixed;
		a->elsewhere += b->elsewhere;
		a->expired = a->expired || b->expired;
		a->exceeded = a->exceeded || b->exceeded;
	}
	if (!into->has_day) {
		into->has_day = from->has_day;
		into->day = from->day;
	}
	while (*end)
		end = &(*end)->next;
	*end = from->skips;
}

static bool
add_run_notes(struct tfa_report *into, const struct tfa_report *from)
{
	for (size_t i = 0; i < from->notes.count; i++) {
		struct str note = from->notes.items[i];
		bool known = false;

		for (size_t j = 0; j < into->notes.count; j++)
			known = known || str_eq(into->notes.items[j], note);
		if (!known && !names_add(&into->notes, note, &into->arena))
			return false;
	}
	return true;
}

/* The first findings move as they are; there is room for the others. */
static void
take_findings(struct tfa_report *into, struct tfa_report *from)
{
	for (size_t i = 0; i < from->finding_count; i++)
		from->findings[i].plan += into->plan_count;
	if (into->finding_count == 0) {
		free(into->findings);
		into->findings = from->findings;
		into->finding_cap = from->finding_cap;
		from->findings = NULL;
	} else if (from->finding_count) {
		memcpy(into->findings + into->finding_count, from->findings,
		    from->finding_count * sizeof(*into->findings));
	}
	into->finding_count += from->finding_count;
}

bool
tfa_report_merge(struct tfa_report *into, struct tfa_report *from,
    struct tfa_error *err)
{
	if (!array_reserve(&into->plans, &into->plan_cap,
		into->plan_count + from->plan_count, sizeof(*into->plans)) ||
	    (into->finding_count &&
		!array_reserve(&into->findings, &into->finding_cap,
		    into->finding_count + from->finding_count,
		    sizeof(*into->findings))) ||
	    !add_run_notes(into, from))
		return error_nomem(err);
	for (size_t i = 0; i < from->type_count; i++) {
		const struct type_count *type = &from->types[i];

		if (!report_add_type(into, type->type, type->subjects,
			type->judged, err))
			return false;
	}
	take_findings(into, from);
	for (size_t i = 0; i < from->plan_count; i++)
		into->plans[into->plan_count++] = from->plans[i];
	add_counts(into, from);
	add_waivers(into, from);
	arena_join(&into->arena, &from->arena);
	tfa_report_free(from);
	return total_finish(into, err);
}

bool
tfa_report_refuse(struct tfa_report *report, const char *path,
    const struct tfa_error *why, struct tfa_error *err)
{
	if (!report_add_plan(report, str_of(path), err))
		return false;
	report->plans[report->plan_count - 1].error = *why;
	return total_finish(report, err);
}

struct tfa_report *
tfa_report_new(const struct tfa_policies *policies,
    const struct tfa_options *options, struct tfa_error *err)
{
	struct tfa_report *report = report_new(policies, options);

	if (!report) {
		error_nomem(err);
		return NULL;
	}
	if (select_controls(report, err) && locate_check(options, err) &&
	    total_finish(report, err))
		return report;
	tfa_report_free(report);
	return NULL;
}
