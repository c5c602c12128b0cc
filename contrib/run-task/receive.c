/*
 * The receiving end.  A request is read whole, up to a limit, and checked
 * before anything in it is looked at; the answer never waits for a plan.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <microhttpd.h>

#include "run_task.h"

enum {
	CONNECTIONS = 64,
	IDLE_SECONDS = 10,  /* between two bytes */
	WHOLE_SECONDS = 20, /* for a request */
	HEADER_BYTES = 32 * 1024,
};

/* A body as it comes. */
struct body {
	char *bytes;
	size_t len;
	time_t begun;     /* monotonic */
	unsigned refused; /* a status, or 0 */
	const char *why;
};

static time_t
seconds_now(void)
{
	struct timespec now = {0, 0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static enum MHD_Result
answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	MHD_add_response_header(
	    response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain");
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(
		    response, MHD_HTTP_HEADER_ALLOW, "POST");
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static void
refuse(struct body *body, unsigned status, const char *why)
{
	body->refused = status;
	body->why = why;
}

static void
take_bytes(struct body *body, const struct settings *settings,
    const char *bytes, size_t len)
{
	if (body->refused)
		return;
	if (len > settings->body_bytes - body->len) {
		refuse(body, MHD_HTTP_CONTENT_TOO_LARGE, "too large");
		return;
	}
	if (!body->bytes)
		body->bytes = malloc(settings->body_bytes);
	if (!body->bytes) {
		refuse(body, MHD_HTTP_SERVICE_UNAVAILABLE, "out of memory");
		return;
	}
	memcpy(body->bytes + body->len, bytes, len);
	body->len += len;
}

static void
take_task(struct receiver *receiver, struct body *body,
    const unsigned char signature[SIGNATURE_BYTES])
{
	const char *why;
	struct task *task =
	    task_read(receiver->settings, body->bytes, body->len, &why);
	enum queued queued;

	if (!task) {
		say("refused: %s", why ? why : "out of memory");
		refuse(body,
		    why ? MHD_HTTP_UNPROCESSABLE_CONTENT
			: MHD_HTTP_SERVICE_UNAVAILABLE,
		    why ? why : "out of memory");
		return;
	}
	if (task->stage == STAGE_TEST) {
		say("verified");
		task_free(task);
		return;
	}
	memcpy(task->signature, signature, SIGNATURE_BYTES);
	queued = queue_add(receiver->queue, task);
	if (queued == QUEUED_BEFORE)
		say("the same request again");
	if (queued != QUEUE_FULL)
		return;
	say("refused: the queue is full");
	task_free(task);
	refuse(body, MHD_HTTP_SERVICE_UNAVAILABLE, "busy");
}

static enum MHD_Result
finish(struct receiver *receiver, struct MHD_Connection *connection,
    struct body *body)
{
	const char *header = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "X-TFC-Task-Signature");
	unsigned char signature[SIGNATURE_BYTES];

	if (!body->refused &&
	    (!header || !body->bytes || !signature_read(signature, header) ||
		!signature_fits(
		    receiver->settings, signature, body->bytes, body->len))) {
		say("refused: the signature does not fit");
		refuse(body, MHD_HTTP_UNAUTHORIZED, "bad signature");
	}
	if (!body->refused)
		take_task(receiver, body, signature);
	if (body->refused)
		return answer(connection, body->refused, body->why);
	return answer(connection, MHD_HTTP_OK, "");
}

static bool
is_too_long(const struct receiver *receiver, struct MHD_Connection *connection)
{
	const char *length = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);

	return length &&
	       strtoull(length, NULL, 10) > receiver->settings->body_bytes;
}

static enum MHD_Result
begin(const struct receiver *receiver, struct MHD_Connection *connection,
    const char *url, const char *method, void **state)
{
	struct body *body;

	if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 &&
	    strcmp(url, "/health") == 0)
		return answer(connection, MHD_HTTP_OK, "ok\n");
	if (strcmp(method, MHD_HTTP_METHOD_POST) != 0)
		return answer(
		    connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only POST");
	/* Before a byte of it has been read. */
	if (is_too_long(receiver, connection))
		return answer(
		    connection, MHD_HTTP_CONTENT_TOO_LARGE, "too large");
	body = calloc(1, sizeof(*body));
	if (!body)
		return MHD_NO;
	body->begun = seconds_now();
	*state = body;
	return MHD_YES;
}

static enum MHD_Result
on_request(void *ctx, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *bytes, size_t *len,
    void **state)
{
	struct receiver *receiver = ctx;
	struct body *body = *state;

	(void)version;
	if (!body)
		return begin(receiver, connection, url, method, state);
	if (seconds_now() - body->begun > WHOLE_SECONDS)
		return MHD_NO;
	if (*len) {
		take_bytes(body, receiver->settings, bytes, *len);
		*len = 0;
		return MHD_YES;
	}
	return finish(receiver, connection, body);
}

static void
on_end(void *ctx, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	struct body *body = *state;

	(void)ctx;
	(void)connection;
	(void)code;
	if (!body)
		return;
	/* It has a token in it. */
	for (volatile char *at = body->bytes; at && body->len > 0; body->len--)
		at[body->len - 1] = 0;
	free(body->bytes);
	free(body);
	*state = NULL;
}

struct MHD_Daemon *
receive_start(struct receiver *receiver, unsigned *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)receiver->settings->port)};
	const union MHD_DaemonInfo *info;
	struct MHD_Daemon *daemon;

	if (inet_pton(AF_INET, receiver->settings->listen, &address.sin_addr) !=
	    1)
		return NULL;
	daemon =
	    MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0,
		NULL, NULL, on_request, receiver, MHD_OPTION_SOCK_ADDR,
		&address, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
		MHD_OPTION_END);
	info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)
		      : NULL;
	*port = info ? info->port : receiver->settings->port;
	return daemon;
}
