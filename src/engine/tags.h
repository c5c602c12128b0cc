/*
 * Tags that a provider adds to those of a resource: "tags" is what the resource
 * says, "tags_all" what it will have.
 */
#ifndef ENGINE_TAGS_H
#define ENGINE_TAGS_H

#include "engine/look.h"

/*
 * A look at tags_all, or at one of them, that is masked although nothing
 * writes it: known, unset or unknown by the resource's own tags and the
 * provider's.  False: it is no such look.
 */
bool tags_look(struct scene *scene, struct look *look);

/* Tags that the resource leaves out and the provider adds. */
void tags_default(struct scene *scene, struct look *look);

#endif
