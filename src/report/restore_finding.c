/* Findings, controls and counts, from the document; and whether they agree. */
#include <stdlib.h>

#include "engine/finding.h"
#include "report/record.h"
#include "report/restore.h"

struct told_control *
result_control(struct tfa_result *result, struct str id)
{
	struct told_control *told = map_find(&result->controls, id);

	if (told)
		return told;
	told = arena_new(&result->arena, struct told_control);
	if (!told || !map_set(&result->controls, id, told))
		return NULL;
	told->control.id = id;
	return told;
}

/* --- A finding --- */

static const char *
word_or_null(struct str text)
{
	return text.len ? text.ptr : NULL;
}

static bool
restore_origin(struct tfa_result *result, struct finding *finding,
    const struct stored_origin *told, struct tfa_error *err)
{
	struct finding_origin *origin;

	if (!told->given)
		return true;
	origin = arena_new(&result->arena, struct finding_origin);
	if (!origin)
		return error_nomem(err);
	*origin = (struct finding_origin){.kind = told->kind.ptr,
	    .where = told->where,
	    .source = told->source,
	    .version = told->version,
	    .change = told->change.place,
	    .change_source = told->change.source,
	    .change_version = told->change.version,
	    .own_block = told->change.own_block == STATED_TRUE,
	    .change_attribute = told->change.attribute,
	    .change_setting = told->change.setting,
	    .left_unset = word_or_null(told->left_unset_by),
	    .reference = told->reference,
	    .candidates = told->candidates,
	    .more_candidates = told->more_candidates,
	    .note = word_or_null(told->change.note)};
	finding->origin = origin;
	return true;
}

static bool
restore_default(struct tfa_result *result, struct finding *finding,
    const struct stored_default *told, struct tfa_error *err)
{
	struct default_entry *entry;

	if (!told->given)
		return true;
	entry = arena_new(&result->arena, struct default_entry);
	if (!entry)
		return error_nomem(err);
	entry->source = told->source;
	entry->since = told->since;
	finding->by_default = entry;
	return true;
}

static bool
restore_waiver(struct tfa_result *result, struct finding *finding,
    const struct stored_waiver *told, struct tfa_error *err)
{
	static const enum waived states[] = {WAIVED_IN_FORCE, WAIVED_EXPIRED,
	    WAIVED_EXCEEDED};
	struct skip_use *skip;

	if (!told->given)
		return true;
	if (told->state > COUNTOF(states))
		return result_refuse(err, "a waiver is in no state");
	finding->waived = states[told->state - 1];
	if (!told->tool.ptr) {
		finding->waiver = map_find(&result->waivers, told->id);
		return finding->waiver ||
		    result_refuse(err, "a finding's waiver is not there");
	}
	skip = arena_new(&result->arena, struct skip_use);
	if (!skip)
		return error_nomem(err);
	*skip = (struct skip_use){.tool = told->tool,
	    .id = told->id,
	    .reason = told->reason,
	    .expires = told->expires,
	    .file = told->file,
	    .line = told->line};
	finding->skip = skip;
	return true;
}

static void
restore_location(
    struct finding *finding, const struct stored_location *told)
{
	static const enum located methods[] = {LOCATED_RESOURCE, LOCATED_CALL,
	    LOCATED_ROOT, LOCATED_PLAN};

	if (told->given)
		finding->location = (struct location){.file = told->file,
		    .line = told->line,
		    .column = told->column,
		    .width = told->width,
		    .how = methods[told->method - 1]};
}

static bool
restore_address(struct tfa_result *result, struct finding *finding,
    struct tfa_error *err)
{
	struct address address;

	if (!address_read(&address, finding->address, &result->arena))
		return result_refuse(err, "an address is none");
	finding->module_address = address.module;
	return true;
}

static void
fill(struct finding *finding, const struct stored_finding *told)
{
	struct subject subject = {.source = SUBJECT_PLANNED};

	finding->previous_address = told->previous_address;
	finding->plan = told->plan;
	finding->verdict = (enum verdict)(told->verdict - 1);
	finding->raw_verdict = (enum verdict)(told->raw_verdict - 1);
	finding->change = (enum change)(told->change - 1);
	finding->enforce = (enum enforce)(told->enforce - 1);
	finding->known = told->known == STATED_TRUE;
	finding->actions = bits_of(told->actions, action_bits, ACTION_COUNT);
	subject.actions = finding->actions;
	finding->action = told->action.len ? told->action.ptr
					   : subject_action(&subject);
	finding->path = told->path;
	if (told->state)
		finding->state = (enum state)(told->state - 1);
	finding->expected = told->expected;
	finding->expected_whole = told->expected_whole == STATED_TRUE;
	finding->actual = told->actual;
	finding->was = told->was;
	finding->reason = told->reason;
	finding->waits_for = told->waits_for;
	finding->related = told->related;
}

static bool
claim(struct told_control *control, size_t severity, struct tfa_error *err)
{
	if (control->has_claim && control->claim != severity)
		return result_refuse(err, "findings of one control differ in "
					  "severity");
	control->has_claim = true;
	control->claim = severity;
	return true;
}

bool
restore_finding(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct tfa_report *report = result->report;
	struct stored_finding told = {0};
	struct told_control *control;
	struct finding *finding;
	char fingerprint[65];

	if (!stored_read(&told, value, &stored_finding, &result->arena, err))
		return false;
	control = result_control(result, told.control);
	if (!control ||
	    !array_reserve(&report->findings, &report->finding_cap,
		report->finding_count + 1, sizeof(*finding)))
		return error_nomem(err);
	finding = &report->findings[report->finding_count++];
	*finding = (struct finding){
	    .control = &control->control, .address = told.address};
	fill(finding, &told);
	restore_location(finding, &told.location);
	finding_fingerprint(fingerprint, finding);
	if (!str_eq(told.fingerprint, str_of(fingerprint)))
		return result_refuse(err, "a fingerprint is another finding's");
	return claim(control, told.severity, err) &&
	    restore_address(result, finding, err) &&
	    restore_origin(result, finding, &told.origin, err) &&
	    restore_default(result, finding, &told.by_default, err) &&
	    restore_waiver(result, finding, &told.waiver, err);
}

/* --- Controls and counts --- */

bool
restore_control(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct stored_control told = {0};
	struct told_control *control;

	if (!stored_read(&told, value, &stored_control, &result->arena, err))
		return false;
	control = result_control(result, told.id);
	if (!control)
		return error_nomem(err);
	if (control->listed)
		return result_refuse(err, "a control is listed twice");
	control->listed = true;
	control->control.index = result->listed_controls++;
	control->control.title = told.title;
	control->control.why = told.why;
	control->control.fix_text = told.fix;
	control->control.fix_hcl = told.fix_hcl;
	control->control.frameworks = told.frameworks;
	control->control.severity = (enum severity)(told.severity - 1);
	control->control.enforce = control->enforced =
	    (enum enforce)(told.enforce - 1);
	control->tally = told.tally;
	return claim(control, told.severity, err);
}

bool
restore_ledger(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct tfa_report *report = result->report;
	struct stored_ledger told = {0};
	struct value_iter it;

	if (!stored_read(&told, value, &stored_ledger, &result->arena, err))
		return false;
	report->ledger = told.counts;
	it = value_each(told.by_type);
	report->types =
	    calloc(value_count(told.by_type) + 1, sizeof(*report->types));
	if (!report->types)
		return error_nomem(err);
	while (value_step(&it)) {
		struct type_count *type = &report->types[report->type_count];
		struct stored_type counts = {0};

		if (!stored_text(&type->type, it.key, &result->arena, err) ||
		    !stored_read(&counts, it.value, &stored_type,
			&result->arena, err))
			return false;
		type->subjects = counts.subjects;
		type->judged = counts.judged;
		report->type_count++;
	}
	return true;
}

/* --- Agreement --- */

/* Listed controls first, in their order; others are only spoken of. */
static bool
settle_controls(struct tfa_result *result)
{
	struct tfa_report *report = result->report;
	size_t count = result->controls.count, next = result->listed_controls;
	struct arena *arena = &result->arena;

	result->policies.controls =
	    arena_array(arena, count + 1, sizeof(*result->policies.controls));
	report->tallies = arena_array(arena, count + 1, sizeof(struct tally));
	report->selected = arena_array(arena, count + 1, sizeof(bool));
	report->enforced =
	    arena_array(arena, count + 1, sizeof(enum enforce));
	if (!result->policies.controls || !report->tallies ||
	    !report->selected || !report->enforced)
		return false;
	result->policies.control_count = count;
	for (size_t i = 0; i < count; i++) {
		struct told_control *told = result->controls.entries[i].value;
		size_t index;

		if (!told->listed)
			told->control.index = next++;
		index = told->control.index;
		result->policies.controls[index] = &told->control;
		report->tallies[index] = told->tally;
		report->selected[index] = told->listed;
		report->enforced[index] = told->enforced;
	}
	return true;
}

static bool
check_findings(const struct tfa_result *result, struct tfa_error *err)
{
	const struct tfa_report *report = result->report;
	static const unsigned bits[] = {[VERDICT_FAIL] = TFA_FAIL,
	    [VERDICT_ERROR] = TFA_ERROR,
	    [VERDICT_UNKNOWN] = TFA_UNKNOWN,
	    [VERDICT_WAIVED] = TFA_WAIVED,
	    [VERDICT_PASS] = TFA_PASS,
	    [VERDICT_NOT_APPLICABLE] = 0};
	struct tally listed = {0}, total = report->totals.tally;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding->plan >= report->plan_count)
			return result_refuse(err, "a finding's plan is not there");
		if (!report->selected[finding->control->index])
			return result_refuse(
			    err, "a finding's control is not there");
		if (i && finding_compare(finding - 1, finding) >= 0)
			return result_refuse(
			    err, "its findings are not in their order");
		tally_add(&listed, finding->verdict);
	}
	for (size_t i = 0; i < COUNTOF(bits); i++) {
		enum verdict verdict = (enum verdict)i;

		if ((report->listed & bits[i]) &&
		    *tally_place(&listed, verdict) !=
			*tally_place(&total, verdict))
			return result_refuse(err,
			    "it lists %zu findings of \"%s\" and counts %zu",
			    *tally_place(&listed, verdict),
			    verdict_name(verdict),
			    *tally_place(&total, verdict));
	}
	return true;
}

static size_t
tally_sum(const struct tally *tally)
{
	return tally->pass + tally->fail + tally->unknown + tally->waived +
	    tally->error + tally->not_applicable;
}

/* What --only leaves out is counted of its control alone. */
static bool
check_verdicts(const struct tfa_result *result, struct tfa_error *err)
{
	const struct tfa_report *report = result->report;
	struct tally sum = {0}, total = report->totals.tally;
	bool ok = result->population.verdicts == tally_sum(&total) &&
	    result->population.controls_run == result->listed_controls;

	for (size_t i = 0; i < result->listed_controls; i++) {
		for (size_t j = 0; j <= VERDICT_NOT_APPLICABLE; j++)
			*tally_place(&sum, (enum verdict)j) += *tally_place(
			    &report->tallies[i], (enum verdict)j);
	}
	for (size_t j = 0; j <= VERDICT_NOT_APPLICABLE; j++) {
		size_t all = *tally_place(&sum, (enum verdict)j);
		size_t counted = *tally_place(&total, (enum verdict)j);

		ok = ok && (result->options.only ? counted <= all
						 : counted == all);
	}
	return ok || result_refuse(err, "its verdicts do not add up");
}

/* A pass must not come from an edited line. */
static bool
check_status(const struct tfa_result *result, struct tfa_error *err)
{
	const struct tfa_report *report = result->report;
	bool blocks = report->totals.blocking > 0;
	size_t refused = result->population.plans_refused, failing = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		failing += finding->verdict == VERDICT_FAIL &&
		    finding->enforce == ENFORCE_BLOCK && !finding->known;
	}
	if ((report->listed & TFA_FAIL) && failing != report->totals.blocking)
		return result_refuse(err, "its failures do not add up");
	if ((report->outcome == OUTCOME_ERROR) != (refused > 0) ||
	    (refused && report->status < 2) ||
	    (report->outcome == OUTCOME_PASS && (blocks || report->status)) ||
	    (report->outcome == OUTCOME_FAIL && !blocks) ||
	    (report->outcome != OUTCOME_PASS && report->status == 0 &&
		!result->options.exit_zero))
		return result_refuse(err, "its status contradicts its counts");
	return true;
}

static bool
check_counts(const struct tfa_result *result, struct tfa_error *err)
{
	const struct stored_population *told = &result->population;
	const struct tfa_report *report = result->report;
	const struct ledger *ledger = &report->ledger;
	size_t refused = 0;

	for (size_t i = 0; i < report->plan_count; i++)
		refused += report->plans[i].error.code != TFA_ERR_NONE;
	if (told->plans != report->plan_count ||
	    told->plans_refused != refused ||
	    told->plans_judged + refused != report->plan_count)
		return result_refuse(err, "its plans do not add up");
	if (told->resources != ledger->subjects ||
	    ledger->subjects != ledger->judged + ledger->unmatched +
		    ledger->removed + ledger->data + ledger->deferred)
		return result_refuse(err, "its ledger does not add up");
	return true;
}

bool
result_check(struct tfa_result *result, struct tfa_error *err)
{
	if (!settle_controls(result))
		return error_nomem(err);
	result->report->judged = result->population.resources_judged;
	result->report->controls_run = result->population.controls_run;
	return check_counts(result, err) && check_verdicts(result, err) &&
	    check_findings(result, err) && check_status(result, err);
}
