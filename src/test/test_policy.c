/*
 * Policies as text in, structs or errors out.  What is expected of a refused
 * text is worked out by hand: the message, and the line and column where a
 * person would put a finger.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "policy/policy.h"
#include "test/test.h"

#define HEAD \
	"controls:\n" \
	"  - id: a\n" \
	"    title: T\n" \
	"    severity: high\n" \
	"    resource: aws_t\n"
/* A condition stands in line 6 and begins in column 13. */
#define ASSERT(cond) HEAD "    assert: " cond "\n"
/* What follows a whole control stands in line 7, column 5. */
#define CONTROL HEAD "    assert: {path: a, equals: 1}\n"

struct set {
	struct tfa_policies *policies;
	struct tfa_error err;
};

static bool
read_text_of(struct set *set, struct str text)
{
	set->err = (struct tfa_error){0};
	set->policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(set->policies);
	return policies_read(
	    set->policies, STR("p.yaml"), text, false, &set->err);
}

static void
must_read(struct set *set, const char *text)
{
	ck_assert_msg(read_text_of(set, str_of(text)), "%zu:%zu: %s\n%s",
	    set->err.line, set->err.column, set->err.message, text);
}

static void
set_free(struct set *set)
{
	tfa_policies_free(set->policies);
}

static void
ck_str(struct str actual, const char *expected)
{
	ck_assert_msg(str_eq(actual, str_of(expected)),
	    "\"%.*s\" is not \"%s\"", (int)actual.len, actual.ptr, expected);
}

/* --- What is refused, and where --- */

static const struct {
	const char *text, *message;
	size_t line, column;
} refused[] = {
    /* keys */
    {HEAD "    severty: low\n",
	"unknown key \"severty\" in a control; did you mean \"severity\"?", 6,
	5},
    {HEAD "    xyzzy: low\n", "unknown key \"xyzzy\" in a control", 6, 5},
    {"control:\n  - id: a\n",
	"unknown key \"control\" in a policy file; did you mean \"controls\"?",
	1, 1},
    {HEAD "    title: U\n", "duplicate key \"title\", first at 3:5", 6, 5},
    {HEAD "    \"tit\\u006ce\": U\n",
	"duplicate key \"title\", first at 3:5", 6, 5},
    {CONTROL "    ? [a]\n    : b\n", "a key must be a name", 7, 7},
    {CONTROL "    <<: {why: x}\n", "merge keys are refused: use \"define\"",
	7, 5},
    {"controls:\n  - id: a\n    title: T\n    severity: high\n"
     "    assert: {path: a, set: true}\n",
	"a control needs \"resource\"", 2, 5},
    {HEAD, "a control needs \"assert\"", 2, 5},
    {"waivers: []\n", "\"waivers\" belong in a file of their own", 1, 1},
    {"facts: []\n", "\"facts\" belong in a file of their own", 1, 1},
    /* YAML that is no plain data */
    {CONTROL "    why: !x y\n", "tags are refused", 7, 10},
    {CONTROL "    why: !!str y\n", "tags are refused", 7, 10},
    {CONTROL "    why: &x y\n", "anchors are refused: use \"define\"", 7, 10},
    {CONTROL "    why: *x\n", "aliases are refused: use \"define\"", 7, 10},
    {"%YAML 1.2\n---\n" CONTROL, "directives are refused", 1, 1},
    {"%TAG ! tag:x,2000:\n---\n" CONTROL, "directives are refused", 1, 1},
    {CONTROL "    why: \"a\\0b\"\n", "a text must not hold NUL", 7, 10},
    {CONTROL "\twhy: x\n",
	"found character that cannot start any token, while scanning for the "
	"next token at 7:1",
	7, 1},
    {CONTROL "    why: [a\n",
	"did not find expected ',' or ']', while parsing a flow sequence at "
	"7:10",
	8, 1},
    {CONTROL "    why: \"a\n",
	"found unexpected end of stream, while scanning a quoted scalar at "
	"7:10",
	8, 1},
    {CONTROL "    why: \xff\n", "is not UTF-8 (byte 114)", 7, 10},
    {CONTROL "    why: \xed\xa0\x80\n", "is not UTF-8 (byte 114)", 7, 10},
    {CONTROL "    why: \xc0\x80\n", "is not UTF-8 (byte 114)", 7, 10},
    {CONTROL "    why: \xc3\xa9 \x1b\n",
	"control characters are not allowed (byte 117)", 7, 12},
    {"\xef\xbb\xbf" CONTROL,
	"starts with a byte order mark: save it without one", 1, 1},
    {"\xff\xfe" CONTROL, "is UTF-16: save it as UTF-8", 1, 1},
    {CONTROL "    why: a\xe2\x80\xa8z\n",
	"holds an invisible line break: write it as an escape (byte 115)", 7,
	11},
    /* types */
    {"", "holds no control and no default", 0, 0},
    {"pack: {name: p, version: 1}\n", "holds no control and no default", 0, 0},
    {"- a\n", "expected a mapping, found a list", 1, 1},
    {"controls\n", "expected a mapping, found text", 1, 1},
    {CONTROL "---\n", "expected a mapping, found nothing", 8, 1},
    {"controls: []\n", "the list is empty", 1, 11},
    {"controls: {id: a}\n", "expected a list, found a mapping", 1, 11},
    {"controls:\n  - a\n", "expected a mapping, found text", 2, 5},
    {"controls:\n  - {}\n", "the mapping is empty", 2, 5},
    {"controls:\n  - id: [a]\n", "expected text, found a list", 2, 9},
    {"controls:\n  - id:\n", "expected text, found nothing", 2, 8},
    {"controls:\n  - id: null\n", "expected text, found nothing", 2, 9},
    {"controls:\n  - id: \"\"\n", "the text is empty", 2, 9},
    {"controls:\n  - id: aB\n",
	"a control's id has only a-z, 0-9 and \"_\"", 2, 9},
    {"controls:\n  - severity: hgh\n",
	"\"hgh\" is not a severity; did you mean \"high\"?", 2, 15},
    {"controls:\n  - severity: High\n",
	"\"High\" is not a severity; did you mean \"high\"?", 2, 15},
    {"controls:\n  - severity: urgent\n", "\"urgent\" is not a severity", 2,
	15},
    {CONTROL "    enforce: stop\n",
	"\"stop\" is not block, warn or audit", 7, 14},
    {CONTROL "    mode: both\n", "\"both\" is not managed or data", 7, 11},
    {CONTROL "    view: after\n",
	"\"after\" is not a view (there is only before)", 7, 11},
    {CONTROL "    actions: [delete, updat]\n",
	"\"updat\" is not an action; did you mean \"update\"?", 7, 23},
    {CONTROL "    actions: []\n", "the list is empty", 7, 14},
    {CONTROL "    if_unknown: maybe\n", "\"maybe\" is not pass or fail", 7,
	17},
    {CONTROL "    waivable: no\n", "expected true or false", 7, 15},
    {CONTROL "    waivable: \"true\"\n", "expected true or false", 7, 15},
    {CONTROL "    pitfalls: []\n", "the list is empty", 7, 15},
    {CONTROL "    pitfalls: [a, {b: c}]\n",
	"expected text, found a mapping", 7, 19},
    {CONTROL "    frameworks: [a]\n", "expected a mapping, found a list", 7,
	17},
    {CONTROL "    evidence: [{kind: a}]\n", "evidence needs \"name\"", 7, 16},
    {CONTROL "    fix: {hcll: x}\n",
	"unknown key \"hcll\" in a fix; did you mean \"hcl\"?", 7, 11},
    {"controls:\n  - resource: aws lb\n",
	"\"aws lb\" is no type of resource", 2, 15},
    {"controls:\n  - resource: [aws_lb, a.b]\n",
	"\"a.b\" is no type of resource", 2, 24},
    {CONTROL "  - id: a\n    title: U\n    severity: low\n"
	     "    resource: aws_t\n    assert: {never: true}\n",
	"control \"a\" is already at p.yaml:2:5", 7, 9},
    /* packs */
    {"pack: {name: p, version: 1, controls: 2}\n" CONTROL,
	"declares 2 controls and holds 1: was it cut short?", 1, 1},
    {"pack: {name: p, version: 1}\n" CONTROL,
	"pack needs \"controls\", how many this file holds", 1, 1},
    {"pack: {name: p, version: 1, controls: 1, tests: 2}\n" CONTROL
     "    tests: [{name: n, resource: {a: 1}, expect: fail}]\n",
	"declares 2 tests and holds 1: was it cut short?", 1, 1},
    {"pack: {name: p, version: 1, controls: 1, tests: 1}\n" CONTROL,
	"declares 1 tests and holds 0: was it cut short?", 1, 1},
    {"pack: {name: p, version: 1, controls: 0, defaults: 2}\n"
     "defaults:\n  - {resource: aws_t, path: a, value: 1, by: provider}\n",
	"declares 2 defaults and holds 1: was it cut short?", 1, 1},
    {"pack: {name: p, controls: 1}\n" CONTROL, "pack needs \"version\"", 1,
	7},
    {"pack: {name: p, version: 1, controls: many}\n" CONTROL,
	"expected a number of controls", 1, 39},
    {"pack: {name: p, version: 1, controls: 1, tests: -1}\n" CONTROL,
	"expected a number of tests", 1, 49},
    {"pack: {name: p, version: 1, controls: 1}\n---\n"
     "pack: {name: p, version: 1, controls: 1}\n" CONTROL,
	"a second \"pack\", after 1:1", 3, 1},
    {"pack: {name: p, version: 1, controls: 1}\n" CONTROL "    why: x",
	"has no line end behind its last line: was it cut short?", 8, 11},
    /* conditions */
    {ASSERT("a"), "expected a condition, found text", 6, 13},
    {ASSERT("{}"), "a condition needs an operator, such as \"equals\"", 6,
	13},
    {ASSERT("{path: a}"),
	"a condition needs an operator, such as \"equals\"", 6, 13},
    {ASSERT("{equals: 1}"), "\"equals\" needs \"path\"", 6, 13},
    {ASSERT("{path: a, eqauls: 1}"),
	"unknown key \"eqauls\" in a condition; did you mean \"equals\"?", 6,
	23},
    {ASSERT("{path: a, equals: 1, set: true}"),
	"two operators in one condition, \"equals\" and \"set\": write \"all: "
	"[...]\"",
	6, 34},
    {ASSERT("{all: [{never: true}], any: [{never: true}]}"),
	"two operators in one condition, \"all\" and \"any\": write \"all: "
	"[...]\"",
	6, 36},
    {ASSERT("{path: a, cidr: {internet: 1}}"), "expected true or false", 6,
	40},
    {ASSERT("{related: aws_u}"),
	"\"related\" needs one of \"where_its\", \"by_my\", \"in_plan\" and "
	"\"name_matches\"",
	6, 13},
    {ASSERT("{related: aws_u, where_its: b, by_my: c}"),
	"\"related\" takes only one of \"where_its\", \"by_my\", \"in_plan\" and "
	"\"name_matches\"",
	6, 13},
    {ASSERT("{related: aws_u, where_it: b}"),
	"unknown key \"where_it\" in a condition; did you mean \"where_its\"?", 6,
	30},
    {ASSERT("{related: aws_*, where_its: b}"),
	"a related type is a name, not a pattern", 6, 23},
    {ASSERT("{related: [aws_u, aws v], where_its: b}"),
	"\"aws v\" is no type of resource", 6, 31},
    {ASSERT("{related: [], where_its: b}"), "the list is empty", 6, 23},
    {ASSERT("{related: aws_u, where_its: \"b[0].c\"}"),
	"a path has no indexes here: it holds in every element", 6, 41},
    {ASSERT("{related: aws_u, where_its: b.}"),
	"\"b.\" is no path: a name is missing", 6, 41},
    {ASSERT("{related: aws_u, in_plan: false}"), "\"in_plan\" takes only true",
	6, 39},
    {ASSERT("{related: aws_u, where_its: b, quantifier: evry}"),
	"\"evry\" is not some, every or none; did you mean \"every\"?", 6, 56},
    {ASSERT("{related: aws_u, where_its: b, quantifier: every}"),
	"\"quantifier: every\" needs \"satisfies\"", 6, 56},
    {ASSERT("{related: aws_u, where_its: b, if_none: no}"),
	"\"no\" is not true, false or unknown", 6, 53},
    {ASSERT("{related: aws_u, where_its: b, default: 1}"),
	"\"default\" does not go with \"related\"", 6, 44},
    {ASSERT("{path: b, equals: 1, where_its: b}"),
	"\"where_its\" does not go with \"equals\"", 6, 34},
    {ASSERT("{related: aws_u, name_matches: {mine: a, its: b}}"),
	"name_matches needs \"how\"", 6, 44},
    {ASSERT("{related: aws_u, name_matches: {mine: a, its: b, how: globe}}"),
	"\"globe\" is not a way to match; did you mean \"glob\"?", 6, 67},
    {ASSERT("{related: aws_u, name_matches: {mine: a, its: \"[*].b\", how: "
	    "glob}}"),
	"\"[*].b\" is no path: a name is missing", 6, 59},
    {ASSERT("{related: aws_u, name_matches: {mine: a, its: \"b[*]c\", how: "
	    "glob}}"),
	"\"b[*]c\" is no path: a dot is missing behind \"[*]\"", 6, 59},
    {ASSERT("{path: {aws_t: a, other: b}, equals: 1}"),
	"no type is left for \"other\"", 6, 20},
    {ASSERT("{path: hcl(p).statements, set: true}"),
	"\"hcl(p).statements\" is no path: a function stands at the "
	"beginning of a path and is json, yaml, base64 or policy",
	6, 20},
    {ASSERT("{path: json(.), set: true}"),
	"\".\" is the element, so it stands inside \"satisfies\" only", 6,
	20},
    {ASSERT("{covers_action: \"s3:GetObject\"}"),
	"\"covers_action\" asks a statement of a policy, so it stands inside "
	"\"satisfies\"",
	6, 14},
    {ASSERT("{path: a, covers_action: \"s3:*\"}"),
	"expected one action without wildcards, such as s3:GetObject", 6, 38},
    {ASSERT("{path: a, covers_action: GetObject}"),
	"expected one action without wildcards, such as s3:GetObject", 6, 38},
    {ASSERT("{path: a, covers_action: \"s3:GetObject\", if_unset: true}"),
	"\"if_unset\" does not go with \"covers_action\"", 6, 54},
    {ASSERT("{path: a, matches: {value_of: b}}"),
	"what stands behind \"matches\" is written in the control, not taken "
	"from the plan",
	6, 33},
    {ASSERT("{all: []}"), "the list is empty", 6, 19},
    {ASSERT("{any: {never: true}}"), "expected a list, found a mapping", 6,
	19},
    {ASSERT("{never: false}"), "\"never\" takes only true", 6, 21},
    {ASSERT("{when: {never: true}}"), "\"when\" needs \"then\"", 6, 13},
    {ASSERT("{every: a}"), "\"every\" needs \"satisfies\"", 6, 13},
    {ASSERT("{every: a, satisfies: {path: b, equals: 1}, at_least: 1}"),
	"two operators in one condition, \"every\" and \"at_least\": write "
	"\"all: [...]\"",
	6, 57},
    {ASSERT("{count: a}"), "expected at_least, at_most or equals", 6, 13},
    {ASSERT("{count: a, at_least: -1}"),
	"a number of elements is whole and not negative", 6, 34},
    {ASSERT("{count: a, at_least: 3, at_most: 2}"),
	"the least is more than the most", 6, 46},
    {ASSERT("{count: a, at_least: 3, equals: 3}"),
	"\"equals\" leaves nothing for at_least and at_most", 6, 45},
    {ASSERT("{path: a, equals: 1, satisfies: {never: true}}"),
	"\"satisfies\" does not go with \"equals\"", 6, 34},
    {ASSERT("{path: a, set: true, if_unset: true}"),
	"\"if_unset\" does not go with \"set\"", 6, 34},
    {ASSERT("{path: a, equals: 1, sentinel: 0}"),
	"\"sentinel\" does not go with \"equals\"", 6, 34},
    {ASSERT("{path: a, at_least: 1, strictly: true}"),
	"\"strictly\" does not go with \"at_least\"", 6, 36},
    {ASSERT("{path: a, has_key: k, ignoring_case: true}"),
	"\"ignoring_case\" does not go with \"has_key\"", 6, 35},
    {ASSERT("{path: a, contains: \"\"}"),
	"an empty value is no element to look for", 6, 33},
    {ASSERT("{path: a, equals: 1, source: x}"),
	"\"source\" tells where a \"default\" comes from", 6, 34},
    {ASSERT("{path: a, equals: 1, show: all}"),
	"\"all\" is not something to show", 6, 40},
    {ASSERT("{path: a, any_path: [b], equals: 1}"),
	"one of \"path\", \"any_path\" and \"every_path\" is enough", 6, 13},
    {ASSERT("{path: ., equals: 1}"),
	"\".\" is the element, so it stands inside \"satisfies\" only", 6, 20},
    {ASSERT("{path: a..b, equals: 1}"),
	"\"a..b\" is no path: a name is missing", 6, 20},
    /* operands */
    {ASSERT("{path: a, equals: null}"),
	"an empty value is never set, so \"equals\" cannot find it: write "
	"\"set: false\"",
	6, 31},
    {ASSERT("{path: a, equals: \"\"}"),
	"an empty value is never set, so \"equals\" cannot find it: write "
	"\"set: false\"",
	6, 31},
    {ASSERT("{path: a, equals: []}"),
	"an empty value is never set, so \"equals\" cannot find it: write "
	"\"set: false\"",
	6, 31},
    {ASSERT("{path: a, not_equals: {}}"),
	"an empty value is never set, so \"not_equals\" cannot find it: write "
	"\"set: true\"",
	6, 35},
    {ASSERT("{path: a, in: x}"), "expected a list, found text", 6, 27},
    {ASSERT("{path: a, in: []}"), "the list is empty", 6, 27},
    {ASSERT("{path: a, in: [x, [y]]}"),
	"expected text, a number, true or false, found a list", 6, 31},
    {ASSERT("{path: a, at_least: x}"), "expected a number, found text", 6,
	33},
    {ASSERT("{path: a, at_least: \"1\"}"), "expected a number, found text",
	6, 33},
    {ASSERT("{path: a, between: [1]}"), "expected [least, most]", 6, 32},
    {ASSERT("{path: a, between: [2, 1]}"), "the least is more than the most",
	6, 36},
    {ASSERT("{path: a, starts_with: 12}"),
	"expected text, found a number: quote it", 6, 36},
    {ASSERT("{path: a, matches: \"\"}"), "the text is empty", 6, 32},
    {ASSERT("{path: a, set: 1}"), "expected true or false, found a number",
	6, 28},
    {ASSERT("{path: a, length: 1}"), "expected a mapping, found text", 6,
	31},
    {ASSERT("{path: a, length: {at_last: 1}}"),
	"unknown key \"at_last\" in a length; did you mean \"at_least\"?", 6,
	32},
    {ASSERT("{path: a, length: {at_least: 1.5}}"),
	"a number of elements is whole and not negative", 6, 42},
    {ASSERT("{path: a, at_least: 1, default: x}"),
	"expected a number, found text", 6, 45},
    {ASSERT("{path: a, equals: 1, default: null}"),
	"an empty default leaves the value unset: use \"if_unset\"", 6, 43},
    {ASSERT("{path: a, at_least: 1, sentinel: [x]}"),
	"expected a number, found text", 6, 47},
    /* parameters and definitions */
    {ASSERT("{path: a, equals: {param: p}}"),
	"there is no parameter \"p\" here", 6, 39},
    {ASSERT("{path: a, equals: {pram: p}}"),
	"unknown word \"pram\"; did you mean \"param\"?", 6, 32},
    {ASSERT("{path: a, in: [{valueof: b}]}"),
	"unknown word \"valueof\"; did you mean \"value_of\"?", 6, 29},
    {CONTROL "    parameters: {p: {default: 1}}\n",
	"parameter \"p\" is never used", 7, 18},
    {CONTROL "    parameters: {p: {checked: 2026-01-31}}\n",
	"a parameter needs \"default\"", 7, 21},
    {ASSERT("{path: a, equals: {param: p}}")
	 "    parameters: {p: {default: [{param: p}]}}\n",
	"the value of a parameter must not hold other parameters", 7, 31},
    {ASSERT("{use: x}"), "\"x\" is not defined", 6, 19},
    {"define: {opened: {never: true}}\n" ASSERT("{use: opend}"),
	"\"opend\" is not defined; did you mean \"opened\"?", 7, 19},
    {"define: {x: {never: true}}\n" CONTROL,
	"definition \"x\" is never used", 1, 10},
    {"define: {x: {not: {use: x}}}\n" ASSERT("{use: x}"),
	"\"x\" (at 1:10) uses itself (used at 7:14)", 1, 25},
    {"define: {x: {path: a, equals: {param: p}}}\n" ASSERT("{use: x}"),
	"there is no parameter \"p\" here (used at 7:14)", 1, 39},
    {"define: {x: {never: true}}\n" ASSERT("{use: x, with: {p: 1}}"),
	"argument \"p\" is never used (used at 7:14)", 7, 29},
    /* tests in controls */
    {CONTROL "    tests: [{name: n, resource: {}, expect: failed}]\n",
	"\"failed\" is not a verdict; did you mean \"fail\"?", 7, 45},
    {CONTROL "    tests: [{name: n, expect: pass}]\n",
	"a test needs \"resource\"", 7, 13},
    {CONTROL "    tests: [{name: n, resource: x, expect: pass}]\n",
	"expected a mapping, found text", 7, 33},
    {CONTROL "    tests: [{name: n, resource: {}, unknown: {a: 1}, "
	     "expect: pass}]\n",
	"expected true or false", 7, 50},
    {CONTROL "    tests: [{name: n, type: aws_u, resource: {}, "
	     "expect: pass}]\n",
	"the control does not judge aws_u", 7, 13},
    /* defaults */
    {"defaults:\n  - {resource: aws_t, path: \"a[0].b\", value: 1, by: "
     "service}\n",
	"a path has no indexes here: it holds in every element", 2,
	29},
    {"defaults:\n  - {resource: aws_*, path: a, value: 1, by: service}\n",
	"\"aws_*\" is no type of resource", 2, 16},
    {"defaults:\n  - {resource: aws_t, path: a, value: , by: service}\n",
	"null is no default: leave the entry out", 2, 39},
    {"defaults:\n  - {resource: aws_t, path: a, value: 1, by: me}\n",
	"\"me\" is not provider or service", 2, 46},
    {"defaults:\n  - {resource: aws_t, path: a, value: 1}\n",
	"a default needs \"by\"", 2, 5},
    {"defaults:\n  - {resource: aws_t, path: a, value: 1, by: service}\n"
     "  - {resource: aws_t, path: a, value: 2, by: service}\n",
	"the default of aws_t.a is already at p.yaml:2:5", 3, 5},
};

START_TEST(a_bad_text_is_refused_where_it_is_bad)
{
	struct set set;

	ck_assert_msg(!read_text_of(&set, str_of(refused[_i].text)),
	    "loads: %s", refused[_i].text);
	ck_assert_int_eq(set.err.code, TFA_ERR_POLICY);
	ck_assert_msg(strcmp(set.err.message, refused[_i].message) == 0 &&
		set.err.line == refused[_i].line &&
		set.err.column == refused[_i].column,
	    "%s\n%zu:%zu: %s\nexpected %zu:%zu: %s", refused[_i].text,
	    set.err.line, set.err.column, set.err.message, refused[_i].line,
	    refused[_i].column, refused[_i].message);
	ck_assert_str_eq(set.err.file, "p.yaml");
	set_free(&set);
}
END_TEST

START_TEST(an_error_shows_its_line)
{
	struct set set;

	ck_assert(!read_text_of(
	    &set, STR(HEAD "    severty: low # \xc3\xa9\n")));
	ck_assert_str_eq(set.err.excerpt, "    severty: low # \xc3\xa9");
	set_free(&set);
	ck_assert(!read_text_of(&set, STR("a: 1\r\nb: 2\r\n")));
	ck_assert_str_eq(set.err.excerpt, "a: 1");
	set_free(&set);
}
END_TEST

START_TEST(a_long_line_is_shown_only_where_the_place_is_in_it)
{
	struct buf text = {0};
	struct set set;

	buf_add(&text, STR("controls: [{id: "));
	for (int i = 0; i < 200; i++)
		buf_add(&text, STR("\xc3\xa9"));
	ck_assert(buf_add(&text, STR(", xyzzy: 1}]\n")));
	ck_assert(!read_text_of(&set, buf_str(&text)));
	ck_assert_uint_eq(set.err.column, 17);
	ck_assert_uint_eq(strlen(set.err.excerpt), 126);
	set_free(&set);
	text.ptr[12] = 'x';
	ck_assert(!read_text_of(&set, buf_str(&text)));
	set_free(&set);
	text.len = 0;
	for (int i = 0; i < 200; i++)
		buf_byte(&text, ' ');
	ck_assert(buf_add(&text, STR("xyzzy: 1\n")));
	ck_assert(!read_text_of(&set, buf_str(&text)));
	ck_assert_uint_eq(set.err.column, 201);
	ck_assert_str_eq(set.err.excerpt, "");
	set_free(&set);
	buf_free(&text);
}
END_TEST

/* --- Files that are refused --- */

static const struct {
	const char *file, *message;
	enum tfa_error_code code;
	size_t line, column;
} refused_files[] = {
    {"byte-order-mark", "starts with a byte order mark: save it without one",
	TFA_ERR_POLICY, 1, 1},
    {"utf-16", "is UTF-16: save it as UTF-8", TFA_ERR_POLICY, 1, 1},
    {"utf-16-without-mark", "holds a NUL byte (byte 1)", TFA_ERR_POLICY, 1, 2},
    {"latin-1", "is not UTF-8 (byte 77)", TFA_ERR_POLICY, 4, 13},
    {"nul", "holds a NUL byte (byte 77)", TFA_ERR_POLICY, 4, 13},
    {"nul-by-escape", "a text must not hold NUL", TFA_ERR_POLICY, 4, 12},
    {"control-character", "control characters are not allowed (byte 77)",
	TFA_ERR_POLICY, 4, 13},
    {"invisible-line-break",
	"holds an invisible line break: write it as an escape (byte 77)",
	TFA_ERR_POLICY, 4, 13},
    {"anchor", "anchors are refused: use \"define\"", TFA_ERR_POLICY, 4, 12},
    {"alias-bomb", "anchors are refused: use \"define\"", TFA_ERR_POLICY, 1,
	4},
    {"merge-key", "merge keys are refused: use \"define\"", TFA_ERR_POLICY, 4,
	5},
    {"tag", "tags are refused", TFA_ERR_POLICY, 4, 12},
    {"directive", "directives are refused", TFA_ERR_POLICY, 1, 1},
    {"duplicate-key", "duplicate key \"title\", first at 4:5", TFA_ERR_POLICY,
	6, 5},
    {"duplicate-id",
	"control \"a\" is already at "
	"testdata/invalid/policies/duplicate-id.yaml:3:5",
	TFA_ERR_POLICY, 8, 9},
    {"cut-short", "declares 2 controls and holds 1: was it cut short?",
	TFA_ERR_POLICY, 1, 1},
    {"cut-in-line", "has no line end behind its last line: was it cut short?",
	TFA_ERR_POLICY, 7, 36},
    {"empty", "holds no control and no default", TFA_ERR_POLICY, 0, 0},
    {"key-that-is-a-list", "a key must be a name", TFA_ERR_POLICY, 4, 5},
    {"deep", "is nested deeper than 64 levels", TFA_ERR_LIMIT, 7, 379},
};

START_TEST(a_bad_file_is_refused_where_it_is_bad)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	char path[128];

	snprintf(path, sizeof(path), "testdata/invalid/policies/%s.yaml",
	    refused_files[_i].file);
	ck_assert_ptr_nonnull(policies);
	ck_assert(!tfa_policies_load(policies, path, &err));
	ck_assert_str_eq(err.message, refused_files[_i].message);
	ck_assert_int_eq(err.code, refused_files[_i].code);
	ck_assert_uint_eq(err.line, refused_files[_i].line);
	ck_assert_uint_eq(err.column, refused_files[_i].column);
	ck_assert_str_eq(err.file, path);
	tfa_policies_free(policies);
}
END_TEST

/* --- Scalars --- */

static const struct {
	const char *text;
	const char *kind; /* NULL: must be quoted */
} scalars[] = {
    {"true", "true"},
    {"True", "true"},
    {"FALSE", "false"},
    {"tRUE", "text"},
    {"\"true\"", "text"},
    {"'1'", "text"},
    {"0", "number"},
    {"-0", "number"},
    {"1.10", "number"},
    {"-1.5e+3", "number"},
    {"123456789012345678901234567890", "number"},
    {"0x1F", "text"},
    {"0o17", "text"},
    {"1.2.3", "text"},
    {"1.28-eks", "text"},
    {"2026-01-01", "text"},
    {"10.0.0.0/8", "text"},
    {"aws:kms", "text"},
    {"::1", "text"},
    {"-x", "text"},
    {"e5", "text"},
    {"1e", "text"},
    {"nope", "text"},
    {"\"no\"", "text"},
    {"no", NULL},
    {"No", NULL},
    {"yes", NULL},
    {"YES", NULL},
    {"on", NULL},
    {"oFf", NULL},
    {"y", NULL},
    {"N", NULL},
    {"012", NULL},
    {"-012", NULL},
    {"000123456789", NULL},
    {"00.5", NULL},
    {"+1", NULL},
    {".5", NULL},
    {"5.", NULL},
    {"5.e1", NULL},
    {"1_000", NULL},
    {"12:30", NULL},
    {"12:30:45", NULL},
    {".inf", NULL},
    {"-.INF", NULL},
    {".NaN", NULL},
    {"1e9999999", NULL},
};

static const char *
kind_of(struct value value)
{
	switch (value_kind(value)) {
	case NODE_TRUE:
		return "true";
	case NODE_FALSE:
		return "false";
	case NODE_NUMBER:
		return "number";
	case NODE_STRING:
		return "text";
	case NODE_NONE:
	case NODE_NULL:
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	return "other";
}

START_TEST(a_scalar_has_the_type_of_the_core_schema_or_must_be_quoted)
{
	char text[256];
	struct set set;
	bool ok;

	snprintf(text, sizeof(text), HEAD "    assert:\n      path: a\n"
	    "      equals: %s\n", scalars[_i].text);
	ok = read_text_of(&set, str_of(text));
	ck_assert_msg(ok == (scalars[_i].kind != NULL), "%s: %s",
	    scalars[_i].text, set.err.message);
	if (ok) {
		struct value value =
		    set.policies->controls[0]->assert->args.argument;

		ck_assert_str_eq(kind_of(value), scalars[_i].kind);
		if (scalars[_i].text[0] != '"' && scalars[_i].text[0] != '\'' &&
		    value_kind(value) >= NODE_NUMBER)
			ck_str(value_raw(value), scalars[_i].text);
	} else {
		ck_assert_uint_eq(set.err.line, 8);
		ck_assert_uint_eq(set.err.column, 15);
	}
	set_free(&set);
}
END_TEST

START_TEST(a_text_field_takes_any_scalar_as_text)
{
	struct set set;

	must_read(&set, CONTROL "    why: no\n    reviewed: 2026-03-09\n"
				"    message: 012\n");
	ck_str(set.policies->controls[0]->why, "no");
	ck_str(set.policies->controls[0]->reviewed, "2026-03-09");
	ck_str(set.policies->controls[0]->message, "012");
	set_free(&set);
}
END_TEST

/* --- Paths --- */

/* Steps as ".name", "#index" and "=key". */
static const struct {
	const char *text, *steps, *message;
} paths[] = {
    {".", "", NULL},
    {"a", ".a", NULL},
    {"a.b_c.d-e", ".a.b_c.d-e", NULL},
    {"a[0].b", ".a#0.b", NULL},
    {"a[12][3]", ".a#12#3", NULL},
    {"tags[\"k:v\"]", ".tags=k:v", NULL},
    {"tags[\"a.b[0]\"].c", ".tags=a.b[0].c", NULL},
    {"tags[\"\\\"\\u00e9]\"]", ".tags=\"\xc3\xa9]", NULL},
    {"", NULL, "a name is missing"},
    {".a", NULL, "a name is missing"},
    {"a.", NULL, "a name is missing"},
    {"a b", NULL,
	"names have letters, digits, \"_\" and \"-\", with dots between them"},
    {"a[", NULL, "an index is a number or a text in double quotes"},
    {"a[x]", NULL, "an index is a number or a text in double quotes"},
    {"a[-1]", NULL, "an index is a number or a text in double quotes"},
    {"a[*]", NULL, "name one element by index or use every, some or none"},
    {"a[01]", NULL, "the index is out of range"},
    {"a[99999999999999999999999]", NULL, "the index is out of range"},
    {"a[0", NULL, "a closing bracket is missing"},
    {"a[\"k", NULL, "a double quote is missing"},
    {"a[\"k\\\"]", NULL, "a double quote is missing"},
    {"a[\"\\q\"]", NULL, "a key is written like a JSON string"},
    {"a[\"k\"", NULL, "a closing bracket is missing"},
    {"a[0]b", NULL,
	"names have letters, digits, \"_\" and \"-\", with dots between them"},
    {"json(a).b", ".a(json.b", NULL},
    {"policy(a.b[0].c).statements", ".a.b#0.c(policy.statements", NULL},
    {"json(.)", "(json", NULL},
    {"yaml(base64(json(a).b))[0]", ".a(json.b(base64(yaml#0", NULL},
    {"json.a", ".json.a", NULL},
    {"json(", NULL, "a name is missing"},
    {"json()", NULL, "a name is missing"},
    {"json(a", NULL, "a closing bracket is missing"},
    {"json(a]", NULL,
	"names have letters, digits, \"_\" and \"-\", with dots between them"},
    {"json(a))", NULL,
	"names have letters, digits, \"_\" and \"-\", with dots between them"},
    {"json(a)b", NULL,
	"names have letters, digits, \"_\" and \"-\", with dots between them"},
    {"jsonx(a)", NULL,
	"a function stands at the beginning of a path and is json, yaml, "
	"base64 or policy"},
    {"a.json(b)", NULL,
	"a function stands at the beginning of a path and is json, yaml, "
	"base64 or policy"},
    {"json(json(json(json(json(json(json(json(json(a)))))))))", NULL,
	"too many functions in each other"},
};

START_TEST(a_path_is_its_steps)
{
	struct arena arena = {0};
	struct buf steps = {0};
	struct path path = {0};
	const char *message = NULL;
	bool ok = path_read(
	    &path, str_of(paths[_i].text), &arena, &message);

	ck_assert_msg(ok == (paths[_i].steps != NULL), "%s: %s",
	    paths[_i].text, message ? message : "");
	if (!ok)
		ck_assert_str_eq(message, paths[_i].message);
	for (size_t i = 0; i < path.count; i++) {
		const struct step *step = &path.steps[i];

		if (step->kind == STEP_INDEX)
			buf_fmt(&steps, "#%zu", step->index);
		else
			buf_fmt(&steps, "%c" STR_FMT,
			    step->kind == STEP_NAME	 ? '.'
				: step->kind == STEP_CALL ? '('
							  : '=',
			    STR_ARG(step->name));
	}
	if (ok)
		ck_str(buf_str(&steps), paths[_i].steps);
	buf_free(&steps);
	arena_free(&arena);
}
END_TEST

/* --- Conditions --- */

/* The tree as text: & | W E S N C T 1 0, ! where negated. */
static void
sketch(struct buf *out, const struct cond *cond)
{
	static const char letters[] = {[COND_ALL] = '&', [COND_ANY] = '|',
	    [COND_WHEN] = 'W', [COND_EVERY] = 'E', [COND_SOME] = 'S',
	    [COND_NONE] = 'N', [COND_COUNT] = 'C', [COND_TEST] = 'T',
	    [COND_RELATED] = 'R', [COND_ALWAYS] = '1', [COND_NEVER] = '0'};

	if (cond->negated)
		buf_byte(out, '!');
	buf_byte(out, letters[cond->kind]);
	if (cond->kind == COND_TEST)
		buf_add(out, cond->path.text);
	if (cond->if_unset != SAID_NOTHING)
		buf_byte(out, cond->if_unset == SAID_YES ? 'y' : 'n');
	if (cond->item_count || cond->satisfies)
		buf_byte(out, '(');
	for (size_t i = 0; i < cond->item_count; i++)
		sketch(out, cond->items[i]);
	if (cond->satisfies)
		sketch(out, cond->satisfies);
	if (cond->item_count || cond->satisfies)
		buf_byte(out, ')');
}

#define LEAF(path) "{path: " path ", equals: 1}"

static const struct {
	const char *cond, *sketch;
} shapes[] = {
    {LEAF("a"), "Ta"},
    {"{not: " LEAF("a") "}", "!Ta"},
    {"{not: {not: " LEAF("a") "}}", "Ta"},
    {"{all: [" LEAF("a") ", " LEAF("b") "]}", "&(TaTb)"},
    {"{not: {all: [" LEAF("a") ", " LEAF("b") "]}}", "|(!Ta!Tb)"},
    {"{not: {any: [" LEAF("a") ", {not: " LEAF("b") "}]}}", "&(!TaTb)"},
    {"{not: {path: a, equals: 1, if_unset: false}}", "!Tan"},
    {"{path: a, equals: 1, if_unset: true}", "Tay"},
    {"{when: " LEAF("a") ", then: " LEAF("b") "}", "W(TaTb)"},
    {"{not: {when: " LEAF("a") ", then: {not: " LEAF("b") "}}}",
	"!W(Ta!Tb)"},
    {"{when: {not: " LEAF("a") "}, then: " LEAF("b") "}", "W(!TaTb)"},
    {"{every: a, satisfies: " LEAF(".") "}", "E(T.)"},
    {"{related: aws_u, where_its: b, satisfies: " LEAF("a") "}", "R(Ta)"},
    {"{not: {related: aws_u, where_its: b, satisfies: {not: " LEAF(
	 "a") "}}}",
	"!R(!Ta)"},
    {"{related: aws_u, by_my: b, satisfies: {related: aws_v, where_its: c}}",
	"R(R)"},
    {"{not: {every: a, satisfies: {not: " LEAF("k") "}}}", "!E(!Tk)"},
    {"{not: {some: a, satisfies: {all: [" LEAF("k") "]}}}", "!S(&(Tk))"},
    {"{none: a, satisfies: " LEAF("k") ", if_unset: true}", "Ny(Tk)"},
    {"{count: a, at_least: 1}", "C"},
    {"{not: {count: a, equals: 1, satisfies: " LEAF("k") "}}", "!C(Tk)"},
    {"{always: true}", "1"},
    {"{not: {always: true}}", "0"},
    {"{not: {all: [{never: true}]}}", "|(1)"},
    {"{any_path: [a, b], equals: 1}", "|(TaTb)"},
    {"{every_path: [a, b], equals: 1, if_unset: false}", "&(TanTbn)"},
    {"{not: {any_path: [a, b], equals: 1}}", "&(!Ta!Tb)"},
    {"{not: {every_path: [a, b], equals: 1}}", "|(!Ta!Tb)"},
};

START_TEST(not_is_pushed_down_to_what_answers)
{
	struct buf text = {0}, drawn = {0};
	struct set set;

	ck_assert(buf_fmt(&text, HEAD "    assert: %s\n", shapes[_i].cond));
	ck_assert(buf_byte(&text, '\0'));
	must_read(&set, text.ptr);
	sketch(&drawn, set.policies->controls[0]->assert);
	ck_str(buf_str(&drawn), shapes[_i].sketch);
	set_free(&set);
	buf_free(&text);
	buf_free(&drawn);
}
END_TEST

static const struct {
	const char *cond, *expected;
	bool enumeration;
} words[] = {
    {"{path: a, equals: true}", "equals true", true},
    {"{not: {path: a, equals: true}}", "not equals true", true},
    {"{path: a, not_equals: x}", "not equals x", true},
    {"{not: {path: a, not_equals: x}}", "equals x", true},
    {"{path: a, in: [AES256, aws:kms]}", "in [AES256, aws:kms]", true},
    {"{path: a, equals: \"two words\"}", "equals \"two words\"", false},
    {"{path: a, equals: 12345678901234567890123456789012345678901x}",
	"equals 12345678901234567890123456789012345678901x", false},
    {"{path: a, equals: [1, x]}", "equals [1, x]", true},
    {"{path: a, equals: {k: [v]}}", "equals {k: [v]}", false},
    {"{path: a, set: true}", "is set", false},
    {"{path: a, set: false}", "is not set", false},
    {"{not: {path: a, set: false}}", "is set", false},
    {"{path: a, at_least: 365}", "at least 365", true},
    {"{not: {path: a, less_than: 365}}", "not less than 365", true},
    {"{path: a, between: [1, 2.5]}", "between 1 and 2.5", true},
    {"{path: a, matches: \"^a|b$\"}", "matches \"^a|b$\"", false},
    {"{path: a, length: {at_least: 1, at_most: 2}}",
	"length at least 1 and at most 2", false},
    {"{every: a, satisfies: {path: ., starts_with: x}}",
	"every element satisfies starts with x", false},
    {"{not: {some: a, satisfies: {all: [{path: k, equals: 1}, {path: l, "
     "set: true}]}}}",
	"not some element satisfies (k equals 1 and l is set)", false},
    {"{none: a, satisfies: {every: b, satisfies: {any_path: [c, d], equals: "
     "1}}}",
	"no element satisfies b: every element satisfies (c equals 1 or d "
	"equals 1)",
	false},
    {"{count: a, at_least: 2}", "at least 2 elements", false},
    {"{count: a, equals: 0, satisfies: {path: ., equals: x}}",
	"exactly 0 elements satisfy equals x", false},
};

START_TEST(a_condition_says_what_it_expects)
{
	struct buf text = {0};
	struct set set;
	const struct cond *cond;

	ck_assert(buf_fmt(&text, HEAD "    assert: %s\n", words[_i].cond));
	ck_assert(buf_byte(&text, '\0'));
	must_read(&set, text.ptr);
	cond = set.policies->controls[0]->assert;
	ck_str(cond->expected, words[_i].expected);
	ck_assert_int_eq(cond->enumeration, words[_i].enumeration);
	set_free(&set);
	buf_free(&text);
}
END_TEST

START_TEST(a_long_expectation_is_cut)
{
	struct buf text = {0};
	struct set set;
	struct str expected;

	buf_add(&text, STR(HEAD "    assert: {path: a, in: ["));
	for (int i = 0; i < 500; i++)
		buf_fmt(&text, "%s\xc3\xa9\xc3\xa9 %d", i ? ", " : "", i);
	ck_assert(buf_add(&text, STR("]}\n")));
	ck_assert(buf_byte(&text, '\0'));
	must_read(&set, text.ptr);
	expected = set.policies->controls[0]->assert->expected;
	ck_assert_uint_le(expected.len, 303);
	ck_assert_uint_ge(expected.len, 300);
	ck_assert(str_ends(expected, STR("...")));
	set_free(&set);
	buf_free(&text);
}
END_TEST

START_TEST(companions_reach_the_condition)
{
	struct set set;
	const struct cond *cond;
	struct value_iter it;

	must_read(&set,
	    ASSERT("{path: a.b, at_least: 7, default: 1, source: docs, "
		   "sentinel: [0, -1], show: value}"));
	cond = set.policies->controls[0]->assert;
	ck_str(value_raw(cond->args.argument), "7");
	ck_str(value_raw(cond->default_value), "1");
	ck_str(cond->default_source, "docs");
	ck_assert(cond->show_value && !cond->args.strictly);
	ck_assert_str_eq(cond->op->name, "at_least");
	it = value_each(cond->args.sentinel);
	ck_assert(value_step(&it));
	ck_str(value_raw(it.value), "0");
	ck_assert(value_step(&it));
	ck_str(value_raw(it.value), "-1");
	ck_assert(!value_step(&it));
	ck_assert_uint_eq(cond->pos.line, 6);
	ck_assert_uint_eq(cond->pos.column, 13);
	set_free(&set);
	must_read(&set,
	    ASSERT("{path: a, contains_any: [x], ignoring_case: true, "
		   "strictly: true}"));
	cond = set.policies->controls[0]->assert;
	ck_assert(cond->args.ignoring_case && cond->args.strictly);
	ck_assert(value_kind(cond->default_value) == NODE_NONE);
	set_free(&set);
}
END_TEST

START_TEST(a_pattern_is_compiled_or_refused)
{
	struct set set;
	const struct cond *cond;
	bool ok = false;

	must_read(&set, ASSERT("{path: a, matches: \"^TLS\"}"));
	cond = set.policies->controls[0]->assert;
	ck_assert_ptr_nonnull(cond->args.regex);
	ck_assert(regex_match(cond->args.regex, STR("TLSv1"), &ok) && ok);
	ck_assert(!regex_match(cond->args.regex, STR("xTLS"), &ok) && ok);
	set_free(&set);
	ck_assert(!read_text_of(
	    &set, STR(ASSERT("{path: a, matches: \"(TLS\"}"))));
	ck_assert(str_starts(str_of(set.err.message), STR("bad pattern: ")));
	ck_assert_uint_eq(set.err.line, 6);
	ck_assert_uint_eq(set.err.column, 32);
	set_free(&set);
}
END_TEST

START_TEST(parameters_stand_where_literals_do)
{
	struct set set;
	const struct cond *cond;
	struct value_iter it;

	must_read(&set,
	    HEAD "    assert: {all: [{path: a, at_least: {param: days}}, "
		 "{path: b, in: {param: list}}, {path: c, in: [x, {param: "
		 "days}]}]}\n"
		 "    parameters: {days: {default: 365, checked: 2026-01-01}, "
		 "list: {default: [p, q]}}\n");
	cond = set.policies->controls[0]->assert;
	ck_str(cond->items[0]->expected, "at least 365");
	ck_str(cond->items[1]->expected, "in [p, q]");
	it = value_each(cond->items[2]->args.argument);
	ck_assert(value_step(&it) && value_step(&it));
	ck_str(value_raw(it.value), "365");
	set_free(&set);
}
END_TEST

START_TEST(a_named_condition_stands_where_it_is_used)
{
	struct buf drawn = {0};
	struct set set;
	const struct cond *cond;

	must_read(&set,
	    ASSERT("{not: {all: [{use: open, with: {port: 22}}, {use: far}]}}")
	    "define:\n"
	    "  far: {path: b, equals: 1}\n"
	    "  open: {any: [{use: near, with: {at: {param: port}}}]}\n"
	    "  near: {path: a, equals: {param: at}}\n");
	cond = set.policies->controls[0]->assert;
	sketch(&drawn, cond);
	ck_str(buf_str(&drawn), "|(&(!Ta)!Tb)");
	ck_str(cond->items[0]->items[0]->expected, "not equals 22");
	set_free(&set);
	buf_free(&drawn);
}
END_TEST

/* --- Controls --- */

static const char shipped[] =
    "pack: {name: aws-ecr, version: 1.0.0, controls: 1}\n"
    "controls:\n"
    "  - id: ecr_repository_image_scan_on_push_enabled\n"
    "    title: ECR repositories scan images on push\n"
    "    severity: high\n"
    "    enforce: warn\n"
    "    resource: [aws_ecr_repository, aws_ecrpublic_*]\n"
    "    where: {path: name, set: true}\n"
    "    assert: {path: image_scanning_configuration.scan_on_push, equals: "
    "true, default: false}\n"
    "    why: >\n"
    "      Images pushed without a scan\n"
    "      reach clusters.\n"
    "    fix:\n"
    "      text: Add a block.\n"
    "      hcl: |\n"
    "        image_scanning_configuration {\n"
    "          scan_on_push = true\n"
    "        }\n"
    "      module_inputs: {terraform-aws-modules/ecr/aws: \"x = true\"}\n"
    "    pitfalls:\n"
    "      - Old images are not scanned.\n"
    "    evidence:\n"
    "      - {kind: config-rule, name: r, expect: COMPLIANT}\n"
    "    frameworks: {\"PCI DSS v4.0\": [\"11.3.1\", \"6.3.1\"]}\n"
    "    tools: {checkov: [CKV_AWS_163], trivy: AWS-0030}\n"
    "    message: \"{address} does not scan\"\n"
    "    if_unknown: fail\n"
    "    waivable: false\n"
    "    reviewed: 2026-03-09\n"
    "    actions: [create, replace]\n"
    "    view: before\n"
    "    mode: data\n"
    "    tests:\n"
    "      - {name: block omitted, resource: {name: x, tags: null, l: []}, "
    "expect: fail}\n"
    "      - {name: later, type: aws_ecrpublic_r, resource: {name: x}, "
    "unknown: {name: true}, before: {name: old}, expect: not_applicable}\n";

static void
check_shipped_lists(const struct control *control)
{
	ck_assert_uint_eq(control->types.count, 2);
	ck_str(control->types.items[1], "aws_ecrpublic_*");
	ck_assert_uint_eq(control->module_input_count, 1);
	ck_str(control->module_inputs[0].name,
	    "terraform-aws-modules/ecr/aws");
	ck_str(control->module_inputs[0].text, "x = true");
	ck_assert_uint_eq(control->pitfalls.count, 1);
	ck_assert_uint_eq(control->evidence_count, 1);
	ck_str(control->evidence[0].kind, "config-rule");
	ck_str(control->evidence[0].expect, "COMPLIANT");
	ck_assert_uint_eq(control->frameworks.count, 1);
	ck_str(control->frameworks.items[0].name, "PCI DSS v4.0");
	ck_str(control->frameworks.items[0].items.items[1], "6.3.1");
	ck_assert_uint_eq(control->tools.count, 2);
	ck_str(control->tools.items[1].items.items[0], "AWS-0030");
	ck_assert_uint_eq(control->attributes.count, 2);
	ck_str(control->attributes.items[0], "image_scanning_configuration");
	ck_str(control->attributes.items[1], "name");
}

static void
check_shipped_tests(const struct control *control)
{
	const struct control_test *test = control->tests;

	ck_assert_uint_eq(control->test_count, 2);
	ck_str(test[0].name, "block omitted");
	ck_str(test[0].type, "aws_ecr_repository");
	ck_assert_int_eq(test[0].expect, EXPECT_FAIL);
	ck_assert_uint_eq(value_count(test[0].resource), 3);
	ck_assert_int_eq(
	    value_kind(value_member(test[0].resource, STR("tags"))), NODE_NULL);
	ck_assert_int_eq(value_kind(test[0].unknown), NODE_NONE);
	ck_str(test[1].type, "aws_ecrpublic_r");
	ck_assert_int_eq(test[1].expect, EXPECT_NOT_APPLICABLE);
	ck_assert_int_eq(
	    value_kind(value_member(test[1].unknown, STR("name"))), NODE_TRUE);
	ck_assert_uint_eq(value_count(test[1].before), 1);
	ck_assert_uint_eq(test[1].pos.line, 35);
}

/* --- Related resources --- */

static const char relations[] =
    "controls:\n"
    "  - id: c\n"
    "    title: T\n"
    "    severity: low\n"
    "    resource: aws_t\n"
    "    assert:\n"
    "      all:\n"
    "        - related: [aws_u, data.aws_v]\n"
    "          where_its: rule.target\n"
    "          satisfies:\n"
    "            all:\n"
    "              - {path: k.l, equals: 1}\n"
    "              - {path: subject.name, equals: x}\n"
    "              - related: aws_w\n"
    "                by_my: key.id\n"
    "                quantifier: none\n"
    "                if_none: unknown\n"
    "                satisfies: {some: r, satisfies: {path: q, set: true}}\n"
    "        - related: aws_x\n"
    "          name_matches: {mine: title, its: \"r[*].f[*]\", how: prefix}\n"
    "    tests:\n"
    "      - name: joined\n"
    "        resource: {name: x}\n"
    "        refers: {key: u}\n"
    "        with:\n"
    "          - {type: aws_u, name: u, resource: {k: 1}, refers: {rule: "
    "subject}}\n"
    "          - {type: data.aws_v, before: {k: 1}}\n"
    "        expect: pass\n";

static void
check_names(struct names names, const char *expected)
{
	struct buf text = {0};

	for (size_t i = 0; i < names.count; i++)
		buf_fmt(&text, "%s" STR_FMT, i ? " " : "",
		    STR_ARG(names.items[i]));
	ck_str(buf_str(&text), expected);
	buf_free(&text);
}

static void
check_relations(const struct control *control)
{
	const struct related *first = control->assert->items[0]->related;
	const struct related *inner, *named;

	ck_assert_uint_eq(control->relation_count, 3);
	check_names(control->attributes, "name title");
	check_names(control->partners, "aws_u aws_w aws_x data.aws_v");
	check_names(first->attributes, "k key rule");
	ck_str(first->attribute, "rule.target");
	ck_assert(first->of_subject && first->outer == NULL);
	ck_assert_int_eq(first->quantifier, COND_SOME);
	inner = control->assert->items[0]->satisfies->items[2]->related;
	ck_assert_ptr_eq(inner->outer, first);
	ck_assert(!inner->of_subject && inner->none_unknown);
	ck_assert_int_eq(inner->join, JOIN_MY);
	check_names(inner->attributes, "r");
	named = control->assert->items[1]->related;
	ck_assert_uint_eq(named->its_count, 3);
	ck_str(named->its[1].text, "f");
	ck_assert_uint_eq(named->its[2].count, 0);
	ck_str(named->words, "some aws_x whose r[*].f[*] begins its title");
	ck_assert(control_joins_type(control, STR("aws_v")));
	ck_assert(!control_joins_type(control, STR("aws_t")));
}

START_TEST(a_relation_names_what_is_read_of_its_partners)
{
	struct set set;
	const struct control *control;
	const struct cond *subject;
	const struct control_test *test;

	must_read(&set, relations);
	control = set.policies->controls[0];
	check_relations(control);
	subject = control->assert->items[0]->satisfies->items[1];
	ck_assert(subject->path.of_subject);
	ck_assert_uint_eq(subject->path.count, 1);
	ck_str(control->assert->items[0]->expected,
	    "some aws_u or data.aws_v whose rule.target refers to it satisfies "
	    "(k.l equals 1 and subject.name equals x and no aws_w that its "
	    "key.id refers to satisfies r: some element satisfies q is set, "
	    "unknown if there is none)");
	test = control->tests;
	ck_assert_uint_eq(test->with_count, 2);
	ck_str(test->refers[0].text, "u");
	ck_str(test->with[0].refers[0].name, "rule");
	ck_str(test->with[1].name, "aws_v");
	set_free(&set);
}
END_TEST

START_TEST(a_whole_control_is_what_was_written)
{
	struct set set;
	const struct control *control;

	must_read(&set, shipped);
	ck_assert_uint_eq(set.policies->control_count, 1);
	control = set.policies->controls[0];
	ck_str(control->id, "ecr_repository_image_scan_on_push_enabled");
	ck_str(control->title, "ECR repositories scan images on push");
	ck_assert_int_eq(control->severity, SEVERITY_HIGH);
	ck_assert_int_eq(control->enforce, ENFORCE_WARN);
	ck_assert_int_eq(control->where->kind, COND_TEST);
	ck_str(control->assert->path.text,
	    "image_scanning_configuration.scan_on_push");
	ck_assert_uint_eq(control->assert->path.count, 2);
	ck_assert_int_eq(
	    value_kind(control->assert->default_value), NODE_FALSE);
	ck_str(control->why, "Images pushed without a scan reach clusters.");
	ck_str(control->fix_text, "Add a block.");
	ck_str(control->fix_hcl,
	    "image_scanning_configuration {\n  scan_on_push = true\n}");
	ck_str(control->message, "{address} does not scan");
	ck_assert_int_eq(control->if_unknown, SAID_NO);
	ck_assert(!control->waivable && control->view_before && control->data);
	/* create is 2 and replace 128 in plan/subject.h */
	ck_assert_uint_eq(control->actions, 130);
	ck_assert_uint_eq(control->pos.line, 3);
	check_shipped_lists(control);
	check_shipped_tests(control);
	set_free(&set);
}
END_TEST

START_TEST(a_pack_is_its_name_and_the_digest_of_its_bytes)
{
	struct set set;
	const struct pack *pack;

	must_read(&set, CONTROL);
	pack = set.policies->controls[0]->pack;
	ck_assert_ptr_eq(pack, set.policies->packs[0]);
	ck_assert_uint_eq(pack->name.len, 0);
	ck_str(pack->file, "p.yaml");
	ck_assert_uint_eq(pack->controls, 1);
	/* sha256sum of CONTROL */
	ck_assert_str_eq(pack->sha256,
	    "4fed471ce82078b32e3695756eaf1f52"
	    "bdfc0402ea2efc401e28366de4413ea2");
	set_free(&set);
	must_read(&set, shipped);
	ck_str(set.policies->packs[0]->name, "aws-ecr");
	ck_str(set.policies->packs[0]->version, "1.0.0");
	set_free(&set);
}
END_TEST

static const char three[] =
    "pack:\n"
    "  name: p\n"
    "  version: 1.0.0\n"
    "  controls: 3\n"
    "controls:\n"
    "  - id: b\n"
    "    title: B\n"
    "    severity: low\n"
    "    resource: aws_t\n"
    "    assert:\n"
    "      path: a\n"
    "      at_least: 365\n"
    "  - id: c\n"
    "    title: C\n"
    "    severity: low\n"
    "    resource: aws_t\n"
    "    assert: {path: a, set: true}\n"
    "  - id: a\n"
    "    title: A\n"
    "    severity: low\n"
    "    resource: aws_t\n"
    "    where: {path: b, set: true}\n"
    "    assert:\n"
    "      path: a\n"
    "      at_least: 365\n"
    "      default: 12\n"
    "    why: Because.\n";

START_TEST(controls_are_numbered_in_order_of_their_ids)
{
	struct set set;

	must_read(&set, three);
	ck_assert_uint_eq(set.policies->control_count, 3);
	for (size_t i = 0; i < 3; i++) {
		const char id[] = {(char)('a' + (int)i), 0};

		ck_str(set.policies->controls[i]->id, id);
		ck_assert_uint_eq(set.policies->controls[i]->index, i);
	}
	set_free(&set);
}
END_TEST

/* Loaded, it must hold the three controls. */
static size_t
count_if_loaded(struct str text)
{
	struct set set;
	size_t count = 3;

	if (read_text_of(&set, text)) {
		count = set.policies->control_count;
		ck_assert_msg(text.ptr[text.len - 1] == '\n',
		    "a line that was cut loads: %.*s", (int)text.len, text.ptr);
	} else {
		ck_assert_int_eq(set.err.code, TFA_ERR_POLICY);
		ck_assert_uint_ne(strlen(set.err.message), 0);
	}
	set_free(&set);
	return count;
}

START_TEST(a_file_that_was_cut_short_never_loads_with_fewer_controls)
{
	struct str text = STR(three);

	for (size_t len = 0; len <= text.len; len++)
		ck_assert_uint_eq(count_if_loaded(str_head(text, len)), 3);
}
END_TEST

START_TEST(a_file_without_one_line_never_loads_with_fewer_controls)
{
	struct str rest = STR(three);
	const char *start = rest.ptr;
	struct buf text = {0};

	while (rest.len) {
		struct str line = str_cut(rest, '\n', &rest);

		text.len = 0;
		buf_add(&text, (struct str){start, (size_t)(line.ptr - start)});
		ck_assert(buf_add(&text, rest));
		ck_assert_uint_eq(count_if_loaded(buf_str(&text)), 3);
	}
	buf_free(&text);
}
END_TEST

START_TEST(several_documents_are_one_file)
{
	struct set set;

	must_read(&set,
	    "pack: {name: p, version: 1, controls: 2}\n---\n" CONTROL
	    "---\ncontrols:\n  - {id: b, title: T, severity: low, resource: "
	    "aws_t, assert: {use: x}}\n---\ndefine: {x: {never: true}}\n");
	ck_assert_uint_eq(set.policies->control_count, 2);
	ck_assert_uint_eq(set.policies->pack_count, 1);
	set_free(&set);
}
END_TEST

START_TEST(an_id_is_unique_in_the_whole_set)
{
	struct tfa_error err = {0};
	struct set set;

	must_read(&set, CONTROL);
	ck_assert(!policies_read(
	    set.policies, STR("q.yaml"), STR(CONTROL), false, &err));
	ck_assert_str_eq(err.message, "control \"a\" is already at p.yaml:2:5");
	ck_assert_str_eq(err.file, "q.yaml");
	ck_assert_uint_eq(err.line, 2);
	set_free(&set);
}
END_TEST

START_TEST(a_control_selects_types_by_name_or_glob)
{
	struct set set;
	const struct control *control;

	must_read(&set, shipped);
	control = set.policies->controls[0];
	ck_assert(control_selects_type(control, STR("aws_ecr_repository")));
	ck_assert(control_selects_type(control, STR("aws_ecrpublic_x")));
	ck_assert(!control_selects_type(control, STR("aws_ecr_repository_x")));
	set_free(&set);
}
END_TEST

/* --- Defaults --- */

START_TEST(a_default_is_found_by_type_and_path)
{
	struct set set;
	const struct default_entry *entry;
	const struct names *governing;
	static char longest[2000];

	must_read(&set,
	    "defaults:\n"
	    "  - resource: aws_ebs_volume\n"
	    "    path: a.encrypted\n"
	    "    value: false\n"
	    "    by: provider\n"
	    "    source: https://example.org/\n"
	    "    since: 2019-10-24\n"
	    "    note: n\n"
	    "    provider_version: \"< 6.0.0\"\n"
	    "    governed_by: {resource: aws_ebs_encryption_by_default, path: "
	    "enabled.x, except: none}\n"
	    "  - {resource: aws_ebs_volume, path: b, value: [1, {k: \"\"}], "
	    "by: service}\n");
	entry = policies_default(
	    set.policies, STR("aws_ebs_volume"), STR("a.encrypted"));
	ck_assert_ptr_nonnull(entry);
	ck_assert_int_eq(value_kind(entry->value), NODE_FALSE);
	ck_assert(entry->by_provider);
	ck_str(entry->source, "https://example.org/");
	ck_str(entry->since, "2019-10-24");
	ck_str(entry->note, "n");
	ck_str(entry->provider_version, "< 6.0.0");
	ck_str(entry->governed_type, "aws_ebs_encryption_by_default");
	ck_str(entry->governed_path, "enabled.x");
	ck_str(entry->governed_except, "none");
	governing = policies_governing(
	    set.policies, STR("aws_ebs_encryption_by_default"));
	ck_assert_ptr_nonnull(governing);
	ck_assert_uint_eq(governing->count, 1);
	ck_str(governing->items[0], "enabled");
	ck_assert_ptr_null(
	    policies_governing(set.policies, STR("aws_ebs_volume")));
	ck_str(entry->file, "p.yaml");
	ck_assert_uint_eq(entry->pos.line, 2);
	entry = policies_default(set.policies, STR("aws_ebs_volume"), STR("b"));
	ck_assert_uint_eq(value_count(entry->value), 2);
	ck_assert(!entry->by_provider);
	ck_assert_ptr_null(policies_default(
	    set.policies, STR("aws_ebs_volum"), STR("ea.encrypted")));
	ck_assert_ptr_null(policies_default(
	    set.policies, STR("aws_ebs_volume"), STR("a")));
	memset(longest, 'a', sizeof(longest));
	ck_assert_ptr_null(policies_default(set.policies, STR("aws_t"),
	    (struct str){longest, sizeof(longest)}));
	ck_assert_ptr_null(policies_default(
	    set.policies, (struct str){longest, sizeof(longest)}, STR("a")));
	set_free(&set);
}
END_TEST

/* --- Bounds --- */

static const struct {
	const char *before, *piece, *message;
	size_t times;
} bombs[] = {
    {"", "[", "is nested deeper than 64 levels", 100000},
    {"", "{a: ", "is nested deeper than 64 levels", 30000},
    {"", "- ", "is nested deeper than 64 levels", 50000},
    {"", "? ", "a key must be a name", 50000},
    {"a: [", "b,", "has more than 100000 values", 110000},
    {"# ", "xxxxxxxxxxxxxxx", "is larger than 4194304 bytes", 300000},
};

START_TEST(a_bomb_is_refused_fast)
{
	static const struct tfa_limits limits = {.policy_nodes = 100000};
	struct buf text = {0};
	clock_t start;
	struct set set = {.policies = tfa_policies_new(&limits)};

	ck_assert_ptr_nonnull(set.policies);
	buf_add(&text, str_of(bombs[_i].before));
	for (size_t i = 0; i < bombs[_i].times; i++)
		buf_add(&text, str_of(bombs[_i].piece));
	ck_assert(!text.failed);
	start = clock();
	ck_assert(!policies_read(set.policies, STR("p.yaml"), buf_str(&text),
	    false, &set.err));
	ck_assert_str_eq(set.err.message, bombs[_i].message);
	/* libyaml alone takes 19 s for the first. */
	ck_assert_int_lt(clock() - start, 5 * CLOCKS_PER_SEC);
	set_free(&set);
	buf_free(&text);
}
END_TEST

START_TEST(definitions_cannot_expand_without_end)
{
	struct buf text = {0};
	struct set set;

	buf_add(&text, STR(ASSERT("{use: d0}") "define:\n"));
	for (int i = 0; i < 9; i++)
		buf_fmt(&text,
		    "  d%d: {all: [{use: d%d}, {use: d%d}, {use: d%d}, {use: "
		    "d%d}, {use: d%d}, {use: d%d}, {use: d%d}, {use: d%d}]}\n",
		    i, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1);
	ck_assert(buf_add(&text, STR("  d9: {never: true}\n")));
	ck_assert(!read_text_of(&set, buf_str(&text)));
	ck_assert_int_eq(set.err.code, TFA_ERR_LIMIT);
	ck_assert_str_eq(set.err.message,
	    "definitions and parameters expand to too much");
	set_free(&set);
	buf_free(&text);
}
END_TEST

START_TEST(without_memory_nothing_is_loaded)
{
	static const char defaults[] =
	    "---\ndefine: {x: {path: a, matches: {param: p}}}\n"
	    "defaults: [{resource: aws_t, path: \"a\", value: [1], by: "
	    "service}]\n"
	    "controls:\n"
	    "  - {id: z, title: T, severity: low, resource: aws_t, parameters: "
	    "{q: {default: 1}}, assert: {all: [{use: x, with: {p: \"^x\"}}, "
	    "{count: 'a[\"\\u0041\"]', at_least: {param: q}}]}}\n";
	struct buf text = {0};
	size_t limit = 0, failures = 0;
	bool ok = false;

	/* Not the declared count, which is one less now. */
	buf_add(&text, str_from(STR(shipped), strcspn(shipped, "\n") + 1));
	ck_assert(buf_add(&text, STR(defaults)));
	while (!ok) {
		struct tfa_policies *policies = tfa_policies_new(NULL);
		struct tfa_error err = {0};

		ck_assert_ptr_nonnull(policies);
		/* The arena rounds up to this. */
		policies->arena.limit = limit += 16;
		ok = policies_read(policies, STR("p.yaml"), buf_str(&text),
		    false, &err);
		if (!ok)
			ck_assert_msg(err.code == TFA_ERR_NOMEM, "%zu: %s",
			    limit, err.message);
		failures += !ok;
		tfa_policies_free(policies);
	}
	ck_assert_uint_gt(failures, 100);
	buf_free(&text);
}
END_TEST

/* --- Files and folders --- */

struct folder {
	char root[64];
};

static void
folder_make(struct folder *folder)
{
	strcpy(folder->root, "/tmp/tfassay-policy-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder->root));
}

static const char *
folder_path(const struct folder *folder, const char *name, char path[256])
{
	snprintf(path, 256, "%s/%s", folder->root, name);
	return path;
}

static void
folder_write(const struct folder *folder, const char *name, const char *id)
{
	char path[256];
	FILE *file = fopen(folder_path(folder, name, path), "w");

	ck_assert_ptr_nonnull(file);
	fprintf(file,
	    "controls: [{id: %s, title: T, severity: low, resource: aws_t, "
	    "assert: {never: true}}]\n",
	    id);
	ck_assert_int_eq(fclose(file), 0);
}

static bool
folder_load(const struct folder *folder, const char *name, struct set *set)
{
	char path[256];

	set->err = (struct tfa_error){0};
	set->policies = tfa_policies_new(NULL);
	ck_assert_ptr_nonnull(set->policies);
	return tfa_policies_load(
	    set->policies, folder_path(folder, name, path), &set->err);
}

static void
folder_remove(const struct folder *folder, const char *const *names)
{
	char path[256];

	for (; *names; names++)
		ck_assert_int_eq(
		    remove(folder_path(folder, *names, path)), 0);
	ck_assert_int_eq(rmdir(folder->root), 0);
}

START_TEST(a_folder_is_read_in_order_of_paths)
{
	static const char *const names[] = {"a/c.yml", "a/skipped.txt",
	    "a/loop", "a", "a.yaml", "b.yaml", ".d.yaml", "link.yaml", NULL};
	struct folder folder;
	struct set set;
	char path[256], end[256];

	folder_make(&folder);
	ck_assert_int_eq(mkdir(folder_path(&folder, "a", path), 0700), 0);
	folder_write(&folder, "b.yaml", "b");
	folder_write(&folder, "a.yaml", "x");
	folder_write(&folder, "a/c.yml", "c");
	folder_write(&folder, "a/skipped.txt", "s");
	folder_write(&folder, ".d.yaml", "d");
	ck_assert_int_eq(
	    symlink("..", folder_path(&folder, "a/loop", path)), 0);
	ck_assert_int_eq(
	    symlink("a", folder_path(&folder, "link.yaml", path)), 0);
	ck_assert_msg(folder_load(&folder, "", &set), "%s: %s", set.err.file,
	    set.err.message);
	ck_assert_uint_eq(set.policies->pack_count, 4);
	snprintf(end, sizeof(end), "%s/.d.yaml", folder.root);
	ck_str(set.policies->packs[0]->file, end);
	snprintf(end, sizeof(end), "%s/a.yaml", folder.root);
	ck_str(set.policies->packs[1]->file, end);
	snprintf(end, sizeof(end), "%s/a/c.yml", folder.root);
	ck_str(set.policies->packs[2]->file, end);
	ck_assert_uint_eq(set.policies->control_count, 4);
	set_free(&set);
	folder_remove(&folder, names);
}
END_TEST

START_TEST(what_cannot_be_read_is_an_error_with_its_path)
{
	static const char *const names[] = {"e/pipe.yaml", "e", "b.yaml", NULL};
	struct folder folder;
	struct set set;
	char path[256];

	folder_make(&folder);
	folder_write(&folder, "b.yaml", "b");
	ck_assert_int_eq(mkdir(folder_path(&folder, "e", path), 0700), 0);
	ck_assert(!folder_load(&folder, "nowhere", &set));
	ck_assert_str_eq(set.err.message, "does not exist");
	ck_assert_str_eq(
	    set.err.file, folder_path(&folder, "nowhere", path));
	ck_assert_int_eq(tfa_error_status(&set.err), 2);
	set_free(&set);
	ck_assert(!folder_load(&folder, "b.yaml/x", &set));
	ck_assert_str_eq(
	    set.err.message, "is below something that is no folder");
	set_free(&set);
	ck_assert(!folder_load(&folder, "e", &set));
	ck_assert_str_eq(set.err.message, "holds no .yaml or .yml file");
	set_free(&set);
	ck_assert_int_eq(
	    mkfifo(folder_path(&folder, "e/pipe.yaml", path), 0600), 0);
	ck_assert(!folder_load(&folder, "e", &set));
	ck_assert_str_eq(set.err.message, "is no regular file");
	ck_assert_str_eq(set.err.file, path);
	set_free(&set);
	folder_remove(&folder, names);
}
END_TEST

/* --- What is compiled in --- */

START_TEST(the_shipped_policies_load)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};

	ck_assert_ptr_nonnull(policies);
	ck_assert_msg(tfa_policies_builtin(policies, &err), "%s:%zu:%zu: %s",
	    err.file, err.line, err.column, err.message);
	for (size_t i = 0; i < policies->pack_count; i++)
		ck_assert(policies->packs[i]->builtin);
	tfa_policies_free(policies);
}
END_TEST

/* Everything that reports and explanations say of a set. */
static char *
everything(const struct tfa_policies *policies)
{
	static const struct tfa_list_options json = {.format = "json"};
	static const struct tfa_list_options markdown = {.format = "markdown"};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert(tfa_list_write(
	    policies, TFA_LIST_CONTROLS, &json, out, &err));
	ck_assert(tfa_list_write(
	    policies, TFA_LIST_DEFAULTS, &json, out, &err));
	ck_assert(tfa_list_write(
	    policies, TFA_LIST_CONTROLS, &markdown, out, &err));
	for (size_t i = 0; i < policies->control_count; i++)
		ck_assert(tfa_explain_write(policies,
		    policies->controls[i]->id.ptr, false, out, &err));
	fclose(out);
	return text;
}

START_TEST(what_is_compiled_in_is_what_the_files_say)
{
	struct tfa_policies *in = tfa_policies_new(NULL);
	struct tfa_policies *files = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	char *got, *wanted;

	ck_assert(tfa_policies_builtin(in, &err));
	ck_assert(tfa_policies_load(files, "policies", &err));
	ck_assert_uint_eq(in->control_count, files->control_count);
	ck_assert_uint_eq(in->pack_count, files->pack_count);
	for (size_t i = 0; i < files->pack_count; i++) {
		struct pack *pack = files->packs[i];

		ck_assert_str_eq(in->packs[i]->sha256, pack->sha256);
		ck_assert_uint_eq(in->packs[i]->controls, pack->controls);
		pack->builtin = true;
		pack->given = false;
	}
	got = everything(in);
	wanted = everything(files);
	ck_assert_str_eq(got, wanted);
	free(got);
	free(wanted);
	tfa_policies_free(in);
	tfa_policies_free(files);
}
END_TEST

static void
add_bad(Suite *suite)
{
	TCase *tc = tcase_create("refused");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, a_bad_text_is_refused_where_it_is_bad, 0,
	    COUNTOF(refused));
	tcase_add_loop_test(tc, a_bad_file_is_refused_where_it_is_bad, 0,
	    COUNTOF(refused_files));
	tcase_add_test(tc, an_error_shows_its_line);
	tcase_add_test(
	    tc, a_long_line_is_shown_only_where_the_place_is_in_it);
	tcase_add_test(
	    tc, a_file_that_was_cut_short_never_loads_with_fewer_controls);
	tcase_add_test(
	    tc, a_file_without_one_line_never_loads_with_fewer_controls);
	tcase_add_test(tc, an_id_is_unique_in_the_whole_set);
	tcase_add_loop_test(tc, a_bomb_is_refused_fast, 0, COUNTOF(bombs));
	tcase_add_test(tc, definitions_cannot_expand_without_end);
	tcase_add_test(tc, without_memory_nothing_is_loaded);
	suite_add_tcase(suite, tc);
}

static void
add_parts(Suite *suite)
{
	TCase *tc = tcase_create("parts");

	tcase_add_loop_test(tc,
	    a_scalar_has_the_type_of_the_core_schema_or_must_be_quoted, 0,
	    COUNTOF(scalars));
	tcase_add_test(tc, a_text_field_takes_any_scalar_as_text);
	tcase_add_loop_test(tc, a_path_is_its_steps, 0, COUNTOF(paths));
	tcase_add_loop_test(
	    tc, not_is_pushed_down_to_what_answers, 0, COUNTOF(shapes));
	tcase_add_loop_test(
	    tc, a_condition_says_what_it_expects, 0, COUNTOF(words));
	tcase_add_test(tc, a_long_expectation_is_cut);
	tcase_add_test(tc, companions_reach_the_condition);
	tcase_add_test(tc, a_pattern_is_compiled_or_refused);
	tcase_add_test(tc, parameters_stand_where_literals_do);
	tcase_add_test(tc, a_named_condition_stands_where_it_is_used);
	suite_add_tcase(suite, tc);
}

Suite *
suite_policy(void)
{
	Suite *suite = suite_create("policy");
	TCase *tc = tcase_create("sets");

	add_bad(suite);
	add_parts(suite);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_whole_control_is_what_was_written);
	tcase_add_test(tc, a_relation_names_what_is_read_of_its_partners);
	tcase_add_test(tc, a_pack_is_its_name_and_the_digest_of_its_bytes);
	tcase_add_test(tc, controls_are_numbered_in_order_of_their_ids);
	tcase_add_test(tc, several_documents_are_one_file);
	tcase_add_test(tc, a_control_selects_types_by_name_or_glob);
	tcase_add_test(tc, a_default_is_found_by_type_and_path);
	tcase_add_test(tc, a_folder_is_read_in_order_of_paths);
	tcase_add_test(tc, what_cannot_be_read_is_an_error_with_its_path);
	tcase_add_test(tc, the_shipped_policies_load);
	tcase_add_test(tc, what_is_compiled_in_is_what_the_files_say);
	suite_add_tcase(suite, tc);
	return suite;
}
