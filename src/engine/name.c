/* Patterns that one resource holds for the names of others. */
#include "engine/related.h"

struct matching {
	const struct related *related;
	struct str text;
	size_t regex_steps;
	struct buf scratch;
	bool failed;
};

static enum truth
truth_of(bool yes)
{
	return yes ? YES : NO;
}

/* A pattern that cannot be used leaves open what it was meant to cover. */
static enum truth
regex_covers(struct matching *matching, struct str pattern)
{
	char message[128] = "";
	struct regex *regex = regex_new(
	    pattern, matching->regex_steps, message, sizeof(message));
	enum regex_answer answer;

	if (!regex)
		return UNKNOWN;
	answer = regex_find(regex, matching->text);
	regex_free(regex);
	if (answer == REGEX_NOMEM)
		matching->failed = true;
	return answer > REGEX_YES ? UNKNOWN : truth_of(answer == REGEX_YES);
}

static enum truth
pattern_covers(struct matching *matching, struct str pattern)
{
	struct str text = matching->text;
	size_t at;

	switch (matching->related->how) {
	case NAME_GLOB:
		return truth_of(str_glob(pattern, text));
	case NAME_EQUALS:
		return truth_of(str_eq(pattern, text));
	case NAME_PREFIX:
		return truth_of(str_starts(text, pattern));
	case NAME_CONTAINS:
		return truth_of(str_find(text, pattern, &at));
	case NAME_REGEX:
		return regex_covers(matching, pattern);
	}
	return UNKNOWN;
}

static enum truth part_covers(
    struct matching *matching, struct seen seen, size_t part);

/* A block of which there is one stands for it. */
static struct seen
enter_only(struct seen seen)
{
	if (value_kind(seen.value) == NODE_ARRAY && value_count(seen.value) == 1)
		return seen_item(seen, 0);
	return seen;
}

static struct seen
step_into(struct seen seen, const struct step *step)
{
	if (step->kind == STEP_INDEX)
		return seen_item(seen, step->index);
	if (step->kind == STEP_NAME)
		seen = enter_only(seen);
	return seen_member(seen, step->name);
}

static enum truth
elements_cover(struct matching *matching, struct seen seen, size_t part)
{
	struct seen_iter it = seen_each(seen);
	enum truth truth = NO;

	while (value_is_container(seen.value) && seen_step(&it))
		truth = truth_or(truth, part_covers(matching, it.seen, part));
	if (value_kind(seen.unknown) == NODE_TRUE)
		truth = truth_or(truth, UNKNOWN);
	return truth;
}

static enum truth
part_covers(struct matching *matching, struct seen seen, size_t part)
{
	const struct path *path = &matching->related->its[part];
	struct str pattern;

	for (size_t i = 0; i < path->count; i++) {
		if (seen_unknown(seen))
			return UNKNOWN;
		seen = step_into(seen, &path->steps[i]);
	}
	if (seen_unknown(seen))
		return UNKNOWN;
	if (part + 1 < matching->related->its_count)
		return elements_cover(matching, seen, part + 1);
	seen = enter_only(seen);
	if (value_kind(seen.value) != NODE_STRING ||
	    !value_raw(seen.value).len)
		return seen_unknown(seen) ? UNKNOWN : NO;
	pattern = value_text(seen.value, &matching->scratch);
	if (pattern.ptr)
		return pattern_covers(matching, pattern);
	matching->failed = true;
	return UNKNOWN;
}

enum truth
name_covers(const struct related *related, const struct record *record,
    bool before, struct str text, size_t regex_steps, bool *failed)
{
	struct matching matching = {
	    .related = related, .text = text, .regex_steps = regex_steps};
	enum truth truth = part_covers(
	    &matching, record_seen(record, before), 0);

	buf_free(&matching.scratch);
	*failed = *failed || matching.failed;
	return truth;
}
