#include <stdlib.h>

#include "policy/builtin.h"

struct tfa_policies *
tfa_policies_new(const struct tfa_limits *limits)
{
	static const struct tfa_limits defaults = {
	    .policy_bytes = 4 * 1024 * 1024,
	    .policy_depth = 64,
	    .policy_nodes = 1000000,
	    .regex_steps = 1000000,
	    .waiver_days = 366,
	};
	struct tfa_policies *policies = calloc(1, sizeof(*policies));

	if (!policies)
		return NULL;
	if (limits)
		policies->limits = *limits;
	if (!policies->limits.policy_bytes)
		policies->limits.policy_bytes = defaults.policy_bytes;
	if (!policies->limits.policy_depth)
		policies->limits.policy_depth = defaults.policy_depth;
	if (!policies->limits.policy_nodes)
		policies->limits.policy_nodes = defaults.policy_nodes;
	if (!policies->limits.regex_steps)
		policies->limits.regex_steps = defaults.regex_steps;
	if (!policies->limits.waiver_days)
		policies->limits.waiver_days = defaults.waiver_days;
	if (policies_read_digest(policies))
		return policies;
	tfa_policies_free(policies);
	return NULL;
}

void
tfa_policies_free(struct tfa_policies *policies)
{
	if (!policies)
		return;
	for (size_t i = 0; i < policies->regex_count; i++)
		regex_free(policies->regexes[i]);
	if (policies->digest)
		digest_free(policies->digest);
	builtin_free(policies->builtin);
	map_free(&policies->control_ids);
	map_free(&policies->defaults);
	map_free(&policies->governing);
	map_free(&policies->waiver_ids);
	map_free(&policies->waived);
	map_free(&policies->known);
	arena_free(&policies->arena);
	free(policies);
}

bool
types_have_pattern(const struct names *types)
{
	for (size_t i = 0; i < types->count; i++) {
		struct str name = types->items[i];

		if (memchr(name.ptr, '*', name.len) ||
		    memchr(name.ptr, '?', name.len))
			return true;
	}
	return false;
}

bool
types_select(const struct names *types, struct str type)
{
	for (size_t i = 0; i < types->count; i++) {
		if (str_glob(types->items[i], type))
			return true;
	}
	return false;
}

/* Every control is asked for every type, and hardly any has a pattern. */
bool
control_selects_type(const struct control *control, struct str type)
{
	if (control->pattern)
		return types_select(&control->types, type);
	for (size_t i = 0; i < control->types.count; i++) {
		if (str_eq(control->types.items[i], type))
			return true;
	}
	return false;
}

bool
control_joins_type(const struct control *control, struct str type)
{
	for (size_t i = 0; i < control->partners.count; i++) {
		struct str name = control->partners.items[i];

		if (str_starts(name, STR("data.")))
			name = str_from(name, STR("data.").len);
		if (str_eq(name, type))
			return true;
	}
	return false;
}

const struct cond *
cond_of_type(const struct cond *cond, struct str type)
{
	const struct cond *fits = NULL, *other = NULL;

	for (size_t i = 0; i < cond->item_count; i++) {
		const struct names *types = &cond->types[i];

		for (size_t j = 0; j < types->count; j++) {
			if (str_eq(types->items[j], type))
				return cond->items[i];
		}
		if (types->count == 0)
			other = cond->items[i];
		else if (!fits && types_select(types, type))
			fits = cond->items[i];
	}
	return fits ? fits : other;
}
