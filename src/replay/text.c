/* A stream into memory whose failures are all without memory. */
#include "replay/replay.h"

#include <stdlib.h>

bool
text_open(struct text *text, struct tfa_error *err)
{
	*text = (struct text){0};
	text->out = open_memstream(&text->ptr, &text->len);
	return text->out || error_nomem(err);
}

bool
text_close(struct text *text, bool failed, struct tfa_error *err)
{
	failed = failed || ferror(text->out);
	/* Without memory at the end there is no text, and yet no failure. */
	failed = fclose(text->out) != 0 || !text->ptr || failed;
	text->out = NULL;
	return !failed || error_nomem(err);
}

void
text_free(struct text *text)
{
	if (text->out)
		fclose(text->out);
	free(text->ptr);
	*text = (struct text){0};
}
