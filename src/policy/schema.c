/* JSON Schemas of the files that people write, and of results, for editors and pipelines. */
#include <string.h>

#include "policy/field.h"

static const struct shape *const shapes[] = {
    [TFA_SCHEMA_CONTROLS] = &shape_policy_file,
    [TFA_SCHEMA_WAIVERS] = &shape_waiver_file,
    [TFA_SCHEMA_FACTS] = &shape_fact_file,
    [TFA_SCHEMA_RESULT] = &shape_result,
};

static const char *const titles[] = {
    [TFA_SCHEMA_CONTROLS] = "tfassay: a file of controls and defaults",
    [TFA_SCHEMA_WAIVERS] = "tfassay: a file of waivers",
    [TFA_SCHEMA_FACTS] = "tfassay: a file of facts",
    [TFA_SCHEMA_CONFIG] = "tfassay: settings of a project",
    [TFA_SCHEMA_RESULT] = "tfassay: a result, as --format json writes it",
};

/* --- Settings --- */

static void
write_scalar(struct emit *emit, const struct tfa_schema_setting *setting)
{
	static const char *const types[] = {"string", "number", "boolean"};

	emit_open(emit, NULL, '{');
	if (setting->flag || setting->word_count) {
		emit_open(emit, "enum", '[');
		for (size_t i = 0; i < setting->word_count; i++)
			emit_str(emit, NULL, str_of(setting->words[i]));
		for (size_t i = 0; setting->flag && i < 2; i++) {
			emit_bool(emit, NULL, i == 0);
			emit_str(emit, NULL, str_of(i ? "false" : "true"));
		}
		emit_close(emit, ']');
	} else {
		emit_open(emit, "type", '[');
		for (size_t i = 0; i < COUNTOF(types); i++)
			emit_str(emit, NULL, str_of(types[i]));
		emit_close(emit, ']');
		emit_uint(emit, "minLength", 1);
	}
	emit_close(emit, '}');
}

/* One value, several, or pairs where the option has "=". */
static void
write_setting(struct emit *emit, const struct tfa_schema_setting *setting)
{
	static const char *const types[] = {"string", "number", "boolean"};

	emit_open(emit, setting->name, '{');
	emit_str(emit, "description", str_of(setting->help));
	emit_open(emit, "anyOf", '[');
	write_scalar(emit, setting);
	emit_open(emit, NULL, '{');
	emit_str(emit, "type", STR("array"));
	emit_open(emit, "items", '{');
	emit_open(emit, "anyOf", '[');
	write_scalar(emit, setting);
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, '}');
	if (setting->pairs) {
		emit_open(emit, NULL, '{');
		emit_str(emit, "type", STR("object"));
		emit_open(emit, "additionalProperties", '{');
		emit_open(emit, "type", '[');
		for (size_t i = 0; i < COUNTOF(types); i++)
			emit_str(emit, NULL, str_of(types[i]));
		emit_close(emit, ']');
		emit_close(emit, '}');
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
}

static void
write_settings(struct emit *emit, const struct tfa_schema_setting *settings)
{
	emit_open(emit, "type", '[');
	emit_str(emit, NULL, STR("object"));
	emit_str(emit, NULL, STR("null"));
	emit_close(emit, ']');
	emit_open(emit, "properties", '{');
	for (; settings && settings->name; settings++)
		write_setting(emit, settings);
	emit_close(emit, '}');
	emit_bool(emit, "additionalProperties", false);
}

bool
tfa_schema_write(enum tfa_schema schema,
    const struct tfa_schema_setting *settings, FILE *out, struct tfa_error *err)
{
	struct emit emit;

	emit_init(&emit, out, true);
	emit_open(&emit, NULL, '{');
	emit_str(
	    &emit, "$schema", STR("http://json-schema.org/draft-07/schema#"));
	emit_str(&emit, "title", str_of(titles[schema]));
	if (schema == TFA_SCHEMA_CONFIG)
		write_settings(&emit, settings);
	else
		shape_write_inside(&emit, shapes[schema]);
	if (schema == TFA_SCHEMA_CONTROLS)
		shape_write_conditions(&emit);
	emit_close(&emit, '}');
	return emit_finish(&emit) ||
	       error_set(err, TFA_ERR_REPORT, "cannot be written");
}
