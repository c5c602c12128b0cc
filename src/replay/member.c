/* Counts are what we have written: digits, without a sign or a point. */
#include "replay/member.h"

struct str
member_text(struct value object, const char *name, struct arena *arena)
{
	struct value value = value_member(object, str_of(name));

	return value_kind(value) == NODE_STRING ? value_copy_text(value, arena)
						: STR("");
}

bool
count_read(uint64_t *out, struct value value)
{
	struct str digits;

	*out = 0;
	if (value_kind(value) != NODE_NUMBER)
		return false;
	digits = value_raw(value);
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9' ||
		    *out > (UINT64_MAX - 9) / 10)
			return false;
		*out = *out * 10 + (uint64_t)(digits.ptr[i] - '0');
	}
	return true;
}

uint64_t
member_count(struct value object, const char *name)
{
	uint64_t count;

	return count_read(&count, value_member(object, str_of(name))) ? count
								      : 0;
}

size_t
member_word(struct value object, const char *name, const char *const *names,
    size_t count)
{
	struct value value = value_member(object, str_of(name));

	for (size_t i = 0; i < count && value_kind(value) == NODE_STRING; i++) {
		if (value_is(value, str_of(names[i])))
			return i;
	}
	return count;
}
