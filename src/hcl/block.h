/*
 * The headers of the blocks in one file of Terraform configuration: where each
 * resource, data source and module call stands.  Nothing is evaluated, and no
 * bytes are refused: what is no configuration has no blocks.
 */
#ifndef HCL_BLOCK_H
#define HCL_BLOCK_H

#include "base/str.h"

enum block_kind {
	BLOCK_RESOURCE,
	BLOCK_DATA,
	BLOCK_EPHEMERAL,
	BLOCK_MODULE, /* has a name and no type */
};

struct block {
	enum block_kind kind;
	struct str type, name; /* slices of the file, or valid in the call */
	size_t line, column;   /* of the header, from 1, in characters */
	size_t width;	       /* characters of that line */
};

/*
 * In the order of the file; false ends the scan.  Slices of the file for HCL,
 * valid during the call for JSON.
 * begin: a block is opened.
 * end: it is closed, on that line; or the file ends.
 * comment: the text behind the sign that begins it, of one line.  depth is 0
 *   between blocks, 1 in the body of the one begun last, more in what is nested
 *   there.  None in JSON.  May be NULL.
 */
struct block_visitor {
	bool (*begin)(void *ctx, const struct block *block);
	bool (*end)(void *ctx, size_t line);
	bool (*comment)(
	    void *ctx, struct str text, size_t line, size_t depth);
};

enum scanned {
	SCANNED,
	SCAN_UNFIT,    /* nested too deep, or no JSON */
	SCAN_NO_MEMORY,
	SCAN_STOPPED,  /* by the visitor */
};

/* HCL's own syntax. */
enum scanned blocks_scan(
    struct str text, const struct block_visitor *visitor, void *ctx);

/* Its JSON form. */
enum scanned blocks_scan_json(
    struct str text, const struct block_visitor *visitor, void *ctx);

#endif
