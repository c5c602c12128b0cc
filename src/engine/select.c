#include "engine/select.h"

#include <stdlib.h>

#include "engine/partner.h"
#include "policy/profile.h"

static bool
unknown_name(const struct tfa_policies *policies, const char *what,
    struct str name, struct tfa_error *err)
{
	struct str nearest = {NULL, 0};
	struct str *ids = NULL;
	size_t cap = 0;

	if (array_reserve(&ids, &cap, policies->control_count + 1,
		sizeof(*ids))) {
		for (size_t i = 0; i < policies->control_count; i++)
			ids[i] = policies->controls[i]->id;
		nearest = str_nearest(name, ids, policies->control_count);
	}
	if (nearest.len)
		error_set(err, TFA_ERR_USAGE,
		    "no control matches %s \"" STR_FMT
		    "\"; did you mean \"" STR_FMT "\"?",
		    what, STR_ARG(name), STR_ARG(nearest));
	else
		error_set(err, TFA_ERR_USAGE, "no control matches %s \"" STR_FMT
		    "\"", what, STR_ARG(name));
	free(ids);
	return false;
}

/* Keep what any of the names matches; each must match something. */
static bool
keep_named(struct tfa_report *report, const char *what,
    const char *const *names, size_t count,
    bool (*matches)(const struct control *control, struct str name),
    struct tfa_error *err)
{
	const struct tfa_policies *policies = report->policies;

	if (count == 0)
		return true;
	for (size_t i = 0; i < policies->control_count; i++) {
		bool keep = false;

		for (size_t j = 0; j < count; j++)
			keep = keep ||
			    matches(policies->controls[i], str_of(names[j]));
		report->selected[i] = report->selected[i] && keep;
	}
	for (size_t j = 0; j < count; j++) {
		size_t hits = 0;

		for (size_t i = 0; i < policies->control_count; i++)
			hits += matches(
			    policies->controls[i], str_of(names[j]));
		if (!hits)
			return unknown_name(
			    policies, what, str_of(names[j]), err);
	}
	return true;
}

static bool
id_matches(const struct control *control, struct str name)
{
	return str_glob(name, control->id);
}

static bool
framework_matches(const struct control *control, struct str name)
{
	for (size_t i = 0; i < control->frameworks.count; i++) {
		if (str_eq(control->frameworks.items[i].name, name))
			return true;
	}
	return false;
}

static bool
read_severity(
    enum severity *out, const char *option, const char *name,
    struct tfa_error *err)
{
	if (severity_find(str_of(name), out))
		return true;
	return error_set(err, TFA_ERR_USAGE,
	    "%s \"%s\" is no severity: critical, high, medium, low or info",
	    option, name);
}

static bool
keep_severe(struct tfa_report *report, struct tfa_error *err)
{
	const struct tfa_options *options = report->options;
	const struct tfa_policies *policies = report->policies;
	enum severity least;

	if (!options->severity)
		return true;
	if (!read_severity(&least, "--severity", options->severity, err))
		return false;
	for (size_t i = 0; i < policies->control_count; i++) {
		if (policies->controls[i]->severity > least)
			report->selected[i] = false;
	}
	return true;
}

/* What is less severe than --fail-on only warns. */
static bool
soften(struct tfa_report *report, struct tfa_error *err)
{
	const struct tfa_options *options = report->options;
	const struct tfa_policies *policies = report->policies;
	enum severity least;

	if (!options->fail_on)
		return true;
	if (!read_severity(&least, "--fail-on", options->fail_on, err))
		return false;
	for (size_t i = 0; i < policies->control_count; i++) {
		if (policies->controls[i]->severity > least &&
		    report->enforced[i] == ENFORCE_BLOCK)
			report->enforced[i] = ENFORCE_WARN;
	}
	return true;
}

static bool
enforce_one(
    struct tfa_report *report, const char *text, struct tfa_error *err)
{
	const struct tfa_policies *policies = report->policies;
	struct str word, name = str_cut(str_of(text), '=', &word);
	enum enforce enforce;
	size_t hits = 0;

	if (!enforce_find(word, &enforce))
		return error_set(err, TFA_ERR_USAGE,
		    "--enforce \"%s\": expected ID=block, ID=warn or ID=audit",
		    text);
	for (size_t i = 0; i < policies->control_count; i++) {
		if (!str_glob(name, policies->controls[i]->id))
			continue;
		report->enforced[i] = enforce;
		hits++;
	}
	return hits || unknown_name(policies, "--enforce", name, err);
}

bool
select_controls(struct tfa_report *report, struct tfa_error *err)
{
	const struct tfa_options *options = report->options;
	const struct tfa_policies *policies = report->policies;
	size_t count = policies->control_count;

	if (!policies_check_set(policies, err))
		return false;
	report->selected = arena_array(&report->arena, count + 1, sizeof(bool));
	report->enforced =
	    arena_array(&report->arena, count + 1, sizeof(enum enforce));
	report->tallies =
	    arena_array(&report->arena, count + 1, sizeof(struct tally));
	if (!report->selected || !report->enforced || !report->tallies ||
	    (options->framework_count && !policies_need_all(policies)))
		return error_nomem(err);
	for (size_t i = 0; i < count; i++) {
		report->selected[i] = true;
		report->enforced[i] = policies->controls[i]->enforce;
	}
	if (options->profile_count &&
	    !profiles_apply(report->enforced, policies, options->profiles,
		options->profile_count, err))
		return false;
	if (!keep_named(report, "--control", options->controls,
		options->control_count, id_matches, err) ||
	    !keep_named(report, "--framework", options->frameworks,
		options->framework_count, framework_matches, err) ||
	    !keep_severe(report, err) || !soften(report, err))
		return false;
	for (size_t i = 0; i < options->enforce_count; i++) {
		if (!enforce_one(report, options->enforce[i], err))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		report->controls_run += report->selected[i];
	return true;
}

bool
select_joins(const struct tfa_report *report, bool data)
{
	for (size_t i = 0; i < report->policies->control_count; i++) {
		const struct control *control = report->policies->controls[i];

		if (report->selected[i] &&
		    (data ? control->joins_data : control->joins))
			return true;
	}
	return false;
}

/* Names that grow in an arena. */
struct gathered {
	struct arena *arena;
	struct str *items;
	size_t count, cap;
	bool failed;
};

static void
gather(struct gathered *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (str_eq(names->items[i], name))
			return;
	}
	if (!arena_grow(names->arena, &names->items, names->count, &names->cap,
		sizeof(name))) {
		names->failed = true;
		return;
	}
	names->items[names->count++] = name;
}

static struct str
last_name(struct str path)
{
	struct str rest = path, name = path;

	while (rest.len)
		name = str_cut(rest, '.', &rest);
	return name;
}

/* The controls that a type matters to, and whether they judge it. */
struct touched {
	const struct control *control;
	bool selects;
};

struct touches {
	struct touched *items;
	size_t count;
};

static bool
find_touches(struct touches *touches, const struct tfa_report *report,
    struct str type, struct arena *arena)
{
	const struct control **controls;
	size_t count;

	if (!policies_touched(
		report->policies, type, arena, &controls, &count))
		return false;
	touches->items = arena_array(arena, count + 1, sizeof(*touches->items));
	if (!touches->items)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!report->selected[controls[i]->index])
			continue;
		touches->items[touches->count++] = (struct touched){controls[i],
		    control_selects_type(controls[i], type)};
	}
	return true;
}

/* Which modes of the type does the relation name? */
static void
note_modes(struct type_entry *entry, const struct names *types, bool *named)
{
	*named = false;
	for (size_t i = 0; i < types->count; i++) {
		struct str type = types->items[i];
		bool data = str_starts(type, STR("data."));

		if (data)
			type = str_from(type, STR("data.").len);
		if (!str_eq(type, entry->type))
			continue;
		*named = true;
		*(data ? &entry->data_joined : &entry->joined) = true;
	}
}

/* What the relation reads of the type, on either side. */
static void
gather_relation(struct type_entry *entry, struct gathered *names,
    const struct touched *touched, const struct related *related)
{
	struct str rest;
	bool partner, me;

	note_modes(entry, &related->types, &partner);
	if (related->outer) {
		note_modes(entry, &related->outer->types, &me);
	} else {
		me = touched->selects;
		if (me)
			*(touched->control->data ? &entry->data_joined
						 : &entry->joined) = true;
	}
	for (size_t i = 0; partner && i < related->attributes.count; i++)
		gather(names, related->attributes.items[i]);
	if (related->join == JOIN_MY && me)
		gather(names, str_cut(related->attribute, '.', &rest));
	/* An attribute of the same name identifies. */
	if ((related->join == JOIN_MY && partner) ||
	    (related->join == JOIN_ITS && me))
		gather(names, last_name(related->attribute));
}

/* The arguments that say what the policy will be. */
static void
gather_documents(struct type_entry *entry, struct gathered *names,
    const struct control *control)
{
	static const char *const arguments[] = {"statement", "source_json",
	    "source_policy_documents", "override_json",
	    "override_policy_documents"};
	bool reads = false;

	for (size_t i = 0; i < control->partners.count; i++)
		reads = reads || str_eq(control->partners.items[i],
				     STR(POLICY_DOCUMENTS));
	if (!reads || !str_eq(entry->type, STR(POLICY_DOCUMENTS)))
		return;
	entry->data_joined = true;
	for (size_t i = 0; i < COUNTOF(arguments); i++)
		gather(names, str_of(arguments[i]));
}

static bool
gather_kept(const struct tfa_report *report, struct type_entry *entry,
    const struct touches *touches, struct arena *arena)
{
	const struct names *governing =
	    policies_governing(report->policies, entry->type);
	struct gathered names = {.arena = arena};

	entry->governs = governing != NULL;
	for (size_t i = 0; governing && i < governing->count; i++)
		gather(&names, governing->items[i]);
	for (size_t i = 0; i < touches->count; i++) {
		const struct touched *touched = &touches->items[i];
		const struct control *control = touched->control;

		for (size_t j = 0; j < control->relation_count; j++)
			gather_relation(
			    entry, &names, touched, control->relations[j]);
		gather_documents(entry, &names, control);
	}
	if (entry->joined || entry->data_joined) {
		for (size_t i = 0; i < identifying_name_count; i++)
			gather(&names, identifying_names[i]);
	}
	entry->kept = (struct names){names.items, names.count};
	for (size_t i = 0; i < entry->attributes.count; i++)
		gather(&names, entry->attributes.items[i]);
	entry->retained = (struct names){names.items, names.count};
	return !names.failed;
}

struct type_entry *
type_entry_new(
    const struct tfa_report *report, struct str type, struct arena *arena)
{
	struct type_entry *entry = arena_new(arena, struct type_entry);
	struct touches touches = {NULL, 0};
	size_t names = 0, hits = 0;
	struct str *attributes;

	if (!entry || !(entry->type = arena_copy(arena, type)).ptr ||
	    !policies_need_type(report->policies, type, report->selected) ||
	    !find_touches(&touches, report, type, arena))
		return NULL;
	for (size_t i = 0; i < touches.count; i++) {
		if (!touches.items[i].selects)
			continue;
		hits++;
		names += touches.items[i].control->attributes.count;
	}
	entry->controls = arena_array(arena, hits + 1, sizeof(entry->controls[0]));
	attributes = arena_array(arena, names + 1, sizeof(*attributes));
	if (!entry->controls || !attributes)
		return NULL;
	for (size_t i = 0; i < touches.count; i++) {
		const struct control *control = touches.items[i].control;

		if (!touches.items[i].selects)
			continue;
		entry->controls[entry->count++] = control;
		for (size_t j = 0; j < control->attributes.count; j++)
			attributes[entry->attributes.count++] =
			    control->attributes.items[j];
	}
	entry->attributes.items = attributes;
	return gather_kept(report, entry, &touches, arena) ? entry : NULL;
}
