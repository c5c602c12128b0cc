/*
 * What others sign and check: an in-toto Statement v1 with a test-result about
 * the plans of a result, and the digests of everything that it names.  Neither
 * is signed here.  A statement says nothing of its own: whatever is in it
 * follows from the result and from the program's own file.
 */
#include <stdlib.h>

#include "base/sha.h"
#include "report/form.h"
#include "report/restore.h"
#include "report/show.h"
#include "json/write.h"

struct attest {
	struct emit emit;
	const struct tfa_result *result;
	const struct tfa_attest_options *options;
	struct arena arena;
};

/* --- May anything be said? --- */

static bool
refuse(struct tfa_error *err, const char *why)
{
	return error_set(err, TFA_ERR_PLAN,
	    "nothing can be attested: the evaluation is not whole: %s", why);
}

static bool
is_whole(const struct tfa_result *result, struct tfa_error *err)
{
	const struct tfa_report *report = result->report;

	if (report->plan_count == 0)
		return refuse(err, "there is no plan");
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];

		if (plan->error.code != TFA_ERR_NONE)
			return refuse(err, "a plan could not be judged");
		if (!plan->sha256[0])
			return refuse(err, "a plan has no digest");
	}
	if (report->incomplete)
		return refuse(err, "a plan is incomplete, nothing was judged, "
				   "or a control could not be evaluated");
	return true;
}

/* --- Names of tests --- */

static int
text_cmp(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

typedef bool test_takes(const struct finding *finding);

static bool
is_passed(const struct finding *finding)
{
	return finding->verdict == VERDICT_PASS;
}

static bool
is_failed(const struct finding *finding)
{
	return finding->verdict == VERDICT_FAIL &&
	       finding->enforce == ENFORCE_BLOCK && !finding->known;
}

static bool
is_warned(const struct finding *finding)
{
	return !is_passed(finding) && !is_failed(finding);
}

static struct str
test_name(struct attest *attest, const struct finding *finding)
{
	struct buf text = {0};
	struct str name = {NULL, 0};

	buf_add(&text, finding->control->id);
	buf_byte(&text, '@');
	buf_add(&text, finding->address);
	if (!text.failed)
		name = arena_copy(&attest->arena, buf_str(&text));
	buf_free(&text);
	return name;
}

/* Once each: several plans may have the same address. */
static void
emit_tests(struct attest *attest, const char *key, test_takes *takes)
{
	const struct tfa_report *report = attest->result->report;
	struct emit *emit = &attest->emit;
	struct str *names = calloc(report->finding_count + 1, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; names && i < report->finding_count; i++) {
		if (!takes(&report->findings[i]))
			continue;
		names[count] = test_name(attest, &report->findings[i]);
		emit->failed = emit->failed || !names[count].ptr;
		count += names[count].ptr != NULL;
	}
	emit->failed = emit->failed || !names;
	if (count)
		qsort(names, count, sizeof(*names), text_cmp);
	emit_open(emit, key, '[');
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !str_eq(names[i], names[i - 1]))
			emit_str(emit, NULL, names[i]);
	}
	emit_close(emit, ']');
	free(names);
}

/* --- The statement --- */

static void
emit_digest(struct emit *emit, const char *sha256)
{
	emit_open(emit, "digest", '{');
	emit_str(emit, "sha256", str_of(sha256));
	emit_close(emit, '}');
}

/* Matching is by digest; one file that was named twice is one subject. */
static void
emit_subjects(struct emit *emit, const struct tfa_report *report)
{
	struct map named = {0};

	emit_open(emit, "subject", '[');
	for (size_t i = 0; i < report->plan_count; i++) {
		struct plan_result *plan = &report->plans[i];

		if (map_find(&named, plan->path))
			continue;
		emit->failed =
		    emit->failed || !map_set(&named, plan->path, plan);
		emit_open(emit, NULL, '{');
		emit_str(emit, "name", plan->path);
		emit_digest(emit, plan->sha256);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
	map_free(&named);
}

static void
emit_descriptor(struct emit *emit, struct str name, const char *sha256,
    const char *role, struct str version)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "name", name);
	emit_digest(emit, sha256);
	emit_open(emit, "annotations", '{');
	emit_str(emit, "role", str_of(role));
	if (version.len)
		emit_str(emit, "version", version);
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
emit_files(struct emit *emit, const struct input_files *files, const char *role)
{
	for (size_t i = 0; i < files->count; i++)
		emit_descriptor(emit, files->items[i].path,
		    files->items[i].sha256, role, STR(""));
}

static void
emit_configuration(struct attest *attest, const char *tool)
{
	const struct tfa_policies *policies = &attest->result->policies;
	struct emit *emit = &attest->emit;

	emit_open(emit, "configuration", '[');
	emit_descriptor(emit, str_of(attest->options->path),
	    attest->result->sha256, "result", STR(""));
	if (tool)
		emit_descriptor(emit, STR("tfassay"), tool, "tool",
		    report_version(attest->result->report));
	for (size_t i = 0; i < policies->pack_count; i++)
		emit_descriptor(emit, policies->packs[i]->file,
		    policies->packs[i]->sha256, "policies",
		    policies->packs[i]->version);
	emit_files(emit, &policies->waiver_files, "waivers");
	emit_files(emit, &policies->fact_files, "facts");
	emit_files(emit, &policies->baseline_files, "baseline");
	emit_close(emit, ']');
}

static struct str
result_word(const struct tfa_report *report)
{
	const struct tally *tally = &report->totals.tally;

	if (report->totals.blocking)
		return STR("FAILED");
	return tally->fail || tally->unknown || tally->waived || tally->error
		   ? STR("WARNED")
		   : STR("PASSED");
}

static void
emit_predicate(struct attest *attest, const char *tool)
{
	const struct tfa_report *report = attest->result->report;
	struct emit *emit = &attest->emit;

	emit_open(emit, "predicate", '{');
	emit_str(emit, "result", result_word(report));
	emit_configuration(attest, tool);
	if (attest->options->url)
		emit_str(emit, "url", str_of(attest->options->url));
	if (report->listed & TFA_PASS)
		emit_tests(attest, "passedTests", is_passed);
	emit_tests(attest, "warnedTests", is_warned);
	emit_tests(attest, "failedTests", is_failed);
	emit_close(emit, '}');
}

/* The program that attests is the one that judged, if the version is the same. */
static bool
read_tool(char out[SHA_HEX + 1], const struct attest *attest)
{
	const char *path = attest->options->tool;
	uint64_t bytes;

	return path &&
	    str_eq(report_version(attest->result->report),
		STR(TFA_VERSION)) &&
	    sha_file(out, &bytes, path);
}

bool
tfa_attest_write(const struct tfa_result *result,
    const struct tfa_attest_options *options, FILE *out, struct tfa_error *err)
{
	struct attest attest = {.result = result, .options = options};
	const unsigned most = TFA_FAIL | TFA_ERROR | TFA_UNKNOWN | TFA_WAIVED;
	struct emit *emit = &attest.emit;
	char tool[SHA_HEX + 1];
	bool known;

	if ((result->report->listed & most) != most)
		return error_set(err, TFA_ERR_USAGE,
		    "the result does not list every finding: make it without "
		    "--show and --summary-only");
	if (!is_whole(result, err))
		return false;
	known = read_tool(tool, &attest);
	emit_init(emit, out, true);
	emit_open(emit, NULL, '{');
	emit_str(emit, "_type", STR("https://in-toto.io/Statement/v1"));
	emit_subjects(emit, result->report);
	emit_str(emit, "predicateType",
	    STR("https://in-toto.io/attestation/test-result/v0.1"));
	emit_predicate(&attest, known ? tool : NULL);
	emit_close(emit, '}');
	emit_finish(emit);
	arena_free(&attest.arena);
	return form_finish(out, emit->failed, err);
}

/* --- SHA256SUMS --- */

struct sums {
	FILE *out;
	struct buf shown;
	struct tfa_error *err;
};

/*
 * As sha256sum writes and reads it.  A name that could do something to a
 * terminal or to a runner stands in no list, and so there is none.
 */
static bool
put_sum(struct sums *sums, struct str path, const char *sha256)
{
	bool escaped = false;

	if (!sha256[0])
		return true;
	for (size_t i = 0; i < path.len; i++)
		escaped = escaped || path.ptr[i] == '\\';
	if (!str_eq(form_text(&sums->shown, path, CLEAN_PROSE), path))
		return sums->shown.failed
			   ? error_nomem(sums->err)
			   : error_set(sums->err, TFA_ERR_USAGE,
				 "a file that the result names has control "
				 "characters in its name");
	fprintf(sums->out, "%s%s  ", escaped ? "\\" : "", sha256);
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '\\')
			putc('\\', sums->out);
		putc(path.ptr[i], sums->out);
	}
	putc('\n', sums->out);
	return true;
}

static bool
put_files(struct sums *sums, const struct input_files *files)
{
	bool ok = true;

	for (size_t i = 0; ok && i < files->count; i++)
		ok =
		    put_sum(sums, files->items[i].path, files->items[i].sha256);
	return ok;
}

bool
tfa_sums_write(const struct tfa_result *result, const char *path, FILE *out,
    struct tfa_error *err)
{
	const struct tfa_policies *policies = &result->policies;
	const struct tfa_report *report = result->report;
	struct sums sums = {.out = out, .err = err};
	bool ok = put_sum(&sums, str_of(path), result->sha256);

	for (size_t i = 0; ok && i < report->plan_count; i++)
		ok = put_sum(
		    &sums, report->plans[i].path, report->plans[i].sha256);
	for (size_t i = result_builtin(result); ok && i < policies->pack_count;
	     i++)
		ok = put_sum(&sums, policies->packs[i]->file,
		    policies->packs[i]->sha256);
	ok = ok && put_files(&sums, &policies->waiver_files) &&
	     put_files(&sums, &policies->fact_files) &&
	     put_files(&sums, &policies->baseline_files);
	buf_free(&sums.shown);
	return ok && form_finish(out, false, err);
}
