/*
 * Completion scripts for shells, made from the tables of commands and options:
 * nothing in them has to be kept in step by hand.
 */
#include <string.h>

#include "cli/command.h"

/* What may stand for a value or an argument. */
enum offer { OFFER_NOTHING, OFFER_FILES, OFFER_WORDS };

static const char *
next_word(const char *text, size_t *len)
{
	*len = strcspn(text, "|");
	return text[*len] ? text + *len + 1 : NULL;
}

static bool
is_word(const char *text)
{
	return text[0] && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz|")];
}

/* Files, unless the table knows better. */
static enum offer
argument_offer(const struct command *command)
{
	if (is_word(command->arguments) ||
	    strcmp(command->arguments, "[COMMAND]") == 0)
		return OFFER_WORDS;
	return command->arguments[0] ? OFFER_FILES : OFFER_NOTHING;
}

static bool
is_formats(const struct option *option)
{
	return strncmp(option->metavar, "NAME[=FILE]", 11) == 0;
}

static enum offer
value_offer(const struct option *option)
{
	static const char *const files[] = {"FILE", "PATH", "DIR", "RESULT"};

	if (option->words || is_formats(option))
		return OFFER_WORDS;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (strcmp(option->metavar, files[i]) == 0)
			return OFFER_FILES;
	}
	return OFFER_NOTHING;
}

static void
put_format(
    void *ctx, const char *name, const char *help, const char *media_type)
{
	(void)help;
	(void)media_type;
	fprintf(ctx, " %s", name);
}

/* Each with a blank before it. */
static void
put_values(FILE *out, const struct option *option)
{
	if (!option->words)
		tfa_format_each(put_format, out);
	for (const struct word *word = option->words; word && word->name;
	     word++)
		fprintf(out, " %s", word->name);
}

static void
put_commands(FILE *out)
{
	for (const struct command *c = cli_commands; c->name; c++)
		fprintf(out, " %s", c->name);
}

static void
put_arguments(FILE *out, const struct command *command)
{
	const char *text = command->arguments;
	size_t len;

	if (!is_word(text)) {
		put_commands(out);
		return;
	}
	while (text) {
		const char *word = text;

		text = next_word(word, &len);
		fprintf(out, " %.*s", (int)len, word);
	}
}

/* In single quotes, with what the shell's lists take for theirs escaped. */
static void
put_text(FILE *out, const char *text, const char *quote, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs(quote, out);
		else if (strchr(special, *text))
			fprintf(out, "\\%c", *text);
		else
			putc(*text, out);
	}
}

/* --- bash --- */

static void
bash_options(FILE *out, const struct command *command)
{
	fputs("\t\toptions='", out);
	for (const struct option *o = cli_options; o->name; o++) {
		if (o->commands & command->bit)
			fprintf(out, " %s", o->name);
	}
	fputs("'\n", out);
}

static void
bash_values(FILE *out, const struct command *command)
{
	fputs("\t\tcase $previous in\n", out);
	for (const struct option *o = cli_options; o->name; o++) {
		enum offer offer;

		if (!o->metavar || !(o->commands & command->bit))
			continue;
		offer = value_offer(o);
		fprintf(out, "\t\t%s", o->name);
		if (o->letter)
			fprintf(out, "|-%c", o->letter);
		fprintf(out, ") offer=%s; words='",
		    offer == OFFER_FILES ? "files" : "words");
		if (offer == OFFER_WORDS)
			put_values(out, o);
		fputs("' ;;\n", out);
	}
	fputs("\t\tesac\n", out);
}

static void
bash_command(FILE *out, const struct command *command)
{
	enum offer offer = argument_offer(command);

	fprintf(out, "\t%s)\n", command->name);
	bash_options(out, command);
	fprintf(out, "\t\targuments='");
	if (offer == OFFER_WORDS)
		put_arguments(out, command);
	fprintf(out, "'\n\t\tfiles=%s\n",
	    offer == OFFER_FILES ? "yes" : "");
	bash_values(out, command);
	fputs("\t\t;;\n", out);
}

/* A list behind commas is completed at its last word. */
static void
write_bash(FILE *out)
{
	fputs("# tfassay completion for bash\n_tfassay()\n{\n"
	      "\tlocal current=${COMP_WORDS[COMP_CWORD]}\n"
	      "\tlocal previous=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\tlocal options='' arguments='' files='' offer='' words='' "
	      "lead=''\n"
	      "\tCOMPREPLY=()\n"
	      "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
	      "\t\tCOMPREPLY=($(compgen -W '",
	    out);
	put_commands(out);
	fputs("' -- \"$current\"))\n\t\treturn\n\tfi\n"
	      "\tif [ \"$current\" = '=' ]; then\n\t\tcurrent=''\n"
	      "\telif [ \"$previous\" = '=' ]; then\n"
	      "\t\tprevious=${COMP_WORDS[COMP_CWORD-2]}\n\tfi\n"
	      "\tcase ${COMP_WORDS[1]} in\n",
	    out);
	for (const struct command *c = cli_commands; c->name; c++)
		bash_command(out, c);
	fputs("\tesac\n"
	      "\tif [ -z \"$offer\" ]; then\n"
	      "\t\tcase $current in\n"
	      "\t\t-*) offer=words words=$options ;;\n"
	      "\t\t*) offer=${files:+files} words=$arguments ;;\n"
	      "\t\tesac\n"
	      "\tfi\n"
	      "\tif [ \"$offer\" = files ]; then\n"
	      "\t\tlocal IFS=$'\\n'\n"
	      "\t\tcompopt -o filenames 2>/dev/null\n"
	      "\t\tCOMPREPLY=($(compgen -f -- \"$current\"))\n"
	      "\t\treturn\n"
	      "\tfi\n"
	      "\tcase $current in\n"
	      "\t*,*) lead=${current%,*}, current=${current##*,} ;;\n"
	      "\tesac\n"
	      "\tCOMPREPLY=($(compgen -P \"$lead\" -W \"$words\" -- "
	      "\"$current\"))\n"
	      "}\ncomplete -F _tfassay tfassay\n",
	    out);
}

/* --- zsh --- */

#define ZSH_QUOTE "'\\''"
#define ZSH_SPECIAL "[]:\\"

static void
zsh_option(FILE *out, const struct option *option)
{
	fputs(" \\\n\t\t\t", out);
	if (option->letter)
		fprintf(out, "'*'{-%c,%s}'[", option->letter, option->name);
	else
		fprintf(out, "'*%s[", option->name);
	put_text(out, option->help, ZSH_QUOTE, ZSH_SPECIAL);
	putc(']', out);
	if (option->metavar) {
		putc(':', out);
		put_text(out, option->metavar, ZSH_QUOTE, ZSH_SPECIAL);
		putc(':', out);
		if (value_offer(option) == OFFER_FILES) {
			fputs("_files", out);
		} else if (value_offer(option) == OFFER_WORDS) {
			putc('(', out);
			put_values(out, option);
			putc(')', out);
		}
	}
	putc('\'', out);
}

static void
zsh_command(FILE *out, const struct command *command)
{
	enum offer offer = argument_offer(command);

	fprintf(out, "\t%s)\n\t\t_arguments", command->name);
	for (const struct option *o = cli_options; o->name; o++) {
		if (o->commands & command->bit)
			zsh_option(out, o);
	}
	if (offer == OFFER_FILES) {
		fputs(" \\\n\t\t\t'*:file:_files'", out);
	} else if (offer == OFFER_WORDS) {
		fputs(" \\\n\t\t\t'1:word:(", out);
		put_arguments(out, command);
		fputs(")'", out);
	}
	fputs("\n\t\t;;\n", out);
}

static void
write_zsh(FILE *out)
{
	fputs("#compdef tfassay\n_tfassay()\n{\n"
	      "\tlocal -a commands=(",
	    out);
	for (const struct command *c = cli_commands; c->name; c++) {
		fprintf(out, "\n\t\t'%s:", c->name);
		put_text(out, c->summary, ZSH_QUOTE, "\\");
		putc('\'', out);
	}
	fputs("\n\t)\n"
	      "\tif ((CURRENT == 2)); then\n"
	      "\t\t_describe command commands\n"
	      "\t\treturn\n"
	      "\tfi\n"
	      "\tlocal command=$words[2]\n"
	      "\tshift words\n"
	      "\t((CURRENT--))\n"
	      "\tcase $command in\n",
	    out);
	for (const struct command *c = cli_commands; c->name; c++)
		zsh_command(out, c);
	fputs("\tesac\n}\n"
	      "if [ \"$funcstack[1]\" = _tfassay ]; then\n"
	      "\t_tfassay \"$@\"\n"
	      "else\n\tcompdef _tfassay tfassay\nfi\n",
	    out);
}

/* --- fish --- */

static void
fish_option(
    FILE *out, const struct command *command, const struct option *option)
{
	enum offer offer =
	    option->metavar ? value_offer(option) : OFFER_NOTHING;

	fprintf(out,
	    "complete -c tfassay -n '__fish_seen_subcommand_from %s' -l %s",
	    command->name, option->name + 2);
	if (option->letter)
		fprintf(out, " -s %c", option->letter);
	if (option->metavar)
		fputs(offer == OFFER_FILES ? " -r -F" : " -x", out);
	if (offer == OFFER_WORDS) {
		fputs(" -a '", out);
		put_values(out, option);
		putc('\'', out);
	}
	fputs(" -d '", out);
	put_text(out, option->help, "\\'", "\\");
	fputs("'\n", out);
}

static void
fish_command(FILE *out, const struct command *command)
{
	enum offer offer = argument_offer(command);

	fprintf(out,
	    "complete -c tfassay -n __fish_use_subcommand -f -a %s -d '",
	    command->name);
	put_text(out, command->summary, "\\'", "\\");
	fputs("'\n", out);
	if (offer != OFFER_FILES) {
		fprintf(out,
		    "complete -c tfassay -n '__fish_seen_subcommand_from %s' "
		    "-f",
		    command->name);
		if (offer == OFFER_WORDS) {
			fputs(" -a '", out);
			put_arguments(out, command);
			putc('\'', out);
		}
		putc('\n', out);
	}
	for (const struct option *o = cli_options; o->name; o++) {
		if (o->commands & command->bit)
			fish_option(out, command, o);
	}
}

static void
write_fish(FILE *out)
{
	fputs("# tfassay completion for fish\n", out);
	for (const struct command *c = cli_commands; c->name; c++)
		fish_command(out, c);
}

/* --- The command --- */

int
command_completion(const struct settings *settings, const struct cli_io *io)
{
	static const struct {
		const char *name;
		void (*write)(FILE *out);
	} shells[] = {
	    {"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
	struct guess guess = {0};
	struct tfa_error err = {0};

	if (!arguments_check(settings, 1, "the shell", &err))
		return usage_error(io, "completion", &err);
	guess.text = settings->arguments.items[0];
	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shells[i].name, guess.text) == 0) {
			shells[i].write(io->out);
			return STATUS_PASS;
		}
		guess_offer(&guess, shells[i].name);
	}
	cli_unknown(&err, "shell", &guess);
	return usage_error(io, "completion", &err);
}
