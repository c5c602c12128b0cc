/* Any bytes as source: lines never go back, every block ends, in both forms. */
#include <stdlib.h>

#include "hcl/block.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	size_t line;
	size_t open;
};

static bool
on_begin(void *ctx, const struct block *block)
{
	struct seen *seen = ctx;

	if (seen->open || block->line < seen->line || block->line == 0 ||
	    block->column == 0 || block->column > block->width + 1)
		abort();
	seen->line = block->line;
	seen->open++;
	return true;
}

static bool
on_end(void *ctx, size_t line)
{
	struct seen *seen = ctx;

	if (!seen->open || line < seen->line)
		abort();
	seen->line = line;
	seen->open--;
	return true;
}

static bool
on_comment(void *ctx, struct str text, size_t line, size_t depth)
{
	(void)ctx;
	(void)depth;
	if (text.len == 0 || line == 0)
		abort();
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct block_visitor visitor = {
	    on_begin, on_end, on_comment};
	struct str text = {(const char *)data, size};
	struct seen hcl = {0}, json = {0};

	if (blocks_scan(text, &visitor, &hcl) == SCANNED && hcl.open)
		abort();
	(void)blocks_scan_json(text, &visitor, &json);
	return 0;
}
