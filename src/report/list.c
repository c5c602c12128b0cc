/* What the policies hold, as a table for people or a document for programs. */
#include <stdlib.h>

#include "policy/profile.h"
#include "report/handbook.h"
#include "report/record.h"
#include "report/report.h"
#include "report/show.h"

/* A framework with the requirements that controls name, over all of them. */
struct framework {
	struct str name;
	size_t controls;
	struct str *references; /* sorted, each once */
	size_t count, cap;
};

struct frameworks {
	struct framework *items; /* sorted by name */
	size_t count, cap;
};

/* How many controls do what. */
struct profile_row {
	struct str name;
	const char *kind;
	size_t modes[ENFORCE_AUDIT + 1];
};

struct list {
	const struct tfa_policies *policies;
	struct frameworks frameworks;
	struct profile_row *profiles;
	size_t profile_count;
	enum enforce *enforced; /* of each control */
	const struct default_entry **defaults; /* sorted by type and path */
	struct page page;
	struct emit emit;
};

/* --- Gathering --- */

static int
compare_str(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
compare_framework(const void *left, const void *right)
{
	const struct framework *a = left, *b = right;

	return str_cmp(a->name, b->name);
}

static int
compare_default(const void *left, const void *right)
{
	const struct default_entry *a =
	    *(const struct default_entry *const *)left;
	const struct default_entry *b =
	    *(const struct default_entry *const *)right;
	int order = str_cmp(a->type, b->type);

	return order ? order : str_cmp(a->path, b->path);
}

/* NULL without memory. */
static struct framework *
framework_of(struct frameworks *frameworks, struct str name)
{
	for (size_t i = 0; i < frameworks->count; i++) {
		if (str_eq(frameworks->items[i].name, name))
			return &frameworks->items[i];
	}
	if (!array_reserve(&frameworks->items, &frameworks->cap,
		frameworks->count + 1, sizeof(*frameworks->items)))
		return NULL;
	frameworks->items[frameworks->count] = (struct framework){.name = name};
	return &frameworks->items[frameworks->count++];
}

static bool
framework_add(struct frameworks *frameworks, const struct named_list *list)
{
	struct framework *framework = framework_of(frameworks, list->name);

	if (!framework ||
	    !array_reserve(&framework->references, &framework->cap,
		framework->count + list->items.count,
		sizeof(*framework->references)))
		return false;
	framework->controls++;
	for (size_t i = 0; i < list->items.count; i++)
		framework->references[framework->count++] =
		    list->items.items[i];
	return true;
}

static void
framework_sort(struct framework *framework)
{
	struct str *references = framework->references;
	size_t kept = 0;

	if (framework->count == 0)
		return;
	qsort(references, framework->count, sizeof(*references), compare_str);
	for (size_t i = 0; i < framework->count; i++) {
		if (kept && str_eq(references[kept - 1], references[i]))
			continue;
		references[kept++] = references[i];
	}
	framework->count = kept;
}

static bool
gather_frameworks(struct list *list)
{
	struct frameworks *frameworks = &list->frameworks;

	for (size_t i = 0; i < list->policies->control_count; i++) {
		const struct named_lists *lists =
		    &list->policies->controls[i]->frameworks;

		for (size_t j = 0; j < lists->count; j++) {
			if (!framework_add(frameworks, &lists->items[j]))
				return false;
		}
	}
	for (size_t i = 0; i < frameworks->count; i++)
		framework_sort(&frameworks->items[i]);
	if (frameworks->count)
		qsort(frameworks->items, frameworks->count,
		    sizeof(*frameworks->items), compare_framework);
	return true;
}

static bool
gather_defaults(struct list *list)
{
	const struct map *map = &list->policies->defaults;

	if (map->count == 0)
		return true;
	list->defaults = calloc(map->count, sizeof(*list->defaults));
	if (!list->defaults)
		return false;
	for (size_t i = 0; i < map->count; i++)
		list->defaults[i] = map->entries[i].value;
	qsort(list->defaults, map->count, sizeof(*list->defaults),
	    compare_default);
	return true;
}

static bool
gather_enforced(struct list *list, const struct tfa_list_options *options,
    struct tfa_error *err)
{
	const struct tfa_policies *policies = list->policies;

	list->enforced =
	    calloc(policies->control_count + 1, sizeof(*list->enforced));
	if (!list->enforced)
		return error_nomem(err);
	for (size_t i = 0; i < policies->control_count; i++)
		list->enforced[i] = policies->controls[i]->enforce;
	return !options->profile_count ||
	    profiles_apply(list->enforced, policies, options->profiles,
		options->profile_count, err);
}

static bool
count_profile(struct list *list, struct str name, const char *kind,
    struct tfa_error *err)
{
	struct profile_row *row = &list->profiles[list->profile_count++];

	*row = (struct profile_row){.name = name, .kind = kind};
	/* Names that policies hold end with NUL. */
	if (!profiles_apply(
		list->enforced, list->policies, &name.ptr, 1, err))
		return false;
	for (size_t i = 0; i < list->policies->control_count; i++)
		row->modes[list->enforced[i]]++;
	return true;
}

static bool
gather_profiles(struct list *list, struct tfa_error *err)
{
	const struct tfa_policies *policies = list->policies;
	const struct frameworks *frameworks = &list->frameworks;
	bool ok;

	list->profiles =
	    calloc(2 + policies->profile_count + frameworks->count,
		sizeof(*list->profiles));
	if (!list->profiles)
		return error_nomem(err);
	ok = count_profile(list, STR("recommended"), "built-in", err) &&
	    count_profile(list, STR("strict"), "built-in", err);
	for (size_t i = 0; ok && i < policies->profile_count; i++)
		ok = count_profile(
		    list, policies->profiles[i]->name, "declared", err);
	for (size_t i = 0; ok && i < frameworks->count; i++)
		ok = count_profile(
		    list, frameworks->items[i].name, "framework", err);
	return ok;
}

static void
list_free(struct list *list)
{
	free(list->profiles);
	free(list->enforced);
	for (size_t i = 0; i < list->frameworks.count; i++)
		free(list->frameworks.items[i].references);
	free(list->frameworks.items);
	free((void *)list->defaults);
}

/* --- As text --- */

static void
cell(struct page *page, struct str text, size_t width)
{
	size_t before = page->line.len, written;

	page_text(page, text, CLEAN_TEXT);
	written = clean_width(str_from(buf_str(&page->line), before));
	page_own(
	    page, "%*s  ", (int)(written < width ? width - written : 0), "");
}

static void
row_end(struct page *page)
{
	struct buf *line = &page->line;

	while (line->len && line->ptr[line->len - 1] == ' ')
		line->len--;
	page_end_headline(page, "", PAINT_NONE);
}

static size_t
wider(size_t width, struct str text)
{
	enum { WIDEST = 60 };
	size_t len = text.len < WIDEST ? text.len : WIDEST;

	return len > width ? len : width;
}

/* Joined names as a cell. */
static void
cell_names(struct page *page, struct names names, size_t width)
{
	struct buf joined = {0};

	for (size_t i = 0; i < names.count; i++) {
		if (i > 0)
			buf_byte(&joined, ',');
		buf_add(&joined, names.items[i]);
	}
	cell(page, buf_str(&joined), width);
	page->line.failed = page->line.failed || joined.failed;
	buf_free(&joined);
}

static size_t
wider_names(size_t width, struct names names)
{
	enum { WIDEST = 40 };
	size_t len = 0;

	for (size_t i = 0; i < names.count; i++)
		len += names.items[i].len + (i > 0);
	len = len < WIDEST ? len : WIDEST;
	return len > width ? len : width;
}

static void
text_controls(struct list *list)
{
	const struct tfa_policies *policies = list->policies;
	struct page *page = &list->page;
	size_t id = STR("ID").len, types = STR("RESOURCES").len;

	for (size_t i = 0; i < policies->control_count; i++) {
		id = wider(id, policies->controls[i]->id);
		types = wider_names(types, policies->controls[i]->types);
	}
	cell(page, STR("ID"), id);
	page_own(page, "SEVERITY  ENFORCE  ");
	cell(page, STR("RESOURCES"), types);
	page_own(page, "TITLE");
	row_end(page);
	for (size_t i = 0; i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		cell(page, control->id, id);
		page_own(page, "%-8s  %-7s  ", severity_name(control->severity),
		    enforce_name(list->enforced[i]));
		cell_names(page, control->types, types);
		page_text(page, control->title, CLEAN_TEXT);
		row_end(page);
	}
}

/* The number comes first: a framework's name is anybody's text. */
static void
text_frameworks(struct list *list)
{
	const struct frameworks *frameworks = &list->frameworks;
	struct page *page = &list->page;

	for (size_t i = 0; i < frameworks->count; i++) {
		const struct framework *framework = &frameworks->items[i];

		page_own(page, "%zu control%s: ", framework->controls,
		    framework->controls == 1 ? "" : "s");
		page_text(page, framework->name, CLEAN_TEXT);
		page_end_headline(page, "", PAINT_NONE);
		page_names(page,
		    (struct names){framework->references, framework->count},
		    ", ");
		page_end(page, "asks");
	}
}

static void
text_formats(struct list *list)
{
	const struct reporter *reporter;

	for (size_t i = 0; (reporter = reporter_at(i)); i++) {
		page_own(&list->page, "%-8s  %s (%s)", reporter->name,
		    reporter->help, reporter->media_type);
		row_end(&list->page);
	}
}

static void
text_default(struct page *page, const struct default_entry *entry)
{
	page_own(page, " ");
	page_default(page, entry);
	page_end_headline(page, "default", PAINT_NONE);
	page_default_source(page, entry);
}

static void
text_defaults(struct list *list)
{
	for (size_t i = 0; i < list->policies->defaults.count; i++)
		text_default(&list->page, list->defaults[i]);
}

static void
text_operators(struct list *list)
{
	struct page *page = &list->page;
	struct operator operator;
	size_t width = 0;

	for (size_t i = 0; operator_at(i, &operator); i++)
		width = wider(width, str_of(operator.name));
	for (size_t i = 0; operator_at(i, &operator); i++) {
		cell(page, str_of(operator.name), width);
		page_own(page, "%s: %s; %s", op_group_name(operator.group),
		    operator.argument, operator.help);
		row_end(page);
	}
}

/* The numbers come first, as of frameworks. */
static void
text_profiles(struct list *list)
{
	struct page *page = &list->page;

	page_own(page, "BLOCK  WARN  AUDIT  PROFILE");
	row_end(page);
	for (size_t i = 0; i < list->profile_count; i++) {
		const struct profile_row *row = &list->profiles[i];

		page_own(page, "%5zu  %4zu  %5zu  ", row->modes[ENFORCE_BLOCK],
		    row->modes[ENFORCE_WARN], row->modes[ENFORCE_AUDIT]);
		page_text(page, row->name, CLEAN_TEXT);
		page_own(page, " (%s)", row->kind);
		row_end(page);
	}
}

/* --- As JSON --- */

static void
json_profiles(struct list *list)
{
	struct emit *emit = &list->emit;

	for (size_t i = 0; i < list->profile_count; i++) {
		const struct profile_row *row = &list->profiles[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "name", row->name);
		emit_str(emit, "kind", str_of(row->kind));
		for (size_t j = 0; j < COUNTOF(row->modes); j++)
			emit_uint(emit, enforce_names[j], row->modes[j]);
		emit_close(emit, '}');
	}
}

static void
json_parameters(struct emit *emit, const struct control *control)
{
	if (!control->parameter_count)
		return;
	emit_open(emit, "parameters", '{');
	for (size_t i = 0; i < control->parameter_count; i++) {
		const struct parameter *parameter = &control->parameters[i];

		emit_open(emit, parameter->name.ptr, '{');
		emit_value(emit, "default", parameter->default_value);
		if (parameter->set_by.len)
			emit_value(emit, "value", parameter->value);
		emit_some(emit, "checked", parameter->checked);
		emit_close(emit, '}');
	}
	emit_close(emit, '}');
}

static void
json_operators(struct list *list)
{
	struct emit *emit = &list->emit;
	struct operator operator;

	for (size_t i = 0; operator_at(i, &operator); i++) {
		emit_open(emit, NULL, '{');
		emit_str(emit, "name", str_of(operator.name));
		emit_str(emit, "group", str_of(op_group_name(operator.group)));
		emit_str(emit, "argument", str_of(operator.argument));
		emit_some(emit, "complement", str_of(operator.complement));
		emit_str(emit, "help", str_of(operator.help));
		emit_close(emit, '}');
	}
}

static void
json_control(
    struct emit *emit, const struct control *control, enum enforce enforce)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "id", control->id);
	emit_str(emit, "title", control->title);
	emit_str(emit, "severity", str_of(severity_name(control->severity)));
	emit_str(emit, "enforce", str_of(enforce_name(enforce)));
	emit_names(emit, "resources", control->types);
	emit_lists(emit, "frameworks", control->frameworks);
	emit_lists(emit, "tools", control->tools);
	if (control->pack)
		emit_some(emit, "pack", control->pack->name);
	json_parameters(emit, control);
	emit_close(emit, '}');
}

static void
json_controls(struct list *list)
{
	for (size_t i = 0; i < list->policies->control_count; i++)
		json_control(&list->emit, list->policies->controls[i],
		    list->enforced[i]);
}

static void
json_frameworks(struct list *list)
{
	struct emit *emit = &list->emit;

	for (size_t i = 0; i < list->frameworks.count; i++) {
		const struct framework *framework = &list->frameworks.items[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "name", framework->name);
		emit_uint(emit, "controls", framework->controls);
		emit_names(emit, "references",
		    (struct names){framework->references, framework->count});
		emit_close(emit, '}');
	}
}

static void
json_formats(struct list *list)
{
	struct emit *emit = &list->emit;
	const struct reporter *reporter;

	for (size_t i = 0; (reporter = reporter_at(i)); i++) {
		emit_open(emit, NULL, '{');
		emit_str(emit, "name", str_of(reporter->name));
		emit_str(emit, "help", str_of(reporter->help));
		emit_str(emit, "media_type", str_of(reporter->media_type));
		emit_close(emit, '}');
	}
}

static void
json_governed(struct emit *emit, const struct default_entry *entry)
{
	if (!entry->governed_type.len)
		return;
	emit_open(emit, "governed_by", '{');
	emit_str(emit, "resource", entry->governed_type);
	emit_str(emit, "path", entry->governed_path);
	emit_some(emit, "except", entry->governed_except);
	emit_close(emit, '}');
}

static void
json_defaults(struct list *list)
{
	struct emit *emit = &list->emit;

	for (size_t i = 0; i < list->policies->defaults.count; i++) {
		const struct default_entry *entry = list->defaults[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "type", entry->type);
		emit_str(emit, "path", entry->path);
		emit_value(emit, "value", entry->value);
		emit_str(emit, "by",
		    entry->by_provider ? STR("provider") : STR("service"));
		json_governed(emit, entry);
		emit_some(emit, "source", entry->source);
		emit_some(emit, "since", entry->since);
		emit_some(emit, "note", entry->note);
		emit_close(emit, '}');
	}
}

/* --- Which list --- */

static const struct {
	const char *name;
	void (*text)(struct list *list);
	void (*json)(struct list *list);
} lists[] = {
    [TFA_LIST_CONTROLS] = {"controls",   text_controls,   json_controls  },
    [TFA_LIST_FRAMEWORKS] = {"frameworks", text_frameworks, json_frameworks},
    [TFA_LIST_FORMATS] = {"formats",    text_formats,    json_formats   },
    [TFA_LIST_DEFAULTS] = {"defaults",   text_defaults,   json_defaults  },
    [TFA_LIST_OPERATORS] = {"operators", text_operators, json_operators},
    [TFA_LIST_PROFILES] = {"profiles",   text_profiles,   json_profiles  },
};

static bool
write_json_list(
    struct list *list, enum tfa_list which, FILE *out, struct tfa_error *err)
{
	struct emit *emit = &list->emit;

	emit_init(emit, out, true);
	emit_open(emit, NULL, '{');
	emit_str(emit, "format_version", STR(RESULT_VERSION));
	emit_open(emit, lists[which].name, '[');
	lists[which].json(list);
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_finish(emit);
	return record_finish(emit, err);
}

static bool
write_text_list(struct list *list, enum tfa_list which, struct tfa_error *err)
{
	lists[which].text(list);
	return page_finish(&list->page, err);
}

static bool
gather(struct list *list, enum tfa_list which,
    const struct tfa_list_options *options, struct tfa_error *err)
{
	if (!policies_check_set(list->policies, err))
		return false;
	if (!policies_need_all(list->policies) || !gather_frameworks(list) ||
	    !gather_defaults(list))
		return error_nomem(err);
	return gather_enforced(list, options, err) &&
	    (which != TFA_LIST_PROFILES || gather_profiles(list, err));
}

bool
tfa_list_write(const struct tfa_policies *policies, enum tfa_list which,
    const struct tfa_list_options *options, FILE *out, struct tfa_error *err)
{
	struct list list = {.policies = policies, .page = {.out = out}};
	struct str format = str_of(options->format);
	bool ok;

	if ((size_t)which >= COUNTOF(lists))
		return error_set(err, TFA_ERR_USAGE, "there is no such list");
	ok = gather(&list, which, options, err);
	if (ok && str_eq(format, STR("json")))
		ok = write_json_list(&list, which, out, err);
	else if (ok && str_eq(format, STR("text")))
		ok = write_text_list(&list, which, err);
	else if (ok && which == TFA_LIST_CONTROLS &&
	    !options->profile_count && str_eq(format, STR("markdown")))
		ok = handbook_write(policies, out, err);
	else if (ok)
		ok = error_set(err, TFA_ERR_USAGE,
		    "a list is text or json, one of controls in no profile "
		    "markdown too, not %s",
		    options->format);
	list_free(&list);
	return ok;
}
