/* Files: plans as they are read, reports as they are written. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include "cli/cli.h"
#include "tfassay.h"

/*
 * Feed the evaluation a whole plan: a file, a FIFO, or for "-" the descriptor
 * in.  A file that does not exist is TFA_ERR_USAGE, one that cannot be read
 * TFA_ERR_PLAN.
 */
bool plan_file_feed(struct tfa_eval *eval, const char *path, int in,
    struct tfa_error *err);

/* The same for any file, in pieces; what names its kind. */
typedef bool file_take(
    void *ctx, const char *bytes, size_t len, struct tfa_error *err);
bool file_feed(const char *path, int in, const char *what, file_take *take,
    void *ctx, struct tfa_error *err);

typedef bool report_file_writer(
    void *ctx, FILE *out, struct tfa_error *err);

/*
 * Write a report whole, or leave none: the file appears under its name when its
 * last byte is on disk, and an older one of that name does not outlive a
 * failure.  FIFOs and devices are written as they are; symbolic links, folders
 * and sockets are refused.  Failures are TFA_ERR_REPORT or the writer's own.
 */
bool report_file_write(const char *path, report_file_writer *write, void *ctx,
    struct tfa_error *err);

/* Remove an older report, so that it cannot be taken for the coming one. */
void report_file_clear(const char *path);

/* Do both names lead to one existing file? */
bool file_same(const char *a, const char *b);
/* Would writing to both write one file, existing or not? */
bool file_same_target(const char *a, const char *b);

#endif
