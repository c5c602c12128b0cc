/*
 * Any bytes as a plan.  The report must not depend on how they arrive, so every
 * input is judged twice: whole, and in pieces of a size that its length chooses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tfassay.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tfa_policies *policies; /* loaded once for all inputs */

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct tfa_error err = {0};

	(void)argc;
	(void)argv;
	policies = tfa_policies_new(NULL);
	if (policies && tfa_policies_builtin(policies, &err))
		return 0;
	fprintf(stderr, "%s: %s\n", err.file, err.message);
	abort();
}

static bool
feed(struct tfa_eval *eval, const uint8_t *data, size_t size, size_t piece,
    struct tfa_error *err)
{
	size_t room = 0;
	char *space;

	for (size_t at = 0; at < size; at += piece) {
		size_t len = size - at < piece ? size - at : piece;
		const void *bytes = data + at;

		space = at % 2 ? tfa_eval_space(eval, &room) : NULL;
		if (space && room >= len)
			bytes = memcpy(space, bytes, len);
		if (!tfa_eval_feed(eval, bytes, len, err))
			return false;
	}
	space = tfa_eval_space(eval, &room);
	if (space)
		memset(space, '}', room);
	return true;
}

/* The JSON report in new memory, or NULL where the plan was refused. */
static char *
judge(const uint8_t *data, size_t size, size_t piece, struct tfa_error *err)
{
	const struct tfa_options options = {.path = "plan.json",
	    .now = "2026-01-01T00:00:00Z",
	    .list = TFA_PASS,
	    .limits = {.plan_bytes = 1 << 22, .value_bytes = 1 << 20}};
	const struct tfa_report_style style = {0};
	struct tfa_eval *eval = tfa_eval_new(policies, &options, err);
	struct tfa_report *report = NULL;
	char *text = NULL;
	size_t len;
	FILE *out;

	if (!eval)
		abort();
	if (feed(eval, data, size, piece, err) &&
	    tfa_eval_finish(eval, &report, err)) {
		out = open_memstream(&text, &len);
		if (!out ||
		    !tfa_report_write(report, "json", &style, out, err))
			abort();
		fclose(out);
	}
	tfa_report_free(report);
	tfa_eval_free(eval);
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tfa_error whole_err = {0}, pieces_err = {0};
	size_t piece = 1 + size * 7919 % 300;
	char *whole, *pieces;

	whole = judge(data, size, size + 1, &whole_err);
	pieces = judge(data, size, piece, &pieces_err);
	if (whole_err.code != pieces_err.code || !whole != !pieces ||
	    (whole && strcmp(whole, pieces) != 0))
		abort();
	free(whole);
	free(pieces);
	return 0;
}
