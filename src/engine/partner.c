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

static void
kinds_free(struct map *kinds)
{
	for (size_t i = 0; i < kinds->count; i++) {
		struct kind *kind = kinds->entries[i].value;

		free(kind->items);
		map_free(&kind->resources);
		map_free(&kind->families);
		map_free(&kind->modules);
		map_free(&kind->providers);
	}
	map_free(kinds);
}

void
partners_free(struct partners *partners)
{
	kinds_free(&partners->kinds);
	kinds_free(&partners->facts);
	map_free(&partners->addresses);
	arena_free(&partners->arena);
}

static struct kind *
kind_of(struct partners *partners, struct map *kinds,
    const struct address *address)
{
	struct str prefix = address->mode == MODE_DATA ? STR("data.") : STR("");
	struct str name;
	struct kind *kind;
	struct buf text = {0};

	buf_add(&text, prefix);
	if (!buf_add(&text, address->type))
		return NULL;
	kind = map_find(kinds, buf_str(&text));
	if (kind) {
		buf_free(&text);
		return kind;
	}
	name = arena_copy(&partners->arena, buf_str(&text));
	buf_free(&text);
	kind = arena_new(&partners->arena, struct kind);
	if (!kind || !name.ptr || !map_set(kinds, name, kind))
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
	struct kind *kind = kind_of(partners, &partners->kinds, &subject->address);
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

bool
partners_add_fact(struct partners *partners, const struct subject *subject,
    const struct names *attributes, struct str provider)
{
	struct kind *kind =
	    kind_of(partners, &partners->facts, &subject->address);
	struct record *record = arena_new(&partners->arena, struct record);

	if (!kind || !record ||
	    !array_reserve(
		&kind->items, &kind->cap, kind->count + 1, sizeof(record)))
		return false;
	record->subject = subject_project(subject, attributes->items,
	    attributes->count, true, &partners->arena);
	record->provider = provider;
	record->provider_asked = true;
	record->kind = kind;
	if (!record->subject)
		return false;
	kind->items[kind->count++] = record;
	return true;
}

static int
record_cmp(const void *a, const void *b)
{
	const struct record *const *left = a, *const *right = b;

	return str_cmp((*left)->subject->address.text,
	    (*right)->subject->address.text);
}

static void
kinds_sort(struct map *kinds)
{
	for (size_t i = 0; i < kinds->count; i++) {
		struct kind *kind = kinds->entries[i].value;

		if (kind->count)
			qsort(kind->items, kind->count, sizeof(*kind->items),
			    record_cmp);
		for (size_t j = 0; j < kind->count; j++)
			kind->items[j]->index = j;
	}
}

void
partners_sort(struct partners *partners)
{
	kinds_sort(&partners->kinds);
	kinds_sort(&partners->facts);
}

struct kind *
partners_facts(const struct partners *partners, struct str name)
{
	return map_find(&partners->facts, name);
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
