/*
 * Reasons are one sentence each.  A planned value gets into one only through
 * actual, and only at the end, when it is known what else in the plan is
 * secret.
 */
#include "engine/finding.h"

#include "engine/origin.h"
#include "engine/related.h"
#include "engine/total.h"

enum { ACTUAL_MOST = 80 };

bool
text_keep(struct str *out, struct str text, struct tfa_report *report)
{
	struct str *kept = map_find(&report->texts, text);

	if (!kept) {
		kept = arena_new(&report->arena, struct str);
		if (!kept ||
		    !(*kept = arena_copy(&report->arena, text)).ptr ||
		    !map_set(&report->texts, *kept, kept))
			return false;
	}
	*out = *kept;
	return true;
}

static bool
keep_buf(struct str *out, struct tfa_report *report)
{
	return !report->text.failed &&
	    text_keep(out, buf_str(&report->text), report);
}

/* The report's scratch, emptied. */
static struct buf *
fresh(struct tfa_report *report)
{
	report->text.len = 0;
	return &report->text;
}

static bool
printable(const struct cond *cond, const struct look *look)
{
	switch (value_kind(look->spot.seen.value)) {
	case NODE_FALSE:
	case NODE_TRUE:
	case NODE_NUMBER:
		return true;
	case NODE_STRING:
		return cond && (cond->show_value || cond->enumeration);
	case NODE_NONE:
	case NODE_NULL:
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	return false;
}

/* A scalar as people write it. */
static void
scalar_print(struct value value, struct buf *out)
{
	struct buf scratch = {0};

	switch (value_kind(value)) {
	case NODE_TRUE:
		buf_add(out, STR("true"));
		break;
	case NODE_FALSE:
		buf_add(out, STR("false"));
		break;
	case NODE_NULL:
		buf_add(out, STR("null"));
		break;
	case NODE_NUMBER:
		buf_add(out, value_raw(value));
		break;
	case NODE_STRING:
		buf_add(out, value_text(value, &scratch));
		break;
	case NODE_ARRAY:
		buf_fmt(out, "a list of %zu", value_count(value));
		break;
	case NODE_OBJECT:
		buf_add(out, STR("a map"));
		break;
	case NODE_NONE:
		break;
	}
	if (scratch.failed)
		out->failed = true;
	buf_free(&scratch);
}

bool
look_actual(struct str *actual, const struct cond *cond,
    const struct look *look, struct tfa_report *report)
{
	*actual = STR("");
	if (look->state == STATE_UNKNOWN) {
		*actual = STR("(known after apply)");
		return true;
	}
	if (look->state == STATE_UNSET || look->state == STATE_INVALID)
		return true;
	if (seen_sensitive(look->spot.seen)) {
		*actual = STR("(sensitive)");
		return true;
	}
	if ((look->state == STATE_KNOWN || look->setting.len) &&
	    !printable(cond, look))
		return true;
	scalar_print(look->spot.seen.value, fresh(report));
	return keep_buf(actual, report);
}

bool
judgement_actual(struct str *actual, const struct judgement *judgement,
    struct tfa_report *report)
{
	const struct look *look = judgement->answer.look;

	*actual = STR("");
	if (!look)
		return true;
	if (look->state == STATE_UNSET) {
		*actual = STR("not set");
		return true;
	}
	if (!look_actual(actual, judgement->answer.cond, look, report))
		return false;
	if (look->state != STATE_DEFAULTED || look->setting.len ||
	    !actual->len)
		return true;
	buf_fmt(fresh(report), STR_FMT " (default)", STR_ARG(*actual));
	return keep_buf(actual, report);
}

/* With the address in front where it is a partner's. */
static void
path_print(const struct look *look, const struct place *place, struct buf *out)
{
	if (look->of)
		buf_fmt(out, STR_FMT ".", STR_ARG(look->of->address.text));
	place_print(place, true, out);
	if (out->len == 0)
		buf_byte(out, '.');
}

/* "GAP is not set; the service default is REST = VALUE" */
static void
print_default(
    const struct cond *cond, const struct look *look, struct buf *out)
{
	struct buf gap = {0}, whole = {0};
	const char *by = "this control takes that as";
	struct str rest;

	path_print(look, look->gap ? look->gap : look->spot.place, &gap);
	if (look->setting.len) {
		buf_fmt(out, STR_FMT " is not set; by %s" STR_FMT,
		    STR_ARG(buf_str(&gap)),
		    look->entry ? "the account setting " : "",
		    STR_ARG(look->setting));
		out->failed = out->failed || gap.failed;
		buf_free(&gap);
		return;
	}
	path_print(look, look->spot.place, &whole);
	rest = str_from(buf_str(&whole), gap.len < whole.len ? gap.len : 0);
	/* Of a block that is not there, the first is like any. */
	if (look->gap && str_starts(rest, STR("[0]")))
		rest = str_from(rest, 3);
	if (rest.len && rest.ptr[0] == '.')
		rest = str_from(rest, 1);
	if (look->entry)
		by = look->entry->by_provider ? "the provider's default is"
					      : "the service's default is";
	buf_fmt(out, STR_FMT " is not set; %s ", STR_ARG(buf_str(&gap)), by);
	if (look->gap && rest.len)
		buf_fmt(out, STR_FMT " = ", STR_ARG(rest));
	scalar_print(look->spot.seen.value, out);
	if (!look->entry && cond->default_source.len)
		buf_fmt(out, " (" STR_FMT ")", STR_ARG(cond->default_source));
	if (gap.failed || whole.failed)
		out->failed = true;
	buf_free(&gap);
	buf_free(&whole);
}

static void
print_unknown(struct str path, const struct look *look, struct buf *out)
{
	const struct origin *origin = &look->origin;

	if (look->open) {
		buf_fmt(out, STR_FMT " is not set, and %s: ", STR_ARG(path),
		    look->open);
		for (size_t i = 0; i < origin->waits_for_count; i++)
			buf_fmt(out, "%s" STR_FMT, i ? ", " : "",
			    STR_ARG(origin->waits_for[i]));
		return;
	}
	buf_fmt(out, STR_FMT " is known only after apply", STR_ARG(path));
	if (look->no_schema)
		buf_add(out,
		    STR(", or left out: without its schema a dynamic block "
			"looks the same"));
	if (origin->dynamic) {
		buf_add(out, STR("; a dynamic block makes it"));
		return;
	}
	if (origin->written == WRITTEN_OPAQUE && !origin->waits_for_count)
		buf_add(out,
		    STR("; the plan does not show the expression it comes from"));
	for (size_t i = 0; i < origin->waits_for_count; i++)
		buf_fmt(out, "%s" STR_FMT, i ? ", " : "; it waits for ",
		    STR_ARG(origin->waits_for[i]));
}

/* Everything but a known value, whose reason is written by finding_redact. */
static void
print_reason(const struct finding *finding, const struct judgement *judgement,
    struct buf *out)
{
	const struct cond *cond = judgement->answer.cond;
	const struct look *look = judgement->answer.look;

	if (judgement->open_where)
		buf_add(out, STR("whether the control applies is open: "));
	if (!look && judgement->answer.relation) {
		relation_reason(judgement->answer.relation, out);
		return;
	}
	if (!look) {
		buf_add(out, judgement->verdict == VERDICT_PASS
			? STR("nothing speaks against the resource")
			: STR("the resource itself is the finding"));
		return;
	}
	switch (look->state) {
	case STATE_DEFAULTED:
		print_default(cond, look, out);
		break;
	case STATE_UNSET:
		buf_fmt(out, STR_FMT " %s", STR_ARG(finding->path),
		    judgement->answer.why ? judgement->answer.why
					  : "is not set");
		break;
	case STATE_UNKNOWN:
		if (finding->raw_verdict != VERDICT_UNKNOWN)
			buf_fmt(out, STR_FMT " will be set, by reference",
			    STR_ARG(finding->path));
		else
			print_unknown(finding->path, look, out);
		break;
	case STATE_INVALID:
		buf_fmt(out, STR_FMT " %s", STR_ARG(finding->path),
		    judgement->answer.why ? judgement->answer.why
					  : "cannot be evaluated");
		break;
	case STATE_KNOWN:
		break;
	}
}

bool
look_waits_for(
    struct names *out, const struct look *look, struct tfa_report *report)
{
	const struct origin *origin = &look->origin;
	struct str *items;

	if (look->state != STATE_UNKNOWN || !origin->waits_for_count)
		return true;
	items = arena_array(
	    &report->arena, origin->waits_for_count, sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < origin->waits_for_count; i++) {
		if (!text_keep(&items[i], origin->waits_for[i], report))
			return false;
	}
	*out = (struct names){items, origin->waits_for_count};
	return true;
}

static bool
describe_look(struct finding *finding, const struct judgement *judgement,
    struct tfa_report *report)
{
	const struct cond *cond = judgement->answer.cond;
	const struct look *look = judgement->answer.look;
	const struct cond *asked = judgement->answer.asked;
	const struct relation *relation = judgement->answer.relation;
	struct buf *text;

	if (!origin_keep_look(&finding->look, look, report) ||
	    (look->of && !text_keep(&finding->look.partner, look->of->address.text,
			     report)))
		return false;
	text = fresh(report);
	path_print(look, look->spot.place, text);
	finding->state = look->state;
	finding->expected = relation && relation->expected.len
	    ? relation->expected
	    : (asked ? asked : cond)->expected;
	finding->expected_whole = !str_eq(finding->expected, cond->expected);
	finding->by_default =
	    look->state == STATE_DEFAULTED && !look->setting.len ? look->entry
								 : NULL;
	return keep_buf(&finding->path, report) &&
	    (!look->setting.len ||
		text_keep(&finding->setting, look->setting, report)) &&
	    look_waits_for(&finding->waits_for, look, report) &&
	    look_actual(&finding->actual, cond, look, report);
}

/* Addresses of the partners, of the inner relations behind those of the outer. */
static bool
name_partners(struct finding *finding, const struct relation *relation,
    struct tfa_report *report)
{
	struct str address;

	for (; relation; relation = relation->inner) {
		for (size_t i = 0; i < relation->named_count; i++) {
			address = relation->named[i]->subject->address.text;
			if (!text_keep(&address, address, report) ||
			    !names_add(
				&finding->related, address, &report->arena))
				return false;
		}
	}
	return true;
}

static bool
describe_relation(struct finding *finding, const struct judgement *judgement,
    struct tfa_report *report)
{
	const struct relation *relation = judgement->answer.relation;
	struct str waits = relation_waits(relation);

	if (!relation)
		return true;
	if (!judgement->answer.look) {
		finding->look.no_partner = relation->kind == RELATION_NONE;
		finding->look.unseen = relation->kind == RELATION_OPEN ||
		    relation->kind == RELATION_UNSEEN ||
		    relation->kind == RELATION_MANY;
		finding->expected = judgement->answer.cond->expected;
		if (waits.len &&
		    (!text_keep(&waits, waits, report) ||
			!names_add(&finding->waits_for, waits, &report->arena)))
			return false;
	}
	relation_how(relation, fresh(report));
	return keep_buf(&finding->joined, report) &&
	    name_partners(finding, relation, report);
}

bool
finding_describe(struct finding *finding, const struct judgement *judgement,
    struct tfa_report *report)
{
	if (judgement->answer.look &&
	    !describe_look(finding, judgement, report))
		return false;
	if (!describe_relation(finding, judgement, report))
		return false;
	print_reason(finding, judgement, fresh(report));
	return keep_buf(&finding->reason, report);
}

static struct str
cut(struct str s)
{
	size_t len = s.len < ACTUAL_MOST ? s.len : ACTUAL_MOST;

	while (len < s.len && len > 0 && (s.ptr[len] & 0xc0) == 0x80)
		len--;
	return str_head(s, len);
}

/* A known value decided: name it where it may be named. */
static void
print_known(const struct finding *finding, struct buf *out)
{
	bool met = finding->raw_verdict == VERDICT_PASS;

	buf_add(out, finding->path);
	if (finding->raw_verdict == VERDICT_UNKNOWN) {
		buf_add(out, STR(" leaves it open"));
		if (finding->expected.len)
			buf_fmt(out, " whether " STR_FMT,
			    STR_ARG(finding->expected));
		return;
	}
	if (finding->actual.len)
		buf_fmt(out, " is " STR_FMT, STR_ARG(finding->actual));
	else
		buf_add(out, met ? STR(" is as it should be")
				 : STR(" is not as it should be"));
	if (!met && finding->expected.len)
		buf_fmt(out, "; expected: " STR_FMT,
		    STR_ARG(finding->expected));
}

/* What the setting gives may be named like any planned value. */
static void
print_setting(const struct finding *finding, struct buf *out)
{
	if (finding->state == STATE_KNOWN) {
		buf_fmt(out, ", by " STR_FMT, STR_ARG(finding->setting));
	} else if (finding->state == STATE_DEFAULTED) {
		buf_add(out, STR(", "));
		print_known(finding, out);
	}
}

static void
print_if_unknown(const struct finding *finding, struct buf *out)
{
	if (finding->raw_verdict == VERDICT_UNKNOWN &&
	    finding->verdict == VERDICT_FAIL)
		buf_add(out, STR("; this control counts that as a failure"));
	if (finding->raw_verdict == VERDICT_UNKNOWN &&
	    finding->verdict == VERDICT_PASS)
		buf_add(out, STR("; this control counts that as a pass"));
}

static bool
finding_locate(struct finding *finding, const struct plan *plan,
    const struct config *config, struct tfa_report *report,
    struct arena *scratch)
{
	struct address address;

	arena_reset(scratch);
	if (!address_read(&address, finding->address, scratch))
		return false;
	finding->module_address = address.module;
	if (finding->look.partner.len &&
	    !address_read(&address, finding->look.partner, scratch))
		return false;
	return finding_find_origin(
	    finding, &address, plan, config, report, scratch);
}

/* Nobody keeps a secret in a boolean, and half of all values are one. */
static bool
is_boolean(struct str text)
{
	return str_eq(text, STR("true")) || str_eq(text, STR("false"));
}

struct str
actual_redacted(struct str actual, bool planned, const struct plan *plan)
{
	if (planned && !is_boolean(actual) && plan_secret(plan, actual))
		return STR("(sensitive)");
	return cut(actual);
}

bool
finding_redact(struct finding *finding, const struct plan *plan,
    const struct config *config, struct tfa_report *report,
    struct arena *scratch)
{
	struct buf *reason = fresh(report);

	finding->actual = actual_redacted(finding->actual,
	    finding->state == STATE_KNOWN || finding->setting.len, plan);
	finding->was = actual_redacted(finding->was, true, plan);
	buf_add(reason, finding->reason);
	if (finding->path.len && finding->state == STATE_KNOWN)
		print_known(finding, reason);
	if (finding->setting.len)
		print_setting(finding, reason);
	buf_add(reason, finding->joined);
	print_if_unknown(finding, reason);
	return keep_buf(&finding->reason, report) &&
	    finding_locate(finding, plan, config, report, scratch);
}

static int
compare_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

int
finding_compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_size(a->control->severity, b->control->severity);

	if (order == 0)
		order = compare_size(a->control->index, b->control->index);
	if (order == 0)
		order = str_cmp(a->address, b->address);
	return order ? order : compare_size(a->plan, b->plan);
}
