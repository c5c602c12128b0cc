/* Joins in words: how a partner was found, or why there is none. */
#include "engine/related.h"

/* The types, as many as a sentence bears. */
static void
print_types(const struct related *related, struct buf *out)
{
	for (size_t i = 0; i < related->types.count && i < 4; i++)
		buf_fmt(out, "%s" STR_FMT, i ? " or " : "",
		    STR_ARG(related->types.items[i]));
	if (related->types.count > 4)
		buf_add(out, STR(" or others"));
}

/* Whose partners are looked for. */
static void
print_me(const struct relation *relation, struct buf *out)
{
	buf_add(out, relation->me.len ? relation->me : STR("it"));
}

static void
print_my(const struct relation *relation, struct buf *out)
{
	if (relation->me.len)
		buf_fmt(out, STR_FMT ".", STR_ARG(relation->me));
	buf_add(out, relation->related->attribute);
}

static void
print_none(const struct relation *relation, struct buf *out)
{
	const struct related *related = relation->related;

	switch (related->join) {
	case JOIN_ITS:
		buf_add(out, STR("no "));
		print_types(related, out);
		buf_fmt(out, " of the plan has a " STR_FMT " that refers to ",
		    STR_ARG(related->attribute));
		print_me(relation, out);
		break;
	case JOIN_MY:
		print_my(relation, out);
		buf_add(out, STR(" refers to no "));
		print_types(related, out);
		buf_add(out, STR(" of the plan"));
		break;
	case JOIN_PLAN:
		buf_add(out, STR("the plan has no "));
		print_types(related, out);
		buf_add(out, STR(" of the same provider configuration"));
		break;
	case JOIN_NAME:
		buf_add(out, STR("no "));
		print_types(related, out);
		buf_fmt(out, " of the plan covers the " STR_FMT " of ",
		    STR_ARG(related->mine.text));
		print_me(relation, out);
		break;
	}
}

static void
print_open(const struct relation *relation, struct buf *out)
{
	static const char *const verbs[] = {[JOIN_ITS] = " refers to ",
	    [JOIN_MY] = " is what is referred to by ",
	    [JOIN_PLAN] = " has the provider configuration of ",
	    [JOIN_NAME] = " covers "};
	const struct related *related = relation->related;

	if (relation->partner && related->join == JOIN_MY) {
		buf_add(out, STR("whether "));
		print_my(relation, out);
		buf_fmt(out, " refers to " STR_FMT " cannot be seen",
		    STR_ARG(relation->partner->subject->address.text));
	} else if (relation->partner) {
		buf_add(out, STR("whether "));
		if (related->join == JOIN_ITS)
			buf_fmt(out, "the " STR_FMT " of ",
			    STR_ARG(related->attribute));
		buf_add(out, relation->partner->subject->address.text);
		buf_add(out, str_of(verbs[related->join]));
		print_me(relation, out);
		buf_add(out, STR(" cannot be seen"));
	} else {
		buf_add(out, STR("what "));
		if (related->join == JOIN_MY)
			print_my(relation, out);
		else
			buf_add(out, related->mine.text);
		buf_add(out, related->join == JOIN_MY
			? STR(" refers to cannot be seen")
			: STR(" is called is known only after apply"));
	}
	if (relation->waits.len)
		buf_fmt(out, "; it waits for " STR_FMT,
		    STR_ARG(relation->waits));
}

static void
print_partner(const struct relation *relation, struct buf *out)
{
	buf_fmt(out, "there is " STR_FMT,
	    STR_ARG(relation->partner->subject->address.text));
}

void
relation_reason(const struct relation *relation, struct buf *out)
{
	while (relation->kind == RELATION_PARTNER && relation->inner)
		relation = relation->inner;
	switch (relation->kind) {
	case RELATION_PARTNER:
		print_partner(relation, out);
		break;
	case RELATION_NONE:
		print_none(relation, out);
		break;
	case RELATION_OPEN:
		print_open(relation, out);
		break;
	case RELATION_UNSEEN:
		if (relation->named_count) {
			buf_add(out, STR("the plan is not complete: there may "
					 "be another "));
			print_types(relation->related, out);
			break;
		}
		print_none(relation, out);
		buf_add(out, STR(", but the plan is not complete"));
		break;
	case RELATION_MANY:
		buf_add(out, STR("there are more resources than are compared "
				 "with one"));
		break;
	}
}

static void
print_how(const struct relation *relation, struct buf *out)
{
	switch (relation->how) {
	case BY_REFERENCE:
		buf_add(out, relation->any
			? STR("by reference to any of its instances")
			: STR("by reference"));
		break;
	case BY_VALUE:
		buf_add(out, STR("by value"));
		break;
	case BY_INFERENCE:
		buf_fmt(out, "by inference through " STR_FMT,
		    STR_ARG(relation->waits));
		break;
	case BY_PLAN:
		buf_add(out, STR("by provider configuration"));
		break;
	case BY_NAME:
		buf_add(out, STR("by name"));
		break;
	}
}

void
relation_how(const struct relation *relation, struct buf *out)
{
	const char *joint = "; joined ";

	for (; relation && relation->kind == RELATION_PARTNER;
	     relation = relation->inner) {
		buf_add(out, str_of(joint));
		print_how(relation, out);
		joint = ", then ";
	}
}

struct str
relation_waits(const struct relation *relation)
{
	while (relation && relation->kind == RELATION_PARTNER)
		relation = relation->inner;
	return relation && relation->kind == RELATION_OPEN ? relation->waits
							   : STR("");
}
