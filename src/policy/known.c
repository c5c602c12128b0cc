/*
 * An earlier result is read as it comes, one finding at a time: only
 * fingerprints stay.  Where plans must be told apart the plan's path is part of
 * the key, for the same address may stand in several of them.
 */
#include "policy/known.h"

#include <stdlib.h>

#include "json/scan.h"
#include "policy/load.h"

enum { FINGERPRINT = 64 };

enum part { PART_OTHER, PART_VERSION, PART_PLAN, PART_FINDING, PART_STATUS };

/* An entry of the map; with and without the plan's path in the key. */
struct known {
	unsigned verdicts;
};

struct reading {
	struct tfa_policies *policies;
	struct names plans; /* paths, in order */
	size_t plan_cap;
	size_t depth; /* 1: in the document, 2: in one of its lists */
	enum part list, part;
	bool version, status;
	struct buf key;
};

static enum part
part_of(const struct reading *reading, struct str key, enum node_kind kind)
{
	static const struct {
		const char *key;
		enum part part;
		enum node_kind kind;
	} parts[] = {
	    {"format_version", PART_VERSION, NODE_STRING},
	    {"plans",	       PART_PLAN,	  NODE_ARRAY },
	    {"findings",	 PART_FINDING, NODE_ARRAY },
	    {"status",	    PART_STATUS,  NODE_OBJECT},
	};

	if (reading->depth == 2)
		return kind == NODE_OBJECT ? reading->list : PART_OTHER;
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		if (str_eq(key, str_of(parts[i].key)) && kind == parts[i].kind)
			return parts[i].part;
	}
	return PART_OTHER;
}

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	struct reading *reading = ctx;
	enum part part;

	(void)err;
	if (reading->depth == 0) {
		*want = kind == NODE_OBJECT ? SCAN_ENTER : SCAN_SKIP;
		reading->depth += kind == NODE_OBJECT;
		return true;
	}
	part = part_of(reading, key, kind);
	if (part == PART_OTHER)
		return true;
	reading->part = part;
	*want = SCAN_BUILD;
	if (reading->depth == 1 && kind == NODE_ARRAY) {
		*want = SCAN_ENTER;
		reading->list = part;
		reading->depth++;
	}
	return true;
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	struct reading *reading = ctx;

	(void)err;
	reading->depth--;
	return true;
}

static bool
add_plan(struct reading *reading, struct value plan)
{
	struct arena *arena = &reading->policies->arena;
	struct value path = value_member(plan, STR("path"));
	struct str *items = (struct str *)reading->plans.items;

	if (!arena_grow(arena, &items, reading->plans.count,
		&reading->plan_cap, sizeof(*items)))
		return false;
	reading->plans.items = items;
	items[reading->plans.count] = value_kind(path) == NODE_STRING
	    ? value_copy_text(path, arena)
	    : STR("");
	return items[reading->plans.count++].ptr != NULL;
}

static unsigned
verdict_of(struct value finding)
{
	static const struct {
		const char *name;
		unsigned verdict;
	} verdicts[] = {
	    {"fail",	 KNOWN_FAIL	     },
	    {"unknown", KNOWN_UNKNOWN},
	    {"error",   KNOWN_ERROR  },
	};
	struct value verdict = value_member(finding, STR("verdict"));

	for (size_t i = 0; i < COUNTOF(verdicts); i++) {
		if (value_kind(verdict) == NODE_STRING &&
		    value_is(verdict, str_of(verdicts[i].name)))
			return verdicts[i].verdict;
	}
	return 0;
}

static bool
add_known(struct reading *reading, struct str key, unsigned verdict)
{
	struct tfa_policies *policies = reading->policies;
	struct known *known = map_find(&policies->known, key);

	if (!known) {
		known = arena_new(&policies->arena, struct known);
		key = arena_copy(&policies->arena, key);
		if (!known || !key.ptr || !map_set(&policies->known, key, known))
			return false;
	}
	known->verdicts |= verdict;
	return true;
}

/* Which of the plans; the first where there is one. */
static struct str
plan_of(const struct reading *reading, struct value finding)
{
	struct value plan = value_member(finding, STR("plan"));
	size_t index = 0;

	if (value_kind(plan) == NODE_NUMBER) {
		struct str digits = value_raw(plan);

		for (size_t i = 0; i < digits.len && i < 9; i++)
			index = index * 10 + (size_t)(digits.ptr[i] - '0');
	}
	return index < reading->plans.count ? reading->plans.items[index]
					    : STR("");
}

static bool
add_finding(struct reading *reading, struct value finding)
{
	struct value fingerprint =
	    value_member(finding, STR("fingerprint"));
	unsigned verdict = verdict_of(finding);
	struct buf *key = &reading->key;

	if (!verdict || value_kind(fingerprint) != NODE_STRING ||
	    value_raw(fingerprint).len != FINGERPRINT)
		return true;
	key->len = 0;
	return buf_add(key, value_raw(fingerprint)) &&
	    add_known(reading, buf_str(key), verdict) &&
	    buf_add(key, plan_of(reading, finding)) &&
	    buf_byte(key, '\0') && add_known(reading, buf_str(key), verdict);
}

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct reading *reading = ctx;
	bool ok = true;

	switch (reading->part) {
	case PART_VERSION:
		reading->version = str_starts(value_raw(value), STR("1."));
		break;
	case PART_PLAN:
		ok = add_plan(reading, value);
		break;
	case PART_FINDING:
		ok = add_finding(reading, value);
		break;
	case PART_STATUS:
		reading->status = true;
		break;
	case PART_OTHER:
		break;
	}
	return ok || error_nomem(err);
}

static bool
refuse(struct tfa_error *err, struct str name, const struct tfa_error *why)
{
	if (why->code == TFA_ERR_NOMEM)
		return error_nomem(err);
	if (why->code != TFA_ERR_NONE)
		return error_at(err, TFA_ERR_POLICY, name,
		    (struct pos){why->line, why->column},
		    "the baseline is no result that can be read: %s",
		    why->message);
	return error_at(err, TFA_ERR_POLICY, name, (struct pos){0, 0},
	    "the baseline is no whole result: write it with --format json");
}

bool
known_read(struct tfa_policies *policies, struct str name, struct str text,
    struct tfa_error *err)
{
	static const struct scan_handler handler = {
	    .start = on_start, .built = on_built, .end = on_end};
	struct reading reading = {.policies = policies};
	struct scan *scan = scan_new(NULL, &handler, &reading);
	struct tfa_error why = {0};
	bool ok;

	if (!scan)
		return error_nomem(err);
	ok = scan_feed(scan, text.ptr, text.len, &why) &&
	    scan_finish(scan, &why) && reading.version && reading.status;
	scan_free(scan);
	buf_free(&reading.key);
	policies->known_by_plan =
	    policies->known_by_plan || reading.plans.count > 1;
	if (!ok)
		return refuse(err, name, &why);
	return file_add(
		   &policies->baseline_files, name, text, &policies->arena) ||
	    error_nomem(err);
}

bool
known_find(const struct tfa_policies *policies, unsigned *out,
    struct str fingerprint, struct str plan, bool several)
{
	struct buf key = {0};
	const struct known *known;
	bool ok = buf_add(&key, fingerprint);

	if (several || policies->known_by_plan)
		ok = ok && buf_add(&key, plan) && buf_byte(&key, '\0');
	known = ok ? map_find(&policies->known, buf_str(&key)) : NULL;
	buf_free(&key);
	*out = known ? known->verdicts : 0;
	/* What failed may be less sure now. */
	if (*out & KNOWN_FAIL)
		*out |= KNOWN_UNKNOWN;
	return ok;
}
