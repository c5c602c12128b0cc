#include "config/graph.h"

#include <stdlib.h>

/*
 * Pieces come in any order, so a module is made when it is first named: by its
 * call, by what is in it, or by what is in a module below it.  Values and
 * names are copied to one arena; only the tables of names are allocated apart.
 */

struct config *
config_new(bool (*keep)(void *ctx, struct str type), void *ctx)
{
	struct config *config = calloc(1, sizeof(*config));

	if (!config)
		return NULL;
	config->keep = keep;
	config->ctx = ctx;
	config->root.path = STR("");
	return config;
}

static void
module_clear(struct config_module *module)
{
	map_free(&module->calls);
	map_free(&module->variables);
	map_free(&module->outputs);
	map_free(&module->types);
}

void
config_free(struct config *config)
{
	if (!config)
		return;
	for (struct config_module *at = &config->root; at; at = at->next)
		module_clear(at);
	for (struct config_type *at = config->types; at; at = at->next) {
		map_free(&at->managed);
		map_free(&at->data);
	}
	buf_free(&config->scratch);
	arena_free(&config->arena);
	free(config);
}

/* The entry of that name, made zeroed where there is none; NULL: no memory. */
static void *
entry_at(struct config *config, struct map *map, struct str name, size_t size)
{
	void *entry = map_find(map, name);

	if (entry)
		return entry;
	entry = arena_alloc(&config->arena, size);
	name = arena_copy(&config->arena, name);
	if (!entry || !name.ptr || !map_set(map, name, entry))
		return NULL;
	return entry;
}

static struct str
path_below(
    struct config *config, const struct config_module *parent, struct str name)
{
	struct buf *text = &config->scratch;

	text->len = 0;
	buf_add(text, parent->path);
	if (parent->path.len)
		buf_byte(text, '.');
	buf_add(text, STR("module."));
	if (!buf_add(text, name))
		return (struct str){NULL, 0};
	return arena_copy(&config->arena, buf_str(text));
}

static struct config_module *
module_below(
    struct config *config, struct config_module *parent, struct str name)
{
	struct config_module *module = map_find(&parent->calls, name);
	struct str path;

	if (module)
		return module;
	path = path_below(config, parent, name);
	if (!path.ptr)
		return NULL;
	module = entry_at(config, &parent->calls, name, sizeof(*module));
	if (!module)
		return NULL;
	module->parent = parent;
	module->path = path;
	module->name = str_from(path, path.len - name.len);
	module->next = config->root.next;
	config->root.next = module;
	return module;
}

static struct config_module *
module_of(struct config *config, const struct config_item *item)
{
	struct config_module *module = &config->root;

	for (size_t i = 0; module && i < item->depth; i++)
		module = module_below(config, module, item->module[i]);
	return module;
}

static bool
keep_value(struct config *config, struct value *out, struct value value)
{
	if (!value.node)
		return true;
	*out = value_copy(value, &config->arena);
	return out->node != NULL;
}

static bool
keep_text(struct config *config, struct str *out, struct value value)
{
	if (value_kind(value) != NODE_STRING)
		return true;
	*out = value_copy_text(value, &config->arena);
	return out->ptr != NULL;
}

static struct config_type *
type_at(struct config *config, struct config_module *module, struct str name)
{
	struct config_type *type = map_find(&module->types, name);

	if (type)
		return type;
	type = entry_at(config, &module->types, name, sizeof(*type));
	if (!type)
		return NULL;
	type->next = config->types;
	config->types = type;
	return type;
}

static bool
resource_keep(struct config *config, struct map *names, struct value value)
{
	struct config_resource *resource;
	struct str name =
	    value_text(value_member(value, STR("name")), &config->scratch);

	resource =
	    name.ptr ? entry_at(config, names, name, sizeof(*resource)) : NULL;
	return resource &&
	       keep_value(config, &resource->expressions,
		   value_member(value, STR("expressions"))) &&
	       keep_value(config, &resource->for_each,
		   value_member(value, STR("for_each_expression")));
}

static bool
resource_add(struct config *config, struct config_module *module,
    const struct config_item *item)
{
	struct value mode = value_member(item->value, STR("mode"));
	struct value type = value_member(item->value, STR("type"));
	struct config_type *kept;
	struct str name;
	bool data = value_is(mode, STR("data"));

	if (value_kind(type) != NODE_STRING ||
	    value_kind(value_member(item->value, STR("name"))) != NODE_STRING ||
	    (!data && !value_is(mode, STR("managed"))))
		return true;
	name = value_text(type, &config->scratch);
	if (!name.ptr)
		return false;
	if (!config->keep(config->ctx, name))
		return true;
	kept = type_at(config, module, name);
	return kept && resource_keep(config,
			   data ? &kept->data : &kept->managed, item->value);
}

static bool
call_add(struct config *config, struct config_module *module,
    const struct config_item *item)
{
	struct config_module *call = module_below(config, module, item->name);

	if (!call)
		return false;
	call->called = true;
	if (str_eq(item->field, STR("source")))
		return keep_text(config, &call->source, item->value);
	if (str_eq(item->field, STR("version_constraint")))
		return keep_text(config, &call->version, item->value);
	if (str_eq(item->field, STR("expressions")))
		return keep_value(config, &call->expressions, item->value);
	if (str_eq(item->field, STR("for_each_expression")))
		return keep_value(config, &call->for_each, item->value);
	return true;
}

static bool
variable_add(struct config *config, struct config_module *module,
    const struct config_item *item)
{
	struct config_variable *variable =
	    entry_at(config, &module->variables, item->name, sizeof(*variable));

	return variable && keep_value(config, &variable->default_value,
			       value_member(item->value, STR("default")));
}

static bool
output_add(struct config *config, struct config_module *module,
    const struct config_item *item)
{
	struct config_output *output =
	    entry_at(config, &module->outputs, item->name, sizeof(*output));

	return output && keep_value(config, &output->expression,
			     value_member(item->value, STR("expression")));
}

bool
config_add(struct config *config, const struct config_item *item,
    struct tfa_error *err)
{
	struct config_module *module = module_of(config, item);
	bool ok = module != NULL;

	switch (item->kind) {
	case CONFIG_RESOURCE:
		ok = ok && resource_add(config, module, item);
		break;
	case CONFIG_CALL:
		ok = ok && call_add(config, module, item);
		break;
	case CONFIG_VARIABLE:
		ok = ok && variable_add(config, module, item);
		break;
	case CONFIG_OUTPUT:
		ok = ok && output_add(config, module, item);
		break;
	case CONFIG_PROVIDER:
		break;
	}
	return ok || error_nomem(err);
}

const struct config_module *
config_module(const struct config *config, const struct address *address)
{
	const struct config_module *module = &config->root;

	for (size_t i = 0; module && i < address->step_count; i++)
		module = map_find(&module->calls, address->steps[i].name);
	return module;
}

const struct config_resource *
config_resource(
    const struct config_module *module, const struct address *address)
{
	const struct config_type *type =
	    map_find(&module->types, address->type);

	if (!type)
		return NULL;
	if (address->mode == MODE_MANAGED)
		return map_find(&type->managed, address->name);
	if (address->mode == MODE_DATA)
		return map_find(&type->data, address->name);
	return NULL;
}

struct config_call
config_call(const struct config *config, const struct address *address,
    struct arena *arena)
{
	const struct config_module *module = config_module(config, address);

	if (!module || !module->parent)
		return (struct config_call){STR(""), STR(""), STR("")};
	return (struct config_call){arena_copy(arena, module->path),
	    arena_copy(arena, module->source),
	    arena_copy(arena, module->version)};
}
