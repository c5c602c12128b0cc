/* The condition "port": a range of ports at three paths. */
#include "op/port.h"
#include "policy/cond_parts.h"
#include "policy/cond_read.h"
#include "policy/field.h"
#include "policy/literal.h"

struct port_said {
	const struct tree *covers;
	const struct tree *paths[PORT_PARTS];
};

static bool
read_covers(struct load *load, struct cond *cond, const struct tree *node)
{
	struct buf scratch = {0};
	bool ok;
	long port;

	if (!literal_unset(load, node, &cond->no_argument) ||
	    !literal_resolve(load, &node))
		return false;
	if (cond->no_argument)
		return true;
	if (!literal_read_open(
		load, node, &cond->args.argument, &cond->argument_from))
		return false;
	if (cond->argument_from.count && literal_is_path(node))
		return true;
	ok = port_read(&port, cond->args.argument, &scratch) && port >= 0;
	buf_free(&scratch);
	return ok ||
	    bad(load, node->pos, "a port is a whole number from 0 to 65535");
}

static const struct field fields[] = {
    {"covers", field_tree, offsetof(struct port_said, covers), true,
	&shape_open_scalar, "the port, from 0 to 65535"},
    {"from", field_tree, offsetof(struct port_said, paths[PORT_FROM]), true,
	&shape_text, "the path of the first port"},
    {"to", field_tree, offsetof(struct port_said, paths[PORT_TO]), true,
	&shape_text, "the path of the last port"},
    {"protocol", field_tree, offsetof(struct port_said, paths[PORT_PROTOCOL]),
	false, &shape_text, "the path of the protocol"},
};
const struct shape shape_port = {
    .kind = SHAPE_FIELDS, .fields = fields, .count = COUNTOF(fields)};

bool
cond_port(struct load *load, const struct cond **out,
    const struct parts *parts, bool flip)
{
	struct port_said said = {NULL, {NULL, NULL, NULL}};
	struct cond *cond = cond_new(load, parts->node, COND_PORT);
	struct path *paths =
	    arena_array(load->arena, PORT_PARTS, sizeof(*paths));

	if (!cond)
		return false;
	if (!paths)
		return load_nomem(load);
	cond->negated = flip;
	cond->ports = paths;
	if (!fields_read(load, parts->argument, "a port", fields,
		COUNTOF(fields), &said) ||
	    !read_covers(load, cond, said.covers))
		return false;
	for (size_t i = 0; i < PORT_PARTS; i++) {
		if (said.paths[i] && !cond_path(load, &paths[i], said.paths[i]))
			return false;
	}
	*out = cond;
	return cond_describe(load, cond);
}
