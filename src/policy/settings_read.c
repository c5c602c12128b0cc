/*
 * A project file as settings: names with one text, several, or pairs.  What the
 * names mean is the reader's to know.
 */
#include "policy/folder.h"
#include "policy/load.h"

struct settings {
	struct load load;
	bool (*each)(void *ctx, const struct tfa_setting *setting,
	    struct tfa_error *err);
	void *ctx;
};

static bool
tell(struct settings *settings, const struct tree *member,
    const struct tree *node, struct str value)
{
	struct load *load = &settings->load;
	struct str name = arena_copy(&load->scratch, member->key);
	struct tfa_setting setting;

	value = arena_copy(&load->scratch, value);
	if (!name.ptr || !value.ptr)
		return load_nomem(load);
	setting = (struct tfa_setting){
	    name.ptr, value.ptr, node->pos.line, node->pos.column};
	if (settings->each(settings->ctx, &setting, load->err))
		return true;
	/* The reader knows what is wrong; the place is known here. */
	if (load->err->code != TFA_ERR_NOMEM) {
		struct tfa_error why = *load->err;

		*load->err = (struct tfa_error){0};
		return bad(load, node->pos, "%s", why.message);
	}
	return false;
}

static bool
scalar(struct load *load, const struct tree *node)
{
	if (node->kind == TREE_SCALAR && !tree_is_null(node))
		return true;
	return bad(load, node->pos, "expected text, found %s",
	    tree_kind_name(node));
}

/* "name=value", as the command line has it. */
static bool
tell_pair(struct settings *settings, const struct tree *member,
    const struct tree *pair)
{
	struct buf text = {0};
	bool ok;

	if (!scalar(&settings->load, pair))
		return false;
	buf_add(&text, pair->key);
	buf_byte(&text, '=');
	buf_add(&text, pair->text);
	ok = text.failed ? load_nomem(&settings->load)
			 : tell(settings, member, pair, buf_str(&text));
	buf_free(&text);
	return ok;
}

static bool
tell_member(struct settings *settings, const struct tree *member)
{
	if (member->kind == TREE_SCALAR)
		return scalar(&settings->load, member) &&
		    tell(settings, member, member, member->text);
	for (const struct tree *at = member->first; at; at = at->next) {
		bool ok = member->kind == TREE_MAP
		    ? tell_pair(settings, member, at)
		    : scalar(&settings->load, at) &&
			tell(settings, member, at, at->text);

		if (!ok)
			return false;
	}
	return true;
}

static bool
tell_all(struct settings *settings)
{
	struct load *load = &settings->load;
	struct tree *documents = NULL;

	if (!text_check(load) || !tree_read(&documents, load))
		return false;
	if (!documents || tree_is_null(documents))
		return true;
	if (documents->next)
		return bad(load, documents->next->pos,
		    "a file of settings is one document");
	if (documents->kind != TREE_MAP)
		return bad(load, documents->pos,
		    "expected settings, found %s", tree_kind_name(documents));
	for (const struct tree *at = documents->first; at; at = at->next) {
		if (!tell_member(settings, at))
			return false;
	}
	return true;
}

bool
tfa_settings_read(const char *path,
    bool (*each)(void *ctx, const struct tfa_setting *setting,
	struct tfa_error *err),
    void *ctx, struct tfa_error *err)
{
	struct tfa_policies *policies = tfa_policies_new(NULL);
	struct settings settings = {.load = {.policies = policies,
					.file = str_of(path),
					.err = err},
	    .each = each,
	    .ctx = ctx};
	bool ok;

	if (!policies)
		return error_nomem(err);
	settings.load.arena = &policies->arena;
	ok = folder_text(&settings.load.text, path,
		 policies->limits.policy_bytes, &policies->arena, err) &&
	    tell_all(&settings);
	arena_free(&settings.load.scratch);
	tfa_policies_free(policies);
	return ok;
}
