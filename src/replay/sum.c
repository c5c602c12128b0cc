/*
 * Counts are kept by tables of names, so that lines are written in one order
 * whatever came first.
 */
#include "replay/sum.h"

#include <inttypes.h>
#include <stdlib.h>

#include "engine/total.h"
#include "replay/member.h"
#include "report/record.h"

static const char *const ledger_names[SUM_LEDGER] = {"subjects", "judged",
    "unmatched", "removed", "data", "deferred", "deposed"};
static const char *const total_names[SUM_TOTALS] = {"pass", "fail", "unknown",
    "waived", "error", "not_applicable", "introduced", "existing", "fixed",
    "removed", "blocking", "known", "best", "worst"};
static const char *const verdict_names[SUM_VERDICTS] = {
    "pass", "fail", "undecided", "error"};

struct type_sum {
	uint64_t subjects, judged;
};

struct control_sum {
	uint64_t tally[SUM_TALLY];
};

void
sum_free(struct sum *sum)
{
	arena_free(&sum->arena);
	arena_free(&sum->scratch);
	map_free(&sum->controls);
	map_free(&sum->types);
	free(sum->digests);
	*sum = (struct sum){0};
}

/* --- Lines that are read --- */

static bool
no_line(struct tfa_error *err)
{
	return error_set(err, TFA_ERR_PLAN, "is no line of a replay");
}

/* Members that are not there count nothing. */
static bool
add_counts(uint64_t *counts, const char *const *names, size_t count,
    struct value object)
{
	for (size_t i = 0; i < count; i++) {
		struct value value = value_member(object, str_of(names[i]));
		uint64_t number;

		if (!value.node)
			continue;
		if (!count_read(&number, value))
			return false;
		counts[i] += number;
	}
	return true;
}

bool
plan_line_read(struct plan_line *out, struct str line, struct arena *arena,
    struct tfa_error *err)
{
	struct tfa_error why = {0};
	struct value type;

	*out = (struct plan_line){0};
	if (!value_read(&out->value, line, arena, &why))
		return why.code == TFA_ERR_PLAN ? no_line(err)
						: (*err = why, false);
	type = value_member(out->value, STR("type"));
	if (value_kind(type) != NODE_STRING || !value_is(type, STR("plan")) ||
	    value_kind(value_member(out->value, STR("path"))) != NODE_STRING ||
	    !count_read(&out->findings,
		value_member(out->value, STR("findings"))))
		return no_line(err);
	out->path = member_text(out->value, "path", arena);
	out->sha256 = member_text(out->value, "sha256", arena);
	out->digest = member_text(out->value, "digest", arena);
	if (!out->path.ptr || !out->sha256.ptr || !out->digest.ptr)
		return error_nomem(err);
	return out->digest.len == SHA_HEX || no_line(err);
}

#define COUNTS_FIRST STR(",\"pass\":")
#define COUNTS_LAST STR(",\"not_applicable\":")

/* The line around its counts, which end with digits. */
static bool
cut_counts(struct control_text *out, struct str line)
{
	size_t first, last;

	if (!str_find(line, COUNTS_FIRST, &first) ||
	    !str_find(str_from(line, first), COUNTS_LAST, &last))
		return false;
	out->head = str_head(line, first);
	line = str_from(line, first + last + COUNTS_LAST.len);
	while (line.len && line.ptr[0] >= '0' && line.ptr[0] <= '9')
		line = str_from(line, 1);
	if (str_ends(line, STR("\n")))
		line.len--;
	out->tail = line;
	return true;
}

bool
sum_add_control(struct sum *sum, struct str line, struct tfa_error *err)
{
	struct tfa_error why = {0};
	struct value value;
	struct control_sum *control =
	    arena_new(&sum->arena, struct control_sum);
	struct control_text text;
	struct str id;

	line = arena_copy(&sum->arena, line);
	if (!control || !line.ptr)
		return error_nomem(err);
	if (!value_read(&value, line, &sum->arena, &why))
		return why.code == TFA_ERR_PLAN ? no_line(err)
						: (*err = why, false);
	id = member_text(value, "id", &sum->arena);
	if (!id.ptr)
		return error_nomem(err);
	if (!cut_counts(&text, line) || !id.len ||
	    map_find(&sum->controls, id))
		return no_line(err);
	if (!map_set(&sum->controls, id, control) ||
	    !arena_grow(&sum->arena, &sum->heads, sum->head_count,
		&sum->head_cap, sizeof(text)))
		return error_nomem(err);
	sum->heads[sum->head_count++] = text;
	return true;
}

bool
sum_copy_controls(
    struct sum *sum, const struct sum *from, struct tfa_error *err)
{
	const struct str no_counts = STR(",\"pass\":0,\"not_applicable\":0");
	struct buf line = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < from->head_count; i++) {
		line.len = 0;
		ok = buf_add(&line, from->heads[i].head) &&
			buf_add(&line, no_counts) &&
			buf_add(&line, from->heads[i].tail)
		    ? sum_add_control(sum, buf_str(&line), err)
		    : error_nomem(err);
	}
	buf_free(&line);
	return ok;
}

bool
control_line_add(struct sum *sum, const struct tfa_report *report, size_t index,
    struct tfa_error *err)
{
	struct emit emit;
	struct text line;
	bool ok;

	if (!text_open(&line, err))
		return false;
	record_line(&emit, line.out, "control");
	record_control(&emit, report, index);
	emit_close(&emit, '}');
	emit_finish(&emit);
	ok = text_close(&line, emit.failed, err) &&
	    sum_add_control(sum, text_str(&line), err);
	text_free(&line);
	return ok;
}

static bool
add_controls(struct sum *sum, struct value controls, struct tfa_error *err)
{
	struct value_iter it = value_each(controls);

	while (value_step(&it)) {
		struct str id = value_copy_text(it.key, &sum->scratch);
		struct control_sum *control = map_find(&sum->controls, id);

		if (!id.ptr)
			return error_nomem(err);
		if (!control ||
		    !add_counts(control->tally, total_names, SUM_TALLY,
			it.value))
			return no_line(err);
	}
	return true;
}

static struct type_sum *
type_of(struct sum *sum, struct str type)
{
	struct type_sum *counts = map_find(&sum->types, type);

	if (counts)
		return counts;
	counts = arena_new(&sum->arena, struct type_sum);
	type = arena_copy(&sum->arena, type);
	if (!counts || !type.ptr || !map_set(&sum->types, type, counts))
		return NULL;
	return counts;
}

static bool
add_types(struct sum *sum, struct value types, struct tfa_error *err)
{
	static const char *const names[] = {"subjects", "judged"};
	struct value_iter it = value_each(types);

	while (value_step(&it)) {
		struct str type = value_copy_text(it.key, &sum->scratch);
		struct type_sum *counts =
		    type.ptr ? type_of(sum, type) : NULL;
		uint64_t both[2] = {0, 0};

		if (!counts)
			return error_nomem(err);
		if (!add_counts(both, names, 2, it.value))
			return no_line(err);
		counts->subjects += both[0];
		counts->judged += both[1];
	}
	return true;
}

static bool
add_status(struct sum *sum, struct value plan, struct tfa_error *err)
{
	struct value status = value_member(plan, STR("status"));
	struct value verdict = value_member(status, STR("verdict"));
	uint64_t exit = 0;
	size_t i = 0;

	while (i < SUM_VERDICTS && value_kind(verdict) == NODE_STRING &&
	    !value_is(verdict, str_of(verdict_names[i])))
		i++;
	if (value_kind(verdict) != NODE_STRING || i == SUM_VERDICTS ||
	    !count_read(&exit, value_member(status, STR("exit"))) || exit > 6)
		return no_line(err);
	sum->verdicts[i]++;
	sum->status = total_graver(sum->status, (int)exit);
	return true;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
add_digest(struct sum *sum, struct str hex, struct tfa_error *err)
{
	uint8_t *out;

	if (!array_reserve(&sum->digests, &sum->digest_cap, sum->plans + 1,
		sizeof(*sum->digests)))
		return error_nomem(err);
	out = sum->digests[sum->plans];
	for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
		int high = hex_value(hex.ptr[2 * i]);
		int low = hex_value(hex.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return no_line(err);
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool
sum_add_plan(
    struct sum *sum, const struct plan_line *plan, struct tfa_error *err)
{
	struct value ledger = value_member(plan->value, STR("ledger"));

	arena_reset(&sum->scratch);
	if (!add_controls(
		sum, value_member(plan->value, STR("controls")), err) ||
	    !add_types(sum, value_member(ledger, STR("by_type")), err) ||
	    !add_status(sum, plan->value, err) ||
	    !add_digest(sum, plan->digest, err))
		return false;
	if (!add_counts(sum->ledger, ledger_names, SUM_LEDGER, ledger) ||
	    !add_counts(sum->totals, total_names, SUM_TOTALS,
		value_member(plan->value, STR("totals"))))
		return no_line(err);
	sum->findings += plan->findings;
	sum->refused += value_member(plan->value, STR("error")).node != NULL;
	sum->plans++;
	return true;
}

/* --- Lines that are written --- */

static void
write_controls(const struct sum *sum, FILE *out)
{
	for (size_t i = 0; i < sum->head_count; i++) {
		const struct control_sum *control =
		    sum->controls.entries[i].value;
		struct str head = sum->heads[i].head;
		struct str tail = sum->heads[i].tail;

		fwrite(head.ptr, 1, head.len, out);
		for (size_t j = 0; j < SUM_TALLY; j++)
			fprintf(out, ",\"%s\":%" PRIu64, total_names[j],
			    control->tally[j]);
		fwrite(tail.ptr, 1, tail.len, out);
		fputc('\n', out);
	}
}

static int
entry_cmp(const void *a, const void *b)
{
	const struct map_entry *left = a, *right = b;

	return str_cmp(left->key, right->key);
}

static void
emit_type(struct emit *emit, const struct map_entry *entry)
{
	const struct type_sum *counts = entry->value;

	/* Keys are copies of the arena, which end with NUL. */
	emit_open(emit, entry->key.ptr, '{');
	emit_uint(emit, "subjects", counts->subjects);
	emit_uint(emit, "judged", counts->judged);
	emit_close(emit, '}');
}

/* Nothing is looked up afterwards, so the map's own entries may be sorted. */
static void
emit_ledger(struct emit *emit, struct sum *sum)
{
	emit_open(emit, "ledger", '{');
	for (size_t i = 0; i < SUM_LEDGER; i++)
		emit_uint(emit, ledger_names[i], sum->ledger[i]);
	if (sum->types.count)
		qsort(sum->types.entries, sum->types.count,
		    sizeof(*sum->types.entries), entry_cmp);
	emit_open(emit, "by_type", '{');
	for (size_t i = 0; i < sum->types.count; i++)
		emit_type(emit, &sum->types.entries[i]);
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static int
digest_cmp(const void *a, const void *b)
{
	return memcmp(a, b, SHA256_DIGEST_SIZE);
}

/* Of the sorted digests of the plans as text, each with a line feed. */
static void
digest_of_plans(char out[SHA_HEX + 1], struct sum *sum)
{
	char line[SHA_HEX + 1];
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	if (sum->plans)
		qsort(sum->digests, sum->plans, sizeof(*sum->digests),
		    digest_cmp);
	for (size_t i = 0; i < sum->plans; i++) {
		sha_digits(line, sum->digests[i]);
		line[SHA_HEX] = '\n';
		sha_add(&ctx, (struct str){line, SHA_HEX + 1});
	}
	sha_hex(out, &ctx);
}

static void
emit_end(struct emit *emit, struct sum *sum)
{
	emit_str(emit, "type", STR("end"));
	emit_open(emit, "plans", '{');
	emit_uint(emit, "listed", sum->plans);
	emit_uint(emit, "judged", sum->plans - sum->refused);
	emit_uint(emit, "refused", sum->refused);
	for (size_t i = 0; i < SUM_VERDICTS; i++)
		emit_uint(emit, verdict_names[i], sum->verdicts[i]);
	emit_close(emit, '}');
	emit_uint(emit, "findings", sum->findings);
	emit_ledger(emit, sum);
	emit_open(emit, "totals", '{');
	for (size_t i = 0; i < SUM_TOTALS; i++)
		emit_uint(emit, total_names[i], sum->totals[i]);
	emit_close(emit, '}');
	emit_uint(emit, "exit", (uint64_t)sum->status);
	digest_of_plans(sum->digest, sum);
	emit_str(emit, "digest", str_of(sum->digest));
}

bool
sum_write(struct sum *sum, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, false);
	write_controls(sum, out);
	emit_open(&emit, NULL, '{');
	emit_end(&emit, sum);
	emit_close(&emit, '}');
	emit_finish(&emit);
	if (ferror(out))
		return error_set(err, TFA_ERR_REPORT,
		    "the report could not be written whole");
	return !emit.failed || error_nomem(err);
}
