/*
 * Names are resolved once, from the profiles that are asked for back to those
 * that they extend, which were declared before them; so there are no cycles.
 * Then each control goes once through the profiles that are needed.
 */
#include "policy/profile.h"

#include <stdlib.h>

enum ref_kind { REF_RECOMMENDED, REF_STRICT, REF_DECLARED, REF_FRAMEWORK };

struct ref {
	enum ref_kind kind;
	size_t index;    /* DECLARED */
	struct str name; /* FRAMEWORK */
};

struct refs {
	struct ref *items;
	size_t count;
};

struct applying {
	const struct tfa_policies *policies;
	struct arena arena;
	struct refs *extends; /* of each declared profile that is needed */
	bool *needed;
	enum enforce *modes; /* of the control at hand, in each of them */
	struct tfa_error *err;
};

static bool
in_framework(const struct control *control, struct str name)
{
	for (size_t i = 0; i < control->frameworks.count; i++) {
		if (str_eq(control->frameworks.items[i].name, name))
			return true;
	}
	return false;
}

static bool
is_framework(const struct tfa_policies *policies, struct str name)
{
	for (size_t i = 0; i < policies->control_count; i++) {
		if (in_framework(policies->controls[i], name))
			return true;
	}
	return false;
}

/* --- Names --- */

static bool
find_declared(const struct applying *applying, struct str name, size_t before,
    size_t *index)
{
	for (*index = 0; *index < before; ++*index) {
		if (str_eq(applying->policies->profiles[*index]->name, name))
			return true;
	}
	return false;
}

/* What could have been meant, as far as memory goes. */
static struct str
nearest_name(const struct applying *applying, struct str name, size_t before)
{
	const struct tfa_policies *policies = applying->policies;
	struct str *names = NULL, nearest = {NULL, 0};
	size_t count = 0, cap = 0, most = 2 + before;

	for (size_t i = 0; i < policies->control_count; i++)
		most += policies->controls[i]->frameworks.count;
	if (!array_reserve(&names, &cap, most, sizeof(*names)))
		return nearest;
	names[count++] = STR("recommended");
	names[count++] = STR("strict");
	for (size_t i = 0; i < before; i++)
		names[count++] = policies->profiles[i]->name;
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct named_lists *lists =
		    &policies->controls[i]->frameworks;

		for (size_t j = 0; j < lists->count; j++)
			names[count++] = lists->items[j].name;
	}
	nearest = str_nearest(name, names, count);
	free(names);
	return nearest;
}

/* by is the profile that extends it, NULL: it was asked for. */
static bool
refuse_name(const struct applying *applying, struct str name, size_t before,
    const struct profile *by)
{
	struct str nearest = nearest_name(applying, name, before);
	struct buf text = {0};
	bool ok;

	buf_fmt(&text, "no profile and no framework is called \"" STR_FMT "\"",
	    STR_ARG(text_shown(name)));
	if (nearest.len)
		buf_fmt(
		    &text, "; did you mean \"" STR_FMT "\"?", STR_ARG(nearest));
	else if (by)
		buf_add(&text,
		    STR(" (a profile extends those declared before it)"));
	if (text.failed)
		ok = error_nomem(applying->err);
	else if (by)
		ok = error_at(applying->err, TFA_ERR_POLICY, by->file, by->pos,
		    STR_FMT, STR_ARG(buf_str(&text)));
	else
		ok = error_set(applying->err, TFA_ERR_USAGE, STR_FMT,
		    STR_ARG(buf_str(&text)));
	buf_free(&text);
	return ok;
}

static bool
resolve(struct applying *applying, struct ref *out, struct str name,
    size_t before, const struct profile *by)
{
	const struct tfa_policies *policies = applying->policies;
	size_t index;

	if (str_eq(name, STR("recommended")) || str_eq(name, STR("strict"))) {
		out->kind =
		    str_eq(name, STR("strict")) ? REF_STRICT : REF_RECOMMENDED;
		return true;
	}
	if (!policies_need_all(policies))
		return error_nomem(applying->err);
	if (find_declared(applying, name, before, &index)) {
		*out = (struct ref){REF_DECLARED, index, name};
		applying->needed[index] = true;
		return true;
	}
	*out = (struct ref){REF_FRAMEWORK, 0, name};
	return is_framework(policies, name) ||
	       refuse_name(applying, name, before, by);
}

static bool
resolve_extends(struct applying *applying, size_t index)
{
	const struct profile *profile = applying->policies->profiles[index];
	struct refs *refs = &applying->extends[index];

	refs->count = profile->extends.count;
	refs->items = arena_array(
	    &applying->arena, refs->count + 1, sizeof(*refs->items));
	if (!refs->items)
		return error_nomem(applying->err);
	for (size_t i = 0; i < refs->count; i++) {
		if (!resolve(applying, &refs->items[i],
			profile->extends.items[i], index, profile))
			return false;
	}
	return true;
}

/* --- What a declared profile names itself --- */

/* 2: by its id; 1: by a glob; 0: not. */
static unsigned
naming(const struct names *names, struct str id)
{
	unsigned rank = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (str_eq(names->items[i], id))
			return 2;
		if (str_glob(names->items[i], id))
			rank = 1;
	}
	return rank;
}

static bool
check_names(const struct applying *applying, const struct profile *profile,
    const struct names *names)
{
	const struct tfa_policies *policies = applying->policies;

	for (size_t i = 0; i < names->count; i++) {
		bool hit = false;

		for (size_t j = 0; j < policies->control_count && !hit; j++)
			hit = str_glob(
			    names->items[i], policies->controls[j]->id);
		if (!hit)
			return error_at(applying->err, TFA_ERR_POLICY,
			    profile->file, profile->pos,
			    "profile \"" STR_FMT
			    "\": no control matches \"" STR_FMT "\"",
			    STR_ARG(text_shown(profile->name)),
			    STR_ARG(text_shown(names->items[i])));
	}
	return true;
}

static bool
check_declared(const struct applying *applying, const struct profile *profile)
{
	if (is_framework(applying->policies, profile->name))
		return error_at(applying->err, TFA_ERR_POLICY, profile->file,
		    profile->pos,
		    "\"" STR_FMT "\" is a framework, whose controls are a "
		    "profile already",
		    STR_ARG(text_shown(profile->name)));
	for (size_t i = 0; i < COUNTOF(profile->modes); i++) {
		if (!check_names(applying, profile, &profile->modes[i]))
			return false;
	}
	return true;
}

static enum enforce
softened(enum enforce own)
{
	return own == ENFORCE_BLOCK ? ENFORCE_WARN : own;
}

static enum enforce
ref_mode(const struct applying *applying, const struct ref *ref,
    const struct control *control)
{
	switch (ref->kind) {
	case REF_RECOMMENDED:
		return control->enforce;
	case REF_STRICT:
		return ENFORCE_BLOCK;
	case REF_DECLARED:
		return applying->modes[ref->index];
	case REF_FRAMEWORK:
		break;
	}
	return in_framework(control, ref->name) ? ENFORCE_BLOCK
						: softened(control->enforce);
}

/* Of several the strictest; of none what is left without blocking. */
static enum enforce
refs_mode(const struct applying *applying, const struct refs *refs,
    const struct control *control)
{
	enum enforce mode =
	    refs->count ? ENFORCE_AUDIT : softened(control->enforce);

	for (size_t i = 0; i < refs->count; i++) {
		enum enforce one = ref_mode(applying, &refs->items[i], control);

		mode = one < mode ? one : mode;
	}
	return mode;
}

static bool
declared_mode(
    struct applying *applying, size_t index, const struct control *control)
{
	const struct profile *profile = applying->policies->profiles[index];
	enum enforce *mode = &applying->modes[index];
	unsigned best = 0;
	size_t hits = 0;

	*mode = refs_mode(applying, &applying->extends[index], control);
	for (size_t i = 0; i < COUNTOF(profile->modes); i++) {
		unsigned rank = naming(&profile->modes[i], control->id);

		if (rank == 0 || rank < best)
			continue;
		hits = rank > best ? 1 : hits + 1;
		best = rank;
		*mode = (enum enforce)i;
	}
	if (hits < 2)
		return true;
	return error_at(applying->err, TFA_ERR_POLICY, profile->file,
	    profile->pos, "profile \"" STR_FMT "\" says two things of " STR_FMT,
	    STR_ARG(text_shown(profile->name)), STR_ARG(control->id));
}

/* --- All together --- */

static bool
begin(struct applying *applying)
{
	size_t count = applying->policies->profile_count + 1;

	applying->extends =
	    arena_array(&applying->arena, count, sizeof(*applying->extends));
	applying->needed =
	    arena_array(&applying->arena, count, sizeof(*applying->needed));
	applying->modes =
	    arena_array(&applying->arena, count, sizeof(*applying->modes));
	return (applying->extends && applying->needed && applying->modes) ||
	       error_nomem(applying->err);
}

static bool
prepare(struct applying *applying)
{
	for (size_t i = applying->policies->profile_count; i-- > 0;) {
		if (applying->needed[i] &&
		    (!resolve_extends(applying, i) ||
			!check_declared(
			    applying, applying->policies->profiles[i])))
			return false;
	}
	return true;
}

static bool
apply(struct applying *applying, const struct refs *asked, enum enforce *out)
{
	const struct tfa_policies *policies = applying->policies;

	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		for (size_t j = 0; j < policies->profile_count; j++) {
			if (applying->needed[j] &&
			    !declared_mode(applying, j, control))
				return false;
		}
		if (asked->count)
			out[i] = refs_mode(applying, asked, control);
	}
	return true;
}

bool
profiles_apply(enum enforce *out, const struct tfa_policies *policies,
    const char *const *names, size_t count, struct tfa_error *err)
{
	struct applying applying = {.policies = policies, .err = err};
	struct refs asked = {NULL, count};
	bool ok = begin(&applying);

	if (ok) {
		asked.items = arena_array(
		    &applying.arena, count + 1, sizeof(*asked.items));
		ok = asked.items != NULL || error_nomem(err);
	}
	for (size_t i = 0; ok && i < count; i++)
		ok = resolve(&applying, &asked.items[i], str_of(names[i]),
		    policies->profile_count, NULL);
	ok = ok && prepare(&applying) && apply(&applying, &asked, out);
	arena_free(&applying.arena);
	return ok;
}

bool
profile_check(const struct tfa_policies *policies,
    const struct profile *profile, struct tfa_error *err)
{
	struct applying applying = {.policies = policies, .err = err};
	struct refs none = {NULL, 0};
	bool ok =
	    policies_need_all(policies) ? begin(&applying) : error_nomem(err);

	for (size_t i = 0; ok && i < policies->profile_count; i++)
		applying.needed[i] = policies->profiles[i] == profile;
	ok = ok && prepare(&applying) && apply(&applying, &none, NULL);
	arena_free(&applying.arena);
	return ok;
}
