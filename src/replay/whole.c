/*
 * Controls stand behind the blocks that count by them, so they are read first,
 * in a pass of their own.  What stands behind the blocks is made again from
 * them, and must be what the file says, byte for byte.
 */
#include "replay/whole.h"

static bool
bad(const struct whole *whole, const char *what, struct tfa_error *err)
{
	return error_set(err, TFA_ERR_PLAN, "%s %s", whole->file.name, what);
}

/* What went wrong with a line of the file. */
static bool
bad_line(const struct whole *whole, const struct tfa_error *why,
    struct tfa_error *err)
{
	if (why->code == TFA_ERR_PLAN)
		return bad(
		    whole, "is damaged: a line is none of a replay", err);
	*err = *why;
	return false;
}

bool
whole_open(
    struct whole *whole, const char *name, FILE *in, struct tfa_error *err)
{
	*whole = (struct whole){0};
	return replay_file_open(&whole->file, name, in, err);
}

void
whole_close(struct whole *whole)
{
	replay_file_close(&whole->file);
	replay_block_free(&whole->block);
	sum_free(&whole->sum);
}

bool
whole_controls(struct whole *whole, struct tfa_error *err)
{
	struct replay_file *file = &whole->file;
	off_t start = (off_t)file->at;

	while (replay_file_line(file, err)) {
		struct str line = buf_str(&file->line);
		struct tfa_error why = {0};

		if (str_starts(line, STR("{\"type\":\"control\",")) &&
		    !sum_add_control(&whole->sum, line, &why))
			return bad_line(whole, &why, err);
	}
	if (err->code != TFA_ERR_NONE)
		return false;
	if (fseeko(file->in, start, SEEK_SET) != 0)
		return bad(whole, "is no regular file", err);
	file->at = (uint64_t)start;
	return true;
}

bool
whole_next(struct whole *whole, bool *end, struct tfa_error *err)
{
	struct tfa_error why = {0};

	*end = false;
	switch (replay_file_next(&whole->file, &whole->block, err)) {
	case NEXT_BLOCK:
		return sum_add_plan(&whole->sum, &whole->block.plan, &why) ||
		    bad_line(whole, &why, err);
	case NEXT_CONTROL:
		*end = true;
		return true;
	case NEXT_CUT:
		return bad(whole,
		    "is damaged or cut: a plan's lines do not have its digest",
		    err);
	case NEXT_FAILED:
		break;
	}
	return false;
}

static bool
rest_is(struct whole *whole, struct str wanted, struct tfa_error *err)
{
	struct replay_file *file = &whole->file;

	do {
		struct str line = buf_str(&file->line);

		if (!str_starts(wanted, line))
			return bad(whole,
			    "is damaged: its counts are not those of its "
			    "plans",
			    err);
		wanted = str_from(wanted, line.len);
	} while (replay_file_line(file, err));
	if (err->code != TFA_ERR_NONE)
		return false;
	return wanted.len == 0 ||
	    bad(whole, "is cut: its end is missing", err);
}

bool
whole_finish(struct whole *whole, struct tfa_error *err)
{
	struct text text = {0};
	bool ok = text_open(&text, err);

	ok = ok && sum_write(&whole->sum, text.out, err);
	ok = ok && text_close(&text, false, err) &&
	    rest_is(whole, text_str(&text), err) &&
	    (whole->file.line.len == 0 ||
		bad(whole, "goes on behind its end", err));
	text_free(&text);
	return ok;
}
