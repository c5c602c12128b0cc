/*
 * Most is counted from the lines of plans alone.  Findings are read for what
 * only they say: the module, and the waiver that was used.
 */
#include "replay/trend.h"

#include <stdlib.h>

#include "plan/address.h"
#include "replay/member.h"

/* Distinct ones; a file with more has been made up. */
enum { MONTHS_MOST = 1200 };

static const char *const verdict_names[SUM_VERDICTS] = {
    "pass", "fail", "undecided", "error"};
const char *const tally_names[SUM_TALLY] = {
    "pass", "fail", "unknown", "waived", "error", "not_applicable"};

/* --- Counts --- */

static bool
series_add(struct series *series, size_t month, uint64_t count,
    struct arena *arena)
{
	series->all += count;
	if (month == SIZE_MAX || count == 0)
		return true;
	while (series->count <= month) {
		size_t cap = series->count * 2 + 16;
		uint64_t *items = arena_array(arena, cap, sizeof(*items));

		if (!items)
			return false;
		if (series->count)
			memcpy(items, series->items,
			    series->count * sizeof(*items));
		series->items = items;
		series->count = cap;
	}
	series->items[month] += count;
	return true;
}

uint64_t
series_at(const struct series *series, const struct trend_month *month)
{
	return month->index < series->count ? series->items[month->index] : 0;
}

/* --- Controls --- */

static bool
framework_of(size_t *out, struct trend *trend, struct str name)
{
	for (size_t i = 0; i < trend->framework_count; i++) {
		if (str_eq(trend->frameworks[i], name)) {
			*out = i;
			return true;
		}
	}
	if (!arena_grow(&trend->arena, &trend->frameworks,
		trend->framework_count, &trend->framework_cap, sizeof(name)))
		return false;
	*out = trend->framework_count;
	trend->frameworks[trend->framework_count++] = name;
	return true;
}

static bool
add_requirement(struct trend *trend, struct trend_control *control,
    size_t framework, struct str name)
{
	struct map *found = &trend->requirements;
	struct trend_requirement *requirement;
	struct str key;

	trend->text.len = 0;
	if (!buf_add(&trend->text, trend->frameworks[framework]) ||
	    !buf_byte(&trend->text, '\0') || !buf_add(&trend->text, name))
		return false;
	key = buf_str(&trend->text);
	requirement = map_find(found, key);
	if (!requirement) {
		requirement =
		    arena_new(&trend->arena, struct trend_requirement);
		key = arena_copy(&trend->arena, key);
		if (!requirement || !key.ptr ||
		    !map_set(found, key, requirement))
			return false;
		requirement->framework = framework;
		requirement->name = name;
	}
	requirement->controls++;
	if (!arena_grow(&trend->arena, &control->requirements,
		control->requirement_count, &control->requirement_cap,
		sizeof(requirement)))
		return false;
	control->requirements[control->requirement_count++] = requirement;
	return true;
}

static bool
add_frameworks(
    struct trend *trend, struct trend_control *control, struct value frameworks)
{
	struct value_iter it = value_each(frameworks);

	while (value_step(&it)) {
		struct str name = value_copy_text(it.key, &trend->arena);
		struct value_iter each = value_each(it.value);
		size_t framework;

		if (!name.ptr || !framework_of(&framework, trend, name))
			return false;
		if (framework < TREND_FRAMEWORKS)
			control->frameworks |= (uint64_t)1 << framework;
		while (value_step(&each)) {
			if (value_kind(each.value) != NODE_STRING)
				continue;
			name = value_copy_text(each.value, &trend->arena);
			if (!name.ptr ||
			    !add_requirement(trend, control, framework, name))
				return false;
		}
	}
	return true;
}

static bool
add_control(struct trend *trend, struct value line)
{
	struct trend_control *control =
	    arena_new(&trend->arena, struct trend_control);
	size_t severity =
	    member_word(line, "severity", severity_names, SEVERITIES);

	if (!control)
		return false;
	control->id = member_text(line, "id", &trend->arena);
	control->title = member_text(line, "title", &trend->arena);
	control->severity = severity < SEVERITIES ? (enum severity)severity
						  : SEVERITY_INFO;
	return control->id.ptr && control->title.ptr &&
	    map_set(&trend->controls, control->id, control) &&
	    add_frameworks(
		trend, control, value_member(line, STR("frameworks")));
}

static bool
add_controls(struct trend *trend, struct tfa_error *err)
{
	const struct sum *sum = &trend->whole.sum;

	for (size_t i = 0; i < sum->head_count; i++) {
		struct tfa_error why = {0};
		struct value line;

		trend->text.len = 0;
		arena_reset(&trend->scratch);
		if (!buf_add(&trend->text, sum->heads[i].head) ||
		    !buf_add(&trend->text, sum->heads[i].tail))
			return error_nomem(err);
		if (!value_read(&line, buf_str(&trend->text), &trend->scratch,
			&why))
			return error_set(err, TFA_ERR_PLAN,
			    "%s is damaged: a line is none of a replay",
			    trend->whole.file.name);
		/* What is kept is copied: the text is used again. */
		if (!add_control(trend, line))
			return error_nomem(err);
	}
	return true;
}

/* --- Plans --- */

static bool
is_month(struct str time)
{
	static const char shape[] = "0000-00-00";

	if (time.len < sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		bool digit = time.ptr[i] >= '0' && time.ptr[i] <= '9';

		if (shape[i] == '0' ? !digit : time.ptr[i] != shape[i])
			return false;
	}
	return str_cmp(str_head(str_from(time, 5), 2), STR("01")) >= 0 &&
	    str_cmp(str_head(str_from(time, 5), 2), STR("12")) <= 0;
}

static struct trend_month *
month_of(struct trend *trend, struct value plan)
{
	struct str time = member_text(plan, "timestamp", &trend->scratch);
	struct trend_month *month;
	struct str day;

	if (!time.ptr)
		return NULL;
	if (!is_month(time))
		return &trend->undated;
	day = str_head(time, 10);
	if (str_cmp(day, trend->last) > 0) {
		trend->last = arena_copy(&trend->arena, day);
		if (!trend->last.ptr)
			return NULL;
	}
	month = map_find(&trend->months, str_head(time, 7));
	if (month)
		return month;
	if (trend->months.count == MONTHS_MOST)
		return &trend->undated;
	month = arena_new(&trend->arena, struct trend_month);
	if (!month)
		return NULL;
	month->name = arena_copy(&trend->arena, str_head(time, 7));
	month->index = trend->months.count;
	return month->name.ptr && map_set(&trend->months, month->name, month)
	    ? month
	    : NULL;
}

static bool
count_control(struct trend *trend, struct trend_month *month,
    struct trend_control *control, struct value tally)
{
	uint64_t failures = member_count(tally, "fail");

	for (size_t i = 0; i < SUM_TALLY; i++)
		control->tally[i] += member_count(tally, tally_names[i]);
	month->failures += failures;
	month->severities[control->severity] += failures;
	for (size_t i = 0; i < control->requirement_count; i++) {
		if (!series_add(&control->requirements[i]->failures,
			month->index, failures, &trend->arena))
			return false;
	}
	return series_add(
	    &control->failures, month->index, failures, &trend->arena);
}

static bool
count_controls(
    struct trend *trend, struct trend_month *month, struct value controls)
{
	struct value_iter it = value_each(controls);

	while (value_step(&it)) {
		struct str id = value_copy_text(it.key, &trend->scratch);
		struct trend_control *control;

		if (!id.ptr)
			return false;
		control = map_find(&trend->controls, id);
		if (control &&
		    !count_control(trend, month, control, it.value))
			return false;
	}
	return true;
}

static bool
add_refusal(struct trend *trend, const struct plan_line *plan)
{
	struct value error = value_member(plan->value, STR("error"));
	struct trend_refusal refusal;

	if (!error.node || trend->refusal_count == TREND_REFUSED)
		return true;
	refusal.path = arena_copy(&trend->arena, plan->path);
	refusal.why = member_text(error, "message", &trend->arena);
	if (!refusal.path.ptr || !refusal.why.ptr ||
	    !arena_grow(&trend->arena, &trend->refusals, trend->refusal_count,
		&trend->refusal_cap, sizeof(refusal)))
		return false;
	trend->refusals[trend->refusal_count++] = refusal;
	return true;
}

static bool
count_plan(struct trend *trend, const struct plan_line *plan)
{
	struct value totals = value_member(plan->value, STR("totals"));
	struct value status = value_member(plan->value, STR("status"));
	size_t verdict = member_word(
	    status, "verdict", verdict_names, SUM_VERDICTS);
	struct trend_month *month = month_of(trend, plan->value);

	if (!month)
		return false;
	month->plans++;
	if (verdict < SUM_VERDICTS)
		month->verdicts[verdict]++;
	month->introduced += member_count(totals, "introduced");
	month->fixed += member_count(totals, "fixed");
	return add_refusal(trend, plan) &&
	    count_controls(trend, month,
		value_member(plan->value, STR("controls")));
}

/* --- Findings --- */

static bool
add_steps(struct buf *path, const struct address *address)
{
	for (size_t i = 0; i < address->step_count; i++) {
		if ((i && !buf_byte(path, '.')) ||
		    !buf_add(path, STR("module.")) ||
		    !buf_add(path, address->steps[i].name))
			return false;
	}
	return true;
}

/* What is no address, is of the root; NULL without memory. */
static struct trend_module *
module_of(struct trend *trend, struct str text)
{
	struct trend_module *module;
	struct address address;
	struct str path;

	trend->text.len = 0;
	if (address_read(&address, text, &trend->scratch) &&
	    !add_steps(&trend->text, &address))
		return NULL;
	path = buf_str(&trend->text);
	module = map_find(&trend->modules, path);
	if (module)
		return module;
	module = arena_new(&trend->arena, struct trend_module);
	if (!module)
		return NULL;
	module->path = path.len ? arena_copy(&trend->arena, path) : STR("");
	return module->path.ptr &&
		map_set(&trend->modules, module->path, module)
	    ? module
	    : NULL;
}

static bool
cell_key(struct buf *key, struct str control, struct str module)
{
	key->len = 0;
	return buf_add(key, control) && buf_byte(key, '\0') &&
	    buf_add(key, module);
}

uint64_t
trend_cell(struct trend *trend, const struct trend_control *control,
    const struct trend_module *module)
{
	const uint64_t *cell = cell_key(&trend->text, control->id, module->path)
	    ? map_find(&trend->cells, buf_str(&trend->text))
	    : NULL;

	return cell ? *cell : 0;
}

static bool
count_failure(struct trend *trend, struct value finding)
{
	struct str id = member_text(finding, "control", &trend->scratch);
	struct str address = member_text(finding, "address", &trend->scratch);
	struct trend_control *control;
	struct trend_module *module;
	uint64_t *cell;
	struct str key;

	module = id.ptr && address.ptr ? module_of(trend, address) : NULL;
	if (!module || !cell_key(&trend->text, id, module->path))
		return false;
	module->failures++;
	trend->listed_failures++;
	control = map_find(&trend->controls, id);
	if (control)
		control->listed++;
	cell = map_find(&trend->cells, buf_str(&trend->text));
	if (!cell) {
		cell = arena_new(&trend->arena, uint64_t);
		key = arena_copy(&trend->arena, buf_str(&trend->text));
		if (!cell || !key.ptr || !map_set(&trend->cells, key, cell))
			return false;
	}
	++*cell;
	return true;
}

static bool
count_waived(struct trend *trend, struct value finding)
{
	struct value waiver = value_member(finding, STR("waiver"));
	struct str id = member_text(waiver, "id", &trend->scratch);
	struct trend_waiver *used;

	if (!id.ptr)
		return false;
	used = map_find(&trend->waivers, id);
	if (used)
		used->used++;
	return true;
}

static bool
count_finding(struct trend *trend, struct value finding)
{
	static const char *const verdicts[] = {"fail", "waived"};

	switch (member_word(finding, "verdict", verdicts, 2)) {
	case 0:
		return count_failure(trend, finding);
	case 1:
		return count_waived(trend, finding);
	}
	return true;
}

static bool
count_findings(struct trend *trend, struct tfa_error *err)
{
	struct str text = buf_str(&trend->whole.block.text);

	str_cut(text, '\n', &text);
	while (text.len) {
		struct str line = str_cut(text, '\n', &text);
		struct tfa_error why = {0};
		struct value finding;

		arena_reset(&trend->scratch);
		if (!value_read(&finding, line, &trend->scratch, &why))
			return error_set(err, TFA_ERR_PLAN,
			    "%s is damaged: a line is none of a replay",
			    trend->whole.file.name);
		if (!count_finding(trend, finding))
			return error_nomem(err);
	}
	return true;
}

/* --- The header --- */

static bool
add_waiver(struct trend *trend, struct value item)
{
	struct trend_waiver *waiver =
	    arena_new(&trend->arena, struct trend_waiver);
	struct arena *arena = &trend->arena;

	if (!waiver)
		return false;
	waiver->id = member_text(item, "id", arena);
	waiver->owner = member_text(item, "owner", arena);
	waiver->control = member_text(item, "control", arena);
	waiver->address = member_text(item, "address", arena);
	waiver->reason = member_text(item, "reason", arena);
	waiver->created = member_text(item, "created", arena);
	waiver->expires = member_text(item, "expires", arena);
	return waiver->id.ptr && waiver->owner.ptr && waiver->control.ptr &&
	    waiver->address.ptr && waiver->reason.ptr && waiver->created.ptr &&
	    waiver->expires.ptr && map_set(&trend->waivers, waiver->id, waiver);
}

static bool
read_header(struct trend *trend, struct tfa_error *err)
{
	struct tfa_error why = {0};
	struct value_iter it;
	struct str text;

	trend->text.len = 0;
	if (!buf_add(&trend->text, trend->whole.file.header) ||
	    !buf_byte(&trend->text, '}'))
		return error_nomem(err);
	text = arena_copy(&trend->arena, buf_str(&trend->text));
	if (!text.ptr ||
	    !value_read(&trend->header, text, &trend->arena, &why))
		return error_nomem(err);
	it = value_each(value_member(
	    value_member(trend->header, STR("waivers")), STR("items")));
	while (value_step(&it)) {
		if (!add_waiver(trend, it.value))
			return error_nomem(err);
	}
	return true;
}

/* --- The whole --- */

static bool
count_blocks(struct trend *trend, struct tfa_error *err)
{
	bool end;

	for (;;) {
		if (!whole_next(&trend->whole, &end, err))
			return false;
		if (end)
			return whole_finish(&trend->whole, err);
		arena_reset(&trend->scratch);
		if (!count_plan(trend, &trend->whole.block.plan))
			return error_nomem(err);
		if (!count_findings(trend, err))
			return false;
	}
}

bool
trend_read(
    struct trend *trend, const char *name, FILE *in, struct tfa_error *err)
{
	*trend = (struct trend){.last = STR("")};
	trend->undated.name = STR("");
	trend->undated.index = SIZE_MAX;
	return whole_open(&trend->whole, name, in, err) &&
	    read_header(trend, err) && whole_controls(&trend->whole, err) &&
	    add_controls(trend, err) && count_blocks(trend, err) &&
	    (trend_sort(trend) || error_nomem(err));
}

void
trend_free(struct trend *trend)
{
	whole_close(&trend->whole);
	map_free(&trend->months);
	map_free(&trend->controls);
	map_free(&trend->requirements);
	map_free(&trend->modules);
	map_free(&trend->cells);
	map_free(&trend->waivers);
	buf_free(&trend->text);
	arena_free(&trend->arena);
	arena_free(&trend->scratch);
}
