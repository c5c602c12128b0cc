/* What a reader must know of waivers, besides the findings that they excuse. */
#include "engine/result.h"

enum { SOON = 30 };

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static bool
any_judged(const struct tfa_report *report)
{
	for (size_t i = 0; i < report->plan_count; i++) {
		if (report->plans[i].error.code == TFA_ERR_NONE)
			return true;
	}
	return false;
}

enum waiver_state
waiver_state(const struct tfa_report *report, size_t index)
{
	const struct waiver *waiver = report->policies->waivers[index];
	const struct waiver_use *use = &report->waivers[index];

	if (use->expired)
		return WAIVER_EXPIRED;
	if (use->exceeded)
		return WAIVER_EXCEEDED;
	if (use->covered)
		return WAIVER_USED;
	if (use->fixed)
		return WAIVER_FIXED;
	return use->elsewhere || !any_judged(report) ||
		!report->selected[waiver->control->index]
	    ? WAIVER_NOT_ASKED
	    : WAIVER_UNUSED;
}

const char *
waiver_state_name(enum waiver_state state)
{
	static const char *const names[] = {[WAIVER_USED] = "in force",
	    [WAIVER_EXPIRED] = "expired",
	    [WAIVER_EXCEEDED] = "exceeded",
	    [WAIVER_FIXED] = "fixed",
	    [WAIVER_UNUSED] = "unused",
	    [WAIVER_NOT_ASKED] = "not asked"};

	return names[state];
}

static void
say_expired(const struct waiver *waiver, const struct waiver_use *use,
    struct buf *out)
{
	buf_fmt(out, " expired on " STR_FMT, STR_ARG(waiver->expires));
	if (use->covered)
		buf_fmt(out, ": %zu finding%s count%s again", use->covered,
		    plural(use->covered), use->covered == 1 ? "s" : "");
	else
		buf_add(out, STR(", and nothing needs it"));
}

static void
say_soon(const struct tfa_report *report, const struct waiver *waiver,
    struct buf *out)
{
	size_t left = (size_t)(waiver->last_day - report->day);

	buf_fmt(out, " expires on " STR_FMT ", ", STR_ARG(waiver->expires));
	if (left == 0)
		buf_add(out, STR("today"));
	else
		buf_fmt(out, "in %zu day%s", left, plural(left));
}

bool
waiver_says(const struct tfa_report *report, size_t index, struct buf *out)
{
	const struct waiver *waiver = report->policies->waivers[index];
	const struct waiver_use *use = &report->waivers[index];
	enum waiver_state state = waiver_state(report, index);

	if (state == WAIVER_NOT_ASKED ||
	    (state == WAIVER_USED && waiver->last_day - report->day > SOON))
		return false;
	buf_fmt(out, "waiver " STR_FMT, STR_ARG(waiver->id));
	switch (state) {
	case WAIVER_EXPIRED:
		if (report->has_day)
			say_expired(waiver, use, out);
		else
			buf_add(out, STR(" is not in force: there is no date "
					 "to judge it by"));
		break;
	case WAIVER_EXCEEDED:
		buf_fmt(out,
		    " covers %zu instance%s and would waive %zu: it waives "
		    "none",
		    waiver->covers, plural(waiver->covers), use->covered);
		break;
	case WAIVER_USED:
		say_soon(report, waiver, out);
		break;
	case WAIVER_FIXED:
		buf_add(out, STR(" is not needed any more: what it covers "
				 "passes"));
		break;
	case WAIVER_UNUSED:
		buf_fmt(out, " matches nothing: " STR_FMT " at " STR_FMT,
		    STR_ARG(waiver->control->id),
		    STR_ARG(waiver->address.text));
		break;
	case WAIVER_NOT_ASKED:
		break;
	}
	return true;
}
