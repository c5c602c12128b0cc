#include "plan/diagnose.h"

enum {
	FORMAT_VERSION = 1 << 0,
	PLANNED_VALUES = 1 << 1,
	RESOURCE_CHANGES = 1 << 2,
	VALUES = 1 << 3,
	LEVEL = 1 << 4,
	TEST_PLAN = 1 << 5,
	VERSION = 1 << 6,
	SERIAL = 1 << 7,
	LINEAGE = 1 << 8,
	PLAN_FORMAT_VERSION = 1 << 9,
	PROVIDER_SCHEMAS = 1 << 10,
	ROOT_MODULE = 1 << 11,
	RESOURCE = 1 << 12,
	DIAGNOSTICS = 1 << 13,
	CONFIGURATION = 1 << 14,
	OTHER = 1 << 15,
};

static const struct {
	struct str key;
	unsigned bit;
} keys_known[] = {
    {{"format_version", 14},	     FORMAT_VERSION     },
    {{"planned_values", 14},	     PLANNED_VALUES     },
    {{"resource_changes", 16},      RESOURCE_CHANGES   },
    {{"values", 6},		  VALUES	     },
    {{"@level", 6},		  LEVEL	      },
    {{"test_plan", 9},	      TEST_PLAN	  },
    {{"version", 7},		   VERSION		  },
    {{"serial", 6},		  SERIAL	     },
    {{"lineage", 7},		   LINEAGE		  },
    {{"plan_format_version", 19},   PLAN_FORMAT_VERSION},
    {{"provider_schemas", 16},      PROVIDER_SCHEMAS   },
    {{"root_module", 11},	      ROOT_MODULE	  },
    {{"resource", 8},		    RESOURCE	       },
    {{"diagnostics", 11},	      DIAGNOSTICS	  },
    {{"configuration", 13},	 CONFIGURATION	    },
};

unsigned
diagnose_key(struct str key)
{
	for (size_t i = 0; i < COUNTOF(keys_known); i++) {
		if (str_eq(keys_known[i].key, key))
			return keys_known[i].bit;
	}
	return str_eq(key, STR("terraform_version")) ? 0 : OTHER;
}

/* The first row whose members are all there, and none that it forbids. */
static const struct {
	unsigned has, lacks;
	bool whole; /* known only when nothing more can come */
	const char *text;
} documents[] = {
    {LEVEL | TEST_PLAN, 0, false,
	"this is the log of terraform test -json, not a plan: run terraform "
	"plan -out PLANFILE, then terraform show -json PLANFILE"},
    {LEVEL, 0, false,
	"this is the log of terraform plan -json, not a plan: run terraform "
	"plan -out PLANFILE, then terraform show -json PLANFILE"},
    {LINEAGE, FORMAT_VERSION, false,
	"this is a raw state file, not a plan: run terraform plan -out "
	"PLANFILE, then terraform show -json PLANFILE"},
    {VERSION | SERIAL, FORMAT_VERSION, false,
	"this is a raw state file, not a plan: run terraform plan -out "
	"PLANFILE, then terraform show -json PLANFILE"},
    {PLAN_FORMAT_VERSION, FORMAT_VERSION, false,
	"this is the redacted plan of HCP Terraform, without its values: fetch "
	"json-output instead of json-output-redacted"},
    {PROVIDER_SCHEMAS, PLANNED_VALUES | RESOURCE_CHANGES, false,
	"this is a dump of provider schemas, not a plan: run terraform show "
	"-json PLANFILE"},
    {ROOT_MODULE, FORMAT_VERSION | PLANNED_VALUES, false,
	"this is a dump of the configuration, not a plan: run tofu show -json "
	"PLANFILE"},
    {RESOURCE | DIAGNOSTICS, PLANNED_VALUES, false,
	"this is the state of one resource, not a plan: run terraform show "
	"-json PLANFILE"},
    {RESOURCE | FORMAT_VERSION, PLANNED_VALUES | VALUES | RESOURCE_CHANGES,
	true,
	"this is the state of one resource, not a plan: run terraform show "
	"-json PLANFILE"},
    {FORMAT_VERSION,
	PLANNED_VALUES | RESOURCE_CHANGES | VALUES | CONFIGURATION | OTHER,
	true,
	"this is an empty state, not a plan: terraform show -json was run "
	"without a plan file; run terraform show -json PLANFILE"},
    {PLANNED_VALUES, FORMAT_VERSION, true,
	"format_version is missing, so this is no plan as terraform show -json "
	"writes it"},
    {RESOURCE_CHANGES, FORMAT_VERSION, true,
	"format_version is missing, so this is no plan as terraform show -json "
	"writes it"},
    {0, FORMAT_VERSION, true,
	"this is JSON, but no Terraform plan: run terraform show -json "
	"PLANFILE"},
    {FORMAT_VERSION, PLANNED_VALUES | RESOURCE_CHANGES | VALUES, true,
	"this is no Terraform plan: it has neither planned_values nor "
	"resource_changes"},
};

static const char *
find(unsigned keys, bool whole)
{
	for (size_t i = 0; i < COUNTOF(documents); i++) {
		if ((keys & documents[i].has) == documents[i].has &&
		    !(keys & documents[i].lacks) &&
		    (whole || !documents[i].whole))
			return documents[i].text;
	}
	return NULL;
}

const char *
diagnose(unsigned keys)
{
	return find(keys, true);
}

/* Could it be a list, a text or a number of JSON? */
static bool
is_other_json(struct str head)
{
	char first = head.ptr[0], second = head.len > 1 ? head.ptr[1] : ']';

	if (first == '"')
		return true;
	return first == '[' && second && strchr("{[]\"-0123456789 \r\n", second);
}

const char *
diagnose_broken(unsigned keys, struct str head, bool complete, char byte)
{
	const char *what = find(keys, false);

	if (what)
		return what;
	if (!head.len)
		return "the input holds nothing but blanks: did the command "
		       "that writes it fail?";
	if (head.ptr[0] != '{')
		return is_other_json(head)
		    ? "this is no JSON object, so it is no Terraform plan: run "
		      "terraform show -json PLANFILE"
		    : "text stands before the JSON (a log line, the command of "
		      "a wrapper, a prefix of terragrunt, warnings from 2>&1): "
		      "give the output of terraform show -json PLANFILE alone";
	if (!complete)
		return NULL;
	return byte == '{'
	    ? "a second document follows behind the first: give each plan in a "
	      "file of its own"
	    : "text follows behind the end of the JSON: give the output of "
	      "terraform show -json PLANFILE alone";
}
