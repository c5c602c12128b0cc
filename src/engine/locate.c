/*
 * The way of Terraform itself: from the root module down the calls of the
 * address, as long as their sources are folders of the repository.  Where the
 * way ends early, the last call that was found on it is what a person can
 * change.
 */
#include "engine/locate.h"

#include "engine/total.h"
#include "hcl/source.h"

struct way {
	struct source *source;
	const struct config *config;
	struct tfa_report *report;
	struct arena scratch; /* of one finding */
	struct map known;     /* address without keys -> struct location */
	size_t missing; /* findings whose block is not where it should be */
};

bool
locate_check(const struct tfa_options *options, struct tfa_error *err)
{
	struct source *source;

	if (!options->source_root)
		return true;
	source = source_open(options->source_root, false, err);
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
enter(struct way *way, struct str *folder, bool *found,
    const struct address *address)
{
	struct config_call call =
	    config_call(way->config, address, &way->scratch);
	struct str key;

	if (!call.source.ptr ||
	    !source_local(way->source, folder, found, *folder, call.source))
		return false;
	if (*found)
		return true;
	return call_key(&key, address, &way->scratch) &&
	    source_installed(way->source, folder, found, key);
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
take(struct location *location, const struct place *place, enum located how)
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
locate_nowhere(struct way *way, struct location *location)
{
	struct place place;

	if (location->how != LOCATED_NOT)
		return true;
	if (!source_main(way->source, &place))
		return false;
	take(location, &place, LOCATED_ROOT);
	if (location->how == LOCATED_NOT)
		*location = (struct location){
		    .file = way->report->plans[0].path,
		    .line = 1,
		    .column = 1,
		    .how = LOCATED_PLAN};
	return true;
}

static bool
locate(struct way *way, struct location *location,
    const struct address *address)
{
	struct str folder = STR("");
	struct place place;
	bool found = true;

	for (size_t i = 0; found && i < address->step_count; i++) {
		struct address call = *address;

		call.step_count = i + 1;
		if (!source_find(way->source, &place, folder, BLOCK_MODULE,
			STR(""), call.steps[i].name))
			return false;
		take(location, &place, LOCATED_CALL);
		if (!enter(way, &folder, &found, &call))
			return false;
	}
	if (found) {
		if (!source_find(way->source, &place, folder,
			block_kind_of(address->mode), address->type,
			address->name))
			return false;
		take(location, &place, LOCATED_RESOURCE);
	}
	location->astray = found && location->how != LOCATED_RESOURCE;
	return locate_nowhere(way, location);
}

/* What lives with the source is copied to the report. */
static bool
keep(struct way *way, struct location *location, struct str key)
{
	struct location *kept = arena_new(&way->report->arena, struct location);

	location->file = arena_copy(&way->report->arena, location->file);
	key = arena_copy(&way->report->arena, key);
	if (!kept || !key.ptr || !location->file.ptr)
		return false;
	*kept = *location;
	return map_set(&way->known, key, kept);
}

static bool
locate_finding(struct way *way, struct finding *finding)
{
	struct location location = {0};
	const struct location *known;
	struct address address;
	struct str key;

	arena_reset(&way->scratch);
	if (!address_read(&address, finding->address, &way->scratch))
		return false;
	key = address_static(&address, &way->scratch);
	if (!key.ptr)
		return false;
	known = map_find(&way->known, key);
	if (known)
		location = *known;
	else if (!locate(way, &location, &address) ||
	    !keep(way, &location, key))
		return false;
	finding->location = location;
	/* What goes away has no block any more. */
	way->missing += location.astray &&
	    (finding->actions == 0 ||
		(finding->actions &
		    ~(unsigned)(ACTION_DELETE | ACTION_FORGET)));
	return true;
}

static bool
add_notes(struct way *way)
{
	struct tfa_report *report = way->report;
	struct names *notes = &report->plans[0].notes;

	for (size_t i = 0; i < source_note_count(way->source); i++) {
		struct str note = arena_copy(
		    &report->arena, source_note(way->source, i));

		if (!note.ptr || !names_add(notes, note, &report->arena))
			return false;
	}
	return way->missing == 0 ||
	    names_add_fmt(notes, &report->arena,
		"source: the blocks of %zu findings are not there: is it of "
		"the same commit as the plan?",
		way->missing);
}

bool
locate_findings(struct tfa_report *report, const struct config *config,
    const struct plan_info *info, struct tfa_error *err)
{
	/* Terraform says whether a plan is complete, OpenTofu does not. */
	bool tofu = info->complete == UNSTATED;
	struct way way = {.config = config, .report = report};
	bool ok = true;

	if (!report->options->source_root)
		return true;
	way.source = source_open(report->options->source_root, tofu, err);
	if (!way.source)
		return false;
	for (size_t i = 0; ok && i < report->finding_count; i++)
		ok = locate_finding(&way, &report->findings[i]);
	ok = ok && add_notes(&way);
	map_free(&way.known);
	arena_free(&way.scratch);
	source_free(way.source);
	return ok || error_nomem(err);
}
