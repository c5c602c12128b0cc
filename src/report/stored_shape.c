/*
 * What stands in a result document, and where a reader puts it.  Members are
 * only ever added; those that have nothing to say are left out, which is what
 * "required" is about.
 */
#include "policy/field.h"
#include "report/rollup.h"
#include "report/stored.h"

#define ROW(type, key, member, need, of, help) \
	{(key), NULL, offsetof(struct type, member), (need), &(of), (help)}

#define FIELDS(rows) \
	.kind = SHAPE_FIELDS, .fields = (rows), .count = COUNTOF(rows)

#define WORDS(list) .kind = SHAPE_WORD, .words = (list), .count = COUNTOF(list)

static const struct shape text = {.kind = SHAPE_ANY_STRING};
static const struct shape texts = {.kind = SHAPE_LIST, .of = &text};
static const struct shape flag = {.kind = SHAPE_BOOL};
static const struct shape number = {.kind = SHAPE_COUNT};
static const struct shape sha256 = {
    .kind = SHAPE_STRING, .pattern = "^[0-9a-f]{64}$"};
static const struct shape lists = {.kind = SHAPE_MAP, .of = &texts};

/* In the order of their enums. */
static const char *const verdicts[] = {
    "fail", "error", "unknown", "waived", "pass", "not applicable"};
static const char *const changes[] = {
    "introduced", "existing", "fixed", "removed", "clean"};
static const char *const outcomes[] = {"pass", "fail", "undecided", "error"};
static const char *const states[] = {
    "known", "unset", "unknown", "defaulted", "invalid"};
static const char *const methods[] = {
    "resource", "module-call", "root", "plan"};
static const char *const categories[] = {
    "waiver", "mitigated", "false_positive"};
static const char *const waiver_states[] = {
    "in force", "expired", "exceeded", "fixed", "unused", "not asked"};
static const char *const listed[] = {
    "fail", "error", "unknown", "waived", "pass", "fixed"};

static const struct shape verdict = {WORDS(verdicts)};
static const struct shape change = {WORDS(changes)};
static const struct shape outcome = {WORDS(outcomes)};
static const struct shape state = {WORDS(states)};
static const struct shape method = {WORDS(methods)};
static const struct shape category = {WORDS(categories)};
static const struct shape waiver_word = {WORDS(waiver_states)};
static const struct shape listed_word = {WORDS(listed)};
static const struct shape listed_words = {
    .kind = SHAPE_LIST, .of = &listed_word};
static const struct shape severity = {WORDS(severity_names)};
static const struct shape enforce = {WORDS(enforce_names)};

/* --- What was judged, with what --- */

static const struct field tool_rows[] = {
    ROW(stored_tool, "name", name, true, text, "tfassay"),
    ROW(stored_tool, "version", version, true, text, "of the program"),
    ROW(stored_tool, "features", features, true, texts,
	"what it was built with"),
};
const struct shape stored_tool = {FIELDS(tool_rows)};

static const struct field refusal_rows[] = {
    ROW(stored_refusal, "message", message, true, text, "one sentence"),
    ROW(stored_refusal, "offset", offset, true, number,
	"bytes into the decoded plan"),
    ROW(stored_refusal, "line", line, false, number, "from 1"),
    ROW(stored_refusal, "pointer", pointer, false, text,
	"JSON pointer of the place"),
};
static const struct shape refusal = {FIELDS(refusal_rows)};

static const struct field plan_rows[] = {
    ROW(stored_plan, "path", path, true, text, "as it was named"),
    ROW(stored_plan, "sha256", sha256, false, sha256, "of the file as stored"),
    ROW(stored_plan, "content_sha256", content_sha256, false, sha256,
	"of its JSON, where the file is compressed or in another encoding"),
    ROW(stored_plan, "bytes", bytes, true, number, "of the file as stored"),
    ROW(stored_plan, "terraform_version", terraform_version, false, text,
	"that made it"),
    ROW(stored_plan, "format_version", format_version, false, text,
	"of the plan"),
    ROW(stored_plan, "timestamp", timestamp, false, text,
	"when it was made, says the plan"),
    ROW(stored_plan, "applyable", applyable, false, flag, "says the plan"),
    ROW(stored_plan, "complete", complete, false, flag, "says the plan"),
    ROW(stored_plan, "errored", errored, false, flag, "says the plan"),
    ROW(stored_plan, "notes", notes, false, texts,
	"what a reader must know of it"),
    ROW(stored_plan, "error", error, false, refusal,
	"why it could not be judged"),
};
const struct shape stored_plan = {FIELDS(plan_rows)};
static const struct shape plans = {.kind = SHAPE_LIST, .of = &stored_plan};

static const struct field pack_rows[] = {
    ROW(stored_pack, "path", path, true, text,
	"of the file; built-in ones come first"),
    ROW(stored_pack, "sha256", sha256, true, sha256, "of the file"),
    ROW(stored_pack, "pack", pack, false, text, "name of the pack"),
    ROW(stored_pack, "version", version, false, text, "of the pack"),
    ROW(stored_pack, "controls", controls, true, number, "in the file"),
};
const struct shape stored_pack = {FIELDS(pack_rows)};
static const struct shape packs = {.kind = SHAPE_LIST, .of = &stored_pack};

static const struct field file_rows[] = {
    ROW(stored_file, "path", path, true, text, "as it was named"),
    ROW(stored_file, "sha256", sha256, true, sha256, "of the file"),
};
const struct shape stored_file = {FIELDS(file_rows)};
static const struct shape files = {.kind = SHAPE_LIST, .of = &stored_file};

#define TERMS(need) \
	ROW(stored_waiver, "id", id, need, text, "of the waiver"), \
	    ROW(stored_waiver, "category", category, need, category, \
		"why it is accepted"), \
	    ROW(stored_waiver, "reason", reason, need, text, "in words"), \
	    ROW(stored_waiver, "owner", owner, need, text, "who answers"), \
	    ROW(stored_waiver, "approved_by", approved_by, need, text, \
		"who agreed"), \
	    ROW(stored_waiver, "ticket", ticket, need, text, "where"), \
	    ROW(stored_waiver, "created", created, need, text, "a day"), \
	    ROW(stored_waiver, "expires", expires, need, text, \
		"its last day")

static const struct field waiver_rows[] = {
    TERMS(true),
    ROW(stored_waiver, "control", control, true, text, "that it is about"),
    ROW(stored_waiver, "address", address, true, text, "or a pattern of it"),
    ROW(stored_waiver, "file", file, true, text, "where it is written"),
    ROW(stored_waiver, "line", line, true, number, "where it is written"),
    ROW(stored_waiver, "state", state, true, waiver_word, "in this run"),
    ROW(stored_waiver, "covers", covers, false, number,
	"instances at most"),
    ROW(stored_waiver, "covered", covered, true, number,
	"findings that it would waive"),
    ROW(stored_waiver, "waived", waived, true, number, "those that it does"),
    ROW(stored_waiver, "fixed", fixed, true, number,
	"resources that pass without it"),
    ROW(stored_waiver, "elsewhere", elsewhere, false, number,
	"verdicts that it does not waive, or that were left out"),
    ROW(stored_waiver, "days_left", days_left, false, number,
	"from the day of the run"),
};
const struct shape stored_waiver = {FIELDS(waiver_rows)};
static const struct shape waiver_items = {
    .kind = SHAPE_LIST, .of = &stored_waiver};

#define SKIP(need) \
	ROW(stored_waiver, "tool", tool, need, text, \
	    "that the comment is for"), \
	    ROW(stored_waiver, "file", file, need, text, \
		"where the comment stands"), \
	    ROW(stored_waiver, "line", line, need, number, \
		"where the comment stands")

static const struct field skip_rows[] = {
    SKIP(true),
    ROW(stored_waiver, "id", id, true, text, "of the other tool's check"),
    ROW(stored_waiver, "reason", reason, false, text, "in words"),
    ROW(stored_waiver, "expires", expires, false, text, "its last day"),
    ROW(stored_waiver, "control", control, true, text, "that it waives"),
    ROW(stored_waiver, "module", module, true, text,
	"that the block is in"),
    ROW(stored_waiver, "waived", waived, true, number, "findings"),
};
const struct shape stored_skip = {FIELDS(skip_rows)};
static const struct shape skips = {.kind = SHAPE_LIST, .of = &stored_skip};

static const struct field waivers_rows[] = {
    ROW(stored_inputs, "files", files, true, files, "of waivers"),
    ROW(stored_inputs, "items", items, true, waiver_items, "each waiver"),
    ROW(stored_inputs, "imported", imported, false, skips,
	"comments for other tools"),
};
const struct shape stored_waivers = {FIELDS(waivers_rows)};

static const struct field fact_rows[] = {
    ROW(stored_fact, "resource", resource, true, text, "its type"),
    ROW(stored_fact, "provider", provider, false, text,
	"the configuration that it is true for"),
    ROW(stored_fact, "evidence", evidence, true, text, "how that is known"),
    ROW(stored_fact, "as_of", as_of, true, text, "a day"),
    ROW(stored_fact, "expires", expires, true, text, "its last day"),
    ROW(stored_fact, "file", file, true, text, "where it is written"),
    ROW(stored_fact, "line", line, true, number, "where it is written"),
};
const struct shape stored_fact = {FIELDS(fact_rows)};
static const struct shape fact_items = {.kind = SHAPE_LIST, .of = &stored_fact};

static const struct field facts_rows[] = {
    ROW(stored_inputs, "files", files, true, files, "of facts"),
    ROW(stored_inputs, "items", items, true, fact_items, "each fact"),
};
const struct shape stored_facts = {FIELDS(facts_rows)};

static const struct field baseline_rows[] = {
    ROW(stored_inputs, "files", files, true, files, "the earlier result"),
};
const struct shape stored_baseline = {FIELDS(baseline_rows)};

static const struct field origin_of_rows[] = {
    ROW(stored_origin_of, "option", option, true, text, "its name"),
    ROW(stored_origin_of, "value", value, false, text, "as it was given"),
    ROW(stored_origin_of, "origin", origin, true, text,
	"a variable of the environment, or a file and line"),
};
const struct shape stored_origin_of = {FIELDS(origin_of_rows)};
static const struct shape origins = {
    .kind = SHAPE_LIST, .of = &stored_origin_of};

static const struct field option_rows[] = {
    ROW(stored_options, "no_builtin", no_builtin, false, flag,
	"--no-builtin: no built-in policy was there"),
    ROW(stored_options, "as_of", as_of, false, text, "--as-of"),
    ROW(stored_options, "set", set, false, texts, "--set"),
    ROW(stored_options, "controls", controls, false, texts, "--control"),
    ROW(stored_options, "frameworks", frameworks, false, texts,
	"--framework"),
    ROW(stored_options, "severity", severity, false, text, "--severity"),
    ROW(stored_options, "only", only, false, texts, "--only"),
    ROW(stored_options, "profiles", profiles, false, texts, "--profile"),
    ROW(stored_options, "fail_on", fail_on, false, text, "--fail-on"),
    ROW(stored_options, "enforce", enforce, false, texts, "--enforce"),
    ROW(stored_options, "allow", allow, false, texts, "--allow"),
    ROW(stored_options, "source_root", source_root, false, text,
	"--source-root"),
    ROW(stored_options, "exit_zero", exit_zero, false, flag, "--exit-zero"),
    ROW(stored_options, "import_skips", import_skips, false, flag,
	"--import-skips"),
    ROW(stored_options, "no_cross_check", no_cross_check, false, flag,
	"--no-cross-check"),
    ROW(stored_options, "strict_joins", strict_joins, false, flag,
	"--strict-joins"),
};
const struct shape stored_options = {FIELDS(option_rows)};

/* --- Findings --- */

static const struct field origin_change_rows[] = {
    ROW(stored_origin_change, "place", place, true, text,
	"the block to change, or the module call"),
    ROW(stored_origin_change, "attribute", attribute, false, text,
	"or several, with commas"),
    ROW(stored_origin_change, "setting", setting, false, text,
	"what to write there"),
    ROW(stored_origin_change, "source", source, false, text,
	"of the module that is called"),
    ROW(stored_origin_change, "version", version, false, text,
	"of that module"),
    ROW(stored_origin_change, "own_block", own_block, false, flag,
	"it is the resource's own, and the attribute that was looked at"),
    ROW(stored_origin_change, "note", note, false, text, "for people"),
};
static const struct shape origin_change = {FIELDS(origin_change_rows)};

static const struct field origin_rows[] = {
    ROW(stored_origin, "kind", kind, true, text,
	"literal, module-input, service-default, ..."),
    ROW(stored_origin, "where", where, false, text,
	"the module call, in calls from the root"),
    ROW(stored_origin, "source", source, false, text, "of that module"),
    ROW(stored_origin, "version", version, false, text, "of that module"),
    ROW(stored_origin, "change_here", change_here, false, text,
	"what a person edits"),
    ROW(stored_origin, "left_unset_by", left_unset_by, false, text,
	"the kind of what left it to a default"),
    ROW(stored_origin, "reference", reference, false, text,
	"behind which nothing can be seen"),
    ROW(stored_origin, "candidates", candidates, false, texts,
	"that it may depend on"),
    ROW(stored_origin, "more_candidates", more_candidates, false, number,
	"that are not listed"),
    ROW(stored_origin, "default_source", default_source, false, text,
	"where the default is documented"),
    ROW(stored_origin, "change", change, false, origin_change,
	"change_here in its parts"),
};
static const struct shape origin = {FIELDS(origin_rows)};

static const struct field default_rows[] = {
    ROW(stored_default, "source", source, true, text, "where it is documented"),
    ROW(stored_default, "since", since, false, text, "a day or a version"),
};
static const struct shape default_shape = {FIELDS(default_rows)};

static const struct field finding_waiver_rows[] = {
    ROW(stored_waiver, "state", state, true, waiver_word,
	"in force, expired or exceeded"),
    TERMS(false),
    SKIP(false),
};
static const struct shape finding_waiver = {FIELDS(finding_waiver_rows)};

static const struct field location_rows[] = {
    ROW(stored_location, "file", file, true, text, "from the source root"),
    ROW(stored_location, "line", line, true, number, "from 1"),
    ROW(stored_location, "column", column, false, number, "from 1"),
    ROW(stored_location, "width", width, false, number,
	"characters of the line"),
    ROW(stored_location, "method", method, true, method, "what was found"),
};
static const struct shape location = {FIELDS(location_rows)};

static const struct field finding_rows[] = {
    ROW(stored_finding, "control", control, true, text, "its id"),
    ROW(stored_finding, "address", address, true, text, "as Terraform has it"),
    ROW(stored_finding, "previous_address", previous_address, false, text,
	"where it was moved from"),
    ROW(stored_finding, "plan", plan, false, number,
	"place in plans from 0, where there are several"),
    ROW(stored_finding, "verdict", verdict, true, verdict, "that counts"),
    ROW(stored_finding, "raw_verdict", raw_verdict, true, verdict,
	"before waivers and what the control makes of unknown"),
    ROW(stored_finding, "change", change, true, change,
	"against what was there before"),
    ROW(stored_finding, "severity", severity, true, severity, "how bad"),
    ROW(stored_finding, "enforce", enforce, true, enforce,
	"what the gate does"),
    ROW(stored_finding, "known", known, false, flag,
	"the baseline has it: it does not block"),
    ROW(stored_finding, "actions", actions, false, texts,
	"what the plan does to the resource"),
    ROW(stored_finding, "action", action, false, text,
	"instead, where the document has no actions"),
    ROW(stored_finding, "path", path, false, text,
	"of the condition that decided"),
    ROW(stored_finding, "state", state, false, state, "of the value there"),
    ROW(stored_finding, "expected", expected, false, text, "in words"),
    ROW(stored_finding, "expected_whole", expected_whole, false, flag,
	"expected is no question to path alone"),
    ROW(stored_finding, "actual", actual, false, text,
	"the value seen, where it may be shown"),
    ROW(stored_finding, "was", was, false, text,
	"the value that decided before the change, where the verdict changes"),
    ROW(stored_finding, "reason", reason, false, text, "one sentence"),
    ROW(stored_finding, "origin", origin, false, origin,
	"where the value came from"),
    ROW(stored_finding, "default", by_default, false, default_shape,
	"the default that decided"),
    ROW(stored_finding, "waits_for", waits_for, false, texts,
	"what is known only after apply"),
    ROW(stored_finding, "related", related, false, texts,
	"addresses of partners"),
    ROW(stored_finding, "waiver", waiver, false, finding_waiver,
	"that waives it, or would"),
    ROW(stored_finding, "location", location, false, location,
	"with --source-root"),
    ROW(stored_finding, "fingerprint", fingerprint, true, sha256,
	"identity over runs: of control, address and tag"),
};
const struct shape stored_finding = {FIELDS(finding_rows)};
static const struct shape findings = {
    .kind = SHAPE_LIST, .of = &stored_finding};

/* --- Counts --- */

#define TALLY(type, member) \
	ROW(type, "pass", member.pass, true, number, "verdicts"), \
	    ROW(type, "fail", member.fail, true, number, "verdicts"), \
	    ROW(type, "unknown", member.unknown, true, number, "verdicts"), \
	    ROW(type, "waived", member.waived, true, number, "verdicts"), \
	    ROW(type, "error", member.error, true, number, "verdicts"), \
	    ROW(type, "not_applicable", member.not_applicable, true, number, \
		"resources that where leaves out")

static const struct field control_rows[] = {
    ROW(stored_control, "id", id, true, text, "of the control"),
    ROW(stored_control, "title", title, true, text, "what it demands"),
    ROW(stored_control, "severity", severity, true, severity, "how bad"),
    ROW(stored_control, "enforce", enforce, true, enforce,
	"what the gate does, in this run"),
    TALLY(stored_control, tally),
    ROW(stored_control, "why", why, false, text,
	"where a finding of it is listed"),
    ROW(stored_control, "fix", fix, false, text,
	"where a finding of it is listed"),
    ROW(stored_control, "fix_hcl", fix_hcl, false, text,
	"where a finding of it is listed"),
    ROW(stored_control, "frameworks", frameworks, false, lists,
	"requirements that it is mapped to"),
};
const struct shape stored_control = {FIELDS(control_rows)};
static const struct shape controls = {
    .kind = SHAPE_LIST, .of = &stored_control};

static const struct field type_rows[] = {
    ROW(stored_type, "subjects", subjects, true, number, "in the plans"),
    ROW(stored_type, "judged", judged, true, number, "of them"),
};
const struct shape stored_type = {FIELDS(type_rows)};
static const struct shape types = {.kind = SHAPE_MAP, .of = &stored_type};

static const struct field ledger_rows[] = {
    ROW(stored_ledger, "subjects", counts.subjects, true, number,
	"resource instances of the plans, each once"),
    ROW(stored_ledger, "judged", counts.judged, true, number, "by a control"),
    ROW(stored_ledger, "unmatched", counts.unmatched, true, number,
	"that no control selects"),
    ROW(stored_ledger, "removed", counts.removed, true, number,
	"deleted or forgotten"),
    ROW(stored_ledger, "data", counts.data, true, number, "data sources"),
    ROW(stored_ledger, "deferred", counts.deferred, true, number,
	"to a later plan"),
    ROW(stored_ledger, "deposed", counts.deposed, true, number,
	"objects beside the subjects"),
    ROW(stored_ledger, "by_type", by_type, true, types,
	"subjects of each type"),
};
const struct shape stored_ledger = {FIELDS(ledger_rows)};

static const struct field population_rows[] = {
    ROW(stored_population, "plans", plans, true, number,
	"plans_judged and plans_refused together"),
    ROW(stored_population, "plans_judged", plans_judged, true, number,
	"to their end"),
    ROW(stored_population, "plans_refused", plans_refused, true, number,
	"with an error"),
    ROW(stored_population, "resources", resources, true, number,
	"the ledger's subjects"),
    ROW(stored_population, "resources_judged", resources_judged, true, number,
	"with a verdict, deferred ones included"),
    ROW(stored_population, "controls_run", controls_run, true, number,
	"as many as controls has"),
    ROW(stored_population, "verdicts", verdicts, true, number,
	"of every kind, together"),
};
const struct shape stored_population = {FIELDS(population_rows)};

static const struct field totals_rows[] = {
    TALLY(totals, tally),
    ROW(totals, "introduced", introduced, true, number, "findings"),
    ROW(totals, "existing", existing, true, number, "findings"),
    ROW(totals, "fixed", fixed, true, number, "passes that failed before"),
    ROW(totals, "removed", removed, true, number,
	"failures that go with their resource"),
    ROW(totals, "blocking", blocking, true, number, "failures that block"),
    ROW(totals, "known", known, false, number,
	"that would block, but stand in the baseline"),
    ROW(totals, "best", best, true, number,
	"blocking failures if every unknown passes"),
    ROW(totals, "worst", worst, true, number,
	"blocking failures if every unknown fails"),
};
const struct shape stored_totals = {FIELDS(totals_rows)};

/* Is made anew from the controls, so nothing is read of it. */
static const struct field requirement_rows[] = {
    ROW(requirement, "framework", framework, true, text, "its name"),
    ROW(requirement, "requirement", name, true, text, "of the framework"),
    ROW(requirement, "controls", controls, true, number, "mapped to it"),
    ROW(requirement, "pass", tally.pass, true, number, "verdicts"),
    ROW(requirement, "fail", tally.fail, true, number, "verdicts"),
    ROW(requirement, "unknown", tally.unknown, true, number, "verdicts"),
    ROW(requirement, "waived", tally.waived, true, number, "verdicts"),
    ROW(requirement, "error", tally.error, true, number, "verdicts"),
    ROW(requirement, "status", name, true, text,
	"what they came to; never that it is met"),
};
static const struct shape requirement = {FIELDS(requirement_rows)};
static const struct shape requirements = {
    .kind = SHAPE_LIST, .of = &requirement};

static const struct field status_rows[] = {
    ROW(stored_status, "verdict", verdict, true, outcome, "of the whole"),
    ROW(stored_status, "exit", exit, true, number, "the exit status"),
    ROW(stored_status, "reasons", reasons, true, texts, "why"),
    ROW(stored_status, "incomplete", incomplete, false, flag,
	"not everything could be judged, whatever was allowed"),
};
const struct shape stored_status = {FIELDS(status_rows)};

/* --- The document --- */

#define PART(key, need, of, help) {(key), NULL, 0, (need), &(of), (help)}

static const struct field document_rows[] = {
    PART("format_version", true, text, "1.x: members are only ever added"),
    PART("tool", true, stored_tool, "what judged"),
    PART("plans", true, plans, "what was judged, in the order given"),
    PART("policies", true, packs, "by which rules"),
    PART("waivers", false, stored_waivers, "what was accepted"),
    PART("facts", false, stored_facts, "what was said to be true"),
    PART("baseline", false, stored_baseline, "what was known before"),
    PART("as_of", false, text, "the time that dates were judged by"),
    PART("options", true, stored_options,
	"whatever can change a verdict or the status"),
    PART("option_origins", false, origins,
	"options that were set elsewhere than on the command line"),
    PART("notes", false, texts, "what a reader must know of the run"),
    PART("statement", true, text, "what this is evidence of"),
    PART("listed", true, listed_words,
	"the verdicts of which findings has every one; fixed: passes that "
	"failed before"),
    PART("findings", true, findings,
	"sorted by severity, control and address"),
    PART("controls", true, controls, "each that ran, and its counts"),
    PART("ledger", true, stored_ledger, "every resource, once"),
    PART("population", true, stored_population, "counts that must agree"),
    PART("totals", true, stored_totals, "over all controls"),
    PART("requirements", false, requirements, "with --framework"),
    PART("status", true, stored_status,
	"last: a document without it is not whole"),
};
const struct shape shape_result = {FIELDS(document_rows)};
