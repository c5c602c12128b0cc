/* The tests inside a control: what would be planned, and what is expected. */
#include "policy/control_read.h"
#include "policy/field.h"
#include "policy/literal.h"

/* Fields as written; values stay trees until they are checked. */
struct test_said {
	struct str name, type;
	const struct tree *resource, *unknown, *before;
	size_t expect;
};

static bool
read_expect(struct load *load, const struct tree *node, void *index)
{
	static const char *const words[] = {
	    [EXPECT_PASS] = "pass",
	    [EXPECT_FAIL] = "fail",
	    [EXPECT_UNKNOWN] = "unknown",
	    [EXPECT_ERROR] = "error",
	    [EXPECT_NOT_APPLICABLE] = "not_applicable",
	};

	return field_word(
	    load, node, "a verdict", words, COUNTOF(words), index);
}

static const struct field test_fields[] = {
    {"name", field_text, offsetof(struct test_said, name), true},
    {"type", field_type, offsetof(struct test_said, type), false},
    {"resource", field_tree, offsetof(struct test_said, resource), false},
    {"unknown", field_tree, offsetof(struct test_said, unknown), false},
    {"before", field_tree, offsetof(struct test_said, before), false},
    {"expect", read_expect, offsetof(struct test_said, expect), true},
};

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
	    read_object(load, said.before, &test->before);
}

bool
tests_read(
    struct load *load, struct control *control, const struct tree *node)
{
	struct control_test *tests;
	size_t count = 0;

	if (!field_list(load, node))
		return false;
	tests = arena_array(load->arena, node->count, sizeof(*tests));
	if (!tests)
		return load_nomem(load);
	load->tests = tests;
	for (const struct tree *at = node->first; at; at = at->next) {
		if (!test_read(load, &tests[count++], at))
			return false;
	}
	control->tests = tests;
	control->test_count = count;
	return true;
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
