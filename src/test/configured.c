/* The pieces of a configuration, handed over as the reader of plans does it. */
#include "test/configured.h"

#include <stdio.h>

#include "test/test.h"

static bool
keep_some(void *ctx, struct str type)
{
	(void)ctx;
	return str_starts(type, STR("aws_")) ||
	    str_eq(type, STR("terraform_data"));
}

struct configured
configured_new(void)
{
	struct configured f = {.ok = true};

	f.config = config_new(keep_some, NULL);
	ck_assert_ptr_nonnull(f.config);
	return f;
}

void
configured_free(struct configured *f)
{
	config_free(f->config);
	arena_free(&f->arena);
}

static void
add(struct configured *f, const struct config_item *item)
{
	f->ok = f->ok && config_add(f->config, item, &f->err);
}

static void add_module(struct configured *f, const struct str *names, size_t depth,
    struct value module);

static void
add_call(struct configured *f, const struct config_item *in, struct value call)
{
	struct config_item item = *in;
	struct value_iter it = value_each(call);
	struct str names[8];

	ck_assert_uint_lt(in->depth, COUNTOF(names));
	for (size_t i = 0; i < in->depth; i++)
		names[i] = in->module[i];
	names[in->depth] = in->name;
	if (f->backwards)
		add_module(
		    f, names, in->depth + 1, value_member(call, STR("module")));
	while (value_step(&it)) {
		item.field = value_copy_text(it.key, &f->arena);
		item.value = it.value;
		if (!str_eq(item.field, STR("module")))
			add(f, &item);
	}
	if (!f->backwards)
		add_module(
		    f, names, in->depth + 1, value_member(call, STR("module")));
}

static void
add_each(struct configured *f, struct config_item item, struct value group)
{
	struct value_iter it = value_each(group);

	while (value_step(&it)) {
		if (it.key.node)
			item.name = value_copy_text(it.key, &f->arena);
		item.value = it.value;
		if (item.kind == CONFIG_CALL)
			add_call(f, &item, it.value);
		else
			add(f, &item);
	}
}

static void
add_module(struct configured *f, const struct str *names, size_t depth,
    struct value module)
{
	static const struct {
		const char *key;
		enum config_kind kind;
	} groups[] = {
	    {"resources",    CONFIG_RESOURCE},
	    {"module_calls", CONFIG_CALL    },
	    {"variables",    CONFIG_VARIABLE},
	    {"outputs",      CONFIG_OUTPUT  },
	};

	for (size_t i = 0; i < COUNTOF(groups); i++)
		add_each(f,
		    (struct config_item){.kind = groups[i].kind,
			.module = names,
			.depth = depth},
		    value_member(module, str_of(groups[i].key)));
}

void
configured_add(struct configured *f, struct str text)
{
	struct value root;

	ck_assert_msg(
	    value_read(&root, text, &f->arena, &f->err), "%s", f->err.message);
	add_module(f, NULL, 0, root);
}

void
configured_add_value(struct configured *f, struct value configuration)
{
	add_each(f, (struct config_item){.kind = CONFIG_PROVIDER},
	    value_member(configuration, STR("provider_config")));
	add_module(f, NULL, 0, value_member(configuration, STR("root_module")));
}

struct str
configured_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf text = {0};
	struct str whole;
	size_t got;

	ck_assert_msg(file != NULL, "%s", path);
	do {
		ck_assert(buf_reserve(&text, 65536));
		got = fread(text.ptr + text.len, 1, 65536, file);
		text.len += got;
	} while (got);
	fclose(file);
	whole = arena_copy(arena, buf_str(&text));
	buf_free(&text);
	ck_assert_ptr_nonnull(whole.ptr);
	return whole;
}
