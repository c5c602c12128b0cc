#include "policy/policy.h"

static const char *const severities[] = {
    [SEVERITY_CRITICAL] = "critical",
    [SEVERITY_HIGH] = "high",
    [SEVERITY_MEDIUM] = "medium",
    [SEVERITY_LOW] = "low",
    [SEVERITY_INFO] = "info",
};

static const char *const enforces[] = {
    [ENFORCE_BLOCK] = "block",
    [ENFORCE_WARN] = "warn",
    [ENFORCE_AUDIT] = "audit",
};

static bool
find(struct str name, const char *const *names, size_t count, size_t *index)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(name, str_of(names[i]))) {
			*index = i;
			return true;
		}
	}
	return false;
}

const char *
severity_name(enum severity severity)
{
	return severities[severity];
}

bool
severity_find(struct str name, enum severity *out)
{
	size_t index;

	if (!find(name, severities, COUNTOF(severities), &index))
		return false;
	*out = (enum severity)index;
	return true;
}

const char *
enforce_name(enum enforce enforce)
{
	return enforces[enforce];
}

bool
enforce_find(struct str name, enum enforce *out)
{
	size_t index;

	if (!find(name, enforces, COUNTOF(enforces), &index))
		return false;
	*out = (enum enforce)index;
	return true;
}
