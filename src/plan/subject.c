#include "plan/subject.h"

const char *
subject_action(const struct subject *subject)
{
	static const struct {
		unsigned bits;
		const char *name;
	} names[] = {
	    {ACTION_CREATE | ACTION_DELETE, "replace"	},
	    {ACTION_CREATE | ACTION_FORGET, "replace-forget"},
	    {ACTION_CREATE,		    "create"	    },
	    {ACTION_UPDATE,		    "update"	    },
	    {ACTION_DELETE,		    "delete"	    },
	    {ACTION_FORGET,		    "forget"	    },
	    {ACTION_READ,		   "read"		   },
	    {ACTION_OPEN,		   "open"		   },
	    {ACTION_NOOP,		   "no-op"	   },
	};

	for (size_t i = 0; i < COUNTOF(names); i++) {
		if ((subject->actions & names[i].bits) == names[i].bits)
			return names[i].name;
	}
	switch (subject->source) {
	case SUBJECT_STATE:
		return "state";
	case SUBJECT_READ:
		return "read";
	case SUBJECT_CHANGE:
	case SUBJECT_DEFERRED:
	case SUBJECT_PLANNED:
		break;
	}
	return "planned";
}

static bool
is_named(struct value key, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (names[i].len && names[i].ptr[0] == '*'
			? str_ends(value_raw(key), str_from(names[i], 1))
			: value_is(key, names[i]))
			return true;
	}
	return false;
}

/* The object with only the named members; anything else as it is. */
static bool
project(struct value *out, struct value v, const struct str *names,
    size_t count, struct arena *arena)
{
	struct make make = {0};
	struct value_iter it = value_each(v);

	*out = v;
	if (!v.node)
		return true;
	if (!it.object) {
		*out = value_copy(v, arena);
		return out->node != NULL;
	}
	make_open(&make, NODE_OBJECT);
	while (value_step(&it)) {
		if (!is_named(it.key, names, count))
			continue;
		make_value(&make, it.key);
		make_value(&make, it.value);
	}
	make_close(&make);
	*out = make_done(&make, arena);
	make_free(&make);
	return out->node != NULL;
}

static bool
copy(struct str *text, struct arena *arena)
{
	*text = arena_copy(arena, *text);
	return text->ptr != NULL;
}

struct subject *
subject_project(const struct subject *subject, const struct str *names,
    size_t count, bool before, struct arena *arena)
{
	struct subject *kept = arena_new(arena, struct subject);
	struct str text = subject->address.text;

	if (!kept)
		return NULL;
	*kept = *subject;
	if (!before)
		kept->before = kept->before_sensitive = VALUE_NONE;
	if (!copy(&text, arena) || !copy(&kept->previous_address, arena) ||
	    !copy(&kept->provider, arena) || !copy(&kept->deposed, arena) ||
	    !address_read(&kept->address, text, arena) ||
	    !project(&kept->before, kept->before, names, count, arena) ||
	    !project(&kept->before_sensitive, kept->before_sensitive, names,
		count, arena) ||
	    !project(&kept->after, subject->after, names, count, arena) ||
	    !project(&kept->unknown, subject->unknown, names, count, arena) ||
	    !project(&kept->sensitive, subject->sensitive, names, count, arena))
		return NULL;
	return kept;
}

struct subject *
subject_copy(const struct subject *subject, struct arena *arena)
{
	struct subject *kept = arena_new(arena, struct subject);
	struct str text = subject->address.text;
	struct value *values[5];

	if (!kept)
		return NULL;
	*kept = *subject;
	values[0] = &kept->before;
	values[1] = &kept->before_sensitive;
	values[2] = &kept->after;
	values[3] = &kept->unknown;
	values[4] = &kept->sensitive;
	for (size_t i = 0; i < COUNTOF(values); i++) {
		if (!values[i]->node)
			continue;
		*values[i] = value_copy(*values[i], arena);
		if (!values[i]->node)
			return NULL;
	}
	if (!copy(&text, arena) || !copy(&kept->previous_address, arena) ||
	    !copy(&kept->provider, arena) || !copy(&kept->deposed, arena) ||
	    !address_read(&kept->address, text, arena))
		return NULL;
	return kept;
}
