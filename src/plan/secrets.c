#include "plan/secrets.h"

#include <stdlib.h>

void
secrets_free(struct secrets *secrets)
{
	hashes_free(&secrets->texts);
	hashes_free(&secrets->closed);
	free(secrets->held);
	buf_free(&secrets->scratch);
	*secrets = (struct secrets){0};
}

static void
add_hash(struct secrets *secrets, struct hashes *set, uint64_t hash)
{
	bool added;

	if (!hashes_add(set, hash, &added))
		secrets->failed = true;
}

static uint64_t
hash_of(const struct secrets *secrets, struct str text)
{
	return str_hash(text, secrets->seed);
}

/* The text of a string or number; empty for anything else. */
static struct str
text_of(struct secrets *secrets, struct value v)
{
	struct str text = {"", 0};

	if (value_kind(v) == NODE_NUMBER)
		return value_raw(v);
	if (value_kind(v) == NODE_STRING)
		text = value_text(v, &secrets->scratch);
	if (!text.ptr)
		secrets->failed = true;
	return text;
}

void
secrets_add(struct secrets *secrets, struct value value, bool numbers)
{
	const struct node *end = value.node ? node_next(value.node) : NULL;
	struct value_iter it = value_each(value);
	struct str text;

	if (end && !value_is_container(value) &&
	    (numbers || value_kind(value) == NODE_STRING)) {
		text = text_of(secrets, value);
		if (text.len)
			add_hash(secrets, &secrets->texts,
			    hash_of(secrets, text));
	}
	while (value_step(&it))
		secrets_add(secrets, it.value, numbers);
}

/* --- Masks --- */

static bool
has_true(struct value mask)
{
	const struct node *end;

	if (value_kind(mask) < NODE_ARRAY)
		return value_kind(mask) == NODE_TRUE;
	end = node_next(mask.node);
	for (const struct node *node = mask.node + 1; node < end; node++) {
		if (node->kind == NODE_TRUE)
			return true;
	}
	return false;
}

/*
 * The member of that name, looked for from where the last one was found: masks
 * keep the order of their values.
 */
static struct value
member_from(struct value_iter *from, struct value object, struct str name,
    size_t *steps)
{
	struct value_iter again = value_each(object), before = *from;

	while (value_step(from)) {
		++*steps;
		if (value_is(from->key, name))
			return from->value;
	}
	while (again.object && value_step(&again)) {
		++*steps;
		if (value_is(again.key, name)) {
			*from = again;
			return again.value;
		}
	}
	*from = before;
	return VALUE_NONE;
}

static void
add_members(struct secrets *secrets, struct value value, struct value mask,
    uint64_t place)
{
	struct value_iter it = value_each(mask), at = value_each(value);
	const size_t most =
	    64 * (value_count(value) + value_count(mask)) + 4096;
	struct buf scratch = {0};
	size_t steps = 0;

	while (value_step(&it)) {
		struct str name;

		if (!has_true(it.value))
			continue;
		name = value_text(it.key, &scratch);
		/* A mask in no order at all, made to cost time, covers all. */
		if (!name.ptr || steps > most) {
			secrets->failed |= !name.ptr;
			secrets_add(secrets, value, true);
			break;
		}
		secrets_add_masked(secrets,
		    member_from(&at, value, name, &steps), it.value,
		    secrets_place(secrets, place, name));
	}
	buf_free(&scratch);
}

static void
add_items(struct secrets *secrets, struct value value, struct value mask,
    uint64_t place)
{
	struct value_iter it = value_each(mask), at = value_each(value);

	while (value_step(&it)) {
		struct value item =
		    value_step(&at) ? at.value : VALUE_NONE;

		if (has_true(it.value))
			secrets_add_masked(secrets, item, it.value, place);
	}
}

void
secrets_add_masked(struct secrets *secrets, struct value value,
    struct value mask, uint64_t place)
{
	if (!has_true(mask))
		return;
	if (value_kind(mask) == NODE_TRUE && value_kind(value) <= NODE_NULL)
		secrets_close(secrets, place);
	else if (value_kind(mask) == NODE_TRUE ||
	    value_kind(value) != value_kind(mask))
		secrets_add(secrets, value, true);
	else if (value_kind(mask) == NODE_OBJECT)
		add_members(secrets, value, mask, place);
	else
		add_items(secrets, value, mask, place);
}

/* --- Places --- */

uint64_t
secrets_place(const struct secrets *secrets, uint64_t place, struct str name)
{
	return str_hash(name, place + (secrets->seed ^ 0x9e3779b97f4a7c15));
}

void
secrets_close(struct secrets *secrets, uint64_t place)
{
	add_hash(secrets, &secrets->closed, place);
}

static void
hold_text(struct secrets *secrets, struct str text, uint64_t place)
{
	if (!text.len)
		return;
	if (!array_reserve(&secrets->held, &secrets->held_cap,
		secrets->held_count + 1, sizeof(*secrets->held))) {
		secrets->failed = true;
		return;
	}
	secrets->held[secrets->held_count++] =
	    (struct secrets_held){place, hash_of(secrets, text)};
}

void
secrets_hold(struct secrets *secrets, struct value value, uint64_t place)
{
	struct value_iter it = value_each(value);

	if (hashes_has(&secrets->closed, place)) {
		secrets_add(secrets, value, true);
		return;
	}
	if (!value_is_container(value))
		hold_text(secrets, text_of(secrets, value), place);
	while (value_step(&it))
		secrets_hold(secrets, it.value, place);
}

void
secrets_hold_expression(
    struct secrets *secrets, struct value expression, uint64_t place)
{
	struct value_iter it = value_each(expression);
	struct buf scratch = {0};

	while (value_step(&it)) {
		struct str name;

		if (!it.object) {
			secrets_hold_expression(secrets, it.value, place);
			continue;
		}
		name = value_text(it.key, &scratch);
		if (!name.ptr)
			secrets->failed = true;
		else if (str_eq(name, STR("constant_value")))
			secrets_hold(secrets, it.value, place);
		else if (!str_eq(name, STR("references")))
			secrets_hold_expression(secrets, it.value,
			    secrets_place(secrets, place, name));
	}
	buf_free(&scratch);
}

void
secrets_settle(struct secrets *secrets)
{
	for (size_t i = 0; i < secrets->held_count; i++) {
		if (hashes_has(&secrets->closed, secrets->held[i].place))
			add_hash(secrets, &secrets->texts,
			    secrets->held[i].text);
	}
	free(secrets->held);
	secrets->held = NULL;
	secrets->held_count = secrets->held_cap = 0;
}

bool
secrets_has(const struct secrets *secrets, struct str text)
{
	return hashes_has(&secrets->texts, hash_of(secrets, text));
}
