/*
 * The built-in policies as they are compiled in: files, controls and defaults
 * that have been parsed and checked while building, so that a run decodes only
 * what its plan asks for.  That is told by the image, which is read whole and so
 * is small; bodies are apart, and so are tests.  Numbers are LEB128, body(...)
 * and tests(...) where one begins there; a text has its length in front and a
 * NUL behind it.
 *
 *	image    = count { file } count { control } count { governing }
 *	file     = name sha256 pack-name version controls body(count { tree })
 *	control  = file line column id title severity enforce data joins
 *	           joins_data body(uses tree) tests(count { tree })
 *	governing = type path
 *
 * uses: the control uses a definition of its file.  For each type, in order of
 * name, there is a body too: the controls that select or join it, by number, and
 * its defaults:
 *
 *	type     = name count { number } count { file tree }
 *	tree     = kind|plain|keyed [ key line column ] line column
 *	           ( text | count { tree } )
 */
#ifndef POLICY_IMAGE_H
#define POLICY_IMAGE_H

#include "base/buf.h"
#include "policy/policy.h"
#include "policy/tree.h"

enum { IMAGE_KIND = 3, IMAGE_PLAIN = 4, IMAGE_KEYED = 8 };

/* Where reading has come to.  The bytes are our own and taken as right. */
struct image {
	const unsigned char *at;
};

size_t image_number(struct image *image);
/* Points into the image. */
struct str image_text(struct image *image);
struct pos image_pos(struct image *image);
/* NULL without memory. */
struct tree *image_tree(struct image *image, struct arena *arena);

/* Of the image, for the writer. */
void image_add_number(struct buf *out, size_t number);
void image_add_text(struct buf *out, struct str text);
void image_add_pos(struct buf *out, struct pos pos);
void image_add_tree(struct buf *out, const struct tree *tree);

#endif
