/*
 * Real plans of good and bad resources, a folder for each service of AWS
 * (testdata/aws): the shipped controls say of them what their sources deserve.
 */
#include <dirent.h>
#include <stdlib.h>

#include "test/judge.h"
#include "test/test.h"

#define FOLDER "testdata/aws"

static int
is_service(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && !strchr(entry->d_name, '.');
}

/* A control that does not apply to a resource makes no finding of it. */
static const char *
verdict_on(const struct judged *run, struct str control, struct str address)
{
	for (size_t i = 0; i < run->report->finding_count; i++) {
		const struct finding *finding = &run->report->findings[i];

		if (str_eq(finding->control->id, control) &&
		    str_eq(finding->address, address))
			return verdict_name(finding->verdict);
	}
	return "not_applicable";
}

static bool
is_control(const struct judged *run, struct str id)
{
	for (size_t i = 0; i < run->policies->control_count; i++) {
		if (str_eq(run->policies->controls[i]->id, id))
			return true;
	}
	return false;
}

/* Lines of expected.tsv: control, address, verdict. */
static void
check_service(const char *service)
{
	char folder[512];
	struct buf table;
	struct judged run;
	struct str rest;

	snprintf(folder, sizeof(folder), FOLDER "/%s", service);
	table = read_file(folder, "expected", ".tsv");
	run = judge_file(NULL, folder, "plan", NULL);
	rest = buf_str(&table);
	ck_assert_msg(rest.len > 0, "%s expects nothing", folder);
	while (rest.len) {
		struct str line = str_cut(rest, '\n', &rest);
		struct str control = str_cut(line, '\t', &line);
		struct str address = str_cut(line, '\t', &line);
		const char *got = verdict_on(&run, control, address);

		ck_assert_msg(is_control(&run, control),
		    "%s: no control " STR_FMT, folder, STR_ARG(control));
		ck_assert_msg(str_eq(line, str_of(got)),
		    "%s: " STR_FMT " on " STR_FMT " is %s and not " STR_FMT,
		    folder, STR_ARG(control), STR_ARG(address), got,
		    STR_ARG(line));
	}
	judged_free(&run);
	buf_free(&table);
}

START_TEST(resources_get_the_verdicts_that_their_sources_deserve)
{
	struct dirent **services;
	int count = scandir(FOLDER, &services, is_service, alphasort);

	ck_assert_int_gt(count, 0);
	for (int i = 0; i < count; i++) {
		check_service(services[i]->d_name);
		free(services[i]);
	}
	free(services);
}
END_TEST

Suite *
suite_aws(void)
{
	Suite *suite = suite_create("aws");
	TCase *tc = tcase_create("services");

	tcase_set_timeout(tc, 60);
	tcase_add_test(
	    tc, resources_get_the_verdicts_that_their_sources_deserve);
	suite_add_tcase(suite, tc);
	return suite;
}
