/*
 * Profiles: which controls block.  "recommended" is what each control says of
 * itself, "strict" is all of them, a framework's name is those that serve it,
 * and policy files declare others.
 */
#ifndef POLICY_PROFILE_H
#define POLICY_PROFILE_H

#include "policy/load.h"

struct profile {
	struct str name, why;
	struct names extends;                  /* other profiles */
	struct names modes[ENFORCE_AUDIT + 1]; /* ids and globs of controls */
	struct str file;
	struct pos pos;
};

extern const struct shape shape_profile;

/* One more profile in the set. */
bool profile_read(struct load *load, const struct tree *node);

/*
 * What each control does in the profiles together, of several the strictest;
 * out has room for all controls.  An unknown name is TFA_ERR_USAGE, what is
 * wrong in a declared profile TFA_ERR_POLICY with its place.
 */
bool profiles_apply(enum enforce *out, const struct tfa_policies *policies,
    const char *const *names, size_t count, struct tfa_error *err);

/* What would be found when it is applied. */
bool profile_check(const struct tfa_policies *policies,
    const struct profile *profile, struct tfa_error *err);

#endif
