/*
 * Versions of engines are seldom those of Semantic Versioning, but their parts
 * compare alike: numbers by value, and words only for being the same.  What
 * cannot be ordered is said rather than guessed.
 */
#include "op/version.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_part(char c)
{
	return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static bool
is_number(struct str part)
{
	for (size_t i = 0; i < part.len; i++) {
		if (!is_digit(part.ptr[i]))
			return false;
	}
	return part.len > 0;
}

/* Dots with something between them. */
static bool
is_parts(struct str text, const char *others)
{
	bool empty = true;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '.' ? empty : !is_part(c) && !(c && strchr(others, c)))
			return false;
		empty = c == '.';
	}
	return !empty;
}

bool
version_read(struct version *out, struct str text)
{
	struct version version = {{NULL, 0}, {NULL, 0}};
	struct str build = {NULL, 0}, rest;
	size_t at;

	if (text.len && (text.ptr[0] == 'v' || text.ptr[0] == 'V'))
		text = str_from(text, 1);
	if (str_find(text, STR("+"), &at)) {
		build = str_from(text, at + 1);
		text = str_head(text, at);
		if (!is_parts(build, "-"))
			return false;
	}
	version.numbers = text;
	if (str_find(text, STR("-"), &at)) {
		version.numbers = str_head(text, at);
		version.before = str_from(text, at + 1);
		if (!is_parts(version.before, "-"))
			return false;
	}
	if (!is_parts(version.numbers, "") ||
	    !is_number(str_cut(version.numbers, '.', &rest)))
		return false;
	*out = version;
	return true;
}

static int
number_cmp(struct str a, struct str b)
{
	while (a.len && a.ptr[0] == '0')
		a = str_from(a, 1);
	while (b.len && b.ptr[0] == '0')
		b = str_from(b, 1);
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return str_cmp(a, b);
}

static bool
numbers_cmp(int *order, struct str a, struct str b)
{
	*order = 0;
	while (*order == 0 && (a.len || b.len)) {
		struct str x = str_cut(a, '.', &a), y = str_cut(b, '.', &b);

		if (str_eq(x, y))
			continue;
		if ((x.len && !is_number(x)) || (y.len && !is_number(y)))
			return false;
		*order = number_cmp(x, y);
	}
	return true;
}

/* A number comes before a word, and what has fewer parts comes first. */
static int
identifier_cmp(struct str a, struct str b)
{
	if (!a.len || !b.len)
		return (a.len > 0) - (b.len > 0);
	if (is_number(a) && is_number(b))
		return number_cmp(a, b);
	if (is_number(a) != is_number(b))
		return is_number(a) ? -1 : 1;
	return str_cmp(a, b);
}

static int
before_cmp(struct str a, struct str b)
{
	int order = 0;

	if (!a.len || !b.len)
		return (a.len == 0) - (b.len == 0);
	while (order == 0 && (a.len || b.len)) {
		struct str x = str_cut(a, '.', &a), y = str_cut(b, '.', &b);

		order = identifier_cmp(x, y);
	}
	return order;
}

bool
version_cmp(int *order, const struct version *a, const struct version *b)
{
	if (!numbers_cmp(order, a->numbers, b->numbers))
		return false;
	if (*order == 0)
		*order = before_cmp(a->before, b->before);
	return true;
}

static bool
read_value(struct version *out, struct value v, struct buf *scratch)
{
	if (value_kind(v) == NODE_NUMBER)
		return version_read(out, value_raw(v));
	return value_kind(v) == NODE_STRING &&
	    version_read(out, value_text(v, scratch));
}

/* One of the limits, such as at_least. */
static enum op_answer
ask(const struct version *have, struct value word, struct value limit,
    struct buf *scratch, const char **why)
{
	struct buf other = {0};
	struct version wanted;
	int order = 0;
	bool read = read_value(&wanted, limit, &other);
	bool ordered = read && version_cmp(&order, have, &wanted);

	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	if (!read) {
		*why = "is compared with what is no version";
		return ANSWER_INVALID;
	}
	if (ordered)
		return op_order_fits(word, order) ? ANSWER_YES : ANSWER_NO;
	if (value_is(word, STR("equals")))
		return ANSWER_NO;
	*why = "is a version of another kind, with no order between them";
	return ANSWER_INVALID;
}

enum op_answer
op_version(const struct seen *seen, const struct op_args *args,
    struct buf *scratch, const char **why)
{
	struct value_iter it = value_each(args->argument);
	enum op_answer result = ANSWER_YES;
	struct version have;

	if (!read_value(&have, seen->value, scratch)) {
		*why = "is no version such as 1.28 or 2.0.1-rc.1";
		return ANSWER_INVALID;
	}
	while (result != ANSWER_NO && value_step(&it)) {
		enum op_answer next = ask(
		    &have, it.key, it.value, scratch, why);

		if (next == ANSWER_NO || next == ANSWER_INVALID)
			result = next;
	}
	if (result != ANSWER_INVALID)
		*why = NULL;
	return result;
}
