/* The configuration, and what else has a name but no address. */
#include "plan/reading.h"

static bool
is_true(struct value object, struct str name)
{
	return value_kind(value_member(object, name)) == NODE_TRUE;
}

/* A variable is a place for secrets: of the module that declares it. */
static uint64_t
variable_place(const struct plan *plan, struct str name)
{
	uint64_t place = secrets_place(&plan->secrets, 0, STR("module"));

	for (size_t i = 0; i < plan->call_count; i++)
		place = secrets_place(&plan->secrets, place, plan->calls[i]);
	place = secrets_place(&plan->secrets, place, STR("var."));
	return secrets_place(&plan->secrets, place, name);
}

/* Root variables as they were given. */
bool
take_variable(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_GIVEN,
	    .name = plan->name,
	    .value = value_member(v, STR("value"))};

	if (!check_unique(plan, v, plan->name, err))
		return false;
	if (!item.value.node)
		return true;
	secrets_hold(&plan->secrets, item.value,
	    variable_place(plan, plan->name));
	return plan->handler->config(plan->ctx, &item, err);
}

/* An output of planned_values or of a state. */
bool
take_output(struct plan *plan, struct value v, struct tfa_error *err)
{
	if (!check_unique(plan, v, plan->name, err))
		return false;
	if (is_true(v, STR("sensitive")))
		secrets_add(
		    &plan->secrets, value_member(v, STR("value")), true);
	return true;
}

static bool
hand_over(struct plan *plan, const struct config_item *what, struct value v,
    struct tfa_error *err)
{
	struct config_item item = *what;

	if (!check_unique(plan, v, item.name, err))
		return false;
	item.module = plan->calls;
	item.depth = plan->call_count;
	item.value = v;
	if (item.kind == CONFIG_CALL)
		item.name = plan->calls[--item.depth];
	return plan->handler->config(plan->ctx, &item, err);
}

bool
take_config_resource(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_RESOURCE, .name = STR("")};
	struct value type = value_member(v, STR("type"));
	struct str text;

	if (value_kind(v) != NODE_OBJECT || value_kind(type) != NODE_STRING)
		return refuse(plan, err, STR(""),
		    "a resource of the configuration has no type");
	text = value_text(type, &plan->text);
	if (!text.ptr)
		return error_nomem(err);
	secrets_hold_expression(&plan->secrets,
	    value_member(v, STR("expressions")),
	    secrets_place(&plan->secrets, 0, text));
	return hand_over(plan, &item, v, err);
}

/* The arguments of a call are the variables of the module that is called. */
bool
take_call_member(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_CALL, .field = plan->name};
	struct value_iter it = value_each(v);

	if (!str_eq(plan->name, STR("expressions")))
		return hand_over(plan, &item, v, err);
	while (it.object && value_step(&it)) {
		struct str name = value_text(it.key, &plan->text);

		if (!name.ptr)
			return error_nomem(err);
		secrets_hold_expression(
		    &plan->secrets, it.value, variable_place(plan, name));
	}
	return hand_over(plan, &item, v, err);
}

bool
take_config_output(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_OUTPUT, .name = plan->name};
	uint64_t place = secrets_place(&plan->secrets, 0, STR("output"));

	if (is_true(v, STR("sensitive"))) {
		secrets_close(&plan->secrets, place);
		secrets_hold_expression(&plan->secrets,
		    value_member(v, STR("expression")), place);
	}
	return hand_over(plan, &item, v, err);
}

bool
take_config_variable(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_VARIABLE,
	    .name = plan->name};

	if (is_true(v, STR("sensitive"))) {
		secrets_add(
		    &plan->secrets, value_member(v, STR("default")), true);
		secrets_close(
		    &plan->secrets, variable_place(plan, plan->name));
	}
	return hand_over(plan, &item, v, err);
}

/* The strings that an expression writes, but not what it refers to. */
static void
hide_constants(struct plan *plan, struct value expression)
{
	struct value_iter it = value_each(expression);

	while (value_step(&it)) {
		if (it.object && value_is(it.key, STR("references")))
			continue;
		if (it.object && value_is(it.key, STR("constant_value")))
			secrets_add(&plan->secrets, it.value, false);
		else
			hide_constants(plan, it.value);
	}
}

/* Arguments of a provider are secret but for two that every team shows. */
bool
take_provider(struct plan *plan, struct value v, struct tfa_error *err)
{
	struct config_item item = {.kind = CONFIG_PROVIDER,
	    .name = plan->name};
	struct value_iter it =
	    value_each(value_member(v, STR("expressions")));

	while (it.object && value_step(&it)) {
		if (!value_is(it.key, STR("region")) &&
		    !value_is(it.key, STR("default_tags")))
			hide_constants(plan, it.value);
	}
	return hand_over(plan, &item, v, err);
}
