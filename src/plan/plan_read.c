/*
 * Where the scanner is in the document is a stack of spots; a table says, for a
 * spot and a member's name, whether to enter what follows, to build it, and what
 * it is.  Nothing depends on the order of members but what comes first.
 */
#include "plan/plan_read.h"

#include <stdlib.h>

#include "plan/diagnose.h"
#include "plan/reading.h"
#include "plan/safe.h"

static const struct rule {
	enum spot in;
	struct str key; /* empty: any member or element */
	enum spot to;
} rules[] = {
    /* What there is most of. */
    {RESOURCES,	{"", 0},		 A_RESOURCE	  },
    {CHANGES,	  {"", 0},		     A_CHANGE	      },
    {CONFIG_RESOURCES, {"", 0},		    A_CONFIG_RESOURCE},
    {CONFIG_VARIABLES, {"", 0},		    A_CONFIG_VARIABLE},
    {CONFIG_OUTPUTS,   {"", 0},		    A_CONFIG_OUTPUT  },
    {ROOT,	     {"format_version", 14},    A_TEXT	   },
    {ROOT,	     {"terraform_version", 17}, A_TEXT	   },
    {ROOT,	     {"timestamp", 9},	   A_TEXT		  },
    {ROOT,	     {"applyable", 9},	   A_FLAG		  },
    {ROOT,	     {"complete", 8},	  A_FLAG		 },
    {ROOT,	     {"errored", 7},	     A_FLAG	    },
    {ROOT,	     {"variables", 9},	   VARIABLES	   },
    {ROOT,	     {"planned_values", 14},    PLANNED	       },
    {ROOT,	     {"values", 6},	    STATE_VALUES     },
    {ROOT,	     {"resource_changes", 16},  CHANGES	       },
    {ROOT,	     {"deferred_changes", 16},  DEFERRED	 },
    {ROOT,	     {"resource_drift", 14},    DRIFT		},
    {ROOT,	     {"output_changes", 14},    OUTPUT_CHANGES   },
    {ROOT,	     {"prior_state", 11},	     PRIOR	    },
    {ROOT,	     {"configuration", 13},     CONFIG	       },
    {VARIABLES,	{"", 0},		 A_VARIABLE	  },
    {DEFERRED,	   {"", 0},		 A_DEFERRED	 },
    {DRIFT,	    {"", 0},		     A_DRIFT	      },
    {OUTPUT_CHANGES,   {"", 0},		    AN_OUTPUT_CHANGE },
    {PLANNED,	  {"root_module", 11},	     MODULE	      },
    {PLANNED,	  {"outputs", 7},	     OUTPUTS	      },
    {STATE_VALUES,     {"root_module", 11},	MODULE	     },
    {STATE_VALUES,     {"outputs", 7},	    OUTPUTS	      },
    {PRIOR,	    {"values", 6},	     PRIOR_VALUES     },
    {PRIOR_VALUES,     {"root_module", 11},	MODULE	     },
    {PRIOR_VALUES,     {"outputs", 7},	    OUTPUTS	      },
    {MODULE,	     {"resources", 9},	   RESOURCES	   },
    {MODULE,	     {"child_modules", 13},     CHILDREN	 },
    {CHILDREN,	   {"", 0},		 MODULE	       },
    {OUTPUTS,	  {"", 0},		     AN_OUTPUT	      },
    {CONFIG,	     {"provider_config", 15},   PROVIDERS	  },
    {CONFIG,	     {"root_module", 11},	     CONFIG_MODULE    },
    {PROVIDERS,	{"", 0},		 A_PROVIDER	  },
    {CONFIG_MODULE,    {"resources", 9},	  CONFIG_RESOURCES },
    {CONFIG_MODULE,    {"module_calls", 12},      CONFIG_CALLS     },
    {CONFIG_MODULE,    {"outputs", 7},	    CONFIG_OUTPUTS   },
    {CONFIG_MODULE,    {"variables", 9},	  CONFIG_VARIABLES },
    {CONFIG_CALLS,     {"", 0},		    CONFIG_ONE_CALL  },
    {CONFIG_ONE_CALL,  {"module", 6},	     CONFIG_MODULE    },
    {CONFIG_ONE_CALL,  {"", 0},		    A_CALL_MEMBER    },
};

static bool on_start(void *ctx, struct str key, enum node_kind kind,
    enum scan_want *want, struct tfa_error *err);
static bool on_built(void *ctx, struct value value, struct tfa_error *err);
static bool on_end(void *ctx, struct tfa_error *err);
static unsigned route(unsigned in, struct str key, enum node_kind kind,
    enum scan_want *want);

struct plan *
plan_new(const struct tfa_limits *limits, const struct plan_handler *handler,
    void *ctx, bool cross_check)
{
	static const struct scan_handler scanner = {
	    on_start, on_built, on_end, route};
	struct plan *plan = calloc(1, sizeof(*plan));

	if (!plan)
		return NULL;
	plan->handler = handler;
	plan->ctx = ctx;
	plan->seed = (uint64_t)(uintptr_t)plan;
	plan->secrets.seed = plan->seed;
	plan->scan = scan_new(limits, &scanner, plan);
	plan->check = crosscheck_new(cross_check);
	plan->levels = calloc(LEVELS_MOST, sizeof(*plan->levels));
	if (plan->scan && plan->check && plan->levels)
		return plan;
	plan_free(plan);
	return NULL;
}

void
plan_free(struct plan *plan)
{
	if (!plan)
		return;
	scan_free(plan->scan);
	for (size_t i = 0; plan->levels && i < LEVELS_MOST; i++)
		hashes_free(&plan->levels[i].names);
	free(plan->levels);
	for (size_t i = 0; i < plan->call_count; i++)
		free((char *)(uintptr_t)plan->calls[i].ptr);
	free(plan->calls);
	crosscheck_free(plan->check);
	secrets_free(&plan->secrets);
	arena_free(&plan->arena);
	arena_free(&plan->scratch);
	buf_free(&plan->text);
	buf_free(&plan->name_text);
	free(plan);
}

/* --- Errors --- */

bool
refuse(struct plan *plan, struct tfa_error *err, struct str name,
    const char *what)
{
	char text[200];

	safe_print(text, sizeof(text), name);
	error_set(err, TFA_ERR_PLAN, "%s%s%s", text, text[0] ? " " : "", what);
	scan_place(plan->scan, err);
	return false;
}

bool
check_unique(struct plan *plan, struct value v, struct str name,
    struct tfa_error *err)
{
	struct value object;

	if (value_unique(v, &object, &plan->text))
		return true;
	if (plan->text.failed)
		return error_nomem(err);
	return refuse(
	    plan, err, name, "has a name that stands twice in one object");
}

/* --- Entering --- */

static struct level *
top(struct plan *plan)
{
	return plan->level_count ? &plan->levels[plan->level_count - 1] : NULL;
}

static enum spot
next_spot(enum spot in, struct str key)
{
	for (size_t i = 0; i < COUNTOF(rules); i++) {
		if (rules[i].in == in &&
		    (!rules[i].key.len || str_eq(rules[i].key, key)))
			return rules[i].to;
	}
	return NOWHERE;
}

static bool
is_list(enum spot spot)
{
	switch (spot) {
	case CHANGES:
	case DEFERRED:
	case DRIFT:
	case RESOURCES:
	case CHILDREN:
	case CONFIG_RESOURCES:
		return true;
	default:
		return false;
	}
}

/* A name twice in one object: two readers could disagree on which counts. */
static bool
note_name(struct plan *plan, struct level *level, struct str key,
    struct tfa_error *err)
{
	bool added;

	if (is_list(level->spot))
		return true;
	if (level->spot == ROOT)
		plan->keys |= diagnose_key(key);
	if (!hashes_add(&level->names, str_hash(key, plan->seed), &added))
		return error_nomem(err);
	return added || refuse(plan, err, key, "stands twice in one object");
}

static bool
push_call(struct plan *plan, struct str name, struct tfa_error *err)
{
	char *copy = malloc(name.len + 1);

	if (!copy || !array_reserve(&plan->calls, &plan->call_cap,
			 plan->call_count + 1, sizeof(*plan->calls))) {
		free(copy);
		return error_nomem(err);
	}
	if (name.len)
		memcpy(copy, name.ptr, name.len);
	plan->calls[plan->call_count++] = (struct str){copy, name.len};
	return true;
}

static void
pop_call(struct plan *plan)
{
	free((char *)(uintptr_t)plan->calls[--plan->call_count].ptr);
}

/* resource_changes: what planned_values gave is not needed any more. */
static void
begin_changes(struct plan *plan)
{
	plan->changes_here = true;
	plan->info.has_changes = true;
	if (plan->planned_here)
		plan->handler->dropped(plan->ctx);
}

static bool
enter(struct plan *plan, enum spot spot, struct str key, struct tfa_error *err)
{
	struct level *level;

	if (plan->level_count == LEVELS_MOST) {
		error_set(err, TFA_ERR_LIMIT, "modules are nested too deep");
		scan_place(plan->scan, err);
		return false;
	}
	if (spot == CONFIG_ONE_CALL && !push_call(plan, key, err))
		return false;
	level = &plan->levels[plan->level_count++];
	level->spot = spot;
	hashes_clear(&level->names);
	switch (spot) {
	case PLANNED:
		plan->section = SECTION_PLANNED;
		plan->planned_here = true;
		break;
	case STATE_VALUES:
		plan->section = SECTION_STATE;
		plan->info.document = DOCUMENT_STATE;
		break;
	case PRIOR_VALUES:
		plan->section = SECTION_PRIOR;
		break;
	case MODULE:
		level->module = ++plan->modules;
		break;
	case RESOURCES:
		level->module = level[-1].module;
		break;
	case CHANGES:
		begin_changes(plan);
		break;
	case CONFIG:
		plan->info.has_configuration = true;
		break;
	default:
		break;
	}
	return true;
}

static bool
build(struct plan *plan, enum spot spot, struct str key, struct tfa_error *err)
{
	plan->building = spot;
	plan->name_text.len = 0;
	if (!buf_add(&plan->name_text, key))
		return error_nomem(err);
	plan->name = buf_str(&plan->name_text);
	return true;
}

/* What a spot must be; NODE_NONE: anything. */
static enum node_kind
kind_of(enum spot spot)
{
	if (is_list(spot))
		return NODE_ARRAY;
	return spot == A_TEXT || spot == A_FLAG || spot == A_CALL_MEMBER
	    ? NODE_NONE
	    : NODE_OBJECT;
}

/* A null member is as good as none; a null element is not. */
static bool
is_passed(enum spot in, enum spot spot, enum node_kind kind)
{
	return spot == NOWHERE || (kind == NODE_NULL && !is_list(in));
}

/* Where it goes on; what turns out to be wrong there is said by on_start. */
static unsigned
route(unsigned in, struct str key, enum node_kind kind, enum scan_want *want)
{
	enum spot around = (enum spot)in;
	enum spot spot = around == NOWHERE ? ROOT : next_spot(around, key);
	enum node_kind wanted = kind_of(spot);

	if (is_passed(around, spot, kind) ||
	    (wanted != NODE_NONE && kind != wanted))
		return NOWHERE;
	*want = spot < A_TEXT ? SCAN_ENTER
	    : is_list(around) ? SCAN_BUILD_EACH
			      : SCAN_BUILD;
	return spot;
}

static bool
start_member(struct plan *plan, struct level *level, struct str key,
    enum node_kind kind, struct tfa_error *err)
{
	enum spot spot = next_spot(level->spot, key);
	enum node_kind wanted = kind_of(spot);

	if (!note_name(plan, level, key, err))
		return false;
	if (is_passed(level->spot, spot, kind))
		return true;
	if (wanted != NODE_NONE && kind != wanted)
		return refuse(plan, err, key,
		    wanted == NODE_ARRAY ? "is no list" : "is no object");
	return spot < A_TEXT ? enter(plan, spot, key, err)
			     : build(plan, spot, key, err);
}

static bool
start_document(struct plan *plan, enum node_kind kind, struct tfa_error *err)
{
	plan->is_object = kind == NODE_OBJECT;
	return !plan->is_object || enter(plan, ROOT, STR(""), err);
}

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	struct plan *plan = ctx;
	struct level *level = top(plan);

	(void)want;
	plan->stopped = level ? !start_member(plan, level, key, kind, err)
			      : !start_document(plan, kind, err);
	return !plan->stopped;
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	struct plan *plan = ctx;

	(void)err;
	if (top(plan)->spot == CONFIG_ONE_CALL)
		pop_call(plan);
	plan->level_count--;
	return true;
}

/* --- Scalars of the root --- */

static bool
take_text(struct plan *plan, struct value v, struct tfa_error *err)
{
	const struct {
		struct str name;
		struct str *text;
	} texts[] = {
	    {{"format_version", 14}, &plan->info.format_version},
	    {{"terraform_version", 17}, &plan->info.terraform_version},
	    {{"timestamp", 9}, &plan->info.timestamp},
	};

	if (value_kind(v) != NODE_STRING)
		return refuse(plan, err, plan->name, "is no text");
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		if (!str_eq(texts[i].name, plan->name))
			continue;
		*texts[i].text = value_copy_text(v, &plan->arena);
		return texts[i].text->ptr || error_nomem(err);
	}
	return true;
}

static bool
take_flag(struct plan *plan, struct value v, struct tfa_error *err)
{
	const struct {
		struct str name;
		enum stated *flag;
	} flags[] = {
	    {{"applyable", 9}, &plan->info.applyable},
	    {{"complete", 8}, &plan->info.complete},
	    {{"errored", 7}, &plan->info.errored},
	};

	if (value_kind(v) != NODE_TRUE && value_kind(v) != NODE_FALSE)
		return refuse(
		    plan, err, plan->name, "is neither true nor false");
	for (size_t i = 0; i < COUNTOF(flags); i++) {
		if (str_eq(flags[i].name, plan->name))
			*flags[i].flag = value_kind(v) == NODE_TRUE
			    ? STATED_TRUE
			    : STATED_FALSE;
	}
	return true;
}

/* --- Dispatch --- */

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	static bool (*const takers[SPOTS])(
	    struct plan *, struct value, struct tfa_error *) = {
	    [A_TEXT] = take_text,
	    [A_FLAG] = take_flag,
	    [A_VARIABLE] = take_variable,
	    [A_CHANGE] = take_change,
	    [A_DEFERRED] = take_deferred,
	    [A_DRIFT] = take_drift,
	    [AN_OUTPUT_CHANGE] = take_output_change,
	    [A_RESOURCE] = take_resource,
	    [AN_OUTPUT] = take_output,
	    [A_PROVIDER] = take_provider,
	    [A_CONFIG_RESOURCE] = take_config_resource,
	    [A_CALL_MEMBER] = take_call_member,
	    [A_CONFIG_OUTPUT] = take_config_output,
	    [A_CONFIG_VARIABLE] = take_config_variable,
	};
	struct plan *plan = ctx;
	bool ok;

	arena_reset(&plan->scratch);
	ok = takers[plan->building](plan, value, err);
	if (ok && plan->secrets.failed)
		ok = error_nomem(err);
	plan->stopped = !ok;
	return ok;
}

/* --- The whole --- */

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void
note_head(struct plan *plan, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len && plan->head_len < sizeof(plan->head); i++) {
		if (plan->head_len || !is_blank(bytes[i]))
			plan->head[plan->head_len++] = bytes[i];
	}
}

/* What the document is says more than where its grammar breaks. */
static void
explain_failure(struct plan *plan, char byte, struct tfa_error *err)
{
	const char *what;

	if (err->code != TFA_ERR_PLAN || plan->stopped)
		return;
	what = diagnose_broken(plan->keys,
	    (struct str){plan->head, plan->head_len},
	    scan_complete(plan->scan), byte);
	if (!what)
		return;
	err->code = TFA_ERR_NONE;
	error_set(err, TFA_ERR_PLAN, "%s", what);
}

char *
plan_space(struct plan *plan, size_t *size, struct tfa_error *err)
{
	return scan_space(plan->scan, size, err);
}

bool
plan_feed(
    struct plan *plan, const char *bytes, size_t len, struct tfa_error *err)
{
	uint64_t begun = plan->info.bytes, at;

	plan->info.bytes += len;
	note_head(plan, bytes, len);
	if (scan_feed(plan->scan, bytes, len, err))
		return true;
	at = err->offset - begun;
	explain_failure(plan,
	    err->offset >= begun && at < len ? bytes[at] : '\0', err);
	return false;
}

/* "1.2": a major that we know, and whatever minor. */
static bool
version_fits(struct str version)
{
	struct str minor, major = str_cut(version, '.', &minor);

	if (!str_eq(major, STR("0")) && !str_eq(major, STR("1")))
		return false;
	for (size_t i = 0; i < minor.len; i++) {
		if (minor.ptr[i] < '0' || minor.ptr[i] > '9')
			return false;
	}
	return minor.len > 0;
}

static bool
check_document(struct plan *plan, struct tfa_error *err)
{
	const char *what = diagnose(plan->keys);

	if (!plan->is_object)
		what = "this is JSON, but no object, so it is no Terraform "
		       "plan: run terraform show -json PLANFILE";
	else if (!what && !version_fits(plan->info.format_version))
		what = "unsupported plan format version: 0.x and 1.x are known";
	else if (!what && plan->info.document == DOCUMENT_STATE &&
	    (plan->planned_here || plan->changes_here))
		what = "this is neither plan nor state: it has values beside "
		       "planned_values or resource_changes";
	return !what || error_set(err, TFA_ERR_PLAN, "%s", what);
}

bool
plan_finish(struct plan *plan, struct tfa_error *err)
{
	if (plan->info.bytes == 0)
		return error_set(err, TFA_ERR_PLAN,
		    "the input is empty: did the command that writes it fail?");
	if (!scan_finish(plan->scan, err)) {
		explain_failure(plan, '\0', err);
		return false;
	}
	if (!check_document(plan, err))
		return false;
	if (plan->planned_here && plan->changes_here &&
	    !crosscheck_finish(plan->check, err))
		return false;
	secrets_settle(&plan->secrets);
	return !plan->secrets.failed || error_nomem(err);
}

const struct plan_info *
plan_info(const struct plan *plan)
{
	return &plan->info;
}

bool
plan_secret(const struct plan *plan, struct str text)
{
	return secrets_has(&plan->secrets, text);
}
