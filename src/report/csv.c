/*
 * CSV by RFC 4180.  A spreadsheet takes a cell that begins with an operator for
 * a formula, so those get a quote in front.  Columns are only ever added, at the
 * end.
 */
#include "policy/waiver.h"
#include "report/form.h"
#include "report/report.h"
#include "report/show.h"

static void
put_cell(FILE *out, struct str raw, bool last)
{
	struct buf text = {0};
	struct str clean = form_text(&text, raw, CLEAN_PROSE);

	putc('"', out);
	if (clean.len && strchr("=+-@", clean.ptr[0]))
		putc('\'', out);
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '"')
			putc('"', out);
		putc(clean.ptr[i], out);
	}
	fputs(last ? "\"\r\n" : "\",", out);
	buf_free(&text);
}

static void
put_word(FILE *out, const char *word)
{
	put_cell(out, str_of(word), false);
}

static void
put_names(struct buf *out, const struct named_list *list)
{
	for (size_t i = 0; i < list->items.count; i++) {
		if (out->len)
			buf_byte(out, ';');
		buf_add(out, list->name);
		buf_byte(out, ' ');
		buf_add(out, list->items.items[i]);
	}
}

static void
put_frameworks(FILE *out, const struct control *control, bool *failed)
{
	struct buf text = {0};

	for (size_t i = 0; i < control->frameworks.count; i++)
		put_names(&text, &control->frameworks.items[i]);
	put_cell(out, buf_str(&text), true);
	*failed = *failed || text.failed;
	buf_free(&text);
}

static struct str
type_of(struct str address)
{
	struct arena arena = {0};
	struct address read;
	struct str type = {"", 0};

	/* The parts of an address point into its text. */
	if (address_read(&read, address, &arena))
		type = read.type;
	arena_free(&arena);
	return type;
}

static struct str
module_of(struct str address)
{
	struct arena arena = {0};
	struct address read;
	struct str module = {"", 0};

	if (address_read(&read, address, &arena))
		module = read.module;
	arena_free(&arena);
	return module;
}

static void
put_finding(FILE *out, const struct tfa_report *report,
    const struct finding *finding, bool *failed)
{
	const struct plan_result *plan = &report->plans[finding->plan];
	const struct control *control = finding->control;
	struct place place = finding_place(report, finding);
	const struct waiver *waiver =
	    finding->verdict == VERDICT_WAIVED ? finding->waiver : NULL;
	char fingerprint[65], line[24];

	finding_fingerprint(fingerprint, finding);
	snprintf(line, sizeof(line), "%zu", place.line);
	put_cell(out, plan->path, false);
	put_word(out, plan->sha256);
	put_cell(out, control->id, false);
	put_cell(out, control->title, false);
	put_word(out, severity_name(control->severity));
	put_word(out, enforce_name(finding->enforce));
	put_word(out, verdict_name(finding->verdict));
	put_word(out, verdict_name(finding->raw_verdict));
	put_cell(out, finding->address, false);
	put_cell(out, type_of(finding->address), false);
	put_cell(out, module_of(finding->address), false);
	put_word(out, finding->action);
	put_cell(out, finding->path, false);
	put_cell(out, finding->expected, false);
	put_cell(out, finding->actual, false);
	put_cell(out, finding->reason, false);
	put_cell(out, waiver ? waiver->id : STR(""), false);
	put_cell(out, waiver ? waiver->expires : STR(""), false);
	put_cell(out, place.file, false);
	put_word(out, line);
	put_word(out, fingerprint);
	put_frameworks(out, control, failed);
}

static bool
write_csv(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	bool failed = false;

	fputs("plan,plan_sha256,control,title,severity,enforcement,status,"
	      "raw_status,address,type,module,action,path,expected,actual,"
	      "message,waiver,waiver_expires,file,line,fingerprint,"
	      "frameworks\r\n",
	    out);
	FINDINGS_EACH(report, style, finding)
	put_finding(out, report, finding, &failed);
	return form_finish(out, failed, err);
}

const struct reporter reporter_csv = {
    .name = "csv",
    .help = "one row for each finding, safe to open in a spreadsheet",
    .media_type = "text/csv",
    .write = write_csv,
};
