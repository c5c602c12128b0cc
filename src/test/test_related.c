/*
 * Conditions on related resources.  What is expected was worked out by hand
 * from the contract; real plans are judged in full where expected/ says what
 * comes out.
 */
#include <stdlib.h>

#include "test/judge.h"
#include "test/test.h"

/* --- Plans that are made here --- */

struct made {
	struct buf policy;
	struct buf changes[16]; /* entries of resource_changes */
	size_t count;
	struct buf config; /* entries of the root module's resources */
	bool incomplete;
};

static void
made_free(struct made *made)
{
	buf_free(&made->policy);
	buf_free(&made->config);
	for (size_t i = 0; i < made->count; i++)
		buf_free(&made->changes[i]);
}

/* "aws_u.a" is created, or was before, with these values. */
static void
add_change(struct made *made, const char *address, const char *before,
    const char *after, const char *unknown)
{
	struct buf *out = &made->changes[made->count++];
	const char *name = strchr(address, '.') + 1;
	const char *action = strcmp(before, "null") == 0 ? "create"
	    : strcmp(after, "null") == 0		? "delete"
							: "update";

	buf_fmt(out,
	    "{\"address\":\"%s\",\"mode\":\"managed\",\"type\":\"%.*s\","
	    "\"name\":\"%s\",\"change\":{\"actions\":[\"%s\"],\"before\":%s,"
	    "\"after\":%s,\"after_unknown\":%s}}",
	    address, (int)(name - address - 1), address, name, action, before,
	    after, unknown);
}

static void
add_config(struct made *made, const char *address, const char *provider,
    const char *expressions)
{
	const char *name = strchr(address, '.') + 1;

	buf_fmt(&made->config,
	    "%s{\"address\":\"%s\",\"mode\":\"managed\",\"type\":\"%.*s\","
	    "\"name\":\"%s\",\"provider_config_key\":\"%s\","
	    "\"expressions\":%s}",
	    made->config.len ? "," : "", address, (int)(name - address - 1),
	    address, name, provider, expressions);
}

static void
print_configuration(const struct made *made, struct buf *out)
{
	buf_fmt(out,
	    "\"configuration\":{\"provider_config\":{\"aws\":{\"name\":\"aws\"}"
	    ",\"aws.eu\":{\"name\":\"aws\",\"alias\":\"eu\"}},"
	    "\"root_module\":{\"resources\":[" STR_FMT "]}}",
	    STR_ARG(buf_str(&made->config)));
}

/* backwards: the configuration first, and every list from its end. */
static void
print_plan(const struct made *made, bool backwards, struct buf *out)
{
	buf_add(out, STR("{\"format_version\":\"1.2\","));
	if (backwards) {
		print_configuration(made, out);
		buf_byte(out, ',');
	}
	buf_add(out, STR("\"resource_changes\":["));
	for (size_t i = 0; i < made->count; i++) {
		size_t at = backwards ? made->count - 1 - i : i;

		if (i > 0)
			buf_byte(out, ',');
		buf_add(out, buf_str(&made->changes[at]));
	}
	buf_add(out, STR("],"));
	if (!backwards) {
		print_configuration(made, out);
		buf_byte(out, ',');
	}
	buf_fmt(out, "\"timestamp\":\"2026-01-01T00:00:00Z\",\"complete\":%s}",
	    made->incomplete ? "false" : "true");
}

struct outcome_said {
	struct str verdict, change;
	char reason[512];
	size_t removed;
};

static void
judge_once(const struct made *made, bool backwards, bool strict,
    struct outcome_said *out)
{
	struct tfa_options options = {.path = "plan.json",
	    .list = TFA_PASS,
	    .now = "2026-01-01T00:00:00Z",
	    .strict_joins = strict};
	struct buf plan = {0};
	struct judged run;
	const struct finding *finding;

	print_plan(made, backwards, &plan);
	run = judge_text(&made->policy, buf_str(&plan), &options);
	finding = judged_find(&run, "c", "aws_t.x");
	*out = (struct outcome_said){.removed = run.report->totals.removed};
	if (finding) {
		out->verdict = str_of(verdict_name(finding->verdict));
		out->change = str_of(change_name(finding->change));
		snprintf(out->reason, sizeof(out->reason), STR_FMT,
		    STR_ARG(finding->reason));
	}
	judged_free(&run);
	buf_free(&plan);
}

/* Whatever the order of the document. */
static struct outcome_said
judge(const struct made *made, bool strict)
{
	struct outcome_said forwards, backwards;

	judge_once(made, false, strict, &forwards);
	judge_once(made, true, strict, &backwards);
	ck_assert(str_eq(forwards.verdict, backwards.verdict));
	ck_assert(str_eq(forwards.change, backwards.change));
	ck_assert_str_eq(forwards.reason, backwards.reason);
	ck_assert_uint_eq(forwards.removed, backwards.removed);
	return forwards;
}

static void
add_control(struct made *made, const char *assert)
{
	buf_fmt(&made->policy,
	    "controls:\n  - {id: c, title: T, severity: high, resource: aws_t, "
	    "assert: %s}\n",
	    assert);
}

/* --- Every kind of partner with every quantifier --- */

/*
 * partners: J is joined by reference, P may be (what it refers to is hidden);
 * each says yes, no or unknown.  whole and part: what the condition answers
 * where the plan is complete and where it is not.
 */
static const struct {
	const char *how, *partners;
	char whole, part;
} truths[] = {
    /* some: one that holds is enough; none is no */
    {"", "", 'n', 'u'},
    {"", "Jy", 'y', 'y'},
    {"", "Jn", 'n', 'u'},
    {"", "Ju", 'u', 'u'},
    {"", "JyJn", 'y', 'y'},
    {"", "JnJu", 'u', 'u'},
    {"", "JnJn", 'n', 'u'},
    {"", "Py", 'u', 'u'},
    {"", "Pn", 'n', 'u'},
    {"", "Pu", 'u', 'u'},
    {"", "JnPy", 'u', 'u'},
    {"", "JnPn", 'n', 'u'},
    {"", "JyPn", 'y', 'y'},
    /* every: one that does not hold decides; none is yes */
    {", quantifier: every", "", 'y', 'u'},
    {", quantifier: every", "Jy", 'y', 'u'},
    {", quantifier: every", "Jn", 'n', 'n'},
    {", quantifier: every", "Ju", 'u', 'u'},
    {", quantifier: every", "JyJn", 'n', 'n'},
    {", quantifier: every", "JyJu", 'u', 'u'},
    {", quantifier: every", "Py", 'y', 'u'},
    {", quantifier: every", "Pn", 'u', 'u'},
    {", quantifier: every", "JyPn", 'u', 'u'},
    {", quantifier: every", "JyPy", 'y', 'u'},
    {", quantifier: every", "JnPy", 'n', 'n'},
    /* none: some, turned round */
    {", quantifier: none", "", 'y', 'u'},
    {", quantifier: none", "Jy", 'n', 'n'},
    {", quantifier: none", "Jn", 'y', 'u'},
    {", quantifier: none", "Ju", 'u', 'u'},
    {", quantifier: none", "JyJn", 'n', 'n'},
    {", quantifier: none", "Py", 'u', 'u'},
    {", quantifier: none", "Pn", 'y', 'u'},
    {", quantifier: none", "JnPy", 'u', 'u'},
    /* if_none is the answer without a partner, and only then */
    {", if_none: true", "", 'y', 'u'},
    {", if_none: true", "Jn", 'n', 'u'},
    {", if_none: true", "Py", 'y', 'u'},
    {", if_none: true", "Pn", 'u', 'u'},
    {", if_none: false", "", 'n', 'u'},
    {", if_none: unknown", "", 'u', 'u'},
    {", if_none: unknown", "Jy", 'y', 'y'},
    {", if_none: unknown", "Py", 'u', 'u'},
    {", if_none: unknown", "Pn", 'u', 'u'},
    {", quantifier: every, if_none: false", "", 'n', 'u'},
    {", quantifier: every, if_none: false", "Jy", 'y', 'u'},
    {", quantifier: every, if_none: false", "Jn", 'n', 'n'},
    {", quantifier: every, if_none: false", "Py", 'u', 'u'},
    {", quantifier: every, if_none: false", "Pn", 'n', 'u'},
    {", quantifier: none, if_none: false", "", 'n', 'u'},
    {", quantifier: none, if_none: false", "Jn", 'y', 'u'},
    {", quantifier: none, if_none: false", "Py", 'n', 'u'},
    {", quantifier: none, if_none: false", "Pn", 'u', 'u'},
};

static void
add_partner(struct made *made, const char *letters, size_t index)
{
	static const char refers[] =
	    "\"t\":{\"references\":[\"aws_t.x.id\",\"aws_t.x\"]}";
	static const char later[] =
	    ",\"ok\":{\"references\":[\"aws_v.y.z\",\"aws_v.y\"]}";
	char address[32], after[64], unknown[64], expressions[256];

	snprintf(address, sizeof(address), "aws_u.p%zu", index);
	snprintf(after, sizeof(after), "{%s}",
	    letters[1] == 'y'	   ? "\"ok\":true"
		: letters[1] == 'n' ? "\"ok\":false"
				   : "");
	snprintf(unknown, sizeof(unknown), "{\"t\":true%s}",
	    letters[1] == 'u' ? ",\"ok\":true" : "");
	snprintf(expressions, sizeof(expressions), "{%s%s}",
	    letters[0] == 'J' ? refers
			      : "\"t\":{\"references\":[\"self.t\"]}",
	    letters[1] == 'u' ? later : "");
	add_change(made, address, "null", after, unknown);
	add_config(made, address, "aws", expressions);
}

static void
check_truth(size_t row, bool negated, bool incomplete)
{
	const char *partners = truths[row].partners;
	char expected = incomplete ? truths[row].part : truths[row].whole;
	struct made made = {.incomplete = incomplete};
	struct outcome_said said;
	char assert[256];

	snprintf(assert, sizeof(assert),
	    "%s{related: aws_u, where_its: t%s, "
	    "satisfies: {path: ok, equals: true}}%s",
	    negated ? "{not: " : "", truths[row].how, negated ? "}" : "");
	add_control(&made, assert);
	add_change(&made, "aws_t.x", "null", "{}", "{\"id\":true}");
	add_config(&made, "aws_t.x", "aws", "{}");
	for (size_t i = 0; partners[2 * i]; i++)
		add_partner(&made, partners + 2 * i, i);
	if (negated && expected != 'u')
		expected = expected == 'y' ? 'n' : 'y';
	said = judge(&made, false);
	ck_assert_msg(str_eq(said.verdict,
			  expected == 'y'   ? STR("pass")
			      : expected == 'n' ? STR("fail")
					       : STR("unknown")),
	    "%s%s with \"%s\"%s: " STR_FMT " (%s)", negated ? "not " : "",
	    truths[row].how, partners, incomplete ? " in part" : "",
	    STR_ARG(said.verdict), said.reason);
	made_free(&made);
}

START_TEST(all_ways_in_which_partners_may_turn_out_agree_or_it_is_unknown)
{
	for (size_t i = 0; i < COUNTOF(truths); i++) {
		check_truth(i, false, false);
		check_truth(i, true, false);
		check_truth(i, false, true);
		check_truth(i, true, true);
	}
}
END_TEST

/* --- Ways to join --- */

#define REFERS(to) "{\"k\":{\"references\":[\"" to ".id\",\"" to "\"]}}"
#define MY "{related: aws_u, by_my: k, satisfies: {path: ok, equals: true}}"
#define ITS "{related: aws_u, where_its: t, satisfies: {path: ok, equals: true}}"

/*
 * One subject and two partners of which p0 is ok and p1 is not; theirs is what
 * the configuration says of p0.
 */
static const struct {
	const char *assert;
	const char *after, *unknown, *expressions; /* of the subject */
	const char *their_after, *their_unknown, *theirs;
	char whole, part;
	const char *reason; /* part of it */
} ways[] = {
    /* by_my: what the attribute refers to, and nothing else */
    {MY, "{\"k\":null}", "{}", "{}", "{}", "{}", "{}", 'n', 'n',
	"k refers to no aws_u of the plan"},
    {MY, "{}", "{\"k\":true}", REFERS("aws_u.p0"), "{}", "{}", "{}", 'y', 'y',
	"aws_u.p0.ok is true; joined by reference"},
    {MY, "{}", "{\"k\":true}", REFERS("aws_u.p1"), "{}", "{}", "{}", 'n', 'n',
	"aws_u.p1.ok is false; expected: equals true; joined by reference"},
    {MY, "{}", "{\"k\":true}", REFERS("aws_v.y"), "{}", "{}", "{}", 'n', 'u',
	"k refers to no aws_u of the plan"},
    {MY, "{}", "{\"k\":true}", "{\"k\":{\"references\":[\"self.k\"]}}", "{}",
	"{}", "{}", 'u', 'u',
	"what k refers to cannot be seen; it waits for self.k"},
    {MY, "{}", "{\"k\":true}", "{\"k\":{}}", "{}", "{}", "{}", 'n', 'u',
	"k refers to no aws_u of the plan"},
    {MY, "{}", "{\"k\":true}", "{\"k\":{\"references\":[\"local.k\"]}}", "{}",
	"{}", "{}", 'u', 'u',
	"what k refers to cannot be seen; it waits for local.k"},
    /* equal values, where there is no reference */
    {MY, "{\"k\":\"n0\"}", "{}", "{\"k\":{\"constant_value\":\"n0\"}}",
	"{\"name\":\"n0\"}", "{}", "{}", 'y', 'y', "joined by value"},
    {MY, "{\"k\":\"n0\"}", "{}", "{\"k\":{\"references\":[\"local.k\"]}}",
	"{\"name\":\"n0\"}", "{}", "{}", 'y', 'y', "joined by value"},
    {MY, "{\"k\":\"other\"}", "{}", "{\"k\":{\"constant_value\":\"other\"}}",
	"{\"name\":\"n0\"}", "{}", "{}", 'n', 'u', ""},
    {MY, "{\"k\":\"arn:aws:u:eu:1:u/n0\"}", "{}",
	"{\"k\":{\"references\":[\"var.k\"]}}", "{\"name\":\"n0\"}",
	"{\"arn\":true}", "{}", 'u', 'u',
	"whether k refers to aws_u.p0 cannot be seen"},
    {MY, "{\"k\":\"n0\"}", "{}", REFERS("aws_v.y"), "{\"name\":\"n0\"}", "{}",
	"{}", 'u', 'u', "whether k refers to aws_u.p0 cannot be seen"},
    {MY, "{\"k\":[\"n0\",\"n9\"]}", "{}",
	"{\"k\":{\"constant_value\":[\"n0\",\"n9\"]}}", "{\"name\":\"n0\"}",
	"{}", "{}", 'y', 'y', "joined by value"},
    /* where_its, by value and behind local.* */
    {ITS, "{\"name\":\"me\"}", "{\"id\":true}", "{}", "{\"t\":\"me\"}", "{}",
	"{\"t\":{\"constant_value\":\"me\"}}", 'y', 'y', "joined by value"},
    {ITS, "{\"t\":\"me\"}", "{\"id\":true}", "{}", "{\"t\":\"me\"}", "{}",
	"{\"t\":{\"constant_value\":\"me\"}}", 'y', 'y', "joined by value"},
    {ITS, "{\"name\":\"me\"}", "{\"id\":true}", "{}", "{\"t\":\"you\"}", "{}",
	"{\"t\":{\"constant_value\":\"you\"}}", 'n', 'u',
	"no aws_u of the plan has a t that refers to it"},
    {ITS, "{}", "{\"id\":true}", "{}", "{}", "{\"t\":true}",
	"{\"t\":{\"references\":[\"local.t\"]}}", 'y', 'y',
	"joined by inference through local.t"},
    {ITS, "{}", "{\"id\":true}", "{}", "{}", "{\"t\":true}",
	"{\"t\":{\"references\":[\"aws_t.x[0].id\",\"aws_t.x[0]\","
	"\"aws_t.x\"]}}",
	'n', 'u', ""},
    /* the provider configuration: p0 has aws.eu, p1 that of the subject */
    {"{related: aws_u, in_plan: true, satisfies: {path: ok, equals: true}}",
	"{}", "{}", "{}", "{}", "{}", "{}", 'n', 'u',
	"aws_u.p1.ok is false; expected: equals true; joined by provider"},
    {"{related: aws_w, in_plan: true}", "{}", "{}", "{}", "{}", "{}", "{}",
	'n', 'u',
	"the plan has no aws_w of the same provider configuration"},
    /* patterns */
    {"{related: aws_u, name_matches: {mine: n, its: \"r[*].f[*].g\", how: "
     "glob}}",
	"{\"n\":\"prod-a\"}", "{}", "{}",
	"{\"r\":[{\"f\":[{\"g\":\"dev*\"},{\"g\":\"prod*\"}]}]}", "{}", "{}",
	'y', 'y', "there is aws_u.p0; joined by name"},
    {"{related: aws_u, name_matches: {mine: n, its: \"r[*].f[*].g\", how: "
     "prefix}}",
	"{\"n\":\"prod-a\"}", "{}", "{}",
	"{\"r\":[{\"f\":[{\"g\":\"rod\"}]},{\"f\":[]}]}", "{}", "{}", 'n', 'u',
	"no aws_u of the plan covers the n of it"},
    {"{related: aws_u, name_matches: {mine: n, its: \"r[*].f[*].g\", how: "
     "contains}}",
	"{\"n\":\"prod-a\"}", "{}", "{}",
	"{\"r\":[{\"f\":[{}]}]}", "{\"r\":[{\"f\":[{\"g\":true}]}]}", "{}",
	'u', 'u', "whether aws_u.p0 covers it cannot be seen"},
    {"{related: aws_u, name_matches: {mine: n, its: g, how: regex}}",
	"{\"n\":\"prod-a\"}", "{}", "{}", "{\"g\":\"^prod-[a-z]$\"}", "{}",
	"{}", 'y', 'y', "joined by name"},
    {"{related: aws_u, name_matches: {mine: n, its: g, how: regex}}",
	"{\"n\":\"prod-a\"}", "{}", "{}", "{\"g\":\"(\"}", "{}", "{}", 'u', 'u',
	"whether aws_u.p0 covers it cannot be seen"},
    {"{related: aws_u, name_matches: {mine: n, its: g, how: equals}}", "{}",
	"{\"n\":true}", "{\"n\":{}}", "{\"g\":\"x\"}", "{}", "{}", 'u', 'u', ""},
    {"{related: aws_u, name_matches: {mine: n, its: g, how: equals}}",
	"{\"n\":\"\"}", "{}", "{}", "{\"g\":\"x\"}", "{}", "{}", 'n', 'u', ""},
    /* back to the judged resource */
    {"{related: aws_u, by_my: k, satisfies: {path: ok, equals: {value_of: "
     "subject.want}}}",
	"{\"want\":true}", "{\"k\":true}", REFERS("aws_u.p0"), "{}", "{}", "{}",
	'y', 'y', "aws_u.p0.ok is true"},
    {"{related: aws_u, by_my: k, satisfies: {path: subject.want, equals: "
     "true}}",
	"{\"want\":false}", "{\"k\":true}", REFERS("aws_u.p0"), "{}", "{}",
	"{}", 'n', 'n', "want is false; expected: equals true"},
    {"{related: aws_u, by_my: k, satisfies: {some: subject.l, satisfies: "
     "{path: ., equals: 2}}}",
	"{\"l\":[1,2]}", "{\"k\":true}", REFERS("aws_u.p0"), "{}", "{}", "{}",
	'y', 'y', "l[1] is 2"},
};

/* The members of two objects, as one. */
static void
merge(char *out, size_t size, const char *a, const char *b)
{
	snprintf(out, size, "%.*s%s%s", (int)strlen(a) - 1, a,
	    strcmp(a, "{}") != 0 && strcmp(b, "{}") != 0 ? "," : "", b + 1);
}

START_TEST(partners_are_found_by_reference_value_inference_plan_or_name)
{
	for (size_t i = 0; i < 2 * COUNTOF(ways); i++) {
		size_t row = i / 2;
		struct made made = {.incomplete = i % 2 == 1};
		char expected =
		    made.incomplete ? ways[row].part : ways[row].whole;
		struct outcome_said said;
		char after[256];

		add_control(&made, ways[row].assert);
		add_change(&made, "aws_t.x", "null", ways[row].after,
		    ways[row].unknown);
		add_config(&made, "aws_t.x", "aws", ways[row].expressions);
		merge(after, sizeof(after), "{\"ok\":true}",
		    ways[row].their_after);
		add_change(&made, "aws_u.p0", "null", after,
		    ways[row].their_unknown);
		add_config(&made, "aws_u.p0",
		    strstr(ways[row].assert, "in_plan") ? "aws.eu" : "aws",
		    ways[row].theirs);
		add_change(&made, "aws_u.p1", "null",
		    "{\"ok\":false,\"name\":\"n1\"}", "{\"id\":true}");
		add_config(&made, "aws_u.p1", "aws", "{}");
		add_config(&made, "aws_v.y", "aws", "{}");
		said = judge(&made, false);
		ck_assert_msg(str_eq(said.verdict,
				  expected == 'y'   ? STR("pass")
				      : expected == 'n' ? STR("fail")
						       : STR("unknown")) &&
			(made.incomplete ||
			    strstr(said.reason, ways[row].reason)),
		    "row %zu%s: " STR_FMT ": %s", row,
		    made.incomplete ? " in part" : "", STR_ARG(said.verdict),
		    said.reason);
		made_free(&made);
	}
}
END_TEST

/* One text is of one of them; a collection, or blocks of it, of all. */
static const struct {
	const char *name, *attribute, *after, *unknown, *expressions, *verdict;
} choices[] = {
    {"one of two", "t_id", "{}", "{\"t_id\":true}",
	"{\"t_id\":{\"references\":[\"var.x\",\"aws_t.x.id\",\"aws_t.x\","
	"\"aws_t.y.id\",\"aws_t.y\"]}}",
	"unknown"},
    {"both, in a collection", "t_ids", "{}", "{\"t_ids\":true}",
	"{\"t_ids\":{\"references\":[\"aws_t.x.id\",\"aws_t.x\","
	"\"aws_t.y.id\",\"aws_t.y\"]}}",
	"pass"},
    {"both, in blocks", "b.t_id", "{\"b\":[{},{}]}",
	"{\"b\":[{\"t_id\":true},{\"t_id\":true}]}",
	"{\"b\":[{\"t_id\":{\"references\":[\"aws_t.x.id\",\"aws_t.x\"]}},"
	"{\"t_id\":{\"references\":[\"aws_t.y.id\",\"aws_t.y\"]}}]}",
	"pass"},
    {"the same twice", "t_id", "{}", "{\"t_id\":true}",
	"{\"t_id\":{\"references\":[\"aws_t.x.id\",\"aws_t.x\","
	"\"aws_t.x.arn\",\"aws_t.x\"]}}",
	"pass"},
};

START_TEST(a_text_that_refers_to_one_of_several_is_open)
{
	struct made made = {.count = 0};
	struct outcome_said said;
	char assert[128];

	snprintf(assert, sizeof(assert), "{related: aws_u, where_its: %s}",
	    choices[_i].attribute);
	add_control(&made, assert);
	add_change(&made, "aws_t.x", "null", "{}", "{\"id\":true}");
	add_config(&made, "aws_t.x", "aws", "{}");
	add_change(&made, "aws_u.p", "null", choices[_i].after,
	    choices[_i].unknown);
	add_config(&made, "aws_u.p", "aws", choices[_i].expressions);
	add_change(&made, "aws_t.y", "null", "{}", "{\"id\":true}");
	add_config(&made, "aws_t.y", "aws", "{}");
	said = judge(&made, false);
	ck_assert_msg(str_eq(said.verdict, str_of(choices[_i].verdict)),
	    "%s: " STR_FMT ": %s", choices[_i].name, STR_ARG(said.verdict),
	    said.reason);
	made_free(&made);
}
END_TEST

START_TEST(strict_joins_infer_nothing)
{
	struct made made = {0};
	struct outcome_said said;

	add_control(&made, ITS);
	add_change(&made, "aws_t.x", "null", "{}", "{\"id\":true}");
	add_config(&made, "aws_t.x", "aws", "{}");
	add_change(&made, "aws_u.p", "null", "{\"ok\":true}", "{\"t\":true}");
	add_config(&made, "aws_u.p", "aws",
	    "{\"t\":{\"references\":[\"local.t\"]}}");
	said = judge(&made, false);
	ck_assert(str_eq(said.verdict, STR("pass")));
	said = judge(&made, true);
	ck_assert(str_eq(said.verdict, STR("unknown")));
	ck_assert_ptr_nonnull(strstr(said.reason, "it waits for local.t"));
	made_free(&made);
}
END_TEST

/* Conditions that look back at x, in each other: so many r and u are asked. */
static const struct {
	size_t r, u;
	const char *verdict;
} crowds[] = {{10, 500, "pass"}, {30, 500, "unknown"}, {2, 1500, "unknown"}};

static void
add_crowd(struct made *made, const char *type, size_t count)
{
	struct buf *out = &made->changes[made->count++];

	for (size_t i = 0; i < count; i++)
		buf_fmt(out,
		    "%s{\"address\":\"%s.n[%zu]\",\"mode\":\"managed\","
		    "\"type\":\"%s\",\"name\":\"n\",\"index\":%zu,"
		    "\"change\":{\"actions\":[\"create\"],\"before\":null,"
		    "\"after\":{\"n\":\"other\"},\"after_unknown\":{}}}",
		    i ? "," : "", type, i, type, i);
}

START_TEST(how_many_are_compared_with_one_is_bounded_in_all)
{
	struct made made = {0};
	struct outcome_said said;

	add_control(&made,
	    "{related: aws_r, in_plan: true, quantifier: none, satisfies: "
	    "{related: aws_u, in_plan: true, satisfies: "
	    "{path: n, equals: {value_of: subject.n}}}}");
	add_change(&made, "aws_t.x", "null", "{\"n\":\"mine\"}", "{}");
	add_config(&made, "aws_t.x", "aws", "{}");
	add_crowd(&made, "aws_r", crowds[_i].r);
	add_config(&made, "aws_r.n", "aws", "{}");
	add_crowd(&made, "aws_u", crowds[_i].u);
	add_config(&made, "aws_u.n", "aws", "{}");
	said = judge(&made, false);
	ck_assert_msg(str_eq(said.verdict, str_of(crowds[_i].verdict)),
	    "%zu: " STR_FMT ": %s", crowds[_i].r, STR_ARG(said.verdict),
	    said.reason);
	ck_assert(str_eq(said.verdict, STR("pass")) ||
	    strstr(said.reason, "there are more resources than are compared"));
	made_free(&made);
}
END_TEST

/* x asks for others of its own type; y and z are ok or not. */
static const struct {
	const char *x, *y, *z; /* ok */
	const char *how;
	const char *verdict;
} siblings[] = {
    {"true", "false", "false", "", "fail"},
    {"false", "true", "false", "", "pass"},
    {"false", "true", "true", ", quantifier: every", "pass"},
    {"true", "true", "false", ", quantifier: every", "fail"},
    {"true", "false", "false", ", quantifier: none", "pass"},
    {"true", "false", "true", ", quantifier: none", "fail"},
};

START_TEST(nothing_is_a_partner_of_itself)
{
	static const char *const names[] = {"aws_t.x", "aws_t.y", "aws_t.z"};

	for (size_t i = 0; i < COUNTOF(siblings); i++) {
		const char *const ok[] = {
		    siblings[i].x, siblings[i].y, siblings[i].z};
		struct made made = {0};
		struct outcome_said said;
		char text[160];

		snprintf(text, sizeof(text),
		    "{related: aws_t, in_plan: true, satisfies: {path: ok, "
		    "equals: true}%s}",
		    siblings[i].how);
		add_control(&made, text);
		for (size_t j = 0; j < COUNTOF(names); j++) {
			snprintf(text, sizeof(text), "{\"ok\":%s}", ok[j]);
			add_change(&made, names[j], "null", text, "{}");
			add_config(&made, names[j], "aws", "{}");
		}
		said = judge(&made, false);
		ck_assert_msg(
		    str_eq(said.verdict, str_of(siblings[i].verdict)),
		    "row %zu: " STR_FMT ": %s", i, STR_ARG(said.verdict),
		    said.reason);
		ck_assert_ptr_null(strstr(said.reason, "aws_t.x"));
		made_free(&made);
	}
}
END_TEST

/* --- What was before --- */

static const struct {
	const char *subject[2]; /* before, after */
	const char *partner[2];
	const char *verdict, *change; /* "": no finding */
	size_t removed;
} befores[] = {
    /* partners that were and are */
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":true}", "{\"t\":\"i\",\"ok\":true}"}, "pass",
	"clean", 0},
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":false}", "{\"t\":\"i\",\"ok\":true}"}, "pass",
	"fixed", 0},
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":true}", "{\"t\":\"i\",\"ok\":false}"}, "fail",
	"introduced", 0},
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":false}", "{\"t\":\"i\",\"ok\":false}"}, "fail",
	"existing", 0},
    /* one that comes, one that goes */
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"null", "{\"t\":\"i\",\"ok\":true}"}, "pass", "fixed", 0},
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":true}", "null"}, "fail", "introduced", 0},
    /* it refers to another one from now on */
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":true}", "{\"t\":\"j\",\"ok\":true}"}, "fail",
	"introduced", 0},
    /* the values do not say, but the reference does */
    {{"{\"id\":\"i\"}", "{\"id\":\"i\"}"},
	{"{\"t\":\"I\",\"ok\":false}", "{\"t\":\"i\",\"ok\":true}"}, "pass",
	"fixed", 0},
    /* the resource itself */
    {{"null", "{\"id\":\"i\"}"},
	{"{\"t\":\"i\",\"ok\":false}", "{\"t\":\"i\",\"ok\":false}"}, "fail",
	"introduced", 0},
    {{"{\"id\":\"i\"}", "null"},
	{"{\"t\":\"i\",\"ok\":false}", "{\"t\":\"i\",\"ok\":false}"}, "", "", 1},
    {{"{\"id\":\"i\"}", "null"},
	{"{\"t\":\"i\",\"ok\":true}", "{\"t\":\"i\",\"ok\":true}"}, "", "", 0},
};

START_TEST(partners_before_are_those_that_were_there)
{
	for (size_t i = 0; i < COUNTOF(befores); i++) {
		struct made made = {0};
		struct outcome_said said;
		bool moves = strstr(befores[i].partner[1], "\"j\"") != NULL;

		add_control(&made, ITS);
		add_change(&made, "aws_t.x", befores[i].subject[0],
		    befores[i].subject[1], "{}");
		if (strcmp(befores[i].subject[1], "null") != 0)
			add_config(&made, "aws_t.x", "aws", "{}");
		add_change(&made, "aws_u.p", befores[i].partner[0],
		    befores[i].partner[1], "{}");
		if (strcmp(befores[i].partner[1], "null") != 0)
			add_config(&made, "aws_u.p", "aws",
			    moves ? "{\"t\":{\"constant_value\":\"j\"}}"
				  : "{\"t\":{\"references\":[\"aws_t.x.id\","
				    "\"aws_t.x\"]}}");
		said = judge(&made, false);
		ck_assert_msg(str_eq(said.verdict,
				  str_of(befores[i].verdict)) &&
			str_eq(said.change, str_of(befores[i].change)) &&
			said.removed == befores[i].removed,
		    "row %zu: " STR_FMT " " STR_FMT " %zu (%s)", i,
		    STR_ARG(said.verdict), STR_ARG(said.change), said.removed,
		    said.reason);
		made_free(&made);
	}
}
END_TEST

/* --- Real plans --- */

static const char *const real[] = {"accounts", "bucket", "bucket-target",
    "groups", "hidden", "key", "keys", "listener", "modules", "nested", "tags",
    "through", "traps", "update", "values"};

/* control, address, verdict and class of one line. */
static void
check_line(const struct judged *run, struct str line, const char *name)
{
	struct str rest, words[4];
	const struct finding *finding;
	char control[128], address[256];

	for (size_t i = 0; i < COUNTOF(words); i++) {
		words[i] = str_cut(line, '\t', &rest);
		line = rest;
	}
	snprintf(control, sizeof(control), STR_FMT, STR_ARG(words[0]));
	snprintf(address, sizeof(address), STR_FMT, STR_ARG(words[1]));
	finding = judged_find(run, control, address);
	ck_assert_msg(finding != NULL, "%s: %s %s: not judged", name, control,
	    address);
	ck_assert_msg(str_eq(str_of(verdict_name(finding->verdict)), words[2]) &&
		str_eq(str_of(change_name(finding->change)), words[3]),
	    "%s: %s %s: %s %s, not " STR_FMT " " STR_FMT ": " STR_FMT, name,
	    control, address, verdict_name(finding->verdict),
	    change_name(finding->change), STR_ARG(words[2]), STR_ARG(words[3]),
	    STR_ARG(finding->reason));
}

START_TEST(real_plans_come_out_as_their_sources_say)
{
	const char *name = real[_i];
	struct buf policy = read_file("testdata/joins", "controls", ".yaml");
	struct buf lines = read_file("testdata/joins/expected", name, ".tsv");
	struct judged run = judge_file(&policy, "testdata/joins", name, NULL);
	struct str rest = buf_str(&lines);
	size_t count = 0;

	while (rest.len) {
		check_line(&run, str_cut(rest, '\n', &rest), name);
		count++;
	}
	ck_assert_uint_gt(count, 7);
	judged_free(&run);
	buf_free(&policy);
	buf_free(&lines);
}
END_TEST

START_TEST(what_is_not_in_the_plan_may_be_referred_to_more_than_once)
{
	static const char gone[] =
	    "{\"t\":{\"references\":[\"aws_t.gone.id\",\"aws_t.gone\"]}}";
	struct made made = {0};
	struct outcome_said said;

	add_control(&made, "{related: aws_u, where_its: t}");
	add_change(&made, "aws_t.x", "null", "{}", "{\"id\":true}");
	add_config(&made, "aws_t.x", "aws", "{}");
	add_change(&made, "aws_u.a", "null", "{}", "{\"t\":true}");
	add_config(&made, "aws_u.a", "aws", gone);
	add_change(&made, "aws_u.b", "null", "{}", "{\"t\":true}");
	add_config(&made, "aws_u.b", "aws", gone);
	said = judge(&made, false);
	ck_assert_msg(str_eq(said.verdict, STR("fail")), "%s", said.reason);
	made_free(&made);
}
END_TEST

Suite *
suite_related(void)
{
	Suite *suite = suite_create("related");
	TCase *tc = tcase_create("made");

	tcase_set_timeout(tc, 60);
	tcase_add_test(
	    tc, all_ways_in_which_partners_may_turn_out_agree_or_it_is_unknown);
	tcase_add_test(
	    tc, partners_are_found_by_reference_value_inference_plan_or_name);
	tcase_add_loop_test(tc, a_text_that_refers_to_one_of_several_is_open,
	    0, COUNTOF(choices));
	tcase_add_test(tc, strict_joins_infer_nothing);
	tcase_add_loop_test(tc,
	    how_many_are_compared_with_one_is_bounded_in_all, 0,
	    COUNTOF(crowds));
	tcase_add_test(tc, nothing_is_a_partner_of_itself);
	tcase_add_test(
	    tc, what_is_not_in_the_plan_may_be_referred_to_more_than_once);
	tcase_add_test(tc, partners_before_are_those_that_were_there);
	suite_add_tcase(suite, tc);
	tc = tcase_create("real");
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, real_plans_come_out_as_their_sources_say, 0,
	    (int)COUNTOF(real));
	suite_add_tcase(suite, tc);
	return suite;
}
