/*
 * A compiled pattern and its limits are read only; what a search writes to is
 * made for it.  Without JIT, so that the limits always bite.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "op/regex.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATTERN_MOST = 1000, HEAP_KIB = 20 * 1024 };

struct regex {
	pcre2_code *code;
	pcre2_match_context *context;
};

struct regex *
regex_new(struct str pattern, size_t match_limit, char *message, size_t size)
{
	struct regex *regex;
	int code;
	PCRE2_SIZE at;
	PCRE2_UCHAR text[128];

	if (pattern.len > PATTERN_MOST) {
		snprintf(message, size, "longer than %d bytes", PATTERN_MOST);
		return NULL;
	}
	regex = calloc(1, sizeof(*regex));
	if (!regex) {
		snprintf(message, size, "out of memory");
		return NULL;
	}
	regex->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
	    PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
	if (!regex->code) {
		pcre2_get_error_message(code, text, sizeof(text));
		snprintf(message, size, "%s at character %zu",
		    (const char *)text, (size_t)at + 1);
		regex_free(regex);
		return NULL;
	}
	regex->context = pcre2_match_context_create(NULL);
	if (!regex->context) {
		snprintf(message, size, "out of memory");
		regex_free(regex);
		return NULL;
	}
	if (match_limit > UINT32_MAX)
		match_limit = UINT32_MAX;
	pcre2_set_match_limit(regex->context, (uint32_t)match_limit);
	pcre2_set_depth_limit(regex->context, (uint32_t)match_limit);
	pcre2_set_heap_limit(regex->context, HEAP_KIB);
	return regex;
}

void
regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	pcre2_match_context_free(regex->context);
	free(regex);
}

enum regex_answer
regex_find(const struct regex *regex, struct str text)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int rc;

	if (!data)
		return REGEX_NOMEM;
	/* What was read from JSON or YAML has been checked there. */
	rc = pcre2_match(regex->code, (PCRE2_SPTR)text.ptr, text.len, 0,
	    PCRE2_NO_UTF_CHECK, data, regex->context);
	pcre2_match_data_free(data);
	if (rc >= 0)
		return REGEX_YES;
	if (rc == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	return rc == PCRE2_ERROR_NOMEMORY ? REGEX_NOMEM : REGEX_LIMIT;
}
