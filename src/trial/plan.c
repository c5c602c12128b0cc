/*
 * A test as a plan: its resources, and a configuration in which what is unknown
 * refers to attributes of two other resources, so that nothing narrows it, and
 * what refers to a resource of the test says so.
 */
#include "json/write.h"
#include "trial/trial.h"

/* The judged resource and its partners, alike. */
struct part {
	const struct control_test *test;
	struct str name, type; /* of the address */
	bool data;
	struct value resource, unknown, before;
	const struct pair *refers;
	size_t refer_count;
};

static struct part
part_of_subject(const struct control *control, const struct control_test *test)
{
	return (struct part){test, STR("x"), test->type, control->data,
	    test->resource, test->unknown, test->before, test->refers,
	    test->refer_count};
}

static struct part
part_of(const struct control_test *test, const struct test_resource *with)
{
	struct str type = with->type;
	bool data = str_starts(type, STR("data."));

	if (data)
		type = str_from(type, STR("data.").len);
	return (struct part){test, with->name, type, data, with->resource,
	    with->unknown, with->before, with->refers, with->refer_count};
}

static void
print_address(const struct part *part, struct buf *out)
{
	buf_fmt(out, "%s" STR_FMT "." STR_FMT, part->data ? "data." : "",
	    STR_ARG(part->type), STR_ARG(part->name));
}

static void
emit_unknown(struct emit *emit)
{
	static const char *const references[] = {"aws_kms_key.k.arn",
	    "aws_kms_key.k", "aws_s3_bucket.b.id", "aws_s3_bucket.b"};

	emit_open(emit, "references", '[');
	for (size_t i = 0; i < COUNTOF(references); i++)
		emit_str(emit, NULL, str_of(references[i]));
	emit_close(emit, ']');
}

/* A name as a key of the writer's. */
static const char *
key_of(struct str name, char (*out)[128])
{
	snprintf(*out, sizeof(*out), STR_FMT, STR_ARG(name));
	return *out;
}

static bool
is_referring(const struct part *part, struct str name)
{
	for (size_t i = 0; i < part->refer_count; i++) {
		if (str_eq(part->refers[i].name, name))
			return true;
	}
	return false;
}

/* part: of which mask is the whole; NULL further down. */
static void
emit_members(struct emit *emit, struct value mask, const struct part *part)
{
	struct value_iter it = value_each(mask);
	char key[128];

	if (value_kind(mask) == NODE_TRUE)
		emit_unknown(emit);
	while (value_step(&it)) {
		bool list = value_kind(it.value) == NODE_ARRAY;

		if (part && is_referring(part, value_raw(it.key)))
			continue;
		emit_open(emit,
		    it.object ? key_of(value_raw(it.key), &key) : NULL,
		    list ? '[' : '{');
		emit_members(emit, it.value, NULL);
		emit_close(emit, list ? ']' : '}');
	}
}

static void
emit_refers(struct emit *emit, const struct part *part,
    const struct control *control, struct str name)
{
	struct part to = part_of_subject(control, part->test);
	struct buf text = {0};

	for (size_t i = 0; i < part->test->with_count; i++) {
		if (str_eq(part->test->with[i].name, name))
			to = part_of(part->test, &part->test->with[i]);
	}
	print_address(&to, &text);
	emit_open(emit, "references", '[');
	buf_add(&text, STR(".id"));
	emit_str(emit, NULL, buf_str(&text));
	if (!text.failed)
		text.len -= STR(".id").len;
	emit_str(emit, NULL, buf_str(&text));
	emit_close(emit, ']');
	if (text.failed)
		emit->failed = true;
	buf_free(&text);
}

/* In a block the reference stands where the mask says that it is unknown. */
static void
emit_places(struct emit *emit, struct value mask, const struct part *part,
    const struct control *control, struct str to)
{
	struct value_iter it = value_each(mask);
	char key[128];

	if (!value_is_container(mask) && value_kind(mask) != NODE_FALSE)
		emit_refers(emit, part, control, to);
	while (value_step(&it)) {
		bool list = value_kind(it.value) == NODE_ARRAY;

		emit_open(emit,
		    it.object ? key_of(value_raw(it.key), &key) : NULL,
		    list ? '[' : '{');
		emit_places(emit, it.value, part, control, to);
		emit_close(emit, list ? ']' : '}');
	}
}

static void
emit_expressions(struct emit *emit, const struct part *part,
    const struct control *control)
{
	char key[128];

	emit_open(emit, "expressions", '{');
	emit_members(emit, part->unknown, part);
	for (size_t i = 0; i < part->refer_count; i++) {
		const struct pair *pair = &part->refers[i];
		struct value mask = value_member(part->unknown, pair->name);
		bool list = value_kind(mask) == NODE_ARRAY;

		emit_open(
		    emit, key_of(pair->name, &key), list ? '[' : '{');
		emit_places(emit, mask, part, control, pair->text);
		emit_close(emit, list ? ']' : '}');
	}
	emit_close(emit, '}');
}

static void
emit_identity(struct emit *emit, const struct part *part)
{
	struct buf address = {0};

	print_address(part, &address);
	emit_str(emit, "address", buf_str(&address));
	emit_str(emit, "mode", part->data ? STR("data") : STR("managed"));
	emit_str(emit, "type", part->type);
	emit_str(emit, "name", part->name);
	if (address.failed)
		emit->failed = true;
	buf_free(&address);
}

static const char *
action_of(const struct part *part)
{
	if (!part->resource.node)
		return "delete";
	if (part->data)
		return "read";
	return part->before.node ? "update" : "create";
}

/* What refers to another resource and has no value is known later. */
static void
emit_mask(struct emit *emit, const struct part *part)
{
	struct value_iter it = value_each(part->unknown);
	char key[128];

	emit_open(emit, "after_unknown", '{');
	while (value_step(&it))
		emit_value(emit, key_of(value_raw(it.key), &key), it.value);
	for (size_t i = 0; i < part->refer_count; i++) {
		struct str name = part->refers[i].name;

		if (!value_member(part->unknown, name).node &&
		    !value_member(part->resource, name).node)
			emit_bool(emit, key_of(name, &key), true);
	}
	emit_close(emit, '}');
}

static void
emit_change(struct emit *emit, const struct part *part)
{
	emit_open(emit, NULL, '{');
	emit_identity(emit, part);
	emit_open(emit, "change", '{');
	emit_open(emit, "actions", '[');
	emit_str(emit, NULL, str_of(action_of(part)));
	emit_close(emit, ']');
	emit_value(emit, "before", part->before);
	emit_value(emit, "after", part->resource);
	emit_mask(emit, part);
	emit_close(emit, '}');
	emit_close(emit, '}');
}

static void
emit_changes(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	struct part part = part_of_subject(control, test);

	emit_open(emit, "resource_changes", '[');
	emit_change(emit, &part);
	for (size_t i = 0; i < test->with_count; i++) {
		part = part_of(test, &test->with[i]);
		emit_change(emit, &part);
	}
	emit_close(emit, ']');
}

static void
emit_resource(struct emit *emit, const struct part *part,
    const struct control *control)
{
	emit_open(emit, NULL, '{');
	emit_identity(emit, part);
	emit_str(emit, "provider_config_key", STR("aws"));
	emit_expressions(emit, part, control);
	emit_close(emit, '}');
}

static void
emit_configuration(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	struct part part = part_of_subject(control, test);

	emit_open(emit, "configuration", '{');
	emit_open(emit, "provider_config", '{');
	emit_open(emit, "aws", '{');
	emit_str(emit, "name", STR("aws"));
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_open(emit, "root_module", '{');
	emit_open(emit, "resources", '[');
	emit_resource(emit, &part, control);
	for (size_t i = 0; i < test->with_count; i++) {
		part = part_of(test, &test->with[i]);
		emit_resource(emit, &part, control);
	}
	emit_close(emit, ']');
	emit_close(emit, '}');
	emit_close(emit, '}');
}

bool
trial_plan(FILE *out, const struct control *control,
    const struct control_test *test)
{
	struct emit emit;

	emit_init(&emit, out, false);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR("1.2"));
	emit_changes(&emit, control, test);
	emit_configuration(&emit, control, test);
	emit_close(&emit, '}');
	return emit_finish(&emit);
}
