/*
 * The arguments of a data source aws_iam_policy_document: source documents
 * first, then its own statements, then overriding documents, in each of which a
 * Sid replaces the same of those before.
 */
#include "base/error.h"
#include "base/map.h"
#include "op/iam_statement.h"

/* --- One statement --- */

static bool
add_principals(struct iam_statements *statements,
    struct iam_statement *statement, struct seen block)
{
	struct seen type = seen_member(block, STR("type"));
	struct seen list = seen_member(block, STR("identifiers"));
	struct seen_iter it = seen_each(list);

	if (seen_unknown(block) || seen_unknown(list) ||
	    value_kind(list.unknown) == NODE_TRUE)
		statement->principals_open = true;
	while (seen_step(&it)) {
		if (!iam_add_principal(statements, statement, type, it.seen))
			return false;
	}
	return true;
}

static bool
add_condition(struct iam_statements *statements,
    struct iam_statement *statement, struct seen block)
{
	if (seen_unknown(block)) {
		statement->conditions_open = true;
		return true;
	}
	return iam_add_condition(statements, statement,
	    (struct iam_condition){seen_member(block, STR("test")),
		seen_member(block, STR("variable")),
		seen_member(block, STR("values"))});
}

/* A list of blocks, which may be unknown as a whole. */
static bool
each_block(struct iam_statements *statements, struct iam_statement *statement,
    struct seen blocks, bool *open,
    bool (*add)(struct iam_statements *statements,
	struct iam_statement *statement, struct seen block))
{
	struct seen_iter it = seen_each(blocks);

	if (seen_unknown(blocks) || value_kind(blocks.unknown) == NODE_TRUE)
		*open = true;
	while (seen_step(&it)) {
		if (!add(statements, statement, it.seen))
			return false;
	}
	return true;
}

static enum truth
is_there(struct seen blocks)
{
	if (value_count(blocks.value))
		return YES;
	return seen_partly_unknown(blocks) ? UNKNOWN : NO;
}

static bool
add_statement(struct iam_statements *statements, struct seen block)
{
	static const char *const lists[IAM_LISTS] = {
	    "actions", "not_actions", "resources", "not_resources"};
	struct iam_statement *statement = iam_add(statements);

	if (!statement)
		return false;
	statement->unknown = seen_unknown(block);
	if (statement->unknown)
		return true;
	statement->sid = seen_member(block, STR("sid"));
	statement->effect = seen_member(block, STR("effect"));
	for (size_t i = 0; i < IAM_LISTS; i++)
		statement->lists[i] = seen_member(block, str_of(lists[i]));
	statement->except = is_there(seen_member(block, STR("not_principals")));
	return each_block(statements, statement,
		   seen_member(block, STR("principals")),
		   &statement->principals_open, add_principals) &&
	    each_block(statements, statement,
		seen_member(block, STR("condition")),
		&statement->conditions_open, add_condition);
}

/* --- Documents --- */

static bool
add_unknown(struct iam_statements *statements)
{
	struct iam_statement *statement = iam_add(statements);

	if (!statement)
		return false;
	statement->unknown = true;
	return true;
}

static bool
add_own(struct iam_statements *statements, struct seen blocks)
{
	struct seen_iter it = seen_each(blocks);

	statements->origin++;
	while (seen_step(&it)) {
		if (!add_statement(statements, it.seen))
			return false;
	}
	return value_kind(blocks.unknown) != NODE_TRUE ||
	    add_unknown(statements);
}

static bool
add_text(struct iam_statements *statements, struct seen text)
{
	static const char no_json[] =
	    "has a document to be merged that is no policy document";
	struct tfa_error err = {0};
	struct buf scratch = {0};
	struct value document, twice;
	struct str json;
	bool ok;

	statements->origin++;
	if (seen_unknown(text))
		return add_unknown(statements);
	if (value_kind(text.value) != NODE_STRING ||
	    value_raw(text.value).len == 0)
		return value_kind(text.value) <= NODE_STRING ||
		    iam_refuse(statements, no_json);
	json = value_copy_text(text.value, statements->arena);
	if (!json.ptr)
		return false;
	if (!value_read(&document, json, statements->arena, &err))
		return err.code != TFA_ERR_NOMEM &&
		    iam_refuse(statements, no_json);
	ok = value_unique(document, &twice, &scratch);
	if (!ok && !scratch.failed)
		iam_refuse(statements, no_json);
	buf_free(&scratch);
	return ok && iam_add_document(statements, document);
}

static bool
add_texts(struct iam_statements *statements, struct seen list)
{
	struct seen_iter it = seen_each(list);

	while (seen_step(&it)) {
		if (!add_text(statements, it.seen))
			return false;
	}
	if (value_kind(list.unknown) != NODE_TRUE)
		return true;
	statements->origin++;
	return add_unknown(statements);
}

/* --- The same Sid twice --- */

/* What stands in later documents, met from the end. */
struct later {
	struct map sids;   /* -> struct iam_statement */
	size_t any;	   /* the last document that has some Sid */
	size_t unseen;	   /* the last that may have any Sid at all */
};

static bool
settle_statement(struct later *later, struct iam_statement *statement,
    struct arena *arena)
{
	size_t origin = statement->origin;
	bool hidden = seen_unknown(statement->sid);
	const struct iam_statement *other;
	struct str sid;

	if (statement->unknown || hidden) {
		if (hidden && (later->any > origin || later->unseen > origin))
			statement->unknown = true;
		if (later->unseen < origin)
			later->unseen = origin;
		return true;
	}
	if (value_kind(statement->sid.value) != NODE_STRING)
		return true;
	sid = value_copy_text(statement->sid.value, arena);
	if (!sid.ptr)
		return false;
	if (sid.len == 0)
		return true;
	other = map_find(&later->sids, sid);
	if (other && other->origin > origin)
		statement->gone = true;
	else if (later->unseen > origin)
		statement->unknown = true;
	if (later->any < origin)
		later->any = origin;
	return other || map_set(&later->sids, sid, statement);
}

static bool
settle(struct iam_statements *statements)
{
	struct iam_statement **all;
	struct later later = {0};
	size_t count = 0;
	bool ok = true;

	for (struct iam_statement *at = statements->first; at; at = at->next)
		count++;
	all = arena_array(statements->arena, count + 1, sizeof(*all));
	if (!all)
		return false;
	count = 0;
	for (struct iam_statement *at = statements->first; at; at = at->next)
		all[count++] = at;
	while (ok && count-- > 0)
		ok = settle_statement(&later, all[count], statements->arena);
	map_free(&later.sids);
	return ok;
}

bool
iam_read_blocks(struct iam_document *out, const struct seen *data,
    struct arena *arena, const char **why)
{
	struct iam_statements statements = {.arena = arena};
	bool ok;

	statements.end = &statements.first;
	ok = add_text(&statements, seen_member(*data, STR("source_json"))) &&
	    add_texts(&statements,
		seen_member(*data, STR("source_policy_documents"))) &&
	    add_own(&statements, seen_member(*data, STR("statement"))) &&
	    add_text(&statements, seen_member(*data, STR("override_json"))) &&
	    add_texts(&statements,
		seen_member(*data, STR("override_policy_documents"))) &&
	    settle(&statements) && iam_write(out, &statements, arena);
	out->no_effect = false;
	*why = statements.why;
	return ok;
}
