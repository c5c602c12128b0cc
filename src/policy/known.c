/*
 * An earlier result is read as it comes, one finding at a time: only
 * fingerprints stay.  Where plans must be told apart the plan's path is part of
 * the key, for the same address may stand in several of them.
 */
#include "policy/known.h"

#include "json/members.h"
#include "policy/load.h"

enum { FINGERPRINT = 64 };

/* An entry of the map; with and without the plan's path in the key. */
struct known {
	unsigned verdicts;
};

struct reading {
	struct tfa_policies *policies;
	struct names plans; /* paths, in order */
	size_t plan_cap;
	bool version, status;
	struct buf key;
};

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
take(void *ctx, struct str name, struct value value, struct tfa_error *err)
{
	struct reading *reading = ctx;
	enum node_kind kind = value_kind(value);
	bool ok = true;

	if (str_eq(name, STR("format_version")))
		reading->version = kind == NODE_STRING &&
		    str_starts(value_raw(value), STR("1."));
	else if (str_eq(name, STR("plans")) && kind == NODE_OBJECT)
		ok = add_plan(reading, value);
	else if (str_eq(name, STR("findings")) && kind == NODE_OBJECT)
		ok = add_finding(reading, value);
	else if (str_eq(name, STR("status")))
		reading->status = kind == NODE_OBJECT;
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
	static const char *const lists[] = {"plans", "findings", NULL};
	struct reading reading = {.policies = policies};
	struct members *members = members_new(NULL, lists, take, &reading);
	struct tfa_error why = {0};
	bool ok;

	if (!members)
		return error_nomem(err);
	ok = members_feed(members, text.ptr, text.len, &why) &&
	    members_finish(members, &why) && reading.version && reading.status;
	members_free(members);
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
