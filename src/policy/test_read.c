/* The tests inside a control: what would be planned, and what is expected. */
#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Fields as written; values stay trees until they are checked. */
struct test_said {
	struct str name, type;
	const struct tree *resource, *unknown, *before, *refers, *with;
	size_t expect;
};

static const char *const expect_words[] = {
    [EXPECT_PASS] = "pass",
    [EXPECT_FAIL] = "fail",
    [EXPECT_UNKNOWN] = "unknown",
    [EXPECT_ERROR] = "error",
    [EXPECT_NOT_APPLICABLE] = "not_applicable",
};

static bool
read_expect(struct load *load, const struct tree *node, void *index)
{
	return field_word(load, node, "a verdict", expect_words,
	    COUNTOF(expect_words), index);
}

static const struct shape expect_shape = {
    .kind = SHAPE_WORD, .words = expect_words, .count = COUNTOF(expect_words)};
static const struct shape refers_shape = {
    .kind = SHAPE_MAP, .of = &shape_text, .least = 1};

static const struct field with_fields[] = {
    {"name", field_text, offsetof(struct test_said, name), false, &shape_text,
	"what \"refers\" calls it; its type by default"},
    {"type", field_text, offsetof(struct test_said, type), true, &shape_text,
	"its type; data. before that of a data source"},
    {"resource", field_tree, offsetof(struct test_said, resource), false,
	&shape_object, "its attributes as they would be planned"},
    {"unknown", field_tree, offsetof(struct test_said, unknown), false,
	&shape_mask, "true where a value is known only after apply"},
    {"before", field_tree, offsetof(struct test_said, before), false,
	&shape_object, "its attributes before the plan"},
    {"refers", field_tree, offsetof(struct test_said, refers), false,
	&refers_shape,
	"for each attribute the resource of the test that it refers to; "
	"subject is the one that is judged"},
};
static const struct shape one_with_shape = {
    .kind = SHAPE_FIELDS,
    .fields = with_fields,
    .count = COUNTOF(with_fields),
    .needs = {"resource", "before"}
};
static const struct shape with_shape = {
    .kind = SHAPE_LIST, .of = &one_with_shape, .least = 1};

static const struct field test_fields[] = {
    {"name", field_text, offsetof(struct test_said, name), true, &shape_text,
	"what the test is about"},
    {"type", field_type, offsetof(struct test_said, type), false, &shape_type,
	"of the resource, where the control judges several"},
    {"resource", field_tree, offsetof(struct test_said, resource), false,
	&shape_object, "its attributes as they would be planned"},
    {"unknown", field_tree, offsetof(struct test_said, unknown), false,
	&shape_mask, "true where a value is known only after apply"},
    {"before", field_tree, offsetof(struct test_said, before), false,
	&shape_object, "its attributes before the plan"},
    {"refers", field_tree, offsetof(struct test_said, refers), false,
	&refers_shape,
	"for each attribute the resource of the test that it refers to; "
	"subject is the one that is judged"},
    {"with", field_tree, offsetof(struct test_said, with), false, &with_shape,
	"further resources of the plan"},
    {"expect", read_expect, offsetof(struct test_said, expect), true,
	&expect_shape, "the verdict"},
};
static const struct shape test_shape = {
    .kind = SHAPE_FIELDS,
    .fields = test_fields,
    .count = COUNTOF(test_fields),
    .needs = {"resource", "before"}
};
const struct shape shape_tests = {
    .kind = SHAPE_LIST, .of = &test_shape, .least = 1};

static bool
read_object(struct load *load, const struct tree *node, struct value *out)
{
	if (!node)
		return true;
	if (node->kind != TREE_MAP)
		return bad(load, node->pos, "expected a mapping, found %s",
		    tree_kind_name(node));
	return literal_read(load, node, false, out);
}

/* Lists and mappings of true and false. */
static bool
check_mask(struct load *load, const struct tree *node)
{
	bool flag;

	if (node->kind == TREE_SCALAR)
		return field_bool(load, node, &flag);
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!check_mask(load, at))
			return false;
	}
	return true;
}

/* Top-level attributes, each with the name of a resource of the test. */
static bool
read_refers(struct load *load, const struct tree *node,
    const struct pair **out, size_t *count)
{
	struct pair *pairs;

	if (!node)
		return true;
	if (!field_map(load, node))
		return false;
	pairs = arena_array(load->arena, node->count, sizeof(*pairs));
	if (!pairs)
		return load_nomem(load);
	for (const struct tree *at = node->first; at; at = at->next) {
		struct pair *pair = &pairs[(*count)++];

		pair->name = load_keep(load, at->key);
		if (!pair->name.ptr)
			return load_nomem(load);
		if (!field_text(load, at, &pair->text))
			return false;
	}
	*out = pairs;
	return true;
}

static bool
read_one_with(struct load *load, struct test_resource *resource,
    const struct tree *node)
{
	struct test_said said = {0};

	if (!fields_read(load, node, "a resource of a test", with_fields,
		COUNTOF(with_fields), &said))
		return false;
	if (!said.resource && !said.before)
		return bad(load, node->pos,
		    "a resource of a test needs \"resource\"");
	if (said.unknown && !check_mask(load, said.unknown))
		return false;
	resource->type = said.type;
	if (str_starts(said.type, STR("data.")))
		said.type = str_from(said.type, STR("data.").len);
	resource->name = said.name.len ? said.name : said.type;
	if (!type_valid(said.type, "") || !type_valid(resource->name, ""))
		return bad(load, node->pos,
		    "types and names in a test have letters, digits, \"_\" "
		    "and \"-\"");
	return read_object(load, said.resource, &resource->resource) &&
	    read_object(load, said.unknown, &resource->unknown) &&
	    read_object(load, said.before, &resource->before) &&
	    read_refers(load, said.refers, &resource->refers,
		&resource->refer_count);
}

static const struct test_resource *
find_with(const struct control_test *test, struct str name)
{
	for (size_t i = 0; i < test->with_count; i++) {
		if (str_eq(test->with[i].name, name))
			return &test->with[i];
	}
	return NULL;
}

static bool
check_refers(struct load *load, const struct control_test *test,
    const struct tree *node)
{
	for (const struct tree *at = node ? node->first : NULL; at;
	     at = at->next) {
		if (!str_eq(at->text, STR("subject")) &&
		    !find_with(test, at->text))
			return bad(load, at->pos,
			    "\"" STR_FMT "\" is no resource of this test",
			    STR_ARG(text_shown(at->text)));
	}
	return true;
}

static bool
read_with(
    struct load *load, struct control_test *test, const struct tree *node)
{
	struct test_resource *with;

	if (!node)
		return true;
	if (!field_list(load, node))
		return false;
	with = arena_array(load->arena, node->count, sizeof(*with));
	if (!with)
		return load_nomem(load);
	test->with = with;
	for (const struct tree *at = node->first; at; at = at->next) {
		struct test_resource *one = &with[test->with_count];

		if (!read_one_with(load, one, at))
			return false;
		if (str_eq(one->name, STR("subject")) ||
		    find_with(test, one->name))
			return bad(load, at->pos,
			    "two resources of this test are called \"" STR_FMT
			    "\"",
			    STR_ARG(text_shown(one->name)));
		test->with_count++;
	}
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!check_refers(load, test, tree_member(at, "refers")))
			return false;
	}
	return true;
}

static bool
test_read(
    struct load *load, struct control_test *test, const struct tree *node)
{
	struct test_said said = {0};

	if (!fields_read(load, node, "a test", test_fields,
		COUNTOF(test_fields), &said))
		return false;
	if (!said.resource && !said.before)
		return bad(load, node->pos, "a test needs \"resource\"");
	if (said.unknown && !check_mask(load, said.unknown))
		return false;
	test->name = said.name;
	test->type = said.type;
	test->expect = (enum expectation)said.expect;
	test->pos = node->pos;
	return read_object(load, said.resource, &test->resource) &&
	    read_object(load, said.unknown, &test->unknown) &&
	    read_object(load, said.before, &test->before) &&
	    read_with(load, test, said.with) &&
	    read_refers(load, said.refers, &test->refers,
		&test->refer_count) &&
	    check_refers(load, test, said.refers);
}

bool
tests_read(
    struct load *load, struct control *control, const struct tree *node)
{
	struct control_test *tests;
	size_t count = 0;
	bool whole = true;

	if (!field_list(load, node))
		return false;
	tests = arena_array(load->arena, node->count, sizeof(*tests));
	if (!tests)
		return load_nomem(load);
	load->tests = tests;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (test_read(load, &tests[count++], at))
			continue;
		whole = false;
		if (!load_recover(load))
			return false;
	}
	control->tests = tests;
	control->test_count = count;
	load->test_count += count;
	return whole;
}

static bool
is_glob(struct str type)
{
	return memchr(type.ptr, '*', type.len) ||
	    memchr(type.ptr, '?', type.len);
}

bool
tests_finish(struct load *load, const struct control *control)
{
	struct str first = control->types.items[0];

	for (size_t i = 0; i < control->test_count; i++) {
		struct control_test *test = &load->tests[i];

		if (!test->type.len && is_glob(first))
			return bad(load, test->pos,
			    "a test needs \"type\" where the control's "
			    "resource is a pattern");
		if (!test->type.len)
			test->type = first;
		if (!control_selects_type(control, test->type))
			return bad(load, test->pos,
			    "the control does not judge " STR_FMT,
			    STR_ARG(text_shown(test->type)));
	}
	return true;
}
