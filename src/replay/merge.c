/*
 * Shard I of N has the plans I, I + N, ... of the listing, so the blocks are
 * taken from the shards in turn.  What stands behind the blocks is made again
 * from them, and must be what the shard says, byte for byte.
 */
#include <errno.h>
#include <stdlib.h>

#include "engine/total.h"
#include "replay/read.h"

struct part {
	struct replay_file file;
	struct sum sum;
	struct replay_block block;
	uint64_t blocks;
};

struct merge {
	struct part *parts; /* by shard, the first is 1 */
	size_t count;
	struct sum sum;
	struct sha256_ctx paths;
	FILE *out;
	struct tfa_error *err;
};

static bool
bad(struct merge *merge, const struct part *part, const char *what)
{
	return error_set(
	    merge->err, TFA_ERR_PLAN, "%s %s", part->file.name, what);
}

/* What went wrong with a line of the file. */
static bool
bad_line(struct merge *merge, const struct part *part,
    const struct tfa_error *why)
{
	if (why->code == TFA_ERR_PLAN)
		return bad(merge, part, "is damaged: a line is none of a replay");
	*merge->err = *why;
	return false;
}

/* --- Which files there are --- */

static bool
open_part(struct part *part, const char *name, struct tfa_error *err)
{
	FILE *in = fopen(name, "re");

	if (!in)
		return error_set(err,
		    errno == ENOENT ? TFA_ERR_USAGE : TFA_ERR_PLAN,
		    "%s cannot be opened (error %d)", name, errno);
	return replay_file_open(&part->file, name, in, err);
}

/* Every file has a place of its own, and all are of one replay. */
static bool
place_part(struct merge *merge, const struct part *part)
{
	const struct replay_file *file = &part->file;
	const struct replay_file *first = NULL;
	struct part *place;

	for (size_t i = 0; i < merge->count && !first; i++) {
		if (merge->parts[i].file.in)
			first = &merge->parts[i].file;
	}
	if (!file->shards)
		return bad(merge, part,
		    merge->count == 1 ? "is no shard, but whole already"
				      : "is no shard");
	if (first && first->shards != file->shards)
		return bad(merge, part, "is of another number of shards");
	if (first && !str_eq(first->inputs, file->inputs))
		return bad(merge, part,
		    "was judged with other policies, options or another "
		    "version");
	if (first &&
	    (first->listed != file->listed ||
		!str_eq(first->population, file->population)))
		return bad(merge, part, "is of another list of plans");
	if (file->shard > merge->count)
		return true; /* named as missing ones are */
	place = &merge->parts[file->shard - 1];
	if (place->file.in)
		return error_set(merge->err, TFA_ERR_PLAN,
		    "%s and %s are the same shard, %llu of %llu",
		    place->file.name, file->name,
		    (unsigned long long)file->shard,
		    (unsigned long long)file->shards);
	*place = *part;
	return true;
}

static bool
check_count(struct merge *merge, uint64_t shards)
{
	if (shards == merge->count)
		return true;
	for (uint64_t i = 0; i < shards; i++) {
		if (i < merge->count && merge->parts[i].file.in)
			continue;
		return error_set(merge->err, TFA_ERR_PLAN,
		    "shard %llu of %llu is missing",
		    (unsigned long long)i + 1, (unsigned long long)shards);
	}
	return error_set(merge->err, TFA_ERR_PLAN,
	    "there are %zu files of %llu shards", merge->count,
	    (unsigned long long)shards);
}

static bool
open_parts(struct merge *merge, const char *const *files)
{
	uint64_t shards = 0;

	for (size_t i = 0; i < merge->count; i++) {
		struct part part = {0};
		bool beyond;

		if (!open_part(&part, files[i], merge->err) ||
		    !place_part(merge, &part)) {
			replay_file_close(&part.file);
			return false;
		}
		shards = part.file.shards;
		beyond = part.file.shard > merge->count;
		if (beyond)
			replay_file_close(&part.file);
	}
	return check_count(merge, shards);
}

/* --- Their blocks --- */

static bool
add_block(struct merge *merge, struct part *part)
{
	const struct plan_line *plan = &part->block.plan;
	struct str text = buf_str(&part->block.text);
	struct tfa_error why = {0};

	sha_add(&merge->paths, plan->path);
	sha_add(&merge->paths, STR("\n"));
	part->blocks++;
	if (fwrite(text.ptr, 1, text.len, merge->out) != text.len)
		return error_set(merge->err, TFA_ERR_REPORT,
		    "the output cannot be written");
	return (sum_add_plan(&part->sum, plan, &why) &&
		   sum_add_plan(&merge->sum, plan, &why)) ||
	    bad_line(merge, part, &why);
}

static bool
next_block(struct merge *merge, struct part *part)
{
	switch (replay_file_next(&part->file, &part->block, merge->err)) {
	case NEXT_BLOCK:
		return true;
	case NEXT_CONTROL:
		return bad(merge, part, "has fewer plans than its shard");
	case NEXT_CUT:
		return bad(merge, part,
		    "is damaged or cut: a plan's lines do not have its digest");
	case NEXT_FAILED:
		break;
	}
	return false;
}

/*
 * Controls are named behind the blocks that count by them, so they are read
 * first, in a pass of its own.
 */
static bool
read_controls(struct merge *merge, struct part *part)
{
	struct replay_file *file = &part->file;
	off_t start = (off_t)file->at;
	struct tfa_error why = {0};
	struct str line;

	while (replay_file_line(file, merge->err)) {
		line = buf_str(&file->line);
		if (!str_starts(line, STR("{\"type\":\"control\",")))
			continue;
		if (!sum_add_control(&part->sum, line, &why) ||
		    (part == merge->parts &&
			!sum_add_control(&merge->sum, line, &why)))
			return bad_line(merge, part, &why);
	}
	if (merge->err->code != TFA_ERR_NONE)
		return false;
	if (fseeko(file->in, start, SEEK_SET) != 0)
		return bad(merge, part, "is no regular file");
	file->at = (uint64_t)start;
	return true;
}

static bool
same_controls(struct merge *merge, const struct part *part)
{
	const struct sum *first = &merge->parts[0].sum, *sum = &part->sum;
	bool same = first->head_count == sum->head_count;

	for (size_t i = 0; same && i < sum->head_count; i++)
		same = str_eq(first->heads[i], sum->heads[i]);
	return same || bad(merge, part, "has other controls");
}

/* --- What stands behind them --- */

static bool
rest_is(struct merge *merge, struct part *part, struct str wanted)
{
	struct replay_file *file = &part->file;

	while (replay_file_line(file, merge->err)) {
		struct str line = buf_str(&file->line);

		if (!str_starts(wanted, line))
			return bad(merge, part,
			    "is damaged: its counts are not those of its "
			    "plans");
		wanted = str_from(wanted, line.len);
	}
	if (merge->err->code != TFA_ERR_NONE)
		return false;
	return wanted.len == 0 ||
	    bad(merge, part, "is cut: its end is missing");
}

/* Nothing may follow the last line, not even a piece of one. */
static bool
check_rest(struct merge *merge, struct part *part)
{
	struct text text = {0};
	bool ok = text_open(&text, merge->err);

	ok = ok && sum_write(&part->sum, text.out, merge->err);
	ok = ok && text_close(&text, false, merge->err) &&
	    rest_is(merge, part, text_str(&text)) &&
	    (part->file.line.len == 0 ||
		bad(merge, part, "goes on behind its end"));
	text_free(&text);
	return ok;
}

static bool
write_all(struct merge *merge)
{
	struct str header = merge->parts[0].file.header;
	const struct replay_file *first = &merge->parts[0].file;

	fwrite(header.ptr, 1, header.len, merge->out);
	fputs("}\n", merge->out);
	for (uint64_t i = 0; i < first->listed; i++) {
		struct part *part = &merge->parts[i % merge->count];

		if (!next_block(merge, part) || !add_block(merge, part))
			return false;
	}
	for (size_t i = 0; i < merge->count; i++) {
		if (!check_rest(merge, &merge->parts[i]))
			return false;
	}
	return sum_write(&merge->sum, merge->out, merge->err);
}

static bool
check_paths(struct merge *merge)
{
	char digest[SHA_HEX + 1];

	sha_hex(digest, &merge->paths);
	return str_eq(merge->parts[0].file.population, str_of(digest)) ||
	    bad(merge, &merge->parts[0],
		"and the others do not have the plans that they list");
}

static bool
merge_all(struct merge *merge, const char *const *files)
{
	if (!open_parts(merge, files))
		return false;
	for (size_t i = 0; i < merge->count; i++) {
		if (!read_controls(merge, &merge->parts[i]) ||
		    !same_controls(merge, &merge->parts[i]))
			return false;
	}
	sha256_init(&merge->paths);
	if (!write_all(merge) || !check_paths(merge))
		return false;
	if (fflush(merge->out) != 0 || ferror(merge->out))
		return error_set(merge->err, TFA_ERR_REPORT,
		    "the output cannot be written");
	return true;
}

bool
tfa_replay_merge(const char *const *files, size_t count, FILE *out, int *status,
    struct tfa_error *err)
{
	struct merge merge = {.count = count, .out = out, .err = err};
	bool ok;

	*status = 6;
	merge.parts = calloc(count ? count : 1, sizeof(*merge.parts));
	if (!merge.parts)
		return error_nomem(err);
	ok = count ? merge_all(&merge, files)
		   : error_set(err, TFA_ERR_USAGE, "no shard is named");
	if (ok)
		*status = merge.sum.status;
	for (size_t i = 0; i < count; i++) {
		replay_file_close(&merge.parts[i].file);
		sum_free(&merge.parts[i].sum);
		replay_block_free(&merge.parts[i].block);
	}
	sum_free(&merge.sum);
	free(merge.parts);
	return ok;
}
