/*
 * The base against others that do the same: Python's decimal (a table in
 * testdata), fnmatch, strstr, iconv, and plain definitions.
 */
#include <fnmatch.h>
#include <iconv.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/map.h"
#include "base/utf8.h"
#include "test/test.h"

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

/* --- Text --- */

/* The code-th text over the letters, the empty one first; its length. */
static size_t
spell(char *out, size_t code, const char *letters)
{
	size_t base = strlen(letters), len = 0;

	for (; code; code = (code - 1) / base)
		out[len++] = letters[(code - 1) % base];
	out[len] = '\0';
	return len;
}

enum { ALL_OF_FOUR = 1 + 4 + 16 + 64 + 256, ALL_OF_TWO = 1 + 2 + 4 + 8 + 16 };

START_TEST(a_glob_is_that_of_fnmatch)
{
	char pattern[16], text[16];
	size_t yes = 0;

	for (size_t p = 0; p < ALL_OF_FOUR; p++) {
		spell(pattern, p, "ab*?");
		for (size_t t = 0; t < ALL_OF_TWO; t++) {
			bool fits;

			spell(text, t, "ab");
			fits = fnmatch(pattern, text, FNM_NOESCAPE) == 0;
			ck_assert_msg(str_glob(str_of(pattern), str_of(text)) ==
				fits,
			    "%s %s", pattern, text);
			yes += fits;
		}
	}
	ck_assert_uint_gt(yes, 1000);
}
END_TEST

START_TEST(a_glob_has_no_classes_and_no_escapes)
{
	ck_assert(str_glob(STR("[a]"), STR("[a]")));
	ck_assert(!str_glob(STR("[a]"), STR("a")));
	ck_assert(str_glob(STR("\\*"), STR("\\x")));
	ck_assert(!str_glob(STR("\\*"), STR("*")));
	ck_assert(str_glob(STR("a?b"), STR("a\0b")));
	ck_assert(str_glob(STR("*"), STR("")));
	ck_assert(!str_glob(STR("?"), STR("")));
	ck_assert(str_glob(STR("?"), STR("\xc3\x84")));
	ck_assert(!str_glob(STR("??"), STR("\xe2\x82\xac")));
	ck_assert(!str_glob(STR("*??"), STR("\xe2\x82\xac")));
	ck_assert(str_glob(STR("*?b"), STR("a\xe2\x82\xac" "b")));
}
END_TEST

START_TEST(a_glob_of_many_stars_is_quick)
{
	char pattern[200], text[20000];

	for (size_t i = 0; i < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = 'b';
	ck_assert(!str_glob((struct str){pattern, sizeof(pattern)},
	    (struct str){text, sizeof(text)}));
	text[sizeof(text) - 1] = 'a';
	ck_assert(str_glob((struct str){pattern, sizeof(pattern)},
	    (struct str){text, sizeof(text)}));
}
END_TEST

START_TEST(parts_are_found_as_strstr_finds_them)
{
	char text[16], part[16];

	for (size_t t = 0; t < 200; t++) {
		spell(text, t, "ab");
		for (size_t p = 0; p < 31; p++) {
			size_t len = spell(part, p, "ab"), at = SIZE_MAX;
			const char *found = strstr(text, part);
			struct str s = str_of(text), w = str_of(part);

			ck_assert(str_find(s, w, &at) == (found != NULL));
			ck_assert(!found || at == (size_t)(found - text));
			ck_assert(str_starts(s, w) ==
			    (strncmp(text, part, len) == 0));
			ck_assert(str_ends(s, w) ==
			    (s.len >= len &&
				strcmp(text + s.len - len, part) == 0));
			ck_assert_int_eq(
			    sign(str_cmp(s, w)), sign(strcmp(text, part)));
			ck_assert(
			    str_eq(s, w) == (strcmp(text, part) == 0));
		}
	}
}
END_TEST

START_TEST(text_is_ordered_by_unsigned_bytes_and_may_hold_nul)
{
	ck_assert_int_lt(str_cmp(STR("z"), STR("\xc3\xa9")), 0);
	ck_assert_int_lt(str_cmp(STR("a"), STR("a\0")), 0);
	ck_assert_int_lt(str_cmp(STR("a\0a"), STR("a\0b")), 0);
	ck_assert(!str_eq(STR("a\0a"), STR("a\0b")));
	ck_assert(str_eq((struct str){NULL, 0}, STR("")));
	ck_assert_int_eq(str_cmp((struct str){NULL, 0}, STR("")), 0);
}
END_TEST

START_TEST(text_is_cut_at_the_first_separator)
{
	struct str rest = STR("host//type"), part;

	part = str_cut(rest, '/', &rest);
	ck_assert(str_eq(part, STR("host")) && str_eq(rest, STR("/type")));
	part = str_cut(rest, '/', &rest);
	ck_assert(str_eq(part, STR("")) && str_eq(rest, STR("type")));
	part = str_cut(rest, '/', &rest);
	ck_assert(str_eq(part, STR("type")) && rest.len == 0);
	part = str_cut(rest, '/', &rest);
	ck_assert(part.len == 0 && rest.len == 0);
}
END_TEST

START_TEST(a_hash_depends_on_bytes_length_and_seed_alone)
{
	char bytes[64] = {0}, moved[80];
	size_t clashes = 0;

	for (size_t len = 0; len < 64; len++) {
		uint64_t hash = str_hash((struct str){bytes, len}, 7);

		for (size_t shift = 0; shift < 9; shift++) {
			memset(moved, 0xee, sizeof(moved));
			memcpy(moved + shift, bytes, len);
			ck_assert_uint_eq(
			    str_hash((struct str){moved + shift, len}, 7),
			    hash);
		}
		ck_assert_uint_ne(str_hash((struct str){bytes, len}, 8), hash);
		if (len)
			clashes += hash ==
			    str_hash((struct str){bytes, len - 1}, 7);
	}
	ck_assert_uint_eq(clashes, 0);
}
END_TEST

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* By its definition. */
static size_t
edits(const char *a, const char *b)
{
	size_t least;

	if (!*a || !*b)
		return strlen(a) + strlen(b);
	least = edits(a + 1, b + 1) + (*a != *b);
	least = smaller(least, edits(a + 1, b) + 1);
	least = smaller(least, edits(a, b + 1) + 1);
	if (a[0] == b[1] && a[1] == b[0])
		least = smaller(least, edits(a + 2, b + 2) + 1);
	return least;
}

START_TEST(the_nearest_name_is_the_one_of_fewest_edits)
{
	static const char *const names[] = {"abba", "bab", "aabb", "b", "bbbb"};
	struct str list[COUNTOF(names)];
	char text[16];

	for (size_t i = 0; i < COUNTOF(names); i++)
		list[i] = str_of(names[i]);
	for (size_t t = 1; t < 1000; t++) {
		size_t len = spell(text, t, "ab"), least = len / 3 + 1;
		const char *nearest = NULL;
		struct str got =
		    str_nearest(str_of(text), list, COUNTOF(list));

		if (len > 6)
			continue;
		for (size_t i = 0; i < COUNTOF(names); i++) {
			if (edits(text, names[i]) < least) {
				least = edits(text, names[i]);
				nearest = names[i];
			}
		}
		ck_assert_msg(got.ptr == nearest, "%s: %.*s, not %s", text,
		    (int)got.len, got.ptr ? got.ptr : "", nearest);
	}
}
END_TEST

START_TEST(what_is_far_from_every_name_has_none)
{
	static const struct str names[] = {{"severity", 8}, {"title", 5}};
	char longest[100];

	ck_assert(str_eq(str_nearest(STR("severty"), names, 2), names[0]));
	ck_assert(str_eq(str_nearest(STR("tilte"), names, 1), STR("")));
	ck_assert_uint_eq(str_nearest(STR("resource"), names, 2).len, 0);
	ck_assert_uint_eq(str_nearest(STR(""), names, 2).len, 0);
	ck_assert_uint_eq(str_nearest(STR("title"), names, 0).len, 0);
	memset(longest, 'a', sizeof(longest));
	ck_assert_uint_eq(
	    str_nearest((struct str){longest, sizeof(longest)}, names, 2).len,
	    0);
}
END_TEST

/* --- Arenas --- */

/* One of them is larger than a chunk. */
static size_t
piece_size(size_t i)
{
	return i == 77 ? 100000 : (i * i * 37) % 5000;
}

static bool
is_filled(const unsigned char *bytes, int with, size_t size)
{
	return size == 0 ||
	    (bytes[0] == with && memcmp(bytes, bytes + 1, size - 1) == 0);
}

START_TEST(arena_memory_is_aligned_zeroed_and_not_shared)
{
	struct arena arena = {0};
	unsigned char *pieces[400];
	size_t total = 0;

	for (int round = 0; round < 3; round++) {
		total = 0;
		for (size_t i = 0; i < COUNTOF(pieces); i++) {
			size_t size = piece_size(i);
			unsigned char *piece = arena_alloc(&arena, size);

			ck_assert_ptr_nonnull(piece);
			ck_assert_uint_eq(
			    (uintptr_t)piece % alignof(max_align_t), 0);
			ck_assert(is_filled(piece, 0, size));
			memset(piece, (int)(i % 255 + 1), size);
			pieces[i] = piece;
			total += size;
		}
		for (size_t i = 0; i < COUNTOF(pieces); i++) {
			int byte = (int)(i % 255 + 1);

			ck_assert(is_filled(pieces[i], byte, piece_size(i)));
		}
		ck_assert_uint_ge(arena.used, total);
		ck_assert_uint_le(arena.used,
		    total + COUNTOF(pieces) * alignof(max_align_t));
		arena_reset(&arena);
		ck_assert_uint_eq(arena.used, 0);
	}
	arena_free(&arena);
	ck_assert_ptr_null(arena.chunk);
}
END_TEST

START_TEST(an_arena_keeps_to_its_limit)
{
	for (size_t limit = 1; limit < 5000; limit += 97) {
		struct arena arena = {.limit = limit};
		size_t got = 0;

		while (arena_alloc(&arena, 16))
			got += 16;
		ck_assert_uint_le(got, limit);
		ck_assert_uint_gt(got + 16 + alignof(max_align_t), limit);
		ck_assert_ptr_null(arena_alloc(&arena, limit));
		ck_assert_ptr_null(arena_copy(&arena, STR("sixteen or more.")).ptr);
		arena_reset(&arena);
		ck_assert(limit < 32 || arena_alloc(&arena, 16) != NULL);
		arena_free(&arena);
	}
}
END_TEST

START_TEST(sizes_that_cannot_be_are_no_memory)
{
	struct arena arena = {0};
	size_t cap = SIZE_MAX / 4;
	char *items = NULL;

	ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX));
	ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX - 20));
	ck_assert_ptr_null(arena_array(&arena, SIZE_MAX / 2, 3));
	ck_assert_ptr_null(arena_array(&arena, 3, SIZE_MAX / 2));
	ck_assert(!arena_grow(&arena, &items, cap, &cap, 8));
	ck_assert_ptr_null(items);
	ck_assert_ptr_nonnull(arena_array(&arena, 0, 8));
	ck_assert_ptr_nonnull(arena_array(&arena, 8, 0));
	arena_free(&arena);
}
END_TEST

START_TEST(a_copy_is_terminated_and_its_own)
{
	struct arena arena = {0};
	char text[] = "a\0b";
	struct str copy = arena_copy(&arena, (struct str){text, 3});
	struct str nothing = arena_copy(&arena, (struct str){NULL, 0});

	text[0] = 'x';
	ck_assert_uint_eq(copy.len, 3);
	ck_assert_mem_eq(copy.ptr, "a\0b\0", 4);
	ck_assert_ptr_nonnull(nothing.ptr);
	ck_assert_str_eq(nothing.ptr, "");
	arena_free(&arena);
}
END_TEST

START_TEST(an_array_in_an_arena_grows)
{
	struct arena arena = {0};
	uint32_t *items = NULL;
	size_t cap = 0;

	for (uint32_t i = 0; i < 10000; i++) {
		ck_assert(
		    arena_grow(&arena, &items, i, &cap, sizeof(*items)));
		ck_assert_uint_gt(cap, i);
		items[i] = i * 7;
	}
	for (uint32_t i = 0; i < 10000; i++)
		ck_assert_uint_eq(items[i], i * 7);
	arena_free(&arena);
}
END_TEST

START_TEST(a_joined_arena_lives_in_the_other)
{
	struct arena one = {0}, two = {0}, none = {0};
	struct str a = arena_copy(&one, STR("one"));
	struct str b = arena_copy(&two, STR("two"));
	size_t used = one.used + two.used;

	arena_join(&one, &two);
	arena_join(&one, &none);
	arena_free(&two);
	ck_assert_uint_eq(one.used, used);
	ck_assert_ptr_null(two.chunk);
	ck_assert_str_eq(a.ptr, "one");
	ck_assert_str_eq(b.ptr, "two");
	ck_assert_ptr_nonnull(arena_alloc(&two, 8));
	arena_join(&none, &one);
	ck_assert_str_eq(b.ptr, "two");
	arena_free(&none);
	arena_free(&two);
}
END_TEST

/* --- Bytes that grow --- */

START_TEST(bytes_add_up)
{
	struct buf buf = {0};
	char expected[4096] = "";

	for (int i = 0; i < 300; i++) {
		char part[32];

		snprintf(part, sizeof(part), "%d,%s", i, "ab");
		strcat(expected, part);
		ck_assert(buf_fmt(&buf, "%d,", i));
		ck_assert(buf_add(&buf, STR("a")) && buf_byte(&buf, 'b'));
	}
	ck_assert(buf_add(&buf, (struct str){NULL, 0}));
	ck_assert(str_eq(buf_str(&buf), str_of(expected)));
	ck_assert_uint_ge(buf.cap, buf.len);
	buf_free(&buf);
	ck_assert(!buf.ptr && !buf.len && !buf.cap && !buf.failed);
}
END_TEST

START_TEST(a_failed_append_sticks)
{
	struct buf buf = {0};

	ck_assert(buf_add(&buf, STR("kept")));
	ck_assert(!buf_reserve(&buf, SIZE_MAX - 2));
	ck_assert(buf.failed);
	ck_assert(!buf_byte(&buf, 'x'));
	ck_assert(!buf_fmt(&buf, "%d", 1));
	ck_assert(!buf_add(&buf, STR("")));
	ck_assert(str_eq(buf_str(&buf), STR("kept")));
	buf_free(&buf);
	ck_assert(buf_byte(&buf, 'x'));
	buf_free(&buf);
}
END_TEST

START_TEST(an_array_that_cannot_be_changes_nothing)
{
	uint64_t *items = NULL;
	size_t cap = 0;

	ck_assert(array_reserve(&items, &cap, 1, sizeof(*items)));
	ck_assert_uint_ge(cap, 1);
	items[0] = 5;
	ck_assert(!array_reserve(&items, &cap, SIZE_MAX / 4, sizeof(*items)));
	ck_assert(!array_reserve(&items, &cap, SIZE_MAX, sizeof(*items)));
	ck_assert_uint_eq(items[0], 5);
	ck_assert_uint_lt(cap, 100);
	free(items);
}
END_TEST

START_TEST(runes_are_those_of_iconv)
{
	iconv_t to_utf8 = iconv_open("UTF-8", "UTF-32LE");
	struct buf buf = {0};

	ck_assert(to_utf8 != (iconv_t)-1);
	for (uint32_t rune = 0; rune < 0x110000; rune += 1 + rune / 0x400) {
		unsigned char in[4] = {(unsigned char)rune,
		    (unsigned char)(rune >> 8), (unsigned char)(rune >> 16)};
		char out[8], *from = (char *)in, *to = out;
		size_t left = sizeof(in), room = sizeof(out);

		if (rune >= 0xd800 && rune < 0xe000)
			continue;
		ck_assert_uint_eq(iconv(to_utf8, &from, &left, &to, &room), 0);
		buf.len = 0;
		ck_assert(buf_rune(&buf, rune));
		ck_assert_uint_eq(buf.len, sizeof(out) - room);
		ck_assert_mem_eq(buf.ptr, out, buf.len);
	}
	iconv_close(to_utf8);
	buf_free(&buf);
}
END_TEST

/* --- Maps --- */

enum { KEYS = 10000, KEY_BYTES = 24 };

static struct str
key_of(char *keys, size_t i)
{
	char *key = keys + i * KEY_BYTES;

	return (struct str){key,
	    (size_t)snprintf(key, KEY_BYTES, "%zu%s", i / 2,
		i % 2 ? "" : "/key of some length")};
}

START_TEST(ten_thousand_keys_are_found_in_their_order)
{
	char *keys = calloc(KEYS, KEY_BYTES);
	size_t *values = calloc(KEYS, sizeof(*values));
	struct map map = {0};

	ck_assert(keys && values);
	for (size_t i = 0; i < KEYS; i++) {
		struct str key = key_of(keys, i);

		ck_assert_ptr_null(map_find(&map, key));
		ck_assert(map_set(&map, key, &values[i]));
		ck_assert_ptr_eq(map_find(&map, key), &values[i]);
	}
	/* Replacing keeps the place. */
	for (size_t i = 0; i < KEYS; i += 3) {
		char copy[KEY_BYTES];
		struct str key = key_of(keys, i);

		memcpy(copy, key.ptr, key.len);
		ck_assert(map_set(&map, (struct str){copy, key.len},
		    &values[KEYS - 1 - i]));
	}
	ck_assert_uint_eq(map.count, KEYS);
	for (size_t i = 0; i < KEYS; i++) {
		size_t *value = &values[i % 3 ? i : KEYS - 1 - i];

		ck_assert(str_eq(map.entries[i].key, key_of(keys, i)));
		ck_assert_ptr_eq(map.entries[i].value, value);
		ck_assert_ptr_eq(map_find(&map, key_of(keys, i)), value);
	}
	ck_assert_ptr_null(map_find(&map, STR("10001")));
	map_free(&map);
	ck_assert_ptr_null(map_find(&map, STR("1")));
	free(keys);
	free(values);
}
END_TEST

START_TEST(awkward_keys_are_keys)
{
	static const struct str keys[] = {{"", 0}, {"a", 1}, {"a\0", 2},
	    {"a\0b", 3}, {"\0", 1}, {"\xff", 1}, {"12", 2}, {"[\"a.b\"]", 7}};
	struct map map = {0};
	int values[COUNTOF(keys)];

	ck_assert_ptr_null(map_find(&map, keys[0]));
	for (size_t i = 0; i < COUNTOF(keys); i++)
		ck_assert(map_set(&map, keys[i], &values[i]));
	for (size_t i = 0; i < COUNTOF(keys); i++)
		ck_assert_ptr_eq(map_find(&map, keys[i]), &values[i]);
	ck_assert_ptr_eq(map_find(&map, (struct str){NULL, 0}), &values[0]);
	ck_assert_uint_eq(map.count, COUNTOF(keys));
	map_free(&map);
}
END_TEST

/* --- Decimals --- */

static struct decimal
number(const char *text)
{
	struct decimal d;

	ck_assert_msg(decimal_read(&d, str_of(text)), "%s", text);
	return d;
}

START_TEST(numbers_are_ordered_as_python_orders_them)
{
	FILE *file = fopen("testdata/base/order.tsv", "r");
	char a[256], b[256];
	int order;
	size_t pairs = 0;

	ck_assert_ptr_nonnull(file);
	while (fscanf(file, "%255s %255s %d", a, b, &order) == 3) {
		struct decimal x = number(a), y = number(b);

		ck_assert_msg(sign(decimal_cmp(&x, &y)) == order,
		    "%s and %s: not %d", a, b, order);
		ck_assert_int_eq(sign(decimal_cmp(&y, &x)), -order);
		ck_assert_int_eq(decimal_cmp(&x, &x), 0);
		if (order == 0)
			ck_assert_uint_eq(decimal_hash(str_of(a), 3),
			    decimal_hash(str_of(b), 3));
		else
			ck_assert_uint_ne(decimal_hash(str_of(a), 3),
			    decimal_hash(str_of(b), 3));
		pairs++;
	}
	ck_assert(feof(file) && !ferror(file));
	ck_assert_uint_gt(pairs, 800);
	fclose(file);
}
END_TEST

static const char *const no_numbers[] = {"", "-", "+1", "007", "-01", "00",
    "0x1", ".5", "5.", "1.e1", "1e", "1e+", "1e-", "e1", "1e1.5", "--1", "1-",
    "1 ", " 1", "1\n", "1,5", "1_000", "NaN", "Infinity", "-Infinity", "inf",
    "true", "1e1000001", "1e-1000001", "1e99999999999999999999999",
    "\xd9\xa1", "1e1e1", "0-", "-e1", "-.1"};

START_TEST(what_is_no_number_is_not_read)
{
	struct decimal d = {.exponent = 99};

	ck_assert_msg(!decimal_read(&d, str_of(no_numbers[_i])), "%s",
	    no_numbers[_i]);
	ck_assert_int_eq(d.exponent, 99);
	ck_assert(!decimal_read(&d, STR("1\0")));
	ck_assert(!decimal_read(&d, STR("1\0002")));
}
END_TEST

START_TEST(long_numbers_differ_in_their_last_digit)
{
	char a[5001], b[5001];
	struct decimal x, y;

	memset(a, '7', 5000);
	a[1] = '.';
	a[5000] = '\0';
	memcpy(b, a, sizeof(b));
	b[4999] = '8';
	x = number(a);
	y = number(b);
	ck_assert_int_lt(decimal_cmp(&x, &y), 0);
	ck_assert_uint_ne(
	    decimal_hash(str_of(a), 1), decimal_hash(str_of(b), 1));
	b[4999] = '7';
	ck_assert_int_eq(decimal_cmp(&x, &y), 0);
}
END_TEST

START_TEST(zero_has_no_sign)
{
	struct decimal zero = number("0"), minus = number("-0.00e12");
	struct decimal tiny = number("-1e-1000000"), small = number("1e-9");

	ck_assert_int_eq(decimal_cmp(&zero, &minus), 0);
	ck_assert_int_gt(decimal_cmp(&minus, &tiny), 0);
	ck_assert_int_lt(decimal_cmp(&minus, &small), 0);
	ck_assert_uint_eq(
	    decimal_hash(STR("0"), 5), decimal_hash(STR("-0.0"), 5));
}
END_TEST

/* --- Errors --- */

START_TEST(the_first_error_stays)
{
	struct tfa_error err = {0};

	ck_assert(!error_set(&err, TFA_ERR_PLAN, "at %d", 7));
	ck_assert(!error_set(&err, TFA_ERR_USAGE, "later"));
	ck_assert(!error_nomem(&err));
	ck_assert(!error_at(
	    &err, TFA_ERR_POLICY, STR("p.yaml"), (struct pos){1, 2}, "later"));
	ck_assert_int_eq(err.code, TFA_ERR_PLAN);
	ck_assert_str_eq(err.message, "at 7");
	ck_assert_str_eq(err.file, "");
	ck_assert_uint_eq(err.line, 0);
}
END_TEST

START_TEST(an_error_names_its_place)
{
	struct tfa_error err = {0};

	ck_assert(!error_at(&err, TFA_ERR_POLICY, STR("a/p.yaml"),
	    (struct pos){12, 5}, "unknown field \"" STR_FMT "\"",
	    STR_ARG(STR("severty"))));
	ck_assert_str_eq(err.file, "a/p.yaml");
	ck_assert_uint_eq(err.line, 12);
	ck_assert_uint_eq(err.column, 5);
	ck_assert_str_eq(err.message, "unknown field \"severty\"");
}
END_TEST

START_TEST(a_long_error_is_cut)
{
	struct tfa_error err = {0};
	char text[2000];

	memset(text, 'x', sizeof(text));
	error_at(&err, TFA_ERR_POLICY, (struct str){text, sizeof(text)},
	    (struct pos){1, 1}, STR_FMT,
	    STR_ARG(((struct str){text, sizeof(text)})));
	ck_assert_uint_eq(strlen(err.message), sizeof(err.message) - 1);
	ck_assert_uint_eq(strlen(err.file), sizeof(err.file) - 1);
	ck_assert_int_eq(err.code, TFA_ERR_POLICY);
}
END_TEST

START_TEST(a_code_has_its_exit_status)
{
	static const struct {
		enum tfa_error_code code;
		int status;
	} statuses[] = {
	    {TFA_ERR_USAGE,    2},
	    {TFA_ERR_POLICY,   2},
	    {TFA_ERR_PLAN,     3},
	    {TFA_ERR_REPORT,   5},
	    {TFA_ERR_LIMIT,    6},
	    {TFA_ERR_NOMEM,    6},
	    {TFA_ERR_INTERNAL, 6},
	    {TFA_ERR_NONE,     6},
	};

	for (size_t i = 0; i < COUNTOF(statuses); i++) {
		struct tfa_error err = {.code = statuses[i].code};

		ck_assert_int_eq(tfa_error_status(&err), statuses[i].status);
	}
}
END_TEST

static void
add_text(Suite *suite)
{
	TCase *tc = tcase_create("text");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_glob_is_that_of_fnmatch);
	tcase_add_test(tc, a_glob_has_no_classes_and_no_escapes);
	tcase_add_test(tc, a_glob_of_many_stars_is_quick);
	tcase_add_test(tc, parts_are_found_as_strstr_finds_them);
	tcase_add_test(
	    tc, text_is_ordered_by_unsigned_bytes_and_may_hold_nul);
	tcase_add_test(tc, text_is_cut_at_the_first_separator);
	tcase_add_test(tc, a_hash_depends_on_bytes_length_and_seed_alone);
	tcase_add_test(tc, the_nearest_name_is_the_one_of_fewest_edits);
	tcase_add_test(tc, what_is_far_from_every_name_has_none);
	suite_add_tcase(suite, tc);
}

static void
add_memory(Suite *suite)
{
	TCase *tc = tcase_create("memory");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, arena_memory_is_aligned_zeroed_and_not_shared);
	tcase_add_test(tc, an_arena_keeps_to_its_limit);
	tcase_add_test(tc, sizes_that_cannot_be_are_no_memory);
	tcase_add_test(tc, a_copy_is_terminated_and_its_own);
	tcase_add_test(tc, an_array_in_an_arena_grows);
	tcase_add_test(tc, a_joined_arena_lives_in_the_other);
	tcase_add_test(tc, bytes_add_up);
	tcase_add_test(tc, a_failed_append_sticks);
	tcase_add_test(tc, an_array_that_cannot_be_changes_nothing);
	tcase_add_test(tc, runes_are_those_of_iconv);
	tcase_add_test(tc, ten_thousand_keys_are_found_in_their_order);
	tcase_add_test(tc, awkward_keys_are_keys);
	suite_add_tcase(suite, tc);
}

/* --- utf8 --- */

static const struct {
	const char *bytes;
	size_t len;
	uint32_t rune;
} runes[] = {
    {"a",		 1, 'a'	},
    {"\xc3\xa9",	  2, 0xe9    },
    {"\xe2\x82\xac",     3, 0x20ac  },
    {"\xf0\x9f\x9a\x92", 4, 0x1f692 },
    {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
    {"\x80",	      0, 0	     },
    {"\xc0\x80",	  0, 0       },
    {"\xc3",	      0, 0	     },
    {"\xe0\x9f\xbf",     0, 0       },
    {"\xed\xa0\x80",     0, 0       },
    {"\xf4\x90\x80\x80", 0, 0	    },
    {"\xf0\x9f\x9a",     0, 0       },
};

START_TEST(a_character_is_read_or_refused)
{
	uint32_t rune = 0;

	ck_assert_uint_eq(
	    utf8_read(str_of(runes[_i].bytes), &rune), runes[_i].len);
	ck_assert_uint_eq(rune, runes[_i].rune);
}
END_TEST

START_TEST(characters_that_do_something_are_known)
{
	static const uint32_t active[] = {0, '\n', 0x1b, 0x7f, 0x9b, 0xad,
	    0x202e, 0x2028, 0x200b, 0xfeff, 0xfffe, 0x1ffff, 0xe0041};
	static const uint32_t still[] = {' ', '~', 0xa0, 0xe9, 0x20ac, 0xfffd};

	for (size_t i = 0; i < COUNTOF(active); i++)
		ck_assert_msg(rune_is_active(active[i]), "%x", active[i]);
	for (size_t i = 0; i < COUNTOF(still); i++)
		ck_assert_msg(!rune_is_active(still[i]), "%x", still[i]);
}
END_TEST

Suite *
suite_base(void)
{
	Suite *suite = suite_create("base");
	TCase *tc = tcase_create("numbers and errors");

	add_text(suite);
	add_memory(suite);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, numbers_are_ordered_as_python_orders_them);
	tcase_add_loop_test(
	    tc, what_is_no_number_is_not_read, 0, COUNTOF(no_numbers));
	tcase_add_test(tc, long_numbers_differ_in_their_last_digit);
	tcase_add_test(tc, zero_has_no_sign);
	tcase_add_test(tc, the_first_error_stays);
	tcase_add_test(tc, an_error_names_its_place);
	tcase_add_test(tc, a_long_error_is_cut);
	tcase_add_test(tc, a_code_has_its_exit_status);
	suite_add_tcase(suite, tc);
	tc = tcase_create("utf8");
	tcase_add_loop_test(
	    tc, a_character_is_read_or_refused, 0, COUNTOF(runes));
	tcase_add_test(tc, characters_that_do_something_are_known);
	suite_add_tcase(suite, tc);
	return suite;
}
