/*
 * What an unset value stands for, by the first of these that says something:
 * the condition, a setting in the same plan, the table.
 */
#include "engine/look.h"
#include "engine/setting.h"
#include "engine/tags.h"

static const struct default_entry *
entry_of(struct scene *scene, const struct look *look)
{
	scene->text->len = 0;
	place_print(look->spot.place, false, scene->text);
	if (scene->text->failed) {
		scene->failed = true;
		return NULL;
	}
	return policies_default(scene->policies, scene->subject->address.type,
	    buf_str(scene->text));
}

static void
take(struct look *look, struct value value)
{
	look->state = STATE_DEFAULTED;
	look->spot.seen = (struct seen){.value = value};
	if (seen_unset(&look->spot.seen))
		look->state = STATE_UNSET;
}

void
look_plain_default(struct scene *scene, struct look *look)
{
	if (look->state != STATE_UNSET)
		return;
	tags_default(scene, look);
	if (look->state != STATE_UNSET)
		return;
	look->entry = entry_of(scene, look);
	if (!look->entry ||
	    (look->entry->governed_type.len && setting_default(scene, look)))
		return;
	take(look, look->entry->value);
}

void
look_default(struct scene *scene, struct look *look, const struct cond *cond)
{
	if (look->state != STATE_UNSET)
		return;
	if (cond->default_value.node)
		take(look, cond->default_value);
	else
		look_plain_default(scene, look);
}
