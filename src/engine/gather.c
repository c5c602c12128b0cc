/*
 * What a partner answers does not depend on who asks, unless it looks back at
 * the judged resource: it is remembered with the partner, and with every group
 * of them that a reference does not tell apart, so that the work stays linear
 * where many refer to many.
 */
#include "engine/view.h"

/*
 * Resources that one is compared with, where that cannot be remembered: by one
 * condition, and in all, since conditions about partners stand in each other.
 */
enum { COMPARED_MOST = 1000, COMPARED_EVER = 10 * COMPARED_MOST };

/* What all of a group answer to a condition. */
struct memo {
	struct memo *next;
	const struct cond *cond;
	bool before;
	struct fold sure, maybe;
};

/* --- What a partner answers --- */

struct answer
partner_ask(
    struct scene *scene, const struct cond *cond, struct record *record)
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
		answer = partner_ask(view->scene, view->cond, record);
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

/* One more comparison: false, and the view is not whole, where it may not be. */
static bool
may_compare(struct view *view)
{
	struct scene *first =
	    view->scene->first ? view->scene->first : view->scene;

	view->many = ++view->compared > COMPARED_MOST ||
	    ++first->compared > COMPARED_EVER;
	return !view->many;
}

static void
add_partner(struct view *view, struct fold *fold, struct record *record,
    const struct link *link)
{
	struct partner partner = {record, link};
	struct answered answered;

	if (view->scene->failed ||
	    !record_is_there(record, view->scene->before))
		return;
	if (!is_remembered(view->cond) && !may_compare(view))
		return;
	answered = answer_of(view, record);
	fold_add(fold, &partner, &answered);
}

static void
leave_me_out(struct view *view, struct fold *fold)
{
	struct answered answered;

	if (!record_is_there(view->me, view->scene->before))
		return;
	answered = answer_of(view, view->me);
	fold_leave_out(fold, view->me, &answered);
}

/* --- Groups --- */

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
	for (size_t i = 0; i < group->count && !view->many; i++) {
		if (group->items[i] != view->me)
			add_partner(view, fold, group->items[i], link);
	}
}

/* Records of a group are in order of their addresses. */
static bool
group_has(const struct group *group, const struct record *record)
{
	size_t low = 0, high = group->count;

	if (!high || group->items[0]->kind != record->kind)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (group->items[middle]->index < record->index)
			low = middle + 1;
		else
			high = middle;
	}
	return low < group->count && group->items[low] == record;
}

/* All of the group, which has a kind of its own. */
static void
add_group(struct view *view, struct fold *fold, struct group *group,
    const struct link *link)
{
	struct fold others;
	struct memo *memo;

	if (!group) {
		view->scene->failed = true;
		return;
	}
	if (group->count < 2 || !is_remembered(view->cond)) {
		add_items(view, fold, group, link);
		return;
	}
	memo = memo_find(view, group->memos);
	if (!memo) {
		struct fold all = {.named_count = 0};

		for (size_t i = 0; i < group->count; i++)
			add_partner(view, &all, group->items[i], NULL);
		memo = memo_new(view, &group->memos);
		if (!memo)
			return;
		memo->sure = all;
	}
	others = memo->sure;
	if (group_has(group, view->me))
		leave_me_out(view, &others);
	fold_join(fold, &others, link);
}

/* The link by which the record refers to the group, or NULL. */
static const struct link *
link_from(const struct inlet *inlet, const struct record *record)
{
	const struct link *link = NULL;

	if (inlet->links->from == record->kind)
		link = inlet->links->outs[record->index].first;
	while (link && link->to != inlet)
		link = link->next_out;
	return link;
}

static void
add_sources(struct view *view, struct fold *sure, struct fold *maybe,
    const struct inlet *inlet, const struct record *but)
{
	for (const struct link *at = inlet->first; at && !view->many;
	     at = at->next_in) {
		if (at->from != but)
			add_partner(
			    view, at->maybe ? maybe : sure, at->from, at);
	}
}

/* All that refer to a group. */
static void
add_inlet(struct view *view, struct inlet *inlet)
{
	const struct link *mine = link_from(inlet, view->me);
	struct fold sure = {.named_count = 0}, maybe = sure;
	struct memo *memo;

	if (inlet->first == inlet->last || !is_remembered(view->cond)) {
		add_sources(
		    view, &view->sure, &view->maybe, inlet, view->me);
		return;
	}
	memo = memo_find(view, inlet->memos);
	if (!memo) {
		add_sources(view, &sure, &maybe, inlet, NULL);
		memo = memo_new(view, &inlet->memos);
		if (!memo)
			return;
		memo->sure = sure;
		memo->maybe = maybe;
	}
	sure = memo->sure;
	maybe = memo->maybe;
	if (mine)
		leave_me_out(view, mine->maybe ? &maybe : &sure);
	fold_join(&view->sure, &sure, NULL);
	fold_join(&view->maybe, &maybe, NULL);
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
		if (!may_compare(view))
			return;
		covers = name_covers(view->cond->related, kind->items[i],
		    scene->before, text, steps, &scene->failed);
		if (covers != NO && kind->items[i] != view->me)
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

void
view_gather(struct view *view, const struct spot *from)
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
