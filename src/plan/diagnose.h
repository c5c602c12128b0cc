/* Documents that reach a plan reader by mistake, and what to run instead. */
#ifndef PLAN_DIAGNOSE_H
#define PLAN_DIAGNOSE_H

#include "base/str.h"

/* What the name of a top-level member tells, as bits. */
unsigned diagnose_key(struct str key);

/*
 * One sentence on what a whole document is whose top-level members gave these
 * bits, if it is no plan; NULL where nothing speaks against a plan.
 */
const char *diagnose(unsigned keys);

/*
 * The same for one whose grammar breaks.  head: how it begins, blanks left out;
 * complete: it breaks at byte, behind the end of a value.  NULL where nothing
 * is known that says more than the broken grammar.
 */
const char *diagnose_broken(
    unsigned keys, struct str head, bool complete, char byte);

#endif
