/*
 * Shard I of N has the plans I, I + N, ... of the listing, so the blocks are
 * taken from the shards in turn.
 */
#include <errno.h>
#include <stdlib.h>

#include "engine/total.h"
#include "replay/whole.h"

struct merge {
	struct whole *parts; /* by shard, the first is 1 */
	size_t count;
	struct sum sum;
	struct sha256_ctx paths;
	FILE *out;
	struct tfa_error *err;
};

static bool
bad(struct merge *merge, const struct whole *part, const char *what)
{
	return error_set(
	    merge->err, TFA_ERR_PLAN, "%s %s", part->file.name, what);
}

/* --- Which files there are --- */

static bool
open_part(struct whole *part, const char *name, struct tfa_error *err)
{
	FILE *in = fopen(name, "re");

	if (!in)
		return error_set(err,
		    errno == ENOENT ? TFA_ERR_USAGE : TFA_ERR_PLAN,
		    "%s cannot be opened (error %d)", name, errno);
	return whole_open(part, name, in, err);
}

/* Every file has a place of its own, and all are of one replay. */
static bool
place_part(struct merge *merge, const struct whole *part)
{
	const struct replay_file *file = &part->file;
	const struct replay_file *first = NULL;
	struct whole *place;

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
		struct whole part = {0};
		bool beyond;

		if (!open_part(&part, files[i], merge->err) ||
		    !place_part(merge, &part)) {
			whole_close(&part);
			return false;
		}
		shards = part.file.shards;
		beyond = part.file.shard > merge->count;
		if (beyond)
			whole_close(&part);
	}
	return check_count(merge, shards);
}

/* --- Their blocks --- */

static bool
add_block(struct merge *merge, const struct whole *part)
{
	const struct plan_line *plan = &part->block.plan;
	struct str text = buf_str(&part->block.text);

	sha_add(&merge->paths, plan->path);
	sha_add(&merge->paths, STR("\n"));
	if (fwrite(text.ptr, 1, text.len, merge->out) != text.len)
		return error_set(merge->err, TFA_ERR_REPORT,
		    "the output cannot be written");
	/* The shard has counted it already, so it can be. */
	return sum_add_plan(&merge->sum, plan, merge->err);
}

static bool
next_block(struct merge *merge, struct whole *part)
{
	bool end;

	return whole_next(part, &end, merge->err) &&
	    (!end || bad(merge, part, "has fewer plans than its shard"));
}

static bool
last_block(struct merge *merge, struct whole *part)
{
	bool end;

	return whole_next(part, &end, merge->err) &&
	    (end || bad(merge, part, "has more plans than its shard")) &&
	    whole_finish(part, merge->err);
}

/* What the result says of controls is what every shard says. */
static bool
same_controls(struct merge *merge, const struct whole *part)
{
	const struct sum *first = &merge->parts[0].sum, *sum = &part->sum;
	bool same = first->head_count == sum->head_count;

	for (size_t i = 0; same && i < sum->head_count; i++)
		same = str_eq(first->heads[i].head, sum->heads[i].head) &&
		    str_eq(first->heads[i].tail, sum->heads[i].tail);
	return same || bad(merge, part, "has other controls");
}

static bool
write_all(struct merge *merge)
{
	struct str header = merge->parts[0].file.header;
	const struct replay_file *first = &merge->parts[0].file;

	fwrite(header.ptr, 1, header.len, merge->out);
	fputs("}\n", merge->out);
	for (uint64_t i = 0; i < first->listed; i++) {
		struct whole *part = &merge->parts[i % merge->count];

		if (!next_block(merge, part) || !add_block(merge, part))
			return false;
	}
	for (size_t i = 0; i < merge->count; i++) {
		if (!last_block(merge, &merge->parts[i]))
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
		if (!whole_controls(&merge->parts[i], merge->err) ||
		    !same_controls(merge, &merge->parts[i]))
			return false;
	}
	if (!sum_copy_controls(&merge->sum, &merge->parts[0].sum, merge->err))
		return false;
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
	for (size_t i = 0; i < count; i++)
		whole_close(&merge.parts[i]);
	sum_free(&merge.sum);
	free(merge.parts);
	return ok;
}
