/*
 * From the bytes of a result to a report: a document is read member by member,
 * lines are read as what they are parts of.  What was read is then compared with
 * itself, so that a result that has been cut or edited is none.
 */
#include "report/restore.h"

#include <stdarg.h>
#include <stdlib.h>

#include "op/date.h"
#include "report/record.h"

enum part {
	PART_VERSION,
	PART_TOOL,
	PART_OPTIONS,
	PART_LISTED,
	PART_LEDGER,
	PART_POPULATION,
	PART_TOTALS,
	PART_STATUS,
	PARTS_NEEDED,
	PART_OTHER = PARTS_NEEDED,
};

static const char *const lists[] = {
    "plans", "policies", "findings", "controls", NULL};

bool
result_refuse(struct tfa_error *err, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return error_set(
	    err, TFA_ERR_PLAN, "is no result that can be read: %s", text);
}

unsigned
bits_of(struct names names, const struct bit_name *known, size_t count)
{
	unsigned bits = 0;

	for (size_t i = 0; i < names.count; i++) {
		for (size_t j = 0; j < count; j++) {
			if (str_eq(names.items[i], str_of(known[j].name)))
				bits |= known[j].bit;
		}
	}
	return bits;
}

/* --- Small parts --- */

static bool
restore_version(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	struct str version;

	return stored_text(&version, value, &result->arena, err) &&
	    (str_starts(version, STR("1.")) ||
		result_refuse(err, "its format is another"));
}

static bool
restore_tool(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	struct stored_tool tool = {0};

	if (!stored_read(&tool, value, &stored_tool, &result->arena, err))
		return false;
	result->report->version = tool.version;
	return str_eq(tool.name, STR("tfassay")) ||
	    result_refuse(err, "another tool has written it");
}

static bool
restore_as_of(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	struct tfa_report *report = result->report;
	struct date day;

	if (!stored_text(&report->as_of, value, &result->arena, err))
		return false;
	report->has_day = date_read(&day, report->as_of);
	if (report->has_day)
		report->day = date_day(&day);
	return true;
}

static bool
restore_notes(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	return stored_names(
	    &result->report->notes, value, &result->arena, err);
}

static bool
restore_listed(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	struct names names;

	if (!stored_names(&names, value, &result->arena, err))
		return false;
	result->report->restored = true;
	result->report->listed = bits_of(names, listed_bits, LISTED_COUNT);
	return true;
}

static bool
restore_population(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	return stored_read(&result->population, value, &stored_population,
	    &result->arena, err);
}

static bool
restore_totals(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	return stored_read(&result->report->totals, value, &stored_totals,
	    &result->arena, err);
}

static bool
restore_status(
    struct tfa_result *result, struct value value, struct tfa_error *err)
{
	struct stored_status *status = &result->status;

	if (!stored_read(status, value, &stored_status, &result->arena, err))
		return false;
	if (status->exit > 255)
		return result_refuse(err, "there is no such exit status");
	result->report->outcome = (enum outcome)(status->verdict - 1);
	result->report->status = (int)status->exit;
	result->report->reasons = status->reasons;
	result->report->incomplete = status->incomplete == STATED_TRUE;
	return true;
}

static const struct {
	const char *name;
	enum part part;
	restore_part *restore;
} parts[] = {
    {"format_version", PART_VERSION,    restore_version   },
    {"tool",           PART_TOOL,       restore_tool      },
    {"plans",          PART_OTHER,      restore_plan      },
    {"policies",       PART_OTHER,      restore_pack      },
    {"waivers",        PART_OTHER,      restore_waivers   },
    {"facts",          PART_OTHER,      restore_facts     },
    {"baseline",       PART_OTHER,      restore_baseline  },
    {"as_of",          PART_OTHER,      restore_as_of     },
    {"options",        PART_OPTIONS,    restore_options   },
    {"option_origins", PART_OTHER,      restore_origins   },
    {"notes",          PART_OTHER,      restore_notes     },
    {"listed",         PART_LISTED,     restore_listed    },
    {"findings",       PART_OTHER,      restore_finding   },
    {"controls",       PART_OTHER,      restore_control   },
    {"ledger",         PART_LEDGER,     restore_ledger    },
    {"population",     PART_POPULATION, restore_population},
    {"totals",         PART_TOTALS,     restore_totals    },
    {"status",         PART_STATUS,     restore_status    },
};

bool
result_take(
    void *ctx, struct str name, struct value value, struct tfa_error *err)
{
	struct tfa_result *result = ctx;

	if (result->seen & 1U << PART_STATUS)
		return result_refuse(err, "something stands behind its status");
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		if (!str_eq(name, str_of(parts[i].name)))
			continue;
		if (parts[i].part < PARTS_NEEDED)
			result->seen |= 1U << parts[i].part;
		return parts[i].restore(result, value, err);
	}
	return true;
}

/* --- Lines --- */

static bool
take_line(struct tfa_result *result, struct str type, struct value line,
    struct tfa_error *err)
{
	if (str_eq(type, STR("finding")))
		return result_take(result, STR("findings"), line, err);
	if (str_eq(type, STR("control")))
		return result_take(result, STR("controls"), line, err);
	if (!str_eq(type, STR("run")) && !str_eq(type, STR("end")))
		return result_refuse(err, "a line is of another kind");
	if (str_eq(type, STR("run")) != (result->lines == 1))
		return result_refuse(err, "its first line must be its run, and "
					  "no other");
	return members_each(line, lists, result_take, result, err);
}

static bool
read_line(struct tfa_result *result, struct str text, struct tfa_error *err)
{
	struct arena arena = {.limit = result->arena.limit};
	struct buf scratch = {0};
	struct value line, type, object;
	bool ok;

	result->lines++;
	ok = value_read(&line, text, &arena, err);
	type = ok ? value_member(line, STR("type")) : VALUE_NONE;
	if (ok && value_kind(type) != NODE_STRING)
		ok = result_refuse(err, "a line has no type");
	if (ok && !value_unique(line, &object, &scratch))
		ok = scratch.failed
		    ? error_nomem(err)
		    : result_refuse(err, "an object has a name twice");
	ok = ok && take_line(result, value_raw(type), line, err);
	buf_free(&scratch);
	arena_free(&arena);
	return ok;
}

static bool
feed_lines(struct tfa_result *result, struct str bytes, struct tfa_error *err)
{
	while (bytes.len) {
		const char *end = memchr(bytes.ptr, '\n', bytes.len);
		size_t len = end ? (size_t)(end - bytes.ptr) : bytes.len;

		if (!buf_add(&result->line, str_head(bytes, len)))
			return error_nomem(err);
		if (result->line.len > 256 * 1024 * 1024)
			return error_set(err, TFA_ERR_LIMIT,
			    "a line of the result is longer than 256 MiB");
		if (!end)
			break;
		if (!read_line(result, buf_str(&result->line), err))
			return false;
		result->line.len = 0;
		bytes = str_from(bytes, len + 1);
	}
	return true;
}

/* --- Life --- */

struct tfa_result *
tfa_result_new(const struct tfa_limits *limits, struct tfa_error *err)
{
	struct tfa_result *result = calloc(1, sizeof(*result));

	if (!result) {
		error_nomem(err);
		return NULL;
	}
	if (limits)
		result->limits = *limits;
	result->report = calloc(1, sizeof(*result->report));
	if (!result->report) {
		error_nomem(err);
		tfa_result_free(result);
		return NULL;
	}
	result->report->policies = &result->policies;
	result->report->options = &result->options;
	result->report->status = 6;
	result->skips_end = &result->report->skips;
	sha256_init(&result->sha256_ctx);
	return result;
}

void
tfa_result_free(struct tfa_result *result)
{
	if (!result)
		return;
	members_free(result->members);
	tfa_report_free(result->report);
	map_free(&result->controls);
	map_free(&result->waivers);
	buf_free(&result->line);
	arena_free(&result->arena);
	free(result);
}

/* Only a line begins with its type. */
static bool
begin(struct tfa_result *result, const char *bytes, size_t len,
    struct tfa_error *err)
{
	struct str type = STR("{\"type\":"), begun;

	if (!buf_add(&result->line, (struct str){bytes, len}))
		return error_nomem(err);
	begun = buf_str(&result->line);
	if (begun.len < type.len && str_starts(type, begun))
		return true;
	if (str_starts(begun, type)) {
		struct buf held = result->line;
		bool ok;

		result->is_lines = true;
		result->line = (struct buf){0};
		ok = feed_lines(result, buf_str(&held), err);
		buf_free(&held);
		return ok;
	}
	result->members =
	    members_new(&result->limits, lists, result_take, result);
	if (!result->members)
		return error_nomem(err);
	return members_feed(result->members, begun.ptr, begun.len, err);
}

bool
tfa_result_feed(struct tfa_result *result, const void *bytes, size_t len,
    struct tfa_error *err)
{
	sha256_update(&result->sha256_ctx, len, bytes);
	if (result->members)
		return members_feed(result->members, bytes, len, err);
	if (result->is_lines)
		return feed_lines(result, (struct str){bytes, len}, err);
	return begin(result, bytes, len, err);
}

bool
tfa_result_finish(struct tfa_result *result, struct tfa_error *err)
{
	if (result->members && !members_finish(result->members, err))
		return false;
	if (!result->members && (!result->is_lines || result->line.len))
		return result_refuse(err, "it is cut off");
	for (size_t i = 0; i < PARTS_NEEDED; i++) {
		if (!(result->seen & 1U << i))
			return result_refuse(err, "\"%s\" is missing: is it whole, "
				"and from this version?",
			    i == PART_STATUS	   ? "status"
				: i == PART_LISTED ? "listed"
						   : "a member");
	}
	sha_hex(result->sha256, &result->sha256_ctx);
	return result_check(result, err);
}

const struct tfa_report *
tfa_result_report(const struct tfa_result *result)
{
	return result->report;
}
