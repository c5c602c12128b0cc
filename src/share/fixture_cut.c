/*
 * A document is cut while it passes: what is kept of it is built and written
 * piece by piece.  Containers are opened when the first of their members is
 * written, so that nothing is left of a module without resources.
 */
#include <stdlib.h>

#include "json/scan.h"
#include "json/write.h"
#include "share/fixture.h"

enum place {
	DOCUMENT,
	/* entered */
	ROOT,
	GIVEN, /* root variables */
	ENTRIES,
	DEFERRED,
	STATE,
	VALUES,
	MODULE,
	RESOURCES,
	CHILDREN,
	CONFIG,
	PROVIDERS,
	CONFIG_MODULE,
	CONFIG_RESOURCES,
	CALLS,
	CALL,
	NAMED, /* outputs or variables of a module */
	/* built */
	A_MEMBER,
	AN_ADDRESS,
	AN_ENTRY,
	A_DEFERRED,
	A_CONFIG_RESOURCE,
	ARGUMENTS,
};

/* Where a member leads; a NULL key is any. */
static const struct route {
	enum place in;
	const char *key;
	enum place to;
	enum vertex_kind kind; /* its key must be kept as one; 0: it is kept */
	enum vertex_kind members; /* what those of a NAMED one are */
} routes[] = {
    {DOCUMENT, NULL, ROOT, 0, 0},
    {ROOT, "variables", GIVEN, 0, 0},
    {ROOT, "resource_changes", ENTRIES, 0, 0},
    {ROOT, "deferred_changes", DEFERRED, 0, 0},
    {ROOT, "planned_values", VALUES, 0, 0},
    {ROOT, "values", VALUES, 0, 0},
    {ROOT, "prior_state", STATE, 0, 0},
    {ROOT, "configuration", CONFIG, 0, 0},
    {GIVEN, NULL, A_MEMBER, VERTEX_VARIABLE, 0},
    {ENTRIES, NULL, AN_ENTRY, 0, 0},
    {DEFERRED, NULL, A_DEFERRED, 0, 0},
    {STATE, "values", VALUES, 0, 0},
    {VALUES, "root_module", MODULE, 0, 0},
    {MODULE, "resources", RESOURCES, 0, 0},
    {MODULE, "child_modules", CHILDREN, 0, 0},
    {MODULE, "address", AN_ADDRESS, 0, 0},
    {RESOURCES, NULL, AN_ENTRY, 0, 0},
    {CHILDREN, NULL, MODULE, 0, 0},
    {CONFIG, "provider_config", PROVIDERS, 0, 0},
    {CONFIG, "root_module", CONFIG_MODULE, 0, 0},
    {PROVIDERS, NULL, A_MEMBER, VERTEX_PROVIDER, 0},
    {CONFIG_MODULE, "resources", CONFIG_RESOURCES, 0, 0},
    {CONFIG_MODULE, "module_calls", CALLS, 0, 0},
    {CONFIG_MODULE, "outputs", NAMED, 0, VERTEX_OUTPUT},
    {CONFIG_MODULE, "variables", NAMED, 0, VERTEX_VARIABLE},
    {CONFIG_RESOURCES, NULL, A_CONFIG_RESOURCE, 0, 0},
    {CALLS, NULL, CALL, VERTEX_CALL, 0},
    {CALL, "module", CONFIG_MODULE, 0, 0},
    {CALL, "expressions", ARGUMENTS, 0, 0},
    {CALL, NULL, A_MEMBER, 0, 0},
};

/* An entered container; texts are in names. */
struct frame {
	enum place place;
	enum vertex_kind members;
	size_t name;	 /* its key, with a NUL behind */
	size_t path_len; /* of the path around it */
	bool named, array, opened;
	struct str address; /* of a module, until it is opened */
};

struct cut {
	struct graph *graph;
	const struct address *subject;
	unsigned level;
	struct emit emit;
	struct scan_handler handler;
	struct scan *scan;
	struct arena scratch;
	struct buf names, path; /* of the module of the configuration */
	struct buf key, text;
	enum place building;
	struct frame *frames;
	size_t count, cap;
};

/* --- What is kept --- */

static bool
is_kept(struct cut *cut, enum vertex_kind kind, struct str name)
{
	struct str path = cut->path.len ? buf_str(&cut->path) : STR("");
	const struct vertex *vertex;

	/* Providers are named for the whole plan, and any may be asked for. */
	if (kind == VERTEX_PROVIDER) {
		path = STR("");
		if (cut->level >= FIXTURE_MODULE)
			return true;
	}
	vertex = graph_find(cut->graph, kind, path, name);
	return vertex && vertex->level <= cut->level;
}

/* Could the instance be the one of the subject's keys? */
static bool
keys_fit(const struct cut *cut, const struct address *address, bool same)
{
	const struct address *subject = cut->subject;

	for (size_t i = 0;
	     i < address->step_count && i < subject->step_count; i++) {
		if (!str_eq(address->steps[i].name, subject->steps[i].name))
			break;
		if (!address_key_equal(
			address->steps[i].key, subject->steps[i].key))
			return false;
	}
	if (same)
		return address_key_equal(address->key, subject->key);
	return !address->key.len || !subject->key.len ||
	    address_key_equal(address->key, subject->key);
}

static bool
address_kept(struct cut *cut, struct value text)
{
	struct graph *graph = cut->graph;
	struct address address;
	struct vertex *vertex;

	arena_reset(&cut->scratch);
	if (value_kind(text) != NODE_STRING ||
	    !address_read(&address, value_copy_text(text, &cut->scratch),
		&cut->scratch))
		return false;
	vertex = graph_resource(graph, &address);
	if (!vertex || vertex->level > cut->level)
		return false;
	return cut->level > FIXTURE_NEAREST ||
	    keys_fit(cut, &address,
		vertex == graph_resource(graph, cut->subject));
}

/* --- Writing --- */

static const char *
key_in(const struct cut *cut, const struct frame *frame)
{
	return frame->named ? cut->names.ptr + frame->name : NULL;
}

static void
open_all(struct cut *cut)
{
	for (size_t i = 0; i < cut->count; i++) {
		struct frame *frame = &cut->frames[i];

		if (frame->opened)
			continue;
		emit_open(&cut->emit, key_in(cut, frame),
		    frame->array ? '[' : '{');
		frame->opened = true;
		if (frame->address.ptr)
			emit_str(&cut->emit, "address", frame->address);
	}
}

/* The key of the value at hand; NULL in a list. */
static const char *
key_of(const struct cut *cut)
{
	const struct frame *top = &cut->frames[cut->count - 1];

	return top->array ? NULL : cut->key.ptr;
}

static void
put(struct cut *cut, struct value value)
{
	open_all(cut);
	emit_value(&cut->emit, key_of(cut), value);
}

static void
put_address(struct cut *cut, struct value value)
{
	struct frame *top = &cut->frames[cut->count - 1];

	if (top->opened)
		emit_value(&cut->emit, key_of(cut), value);
	else if (value_kind(value) == NODE_STRING)
		top->address = value_copy_text(value, &cut->graph->arena);
}

/* Arguments of a call for the variables that are kept. */
static void
put_arguments(struct cut *cut, struct value value)
{
	struct value_iter it = value_each(value);
	struct str name;

	open_all(cut);
	emit_open(&cut->emit, key_of(cut), '{');
	while (it.object && value_step(&it)) {
		name = value_text(it.key, &cut->text);
		if (!name.ptr || !is_kept(cut, VERTEX_VARIABLE, name))
			continue;
		cut->key.len = 0;
		buf_add(&cut->key, name);
		if (buf_byte(&cut->key, '\0'))
			emit_value(&cut->emit, cut->key.ptr, it.value);
	}
	emit_close(&cut->emit, '}');
}

static void
put_config_resource(struct cut *cut, struct value value)
{
	struct str name = value_text(
	    value_member(value, STR("address")), &cut->text);

	if (name.ptr && is_kept(cut, VERTEX_RESOURCE, name))
		put(cut, value);
}

/* --- Reading --- */

static const struct route *
route_of(enum place in, struct str key)
{
	for (size_t i = 0; i < COUNTOF(routes); i++) {
		if (routes[i].in == in &&
		    (!routes[i].key || str_eq(key, str_of(routes[i].key))))
			return &routes[i];
	}
	return NULL;
}

static bool
enter(struct cut *cut, enum place place, struct str key, bool array,
    enum vertex_kind members)
{
	struct frame frame = {.place = place,
	    .members = members,
	    .name = cut->names.len,
	    .path_len = cut->path.len,
	    .array = array,
	    .named = cut->count && !cut->frames[cut->count - 1].array};

	if (!array_reserve(&cut->frames, &cut->cap, cut->count + 1,
		sizeof(frame)))
		return false;
	buf_add(&cut->names, key);
	buf_byte(&cut->names, '\0');
	if (place == CALL) {
		buf_add(&cut->path,
		    cut->path.len ? STR(".module.") : STR("module."));
		buf_add(&cut->path, key);
	}
	cut->frames[cut->count++] = frame;
	return !cut->names.failed && !cut->path.failed;
}

static bool
build(struct cut *cut, enum place place, struct str key)
{
	cut->building = place;
	cut->key.len = 0;
	buf_add(&cut->key, key);
	return buf_byte(&cut->key, '\0') && !cut->key.failed;
}

/* Is it kept by its key? */
static bool
passes(struct cut *cut, const struct route *route, struct str key)
{
	struct buf inner = {0};
	const struct vertex *call;
	bool kept;

	if (!route->kind)
		return true;
	if (route->kind != VERTEX_CALL)
		return is_kept(cut, route->kind, key);
	if (cut->path.len)
		buf_fmt(&inner, STR_FMT ".", STR_ARG(buf_str(&cut->path)));
	buf_add(&inner, STR("module."));
	buf_add(&inner, key);
	call = inner.failed ? NULL
			    : graph_find(cut->graph, VERTEX_CALL,
				  buf_str(&inner), STR(""));
	kept = call && call->level <= cut->level;
	cut->graph->failed = cut->graph->failed || inner.failed;
	buf_free(&inner);
	return kept;
}

static bool
take_start(void *ctx, struct str key, enum node_kind kind,
    enum scan_want *want, struct tfa_error *err)
{
	struct cut *cut = ctx;
	const struct frame *top =
	    cut->count ? &cut->frames[cut->count - 1] : NULL;
	enum place in = top ? top->place : DOCUMENT;
	const struct route *route = route_of(in, key);
	enum place to = route ? route->to : A_MEMBER;
	bool ok = true;

	if (in == NAMED) {
		if (!is_kept(cut, top->members, key))
			return true;
	} else if (route ? !passes(cut, route, key) : kind >= NODE_ARRAY) {
		return true;
	}
	if (to < A_MEMBER && kind >= NODE_ARRAY) {
		*want = SCAN_ENTER;
		ok = enter(cut, to, key, kind == NODE_ARRAY,
		    route ? route->members : 0);
	} else if (top) {
		*want = SCAN_BUILD;
		ok = build(cut, to < A_MEMBER ? A_MEMBER : to, key);
	}
	return ok || error_nomem(err);
}

static bool
take_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct cut *cut = ctx;
	struct value change;

	switch (cut->building) {
	case AN_ADDRESS:
		put_address(cut, value);
		break;
	case AN_ENTRY:
		if (address_kept(cut, value_member(value, STR("address"))))
			put(cut, value);
		break;
	case A_DEFERRED:
		change = value_member(value, STR("resource_change"));
		if (address_kept(cut, value_member(change, STR("address"))))
			put(cut, value);
		break;
	case A_CONFIG_RESOURCE:
		put_config_resource(cut, value);
		break;
	case ARGUMENTS:
		put_arguments(cut, value);
		break;
	default:
		put(cut, value);
		break;
	}
	if (cut->graph->failed || cut->key.failed || cut->text.failed)
		return error_nomem(err);
	return true;
}

/* Without these sections it would be another kind of document. */
static bool
is_needed(enum place place)
{
	return place == ROOT || place == ENTRIES || place == VALUES ||
	    place == CONFIG;
}

static bool
take_end(void *ctx, struct tfa_error *err)
{
	struct cut *cut = ctx;
	struct frame *top = &cut->frames[cut->count - 1];

	(void)err;
	if (is_needed(top->place))
		open_all(cut);
	if (top->opened)
		emit_close(&cut->emit, top->array ? ']' : '}');
	cut->names.len = top->name;
	cut->path.len = top->path_len;
	cut->count--;
	return true;
}

struct cut *
cut_new(struct graph *graph, const struct address *subject, unsigned level,
    FILE *out)
{
	struct cut *cut = calloc(1, sizeof(*cut));

	if (!cut)
		return NULL;
	cut->graph = graph;
	cut->subject = subject;
	cut->level = level;
	cut->handler = (struct scan_handler){
	    .start = take_start, .built = take_built, .end = take_end};
	emit_init(&cut->emit, out, true);
	cut->scan = scan_new(NULL, &cut->handler, cut);
	if (cut->scan)
		return cut;
	cut_free(cut);
	return NULL;
}

void
cut_free(struct cut *cut)
{
	if (!cut)
		return;
	scan_free(cut->scan);
	arena_free(&cut->scratch);
	buf_free(&cut->names);
	buf_free(&cut->path);
	buf_free(&cut->key);
	buf_free(&cut->text);
	free(cut->frames);
	free(cut);
}

bool
cut_feed(
    struct cut *cut, const char *bytes, size_t len, struct tfa_error *err)
{
	return scan_feed(cut->scan, bytes, len, err);
}

bool
cut_finish(struct cut *cut, struct tfa_error *err)
{
	return scan_finish(cut->scan, err) &&
	    (emit_finish(&cut->emit) ||
		error_set(err, TFA_ERR_REPORT, "cannot be written whole"));
}
