/* The command that writes JSON Schemas of what people write. */
#include <string.h>

#include "cli/command.h"

enum { SETTINGS_MOST = 128, WORDS_MOST = 16 };

static const struct {
	const char *name;
	enum tfa_schema schema;
} schemas[] = {
    {"controls", TFA_SCHEMA_CONTROLS},
    {"waivers",  TFA_SCHEMA_WAIVERS },
    {"facts",    TFA_SCHEMA_FACTS   },
    {"config",   TFA_SCHEMA_CONFIG  },
    {"result",   TFA_SCHEMA_RESULT  },
};

struct schema {
	enum tfa_schema schema;
	struct tfa_schema_setting settings[SETTINGS_MOST];
	const char *words[SETTINGS_MOST][WORDS_MOST];
};

static bool
find_schema(enum tfa_schema *out, const char *name, struct tfa_error *err)
{
	struct guess guess = {.text = name};

	for (size_t i = 0; i < COUNTOF(schemas); i++) {
		if (strcmp(schemas[i].name, name) == 0) {
			*out = schemas[i].schema;
			return true;
		}
		guess_offer(&guess, schemas[i].name);
	}
	return cli_unknown(err, "schema", &guess);
}

/* Commands may share a name; what one of them takes is right in a file. */
static bool
is_shared(const struct option *option)
{
	for (const struct option *o = cli_options; o->name; o++) {
		if (o != option && strcmp(o->name, option->name) == 0)
			return true;
	}
	return false;
}

static bool
is_there(const struct schema *schema, const char *name)
{
	for (const struct tfa_schema_setting *at = schema->settings; at->name;
	     at++) {
		if (strcmp(at->name, name) == 0)
			return true;
	}
	return false;
}

static void
describe(struct tfa_schema_setting *setting, const char **words,
    const struct option *option)
{
	*setting = (struct tfa_schema_setting){.name = option->name + 2,
	    .help = option->help,
	    .words = words,
	    .flag = !option->metavar,
	    .pairs = option->metavar && strchr(option->metavar, '=')};
	if (is_shared(option) || !option_takes_word(option))
		return;
	for (const struct word *w = option->words;
	     w->name && setting->word_count < WORDS_MOST; w++)
		words[setting->word_count++] = w->name;
}

static void
describe_all(struct schema *schema)
{
	size_t count = 0;

	for (const struct option *o = cli_options;
	     o->name && count < SETTINGS_MOST - 1; o++) {
		if (!option_is_setting(o) || is_there(schema, o->name + 2))
			continue;
		describe(&schema->settings[count], schema->words[count], o);
		count++;
	}
}

static bool
write_schema(void *ctx, FILE *out, struct tfa_error *err)
{
	const struct schema *schema = ctx;

	return tfa_schema_write(schema->schema, schema->settings, out, err);
}

int
command_schema(const struct settings *settings, const struct cli_io *io)
{
	struct tfa_error err = {0};
	struct schema schema = {.schema = TFA_SCHEMA_CONTROLS};
	bool ok =
	    arguments_check(settings, 1,
		"of what (controls, waivers, facts, config or result)", &err) &&
	    find_schema(&schema.schema, settings->arguments.items[0], &err);

	describe_all(&schema);
	ok = ok &&
	    output_put(settings->file, write_schema, &schema, io, &err);
	return ok ? STATUS_PASS : usage_error(io, "schema", &err);
}
