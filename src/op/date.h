/* Days and times, and the operator "date". */
#ifndef OP_DATE_H
#define OP_DATE_H

#include "op/op.h"

struct date {
	int64_t seconds;     /* since 1970-01-01T00:00:00Z */
	struct str fraction; /* of a second, digits without zeros behind */
	bool day;	     /* no time of day: its first second */
};

/* "2026-01-31", or a time of RFC 3339, whose zone must be there. */
bool date_read(struct date *out, struct str text);

/*
 * The same, or "now", "now+30d", "now-12h", "now+2w": *relative says so, and
 * the date is then the distance in seconds.
 */
bool date_read_limit(struct date *out, bool *relative, struct str text);

/* The day in UTC, counted from 1970-01-01. */
int64_t date_day(const struct date *date);

/* Where one of them is a day, the days in UTC are compared. */
int date_cmp(const struct date *a, const struct date *b);

op_eval op_date;

#endif
