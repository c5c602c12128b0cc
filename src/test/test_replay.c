/*
 * Replays from outside: the same records however they are made, none that is
 * missing, and no damage that is not noticed.  Lines are read with jansson, and
 * what they come to is added up here.
 */
#include <check.h>
#include <jansson.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/shard.h"
#include "test/test.h"

#define DATA "testdata/replay/"
#define PLANS DATA "plans"
#define LISTED 7

enum { WORDS_MOST = 24, LINES_MOST = 256 };

static char folder[64];
static struct buf whole; /* what one process gives */

/* --- Running --- */

static const char *const *variables; /* name, value, ..., NULL */

static char *
env_of(const char *name)
{
	for (const char *const *at = variables; at && *at; at += 2) {
		if (strcmp(at[0], name) == 0)
			return (char *)at[1];
	}
	return NULL;
}

/* "@" is the folder. */
static void
expand(char *out, size_t size, const char *text)
{
	size_t len = 0;

	for (; *text; text++) {
		int more = *text == '@'
		    ? snprintf(out + len, size - len, "%s", folder)
		    : snprintf(out + len, size - len, "%c", *text);

		len += (size_t)more;
		ck_assert_uint_lt(len, size);
	}
	out[len] = '\0';
}

/* Words are parted by blanks. */
static int
run(struct buf *out, struct buf *err, const char *words)
{
	char line[2048], *argv[WORDS_MOST + 1] = {NULL}, *rest;
	struct cli_io io = {.in = -1, .env = env_of};
	char *texts[2] = {NULL, NULL};
	size_t sizes[2] = {0, 0};
	int argc = 0, status;

	expand(line, sizeof(line), words);
	for (char *word = strtok_r(line, " ", &rest); word && argc < WORDS_MOST;
	     word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	io.out = open_memstream(&texts[0], &sizes[0]);
	io.err = open_memstream(&texts[1], &sizes[1]);
	status = cli_run(argc, argv, &io);
	fclose(io.out);
	fclose(io.err);
	if (out)
		buf_add(out, (struct str){texts[0], sizes[0]});
	if (err)
		buf_add(err, (struct str){texts[1], sizes[1]});
	free(texts[0]);
	free(texts[1]);
	return status;
}

#define JUDGE \
	"tfassay replay -q --no-config --no-builtin --policies " DATA \
	"controls.yaml --waivers " DATA "waivers.yaml "

static void
read_whole(struct buf *out, const char *name)
{
	char path[256];

	out->len = 0;
	expand(path, sizeof(path), name);
	ck_assert_msg(file_read(out, path, SIZE_MAX) == FILE_WHOLE, "%s", path);
}

static void
write_whole(const char *name, struct str text)
{
	char path[256];
	FILE *out;

	snprintf(path, sizeof(path), "%s%s", folder, name);
	out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(text.ptr, 1, text.len, out), text.len);
	ck_assert_int_eq(fclose(out), 0);
}

static bool
exists(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s%s", folder, name);
	return access(path, F_OK) == 0;
}

static void
shell(const char *command)
{
	char line[512];

	expand(line, sizeof(line), command);
	ck_assert_msg(system(line) == 0, "%s", line);
}

static void
enter(void)
{
	strcpy(folder, "/tmp/tfassay-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	variables = NULL;
	ck_assert_int_eq(run(&whole, NULL, JUDGE "-j1 " PLANS), 3);
}

static void
leave(void)
{
	shell("rm -r @");
	buf_free(&whole);
}

static void
same(const struct buf *got, const char *what)
{
	ck_assert_msg(str_eq(buf_str(got), buf_str(&whole)), "%s differs", what);
}

static void
same_file(const char *name)
{
	struct buf got = {0};

	read_whole(&got, name);
	same(&got, name);
	buf_free(&got);
}

/* --- What is recorded --- */

static size_t
load_lines(json_t **out, struct str text)
{
	size_t count = 0;

	while (text.len) {
		struct str line = str_cut(text, '\n', &text);

		ck_assert_uint_lt(count, LINES_MOST);
		out[count] = json_loadb(
		    line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
		ck_assert_msg(out[count], STR_FMT, STR_ARG(line));
		count++;
	}
	return count;
}

static bool
is_type(const json_t *line, const char *type)
{
	return strcmp(json_string_value(json_object_get(line, "type")), type) ==
	    0;
}

static json_int_t
number(const json_t *object, const char *a, const char *b)
{
	object = json_object_get(object, a);
	return json_integer_value(b ? json_object_get(object, b) : object);
}

static void
free_lines(json_t **lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		json_decref(lines[i]);
}

START_TEST(counts_are_those_of_the_records)
{
	static const char *const totals[] = {"pass", "fail", "unknown",
	    "waived", "introduced", "fixed", "blocking", "worst"};
	json_t *lines[LINES_MOST];
	size_t count = load_lines(lines, buf_str(&whole));
	json_int_t sums[8] = {0}, plans = 0, findings = 0, refused = 0;
	const json_t *end = lines[count - 1];

	ck_assert(is_type(lines[0], "replay") && is_type(end, "end"));
	for (size_t i = 0; i < count; i++) {
		findings += is_type(lines[i], "finding");
		if (!is_type(lines[i], "plan"))
			continue;
		plans++;
		refused += json_object_get(lines[i], "error") != NULL;
		for (size_t j = 0; j < COUNTOF(totals); j++)
			sums[j] += number(lines[i], "totals", totals[j]);
	}
	for (size_t j = 0; j < COUNTOF(totals); j++)
		ck_assert_int_eq(number(end, "totals", totals[j]), sums[j]);
	ck_assert_int_eq(plans, LISTED);
	ck_assert_int_eq(number(lines[0], "population", "listed"), plans);
	ck_assert_int_eq(number(end, "plans", "listed"), plans);
	ck_assert_int_eq(number(end, "plans", "judged"), plans - refused);
	ck_assert_int_eq(number(end, "plans", "refused"), refused);
	ck_assert_int_eq(number(end, "findings", NULL), findings);
	ck_assert_int_eq(number(end, "exit", NULL), 3);
	free_lines(lines, count);
}
END_TEST

/* The counts of a control are those of the findings and passes of its plans. */
START_TEST(controls_add_up_over_plans)
{
	json_t *lines[LINES_MOST];
	size_t count = load_lines(lines, buf_str(&whole));

	for (size_t i = 0; i < count; i++) {
		const char *id =
		    json_string_value(json_object_get(lines[i], "id"));
		json_int_t fails = 0, by_plans = 0;

		if (!is_type(lines[i], "control"))
			continue;
		for (size_t j = 0; j < count; j++) {
			const char *control = json_string_value(
			    json_object_get(lines[j], "control"));
			const char *verdict = json_string_value(
			    json_object_get(lines[j], "verdict"));

			if (is_type(lines[j], "finding"))
				fails += strcmp(control, id) == 0 &&
				    strcmp(verdict, "fail") == 0;
			if (is_type(lines[j], "plan"))
				by_plans += number(
				    json_object_get(lines[j], "controls"), id,
				    "fail");
		}
		ck_assert_int_eq(number(lines[i], "fail", NULL), fails);
		ck_assert_int_eq(by_plans, fails);
	}
	free_lines(lines, count);
}
END_TEST

static void
hash(char out[65], struct str a, struct str b)
{
	struct sha256_ctx ctx;
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_init(&ctx);
	sha256_update(&ctx, a.len, (const uint8_t *)a.ptr);
	sha256_update(&ctx, b.len, (const uint8_t *)b.ptr);
	sha256_digest(&ctx, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static int
text_cmp(const void *a, const void *b)
{
	return memcmp(a, b, 64);
}

/* As docs/replay.md describes them. */
START_TEST(digests_can_be_made_by_others)
{
	static const char member[] = ",\"digest\":\"";
	struct str text = buf_str(&whole), line;
	char digests[LISTED][65], hex[65], end[65] = "";
	struct buf sorted = {0};
	size_t plans = 0, at = 0;

	while (text.len) {
		struct str rest;

		line = str_cut(text, '\n', &text);
		if (!str_find(line, str_of(member), &at))
			continue;
		memcpy(hex, line.ptr + at + strlen(member), 64);
		hex[64] = '\0';
		if (str_starts(line, STR("{\"type\":\"end\"")))
			memcpy(end, hex, 65);
		if (!str_starts(line, STR("{\"type\":\"plan\"")))
			continue;
		for (rest = text;
		     str_starts(text, STR("{\"type\":\"finding\""));)
			str_cut(text, '\n', &text);
		rest.len -= text.len;
		hash(digests[plans], str_head(line, at), rest);
		ck_assert_str_eq(digests[plans++], hex);
	}
	ck_assert_uint_eq(plans, LISTED);
	qsort(digests, plans, sizeof(*digests), text_cmp);
	for (size_t i = 0; i < plans; i++)
		buf_fmt(&sorted, "%s\n", digests[i]);
	hash(hex, buf_str(&sorted), STR(""));
	ck_assert_str_eq(hex, end);
	buf_free(&sorted);
}
END_TEST

/* A finding is what "check" says of the plan alone, and whose it is. */
START_TEST(findings_are_those_of_check)
{
	struct str text = buf_str(&whole), line;
	struct buf wanted = {0}, got = {0};
	size_t at;

	ck_assert_int_eq(run(&wanted, NULL,
			     "tfassay check --no-config --no-builtin "
			     "--policies " DATA "controls.yaml --waivers " DATA
			     "waivers.yaml --format ndjson " PLANS
			     "/2025/ecr.json"),
	    1);
	while (text.len) {
		const struct str plan = STR("\"plan\":\"2025/ecr.json\",");

		line = str_cut(text, '\n', &text);
		if (!str_find(line, plan, &at))
			continue;
		buf_add(&got, str_head(line, at));
		buf_add(&got, str_from(line, at + plan.len));
		buf_byte(&got, '\n');
	}
	ck_assert_uint_gt(got.len, 0);
	ck_assert(str_find(buf_str(&wanted), buf_str(&got), &at));
	ck_assert(str_starts(str_from(buf_str(&wanted), at + got.len),
	    STR("{\"type\":\"control\"")));
	buf_free(&wanted);
	buf_free(&got);
}
END_TEST

static bool
blocks_of(struct str *out, struct str text)
{
	size_t start, end;

	if (!str_find(text, STR("{\"type\":\"plan\""), &start) ||
	    !str_find(text, STR("{\"type\":\"control\""), &end))
		return false;
	*out = str_head(str_from(text, start), end - start);
	return true;
}

/* With UPDATE_GOLDEN the file of this version is made anew. */
START_TEST(results_of_released_versions_stay)
{
	struct buf kept = {0};
	struct str wanted, got;

	if (getenv("UPDATE_GOLDEN")) {
		FILE *out = fopen(DATA "result.ndjson", "w");

		fwrite(whole.ptr, 1, whole.len, out);
		fclose(out);
	}
	read_whole(&kept, DATA "result.ndjson");
	ck_assert(blocks_of(&wanted, buf_str(&kept)));
	ck_assert(blocks_of(&got, buf_str(&whole)));
	ck_assert(str_eq(wanted, got));
	buf_free(&kept);
}
END_TEST

/* --- However it is made --- */

START_TEST(jobs_lists_and_folders_make_no_difference)
{
	static const char *const ways[] = {"-j2 " PLANS, "-j7 " PLANS "/",
	    "-j1 @/copy", "--shard 1/1 -j2 @/copy"};
	struct buf got = {0};

	shell("cp -r " PLANS " @/copy");
	for (size_t i = 0; i < 3; i++) {
		char words[1024];

		snprintf(words, sizeof(words), JUDGE "%s", ways[i]);
		got.len = 0;
		ck_assert_int_eq(run(&got, NULL, words), 3);
		same(&got, ways[i]);
	}
	buf_free(&got);
}
END_TEST

/* The header counts the lines; the records are the same. */
START_TEST(a_list_names_plans_as_a_folder_does)
{
	struct buf got = {0};
	struct str a, b;

	shell("cd " PLANS " && find . -name '*.json*' ! -path '*/.*/*' | "
	      "sort -r >@/list");
	ck_assert_int_eq(
	    run(&got, NULL, JUDGE "--root " PLANS " @/list"), 3);
	ck_assert(blocks_of(&a, buf_str(&whole)));
	ck_assert(blocks_of(&b, buf_str(&got)));
	ck_assert(str_eq(a, b));
	got.len = 0;
	shell("cd " PLANS " && find . -name '*.json*' ! -path '*/.*/*' -print0 "
	      ">@/list");
	ck_assert_int_eq(
	    run(&got, NULL, JUDGE "--root " PLANS " @/list"), 3);
	ck_assert(blocks_of(&b, buf_str(&got)));
	ck_assert(str_eq(a, b));
	buf_free(&got);
}
END_TEST

START_TEST(what_is_wrong_with_a_list_is_told)
{
	static const struct {
		const char *text, *words, *said;
	} cases[] = {
	    {"", "@/list", "holds no plan"},
	    {"{\"a\":1}", "@/list", "is a document, not a list"},
	    {"a", "@/none", "does not exist"},
	    {"a", "--root @ " PLANS, "is a folder"},
	    {"a", "--resume " PLANS, "--resume needs --output"},
	    {"a", "--shard 3/2 " PLANS, "--shard needs I/N"},
	    {"a", "--as-of yesterday " PLANS, "needs a date"},
	    {"a", "", "is missing"},
	};
	struct buf err = {0};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char words[1024];

		write_whole("/list", str_of(cases[i].text));
		snprintf(words, sizeof(words), JUDGE "%s", cases[i].words);
		err.len = 0;
		ck_assert_int_eq(run(NULL, &err, words), 2);
		buf_byte(&err, '\0');
		ck_assert_msg(strstr(err.ptr, cases[i].said), "%s", err.ptr);
	}
	buf_free(&err);
}
END_TEST

/* A name that is not there is a plan that cannot be judged. */
START_TEST(a_missing_plan_is_a_record)
{
	struct buf got = {0};
	size_t at;

	write_whole("/list", STR("2025/ecr.json\n2025/gone.json\n"
				 "./2025//ecr.json\n"));
	ck_assert_int_eq(
	    run(&got, NULL, JUDGE "--root " PLANS " @/list"), 3);
	ck_assert(str_find(buf_str(&got),
	    STR("\"path\":\"2025/gone.json\",\"bytes\":0,\"error\":"
		"{\"message\":\"the file does not exist\""),
	    &at));
	ck_assert(str_find(buf_str(&got),
	    STR("\"listed\":2,\"repeated\":1"), &at));
	buf_free(&got);
}
END_TEST

/* --- Shards --- */

static void
make_shards(size_t count)
{
	char words[1024];

	for (size_t i = 1; i <= count; i++) {
		snprintf(words, sizeof(words),
		    JUDGE "--shard %zu/%zu -o @/%zu " PLANS, i, count, i);
		ck_assert_int_ne(run(NULL, NULL, words), 2);
	}
}

START_TEST(merged_shards_are_what_one_process_gives)
{
	static const size_t counts[] = {1, 2, 7, 9};
	char words[1024] = "tfassay merge -o @/merged";

	make_shards(counts[_i]);
	/* In any order. */
	for (size_t i = counts[_i]; i > 0; i--) {
		char name[32];

		snprintf(name, sizeof(name), " @/%zu", i);
		strcat(words, name);
	}
	ck_assert_int_eq(run(NULL, NULL, words), 3);
	same_file("@/merged");
}
END_TEST

static void
refused(const char *words, const char *said)
{
	struct buf err = {0};
	int status = run(NULL, &err, words);

	buf_byte(&err, '\0');
	ck_assert_msg(status == 3 && strstr(err.ptr, said), "%s: %d: %s", words,
	    status, err.ptr);
	ck_assert(!exists("/merged"));
	buf_free(&err);
}

#define MERGE "tfassay merge -o @/merged "

START_TEST(missing_doubled_and_foreign_shards_are_named)
{
	make_shards(3);
	refused(MERGE "@/1 @/2", "shard 3 of 3 is missing");
	refused(MERGE "@/2 @/3", "shard 1 of 3 is missing");
	refused(MERGE "@/1 @/2 @/2", "/2 are the same shard, 2 of 3");
	refused(MERGE "@/1 @/2 @/3 @/1", "are the same shard, 1 of 3");
	refused(MERGE DATA "result.ndjson @/2 @/3", "is no shard");
	refused(MERGE "@/1 @/2 " DATA "README.md", "README.md does not begin");
	run(NULL, NULL, JUDGE "--fail-on high --shard 3/3 -o @/3 " PLANS);
	refused(MERGE "@/1 @/2 @/3", "/3 was judged with other policies");
	run(NULL, NULL, JUDGE "--shard 3/3 -o @/3 " PLANS "/2025");
	refused(MERGE "@/1 @/2 @/3", "/3 is of another list of plans");
	run(NULL, NULL, JUDGE "--shard 3/4 -o @/3 " PLANS);
	refused(MERGE "@/1 @/2 @/3", "/3 is of another number of shards");
}
END_TEST

/* Wherever a byte of a shard is changed, and wherever it is cut. */
START_TEST(no_damage_goes_unnoticed)
{
	struct buf shard = {0}, err = {0};

	make_shards(2);
	read_whole(&shard, "@/2");
	for (size_t i = 0; i < shard.len; i += 1 + shard.len / 997) {
		char *byte = shard.ptr + i, kept = *byte;

		*byte = kept == '1' ? '2' : '1';
		write_whole("/2", buf_str(&shard));
		*byte = kept;
		err.len = 0;
		ck_assert_msg(run(NULL, &err, MERGE "@/1 @/2") == 3 &&
			!exists("/merged"),
		    "byte %zu", i);
		ck_assert_msg(
		    str_find(buf_str(&err), STR("/2 "), &(size_t){0}),
		    "byte %zu: " STR_FMT, i, STR_ARG(err));
		write_whole("/2", str_head(buf_str(&shard), i));
		ck_assert_msg(run(NULL, NULL, MERGE "@/1 @/2") == 3 &&
			!exists("/merged"),
		    "cut at %zu", i);
	}
	buf_add(&shard, STR("x"));
	write_whole("/2", buf_str(&shard));
	refused(MERGE "@/1 @/2", "/2 goes on behind its end");
	buf_free(&shard);
	buf_free(&err);
}
END_TEST

static const struct {
	const char *variables[9];
	const char *text;
	size_t shard, shards; /* 0: refused */
} schedulers[] = {
    {{NULL}, "3/7", 3, 7},
    {{NULL}, "0/7", 0, 0},
    {{NULL}, "8/7", 0, 0},
    {{NULL}, "1/7x", 0, 0},
    {{NULL}, "auto", 0, 0},
    {{NULL}, "auto/4", 0, 0},
    {{"SLURM_ARRAY_TASK_ID", "14", "SLURM_ARRAY_TASK_COUNT", "4",
	 "SLURM_ARRAY_TASK_MIN", "10", "SLURM_ARRAY_TASK_STEP", "2"},
	"auto", 3, 4},
    {{"SLURM_ARRAY_TASK_ID", "0", "SLURM_ARRAY_TASK_COUNT", "4",
	 "SLURM_ARRAY_TASK_MIN", "0"},
	"auto", 1, 4},
    {{"SGE_TASK_ID", "5", "SGE_TASK_FIRST", "1", "SGE_TASK_LAST", "7",
	 "SGE_TASK_STEPSIZE", "2"},
	"auto", 3, 4},
    {{"SGE_TASK_ID", "undefined"}, "auto", 0, 0},
    {{"OMPI_COMM_WORLD_RANK", "0", "OMPI_COMM_WORLD_SIZE", "4"}, "auto", 1, 4},
    {{"PMI_RANK", "3", "PMI_SIZE", "4"}, "auto", 4, 4},
    {{"JOB_COMPLETION_INDEX", "2"}, "auto/5", 3, 5},
    {{"JOB_COMPLETION_INDEX", "2"}, "auto", 0, 0},
    {{"JOB_COMPLETION_INDEX", "5"}, "auto/5", 0, 0},
    {{"AWS_BATCH_JOB_ARRAY_INDEX", "9", "AWS_BATCH_JOB_ARRAY_SIZE", "10"},
	"auto", 10, 10},
    {{"CLOUD_RUN_TASK_INDEX", "1", "CLOUD_RUN_TASK_COUNT", "2"}, "auto", 2, 2},
    {{"CI_NODE_INDEX", "1", "CI_NODE_TOTAL", "2"}, "auto", 1, 2},
    {{"CI_NODE_TOTAL", "1"}, "auto", 0, 0},
    {{"CIRCLE_NODE_INDEX", "1", "CIRCLE_NODE_TOTAL", "2"}, "auto", 2, 2},
    {{"BUILDKITE_PARALLEL_JOB", "1", "BUILDKITE_PARALLEL_JOB_COUNT", "3"},
	"auto", 2, 3},
    {{"PMI_RANK", "1", "PMI_SIZE", "4", "SLURM_ARRAY_TASK_ID", "1",
	 "SLURM_ARRAY_TASK_COUNT", "2"},
	"auto", 0, 0},
};

START_TEST(schedulers_say_which_part_it_is)
{
	struct cli_io io = {.env = env_of};
	struct tfa_error err = {0};
	size_t shard = 0, shards = 0;
	bool ok;

	variables = schedulers[_i].variables;
	ok = shard_read(&shard, &shards, schedulers[_i].text, &io, &err);
	variables = NULL;
	ck_assert_int_eq(ok, schedulers[_i].shard > 0);
	if (!ok)
		ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	else
		ck_assert(shard == schedulers[_i].shard &&
		    shards == schedulers[_i].shards);
}
END_TEST

/* --- Going on --- */

#define RESUME JUDGE "--resume -o @/r "

START_TEST(a_cut_run_goes_on_wherever_it_was_cut)
{
	for (size_t i = 0; i <= whole.len; i += 1 + whole.len / 97) {
		write_whole("/r.partial", str_head(buf_str(&whole), i));
		ck_assert_int_eq(run(NULL, NULL, RESUME PLANS), 3);
		same_file("@/r");
		ck_assert(!exists("/r.partial"));
		shell("rm @/r");
	}
}
END_TEST

/* Of a run that has ended only what has changed is judged again. */
START_TEST(unchanged_plans_are_taken_over)
{
	static const struct {
		const char *change, *said;
	} steps[] = {
	    {"true", "7 of them taken over"},
	    {"cp " PLANS "/2026/indexes.json @/p/2024.json",
		"7 of them taken over"},
	    {"cp " PLANS "/2025/ecr.json @/p/2026/indexes.json",
		"7 of them taken over"},
	    {"rm @/p/2024.json", "7 of them taken over"},
	};
	struct buf err = {0}, fresh = {0}, got = {0};

	shell("cp -r " PLANS " @/p");
	run(NULL, NULL, RESUME "@/p");
	for (size_t i = 0; i < COUNTOF(steps); i++) {
		shell(steps[i].change);
		err.len = fresh.len = 0;
		run(NULL, &err,
		    "tfassay replay --no-config --no-builtin --policies " DATA
		    "controls.yaml --waivers " DATA
		    "waivers.yaml --resume -o @/r @/p");
		buf_byte(&err, '\0');
		ck_assert_msg(strstr(err.ptr, steps[i].said), "%zu: %s", i,
		    err.ptr);
		run(&fresh, NULL, JUDGE "@/p");
		read_whole(&got, "@/r");
		ck_assert(str_eq(buf_str(&fresh), buf_str(&got)));
	}
	buf_free(&err);
	buf_free(&fresh);
	buf_free(&got);
}
END_TEST

START_TEST(nothing_is_taken_over_from_other_policies)
{
	struct buf err = {0};

	run(NULL, NULL,
	    "tfassay replay -q --no-config --no-builtin --policies " DATA
	    "controls.yaml -o @/r " PLANS);
	run(NULL, &err,
	    "tfassay replay --no-config --no-builtin --policies " DATA
	    "controls.yaml --waivers " DATA
	    "waivers.yaml --resume -o @/r " PLANS);
	ck_assert(!str_find(buf_str(&err), STR("taken over"), &(size_t){0}));
	same_file("@/r");
	buf_free(&err);
}
END_TEST

/* A block with a changed byte is not believed. */
START_TEST(a_damaged_block_is_judged_again)
{
	struct buf text = {0};
	size_t at;

	buf_add(&text, buf_str(&whole));
	ck_assert(str_find(buf_str(&text), STR("\"verdict\":\"fail\""), &at));
	memcpy(text.ptr + at, "\"verdict\":\"pass\"", 16);
	write_whole("/r.partial", buf_str(&text));
	ck_assert_int_eq(run(NULL, NULL, RESUME PLANS), 3);
	same_file("@/r");
	write_whole("/r", buf_str(&text));
	ck_assert_int_eq(run(NULL, NULL, RESUME PLANS), 3);
	same_file("@/r");
	buf_free(&text);
}
END_TEST

/* Without resume nothing earlier stays, and a failed run leaves no result. */
START_TEST(a_result_is_whole_or_not_there)
{
	write_whole("/r", STR("old"));
	ck_assert_int_eq(
	    run(NULL, NULL, JUDGE "--control no_such -o @/r " PLANS), 2);
	write_whole("/r.partial", STR("left over"));
	ck_assert_int_eq(run(NULL, NULL, JUDGE "-o @/r " PLANS), 3);
	same_file("@/r");
	ck_assert(!exists("/r.partial") && !exists("/r.resume"));
}
END_TEST

/* --- Comparing --- */

static json_t *
compare(int status, const char *words)
{
	struct buf out = {0};
	json_t *json;

	ck_assert_int_eq(run(&out, NULL, words), status);
	json = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_msg(json, STR_FMT, STR_ARG(out));
	buf_free(&out);
	return json;
}

static json_int_t
of_control(const json_t *diff, const char *id, const char *member)
{
	const json_t *control;
	size_t i;

	json_array_foreach(json_object_get(diff, "controls"), i, control)
	{
		if (strcmp(json_string_value(json_object_get(control, "id")),
			id) == 0)
			return number(control, member, NULL);
	}
	return -1;
}

/* Of the counts in result.ndjson: 19 failures now block, 3 are not judged. */
START_TEST(what_new_controls_would_have_blocked)
{
	json_t *diff;

	run(NULL, NULL,
	    "tfassay replay -q --no-config --no-builtin --policies " DATA
	    "new-controls.yaml --waivers " DATA "waivers.yaml -o @/n " PLANS);
	diff = compare(1, "tfassay diff --format json " DATA
			  "result.ndjson @/n");
	ck_assert_int_eq(number(diff, "plans", "both"), LISTED);
	ck_assert_int_eq(number(diff, "plans", "changed"), 0);
	ck_assert(json_is_false(json_object_get(diff, "same_inputs")));
	ck_assert_int_eq(of_control(diff, "repository_tags_stay", "blocks"), 19);
	ck_assert_int_eq(of_control(diff, "repository_tags_stay", "fails"), 0);
	ck_assert_int_eq(
	    of_control(diff, "policy_has_name", "fails_no_more"), 3);
	ck_assert_int_eq(of_control(diff, "repository_has_own_key", "fails"), 20);
	ck_assert_int_eq(
	    of_control(diff, "repository_has_own_key", "blocks"), 0);
	ck_assert_int_eq(
	    of_control(diff, "repository_has_own_key", "others"), 1);
	ck_assert_int_eq(
	    of_control(diff, "repository_scans_images", "plans"), -1);
	ck_assert_uint_eq(
	    json_array_size(json_object_get(diff, "changes")), 19 + 3 + 21);
	json_decref(diff);
	diff = compare(1, "tfassay diff --format json @/n " DATA
			  "result.ndjson");
	ck_assert_int_eq(of_control(diff, "repository_tags_stay", "blocks"), 0);
	ck_assert_int_eq(of_control(diff, "repository_tags_stay", "others"), 19);
	ck_assert_int_eq(of_control(diff, "policy_has_name", "blocks"), 3);
	json_decref(diff);
}
END_TEST

/* The plan that has failures in the old result is cut in the new one. */
START_TEST(a_plan_that_is_judged_no_more_is_no_improvement)
{
	json_t *diff;

	shell("cp -r " PLANS " @/plans && head -c 900 " PLANS
	      "/2025/ecr.json >@/plans/2025/ecr.json");
	run(NULL, NULL, JUDGE "-o @/n @/plans");
	diff = compare(4, "tfassay diff --format json " DATA
			  "result.ndjson @/n");
	ck_assert_int_eq(number(diff, "plans", "newly_refused"), 1);
	ck_assert_int_eq(number(diff, "plans", "refused"), 2);
	ck_assert_uint_eq(
	    json_array_size(json_object_get(diff, "changes")), 0);
	json_decref(diff);
}
END_TEST

START_TEST(a_result_does_not_differ_from_itself)
{
	static const char *const formats[] = {"json", "ndjson"};
	char words[1024];
	json_t *diff = compare(
	    0, "tfassay diff --format json " DATA "result.ndjson " DATA
	       "result.ndjson");

	ck_assert_uint_eq(json_array_size(json_object_get(diff, "changes")), 0);
	json_decref(diff);
	for (size_t i = 0; i < COUNTOF(formats); i++) {
		snprintf(words, sizeof(words),
		    "tfassay check --no-config --no-builtin --policies " DATA
		    "controls.yaml --format %s=@/%s " PLANS "/2025/ecr.json",
		    formats[i], formats[i]);
		ck_assert_int_eq(run(NULL, NULL, words), 1);
	}
	diff = compare(0, "tfassay diff --format json @/json @/ndjson");
	ck_assert_int_eq(number(diff, "plans", "both"), 1);
	ck_assert_uint_eq(json_array_size(json_object_get(diff, "changes")), 0);
	json_decref(diff);
}
END_TEST

/* One thing is good in one and bad in the other. */
START_TEST(reports_of_check_are_compared)
{
	static const char *const plans[] = {"passing", "failing"};
	char words[1024];
	json_t *diff;

	for (size_t i = 0; i < COUNTOF(plans); i++) {
		snprintf(words, sizeof(words),
		    "tfassay check --no-config --no-builtin --policies "
		    "testdata/cli/policy.yaml --format json=@/%s "
		    "testdata/cli/%s.json",
		    plans[i], plans[i]);
		ck_assert_int_eq(run(NULL, NULL, words), (int)i);
	}
	diff = compare(1, "tfassay diff --format json @/passing @/failing");
	ck_assert_int_eq(of_control(diff, "thing_is_good", "blocks"), 1);
	ck_assert_int_eq(number(diff, "plans", "newly_failing"), 1);
	json_decref(diff);
	diff = compare(0, "tfassay diff --format json @/failing @/passing");
	ck_assert_int_eq(of_control(diff, "thing_is_good", "fails_no_more"), 1);
	json_decref(diff);
}
END_TEST

START_TEST(what_is_no_whole_result_is_not_compared)
{
	struct buf err = {0};

	write_whole("/cut", str_head(buf_str(&whole), whole.len / 2));
	write_whole("/plan", STR("{\"format_version\":\"1.2\"}"));
	ck_assert_int_eq(
	    run(NULL, &err, "tfassay diff " DATA "result.ndjson @/cut"), 3);
	ck_assert(str_find(
	    buf_str(&err), STR("/cut is damaged, or not whole"), &(size_t){0}));
	ck_assert_int_eq(run(NULL, NULL, "tfassay diff @/plan @/cut"), 3);
	ck_assert_int_eq(run(NULL, NULL, "tfassay diff @/none @/cut"), 2);
	ck_assert_int_eq(run(NULL, NULL, "tfassay diff @/cut"), 2);
	buf_free(&err);
}
END_TEST

Suite *
suite_replay(void)
{
	Suite *suite = suite_create("replay");
	TCase *tc = tcase_create("replay");

	tcase_add_checked_fixture(tc, enter, leave);
	tcase_add_test(tc, counts_are_those_of_the_records);
	tcase_add_test(tc, controls_add_up_over_plans);
	tcase_add_test(tc, digests_can_be_made_by_others);
	tcase_add_test(tc, findings_are_those_of_check);
	tcase_add_test(tc, results_of_released_versions_stay);
	tcase_add_test(tc, jobs_lists_and_folders_make_no_difference);
	tcase_add_test(tc, a_list_names_plans_as_a_folder_does);
	tcase_add_test(tc, what_is_wrong_with_a_list_is_told);
	tcase_add_test(tc, a_missing_plan_is_a_record);
	tcase_add_loop_test(
	    tc, merged_shards_are_what_one_process_gives, 0, 4);
	tcase_add_test(tc, missing_doubled_and_foreign_shards_are_named);
	tcase_add_test(tc, no_damage_goes_unnoticed);
	tcase_add_loop_test(tc, schedulers_say_which_part_it_is, 0,
	    (int)COUNTOF(schedulers));
	tcase_add_test(tc, a_cut_run_goes_on_wherever_it_was_cut);
	tcase_add_test(tc, unchanged_plans_are_taken_over);
	tcase_add_test(tc, nothing_is_taken_over_from_other_policies);
	tcase_add_test(tc, a_damaged_block_is_judged_again);
	tcase_add_test(tc, a_result_is_whole_or_not_there);
	tcase_add_test(tc, what_new_controls_would_have_blocked);
	tcase_add_test(tc, a_plan_that_is_judged_no_more_is_no_improvement);
	tcase_add_test(tc, a_result_does_not_differ_from_itself);
	tcase_add_test(tc, reports_of_check_are_compared);
	tcase_add_test(tc, what_is_no_whole_result_is_not_compared);
	suite_add_tcase(suite, tc);
	return suite;
}
