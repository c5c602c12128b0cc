/* Commands that write files, in a folder of their own. */
#ifndef TEST_PLACE_H
#define TEST_PLACE_H

#include "base/str.h"

#define PLACE_DATA "testdata/evidence/"
#define PLACE_POLICY "--no-builtin", "--policies", PLACE_DATA "policy.yaml"

struct place {
	char folder[32];
	char *out, *err; /* of the last command */
	int status;
};

struct place place_new(void);
void place_free(struct place *place);
/* words ends with NULL; the program's own name is not in it. */
void place_run(struct place *place, const char *const *words);
/* Prints the path of a file in the folder, and gives it. */
const char *place_in(
    const struct place *place, const char *name, char path[64]);

#define RUN(place, ...)                                                        \
	place_run((place), (const char *const[]){__VA_ARGS__, NULL})

void write_bytes(const char *path, struct str bytes);
void copy_file(const char *from, const char *to);
void must_hold(const char *text, const char *part);

#endif
