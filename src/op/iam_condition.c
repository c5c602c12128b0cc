/*
 * Does a condition narrow who calls?  Only some keys can, only with a positive
 * test, and only with values that stand for somebody in particular.  A key that
 * anonymous callers do not have decides nothing where its absence is accepted.
 */
#include "op/iam_statement.h"

enum form {
	FORM_FIXED, /* an id without wildcards */
	FORM_ARN,   /* of one account, or without wildcards */
	FORM_PATH,  /* o-exampleorgid/r-..., wildcards behind the first part */
	FORM_USER,  /* AROAEXAMPLE:session, wildcards behind the colon */
	FORM_ANY,   /* anything but wildcards alone */
	FORM_CIDR,
	FORM_TRUE,
};

/* In lower case, as IAM takes names of keys and tests in any. */
static const struct key {
	const char *name;
	enum form form;
} keys[] = {
    {"aws:principalaccount", FORM_FIXED},
    {"aws:principalarn", FORM_ARN},
    {"aws:principalisawsservice", FORM_TRUE},
    {"aws:principalorgid", FORM_FIXED},
    {"aws:principalorgpaths", FORM_PATH},
    {"aws:principalservicename", FORM_FIXED},
    {"aws:principalservicenameslist", FORM_FIXED},
    {"aws:sourceaccount", FORM_FIXED},
    {"aws:sourcearn", FORM_ARN},
    {"aws:sourceip", FORM_CIDR},
    {"aws:sourceorgid", FORM_FIXED},
    {"aws:sourceorgpaths", FORM_PATH},
    {"aws:sourceowner", FORM_FIXED},
    {"aws:sourcevpc", FORM_FIXED},
    {"aws:sourcevpcarn", FORM_ARN},
    {"aws:sourcevpce", FORM_FIXED},
    {"aws:userid", FORM_USER},
    {"aws:vpceaccount", FORM_FIXED},
    {"aws:vpceorgid", FORM_FIXED},
    {"aws:vpceorgpaths", FORM_PATH},
    {"elasticfilesystem:accessedviamounttarget", FORM_TRUE},
    {"elasticfilesystem:accesspointarn", FORM_ARN},
    {"kms:calleraccount", FORM_FIXED},
    {"lambda:sourcefunctionarn", FORM_ARN},
    {"s3:dataaccesspointaccount", FORM_FIXED},
    {"s3:dataaccesspointarn", FORM_ARN},
    {"sns:endpoint", FORM_ANY},
};

static const struct test {
	const char *name;
	enum form form; /* FORM_FIXED: of every form that is text */
} tests[] = {
    {"arnequals", FORM_FIXED},
    {"arnlike", FORM_FIXED},
    {"bool", FORM_TRUE},
    {"ipaddress", FORM_CIDR},
    {"stringequals", FORM_FIXED},
    {"stringequalsignorecase", FORM_FIXED},
    {"stringlike", FORM_FIXED},
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
iam_same(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

bool
iam_fold(struct buf *out, struct str text)
{
	out->len = 0;
	if (!text.ptr || !buf_reserve(out, text.len))
		return false;
	for (size_t i = 0; i < text.len; i++)
		out->ptr[i] = lower(text.ptr[i]);
	out->len = text.len;
	return true;
}

bool
iam_has_wildcard(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '*' || text.ptr[i] == '?')
			return true;
	}
	return false;
}

bool
iam_is_wild(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '*' && text.ptr[i] != '?')
			return false;
	}
	return text.len > 0;
}

/* --- Values --- */

/* What the resource's own account or organization is called. */
static bool
is_own(struct str text)
{
	return iam_same(text, STR("${aws:ResourceAccount}")) ||
	    iam_same(text, STR("${aws:ResourceOrgID}"));
}

static bool
is_fixed(struct str text)
{
	size_t at;

	return text.len && !iam_has_wildcard(text) &&
	    (is_own(text) || !str_find(text, STR("${"), &at));
}

static bool
is_one_account(struct str arn)
{
	struct str rest = arn, account = {NULL, 0};

	for (int i = 0; i < 5; i++)
		account = str_cut(rest, ':', &rest);
	return str_starts(arn, STR("arn:")) && is_fixed(account);
}

/* Broader than these is the internet, as S3 has it. */
static bool
is_narrow_cidr(struct str text)
{
	struct str length, address = str_cut(text, '/', &length);
	size_t bits = 0, at;

	if (!is_fixed(text))
		return false;
	if (address.len == text.len)
		return true;
	for (size_t i = 0; i < length.len; i++) {
		if (length.ptr[i] < '0' || length.ptr[i] > '9' || bits > 128)
			return false;
		bits = bits * 10 + (size_t)(length.ptr[i] - '0');
	}
	return bits >= (str_find(address, STR(":"), &at) ? 32 : 8);
}

static bool
is_somebody(struct str text, enum form form)
{
	struct str rest;

	switch (form) {
	case FORM_FIXED:
		return is_fixed(text);
	case FORM_ARN:
		return is_fixed(text) || is_one_account(text);
	case FORM_PATH:
		return is_fixed(str_cut(text, '/', &rest));
	case FORM_USER:
		return is_fixed(str_cut(text, ':', &rest));
	case FORM_ANY:
		return text.len && !iam_is_wild(text);
	case FORM_CIDR:
		return is_narrow_cidr(text);
	case FORM_TRUE:
		return iam_same(text, STR("true"));
	}
	return false;
}

/* A number or boolean as text; ptr NULL without memory. */
static struct str
scalar_text(struct value value, struct buf *scratch)
{
	switch (value_kind(value)) {
	case NODE_STRING:
		return value_text(value, scratch);
	case NODE_NUMBER:
		return value_raw(value);
	case NODE_TRUE:
		return STR("true");
	case NODE_FALSE:
		return STR("false");
	case NODE_NONE:
	case NODE_NULL:
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	return STR("");
}

static enum truth
one_is(struct seen value, enum form form, const char *word,
    struct buf *scratch)
{
	struct str text;

	if (seen_unknown(value))
		return UNKNOWN;
	text = scalar_text(value.value, scratch);
	if (!text.ptr)
		return NO;
	if (word)
		return iam_same(text, str_of(word)) ? YES : NO;
	return is_somebody(text, form) ? YES : NO;
}

/* Is every value somebody, or the word?  There must be one. */
static enum truth
values_are(struct seen values, enum form form, const char *word,
    struct buf *scratch)
{
	struct seen_iter it = seen_each(values);
	enum truth result = YES;

	if (seen_unknown(values))
		return UNKNOWN;
	if (value_kind(values.value) != NODE_ARRAY)
		return one_is(values, form, word, scratch);
	if (value_kind(values.unknown) == NODE_TRUE)
		result = UNKNOWN;
	else if (value_count(values.value) == 0)
		result = NO;
	while (seen_step(&it))
		result =
		    truth_and(result, one_is(it.seen, form, word, scratch));
	return result;
}

/* --- Conditions --- */

static const struct key *
key_find(struct str name)
{
	for (size_t i = 0; i < COUNTOF(keys); i++) {
		if (iam_same(name, str_of(keys[i].name)))
			return &keys[i];
	}
	return NULL;
}

/* Without what stands around its name; *lax: it accepts that the key lacks. */
static const struct test *
test_find(struct str name, bool *lax)
{
	struct str all = STR("ForAllValues:"), any = STR("ForAnyValue:");
	struct str exists = STR("IfExists");

	*lax = false;
	if (name.len > all.len && iam_same(str_head(name, all.len), all)) {
		*lax = true;
		name = str_from(name, all.len);
	} else if (name.len > any.len &&
	    iam_same(str_head(name, any.len), any)) {
		name = str_from(name, any.len);
	}
	if (name.len > exists.len &&
	    iam_same(str_from(name, name.len - exists.len), exists)) {
		*lax = true;
		name = str_head(name, name.len - exists.len);
	}
	for (size_t i = 0; i < COUNTOF(tests); i++) {
		if (iam_same(name, str_of(tests[i].name)))
			return &tests[i];
	}
	return NULL;
}

static bool
tests_form(const struct test *test, enum form form)
{
	bool text = form != FORM_CIDR && form != FORM_TRUE;

	return test->form == (text ? FORM_FIXED : form);
}

/* Does a Null test of the statement ask that the key is there? */
static enum truth
is_required(const struct iam_statement *statement, struct str key,
    struct buf *scratch)
{
	enum truth result = statement->conditions_open ? UNKNOWN : NO;

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct iam_condition *at = &statement->conditions[i];
		struct buf name = {0};

		if (seen_unknown(at->test) || seen_unknown(at->variable))
			result = truth_or(result, UNKNOWN);
		else if (iam_same(scalar_text(at->test.value, &name),
			     STR("Null")) &&
		    iam_same(scalar_text(at->variable.value, &name), key))
			result = truth_or(result,
			    values_are(
				at->values, FORM_TRUE, "false", scratch));
		scratch->failed = scratch->failed || name.failed;
		buf_free(&name);
	}
	return result;
}

/* The test is known, the key may not be. */
static enum truth
test_restricts(const struct iam_statement *statement,
    const struct iam_condition *condition, struct str test_name,
    struct buf *scratch)
{
	struct buf name = {0};
	bool lax;
	const struct test *test = test_find(test_name, &lax);
	const struct key *key;
	struct str variable;
	enum truth result = NO;

	if (!test)
		return NO;
	if (seen_unknown(condition->variable))
		return UNKNOWN;
	variable = scalar_text(condition->variable.value, &name);
	key = variable.ptr ? key_find(variable) : NULL;
	if (key && tests_form(test, key->form))
		result =
		    values_are(condition->values, key->form, NULL, scratch);
	if (lax && result != NO)
		result = truth_and(
		    result, is_required(statement, variable, scratch));
	scratch->failed = scratch->failed || name.failed;
	buf_free(&name);
	return result;
}

enum truth
iam_restricts(const struct iam_statement *statement, struct buf *scratch)
{
	enum truth result = statement->conditions_open ? UNKNOWN : NO;

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct iam_condition *at = &statement->conditions[i];
		struct buf name = {0};
		enum truth one = UNKNOWN;

		if (!seen_unknown(at->test))
			one = test_restricts(statement, at,
			    scalar_text(at->test.value, &name), scratch);
		result = truth_or(result, one);
		scratch->failed = scratch->failed || name.failed;
		buf_free(&name);
	}
	return result;
}
