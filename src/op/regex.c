/*
 * A compiled pattern and its limits are read only; what a search writes to is
 * made for it.  Without JIT, so that the limits always bite.  What is known to
 * be good is compiled by the first search; of two at once one is kept.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "op/regex.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATTERN_MOST = 1000, HEAP_KIB = 20 * 1024 };

struct regex {
	_Atomic(pcre2_code *) code;
	struct str pattern; /* until it is compiled */
	pcre2_match_context *context;
};

static pcre2_code *
compile(struct str pattern, int *code, PCRE2_SIZE *at)
{
	return pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
	    PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, code, at, NULL);
}

struct regex *
regex_known(struct str pattern, size_t match_limit)
{
	struct regex *regex = calloc(1, sizeof(*regex));

	if (!regex)
		return NULL;
	regex->pattern = pattern;
	regex->context = pcre2_match_context_create(NULL);
	if (!regex->context) {
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

struct regex *
regex_new(struct str pattern, size_t match_limit, char *message, size_t size)
{
	struct regex *regex;
	pcre2_code *compiled;
	int code;
	PCRE2_SIZE at;
	PCRE2_UCHAR text[128];

	if (pattern.len > PATTERN_MOST) {
		snprintf(message, size, "longer than %d bytes", PATTERN_MOST);
		return NULL;
	}
	regex = regex_known(pattern, match_limit);
	if (!regex) {
		snprintf(message, size, "out of memory");
		return NULL;
	}
	compiled = compile(pattern, &code, &at);
	if (!compiled) {
		pcre2_get_error_message(code, text, sizeof(text));
		snprintf(message, size, "%s at character %zu",
		    (const char *)text, (size_t)at + 1);
		regex_free(regex);
		return NULL;
	}
	atomic_init(&regex->code, compiled);
	return regex;
}

void
regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(atomic_load(&regex->code));
	pcre2_match_context_free(regex->context);
	free(regex);
}

static pcre2_code *
code_of(struct regex *regex)
{
	pcre2_code *compiled = atomic_load(&regex->code), *earlier = NULL;
	int code;
	PCRE2_SIZE at;

	if (compiled)
		return compiled;
	compiled = compile(regex->pattern, &code, &at);
	if (!compiled ||
	    atomic_compare_exchange_strong(&regex->code, &earlier, compiled))
		return compiled;
	pcre2_code_free(compiled);
	return earlier;
}

enum regex_answer
regex_find(struct regex *regex, struct str text)
{
	const pcre2_code *code = code_of(regex);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int rc = PCRE2_ERROR_NOMEMORY;

	/* What was read from JSON or YAML has been checked there. */
	if (code && data)
		rc = pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, 0,
		    PCRE2_NO_UTF_CHECK, data, regex->context);
	pcre2_match_data_free(data);
	if (rc >= 0)
		return REGEX_YES;
	if (rc == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	return rc == PCRE2_ERROR_NOMEMORY ? REGEX_NOMEM : REGEX_LIMIT;
}
