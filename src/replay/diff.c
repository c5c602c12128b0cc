/*
 * Plans are paired by path, findings by fingerprint.  A finding that one side
 * does not list has passed there, or was not judged: which of the two is told
 * by whether the control was run.
 */
#include "replay/diff.h"

#include <stdlib.h>

static struct diff_control *
control_of(struct diff *diff, struct str id, struct str severity)
{
	struct diff_control *control = map_find(&diff->controls, id);

	if (control)
		return control;
	control = arena_new(&diff->arena, struct diff_control);
	id = arena_copy(&diff->arena, id);
	severity = arena_copy(&diff->arena, severity);
	if (!control || !id.ptr || !severity.ptr ||
	    !map_set(&diff->controls, id, control))
		return NULL;
	*control = (struct diff_control){.id = id, .severity = severity};
	return control;
}

static bool
name_controls(struct diff *diff, const struct side *side, bool is_new)
{
	for (size_t i = 0; i < side->controls.count; i++) {
		const struct map_entry *entry = &side->controls.entries[i];
		struct diff_control *control =
		    control_of(diff, entry->key, str_of(entry->value));

		if (!control)
			return false;
		control->in_old = control->in_old || !is_new;
		control->in_new = control->in_new || is_new;
	}
	return true;
}

static void
count_change(const struct diff_change *change, const void *plan)
{
	struct diff_control *control = change->control;

	if (change->after == SAYS_FAIL && change->before != SAYS_FAIL)
		control->fails++;
	else if (change->after == SAYS_FAIL)
		control->others += change->blocked;
	else if (change->before == SAYS_FAIL)
		control->stops++;
	else
		control->others++;
	control->blocks += change->blocks && !change->blocked;
	control->plans += control->last_plan != plan;
	control->last_plan = plan;
}

/* One of both may be NULL. */
static bool
add_change(struct diff *diff, const struct side_plan *plan,
    const struct side_finding *old, const struct side_finding *new)
{
	const struct side_finding *any = new ? new : old;
	struct diff_change change = {
	    .plan = plan->path,
	    .before = old ? old->says : SAYS_NOTHING,
	    .after = new ? new->says : SAYS_NOTHING,
	    .blocked = old && old->blocks,
	    .blocks = new && new->blocks};

	/* Passes are listed by some and not by others. */
	if (change.before == change.after ? change.blocked == change.blocks
					  : change.before <= SAYS_PASS &&
		    change.after <= SAYS_PASS)
		return true;
	change.control = control_of(diff, any->control, any->severity);
	change.address = arena_copy(&diff->arena, any->address);
	if (!change.control || !change.address.ptr ||
	    !arena_grow(&diff->arena, &diff->changes, diff->count, &diff->cap,
		sizeof(change)))
		return false;
	count_change(&change, plan->path.ptr);
	diff->changes[diff->count++] = change;
	return true;
}

static bool
compare_findings(struct diff *diff, const struct side_plan *old,
    const struct side_plan *new)
{
	size_t i = 0, j = 0;

	while (i < old->count || j < new->count) {
		const struct side_finding *a =
		    i < old->count ? &old->findings[i] : NULL;
		const struct side_finding *b =
		    j < new->count ? &new->findings[j] : NULL;
		int order = !a ? 1
		    : !b       ? -1
			       : str_cmp(a->fingerprint, b->fingerprint);

		if (!add_change(diff, new, order <= 0 ? a : NULL,
			order >= 0 ? b : NULL))
			return false;
		i += order <= 0;
		j += order >= 0;
	}
	return true;
}

static bool
compare_plans(
    struct diff *diff, size_t old_at, size_t new_at, struct tfa_error *err)
{
	struct side_plan old, new;

	arena_reset(&diff->scratch);
	if (!side_plan_load(&old, &diff->old, old_at, &diff->scratch, err) ||
	    !side_plan_load(&new, &diff->new, new_at, &diff->scratch, err))
		return false;
	diff->both++;
	diff->changed += !str_eq(old.sha256, new.sha256);
	diff->verdicts[old.verdict][new.verdict]++;
	diff->newly_blocked +=
	    new.verdict == PLAN_FAIL && old.verdict != PLAN_FAIL;
	diff->refused += old.refused || new.refused;
	diff->lost += new.refused && !old.refused;
	return old.refused || new.refused ||
	    compare_findings(diff, &old, &new) || error_nomem(err);
}

/*
 * The index + 1, or 0.  Two results of one plan each are of the same, whatever
 * they call it.
 */
static size_t
partner_of(const struct diff *diff, size_t at)
{
	const struct side *old = &diff->old, *new = &diff->new;

	if (!old->in && !new->in && old->count == 1 && new->count == 1)
		return 1;
	return (size_t)(uintptr_t)map_find(
	    &old->by_path, new->plans[at].path);
}

static int
severity_rank(struct str severity)
{
	for (size_t i = 0; i <= SEVERITY_INFO; i++) {
		if (str_eq(severity, str_of(severity_names[i])))
			return (int)i;
	}
	return SEVERITY_INFO + 1;
}

static int
control_cmp(const void *a, const void *b)
{
	const struct diff_control *left = *(struct diff_control *const *)a;
	const struct diff_control *right = *(struct diff_control *const *)b;
	int order = severity_rank(left->severity) -
	    severity_rank(right->severity);

	return order ? order : str_cmp(left->id, right->id);
}

static int
change_cmp(const void *a, const void *b)
{
	const struct diff_change *left = a, *right = b;
	const struct diff_control *const one = left->control;
	const struct diff_control *const two = right->control;
	int order = control_cmp(&one, &two);

	if (order == 0)
		order = str_cmp(left->plan, right->plan);
	return order ? order : str_cmp(left->address, right->address);
}

static bool
sort_all(struct diff *diff)
{
	diff->sorted = arena_array(&diff->arena, diff->controls.count + 1,
	    sizeof(*diff->sorted));
	if (!diff->sorted)
		return false;
	for (size_t i = 0; i < diff->controls.count; i++)
		diff->sorted[i] = diff->controls.entries[i].value;
	if (diff->controls.count)
		qsort(diff->sorted, diff->controls.count,
		    sizeof(*diff->sorted), control_cmp);
	if (diff->count)
		qsort(diff->changes, diff->count, sizeof(*diff->changes),
		    change_cmp);
	return true;
}

bool
diff_make(struct diff *diff, struct tfa_error *err)
{
	if (!name_controls(diff, &diff->new, true) ||
	    !name_controls(diff, &diff->old, false))
		return error_nomem(err);
	for (size_t i = 0; i < diff->new.count; i++) {
		size_t partner = partner_of(diff, i);

		if (!partner)
			diff->only_new++;
		else if (!compare_plans(diff, partner - 1, i, err))
			return false;
	}
	diff->only_old = diff->old.count - diff->both;
	return sort_all(diff) || error_nomem(err);
}

static int
status_of(const struct diff *diff)
{
	for (size_t i = 0; i < diff->controls.count; i++) {
		if (diff->sorted[i]->blocks)
			return 1;
	}
	return diff->lost ? 4 : 0;
}

bool
tfa_replay_diff(const char *old, const char *new, const char *format, FILE *out,
    int *status, struct tfa_error *err)
{
	struct diff diff = {0};
	bool json = strcmp(format, "json") == 0;
	bool ok = side_open(&diff.old, old, err) &&
	    side_open(&diff.new, new, err) && diff_make(&diff, err) &&
	    (json ? diff_write_json(&diff, out, err)
		  : diff_write_text(&diff, out, err));

	*status = ok ? status_of(&diff) : 6;
	side_close(&diff.old);
	side_close(&diff.new);
	map_free(&diff.controls);
	arena_free(&diff.arena);
	arena_free(&diff.scratch);
	return ok;
}
