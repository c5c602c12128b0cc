/*
 * Files that Terraform would read, in the order in which it merges them:
 * overrides last, so that the first declaration of a block is its own.  Names
 * are sorted before the first file is opened.
 */
#include "hcl/folder.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"

enum {
	FILE_MOST = 16 * 1024 * 1024,
	BYTES_MOST = 512 * 1024 * 1024,
	ENTRIES_MOST = 100 * 1000,
};

struct listed {
	struct str name;
	bool json, tofu, override;
	bool shadowed; /* a .tofu file of its name stands for it */
};

struct listing {
	struct listed *files;
	size_t count, cap;
};

/* --- Names --- */

/* The name without the ending that makes it configuration; empty: none. */
static struct str
stem_of(struct str name, struct listed *file)
{
	static const struct {
		struct str ending;
		bool tofu, json;
	} endings[] = {
	    {{".tf", 3},	   false, false},
	    {{".tf.json", 8},   false, true },
	    {{".tofu", 5},      true,  false},
	    {{".tofu.json", 10}, true,  true },
	};

	for (size_t i = 0; i < COUNTOF(endings); i++) {
		if (!str_ends(name, endings[i].ending))
			continue;
		file->tofu = endings[i].tofu;
		file->json = endings[i].json;
		return str_head(name, name.len - endings[i].ending.len);
	}
	return STR("");
}

/* Editors' backups are none of it. */
static bool
is_listed(struct source *source, struct listed *file)
{
	struct str stem = stem_of(file->name, file);

	if (stem.len == 0 || stem.ptr[0] == '.' ||
	    (file->tofu && !source->tofu))
		return false;
	file->override = str_eq(stem, STR("override")) ||
	    str_ends(stem, STR("_override"));
	return true;
}

static int
listed_compare(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;

	if (a->override != b->override)
		return a->override ? 1 : -1;
	return str_cmp(a->name, b->name);
}

/* "main.tofu" hides "main.tf", "main.tofu.json" hides "main.tf.json". */
static bool
shadow(struct source *source, struct listing *listing)
{
	struct map names = {0};
	struct buf *key = &source->key;
	bool ok = true;

	for (size_t i = 0; ok && source->tofu && i < listing->count; i++) {
		struct listed *file = &listing->files[i];

		ok = map_set(&names, file->name, file);
	}
	for (size_t i = 0; ok && source->tofu && i < listing->count; i++) {
		struct listed *file = &listing->files[i];
		struct str stem = stem_of(file->name, file);

		if (file->tofu)
			continue;
		key->len = 0;
		ok = buf_add(key, stem) && buf_add(key, STR(".tofu")) &&
		    (!file->json || buf_add(key, STR(".json")));
		file->shadowed = ok && map_find(&names, buf_str(key));
	}
	map_free(&names);
	return ok;
}

static bool
list_entries(struct source *source, struct listing *listing, DIR *dir)
{
	const struct dirent *entry;

	for (size_t i = 0; i < ENTRIES_MOST && (entry = readdir(dir)); i++) {
		struct listed file = {.name = str_of(entry->d_name)};

		if (!is_listed(source, &file))
			continue;
		file.name = arena_copy(&source->arena, file.name);
		if (!file.name.ptr ||
		    !array_reserve(&listing->files, &listing->cap,
			listing->count + 1, sizeof(file)))
			return false;
		listing->files[listing->count++] = file;
	}
	return true;
}

/* A folder that is not there has no files. */
static bool
list_files(struct source *source, struct listing *listing, struct str path)
{
	char *real;
	DIR *dir;
	bool ok;

	if (!source_real(source, &real, path))
		return false;
	dir = real ? opendir(real) : NULL;
	free(real);
	if (!dir)
		return source_note_add(source, path.len ? path : STR("."),
		    "is not there or may not be read");
	ok = list_entries(source, listing, dir);
	closedir(dir);
	if (listing->count)
		qsort(listing->files, listing->count, sizeof(*listing->files),
		    listed_compare);
	return ok && shadow(source, listing);
}

/* --- Files --- */

struct indexing {
	struct source *source;
	struct folder *folder;
	struct str file;
	struct block_place *place; /* of the block that is open, or NULL */
	struct skip *above;  /* said on the lines up to above_line */
	size_t above_line;
};

/* "kind type NUL name" in the scratch. */
static bool
make_key(struct source *source, enum block_kind kind, struct str type,
    struct str name)
{
	struct buf *key = &source->key;

	key->len = 0;
	return buf_byte(key, (char)('a' + kind)) && buf_add(key, type) &&
	    buf_byte(key, '\0') && buf_add(key, name);
}

static bool
on_begin(void *ctx, const struct block *block)
{
	struct indexing *indexing = ctx;
	struct source *source = indexing->source;
	struct map *blocks = &indexing->folder->blocks;
	struct block_place *place;
	struct str key;

	indexing->place = NULL;
	if (!make_key(source, block->kind, block->type, block->name))
		return false;
	if (map_find(blocks, buf_str(&source->key)))
		return true;
	key = arena_copy(&source->arena, buf_str(&source->key));
	place = arena_new(&source->arena, struct block_place);
	if (!key.ptr || !place)
		return false;
	*place = (struct block_place){indexing->file, block->line, block->column,
	    block->width, NULL};
	if (indexing->above_line + 1 == block->line)
		place->skips = indexing->above;
	indexing->above = NULL;
	indexing->place = place;
	return map_set(blocks, key, place);
}

/* Those of lines without a gap above a block are the block's. */
static bool
on_comment(void *ctx, struct str text, size_t line, size_t depth)
{
	struct indexing *indexing = ctx;
	struct skip **list = &indexing->above;

	if (depth == 0) {
		if (line > indexing->above_line + 1)
			indexing->above = NULL;
		indexing->above_line = line;
	} else if (indexing->place) {
		list = &indexing->place->skips;
	} else {
		return true;
	}
	return skip_read(list, text, line, depth, &indexing->source->arena);
}

static bool
on_end(void *ctx, size_t line)
{
	(void)ctx;
	(void)line;
	return true;
}

static bool
index_text(struct indexing *indexing, struct str text, bool json)
{
	struct block_visitor visitor = {
	    on_begin, on_end, indexing->source->skips ? on_comment : NULL};
	enum scanned scanned = json
	    ? blocks_scan_json(text, &visitor, indexing)
	    : blocks_scan(text, &visitor, indexing);

	if (scanned == SCAN_UNFIT)
		return source_note_add(indexing->source, indexing->file,
		    json ? "is no JSON: blocks may be missing"
			 : "is nested too deep: blocks may be missing");
	return scanned == SCANNED;
}

static bool
index_file(struct source *source, struct folder *folder,
    const struct listed *file)
{
	struct indexing indexing = {.source = source,
	    .folder = folder,
	    .file = source_join(source, folder->path, file->name)};
	struct buf text = {0};
	char *real;
	bool ok;

	if (!indexing.file.ptr || !source_real(source, &real, indexing.file))
		return false;
	if (!real)
		return source_note_add(
		    source, indexing.file, "lies outside of what is read");
	switch (file_read(&text, real, FILE_MOST)) {
	case FILE_WHOLE:
		source->bytes += text.len;
		ok = index_text(&indexing, buf_str(&text), file->json);
		break;
	case FILE_LARGE:
		ok = source_note_add(
		    source, indexing.file, "is larger than 16 MiB: not read");
		break;
	case FILE_IRREGULAR:
		ok = source_note_add(
		    source, indexing.file, "is no regular file");
		break;
	case FILE_NO_MEMORY:
		ok = false;
		break;
	case FILE_FAILED:
	default:
		ok = source_note_add(
		    source, indexing.file, "cannot be read");
		break;
	}
	if (folder->main.len == 0 || str_eq(file->name, STR("main.tf")))
		folder->main = indexing.file;
	buf_free(&text);
	free(real);
	return ok;
}

struct folder *
folder_read(struct source *source, struct str path)
{
	struct folder *folder = arena_new(&source->arena, struct folder);
	struct listing listing = {0};
	bool ok;

	if (!folder)
		return NULL;
	folder->path = path;
	ok = list_files(source, &listing, path);
	for (size_t i = 0; ok && i < listing.count; i++) {
		if (source->bytes > BYTES_MOST) {
			ok = source_note_add(source, path,
			    "is not read: more than 512 MiB of source");
			break;
		}
		if (!listing.files[i].shadowed)
			ok = index_file(source, folder, &listing.files[i]);
	}
	free(listing.files);
	if (ok)
		return folder;
	map_free(&folder->blocks);
	return NULL;
}

bool
folder_block(struct source *source, struct folder *folder, enum block_kind kind,
    struct str type, struct str name, struct block_place **out)
{
	if (!make_key(source, kind, type, name))
		return false;
	*out = map_find(&folder->blocks, buf_str(&source->key));
	return true;
}
