/*
 * Statements in their one form: a value and, beside it, its mask.  That there
 * may be more of something is one more element that is unknown.
 */
#include "op/iam_statement.h"

struct writer {
	struct make value, mask;
	struct buf scratch;
	bool open; /* something is unknown */
};

static void
put_open(struct writer *writer, enum node_kind kind)
{
	make_open(&writer->value, kind);
	make_open(&writer->mask, kind);
}

static void
put_close(struct writer *writer)
{
	make_close(&writer->value);
	make_close(&writer->mask);
}

static void
put_key(struct writer *writer, const char *name)
{
	make_string(&writer->value, str_of(name));
	make_string(&writer->mask, str_of(name));
}

static void
put_unknown(struct writer *writer)
{
	make_scalar(&writer->value, NODE_NULL);
	make_scalar(&writer->mask, NODE_TRUE);
	writer->open = true;
}

static void
put(struct writer *writer, struct seen seen)
{
	if (seen_unknown(seen)) {
		put_unknown(writer);
		return;
	}
	if (seen.value.node)
		make_value(&writer->value, seen.value);
	else
		make_scalar(&writer->value, NODE_NULL);
	make_scalar(&writer->mask, NODE_FALSE);
}

static void
put_word(struct writer *writer, struct seen seen)
{
	put(writer, seen);
	make_any_case(&writer->value);
}

static void
put_truth(struct writer *writer, enum truth truth)
{
	if (truth == UNKNOWN) {
		put_unknown(writer);
		return;
	}
	make_scalar(&writer->value, truth == YES ? NODE_TRUE : NODE_FALSE);
	make_scalar(&writer->mask, NODE_FALSE);
}

/* One value becomes a list of it. */
static void
put_list(struct writer *writer, struct seen list, bool any_case)
{
	struct seen_iter it = seen_each(list);

	if (seen_unknown(list)) {
		put_unknown(writer);
		return;
	}
	put_open(writer, NODE_ARRAY);
	if (value_kind(list.value) > NODE_NULL &&
	    !value_is_container(list.value)) {
		put(writer, list);
		if (any_case)
			make_any_case(&writer->value);
	}
	while (seen_step(&it)) {
		put(writer, it.seen);
		if (any_case)
			make_any_case(&writer->value);
	}
	if (value_kind(list.unknown) == NODE_TRUE)
		put_unknown(writer);
	put_close(writer);
}

/* --- Who --- */

/* "*", or an ARN of any account. */
static bool
means_anyone(struct str identifier)
{
	struct str rest = identifier, account = {NULL, 0};

	if (iam_is_wild(identifier))
		return true;
	for (int i = 0; i < 5; i++)
		account = str_cut(rest, ':', &rest);
	return str_starts(identifier, STR("arn:")) && iam_has_wildcard(account);
}

static enum truth
anyone(const struct iam_statement *statement, struct buf *scratch)
{
	enum truth truth = statement->principals_open ? UNKNOWN : NO;
	enum truth allows = YES;

	for (size_t i = 0; i < statement->principal_count; i++) {
		struct seen one = statement->principals[i].identifier;
		struct str text;

		if (seen_unknown(one)) {
			truth = truth_or(truth, UNKNOWN);
			continue;
		}
		if (value_kind(one.value) != NODE_STRING)
			continue;
		text = value_text(one.value, scratch);
		if (text.ptr && means_anyone(text))
			truth = YES;
	}
	if (seen_unknown(statement->effect))
		allows = UNKNOWN;
	else if (value_is(statement->effect.value, STR("Deny")))
		allows = NO;
	return truth_or(truth, truth_and(statement->except, allows));
}

/* --- Statements --- */

static void
put_principals(struct writer *writer, const struct iam_statement *statement)
{
	put_open(writer, NODE_ARRAY);
	for (size_t i = 0; i < statement->principal_count; i++) {
		put_open(writer, NODE_OBJECT);
		put_key(writer, "type");
		put(writer, statement->principals[i].type);
		put_key(writer, "identifier");
		put(writer, statement->principals[i].identifier);
		put_close(writer);
	}
	if (statement->principals_open)
		put_unknown(writer);
	put_close(writer);
}

static void
put_conditions(struct writer *writer, const struct iam_statement *statement)
{
	put_open(writer, NODE_ARRAY);
	for (size_t i = 0; i < statement->condition_count; i++) {
		put_open(writer, NODE_OBJECT);
		put_key(writer, "test");
		put_word(writer, statement->conditions[i].test);
		put_key(writer, "variable");
		put_word(writer, statement->conditions[i].variable);
		put_key(writer, "values");
		put_list(writer, statement->conditions[i].values, false);
		put_close(writer);
	}
	if (statement->conditions_open)
		put_unknown(writer);
	put_close(writer);
}

static void
put_effect(struct writer *writer, struct seen effect)
{
	if (seen_unknown(effect) || value_kind(effect.value) > NODE_NULL) {
		put(writer, effect);
		return;
	}
	make_string(&writer->value, STR("Allow"));
	make_scalar(&writer->mask, NODE_FALSE);
}

static void
put_statement(struct writer *writer, const struct iam_statement *statement)
{
	static const char *const lists[IAM_LISTS] = {
	    "actions", "not_actions", "resources", "not_resources"};

	if (statement->unknown) {
		put_unknown(writer);
		return;
	}
	put_open(writer, NODE_OBJECT);
	put_key(writer, "sid");
	put(writer, statement->sid);
	put_key(writer, "effect");
	put_effect(writer, statement->effect);
	for (size_t i = 0; i < IAM_LISTS; i++) {
		put_key(writer, lists[i]);
		put_list(writer, statement->lists[i], i <= IAM_NOT_ACTIONS);
	}
	put_key(writer, "principals");
	put_principals(writer, statement);
	put_key(writer, "anyone");
	put_truth(writer, anyone(statement, &writer->scratch));
	put_key(writer, "conditions");
	put_conditions(writer, statement);
	put_key(writer, "restricts_caller");
	put_truth(writer, iam_restricts(statement, &writer->scratch));
	put_close(writer);
}

bool
iam_write(struct iam_document *out, const struct iam_statements *statements,
    struct arena *arena)
{
	struct writer writer = {0};
	struct value value, mask = VALUE_NONE;

	put_open(&writer, NODE_OBJECT);
	put_key(&writer, "id");
	put(&writer, statements->id);
	put_key(&writer, "version");
	put(&writer, statements->version);
	put_key(&writer, "statements");
	put_open(&writer, NODE_ARRAY);
	for (const struct iam_statement *at = statements->first; at;
	     at = at->next) {
		if (!at->gone)
			put_statement(&writer, at);
	}
	put_close(&writer);
	put_close(&writer);
	value = make_done(&writer.value, arena);
	if (writer.open)
		mask = make_done(&writer.mask, arena);
	make_free(&writer.value);
	make_free(&writer.mask);
	if (writer.scratch.failed || !value.node ||
	    (writer.open && !mask.node)) {
		buf_free(&writer.scratch);
		return false;
	}
	buf_free(&writer.scratch);
	*out = (struct iam_document){
	    {.value = value, .unknown = mask}, statements->no_effect};
	return true;
}

/* --- Actions --- */

bool
iam_is_statement(struct value value)
{
	return value_member(value, STR("not_actions")).node &&
	    value_member(value, STR("restricts_caller")).node;
}

/* Does one of the patterns fit the action, which is in lower case? */
static enum truth
fits(struct seen patterns, struct str action, struct buf *scratch)
{
	struct seen_iter it = seen_each(patterns);
	struct buf folded = {0};
	enum truth result = seen_unknown(patterns) ? UNKNOWN : NO;

	while (result != YES && seen_step(&it)) {
		if (seen_unknown(it.seen))
			result = UNKNOWN;
		else if (iam_fold(&folded, value_text(it.seen.value, scratch)) &&
		    str_glob(buf_str(&folded), action))
			result = YES;
	}
	scratch->failed = scratch->failed || folded.failed;
	buf_free(&folded);
	return result;
}

static enum truth
has_any(struct seen list)
{
	if (seen_unknown(list))
		return UNKNOWN;
	return value_count(list.value) ? YES : NO;
}

enum truth
iam_covers(const struct seen *statement, struct str action, struct buf *scratch)
{
	struct seen named = seen_member(*statement, STR("actions"));
	struct seen except = seen_member(*statement, STR("not_actions"));
	struct buf folded = {0};
	enum truth result = UNKNOWN;

	if (iam_fold(&folded, action))
		result = truth_or(fits(named, buf_str(&folded), scratch),
		    truth_and(has_any(except),
			truth_not(fits(except, buf_str(&folded), scratch))));
	scratch->failed = scratch->failed || folded.failed;
	buf_free(&folded);
	return result;
}
