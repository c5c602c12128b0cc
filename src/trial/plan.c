/*
 * A test as a plan: one resource, and a configuration in which what is unknown
 * refers to attributes of two other resources, so that nothing narrows it.
 */
#include "json/write.h"
#include "trial/trial.h"

static void
emit_expression(struct emit *emit, bool unknown)
{
	static const char *const references[] = {"aws_kms_key.k.arn",
	    "aws_kms_key.k", "aws_s3_bucket.b.id", "aws_s3_bucket.b"};

	if (!unknown)
		return;
	emit_open(emit, "references", '[');
	for (size_t i = 0; i < COUNTOF(references); i++)
		emit_str(emit, NULL, str_of(references[i]));
	emit_close(emit, ']');
}

static void
emit_expressions(struct emit *emit, const char *key, struct value mask)
{
	struct value_iter it = value_each(mask);
	bool list = value_kind(mask) == NODE_ARRAY;
	char name[128];

	emit_open(emit, key, list ? '[' : '{');
	emit_expression(emit, value_kind(mask) == NODE_TRUE);
	while (value_step(&it)) {
		if (it.object)
			snprintf(name, sizeof(name), STR_FMT,
			    STR_ARG(value_raw(it.key)));
		emit_expressions(emit, it.object ? name : NULL, it.value);
	}
	emit_close(emit, list ? ']' : '}');
}

static void
emit_identity(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	char address[256];

	snprintf(address, sizeof(address), "%s" STR_FMT ".x",
	    control->data ? "data." : "", STR_ARG(test->type));
	emit_str(emit, "address", str_of(address));
	emit_str(emit, "mode", control->data ? STR("data") : STR("managed"));
	emit_str(emit, "type", test->type);
	emit_str(emit, "name", STR("x"));
}

static const char *
action_of(const struct control_test *test)
{
	if (!test->resource.node)
		return "delete";
	return test->before.node ? "update" : "create";
}

static void
emit_change(struct emit *emit, const struct control *control,
    const struct control_test *test)
{
	emit_open(emit, "resource_changes", '[');
	emit_open(emit, NULL, '{');
	emit_identity(emit, control, test);
	emit_open(emit, "change", '{');
	emit_open(emit, "actions", '[');
	emit_str(emit, NULL, str_of(action_of(test)));
	emit_close(emit, ']');
	emit_value(emit, "before", test->before);
	emit_value(emit, "after", test->resource);
	if (test->unknown.node)
		emit_value(emit, "after_unknown", test->unknown);
	emit_close(emit, '}');
	emit_close(emit, '}');
	emit_close(emit, ']');
}

bool
trial_plan(FILE *out, const struct control *control,
    const struct control_test *test)
{
	struct emit emit;

	emit_init(&emit, out, false);
	emit_open(&emit, NULL, '{');
	emit_str(&emit, "format_version", STR("1.2"));
	emit_change(&emit, control, test);
	emit_open(&emit, "configuration", '{');
	emit_open(&emit, "root_module", '{');
	emit_open(&emit, "resources", '[');
	emit_open(&emit, NULL, '{');
	emit_identity(&emit, control, test);
	emit_expressions(&emit, "expressions", test->unknown);
	emit_close(&emit, '}');
	emit_close(&emit, ']');
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	emit_close(&emit, '}');
	return emit_finish(&emit);
}
