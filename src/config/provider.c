/*
 * Terraform has followed the providers of module calls already: the key of a
 * resource is that of the entry that declares its provider.  Versions before
 * 1.2 wrote keys without an entry; those stay unknown.
 */
#include "config/graph.h"
#include "config/target.h"

/* The tags of the block, as far as they are written out. */
static void
tags_of(struct config_provider *out, struct value blocks)
{
	struct value tags =
	    value_member(value_item(blocks, 0), STR("tags"));
	struct value constant = value_member(tags, STR("constant_value"));

	out->default_tags_hidden = tags.node && !constant.node;
	if (value_kind(constant) == NODE_OBJECT)
		out->default_tags = constant;
}

struct config_provider
config_provider(const struct config *config, const struct address *address)
{
	struct config_provider out = {.identity = STR(""),
	    .alias = STR(""),
	    .region = STR(""),
	    .default_tags_hidden = true};
	const struct config_module *module = config_module(config, address);
	const struct config_resource *resource =
	    module ? config_resource(module, address) : NULL;
	const struct config_provider_entry *entry =
	    resource ? resource->provider : NULL;

	if (!entry || !entry->declared)
		return out;
	out.identity = entry->key;
	out.alias = entry->alias;
	out.region = entry->region;
	tags_of(&out, entry->default_tags);
	return out;
}
