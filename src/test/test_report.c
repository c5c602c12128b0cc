/*
 * Reports are made by hand, from texts as hostile as can be had, and what is
 * written is read as others would read it: by jansson, and by the rules with
 * which runners look for commands.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine/result.h"
#include "report/report.h"
#include "report/sanitise.h"
#include "report/show.h"
#include "report/sqlite.h"
#include "test/test.h"

/* A struct str in a table: the length is the compiler's business. */
#define TEXT(literal)                                                          \
	{                                                                      \
		literal, sizeof(literal) - 1                                   \
	}

enum { FINDINGS_MOST = 8, TYPE_COUNT = 2 };

/* A report of one control, with everything that a format may show. */
struct world {
	struct control control;
	const struct control *controls[1];
	struct pack pack;
	struct pack *packs[1];
	struct cond cond;
	struct pair input;
	struct evidence evidence;
	struct named_list framework, tool;
	struct str texts[1];
	struct names names;
	struct control_test test;
	struct node nodes[1];
	struct default_entry entry;
	struct tfa_policies policies;
	struct tfa_options options;
	struct tfa_report report;
	struct plan_result plans[2];
	struct finding findings[FINDINGS_MOST];
	struct finding_origin origin;
	struct tally tally;
	bool selected;
	enum enforce enforced;
	struct type_count types[TYPE_COUNT];
};

static void
world_policy(struct world *w, struct str text)
{
	w->texts[0] = text;
	w->names = (struct names){w->texts, 1};
	w->nodes[0] = (struct node){NODE_STRING, 0, 0, (uint32_t)text.len, 0};
	w->framework = (struct named_list){text, w->names};
	w->tool = (struct named_list){STR("checkov"), w->names};
	w->input = (struct pair){STR("acme/registry/aws"), text};
	w->evidence = (struct evidence){text, text, text};
	w->cond = (struct cond){.kind = COND_TEST,
	    .path = {.text = text},
	    .expected = text,
	    .default_source = text};
	w->pack = (struct pack){.name = text,
	    .version = STR("1.0.0"),
	    .file = text,
	    .sha256 = "00ff",
	    .controls = 1};
	w->test = (struct control_test){
	    .name = text,
	    .type = text,
	    .resource = {w->nodes, text.ptr},
	    .expect = EXPECT_FAIL
        };
	w->entry = (struct default_entry){
	    .type = text,
	    .path = text,
	    .value = {w->nodes, text.ptr},
	    .source = text,
	    .since = text,
	    .note = text
        };
	w->control = (struct control){
	    .id = text,
	    .title = text,
	    .why = text,
	    .severity = SEVERITY_HIGH,
	    .types = w->names,
	    .assert = &w->cond,
	    .fix_text = text,
	    .fix_hcl = text,
	    .module_inputs = &w->input,
	    .module_input_count = 1,
	    .pitfalls = w->names,
	    .evidence = &w->evidence,
	    .evidence_count = 1,
	    .frameworks = {&w->framework, 1},
	    .tools = {&w->tool,      1},
	    .tests = &w->test,
	    .test_count = 1,
	    .reviewed = text,
	    .pack = &w->pack
        };
	w->controls[0] = &w->control;
	w->packs[0] = &w->pack;
	w->policies.controls = w->controls;
	w->policies.control_count = 1;
	w->policies.packs = w->packs;
	w->policies.pack_count = 1;
	ck_assert(
	    map_set(&w->policies.control_ids, w->control.id, &w->control));
	ck_assert(map_set(&w->policies.defaults, text, &w->entry));
}

/* Every text of the world is this one. */
static void
world_fill(struct world *w, struct str text)
{
	memset(w, 0, sizeof(*w));
	world_policy(w, text);
	w->plans[0] = (struct plan_result){.path = text, .notes = w->names};
	w->plans[0].info.terraform_version = text;
	w->types[0] = (struct type_count){STR("aws_x"), 2, 1};
	w->types[1] = (struct type_count){STR("aws_y"), 1, 0};
	w->findings[0] = (struct finding){.control = &w->control,
	    .address = text,
	    .previous_address = text,
	    .action = "create",
	    .actions = ACTION_CREATE,
	    .path = text,
	    .state = STATE_DEFAULTED,
	    .expected = STR("equals true"),
	    .actual = text,
	    .reason = text,
	    .waits_for = w->names,
	    .by_default = &w->entry,
	    .origin = &w->origin};
	w->origin = (struct finding_origin){.kind = "service-default",
	    .where = text,
	    .source = text,
	    .version = text,
	    .change = text,
	    .change_source = text,
	    .change_version = text,
	    .change_attribute = text,
	    .reference = text,
	    .candidates = w->names};
	w->report = (struct tfa_report){
	    .policies = &w->policies,
	    .options = &w->options,
	    .as_of = text,
	    .plans = w->plans,
	    .plan_count = 1,
	    .findings = w->findings,
	    .finding_count = 1,
	    .tallies = &w->tally,
	    .selected = &w->selected,
	    .enforced = &w->enforced,
	    .judged = 1,
	    .controls_run = 1,
	    .ledger = {.subjects = 3, .judged = 1, .unmatched = 2},
	    .types = w->types,
	    .type_count = TYPE_COUNT,
	    .outcome = OUTCOME_FAIL,
	    .status = 1,
	    .reasons = w->names,
	    .notes = w->names
        };
	w->report.totals.tally.fail = w->tally.fail = 1;
	w->report.totals.blocking = 1;
	w->report.totals.best = w->report.totals.worst = 1;
	w->selected = true;
}

/* What a plain world looks like, to compare whole outputs with. */
static void
world_plain(struct world *w)
{
	struct finding *finding;

	world_fill(w, STR("text"));
	w->control.id = STR("ecr_scan");
	w->control.title = STR("ECR scans images");
	w->control.fix_text = STR("Scan on push.");
	w->control.fix_hcl = STR("scanning {\n\ton_push = true\n}\n");
	w->input.text = STR("scan_on_push = true");
	w->framework.name = STR("PCI DSS v4.0");
	w->texts[0] = STR("11.3.1");
	w->entry.source = STR("https://example.org/ecr");
	w->entry.since = STR("2019-10-24");
	w->plans[0].path = STR("plan.json");
	w->plans[0].notes.count = 0;
	w->report.notes.count = 0;
	w->report.reasons.count = 0;
	finding = &w->findings[0];
	finding->address = STR("module.a.module.b.aws_ecr_repository.x[0]");
	finding->previous_address = STR("");
	finding->path = STR("scanning[0].on_push");
	finding->actual = STR("false");
	finding->reason = STR(
	    "scanning is not set; the service's default is on_push = false");
	finding->waits_for.count = 0;
	w->origin = (struct finding_origin){.kind = "service-default",
	    .where = STR("module.a.module.b"),
	    .source = STR("pci.example.org/acme/registry/aws"),
	    .version = STR("2.2.1"),
	    .change = STR("module \"b\" in module.a"),
	    .change_source = STR("pci.example.org/acme/registry/aws"),
	    .change_version = STR("2.2.1"),
	    .change_attribute = STR("scan_on_push"),
	    .change_setting = STR("scan_on_push = true"),
	    .left_unset = "omitted"};
}

static void
world_free(struct world *w)
{
	map_free(&w->policies.control_ids);
	map_free(&w->policies.defaults);
}

/* --- Writing --- */

struct output {
	char *text;
	size_t len;
};

static struct output
render(
    struct world *w, const char *format, const struct tfa_report_style *style)
{
	struct output out = {NULL, 0};
	struct tfa_error err = {0};
	FILE *file = open_memstream(&out.text, &out.len);

	ck_assert_ptr_nonnull(file);
	ck_assert_msg(tfa_report_write(&w->report, format, style, file, &err),
	    "%s", err.message);
	fclose(file);
	return out;
}

static struct output
render_list(struct world *w, enum tfa_list list, bool json)
{
	const struct tfa_list_options options = {
	    .format = json ? "json" : "text"};
	struct output out = {NULL, 0};
	struct tfa_error err = {0};
	FILE *file = open_memstream(&out.text, &out.len);

	ck_assert_ptr_nonnull(file);
	ck_assert(tfa_list_write(&w->policies, list, &options, file, &err));
	fclose(file);
	return out;
}

/* The id in the table of ids is a C string here. */
static struct output
render_explain(struct world *w, const char *id, bool color)
{
	struct output out = {NULL, 0};
	struct tfa_error err = {0};
	FILE *file = open_memstream(&out.text, &out.len);

	ck_assert_ptr_nonnull(file);
	ck_assert_msg(tfa_explain_write(&w->policies, id, color, file, &err),
	    "%s", err.message);
	fclose(file);
	return out;
}

static json_t *
read_json(const char *text, size_t len)
{
	json_error_t error;
	json_t *json = json_loadb(
	    text, len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(json != NULL, "%s in %.200s", error.text, text);
	return json;
}

static json_t *
render_json(struct world *w, const struct tfa_report_style *style)
{
	struct output out = render(w, "json", style);
	json_t *json = read_json(out.text, out.len);

	free(out.text);
	return json;
}

static size_t
occurrences(const char *text, const char *part)
{
	size_t count = 0;

	while ((text = strstr(text, part))) {
		count++;
		text += strlen(part);
	}
	return count;
}

/* --- Reading it as a runner and a terminal do --- */

static bool
is_forbidden(unsigned long rune, bool color)
{
	static const unsigned long ranges[][2] = {
	    {0,      0x1f  },
            {0x7f,   0x9f  },
            {0x61c,  0x61c },
            {0x200b, 0x200f},
	    {0x2028, 0x202e},
            {0x2060, 0x2060},
            {0x2066, 0x2069},
	    {0xfeff, 0xfeff}
        };

	if (color && rune == 0x1b)
		return false;
	for (size_t i = 0; i < COUNTOF(ranges); i++) {
		if (rune >= ranges[i][0] && rune <= ranges[i][1])
			return true;
	}
	return false;
}

/*
 * ascii is jansson's: what it wrote as \uXXXX is looked at, and what a
 * backslash of the text itself became is stepped over.  Gives the first that
 * stands for a forbidden character.
 */
static const char *
find_forbidden(const char *ascii, bool color)
{
	for (const char *at = ascii; *at; at++) {
		char digits[5] = "";

		if (*at == 0x7f)
			return at;
		if (*at != '\\')
			continue;
		at++;
		if (strchr("bfrt", *at))
			return at;
		if (*at != 'u')
			continue;
		memcpy(digits, at + 1, 4);
		if (is_forbidden(strtoul(digits, NULL, 16), color))
			return at;
	}
	return NULL;
}

static void
check_characters(struct output out, bool color)
{
	json_t *string = json_stringn(out.text, out.len);
	const char *found;
	char *ascii;

	ck_assert_msg(string != NULL, "no UTF-8: %.200s", out.text);
	ascii = json_dumps(string, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	found = find_forbidden(ascii, color);
	ck_assert_msg(!found, "\\%.5s in %.200s", found, ascii);
	free(ascii);
	json_decref(string);
}

/* Our own colours are taken out; any other use of ESC stays and is found. */
static void
strip_colors(struct output *out)
{
	static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m",
	    "\033[32m", "\033[1;31m", "\033[1;33m", "\033[1;35m"};

	for (size_t i = 0; i < COUNTOF(codes); i++) {
		char *at = out->text;

		while ((at = strstr(at, codes[i]))) {
			size_t len = strlen(codes[i]);

			memmove(at, at + len, strlen(at + len) + 1);
			out->len -= len;
		}
	}
}

/* .NET's TrimStart: white space of Unicode. */
static const char *
trim_start(const char *line)
{
	static const char *const blanks[] = {" ", "\t", "\v", "\f", "\r",
	    "\xc2\x85", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x80",
	    "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84",
	    "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
	    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9",
	    "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

	for (size_t i = 0; i < COUNTOF(blanks); i++) {
		if (strncmp(line, blanks[i], strlen(blanks[i])) == 0) {
			line += strlen(blanks[i]);
			i = (size_t)-1;
		}
	}
	return line;
}

/* The newer form begins a trimmed line, the older is found anywhere. */
static void
check_commands(const char *text)
{
	static const char *const anywhere[] = {"##[", "##vso[", "##teamcity["};

	for (size_t i = 0; i < COUNTOF(anywhere); i++)
		ck_assert_msg(!strstr(text, anywhere[i]), "%s in %.200s",
		    anywhere[i], text);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(trim_start(line), "::", 2) == 0)
			ck_abort_msg("a command: %.200s", line);
	}
}

/* Lines of the text format begin with a word or a margin of ours. */
static void
check_beginnings(const char *text)
{
	static const char *const ours[] = {"FAIL ", "  | ", "\n",
	    "note: ", "fail: ", "ERROR ", "control: ", "default ",
	    "1 control: ", "text ", "concise ", "json ", "ndjson ", "sarif", "junit ",
	    "github ", "gitlab", "markdown ", "html ", "csv ", "checkstyle ", "tap ", "azure ",
	    "bitbucket ", "rdjsonl ", "atlantis ", "tfc-run-task ", "asff ",
	    "ocsf ", "oscal "};

	for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
		bool found = false;

		for (size_t i = 0; i < COUNTOF(ours); i++)
			found = found ||
				strncmp(line, ours[i], strlen(ours[i])) == 0;
		if (!found)
			ck_abort_msg("begins with %.60s", line);
	}
}

/* Checks the output and releases it. */
static void
check_output(struct output out, bool color, bool text)
{
	ck_assert_uint_gt(out.len, 0);
	ck_assert_int_eq(out.text[out.len - 1], '\n');
	ck_assert_uint_eq(strlen(out.text), out.len);
	check_characters(out, color);
	if (color)
		strip_colors(&out);
	check_characters(out, false);
	check_commands(out.text);
	if (text)
		check_beginnings(out.text);
	free(out.text);
}

/* --- Hostile texts --- */

enum { NAUGHTY_COUNT = 515, COMMANDS_COUNT = 286 };

static const struct str own[] = {
    TEXT("\r\n::error::x"),
    TEXT("x\n::set-output name=a::b"),
    TEXT("  ::add-mask::x"),
    TEXT("\xc2\xa0::stop-commands::x"),
    TEXT("a ::error::b"),
    TEXT("::"),
    TEXT(":"),
    TEXT("::warning file=a::b"),
    TEXT("##[group]x"),
    TEXT("###[add-matcher]x"),
    TEXT("x##vso[task.setvariable]y"),
    TEXT("##teamcity[message]"),
    TEXT("\033]0;title\007\033[2J"),
    TEXT("\xc2\x9b[31m\xc2\x9d"),
    TEXT("\xe2\x80\xae\xe2\x81\xa6z\xe2\x80\x8b\xef\xbb\xbf"),
    TEXT("\xe2\x80\xa8\xe2\x80\xa9::error::"),
    TEXT("a\0b"),
    TEXT("\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80"),
    TEXT("\xc3"),
    TEXT("\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf"),
    TEXT("section_start:1:x\r\033[0K"),
    TEXT(""),
    TEXT("FAIL not ours\nERROR either"),
};

/* A process for each of some thousand rows would take minutes. */
enum {
	ROWS_EACH = 60,
	ROWS_FILES = NAUGHTY_COUNT + COMMANDS_COUNT,
	ROWS_ALL = ROWS_FILES + (int)COUNTOF(own),
	ROW_GROUPS = (ROWS_ALL + ROWS_EACH - 1) / ROWS_EACH,
};

/* Runs check on the texts of one group of rows. */
static void
each_naughty(int group, void (*check)(struct str text))
{
	json_error_t error;
	json_t *json = json_load_file(
	    "testdata/naughty-strings/blns.json", JSON_ALLOW_NUL, &error);
	json_t *commands = json_load_file(
	    "testdata/naughty-strings/commands.json", JSON_ALLOW_NUL, &error);

	ck_assert_msg(json && commands, "%s", error.text);
	ck_assert_uint_eq(json_array_size(json), NAUGHTY_COUNT);
	ck_assert_int_eq(json_array_extend(json, commands), 0);
	ck_assert_uint_eq(json_array_size(json), ROWS_FILES);
	json_decref(commands);
	for (int i = 0; i < ROWS_EACH; i++) {
		int row = group * ROWS_EACH + i;
		json_t *item = json_array_get(json, (size_t)row);

		if (item)
			check((struct str){
			    json_string_value(item), json_string_length(item)});
		else if (row < ROWS_ALL)
			check(own[row - ROWS_FILES]);
	}
	json_decref(json);
}

/* Takes out what a format writes of its own, at the beginning of a line or anywhere. */
static void
drop(char *text, const char *word, bool at_begin_only)
{
	size_t len = strlen(word);
	char *to = text;
	bool begin = true;

	for (const char *from = text; *from; from++) {
		if ((begin || !at_begin_only) && strncmp(from, word, len) == 0) {
			from += len - 1;
			begin = false;
			continue;
		}
		begin = *from == '\n';
		*to++ = *from;
	}
	*to = '\0';
}

/* What formats for other programs may hold although no text of others may. */
static const struct {
	const char *format, *word;
	bool at_begin_only;
} liberties[] = {
    {"csv",          "\r",           false},
    {"markdown",     "\xe2\x80\x8b", false},
    {"tfc-run-task", "\xe2\x80\x8b", false},
    {"azure",        "##vso[",       true },
    {"github",       "::error ",     true },
    {"github",       "::warning ",   true },
    {"github",       "::notice ",    true },
};

static void
check_other_formats(struct world *w)
{
	const struct reporter *reporter;

	for (size_t i = 4; (reporter = reporter_at(i)); i++) {
		struct output out = render(w, reporter->name, NULL);

		for (size_t j = 0; j < COUNTOF(liberties); j++) {
			if (strcmp(reporter->name, liberties[j].format) == 0)
				drop(out.text, liberties[j].word,
				    liberties[j].at_begin_only);
		}
		out.len = strlen(out.text);
		check_output(out, false, false);
	}
}

static void
check_formats(struct str text)
{
	static const char *const formats[] = {
	    "text", "concise", "json", "ndjson"};
	static const struct tfa_report_style colored = {.color = true};
	struct world w;

	world_fill(&w, text);
	for (size_t i = 0; i < COUNTOF(formats); i++) {
		check_output(render(&w, formats[i], NULL), false, i == 0);
		check_output(render(&w, formats[i], &colored), true, i == 0);
	}
	check_other_formats(&w);
	w.plans[0].error.code = TFA_ERR_PLAN;
	snprintf(w.plans[0].error.message, 200, STR_FMT, STR_ARG(text));
	snprintf(w.plans[0].error.pointer, 200, STR_FMT, STR_ARG(text));
	w.plans[0].error.line = 3;
	for (size_t i = 0; i < COUNTOF(formats); i++)
		check_output(render(&w, formats[i], NULL), false, i == 0);
	check_other_formats(&w);
	world_free(&w);
}

START_TEST(a_naughty_text_does_nothing_in_any_format)
{
	each_naughty(_i, check_formats);
}
END_TEST

static void
check_lists(struct str text)
{
	struct world w;
	char id[] = "id";

	world_fill(&w, text);
	/* The loader lets no other characters into an id. */
	w.control.id = STR("an_id");
	ck_assert(map_set(&w.policies.control_ids, str_of(id), &w.control));
	for (unsigned i = TFA_LIST_CONTROLS; i <= TFA_LIST_DEFAULTS; i++) {
		check_output(render_list(&w, (enum tfa_list)i, false), false,
		    i != TFA_LIST_CONTROLS);
		check_output(
		    render_list(&w, (enum tfa_list)i, true), false, false);
	}
	check_output(render_explain(&w, id, false), false, true);
	check_output(render_explain(&w, id, true), true, true);
	world_free(&w);
}

START_TEST(a_naughty_text_does_nothing_in_any_list)
{
	each_naughty(_i, check_lists);
}
END_TEST

/* --- In a database --- */

/* In memory, where there is such a folder: eight hundred runs are synced. */
static void
stored_path(char path[64])
{
	snprintf(path, 64, "%s/tfassay-report-test.%ld.db",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
	    (long)getpid());
}

static void
check_stored(struct str text)
{
	struct world w;
	struct tfa_error err = {0};
	char path[64];

	world_fill(&w, text);
	stored_path(path);
	ck_assert_msg(
	    tfa_report_store(&w.report, &(struct tfa_report_style){.show = 0},
		path, &err),
	    "%s", err.message);
	world_free(&w);
}

static int
add_cells(void *ctx, int count, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < count; i++)
		buf_fmt(ctx, "| %s\n", values[i] ? values[i] : "");
	return 0;
}

START_TEST(a_naughty_text_is_clean_in_a_database)
{
	static const char dump[] =
	    "SELECT * FROM runs; SELECT * FROM plans; SELECT * FROM policies;"
	    "SELECT * FROM controls; SELECT * FROM requirements;"
	    "SELECT * FROM findings; SELECT * FROM waivers";
	struct tfa_error err = {0};
	struct sqlite sqlite;
	struct sqlite3 *db = NULL;
	struct buf cells = {0};
	char path[64];

	if (!sqlite_load(&sqlite, &err)) {
		printf("report: skipped: libsqlite3 is missing\n");
		return;
	}
	stored_path(path);
	unlink(path);
	each_naughty(_i, check_stored);
	ck_assert_int_eq(sqlite.open_v2(path, &db, 2, NULL), 0);
	ck_assert_int_eq(sqlite.exec(db, dump, add_cells, &cells, NULL), 0);
	sqlite.close(db);
	sqlite_unload(&sqlite);
	unlink(path);
	ck_assert_uint_gt(cells.len, 1000);
	ck_assert(buf_byte(&cells, '\0'));
	check_output((struct output){cells.ptr, cells.len - 1}, false, false);
}
END_TEST

/* What is no UTF-8 cannot come back: U+FFFD stands for it. */
static void
check_string(const json_t *object, const char *key, struct str expected)
{
	const json_t *item = json_object_get(object, key);
	json_t *valid = json_stringn(expected.ptr, expected.len);

	ck_assert_msg(json_is_string(item), "%s", key);
	if (!valid) {
		ck_assert_ptr_nonnull(
		    strstr(json_string_value(item), "\xef\xbf\xbd"));
		return;
	}
	json_decref(valid);
	ck_assert_uint_eq(json_string_length(item), expected.len);
	ck_assert_mem_eq(json_string_value(item), expected.ptr, expected.len);
}

static void
check_read_back(struct str text)
{
	struct world w;
	json_t *read, *finding;

	world_fill(&w, text);
	read = render_json(&w, NULL);
	finding = json_array_get(json_object_get(read, "findings"), 0);
	check_string(finding, "control", text);
	check_string(finding, "address", text);
	if (text.len) {
		check_string(finding, "path", text);
		check_string(finding, "actual", text);
		check_string(finding, "reason", text);
		check_string(
		    json_object_get(finding, "origin"), "default_source", text);
		check_string(read, "as_of", text);
	}
	json_decref(read);
	world_free(&w);
}

START_TEST(a_naughty_text_is_read_back_from_json_as_it_was)
{
	each_naughty(_i, check_read_back);
}
END_TEST

static void
check_lines(struct str text)
{
	static const char *const types[] = {"run", "finding", "control", "end"};
	struct world w;
	struct output out;
	char *line;
	size_t count = 0;

	world_fill(&w, text);
	out = render(&w, "ndjson", NULL);
	line = out.text;
	for (char *end; (end = strchr(line, '\n')); line = end + 1) {
		json_t *read = read_json(line, (size_t)(end - line));

		ck_assert_uint_lt(count, COUNTOF(types));
		ck_assert_str_eq(
		    json_string_value(json_object_get(read, "type")),
		    types[count++]);
		json_decref(read);
	}
	ck_assert_str_eq(line, "");
	ck_assert_uint_eq(count, COUNTOF(types));
	free(out.text);
	world_free(&w);
}

START_TEST(each_line_of_ndjson_is_one_document)
{
	each_naughty(_i, check_lines);
}
END_TEST

/* --- The one function that cleans --- */

#define ELLIPSIS "\xe2\x80\xa6"

static const struct {
	struct str text;
	size_t most;
	const char *clean;
} texts[] = {
    {TEXT("plain \xc3\xa9\xf0\x9f\x98\x80"),               99,
     "plain \xc3\xa9\xf0\x9f\x98\x80"						     },
    {TEXT("a\r\nb\tc"),				    99, "a\\u{d}\\u{a}b\\u{9}c"    },
    {TEXT("\033[31m"),				     99, "\\u{1b}[31m"              },
    {TEXT("a\0b\x7f"),				     99, "a\\u{0}b\\u{7f}"          },
    {TEXT("\xc2\x9b"
	  "31m"),
     99,						       "\\u{9b}31m"               },
    {TEXT("\x9b"
	  "31m"),
     99,						       "\\x9b31m"                 },
    {TEXT("\xe2\x80\xa8\xe2\x80\xa9"),                     99, "\\u{2028}\\u{2029}"       },
    {TEXT("\xe2\x80\xae"
	  "abc\xe2\x81\xa9"),
     99,						       "\\u{202e}abc\\u{2069}"    },
    {TEXT("\xd8\x9c\xe2\x80\x8b\xe2\x81\xa0\xef\xbb\xbf"), 99,
     "\\u{61c}\\u{200b}\\u{2060}\\u{feff}"						},
    {TEXT("\xef\xbf\xbf\xf4\x8f\xbf\xbe"),                 99, "\\u{ffff}\\u{10fffe}"     },
    {TEXT("\xc0\x80\xed\xa0\x80"),                         99, "\\xc0\\x80\\xed\\xa0\\x80"},
    {TEXT("\xe2\x82"),				     99, "\\xe2\\x82"               },
    {TEXT("::error::x"),				   99, "\\u{3a}:error::x"         },
    {TEXT("a ::b"),					99, "a \\u{3a}:b"              },
    {TEXT("a\xe3\x80\x80::b"),                             99, "a\xe3\x80\x80\\u{3a}:b"   },
    {TEXT(":"),					    99, "\\u{3a}"                  },
    {TEXT("arn:aws:s3:::b"),			       99, "arn:aws:s3:::b"           },
    {TEXT("AWS::S3::Bucket"),			      99, "AWS::S3::Bucket"          },
    {TEXT("##[group]"),				    99, "#\\u{23}[group]"          },
    {TEXT("###vso[x]"),				    99, "#\\u{23}#vso[x]"          },
    {TEXT("a#b"),					  99, "a#b"                      },
    {TEXT("abcdef"),				       6,  "abcdef"                   },
    {TEXT("abcdef"),				       5,  "abcde" ELLIPSIS           },
    {TEXT("a\xc3\xa9\xc3\xa9"),                            2,  "a\xc3\xa9" ELLIPSIS       },
    {TEXT(""),					     5,  ""			 },
    {TEXT("a\nb"),					 6,  "a\\u{a}" ELLIPSIS	 },
    {TEXT("a\nb"),					 5,  "a" ELLIPSIS		 },
};

START_TEST(a_text_is_cleaned)
{
	struct buf out = {0};

	ck_assert(clean_add(&out, texts[_i].text, texts[_i].most));
	ck_assert(buf_byte(&out, '\0'));
	ck_assert_str_eq(out.ptr, texts[_i].clean);
	buf_free(&out);
}
END_TEST

/* --- Text --- */

START_TEST(a_finding_names_the_place_to_change)
{
	static const char expected[] =
	    "FAIL high  ecr_scan  ECR scans images\n"
	    "  | at        module.a.module.b.aws_ecr_repository.x[0]  "
	    "(create; introduced)\n"
	    "  | why       scanning is not set; the service's default is "
	    "on_push = false\n"
	    "  | default   https://example.org/ecr (since 2019-10-24)\n"
	    "  | expected  scanning[0].on_push equals true\n"
	    "  | actual    false\n"
	    "  | fix       change module \"b\" in module.a "
	    "(pci.example.org/acme/registry/aws 2.2.1): scan_on_push = "
	    "true\n"
	    "  | covers    PCI DSS v4.0 11.3.1\n"
	    "  | more      tfassay explain ecr_scan\n"
	    "\n"
	    "fail: 1 fail; 3 resources in the plan: 1 judged, 0 removed, 2 "
	    "skipped (2 without a control); 1 control ran; exit status 1: \n";
	struct world w;
	struct output out;

	world_plain(&w);
	out = render(&w, "text", NULL);
	ck_assert_str_eq(out.text, expected);
	free(out.text);
	world_free(&w);
}
END_TEST

START_TEST(a_place_without_a_known_value_gets_the_text_and_the_code)
{
	struct world w;
	struct output out;

	world_plain(&w);
	w.origin.change_setting = STR("");
	w.origin.change_version = STR("");
	w.origin.change_source = STR("acme/x");
	w.origin.note = "null is passed there";
	w.origin.reference = STR("local.scan");
	out = render(&w, "text", NULL);
	ck_assert_ptr_nonnull(strstr(out.text,
	    "  | fix       change module \"b\" in module.a (acme/x): "
	    "scan_on_push; null is passed there; from\n"
	    "  |           local.scan\n"
	    "  |           Scan on push.\n"
	    "  |           scanning {\n"
	    "  |             on_push = true\n"
	    "  |           }\n"));
	free(out.text);
	world_free(&w);
}
END_TEST

START_TEST(candidates_are_named_where_several_could_be_changed)
{
	struct world w;
	struct output out;

	world_plain(&w);
	w.origin.change_setting = w.origin.change_source = STR("");
	w.texts[0] = STR("variable \"x\"");
	w.origin.candidates = w.names;
	w.origin.candidates.count = 1;
	w.origin.more_candidates = 3;
	out = render(&w, "text", NULL);
	ck_assert_ptr_nonnull(strstr(out.text,
	    "module.a: scan_on_push; it depends on variable \"x\" and 3 "
	    "more\n"));
	free(out.text);
	world_free(&w);
}
END_TEST

/* Instances whose places are arguments of one call. */
START_TEST(folded_instances_name_all_their_places)
{
	struct world w;
	struct output out;
	struct finding_origin other;

	world_plain(&w);
	other = w.origin;
	other.change_attribute = STR("for_each[\"b\"]");
	w.origin.change_setting = other.change_setting = STR("");
	w.origin.change_source = STR("");
	w.findings[1] = w.findings[0];
	w.findings[1].address = STR("module.a.module.b.aws_ecr_repository.x[1]");
	w.findings[1].origin = &other;
	w.report.finding_count = 2;
	out = render(&w, "text", NULL);
	ck_assert_ptr_nonnull(strstr(out.text,
	    "module.a: scan_on_push, for_each[\"b\"]\n"));
	other.change = STR("variable \"x\"");
	free(out.text);
	out = render(&w, "text", NULL);
	ck_assert_ptr_nonnull(strstr(
	    out.text, "  | fix       change variable \"x\" "));
	free(out.text);
	world_free(&w);
}
END_TEST

/* Five instances: three alike, one with another reason, one unlike both. */
static void
add_instances(struct world *w)
{
	static const struct str addresses[] = {
	    TEXT("module.m[\"a.b\"].aws_x.y[0]"), TEXT("module.m[1].aws_x.y[0]"),
	    TEXT("module.m[2].aws_x.y[\"]\"]"), TEXT("module.m[3].aws_x.y[0]"),
	    TEXT("module.m[\"a.b\"].aws_x.y[1]")};

	for (size_t i = 0; i < COUNTOF(addresses); i++) {
		w->findings[i] = w->findings[0];
		w->findings[i].address = addresses[i];
	}
	w->findings[1].reason = STR("another");
	w->findings[3].change = CHANGE_EXISTING;
	w->report.finding_count = COUNTOF(addresses);
}

START_TEST(instances_with_the_same_result_are_one_block)
{
	struct world w;
	struct output out;
	const char *folded, *second, *third;

	world_plain(&w);
	add_instances(&w);
	out = render(&w, "text", NULL);
	ck_assert_uint_eq(occurrences(out.text, "FAIL "), 3);
	ck_assert_uint_eq(occurrences(out.text, " instances: "), 1);
	folded = strstr(out.text,
	    "module.m.aws_x.y  (create; introduced)\n"
	    "  |           3 instances: [\"a.b\"][0], [2][\"]\"], [\"a.b\"][1]\n");
	second = strstr(out.text, "why       another\n");
	third = strstr(out.text, "(create; existing)\n");
	ck_assert_ptr_nonnull(folded);
	ck_assert_ptr_nonnull(second);
	ck_assert_ptr_nonnull(third);
	ck_assert(folded < second && second < third);
	free(out.text);
	w.findings[4].address = STR("module.m[7].aws_x.y[0]");
	w.findings[2].address = STR("module.m[\"]\"].aws_x.y[0]");
	out = render(&w, "text", NULL);
	ck_assert_ptr_nonnull(strstr(out.text,
	    "module.m.aws_x.y[0]  (create; introduced)\n"
	    "  |           3 instances: [\"a.b\"], [\"]\"], [7]\n"));
	free(out.text);
	out = render(&w, "markdown", NULL);
	ck_assert_ptr_nonnull(strstr(out.text,
	    "`module.m.aws_x.y[0]` (3 instances: `[\"a.b\"]`, `[\"]\"]`, "
	    "`[7]`)"));
	free(out.text);
	world_free(&w);
}
END_TEST

/* What has a key elsewhere, or none, is another resource's or another form. */
START_TEST(only_instances_of_one_resource_are_folded)
{
	static const struct str others[] = {TEXT("module.a.aws_x.y"),
	    TEXT("module.a[0].aws_x.y"), TEXT("module.a.aws_x.y2[0]"),
	    TEXT("module.a.aws_x[0].y"), TEXT("module.a.module.b.aws_x.y[0]"),
	    TEXT("module.b.aws_x.y[0]"), TEXT("aws_x.y[0]")};
	struct world w;
	struct output out;

	world_plain(&w);
	w.findings[1] = w.findings[0];
	w.findings[0].address = STR("module.a.aws_x.y[0]");
	w.findings[1].address = others[_i];
	w.report.finding_count = 2;
	out = render(&w, "text", NULL);
	ck_assert_uint_eq(occurrences(out.text, "FAIL "), 2);
	free(out.text);
	out = render(&w, "markdown", NULL);
	ck_assert_uint_eq(occurrences(out.text, " instances: "), 0);
	free(out.text);
	world_free(&w);
}
END_TEST

START_TEST(long_sentences_are_wrapped)
{
	struct world w;
	struct output out;
	struct buf reason = {0};

	world_plain(&w);
	for (size_t i = 0; i < 30; i++)
		buf_add(&reason, STR("w\xc3\xb6rd "));
	w.findings[0].reason = buf_str(&reason);
	w.origin.change_setting = STR("");
	out = render(&w, "text", NULL);
	for (char *line = out.text; strncmp(line, "fail: ", 6) != 0;
	     line = strchr(line, '\n') + 1) {
		size_t len = strcspn(line, "\n");

		ck_assert_uint_le(
		    clean_width((struct str){line, len}), PAGE_WIDTH);
	}
	ck_assert_uint_eq(occurrences(out.text, "w\xc3\xb6rd"), 30);
	free(out.text);
	buf_free(&reason);
	world_free(&w);
}
END_TEST

/* What each verdict is by default, and with a bit of its own. */
static const struct {
	enum verdict verdict;
	enum change change;
	unsigned show;
	bool shown;
} shows[] = {
    {VERDICT_FAIL,    CHANGE_INTRODUCED, 0,                     true },
    {VERDICT_ERROR,   CHANGE_INTRODUCED, 0,                     true },
    {VERDICT_UNKNOWN, CHANGE_EXISTING,   0,                     true },
    {VERDICT_WAIVED,  CHANGE_EXISTING,   0,                     true },
    {VERDICT_PASS,    CHANGE_CLEAN,      0,                     false},
    {VERDICT_PASS,    CHANGE_FIXED,      0,                     true },
    {VERDICT_PASS,    CHANGE_CLEAN,      TFA_PASS,              true },
    {VERDICT_FAIL,    CHANGE_INTRODUCED, TFA_PASS,              false},
    {VERDICT_WAIVED,  CHANGE_EXISTING,   TFA_FAIL | TFA_WAIVED, true },
};

START_TEST(show_decides_what_is_listed_but_not_what_is_counted)
{
	static const char *const formats[] = {
	    "text", "concise", "json", "ndjson"};
	struct tfa_report_style style = {.show = shows[_i].show};
	struct world w;

	world_plain(&w);
	w.findings[0].verdict = shows[_i].verdict;
	w.findings[0].change = shows[_i].change;
	for (size_t i = 0; i < COUNTOF(formats); i++) {
		struct output out = render(&w, formats[i], &style);

		ck_assert_int_eq(
		    strstr(out.text, "aws_ecr_repository.x") != NULL,
		    shows[_i].shown);
		ck_assert_ptr_nonnull(
		    strstr(out.text, i < 2 ? "1 fail;" : "\"fail\""));
		free(out.text);
	}
	world_free(&w);
}
END_TEST

START_TEST(a_summary_has_no_findings_and_quiet_has_nothing_else)
{
	static const struct tfa_report_style summary = {.summary = true};
	static const struct tfa_report_style quiet = {.quiet = true};
	struct world w;
	struct output out;

	world_plain(&w);
	out = render(&w, "text", &summary);
	ck_assert_uint_eq(occurrences(out.text, "\n"), 1);
	ck_assert_uint_eq(occurrences(out.text, "FAIL"), 0);
	free(out.text);
	out = render(&w, "concise", &quiet);
	ck_assert_str_eq(out.text,
	    "plan.json:1:1: high: [ecr_scan] "
	    "module.a.module.b.aws_ecr_repository.x[0]: fail: scanning is not "
	    "set; the service's default is on_push = false; change module "
	    "\"b\" in module.a (pci.example.org/acme/registry/aws 2.2.1): "
	    "scan_on_push = true\n");
	free(out.text);
	w.report.finding_count = 0;
	w.report.judged = 0;
	out = render(&w, "text", &quiet);
	ck_assert_ptr_nonnull(strstr(out.text, "exit status"));
	free(out.text);
	world_free(&w);
}
END_TEST

START_TEST(the_closing_line_says_why_the_status_is_what_it_is)
{
	static const struct tfa_report_style summary = {.summary = true};
	static const struct str reasons[] = {
	    TEXT("1 blocking failure"), TEXT("nothing was judged")};
	struct world w;
	struct output out;

	world_plain(&w);
	w.report.reasons = (struct names){reasons, 2};
	w.report.totals.tally = (struct tally){4, 1, 2, 3, 5, 6};
	w.report.totals.worst = 3;
	w.report.ledger = (struct ledger){.subjects = 20,
	    .judged = 9,
	    .unmatched = 3,
	    .removed = 4,
	    .data = 2,
	    .deferred = 2};
	out = render(&w, "text", &summary);
	ck_assert_str_eq(out.text,
	    "fail: 1 fail, 5 error, 2 unknown, 3 waived, 4 pass, 6 not "
	    "applicable (1 to 3 blocking failures after apply); 20 resources "
	    "in the plan: 9 judged, 4 removed, 7 skipped (3 without a "
	    "control, 2 data, 2 deferred); 1 control ran; exit status 1: 1 "
	    "blocking failure, nothing was judged\n");
	free(out.text);
	world_free(&w);
}
END_TEST

static const struct {
	const char *format, *line;
} refusals[] = {
    {"text",
     "ERROR b.json cannot be judged: it ends early (at byte 12, line 2, "
	"/a/b)\n"				   },
    {"concise",
     "b.json:2:1: error: the plan cannot be judged: it ends early (at byte "
	"12, line 2, /a/b)\n"                       },
    {"json",    "      \"error\": {\n"
	     "        \"message\": \"it ends early\",\n"
	     "        \"offset\": 12,\n"
	     "        \"line\": 2,\n"
	     "        \"pointer\": \"/a/b\"\n"
	     "      }\n"                },
    {"ndjson",  "\"error\":{\"message\":\"it ends early\",\"offset\":12,"
	       "\"line\":2,\"pointer\":\"/a/b\"}"},
};

START_TEST(a_refused_plan_says_where_it_is_broken)
{
	static const struct tfa_report_style summary = {.summary = true};
	struct world w;
	struct output out;

	world_plain(&w);
	w.plans[1].path = STR("b.json");
	w.plans[1].error = (struct tfa_error){.code = TFA_ERR_PLAN,
	    .message = "it ends early",
	    .pointer = "/a/b",
	    .line = 2,
	    .offset = 12};
	w.report.plan_count = 2;
	out = render(&w, refusals[_i].format, &summary);
	ck_assert_msg(
	    strstr(out.text, refusals[_i].line) != NULL, "%s", out.text);
	free(out.text);
	world_free(&w);
}
END_TEST

/* --- JSON --- */

static void
check_keys(const json_t *object, const char *keys)
{
	char found[512] = "";
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)object, key, value) {
		strcat(found, *found ? " " : "");
		strcat(found, key);
	}
	ck_assert_str_eq(found, keys);
}

START_TEST(keys_stand_in_the_order_of_the_contract)
{
	struct world w;
	json_t *json, *finding, *ledger;

	world_plain(&w);
	json = render_json(&w, NULL);
	check_keys(json,
	    "format_version tool plans policies as_of options statement "
	    "listed findings controls ledger population totals status");
	check_keys(json_object_get(json, "tool"), "name version features");
	check_keys(json_array_get(json_object_get(json, "policies"), 0),
	    "path sha256 pack version controls");
	finding = json_array_get(json_object_get(json, "findings"), 0);
	check_keys(finding,
	    "control address verdict raw_verdict change severity enforce "
	    "actions path state expected actual reason origin default fingerprint");
	check_keys(json_object_get(finding, "origin"),
	    "kind where source version change_here left_unset_by "
	    "default_source "
	    "change");
	check_keys(json_array_get(json_object_get(json, "controls"), 0),
	    "id title severity enforce pass fail unknown waived error "
	    "not_applicable "
	    "frameworks why fix fix_hcl");
	ledger = json_object_get(json, "ledger");
	check_keys(ledger,
	    "subjects judged unmatched removed data deferred deposed by_type");
	check_keys(json_object_get(ledger, "by_type"), "aws_x aws_y");
	check_keys(json_object_get(json, "totals"),
	    "pass fail unknown waived error not_applicable introduced "
	    "existing fixed removed blocking best worst");
	check_keys(json_object_get(json, "status"), "verdict exit reasons");
	json_decref(json);
	world_free(&w);
}
END_TEST

START_TEST(a_plan_states_only_what_it_said)
{
	struct world w;
	json_t *json, *plans;

	world_plain(&w);
	w.plans[0].info = (struct plan_info){.format_version = STR("1.2"),
	    .terraform_version = STR("1.11.4"),
	    .timestamp = STR("2026-01-01T00:00:00Z"),
	    .applyable = STATED_TRUE,
	    .complete = STATED_FALSE,
	    .errored = STATED_FALSE};
	snprintf(w.plans[0].sha256, sizeof(w.plans[0].sha256), "ab");
	w.plans[1].path = STR("b.json");
	w.report.plan_count = 2;
	json = render_json(&w, NULL);
	plans = json_object_get(json, "plans");
	check_keys(json_array_get(plans, 0),
	    "path sha256 bytes terraform_version format_version timestamp "
	    "applyable complete errored");
	check_keys(json_array_get(plans, 1), "path bytes");
	ck_assert(json_is_false(
	    json_object_get(json_array_get(plans, 0), "complete")));
	check_keys(json_array_get(json_object_get(json, "findings"), 0),
	    "control address plan verdict raw_verdict change severity "
	    "enforce actions path state expected actual reason origin "
	    "default fingerprint");
	json_decref(json);
	world_free(&w);
}
END_TEST

START_TEST(options_that_change_verdicts_are_told)
{
	static const char *const names[] = {"a", "b"};
	struct world w;
	json_t *json, *options;

	world_plain(&w);
	w.options = (struct tfa_options){.controls = names,
	    .control_count = 2,
	    .frameworks = names,
	    .framework_count = 1,
	    .severity = "high",
	    .profiles = names,
	    .profile_count = 2,
	    .fail_on = "medium",
	    .enforce = names,
	    .enforce_count = 1,
	    .only = TFA_INTRODUCED | TFA_FIXED,
	    .allow = TFA_ALLOW_EMPTY,
	    .exit_zero = true,
	    .no_cross_check = true};
	json = render_json(&w, NULL);
	options = json_object_get(json, "options");
	check_keys(options,
	    "no_builtin controls frameworks severity only profiles fail_on "
	    "enforce "
	    "allow exit_zero no_cross_check");
	ck_assert_uint_eq(
	    json_array_size(json_object_get(options, "controls")), 2);
	ck_assert_str_eq(json_string_value(json_array_get(
			     json_object_get(options, "only"), 1)),
	    "fixed");
	ck_assert_str_eq(json_string_value(json_array_get(
			     json_object_get(options, "allow"), 0)),
	    "empty");
	json_decref(json);
	world_free(&w);
}
END_TEST

START_TEST(controls_that_were_left_out_are_not_in_the_document)
{
	struct world w;
	json_t *json;

	world_plain(&w);
	w.selected = false;
	json = render_json(&w, NULL);
	ck_assert_uint_eq(
	    json_array_size(json_object_get(json, "controls")), 0);
	json_decref(json);
	world_free(&w);
}
END_TEST

static const struct {
	unsigned bits;
	const char *action, *first, *second;
} actions[] = {
    {ACTION_CREATE,                 "create",         "create", NULL    },
    {ACTION_NOOP,		   "no-op",          "no-op",  NULL    },
    {ACTION_CREATE | ACTION_DELETE, "replace",        "delete", "create"},
    {ACTION_CREATE | ACTION_DELETE, "create-delete",  "create", "delete"},
    {ACTION_CREATE | ACTION_FORGET, "replace-forget", "forget", "create"},
};

START_TEST(actions_are_those_of_the_plan)
{
	struct world w;
	json_t *json, *list;

	world_plain(&w);
	w.findings[0].actions = actions[_i].bits;
	w.findings[0].action = actions[_i].action;
	json = render_json(&w, NULL);
	list = json_object_get(
	    json_array_get(json_object_get(json, "findings"), 0), "actions");
	ck_assert_str_eq(
	    json_string_value(json_array_get(list, 0)), actions[_i].first);
	ck_assert_uint_eq(json_array_size(list), actions[_i].second ? 2 : 1);
	if (actions[_i].second)
		ck_assert_str_eq(json_string_value(json_array_get(list, 1)),
		    actions[_i].second);
	json_decref(json);
	world_free(&w);
}
END_TEST

/* By Python: hashlib.sha256(control + NUL + address + NUL + NUL). */
static const struct {
	struct str control, address;
	const char *fingerprint;
} fingerprints[] = {
    {TEXT("ecr_scan"), TEXT("module.a[\"eu\"].aws_ecr_repository.this[0]"),
     "6c4539cf2ee1a1a6cd227a4fc78d445cb9612c1d5abc3fc1438a770bf3105988"},
    {TEXT("s3_x"),     TEXT("aws_s3_bucket.b[\"\303\251\"]"),
     "d8466a77416cbea53e3eef657b6d3273d686594f1efad57387a9a891d42e6fd6"},
    {TEXT(""),         TEXT(""),
     "709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c"},
};

START_TEST(the_fingerprint_is_that_of_control_and_address)
{
	struct control control = {.id = fingerprints[_i].control};
	struct finding finding = {
	    .control = &control, .address = fingerprints[_i].address};
	char fingerprint[65];

	finding_fingerprint(fingerprint, &finding);
	ck_assert_str_eq(fingerprint, fingerprints[_i].fingerprint);
}
END_TEST

/* --- What can go wrong --- */

START_TEST(a_full_disk_is_an_error_of_the_report)
{
	static const char *const formats[] = {
	    "text", "concise", "json", "ndjson"};
	struct world w;
	struct tfa_error err = {0};
	FILE *full = fopen("/dev/full", "w");

	ck_assert_ptr_nonnull(full);
	/* Unbuffered, it is not the last flush that fails. */
	if (_i >= 4)
		setvbuf(full, NULL, _IONBF, 0);
	world_plain(&w);
	ck_assert(
	    !tfa_report_write(&w.report, formats[_i % 4], NULL, full, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	fclose(full);
	world_free(&w);
}
END_TEST

START_TEST(a_full_disk_is_an_error_of_lists_and_explanations)
{
	static const char *const formats[] = {"text", "json", "markdown"};
	const struct tfa_list_options options = {.format = formats[_i]};
	struct world w;
	struct tfa_error err = {0};
	FILE *full = fopen("/dev/full", "w");

	ck_assert_ptr_nonnull(full);
	world_plain(&w);
	ck_assert(!tfa_list_write(
	    &w.policies, TFA_LIST_CONTROLS, &options, full, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	err = (struct tfa_error){0};
	clearerr(full);
	ck_assert(!tfa_explain_write(&w.policies, "text", false, full, &err));
	ck_assert_int_eq(err.code, TFA_ERR_REPORT);
	fclose(full);
	world_free(&w);
}
END_TEST

static const struct {
	const char *name, *message;
} unknown_formats[] = {
    {"jsn",  "unknown format \"jsn\"; did you mean \"json\"?"},
    {"pdf",  "unknown format \"pdf\""                        },
    {"JSON", "unknown format \"JSON\""                       },
};

START_TEST(an_unknown_format_is_wrong_usage)
{
	struct world w;
	struct tfa_error err = {0};

	world_plain(&w);
	ck_assert(!tfa_report_write(
	    &w.report, unknown_formats[_i].name, NULL, stdout, &err));
	ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	ck_assert_str_eq(err.message, unknown_formats[_i].message);
	world_free(&w);
}
END_TEST

static const struct {
	const char *name, *message;
} unknown_controls[] = {
    {"ecr_scam", "unknown control \"ecr_scam\"; did you mean \"ecr_scan\"?"},
    {"nothing",  "unknown control \"nothing\""                             },
};

START_TEST(an_unknown_control_is_wrong_usage)
{
	struct world w;
	struct tfa_error err = {0};

	world_plain(&w);
	ck_assert(!tfa_explain_write(
	    &w.policies, unknown_controls[_i].name, false, stdout, &err));
	ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	ck_assert_str_eq(err.message, unknown_controls[_i].message);
	world_free(&w);
}
END_TEST

/* --- Lists --- */

static void
add_format(void *ctx, const char *name, const char *help, const char *media)
{
	ck_assert(*help && strchr(media, '/'));
	strcat(ctx, name);
	strcat(ctx, " ");
}

START_TEST(formats_are_told_in_order)
{
	char names[512] = "";

	tfa_format_each(add_format, names);
	ck_assert_str_eq(names,
	    "text concise json ndjson sarif sarif-archive junit github gitlab "
	    "gitlab-sast markdown html csv checkstyle tap azure bitbucket rdjsonl atlantis "
	    "tfc-run-task asff ocsf oscal sqlite ");
}
END_TEST

static const struct {
	enum tfa_list list;
	const char *name, *keys;
	size_t count;
} lists[] = {
    {TFA_LIST_CONTROLS,   "controls",
     "id title severity enforce resources frameworks tools pack",               1},
    {TFA_LIST_FRAMEWORKS, "frameworks", "name controls references",             1},
    {TFA_LIST_PROFILES,   "profiles",   "name kind block warn audit",           3},
    {TFA_LIST_FORMATS,    "formats",    "name help media_type",                 23},
    {TFA_LIST_DEFAULTS,   "defaults",   "type path value by source since note", 1},
};

START_TEST(a_list_is_a_document_under_its_own_name)
{
	struct world w;
	struct output out;
	json_t *json, *list;

	world_plain(&w);
	out = render_list(&w, lists[_i].list, true);
	json = read_json(out.text, out.len);
	ck_assert_str_eq(
	    json_string_value(json_object_get(json, "format_version")), "1.0");
	list = json_object_get(json, lists[_i].name);
	ck_assert_uint_eq(json_array_size(list), lists[_i].count);
	check_keys(json_array_get(list, 0), lists[_i].keys);
	json_decref(json);
	free(out.text);
	world_free(&w);
}
END_TEST

START_TEST(a_framework_lists_each_reference_once_and_in_order)
{
	static const struct str first[] = {TEXT("2"), TEXT("10")};
	static const struct str second[] = {TEXT("2"), TEXT("1")};
	struct world w;
	struct control other;
	struct named_list list = {
	    STR("PCI DSS v4.0"), {second, 2}
        };
	const struct control *both[2];
	struct output out;

	world_plain(&w);
	w.framework.items = (struct names){first, 2};
	other = w.control;
	other.frameworks = (struct named_lists){&list, 1};
	both[0] = &w.control;
	both[1] = &other;
	w.policies.controls = both;
	w.policies.control_count = 2;
	out = render_list(&w, TFA_LIST_FRAMEWORKS, false);
	ck_assert_str_eq(
	    out.text, "2 controls: PCI DSS v4.0\n  | asks      1, 10, 2\n");
	free(out.text);
	world_free(&w);
}
END_TEST

/* --- Explanations --- */

START_TEST(a_control_is_explained_whole)
{
	static const char policy[] =
	    "pack: {name: p, version: 1.0.0, controls: 1}\n"
	    "controls:\n"
	    "  - id: ecr_scan\n"
	    "    title: ECR scans\n"
	    "    severity: high\n"
	    "    enforce: warn\n"
	    "    resource: aws_ecr_repository\n"
	    "    where: {path: name, set: true}\n"
	    "    assert:\n"
	    "      any:\n"
	    "        - {path: scan.on_push, equals: true}\n"
	    "        - all:\n"
	    "            - {path: mode, in: [a, b], default: a}\n"
	    "            - {path: old, equals: 1, if_unset: true}\n"
	    "    why: Because.\n"
	    "    fix: {text: Do it., hcl: \"a = 1\", module_inputs: "
	    "{acme/ecr/aws: \"b = 2\"}}\n"
	    "    pitfalls: [Beware.]\n"
	    "    evidence: [{kind: cli, name: aws ecr, expect: yes it does}]\n"
	    "    frameworks: {PCI: [\"1.1\", \"1.2\"]}\n"
	    "    tools: {checkov: [CKV_1]}\n"
	    "    reviewed: 2026-03-09\n"
	    "    tests:\n"
	    "      - {name: none, resource: {name: x}, expect: fail}\n"
	    "      - {name: scans, resource: {name: x, scan: [{on_push: true}]"
	    "}, expect: pass}\n"
	    "defaults:\n"
	    "  - {resource: aws_ecr_repository, path: scan.on_push, value: "
	    "false, by: service, source: \"https://example.org\"}\n";
	static const char expected[] =
	    "control: ECR scans\n"
	    "  | id        ecr_scan\n"
	    "  | severity  high; enforce: warn\n"
	    "  | resources aws_ecr_repository\n"
	    "  | where     name is set\n"
	    "  | checks    any of:\n"
	    "  |             scan.on_push equals true\n"
	    "  |             all of:\n"
	    "  |               mode in [a, b]; not set counts as a\n"
	    "  |               old equals 1; where it is not set, this holds\n"
	    "  | why       Because.\n"
	    "  | default   aws_ecr_repository.scan.on_push = false, by the "
	    "service\n"
	    "  |           https://example.org\n"
	    "  | fix       Do it.\n"
	    "  |           a = 1\n"
	    "  | module    acme/ecr/aws: b = 2\n"
	    "  | pitfall   Beware.\n"
	    "  | evidence  cli aws ecr: yes it does\n"
	    "  | framework PCI 1.1, 1.2\n"
	    "  | tool      checkov CKV_1\n"
	    "  | pack      p 1.0.0 (p.yaml:3)\n"
	    "  | reviewed  2026-03-09\n"
	    "  | fails     none: aws_ecr_repository {\"name\":\"x\"}\n"
	    "  | passes    scans: aws_ecr_repository "
	    "{\"name\":\"x\",\"scan\":[{\"on_push\":true}]}\n";
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	struct output out = {NULL, 0};
	FILE *file = open_memstream(&out.text, &out.len);

	ck_assert(policies && file);
	ck_assert_msg(
	    policies_read(policies, STR("p.yaml"), STR(policy), false, &err),
	    "%zu: %s", err.line, err.message);
	ck_assert(tfa_explain_write(policies, "ecr_scan", false, file, &err));
	fclose(file);
	ck_assert_str_eq(out.text, expected);
	free(out.text);
	tfa_policies_free(policies);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
	static const char *const formats[] = {
	    "text", "concise", "json", "ndjson"};
	struct world w;
	struct output first, second;

	world_plain(&w);
	add_instances(&w);
	first = render(&w, formats[_i], NULL);
	second = render(&w, formats[_i], NULL);
	ck_assert_str_eq(first.text, second.text);
	free(first.text);
	free(second.text);
	world_free(&w);
}
END_TEST

static void
add_hostile(Suite *suite)
{
	TCase *tc = tcase_create("hostile");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, a_text_is_cleaned, 0, COUNTOF(texts));
	tcase_add_loop_test(
	    tc, a_naughty_text_does_nothing_in_any_format, 0, ROW_GROUPS);
	tcase_add_loop_test(
	    tc, a_naughty_text_does_nothing_in_any_list, 0, ROW_GROUPS);
	tcase_add_loop_test(
	    tc, a_naughty_text_is_clean_in_a_database, 0, ROW_GROUPS);
	tcase_add_loop_test(
	    tc, a_naughty_text_is_read_back_from_json_as_it_was, 0, ROW_GROUPS);
	tcase_add_loop_test(
	    tc, each_line_of_ndjson_is_one_document, 0, ROW_GROUPS);
	suite_add_tcase(suite, tc);
}

static void
add_text(Suite *suite)
{
	TCase *tc = tcase_create("text");

	tcase_add_test(tc, a_finding_names_the_place_to_change);
	tcase_add_test(tc, a_place_without_a_known_value_gets_the_text_and_the_code);
	tcase_add_test(
	    tc, candidates_are_named_where_several_could_be_changed);
	tcase_add_test(tc, folded_instances_name_all_their_places);
	tcase_add_test(tc, instances_with_the_same_result_are_one_block);
	tcase_add_loop_test(
	    tc, only_instances_of_one_resource_are_folded, 0, 7);
	tcase_add_test(tc, long_sentences_are_wrapped);
	tcase_add_loop_test(tc,
	    show_decides_what_is_listed_but_not_what_is_counted, 0,
	    COUNTOF(shows));
	tcase_add_test(
	    tc, a_summary_has_no_findings_and_quiet_has_nothing_else);
	tcase_add_test(tc, the_closing_line_says_why_the_status_is_what_it_is);
	tcase_add_loop_test(
	    tc, a_refused_plan_says_where_it_is_broken, 0, COUNTOF(refusals));
	tcase_add_loop_test(tc, the_same_report_gives_the_same_bytes, 0, 4);
	suite_add_tcase(suite, tc);
}

static void
add_json(Suite *suite)
{
	TCase *tc = tcase_create("json");

	tcase_add_test(tc, keys_stand_in_the_order_of_the_contract);
	tcase_add_test(tc, a_plan_states_only_what_it_said);
	tcase_add_test(tc, options_that_change_verdicts_are_told);
	tcase_add_test(tc, controls_that_were_left_out_are_not_in_the_document);
	tcase_add_loop_test(
	    tc, actions_are_those_of_the_plan, 0, COUNTOF(actions));
	tcase_add_loop_test(tc, the_fingerprint_is_that_of_control_and_address,
	    0, COUNTOF(fingerprints));
	suite_add_tcase(suite, tc);
}

static void
add_failures(Suite *suite)
{
	TCase *tc = tcase_create("failures");

	tcase_add_loop_test(tc, a_full_disk_is_an_error_of_the_report, 0, 8);
	tcase_add_loop_test(
	    tc, a_full_disk_is_an_error_of_lists_and_explanations, 0, 3);
	tcase_add_loop_test(
	    tc, an_unknown_format_is_wrong_usage, 0, COUNTOF(unknown_formats));
	tcase_add_loop_test(tc, an_unknown_control_is_wrong_usage, 0,
	    COUNTOF(unknown_controls));
	suite_add_tcase(suite, tc);
}

static void
add_lists(Suite *suite)
{
	TCase *tc = tcase_create("lists");

	tcase_add_test(tc, formats_are_told_in_order);
	tcase_add_loop_test(
	    tc, a_list_is_a_document_under_its_own_name, 0, COUNTOF(lists));
	tcase_add_test(tc, a_framework_lists_each_reference_once_and_in_order);
	tcase_add_test(tc, a_control_is_explained_whole);
	suite_add_tcase(suite, tc);
}

Suite *
suite_report(void)
{
	Suite *suite = suite_create("report");

	add_hostile(suite);
	add_text(suite);
	add_json(suite);
	add_failures(suite);
	add_lists(suite);
	return suite;
}
