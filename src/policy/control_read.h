/* Controls and defaults; for the loader's own files. */
#ifndef POLICY_CONTROL_READ_H
#define POLICY_CONTROL_READ_H

#include "policy/load.h"

/* One more control, or default, in the set. */
bool control_read(struct load *load, const struct tree *node);
/* What the tree says, in a control that the set has or will have. */
bool control_fill(
    struct load *load, struct control *control, const struct tree *node);
/* The same for its tests alone; tree is their list. */
bool control_fill_tests(
    struct load *load, struct control *control, const struct tree *tree);
bool default_read(struct load *load, const struct tree *node);
/* The type governs a default by that path; empty: nothing.  False: no memory. */
bool governing_add(
    struct tfa_policies *policies, struct str type, struct str path);

/* Letters, digits, "_", "-" and the bytes of others. */
bool type_valid(struct str type, const char *others);

/* Types of resources: names, or globs too. */
bool field_types(struct load *load, const struct tree *node, void *names);
bool field_type(struct load *load, const struct tree *node, void *str);

/* The names sorted and each once, in the set's arena. */
bool attributes_set(struct load *load, struct names *out,
    const struct attributes *attributes);

/* What "param" can ask for in the control. */
bool parameters_read(
    struct load *load, struct control *control, const struct tree *node);
/* The control cannot be used: say what of it did not come from its file. */
void parameters_blame(struct load *load, const struct control *control);

/* A list of struct control_test in the control, complete but for its type. */
bool tests_read(
    struct load *load, struct control *control, const struct tree *node);
/* The control is whole: give every test its type. */
bool tests_finish(struct load *load, const struct control *control);

#endif
