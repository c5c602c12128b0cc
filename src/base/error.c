#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void error_fill(struct tfa_error *err, enum tfa_error_code code,
    const char *format, va_list args) __attribute__((format(printf, 3, 0)));

static void
error_fill(struct tfa_error *err, enum tfa_error_code code, const char *format,
    va_list args)
{
	err->code = code;
	vsnprintf(err->message, sizeof(err->message), format, args);
}

bool
error_set(struct tfa_error *err, enum tfa_error_code code, const char *format,
    ...)
{
	va_list args;

	if (err->code != TFA_ERR_NONE)
		return false;
	va_start(args, format);
	error_fill(err, code, format, args);
	va_end(args);
	return false;
}

bool
error_at(struct tfa_error *err, enum tfa_error_code code, struct str file,
    struct pos pos, const char *format, ...)
{
	va_list args;

	if (err->code != TFA_ERR_NONE)
		return false;
	va_start(args, format);
	error_fill(err, code, format, args);
	va_end(args);
	snprintf(err->file, sizeof(err->file), STR_FMT, STR_ARG(file));
	err->line = pos.line;
	err->column = pos.column;
	return false;
}

bool
error_nomem(struct tfa_error *err)
{
	return error_set(err, TFA_ERR_NOMEM, "out of memory");
}

int
tfa_error_status(const struct tfa_error *err)
{
	switch (err->code) {
	case TFA_ERR_USAGE:
	case TFA_ERR_POLICY:
		return 2;
	case TFA_ERR_PLAN:
		return 3;
	case TFA_ERR_REPORT:
		return 5;
	case TFA_ERR_NONE:
	case TFA_ERR_LIMIT:
	case TFA_ERR_NOMEM:
	case TFA_ERR_INTERNAL:
		break;
	}
	return 6;
}
