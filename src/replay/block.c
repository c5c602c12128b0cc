/*
 * One plan as lines: judged for itself by the engine, and told by the records
 * of the other formats, with the path of the plan in every finding.
 */
#include "replay/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "report/record.h"
#include "report/show.h"

enum { PIECE = 64 * 1024 };

struct judging {
	const struct tfa_policies *policies;
	const struct tfa_replay_options *options;
	struct tfa_options judge;
	struct tfa_report *report;
	struct str path;
	const char *file;
};

/* --- The plan --- */

static bool
unreadable(struct tfa_error *err, int number)
{
	const char *why = file_why(number);

	if (number == ENOMEM || number == EMFILE || number == ENFILE)
		return error_set(err, TFA_ERR_NOMEM,
		    "no more files can be opened");
	if (why)
		return error_set(err, TFA_ERR_PLAN, "the file %s", why);
	return error_set(
	    err, TFA_ERR_PLAN, "the file cannot be read (error %d)", number);
}

static bool
feed_all(struct tfa_eval *eval, int fd, struct tfa_error *err)
{
	char piece[PIECE];
	struct stat info;
	ssize_t got;

	if (fstat(fd, &info) != 0)
		return unreadable(err, errno);
	if (!S_ISREG(info.st_mode))
		return error_set(err, TFA_ERR_PLAN, "is no regular file");
	for (;;) {
		got = read(fd, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return unreadable(err, errno);
		if (got == 0)
			return true;
		if (!tfa_eval_feed(eval, piece, (size_t)got, err))
			return false;
	}
}

static bool
feed_file(struct tfa_eval *eval, const char *file, struct tfa_error *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool ok;

	if (fd < 0)
		return unreadable(err, errno);
	ok = feed_all(eval, fd, err);
	close(fd);
	return ok;
}

static bool
judge(struct judging *judging, struct tfa_error *why)
{
	struct tfa_eval *eval =
	    tfa_eval_new(judging->policies, &judging->judge, why);
	bool ok;

	if (!eval)
		return false;
	ok = feed_file(eval, judging->file, why) &&
	    tfa_eval_finish(eval, &judging->report, why);
	tfa_eval_free(eval);
	return ok;
}

/* The digest is of the whole file, wherever its plan was given up. */
static bool
refuse(struct judging *judging, const struct tfa_error *why,
    struct tfa_error *err)
{
	struct tfa_report *report =
	    tfa_report_new(judging->policies, &judging->judge, err);
	struct plan_result *plan;

	judging->report = report;
	if (!report ||
	    !tfa_report_refuse(report, judging->judge.path, why, err))
		return false;
	plan = &report->plans[0];
	if (!sha_file(plan->sha256, &plan->bytes, judging->file))
		plan->bytes = 0;
	return true;
}

/* What a run may find no room for says nothing about the plan. */
static bool
judge_or_refuse(struct judging *judging, struct tfa_error *err)
{
	struct tfa_error why = {0};

	if (judge(judging, &why))
		return true;
	if (why.code != TFA_ERR_NOMEM)
		return refuse(judging, &why, err);
	*err = why;
	return false;
}

/* --- Its lines --- */

static size_t
count_findings(const struct judging *judging)
{
	const struct tfa_report_style style = {.show = judging->options->show};
	size_t count = 0;

	for (size_t i = 0; i < judging->report->finding_count; i++)
		count += finding_shown(&judging->report->findings[i], &style);
	return count;
}

static bool
write_findings(const struct judging *judging, FILE *out)
{
	const struct tfa_report_style style = {.show = judging->options->show};
	const struct tfa_report *report = judging->report;
	struct emit emit;
	bool failed = false;

	for (size_t i = 0; i < report->finding_count; i++) {
		if (!finding_shown(&report->findings[i], &style))
			continue;
		record_line(&emit, out, "finding");
		emit_str(&emit, "plan", judging->path);
		record_finding(&emit, report, &report->findings[i]);
		emit_close(&emit, '}');
		emit_finish(&emit);
		failed = failed || emit.failed;
	}
	return !failed;
}

static void
emit_count(struct emit *emit, const char *key, size_t count)
{
	if (count)
		emit_uint(emit, key, count);
}

static void
emit_tally(struct emit *emit, const struct control *control,
    const struct tally *tally)
{
	struct buf key = {0};

	if (buf_add(&key, control->id) && buf_byte(&key, '\0')) {
		emit_open(emit, key.ptr, '{');
		emit_count(emit, "pass", tally->pass);
		emit_count(emit, "fail", tally->fail);
		emit_count(emit, "unknown", tally->unknown);
		emit_count(emit, "waived", tally->waived);
		emit_count(emit, "error", tally->error);
		emit_count(emit, "not_applicable", tally->not_applicable);
		emit_close(emit, '}');
	} else {
		emit->failed = true;
	}
	buf_free(&key);
}

/* Only what has selected something. */
static void
emit_controls(struct emit *emit, const struct tfa_report *report)
{
	emit_open(emit, "controls", '{');
	for (size_t i = 0; i < report->policies->control_count; i++) {
		if (report->chosen[i])
			emit_tally(emit, report->policies->controls[i],
			    &report->tallies[i]);
	}
	emit_close(emit, '}');
}

static void
emit_plan(struct emit *emit, const struct judging *judging)
{
	const struct tfa_report *report = judging->report;

	record_plan(emit, &report->plans[0]);
	if (report->as_of.len)
		emit_str(emit, "as_of", report->as_of);
	if (report->notes.count)
		emit_names(emit, "warnings", report->notes);
	emit_controls(emit, report);
	record_end(emit, report);
	emit_uint(emit, "findings", count_findings(judging));
}

/* The plan's line up to its digest, which is of this and of the findings. */
static bool
write_plan(
    const struct judging *judging, struct str findings, const struct text *text)
{
	char digest[SHA_HEX + 1];
	struct sha256_ctx ctx;
	struct emit emit;

	record_line(&emit, text->out, "plan");
	emit_plan(&emit, judging);
	if (fflush(text->out) != 0)
		return false;
	sha256_init(&ctx);
	sha_add(&ctx, text_str(text));
	sha_add(&ctx, findings);
	sha_hex(digest, &ctx);
	emit_str(&emit, "digest", str_of(digest));
	emit_close(&emit, '}');
	emit_finish(&emit);
	return !emit.failed &&
	    fwrite(findings.ptr, 1, findings.len, text->out) == findings.len;
}

static bool
write_block(struct block *block, const struct judging *judging,
    struct tfa_error *err)
{
	struct text findings, text;
	bool ok;

	if (!text_open(&findings, err))
		return false;
	ok = write_findings(judging, findings.out);
	ok = text_close(&findings, !ok, err) && text_open(&text, err);
	if (ok) {
		ok = write_plan(judging, text_str(&findings), &text);
		ok = text_close(&text, !ok, err);
		*block = (struct block){text.ptr, text.len, false};
	}
	text_free(&findings);
	return ok;
}

bool
block_judge(struct block *out, const struct tfa_policies *policies,
    const struct tfa_replay_options *options, struct str path,
    const char *file, struct tfa_error *err)
{
	struct judging judging = {.policies = policies,
	    .options = options,
	    .judge = *options->judge,
	    .path = path,
	    .file = file};
	bool ok;

	judging.judge.path = path.ptr;
	judging.judge.several = true;
	judging.judge.digest = true;
	judging.judge.now = NULL;
	ok = judge_or_refuse(&judging, err) && write_block(out, &judging, err);
	tfa_report_free(judging.report);
	return ok;
}
