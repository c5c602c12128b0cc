/*
 * What is accepted and what is known: files of waivers and facts, the addresses
 * that they name, comments for other tools, earlier results.  Expected by hand
 * from the contract.
 */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hcl/skip.h"
#include "policy/fact.h"
#include "policy/known.h"
#include "test/judge.h"
#include "test/test.h"

/* --- Addresses --- */

static const struct {
	const char *pattern, *address;
	bool fits;
} fitting[] = {
    {"aws_t.x",			"aws_t.x",		     true },
    {"aws_t.x",			"aws_t.y",		     false},
    {"aws_t.x",			"aws_u.x",		     false},
    {"aws_t.x",			"data.aws_t.x",		     false},
    {"data.aws_t.x",		  "data.aws_t.x",	     true },
    {"aws_t.x",			"aws_t.x[0]",		     false},
    {"aws_t.x",			"module.a.aws_t.x",	     false},
    {"aws_t.x[0]",		   "aws_t.x[0]",	     true },
    {"aws_t.x[0]",		   "aws_t.x[\"0\"]",	 false},
    {"aws_t.x[0]",		   "aws_t.x",		     false},
    {"aws_t.x[*]",		   "aws_t.x",		     true },
    {"aws_t.x[*]",		   "aws_t.x[7]",	     true },
    {"aws_t.x[*]",		   "aws_t.x[\"*\"]",	 true },
    {"aws_t.x[*]",		   "aws_t.xx[0]",	     false},
    {"aws_t.x[\"*\"]",	       "aws_t.x[\"*\"]",	 true },
    {"aws_t.x[\"*\"]",	       "aws_t.x[\"k\"]",	 false},
    {"aws_t.x[\"a.b]\"]",	  "aws_t.x[\"a.b]\"]",     true },
    {"aws_t.x[\"\\u0061\"]",       "aws_t.x[\"a\"]",	 true },
    {"module.a.aws_t.x",	     "module.a.aws_t.x",	  true },
    {"module.a.aws_t.x",	     "module.a[0].aws_t.x",     false},
    {"module.a[*].aws_t.x",	  "module.a[0].aws_t.x",     true },
    {"module.a[*].aws_t.x",	  "module.a.aws_t.x",	  true },
    {"module.a[*].aws_t.x",	  "module.b.aws_t.x",	  false},
    {"module.a.aws_t.x",	     "module.a.module.b.aws_t.x", false},
    {"**.aws_t.x",		     "aws_t.x",		     true },
    {"**.aws_t.x",		     "module.a[\"k\"].module.b.aws_t.x",
	true								 },
    {"**.aws_t.x",		     "module.a.aws_t.x[0]",     false},
    {"**.aws_t.x[*]",		"module.a.aws_t.x[0]",     true },
    {"module.a.**.aws_t.x",	  "module.a.aws_t.x",	  true },
    {"module.a.**.aws_t.x",	  "module.a.module.b.module.c.aws_t.x",
	true								 },
    {"module.a.**.aws_t.x",	  "module.b.module.a.aws_t.x", false},
    {"**.module.a.aws_t.x",	  "module.b.module.a.aws_t.x", true },
    {"**.module.a.aws_t.x",	  "module.a.module.b.aws_t.x", false},
    {"**.module.a.**.module.b.aws_t.x",
	"module.a.module.a.module.c.module.b.module.b.aws_t.x",	    true },
    {"**.module.a.**.module.b.aws_t.x",
	"module.b.module.c.module.a.aws_t.x",			       false},
    {"**.**.aws_t.x",		  "module.a.aws_t.x",	  true },
    {"module.a[\"**.\"].aws_t.x", "module.a[\"**.\"].aws_t.x", true },
    {"module.a[\"**.\"].aws_t.x", "module.a[\"b\"].aws_t.x", false},
};

START_TEST(a_pattern_fits_what_it_says_and_nothing_else)
{
	struct arena arena = {0};
	struct buf scratch = {0};
	struct pattern pattern;
	struct address address;
	const char *message;

	ck_assert_msg(pattern_read(&pattern, str_of(fitting[_i].pattern),
			  &arena, &message),
	    "%s: %s", fitting[_i].pattern, message);
	ck_assert(
	    address_read(&address, str_of(fitting[_i].address), &arena));
	ck_assert_msg(pattern_fits(&pattern, &address, &scratch) ==
		fitting[_i].fits,
	    "%s and %s", fitting[_i].pattern, fitting[_i].address);
	ck_assert(!scratch.failed);
	buf_free(&scratch);
	arena_free(&arena);
}
END_TEST

START_TEST(what_could_fit_everything_is_no_pattern)
{
	static const char *const texts[] = {"", "*", "**", "**.", "**.*",
	    "**.aws_t", "**.aws_t.*", "**.*.x", "*.x", "aws_*.x", "aws_t.x*",
	    "module.*.aws_t.x", "module.a", "module.**.aws_t.x",
	    "aws_t.x[**]", "aws_t.x[*", "**aws_t.x", "a.**", "aws_t.**.x",
	    "**.module.a", "aws_t.x[*][*]", "aws_t.x?", "module.a*.aws_t.x",
	    "module.*.**.aws_t.x"};
	struct arena arena = {0};
	struct buf deep = {0};
	struct pattern pattern;
	const char *message;

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		ck_assert_msg(!pattern_read(&pattern, str_of(texts[i]), &arena,
				  &message),
		    "%s", texts[i]);
		ck_assert_ptr_nonnull(message);
	}
	for (size_t i = 0; i < 300; i++)
		buf_add(&deep, STR("**."));
	buf_add(&deep, STR("aws_t.x"));
	ck_assert(!pattern_read(&pattern, buf_str(&deep), &arena, &message));
	buf_free(&deep);
	arena_free(&arena);
}
END_TEST

/* --- Files --- */

static const char policy[] =
    "controls:\n"
    "- {id: a_on, title: A, severity: high, resource: aws_t,\n"
    "   assert: {path: a, equals: true}, tools: {checkov: [CKV_1],\n"
    "   trivy: [AWS-0001, aws-t-a-on]}}\n"
    "- {id: b_on, title: B, severity: low, resource: aws_t,\n"
    "   assert: {path: b, equals: true}, waivable: false,\n"
    "   tools: {checkov: [CKV_2]}}\n"
    "- {id: c_on, title: C, severity: low, enforce: warn,\n"
    "   resource: aws_t, assert: {path: c, equals: true}, if_unknown: fail}\n";

static struct tfa_policies *
new_policies(void)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};

	ck_assert_ptr_nonnull(policies);
	ck_assert_msg(policies_read(policies, STR("p.yaml"), str_of(policy),
			  false, &err),
	    "%s", err.message);
	return policies;
}

#define HEAD "waivers:\n- id: W\n  control: a_on\n  address: aws_t.x\n"
#define WHO "  owner: o\n  approved_by: p\n  ticket: t\n"
#define WHY "  category: waiver\n  reason: r\n"
#define WHEN "  created: 2026-01-01\n  expires: 2026-12-31\n"

/* An empty message: the file is good. */
static const struct {
	const char *text, *message;
	size_t line, column;
} files[] = {
    {HEAD WHY WHO WHEN, "", 0, 0},
    {"waivers: []\n", "", 0, 0},
    {"# nothing\nwaivers: []\n---\n" HEAD WHY WHO WHEN, "", 0, 0},
    {"", "empty", 0, 0},
    {"waivers:\n", "expected a list, found nothing", 1, 9},
    {"waiver: []\n", "did you mean \"waivers\"?", 1, 1},
    {"waivers: {}\n", "expected a list", 1, 10},
    {"waivers: [7]\n", "expected a mapping", 1, 11},
    {HEAD WHY WHO "  created: 2026-01-01\n", "expires", 2, 3},
    {HEAD WHY WHEN "  owner: o\n  approved_by: p\n", "ticket", 2, 3},
    {HEAD "  category: waiver\n" WHO WHEN, "reason", 2, 3},
    {HEAD WHO WHEN "  category: waiver\n  reason: \"\"\n", "empty", 11, 11},
    {HEAD WHY WHO WHEN "  expire: 2026-01-01\n", "did you mean \"expires\"?",
	12, 3},
    {HEAD WHY WHO WHEN "  owner: o\n", "owner", 12, 3},
    {HEAD WHO WHEN "  reason: r\n  category: waver\n",
	"did you mean \"waiver\"?", 11, 13},
    {"waivers:\n- id: W\n  control: a_om\n", "did you mean \"a_on\"?", 3, 12},
    {"waivers:\n- id: W\n  control: zzzzzz\n", "no control is called", 3, 12},
    {"waivers:\n- id: W\n  control: a_*\n", "no control is called", 3, 12},
    {"waivers:\n- id: W\n  control: b_on\n", "cannot be waived", 3, 12},
    {"waivers:\n- id: W\n  address: \"*\"\n", "everything", 3, 12},
    {"waivers:\n- id: W\n  address: aws_t.*\n", "no resource address", 3, 12},
    {"waivers:\n- id: W\n  created: 2026-02-30\n", "no day", 3, 12},
    {"waivers:\n- id: W\n  created: 2026-01-01T00:00:00Z\n", "no day", 3,
	12},
    {"waivers:\n- id: W\n  created: never\n", "no day", 3, 12},
    {HEAD WHY WHO "  created: 2026-01-01\n  expires: 2027-01-02\n", "", 0, 0},
    {HEAD WHY WHO "  created: 2026-01-01\n  expires: 2027-01-03\n",
	"more than 366 days", 11, 12},
    {HEAD WHY WHO "  created: 2026-01-02\n  expires: 2026-01-01\n",
	"before it is created", 11, 12},
    {HEAD WHY WHO "  created: 2026-01-02\n  expires: 2026-01-02\n", "", 0, 0},
    {HEAD WHY WHO WHEN "  covers: 0\n", "1 or more", 12, 11},
    {HEAD WHY WHO WHEN "  covers: -1\n", "1 or more", 12, 11},
    {HEAD WHY WHO WHEN "  covers: many\n", "1 or more", 12, 11},
    {HEAD WHY WHO WHEN "  covers: 1\n", "", 0, 0},
    {HEAD WHY WHO WHEN "  verdicts: [pass]\n", "fail or unknown", 12, 14},
    {HEAD WHY WHO WHEN "  verdicts: []\n", "list is empty", 12, 13},
    {HEAD WHY WHO WHEN "  verdicts: [unknown]\n", "", 0, 0},
    {HEAD WHY WHO WHEN "  values: {n: x, m.k: 1}\n", "", 0, 0},
    {HEAD WHY WHO WHEN "  values: {n: [x]}\n", "expected a text", 12, 15},
    {HEAD WHY WHO WHEN "  values: {n: null}\n", "expected a text", 12, 15},
    {HEAD WHY WHO WHEN "  values: {a..b: 1}\n", "no path", 12, 12},
    {HEAD WHY WHO WHEN "  values: {}\n", "mapping is empty", 12, 11},
    {HEAD WHY WHO WHEN "- id: W\n  control: a_on\n  address: aws_t.y\n" WHY WHO
	 WHEN,
	"already at w.yaml:2:3", 12, 7},
    {"waivers: &a []\n", "anchor", 1, 10},
    {"waivers: []\nfacts: []\n", "unknown key \"facts\"", 2, 1},
    {"waivers: []\n\x01\n", "", 1, 0},
};

START_TEST(a_file_of_waivers_is_read_or_refused_with_its_place)
{
	struct tfa_policies *policies = new_policies();
	struct tfa_error err = {0};
	bool control = strchr(files[_i].text, '\x01') != NULL;
	bool good = !files[_i].message[0] && !control;
	bool ok = waivers_read(
	    policies, STR("w.yaml"), str_of(files[_i].text), &err);

	ck_assert_msg(ok == good, "%s\n%s", files[_i].text, err.message);
	if (!good) {
		ck_assert_int_eq(err.code, TFA_ERR_POLICY);
		ck_assert_str_eq(err.file, "w.yaml");
		ck_assert_msg(strstr(err.message, files[_i].message),
		    "%s\n%s", files[_i].text, err.message);
		if (files[_i].column) {
			ck_assert_uint_eq(err.line, files[_i].line);
			ck_assert_uint_eq(err.column, files[_i].column);
		}
	}
	tfa_policies_free(policies);
}
END_TEST

START_TEST(the_longest_life_of_a_waiver_can_be_set)
{
	const struct tfa_limits limits = {.waiver_days = 30};
	struct tfa_policies *policies = tfa_policies_new(&limits);
	struct tfa_error err = {0};

	ck_assert(policies_read(
	    policies, STR("p.yaml"), str_of(policy), false, &err));
	ck_assert(!waivers_read(policies, STR("w.yaml"),
	    STR(HEAD WHY WHO WHEN), &err));
	ck_assert_ptr_nonnull(strstr(err.message, "more than 30 days"));
	tfa_policies_free(policies);
}
END_TEST

#define FACT "facts:\n- resource: aws_t\n  evidence: e\n"

static const struct {
	const char *text, *message;
} fact_files[] = {
    {FACT "  values: {a: true}\n  as_of: 2026-01-01\n  expires: 2026-02-01\n",
	""},
    {"facts: []\n", ""},
    {FACT "  values: {a: true}\n  as_of: 2026-01-01\n", "expires"},
    {FACT "  as_of: 2026-01-01\n  expires: 2026-02-01\n", "values"},
    {FACT "  values: true\n", "mapping"},
    {FACT "  values: {a: true}\n  as_of: 2026-03-01\n  expires: 2026-02-01\n",
	"before it is true"},
    {"facts:\n- resource: aws_*\n", "no type"},
    {"facts:\n- resorce: aws_t\n", "did you mean \"resource\"?"},
    {FACT "  values: {a: true}\n  as_of: 2026-01-01\n  expires: 2026-02-01\n"
	"- resource: aws_t\n  evidence: f\n  values: {a: false}\n"
	"  as_of: 2026-02-01\n  expires: 2026-03-01\n",
	"already said at f.yaml:2:3"},
    {FACT "  values: {a: true}\n  as_of: 2026-01-01\n  expires: 2026-02-01\n"
	"- resource: aws_t\n  provider: aws.eu\n  evidence: f\n"
	"  values: {a: false}\n  as_of: 2026-02-01\n  expires: 2026-03-01\n",
	""},
};

START_TEST(a_file_of_facts_is_read_or_refused)
{
	struct tfa_policies *policies = new_policies();
	struct tfa_error err = {0};
	bool ok = facts_read(
	    policies, STR("f.yaml"), str_of(fact_files[_i].text), &err);

	ck_assert_msg(ok == !fact_files[_i].message[0], "%s\n%s",
	    fact_files[_i].text, err.message);
	ck_assert_msg(ok || strstr(err.message, fact_files[_i].message),
	    "%s\n%s", fact_files[_i].text, err.message);
	tfa_policies_free(policies);
}
END_TEST

/* Days since 1970 by Python: date(2026, 1, 1) is 20454. */
START_TEST(a_fact_holds_from_its_day_to_its_last_for_its_provider)
{
	static const char text[] =
	    "facts:\n"
	    "- {resource: aws_t, values: {a: true}, evidence: e, provider: "
	    "aws.eu,\n"
	    "   as_of: 2026-01-01, expires: 2026-01-31}\n"
	    "- {resource: aws_u, values: {a: true}, evidence: e,\n"
	    "   as_of: 2026-01-01, expires: 2026-01-31}\n";
	static const struct {
		const char *type, *provider;
		int64_t day;
		bool found;
	} rows[] = {
	    {"aws_t", "aws.eu", 20454, true },
	    {"aws_t", "aws.eu", 20453, false},
	    {"aws_t", "aws.eu", 20484, true },
	    {"aws_t", "aws.eu", 20485, false},
	    {"aws_t", "aws",	 20460, false},
	    {"aws_u", "aws",	 20460, true },
	    {"aws_v", "aws",	 20460, false},
	};
	struct tfa_policies *policies = new_policies();
	struct tfa_error err = {0};

	ck_assert(facts_read(policies, STR("f.yaml"), str_of(text), &err));
	for (size_t i = 0; i < COUNTOF(rows); i++)
		ck_assert_msg((facts_find(policies, str_of(rows[i].type),
				   str_of(rows[i].provider),
				   rows[i].day) != NULL) == rows[i].found,
		    "row %zu", i);
	tfa_policies_free(policies);
}
END_TEST

/* --- Whole runs --- */

struct run {
	struct tfa_policies *policies;
	struct tfa_options options;
	struct tfa_report *report;
};

#define RESOURCE(address, name, after, unknown) \
	"{\"address\":\"" address "\",\"mode\":\"managed\",\"type\":" \
	"\"aws_t\",\"name\":\"" name "\",\"change\":{\"actions\":" \
	"[\"create\"],\"before\":null,\"after\":" after \
	",\"after_unknown\":" unknown ",\"before_sensitive\":false," \
	"\"after_sensitive\":{}}}"
#define PLAN(resources) \
	"{\"format_version\":\"1.2\",\"resource_changes\":[" resources \
	"],\"configuration\":{\"root_module\":{}},\"complete\":true," \
	"\"timestamp\":\"2026-06-15T12:00:00Z\"}"

/* What most rows are about: x fails a_on and c_on. */
static const char one[] = PLAN(RESOURCE(
    "aws_t.x", "x", "{\"a\":false,\"b\":true,\"c\":true,\"n\":\"old\"}", "{}"));

static struct tfa_report *
judge(const struct run *run, const char *path, const char *plan)
{
	struct tfa_options options = run->options;
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct tfa_eval *eval;
	bool ok;

	options.path = path;
	eval = tfa_eval_new(run->policies, &options, &err);
	ok = eval && tfa_eval_feed(eval, plan, strlen(plan), &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s", err.message);
	tfa_eval_free(eval);
	return report;
}

static struct run
start(const char *waivers)
{
	struct run run = {.policies = new_policies()};
	struct tfa_error err = {0};

	run.options.now = "2026-06-15T00:00:00Z";
	if (waivers)
		ck_assert_msg(waivers_read(run.policies, STR("w.yaml"),
				  str_of(waivers), &err),
		    "%s\n%s", waivers, err.message);
	return run;
}

/* Judges; the report's options must stay, so that they live in run. */
static void
finish(struct run *run, const char *plan)
{
	struct tfa_error err = {0};
	struct tfa_report *report = judge(run, "plan.json", plan);

	run->report = tfa_report_new(run->policies, &run->options, &err);
	ck_assert(run->report &&
	    tfa_report_merge(run->report, report, &err));
}

static void
run_free(struct run *run)
{
	tfa_report_free(run->report);
	tfa_policies_free(run->policies);
}

static const struct finding *
find(const struct run *run, const char *control, const char *address)
{
	const struct judged judged = {.report = run->report};
	const struct finding *finding = judged_find(&judged, control, address);

	ck_assert_msg(finding != NULL, "%s %s", control, address);
	return finding;
}

static void
must_say(const struct run *run, const char *expected)
{
	struct buf says = {0};

	(void)waiver_says(run->report, 0, &says);
	ck_assert(buf_byte(&says, '\0'));
	ck_assert_str_eq(says.ptr, expected);
	buf_free(&says);
}

/* A waiver of a_on at aws_t.x, 2026-01-01 to 2026-12-31, and more. */
static const struct {
	const char *more, *as_of, *plan; /* NULL: the plan's own time, one */
	const char *verdict;
	int status;
	enum waiver_state state;
	const char *says;
} runs[] = {
    {"", NULL, NULL, "waived", 0, WAIVER_USED, ""},
    {"", "2026-12-31", NULL, "waived", 0, WAIVER_USED,
	"waiver W expires on 2026-12-31, today"},
    {"", "2026-12-30", NULL, "waived", 0, WAIVER_USED,
	"waiver W expires on 2026-12-31, in 1 day"},
    {"", "2026-12-01", NULL, "waived", 0, WAIVER_USED,
	"waiver W expires on 2026-12-31, in 30 days"},
    {"", "2026-11-30", NULL, "waived", 0, WAIVER_USED, ""},
    {"", "2027-01-01", NULL, "fail", 1, WAIVER_EXPIRED,
	"waiver W expired on 2026-12-31: 1 finding counts again"},
    /* The last day is that of UTC. */
    {"", "2026-12-31T23:59:59Z", NULL, "waived", 0, WAIVER_USED,
	"waiver W expires on 2026-12-31, today"},
    {"", "2027-01-01T00:30:00+01:00", NULL, "waived", 0, WAIVER_USED,
	"waiver W expires on 2026-12-31, today"},
    {"", "2026-12-31T23:30:00-01:00", NULL, "fail", 1, WAIVER_EXPIRED,
	"waiver W expired on 2026-12-31: 1 finding counts again"},
    /* Before it was written down, it is in force: plans may be older. */
    {"", "2025-06-01", NULL, "waived", 0, WAIVER_USED, ""},
    {"  covers: 1\n", NULL, NULL, "waived", 0, WAIVER_USED, ""},
    {"  values: {n: old}\n", NULL, NULL, "waived", 0, WAIVER_USED, ""},
    {"  values: {n: new}\n", NULL, NULL, "fail", 1, WAIVER_UNUSED,
	"waiver W matches nothing: a_on at aws_t.x"},
    {"  values: {n: old, b: true}\n", NULL, NULL, "waived", 0, WAIVER_USED,
	""},
    {"  values: {n: old, b: false}\n", NULL, NULL, "fail", 1, WAIVER_UNUSED,
	"waiver W matches nothing: a_on at aws_t.x"},
    {"  values: {gone: x}\n", NULL, NULL, "fail", 1, WAIVER_UNUSED,
	"waiver W matches nothing: a_on at aws_t.x"},
    {"  verdicts: [unknown]\n", NULL, NULL, "fail", 1, WAIVER_NOT_ASKED, ""},
    /* An unknown verdict, and an unknown value. */
    {"", NULL,
	PLAN(RESOURCE("aws_t.x", "x", "{\"b\":true,\"c\":true}",
	    "{\"a\":true}")),
	"unknown", 4, WAIVER_NOT_ASKED, ""},
    {"  verdicts: [fail, unknown]\n", NULL,
	PLAN(RESOURCE("aws_t.x", "x", "{\"b\":true,\"c\":true}",
	    "{\"a\":true}")),
	"waived", 0, WAIVER_USED, ""},
    {"  values: {n: old}\n", NULL,
	PLAN(RESOURCE("aws_t.x", "x",
	    "{\"a\":false,\"b\":true,\"c\":true}", "{\"n\":true}")),
	"fail", 1, WAIVER_UNUSED, "waiver W matches nothing: a_on at aws_t.x"},
};

START_TEST(a_waiver_counts_while_it_is_in_force_and_never_hides)
{
	struct buf text = {0};
	struct run run;
	const struct finding *finding;

	ck_assert(buf_fmt(&text, "%s%s", HEAD WHY WHO WHEN, runs[_i].more) &&
	    buf_byte(&text, '\0'));
	run = start(text.ptr);
	run.options.as_of = runs[_i].as_of;
	finish(&run, runs[_i].plan ? runs[_i].plan : one);
	finding = find(&run, "a_on", "aws_t.x");
	ck_assert_str_eq(verdict_name(finding->verdict), runs[_i].verdict);
	ck_assert_int_ne(finding->raw_verdict, VERDICT_WAIVED);
	ck_assert_int_eq(finding->change, CHANGE_INTRODUCED);
	ck_assert_int_eq(tfa_report_status(run.report), runs[_i].status);
	ck_assert_int_eq(waiver_state(run.report, 0), runs[_i].state);
	must_say(&run, runs[_i].says);
	run_free(&run);
	buf_free(&text);
}
END_TEST

#define THREE \
	PLAN(RESOURCE("aws_t.x[0]", "x", \
	    "{\"a\":false,\"b\":true,\"c\":true}", "{}") \
	    "," RESOURCE("aws_t.x[1]", "x", \
		"{\"a\":false,\"b\":true,\"c\":true}", "{}") \
	    "," RESOURCE("aws_t.x[2]", "x", \
		"{\"a\":true,\"b\":true,\"c\":true}", "{}"))
#define ANY_KEY "waivers:\n- id: W\n  control: a_on\n  address: aws_t.x[*]\n"

START_TEST(one_instance_more_than_it_covers_and_it_waives_none)
{
	struct run run = start(ANY_KEY WHY WHO WHEN "  covers: 2\n");

	finish(&run, THREE);
	ck_assert_uint_eq(run.report->waivers[0].waived, 2);
	ck_assert_uint_eq(run.report->waivers[0].fixed, 1);
	ck_assert_int_eq(tfa_report_status(run.report), 0);
	run_free(&run);
	run = start(ANY_KEY WHY WHO WHEN "  covers: 1\n");
	finish(&run, THREE);
	ck_assert_int_eq(
	    find(&run, "a_on", "aws_t.x[0]")->verdict, VERDICT_FAIL);
	ck_assert_int_eq(
	    find(&run, "a_on", "aws_t.x[0]")->waived, WAIVED_EXCEEDED);
	ck_assert_int_eq(tfa_report_status(run.report), 1);
	must_say(&run,
	    "waiver W covers 1 instance and would waive 2: it waives none");
	run_free(&run);
}
END_TEST

START_TEST(a_waiver_of_what_passes_is_not_needed)
{
	struct run run = start(HEAD WHY WHO WHEN);

	finish(&run, PLAN(RESOURCE("aws_t.x", "x",
		     "{\"a\":true,\"b\":true,\"c\":true}", "{}")));
	ck_assert_int_eq(waiver_state(run.report, 0), WAIVER_FIXED);
	must_say(&run,
	    "waiver W is not needed any more: what it covers passes");
	run_free(&run);
}
END_TEST

/* Of several the one in force counts, wherever it stands. */
START_TEST(an_expired_waiver_does_not_stand_in_the_way_of_another)
{
	struct run run = start(HEAD WHY WHO
	    "  created: 2025-01-01\n  expires: 2025-12-31\n"
	    "- id: V\n  control: a_on\n  address: \"**.aws_t.x[*]\"\n" WHY WHO
	    WHEN);

	finish(&run, one);
	ck_assert(str_eq(
	    find(&run, "a_on", "aws_t.x")->waiver->id, STR("V")));
	ck_assert_int_eq(tfa_report_status(run.report), 0);
	must_say(&run, "waiver W expired on 2025-12-31: 1 finding counts again");
	run_free(&run);
}
END_TEST

START_TEST(what_is_left_out_says_nothing_of_its_waivers)
{
	const char *control = "c_on";
	struct run run = start(HEAD WHY WHO WHEN);

	run.options.only = TFA_EXISTING;
	finish(&run, one);
	ck_assert_int_eq(waiver_state(run.report, 0), WAIVER_NOT_ASKED);
	run_free(&run);
	run = start(HEAD WHY WHO WHEN);
	run.options.controls = &control;
	run.options.control_count = 1;
	finish(&run, one);
	ck_assert_int_eq(waiver_state(run.report, 0), WAIVER_NOT_ASKED);
	run_free(&run);
}
END_TEST

/* An unknown that counts as a failure is waived as one. */
START_TEST(what_counts_as_a_failure_is_waived_as_one)
{
	struct run run = start("waivers:\n- id: W\n  control: c_on\n"
			       "  address: aws_t.x\n" WHY WHO WHEN);

	finish(&run, PLAN(RESOURCE("aws_t.x", "x",
		     "{\"a\":true,\"b\":true}", "{\"c\":true}")));
	ck_assert_int_eq(
	    find(&run, "c_on", "aws_t.x")->verdict, VERDICT_WAIVED);
	ck_assert_int_eq(
	    find(&run, "c_on", "aws_t.x")->raw_verdict, VERDICT_UNKNOWN);
	run_free(&run);
}
END_TEST

START_TEST(counts_and_waivers_of_several_plans_add_up)
{
	struct run run = start(HEAD WHY WHO WHEN);
	struct tfa_error err = {0};

	finish(&run, PLAN(RESOURCE("aws_t.y", "y",
		     "{\"a\":true,\"b\":true,\"c\":true}", "{}")));
	ck_assert_int_eq(waiver_state(run.report, 0), WAIVER_UNUSED);
	ck_assert(tfa_report_merge(
	    run.report, judge(&run, "two.json", one), &err));
	ck_assert_int_eq(waiver_state(run.report, 0), WAIVER_USED);
	ck_assert_uint_eq(run.report->totals.tally.waived, 1);
	ck_assert_uint_eq(run.report->tallies[0].waived, 1);
	run_free(&run);
}
END_TEST

START_TEST(without_any_date_no_waiver_is_in_force)
{
	char plan[sizeof(one)];
	struct run run = start(HEAD WHY WHO WHEN);

	memcpy(plan, one, sizeof(one));
	memcpy(strstr(plan, "timestamp"), "timestump", 9);
	run.options.now = NULL;
	finish(&run, plan);
	ck_assert_int_eq(find(&run, "a_on", "aws_t.x")->verdict, VERDICT_FAIL);
	must_say(&run,
	    "waiver W is not in force: there is no date to judge it by");
	run_free(&run);
}
END_TEST

/* --- Facts --- */

#define SETTING "{\"address\":\"aws_s.s\",\"mode\":\"managed\",\"type\":" \
	"\"aws_s\",\"name\":\"s\",\"change\":{\"actions\":[\"create\"]," \
	"\"before\":null,\"after\":{\"on\":false},\"after_unknown\":{}," \
	"\"before_sensitive\":false,\"after_sensitive\":{}}}"
#define WITH_PROVIDER(resources, more) \
	"{\"format_version\":\"1.2\",\"resource_changes\":[" resources \
	"],\"configuration\":{\"provider_config\":{\"aws.eu\":{\"name\":" \
	"\"aws\",\"alias\":\"eu\"}},\"root_module\":{\"resources\":[{" \
	"\"address\":\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\"," \
	"\"name\":\"x\",\"provider_config_key\":\"aws.eu\",\"expressions\":" \
	"{}}" more "]}},\"complete\":true," \
	"\"timestamp\":\"2026-06-15T12:00:00Z\"}"
#define X RESOURCE("aws_t.x", "x", "{\"a\":1}", "{}")
#define SAID(provider, on, until) \
	"- {resource: aws_s, " provider "values: {on: " on "}, evidence: e, " \
	"as_of: 2026-05-01, expires: " until "}\n"

static const struct {
	const char *facts, *plan, *verdict;
} facts[] = {
    {"", WITH_PROVIDER(X, ""), "fail"},
    {SAID("", "true", "2026-06-15"), WITH_PROVIDER(X, ""), "pass"},
    {SAID("", "true", "2026-06-14"), WITH_PROVIDER(X, ""), "fail"},
    {SAID("", "false", "2026-06-15"), WITH_PROVIDER(X, ""), "fail"},
    {SAID("provider: aws.eu, ", "true", "2026-12-31"), WITH_PROVIDER(X, ""),
	"pass"},
    {SAID("provider: aws, ", "true", "2026-12-31"), WITH_PROVIDER(X, ""),
	"fail"},
    /* Who speaks of one configuration is heard before who speaks of all. */
    {SAID("provider: aws.eu, ", "false", "2026-12-31")
	    SAID("", "true", "2026-12-31"),
	WITH_PROVIDER(X, ""), "fail"},
    /* What the plan shows is newer. */
    {SAID("", "true", "2026-12-31"),
	WITH_PROVIDER(X "," SETTING,
	    ",{\"address\":\"aws_s.s\",\"mode\":\"managed\",\"type\":"
	    "\"aws_s\",\"name\":\"s\",\"provider_config_key\":\"aws.eu\","
	    "\"expressions\":{}}"),
	"fail"},
};

START_TEST(a_fact_stands_for_a_setting_that_the_plan_does_not_show)
{
	static const char controls[] =
	    "controls:\n- id: s\n  title: S\n  severity: low\n"
	    "  resource: aws_t\n"
	    "  assert: {related: aws_s, in_plan: true, satisfies: {path: on, "
	    "equals: true}, if_none: false}\n";
	struct run run = {.policies = tfa_policies_new(NULL)};
	struct tfa_error err = {0};
	struct buf text = {0};
	const struct finding *finding;
	size_t at;

	ck_assert(policies_read(
	    run.policies, STR("s.yaml"), str_of(controls), false, &err));
	ck_assert(buf_fmt(&text, "facts:%s\n%s",
	    facts[_i].facts[0] ? "" : " []", facts[_i].facts));
	ck_assert_msg(facts_read(run.policies, STR("my facts.yaml"),
			  buf_str(&text), &err),
	    "%s", err.message);
	run.options.list = TFA_PASS;
	finish(&run, facts[_i].plan);
	finding = find(&run, "s", "aws_t.x");
	ck_assert_str_eq(verdict_name(finding->verdict), facts[_i].verdict);
	if (finding->verdict == VERDICT_PASS)
		ck_assert_msg(
		    str_find(finding->reason,
			STR("aws_s.fact[\"my_facts.yaml:2 as of "
			    "2026-05-01\"]"),
			&at),
		    STR_FMT, STR_ARG(finding->reason));
	run_free(&run);
	buf_free(&text);
}
END_TEST

/* --- An earlier result --- */

static char *
result_of(const struct run *run)
{
	struct tfa_report_style style = {0};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_ptr_nonnull(out);
	ck_assert(
	    tfa_report_write(run->report, "json", &style, out, &err));
	fclose(out);
	return text;
}

#define STATE(a, unknown) \
	PLAN(RESOURCE("aws_t.x", "x", "{" a "\"b\":true,\"c\":true}", unknown))
#define FAILS STATE("\"a\":false,", "{}")
#define OPEN STATE("", "{\"a\":true}")
#define PASSES STATE("\"a\":true,", "{}")

static const struct {
	const char *before, *after;
	int status;
	bool known;
} baselines[] = {
    {FAILS,	FAILS, 0, true },
    {FAILS,	OPEN,	 0, true },
    {OPEN,	 OPEN,  0, true },
    {OPEN,	 FAILS, 1, false},
    {PASSES, FAILS, 1, false},
    {PASSES, OPEN,  4, false},
};

START_TEST(what_the_baseline_has_is_listed_and_does_not_block)
{
	struct run first = start(NULL), second;
	struct tfa_error err = {0};
	char *result;

	finish(&first, baselines[_i].before);
	result = result_of(&first);
	second = start(NULL);
	ck_assert(known_read(
	    second.policies, STR("r.json"), str_of(result), &err));
	finish(&second, baselines[_i].after);
	ck_assert_int_eq(
	    tfa_report_status(second.report), baselines[_i].status);
	ck_assert(
	    find(&second, "a_on", "aws_t.x")->known == baselines[_i].known);
	ck_assert_uint_eq(second.report->totals.known, baselines[_i].known);
	run_free(&first);
	run_free(&second);
	free(result);
}
END_TEST

START_TEST(what_was_waived_is_not_known_when_the_waiver_ends)
{
	struct run first = start(HEAD WHY WHO WHEN), second;
	struct tfa_error err = {0};
	char *result;

	finish(&first, one);
	result = result_of(&first);
	second = start(NULL);
	ck_assert(known_read(
	    second.policies, STR("r.json"), str_of(result), &err));
	finish(&second, one);
	ck_assert_int_eq(tfa_report_status(second.report), 1);
	run_free(&first);
	run_free(&second);
	free(result);
}
END_TEST

/* The same address in another plan is another resource. */
START_TEST(of_several_plans_each_has_its_own_baseline)
{
	struct run first = start(NULL), second;
	struct tfa_error err = {0};
	struct tfa_report *other;
	char *result;

	finish(&first, FAILS);
	ck_assert(tfa_report_merge(
	    first.report, judge(&first, "b.json", PASSES), &err));
	result = result_of(&first);
	second = start(NULL);
	ck_assert(known_read(
	    second.policies, STR("r.json"), str_of(result), &err));
	other = judge(&second, "b.json", FAILS);
	ck_assert_uint_eq(other->totals.known, 0);
	tfa_report_free(other);
	other = judge(&second, "plan.json", FAILS);
	ck_assert_uint_eq(other->totals.known, 1);
	tfa_report_free(other);
	run_free(&first);
	run_free(&second);
	free(result);
}
END_TEST

START_TEST(a_result_that_is_cut_or_is_none_is_refused)
{
	static const char *const others[] = {"", "{}", "[]", "7", "no",
	    "{\"\x01\":1}", "{\"format_version\":\"2.0\",\"status\":{}}",
	    "{\"format_version\":\"1.0\",\"findings\":[]}",
	    "{\"format_version\":\"1.0\",\"status\":7}",
	    "{\"format_version\":1.0,\"status\":{}}"};
	struct run run = start(NULL);
	char *result;

	finish(&run, FAILS);
	result = result_of(&run);
	for (size_t len = 0; len + 2 < strlen(result); len += 7) {
		struct tfa_error err = {0};

		ck_assert(!known_read(run.policies, STR("r.json"),
		    (struct str){result, len}, &err));
		ck_assert_int_eq(err.code, TFA_ERR_POLICY);
	}
	for (size_t i = 0; i < COUNTOF(others); i++) {
		struct tfa_error err = {0};

		ck_assert_msg(!known_read(run.policies, STR("r.json"),
				  str_of(others[i]), &err),
		    "%s", others[i]);
	}
	ck_assert_uint_eq(run.policies->baseline_files.count, 0);
	run_free(&run);
	free(result);
}
END_TEST

/* --- Comments for other tools --- */

/* "tool id reason expires;" of each, the last first. */
static const struct {
	const char *comment;
	size_t depth;
	const char *skips;
} comments[] = {
    {"checkov:skip=CKV_1:why not", 1,	"checkov CKV_1 why not -;"   },
    {"checkov:skip=CKV_1: a:b ", 2,	"checkov CKV_1 a:b -;"	   },
    {"checkov:skip=CKV_1", 1,		 "checkov CKV_1 - -;"	   },
    {"checkov:skip= CKV_1 :x", 1,	"checkov CKV_1 - -;"		 },
    {"so checkov:skip=CKV_1:x", 1,	"checkov CKV_1 x -;"		 },
    {"bridgecrew:skip=BC_1:x", 1,	"checkov BC_1 x -;"		 },
    {"checkov:skip=CKV_1:x", 0,	   ""				 },
    {"checkov:skip=:x", 1,		   ""				 },
    {"checkov:skip=*", 1,		  ""				 },
    {"checkov:skip CKV_1", 1,		 ""				 },
    {"trivy:ignore:AVD-AWS-0001", 0,     "trivy AVD-AWS-0001 - -;"     },
    {"trivy:ignore:aws-t-a-on", 1,	"trivy aws-t-a-on - -;"	   },
    {"tfsec:ignore:aws-t-a-on tfsec:ignore:b", 1,
	"tfsec b - -;tfsec aws-t-a-on - -;"				},
    {"trivy:ignore:a:exp:2026-01-31", 1, "trivy a - 2026-01-31;"	   },
    {"trivy:ignore:a:ws:prod", 1,	""				 },
    {"trivy:ignore:a[x=1]", 1,	   ""				 },
    {"trivy:ignore:*", 1,		  ""				 },
    {"trivy:ignore:a", 2,		  ""				 },
    {"trivy:ignore:", 1,		   ""				 },
    {"", 1,				  ""				 },
};

START_TEST(a_comment_says_what_its_tool_would_read_and_not_more)
{
	struct arena arena = {0};
	struct skip *list = NULL;
	struct buf text = {0};

	ck_assert(skip_read(&list, str_of(comments[_i].comment), 1,
	    comments[_i].depth, &arena));
	for (const struct skip *at = list; at; at = at->next)
		buf_fmt(&text, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT ";",
		    STR_ARG(at->tool), STR_ARG(at->id),
		    STR_ARG(at->reason.len ? at->reason : STR("-")),
		    STR_ARG(at->expires.len ? at->expires : STR("-")));
	ck_assert(buf_byte(&text, '\0'));
	ck_assert_str_eq(text.ptr, comments[_i].skips);
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *source;
	bool waived;
} sources[] = {
    {"resource \"aws_t\" \"x\" {\n  # checkov:skip=CKV_1:known\n}\n", true},
    {"resource \"aws_t\" \"x\" {\n  y {\n  # checkov:skip=CKV_1:k\n}\n}\n",
	true},
    {"#trivy:ignore:AVD-AWS-0001\nresource \"aws_t\" \"x\" {\n}\n", true},
    {"#trivy:ignore:aws-0001\n# more\nresource \"aws_t\" \"x\" {}\n", true},
    {"#tfsec:ignore:aws-t-a-on\nresource \"aws_t\" \"x\" {}\n", true},
    {"resource \"aws_t\" \"x\" { #trivy:ignore:AWS-0001\n}\n", true},
    {"#trivy:ignore:AWS-0001:exp:2026-06-15\nresource \"aws_t\" \"x\" {}\n",
	true},
    {"#trivy:ignore:AWS-0001:exp:2026-06-14\nresource \"aws_t\" \"x\" {}\n",
	false},
    {"#trivy:ignore:AWS-0001\n\nresource \"aws_t\" \"x\" {}\n", false},
    {"#trivy:ignore:AWS-0002\nresource \"aws_t\" \"x\" {}\n", false},
    {"# checkov:skip=CKV_1:known\nresource \"aws_t\" \"x\" {}\n", false},
    {"resource \"aws_t\" \"y\" {\n  # checkov:skip=CKV_1:k\n}\n"
     "resource \"aws_t\" \"x\" {}\n",
	false},
    {"resource \"aws_t\" \"x\" {\n  # checkov:skip=CKV_2:k\n}\n", false},
    {"resource \"aws_t\" \"x\" {\n  z = \"checkov:skip=CKV_1:k\"\n}\n",
	false},
};

START_TEST(a_comment_waives_its_block_only_when_it_is_asked_for)
{
	char folder[] = "/tmp/tfassay-skip-XXXXXX", path[64];
	struct run run = start(NULL);
	const struct finding *finding;
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/main.tf", folder);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	fputs(sources[_i].source, file);
	fclose(file);
	run.options.source_root = folder;
	finish(&run, one);
	ck_assert_int_eq(find(&run, "a_on", "aws_t.x")->verdict, VERDICT_FAIL);
	tfa_report_free(run.report);
	run.options.import_skips = true;
	finish(&run, one);
	finding = find(&run, "a_on", "aws_t.x");
	ck_assert_int_eq(finding->verdict,
	    sources[_i].waived ? VERDICT_WAIVED : VERDICT_FAIL);
	ck_assert_int_eq(finding->raw_verdict, VERDICT_FAIL);
	ck_assert((run.report->skips != NULL) == sources[_i].waived);
	run_free(&run);
	unlink(path);
	rmdir(folder);
}
END_TEST

Suite *
suite_waiver(void)
{
	Suite *suite = suite_create("waiver");
	TCase *address = tcase_create("address");
	TCase *file = tcase_create("file");
	TCase *runs_case = tcase_create("runs");
	TCase *baseline = tcase_create("baseline");
	TCase *skips = tcase_create("skips");

	tcase_add_loop_test(address,
	    a_pattern_fits_what_it_says_and_nothing_else, 0,
	    COUNTOF(fitting));
	tcase_add_test(address, what_could_fit_everything_is_no_pattern);
	tcase_add_loop_test(file,
	    a_file_of_waivers_is_read_or_refused_with_its_place, 0,
	    COUNTOF(files));
	tcase_add_test(file, the_longest_life_of_a_waiver_can_be_set);
	tcase_add_loop_test(file, a_file_of_facts_is_read_or_refused, 0,
	    COUNTOF(fact_files));
	tcase_add_test(
	    file, a_fact_holds_from_its_day_to_its_last_for_its_provider);
	tcase_add_loop_test(runs_case,
	    a_waiver_counts_while_it_is_in_force_and_never_hides, 0,
	    COUNTOF(runs));
	tcase_add_test(
	    runs_case, one_instance_more_than_it_covers_and_it_waives_none);
	tcase_add_test(runs_case, a_waiver_of_what_passes_is_not_needed);
	tcase_add_test(runs_case,
	    an_expired_waiver_does_not_stand_in_the_way_of_another);
	tcase_add_test(
	    runs_case, what_is_left_out_says_nothing_of_its_waivers);
	tcase_add_test(runs_case, what_counts_as_a_failure_is_waived_as_one);
	tcase_add_test(runs_case, counts_and_waivers_of_several_plans_add_up);
	tcase_add_test(runs_case, without_any_date_no_waiver_is_in_force);
	tcase_add_loop_test(runs_case,
	    a_fact_stands_for_a_setting_that_the_plan_does_not_show, 0,
	    COUNTOF(facts));
	tcase_add_loop_test(baseline,
	    what_the_baseline_has_is_listed_and_does_not_block, 0,
	    COUNTOF(baselines));
	tcase_add_test(
	    baseline, what_was_waived_is_not_known_when_the_waiver_ends);
	tcase_add_test(baseline, of_several_plans_each_has_its_own_baseline);
	tcase_add_test(baseline, a_result_that_is_cut_or_is_none_is_refused);
	tcase_add_loop_test(skips,
	    a_comment_says_what_its_tool_would_read_and_not_more, 0,
	    COUNTOF(comments));
	tcase_add_loop_test(skips,
	    a_comment_waives_its_block_only_when_it_is_asked_for, 0,
	    COUNTOF(sources));
	suite_add_tcase(suite, address);
	suite_add_tcase(suite, file);
	suite_add_tcase(suite, runs_case);
	suite_add_tcase(suite, baseline);
	suite_add_tcase(suite, skips);
	return suite;
}
