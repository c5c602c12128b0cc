/* Files below a folder, for whoever reads some of them. */
#ifndef POLICY_FOLDER_H
#define POLICY_FOLDER_H

#include "policy/policy.h"

/*
 * Files whose names are wanted: path itself, or all below it in byte order of
 * their paths.  Paths end with NUL and are in the arena.
 */
bool folder_find(struct names *out, const char *path,
    bool (*wants)(struct str name), struct arena *arena,
    struct tfa_error *err);

/* A regular file of at most so many bytes, in the arena. */
bool folder_text(struct str *out, const char *path, size_t most,
    struct arena *arena, struct tfa_error *err);

#endif
