/* Controls and defaults; for the loader's own files. */
#ifndef POLICY_CONTROL_READ_H
#define POLICY_CONTROL_READ_H

#include "policy/load.h"

/* One more control, or default, in the set. */
bool control_read(struct load *load, const struct tree *node);
/* What the tree says, in a control that the set has or will have. */
bool control_fill(
    struct load *load, struct control *control, const struct tree *node);
bool default_read(struct load *load, const struct tree *node);

/* Types of resources: names, or globs too. */
bool field_types(struct load *load, const struct tree *node, void *names);
bool field_type(struct load *load, const struct tree *node, void *str);

/* A list of struct control_test in the control, complete but for its type. */
bool tests_read(
    struct load *load, struct control *control, const struct tree *node);
/* The control is whole: give every test its type. */
bool tests_finish(struct load *load, const struct control *control);

#endif
