/* Help pages, made from the tables of commands and options. */
#include <string.h>

#include "cli/command.h"

enum { TEXT_COLUMN = 28, LINE_WIDTH = 79 };

static const char *const group_titles[] = {[GROUP_POLICIES] = "Policies",
    [GROUP_SCOPE] = "What is judged",
    [GROUP_GATE] = "What blocks",
    [GROUP_REPLAY] = "Many plans",
    [GROUP_OUTPUT] = "Output",
    [GROUP_LIMITS] = "Limits",
    [GROUP_GENERAL] = "General"};

static const struct {
	int status;
	const char *meaning;
} statuses[] = {
    {STATUS_PASS,      "judged everything; nothing that blocks"		   },
    {STATUS_FAIL,      "at least one blocking failure"			       },
    {STATUS_USAGE,     "wrong usage, or a policy file is invalid"		     },
    {STATUS_PLAN,
	"the plan cannot be trusted: malformed, truncated, not a plan"	       },
    {STATUS_UNDECIDED,
	"not decided: something that blocks is unknown or in error, or the "
	"plan is errored or incomplete, or nothing was judged"		       },
    {STATUS_REPORT,    "a report could not be written whole"		       },
    {STATUS_INTERNAL,  "out of memory, a limit reached, a broken invariant"},
};

/* Words of text from column on, in lines that begin at indent. */
static void
put_wrapped(FILE *out, const char *text, int indent, int column)
{
	while (*text) {
		int len = (int)strcspn(text, " ");

		if (column > indent && column + 1 + len > LINE_WIDTH) {
			fprintf(out, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			fputc(' ', out);
			column++;
		}
		column += fprintf(out, "%.*s", len, text);
		text += len;
		text += *text == ' ';
	}
	fputc('\n', out);
}

/* A term that takes column characters so far, and what it means. */
static void
put_meaning(FILE *out, int column, const char *text)
{
	if (column >= TEXT_COLUMN)
		fprintf(out, "\n%*s", TEXT_COLUMN, "");
	else
		fprintf(out, "%*s", TEXT_COLUMN - column, "");
	put_wrapped(out, text, TEXT_COLUMN, TEXT_COLUMN);
}

static void
put_option(FILE *out, const struct option *option)
{
	int column = option->letter
	    ? fprintf(out, "  -%c, %s", option->letter, option->name)
	    : fprintf(out, "      %s", option->name);

	if (option->metavar)
		column += fprintf(out, " %s", option->metavar);
	put_meaning(out, column, option->help);
}

static void
put_group(FILE *out, enum option_group group, unsigned command)
{
	bool titled = false;

	for (const struct option *o = cli_options; o->name; o++) {
		if (o->group != group || !(o->commands & command))
			continue;
		if (!titled)
			fprintf(out, "\n%s:\n", group_titles[group]);
		titled = true;
		put_option(out, o);
	}
}

/* Calls of one line each. */
static void
put_lines(FILE *out, const char *lines)
{
	while (*lines) {
		int len = (int)strcspn(lines, "\n");

		fprintf(out, "  %.*s\n", len, lines);
		lines += len;
		lines += *lines == '\n';
	}
}

static void
put_paragraphs(FILE *out, const char *text)
{
	char line[512];

	while (*text) {
		size_t len = strcspn(text, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)len, text);
		put_wrapped(out, line, 0, 0);
		text += len;
		text += *text == '\n';
	}
}

static void
put_statuses(FILE *out)
{
	fputs("\nExit status:\n", out);
	for (size_t i = 0; i < COUNTOF(statuses); i++) {
		int column = fprintf(out, "  %d  ", statuses[i].status);

		put_wrapped(out, statuses[i].meaning, column, column);
	}
}

static void
put_command_page(FILE *out, const struct command *command)
{
	int column;

	fprintf(out, "tfassay %s: %s\n\n", command->name, command->summary);
	column = fprintf(out, "Usage: tfassay %s [OPTION]...", command->name);
	if (command->arguments[0])
		fprintf(out, "%s%s",
		    (size_t)column + strlen(command->arguments) < LINE_WIDTH
			? " "
			: "\n  ",
		    command->arguments);
	fputc('\n', out);
	if (command->example) {
		fputs("\nExamples:\n", out);
		put_lines(out, command->example);
	}
	if (command->details) {
		fputc('\n', out);
		put_paragraphs(out, command->details);
	}
	for (unsigned group = 0; group < GROUP_COUNT; group++)
		put_group(out, (enum option_group)group, command->bit);
	if (command->bit & (COMMAND_CHECK | COMMAND_REPLAY))
		put_statuses(out);
}

static void
put_tool_page(FILE *out)
{
	fputs("tfassay judges what a Terraform plan is about to do.\n\n"
	      "Usage: tfassay COMMAND [OPTION]... [ARGUMENT]...\n\n"
	      "Examples:\n"
	      "  terraform show -json plan.out | tfassay check -\n"
	      "  tfassay check plan.json\n"
	      "  tfassay explain CONTROL\n\n"
	      "Commands:\n",
	    out);
	for (const struct command *c = cli_commands; c->name; c++) {
		int column = fprintf(out, "  %s", c->name);

		put_meaning(out, column, c->summary);
	}
	fputs("\nThe options of a command: tfassay COMMAND --help\n", out);
	put_statuses(out);
}

void
help_write(FILE *out, const struct command *command)
{
	if (command)
		put_command_page(out, command);
	else
		put_tool_page(out);
}

int
command_help(const struct settings *settings, const struct cli_io *io)
{
	struct tfa_error err = {0};
	const struct command *command = NULL;

	if (settings->arguments.count > 0) {
		if (!arguments_check(settings, 1, "the command", &err))
			return usage_error(io, NULL, &err);
		command = command_find(settings->arguments.items[0], &err);
		if (!command)
			return usage_error(io, NULL, &err);
	}
	help_write(io->out, command);
	return STATUS_PASS;
}
