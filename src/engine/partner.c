#include "engine/partner.h"

#include <stdlib.h>

const struct str identifying_names[] = {
    {"id", 2},
    {"arn", 3},
    {"name", 4},
    {"bucket", 6},
    {"url", 3},
    {"function_name", 13},
    {"*identifier", 11},
};
const size_t identifying_name_count = COUNTOF(identifying_names);

bool
is_identifying(struct str name, struct str also)
{
	for (size_t i = 0; i < COUNTOF(identifying_names); i++) {
		if (str_glob(identifying_names[i], name))
			return true;
	}
	return str_eq(name, also);
}

void
partners_free(struct partners *partners)
{
	for (size_t i = 0; i < partners->kinds.count; i++) {
		struct kind *kind = partners->kinds.entries[i].value;

		free(kind->items);
		map_free(&kind->resources);
		map_free(&kind->families);
		map_free(&kind->modules);
		map_free(&kind->providers);
	}
	map_free(&partners->kinds);
	map_free(&partners->addresses);
	arena_free(&partners->arena);
}

static struct kind *
kind_of(struct partners *partners, const struct address *address)
{
	struct str prefix = address->mode == MODE_DATA ? STR("data.") : STR("");
	struct str name;
	struct kind *kind;
	struct buf text = {0};

	buf_add(&text, prefix);
	if (!buf_add(&text, address->type))
		return NULL;
	kind = map_find(&partners->kinds, buf_str(&text));
	if (kind) {
		buf_free(&text);
		return kind;
	}
	name = arena_copy(&partners->arena, buf_str(&text));
	buf_free(&text);
	kind = arena_new(&partners->arena, struct kind);
	if (!kind || !name.ptr || !map_set(&partners->kinds, name, kind))
		return NULL;
	kind->name = name;
	kind->type = str_from(name, prefix.len);
	kind->mode = address->mode;
	return kind;
}

bool
partners_add(struct partners *partners, const struct subject *subject,
    const struct names *attributes)
{
	struct kind *kind = kind_of(partners, &subject->address);
	struct record *record =
	    map_find(&partners->addresses, subject->address.text);
	bool again = record != NULL;

	/* A data source that is read again is as the change says. */
	if (again && (record->subject->source != SUBJECT_READ ||
			 subject->source == SUBJECT_READ))
		return true;
	if (!again)
		record = arena_new(&partners->arena, struct record);
	if (!kind || !record ||
	    !array_reserve(
		&kind->items, &kind->cap, kind->count + 1, sizeof(record)))
		return false;
	record->subject = subject_project(subject, attributes->items,
	    attributes->count, true, &partners->arena);
	if (!record->subject)
		return false;
	if (again)
		return true;
	record->kind = kind;
	kind->items[kind->count++] = record;
	return map_set(
	    &partners->addresses, record->subject->address.text, record);
}

static int
record_cmp(const void *a, const void *b)
{
	const struct record *const *left = a, *const *right = b;

	return str_cmp((*left)->subject->address.text,
	    (*right)->subject->address.text);
}

void
partners_sort(struct partners *partners)
{
	for (size_t i = 0; i < partners->kinds.count; i++) {
		struct kind *kind = partners->kinds.entries[i].value;

		if (kind->count)
			qsort(kind->items, kind->count, sizeof(*kind->items),
			    record_cmp);
		for (size_t j = 0; j < kind->count; j++)
			kind->items[j]->index = j;
	}
}

struct kind *
partners_kind(const struct partners *partners, struct str name)
{
	return map_find(&partners->kinds, name);
}

struct record *
partners_find(const struct partners *partners, struct str address)
{
	return map_find(&partners->addresses, address);
}

bool
record_is_there(const struct record *record, bool before)
{
	const struct subject *subject = record->subject;

	return value_kind(before ? subject->before : subject->after) ==
	    NODE_OBJECT;
}

struct seen
record_seen(const struct record *record, bool before)
{
	return subject_seen(record->subject, before);
}

struct str
record_provider(const struct partners *partners, struct record *record)
{
	if (!record->provider_asked) {
		record->provider = config_provider(partners->config,
		    &record->subject->address).identity;
		record->provider_asked = true;
	}
	return record->provider;
}
