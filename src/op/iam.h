/*
 * AWS policy documents in one form, whether they are JSON or the blocks of an
 * aws_iam_policy_document: {id, version, statements: [{sid, effect, actions,
 * not_actions, resources, not_resources, principals: [{type, identifier}],
 * anyone, conditions: [{test, variable, values}], restricts_caller}]}.  What a
 * statement does not have is an empty list.
 */
#ifndef OP_IAM_H
#define OP_IAM_H

#include "op/truth.h"
#include "plan/seen.h"

struct iam_document {
	struct seen seen; /* value and unknown; nothing of it is sensitive */
	bool no_effect;	  /* a statement lacks its Effect, which is Allow */
};

/*
 * From parsed JSON, whose objects have no name twice.  False where it is no
 * policy document, and *why (static text) says it; a *why of NULL is no memory.
 */
bool iam_read(struct iam_document *out, struct value document,
    struct arena *arena, const char **why);

/*
 * From the arguments of an aws_iam_policy_document as planned.  Where another
 * document may replace a statement or add one, that statement is unknown.
 */
bool iam_read_blocks(struct iam_document *out, const struct seen *data,
    struct arena *arena, const char **why);

/* May the statement (one of the above) be about this action? */
enum truth iam_covers(
    const struct seen *statement, struct str action, struct buf *scratch);
/* Is it one of the above? */
bool iam_is_statement(struct value value);

#endif
