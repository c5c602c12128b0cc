/*
 * The configuration says where an expression leads, the state of the look what
 * that means: an unset value that a default filled came from the default, and
 * what nobody wrote but is there came from the provider or from before.
 */
#include "engine/origin.h"

#include "engine/judge.h"

/* --- The look, kept until the configuration is there --- */

static bool
is_config_step(const struct place *place)
{
	return place->kind == STEP_NAME || place->kind == STEP_INDEX ||
	    place->kind == STEP_KEY;
}

/* Into a key: nobody reads it. */
static void
add_number(struct buf *key, size_t number)
{
	buf_add(key, (struct str){(const char *)&number, sizeof(number)});
}

static void
add_part(struct buf *key, struct str part)
{
	add_number(key, part.len);
	buf_add(key, part);
}

/* Paths with how many elements their lists have, to keep each once. */
static void
place_key(const struct place *place, struct buf *out)
{
	if (!place)
		return;
	place_key(place->up, out);
	add_number(out, (size_t)place->kind);
	add_number(out, place->index);
	add_number(out, place->count);
	add_part(out, place->name);
}

struct path_kept {
	struct config_step *steps;
	size_t count;
	bool in_text;
};

static struct path_kept *
path_copy(const struct place *place, struct arena *arena)
{
	struct path_kept *path = arena_new(arena, struct path_kept);
	size_t n = 0;

	for (const struct place *at = place; at; at = at->up)
		n++;
	if (!path)
		return NULL;
	path->steps = arena_array(arena, n ? n : 1, sizeof(*path->steps));
	if (!path->steps)
		return NULL;
	path->count = n;
	for (const struct place *at = place; at; at = at->up) {
		struct config_step *step = &path->steps[--n];

		*step = (struct config_step){arena_copy(arena, at->name),
		    at->kind == STEP_INDEX, at->index, at->count};
		if (!step->name.ptr)
			return NULL;
		/* What is inside a text has no expression of its own. */
		if (!is_config_step(at)) {
			path->count = n;
			path->in_text = true;
		}
	}
	return path;
}

static bool
keep_path(struct finding_look *out, const struct place *place,
    struct tfa_report *report)
{
	struct buf *text = &report->text;
	struct path_kept *path;
	struct str key;

	text->len = 0;
	place_key(place, text);
	if (text->failed)
		return false;
	path = map_find(&report->paths, buf_str(text));
	if (!path) {
		key = arena_copy(&report->arena, buf_str(text));
		path = path_copy(place, &report->arena);
		if (!key.ptr || !path || !map_set(&report->paths, key, path))
			return false;
	}
	out->steps = path->steps;
	out->step_count = path->count;
	out->in_text = path->in_text;
	return true;
}

static bool
is_list_of_objects(struct value value)
{
	struct value_iter it = value_each(value);

	return !it.object && value_step(&it) &&
	    value_kind(it.value) == NODE_OBJECT;
}

bool
origin_keep_look(struct finding_look *out, const struct look *look,
    struct tfa_report *report)
{
	report->text.len = 0;
	*out = (struct finding_look){.any = true,
	    .actions = look->of ? look->of->actions : 0,
	    .dynamic = look->state == STATE_UNKNOWN && look->origin.dynamic};
	if (look->state == STATE_KNOWN) {
		out->objects = is_list_of_objects(look->spot.seen.value);
		out->is_scalar = provenance_hash(&out->scalar_hash,
		    look->spot.seen.value, &report->text);
	}
	if (report->text.failed)
		return false;
	return keep_path(out, look->spot.place, report);
}

/* --- What the control knows of modules --- */

/* The same module may be served by another registry: "host/" in front. */
static bool
same_source(struct str source, struct str known)
{
	struct str host, rest;

	if (str_eq(source, known))
		return true;
	host = str_cut(source, '/', &rest);
	return host.len && memchr(host.ptr, '.', host.len) &&
	    str_eq(rest, known);
}

/* "scan_on_push = true", or empty where the control does not know it. */
static struct str
module_setting(const struct control *control, struct str source)
{
	for (size_t i = 0; control && i < control->module_input_count; i++) {
		if (same_source(source, control->module_inputs[i].name))
			return control->module_inputs[i].text;
	}
	return STR("");
}

static struct str
trimmed(struct str s)
{
	while (s.len && s.ptr[s.len - 1] == ' ')
		s.len--;
	while (s.len && s.ptr[0] == ' ')
		s = str_from(s, 1);
	return s;
}

/* How far the first "name = value" of a setting goes: to a comma outside. */
static size_t
setting_end(struct str setting)
{
	size_t depth = 0, i;
	bool quoted = false;

	for (i = 0; i < setting.len; i++) {
		char c = setting.ptr[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && strchr("([{", c))
			depth++;
		else if (!quoted && strchr(")]}", c))
			depth -= depth > 0;
		else if (!quoted && c == ',' && depth == 0)
			return i;
	}
	return setting.len;
}

/* "a = 1, b = 2": the names that it sets, "a, b". */
static struct str
setting_names(struct str setting, struct arena *arena)
{
	struct buf names = {0};
	struct str kept = {NULL, 0}, rest;

	while (setting.len) {
		size_t end = setting_end(setting);

		if (names.len)
			buf_add(&names, STR(", "));
		buf_add(&names,
		    trimmed(str_cut(str_head(setting, end), '=', &rest)));
		setting = str_from(setting, end + (end < setting.len));
	}
	if (!names.failed)
		kept = arena_copy(arena, buf_str(&names));
	buf_free(&names);
	return kept;
}

static struct str
module_input(const void *ctx, struct str source)
{
	struct str rest;

	return trimmed(str_cut(module_setting(ctx, source), '=', &rest));
}

/* --- What it means --- */

static const char *
written_word(const struct provenance *from)
{
	static const char *const words[] = {
	    [PROVENANCE_LITERAL] = "literal",
	    [PROVENANCE_MODULE_INPUT] = "module-input",
	    [PROVENANCE_NULL_INPUT] = "null-input",
	    [PROVENANCE_VARIABLE_DEFAULT] = "variable-default",
	    [PROVENANCE_ROOT_VARIABLE] = "root-variable",
	    [PROVENANCE_REFERENCE] = "reference",
	    [PROVENANCE_EXPRESSION] = "expression",
	    [PROVENANCE_DYNAMIC] = "dynamic",
	    [PROVENANCE_OMITTED] = "omitted",
	    [PROVENANCE_UNKNOWN] = "unknown",
	};

	return words[from->kind];
}

static bool
is_not_written(const struct provenance *from)
{
	return from->kind == PROVENANCE_OMITTED ||
	    (from->kind == PROVENANCE_LITERAL && from->null);
}

static const char *
unknown_word(const struct origin_question *q, const struct provenance *from)
{
	if (q->look->dynamic)
		return "dynamic";
	if (is_not_written(from))
		return "unknown";
	/* Written here, by functions of nothing that has a name. */
	if (from->kind == PROVENANCE_LITERAL)
		return "expression";
	return written_word(from);
}

static struct digest_path
schema_of(const struct origin_question *q, struct buf *text)
{
	for (size_t i = 0; i < q->look->step_count; i++) {
		if (q->look->steps[i].is_index)
			continue;
		if (text->len)
			buf_byte(text, '.');
		buf_add(text, q->look->steps[i].name);
	}
	if (!q->digest || q->address->mode != MODE_MANAGED)
		return (struct digest_path){.kind = DIGEST_UNKNOWN};
	return digest_find(q->digest, q->address->type, buf_str(text));
}

/* Nobody wrote it, and it is there. */
static const char *
filled_word(const struct origin_question *q, bool *no_memory)
{
	struct buf text = {0};
	struct digest_path schema = schema_of(q, &text);

	*no_memory = text.failed;
	buf_free(&text);
	return q->existed &&
		(schema.kind != DIGEST_ATTRIBUTE || schema.computed)
	    ? "prior-state"
	    : "provider-default";
}

static const char *
default_word(const struct default_entry *entry)
{
	if (!entry)
		return "control-default";
	return entry->by_provider ? "provider-default" : "service-default";
}

/* Providers do not make one boolean of the other. */
static bool
is_boolean(const struct finding_look *look)
{
	return look->is_scalar &&
	    (look->scalar_hash == str_hash(STR("true"), 0) ||
		look->scalar_hash == str_hash(STR("false"), 0));
}

static bool
set_kind(struct finding_origin *out, const struct origin_question *q,
    const struct provenance *from)
{
	bool no_memory = false;

	out->kind = written_word(from);
	if (!q->look->any) {
		out->kind = q->look->no_partner ? "no-partner"
		    : q->look->unseen		? "unknown"
						: "existence";
	} else if (q->before) {
		out->kind = "prior-state";
	} else if (q->setting.len) {
		out->kind = "account-setting";
		out->reference = q->setting;
		if (q->state == STATE_DEFAULTED)
			out->left_unset = written_word(from);
	} else if (q->state == STATE_DEFAULTED) {
		out->kind = default_word(q->by_default);
		out->left_unset = written_word(from);
	} else if (q->state == STATE_UNKNOWN) {
		out->kind = unknown_word(q, from);
	} else if (q->state == STATE_KNOWN && is_not_written(from)) {
		out->kind = filled_word(q, &no_memory);
	} else if (from->rewritten && q->existed && is_boolean(q->look)) {
		out->kind = "prior-state";
	}
	return !no_memory;
}

static const char *
note_of(const struct finding_origin *out, const struct provenance *from)
{
	if (from->edit.by_control)
		return NULL;
	if (from->candidate_count)
		return NULL;
	if (from->edit.is_call && !from->edit.attribute.len)
		return "it is set inside the module, which input governs it "
		       "cannot be seen";
	if (strcmp(out->kind, "dynamic") == 0)
		return "a dynamic block makes it";
	if (from->kind == PROVENANCE_NULL_INPUT)
		return "null is passed there";
	if (from->kind == PROVENANCE_VARIABLE_DEFAULT && from->call.path.len)
		return "it is not set there, the variable's default holds";
	if (from->rewritten)
		return "it writes another value: the provider changes it, or "
		       "ignore_changes keeps this one";
	if (from->blocks > 1)
		return "in one of several blocks";
	return NULL;
}

/* What a person edits; of a module that the control knows, to which value. */
static bool
set_change(struct finding_origin *out, const struct origin_question *q,
    const struct provenance *from, struct arena *arena)
{
	const struct edit *edit = &from->edit;
	struct str setting;

	out->change = edit->what;
	out->change_source = edit->source;
	out->change_version = edit->version;
	out->change_attribute = edit->attribute;
	out->note = note_of(out, from);
	out->own_block = edit->own_block && !q->look->partner.len;
	if (!edit->by_control || !edit->is_call)
		return true;
	setting = module_setting(q->control, edit->source);
	if (!str_eq(module_input(q->control, edit->source), edit->attribute))
		return true;
	out->change_setting = setting;
	out->change_attribute = setting_names(setting, arena);
	return out->change_attribute.ptr != NULL;
}

bool
origin_find(struct finding_origin *out, const struct origin_question *q,
    struct arena *arena)
{
	const struct finding_look *look = q->look;
	struct provenance_query query = {.config = q->config,
	    .digest = q->digest,
	    .address = q->address,
	    .steps = look->steps,
	    .step_count = look->step_count,
	    .set = q->state == STATE_KNOWN || q->state == STATE_UNKNOWN ||
		q->state == STATE_INVALID || look->in_text,
	    .existed = q->existed,
	    .objects = look->objects && !look->in_text,
	    .is_scalar = look->is_scalar && !look->in_text,
	    .scalar_hash = look->scalar_hash,
	    .input = module_input,
	    .ctx = q->control};
	struct provenance from;

	if (!provenance_find(&from, &query, arena))
		return false;
	*out = (struct finding_origin){.where = from.call.path,
	    .source = from.call.source,
	    .version = from.call.version,
	    .reference = from.reference,
	    .candidates = {from.candidates, from.candidate_count},
	    .more_candidates = from.more};
	return set_kind(out, q, &from) && set_change(out, q, &from, arena);
}

/* --- Kept by the report, each once --- */

static void
origin_key(struct buf *key, const struct finding_origin *origin)
{
	const struct str parts[] = {origin->where,
	    origin->source, origin->version, origin->change,
	    origin->change_source, origin->change_version,
	    origin->change_attribute, origin->change_setting, origin->reference};
	const char *const words[] = {
	    origin->kind, origin->left_unset, origin->note};

	for (size_t i = 0; i < COUNTOF(words); i++)
		add_number(key, (size_t)(uintptr_t)words[i]);
	for (size_t i = 0; i < COUNTOF(parts); i++)
		add_part(key, parts[i]);
	for (size_t i = 0; i < origin->candidates.count; i++)
		add_part(key, origin->candidates.items[i]);
	add_number(key, origin->more_candidates);
	add_number(key, origin->own_block);
}

static bool
copy_candidates(struct finding_origin *origin, struct arena *arena)
{
	struct names *names = &origin->candidates;
	struct str *items =
	    arena_array(arena, names->count ? names->count : 1, sizeof(*items));

	if (!items)
		return false;
	for (size_t i = 0; i < names->count; i++) {
		items[i] = arena_copy(arena, names->items[i]);
		if (!items[i].ptr)
			return false;
	}
	names->items = items;
	return true;
}

static bool
copy_origin(struct finding_origin *origin, struct arena *arena)
{
	struct str *const texts[] = {&origin->where, &origin->source,
	    &origin->version, &origin->change, &origin->change_source,
	    &origin->change_version, &origin->change_attribute,
	    &origin->change_setting, &origin->reference};

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		if (texts[i]->len == 0)
			*texts[i] = STR("");
		*texts[i] = arena_copy(arena, *texts[i]);
		if (!texts[i]->ptr)
			return false;
	}
	return copy_candidates(origin, arena);
}

const struct finding_origin *
origin_kept(const struct finding_origin *origin, struct tfa_report *report)
{
	struct finding_origin *kept;
	struct str key;

	report->text.len = 0;
	origin_key(&report->text, origin);
	if (report->text.failed)
		return NULL;
	kept = map_find(&report->origins, buf_str(&report->text));
	if (kept)
		return kept;
	key = arena_copy(&report->arena, buf_str(&report->text));
	kept = arena_new(&report->arena, struct finding_origin);
	if (!key.ptr || !kept)
		return NULL;
	*kept = *origin;
	if (!copy_origin(kept, &report->arena) ||
	    !map_set(&report->origins, key, kept))
		return NULL;
	return kept;
}

bool
finding_find_origin(struct finding *finding, const struct address *address,
    const struct plan *plan, const struct config *config,
    struct tfa_report *report, struct arena *scratch)
{
	const unsigned gone = ACTION_DELETE | ACTION_FORGET;
	unsigned actions = finding->look.partner.len ? finding->look.actions
						     : finding->actions;
	bool created = actions & ACTION_CREATE;
	struct origin_question question = {.config = config,
	    .digest = report->policies->digest,
	    .control = finding->control,
	    .address = address,
	    .look = &finding->look,
	    .state = finding->state,
	    .by_default = finding->by_default,
	    .setting = finding->setting,
	    .existed = actions && !created,
	    .before = finding->control->view_before ||
		((actions & gone) && !created) ||
		plan_info(plan)->document == DOCUMENT_STATE};
	struct finding_origin origin;

	if (!origin_find(&origin, &question, scratch))
		return false;
	finding->origin = origin_kept(&origin, report);
	return finding->origin != NULL;
}
