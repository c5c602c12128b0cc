/*
 * A page of controls for people: a table of them all, then each with why, fix,
 * parameters, defaults and references.  Headings are ids, so that links to them
 * stay.  All text passes the cleaner and the escapes of Markdown.
 */
#include "report/handbook.h"

#include <stdlib.h>

#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

struct handbook {
	const struct tfa_policies *policies;
	FILE *out;
	struct buf line, text;
};

/* --- To the line that is being made --- */

static void
own(struct handbook *book, const char *text)
{
	buf_add(&book->line, str_of(text));
}

static void
prose(struct handbook *book, struct str raw)
{
	markdown_add(&book->line, form_text(&book->text, raw, CLEAN_PROSE));
}

static void
code(struct handbook *book, struct str raw)
{
	markdown_code(
	    &book->line, form_text(&book->text, raw, CLEAN_PROSE), false);
}

static void
codes(struct handbook *book, struct names names)
{
	for (size_t i = 0; i < names.count; i++) {
		own(book, i ? ", " : "");
		code(book, names.items[i]);
	}
}

/* Of characters that neither end a link nor mean anything in one. */
static bool
is_link(struct str text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~:/?#@!$&'()+,;=%";

	if (!str_starts(text, STR("https://")))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || !strchr(plain, text.ptr[i]))
			return false;
	}
	return true;
}

static void
link_or_prose(struct handbook *book, struct str text)
{
	if (!is_link(text)) {
		prose(book, text);
		return;
	}
	own(book, "<");
	buf_add(&book->line, text);
	own(book, ">");
}

/* A literal, as JSON in one line. */
static void
value_code(struct handbook *book, struct value value)
{
	char *text = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&text, &len);
	struct emit emit;

	if (!file) {
		book->line.failed = true;
		return;
	}
	emit_init(&emit, file, false);
	emit_value(&emit, NULL, value);
	if (fclose(file) != 0 || !text || emit.failed)
		book->line.failed = true;
	else
		code(book, (struct str){text, len});
	free(text);
}

/* --- Ending it --- */

static void
end(struct handbook *book)
{
	if (!book->line.failed)
		fwrite(book->line.ptr, 1, book->line.len, book->out);
	fputc('\n', book->out);
	book->line.len = 0;
}

static void
line(struct handbook *book, const char *text)
{
	own(book, text);
	end(book);
}

static void
gap(struct handbook *book)
{
	end(book);
}

/* What would make a line a heading or an item of a list: "=", "12." */
static void
guard(struct handbook *book, struct str *text)
{
	size_t digits = 0;

	while (digits < text->len && text->ptr[digits] >= '0' &&
	       text->ptr[digits] <= '9')
		digits++;
	if (text->ptr[0] != '=' &&
	    (!digits || digits == text->len || text->ptr[digits] != '.'))
		return;
	buf_add(&book->line, str_head(*text, digits));
	own(book, "\\");
	*text = str_from(*text, digits);
}

/* Lines become one paragraph; an empty one begins another. */
static void
paragraphs(struct handbook *book, struct str text)
{
	while (text.len) {
		struct str one = str_cut(text, '\n', &text);

		while (one.len && (one.ptr[0] == ' ' || one.ptr[0] == '\t'))
			one = str_from(one, 1);
		if (one.len)
			guard(book, &one);
		if (!one.len) {
			gap(book);
			continue;
		}
		prose(book, one);
		end(book);
	}
}

static void
fenced(struct handbook *book, struct str text)
{
	struct str whole = text;

	markdown_fence(&book->line, whole, 3);
	line(book, "hcl");
	while (text.len) {
		struct str one = str_cut(text, '\n', &text);

		buf_add(&book->line, form_text(&book->text, one, CLEAN_PROSE));
		end(book);
	}
	markdown_fence(&book->line, whole, 3);
	end(book);
}

/* --- One control --- */

static void
put_profiles(struct handbook *book, const struct control *control)
{
	static const char *const does[] = {[ENFORCE_BLOCK] = "blocks",
	    [ENFORCE_WARN] = "warns",
	    [ENFORCE_AUDIT] = "is listed"};

	own(book, "- Profiles: ");
	own(book, does[control->enforce]);
	own(book, " in `recommended`");
	own(book, control->enforce == ENFORCE_BLOCK ? " and `strict`"
						    : ", blocks in `strict`");
	line(book,
	    control->frameworks.count ? " and those of its frameworks" : "");
}

static void
put_parameters(struct handbook *book, const struct control *control)
{
	for (size_t i = 0; i < control->parameter_count; i++) {
		const struct parameter *parameter = &control->parameters[i];

		own(book, "- Parameter: ");
		code(book, parameter->name);
		own(book, " = ");
		value_code(book, parameter->default_value);
		if (parameter->checked.len) {
			own(book, ", checked on ");
			prose(book, parameter->checked);
		}
		end(book);
	}
}

static void
put_default(struct handbook *book, const struct default_entry *entry)
{
	own(book, "- Default: ");
	code(book, entry->type);
	own(book, " ");
	code(book, entry->path);
	own(book, " = ");
	value_code(book, entry->value);
	own(book,
	    entry->by_provider ? ", by the provider" : ", by the service");
	if (entry->provider_version.len) {
		own(book, " of version ");
		code(book, entry->provider_version);
	}
	if (entry->governed_type.len) {
		own(book, ", governed by ");
		code(book, entry->governed_type);
	}
	if (entry->since.len) {
		own(book, ", since ");
		prose(book, entry->since);
	}
	if (entry->source.len) {
		own(book, ": ");
		link_or_prose(book, entry->source);
	}
	end(book);
	if (!entry->note.len)
		return;
	own(book, "  ");
	prose(book, entry->note);
	end(book);
}

static void
put_defaults(struct handbook *book, const struct control *control)
{
	struct control_defaults defaults = {0};

	if (!control_defaults(&defaults, book->policies, control))
		book->line.failed = true;
	for (size_t i = 0; i < defaults.count; i++)
		put_default(book, defaults.items[i]);
	control_defaults_free(&defaults);
}

static void
put_scope(struct handbook *book, const struct control *control)
{
	own(book, "- Severity: ");
	line(book, severity_name(control->severity));
	put_profiles(book, control);
	own(book, control->data ? "- Data sources: " : "- Resources: ");
	codes(book, control->types);
	end(book);
	put_parameters(book, control);
	put_defaults(book, control);
}

static void
put_fix(struct handbook *book, const struct control *control)
{
	if (control->fix_text.len) {
		gap(book);
		own(book, "**Fix.** ");
		paragraphs(book, control->fix_text);
	}
	if (control->fix_hcl.len) {
		gap(book);
		fenced(book, control->fix_hcl);
	}
	if (control->module_input_count)
		gap(book);
	for (size_t i = 0; i < control->module_input_count; i++) {
		own(book, "- In a call of ");
		code(book, control->module_inputs[i].name);
		own(book, ": ");
		code(book, control->module_inputs[i].text);
		end(book);
	}
}

static void
put_pitfalls(struct handbook *book, const struct control *control)
{
	if (!control->pitfalls.count)
		return;
	gap(book);
	line(book, "**Pitfalls**");
	gap(book);
	for (size_t i = 0; i < control->pitfalls.count; i++) {
		own(book, "- ");
		prose(book, control->pitfalls.items[i]);
		end(book);
	}
}

static void
put_evidence(struct handbook *book, const struct control *control)
{
	if (!control->evidence_count)
		return;
	gap(book);
	line(book, "**Evidence at run time**");
	gap(book);
	for (size_t i = 0; i < control->evidence_count; i++) {
		const struct evidence *evidence = &control->evidence[i];

		own(book, "- ");
		prose(book, evidence->kind);
		own(book, " ");
		code(book, evidence->name);
		if (evidence->expect.len) {
			own(book, ": ");
			prose(book, evidence->expect);
		}
		end(book);
	}
}

static void
put_lists(
    struct handbook *book, const char *title, const struct named_lists *lists)
{
	if (!lists->count)
		return;
	gap(book);
	line(book, title);
	gap(book);
	for (size_t i = 0; i < lists->count; i++) {
		own(book, "- ");
		prose(book, lists->items[i].name);
		own(book, ": ");
		codes(book, lists->items[i].items);
		end(book);
	}
}

static void
put_control(struct handbook *book, const struct control *control)
{
	gap(book);
	own(book, "## ");
	code(book, control->id);
	end(book);
	gap(book);
	own(book, "**");
	prose(book, control->title);
	line(book, "**");
	gap(book);
	put_scope(book, control);
	if (control->why.len) {
		gap(book);
		paragraphs(book, control->why);
	}
	put_fix(book, control);
	put_pitfalls(book, control);
	put_evidence(book, control);
	put_lists(book, "**Frameworks**", &control->frameworks);
	put_lists(book, "**The same in other tools**", &control->tools);
	if (control->reviewed.len) {
		gap(book);
		own(book, "Reviewed on ");
		prose(book, control->reviewed);
		line(book, ".");
	}
}

/* --- A pack --- */

static void
put_row(struct handbook *book, const struct control *control)
{
	/* An id has no character that Markdown knows in a link. */
	own(book, "| [");
	prose(book, control->id);
	own(book, "](#");
	buf_add(&book->line, control->id);
	own(book, ") | ");
	own(book, severity_name(control->severity));
	own(book, " | ");
	own(book, enforce_name(control->enforce));
	own(book, " | ");
	prose(book, control->title);
	line(book, " |");
}

static void
put_pack(struct handbook *book, const struct pack *pack)
{
	const struct tfa_policies *policies = book->policies;

	own(book, "# ");
	prose(book, pack->name.len ? pack->name : pack->file);
	end(book);
	gap(book);
	buf_fmt(&book->line, "%zu control%s", pack->controls,
	    pack->controls == 1 ? "" : "s");
	own(book, pack->version.len ? ", version " : "");
	prose(book, pack->version);
	line(book, ".");
	gap(book);
	line(book,
	    "| control | severity | recommended | holds where it passes |");
	line(book, "|---|---|---|---|");
	for (size_t i = 0; i < policies->control_count; i++) {
		if (policies->controls[i]->pack == pack)
			put_row(book, policies->controls[i]);
	}
	for (size_t i = 0; i < policies->control_count; i++) {
		if (policies->controls[i]->pack == pack)
			put_control(book, policies->controls[i]);
	}
}

bool
handbook_write(
    const struct tfa_policies *policies, FILE *out, struct tfa_error *err)
{
	struct handbook book = {.policies = policies, .out = out};
	bool failed, first = true;

	line(&book,
	    "<!-- Written by tfassay list controls --format markdown. -->");
	for (size_t i = 0; i < policies->pack_count; i++) {
		if (!policies->packs[i]->controls)
			continue;
		gap(&book);
		put_pack(&book, policies->packs[i]);
		first = false;
	}
	if (first)
		line(&book, "There are no controls.");
	failed = book.line.failed || book.text.failed;
	buf_free(&book.line);
	buf_free(&book.text);
	return form_finish(out, failed, err);
}
