/*
 * Behind every traversal stand its prefixes, one step shorter each time: an
 * entry that continues no such list is what the expression itself says.
 */
#include "config/traversal.h"

static size_t
bracket_end(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.len; i++) {
		if (quoted && s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == '"')
			quoted = !quoted;
		else if (!quoted && s.ptr[i] == ']')
			return i + 1;
	}
	return s.len;
}

struct str
traversal_key(struct traversal *at)
{
	struct str key = at->rest;

	if (!key.len || key.ptr[0] != '[')
		return str_head(key, 0);
	key = str_head(key, bracket_end(key));
	at->rest = str_from(at->rest, key.len);
	return key;
}

struct str
traversal_name(struct traversal *at)
{
	struct str s = at->rest;
	size_t len = 0;

	if (s.len && s.ptr[0] == '.')
		s = str_from(s, 1);
	else if (s.ptr != at->text.ptr)
		return str_head(s, 0);
	while (len < s.len && s.ptr[len] != '.' && s.ptr[len] != '[')
		len++;
	at->rest = str_from(s, len);
	return str_head(s, len);
}

enum head
traversal_head(struct str name)
{
	static const struct {
		const char *name;
		enum head head;
	} heads[] = {
	    {"var",	    HEAD_VAR    },
	    {"module",    HEAD_MODULE },
	    {"data",	     HEAD_DATA   },
	    {"each",	     HEAD_EACH   },
	    {"local",     HEAD_LOCAL  },
	    {"count",     HEAD_NOTHING},
	    {"path",	     HEAD_NOTHING},
	    {"terraform", HEAD_NOTHING},
	    {"tofu",	     HEAD_NOTHING},
	    {"self",	     HEAD_HIDDEN },
	    {"ephemeral", HEAD_HIDDEN },
	    {"action",    HEAD_HIDDEN },
	    {"list",	     HEAD_HIDDEN },
	};

	for (size_t i = 0; i < COUNTOF(heads); i++) {
		if (str_is(name, heads[i].name))
			return heads[i].head;
	}
	return HEAD_RESOURCE;
}

/* "module.a[0]": its list of prefixes ends here, without "module.a". */
static bool
is_module_instance(struct str text)
{
	struct traversal at = {text, text};

	if (!str_eq(traversal_name(&at), STR("module")))
		return false;
	traversal_name(&at);
	return traversal_key(&at).len && !at.rest.len;
}

static bool
is_prefix_of(struct str text, struct str before)
{
	return before.len > text.len && str_starts(before, text) &&
	       (before.ptr[text.len] == '.' || before.ptr[text.len] == '[') &&
	       !is_module_instance(before);
}

struct traversals
traversals_of(struct value references, struct arena *arena)
{
	return (struct traversals){
	    .it = value_each(references), .arena = arena};
}

bool
traversals_step(struct traversals *it)
{
	while (value_step(&it->it)) {
		struct str text;

		if (value_kind(it->it.value) != NODE_STRING) {
			it->strange = true;
			continue;
		}
		text = value_copy_text(it->it.value, it->arena);
		if (!text.ptr) {
			it->failed = true;
			return false;
		}
		it->text = text;
		text = it->before;
		it->before = it->text;
		if (!is_prefix_of(it->text, text))
			return true;
	}
	return false;
}

bool
is_expression(struct value v)
{
	struct value references = value_member(v, STR("references"));
	struct value_iter it = value_each(references);

	if (value_kind(v) != NODE_OBJECT)
		return false;
	if (value_member(v, STR("constant_value")).node)
		return true;
	if (value_kind(references) != NODE_ARRAY)
		return false;
	/* Blocks of that name hold nothing but objects. */
	return !value_step(&it) || value_kind(it.value) == NODE_STRING;
}
