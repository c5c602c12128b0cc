/*
 * What an evaluation found, as the reports read it.  All texts are final: what
 * must not be shown has been taken out already, but they are still hostile and
 * each sink escapes them.
 */
#ifndef ENGINE_RESULT_H
#define ENGINE_RESULT_H

#include "config/config.h"
#include "plan/plan_read.h"
#include "policy/waiver.h"

enum verdict {
	VERDICT_FAIL,
	VERDICT_ERROR,
	VERDICT_UNKNOWN,
	VERDICT_WAIVED,
	VERDICT_PASS,
	VERDICT_NOT_APPLICABLE,
};

enum change {
	CHANGE_INTRODUCED,
	CHANGE_EXISTING,
	CHANGE_FIXED,
	CHANGE_REMOVED,
	CHANGE_CLEAN,
};

enum state {
	STATE_KNOWN,
	STATE_UNSET,
	STATE_UNKNOWN,
	STATE_DEFAULTED,
	STATE_INVALID,
};

/* Names as written in reports; static text. */
const char *verdict_name(enum verdict verdict);
const char *change_name(enum change change);
const char *state_name(enum state state);

enum located {
	LOCATED_NOT, /* without a source root */
	LOCATED_RESOURCE,
	LOCATED_CALL,
	LOCATED_ROOT,
	LOCATED_PLAN,
};

/* "resource", "module-call", ... as written in reports; static text. */
const char *located_name(enum located how);

/* Where a person looks: the header line of a block. */
struct location {
	struct str file; /* from the current folder, or else the source root;
			    of LOCATED_PLAN the plan */
	size_t line, column; /* from 1, in characters */
	size_t width; /* characters of the line, 0 where not known */
	enum located how;
	bool astray; /* the block is not where the plan says it is */
};

/*
 * Where the value that decided came from, and what a person edits.  Members
 * with nothing to say are empty.
 */
struct finding_origin {
	const char *kind; /* "literal", "module-input", ...; static text */
	struct str where; /* "module.a.module.b"; empty: the root module */
	struct str source, version; /* of that call */
	struct str change; /* "module \"b\" in module.a" */
	struct str change_source, change_version; /* of that module */
	bool own_block; /* it is the resource's, and the attribute is the one
			   that was looked at */
	struct str change_attribute; /* or several, with commas */
	struct str change_setting; /* "x = true": what to write there */
	const char *left_unset; /* a default decided: the kind of what left the
				   attribute unset, or NULL */
	struct str reference;	/* what decided cannot be seen behind it */
	struct names candidates;
	size_t more_candidates;
	const char *note; /* to the change, for people; static text or NULL */
};

/* What is kept of the look that decided, to find its origin at the end. */
struct finding_look {
	const struct config_step *steps;
	size_t step_count;
	bool any;	 /* there was a look */
	bool no_partner; /* there was none: no resource is joined with it */
	bool unseen;	 /* there was none: what is joined cannot be seen */
	struct str partner; /* at this one, or empty: at the judged resource */
	unsigned actions;   /* ACTION_ bits of the partner */
	bool dynamic;	/* unknown, and made by a dynamic block */
	bool in_text;	/* it went on inside the text that the steps lead to */
	bool objects;	/* known, and a list of some */
	bool is_scalar; /* known, with the hash of its text */
	uint64_t scalar_hash;
};

/* A waiver that fits a resource. */
struct waiver_match {
	const struct waiver *waiver;
	const struct waiver_match *next; /* in order of loading */
};

enum waived {
	WAIVED_NOT,
	WAIVED_IN_FORCE,
	WAIVED_EXPIRED,	 /* would have been */
	WAIVED_EXCEEDED, /* would have been, had there been fewer */
};

/* A comment for another tool that waives findings, in one module. */
struct skip_use {
	const struct control *control;
	struct str tool, id, reason, expires, file, module;
	size_t line;
	size_t waived;
	struct skip_use *next;
};

struct finding {
	const struct control *control;
	struct str address, previous_address;
	unsigned actions;    /* ACTION_ bits */
	const char *action;  /* "create", "delete-create", ... */
	enum verdict verdict, raw_verdict;
	enum change change;
	enum enforce enforce; /* after --enforce and --fail-on */
	struct str path;      /* resolved, "a[0].b"; empty where none decided */
	enum state state;     /* meaningful with path */
	struct str expected;  /* "equals true", or empty */
	bool expected_whole;  /* that is no question to path alone */
	struct str actual;    /* printable value, "(sensitive)", or empty */
	struct str was; /* INTRODUCED and FIXED: what decided before, likewise */
	struct str reason;    /* one sentence without a final dot */
	struct names waits_for;
	struct names related; /* addresses of partners, at most a few */
	struct str joined;    /* how, for the reason */
	const struct default_entry *by_default; /* the default that decided */
	struct str setting; /* what else in the plan decided, or empty */
	struct finding_look look;
	const struct finding_origin *origin; /* once the report is finished */
	struct location location;
	struct str module_address; /* with its keys, "module.a[0]", or empty */
	const struct waiver_match *matches; /* fit it, in force or not */
	enum waived waived;
	const struct waiver *waiver; /* WAIVED_IN_FORCE or the first lapsed */
	const struct skip_use *skip; /* or what waives it instead */
	bool known; /* an earlier result has it: it does not block */
	size_t plan; /* index into plans */
};

/*
 * Identity over runs: SHA-256, in hex, of control, NUL, address, NUL, tag (as
 * yet empty), NUL.
 */
void finding_fingerprint(char out[65], const struct finding *finding);

struct tally {
	size_t pass, fail, unknown, waived, error, not_applicable;
};

size_t *tally_place(struct tally *tally, enum verdict verdict);
void tally_add(struct tally *tally, enum verdict verdict);

struct ledger {
	size_t subjects, judged, unmatched, removed, data, deferred, deposed;
	size_t drifted;
	size_t elsewhere; /* subjects that no entry of the changes made */
};

struct type_count {
	struct str type;
	size_t subjects, judged;
};

struct plan_result {
	struct str path;
	char sha256[65]; /* or empty */
	char content_sha256[65]; /* of the JSON, where it is stored otherwise */
	uint64_t bytes;
	struct plan_info info; /* zeroed where error is set */
	struct tfa_error error;
	/* Sentences about the plan that a reader must know. */
	struct names notes;
};

/* How one waiver of the set has fared. */
struct waiver_use {
	size_t covered;	  /* findings that it would waive */
	size_t waived;	  /* those that it does */
	size_t fixed;	  /* resources that pass without it */
	size_t elsewhere; /* of verdicts that it does not waive, or left out */
	bool expired, exceeded; /* not in force */
};

enum waiver_state {
	WAIVER_USED,
	WAIVER_EXPIRED,
	WAIVER_EXCEEDED, /* more instances than it covers */
	WAIVER_FIXED,
	WAIVER_UNUSED,
	WAIVER_NOT_ASKED, /* this run cannot tell whether it is of use */
};

struct totals {
	struct tally tally;
	size_t introduced, existing, fixed, removed;
	size_t blocking;    /* failures that block */
	size_t known;	    /* would block, but stand in the baseline */
	size_t blocking_unknown, blocking_error;
	size_t best, worst; /* blocking failures if all unknowns pass or fail */
};

enum outcome {
	OUTCOME_PASS,
	OUTCOME_FAIL,
	OUTCOME_UNDECIDED,
	OUTCOME_ERROR,
};

struct inspection;

struct tfa_report {
	struct arena arena;
	struct map texts; /* of findings, each once: text -> struct str */
	struct map paths, origins; /* likewise */
	struct buf text;  /* scratch while it is made */
	const struct tfa_policies *policies;
	const struct tfa_options *options;
	struct str as_of;
	int64_t day; /* of as_of, in UTC; meaningful with has_day */
	bool has_day;
	struct waiver_use *waivers; /* one for each of the set */
	struct skip_use *skips;
	struct plan_result *plans;
	size_t plan_count, plan_cap;
	/* Sorted: severity, control, address, plan.  Passes only if listed. */
	struct finding *findings;
	size_t finding_count, finding_cap;
	struct tally *tallies; /* one for each control of the set */
	bool *selected;	       /* whether --control etc. left it in */
	enum enforce *enforced; /* each control's enforce in this run */
	size_t *chosen; /* for each control, the subjects that it selects */
	size_t judged;	/* subjects with a verdict, deferred ones included */
	size_t controls_run;
	struct ledger ledger;
	struct type_count *types; /* sorted by name */
	size_t type_count, type_cap;
	struct totals totals;
	enum outcome outcome;
	int status; /* exit status */
	struct names reasons; /* why the status is what it is */
	struct names notes;   /* of the run: types that no attribute has, ... */
	const struct inspection *inspection; /* NULL: not asked for */
	struct str version; /* of the tool that judged; empty: this one */
	bool incomplete; /* not everything could be judged */
	bool restored; /* from a document that lists these verdicts only */
	unsigned listed; /* TFA_FAIL ... and LISTED_FIXED */
};

/* Passes that failed before. */
enum { LISTED_FIXED = 32 };

enum waiver_state waiver_state(const struct tfa_report *report, size_t index);
/* "in force", "expired", ...; static text. */
const char *waiver_state_name(enum waiver_state state);
/* The sentence about a waiver that needs one, without a final dot. */
bool waiver_says(
    const struct tfa_report *report, size_t index, struct buf *out);

#endif
