/*
 * Shipped policy files, cut short or with one character of a key, type,
 * operator or path wrong: each is an error or one more warning.  TYPOS=I/N
 * tries those whose number is I modulo N, so 0/1 every one (make typos); else
 * it is every so many.
 */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "config/digest.h"
#include "policy/folder.h"
#include "policy/load.h"
#include "test/judge.h"
#include "test/test.h"
#include "tfassay.h"

enum { STEP = 997, CUT_STEP = 20011 };

static const char clean[] = "0 errors, 0 warnings\n";
static char folder[32], path[64];

/* A control behind what stands before all of them, or a whole file. */
struct part {
	struct buf text;
	size_t head;  /* bytes of that */
	size_t start; /* of the control in the file */
	char *said;   /* by lint */
};

struct typos {
	struct str file, text;
	const struct digest *digest;
	struct part part;
	size_t counted, step, first;
	size_t silent;
};

/*
 * Errors and warnings: of the file as it is there are none.  Defaults, which
 * are in a file of their own, say what an unset value is.
 */
static char *
lint_text(struct str text)
{
	static const char *const allow[] = {"unset"};
	const char *paths[] = {path};
	struct tfa_lint_options options = {.paths = paths,
	    .path_count = 1,
	    .format = "text",
	    .allow = allow,
	    .allow_count = COUNTOF(allow)};
	struct tfa_policies *policies = tfa_policies_new(NULL);
	size_t errors = 0, warnings = 0;
	struct tfa_error err = {0};
	char *shown = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&shown, &len), *file = fopen(path, "w");

	ck_assert(policies && out && file);
	ck_assert(fwrite(text.ptr, 1, text.len, file) == text.len);
	ck_assert(fclose(file) == 0);
	ck_assert_msg(
	    tfa_lint_write(policies, &options, out, &errors, &warnings, &err),
	    "%s", err.message);
	fclose(out);
	tfa_policies_free(policies);
	return shown;
}

/* Does lint say something else of it? */
static void
check_visible(struct typos *typos, struct str text, const char *said,
    const char *what, struct pos pos, struct str token)
{
	char *now = lint_text(text);
	bool same = strcmp(now, said) == 0;

	free(now);
	if (!same)
		return;
	typos->silent++;
	fprintf(stderr, STR_FMT ":%zu:%zu: %s in \"" STR_FMT "\" is silent\n",
	    STR_ARG(typos->file), pos.line, pos.column, what, STR_ARG(token));
}

static bool
is_tried(struct typos *typos)
{
	return typos->counted++ % typos->step == typos->first;
}

static void
part_free(struct part *part)
{
	buf_free(&part->text);
	free(part->said);
	*part = (struct part){0};
}

/*
 * Of a control without the others lint says what it misses; that changes with a
 * typo.
 */
static void
part_set(struct typos *typos, size_t head, size_t start, size_t end)
{
	struct str text = str_head(typos->text, end);

	part_free(&typos->part);
	typos->part.head = head;
	typos->part.start = start;
	ck_assert(buf_add(&typos->part.text, str_head(text, head)) &&
	    buf_add(&typos->part.text, str_from(text, start)));
	typos->part.said = lint_text(buf_str(&typos->part.text));
}

/* --- One character --- */

enum edit { EDIT_DROP, EDIT_OTHER, EDIT_SWAP, EDIT_COUNT };

/* False where it would change nothing. */
static bool
apply(struct buf *out, struct str text, size_t at, enum edit edit)
{
	char c = text.ptr[at], next = text.ptr[at + 1];

	out->len = 0;
	buf_add(out, str_head(text, at));
	if (edit == EDIT_OTHER)
		buf_byte(out, c == 'q' ? 'x' : 'q');
	if (edit == EDIT_SWAP) {
		if (c == next)
			return false;
		buf_byte(out, next);
		buf_byte(out, c);
		at++;
	}
	buf_add(out, str_from(text, at + 1));
	return true;
}

static size_t
offset_of(struct str text, struct pos pos)
{
	size_t at = 0;

	for (size_t line = 1; line < pos.line; at++)
		line += text.ptr[at] == '\n';
	return at + pos.column - 1;
}

/* Attributes of objects: what is inside them, the digest does not have. */
static size_t
known_length(struct str token)
{
	static const char *const objects[] = {
	    "guardrail_configuration.", "permissions."};

	for (size_t i = 0; i < COUNTOF(objects); i++) {
		if (str_starts(token, str_of(objects[i])))
			return strlen(objects[i]);
	}
	return token.len;
}

/* aws_lb is a type too, and has what is asked of an aws_elb. */
static bool
is_allowed(struct str token, size_t at, enum edit edit)
{
	return edit == EDIT_DROP && at == strlen("aws_") &&
	    str_eq(token, STR("aws_elb"));
}

static void
edit_token(struct typos *typos, struct str token, struct pos pos)
{
	static const char *const edits[] = {
	    "a dropped letter", "another letter", "two swapped letters"};
	size_t start = offset_of(typos->text, pos);
	const struct part *part = &typos->part;
	struct str text = buf_str(&part->text);
	struct buf out = {0};

	if (typos->text.ptr[start] == '"' || typos->text.ptr[start] == '\'')
		start++;
	/* A type that the digest lacks may be any type of a provider. */
	if (str_starts(token, STR("aws_")) && !digest_has(typos->digest, token))
		return;
	/* Written otherwise than it reads. */
	if (!str_eq(token, str_head(str_from(typos->text, start), token.len)))
		return;
	if (start >= part->start)
		start = start - part->start + part->head;
	for (size_t i = 0; i < known_length(token); i++) {
		for (enum edit edit = 0; edit < EDIT_COUNT; edit++) {
			if (!is_tried(typos) ||
			    (edit == EDIT_SWAP && i + 1 == token.len) ||
			    is_allowed(token, i, edit) ||
			    !apply(&out, text, start + i, edit))
				continue;
			check_visible(typos, buf_str(&out), part->said,
			    edits[edit], pos, token);
		}
	}
	buf_free(&out);
}

/* --- Which --- */

static bool
is_one_of(struct str key, const char *const *names)
{
	for (; *names; names++) {
		if (str_eq(key, str_of(*names)))
			return true;
	}
	return false;
}

/* What a path says up to where a text or a map's key begins. */
static struct str
outside(struct str token)
{
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] == '[' || token.ptr[i] == '(')
			return str_head(token, i);
	}
	return token;
}

/* Do its elements come out of a text, of which no schema speaks? */
static bool
is_of_text(const struct tree *node)
{
	for (const struct tree *at = node->first; at; at = at->next) {
		size_t open;

		if (node->kind == TREE_MAP && at->kind == TREE_SCALAR &&
		    (str_find(at->text, STR("json("), &open) ||
			str_find(at->text, STR("yaml("), &open)))
			return true;
	}
	return false;
}

/* The digest has each type that the mapping's paths may be about. */
static bool
has_types(const struct typos *typos, const struct tree *node)
{
	static const char *const keys[] = {"resource", "related", "type"};

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		const struct tree *at = tree_member(node, keys[i]);
		const struct tree *one = at;

		if (at && at->kind == TREE_LIST)
			one = at->first;
		for (; one && one->kind == TREE_SCALAR;
		     one = at->kind == TREE_LIST ? one->next : NULL) {
			if (!digest_has(typos->digest, one->text))
				return false;
		}
	}
	return true;
}

/* The names in a resource of a test, and what is given to a definition. */
static void
edit_names(struct typos *typos, const struct tree *node)
{
	/* Keys of maps, which anyone may choose. */
	static const char *const maps[] = {"backup", "default_tags",
	    "parameters", "permissions", "tags", "tags_all", "target_tags",
	    "variables", NULL};

	if (node->key.ptr && is_one_of(node->key, maps))
		return;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (node->kind == TREE_MAP)
			edit_token(typos, at->key, at->key_pos);
		edit_names(typos, at);
	}
}

/* known: paths are about types that the digest has. */
static void
edit_tree(struct typos *typos, const struct tree *node, bool inside, bool known)
{
	/* Prose, data and names that anyone may choose. */
	static const char *const free_keys[] = {"why", "title", "message",
	    "pitfalls", "tools", "frameworks", "evidence", "module_inputs",
	    "value", "default", NULL};
	static const char *const named[] = {"resource", "path", "any_path",
	    "every_path", "every", "some", "none", "count", "related",
	    "where_its", "by_my", "mine", "its", "from", "to", "protocol",
	    "ordered_by", "value_of", "severity", "enforce", "by", "quantifier",
	    NULL};
	static const char *const data[] = {
	    "resource", "unknown", "before", "refers", "with", NULL};
	bool takes = inside || (node->key.ptr && is_one_of(node->key, named));

	if (node->kind == TREE_SCALAR) {
		if (takes && known)
			edit_token(typos, outside(node->text), node->pos);
		return;
	}
	if (node->kind == TREE_MAP && node->key.ptr &&
	    is_one_of(node->key, free_keys))
		return;
	if (node->kind == TREE_MAP && node->key.ptr &&
	    is_one_of(node->key, data)) {
		if (known)
			edit_names(typos, node);
		return;
	}
	known = known && !is_of_text(node) &&
	    (node->kind != TREE_MAP || has_types(typos, node));
	for (const struct tree *at = node->first; at; at = at->next) {
		/* Else it is a literal, of which no schema says what fits. */
		if (node->kind == TREE_MAP && !takes)
			edit_token(typos, at->key, at->key_pos);
		edit_tree(typos, at, takes && node->kind == TREE_LIST, known);
	}
}

static size_t
line_start(const struct typos *typos, const struct tree *item)
{
	return offset_of(typos->text, (struct pos){item->pos.line, 1});
}

static void
edit_controls(struct typos *typos, const struct tree *controls)
{
	size_t head = line_start(typos, controls->first);

	for (const struct tree *at = controls->first; at; at = at->next) {
		part_set(typos, head, line_start(typos, at),
		    at->next ? line_start(typos, at->next) : typos->text.len);
		edit_tree(typos, at, false, true);
	}
	part_set(typos, typos->text.len, typos->text.len, typos->text.len);
}

static void
edit_document(struct typos *typos, const struct tree *document)
{
	for (const struct tree *at = document->first; at; at = at->next) {
		edit_token(typos, at->key, at->key_pos);
		if (str_eq(at->key, STR("controls")))
			edit_controls(typos, at);
		else
			edit_tree(typos, at, false, true);
	}
}

/* --- The end --- */

/* Bytes of the lines that hold nothing, or only a comment. */
static size_t
skip_remarks(struct str text)
{
	size_t skipped = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i == text.len || text.ptr[i] == '#') {
			while (i < text.len && text.ptr[i] != '\n')
				i++;
			skipped = i < text.len ? i + 1 : i;
		} else if (text.ptr[i] == '\n') {
			skipped = i + 1;
		} else if (text.ptr[i] != ' ') {
			break;
		}
	}
	return skipped;
}

/*
 * The end between two tests or two controls: a file with fewer of them is a
 * whole one.
 */
static bool
is_between(struct str text, size_t at)
{
	struct str rest, line;
	size_t begin = at;

	while (begin > 0 && text.ptr[begin - 1] != '\n')
		begin--;
	line = str_from(str_head(text, at), begin);
	rest = str_from(text, skip_remarks(line) == line.len ? begin : at);
	rest = str_from(rest, skip_remarks(rest));
	return rest.len == 0 || str_starts(rest, STR("      - ")) ||
	    str_starts(rest, STR("  - "));
}

/*
 * From start to end, behind head bytes of the file: a short one is looked
 * through faster, and misses what was declared just as a longer one does.
 */
static void
cut_part(struct typos *typos, size_t head, size_t start, size_t end)
{
	struct str part;

	part_set(typos, head, start, end);
	part = buf_str(&typos->part.text);
	for (size_t at = start; at < end; at++) {
		if (is_tried(typos) && !is_between(typos->text, at))
			check_visible(typos,
			    str_head(part, head + (at - start)), clean,
			    "the end", text_pos(typos->text, at),
			    STR("a prefix"));
	}
}

static void
cut_document(struct typos *typos, const struct tree *document)
{
	const struct tree *list = tree_member(document, "controls");
	size_t head = typos->text.len;

	if (!list)
		list = tree_member(document, "defaults");
	if (list && list->first)
		head = line_start(typos, list->first);
	cut_part(typos, 0, 0, head);
	for (const struct tree *at = list ? list->first : NULL; at;
	     at = at->next) {
		size_t start = line_start(typos, at);

		if (at->next)
			cut_part(
			    typos, head, start, line_start(typos, at->next));
		else
			cut_part(typos, start, start, typos->text.len);
	}
}

/* --- Files --- */

static void
edit_file(struct typos *typos,
    void (*each)(struct typos *typos, const struct tree *document))
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	struct load load = {.policies = policies,
	    .arena = &policies->arena,
	    .file = typos->file,
	    .text = typos->text,
	    .err = &err};
	struct tree *documents = NULL;

	typos->digest = policies->digest;
	part_set(typos, typos->text.len, typos->text.len, typos->text.len);
	ck_assert_str_eq(typos->part.said, clean);
	ck_assert(tree_read(&documents, &load));
	for (const struct tree *at = documents; at; at = at->next)
		each(typos, at);
	part_free(&typos->part);
	arena_free(&load.scratch);
	tfa_policies_free(policies);
}

static bool
is_yaml(struct str name)
{
	return str_ends(name, STR(".yaml"));
}

static void
each_file(void (*each)(struct typos *typos, const struct tree *document),
    size_t step)
{
	struct typos typos = {.step = step};
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct names files = {NULL, 0};
	const char *wanted = getenv("TYPOS");

	if (wanted)
		ck_assert(sscanf(wanted, "%zu/%zu", &typos.first,
			      &typos.step) == 2 &&
		    typos.first < typos.step);
	strcpy(folder, "/tmp/tfassay-XXXXXX");
	ck_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof(path), "%s/p.yaml", folder);
	ck_assert(folder_find(&files, "policies", is_yaml, &arena, &err));
	for (size_t i = 0; i < files.count; i++) {
		typos.file = files.items[i];
		ck_assert(folder_text(&typos.text, typos.file.ptr,
		    (size_t)1 << 24, &arena, &err));
		edit_file(&typos, each);
	}
	unlink(path);
	rmdir(folder);
	arena_free(&arena);
	ck_assert_uint_eq(typos.silent, 0);
}

START_TEST(no_typo_in_a_shipped_file_is_silent)
{
	each_file(edit_document, STEP);
}
END_TEST

START_TEST(no_prefix_of_a_shipped_file_is_silent)
{
	each_file(cut_document, CUT_STEP);
}
END_TEST

Suite *
suite_typos(void)
{
	Suite *suite = suite_create("typos");
	TCase *tcase = tcase_create("typos");

	tcase_set_timeout(tcase, getenv("TYPOS") ? 0 : 60);
	tcase_add_test(tcase, no_typo_in_a_shipped_file_is_silent);
	tcase_add_test(tcase, no_prefix_of_a_shipped_file_is_silent);
	suite_add_tcase(suite, tcase);
	return suite;
}
