/*
 * The paths that controls read are looked at as their conditions do; where one
 * resource was asked for, everything else that it has follows, leaf by leaf.
 */
#include "engine/inspect.h"

#include <stdlib.h>

#include "engine/answer.h"
#include "engine/origin.h"

enum { VALUES_MOST = 1000, STEPS_MOST = 8 };

struct viewing {
	struct tfa_eval *eval;
	const struct subject *subject;
	struct scene scene;
	struct inspected *out;
	struct inspected_value *values;
	size_t cap;
	struct map paths; /* that are there already */
	struct step steps[STEPS_MOST];
	bool read;
};

/* --- One --- */

static const char *
shape_of(const struct look *look)
{
	switch (value_kind(look->spot.seen.value)) {
	case NODE_STRING:
		return "text";
	case NODE_ARRAY:
		return "list";
	case NODE_OBJECT:
		return "map";
	default:
		return NULL;
	}
}

static bool
find_origin(struct inspected_value *out, struct tfa_eval *eval,
    const struct subject *subject, const struct look *look, bool before)
{
	const struct address *address =
	    look->of ? &look->of->address : &subject->address;
	unsigned actions = look->of ? look->of->actions : subject->actions;
	struct finding_look kept;
	struct origin_question question = {.config = eval->config,
	    .digest = eval->policies->digest,
	    .address = address,
	    .look = &kept,
	    .state = look->state,
	    .by_default = look->entry,
	    .setting = look->setting,
	    .existed = actions && !(actions & ACTION_CREATE),
	    .before = before || subject->source == SUBJECT_STATE ||
		value_kind(subject->after) != NODE_OBJECT};
	struct finding_origin origin;

	if (!origin_keep_look(&kept, look, eval->report) ||
	    !origin_find(&origin, &question, &eval->scratch))
		return false;
	out->origin = origin_kept(&origin, eval->report);
	return out->origin != NULL;
}

bool
inspect_look(struct inspected_value *out, struct tfa_eval *eval,
    const struct subject *subject, const struct cond *cond,
    const struct look *look, bool before)
{
	struct tfa_report *report = eval->report;
	struct buf *text = &report->text;

	*out = (struct inspected_value){.state = look->state,
	    .omitted = look->omitted,
	    .by_default =
		look->state == STATE_DEFAULTED ? look->entry : NULL};
	if (look->state == STATE_KNOWN)
		out->shape = shape_of(look);
	text->len = 0;
	place_print(look->spot.place, true, text);
	if (text->len == 0)
		buf_byte(text, '.');
	if (text->failed || !text_keep(&out->path, buf_str(text), report) ||
	    !look_actual(&out->value, cond, look, report) ||
	    !look_waits_for(&out->waits_for, look, report))
		return false;
	out->value = actual_redacted(out->value,
	    look->state == STATE_KNOWN || look->setting.len, eval->plan);
	return find_origin(out, eval, subject, look, before);
}

static bool
has_room(struct viewing *viewing)
{
	if (viewing->out->value_count < VALUES_MOST)
		return true;
	viewing->out->more_values = true;
	return false;
}

static bool
add_look(struct viewing *viewing, const struct cond *cond,
    const struct look *look)
{
	struct arena *arena = &viewing->eval->report->arena;
	struct inspected_value value;
	size_t *count = &viewing->out->value_count;

	if (!inspect_look(&value, viewing->eval, viewing->subject, cond, look,
		viewing->scene.before))
		return false;
	value.read = viewing->read;
	if (map_find(&viewing->paths, value.path))
		return true;
	if (!map_set(&viewing->paths, value.path, viewing) ||
	    !arena_grow(arena, &viewing->values, *count, &viewing->cap,
		sizeof(value)))
		return false;
	viewing->values[(*count)++] = value;
	return true;
}

/* --- What controls read --- */

static bool
may_be_block(const struct cond *cond)
{
	return cond->kind != COND_TEST || cond->op->group == OP_LIST ||
	    strcmp(cond->op->name, "set") == 0;
}

static bool
add_path(struct viewing *viewing, const struct cond *cond,
    const struct path *path)
{
	struct spot root = scene_root(&viewing->scene);
	struct look look;

	if (path->count == 0 || !has_room(viewing))
		return true;
	look = look_at(&viewing->scene, &root, path, may_be_block(cond));
	default_take(&viewing->scene, &look, cond, &root);
	return !viewing->scene.failed && add_look(viewing, cond, &look);
}

static bool
add_cond(struct viewing *viewing, const struct cond *cond)
{
	for (size_t i = 0; i < cond->item_count; i++) {
		if (!add_cond(viewing, cond->items[i]))
			return false;
	}
	if (cond->kind == COND_TEST || cond->kind == COND_EVERY ||
	    cond->kind == COND_SOME || cond->kind == COND_NONE ||
	    cond->kind == COND_COUNT || cond->kind == COND_FIRST)
		return cond->path.of_subject ||
		    add_path(viewing, cond, &cond->path);
	return true;
}

static bool
add_controls(struct viewing *viewing)
{
	const struct type_entry *entry =
	    run_type(viewing->eval, viewing->subject->address.type);

	if (!entry)
		return false;
	viewing->read = true;
	for (size_t i = 0; i < entry->count; i++) {
		const struct control *control = entry->controls[i];

		if (control_select(control, viewing->subject) == SELECT_NOT)
			continue;
		if ((control->where && !add_cond(viewing, control->where)) ||
		    !add_cond(viewing, control->assert))
			return false;
	}
	viewing->read = false;
	return true;
}

/* --- Everything else --- */

static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!(c == '_' || (c >= '0' && c <= '9') ||
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
			return false;
	}
	return s.len > 0;
}

static bool
add_leaf(struct viewing *viewing, size_t count)
{
	struct spot root = scene_root(&viewing->scene);
	struct path path = {.steps = viewing->steps, .count = count};
	struct look look = look_at(&viewing->scene, &root, &path, false);

	look_plain_default(&viewing->scene, &look);
	return !viewing->scene.failed && add_look(viewing, NULL, &look);
}

static bool add_tree(struct viewing *viewing, struct seen seen, size_t count);

static bool
add_member(struct viewing *viewing, struct seen seen, struct value key,
    size_t count)
{
	struct step *step = &viewing->steps[count];
	struct str name = value_copy_text(key, &viewing->eval->report->arena);

	if (!name.ptr)
		return false;
	*step = (struct step){.kind = is_word(name) ? STEP_NAME : STEP_KEY,
	    .name = name};
	return add_tree(viewing, seen_member(seen, name), count + 1);
}

/* Members of the value, and those that only the mask has. */
static bool
add_members(struct viewing *viewing, struct seen seen, size_t count)
{
	struct value_iter it = value_each(seen.value);
	struct buf text = {0};
	bool ok = true;

	while (ok && value_step(&it))
		ok = add_member(viewing, seen, it.key, count);
	it = value_each(seen.unknown);
	while (ok && it.object && value_step(&it)) {
		struct str name = value_text(it.key, &text);

		if (!name.ptr)
			ok = false;
		else if (!value_member(seen.value, name).node &&
		    seen_partly_unknown((struct seen){.unknown = it.value}))
			ok = add_member(viewing, seen, it.key, count);
	}
	buf_free(&text);
	return ok;
}

static bool
add_elements(struct viewing *viewing, struct seen seen, size_t count)
{
	size_t elements = value_count(seen.value);

	for (size_t i = 0; i < elements; i++) {
		viewing->steps[count] =
		    (struct step){.kind = STEP_INDEX, .index = i};
		if (!has_room(viewing))
			return true;
		if (!add_tree(viewing, seen_item(seen, i), count + 1))
			return false;
	}
	return true;
}

static bool
add_tree(struct viewing *viewing, struct seen seen, size_t count)
{
	enum node_kind kind = value_kind(seen.value);

	if (!has_room(viewing))
		return true;
	if (count + 1 < STEPS_MOST && kind == NODE_OBJECT &&
	    (value_count(seen.value) || value_count(seen.unknown)))
		return add_members(viewing, seen, count);
	if (count > 0 && count + 1 < STEPS_MOST && kind == NODE_ARRAY &&
	    value_kind(value_item(seen.value, 0)) == NODE_OBJECT)
		return add_elements(viewing, seen, count);
	return count == 0 || add_leaf(viewing, count);
}

static int
compare_value(const void *a, const void *b)
{
	const struct inspected_value *left = a, *right = b;

	return str_cmp(left->path, right->path);
}

bool
inspect_values(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject, bool all)
{
	bool before = value_kind(subject->after) != NODE_OBJECT;
	struct viewing viewing = {.eval = eval,
	    .subject = subject,
	    .scene = run_scene(eval, subject, before),
	    .out = out};
	bool ok = add_controls(&viewing);

	if (ok && all)
		ok = add_tree(&viewing, scene_root(&viewing.scene).seen, 0);
	map_free(&viewing.paths);
	if (out->value_count)
		qsort(viewing.values, out->value_count,
		    sizeof(*viewing.values), compare_value);
	out->values = viewing.values;
	return ok;
}
