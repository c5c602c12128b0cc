/*
 * A list in which the first match decides.  Elements are put in order by a
 * number; those whose number is the same, or not known, may be first of their
 * group, so a group answers only where all of its matches agree.
 */
#include "engine/answer.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "op/equal.h"

struct item {
	bool placed; /* its number is known */
	struct decimal number;
	size_t index;
	struct answer meets, satisfies;
};

/* What may come out, of one group and everything behind it. */
struct possible {
	bool some;
	struct answer answer;
};

static void
may_be(struct possible *possible, struct answer answer)
{
	if (!possible->some) {
		possible->some = true;
		possible->answer = answer;
	} else if (answer.truth != possible->answer.truth) {
		struct answer *open = &possible->answer;
		bool error = open->error || answer.error;

		if (open->truth != UNKNOWN && answer.truth == UNKNOWN)
			*open = answer;
		open->truth = UNKNOWN;
		open->error = error;
	} else if (answer.error && !possible->answer.error) {
		possible->answer = answer;
	}
}

/* Where the match itself is in error, so is what hangs on it. */
static struct answer
answer_if_first(const struct item *item)
{
	struct answer answer = item->satisfies;

	answer.error = answer.error || item->meets.error;
	return answer;
}

/* count items, any of which may be the first; behind them, rest. */
static struct answer
first_of(const struct item *items, size_t count, struct answer rest)
{
	struct possible possible = {false, rest};
	bool sure = false;

	for (size_t i = 0; i < count; i++) {
		if (items[i].meets.truth != NO)
			may_be(&possible, answer_if_first(&items[i]));
		sure = sure || items[i].meets.truth == YES;
	}
	if (!sure)
		may_be(&possible, rest);
	return possible.answer;
}

static int
item_cmp(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	if (left->placed != right->placed)
		return left->placed ? -1 : 1;
	if (left->placed) {
		int order = decimal_cmp(&left->number, &right->number);

		if (order)
			return order;
	}
	return (left->index > right->index) - (left->index < right->index);
}

/* In a text with escapes the number lives as long as the scene. */
static bool
read_number(struct scene *scene, struct decimal *out, struct value v)
{
	struct str text;

	if (value_kind(v) == NODE_NUMBER)
		return decimal_read(out, value_raw(v));
	if (value_kind(v) != NODE_STRING)
		return false;
	text = value_copy_text(v, scene->arena);
	if (!text.ptr)
		scene->failed = true;
	return text.ptr && decimal_read(out, text);
}

/* An element without a number is an error as far as it matters. */
static void
place(struct scene *scene, const struct cond *cond, struct item *item,
    const struct spot *element)
{
	struct look *look =
	    look_kept(scene, look_at(scene, element, &cond->order, false));

	if (!look)
		return;
	look_plain_default(scene, look);
	if (look->state == STATE_UNKNOWN)
		return;
	if (look->state == STATE_KNOWN || look->state == STATE_DEFAULTED)
		item->placed = read_number(
		    scene, &item->number, look->spot.seen.value);
	if (item->placed)
		return;
	look->state = STATE_INVALID;
	item->satisfies = answer_error(
	    cond, look, "is no number to order the elements by");
}

static struct item
item_of(struct scene *scene, const struct cond *cond,
    const struct spot *element, size_t index)
{
	struct item item = {.index = index};

	item.meets = cond_eval(scene, cond->meets, element, false);
	item.satisfies = cond_eval(scene, cond->satisfies, element, false);
	place(scene, cond, &item, element);
	return item;
}

static bool
same_place(const struct item *a, const struct item *b)
{
	return a->placed && b->placed &&
	    decimal_cmp(&a->number, &b->number) == 0;
}

/* From the last group to the first; rest: none matches. */
static struct answer
decide(struct item *items, size_t count, struct answer rest)
{
	size_t placed = 0, start;
	struct possible possible = {false, rest};

	qsort(items, count, sizeof(*items), item_cmp);
	while (placed < count && items[placed].placed)
		placed++;
	rest = first_of(items + placed, count - placed, rest);
	for (size_t end = placed; end > 0; end = start) {
		start = end - 1;
		while (start > 0 &&
		    same_place(&items[start - 1], &items[end - 1]))
			start--;
		rest = first_of(items + start, end - start, rest);
	}
	/* What has no known place may come before everything. */
	may_be(&possible, rest);
	for (size_t i = placed; i < count; i++) {
		if (items[i].meets.truth != NO)
			may_be(&possible, answer_if_first(&items[i]));
	}
	return possible.answer;
}

struct answer
first_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct answer result, nothing;
	struct seen_iter it;
	struct item *items;
	struct look *look;
	size_t count = 0;

	if (!quantified(scene, cond, from, flip, &look, &result))
		return result;
	items = arena_array(scene->arena,
	    value_count(look->spot.seen.value) + 1, sizeof(*items));
	if (!items) {
		scene->failed = true;
		return answer_of(cond, look, UNKNOWN);
	}
	it = seen_each(look->spot.seen);
	while (!scene->failed && seen_step(&it)) {
		struct spot element = spot_element(scene, &look->spot, &it);

		items[count] = item_of(scene, cond, &element, count);
		count++;
	}
	nothing = answer_of(cond, look, YES);
	result = decide(items, count, nothing);
	if (hidden_elements(scene, &look->spot.seen) && result.truth != UNKNOWN)
		result = answer_of(cond, look, UNKNOWN);
	if (!result.cond) {
		result.cond = cond;
		result.look = look;
	}
	/* An error that did not matter is none. */
	result.error = result.error && result.truth == UNKNOWN;
	if (flip)
		result.truth = truth_not(result.truth);
	return result;
}
