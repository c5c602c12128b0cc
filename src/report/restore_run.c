/* What was judged and with what, from the document. */
#include <stdlib.h>

#include "op/date.h"
#include "policy/fact.h"
#include "report/record.h"
#include "report/restore.h"

static void
copy_sha256(char out[65], struct str text)
{
	memcpy(out, text.ptr ? text.ptr : "", text.len);
	out[text.len] = '\0';
}

static void
cut_into(char *out, size_t size, struct str text)
{
	size_t len = text.len < size ? text.len : size - 1;

	memcpy(out, text.ptr ? text.ptr : "", len);
	out[len] = '\0';
}

/* --- Plans --- */

bool
restore_plan(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct tfa_report *report = result->report;
	struct stored_plan told = {0};
	struct plan_result *plan;

	if (!stored_read(&told, value, &stored_plan, &result->arena, err))
		return false;
	if (!array_reserve(&report->plans, &report->plan_cap,
		report->plan_count + 1, sizeof(*plan)))
		return error_nomem(err);
	plan = &report->plans[report->plan_count++];
	*plan = (struct plan_result){
	    .path = told.path, .bytes = told.bytes, .notes = told.notes};
	copy_sha256(plan->sha256, told.sha256);
	copy_sha256(plan->content_sha256, told.content_sha256);
	plan->info.terraform_version = told.terraform_version;
	plan->info.format_version = told.format_version;
	plan->info.timestamp = told.timestamp;
	plan->info.applyable = told.applyable;
	plan->info.complete = told.complete;
	plan->info.errored = told.errored;
	if (!told.error.given)
		return true;
	plan->error.code = TFA_ERR_PLAN;
	plan->error.offset = told.error.offset;
	plan->error.line = told.error.line;
	cut_into(plan->error.message, sizeof(plan->error.message),
	    told.error.message);
	cut_into(plan->error.pointer, sizeof(plan->error.pointer),
	    told.error.pointer);
	return true;
}

/* --- Policies --- */

bool
restore_pack(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct tfa_policies *policies = &result->policies;
	struct stored_pack told = {0};
	struct pack *pack;

	if (!stored_read(&told, value, &stored_pack, &result->arena, err))
		return false;
	pack = arena_new(&result->arena, struct pack);
	if (!pack ||
	    !arena_grow(&result->arena, &policies->packs, policies->pack_count,
		&policies->pack_cap, sizeof(*policies->packs)))
		return error_nomem(err);
	*pack = (struct pack){.name = told.pack,
	    .version = told.version,
	    .file = told.path,
	    .controls = told.controls};
	copy_sha256(pack->sha256, told.sha256);
	if (policies->pack_count == 0)
		result->first_pack = pack;
	policies->packs[policies->pack_count++] = pack;
	return true;
}

/* --- Files of waivers, facts and earlier results --- */

static bool
read_files(struct tfa_result *result, struct input_files *out,
    struct value list, struct tfa_error *err)
{
	struct value_iter it = value_each(list);

	out->items = arena_array(
	    &result->arena, value_count(list) + 1, sizeof(*out->items));
	if (!out->items)
		return error_nomem(err);
	while (value_step(&it)) {
		struct stored_file told = {0};
		struct input_file *file = &out->items[out->count++];

		if (!stored_read(
			&told, it.value, &stored_file, &result->arena, err))
			return false;
		file->path = told.path;
		copy_sha256(file->sha256, told.sha256);
	}
	return true;
}

static int64_t
last_day(struct str expires)
{
	struct date date;

	return date_read(&date, expires) ? date_day(&date) : 0;
}

static bool
add_waiver(struct tfa_result *result, const struct stored_waiver *told,
    struct tfa_error *err)
{
	struct tfa_policies *policies = &result->policies;
	struct told_control *control = result_control(result, told->control);
	struct waiver *waiver = arena_new(&result->arena, struct waiver);
	size_t index = policies->waiver_count;
	enum waiver_state state = (enum waiver_state)(told->state - 1);

	if (!control || !waiver ||
	    !map_set(&result->waivers, told->id, waiver))
		return error_nomem(err);
	*waiver = (struct waiver){.id = told->id,
	    .control = &control->control,
	    .category = (enum waiver_category)(told->category - 1),
	    .reason = told->reason,
	    .owner = told->owner,
	    .approved_by = told->approved_by,
	    .ticket = told->ticket,
	    .created = told->created,
	    .expires = told->expires,
	    .last_day = last_day(told->expires),
	    .covers = told->covers,
	    .file = told->file,
	    .pos = {told->line, 0},
	    .index = index};
	waiver->address.text = told->address;
	policies->waivers[index] = waiver;
	policies->waiver_count++;
	result->report->waivers[index] =
	    (struct waiver_use){.covered = told->covered,
		.waived = told->waived,
		.fixed = told->fixed,
		.elsewhere = told->elsewhere,
		.expired = state == WAIVER_EXPIRED,
		.exceeded = state == WAIVER_EXCEEDED};
	return true;
}

static bool
read_waivers(struct tfa_result *result, struct value list,
    struct tfa_error *err)
{
	struct value_iter it = value_each(list);
	size_t count = value_count(list) + 1;

	result->policies.waivers = arena_array(
	    &result->arena, count, sizeof(*result->policies.waivers));
	result->report->waivers = arena_array(
	    &result->arena, count, sizeof(*result->report->waivers));
	if (!result->policies.waivers || !result->report->waivers)
		return error_nomem(err);
	while (value_step(&it)) {
		struct stored_waiver told = {0};

		if (!stored_read(&told, it.value, &stored_waiver,
			&result->arena, err) ||
		    !add_waiver(result, &told, err))
			return false;
	}
	return true;
}

static bool
read_skips(struct tfa_result *result, struct value list,
    struct tfa_error *err)
{
	struct value_iter it = value_each(list);

	while (value_step(&it)) {
		struct skip_use *skip =
		    arena_new(&result->arena, struct skip_use);
		struct stored_waiver told = {0};
		struct told_control *control;

		if (!stored_read(
			&told, it.value, &stored_skip, &result->arena, err))
			return false;
		control = result_control(result, told.control);
		if (!skip || !control)
			return error_nomem(err);
		*skip = (struct skip_use){.control = &control->control,
		    .tool = told.tool,
		    .id = told.id,
		    .reason = told.reason,
		    .expires = told.expires,
		    .file = told.file,
		    .module = told.module,
		    .line = told.line,
		    .waived = told.waived};
		*result->skips_end = skip;
		result->skips_end = &skip->next;
	}
	return true;
}

bool
restore_waivers(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct stored_inputs told = {0};

	return stored_read(
		   &told, value, &stored_waivers, &result->arena, err) &&
	    read_files(
		result, &result->policies.waiver_files, told.files, err) &&
	    read_waivers(result, told.items, err) &&
	    read_skips(result, told.imported, err);
}

bool
restore_facts(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct tfa_policies *policies = &result->policies;
	struct stored_inputs told = {0};
	struct value_iter it;
	struct fact *facts;

	if (!stored_read(&told, value, &stored_facts, &result->arena, err) ||
	    !read_files(result, &policies->fact_files, told.files, err))
		return false;
	it = value_each(told.items);
	facts = arena_array(
	    &result->arena, value_count(told.items) + 1, sizeof(*facts));
	policies->facts = arena_array(&result->arena,
	    value_count(told.items) + 1, sizeof(*policies->facts));
	if (!facts || !policies->facts)
		return error_nomem(err);
	while (value_step(&it)) {
		struct stored_fact fact = {0};
		size_t index = policies->fact_count++;

		if (!stored_read(
			&fact, it.value, &stored_fact, &result->arena, err))
			return false;
		facts[index] = (struct fact){.type = fact.resource,
		    .provider = fact.provider,
		    .evidence = fact.evidence,
		    .as_of = fact.as_of,
		    .expires = fact.expires,
		    .file = fact.file,
		    .pos = {fact.line, 0}};
		policies->facts[index] = &facts[index];
	}
	return true;
}

bool
restore_baseline(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct stored_inputs told = {0};

	return stored_read(
		   &told, value, &stored_baseline, &result->arena, err) &&
	    read_files(
		result, &result->policies.baseline_files, told.files, err);
}

/* --- Options --- */

/* Texts of the arena end with a NUL. */
static const char *const *
words(struct tfa_result *result, struct names names, size_t *count,
    bool *failed)
{
	const char **items =
	    arena_array(&result->arena, names.count + 1, sizeof(*items));

	*failed = *failed || !items;
	*count = names.count;
	for (size_t i = 0; items && i < names.count; i++)
		items[i] = names.items[i].ptr;
	return items;
}

bool
restore_options(struct tfa_result *result, struct value value,
    struct tfa_error *err)
{
	struct stored_options *told = &result->told_options;
	struct tfa_options *options = &result->options;
	bool failed = false;

	if (!stored_read(told, value, &stored_options, &result->arena, err))
		return false;
	options->as_of = told->as_of.ptr;
	options->severity = told->severity.ptr;
	options->fail_on = told->fail_on.ptr;
	options->source_root = told->source_root.ptr;
	options->controls = words(
	    result, told->controls, &options->control_count, &failed);
	options->frameworks = words(
	    result, told->frameworks, &options->framework_count, &failed);
	options->profiles =
	    words(result, told->profiles, &options->profile_count, &failed);
	options->enforce =
	    words(result, told->enforce, &options->enforce_count, &failed);
	options->only = bits_of(told->only, only_bits, ONLY_COUNT);
	options->allow = bits_of(told->allow, allow_bits, ALLOW_COUNT);
	options->exit_zero = told->exit_zero == STATED_TRUE;
	options->import_skips = told->import_skips == STATED_TRUE;
	options->no_cross_check = told->no_cross_check == STATED_TRUE;
	options->strict_joins = told->strict_joins == STATED_TRUE;
	if (failed)
		return error_nomem(err);
	if (result->first_pack)
		result->first_pack->builtin = told->no_builtin != STATED_TRUE;
	return policies_keep_set(
		   &result->policies, told->set, &result->arena) ||
	    error_nomem(err);
}

bool
restore_origins(struct tfa_result *result, struct value list,
    struct tfa_error *err)
{
	struct value_iter it = value_each(list);
	struct tfa_setting_origin *origins = arena_array(
	    &result->arena, value_count(list) + 1, sizeof(*origins));

	if (!origins)
		return error_nomem(err);
	if (value_kind(list) != NODE_ARRAY)
		return result_refuse(err, "its origins are no list");
	result->options.origins = origins;
	while (value_step(&it)) {
		struct stored_origin_of told = {0};

		if (!stored_read(&told, it.value, &stored_origin_of,
			&result->arena, err))
			return false;
		origins[result->options.origin_count++] =
		    (struct tfa_setting_origin){
			told.option.ptr, told.value.ptr, told.origin.ptr};
	}
	return true;
}
