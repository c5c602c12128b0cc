/*
 * One expression leads to the next as long as it refers to one thing: a
 * variable to the argument of the call or to its default, an output into its
 * module, each.value to the for_each.
 */
#include "config/follow.h"

#include "config/walk.h"
#include "op/op.h"

/*
 * A plan may have as many instances as an object has members, and as an
 * expression has references: neither is read to its end for each of them.
 */
enum { HOPS_MOST = 32, MEMBERS_MOST = 4096, REFERENCES_MOST = 256 };

/* --- Texts --- */

struct str
search_taken(struct search *search)
{
	struct str kept = {NULL, 0};

	if (!search->text.failed)
		kept = arena_copy(search->arena, buf_str(&search->text));
	if (!kept.ptr) {
		search->failed = true;
		kept = STR("");
	}
	search->text.len = 0;
	return kept;
}

static struct str
joined(struct search *search, struct str a, struct str b)
{
	if (a.len == 0 || b.len == 0)
		return a.len ? a : b;
	buf_add(&search->text, a);
	buf_add(&search->text, b);
	return search_taken(search);
}

struct str
search_absolute(struct search *search, const struct config_module *module,
    struct str text)
{
	if (!module->path.len)
		return text;
	buf_add(&search->text, module->path);
	buf_byte(&search->text, '.');
	buf_add(&search->text, text);
	return search_taken(search);
}

static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (!(c == '_' || c == '-' || (c >= '0' && c <= '9') ||
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
			return false;
	}
	return s.len > 0;
}

void
step_print(struct buf *out, const struct config_step *step)
{
	if (step->is_index) {
		buf_fmt(out, "[%zu]", step->index);
		return;
	}
	if (is_name(step->name)) {
		buf_byte(out, '.');
		buf_add(out, step->name);
		return;
	}
	buf_add(out, STR("[\""));
	for (size_t i = 0; i < step->name.len; i++) {
		if (step->name.ptr[i] == '"' || step->name.ptr[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, step->name.ptr[i]);
	}
	buf_add(out, STR("\"]"));
}

/* --- Inside a constant --- */

/* "[\"k\"]" as text, or false where it is a number. */
static bool
key_text(struct search *search, struct str key, struct str *out)
{
	bool is_text = false;

	if (!address_key(key, &is_text, out, &search->text) || !is_text) {
		search->text.len = 0;
		return false;
	}
	*out = arena_copy(search->arena, *out);
	search->failed = search->failed || !out->ptr;
	search->text.len = 0;
	return !search->failed;
}

/* "[7]"; SIZE_MAX where it is none. */
static size_t
key_number(struct str key)
{
	size_t number = 0, i = 1;

	while (i < key.len && key.ptr[i] >= '0' && key.ptr[i] <= '9' &&
	    number < 1000000)
		number = number * 10 + (size_t)(key.ptr[i++] - '0');
	return i > 1 ? number : SIZE_MAX;
}

/* How far the rest leads into a constant. */
struct inside {
	struct value value; /* what is there */
	struct str taken;   /* so much of the rest */
	bool missing;	    /* an object has no such member */
	bool whole;	    /* all of the rest was taken */
	bool large;	    /* it was not looked for */
};

static bool
step_inside(struct search *search, struct inside *in, struct traversal *at)
{
	struct str key = traversal_key(at), name;
	bool named = true;

	if (!key.len)
		name = traversal_name(at);
	else
		named = key_text(search, key, &name);
	if (!key.len && !name.len)
		return false;
	if (named && !key.len && value_kind(in->value) == NODE_ARRAY &&
	    value_count(in->value) == 1)
		in->value = value_item(in->value, 0);
	if (!named && value_kind(in->value) == NODE_ARRAY) {
		in->value = value_item(in->value, key_number(key));
		return in->value.node != NULL;
	}
	if (!named || value_kind(in->value) != NODE_OBJECT)
		return false;
	in->large = value_count(in->value) > MEMBERS_MOST;
	if (in->large)
		return false;
	in->value = value_member(in->value, name);
	in->missing = !in->value.node;
	return !in->missing;
}

static struct inside
look_inside(struct search *search, struct value constant, struct str rest)
{
	struct inside in = {.value = constant};
	struct traversal at = {str_head(rest, 0), rest};

	at.text = (struct str){NULL, 0};
	while (at.rest.len) {
		struct value here = in.value;

		if (!step_inside(search, &in, &at)) {
			if (!in.missing)
				in.value = here;
			break;
		}
		in.taken = str_head(rest, rest.len - at.rest.len);
	}
	if (in.missing)
		in.taken = str_head(rest, rest.len - at.rest.len);
	in.whole = in.missing || in.large || in.taken.len == rest.len;
	if (in.large)
		in.value = VALUE_NONE;
	return in;
}

bool
provenance_hash(uint64_t *out, struct value value, struct buf *scratch)
{
	struct str text;

	switch (value_kind(value)) {
	case NODE_TRUE:
		text = STR("true");
		break;
	case NODE_FALSE:
		text = STR("false");
		break;
	case NODE_NUMBER:
		text = value_raw(value);
		break;
	case NODE_STRING:
		text = value_text(value, scratch);
		break;
	default:
		return false;
	}
	if (!text.ptr)
		return false;
	*out = str_hash(text, 0);
	return true;
}

/* What was written, beside what the plan has. */
static void
compare(struct search *search, struct stop *stop, const struct inside *in)
{
	const struct provenance_query *query = search->query;
	uint64_t hash;

	stop->null = value_kind(in->value) == NODE_NULL || in->missing;
	if (!in->whole) {
		stop->differs = true;
	} else if (!query->set) {
		stop->same = is_empty(in->value);
		stop->differs = !stop->same;
	} else if (in->missing) {
		stop->differs = true;
	} else if (query->is_scalar &&
	    provenance_hash(&hash, in->value, &search->text)) {
		stop->same = hash == query->scalar_hash;
		stop->differs = !stop->same;
	}
	search->text.len = 0;
}

/* --- Ends --- */

struct stop
stop_at(enum provenance_kind kind, const struct written_at *at)
{
	return (struct stop){.kind = kind, .at = *at, .module = at->module};
}

static enum provenance_kind
kind_written(const struct written_at *at, bool null)
{
	if (at->kind != AT_CALL)
		return PROVENANCE_LITERAL;
	return null ? PROVENANCE_NULL_INPUT : PROVENANCE_MODULE_INPUT;
}

static struct stop
stop_constant(struct search *search, const struct expression *from,
    struct value constant)
{
	struct inside in = look_inside(search, constant, from->rest);
	struct written_at at = from->at;
	struct stop stop;
	bool null = value_kind(in.value) == NODE_NULL;
	bool direct =
	    at.kind == AT_RESOURCE && !str_eq(at.part, STR("for_each"));

	if (!direct && at.kind != AT_OUTPUT)
		at.part = joined(search, at.part, in.taken);
	stop = stop_at(kind_written(&at, null), &at);
	compare(search, &stop, &in);
	/* Nothing but the provider stands between the block and the plan. */
	if (direct) {
		stop.rewritten = stop.differs && in.whole && search->query->set;
		stop.differs = false;
	}
	if (in.missing)
		stop.kind = PROVENANCE_OMITTED;
	return stop;
}

static struct stop
stop_hidden(struct search *search, const struct expression *from,
    const struct traversal *ref)
{
	struct stop stop = stop_at(PROVENANCE_UNKNOWN, &from->at);
	struct traversal at = {ref->text, ref->text};

	stop.module = from->in->module;
	stop.reference = search_absolute(search, from->in->module, ref->text);
	if (str_eq(traversal_name(&at), STR("local"))) {
		stop.at = (struct written_at){.kind = AT_LOCAL,
		    .module = from->in->module,
		    .name = traversal_name(&at)};
	}
	return stop;
}

static struct stop
stop_reference(struct search *search, const struct expression *from,
    const struct traversal *ref)
{
	struct stop stop = stop_at(PROVENANCE_REFERENCE, &from->at);

	stop.module = from->in->module;
	stop.reference = search_absolute(search, from->in->module, ref->text);
	return stop;
}

static struct stop
stop_default(struct search *search, const struct expression *from,
    struct str name, const struct config_variable *variable)
{
	const struct config_module *module = from->in->module;
	struct written_at at = {.kind = AT_CALL, .module = module, .part = name};
	struct inside in;
	struct stop stop;

	if (!variable || !variable->default_value.node)
		return stop_at(PROVENANCE_UNKNOWN, &at);
	in = look_inside(search, variable->default_value, from->rest);
	stop = stop_at(PROVENANCE_VARIABLE_DEFAULT, &at);
	compare(search, &stop, &in);
	return stop;
}

/* A variable of the root: the document says what it has, not who said so. */
static struct stop
stop_root(struct search *search, const struct expression *from,
    struct str name, const struct config_variable *variable)
{
	static const struct op_args plain;
	struct written_at at = {.kind = AT_VARIABLE,
	    .module = from->in->module,
	    .name = name,
	    .note = "set with -var or in a .tfvars file"};
	struct value given = {NULL, NULL}, by_default = {NULL, NULL};
	struct stop stop;
	struct inside in;

	if (variable) {
		given = variable->given;
		by_default = variable->default_value;
	}
	stop = stop_at(PROVENANCE_ROOT_VARIABLE, &at);
	if (by_default.node && !value_is_container(by_default) &&
	    given.node && !value_equal(given, by_default, &plain))
		by_default.node = NULL;
	if (by_default.node &&
	    (!given.node || value_equal(given, by_default, &plain))) {
		stop.kind = PROVENANCE_VARIABLE_DEFAULT;
		stop.at.note = "its default, or the same in a .tfvars file";
	} else if (by_default.node) {
		stop.at.note = "its default, -var or a .tfvars file";
	}
	if (!given.node)
		given = by_default;
	if (given.node) {
		in = look_inside(search, given, from->rest);
		compare(search, &stop, &in);
	}
	return stop;
}

/* --- From one expression to the next --- */

/*
 * Either *from becomes what the traversal leads to, and the result is true, or
 * *stop says why it does not go on.
 */
typedef bool follower(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop);

static bool
follow_hidden(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop)
{
	*stop = stop_hidden(search, from, ref);
	return false;
}

static bool
follow_resource(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop)
{
	*stop = stop_reference(search, from, ref);
	return false;
}

static void
note_argument(struct search *search, const struct config_module *module,
    struct str name)
{
	if (module != search->call)
		return;
	search->several = search->several ||
	    (search->argument.len && !str_eq(search->argument, name));
	search->argument = name;
}

static bool
follow_var(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop)
{
	const struct instance *in = from->in;
	const struct config_module *module = in->module;
	struct str name = traversal_name(ref);
	const struct config_variable *variable =
	    map_find(&module->variables, name);
	struct value given;

	from->rest = joined(search, ref->rest, from->rest);
	if (!module->parent) {
		*stop = stop_root(search, from, name, variable);
		return false;
	}
	if (!module->called) {
		*stop = stop_hidden(search, from, ref);
		return false;
	}
	note_argument(search, module, name);
	given = value_member(module->expressions, name);
	if (!given.node) {
		*stop = stop_default(search, from, name, variable);
		return false;
	}
	from->value = given;
	from->in = in->up;
	from->for_each = module->for_each;
	from->each_key = in->key;
	from->at = (struct written_at){
	    .kind = AT_CALL, .module = module, .part = name};
	return true;
}

static bool
follow_module(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop)
{
	const struct config_module *called =
	    map_find(&from->in->module->calls, traversal_name(ref));
	struct str key = traversal_key(ref), name = traversal_name(ref);
	const struct config_output *output =
	    called ? map_find(&called->outputs, name) : NULL;
	struct instance *in;

	if (!output) {
		*stop = stop_hidden(search, from, ref);
		/* All of its outputs. */
		if (called && !name.len)
			stop->kind = PROVENANCE_EXPRESSION;
		return false;
	}
	in = arena_new(search->arena, struct instance);
	if (!in) {
		search->failed = true;
		*stop = stop_hidden(search, from, ref);
		return false;
	}
	*in = (struct instance){called, from->in, key};
	from->rest = joined(search, ref->rest, from->rest);
	from->value = output->expression;
	from->in = in;
	from->for_each = VALUE_NONE;
	from->each_key = STR("");
	from->at = (struct written_at){
	    .kind = AT_OUTPUT, .module = called, .name = name};
	return true;
}

static bool
follow_each(struct search *search, struct expression *from,
    struct traversal *ref, struct stop *stop)
{
	if (!str_eq(traversal_name(ref), STR("value")) ||
	    from->at.kind == AT_OUTPUT) {
		*stop = stop_hidden(search, from, ref);
		return false;
	}
	from->rest = joined(search, ref->rest, from->rest);
	from->rest = joined(search, from->each_key, from->rest);
	from->value = from->for_each;
	from->at.part = STR("for_each");
	from->for_each = VALUE_NONE;
	return true;
}

/* NULL: it says nothing of where a value came from. */
static const struct {
	struct str head;
	follower *follow;
} heads[] = {
    {{"var", 3},       follow_var   },
    {{"module", 6},    follow_module},
    {{"each", 4},      follow_each  },
    {{"local", 5},     follow_hidden},
    {{"self", 4},      follow_hidden},
    {{"ephemeral", 9}, follow_hidden},
    {{"action", 6},    follow_hidden},
    {{"list", 4},      follow_hidden},
    {{"count", 5},     NULL         },
    {{"path", 4},      NULL         },
    {{"terraform", 9}, NULL         },
    {{"tofu", 4},      NULL         },
};

static follower *
follower_of(struct str text)
{
	struct traversal ref = {text, text};
	struct str head = traversal_name(&ref);

	if (str_eq(text, STR("each.key")))
		return NULL;
	for (size_t i = 0; i < COUNTOF(heads); i++) {
		if (str_eq(head, heads[i].head))
			return heads[i].follow;
	}
	return follow_resource;
}

bool
follow_text(struct search *search, struct expression *from, struct str text,
    struct stop *stop)
{
	struct traversal ref = {text, text};
	follower *follow = follower_of(text);

	if (follow != follow_resource)
		traversal_name(&ref);
	return follow(search, from, &ref, stop);
}

static void
references_add(struct references *references, struct str text)
{
	for (size_t i = 0; i < references->count; i++) {
		if (str_eq(references->items[i], text))
			return;
	}
	if (references->count < CANDIDATES_MOST)
		references->items[references->count++] = text;
	else
		references->more++;
}

struct references
references_of(struct search *search, struct value expression)
{
	struct value list = value_member(expression, STR("references"));
	struct traversals it = traversals_of(list, search->arena);
	struct references references = {.count = 0};

	size_t read = 0;

	while (traversals_step(&it)) {
		if (++read > REFERENCES_MOST) {
			references.more++;
			break;
		}
		if (follower_of(it.text))
			references_add(&references, it.text);
	}
	search->failed = search->failed || it.failed;
	return references;
}

/* "aws_x.y" and "data.aws_x.y[0]": the parts are attributes of it. */
static bool
is_whole_resource(struct str text)
{
	struct traversal at = {text, text};

	if (str_eq(traversal_name(&at), STR("data")))
		traversal_name(&at);
	traversal_name(&at);
	traversal_key(&at);
	return at.rest.len == 0;
}

bool
leads_beside(const struct expression *from, struct str text)
{
	follower *follow = follower_of(text);

	if (!from->rest.len)
		return false;
	return follow == follow_module ||
	    (follow == follow_resource && !is_whole_resource(text));
}

/* One more step; false with *stop set where there is none. */
static bool
follow_once(struct search *search, struct expression *from, struct stop *stop)
{
	struct value constant =
	    value_member(from->value, STR("constant_value"));
	struct references references;

	if (constant.node) {
		*stop = stop_constant(search, from, constant);
		return false;
	}
	references = references_of(search, from->value);
	if (references.count == 0) {
		*stop = stop_at(kind_written(&from->at, false), &from->at);
		return false;
	}
	if (references.count > 1 || leads_beside(from, references.items[0])) {
		*stop = stop_at(PROVENANCE_EXPRESSION, &from->at);
		stop->expression = *from;
		return false;
	}
	return follow_text(search, from, references.items[0], stop);
}

struct stop
follow_all(struct search *search, struct expression from)
{
	struct written_at certain = {.kind = AT_NOTHING};
	struct stop stop = stop_at(PROVENANCE_UNKNOWN, &from.at);

	for (size_t hops = 0; hops < HOPS_MOST && !search->failed; hops++) {
		if (from.rest.len && certain.kind == AT_NOTHING)
			certain = from.at;
		if (!follow_once(search, &from, &stop)) {
			stop.certain = certain;
			return stop;
		}
	}
	return stop_at(PROVENANCE_UNKNOWN, &from.at);
}
