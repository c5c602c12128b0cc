#include "config/reference.h"
#include "config/traversal.h"
#include "config/walk.h"

/*
 * What the walk down a path comes to decides; where it comes to nothing, the
 * schema says whether that means omitted or dynamic.
 */

/* --- Omitted or unknown --- */

/* Everything that one look gathers. */
struct look {
	struct view view;
	struct scope scope;
	struct trail trail;
	struct value constant;
	bool dynamic;
	bool each; /* of several blocks, whichever it is has a value */
};

/* So that what many blocks share is not followed for each of them. */
enum { ALONE_MOST = 8 };

static enum written origin_of(
    struct look *look, struct value content, size_t step);

/* The plan shows an element: a dynamic block has made it. */
static bool
is_planned(const struct view *view, size_t step)
{
	return step < view->count && view->steps[step].is_index &&
	    view->steps[step].count > 0;
}

static enum written
missing(struct look *look, size_t step)
{
	struct digest_path schema = view_schema(&look->view, step + 1);

	if (schema.kind != DIGEST_ATTRIBUTE &&
	    is_planned(&look->view, step + 1)) {
		look->dynamic = true;
		return WRITTEN_OPAQUE;
	}
	if (schema.computed)
		return WRITTEN_NOT;
	if (schema.kind == DIGEST_ATTRIBUTE)
		return WRITTEN_OPAQUE;
	if (schema.kind == DIGEST_UNKNOWN && is_last_name(&look->view, step))
		return WRITTEN_NOT;
	look->dynamic = true;
	return WRITTEN_OPAQUE;
}

/* Of an element: steps[step] may be its index; one says what each item is. */
typedef enum written item_origin(
    struct look *look, struct value item, size_t step);

static bool
is_single(const struct look *look, enum written written)
{
	return written == WRITTEN_REFERENCE &&
	    (look->each ||
		(look->trail.reached.count == 1 && !look->trail.several));
}

/* Does every item give the path a constant or one attribute, some the latter? */
static bool
each_single(struct look *look, struct value items, size_t step, item_origin *one)
{
	struct value_iter it = value_each(items);
	bool all = value_count(items) <= ALONE_MOST, some = false;

	while (all && value_step(&it)) {
		struct look alone = {
		    .view = look->view,
		    .scope = look->scope,
		    .trail.arena = look->trail.arena,
		};
		enum written written = one(&alone, it.value, step);

		all = written == WRITTEN_CONSTANT || is_single(&alone, written);
		some = some || written == WRITTEN_REFERENCE;
		look->trail.failed = look->trail.failed || alone.trail.failed;
		trail_free(&alone.trail);
	}
	return all && some;
}

/*
 * A planned set keeps no order, so an element may be any of the items: it is
 * omitted only where none of them writes it, and set where all of them do.
 */
static enum written
any_item(struct look *look, struct value items, size_t step, item_origin *one)
{
	const struct config_step *index = &look->view.steps[step];
	struct value_iter it = value_each(items);
	enum written written = WRITTEN_NOT;

	if (!index->is_index || index->count > value_count(items)) {
		written = WRITTEN_OPAQUE;
		look->dynamic = look->dynamic || index->is_index;
	}
	while (value_step(&it)) {
		if (one(look, it.value, step + index->is_index) != WRITTEN_NOT)
			written = WRITTEN_OPAQUE;
	}
	if (index->is_index && index->count <= value_count(items) &&
	    each_single(look, items, step + 1, one)) {
		look->each = true;
		return WRITTEN_REFERENCE;
	}
	return written;
}

static enum written
constant_of(struct look *look, struct value constant, size_t step)
{
	const struct config_step *steps = look->view.steps;

	while (step < look->view.count && !is_empty(constant)) {
		if (value_kind(constant) == NODE_ARRAY) {
			if (value_count(constant) > 1 ||
			    (steps[step].is_index && steps[step].count > 1))
				return any_item(
				    look, constant, step, constant_of);
			constant = value_item(constant, 0);
			step += steps[step].is_index;
			continue;
		}
		if (value_kind(constant) != NODE_OBJECT || steps[step].is_index)
			return WRITTEN_OPAQUE;
		constant = value_member(constant, steps[step++].name);
	}
	if (is_empty(constant))
		return WRITTEN_NOT;
	look->constant = constant;
	return WRITTEN_CONSTANT;
}

static enum written
expression_of(struct look *look, const struct spot *at)
{
	struct value constant = value_member(at->value, STR("constant_value"));
	size_t reached = look->trail.reached.count;
	enum written written = WRITTEN_NOT;

	if (constant.node) {
		written = constant_of(look, constant, at->step);
	} else {
		/* Of what it makes, the path is a part only. */
		if (at->step < look->view.count)
			look->trail.several = true;
		look->trail.opaque = false;
		trail_follow(&look->trail, &look->scope, at->value);
		if (look->trail.reached.count > reached)
			written = WRITTEN_REFERENCE;
		else if (look->trail.opaque)
			written = WRITTEN_OPAQUE;
	}
	if (written == WRITTEN_NOT) {
		struct digest_path schema = view_schema(&look->view, at->step);

		if (schema.kind == DIGEST_ATTRIBUTE && !schema.computed)
			written = WRITTEN_OPAQUE;
	}
	return written;
}

/* Everything that blocks refer to. */
static void
gather(struct look *look, struct value v)
{
	struct value_iter it = value_each(v);

	while (value_step(&it)) {
		if (it.object && is_expression(it.value))
			trail_follow(&look->trail, &look->scope, it.value);
		else
			gather(look, it.value);
	}
}

static enum written
block_of(struct look *look, struct value block)
{
	look->trail.several = true;
	gather(look, block);
	return look->trail.reached.count ? WRITTEN_REFERENCE : WRITTEN_OPAQUE;
}

static enum written
origin_of(struct look *look, struct value content, size_t step)
{
	struct spot at = view_walk(&look->view, content, step);

	switch (at.found) {
	case FOUND_EXPRESSION:
		return expression_of(look, &at);
	case FOUND_BLOCK:
		return block_of(look, at.value);
	case FOUND_MISSING:
		return missing(look, at.step);
	case FOUND_MANY:
		return any_item(look, at.value, at.step, origin_of);
	case FOUND_HIDDEN:
		break;
	}
	return WRITTEN_OPAQUE;
}

/* An opaque origin waits for all that was met, a reference for resources. */
static bool
waits_for(struct origin *out, const struct trail *trail)
{
	size_t hidden =
	    out->written == WRITTEN_OPAQUE ? trail->hidden.count : 0;
	size_t count = trail->reached.count + hidden;
	struct str *texts;

	if (out->written != WRITTEN_OPAQUE && out->written != WRITTEN_REFERENCE)
		return true;
	if (!count)
		return true;
	texts = arena_array(trail->arena, count, sizeof(*texts));
	if (!texts)
		return false;
	if (trail->reached.count)
		memcpy(texts, trail->reached.items,
		    trail->reached.count * sizeof(*texts));
	if (hidden)
		memcpy(texts + trail->reached.count, trail->hidden.items,
		    hidden * sizeof(*texts));
	out->waits_for = texts;
	out->waits_for_count = count;
	return true;
}

static bool
conclude(struct origin *out, const struct look *look, enum written written)
{
	struct origin origin = {.written = written};

	if (look->trail.failed)
		return false;
	origin.dynamic = written == WRITTEN_OPAQUE && look->dynamic;
	origin.single = is_single(look, written);
	if (written == WRITTEN_CONSTANT) {
		origin.constant = value_copy(look->constant, look->trail.arena);
		if (!origin.constant.node)
			return false;
	}
	if (!waits_for(&origin, &look->trail))
		return false;
	*out = origin;
	return true;
}

/* The digest is of resources: a data source of that name has other flags. */
static struct view
view_of(const struct address *address, const struct config_step *steps,
    size_t step_count, const struct digest *digest)
{
	if (address->mode != MODE_MANAGED)
		digest = NULL;
	return (struct view){&address->type, digest, steps, step_count};
}

bool
config_origin(struct origin *out, const struct config *config,
    const struct address *address, const struct config_step *steps,
    size_t step_count, const struct digest *digest, struct arena *arena)
{
	const struct config_module *module = config_module(config, address);
	const struct config_resource *resource =
	    module ? config_resource(module, address) : NULL;
	struct look look = {
	    .view = view_of(address, steps, step_count, digest),
	    .trail.arena = arena,
	};
	enum written written;
	bool ok;

	if (!resource || !step_count) {
		*out = (struct origin){.written = WRITTEN_OPAQUE};
		return true;
	}
	look.scope = (struct scope){module, resource->for_each};
	written = resource->expressions.node
		      ? origin_of(&look, resource->expressions, 0)
		      : missing(&look, 0);
	ok = conclude(out, &look, written);
	trail_free(&look.trail);
	return ok;
}

/* --- Written at all --- */

static enum written
written_missing(const struct view *view, size_t step)
{
	struct digest_path schema = view_schema(view, step + 1);

	if (schema.kind == DIGEST_ATTRIBUTE || schema.computed)
		return WRITTEN_NOT;
	return schema.kind == DIGEST_UNKNOWN && is_last_name(view, step)
		   ? WRITTEN_NOT
		   : WRITTEN_OPAQUE;
}

static enum written
written_inside(const struct view *view, const struct spot *at)
{
	struct value constant = value_member(at->value, STR("constant_value"));

	if (at->step == view->count)
		return constant.node ? WRITTEN_CONSTANT : WRITTEN_REFERENCE;
	if (!constant.node)
		return WRITTEN_OPAQUE;
	for (size_t i = at->step; constant.node && i < view->count; i++) {
		const struct config_step *step = &view->steps[i];

		if (value_kind(constant) == NODE_ARRAY) {
			if (value_count(constant) > 1)
				return WRITTEN_OPAQUE;
			constant = value_item(constant, 0);
			if (step->is_index)
				continue;
		}
		constant = value_member(constant, step->name);
	}
	return constant.node ? WRITTEN_CONSTANT : WRITTEN_NOT;
}

static enum written written_of(
    const struct view *view, struct value content, size_t step);

/* Yes or no where all blocks agree and the element is one of theirs. */
static enum written
written_many(const struct view *view, const struct spot *at)
{
	const struct config_step *index = &view->steps[at->step];
	struct value_iter it = value_each(at->value);
	size_t count = 0, yes = 0, no = 0;

	for (; value_step(&it); count++) {
		enum written one =
		    written_of(view, it.value, at->step + index->is_index);

		no += one == WRITTEN_NOT;
		yes += one == WRITTEN_CONSTANT || one == WRITTEN_REFERENCE;
	}
	if (!index->is_index || index->count > count)
		return WRITTEN_OPAQUE;
	if (yes == count)
		return WRITTEN_REFERENCE;
	return no == count ? WRITTEN_NOT : WRITTEN_OPAQUE;
}

static enum written
written_of(const struct view *view, struct value content, size_t step)
{
	struct spot at = view_walk(view, content, step);

	switch (at.found) {
	case FOUND_EXPRESSION:
		return written_inside(view, &at);
	case FOUND_BLOCK:
		return WRITTEN_CONSTANT;
	case FOUND_MISSING:
		return written_missing(view, at.step);
	case FOUND_MANY:
		return written_many(view, &at);
	case FOUND_HIDDEN:
		break;
	}
	return WRITTEN_OPAQUE;
}

enum written
config_written(const struct config *config, const struct address *address,
    const struct config_step *steps, size_t step_count,
    const struct digest *digest)
{
	const struct config_module *module = config_module(config, address);
	const struct config_resource *resource =
	    module ? config_resource(module, address) : NULL;
	struct view view = view_of(address, steps, step_count, digest);

	if (!resource || !step_count)
		return WRITTEN_OPAQUE;
	return resource->expressions.node
		   ? written_of(&view, resource->expressions, 0)
		   : written_missing(&view, 0);
}
