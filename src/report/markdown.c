/*
 * The comment of a pull request.  It is about the change: what this plan
 * introduces or fixes comes first, what was there before is folded away.  Parts
 * are made whole before they are added, so a budget cuts between rows and never
 * inside a fence, a tag or a table; what is left out is counted.
 */
#include "base/sha.h"
#include "policy/waiver.h"
#include "report/fold.h"
#include "report/form.h"
#include "report/rollup.h"
#include "report/show.h"

enum {
	BYTES_MOST = 60000, /* a comment holds 65,536 characters */
	CLOSING = 700,	    /* kept free for the ends of sections */
	KEYS_MOST = 3,
	REQUIREMENTS_MOST = 200,
};

struct page_md {
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	struct fold fold;
	struct buf body, row, text, place;
	size_t most;
};

/* --- Text --- */

static void
add_text(struct page_md *md, struct buf *out, struct str raw, size_t most)
{
	markdown_add(out, form_text(&md->text, raw, most));
}

/* Inline code, for a table. */
static void
add_code(struct page_md *md, struct buf *out, struct str raw)
{
	markdown_code(out, form_text(&md->text, raw, CLEAN_ADDRESS), true);
}

static struct buf *
row_begin(struct page_md *md)
{
	md->row.len = 0;
	return &md->row;
}

/* Is there room for the row that was made, and for what must follow? */
static bool
row_end(struct page_md *md)
{
	if (md->body.len + md->row.len + CLOSING > md->most)
		return false;
	buf_add(&md->body, buf_str(&md->row));
	return true;
}

static void
add_line(struct page_md *md, const char *line)
{
	buf_add(&md->body, str_of(line));
	buf_byte(&md->body, '\n');
}

/* --- Findings --- */

static void
add_place(struct page_md *md, struct buf *row, const struct finding *finding)
{
	if (finding->location.how == LOCATED_NOT ||
	    finding->location.how == LOCATED_PLAN)
		return;
	buf_add(row, STR("<br>"));
	add_text(md, row, finding->location.file, CLEAN_ADDRESS);
	buf_fmt(row, ":%zu", finding->location.line);
}

static void
add_fix(struct page_md *md, struct buf *row, const struct finding *finding)
{
	const struct finding_origin *origin = finding->origin;

	if (!origin || !origin->change.len ||
	    finding->verdict == VERDICT_PASS)
		return;
	buf_add(row, STR("<br>change "));
	add_text(md, row, origin->change, CLEAN_TEXT);
	if (origin->change_setting.len) {
		buf_add(row, STR(": "));
		add_code(md, row, origin->change_setting);
	} else if (origin->change_attribute.len) {
		buf_add(row, STR(": "));
		add_code(md, row, origin->change_attribute);
	}
}

static void
add_waits(struct page_md *md, struct buf *row, const struct finding *finding)
{
	for (size_t i = 0; i < finding->waits_for.count && i < 3; i++) {
		buf_add(row, i ? STR(", ") : STR("<br>waits for "));
		add_code(md, row, finding->waits_for.items[i]);
	}
	if (finding->waits_for.count > 3)
		buf_fmt(row, " and %zu more", finding->waits_for.count - 3);
}

static void
add_days(struct page_md *md, struct buf *row, const struct waiver *waiver)
{
	int64_t today = form_seconds(md->report) / 86400;

	buf_add(row, STR("<br>waived by "));
	add_code(md, row, waiver->id);
	buf_add(row, STR(", "));
	add_text(md, row, waiver->owner, CLEAN_TEXT);
	buf_add(row, STR(", until "));
	add_text(md, row, waiver->expires, CLEAN_TEXT);
	if (waiver->last_day >= today)
		buf_fmt(row, " (%lld days left)",
		    (long long)(waiver->last_day - today));
	buf_add(row, STR(": "));
	add_text(md, row, waiver->reason, CLEAN_TEXT);
}

/* What the change does to the value that decides. */
static void
add_step(struct page_md *md, struct buf *row, const struct finding *finding)
{
	struct str is = finding->state == STATE_UNSET ? STR("not set")
						      : finding->actual;

	if (!finding->path.len || !finding->was.len || !is.len ||
	    str_eq(finding->was, is))
		return;
	add_code(md, row, finding->path);
	buf_add(row, STR(": "));
	add_code(md, row, finding->was);
	buf_add(row, STR(" → "));
	add_code(md, row, is);
	buf_add(row, STR("<br>"));
}

static void
add_address(struct page_md *md, struct buf *row, const struct fold_member *first)
{
	const struct fold_member *at = first;
	uint64_t shared = fold_shared_keys(first);

	md->place.len = 0;
	fold_add_address(&md->place, first, shared);
	add_code(md, row, buf_str(&md->place));
	if (first->count == 1)
		return;
	buf_fmt(row, " (%zu instances: ", first->count);
	for (size_t i = 0; at && i < KEYS_MOST; i++, at = at->next) {
		md->place.len = 0;
		fold_add_keys(&md->place, at->finding, shared);
		buf_add(row, i ? STR(", ") : STR(""));
		add_code(md, row, buf_str(&md->place));
	}
	buf_add(row, at ? STR(", ...)") : STR(")"));
}

static void
add_finding(struct page_md *md, const struct fold_member *first)
{
	struct buf *row = row_begin(md);
	const struct finding *finding = first->finding;
	const struct control *control = finding->control;

	buf_fmt(row, "| %s | %s | ", change_name(finding->change),
	    severity_name(control->severity));
	add_text(md, row, control->title, CLEAN_TEXT);
	buf_add(row, STR("<br>"));
	add_code(md, row, control->id);
	buf_add(row, STR(" | "));
	add_address(md, row, first);
	add_place(md, row, finding);
	buf_add(row, STR(" | "));
	add_step(md, row, finding);
	if (finding->verdict != VERDICT_FAIL)
		buf_fmt(row, "%s: ", verdict_name(finding->verdict));
	add_text(md, row, finding->reason, CLEAN_TEXT * 2);
	add_fix(md, row, finding);
	add_waits(md, row, finding);
	if (finding->verdict == VERDICT_WAIVED && finding->waiver)
		add_days(md, row, finding->waiver);
	buf_add(row, STR(" |\n"));
}

/* --- Sections --- */

typedef bool section_takes(const struct finding *finding);

static bool
takes_change(const struct finding *finding)
{
	return (finding->verdict == VERDICT_FAIL &&
		   finding->change == CHANGE_INTRODUCED && !finding->known) ||
	    finding->verdict == VERDICT_ERROR ||
	    (finding->verdict == VERDICT_PASS &&
		finding->change == CHANGE_FIXED);
}

static bool
takes_existing(const struct finding *finding)
{
	return finding->verdict == VERDICT_FAIL && !takes_change(finding);
}

static bool
takes_unknown(const struct finding *finding)
{
	return finding->verdict == VERDICT_UNKNOWN;
}

static bool
takes_waived(const struct finding *finding)
{
	return finding->verdict == VERDICT_WAIVED;
}

static size_t
count_section(const struct page_md *md, section_takes *takes)
{
	size_t count = 0;

	for (size_t i = 0; i < md->fold.count; i++)
		count += takes(md->fold.members[i].finding);
	return count;
}

/* Gives how many findings found no room. */
static size_t
add_rows(struct page_md *md, section_takes *takes)
{
	size_t left = 0;

	add_line(md, "");
	add_line(md, "| change | severity | control | resource | why |");
	add_line(md, "|---|---|---|---|---|");
	for (size_t i = 0; i < md->fold.count; i++) {
		const struct fold_member *first = &md->fold.members[i];

		if (first->count == 0 || !takes(first->finding))
			continue;
		add_finding(md, first);
		if (left || !row_end(md))
			left += first->count;
	}
	add_line(md, "");
	return left;
}

static void
add_left(struct page_md *md, size_t left)
{
	if (!left)
		return;
	buf_fmt(&md->body,
	    "%zu more finding%s left out to keep this comment short.\n\n", left,
	    left == 1 ? " is" : "s are");
}

static void
add_section(struct page_md *md, const char *title, section_takes *takes,
    bool folded)
{
	size_t count = count_section(md, takes);

	if (count == 0)
		return;
	if (md->body.len + 2 * CLOSING > md->most) {
		buf_fmt(&md->body, "%s: %zu, left out.\n\n", title, count);
		return;
	}
	if (folded)
		buf_fmt(&md->body, "<details><summary>%s: %zu</summary>\n",
		    title, count);
	else
		buf_fmt(&md->body, "#### %s: %zu\n", title, count);
	add_left(md, add_rows(md, takes));
	if (folded)
		add_line(md, "</details>\n");
}

/* --- Headline and health --- */

static void
add_headline(struct page_md *md)
{
	static const char *const words[] = {
	    [OUTCOME_PASS] = "passed",
	    [OUTCOME_FAIL] = "failed",
	    [OUTCOME_UNDECIDED] = "not decided",
	    [OUTCOME_ERROR] = "could not judge",
	};
	const struct tfa_report *report = md->report;
	const struct totals *totals = &report->totals;

	buf_fmt(&md->body, "### tfassay: %s", words[report->outcome]);
	if (totals->blocking)
		buf_fmt(&md->body, ", %zu blocking failure%s", totals->blocking,
		    totals->blocking == 1 ? "" : "s");
	buf_fmt(&md->body,
	    "\n\nThis change introduces %zu and fixes %zu; %zu existed before. "
	    "%zu fail, %zu unknown, %zu waived, %zu in error, %zu pass; %zu of "
	    "%zu resources judged by %zu controls.\n\n",
	    totals->introduced, totals->fixed, totals->existing,
	    totals->tally.fail, totals->tally.unknown, totals->tally.waived,
	    totals->tally.error, totals->tally.pass, report->judged,
	    report->ledger.subjects, report->controls_run);
}

static void
add_note(struct page_md *md, struct str note, struct str path)
{
	struct buf *row = row_begin(md);

	buf_add(row, STR("> - "));
	if (path.len) {
		add_code(md, row, path);
		buf_add(row, STR(": "));
	}
	add_text(md, row, note, CLEAN_PROSE / 4);
	buf_byte(row, '\n');
	row_end(md);
}

/* What a reader must know of the plan before any verdict. */
static void
add_health(struct page_md *md)
{
	const struct tfa_report *report = md->report;
	size_t before = md->body.len;
	bool several = report->plan_count > 1;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];
		struct str path = several ? plan->path : STR("");

		if (plan->error.code != TFA_ERR_NONE)
			add_note(md, str_of(plan->error.message), plan->path);
		for (size_t j = 0; j < plan->notes.count; j++)
			add_note(md, plan->notes.items[j], path);
	}
	if (md->body.len != before)
		buf_byte(&md->body, '\n');
}

/* --- Frameworks --- */

static bool
is_open_requirement(const struct requirement *requirement)
{
	return requirement->tally.fail + requirement->tally.unknown > 0;
}

static void
add_requirement(struct page_md *md, const struct requirement *requirement)
{
	struct buf *row = row_begin(md);

	buf_add(row, STR("| "));
	add_text(md, row, requirement->framework, CLEAN_TEXT);
	buf_add(row, STR(" | "));
	add_text(md, row, requirement->name, CLEAN_TEXT);
	buf_fmt(row, " | %zu | %zu | %zu | %zu |\n", requirement->controls,
	    requirement->tally.pass, requirement->tally.fail,
	    requirement->tally.unknown);
}

/* Those that have open findings; all that the run was restricted to. */
static void
add_frameworks(struct page_md *md)
{
	bool asked = md->report->options->framework_count > 0;
	struct rollup rollup = {0};
	size_t left = 0, count = 0;

	if (!rollup_read(&rollup, md->report))
		md->body.failed = true;
	for (size_t i = 0; i < rollup.count; i++)
		count += asked || is_open_requirement(&rollup.items[i]);
	if (count && md->body.len + 2 * CLOSING < md->most) {
		buf_fmt(&md->body,
		    "<details><summary>Framework requirements: %zu</summary>"
		    "\n\n"
		    "| framework | requirement | controls | pass | fail | "
		    "unknown |\n|---|---|---|---|---|---|\n",
		    count);
		count = 0;
		for (size_t i = 0; i < rollup.count; i++) {
			if (!asked && !is_open_requirement(&rollup.items[i]))
				continue;
			add_requirement(md, &rollup.items[i]);
			if (left || count++ >= REQUIREMENTS_MOST || !row_end(md))
				left++;
		}
		if (left)
			buf_fmt(&md->body, "\n%zu more are left out.\n", left);
		add_line(md, "\n</details>\n");
	}
	rollup_free(&rollup);
}

static void
add_closing(struct page_md *md)
{
	const struct tfa_report *report = md->report;
	struct buf *row = row_begin(md);

	buf_fmt(row, "exit status %d", report->status);
	for (size_t i = 0; i < report->reasons.count; i++) {
		buf_add(row, i ? STR("; ") : STR(": "));
		add_text(md, row, report->reasons.items[i], CLEAN_TEXT);
	}
	buf_add(row, STR(" · `tfassay explain CONTROL`\n"));
	if (row->len < CLOSING)
		buf_add(&md->body, buf_str(row));
	else
		buf_fmt(&md->body, "exit status %d\n", report->status);
}

/* --- The marker that a bot finds its own comment by --- */

static void
add_json(struct buf *out, struct str raw)
{
	for (size_t i = 0; i < raw.len; i++) {
		unsigned char c = (unsigned char)raw.ptr[i];

		if (c < 0x20 || c >= 0x7f || strchr("\"\\<>-&", c))
			buf_fmt(out, "\\u%04x", c);
		else
			buf_byte(out, (char)c);
	}
}

enum { MARKER_REST = 2 * SHA256_DIGEST_SIZE + 40 };

/* The marker's members but for the digest. */
static void
add_members(struct buf *out, const struct tfa_report_style *style)
{
	buf_add(out, STR("\"key\":\""));
	add_json(out, str_of(style->key ? style->key : "default"));
	if (style->commit) {
		buf_add(out, STR("\",\"sha\":\""));
		add_json(out, str_of(style->commit));
	}
	buf_add(out, STR("\",\"digest\":\""));
}

/* The digest is of what follows the marker. */
static void
put_marker(FILE *out, const struct page_md *md, const struct buf *members)
{
	char digest[SHA_HEX + 1];

	sha_text(digest, buf_str(&md->body));
	fputs("<!-- tfassay:v1 {", out);
	fwrite(members->ptr, 1, members->len, out);
	fputs(digest, out);
	fputs("\"} -->\n", out);
}

static bool
write_markdown(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct page_md md = {.report = report,
	    .style = style,
	    .most = style->max_bytes ? style->max_bytes : BYTES_MOST};
	struct buf members = {0};
	size_t marker;
	bool failed = !fold_make(&md.fold, report, style);

	add_members(&members, style);
	marker = members.len + MARKER_REST;
	md.most = md.most > marker ? md.most - marker : 0;
	add_headline(&md);
	add_health(&md);
	add_section(&md, "What this change does", takes_change, false);
	add_section(&md, "Known only after apply", takes_unknown, true);
	add_section(&md, "Existing findings", takes_existing, true);
	add_section(&md, "Waived", takes_waived, true);
	add_frameworks(&md);
	add_closing(&md);
	failed = failed || md.body.failed || md.row.failed || md.text.failed ||
	    md.place.failed || members.failed;
	if (!failed) {
		put_marker(out, &md, &members);
		fwrite(md.body.ptr, 1, md.body.len, out);
	}
	buf_free(&md.body);
	buf_free(&md.row);
	buf_free(&md.text);
	buf_free(&md.place);
	fold_free(&md.fold);
	buf_free(&members);
	return form_finish(out, failed, err);
}

const struct reporter reporter_markdown = {
    .name = "markdown",
    .help = "a comment for a pull request, about what the change does",
    .media_type = "text/markdown",
    .write = write_markdown,
};
