#include "policy/policy.h"

void
problems_free(struct problems *problems)
{
	arena_free(&problems->arena);
	*problems = (struct problems){0};
}

bool
problems_add(struct problems *problems, const char *class, struct str file,
    struct pos pos, struct str message, struct str excerpt)
{
	struct problem problem = {.class = class,
	    .file = arena_copy(&problems->arena, file),
	    .pos = pos,
	    .message = arena_copy(&problems->arena, message),
	    .excerpt = arena_copy(&problems->arena, excerpt)};

	if (!problem.file.ptr || !problem.message.ptr || !problem.excerpt.ptr ||
	    !arena_grow(&problems->arena, &problems->items, problems->count,
		&problems->cap, sizeof(problem)))
		return false;
	problems->items[problems->count++] = problem;
	problems->errors += strcmp(class, "error") == 0;
	return true;
}

bool
problems_add_error(struct problems *problems, const struct tfa_error *err)
{
	return problems_add(problems, "error", str_of(err->file),
	    (struct pos){err->line, err->column}, str_of(err->message),
	    str_of(err->excerpt));
}
