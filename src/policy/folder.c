/*
 * Policies from the file system.  A folder is walked with a list of work, not
 * by recursion; links to folders are not followed, so the walk ends.  All
 * paths are known and in order before the first file is read.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "policy/fact.h"
#include "policy/folder.h"
#include "policy/known.h"
#include "policy/waiver.h"

/* A result of some million findings. */
#define BASELINE_MOST ((size_t)2 * 1024 * 1024 * 1024)

struct walk {
	struct arena *arena; /* for the paths; NUL-terminated */
	bool (*wants)(struct str name);
	struct str *folders, *files;
	size_t folder_count, folder_cap, file_count, file_cap;
	struct tfa_error *err;
};

/* Without the system's texts, which depend on the locale. */
static bool
failed(struct tfa_error *err, struct str path, int number)
{
	const char *why = file_why(number);

	if (number == ENOMEM)
		return error_nomem(err);
	if (why)
		return error_at(err, TFA_ERR_POLICY, path, (struct pos){0, 0},
		    "%s", why);
	return error_at(err, TFA_ERR_POLICY, path, (struct pos){0, 0},
	    "cannot be read (error %d)", number);
}

static bool
path_add(struct walk *walk, struct str **list, size_t *count, size_t *cap,
    struct str path)
{
	if (!arena_grow(walk->arena, list, *count, cap, sizeof(path)))
		return error_nomem(walk->err);
	(*list)[(*count)++] = path;
	return true;
}

/* folder/name; ptr is NULL without memory. */
static struct str
path_join(struct walk *walk, struct str folder, struct str name)
{
	bool slash = !str_ends(folder, STR("/"));
	size_t len = folder.len + slash + name.len;
	char *bytes = arena_alloc(walk->arena, len + 1);

	if (!bytes)
		return (struct str){NULL, 0};
	memcpy(bytes, folder.ptr, folder.len);
	bytes[folder.len] = '/';
	memcpy(bytes + folder.len + slash, name.ptr, name.len);
	return (struct str){bytes, len};
}

/* Files of tests stand beside what they test. */
static bool
is_policy(struct str name)
{
	return (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))) &&
	    !str_ends(name, STR("_test.yaml")) &&
	    !str_ends(name, STR("_test.yml"));
}

static bool
take_entry(struct walk *walk, struct str folder, struct str name)
{
	struct str path = path_join(walk, folder, name);
	struct stat info;

	if (!path.ptr)
		return error_nomem(walk->err);
	if (lstat(path.ptr, &info) != 0)
		return failed(walk->err, path, errno);
	if (S_ISDIR(info.st_mode))
		return path_add(walk, &walk->folders, &walk->folder_count,
		    &walk->folder_cap, path);
	if (!walk->wants(name))
		return true;
	if (S_ISLNK(info.st_mode) && stat(path.ptr, &info) != 0)
		return failed(walk->err, path, errno);
	if (S_ISDIR(info.st_mode))
		return true;
	return path_add(walk, &walk->files, &walk->file_count,
	    &walk->file_cap, path);
}

static bool
list_folder(struct walk *walk, struct str folder)
{
	DIR *dir = opendir(folder.ptr);
	const struct dirent *entry;
	bool ok = true;

	if (!dir)
		return failed(walk->err, folder, errno);
	for (;;) {
		struct str name;

		errno = 0;
		entry = readdir(dir);
		if (!entry)
			break;
		name = str_of(entry->d_name);
		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		ok = take_entry(walk, folder, name);
		if (!ok)
			break;
	}
	if (ok && errno)
		ok = failed(walk->err, folder, errno);
	closedir(dir);
	return ok;
}

static int
path_cmp(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

static bool
list_files(struct walk *walk, struct str root)
{
	if (!path_add(walk, &walk->folders, &walk->folder_count,
		&walk->folder_cap, root))
		return false;
	while (walk->folder_count) {
		if (!list_folder(walk, walk->folders[--walk->folder_count]))
			return false;
	}
	if (walk->file_count)
		qsort(walk->files, walk->file_count, sizeof(*walk->files), path_cmp);
	return true;
}

static bool
read_regular(struct buf *out, struct str path, size_t most,
    struct tfa_error *err)
{
	switch (file_read(out, path.ptr, most)) {
	case FILE_FAILED:
		return failed(err, path, errno);
	case FILE_NO_MEMORY:
		return error_nomem(err);
	case FILE_IRREGULAR:
		return error_at(err, TFA_ERR_POLICY, path, (struct pos){0, 0},
		    "is no regular file");
	case FILE_WHOLE:
	case FILE_LARGE:
		break;
	}
	return true;
}

bool
folder_text(struct str *out, const char *path, size_t most,
    struct arena *arena, struct tfa_error *err)
{
	struct buf bytes = {0};
	bool ok = read_regular(&bytes, str_of(path), most, err);

	if (ok) {
		*out = arena_copy(arena, buf_str(&bytes));
		ok = out->ptr || error_nomem(err);
	}
	buf_free(&bytes);
	return ok;
}

bool
folder_find(struct names *out, const char *path,
    bool (*wants)(struct str name), struct arena *arena,
    struct tfa_error *err)
{
	struct walk walk = {.arena = arena, .wants = wants, .err = err};
	struct str name = arena_copy(arena, str_of(path));
	struct stat info;
	bool ok;

	if (!name.ptr)
		return error_nomem(err);
	if (stat(path, &info) != 0)
		return failed(err, name, errno);
	if (S_ISDIR(info.st_mode))
		ok = list_files(&walk, name);
	else
		ok = !wants(name) ||
		    path_add(&walk, &walk.files, &walk.file_count,
			&walk.file_cap, name);
	*out = (struct names){walk.files, walk.file_count};
	return ok;
}

static bool
load_file(struct tfa_policies *policies, struct str path,
    struct tfa_error *err)
{
	struct str text;

	return folder_text(&text, path.ptr, policies->limits.policy_bytes,
		   &policies->arena, err) &&
	    policies_read(policies, path, text, false, err);
}

static bool
is_any(struct str name)
{
	(void)name;
	return true;
}

bool
tfa_policies_load(struct tfa_policies *policies, const char *path,
    struct tfa_error *err)
{
	struct stat info;
	struct names files;
	bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);

	if (!folder_find(&files, path, folder ? is_policy : is_any,
		&policies->arena, err))
		return false;
	if (!files.count)
		return error_at(err, TFA_ERR_POLICY, str_of(path),
		    (struct pos){0, 0}, "holds no .yaml or .yml file");
	for (size_t i = 0; i < files.count; i++) {
		if (!load_file(policies, files.items[i], err))
			return false;
	}
	return true;
}

typedef bool reader(struct tfa_policies *policies, struct str name,
    struct str text, struct tfa_error *err);

static bool
load_with(struct tfa_policies *policies, reader *read, const char *path,
    size_t most, struct tfa_error *err)
{
	struct str name = arena_copy(&policies->arena, str_of(path)), text;

	if (!name.ptr)
		return error_nomem(err);
	return folder_text(&text, path, most, &policies->arena, err) &&
	    read(policies, name, text, err);
}

bool
tfa_policies_waivers(struct tfa_policies *policies, const char *path,
    struct tfa_error *err)
{
	return load_with(policies, waivers_read, path,
	    policies->limits.policy_bytes, err);
}

bool
tfa_policies_facts(struct tfa_policies *policies, const char *path,
    struct tfa_error *err)
{
	return load_with(
	    policies, facts_read, path, policies->limits.policy_bytes, err);
}

bool
tfa_policies_baseline(struct tfa_policies *policies, const char *path,
    struct tfa_error *err)
{
	return load_with(policies, known_read, path, BASELINE_MOST, err);
}
