/*
 * The way of Terraform itself: from the root module down the calls of the
 * address, as long as their sources are folders of the repository.  Where the
 * way ends early, the last call that was found on it is what a person can
 * change.
 */
#include "engine/locate.h"

#include "engine/total.h"
#include "engine/waive.h"
#include "hcl/source.h"

/* What a person finds there; skips live with the source. */
struct known_place {
	struct location location;
	const struct skip *skips;
};

struct search {
	struct source *source;
	const struct config *config;
	struct tfa_report *report;
	struct arena scratch; /* of one finding */
	struct map known;     /* address without keys -> struct known_place */
	size_t missing; /* findings whose block is not where it should be */
};

bool
locate_check(const struct tfa_options *options, struct tfa_error *err)
{
	struct source *source;

	if (!options->source_root)
		return true;
	source = source_open(options->source_root, false, false, err);
	source_free(source);
	return source != NULL;
}

/* "a.b": how modules.json names the calls up to here. */
static bool
call_key(struct str *out, const struct address *address, struct arena *arena)
{
	struct buf text = {0};

	for (size_t i = 0; i < address->step_count; i++) {
		if (i > 0)
			buf_byte(&text, '.');
		buf_add(&text, address->steps[i].name);
	}
	*out = text.failed ? (struct str){NULL, 0}
			   : arena_copy(arena, buf_str(&text));
	buf_free(&text);
	return out->ptr != NULL;
}

/* The folder of the call that the address (of a module) ends with. */
static bool
enter(struct search *search, struct str *folder, bool *found,
    const struct address *address)
{
	struct config_call call =
	    config_call(search->config, address, &search->scratch);
	struct str key;

	if (!call.source.ptr ||
	    !source_local(search->source, folder, found, *folder, call.source))
		return false;
	if (*found)
		return true;
	return call_key(&key, address, &search->scratch) &&
	    source_installed(search->source, folder, found, key);
}

static enum block_kind
block_kind_of(enum mode mode)
{
	static const enum block_kind kinds[] = {
	    [MODE_MANAGED] = BLOCK_RESOURCE,
	    [MODE_DATA] = BLOCK_DATA,
	    [MODE_EPHEMERAL] = BLOCK_EPHEMERAL,
	    [MODE_LIST] = BLOCK_RESOURCE,
	};

	return kinds[mode];
}

/* Takes the place if there is one. */
static void
take(struct location *location, const struct block_place *place, enum located how)
{
	if (place->file.len == 0)
		return;
	*location = (struct location){.file = place->file,
	    .line = place->line,
	    .column = place->column,
	    .width = place->width,
	    .how = how};
}

/* Without a block: the root module's main file, or else the plan. */
static bool
locate_nowhere(struct search *search, struct location *location)
{
	struct block_place place;

	if (location->how != LOCATED_NOT)
		return true;
	if (!source_main(search->source, &place))
		return false;
	take(location, &place, LOCATED_ROOT);
	if (location->how == LOCATED_NOT)
		*location = (struct location){
		    .file = search->report->plans[0].path,
		    .line = 1,
		    .column = 1,
		    .how = LOCATED_PLAN};
	return true;
}

static bool
locate(struct search *search, struct known_place *out, const struct address *address)
{
	struct location *location = &out->location;
	struct str folder = STR("");
	struct block_place place;
	bool found = true;

	for (size_t i = 0; found && i < address->step_count; i++) {
		struct address call = *address;

		call.step_count = i + 1;
		if (!source_find(search->source, &place, folder, BLOCK_MODULE,
			STR(""), call.steps[i].name))
			return false;
		take(location, &place, LOCATED_CALL);
		if (!enter(search, &folder, &found, &call))
			return false;
	}
	if (found) {
		if (!source_find(search->source, &place, folder,
			block_kind_of(address->mode), address->type,
			address->name))
			return false;
		take(location, &place, LOCATED_RESOURCE);
		out->skips = place.skips;
	}
	location->astray = found && location->how != LOCATED_RESOURCE;
	return locate_nowhere(search, location);
}

/* NULL without memory. */
static struct known_place *
place_at(struct search *search, const struct address *address)
{
	struct arena *arena = &search->report->arena;
	struct str key = address_static(address, &search->scratch);
	struct known_place *place =
	    key.ptr ? map_find(&search->known, key) : NULL;

	if (place || !key.ptr)
		return place;
	place = arena_new(arena, struct known_place);
	if (!place || !locate(search, place, address))
		return NULL;
	if (place->location.how != LOCATED_PLAN &&
	    !source_shown(search->source, &place->location.file,
		place->location.file))
		return NULL;
	place->location.file = arena_copy(arena, place->location.file);
	key = arena_copy(arena, key);
	if (!key.ptr || !place->location.file.ptr ||
	    !map_set(&search->known, key, place))
		return NULL;
	return place;
}

static bool
locate_finding(struct search *search, struct finding *finding)
{
	const struct known_place *place;
	struct address address;

	arena_reset(&search->scratch);
	if (!address_read(&address, finding->address, &search->scratch))
		return false;
	place = place_at(search, &address);
	if (!place)
		return false;
	finding->location = place->location;
	/* What goes away has no block any more. */
	search->missing += place->location.astray &&
	    (finding->actions == 0 ||
		(finding->actions &
		    ~(unsigned)(ACTION_DELETE | ACTION_FORGET)));
	return waive_by_skip(search->report, finding, place->skips);
}

static bool
add_notes(struct search *search)
{
	struct tfa_report *report = search->report;
	struct names *notes = &report->plans[0].notes;

	for (size_t i = 0; i < source_note_count(search->source); i++) {
		struct str note = arena_copy(
		    &report->arena, source_note(search->source, i));

		if (!note.ptr || !names_add(notes, note, &report->arena))
			return false;
	}
	return search->missing == 0 ||
	    names_add_fmt(notes, &report->arena,
		"source: the blocks of %zu findings are not there: is it of "
		"the same commit as the plan?",
		search->missing);
}

bool
locate_findings(struct tfa_report *report, const struct config *config,
    const struct plan_info *info, struct tfa_error *err)
{
	/* Terraform says whether a plan is complete, OpenTofu does not. */
	bool tofu = info->complete == UNSTATED;
	struct search search = {.config = config, .report = report};
	bool ok = true;

	if (!report->options->source_root)
		return true;
	search.source = source_open(report->options->source_root, tofu,
	    report->options->import_skips, err);
	if (!search.source)
		return false;
	for (size_t i = 0; ok && i < report->finding_count; i++)
		ok = locate_finding(&search, &report->findings[i]);
	ok = ok && add_notes(&search);
	map_free(&search.known);
	arena_free(&search.scratch);
	source_free(search.source);
	return ok || error_nomem(err);
}
