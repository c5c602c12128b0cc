/*
 * A scan that enters the document and the lists named, and builds everything
 * else.  A name may come once: of two the reader of a document and the one who
 * looks at it might each take another.
 */
#include "json/members.h"

#include <stdlib.h>

#include "base/map.h"

enum { NAME_MOST = 64 };

struct members {
	struct scan *scan;
	const char *const *lists;
	members_take *take;
	void *ctx;
	size_t depth; /* 1: in the document, 2: in one of the lists */
	char name[NAME_MOST];
	size_t name_len;
	struct buf scratch;
	struct arena arena;
	struct map seen;
};

static bool
is_list(const char *const *lists, struct str name)
{
	for (size_t i = 0; lists[i]; i++) {
		if (str_is(name, lists[i]))
			return true;
	}
	return false;
}

static bool
fail(struct tfa_error *err, const char *what)
{
	return error_set(err, TFA_ERR_PLAN, "%s", what);
}

static bool
remember(struct members *members, struct str name, struct tfa_error *err)
{
	struct str key = arena_copy(&members->arena, name);

	if (map_find(&members->seen, name))
		return fail(err, "a member of the document is there twice");
	if (!key.ptr || !map_set(&members->seen, key, members))
		return error_nomem(err);
	members->name_len = name.len < NAME_MOST ? name.len : 0;
	memcpy(members->name, name.ptr, members->name_len);
	return true;
}

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	struct members *members = ctx;

	if (members->depth == 0) {
		if (kind != NODE_OBJECT)
			return fail(err, "the document is no object");
		*want = SCAN_ENTER;
		members->depth++;
		return true;
	}
	*want = SCAN_BUILD;
	if (members->depth == 2)
		return true;
	if (!remember(members, key, err))
		return false;
	if (!is_list(members->lists, key))
		return true;
	if (kind != NODE_ARRAY)
		return fail(err, "what must be a list is none");
	*want = SCAN_ENTER;
	members->depth++;
	return true;
}

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct members *members = ctx;
	struct value object;

	if (!value_unique(value, &object, &members->scratch))
		return members->scratch.failed
		    ? error_nomem(err)
		    : fail(err, "an object has a name twice");
	return members->take(members->ctx,
	    (struct str){members->name, members->name_len}, value, err);
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	struct members *members = ctx;

	(void)err;
	members->depth--;
	return true;
}

struct members *
members_new(const struct tfa_limits *limits, const char *const *lists,
    members_take *take, void *ctx)
{
	static const struct scan_handler handler = {
	    .start = on_start, .built = on_built, .end = on_end};
	struct members *members = calloc(1, sizeof(*members));

	if (!members)
		return NULL;
	members->lists = lists;
	members->take = take;
	members->ctx = ctx;
	members->scan = scan_new(limits, &handler, members);
	if (members->scan)
		return members;
	members_free(members);
	return NULL;
}

void
members_free(struct members *members)
{
	if (!members)
		return;
	scan_free(members->scan);
	map_free(&members->seen);
	arena_free(&members->arena);
	buf_free(&members->scratch);
	free(members);
}

bool
members_feed(struct members *members, const char *bytes, size_t len,
    struct tfa_error *err)
{
	return scan_feed(members->scan, bytes, len, err);
}

bool
members_finish(struct members *members, struct tfa_error *err)
{
	return scan_finish(members->scan, err);
}

static bool
take_each(struct str name, struct value list, members_take *take, void *ctx,
    struct tfa_error *err)
{
	struct value_iter it = value_each(list);

	while (value_step(&it)) {
		if (!take(ctx, name, it.value, err))
			return false;
	}
	return true;
}

bool
members_each(struct value object, const char *const *lists, members_take *take,
    void *ctx, struct tfa_error *err)
{
	struct value_iter it = value_each(object);
	struct buf text = {0}, scratch = {0};
	struct value twice;
	bool ok = true;

	if (value_kind(object) != NODE_OBJECT)
		return fail(err, "the document is no object");
	if (!value_unique(object, &twice, &scratch))
		ok = scratch.failed ? error_nomem(err)
				    : fail(err, "an object has a name twice");
	while (ok && value_step(&it)) {
		struct str name = value_text(it.key, &text);

		if (!name.ptr)
			ok = error_nomem(err);
		else if (!is_list(lists, name))
			ok = take(ctx, name, it.value, err);
		else if (value_kind(it.value) != NODE_ARRAY)
			ok = fail(err, "what must be a list is none");
		else
			ok = take_each(name, it.value, take, ctx, err);
	}
	buf_free(&text);
	buf_free(&scratch);
	return ok;
}
