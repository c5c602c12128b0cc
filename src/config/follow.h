/* Following one expression to what a person wrote; for provenance.c. */
#ifndef CONFIG_FOLLOW_H
#define CONFIG_FOLLOW_H

#include "config/graph.h"
#include "config/provenance.h"

enum { CANDIDATES_MOST = 8 };

/* A module, with the key of the instance that is meant, or empty. */
struct instance {
	const struct config_module *module;
	const struct instance *up;
	struct str key;
};

enum spot_kind { AT_NOTHING, AT_RESOURCE, AT_CALL, AT_VARIABLE, AT_OUTPUT, AT_LOCAL };

/* Something that is written in a module, and its part. */
struct written_at {
	enum spot_kind kind;
	const struct config_module *module; /* it stands in; AT_CALL: called */
	struct str name, part;
	const char *note; /* behind it, or NULL */
};

/* An expression in its place. */
struct expression {
	struct value value;
	const struct instance *in;
	struct value for_each; /* of the resource or call */
	struct str each_key;
	struct written_at at;
	struct str rest; /* what of its value is meant: ".a[\"k\"][0]" */
};

/* Where following ended. */
struct stop {
	enum provenance_kind kind;
	bool null;
	bool same;    /* as the value of the plan */
	bool differs; /* from it: something else made it */
	bool rewritten; /* differs, though nothing stands between */
	struct written_at at;
	const struct config_module *module; /* that decided */
	struct str reference;
	struct expression expression; /* EXPRESSION: what is made of several */
	struct written_at certain; /* AT_NOTHING, or what holds the value for sure,
				      while it is not seen to be in at */
};

struct search {
	const struct provenance_query *query;
	struct arena *arena;
	struct buf text;
	bool failed; /* out of memory: sticks */
	/* The argument of this call that was followed; of several, none. */
	const struct config_module *call;
	struct str argument;
	bool several;
};

/* Different things that an expression refers to. */
struct references {
	struct str items[CANDIDATES_MOST];
	size_t count, more;
};

struct references references_of(
    struct search *search, struct value expression);

/* The end for something written at a place, without looking at its value. */
struct stop stop_at(enum provenance_kind kind, const struct written_at *at);

/* As far as one thing leads to one other. */
struct stop follow_all(struct search *search, struct expression from);
/*
 * One step, along a traversal of from: either *from becomes what it leads to
 * and the result is true, or *stop says why it does not go on.
 */
bool follow_text(struct search *search, struct expression *from,
    struct str text, struct stop *stop);

/*
 * A part of a value is passed on with the whole.  A resource or an output holds
 * something beside it more often than around it.
 */
bool leads_beside(const struct expression *from, struct str text);

/* As it is called from the root. */
struct str search_absolute(struct search *search,
    const struct config_module *module, struct str text);
/* What was printed into search->text, which is emptied. */
struct str search_taken(struct search *search);
/* One step as a traversal has it. */
void step_print(struct buf *out, const struct config_step *step);

#endif
