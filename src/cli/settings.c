/* From words to settings, by the table of options. */
#include "cli/option.h"

#include <stdlib.h>
#include <string.h>

char *
settings_keep(struct settings *settings, const char *text, size_t len,
    struct tfa_error *err)
{
	char **copies = realloc(settings->copies,
	    (settings->copy_count + 1) * sizeof(*copies));
	char *copy = malloc(len + 1);

	if (copies)
		settings->copies = copies;
	if (!copies || !copy) {
		free(copy);
		cli_nomem(err);
		return NULL;
	}
	memcpy(copy, text, len);
	copy[len] = 0;
	settings->copies[settings->copy_count++] = copy;
	return copy;
}

bool
settings_choose(struct settings *settings, const struct option *option,
    const char *value, const char *origin, struct tfa_error *err)
{
	struct chosen *chosen = realloc(settings->chosen,
	    (settings->chosen_count + 1) * sizeof(*chosen));

	if (!chosen)
		return cli_nomem(err);
	settings->chosen = chosen;
	chosen[settings->chosen_count++] =
	    (struct chosen){option, value, origin};
	return true;
}

struct reader {
	struct settings *settings;
	unsigned command;
	char *const *words;
	size_t count, next;
	struct tfa_error *err;
};

static const struct option *
find_letter(const struct reader *reader, char letter)
{
	for (const struct option *o = cli_options; o->name; o++) {
		if ((o->commands & reader->command) && o->letter == letter)
			return o;
	}
	return NULL;
}

/* NULL with the error set where the command has no such option. */
static const struct option *
find_option(struct reader *reader, const char *name)
{
	struct guess guess = {.text = name};

	for (const struct option *o = cli_options; o->name; o++) {
		if ((o->commands & reader->command) &&
		    strcmp(o->name, name) == 0)
			return o;
	}
	for (const struct option *o = cli_options; o->name; o++) {
		if (o->commands & reader->command)
			guess_offer(&guess, o->name);
	}
	cli_unknown(reader->err, "option", &guess);
	return NULL;
}

/* value is what is attached to the option, or NULL. */
static bool
apply(struct reader *reader, const struct option *option, const char *value)
{
	if (option->metavar && !value) {
		if (reader->next == reader->count)
			return cli_fail(reader->err, TFA_ERR_USAGE,
			    "%s needs a value: %s %s", option->name,
			    option->name, option->metavar);
		value = reader->words[reader->next++];
	}
	if (!option->metavar && value)
		return cli_fail(reader->err, TFA_ERR_USAGE,
		    "%s takes no value", option->name);
	return settings_choose(reader->settings, option,
		   value ? value : "true", "command line", reader->err) &&
	    option->set(reader->settings, option, value, reader->err);
}

static bool
read_long(struct reader *reader, const char *word)
{
	size_t len = strcspn(word, "=");
	const char *value = word[len] ? word + len + 1 : NULL;
	char *name = settings_keep(reader->settings, word, len, reader->err);
	const struct option *option = name ? find_option(reader, name) : NULL;

	return option && apply(reader, option, value);
}

/* "-q", "-qv", "-oFILE". */
static bool
read_short(struct reader *reader, const char *word)
{
	for (word++; *word; word++) {
		const struct option *option = find_letter(reader, *word);

		if (!option)
			return cli_fail(reader->err, TFA_ERR_USAGE,
			    "unknown option \"-%c\"", *word);
		if (option->metavar)
			return apply(
			    reader, option, word[1] ? word + 1 : NULL);
		if (!apply(reader, option, NULL))
			return false;
	}
	return true;
}

static bool
read_word(struct reader *reader, bool *only_arguments)
{
	const char *word = reader->words[reader->next++];

	if (*only_arguments || word[0] != '-' || !word[1])
		return texts_add(
		    &reader->settings->arguments, word, reader->err);
	if (strcmp(word, "--") == 0) {
		*only_arguments = true;
		return true;
	}
	return word[1] == '-' ? read_long(reader, word)
			      : read_short(reader, word);
}

/* Of what can change a verdict or the status, and no word has set. */
static bool
settle_origins(struct settings *settings, struct tfa_error *err)
{
	struct tfa_options *options = &settings->options;

	settings->origins = calloc(
	    settings->chosen_count + 1, sizeof(*settings->origins));
	if (!settings->origins)
		return cli_nomem(err);
	options->origins = settings->origins;
	for (size_t i = 0; i < settings->chosen_count; i++) {
		const struct chosen *chosen = &settings->chosen[i];

		if (chosen->option->group > GROUP_GATE ||
		    strcmp(chosen->origin, "command line") == 0)
			continue;
		settings->origins[options->origin_count++] =
		    (struct tfa_setting_origin){chosen->option->name,
			chosen->value, chosen->origin};
	}
	return true;
}

/* What several options say together. */
bool
settings_settle(struct settings *settings, struct tfa_error *err)
{
	struct tfa_options *options = &settings->options;

	if (!settle_origins(settings, err))
		return false;
	options->controls = settings->controls.items;
	options->control_count = settings->controls.count;
	options->frameworks = settings->frameworks.items;
	options->framework_count = settings->frameworks.count;
	options->profiles = settings->profiles.items;
	options->profile_count = settings->profiles.count;
	options->enforce = settings->enforce.items;
	options->enforce_count = settings->enforce.count;
	if (options->import_skips && !options->source_root)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--import-skips reads comments in the source: it needs "
		    "--source-root DIR");
	if (settings->all && settings->style.show)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--all and --show exclude each other");
	if (settings->style.summary && settings->style.quiet)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--summary-only and --quiet leave nothing to print");
	if (settings->all)
		settings->style.show =
		    TFA_PASS | TFA_FAIL | TFA_UNKNOWN | TFA_WAIVED | TFA_ERROR;
	options->list |= settings->style.show & TFA_PASS;
	for (size_t i = 0; i < settings->output_count; i++)
		options->list |= tfa_format_list(settings->outputs[i].format);
	return true;
}

bool
settings_read(struct settings *settings, unsigned command, char *const *words,
    size_t count, struct tfa_error *err)
{
	struct reader reader = {settings, command, words, count, 0, err};
	bool only_arguments = false;

	while (reader.next < count) {
		if (!read_word(&reader, &only_arguments))
			return false;
	}
	return true;
}

void
settings_free(struct settings *settings)
{
	texts_free(&settings->arguments);
	texts_free(&settings->policies);
	texts_free(&settings->set);
	texts_free(&settings->controls);
	texts_free(&settings->frameworks);
	texts_free(&settings->profiles);
	texts_free(&settings->enforce);
	texts_free(&settings->classes);
	texts_free(&settings->waivers);
	texts_free(&settings->facts);
	free(settings->outputs);
	free(settings->chosen);
	free(settings->origins);
	for (size_t i = 0; i < settings->copy_count; i++)
		free(settings->copies[i]);
	free(settings->copies);
	*settings = (struct settings){0};
}
