/*
 * Entries of resource_changes and their like: what one says of itself must be
 * whole and must not contradict itself before it becomes a subject.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "plan/reading.h"
#include "plan/seen.h"

/* The members of an entry and of what is inside it; offsets into struct entry. */
struct entry {
	struct value address, previous_address, module_address, mode, type,
	    name, index, provider_name, deposed, deposed_key, change, values,
	    sensitive_values;
};

struct change {
	struct value actions, before, after, after_unknown, before_sensitive,
	    after_sensitive, importing;
};

struct slot {
	struct str name;
	size_t offset; /* of a struct value */
};

#define SLOT(type, member)                                                    \
	{                                                                     \
		{#member, sizeof(#member) - 1}, offsetof(struct type, member) \
	}

static const struct slot entry_slots[] = {
    SLOT(entry, address),
    SLOT(entry, previous_address),
    SLOT(entry, module_address),
    SLOT(entry, mode),
    SLOT(entry, type),
    SLOT(entry, name),
    SLOT(entry, index),
    SLOT(entry, provider_name),
    SLOT(entry, deposed),
    SLOT(entry, change),
    SLOT(entry, values),
    SLOT(entry, sensitive_values),
    SLOT(entry, deposed_key),
};

static const struct slot change_slots[] = {
    SLOT(change, actions),
    SLOT(change, before),
    SLOT(change, after),
    SLOT(change, after_unknown),
    SLOT(change, before_sensitive),
    SLOT(change, after_sensitive),
    SLOT(change, importing),
};

/* Members come in the order of slots or in another, each once. */
static bool
read_slots(struct plan *plan, void *out, struct value object,
    const struct slot *slots, size_t count, struct tfa_error *err)
{
	struct value_iter it = value_each(object);
	size_t next = 0;

	if (!it.object)
		return refuse(plan, err, STR(""), "an object was expected");
	while (value_step(&it)) {
		for (size_t i = 0; i < count; i++, next++) {
			const struct slot *slot = &slots[next % count];
			struct value old;

			if (!value_is(it.key, slot->name))
				continue;
			memcpy(&old, (char *)out + slot->offset, sizeof(old));
			if (old.node)
				return refuse(plan, err, slot->name,
				    "stands twice in one object");
			memcpy((char *)out + slot->offset, &it.value,
			    sizeof(it.value));
			break;
		}
		next++;
	}
	return true;
}

/* Text that may be missing or null. */
static bool
read_text(struct plan *plan, struct str *out, struct value v, const char *what,
    struct tfa_error *err)
{
	*out = STR("");
	if (value_kind(v) <= NODE_NULL)
		return true;
	if (value_kind(v) != NODE_STRING)
		return refuse(plan, err, str_of(what), "is no text");
	if (v.node->flags & NODE_ESCAPED)
		*out = value_copy_text(v, &plan->scratch);
	else
		*out = value_raw(v);
	return out->ptr || error_nomem(err);
}

static bool
mode_fits(struct value v, enum mode mode)
{
	static const struct str words[] = {[MODE_MANAGED] = {"managed", 7},
	    [MODE_DATA] = {"data", 4},
	    [MODE_EPHEMERAL] = {"ephemeral", 9},
	    [MODE_LIST] = {"list", 4}};

	return value_is(v, words[mode]);
}

/* Does the key of the address say what index says? */
static bool
index_fits(struct plan *plan, struct str key, struct value index)
{
	struct decimal stated, written;
	bool is_text;
	struct str text;

	if (value_kind(index) <= NODE_NULL)
		return true;
	if (value_kind(index) == NODE_STRING) {
		text = value_copy_text(index, &plan->scratch);
		return text.ptr && address_key_is(key, text, &plan->text);
	}
	return value_kind(index) == NODE_NUMBER &&
	    address_key(key, &is_text, &text, &plan->text) && !is_text &&
	    decimal_read(&stated, value_raw(index)) &&
	    decimal_read(&written, text) &&
	    decimal_cmp(&stated, &written) == 0;
}

/* Up to Terraform 0.12 the address of a state's resource had no key. */
static bool
add_key(struct plan *plan, struct str *address, struct value index)
{
	struct buf text = {0};
	struct str key;

	if (value_kind(index) <= NODE_NULL || str_ends(*address, STR("]")))
		return true;
	buf_add(&text, *address);
	if (value_kind(index) == NODE_NUMBER) {
		buf_fmt(&text, "[" STR_FMT "]", STR_ARG(value_raw(index)));
	} else if (value_kind(index) == NODE_STRING) {
		key = value_text(index, &plan->text);
		buf_add(&text, STR("[\""));
		for (size_t i = 0; i < key.len; i++) {
			if (key.ptr[i] == '"' || key.ptr[i] == '\\')
				buf_byte(&text, '\\');
			buf_byte(&text, key.ptr[i]);
		}
		buf_add(&text, STR("\"]"));
	}
	address->ptr = NULL;
	if (!text.failed && !plan->text.failed)
		*address = arena_copy(&plan->scratch, buf_str(&text));
	buf_free(&text);
	return address->ptr != NULL;
}

static bool
check_address(struct plan *plan, const struct address *address,
    const struct entry *entry, struct tfa_error *err)
{
	struct str module;

	if (!read_text(plan, &module, entry->module_address, "module_address",
		err))
		return false;
	if (mode_fits(entry->mode, address->mode) &&
	    value_is(entry->type, address->type) &&
	    value_is(entry->name, address->name) &&
	    (!module.len || str_eq(module, address->module)) &&
	    index_fits(plan, address->key, entry->index))
		return true;
	if (plan->text.failed)
		return error_nomem(err);
	return refuse(plan, err, address->text,
	    "contradicts the mode, type, name, index or module beside it");
}

/* The address, and whatever else the entry says of it. */
static bool
read_address(struct plan *plan, struct address *out,
    const struct entry *entry, bool keyless, struct tfa_error *err)
{
	struct str text;

	if (!read_text(plan, &text, entry->address, "address", err))
		return false;
	if (keyless && !add_key(plan, &text, entry->index))
		return error_nomem(err);
	if (address_read(out, text, &plan->scratch))
		return check_address(plan, out, entry, err);
	if (address_valid(text))
		return error_nomem(err);
	return refuse(plan, err, text,
	    text.len ? "is no address of a resource"
		     : "an entry has no address");
}

/* The action that a word means, or 0. */
static unsigned
action_of(struct value word)
{
	static const struct {
		struct str word;
		unsigned bit;
	} words[] = {
	    {{"no-op", 5},  ACTION_NOOP  },
	    {{"create", 6}, ACTION_CREATE},
	    {{"read", 4},   ACTION_READ  },
	    {{"update", 6}, ACTION_UPDATE},
	    {{"delete", 6}, ACTION_DELETE},
	    {{"forget", 6}, ACTION_FORGET},
	    {{"open", 4},   ACTION_OPEN  },
	};

	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (value_is(word, words[i].word))
			return words[i].bit;
	}
	return 0;
}

static bool
read_actions(struct plan *plan, unsigned *out, struct value list,
    struct str address, struct tfa_error *err)
{
	struct value_iter it = value_each(list);

	*out = 0;
	if (value_kind(list) != NODE_ARRAY || value_count(list) == 0)
		return refuse(plan, err, address, "has no actions");
	while (value_step(&it)) {
		unsigned bit = action_of(it.value);

		if (!bit)
			return refuse(
			    plan, err, address, "has an unknown action");
		*out |= bit;
	}
	/* One action, or a replacement. */
	if (value_count(list) == 1 ||
	    (value_count(list) == 2 &&
		(*out == (ACTION_CREATE | ACTION_DELETE) ||
		    *out == (ACTION_CREATE | ACTION_FORGET))))
		return true;
	return refuse(
	    plan, err, address, "has actions that exclude each other");
}

/* An object or nothing; masks may be booleans and lists, too. */
static bool
kind_fits(struct value v, bool mask)
{
	enum node_kind kind = value_kind(v);

	if (kind == NODE_NUMBER || kind == NODE_STRING)
		return false;
	return mask || kind <= NODE_NULL || kind == NODE_OBJECT;
}

static bool
check_change(struct plan *plan, const struct change *change,
    struct str address, struct tfa_error *err)
{
	if (!kind_fits(change->before, false) ||
	    !kind_fits(change->after, false))
		return refuse(plan, err, address,
		    "has a before or after that is neither object nor null");
	if (!kind_fits(change->after_unknown, true) ||
	    !kind_fits(change->before_sensitive, true) ||
	    !kind_fits(change->after_sensitive, true))
		return refuse(plan, err, address,
		    "has a mask that is neither boolean, object nor list");
	return true;
}

static struct value
present(struct value v)
{
	return value_kind(v) == NODE_NULL ? VALUE_NONE : v;
}

/* What is masked of a resource of a type, or of an output of none. */
static void
hide(struct plan *plan, struct value value, struct value mask, struct str type)
{
	uint64_t place = 0;

	if (!seen_sensitive((struct seen){.sensitive = mask}))
		return;
	if (type.len)
		place = secrets_place(&plan->secrets, 0, type);
	secrets_add_masked(&plan->secrets, value, mask, place);
}

static void
hide_change(struct plan *plan, const struct change *change, struct str type)
{
	hide(plan, change->before, change->before_sensitive, type);
	hide(plan, change->after, change->after_sensitive, type);
}

static bool
evaluates(const struct plan *plan, struct str type)
{
	return !plan->handler->evaluates ||
	    plan->handler->evaluates(plan->ctx, type);
}

static bool
read_change(struct plan *plan, struct subject *out, struct value v,
    struct tfa_error *err)
{
	struct entry entry = {0};
	struct change change = {0};
	struct str *text = &out->address.text;

	if (!read_slots(plan, &entry, v, entry_slots, COUNTOF(entry_slots),
		err) ||
	    !read_address(plan, &out->address, &entry, false, err) ||
	    (evaluates(plan, out->address.type) &&
		!check_unique(plan, v, *text, err)) ||
	    !read_slots(plan, &change, entry.change, change_slots,
		COUNTOF(change_slots), err) ||
	    !read_actions(plan, &out->actions, change.actions, *text, err) ||
	    !check_change(plan, &change, *text, err) ||
	    !read_text(plan, &out->previous_address, entry.previous_address,
		"previous_address", err) ||
	    !read_text(plan, &out->provider, entry.provider_name,
		"provider_name", err) ||
	    !read_text(plan, &out->deposed, entry.deposed, "deposed", err))
		return false;
	out->importing = value_kind(change.importing) > NODE_NULL;
	out->before = present(change.before);
	out->after = present(change.after);
	out->unknown = present(change.after_unknown);
	out->before_sensitive = present(change.before_sensitive);
	out->sensitive = present(change.after_sensitive);
	hide_change(plan, &change, out->address.type);
	return true;
}

/* Nothing stays of what is removed, and something of anything else. */
static bool
check_after(struct plan *plan, const struct subject *subject,
    struct tfa_error *err)
{
	const unsigned removing = ACTION_DELETE | ACTION_FORGET;
	const unsigned making = ACTION_CREATE | ACTION_UPDATE | ACTION_READ;

	if (subject->after.node && !(subject->actions & ~removing))
		return refuse(plan, err, subject->address.text,
		    "is to be removed, but has an after");
	if (!subject->after.node && (subject->actions & making))
		return refuse(plan, err, subject->address.text,
		    "is to stay, but has no after");
	return true;
}

static enum fate
fate_of(const struct subject *subject)
{
	if (subject->after.node)
		return FATE_STAYS;
	return subject->actions & (ACTION_FORGET | ACTION_NOOP) ? FATE_EITHER
								: FATE_GONE;
}

static bool
hand_over(struct plan *plan, struct subject *subject, struct tfa_error *err)
{
	subject->offset = scan_offset(plan->scan);
	if (subject->deposed.len) {
		plan->info.deposed++;
		return true;
	}
	return plan->handler->subject(plan->ctx, subject, err);
}

static bool
place_error(struct plan *plan, bool ok, struct tfa_error *err)
{
	if (!ok)
		scan_place(plan->scan, err);
	return ok;
}

bool
take_change(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct subject subject = {.source = SUBJECT_CHANGE};
	bool ok;

	if (!read_change(plan, &subject, v, err) ||
	    !check_after(plan, &subject, err))
		return false;
	ok = crosscheck_change(plan->check, subject.address.text,
	    subject.deposed, subject.after, fate_of(&subject), err);
	plan->info.entries++;
	return place_error(plan, ok, err) && hand_over(plan, &subject, err);
}

bool
take_deferred(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct subject subject = {.source = SUBJECT_DEFERRED};

	if (!check_unique(plan, v, STR(""), err) ||
	    !read_change(plan, &subject,
		value_member(v, STR("resource_change")), err))
		return false;
	plan->info.entries++;
	plan->info.deferred++;
	return hand_over(plan, &subject, err);
}

/* Counted and searched for secrets; never judged. */
bool
take_drift(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct entry entry = {0};
	struct change change = {0};
	struct str address, type;

	plan->info.drifted++;
	if (!read_slots(plan, &entry, v, entry_slots, COUNTOF(entry_slots),
		err) ||
	    !read_text(plan, &address, entry.address, "address", err) ||
	    !read_text(plan, &type, entry.type, "type", err) ||
	    !check_unique(plan, v, address, err) ||
	    !read_slots(plan, &change, entry.change, change_slots,
		COUNTOF(change_slots), err) ||
	    !check_change(plan, &change, address, err))
		return false;
	hide_change(plan, &change, type);
	return true;
}

bool
take_output_change(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct change change = {0};

	if (!check_unique(plan, v, plan->name, err) ||
	    !read_slots(plan, &change, v, change_slots, COUNTOF(change_slots),
		err))
		return false;
	hide_change(plan, &change, STR(""));
	return true;
}

/* --- States and planned_values --- */

/*
 * A name that stands twice matters where it is evaluated.  Whoever keeps a
 * planned resource looks for himself: nearly all of them are only compared.
 */
static bool
is_evaluated(const struct plan *plan)
{
	return plan->section == SECTION_STATE ||
	    (plan->section == SECTION_PRIOR && plan->handler->want_data);
}

/* Values of which none is known are left out as a whole. */
static struct value
values_of(const struct entry *entry)
{
	static const struct node empty = {.kind = NODE_OBJECT, .at = 1};
	struct value values = present(entry->values);

	return values.node ? values : (struct value){&empty, ""};
}

static bool
read_resource(struct plan *plan, struct subject *out, struct value v,
    const struct entry *entry, struct tfa_error *err)
{
	if (!read_address(plan, &out->address, entry,
		plan->section != SECTION_PLANNED, err) ||
	    (is_evaluated(plan) &&
		!check_unique(plan, v, out->address.text, err)) ||
	    !read_text(plan, &out->provider, entry->provider_name,
		"provider_name", err) ||
	    !read_text(
		plan, &out->deposed, entry->deposed_key, "deposed_key", err))
		return false;
	if (!kind_fits(entry->values, false))
		return refuse(plan, err, out->address.text,
		    "has values that are no object");
	if (!kind_fits(entry->sensitive_values, true))
		return refuse(plan, err, out->address.text,
		    "has a mask that is neither boolean, object nor list");
	out->after = values_of(entry);
	out->sensitive = present(entry->sensitive_values);
	out->previous_address = STR("");
	hide(plan, out->after, out->sensitive, out->address.type);
	return true;
}

static bool
take_planned(struct plan *plan, struct subject *subject, struct tfa_error *err)
{
	bool ok = crosscheck_planned(
	    plan->check, subject->address.text, subject->after, err);

	plan->info.has_planned = true;
	return place_error(plan, ok, err) &&
	    (plan->changes_here || hand_over(plan, subject, err));
}

static bool
take_state(struct plan *plan, struct subject *subject, struct tfa_error *err)
{
	bool ok = crosscheck_state(plan->check, subject->address.text,
	    subject->deposed, plan->levels[plan->level_count - 1].module, err);

	/* Of a state, what is not handed over counts as an entry. */
	plan->info.entries += subject->deposed.len > 0;
	return place_error(plan, ok, err) && hand_over(plan, subject, err);
}

/*
 * A resource of prior_state without secrets, or of planned_values that nobody
 * will judge: most resources of a plan.
 */
static bool
is_plain(const struct plan *plan, const struct entry *entry)
{
	struct seen seen = {.sensitive = entry->sensitive_values};

	if (plan->section == SECTION_STATE || entry->deposed_key.node ||
	    seen_sensitive(seen))
		return false;
	if (plan->section == SECTION_PRIOR)
		return !plan->handler->want_data;
	return plan->changes_here ||
	    (plan->handler->planned_enough && *plan->handler->planned_enough);
}

/* It is compared with what the changes say, at the most. */
static bool
take_plain(struct plan *plan, const struct entry *entry, struct tfa_error *err)
{
	struct str address;
	bool ok;

	if (plan->section == SECTION_PRIOR)
		return true;
	if (!read_text(plan, &address, entry->address, "address", err))
		return false;
	plan->info.has_planned = true;
	ok = crosscheck_planned(
	    plan->check, address, values_of(entry), err);
	return place_error(plan, ok, err);
}

bool
take_resource(struct plan *plan, struct value v, struct tfa_error *err)
{
	static const enum subject_source sources[] = {
	    [SECTION_PLANNED] = SUBJECT_PLANNED,
	    [SECTION_STATE] = SUBJECT_STATE,
	    [SECTION_PRIOR] = SUBJECT_READ};
	struct subject subject = {.source = sources[plan->section]};
	struct entry entry = {0};

	if (!read_slots(plan, &entry, v, entry_slots, COUNTOF(entry_slots),
		err))
		return false;
	if (is_plain(plan, &entry))
		return take_plain(plan, &entry, err);
	if (!read_resource(plan, &subject, v, &entry, err))
		return false;
	switch (plan->section) {
	case SECTION_PLANNED:
		return take_planned(plan, &subject, err);
	case SECTION_STATE:
		return take_state(plan, &subject, err);
	case SECTION_PRIOR:
		break;
	}
	return !plan->handler->want_data ||
	    subject.address.mode != MODE_DATA || subject.deposed.len ||
	    plan->handler->subject(plan->ctx, &subject, err);
}
