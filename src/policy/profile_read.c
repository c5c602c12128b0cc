/* A profile as policy files declare it. */
#include "policy/field.h"
#include "policy/profile.h"

static bool
read_name(struct load *load, const struct tree *node, void *str)
{
	struct str *name = str;

	if (!field_text(load, node, name))
		return false;
	if (str_eq(*name, STR("recommended")) || str_eq(*name, STR("strict")))
		return bad(load, node->pos,
		    "\"" STR_FMT "\" is a profile that is there already",
		    STR_ARG(*name));
	return true;
}

#define MODE(mode) offsetof(struct profile, modes) + \
	(mode) * sizeof(struct names)

static const struct field profile_fields[] = {
    {"name", read_name, offsetof(struct profile, name), true, &shape_text,
	"what --profile calls it"},
    {"why", field_text, offsetof(struct profile, why), false, &shape_text,
	"who it is for"},
    {"extends", field_names, offsetof(struct profile, extends), false,
	&shape_names,
	"profiles that it begins with, of which the strictest counts: "
	"recommended, strict, a framework, or one declared before"},
    {"block", field_names, MODE(ENFORCE_BLOCK), false, &shape_names,
	"ids of controls that block; * and ? stand for any text and any "
	"character, and an id goes before them"},
    {"warn", field_names, MODE(ENFORCE_WARN), false, &shape_names,
	"ids of controls that warn"},
    {"audit", field_names, MODE(ENFORCE_AUDIT), false, &shape_names,
	"ids of controls that are listed as notes"},
};
const struct shape shape_profile = {.kind = SHAPE_FIELDS,
    .fields = profile_fields,
    .count = COUNTOF(profile_fields)};

static bool
profile_add(
    struct load *load, const struct profile *profile, const struct tree *node)
{
	struct tfa_policies *policies = load->policies;

	for (size_t i = 0; i < policies->profile_count; i++) {
		const struct profile *other = policies->profiles[i];

		if (str_eq(other->name, profile->name))
			return bad(load, tree_member(node, "name")->pos,
			    "profile \"" STR_FMT "\" is already at " STR_FMT
			    ":%zu:%zu",
			    STR_ARG(text_shown(profile->name)),
			    STR_ARG(other->file), other->pos.line,
			    other->pos.column);
	}
	if (!arena_grow(&policies->arena, &policies->profiles,
		policies->profile_count, &policies->profile_cap,
		sizeof(profile)))
		return load_nomem(load);
	policies->profiles[policies->profile_count++] = profile;
	return true;
}

bool
profile_read(struct load *load, const struct tree *node)
{
	struct profile *profile = arena_new(load->arena, struct profile);

	if (!profile)
		return load_nomem(load);
	profile->file = load->pack->file;
	profile->pos = node->pos;
	if (!fields_read(load, node, "a profile", profile_fields,
		COUNTOF(profile_fields), profile))
		return false;
	if (!profile->extends.count && !profile->modes[ENFORCE_BLOCK].count)
		return bad(load, node->pos,
		    "a profile in which nothing can block: say \"extends\" or "
		    "\"block\"");
	return profile_add(load, profile, node);
}
