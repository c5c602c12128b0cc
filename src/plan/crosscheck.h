/*
 * A plan states every planned value twice, in planned_values and in
 * resource_changes.  Compares the two in about 40 bytes an instance, in
 * whatever order they come, and refuses an address that stands twice.
 */
#ifndef PLAN_CROSSCHECK_H
#define PLAN_CROSSCHECK_H

#include "base/error.h"
#include "json/node.h"

struct crosscheck;

/* What resource_changes say of an instance's place in planned_values. */
enum fate {
	FATE_STAYS, /* it is there with the same values */
	FATE_EITHER, /* forgotten: there without values, or not there */
	FATE_GONE,  /* it is not there */
};

/* Without compare only repeated addresses are found.  NULL: no memory. */
struct crosscheck *crosscheck_new(bool compare);
void crosscheck_free(struct crosscheck *check);

/*
 * An entry of planned_values; values may be VALUE_NONE.  The following fail
 * with TFA_ERR_PLAN where what they add contradicts what came before.
 */
bool crosscheck_planned(struct crosscheck *check, struct str address,
    struct value values, struct tfa_error *err);
/* An entry of resource_changes; deposed is its key or empty. */
bool crosscheck_change(struct crosscheck *check, struct str address,
    struct str deposed, struct value after, enum fate fate,
    struct tfa_error *err);
/*
 * An entry of a state, which states nothing twice.  module tells modules apart:
 * up to Terraform 0.12 addresses were relative to them.
 */
bool crosscheck_state(struct crosscheck *check, struct str address,
    struct str deposed, size_t module, struct tfa_error *err);
/* Both sections are there and whole: is an instance in only one of them? */
bool crosscheck_finish(struct crosscheck *check, struct tfa_error *err);

#endif
