/*
 * Blocks in source files: what the scanner takes for one, which files it may
 * read, and the lines of every finding of whole plans against tables that were
 * made by another parser and by hand.
 */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hcl/source.h"
#include "test/judge.h"
#include "test/test.h"

#define FOLDER "testdata/source/"

/* --- The scanner --- */

struct listing {
	struct buf text; /* "resource:aws_x.y@1:1 " */
	struct buf comments;
	size_t begun, ended;
};

static bool
on_begin(void *ctx, const struct block *block)
{
	static const char *const kinds[] = {
	    [BLOCK_RESOURCE] = "resource",
	    [BLOCK_DATA] = "data",
	    [BLOCK_EPHEMERAL] = "ephemeral",
	    [BLOCK_MODULE] = "module"};
	struct listing *listing = ctx;

	listing->begun++;
	ck_assert_uint_ge(block->width + 1, block->column);
	return buf_fmt(&listing->text, "%s%s:" STR_FMT "." STR_FMT "@%zu:%zu",
	    listing->text.len ? " " : "", kinds[block->kind],
	    STR_ARG(block->type), STR_ARG(block->name), block->line,
	    block->column);
}

static bool
on_end(void *ctx, size_t line)
{
	struct listing *listing = ctx;

	listing->ended++;
	return buf_fmt(&listing->text, "-%zu", line);
}

static bool
on_comment(void *ctx, struct str text, size_t line, size_t depth)
{
	struct listing *listing = ctx;

	return buf_fmt(&listing->comments, "%zu/%zu " STR_FMT ";", line, depth,
	    STR_ARG(text));
}

static const struct block_visitor visitor = {on_begin, on_end, on_comment};

static void
must_list(struct str text, bool json, const char *expected)
{
	struct listing listing = {0};
	enum scanned scanned = json
	    ? blocks_scan_json(text, &visitor, &listing)
	    : blocks_scan(text, &visitor, &listing);

	ck_assert(buf_byte(&listing.text, '\0'));
	ck_assert_msg(strcmp(listing.text.ptr, expected) == 0,
	    "\"" STR_FMT "\"\ngives    %s\nand not  %s", STR_ARG(text),
	    listing.text.ptr, expected);
	ck_assert_uint_eq(listing.begun, listing.ended);
	ck_assert(scanned == SCANNED || json);
	buf_free(&listing.text);
	buf_free(&listing.comments);
}

#define A "resource \"a\" \"b\" "
#define A1 "resource:a.b@1:1-1"

/* Expected by hand from HCL's syntax; "-" is the line that the block ends on. */
static const struct {
	const char *text, *blocks;
} scans[] = {
    {"", ""},
    {A "{}", A1},
    {A "{\n}\n", "resource:a.b@1:1-2"},
    {"resource a b {}", A1},
    {"  \t" A "{}", "resource:a.b@1:4-1"},
    {"\r\n" A "{\r\n}\r\n", "resource:a.b@2:1-3"},
    {"\xef\xbb\xbf" A "{}", A1},
    {"data \"a\" \"b\" {}", "data:a.b@1:1-1"},
    {"ephemeral \"a\" \"b\" {}", "ephemeral:a.b@1:1-1"},
    {"module \"b\" {}", "module:.b@1:1-1"},
    {"/* \xc3\xa9 */ " A "{}", "resource:a.b@1:9-1"},
    /* What is none. */
    {"resource \"a\" {}", ""},
    {"resource \"a\" \"b\" \"c\" {}", ""},
    {"module \"a\" \"b\" {}", ""},
    {"resources \"a\" \"b\" {}", ""},
    {"resource \"a\" \"b\"\n{}", ""},
    {"resource \"a\" \"${b}\" {}", ""},
    {"resource \"a\" \"b\\\"\" {}", ""},
    {"resource \"a\" \"b\" = {}", ""},
    {"resource = { a = 1 }", ""},
    {"x = resource \"a\" \"b\" {}", ""},
    {"resource \"a\" \"b", ""},
    {"resource \"a\" \"b\" ", ""},
    {"locals {\n" A "{}\n}", ""},
    {"terraform {\nx {\n}\n" A "{}\n}\n" A "{}", "resource:a.b@6:1-6"},
    {"\"resource\" \"a\" \"b\" {}", A1},
    /* Comments. */
    {"# " A "{}\n", ""},
    {"// " A "{}\n", ""},
    {"/*\n" A "{}\n*/", ""},
    {"/* /* */ " A "{}", "resource:a.b@1:10-1"},
    {"/**/" A "{ # }\n}", "resource:a.b@1:5-2"},
    {A "{ // }\n}", "resource:a.b@1:1-2"},
    {A "{ /* } */ }", A1},
    {"resource /*\n*/ \"a\" /* { */ \"b\" { }", "resource:a.b@1:1-2"},
    {"/*" A "{}", ""},
    {"/", ""},
    {"/*", ""},
    {"/*/" A "{}", ""},
    /* Strings. */
    {A "{ x = \"}\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"\\\"}\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"\\\\\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"${\"}\"}\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"${ {a = \"}\"} }\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"$${\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"$$${\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"%%{\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"$\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"%{if x}}%{endif}\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    {A "{ x = \"${\n1\n}\" }\n" A "{}",
	"resource:a.b@1:1-3 resource:a.b@4:1-4"},
    {A "{ x = \"${~ 1 ~}\" }\n" A "{}", A1 " resource:a.b@2:1-2"},
    /* Heredocs. */
    {A "{ x = <<E\n}\nE\n}\n" A "{}",
	"resource:a.b@1:1-4 resource:a.b@5:1-5"},
    {A "{ x = <<-E\n  }\n  E\n}\n" A "{}",
	"resource:a.b@1:1-4 resource:a.b@5:1-5"},
    {A "{ x = <<E\r\n}\r\nE\r\n}\r\n", "resource:a.b@1:1-4"},
    {A "{ x = <<E\nEE\n E E\nE }\n\tE \n}", "resource:a.b@1:1-6"},
    {A "{ x = <<E\n${\"}\n\nE\n\"}\nE\n}", "resource:a.b@1:1-7"},
    {A "{ x = <<E\n${<<E\n}\nE\n}\nE\n}", "resource:a.b@1:1-7"},
    {A "{ x = <<E\n\"\nE\n}", "resource:a.b@1:1-4"},
    {A "{ x = <<E\n$${\nE\n}", "resource:a.b@1:1-4"},
    {A "{ x = 1 << E\n}", "resource:a.b@1:1-2"},
    {A "{ x = <<E", A1},
    {"x = <<E\n" A "{}\nE\n" A "{}", "resource:a.b@4:1-4"},
    {"<<", ""},
    {"<<-", ""},
    {"<<E\n", ""},
    {"<<E\n  ", ""},
    /* The data source of a check. */
    {"check \"c\" {\n  data \"a\" \"b\" {\n    x = {}\n  }\n  assert {}\n}\n" A
     "{}",
	"data:a.b@2:3-4 resource:a.b@7:1-7"},
    {"check \"c\" {\n  x = {\n" A "{}\n }\n}", ""},
    /* Broken, and found again behind it. */
    {"}}}\n" A "{}", "resource:a.b@2:1-2"},
    {"x = \"open\n" A "{}", "resource:a.b@2:1-2"},
    {A "{", A1},
    {A "{ x = \"", A1},
    {A "{ x = \"${", A1},
    {A "{ x = \"\\", A1},
    {"\xff\xfe" A "{}", ""},
};

START_TEST(a_block_is_what_terraform_takes_for_one)
{
	must_list(str_of(scans[_i].text), false, scans[_i].blocks);
}
END_TEST

static const struct {
	const char *text, *blocks;
} json_scans[] = {
    {"{}", ""},
    {"[]", ""},
    {"{\"resource\":{\"a\":{\"b\":{}}}}", "resource:a.b@1:23-1"},
    {"{\n\"module\":{\n\"b\":\n{}}}", "module:.b@4:1-4"},
    {"{\"data\":{\"a\":{\"b\":{},\n\"c\":{}}}}",
	"data:a.b@1:19-1 data:a.c@2:5-2"},
    {"[{\"resource\":[{\"a\":[{\"b\":[{},{}]}]}]}]",
	"resource:a.b@1:27-1 resource:a.b@1:30-1"},
    {"{\"resource\":{\"a\":{\"b\":null,\"c\":1,\"d\":\"\"}}}", ""},
    {"{\"resource\":{\"a\":[[{\"b\":{}}]]}}", ""},
    {"{\"locals\":{\"resource\":{\"a\":{\"b\":{}}}}}", ""},
    {"{\"//\":{\"a\":{\"b\":{}}}}", ""},
    {"{\"resource\":{\"a\":{\"b\":{\"resource\":{\"a\":{\"c\":{}}}}}}}",
	"resource:a.b@1:23-1"},
    {"{\"res\\u006furce\":{\"\\u0061\":{\"b\":{}}}}", "resource:a.b@1:33-1"},
    {"{\"\xc3\xa9\":1,\"module\":{\"b\":{}}}", "module:.b@1:22-1"},
    {"\xef\xbb\xbf{\"module\":{\"b\":{}}}", "module:.b@1:16-1"},
    {"{\"module\":{\"b\":{}", "module:.b@1:16-1"},
    {"", ""},
    {"{", ""},
    {"no", ""},
};

START_TEST(a_block_in_json_stands_where_its_body_opens)
{
	must_list(str_of(json_scans[_i].text), true, json_scans[_i].blocks);
}
END_TEST

START_TEST(no_cut_and_no_byte_in_its_place_breaks_the_scanner)
{
	static const char text[] =
	    "/* x */ " A "{ x = \"${\"}\"}\" # }\n y = <<-E\n ${1}\nE\n}\n";
	static const char bytes[] = "\0\n\"{}$%<\\/*\xff\x80";
	char copy[sizeof(text)];
	struct listing listing = {0};

	for (size_t at = 0; at < sizeof(text) - 1; at++) {
		struct str cut = {text, at};

		(void)blocks_scan(cut, &visitor, &listing);
		for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
			memcpy(copy, text, sizeof(text));
			copy[at] = bytes[i];
			(void)blocks_scan((struct str){copy, sizeof(text) - 1},
			    &visitor, &listing);
		}
	}
	ck_assert_uint_eq(listing.begun, listing.ended);
	buf_free(&listing.text);
	buf_free(&listing.comments);
}
END_TEST

/* Templates in templates, and everything that is opened a million times. */
START_TEST(what_is_nested_too_deep_is_given_up)
{
	static const struct {
		const char *piece;
		enum scanned scanned;
	} rows[] = {
	    {"{",	   SCANNED   },
	    {"\"${",     SCAN_UNFIT},
	    {"<<E\n${",  SCAN_UNFIT},
	    {"/*",	    SCANNED   },
	    {"(",	   SCANNED   },
	    {"check {",  SCANNED   },
	    {A "{} ",    SCANNED   },
	    {"\"",	   SCANNED   },
	    {"<<E",	     SCANNED   },
	    {"<<E\n \t", SCANNED   },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct listing listing = {0};
		struct buf text = {0};

		for (size_t j = 0; j < 200000; j++)
			buf_add(&text, str_of(rows[i].piece));
		ck_assert_int_eq(blocks_scan(buf_str(&text), &visitor,
				     &listing),
		    rows[i].scanned);
		buf_free(&text);
		buf_free(&listing.text);
		buf_free(&listing.comments);
	}
}
END_TEST

START_TEST(comments_come_with_their_line_and_their_depth)
{
	static const char text[] = "# one\n" A
	    "{ # two\n  // three\n  x {\n    /* four\n     * five */\n  }\n"
	    "  y = \"# no\"\n}\n#six";
	struct listing listing = {0};

	ck_assert_int_eq(
	    blocks_scan(str_of(text), &visitor, &listing), SCANNED);
	ck_assert(buf_byte(&listing.comments, '\0'));
	ck_assert_str_eq(listing.comments.ptr,
	    "1/0 one;2/1 two;3/1 three;5/2 four;6/2 five;10/0 six;");
	buf_free(&listing.text);
	buf_free(&listing.comments);
}
END_TEST

/* --- Folders --- */

struct tree {
	char path[64];
};

static void
write_file(const struct tree *tree, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static void
make_folder(const struct tree *tree, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	ck_assert_int_eq(mkdir(path, 0777), 0);
}

static void
make_link(const struct tree *tree, const char *name, const char *to)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	ck_assert_int_eq(symlink(to, path), 0);
}

static struct tree
new_tree(void)
{
	struct tree tree = {"/tmp/tfassay-hcl-XXXXXX"};

	ck_assert_ptr_nonnull(mkdtemp(tree.path));
	make_folder(&tree, "repo");
	make_folder(&tree, "repo/stack");
	make_folder(&tree, "repo/stack/in");
	make_folder(&tree, "repo/beside");
	make_folder(&tree, "out");
	write_file(&tree, "repo/stack/main.tf", "\n" A "{}\n");
	write_file(&tree, "repo/stack/in/main.tf", "\n\n" A "{}\n");
	write_file(&tree, "repo/beside/main.tf", "\n\n\n" A "{}\n");
	write_file(&tree, "out/main.tf", "\n\n\n\n" A "{}\n");
	return tree;
}

static void
remove_tree(const struct tree *tree)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", tree->path);
	ck_assert_int_eq(system(command), 0);
}

static struct source *
open_tree(const struct tree *tree)
{
	struct tfa_error err = {0};
	struct source *source;
	char path[256];

	snprintf(path, sizeof(path), "%s/repo/stack", tree->path);
	source = source_open(path, false, false, &err);
	ck_assert_msg(source != NULL, "%s", err.message);
	return source;
}

/* The line of a.b in what path means, seen from folder; 0: nowhere. */
static size_t
line_in(struct source *source, const char *folder, const char *path)
{
	struct str at = STR("");
	struct block_place place = {0};
	bool found;

	ck_assert(source_local(
	    source, &at, &found, str_of(folder), str_of(path)));
	if (!found)
		return 0;
	ck_assert(source_find(source, &place, at, BLOCK_RESOURCE, STR("a"),
	    STR("b")));
	return place.file.len ? place.line : 0;
}

START_TEST(a_path_leads_where_terraform_would_go)
{
	static const struct {
		const char *folder, *path;
		size_t line;
	} rows[] = {
	    {"",      "./in",		    3},
	    {"",      "./in/",	    3},
	    {"",      "./in/../in/.",    3},
	    {"",      "././/in",		    3},
	    {"in",    "../",		    2},
	    {"in",    "./../in",		 3},
	    {"in",    "..",		     2},
	    {"",      "./in/..",		 2},
	    {"",      "in",		    0},
	    {"",      "/etc",	     0},
	    {"",      "./none",		    0},
	    {"",      "../stack/in",	  3},
	    {"",      "git::./in",	    0},
	    {"",      "",			  0},
	    {"",      "./../../../../..", 0},
	};
	struct tree tree = new_tree();
	struct source *source;

	make_folder(&tree, "repo/.git");
	source = open_tree(&tree);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		ck_assert_msg(line_in(source, rows[i].folder, rows[i].path) ==
			rows[i].line,
		    "%s from \"%s\"", rows[i].path, rows[i].folder);
	ck_assert_uint_eq(line_in(source, "", "../beside"), 4);
	ck_assert_uint_eq(line_in(source, "../beside", "../stack"), 2);
	ck_assert_uint_eq(line_in(source, "", "../../out"), 0);
	source_free(source);
	remove_tree(&tree);
}
END_TEST

START_TEST(nothing_outside_of_the_root_is_read_without_a_repository)
{
	struct tree tree = new_tree();
	struct source *source = open_tree(&tree);

	ck_assert_uint_eq(line_in(source, "", "./in"), 3);
	ck_assert_uint_eq(line_in(source, "", "../beside"), 0);
	ck_assert_uint_eq(line_in(source, "", "../../out"), 0);
	source_free(source);
	remove_tree(&tree);
}
END_TEST

START_TEST(no_link_leads_out_of_the_root)
{
	struct tree tree = new_tree();
	struct source *source;

	make_folder(&tree, "repo/.git");
	make_link(&tree, "repo/stack/away", "../../out");
	make_link(&tree, "repo/stack/near", "../beside");
	make_link(&tree, "repo/stack/inside", "in");
	make_folder(&tree, "repo/stack/files");
	make_link(&tree, "repo/stack/files/a.tf", "../../../out/main.tf");
	make_folder(&tree, "repo/stack/loop");
	make_link(&tree, "repo/stack/loop/a.tf", "a.tf");
	make_folder(&tree, "repo/stack/devices");
	make_link(&tree, "repo/stack/devices/a.tf", "/dev/zero");
	source = open_tree(&tree);
	ck_assert_uint_eq(line_in(source, "", "./away"), 0);
	ck_assert_uint_eq(line_in(source, "", "./near"), 0);
	ck_assert_uint_eq(line_in(source, "", "./inside"), 3);
	ck_assert_uint_eq(line_in(source, "", "./files"), 0);
	ck_assert_uint_eq(line_in(source, "", "./loop"), 0);
	ck_assert_uint_eq(line_in(source, "", "./devices"), 0);
	ck_assert_uint_eq(source_note_count(source), 5);
	source_free(source);
	remove_tree(&tree);
}
END_TEST

/* None of them may be waited for. */
START_TEST(only_regular_files_are_read)
{
	struct tree tree = new_tree();
	struct source *source;
	char path[256];

	make_folder(&tree, "repo/stack/odd");
	make_folder(&tree, "repo/stack/odd/folder.tf");
	snprintf(path, sizeof(path), "%s/repo/stack/odd/fifo.tf", tree.path);
	ck_assert_int_eq(mkfifo(path, 0666), 0);
	write_file(&tree, "repo/stack/odd/main.tf", A "{}");
	source = open_tree(&tree);
	ck_assert_uint_eq(line_in(source, "", "./odd"), 1);
	ck_assert_uint_eq(source_note_count(source), 2);
	source_free(source);
	remove_tree(&tree);
}
END_TEST

START_TEST(a_file_beyond_the_limit_is_noted_and_not_read)
{
	struct tree tree = new_tree();
	struct source *source;
	char path[256];

	snprintf(path, sizeof(path), "%s/repo/stack/main.tf", tree.path);
	ck_assert_int_eq(truncate(path, 16 * 1024 * 1024 + 1), 0);
	source = open_tree(&tree);
	ck_assert_uint_eq(line_in(source, "", "./."), 0);
	ck_assert_uint_eq(source_note_count(source), 1);
	source_free(source);
	remove_tree(&tree);
}
END_TEST

START_TEST(what_is_installed_counts_only_inside_the_repository)
{
	static const char manifest[] = "{\"Modules\":["
	    "{\"Key\":\"\",\"Source\":\"\",\"Dir\":\".\"},"
	    "{\"Key\":\"a\",\"Source\":\"x/y/z\",\"Dir\":\"in\"},"
	    "{\"Key\":\"a.b\",\"Dir\":\".terraform/modules/a.b\"},"
	    "{\"Key\":\"c\",\"Dir\":\"/etc\"},"
	    "{\"Key\":\"d\",\"Dir\":\"../../out\"},"
	    "{\"Key\":\"e\",\"Dir\":7},{\"Key\":[]},7]}";
	static const struct {
		const char *call;
		bool found;
	} rows[] = {
	    {"a",	  true }, {"a.b", false}, {"c", false}, {"d", false},
	    {"e",	  false}, {"none", false},
	};
	struct tree tree = new_tree();
	struct source *source;
	struct str folder;
	bool found;

	make_folder(&tree, "repo/stack/.terraform");
	make_folder(&tree, "repo/stack/.terraform/modules");
	make_folder(&tree, "repo/stack/.terraform/modules/a.b");
	write_file(
	    &tree, "repo/stack/.terraform/modules/modules.json", manifest);
	source = open_tree(&tree);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		ck_assert(source_installed(
		    source, &folder, &found, str_of(rows[i].call)));
		ck_assert_msg(found == rows[i].found, "%s", rows[i].call);
	}
	source_free(source);
	remove_tree(&tree);
}
END_TEST

/* --- Whole plans --- */

static struct judged
judge_everything(const char *root, const struct buf *plan)
{
	static const char policy[] =
	    "controls:\n- {id: every_one, title: t, severity: low, "
	    "resource: '*', assert: {never: true}}\n";
	struct judged run = {.policies = tfa_policies_new(NULL)};
	struct tfa_error err = {0};
	struct tfa_eval *eval;
	bool ok;

	run.options = calloc(1, sizeof(*run.options));
	ck_assert(run.policies && run.options);
	run.options->path = "plan.json";
	run.options->now = "2026-01-01T00:00:00Z";
	run.options->source_root = root;
	ok = policies_read(run.policies, STR("test.yaml"), str_of(policy),
	    false, &err);
	ck_assert_msg(ok, "%s", err.message);
	eval = tfa_eval_new(run.policies, run.options, &err);
	ok = eval && tfa_eval_feed(eval, plan->ptr, plan->len, &err) &&
	    tfa_eval_finish(eval, &run.report, &err);
	ck_assert_msg(ok, "%s: %s", root, err.message);
	tfa_eval_free(eval);
	return run;
}

/* A file's name from the root module, which is in a folder beside others. */
static struct str
name_from(struct str root, struct str file, struct buf *out)
{
	if (!str_starts(file, root)) {
		while (root.ptr[root.len - 1] != '/')
			root.len--;
		root.len--;
		buf_add(out, STR("../"));
	}
	ck_assert(str_starts(file, root) && file.ptr[root.len] == '/');
	buf_add(out, str_from(file, root.len + 1));
	return buf_str(out);
}

/* "\tADDRESS\tFILE\tLINE\tMETHOD\n" must be a line of the table. */
static void
must_stand(const struct buf *table, const char *before, const char *root,
    const struct finding *finding, bool with_column)
{
	const struct location *location = &finding->location;
	struct buf row = {0}, name = {0};
	struct str file = name_from(str_of(root), location->file, &name);
	size_t at;

	buf_fmt(&row, "\n%s" STR_FMT "\t" STR_FMT "\t%zu\t", before,
	    STR_ARG(finding->address),
	    STR_ARG(file),
	    location->line);
	buf_free(&name);
	if (with_column)
		buf_fmt(&row, "%zu\t", location->column);
	ck_assert(buf_fmt(&row, "%s\n", located_name(location->how)));
	ck_assert_msg(str_find(buf_str(table), buf_str(&row), &at),
	    "not in the table:" STR_FMT, STR_ARG(buf_str(&row)));
	buf_free(&row);
}

static const struct {
	const char *name, *plans, *roots;
	size_t findings;
} stacks[] = {
    {"container-platform", "testdata/plans/stacks",
	"testdata/source",		  128},
    {"data-platform",      "testdata/plans/stacks",
	"testdata/source",		  77 },
    {"network-hub",	"testdata/plans/stacks",
	"testdata/source",		  136},
    {"again",	      "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  13 },
    {"computed",	 "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  15 },
    {"forms",	      "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  50 },
    {"hidden",	       "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  4  },
    {"shapes",	       "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  30 },
    {"states",	       "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  58 },
    {"update",	       "testdata/metamorphic",
	"testdata/metamorphic/hcl",	  4  },
};

START_TEST(every_finding_has_the_line_that_another_parser_gives)
{
	struct buf table = read_file("testdata/source", "lines", ".tsv");
	struct buf plan =
	    read_file(stacks[_i].plans, stacks[_i].name, ".json");
	char root[256], before[64];
	struct judged run;

	snprintf(root, sizeof(root), "%s/%s", stacks[_i].roots,
	    stacks[_i].name);
	snprintf(before, sizeof(before), "%s\t", stacks[_i].name);
	run = judge_everything(root, &plan);
	for (size_t i = 0; i < run.report->finding_count; i++)
		must_stand(&table, before, root,
		    &run.report->findings[i], false);
	ck_assert_uint_eq(run.report->finding_count, stacks[_i].findings);
	judged_free(&run);
	buf_free(&plan);
	buf_free(&table);
}
END_TEST

START_TEST(what_only_looks_like_a_block_does_not_mislead)
{
	struct buf table = read_file("testdata/source", "traps", ".tsv");
	struct buf plan = read_file("testdata/source", "traps", ".json");
	struct judged run = judge_everything(FOLDER "traps", &plan);

	for (size_t i = 0; i < run.report->finding_count; i++)
		must_stand(&table, "", FOLDER "traps",
		    &run.report->findings[i], true);
	ck_assert_uint_eq(run.report->finding_count, 19);
	judged_free(&run);
	buf_free(&plan);
	buf_free(&table);
}
END_TEST

/* A plan that does not say whether it is complete is OpenTofu's. */
START_TEST(a_tofu_file_stands_for_its_neighbour_only_in_opentofu)
{
	struct buf plan = read_file("testdata/source", "traps", ".json");
	const struct finding *finding;
	struct judged run;
	size_t at;

	run = judge_everything(FOLDER "traps", &plan);
	finding = judged_find(&run, "every_one", "terraform_data.plain");
	ck_assert(str_eq(finding->location.file, STR(FOLDER "traps/main.tf")));
	judged_free(&run);
	ck_assert(str_find(buf_str(&plan), STR("\"complete\""), &at));
	plan.ptr[at + 1] = 'x';
	run = judge_everything(FOLDER "traps", &plan);
	finding = judged_find(&run, "every_one", "terraform_data.plain");
	ck_assert(str_eq(finding->location.file, STR(FOLDER "traps/main.tofu")));
	finding = judged_find(&run, "every_one", "terraform_data.apart");
	ck_assert_int_eq(finding->location.how, LOCATED_ROOT);
	judged_free(&run);
	buf_free(&plan);
}
END_TEST

/* The source of another commit: the nearest that is there, and a note. */
START_TEST(without_its_block_a_finding_stands_at_the_nearest_call_or_file)
{
	static const struct {
		const char *main, *file;
		enum located how;
		size_t line;
	} rows[] = {
	    {"\nmodule \"deep\" {\n  source = \"./modules/deep\"\n}\n",
		"main.tf", LOCATED_CALL, 2},
	    {"locals {}\n", "main.tf", LOCATED_ROOT, 1},
	    {NULL, "plan.json", LOCATED_PLAN, 1},
	};
	struct buf plan = read_file("testdata/source", "traps", ".json");

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct tree tree = {"/tmp/tfassay-hcl-XXXXXX"};
		const struct finding *finding;
		struct judged run;

		ck_assert_ptr_nonnull(mkdtemp(tree.path));
		if (rows[i].main)
			write_file(&tree, "main.tf", rows[i].main);
		run = judge_everything(tree.path, &plan);
		finding = judged_find(
		    &run, "every_one", "module.deep.terraform_data.x");
		ck_assert(str_eq(
		    finding->location.file, str_of(rows[i].file)));
		ck_assert_int_eq(finding->location.how, rows[i].how);
		ck_assert_uint_eq(finding->location.line, rows[i].line);
		ck_assert_uint_ge(run.report->plans[0].notes.count, 1);
		judged_free(&run);
		remove_tree(&tree);
	}
	buf_free(&plan);
}
END_TEST

START_TEST(programs_read_the_place_in_the_record)
{
	struct buf plan = read_file("testdata/source", "traps", ".json");
	struct judged run = judge_everything(FOLDER "traps", &plan);
	struct tfa_report_style style = {0};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_ptr_nonnull(out);
	ck_assert(tfa_report_write(run.report, "ndjson", &style, out, &err));
	fclose(out);
	ck_assert_ptr_nonnull(strstr(text,
	    "\"location\":{\"file\":\"" FOLDER "traps/main.tf\",\"line\":24,"
	    "\"method\":\"resource\","));
	free(text);
	judged_free(&run);
	buf_free(&plan);
}
END_TEST

START_TEST(a_source_root_that_is_no_folder_is_wrong_usage)
{
	static const char *const roots[] = {
	    "testdata/none", "testdata/source/traps.tsv", "/dev/null"};
	struct tfa_policies *policies = tfa_policies_new(NULL);

	for (size_t i = 0; i < COUNTOF(roots); i++) {
		struct tfa_options options = {.source_root = roots[i]};
		struct tfa_error err = {0};

		ck_assert_ptr_null(tfa_report_new(policies, &options, &err));
		ck_assert_int_eq(err.code, TFA_ERR_USAGE);
	}
	tfa_policies_free(policies);
}
END_TEST

Suite *
suite_hcl(void)
{
	Suite *suite = suite_create("hcl");
	TCase *scanner = tcase_create("scanner");
	TCase *folders = tcase_create("folders");
	TCase *plans = tcase_create("plans");

	tcase_add_loop_test(scanner, a_block_is_what_terraform_takes_for_one,
	    0, COUNTOF(scans));
	tcase_add_loop_test(scanner,
	    a_block_in_json_stands_where_its_body_opens, 0,
	    COUNTOF(json_scans));
	tcase_add_test(
	    scanner, no_cut_and_no_byte_in_its_place_breaks_the_scanner);
	tcase_add_test(scanner, what_is_nested_too_deep_is_given_up);
	tcase_add_test(scanner, comments_come_with_their_line_and_their_depth);
	tcase_add_test(folders, a_path_leads_where_terraform_would_go);
	tcase_add_test(folders,
	    nothing_outside_of_the_root_is_read_without_a_repository);
	tcase_add_test(folders, no_link_leads_out_of_the_root);
	tcase_add_test(folders, only_regular_files_are_read);
	tcase_add_test(folders, a_file_beyond_the_limit_is_noted_and_not_read);
	tcase_add_test(
	    folders, what_is_installed_counts_only_inside_the_repository);
	tcase_add_loop_test(plans,
	    every_finding_has_the_line_that_another_parser_gives, 0,
	    COUNTOF(stacks));
	tcase_add_test(plans, what_only_looks_like_a_block_does_not_mislead);
	tcase_add_test(
	    plans, a_tofu_file_stands_for_its_neighbour_only_in_opentofu);
	tcase_add_test(plans,
	    without_its_block_a_finding_stands_at_the_nearest_call_or_file);
	tcase_add_test(plans, programs_read_the_place_in_the_record);
	tcase_add_test(plans, a_source_root_that_is_no_folder_is_wrong_usage);
	suite_add_tcase(suite, scanner);
	suite_add_tcase(suite, folders);
	suite_add_tcase(suite, plans);
	return suite;
}
