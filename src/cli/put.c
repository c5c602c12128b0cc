/* A report in one format to its place, and the status that this ends with. */
#include <string.h>

#include "cli/command.h"
#include "cli/file.h"

struct writing {
	const struct tfa_report *report;
	const struct output *output;
	const struct settings *settings;
	const struct cli_io *io;
};

static bool
write_report(void *ctx, FILE *out, struct tfa_error *err)
{
	const struct writing *writing = ctx;
	const struct output *output = writing->output;
	struct tfa_report_style style = writing->settings->style;

	style.color =
	    color_wanted(writing->settings, writing->io, output->file);
	return tfa_report_write(
	    writing->report, output->format, &style, out, err);
}

bool
output_put(const char *file, report_file_writer *write, void *ctx,
    const struct cli_io *io, struct tfa_error *err)
{
	if (file)
		return report_file_write(file, write, ctx, err);
	return write(ctx, io->out, err) ||
	    (ferror(io->out) && err->code == TFA_ERR_REPORT);
}

static bool
is_for_people(const char *format)
{
	return strcmp(format, "text") == 0 || strcmp(format, "concise") == 0;
}

int
report_put(const struct tfa_report *report, const struct output *output,
    bool tell_people, const struct settings *settings,
    const struct cli_io *io)
{
	struct writing writing = {report, output, settings, io};
	struct tfa_error err = {0};

	if (strcmp(output->format, "sqlite") == 0) {
		if (tfa_report_store(
			report, &settings->style, output->file, &err))
			return STATUS_PASS;
		cli_diagnose(io->err, output->file, &err);
		return tfa_error_status(&err);
	}
	verbose(settings, io, "writing %s to %s", output->format,
	    output->file ? output->file : "standard output");
	if (!output->file && !tell_people && is_for_people(output->format))
		return STATUS_PASS;
	if (output_put(output->file, write_report, &writing, io, &err))
		return STATUS_PASS;
	cli_diagnose(io->err, output->file ? output->file : "standard output",
	    &err);
	return tfa_error_status(&err);
}

void
outputs_clear(const struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++) {
		const struct output *output = &outputs->items[i];

		if (output->file && strcmp(output->format, "sqlite") != 0)
			report_file_clear(output->file);
	}
}
