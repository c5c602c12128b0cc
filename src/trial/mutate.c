/*
 * Mutants of a control: its conditions are changed in place, one at a time, and
 * set right again; or what its tests say of an attribute is changed.  If every
 * test still comes out as expected, nothing tests what was changed.
 */
#include "trial/trial.h"

#include "engine/look.h"

struct mutation {
	struct trial *trial;
	const struct control *control;
	struct arena scratch; /* of one test */
};

/* Does a test come out differently?  *ok is false for no memory. */
static bool
is_noticed(struct mutation *mutation, bool *ok)
{
	const struct control *control = mutation->control;
	struct judged judged;

	for (size_t i = 0; i < control->test_count; i++) {
		const struct control_test *test = &control->tests[i];

		arena_reset(&mutation->scratch);
		*ok = trial_judge(&judged, mutation->trial, control, test,
		    &mutation->scratch);
		if (!*ok)
			return false;
		if (!trial_expected(test->expect, judged.verdict))
			return true;
	}
	return false;
}

static bool
add_mutant(struct mutation *mutation, struct pos pos, struct str what,
    bool noticed)
{
	struct trial *trial = mutation->trial;

	if (!what.ptr ||
	    !arena_grow(&trial->arena, &trial->mutants, trial->mutant_count,
		&trial->mutant_cap, sizeof(*trial->mutants)))
		return error_nomem(trial->err);
	trial->mutants[trial->mutant_count++] =
	    (struct mutant){mutation->control, pos, what, noticed};
	trial->noticed += noticed;
	return true;
}

/* The control has been changed: run its tests. */
static bool
run_changed(struct mutation *mutation, const struct cond *cond,
    const char *what)
{
	bool ok = true;
	bool noticed = is_noticed(mutation, &ok);
	struct str text;

	if (!ok)
		return false;
	text = trial_text(mutation->trial, "%s" STR_FMT "%s" STR_FMT "%s",
	    cond->path.text.len ? "\"" : "", STR_ARG(cond->path.text),
	    cond->path.text.len ? " " : "", STR_ARG(cond->expected), what);
	return add_mutant(mutation, cond->pos, text, noticed);
}

static bool
turn(struct mutation *mutation, struct cond *cond)
{
	bool ok;

	cond->negated = !cond->negated;
	ok = run_changed(mutation, cond,
	    cond->path.text.len      ? "\" turned round"
		: cond->expected.len ? " turned round"
				     : "turned round");
	cond->negated = !cond->negated;
	return ok;
}

static bool
change_kind(struct mutation *mutation, struct cond *cond, enum cond_kind kind,
    const char *what)
{
	enum cond_kind before = cond->kind;
	bool ok;

	cond->kind = kind;
	ok = run_changed(mutation, cond, what);
	cond->kind = before;
	return ok;
}

static bool
drop_items(struct mutation *mutation, struct cond *cond)
{
	const struct cond **items = (const struct cond **)cond->items;
	bool ok = true;

	for (size_t i = 0; ok && i < cond->item_count; i++) {
		const struct cond *item = items[i];

		cond->item_count--;
		items[i] = items[cond->item_count];
		items[cond->item_count] = item;
		ok = run_changed(mutation, item,
		    item->path.text.len      ? "\" left out"
			: item->expected.len ? " left out"
					     : "condition left out");
		items[cond->item_count] = items[i];
		items[i] = item;
		cond->item_count++;
	}
	return ok;
}

static bool
change_unset(struct mutation *mutation, struct cond *cond)
{
	enum said before = cond->if_unset;
	bool ok;

	cond->if_unset = before == SAID_YES ? SAID_NO : SAID_YES;
	ok = run_changed(mutation, cond, "\" with another if_unset");
	cond->if_unset = before;
	return ok;
}

static bool mutate_cond(struct mutation *mutation, const struct cond *cond);

static bool
mutate_group(struct mutation *mutation, struct cond *cond)
{
	bool all = cond->kind == COND_ALL;

	if (cond->item_count < 2)
		return true;
	return change_kind(mutation, cond, all ? COND_ANY : COND_ALL,
		   all ? "all made any" : "any made all") &&
	    drop_items(mutation, cond);
}

static bool
mutate_one(struct mutation *mutation, struct cond *cond)
{
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
		return mutate_group(mutation, cond);
	case COND_BY_TYPE:
		return true;
	case COND_EVERY:
		return change_kind(mutation, cond, COND_SOME,
			   "\" every made some") &&
		    turn(mutation, cond);
	case COND_SOME:
		return change_kind(mutation, cond, COND_EVERY,
			   "\" some made every") &&
		    turn(mutation, cond);
	case COND_ALWAYS:
		return change_kind(mutation, cond, COND_NEVER, "made never");
	case COND_NEVER:
		return change_kind(mutation, cond, COND_ALWAYS, "made always");
	default:
		return turn(mutation, cond);
	}
}

static bool
mutate_cond(struct mutation *mutation, const struct cond *cond)
{
	/* The set is this run's own, and its arena can be written. */
	struct cond *own = (struct cond *)cond;

	if (!mutate_one(mutation, own) ||
	    (own->if_unset != SAID_NOTHING && !change_unset(mutation, own)))
		return false;
	for (size_t i = 0; i < cond->item_count; i++) {
		if (!mutate_cond(mutation, cond->items[i]))
			return false;
	}
	return (!cond->meets || mutate_cond(mutation, cond->meets)) &&
	    (!cond->satisfies || mutate_cond(mutation, cond->satisfies));
}

static bool
drop_where(struct mutation *mutation)
{
	struct control *control = (struct control *)mutation->control;
	const struct cond *where = control->where;
	bool ok = true, noticed;

	control->where = NULL;
	noticed = is_noticed(mutation, &ok);
	control->where = where;
	return ok &&
	    add_mutant(mutation, where->pos, STR("where left out"), noticed);
}

/* --- What the tests say of an attribute --- */

enum edit { EDIT_NULL, EDIT_ABSENT, EDIT_HIDDEN, EDIT_COUNT };

static void
make_member(struct make *make, struct str name, enum node_kind kind)
{
	make_string(make, name);
	make_scalar(make, kind);
}

/* The object without the member of that name, or with it as told. */
static struct value
with_member(struct value object, struct str name, enum node_kind kind,
    struct arena *arena)
{
	struct make make = {0};
	struct value_iter it = value_each(object);
	struct buf text = {0};
	struct value made;

	make_open(&make, NODE_OBJECT);
	while (it.object && value_step(&it)) {
		struct str member = value_text(it.key, &text);

		if (str_eq(member, name))
			continue;
		make_string(&make, member);
		make_value(&make, it.value);
	}
	if (kind != NODE_NONE)
		make_member(&make, name, kind);
	make_close(&make);
	if (text.failed)
		make.failed = true;
	made = make_done(&make, arena);
	make_free(&make);
	buf_free(&text);
	return made;
}

/* Without a reference of that name; false where there is none. */
static bool
drop_refer(struct control_test *test, struct str name, struct arena *arena)
{
	struct pair *kept = arena_array(
	    arena, test->refer_count + 1, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; kept && i < test->refer_count; i++) {
		if (!str_eq(test->refers[i].name, name))
			kept[count++] = test->refers[i];
	}
	if (!kept || count == test->refer_count)
		return false;
	test->refers = kept;
	test->refer_count = count;
	return true;
}

static bool
edit_test(struct control_test *test, struct str name, enum edit edit,
    struct arena *arena)
{
	struct value *object =
	    test->resource.node ? &test->resource : &test->before;

	if (!drop_refer(test, name, arena) &&
	    !value_member(*object, name).node &&
	    !value_member(test->unknown, name).node)
		return false;
	*object = with_member(*object, name,
	    edit == EDIT_NULL ? NODE_NULL : NODE_NONE, arena);
	if (test->unknown.node || edit == EDIT_HIDDEN)
		test->unknown = with_member(test->unknown, name,
		    edit == EDIT_HIDDEN ? NODE_TRUE : NODE_NONE, arena);
	return true;
}

static bool
change_attribute(struct mutation *mutation, struct str name,
    enum edit edit)
{
	static const char *const what[EDIT_COUNT] = {
	    [EDIT_NULL] = "set to null in every test",
	    [EDIT_ABSENT] = "left out of every test",
	    [EDIT_HIDDEN] = "unknown in every test",
	};
	const struct control *control = mutation->control;
	struct judged judged;
	bool noticed = false;

	for (size_t i = 0; !noticed && i < control->test_count; i++) {
		struct control_test test = control->tests[i];

		arena_reset(&mutation->scratch);
		if (!edit_test(&test, name, edit, &mutation->scratch))
			continue;
		if (!trial_judge(&judged, mutation->trial, control, &test,
			&mutation->scratch))
			return false;
		noticed = !trial_expected(test.expect, judged.verdict);
	}
	return add_mutant(mutation, control->pos,
	    trial_text(mutation->trial, STR_FMT " %s", STR_ARG(name),
		what[edit]),
	    noticed);
}

static bool
mutate_tests(struct mutation *mutation)
{
	const struct names *names = &mutation->control->attributes;

	for (size_t i = 0; i < names->count; i++) {
		for (unsigned edit = 0; edit < EDIT_COUNT; edit++) {
			if (edit == EDIT_HIDDEN &&
			    mutation->control->view_before)
				continue;
			if (!change_attribute(mutation, names->items[i],
				(enum edit)edit))
				return false;
		}
	}
	return true;
}

bool
trial_mutate(struct trial *trial, const struct control *control)
{
	struct mutation mutation = {.trial = trial, .control = control};
	bool ok = mutate_cond(&mutation, control->assert) &&
	    (!control->where ||
		(drop_where(&mutation) &&
		    mutate_cond(&mutation, control->where))) &&
	    mutate_tests(&mutation);

	arena_free(&mutation.scratch);
	return ok;
}
