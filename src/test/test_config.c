#include "test/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "config/graph.h"
#include "test/configured.h"

/* "a[0/2].b": the first of two; "a.b" names only. */
static size_t
steps_read(struct config_step *steps, size_t most, const char *text)
{
	size_t count = 0;

	while (*text) {
		struct config_step *step = &steps[count++];
		char *end;

		ck_assert_uint_le(count, most);
		*step = (struct config_step){.is_index = *text == '['};
		if (step->is_index) {
			step->index = (size_t)strtoul(text + 1, &end, 10);
			step->count = (size_t)strtoul(end + 1, &end, 10);
			text = end + 1;
		} else {
			step->name = (struct str){text, strcspn(text, ".[")};
			text += step->name.len;
		}
		text += *text == '.';
	}
	return count;
}

static const char schema[] =
    "tfassay-digest 2 test 1\n"
    "1 http_endpoint+s tokens+s\n"
    "2 cidr-s id+s inner/Lo3\n"
    "3 deep+s plain!s\n"
    "aws_x computed+s options*Lo1 plain-lo3 rule/to2 seldom?o3\n";

struct question {
	struct address address;
	struct config_step steps[8];
	size_t count;
	struct digest *digest;
};

static void
ask(struct question *q, struct configured *f, const char *address,
    const char *path)
{
	ck_assert(address_read(&q->address, str_of(address), &f->arena));
	q->count = steps_read(q->steps, COUNTOF(q->steps), path);
	q->digest = digest_read(str_of(schema), &f->err);
	ck_assert_ptr_nonnull(q->digest);
}

/* What an origin is, in one line. */
static void
describe(char *out, size_t size, const struct origin *origin)
{
	static const char *const words[] = {
	    "not", "constant", "reference", "opaque"};
	int len = snprintf(out, size, "%s%s%s", words[origin->written],
	    origin->single ? " single" : "", origin->dynamic ? " dynamic" : "");

	if (origin->constant.node &&
	    value_kind(origin->constant) == NODE_STRING)
		len += snprintf(out + len, size - (size_t)len, " " STR_FMT,
		    STR_ARG(value_raw(origin->constant)));
	for (size_t i = 0; i < origin->waits_for_count; i++)
		len += snprintf(out + len, size - (size_t)len, " " STR_FMT,
		    STR_ARG(origin->waits_for[i]));
}

static void
check_origin(struct configured *f, const char *address, const char *path,
    const char *expected)
{
	struct question q;
	struct origin origin;
	char found[512];

	ask(&q, f, address, path);
	ck_assert(config_origin(&origin, f->config, &q.address, q.steps,
	    q.count, q.digest, &f->arena));
	describe(found, sizeof(found), &origin);
	digest_free(q.digest);
	ck_assert_str_eq(found, expected);
}

/* --- One resource --- */

#define REF(list) "{\"references\":[" list "]}"
#define CONSTANT(json) "{\"constant_value\":" json "}"
#define KMS "\"aws_kms_key.k.arn\",\"aws_kms_key.k\""

/* The expressions of aws_x.r, whose for_each reaches aws_each.e.id. */
/* clang-format off */
static const struct {
	const char *expressions, *path, *expected;
} origins[] = {
    {"{}", "computed", "not"},
    {"{}", "plain", "opaque"},
    {"{}", "options", "not"},
    {"{}", "options.tokens", "not"},
    {"{}", "options[0/0].tokens", "not"},
    {"{}", "rule", "opaque dynamic"},
    {"{}", "rule[0/1].id", "opaque dynamic"},
    {"{}", "seldom", "opaque dynamic"},
    {"{}", "no_such", "not"},
    {"{}", "no_such.deeper", "opaque dynamic"},
    /* The plan shows an element that nothing wrote out. */
    {"{}", "no_such[0/1]", "opaque dynamic"},
    {"{}", "options[0/1].tokens", "opaque dynamic"},
    /* Constants. */
    {"{\"computed\":" CONSTANT("null") "}", "computed", "not"},
    {"{\"computed\":" CONSTANT("\"\"") "}", "computed", "not"},
    {"{\"computed\":" CONSTANT("[]") "}", "computed", "not"},
    {"{\"computed\":" CONSTANT("{}") "}", "computed", "not"},
    {"{\"plain\":" CONSTANT("null") "}", "plain", "opaque"},
    {"{\"computed\":" CONSTANT("false") "}", "computed", "constant"},
    {"{\"computed\":" CONSTANT("\"x\"") "}", "computed", "constant x"},
    {"{\"computed\":" CONSTANT("{\"a\":\"y\"}") "}", "computed.a",
	"constant y"},
    {"{\"computed\":" CONSTANT("{\"a\":\"y\"}") "}", "computed.b", "not"},
    {"{\"computed\":" CONSTANT("[{\"a\":\"y\"}]") "}", "computed[0/1].a",
	"constant y"},
    {"{\"computed\":" CONSTANT("[{\"a\":\"y\"}]") "}", "computed.a",
	"constant y"},
    {"{\"computed\":" CONSTANT("[{\"a\":\"y\"}]") "}", "computed[0/2].a",
	"opaque dynamic"},
    {"{\"computed\":" CONSTANT("[{\"a\":\"y\"},{\"a\":\"\"}]") "}",
	"computed[0/2].a", "opaque"},
    {"{\"computed\":" CONSTANT("[{\"a\":null},{\"a\":\"\"}]") "}",
	"computed[0/2].a", "not"},
    {"{\"computed\":{\"constant_value\":\"a\",\"references\":[\"var.x\"]}}",
	"computed", "constant a"},
    /* References. */
    {"{\"computed\":" REF(KMS) "}", "computed",
	"reference single aws_kms_key.k.arn"},
    {"{\"computed\":" REF(KMS "," KMS) "}", "computed",
	"reference single aws_kms_key.k.arn"},
    {"{\"computed\":" REF(KMS ",\"aws_kms_key.k\"") "}", "computed",
	"reference aws_kms_key.k.arn aws_kms_key.k"},
    {"{\"computed\":" REF(KMS) "}", "computed.key",
	"reference aws_kms_key.k.arn"},
    {"{\"computed\":" REF("\"aws_kms_key.k\"") "}", "computed",
	"reference aws_kms_key.k"},
    {"{\"computed\":" REF("\"var.x\"," KMS) "}", "computed",
	"reference aws_kms_key.k.arn"},
    {"{\"computed\":" REF("\"local.l.a\",\"local.l\"," KMS) "}", "computed",
	"reference aws_kms_key.k.arn"},
    {"{\"computed\":" REF("\"aws_b.a[\\\"x.y]\\\"].id\","
			  "\"aws_b.a[\\\"x.y]\\\"]\",\"aws_b.a\"") "}",
	"computed", "reference single aws_b.a[\"x.y]\"].id"},
    {"{\"computed\":" REF("\"aws_b.a[0]\",\"aws_b.a\"") "}", "computed",
	"reference aws_b.a[0]"},
    {"{\"computed\":" REF("\"data.aws_ami.a.id\",\"data.aws_ami.a\"") "}",
	"computed", "reference single data.aws_ami.a.id"},
    {"{\"computed\":" REF("\"data.aws_ami.a\"") "}", "computed",
	"reference data.aws_ami.a"},
    {"{\"computed\":" REF("\"aws_a.b.c\",\"aws_a.b\","
			  "\"aws_a.bb.c\",\"aws_a.bb\"") "}",
	"computed", "reference aws_a.b.c aws_a.bb.c"},
    {"{\"computed\":" REF("\"local.l.a\",\"local.l\"") "}", "computed",
	"opaque local.l.a"},
    {"{\"computed\":" REF("\"self.id\",\"self\"") "}", "computed",
	"opaque self.id"},
    {"{\"computed\":" REF("\"ephemeral.aws_x.y.z\"") "}", "computed",
	"opaque ephemeral.aws_x.y.z"},
    {"{\"computed\":" REF("\"strange\"") "}", "computed", "opaque strange"},
    {"{\"computed\":" REF("") "}", "computed", "opaque"},
    {"{\"computed\":{}}", "computed", "opaque"},
    {"{\"computed\":" REF("\"var.x\"") "}", "computed", "not"},
    {"{\"plain\":" REF("\"var.x\"") "}", "plain", "opaque"},
    {"{\"computed\":" REF("\"count.index\",\"count\",\"path.module\","
			  "\"each.key\",\"terraform.workspace\"") "}",
	"computed", "not"},
    {"{\"computed\":" REF("\"each.value.a\",\"each.value\"") "}", "computed",
	"reference aws_each.e.id"},
    {"{\"computed\":" REF("\"module.c\"") "}", "computed", "opaque module.c"},
    {"{\"computed\":" REF("\"module.c.out\",\"module.c\"") "}", "computed",
	"opaque module.c.out"},
    /* Blocks. */
    {"{\"rule\":[{\"id\":" REF(KMS) "}]}", "rule[0/1].id",
	"reference single aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" REF(KMS) "}]}", "rule.id",
	"reference single aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" REF(KMS) "}]}", "rule",
	"reference aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" CONSTANT("1") "}]}", "rule", "opaque"},
    {"{\"rule\":[{\"id\":" REF(KMS) "}]}", "rule[1/2].id",
	"opaque dynamic aws_kms_key.k.arn"},
    {"{\"rule\":[{}]}", "rule[0/1].id", "not"},
    {"{\"rule\":[{}]}", "rule[0/1].cidr", "opaque"},
    {"{\"rule\":[{}]}", "rule[0/1].inner[0/1].deep", "opaque dynamic"},
    {"{\"rule\":[{\"inner\":[{}]}]}", "rule[0/1].inner[0/1].deep", "not"},
    {"{\"rule\":[{\"inner\":[{}]}]}", "rule.inner.deep", "not"},
    {"{\"options\":[{}]}", "options[0/1].tokens", "not"},
    {"{\"options\":{}}", "options.tokens", "not"},
    {"{\"options\":{\"tokens\":" REF(KMS) "}}", "options.tokens",
	"reference single aws_kms_key.k.arn"},
    {"{\"other\":{}}", "other.tokens", "opaque"},
    {"{\"rule\":[{},{}]}", "rule[0/2].id", "not"},
    {"{\"rule\":[{},{}]}", "rule[0/1].id", "not"},
    {"{\"rule\":[{},{}]}", "rule[0/3].id", "opaque dynamic"},
    {"{\"rule\":[{\"id\":" REF(KMS) "},{}]}", "rule[0/2].id",
	"opaque aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" CONSTANT("7") "},{\"id\":" CONSTANT("7") "}]}",
	"rule[0/2].id", "opaque"},
    {"{\"rule\":[{\"id\":" REF(KMS) "},{\"id\":" REF(KMS) "}]}",
	"rule[0/2].id", "reference single aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" REF(KMS) "},{\"id\":" REF("\"aws_x.y.id\"") "}]}",
	"rule[0/2].id", "reference single aws_kms_key.k.arn aws_x.y.id"},
    {"{\"rule\":[{\"id\":" CONSTANT("7") "},{\"id\":" REF(KMS) "}]}",
	"rule[0/2].id", "reference single aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" CONSTANT("null") "},{\"id\":" REF(KMS) "}]}",
	"rule[0/2].id", "opaque aws_kms_key.k.arn"},
    {"{\"rule\":[{\"id\":" REF("\"local.k\"") "},{\"id\":" REF(KMS) "}]}",
	"rule[0/2].id", "opaque aws_kms_key.k.arn local.k"},
    {"{\"rule\":[{\"id\":" REF(KMS) "},{\"id\":" REF(KMS) "}]}",
	"rule[0/3].id", "opaque dynamic aws_kms_key.k.arn"},
    {"{\"rule\":[{},{}]}", "rule.id", "opaque"},
    /* Names that collide with what marks an expression. */
    {"{\"options\":{\"references\":" REF(KMS) "}}", "options.references",
	"reference single aws_kms_key.k.arn"},
};
/* clang-format on */

static void
add_resource(struct configured *f, const char *expressions)
{
	char text[4096];
	int len = snprintf(text, sizeof(text),
	    "{\"resources\":[{\"mode\":\"managed\",\"type\":\"aws_x\","
	    "\"name\":\"r\",\"expressions\":%s,\"for_each_expression\":"
	    "{\"references\":[\"aws_each.e.id\",\"aws_each.e\"]}}]}",
	    expressions);

	ck_assert_int_lt(len, (int)sizeof(text));
	configured_add(f, arena_copy(&f->arena, str_of(text)));
	ck_assert(f->ok);
}

START_TEST(origin_of_a_masked_path_is_what_its_expression_says)
{
	struct configured f = configured_new();

	add_resource(&f, origins[_i].expressions);
	check_origin(
	    &f, "aws_x.r[\"k\"]", origins[_i].path, origins[_i].expected);
	configured_free(&f);
}
END_TEST

/* clang-format off */
static const struct {
	const char *expressions, *path;
	enum written written;
} writtens[] = {
    {"{}", "computed", WRITTEN_NOT},
    {"{}", "plain", WRITTEN_NOT},
    {"{}", "no_such", WRITTEN_NOT},
    {"{}", "options.tokens", WRITTEN_NOT},
    {"{}", "rule[0/1].id", WRITTEN_OPAQUE},
    {"{}", "no_such.deeper", WRITTEN_OPAQUE},
    {"{\"plain\":" CONSTANT("null") "}", "plain", WRITTEN_CONSTANT},
    {"{\"plain\":{}}", "plain", WRITTEN_REFERENCE},
    {"{\"plain\":" REF("\"var.x\"") "}", "plain", WRITTEN_REFERENCE},
    {"{\"plain\":" REF("\"var.x\"") "}", "plain.a", WRITTEN_OPAQUE},
    {"{\"plain\":" CONSTANT("{\"a\":null}") "}", "plain.a", WRITTEN_CONSTANT},
    {"{\"plain\":" CONSTANT("{\"a\":null}") "}", "plain.b", WRITTEN_NOT},
    {"{\"plain\":" CONSTANT("[{\"a\":1}]") "}", "plain[0/1].a",
	WRITTEN_CONSTANT},
    {"{\"rule\":[{}]}", "rule", WRITTEN_CONSTANT},
    {"{\"rule\":[{}]}", "rule[0/1].id", WRITTEN_NOT},
    {"{\"rule\":[{},{}]}", "rule[0/2].id", WRITTEN_NOT},
    {"{\"rule\":[{},{}]}", "rule[0/3].id", WRITTEN_OPAQUE},
    {"{\"rule\":[{},{\"id\":{}}]}", "rule[0/2].id", WRITTEN_OPAQUE},
    {"{\"rule\":[{\"id\":{}},{\"id\":{}}]}", "rule[0/2].id", WRITTEN_REFERENCE},
};
/* clang-format on */

START_TEST(written_is_told_from_omitted_and_from_what_cannot_be_seen)
{
	struct configured f = configured_new();
	struct question q;

	add_resource(&f, writtens[_i].expressions);
	ask(&q, &f, "aws_x.r", writtens[_i].path);
	ck_assert_int_eq(
	    config_written(f.config, &q.address, q.steps, q.count, q.digest),
	    writtens[_i].written);
	digest_free(q.digest);
	configured_free(&f);
}
END_TEST

/* clang-format off */
static const struct {
	const char *address, *path, *expected;
} nodes[] = {
    {"aws_x.other", "computed", "opaque"},
    {"data.aws_x.r", "computed", "opaque"},
    {"aws_y.r", "computed", "opaque"},
    {"module.m.aws_x.r", "computed", "opaque"},
    {"aws_x.r[0]", "computed", "not"},
};
/* clang-format on */

START_TEST(what_is_not_configured_cannot_be_seen)
{
	struct configured f = configured_new();

	add_resource(&f, "{}");
	check_origin(&f, nodes[_i].address, nodes[_i].path, nodes[_i].expected);
	configured_free(&f);
}
END_TEST

START_TEST(types_that_are_not_kept_are_forgotten)
{
	struct configured f = configured_new();

	configured_add(
	    &f, STR("{\"resources\":[{\"mode\":\"managed\",\"type\":\"null_x\","
		    "\"name\":\"r\"}]}"));
	check_origin(&f, "null_x.r", "a", "opaque");
	configured_free(&f);
}
END_TEST

START_TEST(data_sources_do_not_use_the_schema_of_resources)
{
	struct configured f = configured_new();

	configured_add(
	    &f, STR("{\"resources\":[{\"mode\":\"data\",\"type\":\"aws_x\","
		    "\"name\":\"r\"}]}"));
	check_origin(&f, "data.aws_x.r", "plain", "not");
	configured_free(&f);
}
END_TEST

/* --- Modules --- */

/* aws_x.r in module.a.module.b with one attribute; what a calls b with. */
static void
add_modules(
    struct configured *f, const char *inner, const char *given, const char *outer)
{
	char text[4096];
	int len = snprintf(text, sizeof(text),
	    "{\"module_calls\":{\"a\":{\"source\":\"./a\",\"expressions\":%s,"
	    "\"for_each_expression\":{\"references\":[\"local.each\"]},"
	    "\"module\":{\"variables\":{\"y\":{}},"
	    "\"module_calls\":{\"b\":{\"source\":\"x/b/aws\","
	    "\"version_constraint\":\"~> 1.0\",\"expressions\":%s,"
	    "\"for_each_expression\":{\"references\":[\"aws_m.m.id\"]},"
	    "\"module\":{\"variables\":{\"x\":{\"default\":null}},"
	    "\"outputs\":{\"o\":{\"expression\":"
	    "{\"references\":[\"aws_x.r.id\",\"aws_x.r\"]}},"
	    "\"round\":{\"expression\":{\"references\":[\"var.x\"]}}},"
	    "\"resources\":[{\"mode\":\"managed\",\"type\":\"aws_x\","
	    "\"name\":\"r\",\"expressions\":{\"computed\":%s}}]}}}}}}}",
	    outer, given, inner);

	ck_assert_int_lt(len, (int)sizeof(text));
	configured_add(f, arena_copy(&f->arena, str_of(text)));
}

#define VAR_X "{\"references\":[\"var.x\"]}"
#define GIVEN(refs) "{\"x\":{\"references\":[" refs "]}}"

/* clang-format off */
static const struct {
	const char *inner, *given, *outer, *expected;
} chains[] = {
    {VAR_X, "{}", "{}", "not"},
    {VAR_X, "{\"x\":" CONSTANT("null") "}", "{}", "not"},
    /* "!var.x" looks the same: what was passed is not the value. */
    {VAR_X, "{\"x\":" CONSTANT("\"v\"") "}", "{}", "not"},
    {VAR_X, "{\"x\":{}}", "{}", "opaque module.a.module.b.var.x"},
    {VAR_X, GIVEN("\"aws_k.k.arn\",\"aws_k.k\""), "{}",
	"reference single module.a.aws_k.k.arn"},
    {VAR_X, GIVEN("\"aws_k.k\""), "{}", "reference module.a.aws_k.k"},
    {REF("\"var.x.f\",\"var.x\""), GIVEN("\"aws_k.k.arn\",\"aws_k.k\""), "{}",
	"reference module.a.aws_k.k.arn"},
    {VAR_X, GIVEN("\"local.l\""), "{}", "opaque module.a.local.l"},
    {VAR_X, GIVEN("\"each.value\""), "{}", "reference module.a.aws_m.m.id"},
    {VAR_X, GIVEN("\"each.key\""), "{}", "not"},
    {VAR_X, GIVEN("\"var.y\""), "{}", "not"},
    {VAR_X, GIVEN("\"var.y\""),
	"{\"y\":{\"references\":[\"aws_k.k.arn\",\"aws_k.k\"]}}",
	"reference single aws_k.k.arn"},
    {VAR_X, GIVEN("\"var.y\""), "{\"y\":{\"references\":[\"each.value\"]}}",
	"opaque local.each"},
    {VAR_X, GIVEN("\"var.y\""), "{\"y\":{\"references\":[\"var.root\"]}}",
	"not"},
    {VAR_X, GIVEN("\"module.b.o\",\"module.b\""), "{}",
	"reference single module.a.module.b.aws_x.r.id"},
    {VAR_X, GIVEN("\"module.b[\\\"k\\\"].o\",\"module.b[\\\"k\\\"]\""), "{}",
	"reference single module.a.module.b.aws_x.r.id"},
    {VAR_X,
	GIVEN("\"module.b[\\\"k\\\"].o\",\"module.b[\\\"k\\\"]\","
	      "\"module.b\""),
	"{}", "reference module.a.module.b.aws_x.r.id"},
    {VAR_X, GIVEN("\"module.b\""), "{}", "opaque module.a.module.b"},
    {VAR_X, GIVEN("\"module.b.none\",\"module.b\""), "{}",
	"opaque module.a.module.b.none"},
    /* Out of the module and in again: no end. */
    {VAR_X, GIVEN("\"module.b.round\",\"module.b\""), "{}", "opaque"},
};
/* clang-format on */

START_TEST(references_are_followed_through_calls_and_outputs)
{
	struct configured f = configured_new();

	f.backwards = _i % 2;
	add_modules(&f, chains[_i].inner, chains[_i].given, chains[_i].outer);
	ck_assert(f.ok);
	check_origin(&f, "module.a[\"k\"].module.b[0].aws_x.r", "computed",
	    chains[_i].expected);
	configured_free(&f);
}
END_TEST

START_TEST(nearest_call_is_named_with_source_and_version)
{
	struct configured f = configured_new();
	struct address address;
	struct config_call call;

	add_modules(&f, "{}", "{}", "{}");
	ck_assert(f.ok);
	ck_assert(address_read(
	    &address, STR("module.a[\"k\"].module.b[0].aws_x.r"), &f.arena));
	call = config_call(f.config, &address, &f.arena);
	ck_assert(str_eq(call.path, STR("module.a.module.b")));
	ck_assert(str_eq(call.source, STR("x/b/aws")));
	ck_assert(str_eq(call.version, STR("~> 1.0")));
	ck_assert(address_read(&address, STR("aws_x.r"), &f.arena));
	call = config_call(f.config, &address, &f.arena);
	ck_assert_uint_eq(
	    call.path.len + call.source.len + call.version.len, 0);
	configured_free(&f);
}
END_TEST

/* A chain of outputs, each naming two further on and one before it. */
START_TEST(hostile_chains_end_soon)
{
	enum { LENGTH = 2000 };
	struct configured f = configured_new();
	struct buf text = {0};

	buf_fmt(&text, "{\"resources\":[{\"mode\":\"managed\",\"type\":"
		       "\"aws_x\",\"name\":\"r\",\"expressions\":{"
		       "\"computed\":{\"references\":[\"module.c.o0\"]}}}],"
		       "\"module_calls\":{\"c\":{\"source\":\".\","
		       "\"expressions\":{");
	for (int i = 0; i < LENGTH; i++)
		buf_fmt(&text,
		    "%s\"v%d\":{\"references\":[\"module.c.o%d\","
		    "\"module.c.o%d\",\"module.c.o%d\"]}",
		    i ? "," : "", i, i + 1, i + 2, i / 2);
	buf_fmt(&text, "},\"module\":{\"outputs\":{");
	for (int i = 0; i < LENGTH; i++)
		buf_fmt(&text,
		    "%s\"o%d\":{\"expression\":{\"references\":["
		    "\"var.v%d\",\"var.v%d\"]}}",
		    i ? "," : "", i, i, (i + 1) % LENGTH);
	buf_fmt(&text, "}}}}}");
	ck_assert(!text.failed);
	configured_add(&f, buf_str(&text));
	ck_assert(f.ok);
	check_origin(&f, "aws_x.r", "computed", "opaque");
	buf_free(&text);
	configured_free(&f);
}
END_TEST

/* --- A real plan's configuration: testdata/config/origin/main.tf --- */

/* clang-format off */
static const struct {
	const char *address, *path, *expected;
} planned[] = {
    {"aws_ebs_volume.bare", "kms_key_id", "not"},
    {"aws_ebs_volume.by_reference", "kms_key_id",
	"reference single aws_kms_key.k.arn"},
    {"aws_ebs_volume.by_local", "kms_key_id", "opaque local.key"},
    {"aws_ebs_volume.by_root_variable", "kms_key_id", "not"},
    {"aws_ebs_volume.by_null", "kms_key_id", "not"},
    {"aws_ebs_volume.by_conditional", "kms_key_id",
	"reference aws_kms_key.k.arn"},
    {"aws_ebs_volume.each[\"a\"]", "kms_key_id", "reference aws_kms_key.k.arn"},
    {"aws_ebs_volume.count[0]", "kms_key_id", "reference aws_kms_key.many"},
    {"aws_instance.bare", "metadata_options", "not"},
    {"aws_instance.bare", "metadata_options.http_tokens", "not"},
    {"aws_instance.block", "metadata_options[0/1].http_tokens", "not"},
    {"aws_ecr_repository.dynamic", "image_scanning_configuration",
	"opaque dynamic"},
    {"aws_ecr_repository.dynamic", "image_scanning_configuration.scan_on_push",
	"opaque dynamic"},
    {"aws_ecr_repository.block", "encryption_configuration[0/1].kms_key",
	"reference single aws_kms_key.k.arn"},
    {"module.null_passed.aws_ebs_volume.v", "kms_key_id", "not"},
    {"module.omitted.aws_ebs_volume.v", "kms_key_id", "not"},
    {"module.given.aws_ebs_volume.v", "kms_key_id",
	"reference single aws_kms_key.k.arn"},
    {"module.given.aws_ebs_volume.own", "kms_key_id",
	"reference single module.given.aws_kms_key.own.arn"},
    {"module.chain.aws_ebs_volume.v", "kms_key_id",
	"reference single module.given.aws_kms_key.own.arn"},
    {"module.each[\"a\"].aws_ebs_volume.v", "kms_key_id",
	"reference aws_kms_key.k.arn"},
    {"module.function.aws_ebs_volume.v", "kms_key_id",
	"opaque module.function.var.key"},
};
/* clang-format on */

START_TEST(real_configuration_is_understood)
{
	struct configured f = configured_new();
	struct value document;
	struct digest *digest;
	struct question q;
	struct origin origin;
	char found[512];

	ck_assert(value_read(&document,
	    configured_file(&f.arena, "testdata/config/origin/configuration.json"),
	    &f.arena, &f.err));
	configured_add_value(&f, value_member(document, STR("configuration")));
	ck_assert(f.ok);
	digest = digest_read(
	    configured_file(&f.arena, "policies/schema/aws.digest"), &f.err);
	ck_assert_ptr_nonnull(digest);
	ask(&q, &f, planned[_i].address, planned[_i].path);
	ck_assert(config_origin(
	    &origin, f.config, &q.address, q.steps, q.count, digest, &f.arena));
	describe(found, sizeof(found), &origin);
	digest_free(q.digest);
	digest_free(digest);
	configured_free(&f);
	ck_assert_str_eq(found, planned[_i].expected);
}
END_TEST

/* --- Memory --- */

START_TEST(running_out_of_memory_while_adding_is_an_error)
{
	size_t failures = 0;
	bool ok = false;

	for (size_t limit = 1; !ok; limit += 16) {
		struct configured f = configured_new();

		f.config->arena.limit = limit;
		add_modules(&f, VAR_X, GIVEN("\"local.l\""), "{}");
		ok = f.ok;
		failures += !ok;
		if (!ok)
			ck_assert_int_eq(f.err.code, TFA_ERR_NOMEM);
		configured_free(&f);
		ck_assert_uint_lt(limit, 100000);
	}
	ck_assert_uint_gt(failures, 10);
}
END_TEST

START_TEST(running_out_of_memory_while_asking_is_said)
{
	struct configured f = configured_new();
	struct question q;
	struct origin origin;
	bool ok = false;
	size_t failures = 0;

	add_modules(&f, VAR_X, GIVEN("\"aws_k.k.arn\",\"local.l\""), "{}");
	ask(&q, &f, "module.a.module.b.aws_x.r", "computed");
	for (size_t limit = 1; !ok; limit += 16) {
		struct arena small = {.limit = limit};

		ok = config_origin(&origin, f.config, &q.address, q.steps,
		    q.count, q.digest, &small);
		failures += !ok;
		if (ok)
			ck_assert_uint_eq(origin.waits_for_count, 1);
		arena_free(&small);
		ck_assert_uint_lt(limit, 100000);
	}
	ck_assert_uint_gt(failures, 2);
	digest_free(q.digest);
	configured_free(&f);
}
END_TEST

/* --- The digest --- */

/* clang-format off */
static const struct {
	const char *type, *path;
	enum digest_kind kind;
	bool computed;
} paths[] = {
    {"aws_x", "computed", DIGEST_ATTRIBUTE, true},
    {"aws_x", "plain", DIGEST_ATTRIBUTE, false},
    {"aws_x", "options", DIGEST_BLOCK, true},
    {"aws_x", "options.tokens", DIGEST_ATTRIBUTE, true},
    {"aws_x", "rule", DIGEST_BLOCK, false},
    {"aws_x", "rule.inner", DIGEST_BLOCK, false},
    {"aws_x", "rule.inner.deep", DIGEST_ATTRIBUTE, true},
    {"aws_x", "seldom", DIGEST_BLOCK, false},
    {"aws_x", "seldom.plain", DIGEST_ATTRIBUTE, false},
    {"aws_x", "comp", DIGEST_UNKNOWN, false},
    {"aws_x", "computed.x", DIGEST_UNKNOWN, false},
    {"aws_x", "plain.deep", DIGEST_UNKNOWN, false},
    {"aws_x", "rule.", DIGEST_UNKNOWN, false},
    {"aws_x", "", DIGEST_UNKNOWN, false},
    {"aws_w", "computed", DIGEST_UNKNOWN, false},
    {"aws_xx", "computed", DIGEST_UNKNOWN, false},
    {"", "computed", DIGEST_UNKNOWN, false},
};
/* clang-format on */

START_TEST(digest_finds_a_path)
{
	struct tfa_error err = {0};
	struct digest *digest = digest_read(str_of(schema), &err);
	struct digest_path found;

	ck_assert_ptr_nonnull(digest);
	found =
	    digest_find(digest, str_of(paths[_i].type), str_of(paths[_i].path));
	digest_free(digest);
	ck_assert_int_eq(found.kind, paths[_i].kind);
	ck_assert_int_eq(found.computed, paths[_i].computed);
}
END_TEST

/* clang-format off */
static const struct {
	const char *text;
	bool good;
} headers[] = {
    {"", false},
    {"tfassay-digest 1 x 1\n", false},
    {"aws_x a+\n", false},
    {"tfassay-digest 2 x 1", true},
    {"tfassay-digest 2 x 1\n", true},
};
/* clang-format on */

START_TEST(digest_of_another_version_is_refused)
{
	struct tfa_error err = {0};
	struct digest *digest = digest_read(str_of(headers[_i].text), &err);

	ck_assert_int_eq(digest != NULL, headers[_i].good);
	if (digest)
		ck_assert(!digest_has(digest, STR("aws_x")));
	else
		ck_assert_int_eq(err.code, TFA_ERR_POLICY);
	digest_free(digest);
}
END_TEST

/* As planned by hashicorp/aws 5.100.0 with nothing written. */
/* clang-format off */
static const struct {
	const char *type, *path;
	enum digest_kind kind;
	bool computed;
} shipped[] = {
    {"aws_instance", "metadata_options", DIGEST_BLOCK, true},
    {"aws_instance", "metadata_options.http_tokens", DIGEST_ATTRIBUTE, true},
    {"aws_instance", "root_block_device", DIGEST_BLOCK, true},
    {"aws_ecr_repository", "image_scanning_configuration", DIGEST_BLOCK, false},
    {"aws_ecr_repository", "force_delete", DIGEST_ATTRIBUTE, false},
    {"aws_s3_bucket", "versioning", DIGEST_BLOCK, true},
    {"aws_lambda_function", "tracing_config", DIGEST_BLOCK, true},
    {"aws_lambda_function", "vpc_config", DIGEST_BLOCK, false},
    {"aws_dynamodb_table", "point_in_time_recovery", DIGEST_BLOCK, true},
    {"aws_security_group", "ingress", DIGEST_ATTRIBUTE, true},
    {"aws_eks_cluster", "vpc_config.public_access_cidrs", DIGEST_ATTRIBUTE,
	true},
    {"aws_wafv2_web_acl", "rule", DIGEST_BLOCK, false},
    {"aws_no_such", "x", DIGEST_UNKNOWN, false},
};
/* clang-format on */

START_TEST(shipped_digest_knows_what_was_planned)
{
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct digest *digest =
	    digest_read(configured_file(&arena, "policies/schema/aws.digest"), &err);
	struct digest_path found;

	ck_assert_ptr_nonnull(digest);
	found = digest_find(
	    digest, str_of(shipped[_i].type), str_of(shipped[_i].path));
	digest_free(digest);
	arena_free(&arena);
	ck_assert_int_eq(found.kind, shipped[_i].kind);
	ck_assert_int_eq(found.computed, shipped[_i].computed);
}
END_TEST

/* Every line and every item is found by its name: they are in order. */
START_TEST(everything_in_the_shipped_digest_is_found)
{
	struct arena arena = {0};
	struct tfa_error err = {0};
	struct str text = configured_file(&arena, "policies/schema/aws.digest");
	struct digest *digest = digest_read(text, &err);
	size_t types = 0;

	ck_assert_ptr_nonnull(digest);
	str_cut(text, '\n', &text);
	while (text.len) {
		struct str items;
		struct str line = str_cut(text, '\n', &text);
		struct str word = str_cut(line, ' ', &items);

		ck_assert_msg(digest_has(digest, word), STR_FMT, STR_ARG(word));
		ck_assert_uint_gt(items.len, 0);
		types += str_starts(word, STR("aws_"));
		while (items.len) {
			struct str item = str_cut(items, ' ', &items);
			size_t len = strcspn(item.ptr, "!+-*/?");

			ck_assert_msg(
			    digest_find(digest, word, str_head(item, len))
				    .kind != DIGEST_UNKNOWN,
			    STR_FMT " " STR_FMT, STR_ARG(word), STR_ARG(item));
		}
	}
	digest_free(digest);
	arena_free(&arena);
	ck_assert_uint_ge(types, 200);
}
END_TEST

Suite *
suite_config(void)
{
	Suite *suite = suite_create("config");
	TCase *origin = tcase_create("origin");
	TCase *digest = tcase_create("digest");

	tcase_add_loop_test(origin,
	    origin_of_a_masked_path_is_what_its_expression_says, 0,
	    COUNTOF(origins));
	tcase_add_loop_test(origin,
	    written_is_told_from_omitted_and_from_what_cannot_be_seen, 0,
	    COUNTOF(writtens));
	tcase_add_loop_test(
	    origin, what_is_not_configured_cannot_be_seen, 0, COUNTOF(nodes));
	tcase_add_test(origin, types_that_are_not_kept_are_forgotten);
	tcase_add_test(origin, data_sources_do_not_use_the_schema_of_resources);
	tcase_add_loop_test(origin,
	    references_are_followed_through_calls_and_outputs, 0,
	    COUNTOF(chains));
	tcase_add_test(origin, nearest_call_is_named_with_source_and_version);
	tcase_add_test(origin, hostile_chains_end_soon);
	tcase_add_loop_test(
	    origin, real_configuration_is_understood, 0, COUNTOF(planned));
	tcase_add_test(origin, running_out_of_memory_while_adding_is_an_error);
	tcase_add_test(origin, running_out_of_memory_while_asking_is_said);
	suite_add_tcase(suite, origin);
	tcase_add_loop_test(digest, digest_finds_a_path, 0, COUNTOF(paths));
	tcase_add_loop_test(
	    digest, digest_of_another_version_is_refused, 0, COUNTOF(headers));
	tcase_add_loop_test(
	    digest, shipped_digest_knows_what_was_planned, 0, COUNTOF(shipped));
	tcase_add_test(digest, everything_in_the_shipped_digest_is_found);
	suite_add_tcase(suite, digest);
	return suite;
}
