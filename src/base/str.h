/*
 * Text as a pointer and a length.  A slice does not own its bytes, may hold
 * NUL, and is not terminated.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COUNTOF(array) (sizeof(array) / sizeof((array)[0]))

struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline struct str
str_of(const char *text)
{
	return (struct str){text, text ? strlen(text) : 0};
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* str_eq(s, str_of(text)); most differ in their first byte. */
static inline bool
str_is(struct str s, const char *text)
{
	if (s.len == 0)
		return text[0] == '\0';
	return s.ptr[0] == text[0] && str_eq(s, str_of(text));
}

/* Byte order; a prefix comes before what it begins. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_find(struct str s, struct str part, size_t *at);

static inline struct str
str_from(struct str s, size_t start)
{
	return (struct str){s.ptr + start, s.len - start};
}

static inline struct str
str_head(struct str s, size_t len)
{
	return (struct str){s.ptr, len};
}

/* What stands before the first sep; *rest is what follows it, or empty. */
struct str str_cut(struct str s, char sep, struct str *rest);

/* Not for hostile keys in large numbers: see map.h. */
uint64_t str_hash(struct str s, uint64_t seed);

/* "*" any run, "?" any one character; everything else is itself. */
bool str_glob(struct str pattern, struct str s);

/*
 * The entry of names (count of them) that text was most likely meant to be: at
 * most a third of it wrong.  Empty where none is near.
 */
struct str str_nearest(struct str text, const struct str *names, size_t count);

#endif
