/* For tests: a plan from a file, judged through the public interface. */
#ifndef TEST_JUDGE_H
#define TEST_JUDGE_H

#include "base/buf.h"
#include "engine/result.h"

struct judged {
	struct tfa_policies *policies;
	struct tfa_options *options; /* the report borrows them */
	struct tfa_report *report;
};

/* The whole file, which must be there. */
struct buf read_file(const char *folder, const char *name, const char *ending);

/*
 * Judge a plan, passes listed, with the policy text or, without one, the
 * built-in controls.  The plan must be good.
 */
struct judged judge_text(const struct buf *policy, struct str plan,
    const struct tfa_options *options);
/* FOLDER/NAME.json; control narrows to one id. */
struct judged judge_file(const struct buf *policy, const char *folder,
    const char *name, const char *control);
void judged_free(struct judged *run);
/* NULL where there is no such finding. */
const struct finding *judged_find(
    const struct judged *run, const char *control, const char *address);

#endif
