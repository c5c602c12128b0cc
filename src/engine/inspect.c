/*
 * A resource that may be meant is copied as it comes; all addresses are kept to
 * suggest one of them where none is meant.  An address whose quotes a shell has
 * eaten counts only where nothing has the one that was given.
 */
#include "engine/inspect.h"

#include <stdlib.h>

#include "engine/total.h"

enum match { MATCH_NOT, MATCH_LOOSE, MATCH_EXACT };

struct kept {
	struct kept *next;
	const struct subject *subject;
	enum match match;
};

struct inspector {
	struct str address; /* empty: everything */
	struct arena arena;
	struct kept *first, **end;
	size_t count, exact;
	struct str *addresses; /* without their last keys */
	size_t address_count, address_cap;
};

struct inspector *
inspector_new(const char *address)
{
	struct inspector *inspector = calloc(1, sizeof(*inspector));

	if (!inspector)
		return NULL;
	inspector->address = str_of(address);
	inspector->end = &inspector->first;
	return inspector;
}

void
inspector_free(struct inspector *inspector)
{
	if (!inspector)
		return;
	arena_free(&inspector->arena);
	free(inspector->addresses);
	free(inspector);
}

/* --- Which are meant --- */

/* The next byte that is no quote or backslash; '\0' at the end. */
static char
next_loose(struct str *s)
{
	while (s->len && (s->ptr[0] == '"' || s->ptr[0] == '\\'))
		*s = str_from(*s, 1);
	if (!s->len)
		return '\0';
	*s = str_from(*s, 1);
	return s->ptr[-1];
}

/* A resource, or a module around it, with or without its last key. */
static enum match
match(struct str address, struct str asked)
{
	struct str a = address, b = asked;
	char end;

	if (!asked.len)
		return MATCH_EXACT;
	if (str_starts(address, asked) &&
	    (address.len == asked.len || address.ptr[asked.len] == '.' ||
		address.ptr[asked.len] == '['))
		return MATCH_EXACT;
	for (;;) {
		char wanted = next_loose(&b);

		if (!wanted)
			break;
		if (next_loose(&a) != wanted)
			return MATCH_NOT;
	}
	end = next_loose(&a);
	return !end || end == '.' || end == '[' ? MATCH_LOOSE : MATCH_NOT;
}

static const struct subject *
copy_of(struct inspector *inspector, const struct subject *subject,
    const struct type_entry *entry)
{
	if (inspector->address.len)
		return subject_copy(subject, &inspector->arena);
	return subject_project(subject, entry->attributes.items,
	    entry->attributes.count, true, &inspector->arena);
}

static bool
keep_address(struct inspector *inspector, const struct address *address)
{
	struct str text =
	    str_head(address->text, address->text.len - address->key.len);
	size_t count = inspector->address_count;

	if (count && str_eq(inspector->addresses[count - 1], text))
		return true;
	text = arena_copy(&inspector->arena, text);
	if (!text.ptr ||
	    !array_reserve(&inspector->addresses, &inspector->address_cap,
		count + 1, sizeof(text)))
		return false;
	inspector->addresses[inspector->address_count++] = text;
	return true;
}

bool
inspect_take(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err)
{
	struct inspector *inspector = eval->inspector;
	enum match matched = match(subject->address.text, inspector->address);
	struct type_entry *entry = run_type(eval, subject->address.type);
	struct kept *kept;

	if (!entry ||
	    (inspector->address.len &&
		!keep_address(inspector, &subject->address)))
		return error_nomem(err);
	if (matched == MATCH_NOT)
		return true;
	kept = arena_new(&inspector->arena, struct kept);
	if (!kept)
		return error_nomem(err);
	kept->match = matched;
	kept->subject = copy_of(inspector, subject, entry);
	if (!kept->subject)
		return error_nomem(err);
	*inspector->end = kept;
	inspector->end = &kept->next;
	inspector->count++;
	inspector->exact += matched == MATCH_EXACT;
	return true;
}

/* --- Where there is none --- */

/* In single quotes, as every shell of POSIX takes it for one word. */
static void
add_quoted(struct buf *out, struct str text)
{
	buf_byte(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'')
			buf_add(out, STR("'\\''"));
		else
			buf_byte(out, text.ptr[i]);
	}
	buf_byte(out, '\'');
}

static void
add_near(struct buf *out, struct str address)
{
	if (out->len)
		buf_add(out, STR(", "));
	add_quoted(out, address);
}

/* The most similar one, and some that it is a part of. */
static void
add_suggestions(struct buf *out, const struct inspector *inspector)
{
	enum { SHOWN_MOST = 3 };
	struct str near = str_nearest(inspector->address,
	    inspector->addresses, inspector->address_count);
	size_t shown = 0, at;

	if (near.len)
		add_near(out, near);
	for (size_t i = 0;
	     i < inspector->address_count && shown < SHOWN_MOST; i++) {
		struct str address = inspector->addresses[i];

		if (str_eq(address, near) ||
		    !str_find(address, inspector->address, &at))
			continue;
		add_near(out, address);
		shown++;
	}
}

static bool
fail_without(const struct inspector *inspector, struct tfa_error *err)
{
	struct buf near = {0};

	add_suggestions(&near, inspector);
	if (near.failed)
		error_nomem(err);
	else if (near.len)
		error_set(err, TFA_ERR_USAGE,
		    "the plan has no \"" STR_FMT "\"; did you mean " STR_FMT
		    "?",
		    STR_ARG(inspector->address), STR_ARG(buf_str(&near)));
	else
		error_set(err, TFA_ERR_USAGE,
		    "the plan has no \"" STR_FMT
		    "\"; tfassay inspect PLAN lists what it has",
		    STR_ARG(inspector->address));
	buf_free(&near);
	return false;
}

/* --- What they are --- */

static const char *
source_word(const struct subject *subject)
{
	static const char *const words[] = {
	    [SUBJECT_CHANGE] = "resource_changes",
	    [SUBJECT_DEFERRED] = "deferred_changes",
	    [SUBJECT_PLANNED] = "planned_values",
	    [SUBJECT_STATE] = "state",
	    [SUBJECT_READ] = "prior_state",
	};

	return words[subject->source];
}

/* Module calls around the subject, each with its path and key. */
static bool
describe_calls(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject)
{
	struct tfa_report *report = eval->report;
	const struct address *address = &subject->address;
	size_t count = address->step_count;
	struct inspected_call *calls =
	    arena_array(&report->arena, count ? count : 1, sizeof(*calls));
	size_t end = 0;

	if (!calls)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct address part = *address;
		struct config_call call;
		const struct address_step *step = &address->steps[i];

		part.step_count = i + 1;
		call = config_call(eval->config, &part, &eval->scratch);
		end += (i > 0) + STR("module.").len + step->name.len +
		    step->key.len;
		if (!call.path.ptr ||
		    !text_keep(&calls[i].path, str_head(address->text, end),
			report) ||
		    !text_keep(&calls[i].source, call.source, report) ||
		    !text_keep(&calls[i].version, call.version, report))
			return false;
	}
	out->calls = calls;
	out->call_count = count;
	return true;
}

static bool
inspect(struct inspected *out, struct tfa_eval *eval,
    const struct subject *subject)
{
	struct tfa_report *report = eval->report;

	embedded_reset(&eval->embedded);
	arena_reset(&eval->scratch);
	*out = (struct inspected){.action = subject_action(subject),
	    .actions = subject->actions,
	    .source = source_word(subject)};
	return text_keep(&out->address, subject->address.text, report) &&
	    text_keep(
		&out->previous_address, subject->previous_address, report) &&
	    text_keep(&out->provider, subject->provider, report) &&
	    describe_calls(out, eval, subject) &&
	    inspect_values(
		out, eval, subject, eval->inspector->address.len > 0) &&
	    (!eval->options->derive || inspect_derivations(out, eval, subject));
}

static int
compare_inspected(const void *a, const void *b)
{
	const struct inspected *left = a, *right = b;

	return str_cmp(left->address, right->address);
}

bool
inspect_settle(struct tfa_eval *eval, struct tfa_error *err)
{
	struct inspector *inspector = eval->inspector;
	struct inspection *inspection;
	struct inspected *items;
	size_t count = 0;

	if (!inspector)
		return true;
	if (inspector->address.len && inspector->count == 0)
		return fail_without(inspector, err);
	inspection = arena_new(&eval->report->arena, struct inspection);
	items = arena_array(
	    &eval->report->arena, inspector->count + 1, sizeof(*items));
	if (!inspection || !items)
		return error_nomem(err);
	for (struct kept *at = inspector->first; at; at = at->next) {
		if (inspector->exact && at->match != MATCH_EXACT)
			continue;
		if (!inspect(&items[count++], eval, at->subject))
			return error_nomem(err);
	}
	embedded_reset(&eval->embedded);
	qsort(items, count, sizeof(*items), compare_inspected);
	*inspection = (struct inspection){.derived = eval->options->derive,
	    .one = inspector->address.len > 0,
	    .items = items,
	    .count = count};
	eval->report->inspection = inspection;
	return true;
}
