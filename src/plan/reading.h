/* What the parts of the plan reader share; for its own files. */
#ifndef PLAN_READING_H
#define PLAN_READING_H

#include "json/scan.h"
#include "plan/crosscheck.h"
#include "plan/hashes.h"
#include "plan/plan_read.h"
#include "plan/secrets.h"

/* A place in the document: of a container that is entered, or a value built. */
enum spot {
	NOWHERE,
	/* entered */
	ROOT,
	VARIABLES,
	CHANGES,
	DEFERRED,
	DRIFT,
	OUTPUT_CHANGES,
	PLANNED,
	STATE_VALUES,
	PRIOR,
	PRIOR_VALUES,
	MODULE,
	RESOURCES,
	CHILDREN,
	OUTPUTS,
	CONFIG,
	PROVIDERS,
	CONFIG_MODULE,
	CONFIG_RESOURCES,
	CONFIG_CALLS,
	CONFIG_ONE_CALL,
	CONFIG_OUTPUTS,
	CONFIG_VARIABLES,
	/* built */
	A_TEXT,
	A_FLAG,
	A_VARIABLE,
	A_CHANGE,
	A_DEFERRED,
	A_DRIFT,
	AN_OUTPUT_CHANGE,
	A_RESOURCE,
	AN_OUTPUT,
	A_PROVIDER,
	A_CONFIG_RESOURCE,
	A_CALL_MEMBER,
	A_CONFIG_OUTPUT,
	A_CONFIG_VARIABLE,
	SPOTS,
};

/* What the resources of a module stand for. */
enum section { SECTION_PLANNED, SECTION_STATE, SECTION_PRIOR };

/* An entered container, with hashes of the names that it has shown. */
struct level {
	enum spot spot;
	size_t module; /* its number, of MODULE and RESOURCES */
	struct hashes names;
};

enum { LEVELS_MOST = 256 };

struct plan {
	const struct plan_handler *handler;
	void *ctx;
	struct scan *scan;
	uint64_t seed;
	struct plan_info info;
	struct arena arena;   /* of the info */
	struct arena scratch; /* of the entry at hand */
	struct buf text;
	struct level *levels;
	size_t level_count;
	enum spot building; /* what the value under construction is */
	struct str name;    /* its name, in name_text */
	struct buf name_text;
	enum section section;
	size_t modules; /* entered so far, of all sections */
	struct str *calls; /* names of the module calls around */
	size_t call_count, call_cap;
	unsigned keys; /* of the root, as diagnose_key tells them */
	bool planned_here, changes_here;
	bool is_object; /* the document begins with "{" */
	bool stopped;	/* an error was found here, not by the scanner */
	char head[64];	/* the first bytes but blanks */
	size_t head_len;
	struct crosscheck *check;
	struct secrets secrets;
};

/* An error about name, at the place that the scanner has reached. */
bool refuse(struct plan *plan, struct tfa_error *err, struct str name,
    const char *what);

/* Fails for a name that stands twice in one object, anywhere in v. */
bool check_unique(struct plan *plan, struct value v, struct str name,
    struct tfa_error *err);

/* The values that were asked for. */
bool take_change(struct plan *plan, struct value v, struct tfa_error *err);
bool take_deferred(struct plan *plan, struct value v, struct tfa_error *err);
bool take_drift(struct plan *plan, struct value v, struct tfa_error *err);
bool take_resource(struct plan *plan, struct value v, struct tfa_error *err);
bool take_variable(struct plan *plan, struct value v, struct tfa_error *err);
bool take_output(struct plan *plan, struct value v, struct tfa_error *err);
bool take_output_change(
    struct plan *plan, struct value v, struct tfa_error *err);
bool take_provider(struct plan *plan, struct value v, struct tfa_error *err);
bool take_config_resource(
    struct plan *plan, struct value v, struct tfa_error *err);
bool take_call_member(
    struct plan *plan, struct value v, struct tfa_error *err);
bool take_config_output(
    struct plan *plan, struct value v, struct tfa_error *err);
bool take_config_variable(
    struct plan *plan, struct value v, struct tfa_error *err);

#endif
