/*
 * Each function turns text into a value: a tree, or for base64 another text.
 * Invalid is what cannot be read at all; what it means is for the conditions.
 */
#include "engine/embedded.h"

#include "base/error.h"
#include "base/utf8.h"
#include "op/iam.h"
#include "policy/yaml_value.h"

/* False without memory. */
typedef bool embedded_call(
    struct embedded *document, struct str text, struct arena *arena);

static bool
refuse(struct embedded *document, const char *why)
{
	document->invalid = why;
	return true;
}

static bool
call_json(struct embedded *document, struct str text, struct arena *arena)
{
	struct tfa_error err = {0};
	struct buf scratch = {0};
	struct value twice;
	bool unique, memory;

	if (!value_read(&document->seen.value, text, arena, &err)) {
		if (err.code == TFA_ERR_LIMIT)
			return refuse(document, "is larger than a limit");
		return err.code != TFA_ERR_NOMEM &&
		    refuse(document, "is not JSON");
	}
	unique = value_unique(document->seen.value, &twice, &scratch);
	memory = !scratch.failed;
	buf_free(&scratch);
	if (!unique && memory)
		refuse(document, "has a name twice in one object");
	return memory;
}

/* JSON is YAML, but libyaml knows neither all of it nor how large it gets. */
static bool
is_json(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '{' || text.ptr[i] == '[')
			return true;
		if (!memchr(" \t\r\n", text.ptr[i], 4))
			return false;
	}
	return false;
}

static bool
call_yaml(struct embedded *document, struct str text, struct arena *arena)
{
	const char *why;

	if (is_json(text)) {
		if (!call_json(document, text, arena))
			return false;
		if (!document->invalid ||
		    strcmp(document->invalid, "is not JSON") != 0)
			return true;
		document->invalid = NULL;
	}
	if (yaml_value(&document->seen.value, text, arena, &why))
		return true;
	return why && refuse(document, why);
}

static int
base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648 with padding, line ends ignored; the bytes, or -1. */
static ptrdiff_t
base64_decode(char *out, struct str text)
{
	unsigned long bits = 0;
	size_t digits = 0, padding = 0, len = 0;

	for (size_t i = 0; i < text.len; i++) {
		int digit = base64_digit(text.ptr[i]);

		if (text.ptr[i] == '\n' || text.ptr[i] == '\r')
			continue;
		if (text.ptr[i] == '=')
			padding++;
		else if (digit < 0 || padding)
			return -1;
		bits = (bits << 6 | (unsigned long)(digit < 0 ? 0 : digit)) &
		    0xffffff;
		if (++digits % 4)
			continue;
		for (size_t j = 0; j < 3 && j + padding < 3; j++)
			out[len++] = (char)(bits >> (16 - 8 * j) & 0xff);
	}
	return digits % 4 || padding > 2 ? -1 : (ptrdiff_t)len;
}

static bool
is_text(struct str text)
{
	uint32_t rune = 0;
	size_t len;

	for (size_t i = 0; i < text.len; i += len) {
		len = utf8_read(str_from(text, i), &rune);
		if (len == 0 || rune == 0)
			return false;
	}
	return true;
}

static bool
call_base64(struct embedded *document, struct str text, struct arena *arena)
{
	char *bytes = arena_alloc(arena, text.len / 4 * 3 + 3);
	struct make make = {0};
	ptrdiff_t len;

	if (!bytes)
		return false;
	len = base64_decode(bytes, text);
	if (len < 0)
		return refuse(document, "is not base64");
	if (!is_text((struct str){bytes, (size_t)len}))
		return refuse(document, "is base64 of no text");
	make_string(&make, (struct str){bytes, (size_t)len});
	document->seen.value = make_done(&make, arena);
	make_free(&make);
	return document->seen.value.node != NULL;
}

static bool
call_policy(struct embedded *document, struct str text, struct arena *arena)
{
	struct iam_document policy = {0};
	const char *why;

	if (!call_json(document, text, arena))
		return false;
	if (document->invalid)
		return true;
	if (!iam_read(&policy, document->seen.value, arena, &why))
		return why && refuse(document, why);
	document->seen = policy.seen;
	if (policy.no_effect)
		document->note =
		    "has a statement without Effect, which counts as Allow";
	return true;
}

static embedded_call *const calls[] = {
    [CALL_JSON] = call_json,
    [CALL_YAML] = call_yaml,
    [CALL_BASE64] = call_base64,
    [CALL_POLICY] = call_policy,
};

/* Where the text is and what is made of it. */
struct embedded_key {
	const struct node *node;
	size_t call;
};

/* What was made of it before, or a new one (*fresh); NULL without memory. */
static struct embedded *
embedded_get(struct embedded_texts *embedded, const struct node *node,
    enum call call, bool *fresh)
{
	struct embedded_key key = {node, call};
	struct str name = {(const char *)&key, sizeof(key)};
	struct embedded *document = map_find(&embedded->read, name);

	*fresh = document == NULL;
	if (document)
		return document;
	document = arena_new(&embedded->arena, struct embedded);
	name = arena_copy(&embedded->arena, name);
	if (!document || !name.ptr ||
	    !map_set(&embedded->read, name, document))
		return NULL;
	return document;
}

const struct embedded *
embedded_read(
    struct embedded_texts *embedded, enum call call, struct value text)
{
	bool fresh;
	struct embedded *document =
	    embedded_get(embedded, text.node, call, &fresh);
	struct str plain;

	if (!document || !fresh)
		return document;
	if (value_kind(text) != NODE_STRING) {
		document->invalid = "is no text";
		return document;
	}
	plain = value_copy_text(text, &embedded->arena);
	if (!plain.ptr || !calls[call](document, plain, &embedded->arena))
		return NULL;
	return document;
}

const struct embedded *
embedded_blocks(struct embedded_texts *embedded, const struct seen *data)
{
	bool fresh;
	struct embedded *document =
	    embedded_get(embedded, data->value.node, CALL_POLICY, &fresh);
	struct iam_document policy = {0};
	const char *why;

	if (!document || !fresh)
		return document;
	if (iam_read_blocks(&policy, data, &embedded->arena, &why))
		document->seen = policy.seen;
	else if (!why)
		return NULL;
	document->invalid = why;
	return document;
}

void
embedded_reset(struct embedded_texts *embedded)
{
	arena_reset(&embedded->arena);
	map_free(&embedded->read);
}

void
embedded_free(struct embedded_texts *embedded)
{
	arena_free(&embedded->arena);
	map_free(&embedded->read);
}
