/*
 * What a fixture keeps of a plan: the configuration as a graph of names, and
 * cutting a document down to a part of it.  For the files of fixture.c.
 */
#ifndef SHARE_FIXTURE_H
#define SHARE_FIXTURE_H

#include "base/map.h"
#include "plan/plan_read.h"
#include "policy/policy.h"

/* What a vertex is, as the first byte of its name. */
enum vertex_kind {
	VERTEX_RESOURCE = 'r', /* all its instances */
	VERTEX_VARIABLE = 'v',
	VERTEX_OUTPUT = 'o',
	VERTEX_OUTPUTS = 'w', /* all of a call */
	VERTEX_CALL = 'c',
	VERTEX_PROVIDER = 'p',
};

struct vertex;

struct link {
	struct link *next;
	struct vertex *vertex;
};

struct vertex {
	enum vertex_kind kind;
	struct str path; /* module calls without keys, or empty */
	struct str type; /* of a resource */
	unsigned level;	 /* the least one that keeps it; FIXTURE_NEVER */
	bool seed;	 /* what refers to it is searched */
	bool found;	 /* it refers to a seed, or is one */
	unsigned hops;	 /* resources from there to a seed */
	struct link *to, *from;
};

/* What is kept grows from level to level. */
enum {
	FIXTURE_NEAREST,  /* what refers to it, with its keys */
	FIXTURE_INSTANCES, /* all instances; what refers to that; settings */
	FIXTURE_MODULE,	  /* what may be joined, of its module */
	FIXTURE_PLAN,	  /* of the whole plan */
	FIXTURE_NEVER,
};

/* A zeroed graph is empty. */
struct graph {
	struct arena arena;
	struct map vertices; /* kind and name -> struct vertex */
	struct vertex **queue;
	size_t queue_cap;
	struct buf text;
	bool failed; /* no memory: sticks */
};

void graph_free(struct graph *graph);
/* Found or made; NULL without memory. */
struct vertex *graph_vertex(struct graph *graph, enum vertex_kind kind,
    struct str path, struct str name);
/* Found, or NULL. */
const struct vertex *graph_find(struct graph *graph, enum vertex_kind kind,
    struct str path, struct str name);
struct vertex *graph_resource(
    struct graph *graph, const struct address *address);
void graph_link(struct graph *graph, struct vertex *from, struct vertex *to);
/* False without memory. */
bool graph_add(struct graph *graph, const struct config_item *item);
/* It and all that it refers to are kept from that level on. */
void graph_keep(
    struct graph *graph, struct vertex *vertex, unsigned level);
/* Find what refers to seeds, through others too. */
void graph_search(struct graph *graph);

struct cut;

/* The part of a document that a level keeps, for the subject's sake. */
struct cut *cut_new(struct graph *graph, const struct address *subject,
    unsigned level, FILE *out);
void cut_free(struct cut *cut);
bool cut_feed(struct cut *cut, const char *bytes, size_t len,
    struct tfa_error *err);
bool cut_finish(struct cut *cut, struct tfa_error *err);

#endif
