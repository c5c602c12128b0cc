/*
 * Arrays are blocks, objects with "references" or "constant_value" are
 * expressions, other objects are blocks of one, and "{}" is an expression of
 * functions only unless the schema says that it is a block.
 */
#include "config/walk.h"

bool
is_empty(struct value v)
{
	switch (value_kind(v)) {
	case NODE_NONE:
	case NODE_NULL:
		return true;
	case NODE_STRING:
	case NODE_ARRAY:
	case NODE_OBJECT:
		return v.node->n == 0;
	default:
		return false;
	}
}

struct digest_path
view_schema(const struct view *view, size_t count)
{
	struct digest_path known = {.kind = DIGEST_UNKNOWN};
	char path[512]; /* longer than any in a schema */
	size_t len = 0;

	for (size_t i = 0; view->digest && i < count; i++) {
		struct str name = view->steps[i].name;

		if (view->steps[i].is_index)
			continue;
		if (name.len >= sizeof(path) - len - 1)
			return (struct digest_path){.kind = DIGEST_UNKNOWN};
		if (len)
			path[len++] = '.';
		memcpy(path + len, name.ptr, name.len);
		len += name.len;
		known = digest_find(
		    view->digest, *view->type, (struct str){path, len});
		if (known.kind != DIGEST_BLOCK)
			return known;
	}
	return known;
}

bool
is_last_name(const struct view *view, size_t step)
{
	for (size_t i = step + 1; i < view->count; i++) {
		if (!view->steps[i].is_index)
			return false;
	}
	return true;
}

/* The block of an array that a step is in, or FOUND_MANY. */
static bool
enter_array(const struct view *view, struct spot *spot)
{
	const struct config_step *step = &view->steps[spot->step];
	bool one = value_count(spot->value) == 1;

	if (!one || (step->is_index && step->count > 1)) {
		spot->found = FOUND_MANY;
		return false;
	}
	spot->value = value_item(spot->value, 0);
	spot->step += step->is_index;
	return true;
}

/* A member of a block; false where the walk ends with it. */
static bool
enter_member(const struct view *view, struct spot *spot)
{
	struct value member;

	if (view->steps[spot->step].is_index ||
	    value_kind(spot->value) != NODE_OBJECT) {
		spot->found = FOUND_HIDDEN;
		return false;
	}
	member = value_member(spot->value, view->steps[spot->step].name);
	if (!member.node) {
		spot->found = FOUND_MISSING;
		return false;
	}
	spot->value = member;
	spot->step++;
	if (is_expression(member)) {
		spot->found = FOUND_EXPRESSION;
		return false;
	}
	if (value_kind(member) == NODE_OBJECT && !value_count(member) &&
	    view_schema(view, spot->step).kind != DIGEST_BLOCK) {
		spot->found = FOUND_EXPRESSION;
		return false;
	}
	return true;
}

struct spot
view_walk(const struct view *view, struct value content, size_t step)
{
	struct spot spot = {FOUND_BLOCK, content, step};

	while (spot.step < view->count) {
		bool on = value_kind(spot.value) == NODE_ARRAY
			      ? enter_array(view, &spot)
			      : enter_member(view, &spot);

		if (!on)
			return spot;
	}
	return spot;
}
