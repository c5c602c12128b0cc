/*
 * Text inside plans.  What policies mean was worked out from IAM's own
 * documentation and the contract; quotes are single ones where C would need a
 * backslash.
 */
#include <stdlib.h>

#include "engine/result.h"
#include "json/write.h"
#include "op/iam.h"
#include "policy/yaml_value.h"
#include "test/test.h"

/* ' becomes ". */
static struct str
unquote(const char *text, struct arena *arena)
{
	struct str copy = arena_copy(arena, str_of(text));
	char *out = arena_alloc(arena, copy.len + 1);

	ck_assert(out != NULL);
	for (size_t i = 0; i < copy.len; i++)
		out[i] = (char)(copy.ptr[i] == '\'' ? '"' : copy.ptr[i]);
	return (struct str){out, copy.len};
}

static struct value
read_json(const char *text, struct arena *arena)
{
	struct value value = VALUE_NONE;
	struct tfa_error err = {0};

	ck_assert_msg(value_read(&value, unquote(text, arena), arena, &err),
	    "%s: %s", text, err.message);
	return value;
}

/* As one line of compact JSON, with ' for ". */
static char *
print_json(struct value value)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct emit emit;

	ck_assert(out != NULL);
	emit_init(&emit, out, false);
	emit_value(&emit, NULL, value);
	ck_assert(emit_finish(&emit));
	fclose(out);
	while (len && text[len - 1] == '\n')
		text[--len] = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			text[i] = '\'';
	}
	return text;
}

/* --- One form --- */

static const struct {
	const char *document, *statements;
} forms[] = {
    {"{}", "[]"},
    {"{'Version':'2012-10-17','Id':'x','Statement':[]}", "[]"},
    /* one statement without a list, single values */
    {"{'Statement':{'Sid':'a','Effect':'Deny','Principal':'*','Action':"
     "'s3:GetObject','Resource':'*'}}",
	"[{'sid':'a','effect':'Deny','actions':['s3:GetObject'],"
	"'not_actions':[],'resources':['*'],'not_resources':[],"
	"'principals':[{'type':'*','identifier':'*'}],'anyone':true,"
	"'conditions':[],'restricts_caller':false}]"},
    /* lists, several kinds of principals, a condition */
    {"{'Statement':[{'Effect':'Allow','NotAction':['a:B','c:D'],"
     "'NotResource':'r','Principal':{'AWS':['1','2'],'Service':'s'},"
     "'Condition':{'Bool':{'k':false,'l':[true,'x']},'Null':{'m':1}}}]}",
	"[{'sid':null,'effect':'Allow','actions':[],'not_actions':['a:B',"
	"'c:D'],'resources':[],'not_resources':['r'],'principals':[{'type':"
	"'AWS','identifier':'1'},{'type':'AWS','identifier':'2'},{'type':"
	"'Service','identifier':'s'}],'anyone':false,'conditions':[{'test':"
	"'Bool','variable':'k','values':[false]},{'test':'Bool','variable':"
	"'l','values':[true,'x']},{'test':'Null','variable':'m','values':"
	"[1]}],'restricts_caller':false}]"},
    /* names of members in any case */
    {"{'statement':[{'effect':'Allow','ACTION':'a:B'}]}",
	"[{'sid':null,'effect':'Allow','actions':['a:B'],'not_actions':[],"
	"'resources':[],'not_resources':[],'principals':[],'anyone':false,"
	"'conditions':[],'restricts_caller':false}]"},
};

START_TEST(statements_have_one_form)
{
	struct arena arena = {0};
	struct iam_document document = {0};
	const char *why = NULL;
	char *text;

	ck_assert_msg(iam_read(&document, read_json(forms[_i].document, &arena),
			  &arena, &why),
	    "%s", why);
	ck_assert(document.seen.unknown.node == NULL);
	text = print_json(
	    value_member(document.seen.value, STR("statements")));
	ck_assert_str_eq(text, forms[_i].statements);
	free(text);
	arena_free(&arena);
}
END_TEST

static const char *const misshapen[] = {
    "[]",
    "'x'",
    "{'Statements':[]}",
    "{'Statement':[],'statement':[]}",
    "{'Statement':null}",
    "{'Statement':['x']}",
    "{'Statement':[{'Effect':'allow'}]}",
    "{'Statement':[{'Effect':null}]}",
    "{'Statement':[{'Principals':'*'}]}",
    "{'Statement':[{'Action':'a:B','action':'c:D'}]}",
    "{'Statement':[{'Action':{}}]}",
    "{'Statement':[{'Action':[1]}]}",
    "{'Statement':[{'Resource':null}]}",
    "{'Statement':[{'Principal':[]}]}",
    "{'Statement':[{'Principal':{'AWS':{}}}]}",
    "{'Statement':[{'Principal':{'AWS':[null]}}]}",
    "{'Statement':[{'Condition':[]}]}",
    "{'Statement':[{'Condition':{'Bool':'x'}}]}",
    "{'Statement':[{'Condition':{'Bool':{'k':null}}}]}",
    "{'Statement':[{'Condition':{'Bool':{'k':[[]]}}}]}",
    "{'Statement':[{'Sid':1}]}",
};

START_TEST(what_iam_would_refuse_is_no_policy_document)
{
	struct arena arena = {0};
	struct iam_document document = {0};
	const char *why = NULL;

	ck_assert_msg(!iam_read(&document, read_json(misshapen[_i], &arena),
			  &arena, &why),
	    "%s", misshapen[_i]);
	ck_assert_ptr_nonnull(why);
	arena_free(&arena);
}
END_TEST

/* --- Who --- */

static struct value
only_statement(const char *members, struct arena *arena)
{
	struct iam_document document = {0};
	const char *why = NULL;
	char text[1024];

	snprintf(text, sizeof(text), "{'Statement':{%s}}", members);
	ck_assert_msg(
	    iam_read(&document, read_json(text, arena), arena, &why), "%s: %s",
	    text, why);
	return value_item(
	    value_member(document.seen.value, STR("statements")), 0);
}

static const struct {
	const char *members;
	bool anyone;
} callers[] = {
    {"'Principal':'*'", true},
    {"'Principal':{'AWS':'*'}", true},
    {"'Principal':{'AWS':['arn:aws:iam::111122223333:root','*']}", true},
    {"'Principal':{'AWS':'arn:aws:iam::*:root'}", true},
    {"'Principal':{'AWS':'arn:aws-cn:iam::*:root'}", true},
    {"'Principal':{'AWS':'\\u002a'}", true},
    {"'Principal':{'AWS':'arn:aws:iam::111122223333:root'}", false},
    {"'Principal':{'AWS':'111122223333'}", false},
    {"'Principal':{'AWS':'arn:aws:iam::111122223333:role/*'}", false},
    {"'Principal':{'Service':'sns.amazonaws.com'}", false},
    {"'Principal':{'Federated':'*'}", true},
    {"'Principal':{'AWS':[]}", false},
    {"'Action':'s3:*'", false},
    {"'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'}", true},
    {"'NotPrincipal':{'AWS':'111122223333'}", true},
    {"'Effect':'Deny','NotPrincipal':{'AWS':'111122223333'}", false},
    {"'Effect':'Deny','Principal':'*'", true},
};

START_TEST(anyone_is_told_from_somebody)
{
	struct arena arena = {0};
	struct value statement = only_statement(callers[_i].members, &arena);
	struct value anyone = value_member(statement, STR("anyone"));

	ck_assert_msg((value_kind(anyone) == NODE_TRUE) == callers[_i].anyone,
	    "%s", callers[_i].members);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *condition;
	bool restricts;
} conditions[] = {
    {"{}", false},
    {"{'StringEquals':{'aws:SourceAccount':'111122223333'}}", true},
    {"{'StringEquals':{'AWS:SOURCEACCOUNT':'111122223333'}}", true},
    {"{'stringequals':{'aws:SourceAccount':'111122223333'}}", true},
    {"{'StringEquals':{'aws:SourceAccount':111122223333}}", true},
    {"{'StringEquals':{'aws:PrincipalOrgID':['o-1','o-2']}}", true},
    {"{'StringEquals':{'aws:PrincipalOrgID':[]}}", false},
    {"{'StringEqualsIgnoreCase':{'aws:PrincipalOrgID':'o-1'}}", true},
    {"{'StringEquals':{'aws:PrincipalOrgID':'${aws:ResourceOrgID}'}}", true},
    {"{'StringEquals':{'aws:SourceAccount':'${aws:PrincipalAccount}'}}", false},
    /* wildcards */
    {"{'StringLike':{'aws:SourceArn':'*'}}", false},
    {"{'StringLike':{'aws:SourceArn':'**?'}}", false},
    {"{'StringLike':{'aws:SourceAccount':'1111*'}}", false},
    {"{'StringLike':{'aws:PrincipalOrgID':'o-*'}}", false},
    {"{'StringEquals':{'aws:PrincipalOrgID':'*'}}", false},
    {"{'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:111122223333:*'}}", true},
    {"{'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:*:*'}}", false},
    {"{'ArnLike':{'aws:SourceArn':'arn:aws:s3:*:*:*'}}", false},
    {"{'ArnEquals':{'aws:SourceArn':'arn:aws:s3:::bucket'}}", true},
    {"{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::*'}}", false},
    {"{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::bucket*'}}", false},
    {"{'ArnLike':{'aws:SourceArn':['arn:aws:s3:::bucket','*']}}", false},
    {"{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/*'}}",
	true},
    {"{'StringLike':{'aws:PrincipalOrgPaths':'o-1/r-2/*'}}", true},
    {"{'ForAnyValue:StringLike':{'aws:PrincipalOrgPaths':['o-1/*']}}", true},
    {"{'ForAnyValue:StringLike':{'aws:PrincipalOrgPaths':['*/r-2/*']}}", false},
    {"{'StringLike':{'aws:userid':'AROAEXAMPLE:*'}}", true},
    {"{'StringLike':{'aws:userid':'*:session'}}", false},
    {"{'StringLike':{'sns:Endpoint':'*@example.com'}}", true},
    {"{'StringLike':{'sns:Endpoint':'*'}}", false},
    /* keys and tests that do not tell who */
    {"{'Bool':{'aws:SecureTransport':'true'}}", false},
    {"{'StringEquals':{'aws:PrincipalTag/team':'x'}}", false},
    {"{'StringEquals':{'sts:ExternalId':'x'}}", false},
    {"{'StringEquals':{'kms:ViaService':'s3.eu-west-1.amazonaws.com'}}",
	false},
    {"{'StringNotEquals':{'aws:SourceAccount':'111122223333'}}", false},
    {"{'ArnNotLike':{'aws:SourceArn':'arn:aws:s3:::bucket'}}", false},
    {"{'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", false},
    {"{'StringEquals':{'aws:SourceIp':'192.0.2.0/24'}}", false},
    {"{'Strange':{'aws:SourceAccount':'111122223333'}}", false},
    /* addresses */
    {"{'IpAddress':{'aws:SourceIp':'192.0.2.0/24'}}", true},
    {"{'IpAddress':{'aws:SourceIp':'192.0.2.1'}}", true},
    {"{'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}", false},
    {"{'IpAddress':{'aws:SourceIp':['0.0.0.0/1','128.0.0.0/1']}}", false},
    {"{'IpAddress':{'aws:SourceIp':['192.0.2.0/24','::/0']}}", false},
    {"{'IpAddress':{'aws:SourceIp':'2001:db8::/32'}}", true},
    {"{'IpAddress':{'aws:SourceIp':'2000::/3'}}", false},
    {"{'IpAddress':{'aws:SourceIp':'192.0.2.0/'}}", false},
    /* a key that may be missing */
    {"{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'}}", false},
    {"{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'},"
     "'Null':{'aws:SourceAccount':'false'}}",
	true},
    {"{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'},"
     "'Null':{'aws:SourceAccount':'true'}}",
	false},
    {"{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'},"
     "'Null':{'aws:SourceArn':false}}",
	false},
    {"{'ForAllValues:StringEquals':{'aws:PrincipalOrgID':'o-1'}}", false},
    {"{'ForAllValues:StringEquals':{'aws:PrincipalOrgID':'o-1'},"
     "'null':{'aws:principalorgid':[false]}}",
	true},
    {"{'Null':{'aws:PrincipalOrgID':'false'}}", false},
    /* booleans that tell who */
    {"{'Bool':{'aws:PrincipalIsAWSService':'true'}}", true},
    {"{'Bool':{'aws:PrincipalIsAWSService':false}}", false},
    {"{'Bool':{'elasticfilesystem:AccessedViaMountTarget':true}}", true},
    /* one that narrows is enough */
    {"{'Bool':{'aws:SecureTransport':'true'},"
     "'StringEquals':{'aws:SourceVpce':'vpce-1'}}",
	true},
};

START_TEST(a_condition_narrows_who_calls_only_with_key_test_and_values)
{
	struct arena arena = {0};
	char members[512];
	struct value restricts;

	snprintf(members, sizeof(members), "'Condition':%s",
	    conditions[_i].condition);
	restricts = value_member(
	    only_statement(members, &arena), STR("restricts_caller"));
	ck_assert_msg(
	    (value_kind(restricts) == NODE_TRUE) == conditions[_i].restricts,
	    "%s", members);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *members, *action;
	bool covers;
} actions[] = {
    {"'Action':'s3:GetObject'", "s3:GetObject", true},
    {"'Action':'S3:getobject'", "s3:GetObject", true},
    {"'Action':'s3:GetObject'", "S3:GETOBJECT", true},
    {"'Action':'s3:Get*'", "s3:GetObject", true},
    {"'Action':'s3:Get?bject'", "s3:GetObject", true},
    {"'Action':'s3:Get?'", "s3:GetObject", false},
    {"'Action':'*'", "s3:GetObject", true},
    {"'Action':'*:*'", "s3:GetObject", true},
    {"'Action':['ec2:*','s3:Put*']", "s3:GetObject", false},
    {"'NotAction':'s3:*'", "s3:GetObject", false},
    {"'NotAction':'s3:*'", "ec2:RunInstances", true},
    {"'NotAction':['iam:*','S3:GetObject']", "s3:GetObject", false},
    {"'Resource':'*'", "s3:GetObject", false},
    {"'Action':[]", "s3:GetObject", false},
};

START_TEST(covered_is_what_a_pattern_fits)
{
	struct arena arena = {0};
	struct buf scratch = {0};
	struct seen statement = {
	    .value = only_statement(actions[_i].members, &arena)};

	ck_assert_msg(iam_covers(&statement, str_of(actions[_i].action),
			  &scratch) == (actions[_i].covers ? YES : NO),
	    "%s", actions[_i].members);
	buf_free(&scratch);
	arena_free(&arena);
}
END_TEST

/* --- Blocks --- */

#define BLOCK(members) "{'statement':[{" members "}]}"
#define MASK(members) "{'json':true,'statement':[{" members "}]}"

/* Of each statement: sid, effect, anyone, restricts_caller, s3:GetObject. */
static const struct {
	const char *values, *mask, *statements;
} blocks[] = {
    {"{'statement':[]}", "{'json':true}", ""},
    {BLOCK("'sid':'a','effect':null,'actions':['s3:*'],'principals':"
	   "[{'type':'AWS','identifiers':['*']}],'condition':[]"),
	MASK(""), "a Allow yes no yes;"},
    {BLOCK("'sid':null,'effect':'Deny','actions':null,'not_actions':['a:*'],"
	   "'not_principals':[{'type':'AWS','identifiers':['1']}]"),
	MASK(""), "- Deny no no yes;"},
    {BLOCK("'effect':'Allow','not_principals':[{'type':'AWS','identifiers':"
	   "['1']}]"),
	MASK(""), "- Allow yes no no;"},
    /* an unknown identifier, beside others */
    {BLOCK("'principals':[{'type':'AWS','identifiers':[null]}]"),
	MASK("'principals':[{'identifiers':[true]}]"),
	"- Allow maybe no no;"},
    {BLOCK("'principals':[{'type':'AWS','identifiers':[null,'*']}]"),
	MASK("'principals':[{'identifiers':[true,false]}]"),
	"- Allow yes no no;"},
    {BLOCK("'principals':[{'identifiers':['x']}]"),
	MASK("'principals':[{'type':true,'identifiers':[false]}]"),
	"- Allow no no no;"},
    {BLOCK("'principals':[{'type':'AWS'}]"),
	MASK("'principals':[{'identifiers':true}]"), "- Allow maybe no no;"},
    {BLOCK("'actions':[null,'s3:*']"), MASK("'actions':[true,false]"),
	"- Allow no no yes;"},
    {BLOCK("'actions':[null,'ec2:*']"), MASK("'actions':[true,false]"),
	"- Allow no no maybe;"},
    {BLOCK("'not_actions':[null,'s3:*']"),
	MASK("'not_actions':[true,false]"), "- Allow no no no;"},
    {BLOCK("'not_actions':[null]"), MASK("'not_actions':[true]"),
	"- Allow no no maybe;"},
    {BLOCK("'actions':['s3:*']"), MASK("'effect':true"),
	"- maybe no no yes;"},
    {BLOCK("'not_principals':[{}]"), MASK("'effect':true"),
	"- maybe maybe no no;"},
    /* conditions */
    {BLOCK("'condition':[{'test':'ArnEquals','variable':'aws:SourceArn',"
	   "'values':[null]}]"),
	MASK("'condition':[{'values':[true]}]"), "- Allow no maybe no;"},
    {BLOCK("'condition':[{'test':'ArnEquals','variable':'aws:SourceArn',"
	   "'values':[null,'*']}]"),
	MASK("'condition':[{'values':[true,false]}]"), "- Allow no no no;"},
    {BLOCK("'condition':[{'test':'Bool','variable':'aws:SecureTransport',"
	   "'values':[null]}]"),
	MASK("'condition':[{'values':[true]}]"), "- Allow no no no;"},
    {BLOCK("'condition':[{'variable':'aws:SourceAccount','values':['1']}]"),
	MASK("'condition':[{'test':true,'values':[false]}]"),
	"- Allow no maybe no;"},
    {BLOCK("'actions':[]"), MASK("'condition':true"), "- Allow no maybe no;"},
    {BLOCK("'condition':[{'test':'StringEqualsIfExists','variable':"
	   "'aws:SourceAccount','values':['1']},{'test':'Null','variable':"
	   "'aws:SourceAccount','values':[null]}]"),
	MASK("'condition':[{'values':[false]},{'values':[true]}]"),
	"- Allow no maybe no;"},
    /* whole statements */
    {"{'statement':[{'sid':'a'},null]}", "{'statement':[{},true]}",
	"a Allow no no no;maybe;"},
    {"{}", "{'statement':true}", "maybe;"},
    /* source documents, and what replaces what */
    {"{'source_policy_documents':['{`Statement`:{`Sid`:`a`,`Effect`:`Deny`}}',"
     "'{`Statement`:[{`Sid`:`b`,`Effect`:`Deny`},{`Effect`:`Deny`}]}'],"
     "'statement':[{'sid':'a'}],'override_policy_documents':"
     "['{`Statement`:{`Sid`:`b`,`Effect`:`Allow`}}']}",
	"{}", "- Deny no no no;a Allow no no no;b Allow no no no;"},
    {"{'source_policy_documents':[null],'statement':[{'sid':'a'},{}]}",
	"{'source_policy_documents':[true]}",
	"maybe;a Allow no no no;- Allow no no no;"},
    {"{'override_policy_documents':[null],'statement':[{'sid':'a'},{}]}",
	"{'override_policy_documents':[true]}",
	"maybe;- Allow no no no;maybe;"},
    {"{'statement':[{'sid':'a'},{}]}", "{'override_policy_documents':true}",
	"maybe;- Allow no no no;maybe;"},
    {"{'source_policy_documents':['{`Statement`:{`Sid`:`a`}}'],"
     "'statement':[{}]}",
	"{'statement':[{'sid':true}]}", "maybe;maybe Allow no no no;"},
    {"{'override_policy_documents':['{`Statement`:{`Sid`:`a`}}'],"
     "'statement':[{}]}",
	"{'statement':[{'sid':true}]}", "maybe;a Allow no no no;"},
    {"{'override_json':'{`Statement`:{`Sid`:`a`,`Effect`:`Deny`}}',"
     "'source_json':'','statement':[{'sid':'a'}]}",
	"{}", "a Deny no no no;"},
};

static const char *
word_of(struct seen seen)
{
	if (seen_unknown(seen))
		return "maybe";
	if (value_kind(seen.value) == NODE_TRUE)
		return "yes";
	return value_kind(seen.value) == NODE_FALSE ? "no" : "-";
}

static void
print_statement(struct buf *out, struct seen seen)
{
	static const char *const truths[] = {"no", "maybe", "yes"};
	struct buf scratch = {0};

	if (seen_unknown(seen)) {
		buf_add(out, STR("maybe;"));
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		struct seen text = seen_member(
		    seen, i ? STR("effect") : STR("sid"));

		if (value_kind(text.value) == NODE_STRING)
			buf_add(out, value_raw(text.value));
		else
			buf_add(out, str_of(word_of(text)));
		buf_byte(out, ' ');
	}
	buf_fmt(out, "%s %s %s;", word_of(seen_member(seen, STR("anyone"))),
	    word_of(seen_member(seen, STR("restricts_caller"))),
	    truths[iam_covers(&seen, STR("s3:GetObject"), &scratch)]);
	buf_free(&scratch);
}

/* ` stands for a " inside a text. */
static struct value
read_nested(const char *text, struct arena *arena)
{
	struct buf out = {0};
	struct value value = VALUE_NONE;
	struct tfa_error err = {0};

	for (const char *at = text; *at; at++) {
		if (*at == '`')
			buf_add(&out, STR("\\\""));
		else
			buf_byte(&out, *at == '\'' ? '"' : *at);
	}
	ck_assert_msg(value_read(&value, buf_str(&out), arena, &err), "%s: %s",
	    text, err.message);
	buf_free(&out);
	return value;
}

START_TEST(blocks_are_judged_part_by_part)
{
	struct arena arena = {0};
	struct seen data = {.value = read_nested(blocks[_i].values, &arena),
	    .unknown = read_nested(blocks[_i].mask, &arena)};
	struct iam_document document = {0};
	const char *why = NULL;
	struct buf out = {0};
	struct seen_iter it;

	ck_assert_msg(
	    iam_read_blocks(&document, &data, &arena, &why), "%s", why);
	it = seen_each(seen_member(document.seen, STR("statements")));
	while (seen_step(&it))
		print_statement(&out, it.seen);
	buf_byte(&out, '\0');
	ck_assert_str_eq(out.ptr, blocks[_i].statements);
	buf_free(&out);
	arena_free(&arena);
}
END_TEST

START_TEST(a_document_to_be_merged_must_be_a_policy)
{
	static const char *const texts[] = {"x", "[]", "{`A`:1,`A`:1}",
	    "{`Statement`:{`Strange`:1}}"};
	struct arena arena = {0};
	struct iam_document document = {0};
	const char *why = NULL;
	char text[256];
	struct seen data = {0};

	snprintf(text, sizeof(text), "{'source_policy_documents':['%s']}",
	    texts[_i]);
	data.value = read_nested(text, &arena);
	ck_assert(!iam_read_blocks(&document, &data, &arena, &why));
	ck_assert_ptr_nonnull(why);
	arena_free(&arena);
}
END_TEST

/* --- YAML --- */

static const struct {
	const char *text, *value; /* or why it is refused */
} yamls[] = {
    {"a: 1\nb: [x, 'true', true, null, ~, 1.50, 0x1F, 012, yes, .5]\n",
	"{'a':1,'b':['x','true',true,null,null,1.50,'0x1F','012','yes',"
	"'.5']}"},
    {"---\na:\n  b: |\n    x\n    y\n", "{'a':{'b':'x\\u000ay\\u000a'}}"},
    {"- a\n- {b: []}\n", "['a',{'b':[]}]"},
    {"? a\n: 1\n", "{'a':1}"},
    {"'a': \"x\\u00e9\"\n", "{'a':'x\xc3\xa9'}"},
    {"text", "'text'"},
    {"a: 1\na: 2\n", "has a name twice in one object"},
    {"a: &x 1\nb: *x\n", "is YAML with anchors"},
    {"b: *x\n", "is YAML with anchors"},
    {"a: !Ref b\n", "is YAML with tags"},
    {"a: !!str 1\n", "is YAML with tags"},
    {"<<: {a: 1}\n", "is YAML with merge keys"},
    {"[a]: 1\n", "is YAML with a key that is no text"},
    {"a: [\n", "is not YAML"},
    {"a: 1\n---\nb: 1\n", "is more than one document"},
    {"a: \"x\\0y\"\n", "is YAML with a NUL"},
};

START_TEST(yaml_is_read_by_its_core_schema)
{
	struct arena arena = {0};
	struct value value = VALUE_NONE;
	const char *why = NULL;
	char *text;

	if (!yaml_value(&value, str_of(yamls[_i].text), &arena, &why)) {
		ck_assert_str_eq(why, yamls[_i].value);
	} else {
		text = print_json(value);
		ck_assert_str_eq(text, yamls[_i].value);
		free(text);
	}
	arena_free(&arena);
}
END_TEST

START_TEST(yaml_has_a_bound_of_depth)
{
	struct arena arena = {0};
	struct value value;
	struct buf text = {0};
	const char *why = NULL;

	for (size_t i = 0; i < 100000; i++)
		buf_byte(&text, '[');
	ck_assert(!yaml_value(&value, buf_str(&text), &arena, &why));
	ck_assert_str_eq(why, "is YAML that is nested too deep");
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

/* --- Functions in paths --- */

#define ALLOW "{'Statement':{'Effect':'Allow','Principal':'*','Action':'S3:*'}}"
#define ANYONE                                                          \
	"none: policy(p).statements, satisfies: {all: [{path: effect, " \
	"equals: Allow}, {path: anyone, equals: true}]}"

/* p is this text; NULL: null; "?": unknown, by reference. */
static const struct {
	const char *assert, *text, *verdict;
} verdicts[] = {
    {"path: json(p).a, equals: 1", "{'a':1}", "pass"},
    {"path: json(p).a, equals: 1", " {'a':[{'b':2}]}", "error"},
    {"path: json(p).a.b, equals: 2", "{'a':[{'b':2}]}", "pass"},
    {"path: \"json(p)[1]\", equals: 2", "[1,2]", "pass"},
    {"path: json(p), contains: x", "['x']", "pass"},
    {"path: json(p).a, equals: 1", "{'b':1}", "fail"},
    {"path: json(p).a, set: false", "{'b':1}", "pass"},
    {"path: json(p).a, equals: 1, if_unset: true", "{}", "pass"},
    {"path: json(p).a, equals: 1, default: 1", "{'a':null}", "pass"},
    {"path: json(p), set: false", "null", "pass"},
    {"path: json(p), equals: true", "true", "pass"},
    /* text that does not parse is an error, whatever is asked */
    {"path: json(p).a, set: false", "{'a':1", "error"},
    {"path: json(p).a, equals: 1, if_unset: true", " ", "error"},
    {"path: json(p).a, known: true", "x", "error"},
    {"path: json(p).a, equals: 1", "{'a':1,'a':1}", "error"},
    {"none: json(p), satisfies: {path: a, equals: 1}", "{", "error"},
    /* unset and unknown texts */
    {"path: json(p).a, equals: 1", NULL, "fail"},
    {"path: json(p).a, equals: 1, if_unset: true", "", "pass"},
    {"none: json(p), satisfies: {path: a, equals: 1}", NULL, "pass"},
    {"path: json(p).a, equals: 1", "?", "unknown"},
    {"path: json(p).a, set: false", "?", "unknown"},
    {"path: json(p).a, known: false", "?", "pass"},
    {"none: policy(p).statements, satisfies: {path: anyone, equals: true}",
	"?", "unknown"},
    /* one in another */
    {"path: json(base64(p)).a, equals: 1", "eyJhIjoxfQ==", "pass"},
    {"path: json(base64(p)).a, equals: 1", "eyJhIjox\nfQ==\n", "pass"},
    {"path: base64(p), equals: hello", "aGVsbG8=", "pass"},
    {"path: base64(p), equals: hello", "aGVsbG8", "error"},
    {"path: base64(p), equals: hello", "aGVsb=8=", "error"},
    {"path: base64(p), set: true", "=", "error"},
    {"path: base64(p), set: true", "////", "error"},
    {"path: base64(p), set: true", "AAAA", "error"},
    {"path: json(json(p).a).b, equals: 2", "{'a':'{`b`:2}'}", "pass"},
    {"path: json(json(p).a).b, equals: 2", "{'a':'{`b`'}", "error"},
    {"path: json(json(p).a).b, equals: 2, if_unset: true", "{}", "pass"},
    {"path: json(json(p).a).b, equals: 2", "{'a':{'b':2}}", "error"},
    {"every: json(p), satisfies: {path: json(.).b, equals: 2}",
	"['{`b`:2}','{`b`:2.0}']", "pass"},
    {"every: json(p), satisfies: {path: json(.).b, equals: 2}",
	"['{`b`:2}','{`b`:3}']", "fail"},
    /* YAML, and JSON as YAML */
    {"path: yaml(p).a.b, equals: 1", "a:\n  b: 1\n", "pass"},
    {"path: yaml(p).a.b, equals: 1", "{'a':\t{'b':1}}", "pass"},
    {"path: yaml(p).a.b, equals: 1", "{a: {b: 1}}", "pass"},
    {"path: yaml(p).a.b, equals: 1", "{'a':1,'a':2}", "error"},
    {"path: yaml(p), set: false", "# nothing\n", "pass"},
    /* policies */
    {ANYONE, ALLOW, "fail"},
    {ANYONE, "{'Statement':{'Principal':'*','Action':'a:B'}}", "fail"},
    {ANYONE, "{'Statement':{'effect':'Allow','principal':'*'}}", "fail"},
    {ANYONE, "{'Statement':{'Effect':'Allow','Principle':'*'}}", "error"},
    {ANYONE, "{'Statement':{'Effect':'Deny','Principal':'*'}}", "pass"},
    {ANYONE, "{}", "pass"},
    {ANYONE, NULL, "pass"},
    {ANYONE, "x", "error"},
    {ANYONE, "?", "unknown"},
    {"path: policy(p).statements.actions, contains: 's3:*'", ALLOW, "pass"},
    {"path: policy(p).statements.actions, contains: 's3:Get*'", ALLOW, "fail"},
    {"path: policy(p).statements.actions, contains_any: ['*', 's3:*']", ALLOW,
	"pass"},
    {"path: policy(p).statements.actions, contains_none: ['s3:*']", ALLOW,
	"fail"},
    {"path: policy(p).statements.actions, subset_of: ['s3:*']", ALLOW, "pass"},
    {"path: \"policy(p).statements.actions[0]\", equals: 's3:*'", ALLOW,
	"pass"},
    {"path: \"policy(p).statements.actions[0]\", starts_with: 's3:'", ALLOW,
	"pass"},
    {"path: \"policy(p).statements.actions[0]\", glob: 's?:*'", ALLOW, "pass"},
    {"some: policy(p).statements, satisfies: {covers_action: s3:GetObject}",
	ALLOW, "pass"},
    {"some: policy(p).statements, satisfies: {path: ., covers_action: "
     "ec2:RunInstances}",
	ALLOW, "fail"},
    {"some: json(p).Statement, satisfies: {covers_action: s3:GetObject}",
	"{'Statement':[{'Action':'s3:*'}]}", "error"},
};

static void
write_plan(FILE *out, const char *text)
{
	bool unknown = text && strcmp(text, "?") == 0;

	fprintf(out,
	    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":"
	    "\"aws_t.x\",\"mode\":\"managed\",\"type\":\"aws_t\",\"name\":"
	    "\"x\",\"change\":{\"actions\":[\"create\"],\"before\":null,"
	    "\"after\":{");
	if (!text)
		fprintf(out, "\"p\":null");
	if (text && !unknown) {
		fprintf(out, "\"p\":\"");
		for (; *text; text++) {
			if (*text == '`')
				fputs("\\\\\\\"", out);
			else if (*text == '\n' || *text == '\t')
				fputs(*text == '\n' ? "\\n" : "\\t", out);
			else
				fputs(*text == '\'' ? "\\\"" :
						      (char[]){*text, 0},
				    out);
		}
		fprintf(out, "\"");
	}
	fprintf(out,
	    "},\"after_unknown\":{%s}}}],\"configuration\":{\"root_module\":"
	    "{\"resources\":[{\"address\":\"aws_t.x\",\"mode\":\"managed\","
	    "\"type\":\"aws_t\",\"name\":\"x\",\"expressions\":{\"p\":"
	    "{\"references\":[\"aws_u.y.z\",\"aws_u.y\"]}}}]}}}",
	    unknown ? "\"p\":true" : "");
}

static struct tfa_report *
judge_text(struct tfa_policies *policies, const struct tfa_options *options,
    const char *text)
{
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval = tfa_eval_new(policies, options, &err);
	char *plan = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&plan, &len);
	bool ok;

	ck_assert(out && eval);
	write_plan(out, text);
	fclose(out);
	ok = tfa_eval_feed(eval, plan, len, &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s\n%s", err.message, plan);
	tfa_eval_free(eval);
	free(plan);
	return report;
}

START_TEST(a_function_reads_what_is_inside_a_text)
{
	struct tfa_options options = {.path = "p",
	    .list = TFA_PASS,
	    .now = "2026-01-01T00:00:00Z"};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	struct tfa_report *report;
	struct buf policy = {0};

	buf_fmt(&policy,
	    "controls:\n  - {id: c, title: T, severity: high, resource: "
	    "aws_t, assert: {%s}}\n",
	    verdicts[_i].assert);
	ck_assert_msg(policies_read(policies, STR("t.yaml"), buf_str(&policy),
			  false, &err),
	    "%s: %s", verdicts[_i].assert, err.message);
	report = judge_text(policies, &options, verdicts[_i].text);
	ck_assert_uint_eq(report->finding_count, 1);
	ck_assert_msg(strcmp(verdict_name(report->findings[0].verdict),
			  verdicts[_i].verdict) == 0,
	    "%s on %s: " STR_FMT, verdicts[_i].assert,
	    verdicts[_i].text ? verdicts[_i].text : "null",
	    STR_ARG(report->findings[0].reason));
	tfa_report_free(report);
	tfa_policies_free(policies);
	buf_free(&policy);
}
END_TEST

/* --- Documents that are read later --- */

#define REFERS(name)                                                     \
	"{'references':['data.aws_iam_policy_document." name ".json',"    \
	"'data.aws_iam_policy_document." name "']}"
#define OPEN_TO_ALL                                                       \
	"{'sid':'a','actions':['a:*'],'principals':[{'type':'AWS',"       \
	"'identifiers':['*']}]}"
#define LATER                                                        \
	"{'actions':['a:*'],'principals':[{'type':'AWS',"            \
	"'identifiers':[null]}]}"
#define LATER_MASK "{'principals':[{'identifiers':[true]}]}"

/* An attribute of aws_t.x, which is d or an instance of d. */
static const struct {
	const char *expression; /* of p in module.m */
	const char *key;	/* of the data source, or "" */
	const char *after, *unknown, *sensitive; /* of it */
	const char *verdict;
} later[] = {
    {REFERS("d"), "", "{'statement':[" OPEN_TO_ALL "]}", "{'json':true}", "{}",
	"fail"},
    {REFERS("d"), "", "{'statement':[" LATER "," OPEN_TO_ALL "]}",
	"{'statement':[" LATER_MASK ",{}]}", "{}", "fail"},
    {REFERS("d"), "", "{'statement':[" LATER "]}",
	"{'statement':[" LATER_MASK "]}", "{}", "unknown"},
    {REFERS("d"), "", "{'statement':[{'effect':'Deny'}]}", "{'json':true}",
	"{}", "pass"},
    {REFERS("d"), "", "{}", "{'statement':true}", "{}", "unknown"},
    {REFERS("d"), "", "{'statement':[" OPEN_TO_ALL "]}",
	"{'override_policy_documents':true}", "{}", "unknown"},
    {REFERS("d"), "", "{'source_policy_documents':['x']}", "{'json':true}",
	"{}", "error"},
    /* which instance */
    {REFERS("d[0]"), "[0]", "{'statement':[" OPEN_TO_ALL "]}", "{}", "{}",
	"fail"},
    {REFERS("d[1]"), "[0]", "{'statement':[" OPEN_TO_ALL "]}", "{}", "{}",
	"unknown"},
    {REFERS("e"), "", "{'statement':[" OPEN_TO_ALL "]}", "{}", "{}",
	"unknown"},
    /* something else goes in, or may */
    {"{'references':['data.aws_iam_policy_document.d.json',"
     "'data.aws_iam_policy_document.d','var.v']}",
	"", "{'statement':[{'effect':'Deny'}]}", "{}", "{}", "unknown"},
    {"{'references':['data.aws_iam_policy_document.d.json',"
     "'data.aws_iam_policy_document.d','local.l']}",
	"", "{'statement':[{'effect':'Deny'}]}", "{}", "{}", "unknown"},
    {"{'references':['data.aws_iam_policy_document.d.id',"
     "'data.aws_iam_policy_document.d']}",
	"", "{'statement':[{'effect':'Deny'}]}", "{}", "{}", "unknown"},
    {"{}", "", "{'statement':[{'effect':'Deny'}]}", "{}", "{}", "unknown"},
    /* what is sensitive is judged, and not shown */
    {REFERS("d"), "", "{'statement':[" OPEN_TO_ALL "]}", "{'json':true}",
	"{'statement':true}", "fail"},
};

/* How the document gets to the resource: as it is, in, and out of a module. */
static const struct {
	const char *module;   /* of the resource, and of the data source */
	const char *document;
	const char *configuration; /* R: the resource, D: the data source */
	bool through;
} ways[] = {
    {"", "", "{'root_module':{'resources':[R,D]}}", false},
    {"module.m.", "",
	"{'root_module':{'resources':[D],'module_calls':{'m':{'expressions':"
	"{'v':E},'module':{'resources':[R],'variables':{'v':{}}}}}}}",
	true},
    {"", "module.m.",
	"{'root_module':{'resources':[R],'module_calls':{'m':{'module':"
	"{'resources':[D],'outputs':{'o':{'expression':E}}}}}}}",
	true},
};

static void
add_configuration(struct buf *out, size_t way, size_t at)
{
	const char *inner = ways[way].module[0]
	    ? "{'references':['var.v']}"
	    : "{'references':['module.m.o','module.m']}";
	const char *written =
	    ways[way].through ? inner : later[at].expression;

	for (const char *c = ways[way].configuration; *c; c++) {
		if (c[0] == 'R' && c[1] != 'E')
			buf_fmt(out,
			    "{'address':'aws_t.x','mode':'managed','type':"
			    "'aws_t','name':'x','expressions':{'p':%s}}",
			    written);
		else if (*c == 'D')
			buf_add(out,
			    STR("{'address':'data.aws_iam_policy_document.d',"
				"'mode':'data','type':"
				"'aws_iam_policy_document','name':'d',"
				"'expressions':{}}"));
		else if (*c == 'E')
			buf_add(out, str_of(later[at].expression));
		else
			buf_byte(out, *c);
	}
}

static void
add_later(struct buf *out, size_t way, size_t at)
{
	const char *module = ways[way].module, *other = ways[way].document;
	const char *key = later[at].key;

	buf_fmt(out,
	    "{'format_version':'1.2','resource_changes':[{'address':"
	    "'%saws_t.x',%s'mode':'managed','type':'aws_t','name':'x',"
	    "'change':{'actions':['create'],'before':null,'after':{},"
	    "'after_unknown':{'p':true}}},{'address':'%sdata."
	    "aws_iam_policy_document.d%s',%s%s'mode':'data','type':"
	    "'aws_iam_policy_document','name':'d','change':{'actions':"
	    "['read'],'before':null,'after':%s,'after_unknown':%s,"
	    "'after_sensitive':%s}}],'configuration':",
	    module, module[0] ? "'module_address':'module.m'," : "", other,
	    key, other[0] ? "'module_address':'module.m'," : "",
	    key[0] ? "'index':0," : "", later[at].after, later[at].unknown,
	    later[at].sensitive);
	add_configuration(out, way, at);
	buf_byte(out, '}');
	for (size_t i = 0; i < out->len; i++) {
		if (out->ptr[i] == '\'')
			out->ptr[i] = '"';
	}
}

START_TEST(a_document_that_is_read_later_is_judged_by_its_statements)
{
	size_t way = (size_t)_i % COUNTOF(ways), at = (size_t)_i / COUNTOF(ways);
	struct tfa_options options = {.path = "p",
	    .list = TFA_PASS,
	    .now = "2026-01-01T00:00:00Z"};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	struct tfa_eval *eval;
	struct buf plan = {0};
	const struct finding *finding;
	bool ok;

	ck_assert(policies_read(policies, STR("t.yaml"),
	    STR("controls:\n  - {id: c, title: T, severity: high, resource: "
		"aws_t, assert: {" ANYONE "}}\n"),
	    false, &err));
	add_later(&plan, way, at);
	eval = tfa_eval_new(policies, &options, &err);
	ok = eval && tfa_eval_feed(eval, plan.ptr, plan.len, &err) &&
	    tfa_eval_finish(eval, &report, &err);
	ck_assert_msg(ok, "%s\n" STR_FMT, err.message, STR_ARG(buf_str(&plan)));
	finding = &report->findings[0];
	ck_assert_uint_eq(report->finding_count, 1);
	ck_assert_msg(
	    strcmp(verdict_name(finding->verdict), later[at].verdict) == 0,
	    "%s: " STR_FMT "\n" STR_FMT, verdict_name(finding->verdict),
	    STR_ARG(finding->reason), STR_ARG(buf_str(&plan)));
	if (strstr(later[at].sensitive, "true"))
		ck_assert(str_eq(finding->actual, STR("(sensitive)")));
	tfa_report_free(report);
	tfa_eval_free(eval);
	tfa_policies_free(policies);
	buf_free(&plan);
}
END_TEST

Suite *
suite_iam(void)
{
	Suite *suite = suite_create("iam");
	TCase *tc = tcase_create("text");

	tcase_add_loop_test(tc, statements_have_one_form, 0, COUNTOF(forms));
	tcase_add_loop_test(tc, what_iam_would_refuse_is_no_policy_document, 0,
	    COUNTOF(misshapen));
	tcase_add_loop_test(
	    tc, anyone_is_told_from_somebody, 0, COUNTOF(callers));
	tcase_add_loop_test(tc,
	    a_condition_narrows_who_calls_only_with_key_test_and_values, 0,
	    COUNTOF(conditions));
	tcase_add_loop_test(
	    tc, covered_is_what_a_pattern_fits, 0, COUNTOF(actions));
	tcase_add_loop_test(
	    tc, blocks_are_judged_part_by_part, 0, COUNTOF(blocks));
	tcase_add_loop_test(
	    tc, a_document_to_be_merged_must_be_a_policy, 0, 4);
	tcase_add_loop_test(
	    tc, yaml_is_read_by_its_core_schema, 0, COUNTOF(yamls));
	tcase_add_test(tc, yaml_has_a_bound_of_depth);
	tcase_add_loop_test(tc, a_function_reads_what_is_inside_a_text, 0,
	    COUNTOF(verdicts));
	tcase_add_loop_test(tc,
	    a_document_that_is_read_later_is_judged_by_its_statements, 0,
	    COUNTOF(later) * COUNTOF(ways));
	suite_add_tcase(suite, tc);
	return suite;
}
