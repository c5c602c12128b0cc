/* Any bytes as waivers, facts and an earlier result: read, or refused with why. */
#include <stdlib.h>

#include "policy/fact.h"
#include "policy/known.h"
#include "policy/waiver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool reader(struct tfa_policies *policies, struct str name,
    struct str text, struct tfa_error *err);

static const char policy[] =
    "controls:\n- {id: c, title: T, severity: low, resource: aws_t, assert: "
    "{never: true}}\n";

static void
check_patterns(const struct tfa_policies *policies)
{
	struct arena arena = {0};
	struct buf scratch = {0};
	struct address address;

	if (!address_read(
		&address, STR("module.a[0].module.b.aws_t.x[\"k\"]"), &arena))
		abort();
	for (size_t i = 0; i < policies->waiver_count; i++)
		(void)pattern_fits(
		    &policies->waivers[i]->address, &address, &scratch);
	buf_free(&scratch);
	arena_free(&arena);
}

static void
try(reader *read, struct str text)
{
	const struct tfa_limits limits = {.policy_nodes = 100000};
	struct tfa_policies *policies = tfa_policies_new(&limits);
	struct tfa_error err = {0};

	if (!policies ||
	    !policies_read(
		policies, STR("p.yaml"), STR(policy), false, &err))
		abort();
	if (read(policies, STR("fuzz"), text, &err))
		check_patterns(policies);
	else if (err.code == TFA_ERR_NONE || !err.message[0])
		abort();
	tfa_policies_free(policies);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};

	try(waivers_read, text);
	try(facts_read, text);
	try(known_read, text);
	return 0;
}
