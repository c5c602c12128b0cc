#include "policy/literal.h"

#include "base/decimal.h"
#include "policy/cond_parts.h"
#include "policy/field.h"

enum {
	DEPTH_MOST = 60, /* of a value; below what struct make can have open */
	ARGUMENTS_MOST = 64,
};

static bool
is_digit(struct str text, size_t i)
{
	return i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
}

static size_t
skip_digits(struct str text, size_t i)
{
	while (is_digit(text, i))
		i++;
	return i;
}

static size_t
skip_sign(struct str text, size_t i)
{
	return i < text.len && (text.ptr[i] == '+' || text.ptr[i] == '-')
	    ? i + 1
	    : i;
}

/* The core schema's numbers, more than JSON's: "+1", "012", ".5", "5.". */
static bool
is_core_number(struct str text)
{
	size_t start = skip_sign(text, 0);
	size_t i = skip_digits(text, start), digits = i - start;

	if (i < text.len && text.ptr[i] == '.') {
		size_t end = skip_digits(text, i + 1);

		digits += end - i - 1;
		i = end;
	}
	if (digits == 0)
		return false;
	if (i < text.len && (text.ptr[i] == 'e' || text.ptr[i] == 'E')) {
		start = skip_sign(text, i + 1);
		i = skip_digits(text, start);
		if (i == start)
			return false;
	}
	return i == text.len;
}

/* YAML 1.1's "1_000" and "12:30:45". */
static bool
is_grouped(struct str text, char separator)
{
	size_t i = skip_sign(text, 0);
	bool found = false;

	if (!is_digit(text, i))
		return false;
	for (; i < text.len; i++) {
		if (text.ptr[i] == separator)
			found = true;
		else if (!is_digit(text, i))
			return false;
	}
	return found;
}

static bool
same_word(struct str text, const char *word)
{
	size_t i;

	for (i = 0; i < text.len && word[i]; i++) {
		char byte = text.ptr[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		if (byte != word[i])
			return false;
	}
	return i == text.len && !word[i];
}

static bool
is_any_word(struct str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (same_word(text, words[i]))
			return true;
	}
	return false;
}

/* Why a plain scalar must be quoted; NULL: it need not. */
static const char *
misread_as(struct str text)
{
	static const char *const booleans[] = {
	    "yes", "no", "on", "off", "y", "n"};
	static const char *const numbers[] = {
	    ".inf", "+.inf", "-.inf", ".nan"};

	if (is_any_word(text, booleans, COUNTOF(booleans)))
		return "boolean";
	if (is_core_number(text) || is_grouped(text, '_') ||
	    is_grouped(text, ':') ||
	    is_any_word(text, numbers, COUNTOF(numbers)))
		return "number";
	return NULL;
}

/* "1.10", which many a reader makes 1.1. */
static bool
ends_in_zero(struct str text)
{
	return text.len > 1 && text.ptr[text.len - 1] == '0' &&
	    memchr(text.ptr, '.', text.len) && !memchr(text.ptr, 'e', text.len) &&
	    !memchr(text.ptr, 'E', text.len);
}

static bool
plain_kind(struct load *load, const struct tree *node, enum node_kind *kind)
{
	static const struct {
		const char *text;
		enum node_kind kind;
	} words[] = {
	    {"true", NODE_TRUE},
	    {"True", NODE_TRUE},
	    {"TRUE", NODE_TRUE},
	    {"false", NODE_FALSE},
	    {"False", NODE_FALSE},
	    {"FALSE", NODE_FALSE},
	};
	struct decimal decimal;
	const char *as;

	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (str_is(node->text, words[i].text)) {
			*kind = words[i].kind;
			return true;
		}
	}
	if (decimal_read(&decimal, node->text)) {
		*kind = NODE_NUMBER;
		return !ends_in_zero(node->text) ||
		    load_warn(load, "number", node->pos,
			"a zero at the end of a bare number is easily lost: "
			"quote it");
	}
	as = misread_as(node->text);
	if (as)
		return bad(load, node->pos,
		    "some readers take plain \"" STR_FMT
		    "\" for a %s: quote it, or write that %s as JSON does",
		    STR_ARG(text_shown(node->text)), as, as);
	*kind = NODE_STRING;
	return true;
}

bool
literal_kind(struct load *load, const struct tree *node, enum node_kind *kind)
{
	if (node->kind == TREE_SCALAR && node->plain && !tree_is_null(node))
		return plain_kind(load, node, kind);
	if (node->kind == TREE_LIST)
		*kind = NODE_ARRAY;
	else if (node->kind == TREE_MAP)
		*kind = NODE_OBJECT;
	else
		*kind = tree_is_null(node) ? NODE_NULL : NODE_STRING;
	return true;
}

/* {KEY: ...} and nothing else. */
static bool
is_only(const struct tree *node, const char *key)
{
	return node->kind == TREE_MAP && node->count == 1 &&
	    str_eq(node->first->key, str_of(key));
}

bool
literal_is_path(const struct tree *node)
{
	return is_only(node, "value_of");
}

static struct argument *
argument_find(struct argument *list, struct str name)
{
	while (list && !str_eq(list->name, name))
		list = list->next;
	return list;
}

/* A map that was to be one of these would be compared with as it stands. */
static bool
check_word(struct load *load, const struct tree *node)
{
	static const struct str words[] = {{"param", 5}, {"value_of", 8}};
	struct str meant;

	if (node->kind != TREE_MAP || node->count != 1 ||
	    is_only(node, "value_of"))
		return true;
	meant = str_nearest(node->first->key, words, COUNTOF(words));
	return meant.len == 0 ||
	    bad(load, node->first->key_pos,
		"unknown word \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?",
		STR_ARG(text_shown(node->first->key)), STR_ARG(meant));
}

bool
literal_resolve(struct load *load, const struct tree **node)
{
	struct argument *argument;
	const struct tree *name;

	if (!is_only(*node, "param"))
		return check_word(load, *node);
	name = (*node)->first;
	if (name->kind != TREE_SCALAR)
		return bad(load, name->pos, "expected the name of a parameter");
	argument = argument_find(load->arguments, name->text);
	if (!argument)
		argument = argument_find(load->parameters, name->text);
	if (!argument)
		return bad(load, name->pos,
		    "there is no parameter \"" STR_FMT "\" here",
		    STR_ARG(text_shown(name->text)));
	argument->used = true;
	*node = argument->node;
	return true;
}

bool
literal_is_empty(const struct tree *node)
{
	return node->kind == TREE_SCALAR
	    ? tree_is_null(node) || node->text.len == 0
	    : node->count == 0;
}

bool
literal_unset(struct load *load, const struct tree *node, bool *unset)
{
	const struct tree *written = node;

	if (!literal_resolve(load, &node))
		return false;
	if (node != written) {
		*unset = *unset || literal_is_empty(node);
		return true;
	}
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!literal_unset(load, at, unset))
			return false;
	}
	return true;
}

struct builder {
	struct load *load;
	struct make make;
	size_t depth;
	bool resolve;
	struct path *paths; /* of value_of, where that may stand */
	size_t path_count, path_cap;
	bool open;
};

static bool build(struct builder *builder, const struct tree *node);

static bool
build_members(struct builder *builder, const struct tree *node)
{
	bool ok = true;

	if (++builder->depth > DEPTH_MOST)
		return load_error(builder->load, TFA_ERR_LIMIT, node->pos,
		    "the value is nested deeper than %d levels", DEPTH_MOST);
	make_open(&builder->make,
	    node->kind == TREE_MAP ? NODE_OBJECT : NODE_ARRAY);
	for (const struct tree *at = node->first; at && ok; at = at->next) {
		if (node->kind == TREE_MAP)
			make_string(&builder->make, at->key);
		ok = build(builder, at);
	}
	make_close(&builder->make);
	builder->depth--;
	return ok;
}

static bool
add_path(struct builder *builder, const struct tree *node)
{
	struct load *load = builder->load;

	if (!builder->open)
		return bad(load, node->first->key_pos,
		    "\"value_of\" cannot stand here");
	if (!arena_grow(load->arena, &builder->paths, builder->path_count,
		&builder->path_cap, sizeof(*builder->paths)))
		return load_nomem(load);
	if (!cond_path(
		load, &builder->paths[builder->path_count++], node->first))
		return false;
	make_open(&builder->make, NODE_OBJECT);
	make_string(&builder->make, node->first->key);
	make_string(&builder->make, node->first->text);
	make_close(&builder->make);
	return true;
}

static bool
build(struct builder *builder, const struct tree *node)
{
	enum node_kind kind;

	if (builder->resolve && !literal_resolve(builder->load, &node))
		return false;
	if (builder->resolve && literal_is_path(node))
		return add_path(builder, node);
	if (builder->make.text.len >
	    builder->load->policies->limits.policy_bytes)
		return load_error(builder->load, TFA_ERR_LIMIT, node->pos,
		    "parameters expand to too much");
	if (!literal_kind(builder->load, node, &kind))
		return false;
	if (kind == NODE_ARRAY || kind == NODE_OBJECT)
		return build_members(builder, node);
	if (kind == NODE_STRING)
		make_string(&builder->make, node->text);
	else if (kind == NODE_NUMBER)
		make_number(&builder->make, node->text);
	else
		make_scalar(&builder->make, kind);
	return true;
}

static bool
build_whole(
    struct builder *builder, const struct tree *node, struct value *out)
{
	struct value value = VALUE_NONE;
	bool ok = build(builder, node);

	if (ok)
		value = make_done(&builder->make, builder->load->arena);
	make_free(&builder->make);
	if (ok && !value.node)
		return load_nomem(builder->load);
	if (ok)
		*out = value;
	return ok;
}

bool
literal_read(struct load *load, const struct tree *node, bool resolve,
    struct value *out)
{
	struct builder builder = {.load = load, .resolve = resolve};

	return build_whole(&builder, node, out);
}

bool
literal_read_open(struct load *load, const struct tree *node,
    struct value *out, struct value_paths *paths)
{
	struct builder builder = {
	    .load = load, .resolve = true, .open = true};

	if (!build_whole(&builder, node, out))
		return false;
	*paths = (struct value_paths){builder.paths, builder.path_count};
	return true;
}

/* Does the value ask for a parameter, at any depth? */
static bool
asks(const struct tree *node)
{
	if (is_only(node, "param") || is_only(node, "value_of"))
		return true;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (asks(at))
			return true;
	}
	return false;
}

bool
argument_add(struct load *load, struct argument **list,
    const struct tree *member, const struct tree *node)
{
	struct argument *argument;

	/* Otherwise a few lines could expand without end. */
	if (!literal_is_path(node) && asks(node))
		return bad(load, node->pos,
		    "the value of a parameter must not hold other parameters");
	argument = arena_new(&load->scratch, struct argument);
	if (!argument)
		return load_nomem(load);
	argument->name = member->key;
	argument->pos = member->key_pos;
	argument->node = node;
	argument->next = *list;
	*list = argument;
	return true;
}

bool
arguments_count(struct load *load, const struct tree *node)
{
	return node->count <= ARGUMENTS_MOST ||
	    bad(load, node->pos, "has more than %d names", ARGUMENTS_MOST);
}

bool
arguments_used(
    struct load *load, const struct argument *list, const char *what)
{
	const struct argument *unused = NULL;

	/* The first in the file is the last in the list. */
	for (; list; list = list->next) {
		if (!list->used)
			unused = list;
	}
	if (unused)
		return bad(load, unused->pos,
		    "%s \"" STR_FMT "\" is never used", what,
		    STR_ARG(text_shown(unused->name)));
	return true;
}
