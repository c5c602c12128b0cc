/* A control: its table of fields, and what only the whole of it can tell. */
#include "policy/control_read.h"

#include <stdlib.h>

#include "plan/subject.h"
#include "policy/cond_parts.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

static bool
read_id(struct load *load, const struct tree *node, void *str)
{
	struct str id;

	if (!field_text(load, node, &id))
		return false;
	for (size_t i = 0; i < id.len; i++) {
		char c = id.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '_'))
			return bad(load, node->pos,
			    "a control's id has only a-z, 0-9 and \"_\"");
	}
	*(struct str *)str = id;
	return true;
}

static const char *const mode_words[] = {"managed", "data"};
static const char *const view_words[] = {"before"};
static const char *const action_words[] = {"no-op", "create", "read", "update",
    "delete", "forget", "replace", "moved", "imported"};
static const char *const unknown_words[] = {"pass", "fail"};

static bool
read_severity(struct load *load, const struct tree *node, void *out)
{
	size_t index;

	if (!field_word(load, node, "a severity", severity_names,
		COUNTOF(severity_names), &index))
		return false;
	*(enum severity *)out = (enum severity)index;
	return true;
}

static bool
read_enforce(struct load *load, const struct tree *node, void *out)
{
	size_t index;

	if (!field_word(load, node, "block, warn or audit", enforce_names,
		COUNTOF(enforce_names), &index))
		return false;
	*(enum enforce *)out = (enum enforce)index;
	return true;
}

static bool
read_mode(struct load *load, const struct tree *node, void *data)
{
	size_t index;

	if (!field_word(load, node, "managed or data", mode_words,
		COUNTOF(mode_words), &index))
		return false;
	*(bool *)data = index == 1;
	return true;
}

static bool
read_view(struct load *load, const struct tree *node, void *before)
{
	size_t index;

	if (!field_word(load, node, "a view (there is only before)", view_words,
		COUNTOF(view_words), &index))
		return false;
	*(bool *)before = true;
	return true;
}

static bool
read_actions(struct load *load, const struct tree *node, void *actions)
{
	static const unsigned bits[] = {ACTION_NOOP, ACTION_CREATE,
	    ACTION_READ, ACTION_UPDATE, ACTION_DELETE, ACTION_FORGET,
	    ACTION_REPLACE, ACTION_MOVED, ACTION_IMPORTED};
	size_t index;

	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!field_word(load, at, "an action", action_words,
			COUNTOF(action_words), &index))
			return false;
		*(unsigned *)actions |= bits[index];
	}
	return true;
}

static bool
read_if_unknown(struct load *load, const struct tree *node, void *said)
{
	size_t index;

	if (!field_word(load, node, "pass or fail", unknown_words,
		COUNTOF(unknown_words), &index))
		return false;
	*(enum said *)said = index == 0 ? SAID_YES : SAID_NO;
	return true;
}

static bool
read_cond(struct load *load, const struct tree *node, void *cond)
{
	const struct cond *read = NULL;

	if (!cond_read(load, &read, node, false))
		return false;
	*(const struct cond **)cond = read;
	return true;
}

static bool
read_module_inputs(struct load *load, const struct tree *node, void *out)
{
	struct control *control = out;
	struct pair *pairs;
	size_t count = 0;

	if (!field_map(load, node))
		return false;
	pairs = arena_array(load->arena, node->count, sizeof(*pairs));
	if (!pairs)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next, count++) {
		pairs[count].name = load_keep(load, at->key);
		if (!pairs[count].name.ptr)
			return load_nomem(load);
		if (!field_text(load, at, &pairs[count].text))
			return false;
	}
	control->module_inputs = pairs;
	control->module_input_count = count;
	return true;
}

static const struct shape inputs_shape = {
    .kind = SHAPE_MAP, .of = &shape_text, .least = 1};
static const struct field fix_fields[] = {
    {"text", field_text, offsetof(struct control, fix_text), false, &shape_text,
	"what to do, in a sentence"},
    {"hcl", field_text, offsetof(struct control, fix_hcl), false, &shape_text,
	"what to write in the resource"},
    {"module_inputs", read_module_inputs, 0, false, &inputs_shape,
	"for each module's source, the input that a caller sets"},
};

static bool
read_fix(struct load *load, const struct tree *node, void *control)
{
	return fields_read(
	    load, node, "a fix", fix_fields, COUNTOF(fix_fields), control);
}

static const struct field evidence_fields[] = {
    {"kind", field_text, offsetof(struct evidence, kind), true, &shape_text,
	"what makes it, such as config-rule"},
    {"name", field_text, offsetof(struct evidence, name), true, &shape_text,
	"what it is called there"},
    {"expect", field_text, offsetof(struct evidence, expect), false,
	&shape_text, "what it shows where the control holds"},
};

static bool
read_evidence(struct load *load, const struct tree *node, void *out)
{
	struct control *control = out;
	struct evidence *items;
	size_t count = 0;

	if (!field_list(load, node))
		return false;
	items = arena_array(load->arena, node->count, sizeof(*items));
	if (!items)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!fields_read(load, at, "evidence", evidence_fields,
			COUNTOF(evidence_fields), &items[count++]))
			return false;
	}
	control->evidence = items;
	control->evidence_count = count;
	return true;
}

static bool
read_tests(struct load *load, const struct tree *node, void *control)
{
	return tests_read(load, control, node);
}

/* Read before everything else, by parameters_read. */
static bool
read_already(struct load *load, const struct tree *node, void *out)
{
	(void)load;
	(void)node;
	(void)out;
	return true;
}

#define WORDS(list) \
	{ \
		.kind = SHAPE_WORD, .words = list, .count = COUNTOF(list) \
	}
static const struct shape severity_shape = WORDS(severity_names),
			  enforce_shape = WORDS(enforce_names),
			  mode_shape = WORDS(mode_words),
			  view_shape = WORDS(view_words),
			  action_shape = WORDS(action_words),
			  unknown_shape = WORDS(unknown_words);
static const struct shape id_shape = {
    .kind = SHAPE_TEXT, .pattern = "^[a-z0-9_]+[ \n]*$"};
static const struct shape actions_shape = {
    .kind = SHAPE_LIST, .of = &action_shape, .least = 1};
static const struct shape fix_shape = {.kind = SHAPE_FIELDS,
    .fields = fix_fields,
    .count = COUNTOF(fix_fields),
    .least = 1};
static const struct shape one_evidence_shape = {.kind = SHAPE_FIELDS,
    .fields = evidence_fields,
    .count = COUNTOF(evidence_fields)};
static const struct shape evidence_shape = {
    .kind = SHAPE_LIST, .of = &one_evidence_shape, .least = 1};

static const struct field control_fields[] = {
    {"id", read_id, offsetof(struct control, id), true, &id_shape,
	"what reports, waivers and settings call it, for ever"},
    {"title", field_text, offsetof(struct control, title), true, &shape_text,
	"what holds where the control passes, in one line"},
    {"severity", read_severity, offsetof(struct control, severity), true,
	&severity_shape, "how bad a failure is"},
    {"enforce", read_enforce, offsetof(struct control, enforce), false,
	&enforce_shape, "what a failure does: block is the default"},
    {"resource", field_types, offsetof(struct control, types), true,
	&shape_types,
	"the type of resource that is judged, or several; * and ? stand for "
	"any text and any character"},
    {"mode", read_mode, offsetof(struct control, data), false, &mode_shape,
	"data judges data sources instead of managed resources"},
    {"actions", read_actions, offsetof(struct control, actions), false,
	&actions_shape, "judge only what the plan does this to"},
    {"view", read_view, offsetof(struct control, view_before), false,
	&view_shape, "judge what there was before the plan"},
    {"where", read_cond, offsetof(struct control, where), false,
	&shape_condition, "only resources that meet this are judged"},
    {"assert", read_cond, offsetof(struct control, assert), true,
	&shape_condition, "what must hold"},
    {"parameters", read_already, 0, false, &shape_parameters,
	"values that \"param\" asks for and --set overrides"},
    {"message", field_text, offsetof(struct control, message), false,
	&shape_text,
	"the reason in findings; {address}, {path} and {value} are filled in"},
    {"if_unknown", read_if_unknown, offsetof(struct control, if_unknown), false,
	&unknown_shape, "what an undecided verdict counts as"},
    {"waivable", field_bool, offsetof(struct control, waivable), false,
	&shape_bool, "false: no waiver may name it"},
    {"why", field_text, offsetof(struct control, why), false, &shape_text,
	"what goes wrong where it fails"},
    {"fix", read_fix, 0, false, &fix_shape, "how to make it pass"},
    {"pitfalls", field_names, offsetof(struct control, pitfalls), false,
	&shape_names, "what to know before the fix is applied"},
    {"evidence", read_evidence, 0, false, &evidence_shape,
	"what shows at run time that it holds"},
    {"frameworks", field_named_lists, offsetof(struct control, frameworks),
	false, &shape_named_lists,
	"for each framework the requirements that it serves"},
    {"tools", field_named_lists, offsetof(struct control, tools), false,
	&shape_named_lists, "for each other tool the ids of the same check"},
    {"reviewed", field_text, offsetof(struct control, reviewed), false,
	&shape_text, "the day when someone last compared it with its sources"},
    {"tests", read_tests, 0, false, &shape_tests,
	"small resources and the verdicts that they must get"},
};
const struct shape shape_control = {.kind = SHAPE_FIELDS,
    .fields = control_fields,
    .count = COUNTOF(control_fields)};

/* What by_type must cover, wherever the control says it. */
static bool
types_read(struct load *load, const struct tree *node)
{
	const struct tree *types = tree_member(node, "resource");

	load->types = (struct names){NULL, 0};
	return !types || field_types(load, types, &load->types);
}

static int
name_cmp(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

bool
attributes_set(struct load *load, struct names *out,
    const struct attributes *attributes)
{
	size_t count = 0;
	struct str *names = arena_array(
	    load->arena, attributes->count + 1, sizeof(*names));

	if (!names)
		return load_nomem(load);
	if (attributes->count)
		qsort(attributes->items, attributes->count, sizeof(*names),
		    name_cmp);
	for (size_t i = 0; i < attributes->count; i++) {
		if (count && str_eq(names[count - 1], attributes->items[i]))
			continue;
		names[count++] = attributes->items[i];
	}
	*out = (struct names){names, count};
	return true;
}

static bool
relations_set(struct load *load, struct control *control)
{
	struct attributes types = {0};
	const struct related **relations = arena_array(
	    load->arena, load->relation_count + 1, sizeof(*relations));

	if (!relations)
		return load_nomem(load);
	for (size_t i = 0; i < load->relation_count; i++) {
		relations[i] = load->relations[i];
		for (size_t j = 0; j < relations[i]->types.count; j++) {
			if (!attribute_add(load, &types,
				relations[i]->types.items[j]))
				return false;
		}
	}
	if (load->documents &&
	    !attribute_add(load, &types, str_of(POLICY_DOCUMENTS)))
		return false;
	control->relations = relations;
	control->relation_count = load->relation_count;
	control->joins = types.count > 0;
	for (size_t i = 0; i < types.count; i++) {
		if (str_starts(types.items[i], STR("data.")))
			control->joins_data = true;
	}
	return attributes_set(load, &control->partners, &types);
}

static bool
control_add(struct load *load, struct control *control,
    const struct tree *node)
{
	struct tfa_policies *policies = load->policies;
	const struct control *other =
	    map_find(&policies->control_ids, control->id);

	if (other)
		return bad(load, tree_member(node, "id")->pos,
		    "control \"" STR_FMT "\" is already at " STR_FMT
		    ":%zu:%zu%s",
		    STR_ARG(text_shown(control->id)),
		    STR_ARG(other->pack->file), other->pos.line,
		    other->pos.column,
		    !other->pack->given ? ", which is built in: "
					   "--no-builtin leaves that out"
					 : "");
	if (!arena_grow(&policies->arena, &policies->controls,
		policies->control_count, &policies->control_cap,
		sizeof(control)) ||
	    !map_set(&policies->control_ids, control->id, control))
		return load_nomem(load);
	policies->controls[policies->control_count++] = control;
	load->pack->controls++;
	return true;
}

bool
control_fill(
    struct load *load, struct control *control, const struct tree *node)
{
	bool known;

	control->waivable = true;
	control->pos = node->pos;
	control->pack = load->pack;
	load->judged.count = 0;
	load->attributes = &load->judged;
	load->relation_count = 0;
	load->documents = false;
	known = types_read(load, node);
	control->pattern = types_have_pattern(&load->types);
	if (known && parameters_read(load, control, node) &&
	    fields_read(load, node, "a control", control_fields,
		COUNTOF(control_fields), control) &&
	    arguments_used(load, load->parameters, "parameter") &&
	    tests_finish(load, control) &&
	    attributes_set(load, &control->attributes, &load->judged) &&
	    relations_set(load, control))
		return true;
	parameters_blame(load, control);
	return false;
}

bool
control_fill_tests(
    struct load *load, struct control *control, const struct tree *tree)
{
	return tests_read(load, control, tree) && tests_finish(load, control);
}

bool
control_read(struct load *load, const struct tree *node)
{
	struct control *control = arena_new(load->arena, struct control);

	if (!control)
		return load_nomem(load);
	return control_fill(load, control, node) &&
	    control_add(load, control, node);
}
