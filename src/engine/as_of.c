/* The one place where a time enters an evaluation. */
#include "engine/run.h"

struct str
as_of_text(const struct tfa_options *options, const struct plan_info *info,
    bool *by_now)
{
	if (by_now)
		*by_now = false;
	if (options->as_of)
		return str_of(options->as_of);
	if (!info)
		return STR("");
	if (info->timestamp.len)
		return info->timestamp;
	if (by_now)
		*by_now = true;
	return str_of(options->now);
}

void
as_of_take(struct tfa_eval *eval, const struct plan_info *info)
{
	struct str text = as_of_text(eval->options, info, NULL);

	eval->now_ready = info || text.len;
	eval->has_now = date_read(&eval->now, text);
}
