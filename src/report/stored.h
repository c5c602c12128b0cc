/*
 * The result document as it is stored.  One table says what stands in it: the
 * schema is written from it, and records are read by it into the structures
 * here, each member into the one of its name.
 *
 * What is left out is zero: texts have a NULL ptr, words and flags are 0.  A
 * word is its place in the list of its words, from 1.  Lists and maps of
 * objects stay values.
 */
#ifndef REPORT_STORED_H
#define REPORT_STORED_H

#include "engine/result.h"
#include "policy/shape.h"

struct stored_tool {
	struct str name, version;
	struct names features;
};

struct stored_refusal {
	bool given;
	struct str message, pointer;
	size_t offset, line;
};

struct stored_plan {
	struct str path, sha256, content_sha256;
	size_t bytes;
	struct str terraform_version, format_version, timestamp;
	enum stated applyable, complete, errored;
	struct names notes;
	struct stored_refusal error;
};

struct stored_pack {
	struct str path, sha256, pack, version;
	size_t controls;
};

struct stored_file {
	struct str path, sha256;
};

/* What waivers, facts and baseline have. */
struct stored_inputs {
	struct value files, items, imported;
};

struct stored_fact {
	struct str resource, provider, evidence, as_of, expires, file;
	size_t line;
};

/* A waiver, or a comment that is one, beside the others and in a finding. */
struct stored_waiver {
	bool given;
	struct str id, reason, owner, approved_by, ticket, created, expires;
	size_t category;
	struct str tool, control, address, module, file;
	size_t state; /* a word of waivers, or one of findings */
	size_t line, covers, covered, waived, fixed, elsewhere, days_left;
};

struct stored_origin_change {
	bool given;
	struct str place, attribute, setting, source, version, note;
	enum stated own_block;
};

struct stored_origin {
	bool given;
	struct str kind, where, source, version, change_here, left_unset_by,
	    reference, default_source;
	struct names candidates;
	size_t more_candidates;
	struct stored_origin_change change;
};

struct stored_default {
	bool given;
	struct str source, since;
};

struct stored_location {
	bool given;
	struct str file;
	size_t line, column, width, method;
};

struct stored_finding {
	struct str control, address, previous_address, action;
	size_t plan, verdict, raw_verdict, change, severity, enforce, state;
	enum stated known, expected_whole;
	struct names actions;
	struct str path, expected, actual, was, reason;
	struct stored_origin origin;
	struct stored_default by_default;
	struct names waits_for, related;
	struct stored_waiver waiver;
	struct stored_location location;
	struct str fingerprint;
};

struct stored_control {
	struct str id, title, why, fix, fix_hcl;
	size_t severity, enforce;
	struct tally tally;
	struct named_lists frameworks;
};

struct stored_options {
	struct str as_of, severity, fail_on, source_root;
	struct names set, controls, frameworks, only, profiles, enforce, allow;
	enum stated no_builtin, exit_zero, import_skips, no_cross_check, strict_joins;
};

struct stored_origin_of {
	struct str option, value, origin;
};

struct stored_ledger {
	struct ledger counts;
	struct value by_type;
};

struct stored_type {
	size_t subjects, judged;
};

struct stored_population {
	size_t plans, plans_judged, plans_refused, resources, resources_judged,
	    controls_run, verdicts;
};

struct stored_status {
	size_t verdict, exit;
	struct names reasons;
	enum stated incomplete;
};

extern const struct shape stored_tool, stored_plan, stored_pack, stored_waivers,
    stored_facts, stored_baseline, stored_file, stored_fact,
    stored_waiver, stored_skip, stored_options, stored_origin_of, stored_finding,
    stored_control, stored_ledger, stored_type, stored_population, stored_totals,
    stored_status;

/*
 * Read an object into the structure of its shape; texts are copied into the
 * arena, values are not.  Members that the shape does not know are left alone.
 * Fails with TFA_ERR_PLAN for what the shape refuses.
 */
bool stored_read(void *out, struct value object, const struct shape *shape,
    struct arena *arena, struct tfa_error *err);

/* A text, or a list of them, by itself. */
bool stored_text(struct str *out, struct value value, struct arena *arena,
    struct tfa_error *err);
bool stored_names(struct names *out, struct value value, struct arena *arena,
    struct tfa_error *err);

#endif
