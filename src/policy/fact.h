/*
 * What is true outside of the plan, said by someone, with a date and evidence:
 * a resource that no plan shows, such as a setting of the account.
 */
#ifndef POLICY_FACT_H
#define POLICY_FACT_H

#include "policy/policy.h"

struct fact {
	struct str type;
	struct str provider;	/* "aws.eu", or empty: every configuration */
	struct value values;	/* an object */
	struct str evidence;
	struct str as_of, expires; /* days */
	int64_t as_of_day, last_day; /* since 1970-01-01; inclusive */
	struct str file;
	struct pos pos;
	size_t index; /* in the set */
};

/* As waivers_read. */
bool facts_read(struct tfa_policies *policies, struct str name,
    struct str text, struct tfa_error *err);

/*
 * The first fact about a type that holds on a day (since 1970-01-01) and speaks
 * of this provider configuration ("aws", "aws.eu"), or NULL.
 */
const struct fact *facts_find(const struct tfa_policies *policies,
    struct str type, struct str provider, int64_t day);

#endif
