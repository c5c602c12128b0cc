/*
 * For people, in a terminal or in the log of a CI job: a block for each
 * finding, what a reader must know of the plans, one closing line.
 */
#include "report/fold.h"
#include "report/show.h"

enum { KEYS_MOST = 50 };

struct text {
	struct page page;
	const struct tfa_report *report;
	struct fold fold;
};

/* --- One block --- */

void
page_verdict(
    struct page *page, enum verdict verdict, const struct control *control)
{
	static const struct {
		const char *word;
		enum paint paint;
	} looks[] = {
	    [VERDICT_FAIL] = {"FAIL",           PAINT_RED    },
	    [VERDICT_ERROR] = {"ERROR",          PAINT_MAGENTA},
	    [VERDICT_UNKNOWN] = {"UNKNOWN",        PAINT_YELLOW },
	    [VERDICT_WAIVED] = {"WAIVED",         PAINT_DIM    },
	    [VERDICT_PASS] = {"PASS",           PAINT_GREEN  },
	    [VERDICT_NOT_APPLICABLE] = {"NOT APPLICABLE", PAINT_DIM    },
	};

	page_own(page, " %s  ", severity_name(control->severity));
	page_text(page, control->id, CLEAN_TEXT);
	page_own(page, "  ");
	page_text(page, control->title, CLEAN_TEXT);
	page_end_headline(page, looks[verdict].word, looks[verdict].paint);
}

/* "create; introduced" in out. */
static void
add_action(struct buf *out, const struct finding *finding)
{
	clean_add(out, str_of(finding->action), CLEAN_TEXT);
	buf_fmt(
	    out, "%s%s", out->len ? "; " : "", change_name(finding->change));
	if (finding->enforce != ENFORCE_BLOCK)
		buf_fmt(out, "; does not block: %s",
		    enforce_name(finding->enforce));
	if (finding->known)
		buf_add(out, STR("; does not block: known"));
}

/* The action stands below an address that leaves no room for it. */
static void
write_address(struct page *page, const struct fold_member *member)
{
	const struct finding *finding = member->finding;
	struct buf action = {0}, place = {0};

	add_action(&action, finding);
	fold_add_address(&place, member, fold_shared_keys(member));
	page_text(page, buf_str(&place), CLEAN_ADDRESS);
	if (clean_width(buf_str(&page->line)) + action.len + 4 > PAGE_ROOM) {
		page_end_whole(page, "at");
		buf_add(&page->line, buf_str(&action));
		page_end_whole(page, "");
	} else {
		page_own(page, "  (");
		buf_add(&page->line, buf_str(&action));
		page_own(page, ")");
		page_end_whole(page, "at");
	}
	page->line.failed =
	    page->line.failed || action.failed || place.failed;
	buf_free(&action);
	buf_free(&place);
	if (member->count > 1 || finding->previous_address.len == 0)
		return;
	page_text(page, finding->previous_address, CLEAN_ADDRESS);
	page_end_whole(page, "was");
}

static void
write_location(struct page *page, const struct location *location)
{
	if (location->how == LOCATED_NOT || location->how == LOCATED_PLAN)
		return;
	page_text(page, location->file, CLEAN_ADDRESS);
	page_own(page, ":%zu", location->line);
	if (location->how == LOCATED_CALL)
		page_own(page, "  (the module call around it)");
	if (location->how == LOCATED_ROOT)
		page_own(page, "  (its block was not found)");
	page_end_whole(page, "file");
}

static void
write_keys(struct page *page, const struct fold_member *first)
{
	struct buf keys = {0};
	uint64_t shared = fold_shared_keys(first);
	size_t written = 0;

	if (first->count == 1)
		return;
	page_own(page, "%zu instances: ", first->count);
	for (const struct fold_member *at = first; at && written < KEYS_MOST;
	     at = at->next) {
		page_own(page, "%s", written++ ? ", " : "");
		keys.len = 0;
		fold_add_keys(&keys, at->finding, shared);
		page_text(page, buf_str(&keys), CLEAN_ADDRESS);
	}
	if (written < first->count)
		page_own(page, " and %zu more", first->count - written);
	page->line.failed = page->line.failed || keys.failed;
	buf_free(&keys);
	page_end(page, "");
}

static void
write_skip(struct page *page, const struct skip_use *skip)
{
	page_text(page, skip->tool, CLEAN_TEXT);
	page_own(page, " leaves ");
	page_text(page, skip->id, CLEAN_TEXT);
	page_own(page, " out at ");
	page_text(page, skip->file, CLEAN_ADDRESS);
	page_own(page, ":%zu", skip->line);
	if (skip->reason.len) {
		page_own(page, ": ");
		page_text(page, skip->reason, CLEAN_TEXT);
	}
	page_end(page, "waiver");
}

static void
write_waiver(struct page *page, const struct finding *finding)
{
	static const char *const says[] = {[WAIVED_NOT] = "",
	    [WAIVED_IN_FORCE] = " until ",
	    [WAIVED_EXPIRED] = " expired on ",
	    [WAIVED_EXCEEDED] =
		" covers fewer instances than it fits, and waives none; until "};
	const struct waiver *waiver = finding->waiver;

	if (finding->skip)
		write_skip(page, finding->skip);
	if (!waiver)
		return;
	page_text(page, waiver->id, CLEAN_TEXT);
	page_own(page, "%s", says[finding->waived]);
	page_text(page, waiver->expires, CLEAN_TEXT);
	if (finding->waived == WAIVED_IN_FORCE) {
		page_own(page, " (");
		page_text(page, waiver->owner, CLEAN_TEXT);
		page_own(page, ", ");
		page_text(page, waiver->ticket, CLEAN_TEXT);
		page_own(page, "): ");
		page_text(page, waiver->reason, CLEAN_TEXT);
	}
	page_end(page, "waiver");
}

static void
write_default(struct page *page, const struct default_entry *entry)
{
	if (!entry || entry->source.len == 0)
		return;
	page_text(page, entry->source, CLEAN_TEXT);
	if (entry->since.len) {
		page_own(page, " (since ");
		page_text(page, entry->since, CLEAN_TEXT);
		page_own(page, ")");
	}
	page_end(page, "default");
}

/* The reason of a known value has already said what was expected. */
static void
write_comparison(struct page *page, const struct finding *finding)
{
	if (finding->path.len == 0 || finding->expected.len == 0 ||
	    str_ends(finding->reason, finding->expected))
		return;
	if (!finding->expected_whole) {
		page_text(page, finding->path, CLEAN_TEXT);
		page_own(page, " ");
	}
	page_text(page, finding->expected, CLEAN_TEXT);
	page_end(page, "expected");
	if (finding->actual.len == 0)
		return;
	page_text(page, finding->actual, CLEAN_TEXT);
	page_end(page, "actual");
}

static void
write_was(struct page *page, const struct finding *finding)
{
	if (finding->was.len == 0 || str_eq(finding->was, finding->actual))
		return;
	page_text(page, finding->was, CLEAN_TEXT);
	page_end(page, "was");
}

static void
write_waits_for(struct page *page, const struct finding *finding)
{
	size_t at;

	if (finding->waits_for.count == 0 ||
	    str_find(finding->reason, finding->waits_for.items[0], &at))
		return;
	page_names(page, finding->waits_for, ", ");
	page_end(page, "waits for");
}

static void
write_candidates(struct page *page, const struct finding_origin *origin)
{
	size_t count = origin->candidates.count;

	if (count == 0)
		return;
	page_own(page, "; it depends on ");
	for (size_t i = 0; i < count; i++) {
		page_own(page, "%s", i ? ", " : "");
		page_text(page, origin->candidates.items[i], CLEAN_ADDRESS);
	}
	if (origin->more_candidates)
		page_own(page, " and %zu more", origin->more_candidates);
}

/* Arguments of the other instances' places. */
static void
write_other_places(struct page *page, const struct fold_member *first)
{
	enum { PLACES_MOST = 4 };
	struct str last = first->finding->origin->change_attribute;
	size_t others = 0;

	for (const struct fold_member *at = first->next; at; at = at->next) {
		struct str place = at->finding->origin->change_attribute;

		if (str_eq(place, last))
			continue;
		last = place;
		if (++others >= PLACES_MOST)
			continue;
		page_own(page, ", ");
		page_text(page, place, CLEAN_ADDRESS);
	}
	if (others >= PLACES_MOST)
		page_own(page, " and %zu more", others - PLACES_MOST + 1);
}

/* The place that a person must change, and why there; false: it is clear. */
static bool
write_change(struct page *page, const struct fold_member *first)
{
	const struct finding *finding = first->finding;
	const struct finding_origin *origin = finding->origin;
	bool fails = finding->verdict == VERDICT_FAIL;

	if (!origin || origin->change.len == 0)
		return false;
	/* The address has told that, and the reason what it waits for. */
	if (origin->own_block && origin->where.len == 0 &&
	    !(fails && origin->note) && origin->candidates.count == 0)
		return false;
	page_own(page, "%s", fails ? "change " : "");
	page_change(page, origin);
	write_other_places(page, first);
	if (origin->note)
		page_own(page, "; %s", origin->note);
	if (origin->change_setting.len) {
		page_end_whole(page, fails ? "fix" : "set by");
		return true;
	}
	write_candidates(page, origin);
	if (origin->reference.len && finding->waits_for.count == 0) {
		page_own(page, "; from ");
		page_text(page, origin->reference, CLEAN_ADDRESS);
	}
	page_end(page, fails ? "fix" : "set by");
	return true;
}

/* How to change it; in a module that the control knows, all is said. */
static void
write_fix(struct page *page, const struct fold_member *first)
{
	const struct finding *finding = first->finding;
	const struct control *control = finding->control;
	bool placed = write_change(page, first);

	if (finding->verdict != VERDICT_FAIL ||
	    (finding->origin && finding->origin->change_setting.len))
		return;
	page_prose(page, placed ? "" : "fix", control->fix_text);
	page_code(page, placed || control->fix_text.len ? "" : "fix",
	    control->fix_hcl);
}

/* Enough to know which: "tfassay explain" has them all. */
static void
write_frameworks(struct page *page, struct named_lists frameworks)
{
	enum { FRAMEWORKS_MOST = 4, REFERENCES_MOST = 3 };

	for (size_t i = 0; i < frameworks.count && i < FRAMEWORKS_MOST; i++) {
		const struct named_list *list = &frameworks.items[i];
		struct names shown = list->items;

		if (shown.count > REFERENCES_MOST)
			shown.count = REFERENCES_MOST;
		if (i > 0)
			page_own(page, "; ");
		page_text(page, list->name, CLEAN_TEXT);
		page_own(page, " ");
		page_names(page, shown, ", ");
		if (shown.count < list->items.count)
			page_own(page, ", ...");
	}
	if (frameworks.count > FRAMEWORKS_MOST)
		page_own(page, "; ...");
	page_end(page, "covers");
}

static void
write_references(struct page *page, const struct control *control)
{
	if (control->frameworks.count)
		write_frameworks(page, control->frameworks);
	page_own(page, "tfassay explain ");
	page_text(page, control->id, CLEAN_TEXT);
	page_end(page, "more");
}

static void
write_why(struct page *page, const struct fold_member *first)
{
	const struct finding *finding = first->finding;

	page_text(page, finding->reason, CLEAN_TEXT);
	page_end(page, "why");
	write_waiver(page, finding);
	write_default(page, finding->by_default);
	write_comparison(page, finding);
	write_was(page, finding);
	write_waits_for(page, finding);
	write_fix(page, first);
}

void
page_finding(struct page *page, const struct finding *finding)
{
	struct fold_member only = {finding, NULL, 1};

	write_why(page, &only);
}

static void
write_block(struct text *text, const struct fold_member *first)
{
	struct page *page = &text->page;
	const struct finding *finding = first->finding;

	page_verdict(page, finding->verdict, finding->control);
	write_location(page, &finding->location);
	write_address(page, first);
	write_keys(page, first);
	if (text->report->plan_count > 1) {
		page_text(page, text->report->plans[finding->plan].path,
		    CLEAN_ADDRESS);
		page_end(page, "plan");
	}
	write_why(page, first);
	write_references(page, finding->control);
	page_gap(page);
}

/* --- Around the blocks --- */

static void
write_refused(struct text *text)
{
	const struct tfa_report *report = text->report;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];

		if (plan->error.code == TFA_ERR_NONE)
			continue;
		page_own(&text->page, " ");
		page_text(&text->page, plan->path, CLEAN_ADDRESS);
		page_own(&text->page, " cannot be judged: ");
		page_refusal(&text->page, &plan->error);
		page_end_headline(&text->page, "ERROR", PAINT_MAGENTA);
	}
}

static void
write_note(struct page *page, struct str path, struct str note)
{
	page_own(page, ": ");
	if (path.len) {
		page_text(page, path, CLEAN_ADDRESS);
		page_own(page, ": ");
	}
	page_text(page, note, CLEAN_TEXT);
	page_end_headline(page, "note", PAINT_DIM);
}

static void
write_waivers(struct page *page, const struct tfa_report *report)
{
	struct buf says = {0};

	for (size_t i = 0; i < report->policies->waiver_count; i++) {
		says.len = 0;
		if (waiver_says(report, i, &says))
			write_note(page, STR(""), buf_str(&says));
	}
	page->line.failed = page->line.failed || says.failed;
	buf_free(&says);
}

static void
write_notes(struct text *text)
{
	const struct tfa_report *report = text->report;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_result *plan = &report->plans[i];

		for (size_t j = 0; j < plan->notes.count; j++)
			write_note(&text->page,
			    report->plan_count > 1 ? plan->path : STR(""),
			    plan->notes.items[j]);
	}
	for (size_t i = 0; i < report->notes.count; i++)
		write_note(&text->page, STR(""), report->notes.items[i]);
	write_waivers(&text->page, report);
}

static bool
write_text(const struct tfa_report *report,
    const struct tfa_report_style *style, FILE *out, struct tfa_error *err)
{
	struct text text = {
	    .page = {out, style->color, {0}},
	    .report = report,
	};
	struct fold *fold = &text.fold;

	if (!fold_make(fold, report, style))
		text.page.line.failed = true;
	for (size_t i = 0; i < fold->count && !text.page.line.failed; i++) {
		if (fold->members[i].count)
			write_block(&text, &fold->members[i]);
	}
	write_refused(&text);
	if (!style->quiet)
		write_notes(&text);
	if (!style->quiet)
		page_requirements(&text.page, report);
	page_closing(&text.page, report, style);
	fold_free(fold);
	return page_finish(&text.page, err);
}

const struct reporter reporter_text = {
    .name = "text",
    .help = "a block for each finding, for people",
    .media_type = "text/plain",
    .write = write_text,
};
