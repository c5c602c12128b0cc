/* One policy file: its documents, and the count that proves it whole. */
#include "policy/control_read.h"

#include <stdlib.h>

#include "base/sha.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/profile.h"

static bool
read_count(struct load *load, const struct tree *node, void *counted)
{
	struct counted *out = counted;
	size_t count = 0;

	if (node->kind != TREE_SCALAR || node->text.len == 0 ||
	    node->text.len > 9)
		return bad(load, node->pos, "expected a number of " STR_FMT,
		    STR_ARG(node->key));
	for (size_t i = 0; i < node->text.len; i++) {
		char digit = node->text.ptr[i];

		if (!node->plain || digit < '0' || digit > '9')
			return bad(load, node->pos,
			    "expected a number of " STR_FMT,
			    STR_ARG(node->key));
		count = count * 10 + (size_t)(digit - '0');
	}
	out->declared = count;
	out->said = true;
	return true;
}

struct pack_said {
	struct str name, version;
	struct counts declared;
};

static const struct field pack_fields[] = {
    {"name", field_text, offsetof(struct pack_said, name), true, &shape_text,
	"what the controls of this file are called together"},
    {"version", field_text, offsetof(struct pack_said, version), true, &shape_text,
	"of the pack; reports say which one judged"},
    {"controls", read_count, offsetof(struct pack_said, declared.controls), false,
	&shape_count,
	"how many controls this file holds, so that one that was cut short is "
	"noticed"},
    {"defaults", read_count, offsetof(struct pack_said, declared.defaults), false,
	&shape_count, "how many defaults this file holds"},
    {"tests", read_count, offsetof(struct pack_said, declared.tests), false,
	&shape_count, "how many tests the controls of this file hold"},
};
static const struct shape pack_shape = {
    .kind = SHAPE_FIELDS, .fields = pack_fields, .count = COUNTOF(pack_fields)};
static const struct shape controls_shape = {
    .kind = SHAPE_LIST, .of = &shape_control, .least = 1};
static const struct shape defaults_shape = {
    .kind = SHAPE_LIST, .of = &shape_default, .least = 1};
static const struct shape profiles_shape = {
    .kind = SHAPE_LIST, .of = &shape_profile, .least = 1};
static const struct shape define_shape = {
    .kind = SHAPE_MAP, .of = &shape_condition, .least = 1};

static bool
read_pack(struct load *load, const struct tree *node, void *out)
{
	struct pack_said said = {0};
	bool whole;

	(void)out;
	if (load->has_pack)
		return bad(load, node->key_pos,
		    "a second \"pack\", after %zu:%zu",
		    load->pack_pos.line, load->pack_pos.column);
	load->has_pack = true;
	load->pack_pos = node->key_pos;
	whole = fields_read(load, node, "pack", pack_fields,
	    COUNTOF(pack_fields), &said);
	load->pack->name = said.name;
	load->pack->version = said.version;
	load->declared = said.declared;
	return whole;
}

static bool
read_controls(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!control_read(load, at) && !load_recover(load))
			return false;
	}
	return true;
}

static bool
read_defaults(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!default_read(load, at) && !load_recover(load))
			return false;
	}
	return true;
}

static bool
read_profiles(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	if (!field_list(load, node))
		return false;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (profile_read(load, at))
			load->profiles++;
		else if (!load_recover(load))
			return false;
	}
	return true;
}

/* Done by define_all, since a use may stand before it. */
static bool
read_define(struct load *load, const struct tree *node, void *out)
{
	(void)load;
	(void)node;
	(void)out;
	return true;
}

static bool
refuse_other(struct load *load, const struct tree *node, void *out)
{
	(void)out;
	return bad(load, node->key_pos,
	    "\"" STR_FMT "\" belong in a file of their own",
	    STR_ARG(node->key));
}

static const struct field file_fields[] = {
    {"pack", read_pack, 0, false, &pack_shape,
	"the name and version of what this file holds"},
    {"controls", read_controls, 0, false, &controls_shape,
	"what plans are judged by"},
    {"defaults", read_defaults, 0, false, &defaults_shape,
	"what attributes come to that nobody has set"},
    {"profiles", read_profiles, 0, false, &profiles_shape,
	"which controls block, by a name for --profile"},
    {"define", read_define, 0, false, &define_shape,
	"conditions by name, for \"use\" in this file"},
    {"waivers", refuse_other, 0, false, NULL, NULL},
    {"facts", refuse_other, 0, false, NULL, NULL},
};
const struct shape shape_policy_file = {.kind = SHAPE_FIELDS,
    .fields = file_fields,
    .count = COUNTOF(file_fields),
    .least = 1};

static bool
define_all(struct load *load, const struct tree *documents)
{
	for (const struct tree *at = documents; at; at = at->next) {
		const struct tree *define = tree_member(at, "define");

		if (define && !definitions_add(load, define) &&
		    !load_recover(load))
			return false;
	}
	return true;
}

static bool
ends_line(const struct load *load)
{
	return load->text.ptr[load->text.len - 1] == '\n';
}

static bool
check_count(struct load *load, struct counted counted, size_t held,
    const char *what)
{
	return !counted.said || counted.declared == held ||
	    bad(load, load->pack_pos,
		"declares %zu %s and holds %zu: was it cut short?",
		counted.declared, what, held);
}

static bool
cut_short(struct load *load)
{
	return bad(load, text_pos(load->text, load->text.len),
	    "has no line end behind its last line: was it cut short?");
}

/* What a file that was cut short would get wrong. */
static bool
check_whole(struct load *load)
{
	const struct pack *pack = load->pack;

	if (pack->controls == 0 && load->default_count == 0 &&
	    load->profiles == 0)
		return bad(load, ((struct pos){0, 0}),
		    "holds no control and no default");
	if (load->profiles && !ends_line(load))
		return cut_short(load);
	if (!check_count(load, load->declared.defaults, load->default_count,
		"defaults"))
		return false;
	if (pack->controls == 0 && !load->declared.controls.said)
		return true;
	if (!load->declared.controls.said && (load->has_pack || pack->builtin))
		return bad(load, load->pack_pos,
		    "pack needs \"controls\", how many this file holds");
	if (!load->declared.controls.said)
		return true;
	if (!check_count(load, load->declared.controls, pack->controls,
		"controls") ||
	    !check_count(load, load->declared.tests, load->test_count, "tests"))
		return false;
	return ends_line(load) || cut_short(load);
}

static bool
read_documents(struct load *load)
{
	struct tree *documents = NULL;
	int nothing = 0;

	if (!text_check(load) || !tree_read(&documents, load) ||
	    !define_all(load, documents))
		return false;
	for (const struct tree *at = documents; at; at = at->next) {
		if (!fields_read(load, at, "a policy file", file_fields,
			COUNTOF(file_fields), &nothing) &&
		    !load_recover(load))
			return false;
	}
	/* What is not whole would be found to be unused, or cut short. */
	if (load->wrong)
		return true;
	return definitions_used(load) && check_whole(load);
}

bool
file_add(struct input_files *files, struct str name, struct str text,
    struct arena *arena)
{
	struct input_file *file;

	if (!arena_grow(arena, &files->items, files->count, &files->cap,
		sizeof(*file)))
		return false;
	file = &files->items[files->count++];
	file->path = name;
	sha_text(file->sha256, text);
	return true;
}

bool
file_read_fields(struct tfa_policies *policies, struct str name,
    struct str text, const char *what, const struct field *fields,
    size_t count, struct input_files *files, struct tfa_error *err)
{
	struct load load = {.policies = policies,
	    .arena = &policies->arena,
	    .scratch = {.limit = policies->arena.limit},
	    .file = name,
	    .text = text,
	    .err = err,
	    .problems = policies->problems,
	    .begun = policies->arena.used};
	struct tree *documents = NULL;
	int nothing = 0;
	bool ok;

	if (text.len > policies->limits.policy_bytes)
		return error_at(err, TFA_ERR_LIMIT, name, (struct pos){0, 0},
		    "is larger than %zu bytes", policies->limits.policy_bytes);
	ok = text_check(&load) && tree_read(&documents, &load);
	if (ok && !documents)
		ok = bad(&load, ((struct pos){0, 0}), "is empty");
	for (const struct tree *at = documents; ok && at; at = at->next)
		ok = fields_read(&load, at, what, fields, count, &nothing) ||
		    load_recover(&load);
	if (ok && !file_add(files, name, text, &policies->arena))
		ok = load_nomem(&load);
	arena_free(&load.scratch);
	return ok;
}

/* The built-in pack that is in the same file, byte by byte; NULL: none. */
static struct pack *
pack_same(const struct tfa_policies *policies, const char *sha256)
{
	for (size_t i = 0; i < policies->pack_count; i++) {
		struct pack *pack = policies->packs[i];

		if (!pack->given && strcmp(pack->sha256, sha256) == 0)
			return pack;
	}
	return NULL;
}

static bool
pack_add(struct load *load, const char *sha256, bool builtin)
{
	struct tfa_policies *policies = load->policies;
	struct pack *pack = arena_new(&policies->arena, struct pack);

	if (!pack ||
	    !arena_grow(&policies->arena, &policies->packs,
		policies->pack_count, &policies->pack_cap, sizeof(pack)))
		return load_nomem(load);
	pack->file = arena_copy(&policies->arena, load->file);
	if (!pack->file.ptr)
		return load_nomem(load);
	pack->builtin = builtin;
	pack->given = !builtin;
	memcpy(pack->sha256, sha256, sizeof(pack->sha256));
	policies->packs[policies->pack_count++] = pack;
	load->pack = pack;
	return true;
}

static int
control_cmp(const void *a, const void *b)
{
	const struct control *const *left = a, *const *right = b;

	return str_cmp((*left)->id, (*right)->id);
}

static void
number_controls(struct tfa_policies *policies)
{
	if (policies->control_count)
		qsort(policies->controls, policies->control_count,
		    sizeof(struct control *), control_cmp);
	for (size_t i = 0; i < policies->control_count; i++) {
		struct control *control = map_find(
		    &policies->control_ids, policies->controls[i]->id);

		control->index = i;
	}
}

static bool
read_file(struct load *load, bool builtin)
{
	struct tfa_policies *policies = load->policies;
	struct pack *same;
	char sha256[sizeof(same->sha256)];
	bool ok;

	if (load->text.len > policies->limits.policy_bytes)
		return error_at(load->err, TFA_ERR_LIMIT, load->file,
		    (struct pos){0, 0}, "is larger than %zu bytes",
		    policies->limits.policy_bytes);
	sha_text(sha256, load->text);
	same = builtin ? NULL : pack_same(policies, sha256);
	if (same) {
		same->given = true;
		same->file = arena_copy(&policies->arena, load->file);
		return same->file.ptr || load_nomem(load);
	}
	ok = pack_add(load, sha256, builtin) &&
	    (read_documents(load) || load_recover(load));
	map_free(&load->definitions);
	arena_free(&load->scratch);
	if (ok)
		number_controls(policies);
	return ok;
}

static struct load
load_of(struct tfa_policies *policies, struct str name, struct str text,
    struct tfa_error *err)
{
	return (struct load){.policies = policies,
	    .arena = &policies->arena,
	    .scratch = {.limit = policies->arena.limit},
	    .file = name,
	    .text = text,
	    .err = err,
	    .begun = policies->arena.used};
}

bool
policies_read(struct tfa_policies *policies, struct str name, struct str text,
    bool builtin, struct tfa_error *err)
{
	struct load load = load_of(policies, name, text, err);

	return read_file(&load, builtin);
}

bool
policies_lint(struct tfa_policies *policies, struct str name,
    struct str text, struct problems *problems, struct tfa_error *err)
{
	struct load load = load_of(policies, name, text, err);

	load.problems = problems;
	return read_file(&load, false);
}
