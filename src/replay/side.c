/*
 * A replay may be larger than memory: its plans are indexed and read again when
 * they are compared.  What "check" writes is one report, and is held.
 */
#include "replay/side.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "replay/member.h"

#define RESULT_MOST ((size_t)2 * 1024 * 1024 * 1024)

static const char *const says_names[] = {[SAYS_NOTHING] = "not listed",
    [SAYS_PASS] = "pass",
    [SAYS_WAIVED] = "waived",
    [SAYS_UNKNOWN] = "unknown",
    [SAYS_ERROR] = "error",
    [SAYS_FAIL] = "fail"};
static const char *const plan_names[] = {[PLAN_PASS] = "pass",
    [PLAN_FAIL] = "fail",
    [PLAN_UNDECIDED] = "undecided",
    [PLAN_ERROR] = "error"};

const char *
says_name(enum says says)
{
	return says_names[says];
}

const char *
plan_verdict_name(enum plan_verdict verdict)
{
	return plan_names[verdict];
}

static bool
no_result(const struct side *side, struct tfa_error *err)
{
	return error_set(err, TFA_ERR_PLAN,
	    "%s is no result of replay, nor of check in the format json or "
	    "ndjson",
	    side->name);
}

static bool
not_whole(const struct side *side, struct tfa_error *err)
{
	return error_set(
	    err, TFA_ERR_PLAN, "%s is damaged, or not whole", side->name);
}

/* --- Values --- */

/* A word that is not known is no pass. */
static enum says
says_of(struct value finding)
{
	size_t word = member_word(
	    finding, "verdict", says_names, COUNTOF(says_names));

	return word < SAYS_COUNT ? (enum says)word : SAYS_ERROR;
}

static enum plan_verdict
verdict_of(struct value status)
{
	size_t word = member_word(
	    status, "verdict", plan_names, COUNTOF(plan_names));

	return word <= PLAN_ERROR ? (enum plan_verdict)word : PLAN_ERROR;
}

static bool
read_finding(
    struct side_finding *out, struct value finding, struct arena *arena)
{
	struct value enforce = value_member(finding, STR("enforce"));

	*out = (struct side_finding){
	    .fingerprint = member_text(finding, "fingerprint", arena),
	    .control = member_text(finding, "control", arena),
	    .address = member_text(finding, "address", arena),
	    .severity = member_text(finding, "severity", arena),
	    .says = says_of(finding)};
	out->blocks = out->says == SAYS_FAIL &&
	    value_kind(enforce) == NODE_STRING &&
	    value_is(enforce, STR("block")) &&
	    !value_member(finding, STR("known")).node;
	return out->fingerprint.ptr && out->control.ptr && out->address.ptr &&
	    out->severity.ptr;
}

static bool
add_finding(
    struct side_plan *plan, struct value finding, struct arena *arena)
{
	return arena_grow(arena, &plan->findings, plan->count, &plan->cap,
		   sizeof(*plan->findings)) &&
	    read_finding(&plan->findings[plan->count++], finding, arena);
}

static int
finding_cmp(const void *a, const void *b)
{
	const struct side_finding *left = a, *right = b;

	return str_cmp(left->fingerprint, right->fingerprint);
}

static void
sort_findings(struct side_plan *plan)
{
	if (plan->count)
		qsort(plan->findings, plan->count, sizeof(*plan->findings),
		    finding_cmp);
}

static bool
add_plan(struct side *side, struct side_plan plan)
{
	void *number = (void *)(uintptr_t)(side->count + 1);

	if (!plan.path.ptr || !plan.sha256.ptr ||
	    !arena_grow(&side->arena, &side->plans, side->count, &side->cap,
		sizeof(plan)) ||
	    !map_set(&side->by_path, plan.path, number))
		return false;
	side->plans[side->count++] = plan;
	return true;
}

static bool
add_control(struct side *side, struct value control)
{
	struct str id = member_text(control, "id", &side->arena);
	struct str severity = member_text(control, "severity", &side->arena);

	return id.ptr && severity.ptr &&
	    map_set(&side->controls, id, (void *)severity.ptr);
}

/* --- A replay --- */

static bool
index_block(struct side *side, const struct replay_block *block)
{
	struct value status = value_member(block->plan.value, STR("status"));

	return add_plan(side,
	    (struct side_plan){
		.path = arena_copy(&side->arena, block->plan.path),
		.sha256 = arena_copy(&side->arena, block->plan.sha256),
		.verdict = verdict_of(status),
		.refused =
		    value_member(block->plan.value, STR("error")).node != NULL,
		.offset = block->offset,
		.len = block->text.len});
}

static bool
index_blocks(
    struct side *side, struct replay_file *file, struct tfa_error *err)
{
	struct replay_block block = {0};
	enum replay_next next;

	while ((next = replay_file_next(file, &block, err)) == NEXT_BLOCK) {
		if (!index_block(side, &block)) {
			error_nomem(err);
			next = NEXT_FAILED;
			break;
		}
	}
	replay_block_free(&block);
	if (next == NEXT_CUT)
		not_whole(side, err);
	return next == NEXT_CONTROL;
}

/* file->line is the first behind the blocks. */
static bool
index_controls(
    struct side *side, struct replay_file *file, struct tfa_error *err)
{
	do {
		struct str line = buf_str(&file->line);
		struct tfa_error why = {0};
		struct arena arena = {0};
		struct value value;
		bool ok;

		if (str_starts(line, STR("{\"type\":\"end\",")))
			return true;
		ok = value_read(&value, line, &arena, &why);
		if (ok && !add_control(side, value))
			ok = error_nomem(err);
		arena_free(&arena);
		if (!ok)
			return err->code == TFA_ERR_NONE ? not_whole(side, err)
							 : false;
	} while (replay_file_line(file, err));
	return err->code == TFA_ERR_NONE ? not_whole(side, err) : false;
}

static bool
open_replay(struct side *side, FILE *in, struct tfa_error *err)
{
	struct replay_file file = {0};
	bool ok = replay_file_open(&file, side->name, in, err);

	ok = ok && index_blocks(side, &file, err) &&
	    index_controls(side, &file, err);
	if (ok && !file.shards && side->count != file.listed)
		ok = not_whole(side, err);
	if (ok) {
		side->inputs = arena_copy(&side->arena, file.inputs);
		side->in = file.in;
		file.in = NULL;
		ok = side->inputs.ptr || error_nomem(err);
	}
	replay_file_close(&file);
	return ok;
}

static bool
read_block(struct side_plan *plan, struct str text, struct arena *arena,
    struct tfa_error *err)
{
	str_cut(text, '\n', &text);
	while (text.len) {
		struct str line = str_cut(text, '\n', &text);
		struct value value;

		if (!value_read(&value, line, arena, err))
			return false;
		if (!add_finding(plan, value, arena))
			return error_nomem(err);
	}
	return true;
}

bool
side_plan_load(struct side_plan *out, const struct side *side, size_t index,
    struct arena *arena, struct tfa_error *err)
{
	char *text;
	bool ok;

	*out = side->plans[index];
	if (!side->in)
		return true;
	text = malloc(out->len);
	if (!text)
		return error_nomem(err);
	ok = pread(fileno(side->in), text, out->len, (off_t)out->offset) ==
	    (ssize_t)out->len;
	if (!ok)
		not_whole(side, err);
	ok = ok && read_block(out, (struct str){text, out->len}, arena, err);
	free(text);
	sort_findings(out);
	return ok;
}

/* --- What "check" writes --- */

/* The verdict of a run is that of its plan, or of the worst. */
static bool
take_plans(struct side *side, struct value plans)
{
	struct value_iter it = value_each(plans);

	while (value_step(&it)) {
		struct side_plan plan = {
		    .path = member_text(it.value, "path", &side->arena),
		    .sha256 = member_text(it.value, "sha256", &side->arena)};

		plan.refused =
		    value_member(it.value, STR("error")).node != NULL;
		if (plan.refused)
			plan.verdict = PLAN_ERROR;
		if (!add_plan(side, plan))
			return false;
	}
	return true;
}

static bool
take_finding(struct side *side, struct value finding)
{
	struct value number = value_member(finding, STR("plan"));
	size_t index = 0;

	if (value_kind(number) == NODE_NUMBER) {
		struct str digits = value_raw(number);

		for (size_t i = 0; i < digits.len && i < 9; i++)
			index = index * 10 + (size_t)(digits.ptr[i] - '0');
	}
	return index >= side->count ||
	    add_finding(&side->plans[index], finding, &side->arena);
}

static void
settle_plans(struct side *side)
{
	for (size_t i = 0; i < side->count; i++) {
		struct side_plan *plan = &side->plans[i];

		for (size_t j = 0; j < plan->count; j++) {
			enum says says = plan->findings[j].says;

			if (plan->verdict == PLAN_ERROR)
				break;
			if (plan->findings[j].blocks)
				plan->verdict = PLAN_FAIL;
			else if (plan->verdict == PLAN_PASS &&
			    (says == SAYS_UNKNOWN || says == SAYS_ERROR))
				plan->verdict = PLAN_UNDECIDED;
		}
		sort_findings(plan);
	}
}

static bool
take_each(struct side *side, struct value list,
    bool (*take)(struct side *side, struct value value))
{
	struct value_iter it = value_each(list);

	while (value_step(&it)) {
		if (!take(side, it.value))
			return false;
	}
	return true;
}

static bool
take_document(struct side *side, struct str text, struct tfa_error *err)
{
	struct tfa_error why = {0};
	struct arena arena = {0};
	struct value root;
	bool ok = value_read(&root, text, &arena, &why);

	if (!ok && why.code == TFA_ERR_NOMEM)
		error_nomem(err);
	else if (!ok || !value_member(root, STR("plans")).node)
		ok = no_result(side, err);
	else if (!value_member(root, STR("status")).node)
		ok = not_whole(side, err);
	else
		ok = (take_plans(side, value_member(root, STR("plans"))) &&
			 take_each(side, value_member(root, STR("findings")),
			     take_finding) &&
			 take_each(side, value_member(root, STR("controls")),
			     add_control)) ||
		    error_nomem(err);
	arena_free(&arena);
	return ok;
}

static bool
take_line(struct side *side, struct value line, bool *end)
{
	struct value type = value_member(line, STR("type"));

	if (value_kind(type) != NODE_STRING)
		return true;
	*end = value_is(type, STR("end"));
	if (value_is(type, STR("run")))
		return take_plans(side, value_member(line, STR("plans")));
	if (value_is(type, STR("finding")))
		return take_finding(side, line);
	return !value_is(type, STR("control")) || add_control(side, line);
}

static bool
take_lines(struct side *side, struct str text, struct tfa_error *err)
{
	bool end = false, ok = true;

	while (ok && text.len) {
		struct str line = str_cut(text, '\n', &text);
		struct tfa_error why = {0};
		struct arena arena = {0};
		struct value value;

		if (!value_read(&value, line, &arena, &why))
			ok = why.code == TFA_ERR_NOMEM ? error_nomem(err)
						       : not_whole(side, err);
		else
			ok = take_line(side, value, &end) || error_nomem(err);
		arena_free(&arena);
	}
	return ok && (end || not_whole(side, err));
}

static bool
open_report(struct side *side, struct tfa_error *err)
{
	struct buf text = {0};
	enum file_read read = file_read(&text, side->name, RESULT_MOST);
	bool ok;

	if (read == FILE_NO_MEMORY)
		ok = error_nomem(err);
	else if (read != FILE_WHOLE)
		ok = no_result(side, err);
	else if (str_starts(buf_str(&text), STR("{\"type\":\"run\",")))
		ok = take_lines(side, buf_str(&text), err);
	else
		ok = take_document(side, buf_str(&text), err);
	buf_free(&text);
	if (ok)
		settle_plans(side);
	return ok;
}

/* --- Both --- */

bool
side_open(struct side *side, const char *name, struct tfa_error *err)
{
	static const char first[] = "{\"type\":\"replay\",";
	char head[sizeof(first)] = "";
	FILE *in = fopen(name, "re");

	*side = (struct side){.name = name};
	if (!in && errno == ENOENT)
		return error_set(
		    err, TFA_ERR_USAGE, "%s does not exist", name);
	if (!in)
		return error_set(err, TFA_ERR_PLAN,
		    "%s cannot be opened (error %d)", name, errno);
	if (fread(head, 1, sizeof(first) - 1, in) == sizeof(first) - 1 &&
	    strcmp(head, first) == 0) {
		rewind(in);
		return open_replay(side, in, err);
	}
	fclose(in);
	return open_report(side, err);
}

void
side_close(struct side *side)
{
	if (side->in)
		fclose(side->in);
	map_free(&side->by_path);
	map_free(&side->controls);
	arena_free(&side->arena);
	*side = (struct side){0};
}
