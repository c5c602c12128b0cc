/* One pass over the controls; a requirement is found by its names. */
#include "report/rollup.h"

#include <stdlib.h>

void
rollup_free(struct rollup *rollup)
{
	free(rollup->items);
	map_free(&rollup->found);
	arena_free(&rollup->arena);
	*rollup = (struct rollup){0};
}

static struct requirement *
requirement_at(struct rollup *rollup, struct str framework, struct str name)
{
	struct buf text = {0};
	struct str key = {NULL, 0};
	size_t *index = NULL;

	buf_add(&text, framework);
	buf_byte(&text, '\0');
	buf_add(&text, name);
	if (!text.failed) {
		index = map_find(&rollup->found, buf_str(&text));
		key = arena_copy(&rollup->arena, buf_str(&text));
	}
	buf_free(&text);
	if (index)
		return &rollup->items[*index];
	index = arena_new(&rollup->arena, size_t);
	if (!key.ptr || !index ||
	    !array_reserve(&rollup->items, &rollup->cap, rollup->count + 1,
		sizeof(*rollup->items)))
		return NULL;
	*index = rollup->count;
	if (!map_set(&rollup->found, key, index))
		return NULL;
	rollup->items[rollup->count] =
	    (struct requirement){.framework = framework, .name = name};
	return &rollup->items[rollup->count++];
}

static void
add(struct requirement *requirement, const struct tally *tally)
{
	requirement->controls++;
	requirement->tally.pass += tally->pass;
	requirement->tally.fail += tally->fail;
	requirement->tally.unknown += tally->unknown;
	requirement->tally.waived += tally->waived;
	requirement->tally.error += tally->error;
}

static bool
is_asked_for(const struct tfa_options *options, struct str framework)
{
	for (size_t i = 0; i < options->framework_count; i++) {
		if (str_eq(str_of(options->frameworks[i]), framework))
			return true;
	}
	return options->framework_count == 0;
}

static int
requirement_cmp(const void *a, const void *b)
{
	const struct requirement *left = a, *right = b;
	int order = str_cmp(left->framework, right->framework);

	return order ? order : str_cmp(left->name, right->name);
}

static bool
read_control(struct rollup *rollup, const struct tfa_report *report,
    const struct control *control)
{
	for (size_t i = 0; i < control->frameworks.count; i++) {
		const struct named_list *list = &control->frameworks.items[i];

		if (!is_asked_for(report->options, list->name))
			continue;
		for (size_t j = 0; j < list->items.count; j++) {
			struct requirement *requirement = requirement_at(
			    rollup, list->name, list->items.items[j]);

			if (!requirement)
				return false;
			add(requirement, &report->tallies[control->index]);
		}
	}
	return true;
}

bool
rollup_read(struct rollup *rollup, const struct tfa_report *report)
{
	const struct tfa_policies *policies = report->policies;

	for (size_t i = 0; i < policies->control_count; i++) {
		if (report->selected[i] &&
		    !read_control(rollup, report, policies->controls[i]))
			return false;
	}
	if (rollup->count)
		qsort(rollup->items, rollup->count, sizeof(*rollup->items),
		    requirement_cmp);
	return true;
}

const char *
requirement_status(const struct requirement *requirement)
{
	const struct tally *tally = &requirement->tally;

	if (tally->fail)
		return "fail";
	if (tally->unknown || tally->error)
		return "unknown";
	return tally->pass || tally->waived ? "pass" : "nothing applied";
}
