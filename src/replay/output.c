/*
 * The partial file is only ever appended to, so it is a header and whole blocks
 * and perhaps a piece of one.  A resumed run checks them one by one against the
 * listing and the plans, cuts off what does not fit, and appends.  Where the
 * header has changed, as with a plan more in the folder, the file is put aside
 * under FILE.resume and its blocks are copied.
 */
#include "replay/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PARTIAL ".partial"
#define KEPT ".resume"

struct earlier_block {
	uint64_t offset;
	size_t len, first; /* of all lines, of the first */
	struct str sha256, digest;
};

/* Where a run takes up. */
struct taking {
	struct output *output;
	const struct listing *listing;
	size_t first, step; /* plans of this shard */
	struct str header;
	struct sum *sum;
	struct tfa_error *err;
};

static bool
failed(struct tfa_error *err, const char *path, const char *what)
{
	return error_set(err, TFA_ERR_REPORT, "%s cannot be %s (error %d)",
	    path, what, errno);
}

static char *
name_with(const char *file, const char *ending)
{
	size_t len = strlen(file), more = strlen(ending) + 1;
	char *name = malloc(len + more);

	if (!name)
		return NULL;
	memcpy(name, file, len);
	memcpy(name + len, ending, more);
	return name;
}

/* --- Earlier runs --- */

static bool
earlier_add(struct earlier *earlier, const struct replay_block *block,
    uint64_t first)
{
	struct earlier_block *kept =
	    arena_new(&earlier->arena, struct earlier_block);
	struct str path = arena_copy(&earlier->arena, block->plan.path);

	if (!kept)
		return false;
	kept->offset = block->offset;
	kept->len = block->text.len;
	kept->first = (size_t)first;
	kept->sha256 = arena_copy(&earlier->arena, block->plan.sha256);
	kept->digest = arena_copy(&earlier->arena, block->plan.digest);
	return path.ptr && kept->sha256.ptr && kept->digest.ptr &&
	    map_set(&earlier->blocks, path, kept);
}

/* The first line of a block ends at its first line feed. */
static size_t
first_line(struct str text)
{
	const char *end = memchr(text.ptr, '\n', text.len);

	return end ? (size_t)(end - text.ptr) + 1 : text.len;
}

static bool
earlier_blocks(struct earlier *earlier, struct replay_file *file,
    struct tfa_error *err)
{
	struct replay_block block = {0};
	enum replay_next next;

	while ((next = replay_file_next(file, &block, err)) == NEXT_BLOCK) {
		if (!earlier_add(earlier, &block,
			first_line(buf_str(&block.text)))) {
			error_nomem(err);
			next = NEXT_FAILED;
			break;
		}
	}
	replay_block_free(&block);
	return next != NEXT_FAILED;
}

/* A file that is missing, foreign or of other inputs has nothing to give. */
static bool
earlier_read(struct earlier *earlier, const char *path, struct str inputs,
    struct tfa_error *err)
{
	struct tfa_error why = {0};
	struct replay_file file = {0};
	FILE *in = fopen(path, "re");
	bool ok = true;

	if (!in)
		return true;
	if (replay_file_open(&file, path, in, &why)) {
		if (str_eq(file.inputs, inputs))
			ok = earlier_blocks(earlier, &file, err);
	} else if (why.code == TFA_ERR_NOMEM) {
		ok = error_nomem(err);
	}
	if (ok && earlier->blocks.count) {
		earlier->in = file.in;
		file.in = NULL;
	}
	replay_file_close(&file);
	return ok;
}

static void
earlier_free(struct earlier *earlier)
{
	if (earlier->in)
		fclose(earlier->in);
	map_free(&earlier->blocks);
	arena_free(&earlier->arena);
	*earlier = (struct earlier){0};
}

/* Is the file what a record without or with this digest was made of? */
static bool
plan_unchanged(struct str sha256, const char *file)
{
	char now[SHA_HEX + 1];
	uint64_t bytes;

	if (!sha_file(now, &bytes, file))
		return sha256.len == 0;
	return str_eq(sha256, str_of(now));
}

static bool
read_earlier(struct block *out, const struct earlier *earlier,
    const struct earlier_block *kept, bool *found, struct tfa_error *err)
{
	char *text = malloc(kept->len);
	ssize_t got;

	if (!text)
		return error_nomem(err);
	got = pread(
	    fileno(earlier->in), text, kept->len, (off_t)kept->offset);
	*found = got == (ssize_t)kept->len &&
	    block_digest_holds(
		(struct str){text, kept->len}, kept->first, kept->digest);
	if (*found)
		*out = (struct block){text, kept->len, true};
	else
		free(text);
	return true;
}

bool
output_earlier(struct output *output, struct block *out, struct str path,
    const char *file, bool *found, struct tfa_error *err)
{
	*found = false;
	for (size_t i = 0; i < COUNTOF(output->earlier) && !*found; i++) {
		const struct earlier *earlier = &output->earlier[i];
		const struct earlier_block *kept =
		    map_find(&earlier->blocks, path);

		if (kept && plan_unchanged(kept->sha256, file) &&
		    !read_earlier(out, earlier, kept, found, err))
			return false;
	}
	return true;
}

/* --- The partial file --- */

/* One run at a time: another would write into the same file. */
static bool
lock(int fd, const char *path, struct tfa_error *err)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(fd, F_SETLK, &whole) == 0 || errno == ENOLCK ||
	    errno == EINVAL)
		return true;
	return error_set(err, TFA_ERR_REPORT,
	    "%s is being written by another process", path);
}

/* Does the block belong at this place of the file that is being written? */
static bool
takes(const struct taking *taking, const struct replay_block *block, bool *fits)
{
	size_t at = taking->first + taking->output->done * taking->step;
	char *file;

	*fits = at < taking->listing->count &&
	    str_eq(block->plan.path, taking->listing->paths[at]);
	if (!*fits)
		return true;
	file = listing_file(taking->listing, at);
	if (!file)
		return error_nomem(taking->err);
	*fits = plan_unchanged(block->plan.sha256, file);
	free(file);
	return true;
}

/* How far the file is good, in *end. */
static bool
take_blocks(struct taking *taking, struct replay_file *file, uint64_t *end)
{
	struct replay_block block = {0};
	bool fits = true, ok = true;

	*end = file->at;
	while (ok && fits) {
		enum replay_next next =
		    replay_file_next(file, &block, taking->err);

		if (next != NEXT_BLOCK) {
			ok = next != NEXT_FAILED;
			break;
		}
		ok = takes(taking, &block, &fits) &&
		    (!fits ||
			sum_add_plan(taking->sum, &block.plan, taking->err));
		if (ok && fits) {
			taking->output->done++;
			*end = file->at;
		}
	}
	replay_block_free(&block);
	return ok;
}

/* The partial file is open and locked; *end says how far it is good. */
static bool
take_partial(struct taking *taking, uint64_t *end, bool *aside)
{
	struct output *output = taking->output;
	struct replay_file file = {0};
	struct tfa_error why = {0};
	bool ok = true;

	*end = 0;
	if (!replay_file_open(&file, output->partial, output->out, &why))
		ok = why.code != TFA_ERR_NOMEM || error_nomem(taking->err);
	else if (str_eq(buf_str(&file.line), taking->header))
		ok = take_blocks(taking, &file, end);
	else
		*aside = true;
	/* Closing any descriptor of the file would give up the lock. */
	file.in = NULL;
	replay_file_close(&file);
	return ok;
}

static bool
open_partial(struct output *output, struct tfa_error *err)
{
	int fd = open(
	    output->partial, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

	if (fd < 0)
		return failed(err, output->partial, "opened");
	if (!lock(fd, output->partial, err)) {
		close(fd);
		return false;
	}
	output->out = fdopen(fd, "r+");
	if (output->out)
		return true;
	close(fd);
	return error_nomem(err);
}

static bool
put_aside(struct output *output, struct tfa_error *err)
{
	if (rename(output->partial, output->kept) != 0)
		return failed(err, output->partial, "put aside");
	fclose(output->out);
	output->out = NULL;
	return open_partial(output, err);
}

static bool
cut(struct output *output, uint64_t end, struct tfa_error *err)
{
	if (fseeko(output->out, (off_t)end, SEEK_SET) == 0 &&
	    ftruncate(fileno(output->out), (off_t)end) == 0)
		return true;
	return failed(err, output->partial, "cut");
}

static struct str
inputs_of(struct str header)
{
	const struct str member = STR("\"inputs\":\"");
	size_t at;

	if (!str_find(header, member, &at) ||
	    header.len < at + member.len + SHA_HEX)
		return STR("");
	return str_head(str_from(header, at + member.len), SHA_HEX);
}

static bool
resume(struct taking *taking, uint64_t *end)
{
	struct output *output = taking->output;
	struct str inputs = inputs_of(taking->header);
	struct tfa_error *err = taking->err;
	bool aside = false;

	return take_partial(taking, end, &aside) &&
	    (!aside || put_aside(output, err)) &&
	    earlier_read(&output->earlier[0], output->kept, inputs, err) &&
	    earlier_read(&output->earlier[1], output->file, inputs, err);
}

/* --- Its life --- */

static bool
is_regular_or_new(const char *file)
{
	struct stat info;

	return lstat(file, &info) != 0 || S_ISREG(info.st_mode);
}

static bool
begin_file(struct taking *taking, bool again)
{
	struct output *output = taking->output;
	struct tfa_error *err = taking->err;
	uint64_t end = 0;

	output->partial = name_with(output->file, PARTIAL);
	output->kept = name_with(output->file, KEPT);
	if (!output->partial || !output->kept)
		return error_nomem(err);
	if (!is_regular_or_new(output->file))
		return error_set(err, TFA_ERR_REPORT,
		    "%s is no regular file, which a replay could replace",
		    output->file);
	if (!open_partial(output, err) || (again && !resume(taking, &end)) ||
	    !cut(output, end, err))
		return false;
	/* An older result must not be taken for this one's. */
	if (!again)
		unlink(output->file);
	if (end == 0)
		fwrite(taking->header.ptr, 1, taking->header.len, output->out);
	return true;
}

bool
output_open(struct output *output, const char *file, FILE *out,
    struct str header, bool again, const struct listing *listing,
    size_t first, size_t step, struct sum *sum, struct tfa_error *err)
{
	struct taking taking = {
	    output, listing, first, step, header, sum, err};

	*output = (struct output){.file = file, .out = out};
	if (file) {
		output->out = NULL;
		return begin_file(&taking, again);
	}
	fwrite(header.ptr, 1, header.len, out);
	return true;
}

static bool
sync_folder(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *folder = slash ? name_with(file, "") : NULL;
	int fd;
	bool ok;

	if (folder)
		folder[slash == file ? 1 : slash - file] = '\0';
	fd = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	/* Some file systems cannot sync a folder, and say so. */
	ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
	if (fd >= 0)
		close(fd);
	return ok;
}

bool
output_finish(struct output *output, struct tfa_error *err)
{
	bool written = fflush(output->out) == 0 && !ferror(output->out);
	FILE *out = output->out;

	if (!output->file)
		return written || failed(err, "the output", "written");
	if (!written || fsync(fileno(out)) != 0)
		return failed(err, output->partial, "written");
	output->out = NULL;
	if (fclose(out) != 0)
		return failed(err, output->partial, "closed");
	if (rename(output->partial, output->file) != 0)
		return failed(err, output->partial, "renamed");
	unlink(output->kept);
	return sync_folder(output->file) ||
	    failed(err, output->file, "made durable");
}

void
output_close(struct output *output)
{
	for (size_t i = 0; i < COUNTOF(output->earlier); i++)
		earlier_free(&output->earlier[i]);
	if (output->file && output->out)
		fclose(output->out);
	free(output->partial);
	free(output->kept);
	*output = (struct output){0};
}
