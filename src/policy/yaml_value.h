/* YAML text inside a plan, as a value. */
#ifndef POLICY_YAML_VALUE_H
#define POLICY_YAML_VALUE_H

#include "json/node.h"

/*
 * One document, YAML 1.2 core schema: what is no null, boolean or JSON number
 * stays text.  The value lives in the arena; VALUE_NONE where there is nothing
 * but comments.  False where it cannot be read, and *why (static text) says it;
 * a *why of NULL is no memory.
 */
bool yaml_value(
    struct value *out, struct str text, struct arena *arena, const char **why);

#endif
