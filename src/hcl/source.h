/*
 * A root module and the modules of its repository, as folders of files.  A
 * folder is read when it is first asked about, each file once.  Nothing outside
 * is ever opened, nor what is no regular file.
 *
 * Folders are named by their path from the root module, without "." and with
 * ".." only in front; the root module itself is "".
 */
#ifndef HCL_SOURCE_H
#define HCL_SOURCE_H

#include "base/arena.h"
#include "base/error.h"
#include "hcl/block.h"
#include "hcl/skip.h"

struct source;

/* Where a block's header stands. */
struct block_place {
	struct str file;     /* from the root module; empty: nowhere */
	size_t line, column; /* from 1, in characters */
	size_t width;	     /* characters of the line */
	struct skip *skips; /* of its comments, last first, if asked for */
};

/*
 * The folder root, which must exist (TFA_ERR_USAGE).  tofu: a .tofu file stands
 * for the .tf file of its name; else only .tf files count.  skips: comments are
 * read too.  NULL with *err set.
 */
struct source *source_open(
    const char *root, bool tofu, bool skips, struct tfa_error *err);
void source_free(struct source *source);

/*
 * The first declaration of a block in a folder; type is empty for a module
 * call.  The file's name lives with source.  False without memory.
 */
bool source_find(struct source *source, struct block_place *out, struct str folder,
    enum block_kind kind, struct str type, struct str name);

/* main.tf, or else the first file of the root module; nowhere without any. */
bool source_main(struct source *source, struct block_place *out);

/*
 * The folder that a call in a folder means by a local path ("./x", "../x").
 * *found is false for any other source, and for what is outside of the
 * repository; out lives with source.  False without memory.
 */
bool source_local(struct source *source, struct str *out, bool *found,
    struct str folder, struct str path);

/*
 * The same for what is installed under a call's path ("a.b"), as far as that is
 * part of the repository and not a download.
 */
bool source_installed(struct source *source, struct str *out, bool *found,
    struct str call);

/*
 * A file's name from the current folder where the root module lies in that, else
 * from the root module as before; out lives with source.  False without memory.
 */
bool source_shown(struct source *source, struct str *out, struct str file);

/* What could not be read, a sentence each; they live with source. */
size_t source_note_count(const struct source *source);
struct str source_note(const struct source *source, size_t index);

#endif
