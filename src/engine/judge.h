/* One control on one subject: selection, verdict, change class. */
#ifndef ENGINE_JUDGE_H
#define ENGINE_JUDGE_H

#include "engine/cond.h"

enum selection {
	SELECT_NOT,
	SELECT_AFTER,	/* judged on what will be */
	SELECT_BEFORE,	/* the act is judged, on what was */
	SELECT_REMOVED, /* goes away: only counted, if it failed before */
};

enum selection control_select(
    const struct control *control, const struct subject *subject);

struct judgement {
	enum verdict verdict; /* raw */
	bool open_where;      /* it is unknown whether the control applies */
	bool passes_anyway;   /* that is unknown, but it passes if it does */
	struct answer answer; /* what decided */
};

/* On the scene's subject, after or before. */
struct judgement control_judge(
    struct scene *scene, const struct control *control);

/* before is VERDICT_NOT_APPLICABLE where there was no object. */
enum change change_class(
    enum selection selection, enum verdict before, enum verdict after);

/* What the verdict counts as: if_unknown heeded. */
enum verdict verdict_counted(const struct control *control, enum verdict raw);

#endif
