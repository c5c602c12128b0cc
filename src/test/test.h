/* The suites, one for each module; main.c runs them all. */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <check.h>

#include "base/str.h"

Suite *suite_base(void);
Suite *suite_json(void);
Suite *suite_hcl(void);
Suite *suite_relay(void);
Suite *suite_plan(void);
Suite *suite_op(void);
Suite *suite_operators(void);
Suite *suite_states(void);
Suite *suite_manual(void);
Suite *suite_config(void);
Suite *suite_target(void);
Suite *suite_setting(void);
Suite *suite_policy(void);
Suite *suite_engine(void);
Suite *suite_related(void);
Suite *suite_iam(void);
Suite *suite_real(void);
Suite *suite_joins(void);
Suite *suite_corpus(void);
Suite *suite_metamorphic(void);
Suite *suite_provenance(void);
Suite *suite_inspect(void);
Suite *suite_shapes(void);
Suite *suite_pack(void);
Suite *suite_profile(void);
Suite *suite_pages(void);
Suite *suite_aws(void);
Suite *suite_bare(void);
Suite *suite_waiver(void);
Suite *suite_report(void);
Suite *suite_trial(void);
Suite *suite_redact(void);
Suite *suite_fixture(void);
Suite *suite_completion(void);
Suite *suite_project(void);
Suite *suite_lint(void);
Suite *suite_typos(void);
Suite *suite_init(void);
Suite *suite_schema(void);
Suite *suite_replay(void);
Suite *suite_sheet(void);
Suite *suite_convert(void);
Suite *suite_evidence(void);
Suite *suite_database(void);
Suite *suite_cli(void);

#endif
