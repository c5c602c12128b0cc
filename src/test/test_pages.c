/*
 * The pages of docs/controls are what the controls say now, each linked from
 * the list of pages.
 */
#include <stdlib.h>

#include "policy/policy.h"
#include "test/judge.h"
#include "test/test.h"

#define FOLDER "docs/controls"
#define HEAD "<!-- Written by tfassay list controls --format markdown. -->\n"

static struct tfa_policies *policies;

static void
load_pack(void)
{
	struct tfa_error err = {0};

	policies = tfa_policies_new(NULL);
	ck_assert(policies && tfa_policies_builtin(policies, &err));
}

static void
free_pack(void)
{
	tfa_policies_free(policies);
}

/* "policies/aws/s3.yaml": "s3" */
static struct str
page_name(const struct pack *pack)
{
	struct str name = pack->file, rest = name;

	while (rest.len)
		name = str_cut(rest, '/', &rest);
	ck_assert(str_ends(name, STR(".yaml")));
	return str_head(name, name.len - STR(".yaml").len);
}

static char *
whole_page(void)
{
	static const struct tfa_list_options options = {.format = "markdown"};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_msg(tfa_list_write(policies, TFA_LIST_CONTROLS, &options,
			  out, &err),
	    "%s", err.message);
	fclose(out);
	return text;
}

START_TEST(every_page_is_what_its_controls_say)
{
	struct buf list = read_file(FOLDER, "README", ".md");
	char *text = whole_page(), name[64], link[160];
	struct str rest = str_of(text);
	size_t at;

	ck_assert(str_starts(rest, STR(HEAD)));
	rest = str_from(rest, STR(HEAD).len);
	for (size_t i = 0; i < policies->pack_count; i++) {
		const struct pack *pack = policies->packs[i];
		struct buf page;
		struct str body;

		if (!pack->controls)
			continue;
		snprintf(name, sizeof(name), STR_FMT,
		    STR_ARG(page_name(pack)));
		page = read_file(FOLDER, name, ".md");
		ck_assert(str_starts(buf_str(&page), STR(HEAD)));
		body = str_from(buf_str(&page), STR(HEAD).len);
		ck_assert_msg(str_starts(rest, body),
		    FOLDER "/%s.md is stale: run make pages", name);
		rest = str_from(rest, body.len);
		buf_free(&page);
		snprintf(link, sizeof(link), "| [%s](%s.md) | %zu |", name,
		    name, pack->controls);
		ck_assert_msg(str_find(buf_str(&list), str_of(link), &at),
		    FOLDER "/README.md is stale: run make pages");
	}
	ck_assert_msg(rest.len == 0, "a page is stale: run make pages");
	free(text);
	buf_free(&list);
}
END_TEST

START_TEST(text_of_a_control_is_no_markdown_of_its_own)
{
	static const char policy[] =
	    "controls:\n"
	    "  - id: a\n"
	    "    title: '<img src=x> | *b* [c](d) @e \\u202e'\n"
	    "    severity: low\n"
	    "    resource: 'aws_*'\n"
	    "    assert: {never: true}\n"
	    "    why: \"# no heading\\n\\n- <script>\\n1. one\\n=\"\n"
	    "    fix: {hcl: \"```\\nx = 1\\n````\"}\n"
	    "    frameworks: {'a`b': ['`']}\n";
	static const char *const said[] = {
	    "&lt;img src=x\\> \\| \\*b\\* \\[c\\]\\(d\\)",
	    "\n\\- &lt;script\\>\n1\\. one\n\\=\n",
	    "# p.yaml\n\n1 control.\n",
	    "`````hcl\n```\nx = 1\n````\n`````\n", "- a\\`b: `` ` ``\n",
	    "- Resources: `aws_*`\n"};
	static const struct tfa_list_options options = {.format = "markdown"};
	struct tfa_policies *own = tfa_policies_new(NULL);
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len = 0, at;
	FILE *out = open_memstream(&text, &len);

	ck_assert_msg(policies_read(own, STR("p.yaml"), STR(policy), false,
			  &err),
	    "%s", err.message);
	ck_assert(tfa_list_write(own, TFA_LIST_CONTROLS, &options, out, &err));
	fclose(out);
	for (size_t i = 0; i < COUNTOF(said); i++)
		ck_assert_msg(str_find(str_of(text), str_of(said[i]), &at),
		    "\"%s\" is not in\n%s", said[i], text);
	ck_assert(!str_find(str_of(text), STR("\n# no heading"), &at));
	ck_assert(!str_find(str_of(text), STR("<s"), &at));
	free(text);
	tfa_policies_free(own);
}
END_TEST

Suite *
suite_pages(void)
{
	Suite *suite = suite_create("pages");
	TCase *tc = tcase_create("pages");

	tcase_add_unchecked_fixture(tc, load_pack, free_pack);
	tcase_add_test(tc, every_page_is_what_its_controls_say);
	tcase_add_test(tc, text_of_a_control_is_no_markdown_of_its_own);
	suite_add_tcase(suite, tc);
	return suite;
}
