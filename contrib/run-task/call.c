/*
 * Requests to HCP Terraform.  Everything is bounded: time, silence, redirects,
 * protocols.  The token goes to the host that it came from and is not taken
 * along to another, which is where the plan itself is stored.
 */
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "run_task.h"

enum {
	CONNECT_SECONDS = 10,
	SILENT_SECONDS = 30,
	REDIRECTS_MOST = 3,
};

struct sink {
	bool (*take)(void *ctx, const void *bytes, size_t len);
	void *ctx;
	bool refused;
};

bool
url_allowed(const struct settings *settings, const char *url)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL, *user = NULL;
	bool allowed =
	    parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_USER, &user, 0) != CURLUE_OK &&
	    strcasecmp(host, settings->host) == 0 &&
	    (strcmp(scheme, "https") == 0 ||
		(settings->plain_http && strcmp(scheme, "http") == 0));

	curl_free(scheme);
	curl_free(host);
	curl_free(user);
	curl_url_cleanup(parts);
	return allowed;
}

static int
on_progress(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct call *call = ctx;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return call->called_off && *call->called_off;
}

static size_t
on_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
	struct sink *sink = ctx;

	sink->refused =
	    sink->refused ||
	    (sink->take && !sink->take(sink->ctx, bytes, size * count));
	return sink->refused ? 0 : size * count;
}

static bool
set_common(CURL *curl, const struct call *call, struct sink *sink)
{
	const char *protocols =
	    call->settings->plain_http ? "http,https" : "https";

	return curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER,
		   call->task->token) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
		   (long)CONNECT_SECONDS) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_TIMEOUT, call->seconds) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
		   (long)SILENT_SECONDS) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_XFERINFODATA, call) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_WRITEDATA, sink) == CURLE_OK;
}

static long
perform(CURL *curl, const struct sink *sink, const char **why)
{
	CURLcode code = curl_easy_perform(curl);
	long status = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	*why = sink->refused ? NULL : curl_easy_strerror(code);
	switch (code) {
	case CURLE_OK:
	case CURLE_HTTP_RETURNED_ERROR:
		return status;
	case CURLE_ABORTED_BY_CALLBACK:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_TOO_MANY_REDIRECTS:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_WRITE_ERROR:
		return CALL_NEVER;
	default:
		return 0;
	}
}

long
call_get(const struct call *call,
    bool (*take)(void *ctx, const void *bytes, size_t len), void *ctx,
    const char **why)
{
	struct sink sink = {take, ctx, false};
	CURL *curl = curl_easy_init();
	long status = 0;

	*why = "out of memory";
	/* What is no success has a body, but not a plan. */
	if (curl && set_common(curl, call, &sink) &&
	    curl_easy_setopt(curl, CURLOPT_URL, call->task->plan_url) ==
		CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS_MOST) ==
		CURLE_OK)
		status = perform(curl, &sink, why);
	curl_easy_cleanup(curl);
	return status;
}

static bool
drop(void *ctx, const void *bytes, size_t len)
{
	size_t *left = ctx;

	(void)bytes;
	if (len > *left)
		return false;
	*left -= len;
	return true;
}

long
call_back(const struct call *call, const char *body, const char **why)
{
	size_t left = 1024 * 1024; /* of an answer that nobody reads */
	struct sink sink = {drop, &left, false};
	struct curl_slist *headers =
	    curl_slist_append(NULL, "Content-Type: application/vnd.api+json");
	CURL *curl = headers ? curl_easy_init() : NULL;
	long status = 0;

	*why = "out of memory";
	if (curl && set_common(curl, call, &sink) &&
	    curl_easy_setopt(curl, CURLOPT_URL, call->task->callback_url) ==
		CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body) == CURLE_OK &&
	    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PATCH") == CURLE_OK)
		status = perform(curl, &sink, why);
	if (!*why)
		*why = "the answer is too long";
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return status;
}
