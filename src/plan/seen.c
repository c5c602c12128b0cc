#include "plan/seen.h"

struct seen
subject_seen(const struct subject *subject, bool before)
{
	if (before)
		return (struct seen){.value = subject->before,
		    .sensitive = subject->before_sensitive};
	return (struct seen){.value = subject->after,
	    .unknown = subject->unknown,
	    .sensitive = subject->sensitive,
	    .absent_is_unknown = subject->source == SUBJECT_PLANNED};
}

static const struct node true_node = {.kind = NODE_TRUE};

/* A boolean covers everything below it; other masks are stepped into. */
static struct value
mask_member(struct value mask, struct str name)
{
	return value_kind(mask) == NODE_TRUE ? mask : value_member(mask, name);
}

static struct value
mask_item(struct value mask, size_t index)
{
	return value_kind(mask) == NODE_TRUE ? mask : value_item(mask, index);
}

/*
 * planned_values leave out what is unknown in an object and write null for it
 * in a list; below null or an empty list there is nothing to be unknown.
 */
static void
infer(struct seen *seen, struct value around)
{
	enum node_kind kind = value_kind(around);

	if (!seen->absent_is_unknown)
		return;
	if (kind != NODE_NONE && kind != NODE_OBJECT)
		seen->absent_is_unknown = seen->value.node != NULL;
	if (kind == NODE_ARRAY && value_kind(seen->value) == NODE_NULL)
		seen->unknown = (struct value){&true_node, ""};
}

struct seen
seen_member(struct seen from, struct str name)
{
	struct seen seen = {.value = value_member(from.value, name),
	    .unknown = mask_member(from.unknown, name),
	    .sensitive = mask_member(from.sensitive, name),
	    .absent_is_unknown = from.absent_is_unknown};

	infer(&seen, from.value);
	return seen;
}

struct seen
seen_item(struct seen from, size_t index)
{
	struct seen seen = {.value = value_item(from.value, index),
	    .unknown = mask_item(from.unknown, index),
	    .sensitive = mask_item(from.sensitive, index),
	    .absent_is_unknown = from.absent_is_unknown};

	infer(&seen, from.value);
	return seen;
}

bool
seen_unknown(struct seen seen)
{
	if (seen.absent_is_unknown && !seen.value.node)
		return true;
	return value_kind(seen.unknown) == NODE_TRUE &&
	    value_kind(seen.value) <= NODE_NULL;
}

/* A mask's containers are full of false: only true counts. */
static bool
mask_has_true(struct value mask)
{
	const struct node *end;

	if (!mask.node)
		return false;
	end = node_next(mask.node);
	for (const struct node *node = mask.node; node < end; node++) {
		if (node->kind == NODE_TRUE)
			return true;
	}
	return false;
}

/* Does a list in it hold null? */
static bool
has_null_item(struct value v)
{
	struct value_iter it = value_each(v);

	while (value_step(&it)) {
		if (!it.object && value_kind(it.value) == NODE_NULL)
			return true;
		if (value_is_container(it.value) && has_null_item(it.value))
			return true;
	}
	return false;
}

/* A true of the mask with no known scalar beside it. */
static bool
masked_partly(struct value v, struct value mask)
{
	struct value_iter it = value_each(mask);
	struct buf scratch = {0};
	size_t index = 0;
	bool found = false;

	if (!mask_has_true(mask))
		return false;
	if (value_kind(mask) == NODE_TRUE)
		return value_kind(v) <= NODE_NULL || value_is_container(v);
	while (!found && value_step(&it)) {
		struct value below = it.object
		    ? value_member(v, value_text(it.key, &scratch))
		    : value_item(v, index++);

		found = masked_partly(below, it.value);
	}
	buf_free(&scratch);
	return found;
}

bool
seen_partly_unknown(struct seen seen)
{
	return seen_unknown(seen) || masked_partly(seen.value, seen.unknown) ||
	    (seen.absent_is_unknown && has_null_item(seen.value));
}

bool
seen_sensitive(struct seen seen)
{
	return mask_has_true(seen.sensitive);
}

struct seen_iter
seen_each(struct seen from)
{
	return (struct seen_iter){.from = from,
	    .it = value_each(from.value),
	    .unknown = value_each(from.unknown),
	    .sensitive = value_each(from.sensitive)};
}

/* The mask of the next element of a list. */
static struct value
mask_next(struct value mask, struct value_iter *it)
{
	if (value_kind(mask) == NODE_TRUE)
		return mask;
	return !it->object && value_step(it) ? it->value : VALUE_NONE;
}

/* Masks of a map's member; without memory for its name, they cover it. */
static void
mask_named(struct seen_iter *it)
{
	static const struct node covered = {.kind = NODE_TRUE};
	struct buf scratch = {0};
	struct str name = value_text(it->it.key, &scratch);

	it->seen.unknown = it->seen.sensitive = (struct value){&covered, ""};
	if (name.ptr) {
		it->seen.unknown = mask_member(it->from.unknown, name);
		it->seen.sensitive = mask_member(it->from.sensitive, name);
	}
	buf_free(&scratch);
}

bool
seen_step(struct seen_iter *it)
{
	if (it->seen.value.node)
		it->index++;
	if (!value_step(&it->it))
		return false;
	it->seen.value = it->it.value;
	it->seen.absent_is_unknown = it->from.absent_is_unknown;
	if (it->it.object) {
		mask_named(it);
		return true;
	}
	it->seen.unknown = mask_next(it->from.unknown, &it->unknown);
	it->seen.sensitive = mask_next(it->from.sensitive, &it->sensitive);
	infer(&it->seen, it->from.value);
	return true;
}
