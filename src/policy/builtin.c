/*
 * The built-in policies are read in two steps.  Loading takes what every run
 * needs of a control: its name, how grave it is, and the types that it is
 * about.  The rest, and the defaults, come with the first resource of a type.
 * One lock guards that step, so a set is still shared between threads.
 */
#include "policy/builtin.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "policy/cond_read.h"
#include "policy/control_read.h"
#include "policy/image.h"

/* A file of the image. */
struct source {
	struct pack *pack;
	struct image definitions;
};

struct builtin {
	struct tfa_policies *policies;
	pthread_mutex_t lock;
	struct source *sources;
	struct control *controls;
	struct image *images; /* of each control; at is NULL once it is read */
	struct image *tests;
	struct arena scratch; /* of one load after the other */
	size_t control_count;
	bool *done; /* of each type: its defaults have been read */
	atomic_bool whole; /* nothing but tests is left: no lock is needed */
	bool tested;	   /* nor they */
};

bool
policies_read_digest(struct tfa_policies *policies)
{
	struct str text = {(const char *)builtin_digest, builtin_digest_len};
	struct tfa_error err = {0};

	policies->digest = digest_read(text, &err);
	return policies->digest != NULL;
}

void
builtin_free(struct builtin *builtin)
{
	if (!builtin)
		return;
	pthread_mutex_destroy(&builtin->lock);
	arena_free(&builtin->scratch);
	free(builtin);
}

/* --- The first step --- */

static struct image
body_of(struct image *image, const unsigned char *bodies)
{
	return (struct image){bodies + image_number(image)};
}

static bool
read_source(struct builtin *builtin, struct source *source,
    struct image *image)
{
	struct tfa_policies *policies = builtin->policies;
	struct pack *pack = arena_new(&policies->arena, struct pack);

	if (!pack ||
	    !arena_grow(&policies->arena, &policies->packs,
		policies->pack_count, &policies->pack_cap, sizeof(pack)))
		return false;
	pack->file = image_text(image);
	memcpy(pack->sha256, image_text(image).ptr, sizeof(pack->sha256));
	pack->name = image_text(image);
	pack->version = image_text(image);
	pack->controls = image_number(image);
	pack->builtin = true;
	source->pack = pack;
	source->definitions = body_of(image, builtin_bodies);
	policies->packs[policies->pack_count++] = pack;
	return true;
}

static bool
read_sources(struct builtin *builtin, struct image *image)
{
	size_t count = image_number(image);

	builtin->sources = arena_array(&builtin->policies->arena, count,
	    sizeof(*builtin->sources));
	if (!builtin->sources)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!read_source(builtin, &builtin->sources[i], image))
			return false;
	}
	return true;
}

static bool
read_header(struct builtin *builtin, struct control *control,
    struct image *image)
{
	struct tfa_policies *policies = builtin->policies;

	control->waivable = true;
	control->pack = builtin->sources[image_number(image)].pack;
	control->pos = image_pos(image);
	control->id = image_text(image);
	control->title = image_text(image);
	control->severity = (enum severity)image_number(image);
	control->enforce = (enum enforce)image_number(image);
	control->data = image_number(image) != 0;
	control->joins = image_number(image) != 0;
	control->joins_data = image_number(image) != 0;
	if (!arena_grow(&policies->arena, &policies->controls,
		policies->control_count, &policies->control_cap,
		sizeof(control)) ||
	    !map_set(&policies->control_ids, control->id, control))
		return false;
	control->index = policies->control_count;
	policies->controls[policies->control_count++] = control;
	return true;
}

static bool
read_headers(struct builtin *builtin, struct image *image)
{
	struct arena *arena = &builtin->policies->arena;
	size_t count = image_number(image);

	builtin->controls =
	    arena_array(arena, count, sizeof(*builtin->controls));
	builtin->images = arena_array(arena, count, sizeof(*builtin->images));
	builtin->tests = arena_array(arena, count, sizeof(*builtin->tests));
	if (!builtin->controls || !builtin->images ||
	    !builtin->tests ||
	    !map_reserve(&builtin->policies->control_ids, count))
		return false;
	builtin->control_count = count;
	for (size_t i = 0; i < count; i++) {
		if (!read_header(builtin, &builtin->controls[i], image))
			return false;
		builtin->images[i] = body_of(image, builtin_bodies);
		builtin->tests[i] = body_of(image, builtin_tests);
	}
	return true;
}

static bool
read_governing(struct builtin *builtin, struct image *image)
{
	size_t count = image_number(image);

	for (size_t i = 0; i < count; i++) {
		struct str type = image_text(image);

		if (!governing_add(builtin->policies, type, image_text(image)))
			return false;
	}
	return true;
}

static bool need_all(struct builtin *builtin, struct tfa_error *err);

bool
tfa_policies_builtin(struct tfa_policies *policies, struct tfa_error *err)
{
	struct image image = {builtin_image};
	struct builtin *builtin;

	if (policies->builtin || policies->pack_count)
		return error_set(err, TFA_ERR_USAGE,
		    "the built-in policies are the first of a set");
	builtin = calloc(1, sizeof(*builtin));
	if (!builtin)
		return error_nomem(err);
	builtin->policies = policies;
	builtin->scratch.limit = policies->arena.limit;
	pthread_mutex_init(&builtin->lock, NULL);
	policies->builtin = builtin;
	builtin->done = arena_array(
	    &policies->arena, builtin_type_count, sizeof(*builtin->done));
	if (!builtin->done || !read_sources(builtin, &image) || !read_headers(builtin, &image) ||
	    !read_governing(builtin, &image))
		return error_nomem(err);
	/* What --set says can be wrong, and that must not wait. */
	return !policies->override_count || need_all(builtin, err);
}

/* --- The second step --- */

/* The loader's state for a tree of the image; its errors have no excerpt. */
static struct load
load_of(struct builtin *builtin, const struct source *source,
    struct tfa_error *err)
{
	struct tfa_policies *policies = builtin->policies;

	return (struct load){.policies = policies,
	    .arena = &policies->arena,
	    .scratch = builtin->scratch,
	    .file = source->pack->file,
	    .text = STR(""),
	    .stays = true,
	    .err = err,
	    .pack = source->pack,
	    .begun = policies->arena.used};
}

static bool
load_end(struct builtin *builtin, struct load *load, bool ok)
{
	map_free(&load->definitions);
	arena_reset(&load->scratch);
	builtin->scratch = load->scratch;
	return ok;
}

static bool
read_definitions(struct load *load, struct image image)
{
	size_t count = image_number(&image);

	for (size_t i = 0; i < count; i++) {
		const struct tree *tree = image_tree(&image, &load->scratch);

		if (!tree || !definitions_add(load, tree))
			return false;
	}
	return true;
}

static const struct source *
source_of(const struct builtin *builtin, const struct control *control)
{
	const struct source *source = builtin->sources;

	while (source->pack != control->pack)
		source++;
	return source;
}

static bool
complete(struct builtin *builtin, size_t index, struct tfa_error *err)
{
	struct control *control = &builtin->controls[index];
	const struct source *source = source_of(builtin, control);
	struct load load = load_of(builtin, source, err);
	bool uses = image_number(&builtin->images[index]) != 0;
	const struct tree *tree =
	    image_tree(&builtin->images[index], &load.scratch);

	builtin->images[index].at = NULL;
	return load_end(builtin, &load,
	    tree &&
		(!uses || read_definitions(&load, source->definitions)) &&
		control_fill(&load, control, tree));
}

static bool
complete_tests(
    struct builtin *builtin, size_t index, struct tfa_error *err)
{
	struct control *control = &builtin->controls[index];
	struct load load = load_of(builtin, source_of(builtin, control), err);
	bool any = image_number(&builtin->tests[index]) > 0;
	const struct tree *tree = any
	    ? image_tree(&builtin->tests[index], &load.scratch)
	    : NULL;

	return load_end(builtin, &load,
	    !any || (tree && control_fill_tests(&load, control, tree)));
}

static bool
read_defaults(struct builtin *builtin, struct image *type)
{
	size_t count = image_number(type);
	struct tfa_error err = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		size_t source = image_number(type);
		struct load load =
		    load_of(builtin, &builtin->sources[source], &err);
		const struct tree *tree = image_tree(type, &load.scratch);

		ok = load_end(builtin, &load, tree && default_read(&load, tree));
	}
	return ok;
}

/* Which of the types; image is behind its name.  False: none of ours. */
static bool
find_type(size_t *index, struct image *image, struct str type)
{
	size_t low = 0, high = builtin_type_count;

	while (low < high) {
		int order;

		*index = low + (high - low) / 2;
		image->at = builtin_bodies + builtin_types[*index];
		order = str_cmp(type, image_text(image));
		if (order == 0)
			return true;
		if (order < 0)
			high = *index;
		else
			low = *index + 1;
	}
	return false;
}

static bool
read_type(struct builtin *builtin, size_t index, struct image image,
    const bool *wanted)
{
	size_t count = image_number(&image);
	struct tfa_error err = {0};

	for (size_t i = 0; i < count; i++) {
		size_t number = image_number(&image);

		if (builtin->images[number].at &&
		    (!wanted || wanted[builtin->controls[number].index]) &&
		    !complete(builtin, number, &err))
			return false;
	}
	if (builtin->done[index])
		return true;
	builtin->done[index] = true;
	return read_defaults(builtin, &image);
}

bool
policies_need_type(const struct tfa_policies *policies, struct str type,
    const bool *wanted)
{
	struct builtin *builtin = policies->builtin;
	struct image image;
	size_t index;
	bool ok;

	if (!builtin || builtin->whole || !find_type(&index, &image, type))
		return true;
	pthread_mutex_lock(&builtin->lock);
	ok = read_type(builtin, index, image, wanted);
	pthread_mutex_unlock(&builtin->lock);
	return ok;
}

/* The numbers of the built-in controls that a type matters to, in order. */
struct numbers {
	struct image image;
	size_t left;
};

static const struct control *
next_builtin(const struct builtin *builtin, struct numbers *numbers)
{
	if (!numbers->left)
		return NULL;
	numbers->left--;
	return &builtin->controls[image_number(&numbers->image)];
}

static bool
is_builtin(const struct builtin *builtin, const struct control *control)
{
	return builtin && control >= builtin->controls &&
	    control < builtin->controls + builtin->control_count;
}

bool
policies_touched(const struct tfa_policies *policies, struct str type,
    struct arena *arena, const struct control ***out, size_t *count)
{
	const struct builtin *builtin = policies->builtin;
	struct numbers numbers = {{NULL}, 0};
	size_t index, own = builtin ? builtin->control_count : 0;
	const struct control **found, *next;

	if (builtin && find_type(&index, &numbers.image, type))
		numbers.left = image_number(&numbers.image);
	found = arena_array(arena,
	    policies->control_count - own + numbers.left + 1, sizeof(*found));
	if (!found)
		return false;
	*out = found;
	*count = 0;
	next = next_builtin(builtin, &numbers);
	while (policies->control_count == own && next) {
		found[(*count)++] = next;
		next = next_builtin(builtin, &numbers);
	}
	for (size_t i = 0; policies->control_count > own &&
	     i < policies->control_count; i++) {
		const struct control *control = policies->controls[i];

		if (is_builtin(builtin, control)
			? control != next
			: !control_selects_type(control, type) &&
			    !control_joins_type(control, type))
			continue;
		if (control == next)
			next = next_builtin(builtin, &numbers);
		found[(*count)++] = control;
	}
	return true;
}

static bool
need_all(struct builtin *builtin, struct tfa_error *err)
{
	bool ok = true;

	if (builtin->whole)
		return true;
	pthread_mutex_lock(&builtin->lock);
	for (size_t i = 0; ok && i < builtin->control_count; i++)
		ok = !builtin->images[i].at || complete(builtin, i, err);
	for (size_t i = 0; ok && i < builtin_type_count; i++) {
		struct image image = {builtin_bodies + builtin_types[i]};

		image_text(&image);
		ok = read_type(builtin, i, image, NULL);
	}
	pthread_mutex_unlock(&builtin->lock);
	builtin->whole = ok;
	return ok || error_nomem(err);
}

bool
policies_need_all(const struct tfa_policies *policies)
{
	struct tfa_error err = {0};

	return !policies->builtin || need_all(policies->builtin, &err);
}

static bool
need_tests(struct builtin *builtin)
{
	struct tfa_error err = {0};
	bool ok = need_all(builtin, &err);

	pthread_mutex_lock(&builtin->lock);
	for (size_t i = 0; ok && !builtin->tested && i < builtin->control_count;
	     i++)
		ok = complete_tests(builtin, i, &err);
	builtin->tested = builtin->tested || ok;
	pthread_mutex_unlock(&builtin->lock);
	return ok;
}

bool
policies_need_tests(const struct tfa_policies *policies)
{
	return !policies->builtin || need_tests(policies->builtin);
}

void *
builtin_find(const struct tfa_policies *policies, const struct map *map,
    struct str key)
{
	struct builtin *builtin = policies->builtin;
	void *found;

	if (!builtin || builtin->whole)
		return map_find(map, key);
	pthread_mutex_lock(&builtin->lock);
	found = map_find(map, key);
	pthread_mutex_unlock(&builtin->lock);
	return found;
}
