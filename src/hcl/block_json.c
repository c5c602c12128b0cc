/*
 * The same blocks as members of JSON objects: {"resource": {TYPE: {NAME: body}}},
 * where each object, body included, may also be a list of them.  A block stands
 * where its body opens, as Terraform's own messages say.
 */
#include "base/utf8.h"
#include "hcl/block.h"
#include "json/scan.h"

enum { LABELS_MOST = 3, ENTERED_MOST = 2 * LABELS_MOST + 2 };

struct entered {
	bool object;
	size_t labels; /* of what is directly inside, but for its own key */
};

struct reading {
	struct str text;
	struct scan *scan;
	size_t at, line, column; /* of what has been counted */
	size_t width, width_line;
	struct entered entered[ENTERED_MOST];
	size_t depth;
	enum block_kind kind;
	size_t labels; /* of a whole block of that kind */
	struct buf names[LABELS_MOST - 1];
	const struct block_visitor *visitor;
	void *ctx;
	bool stopped;
};

static bool
take_kind(struct reading *reading, struct str word)
{
	static const struct {
		const char *word;
		enum block_kind kind;
		size_t labels;
	} kinds[] = {
	    {"resource",  BLOCK_RESOURCE,  3},
	    {"data",	     BLOCK_DATA,      3},
	    {"ephemeral", BLOCK_EPHEMERAL, 3},
	    {"module",    BLOCK_MODULE,    2},
	};

	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		if (!str_eq(word, str_of(kinds[i].word)))
			continue;
		reading->kind = kinds[i].kind;
		reading->labels = kinds[i].labels;
		return true;
	}
	return false;
}

/* Up to the value at hand; each byte is counted once. */
static void
count_to(struct reading *reading, size_t offset)
{
	struct str text = reading->text;

	for (; reading->at < offset; reading->at++) {
		reading->column +=
		    utf8_count(str_head(str_from(text, reading->at), 1));
		if (text.ptr[reading->at] != '\n')
			continue;
		reading->line++;
		reading->column = 1;
	}
}

static size_t
width_of_line(struct reading *reading)
{
	struct str rest, line = str_cut(
	    str_from(reading->text, reading->at), '\n', &rest);

	if (reading->width_line == reading->line)
		return reading->width;
	if (str_ends(line, STR("\r")))
		line.len--;
	reading->width_line = reading->line;
	reading->width = reading->column - 1 + utf8_count(line);
	return reading->width;
}

static bool
tell(struct reading *reading)
{
	struct block block = {.kind = reading->kind};
	size_t last = reading->labels - 2;

	count_to(reading, (size_t)scan_offset(reading->scan));
	block.line = reading->line;
	block.column = reading->column;
	block.width = width_of_line(reading);
	block.name = buf_str(&reading->names[last]);
	if (last > 0)
		block.type = buf_str(&reading->names[0]);
	reading->stopped = !reading->visitor->begin(reading->ctx, &block) ||
	    !reading->visitor->end(reading->ctx, block.line);
	return !reading->stopped;
}

/* The key of a member that may lead to a block. */
static bool
take_label(struct reading *reading, size_t index, struct str key, bool *leads,
    struct tfa_error *err)
{
	struct buf *name;

	*leads = true;
	if (index == 0) {
		*leads = take_kind(reading, key);
		return true;
	}
	name = &reading->names[index - 1];
	name->len = 0;
	return buf_add(name, key) || error_nomem(err);
}

static bool
on_start(void *ctx, struct str key, enum node_kind kind, enum scan_want *want,
    struct tfa_error *err)
{
	struct reading *reading = ctx;
	const struct entered *in =
	    reading->depth ? &reading->entered[reading->depth - 1] : NULL;
	size_t labels = in ? in->labels + in->object : 0;
	bool leads = true;

	if (in && in->object &&
	    !take_label(reading, in->labels, key, &leads, err))
		return false;
	if (!leads || kind < NODE_ARRAY ||
	    (kind == NODE_ARRAY && in && !in->object))
		return true;
	if (kind == NODE_OBJECT && labels > 0 && labels == reading->labels)
		return tell(reading);
	reading->entered[reading->depth++] =
	    (struct entered){kind == NODE_OBJECT, labels};
	*want = SCAN_ENTER;
	return true;
}

static bool
on_built(void *ctx, struct value value, struct tfa_error *err)
{
	(void)ctx;
	(void)value;
	(void)err;
	return true;
}

static bool
on_end(void *ctx, struct tfa_error *err)
{
	struct reading *reading = ctx;

	(void)err;
	reading->depth--;
	return true;
}

enum scanned
blocks_scan_json(
    struct str text, const struct block_visitor *visitor, void *ctx)
{
	static const struct scan_handler handler = {
	    .start = on_start, .built = on_built, .end = on_end};
	struct reading reading = {
	    .line = 1, .column = 1, .visitor = visitor, .ctx = ctx};
	struct tfa_error err = {0};
	bool ok;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	reading.text = text;
	reading.scan = scan_new(NULL, &handler, &reading);
	ok = reading.scan
	    ? scan_feed(reading.scan, text.ptr, text.len, &err) &&
		scan_finish(reading.scan, &err)
	    : error_nomem(&err);
	scan_free(reading.scan);
	for (size_t i = 0; i < COUNTOF(reading.names); i++)
		buf_free(&reading.names[i]);
	if (ok)
		return SCANNED;
	if (reading.stopped)
		return SCAN_STOPPED;
	return err.code == TFA_ERR_NOMEM ? SCAN_NO_MEMORY : SCAN_UNFIT;
}
