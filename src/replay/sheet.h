/* The parts of the page of a replay. */
#ifndef REPLAY_SHEET_H
#define REPLAY_SHEET_H

#include "replay/trend.h"
#include "report/html.h"

struct sheet {
	struct html html;
	struct trend *trend;
};

/* What a filter may hide: "by-severity s-high by-framework f-2". */
void sheet_classes(
    struct sheet *sheet, enum severity severity, uint64_t frameworks);

/* Plans, failures by severity, new and fixed, each by month; then numbers. */
void sheet_charts(struct sheet *sheet);
/* A bar for each month, in a picture of its own that stands in a line. */
void sheet_spark(struct sheet *sheet, const struct series *series);

void sheet_requirements(struct sheet *sheet);
void sheet_controls(struct sheet *sheet);
/* Controls by modules. */
void sheet_heat(struct sheet *sheet);
void sheet_waivers(struct sheet *sheet);

#endif
