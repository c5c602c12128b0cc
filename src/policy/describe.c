/*
 * A condition in words, for reports: what was expected of the value.  Paths
 * appear only inside "satisfies", since a report names the outer one itself.
 */
#include "policy/cond_read.h"

enum { WORDS_MOST = 300 };

static bool
is_word(struct str text, const char *others, size_t most)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || (c && strchr(others, c))))
			return false;
	}
	return text.len > 0 && text.len <= most;
}

static void
print_value(struct buf *out, struct value value)
{
	struct value_iter it = value_each(value);
	bool object = value_kind(value) == NODE_OBJECT;
	const char *comma = "";

	switch (value_kind(value)) {
	case NODE_NONE:
	case NODE_NULL:
		buf_add(out, STR("null"));
		return;
	case NODE_FALSE:
		buf_add(out, STR("false"));
		return;
	case NODE_TRUE:
		buf_add(out, STR("true"));
		return;
	case NODE_NUMBER:
		buf_add(out, value_raw(value));
		return;
	case NODE_STRING:
		if (is_word(value_raw(value), "_.:/*@+-", WORDS_MOST))
			buf_add(out, value_raw(value));
		else
			buf_fmt(out, "\"" STR_FMT "\"",
			    STR_ARG(value_raw(value)));
		return;
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	if (value_member(value, STR("value_of")).node) {
		buf_fmt(out, "the value of " STR_FMT,
		    STR_ARG(value_raw(value_member(value, STR("value_of")))));
		return;
	}
	buf_byte(out, object ? '{' : '[');
	while (value_step(&it) && out->len < WORDS_MOST) {
		buf_add(out, str_of(comma));
		comma = ", ";
		if (object) {
			print_value(out, it.key);
			buf_add(out, STR(": "));
		}
		print_value(out, it.value);
	}
	buf_byte(out, object ? '}' : ']');
}

/* "not_equals" as "not equals". */
static void
print_name(struct buf *out, struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		buf_byte(out, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
}

/* {at_least: 1, at_most: 3}: "at least 1 and at most 3". */
static void
print_limits(struct buf *out, struct value limits)
{
	struct value_iter it = value_each(limits);
	const char *joint = "";

	while (value_step(&it)) {
		buf_add(out, str_of(joint));
		joint = " and ";
		if (value_is(it.key, STR("equals")))
			buf_add(out, STR("exactly"));
		else
			print_name(out, value_raw(it.key));
		buf_byte(out, ' ');
		print_value(out, it.value);
	}
}

/* {within: [..]}: "within [..]" */
static void
print_cidr(struct buf *out, struct value argument, bool negated)
{
	struct value_iter it = value_each(argument);

	value_step(&it);
	if (value_is(it.key, STR("internet"))) {
		buf_add(out, (value_kind(it.value) == NODE_TRUE) != negated
			? STR("is the internet")
			: STR("is not the internet"));
		return;
	}
	if (negated)
		buf_add(out, STR("not "));
	buf_add(out, value_raw(it.key));
	buf_byte(out, ' ');
	print_value(out, it.value);
}

/* set, written, known and unique: only yes or no. */
static void
print_flag(struct buf *out, const struct cond *cond)
{
	bool yes = value_kind(cond->args.argument) == NODE_TRUE;

	buf_add(out, yes != cond->negated ? STR("is ") : STR("is not "));
	print_name(out, str_of(cond->op->name));
}

static void
print_test(struct buf *out, const struct cond *cond)
{
	struct str name = str_of(cond->op->name);
	bool inverse = str_starts(name, STR("not_"));
	struct value argument = cond->args.argument;
	struct value_iter it = value_each(argument);

	if (cond->no_argument) {
		print_name(out, name);
		buf_add(out, STR(" a parameter that is not set"));
		return;
	}
	if (cond->op->argument == ARG_BOOL) {
		print_flag(out, cond);
		return;
	}
	if (cond->op->argument == ARG_CIDR) {
		print_cidr(out, argument, cond->negated);
		return;
	}
	if (cond->negated && inverse)
		name = str_from(name, STR("not_").len);
	else if (cond->negated)
		buf_add(out, STR("not "));
	print_name(out, name);
	buf_byte(out, ' ');
	if (cond->op->argument == ARG_LENGTH ||
	    cond->op->group == OP_VERSION) {
		print_limits(out, argument);
	} else if (cond->op->argument == ARG_RANGE &&
	    value_kind(argument) == NODE_ARRAY) {
		value_step(&it);
		print_value(out, it.value);
		buf_add(out, STR(" and "));
		value_step(&it);
		print_value(out, it.value);
	} else {
		print_value(out, argument);
	}
}

static void
print_port(struct buf *out, const struct cond *cond)
{
	buf_fmt(out, "%sports cover ", cond->negated ? "not " : "");
	if (cond->no_argument)
		buf_add(out, STR("a parameter that is not set"));
	else
		print_value(out, cond->args.argument);
}

static void print_inner(struct buf *out, const struct cond *cond);

static void
print_quantifier(struct buf *out, const struct cond *cond)
{
	bool negated = cond->negated;

	if (negated)
		buf_add(out, STR("not "));
	if (cond->no_argument)
		buf_add(out, STR("a parameter that is not set:"));
	else if (cond->kind == COND_COUNT)
		print_limits(out, cond->args.argument);
	else
		buf_add(out, cond->kind == COND_EVERY ? STR("every element")
			: cond->kind == COND_SOME     ? STR("some element")
			: cond->kind == COND_FIRST
			? STR("the first element that ")
			: STR("no element"));
	if (cond->kind == COND_FIRST)
		print_inner(out, cond->meets);
	if (cond->kind == COND_COUNT)
		buf_add(out, STR(" elements"));
	if (!cond->satisfies)
		return;
	buf_add(out, cond->kind == COND_COUNT ? STR(" satisfy ")
					      : STR(" satisfies "));
	print_inner(out, cond->satisfies);
}

static void
print_items(struct buf *out, const struct cond *cond)
{
	for (size_t i = 0; i < cond->item_count && out->len < WORDS_MOST; i++) {
		if (i > 0)
			buf_add(out, cond->kind == COND_ALL ? STR(" and ")
							    : STR(" or "));
		print_inner(out, cond->items[i]);
	}
}

static void
print_inner(struct buf *out, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
	case COND_BY_TYPE:
		buf_byte(out, '(');
		print_items(out, cond);
		buf_byte(out, ')');
		return;
	case COND_WHEN:
		buf_add(out, cond->negated ? STR("not (when ") : STR("(when "));
		print_inner(out, cond->items[0]);
		buf_add(out, STR(" then "));
		print_inner(out, cond->items[1]);
		buf_byte(out, ')');
		return;
	case COND_ALWAYS:
		buf_add(out, STR("anything"));
		return;
	case COND_NEVER:
		buf_add(out, STR("nothing"));
		return;
	case COND_RELATED:
		break;
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
	case COND_FIRST:
		buf_fmt(out, STR_FMT ": ", STR_ARG(cond->path.text));
		break;
	case COND_PORT:
		break;
	case COND_TEST:
		if (cond->path.count)
			buf_fmt(out, STR_FMT " ", STR_ARG(cond->path.text));
		break;
	}
	buf_add(out, cond->expected);
}

/* Cut at a character, since reports are UTF-8. */
static void
cut(struct buf *out)
{
	size_t len = WORDS_MOST;

	if (out->failed || out->len <= WORDS_MOST)
		return;
	while (len && ((unsigned char)out->ptr[len] & 0xc0) == 0x80)
		len--;
	out->len = len;
	buf_add(out, STR("..."));
}

static bool
is_enumeration(struct value value)
{
	struct value_iter it = value_each(value);

	switch (value_kind(value)) {
	case NODE_FALSE:
	case NODE_TRUE:
	case NODE_NUMBER:
		return true;
	case NODE_STRING:
		return is_word(value_raw(value), "_.:/-", 40);
	case NODE_ARRAY:
		while (value_step(&it)) {
			if (value_is_container(it.value) ||
			    !is_enumeration(it.value))
				return false;
		}
		return true;
	case NODE_NONE:
	case NODE_NULL:
	case NODE_OBJECT:
		break;
	}
	return false;
}

/* --- Related resources --- */

static void
print_types(struct buf *out, const struct names *types)
{
	for (size_t i = 0; i < types->count && out->len < WORDS_MOST; i++)
		buf_fmt(out, "%s" STR_FMT, i ? " or " : "",
		    STR_ARG(types->items[i]));
}

/* "rule[*].filter" */
static void
print_its(struct buf *out, const struct related *related)
{
	for (size_t i = 0; i < related->its_count; i++) {
		const struct path *part = &related->its[i];

		if (i > 0)
			buf_add(out, part->count ? STR("[*].") : STR("[*]"));
		if (part->count)
			buf_add(out, part->text);
	}
}

static void
print_join(struct buf *out, const struct related *related)
{
	static const char *const hows[] = {[NAME_GLOB] = "is a pattern of",
	    [NAME_EQUALS] = "equals",
	    [NAME_REGEX] = "matches",
	    [NAME_PREFIX] = "begins",
	    [NAME_CONTAINS] = "is part of"};

	switch (related->join) {
	case JOIN_ITS:
		buf_fmt(out, " whose " STR_FMT " refers to it",
		    STR_ARG(related->attribute));
		break;
	case JOIN_MY:
		buf_fmt(out, " that its " STR_FMT " refers to",
		    STR_ARG(related->attribute));
		break;
	case JOIN_PLAN:
		buf_add(out, STR(" of its provider configuration"));
		break;
	case JOIN_NAME:
		buf_add(out, STR(" whose "));
		print_its(out, related);
		buf_fmt(out, " %s its " STR_FMT, hows[related->how],
		    STR_ARG(related->mine.text));
		break;
	}
}

static void
print_if_none(struct buf *out, const struct related *related)
{
	if (related->none_unknown)
		buf_add(out, STR(", unknown if there is none"));
	else if (related->if_none != SAID_NOTHING)
		buf_add(out, related->if_none == SAID_YES
			? STR(", or there is none")
			: STR(", and there is one"));
}

bool
related_describe(struct load *load, struct cond *cond, struct related *related)
{
	struct buf out = {0};

	if (cond->negated)
		buf_add(&out, STR("not "));
	buf_add(&out, related->quantifier == COND_EVERY ? STR("every ")
		: related->quantifier == COND_SOME	? STR("some ")
							: STR("no "));
	print_types(&out, &related->types);
	print_join(&out, related);
	if (!out.failed)
		related->words = arena_copy(load->arena, buf_str(&out));
	if (cond->satisfies) {
		buf_add(&out, STR(" satisfies "));
		print_inner(&out, cond->satisfies);
	}
	print_if_none(&out, related);
	cut(&out);
	if (!out.failed)
		cond->expected = arena_copy(load->arena, buf_str(&out));
	buf_free(&out);
	return (related->words.ptr && cond->expected.ptr) || load_nomem(load);
}

bool
cond_describe(struct load *load, struct cond *cond)
{
	struct buf out = {0};

	if (cond->kind == COND_TEST) {
		print_test(&out, cond);
		cond->enumeration = cond->op->group == OP_ORDER ||
		    (cond->op->group == OP_VALUE &&
			is_enumeration(cond->args.argument));
	} else if (cond->kind == COND_PORT) {
		print_port(&out, cond);
	} else {
		print_quantifier(&out, cond);
	}
	cut(&out);
	if (!out.failed)
		cond->expected = arena_copy(load->arena, buf_str(&out));
	buf_free(&out);
	return cond->expected.ptr || load_nomem(load);
}
