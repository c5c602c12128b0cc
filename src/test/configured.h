/*
 * For tests: configurations from text.  Types in "aws_" and
 * terraform_data are kept.
 */
#ifndef TEST_CONFIGURED_H
#define TEST_CONFIGURED_H

#include "base/error.h"
#include "config/config.h"

struct configured {
	struct arena arena;
	struct config *config;
	struct tfa_error err;
	bool backwards; /* children before what calls them */
	bool ok;	/* nothing has failed */
};

struct configured configured_new(void);
void configured_free(struct configured *f);
/* The root module as JSON. */
void configured_add(struct configured *f, struct str root);
/* The configuration of a plan. */
void configured_add_value(struct configured *f, struct value configuration);

struct str configured_file(struct arena *arena, const char *path);

#endif
