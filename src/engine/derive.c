/* How verdicts came to be: the judgement again, with every step on record. */
#include "engine/inspect.h"

#include "engine/related.h"
#include "engine/total.h"
#include "engine/trace.h"

static const char *
answer_word(const struct answer *answer)
{
	if (answer->truth == UNKNOWN)
		return answer->error ? "error" : "unknown";
	return answer->truth == YES ? "yes" : "no";
}

static bool
name_partners(struct inspected_step *out, const struct relation *relation,
    struct tfa_report *report)
{
	for (size_t i = 0; i < relation->named_count; i++) {
		struct str address = relation->named[i]->subject->address.text;

		if (!text_keep(&address, address, report) ||
		    !names_add(&out->partners, address, &report->arena))
			return false;
	}
	report->text.len = 0;
	relation_how(relation, &report->text);
	return !report->text.failed &&
	    text_keep(&out->joined, buf_str(&report->text), report);
}

static bool
keep_step(struct inspected_step *out, struct tfa_eval *eval,
    const struct subject *subject, const struct trace_step *step, bool before)
{
	const struct answer *answer = &step->answer;

	*out = (struct inspected_step){.cond = step->cond,
	    .depth = step->depth,
	    .flip = step->flip,
	    .answer = answer_word(answer),
	    .why = answer->error ? answer->why : NULL};
	if (step->subject != subject &&
	    !text_keep(&out->partner, step->subject->address.text, eval->report))
		return false;
	if (step->cond->kind == COND_RELATED && answer->relation)
		return name_partners(out, answer->relation, eval->report);
	if (!answer->look || answer->cond != step->cond)
		return true;
	out->looked = true;
	return inspect_look(&out->value, eval, step->subject, step->cond,
	    answer->look, before);
}

/* The first step without depth is "where", if the control has one. */
static bool
keep_steps(struct derivation *out, struct tfa_eval *eval,
    const struct subject *subject, const struct trace *trace)
{
	struct inspected_step *steps = arena_array(&eval->report->arena,
	    trace->count ? trace->count : 1, sizeof(*steps));
	size_t whole = 0;

	if (!steps || trace->failed)
		return false;
	for (size_t i = 0; i < trace->count; i++) {
		if (!keep_step(&steps[i], eval, subject, &trace->steps[i],
			out->of_before))
			return false;
		whole += trace->steps[i].depth == 0;
		steps[i].in_where = out->control->where && whole == 1;
	}
	out->steps = steps;
	out->count = trace->count;
	out->cut = trace->cut;
	return true;
}

static bool
judge_before(
    struct derivation *out, struct tfa_eval *eval, const struct subject *subject)
{
	struct scene scene;

	out->before = VERDICT_NOT_APPLICABLE;
	out->existed = value_kind(subject->before) == NODE_OBJECT;
	if (!out->existed)
		return true;
	scene = run_scene(eval, subject, true);
	out->before = control_judge(&scene, out->control).verdict;
	return !scene.failed;
}

static bool
derive(struct derivation *out, struct tfa_eval *eval,
    const struct subject *subject, const struct control *control,
    enum selection selection)
{
	struct trace trace = {0};
	struct scene scene;
	bool ok;

	*out = (struct derivation){.control = control,
	    .removed = selection == SELECT_REMOVED,
	    .of_before = selection != SELECT_AFTER};
	if (!judge_before(out, eval, subject))
		return false;
	scene = run_scene(eval, subject, out->of_before);
	scene.trace = &trace;
	out->raw = control_judge(&scene, control).verdict;
	out->verdict = verdict_counted(control, out->raw);
	out->change = change_class(selection, out->before, out->raw);
	scene.trace = NULL;
	ok = !scene.failed && keep_steps(out, eval, subject, &trace);
	trace_free(&trace);
	return ok;
}

bool
inspect_derivations(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject)
{
	const struct type_entry *entry =
	    run_type(eval, subject->address.type);
	struct derivation *items;

	if (!entry)
		return false;
	items = arena_array(
	    &eval->report->arena, entry->count + 1, sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < entry->count; i++) {
		enum selection selection =
		    control_select(entry->controls[i], subject);

		if (selection == SELECT_NOT)
			continue;
		if (!derive(&items[out->derivation_count++], eval, subject,
			entry->controls[i], selection))
			return false;
	}
	out->derivations = items;
	return true;
}
