/*
 * To find what is equal, findings are sorted by what must be; blocks still come
 * in the order of their first members.
 */
#include "report/fold.h"

#include <stdlib.h>

#include "plan/address.h"
#include "report/show.h"

/* Keys further in are taken to differ. */
enum { PLACES_MOST = 64 };

static int
compare_number(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* Tells waivers, and comments in one file, apart. */
static size_t
waiver_number(const struct finding *finding)
{
	if (finding->skip)
		return finding->skip->line;
	return finding->waiver ? finding->waiver->index + 1 : 0;
}

static int
compare_numbers(const struct finding *a, const struct finding *b)
{
	const size_t pairs[][2] = {
	    {a->control->index,      b->control->index     },
	    {a->plan,                b->plan               },
	    {(size_t)a->verdict,     (size_t)b->verdict    },
	    {(size_t)a->raw_verdict, (size_t)b->raw_verdict},
	    {(size_t)a->change,      (size_t)b->change     },
	    {(size_t)a->enforce,     (size_t)b->enforce    },
	    {(size_t)a->waived,      (size_t)b->waived     },
	    {(size_t)a->known,       (size_t)b->known      },
	    {waiver_number(a),       waiver_number(b)      },
	};
	int order = 0;

	for (size_t i = 0; i < COUNTOF(pairs) && order == 0; i++)
		order = compare_number(pairs[i][0], pairs[i][1]);
	return order;
}

/* What a person edits, if not which argument of it. */
static struct str
place_of(const struct finding *finding)
{
	return finding->origin ? finding->origin->change : STR("");
}

/* Zero: one block tells both. */
static int
compare_blocks(const struct finding *a, const struct finding *b)
{
	const struct str pairs[][2] = {
	    {a->reason,         b->reason        },
	    {str_of(a->action), str_of(b->action)},
	    {a->actual,         b->actual        },
	    {a->was,            b->was           },
	    {place_of(a),       place_of(b)      },
	};
	int order = compare_numbers(a, b);

	for (size_t i = 0; i < COUNTOF(pairs) && order == 0; i++)
		order = str_cmp(pairs[i][0], pairs[i][1]);
	return order ? order : address_compare_static(a->address, b->address);
}

/* Among equals, the order of the report. */
static int
compare_members(const void *left, const void *right)
{
	const struct fold_member *a = *(struct fold_member *const *)left;
	const struct fold_member *b = *(struct fold_member *const *)right;
	int order = compare_blocks(a->finding, b->finding);

	return order ? order : (a > b) - (a < b);
}

static void
link_blocks(struct fold_member **sorted, size_t count)
{
	struct fold_member *first = NULL;

	for (size_t i = 0; i < count; i++) {
		struct fold_member *member = sorted[i];

		if (first &&
		    compare_blocks(first->finding, member->finding) == 0) {
			sorted[i - 1]->next = member;
			first->count++;
			continue;
		}
		first = member;
		first->count = 1;
	}
}

static bool
sort(struct fold *fold)
{
	struct fold_member **sorted;

	if (fold->count == 0)
		return true;
	sorted = calloc(fold->count, sizeof(*sorted));
	if (!sorted)
		return false;
	for (size_t i = 0; i < fold->count; i++)
		sorted[i] = &fold->members[i];
	qsort(sorted, fold->count, sizeof(*sorted), compare_members);
	link_blocks(sorted, fold->count);
	free(sorted);
	return true;
}

bool
fold_make(struct fold *fold, const struct tfa_report *report,
    const struct tfa_report_style *style)
{
	*fold = (struct fold){0};
	if (report->finding_count == 0)
		return true;
	fold->members = calloc(report->finding_count, sizeof(*fold->members));
	if (!fold->members)
		return false;
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (finding_shown(finding, style))
			fold->members[fold->count++].finding = finding;
	}
	return sort(fold);
}

void
fold_free(struct fold *fold)
{
	free(fold->members);
}

/* Which keys of the first address, by place, the other one has as well. */
static uint64_t
equal_keys(struct str first, struct str other)
{
	struct str names, key, other_key;
	uint64_t equal = 0;

	for (unsigned place = 0; first.len && other.len && place < PLACES_MOST;
	     place++) {
		address_part(&first, &names, &key);
		address_part(&other, &names, &other_key);
		equal |= (uint64_t)str_eq(key, other_key) << place;
	}
	return equal;
}

uint64_t
fold_shared_keys(const struct fold_member *first)
{
	struct str address = first->finding->address;
	uint64_t shared = equal_keys(address, address);

	for (const struct fold_member *at = first->next; at; at = at->next)
		shared &= equal_keys(address, at->finding->address);
	return shared;
}

void
fold_add_address(
    struct buf *out, const struct fold_member *first, uint64_t shared)
{
	struct str rest = first->finding->address, names, key;

	if (first->count == 1) {
		buf_add(out, rest);
		return;
	}
	for (; rest.len; shared >>= 1) {
		address_part(&rest, &names, &key);
		buf_add(out, names);
		if (shared & 1)
			buf_add(out, key);
	}
}

void
fold_add_keys(struct buf *out, const struct finding *finding, uint64_t shared)
{
	struct str rest = finding->address, names, key;

	for (; rest.len; shared >>= 1) {
		address_part(&rest, &names, &key);
		if (!(shared & 1))
			buf_add(out, key);
	}
}
