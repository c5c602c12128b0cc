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
 * Nothing is read ahead; lines and items are found by bisection.
 */
struct digest {
	struct str lines;
};

static const struct str magic = {"tfassay-digest 2 ", 17};

struct digest *
digest_read(struct str text, struct tfa_error *err)
{
	struct digest *digest;

	if (!str_starts(text, magic)) {
		error_set(
		    err, TFA_ERR_POLICY, "not a schema digest of version 2");
		return NULL;
	}
	digest = malloc(sizeof(*digest));
	if (!digest) {
		error_nomem(err);
		return NULL;
	}
	str_cut(text, '\n', &digest->lines);
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
	const char *lines = digest->lines.ptr;
	size_t low = 0, high = digest->lines.len; /* where lines begin */

	while (low < high) {
		size_t begin = low + (high - low) / 2;
		struct str line, rest;
		int order;

		while (begin > low && lines[begin - 1] != '\n')
			begin--;
		line = str_cut(str_from(digest->lines, begin), '\n', &rest);
		order = str_cmp(word, str_cut(line, ' ', items));
		if (order == 0)
			return true;
		if (order < 0)
			high = begin;
		else
			low = digest->lines.len - rest.len;
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

struct str
digest_lines(const struct digest *digest)
{
	return digest->lines;
}

bool
digest_next(struct str *lines, struct str *type)
{
	struct str rest;

	if (!lines->len)
		return false;
	*type = str_cut(str_cut(*lines, '\n', lines), ' ', &rest);
	if (type->len && type->ptr[0] >= '0' && type->ptr[0] <= '9')
		type->len = 0;
	return true;
}
