/* Which part of the plans a process judges. */
#ifndef CLI_SHARD_H
#define CLI_SHARD_H

#include "cli/cli.h"
#include "tfassay.h"

/*
 * "I/N", or "auto" or "auto/N", which ask the variables that schedulers set.
 * TFA_ERR_USAGE where they say nothing, or not the same.
 */
bool shard_read(size_t *shard, size_t *shards, const char *text,
    const struct cli_io *io, struct tfa_error *err);

#endif
