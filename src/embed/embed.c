/*
 * Runs while building: reads and checks the policy files that are named and
 * writes them, and the digest, as the C arrays that src/policy/builtin.h
 * declares.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "policy/builtin.h"
#include "policy/image.h"
#include "policy/load.h"

/* This program is linked without what it writes. */
const unsigned char builtin_image[1], builtin_bodies[1], builtin_tests[1];
const uint32_t builtin_types[1];
const size_t builtin_type_count;
const unsigned char builtin_digest[] = "tfassay-digest 2 none\n";
const size_t builtin_digest_len = sizeof(builtin_digest) - 1;

struct control_part {
	const struct control *control;
	size_t file;
	const struct tree *tree;
};

struct default_part {
	struct str type;
	size_t file, order;
	const struct tree *tree;
};

struct embed {
	struct tfa_policies *policies;
	struct arena arena;
	struct buf defines; /* of the file at hand */
	size_t define_count;
	struct control_part *controls;
	size_t control_count, control_cap;
	struct default_part *defaults;
	size_t default_count, default_cap;
	struct str *types;
	size_t type_count, type_cap;
	size_t file_count;
	struct buf files, bodies, tests, digest;
	struct tfa_error err;
};

static void
die(const struct tfa_error *err)
{
	fprintf(stderr, "%s:%zu:%zu: %s\n", err->file, err->line,
	    err->column, err->message);
	exit(1);
}

static void
die_nomem(void)
{
	fputs("out of memory\n", stderr);
	exit(1);
}

static void
read_file(struct buf *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t got = 1;

	if (!file) {
		perror(path);
		exit(1);
	}
	while (got) {
		if (!buf_reserve(out, 65536))
			die_nomem();
		got = fread(out->ptr + out->len, 1, 65536, file);
		out->len += got;
	}
	if (ferror(file)) {
		perror(path);
		exit(1);
	}
	fclose(file);
}

/* Does it, anywhere, have the key? */
static bool
has_key(const struct tree *tree, struct str key)
{
	for (const struct tree *at = tree->first; at; at = at->next) {
		if (str_eq(at->key, key) || has_key(at, key))
			return true;
	}
	return false;
}

/* The control without its tests, which nobody asks for while judging. */
static const struct tree *
without_tests(struct embed *embed, const struct tree *control)
{
	struct tree *all = arena_array(
	    &embed->arena, control->count + 1, sizeof(*all));
	struct tree *copy = all, **end = &all->first;

	if (!all)
		die_nomem();
	*all = *control;
	all->count = 0;
	for (const struct tree *at = control->first; at; at = at->next) {
		if (str_eq(at->key, STR("tests")))
			continue;
		*++copy = *at;
		*end = copy;
		end = &copy->next;
		all->count++;
	}
	*end = NULL;
	return all;
}

static void
take_control(struct embed *embed, const struct tree *tree)
{
	struct str id = tree_member(tree, "id")->text;

	if (!arena_grow(&embed->arena, &embed->controls, embed->control_count,
		&embed->control_cap, sizeof(*embed->controls)))
		die_nomem();
	embed->controls[embed->control_count++] = (struct control_part){
	    map_find(&embed->policies->control_ids, id), embed->file_count,
	    tree};
}

static void
take_default(struct embed *embed, const struct tree *tree)
{
	if (!arena_grow(&embed->arena, &embed->defaults, embed->default_count,
		&embed->default_cap, sizeof(*embed->defaults)))
		die_nomem();
	embed->defaults[embed->default_count] =
	    (struct default_part){tree_member(tree, "resource")->text,
		embed->file_count, embed->default_count, tree};
	embed->default_count++;
}

static void
take_documents(struct embed *embed, const struct tree *documents)
{
	for (const struct tree *at = documents; at; at = at->next) {
		const struct tree *define = tree_member(at, "define");
		const struct tree *controls = tree_member(at, "controls");
		const struct tree *defaults = tree_member(at, "defaults");

		if (define) {
			image_add_tree(&embed->defines, define);
			embed->define_count++;
		}
		for (const struct tree *one = controls ? controls->first : NULL;
		     one; one = one->next)
			take_control(embed, one);
		for (const struct tree *one = defaults ? defaults->first : NULL;
		     one; one = one->next)
			take_default(embed, one);
	}
}

/* Everything is known of the file but its controls, which stand apart. */
static void
add_file(struct embed *embed, const struct pack *pack)
{
	image_add_text(&embed->files, pack->file);
	image_add_text(&embed->files, str_of(pack->sha256));
	image_add_text(&embed->files, pack->name);
	image_add_text(&embed->files, pack->version);
	image_add_number(&embed->files, pack->controls);
	image_add_number(&embed->files, embed->bodies.len);
	image_add_number(&embed->bodies, embed->define_count);
	buf_add(&embed->bodies, buf_str(&embed->defines));
}

static void
take_policy(struct embed *embed, const char *path)
{
	struct tfa_policies *policies = embed->policies;
	struct buf bytes = {0};
	struct load load = {.policies = policies,
	    .arena = &embed->arena,
	    .file = str_of(path),
	    .err = &embed->err};
	struct tree *documents = NULL;

	read_file(&bytes, path);
	load.text = arena_copy(&embed->arena, buf_str(&bytes));
	buf_free(&bytes);
	if (!load.text.ptr)
		die_nomem();
	if (!policies_read(policies, load.file, load.text, true, &embed->err) ||
	    !tree_read(&documents, &load))
		die(&embed->err);
	if (policies->profile_count) {
		fprintf(stderr, "%s: profiles cannot be built in\n", path);
		exit(1);
	}
	embed->defines.len = embed->define_count = 0;
	take_documents(embed, documents);
	arena_join(&embed->arena, &load.scratch);
	add_file(embed, policies->packs[policies->pack_count - 1]);
	embed->file_count++;
}

static int
control_cmp(const void *a, const void *b)
{
	const struct control_part *left = a, *right = b;

	return str_cmp(left->control->id, right->control->id);
}

static void
add_controls(struct embed *embed, struct buf *out)
{
	image_add_number(out, embed->control_count);
	if (embed->control_count)
		qsort(embed->controls, embed->control_count,
		    sizeof(*embed->controls), control_cmp);
	for (size_t i = 0; i < embed->control_count; i++) {
		const struct control_part *part = &embed->controls[i];
		const struct control *control = part->control;
		const struct tree *tests = tree_member(part->tree, "tests");
		const struct tree *rest = without_tests(embed, part->tree);

		image_add_number(out, part->file);
		image_add_pos(out, control->pos);
		image_add_text(out, control->id);
		image_add_text(out, control->title);
		image_add_number(out, (size_t)control->severity);
		image_add_number(out, (size_t)control->enforce);
		image_add_number(out, control->data);
		image_add_number(out, control->joins);
		image_add_number(out, control->joins_data);
		image_add_number(out, embed->bodies.len);
		image_add_number(&embed->bodies, has_key(rest, STR("use")));
		image_add_tree(&embed->bodies, rest);
		image_add_number(out, embed->tests.len);
		image_add_number(&embed->tests, tests != NULL);
		if (tests)
			image_add_tree(&embed->tests, tests);
	}
}

static int
default_cmp(const void *a, const void *b)
{
	const struct default_part *left = a, *right = b;
	int order = str_cmp(left->type, right->type);

	if (order)
		return order;
	return (left->order > right->order) - (left->order < right->order);
}

static void
take_type(struct embed *embed, struct str type)
{
	if (str_starts(type, STR("data.")))
		type = str_from(type, STR("data.").len);
	if (!arena_grow(&embed->arena, &embed->types, embed->type_count,
		&embed->type_cap, sizeof(type)))
		die_nomem();
	embed->types[embed->type_count++] = type;
}

static int
type_cmp(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

/* Of controls, their partners and defaults, in order, each once. */
static void
gather_types(struct embed *embed)
{
	size_t count = 0;

	for (size_t i = 0; i < embed->control_count; i++) {
		const struct control *control = embed->controls[i].control;

		if (control->pattern) {
			fprintf(stderr, STR_FMT ": a control with a pattern of "
			    "types cannot be built in\n", STR_ARG(control->id));
			exit(1);
		}
		for (size_t j = 0; j < control->types.count; j++)
			take_type(embed, control->types.items[j]);
		for (size_t j = 0; j < control->partners.count; j++)
			take_type(embed, control->partners.items[j]);
	}
	for (size_t i = 0; i < embed->default_count; i++)
		take_type(embed, embed->defaults[i].type);
	if (embed->type_count)
		qsort(embed->types, embed->type_count, sizeof(*embed->types),
		    type_cmp);
	for (size_t i = 0; i < embed->type_count; i++) {
		if (!count || !str_eq(embed->types[count - 1], embed->types[i]))
			embed->types[count++] = embed->types[i];
	}
	embed->type_count = count;
}

static void
add_touched(struct embed *embed, struct str type)
{
	struct buf numbers = {0};
	size_t count = 0;

	for (size_t i = 0; i < embed->control_count; i++) {
		const struct control *control = embed->controls[i].control;

		if (!control_selects_type(control, type) &&
		    !control_joins_type(control, type))
			continue;
		image_add_number(&numbers, i);
		count++;
	}
	image_add_number(&embed->bodies, count);
	buf_add(&embed->bodies, buf_str(&numbers));
	if (numbers.failed)
		die_nomem();
	buf_free(&numbers);
}

static void
add_type(struct embed *embed, struct str type)
{
	size_t first = 0, count = 0;

	while (first < embed->default_count &&
	       !str_eq(embed->defaults[first].type, type))
		first++;
	while (first + count < embed->default_count &&
	       str_eq(embed->defaults[first + count].type, type))
		count++;
	image_add_text(&embed->bodies, type);
	add_touched(embed, type);
	image_add_number(&embed->bodies, count);
	for (size_t i = first; i < first + count; i++) {
		image_add_number(&embed->bodies, embed->defaults[i].file);
		image_add_tree(&embed->bodies, embed->defaults[i].tree);
	}
}

static void
print_types(struct embed *embed)
{
	if (embed->default_count)
		qsort(embed->defaults, embed->default_count,
		    sizeof(*embed->defaults), default_cmp);
	gather_types(embed);
	printf("const uint32_t builtin_types[] = {");
	for (size_t i = 0; i < embed->type_count; i++) {
		printf("%zu,\n", embed->bodies.len);
		add_type(embed, embed->types[i]);
	}
	printf("0};\nconst size_t builtin_type_count = %zu;\n",
	    embed->type_count);
}

/* The types that govern defaults, before those have been read. */
static void
add_governing(struct buf *out, const struct map *governing)
{
	size_t count = 0;

	for (size_t i = 0; i < governing->count; i++)
		count += ((struct names *)governing->entries[i].value)->count;
	image_add_number(out, count);
	for (size_t i = 0; i < governing->count; i++) {
		const struct names *names = governing->entries[i].value;

		for (size_t j = 0; j < names->count; j++) {
			image_add_text(out, governing->entries[i].key);
			image_add_text(out, names->items[j]);
		}
	}
}

static void
print_array(const char *name, struct str bytes)
{
	printf("const unsigned char %s[] = {", name);
	for (size_t i = 0; i < bytes.len; i++)
		printf("%s%u,", i % 20 ? "" : "\n",
		    (unsigned)(unsigned char)bytes.ptr[i]);
	puts("0};");
}

int
main(int argc, char **argv)
{
	struct embed embed = {.policies = tfa_policies_new(NULL)};
	struct buf image = {0};

	if (!embed.policies)
		die_nomem();
	for (int i = 1; i < argc; i++) {
		if (str_ends(str_of(argv[i]), STR(".yaml")))
			take_policy(&embed, argv[i]);
		else
			read_file(&embed.digest, argv[i]);
	}
	image_add_number(&image, embed.file_count);
	buf_add(&image, buf_str(&embed.files));
	add_controls(&embed, &image);
	add_governing(&image, &embed.policies->governing);
	puts("#include \"policy/builtin.h\"");
	print_types(&embed);
	if (image.failed || embed.files.failed || embed.defines.failed ||
	    embed.bodies.failed || embed.tests.failed)
		die_nomem();
	print_array("builtin_image", buf_str(&image));
	print_array("builtin_bodies", buf_str(&embed.bodies));
	print_array("builtin_tests", buf_str(&embed.tests));
	print_array("builtin_digest", buf_str(&embed.digest));
	printf("const size_t builtin_digest_len = %zu;\n", embed.digest.len);
	buf_free(&image);
	buf_free(&embed.files);
	buf_free(&embed.bodies);
	buf_free(&embed.tests);
	buf_free(&embed.digest);
	buf_free(&embed.defines);
	arena_free(&embed.arena);
	tfa_policies_free(embed.policies);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
