/*
 * Looking at a path of a subject: one of five states, with whatever a reader
 * needs to understand it.
 */
#ifndef ENGINE_LOOK_H
#define ENGINE_LOOK_H

#include "config/config.h"
#include "engine/embedded.h"
#include "engine/result.h"
#include "op/date.h"
#include "plan/seen.h"

struct joins;
struct trace;
struct record;

/* A step that a look has taken, from the resource down. */
struct place {
	const struct place *up; /* NULL: the subject itself */
	enum step_kind kind;
	struct str name;
	size_t index, count; /* STEP_INDEX: of how many */
	/* STEP_CALL: what is unknown in the document waits for; or NULL. */
	const struct origin *origin;
};

/* A place with what is there. */
struct spot {
	const struct place *place;
	struct seen seen;
};

/* What every look of one evaluation has in common. */
struct scene {
	const struct tfa_policies *policies;
	const struct subject *subject;
	const struct config *config;
	/*
	 * False while the configuration may still come: what depends on it is
	 * then unknown for the time being, and pending is set.
	 */
	bool config_ready;
	bool pending;
	bool before; /* nothing unknown, nothing omitted */
	bool now_ready; /* else dates wait like the configuration */
	const struct date *now; /* NULL: the plan has none that can be read */
	bool failed; /* out of memory: sticks */
	struct str no_attribute; /* looked at, but the provider has none */
	struct str no_attribute_of; /* a partner's type, or empty */
	struct joins *joins;  /* NULL until the whole plan has been read */
	struct record *me;    /* subject as a partner of others; or NULL */
	struct scene *first;  /* of the judged resource; NULL: it is this one */
	size_t compared; /* of the first scene: partners, where that is bounded */
	const char *note; /* on a document that was read, or NULL */
	struct trace *trace;	 /* NULL: nobody asks how it came to be */
	struct embedded_texts *embedded; /* of the subject */
	struct arena *arena; /* for places and looks: the scene's life */
	struct buf *text;    /* scratch for decoded text */
};

struct look {
	enum state state;
	struct spot spot;	   /* KNOWN: what is there; DEFAULTED: that value */
	const struct place *gap;   /* UNSET, DEFAULTED: the first step that is
				      not there, or NULL for the last */
	bool omitted;		   /* UNSET, DEFAULTED: masked, but not written */
	bool pending;		   /* UNKNOWN: for the time being */
	bool constant;		   /* KNOWN: taken from the configuration */
	struct str setting;	   /* KNOWN, DEFAULTED: what else in the plan
				      says so, "aws_x.y", or empty */
	bool no_schema;		   /* UNKNOWN: perhaps only left out */
	const char *open;	   /* UNKNOWN: it is left out, and what decides
				      then is open; why, static text, or NULL */
	struct origin origin;	   /* UNKNOWN and not pending */
	const struct default_entry *entry; /* DEFAULTED from the table */
	const char *invalid;	   /* INVALID: why, static text */
	const struct subject *of;  /* a partner, or NULL: the judged resource */
};

/* The subject itself: where absolute paths start. */
struct spot scene_root(const struct scene *scene);

/*
 * Before any default.  may_be_block: the path may name a nested block rather than
 * an attribute, so that what no literal block writes counts as left out only if
 * the digest knows it; a dynamic block leaves no trace.
 */
struct look look_at(struct scene *scene, const struct spot *from,
    const struct path *path, bool may_be_block);

/* Null, "", [] or {} with nothing unknown inside; or nothing at all. */
bool seen_unset(const struct seen *seen);

/*
 * An unset look takes the declared default: the condition's, that of a setting
 * in the plan, or the table's.
 */
void look_default(struct scene *scene, struct look *look,
    const struct cond *cond);

/* The same without a condition. */
void look_plain_default(struct scene *scene, struct look *look);

/* The element that a quantifier has come to. */
struct spot spot_element(struct scene *scene, const struct spot *list,
    const struct seen_iter *it);

/* "a[0].b[\"k\"]", appended to out; names only and joined by dots for false. */
void place_print(const struct place *place, bool indexes, struct buf *out);

/* The written state of a path, for the operator of that name. */
enum written look_written(struct scene *scene, const struct look *look);

#endif
