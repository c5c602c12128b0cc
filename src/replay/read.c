/*
 * A block counts only when all of its lines are there and have the digest that
 * its first line ends with: what a killed process or a damaged disk left behind
 * is told from what was written.
 */
#include "replay/read.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"

/* One line, and one plan with its findings. */
#define LINE_MOST ((size_t)256 * 1024 * 1024)
#define BLOCK_MOST ((size_t)16 * 1024 * 1024 * 1024)

#define SHARD_MEMBER STR(",\"shard\":{\"index\":")

static bool
foreign(const struct replay_file *file, struct tfa_error *err)
{
	return error_set(err, TFA_ERR_PLAN,
	    "%s does not begin with the first line of a replay", file->name);
}

bool
replay_file_line(struct replay_file *file, struct tfa_error *err)
{
	int byte = 0;

	file->line.len = 0;
	flockfile(file->in);
	while (byte != '\n' && (byte = getc_unlocked(file->in)) != EOF) {
		if (file->line.len == LINE_MOST ||
		    !buf_byte(&file->line, (char)byte))
			break;
	}
	funlockfile(file->in);
	if (file->line.failed)
		return error_nomem(err);
	if (ferror(file->in))
		return error_set(
		    err, TFA_ERR_PLAN, "%s cannot be read", file->name);
	if (byte != '\n')
		return false;
	file->at += file->line.len;
	return true;
}

/* --- The header --- */

static bool
read_number(uint64_t *out, struct value object, const char *name)
{
	struct value value = value_member(object, str_of(name));
	struct str digits;

	*out = 0;
	if (value_kind(value) != NODE_NUMBER)
		return false;
	digits = value_raw(value);
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || i > 15)
			return false;
		*out = *out * 10 + (uint64_t)(digits.ptr[i] - '0');
	}
	return true;
}

static bool
read_text(struct str *out, struct replay_file *file, struct value object,
    const char *name)
{
	struct value value = value_member(object, str_of(name));

	if (value_kind(value) != NODE_STRING)
		return false;
	*out = value_copy_text(value, &file->arena);
	return true;
}

static bool
read_shard(struct replay_file *file, struct value header)
{
	struct value shard = value_member(header, STR("shard"));

	if (!shard.node)
		return true;
	return read_number(&file->shard, shard, "index") &&
	    read_number(&file->shards, shard, "count") && file->shard > 0 &&
	    file->shard <= file->shards;
}

/* line ends with its digest, without a brace. */
static bool
header_digest_holds(struct str line)
{
	const struct str member = STR(DIGEST_MEMBER);
	char hex[SHA_HEX + 2];
	size_t end;

	if (line.len < member.len + SHA_HEX + 1)
		return false;
	end = line.len - member.len - SHA_HEX - 1;
	sha_text(hex, str_head(line, end));
	hex[SHA_HEX] = '"';
	return str_starts(str_from(line, end), member) &&
	    str_ends(line, (struct str){hex, SHA_HEX + 1});
}

static bool
read_header(struct replay_file *file, struct tfa_error *err)
{
	struct str line = buf_str(&file->line), type, version;
	struct value header, population;
	struct tfa_error why = {0};
	size_t at;

	if (!value_read(&header, line, &file->arena, &why))
		return why.code == TFA_ERR_PLAN ? foreign(file, err)
						: (*err = why, false);
	population = value_member(header, STR("population"));
	if (!read_text(&type, file, header, "type") ||
	    !str_eq(type, STR("replay")) ||
	    !read_text(&version, file, header, "format_version") ||
	    !str_starts(version, STR("1.")) ||
	    !read_text(&file->inputs, file, header, "inputs") ||
	    !read_number(&file->listed, population, "listed") ||
	    !read_text(&file->population, file, population, "sha256") ||
	    !read_shard(file, header))
		return foreign(file, err);
	if (!str_find(line, SHARD_MEMBER, &at))
		at = line.len - 2;
	line.len = at;
	if (!header_digest_holds(line))
		return error_set(err, TFA_ERR_PLAN,
		    "%s is damaged: its first line does not have its digest",
		    file->name);
	file->header = arena_copy(&file->arena, line);
	return file->header.ptr || error_nomem(err);
}

bool
replay_file_open(struct replay_file *file, const char *name, FILE *in,
    struct tfa_error *err)
{
	*file = (struct replay_file){.name = name, .in = in};
	if (!replay_file_line(file, err))
		return err->code != TFA_ERR_NONE ? false : foreign(file, err);
	return read_header(file, err);
}

void
replay_file_close(struct replay_file *file)
{
	if (file->in)
		fclose(file->in);
	buf_free(&file->line);
	arena_free(&file->arena);
	*file = (struct replay_file){0};
}

/* --- Blocks --- */

void
replay_block_free(struct replay_block *block)
{
	buf_free(&block->text);
	arena_free(&block->arena);
	*block = (struct replay_block){0};
}

bool
block_digest_holds(struct str text, size_t first, struct str digest)
{
	char hex[SHA_HEX + 1];
	struct sha256_ctx ctx;

	if (first < DIGEST_TAIL + 1)
		return false;
	first -= DIGEST_TAIL + 1;
	if (!str_starts(str_from(text, first), STR(DIGEST_MEMBER)))
		return false;
	sha256_init(&ctx);
	sha_add(&ctx, str_head(text, first));
	sha_add(&ctx, str_from(text, first + DIGEST_TAIL + 1));
	sha_hex(hex, &ctx);
	return str_eq(digest, str_of(hex));
}

/* The findings of the plan, behind its line. */
static bool
read_findings(struct replay_file *file, struct replay_block *block,
    struct tfa_error *err)
{
	for (uint64_t i = 0; i < block->plan.findings; i++) {
		if (!replay_file_line(file, err))
			return false;
		if (block->text.len > BLOCK_MOST ||
		    !str_starts(buf_str(&file->line),
			STR("{\"type\":\"finding\",")))
			return false;
		if (!buf_add(&block->text, buf_str(&file->line)))
			return error_nomem(err);
	}
	return true;
}

static enum replay_next
cut_or_failed(const struct tfa_error *err)
{
	return err->code == TFA_ERR_NONE ? NEXT_CUT : NEXT_FAILED;
}

static enum replay_next
read_block(struct replay_file *file, struct replay_block *block,
    struct tfa_error *err)
{
	struct tfa_error why = {0};
	size_t first = file->line.len;

	block->text.len = 0;
	arena_reset(&block->arena);
	if (!buf_add(&block->text, buf_str(&file->line))) {
		error_nomem(err);
		return NEXT_FAILED;
	}
	if (!plan_line_read(
		&block->plan, buf_str(&file->line), &block->arena, &why)) {
		if (why.code == TFA_ERR_PLAN)
			return NEXT_CUT;
		*err = why;
		return NEXT_FAILED;
	}
	if (!read_findings(file, block, err))
		return cut_or_failed(err);
	return block_digest_holds(
		   buf_str(&block->text), first, block->plan.digest)
	    ? NEXT_BLOCK
	    : NEXT_CUT;
}

enum replay_next
replay_file_next(struct replay_file *file, struct replay_block *block,
    struct tfa_error *err)
{
	struct str line;

	block->offset = file->at;
	if (!replay_file_line(file, err))
		return cut_or_failed(err);
	line = buf_str(&file->line);
	if (str_starts(line, STR("{\"type\":\"control\",")) ||
	    str_starts(line, STR("{\"type\":\"end\",")))
		return NEXT_CONTROL;
	return read_block(file, block, err);
}
