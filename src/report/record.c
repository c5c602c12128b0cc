/*
 * Keys and their order are a contract with programs: members are only ever
 * added, and those that have nothing to say are left out.
 */
#include "report/record.h"

#include "report/rollup.h"
#include "report/show.h"

void
emit_names(struct emit *emit, const char *key, struct names names)
{
	emit_open(emit, key, '[');
	for (size_t i = 0; i < names.count; i++)
		emit_str(emit, NULL, names.items[i]);
	emit_close(emit, ']');
}

void
record_line(struct emit *emit, FILE *out, const char *type)
{
	emit_init(emit, out, false);
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", str_of(type));
}

void
emit_some(struct emit *emit, const char *key, struct str value)
{
	if (value.len)
		emit_str(emit, key, value);
}

/* The same for a list. */
static void
emit_some_names(struct emit *emit, const char *key, struct names names)
{
	if (names.count)
		emit_names(emit, key, names);
}

static void
emit_texts(
    struct emit *emit, const char *key, const char *const *texts, size_t count)
{
	if (count == 0)
		return;
	emit_open(emit, key, '[');
	for (size_t i = 0; i < count; i++)
		emit_str(emit, NULL, str_of(texts[i]));
	emit_close(emit, ']');
}

/* Names that an index cannot tell apart: the key is a text of its own. */
static void
emit_named(struct emit *emit, struct str name, struct names names)
{
	struct buf key = {0};

	if (buf_add(&key, name) && buf_byte(&key, '\0'))
		emit_names(emit, key.ptr, names);
	else
		emit->failed = true;
	buf_free(&key);
}

void
emit_lists(struct emit *emit, const char *key, struct named_lists lists)
{
	emit_open(emit, key, '{');
	for (size_t i = 0; i < lists.count; i++)
		emit_named(emit, lists.items[i].name, lists.items[i].items);
	emit_close(emit, '}');
}

bool
record_finish(struct emit *emit, struct tfa_error *err)
{
	bool written = fflush(emit->out) == 0 && !ferror(emit->out);

	if (!written)
		return error_set(err, TFA_ERR_REPORT,
		    "the report could not be written whole");
	return !emit->failed || error_nomem(err);
}

/* --- What was judged, with what --- */

static void
emit_stated(struct emit *emit, const char *key, enum stated stated)
{
	if (stated != UNSTATED)
		emit_bool(emit, key, stated == STATED_TRUE);
}

static void
emit_nonzero(struct emit *emit, const char *key, size_t value)
{
	if (value)
		emit_uint(emit, key, value);
}

static void
emit_refusal(struct emit *emit, const struct tfa_error *error)
{
	if (error->code == TFA_ERR_NONE)
		return;
	emit_open(emit, "error", '{');
	emit_str(emit, "message", str_of(error->message));
	emit_uint(emit, "offset", error->offset);
	emit_nonzero(emit, "line", error->line);
	emit_some(emit, "pointer", str_of(error->pointer));
	emit_close(emit, '}');
}

void
record_plan(struct emit *emit, const struct plan_result *plan)
{
	const struct plan_info *info = &plan->info;

	emit_str(emit, "path", plan->path);
	emit_some(emit, "sha256", str_of(plan->sha256));
	emit_some(emit, "content_sha256", str_of(plan->content_sha256));
	emit_uint(emit, "bytes", plan->bytes);
	emit_some(emit, "terraform_version", info->terraform_version);
	emit_some(emit, "format_version", info->format_version);
	emit_some(emit, "timestamp", info->timestamp);
	emit_stated(emit, "applyable", info->applyable);
	emit_stated(emit, "complete", info->complete);
	emit_stated(emit, "errored", info->errored);
	emit_some_names(emit, "notes", plan->notes);
	emit_refusal(emit, &plan->error);
}

static void
emit_pack(struct emit *emit, const struct pack *pack)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "path", pack->file);
	emit_str(emit, "sha256", str_of(pack->sha256));
	emit_some(emit, "pack", pack->name);
	emit_some(emit, "version", pack->version);
	emit_uint(emit, "controls", pack->controls);
	emit_close(emit, '}');
}

const struct bit_name only_bits[ONLY_COUNT] = {
    {TFA_INTRODUCED, "introduced"},
    {TFA_EXISTING,   "existing"  },
    {TFA_FIXED,      "fixed"     },
    {TFA_REMOVED,    "removed"   },
    {TFA_CLEAN,      "clean"     },
};

const struct bit_name allow_bits[ALLOW_COUNT] = {
    {TFA_ALLOW_UNKNOWN,    "unknown"   },
    {TFA_ALLOW_INCOMPLETE, "incomplete"},
    {TFA_ALLOW_EMPTY,      "empty"     },
};

static void
emit_bits(struct emit *emit, const char *key, unsigned bits,
    const struct bit_name *names, size_t count)
{
	if (bits == 0)
		return;
	emit_open(emit, key, '[');
	for (size_t i = 0; i < count; i++) {
		if (bits & names[i].bit)
			emit_str(emit, NULL, str_of(names[i].name));
	}
	emit_close(emit, ']');
}

void
record_policies(struct emit *emit, const struct tfa_policies *policies)
{
	emit_open(emit, "policies", '[');
	for (size_t i = 0; i < policies->pack_count; i++)
		emit_pack(emit, policies->packs[i]);
	emit_close(emit, ']');
}

static bool
has_builtin(const struct tfa_policies *policies)
{
	for (size_t i = 0; i < policies->pack_count; i++) {
		if (policies->packs[i]->builtin)
			return true;
	}
	return false;
}

static void
emit_origins(struct emit *emit, const struct tfa_options *options)
{
	if (options->origin_count)
		emit_open(emit, "option_origins", '[');
	for (size_t i = 0; i < options->origin_count; i++) {
		const struct tfa_setting_origin *from = &options->origins[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "option", str_of(from->option));
		if (from->value)
			emit_str(emit, "value", str_of(from->value));
		emit_str(emit, "origin", str_of(from->origin));
		emit_close(emit, '}');
	}
	if (options->origin_count)
		emit_close(emit, ']');
}

/* Only what can change a verdict, the status, or where a finding is. */
void
record_options(struct emit *emit, const struct tfa_options *options,
    const struct tfa_policies *policies)
{
	emit_open(emit, "options", '{');
	if (!has_builtin(policies))
		emit_bool(emit, "no_builtin", true);
	emit_some(emit, "as_of", str_of(options->as_of));
	if (policies->override_count)
		emit_open(emit, "set", '[');
	for (size_t i = 0; i < policies->override_count; i++)
		emit_str(emit, NULL, policies_set_text(policies, i));
	if (policies->override_count)
		emit_close(emit, ']');
	emit_texts(emit, "controls", options->controls, options->control_count);
	emit_texts(
	    emit, "frameworks", options->frameworks, options->framework_count);
	emit_some(emit, "severity", str_of(options->severity));
	emit_bits(
	    emit, "only", options->only, only_bits, COUNTOF(only_bits));
	emit_texts(emit, "profiles", options->profiles, options->profile_count);
	emit_some(emit, "fail_on", str_of(options->fail_on));
	emit_texts(emit, "enforce", options->enforce, options->enforce_count);
	emit_bits(
	    emit, "allow", options->allow, allow_bits, COUNTOF(allow_bits));
	emit_some(emit, "source_root", str_of(options->source_root));
	if (options->exit_zero)
		emit_bool(emit, "exit_zero", true);
	if (options->import_skips)
		emit_bool(emit, "import_skips", true);
	if (options->no_cross_check)
		emit_bool(emit, "no_cross_check", true);
	if (options->strict_joins)
		emit_bool(emit, "strict_joins", true);
	emit_close(emit, '}');
}

const struct bit_name listed_bits[LISTED_COUNT] = {
    {TFA_FAIL,     "fail"   },
    {TFA_ERROR,    "error"  },
    {TFA_UNKNOWN,  "unknown"},
    {TFA_WAIVED,   "waived" },
    {TFA_PASS,     "pass"   },
    {LISTED_FIXED, "fixed"  },
};

void
record_listed(struct emit *emit, const struct tfa_report_style *style)
{
	unsigned bits = style_listed(style);

	emit_open(emit, "listed", '[');
	for (size_t i = 0; i < COUNTOF(listed_bits); i++) {
		if (bits & listed_bits[i].bit)
			emit_str(emit, NULL, str_of(listed_bits[i].name));
	}
	emit_close(emit, ']');
}

static void
emit_tool(struct emit *emit, struct str version)
{
	static const char *const features[] = {"gzip", "zstd"};

	emit_open(emit, "tool", '{');
	emit_str(emit, "name", STR("tfassay"));
	emit_str(emit, "version", version);
	emit_texts(emit, "features", features, COUNTOF(features));
	emit_close(emit, '}');
}

void
record_tool(struct emit *emit)
{
	emit_tool(emit, STR(TFA_VERSION));
}

void
record_run(struct emit *emit, const struct tfa_report *report)
{
	emit_str(emit, "format_version", STR(RESULT_VERSION));
	emit_tool(emit, report_version(report));
	emit_open(emit, "plans", '[');
	for (size_t i = 0; i < report->plan_count; i++) {
		emit_open(emit, NULL, '{');
		record_plan(emit, &report->plans[i]);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	record_policies(emit, report->policies);
	record_accepted(emit, report);
	emit_some(emit, "as_of", report->as_of);
	record_options(emit, report->options, report->policies);
	emit_origins(emit, report->options);
	emit_some_names(emit, "notes", report->notes);
	emit_str(emit, "statement", STR(RESULT_STATEMENT));
}

/* --- Findings --- */

const struct bit_name action_bits[ACTION_COUNT] = {
    {ACTION_NOOP,   "no-op" },
    {ACTION_READ,   "read"  },
    {ACTION_OPEN,   "open"  },
    {ACTION_UPDATE, "update"},
    {ACTION_DELETE, "delete"},
    {ACTION_FORGET, "forget"},
    {ACTION_CREATE, "create"},
};

/* As Terraform lists them; of a replacement, what is done first. */
static void
emit_actions(struct emit *emit, const struct finding *finding)
{
	bool create_first = str_starts(str_of(finding->action), STR("create-"));
	unsigned bits = finding->actions;

	emit_open(emit, "actions", '[');
	if (create_first && (bits & ACTION_CREATE)) {
		emit_str(emit, NULL, STR("create"));
		bits &= ~(unsigned)ACTION_CREATE;
	}
	for (size_t i = 0; i < COUNTOF(action_bits); i++) {
		if (bits & action_bits[i].bit)
			emit_str(emit, NULL, str_of(action_bits[i].name));
	}
	emit_close(emit, ']');
}

static void
emit_change_here(struct emit *emit, const struct finding_origin *origin)
{
	struct buf text = {0};

	if (change_here(&text, origin))
		emit_some(emit, "change_here", buf_str(&text));
	else
		emit->failed = true;
	buf_free(&text);
}

/* change_here in its parts. */
static void
emit_change(struct emit *emit, const struct finding_origin *origin)
{
	if (!origin->change.len && !origin->note && !origin->own_block)
		return;
	emit_open(emit, "change", '{');
	emit_str(emit, "place", origin->change);
	emit_some(emit, "attribute", origin->change_attribute);
	emit_some(emit, "setting", origin->change_setting);
	emit_some(emit, "source", origin->change_source);
	emit_some(emit, "version", origin->change_version);
	if (origin->own_block)
		emit_bool(emit, "own_block", true);
	emit_some(emit, "note", str_of(origin->note));
	emit_close(emit, '}');
}

void
emit_origin(struct emit *emit, const struct finding_origin *origin,
    const struct default_entry *entry)
{
	if (!origin)
		return;
	emit_open(emit, "origin", '{');
	emit_str(emit, "kind", str_of(origin->kind));
	emit_some(emit, "where", origin->where);
	emit_some(emit, "source", origin->source);
	emit_some(emit, "version", origin->version);
	emit_change_here(emit, origin);
	emit_some(emit, "left_unset_by", str_of(origin->left_unset));
	emit_some(emit, "reference", origin->reference);
	emit_some_names(emit, "candidates", origin->candidates);
	if (origin->more_candidates)
		emit_uint(emit, "more_candidates", origin->more_candidates);
	if (entry)
		emit_some(emit, "default_source", entry->source);
	emit_change(emit, origin);
	emit_close(emit, '}');
}

static void
emit_default(struct emit *emit, const struct default_entry *entry)
{
	if (!entry || (!entry->source.len && !entry->since.len))
		return;
	emit_open(emit, "default", '{');
	emit_str(emit, "source", entry->source);
	emit_some(emit, "since", entry->since);
	emit_close(emit, '}');
}

static void
emit_deciding(struct emit *emit, const struct finding *finding)
{
	if (finding->path.len) {
		emit_str(emit, "path", finding->path);
		emit_str(emit, "state", str_of(state_name(finding->state)));
	}
	emit_some(emit, "expected", finding->expected);
	if (finding->expected_whole)
		emit_bool(emit, "expected_whole", true);
	emit_some(emit, "actual", finding->actual);
	emit_some(emit, "was", finding->was);
	emit_some(emit, "reason", finding->reason);
	emit_origin(emit, finding->origin, finding->by_default);
	emit_default(emit, finding->by_default);
	emit_some_names(emit, "waits_for", finding->waits_for);
	emit_some_names(emit, "related", finding->related);
}

static void
emit_location(struct emit *emit, const struct location *location)
{
	if (location->how == LOCATED_NOT)
		return;
	emit_open(emit, "location", '{');
	emit_str(emit, "file", location->file);
	emit_uint(emit, "line", location->line);
	emit_str(emit, "method", str_of(located_name(location->how)));
	emit_nonzero(emit, "column", location->column);
	emit_nonzero(emit, "width", location->width);
	emit_close(emit, '}');
}

void
record_finding(struct emit *emit, const struct tfa_report *report,
    const struct finding *finding)
{
	const struct control *control = finding->control;
	char fingerprint[65];

	emit_str(emit, "control", control->id);
	emit_str(emit, "address", finding->address);
	emit_some(emit, "previous_address", finding->previous_address);
	if (report->plan_count > 1)
		emit_uint(emit, "plan", finding->plan);
	emit_str(emit, "verdict", str_of(verdict_name(finding->verdict)));
	emit_str(
	    emit, "raw_verdict", str_of(verdict_name(finding->raw_verdict)));
	emit_str(emit, "change", str_of(change_name(finding->change)));
	emit_str(emit, "severity", str_of(severity_name(control->severity)));
	emit_str(emit, "enforce", str_of(enforce_name(finding->enforce)));
	if (finding->known)
		emit_bool(emit, "known", true);
	if (finding->actions)
		emit_actions(emit, finding);
	else
		emit_some(emit, "action", str_of(finding->action));
	emit_deciding(emit, finding);
	record_waiver(emit, finding);
	emit_location(emit, &finding->location);
	finding_fingerprint(fingerprint, finding);
	emit_str(emit, "fingerprint", str_of(fingerprint));
}

/* --- Counts --- */

static void
emit_tally(struct emit *emit, const struct tally *tally)
{
	emit_uint(emit, "pass", tally->pass);
	emit_uint(emit, "fail", tally->fail);
	emit_uint(emit, "unknown", tally->unknown);
	emit_uint(emit, "waived", tally->waived);
	emit_uint(emit, "error", tally->error);
	emit_uint(emit, "not_applicable", tally->not_applicable);
}

void
record_control(struct emit *emit, const struct tfa_report *report, size_t index)
{
	const struct control *control = report->policies->controls[index];

	emit_str(emit, "id", control->id);
	emit_str(emit, "title", control->title);
	emit_str(emit, "severity", str_of(severity_name(control->severity)));
	emit_str(
	    emit, "enforce", str_of(enforce_name(report->enforced[index])));
	emit_tally(emit, &report->tallies[index]);
	if (control->frameworks.count)
		emit_lists(emit, "frameworks", control->frameworks);
}

void
record_guidance(struct emit *emit, const struct control *control)
{
	emit_some(emit, "why", control->why);
	emit_some(emit, "fix", control->fix_text);
	emit_some(emit, "fix_hcl", control->fix_hcl);
}

static void
emit_type(struct emit *emit, const struct type_count *type)
{
	struct buf key = {0};

	if (!buf_add(&key, type->type) || !buf_byte(&key, '\0')) {
		emit->failed = true;
		buf_free(&key);
		return;
	}
	emit_open(emit, key.ptr, '{');
	emit_uint(emit, "subjects", type->subjects);
	emit_uint(emit, "judged", type->judged);
	emit_close(emit, '}');
	buf_free(&key);
}

static void
emit_ledger(struct emit *emit, const struct tfa_report *report)
{
	const struct ledger *ledger = &report->ledger;

	emit_open(emit, "ledger", '{');
	emit_uint(emit, "subjects", ledger->subjects);
	emit_uint(emit, "judged", ledger->judged);
	emit_uint(emit, "unmatched", ledger->unmatched);
	emit_uint(emit, "removed", ledger->removed);
	emit_uint(emit, "data", ledger->data);
	emit_uint(emit, "deferred", ledger->deferred);
	emit_uint(emit, "deposed", ledger->deposed);
	emit_open(emit, "by_type", '{');
	for (size_t i = 0; i < report->type_count; i++)
		emit_type(emit, &report->types[i]);
	emit_close(emit, '}');
	emit_close(emit, '}');
}

/* Numbers that can be told from others, so that it shows if any is wrong. */
static void
emit_population(struct emit *emit, const struct tfa_report *report)
{
	const struct tally *tally = &report->totals.tally;
	size_t refused = 0;

	for (size_t i = 0; i < report->plan_count; i++)
		refused += report->plans[i].error.code != TFA_ERR_NONE;
	emit_open(emit, "population", '{');
	emit_uint(emit, "plans", report->plan_count);
	emit_uint(emit, "plans_judged", report->plan_count - refused);
	emit_uint(emit, "plans_refused", refused);
	emit_uint(emit, "resources", report->ledger.subjects);
	emit_uint(emit, "resources_judged", report->judged);
	emit_uint(emit, "controls_run", report->controls_run);
	emit_uint(emit, "verdicts",
	    tally->pass + tally->fail + tally->unknown + tally->waived +
		tally->error + tally->not_applicable);
	emit_close(emit, '}');
}

static void
emit_totals(struct emit *emit, const struct totals *totals)
{
	emit_open(emit, "totals", '{');
	emit_tally(emit, &totals->tally);
	emit_uint(emit, "introduced", totals->introduced);
	emit_uint(emit, "existing", totals->existing);
	emit_uint(emit, "fixed", totals->fixed);
	emit_uint(emit, "removed", totals->removed);
	emit_uint(emit, "blocking", totals->blocking);
	if (totals->known)
		emit_uint(emit, "known", totals->known);
	emit_uint(emit, "best", totals->best);
	emit_uint(emit, "worst", totals->worst);
	emit_close(emit, '}');
}

/* Where the run is restricted to frameworks, what their requirements came to. */
static void
emit_requirements(struct emit *emit, const struct tfa_report *report)
{
	struct rollup rollup = {0};

	if (!report->options->framework_count)
		return;
	if (!rollup_read(&rollup, report))
		emit->failed = true;
	emit_open(emit, "requirements", '[');
	for (size_t i = 0; i < rollup.count; i++) {
		const struct requirement *requirement = &rollup.items[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "framework", requirement->framework);
		emit_str(emit, "requirement", requirement->name);
		emit_uint(emit, "controls", requirement->controls);
		emit_uint(emit, "pass", requirement->tally.pass);
		emit_uint(emit, "fail", requirement->tally.fail);
		emit_uint(emit, "unknown", requirement->tally.unknown);
		emit_uint(emit, "waived", requirement->tally.waived);
		emit_uint(emit, "error", requirement->tally.error);
		emit_str(
		    emit, "status", str_of(requirement_status(requirement)));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	rollup_free(&rollup);
}

void
record_end(struct emit *emit, const struct tfa_report *report)
{
	emit_ledger(emit, report);
	emit_population(emit, report);
	emit_totals(emit, &report->totals);
	emit_requirements(emit, report);
	emit_open(emit, "status", '{');
	emit_str(emit, "verdict", str_of(outcome_name(report->outcome)));
	emit_uint(emit, "exit", (uint64_t)report->status);
	emit_names(emit, "reasons", report->reasons);
	if (report->incomplete)
		emit_bool(emit, "incomplete", true);
	emit_close(emit, '}');
}
