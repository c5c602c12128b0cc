/*
 * Partners are gathered as counts of answers, certain ones apart from possible
 * ones, and the answer is what all ways in which it may turn out agree on.
 */
#include "engine/view.h"

/* May there be partners that the plan does not show?  What was, it shows. */
static bool
is_unseen(const struct view *view)
{
	return !view->scene->before && !view->scene->joins->whole && (!view->settled || view->open);
}

static enum truth
none_answer(const struct related *related)
{
	if (related->none_unknown)
		return UNKNOWN;
	if (related->if_none != SAID_NOTHING)
		return related->if_none == SAID_YES ? YES : NO;
	return related->quantifier == COND_SOME ? NO : YES;
}

/*
 * With certain partners: wanted decides at once (YES for some, NO for every),
 * and whatever may still say it leaves the other answer open.
 */
static enum truth
with_partners(const struct view *view, enum truth wanted)
{
	if (view->sure.count[wanted])
		return wanted;
	if (view->sure.count[UNKNOWN] || view->maybe.count[UNKNOWN] ||
	    view->maybe.count[wanted] || view->many || is_unseen(view))
		return UNKNOWN;
	return truth_not(wanted);
}

/* Without: there may be none of the possible ones, or any of them. */
static enum truth
without_partners(const struct view *view, enum truth none, bool inverse)
{
	const struct fold *maybe = &view->maybe;
	enum truth some;

	if (view->many || is_unseen(view))
		return UNKNOWN;
	if (!fold_size(maybe))
		return none;
	if (maybe->count[UNKNOWN] || (maybe->count[YES] && maybe->count[NO]))
		return UNKNOWN;
	some = maybe->count[YES] ? YES : NO;
	if (inverse)
		some = truth_not(some);
	return some == none ? none : UNKNOWN;
}

static enum truth
view_truth(const struct view *view)
{
	const struct related *related = view->cond->related;
	bool inverse = related->quantifier == COND_NONE;
	enum truth truth;

	if (!fold_size(&view->sure))
		return without_partners(view, none_answer(related), inverse);
	truth = with_partners(
	    view, related->quantifier == COND_EVERY ? NO : YES);
	return inverse ? truth_not(truth) : truth;
}

/* The partner that decided, or the kind of reason why none did. */
static enum relation_kind
decided_by(const struct view *view, enum truth truth, struct partner *partner)
{
	bool inverse = view->cond->related->quantifier == COND_NONE;
	const struct fold *sure = &view->sure, *maybe = &view->maybe;
	size_t last = inverse ? truth_not(truth) : truth;

	*partner = truth == UNKNOWN && sure->error.record ? sure->error
							  : sure->first[last][0];
	if (partner->record)
		return RELATION_PARTNER;
	if (view->many)
		return RELATION_MANY;
	if (truth != UNKNOWN)
		return RELATION_NONE;
	for (size_t i = 0; i < COUNTOF(maybe->first); i++) {
		if (!partner->record)
			*partner = maybe->first[i][0];
	}
	if (partner->record || view->open)
		return RELATION_OPEN;
	return is_unseen(view) ? RELATION_UNSEEN : RELATION_NONE;
}

static struct relation *
relation_new(struct view *view, enum truth truth, struct partner *partner)
{
	struct relation *relation =
	    arena_new(view->scene->arena, struct relation);
	const struct fold *fold = &view->sure;

	if (!relation) {
		view->scene->failed = true;
		return NULL;
	}
	relation->kind = decided_by(view, truth, partner);
	relation->related = view->cond->related;
	if (view->cond->negated ||
	    view->cond->related->quantifier == COND_NONE)
		relation->expected = view->cond->expected;
	relation->me = view->scene->first
	    ? view->me->subject->address.text
	    : STR("");
	relation->partner = partner->record;
	relation->how = partner->link ? partner->link->how : view->how;
	relation->any = partner->link && partner->link->any;
	relation->waits = partner->link ? partner->link->waits : view->waits;
	if (relation->related->join == JOIN_MY && view->open &&
	    relation->kind == RELATION_OPEN)
		relation->partner = NULL;
	if (relation->partner && !fold->named_count)
		relation->named[relation->named_count++] = relation->partner;
	for (; relation->named_count < fold->named_count;
	     relation->named_count++)
		relation->named[relation->named_count] =
		    fold->named[relation->named_count].record;
	return relation;
}

/* What hides the attribute of a partner that may refer to me. */
static struct str
hidden_by(struct view *view, const struct partner *partner)
{
	const struct links *links;

	if (view->cond->related->join != JOIN_ITS || partner->link)
		return partner->link ? partner->link->waits : view->waits;
	links = links_get(view->scene->joins, partner->record->kind,
	    view->cond->related->attribute, view->me->kind,
	    view->scene->before);
	return links ? links->outs[partner->record->index].waits : STR("");
}

static struct answer
view_answer(struct view *view)
{
	enum truth truth = view_truth(view);
	struct answer answer = {.truth = truth, .cond = view->cond};
	struct relation *relation;
	struct partner partner;

	relation = relation_new(view, truth, &partner);
	if (!relation)
		return answer;
	answer.relation = relation;
	if (relation->kind == RELATION_OPEN && relation->partner)
		relation->waits = hidden_by(view, &partner);
	if (relation->kind == RELATION_PARTNER && view->cond->satisfies) {
		struct answer of =
		    partner_ask(view->scene, view->cond, partner.record);

		answer.cond = of.cond ? of.cond : view->cond;
		answer.look = of.look;
		answer.why = of.why;
		answer.error = of.error && truth == UNKNOWN;
		relation->inner = of.relation;
	}
	return answer;
}

struct answer
related_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct view view = {.scene = scene, .cond = cond, .me = scene->me};
	struct answer answer = {.truth = UNKNOWN, .cond = cond};

	if (!scene->joins) {
		scene->pending = true;
		return answer;
	}
	if (!view.me)
		view.me = partners_find(&scene->joins->partners,
		    scene->subject->address.text);
	if (!view.me)
		return answer;
	view_gather(&view, from);
	if (scene->failed)
		return answer;
	answer = view_answer(&view);
	if (flip)
		answer.truth = truth_not(answer.truth);
	return answer;
}
