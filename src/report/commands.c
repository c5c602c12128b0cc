/*
 * Commands that CI runners read from the log: GitHub's and Azure's.  Both show
 * few of them and drop the rest in silence, so the gravest come first and the
 * last one says how many are left.
 */
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

enum {
	GITHUB_MOST = 10,    /* of each kind that a step shows */
	GITHUB_TEXT = 4000,  /* of a message: longer ones are cut at 4096 */
	AZURE_MOST = 100,
};

/* What must not stand in a command, and what stands there instead. */
struct escape {
	char byte;
	const char *data, *property; /* NULL: as it is */
};

static const struct escape github_escapes[] = {
    {'%', "%25", "%25"},
    {'\r', "%0D", "%0D"},
    {'\n', "%0A", "%0A"},
    {':', NULL, "%3A"},
    {',', NULL, "%2C"},
};
static const struct escape azure_escapes[] = {
    {'%', "%AZP25", "%AZP25"},
    {'\r', "%0D", "%0D"},
    {'\n', "%0A", "%0A"},
    {';', NULL, "%3B"},
    {']', NULL, "%5D"},
};

struct commands {
	FILE *out;
	const struct escape *escapes;
	size_t count;
	struct buf text;
};

static const char *
escape_of(const struct commands *commands, char byte, bool property)
{
	for (size_t i = 0; i < commands->count; i++) {
		const struct escape *escape = &commands->escapes[i];

		if (escape->byte == byte)
			return property ? escape->property : escape->data;
	}
	return NULL;
}

static void
put(struct commands *commands, struct str clean, bool property)
{
	for (size_t i = 0; i < clean.len; i++) {
		const char *escaped =
		    escape_of(commands, clean.ptr[i], property);

		if (escaped)
			fputs(escaped, commands->out);
		else
			putc(clean.ptr[i], commands->out);
	}
}

static void
put_property(struct commands *commands, struct str raw, size_t most)
{
	put(commands, form_text(&commands->text, raw, most), true);
}

/* "title: address: reason" */
static void
put_message(struct commands *commands, const struct finding *finding,
    size_t most)
{
	struct str clean =
	    form_text(&commands->text, finding->control->title, CLEAN_TEXT);

	put(commands, clean, false);
	fputs(": ", commands->out);
	put(commands, finding_message(&commands->text, finding, most), false);
}

static bool
commands_end(struct commands *commands, struct tfa_error *err)
{
	return form_end(commands->out, &commands->text, err);
}

/* --- GitHub --- */

static void
github_finding(struct commands *commands, const struct tfa_report *report,
    const struct finding *finding)
{
	struct place place = finding_place(report, finding);

	fprintf(commands->out, "::%s file=", finding_grade(finding)->github);
	put_property(commands, place.file, CLEAN_ADDRESS);
	fprintf(commands->out, ",line=%zu,title=", place.line);
	put_property(commands, finding->control->id, CLEAN_TEXT);
	fputs("::", commands->out);
	put_message(commands, finding, GITHUB_TEXT / 2);
	putc('\n', commands->out);
}

struct kind {
	const char *name;
	size_t shown, left;
};

static void
github_left(struct commands *commands, const struct kind *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (kinds[i].left)
			fprintf(commands->out,
			    "::%s title=tfassay::%zu more %ss are not shown "
			    "here\n",
			    kinds[i].name, kinds[i].left, kinds[i].name);
	}
}

static void
github_refused(struct commands *commands, const struct plan_result *plan)
{
	if (plan->error.code == TFA_ERR_NONE)
		return;
	fputs("::error file=", commands->out);
	put_property(commands, plan->path, CLEAN_ADDRESS);
	fputs(",title=tfassay::the plan cannot be judged: ", commands->out);
	put(commands,
	    form_text(&commands->text, str_of(plan->error.message), CLEAN_PROSE),
	    false);
	putc('\n', commands->out);
}

/* True: there is a place for one more. */
static bool
take_place(struct kind *kind)
{
	if (kind->shown >= GITHUB_MOST - 1) {
		kind->left++;
		return false;
	}
	kind->shown++;
	return true;
}

static void
github_problem(struct commands *commands, const struct problem *problem,
    const char *kind)
{
	fprintf(commands->out, "::%s file=", kind);
	put_property(commands, problem->file, CLEAN_ADDRESS);
	if (problem->pos.line)
		fprintf(commands->out, ",line=%zu,col=%zu", problem->pos.line,
		    problem->pos.column);
	fprintf(commands->out, ",title=tfassay lint (%s)::", problem->class);
	put(commands,
	    form_text(&commands->text, problem->message, CLEAN_PROSE), false);
	putc('\n', commands->out);
}

bool
problems_write_github(const struct problems *problems, bool color, FILE *out,
    struct tfa_error *err)
{
	struct commands commands = {
	    out, github_escapes, COUNTOF(github_escapes), {0}};
	struct kind kinds[] = {{"error", 0, 0}, {"warning", 0, 0}};

	(void)color;
	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->items[i];
		struct kind *kind =
		    &kinds[strcmp(problem->class, "error") != 0];

		if (take_place(kind))
			github_problem(&commands, problem, kind->name);
	}
	github_left(&commands, kinds, COUNTOF(kinds));
	return commands_end(&commands, err);
}

/* What is left out gets the last place of its kind. */
static bool
write_github(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct commands commands = {
	    out, github_escapes, COUNTOF(github_escapes), {0}};
	struct kind kinds[] = {
	    {"error", 0, 0}, {"warning", 0, 0}, {"notice", 0, 0}};

	for (size_t i = 0; i < report->plan_count; i++) {
		github_refused(&commands, &report->plans[i]);
		kinds[0].shown +=
		    report->plans[i].error.code != TFA_ERR_NONE;
	}
	FINDINGS_EACH(report, style, finding)
	{
		struct kind *kind = kinds;

		if (finding->verdict == VERDICT_PASS)
			continue;
		while (strcmp(kind->name, finding_grade(finding)->github) != 0)
			kind++;
		if (take_place(kind))
			github_finding(&commands, report, finding);
	}
	github_left(&commands, kinds, COUNTOF(kinds));
	return commands_end(&commands, err);
}

const struct reporter reporter_github = {
    .name = "github",
    .help = "annotations of GitHub Actions, within what a step shows",
    .media_type = "text/plain",
    .write = write_github,
};

/* --- Azure --- */

static void
azure_finding(struct commands *commands, const struct tfa_report *report,
    const struct finding *finding)
{
	struct place place = finding_place(report, finding);

	fprintf(commands->out, "##vso[task.logissue type=%s;sourcepath=",
	    finding_grade(finding)->azure);
	put_property(commands, place.file, CLEAN_ADDRESS);
	fprintf(commands->out, ";linenumber=%zu;columnnumber=%zu;code=",
	    place.line, place.column);
	put_property(commands, finding->control->id, CLEAN_TEXT);
	fputs(";]", commands->out);
	put_message(commands, finding, CLEAN_PROSE);
	putc('\n', commands->out);
}

static void
azure_end(struct commands *commands, const struct tfa_report *report,
    size_t left)
{
	const char *result = "Failed";

	if (report->status == 0)
		result = report->totals.tally.fail ? "SucceededWithIssues"
						   : "Succeeded";

	if (left)
		fprintf(commands->out,
		    "##vso[task.logissue type=warning;]%zu more findings are "
		    "not shown here\n",
		    left);
	fprintf(commands->out, "##vso[task.complete result=%s;]%s\n", result,
	    outcome_name(report->outcome));
}

static bool
write_azure(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct commands commands = {
	    out, azure_escapes, COUNTOF(azure_escapes), {0}};
	size_t shown = 0, left = 0;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];

		if (plan->error.code == TFA_ERR_NONE)
			continue;
		fputs("##vso[task.logissue type=error;]", out);
		put(&commands,
		    form_text(&commands.text, plan->path, CLEAN_ADDRESS),
		    false);
		fputs(": the plan cannot be judged: ", out);
		put(&commands,
		    form_text(&commands.text, str_of(plan->error.message),
			CLEAN_PROSE),
		    false);
		putc('\n', out);
	}
	FINDINGS_EACH(report, style, finding)
	{
		if (finding->verdict == VERDICT_PASS)
			continue;
		if (shown++ < AZURE_MOST)
			azure_finding(&commands, report, finding);
		else
			left++;
	}
	azure_end(&commands, report, left);
	return commands_end(&commands, err);
}

const struct reporter reporter_azure = {
    .name = "azure",
    .help = "logging commands of Azure Pipelines",
    .media_type = "text/plain",
    .write = write_azure,
};
