/* The command that writes an earlier result in other formats. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/file.h"

struct reading {
	struct tfa_result *result;
	struct bytes *kept;
};

static bool
keep(struct bytes *kept, const char *bytes, size_t len, struct tfa_error *err)
{
	if (kept->cap - kept->len < len) {
		size_t cap = (kept->cap + len) * 2;
		char *ptr = realloc(kept->ptr, cap);

		if (!ptr)
			return cli_nomem(err);
		kept->ptr = ptr;
		kept->cap = cap;
	}
	memcpy(kept->ptr + kept->len, bytes, len);
	kept->len += len;
	return true;
}

static bool
take(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct reading *reading = ctx;

	return tfa_result_feed(reading->result, bytes, len, err) &&
	    (!reading->kept || keep(reading->kept, bytes, len, err));
}

struct tfa_result *
result_open(const char *path, int in, struct bytes *kept,
    struct tfa_error *err)
{
	struct reading reading = {tfa_result_new(NULL, err), kept};

	if (!reading.result)
		return NULL;
	if (file_feed(path, in, "result", take, &reading, err) &&
	    tfa_result_finish(reading.result, err))
		return reading.result;
	tfa_result_free(reading.result);
	return NULL;
}

static int
put_all(const struct tfa_result *result, const struct outputs *outputs,
    const struct settings *settings, const struct cli_io *io)
{
	int status = STATUS_PASS;

	for (size_t i = 0; i < outputs->count; i++)
		status = status_graver(status,
		    report_put(tfa_result_report(result), &outputs->items[i],
			true, settings, io));
	return status;
}

/* --- Replays --- */

static const char replay_first[] = "{\"type\":\"replay\",";

/* The file, if it is one, at its beginning; else NULL. */
static FILE *
replay_open(const char *path)
{
	char head[sizeof(replay_first)] = "";
	struct stat info;
	FILE *in;

	/* A FIFO is not opened: it would be empty the second time. */
	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return NULL;
	in = fopen(path, "re");
	if (!in)
		return NULL;
	if (fread(head, 1, sizeof(head) - 1, in) == sizeof(head) - 1 &&
	    strcmp(head, replay_first) == 0 && fseek(in, 0, SEEK_SET) == 0)
		return in;
	fclose(in);
	return NULL;
}

struct paging {
	const char *path;
	FILE *in;
};

static bool
write_page(void *ctx, FILE *out, struct tfa_error *err)
{
	struct paging *paging = ctx;
	FILE *in = paging->in;

	paging->in = NULL;
	return tfa_replay_html(paging->path, in, out, err);
}

/* in is used up. */
static int
put_replay(const char *path, FILE *in, const struct outputs *outputs,
    const struct cli_io *io)
{
	struct paging paging = {path, in};
	const struct output *output = &outputs->items[0];
	const char *file = output->file;
	struct tfa_error err = {0};
	bool one = outputs->count == 1, ok;

	if (file && file_same(path, file)) {
		ok = cli_fail(&err, TFA_ERR_USAGE,
		    "%s would be replaced by what is made of it", path);
	} else if (one && strcmp(output->format, "sqlite") == 0) {
		paging.in = NULL;
		ok = tfa_replay_store(path, in, file, &err);
	} else if (one && strcmp(output->format, "html") == 0) {
		ok = file ? report_file_write(file, write_page, &paging, &err)
			  : write_page(&paging, io->out, &err);
	} else {
		ok = cli_fail(&err, TFA_ERR_USAGE,
		    "a replay has two formats besides its own, one at a time: "
		    "--format html and --format sqlite=FILE");
	}
	if (paging.in)
		fclose(paging.in);
	return ok ? STATUS_PASS : usage_error(io, "convert", &err);
}

/* --- The command --- */

int
command_convert(const struct settings *settings, const struct cli_io *io)
{
	struct outputs outputs = {0};
	struct tfa_result *result;
	struct tfa_error err = {0};
	const char *path;
	FILE *replay;
	int status;

	if (!arguments_check(settings, 1, "the result", &err) ||
	    !outputs_open(&outputs, settings, &err)) {
		outputs_free(&outputs);
		return usage_error(io, "convert", &err);
	}
	path = settings->arguments.items[0];
	replay = replay_open(path);
	if (replay) {
		status = put_replay(path, replay, &outputs, io);
		outputs_free(&outputs);
		return status;
	}
	outputs_clear(&outputs);
	result = result_open(path, io->in, NULL, &err);
	if (result) {
		status = put_all(result, &outputs, settings, io);
	} else {
		cli_diagnose(io->err,
		    strcmp(path, "-") == 0 ? "standard input" : path, &err);
		status = tfa_error_status(&err);
	}
	tfa_result_free(result);
	outputs_free(&outputs);
	return status;
}
