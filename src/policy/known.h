/* What an earlier result has listed already. */
#ifndef POLICY_KNOWN_H
#define POLICY_KNOWN_H

#include "policy/policy.h"

enum known_verdict { KNOWN_FAIL = 1, KNOWN_UNKNOWN = 2, KNOWN_ERROR = 4 };

/*
 * Read a result document into the set's known.  name must stay while the set
 * lives.  One that does not end with its status is no result.
 */
bool known_read(struct tfa_policies *policies, struct str name,
    struct str text, struct tfa_error *err);

/*
 * KNOWN_ bits of a fingerprint: what failed and is now unknown is known, what was
 * unknown and now fails is not.  plan counts only where several plans are
 * told apart, in the earlier result or by the caller.  Without memory false.
 */
bool known_find(const struct tfa_policies *policies, unsigned *out,
    struct str fingerprint, struct str plan, bool several);

#endif
