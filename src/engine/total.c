#include "engine/total.h"

#include <stdlib.h>

#include "engine/finding.h"

static size_t *
blocking_place(struct totals *totals, enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_FAIL:
		return &totals->blocking;
	case VERDICT_UNKNOWN:
		return &totals->blocking_unknown;
	case VERDICT_ERROR:
		return &totals->blocking_error;
	case VERDICT_WAIVED:
	case VERDICT_PASS:
	case VERDICT_NOT_APPLICABLE:
		break;
	}
	return NULL;
}

void
total_add(struct tfa_report *report, const struct control *control,
    enum verdict verdict, enum change change)
{
	struct totals *totals = &report->totals;
	bool blocks = report->enforced[control->index] == ENFORCE_BLOCK;
	size_t *place;

	tally_add(&totals->tally, verdict);
	totals->introduced += change == CHANGE_INTRODUCED;
	totals->existing += change == CHANGE_EXISTING;
	totals->fixed += change == CHANGE_FIXED;
	if (!blocks)
		return;
	place = blocking_place(totals, verdict);
	if (place)
		++*place;
}

void
total_move(struct tfa_report *report, const struct finding *finding,
    enum verdict verdict)
{
	struct tally *tally = &report->tallies[finding->control->index];
	size_t *from = blocking_place(&report->totals, finding->verdict);
	size_t *into = blocking_place(&report->totals, verdict);

	--*tally_place(tally, finding->verdict);
	--*tally_place(&report->totals.tally, finding->verdict);
	tally_add(tally, verdict);
	tally_add(&report->totals.tally, verdict);
	if (finding->enforce != ENFORCE_BLOCK)
		return;
	if (from)
		--*from;
	if (into)
		++*into;
}

void
total_known(struct tfa_report *report, struct finding *finding)
{
	size_t *place = blocking_place(&report->totals, finding->verdict);

	finding->known = true;
	if (finding->enforce != ENFORCE_BLOCK || !place)
		return;
	--*place;
	report->totals.known++;
}

static size_t
tally_sum(const struct tally *tally)
{
	return tally->pass + tally->fail + tally->unknown + tally->waived +
	    tally->error + tally->not_applicable;
}

/* Each subject stands in one place, each selected subject has one verdict. */
static bool
check_ledger(const struct tfa_report *report, struct tfa_error *err)
{
	const struct ledger *ledger = &report->ledger;
	size_t entries = 0;

	for (size_t i = 0; i < report->plan_count; i++)
		entries += report->plans[i].info.entries;
	if (ledger->subjects != ledger->judged + ledger->unmatched +
		    ledger->removed + ledger->data + ledger->deferred)
		return error_set(err, TFA_ERR_INTERNAL,
		    "the ledger does not balance: %zu subjects",
		    ledger->subjects);
	if (entries + ledger->elsewhere != ledger->subjects + ledger->deposed)
		return error_set(err, TFA_ERR_INTERNAL,
		    "the ledger does not balance: %zu entries were read, %zu "
		    "came to be subjects, %zu are deposed",
		    entries + ledger->elsewhere, ledger->subjects,
		    ledger->deposed);
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (tally_sum(&report->tallies[i]) != report->chosen[i])
			return error_set(err, TFA_ERR_INTERNAL,
			    "the verdicts of " STR_FMT " do not add up",
			    STR_ARG(report->policies->controls[i]->id));
	}
	return true;
}

int
total_graver(int a, int b)
{
	static const int order[] = {6, 3, 5, 2, 1, 4, 0};

	for (size_t i = 0; i < COUNTOF(order); i++) {
		if (a == order[i] || b == order[i])
			return order[i];
	}
	return 6;
}

static bool
reason(struct tfa_report *report, bool *ok, size_t number, const char *one,
    const char *many)
{
	if (number == 0)
		return false;
	*ok = *ok &&
	    names_add_fmt(&report->reasons, &report->arena, "%zu %s", number,
		number == 1 ? one : many);
	return true;
}

/* What leaves a plan undecided as a whole. */
static bool
plan_incomplete(const struct plan_result *plan, const char **why)
{
	const struct plan_info *info = &plan->info;

	if (plan->error.code != TFA_ERR_NONE)
		return false;
	if (info->errored == STATED_TRUE)
		*why = "planning failed part-way (errored)";
	else if (info->document == DOCUMENT_STATE)
		*why = "the document is a state, not a plan";
	else if (info->complete == STATED_FALSE)
		*why = "the plan is not complete (-target, deferred or failed "
		       "changes)";
	else if (info->deferred)
		*why = "changes are deferred to a later plan";
	else if (!info->has_changes && info->has_planned)
		*why = "the plan has no resource_changes";
	else
		return false;
	return true;
}

/* Something was there that stays, and no control looked at it. */
static bool
nothing_judged(const struct tfa_report *report)
{
	const struct ledger *ledger = &report->ledger;

	return report->judged == 0 && ledger->subjects > ledger->removed;
}

/* What is undecided, as status 4, unless it is allowed. */
static int
decide_undecided(struct tfa_report *report, bool *ok)
{
	const struct totals *totals = &report->totals;
	unsigned allow = report->options->allow;
	const char *why;
	int status = 0;

	if (reason(report, ok, totals->blocking_error,
		"blocking control could not be evaluated",
		"blocking verdicts could not be evaluated"))
		status = 4;
	if (reason(report, ok, totals->blocking_unknown,
		"blocking verdict is unknown until apply",
		"blocking verdicts are unknown until apply") &&
	    !(allow & TFA_ALLOW_UNKNOWN))
		status = 4;
	for (size_t i = 0; i < report->plan_count; i++) {
		if (!plan_incomplete(&report->plans[i], &why))
			continue;
		*ok = *ok &&
		    names_add(&report->reasons, str_of(why), &report->arena);
		if (!(allow & TFA_ALLOW_INCOMPLETE))
			status = 4;
	}
	if (nothing_judged(report)) {
		*ok = *ok &&
		    names_add(&report->reasons, STR("nothing was judged"),
			&report->arena);
		if (!(allow & TFA_ALLOW_EMPTY))
			status = 4;
	}
	return status;
}

/* Whatever is allowed: a whole evaluation has looked at everything. */
static bool
is_incomplete(const struct tfa_report *report, int refused)
{
	const char *why;

	for (size_t i = 0; i < report->plan_count; i++) {
		if (plan_incomplete(&report->plans[i], &why))
			return true;
	}
	return refused || nothing_judged(report) || report->judged == 0 ||
	    report->totals.tally.error > 0;
}

static bool
decide(struct tfa_report *report)
{
	bool ok = true;
	int status = 0, refused = 0;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct tfa_error *error = &report->plans[i].error;

		if (error->code == TFA_ERR_NONE)
			continue;
		status = total_graver(status, tfa_error_status(error));
		refused++;
	}
	reason(report, &ok, (size_t)refused, "plan could not be judged",
	    "plans could not be judged");
	if (reason(report, &ok, report->totals.blocking, "blocking failure",
		"blocking failures"))
		status = total_graver(status, 1);
	status = total_graver(status, decide_undecided(report, &ok));
	report->outcome = refused ? OUTCOME_ERROR
	    : status == 1	  ? OUTCOME_FAIL
	    : status == 4	  ? OUTCOME_UNDECIDED
				  : OUTCOME_PASS;
	if (report->options->exit_zero && (status == 1 || status == 4)) {
		ok = ok &&
		    names_add_fmt(&report->reasons, &report->arena,
			"--exit-zero made the exit status 0 instead of %d",
			status);
		status = 0;
	}
	if (ok && report->reasons.count == 0)
		ok = names_add(&report->reasons,
		    report->judged ? STR("nothing that blocks")
				   : STR("there was nothing to judge"),
		    &report->arena);
	reason(report, &ok, report->totals.known,
	    "finding of the baseline does not block",
	    "findings of the baseline do not block");
	report->status = status;
	report->incomplete = is_incomplete(report, refused);
	return ok;
}

static int
type_compare(const void *left, const void *right)
{
	const struct type_count *a = left, *b = right;

	return str_cmp(a->type, b->type);
}

/* Findings are large: their places are sorted, then each moves once. */
struct ranked {
	uint64_t rank; /* severity and control */
	const struct finding *finding;
};

static int
ranked_compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return finding_compare(a->finding, b->finding);
}

/* order[i].finding is what belongs at findings[i]. */
static void
permute(struct finding *findings, struct ranked *order, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct finding first = findings[i];
		size_t to = i;

		for (;;) {
			size_t from = (size_t)(order[to].finding - findings);

			order[to].finding = &findings[to];
			if (from == i)
				break;
			findings[to] = findings[from];
			to = from;
		}
		findings[to] = first;
	}
}

/* Reports that are merged come sorted. */
static bool
sort_findings(struct tfa_report *report)
{
	struct finding *findings = report->findings;
	size_t count = report->finding_count, i = 1;
	struct ranked *order;

	while (i < count && finding_compare(&findings[i - 1], &findings[i]) < 0)
		i++;
	if (i >= count)
		return true;
	order = malloc(count * sizeof(*order));
	if (!order)
		return false;
	for (i = 0; i < count; i++) {
		const struct control *control = findings[i].control;

		order[i].rank = (uint64_t)control->severity << 32 |
		    (uint64_t)control->index;
		order[i].finding = &findings[i];
	}
	qsort(order, count, sizeof(*order), ranked_compare);
	permute(findings, order, count);
	free(order);
	return true;
}

bool
total_finish(struct tfa_report *report, struct tfa_error *err)
{
	struct totals *totals = &report->totals;

	report->status = 6;
	totals->best = totals->blocking;
	totals->worst = totals->blocking + totals->blocking_unknown +
	    totals->blocking_error;
	if (!check_ledger(report, err))
		return false;
	if (!sort_findings(report))
		return error_nomem(err);
	if (report->type_count)
		qsort(report->types, report->type_count,
		    sizeof(*report->types), type_compare);
	report->reasons = (struct names){0};
	return decide(report) || error_nomem(err);
}
