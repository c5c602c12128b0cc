/* The orders in which a page shows what was counted. */
#include <stdlib.h>

#include "replay/trend.h"

static int
count_cmp(uint64_t a, uint64_t b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

/* By severity, then by failures. */
static int
control_cmp(const void *a, const void *b)
{
	const struct trend_control *left = *(void *const *)a;
	const struct trend_control *right = *(void *const *)b;
	int order = (int)left->severity - (int)right->severity;

	if (order == 0)
		order = count_cmp(left->failures.all, right->failures.all);
	return order ? order : str_cmp(left->id, right->id);
}

static int
requirement_cmp(const void *a, const void *b)
{
	const struct trend_requirement *left = *(void *const *)a;
	const struct trend_requirement *right = *(void *const *)b;
	int order = left->framework < right->framework	? -1
	    : left->framework > right->framework	? 1
							: 0;

	if (order == 0)
		order = count_cmp(left->failures.all, right->failures.all);
	return order ? order : str_cmp(left->name, right->name);
}

static int
module_cmp(const void *a, const void *b)
{
	const struct trend_module *left = *(void *const *)a;
	const struct trend_module *right = *(void *const *)b;
	int order = count_cmp(left->failures, right->failures);

	return order ? order : str_cmp(left->path, right->path);
}

static int
waiver_cmp(const void *a, const void *b)
{
	const struct trend_waiver *left = *(void *const *)a;
	const struct trend_waiver *right = *(void *const *)b;
	int order = str_cmp(left->expires, right->expires);

	return order ? order : str_cmp(left->id, right->id);
}

static int
month_cmp(const void *a, const void *b)
{
	const struct trend_month *left = *(void *const *)a;
	const struct trend_month *right = *(void *const *)b;

	return str_cmp(left->name, right->name);
}

static void **
sorted(const struct map *map, struct arena *arena,
    int (*cmp)(const void *a, const void *b))
{
	void **out = arena_array(arena, map->count + 1, sizeof(*out));

	for (size_t i = 0; out && i < map->count; i++)
		out[i] = map->entries[i].value;
	if (out && map->count)
		qsort(out, map->count, sizeof(*out), cmp);
	return out;
}

/* --- Months --- */

static struct str
name_of(const struct trend_month *month)
{
	return month->name;
}

/* Months since year 0, of a name that was checked. */
static size_t
month_number(struct str name)
{
	size_t number = 0, month;

	for (size_t i = 0; i < 4; i++)
		number = number * 10 + (size_t)(name.ptr[i] - '0');
	month = (size_t)(name.ptr[5] - '0') * 10 + (size_t)(name.ptr[6] - '0');
	return number * 12 + month - 1;
}

static struct trend_month *
empty_month(struct trend *trend, size_t number)
{
	struct trend_month *month =
	    arena_new(&trend->arena, struct trend_month);

	trend->text.len = 0;
	if (!month ||
	    !buf_fmt(&trend->text, "%04zu-%02zu", number / 12, number % 12 + 1))
		return NULL;
	month->index = SIZE_MAX;
	month->name = arena_copy(&trend->arena, buf_str(&trend->text));
	return month->name.ptr ? month : NULL;
}

/* Months without plans are on the axis too, unless that makes it too long. */
static bool
fill_axis(struct trend *trend, void **months, size_t count)
{
	size_t first = month_number(name_of(months[0]));
	size_t last = month_number(name_of(months[count - 1]));
	size_t next = 0;

	if (last - first >= TREND_MONTHS) {
		size_t skip = count > TREND_MONTHS ? count - TREND_MONTHS : 0;

		trend->axis = months + skip;
		trend->axis_count = count - skip;
		trend->axis_left_out = skip;
		return true;
	}
	trend->axis = arena_array(
	    &trend->arena, last - first + 1, sizeof(*trend->axis));
	if (!trend->axis)
		return false;
	for (size_t number = first; number <= last; number++) {
		bool is_next = month_number(name_of(months[next])) == number;
		void *month = is_next ? months[next++]
				      : empty_month(trend, number);

		if (!month)
			return false;
		trend->axis[trend->axis_count++] = month;
	}
	return true;
}

bool
trend_sort(struct trend *trend)
{
	struct arena *arena = &trend->arena;
	void **months = sorted(&trend->months, arena, month_cmp);

	trend->by_severity = sorted(&trend->controls, arena, control_cmp);
	trend->by_framework =
	    sorted(&trend->requirements, arena, requirement_cmp);
	trend->by_failures = sorted(&trend->modules, arena, module_cmp);
	trend->by_end = sorted(&trend->waivers, arena, waiver_cmp);
	return months && trend->by_severity && trend->by_framework &&
	    trend->by_failures && trend->by_end &&
	    (trend->months.count == 0 ||
		fill_axis(trend, months, trend->months.count));
}
