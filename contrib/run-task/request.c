/*
 * What HCP Terraform sends: first the signature over the bytes as they came,
 * and only then what they say.  Every text that is used later is checked here.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>

#include "run_task.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
signature_read(unsigned char out[SIGNATURE_BYTES], const char *text)
{
	if (strlen(text) != 2 * SIGNATURE_BYTES)
		return false;
	for (size_t i = 0; i < SIGNATURE_BYTES; i++) {
		int high = hex_digit(text[2 * i]);
		int low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

bool
signature_fits(const struct settings *settings,
    const unsigned char signature[SIGNATURE_BYTES], const char *body,
    size_t len)
{
	unsigned char made[SIGNATURE_BYTES];
	struct hmac_sha512_ctx ctx;

	hmac_sha512_set_key(
	    &ctx, settings->key_len, (const uint8_t *)settings->key);
	hmac_sha512_update(&ctx, len, (const uint8_t *)body);
	hmac_sha512_digest(&ctx, sizeof(made), made);
	return memeql_sec(made, signature, sizeof(made)) != 0;
}

/* NULL where it is missing, empty, too long or holds a control character. */
static char *
text_of(const json_t *json, const char *key, size_t most)
{
	const char *text = json_string_value(json_object_get(json, key));

	if (!text || !text[0] || strlen(text) > most)
		return NULL;
	for (const char *c = text; *c; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return NULL;
	}
	return strdup(text);
}

/* A name that can stand in a log as it is. */
static bool
is_name(const char *text)
{
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789_-")] == 0;
}

static enum stage
stage_of(const json_t *json, const char *token)
{
	const char *stage = json_string_value(json_object_get(json, "stage"));

	if (!stage || strcmp(stage, "test") == 0 ||
	    (token && strcmp(token, "test-token") == 0))
		return STAGE_TEST;
	return strcmp(stage, "post_plan") == 0 ||
		       strcmp(stage, "pre_apply") == 0
		   ? STAGE_PLANNED
		   : STAGE_OTHER;
}

static const char *
check(const struct settings *settings, const struct task *task)
{
	if (!task->token)
		return "access_token is missing";
	if (!task->run_id || !is_name(task->run_id))
		return "run_id is missing or no id";
	if (!task->callback_url || !url_allowed(settings, task->callback_url))
		return "task_result_callback_url is not of the host that is "
		       "trusted";
	if (task->stage == STAGE_PLANNED &&
	    (!task->plan_url || !url_allowed(settings, task->plan_url)))
		return "plan_json_api_url is not of the host that is trusted";
	return NULL;
}

static const char *
fill(struct task *task, const struct settings *settings, const json_t *json)
{
	const json_t *version = json_object_get(json, "payload_version");

	if (!json_is_object(json))
		return "the body is no JSON object";
	if (!json_is_integer(version) || json_integer_value(version) != 1)
		return "payload_version is not 1";
	if (!json_is_string(json_object_get(json, "stage")))
		return "stage is missing";
	task->token = text_of(json, "access_token", URL_MOST);
	task->stage = stage_of(json, task->token);
	if (task->stage == STAGE_TEST)
		return NULL;
	task->run_id = text_of(json, "run_id", 64);
	task->plan_url = text_of(json, "plan_json_api_url", URL_MOST);
	task->callback_url =
	    text_of(json, "task_result_callback_url", URL_MOST);
	task->outcomes = json_is_true(
	    json_object_get(json_object_get(json, "capabilities"), "outcomes"));
	return check(settings, task);
}

struct task *
task_read(const struct settings *settings, const char *body, size_t len,
    const char **why)
{
	struct task *task = calloc(1, sizeof(*task));
	json_t *json =
	    task ? json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL) : NULL;

	*why = NULL;
	if (!task)
		return NULL;
	*why = fill(task, settings, json);
	json_decref(json);
	if (!*why)
		return task;
	task_free(task);
	return NULL;
}

static void
forget(char *text)
{
	volatile char *at = text;

	for (size_t i = text ? strlen(text) : 0; i > 0; i--)
		at[i - 1] = 0;
	free(text);
}

void
task_free(struct task *task)
{
	if (!task)
		return;
	forget(task->token);
	forget(task->plan_url);
	forget(task->callback_url);
	free(task->run_id);
	free(task);
}
