/* Counting, and what the counts come to. */
#ifndef ENGINE_TOTAL_H
#define ENGINE_TOTAL_H

#include "engine/result.h"

/* A verdict that the options leave in. */
void total_add(struct tfa_report *report, const struct control *control,
    enum verdict verdict, enum change change);

/* A finding, already counted, gets another verdict. */
void total_move(struct tfa_report *report, const struct finding *finding,
    enum verdict verdict);
/* It is known, and does not block. */
void total_known(struct tfa_report *report, struct finding *finding);

/*
 * Sort the findings, check that the ledger balances, and turn the totals into
 * outcome, status and reasons: the only place where the status becomes 0.
 */
bool total_finish(struct tfa_report *report, struct tfa_error *err);

/* The larger danger wins: 6, 3, 5 and 2 over 1, 1 over 4, 4 over 0. */
int total_graver(int a, int b);

/* --- A report as it is made --- */

/* NULL without memory. */
struct tfa_report *report_new(
    const struct tfa_policies *policies, const struct tfa_options *options);
bool report_add_plan(
    struct tfa_report *report, struct str path, struct tfa_error *err);
bool report_add_type(struct tfa_report *report, struct str type,
    size_t subjects, size_t judged, struct tfa_error *err);
/* The plan has been read: keep what its report needs, and its notes. */
bool report_close_plan(struct tfa_report *report,
    const struct plan_info *info, struct tfa_error *err);

/* Append; the text is borrowed. */
bool names_add(struct names *names, struct str text, struct arena *arena);
bool names_add_fmt(struct names *names, struct arena *arena,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
