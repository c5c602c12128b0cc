/* Any bytes as a policy file: read, listed and explained, or refused. */
#include <stdio.h>
#include <stdlib.h>

#include "policy/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
list_all(const struct tfa_policies *policies)
{
	static const struct tfa_list_options json = {.format = "json"};
	static const struct tfa_list_options words = {.format = "text"};
	static const struct tfa_list_options page = {.format = "markdown"};
	struct tfa_error err = {0};
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		abort();
	if (!tfa_list_write(policies, TFA_LIST_CONTROLS, &json, out, &err) ||
	    !tfa_list_write(policies, TFA_LIST_CONTROLS, &page, out, &err) ||
	    !tfa_list_write(policies, TFA_LIST_DEFAULTS, &words, out, &err))
		abort();
	fclose(out);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct tfa_limits limits = {.policy_nodes = 100000};
	struct tfa_policies *policies = tfa_policies_new(&limits);
	struct tfa_error err = {0};
	struct str text = {(const char *)data, size};

	if (!policies)
		abort();
	if (policies_read(policies, STR("fuzz.yaml"), text, false, &err))
		list_all(policies);
	else if (err.code == TFA_ERR_NONE || !err.message[0])
		abort();
	tfa_policies_free(policies);
	return 0;
}
