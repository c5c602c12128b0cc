#include "report/form.h"

#include "report/show.h"

/* clang-format off */
static const struct grade grades[] = {
    [SEVERITY_CRITICAL] = {"error", "9.5", "error", "blocker", "Critical",
	"CRITICAL", "error", "error", "CRITICAL", "ERROR", 5},
    [SEVERITY_HIGH] = {"error", "8.0", "error", "critical", "High",
	"HIGH", "error", "error", "HIGH", "ERROR", 4},
    [SEVERITY_MEDIUM] = {"warning", "5.5", "warning", "major", "Medium",
	"MEDIUM", "warning", "warning", "MEDIUM", "WARNING", 3},
    [SEVERITY_LOW] = {"note", "2.0", "notice", "minor", "Low",
	"LOW", "info", "warning", "LOW", "INFO", 2},
    [SEVERITY_INFO] = {"note", NULL, "notice", "info", "Info",
	"INFORMATIONAL", "info", "warning", "LOW", "INFO", 1},
};
/* clang-format on */

const struct grade *
severity_grade(enum severity severity)
{
	return &grades[severity];
}

const struct grade *
finding_grade(const struct finding *finding)
{
	enum severity severity = finding->control->severity;

	if (finding->verdict == VERDICT_PASS ||
	    finding->verdict == VERDICT_WAIVED)
		return &grades[SEVERITY_INFO];
	if (finding->enforce == ENFORCE_AUDIT && severity < SEVERITY_LOW)
		return &grades[SEVERITY_LOW];
	if ((finding->enforce == ENFORCE_WARN ||
		finding->verdict == VERDICT_UNKNOWN) &&
	    severity < SEVERITY_MEDIUM)
		return &grades[SEVERITY_MEDIUM];
	return &grades[severity];
}

struct place
finding_place(const struct tfa_report *report, const struct finding *finding)
{
	const struct location *location = &finding->location;
	struct place place = {report->plans[finding->plan].path, 1, 1, 2, "plan"};

	if (location->how != LOCATED_NOT)
		place = (struct place){location->file,
		    location->line ? location->line : 1,
		    location->column ? location->column : 1,
		    (location->column ? location->column : 1) +
			(location->width ? location->width : 1),
		    located_name(location->how)};
	while (str_starts(place.file, STR("./")))
		place.file = str_from(place.file, 2);
	return place;
}

struct str
form_text(struct buf *text, struct str raw, size_t most)
{
	text->len = 0;
	clean_add(text, raw, most);
	return buf_str(text);
}

struct str
finding_message(struct buf *text, const struct finding *finding, size_t most)
{
	text->len = 0;
	clean_add(text, finding->address, CLEAN_ADDRESS);
	if (finding->verdict != VERDICT_FAIL)
		buf_fmt(text, " (%s)", verdict_name(finding->verdict));
	if (finding->reason.len)
		buf_add(text, STR(": "));
	clean_add(text, finding->reason, most);
	return buf_str(text);
}

struct str
finding_title(struct buf *text, const struct finding *finding, size_t most)
{
	struct buf message = {0};
	struct str said = finding_message(&message, finding, most);

	text->len = 0;
	clean_add(text, finding->control->id, CLEAN_TEXT);
	buf_add(text, STR(": "));
	clean_add(text, finding->control->title, CLEAN_TEXT);
	buf_add(text, STR(": "));
	buf_add(text, said);
	text->failed = text->failed || message.failed;
	buf_free(&message);
	return buf_str(text);
}

void
emit_clean(struct emit *emit, const char *key, struct str raw, size_t most)
{
	struct buf text = {0};

	emit_str(emit, key, form_text(&text, raw, most));
	emit->failed = emit->failed || text.failed;
	buf_free(&text);
}

/* Hex digits of the fingerprint, with the bits that a UUID must have. */
void
finding_uuid(char out[37], const struct finding *finding, const char *purpose)
{
	static const char pattern[] = "xxxxxxxx-xxxx-5xxx-8xxx-xxxxxxxxxxxx";
	static const char digits[] = "0123456789abcdef";
	char hex[65];
	unsigned turn = 0;
	size_t at = 0;

	finding_fingerprint(hex, finding);
	for (const char *p = purpose; *p; p++)
		turn = turn * 31 + (unsigned char)*p;
	for (size_t i = 0; i < sizeof(pattern); i++) {
		out[i] = pattern[i];
		if (pattern[i] == 'x')
			out[i] = hex[at++];
	}
	out[0] = digits[turn >> 8 & 15];
	out[1] = digits[turn >> 4 & 15];
	out[2] = digits[turn & 15];
}

/*
 * What would be read as more than text where it begins: a reference to a person
 * or an issue is found in what is rendered, so it is parted rather than escaped.
 */
static const struct {
	const char *word, *shown;
} references[] = {
    {"&", "&amp;"},
    {"<", "&lt;"},
    {"@", "@\xe2\x80\x8b"},
    {"#", "\\#\xe2\x80\x8b"},
    {"GH-", "GH\xe2\x80\x8b\\-"},
    {"gh-", "gh\xe2\x80\x8b\\-"},
    {"www.", "www\\."},
    {"WWW.", "WWW\\."},
};

void
markdown_add(struct buf *out, struct str clean)
{
	static const char special[] = "\\`*_{}[]()+-!|>~:";
	size_t i = 0, known;

	while (i < clean.len) {
		struct str rest = str_from(clean, i);

		for (known = 0; known < COUNTOF(references); known++) {
			if (str_starts(rest, str_of(references[known].word)))
				break;
		}
		if (known < COUNTOF(references)) {
			buf_add(out, str_of(references[known].shown));
			i += strlen(references[known].word);
			continue;
		}
		if (rest.ptr[0] && strchr(special, rest.ptr[0]))
			buf_byte(out, '\\');
		buf_byte(out, rest.ptr[0]);
		i++;
	}
}

static size_t
longest_run(struct str text, char byte)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == byte ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

void
markdown_fence(struct buf *out, struct str text, size_t least)
{
	size_t fence = longest_run(text, '`') + 1;

	fence = fence < least ? least : fence;
	for (size_t i = 0; i < fence; i++)
		buf_byte(out, '`');
}

void
markdown_code(struct buf *out, struct str clean, bool in_table)
{
	bool pad = clean.len &&
	    (clean.ptr[0] == '`' || clean.ptr[clean.len - 1] == '`');

	if (!clean.len)
		return;
	markdown_fence(out, clean, 1);
	if (pad)
		buf_byte(out, ' ');
	for (size_t i = 0; i < clean.len; i++) {
		if (in_table && clean.ptr[i] == '|')
			buf_byte(out, '\\');
		buf_byte(out, clean.ptr[i]);
	}
	if (pad)
		buf_byte(out, ' ');
	markdown_fence(out, clean, 1);
}

static void
xml_byte(FILE *out, char byte)
{
	switch (byte) {
	case '&':
		fputs("&amp;", out);
		break;
	case '<':
		fputs("&lt;", out);
		break;
	case '>':
		fputs("&gt;", out);
		break;
	case '"':
		fputs("&quot;", out);
		break;
	case '\'':
		fputs("&#39;", out);
		break;
	default:
		putc(byte, out);
	}
}

void
xml_clean(FILE *out, struct str clean)
{
	for (size_t i = 0; i < clean.len; i++)
		xml_byte(out, clean.ptr[i]);
}

void
xml_put(FILE *out, struct str raw, size_t most)
{
	struct buf text = {0};

	xml_clean(out, form_text(&text, raw, most));
	buf_free(&text);
}

static int
number_at(struct str text, size_t at, size_t len)
{
	int number = 0;

	for (size_t i = at; i < at + len; i++) {
		if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
			return 0;
		number = number * 10 + (text.ptr[i] - '0');
	}
	return number;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

/* Minutes that a zone such as "+02:00" is ahead. */
static int
zone_of(struct str time)
{
	size_t at = 19;

	while (at < time.len && time.ptr[at] != '+' && time.ptr[at] != '-')
		at++;
	if (at >= time.len)
		return 0;
	return (time.ptr[at] == '-' ? -1 : 1) *
	    (number_at(time, at + 1, 2) * 60 + number_at(time, at + 4, 2));
}

int64_t
form_seconds(const struct tfa_report *report)
{
	struct str time = report->as_of;
	int month = number_at(time, 5, 2), day = number_at(time, 8, 2);
	int64_t days = !time.len ? 0
				 : days_of(number_at(time, 0, 4),
				       month ? month : 1, day ? day : 1);

	return days * 86400 + number_at(time, 11, 2) * 3600 +
	    number_at(time, 14, 2) * 60 + number_at(time, 17, 2) -
	    zone_of(time) * 60;
}

void
form_time(char out[21], const struct tfa_report *report)
{
	int64_t seconds = form_seconds(report);
	int64_t days = seconds / 86400, rest = seconds % 86400;
	int64_t shifted, era, of_era, year, of_year, month;
	char text[128];

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	shifted = days + 719468;
	era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	of_era = shifted - era * 146097;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    (int)(year + era * 400 + (month >= 10)) % 10000,
	    (int)(month < 10 ? month + 3 : month - 9) % 100,
	    (int)(of_year - (153 * month + 2) / 5 + 1) % 100,
	    (int)(rest / 3600) % 100, (int)(rest / 60 % 60), (int)(rest % 60));
	memcpy(out, text, 20);
	out[20] = '\0';
}

bool
form_finish(FILE *out, bool failed, struct tfa_error *err)
{
	if (fflush(out) != 0 || ferror(out))
		return error_set(err, TFA_ERR_REPORT,
		    "the report could not be written whole");
	return !failed || error_nomem(err);
}

bool
form_end(FILE *out, struct buf *text, struct tfa_error *err)
{
	bool failed = text->failed;

	buf_free(text);
	return form_finish(out, failed, err);
}
