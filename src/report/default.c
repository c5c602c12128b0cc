/*
 * The defaults that a control may meet: those of the paths that its conditions
 * look at, of each of its types.
 */
#include <stdlib.h>

#include "report/show.h"

struct paths {
	struct arena arena;
	struct str *items;
	size_t count, cap;
};

/* As the table of defaults writes it: names joined by dots. */
static struct str
path_names(struct paths *paths, struct str above, const struct path *path)
{
	struct buf text = {0};
	struct str kept = {NULL, 0};

	buf_add(&text, above);
	for (size_t i = 0; i < path->count; i++) {
		if (path->steps[i].kind != STEP_NAME)
			continue;
		if (text.len)
			buf_byte(&text, '.');
		buf_add(&text, path->steps[i].name);
	}
	if (!text.failed)
		kept = arena_copy(&paths->arena, buf_str(&text));
	buf_free(&text);
	return kept;
}

/* Each path that a condition looks at, once, in written order. */
static bool
add_paths(struct paths *paths, const struct cond *cond, struct str above)
{
	struct str path = path_names(paths, above, &cond->path);
	bool known = path.len == 0;

	if (!path.ptr)
		return false;
	for (size_t i = 0; i < paths->count; i++)
		known = known || str_eq(paths->items[i], path);
	if (!known) {
		if (!arena_grow(&paths->arena, &paths->items, paths->count,
			&paths->cap, sizeof(*paths->items)))
			return false;
		paths->items[paths->count++] = path;
	}
	for (size_t i = 0; i < cond->item_count; i++) {
		if (!add_paths(paths, cond->items[i], above))
			return false;
	}
	/* Those of a partner are not the resource's own. */
	return !cond->satisfies || cond->kind == COND_RELATED ||
	       add_paths(paths, cond->satisfies, path);
}

static bool
add_defaults(struct control_defaults *defaults,
    const struct tfa_policies *policies, const struct paths *paths,
    struct str type)
{
	for (size_t i = 0; i < paths->count; i++) {
		const struct default_entry *entry =
		    policies_default(policies, type, paths->items[i]);

		if (!entry)
			continue;
		if (!array_reserve(&defaults->items, &defaults->cap,
			defaults->count + 1, sizeof(entry)))
			return false;
		defaults->items[defaults->count++] = entry;
	}
	return true;
}

bool
control_defaults(struct control_defaults *defaults,
    const struct tfa_policies *policies, const struct control *control)
{
	struct paths paths = {0};
	bool ok =
	    (!control->where || add_paths(&paths, control->where, STR(""))) &&
	    add_paths(&paths, control->assert, STR(""));

	for (size_t i = 0; ok && i < control->types.count; i++)
		ok = add_defaults(
		    defaults, policies, &paths, control->types.items[i]);
	arena_free(&paths.arena);
	return ok;
}

void
control_defaults_free(struct control_defaults *defaults)
{
	free(defaults->items);
	*defaults = (struct control_defaults){0};
}
