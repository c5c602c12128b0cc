/*
 * The tokenizer against JSONTestSuite, against jansson, and against itself with
 * the bytes cut in other places; values and the writer against jansson.
 */
#include <dirent.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "json/scan.h"
#include "json/write.h"
#include "test/test.h"

#define SUITE "testdata/json-test-suite/"

/* --- Helpers --- */

static void
read_path(struct buf *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	char bytes[4096];
	size_t len;

	ck_assert_msg(file != NULL, "cannot open %s", path);
	out->len = 0;
	while ((len = fread(bytes, 1, sizeof(bytes), file)) > 0)
		ck_assert(buf_add(out, (struct str){bytes, len}));
	ck_assert(buf_byte(out, '\0'));
	out->len--;
	fclose(file);
}

/* The same numbers on every machine. */
static uint32_t
next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

enum plan { SKIP_ALL, BUILD_ALL, ENTER_ALL, ENTER_SOME };

/* All that a handler is told, as text. */
struct record {
	enum plan plan;
	size_t depth;
	struct scan *scan;
	struct buf text;
	bool refuse_built;
};

static bool
record_start(void *ctx, struct str key, enum node_kind kind,
    enum scan_want *want, struct tfa_error *err)
{
	struct record *record = ctx;

	(void)err;
	ck_assert_int_eq(*want, SCAN_SKIP);
	buf_fmt(&record->text, "start %d at %llu of ", (int)kind,
	    (unsigned long long)scan_offset(record->scan));
	buf_add(&record->text, key);
	buf_byte(&record->text, '\n');
	if (record->plan == SKIP_ALL)
		return true;
	*want = SCAN_BUILD;
	if (record->plan == BUILD_ALL ||
	    (record->plan == ENTER_SOME && record->depth == 3))
		return true;
	if (record->plan == ENTER_SOME && record->depth == 2 && key.len % 2)
		*want = SCAN_SKIP;
	else if (kind >= NODE_ARRAY || record->plan == ENTER_SOME)
		*want = SCAN_ENTER;
	if (kind >= NODE_ARRAY && *want == SCAN_ENTER)
		record->depth++;
	return true;
}

static bool
record_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct record *record = ctx;
	const struct node *end = node_next(value.node);

	if (record->refuse_built)
		return error_set(err, TFA_ERR_USAGE, "no");
	for (const struct node *node = value.node; node < end; node++) {
		buf_fmt(&record->text, "%u %u %u %u ", node->kind, node->flags,
		    node->n, node->at);
		if (node->kind == NODE_STRING || node->kind == NODE_NUMBER)
			buf_add(&record->text,
			    value_raw((struct value){node, value.text}));
		buf_byte(&record->text, '\n');
	}
	return true;
}

static bool
record_end(void *ctx, struct tfa_error *err)
{
	struct record *record = ctx;

	(void)err;
	record->depth--;
	buf_add(&record->text, STR("end\n"));
	return true;
}

static const struct scan_handler recorder = {.start = record_start,
    .built = record_built,
    .end = record_end};

/* Scan text in pieces of so many bytes (0: whole). */
static bool
scan_pieces(struct record *record, const struct tfa_limits *limits,
    struct str text, size_t piece, struct tfa_error *err)
{
	struct scan *scan = scan_new(limits, &recorder, record);
	bool ok = true;

	ck_assert_ptr_nonnull(scan);
	record->scan = scan;
	record->depth = 0;
	record->text.len = 0;
	*err = (struct tfa_error){0};
	for (size_t at = 0; ok && at < text.len;) {
		size_t len = text.len - at, size = 0;
		struct tfa_error lost = {0};
		char *copy, *space = NULL;

		if (piece && len > piece)
			len = piece;
		/* Every second piece from where the scan wants it. */
		if (piece && at / piece % 2)
			space = scan_space(scan, &size, &lost);
		if (space && size >= len) {
			memcpy(space, text.ptr + at, len);
			ok = scan_feed(scan, space, len, err);
			at += len;
			continue;
		}
		/* A copy of its own, so that no byte beside it is read. */
		copy = malloc(len);
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, text.ptr + at, len);
		ok = scan_feed(scan, copy, len, err);
		free(copy);
		at += len;
	}
	/* A reader asks where to put bytes before it learns that none are left. */
	if (ok && piece) {
		struct tfa_error lost = {0};
		size_t size;
		char *space = scan_space(scan, &size, &lost);

		if (space)
			memset(space, "\"}],0"[piece % 5], size);
	}
	ok = ok && scan_finish(scan, err);
	if (ok)
		ck_assert(scan_complete(scan));
	ck_assert_int_eq(ok, err->code == TFA_ERR_NONE);
	scan_free(scan);
	return ok;
}

static bool
accepts(struct str text, size_t piece, struct tfa_error *err)
{
	struct record record = {.plan = BUILD_ALL};
	bool ok = scan_pieces(&record, NULL, text, piece, err);

	buf_free(&record.text);
	return ok;
}

static json_t *
second_reader(struct str text)
{
	return json_loadb(text.ptr, text.len,
	    JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
}

static void
assert_same_error(const struct tfa_error *a, const struct tfa_error *b)
{
	ck_assert_int_eq(a->code, b->code);
	ck_assert_str_eq(a->message, b->message);
	ck_assert_str_eq(a->pointer, b->pointer);
	ck_assert_uint_eq(a->offset, b->offset);
	ck_assert_uint_eq(a->line, b->line);
}

/* --- JSONTestSuite --- */

static char suite_files[400][80];
static int suite_count;

static int
name_compare(const void *left, const void *right)
{
	return strcmp(left, right);
}

static void
find_suite_files(void)
{
	DIR *folder = opendir(SUITE "test_parsing");
	struct dirent *entry;

	suite_count = 0;
	while (folder && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.' ||
		    suite_count == (int)COUNTOF(suite_files))
			continue;
		snprintf(suite_files[suite_count++], sizeof(suite_files[0]),
		    "%.79s", entry->d_name);
	}
	if (folder)
		closedir(folder);
	qsort(suite_files, (size_t)suite_count, sizeof(suite_files[0]),
	    name_compare);
}

/* Our answers where RFC 8259 leaves the choice: NULL is yes. */
static const struct {
	const char *name, *message;
} choices[] = {
    {"i_number_double_huge_neg_exp.json", NULL},
    {"i_number_huge_exp.json", NULL},
    {"i_number_neg_int_huge_exp.json", NULL},
    {"i_number_pos_double_huge_exp.json", NULL},
    {"i_number_real_neg_overflow.json", NULL},
    {"i_number_real_pos_overflow.json", NULL},
    {"i_number_real_underflow.json", NULL},
    {"i_number_too_big_neg_int.json", NULL},
    {"i_number_too_big_pos_int.json", NULL},
    {"i_number_very_big_negative_int.json", NULL},
    {"i_object_key_lone_2nd_surrogate.json", "lone surrogate"},
    {"i_string_1st_surrogate_but_2nd_missing.json", "lone surrogate"},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", "lone surrogate"},
    {"i_string_UTF-16LE_with_BOM.json", "expected a value"},
    {"i_string_UTF-8_invalid_sequence.json", "invalid UTF-8"},
    {"i_string_UTF8_surrogate_U+D800.json", "invalid UTF-8"},
    {"i_string_incomplete_surrogate_and_escape_valid.json",
	"lone surrogate"},
    {"i_string_incomplete_surrogate_pair.json", "lone surrogate"},
    {"i_string_incomplete_surrogates_escape_valid.json", "lone surrogate"},
    {"i_string_invalid_lonely_surrogate.json", "lone surrogate"},
    {"i_string_invalid_surrogate.json", "lone surrogate"},
    {"i_string_invalid_utf-8.json", "invalid UTF-8"},
    {"i_string_inverted_surrogates_U+1D11E.json", "lone surrogate"},
    {"i_string_iso_latin_1.json", "invalid UTF-8"},
    {"i_string_lone_second_surrogate.json", "lone surrogate"},
    {"i_string_lone_utf8_continuation_byte.json", "invalid UTF-8"},
    {"i_string_not_in_unicode_range.json", "invalid UTF-8"},
    {"i_string_overlong_sequence_2_bytes.json", "invalid UTF-8"},
    {"i_string_overlong_sequence_6_bytes.json", "invalid UTF-8"},
    {"i_string_overlong_sequence_6_bytes_null.json", "invalid UTF-8"},
    {"i_string_truncated-utf-8.json", "invalid UTF-8"},
    {"i_string_utf16BE_no_BOM.json", "expected a value"},
    {"i_string_utf16LE_no_BOM.json", "expected a value"},
    {"i_structure_500_nested_arrays.json", NULL},
    {"i_structure_UTF-8_BOM_empty_object.json", "expected a value"},
};

static const char *
choice_of(const char *name)
{
	for (size_t i = 0; i < COUNTOF(choices); i++) {
		if (strcmp(choices[i].name, name) == 0)
			return choices[i].message;
	}
	ck_abort_msg("no answer for %s", name);
	return NULL;
}

START_TEST(the_test_suite_is_whole)
{
	int yes = 0, no = 0, either = 0;

	for (int i = 0; i < suite_count; i++) {
		yes += suite_files[i][0] == 'y';
		no += suite_files[i][0] == 'n';
		either += suite_files[i][0] == 'i';
	}
	ck_assert_int_eq(yes, 95);
	ck_assert_int_eq(no, 188);
	ck_assert_int_eq(either, 35);
	ck_assert_uint_eq(COUNTOF(choices), 35);
}
END_TEST

static void
assert_second_reader(const char *name, struct str text, bool ok)
{
	/* It skips a NUL behind a number and reads no NUL in a name. */
	static const char *const known[] = {
	    "n_multidigit_number_then_00.json",
	    "y_object_escaped_null_in_key.json",
	};
	json_t *json = second_reader(text);
	bool same = (json != NULL) == ok;

	for (size_t i = 0; i < COUNTOF(known); i++)
		same = same || strcmp(known[i], name) == 0;
	ck_assert_msg(same, "%s: not as the second reader", name);
	json_decref(json);
}

START_TEST(a_file_of_the_test_suite_is_read_or_refused_however_it_is_cut)
{
	static const size_t pieces[] = {1, 2, 3, 7};
	const char *name = suite_files[_i];
	char path[200];
	struct buf text = {0};
	struct tfa_error whole, cut;
	bool ok;

	snprintf(path, sizeof(path), SUITE "test_parsing/%s", name);
	read_path(&text, path);
	ok = accepts(buf_str(&text), 0, &whole);
	if (name[0] == 'i')
		ck_assert_str_eq(choice_of(name) ? choice_of(name) : "",
		    whole.message);
	else
		ck_assert_msg(ok == (name[0] == 'y'), "%s: %s", name,
		    whole.message);
	for (size_t i = 0; i < COUNTOF(pieces); i++) {
		ck_assert_int_eq(ok,
		    accepts(buf_str(&text), pieces[i], &cut));
		assert_same_error(&whole, &cut);
	}
	if (name[0] != 'i')
		assert_second_reader(name, buf_str(&text), ok);
	buf_free(&text);
}
END_TEST

/* An error names the first byte that cannot be there: not the one before. */
START_TEST(a_file_is_refused_at_its_first_wrong_byte)
{
	char path[200];
	struct buf text = {0};
	struct tfa_error err, more = {0};
	struct record record = {.plan = SKIP_ALL};
	struct scan *scan;

	snprintf(path, sizeof(path), SUITE "test_parsing/%s", suite_files[_i]);
	read_path(&text, path);
	if (accepts(buf_str(&text), 0, &err) || err.code == TFA_ERR_LIMIT) {
		buf_free(&text);
		return;
	}
	scan = scan_new(NULL, &recorder, &record);
	ck_assert_ptr_nonnull(scan);
	record.scan = scan;
	ck_assert(scan_feed(scan, text.ptr, (size_t)err.offset, &more));
	if (err.offset < text.len)
		ck_assert(!scan_feed(scan, text.ptr + err.offset, 1, &more));
	else
		ck_assert(!scan_finish(scan, &more));
	ck_assert_uint_eq(more.offset, err.offset);
	scan_free(scan);
	buf_free(&record.text);
	buf_free(&text);
}
END_TEST

/* What is read, as written again; NULL: refused. */
static const struct {
	const char *name, *text;
	bool unique;
} transforms[] = {
    {"number_-9223372036854775808", "[-9223372036854775808]", true},
    {"number_-9223372036854775809", "[-9223372036854775809]", true},
    {"number_1.0", "[1.0]", true},
    {"number_1.000000000000000005", "[1.000000000000000005]", true},
    {"number_1000000000000000", "[1000000000000000]", true},
    {"number_10000000000000000999", "[10000000000000000999]", true},
    {"number_1e-999", "[1E-999]", true},
    {"number_1e6", "[1E6]", true},
    {"number_9223372036854775807", "[9223372036854775807]", true},
    {"number_9223372036854775808", "[9223372036854775808]", true},
    {"object_key_nfc_nfd",
	"{\"\xc3\xa9\":\"NFC\",\"e\xcc\x81\":\"NFD\"}", true},
    {"object_key_nfd_nfc",
	"{\"e\xcc\x81\":\"NFD\",\"\xc3\xa9\":\"NFC\"}", true},
    {"object_same_key_different_values", "{\"a\":1,\"a\":2}", false},
    {"object_same_key_same_value", "{\"a\":1,\"a\":1}", false},
    {"object_same_key_unclear_values", "{\"a\":0,\"a\":-0}", false},
    {"string_1_escaped_invalid_codepoint", NULL, true},
    {"string_1_invalid_codepoint", NULL, true},
    {"string_2_escaped_invalid_codepoints", NULL, true},
    {"string_2_invalid_codepoints", NULL, true},
    {"string_3_escaped_invalid_codepoints", NULL, true},
    {"string_3_invalid_codepoints", NULL, true},
    {"string_with_escaped_NULL", "[\"A\\u0000B\"]", true},
};

/* value as compact JSON. */
static void
print_value(struct buf *out, struct value value, bool pretty)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&bytes, &len);
	struct emit emit;

	ck_assert_ptr_nonnull(file);
	emit_init(&emit, file, pretty);
	emit_value(&emit, NULL, value);
	ck_assert(emit_finish(&emit));
	fclose(file);
	out->len = 0;
	ck_assert(buf_add(out, (struct str){bytes, len - 1}));
	ck_assert(buf_byte(out, '\0'));
	out->len--;
	free(bytes);
}

START_TEST(a_doubtful_text_keeps_its_meaning_or_is_refused)
{
	char path[200];
	struct buf text = {0}, scratch = {0};
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct value value, object;
	bool ok;

	snprintf(path, sizeof(path), SUITE "test_transform/%s.json",
	    transforms[_i].name);
	read_path(&text, path);
	ok = value_read(&value, buf_str(&text), &arena, &err);
	ck_assert_int_eq(ok, transforms[_i].text != NULL);
	if (ok) {
		ck_assert_int_eq(value_unique(value, &object, &scratch),
		    transforms[_i].unique);
		print_value(&text, value, false);
		ck_assert_str_eq(text.ptr, transforms[_i].text);
	}
	buf_free(&text);
	buf_free(&scratch);
	arena_free(&arena);
}
END_TEST

/* --- Documents of our own --- */

/* Everything that can be cut. */
static const char everything[] =
    " \r\n\t{\"plain\" : \"text longer than sixteen bytes, and more\",\n"
    "\"\\u006bey \\\\ \\\"\":[ ] , \"\":{ },\"n\":[0,-0,-1.50e+10,123456789,"
    "1E5,0.001, 12345678901234567890123456789 ,1e-7],\n\n"
    "\"w\":[true,false,null,[[[{\"a\":[{}]}]]]], \"\xc3\xa9\xe2\x82\xac"
    "\xf0\x9f\x98\x80\":\"\\ud83d\\ude00\\u0000\\/\\b\\f\\n\\r\\t\\u20AC\","
    "\"json\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}\","
    "\"edges\":\"\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"
    "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\",\"deep\":{\"a\":{\"b\":{\"c\":{\"d\":"
    "[1,[2,[3,{\"e\":\"f\"}]]]}}}},\"abc\":\"0123456789abcdef\"}\n  \n";

static const char *const documents[] = {
    NULL, /* everything */
    "testdata/plans/format/num.json",
    "testdata/plans/format/idx.json",
    "testdata/plans/format/dyn.json",
    "testdata/plans/format/deposed.json",
    "testdata/plans/format/last.json",
};

static void
read_document(struct buf *out, int which)
{
	if (documents[which])
		read_path(out, documents[which]);
	else
		ck_assert(buf_add(
		    out, (struct str){everything, sizeof(everything) - 1}));
}

START_TEST(the_handler_is_told_the_same_however_the_bytes_are_cut)
{
	static const enum plan ways[] = {
	    SKIP_ALL, BUILD_ALL, ENTER_ALL, ENTER_SOME};
	struct record whole = {.plan = ways[_i % 4]};
	struct record cut = {.plan = ways[_i % 4]};
	struct tfa_error err;
	struct buf text = {0};

	read_document(&text, _i / 4);
	ck_assert_msg(scan_pieces(&whole, NULL, buf_str(&text), 0, &err), "%s",
	    err.message);
	ck_assert_uint_gt(whole.text.len, 10);
	for (size_t piece = 1; piece <= 300; piece++) {
		ck_assert(scan_pieces(&cut, NULL, buf_str(&text), piece, &err));
		ck_assert_msg(str_eq(buf_str(&whole.text), buf_str(&cut.text)),
		    "pieces of %zu differ", piece);
	}
	buf_free(&whole.text);
	buf_free(&cut.text);
	buf_free(&text);
}
END_TEST

START_TEST(what_is_built_from_many_entered_parts_is_what_is_built_at_once)
{
	struct record parts = {.plan = ENTER_ALL};
	struct buf text = {0};
	struct tfa_error err;
	size_t scalars = 0, found = 0;
	struct arena arena = {0};
	struct value value;

	read_document(&text, _i);
	ck_assert(value_read(&value, buf_str(&text), &arena, &err));
	for (const struct node *node = value.node; node < node_next(value.node);
	     node++)
		scalars += node->kind < NODE_ARRAY;
	for (const struct node *node = value.node; node < node_next(value.node);
	     node++)
		scalars -= node->kind == NODE_OBJECT ? node->n : 0;
	ck_assert(scan_pieces(&parts, NULL, buf_str(&text), 0, &err));
	for (size_t i = 0; i + 6 < parts.text.len; i++)
		found += memcmp(parts.text.ptr + i, "\nstart ", 7) == 0 &&
		    parts.text.ptr[i + 7] < '0' + NODE_ARRAY;
	ck_assert_uint_eq(found, scalars);
	buf_free(&parts.text);
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

START_TEST(every_prefix_of_a_document_is_refused_at_its_end)
{
	struct buf text = {0};
	struct tfa_error err;
	size_t whole;

	read_document(&text, _i);
	whole = text.len;
	while (strchr(" \r\n\t", text.ptr[whole - 1]))
		whole--;
	for (size_t len = 0; len < whole; len++) {
		ck_assert(!accepts((struct str){text.ptr, len}, 0, &err));
		ck_assert_int_eq(err.code, TFA_ERR_PLAN);
		ck_assert_uint_eq(err.offset, len);
		ck_assert(strstr(err.message, len < 2 ? "empty" : "ends") ||
		    len <= 4);
	}
	ck_assert(accepts((struct str){text.ptr, whole}, 0, &err));
	buf_free(&text);
}
END_TEST

START_TEST(a_nul_byte_is_refused_wherever_it_stands)
{
	struct buf text = {0};
	char *copy;
	struct tfa_error err;

	read_document(&text, _i);
	copy = malloc(text.len + 1);
	ck_assert_ptr_nonnull(copy);
	for (size_t at = 0; at <= text.len; at++) {
		struct str with = {copy, text.len + 1};

		memcpy(copy, text.ptr, at);
		copy[at] = '\0';
		memcpy(copy + at + 1, text.ptr + at, text.len - at);
		ck_assert(!accepts(with, _i == 0 && at % 2, &err));
		ck_assert_int_eq(err.code, TFA_ERR_PLAN);
		ck_assert_uint_eq(err.offset, at);
	}
	free(copy);
	buf_free(&text);
}
END_TEST

START_TEST(only_blanks_may_follow_the_document)
{
	const char last = (char)_i;
	char text[] = {'[', ']', last};
	bool blank = last == ' ' || last == '\t' || last == '\n' ||
	    last == '\r';
	struct tfa_error err;

	ck_assert_int_eq(
	    accepts((struct str){text, sizeof(text)}, 0, &err), blank);
	if (!blank)
		ck_assert_uint_eq(err.offset, 2);
}
END_TEST

/* --- The second reader --- */

static void assert_equal(struct value value, json_t *json);

static void
assert_text(struct value value, const char *text, size_t len)
{
	struct buf scratch = {0};
	struct str s = value_text(value, &scratch);

	ck_assert_uint_eq(s.len, len);
	ck_assert_mem_eq(s.ptr, text, len);
	ck_assert(value_is(value, (struct str){text, len}));
	ck_assert(!value_is(value, (struct str){text, len - (len > 0)}) ||
	    len == 0);
	buf_free(&scratch);
}

static void
assert_members(struct value value, json_t *json)
{
	const char *key;
	json_t *member;
	struct value_iter it = value_each(value);

	ck_assert(json_is_object(json));
	ck_assert_uint_eq(value_count(value), json_object_size(json));
	json_object_foreach(json, key, member) {
		ck_assert(value_step(&it));
		assert_text(it.key, key, strlen(key));
		assert_equal(it.value, member);
		assert_equal(value_member(value, str_of(key)), member);
	}
	ck_assert(!value_step(&it));
}

static void
assert_equal(struct value value, json_t *json)
{
	char digits[512];
	size_t i;
	json_t *item;

	switch (value_kind(value)) {
	case NODE_NONE:
		ck_abort_msg("no value");
		break;
	case NODE_NULL:
		ck_assert(json_is_null(json));
		break;
	case NODE_FALSE:
		ck_assert(json_is_false(json));
		break;
	case NODE_TRUE:
		ck_assert(json_is_true(json));
		break;
	case NODE_NUMBER:
		ck_assert(json_is_real(json));
		snprintf(digits, sizeof(digits), STR_FMT,
		    STR_ARG(value_raw(value)));
		ck_assert(strtod(digits, NULL) == json_real_value(json));
		break;
	case NODE_STRING:
		ck_assert(json_is_string(json));
		assert_text(
		    value, json_string_value(json), json_string_length(json));
		break;
	case NODE_ARRAY:
		ck_assert(json_is_array(json));
		ck_assert_uint_eq(value_count(value), json_array_size(json));
		json_array_foreach(json, i, item)
			assert_equal(value_item(value, i), item);
		ck_assert_int_eq(
		    value_kind(value_item(value, i)), NODE_NONE);
		break;
	case NODE_OBJECT:
		assert_members(value, json);
		break;
	}
}

START_TEST(a_document_means_what_the_second_reader_says)
{
	struct buf text = {0}, scratch = {0};
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct value value, object;
	json_t *json;

	read_document(&text, _i);
	json = second_reader(buf_str(&text));
	ck_assert_ptr_nonnull(json);
	ck_assert(value_read(&value, buf_str(&text), &arena, &err));
	assert_equal(value, json);
	assert_equal(value_copy(value, &arena), json);
	ck_assert(value_unique(value, &object, &scratch));
	json_decref(json);
	buf_free(&text);
	buf_free(&scratch);
	arena_free(&arena);
}
END_TEST

static bool
reads_same(struct str text)
{
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct value value;
	json_t *json = second_reader(text);
	bool ok = value_read(&value, text, &arena, &err);

	if (ok != (json != NULL))
		return false;
	if (ok && value_is_container(value) &&
	    value_count(value) == json_object_size(json))
		assert_equal(value, json);
	json_decref(json);
	arena_free(&arena);
	return true;
}

/* Where they are known to differ: a NUL, a number past a double. */
static bool
is_comparable(struct str text)
{
	size_t at;

	return !memchr(text.ptr, 0, text.len) &&
	    !str_find(text, STR("\\u0000"), &at) &&
	    !str_find(text, STR("e1"), &at) && !str_find(text, STR("E"), &at);
}

START_TEST(a_damaged_document_is_refused_where_the_second_reader_refuses)
{
	static const char start[] =
	    "{\"a\":[1,-2.5,0,true,false,null,\"x\\u00e9\\ud83d\\ude00\"],"
	    "\"b\" : {\"\\n\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"},\"c\":"
	    "[[],{},[{}]]}";
	char bytes[sizeof(start) + 1];
	uint32_t state = 12345U + (uint32_t)_i;
	size_t compared = 0;

	for (int round = 0; round < 4000; round++) {
		size_t len = sizeof(start) - 1;
		uint32_t damage = 1 + next_random(&state) % 3;

		memcpy(bytes, start, sizeof(start));
		while (damage--) {
			size_t at = next_random(&state) % len;

			if (next_random(&state) % 2) {
				bytes[at] ^=
				    (char)(1 << next_random(&state) % 8);
			} else {
				memmove(bytes + at, bytes + at + 1,
				    len - at - 1);
				len--;
			}
		}
		if (!is_comparable((struct str){bytes, len}))
			continue;
		compared++;
		ck_assert_msg(reads_same((struct str){bytes, len}),
		    "differs: %.*s", (int)len, bytes);
	}
	ck_assert_uint_gt(compared, 2000);
}
END_TEST

/* --- Errors --- */

static const struct {
	const char *text, *message, *pointer;
	size_t offset, line;
} errors[] = {
    {"", "the document is empty", "", 0, 1},
    {" \n ", "the document is empty", "", 3, 2},
    {"x", "expected a value", "", 0, 1},
    {"\xef\xbb\xbf[]", "expected a value", "", 0, 1},
    {"[1", "the document ends inside a list", "/0", 2, 1},
    {"[1,", "the document ends inside a list", "/1", 3, 1},
    {"{\"a\"", "the document ends inside an object", "/a", 4, 1},
    {"{\"a\":\"b", "the document ends inside a string", "/a", 7, 1},
    {"{\"a\":\"\\u00", "the document ends inside a string", "/a", 10, 1},
    {"{\"a\":\"\xe2\x82", "the document ends inside a string", "/a", 8, 1},
    {"{\"a\":tr", "the document ends inside a word", "/a", 7, 1},
    {"{\"a\":-", "the document ends inside a number", "/a", 6, 1},
    {"{\"a", "the document ends inside a string", "", 3, 1},
    {"[] []", "a second document follows", "", 3, 1},
    {"[]\n]", "something follows the document", "", 3, 2},
    {"[1,]", "expected a value", "/1", 3, 1},
    {"[1 2]", "expected ',' or ']'", "/0", 3, 1},
    {"[1}", "expected ',' or ']'", "/0", 2, 1},
    {"{\"a\":1]", "expected ',' or '}'", "/a", 6, 1},
    {"{\"a\":1,}", "expected a member's name", "", 7, 1},
    {"{,", "expected a member's name or '}'", "", 1, 1},
    {"{\"a\" 1}", "expected ':'", "/a", 5, 1},
    {"{\"a\":tru}", "unknown word", "/a", 8, 1},
    {"{\"a\":nul]}", "unknown word", "/a", 8, 1},
    {"{\"a\":fals1}", "unknown word", "/a", 9, 1},
    {"[01]", "expected ',' or ']'", "/0", 2, 1},
    {"[1.]", "invalid number", "/0", 3, 1},
    {"[-]", "invalid number", "/0", 2, 1},
    {"[1e+]", "invalid number", "/0", 4, 1},
    {"[\"\\x\"]", "invalid escape", "/0", 3, 1},
    {"[\"\\u00g0\"]", "invalid escape", "/0", 6, 1},
    {"[\"\\ud800\"]", "lone surrogate", "/0", 8, 1},
    {"[\"\\ud800\\n\"]", "lone surrogate", "/0", 9, 1},
    {"[\"\\ud800\\u0041\"]", "lone surrogate", "/0", 10, 1},
    {"[\"\\ud800\\ud800\"]", "lone surrogate", "/0", 11, 1},
    {"[\"\\udc00\"]", "lone surrogate", "/0", 5, 1},
    {"[\"a\nb\"]", "control character in a string", "/0", 3, 1},
    {"[\"\x80\"]", "invalid UTF-8", "/0", 2, 1},
    {"[\"\xc0\x80\"]", "invalid UTF-8", "/0", 2, 1},
    {"[\"\xe0\x80\x80\"]", "invalid UTF-8", "/0", 3, 1},
    {"[\"\xed\xa0\x80\"]", "invalid UTF-8", "/0", 3, 1},
    {"[\"\xf0\x80\x80\x80\"]", "invalid UTF-8", "/0", 3, 1},
    {"[\"\xf4\x90\x80\x80\"]", "invalid UTF-8", "/0", 3, 1},
    {"[\"\xe2\x82!\"]", "invalid UTF-8", "/0", 4, 1},
    {"{\"a\":[{},{\"b/~\\u0001\":\n[0,0,\n\r\n!", "expected a value",
	"/a/1/b~1~0?/2", 31, 4},
    {"{\"a\":{\"b\":{}} !", "expected ',' or '}'", "/a", 14, 1},
    {"{\"a\":{\"b\":1},\"c\xff", "invalid UTF-8", "", 15, 1},
    {"{\"caf\xc3\xa9\":!", "expected a value", "/caf??", 9, 1},
    {"{\"\":!", "expected a value", "/", 4, 1},
};

START_TEST(an_error_says_what_and_where_however_the_bytes_are_cut)
{
	struct record record = {.plan = ENTER_ALL};
	struct str text = str_of(errors[_i].text);
	struct tfa_error whole, cut;

	ck_assert(!scan_pieces(&record, NULL, text, 0, &whole));
	ck_assert_int_eq(whole.code, TFA_ERR_PLAN);
	ck_assert_str_eq(whole.message, errors[_i].message);
	ck_assert_str_eq(whole.pointer, errors[_i].pointer);
	ck_assert_uint_eq(whole.offset, errors[_i].offset);
	ck_assert_uint_eq(whole.line, errors[_i].line);
	for (size_t piece = 1; piece < text.len; piece++) {
		ck_assert(!scan_pieces(&record, NULL, text, piece, &cut));
		assert_same_error(&whole, &cut);
	}
	buf_free(&record.text);
}
END_TEST

START_TEST(a_long_pointer_is_cut_to_fit)
{
	struct record record = {.plan = ENTER_ALL};
	struct buf text = {0};
	struct tfa_error err;

	for (int i = 0; i < 200; i++)
		buf_fmt(&text, "{\"%0*d~\":[0,", i, i);
	ck_assert(!scan_pieces(&record, NULL, buf_str(&text), 0, &err));
	ck_assert_uint_lt(strlen(err.pointer), sizeof(err.pointer));
	ck_assert_uint_gt(strlen(err.pointer), 200);
	ck_assert_mem_eq(err.pointer, "/0~0/1/1~0/1/02~0/1", 19);
	buf_free(&text);
	buf_free(&record.text);
}
END_TEST

START_TEST(what_the_handler_refuses_ends_the_scan)
{
	struct record record = {.plan = ENTER_ALL, .refuse_built = true};
	struct tfa_error err;

	ck_assert(!scan_pieces(&record, NULL, STR("[[], 1, 2]"), 0, &err));
	ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	ck_assert_str_eq(err.message, "no");
	buf_free(&record.text);
}
END_TEST

/* --- Limits --- */

static const struct {
	struct tfa_limits limits;
	enum plan plan;
	const char *fits, *over, *message;
	size_t offset, line;
} limits[] = {
    {{.depth = 3}, SKIP_ALL, "[[[0]],{\"a\":[]}]", "[[{\"a\":[]}]]",
	"nested deeper than 3 levels", 7, 1},
    {{.depth = 3}, BUILD_ALL, "[[[0]],{\"a\":[]}]", "[[\n{\"a\":[]}]]",
	"nested deeper than 3 levels", 8, 2},
    {{.number_bytes = 5}, BUILD_ALL, "[12345, -1e10, 1.000]", "[1, -12345]",
	"a number is longer than 5 bytes", 9, 1},
    {{.number_bytes = 5}, SKIP_ALL, "[12345, -1e10, 1.000]", "[1, 1.0000]",
	"a number is longer than 5 bytes", 9, 1},
    {{.value_bytes = 9}, BUILD_ALL, "  [\"abcde\"] ", "\n[\n\"abcdef\",\n\n1]",
	"a value is longer than 9 bytes", 10, 3},
    {{.value_bytes = 9}, BUILD_ALL, "123456789   ", "1234567890",
	"a value is longer than 9 bytes", 9, 1},
    {{.value_bytes = 9}, BUILD_ALL, "[\n\n\n\n\n\n1]",
	"[1\n\n\n\n\n\n\n\n\n\n]", "a value is longer than 9 bytes", 9, 8},
    {{.value_bytes = 9}, ENTER_ALL, "[\"1234567\",\"1234567\"]",
	"[1,1,1,1,1,1,\"12345678\"]", "a value is longer than 9 bytes", 22, 1},
    {{.value_bytes = 9}, BUILD_ALL, "[1234567]", "[1,2,3,[],;",
	"a value is longer than 9 bytes", 9, 1},
    {{.text_bytes = 4}, ENTER_ALL, "{\"abcd\":1,\"\\n\\t\":[\"abcde\"]}",
	"{\"abcde\":1}", "a member's name is longer than 4 bytes", 6, 1},
    {{.text_bytes = 4}, ENTER_ALL, "{\"abcd\":1}", "{\"a\":{\"abcde\xff\":1}}",
	"a member's name is longer than 4 bytes", 11, 1},
    {{.text_bytes = 4}, ENTER_ALL, "{\"abcd\":1}", "{\"abcde",
	"a member's name is longer than 4 bytes", 6, 1},
    {{.text_bytes = 4}, BUILD_ALL, "{\"abcdefgh\":1}", NULL, NULL, 0, 0},
    {{.text_bytes = 4}, SKIP_ALL, "{\"abcdefgh\":1}", NULL, NULL, 0, 0},
};

START_TEST(a_limit_bites_at_its_byte_however_the_bytes_are_cut)
{
	struct record record = {.plan = limits[_i].plan};
	struct tfa_error err;
	struct str over = str_of(limits[_i].over);

	for (size_t piece = 0; piece < 12; piece++)
		ck_assert_msg(scan_pieces(&record, &limits[_i].limits,
				  str_of(limits[_i].fits), piece, &err),
		    "%s", err.message);
	for (size_t piece = 0; over.ptr && piece < 12; piece++) {
		ck_assert(!scan_pieces(
		    &record, &limits[_i].limits, over, piece, &err));
		ck_assert_int_eq(err.code, TFA_ERR_LIMIT);
		ck_assert_str_eq(err.message, limits[_i].message);
		ck_assert_uint_eq(err.offset, limits[_i].offset);
		ck_assert_uint_eq(err.line, limits[_i].line);
	}
	buf_free(&record.text);
}
END_TEST

static void
repeat(struct buf *out, const char *text, size_t times)
{
	while (times--)
		ck_assert(buf_add(out, str_of(text)));
}

START_TEST(the_limits_have_the_defaults_of_the_header)
{
	struct record record = {.plan = ENTER_ALL};
	struct buf text = {0};
	struct tfa_error err;

	repeat(&text, "[", 1024);
	repeat(&text, "]", 1024);
	ck_assert(accepts(buf_str(&text), 0, &err));
	text.len = 0;
	repeat(&text, "[", 1025);
	ck_assert(!accepts(buf_str(&text), 0, &err));
	ck_assert_str_eq(err.message, "nested deeper than 1024 levels");
	ck_assert_uint_eq(err.offset, 1024);
	text.len = 0;
	repeat(&text, "1", 4096);
	ck_assert(accepts(buf_str(&text), 100, &err));
	repeat(&text, "1", 1);
	ck_assert(!accepts(buf_str(&text), 100, &err));
	ck_assert_str_eq(err.message, "a number is longer than 4096 bytes");
	text.len = 0;
	repeat(&text, "{\"", 1);
	repeat(&text, "x", (1 << 20) + 1);
	ck_assert(!scan_pieces(&record, NULL, buf_str(&text), 0, &err));
	ck_assert_str_eq(
	    err.message, "a member's name is longer than 1048576 bytes");
	text.len--;
	repeat(&text, "\":1}", 1);
	ck_assert(scan_pieces(&record, NULL, buf_str(&text), 0, &err));
	buf_free(&text);
	buf_free(&record.text);
}
END_TEST

static void *
read_deep(void *ctx)
{
	const struct tfa_limits *most = ctx;
	struct record record = {
	    .plan = most->value_bytes ? BUILD_ALL : SKIP_ALL};
	struct tfa_error err = {0};
	struct scan *scan = scan_new(most, &recorder, &record);
	char open[1000], close[1000];
	bool ok = true;

	record.scan = scan;
	memset(open, '[', sizeof(open));
	memset(close, ']', sizeof(close));
	for (int i = 0; ok && i < 1000; i++)
		ok = scan_feed(scan, open, sizeof(open), &err);
	for (int i = 0; ok && i < 1000; i++)
		ok = scan_feed(scan, close, sizeof(close), &err);
	ok = ok && scan_finish(scan, &err);
	scan_free(scan);
	buf_free(&record.text);
	ck_assert(ok || err.code == TFA_ERR_LIMIT);
	return ok ? NULL : ctx;
}

/* The handler's own record of a million nodes stays small enough, too. */
static const struct {
	struct tfa_limits limits;
	bool fits;
} depths[] = {
    {{.depth = 0}, false},
    {{.depth = 999999}, false},
    {{.depth = 1000000}, true},
    {{.depth = 1000000, .value_bytes = 2000000}, true},
    {{.depth = SIZE_MAX, .value_bytes = SIZE_MAX}, true},
};

START_TEST(a_million_levels_need_no_stack)
{
	pthread_t thread;
	pthread_attr_t attr;
	struct tfa_limits most = depths[_i].limits;
	void *result;

	ck_assert_int_eq(pthread_attr_init(&attr), 0);
	ck_assert_int_eq(pthread_attr_setstacksize(&attr, 256 * 1024), 0);
	ck_assert_int_eq(pthread_create(&thread, &attr, read_deep, &most), 0);
	ck_assert_int_eq(pthread_join(thread, &result), 0);
	pthread_attr_destroy(&attr);
	ck_assert_ptr_eq(result, depths[_i].fits ? NULL : &most);
}
END_TEST

static long
peak_kib(void)
{
	struct rusage usage;

	ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

START_TEST(a_skipped_string_of_any_length_needs_no_memory)
{
	struct record record = {.plan = _i ? ENTER_SOME : SKIP_ALL};
	struct tfa_error err = {0};
	struct scan *scan = scan_new(NULL, &recorder, &record);
	char piece[64 * 1024];
	long before;

	ck_assert_ptr_nonnull(scan);
	record.scan = scan;
	memset(piece, 'x', sizeof(piece));
	ck_assert(scan_feed(scan, "{\"aa\":{\"bbb\":[\"", 15, &err));
	ck_assert(scan_feed(scan, piece, sizeof(piece), &err));
	before = peak_kib();
	for (int i = 0; i < 800; i++)
		ck_assert(scan_feed(scan, piece, sizeof(piece), &err));
	ck_assert_int_lt(peak_kib() - before, 8 * 1024);
	ck_assert(scan_feed(scan, "\"]}}", 4, &err));
	ck_assert(scan_finish(scan, &err));
	scan_free(scan);
	buf_free(&record.text);
}
END_TEST

/* Every byte may be a node: brackets first, then what two bytes suffice for. */
static const struct {
	const char *open, *body, *close;
	size_t depth, times;
} dense[] = {
    {"[", "0,", "]", 1024, 50000},
    {"[", "[],", "]", 1023, 50000},
    {"{\"\":", "[1,2,{}],", "}", 1000, 1},
    {"[", "\"\",", "]", 1, 300000},
    {"[", "{},[[[[[]]]]],", "]", 1000, 20000},
};

START_TEST(nodes_never_outgrow_their_room)
{
	struct buf text = {0};
	struct tfa_error err;
	bool list = dense[_i].open[0] == '[';

	repeat(&text, dense[_i].open, dense[_i].depth);
	if (list)
		repeat(&text, dense[_i].body, dense[_i].times);
	repeat(&text, "7", 1);
	repeat(&text, dense[_i].close, dense[_i].depth);
	ck_assert(accepts(buf_str(&text), 0, &err));
	ck_assert(accepts(buf_str(&text), 999, &err));
	ck_assert(accepts(buf_str(&text), 65536, &err));
	buf_free(&text);
}
END_TEST

/* --- Names --- */

static const struct {
	const char *text, *object; /* the object with the duplicate, or NULL */
} names[] = {
    {"1", NULL},
    {"[]", NULL},
    {"{\"a\":1}", NULL},
    {"{\"a\":1,\"b\":1,\"c\":{\"a\":1}}", NULL},
    {"{\"b\":1,\"a\":1,\"A\":1,\"\":1,\"aa\":1}", NULL},
    {"{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":1}"},
    {"{\"b\":1,\"a\":1,\"b\":2}", "{\"b\":1,\"a\":1,\"b\":2}"},
    {"{\"a\":1,\"\\u0061\":2}", "{\"a\":1,\"a\":2}"},
    {"{\"\\/\":1,\"/\":2}", "{\"/\":1,\"/\":2}"},
    {"{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}",
	"{\"\xf0\x9f\x98\x80\":1,\"\xf0\x9f\x98\x80\":2}"},
    {"{\"a\\u0000\":1,\"a\":2}", NULL},
    {"{\"a\\u0000\":1,\"a\":2,\"a\\u0000\":3}",
	"{\"a\\u0000\":1,\"a\":2,\"a\\u0000\":3}"},
    {"{\"\":1,\"\":2}", "{\"\":1,\"\":2}"},
    {"[0,{\"x\":[{\"y\":1},{\"y\":{},\"y\":[]}]}]", "{\"y\":{},\"y\":[]}"},
    {"{\"a\":{\"b\":1,\"b\":1},\"c\":1}", "{\"b\":1,\"b\":1}"},
};

START_TEST(a_name_that_stands_twice_is_found)
{
	struct arena arena = {0};
	struct buf scratch = {0}, text = {0};
	struct tfa_error err = {0};
	struct value value, object = VALUE_NONE;
	bool unique;

	ck_assert(value_read(&value, str_of(names[_i].text), &arena, &err));
	unique = value_unique(value, &object, &scratch);
	ck_assert_int_eq(unique, names[_i].object == NULL);
	ck_assert(!scratch.failed);
	if (!unique) {
		print_value(&text, object, false);
		ck_assert_str_eq(text.ptr, names[_i].object);
	}
	buf_free(&scratch);
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

/* Names of up to three letters, some written with escapes. */
START_TEST(duplicates_are_those_of_the_decoded_names)
{
	uint32_t state = 99U + (uint32_t)_i;
	struct arena arena = {0};
	struct buf text = {0}, scratch = {0};

	for (int round = 0; round < 300; round++) {
		char wanted[60][8];
		size_t count = next_random(&state) % 60;
		bool unique = true;
		struct tfa_error err = {0};
		struct value value, object;

		text.len = 0;
		buf_byte(&text, '{');
		for (size_t i = 0; i < count; i++) {
			uint32_t most = _i ? 30000 : 90;

			snprintf(wanted[i], sizeof(wanted[i]), "%x",
			    (unsigned)(next_random(&state) % most));
			for (size_t j = 0; j < i; j++)
				unique = unique &&
				    strcmp(wanted[i], wanted[j]) != 0;
			buf_add(&text, i ? STR(",\"") : STR("\""));
			for (const char *c = wanted[i]; *c; c++)
				buf_fmt(&text,
				    next_random(&state) % 8 ? "%c" : "\\u%04x",
				    *c);
			buf_add(&text, STR("\":[]"));
		}
		buf_byte(&text, '}');
		ck_assert(value_read(&value, buf_str(&text), &arena, &err));
		ck_assert_int_eq(
		    value_unique(value, &object, &scratch), unique);
		for (size_t i = 0; i < count; i++)
			ck_assert_int_eq(value_kind(value_member(value,
					     str_of(wanted[i]))),
			    NODE_ARRAY);
		ck_assert_int_eq(
		    value_kind(value_member(value, STR("zz"))), NODE_NONE);
		arena_reset(&arena);
	}
	buf_free(&text);
	buf_free(&scratch);
	arena_free(&arena);
}
END_TEST

/* --- Made values --- */

START_TEST(a_made_value_holds_its_text_as_it_is)
{
	struct make make = {0};
	struct arena arena = {0}, other = {0};
	struct buf text = {0};
	struct tfa_error err = {0};
	struct value read, made, copy;

	ck_assert(value_read(
	    &read, STR("[0,{\"\\u0061\":[\"\\\"\"]}]"), &other, &err));
	make_open(&make, NODE_OBJECT);
	make_string(&make, STR("back\\slash"));
	make_open(&make, NODE_ARRAY);
	make_scalar(&make, NODE_NULL);
	make_number(&make, STR("1.50"));
	make_string(&make, STR("\\u0061\n\""));
	make_open(&make, NODE_OBJECT);
	make_close(&make);
	make_value(&make, value_item(read, 1));
	make_close(&make);
	make_string(&make, STR("t"));
	make_scalar(&make, NODE_TRUE);
	make_close(&make);
	arena_free(&other);
	made = make_done(&make, &arena);
	make_free(&make);
	copy = value_copy(made, &arena);
	ck_assert_uint_eq(value_count(copy), 2);
	read = value_member(copy, STR("back\\slash"));
	ck_assert_uint_eq(value_count(read), 5);
	ck_assert(value_is(value_item(read, 2), STR("\\u0061\n\"")));
	print_value(&text, copy, false);
	ck_assert_str_eq(text.ptr,
	    "{\"back\\\\slash\":[null,1.50,\"\\\\u0061\\u000a\\\"\",{},"
	    "{\"a\":[\"\\\"\"]}],\"t\":true}");
	/* A part of it, without the rest of its text. */
	read = value_copy(value_item(read, 4), &arena);
	print_value(&text, read, false);
	ck_assert_str_eq(text.ptr, "{\"a\":[\"\\\"\"]}");
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

START_TEST(what_cannot_be_made_is_no_value)
{
	struct make make = {0};
	struct arena arena = {0};

	ck_assert_int_eq(value_kind(make_done(&make, &arena)), NODE_NONE);
	for (size_t i = 0; i < COUNTOF(make.open) + 1; i++)
		make_open(&make, NODE_ARRAY);
	ck_assert(make.failed);
	for (size_t i = 0; i < COUNTOF(make.open) + 1; i++)
		make_close(&make);
	ck_assert_int_eq(value_kind(make_done(&make, &arena)), NODE_NONE);
	make_free(&make);
	make_open(&make, NODE_ARRAY);
	ck_assert_int_eq(value_kind(make_done(&make, &arena)), NODE_NONE);
	make_free(&make);
	arena_free(&arena);
}
END_TEST

START_TEST(too_little_memory_is_said_and_never_a_wrong_value)
{
	struct tfa_error err = {0};
	struct value value;
	size_t limit = 1;

	for (;; limit++) {
		struct arena arena = {.limit = limit};
		struct str text = {everything, sizeof(everything) - 1};
		bool ok = value_read(&value, text, &arena, &err);

		arena_free(&arena);
		if (ok)
			break;
		ck_assert_int_eq(err.code, TFA_ERR_NOMEM);
		err = (struct tfa_error){0};
	}
	ck_assert_uint_gt(limit, 1000);
}
END_TEST

START_TEST(no_value_has_no_parts)
{
	struct arena arena = {0};
	struct buf scratch = {0};
	struct value object;

	ck_assert_int_eq(value_kind(value_copy(VALUE_NONE, &arena)), NODE_NONE);
	ck_assert(!value_is(VALUE_NONE, STR("")));
	ck_assert_int_eq(
	    value_kind(value_member(VALUE_NONE, STR("a"))), NODE_NONE);
	ck_assert_int_eq(value_kind(value_item(VALUE_NONE, 0)), NODE_NONE);
	ck_assert(value_unique(VALUE_NONE, &object, &scratch));
	arena_free(&arena);
}
END_TEST

/* --- Writing --- */

START_TEST(a_document_that_is_written_again_means_the_same)
{
	struct buf text = {0};
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct value value;
	json_t *before, *after;

	read_document(&text, _i / 2);
	before = second_reader(buf_str(&text));
	ck_assert_ptr_nonnull(before);
	ck_assert(value_read(&value, buf_str(&text), &arena, &err));
	print_value(&text, value, _i % 2);
	ck_assert_int_eq(strchr(text.ptr, '\n') != NULL, _i % 2);
	after = second_reader(buf_str(&text));
	ck_assert_ptr_nonnull(after);
	ck_assert(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *text, *written;
} hostile[] = {
    {"", "\"\""},
    {"plain \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
	"\"plain \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""},
    {"\"\\/", "\"\\\"\\\\/\""},
    {"\b\f\n\r\t\x1b[31m\x7f",
	"\"\\u0008\\u000c\\u000a\\u000d\\u0009\\u001b[31m\\u007f\""},
    {"\xc2\x85\xc2\x9b", "\"\\u0085\\u009b\""},
    {"\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf",
	"\"\\u202e\\u2066\\u200b\\ufeff\""},
    {"\xe2\x80\xa8\xe2\x80\xa9", "\"\\u2028\\u2029\""},
    {"\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""},
    {"##[error]", "\"#\\u0023[error]\""},
    {"###[x", "\"#\\u0023\\u0023[x\""},
    {"# #", "\"# #\""},
    {"a\xff" "b", "\"a\\ufffdb\""},
    {"\xc3", "\"\\ufffd\""},
    {"\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\""},
    {"\xe0\x80\xa2", "\"\\ufffd\\ufffd\\ufffd\""},
    {"\xc0\xa2\"", "\"\\ufffd\\ufffd\\\"\""},
    {"\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\""},
    {"\xef\xbf\xbd", "\"\xef\xbf\xbd\""},
};

START_TEST(hostile_text_is_written_so_that_it_does_nothing)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&bytes, &len);
	struct emit emit;

	ck_assert_ptr_nonnull(file);
	emit_init(&emit, file, false);
	emit_str(&emit, NULL, str_of(hostile[_i].text));
	ck_assert(emit_finish(&emit));
	fclose(file);
	ck_assert_uint_eq(len, strlen(hostile[_i].written) + 1);
	ck_assert_mem_eq(bytes, hostile[_i].written, len - 1);
	free(bytes);
}
END_TEST

static void
emit_sample(struct emit *emit, struct value value)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "s", STR("x"));
	emit_open(emit, "list", '[');
	emit_uint(emit, NULL, UINT64_MAX);
	emit_bool(emit, NULL, false);
	emit_open(emit, NULL, '{');
	emit_close(emit, '}');
	emit_value(emit, NULL, VALUE_NONE);
	emit_close(emit, ']');
	emit_value(emit, "v", value);
	emit_value(emit, "none", VALUE_NONE);
	emit_open(emit, "empty", '[');
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static const char *const samples[] = {
    "{\"s\":\"x\",\"list\":[18446744073709551615,false,{},null],"
    "\"v\":{\"a\":[1,{\"b\":\"\"}],\"c\":[]},\"none\":null,\"empty\":[]}\n",
    "{\n  \"s\": \"x\",\n  \"list\": [\n    18446744073709551615,\n"
    "    false,\n    {},\n    null\n  ],\n  \"v\": {\n    \"a\": [\n"
    "      1,\n      {\n        \"b\": \"\"\n      }\n    ],\n"
    "    \"c\": []\n  },\n  \"none\": null,\n  \"empty\": []\n}\n",
};

START_TEST(a_document_is_written_compact_or_pretty)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&bytes, &len);
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct value value;
	struct emit emit;

	ck_assert_ptr_nonnull(file);
	ck_assert(value_read(
	    &value, STR("{\"a\":[1,{\"b\":\"\"}],\"c\":[]}"), &arena, &err));
	emit_init(&emit, file, _i);
	emit_sample(&emit, value);
	ck_assert(emit_finish(&emit));
	fclose(file);
	ck_assert_str_eq(bytes, samples[_i]);
	free(bytes);
	arena_free(&arena);
}
END_TEST

START_TEST(a_failed_write_is_told_at_the_end)
{
	FILE *file = fopen("/dev/full", "w");
	struct emit emit;

	if (!file)
		return;
	emit_init(&emit, file, false);
	emit_str(&emit, NULL, STR("x"));
	ck_assert(!emit_finish(&emit));
	fclose(file);
}
END_TEST

Suite *
suite_json(void)
{
	Suite *suite = suite_create("json");
	TCase *scan = tcase_create("scan"), *value = tcase_create("value");
	TCase *write = tcase_create("write");
	const int all = (int)COUNTOF(documents);

	find_suite_files();
	tcase_set_timeout(scan, 120);
	tcase_add_test(scan, the_test_suite_is_whole);
	tcase_add_loop_test(scan,
	    a_file_of_the_test_suite_is_read_or_refused_however_it_is_cut, 0,
	    suite_count);
	tcase_add_loop_test(
	    scan, a_file_is_refused_at_its_first_wrong_byte, 0, suite_count);
	tcase_add_loop_test(scan,
	    a_doubtful_text_keeps_its_meaning_or_is_refused, 0,
	    COUNTOF(transforms));
	tcase_add_loop_test(scan,
	    the_handler_is_told_the_same_however_the_bytes_are_cut, 0,
	    all * 4);
	tcase_add_loop_test(scan,
	    what_is_built_from_many_entered_parts_is_what_is_built_at_once, 0,
	    all);
	tcase_add_loop_test(
	    scan, every_prefix_of_a_document_is_refused_at_its_end, 0, all);
	tcase_add_loop_test(
	    scan, a_nul_byte_is_refused_wherever_it_stands, 0, all);
	tcase_add_loop_test(scan, only_blanks_may_follow_the_document, 0, 256);
	tcase_add_loop_test(scan,
	    a_damaged_document_is_refused_where_the_second_reader_refuses, 0,
	    4);
	tcase_add_loop_test(scan,
	    an_error_says_what_and_where_however_the_bytes_are_cut, 0,
	    COUNTOF(errors));
	tcase_add_test(scan, a_long_pointer_is_cut_to_fit);
	tcase_add_test(scan, what_the_handler_refuses_ends_the_scan);
	tcase_add_loop_test(scan,
	    a_limit_bites_at_its_byte_however_the_bytes_are_cut, 0,
	    COUNTOF(limits));
	tcase_add_test(scan, the_limits_have_the_defaults_of_the_header);
	tcase_add_loop_test(
	    scan, a_million_levels_need_no_stack, 0, COUNTOF(depths));
	tcase_add_loop_test(
	    scan, a_skipped_string_of_any_length_needs_no_memory, 0, 2);
	tcase_add_loop_test(
	    scan, nodes_never_outgrow_their_room, 0, COUNTOF(dense));
	suite_add_tcase(suite, scan);

	tcase_set_timeout(value, 60);
	tcase_add_loop_test(
	    value, a_document_means_what_the_second_reader_says, 0, all);
	tcase_add_loop_test(
	    value, a_name_that_stands_twice_is_found, 0, COUNTOF(names));
	tcase_add_loop_test(
	    value, duplicates_are_those_of_the_decoded_names, 0, 2);
	tcase_add_test(value, a_made_value_holds_its_text_as_it_is);
	tcase_add_test(value, what_cannot_be_made_is_no_value);
	tcase_add_test(
	    value, too_little_memory_is_said_and_never_a_wrong_value);
	tcase_add_test(value, no_value_has_no_parts);
	suite_add_tcase(suite, value);

	tcase_add_loop_test(write,
	    a_document_that_is_written_again_means_the_same, 0, all * 2);
	tcase_add_loop_test(write,
	    hostile_text_is_written_so_that_it_does_nothing, 0,
	    COUNTOF(hostile));
	tcase_add_loop_test(
	    write, a_document_is_written_compact_or_pretty, 0, 2);
	tcase_add_test(write, a_failed_write_is_told_at_the_end);
	suite_add_tcase(suite, write);
	return suite;
}
