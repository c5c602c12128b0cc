/*
 * Both directions of the image's parts, side by side.  A tree is no deeper than
 * the loader lets it be.
 */
#include "policy/image.h"

void
image_add_number(struct buf *out, size_t number)
{
	for (; number >= 0x80; number >>= 7)
		buf_byte(out, (char)(number | 0x80));
	buf_byte(out, (char)number);
}

size_t
image_number(struct image *image)
{
	size_t number = 0;
	unsigned shift = 0;

	while (*image->at & 0x80) {
		number |= (size_t)(*image->at++ & 0x7f) << shift;
		shift += 7;
	}
	return number | (size_t)*image->at++ << shift;
}

void
image_add_text(struct buf *out, struct str text)
{
	image_add_number(out, text.len);
	buf_add(out, text);
	buf_byte(out, 0);
}

struct str
image_text(struct image *image)
{
	size_t len = image_number(image);
	struct str text = {(const char *)image->at, len};

	image->at += len + 1;
	return text;
}

void
image_add_pos(struct buf *out, struct pos pos)
{
	image_add_number(out, pos.line);
	image_add_number(out, pos.column);
}

struct pos
image_pos(struct image *image)
{
	size_t line = image_number(image);

	return (struct pos){line, image_number(image)};
}

void
image_add_tree(struct buf *out, const struct tree *tree)
{
	unsigned flags = (unsigned)tree->kind;

	flags |= tree->plain ? IMAGE_PLAIN : 0;
	flags |= tree->key.ptr ? IMAGE_KEYED : 0;
	image_add_number(out, flags);
	if (tree->key.ptr) {
		image_add_text(out, tree->key);
		image_add_pos(out, tree->key_pos);
	}
	image_add_pos(out, tree->pos);
	if (tree->kind == TREE_SCALAR) {
		image_add_text(out, tree->text);
		return;
	}
	image_add_number(out, tree->count);
	for (const struct tree *at = tree->first; at; at = at->next)
		image_add_tree(out, at);
}

struct tree *
image_tree(struct image *image, struct arena *arena)
{
	size_t flags = image_number(image);
	struct tree *tree = arena_new(arena, struct tree);
	struct tree **next;

	if (!tree)
		return NULL;
	tree->kind = (enum tree_kind)(flags & IMAGE_KIND);
	tree->plain = (flags & IMAGE_PLAIN) != 0;
	if (flags & IMAGE_KEYED) {
		tree->key = image_text(image);
		tree->key_pos = image_pos(image);
	}
	tree->pos = image_pos(image);
	if (tree->kind == TREE_SCALAR) {
		tree->text = image_text(image);
		return tree;
	}
	tree->count = image_number(image);
	next = &tree->first;
	for (size_t i = 0; i < tree->count; i++) {
		*next = image_tree(image, arena);
		if (!*next)
			return NULL;
		next = &(*next)->next;
	}
	return tree;
}
