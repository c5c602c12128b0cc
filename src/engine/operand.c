/*
 * Where a control compares with a value of the plan, a copy of what it was
 * written with is made in which every {"value_of": ..} is what the look at its
 * path has found.
 */
#include "engine/answer.h"

/* Filling one value. */
struct filling {
	struct scene *scene;
	const struct spot *from;
	const struct path *paths; /* of the value_of still to come */
	struct make make;
	struct look *open; /* what could not be filled in, the gravest */
};

/* Unset decides against unknown, and an error comes before both. */
static int
gravity(const struct look *look)
{
	static const int of[] = {[STATE_KNOWN] = 0,
	    [STATE_DEFAULTED] = 0,
	    [STATE_UNKNOWN] = 1,
	    [STATE_UNSET] = 2,
	    [STATE_INVALID] = 3};

	return look ? of[look->state] : 0;
}

static void
fill_path(struct filling *filling)
{
	struct scene *scene = filling->scene;
	const struct path *path = filling->paths++;
	struct look *look =
	    look_kept(scene, look_at(scene, filling->from, path, false));

	if (!look)
		return;
	look_plain_default(
	    path->of_subject && scene->first ? scene->first : scene, look);
	if (gravity(look) == 0 && seen_partly_unknown(look->spot.seen))
		look->state = STATE_UNKNOWN;
	if (gravity(look) > gravity(filling->open))
		filling->open = look;
	if (gravity(look) == 0)
		make_value(&filling->make, look->spot.seen.value);
	else
		make_scalar(&filling->make, NODE_NULL);
}

static bool
is_path(struct value v)
{
	return value_kind(v) == NODE_OBJECT && value_count(v) == 1 &&
	    value_member(v, STR("value_of")).node;
}

/* No deeper than the loader lets a value be. */
static void
fill(struct filling *filling, struct value v)
{
	struct value_iter it = value_each(v);

	if (is_path(v)) {
		fill_path(filling);
		return;
	}
	if (!value_is_container(v)) {
		make_value(&filling->make, v);
		return;
	}
	make_open(&filling->make, it.object ? NODE_OBJECT : NODE_ARRAY);
	while (value_step(&it)) {
		if (it.object)
			make_value(&filling->make, it.key);
		fill(filling, it.value);
	}
	make_close(&filling->make);
}

/* VALUE_NONE where *open says why, or scene->failed. */
static struct value
filled(struct scene *scene, const struct spot *from, struct value v,
    const struct value_paths *paths, struct look **open)
{
	struct filling filling = {
	    .scene = scene, .from = from, .paths = paths->items};
	struct value made = VALUE_NONE;

	fill(&filling, v);
	*open = filling.open;
	if (!filling.open) {
		made = make_done(&filling.make, scene->arena);
		if (!made.node)
			scene->failed = true;
	}
	make_free(&filling.make);
	return made;
}

static struct answer
open_answer(const struct cond *cond, const struct look *open, bool flip)
{
	if (open->state == STATE_INVALID)
		return answer_error(cond, open, open->invalid);
	if (open->state == STATE_UNSET)
		return answer_unset(cond, open, flip);
	return answer_of(cond, open, UNKNOWN);
}

static bool
misfit(struct scene *scene, const struct cond *cond, const struct spot *from,
    const char *why, struct answer *out)
{
	struct look *look = look_kept(scene,
	    look_at(scene, from, &cond->argument_from.items[0], false));

	if (look)
		look->state = STATE_INVALID;
	*out = answer_error(cond, look, why);
	return false;
}

static enum op_argument
argument_kind(const struct cond *cond)
{
	if (cond->kind == COND_TEST)
		return cond->op->argument;
	return cond->kind == COND_COUNT ? ARG_LENGTH : ARG_NUMBER;
}

bool
operand_fill(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip, struct op_args *args,
    struct answer *out)
{
	struct look *open = NULL;
	const char *why;

	*args = cond->args;
	if (!cond->argument_from.count)
		return true;
	args->argument = filled(scene, from, cond->args.argument,
	    &cond->argument_from, &open);
	if (open) {
		*out = open_answer(cond, open, flip);
		return false;
	}
	if (!args->argument.node) {
		*out = answer_of(cond, NULL, UNKNOWN);
		return false;
	}
	why = op_argument_misfit(
	    argument_kind(cond), args->argument, scene->text);
	return !why || misfit(scene, cond, from, why, out);
}

void
default_take(struct scene *scene, struct look *look,
    const struct cond *cond, const struct spot *from)
{
	struct look *open = NULL;
	struct value value;

	if (look->state != STATE_UNSET)
		return;
	if (!cond->default_from.count) {
		look_default(scene, look, cond);
		return;
	}
	value = filled(scene, from, cond->default_value, &cond->default_from,
	    &open);
	if (open && open->state != STATE_UNSET) {
		*look = *open;
	} else if (value.node) {
		look->state = STATE_DEFAULTED;
		look->entry = NULL;
		look->spot.seen = (struct seen){.value = value};
	}
}
