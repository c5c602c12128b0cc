/* What is right in a policy but may not be what its author meant. */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "policy/policy.h"

struct lint {
	const struct tfa_policies *policies;
	struct problems *problems;
	const char *now;	     /* or NULL */
	struct buf text; /* scratch */
	bool failed;	 /* out of memory: sticks */
};

/* Kinds of warnings; static texts, NULL behind the last. */
extern const char *const lint_classes[];

/* Every file that the options name, with what is wrong in it. */
bool lint_read(struct tfa_policies *policies,
    const struct tfa_lint_options *options, struct problems *problems,
    struct names *files, struct tfa_error *err);

/* Defaults of these files. */
void lint_defaults(struct lint *lint, const struct names *files);

/* Everything that a control may have been meant otherwise in. */
void lint_control(struct lint *lint, const struct control *control);

#endif
