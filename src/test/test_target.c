#include "test/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "config/edge.h"
#include "config/target.h"
#include "test/configured.h"

/* --- Targets as text --- */

static void
put(struct buf *text, bool is, const char *what)
{
	if (is)
		buf_fmt(text, "%s", what);
}

/*
 * "module.a[0].aws_x.y.id", then "=" by key, "?" chosen, "~waits" hidden by
 * local.*, "!waits" hidden otherwise; hops stand in front as ">".
 */
static void
put_target(struct buf *text, const struct target *target)
{
	for (size_t i = 0; i < target->hops; i++)
		buf_byte(text, '>');
	for (size_t i = 0; i < target->step_count; i++)
		buf_fmt(text, "module." STR_FMT STR_FMT ".",
		    STR_ARG(target->steps[i].name),
		    STR_ARG(target->steps[i].key));
	put(text, target->mode == MODE_DATA, "data.");
	buf_fmt(text, STR_FMT "." STR_FMT STR_FMT, STR_ARG(target->type),
	    STR_ARG(target->name), STR_ARG(target->key));
	if (target->attribute.len)
		buf_fmt(text, "." STR_FMT, STR_ARG(target->attribute));
	put(text, target->by_key, "=");
	put(text, target->chosen, "?");
	put(text, target->hidden, target->local ? "~" : "!");
	buf_add(text, target->waits);
}

/* "-" where the attribute is not written; then what hides, then targets. */
static struct str
targets_text(struct arena *arena, const struct targets *targets)
{
	struct buf text = {0};
	struct str kept;

	put(&text, !targets->written, "-");
	put(&text, targets->hidden, targets->local ? "~" : "!");
	buf_add(&text, targets->waits);
	for (size_t i = 0; i < targets->count; i++) {
		put(&text, text.len > 0, " ");
		put_target(&text, &targets->items[i]);
	}
	kept = arena_copy(arena, text.len ? buf_str(&text) : STR(""));
	ck_assert(!text.failed && kept.ptr);
	buf_free(&text);
	return kept;
}

static void
check_targets(struct configured *f, const char *text, const char *attribute,
    const char *expected)
{
	struct address address;
	struct targets targets;

	ck_assert_msg(
	    address_read(&address, str_of(text), &f->arena), "%s", text);
	ck_assert(config_targets(&targets, f->config, &address,
	    str_of(attribute), &f->arena));
	ck_assert_str_eq(targets_text(&f->arena, &targets).ptr, expected);
}

/* --- One resource --- */

#define REF(list) "{\"references\":[" list "]}"
#define CONSTANT(json) "{\"constant_value\":" json "}"

/*
 * The expressions of aws_x.r[KEY], with for_each FOR_EACH.  Beside it stand
 * aws_counted.c (count) and aws_each.e (for_each), and other_p.p and other_q.q
 * that pass on.
 */
static const char resources[] =
    "{\"resources\":["
    "{\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"r\","
    "\"expressions\":%s%s%s},"
    "{\"mode\":\"managed\",\"type\":\"aws_counted\",\"name\":\"c\","
    "\"count_expression\":{\"constant_value\":2}},"
    "{\"mode\":\"managed\",\"type\":\"aws_each\",\"name\":\"e\","
    "\"for_each_expression\":" REF("\"var.e\"") "},"
    "{\"mode\":\"managed\",\"type\":\"aws_out\",\"name\":\"o\","
    "\"expressions\":{\"out\":"
	REF("\"aws_b.b\",\"each.key\"") "}},"
    "{\"mode\":\"managed\",\"type\":\"other_p\",\"name\":\"p\","
    "\"expressions\":{"
    "\"to\":" REF("\"aws_b.b.id\",\"aws_b.b\"") ","
    "\"on\":" REF("\"other_q.q.to\",\"other_q.q\"") ","
    "\"loop\":" REF("\"other_q.q.loop\",\"other_q.q\"") ","
    "\"local\":" REF("\"local.l.x\",\"local.l\"") ","
    "\"function\":{},"
    "\"name\":" CONSTANT("\"n\"") "}},"
    "{\"mode\":\"managed\",\"type\":\"other_q\",\"name\":\"q\","
    "\"expressions\":{"
    "\"loop\":" REF("\"other_p.p.loop\",\"other_p.p\","
		    "\"aws_b.c.id\",\"aws_b.c\"") ","
    "\"to\":" REF("\"aws_b.b.arn\",\"aws_b.b\"") "}},"
    "{\"mode\":\"managed\",\"type\":\"aws_b\",\"name\":\"b\"},"
    "{\"mode\":\"managed\",\"type\":\"aws_b\",\"name\":\"c\"},"
    "{\"mode\":\"data\",\"type\":\"aws_d\",\"name\":\"d\","
    "\"expressions\":{\"in\":" REF("\"aws_b.b.id\",\"aws_b.b\"") "}}"
    "]}";

/* clang-format off */
static const struct {
	const char *for_each, *key, *attribute, *expressions, *expected;
} singles[] = {
    /* Written at all. */
    {NULL, "", "a", "{}", "-"},
    {NULL, "", "a", "{\"a\":" CONSTANT("\"x\"") "}", ""},
    {NULL, "", "a", "{\"a\":" CONSTANT("null") "}", ""},
    {NULL, "", "a", "{\"a\":{}}", ""},
    {NULL, "", "a", "{\"a\":" REF("\"var.x\"") "}", ""},
    {NULL, "", "a.b", "{}", "-!"},
    {NULL, "", "a.b", "{\"a\":[{}]}", "-"},
    {NULL, "", "a.b", "{\"a\":[]}", "-"},
    {NULL, "", "a.b", "{\"a\":{}}", "-"},
    {NULL, "", "a.b", "{\"a\":[{\"b\":{}}]}", ""},
    {NULL, "", "a.b.c", "{\"a\":[{}]}", "-!"},
    /* Keys as they are written. */
    {NULL, "", "a", "{\"a\":" REF("\"aws_b.b.id\",\"aws_b.b\"") "}",
	"aws_b.b.id"},
    {NULL, "", "a",
	"{\"a\":" REF("\"aws_b.b.id\",\"aws_b.b\",\"aws_b.b.id\",\"aws_b.b\"")
	"}", "aws_b.b.id"},
    {NULL, "", "a",
	"{\"a\":" REF("\"aws_b.b.id\",\"aws_b.b\",\"aws_b.b\"") "}",
	"aws_b.b.id aws_b.b[*]"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_b.b.list[0].name\",\"aws_b.b.list[0]\","
	"\"aws_b.b.list\",\"aws_b.b\"") "}", "aws_b.b.list"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_counted.c[1].id\","
	"\"aws_counted.c[1]\",\"aws_counted.c\"") "}", "aws_counted.c[1].id"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_each.e[\\\"a.b\\\\\\\"]\\\"].id\","
	"\"aws_each.e[\\\"a.b\\\\\\\"]\\\"]\",\"aws_each.e\"") "}",
	"aws_each.e[\"a.b\\\"]\"].id"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_each.e[\\\"$${x\\\"].id\","
	"\"aws_each.e[\\\"$${x\\\"]\",\"aws_each.e\"") "}",
	"aws_each.e[\"$${x\"].id"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_each.e\"") "}", "aws_each.e[*]"},
    {NULL, "", "a", "{\"a\":" REF("\"data.aws_d.d.id\",\"data.aws_d.d\"") "}",
	"data.aws_d.d.id"},
    {NULL, "", "a", "{\"a\":" REF("\"data.aws_d.d.in\",\"data.aws_d.d\"") "}",
	"data.aws_d.d.in >aws_b.b.id"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_b.b.id\",\"aws_b.b\","
	"\"aws_b.c.id\",\"aws_b.c\"") "}", "aws_b.b.id aws_b.c.id"},
    /* The equal key. */
    {"{}", "[\"k\"]", "a", "{\"a\":" REF("\"aws_each.e\",\"each.key\"") "}",
	"aws_each.e[\"k\"]="},
    {NULL, "[3]", "a", "{\"a\":" REF("\"aws_counted.c\",\"count.index\"") "}",
	"aws_counted.c[3]="},
    {NULL, "[3]", "a", "{\"a\":" REF("\"aws_each.e\",\"count.index\"") "}",
	"aws_each.e[*]"},
    {NULL, "[\"k\"]", "a", "{\"a\":" REF("\"aws_counted.c\",\"each.key\"") "}",
	"aws_counted.c[*]"},
    {NULL, "[*]", "a", "{\"a\":" REF("\"aws_each.e\",\"each.key\"") "}",
	"aws_each.e[*]"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_each.e\",\"each.key\"") "}",
	"aws_each.e[*]"},
    {NULL, "[\"k\"]", "a", "{\"a\":"
	REF("\"aws_each.e[\\\"w\\\"].id\",\"aws_each.e[\\\"w\\\"]\","
	    "\"aws_each.e\",\"each.key\"") "}", "aws_each.e[\"w\"].id"},
    {REF("\"var.set\""), "[\"k\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value\"") "}",
	"aws_each.e[\"k\"]="},
    {REF("\"var.map\""), "[\"k\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value.b\",\"each.value\"") "}",
	"aws_each.e[*]"},
    {CONSTANT("{\"k\":\"v\",\"l\":\"w\"}"), "[\"k\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value\"") "}",
	"aws_each.e[\"v\"]"},
    {CONSTANT("{\"k\":{\"b\":\"q\\\"${\"}}"), "[\"k\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value.b\",\"each.value\"") "}",
	"aws_each.e[\"q\\\"$${\"]"},
    {CONSTANT("{\"k\":{\"b\":\"v\"}}"), "[\"z\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value.b\",\"each.value\"") "}",
	"aws_each.e[*]"},
    {CONSTANT("{\"k\":{\"b\":\"v\",\"c\":\"w\"}}"), "[\"k\"]", "a",
	"{\"a\":" REF("\"aws_each.e\",\"each.value.b\",\"each.value\","
		      "\"each.value.c\",\"each.value\"") "}", "aws_each.e[*]"},
    /* each.value into the for_each. */
    {REF("\"aws_each.e\""), "[\"k\"]", "a",
	"{\"a\":" REF("\"each.value.id\",\"each.value\"") "}",
	"aws_each.e[\"k\"]="},
    {REF("\"aws_b.b.id\",\"aws_b.b\",\"aws_b.c.id\",\"aws_b.c\""), "[\"k\"]",
	"a", "{\"a\":" REF("\"each.value\"") "}", "aws_b.b.id? aws_b.c.id?"},
    {NULL, "[\"k\"]", "a", "{\"a\":" REF("\"each.value\"") "}", ""},
    {"{}", "[\"k\"]", "a", "{\"a\":" REF("\"each.value\"") "}", ""},
    {REF("\"local.m\""), "[\"k\"]", "a",
	"{\"a\":" REF("\"each.value.x\",\"each.value\"") "}", "~local.m"},
    /* Out of sight. */
    {NULL, "", "a", "{\"a\":" REF("\"local.l.x\",\"local.l\"") "}",
	"~local.l.x"},
    {NULL, "", "a", "{\"a\":" REF("\"local.l\",\"self.id\",\"self\"") "}",
	"!local.l"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_b.b.id\",\"aws_b.b\",\"local.l\"") "}",
	"~local.l aws_b.b.id"},
    {NULL, "", "a", "{\"a\":" REF("\"module.c\"") "}", "!module.c"},
    {NULL, "", "a", "{\"a\":" REF("\"strange\"") "}", "!strange"},
    {NULL, "", "a", "{\"a\":" REF("\"ephemeral.aws_x.y.z\"") "}",
	"!ephemeral.aws_x.y.z"},
    /* Blocks. */
    {NULL, "", "rule.to.id",
	"{\"rule\":[{\"to\":[{\"id\":" REF("\"aws_b.b.id\",\"aws_b.b\"")
	"}]},{\"to\":[{\"id\":" REF("\"aws_b.c.id\",\"aws_b.c\"") "}]}]}",
	"aws_b.b.id aws_b.c.id"},
    {NULL, "", "rule.to.id", "{\"rule\":{\"to\":{\"id\":"
	REF("\"aws_b.b.id\",\"aws_b.b\"") "}}}", "aws_b.b.id"},
    {NULL, "", "rule.to.id", "{\"rule\":" REF("\"aws_b.b.id\",\"aws_b.b\"") "}",
	"aws_b.b.id"},
    {NULL, "", "rule.to.id", "{\"rule\":[{\"to\":[{\"no\":"
	REF("\"aws_b.b.id\",\"aws_b.b\"") "}]}]}", "-"},
    {NULL, "", "rule", "{\"rule\":[{\"to\":[{\"no\":"
	REF("\"aws_b.b.id\",\"aws_b.b\"") "}]},{},{\"f\":{}}]}",
	"aws_b.b.id"},
    /* Through other resources. */
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.to\",\"other_p.p\"") "}",
	"other_p.p.to >aws_b.b.id"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.on\",\"other_p.p\"") "}",
	"other_p.p.on >other_q.q.to >>aws_b.b.arn"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.loop\",\"other_p.p\"") "}",
	"other_p.p.loop >other_q.q.loop >>aws_b.c.id"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.name\",\"other_p.p\"") "}",
	"other_p.p.name"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p\"") "}", "other_p.p[*]!"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.local\",\"other_p.p\"") "}",
	"other_p.p.local~local.l.x"},
    {NULL, "", "a", "{\"a\":" REF("\"other_p.p.function\",\"other_p.p\"") "}",
	"other_p.p.function"},
    {NULL, "", "a", "{\"a\":" REF("\"other_z.z.to\",\"other_z.z\"") "}",
	"other_z.z.to!"},
    {NULL, "", "a", "{\"a\":" REF("\"aws_out.o[\\\"k\\\"].out\","
	"\"aws_out.o[\\\"k\\\"]\",\"aws_out.o\"") "}",
	"aws_out.o[\"k\"].out >aws_b.b[\"k\"]="},
};
/* clang-format on */

START_TEST(targets_of_an_expression_are_instances)
{
	struct configured f = configured_new();
	char text[4096], address[256];
	int len = snprintf(text, sizeof(text), resources,
	    singles[_i].expressions,
	    singles[_i].for_each ? ",\"for_each_expression\":" : "",
	    singles[_i].for_each ? singles[_i].for_each : "");

	ck_assert_int_lt(len, (int)sizeof(text));
	snprintf(address, sizeof(address), "aws_x.r%s", singles[_i].key);
	config_keep_references(f.config);
	configured_add(&f, arena_copy(&f.arena, str_of(text)));
	ck_assert(f.ok);
	check_targets(
	    &f, address, singles[_i].attribute, singles[_i].expected);
	configured_free(&f);
}
END_TEST

/* --- Modules --- */

/* module.a (for_each over aws_z.z), which calls module.b. */
static const char nested[] =
    "{\"resources\":["
    "{\"mode\":\"managed\",\"type\":\"aws_k\",\"name\":\"k\"},"
    "{\"mode\":\"managed\",\"type\":\"aws_z\",\"name\":\"z\","
    "\"for_each_expression\":{}},"
    "{\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"root\","
    "\"expressions\":{\"a\":%s}}],"
    "\"module_calls\":{\"a\":{\"source\":\"./a\",\"for_each_expression\":"
	REF("\"aws_z.z\"") ",\"expressions\":{"
    "\"one\":" REF("\"aws_k.k.arn\",\"aws_k.k\"") ","
    "\"each\":" REF("\"aws_z.z\",\"each.key\"") ","
    "\"value\":" REF("\"each.value.id\",\"each.value\"") ","
    "\"all\":" REF("\"aws_z.z\"") ","
    "\"local\":" REF("\"local.l\"") ","
    "\"null\":" CONSTANT("null") ","
    "\"function\":{}},"
    "\"module\":{"
    "\"variables\":{\"one\":{},\"default\":{\"default\":\"x\"}},"
    "\"outputs\":{"
    "\"deep\":{\"expression\":" REF("\"module.b[0].id\",\"module.b[0]\"") "},"
    "\"mine\":{\"expression\":" REF("\"aws_m.m.id\",\"aws_m.m\"") "},"
    "\"every\":{\"expression\":" REF("\"aws_m.m\"") "},"
    "\"back\":{\"expression\":" REF("\"var.one\"") "}},"
    "\"resources\":["
    "{\"mode\":\"managed\",\"type\":\"aws_m\",\"name\":\"m\"}],"
    "\"module_calls\":{\"b\":{\"source\":\"../b\",\"expressions\":{"
    "\"x\":%s},\"module\":{"
    "\"outputs\":{\"id\":{\"expression\":"
	REF("\"aws_x.r.id\",\"aws_x.r\"") "}},"
    "\"resources\":[{\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"r\","
    "\"expressions\":{\"a\":%s}}]}}}}}}}";

#define VAR(name) REF("\"var." name "\"")
#define SUBJECT "module.a[\"k\"].module.b[0].aws_x.r"

/* clang-format off */
static const struct {
	const char *outer, *given, *inner, *address, *expected;
} modules[] = {
    {"{}", VAR("one"), VAR("x"), SUBJECT, "aws_k.k.arn"},
    {"{}", VAR("each"), VAR("x"), SUBJECT, "aws_z.z[\"k\"]="},
    {"{}", VAR("value"), VAR("x"), SUBJECT, "aws_z.z[\"k\"]="},
    {"{}", VAR("all"), VAR("x"), SUBJECT, "aws_z.z[*]"},
    {"{}", VAR("local"), VAR("x"), SUBJECT, "~local.l"},
    {"{}", VAR("null"), VAR("x"), SUBJECT, ""},
    {"{}", VAR("default"), VAR("x"), SUBJECT, ""},
    {"{}", VAR("function"), VAR("x"), SUBJECT, ""},
    {"{}", "{}", VAR("x"), SUBJECT, ""},
    {"{}", REF("\"local.l\""), VAR("x"), SUBJECT, "~module.a.local.l"},
    {"{}", REF("\"aws_m.m.id\",\"aws_m.m\""), VAR("x"), SUBJECT,
	"module.a[\"k\"].aws_m.m.id"},
    {"{}", REF("\"aws_m.m\",\"count.index\""), VAR("x"), SUBJECT,
	"module.a[\"k\"].aws_m.m[0]="},
    {"{}", "{}", REF("\"aws_x.s.id\",\"aws_x.s\""), SUBJECT,
	"module.a[\"k\"].module.b[0].aws_x.s.id!"},
    /* Into a call. */
    {REF("\"module.a[\\\"q\\\"].mine\",\"module.a[\\\"q\\\"]\""), "{}", "{}",
	"aws_x.root", "module.a[\"q\"].aws_m.m.id"},
    {REF("\"module.a[\\\"q\\\"].deep\",\"module.a[\\\"q\\\"]\""), "{}", "{}",
	"aws_x.root", "module.a[\"q\"].module.b[0].aws_x.r.id"},
    {REF("\"module.a.mine\",\"module.a\""), "{}", "{}", "aws_x.root",
	"module.a.aws_m.m.id"},
    {REF("\"module.a[\\\"q\\\"].every.x\",\"module.a[\\\"q\\\"].every\","
	 "\"module.a[\\\"q\\\"]\""), "{}", "{}",
	"aws_x.root", "module.a[\"q\"].aws_m.m[*]"},
    {REF("\"module.a[\\\"q\\\"].back\",\"module.a[\\\"q\\\"]\""), "{}", "{}",
	"aws_x.root", "aws_k.k.arn"},
    {REF("\"module.a[\\\"q\\\"].none\",\"module.a[\\\"q\\\"]\""), "{}", "{}",
	"aws_x.root", "!module.a[\"q\"].none"},
    {REF("\"module.a\",\"each.key\""), "{}", "{}", "aws_x.root[\"k\"]",
	"module.a[\"k\"].module.b[0].aws_x.r.id=? module.a[\"k\"].aws_m.m.id=?"
	" module.a[\"k\"].aws_m.m[*]=? aws_k.k.arn?"},
    {REF("\"module.a\""), "{}", "{}", "aws_x.root",
	"module.a[*].module.b[0].aws_x.r.id? module.a[*].aws_m.m.id?"
	" module.a[*].aws_m.m[*]? aws_k.k.arn?"},
    {REF("\"module.a[\\\"q\\\"].mine\",\"module.a[\\\"q\\\"]\","
	 "\"module.a[\\\"p\\\"].mine\",\"module.a[\\\"p\\\"]\""), "{}", "{}",
	"aws_x.root",
	"module.a[\"q\"].aws_m.m.id module.a[\"p\"].aws_m.m.id"},
    /* No such instance in the configuration. */
    {"{}", "{}", VAR("x"), "module.gone.aws_x.r", "-!"},
    {"{}", "{}", VAR("x"), "aws_x.gone", "-!"},
};
/* clang-format on */

START_TEST(targets_are_found_through_module_inputs_and_outputs)
{
	struct configured f = configured_new();
	char text[4096];
	int len = snprintf(text, sizeof(text), nested, modules[_i / 2].outer,
	    modules[_i / 2].given, modules[_i / 2].inner);

	ck_assert_int_lt(len, (int)sizeof(text));
	f.backwards = _i % 2;
	config_keep_references(f.config);
	configured_add(&f, arena_copy(&f.arena, str_of(text)));
	ck_assert(f.ok);
	check_targets(&f, modules[_i / 2].address, "a",
	    modules[_i / 2].expected);
	configured_free(&f);
}
END_TEST

/* --- A real plan: testdata/config/target/main.tf --- */

/*
 * There every input is the address of the resource itself, or what others have
 * as input: Terraform says which instances a reference means.
 */
struct planned {
	struct configured f;
	struct value values;	   /* address -> input */
	struct address *addresses; /* of values, in order */
	size_t count;
};

static struct planned
planned_read(const char *path)
{
	struct planned p = {.f = configured_new()};
	struct value_iter it;
	struct value document;
	size_t i = 0;

	ck_assert(value_read(&document, configured_file(&p.f.arena, path),
	    &p.f.arena, &p.f.err));
	config_keep_references(p.f.config);
	configured_add_value(
	    &p.f, value_member(document, STR("configuration")));
	ck_assert(p.f.ok);
	p.values = value_member(document, STR("values"));
	p.count = value_count(p.values);
	p.addresses =
	    arena_array(&p.f.arena, p.count + 1, sizeof(*p.addresses));
	for (it = value_each(p.values); value_step(&it); i++)
		ck_assert(address_read(&p.addresses[i],
		    value_copy_text(it.key, &p.f.arena), &p.f.arena));
	return p;
}

static bool
is_input_of(struct value input, struct str address)
{
	struct value_iter it = value_each(input);

	if (value_is(input, address))
		return true;
	while (value_step(&it)) {
		if (is_input_of(it.value, address))
			return true;
	}
	return false;
}

/* The equal key is a guess where there is no such instance. */
static bool
is_guess(const struct planned *p, const struct target *target)
{
	for (size_t i = 0; target->by_key && i < p->count; i++) {
		if (target_is(target, &p->addresses[i]))
			return false;
	}
	return target->by_key;
}

struct meant {
	bool certain, perhaps;
};

static struct meant
is_meant(const struct planned *p, const struct targets *targets,
    const struct address *address)
{
	struct meant meant = {false, false};

	for (size_t i = 0; i < targets->count; i++) {
		struct target target = targets->items[i];
		bool vague = target.chosen || target.hidden ||
		    is_guess(p, &target) ||
		    str_eq(target.key, STR("[*]"));

		for (size_t j = 0; j < target.step_count; j++)
			vague = vague ||
			    str_eq(target.steps[j].key, STR("[*]"));

		if (is_guess(p, &target))
			target.key = STR("[*]");
		if (!target_is(&target, address))
			continue;
		meant.certain = meant.certain || !vague;
		meant.perhaps = true;
	}
	return meant;
}

static bool
is_hidden(const struct targets *targets)
{
	bool hidden = targets->hidden;

	for (size_t i = 0; i < targets->count; i++)
		hidden = hidden || targets->items[i].hidden;
	return hidden;
}

/* "exact", "any", "hidden", or what is wrong. */
static const char *
compare(const struct planned *p, const struct address *subject,
    struct value input)
{
	struct targets targets;
	const char *found = "exact";

	ck_assert(config_targets(&targets, p->f.config, subject, STR("input"),
	    (struct arena *)&p->f.arena));
	for (size_t i = 0; i < p->count; i++) {
		const struct address *address = &p->addresses[i];
		struct meant meant = is_meant(p, &targets, address);
		bool truly = is_input_of(input, address->text);

		/* What a resource that passes on refers to stands for it. */
		if (address == subject ||
		    !value_is(value_member(p->values, address->text),
			address->text))
			continue;
		if (truly && !meant.perhaps && !is_hidden(&targets))
			return "missed";
		if (!truly && meant.certain)
			return "wrong";
		if (truly && !meant.perhaps)
			found = "hidden";
		else if (!truly && meant.perhaps)
			found = "any";
	}
	return found;
}

/* clang-format off */
static const struct {
	const char *name, *expected; /* where it is not exact */
} inexact[] = {
    {"by_route", "any"},     /* each.value.to of a variable */
    {"modulo", "any"},	     /* where the index is beyond the count */
    {"chosen", "any"},	     /* one of two in the for_each */
    {"by_local", "hidden"},
    {"from_each_module", "any"}, /* which output, leaves no trace */
    {"from_module_list", "any"},
};
/* clang-format on */

static const char *
expected_of(const struct address *address)
{
	bool counted = address->key.len && address->key.ptr[1] != '"';

	if (counted && address->key.ptr[1] < '3')
		return "exact";
	for (size_t i = 0; i < COUNTOF(inexact); i++) {
		if (str_eq(address->name, str_of(inexact[i].name)))
			return inexact[i].expected;
	}
	return "exact";
}

START_TEST(targets_are_the_instances_that_terraform_means)
{
	struct planned p = planned_read("testdata/config/target/plan.json");
	struct value_iter it = value_each(p.values);

	ck_assert_uint_gt(p.count, 50);
	for (size_t i = 0; value_step(&it); i++)
		ck_assert_msg(strcmp(compare(&p, &p.addresses[i], it.value),
				  expected_of(&p.addresses[i])) == 0,
		    STR_FMT ": %s", STR_ARG(p.addresses[i].text),
		    compare(&p, &p.addresses[i], it.value));
	configured_free(&p.f);
}
END_TEST

/* --- Any graph --- */

enum { NAMES = 6, CALLS = 3 };

static unsigned
draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* References to anything in the module, itself included, so cycles too. */
static void
put_references(struct buf *text, uint64_t *seed)
{
	static const struct {
		const char *head, *tail;
	} shapes[] = {{"aws_x.r", ".a"}, {"aws_x.r", ""}, {"other_p.p", ".a"},
	    {"other_p.p", "[\\\"k\\\"].a"}, {"data.aws_d.d", ".a"},
	    {"var.v", ""}, {"var.v", ".part"}, {"module.m0.o", ""},
	    {"module.m1[\\\"k\\\"].o", ""}, {"module.m2[", "].o1"},
	    {"module.m", ""}, {"each.value.x", ""}, {"local.l", ""}};
	unsigned count = draw(seed, 4);

	buf_fmt(text, "{\"references\":[\"each.key\"");
	for (unsigned i = 0; i < count; i++) {
		unsigned shape = draw(seed, COUNTOF(shapes));

		buf_fmt(text, ",\"%s%u%s\"", shapes[shape].head,
		    draw(seed, NAMES), shapes[shape].tail);
	}
	buf_fmt(text, "]}");
}

static void
put_each(struct buf *text, uint64_t *seed, const char *before)
{
	for (unsigned i = 0; i < NAMES; i++) {
		buf_fmt(text, "%s\"%s%u\":", i ? "," : "", before, i);
		if (*before == 'o')
			buf_fmt(text, "{\"expression\":");
		put_references(text, seed);
		if (*before == 'o')
			buf_fmt(text, "}");
	}
}

static void
put_module(struct buf *text, uint64_t *seed, unsigned depth)
{
	static const struct {
		const char *mode, *type, *name;
	} kinds[] = {{"managed", "aws_x", "r"}, {"managed", "other_p", "p"},
	    {"data", "aws_d", "d"}};

	buf_fmt(text, "{\"outputs\":{");
	put_each(text, seed, "o");
	buf_fmt(text, "},\"resources\":[");
	for (unsigned i = 0; i < COUNTOF(kinds) * NAMES; i++) {
		buf_fmt(text,
		    "%s{\"mode\":\"%s\",\"type\":\"%s\",\"name\":\"%s%u\","
		    "\"expressions\":{\"a\":",
		    i ? "," : "", kinds[i / NAMES].mode, kinds[i / NAMES].type,
		    kinds[i / NAMES].name, i % NAMES);
		put_references(text, seed);
		buf_fmt(text, "},\"for_each_expression\":");
		put_references(text, seed);
		buf_fmt(text, "}");
	}
	buf_fmt(text, "],\"module_calls\":{");
	for (unsigned i = 0; depth && i < CALLS; i++) {
		buf_fmt(text, "%s\"m%u\":{\"source\":\".\",\"expressions\":{",
		    i ? "," : "", i);
		put_each(text, seed, "v");
		buf_fmt(text, "},\"for_each_expression\":");
		put_references(text, seed);
		buf_fmt(text, ",\"module\":");
		put_module(text, seed, depth - 1);
		buf_fmt(text, "}");
	}
	buf_fmt(text, "}}");
}

/* A second answer comes from what the first one kept. */
static void
ask_twice(struct configured *f, const char *text)
{
	struct address address;
	struct targets targets;
	struct str first;

	ck_assert(address_read(&address, str_of(text), &f->arena));
	ck_assert(config_targets(
	    &targets, f->config, &address, STR("a"), &f->arena));
	first = targets_text(&f->arena, &targets);
	for (size_t i = 0; i < targets.count; i++) {
		ck_assert_uint_le(targets.items[i].hops, 8);
		ck_assert_uint_le(targets.items[i].via, i);
		target_beyond(&targets, &targets.items[i], STR("none"));
	}
	ck_assert(config_targets(
	    &targets, f->config, &address, STR("a"), &f->arena));
	ck_assert_str_eq(targets_text(&f->arena, &targets).ptr, first.ptr);
}

START_TEST(every_graph_comes_to_an_end)
{
	struct configured f = configured_new();
	uint64_t seed = (uint64_t)_i + 1;
	struct buf text = {0};

	put_module(&text, &seed, 2);
	ck_assert(!text.failed);
	config_keep_references(f.config);
	configured_add(&f, buf_str(&text));
	ck_assert(f.ok);
	for (int i = 0; i < NAMES; i++) {
		char address[64];

		snprintf(address, sizeof(address), "aws_x.r%d[\"k\"]", i);
		ask_twice(&f, address);
		snprintf(address, sizeof(address),
		    "module.m1[\"q\"].module.m2[7].aws_x.r%d[\"k\"]", i);
		ask_twice(&f, address);
	}
	buf_free(&text);
	configured_free(&f);
}
END_TEST

/* Ten keys at each of six calls, one in the other: a million instances. */
START_TEST(what_is_too_much_to_read_is_hidden)
{
	enum { DEEP = 6 };
	struct configured f = configured_new();
	struct buf text = {0};
	struct address address;
	struct targets targets;

	buf_fmt(&text, "{\"resources\":[{\"mode\":\"managed\",\"type\":"
		       "\"aws_x\",\"name\":\"r\",\"expressions\":{\"a\":"
		       "{\"references\":[\"module.m[0].o\"]}}}],"
		       "\"module_calls\":{\"m\":{\"source\":\".\",\"module\":");
	for (int i = 0; i < DEEP; i++) {
		buf_fmt(&text, "{\"outputs\":{\"o\":{\"expression\":"
			       "{\"references\":[\"aws_y.y.id\"");
		for (int key = 0; key < 10; key++)
			buf_fmt(&text, ",\"module.m[%d].o\"", key);
		buf_fmt(&text, "]}}},\"module_calls\":{\"m\":"
			       "{\"source\":\".\",\"module\":");
	}
	buf_fmt(&text, "{\"outputs\":{}}");
	for (int i = 0; i < DEEP; i++)
		buf_fmt(&text, "}}}");
	buf_fmt(&text, "}}}");
	configured_add(&f, buf_str(&text));
	ck_assert(f.ok);
	ck_assert(address_read(&address, STR("aws_x.r"), &f.arena));
	ck_assert(config_targets(
	    &targets, f.config, &address, STR("a"), &f.arena));
	ck_assert(targets.hidden && !targets.local);
	ck_assert_uint_lt(targets.count, 100000);
	buf_free(&text);
	configured_free(&f);
}
END_TEST

/* Nine resources in a row: the last is not reached. */
START_TEST(references_are_followed_through_eight_resources)
{
	struct configured f = configured_new();
	struct address address;
	struct targets targets;
	struct buf text = {0};

	buf_fmt(&text, "{\"resources\":[");
	for (int i = 0; i < 12; i++)
		buf_fmt(&text,
		    "%s{\"mode\":\"managed\",\"type\":\"aws_x\","
		    "\"name\":\"r%d\",\"expressions\":{\"a\":"
		    "{\"references\":[\"aws_x.r%d.a\",\"aws_x.r%d\"]}}}",
		    i ? "," : "", i, i + 1, i + 1);
	buf_fmt(&text, "]}");
	configured_add(&f, buf_str(&text));
	ck_assert(address_read(&address, STR("aws_x.r0"), &f.arena));
	ck_assert(config_targets(
	    &targets, f.config, &address, STR("a"), &f.arena));
	ck_assert_uint_eq(targets.count, 9);
	ck_assert(!targets.hidden && targets.items[8].hidden);
	for (size_t i = 0; i < targets.count; i++)
		ck_assert(targets.items[i].hops == i &&
		    targets.items[i].via == i);
	ck_assert(!target_beyond(
	    &targets, &targets.items[0], STR("aws_x")));
	ck_assert(target_beyond(&targets, &targets.items[1], STR("aws_x")));
	ck_assert(!target_beyond(&targets, &targets.items[1], STR("aws_y")));
	buf_free(&text);
	configured_free(&f);
}
END_TEST

/* --- Instances --- */

/* clang-format off */
static const struct {
	const char *key, *address; /* of aws_x.r, below module.a["m"] */
	bool is;
} instances[] = {
    {"", "module.a[\"m\"].aws_x.r", true},
    {"", "module.a[\"n\"].aws_x.r", false},
    {"", "module.a.aws_x.r", false},
    {"", "aws_x.r", false},
    {"", "module.a[\"m\"].module.b.aws_x.r", false},
    {"", "module.a[\"m\"].data.aws_x.r", false},
    {"", "module.a[\"m\"].aws_x.s", false},
    {"", "module.a[\"m\"].aws_y.r", false},
    {"", "module.a[\"m\"].aws_x.r[0]", false},
    {"", "module.a[*].aws_x.r[*]", true},
    {"[*]", "module.a[\"m\"].aws_x.r", true},
    {"[*]", "module.a[\"m\"].aws_x.r[7]", true},
    {"[1]", "module.a[\"m\"].aws_x.r[1]", true},
    {"[1]", "module.a[\"m\"].aws_x.r[10]", false},
    {"[1]", "module.a[\"m\"].aws_x.r[\"1\"]", false},
    {"[\"*\"]", "module.a[\"m\"].aws_x.r[\"q\"]", false},
    {"[\"q\\\"\"]", "module.a[\"m\"].aws_x.r[\"q\\\"\"]", true},
    {"[\"\\u00e9\"]", "module.a[\"m\"].aws_x.r[\"\xc3\xa9\"]", true},
    {"[\"$${a\"]", "module.a[\"m\"].aws_x.r[\"${a\"]", true},
    {"[\"ab\"]", "module.a[\"m\"].aws_x.r[\"a\"]", false},
    {"[\"a\"]", "module.a[\"m\"].aws_x.r[\"ab\"]", false},
};
/* clang-format on */

START_TEST(target_means_the_instance_with_its_keys)
{
	static const struct address_step step = {{"a", 1}, {"[\"m\"]", 5}};
	struct arena arena = {0};
	struct address address;
	struct target target = {.steps = &step,
	    .step_count = 1,
	    .type = STR("aws_x"),
	    .name = STR("r"),
	    .key = str_of(instances[_i].key)};

	ck_assert(
	    address_read(&address, str_of(instances[_i].address), &arena));
	ck_assert_int_eq(target_is(&target, &address), instances[_i].is);
	arena_free(&arena);
}
END_TEST

/* --- Providers --- */

static const char providers[] =
    "{\"provider_config\":{"
    "\"aws\":{\"name\":\"aws\",\"expressions\":{\"region\":"
    "{\"constant_value\":\"eu-west-1\"},\"default_tags\":[{\"tags\":"
    "{\"constant_value\":{\"team\":\"a\"}}}]}},"
    "\"aws.us\":{\"name\":\"aws\",\"alias\":\"us\",\"expressions\":{"
    "\"region\":{\"references\":[\"var.region\"]},"
    "\"default_tags\":[{\"tags\":{}}]}},"
    "\"module.c:aws\":{\"name\":\"aws\",\"module_address\":\"module.c\","
    "\"expressions\":{\"default_tags\":[{\"tags\":{\"references\":"
    "[\"var.tags\"]}}]}},"
    "\"module.d:aws\":{\"name\":\"aws\",\"module_address\":\"module.d\","
    "\"expressions\":{\"default_tags\":[{}]}}},"
    "\"root_module\":{\"resources\":["
#define WITH(name, key)                                                        \
	"{\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"" name           \
	"\",\"provider_config_key\":\"" key "\"}"
    WITH("a", "aws") "," WITH("b", "aws.us") "," WITH("lost", "child:aws")
    "],\"module_calls\":{"
    "\"c\":{\"source\":\".\",\"module\":{\"resources\":["
    WITH("own", "module.c:aws") "," WITH("passed", "aws.us") "]}},"
    "\"d\":{\"source\":\".\",\"module\":{\"resources\":["
    WITH("own", "module.d:aws") "]}}}}}";

/* clang-format off */
static const struct {
	const char *address, *identity, *alias, *region;
	size_t tags;
	bool hidden;
} provided[] = {
    {"aws_x.a", "aws", "", "eu-west-1", 1, false},
    {"aws_x.a[0]", "aws", "", "eu-west-1", 1, false},
    {"aws_x.b", "aws.us", "us", "", 0, true},
    {"aws_x.lost", "", "", "", 0, true},
    {"aws_x.gone", "", "", "", 0, true},
    {"module.c[\"k\"].aws_x.own", "module.c:aws", "", "", 0, true},
    {"module.c[\"k\"].aws_x.passed", "aws.us", "us", "", 0, true},
    {"module.d.aws_x.own", "module.d:aws", "", "", 0, false},
    {"module.gone.aws_x.own", "", "", "", 0, true},
};
/* clang-format on */

START_TEST(provider_is_the_one_that_declares_it)
{
	struct configured f = configured_new();
	struct address address;
	struct config_provider found;
	struct value document;

	ck_assert(value_read(&document, str_of(providers), &f.arena, &f.err));
	configured_add_value(&f, document);
	ck_assert(f.ok);
	ck_assert(
	    address_read(&address, str_of(provided[_i].address), &f.arena));
	found = config_provider(f.config, &address);
	ck_assert(str_eq(found.identity, str_of(provided[_i].identity)));
	ck_assert(str_eq(found.alias, str_of(provided[_i].alias)));
	ck_assert(str_eq(found.region, str_of(provided[_i].region)));
	ck_assert_uint_eq(value_count(found.default_tags), provided[_i].tags);
	ck_assert_int_eq(found.default_tags_hidden, provided[_i].hidden);
	configured_free(&f);
}
END_TEST

/* --- Memory --- */

/* Then asked again with enough: what had failed is not kept. */
static bool
ask_within(size_t limit)
{
	struct configured f = configured_new();
	struct address address;
	struct targets targets;
	struct arena small = {.limit = limit / 4};
	char text[4096];
	bool ok;

	snprintf(text, sizeof(text), nested, "{}",
	    REF("\"var.each\",\"var.local\",\"aws_m.m\""), VAR("x"));
	config_keep_references(f.config);
	configured_add(&f, str_of(text));
	ck_assert(address_read(&address, STR(SUBJECT), &f.arena));
	f.config->cache->arena.limit = limit;
	ok = config_targets(&targets, f.config, &address, STR("a"), &small);
	f.config->cache->arena.limit = 0;
	check_targets(&f, SUBJECT, "a",
	    "~local.l aws_z.z[\"k\"]= module.a[\"k\"].aws_m.m[*]");
	arena_free(&small);
	configured_free(&f);
	return ok;
}

START_TEST(running_out_of_memory_is_said_and_not_kept)
{
	size_t limit = 1, failures = 0;

	for (; !ask_within(limit); limit += 64)
		failures++;
	ck_assert_uint_gt(failures, 10);
}
END_TEST

Suite *
suite_target(void)
{
	Suite *suite = suite_create("target");
	TCase *targets = tcase_create("targets");

	tcase_add_loop_test(targets, targets_of_an_expression_are_instances, 0,
	    COUNTOF(singles));
	tcase_add_loop_test(targets,
	    targets_are_found_through_module_inputs_and_outputs, 0,
	    2 * COUNTOF(modules));
	tcase_add_test(targets, targets_are_the_instances_that_terraform_means);
	tcase_add_loop_test(targets, every_graph_comes_to_an_end, 0, 100);
	tcase_add_test(targets, what_is_too_much_to_read_is_hidden);
	tcase_add_test(targets, references_are_followed_through_eight_resources);
	tcase_add_loop_test(targets, target_means_the_instance_with_its_keys, 0,
	    COUNTOF(instances));
	tcase_add_loop_test(targets, provider_is_the_one_that_declares_it, 0,
	    COUNTOF(provided));
	tcase_add_test(targets, running_out_of_memory_is_said_and_not_kept);
	suite_add_tcase(suite, targets);
	return suite;
}
