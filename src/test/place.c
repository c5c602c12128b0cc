#include "test/place.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "test/judge.h"

enum { WORDS_MOST = 24 };

static char *
no_env(const char *name)
{
	(void)name;
	return NULL;
}

void
place_run(struct place *place, const char *const *words)
{
	char *argv[WORDS_MOST + 2] = {(char *)"tfassay"};
	struct cli_io io = {.in = -1, .env = no_env};
	size_t size;
	int count = 1;

	free(place->out);
	free(place->err);
	for (; words[count - 1]; count++) {
		ck_assert_int_lt(count, WORDS_MOST);
		argv[count] = (char *)words[count - 1];
	}
	io.out = open_memstream(&place->out, &size);
	io.err = open_memstream(&place->err, &size);
	place->status = cli_run(count, argv, &io);
	fclose(io.out);
	fclose(io.err);
}

struct place
place_new(void)
{
	struct place place = {.folder = "/tmp/tfassay-evid-XXXXXX"};

	ck_assert(mkdtemp(place.folder) != NULL);
	return place;
}

void
place_free(struct place *place)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", place->folder);
	ck_assert_int_eq(system(command), 0);
	free(place->out);
	free(place->err);
}

const char *
place_in(const struct place *place, const char *name, char path[64])
{
	snprintf(path, 64, "%s/%s", place->folder, name);
	return path;
}

void
write_bytes(const char *path, struct str bytes)
{
	FILE *file = fopen(path, "wb");

	ck_assert(file != NULL);
	ck_assert_uint_eq(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	ck_assert_int_eq(fclose(file), 0);
}

void
copy_file(const char *from, const char *to)
{
	struct buf bytes = read_file(from[0] == '/' ? "" : ".", from, "");

	write_bytes(to, buf_str(&bytes));
	buf_free(&bytes);
}

void
must_hold(const char *text, const char *part)
{
	ck_assert_msg(
	    strstr(text, part) != NULL, "\"%s\" is not in:\n%s", part, text);
}
