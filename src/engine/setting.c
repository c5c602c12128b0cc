/*
 * Settings are kept as partners.  What those of one provider configuration say
 * of one default is asked once; then every resource that leaves it out has the
 * answer.  One whose configuration cannot be seen may govern or not, which
 * matters only where it would change the value.
 */
#include "engine/setting.h"

#include "config/target.h"
#include "engine/link.h"

enum ruled { RULED_NOT, RULED, RULED_OPEN };

struct ruling {
	enum ruled ruled;
	struct seen seen;
	struct str setting; /* RULED: the address */
	const char *open;   /* RULED_OPEN: why, static text */
	struct str *waits;  /* RULED_OPEN: what it depends on */
	size_t waits_count, waits_cap;
};

/* One default of one provider configuration. */
struct question {
	struct scene *scene;
	const struct default_entry *entry;
	struct path path;
	struct ruling *ruling;
};

static bool
equal(struct value a, struct value b)
{
	struct op_args args = {0};

	return value_equal(a, b, &args);
}

/* What the setting says: UNSET is nothing. */
static struct look
ask(const struct question *q, const struct record *record)
{
	struct scene scene = *q->scene;
	struct spot root;
	struct look look;

	scene.subject = record->subject;
	scene.joins = NULL;
	root = scene_root(&scene);
	look = look_at(&scene, &root, &q->path, false);
	look_plain_default(&scene, &look);
	if ((look.state == STATE_KNOWN || look.state == STATE_DEFAULTED) &&
	    q->entry->governed_except.len &&
	    value_is(look.spot.seen.value, q->entry->governed_except))
		look.state = STATE_UNSET;
	q->scene->failed = q->scene->failed || scene.failed;
	return look;
}

static void
open_by(const struct question *q, const char *why, struct str address)
{
	struct ruling *ruling = q->ruling;
	struct arena *arena = &q->scene->joins->partners.arena;
	struct buf text = {0};
	struct str name = {NULL, 0};

	buf_fmt(&text, STR_FMT "." STR_FMT, STR_ARG(address),
	    STR_ARG(q->entry->governed_path));
	if (!text.failed)
		name = arena_copy(arena, buf_str(&text));
	buf_free(&text);
	ruling->ruled = RULED_OPEN;
	ruling->open = why;
	if (!name.ptr ||
	    !arena_grow(arena, &ruling->waits, ruling->waits_count,
		&ruling->waits_cap, sizeof(name))) {
		q->scene->failed = true;
		return;
	}
	ruling->waits[ruling->waits_count++] = name;
}

static void
rule(const struct question *q, struct seen seen, struct str address)
{
	struct ruling *ruling = q->ruling;
	struct arena *arena = &q->scene->joins->partners.arena;

	ruling->ruled = RULED;
	ruling->setting = address;
	ruling->seen = (struct seen){.value = value_copy(seen.value, arena),
	    .sensitive = value_copy(seen.sensitive, arena)};
	if (!ruling->seen.value.node ||
	    (seen.sensitive.node && !ruling->seen.sensitive.node))
		q->scene->failed = true;
}

/* Of the same provider configuration. */
static void
hear(const struct question *q, const struct record *record)
{
	struct ruling *ruling = q->ruling;
	struct str address = record->subject->address.text;
	struct look look = ask(q, record);

	if (look.state == STATE_UNSET || ruling->ruled == RULED_OPEN)
		return;
	if (look.state != STATE_KNOWN && look.state != STATE_DEFAULTED) {
		open_by(q, "the account setting is not known yet", address);
	} else if (ruling->ruled == RULED_NOT) {
		rule(q, look.spot.seen, address);
	} else if (!equal(ruling->seen.value, look.spot.seen.value)) {
		open_by(q, "account settings contradict each other",
		    ruling->setting);
		open_by(q, "account settings contradict each other", address);
	}
}

/* Perhaps of the same one. */
static void
doubt(const struct question *q, const struct record *record)
{
	const struct ruling *ruling = q->ruling;
	struct look look = ask(q, record);
	struct value so_far = ruling->ruled == RULED ? ruling->seen.value
						     : q->entry->value;

	if (look.state == STATE_UNSET || ruling->ruled == RULED_OPEN)
		return;
	if (look.state == STATE_UNKNOWN || look.state == STATE_INVALID ||
	    !equal(so_far, look.spot.seen.value))
		open_by(q,
		    "an account setting may be of the same provider "
		    "configuration",
		    record->subject->address.text);
}

static void
each(const struct question *q, const struct group *group,
    void (*one)(const struct question *q, const struct record *record))
{
	if (!group)
		q->scene->failed = true;
	for (size_t i = 0; group && i < group->count; i++) {
		if (record_is_there(group->items[i], q->scene->before))
			one(q, group->items[i]);
	}
}

/* What somebody has said, of this configuration or of all. */
static void
hear_facts(const struct question *q, struct kind *facts, struct str identity)
{
	struct joins *joins = q->scene->joins;
	const struct group *own = kind_of_provider(joins, facts, identity);

	if (own && !own->count)
		own = kind_of_provider(joins, facts, STR("*"));
	each(q, own, hear);
}

static void
decide(struct question *q, struct kind *kind, struct kind *facts,
    struct str identity)
{
	struct joins *joins = q->scene->joins;
	const char *message;

	if (!path_read(&q->path, q->entry->governed_path, q->scene->arena,
		&message)) {
		q->scene->failed = true;
		return;
	}
	if (!identity.len) {
		if (kind)
			each(q, kind_all(joins, kind), doubt);
		return;
	}
	if (kind) {
		each(q, kind_of_provider(joins, kind, identity), hear);
		each(q, kind_of_provider(joins, kind, STR("")), doubt);
	}
	if (facts && q->ruling->ruled == RULED_NOT)
		hear_facts(q, facts, identity);
}

static bool
key_print(const struct scene *scene, const struct default_entry *entry,
    struct str identity)
{
	uintptr_t id = (uintptr_t)entry;

	scene->text->len = 0;
	buf_add(scene->text, (struct str){(const char *)&id, sizeof(id)});
	buf_byte(scene->text, scene->before);
	return buf_add(scene->text, identity);
}

/* NULL: the plan has no such setting, or no memory. */
static const struct ruling *
ruling_of(struct scene *scene, const struct default_entry *entry)
{
	struct joins *joins = scene->joins;
	struct kind *kind =
	    partners_kind(&joins->partners, entry->governed_type);
	struct kind *facts =
	    partners_facts(&joins->partners, entry->governed_type);
	struct str identity, key;
	struct question q = {.scene = scene, .entry = entry};

	if (!kind && !facts)
		return NULL;
	identity =
	    config_provider(scene->config, &scene->subject->address).identity;
	if (!key_print(scene, entry, identity)) {
		scene->failed = true;
		return NULL;
	}
	q.ruling = map_find(&joins->rulings, buf_str(scene->text));
	if (q.ruling)
		return q.ruling;
	key = arena_copy(&joins->partners.arena, buf_str(scene->text));
	q.ruling = arena_new(&joins->partners.arena, struct ruling);
	if (!key.ptr || !q.ruling) {
		scene->failed = true;
		return NULL;
	}
	decide(&q, kind, facts, identity);
	if (scene->failed || !map_set(&joins->rulings, key, q.ruling)) {
		scene->failed = true;
		return NULL;
	}
	return q.ruling;
}

bool
setting_default(struct scene *scene, struct look *look)
{
	const struct ruling *ruling;

	if (!scene->config_ready) {
		look->state = STATE_UNKNOWN;
		look->pending = scene->pending = true;
		return true;
	}
	ruling = scene->joins ? ruling_of(scene, look->entry) : NULL;
	if (!ruling || ruling->ruled == RULED_NOT)
		return false;
	if (ruling->ruled == RULED_OPEN) {
		look->state = STATE_UNKNOWN;
		look->open = ruling->open;
		look->origin = (struct origin){.written = WRITTEN_OPAQUE,
		    .waits_for = ruling->waits,
		    .waits_for_count = ruling->waits_count};
		return true;
	}
	look->state = STATE_DEFAULTED;
	look->spot.seen = ruling->seen;
	look->setting = ruling->setting;
	return true;
}
