/*
 * The plan document.  Walks it as it comes, in whatever order its keys stand,
 * and hands out subjects and pieces of the configuration; keeps what can only
 * be told at the end: flags, the cross-check, the secrets.
 */
#ifndef PLAN_PLAN_READ_H
#define PLAN_PLAN_READ_H

#include "base/error.h"
#include "plan/subject.h"

/* A flag that the document may not state at all. */
enum stated { UNSTATED, STATED_FALSE, STATED_TRUE };

enum document { DOCUMENT_PLAN, DOCUMENT_STATE };

struct plan_info {
	enum document document;
	struct str format_version, terraform_version, timestamp; /* or empty */
	enum stated applyable, complete, errored;
	bool has_changes;	/* resource_changes is there */
	bool has_planned;	/* planned_values has resources */
	bool has_configuration; /* configuration is there */
	uint64_t bytes;		/* of the decoded document */
	size_t entries;		/* of resource_changes and deferred_changes,
				   deposed ones included; of a state its deposed
				   ones */
	size_t deposed, drifted, deferred;
};

/* A piece of the configuration section. */
enum config_kind {
	CONFIG_RESOURCE, /* name is empty, value the whole resource object */
	CONFIG_CALL,	 /* a member (field) of module call name, but "module" */
	CONFIG_VARIABLE, /* value is the variable's object */
	CONFIG_GIVEN,	 /* value is what a root variable has in this plan; it
			    comes from outside the configuration section */
	CONFIG_OUTPUT,	 /* value is the output's object */
	CONFIG_PROVIDER, /* an entry of provider_config; name is its key */
};

struct config_item {
	enum config_kind kind;
	const struct str *module; /* call names from the root */
	size_t depth;		  /* how many */
	struct str name;
	struct str field; /* CONFIG_CALL: "source", "expressions", ... */
	struct value value;
};

/*
 * Called as the document comes; false ends the reading with *err set.
 * subject: in document order, resource_changes, deferred_changes and (for data
 *   sources, only where want_data) prior_state.  Deposed entries are counted
 *   but not handed over.  SUBJECT_PLANNED ones come while it is not known
 *   whether resource_changes will follow; once it does, dropped is called and
 *   what was made of them is void.
 *   Their values may have a name twice in one object: whoever evaluates them
 *   has to look (value_unique).
 * config: pieces of configuration, in document order.
 */
struct plan_handler {
	bool (*subject)(
	    void *ctx, const struct subject *subject, struct tfa_error *err);
	void (*dropped)(void *ctx);
	bool (*config)(void *ctx, const struct config_item *item,
	    struct tfa_error *err);
	/*
	 * Will resources of a type be evaluated?  Only those are searched for a
	 * name that stands twice in one object; NULL: all of them.
	 */
	bool (*evaluates)(void *ctx, struct str type);
	bool want_data;
	/* SUBJECT_PLANNED ones need not come any more; or NULL. */
	const bool *planned_enough;
};

struct plan;

/* limits and handler are borrowed.  NULL: out of memory. */
struct plan *plan_new(const struct tfa_limits *limits,
    const struct plan_handler *handler, void *ctx, bool cross_check);
void plan_free(struct plan *plan);

/*
 * Decoded bytes (see input.h).  Errors are TFA_ERR_PLAN with place and, for
 * another kind of document, what it is and what to run instead; TFA_ERR_LIMIT;
 * TFA_ERR_NOMEM; the handler's own.
 */
bool plan_feed(
    struct plan *plan, const char *bytes, size_t len, struct tfa_error *err);
/* Where the next decoded bytes may be put, see scan.h. */
char *plan_space(struct plan *plan, size_t *size, struct tfa_error *err);
/* The last byte: everything is checked now.  The info lives with the plan. */
bool plan_finish(struct plan *plan, struct tfa_error *err);
const struct plan_info *plan_info(const struct plan *plan);

/*
 * After plan_finish: does this text (of a string, decoded; or of a number)
 * stand under a true sensitive mask anywhere in the plan, or in a sensitive
 * variable or output, or in a provider's configuration?
 */
bool plan_secret(const struct plan *plan, struct str text);

#endif
