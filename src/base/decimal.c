#include "base/decimal.h"

/*
 * A number is 0.DDD * 10^point, where DDD are the digits of whole and then of
 * fraction, the first and the last of them not zero.  Zero has no digits.
 */
enum { EXPONENT_MOST = 1000000 };

static size_t
digits_at(struct str text, size_t from)
{
	size_t end = from;

	while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
		end++;
	return end - from;
}

static bool
exponent_read(int64_t *out, struct str text)
{
	bool negative = false;
	int64_t value = 0;
	size_t i = 0;

	if (text.len && (text.ptr[0] == '+' || text.ptr[0] == '-'))
		negative = text.ptr[i++] == '-';
	if (i == text.len || i + digits_at(text, i) != text.len)
		return false;
	for (; i < text.len; i++) {
		value = value * 10 + (text.ptr[i] - '0');
		if (value > EXPONENT_MOST)
			return false;
	}
	*out = negative ? -value : value;
	return true;
}

static void
trim(struct decimal *d)
{
	d->exponent += (int64_t)d->whole.len;
	while (d->whole.len && d->whole.ptr[0] == '0') {
		d->whole = str_from(d->whole, 1);
		d->exponent--;
	}
	while (!d->whole.len && d->fraction.len && d->fraction.ptr[0] == '0') {
		d->fraction = str_from(d->fraction, 1);
		d->exponent--;
	}
	while (d->fraction.len && d->fraction.ptr[d->fraction.len - 1] == '0')
		d->fraction.len--;
	while (!d->fraction.len && d->whole.len &&
	    d->whole.ptr[d->whole.len - 1] == '0')
		d->whole.len--;
	if (!d->whole.len && !d->fraction.len) {
		d->exponent = 0;
		d->negative = false;
	}
}

bool
decimal_read(struct decimal *out, struct str text)
{
	struct decimal d = {0};
	size_t i = 0;

	if (text.len && text.ptr[0] == '-') {
		d.negative = true;
		i++;
	}
	d.whole = (struct str){text.ptr + i, digits_at(text, i)};
	if (!d.whole.len || (d.whole.len > 1 && d.whole.ptr[0] == '0'))
		return false;
	i += d.whole.len;
	if (i < text.len && text.ptr[i] == '.') {
		d.fraction =
		    (struct str){text.ptr + i + 1, digits_at(text, i + 1)};
		if (!d.fraction.len)
			return false;
		i += 1 + d.fraction.len;
	}
	if (i < text.len) {
		if (text.ptr[i] != 'e' && text.ptr[i] != 'E')
			return false;
		if (!exponent_read(&d.exponent, str_from(text, i + 1)))
			return false;
	}
	trim(&d);
	*out = d;
	return true;
}

static char
digit(const struct decimal *d, size_t i)
{
	if (i < d->whole.len)
		return d->whole.ptr[i];
	i -= d->whole.len;
	return i < d->fraction.len ? d->fraction.ptr[i] : '0';
}

static size_t
digit_count(const struct decimal *d)
{
	return d->whole.len + d->fraction.len;
}

/* By size alone, without the sign. */
static int
magnitude_cmp(const struct decimal *a, const struct decimal *b)
{
	size_t a_len = digit_count(a), b_len = digit_count(b);
	size_t most = a_len > b_len ? a_len : b_len;

	if (!a_len || !b_len)
		return (a_len > 0) - (b_len > 0);
	if (a->exponent != b->exponent)
		return a->exponent < b->exponent ? -1 : 1;
	for (size_t i = 0; i < most; i++) {
		if (digit(a, i) != digit(b, i))
			return digit(a, i) < digit(b, i) ? -1 : 1;
	}
	return 0;
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? magnitude_cmp(b, a) : magnitude_cmp(a, b);
}

uint64_t
decimal_hash(struct str text, uint64_t seed)
{
	struct decimal d;
	uint64_t hash;

	if (!decimal_read(&d, text))
		return str_hash(text, seed);
	hash = seed ^ (uint64_t)d.exponent ^ (d.negative ? 0x5bd1e995 : 0);
	for (size_t i = 0; i < digit_count(&d); i++)
		hash = (hash ^ (uint64_t)digit(&d, i)) *
		    UINT64_C(0x100000001b3);
	return str_hash(STR(""), hash);
}
