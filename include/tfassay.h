/*
 * tfassay: judge what a Terraform plan is about to do.
 *
 * Policies are loaded once and may be shared by any number of evaluations.  An
 * evaluation is fed the bytes of one plan as they come and gives a report.  The
 * library prints nothing, keeps no globals, and may be used from several
 * threads as long as no object but a struct tfa_policies is shared.
 */
#ifndef TFASSAY_H
#define TFASSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TFA_API __attribute__((visibility("default")))
#define TFA_CHECKED __attribute__((warn_unused_result))
#else
#define TFA_API
#define TFA_CHECKED
#endif

#define TFA_VERSION "0.1.0"

struct tfa_policies;
struct tfa_eval;
struct tfa_report;

/* What went wrong.  tfa_error_status() maps a code to the exit status. */
enum tfa_error_code {
	TFA_ERR_NONE,
	TFA_ERR_USAGE,	  /* an option or argument makes no sense */
	TFA_ERR_POLICY,	  /* a policy file cannot be used */
	TFA_ERR_PLAN,	  /* the plan cannot be trusted */
	TFA_ERR_REPORT,	  /* a report could not be written whole */
	TFA_ERR_LIMIT,	  /* a limit of struct tfa_limits was reached */
	TFA_ERR_NOMEM,	  /* out of memory */
	TFA_ERR_INTERNAL, /* a broken invariant */
};

/*
 * Lives on the caller's stack, starts zeroed, owns nothing.  The first error
 * stays.  The texts never hold a value or a token of the plan.
 */
struct tfa_error {
	enum tfa_error_code code;
	char message[512];  /* one sentence, without position, no final dot */
	char file[256];	    /* policy file, or "" */
	char excerpt[128];  /* the offending line of a policy file, or "" */
	char pointer[256];  /* JSON pointer of the place in the plan, or "" */
	size_t line, column; /* from 1; 0 where not known */
	uint64_t offset;     /* bytes into the (decoded) plan */
};

/* The exit status of the contract for an error: 2, 3, 5 or 6. */
TFA_API int tfa_error_status(const struct tfa_error *err);

/* Zero in a member stands for its default. */
struct tfa_limits {
	size_t depth;	      /* nested containers in the plan: 1024 */
	size_t value_bytes;   /* one captured resource: 256 MiB */
	size_t number_bytes;  /* one number: 4096 */
	size_t text_bytes;    /* one member name or address: 1 MiB */
	uint64_t plan_bytes;  /* a plan after decompression: 64 GiB */
	uint64_t ratio;	      /* its expansion, past the first 256 MiB: 250 */
	size_t policy_bytes;  /* one policy file: 4 MiB */
	size_t policy_depth;  /* nested collections in it: 64 */
	size_t policy_nodes;  /* YAML nodes in it: 1,000,000 */
	size_t findings;      /* listed in one report: 10,000,000 */
	size_t regex_steps;   /* PCRE2 match limit: 1,000,000 */
	size_t waiver_days;   /* from a waiver's creation to its end: 366 */
	size_t retained_bytes; /* kept of planned_values in case there are no
				  resource_changes: 1 MiB */
};

/* --- Policies --------------------------------------------------------- */

/*
 * An empty set.  Add to it with the two calls below, then give it to
 * evaluations; it must outlive them and their reports.  NULL: out of memory.
 */
TFA_API struct tfa_policies *tfa_policies_new(const struct tfa_limits *limits);

/*
 * The controls and defaults that are compiled in.  They come first: only into
 * an empty set.
 */
TFA_API bool tfa_policies_builtin(
    struct tfa_policies *policies, struct tfa_error *err) TFA_CHECKED;

/*
 * A policy file, or a folder with every .yaml and .yml below it in byte order
 * of their paths.  After a failure the set must not be used but to free it.
 */
TFA_API bool tfa_policies_load(struct tfa_policies *policies, const char *path,
    struct tfa_error *err) TFA_CHECKED;

/*
 * "NAME=VALUE" or "CONTROL.NAME=VALUE": what a parameter is in the controls
 * that are loaded afterwards, instead of its default and of its type.  A name
 * that none of them has is an error of tfa_eval_new.
 */
TFA_API bool tfa_policies_set(struct tfa_policies *policies,
    const char *assignment, struct tfa_error *err) TFA_CHECKED;

/*
 * A file of waivers, or of facts, for controls that are in the set already.
 * After a failure the set must not be used but to free it.
 */
TFA_API bool tfa_policies_waivers(struct tfa_policies *policies,
    const char *path, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_policies_facts(struct tfa_policies *policies,
    const char *path, struct tfa_error *err) TFA_CHECKED;

/*
 * An earlier result, as written in the format "json": what it lists with the
 * same control, address and verdict is known, and does not block again.
 */
TFA_API bool tfa_policies_baseline(struct tfa_policies *policies,
    const char *path, struct tfa_error *err) TFA_CHECKED;

TFA_API void tfa_policies_free(struct tfa_policies *policies);

/* --- Evaluations ------------------------------------------------------ */

/* Bits of tfa_options.allow: what may turn status 4 into 0. */
enum {
	TFA_ALLOW_UNKNOWN = 1,
	TFA_ALLOW_INCOMPLETE = 2,
	TFA_ALLOW_EMPTY = 4,
};

/* Bits of tfa_options.show and .only, one for each verdict or class. */
enum {
	TFA_PASS = 1,
	TFA_FAIL = 2,
	TFA_UNKNOWN = 4,
	TFA_WAIVED = 8,
	TFA_ERROR = 16,
};
enum {
	TFA_INTRODUCED = 1,
	TFA_EXISTING = 2,
	TFA_FIXED = 4,
	TFA_REMOVED = 8,
	TFA_CLEAN = 16,
};

/* An option, and who has set it: "TFASSAY_FAIL_ON", "FILE:3". */
struct tfa_setting_origin {
	const char *option, *value, *origin; /* value: NULL for a flag */
};

/* Zeroed: every control, the contract's defaults.  All is borrowed. */
struct tfa_options {
	const char *path;	       /* how reports name the plan */
	const char *const *controls;   /* ids or globs; NULL: all */
	size_t control_count;
	const char *const *frameworks; /* names; NULL: all */
	size_t framework_count;
	const char *severity; /* the least severe that is judged, or NULL */
	/*
	 * "recommended", "strict", frameworks and profiles of policy files:
	 * what none of them blocks on does not block.  NULL: recommended.
	 */
	const char *const *profiles;
	size_t profile_count;
	const char *fail_on;  /* the least severe that blocks, or NULL */
	const char *const *enforce; /* "ID=block|warn|audit" */
	size_t enforce_count;
	unsigned only;	 /* TFA_INTRODUCED ...; 0: every class */
	unsigned allow;	 /* TFA_ALLOW_... */
	unsigned list;	 /* TFA_PASS to keep passing verdicts as findings */
	/*
	 * Keep for tfa_inspect_write what the plan has at this address, which
	 * may also be that of a resource or module with several instances; ""
	 * is everything, NULL nothing.
	 */
	const char *inspect;
	bool derive; /* and how each verdict on it came to be */
	bool exit_zero;
	bool no_cross_check;
	/*
	 * The folder of the plan's root module: findings get the file and line
	 * of their block, named from here.  NULL: they do not.
	 */
	const char *source_root;
	bool strict_joins; /* do not infer what only local.* hides */
	/*
	 * Comments of other tools in the source, such as
	 * "checkov:skip=ID:reason", count as waivers of the block around them.
	 */
	bool import_skips;
	bool several; /* plans come to one report: known is known by path */
	bool digest;	   /* compute the SHA-256 of the plan as stored */
	const char *as_of; /* "YYYY-MM-DD" or RFC 3339; NULL: the plan's time */
	const char *now;   /* what as_of is where the plan does not say, or
			      NULL: then dates are not judged */
	/* What the result says of options that were not on a command line. */
	const struct tfa_setting_origin *origins;
	size_t origin_count;
	struct tfa_limits limits;
};

/*
 * A new evaluation of one plan.  policies and options must outlive it and its
 * report.  Fails for an option that names no control, framework or severity.
 */
TFA_API struct tfa_eval *tfa_eval_new(const struct tfa_policies *policies,
    const struct tfa_options *options, struct tfa_error *err) TFA_CHECKED;

/*
 * Give the evaluation the next len bytes of a plan made by "terraform show
 * -json", as stored: gzip, zstd, a byte order mark and UTF-16 are understood.
 * Pieces may be of any size and may end anywhere, inside a character too.  The
 * bytes are not needed afterwards.
 *
 * After a failure *err says what is wrong and at which offset, and the only
 * call left for eval is tfa_eval_free.
 */
TFA_API bool tfa_eval_feed(struct tfa_eval *eval, const void *bytes, size_t len,
    struct tfa_error *err) TFA_CHECKED;

/*
 * Where the next bytes of the plan may be put, at most *size of them, to be fed
 * from there: that saves a copy.  The place is good until the next call for
 * eval.  NULL where there is none at this point: feed from a place of your own.
 */
TFA_API char *tfa_eval_space(struct tfa_eval *eval, size_t *size);

/*
 * No more bytes: the verdicts exist only now.  *report is the caller's, to be
 * released with tfa_report_free.  Only tfa_eval_free may follow.
 */
TFA_API bool tfa_eval_finish(struct tfa_eval *eval, struct tfa_report **report,
    struct tfa_error *err) TFA_CHECKED;

TFA_API void tfa_eval_free(struct tfa_eval *eval);

/* --- Reports ---------------------------------------------------------- */

/*
 * A report of no plan yet, to refuse or merge plans into.  The same errors as
 * tfa_eval_new; released with tfa_report_free.
 */
TFA_API struct tfa_report *tfa_report_new(const struct tfa_policies *policies,
    const struct tfa_options *options, struct tfa_error *err) TFA_CHECKED;

/*
 * The exit status of the contract: 0, 1 or 4, and where plans were refused the
 * gravest of their errors'.
 */
TFA_API int tfa_report_status(const struct tfa_report *report);

/*
 * Make one report of several: plans, findings and counts of from are added to
 * into, and from is released.  Both must come from the same policies and
 * options.  On failure from is still the caller's.
 */
TFA_API bool tfa_report_merge(struct tfa_report *into, struct tfa_report *from,
    struct tfa_error *err) TFA_CHECKED;

/* A plan that could not be judged stays in the report, with its error. */
TFA_API bool tfa_report_refuse(struct tfa_report *report, const char *path,
    const struct tfa_error *why, struct tfa_error *err) TFA_CHECKED;

/*
 * Append the report to an SQLite database, which is made where there is none, as
 * one run: whole or not at all.  TFA_ERR_REPORT where that cannot be done, and
 * where libsqlite3 is missing.  This is the format "sqlite", which has no stream.
 */
struct tfa_report_style;
TFA_API bool tfa_report_store(const struct tfa_report *report,
    const struct tfa_report_style *style, const char *path,
    struct tfa_error *err) TFA_CHECKED;

struct tfa_report_style {
	unsigned show;	 /* TFA_FAIL ...; 0: everything but passes */
	bool color;	 /* escape sequences in text */
	bool summary;	 /* counts without findings */
	bool quiet;	 /* findings without the closing line */
	/* Of a comment: what tells several apart, the commit, its bytes. */
	const char *key, *commit;
	size_t max_bytes; /* 0: 60,000 */
};

/*
 * Write a report in one of the formats of tfa_format_each: the same report and
 * style give the same bytes.  Fails for an unknown format or a failed write.
 */
TFA_API bool tfa_report_write(const struct tfa_report *report,
    const char *format, const struct tfa_report_style *style, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

/*
 * Write what tfa_options.inspect has kept: values, origins and derivations,
 * redacted.  The report must not have been merged.
 */
TFA_API bool tfa_inspect_write(const struct tfa_report *report, bool json,
    bool color, FILE *out, struct tfa_error *err) TFA_CHECKED;

TFA_API void tfa_report_free(struct tfa_report *report);

/* Text of a report: not terminated, and hostile, so escape it where it goes. */
struct tfa_text {
	const char *ptr;
	size_t len;
};

/*
 * A verdict as tfa_report_each tells it.  What the plan marks as sensitive has
 * been taken out.  Words such as "fail" and "introduced" are those of the JSON
 * report; members with nothing to say are empty.
 */
struct tfa_finding {
	struct tfa_text control, title, address, plan;
	struct tfa_text verdict, raw_verdict, change, severity, enforce;
	struct tfa_text path, state, expected, actual, reason;
	struct tfa_text file; /* with a source root: where a person looks */
	size_t line;
};

/*
 * Calls each(ctx, finding) for every finding in the order of the reports, until
 * it returns false.  The finding is valid during the call, its texts as long as
 * the report.  False if each has returned false.
 */
TFA_API bool tfa_report_each(const struct tfa_report *report,
    bool (*each)(void *ctx, const struct tfa_finding *finding), void *ctx);

/* Calls each(ctx, name, help, media type) for every format, in order. */
TFA_API void tfa_format_each(
    void (*each)(void *ctx, const char *name, const char *help,
	const char *media_type),
    void *ctx);

/*
 * What tfa_options.list needs for a format to be whole: TFA_PASS for those that
 * list passes as well, 0 for others.
 */
TFA_API unsigned tfa_format_list(const char *format);

/* What tfa_list_write can list. */
enum tfa_list {
	TFA_LIST_CONTROLS,
	TFA_LIST_FRAMEWORKS,
	TFA_LIST_FORMATS,
	TFA_LIST_DEFAULTS,
	TFA_LIST_OPERATORS,
	TFA_LIST_PROFILES,
};

struct tfa_list_options {
	const char *format; /* "text", "json" or, of controls, "markdown" */
	const char *const *profiles; /* what controls do in these */
	size_t profile_count;
};

/* Write a list of what the policies hold. */
TFA_API bool tfa_list_write(const struct tfa_policies *policies,
    enum tfa_list list, const struct tfa_list_options *options, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

struct tfa_test_options {
	const char *const *paths; /* files and folders with *_test.yaml files;
				     others are left alone */
	size_t path_count;
	const char *const *controls; /* ids or globs; NULL: all */
	size_t control_count;
	const char *format; /* "text", "tap", "junit" or "json" */
	const char *now;    /* as in struct tfa_options */
	bool builtin;	    /* built-in controls are under test too */
	bool all;	    /* text: tests that pass too */
	bool coverage, mutate, color;
};

struct tfa_test_counts {
	size_t tests, failed, mutants, noticed;
};

/*
 * Run the tests inside the controls of a set, and those of *_test.yaml files,
 * and write what they come to.  With mutate controls are changed while it runs,
 * so nobody else may use the set then.
 */
TFA_API bool tfa_test_write(struct tfa_policies *policies,
    const struct tfa_test_options *options, FILE *out,
    struct tfa_test_counts *counts, struct tfa_error *err) TFA_CHECKED;

/* --- Earlier results -------------------------------------------------- */

struct tfa_result;

/*
 * A result that tfa_report_write has written, as "json" or as "ndjson", read
 * again in pieces of any size.  One that is not whole, or contradicts itself, is
 * TFA_ERR_PLAN.  limits may be NULL.
 */
TFA_API struct tfa_result *tfa_result_new(
    const struct tfa_limits *limits, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_result_feed(struct tfa_result *result, const void *bytes,
    size_t len, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_result_finish(
    struct tfa_result *result, struct tfa_error *err) TFA_CHECKED;

/*
 * After it is finished: the report, which lives as long as the result.  It is
 * written as the one that was judged would be, where the result lists every
 * finding that the format and style need; else tfa_report_write fails.
 */
TFA_API const struct tfa_report *tfa_result_report(
    const struct tfa_result *result);

TFA_API void tfa_result_free(struct tfa_result *result);

/*
 * The options, the style and the format that the result was made with; borrowed
 * from the result.  The path of each of its plans; NULL behind the last.
 */
TFA_API void tfa_result_run(const struct tfa_result *result,
    struct tfa_options *options, struct tfa_report_style *style,
    const char **format);
TFA_API const char *tfa_result_plan(
    const struct tfa_result *result, size_t index);

/* The policies, waivers and facts that it names, as they are now. */
TFA_API struct tfa_policies *tfa_result_policies(
    const struct tfa_result *result, struct tfa_error *err) TFA_CHECKED;

struct tfa_attest_options {
	const char *path; /* how the statement names the result */
	const char *tool; /* this program's own file, or NULL */
	const char *url;  /* of the run, or NULL */
};

/*
 * Write an unsigned in-toto Statement v1 with a test-result v0.1 about the plans
 * of the result.  TFA_ERR_PLAN where the evaluation was not whole.
 */
TFA_API bool tfa_attest_write(const struct tfa_result *result,
    const struct tfa_attest_options *options, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

/* SHA256SUMS of the result, at path, and of every file that it names. */
TFA_API bool tfa_sums_write(const struct tfa_result *result, const char *path,
    FILE *out, struct tfa_error *err) TFA_CHECKED;

/* --- Copies without secrets ------------------------------------------- */

struct tfa_redactor;

/* The next bytes of the copy; false ends the copying with *err set. */
typedef bool tfa_redact_sink(
    void *ctx, const char *bytes, size_t len, struct tfa_error *err);

/*
 * A copy of one plan without what tfassay takes for secret: give the whole plan
 * to tfa_redact_read, turn, and give it again, byte for byte the same, to
 * tfa_redact_copy.  Equal secrets get equal names.  Booleans stay, and numbers
 * of fewer than five digits.  *replaced counts values.  limits may be NULL.
 */
TFA_API struct tfa_redactor *tfa_redact_new(
    const struct tfa_limits *limits, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_redact_read(struct tfa_redactor *redactor, const void *bytes,
    size_t len, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_redact_turn(struct tfa_redactor *redactor,
    tfa_redact_sink *sink, void *ctx, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_redact_copy(struct tfa_redactor *redactor, const void *bytes,
    size_t len, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_redact_finish(struct tfa_redactor *redactor,
    size_t *replaced, struct tfa_error *err) TFA_CHECKED;
TFA_API void tfa_redact_free(struct tfa_redactor *redactor);

/* --- Fixtures --------------------------------------------------------- */

struct tfa_fixture;

/*
 * A plan cut down to one resource instance and what its verdicts may depend on,
 * without secrets.  Use it as a redactor, then write a level: each has more of
 * the plan than the one before, from what refers to the instance and what it
 * refers to, to all that any control could join with it.  Whether a level is
 * judged as the plan is has to be seen by judging it.
 */
enum { TFA_FIXTURE_LEVELS = 4 };

TFA_API struct tfa_fixture *tfa_fixture_new(const struct tfa_policies *policies,
    const char *address, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_fixture_read(struct tfa_fixture *fixture, const void *bytes,
    size_t len, struct tfa_error *err) TFA_CHECKED;
/* TFA_ERR_USAGE where the plan has no such instance. */
TFA_API bool tfa_fixture_turn(
    struct tfa_fixture *fixture, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_fixture_copy(struct tfa_fixture *fixture, const void *bytes,
    size_t len, struct tfa_error *err) TFA_CHECKED;
TFA_API bool tfa_fixture_finish(
    struct tfa_fixture *fixture, struct tfa_error *err) TFA_CHECKED;
/* After it is finished, any number of times. */
TFA_API bool tfa_fixture_write(struct tfa_fixture *fixture, unsigned level,
    FILE *out, struct tfa_error *err) TFA_CHECKED;
TFA_API void tfa_fixture_free(struct tfa_fixture *fixture);

/* --- Replays ---------------------------------------------------------- */

/* What set an option, for the record: {"fail-on", "high", "FILE:3"}. */
struct tfa_replay_setting {
	const char *name, *value, *origin;
};

struct tfa_replay_counts {
	size_t listed; /* plans of this shard */
	size_t done;   /* so far */
	size_t refused, reused; /* of those that are done */
	int status;    /* exit status of the contract, when all are done */
};

/* Zeroed but for judge and plans: everything, in the calling thread. */
struct tfa_replay_options {
	/* list and what is asked of plans; path, now and digest do not count */
	const struct tfa_options *judge;
	unsigned show;	   /* findings that are kept, as in tfa_report_style */
	const char *plans; /* a folder, a file with a path a line, or "-" */
	int in;		   /* what "-" is read from */
	const char *root;  /* where paths of a list begin; NULL: here */
	size_t jobs;	   /* plans that are judged at the same time */
	size_t shard, shards; /* part shard, from 1, of shards; or 0 and 0 */
	bool resume;
	const struct tfa_replay_setting *settings;
	size_t setting_count;
	/* Called now and then, by one thread at a time. */
	void (*progress)(void *ctx, const struct tfa_replay_counts *counts);
	void *ctx;
};

/*
 * Judge saved plans and write lines of JSON: what they were judged with, each
 * plan with its findings, counts and a digest.  A plan that cannot be judged is
 * a line, not a failure.  The same plans, policies and options give the same
 * bytes, whatever the jobs, the day or the place.
 *
 * file appears when it is whole; until then its lines are in FILE.partial, from
 * which resume goes on.  Where file is NULL lines are written to out as they
 * come.
 */
TFA_API bool tfa_replay_write(const struct tfa_policies *policies,
    const struct tfa_replay_options *options, const char *file, FILE *out,
    struct tfa_replay_counts *counts, struct tfa_error *err) TFA_CHECKED;

/*
 * Check that the files are all shards of one replay, whole and untouched, and
 * write what one process would have written.  Errors name the file.
 */
TFA_API bool tfa_replay_merge(const char *const *files, size_t count, FILE *out,
    int *status, struct tfa_error *err) TFA_CHECKED;

/*
 * Compare two results: of tfa_replay_write, or reports in the format "json" or
 * "ndjson".  format is "text" or "json".  *status is 1 where something blocks in
 * the new one that did not in the old one, 4 where a plan was judged in the old one
 * alone, else 0.
 */
TFA_API bool tfa_replay_diff(const char *old_file, const char *new_file,
    const char *format, FILE *out, int *status,
    struct tfa_error *err) TFA_CHECKED;

/*
 * Append the plans of a whole replay to a database as tfa_report_store does, each
 * as a run, all or none.  in can be read twice, and is closed; name is for
 * errors.
 */
TFA_API bool tfa_replay_store(const char *name, FILE *in, const char *path,
    struct tfa_error *err) TFA_CHECKED;

/*
 * Check a whole replay as a merge does, and write it as one page of HTML, without
 * scripts: plans and failures by month, requirements, modules, waivers.  in is
 * a regular file, which is closed; name is for errors.
 */
TFA_API bool tfa_replay_html(const char *name, FILE *in, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

/* A setting of a project file, such as {"fail-on", "high"}. */
struct tfa_setting {
	const char *name, *value;
	size_t line, column;
};

/*
 * Read a project file and call each(ctx, setting, err) for every value in it:
 * of a list one by one, of a mapping as "name=value".  Ends with the first that
 * gives false, whose error gets the place.
 */
TFA_API bool tfa_settings_read(const char *path,
    bool (*each)(void *ctx, const struct tfa_setting *setting,
	struct tfa_error *err),
    void *ctx, struct tfa_error *err) TFA_CHECKED;

/* The files that people write. */
enum tfa_schema {
	TFA_SCHEMA_CONTROLS,
	TFA_SCHEMA_WAIVERS,
	TFA_SCHEMA_FACTS,
	TFA_SCHEMA_CONFIG,
	TFA_SCHEMA_RESULT, /* which the tool writes */
};

/* What a project file can set; the last has a name of NULL. */
struct tfa_schema_setting {
	const char *name, *help;
	const char *const *words; /* the only values, or NULL */
	size_t word_count;
	bool flag;  /* true or false */
	bool pairs; /* {a: b} is "a=b" */
};

/*
 * Write a JSON Schema, draft-07.  It accepts whatever the loader accepts, and
 * refuses keys and types that the loader would not know; what hangs together
 * across a file is only the loader's to tell.  settings are read of
 * TFA_SCHEMA_CONFIG.
 */
TFA_API bool tfa_schema_write(enum tfa_schema schema,
    const struct tfa_schema_setting *settings, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

struct tfa_lint_options {
	const char *const *paths; /* files, and folders of them */
	size_t path_count;
	const char *const *allow; /* kinds of warnings that are not told */
	size_t allow_count;
	const char *format; /* "text", "json" or "github" */
	bool color;
	const char *now; /* the day that ages are counted to; NULL: none */
	/*
	 * What "terraform providers schema -json" has printed: of its providers
	 * it is what types and attributes are checked against; or NULL.
	 */
	const char *schema;
	/* What a .tfassay.yaml holds is shown to it; NULL: is not read. */
	bool (*setting)(void *ctx, const struct tfa_setting *setting,
	    struct tfa_error *err);
	void *ctx;
};

/*
 * Read policy files, and files of tests, waivers, facts and settings, into a
 * set that holds what they build on, and write everything that is wrong in them
 * or might be.  False is for what is not their fault, such as a file that cannot
 * be read; *errors and *warnings count.
 */
TFA_API bool tfa_lint_write(struct tfa_policies *policies,
    const struct tfa_lint_options *options, FILE *out, size_t *errors,
    size_t *warnings, struct tfa_error *err) TFA_CHECKED;

/* Write what one control means, its fix and its references, as text. */
TFA_API bool tfa_explain_write(const struct tfa_policies *policies,
    const char *control, bool color, FILE *out,
    struct tfa_error *err) TFA_CHECKED;

#ifdef __cplusplus
}
#endif
#endif
