#include "engine/judge.h"

/* The words of a control's "actions" that a subject answers to. */
static unsigned
subject_acts(const struct subject *subject)
{
	unsigned acts = subject->actions;

	if ((acts & ACTION_CREATE) && (acts & (ACTION_DELETE | ACTION_FORGET)))
		acts = ACTION_REPLACE;
	if (subject->previous_address.len)
		acts |= ACTION_MOVED;
	if (subject->importing)
		acts |= ACTION_IMPORTED;
	return acts;
}

enum selection
control_select(const struct control *control, const struct subject *subject)
{
	bool goes = value_kind(subject->after) != NODE_OBJECT;
	bool was = value_kind(subject->before) == NODE_OBJECT;

	if (subject->address.mode != (control->data ? MODE_DATA : MODE_MANAGED))
		return SELECT_NOT;
	if (control->actions && !(control->actions & subject_acts(subject)))
		return SELECT_NOT;
	if (control->view_before)
		return was ? SELECT_BEFORE : SELECT_NOT;
	if (!goes)
		return SELECT_AFTER;
	if (!was)
		return SELECT_NOT;
	return control->actions ? SELECT_BEFORE : SELECT_REMOVED;
}

struct judgement
control_judge(struct scene *scene, const struct control *control)
{
	struct spot root = scene_root(scene);
	struct judgement judgement = {.verdict = VERDICT_PASS};
	struct answer where = {.truth = YES};

	if (control->where)
		where = cond_eval(scene, control->where, &root, false);
	if (where.truth == NO) {
		judgement.verdict = VERDICT_NOT_APPLICABLE;
		judgement.answer = where;
		return judgement;
	}
	judgement.answer = cond_eval(scene, control->assert, &root, false);
	judgement.passes_anyway =
	    where.truth == UNKNOWN && judgement.answer.truth == YES;
	if (judgement.answer.truth == YES)
		return judgement;
	if (where.truth == UNKNOWN) {
		judgement.open_where = true;
		judgement.answer = where;
	}
	if (judgement.answer.truth == NO)
		judgement.verdict = VERDICT_FAIL;
	else if (judgement.answer.error)
		judgement.verdict = VERDICT_ERROR;
	else
		judgement.verdict = VERDICT_UNKNOWN;
	return judgement;
}

enum change
change_class(
    enum selection selection, enum verdict before, enum verdict after)
{
	bool failed = before == VERDICT_FAIL;

	if (after == VERDICT_PASS || after == VERDICT_NOT_APPLICABLE)
		return failed && selection == SELECT_AFTER ? CHANGE_FIXED
							   : CHANGE_CLEAN;
	return failed && selection == SELECT_AFTER ? CHANGE_EXISTING
						   : CHANGE_INTRODUCED;
}

enum verdict
verdict_counted(const struct control *control, enum verdict raw)
{
	if (raw != VERDICT_UNKNOWN || control->if_unknown == SAID_NOTHING)
		return raw;
	return control->if_unknown == SAID_YES ? VERDICT_PASS : VERDICT_FAIL;
}
