/*
 * A database that runs are appended to, in one transaction: they are there
 * whole or not at all.
 */
#ifndef REPORT_DATABASE_H
#define REPORT_DATABASE_H

#include "base/map.h"
#include "engine/result.h"
#include "report/sqlite.h"

struct database {
	struct sqlite sqlite;
	struct sqlite3 *db;
	size_t added;        /* runs of this transaction */
	struct map mappings; /* of controls, that have been put */
	struct arena arena;  /* their names */
	/* Of the run at hand. */
	const struct tfa_report *report;
	const struct tfa_report_style *style;
	long long run;
	struct tfa_error *err;
};

/*
 * Makes the database where there is none.  Failures are TFA_ERR_REPORT; after
 * one the database is closed and as it was.
 */
bool database_open(
    struct database *base, const char *path, struct tfa_error *err);
/* Appends a report; what has been appended before has the same policies. */
bool database_add(struct database *base, const struct tfa_report *report,
    const struct tfa_report_style *style, struct tfa_error *err);
bool database_commit(struct database *base, struct tfa_error *err);
/* Without a commit nothing is appended. */
void database_close(struct database *base);

/* Rows of base->report, and how they say that they could not be written. */
bool database_put(struct database *base);
bool database_fail(struct database *base, const char *what);

#endif
