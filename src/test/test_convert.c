/*
 * An earlier result is read again.  What the run itself has written is the
 * measure: every format of every plan here comes out of the result byte for
 * byte, and a result that is not as it was written is refused.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "report/report.h"
#include "test/judge.h"
#include "test/test.h"

enum { PLANS_MOST = 400, WORDS_MOST = 48 };

/* --- Plans --- */

struct plans {
	char *items[PLANS_MOST];
	size_t count;
};

static struct plans *
find_plans(const char *folder)
{
	char command[256];
	struct plans *plans = calloc(1, sizeof(*plans));
	char line[512];
	FILE *list;

	ck_assert(plans != NULL);
	snprintf(command, sizeof(command),
	    "find %s -name '*.json' -size -1000k | LC_ALL=C sort", folder);
	list = popen(command, "r");
	ck_assert(list != NULL);
	while (fgets(line, sizeof(line), list)) {
		line[strcspn(line, "\n")] = '\0';
		ck_assert_uint_lt(plans->count, PLANS_MOST);
		plans->items[plans->count++] = strdup(line);
	}
	pclose(list);
	return plans;
}

static void
plans_free(struct plans *plans)
{
	for (size_t i = 0; i < plans->count; i++)
		free(plans->items[i]);
	free(plans);
}

/* NULL: it is no plan. */
static struct tfa_report *
judge(const struct tfa_policies *policies, struct tfa_options *options,
    const char *path, unsigned list)
{
	struct buf plan = read_file(".", path, "");
	struct tfa_report *report = NULL;
	struct tfa_error err = {0};
	struct tfa_eval *eval;

	options->path = path;
	options->list = list;
	options->digest = true;
	options->now = "2026-01-01T00:00:00Z";
	eval = tfa_eval_new(policies, options, &err);
	ck_assert(eval != NULL);
	if (!tfa_eval_feed(eval, plan.ptr, plan.len, &err) ||
	    !tfa_eval_finish(eval, &report, &err))
		report = NULL;
	tfa_eval_free(eval);
	buf_free(&plan);
	return report;
}

/* --- Writing and reading again --- */

static struct str
render(const struct tfa_report *report, const char *format, bool all)
{
	const struct tfa_report_style style = {
	    .show = all ? TFA_PASS | TFA_FAIL | TFA_UNKNOWN | TFA_WAIVED |
		    TFA_ERROR
			: 0};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert(out != NULL);
	ck_assert_msg(tfa_report_write(report, format, &style, out, &err),
	    "%s: %s", format, err.message);
	ck_assert_int_eq(fclose(out), 0);
	return (struct str){text, len};
}

static struct tfa_result *
restore(struct str text, size_t piece, struct tfa_error *err)
{
	struct tfa_result *result = tfa_result_new(NULL, err);
	bool ok = result != NULL;

	for (size_t at = 0; ok && at < text.len; at += piece)
		ok = tfa_result_feed(result, text.ptr + at,
		    text.len - at < piece ? text.len - at : piece, err);
	if (ok && tfa_result_finish(result, err))
		return result;
	tfa_result_free(result);
	return NULL;
}

static struct tfa_result *
must_restore(struct str text, size_t piece, const char *what)
{
	struct tfa_error err = {0};
	struct tfa_result *result = restore(text, piece, &err);

	ck_assert_msg(result != NULL, "%s: %s", what, err.message);
	return result;
}

static void
must_equal(struct str a, struct str b, const char *what, const char *format)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	ck_assert_msg(a.len == b.len && at == a.len,
	    "%s as %s differs at byte %zu:\n%.200s\n---\n%.200s", what, format,
	    at, a.ptr + at, b.ptr + at);
}

static void
check_formats(const struct tfa_report *direct, const char *stored,
    const char *what)
{
	struct str text = render(direct, stored, true);
	struct tfa_result *result = must_restore(text, 4096, what);

	for (size_t i = 0; reporter_at(i); i++) {
		const char *format = reporter_at(i)->name;

		struct str a = render(direct, format, i % 2);
		struct str b =
		    render(tfa_result_report(result), format, i % 2);

		must_equal(a, b, what, format);
		free((char *)a.ptr);
		free((char *)b.ptr);
	}
	tfa_result_free(result);
	free((char *)text.ptr);
}

/* --- The schema --- */

static bool
has_type(json_t *value, const char *type)
{
	return (strcmp(type, "string") == 0 && json_is_string(value)) ||
	    (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
	    (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
	    (strcmp(type, "array") == 0 && json_is_array(value)) ||
	    (strcmp(type, "object") == 0 && json_is_object(value));
}

static bool
is_one_of(json_t *value, json_t *words)
{
	json_t *word;
	size_t i;

	json_array_foreach (words, i, word) {
		if (json_equal(word, value))
			return true;
	}
	return false;
}

/* The keywords that the schema of results is made of. */
static void
validate(json_t *value, json_t *schema, const char *where)
{
	json_t *words = json_object_get(schema, "enum");
	json_t *type = json_object_get(schema, "type"), *each, *key;
	json_t *properties = json_object_get(schema, "properties");
	json_t *others = json_object_get(schema, "additionalProperties");
	const char *name;
	size_t i;

	ck_assert_msg(!words || is_one_of(value, words), "%s", where);
	ck_assert_msg(!type || has_type(value, json_string_value(type)), "%s",
	    where);
	json_array_foreach (json_object_get(schema, "required"), i, key)
		ck_assert_msg(
		    json_object_get(value, json_string_value(key)) != NULL,
		    "%s: %s", where, json_string_value(key));
	json_object_foreach (value, name, each) {
		json_t *inner = json_object_get(properties, name);

		ck_assert_msg(inner || json_is_object(others), "%s: %s", where,
		    name);
		validate(each, inner ? inner : others, name);
	}
	json_array_foreach (value, i, each)
		validate(each, json_object_get(schema, "items"), where);
}

static json_t *
load_schema(void)
{
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *schema;

	ck_assert(tfa_schema_write(TFA_SCHEMA_RESULT, NULL, out, &err));
	ck_assert_int_eq(fclose(out), 0);
	schema = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	ck_assert(schema != NULL);
	free(text);
	return schema;
}

static void
check_schema(
    const struct tfa_report *report, json_t *schema, const char *what)
{
	struct str result = render(report, "json", true);
	json_t *root = json_loadb(
	    result.ptr, result.len, JSON_REJECT_DUPLICATES, NULL);

	ck_assert(root != NULL);
	validate(root, schema, what);
	json_decref(root);
	free((char *)result.ptr);
}

/* --- Every plan --- */

static const char *const folders[] = {"testdata/plans", "testdata/real",
    "testdata/joins testdata/provenance", "testdata/metamorphic",
    "testdata/aws"};

START_TEST(every_format_comes_out_of_a_result_as_out_of_the_run)
{
	struct plans *plans = find_plans(folders[_i]);
	struct tfa_policies *policies = tfa_policies_new(NULL);
	/* Each takes as long as some twenty reports: few unless asked. */
	size_t step = getenv("CONVERT") ? 1 : 12, judged = 0;
	json_t *schema = load_schema();
	struct tfa_error err = {0};

	ck_assert(policies && tfa_policies_builtin(policies, &err));
	for (size_t i = 0; i < plans->count; i += step) {
		struct tfa_options options = {0};
		struct tfa_report *report =
		    judge(policies, &options, plans->items[i], TFA_PASS);

		if (!report)
			continue;
		check_formats(
		    report, judged % 2 ? "ndjson" : "json", plans->items[i]);
		check_schema(report, schema, plans->items[i]);
		tfa_report_free(report);
		judged++;
	}
	ck_assert_uint_gt(judged, 0);
	json_decref(schema);
	tfa_policies_free(policies);
	plans_free(plans);
}
END_TEST

/* --- Options, through the command line --- */

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

static char *
run(int *status, const char *const *words, char **errors)
{
	char *argv[WORDS_MOST + 2] = {(char *)"tfassay"};
	struct cli_io io = {.in = -1, .env = no_env};
	char *out = NULL;
	size_t out_size, err_size;
	int count = 1;

	for (; words[count - 1]; count++) {
		ck_assert_int_lt(count, WORDS_MOST);
		argv[count] = (char *)words[count - 1];
	}
	io.out = open_memstream(&out, &out_size);
	io.err = open_memstream(errors, &err_size);
	ck_assert(io.out && io.err);
	*status = cli_run(count, argv, &io);
	fclose(io.out);
	fclose(io.err);
	return out;
}

/* The words, and more of them behind. */
static void
words_of(const char **out, const char *const *words, const char *const *more)
{
	size_t count = 0;

	for (size_t i = 0; words[i]; i++)
		out[count++] = words[i];
	for (size_t i = 0; more[i]; i++)
		out[count++] = more[i];
	out[count] = NULL;
	ck_assert_uint_lt(count, WORDS_MOST);
}

#define LIFE "testdata/plans/lifecycle/"
#define STACKS "testdata/plans/stacks/"

static const char *const asked[][12] = {
    {"check", LIFE "lifecycle-mixed.json", LIFE "lifecycle-create.json",
	"testdata/cli/not-a-plan.json"},
    {"check", "--only", "introduced", "--fail-on", "high",
	LIFE "lifecycle-mixed.json"},
    {"check", "--enforce",
	"ecr_repository_image_scan_on_push_enabled=warn",
	LIFE "lifecycle-mixed.json"},
    {"check", "--allow", "unknown,incomplete", "--exit-zero",
	"--strict-joins", "--no-cross-check", "--as-of", "2026-02-03",
	LIFE "lifecycle-mixed.json"},
};

/* Goldens bring waivers, facts, sources and refusals with them. */
static const char *const cases[] = {"check-waivers", "check-fact-governs",
    "check-source-root", "check-set", "check-errored", "check-two-plans",
    "framework-json"};

/* "--format X=FOLDER/kind.X" for every X but the text that is printed. */
static void
add_formats(const char **words, char (*texts)[96], const char *folder,
    const char *kind)
{
	size_t count = 0;

	while (words[count])
		count++;
	for (size_t i = 0; reporter_at(i); i++) {
		const char *name = reporter_at(i)->name;

		snprintf(texts[i], sizeof(texts[i]), "--format=%s=%s/%s.%s",
		    name, folder, kind, name);
		words[count++] = texts[i];
	}
	words[count] = NULL;
	ck_assert_uint_lt(count, WORDS_MOST);
}

static void
compare_files(const char *folder, const char *what)
{
	for (size_t i = 0; reporter_at(i); i++) {
		const char *name = reporter_at(i)->name;
		struct buf a = read_file(folder, "check.", name);
		struct buf b = read_file(folder, "convert.", name);
		char path[96];

		must_equal(buf_str(&a), buf_str(&b), what, name);
		buf_free(&a);
		buf_free(&b);
		snprintf(path, sizeof(path), "%s/check.%s", folder, name);
		unlink(path);
		snprintf(path, sizeof(path), "%s/convert.%s", folder, name);
		unlink(path);
	}
}

static void
compare_runs(const char *const *words)
{
	char folder[] = "/tmp/tfassay-result-XXXXXX", result[64];
	char texts[32][96], *errors;
	const char *with[WORDS_MOST + 1];
	const char *const stored[] = {
	    "--all", "--format", "json", "-o", result, NULL};
	const char *const none[] = {NULL};
	const char *const convert[] = {"convert", result, NULL};
	int status;

	ck_assert(mkdtemp(folder) != NULL);
	snprintf(result, sizeof(result), "%s/result", folder);
	words_of(with, words, stored);
	free(run(&status, with, &errors));
	free(errors);
	words_of(with, words, none);
	add_formats(with, texts, folder, "check");
	free(run(&status, with, &errors));
	free(errors);
	words_of(with, convert, none);
	add_formats(with, texts, folder, "convert");
	free(run(&status, with, &errors));
	ck_assert_msg(status == 0, "%s: %s", words[1], errors);
	free(errors);
	compare_files(folder, words[1]);
	unlink(result);
	rmdir(folder);
}

START_TEST(options_waivers_and_refusals_come_out_as_well)
{
	compare_runs(asked[_i]);
}
END_TEST

START_TEST(goldens_come_out_as_well)
{
	struct buf args = read_file("testdata/cases", cases[_i], "/args");
	const char *words[WORDS_MOST] = {NULL};
	size_t count = 0;
	char *next, *word;

	ck_assert(buf_byte(&args, '\0'));
	for (word = strtok_r(args.ptr, "\n", &next); word;
	     word = strtok_r(NULL, "\n", &next)) {
		if (strcmp(word, "--all") == 0 ||
		    strcmp(word, "--summary-only") == 0 ||
		    strncmp(word, "--format", 8) == 0) {
			if (strcmp(word, "--format") == 0)
				strtok_r(NULL, "\n", &next);
			continue;
		}
		words[count++] = word;
	}
	compare_runs(words);
	buf_free(&args);
}
END_TEST

/* --- What is listed decides nothing --- */

START_TEST(listing_passes_changes_no_verdict)
{
	struct plans *plans = find_plans("testdata/plans/lifecycle "
					 "testdata/plans/format");
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};

	ck_assert(policies &&
	    tfa_policies_load(policies, "policies/aws/ecr.yaml", &err));
	for (size_t i = 0; i < plans->count; i++) {
		struct tfa_options options = {0}, other = {0};
		struct tfa_report *listed, *report;

		listed = judge(policies, &options, plans->items[i], TFA_PASS);
		report = judge(policies, &other, plans->items[i], 0);
		ck_assert((listed == NULL) == (report == NULL));
		ck_assert_msg(!report ||
			memcmp(&listed->totals, &report->totals,
			    sizeof(report->totals)) == 0,
		    "%s", plans->items[i]);
		tfa_report_free(listed);
		tfa_report_free(report);
	}
	tfa_policies_free(policies);
	plans_free(plans);
}
END_TEST

/* --- Results that are none --- */

#define SMALL "testdata/plans/format/ecr.json"

static struct str
small(const char *format)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	const char *control = "ecr_repository_image_scan_on_push_enabled";
	struct tfa_options options = {
	    .controls = &control, .control_count = 1};
	struct tfa_error err = {0};
	struct tfa_report *report;
	struct str text;

	ck_assert(policies &&
	    tfa_policies_load(policies, "policies/aws/ecr.yaml", &err));
	report = judge(policies, &options, SMALL, TFA_PASS);
	ck_assert(report != NULL);
	text = render(report, format, true);
	tfa_report_free(report);
	tfa_policies_free(policies);
	return text;
}

START_TEST(a_result_that_is_cut_off_anywhere_is_refused)
{
	struct str text = small(_i ? "ndjson" : "json");

	for (size_t len = 0; len + 1 < text.len; len++) {
		struct tfa_error err = {0};
		struct tfa_result *result =
		    restore(str_head(text, len), 65536, &err);

		/* Only white space is missing. */
		if (len + 2 >= text.len && !_i)
			continue;
		ck_assert_msg(result == NULL, "%zu of %zu bytes", len, text.len);
		ck_assert(err.code != TFA_ERR_NONE && err.message[0]);
	}
	free((char *)text.ptr);
}
END_TEST

START_TEST(a_result_may_come_in_pieces_of_any_size)
{
	struct str text = small(_i ? "ndjson" : "json");

	for (size_t piece = 1; piece < 40; piece += 3) {
		struct tfa_result *result = must_restore(text, piece, "small");
		struct str again =
		    render(tfa_result_report(result), "json", true);

		if (!_i)
			must_equal(text, again, "small", "json");
		free((char *)again.ptr);
		tfa_result_free(result);
	}
	free((char *)text.ptr);
}
END_TEST

static const struct {
	const char *from, *to, *says;
} edits[] = {
    {"\"format_version\": \"1.0\"", "\"format_version\": \"2.0\"",
	"its format is another"},
    {"\"name\": \"tfassay\"", "\"name\": \"tfassaz\"", "another tool"},
    {"\"verdict\": \"fail\"", "\"verdict\": \"pass\"", "it lists"},
    {"\"verdict\": \"fail\"", "\"verdict\": \"good\"",
	"\"verdict\" is a word that is not known"},
    {"\"verdict\": \"fail\"", "\"verdict\": 1",
	"\"verdict\" is of another kind"},
    {"\"verdict\": \"fail\"", "\"vertict\": \"fail\"",
	"\"verdict\" is missing"},
    {"\"verdict\": \"fail\"", "\"verdict\": \"fail\", \"verdict\": \"pass\"",
	"has a name twice"},
    {"\"blocking\": ", "\"blocking\": -", "\"blocking\" is no count"},
    {"\"blocking\": ", "\"blocking\": 99999999999999999999",
	"\"blocking\" is no count"},
    {"\"controls_run\": ", "\"controls_run\": 1", "do not add up"},
    {"\"subjects\": ", "\"subjects\": 1", "do"},
    {"\"exit\": ", "\"exit\": 999", "no such exit status"},
    {"\"exit\": 1", "\"exit\": 0", "its status contradicts"},
    {"\"verdict\": \"fail\",\n    \"exit\"",
	"\"verdict\": \"pass\",\n    \"exit\"", "its status contradicts"},
    {"\"enforce\": \"block\"", "\"enforce\": \"warn\"",
	"its failures do not add up"},
    {"\"listed\": [", "\"lisded\": [", "\"listed\" is missing"},
    {"\"findings\": [", "\"findings\": [], \"others\": [", "it lists"},
    {"\"findings\": [", "\"findings\": {}, \"others\": [", "must be a list"},
    {"\"controls\": [\n    {", "\"controls\": [{}, \n    {", "is missing"},
    {"\"address\": \"", "\"address\": \"x.", "a fingerprint is another"},
    {"\"fingerprint\": \"", "\"fingerprint\": \"A", "is no SHA-256"},
    {"\"status\": {", "\"state\": {}, \"status\": {}, \"none\": {", "missing"},
    {"\"status\": {", "\"status\": {\"exit\": 0, \"verdict\": \"pass\", "
		      "\"reasons\": []}, \"totals\": {",
	"twice"},
};

START_TEST(a_result_that_was_edited_is_refused)
{
	struct str text = small("json");
	struct buf edited = {0};
	struct tfa_error err = {0};
	size_t at;

	ck_assert_msg(str_find(text, str_of(edits[_i].from), &at), "%s",
	    edits[_i].from);
	buf_add(&edited, str_head(text, at));
	buf_add(&edited, str_of(edits[_i].to));
	buf_add(&edited, str_from(text, at + strlen(edits[_i].from)));
	ck_assert(restore(buf_str(&edited), 65536, &err) == NULL);
	ck_assert_int_eq(tfa_error_status(&err), 3);
	ck_assert_msg(strstr(err.message, edits[_i].says) != NULL,
	    "\"%s\" is not in: %s", edits[_i].says, err.message);
	buf_free(&edited);
	free((char *)text.ptr);
}
END_TEST

START_TEST(a_format_that_needs_more_than_is_listed_says_so)
{
	static const struct {
		const char *made[3], *as, *says;
	} needs[] = {
	    {{NULL}, "oscal", "does not list passes, which oscal needs"},
	    {{"--show", "pass"}, "text", "does not list every finding"},
	    {{"--summary-only"}, "json", "does not list every finding"},
	};
	char path[] = "/tmp/tfassay-result-XXXXXX", *out, *errors;
	const char *const check[] = {"check", "-o", path, "--format", "json",
	    SMALL, needs[_i].made[0], needs[_i].made[1], NULL};
	const char *const convert[] = {
	    "convert", path, "--format", needs[_i].as, NULL};
	int status;

	close(mkstemp(path));
	free(run(&status, check, &errors));
	free(errors);
	out = run(&status, convert, &errors);
	ck_assert_int_eq(status, 2);
	ck_assert_str_eq(out, "");
	ck_assert_msg(strstr(errors, needs[_i].says) != NULL, "%s", errors);
	free(out);
	free(errors);
	unlink(path);
}
END_TEST

Suite *
suite_convert(void)
{
	Suite *suite = suite_create("convert");
	TCase *tcase = tcase_create("convert");

	tcase_add_loop_test(tcase,
	    every_format_comes_out_of_a_result_as_out_of_the_run, 0,
	    (int)COUNTOF(folders));
	tcase_add_loop_test(tcase, options_waivers_and_refusals_come_out_as_well,
	    0, (int)COUNTOF(asked));
	tcase_add_loop_test(
	    tcase, goldens_come_out_as_well, 0, (int)COUNTOF(cases));
	tcase_add_test(tcase, listing_passes_changes_no_verdict);
	tcase_add_loop_test(
	    tcase, a_result_that_is_cut_off_anywhere_is_refused, 0, 2);
	tcase_add_loop_test(
	    tcase, a_result_may_come_in_pieces_of_any_size, 0, 2);
	tcase_add_loop_test(tcase, a_result_that_was_edited_is_refused, 0,
	    (int)COUNTOF(edits));
	tcase_add_loop_test(
	    tcase, a_format_that_needs_more_than_is_listed_says_so, 0, 3);
	suite_add_tcase(suite, tcase);
	return suite;
}
