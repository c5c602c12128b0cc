/*
 * Resources as the engine sees them, and derivations: a block for each of them
 * for people, one document for programs.
 */
#include "engine/inspection.h"
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"

enum { DEPTH_MOST = 16 };

/* --- For people: a resource --- */

static void
write_call(struct page *page, const struct inspected_call *call, bool first)
{
	page_text(page, call->path, CLEAN_ADDRESS);
	if (call->source.len) {
		page_own(page, " (");
		page_text(page, call->source, CLEAN_TEXT);
		page_own(page, "%s", call->version.len ? " " : "");
		page_text(page, call->version, CLEAN_TEXT);
		page_own(page, ")");
	}
	page_end_whole(page, first ? "modules" : "");
}

static void
write_state(struct page *page, const struct inspected_value *value)
{
	switch (value->state) {
	case STATE_KNOWN:
		page_own(page, " = ");
		if (value->value.len)
			page_text(page, value->value, CLEAN_TEXT);
		else
			page_own(page, "(%s)",
			    value->shape ? value->shape : "not shown");
		break;
	case STATE_UNSET:
		page_own(page, value->omitted
			? " is left out, the provider may set it"
			: " is not set");
		break;
	case STATE_UNKNOWN:
		page_own(page, " is known after apply");
		break;
	case STATE_DEFAULTED:
		page_own(page, "%s, counts as ",
		    value->omitted ? " is left out" : " is not set");
		page_text(page, value->value, CLEAN_TEXT);
		break;
	case STATE_INVALID:
		page_own(page, " cannot be evaluated");
		break;
	}
	for (size_t i = 0; i < value->waits_for.count; i++) {
		page_own(page, "%s", i ? ", " : "; it waits for ");
		page_text(page, value->waits_for.items[i], CLEAN_ADDRESS);
	}
}

static void
write_origin(struct page *page, const struct finding_origin *origin)
{
	page_own(page, "; %s", origin->kind);
	if (origin->left_unset)
		page_own(page, ", %s", origin->left_unset);
	if (!origin->own_block && origin->change.len) {
		page_own(page, ": ");
		page_change(page, origin);
	}
	for (size_t i = 0; i < origin->candidates.count; i++) {
		page_own(page, "%s", i ? ", " : "; it depends on ");
		page_text(page, origin->candidates.items[i], CLEAN_ADDRESS);
	}
	if (origin->reference.len) {
		page_own(page, "; from ");
		page_text(page, origin->reference, CLEAN_ADDRESS);
	}
}

static void
write_value(
    struct page *page, const struct inspected_value *value, const char *label)
{
	page_text(page, value->path, CLEAN_ADDRESS);
	write_state(page, value);
	write_origin(page, value->origin);
	page_end(page, label);
}

/* What controls read comes first. */
static void
write_values(struct page *page, const struct inspected *item, bool read)
{
	const char *label = read ? "judged" : "other";

	for (size_t i = 0; i < item->value_count; i++) {
		if (item->values[i].read != read)
			continue;
		write_value(page, &item->values[i], label);
		label = "";
	}
}

static void
write_item(struct page *page, const struct inspected *item)
{
	page_own(page, ": ");
	page_text(page, item->address, CLEAN_ADDRESS);
	page_end_headline(page, item->action, PAINT_BOLD);
	if (item->previous_address.len) {
		page_text(page, item->previous_address, CLEAN_ADDRESS);
		page_end_whole(page, "was");
	}
	for (size_t i = 0; i < item->call_count; i++)
		write_call(page, &item->calls[i], i == 0);
	if (item->provider.len) {
		page_text(page, item->provider, CLEAN_TEXT);
		page_end(page, "provider");
	}
}

static void
write_inspected(struct page *page, const struct inspected *item)
{
	write_item(page, item);
	write_values(page, item, true);
	write_values(page, item, false);
	if (item->more_values) {
		page_own(page, "there is more than is shown");
		page_end(page, "note");
	}
	page_gap(page);
}

/* --- For people: a derivation --- */

static void
write_question(struct page *page, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
	case COND_WHEN:
		page_own(page, "%s", group_words(cond));
		break;
	case COND_BY_TYPE:
		page_own(page, "by the type of the resource:");
		break;
	case COND_RELATED:
		page_own(page, "%s", cond->negated ? "not " : "");
		page_text(page, cond->related->words, CLEAN_TEXT);
		break;
	case COND_ALWAYS:
		page_own(page, "always met");
		break;
	case COND_NEVER:
		page_own(page, "never met");
		break;
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
	case COND_FIRST:
	case COND_TEST:
	case COND_PORT:
		page_leaf(page, cond);
		break;
	}
}

static void
write_step(struct page *page, const struct inspected_step *step,
    const char *label)
{
	int indent = (int)(2 * (step->depth < DEPTH_MOST ? step->depth
							 : DEPTH_MOST));

	page_own(page, "%*s%s: ", indent, "", step->answer);
	if (step->flip && !step->cond->negated)
		page_own(page, "the negation of ");
	write_question(page, step->cond);
	if (step->partner.len) {
		page_own(page, ", of ");
		page_text(page, step->partner, CLEAN_ADDRESS);
	}
	page_text(page, step->joined, CLEAN_TEXT);
	page_end(page, label);
	if (step->partners.count) {
		page_own(page, "%*s", indent + 4, "");
		page_names(page, step->partners, ", ");
		page_end(page, "");
	}
	if (step->why) {
		page_own(page, "%*s", indent + 4, "");
		page_text(page, step->value.path, CLEAN_TEXT);
		page_own(page, " %s", step->why);
		page_end(page, "");
	} else if (step->looked) {
		page_own(page, "%*s", indent + 4, "");
		write_value(page, &step->value, "");
	}
}

static const char *
before_word(const struct derivation *derivation)
{
	if (!derivation->existed)
		return "the resource did not exist";
	switch (derivation->before) {
	case VERDICT_NOT_APPLICABLE:
		return "the control did not apply";
	case VERDICT_FAIL:
		return "it failed";
	case VERDICT_PASS:
		return "it passed";
	case VERDICT_ERROR:
	case VERDICT_UNKNOWN:
	case VERDICT_WAIVED:
		break;
	}
	return "it could not be decided";
}

static const struct finding *
finding_of(const struct tfa_report *report, const struct inspected *item,
    const struct control *control)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding->control == control &&
		    str_eq(finding->address, item->address))
			return finding;
	}
	return NULL;
}

static void
write_steps(struct page *page, const struct derivation *derivation)
{
	const char *label = "where";
	bool in_where = true;

	for (size_t i = 0; i < derivation->count; i++) {
		const struct inspected_step *step = &derivation->steps[i];

		if (step->in_where != in_where || i == 0)
			label = step->in_where ? "where" : "checks";
		in_where = step->in_where;
		write_step(page, step, label);
		label = "";
	}
	if (derivation->cut) {
		page_own(page, "there were more steps than are shown");
		page_end(page, "");
	}
}

static void
write_derivation(struct page *page, const struct tfa_report *report,
    const struct inspected *item, const struct derivation *derivation)
{
	const struct finding *finding =
	    finding_of(report, item, derivation->control);

	page_verdict(page, derivation->verdict, derivation->control);
	page_own(page, "%s; %s",
	    derivation->removed ? "goes away: only counted" : item->action,
	    derivation->removed && derivation->before == VERDICT_FAIL
		? "removed"
		: change_name(derivation->change));
	page_end(page, "act");
	page_own(page, "%s", before_word(derivation));
	page_end(page, "before");
	write_steps(page, derivation);
	if (finding)
		page_finding(page, finding);
	page_gap(page);
}

static void
write_derived(struct page *page, const struct tfa_report *report,
    const struct inspected *item)
{
	write_item(page, item);
	if (item->derivation_count == 0) {
		page_own(page, "no control that runs selects it");
		page_end(page, "note");
	}
	page_gap(page);
	for (size_t i = 0; i < item->derivation_count; i++)
		write_derivation(page, report, item, &item->derivations[i]);
}

/* --- For programs --- */

static void
emit_word(struct emit *emit, const char *key, const char *word)
{
	if (word)
		emit_str(emit, key, str_of(word));
}

static void
emit_state(struct emit *emit, const struct inspected_value *value)
{
	emit_str(emit, "path", value->path);
	emit_word(emit, "state", state_name(value->state));
	if (value->omitted)
		emit_bool(emit, "omitted", true);
	emit_some(emit, "value", value->value);
	if (value->state == STATE_KNOWN && value->value.len == 0)
		emit_word(emit, "shape", value->shape);
	emit_origin(emit, value->origin, value->by_default);
	if (value->waits_for.count)
		emit_names(emit, "waits_for", value->waits_for);
}

static void
emit_values(struct emit *emit, const struct inspected *item)
{
	emit_open(emit, "attributes", '[');
	for (size_t i = 0; i < item->value_count; i++) {
		emit_open(emit, NULL, '{');
		emit_state(emit, &item->values[i]);
		emit_bool(emit, "judged", item->values[i].read);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	if (item->more_values)
		emit_bool(emit, "more_attributes", true);
}

static void
emit_step(struct emit *emit, const struct inspected_step *step)
{
	static const char *const kinds[] = {
	    [COND_ALL] = "all",
	    [COND_ANY] = "any",
	    [COND_WHEN] = "when",
	    [COND_EVERY] = "every",
	    [COND_SOME] = "some",
	    [COND_NONE] = "none",
	    [COND_COUNT] = "count",
	    [COND_FIRST] = "first",
	    [COND_TEST] = "test",
	    [COND_RELATED] = "related",
	    [COND_PORT] = "port",
	    [COND_BY_TYPE] = "by_type",
	    [COND_ALWAYS] = "always",
	    [COND_NEVER] = "never",
	};
	const struct cond *cond = step->cond;

	emit_open(emit, NULL, '{');
	emit_uint(emit, "depth", step->depth);
	emit_str(emit, "part", step->in_where ? STR("where") : STR("assert"));
	emit_word(emit, "kind", kinds[cond->kind]);
	if (step->flip)
		emit_bool(emit, "negated", true);
	emit_some(emit, "condition_path", cond->path.text);
	emit_some(emit, "expected",
	    cond->kind == COND_RELATED ? cond->related->words : cond->expected);
	emit_word(emit, "answer", step->answer);
	emit_word(emit, "why", step->why);
	emit_some(emit, "partner", step->partner);
	if (step->looked)
		emit_state(emit, &step->value);
	if (step->partners.count)
		emit_names(emit, "related", step->partners);
	if (str_starts(step->joined, STR("; ")))
		emit_str(emit, "joined", str_from(step->joined, 2));
	emit_close(emit, '}');
}

static void
emit_derivation(struct emit *emit, const struct tfa_report *report,
    const struct inspected *item, const struct derivation *derivation)
{
	const struct finding *finding =
	    finding_of(report, item, derivation->control);

	emit_open(emit, NULL, '{');
	emit_str(emit, "control", derivation->control->id);
	emit_word(emit, "verdict", verdict_name(derivation->verdict));
	emit_word(emit, "raw_verdict", verdict_name(derivation->raw));
	emit_bool(emit, "existed", derivation->existed);
	if (derivation->existed)
		emit_word(emit, "before", verdict_name(derivation->before));
	if (derivation->removed)
		emit_bool(emit, "removed", true);
	else
		emit_word(emit, "change", change_name(derivation->change));
	emit_open(emit, "steps", '[');
	for (size_t i = 0; i < derivation->count; i++)
		emit_step(emit, &derivation->steps[i]);
	emit_close(emit, ']');
	if (derivation->cut)
		emit_bool(emit, "more_steps", true);
	if (finding) {
		emit_open(emit, "finding", '{');
		record_finding(emit, report, finding);
		emit_close(emit, '}');
	}
	emit_close(emit, '}');
}

static void
emit_item(struct emit *emit, const struct tfa_report *report,
    const struct inspected *item)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "address", item->address);
	emit_some(emit, "previous_address", item->previous_address);
	emit_word(emit, "action", item->action);
	emit_word(emit, "from", item->source);
	emit_some(emit, "provider", item->provider);
	emit_open(emit, "modules", '[');
	for (size_t i = 0; i < item->call_count; i++) {
		emit_open(emit, NULL, '{');
		emit_str(emit, "path", item->calls[i].path);
		emit_some(emit, "source", item->calls[i].source);
		emit_some(emit, "version", item->calls[i].version);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	if (!report->inspection->derived) {
		emit_values(emit, item);
	} else {
		emit_open(emit, "derivations", '[');
		for (size_t i = 0; i < item->derivation_count; i++)
			emit_derivation(
			    emit, report, item, &item->derivations[i]);
		emit_close(emit, ']');
	}
	emit_close(emit, '}');
}

static bool
write_json(const struct tfa_report *report, FILE *out, struct tfa_error *err)
{
	const struct inspection *inspection = report->inspection;
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR(RESULT_VERSION));
	emit_str(&emit, "plan", report->plans[0].path);
	emit_open(&emit, "resources", '[');
	for (size_t i = 0; i < inspection->count; i++)
		emit_item(&emit, report, &inspection->items[i]);
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_finish(&emit);
	return record_finish(&emit, err);
}

bool
tfa_inspect_write(const struct tfa_report *report, bool json, bool color,
    FILE *out, struct tfa_error *err)
{
	const struct inspection *inspection = report->inspection;
	struct page page = {out, color, {0}};

	if (!inspection)
		return error_set(err, TFA_ERR_INTERNAL,
		    "the report was made without looking into resources");
	if (json)
		return write_json(report, out, err);
	for (size_t i = 0; i < inspection->count; i++) {
		if (inspection->derived)
			write_derived(&page, report, &inspection->items[i]);
		else
			write_inspected(&page, &inspection->items[i]);
	}
	if (inspection->count == 0)
		page_own(&page, ": the plan has no resources");
	if (inspection->count == 0)
		page_end_headline(&page, "note", PAINT_DIM);
	return page_finish(&page, err);
}
