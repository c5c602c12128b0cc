/*
 * The tokenizer: validates one JSON document (RFC 8259, UTF-8, no NUL) that
 * arrives in pieces of any size, in constant memory.  For every value it asks
 * once whether to skip it (validate only), enter it (ask again for each
 * member), or build it (validate and make nodes), and does so in one pass.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "base/buf.h"
#include "base/error.h"
#include "json/node.h"

enum scan_want { SCAN_SKIP, SCAN_ENTER, SCAN_BUILD, SCAN_BUILD_EACH };

/*
 * Called in document order, one at a time; returning false ends the scan with
 * *err set.
 * start: a value begins.  key is its decoded name in the entered object around
 *   it (valid during the call), or empty in an array or for the document;
 *   kind is what its first byte says.  *want is SCAN_SKIP beforehand.  Entering
 *   is for containers: a scalar cannot be entered.  SCAN_BUILD_EACH is for an
 *   element of an entered array: it and all of its kind behind it are built
 *   without asking.
 * built: the value asked for is whole.  It and its text are valid during the
 *   call only.
 * end: an entered container is closed.
 * route: NULL, or it answers in place of start, so that the other calls can be
 *   made later and in another thread, while the document is read on.  It may
 *   depend on its arguments alone; in is what it has returned for the container
 *   around, 0 for the document.  start finds its answer in *want.
 * What has waited is told before scan_finish or any failure returns.
 */
struct scan_handler {
	bool (*start)(void *ctx, struct str key, enum node_kind kind,
	    enum scan_want *want, struct tfa_error *err);
	bool (*built)(void *ctx, struct value value, struct tfa_error *err);
	bool (*end)(void *ctx, struct tfa_error *err);
	unsigned (*route)(unsigned in, struct str key, enum node_kind kind,
	    enum scan_want *want);
};

struct scan;

/*
 * limits: depth, value_bytes, number_bytes and text_bytes count here; zero
 * means the default.  Both pointers are borrowed.  NULL: out of memory.
 */
struct scan *scan_new(const struct tfa_limits *limits,
    const struct scan_handler *handler, void *ctx);
void scan_free(struct scan *scan);

/*
 * Where the next bytes of the document may be put before they are fed from
 * there, which saves a copy; it is good until the next call.  NULL on a failure
 * like those of scan_feed, which will then say so too.
 */
char *scan_space(struct scan *scan, size_t *size, struct tfa_error *err);

/*
 * More of the document.  A failure is TFA_ERR_PLAN (with offset, line and JSON
 * pointer, never a byte of the document), TFA_ERR_LIMIT, TFA_ERR_NOMEM, or the
 * handler's own; afterwards only scan_free may follow.
 */
bool scan_feed(struct scan *scan, const char *bytes, size_t len,
    struct tfa_error *err);

/* No more bytes: fails unless exactly one whole value was seen. */
bool scan_finish(struct scan *scan, struct tfa_error *err);

/* Inside a callback: where the value in question begins. */
uint64_t scan_offset(const struct scan *scan);

/* Is the document's value complete? */
bool scan_complete(const struct scan *scan);

/*
 * Inside a callback: fill err->offset, line and pointer with the place that the
 * scan had reached when it gave rise to it.
 */
void scan_place(const struct scan *scan, struct tfa_error *err);

#endif
