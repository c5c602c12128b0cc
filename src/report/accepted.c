/*
 * What a run was told besides its policies: waivers and how they fared, comments
 * for other tools, facts, an earlier result.
 */
#include "policy/fact.h"
#include "report/record.h"

static void
emit_files(struct emit *emit, const struct input_files *files)
{
	emit_open(emit, "files", '[');
	for (size_t i = 0; i < files->count; i++) {
		emit_open(emit, NULL, '{');
		emit_str(emit, "path", files->items[i].path);
		emit_str(emit, "sha256", str_of(files->items[i].sha256));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
emit_terms(struct emit *emit, const struct waiver *waiver)
{
	emit_str(emit, "id", waiver->id);
	emit_str(emit, "category", str_of(category_name(waiver->category)));
	emit_str(emit, "reason", waiver->reason);
	emit_str(emit, "owner", waiver->owner);
	emit_str(emit, "approved_by", waiver->approved_by);
	emit_str(emit, "ticket", waiver->ticket);
	emit_str(emit, "created", waiver->created);
	emit_str(emit, "expires", waiver->expires);
}

static void
emit_skip(struct emit *emit, const struct skip_use *skip)
{
	emit_str(emit, "tool", skip->tool);
	emit_str(emit, "id", skip->id);
	emit_some(emit, "reason", skip->reason);
	emit_some(emit, "expires", skip->expires);
	emit_str(emit, "file", skip->file);
	emit_uint(emit, "line", skip->line);
}

static void
emit_place(struct emit *emit, const struct waiver *waiver)
{
	emit_str(emit, "control", waiver->control->id);
	emit_str(emit, "address", waiver->address.text);
	emit_str(emit, "file", waiver->file);
	emit_uint(emit, "line", waiver->pos.line);
}

static void
emit_waiver_use(
    struct emit *emit, const struct tfa_report *report, size_t index)
{
	const struct waiver *waiver = report->policies->waivers[index];
	const struct waiver_use *use = &report->waivers[index];

	emit_open(emit, NULL, '{');
	emit_terms(emit, waiver);
	emit_place(emit, waiver);
	emit_str(emit, "state",
	    str_of(waiver_state_name(waiver_state(report, index))));
	if (waiver->covers)
		emit_uint(emit, "covers", waiver->covers);
	emit_uint(emit, "covered", use->covered);
	emit_uint(emit, "waived", use->waived);
	emit_uint(emit, "fixed", use->fixed);
	if (use->elsewhere)
		emit_uint(emit, "elsewhere", use->elsewhere);
	if (report->has_day && report->day <= waiver->last_day)
		emit_uint(emit, "days_left",
		    (uint64_t)(waiver->last_day - report->day));
	emit_close(emit, '}');
}

static void
emit_imported(struct emit *emit, const struct tfa_report *report)
{
	emit_open(emit, "imported", '[');
	for (const struct skip_use *at = report->skips; at; at = at->next) {
		emit_open(emit, NULL, '{');
		emit_skip(emit, at);
		emit_str(emit, "control", at->control->id);
		emit_str(emit, "module", at->module);
		emit_uint(emit, "waived", at->waived);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void
emit_waivers(struct emit *emit, const struct tfa_report *report)
{
	const struct tfa_policies *policies = report->policies;

	if (!policies->waiver_files.count && !report->options->import_skips)
		return;
	emit_open(emit, "waivers", '{');
	emit_files(emit, &policies->waiver_files);
	emit_open(emit, "items", '[');
	for (size_t i = 0; i < policies->waiver_count; i++)
		emit_waiver_use(emit, report, i);
	emit_close(emit, ']');
	if (report->options->import_skips)
		emit_imported(emit, report);
	emit_close(emit, '}');
}

static void
emit_facts(struct emit *emit, const struct tfa_policies *policies)
{
	if (!policies->fact_files.count)
		return;
	emit_open(emit, "facts", '{');
	emit_files(emit, &policies->fact_files);
	emit_open(emit, "items", '[');
	for (size_t i = 0; i < policies->fact_count; i++) {
		const struct fact *fact = policies->facts[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "resource", fact->type);
		emit_some(emit, "provider", fact->provider);
		emit_str(emit, "evidence", fact->evidence);
		emit_str(emit, "as_of", fact->as_of);
		emit_str(emit, "expires", fact->expires);
		emit_str(emit, "file", fact->file);
		emit_uint(emit, "line", fact->pos.line);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
emit_baseline(struct emit *emit, const struct input_files *files)
{
	if (!files->count)
		return;
	emit_open(emit, "baseline", '{');
	emit_files(emit, files);
	emit_close(emit, '}');
}

void
record_accepted(struct emit *emit, const struct tfa_report *report)
{
	emit_waivers(emit, report);
	emit_facts(emit, report->policies);
	emit_baseline(emit, &report->policies->baseline_files);
}

void
record_inputs(struct emit *emit, const struct tfa_policies *policies)
{
	if (policies->waiver_files.count) {
		emit_open(emit, "waivers", '{');
		emit_files(emit, &policies->waiver_files);
		emit_open(emit, "items", '[');
		for (size_t i = 0; i < policies->waiver_count; i++) {
			emit_open(emit, NULL, '{');
			emit_terms(emit, policies->waivers[i]);
			emit_place(emit, policies->waivers[i]);
			emit_close(emit, '}');
		}
		emit_close(emit, ']');
		emit_close(emit, '}');
	}
	emit_facts(emit, policies);
	emit_baseline(emit, &policies->baseline_files);
}

static const char *
waived_name(enum waived how)
{
	static const char *const names[] = {[WAIVED_NOT] = "",
	    [WAIVED_IN_FORCE] = "in force",
	    [WAIVED_EXPIRED] = "expired",
	    [WAIVED_EXCEEDED] = "exceeded"};

	return names[how];
}

void
record_waiver(struct emit *emit, const struct finding *finding)
{
	if (finding->waived == WAIVED_NOT)
		return;
	emit_open(emit, "waiver", '{');
	emit_str(emit, "state", str_of(waived_name(finding->waived)));
	if (finding->skip)
		emit_skip(emit, finding->skip);
	else
		emit_terms(emit, finding->waiver);
	emit_close(emit, '}');
}
