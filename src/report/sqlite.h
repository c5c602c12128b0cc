/*
 * SQLite, opened when it is first needed: a gate that writes no database is not
 * slowed by a library that it does not use, and runs where there is none.
 */
#ifndef REPORT_SQLITE_H
#define REPORT_SQLITE_H

#include <stdbool.h>

#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

/* What the library exports, as far as it is used; see its own header. */
struct sqlite {
	void *library;
	int (*open_v2)(
	    const char *path, struct sqlite3 **db, int flags, const char *vfs);
	int (*close)(struct sqlite3 *db);
	int (*busy_timeout)(struct sqlite3 *db, int ms);
	int (*exec)(struct sqlite3 *db, const char *sql,
	    int (*each)(void *, int, char **, char **), void *ctx,
	    char **message);
	int (*prepare_v2)(struct sqlite3 *db, const char *sql, int bytes,
	    struct sqlite3_stmt **stmt, const char **tail);
	int (*bind_text)(struct sqlite3_stmt *stmt, int at, const char *text,
	    int bytes, void (*destroy)(void *));
	int (*bind_int64)(struct sqlite3_stmt *stmt, int at, long long number);
	int (*bind_null)(struct sqlite3_stmt *stmt, int at);
	int (*step)(struct sqlite3_stmt *stmt);
	int (*reset)(struct sqlite3_stmt *stmt);
	int (*finalize)(struct sqlite3_stmt *stmt);
	long long (*column_int64)(struct sqlite3_stmt *stmt, int column);
	long long (*last_insert_rowid)(struct sqlite3 *db);
	int (*errcode)(struct sqlite3 *db);
	const char *(*errmsg)(struct sqlite3 *db);
};

enum {
	SQLITE_DONE_OK = 0,
	SQLITE_NO_MEMORY = 7,
	SQLITE_HAS_ROW = 100,
	SQLITE_IS_DONE = 101,
	SQLITE_OPEN_RW_CREATE = 2 | 4,
};

/* Fails with TFA_ERR_REPORT where the library is missing. */
bool sqlite_load(struct sqlite *sqlite, struct tfa_error *err);
void sqlite_unload(struct sqlite *sqlite);

#endif
