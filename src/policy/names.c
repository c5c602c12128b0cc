#include "policy/policy.h"

const char *const severity_names[SEVERITY_INFO + 1] = {
    [SEVERITY_CRITICAL] = "critical",
    [SEVERITY_HIGH] = "high",
    [SEVERITY_MEDIUM] = "medium",
    [SEVERITY_LOW] = "low",
    [SEVERITY_INFO] = "info",
};

const char *const enforce_names[ENFORCE_AUDIT + 1] = {
    [ENFORCE_BLOCK] = "block",
    [ENFORCE_WARN] = "warn",
    [ENFORCE_AUDIT] = "audit",
};

static bool
find(struct str name, const char *const *names, size_t count, size_t *index)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(name, names[i])) {
			*index = i;
			return true;
		}
	}
	return false;
}

const char *
severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool
severity_find(struct str name, enum severity *out)
{
	size_t index;

	if (!find(name, severity_names, COUNTOF(severity_names), &index))
		return false;
	*out = (enum severity)index;
	return true;
}

const char *
enforce_name(enum enforce enforce)
{
	return enforce_names[enforce];
}

bool
enforce_find(struct str name, enum enforce *out)
{
	size_t index;

	if (!find(name, enforce_names, COUNTOF(enforce_names), &index))
		return false;
	*out = (enum enforce)index;
	return true;
}
