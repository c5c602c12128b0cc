#include "json/scan.h"

/* A whole document, built and copied. */
struct reading {
	struct arena *arena;
	struct value value;
};

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	(void)ctx;
	(void)key;
	(void)kind;
	(void)err;
	*want = SCAN_BUILD;
	return true;
}

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct reading *reading = ctx;

	reading->value = value_copy(value, reading->arena);
	return reading->value.node || error_nomem(err);
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	(void)ctx;
	(void)err;
	return true;
}

bool
value_read(struct value *out, struct str text, struct arena *arena,
    struct tfa_error *err)
{
	static const struct scan_handler handler = {
	    .start = on_start, .built = on_built, .end = on_end};
	struct reading reading = {arena, VALUE_NONE};
	struct scan *scan = scan_new(NULL, &handler, &reading);
	bool ok;

	if (!scan)
		return error_nomem(err);
	ok = scan_feed(scan, text.ptr, text.len, err) &&
	    scan_finish(scan, err);
	scan_free(scan);
	if (ok)
		*out = reading.value;
	return ok;
}
