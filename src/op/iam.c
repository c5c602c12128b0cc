/*
 * Reading AWS policies as JSON, and writing statements in their one form.  IAM
 * itself is strict about members, and so is the reader: a member that is none
 * of IAM's could be the one that matters, so the document is refused.
 */
#include "op/iam.h"

#include "op/iam_statement.h"

bool
iam_refuse(struct iam_statements *statements, const char *why)
{
	statements->why = why;
	return false;
}

struct iam_statement *
iam_add(struct iam_statements *statements)
{
	struct iam_statement *statement =
	    arena_new(statements->arena, struct iam_statement);

	if (!statement)
		return NULL;
	statement->origin = statements->origin;
	*statements->end = statement;
	statements->end = &statement->next;
	return statement;
}

bool
iam_add_principal(struct iam_statements *statements,
    struct iam_statement *statement, struct seen type, struct seen identifier)
{
	if (!arena_grow(statements->arena, &statement->principals,
		statement->principal_count, &statement->principal_cap,
		sizeof(*statement->principals)))
		return false;
	statement->principals[statement->principal_count++] =
	    (struct iam_principal){type, identifier};
	return true;
}

bool
iam_add_condition(struct iam_statements *statements,
    struct iam_statement *statement, struct iam_condition condition)
{
	/* They are compared with each other, and no service takes as many. */
	enum { CONDITIONS_MOST = 2048 };

	if (statement->condition_count == CONDITIONS_MOST)
		return iam_refuse(
		    statements, "has more conditions than a policy can have");
	if (!arena_grow(statements->arena, &statement->conditions,
		statement->condition_count, &statement->condition_cap,
		sizeof(*statement->conditions)))
		return false;
	statement->conditions[statement->condition_count++] = condition;
	return true;
}

/* --- Members of JSON --- */

static struct seen
known(struct value value)
{
	return (struct seen){.value = value};
}

/* One text, or a list of nothing else. */
static bool
is_texts(struct value value)
{
	struct value_iter it = value_each(value);

	if (value_kind(value) != NODE_ARRAY)
		return value_kind(value) == NODE_STRING;
	while (value_step(&it)) {
		if (value_kind(it.value) != NODE_STRING)
			return false;
	}
	return true;
}

/* What a condition compares with. */
static bool
is_scalars(struct value value)
{
	struct value_iter it = value_each(value);

	if (value_kind(value) != NODE_ARRAY)
		return value_kind(value) > NODE_NULL &&
		    value_kind(value) != NODE_OBJECT;
	while (value_step(&it)) {
		if (value_kind(it.value) <= NODE_NULL ||
		    value_is_container(it.value))
			return false;
	}
	return true;
}

typedef bool member_read(struct iam_statements *statements,
    struct iam_statement *statement, struct value value, size_t which);

static bool
read_sid(struct iam_statements *statements, struct iam_statement *statement,
    struct value value, size_t which)
{
	(void)which;
	if (value_kind(value) != NODE_STRING)
		return iam_refuse(statements,
		    "is no policy document: a Sid is no text");
	statement->sid = known(value);
	return true;
}

static bool
read_effect(struct iam_statements *statements, struct iam_statement *statement,
    struct value value, size_t which)
{
	(void)which;
	if (!value_is(value, STR("Allow")) && !value_is(value, STR("Deny")))
		return iam_refuse(statements,
		    "is no policy document: an Effect is neither Allow nor "
		    "Deny");
	statement->effect = known(value);
	return true;
}

static bool
read_list(struct iam_statements *statements, struct iam_statement *statement,
    struct value value, size_t which)
{
	if (!is_texts(value))
		return iam_refuse(statements,
		    "is no policy document: actions or resources are no "
		    "texts");
	statement->lists[which] = known(value);
	return true;
}

static bool
add_identifiers(struct iam_statements *statements,
    struct iam_statement *statement, struct value type, struct value value)
{
	struct value_iter it = value_each(value);

	if (!is_texts(value))
		return iam_refuse(statements,
		    "is no policy document: a principal is no text");
	if (value_kind(value) == NODE_STRING)
		return iam_add_principal(
		    statements, statement, known(type), known(value));
	while (value_step(&it)) {
		if (!iam_add_principal(statements, statement, known(type),
			known(it.value)))
			return false;
	}
	return true;
}

/* "*" stands for the type too. */
static bool
read_principal(struct iam_statements *statements,
    struct iam_statement *statement, struct value value, size_t except)
{
	struct value_iter it = value_each(value);

	if (except) {
		statement->except = YES;
		return true;
	}
	if (value_kind(value) == NODE_STRING)
		return add_identifiers(statements, statement, value, value);
	if (value_kind(value) != NODE_OBJECT)
		return iam_refuse(statements,
		    "is no policy document: a Principal is neither text nor "
		    "object");
	while (value_step(&it)) {
		if (!add_identifiers(statements, statement, it.key, it.value))
			return false;
	}
	return true;
}

static bool
read_condition(struct iam_statements *statements,
    struct iam_statement *statement, struct value value, size_t which)
{
	static const char no_map[] =
	    "is no policy document: a Condition is no map of maps";
	struct value_iter tests = value_each(value);

	(void)which;
	if (value_kind(value) != NODE_OBJECT)
		return iam_refuse(statements, no_map);
	while (value_step(&tests)) {
		struct value_iter keys = value_each(tests.value);

		if (value_kind(tests.value) != NODE_OBJECT)
			return iam_refuse(statements, no_map);
		while (value_step(&keys)) {
			if (!is_scalars(keys.value))
				return iam_refuse(statements,
				    "is no policy document: a Condition "
				    "compares with no values");
			if (!iam_add_condition(statements, statement,
				(struct iam_condition){known(tests.key),
				    known(keys.key), known(keys.value)}))
				return false;
		}
	}
	return true;
}

static const struct member {
	const char *name;
	member_read *read;
	size_t which;
} members[] = {
    {"Sid", read_sid, 0},
    {"Effect", read_effect, 0},
    {"Principal", read_principal, false},
    {"NotPrincipal", read_principal, true},
    {"Action", read_list, IAM_ACTIONS},
    {"NotAction", read_list, IAM_NOT_ACTIONS},
    {"Resource", read_list, IAM_RESOURCES},
    {"NotResource", read_list, IAM_NOT_RESOURCES},
    {"Condition", read_condition, 0},
};

static bool
name_is(struct value key, const char *name)
{
	/* A name of IAM's has no escapes that anyone would write. */
	return iam_same(value_raw(key), str_of(name)) ||
	    value_is(key, str_of(name));
}

static bool
read_member(struct iam_statements *statements, struct iam_statement *statement,
    const struct value_iter *it, unsigned *seen)
{
	for (size_t i = 0; i < COUNTOF(members); i++) {
		if (!name_is(it->key, members[i].name))
			continue;
		if (*seen & (1u << i))
			break;
		*seen |= 1u << i;
		return members[i].read(
		    statements, statement, it->value, members[i].which);
	}
	return iam_refuse(statements,
	    "is no policy document: a statement has a member that is none of "
	    "IAM's, or one of them twice");
}

static bool
add_statement(struct iam_statements *statements, struct value value)
{
	struct iam_statement *statement = iam_add(statements);
	struct value_iter it = value_each(value);
	unsigned seen = 0;

	if (!statement)
		return false;
	if (value_kind(value) != NODE_OBJECT)
		return iam_refuse(statements,
		    "is no policy document: a statement is no object");
	while (value_step(&it)) {
		if (!read_member(statements, statement, &it, &seen))
			return false;
	}
	statements->no_effect =
	    statements->no_effect || !statement->effect.value.node;
	return true;
}

static bool
add_statements(struct iam_statements *statements, struct value value)
{
	struct value_iter it = value_each(value);

	if (value_kind(value) != NODE_ARRAY)
		return add_statement(statements, value);
	while (value_step(&it)) {
		if (!add_statement(statements, it.value))
			return false;
	}
	return true;
}

bool
iam_add_document(struct iam_statements *statements, struct value document)
{
	struct value_iter it = value_each(document);
	struct value list = VALUE_NONE;

	if (value_kind(document) != NODE_OBJECT)
		return iam_refuse(
		    statements, "is no policy document: it is no object");
	while (value_step(&it)) {
		if (name_is(it.key, "Id"))
			statements->id = known(it.value);
		else if (name_is(it.key, "Version"))
			statements->version = known(it.value);
		else if (name_is(it.key, "Statement") && !list.node)
			list = it.value;
		else
			return iam_refuse(statements,
			    "is no policy document: it has a member that is "
			    "none of IAM's, or one of them twice");
	}
	return !list.node || add_statements(statements, list);
}

bool
iam_read(struct iam_document *out, struct value document, struct arena *arena,
    const char **why)
{
	struct iam_statements statements = {.arena = arena};
	bool ok;

	statements.end = &statements.first;
	ok = iam_add_document(&statements, document) &&
	    iam_write(out, &statements, arena);
	*why = statements.why;
	return ok;
}
