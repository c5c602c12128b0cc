/* What stands below policies/, as it was when the program was built. */
#ifndef POLICY_BUILTIN_H
#define POLICY_BUILTIN_H

#include "base/map.h"
#include "policy/policy.h"

/* See image.h. */
extern const unsigned char builtin_image[], builtin_bodies[],
    builtin_tests[];
/* Where the bodies of types begin. */
extern const uint32_t builtin_types[];
extern const size_t builtin_type_count;
/* policies/schema/aws.digest; ends with NUL. */
extern const unsigned char builtin_digest[];
extern const size_t builtin_digest_len;

void builtin_free(struct builtin *builtin);

/* map_find in what a thread may be adding to. */
void *builtin_find(const struct tfa_policies *policies, const struct map *map,
    struct str key);

#endif
