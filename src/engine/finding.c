/*
 * Reasons are one sentence each.  A planned value gets into one only through
 * actual, and only at the end, when it is known what else in the plan is
 * secret.
 */
#include "engine/finding.h"

enum { ACTUAL_MOST = 80 };

static struct str
keep(struct buf *text, struct arena *arena)
{
	struct str kept = {NULL, 0};

	if (!text->failed)
		kept = arena_copy(arena, buf_str(text));
	buf_free(text);
	return kept;
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
		return cond->show_value || cond->enumeration;
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

static bool
describe_actual(struct finding *finding, const struct cond *cond,
    const struct look *look, struct arena *arena)
{
	struct buf text = {0};

	if (look->state == STATE_UNKNOWN) {
		finding->actual = STR("(known after apply)");
		return true;
	}
	if (look->state == STATE_UNSET || look->state == STATE_INVALID)
		return true;
	if (seen_sensitive(look->spot.seen)) {
		finding->actual = STR("(sensitive)");
		return true;
	}
	if (look->state == STATE_KNOWN && !printable(cond, look))
		return true;
	scalar_print(look->spot.seen.value, &text);
	finding->actual = keep(&text, arena);
	return finding->actual.ptr != NULL;
}

/* "GAP is not set; the service default is REST = VALUE" */
static void
print_default(
    const struct cond *cond, const struct look *look, struct buf *out)
{
	struct buf gap = {0}, whole = {0};
	const char *by = "this control takes that as";
	struct str rest;

	place_print(look->gap ? look->gap : look->spot.place, true, &gap);
	place_print(look->spot.place, true, &whole);
	rest = str_from(buf_str(&whole), gap.len < whole.len ? gap.len : 0);
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

	buf_fmt(out, STR_FMT " is known only after apply", STR_ARG(path));
	if (origin->dynamic) {
		buf_add(out, STR("; a dynamic block makes it"));
		return;
	}
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
		buf_fmt(out, STR_FMT " is not set", STR_ARG(finding->path));
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

static bool
copy_waits_for(
    struct finding *finding, const struct look *look, struct arena *arena)
{
	const struct origin *origin = &look->origin;
	struct str *items;

	if (look->state != STATE_UNKNOWN || !origin->waits_for_count)
		return true;
	items = arena_array(arena, origin->waits_for_count, sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < origin->waits_for_count; i++) {
		items[i] = arena_copy(arena, origin->waits_for[i]);
		if (!items[i].ptr)
			return false;
	}
	finding->waits_for =
	    (struct names){items, origin->waits_for_count};
	return true;
}

static bool
describe_look(struct finding *finding, const struct judgement *judgement,
    struct arena *arena)
{
	const struct cond *cond = judgement->answer.cond;
	const struct look *look = judgement->answer.look;
	struct buf text = {0};

	place_print(look->spot.place, true, &text);
	if (text.len == 0)
		buf_byte(&text, '.');
	finding->path = keep(&text, arena);
	finding->state = look->state;
	finding->expected = cond->expected;
	finding->by_default =
	    look->state == STATE_DEFAULTED ? look->entry : NULL;
	return finding->path.ptr && copy_waits_for(finding, look, arena) &&
	    describe_actual(finding, cond, look, arena);
}

bool
finding_describe(struct finding *finding, const struct judgement *judgement,
    struct arena *arena)
{
	struct buf reason = {0};

	if (judgement->answer.look &&
	    !describe_look(finding, judgement, arena))
		return false;
	print_reason(finding, judgement, &reason);
	finding->reason = keep(&reason, arena);
	return finding->reason.ptr != NULL;
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
	if (finding->actual.len)
		buf_fmt(out, " is " STR_FMT, STR_ARG(finding->actual));
	else
		buf_add(out, met ? STR(" is as it should be")
				 : STR(" is not as it should be"));
	if (!met && finding->expected.len)
		buf_fmt(out, "; expected: " STR_FMT,
		    STR_ARG(finding->expected));
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
finding_locate(struct finding *finding, const struct config *config,
    struct arena *arena)
{
	struct address address;
	struct config_call call;

	if (!address_read(&address, finding->address, arena))
		return false;
	call = config_call(config, &address, arena);
	finding->module_path = call.path;
	finding->module_source = call.source;
	finding->key = address.key;
	finding->resource =
	    str_head(address.text, address.text.len - address.key.len);
	return true;
}

bool
finding_redact(struct finding *finding, const struct plan *plan,
    const struct config *config, struct arena *arena)
{
	struct buf reason = {0};

	if (finding->state == STATE_KNOWN && finding->actual.len &&
	    plan_secret(plan, finding->actual))
		finding->actual = STR("(sensitive)");
	finding->actual = cut(finding->actual);
	buf_add(&reason, finding->reason);
	if (finding->path.len && finding->state == STATE_KNOWN)
		print_known(finding, &reason);
	print_if_unknown(finding, &reason);
	finding->reason = keep(&reason, arena);
	return finding->reason.ptr && finding_locate(finding, config, arena);
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
		order = str_cmp(a->control->id, b->control->id);
	if (order == 0)
		order = str_cmp(a->address, b->address);
	return order ? order : compare_size(a->plan, b->plan);
}
