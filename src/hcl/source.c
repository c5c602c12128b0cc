/*
 * Which folders there are and which of them may be read.  A path of the plan is
 * only text: it is made plain first, and what it leads to must have its real
 * path inside the root module, or, where ".." leads out of that, inside the
 * repository around it.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "hcl/source.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "hcl/folder.h"
#include "json/node.h"

enum { NOTES_MOST = 20, MANIFEST_MOST = 16 * 1024 * 1024 };

/* --- Paths --- */

struct str
source_join(struct source *source, struct str folder, struct str name)
{
	struct buf *text = &source->key;

	text->len = 0;
	buf_add(text, folder);
	if (folder.len)
		buf_byte(text, '/');
	if (!buf_add(text, name))
		return (struct str){NULL, 0};
	return arena_copy(&source->arena, buf_str(text));
}

/* One step of a path; ".." takes back what stands before it. */
static bool
add_step(struct buf *out, struct str step)
{
	size_t last = out->len;

	if (step.len == 0 || str_eq(step, STR(".")))
		return true;
	while (last > 0 && out->ptr[last - 1] != '/')
		last--;
	if (str_eq(step, STR("..")) && out->len &&
	    !str_eq(str_from(buf_str(out), last), STR(".."))) {
		out->len = last ? last - 1 : 0;
		return true;
	}
	return (out->len == 0 || buf_byte(out, '/')) && buf_add(out, step);
}

/* folder/path without what means nothing; ptr is NULL without memory. */
static struct str
plain_path(struct source *source, struct str folder, struct str path)
{
	struct buf *out = &source->key;
	bool ok = true;

	out->len = 0;
	ok = buf_add(out, folder);
	for (struct str step, rest = path; ok && rest.len;) {
		step = str_cut(rest, '/', &rest);
		ok = add_step(out, step);
	}
	return ok ? arena_copy(&source->arena, buf_str(out))
		  : (struct str){NULL, 0};
}

static bool
is_inside(struct str real, struct str limit)
{
	if (str_eq(limit, STR("/")))
		return true;
	return str_starts(real, limit) &&
	    (real.len == limit.len || real.ptr[limit.len] == '/');
}

bool
source_real(const struct source *source, char **out, struct str path)
{
	bool leaves =
	    str_eq(path, STR("..")) || str_starts(path, STR("../"));
	struct buf text = {0};
	char *real;
	bool ok = buf_fmt(&text, STR_FMT "/" STR_FMT, STR_ARG(source->root),
		      STR_ARG(path)) &&
	    buf_byte(&text, '\0');

	errno = 0;
	real = ok && !memchr(path.ptr, 0, path.len) ? realpath(text.ptr, NULL)
						    : NULL;
	ok = ok && (real || errno != ENOMEM);
	buf_free(&text);
	if (real &&
	    !is_inside(str_of(real),
		leaves ? source->repository : source->root)) {
		free(real);
		real = NULL;
	}
	*out = real;
	return ok;
}

/* --- What is there --- */

bool
source_note_add(struct source *source, struct str name, const char *what)
{
	struct buf text = {0};
	struct str note = {NULL, 0};

	if (source->note_count == NOTES_MOST)
		return true;
	if (buf_fmt(&text, "source: " STR_FMT " %s", STR_ARG(name), what))
		note = arena_copy(&source->arena, buf_str(&text));
	buf_free(&text);
	for (size_t i = 0; note.ptr && i < source->note_count; i++) {
		if (str_eq(source->notes[i], note))
			return true;
	}
	if (!note.ptr ||
	    !array_reserve(&source->notes, &source->note_cap,
		source->note_count + 1, sizeof(note)))
		return false;
	source->notes[source->note_count++] = note;
	return true;
}

size_t
source_note_count(const struct source *source)
{
	return source->note_count;
}

struct str
source_note(const struct source *source, size_t index)
{
	return source->notes[index];
}

/* The nearest folder around root that is kept in Git, or root itself. */
static struct str
repository_around(struct source *source)
{
	struct str at = source->root;
	char *path;

	while (at.len > 1) {
		path = arena_alloc(&source->arena, at.len + sizeof("/.git"));
		if (!path)
			return (struct str){NULL, 0};
		memcpy(path, at.ptr, at.len);
		memcpy(path + at.len, "/.git", sizeof("/.git"));
		if (access(path, F_OK) == 0)
			return at;
		while (at.len > 1 && at.ptr[at.len - 1] != '/')
			at.len--;
		at.len -= at.len > 1;
	}
	return source->root;
}

/* A current folder that cannot be named is no error: nothing lies in it. */
static void
find_shown(struct source *source)
{
	char *real = realpath(".", NULL);
	struct str here = str_of(real ? real : "");

	if (real && is_inside(source->root, here) &&
	    source->root.len > here.len)
		source->shown = str_from(source->root,
		    here.len + (source->root.ptr[here.len] == '/'));
	free(real);
}

bool
source_shown(struct source *source, struct str *out, struct str file)
{
	*out = plain_path(source, source->shown, file);
	return out->ptr != NULL;
}

static bool
open_root(struct source *source, const char *root, struct tfa_error *err)
{
	char *real = realpath(root, NULL);
	struct stat info;

	if (!real || stat(real, &info) != 0 || !S_ISDIR(info.st_mode)) {
		free(real);
		return error_set(err, TFA_ERR_USAGE,
		    "the source root \"%s\" is no folder that can be read",
		    root);
	}
	source->root = arena_copy(&source->arena, str_of(real));
	free(real);
	if (!source->root.ptr)
		return error_nomem(err);
	find_shown(source);
	source->repository = repository_around(source);
	return source->repository.ptr || error_nomem(err);
}

struct source *
source_open(const char *root, bool tofu, bool skips, struct tfa_error *err)
{
	struct source *source = calloc(1, sizeof(*source));

	if (!source) {
		error_nomem(err);
		return NULL;
	}
	source->tofu = tofu;
	source->skips = skips;
	if (open_root(source, root, err))
		return source;
	source_free(source);
	return NULL;
}

void
source_free(struct source *source)
{
	if (!source)
		return;
	for (size_t i = 0; i < source->folders.count; i++) {
		struct folder *folder = source->folders.entries[i].value;

		map_free(&folder->blocks);
	}
	map_free(&source->folders);
	map_free(&source->installed);
	buf_free(&source->key);
	free(source->notes);
	arena_free(&source->arena);
	free(source);
}

/* NULL without memory. */
static struct folder *
folder_at(struct source *source, struct str path)
{
	struct folder *folder = map_find(&source->folders, path);

	if (folder)
		return folder;
	path = arena_copy(&source->arena, path);
	folder = path.ptr ? folder_read(source, path) : NULL;
	if (folder && !map_set(&source->folders, path, folder)) {
		map_free(&folder->blocks);
		return NULL;
	}
	return folder;
}

bool
source_find(struct source *source, struct block_place *out, struct str path,
    enum block_kind kind, struct str type, struct str name)
{
	struct folder *folder = folder_at(source, path);
	struct block_place *place = NULL;

	if (!folder ||
	    !folder_block(source, folder, kind, type, name, &place))
		return false;
	*out = place ? *place : (struct block_place){0};
	return true;
}

bool
source_main(struct source *source, struct block_place *out)
{
	struct folder *folder = folder_at(source, STR(""));

	if (!folder)
		return false;
	*out = (struct block_place){.file = folder->main, .line = 1, .column = 1};
	return true;
}

/* --- From call to folder --- */

bool
source_local(struct source *source, struct str *out, bool *found,
    struct str folder, struct str path)
{
	struct str plain;
	char *real;

	*found = false;
	if (!str_starts(path, STR("./")) && !str_starts(path, STR("../")) &&
	    !str_eq(path, STR(".")) && !str_eq(path, STR("..")))
		return true;
	plain = plain_path(source, folder, path);
	if (!plain.ptr || !source_real(source, &real, plain))
		return false;
	*found = real != NULL;
	free(real);
	*out = plain;
	return *found ||
	    source_note_add(source, plain, "is not there or may not be read");
}

/* A download is no part of the repository, wherever it lies. */
static bool
is_download(struct str path)
{
	struct str step, rest = path;

	while (rest.len) {
		step = str_cut(rest, '/', &rest);
		if (str_eq(step, STR(".terraform")))
			return true;
	}
	return false;
}

static bool
add_installed(struct source *source, struct value entry)
{
	struct value key = value_member(entry, STR("Key"));
	struct value dir = value_member(entry, STR("Dir"));
	struct str call, path, *kept;

	if (value_kind(key) != NODE_STRING || value_kind(dir) != NODE_STRING)
		return true;
	call = value_copy_text(key, &source->arena);
	path = value_copy_text(dir, &source->arena);
	kept = arena_new(&source->arena, struct str);
	if (!call.ptr || !path.ptr || !kept)
		return false;
	if (is_download(path) || str_starts(path, STR("/")))
		return true;
	*kept = plain_path(source, STR(""), path);
	return kept->ptr && map_set(&source->installed, call, kept);
}

/* What terraform init has written; a broken one maps nothing. */
static bool
read_installed(struct source *source)
{
	struct buf text = {0};
	struct value document = VALUE_NONE;
	struct tfa_error err = {0};
	enum file_read read;
	char *real;
	bool ok;

	if (!source_real(
		source, &real, STR(".terraform/modules/modules.json")))
		return false;
	read = real ? file_read(&text, real, MANIFEST_MOST) : FILE_FAILED;
	ok = read != FILE_NO_MEMORY;
	free(real);
	if (read == FILE_WHOLE &&
	    !value_read(&document, buf_str(&text), &source->arena, &err))
		ok = err.code != TFA_ERR_NOMEM;
	buf_free(&text);
	for (struct value_iter it =
		 value_each(value_member(document, STR("Modules")));
	     ok && value_step(&it);)
		ok = add_installed(source, it.value);
	return ok;
}

bool
source_installed(
    struct source *source, struct str *out, bool *found, struct str call)
{
	const struct str *path;
	char *real;

	*found = false;
	if (!source->asked_installed && !read_installed(source))
		return false;
	source->asked_installed = true;
	path = map_find(&source->installed, call);
	if (!path)
		return true;
	if (!source_real(source, &real, *path))
		return false;
	*found = real != NULL;
	free(real);
	*out = *path;
	return true;
}
