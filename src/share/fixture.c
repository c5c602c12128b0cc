/*
 * A plan is read twice.  The first time the graph of its configuration is made,
 * the second time what the largest level keeps is cut from its redacted copy
 * and held; smaller ones are cut from that.  Whoever asks for them judges
 * whether a level is enough.
 */
#include <stdlib.h>

#include "plan/input.h"
#include "share/fixture.h"

enum {
	/* Relations inside relations, and so what refers to what refers. */
	ROUNDS = 2,
	LARGEST = FIXTURE_PLAN,
};

_Static_assert(TFA_FIXTURE_LEVELS == LARGEST + 1, "all levels can be asked");

struct tfa_fixture {
	const struct tfa_policies *policies;
	struct tfa_limits limits;
	struct plan_handler handler;
	struct plan *plan;
	struct input *input;
	struct tfa_redactor *redactor;
	struct graph graph;
	struct arena arena;
	struct address address;
	bool found;
	struct str instance; /* one of several that the address names */
	struct names joined; /* types that its controls join */
	struct cut *cut;
	char *text; /* of the largest level */
	size_t len;
	FILE *out;
};

/* --- The first time --- */

static bool
see_subject(void *ctx, const struct subject *subject, struct tfa_error *err)
{
	struct tfa_fixture *fixture = ctx;
	const struct address *address = &subject->address;
	struct vertex *vertex = graph_resource(&fixture->graph, address);

	if (!vertex)
		return error_nomem(err);
	if (str_eq(address->text, fixture->address.text))
		fixture->found = true;
	else if (!fixture->instance.len &&
	    vertex == graph_resource(&fixture->graph, &fixture->address))
		fixture->instance =
		    arena_copy(&fixture->arena, address->text);
	return !fixture->graph.failed || error_nomem(err);
}

static void
ignore_drop(void *ctx)
{
	(void)ctx;
}

static bool
see_config(void *ctx, const struct config_item *item, struct tfa_error *err)
{
	struct tfa_fixture *fixture = ctx;

	return graph_add(&fixture->graph, item) || error_nomem(err);
}

static bool
evaluates_nothing(void *ctx, struct str type)
{
	(void)ctx;
	(void)type;
	return false;
}

static bool
feed_plan(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct tfa_fixture *fixture = ctx;

	return plan_feed(fixture->plan, bytes, len, err);
}

static bool
read_address(struct tfa_fixture *fixture, const char *address,
    struct tfa_error *err)
{
	struct str text = str_of(address);

	if (!address_valid(text))
		return error_set(err, TFA_ERR_USAGE,
		    "the subject is no address of a resource instance");
	text = arena_copy(&fixture->arena, text);
	return (text.ptr &&
		   address_read(&fixture->address, text, &fixture->arena)) ||
	    error_nomem(err);
}

struct tfa_fixture *
tfa_fixture_new(const struct tfa_policies *policies, const char *address,
    struct tfa_error *err)
{
	struct tfa_fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture) {
		error_nomem(err);
		return NULL;
	}
	fixture->policies = policies;
	fixture->handler = (struct plan_handler){.subject = see_subject,
	    .dropped = ignore_drop,
	    .config = see_config,
	    .evaluates = evaluates_nothing,
	    .want_data = true};
	fixture->plan = plan_new(
	    &fixture->limits, &fixture->handler, fixture, true);
	fixture->input = input_new(&fixture->limits, feed_plan, fixture);
	fixture->redactor = tfa_redact_new(NULL, err);
	if (!fixture->plan || !fixture->input || !fixture->redactor)
		error_nomem(err);
	else if (read_address(fixture, address, err))
		return fixture;
	tfa_fixture_free(fixture);
	return NULL;
}

void
tfa_fixture_free(struct tfa_fixture *fixture)
{
	if (!fixture)
		return;
	plan_free(fixture->plan);
	input_free(fixture->input);
	tfa_redact_free(fixture->redactor);
	cut_free(fixture->cut);
	if (fixture->out)
		fclose(fixture->out);
	free(fixture->text);
	graph_free(&fixture->graph);
	arena_free(&fixture->arena);
	free(fixture);
}

bool
tfa_fixture_read(struct tfa_fixture *fixture, const void *bytes, size_t len,
    struct tfa_error *err)
{
	return input_feed(fixture->input, bytes, len, err) &&
	    tfa_redact_read(fixture->redactor, bytes, len, err);
}

/* --- What is kept --- */

static bool
gather_joined(struct tfa_fixture *fixture, struct tfa_error *err)
{
	const struct tfa_policies *policies = fixture->policies;
	const struct control **controls;
	struct str *names = NULL;
	size_t touched, count = 0, cap = 0;

	if (!policies_need_type(policies, fixture->address.type, NULL) ||
	    !policies_touched(policies, fixture->address.type, &fixture->arena,
		&controls, &touched))
		return error_nomem(err);
	for (size_t i = 0; i < touched; i++) {
		const struct control *control = controls[i];

		if (!control_selects_type(control, fixture->address.type))
			continue;
		for (size_t j = 0; j < control->partners.count; j++) {
			if (!arena_grow(&fixture->arena, &names, count, &cap,
				sizeof(*names)))
				return error_nomem(err);
			names[count++] = control->partners.items[j];
		}
	}
	fixture->joined = (struct names){names, count};
	return true;
}

/* Of either mode: few types have both. */
static bool
is_joined(const struct tfa_fixture *fixture, const struct vertex *vertex)
{
	if (vertex->kind != VERTEX_RESOURCE || !vertex->type.len)
		return false;
	for (size_t i = 0; i < fixture->joined.count; i++) {
		struct str name = fixture->joined.items[i];

		if (str_starts(name, STR("data.")))
			name = str_from(name, STR("data.").len);
		if (str_eq(name, vertex->type))
			return true;
	}
	return false;
}

static struct vertex *
vertex_at(const struct tfa_fixture *fixture, size_t i)
{
	return fixture->graph.vertices.entries[i].value;
}

/* What is joined and refers to what is kept so far is kept from level on. */
static void
keep_referrers(struct tfa_fixture *fixture, struct vertex *subject,
    unsigned level, bool kept)
{
	struct graph *graph = &fixture->graph;

	for (size_t i = 0; i < graph->vertices.count; i++) {
		struct vertex *vertex = vertex_at(fixture, i);

		vertex->seed = vertex == subject ||
		    (kept && vertex->level <= level &&
			is_joined(fixture, vertex));
	}
	graph_search(graph);
	for (size_t i = 0; i < graph->vertices.count; i++) {
		struct vertex *vertex = vertex_at(fixture, i);

		if (vertex->found && is_joined(fixture, vertex))
			graph_keep(graph, vertex, level);
	}
}

/* What a relation may find by a value, or by being the only one. */
static void
keep_candidates(struct tfa_fixture *fixture, const struct vertex *subject)
{
	struct graph *graph = &fixture->graph;

	for (unsigned level = FIXTURE_INSTANCES; level <= LARGEST; level++) {
		for (size_t i = 0; i < graph->vertices.count; i++) {
			struct vertex *vertex = vertex_at(fixture, i);
			bool governs = vertex->type.len &&
			    policies_governing(
				fixture->policies, vertex->type);
			bool candidate = is_joined(fixture, vertex) ||
			    str_eq(vertex->type, subject->type);

			if (governs ||
			    (candidate && level == FIXTURE_MODULE &&
				str_eq(vertex->path, subject->path)) ||
			    (candidate && level == FIXTURE_PLAN))
				graph_keep(graph, vertex, level);
		}
	}
}

static bool
decide(struct tfa_fixture *fixture, struct tfa_error *err)
{
	struct graph *graph = &fixture->graph;
	struct vertex *subject = graph_resource(graph, &fixture->address);

	if (!subject || !gather_joined(fixture, err))
		return error_nomem(err);
	graph_keep(graph, subject, FIXTURE_NEAREST);
	keep_referrers(fixture, subject, FIXTURE_NEAREST, false);
	for (size_t i = 0; i < ROUNDS; i++)
		keep_referrers(fixture, subject, FIXTURE_INSTANCES, true);
	keep_candidates(fixture, subject);
	return !graph->failed || error_nomem(err);
}

static bool
check_found(const struct tfa_fixture *fixture, struct tfa_error *err)
{
	if (fixture->found)
		return true;
	if (fixture->instance.len)
		return error_set(err, TFA_ERR_USAGE,
		    "the plan has several instances of that resource; name "
		    "one of them, such as " STR_FMT,
		    (int)(fixture->instance.len < 200 ? fixture->instance.len
						      : 200),
		    fixture->instance.ptr);
	return error_set(err, TFA_ERR_USAGE,
	    "the plan has no resource instance of that address");
}

/* --- The second time --- */

static bool
take_copy(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct tfa_fixture *fixture = ctx;

	return cut_feed(fixture->cut, bytes, len, err);
}

bool
tfa_fixture_turn(struct tfa_fixture *fixture, struct tfa_error *err)
{
	if (!input_finish(fixture->input, err) ||
	    !plan_finish(fixture->plan, err) ||
	    !check_found(fixture, err) || !decide(fixture, err))
		return false;
	fixture->out = open_memstream(&fixture->text, &fixture->len);
	if (fixture->out)
		fixture->cut = cut_new(&fixture->graph, &fixture->address,
		    LARGEST, fixture->out);
	return fixture->cut
	    ? tfa_redact_turn(fixture->redactor, take_copy, fixture, err)
	    : error_nomem(err);
}

bool
tfa_fixture_copy(struct tfa_fixture *fixture, const void *bytes, size_t len,
    struct tfa_error *err)
{
	return tfa_redact_copy(fixture->redactor, bytes, len, err);
}

bool
tfa_fixture_finish(struct tfa_fixture *fixture, struct tfa_error *err)
{
	size_t replaced;

	return tfa_redact_finish(fixture->redactor, &replaced, err) &&
	    cut_finish(fixture->cut, err);
}

bool
tfa_fixture_write(struct tfa_fixture *fixture, unsigned level, FILE *out,
    struct tfa_error *err)
{
	struct cut *cut;
	bool ok;

	if (level > LARGEST)
		return error_set(
		    err, TFA_ERR_USAGE, "a fixture has no such level");
	cut = cut_new(&fixture->graph, &fixture->address, level, out);
	if (!cut)
		return error_nomem(err);
	ok = cut_feed(cut, fixture->text, fixture->len, err) &&
	    cut_finish(cut, err);
	cut_free(cut);
	return ok;
}
