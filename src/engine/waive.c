/*
 * Whether a waiver fits is asked while the resource is there, whether it is in
 * force when the whole plan is: its own time, which waivers are judged by, may
 * stand last in it, and how many instances a waiver covers is known only then.
 */
#include "engine/waive.h"

#include "engine/total.h"
#include "policy/known.h"

/* --- Does it fit? --- */

/* Only a value that is known now can tie a waiver to a resource. */
static bool
value_holds(struct scene *scene, const struct waiver_value *value)
{
	static const struct op_args args = {.strictly = false};
	struct spot root = scene_root(scene);
	struct look look = look_at(scene, &root, &value->path, false);

	return look.state == STATE_KNOWN &&
	    value_equal(look.spot.seen.value, value->value, &args);
}

static bool
fits(struct tfa_eval *eval, const struct waiver *waiver,
    const struct subject *subject, bool before)
{
	struct scene scene;

	if (!pattern_fits(&waiver->address, &subject->address, &eval->text))
		return false;
	if (waiver->value_count == 0)
		return true;
	scene = run_scene(eval, subject, before);
	for (size_t i = 0; i < waiver->value_count; i++) {
		if (!value_holds(&scene, &waiver->values[i]))
			break;
		if (i + 1 == waiver->value_count)
			return !scene.failed;
	}
	eval->text.failed = eval->text.failed || scene.failed;
	return false;
}

bool
waivers_match(const struct waiver_match **out, struct tfa_eval *eval,
    const struct subject *subject, const struct control *control, bool before)
{
	*out = NULL;
	for (const struct waiver *at = waivers_of(eval->policies, control,
		 &subject->address, &eval->text);
	     at; at = at->next) {
		struct waiver_match *match;

		if (!fits(eval, at, subject, before))
			continue;
		match = arena_new(&eval->report->arena, struct waiver_match);
		if (!match)
			return false;
		*match = (struct waiver_match){at, *out};
		*out = match;
	}
	return !eval->text.failed;
}

void
waivers_note(struct tfa_report *report, const struct waiver_match *matches,
    enum verdict verdict)
{
	bool fixed = verdict == VERDICT_PASS ||
	    verdict == VERDICT_NOT_APPLICABLE;

	for (; matches; matches = matches->next) {
		struct waiver_use *use =
		    &report->waivers[matches->waiver->index];

		use->fixed += fixed;
		use->elsewhere += !fixed;
	}
}

/* --- Is it in force? --- */

static bool
covers_verdict(const struct waiver *waiver, enum verdict verdict)
{
	return (verdict == VERDICT_FAIL && waiver->fail) ||
	    (verdict == VERDICT_UNKNOWN && waiver->unknown);
}

static void
count_covered(struct tfa_report *report)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		for (const struct waiver_match *at = finding->matches; at;
		     at = at->next) {
			const struct waiver *waiver = at->waiver;
			struct waiver_use *use =
			    &report->waivers[waiver->index];
			bool covered =
			    covers_verdict(waiver, finding->verdict);

			use->covered += covered;
			use->elsewhere += !covered;
		}
	}
}

/* Without a day, nothing is in force. */
static void
judge_waivers(struct tfa_report *report)
{
	for (size_t i = 0; i < report->policies->waiver_count; i++) {
		const struct waiver *waiver = report->policies->waivers[i];
		struct waiver_use *use = &report->waivers[i];

		use->expired =
		    !report->has_day || report->day > waiver->last_day;
		use->exceeded =
		    waiver->covers && use->covered > waiver->covers;
	}
}

static enum waived
waived_how(const struct waiver_use *use)
{
	if (use->expired)
		return WAIVED_EXPIRED;
	return use->exceeded ? WAIVED_EXCEEDED : WAIVED_IN_FORCE;
}

static void
set_verdict(
    struct tfa_report *report, struct finding *finding, enum verdict verdict)
{
	total_move(report, finding, verdict);
	finding->verdict = verdict;
}

/* One in force, or else one that says why it is not; the first loaded. */
static void
waive(struct tfa_report *report, struct finding *finding)
{
	for (const struct waiver_match *at = finding->matches; at;
	     at = at->next) {
		const struct waiver *waiver = at->waiver;
		enum waived how =
		    waived_how(&report->waivers[waiver->index]);

		if (!covers_verdict(waiver, finding->verdict))
			continue;
		if (finding->waived == WAIVED_NOT ||
		    how == WAIVED_IN_FORCE) {
			finding->waived = how;
			finding->waiver = waiver;
		}
		if (how == WAIVED_IN_FORCE)
			break;
	}
	if (finding->waived != WAIVED_IN_FORCE)
		return;
	report->waivers[finding->waiver->index].waived++;
	set_verdict(report, finding, VERDICT_WAIVED);
}

/* --- Comments for other tools --- */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Letters in any case; trivy's numbers have been written with "AVD-" too. */
static bool
same_rule(struct str a, struct str b)
{
	const struct str prefix = STR("AVD-");

	if (str_starts(a, prefix))
		a = str_from(a, prefix.len);
	if (str_starts(b, prefix))
		b = str_from(b, prefix.len);
	for (size_t i = 0; a.len == b.len && i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return a.len == b.len;
}

/* tfsec's rules live on in trivy, under the same names. */
static bool
same_tool(struct str tool, struct str said)
{
	return str_eq(tool, said) ||
	    (str_eq(tool, STR("trivy")) && str_eq(said, STR("tfsec")));
}

static bool
skip_means(const struct skip *skip, const struct control *control)
{
	for (size_t i = 0; i < control->tools.count; i++) {
		const struct named_list *tool = &control->tools.items[i];

		if (!same_tool(tool->name, skip->tool))
			continue;
		for (size_t j = 0; j < tool->items.count; j++) {
			if (same_rule(tool->items.items[j], skip->id))
				return true;
		}
	}
	return false;
}

static bool
skip_in_force(const struct tfa_report *report, const struct skip *skip)
{
	struct date last;

	if (skip->expires.len == 0)
		return true;
	return report->has_day && date_read(&last, skip->expires) &&
	    report->day <= date_day(&last);
}

/* One entry for each comment and each way that leads to its block. */
static struct skip_use *
skip_use_at(struct tfa_report *report, const struct finding *finding,
    const struct skip *skip, struct str module)
{
	struct arena *arena = &report->arena;
	struct skip_use *use;

	for (use = report->skips; use; use = use->next) {
		if (use->line == skip->line && str_eq(use->id, skip->id) &&
		    str_eq(use->file, finding->location.file) &&
		    str_eq(use->module, module) &&
		    use->control == finding->control)
			return use;
	}
	use = arena_new(arena, struct skip_use);
	if (!use)
		return NULL;
	*use = (struct skip_use){.control = finding->control,
	    .tool = skip->tool,
	    .id = arena_copy(arena, skip->id),
	    .reason = arena_copy(arena, skip->reason),
	    .expires = arena_copy(arena, skip->expires),
	    .file = finding->location.file,
	    .module = arena_copy(arena, module),
	    .line = skip->line,
	    .next = report->skips};
	if (!use->id.ptr || !use->reason.ptr || !use->expires.ptr ||
	    !use->module.ptr)
		return NULL;
	report->skips = use;
	return use;
}

bool
waive_by_skip(struct tfa_report *report, struct finding *finding,
    const struct skip *skips)
{
	struct skip_use *use;
	struct str module = finding->module_address;

	if (finding->verdict != VERDICT_FAIL || !finding->control->waivable)
		return true;
	for (const struct skip *at = skips; at; at = at->next) {
		if (!skip_means(at, finding->control) ||
		    !skip_in_force(report, at))
			continue;
		use = skip_use_at(report, finding, at, module);
		if (!use)
			return false;
		use->waived++;
		finding->skip = use;
		finding->waived = WAIVED_IN_FORCE;
		set_verdict(report, finding, VERDICT_WAIVED);
		return true;
	}
	return true;
}

/* --- An earlier result --- */

static bool
is_known(const struct tfa_report *report, const struct finding *finding,
    bool *known)
{
	static const unsigned bits[] = {[VERDICT_FAIL] = KNOWN_FAIL,
	    [VERDICT_ERROR] = KNOWN_ERROR,
	    [VERDICT_UNKNOWN] = KNOWN_UNKNOWN,
	    [VERDICT_WAIVED] = 0,
	    [VERDICT_PASS] = 0,
	    [VERDICT_NOT_APPLICABLE] = 0};
	char fingerprint[65];
	unsigned verdicts;

	*known = false;
	if (!bits[finding->verdict])
		return true;
	finding_fingerprint(fingerprint, finding);
	if (!known_find(report->policies, &verdicts, str_of(fingerprint),
		report->plans[finding->plan].path,
		report->options->several))
		return false;
	*known = verdicts & bits[finding->verdict];
	return true;
}

bool
waive_findings(struct tfa_report *report, struct tfa_error *err)
{
	bool baseline = report->policies->baseline_files.count > 0;

	count_covered(report);
	judge_waivers(report);
	for (size_t i = 0; i < report->finding_count; i++) {
		struct finding *finding = &report->findings[i];
		bool known;

		if (finding->verdict != VERDICT_WAIVED)
			waive(report, finding);
		if (!baseline)
			continue;
		if (!is_known(report, finding, &known))
			return error_nomem(err);
		if (known)
			total_known(report, finding);
	}
	return true;
}
