/* The command that runs the tests of controls. */
#include <string.h>

#include "cli/command.h"

struct testing {
	struct tfa_policies *policies;
	struct tfa_test_options options;
	struct tfa_test_counts counts;
};

static bool
ends(const char *text, const char *ending)
{
	size_t len = strlen(text), tail = strlen(ending);

	return len >= tail && strcmp(text + len - tail, ending) == 0;
}

static bool
load_arguments(struct tfa_policies *policies, const struct texts *arguments,
    struct tfa_error *err)
{
	for (size_t i = 0; i < arguments->count; i++) {
		const char *path = arguments->items[i];

		if (!ends(path, "_test.yaml") && !ends(path, "_test.yml") &&
		    !tfa_policies_load(policies, path, err))
			return false;
	}
	return true;
}

static bool
write_tests(void *ctx, FILE *out, struct tfa_error *err)
{
	struct testing *testing = ctx;

	return tfa_test_write(testing->policies, &testing->options, out,
	    &testing->counts, err);
}

static int
status_of(const struct testing *testing, const struct cli_io *io)
{
	if (testing->counts.failed)
		return STATUS_FAIL;
	if (testing->counts.tests)
		return STATUS_PASS;
	fputs("tfassay: no test was run\n", io->err);
	return STATUS_UNDECIDED;
}

int
command_test(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	struct tfa_error err = {0};
	struct outputs outputs = {0};
	struct testing testing = {.options = {
	    .paths = arguments->items,
	    .path_count = arguments->count,
	    .controls = settings->options.controls,
	    .control_count = settings->options.control_count,
	    .now = settings->options.as_of ? settings->options.as_of
					   : "2026-01-01T00:00:00Z",
	    .builtin = arguments->count == 0,
	    .all = settings->all,
	    .coverage = settings->coverage,
	    .mutate = settings->mutate,
	    .color = color_wanted(settings, io, settings->file)}};
	bool ok = outputs_open_one(&outputs, settings, &err);

	if (ok) {
		testing.options.format = outputs.items[0].format;
		testing.policies = policies_open(settings, io, &err);
	}
	ok = ok && testing.policies &&
	    load_arguments(testing.policies, arguments, &err) &&
	    output_put(
		outputs.items[0].file, write_tests, &testing, io, &err);
	tfa_policies_free(testing.policies);
	outputs_free(&outputs);
	return ok ? status_of(&testing, io) : usage_error(io, "test", &err);
}
