/* The command that lists what there is. */
#include <string.h>

#include "cli/command.h"

static const struct {
	const char *name;
	enum tfa_list list;
} lists[] = {
    {"controls",   TFA_LIST_CONTROLS  },
    {"frameworks", TFA_LIST_FRAMEWORKS},
    {"formats",    TFA_LIST_FORMATS	 },
    {"defaults",   TFA_LIST_DEFAULTS  },
    {"operators",  TFA_LIST_OPERATORS },
    {"profiles",   TFA_LIST_PROFILES  },
};

struct listing {
	struct tfa_policies *policies;
	enum tfa_list list;
	struct tfa_list_options options;
};

static bool
find_list(enum tfa_list *out, const char *name, struct tfa_error *err)
{
	struct guess guess = {.text = name};

	for (size_t i = 0; i < COUNTOF(lists); i++) {
		if (strcmp(lists[i].name, name) == 0) {
			*out = lists[i].list;
			return true;
		}
		guess_offer(&guess, lists[i].name);
	}
	return cli_unknown(err, "list", &guess);
}

static bool
find_format(struct listing *listing, const struct outputs *outputs,
    const struct settings *settings, struct tfa_error *err)
{
	listing->options = (struct tfa_list_options){outputs->items[0].format,
	    settings->profiles.items, settings->profiles.count};
	if (settings->profiles.count && listing->list != TFA_LIST_CONTROLS)
		return cli_fail(err, TFA_ERR_USAGE,
		    "--profile is about a list of controls");
	return true;
}

static bool
write_list(void *ctx, FILE *out, struct tfa_error *err)
{
	const struct listing *listing = ctx;

	return tfa_list_write(
	    listing->policies, listing->list, &listing->options, out, err);
}

int
command_list(const struct settings *settings, const struct cli_io *io)
{
	struct tfa_error err = {0};
	struct outputs outputs = {0};
	struct listing listing = {0};
	bool ok = arguments_check(settings, 1,
		      "what to list (controls, profiles, frameworks, "
		      "formats, operators or defaults)",
		      &err) &&
	    find_list(&listing.list, settings->arguments.items[0], &err) &&
	    outputs_open_one(&outputs, settings, &err) &&
	    find_format(&listing, &outputs, settings, &err);

	if (ok)
		listing.policies = policies_open(settings, io, &err);
	ok = ok && listing.policies &&
	    output_put(
		outputs.items[0].file, write_list, &listing, io, &err);
	tfa_policies_free(listing.policies);
	outputs_free(&outputs);
	return ok ? STATUS_PASS : usage_error(io, "list", &err);
}
