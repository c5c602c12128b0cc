/* The table of defaults, and the types of resources. */
#include "policy/builtin.h"
#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* So that a look-up can make its key on the stack. */
enum { KEY_MOST = 500 };

bool
type_valid(struct str type, const char *others)
{
	for (size_t i = 0; i < type.len; i++) {
		char c = type.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '_' || c == '-' ||
			(c && strchr(others, c))))
			return false;
	}
	return type.len > 0;
}

static bool
check_type(struct load *load, const struct tree *node, struct str type,
    const char *others)
{
	if (type_valid(type, others))
		return true;
	return bad(load, node->pos, "\"" STR_FMT "\" is no type of resource",
	    STR_ARG(text_shown(type)));
}

bool
field_type(struct load *load, const struct tree *node, void *str)
{
	struct str type;

	if (!field_text(load, node, &type) ||
	    !check_type(load, node, type, ""))
		return false;
	*(struct str *)str = type;
	return true;
}

bool
field_types(struct load *load, const struct tree *node, void *names)
{
	const struct tree *at =
	    node->kind == TREE_LIST ? node->first : node;
	struct names types;

	if (!field_names(load, node, &types))
		return false;
	for (size_t i = 0; i < types.count; i++, at = at->next) {
		if (!check_type(load, at, types.items[i], "*?"))
			return false;
	}
	*(struct names *)names = types;
	return true;
}

static const char *const by_words[] = {"service", "provider"};
static const struct shape by_shape = {
    .kind = SHAPE_WORD, .words = by_words, .count = COUNTOF(by_words)};

static bool
read_by(struct load *load, const struct tree *node, void *by_provider)
{
	size_t index;

	if (!field_word(load, node, "provider or service", by_words,
		COUNTOF(by_words), &index))
		return false;
	*(bool *)by_provider = index == 1;
	return true;
}

static const struct field governed_fields[] = {
    {"resource", field_type, offsetof(struct default_entry, governed_type),
	true, &shape_type, "the type of the setting's resource"},
    {"path", field_path, offsetof(struct default_entry, governed_path), true,
	&shape_path, "its attribute that says the value"},
    {"except", field_text, offsetof(struct default_entry, governed_except),
	false, &shape_text, "a value of it that leaves the matter open"},
};
static const struct shape governed_shape = {.kind = SHAPE_FIELDS,
    .fields = governed_fields,
    .count = COUNTOF(governed_fields)};

static bool
read_governed(struct load *load, const struct tree *node, void *entry)
{
	return fields_read(load, node, "governed_by", governed_fields,
	    COUNTOF(governed_fields), entry);
}

static bool
read_value(struct load *load, const struct tree *node, void *value)
{
	if (tree_is_null(node))
		return bad(load, node->pos,
		    "null is no default: leave the entry out");
	return literal_read(load, node, false, value);
}

static const struct field default_fields[] = {
    {"resource", field_type, offsetof(struct default_entry, type), true,
	&shape_type, "the type of resource"},
    {"path", field_path, offsetof(struct default_entry, path), true,
	&shape_path, "the attribute, without indexes"},
    {"value", read_value, offsetof(struct default_entry, value), true,
	&shape_some, "what it comes to where it is not set"},
    {"by", read_by, offsetof(struct default_entry, by_provider), true,
	&by_shape, "who gives it this value"},
    {"source", field_text, offsetof(struct default_entry, source), false,
	&shape_text, "where that is documented"},
    {"since", field_text, offsetof(struct default_entry, since), false,
	&shape_text, "the day from which it is so"},
    {"note", field_text, offsetof(struct default_entry, note), false,
	&shape_text, "what else a reader should know"},
    {"provider_version", field_text,
	offsetof(struct default_entry, provider_version), false, &shape_text,
	"versions of the provider for which it is so"},
    {"governed_by", read_governed, 0, false, &governed_shape,
	"a setting of the account that says otherwise"},
};
const struct shape shape_default = {.kind = SHAPE_FIELDS,
    .fields = default_fields,
    .count = COUNTOF(default_fields)};

/* "type\0path"; false where it is too long. */
static bool
key_make(char key[KEY_MOST], struct str *out, struct str type, struct str path)
{
	if (type.len >= KEY_MOST || path.len >= KEY_MOST - type.len)
		return false;
	memcpy(key, type.ptr, type.len);
	key[type.len] = 0;
	memcpy(key + type.len + 1, path.ptr, path.len);
	*out = (struct str){key, type.len + 1 + path.len};
	return true;
}

static bool
default_add(struct load *load, struct default_entry *entry)
{
	char bytes[KEY_MOST];
	struct str key;
	const struct default_entry *other;

	if (!key_make(bytes, &key, entry->type, entry->path))
		return bad(load, entry->pos, "the path is too long");
	if (!load->pack->builtin &&
	    !policies_need_type(load->policies, entry->type, NULL))
		return load_nomem(load);
	other = map_find(&load->policies->defaults, key);
	if (other)
		return bad(load, entry->pos,
		    "the default of " STR_FMT "." STR_FMT
		    " is already at " STR_FMT ":%zu:%zu",
		    STR_ARG(text_shown(entry->type)),
		    STR_ARG(text_shown(entry->path)),
		    STR_ARG(other->file), other->pos.line, other->pos.column);
	key = arena_copy(load->arena, key);
	if (!key.ptr || !map_set(&load->policies->defaults, key, entry))
		return load_nomem(load);
	load->default_count++;
	return true;
}

bool
default_read(struct load *load, const struct tree *node)
{
	struct default_entry *entry =
	    arena_new(load->arena, struct default_entry);

	if (!entry)
		return load_nomem(load);
	entry->file = load->pack->file;
	entry->pos = node->pos;
	if (!fields_read(load, node, "a default", default_fields,
		COUNTOF(default_fields), entry) ||
	    !default_add(load, entry))
		return false;
	return governing_add(load->policies, entry->governed_type,
		   entry->governed_path) ||
	    load_nomem(load);
}

bool
governing_add(
    struct tfa_policies *policies, struct str type, struct str path)
{
	struct names *names;
	struct str *items, rest;

	if (!type.len)
		return true;
	names = map_find(&policies->governing, type);
	path = str_cut(path, '.', &rest);
	for (size_t i = 0; names && i < names->count; i++) {
		if (str_eq(names->items[i], path))
			return true;
	}
	if (!names) {
		names = arena_new(&policies->arena, struct names);
		if (!names || !map_set(&policies->governing, type, names))
			return false;
	}
	items = arena_array(
	    &policies->arena, names->count + 1, sizeof(*items));
	if (!items)
		return false;
	if (names->count)
		memcpy(items, names->items, names->count * sizeof(*items));
	items[names->count] = path;
	*names = (struct names){items, names->count + 1};
	return true;
}

const struct names *
policies_governing(const struct tfa_policies *policies, struct str type)
{
	return builtin_find(policies, &policies->governing, type);
}

const struct default_entry *
policies_default(
    const struct tfa_policies *policies, struct str type, struct str path)
{
	char bytes[KEY_MOST];
	struct str key;

	if (!type.len || !path.len || !key_make(bytes, &key, type, path))
		return NULL;
	return builtin_find(policies, &policies->defaults, key);
}
