/*
 * What one control means, for the person who has to live with it: what it
 * looks at, why, what to change, and its own tests as examples.
 */
#include <stdlib.h>

#include "report/report.h"
#include "report/show.h"
#include "json/write.h"

enum { DEPTH_MOST = 16 };

/* NULL: no such control, and *err says so. */
static const struct control *
find_control(
    const struct tfa_policies *policies, struct str id, struct tfa_error *err)
{
	size_t count = policies->control_count;
	const struct control *control = map_find(&policies->control_ids, id);
	struct str nearest = {NULL, 0}, *names;

	if (!policies_need_tests(policies)) {
		error_nomem(err);
		return NULL;
	}
	if (control)
		return control;
	names = calloc(count + 1, sizeof(*names));
	if (!names) {
		error_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		names[i] = policies->controls[i]->id;
	nearest = str_nearest(id, names, count);
	free(names);
	if (nearest.len)
		error_set(err, TFA_ERR_USAGE,
		    "unknown control \"" STR_FMT "\"; did you mean \"" STR_FMT
		    "\"?",
		    STR_ARG(id), STR_ARG(nearest));
	else
		error_set(err, TFA_ERR_USAGE, "unknown control \"" STR_FMT "\"",
		    STR_ARG(id));
	return NULL;
}

/* --- Conditions in words --- */

static void
indent(struct page *page, size_t depth)
{
	page_own(page, "%*s", (int)(2 * depth), "");
}

void
page_leaf(struct page *page, const struct cond *cond)
{
	if (cond->kind != COND_PORT) {
		page_text(page, cond->path.text, CLEAN_TEXT);
		page_own(page, cond->kind == COND_TEST ? " " : ": ");
	}
	page_text(page, cond->expected, CLEAN_TEXT);
	if (cond->default_value.node) {
		page_own(page, "; not set counts as ");
		if (cond->default_from.count == 1)
			page_own(page, "the value of ");
		if (cond->default_from.count == 1)
			page_text(page, cond->default_from.items[0].text,
			    CLEAN_TEXT);
		else
			page_value(page, cond->default_value);
	}
	if (cond->default_source.len) {
		page_own(page, " (");
		page_text(page, cond->default_source, CLEAN_TEXT);
		page_own(page, ")");
	}
	if (cond->if_unset != SAID_NOTHING)
		page_own(page, "; where it is not set, this %s",
		    cond->if_unset == SAID_YES ? "holds" : "does not hold");
}

static void write_cond(struct page *page, const char *label,
    const struct cond *cond, size_t depth);

/* The relation on a line of its own, then what is asked of the partner. */
static void
write_related(
    struct page *page, const char *label, const struct cond *cond, size_t depth)
{
	const struct related *related = cond->related;

	if (cond->negated)
		page_own(page, "not ");
	page_text(page, related->words, CLEAN_TEXT);
	if (related->none_unknown)
		page_own(page, "; unknown if there is none");
	else if (related->if_none != SAID_NOTHING)
		page_own(page, "; if there is none, this %s",
		    related->if_none == SAID_YES ? "holds" : "does not hold");
	if (cond->satisfies)
		page_own(page, depth < DEPTH_MOST ? "; satisfies:" : " ...");
	page_end(page, label);
	if (cond->satisfies && depth < DEPTH_MOST)
		write_cond(page, "", cond->satisfies, depth + 1);
}

const char *
group_words(const struct cond *cond)
{
	if (cond->kind == COND_ALL)
		return "all of:";
	if (cond->kind == COND_ANY)
		return "any of:";
	return cond->negated ? "the first holds and the second does not:"
			     : "if the first holds, so does the second:";
}

static void write_cond(struct page *page, const char *label,
    const struct cond *cond, size_t depth);

static void
write_by_type(
    struct page *page, const char *label, const struct cond *cond, size_t depth)
{
	page_own(page, "by the type of the resource:%s",
	    depth < DEPTH_MOST ? "" : " ...");
	page_end(page, label);
	for (size_t i = 0; i < cond->item_count && depth < DEPTH_MOST; i++) {
		indent(page, depth + 1);
		if (cond->types[i].count)
			page_names(page, cond->types[i], ", ");
		page_own(page, cond->types[i].count ? ":" : "any other:");
		page_end(page, "");
		write_cond(page, "", cond->items[i], depth + 2);
	}
}

static void
write_cond(
    struct page *page, const char *label, const struct cond *cond, size_t depth)
{
	indent(page, depth);
	switch (cond->kind) {
	case COND_ALL:
	case COND_ANY:
	case COND_WHEN:
		page_own(page, "%s%s", group_words(cond),
		    depth < DEPTH_MOST ? "" : " ...");
		page_end(page, label);
		for (size_t i = 0; i < cond->item_count && depth < DEPTH_MOST;
		     i++)
			write_cond(page, "", cond->items[i], depth + 1);
		return;
	case COND_RELATED:
		write_related(page, label, cond, depth);
		return;
	case COND_BY_TYPE:
		write_by_type(page, label, cond, depth);
		return;
	case COND_ALWAYS:
		page_own(page, "always met");
		break;
	case COND_NEVER:
		page_own(page, "never met: that the resource is there is the "
			       "finding");
		break;
	case COND_EVERY:
	case COND_SOME:
	case COND_NONE:
	case COND_COUNT:
	case COND_FIRST:
	case COND_TEST:
	case COND_PORT:
		page_leaf(page, cond);
		break;
	}
	page_end(page, label);
}

/* --- Scope --- */

static void
write_actions(struct page *page, const struct control *control)
{
	static const struct {
		unsigned bit;
		const char *name;
	} actions[] = {
	    {ACTION_NOOP,     "no-op"   },
	    {ACTION_CREATE,   "create"  },
	    {ACTION_READ,     "read"    },
	    {ACTION_UPDATE,   "update"  },
	    {ACTION_DELETE,   "delete"  },
	    {ACTION_FORGET,   "forget"  },
	    {ACTION_REPLACE,  "replace" },
	    {ACTION_MOVED,    "moved"   },
	    {ACTION_IMPORTED, "imported"},
	};
	const char *joint = "";

	if (control->actions == 0)
		return;
	for (size_t i = 0; i < COUNTOF(actions); i++) {
		if (!(control->actions & actions[i].bit))
			continue;
		page_own(page, "%s%s", joint, actions[i].name);
		joint = ", ";
	}
	if (control->view_before)
		page_own(page, ", judged on what was there before");
	page_end(page, "actions");
}

/* A list with its elements. */
static void
write_value(struct page *page, struct value value)
{
	struct value_iter it = value_each(value);
	const char *joint = "";

	if (value_kind(value) != NODE_ARRAY) {
		page_value(page, value);
		return;
	}
	page_own(page, "[");
	while (value_step(&it)) {
		page_own(page, "%s", joint);
		page_value(page, it.value);
		joint = ", ";
	}
	page_own(page, "]");
}

static void
write_parameters(struct page *page, const struct control *control)
{
	for (size_t i = 0; i < control->parameter_count; i++) {
		const struct parameter *parameter = &control->parameters[i];

		page_text(page, parameter->name, CLEAN_TEXT);
		page_own(page, " = ");
		write_value(page, parameter->value);
		if (parameter->set_by.len)
			page_own(page, " by --set");
		else if (parameter->checked.len)
			page_own(page, ", checked on ");
		if (!parameter->set_by.len)
			page_text(page, parameter->checked, CLEAN_TEXT);
		page_end(page, i ? "" : "parameter");
	}
}

static void
write_scope(struct page *page, const struct control *control)
{
	page_own(page, "%s; enforce: %s", severity_name(control->severity),
	    enforce_name(control->enforce));
	page_end(page, "severity");
	if (control->data)
		page_own(page, "data sources ");
	page_names(page, control->types, ", ");
	page_end(page, "resources");
	write_actions(page, control);
	if (control->where)
		write_cond(page, "where", control->where, 0);
	write_cond(page, "checks", control->assert, 0);
	if (control->if_unknown != SAID_NOTHING) {
		page_own(page, "counts as a %s",
		    control->if_unknown == SAID_YES ? "pass" : "failure");
		page_end(page, "unknown");
	}
	write_parameters(page, control);
	page_prose(page, "why", control->why);
}

/* --- Defaults that apply --- */

static void
write_defaults(struct page *page, const struct tfa_policies *policies,
    const struct control *control)
{
	struct control_defaults defaults = {0};

	if (!control_defaults(&defaults, policies, control))
		page->line.failed = true;
	for (size_t i = 0; i < defaults.count; i++) {
		page_default(page, defaults.items[i]);
		page_end(page, "default");
		page_prose(page, "", defaults.items[i]->source);
		page_prose(page, "", defaults.items[i]->note);
	}
	control_defaults_free(&defaults);
}

/* --- What to do, and who asks --- */

static void
write_fix(struct page *page, const struct control *control)
{
	page_prose(page, "fix", control->fix_text);
	page_code(page, control->fix_text.len ? "" : "fix", control->fix_hcl);
	for (size_t i = 0; i < control->module_input_count; i++) {
		const struct pair *input = &control->module_inputs[i];

		page_text(page, input->name, CLEAN_TEXT);
		page_own(page, ": ");
		page_text(page, input->text, CLEAN_TEXT);
		page_end(page, "module");
	}
	for (size_t i = 0; i < control->pitfalls.count; i++)
		page_prose(page, "pitfall", control->pitfalls.items[i]);
}

static void
write_evidence(struct page *page, const struct control *control)
{
	for (size_t i = 0; i < control->evidence_count; i++) {
		const struct evidence *evidence = &control->evidence[i];

		page_text(page, evidence->kind, CLEAN_TEXT);
		page_own(page, " ");
		page_text(page, evidence->name, CLEAN_TEXT);
		if (evidence->expect.len) {
			page_own(page, ": ");
			page_text(page, evidence->expect, CLEAN_TEXT);
		}
		page_end(page, "evidence");
	}
}

static void
write_lists(struct page *page, const char *label, struct named_lists lists)
{
	for (size_t i = 0; i < lists.count; i++) {
		page_lists(page, (struct named_lists){&lists.items[i], 1});
		page_end(page, label);
	}
}

static void
write_pack(struct page *page, const struct control *control)
{
	if (control->pack) {
		page_text(page, control->pack->name, CLEAN_TEXT);
		page_own(page, " ");
		page_text(page, control->pack->version, CLEAN_TEXT);
		page_own(page, control->pack->builtin ? ", built in (" : " (");
		page_text(page, control->pack->file, CLEAN_ADDRESS);
		page_own(page, ":%zu)", control->pos.line);
		page_end(page, "pack");
	}
	page_prose(page, "reviewed", control->reviewed);
}

/* --- Tests --- */

/* {"name":"x"}, as one text. */
static void
page_json(struct page *page, struct value value)
{
	char *text = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&text, &len);
	struct emit emit;

	if (!file) {
		page->line.failed = true;
		return;
	}
	emit_init(&emit, file, false);
	emit_value(&emit, NULL, value);
	if (emit.failed)
		page->line.failed = true;
	if (fclose(file) != 0 || !text)
		page->line.failed = true;
	else
		page_text(page, (struct str){text, len}, CLEAN_PROSE);
	free(text);
}

static void
write_part(struct page *page, const char *name, struct value value)
{
	if (!value.node)
		return;
	page_own(page, "; %s ", name);
	page_json(page, value);
}

static void
write_tests(struct page *page, const struct control *control)
{
	static const char *const labels[] = {
	    [EXPECT_PASS] = "passes",
	    [EXPECT_FAIL] = "fails",
	    [EXPECT_UNKNOWN] = "unknown",
	    [EXPECT_ERROR] = "error",
	    [EXPECT_NOT_APPLICABLE] = "not asked",
	};

	for (size_t i = 0; i < control->test_count; i++) {
		const struct control_test *test = &control->tests[i];

		page_text(page, test->name, CLEAN_TEXT);
		page_own(page, ": ");
		page_text(page, test->type, CLEAN_TEXT);
		page_own(page, " ");
		page_json(page, test->resource);
		write_part(page, "unknown", test->unknown);
		write_part(page, "before", test->before);
		page_end(page, labels[test->expect]);
	}
}

bool
tfa_explain_write(const struct tfa_policies *policies, const char *control,
    bool color, FILE *out, struct tfa_error *err)
{
	const struct control *found = policies_check_set(policies, err)
	    ? find_control(policies, str_of(control), err)
	    : NULL;
	struct page page = {out, color, {0}};

	if (!found)
		return false;
	page_own(&page, ": ");
	page_text(&page, found->title, CLEAN_TEXT);
	page_end_headline(&page, "control", PAINT_BOLD);
	page_text(&page, found->id, CLEAN_TEXT);
	page_end(&page, "id");
	write_scope(&page, found);
	write_defaults(&page, policies, found);
	write_fix(&page, found);
	write_evidence(&page, found);
	write_lists(&page, "framework", found->frameworks);
	write_lists(&page, "tool", found->tools);
	write_pack(&page, found);
	write_tests(&page, found);
	return page_finish(&page, err);
}
