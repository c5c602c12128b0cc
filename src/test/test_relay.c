/*
 * Elements that are handed to another thread: the handler must be told the same
 * as when it is asked for each of them.
 */
#include <stdlib.h>

#include "base/relay.h"
#include "json/scan.h"
#include "test/test.h"

/* --- Jobs --- */

struct jobs {
	size_t done, fails_at;
};

static bool
do_job(void *ctx, void *job, struct tfa_error *err)
{
	struct jobs *jobs = ctx;

	if (*(size_t *)job != jobs->done)
		return error_set(err, TFA_ERR_INTERNAL, "out of order");
	if (jobs->done == jobs->fails_at)
		return error_set(err, TFA_ERR_PLAN, "job %zu", jobs->done);
	jobs->done++;
	return true;
}

START_TEST(jobs_are_done_in_order_until_one_fails)
{
	enum { COUNT = 1000 };
	static size_t numbers[COUNT];
	size_t fails_at = _i ? (size_t)_i * 333 : COUNT;
	struct jobs jobs = {.fails_at = fails_at};
	struct relay *relay = relay_new(do_job, &jobs);
	struct tfa_error err = {0}, again = {0};
	bool ok = true;

	ck_assert_ptr_nonnull(relay);
	for (size_t i = 0; i < COUNT && ok; i++) {
		numbers[i] = i;
		ok = relay_give(relay, &numbers[i], &err);
	}
	ok = ok && relay_drain(relay, &err);
	ck_assert_int_eq(ok, fails_at == COUNT);
	ck_assert_uint_eq(jobs.done, fails_at);
	if (!ok) {
		ck_assert_int_eq(err.code, TFA_ERR_PLAN);
		ck_assert(!relay_drain(relay, &again));
		ck_assert_str_eq(again.message, err.message);
	}
	relay_free(relay);
}
END_TEST

START_TEST(a_relay_without_jobs_has_nothing_to_wait_for)
{
	struct jobs jobs = {.fails_at = 1};
	struct relay *relay = relay_new(do_job, &jobs);
	struct tfa_error err = {0};

	ck_assert_ptr_nonnull(relay);
	ck_assert(relay_drain(relay, &err));
	relay_free(relay);
	relay_free(NULL);
}
END_TEST

/* --- Elements --- */

struct record {
	enum scan_want want; /* of elements, where they are asked for */
	bool routed;
	struct scan *scan;
	size_t depth, built, refuses;
	struct buf text;
};

static void
record_place(struct record *record, const char *what)
{
	struct tfa_error at = {0};

	scan_place(record->scan, &at);
	buf_fmt(&record->text, "%s %llu %llu %zu %s\n", what,
	    (unsigned long long)scan_offset(record->scan),
	    (unsigned long long)at.offset, at.line, at.pointer);
}

static bool
record_start(void *ctx, struct str key, enum node_kind kind,
    enum scan_want *want, struct tfa_error *err)
{
	struct record *record = ctx;
	bool entered = record->depth < 3 && kind >= NODE_ARRAY;

	if (record->depth < 3)
		record_place(record, "start");
	buf_add(&record->text, key);
	if (record->depth == 3 && kind == NODE_TRUE)
		return error_set(err, TFA_ERR_PLAN, "true");
	record->depth += entered;
	if (record->routed)
		return true;
	*want = entered			? SCAN_ENTER
	    : record->depth == 3 ? record->want
				: SCAN_SKIP;
	return true;
}

/* The same; what it gives is the depth. */
static unsigned
record_route(
    unsigned in, struct str key, enum node_kind kind, enum scan_want *want)
{
	(void)key;
	if (in < 3 && kind >= NODE_ARRAY)
		*want = SCAN_ENTER;
	else if (in == 3)
		*want = SCAN_BUILD_EACH;
	return in + 1;
}

static bool
record_built(void *ctx, struct value value, struct tfa_error *err)
{
	struct record *record = ctx;
	const struct node *end = node_next(value.node);

	record_place(record, "built");
	for (const struct node *node = value.node; node < end; node++) {
		buf_fmt(&record->text, "%u %u %u %u ", node->kind, node->flags,
		    node->n, node->at);
		if (node->kind == NODE_STRING || node->kind == NODE_NUMBER)
			buf_add(&record->text,
			    value_raw((struct value){node, value.text}));
	}
	return ++record->built != record->refuses ||
	    error_set(err, TFA_ERR_USAGE, "refused");
}

static bool
record_end(void *ctx, struct tfa_error *err)
{
	struct record *record = ctx;

	(void)err;
	record->depth--;
	record_place(record, "end");
	return true;
}

static bool
scan_all(struct record *record, enum scan_want want, struct str text,
    size_t piece, struct tfa_error *err)
{
	const struct scan_handler handler = {.start = record_start,
	    .built = record_built,
	    .end = record_end,
	    .route = record->routed ? record_route : NULL};
	bool ok = true;

	*err = (struct tfa_error){0};
	record->want = want;
	record->depth = record->built = record->text.len = 0;
	record->scan = scan_new(NULL, &handler, record);
	ck_assert_ptr_nonnull(record->scan);
	for (size_t at = 0; ok && at < text.len; at += piece) {
		size_t len = text.len - at < piece ? text.len - at : piece;
		const char *bytes = text.ptr + at;
		struct tfa_error lost = {0};
		char *space = NULL;
		size_t size = 0;

		if (at / piece % 2)
			space = scan_space(record->scan, &size, &lost);
		if (space && size >= len)
			bytes = memcpy(space, bytes, len);
		ok = scan_feed(record->scan, bytes, len, err);
	}
	ok = ok && scan_finish(record->scan, err);
	scan_free(record->scan);
	return ok;
}

/* Lists of elements of many sizes, one of them larger than a piece. */
static void
write_document(struct buf *out, const char *odd, const char *tail)
{
	buf_add(out, STR("{\"a\":1,\n\"l/\\u0069sts\":["));
	for (size_t list = 0; list < 3; list++) {
		buf_fmt(out, "%s[", list ? ",\n" : "");
		for (size_t i = 0; i < 1500; i++) {
			size_t most = i == 700 ? 15000 : i % 17;

			buf_fmt(out, "%s{\"n\":%zu,\"list\":[", i ? ",\n" : "",
			    i);
			for (size_t j = 0; j < most; j++)
				buf_fmt(out, "%s\"\\u00e9%zu\"", j ? "," : "",
				    j);
			buf_add(out, STR("]}"));
			if (i % 500 == 7)
				buf_add(out, STR(",null,[],\"text\""));
			if (list == 1 && i == 1300)
				buf_add(out, str_of(odd));
		}
		buf_byte(out, ']');
	}
	buf_add(out, STR("]"));
	buf_add(out, str_of(tail));
	ck_assert(!out->failed);
}

static const struct each_case {
	const char *odd, *tail;
	size_t refuses;
} each_cases[] = {
    {"",	      "}",	 0    },
    {"",		"",		   0    },
    {",true",		 "}",	    0    },
    {",{\"a\":tru}",	   "}",		 0    },
    {"",		     "}",	2703 },
    {"",		     "}",	1    },
    {",{\"a\":tru}",	   "}",		 2700 },
    {",{\"a\":tru}",	   "}",		 2790 },
    {",{\"a\" 1}",	    "}",	 2805 },
    {",true",		 "}",	    2815 },
};

START_TEST(the_handler_is_told_the_same_without_being_asked)
{
	static const size_t cuts[] = {509, 65536, SIZE_MAX / 2};
	const struct each_case *tested = &each_cases[_i];
	struct record asked = {.refuses = tested->refuses};
	struct record unasked = {.refuses = tested->refuses};
	struct tfa_error err, other;
	struct buf text = {0};
	bool ok;

	write_document(&text, tested->odd, tested->tail);
	ok = scan_all(&asked, SCAN_BUILD, buf_str(&text), SIZE_MAX / 2, &err);
	for (size_t i = 0; i < 2 * COUNTOF(cuts); i++) {
		unasked.routed = i % 2;
		ck_assert_int_eq(ok,
		    scan_all(&unasked, SCAN_BUILD_EACH, buf_str(&text),
			cuts[i / 2], &other));
		ck_assert_int_eq(err.code, other.code);
		ck_assert_str_eq(err.message, other.message);
		ck_assert_str_eq(err.pointer, other.pointer);
		ck_assert_uint_eq(err.offset, other.offset);
		ck_assert_uint_eq(err.line, other.line);
		ck_assert_uint_eq(asked.text.len, unasked.text.len);
		ck_assert(str_eq(buf_str(&asked.text), buf_str(&unasked.text)));
	}
	buf_free(&text);
	buf_free(&asked.text);
	buf_free(&unasked.text);
}
END_TEST

Suite *
suite_relay(void)
{
	Suite *suite = suite_create("relay");
	TCase *tc = tcase_create("elements");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, jobs_are_done_in_order_until_one_fails, 0, 4);
	tcase_add_test(tc, a_relay_without_jobs_has_nothing_to_wait_for);
	tcase_add_loop_test(tc,
	    the_handler_is_told_the_same_without_being_asked, 0,
	    COUNTOF(each_cases));
	suite_add_tcase(suite, tc);
	return suite;
}
