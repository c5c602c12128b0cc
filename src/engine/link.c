/*
 * What an attribute refers to is asked of the configuration first and of its
 * value second; three readings of the resources are enough for all of them:
 * what each says, who is called so, and the links between.
 *
 * A link is certain or possible, and a resource whose attribute cannot be seen
 * is open: it may refer to any or to none.
 */
#include "engine/link.h"

#include "engine/value.h"

/* So many resources of one text are not told apart by it. */
enum { NARROW_MOST = 8 };

/* What one resource says in the attribute. */
struct saying {
	bool there;
	struct names texts; /* known ones */
	size_t cap;
	bool unknown;  /* not all of it is known */
	size_t blocks; /* planned ones of the first name */
	struct targets targets;
};

struct build {
	struct joins *joins;
	struct links *links;
	struct str attribute;
	bool before;
	struct saying *said; /* of each record of from */
	struct values values;
	struct arena arena; /* of what they say */
};

/* --- What is said --- */

static bool
add_text(struct build *build, struct saying *said, struct value value)
{
	struct str *items = (struct str *)(uintptr_t)said->texts.items;
	struct str text = value_kind(value) == NODE_STRING
	    ? value_copy_text(value, &build->arena)
	    : value_raw(value);

	if (!text.ptr ||
	    !arena_grow(&build->arena, &items, said->texts.count, &said->cap,
		sizeof(text)))
		return false;
	items[said->texts.count++] = text;
	said->texts.items = items;
	return true;
}

/* Everything below seen that the names in rest lead to. */
static bool
read_said(struct build *build, struct saying *said, struct seen seen,
    struct str rest)
{
	enum node_kind kind = value_kind(seen.value);
	struct seen_iter it = seen_each(seen);
	struct str name;

	if (seen_unknown(seen) || (kind == NODE_ARRAY &&
				      value_kind(seen.unknown) == NODE_TRUE))
		said->unknown = true;
	if (kind == NODE_OBJECT && rest.len) {
		name = str_cut(rest, '.', &rest);
		return read_said(build, said, seen_member(seen, name), rest);
	}
	while (value_is_container(seen.value) && seen_step(&it)) {
		if (!read_said(build, said, it.seen, rest))
			return false;
	}
	if (rest.len || value_is_container(seen.value))
		return true;
	return (kind != NODE_STRING && kind != NODE_NUMBER) ||
	    !value_raw(seen.value).len || add_text(build, said, seen.value);
}

static bool
read_record(struct build *build, struct saying *said, const struct record *record)
{
	struct seen seen = record_seen(record, build->before);
	struct str rest, first = str_cut(build->attribute, '.', &rest);

	said->there = record_is_there(record, build->before);
	if (!said->there)
		return true;
	if (rest.len)
		said->blocks =
		    value_count(seen_member(seen, first).value);
	if (!read_said(build, said, seen, build->attribute))
		return false;
	for (size_t i = 0; i < said->texts.count; i++) {
		if (!values_ask(&build->values, said->texts.items[i]))
			return false;
	}
	return config_targets(&said->targets, build->joins->partners.config,
	    &record->subject->address, build->attribute, &build->arena);
}

/* --- Links --- */

static struct inlet *
inlet_of(struct build *build, struct group *group)
{
	struct arena *arena = &build->joins->partners.arena;
	struct inlet *inlet = group->inlets;

	while (inlet && inlet->links != build->links)
		inlet = inlet->next;
	if (inlet)
		return inlet;
	inlet = arena_new(arena, struct inlet);
	if (!inlet)
		return NULL;
	inlet->links = build->links;
	inlet->group = group;
	inlet->next = group->inlets;
	group->inlets = inlet;
	for (size_t i = 0; i < group->count; i++) {
		struct way *way = arena_new(arena, struct way);
		struct way **ways = build->links->ways;

		if (!way)
			return NULL;
		way->inlet = inlet;
		way->next = ways[group->items[i]->index];
		ways[group->items[i]->index] = way;
	}
	return inlet;
}

/* Not twice from one record to one group: the certain one comes first. */
static bool
link_to(struct build *build, struct record *from, const struct group *group,
    struct link kind)
{
	struct out *out = &build->links->outs[from->index];
	struct group *to = (struct group *)(uintptr_t)group;
	struct inlet *inlet;
	struct link *link;

	if (!group->count)
		return true;
	inlet = inlet_of(build, to);
	if (!inlet)
		return false;
	for (link = out->first; link; link = link->next_out) {
		if (link->to == inlet)
			return true;
	}
	link = arena_new(&build->joins->partners.arena, struct link);
	if (!link)
		return false;
	*link = kind;
	link->from = from;
	link->to = inlet;
	*(out->last ? &out->last->next_out : &out->first) = link;
	out->last = link;
	*(inlet->last ? &inlet->last->next_in : &inlet->first) = link;
	inlet->last = link;
	return true;
}

static bool
leave_open(struct build *build, struct record *from, struct str waits)
{
	struct arena *arena = &build->joins->partners.arena;
	struct links *links = build->links;
	struct out *out = &links->outs[from->index];

	out->open = true;
	out->waits = arena_copy(arena, waits);
	if (!links->open)
		links->open = arena_new(arena, struct group);
	return out->waits.ptr && links->open &&
	    group_add(links->open, from, arena);
}

/* --- By value --- */

/* Who has no such text, but may turn out to be called so. */
static bool
link_possible(struct build *build, struct record *from, struct str text)
{
	struct link kind = {.how = BY_VALUE, .maybe = true};
	struct str parts[PARTS_MOST];
	size_t count = text_parts(text, parts);

	for (size_t i = 0; i < count; i++) {
		const struct group *group =
		    values_all(&build->values, parts[i]);

		if (group && !link_to(build, from, group, kind))
			return false;
	}
	return true;
}

/* *all: each text is the name of something. */
static bool
link_values(struct build *build, struct record *from, bool maybe, bool *all)
{
	const struct saying *said = &build->said[from->index];

	*all = said->texts.count > 0;
	for (size_t i = 0; i < said->texts.count; i++) {
		struct str text = said->texts.items[i];
		const struct found *found =
		    values_find(&build->values, from, text);
		struct link kind = {.how = BY_VALUE, .maybe = maybe};

		if (!found)
			return false;
		kind.maybe = kind.maybe || found->maybe;
		if (found->group && !link_to(build, from, found->group, kind))
			return false;
		if (found->group && !found->maybe)
			continue;
		*all = false;
		if (!build->before && !found->group &&
		    !link_possible(build, from, text))
			return false;
	}
	return true;
}

/* --- By reference --- */

static bool
is_wanted(const struct build *build, const struct saying *said,
    const struct target *target)
{
	const struct kind *kind = build->links->to;

	return target->mode == kind->mode && str_eq(target->type, kind->type) &&
	    !target_beyond(&said->targets, target, kind->type);
}

/*
 * May it be the one that is meant, if the value says so?  A key that seems equal
 * need not be: "count.index + 1" is written with the same reference.
 */
static bool
may_be_meant(const struct build *build, const struct saying *said,
    const struct record *record)
{
	for (size_t i = 0; i < said->targets.count; i++) {
		struct target target = said->targets.items[i];

		if (target.by_key)
			target.key = STR("[*]");
		if (!target.hops && is_wanted(build, said, &target) &&
		    target_is(&target, &record->subject->address))
			return true;
	}
	return false;
}

/*
 * What is known of the value tells instances apart that the reference does not.
 * *done: it says them all.
 */
static bool
link_narrowed(struct build *build, struct record *from, bool *done)
{
	const struct saying *said = &build->said[from->index];
	struct link kind = {.how = BY_REFERENCE};
	size_t told = 0;

	for (size_t i = 0; i < said->texts.count; i++) {
		const struct group *all =
		    values_all(&build->values, said->texts.items[i]);
		size_t before = told;

		if (all && all->count > NARROW_MOST)
			continue;
		for (size_t j = 0; all && j < all->count; j++) {
			struct record *record = all->items[j];
			struct group *alone;

			if (!may_be_meant(build, said, record))
				continue;
			alone = record_alone(build->joins, record);
			if (!alone || !link_to(build, from, alone, kind))
				return false;
			told = before + 1;
		}
	}
	*done = told > 0 && told == said->texts.count && !said->unknown;
	return true;
}

/* How many different ones a for_each may have meant. */
static size_t
count_chosen(const struct saying *said, struct group *const *groups)
{
	size_t count = 0;

	for (size_t i = 0; i < said->targets.count; i++) {
		bool known = !groups[i] || !said->targets.items[i].chosen;

		for (size_t j = 0; j < i; j++)
			known = known ||
			    (groups[j] == groups[i] &&
				said->targets.items[j].chosen);
		count += !known;
	}
	return count;
}

/* How many different ones the references name. */
static size_t
count_named(const struct saying *said, struct group *const *groups)
{
	size_t count = 0;

	for (size_t i = 0; i < said->targets.count; i++) {
		bool known = !groups[i];

		for (size_t j = 0; j < i; j++)
			known = known || groups[j] == groups[i];
		count += !known;
	}
	return count;
}

/*
 * Does the attribute hold one value?  The plan masks an unknown collection like
 * a text, so its name has to tell: "vpc_id", not "subnet_ids".
 */
static bool
holds_one(struct str attribute)
{
	return !str_ends(attribute, STR("s")) || str_ends(attribute, STR("ss"));
}

static bool
link_groups(struct build *build, struct record *from,
    struct group *const *groups, const bool *any)
{
	const struct saying *said = &build->said[from->index];
	bool several = count_chosen(said, groups) > 1;
	size_t blocks = said->blocks ? said->blocks : 1;
	/* "c ? a.id : b.id" means one of them; two blocks may mean both. */
	bool one_of = said->unknown && holds_one(build->values.also) &&
	    count_named(said, groups) > blocks;

	for (size_t i = 0; i < said->targets.count; i++) {
		struct link kind = {.how = BY_REFERENCE,
		    .any = any[i],
		    .maybe = one_of ||
			(several && said->targets.items[i].chosen)};

		if (groups[i] && !link_to(build, from, groups[i], kind))
			return false;
	}
	return true;
}

static bool
link_targets(struct build *build, struct record *from)
{
	const struct saying *said = &build->said[from->index];
	size_t count = said->targets.count;
	struct group **groups;
	bool done, *any;

	if (!link_narrowed(build, from, &done))
		return false;
	if (done)
		return true;
	groups = arena_array(&build->arena, count + 1, sizeof(struct group *));
	any = arena_array(&build->arena, count + 1, sizeof(*any));
	if (!groups || !any)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct target *target = &said->targets.items[i];

		if (!is_wanted(build, said, target))
			continue;
		groups[i] = kind_target(
		    build->joins, build->links->to, target, &any[i]);
		if (!groups[i])
			return false;
	}
	return link_groups(build, from, groups, any);
}

/* --- All of it --- */

/* What the references of a resource come to, for the kind that is wanted. */
struct sight {
	bool wanted;
	bool hidden, local, data;
	bool beside; /* there may be others beside those that are wanted: what
			local.* hides of another resource is its own affair */
	struct str waits;
};

static struct sight
sight_of(const struct build *build, const struct saying *said)
{
	const struct targets *targets = &said->targets;
	struct sight sight = {.hidden = targets->hidden,
	    .local = targets->local,
	    .beside = targets->hidden,
	    .waits = targets->waits};

	for (size_t i = 0; i < targets->count; i++) {
		const struct target *target = &targets->items[i];

		if (is_wanted(build, said, target)) {
			sight.wanted = true;
		} else if (target->mode == MODE_DATA) {
			sight.data = true;
		}
		if (!target->hidden || is_wanted(build, said, target) ||
		    target_beyond(targets, target, build->links->to->type))
			continue;
		if (!sight.hidden)
			sight.waits = target->waits;
		sight.hidden = true;
		sight.local = false;
		sight.beside = sight.beside || !target->local;
	}
	if (said->blocks > targets->blocks)
		sight.hidden = sight.beside = true;
	return sight;
}

/* The only one of its type in the same module instance; *only may be NULL. */
static bool
only_near(struct record **only, struct build *build, const struct record *from)
{
	const struct group *near = kind_module(build->joins, build->links->to,
	    from->subject->address.module);
	size_t there = 0;

	*only = NULL;
	for (size_t i = 0; near && i < near->count && there < 2; i++) {
		if (!record_is_there(near->items[i], false))
			continue;
		there++;
		*only = there == 1 ? near->items[i] : NULL;
	}
	return near != NULL;
}

/* Is every reference to the kind that is wanted one to this resource? */
static bool
means_only(const struct build *build, const struct saying *said,
    const struct record *record)
{
	for (size_t i = 0; i < said->targets.count; i++) {
		const struct target *target = &said->targets.items[i];

		if (is_wanted(build, said, target) &&
		    !target_is(target, &record->subject->address))
			return false;
	}
	return true;
}

/*
 * Behind local.*, which is taken to mean the only one near, unless something
 * beside it refers to another.
 */
static bool
link_inferred(struct build *build, struct record *from, struct str waits)
{
	struct arena *arena = &build->joins->partners.arena;
	struct link kind = {.how = BY_INFERENCE};
	struct group *alone;
	struct record *only;

	if (!only_near(&only, build, from))
		return false;
	if (!only || build->joins->strict ||
	    !means_only(build, &build->said[from->index], only))
		return link_targets(build, from) &&
		    leave_open(build, from, waits);
	kind.waits = arena_copy(arena, waits);
	alone = record_alone(build->joins, only);
	return kind.waits.ptr && alone && link_to(build, from, alone, kind);
}

static bool
link_after(struct build *build, struct record *from)
{
	const struct saying *said = &build->said[from->index];
	struct sight sight = sight_of(build, said);
	bool all;

	if (!said->unknown && !said->texts.count)
		return true;
	if (sight.wanted && said->unknown && sight.hidden && sight.local)
		return link_inferred(build, from, sight.waits);
	if (sight.wanted) {
		if (!link_targets(build, from))
			return false;
		return !said->unknown || !sight.beside ||
		    leave_open(build, from, sight.waits);
	}
	/* Beside a reference to something else, an equal value proves nothing. */
	if (said->texts.count &&
	    !link_values(build, from, said->targets.count > 0, &all))
		return false;
	if (!said->unknown)
		return true;
	if (sight.hidden && sight.local && !said->targets.count)
		return link_inferred(build, from, sight.waits);
	return (!sight.hidden && !sight.data) ||
	    leave_open(build, from, sight.waits);
}

/* Everything was known: what the value says, else the references. */
static bool
link_before(struct build *build, struct record *from)
{
	const struct saying *said = &build->said[from->index];
	bool all;

	if (!said->texts.count)
		return true;
	if (!link_values(build, from, false, &all))
		return false;
	return all || link_targets(build, from);
}

static bool
build_links(struct build *build)
{
	const struct kind *from = build->links->from;

	build->said =
	    arena_array(&build->arena, from->count + 1, sizeof(*build->said));
	if (!build->said)
		return false;
	for (size_t i = 0; i < from->count; i++) {
		if (!read_record(build, &build->said[i], from->items[i]))
			return false;
	}
	if (!values_read(&build->values))
		return false;
	for (size_t i = 0; i < from->count; i++) {
		const struct saying *said = &build->said[i];
		bool ok = !said->there ||
		    (build->before ? link_before(build, from->items[i])
				   : link_after(build, from->items[i]));

		if (!ok)
			return false;
		build->links->outs[i].unset =
		    !said->unknown && !said->texts.count;
	}
	return true;
}

static struct links *
links_new(struct joins *joins, struct kind *from, struct str attribute,
    struct kind *to, bool before)
{
	struct arena *arena = &joins->partners.arena;
	struct links *links = arena_new(arena, struct links);
	struct build build = {.joins = joins,
	    .links = links,
	    .attribute = attribute,
	    .before = before,
	    .values = {.joins = joins, .kind = to, .before = before}};
	struct str rest = attribute;
	bool ok;

	if (!links)
		return NULL;
	while (rest.len)
		build.values.also = str_cut(rest, '.', &rest);
	links->from = from;
	links->to = to;
	links->outs = arena_array(arena, from->count + 1, sizeof(*links->outs));
	links->ways = arena_array(arena, to->count + 1, sizeof(*links->ways));
	ok = links->outs && links->ways && build_links(&build);
	values_free(&build.values);
	arena_free(&build.arena);
	return ok ? links : NULL;
}

const struct links *
links_get(struct joins *joins, struct kind *from, struct str attribute,
    struct kind *to, bool before)
{
	struct buf text = {0};
	struct links *links = NULL;
	struct str key;

	buf_fmt(&text, STR_FMT " " STR_FMT " " STR_FMT " %d",
	    STR_ARG(from->name), STR_ARG(attribute), STR_ARG(to->name), before);
	key = buf_str(&text);
	if (!text.failed)
		links = map_find(&joins->links, key);
	if (!text.failed && !links) {
		key = arena_copy(&joins->partners.arena, key);
		links = links_new(joins, from, attribute, to, before);
		if (!key.ptr || !links || !map_set(&joins->links, key, links))
			links = NULL;
	}
	buf_free(&text);
	return links;
}

void
joins_free(struct joins *joins)
{
	map_free(&joins->links);
	map_free(&joins->rulings);
	partners_free(&joins->partners);
}
