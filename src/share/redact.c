/*
 * A plan is read twice.  The first time its secrets are gathered as for any
 * report; the second time it is copied byte by byte, but for texts that are
 * secrets.  Equal ones get equal names, numbered as they come, so that what was
 * joined by value still is and nothing can be worked out from a name.
 */
#include <stdlib.h>

#include "base/map.h"
#include "plan/input.h"
#include "plan/plan_read.h"

enum {
	KEY_MOST = 16,	/* longer than the names that matter here */
	DIGITS_LEAST = 5, /* of a number that may be a secret */
	NAMES_MOST = 1000000,
};

enum token { TOKEN_NONE, TOKEN_STRING, TOKEN_ESCAPE, TOKEN_NUMBER };

struct tfa_redactor {
	struct tfa_limits limits;
	struct plan_handler handler;
	struct plan *plan;
	struct input *input;
	struct arena arena; /* of names */
	struct map names;   /* secret -> its name */
	tfa_redact_sink *sink;
	void *ctx;
	/* Of the copy. */
	enum token token;
	struct buf raw, text, out;
	char *stack; /* '{' or '[' of each open container */
	size_t depth, stack_cap;
	size_t inside; /* depth at which values of the user's begin; 0: not */
	bool key_next; /* the next string of an object is a key */
	char key[KEY_MOST];
	size_t replaced;
};

/* --- The first time --- */

static bool
ignore_subject(void *ctx, const struct subject *subject, struct tfa_error *err)
{
	(void)ctx;
	(void)subject;
	(void)err;
	return true;
}

static void
ignore_drop(void *ctx)
{
	(void)ctx;
}

static bool
ignore_config(
    void *ctx, const struct config_item *item, struct tfa_error *err)
{
	(void)ctx;
	(void)item;
	(void)err;
	return true;
}

static bool
evaluates_nothing(void *ctx, struct str type)
{
	(void)ctx;
	(void)type;
	return false;
}

static bool
feed_plan(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct tfa_redactor *redactor = ctx;

	return plan_feed(redactor->plan, bytes, len, err);
}

struct tfa_redactor *
tfa_redact_new(const struct tfa_limits *limits, struct tfa_error *err)
{
	struct tfa_redactor *redactor = calloc(1, sizeof(*redactor));

	if (!redactor) {
		error_nomem(err);
		return NULL;
	}
	if (limits)
		redactor->limits = *limits;
	redactor->handler = (struct plan_handler){.subject = ignore_subject,
	    .dropped = ignore_drop,
	    .config = ignore_config,
	    .evaluates = evaluates_nothing};
	redactor->plan = plan_new(
	    &redactor->limits, &redactor->handler, redactor, true);
	redactor->input =
	    input_new(&redactor->limits, feed_plan, redactor);
	if (redactor->plan && redactor->input)
		return redactor;
	error_nomem(err);
	tfa_redact_free(redactor);
	return NULL;
}

void
tfa_redact_free(struct tfa_redactor *redactor)
{
	if (!redactor)
		return;
	plan_free(redactor->plan);
	input_free(redactor->input);
	map_free(&redactor->names);
	arena_free(&redactor->arena);
	buf_free(&redactor->raw);
	buf_free(&redactor->text);
	buf_free(&redactor->out);
	free(redactor->stack);
	free(redactor);
}

bool
tfa_redact_read(struct tfa_redactor *redactor, const void *bytes, size_t len,
    struct tfa_error *err)
{
	return input_feed(redactor->input, bytes, len, err);
}

/* --- The second time: the document is known to be valid --- */

static struct str
name_of(struct tfa_redactor *redactor, struct str secret)
{
	struct str *name = map_find(&redactor->names, secret);
	char text[32];

	if (name)
		return *name;
	if (redactor->names.count >= NAMES_MOST)
		return STR("redacted");
	snprintf(text, sizeof(text), "redacted-%zu",
	    redactor->names.count + 1);
	name = arena_new(&redactor->arena, struct str);
	secret = arena_copy(&redactor->arena, secret);
	if (!name || !secret.ptr)
		return (struct str){NULL, 0};
	*name = arena_copy(&redactor->arena, str_of(text));
	if (!name->ptr || !map_set(&redactor->names, secret, name))
		return (struct str){NULL, 0};
	return *name;
}

/* Names behind which everything is the user's, however deep. */
static bool
begins_values(const char *key)
{
	static const char *const keys[] = {"values", "before", "after",
	    "value", "constant_value", "default"};

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		if (strcmp(key, keys[i]) == 0)
			return true;
	}
	return false;
}

static bool
is_user_value(const struct tfa_redactor *redactor)
{
	return redactor->inside || begins_values(redactor->key);
}

static struct str
decoded(struct tfa_redactor *redactor, enum node_kind kind)
{
	struct str raw = buf_str(&redactor->raw);
	struct node node = {.kind = (uint8_t)kind,
	    .flags = memchr(raw.ptr ? raw.ptr : "", '\\', raw.len)
		? NODE_ESCAPED
		: 0,
	    .n = (uint32_t)raw.len};
	struct value value = {&node, raw.ptr ? raw.ptr : ""};

	redactor->text.len = 0;
	return kind == NODE_STRING ? value_text(value, &redactor->text) : raw;
}

static void
remember_key(struct tfa_redactor *redactor)
{
	size_t len = redactor->raw.len;

	redactor->key[0] = '\0';
	if (len >= KEY_MOST)
		return;
	if (len)
		memcpy(redactor->key, redactor->raw.ptr, len);
	redactor->key[len] = '\0';
}

static void
put_string(struct tfa_redactor *redactor)
{
	struct buf *out = &redactor->out;
	struct str text = decoded(redactor, NODE_STRING), name;

	if (redactor->key_next)
		remember_key(redactor);
	if (!redactor->key_next && is_user_value(redactor) && text.len &&
	    plan_secret(redactor->plan, text)) {
		name = name_of(redactor, text);
		if (!name.ptr)
			out->failed = true;
		else
			buf_fmt(out, "\"" STR_FMT "\"", STR_ARG(name));
		redactor->replaced++;
		return;
	}
	buf_byte(out, '"');
	buf_add(out, buf_str(&redactor->raw));
	buf_byte(out, '"');
}

static void
put_number(struct tfa_redactor *redactor)
{
	struct str text = decoded(redactor, NODE_NUMBER);

	if (is_user_value(redactor) && text.len >= DIGITS_LEAST &&
	    plan_secret(redactor->plan, text)) {
		text = STR("0");
		redactor->replaced++;
	}
	buf_add(&redactor->out, text);
}

static bool
open_container(struct tfa_redactor *redactor, char byte)
{
	if (!array_reserve(&redactor->stack, &redactor->stack_cap,
		redactor->depth + 1, 1))
		return false;
	redactor->stack[redactor->depth++] = byte;
	/* The document's own "values" is a state's root module. */
	if (!redactor->inside && redactor->depth > 2 &&
	    begins_values(redactor->key))
		redactor->inside = redactor->depth;
	redactor->key[0] = '\0';
	redactor->key_next = byte == '{';
	return true;
}

static void
close_container(struct tfa_redactor *redactor)
{
	if (redactor->inside == redactor->depth)
		redactor->inside = 0;
	redactor->depth--;
	redactor->key[0] = '\0';
}

static bool
in_object(const struct tfa_redactor *redactor)
{
	return redactor->depth &&
	    redactor->stack[redactor->depth - 1] == '{';
}

static bool
take_mark(struct tfa_redactor *redactor, char byte)
{
	switch (byte) {
	case '{':
	case '[':
		if (!open_container(redactor, byte))
			return false;
		break;
	case '}':
	case ']':
		close_container(redactor);
		break;
	case ',':
		redactor->key_next = in_object(redactor);
		if (redactor->key_next)
			redactor->key[0] = '\0';
		break;
	case ':':
		redactor->key_next = false;
		break;
	default:
		break;
	}
	return buf_byte(&redactor->out, byte);
}

static bool
is_number(char byte)
{
	return (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' ||
	    byte == '.' || byte == 'e' || byte == 'E';
}

/* A byte between tokens. */
static bool
take_between(struct tfa_redactor *redactor, char byte)
{
	redactor->raw.len = 0;
	if (byte == '"') {
		redactor->token = TOKEN_STRING;
		return true;
	}
	if (byte == '-' || (byte >= '0' && byte <= '9')) {
		redactor->token = TOKEN_NUMBER;
		return buf_byte(&redactor->raw, byte);
	}
	return take_mark(redactor, byte);
}

static bool
take_byte(struct tfa_redactor *redactor, char byte)
{
	switch (redactor->token) {
	case TOKEN_NONE:
		return take_between(redactor, byte);
	case TOKEN_ESCAPE:
		redactor->token = TOKEN_STRING;
		return buf_byte(&redactor->raw, byte);
	case TOKEN_STRING:
		if (byte == '"') {
			put_string(redactor);
			redactor->token = TOKEN_NONE;
			return true;
		}
		if (byte == '\\')
			redactor->token = TOKEN_ESCAPE;
		return buf_byte(&redactor->raw, byte);
	case TOKEN_NUMBER:
		if (is_number(byte))
			return buf_byte(&redactor->raw, byte);
		put_number(redactor);
		redactor->token = TOKEN_NONE;
		return take_between(redactor, byte);
	}
	return false;
}

static bool
copy_piece(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	struct tfa_redactor *redactor = ctx;
	struct buf *out = &redactor->out;

	for (size_t i = 0; i < len; i++) {
		if (!take_byte(redactor, bytes[i]))
			return error_nomem(err);
	}
	if (out->failed || redactor->raw.failed || redactor->text.failed)
		return error_nomem(err);
	if (out->len &&
	    !redactor->sink(redactor->ctx, out->ptr, out->len, err))
		return false;
	out->len = 0;
	return true;
}

bool
tfa_redact_turn(struct tfa_redactor *redactor, tfa_redact_sink *sink,
    void *ctx, struct tfa_error *err)
{
	if (!input_finish(redactor->input, err) ||
	    !plan_finish(redactor->plan, err))
		return false;
	input_free(redactor->input);
	redactor->input = input_new(&redactor->limits, copy_piece, redactor);
	redactor->sink = sink;
	redactor->ctx = ctx;
	return redactor->input || error_nomem(err);
}

bool
tfa_redact_copy(struct tfa_redactor *redactor, const void *bytes, size_t len,
    struct tfa_error *err)
{
	return input_feed(redactor->input, bytes, len, err);
}

bool
tfa_redact_finish(struct tfa_redactor *redactor, size_t *replaced,
    struct tfa_error *err)
{
	if (!input_finish(redactor->input, err))
		return false;
	*replaced = redactor->replaced;
	return true;
}
