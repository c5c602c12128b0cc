#include "base/decimal.h"
#include "op/op.h"

static bool
is_bool(struct value v)
{
	return value_kind(v) == NODE_TRUE || value_kind(v) == NODE_FALSE;
}

static bool
number_of(struct decimal *out, struct value v)
{
	if (value_kind(v) == NODE_NUMBER)
		return decimal_read(out, value_raw(v));
	return value_kind(v) == NODE_STRING &&
	    !(v.node->flags & NODE_ESCAPED) && decimal_read(out, value_raw(v));
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
same_ignoring_case(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

static bool
same_text(struct value a, struct value b, bool ignoring_case)
{
	struct buf one = {0}, two = {0};
	struct str x = value_text(a, &one), y = value_text(b, &two);
	bool same = x.ptr && y.ptr &&
	    (ignoring_case ? same_ignoring_case(x, y) : str_eq(x, y));

	buf_free(&one);
	buf_free(&two);
	return same;
}

/* A boolean against anything: only another, or its word. */
static bool
same_bool(struct value b, struct value v, bool strictly)
{
	bool yes = value_kind(b) == NODE_TRUE;

	if (is_bool(v))
		return value_kind(v) == value_kind(b);
	return !strictly && value_is(v, yes ? STR("true") : STR("false"));
}

static bool
same_scalar(struct value a, struct value b, const struct op_args *args)
{
	struct decimal x, y;

	if (value_kind(a) == NODE_NULL || value_kind(b) == NODE_NULL)
		return value_kind(a) == value_kind(b);
	if (is_bool(a))
		return same_bool(a, b, args->strictly);
	if (is_bool(b))
		return same_bool(b, a, args->strictly);
	if (value_kind(a) == NODE_STRING && value_kind(b) == NODE_STRING)
		return same_text(a, b, args->ignoring_case);
	if (args->strictly && value_kind(a) != value_kind(b))
		return false;
	return number_of(&x, a) && number_of(&y, b) && decimal_cmp(&x, &y) == 0;
}

static struct value
member_of(struct value object, struct value key)
{
	struct buf scratch = {0};
	struct str name = value_text(key, &scratch);
	struct value found =
	    name.ptr ? value_member(object, name) : VALUE_NONE;

	buf_free(&scratch);
	return found;
}

bool
value_equal(struct value a, struct value b, const struct op_args *args)
{
	struct value_iter left = value_each(a), right = value_each(b);

	if (!value_is_container(a) || !value_is_container(b))
		return !value_is_container(a) && !value_is_container(b) &&
		    a.node && b.node && same_scalar(a, b, args);
	if (left.object != right.object || left.left != right.left)
		return false;
	while (value_step(&left) && value_step(&right)) {
		struct value other = right.value;

		if (left.object)
			other = member_of(b, left.key);
		if (!other.node || !value_equal(left.value, other, args))
			return false;
	}
	return true;
}
