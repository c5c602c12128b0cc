/* From a finding to the line of source that a person looks at. */
#ifndef ENGINE_LOCATE_H
#define ENGINE_LOCATE_H

#include "config/config.h"
#include "engine/result.h"

/* Fails (TFA_ERR_USAGE) unless the options' source root can be read. */
bool locate_check(const struct tfa_options *options, struct tfa_error *err);

/*
 * Give every finding of the report's one plan its location, and the plan a note
 * for what could not be read.  Without a source root nothing happens.
 */
bool locate_findings(struct tfa_report *report, const struct config *config,
    const struct plan_info *info, struct tfa_error *err);

#endif
