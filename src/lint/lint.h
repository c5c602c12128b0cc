/* What is right in a policy but may not be what its author meant. */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "policy/policy.h"

struct lint {
	const struct tfa_policies *policies;
	struct problems *problems;
	const char *now; /* or NULL */
	const struct digest *given;	/* the provider's schema, or NULL */
	const struct digest *documents; /* the form of policy documents */
	struct arena arena;		/* of one control */
	struct buf text;		/* scratch */
	bool failed;			/* out of memory: sticks */
};

/* Kinds of warnings; static texts, NULL behind the last. */
extern const char *const lint_classes[];

/* The form of policy documents, as the text of a digest. */
extern const char lint_documents[];

/* What terraform providers schema -json has printed to a file; NULL: *err. */
struct digest *provider_read(
    const char *path, struct arena *arena, struct tfa_error *err);

struct lint_file {
	struct str name, text;
};

struct lint_files {
	const struct lint_file *items;
	size_t count;
};

/* Every file that the options name, with what is wrong in it. */
bool lint_read(struct tfa_policies *policies,
    const struct tfa_lint_options *options, struct problems *problems,
    struct lint_files *files, struct tfa_error *err);

/* Defaults of these files. */
void lint_defaults(struct lint *lint, const struct lint_files *files);

/* Everything that a control may have been meant otherwise in. */
void lint_control(struct lint *lint, const struct control *control);

#endif
