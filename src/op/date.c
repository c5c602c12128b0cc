/*
 * Dates are seconds since 1970 and the digits behind them, by the proleptic
 * Gregorian calendar; no clock and no time zone but the one that is written.
 */
#include "op/date.h"

enum { DAY = 24 * 60 * 60 };

/* Digits at text, count of them, from least to most. */
static bool
field_read(int *out, struct str *text, size_t count, int least, int most)
{
	int value = 0;

	if (text->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (text->ptr[i] < '0' || text->ptr[i] > '9')
			return false;
		value = value * 10 + (text->ptr[i] - '0');
	}
	*text = str_from(*text, count);
	*out = value;
	return value >= least && value <= most;
}

static bool
skip_any(struct str *text, const char *bytes)
{
	if (!text->len || !text->ptr[0] || !strchr(bytes, text->ptr[0]))
		return false;
	*text = str_from(*text, 1);
	return true;
}

static int
month_days(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01; years begin in March, so that a leap day ends one. */
static int64_t
days_since(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
	int64_t days = of_era * 365 + of_era / 4 - of_era / 100;

	return era * 146097 + days + of_year + day - 1 - 719468;
}

static bool
day_read(int64_t *out, struct str *text)
{
	int year, month, day;

	if (!field_read(&year, text, 4, 0, 9999) || !skip_any(text, "-") ||
	    !field_read(&month, text, 2, 1, 12) || !skip_any(text, "-") ||
	    !field_read(&day, text, 2, 1, month_days(year, month)))
		return false;
	*out = days_since(year, month, day);
	return true;
}

static bool
fraction_read(struct str *out, struct str *text)
{
	struct str digits = *text;
	size_t len = 0;

	while (len < text->len && text->ptr[len] >= '0' &&
	    text->ptr[len] <= '9')
		len++;
	*text = str_from(*text, len);
	*out = str_head(digits, len);
	while (out->len && out->ptr[out->len - 1] == '0')
		out->len--;
	return len > 0;
}

/* "Z" or "+02:00", in seconds east of Greenwich. */
static bool
zone_read(int *out, struct str *text)
{
	bool west = text->len && text->ptr[0] == '-';
	int hours, minutes;

	*out = 0;
	if (skip_any(text, "Zz"))
		return true;
	if (!skip_any(text, "+-") || !field_read(&hours, text, 2, 0, 23) ||
	    !skip_any(text, ":") || !field_read(&minutes, text, 2, 0, 59))
		return false;
	*out = (hours * 60 + minutes) * (west ? -60 : 60);
	return true;
}

bool
date_read(struct date *out, struct str text)
{
	struct date date = {0, {NULL, 0}, false};
	int hour, minute, second, east;
	int64_t days;

	if (!day_read(&days, &text))
		return false;
	date.seconds = days * DAY;
	date.day = text.len == 0;
	if (!date.day) {
		/* 60 is a leap second. */
		if (!skip_any(&text, "Tt ") ||
		    !field_read(&hour, &text, 2, 0, 23) ||
		    !skip_any(&text, ":") ||
		    !field_read(&minute, &text, 2, 0, 59) ||
		    !skip_any(&text, ":") ||
		    !field_read(&second, &text, 2, 0, 60) ||
		    (skip_any(&text, ".") &&
			!fraction_read(&date.fraction, &text)) ||
		    !zone_read(&east, &text) || text.len)
			return false;
		date.seconds += hour * 3600 + minute * 60 + second - east;
	}
	*out = date;
	return true;
}

static bool
unit_seconds(int64_t *out, struct str unit)
{
	static const struct {
		char letter;
		int seconds;
	} units[] = {{'h', 60 * 60}, {'d', DAY}, {'w', 7 * DAY}};

	for (size_t i = 0; i < COUNTOF(units); i++) {
		if (unit.len == 1 && unit.ptr[0] == units[i].letter) {
			*out = units[i].seconds;
			return true;
		}
	}
	return false;
}

bool
date_read_limit(struct date *out, bool *relative, struct str text)
{
	struct date date = {0, {NULL, 0}, false};
	int64_t unit;
	size_t digits = 0;
	bool back;
	int count;

	*relative = str_starts(text, STR("now"));
	if (!*relative)
		return date_read(out, text);
	text = str_from(text, STR("now").len);
	if (text.len) {
		back = text.ptr[0] == '-';
		if (!skip_any(&text, "+-"))
			return false;
		while (digits < text.len && digits < 7 &&
		    text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
			digits++;
		if (!digits ||
		    !field_read(&count, &text, digits, 0, 9999999) ||
		    !unit_seconds(&unit, text))
			return false;
		date.seconds = count * (back ? -unit : unit);
	}
	*out = date;
	return true;
}

int64_t
date_day(const struct date *date)
{
	int64_t days = date->seconds / DAY;

	return date->seconds % DAY < 0 ? days - 1 : days;
}

int
date_cmp(const struct date *a, const struct date *b)
{
	int64_t left = a->seconds, right = b->seconds;
	bool days = a->day || b->day;

	if (days) {
		left = date_day(a);
		right = date_day(b);
	}
	if (left != right)
		return left < right ? -1 : 1;
	return days ? 0 : str_cmp(a->fraction, b->fraction);
}

/* One of the limits, such as at_least. */
static enum op_answer
ask(const struct date *have, struct value word, struct value limit,
    const struct op_args *args, struct buf *scratch, const char **why)
{
	struct buf other = {0};
	struct date wanted;
	bool relative = false;
	bool read = value_kind(limit) == NODE_STRING &&
	    date_read_limit(&wanted, &relative, value_text(limit, &other));
	int order = 0;

	if (read && relative) {
		read = args->now != NULL;
		if (read) {
			wanted.seconds += args->now->seconds;
			wanted.fraction = args->now->fraction;
			wanted.day = args->now->day;
		}
	}
	if (read)
		order = date_cmp(have, &wanted);
	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	if (!read) {
		*why = "is compared with what is no date";
		return ANSWER_INVALID;
	}
	return op_order_fits(word, order) ? ANSWER_YES : ANSWER_NO;
}

enum op_answer
op_date(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = ANSWER_YES;
	struct date have;

	if (value_kind(seen->value) != NODE_STRING ||
	    !date_read(&have, value_text(seen->value, scratch))) {
		*why = "is no date such as 2026-01-31 or 2026-01-31T12:00:00Z";
		return ANSWER_INVALID;
	}
	while (result != ANSWER_NO && value_step(&it)) {
		enum op_answer next =
		    ask(&have, it.key, it.value, args, scratch, why);

		if (next != ANSWER_YES)
			result = next;
	}
	if (result != ANSWER_INVALID)
		*why = NULL;
	return result;
}
