/* A comparison for people, by control, and for programs. */
#include "replay/diff.h"

#include <stdlib.h>

#include "report/page.h"
#include "report/record.h"

/* --- Text --- */

static void
put_plans(struct page *page, const struct diff *diff)
{
	page_own(page, "%zu in both, %zu of them with other bytes; %zu only in "
		       "the old result, %zu only in the new one",
	    diff->both, diff->changed, diff->only_old, diff->only_new);
	page_end(page, "plans");
	if (diff->refused) {
		page_own(page, "%zu could not be judged in one of the results, "
			       "%zu of them only in the new one",
		    diff->refused, diff->lost);
		page_end(page, "refused");
	}
	if (diff->old.inputs.len && diff->new.inputs.len) {
		page_own(page, "%s",
		    str_eq(diff->old.inputs, diff->new.inputs)
			? "the same, with the same options"
			: "or options are not the same");
		page_end(page, "policies");
	}
	for (size_t i = 0; i < PLAN_VERDICTS; i++) {
		for (size_t j = 0; j < PLAN_VERDICTS; j++) {
			if (i == j || !diff->verdicts[i][j])
				continue;
			page_own(page, "%zu from %s to %s",
			    diff->verdicts[i][j],
			    plan_verdict_name((enum plan_verdict)i),
			    plan_verdict_name((enum plan_verdict)j));
			page_end(page, "verdict");
		}
	}
}

static bool
has_changed(const struct diff_control *control)
{
	return control->fails || control->stops || control->others ||
	    control->blocks;
}

static void
put_counts(struct page *page, const struct diff_control *control)
{
	const struct {
		size_t count;
		const char *what;
	} counts[] = {
	    {control->blocks, "block that did not"},
	    {control->fails, "fail that did not"},
	    {control->stops, "fail no more"},
	    {control->others, "changed otherwise"},
	};
	const char *between = ": ";

	for (size_t i = 0; i < COUNTOF(counts); i++) {
		if (!counts[i].count)
			continue;
		page_own(page, "%s%zu %s", between, counts[i].count,
		    counts[i].what);
		between = ", ";
	}
	page_own(page, "; in %zu plan%s", control->plans,
	    control->plans == 1 ? "" : "s");
}

static void
put_control(struct page *page, const struct diff_control *control)
{
	page_text(page, control->severity, CLEAN_TEXT);
	page_own(page, "  ");
	page_text(page, control->id, CLEAN_TEXT);
	if (!control->in_old)
		page_own(page, " (new)");
	else if (!control->in_new)
		page_own(page, " (gone)");
	put_counts(page, control);
	page_end_whole(page, "control");
}

static const char *
change_word(const struct diff_change *change)
{
	if (change->blocks && !change->blocked)
		return "blocks";
	if (change->after == SAYS_FAIL)
		return "fails";
	return change->before == SAYS_FAIL ? "no more" : "other";
}

static void
put_change(struct page *page, const struct diff_change *change)
{
	page_text(page, change->control->id, CLEAN_TEXT);
	page_own(page, "  ");
	page_text(page, change->address, CLEAN_ADDRESS);
	page_own(page, "  in ");
	page_text(page, change->plan, CLEAN_ADDRESS);
	if (change->before == change->after)
		page_own(page, ": %s as before", says_name(change->after));
	else
		page_own(page, ": %s, was %s", says_name(change->after),
		    says_name(change->before));
	page_end_whole(page, change_word(change));
}

static void
put_closing(struct page *page, const struct diff *diff)
{
	size_t blocks = 0;

	for (size_t i = 0; i < diff->controls.count; i++)
		blocks += diff->sorted[i]->blocks;
	page_own(page, "  %zu changes; %zu findings block that did not; %zu "
		       "plans fail that did not",
	    diff->count, blocks, diff->newly_blocked);
	page_end_headline(page, blocks ? "BLOCKS" : "DIFF",
	    blocks ? PAINT_RED : PAINT_NONE);
}

bool
diff_write_text(const struct diff *diff, FILE *out, struct tfa_error *err)
{
	struct page page = {.out = out};

	put_plans(&page, diff);
	for (size_t i = 0; i < diff->controls.count; i++) {
		if (has_changed(diff->sorted[i]))
			put_control(&page, diff->sorted[i]);
	}
	for (size_t i = 0; i < diff->count; i++)
		put_change(&page, &diff->changes[i]);
	put_closing(&page, diff);
	return page_finish(&page, err);
}

/* --- JSON --- */

static void
emit_matrix(struct emit *emit, const struct diff *diff)
{
	emit_open(emit, "verdicts", '[');
	for (size_t i = 0; i < PLAN_VERDICTS; i++) {
		for (size_t j = 0; j < PLAN_VERDICTS; j++) {
			const char *old =
			    plan_verdict_name((enum plan_verdict)i);

			if (!diff->verdicts[i][j])
				continue;
			emit_open(emit, NULL, '{');
			emit_str(emit, "old", str_of(old));
			emit_str(emit, "new",
			    str_of(plan_verdict_name((enum plan_verdict)j)));
			emit_uint(emit, "plans", diff->verdicts[i][j]);
			emit_close(emit, '}');
		}
	}
	emit_close(emit, ']');
}

static void
emit_plans(struct emit *emit, const struct diff *diff)
{
	emit_open(emit, "plans", '{');
	emit_uint(emit, "both", diff->both);
	emit_uint(emit, "changed", diff->changed);
	emit_uint(emit, "only_old", diff->only_old);
	emit_uint(emit, "only_new", diff->only_new);
	emit_uint(emit, "refused", diff->refused);
	emit_uint(emit, "newly_refused", diff->lost);
	emit_uint(emit, "newly_failing", diff->newly_blocked);
	emit_matrix(emit, diff);
	emit_close(emit, '}');
}

static void
emit_control(struct emit *emit, const struct diff_control *control)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "id", control->id);
	emit_str(emit, "severity", control->severity);
	emit_bool(emit, "in_old", control->in_old);
	emit_bool(emit, "in_new", control->in_new);
	emit_uint(emit, "fails", control->fails);
	emit_uint(emit, "blocks", control->blocks);
	emit_uint(emit, "fails_no_more", control->stops);
	emit_uint(emit, "others", control->others);
	emit_uint(emit, "plans", control->plans);
	emit_close(emit, '}');
}

static void
emit_change(struct emit *emit, const struct diff_change *change)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "control", change->control->id);
	emit_str(emit, "plan", change->plan);
	emit_str(emit, "address", change->address);
	emit_str(emit, "old", str_of(says_name(change->before)));
	emit_str(emit, "new", str_of(says_name(change->after)));
	emit_bool(emit, "blocked", change->blocked);
	emit_bool(emit, "blocks", change->blocks);
	emit_close(emit, '}');
}

bool
diff_write_json(const struct diff *diff, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR("1.0"));
	if (diff->old.inputs.len && diff->new.inputs.len)
		emit_bool(&emit, "same_inputs",
		    str_eq(diff->old.inputs, diff->new.inputs));
	emit_plans(&emit, diff);
	emit_open(&emit, "controls", '[');
	for (size_t i = 0; i < diff->controls.count; i++) {
		if (has_changed(diff->sorted[i]))
			emit_control(&emit, diff->sorted[i]);
	}
	emit_close(&emit, ']');
	emit_open(&emit, "changes", '[');
	for (size_t i = 0; i < diff->count; i++)
		emit_change(&emit, &diff->changes[i]);
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return record_finish(&emit, err);
}
