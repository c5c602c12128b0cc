/* Findings as the public header shows them. */
#include "engine/result.h"

static struct tfa_text
text_of(struct str s)
{
	return (struct tfa_text){s.ptr, s.len};
}

static struct tfa_text
word_of(const char *word)
{
	return text_of(str_of(word));
}

static struct tfa_finding
public_finding(const struct tfa_report *report, const struct finding *finding)
{
	const struct control *control = finding->control;
	bool decided = finding->path.len > 0;

	return (struct tfa_finding){.control = text_of(control->id),
	    .title = text_of(control->title),
	    .address = text_of(finding->address),
	    .plan = text_of(report->plans[finding->plan].path),
	    .verdict = word_of(verdict_name(finding->verdict)),
	    .raw_verdict = word_of(verdict_name(finding->raw_verdict)),
	    .change = word_of(change_name(finding->change)),
	    .severity = word_of(severity_name(control->severity)),
	    .enforce = word_of(enforce_name(finding->enforce)),
	    .path = text_of(finding->path),
	    .state = word_of(decided ? state_name(finding->state) : ""),
	    .expected = text_of(finding->expected),
	    .actual = text_of(finding->actual),
	    .reason = text_of(finding->reason),
	    .file = text_of(finding->location.file),
	    .line = finding->location.line};
}

bool
tfa_report_each(const struct tfa_report *report,
    bool (*each)(void *ctx, const struct tfa_finding *finding), void *ctx)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		struct tfa_finding finding =
		    public_finding(report, &report->findings[i]);

		if (!each(ctx, &finding))
			return false;
	}
	return true;
}
