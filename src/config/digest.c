#include "config/digest.h"

#include <stdlib.h>

/*
 * A header line, then one line for each resource type and each numbered
 * shape, in byte order of their first words:
 *
 *	7 create-s
 *	aws_x arn+s name!s options*Lo12 tags-ms timeouts/o7
 *
 * A shape is what an object holds, and objects of equal content share it.
 * Items are in byte order of their names.  Behind a name stand "!" for an
 * attribute that is required, "+" for one that is computed, "-" for another;
 * "*" for a block that is computed when it is left out, "/" for one that is
 * not, "?" for one of which that is not known; and then its form (digest.h).
 * Only where lines begin is noted ahead; lines and items are found by
 * bisection.
 */
struct digest {
	struct str lines;
	size_t count;
	uint32_t starts[]; /* of every line */
};

static const struct str magic = {"tfassay-digest 2 ", 17};

static size_t
line_count(struct str lines)
{
	size_t count = 0;

	while (lines.len) {
		str_cut(lines, '\n', &lines);
		count++;
	}
	return count;
}

struct digest *
digest_read(struct str text, struct tfa_error *err)
{
	struct digest *digest;
	struct str rest;
	size_t count;

	if (!str_starts(text, magic) || text.len > UINT32_MAX) {
		error_set(
		    err, TFA_ERR_POLICY, "not a schema digest of version 2");
		return NULL;
	}
	str_cut(text, '\n', &rest);
	count = line_count(rest);
	digest = malloc(sizeof(*digest) + count * sizeof(digest->starts[0]));
	if (!digest) {
		error_nomem(err);
		return NULL;
	}
	digest->lines = rest;
	digest->count = 0;
	while (digest->count < count) {
		digest->starts[digest->count++] =
		    (uint32_t)(digest->lines.len - rest.len);
		str_cut(rest, '\n', &rest);
	}
	return digest;
}

void
digest_free(struct digest *digest)
{
	free(digest);
}

/* What stands behind the word that a line begins with. */
static bool
line_find(const struct digest *digest, struct str word, struct str *items)
{
	size_t low = 0, high = digest->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct str rest;
		struct str line =
		    str_cut(str_from(digest->lines, digest->starts[middle]),
			'\n', &rest);
		int order = str_cmp(word, str_cut(line, ' ', items));

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static bool
is_flag(char c)
{
	return c == '!' || c == '+' || c == '-' || c == '*' || c == '/' ||
	    c == '?';
}

static struct str
item_name(struct str item)
{
	size_t len = 0;

	while (len < item.len && !is_flag(item.ptr[len]))
		len++;
	return str_head(item, len);
}

/* The item of a name: *flags is what stands behind the name. */
static bool
item_find(struct str items, struct str name, struct str *flags)
{
	size_t low = 0, high = items.len;

	while (low < high) {
		size_t start = low + (high - low) / 2;
		struct str item, found, rest;
		int order;

		while (start > low && items.ptr[start - 1] != ' ')
			start--;
		item = str_cut(str_from(items, start), ' ', &rest);
		found = item_name(item);
		order = str_cmp(name, found);
		if (order == 0 && found.len < item.len) {
			*flags = str_from(item, found.len);
			return true;
		}
		if (order < 0)
			high = start;
		else
			low = start + item.len + 1;
	}
	return false;
}

/* The line of what an object, or each of several, holds. */
static struct str
line_of(struct str form)
{
	while (form.len && form.ptr[0] != 'o')
		form = str_from(form, 1);
	return form.len ? str_from(form, 1) : form;
}

struct digest_path
digest_item(const struct digest *digest, struct str line, struct str name)
{
	struct digest_path found = {.kind = DIGEST_UNKNOWN};
	struct str items, flags;
	char flag;

	if (!line_find(digest, line, &items) ||
	    !item_find(items, name, &flags))
		return found;
	flag = flags.ptr[0];
	found.kind = flag == '*' || flag == '/' || flag == '?'
			 ? DIGEST_BLOCK
			 : DIGEST_ATTRIBUTE;
	found.computed = flag == '+' || flag == '*';
	found.required = flag == '!';
	found.form = str_from(flags, 1);
	return found;
}

struct digest_path
digest_find(const struct digest *digest, struct str type, struct str path)
{
	struct digest_path found = {.kind = DIGEST_BLOCK};
	struct str line = type;

	do {
		if (found.kind != DIGEST_BLOCK)
			return (struct digest_path){.kind = DIGEST_UNKNOWN};
		found = digest_item(digest, line, str_cut(path, '.', &path));
		line = line_of(found.form);
	} while (path.ptr);
	return found;
}

bool
digest_name(const struct digest *digest, struct str line, size_t *at,
    struct str *name)
{
	struct str items, rest;

	if (!line_find(digest, line, &items) || *at >= items.len)
		return false;
	items = str_cut(str_from(items, *at), ' ', &rest);
	*name = item_name(items);
	*at += items.len + 1;
	return true;
}

bool
digest_has(const struct digest *digest, struct str type)
{
	struct str items;

	return line_find(digest, type, &items);
}

bool
digest_line(const struct digest *digest, size_t index, struct str *type)
{
	struct str rest;

	if (index >= digest->count)
		return false;
	*type = str_cut(
	    str_from(digest->lines, digest->starts[index]), ' ', &rest);
	if (type->len && type->ptr[0] >= '0' && type->ptr[0] <= '9')
		type->len = 0;
	return true;
}
