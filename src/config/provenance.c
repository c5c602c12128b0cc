/*
 * Where an expression refers to several things, each is followed on its own, to
 * one place and no further, so a hostile plan costs a bounded number of steps.
 * What stands inside a module that is fetched from elsewhere cannot be edited:
 * the place is then the outermost call of such a module.
 */
#include "config/follow.h"
#include "config/walk.h"

enum { BLOCKS_MOST = 32 };

/* --- Paths --- */

/* The steps from one on, as a traversal goes on with them. */
static struct str
rest_from(struct search *search, size_t from)
{
	for (size_t i = from; i < search->query->step_count; i++)
		step_print(&search->text, &search->query->steps[i]);
	return search_taken(search);
}

/* As the author of a block thinks of it: without indexes. */
static struct str
path_in_block(struct search *search)
{
	struct str text;

	for (size_t i = 0; i < search->query->step_count; i++) {
		if (!search->query->steps[i].is_index)
			step_print(&search->text, &search->query->steps[i]);
	}
	text = search_taken(search);
	return text.len && text.ptr[0] == '.' ? str_from(text, 1) : text;
}

/* --- What a person edits --- */

static bool
is_remote(const struct config_module *module)
{
	static const struct str local[] = {
	    {"./", 2}, {"../", 3}, {".\\", 2}, {"..\\", 3}, {"/", 1}};

	for (size_t i = 0; i < COUNTOF(local); i++) {
		if (str_starts(module->source, local[i]))
			return false;
	}
	return module->source.len > 0;
}

/* NULL: everything around is the user's own. */
static const struct config_module *
outermost_remote(const struct config_module *module)
{
	const struct config_module *found = NULL;

	for (; module && module->parent; module = module->parent) {
		if (is_remote(module))
			found = module;
	}
	return found;
}

static struct written_at
editable(const struct written_at *at)
{
	const struct config_module *stands =
	    at->kind == AT_CALL ? at->module->parent : at->module;
	const struct config_module *remote = outermost_remote(stands);

	if (!remote)
		return *at;
	return (struct written_at){.kind = AT_CALL, .module = remote};
}

/* module "a" */
static void
print_named(struct buf *out, struct str word, struct str name)
{
	buf_add(out, word);
	buf_add(out, STR(" \""));
	buf_add(out, name);
	buf_byte(out, '"');
}

static void
print_what(struct search *search, const struct written_at *at)
{
	const struct address *address = search->query->address;
	const struct config_module *in =
	    at->kind == AT_CALL ? at->module->parent : at->module;
	struct buf *out = &search->text;

	switch (at->kind) {
	case AT_NOTHING:
		break;
	case AT_RESOURCE:
		print_named(out,
		    address->mode == MODE_DATA ? STR("data")
					       : STR("resource"),
		    address->type);
		buf_add(out, STR(" \""));
		buf_add(out, address->name);
		buf_byte(out, '"');
		break;
	case AT_CALL:
		print_named(out, STR("module"), at->module->name);
		break;
	case AT_VARIABLE:
		print_named(out, STR("variable"), at->name);
		break;
	case AT_OUTPUT:
		print_named(out, STR("output"), at->name);
		break;
	case AT_LOCAL:
		buf_add(out, STR("local."));
		buf_add(out, at->name);
		break;
	}
	if (in && in->path.len) {
		buf_add(out, STR(" in "));
		buf_add(out, in->path);
	}
	if (at->note)
		buf_fmt(out, " (%s)", at->note);
}

static struct edit
edit_of(struct search *search, const struct written_at *at)
{
	struct edit edit = {.source = at->module->source,
	    .version = at->module->version,
	    .attribute = at->part,
	    .is_call = at->kind == AT_CALL,
	    .own_block = at->kind == AT_RESOURCE &&
		!str_starts(at->part, STR("for_each"))};

	print_what(search, at);
	edit.what = search_taken(search);
	return edit;
}

static struct str
edit_text(struct search *search, const struct written_at *at)
{
	print_what(search, at);
	if (at->part.len) {
		buf_add(&search->text, STR(": "));
		buf_add(&search->text, at->part);
	}
	return search_taken(search);
}

/* The argument, "a", of "a" or "a.b". */
static bool
is_of_argument(struct str input, struct str argument)
{
	return str_starts(input, argument) &&
	    (input.len == argument.len || input.ptr[argument.len] == '.' ||
		input.ptr[argument.len] == '[');
}

/*
 * The argument of the module that the caller knows to govern the path, unless
 * the path was seen to come from another one.
 */
static bool
known_input(struct search *search, const struct instance *in,
    struct written_at *out)
{
	const struct provenance_query *query = search->query;
	const struct config_module *remote = search->call;
	struct expression from = {.rest = STR("")};
	struct str input;
	struct stop stop;

	if (!remote || !query->input)
		return false;
	input = query->input(query->ctx, remote->source);
	if (!input.len)
		return false;
	if (search->argument.len && !search->several &&
	    !is_of_argument(input, search->argument))
		return false;
	*out = (struct written_at){
	    .kind = AT_CALL, .module = remote, .part = input};
	from.value = value_member(remote->expressions, input);
	if (!from.value.node)
		return true;
	while (in->module != remote)
		in = in->up;
	from.in = in->up;
	from.for_each = remote->for_each;
	from.each_key = in->key;
	from.at = *out;
	stop = follow_all(search, from);
	if (stop.same)
		*out = editable(&stop.at);
	return true;
}

/* --- Several --- */

static void
add_candidate(struct provenance *out, struct str *items, struct str text)
{
	for (size_t i = 0; i < out->candidate_count; i++) {
		if (str_eq(items[i], text))
			return;
	}
	if (out->candidate_count < CANDIDATES_MOST)
		items[out->candidate_count++] = text;
	else
		out->more++;
}

/* What was followed too far: the value is made of that and of more. */
static bool
is_beside(const struct stop *stop)
{
	return stop->certain.kind != AT_NOTHING &&
	    (stop->differs || stop->kind == PROVENANCE_EXPRESSION ||
		stop->kind == PROVENANCE_UNKNOWN);
}

static struct str
candidate_text(struct search *search, const struct stop *stop)
{
	struct written_at at =
	    editable(is_beside(stop) ? &stop->certain : &stop->at);

	if (stop->kind == PROVENANCE_REFERENCE ||
	    (stop->kind == PROVENANCE_UNKNOWN && stop->reference.len))
		return stop->reference;
	return edit_text(search, &at);
}

/* Inside a module that cannot be edited, with nothing of its call to name. */
static bool
is_out_of_reach(const struct stop *stop)
{
	struct written_at at = editable(&stop->at);

	return at.kind == AT_CALL && at.part.len == 0;
}

static void list_candidates(struct search *search, struct provenance *out,
    struct str *items, const struct expression *from, bool deeper);

static void
list_candidate(struct search *search, struct provenance *out,
    struct str *items, struct expression from, struct str text, bool deeper)
{
	struct stop stop;

	if (leads_beside(&from, text)) {
		add_candidate(out, items,
		    search_absolute(search, from.in->module, text));
		return;
	}
	if (follow_text(search, &from, text, &stop))
		stop = follow_all(search, from);
	if (deeper && is_out_of_reach(&stop) && stop.expression.value.node)
		list_candidates(search, out, items, &stop.expression, false);
	else
		add_candidate(out, items, candidate_text(search, &stop));
}

/* Each thing that from refers to; deeper: and what is out of reach, once. */
static void
list_candidates(struct search *search, struct provenance *out,
    struct str *items, const struct expression *from, bool deeper)
{
	struct references references = references_of(search, from->value);

	out->more += references.more;
	for (size_t i = 0; i < references.count; i++)
		list_candidate(search, out, items, *from,
		    references.items[i], deeper);
	out->candidates = items;
}

/* Every block of the name: one place where all agree, else candidates. */
static struct stop
merge_blocks(struct search *search, struct provenance *out, struct str *items,
    const struct stop *stops, size_t count)
{
	struct stop stop = stops[0];
	bool same = true;

	for (size_t i = 1; i < count; i++)
		same = same && stops[i].kind == stop.kind &&
		    stops[i].module == stop.module &&
		    stops[i].at.kind == stop.at.kind;
	if (same && stop.kind != PROVENANCE_EXPRESSION &&
	    stop.kind != PROVENANCE_REFERENCE)
		return stop;
	for (size_t i = 0; i < count; i++)
		add_candidate(out, items, candidate_text(search, &stops[i]));
	out->candidates = items;
	stop.kind = PROVENANCE_EXPRESSION;
	stop.expression.value = VALUE_NONE;
	return stop;
}

/* --- The resource's own block --- */

struct inquiry {
	struct search search;
	struct view view;
	struct expression own; /* without its value and rest */
	struct str *candidates;
	struct provenance *out;
};

static bool
is_planned(const struct inquiry *inquiry, size_t step)
{
	return step < inquiry->view.count &&
	    inquiry->view.steps[step].is_index &&
	    inquiry->view.steps[step].count > 0;
}

/* The plan has a list of objects there. */
static bool
holds_objects(const struct inquiry *inquiry, size_t step)
{
	const struct view *view = &inquiry->view;

	if (step + 1 == view->count)
		return inquiry->search.query->objects;
	return is_planned(inquiry, step + 1) && step + 2 < view->count &&
	    !view->steps[step + 2].is_index;
}

/* Nothing writes it.  A block may be an attribute in the provider's schema. */
static enum provenance_kind
kind_missing(const struct inquiry *inquiry, size_t step)
{
	struct digest_path schema = view_schema(&inquiry->view, step + 1);
	bool there = schema.kind == DIGEST_ATTRIBUTE
	    ? holds_objects(inquiry, step)
	    : is_planned(inquiry, step + 1) ||
		(schema.kind == DIGEST_BLOCK && inquiry->search.query->set);

	if (!there)
		return PROVENANCE_OMITTED;
	/* Providers keep a block that was there, though nothing writes it. */
	return inquiry->search.query->existed ? PROVENANCE_OMITTED
					      : PROVENANCE_DYNAMIC;
}

static struct stop origin_in(
    struct inquiry *inquiry, struct value content, size_t step);

static struct stop
origin_of_many(struct inquiry *inquiry, const struct spot *at)
{
	const struct config_step *index = &inquiry->view.steps[at->step];
	size_t count = value_count(at->value), done = 0;
	struct value_iter it = value_each(at->value);
	struct stop stops[BLOCKS_MOST];

	if (index->is_index && index->count > count)
		return stop_at(PROVENANCE_DYNAMIC, &inquiry->own.at);
	inquiry->out->blocks = count;
	while (done < BLOCKS_MOST && value_step(&it))
		stops[done++] = origin_in(
		    inquiry, it.value, at->step + index->is_index);
	if (done == 0)
		return stop_at(PROVENANCE_OMITTED, &inquiry->own.at);
	return merge_blocks(&inquiry->search, inquiry->out,
	    inquiry->candidates, stops, done);
}

static struct stop
origin_in(struct inquiry *inquiry, struct value content, size_t step)
{
	struct spot at = view_walk(&inquiry->view, content, step);
	struct expression from = inquiry->own;

	switch (at.found) {
	case FOUND_EXPRESSION:
		from.value = at.value;
		from.rest = rest_from(&inquiry->search, at.step);
		return follow_all(&inquiry->search, from);
	case FOUND_BLOCK:
		return stop_at(PROVENANCE_LITERAL, &from.at);
	case FOUND_MISSING:
		return stop_at(kind_missing(inquiry, at.step), &from.at);
	case FOUND_MANY:
		return origin_of_many(inquiry, &at);
	case FOUND_HIDDEN:
		break;
	}
	return stop_at(PROVENANCE_UNKNOWN, &from.at);
}

/* --- All together --- */

static const struct instance *
instances_of(struct search *search)
{
	const struct address *address = search->query->address;
	const struct config_module *module = &search->query->config->root;
	struct instance *in = arena_new(search->arena, struct instance);

	if (in)
		*in = (struct instance){module, NULL, STR("")};
	for (size_t i = 0; in && i < address->step_count; i++) {
		struct instance *below =
		    arena_new(search->arena, struct instance);

		module = map_find(&module->calls, address->steps[i].name);
		if (!module)
			break;
		if (below)
			*below = (struct instance){
			    module, in, address->steps[i].key};
		in = below;
	}
	search->failed = search->failed || !in;
	return in;
}

static void
conclude(struct inquiry *inquiry, const struct stop *stop)
{
	struct search *search = &inquiry->search;
	struct provenance *out = inquiry->out;
	bool beside = is_beside(stop);
	struct written_at at = editable(beside ? &stop->certain : &stop->at);
	struct written_at far;
	const struct config_module *module = stop->module;

	if (beside && stop->kind != PROVENANCE_UNKNOWN)
		module = stop->certain.module;
	out->kind = stop->kind;
	out->null = stop->null;
	out->rewritten = stop->rewritten;
	out->reference = stop->reference;
	out->call = (struct config_call){
	    module->path, module->source, module->version};
	if (stop->differs) {
		out->kind = PROVENANCE_EXPRESSION;
		out->null = false;
		far = editable(&stop->at);
		add_candidate(
		    out, inquiry->candidates, edit_text(search, &far));
		out->candidates = inquiry->candidates;
	} else if (stop->expression.value.node) {
		list_candidates(search, out, inquiry->candidates,
		    &stop->expression, true);
	}
	if (known_input(search, inquiry->own.in, &at)) {
		out->edit = edit_of(search, &at);
		out->edit.by_control = true;
		return;
	}
	out->edit = edit_of(search, &at);
}

static struct stop
origin_of(struct inquiry *inquiry, const struct config_resource *resource)
{
	const struct written_at *own = &inquiry->own.at;

	if (!resource)
		return stop_at(PROVENANCE_UNKNOWN, own);
	if (inquiry->view.count == 0)
		return stop_at(PROVENANCE_LITERAL, own);
	inquiry->own.for_each = resource->for_each;
	if (!resource->expressions.node)
		return stop_at(kind_missing(inquiry, 0), own);
	return origin_in(inquiry, resource->expressions, 0);
}

bool
provenance_find(struct provenance *out, const struct provenance_query *query,
    struct arena *arena)
{
	struct inquiry inquiry = {
	    .search = {.query = query, .arena = arena},
	    .view = {&query->address->type, query->digest, query->steps,
		query->step_count},
	    .out = out};
	const struct config_module *module =
	    config_module(query->config, query->address);
	struct expression *own = &inquiry.own;
	struct stop stop;

	*out = (struct provenance){0};
	if (query->address->mode != MODE_MANAGED)
		inquiry.view.digest = NULL;
	inquiry.candidates =
	    arena_array(arena, CANDIDATES_MOST, sizeof(struct str));
	own->in = instances_of(&inquiry.search);
	if (!inquiry.candidates || !own->in)
		return false;
	inquiry.search.call = outermost_remote(own->in->module);
	own->each_key = query->address->key;
	own->at = (struct written_at){.kind = AT_RESOURCE,
	    .module = own->in->module,
	    .part = path_in_block(&inquiry.search)};
	stop = origin_of(&inquiry,
	    module ? config_resource(module, query->address) : NULL);
	conclude(&inquiry, &stop);
	buf_free(&inquiry.search.text);
	return !inquiry.search.failed;
}
