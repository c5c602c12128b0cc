/*
 * The operators on networks, versions and dates, lists in an order, and what
 * differs by type: first their texts, then whole conditions on a resource.
 * Expectations come from the contract, the tables of RFC 4632, RFC 3339 and
 * Semantic Versioning, and the firewall rules' own documentation.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "engine/result.h"
#include "op/cidr.h"
#include "op/date.h"
#include "op/port.h"
#include "op/version.h"
#include "test/test.h"

/* --- Texts --- */

static const struct {
	const char *text;
	bool good;
} cidrs[] = {
    {"10.0.0.0/8", true},
    {"0.0.0.0/0", true},
    {"255.255.255.255/32", true},
    {"10.1.2.3", true},
    {"10.1.2.3/8", true},
    {"::/0", true},
    {"0000::/0", true},
    {"fe80::1", true},
    {"2001:DB8::/32", true},
    {"::ffff:10.0.0.1/128", true},
    {"1:2:3:4:5:6:7:8/128", true},
    {"", false},
    {"/8", false},
    {"10.0.0.0/", false},
    {"10.0.0.0/33", false},
    {"10.0.0.0/-1", false},
    {"10.0.0.0/08", false},
    {"10.0.0.0/8/8", false},
    {"10.0.0.0/255.0.0.0", false},
    {"10.0.0/8", false},
    {"10.0.0.256/8", false},
    {"010.0.0.1", false},
    {" 10.0.0.0/8", false},
    {"10.0.0.0/8 ", false},
    {"::/129", false},
    {"fe80::1%eth0/64", false},
    {":::/0", false},
    {"1:2:3:4:5:6:7:8:9/128", false},
    {"*", false},
    {"Internet", false},
    {"pl-0123456789abcdef0", false},
    {"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000/0", false},
};

START_TEST(a_block_of_addresses_is_read_or_refused)
{
	struct cidr cidr;

	ck_assert_msg(cidr_read(&cidr, str_of(cidrs[_i].text)) == cidrs[_i].good,
	    "%s", cidrs[_i].text);
}
END_TEST

START_TEST(a_nul_is_in_no_block)
{
	struct cidr cidr;

	ck_assert(!cidr_read(&cidr, STR("10.0.0.1\0/8")));
	ck_assert(!cidr_read(&cidr, STR("10.0.0.0/8\0")));
}
END_TEST

static const struct {
	const char *text;
	bool good;
} versions[] = {
    {"1", true},
    {"1.28", true},
    {"v1.28.3", true},
    {"1.0.0-rc.1", true},
    {"1.0.0-rc.1+build.5", true},
    {"1.28.5-20240117", true},
    {"8.0.mysql_aurora.3.05.2", true},
    {"19.0.0.0.ru-2023-01.rur-2023-01.r1", true},
    {"6.x", true},
    {"01.2", true},
    {"", false},
    {"v", false},
    {"latest", false},
    {"OpenSearch_2.11", false},
    {"1.", false},
    {".1", false},
    {"1..2", false},
    {"1.2-", false},
    {"1.2+", false},
    {"1.2-a..b", false},
    {"1.2 ", false},
    {"-1", false},
    {"+1", false},
    {"1,2", false},
    {"1.2~3", false},
};

START_TEST(a_version_is_read_or_refused)
{
	struct version version;

	ck_assert_msg(version_read(&version, str_of(versions[_i].text)) ==
		versions[_i].good,
	    "%s", versions[_i].text);
}
END_TEST

/* Each of a line comes before the next of it; "=" between equals. */
static const char *const orders[][12] = {
    /* the order of semver.org, section 11 */
    {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
	"1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0"},
    {"1.9", "1.10", "1.28", "1.29.3", "2", "10"},
    {"1.28", "=1.28.0", "=v1.28", "=1.028.0.0", "=1.28+a", "=1.28+b"},
    {"8.0.28", "8.0.29", "8.0.100"},
    {"5.7.mysql_aurora.2.11.1", "5.7.mysql_aurora.2.11.2", "8.0.28"},
    {"8.0.mysql_aurora.3.4", "=8.0.mysql_aurora.3.04.0",
	"8.0.mysql_aurora.3.05.2"},
    {"99999999999999999999998", "99999999999999999999999"},
    {"6.x", "7.0"},
};

START_TEST(versions_come_in_their_order)
{
	const char *const *line = orders[_i];

	for (size_t i = 0; line[i]; i++) {
		bool same = true;

		for (size_t j = i; line[j]; j++) {
			struct version a, b;
			int order = 9, turned = 9;
			bool first = j == i;

			same = same && (first || line[j][0] == '=');
			ck_assert(version_read(&a,
			    str_of(line[i] + (line[i][0] == '='))));
			ck_assert(version_read(&b,
			    str_of(line[j] + (line[j][0] == '='))));
			ck_assert(version_cmp(&order, &a, &b));
			ck_assert(version_cmp(&turned, &b, &a));
			ck_assert_msg(same ? order == 0 : order < 0,
			    "%s %s: %d", line[i], line[j], order);
			ck_assert_int_eq((order > 0) - (order < 0),
			    (turned < 0) - (turned > 0));
		}
	}
}
END_TEST

START_TEST(versions_of_another_kind_have_no_order)
{
	static const char *const pairs[][2] = {
	    {"8.0.28", "8.0.mysql_aurora.3"},
	    {"8.0", "8.0.mysql_aurora.3"},
	    {"6.2", "6.x"},
	    {"1.1.1k", "1.1.1"},
	};
	struct version a, b;
	int order;

	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		ck_assert(version_read(&a, str_of(pairs[i][0])));
		ck_assert(version_read(&b, str_of(pairs[i][1])));
		ck_assert(!version_cmp(&order, &a, &b));
		ck_assert(!version_cmp(&order, &b, &a));
	}
}
END_TEST

/* Seconds are those that date -u -d TEXT +%s prints. */
static const struct {
	const char *text;
	bool good;
	int64_t seconds;
} dates[] = {
    {"1970-01-01", true, 0},
    {"2026-01-31", true, 1769817600},
    {"2026-01-31T12:00:00Z", true, 1769860800},
    {"2026-01-31t12:00:00z", true, 1769860800},
    {"2026-01-31 12:00:00Z", true, 1769860800},
    {"2026-01-31T12:00:00.500Z", true, 1769860800},
    {"2026-01-31T12:00:00+02:00", true, 1769853600},
    {"2026-01-31T12:00:00-05:30", true, 1769880600},
    {"2000-02-29", true, 951782400},
    {"2024-02-29T23:59:59Z", true, 1709251199},
    {"1969-12-31T23:59:59Z", true, -1},
    {"0001-01-01T00:00:00Z", true, -62135596800},
    {"9999-12-31T23:59:59Z", true, 253402300799},
    {"2016-12-31T23:59:60Z", true, 1483228800},
    {"", false, 0},
    {"2026", false, 0},
    {"2026-1-31", false, 0},
    {"2026-02-29", false, 0},
    {"1900-02-29", false, 0},
    {"2026-13-01", false, 0},
    {"2026-00-01", false, 0},
    {"2026-01-00", false, 0},
    {"2026-01-32", false, 0},
    {"2026-01-31T12:00:00", false, 0},
    {"2026-01-31T12:00Z", false, 0},
    {"2026-01-31T24:00:00Z", false, 0},
    {"2026-01-31T12:60:00Z", false, 0},
    {"2026-01-31T12:00:00.Z", false, 0},
    {"2026-01-31T12:00:00Zx", false, 0},
    {"2026-01-31T12:00:00+0200", false, 0},
    {"2026-01-31T12:00:00+24:00", false, 0},
    {"2026-01-31T", false, 0},
    {"now", false, 0},
    {"1769860800", false, 0},
};

START_TEST(a_date_is_read_or_refused)
{
	struct date date = {0};
	bool good = date_read(&date, str_of(dates[_i].text));

	ck_assert_msg(good == dates[_i].good, "%s", dates[_i].text);
	ck_assert_int_eq(date.seconds, dates[_i].seconds);
}
END_TEST

static const struct {
	const char *text;
	bool good;
	int64_t seconds;
} distances[] = {
    {"now", true, 0},
    {"now+30d", true, 30 * 86400},
    {"now-12h", true, -12 * 3600},
    {"now+2w", true, 14 * 86400},
    {"now+9999999w", true, INT64_C(9999999) * 7 * 86400},
    {"now+99999999w", false, 0},
    {"now+d", false, 0},
    {"now+30", false, 0},
    {"now30d", false, 0},
    {"now+30m", false, 0},
    {"now+30days", false, 0},
    {"now +30d", false, 0},
    {"now+-30d", false, 0},
    {"nowadays", false, 0},
};

START_TEST(a_distance_from_now_is_read_or_refused)
{
	struct date date = {0};
	bool relative = false;
	bool good =
	    date_read_limit(&date, &relative, str_of(distances[_i].text));

	ck_assert_msg(good == distances[_i].good, "%s", distances[_i].text);
	ck_assert(!good || relative);
	ck_assert_int_eq(date.seconds, distances[_i].seconds);
}
END_TEST

/* --- Conditions --- */

struct row {
	const char *members; /* of the control */
	const char *after, *unknown, *expressions, *verdict;
};

static void
add_policy(struct buf *out, const char *members)
{
	buf_fmt(out,
	    "controls:\n"
	    "  - {id: c, title: T, severity: high, resource: [aws_t, aws_u], "
	    "%s}\n",
	    members);
}

static void
add_plan(struct buf *out, const struct row *row)
{
	buf_fmt(out,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"create\"],\"before\":null,"
	    "\"after\":%s,\"after_unknown\":%s,\"after_sensitive\":{}}}],"
	    "\"configuration\":{\"root_module\":{\"resources\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"expressions\":%s}]}},\"complete\":true,\"timestamp\":"
	    "\"2026-01-01T00:00:00Z\"}",
	    row->after, row->unknown ? row->unknown : "{}",
	    row->expressions ? row->expressions : "{}");
}

static const char *
verdict_of(const struct tally *tally)
{
	return tally->pass	      ? "pass"
	    : tally->fail	      ? "fail"
	    : tally->unknown	      ? "unknown"
	    : tally->error	      ? "error"
	    : tally->not_applicable ? "not applicable"
				      : "none";
}

static void
check_row(const struct row *row)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_options options = {
	    .path = "p", .now = "2026-01-01T00:00:00Z", .no_cross_check = true};
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct buf policy = {0}, plan = {0};
	struct tfa_eval *eval;
	bool ok;

	add_policy(&policy, row->members);
	add_plan(&plan, row);
	ck_assert_ptr_nonnull(policies);
	ok = policies_read(
	    policies, STR("p.yaml"), buf_str(&policy), false, &err);
	ck_assert_msg(ok, "%s: %s", row->members, err.message);
	eval = tfa_eval_new(policies, &options, &err);
	ok = eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s: %s", row->members, err.message);
	ck_assert_msg(
	    strcmp(verdict_of(&report->tallies[0]), row->verdict) == 0,
	    "%s on %s: %s, expected %s", row->members, row->after,
	    verdict_of(&report->tallies[0]), row->verdict);
	tfa_eval_free(eval);
	tfa_report_free(report);
	tfa_policies_free(policies);
	buf_free(&policy);
	buf_free(&plan);
}

#define A "assert: {path: a, "
#define NOT_A "assert: {not: {path: a, "
#define WAITS "{\"a\":{\"references\":[\"local.l\"]}}"
#define INTERNET "cidr: {internet: true}}"
#define WITHIN "cidr: {within: [10.0.0.0/8, \"fd00::/8\"]}}"
#define OVERLAPS "cidr: {overlaps: [10.0.0.0/8, \"fd00::/8\"]}}"

static const struct row cidr_rows[] = {
    /* the internet: all of one family, together */
    {A INTERNET, "{\"a\":\"0.0.0.0/0\"}", NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":\"1.2.3.4/0\"}", NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":\"::/0\"}", NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":\"0000::/0\"}", NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":\"0.0.0.0/1\"}", NULL, NULL, "fail"},
    {A INTERNET, "{\"a\":\"8.8.8.8/32\"}", NULL, NULL, "fail"},
    {A INTERNET, "{\"a\":\"::ffff:0.0.0.0/96\"}", NULL, NULL, "fail"},
    {A INTERNET, "{\"a\":[\"0.0.0.0/1\",\"128.0.0.0/1\"]}", NULL, NULL,
	"pass"},
    {A INTERNET, "{\"a\":[\"128.0.0.0/1\",\"10.0.0.0/8\",\"0.0.0.0/1\"]}",
	NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":[\"::/1\",\"8000::/1\"]}", NULL, NULL, "pass"},
    {A INTERNET, "{\"a\":[\"0.0.0.0/1\",\"8000::/1\"]}", NULL, NULL, "fail"},
    {A INTERNET, "{\"a\":[\"0.0.0.0/1\",\"128.0.0.0/2\",\"193.0.0.0/8\"]}",
	NULL, NULL, "fail"},
    {A INTERNET, "{\"a\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}", NULL, NULL,
	"pass"},
    {NOT_A INTERNET "}", "{\"a\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}", NULL,
	NULL, "fail"},
    {A "cidr: {internet: false}}", "{\"a\":\"10.0.0.0/8\"}", NULL, NULL,
	"pass"},
    {A "cidr: {internet: false}}", "{\"a\":\"0.0.0.0/0\"}", NULL, NULL,
	"fail"},
    /* states */
    {A INTERNET, "{\"a\":null}", NULL, NULL, "fail"},
    {NOT_A INTERNET "}", "{\"a\":null}", NULL, NULL, "fail"},
    {NOT_A INTERNET "}", "{\"a\":[]}", NULL, NULL, "fail"},
    {NOT_A INTERNET "}", "{\"a\":\"\"}", NULL, NULL, "fail"},
    {NOT_A INTERNET "}", "{}", NULL, NULL, "fail"},
    {A "cidr: {internet: false}, if_unset: true}", "{\"a\":[]}", NULL, NULL,
	"pass"},
    {A "cidr: {internet: true}, default: 0.0.0.0/0}", "{\"a\":null}", NULL,
	NULL, "pass"},
    {A INTERNET, "{}", "{\"a\":true}", WAITS, "unknown"},
    {NOT_A INTERNET "}", "{}", "{\"a\":true}", WAITS, "unknown"},
    {A INTERNET, "{}", "{\"a\":true}", NULL, "fail"},
    {A INTERNET, "{}", "{\"a\":true}",
	"{\"a\":{\"constant_value\":\"0.0.0.0/0\"}}", "pass"},
    /* an unknown element leaves open what it could decide */
    {A INTERNET, "{\"a\":[\"10.0.0.0/8\",null]}", "{\"a\":[false,true]}",
	NULL, "unknown"},
    {NOT_A INTERNET "}", "{\"a\":[\"10.0.0.0/8\",null]}",
	"{\"a\":[false,true]}", NULL, "unknown"},
    {A INTERNET, "{\"a\":[\"0.0.0.0/0\",null]}", "{\"a\":[false,true]}", NULL,
	"pass"},
    {A INTERNET, "{\"a\":[\"10.0.0.0/8\"]}", "{\"a\":true}", NULL, "unknown"},
    {A WITHIN, "{\"a\":[\"10.1.0.0/16\",null]}", "{\"a\":[false,true]}", NULL,
	"unknown"},
    {A WITHIN, "{\"a\":[\"11.1.0.0/16\",null]}", "{\"a\":[false,true]}", NULL,
	"fail"},
    {A OVERLAPS, "{\"a\":[\"10.1.0.0/16\",null]}", "{\"a\":[false,true]}",
	NULL, "pass"},
    {A OVERLAPS, "{\"a\":[\"11.1.0.0/16\",null]}", "{\"a\":[false,true]}",
	NULL, "unknown"},
    /* each within, some overlap */
    {A WITHIN, "{\"a\":\"10.1.0.0/16\"}", NULL, NULL, "pass"},
    {A WITHIN, "{\"a\":\"10.255.255.255\"}", NULL, NULL, "pass"},
    {A WITHIN, "{\"a\":\"11.0.0.0\"}", NULL, NULL, "fail"},
    {A WITHIN, "{\"a\":\"0.0.0.0/0\"}", NULL, NULL, "fail"},
    {A WITHIN, "{\"a\":\"10.0.0.0/7\"}", NULL, NULL, "fail"},
    {A WITHIN, "{\"a\":[\"10.1.0.0/16\",\"fd12::/16\"]}", NULL, NULL, "pass"},
    {A WITHIN, "{\"a\":[\"10.1.0.0/16\",\"fe80::/10\"]}", NULL, NULL, "fail"},
    {A "cidr: {within: [10.0.0.0/9, 10.128.0.0/9]}}", "{\"a\":\"10.0.0.0/8\"}",
	NULL, NULL, "pass"},
    {A "cidr: {within: 10.0.0.0/8}}", "{\"a\":\"10.0.0.0/8\"}", NULL, NULL,
	"pass"},
    {A OVERLAPS, "{\"a\":\"0.0.0.0/0\"}", NULL, NULL, "pass"},
    {A OVERLAPS, "{\"a\":\"10.1.2.3\"}", NULL, NULL, "pass"},
    {A OVERLAPS, "{\"a\":[\"9.0.0.0/8\",\"11.0.0.0/8\"]}", NULL, NULL, "fail"},
    {A OVERLAPS, "{\"a\":[\"9.0.0.0/8\",\"8.0.0.0/5\"]}", NULL, NULL, "pass"},
    {NOT_A OVERLAPS "}", "{\"a\":[\"9.0.0.0/8\",\"11.0.0.0/8\"]}", NULL, NULL,
	"pass"},
    {A OVERLAPS, "{\"a\":\"::/0\"}", NULL, NULL, "pass"},
    {A OVERLAPS, "{\"a\":\"fe80::/10\"}", NULL, NULL, "fail"},
    /* what is no block is an error where it could decide */
    {A INTERNET, "{\"a\":\"anywhere\"}", NULL, NULL, "error"},
    {NOT_A INTERNET "}", "{\"a\":\"anywhere\"}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":[\"10.0.0.0/8\",\"10.0.0.0/33\"]}", NULL, NULL,
	"error"},
    {A INTERNET, "{\"a\":[\"0.0.0.0/0\",\"10.0.0.0/33\"]}", NULL, NULL,
	"pass"},
    {A WITHIN, "{\"a\":[\"0.0.0.0/0\",\"x\"]}", NULL, NULL, "fail"},
    {A WITHIN, "{\"a\":[\"10.0.0.0/9\",\"x\"]}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":[\"10.0.0.0/8\",null]}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":[[\"10.0.0.0/8\"]]}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":{\"k\":\"10.0.0.0/8\"}}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":true}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":10}", NULL, NULL, "error"},
    {A INTERNET, "{\"a\":\"0.0.0.0\\/0\"}", NULL, NULL, "pass"},
    /* in quantifiers and over paths */
    {"assert: {none: a, satisfies: {path: ., " INTERNET "}",
	"{\"a\":[\"10.0.0.0/8\",\"::/0\"]}", NULL, NULL, "fail"},
    {"assert: {every: a, satisfies: {path: c, " WITHIN "}",
	"{\"a\":[{\"c\":\"10.0.0.0/8\"},{\"c\":null}]}", NULL, NULL, "fail"},
    {"assert: {none: a, satisfies: {path: c, " INTERNET "}",
	"{\"a\":[{\"c\":\"10.0.0.0/8\"},{\"c\":null}]}", NULL, NULL, "pass"},
    {"assert: {not: {any_path: [a, b], cidr: {internet: true}, if_unset: "
     "false}}",
	"{\"a\":\"10.0.0.0/8\",\"b\":null}", NULL, NULL, "pass"},
    {"assert: {not: {any_path: [a, b], cidr: {internet: true}, if_unset: "
     "false}}",
	"{\"a\":\"10.0.0.0/8\",\"b\":\"::/0\"}", NULL, NULL, "fail"},
    {"assert: {every_path: [a, b], cidr: {within: 10.0.0.0/8}}",
	"{\"a\":\"10.0.0.0/9\",\"b\":\"10.0.0.0/9\"}", NULL, NULL, "pass"},
    {"assert: {every_path: [a, b], cidr: {within: 10.0.0.0/8}}",
	"{\"a\":\"10.0.0.0/9\",\"b\":null}", NULL, NULL, "fail"},
};

START_TEST(blocks_are_judged_together)
{
	check_row(&cidr_rows[_i]);
}
END_TEST

#define P22 "assert: {port: {covers: 22, from: f, to: t, protocol: p}}"
#define NOT_22 \
	"assert: {not: {port: {covers: 22, from: f, to: t, protocol: p}}}"
#define F_WAITS "{\"f\":{\"references\":[\"local.l\"]}}"
#define T_WAITS "{\"t\":{\"references\":[\"local.l\"]}}"
#define P_WAITS "{\"p\":{\"references\":[\"local.l\"]}}"

static const struct row port_rows[] = {
    {P22, "{\"f\":22,\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":0,\"t\":65535,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":20,\"t\":21,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":23,\"t\":65535,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":30,\"t\":20,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":\"22\",\"t\":\"22\",\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":22.0,\"t\":2.2e1,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {NOT_22, "{\"f\":22,\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {NOT_22, "{\"f\":80,\"t\":80,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    /* every protocol covers every port, and so does -1 to -1 */
    {P22, "{\"f\":0,\"t\":0,\"p\":\"-1\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":80,\"t\":80,\"p\":-1}", NULL, NULL, "pass"},
    {P22, "{\"f\":80,\"t\":80,\"p\":\"all\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":80,\"t\":80,\"p\":\"ALL\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":null,\"t\":null,\"p\":\"-1\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":80,\"t\":80,\"p\":\"6\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":-1,\"t\":-1,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":-1,\"t\":-1}", NULL, NULL, "pass"},
    {P22, "{\"f\":0,\"t\":0,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    /* one end means the other, none means no port */
    {P22, "{\"f\":22,\"t\":null,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":null,\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":21,\"t\":null,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":-1,\"t\":null,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":null,\"t\":null,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {NOT_22, "{\"f\":null,\"t\":null,\"p\":\"tcp\"}", NULL, NULL, "pass"},
    {NOT_22, "{}", NULL, NULL, "pass"},
    {"assert: {port: {covers: 22, from: f, to: t}}",
	"{\"f\":80,\"t\":80,\"p\":\"-1\"}", NULL, NULL, "fail"},
    {"assert: {port: {covers: 22, from: f, to: f}}", "{\"f\":22}", NULL, NULL,
	"pass"},
    /* unknown parts */
    {P22, "{\"f\":22,\"t\":22}", "{\"p\":true}", P_WAITS, "pass"},
    {P22, "{\"f\":80,\"t\":80}", "{\"p\":true}", P_WAITS, "unknown"},
    {NOT_22, "{\"f\":80,\"t\":80}", "{\"p\":true}", P_WAITS, "unknown"},
    {P22, "{\"t\":22,\"p\":\"tcp\"}", "{\"f\":true}", F_WAITS, "unknown"},
    {P22, "{\"t\":21,\"p\":\"tcp\"}", "{\"f\":true}", F_WAITS, "fail"},
    {P22, "{\"t\":-1,\"p\":\"tcp\"}", "{\"f\":true}", F_WAITS, "unknown"},
    {P22, "{\"t\":null,\"p\":\"tcp\"}", "{\"f\":true}", F_WAITS, "unknown"},
    {P22, "{\"f\":23,\"p\":\"tcp\"}", "{\"t\":true}", T_WAITS, "fail"},
    {NOT_22, "{\"f\":23,\"p\":\"tcp\"}", "{\"t\":true}", T_WAITS, "pass"},
    {P22, "{\"f\":0,\"p\":\"tcp\"}", "{\"t\":true}", T_WAITS, "unknown"},
    {P22, "{\"f\":0,\"p\":\"-1\"}", "{\"t\":true}", T_WAITS, "pass"},
    /* what is no port */
    {P22, "{\"f\":\"ssh\",\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "error"},
    {P22, "{\"f\":\"ssh\",\"t\":21,\"p\":\"tcp\"}", NULL, NULL, "fail"},
    {P22, "{\"f\":\"ssh\",\"t\":22,\"p\":\"-1\"}", NULL, NULL, "pass"},
    {P22, "{\"f\":21.5,\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "error"},
    {P22, "{\"f\":-2,\"t\":22,\"p\":\"tcp\"}", NULL, NULL, "error"},
    {P22, "{\"f\":22,\"t\":1e9,\"p\":\"tcp\"}", NULL, NULL, "error"},
    {P22, "{\"f\":22,\"t\":22,\"p\":[\"tcp\"]}", NULL, NULL, "pass"},
    {P22, "{\"f\":80,\"t\":80,\"p\":[\"tcp\"]}", NULL, NULL, "error"},
    /* in an element; with a value of the plan */
    {"assert: {none: a, satisfies: {port: {covers: 22, from: f, to: t, "
     "protocol: p}}}",
	"{\"a\":[{\"f\":80,\"t\":80,\"p\":\"tcp\"},{\"f\":0,\"t\":0,\"p\":"
	"\"-1\"}]}",
	NULL, NULL, "fail"},
    {"assert: {port: {covers: {value_of: q}, from: f, to: t, protocol: p}}",
	"{\"f\":80,\"t\":90,\"q\":\"85\"}", NULL, NULL, "pass"},
    {"assert: {port: {covers: {value_of: q}, from: f, to: t, protocol: p}}",
	"{\"f\":80,\"t\":90,\"q\":null}", NULL, NULL, "fail"},
    {"assert: {not: {port: {covers: {value_of: q}, from: f, to: t}}}",
	"{\"f\":80,\"t\":90,\"q\":null}", NULL, NULL, "fail"},
    {"assert: {port: {covers: {value_of: q}, from: f, to: t, protocol: p}}",
	"{\"f\":80,\"t\":90,\"q\":\"x\"}", NULL, NULL, "error"},
};

START_TEST(a_range_covers_a_port)
{
	check_row(&port_rows[_i]);
}
END_TEST

#define V128 "version: {at_least: \"1.28\"}}"
#define SOON "date: {at_least: now+30d}}"

static const struct row version_rows[] = {
    {A V128, "{\"a\":\"1.29.3\"}", NULL, NULL, "pass"},
    {A V128, "{\"a\":\"1.28\"}", NULL, NULL, "pass"},
    {A V128, "{\"a\":\"1.9\"}", NULL, NULL, "fail"},
    {A V128, "{\"a\":1.28}", NULL, NULL, "pass"},
    {A V128, "{\"a\":1.3}", NULL, NULL, "fail"},
    {A V128, "{\"a\":\"1.28.0-rc.1\"}", NULL, NULL, "fail"},
    {NOT_A V128 "}", "{\"a\":\"1.9\"}", NULL, NULL, "pass"},
    {NOT_A V128 "}", "{\"a\":null}", NULL, NULL, "fail"},
    {A V128, "{\"a\":\"latest\"}", NULL, NULL, "error"},
    {A V128, "{\"a\":[\"1.28\"]}", NULL, NULL, "error"},
    {A V128, "{\"a\":true}", NULL, NULL, "error"},
    {A V128, "{}", "{\"a\":true}", WAITS, "unknown"},
    {A "version: {at_least: 1.10}}", "{\"a\":\"1.9\"}", NULL, NULL, "fail"},
    {A "version: {at_least: \"13.11\", less_than: \"14\"}}",
	"{\"a\":\"13.12\"}", NULL, NULL, "pass"},
    {A "version: {at_least: \"13.11\", less_than: \"14\"}}",
	"{\"a\":\"14.1\"}", NULL, NULL, "fail"},
    {A "version: {at_least: \"8.0.20\"}}",
	"{\"a\":\"8.0.mysql_aurora.3.05.2\"}", NULL, NULL, "error"},
    {A "version: {at_least: \"5.7\"}}",
	"{\"a\":\"8.0.mysql_aurora.3.05.2\"}", NULL, NULL, "pass"},
    {A "version: {equals: \"8.0.20\"}}",
	"{\"a\":\"8.0.mysql_aurora.3.05.2\"}", NULL, NULL, "fail"},
    {A "version: {greater_than: \"1.28\"}}", "{\"a\":\"1.28.0\"}", NULL, NULL,
	"fail"},
    {A "version: {at_most: \"1.28\"}}", "{\"a\":\"1.28+x\"}", NULL, NULL,
	"pass"},
    {A "version: {at_least: {value_of: b}}}", "{\"a\":\"2\",\"b\":\"1\"}",
	NULL, NULL, "pass"},
    {A "version: {at_least: {value_of: b}}}", "{\"a\":\"2\",\"b\":\"x\"}",
	NULL, NULL, "error"},
    {A "version: {at_least: \"1.28\"}, default: \"1.30\"}", "{}", NULL, NULL,
	"pass"},
    /* the plan is of 2026-01-01T00:00:00Z */
    {A SOON, "{\"a\":\"2026-01-31T00:00:00Z\"}", NULL, NULL, "pass"},
    {A SOON, "{\"a\":\"2026-01-30T23:59:59Z\"}", NULL, NULL, "fail"},
    {A SOON, "{\"a\":\"2026-01-31T01:59:59+02:00\"}", NULL, NULL, "fail"},
    {A SOON, "{\"a\":\"2026-01-31\"}", NULL, NULL, "pass"},
    {A SOON, "{\"a\":\"2026-01-30\"}", NULL, NULL, "fail"},
    {NOT_A SOON "}", "{\"a\":\"2026-01-30\"}", NULL, NULL, "pass"},
    {NOT_A SOON "}", "{\"a\":null}", NULL, NULL, "fail"},
    {A SOON, "{\"a\":\"soon\"}", NULL, NULL, "error"},
    {A SOON, "{\"a\":1769817600}", NULL, NULL, "error"},
    {A SOON, "{}", "{\"a\":true}", WAITS, "unknown"},
    {A "date: {less_than: now}}", "{\"a\":\"2025-12-31\"}", NULL, NULL,
	"pass"},
    {A "date: {at_most: 2026-12-31}}", "{\"a\":\"2026-12-31T23:00:00Z\"}",
	NULL, NULL, "pass"},
    {A "date: {greater_than: 2026-12-31}}", "{\"a\":\"2026-12-31T23:00:00Z\"}",
	NULL, NULL, "fail"},
    {A "date: {equals: \"2026-01-01T00:00:00.5Z\"}}",
	"{\"a\":\"2026-01-01T00:00:00.50Z\"}", NULL, NULL, "pass"},
    {A "date: {less_than: \"2026-01-01T00:00:00.5Z\"}}",
	"{\"a\":\"2026-01-01T00:00:00.49Z\"}", NULL, NULL, "pass"},
    {A "date: {at_least: {value_of: b}}}",
	"{\"a\":\"2026-01-02\",\"b\":\"2026-01-01\"}", NULL, NULL, "pass"},
    {A "date: {at_least: {value_of: b}}}",
	"{\"a\":\"2026-01-02\",\"b\":\"now\"}", NULL, NULL, "error"},
};

START_TEST(versions_and_dates_have_an_order)
{
	check_row(&version_rows[_i]);
}
END_TEST

#define FIRST \
	"path: a, ordered_by: n, first: {path: m, equals: 1}, satisfies: " \
	"{path: s, equals: 1}"
#define ITEM(n, m, s) \
	"{\"n\":" #n ",\"m\":" #m ",\"s\":" #s "}"
#define LIST1(x) "{\"a\":[" x "]}"
#define LIST2(x, y) "{\"a\":[" x "," y "]}"

static const struct row first_rows[] = {
    {"assert: {" FIRST "}", "{\"a\":[]}", NULL, NULL, "pass"},
    {"assert: {" FIRST "}", "{\"a\":null}", NULL, NULL, "pass"},
    {"assert: {not: {" FIRST "}}", "{\"a\":[]}", NULL, NULL, "fail"},
    {"assert: {" FIRST ", if_unset: false}", "{\"a\":[]}", NULL, NULL,
	"fail"},
    {"assert: {" FIRST "}", LIST1(ITEM(1, 1, 1)), NULL, NULL, "pass"},
    {"assert: {" FIRST "}", LIST1(ITEM(1, 1, 0)), NULL, NULL, "fail"},
    {"assert: {" FIRST "}", LIST1(ITEM(1, 0, 0)), NULL, NULL, "pass"},
    {"assert: {" FIRST "}", LIST1(ITEM(1, null, 0)), NULL, NULL, "pass"},
    {"assert: {" FIRST "}", LIST1(ITEM(1, 1, null)), NULL, NULL, "fail"},
    {"assert: {not: {" FIRST "}}", LIST1(ITEM(1, 1, null)), NULL, NULL,
	"pass"},
    {"assert: {" FIRST "}", LIST2(ITEM(200, 1, 0), ITEM(100, 1, 1)), NULL,
	NULL, "pass"},
    {"assert: {" FIRST "}", LIST2(ITEM(9, 1, 0), ITEM(10, 1, 1)), NULL, NULL,
	"fail"},
    {"assert: {" FIRST "}", LIST2(ITEM("9", 1, 1), ITEM("10", 1, 0)), NULL,
	NULL, "pass"},
    {"assert: {" FIRST "}", LIST2(ITEM(1, 0, 0), ITEM(2, 1, 1)), NULL, NULL,
	"pass"},
    {"assert: {" FIRST "}", LIST2(ITEM(1, 0, 1), ITEM(2, 1, 0)), NULL, NULL,
	"fail"},
    /* the same number: either may be first */
    {"assert: {" FIRST "}", LIST2(ITEM(1, 1, 1), ITEM(1, 1, 0)), NULL, NULL,
	"unknown"},
    {"assert: {" FIRST "}", LIST2(ITEM(1, 1, 0), ITEM(1.0, 1, 0)), NULL, NULL,
	"fail"},
    {"assert: {" FIRST "}", LIST2(ITEM(1, 1, 1), ITEM(1, 0, 0)), NULL, NULL,
	"pass"},
    /* an unknown match matters where what it decides differs */
    {"assert: {" FIRST "}",
	LIST2("{\"n\":1,\"s\":1}", ITEM(2, 1, 0)),
	"{\"a\":[{\"m\":true},{}]}", WAITS, "unknown"},
    {"assert: {" FIRST "}",
	LIST2("{\"n\":1,\"s\":0}", ITEM(2, 1, 0)),
	"{\"a\":[{\"m\":true},{}]}", WAITS, "fail"},
    {"assert: {" FIRST "}",
	LIST2("{\"n\":3,\"s\":0}", ITEM(2, 1, 1)),
	"{\"a\":[{\"m\":true},{}]}", WAITS, "pass"},
    {"assert: {" FIRST "}", LIST1("{\"n\":3,\"s\":0}"),
	"{\"a\":[{\"m\":true}]}", WAITS, "unknown"},
    {"assert: {" FIRST "}", LIST1("{\"n\":3,\"s\":1}"),
	"{\"a\":[{\"m\":true}]}", WAITS, "pass"},
    {"assert: {" FIRST "}", LIST1("{\"n\":3,\"m\":1}"),
	"{\"a\":[{\"s\":true}]}", WAITS, "unknown"},
    {"assert: {" FIRST "}", LIST1("{\"n\":3,\"m\":0}"),
	"{\"a\":[{\"s\":true}]}", WAITS, "pass"},
    /* an unknown number may be any */
    {"assert: {" FIRST "}", LIST2("{\"m\":1,\"s\":0}", ITEM(2, 1, 0)),
	"{\"a\":[{\"n\":true},{}]}", WAITS, "fail"},
    {"assert: {" FIRST "}", LIST2("{\"m\":1,\"s\":1}", ITEM(2, 1, 0)),
	"{\"a\":[{\"n\":true},{}]}", WAITS, "unknown"},
    {"assert: {" FIRST "}", LIST1("{\"m\":1,\"s\":0}"),
	"{\"a\":[{\"n\":true}]}", WAITS, "fail"},
    {"assert: {" FIRST "}", LIST2("{\"m\":0,\"s\":0}", ITEM(2, 1, 1)),
	"{\"a\":[{\"n\":true},{}]}", WAITS, "pass"},
    {"assert: {" FIRST "}", LIST2("{\"m\":1,\"s\":1}", ITEM(2, 0, 0)),
	"{\"a\":[{\"n\":true},{}]}", WAITS, "pass"},
    /* an element that is not shown may come first */
    {"assert: {" FIRST "}", LIST1(ITEM(1, 1, 1)), "{\"a\":true}", WAITS,
	"unknown"},
    {"assert: {" FIRST "}", "{\"a\":[{\"n\":1,\"m\":1,\"s\":1},null]}",
	"{\"a\":[{},true]}", WAITS, "unknown"},
    /* no number is an error where the element matters */
    {"assert: {" FIRST "}", LIST2(ITEM(null, 1, 1), ITEM(2, 1, 1)), NULL,
	NULL, "error"},
    {"assert: {" FIRST "}", LIST2(ITEM("x", 1, 1), ITEM(2, 1, 0)), NULL, NULL,
	"error"},
    {"assert: {" FIRST "}", LIST2(ITEM(null, 0, 1), ITEM(2, 1, 1)), NULL,
	NULL, "pass"},
    {"assert: {" FIRST "}", "{\"a\":\"x\"}", NULL, NULL, "error"},
    {"assert: {" FIRST "}", "{}", "{\"a\":true}", WAITS, "unknown"},
};

START_TEST(the_first_match_of_an_ordered_list_decides)
{
	check_row(&first_rows[_i]);
}
END_TEST

#define VALUE_OF(op) A #op ": {value_of: b}}"

static const struct row value_rows[] = {
    {VALUE_OF(equals), "{\"a\":1,\"b\":\"1\"}", NULL, NULL, "pass"},
    {VALUE_OF(not_equals), "{\"a\":1,\"b\":2}", NULL, NULL, "pass"},
    {VALUE_OF(not_equals), "{\"a\":1,\"b\":null}", NULL, NULL, "fail"},
    {VALUE_OF(equals), "{\"a\":1,\"b\":null}", NULL, NULL, "fail"},
    {A "equals: {value_of: b}, if_unset: true}", "{\"a\":1,\"b\":null}", NULL,
	NULL, "pass"},
    {NOT_A "equals: {value_of: b}}}", "{\"a\":1,\"b\":\"\"}", NULL, NULL,
	"fail"},
    {VALUE_OF(equals), "{\"a\":1}", "{\"b\":true}",
	"{\"b\":{\"references\":[\"local.l\"]}}", "unknown"},
    {VALUE_OF(equals), "{\"a\":null}", "{\"b\":true}",
	"{\"b\":{\"references\":[\"local.l\"]}}", "fail"},
    {VALUE_OF(equals), "{\"b\":null}", "{\"a\":true}", WAITS, "fail"},
    {VALUE_OF(equals), "{\"a\":1}", "{\"b\":true}", NULL, "fail"},
    {VALUE_OF(equals), "{\"a\":1}", "{\"b\":true}",
	"{\"b\":{\"constant_value\":1}}", "pass"},
    {VALUE_OF(equals), "{\"a\":[1],\"b\":[1]}", NULL, NULL, "pass"},
    {VALUE_OF(equals), "{\"a\":[1],\"b\":[1,null]}", "{\"b\":[false,true]}",
	NULL, "unknown"},
    {VALUE_OF(in), "{\"a\":1,\"b\":[2,1]}", NULL, NULL, "pass"},
    {VALUE_OF(in), "{\"a\":1,\"b\":1}", NULL, NULL, "error"},
    {VALUE_OF(in), "{\"a\":1,\"b\":[[1]]}", NULL, NULL, "error"},
    {A "in: [{value_of: b}, 3]}", "{\"a\":3,\"b\":2}", NULL, NULL, "pass"},
    {A "in: [{value_of: b}, 3]}", "{\"a\":2,\"b\":2}", NULL, NULL, "pass"},
    {A "in: [{value_of: b}, 3]}", "{\"a\":4,\"b\":2}", NULL, NULL, "fail"},
    {A "in: [{value_of: b}, 3]}", "{\"a\":3,\"b\":null}", NULL, NULL, "fail"},
    {VALUE_OF(at_least), "{\"a\":3,\"b\":\"2\"}", NULL, NULL, "pass"},
    {VALUE_OF(at_least), "{\"a\":3,\"b\":\"x\"}", NULL, NULL, "error"},
    {A "between: [{value_of: b}, {value_of: d}]}",
	"{\"a\":3,\"b\":2,\"d\":4}", NULL, NULL, "pass"},
    {A "between: [{value_of: b}, {value_of: d}]}",
	"{\"a\":5,\"b\":2,\"d\":4}", NULL, NULL, "fail"},
    {A "between: [{value_of: b}, {value_of: d}]}", "{\"a\":3,\"b\":2}", NULL,
	NULL, "fail"},
    {VALUE_OF(starts_with), "{\"a\":\"xy\",\"b\":\"x\"}", NULL, NULL, "pass"},
    {VALUE_OF(starts_with), "{\"a\":\"xy\",\"b\":[\"x\"]}", NULL, NULL,
	"error"},
    {VALUE_OF(contains), "{\"a\":[1,2],\"b\":2}", NULL, NULL, "pass"},
    {VALUE_OF(subset_of), "{\"a\":[1,2],\"b\":[2,1,3]}", NULL, NULL, "pass"},
    {VALUE_OF(has_key), "{\"a\":{\"k\":1},\"b\":\"k\"}", NULL, NULL, "pass"},
    {A "length: {equals: {value_of: b}}}", "{\"a\":[1,2],\"b\":2}", NULL,
	NULL, "pass"},
    {A "length: {equals: {value_of: b}}}", "{\"a\":null,\"b\":0}", NULL, NULL,
	"pass"},
    {A "length: {equals: {value_of: b}}}", "{\"a\":[1,2],\"b\":\"x\"}", NULL,
	NULL, "error"},
    {A "equals: {k: {value_of: b}}}", "{\"a\":{\"k\":5},\"b\":5}", NULL, NULL,
	"pass"},
    {"assert: {count: a, at_least: {value_of: b}}", "{\"a\":[1],\"b\":2}",
	NULL, NULL, "fail"},
    {"assert: {count: a, at_least: {value_of: b}}", "{\"a\":[1,2],\"b\":2}",
	NULL, NULL, "pass"},
    {"assert: {every: a, satisfies: {path: x, equals: {value_of: y}}}",
	"{\"a\":[{\"x\":1,\"y\":1},{\"x\":2,\"y\":2}],\"y\":3}", NULL, NULL,
	"pass"},
    {A "cidr: {within: {value_of: b}}}",
	"{\"a\":\"10.1.0.0/16\",\"b\":\"10.0.0.0/8\"}", NULL, NULL, "pass"},
    {A "cidr: {within: {value_of: b}}}",
	"{\"a\":\"10.1.0.0/16\",\"b\":[\"11.0.0.0/8\"]}", NULL, NULL, "fail"},
    {A "cidr: {within: {value_of: b}}}", "{\"a\":\"10.1.0.0/16\",\"b\":\"x\"}",
	NULL, NULL, "error"},
    /* a default from another attribute */
    {A "equals: 1, default: {value_of: b}}", "{\"b\":1}", NULL, NULL, "pass"},
    {A "equals: 1, default: {value_of: b}}", "{\"a\":2,\"b\":1}", NULL, NULL,
	"fail"},
    {A "equals: 1, default: {value_of: b}}", "{}", NULL, NULL, "fail"},
    {A "equals: 1, default: {value_of: b}}", "{}", "{\"b\":true}",
	"{\"b\":{\"references\":[\"local.l\"]}}", "unknown"},
    /* parameters */
    {"parameters: {p: {default: 1}}, " A "equals: {param: p}}", "{\"a\":1}",
	NULL, NULL, "pass"},
    {"parameters: {p: {default: null}}, " A "equals: {param: p}}",
	"{\"a\":1}", NULL, NULL, "fail"},
    {"parameters: {p: {default: []}}, " A "not_in: {param: p}}", "{\"a\":1}",
	NULL, NULL, "fail"},
    {"parameters: {p: {default: []}}, " A "not_in: {param: p}, if_unset: true}",
	"{\"a\":1}", NULL, NULL, "pass"},
    {"parameters: {p: {default: [10.0.0.0/8]}}, "
	A "cidr: {within: {param: p}}}",
	"{\"a\":\"10.0.0.0/9\"}", NULL, NULL, "pass"},
    {"parameters: {p: {default: []}}, "
     "assert: {not: {path: a, cidr: {within: {param: p}}}}",
	"{\"a\":\"10.0.0.0/9\"}", NULL, NULL, "fail"},
    {"parameters: {p: {default: null}}, " A "in: [1, {param: p}]}",
	"{\"a\":1}", NULL, NULL, "fail"},
    {"parameters: {p: {default: null}}, " A "set: {param: p}}", "{\"a\":1}",
	NULL, NULL, "fail"},
    {"parameters: {p: {default: null}}, assert: {count: a, at_least: {param: "
     "p}}",
	"{\"a\":[1]}", NULL, NULL, "fail"},
    {"parameters: {p: {default: null}}, assert: {not: {port: {covers: {param: "
     "p}, from: f, to: t}}}",
	"{\"f\":1}", NULL, NULL, "fail"},
    {"parameters: {p: {default: null}}, " A "equals: 1, default: {param: p}}",
	"{}", NULL, NULL, "fail"},
    {"parameters: {p: {default: true}}, " A "equals: 1, if_unset: {param: p}}",
	"{}", NULL, NULL, "pass"},
    {"parameters: {p: {default: now+1w}}, " A "date: {at_least: {param: p}}}",
	"{\"a\":\"2026-01-07\"}", NULL, NULL, "fail"},
    {"parameters: {p: {default: 2}}, assert: {count: a, at_most: {param: p}}",
	"{\"a\":[1,2,3]}", NULL, NULL, "fail"},
};

START_TEST(a_value_of_the_plan_stands_where_a_literal_does)
{
	check_row(&value_rows[_i]);
}
END_TEST

static const struct row type_rows[] = {
    {"assert: {by_type: {aws_t: {path: a, equals: 1}, other: {never: true}}}",
	"{\"a\":1}", NULL, NULL, "pass"},
    {"assert: {by_type: {aws_u: {never: true}, other: {path: a, equals: 1}}}",
	"{\"a\":1}", NULL, NULL, "pass"},
    {"assert: {by_type: {\"aws_u, aws_t\": {path: a, equals: 1}}}",
	"{\"a\":2}", NULL, NULL, "fail"},
    {"assert: {not: {by_type: {\"aws_u, aws_t\": {path: a, equals: 1}}}}",
	"{\"a\":2}", NULL, NULL, "pass"},
    {"assert: {not: {by_type: {\"aws_u, aws_t\": {path: a, equals: 1}}}}",
	"{\"a\":null}", NULL, NULL, "fail"},
    {"where: {by_type: {aws_u: {always: true}, aws_t: {path: b, equals: 1}}}, "
     "assert: {path: a, equals: 1}",
	"{\"a\":2,\"b\":2}", NULL, NULL, "not applicable"},
    {"assert: {path: {aws_t: b, other: a}, equals: 1}", "{\"a\":2,\"b\":1}",
	NULL, NULL, "pass"},
    {"assert: {path: {aws_u: b, aws_t: a}, equals: 1}", "{\"a\":2,\"b\":1}",
	NULL, NULL, "fail"},
    {"assert: {none: {aws_u: b, aws_t: a}, satisfies: {path: ., equals: 1}}",
	"{\"a\":[2],\"b\":[1]}", NULL, NULL, "pass"},
};

START_TEST(what_holds_differs_by_type)
{
	check_row(&type_rows[_i]);
}
END_TEST

/* --- Parameters --- */

#define PARAMETERS \
	"controls:\n" \
	"  - {id: c, title: T, severity: high, resource: aws_t, parameters: " \
	"{days: {default: 365, checked: 2026-01-31}, name: {default: \"1.28\"}, " \
	"list: {default: [a, b]}, open: {default: []}, on: {default: true}}, " \
	"assert: {all: [{path: a, at_least: {param: days}}, {path: b, matches: " \
	"{param: name}}, {path: l, in: {param: list}}, {path: o, in: {param: " \
	"open}}, {path: e, equals: {param: on}}]}}\n" \
	"  - {id: d, title: T, severity: high, resource: aws_t, parameters: " \
	"{days: {default: 1}}, assert: {path: a, at_least: {param: days}}}\n"

/* Two settings, the last of which holds; or the error. */
static const struct {
	const char *first, *second;
	const char *days_of_c, *days_of_d, *error;
} settings[] = {
    {"days=400", NULL, "400", "400", NULL},
    {"c.days=400", NULL, "400", "1", NULL},
    {"days=400", "c.days=500", "500", "400", NULL},
    {"c.days=500", "days=400", "500", "400", NULL},
    {"days=400", "days=500", "500", "500", NULL},
    {"c.days=400", "c.days=500", "500", "1", NULL},
    {"name=1.30", NULL, "365", "1", NULL},
    {"name=true", NULL, "365", "1", NULL},
    {"name=a=b", NULL, "365", "1", NULL},
    {"list=[1, 2]", NULL, "365", "1", NULL},
    {"open=[1, b]", NULL, "365", "1", NULL},
    {"on=false", NULL, "365", "1", NULL},
    {"day=1", NULL, NULL, NULL,
	"--set day=1: no control has a parameter \"day\"; did you mean "
	"\"days\"?"},
    {"d.name=x", NULL, NULL, NULL,
	"--set d.name=x: no control has a parameter \"name\""},
    {"cc.days=1", NULL, NULL, NULL,
	"--set cc.days=1: there is no control \"cc\""},
    {"days", NULL, NULL, NULL,
	"--set needs NAME=VALUE or CONTROL.NAME=VALUE, not \"days\""},
    {"days=", NULL, NULL, NULL,
	"--set needs NAME=VALUE or CONTROL.NAME=VALUE, not \"days=\""},
    {"=1", NULL, NULL, NULL,
	"--set needs NAME=VALUE or CONTROL.NAME=VALUE, not \"=1\""},
    {"days=x", NULL, NULL, NULL,
	"--set days=x: expected a number, as the default is"},
    {"days=\"1\"", NULL, NULL, NULL,
	"--set days=\"1\": expected a number, as the default is"},
    {"days=[1]", NULL, NULL, NULL,
	"--set days=[1]: expected a number, as the default is"},
    {"list=a", NULL, NULL, NULL,
	"--set list=a: expected a list such as [a, b], as the default is"},
    {"list=[[a]]", NULL, NULL, NULL,
	"--set list=[[a]]: expected text, as the default is"},
    {"on=1", NULL, NULL, NULL,
	"--set on=1: expected true or false, as the default is"},
    {"days=~", NULL, NULL, NULL, "--set days=~: expected one value"},
    {"days=&x 1", NULL, NULL, NULL,
	"--set days=&x 1: anchors are refused: use \"define\""},
    {"name=(", NULL, NULL, NULL,
	"bad pattern: missing closing parenthesis at character 2 (with --set "
	"name=()"},
};

static bool
set_and_load(struct tfa_policies *policies, size_t i, struct tfa_error *err)
{
	struct tfa_options options = {.path = "p"};
	struct tfa_report *report = NULL;

	if (!tfa_policies_set(policies, settings[i].first, err) ||
	    (settings[i].second &&
		!tfa_policies_set(policies, settings[i].second, err)) ||
	    !policies_read(
		policies, STR("p.yaml"), STR(PARAMETERS), false, err))
		return false;
	report = tfa_report_new(policies, &options, err);
	tfa_report_free(report);
	return report != NULL;
}

static void
check_days(const struct tfa_policies *policies, size_t control,
    const char *expected)
{
	const struct parameter *days =
	    &policies->controls[control]->parameters[0];

	ck_assert(str_eq(days->name, STR("days")));
	ck_assert_msg(str_eq(value_raw(days->value), str_of(expected)),
	    STR_FMT ", not %s", STR_ARG(value_raw(days->value)), expected);
}

START_TEST(a_parameter_is_set_or_the_setting_is_refused)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	bool ok;

	ck_assert_ptr_nonnull(policies);
	ok = set_and_load(policies, (size_t)_i, &err);
	ck_assert_str_eq(
	    err.message, settings[_i].error ? settings[_i].error : "");
	ck_assert_int_eq(ok, settings[_i].error == NULL);
	if (ok) {
		check_days(policies, 0, settings[_i].days_of_c);
		check_days(policies, 1, settings[_i].days_of_d);
	} else {
		ck_assert_int_eq(tfa_error_status(&err), 2);
	}
	tfa_policies_free(policies);
}
END_TEST

START_TEST(a_setting_reaches_the_verdict)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_options options = {.path = "p", .no_cross_check = true};
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct row row = {NULL, "{\"a\":2}", NULL, NULL, NULL};
	struct buf plan = {0};
	struct tfa_eval *eval;

	add_plan(&plan, &row);
	ck_assert(tfa_policies_set(policies, "d.days=3", &err));
	ck_assert(policies_read(
	    policies, STR("p.yaml"), STR(PARAMETERS), false, &err));
	eval = tfa_eval_new(policies, &options, &err);
	ck_assert(eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
	    tfa_eval_finish(eval, &report, &err));
	ck_assert_uint_eq(report->tallies[1].fail, 1);
	tfa_eval_free(eval);
	tfa_report_free(report);
	tfa_policies_free(policies);
	buf_free(&plan);
}
END_TEST

START_TEST(a_setting_that_no_built_in_control_knows_is_refused)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_options options = {.path = "p"};
	struct tfa_error err = {0};

	ck_assert(tfa_policies_set(policies, "no_such_parameter=1", &err));
	ck_assert(tfa_policies_builtin(policies, &err));
	ck_assert_ptr_null(tfa_report_new(policies, &options, &err));
	ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	tfa_policies_free(policies);
}
END_TEST

/* --- Time --- */

/* Which object is judged, as of when, and what comes of it. */
static const struct {
	const char *actions, *before, *after, *as_of, *timestamp;
	const char *verdict, *change;
	size_t removed;
} times[] = {
    /* the plan says its time behind the resources */
    {"create", "null", "2026-02-01", NULL, "2026-01-01T00:00:00Z", "pass",
	NULL, 0},
    {"create", "null", "2026-01-15", NULL, "2026-01-01T00:00:00Z", "fail",
	"introduced", 0},
    {"create", "null", "2026-01-15", "2025-06-01", "2026-01-01T00:00:00Z",
	"pass", NULL, 0},
    {"create", "null", "2026-01-15", "2026-01-01T12:00:00+01:00",
	"2020-01-01T00:00:00Z", "fail", "introduced", 0},
    {"create", "null", "2026-02-01", NULL, NULL, "fail", "introduced", 0},
    {"create", "null", "2026-02-01", NULL, "yesterday", "error",
	"introduced", 0},
    /* the object before is judged by the same time */
    {"update", "2026-01-02", "2026-02-01", NULL, "2026-01-01T00:00:00Z",
	"pass", "fixed", 0},
    {"update", "2026-01-02", "2026-01-03", NULL, "2026-01-01T00:00:00Z",
	"fail", "existing", 0},
    {"update", "2026-02-02", "2026-01-03", NULL, "2026-01-01T00:00:00Z",
	"fail", "introduced", 0},
    {"update", "2026-02-02", "2026-02-03", NULL, "2026-01-01T00:00:00Z",
	"pass", NULL, 0},
    {"delete", "2026-01-02", NULL, NULL, "2026-01-01T00:00:00Z", "none", NULL,
	1},
    {"delete", "2026-02-02", NULL, NULL, "2026-01-01T00:00:00Z", "none", NULL,
	0},
};

static void
add_object(struct buf *out, const char *key, const char *date)
{
	if (!date || strcmp(date, "null") == 0)
		buf_fmt(out, ",\"%s\":null", key);
	else
		buf_fmt(out, ",\"%s\":{\"a\":\"%s\"}", key, date);
}

static void
add_timed(struct buf *out, size_t i)
{
	buf_fmt(out,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"%s\"]",
	    times[i].actions);
	add_object(out, "before", times[i].before);
	add_object(out, "after", times[i].after);
	buf_add(out, STR("}}],\"configuration\":{},\"complete\":true"));
	if (times[i].timestamp)
		buf_fmt(out, ",\"timestamp\":\"%s\"", times[i].timestamp);
	buf_byte(out, '}');
}

START_TEST(dates_are_judged_as_of_one_time)
{
	static const char policy[] =
	    "controls:\n  - {id: c, title: T, severity: high, resource: aws_t, "
	    "assert: {path: a, date: {at_least: now+30d}}}\n";
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_options options = {.path = "p",
	    .as_of = times[_i].as_of,
	    .now = "2026-01-20T00:00:00Z",
	    .no_cross_check = true};
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct buf plan = {0};
	struct tfa_eval *eval;

	add_timed(&plan, (size_t)_i);
	ck_assert(
	    policies_read(policies, STR("p.yaml"), STR(policy), false, &err));
	eval = tfa_eval_new(policies, &options, &err);
	ck_assert_msg(eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
		tfa_eval_finish(eval, &report, &err),
	    "%s", err.message);
	ck_assert_str_eq(verdict_of(&report->tallies[0]), times[_i].verdict);
	ck_assert_uint_eq(report->totals.removed, times[_i].removed);
	ck_assert_uint_eq(report->finding_count, times[_i].change ? 1 : 0);
	if (times[_i].change)
		ck_assert_str_eq(change_name(report->findings[0].change),
		    times[_i].change);
	tfa_eval_free(eval);
	tfa_report_free(report);
	tfa_policies_free(policies);
	buf_free(&plan);
}
END_TEST

/* --- The table --- */

START_TEST(every_operator_is_listed_once_with_its_help)
{
	struct operator operator, other;

	for (size_t i = 0; operator_at(i, &operator); i++) {
		ck_assert_ptr_nonnull(operator.name);
		ck_assert_ptr_nonnull(operator.argument);
		ck_assert_ptr_nonnull(operator.help);
		ck_assert_ptr_nonnull(op_group_name(operator.group));
		for (size_t j = 0; j < i; j++) {
			ck_assert(operator_at(j, &other));
			ck_assert_str_ne(operator.name, other.name);
		}
	}
}
END_TEST

START_TEST(a_complement_is_an_operator_and_mutual)
{
	struct operator operator, other;
	bool found = false;

	for (size_t i = 0; operator_at(i, &operator); i++) {
		if (!operator.complement)
			continue;
		found = false;
		for (size_t j = 0; !found && operator_at(j, &other); j++)
			found = strcmp(other.name, operator.complement) == 0;
		ck_assert_msg(found, "%s", operator.complement);
		ck_assert_str_eq(other.complement, operator.name);
	}
	ck_assert(found);
}
END_TEST

Suite *
suite_operators(void)
{
	Suite *suite = suite_create("operators");
	TCase *texts = tcase_create("texts");
	TCase *conditions = tcase_create("conditions");
	TCase *parameters = tcase_create("parameters");
	TCase *table = tcase_create("table");

	tcase_add_loop_test(
	    texts, a_block_of_addresses_is_read_or_refused, 0, COUNTOF(cidrs));
	tcase_add_test(texts, a_nul_is_in_no_block);
	tcase_add_loop_test(
	    texts, a_version_is_read_or_refused, 0, COUNTOF(versions));
	tcase_add_loop_test(
	    texts, versions_come_in_their_order, 0, COUNTOF(orders));
	tcase_add_test(texts, versions_of_another_kind_have_no_order);
	tcase_add_loop_test(
	    texts, a_date_is_read_or_refused, 0, COUNTOF(dates));
	tcase_add_loop_test(texts, a_distance_from_now_is_read_or_refused, 0,
	    COUNTOF(distances));
	tcase_add_loop_test(
	    conditions, blocks_are_judged_together, 0, COUNTOF(cidr_rows));
	tcase_add_loop_test(
	    conditions, a_range_covers_a_port, 0, COUNTOF(port_rows));
	tcase_add_loop_test(conditions, versions_and_dates_have_an_order, 0,
	    COUNTOF(version_rows));
	tcase_add_loop_test(conditions,
	    the_first_match_of_an_ordered_list_decides, 0,
	    COUNTOF(first_rows));
	tcase_add_loop_test(conditions,
	    a_value_of_the_plan_stands_where_a_literal_does, 0,
	    COUNTOF(value_rows));
	tcase_add_loop_test(
	    conditions, what_holds_differs_by_type, 0, COUNTOF(type_rows));
	tcase_add_loop_test(parameters,
	    a_parameter_is_set_or_the_setting_is_refused, 0,
	    COUNTOF(settings));
	tcase_add_test(parameters, a_setting_reaches_the_verdict);
	tcase_add_test(
	    parameters, a_setting_that_no_built_in_control_knows_is_refused);
	tcase_add_loop_test(
	    parameters, dates_are_judged_as_of_one_time, 0, COUNTOF(times));
	tcase_add_test(table, every_operator_is_listed_once_with_its_help);
	tcase_add_test(table, a_complement_is_an_operator_and_mutual);
	suite_add_tcase(suite, texts);
	suite_add_tcase(suite, conditions);
	suite_add_tcase(suite, parameters);
	suite_add_tcase(suite, table);
	return suite;
}
