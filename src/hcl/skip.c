/*
 * Two forms: "checkov:skip=ID:reason", anywhere in a block, and
 * "trivy:ignore:ID:exp:2026-01-31", above a block or in its body, several of them
 * with blanks between.
 */
#include "hcl/skip.h"

static const struct form {
	struct str sign, tool;
	bool checkov;
} forms[] = {
    {{"checkov:skip=", 13},	 {"checkov", 7}, true },
    {{"bridgecrew:skip=", 16}, {"checkov", 7}, true },
    {{"trivy:ignore:", 13},	 {"trivy", 5},   false},
    {{"tfsec:ignore:", 13},	 {"tfsec", 5},   false},
};

static bool
is_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return id.len > 0;
}

static struct str
trim(struct str text)
{
	while (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
		text = str_from(text, 1);
	while (text.len && (text.ptr[text.len - 1] == ' ' ||
			       text.ptr[text.len - 1] == '\t'))
		text.len--;
	return text;
}

/* "ID:reason" */
static bool
read_checkov(struct skip *skip, struct str text)
{
	struct str rest, word, behind;

	text = trim(text);
	skip->id = str_cut(text, ':', &rest);
	word = str_cut(skip->id, ' ', &behind);
	if (word.len < skip->id.len) {
		skip->id = word;
		rest = STR("");
	}
	skip->reason = trim(rest);
	return is_id(skip->id);
}

/* "ID" and pairs such as "exp:2026-01-31"; of those only that one is known. */
static bool
read_ignore(struct skip *skip, struct str text)
{
	struct str rest, name;

	text = str_cut(text, ' ', &rest);
	text = str_cut(text, '\t', &rest);
	skip->id = str_cut(text, ':', &rest);
	while (rest.len) {
		name = str_cut(rest, ':', &rest);
		if (!str_eq(name, STR("exp")))
			return false;
		skip->expires = str_cut(rest, ':', &rest);
	}
	return is_id(skip->id);
}

static bool
add(struct skip **list, const struct skip *skip, struct arena *arena)
{
	struct skip *kept = arena_new(arena, struct skip);

	if (!kept)
		return false;
	*kept = *skip;
	kept->id = arena_copy(arena, skip->id);
	kept->reason = arena_copy(arena, skip->reason);
	kept->expires = arena_copy(arena, skip->expires);
	kept->next = *list;
	*list = kept;
	return kept->id.ptr && kept->reason.ptr && kept->expires.ptr;
}

static const struct form *
form_at(struct str text)
{
	for (size_t i = 0; i < COUNTOF(forms); i++) {
		if (str_starts(text, forms[i].sign))
			return &forms[i];
	}
	return NULL;
}

bool
skip_read(struct skip **list, struct str comment, size_t line, size_t depth,
    struct arena *arena)
{
	for (size_t at = 0; at < comment.len; at++) {
		struct str text = str_from(comment, at);
		const struct form *form = form_at(text);
		struct skip skip = {.line = line};
		bool heeded;

		if (!form)
			continue;
		skip.tool = form->tool;
		text = str_from(text, form->sign.len);
		heeded = form->checkov
		    ? depth > 0 && read_checkov(&skip, text)
		    : depth <= 1 && read_ignore(&skip, text);
		if (heeded && !add(list, &skip, arena))
			return false;
		if (form->checkov)
			return true;
		at += form->sign.len - 1;
	}
	return true;
}
