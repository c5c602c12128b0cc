/*
 * Options that no word of the command line has set come from the environment,
 * then from the project's file, then from the user's.  Each may set what the
 * ones before have left alone; a list is one setting.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/file.h"

#define PROJECT_FILE ".tfassay.yaml"

enum { NAME_MOST = 64, PATH_MOST = 4096 };

/* Where settings are being taken from. */
struct source {
	struct settings *settings;
	unsigned command;
	const char *path; /* of a file; or NULL */
	size_t before;	  /* options that were chosen before it */
};

static bool
is_chosen(const struct source *source, const struct option *option)
{
	for (size_t i = 0; i < source->before; i++) {
		if (source->settings->chosen[i].option == option)
			return true;
	}
	return false;
}

/* What is linted or tested is what the command line names. */
static bool
applies(const struct source *source, const struct option *option)
{
	return (option->commands & source->command) &&
	    !((source->command & (COMMAND_LINT | COMMAND_TEST)) &&
		source->settings->arguments.count &&
		strcmp(option->name, "--policies") == 0);
}

static bool
is_path(const struct option *option)
{
	static const char *const paths[] = {"PATH", "FILE", "DIR", "RESULT"};

	for (size_t i = 0; i < COUNTOF(paths); i++) {
		if (strcmp(option->metavar, paths[i]) == 0)
			return true;
	}
	return false;
}

/* Paths of a file are named from its folder; those behind "=" too. */
static const char *
resolve(const struct source *source, const struct option *option,
    const char *value, struct tfa_error *err)
{
	const char *slash = source->path ? strrchr(source->path, '/') : NULL;
	const char *name = value;
	char text[PATH_MOST];

	if (strcmp(option->metavar, "NAME[=FILE]") == 0)
		name = strchr(value, '=') ? strchr(value, '=') + 1 : NULL;
	else if (!is_path(option))
		name = NULL;
	if (!slash || !name || name[0] == '/' || strcmp(name, "-") == 0)
		return settings_keep(
		    source->settings, value, strlen(value), err);
	if (strlen(value) + (size_t)(slash - source->path) + 2 > sizeof(text)) {
		cli_fail(err, TFA_ERR_USAGE, "the path is too long");
		return NULL;
	}
	snprintf(text, sizeof(text), "%.*s%.*s/%s", (int)(name - value), value,
	    (int)(slash - source->path), source->path, name);
	return settings_keep(source->settings, text, strlen(text), err);
}

/* A flag is true or false; anything else is as on the command line. */
static bool
choose(const struct source *source, const struct option *option,
    const char *value, const char *origin, struct tfa_error *err)
{
	bool yes = strcmp(value, "true") == 0;

	if (!option->metavar && !yes && strcmp(value, "false") != 0)
		return cli_fail(err, TFA_ERR_USAGE,
		    "%s is true or false, not \"%s\"", option->name + 2, value);
	if (!option->metavar)
		return settings_choose(source->settings, option,
			   yes ? "true" : "false", origin, err) &&
		    (!yes || option->set(source->settings, option, NULL, err));
	value = resolve(source, option, value, err);
	return value &&
	    settings_choose(source->settings, option, value, origin, err) &&
	    option->set(source->settings, option, value, err);
}

/* --- The environment --- */

static void
variable_name(char out[NAME_MOST], const struct option *option)
{
	size_t len = strlen("TFASSAY_");

	memcpy(out, "TFASSAY_", len);
	for (const char *p = option->name + 2; *p && len < NAME_MOST - 1; p++) {
		char c = *p;

		if (c == '-')
			c = '_';
		else if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		out[len++] = c;
	}
	out[len] = '\0';
}

/* Several values stand on lines of their own. */
static bool
choose_lines(const struct source *source, const struct option *option,
    const char *text, const char *name, struct tfa_error *err)
{
	const char *origin =
	    settings_keep(source->settings, name, strlen(name), err);

	while (origin && *text) {
		size_t len = strcspn(text, "\n");
		char *value = settings_keep(source->settings, text, len, err);

		if (!value ||
		    (len && !choose(source, option, value, origin, err)))
			return false;
		text += len + (text[len] != '\0');
	}
	return origin != NULL;
}

static bool
read_environment(const struct source *source, const struct cli_io *io,
    struct tfa_error *err)
{
	char name[NAME_MOST];

	for (const struct option *o = cli_options; o->name; o++) {
		const char *value;

		if (!applies(source, o) || !option_is_setting(o) ||
		    is_chosen(source, o))
			continue;
		variable_name(name, o);
		value = io->env(name);
		if (!value || !*value)
			continue;
		if (!choose_lines(source, o, value, name, err)) {
			snprintf(err->file, sizeof(err->file), "%s", name);
			return false;
		}
	}
	return true;
}

/* --- Files --- */

/* The row for this command, or any row where others have such an option. */
static const struct option *
find_setting(
    const struct source *source, const char *name, struct tfa_error *err)
{
	const struct option *found = NULL;
	struct guess guess = {.text = name};

	for (const struct option *o = cli_options; o->name; o++) {
		if (!option_is_setting(o))
			continue;
		guess_offer(&guess, o->name + 2);
		if (strcmp(o->name + 2, name) != 0)
			continue;
		if (!found || (o->commands & source->command))
			found = o;
	}
	if (!found)
		cli_unknown(err, "setting", &guess);
	return found;
}

static bool
take_setting(void *ctx, const struct tfa_setting *setting,
    struct tfa_error *err)
{
	const struct source *source = ctx;
	const struct option *option =
	    find_setting(source, setting->name, err);
	char origin[PATH_MOST];
	const char *kept;

	if (!option)
		return false;
	if (!applies(source, option) || is_chosen(source, option))
		return true;
	snprintf(origin, sizeof(origin), "%s:%zu", source->path, setting->line);
	kept = settings_keep(
	    source->settings, origin, strlen(origin), err);
	return kept && choose(source, option, setting->value, kept, err);
}

bool
setting_check(
    void *ctx, const struct tfa_setting *setting, struct tfa_error *err)
{
	struct settings scratch = {0};
	struct source source = {&scratch, 0, NULL, 0};
	const struct option *option =
	    find_setting(&source, setting->name, err);
	bool ok = option != NULL;

	(void)ctx;
	/* Of commands that share a name one takes it. */
	for (const struct option *o = cli_options; ok && o->name; o++) {
		if (strcmp(o->name, option->name) != 0)
			continue;
		*err = (struct tfa_error){0};
		if (choose(&source, o, setting->value, "", err))
			break;
	}
	ok = ok && err->code == TFA_ERR_NONE;
	settings_free(&scratch);
	return ok;
}

static bool
read_file(struct source *source, const char *path, struct tfa_error *err)
{
	source->path = path;
	source->before = source->settings->chosen_count;
	if (access(path, F_OK) != 0)
		return true;
	return tfa_settings_read(path, take_setting, source, err);
}

/* The nearest one up to the repository's root; outside one, only here. */
static const char *
find_project(struct settings *settings, struct tfa_error *err)
{
	char folder[PATH_MOST], path[PATH_MOST + 32];
	char *found = NULL;
	bool here = true;

	if (!getcwd(folder, sizeof(folder)))
		return NULL;
	for (;;) {
		char *slash = strrchr(folder, '/');

		snprintf(path, sizeof(path), "%s/" PROJECT_FILE,
		    strcmp(folder, "/") == 0 ? "" : folder);
		if (!found && access(path, F_OK) == 0) {
			found = settings_keep(settings,
			    here ? PROJECT_FILE : path,
			    strlen(here ? PROJECT_FILE : path), err);
			if (here || !found)
				return found;
		}
		snprintf(path, sizeof(path), "%s/.git", folder);
		if (access(path, F_OK) == 0)
			return found;
		if (!slash || slash == folder)
			return NULL;
		*slash = '\0';
		here = false;
	}
}

static const char *
find_user(struct settings *settings, const struct cli_io *io,
    struct tfa_error *err)
{
	const char *folder = io->env("XDG_CONFIG_HOME");
	const char *inside = "";
	char path[PATH_MOST];

	if (!folder || folder[0] != '/') {
		folder = io->env("HOME");
		inside = "/.config";
	}
	if (!folder || folder[0] != '/')
		return NULL;
	snprintf(path, sizeof(path), "%s%s/tfassay/config.yaml", folder,
	    inside);
	return settings_keep(settings, path, strlen(path), err);
}

bool
settings_configure(struct settings *settings, unsigned command,
    const struct cli_io *io, struct tfa_error *err)
{
	struct source source = {
	    settings, command, NULL, settings->chosen_count};
	const char *path;

	if (settings->help || settings->no_config)
		return true;
	if (!read_environment(&source, io, err))
		return false;
	path = find_project(settings, err);
	if (path && !read_file(&source, path, err))
		return false;
	path = find_user(settings, io, err);
	if (path && !read_file(&source, path, err))
		return false;
	return err->code == TFA_ERR_NONE;
}

/* --- Where each value came from --- */

static void
show_value(const struct chosen *chosen, FILE *out)
{
	fprintf(out, "%s: \"", chosen->option->name + 2);
	for (const char *p = chosen->value; *p; p++) {
		if (*p == '"' || *p == '\\')
			putc('\\', out);
		if ((unsigned char)*p >= 0x20)
			putc(*p, out);
	}
	fputs("\"  # ", out);
	cli_put(out, chosen->origin);
	putc('\n', out);
}

void
settings_show(
    const struct settings *settings, unsigned command, FILE *out)
{
	for (const struct option *o = cli_options; o->name; o++) {
		size_t shown = 0;

		if (!(o->commands & command) || !option_is_setting(o))
			continue;
		for (size_t i = 0; i < settings->chosen_count; i++) {
			if (settings->chosen[i].option != o)
				continue;
			show_value(&settings->chosen[i], out);
			shown++;
		}
		if (!shown)
			fprintf(out, "# %s: default\n", o->name + 2);
	}
}
