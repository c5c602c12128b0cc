/*
 * The plan shows the arguments of a data source that is read later.  Its text
 * will say what they say, but only where nothing else goes into the attribute:
 * so there must be one reference, to one instance, beyond doubt.
 */
#include "engine/deferred.h"

#include "engine/link.h"

/* What the attribute refers to directly, if it is one document. */
static const struct target *
only_document(const struct targets *targets)
{
	const struct target *only = NULL;

	if (!targets->written || targets->hidden)
		return NULL;
	for (size_t i = 0; i < targets->count; i++) {
		if (targets->items[i].hops)
			continue;
		if (only)
			return NULL;
		only = &targets->items[i];
	}
	if (!only || only->mode != MODE_DATA || only->chosen ||
	    !str_eq(only->type, STR(POLICY_DOCUMENTS)) ||
	    (!str_eq(only->attribute, STR("json")) &&
		!str_eq(only->attribute, STR("minified_json"))))
		return NULL;
	return only;
}

bool
deferred_policy(struct scene *scene, const struct look *look, struct seen *data)
{
	const struct place *place = look->spot.place;
	struct targets targets;
	const struct target *target;
	const struct group *group;
	struct kind *kind;
	bool any;

	if (!scene->joins || scene->before || !look->origin.single || !place ||
	    place->up || place->kind != STEP_NAME)
		return false;
	kind = partners_kind(
	    &scene->joins->partners, STR("data." POLICY_DOCUMENTS));
	if (!kind)
		return false;
	if (!config_targets(&targets, scene->config, &scene->subject->address,
		place->name, scene->arena)) {
		scene->failed = true;
		return false;
	}
	target = only_document(&targets);
	if (!target)
		return false;
	group = kind_target(scene->joins, kind, target, &any);
	if (!group)
		scene->failed = true;
	if (!group || any || group->count != 1 ||
	    !record_is_there(group->items[0], false) ||
	    group->items[0]->subject->source != SUBJECT_CHANGE)
		return false;
	*data = record_seen(group->items[0], false);
	return true;
}
