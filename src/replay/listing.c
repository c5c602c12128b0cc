/*
 * Every path is known and in order before the first plan is read, so that the
 * order, the shards and the count of what is missing depend on names alone.  A
 * folder is walked with a list of work, not by recursion.
 */
#include "replay/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

enum { LIST_MOST = 1024 * 1024 * 1024, PIECE = 64 * 1024 };

struct walk {
	struct listing *listing;
	struct str *folders; /* below root, not terminated by a slash */
	size_t count, cap;
	struct tfa_error *err;
};

static bool
failed(struct tfa_error *err, const char *path, int number)
{
	const char *why = file_why(number);

	if (number == ENOMEM)
		return error_nomem(err);
	if (why)
		return error_set(err, TFA_ERR_USAGE, "%s %s", path, why);
	return error_set(err, TFA_ERR_USAGE, "%s cannot be read (error %d)",
	    path, number);
}

static bool
add_path(struct listing *listing, struct str path, struct tfa_error *err)
{
	if (!arena_grow(&listing->arena, &listing->paths, listing->count,
		&listing->cap, sizeof(path)))
		return error_nomem(err);
	listing->paths[listing->count++] = path;
	return true;
}

/* a, a slash where b is a name, and b; ptr is NULL without memory. */
static struct str
join(struct arena *arena, struct str a, const char *slash, struct str b)
{
	size_t mid = strlen(slash);
	char *bytes = arena_alloc(arena, a.len + mid + b.len + 1);

	if (!bytes)
		return (struct str){NULL, 0};
	if (a.len)
		memcpy(bytes, a.ptr, a.len);
	memcpy(bytes + a.len, slash, mid);
	if (b.len)
		memcpy(bytes + a.len + mid, b.ptr, b.len);
	return (struct str){bytes, a.len + mid + b.len};
}

static bool
set_root(struct listing *listing, const char *root, struct tfa_error *err)
{
	struct str name = str_of(root);
	bool slash = name.len && !str_ends(name, STR("/"));

	listing->root =
	    join(&listing->arena, name, slash ? "/" : "", STR(""));
	return listing->root.ptr || error_nomem(err);
}

char *
listing_file(const struct listing *listing, size_t index)
{
	struct str root = listing->root, path = listing->paths[index];
	char *file = malloc(root.len + path.len + 1);

	if (!file)
		return NULL;
	if (path.ptr[0] == '/')
		root.len = 0;
	memcpy(file, root.ptr, root.len);
	memcpy(file + root.len, path.ptr, path.len + 1);
	return file;
}

/* --- A folder --- */

/* Configuration in JSON and archives have such endings, too. */
static bool
is_plan_name(struct str name)
{
	static const char *const endings[] = {".json", ".gz", ".zst"};
	static const char *const others[] = {
	    ".tf.json", ".tfvars.json", ".tar.gz", ".tar.zst"};
	bool is = false;

	for (size_t i = 0; i < COUNTOF(endings); i++)
		is = is || str_ends(name, str_of(endings[i]));
	for (size_t i = 0; i < COUNTOF(others); i++)
		is = is && !str_ends(name, str_of(others[i]));
	return is;
}

static bool
skip(struct walk *walk, enum skip why)
{
	walk->listing->skipped[why]++;
	return true;
}

static bool
add_folder(struct walk *walk, struct str path)
{
	if (!array_reserve(&walk->folders, &walk->cap, walk->count + 1,
		sizeof(path)))
		return error_nomem(walk->err);
	walk->folders[walk->count++] = path;
	return true;
}

static bool
take_kind(struct walk *walk, struct str path, struct str name, mode_t mode,
    bool link)
{
	if (S_ISDIR(mode) && !link)
		return add_folder(walk, path);
	if (S_ISDIR(mode))
		return skip(walk, SKIP_LINK);
	if (!is_plan_name(name))
		return skip(walk, SKIP_NAME);
	if (!S_ISREG(mode))
		return skip(walk, SKIP_SPECIAL);
	return add_path(walk->listing, path, walk->err);
}

static bool
take_entry(struct walk *walk, int dir, struct str folder, struct str name)
{
	struct arena *arena = &walk->listing->arena;
	struct str path = join(arena, folder, folder.len ? "/" : "", name);
	struct stat info;
	bool link;

	if (!path.ptr)
		return error_nomem(walk->err);
	if (name.ptr[0] == '.')
		return skip(walk, SKIP_HIDDEN);
	if (fstatat(dir, name.ptr, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return failed(walk->err, path.ptr, errno);
	link = S_ISLNK(info.st_mode);
	if (link && fstatat(dir, name.ptr, &info, 0) != 0)
		return skip(walk, SKIP_LINK);
	return take_kind(walk, path, name, info.st_mode, link);
}

static bool
list_entries(struct walk *walk, DIR *dir, struct str folder)
{
	for (;;) {
		const struct dirent *entry;
		struct str name;

		errno = 0;
		entry = readdir(dir);
		if (!entry)
			return errno == 0 ||
			    failed(walk->err, folder.ptr, errno);
		name = str_of(entry->d_name);
		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		if (!take_entry(walk, dirfd(dir), folder, name))
			return false;
	}
}

static bool
list_folder(struct walk *walk, struct str folder)
{
	struct str path =
	    join(&walk->listing->arena, walk->listing->root, "", folder);
	DIR *dir = path.ptr ? opendir(path.ptr) : NULL;
	bool ok;

	if (!path.ptr)
		return error_nomem(walk->err);
	if (!dir)
		return failed(walk->err, path.ptr, errno);
	ok = list_entries(walk, dir, folder);
	closedir(dir);
	return ok;
}

static bool
list_tree(struct listing *listing, struct tfa_error *err)
{
	struct walk walk = {.listing = listing, .err = err};
	bool ok = add_folder(&walk, STR(""));

	while (ok && walk.count)
		ok = list_folder(&walk, walk.folders[--walk.count]);
	free(walk.folders);
	return ok;
}

/* --- A list --- */

static bool
read_input(struct buf *out, int in, struct tfa_error *err)
{
	ssize_t got;

	do {
		if (out->len > LIST_MOST || !buf_reserve(out, PIECE))
			return error_nomem(err);
		got = read(in, out->ptr + out->len, PIECE);
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0 || failed(err, "standard input", errno);
}

static bool
read_list(struct buf *out, const char *plans, int in, struct tfa_error *err)
{
	if (strcmp(plans, "-") == 0)
		return read_input(out, in, err);
	switch (file_read(out, plans, LIST_MOST)) {
	case FILE_WHOLE:
		return true;
	case FILE_NO_MEMORY:
		return error_nomem(err);
	case FILE_FAILED:
		return failed(err, plans, errno);
	case FILE_IRREGULAR:
	case FILE_LARGE:
		break;
	}
	return error_set(err, TFA_ERR_USAGE,
	    "%s is neither a folder nor a list of paths", plans);
}

/* "./a//b" is "a/b": the same plan has one name. */
static struct str
path_clean(struct arena *arena, struct str line)
{
	struct str path;
	char *bytes;
	size_t len = 0;

	while (str_starts(line, STR("./")))
		line = str_from(
		    line, line.len > 2 && line.ptr[2] == '/' ? 3 : 2);
	path = arena_copy(arena, line);
	bytes = (char *)path.ptr;
	for (size_t i = 0; bytes && i < path.len; i++) {
		if (bytes[i] == '/' && len && bytes[len - 1] == '/')
			continue;
		bytes[len++] = bytes[i];
	}
	if (bytes)
		bytes[len] = '\0';
	path.len = len;
	return path;
}

static bool
is_document(struct str text)
{
	while (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\n' ||
			       text.ptr[0] == '\r' || text.ptr[0] == '\t'))
		text = str_from(text, 1);
	return str_starts(text, STR("{")) ||
	    str_starts(text, STR("\x1f\x8b")) ||
	    str_starts(text, STR("\x28\xb5\x2f\xfd"));
}

static bool
list_lines(struct listing *listing, struct str text, struct tfa_error *err)
{
	char end = text.len && memchr(text.ptr, '\0', text.len) ? '\0' : '\n';

	while (text.len) {
		struct str line = str_cut(text, end, &text), path;

		if (end == '\n' && str_ends(line, STR("\r")))
			line.len--;
		if (!line.len)
			continue;
		path = path_clean(&listing->arena, line);
		if (!path.ptr)
			return error_nomem(err);
		if (!add_path(listing, path, err))
			return false;
	}
	return true;
}

static bool
list_file(struct listing *listing, const char *plans, int in,
    struct tfa_error *err)
{
	struct buf text = {0};
	bool ok = read_list(&text, plans, in, err);

	if (ok && is_document(buf_str(&text)))
		ok = error_set(err, TFA_ERR_USAGE,
		    "%s is a document, not a list of paths; one plan is judged "
		    "with tfassay check",
		    strcmp(plans, "-") == 0 ? "standard input" : plans);
	ok = ok && list_lines(listing, buf_str(&text), err);
	buf_free(&text);
	return ok;
}

/* --- Both --- */

static int
path_cmp(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

static void
drop_repeated(struct listing *listing)
{
	size_t kept = 0;

	for (size_t i = 0; i < listing->count; i++) {
		struct str path = listing->paths[i];

		if (kept && str_eq(listing->paths[kept - 1], path))
			listing->repeated++;
		else
			listing->paths[kept++] = path;
	}
	listing->count = kept;
}

/* As a record has it: what is no UTF-8 is U+FFFD for each byte. */
static void
hash_path(struct sha256_ctx *ctx, struct str path)
{
	uint32_t rune;
	size_t len;

	for (size_t i = 0; i < path.len; i += len) {
		len = utf8_read(str_from(path, i), &rune);
		if (len)
			sha_add(ctx, (struct str){path.ptr + i, len});
		else
			sha_add(ctx, STR("\xef\xbf\xbd"));
		len += len == 0;
	}
	sha_add(ctx, STR("\n"));
}

bool
listing_read(struct listing *listing, const char *plans, const char *root,
    int in, struct tfa_error *err)
{
	struct sha256_ctx ctx;
	struct stat info;
	bool ok, folder = strcmp(plans, "-") != 0 &&
	    stat(plans, &info) == 0 && S_ISDIR(info.st_mode);

	if (folder && root)
		return error_set(err, TFA_ERR_USAGE,
		    "a root is for the paths of a list; %s is a folder", plans);
	ok = set_root(listing, folder ? plans : root ? root : "", err) &&
	    (folder ? list_tree(listing, err)
		    : list_file(listing, plans, in, err));
	if (!ok)
		return false;
	if (listing->count)
		qsort(listing->paths, listing->count, sizeof(*listing->paths),
		    path_cmp);
	drop_repeated(listing);
	sha256_init(&ctx);
	for (size_t i = 0; i < listing->count; i++)
		hash_path(&ctx, listing->paths[i]);
	sha_hex(listing->sha256, &ctx);
	return true;
}

void
listing_free(struct listing *listing)
{
	arena_free(&listing->arena);
	*listing = (struct listing){0};
}

void
listing_record(const struct listing *listing, struct emit *emit)
{
	static const char *const names[] = {[SKIP_NAME] = "name",
	    [SKIP_HIDDEN] = "hidden",
	    [SKIP_LINK] = "link",
	    [SKIP_SPECIAL] = "special"};

	emit_open(emit, "population", '{');
	emit_uint(emit, "listed", listing->count);
	emit_uint(emit, "repeated", listing->repeated);
	emit_open(emit, "skipped", '{');
	for (size_t i = 0; i < SKIP_COUNT; i++)
		emit_uint(emit, names[i], listing->skipped[i]);
	emit_close(emit, '}');
	emit_str(emit, "sha256", str_of(listing->sha256));
	emit_close(emit, '}');
}
