#include "base/str.h"

int
str_cmp(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least ? memcmp(a.ptr, b.ptr, least) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_head(s, prefix.len), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
	    str_eq(str_from(s, s.len - suffix.len), suffix);
}

bool
str_find(struct str s, struct str part, size_t *at)
{
	for (size_t i = 0; i + part.len <= s.len; i++) {
		if (str_eq((struct str){s.ptr + i, part.len}, part)) {
			*at = i;
			return true;
		}
	}
	return false;
}

struct str
str_cut(struct str s, char sep, struct str *rest)
{
	const char *at = s.len ? memchr(s.ptr, sep, s.len) : NULL;

	if (!at) {
		*rest = (struct str){NULL, 0};
		return s;
	}
	*rest = str_from(s, (size_t)(at - s.ptr) + 1);
	return str_head(s, (size_t)(at - s.ptr));
}

uint64_t
str_hash(struct str s, uint64_t seed)
{
	uint64_t hash = seed ^ (s.len * UINT64_C(0x9e3779b97f4a7c15));
	uint64_t word;

	while (s.len >= sizeof(word)) {
		memcpy(&word, s.ptr, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
		s = str_from(s, sizeof(word));
	}
	word = 0;
	if (s.len)
		memcpy(&word, s.ptr, s.len);
	hash = (hash ^ word) * UINT64_C(0xc4ceb9fe1a85ec53);
	hash ^= hash >> 29;
	hash *= UINT64_C(0xff51afd7ed558ccd);
	return hash ^ (hash >> 32);
}

bool
str_glob(struct str pattern, struct str s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, resume = 0;

	while (i < s.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = p++;
			resume = i;
		} else if (p < pattern.len && pattern.ptr[p] == '?') {
			p++;
			i++;
			while (i < s.len && (s.ptr[i] & 0xc0) == 0x80)
				i++;
		} else if (p < pattern.len && pattern.ptr[p] == s.ptr[i]) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++resume;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}

static size_t
least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Are the two bytes before a[i] and b[j] each other's, turned round? */
static bool
is_swapped(struct str a, size_t i, struct str b, size_t j)
{
	return i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
	    a.ptr[i - 2] == b.ptr[j - 1];
}

/*
 * Edits between two short texts, of which turning two bytes round is one;
 * anything longer is "far".
 */
static size_t
distance(struct str a, struct str b)
{
	enum { LONGEST = 64 };
	size_t rows[3][LONGEST + 1];

	if (a.len > LONGEST || b.len > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			row[j] = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
			row[j] = least_of(row[j], above[j] + 1);
			row[j] = least_of(row[j], row[j - 1] + 1);
			if (is_swapped(a, i, b, j))
				row[j] = least_of(
				    row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}

struct str
str_nearest(struct str text, const struct str *names, size_t count)
{
	struct str nearest = {NULL, 0};
	size_t least = text.len / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		size_t edits = distance(text, names[i]);

		if (edits < least) {
			least = edits;
			nearest = names[i];
		}
	}
	return nearest;
}
