/*
 * Named conditions.  They are read anew wherever they are used, with what
 * "with" says in place of their parameters, and bounded where a few lines
 * could expand without end.
 */
#include <stdio.h>

#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

enum { USES_MOST = 16 };

static bool
no_definition(struct load *load, const struct tree *node)
{
	const struct map *all = &load->definitions;
	struct str names[64], nearest;
	size_t count = 0;

	for (; count < all->count && count < COUNTOF(names); count++)
		names[count] = all->entries[count].key;
	nearest = str_nearest(node->text, names, count);
	if (nearest.len)
		return bad(load, node->pos,
		    "\"" STR_FMT "\" is not defined; did you mean \"" STR_FMT
		    "\"?",
		    STR_ARG(text_shown(node->text)), STR_ARG(nearest));
	return bad(load, node->pos, "\"" STR_FMT "\" is not defined",
	    STR_ARG(text_shown(node->text)));
}

/* What "with" says, in the scope around it. */
static bool
read_with(struct load *load, struct argument **out, const struct tree *with)
{
	if (!with)
		return true;
	if (!field_map(load, with) || !arguments_count(load, with))
		return false;
	for (const struct tree *at = with->first; at; at = at->next) {
		const struct tree *node = at;

		if (!literal_resolve(load, &node) ||
		    !argument_add(load, out, at, node))
			return false;
	}
	return true;
}

/* The place of an error is in the definition; say who used it. */
static void
add_user(struct load *load, const struct tree *use)
{
	struct tfa_error *err = load->err;
	size_t len = strlen(err->message);

	if (err->code == TFA_ERR_POLICY)
		snprintf(err->message + len, sizeof(err->message) - len,
		    " (used at %zu:%zu)", use->key_pos.line,
		    use->key_pos.column);
}

static bool
read_definition(struct load *load, const struct cond **out,
    struct definition *definition, const struct tree *with, bool flip)
{
	struct argument *outside = load->arguments, *arguments = NULL;
	bool ok;

	if (!read_with(load, &arguments, with))
		return false;
	load->arguments = arguments;
	definition->open = true;
	definition->used = true;
	load->uses++;
	ok = cond_read(load, out, definition->node, flip);
	load->uses--;
	definition->open = false;
	load->arguments = outside;
	return ok && arguments_used(load, arguments, "argument");
}

bool
use_read(struct load *load, const struct cond **out, const struct tree *name,
    const struct tree *with, bool flip)
{
	struct definition *definition;

	if (name->kind != TREE_SCALAR)
		return bad(load, name->pos,
		    "expected the name of a condition under \"define\"");
	definition = map_find(&load->definitions, name->text);
	if (!definition)
		return no_definition(load, name);
	if (definition->open)
		return bad(load, name->pos,
		    "\"" STR_FMT "\" (at %zu:%zu) uses itself",
		    STR_ARG(text_shown(name->text)), definition->pos.line,
		    definition->pos.column);
	if (load->uses == USES_MOST)
		return bad(load, name->pos,
		    "definitions use each other deeper than %d levels",
		    USES_MOST);
	if (read_definition(load, out, definition, with, flip))
		return true;
	add_user(load, name);
	return false;
}

bool
definitions_add(struct load *load, const struct tree *node)
{
	struct definition *definition;

	if (!field_map(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		definition = map_find(&load->definitions, at->key);
		if (definition)
			return bad(load, at->key_pos,
			    "\"" STR_FMT "\" is already defined at %zu:%zu",
			    STR_ARG(text_shown(at->key)), definition->pos.line,
			    definition->pos.column);
		definition = arena_new(&load->scratch, struct definition);
		if (!definition ||
		    !map_set(&load->definitions, at->key, definition))
			return load_nomem(load);
		definition->name = at->key;
		definition->pos = at->key_pos;
		definition->node = at;
	}
	return true;
}

bool
definitions_used(struct load *load)
{
	const struct map *all = &load->definitions;

	for (size_t i = 0; i < all->count; i++) {
		const struct definition *at = all->entries[i].value;

		if (!at->used)
			return bad(load, at->pos,
			    "definition \"" STR_FMT "\" is never used",
			    STR_ARG(text_shown(at->name)));
	}
	return true;
}
