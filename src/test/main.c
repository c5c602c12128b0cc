/*
 * All suites in one run, or the one that is named; CK_FORK and the like are
 * heeded.
 */
#include <stdio.h>
#include <stdlib.h>

#include "test/test.h"

static const struct {
	const char *name;
	Suite *(*make)(void);
} suites[] = {
    {"base",        suite_base       },
    {"json",        suite_json       },
    {"hcl",         suite_hcl        },
    {"relay",       suite_relay      },
    {"plan",        suite_plan       },
    {"op",          suite_op         },
    {"operators",   suite_operators  },
    {"states",      suite_states     },
    {"manual",      suite_manual     },
    {"config",      suite_config     },
    {"target",      suite_target     },
    {"setting",     suite_setting    },
    {"policy",      suite_policy     },
    {"engine",      suite_engine     },
    {"related",     suite_related    },
    {"iam",         suite_iam        },
    {"real",        suite_real       },
    {"joins",       suite_joins      },
    {"corpus",      suite_corpus     },
    {"pack",        suite_pack       },
    {"profile",     suite_profile    },
    {"pages",       suite_pages      },
    {"aws",         suite_aws        },
    {"bare",        suite_bare       },
    {"metamorphic", suite_metamorphic},
    {"provenance",  suite_provenance },
    {"inspect",     suite_inspect    },
    {"shapes",      suite_shapes     },
    {"waiver",      suite_waiver     },
    {"report",      suite_report     },
    {"trial",       suite_trial      },
    {"redact",	    suite_redact     },
    {"fixture",	    suite_fixture    },
    {"completion",  suite_completion },
    {"project",	    suite_project    },
    {"lint",	    suite_lint	     },
    {"typos",	    suite_typos	     },
    {"init",	    suite_init	     },
    {"schema",	    suite_schema     },
    {"replay",	    suite_replay     },
    {"sheet",	    suite_sheet      },
    {"convert",	    suite_convert    },
    {"evidence",	    suite_evidence   },
    {"database",	    suite_database   },
    {"cli",	    suite_cli	     },
};

int
main(int argc, char **argv)
{
	SRunner *runner = srunner_create(NULL);
	size_t count = 0;
	int failed;

	/* No test asserts a time: the machine may do other work too. */
	setenv("CK_DEFAULT_TIMEOUT", "120", 0);
	for (size_t i = 0; i < COUNTOF(suites); i++) {
		if (argc > 1 && strcmp(argv[1], suites[i].name) != 0)
			continue;
		srunner_add_suite(runner, suites[i].make());
		count++;
	}
	if (argc > 2 || count == 0) {
		fprintf(stderr, "usage: %s [SUITE]\n", argv[0]);
		srunner_free(runner);
		return EXIT_FAILURE;
	}
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	if (srunner_ntests_run(runner) == 0)
		failed = 1;
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
