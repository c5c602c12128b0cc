/*
 * Resources that others are joined with.  Each is kept while the plan is read,
 * as a copy of the few attributes that joins read; once it has been read they
 * stand in order of their addresses, whatever the order of the document.
 */
#ifndef ENGINE_PARTNER_H
#define ENGINE_PARTNER_H

#include "config/target.h"
#include "plan/seen.h"
#include "policy/policy.h"

struct group;
struct kind;
struct answered;

struct record {
	const struct subject *subject; /* projected, before included */
	struct kind *kind;
	size_t index; /* in kind->items */
	/* Made by the joins as they are asked for. */
	struct str provider; /* identity of its configuration; see below */
	bool provider_asked;
	struct group *alone;
	struct answered *answered; /* to conditions on it */
};

/* All resources of a type and a mode. */
struct kind {
	struct str name; /* "aws_x", "data.aws_x" */
	struct str type;
	enum mode mode;
	struct record **items; /* in order of their addresses */
	size_t count, cap;
	/* Made by the joins as they are asked for. */
	bool grouped, by_provider;
	struct map resources; /* address without its last key -> struct group */
	struct map families;  /* address without keys -> struct group */
	struct map modules;   /* module instance -> struct group */
	struct map providers; /* identity -> struct group */
	struct group *all;
};

/* Zeroed but for the configuration. */
struct partners {
	struct arena arena;
	const struct config *config;
	struct map kinds;     /* name -> struct kind */
	struct map addresses; /* -> struct record */
	/* What no plan shows: name -> struct kind, for in_plan only. */
	struct map facts;
};

void partners_free(struct partners *partners);

/*
 * Keep a managed resource or data source with the top-level attributes of
 * those names (see subject_project).  False without memory.
 */
bool partners_add(struct partners *partners, const struct subject *subject,
    const struct names *attributes);
/*
 * The same for a fact about a provider configuration, or "*" for every one that
 * no other fact speaks of.
 */
bool partners_add_fact(struct partners *partners, const struct subject *subject,
    const struct names *attributes, struct str provider);
/* No more of them come; everything below asks for this. */
void partners_sort(struct partners *partners);

/* NULL: the plan has none. */
struct kind *partners_kind(const struct partners *partners, struct str name);
struct kind *partners_facts(const struct partners *partners, struct str name);
struct record *partners_find(
    const struct partners *partners, struct str address);

/* Is it there, before or after? */
bool record_is_there(const struct record *record, bool before);
/* What it is or was, as a whole. */
struct seen record_seen(const struct record *record, bool before);
/* The identity of its provider configuration; empty where that is not known. */
struct str record_provider(
    const struct partners *partners, struct record *record);

/*
 * Texts by which others may call it: id, arn, name, bucket, url, function_name,
 * what ends in "identifier", and the attribute called also, which may be empty.
 */
bool is_identifying(struct str name, struct str also);
/* The names above, for subject_project. */
extern const struct str identifying_names[];
extern const size_t identifying_name_count;

#endif
