/*
 * Making values: nodes and text grow beside each other, and what cannot go on
 * sticks as failed until the end.
 */
#include "json/node.h"

#include <assert.h>
#include <stdlib.h>

void
make_free(struct make *make)
{
	free(make->nodes);
	buf_free(&make->text);
	*make = (struct make){0};
}

static bool
is_object(const struct make *make)
{
	return make->depth &&
	    make->nodes[make->open[make->depth - 1]].kind == NODE_OBJECT;
}

static struct node *
add(struct make *make, enum node_kind kind)
{
	struct node *node;

	if (make->failed || make->count >= UINT32_MAX / 2 ||
	    !array_reserve(&make->nodes, &make->cap, make->count + 1,
		sizeof(*make->nodes))) {
		make->failed = true;
		return NULL;
	}
	node = &make->nodes[make->count++];
	*node = (struct node){.kind = (uint8_t)kind};
	return node;
}

/* Elements are counted as they come; members when the object is closed. */
static void
count_element(struct make *make)
{
	if (!make->failed && make->depth && !is_object(make))
		make->nodes[make->open[make->depth - 1]].n++;
}

static void
add_text(struct make *make, enum node_kind kind, struct str text)
{
	struct node *node;

	count_element(make);
	node = add(make, kind);
	if (!node)
		return;
	if (text.len > UINT32_MAX / 2 || make->text.len > UINT32_MAX / 2) {
		make->failed = true;
		return;
	}
	node->n = (uint32_t)text.len;
	node->at = (uint32_t)make->text.len;
	if (!buf_add(&make->text, text))
		make->failed = true;
}

void
make_scalar(struct make *make, enum node_kind kind)
{
	count_element(make);
	add(make, kind);
}

void
make_number(struct make *make, struct str digits)
{
	add_text(make, NODE_NUMBER, digits);
}

void
make_string(struct make *make, struct str text)
{
	add_text(make, NODE_STRING, text);
}

void
make_open(struct make *make, enum node_kind kind)
{
	count_element(make);
	if (make->depth == COUNTOF(make->open))
		make->failed = true;
	if (add(make, kind))
		make->open[make->depth++] = (uint32_t)make->count - 1;
}

void
make_close(struct make *make)
{
	uint32_t at;
	struct node *node;
	size_t children = 0;

	if (make->failed)
		return;
	assert(make->depth);
	at = make->open[--make->depth];
	node = &make->nodes[at];
	node->at = (uint32_t)make->count - at;
	if (node->kind != NODE_OBJECT)
		return;
	for (const struct node *next = node + 1;
	     next < make->nodes + make->count; next = node_next(next))
		children++;
	node->n = (uint32_t)(children / 2);
}

void
make_value(struct make *make, struct value v)
{
	const struct node *end;

	assert(v.node);
	end = node_next(v.node);
	count_element(make);
	for (const struct node *from = v.node; from < end; from++) {
		struct node *to = add(make, (enum node_kind)from->kind);
		struct str text;

		if (!to)
			return;
		*to = *from;
		if (from->kind != NODE_STRING && from->kind != NODE_NUMBER)
			continue;
		text = value_raw((struct value){from, v.text});
		if (make->text.len > UINT32_MAX / 2) {
			make->failed = true;
			return;
		}
		to->at = (uint32_t)make->text.len;
		if (!buf_add(&make->text, text))
			make->failed = true;
	}
}

void
make_any_case(struct make *make)
{
	if (make->failed || make->nodes[make->count - 1].kind != NODE_STRING)
		return;
	make->nodes[make->count - 1].flags |= NODE_ANY_CASE;
}

struct value
make_done(struct make *make, struct arena *arena)
{
	struct value made = {make->nodes,
	    make->text.ptr ? make->text.ptr : ""};

	if (make->failed || make->depth || !make->count)
		return VALUE_NONE;
	return value_copy(made, arena);
}
