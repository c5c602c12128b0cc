/*
 * Counts of partners with the first of each answer, by address: which one is
 * named does not depend on the order of the document.
 */
#include "engine/view.h"

static bool
is_before(const struct record *a, const struct record *b)
{
	return str_cmp(a->subject->address.text, b->subject->address.text) < 0;
}

static void
take_first(struct partner *first, const struct partner *partner)
{
	if (!first->record || is_before(partner->record, first->record))
		*first = *partner;
}

/* The same with the next one behind it. */
static void
take_two(struct partner first[2], const struct partner *partner)
{
	if (first[0].record &&
	    !is_before(partner->record, first[0].record)) {
		if (partner->record != first[0].record)
			take_first(&first[1], partner);
		return;
	}
	first[1] = first[0];
	first[0] = *partner;
}

static void
take_named(struct fold *fold, const struct partner *partner)
{
	size_t at = fold->named_count;

	while (at > 0 && is_before(partner->record, fold->named[at - 1].record))
		at--;
	if (at == NAMED_MOST ||
	    (at > 0 && fold->named[at - 1].record == partner->record))
		return;
	if (fold->named_count < NAMED_MOST)
		fold->named_count++;
	memmove(&fold->named[at + 1], &fold->named[at],
	    (fold->named_count - at - 1) * sizeof(*partner));
	fold->named[at] = *partner;
}

void
fold_add(struct fold *fold, const struct partner *partner,
    const struct answered *answered)
{
	fold->count[answered->truth]++;
	take_two(fold->first[answered->truth], partner);
	if (answered->error)
		take_first(&fold->error, partner);
	take_named(fold, partner);
}

void
fold_join(
    struct fold *into, const struct fold *from, const struct link *link)
{
	struct partner partner;

	for (size_t i = 0; i < COUNTOF(from->count); i++) {
		into->count[i] += from->count[i];
		for (size_t j = 0; j < 2; j++) {
			partner = from->first[i][j];
			partner.link = link ? link : partner.link;
			if (partner.record)
				take_two(into->first[i], &partner);
		}
	}
	partner = from->error;
	partner.link = link ? link : partner.link;
	if (partner.record)
		take_first(&into->error, &partner);
	for (size_t i = 0; i < from->named_count; i++)
		take_named(into, &from->named[i]);
}

void
fold_leave_out(struct fold *fold, const struct record *record,
    const struct answered *answered)
{
	struct partner *first = fold->first[answered->truth];
	size_t kept = 0;

	fold->count[answered->truth]--;
	if (first[0].record == record)
		first[0] = first[1];
	if (first[0].record == first[1].record)
		first[1].record = NULL;
	if (fold->error.record == record)
		fold->error.record = NULL;
	for (size_t i = 0; i < fold->named_count; i++) {
		if (fold->named[i].record != record)
			fold->named[kept++] = fold->named[i];
	}
	fold->named_count = kept;
}

size_t
fold_size(const struct fold *fold)
{
	return fold->count[NO] + fold->count[UNKNOWN] + fold->count[YES];
}
