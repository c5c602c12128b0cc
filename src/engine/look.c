/*
 * A look walks value and masks together.  Where it meets a mask before a value,
 * the configuration tells an attribute that was left out from one that waits
 * for apply; until the configuration is there the answer is pending.  Behind a
 * function the look goes on in what the text says; there the configuration knows
 * nothing more.
 */
#include "engine/deferred.h"
#include "engine/look.h"
#include "engine/tags.h"

struct spot
scene_root(const struct scene *scene)
{
	return (struct spot){.seen = subject_seen(scene->subject, scene->before)};
}

static const struct place *
place_add(struct scene *scene, const struct place *up, const struct step *step,
    size_t count)
{
	struct place *place = arena_new(scene->arena, struct place);

	if (!place) {
		scene->failed = true;
		return up;
	}
	place->up = up;
	place->kind = step->kind;
	place->name = step->name;
	place->index = step->index;
	place->count = count;
	return place;
}

/* The innermost function above, or NULL. */
static const struct place *
place_call(const struct place *place)
{
	while (place && place->kind != STEP_CALL)
		place = place->up;
	return place;
}

static void
key_print(struct str key, struct buf *out)
{
	buf_add(out, STR("[\""));
	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == '"' || key.ptr[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, key.ptr[i]);
	}
	buf_add(out, STR("\"]"));
}

void
place_print(const struct place *place, bool indexes, struct buf *out)
{
	if (!place)
		return;
	if (place->kind == STEP_CALL) {
		buf_fmt(out, STR_FMT "(", STR_ARG(place->name));
		place_print(place->up, indexes, out);
		buf_byte(out, ')');
		return;
	}
	place_print(place->up, indexes, out);
	if (place->kind == STEP_INDEX) {
		if (indexes)
			buf_fmt(out, "[%zu]", place->index);
		return;
	}
	if (place->kind == STEP_KEY && indexes) {
		key_print(place->name, out);
		return;
	}
	if (place->up)
		buf_byte(out, '.');
	buf_add(out, place->name);
}

struct spot
spot_element(
    struct scene *scene, const struct spot *list, const struct seen_iter *it)
{
	struct step step = {STEP_INDEX, {NULL, 0}, it->index};
	struct spot spot = {NULL, it->seen};

	if (it->it.object) {
		step.kind = STEP_KEY;
		step.name = value_copy_text(it->it.key, scene->arena);
		/* A name in a text is as secret as the text. */
		if (place_call(list->place) && seen_sensitive(list->seen))
			step.name = STR("(sensitive)");
		if (!step.name.ptr)
			scene->failed = true;
	}
	spot.place = place_add(
	    scene, list->place, &step, value_count(list->seen.value));
	return spot;
}

bool
seen_unset(const struct seen *seen)
{
	switch (value_kind(seen->value)) {
	case NODE_NONE:
	case NODE_NULL:
		return true;
	case NODE_STRING:
		return value_raw(seen->value).len == 0;
	case NODE_ARRAY:
	case NODE_OBJECT:
		return value_count(seen->value) == 0 &&
		    !seen_partly_unknown(*seen);
	case NODE_FALSE:
	case NODE_TRUE:
	case NODE_NUMBER:
		break;
	}
	return false;
}

static bool
invalid(struct look *look, const char *why)
{
	look->state = STATE_INVALID;
	look->invalid = why;
	return false;
}

/* A list of exactly one element stands for that element. */
static bool
enter_only(struct scene *scene, struct look *look)
{
	static const struct step first = {STEP_INDEX, {NULL, 0}, 0};
	struct spot *spot = &look->spot;

	if (value_kind(spot->seen.value) != NODE_ARRAY)
		return true;
	if (value_count(spot->seen.value) > 1)
		return invalid(look,
		    "is a list of several elements: name one by index or use "
		    "every, some, none");
	spot->place = place_add(scene, spot->place, &first, 1);
	spot->seen = seen_item(spot->seen, 0);
	return true;
}

static const struct node covered = {.kind = NODE_TRUE};

/* Enter what was read of the text, masked as that is, all of it. */
static bool
enter_document(struct scene *scene, struct look *look, const struct step *step,
    const struct embedded *document, bool sensitive)
{
	struct spot *spot = &look->spot;

	spot->place = place_add(scene, spot->place, step, 0);
	if (!document) {
		scene->failed = true;
		return invalid(look, "cannot be read");
	}
	if (document->invalid)
		return invalid(look, document->invalid);
	if (document->note)
		scene->note = document->note;
	spot->seen = document->seen;
	if (sensitive)
		spot->seen.sensitive = (struct value){&covered, ""};
	return true;
}

static bool
call(struct scene *scene, struct look *look, const struct step *step)
{
	struct seen text = look->spot.seen;

	return enter_document(scene, look, step,
	    embedded_read(
		scene->embedded, (enum call)step->index, text.value),
	    seen_sensitive(text));
}

/* One step where there is something to step into. */
static bool
enter(struct scene *scene, struct look *look, const struct step *step)
{
	struct spot *spot = &look->spot;
	enum node_kind kind;

	if (step->kind == STEP_CALL)
		return call(scene, look, step);
	if (step->kind == STEP_NAME && !enter_only(scene, look))
		return false;
	kind = value_kind(spot->seen.value);
	if (step->kind == STEP_INDEX) {
		if (kind != NODE_ARRAY)
			return invalid(look, "is no list");
		spot->place = place_add(scene, spot->place, step,
		    value_count(spot->seen.value));
		spot->seen = seen_item(spot->seen, step->index);
		return true;
	}
	/* An unknown or null element of a list has no members to show. */
	if (kind == NODE_NULL || kind == NODE_NONE) {
		spot->place = place_add(scene, spot->place, step, 0);
		spot->seen = seen_member(spot->seen, step->name);
		return true;
	}
	if (kind != NODE_OBJECT)
		return invalid(look, "has no members");
	spot->place = place_add(scene, spot->place, step, 0);
	spot->seen = seen_member(spot->seen, step->name);
	return true;
}

static void
add_steps(struct scene *scene, struct look *look, const struct path *path,
    size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		look->spot.place = place_add(
		    scene, look->spot.place, &path->steps[i], 0);
}

/* As far as the configuration goes: to the text that a function reads. */
static struct config_step *
config_steps(struct scene *scene, const struct place *place, size_t *count)
{
	struct config_step *steps;
	size_t n = 0;

	for (const struct place *at; (at = place_call(place));)
		place = at->up;
	for (const struct place *at = place; at; at = at->up)
		n++;
	*count = n;
	steps = arena_array(scene->arena, n ? n : 1, sizeof(*steps));
	if (!steps) {
		scene->failed = true;
		return NULL;
	}
	for (const struct place *at = place; at; at = at->up)
		steps[--n] = (struct config_step){at->name,
		    at->kind == STEP_INDEX, at->index, at->count};
	return steps;
}

/* Does the digest know which of the subject's paths are blocks? */
static bool
in_digest(const struct scene *scene)
{
	return scene->policies->digest &&
	    digest_has(
		scene->policies->digest, scene->subject->address.type);
}

/* Masked in a document: it waits for what the document waits for. */
static bool
masked_inside(struct look *look)
{
	const struct place *call = place_call(look->spot.place);

	look->state = STATE_UNKNOWN;
	if (call && call->origin)
		look->origin = *call->origin;
	return call != NULL;
}

/* Masked: left out, or waiting? */
static void
look_masked(struct scene *scene, struct look *look, bool may_be_block)
{
	struct config_step *steps;
	size_t count;

	if (masked_inside(look))
		return;
	if (!scene->config_ready) {
		look->pending = true;
		scene->pending = true;
		return;
	}
	steps = config_steps(scene, look->spot.place, &count);
	if (!steps ||
	    !config_origin(&look->origin, scene->config,
		&scene->subject->address, steps, count,
		scene->policies->digest, scene->arena)) {
		scene->failed = true;
		return;
	}
	if (look->origin.written == WRITTEN_NOT && tags_look(scene, look))
		return;
	if (look->origin.written == WRITTEN_NOT && may_be_block &&
	    !in_digest(scene)) {
		look->no_schema = true;
	} else if (look->origin.written == WRITTEN_NOT) {
		look->state = STATE_UNSET;
		look->omitted = true;
		look->spot.seen = (struct seen){
		    .sensitive = look->spot.seen.sensitive};
	} else if (look->origin.written == WRITTEN_CONSTANT) {
		look->state = STATE_KNOWN;
		look->constant = true;
		look->spot.seen = (struct seen){
		    .value = look->origin.constant,
		    .sensitive = look->spot.seen.sensitive};
	}
}

static size_t
next_call(const struct path *path, size_t from)
{
	while (from < path->count && path->steps[from].kind != STEP_CALL)
		from++;
	return from;
}

/* A constant is the judgement's, and what is read from it the subject's. */
static bool
keep_constant(struct scene *scene, struct look *look)
{
	look->spot.seen.value =
	    value_copy(look->spot.seen.value, &scene->embedded->arena);
	if (!look->spot.seen.value.node)
		scene->failed = true;
	return true;
}

/* The policy that waits for apply, as far as its data source is known. */
static bool
enter_deferred(struct scene *scene, struct look *look, const struct step *step)
{
	struct origin *origin = arena_new(scene->arena, struct origin);
	struct place *place = arena_new(scene->arena, struct place);
	struct seen data;

	if (!origin || !place)
		scene->failed = true;
	if (scene->failed || step->index != CALL_POLICY ||
	    !deferred_policy(scene, look, &data))
		return false;
	*origin = look->origin;
	origin->single = false;
	*look = (struct look){
	    .state = STATE_KNOWN, .spot = look->spot, .of = look->of};
	enter_document(scene, look, step,
	    embedded_blocks(scene->embedded, &data), seen_sensitive(data));
	*place = *look->spot.place;
	place->origin = origin;
	look->spot.place = place;
	return true;
}

/*
 * Masked before step at: decided for the whole path, or for the text that a
 * function reads, which the configuration may know.  False where the look ends.
 */
static bool
pass_masked(struct scene *scene, struct look *look, const struct path *path,
    size_t *at, bool may_be_block)
{
	size_t stop = next_call(path, *at);

	add_steps(scene, look, path, *at, stop);
	look_masked(scene, look, may_be_block && stop == path->count);
	*at = stop;
	if (stop < path->count && look->state == STATE_KNOWN)
		return keep_constant(scene, look);
	if (stop < path->count && look->state == STATE_UNKNOWN &&
	    enter_deferred(scene, look, &path->steps[stop])) {
		*at = stop + 1;
		if (look->state == STATE_INVALID)
			add_steps(scene, look, path, *at, path->count);
		return look->state != STATE_INVALID;
	}
	if (stop < path->count && look->state == STATE_UNSET)
		look->gap = look->spot.place;
	/* There will be a text, which says nothing of what it says. */
	if (stop < path->count)
		look->origin.single = false;
	add_steps(scene, look, path, stop, path->count);
	return false;
}

struct look
look_at(struct scene *scene, const struct spot *from, const struct path *path,
    bool may_be_block)
{
	struct spot root;
	struct look look = {.state = STATE_KNOWN,
	    .spot = *from,
	    .of = scene->first ? scene->subject : NULL};

	if (path->of_subject && scene->first) {
		root = scene_root(scene->first);
		return look_at(scene->first, &root, path, may_be_block);
	}
	for (size_t i = 0; i < path->count; i++) {
		if (seen_unknown(look.spot.seen) &&
		    !pass_masked(scene, &look, path, &i, may_be_block))
			return look;
		if (i == path->count)
			break;
		if ((i > 0 || path->steps[i].kind == STEP_CALL) &&
		    seen_unset(&look.spot.seen)) {
			look.gap = look.spot.place;
			look.state = STATE_UNSET;
			add_steps(scene, &look, path, i, path->count);
			return look;
		}
		if (!enter(scene, &look, &path->steps[i]))
			return look;
		if (i == 0 && !from->place && !look.spot.seen.value.node &&
		    !scene->before && !seen_unknown(look.spot.seen))
			scene->no_attribute = path->steps[0].name;
	}
	if (seen_unknown(look.spot.seen)) {
		look_masked(scene, &look, may_be_block);
	} else if (seen_unset(&look.spot.seen)) {
		look.state = STATE_UNSET;
	}
	return look;
}

enum written
look_written(struct scene *scene, const struct look *look)
{
	struct config_step *steps;
	size_t count;

	if (scene->before)
		return look->state == STATE_KNOWN ? WRITTEN_CONSTANT
						  : WRITTEN_NOT;
	if (!scene->config_ready) {
		scene->pending = true;
		return WRITTEN_OPAQUE;
	}
	steps = config_steps(scene, look->spot.place, &count);
	if (!steps)
		return WRITTEN_OPAQUE;
	return config_written(scene->config, &scene->subject->address, steps,
	    count, scene->policies->digest);
}
