/*
 * A replay appended to a database: each plan becomes the lines of a result that
 * has this plan alone, and is read as such a result is, with all that is
 * checked there.
 */
#include <inttypes.h>
#include <string.h>

#include "replay/member.h"
#include "replay/whole.h"
#include "report/database.h"

/* Of each, whether all are listed follows from the plan's totals. */
static const struct {
	const char *name;
	unsigned bit;
} listed[] = {
    {"fail",    TFA_FAIL    },
    {"error",   TFA_ERROR   },
    {"unknown", TFA_UNKNOWN },
    {"waived",  TFA_WAIVED  },
    {"pass",    TFA_PASS    },
    {"fixed",   LISTED_FIXED},
};

enum { LISTED_WORDS = COUNTOF(listed) };

static const char *const waiver_terms[] = {"id", "category", "reason", "owner",
    "approved_by", "ticket", "created", "expires", "control", "address", "file",
    "line", "covers"};

/* A waiver of the header, as far as the plan at hand has used it. */
struct replay_waiver {
	struct value item;
	uint64_t covered, waived;
	size_t grave;
	struct str state; /* empty: not used */
};

struct storing {
	struct whole whole;
	struct arena arena;   /* of what stays */
	struct arena scratch; /* of the line at hand */
	struct value header;
	struct map controls; /* id -> struct control_text */
	struct map waiver_ids;
	struct replay_waiver *waivers;
	size_t waiver_count;
	struct database base;
	uint64_t counts[LISTED_WORDS]; /* findings of the plan */
};

/* --- Once --- */

static bool
read_header(struct storing *storing, struct tfa_error *err)
{
	struct str start = storing->whole.file.header;
	struct buf text = {0};
	struct str kept = {NULL, 0};

	if (buf_add(&text, start) && buf_byte(&text, '}'))
		kept = arena_copy(&storing->arena, buf_str(&text));
	buf_free(&text);
	return kept.ptr
		   ? value_read(&storing->header, kept, &storing->arena, err)
		   : error_nomem(err);
}

static bool
read_controls(struct storing *storing, struct tfa_error *err)
{
	struct sum *sum = &storing->whole.sum;

	for (size_t i = 0; i < sum->head_count; i++) {
		struct control_text *text = &sum->heads[i];
		struct buf whole = {0};
		struct str kept = {NULL, 0}, id;
		struct value value;

		if (buf_add(&whole, text->head) && buf_byte(&whole, '}'))
			kept = arena_copy(&storing->arena, buf_str(&whole));
		buf_free(&whole);
		if (!kept.ptr)
			return error_nomem(err);
		if (!value_read(&value, kept, &storing->arena, err))
			return false;
		id = member_text(value, "id", &storing->arena);
		if (!id.ptr || !map_set(&storing->controls, id, text))
			return error_nomem(err);
	}
	return true;
}

static bool
read_waivers(struct storing *storing, struct tfa_error *err)
{
	struct value items = value_member(
	    value_member(storing->header, STR("waivers")), STR("items"));
	struct value_iter it = value_each(items);
	struct replay_waiver *waiver = arena_array(
	    &storing->arena, value_count(items) + 1, sizeof(*waiver));

	storing->waivers = waiver;
	for (; waiver && value_step(&it); waiver++) {
		struct str id = member_text(it.value, "id", &storing->arena);

		waiver->item = it.value;
		if (!id.ptr || !map_set(&storing->waiver_ids, id, waiver))
			return error_nomem(err);
		storing->waiver_count++;
	}
	return waiver || error_nomem(err);
}

/* --- The lines of a plan --- */

static void
emit_member(struct emit *emit, struct value object, const char *name)
{
	struct value value = value_member(object, str_of(name));

	if (value.node)
		emit_value(emit, name, value);
}

static bool
is_listed(const struct storing *storing, size_t index)
{
	struct value totals =
	    value_member(storing->whole.block.plan.value, STR("totals"));

	return storing->counts[index] ==
	       member_count(totals, listed[index].name);
}

/*
 * A replay does not say of what passes whether a waiver was written for it:
 * that is "unused" here, "fixed" where the plan itself was judged.
 */
static void
emit_waivers(struct emit *emit, const struct storing *storing)
{
	struct value waivers = value_member(storing->header, STR("waivers"));

	if (!waivers.node)
		return;
	emit_open(emit, "waivers", '{');
	emit_member(emit, waivers, "files");
	emit_open(emit, "items", '[');
	for (size_t i = 0; i < storing->waiver_count; i++) {
		const struct replay_waiver *waiver = &storing->waivers[i];

		emit_open(emit, NULL, '{');
		for (size_t j = 0; j < COUNTOF(waiver_terms); j++)
			emit_member(emit, waiver->item, waiver_terms[j]);
		emit_str(emit, "state",
		    waiver->state.len ? waiver->state : STR("unused"));
		emit_uint(emit, "covered", waiver->covered);
		emit_uint(emit, "waived", waiver->waived);
		emit_uint(emit, "fixed", 0);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
emit_run(struct emit *emit, const struct storing *storing)
{
	static const char *const told[] = {"format_version", "tool", "policies",
	    "facts", "baseline", "options"};
	struct value plan = storing->whole.block.plan.value;

	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("run"));
	for (size_t i = 0; i < COUNTOF(told); i++)
		emit_member(emit, storing->header, told[i]);
	emit_waivers(emit, storing);
	emit_member(emit, plan, "as_of");
	emit_open(emit, "plans", '[');
	emit_value(emit, NULL, plan);
	emit_close(emit, ']');
	emit_open(emit, "listed", '[');
	for (size_t i = 0; i < LISTED_WORDS; i++) {
		if (is_listed(storing, i))
			emit_str(emit, NULL, str_of(listed[i].name));
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_finish(emit);
}

/* Where several findings differ, the gravest state is the waiver's. */
static void
count_waiver(struct storing *storing, struct value finding, bool waives)
{
	static const char *const states[] = {"in force", "exceeded", "expired"};
	struct value told = value_member(finding, STR("waiver"));
	struct value id = value_member(told, STR("id"));
	size_t state = member_word(told, "state", states, COUNTOF(states));
	struct replay_waiver *waiver;
	struct buf scratch = {0};

	if (value_kind(id) != NODE_STRING || state == COUNTOF(states))
		return;
	waiver = map_find(&storing->waiver_ids, value_text(id, &scratch));
	buf_free(&scratch);
	if (!waiver)
		return;
	waiver->covered++;
	waiver->waived += waives;
	if (waiver->grave <= state) {
		waiver->grave = state;
		waiver->state = str_of(states[state]);
	}
}

static void
count_finding(struct storing *storing, struct value finding)
{
	static const char *const verdicts[] = {
	    "fail", "error", "unknown", "waived", "pass"};
	static const char *const changes[] = {"fixed"};
	size_t verdict =
	    member_word(finding, "verdict", verdicts, COUNTOF(verdicts));

	if (verdict < COUNTOF(verdicts))
		storing->counts[verdict]++;
	count_waiver(storing, finding, verdict == 3);
	if (member_word(finding, "change", changes, 1) == 0)
		storing->counts[LISTED_WORDS - 1]++;
}

static bool
damaged(const struct storing *storing, struct tfa_error *err)
{
	return error_set(err, TFA_ERR_PLAN,
	    "%s is damaged: a line is none of a replay",
	    storing->whole.file.name);
}

/* Of the plan's path there is no need: it is the only one. */
static bool
put_finding(
    struct storing *storing, struct str line, FILE *out, struct tfa_error *err)
{
	const struct str head = STR("{\"type\":\"finding\""),
			 member = STR(",\"plan\":\"");
	struct value finding, plan;
	size_t past;

	arena_reset(&storing->scratch);
	if (!value_read(&finding, line, &storing->scratch, err))
		return false;
	count_finding(storing, finding);
	plan = value_member(finding, STR("plan"));
	if (value_kind(plan) != NODE_STRING ||
	    !str_starts(str_from(line, head.len), member))
		return damaged(storing, err);
	past = head.len + member.len + value_raw(plan).len + 1;
	if (past >= line.len)
		return damaged(storing, err);
	line = str_from(line, past);
	fprintf(out, STR_FMT STR_FMT "\n", STR_ARG(head), STR_ARG(line));
	return true;
}

/* The first line of a block is the plan's. */
static bool
put_findings(struct storing *storing, FILE *out, struct tfa_error *err)
{
	struct str rest = buf_str(&storing->whole.block.text), line;
	bool ok = true;

	(void)str_cut(rest, '\n', &rest);
	while (ok && rest.len) {
		line = str_cut(rest, '\n', &rest);
		ok = put_finding(storing, line, out, err);
	}
	return ok;
}

static bool
put_controls(
    struct storing *storing, FILE *out, size_t *count, struct tfa_error *err)
{
	static const char *const names[] = {
	    "pass", "fail", "unknown", "waived", "error", "not_applicable"};
	struct value plan = storing->whole.block.plan.value;
	struct value_iter it = value_each(value_member(plan, STR("controls")));

	for (*count = 0; value_step(&it); ++*count) {
		const struct control_text *text;
		struct str id = value_copy_text(it.key, &storing->scratch);

		if (!id.ptr)
			return error_nomem(err);
		text = map_find(&storing->controls, id);
		if (!text)
			return damaged(storing, err);
		fprintf(out, STR_FMT, STR_ARG(text->head));
		for (size_t i = 0; i < COUNTOF(names); i++)
			fprintf(out, ",\"%s\":%" PRIu64, names[i],
			    member_count(it.value, names[i]));
		fprintf(out, STR_FMT "\n", STR_ARG(text->tail));
	}
	return true;
}

/* Controls are those that selected something; the others have no lines. */
static void
emit_end(struct emit *emit, const struct storing *storing, size_t controls)
{
	static const char *const told[] = {"plans", "plans_judged",
	    "plans_refused", "resources", "resources_judged", "verdicts"};
	struct value plan = storing->whole.block.plan.value;
	struct value population = value_member(plan, STR("population"));

	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("end"));
	emit_member(emit, plan, "ledger");
	emit_open(emit, "population", '{');
	for (size_t i = 0; i < COUNTOF(told); i++)
		emit_member(emit, population, told[i]);
	emit_uint(emit, "controls_run", controls);
	emit_close(emit, '}');
	emit_member(emit, plan, "totals");
	emit_member(emit, plan, "status");
	emit_close(emit, '}');
	emit_finish(emit);
}

/* The findings are counted before the run says which are listed. */
static bool
write_lines(struct storing *storing, struct text *out, struct tfa_error *err)
{
	struct text findings;
	struct emit emit;
	size_t controls;
	bool ok, failed = false;

	memset(storing->counts, 0, sizeof(storing->counts));
	for (size_t i = 0; i < storing->waiver_count; i++)
		storing->waivers[i] =
		    (struct replay_waiver){.item = storing->waivers[i].item};
	if (!text_open(&findings, err))
		return false;
	ok = put_findings(storing, findings.out, err) &&
	    text_close(&findings, false, err);
	if (ok && text_open(out, err)) {
		emit_init(&emit, out->out, false);
		emit_run(&emit, storing);
		failed = emit.failed;
		fwrite(findings.ptr, 1, findings.len, out->out);
		ok = put_controls(storing, out->out, &controls, err);
	} else {
		ok = false;
	}
	if (ok) {
		emit_init(&emit, out->out, false);
		emit_end(&emit, storing, controls);
		ok = text_close(out, failed || emit.failed, err);
	}
	text_free(&findings);
	return ok;
}

/* --- Plan by plan --- */

static bool
store_lines(struct storing *storing, struct str lines, struct tfa_error *err)
{
	const struct tfa_report_style style = {.show = 0};
	struct tfa_result *result = tfa_result_new(NULL, err);
	bool ok = result &&
		  tfa_result_feed(result, lines.ptr, lines.len, err) &&
		  tfa_result_finish(result, err) &&
		  database_add(
		      &storing->base, tfa_result_report(result), &style, err);

	tfa_result_free(result);
	return ok;
}

static bool
store_plans(struct storing *storing, struct tfa_error *err)
{
	bool end = false, ok = true;

	while (ok && whole_next(&storing->whole, &end, err)) {
		struct text lines = {0};

		if (end)
			return whole_finish(&storing->whole, err);
		ok = write_lines(storing, &lines, err) &&
		     store_lines(storing, text_str(&lines), err);
		text_free(&lines);
	}
	return false;
}

bool
tfa_replay_store(
    const char *name, FILE *in, const char *path, struct tfa_error *err)
{
	struct storing storing = {0};
	bool ok;

	ok = whole_open(&storing.whole, name, in, err) &&
	     whole_controls(&storing.whole, err) &&
	     read_header(&storing, err) && read_controls(&storing, err) &&
	     read_waivers(&storing, err) &&
	     database_open(&storing.base, path, err);
	if (ok)
		ok = store_plans(&storing, err) &&
		     database_commit(&storing.base, err);
	database_close(&storing.base);
	whole_close(&storing.whole);
	map_free(&storing.controls);
	map_free(&storing.waiver_ids);
	arena_free(&storing.scratch);
	arena_free(&storing.arena);
	return ok;
}
