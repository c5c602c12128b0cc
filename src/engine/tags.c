/*
 * Providers merge their default_tags into tags_all while planning.  Where they
 * cannot, because some tag or a default tag is not known yet, the whole map is
 * masked; so it is too where there are no tags at all.  Then it is put together
 * here from the resource's own tags, which win, and constant default_tags.
 */
#include "engine/tags.h"

#include "config/target.h"

/* A path into tags: the map, or one key of it. */
struct wanted {
	struct str map; /* "tags" or "tags_all" */
	struct str key; /* or empty: the map itself */
};

static bool
wanted_of(struct wanted *out, const struct place *place)
{
	*out = (struct wanted){.map = STR("")};
	if (place && place->up) {
		if (place->kind != STEP_NAME && place->kind != STEP_KEY)
			return false;
		out->key = place->name;
		place = place->up;
	}
	if (!place || place->up || place->kind != STEP_NAME)
		return false;
	out->map = place->name;
	return str_eq(out->map, STR("tags")) ||
	    str_eq(out->map, STR("tags_all"));
}

/* What hides it: the expression of the resource's own tags. */
static void
wait_for_own(struct scene *scene, struct look *look, struct str key)
{
	struct config_step steps[] = {{.name = STR("tags")}, {.name = key}};

	look->state = STATE_UNKNOWN;
	if (!config_origin(&look->origin, scene->config,
		&scene->subject->address, steps, key.len ? 2 : 1,
		scene->policies->digest, scene->arena))
		scene->failed = true;
}

static struct str
setting_name(struct scene *scene, struct str identity)
{
	struct buf text = {0};
	struct str name = {NULL, 0};

	buf_fmt(&text, "default_tags of provider " STR_FMT,
	    STR_ARG(identity));
	if (!text.failed)
		name = arena_copy(scene->arena, buf_str(&text));
	buf_free(&text);
	if (!name.ptr)
		scene->failed = true;
	return name;
}

static void
wait_for_provider(struct scene *scene, struct look *look, struct str identity)
{
	struct str *waits = arena_new(scene->arena, struct str);

	look->state = STATE_UNKNOWN;
	look->origin = (struct origin){.written = WRITTEN_OPAQUE};
	if (!identity.len)
		return;
	if (!waits) {
		scene->failed = true;
		return;
	}
	*waits = setting_name(scene, identity);
	look->origin.waits_for = waits;
	look->origin.waits_for_count = 1;
}

static struct str
provider_name(struct scene *scene)
{
	struct config_provider provider = {.identity = STR("")};

	if (scene->config_ready)
		provider = config_provider(
		    scene->config, &scene->subject->address);
	return provider.identity.len ? setting_name(scene, provider.identity)
				     : STR("default_tags of the provider");
}

/* Every default tag that own does not override, and then own. */
static struct value
merge(struct scene *scene, struct seen own, struct value defaults)
{
	struct value_iter it = value_each(defaults);
	struct make make = {0};
	struct value merged;

	make_open(&make, NODE_OBJECT);
	while (value_step(&it)) {
		struct str name = value_text(it.key, scene->text);
		struct seen member = seen_member(own, name);

		if (!name.ptr)
			scene->failed = true;
		if (member.value.node || seen_partly_unknown(member))
			continue;
		make_value(&make, it.key);
		make_value(&make, it.value);
	}
	for (it = value_each(own.value); value_step(&it);) {
		make_value(&make, it.key);
		make_value(&make, it.value);
	}
	make_close(&make);
	merged = make_done(&make, scene->arena);
	make_free(&make);
	if (!merged.node)
		scene->failed = true;
	return merged;
}

static void
unset(struct look *look)
{
	look->state = STATE_UNSET;
	look->omitted = true;
	look->spot.seen = (struct seen){.sensitive = look->spot.seen.sensitive};
}

static void
look_map(struct scene *scene, struct look *look, struct seen own,
    const struct config_provider *provider)
{
	if (provider->default_tags_hidden) {
		wait_for_provider(scene, look, provider->identity);
		return;
	}
	own.value = merge(scene, own, provider->default_tags);
	if (value_count(own.value) == 0 && !seen_partly_unknown(own)) {
		unset(look);
		return;
	}
	look->state = STATE_KNOWN;
	look->spot.seen = own;
}

static void
look_key(struct scene *scene, struct look *look, struct seen own,
    struct str key, const struct config_provider *provider)
{
	struct seen member = seen_member(own, key);
	struct value added = value_member(provider->default_tags, key);

	if (seen_unknown(member)) {
		wait_for_own(scene, look, key);
	} else if (member.value.node) {
		look->state = STATE_KNOWN;
		look->spot.seen = member;
	} else if (provider->default_tags_hidden) {
		wait_for_provider(scene, look, provider->identity);
	} else if (added.node) {
		look->state = STATE_KNOWN;
		look->spot.seen = (struct seen){.value = added};
		look->setting = setting_name(scene, provider->identity);
	} else {
		unset(look);
	}
	if (look->state == STATE_KNOWN && seen_unset(&look->spot.seen))
		look->state = STATE_UNSET;
}

static void
look_merged(struct scene *scene, struct look *look, struct str key)
{
	struct seen own = seen_member(scene_root(scene).seen, STR("tags"));
	struct config_provider provider =
	    config_provider(scene->config, &scene->subject->address);

	if (!seen_unknown(own)) {
		if (key.len)
			look_key(scene, look, own, key, &provider);
		else
			look_map(scene, look, own, &provider);
		return;
	}
	wait_for_own(scene, look, STR(""));
	/* That there will be tags says nothing of one of them. */
	look->origin.single = look->origin.single && !key.len;
}

/* Resources of some types take no tags from the provider. */
static bool
has_tags_all(const struct scene *scene, const struct seen *all)
{
	const struct digest *digest = scene->policies->digest;

	if (!all->absent_is_unknown || all->value.node || all->unknown.node)
		return all->value.node || all->unknown.node;
	return digest &&
	    digest_find(digest, scene->subject->address.type, STR("tags_all"))
		    .kind == DIGEST_ATTRIBUTE;
}

bool
tags_look(struct scene *scene, struct look *look)
{
	struct seen all = seen_member(scene_root(scene).seen, STR("tags_all"));
	struct wanted wanted;

	if (!wanted_of(&wanted, look->spot.place) ||
	    !str_eq(wanted.map, STR("tags_all")) ||
	    !has_tags_all(scene, &all))
		return false;
	look_merged(scene, look, wanted.key);
	return true;
}

void
tags_default(struct scene *scene, struct look *look)
{
	struct seen all = seen_member(scene_root(scene).seen, STR("tags_all"));
	struct wanted wanted;

	if (!wanted_of(&wanted, look->spot.place) ||
	    !str_eq(wanted.map, STR("tags")) || !has_tags_all(scene, &all))
		return;
	/* The provider is named. */
	if (!scene->config_ready)
		scene->pending = true;
	if (wanted.key.len && !seen_unknown(all))
		all = seen_member(all, wanted.key);
	if (!seen_unknown(all) && seen_unset(&all))
		return;
	if (!seen_unknown(all)) {
		look->spot.seen = all;
		look->state = STATE_KNOWN;
	} else if (!scene->config_ready) {
		look->state = STATE_UNKNOWN;
		look->pending = true;
	} else {
		look_merged(scene, look, wanted.key);
	}
	if (look->state != STATE_KNOWN)
		return;
	look->state = STATE_DEFAULTED;
	look->setting = provider_name(scene);
}
