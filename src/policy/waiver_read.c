/*
 * A file of waivers: its table of fields, and what only a whole waiver can
 * tell.  Who, why and until when have no defaults.
 */
#include "policy/waiver.h"

#include "policy/field.h"
#include "policy/literal.h"

static const char *const category_words[] = {[CATEGORY_WAIVER] = "waiver",
    [CATEGORY_MITIGATED] = "mitigated",
    [CATEGORY_FALSE_POSITIVE] = "false_positive"};
static const char *const verdict_words[] = {"fail", "unknown"};

const char *
category_name(enum waiver_category category)
{
	return category_words[category];
}

/* A control's id, exactly: what is meant by a glob grows unseen. */
static bool
read_control(struct load *load, const struct tree *node, void *out)
{
	const struct tfa_policies *policies = load->policies;
	struct str id, nearest, *names;
	struct control *control;

	if (!field_text(load, node, &id))
		return false;
	control = map_find(&policies->control_ids, id);
	if (control && !control->waivable)
		return bad(load, node->pos,
		    "control \"" STR_FMT "\" cannot be waived (waivable: "
		    "false)",
		    STR_ARG(text_shown(id)));
	*(const struct control **)out = control;
	if (control)
		return true;
	names = arena_array(
	    &load->scratch, policies->control_count + 1, sizeof(*names));
	if (!names)
		return load_nomem(load);
	for (size_t i = 0; i < policies->control_count; i++)
		names[i] = policies->controls[i]->id;
	nearest = str_nearest(id, names, policies->control_count);
	if (nearest.len)
		return bad(load, node->pos,
		    "no control is called \"" STR_FMT
		    "\"; did you mean \"" STR_FMT "\"?",
		    STR_ARG(text_shown(id)), STR_ARG(text_shown(nearest)));
	return bad(load, node->pos,
	    "no control is called \"" STR_FMT "\": a waiver names one control "
	    "of this run",
	    STR_ARG(text_shown(id)));
}

static bool
read_address(struct load *load, const struct tree *node, void *pattern)
{
	const char *message;
	struct str text;

	if (!field_text(load, node, &text))
		return false;
	if (pattern_read(pattern, text, load->arena, &message))
		return true;
	if (!message)
		return load_nomem(load);
	return bad(load, node->pos, "\"" STR_FMT "\" cannot be waived: %s",
	    STR_ARG(text_shown(text)), message);
}

static bool
read_category(struct load *load, const struct tree *node, void *out)
{
	size_t index;

	if (!field_word(load, node, "waiver, mitigated or false_positive",
		category_words, COUNTOF(category_words), &index))
		return false;
	*(enum waiver_category *)out = (enum waiver_category)index;
	return true;
}

static bool
read_created(struct load *load, const struct tree *node, void *out)
{
	struct waiver *waiver = out;

	return field_day(load, node, &waiver->created, &waiver->created_day);
}

static bool
read_expires(struct load *load, const struct tree *node, void *out)
{
	struct waiver *waiver = out;

	return field_day(load, node, &waiver->expires, &waiver->last_day);
}

static bool
read_covers(struct load *load, const struct tree *node, void *out)
{
	size_t count = 0;
	bool number = node->kind == TREE_SCALAR && node->plain &&
	    node->text.len > 0 && node->text.len < 10;

	for (size_t i = 0; number && i < node->text.len; i++) {
		char digit = node->text.ptr[i];

		number = digit >= '0' && digit <= '9';
		count = count * 10 + (size_t)(digit - '0');
	}
	if (!number || count == 0)
		return bad(load, node->pos,
		    "expected how many instances it covers, 1 or more");
	*(size_t *)out = count;
	return true;
}

static bool
read_verdicts(struct load *load, const struct tree *node, void *out)
{
	struct waiver *waiver = out;
	size_t index;

	if (!field_list(load, node))
		return false;
	waiver->fail = false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!field_word(load, at, "fail or unknown", verdict_words,
			COUNTOF(verdict_words), &index))
			return false;
		waiver->fail = waiver->fail || index == 0;
		waiver->unknown = waiver->unknown || index == 1;
	}
	return true;
}

static bool
read_value(struct load *load, const struct tree *node,
    struct waiver_value *out)
{
	const char *message = NULL;
	struct str text = arena_copy(load->arena, node->key);

	if (!text.ptr)
		return load_nomem(load);
	if (!path_read(&out->path, text, load->arena, &message)) {
		if (!message)
			return load_nomem(load);
		return bad(load, node->key_pos,
		    "\"" STR_FMT "\" is no path: %s",
		    STR_ARG(text_shown(text)), message);
	}
	if (out->path.count == 0)
		return bad(load, node->key_pos, "the path names no attribute");
	if (node->kind != TREE_SCALAR || tree_is_null(node))
		return bad(load, node->pos,
		    "expected a text, a number or a boolean");
	return literal_read(load, node, false, &out->value);
}

static bool
read_values(struct load *load, const struct tree *node, void *out)
{
	struct waiver *waiver = out;
	struct waiver_value *values;

	if (!field_map(load, node))
		return false;
	values = arena_array(load->arena, node->count, sizeof(*values));
	if (!values)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!read_value(load, at, &values[waiver->value_count++]))
			return false;
	}
	waiver->values = values;
	return true;
}

static const struct shape category_shape = {.kind = SHAPE_WORD,
    .words = category_words,
    .count = COUNTOF(category_words)};
static const struct shape verdict_shape = {.kind = SHAPE_WORD,
    .words = verdict_words,
    .count = COUNTOF(verdict_words)};
static const struct shape verdicts_shape = {
    .kind = SHAPE_LIST, .of = &verdict_shape, .least = 1};
static const struct shape values_shape = {
    .kind = SHAPE_MAP, .of = &shape_plain, .least = 1};
static const struct shape covers_shape = {.kind = SHAPE_COUNT, .least = 1};
static const struct field waiver_fields[] = {
    {"id", field_text, offsetof(struct waiver, id), true, &shape_text,
	"what reports call it"},
    {"control", read_control, offsetof(struct waiver, control), true,
	&shape_text, "the id of the one control that it waives"},
    {"address", read_address, offsetof(struct waiver, address), true,
	&shape_text,
	"an address as Terraform prints it; [*] is any key or none, **. any "
	"module"},
    {"category", read_category, offsetof(struct waiver, category), true,
	&category_shape, "why the finding is accepted"},
    {"reason", field_text, offsetof(struct waiver, reason), true, &shape_text,
	"the same in words"},
    {"owner", field_text, offsetof(struct waiver, owner), true, &shape_text,
	"who answers for it"},
    {"approved_by", field_text, offsetof(struct waiver, approved_by), true,
	&shape_text, "who has accepted the risk"},
    {"ticket", field_text, offsetof(struct waiver, ticket), true, &shape_text,
	"where that was discussed"},
    {"created", read_created, 0, true, &shape_day,
	"the day from which it holds"},
    {"expires", read_expires, 0, true, &shape_day, "its last day, in UTC"},
    {"covers", read_covers, offsetof(struct waiver, covers), false,
	&covers_shape, "how many instances it matched when it was approved"},
    {"verdicts", read_verdicts, 0, false, &verdicts_shape,
	"what it waives; [fail] by default"},
    {"values", read_values, 0, false, &values_shape,
	"it holds only while the attributes have these values"},
};
static const struct shape waiver_shape = {.kind = SHAPE_FIELDS,
    .fields = waiver_fields,
    .count = COUNTOF(waiver_fields)};
static const struct shape waivers_shape = {
    .kind = SHAPE_LIST, .of = &waiver_shape};

static bool
check_days(struct load *load, const struct waiver *waiver,
    const struct tree *node)
{
	size_t most = load->policies->limits.waiver_days;
	struct pos pos = tree_member(node, "expires")->pos;

	if (waiver->last_day < waiver->created_day)
		return bad(load, pos, "expires before it is created");
	if ((uint64_t)(waiver->last_day - waiver->created_day) > most)
		return bad(load, pos,
		    "expires more than %zu days after it is created", most);
	return true;
}

/* "control NUL type NUL name" in text. */
static bool
make_key(struct buf *text, const struct control *control, struct str type,
    struct str name)
{
	text->len = 0;
	return buf_add(text, control->id) && buf_byte(text, '\0') &&
	    buf_add(text, type) && buf_byte(text, '\0') && buf_add(text, name);
}

static bool
waiver_add(struct load *load, struct waiver *waiver, const struct tree *node)
{
	struct tfa_policies *policies = load->policies;
	const struct waiver *other =
	    map_find(&policies->waiver_ids, waiver->id);
	struct str key = {NULL, 0};
	struct buf text = {0};

	if (other)
		return bad(load, tree_member(node, "id")->pos,
		    "waiver \"" STR_FMT "\" is already at " STR_FMT
		    ":%zu:%zu",
		    STR_ARG(text_shown(waiver->id)), STR_ARG(other->file),
		    other->pos.line, other->pos.column);
	if (make_key(&text, waiver->control, waiver->address.resource.type,
		waiver->address.resource.name))
		key = arena_copy(load->arena, buf_str(&text));
	buf_free(&text);
	if (!key.ptr)
		return load_nomem(load);
	waiver->next = map_find(&policies->waived, key);
	waiver->index = policies->waiver_count;
	if (!arena_grow(&policies->arena, &policies->waivers,
		policies->waiver_count, &policies->waiver_cap,
		sizeof(waiver)) ||
	    !map_set(&policies->waiver_ids, waiver->id, waiver) ||
	    !map_set(&policies->waived, key, waiver))
		return load_nomem(load);
	policies->waivers[policies->waiver_count++] = waiver;
	return true;
}

static bool
waiver_read(struct load *load, const struct tree *node)
{
	struct waiver *waiver = arena_new(load->arena, struct waiver);

	if (!waiver)
		return load_nomem(load);
	waiver->fail = true;
	waiver->file = load->file;
	waiver->pos = node->pos;
	return fields_read(load, node, "a waiver", waiver_fields,
		   COUNTOF(waiver_fields), waiver) &&
	    check_days(load, waiver, node) && waiver_add(load, waiver, node);
}

/* None is a beginning. */
static bool
read_waivers(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	if (node->kind != TREE_LIST)
		return bad(load, node->pos, "expected a list, found %s",
		    tree_kind_name(node));
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!waiver_read(load, at) && !load_recover(load))
			return false;
	}
	return true;
}

static const struct field fields[] = {
    {"waivers", read_waivers, 0, true, &waivers_shape, "what is accepted"},
};
const struct shape shape_waiver_file = {
    .kind = SHAPE_FIELDS, .fields = fields, .count = COUNTOF(fields)};

bool
waivers_read(struct tfa_policies *policies, struct str name, struct str text,
    struct tfa_error *err)
{
	return policies_need_all(policies)
	    ? file_read_fields(policies, name, text, "a file of waivers",
		  fields, COUNTOF(fields), &policies->waiver_files, err)
	    : error_nomem(err);
}

const struct waiver *
waivers_of(const struct tfa_policies *policies, const struct control *control,
    const struct address *address, struct buf *scratch)
{
	if (!policies->waiver_count ||
	    !make_key(scratch, control, address->type, address->name))
		return NULL;
	return map_find(&policies->waived, buf_str(scratch));
}
