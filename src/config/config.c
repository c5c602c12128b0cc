#include "config/graph.h"
#include "config/traversal.h"

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
	config->cache = target_cache_new();
	if (config->cache)
		return config;
	config_free(config);
	return NULL;
}

void
config_keep_references(struct config *config)
{
	config->references = true;
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
	target_cache_free(config->cache);
	map_free(&config->providers);
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

/* Made where it is first named: by its declaration or by a resource. */
static struct config_provider_entry *
provider_at(struct config *config, struct str key)
{
	struct config_provider_entry *entry =
	    entry_at(config, &config->providers, key, sizeof(*entry));

	if (entry && !entry->key.ptr)
		entry->key = arena_copy(&config->arena, key);
	return entry && entry->key.ptr ? entry : NULL;
}

static bool
keep_provider(struct config *config, struct config_resource *resource,
    struct value key)
{
	struct str text;

	if (value_kind(key) != NODE_STRING)
		return true;
	text = value_text(key, &config->scratch);
	if (text.ptr)
		resource->provider = provider_at(config, text);
	return resource->provider != NULL;
}

/* Is there anything in it but constants? */
static bool
refers(struct value v)
{
	struct value_iter it = value_each(v);

	if (value_member(v, STR("constant_value")).node)
		return false;
	if (is_expression(v) || !value_is_container(v))
		return v.node != NULL;
	while (value_step(&it)) {
		if (refers(it.value))
			return true;
	}
	return false;
}

/* The expressions without attributes that are constant. */
static bool
keep_references(struct config *config, struct value *out, struct value v)
{
	struct value_iter it = value_each(v);
	struct make make = {0};

	if (value_kind(v) != NODE_OBJECT)
		return true;
	make_open(&make, NODE_OBJECT);
	while (value_step(&it)) {
		if (!refers(it.value))
			continue;
		make_value(&make, it.key);
		make_value(&make, it.value);
	}
	make_close(&make);
	*out = make_done(&make, &config->arena);
	make_free(&make);
	return out->node != NULL;
}

static bool
resource_keep(struct config *config, struct map *names, struct value value,
    bool whole)
{
	struct value expressions = value_member(value, STR("expressions"));
	struct config_resource *resource;
	struct str name =
	    value_text(value_member(value, STR("name")), &config->scratch);

	resource =
	    name.ptr ? entry_at(config, names, name, sizeof(*resource)) : NULL;
	if (!resource ||
	    !keep_value(config, &resource->for_each,
		value_member(value, STR("for_each_expression"))))
		return false;
	resource->counted =
	    value_member(value, STR("count_expression")).node != NULL;
	resource->whole = whole;
	resource->refers = config->references && refers(expressions);
	if (!whole)
		return keep_references(
		    config, &resource->expressions, expressions);
	return keep_value(config, &resource->expressions, expressions) &&
	       keep_provider(config, resource,
		   value_member(value, STR("provider_config_key")));
}

static bool
resource_add(struct config *config, struct config_module *module,
    const struct config_item *item)
{
	struct value mode = value_member(item->value, STR("mode"));
	struct value type = value_member(item->value, STR("type"));
	struct config_type *kept;
	struct str name;
	bool data = value_is(mode, STR("data")), whole;

	if (value_kind(type) != NODE_STRING ||
	    value_kind(value_member(item->value, STR("name"))) != NODE_STRING ||
	    (!data && !value_is(mode, STR("managed"))))
		return true;
	name = value_text(type, &config->scratch);
	if (!name.ptr)
		return false;
	whole = config->keep(config->ctx, name);
	if (!whole && !config->references)
		return true;
	kept = type_at(config, module, name);
	return kept && resource_keep(config,
			   data ? &kept->data : &kept->managed, item->value,
			   whole);
}

static bool
provider_add(struct config *config, const struct config_item *item)
{
	struct config_provider_entry *entry = provider_at(config, item->name);
	struct value expressions =
	    value_member(item->value, STR("expressions"));
	struct value region;

	if (!entry)
		return false;
	entry->declared = true;
	entry->alias = entry->region = STR("");
	region = value_member(expressions, STR("region"));
	return keep_text(config, &entry->alias,
		   value_member(item->value, STR("alias"))) &&
	       keep_text(config, &entry->region,
		   value_member(region, STR("constant_value"))) &&
	       keep_value(config, &entry->default_tags,
		   value_member(expressions, STR("default_tags")));
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
given_add(struct config *config, const struct config_item *item)
{
	struct config_variable *variable = entry_at(config,
	    &config->root.variables, item->name, sizeof(*variable));

	return variable && keep_value(config, &variable->given, item->value);
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
	case CONFIG_GIVEN:
		ok = ok && given_add(config, item);
		break;
	case CONFIG_OUTPUT:
		ok = ok && output_add(config, module, item);
		break;
	case CONFIG_PROVIDER:
		ok = ok && provider_add(config, item);
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
config_referrer(const struct config_module *module, enum mode mode,
    struct str type, struct str name)
{
	const struct config_type *kept = map_find(&module->types, type);

	if (!kept)
		return NULL;
	if (mode == MODE_MANAGED)
		return map_find(&kept->managed, name);
	if (mode == MODE_DATA)
		return map_find(&kept->data, name);
	return NULL;
}

const struct config_resource *
config_resource(
    const struct config_module *module, const struct address *address)
{
	const struct config_resource *resource = config_referrer(
	    module, address->mode, address->type, address->name);

	return resource && resource->whole ? resource : NULL;
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
