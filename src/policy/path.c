/*
 * Paths:
 *
 *	path = "." | start { "." name | "[" digits "]" | "[" string "]" }
 *	start = name | function "(" path ")"
 *
 * where string is one of JSON's.  A function becomes a step behind those of the
 * path that it reads.
 */
#include "base/error.h"
#include "policy/policy.h"

struct reader {
	struct str rest;
	struct arena *arena;
	struct step *steps; /* room for as many as the text can say */
	size_t count;
	size_t calls;	     /* open now */
	const char *message; /* NULL after a failure: no memory */
};

enum { CALLS_MOST = 8 };

static const char *const functions[] = {
    [CALL_JSON] = "json",
    [CALL_YAML] = "yaml",
    [CALL_BASE64] = "base64",
    [CALL_POLICY] = "policy",
};

static bool
refuse(struct reader *reader, const char *message)
{
	reader->message = message;
	return false;
}

static bool
add_step(struct reader *reader, struct step step)
{
	reader->steps[reader->count++] = step;
	return true;
}

static bool
is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool
is_name(char byte)
{
	return is_digit(byte) || byte == '_' || byte == '-' ||
	    (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool
read_name(struct reader *reader)
{
	struct str *rest = &reader->rest;
	size_t len = 0;
	struct step step = {.kind = STEP_NAME};

	while (len < rest->len && is_name(rest->ptr[len]))
		len++;
	if (len < rest->len && rest->ptr[len] == '(')
		return refuse(reader,
		    "a function stands at the beginning of a path and is "
		    "json, yaml, base64 or policy");
	if (len == 0)
		return refuse(reader, "a name is missing");
	step.name = str_head(*rest, len);
	*rest = str_from(*rest, len);
	return add_step(reader, step);
}

/* What is behind "[". */
static bool
read_index(struct reader *reader)
{
	struct str *rest = &reader->rest;
	struct step step = {.kind = STEP_INDEX};
	size_t len = 0;

	while (len < rest->len && is_digit(rest->ptr[len]))
		step.index = step.index * 10 + (size_t)(rest->ptr[len++] - '0');
	if (len == 0 && str_starts(*rest, STR("*]")))
		return refuse(reader,
		    "name one element by index or use every, some or none");
	if (len == 0)
		return refuse(reader,
		    "an index is a number or a text in double quotes");
	if (len > 9 || (len > 1 && rest->ptr[0] == '0'))
		return refuse(reader, "the index is out of range");
	*rest = str_from(*rest, len);
	return add_step(reader, step);
}

/* The quotes included; 0: it has no end. */
static size_t
string_len(struct str text)
{
	for (size_t i = 1; i < text.len; i++) {
		if (text.ptr[i] == '"')
			return i + 1;
		if (text.ptr[i] == '\\')
			i++;
	}
	return 0;
}

static bool
read_key(struct reader *reader)
{
	struct str *rest = &reader->rest;
	size_t len = string_len(*rest);
	struct step step = {.kind = STEP_KEY};
	struct tfa_error err = {0};
	struct value value;

	if (len == 0)
		return refuse(reader, "a double quote is missing");
	if (!value_read(&value, str_head(*rest, len), reader->arena, &err)) {
		if (err.code == TFA_ERR_NOMEM)
			return false;
		return refuse(reader, "a key is written like a JSON string");
	}
	step.name = value_copy_text(value, reader->arena);
	if (!step.name.ptr)
		return false;
	*rest = str_from(*rest, len);
	return add_step(reader, step);
}

static bool
read_bracket(struct reader *reader)
{
	bool ok;

	reader->rest = str_from(reader->rest, 1);
	if (reader->rest.len && reader->rest.ptr[0] == '"')
		ok = read_key(reader);
	else
		ok = read_index(reader);
	if (!ok)
		return false;
	if (!str_starts(reader->rest, STR("]")))
		return refuse(reader, "a closing bracket is missing");
	reader->rest = str_from(reader->rest, 1);
	return true;
}

/* The function that the rest begins with; its name and bracket are taken. */
static bool
take_call(struct reader *reader, struct step *call)
{
	for (size_t i = 0; i < COUNTOF(functions); i++) {
		struct str name = str_of(functions[i]);

		if (str_starts(reader->rest, name) &&
		    reader->rest.len > name.len &&
		    reader->rest.ptr[name.len] == '(') {
			*call = (struct step){STEP_CALL, name, i};
			reader->rest = str_from(reader->rest, name.len + 1);
			return true;
		}
	}
	return false;
}

static bool read_steps(struct reader *reader);

static bool
read_start(struct reader *reader)
{
	struct step call;

	if (!take_call(reader, &call))
		return read_name(reader);
	if (++reader->calls > CALLS_MOST)
		return refuse(reader, "too many functions in each other");
	if (!read_steps(reader))
		return false;
	if (!str_starts(reader->rest, STR(")")))
		return refuse(reader, "a closing bracket is missing");
	reader->rest = str_from(reader->rest, 1);
	reader->calls--;
	return add_step(reader, call);
}

static bool
read_steps(struct reader *reader)
{
	if (str_eq(reader->rest, STR(".")) ||
	    (reader->calls && str_starts(reader->rest, STR(".)")))) {
		reader->rest = str_from(reader->rest, 1);
		return true;
	}
	if (!read_start(reader))
		return false;
	while (reader->rest.len) {
		char next = reader->rest.ptr[0];

		if (next == ')' && reader->calls)
			return true;

		if (next == '[') {
			if (!read_bracket(reader))
				return false;
			continue;
		}
		if (next != '.')
			return refuse(reader,
			    "names have letters, digits, \"_\" and \"-\", with "
			    "dots between them");
		reader->rest = str_from(reader->rest, 1);
		if (!read_name(reader))
			return false;
	}
	return true;
}

bool
path_read(struct path *out, struct str text, struct arena *arena,
    const char **message)
{
	struct reader reader = {.rest = text, .arena = arena};
	size_t most = 1;

	/* Every step but the first begins with one of these. */
	for (size_t i = 0; i < text.len; i++)
		most += text.ptr[i] == '.' || text.ptr[i] == '[' ||
		    text.ptr[i] == '(';
	reader.steps = arena_array(arena, most, sizeof(*reader.steps));
	if (!reader.steps || !read_steps(&reader)) {
		*message = reader.message;
		return false;
	}
	*out = (struct path){
	    .text = text, .steps = reader.steps, .count = reader.count};
	return true;
}
