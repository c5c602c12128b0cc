/*
 * Settings of an account that decide what resources leave out: resources of the
 * same plan in the same provider configuration.
 */
#ifndef ENGINE_SETTING_H
#define ENGINE_SETTING_H

#include "engine/look.h"

/*
 * The look is unset and look->entry, which others govern, would hold.  False:
 * no setting says anything.
 */
bool setting_default(struct scene *scene, struct look *look);

#endif
