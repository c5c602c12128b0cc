/* One module's folder: its files in Terraform's order, as an index of blocks. */
#ifndef HCL_FOLDER_H
#define HCL_FOLDER_H

#include "base/buf.h"
#include "base/map.h"
#include "hcl/source.h"

struct source {
	struct arena arena;
	struct str root;       /* real path, NUL-terminated */
	struct str repository; /* real path around root, or root itself */
	struct str shown; /* root from the current folder; empty: not inside */
	bool tofu, skips;
	struct map folders;   /* path from root -> struct folder */
	struct map installed; /* "a.b" -> struct str, the folder's path */
	bool asked_installed; /* modules.json has been read */
	size_t bytes;	      /* read so far */
	struct buf key;	      /* scratch */
	struct str *notes;
	size_t note_count, note_cap;
};

struct folder {
	struct str path;
	struct map blocks; /* "kind type NUL name" -> struct block_place */
	struct str main;   /* main.tf, the first file, or empty */
};

/* NULL without memory.  What cannot be read becomes a note. */
struct folder *folder_read(struct source *source, struct str path);

/* Its entry, or NULL; false without memory. */
bool folder_block(struct source *source, struct folder *folder,
    enum block_kind kind, struct str type, struct str name,
    struct block_place **out);

/* "source: name what", once; false without memory. */
bool source_note_add(
    struct source *source, struct str name, const char *what);

/*
 * The real path of what stands at path from the root module, malloc'd: NULL
 * where there is nothing, or it lies outside of what may be read.  False
 * without memory.
 */
bool source_real(const struct source *source, char **out, struct str path);

/* folder/name, in the arena; ptr is NULL without memory. */
struct str source_join(
    struct source *source, struct str folder, struct str name);

#endif
