/* What is right in a policy but may not be what its author meant. */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "policy/policy.h"

struct lint {
	const struct tfa_policies *policies;
	struct problems *problems;
	struct buf text; /* scratch */
	bool failed;	 /* out of memory: sticks */
};

/* Kinds of warnings; static texts, NULL behind the last. */
extern const char *const lint_classes[];

/* Everything that a control may have been meant otherwise in. */
void lint_control(struct lint *lint, const struct control *control);

#endif
