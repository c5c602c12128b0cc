/*
 * Partners are gathered as counts of answers, certain ones apart from possible
 * ones, and the answer is what all ways in which it may turn out agree on.
 *
 * What a partner answers does not depend on who asks, unless it looks back at
 * the judged resource: it is remembered with the partner, and with every group
 * of them that a reference does not tell apart, so that the work stays linear
 * where many refer to many.
 */
#include "engine/related.h"

/* Resources that one is compared with, where that cannot be remembered. */
enum { COMPARED_MOST = 1000 };

struct partner {
	struct record *record;
	const struct link *link; /* or NULL */
};

struct fold {
	size_t count[YES + 1];
	struct partner first[YES + 1]; /* by address */
	struct partner error;
	struct partner named[NAMED_MOST]; /* the first by address */
	size_t named_count;
};

/* What all of a group answer to a condition. */
struct memo {
	struct memo *next;
	const struct cond *cond;
	bool before;
	struct fold sure, maybe;
};

/* What a record alone answers. */
struct answered {
	struct answered *next;
	const struct cond *cond;
	bool before, error;
	enum truth truth;
};

struct view {
	struct scene *scene;
	const struct cond *cond;
	struct record *me;
	struct fold sure, maybe;
	bool open; /* there may be one that is none of the plan's */
	bool many; /* not all were compared */
	bool settled; /* by_my: what it refers to is in the plan, or nothing */
	struct str waits;
	enum how how;	 /* of partners without a link */
	size_t compared;
};

/* --- Counting --- */

static bool
is_before(const struct record *a, const struct record *b)
{
	return str_cmp(a->subject->address.text, b->subject->address.text) < 0;
}

static void
take_first(struct partner *first, const struct partner *partner)
{
	if (!first->record || is_before(partner->record, first->record))
		*first = *partner;
}

static void
take_named(struct fold *fold, const struct partner *partner)
{
	size_t at = fold->named_count;

	while (at > 0 && is_before(partner->record, fold->named[at - 1].record))
		at--;
	if (at == NAMED_MOST ||
	    (at > 0 && fold->named[at - 1].record == partner->record))
		return;
	if (fold->named_count < NAMED_MOST)
		fold->named_count++;
	memmove(&fold->named[at + 1], &fold->named[at],
	    (fold->named_count - at - 1) * sizeof(*partner));
	fold->named[at] = *partner;
}

static void
fold_add(struct fold *fold, const struct partner *partner,
    const struct answered *answered)
{
	fold->count[answered->truth]++;
	take_first(&fold->first[answered->truth], partner);
	if (answered->error)
		take_first(&fold->error, partner);
	take_named(fold, partner);
}

/* link: where the group was reached by it as a whole. */
static void
fold_join(
    struct fold *into, const struct fold *from, const struct link *link)
{
	struct partner partner;

	for (size_t i = 0; i < COUNTOF(from->count); i++) {
		into->count[i] += from->count[i];
		partner = from->first[i];
		partner.link = link ? link : partner.link;
		if (partner.record)
			take_first(&into->first[i], &partner);
	}
	partner = from->error;
	partner.link = link ? link : partner.link;
	if (partner.record)
		take_first(&into->error, &partner);
	for (size_t i = 0; i < from->named_count; i++)
		take_named(into, &from->named[i]);
}

/* --- What a partner answers --- */

static struct answer
ask(struct scene *scene, const struct cond *cond, struct record *record)
{
	struct scene of = *scene;
	struct answer answer;
	struct spot root;

	of.subject = record->subject;
	of.me = record;
	of.first = scene->first ? scene->first : scene;
	of.no_attribute = (struct str){NULL, 0};
	root = scene_root(&of);
	answer = cond_eval(&of, cond->satisfies, &root, false);
	scene->failed = scene->failed || of.failed;
	if (of.no_attribute.len && !scene->no_attribute.len) {
		scene->no_attribute = of.no_attribute;
		scene->no_attribute_of = of.no_attribute_of.len
		    ? of.no_attribute_of
		    : record->subject->address.type;
	}
	if (!scene->note)
		scene->note = of.note;
	return answer;
}

static bool
is_remembered(const struct cond *cond)
{
	return !cond->related->of_subject;
}

static struct answered
answer_new(struct view *view, struct record *record)
{
	struct answer answer = {.truth = YES};

	if (view->cond->satisfies)
		answer = ask(view->scene, view->cond, record);
	return (struct answered){.cond = view->cond,
	    .before = view->scene->before,
	    .truth = answer.truth,
	    .error = answer.error};
}

static struct answered
answer_of(struct view *view, struct record *record)
{
	struct joins *joins = view->scene->joins;
	struct answered *kept;

	if (!view->cond->satisfies || !is_remembered(view->cond))
		return answer_new(view, record);
	for (kept = record->answered; kept; kept = kept->next) {
		if (kept->cond == view->cond &&
		    kept->before == view->scene->before)
			return *kept;
	}
	kept = arena_new(&joins->partners.arena, struct answered);
	if (!kept) {
		view->scene->failed = true;
		return (struct answered){.truth = UNKNOWN};
	}
	*kept = answer_new(view, record);
	kept->next = record->answered;
	record->answered = kept;
	return *kept;
}

static void
add_partner(struct view *view, struct fold *fold, struct record *record,
    const struct link *link)
{
	struct partner partner = {record, link};
	struct answered answered;

	if (record == view->me || view->scene->failed ||
	    !record_is_there(record, view->scene->before))
		return;
	if (!is_remembered(view->cond) && ++view->compared > COMPARED_MOST) {
		view->many = true;
		return;
	}
	answered = answer_of(view, record);
	fold_add(fold, &partner, &answered);
}

/* --- Groups --- */

/*
 * Is what they answer together the same for whoever asks?  Not where who asks
 * may be one of them.
 */
static bool
is_shared(const struct view *view, const struct kind *kind)
{
	return is_remembered(view->cond) && kind != view->me->kind;
}

static struct memo *
memo_find(const struct view *view, struct memo *memos)
{
	while (memos && (memos->cond != view->cond ||
			    memos->before != view->scene->before))
		memos = memos->next;
	return memos;
}

static struct memo *
memo_new(struct view *view, struct memo **memos)
{
	struct memo *memo =
	    arena_new(&view->scene->joins->partners.arena, struct memo);

	if (!memo) {
		view->scene->failed = true;
		return NULL;
	}
	memo->cond = view->cond;
	memo->before = view->scene->before;
	memo->next = *memos;
	*memos = memo;
	return memo;
}

static void
add_items(struct view *view, struct fold *fold, const struct group *group,
    const struct link *link)
{
	for (size_t i = 0; i < group->count; i++)
		add_partner(view, fold, group->items[i], link);
}

/* All of the group, which has a kind of its own. */
static void
add_group(struct view *view, struct fold *fold, struct group *group,
    const struct link *link)
{
	struct memo *memo;

	if (!group) {
		view->scene->failed = true;
		return;
	}
	if (group->count < 2 || !is_shared(view, group->items[0]->kind)) {
		add_items(view, fold, group, link);
		return;
	}
	memo = memo_find(view, group->memos);
	if (!memo) {
		memo = memo_new(view, &group->memos);
		if (!memo)
			return;
		add_items(view, &memo->sure, group, NULL);
	}
	fold_join(fold, &memo->sure, link);
}

static void
add_sources(struct view *view, struct fold *sure, struct fold *maybe,
    const struct inlet *inlet)
{
	for (const struct link *at = inlet->first; at; at = at->next_in)
		add_partner(view, at->maybe ? maybe : sure, at->from, at);
}

/* All that refer to a group. */
static void
add_inlet(struct view *view, struct inlet *inlet)
{
	struct memo *memo;

	if (inlet->group->count < 2 ||
	    !is_shared(view, inlet->links->from)) {
		add_sources(view, &view->sure, &view->maybe, inlet);
		return;
	}
	memo = memo_find(view, inlet->memos);
	if (!memo) {
		memo = memo_new(view, &inlet->memos);
		if (!memo)
			return;
		add_sources(view, &memo->sure, &memo->maybe, inlet);
	}
	fold_join(&view->sure, &memo->sure, NULL);
	fold_join(&view->maybe, &memo->maybe, NULL);
}

/* --- Ways to join --- */

static void
gather_its(struct view *view, struct kind *kind)
{
	struct scene *scene = view->scene;
	const struct links *links = links_get(scene->joins, kind,
	    view->cond->related->attribute, view->me->kind, scene->before);

	if (!links) {
		scene->failed = true;
		return;
	}
	for (struct way *at = links->ways[view->me->index]; at; at = at->next)
		add_inlet(view, at->inlet);
	if (links->open)
		add_group(view, &view->maybe, links->open, NULL);
}

static void
gather_my(struct view *view, struct kind *kind)
{
	struct scene *scene = view->scene;
	const struct links *links = links_get(scene->joins, view->me->kind,
	    view->cond->related->attribute, kind, scene->before);
	const struct out *out;

	if (!links) {
		scene->failed = true;
		return;
	}
	out = &links->outs[view->me->index];
	for (const struct link *at = out->first; at; at = at->next_out) {
		add_group(view, at->maybe ? &view->maybe : &view->sure,
		    at->to->group, at);
		view->settled = view->settled || !at->maybe;
	}
	if (out->open) {
		view->open = true;
		view->waits = out->waits;
		add_group(view, &view->maybe, kind_all(scene->joins, kind),
		    NULL);
	}
	view->settled = view->settled || out->unset;
}

static void
gather_plan(struct view *view, struct kind *kind)
{
	struct joins *joins = view->scene->joins;
	struct str provider = record_provider(&joins->partners, view->me);

	view->how = BY_PLAN;
	if (!provider.len) {
		add_group(view, &view->maybe, kind_all(joins, kind), NULL);
		return;
	}
	add_group(view, &view->sure,
	    kind_of_provider(joins, kind, provider), NULL);
	add_group(view, &view->maybe,
	    kind_of_provider(joins, kind, STR("")), NULL);
}

/* Who speaks of this configuration is heard before who speaks of all. */
static void
gather_facts(struct view *view, struct kind *facts)
{
	struct joins *joins = view->scene->joins;
	struct str provider = record_provider(&joins->partners, view->me);
	struct group *own = NULL;

	view->how = BY_PLAN;
	if (provider.len)
		own = kind_of_provider(joins, facts, provider);
	if (!own || !own->count)
		own = kind_of_provider(joins, facts, STR("*"));
	add_group(view, &view->sure, own, NULL);
}

static void
compare_names(struct view *view, struct kind *kind, struct str text)
{
	struct scene *scene = view->scene;
	size_t steps = scene->policies->limits.regex_steps;

	for (size_t i = 0; i < kind->count && !view->many; i++) {
		enum truth covers;

		if (!record_is_there(kind->items[i], scene->before))
			continue;
		view->many = ++view->compared > COMPARED_MOST;
		covers = name_covers(view->cond->related, kind->items[i],
		    scene->before, text, steps, &scene->failed);
		if (covers != NO)
			add_partner(view,
			    covers == YES ? &view->sure : &view->maybe,
			    kind->items[i], NULL);
	}
}

static void
gather_name(struct view *view, struct kind *kind, const struct spot *from)
{
	struct scene *scene = view->scene;
	struct look look =
	    look_at(scene, from, &view->cond->related->mine, false);
	struct str text;

	view->how = BY_NAME;
	if (look.state == STATE_UNSET)
		return;
	if (look.state != STATE_KNOWN ||
	    value_kind(look.spot.seen.value) != NODE_STRING) {
		view->open = true;
		add_group(view, &view->maybe, kind_all(scene->joins, kind),
		    NULL);
		return;
	}
	text = value_copy_text(look.spot.seen.value, scene->arena);
	if (text.ptr)
		compare_names(view, kind, text);
	else
		scene->failed = true;
}

static void
gather(struct view *view, const struct spot *from)
{
	const struct related *related = view->cond->related;
	const struct partners *partners = &view->scene->joins->partners;

	for (size_t i = 0; i < related->types.count; i++) {
		struct kind *kind =
		    partners_kind(partners, related->types.items[i]);

		struct kind *facts =
		    partners_facts(partners, related->types.items[i]);

		if (related->join == JOIN_PLAN && facts)
			gather_facts(view, facts);
		if (!kind)
			continue;
		switch (related->join) {
		case JOIN_ITS:
			gather_its(view, kind);
			break;
		case JOIN_MY:
			gather_my(view, kind);
			break;
		case JOIN_PLAN:
			gather_plan(view, kind);
			break;
		case JOIN_NAME:
			gather_name(view, kind, from);
			break;
		}
	}
}

/* --- The answer --- */

static size_t
fold_size(const struct fold *fold)
{
	return fold->count[NO] + fold->count[UNKNOWN] + fold->count[YES];
}

/* May there be partners that the plan does not show? */
static bool
is_unseen(const struct view *view)
{
	return !view->scene->joins->whole && (!view->settled || view->open);
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
							  : sure->first[last];
	if (partner->record)
		return RELATION_PARTNER;
	if (view->many)
		return RELATION_MANY;
	if (truth != UNKNOWN)
		return RELATION_NONE;
	for (size_t i = 0; i < COUNTOF(maybe->first); i++) {
		if (!partner->record)
			*partner = maybe->first[i];
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
		    ask(view->scene, view->cond, partner.record);

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
	gather(&view, from);
	if (scene->failed)
		return answer;
	answer = view_answer(&view);
	if (flip)
		answer.truth = truth_not(answer.truth);
	return answer;
}
