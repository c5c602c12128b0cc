/*
 * What plans were judged with.  The line names files and what set the options;
 * the digest of the inputs is made of contents alone, so that it is the same
 * wherever the files are.
 */
#include "replay/replay.h"

#include <stdlib.h>

#include "report/record.h"

static void
emit_digests(struct emit *emit, const char *key,
    const struct input_files *files)
{
	emit_open(emit, key, '[');
	for (size_t i = 0; i < files->count; i++)
		emit_str(emit, NULL, str_of(files->items[i].sha256));
	emit_close(emit, ']');
}

static void
emit_limits(struct emit *emit, const struct tfa_limits *limits)
{
	const struct {
		const char *key;
		uint64_t value;
	} members[] = {
	    {"depth", limits->depth},
	    {"value_bytes", limits->value_bytes},
	    {"number_bytes", limits->number_bytes},
	    {"text_bytes", limits->text_bytes},
	    {"plan_bytes", limits->plan_bytes},
	    {"ratio", limits->ratio},
	    {"findings", limits->findings},
	    {"regex_steps", limits->regex_steps},
	    {"waiver_days", limits->waiver_days},
	    {"retained_bytes", limits->retained_bytes},
	};

	emit_open(emit, "limits", '{');
	for (size_t i = 0; i < COUNTOF(members); i++)
		emit_uint(emit, members[i].key, members[i].value);
	emit_close(emit, '}');
}

static void
emit_inputs(struct emit *emit, const struct tfa_policies *policies,
    const struct tfa_replay_options *options)
{
	emit_open(emit, NULL, '{');
	emit_str(emit, "format_version", STR(REPLAY_VERSION));
	record_tool(emit);
	emit_open(emit, "policies", '[');
	for (size_t i = 0; i < policies->pack_count; i++)
		emit_str(emit, NULL, str_of(policies->packs[i]->sha256));
	emit_close(emit, ']');
	emit_digests(emit, "waivers", &policies->waiver_files);
	emit_digests(emit, "facts", &policies->fact_files);
	emit_digests(emit, "baseline", &policies->baseline_files);
	record_options(emit, options->judge, policies);
	emit_uint(emit, "show", options->show);
	emit_uint(emit, "list", options->judge->list);
	emit_limits(emit, &options->judge->limits);
	emit_close(emit, '}');
	emit_finish(emit);
}

bool
header_inputs(char out[SHA_HEX + 1], const struct tfa_policies *policies,
    const struct tfa_replay_options *options, struct tfa_error *err)
{
	struct emit emit;
	struct text text;
	bool ok;

	if (!text_open(&text, err))
		return false;
	emit_init(&emit, text.out, false);
	emit_inputs(&emit, policies, options);
	ok = text_close(&text, emit.failed, err);
	if (ok)
		sha_text(out, text_str(&text));
	text_free(&text);
	return ok;
}

static void
emit_settings(struct emit *emit, const struct tfa_replay_options *options)
{
	emit_open(emit, "settings", '[');
	for (size_t i = 0; i < options->setting_count; i++) {
		const struct tfa_replay_setting *setting =
		    &options->settings[i];

		emit_open(emit, NULL, '{');
		emit_str(emit, "name", str_of(setting->name));
		emit_str(emit, "value", str_of(setting->value));
		emit_str(emit, "origin", str_of(setting->origin));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

/* Of the line so far. */
static void
emit_digest(struct emit *emit, const struct text *line)
{
	char digest[SHA_HEX + 1];

	if (fflush(line->out) != 0)
		emit->failed = true;
	sha_text(digest, text_str(line));
	emit_str(emit, "digest", str_of(digest));
}

/* Last of all, so that the line of one process is this one without it. */
static void
emit_shard(struct emit *emit, const struct tfa_replay_options *options)
{
	if (!options->shards)
		return;
	emit_open(emit, "shard", '{');
	emit_uint(emit, "index", options->shard);
	emit_uint(emit, "count", options->shards);
	emit_close(emit, '}');
}

bool
header_line(struct text *out, const struct tfa_policies *policies,
    const struct tfa_replay_options *options, const struct listing *listing,
    struct tfa_error *err)
{
	const char *as_of = options->judge->as_of;
	char inputs[SHA_HEX + 1];
	struct emit emit;

	if (!header_inputs(inputs, policies, options, err) ||
	    !text_open(out, err))
		return false;
	record_line(&emit, out->out, "replay");
	emit_str(&emit, "format_version", STR(REPLAY_VERSION));
	record_tool(&emit);
	emit_str(&emit, "inputs", str_of(inputs));
	record_policies(&emit, policies);
	record_inputs(&emit, policies);
	emit_str(&emit, "as_of", str_of(as_of ? as_of : "plan"));
	record_options(&emit, options->judge, policies);
	emit_settings(&emit, options);
	listing_record(listing, &emit);
	emit_digest(&emit, out);
	emit_shard(&emit, options);
	emit_close(&emit, '}');
	emit_finish(&emit);
	return text_close(out, emit.failed, err);
}
