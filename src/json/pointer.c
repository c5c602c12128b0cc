/*
 * Names of members lie one behind the other, so that stepping out of a level
 * cuts them off.
 */
#include "json/pointer.h"

#include <stdio.h>
#include <stdlib.h>

void
pointer_free(struct pointer *pointer)
{
	free(pointer->levels);
	buf_free(&pointer->names);
	*pointer = (struct pointer){0};
}

bool
pointer_push(struct pointer *pointer, const struct level *level)
{
	if (!array_reserve(&pointer->levels, &pointer->cap, pointer->count + 1,
		sizeof(*pointer->levels)))
		return false;
	pointer->levels[pointer->count++] = *level;
	return true;
}

void
pointer_pop(struct pointer *pointer)
{
	pointer->names.len -= pointer_top(pointer)->key_len;
	pointer->count--;
}

bool
pointer_name(struct pointer *pointer, struct str name)
{
	struct level *level = pointer_top(pointer);

	pointer->names.len -= level->key_len;
	level->key_len = 0;
	if (!buf_add(&pointer->names, name))
		return false;
	level->key_len = name.len;
	level->named = true;
	return true;
}

struct str
pointer_key(const struct pointer *pointer)
{
	const struct level *level = pointer_top(pointer);

	if (!level || !level->key_len)
		return STR("");
	return (struct str){
	    pointer->names.ptr + pointer->names.len - level->key_len,
	    level->key_len};
}

static void
add_text(char *out, size_t size, size_t *len, struct str text)
{
	for (size_t i = 0; i < text.len && *len + 3 < size; i++) {
		char byte = text.ptr[i];

		if (byte == '~' || byte == '/') {
			out[(*len)++] = '~';
			out[(*len)++] = byte == '~' ? '0' : '1';
		} else {
			out[(*len)++] = byte < 0x20 || byte > 0x7e ? '?' : byte;
		}
	}
	out[*len] = '\0';
}

void
pointer_print(const struct pointer *pointer, char *out, size_t size)
{
	size_t len = 0, name = 0;

	out[0] = '\0';
	for (size_t i = 0; i < pointer->count && len + 24 < size; i++) {
		const struct level *level = &pointer->levels[i];
		struct str key = {"", 0};

		if (level->key_len)
			key = (struct str){
			    pointer->names.ptr + name, level->key_len};
		if (level->object && !level->named)
			return;
		out[len++] = '/';
		if (level->object)
			add_text(out, size, &len, key);
		else
			len += (size_t)snprintf(
			    out + len, size - len, "%zu", level->index);
		name += level->key_len;
	}
}
