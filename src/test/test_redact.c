/*
 * Copies without secrets: what is replaced, what stays, and that nothing of it
 * depends on how the bytes arrive.
 */
#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "test/test.h"
#include "tfassay.h"

#define PLAN(before, after, mask, more) \
	"{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":" \
	"\"aws_x.hunter2\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":" \
	"\"hunter2\",\"change\":{\"actions\":[\"update\"],\"before\":" before \
	",\"after\":" after ",\"before_sensitive\":false,\"after_sensitive\":" \
	mask "}}]" more "}"

static const struct {
	const char *name, *plan, *copy;
	size_t replaced;
} rows[] = {
    {"what is marked, and equal values elsewhere",
	PLAN("{\"p\":\"hunter2\"}", "{\"p\":\"hunter2\",\"q\":\"other\"}",
	    "{\"p\":true}", ""),
	PLAN("{\"p\":\"redacted-1\"}",
	    "{\"p\":\"redacted-1\",\"q\":\"other\"}", "{\"p\":true}", ""),
	2},
    {"equal ones get one name, others another",
	PLAN("{}", "{\"a\":\"one1\",\"b\":\"two2\",\"c\":\"one1\"}",
	    "{\"a\":true,\"b\":true}", ""),
	PLAN("{}",
	    "{\"a\":\"redacted-1\",\"b\":\"redacted-2\",\"c\":"
	    "\"redacted-1\"}",
	    "{\"a\":true,\"b\":true}", ""),
	3},
    {"everything below a mark",
	PLAN("{}", "{\"a\":[{\"b\":\"x1\"},[\"y1\"]]}", "{\"a\":true}", ""),
	PLAN("{}", "{\"a\":[{\"b\":\"redacted-1\"},[\"redacted-2\"]]}",
	    "{\"a\":true}", ""),
	2},
    {"escapes are the same text",
	PLAN("{\"p\":\"caf\\u00e9\"}", "{\"p\":\"caf\xc3\xa9\"}",
	    "{\"p\":true}", ""),
	PLAN("{\"p\":\"redacted-1\"}", "{\"p\":\"redacted-1\"}",
	    "{\"p\":true}", ""),
	2},
    {"long numbers, not short ones, not booleans",
	PLAN("{}", "{\"a\":123456,\"b\":443,\"c\":true}",
	    "{\"a\":true,\"b\":true,\"c\":true}", ""),
	PLAN("{}", "{\"a\":0,\"b\":443,\"c\":true}",
	    "{\"a\":true,\"b\":true,\"c\":true}", ""),
	1},
    {"sensitive variables and outputs",
	PLAN("{}", "{\"a\":\"given\"}", "{}",
	    ",\"variables\":{\"v\":{\"value\":\"given\"}},\"configuration\":"
	    "{\"root_module\":{\"variables\":{\"v\":{\"sensitive\":true}}}}"),
	PLAN("{}", "{\"a\":\"redacted-1\"}", "{}",
	    ",\"variables\":{\"v\":{\"value\":\"redacted-1\"}},"
	    "\"configuration\":{\"root_module\":{\"variables\":{\"v\":"
	    "{\"sensitive\":true}}}}"),
	2},
    {"arguments of a provider",
	PLAN("{}", "{}", "{}",
	    ",\"configuration\":{\"provider_config\":{\"aws\":{\"name\":"
	    "\"aws\",\"expressions\":{\"secret_key\":{\"constant_value\":"
	    "\"skey\"}}}}}"),
	PLAN("{}", "{}", "{}",
	    ",\"configuration\":{\"provider_config\":{\"aws\":{\"name\":"
	    "\"aws\",\"expressions\":{\"secret_key\":{\"constant_value\":"
	    "\"redacted-1\"}}}}}"),
	1},
    {"nothing is secret", PLAN("{}", "{ \"a\" : 1.50 }", "{}", ""),
	PLAN("{}", "{ \"a\" : 1.50 }", "{}", ""), 0},
};

static bool
add_piece(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	(void)err;
	return buf_add(ctx, (struct str){bytes, len});
}

static void
copy(struct buf *out, const char *plan, size_t piece, size_t *replaced)
{
	struct tfa_error err = {0};
	struct tfa_redactor *redactor = tfa_redact_new(NULL, &err);
	size_t len = strlen(plan);

	ck_assert_ptr_nonnull(redactor);
	for (size_t i = 0; i < len; i += piece)
		ck_assert_msg(tfa_redact_read(redactor, plan + i,
				  piece < len - i ? piece : len - i, &err),
		    "%s", err.message);
	ck_assert_msg(tfa_redact_turn(redactor, add_piece, out, &err), "%s",
	    err.message);
	for (size_t i = 0; i < len; i += piece)
		ck_assert(tfa_redact_copy(redactor, plan + i,
		    piece < len - i ? piece : len - i, &err));
	ck_assert(tfa_redact_finish(redactor, replaced, &err));
	tfa_redact_free(redactor);
}

START_TEST(a_copy_has_no_secret_and_all_the_rest)
{
	static const size_t pieces[] = {100000, 1, 7};

	for (size_t i = 0; i < COUNTOF(pieces); i++) {
		struct buf out = {0};
		size_t replaced = 0;

		copy(&out, rows[_i].plan, pieces[i], &replaced);
		ck_assert_msg(str_eq(buf_str(&out), str_of(rows[_i].copy)),
		    "%s: " STR_FMT, rows[_i].name, STR_ARG(buf_str(&out)));
		ck_assert_uint_eq(replaced, rows[_i].replaced);
		buf_free(&out);
	}
}
END_TEST

START_TEST(what_is_no_plan_is_not_copied)
{
	static const char *const plans[] = {"{}", "[", "{\"a\":1}"};

	for (size_t i = 0; i < COUNTOF(plans); i++) {
		struct tfa_error err = {0};
		struct tfa_redactor *redactor = tfa_redact_new(NULL, &err);
		struct buf out = {0};
		bool ok = tfa_redact_read(redactor, plans[i],
			      strlen(plans[i]), &err) &&
		    tfa_redact_turn(redactor, add_piece, &out, &err);

		ck_assert_msg(!ok, "%s", plans[i]);
		ck_assert_int_eq(tfa_error_status(&err), 3);
		tfa_redact_free(redactor);
		buf_free(&out);
	}
}
END_TEST

Suite *
suite_redact(void)
{
	Suite *suite = suite_create("redact");
	TCase *tc = tcase_create("redact");

	tcase_add_loop_test(
	    tc, a_copy_has_no_secret_and_all_the_rest, 0, COUNTOF(rows));
	tcase_add_test(tc, what_is_no_plan_is_not_copied);
	suite_add_tcase(suite, tc);
	return suite;
}
