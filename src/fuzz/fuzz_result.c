/* Any bytes as an earlier result: refused with why, or written in every format. */
#include <stdlib.h>

#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_all(const struct tfa_report *report)
{
	for (size_t i = 0; reporter_at(i); i++) {
		struct tfa_error err = {0};
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		if (!out)
			abort();
		if (!tfa_report_write(
			report, reporter_at(i)->name, NULL, out, &err) &&
		    err.code != TFA_ERR_USAGE)
			abort();
		fclose(out);
		free(text);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tfa_error err = {0};
	struct tfa_result *result = tfa_result_new(NULL, &err);

	if (!result)
		abort();
	if (tfa_result_feed(result, data, size, &err) &&
	    tfa_result_finish(result, &err))
		write_all(tfa_result_report(result));
	else if (err.code == TFA_ERR_NONE || !err.message[0])
		abort();
	tfa_result_free(result);
	return 0;
}
