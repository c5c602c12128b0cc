/* Files below policies/ as they were when the program was built. */
#ifndef POLICY_BUILTIN_H
#define POLICY_BUILTIN_H

#include "base/str.h"

struct builtin_file {
	const char *path; /* "policies/aws/ecr.yaml" */
	const unsigned char *bytes;
	size_t len;
};

/* In byte order of their paths; ends with a path of NULL. */
extern const struct builtin_file builtin_files[];

#endif
