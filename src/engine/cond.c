/*
 * Negation is carried down to the leaves (flip), because a condition on an
 * unset value holds in neither direction.  It stops at what counts elements,
 * whose finished answer is negated.
 */
#include "engine/answer.h"

#include "engine/related.h"
#include "engine/trace.h"

struct answer
answer_join(struct answer a, struct answer b, bool all)
{
	if (a.truth == b.truth)
		return b.error && !a.error && b.truth == UNKNOWN ? b : a;
	return (a.truth < b.truth) == all ? a : b;
}

struct look *
look_kept(struct scene *scene, struct look look)
{
	struct look *kept = arena_new(scene->arena, struct look);

	if (!kept) {
		scene->failed = true;
		return NULL;
	}
	*kept = look;
	return kept;
}

struct answer
answer_unset(const struct cond *cond, const struct look *look, bool flip)
{
	enum truth truth = NO;
	struct answer answer;

	if (cond->if_unset != SAID_NOTHING)
		truth = truth_of((cond->if_unset == SAID_YES) != flip);
	answer = answer_of(cond, look, truth);
	if (cond->no_argument)
		answer.why = "is compared with a parameter that is not set";
	return answer;
}

static struct answer
eval_items(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	bool all = (cond->kind == COND_ALL) != flip;
	struct answer result = {.truth = all ? YES : NO};

	for (size_t i = 0; i < cond->item_count; i++) {
		struct answer next =
		    cond_eval(scene, cond->items[i], from, flip);

		result = i == 0 ? next : answer_join(result, next, all);
	}
	return result;
}

/* Holds where "when" is not met; the negation is "when" and not "then". */
static struct answer
eval_when(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct answer when = cond_eval(scene, cond->items[0], from, false);
	struct answer then = cond_eval(scene, cond->items[1], from, flip);

	if (!flip)
		when.truth = truth_not(when.truth);
	/* What failed is the consequence, whatever was met. */
	return answer_join(then, when, flip);
}

static bool
op_is(const struct cond *cond, const char *name)
{
	return str_eq(str_of(cond->op->name), str_of(name));
}

/* set, written and known answer for every state by themselves. */
static struct answer
eval_presence(struct scene *scene, const struct cond *cond,
    const struct look *look, bool flip)
{
	bool wanted = value_kind(cond->args.argument) == NODE_TRUE;
	enum truth truth;

	if (look->state == STATE_INVALID)
		return answer_error(cond, look, look->invalid);
	if (look->pending)
		return answer_of(cond, look, UNKNOWN);
	if (op_is(cond, "written")) {
		enum written written = look_written(scene, look);

		truth = written == WRITTEN_OPAQUE ? UNKNOWN
						  : truth_of(written != WRITTEN_NOT);
	} else if (op_is(cond, "known")) {
		truth = truth_of(look->state != STATE_UNKNOWN);
	} else if (look->state == STATE_UNKNOWN) {
		truth = look->origin.single ? YES : UNKNOWN;
	} else {
		truth = truth_of(look->state == STATE_KNOWN);
	}
	return answer_of(cond, look, wanted != flip ? truth : truth_not(truth));
}

/* A number that the control says means "not set". */
static bool
is_sentinel(const struct cond *cond, struct value value)
{
	struct value_iter it = value_each(cond->args.sentinel);

	while (value_step(&it)) {
		if (value_equal(value, it.value, &cond->args))
			return true;
	}
	return false;
}

static void
apply_sentinel(struct look *look, const struct cond *cond)
{
	if ((look->state == STATE_KNOWN || look->state == STATE_DEFAULTED) &&
	    is_sentinel(cond, look->spot.seen.value))
		look->state = STATE_UNSET;
}

static struct answer
eval_op(struct scene *scene, const struct cond *cond, struct look *look,
    const struct op_args *args, bool flip)
{
	const char *why = NULL;
	enum op_answer got =
	    cond->op->eval(&look->spot.seen, args, scene->text, &why);

	if (scene->text->failed)
		scene->failed = true;
	if (got == ANSWER_INVALID) {
		look->state = STATE_INVALID;
		return answer_error(cond, look, why);
	}
	if (got == ANSWER_UNKNOWN)
		look->state = STATE_UNKNOWN;
	if (got == ANSWER_UNKNOWN)
		return answer_of(cond, look, UNKNOWN);
	return answer_of(cond, look,
	    truth_of((got == ANSWER_YES) != (cond->op->inverse != flip)));
}

/* The time that dates are judged by.  False where *out is the answer. */
static bool
eval_now(struct scene *scene, const struct cond *cond, struct look *look,
    struct op_args *args, struct answer *out)
{
	if (!cond->uses_now)
		return true;
	if (!scene->now_ready) {
		look->state = STATE_UNKNOWN;
		look->pending = true;
		scene->pending = true;
		*out = answer_of(cond, look, UNKNOWN);
		return false;
	}
	if (!scene->now) {
		look->state = STATE_INVALID;
		*out = answer_error(cond, look,
		    "is compared with the plan's time, which is no RFC 3339 "
		    "time: give one with --as-of");
		return false;
	}
	args->now = scene->now;
	return true;
}

/* The look has found something that can be compared. */
static struct answer
eval_compared(struct scene *scene, const struct cond *cond, struct look *look,
    const struct spot *from, bool flip)
{
	struct op_args args;
	struct answer answer;

	if (!operand_fill(scene, cond, from, flip, &args, &answer) ||
	    (look->state != STATE_UNKNOWN &&
		!eval_now(scene, cond, look, &args, &answer)))
		return answer;
	if (look->state == STATE_UNKNOWN)
		return answer_of(cond, look, UNKNOWN);
	return eval_op(scene, cond, look, &args, flip);
}

static struct answer
eval_test(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	static const struct node no_elements = {.kind = NODE_ARRAY, .at = 1};
	bool may_be_block = cond->op->group == OP_LIST || op_is(cond, "set");
	struct look *look = look_kept(
	    scene, look_at(scene, from, &cond->path, may_be_block));
	struct scene *of =
	    cond->path.of_subject && scene->first ? scene->first : scene;

	if (!look)
		return answer_of(cond, NULL, UNKNOWN);
	if (cond->op->group == OP_PRESENCE && !cond->no_argument)
		return eval_presence(of, cond, look, flip);
	apply_sentinel(look, cond);
	default_take(of, look, cond, from);
	apply_sentinel(look, cond);
	if (look->state == STATE_INVALID)
		return answer_error(cond, look, look->invalid);
	if (cond->no_argument)
		return answer_unset(cond, look, flip);
	if (look->state == STATE_UNSET) {
		if (cond->if_unset != SAID_NOTHING ||
		    cond->op->argument != ARG_LENGTH)
			return answer_unset(cond, look, flip);
		look->spot.seen.value = (struct value){&no_elements, NULL};
	}
	return eval_compared(scene, cond, look, from, flip);
}

/* How many elements satisfy, at least and at most. */
struct counted {
	size_t sure, possible;
	bool error; /* one of those that are not sure is an error */
};

static enum truth
count_truth(struct value limits, struct counted counted)
{
	bool first = op_in_range(counted.sure, limits);

	for (size_t n = counted.sure + 1; n <= counted.possible; n++) {
		if (op_in_range(n, limits) != first)
			return UNKNOWN;
	}
	return truth_of(first);
}

static struct answer
eval_element(struct scene *scene, const struct cond *cond,
    const struct spot *element)
{
	if (cond->satisfies)
		return cond_eval(scene, cond->satisfies, element, false);
	return (struct answer){.truth = YES};
}

/* Steps to the next member of a map that only the mask shows. */
static bool
hidden_step(
    struct scene *scene, const struct seen *seen, struct value_iter *it)
{
	while (value_step(it)) {
		struct seen member = {.unknown = it->value};
		struct str name;

		if (!it->object || !seen_partly_unknown(member))
			continue;
		name = value_text(it->key, scene->text);
		if (!name.ptr)
			scene->failed = true;
		if (!value_member(seen->value, name).node)
			return true;
	}
	return false;
}

/*
 * Elements that only the mask shows: unknown members of a map are left out of
 * its value.  A mask over the whole of a known list leaves open what else is in
 * it, which counts as one.
 */
size_t
hidden_elements(struct scene *scene, const struct seen *seen)
{
	struct value_iter it = value_each(seen->unknown);
	size_t hidden = value_kind(seen->unknown) == NODE_TRUE;

	if (value_kind(seen->value) != NODE_OBJECT)
		return hidden;
	while (hidden_step(scene, seen, &it))
		hidden++;
	return hidden;
}

/* What is asked of the elements, and what has been found so far. */
struct asked {
	const struct cond *cond;
	const struct look *look;
	struct counted *counted;
	struct answer result;
};

static void
take_element(struct asked *asked, struct answer next)
{
	struct counted *counted = asked->counted;

	counted->sure += next.truth == YES;
	counted->possible += next.truth != NO;
	counted->error =
	    counted->error || (next.truth == UNKNOWN && next.error);
	if (!next.cond) {
		next.cond = asked->cond;
		next.look = asked->look;
	}
	asked->result = answer_join(
	    asked->result, next, asked->cond->kind == COND_EVERY);
}

/* What holds of no value rules a hidden member out; none is sure. */
static void
ask_hidden(struct scene *scene, struct asked *asked)
{
	const struct spot *map = &asked->look->spot;
	struct value_iter it = value_each(map->seen.unknown);

	while (!scene->failed && hidden_step(scene, &map->seen, &it)) {
		struct seen_iter at = {.it = it, .seen = {.unknown = it.value}};
		struct spot element = spot_element(scene, map, &at);
		struct answer next = eval_element(scene, asked->cond, &element);

		if (next.truth == YES)
			next = answer_of(asked->cond, asked->look, UNKNOWN);
		take_element(asked, next);
	}
}

/* Elements one by one, and then those that are not shown. */
static struct answer
eval_elements(struct scene *scene, const struct cond *cond,
    const struct look *look, struct counted *counted)
{
	struct seen_iter it = seen_each(look->spot.seen);
	bool all = cond->kind == COND_EVERY;
	struct asked asked = {
	    cond, look, counted, answer_of(cond, look, truth_of(all))};
	size_t hidden;

	while (!scene->failed && seen_step(&it)) {
		struct spot element = spot_element(scene, &look->spot, &it);

		take_element(&asked, eval_element(scene, cond, &element));
	}
	if (value_kind(look->spot.seen.value) == NODE_OBJECT) {
		ask_hidden(scene, &asked);
		return asked.result;
	}
	hidden = hidden_elements(scene, &look->spot.seen);
	counted->possible += hidden;
	if (hidden)
		asked.result = answer_join(
		    asked.result, answer_of(cond, look, UNKNOWN), all);
	return asked.result;
}

bool
quantified(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip, struct look **out_look,
    struct answer *out)
{
	struct look *look =
	    look_kept(scene, look_at(scene, from, &cond->path, true));

	*out_look = look;
	*out = answer_of(cond, look, UNKNOWN);
	if (!look)
		return false;
	default_take(scene, look, cond, from);
	if (look->state == STATE_UNKNOWN)
		return false;
	if (look->state == STATE_INVALID) {
		*out = answer_error(cond, look, look->invalid);
		return false;
	}
	if (look->state == STATE_UNSET && cond->if_unset != SAID_NOTHING) {
		*out = answer_unset(cond, look, flip);
		return false;
	}
	if (look->state == STATE_UNSET) {
		look->spot.seen = (struct seen){.value = VALUE_NONE};
	} else if (!value_is_container(look->spot.seen.value)) {
		*out = answer_error(cond, look, "is no list and no map");
		return false;
	}
	return true;
}

static struct answer
eval_quantifier(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct counted counted = {0};
	struct answer result;
	struct op_args args;
	struct look *look;

	if (!quantified(scene, cond, from, flip, &look, &result))
		return result;
	if (cond->no_argument)
		return answer_unset(cond, look, flip);
	if (!operand_fill(scene, cond, from, flip, &args, &result))
		return result;
	result = eval_elements(scene, cond, look, &counted);
	if (cond->kind == COND_NONE)
		result.truth = truth_not(result.truth);
	if (cond->kind == COND_COUNT) {
		result = answer_of(
		    cond, look, count_truth(args.argument, counted));
		result.error = counted.error && result.truth == UNKNOWN;
	}
	if (flip)
		result.truth = truth_not(result.truth);
	if (flip || cond->kind == COND_NONE)
		result.asked = cond;
	return result;
}

/* The condition for the subject's type: the loader has seen that it is there. */
static struct answer
eval_by_type(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	const struct cond *item =
	    cond_of_type(cond, scene->subject->address.type);

	if (!item)
		return answer_error(
		    cond, NULL, "has no condition for this type");
	return cond_eval(scene, item, from, flip);
}

static struct answer
eval(struct scene *scene, const struct cond *cond, const struct spot *from,
    bool flip)
{
	struct spot root;

	/* Elements of its lists are the judged resource's own. */
	if (cond->path.of_subject && scene->first && cond->kind != COND_TEST) {
		scene = scene->first;
		root = scene_root(scene);
		from = &root;
	}
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
		return eval_items(scene, cond, from, flip);
	case COND_WHEN:
		return eval_when(scene, cond, from, flip);
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
		return eval_quantifier(scene, cond, from, flip);
	case COND_FIRST:
		return first_eval(scene, cond, from, flip);
	case COND_TEST:
		return eval_test(scene, cond, from, flip);
	case COND_RELATED:
		return related_eval(scene, cond, from, flip);
	case COND_PORT:
		return port_eval(scene, cond, from, flip);
	case COND_BY_TYPE:
		return eval_by_type(scene, cond, from, flip);
	case COND_ALWAYS:
		return answer_of(cond, NULL, truth_of(!flip));
	case COND_NEVER:
		return answer_of(cond, NULL, truth_of(flip));
	}
	return answer_of(cond, NULL, UNKNOWN);
}

struct answer
cond_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct answer answer;
	size_t step;

	flip = flip != cond->negated;
	step = trace_begin(scene, cond, flip);
	answer = eval(scene, cond, from, flip);
	trace_end(scene, step, &answer);
	return answer;
}
