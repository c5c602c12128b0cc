/*
 * A plan is read in many guises (other orders of members, other bytes around
 * it, other pieces), which must all tell the same; and with one thing wrong in
 * it, which must be named.
 */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "plan/crosscheck.h"
#include "plan/input.h"
#include "plan/plan_read.h"
#include "plan/safe.h"
#include "plan/seen.h"
#include "test/test.h"

/* --- Values as text, in one order --- */

enum order { NATIVE, SORTED, REVERSED };

/* Writes a document anew; may change one leaf or leave out one instance. */
struct writer {
	struct buf out;
	enum order order;
	bool pretty;
	size_t depth;
	const char *section; /* whose leaves or instances count */
	size_t leaf, forged; /* counted from 1; 0: none */
	size_t instance, dropped;
	struct buf path, address; /* of what was forged or dropped */
	bool inside;
	struct buf at; /* the path while inside */
	struct str top, entry;
};

static void write_value(struct writer *w, struct value v);

static int
by_key(const void *left, const void *right)
{
	const struct value_iter *a = left, *b = right;

	return str_cmp(value_raw(a->key), value_raw(b->key));
}

static void
new_line(struct writer *w)
{
	if (!w->pretty)
		return;
	buf_byte(&w->out, '\n');
	for (size_t i = 0; i < w->depth; i++)
		buf_byte(&w->out, '\t');
}

static void
write_string(struct writer *w, struct value v)
{
	buf_byte(&w->out, '"');
	buf_add(&w->out, value_raw(v));
	buf_byte(&w->out, '"');
}

static bool
is_region(const struct writer *w, struct str key)
{
	if (!w->section || !str_eq(w->top, str_of(w->section)))
		return false;
	return str_eq(key,
	    str_eq(w->top, STR("planned_values")) ? STR("values")
						  : STR("after"));
}

static void
write_member(struct writer *w, const struct value_iter *member)
{
	struct str key = value_raw(member->key), entry = w->entry;
	bool region = !w->inside && is_region(w, key);
	size_t len = w->at.len;

	if (w->depth == 1)
		w->top = key;
	new_line(w);
	write_string(w, member->key);
	buf_byte(&w->out, ':');
	if (region) {
		w->inside = true;
		w->at.len = 0;
	} else if (w->inside) {
		if (len)
			buf_byte(&w->at, '.');
		buf_add(&w->at, key);
	}
	write_value(w, member->value);
	if (region)
		w->inside = false;
	w->at.len = len;
	w->entry = entry;
}

static void
write_object(struct writer *w, struct value v)
{
	size_t count = value_count(v), n = 0;
	struct value_iter *members = calloc(count + 1, sizeof(*members));
	struct value_iter it = value_each(v);
	struct value address = value_member(v, STR("address"));

	ck_assert_ptr_nonnull(members);
	if (!w->inside && value_kind(address) == NODE_STRING)
		w->entry = value_raw(address);
	while (value_step(&it))
		members[n++] = it;
	if (w->order != NATIVE)
		qsort(members, count, sizeof(*members), by_key);
	buf_byte(&w->out, '{');
	w->depth++;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(&w->out, ',');
		write_member(w,
		    &members[w->order == REVERSED ? count - 1 - i : i]);
	}
	w->depth--;
	new_line(w);
	buf_byte(&w->out, '}');
	free(members);
}

/* An instance that ought to be in both sections. */
static bool
is_instance(const struct writer *w, struct value v)
{
	struct value after =
	    value_member(value_member(v, STR("change")), STR("after"));

	if (!w->section || w->inside || !str_eq(w->top, str_of(w->section)))
		return false;
	if (str_eq(w->top, STR("resource_changes")))
		return w->depth == 2 && value_kind(after) == NODE_OBJECT &&
		    !value_member(v, STR("deposed")).node;
	return value_kind(value_member(v, STR("values"))) == NODE_OBJECT;
}

static void
write_array(struct writer *w, struct value v)
{
	struct value_iter it = value_each(v);
	size_t len = w->at.len, index = 0;
	bool comma = false;

	buf_byte(&w->out, '[');
	w->depth++;
	for (; value_step(&it); index++) {
		if (is_instance(w, it.value) && ++w->instance == w->dropped) {
			buf_add(&w->address,
			    value_raw(value_member(it.value, STR("address"))));
			continue;
		}
		if (comma)
			buf_byte(&w->out, ',');
		comma = true;
		new_line(w);
		if (w->inside)
			buf_fmt(&w->at, "[%zu]", index);
		write_value(w, it.value);
		w->at.len = len;
	}
	w->depth--;
	buf_byte(&w->out, ']');
}

static void
write_scalar(struct writer *w, struct value v, bool forge)
{
	switch (value_kind(v)) {
	case NODE_STRING:
		write_string(w, v);
		if (forge) {
			w->out.len--;
			buf_add(&w->out, STR("x\""));
		}
		break;
	case NODE_NUMBER:
		if (forge && value_raw(v).ptr[0] != '-')
			buf_byte(&w->out, '1');
		buf_add(&w->out, value_raw(v));
		if (forge && value_raw(v).ptr[0] == '-')
			buf_byte(&w->out, '1');
		break;
	case NODE_TRUE:
	case NODE_FALSE:
		buf_add(&w->out,
		    (value_kind(v) == NODE_TRUE) != forge ? STR("true")
							  : STR("false"));
		break;
	default:
		buf_add(&w->out, forge ? STR("true") : STR("null"));
		break;
	}
}

static void
write_value(struct writer *w, struct value v)
{
	bool forge = false;

	if (w->inside && value_count(v) == 0 && ++w->leaf == w->forged) {
		forge = true;
		buf_add(&w->path, buf_str(&w->at));
		buf_add(&w->address, w->entry);
	}
	if (forge && value_is_container(v))
		buf_add(&w->out, STR("null"));
	else if (value_kind(v) == NODE_OBJECT)
		write_object(w, v);
	else if (value_kind(v) == NODE_ARRAY)
		write_array(w, v);
	else
		write_scalar(w, v, forge);
}

static void
writer_free(struct writer *w)
{
	buf_free(&w->out);
	buf_free(&w->path);
	buf_free(&w->address);
	buf_free(&w->at);
}

/* --- What a reading tells --- */

struct event {
	struct str text;
	bool planned;
};

struct reading {
	struct arena arena;
	struct event events[4000];
	size_t count;
	unsigned actions[2048]; /* subjects with these bits */
	size_t subjects, moved, importing, dropped;
	bool want_data;
	struct tfa_error err;
	bool ok;
	struct plan_info info;
	struct plan *plan;
	uint64_t decoded;
};

static void
add_part(struct buf *text, const char *name, struct value v)
{
	struct writer w = {.order = SORTED};

	buf_fmt(text, " %s=", name);
	if (!v.node)
		return;
	write_value(&w, v);
	buf_add(text, buf_str(&w.out));
	writer_free(&w);
}

static void
add_event(struct reading *r, struct buf *text, bool planned)
{
	ck_assert_uint_lt(r->count, COUNTOF(r->events));
	r->events[r->count++] = (struct event){
	    arena_copy(&r->arena, buf_str(text)), planned};
	buf_free(text);
}

static bool
on_subject(void *ctx, const struct subject *s, struct tfa_error *err)
{
	struct reading *r = ctx;
	struct buf text = {0};

	(void)err;
	buf_fmt(&text, "subject %d " STR_FMT " was " STR_FMT " by " STR_FMT
		       " %s %u %d %zu " STR_FMT "/" STR_FMT,
	    s->source, STR_ARG(s->address.text), STR_ARG(s->previous_address),
	    STR_ARG(s->provider), subject_action(s), s->actions, s->importing,
	    s->address.step_count, STR_ARG(s->address.type),
	    STR_ARG(s->address.key));
	add_part(&text, "before", s->before);
	add_part(&text, "after", s->after);
	add_part(&text, "unknown", s->unknown);
	add_part(&text, "before_sensitive", s->before_sensitive);
	add_part(&text, "sensitive", s->sensitive);
	add_event(r, &text, s->source == SUBJECT_PLANNED);
	if (s->source != SUBJECT_PLANNED) {
		r->subjects++;
		r->moved += s->previous_address.len > 0;
		r->importing += s->importing;
		r->actions[s->actions]++;
	}
	return true;
}

static void
on_dropped(void *ctx)
{
	struct reading *r = ctx;
	size_t kept = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (!r->events[i].planned)
			r->events[kept++] = r->events[i];
	}
	r->count = kept;
	r->dropped++;
}

static bool
on_config(void *ctx, const struct config_item *item, struct tfa_error *err)
{
	struct buf text = {0};

	(void)err;
	buf_fmt(&text, "config %d", item->kind);
	for (size_t i = 0; i < item->depth; i++)
		buf_fmt(&text, " " STR_FMT, STR_ARG(item->module[i]));
	buf_fmt(&text, ": " STR_FMT "." STR_FMT, STR_ARG(item->name),
	    STR_ARG(item->field));
	add_part(&text, "value", item->value);
	add_event(ctx, &text, false);
	return true;
}

static int
by_text(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	return str_cmp(a->text, b->text);
}

static bool
on_bytes(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	return plan_feed(ctx, bytes, len, err);
}

/* The caller frees it with reading_free. */
static struct reading *
read_bytes(struct str bytes, size_t piece, bool cross_check)
{
	static const struct tfa_limits limits;
	static const struct plan_handler handler = {.subject = on_subject,
	    .dropped = on_dropped,
	    .config = on_config,
	    .want_data = true};
	struct reading *r = calloc(1, sizeof(*r));
	struct input *input;

	ck_assert_ptr_nonnull(r);
	r->plan = plan_new(&limits, &handler, r, cross_check);
	input = input_new(&limits, on_bytes, r->plan);
	ck_assert(r->plan && input);
	r->ok = true;
	for (size_t at = 0; r->ok && at < bytes.len; at += piece) {
		size_t len = bytes.len - at < piece ? bytes.len - at : piece;

		r->ok = input_feed(input, bytes.ptr + at, len, &r->err);
	}
	r->ok = r->ok && input_finish(input, &r->err) &&
	    plan_finish(r->plan, &r->err);
	r->decoded = input_decoded(input);
	input_free(input);
	r->info = *plan_info(r->plan);
	qsort(r->events, r->count, sizeof(*r->events), by_text);
	ck_assert(r->ok == (r->err.code == TFA_ERR_NONE));
	return r;
}

static void
reading_free(struct reading *r)
{
	plan_free(r->plan);
	arena_free(&r->arena);
	free(r);
}

static void
expect_same(const struct reading *a, const struct reading *b)
{
	ck_assert_msg(b->ok, "%s at %s", b->err.message, b->err.pointer);
	ck_assert_uint_eq(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		ck_assert_msg(str_eq(a->events[i].text, b->events[i].text),
		    STR_FMT "\n" STR_FMT, STR_ARG(a->events[i].text),
		    STR_ARG(b->events[i].text));
	ck_assert(str_eq(a->info.format_version, b->info.format_version));
	ck_assert(
	    str_eq(a->info.terraform_version, b->info.terraform_version));
	ck_assert(str_eq(a->info.timestamp, b->info.timestamp));
	ck_assert_int_eq(a->info.document, b->info.document);
	ck_assert_int_eq(a->info.applyable, b->info.applyable);
	ck_assert_int_eq(a->info.complete, b->info.complete);
	ck_assert_int_eq(a->info.errored, b->info.errored);
	ck_assert_int_eq(a->info.has_changes, b->info.has_changes);
	ck_assert_int_eq(a->info.has_planned, b->info.has_planned);
	ck_assert_int_eq(
	    a->info.has_configuration, b->info.has_configuration);
	ck_assert_uint_eq(a->info.entries, b->info.entries);
	ck_assert_uint_eq(a->info.deposed, b->info.deposed);
	ck_assert_uint_eq(a->info.drifted, b->info.drifted);
	ck_assert_uint_eq(a->info.deferred, b->info.deferred);
}

/* A file below testdata/plans, in memory that the caller frees. */
static struct buf
load(const char *name)
{
	char path[256];
	struct buf text = {0};
	size_t got;
	FILE *file;

	snprintf(path, sizeof(path), "testdata/plans/%s", name);
	file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	do {
		ck_assert(buf_reserve(&text, 65536));
		got = fread(text.ptr + text.len, 1, 65536, file);
		text.len += got;
	} while (got);
	fclose(file);
	return text;
}

static struct value
parse(struct str text, struct arena *arena)
{
	struct tfa_error err = {0};
	struct value v = VALUE_NONE;

	ck_assert_msg(value_read(&v, text, arena, &err), "%s", err.message);
	return v;
}

static struct value
parse_text(const char *text, struct arena *arena)
{
	return parse(str_of(text), arena);
}

/* --- Guises --- */

static const char *const readable[] = {
    "lifecycle/lifecycle-mixed.json",
    "lifecycle/lifecycle-noop.json",
    "lifecycle/lifecycle-destroy.json",
    "lifecycle/lifecycle-refresh-only.json",
    "lifecycle/lifecycle-target.json",
    "lifecycle/lifecycle-state.json",
    "format/a.json",
    "format/deposed.json",
    "format/dyn.json",
    "format/ecr.json",
    "format/err.json",
    "format/expr.json",
    "format/idx.json",
    "format/last.json",
    "format/life-d.json",
    "format/life-plan.json",
    "format/life-r.json",
    "format/life-state.json",
    "format/life-t.json",
    "format/misc.json",
    "format/num.json",
    "format/setunk.json",
    "stacks/data-platform/plan.json",
    "opentofu/data_read.json",
    "opentofu/drift_simple.json",
    "opentofu/fully_populated_complex_update.json",
    "opentofu/moved_with_update.json",
    "opentofu/show-json-sensitive.json",
    "opentofu/show-json-state__modules.json",
    "opentofu/show-json__modules.json",
    "opentofu/show-json__provider-aliasing-conflict.json",
    "opentofu/simple_object_replace.json",
    "terraform-json/110_basic.json",
    "terraform-json/120_basic.json",
    "terraform-json/actions.json",
    "terraform-json/deep_module.json",
    "terraform-json/explicit_null.json",
    "terraform-json/identity.json",
    "terraform-json/nested_config_keys.json",
    "terraform-json/no_changes__state.json.json",
    "terraform-json/numerics.json",
};

START_TEST(order_and_layout_do_not_matter)
{
	struct buf text = load(readable[_i]);
	struct arena arena = {0};
	struct value v = parse(buf_str(&text), &arena);
	struct reading *plain = read_bytes(buf_str(&text), 65536, true);

	ck_assert_msg(plain->ok, "%s", plain->err.message);
	for (enum order order = NATIVE; order <= REVERSED; order++) {
		struct writer w = {.order = order, .pretty = order != SORTED};
		struct reading *other;

		write_value(&w, v);
		other = read_bytes(buf_str(&w.out), 4096, true);
		expect_same(plain, other);
		reading_free(other);
		writer_free(&w);
	}
	reading_free(plain);
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

START_TEST(pieces_of_any_size_tell_the_same)
{
	struct buf text = load(readable[_i]);
	struct reading *plain = read_bytes(buf_str(&text), 1 << 20, true);
	size_t step = text.len > 100000 ? 97 : text.len > 15000 ? 23 : 3;

	for (size_t piece = 1; piece <= 300; piece += step) {
		struct reading *other =
		    read_bytes(buf_str(&text), piece, true);

		expect_same(plain, other);
		reading_free(other);
	}
	reading_free(plain);
	buf_free(&text);
}
END_TEST

static void
add_gzip(struct buf *out, struct str text)
{
	z_stream z = {0};

	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8,
			     Z_DEFAULT_STRATEGY),
	    Z_OK);
	ck_assert(buf_reserve(out, deflateBound(&z, text.len)));
	z.next_in = (Bytef *)(uintptr_t)text.ptr;
	z.avail_in = (uInt)text.len;
	z.next_out = (Bytef *)out->ptr + out->len;
	z.avail_out = (uInt)(out->cap - out->len);
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->len += z.total_out;
	deflateEnd(&z);
}

static void
add_zstd(struct buf *out, struct str text)
{
	size_t len;

	ck_assert(buf_reserve(out, ZSTD_compressBound(text.len)));
	len = ZSTD_compress(out->ptr + out->len, out->cap - out->len,
	    text.ptr, text.len, 3);
	ck_assert(!ZSTD_isError(len));
	out->len += len;
}

static void
add_unit(struct buf *out, uint32_t unit, bool little)
{
	buf_byte(out, (char)(little ? unit & 0xff : unit >> 8));
	buf_byte(out, (char)(little ? unit >> 8 : unit & 0xff));
}

static void
add_utf16(struct buf *out, struct str text, bool little)
{
	const unsigned char *p = (const unsigned char *)text.ptr;

	add_unit(out, 0xfeff, little);
	for (size_t i = 0; i < text.len;) {
		size_t len = p[i] >= 0xf0 ? 4 : p[i] >= 0xe0 ? 3
		    : p[i] >= 0xc0			     ? 2
							     : 1;
		uint32_t rune = len == 1 ? p[i] : p[i] & (0xffU >> (len + 1));

		for (size_t k = 1; k < len; k++)
			rune = rune << 6 | (p[i + k] & 0x3fU);
		i += len;
		if (rune >= 0x10000) {
			rune -= 0x10000;
			add_unit(out, 0xd800 + (rune >> 10), little);
			rune = 0xdc00 + (rune & 0x3ff);
		}
		add_unit(out, rune, little);
	}
}

enum guise {
	GZIP,
	GZIP_MEMBERS,
	ZSTD,
	ZSTD_FRAMES,
	MARKED,
	LITTLE,
	BIG,
	GZIP_LITTLE,
	ZSTD_MARKED,
	GUISES
};

static struct buf
disguise(struct str text, enum guise guise)
{
	struct buf out = {0}, inner = {0};
	size_t half = text.len / 2;

	switch (guise) {
	case GZIP:
		add_gzip(&out, text);
		break;
	case GZIP_MEMBERS:
		add_gzip(&out, str_head(text, half));
		add_gzip(&out, str_from(text, half));
		break;
	case ZSTD:
		add_zstd(&out, text);
		break;
	case ZSTD_FRAMES:
		add_zstd(&out, str_head(text, half));
		add_zstd(&out, str_from(text, half));
		break;
	case MARKED:
		buf_add(&out, STR("\xef\xbb\xbf"));
		buf_add(&out, text);
		break;
	case LITTLE:
	case BIG:
		add_utf16(&out, text, guise == LITTLE);
		break;
	case GZIP_LITTLE:
		add_utf16(&inner, text, true);
		add_gzip(&out, buf_str(&inner));
		break;
	case ZSTD_MARKED:
		buf_add(&inner, STR("\xef\xbb\xbf"));
		buf_add(&inner, text);
		add_zstd(&out, buf_str(&inner));
		break;
	case GUISES:
		break;
	}
	buf_free(&inner);
	return out;
}

static const char *const wrapped[] = {
    "lifecycle/lifecycle-mixed.json", "format/idx.json", "format/num.json"};

START_TEST(wrapping_does_not_matter)
{
	struct buf text = load(wrapped[_i / GUISES]);
	struct buf other = disguise(buf_str(&text), (enum guise)(_i % GUISES));
	struct reading *plain = read_bytes(buf_str(&text), 65536, true);

	for (size_t piece = 1; piece < 400; piece = piece * 7 + 1) {
		struct reading *r = read_bytes(buf_str(&other), piece, true);

		expect_same(plain, r);
		ck_assert_uint_eq(r->decoded, text.len);
		reading_free(r);
	}
	reading_free(plain);
	buf_free(&other);
	buf_free(&text);
}
END_TEST

START_TEST(cut_wrapping_is_refused)
{
	struct buf text = load("format/last.json");
	struct buf other = disguise(buf_str(&text), (enum guise)_i);
	bool two = _i == GZIP_MEMBERS || _i == ZSTD_FRAMES;

	/* Without its last byte it may be whole; not without two. */
	for (size_t len = 0; len + 4 < other.len; len += two ? 1 : 3) {
		struct reading *r =
		    read_bytes(str_head(buf_str(&other), len), 1000, true);

		ck_assert(!r->ok);
		ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
		reading_free(r);
	}
	buf_free(&other);
	buf_free(&text);
}
END_TEST

START_TEST(damage_and_garbage_in_gzip_are_refused)
{
	struct buf text = load("format/last.json"), zipped = {0};
	struct reading *r;

	add_gzip(&zipped, buf_str(&text));
	zipped.ptr[zipped.len - 6] ^= 1; /* in the checksum */
	r = read_bytes(buf_str(&zipped), 100, true);
	ck_assert_str_eq(r->err.message, "the gzip data is damaged");
	reading_free(r);
	zipped.ptr[zipped.len - 6] ^= 1;
	buf_add(&zipped, STR("garbage"));
	r = read_bytes(buf_str(&zipped), 100, true);
	ck_assert_str_eq(r->err.message, "the gzip data is damaged");
	reading_free(r);
	buf_free(&zipped);
	buf_free(&text);
}
END_TEST

START_TEST(every_cut_is_refused)
{
	static const char *const names[] = {"format/last.json",
	    "format/deposed.json", "format/err.json", "format/life-state.json",
	    "lifecycle/lifecycle-mixed.json"};
	struct buf text = load(names[_i]);
	size_t step = text.len > 10000 ? 61 : 1;

	while (text.len && text.ptr[text.len - 1] == '\n')
		text.len--;
	for (size_t len = 0; len < text.len; len += step) {
		struct reading *r =
		    read_bytes(str_head(buf_str(&text), len), 65536, true);

		ck_assert_msg(!r->ok, "cut at %zu", len);
		ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
		reading_free(r);
	}
	buf_free(&text);
}
END_TEST

/* --- Counts --- */

/* Counted with jq: group_by(.change.actions), by deposed, and so on. */
static const struct {
	const char *name;
	size_t entries, create, update, replace, noop, remove, forget, moved,
	    importing, deposed, drifted;
	enum stated applyable, complete, errored;
} counts[] = {
    {"lifecycle/lifecycle-mixed.json", 14, 1, 4, 1, 6, 1, 1, 1, 1, 0, 10,
	STATED_TRUE, STATED_TRUE, STATED_FALSE},
    {"format/deposed.json", 2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, STATED_TRUE,
	STATED_TRUE, STATED_FALSE},
    {"format/err.json", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, STATED_FALSE,
	STATED_FALSE, STATED_TRUE},
    {"terraform-json/110_basic.json", 7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	UNSTATED, UNSTATED, UNSTATED},
};

START_TEST(entries_are_counted)
{
	struct buf text = load(counts[_i].name);
	struct reading *r = read_bytes(buf_str(&text), 65536, true);

	ck_assert_msg(r->ok, "%s", r->err.message);
	ck_assert_uint_eq(r->info.entries, counts[_i].entries);
	ck_assert_uint_eq(r->subjects + r->info.deposed, r->info.entries);
	ck_assert_uint_eq(r->actions[ACTION_CREATE], counts[_i].create);
	ck_assert_uint_eq(r->actions[ACTION_UPDATE], counts[_i].update);
	ck_assert_uint_eq(
	    r->actions[ACTION_CREATE | ACTION_DELETE], counts[_i].replace);
	ck_assert_uint_eq(r->actions[ACTION_NOOP], counts[_i].noop);
	ck_assert_uint_eq(r->actions[ACTION_DELETE], counts[_i].remove);
	ck_assert_uint_eq(r->actions[ACTION_FORGET], counts[_i].forget);
	ck_assert_uint_eq(r->moved, counts[_i].moved);
	ck_assert_uint_eq(r->importing, counts[_i].importing);
	ck_assert_uint_eq(r->info.deposed, counts[_i].deposed);
	ck_assert_uint_eq(r->info.drifted, counts[_i].drifted);
	ck_assert_int_eq(r->info.applyable, counts[_i].applyable);
	ck_assert_int_eq(r->info.complete, counts[_i].complete);
	ck_assert_int_eq(r->info.errored, counts[_i].errored);
	ck_assert_uint_eq(r->info.bytes, text.len);
	reading_free(r);
	buf_free(&text);
}
END_TEST

/* --- Small documents --- */

#define ENTRY                                                                 \
	"{'address':'module.m[0].aws_x.y[\\'k\\']',"                          \
	"'module_address':'module.m[0]','mode':'managed','type':'aws_x',"     \
	"'name':'y','index':'k','provider_name':'p','change':{"               \
	"'actions':['create'],'before':null,'after':{'a':1,'t':{'u':'v'}},"   \
	"'after_unknown':{'b':true},'before_sensitive':false,"                \
	"'after_sensitive':{'t':{'u':true}}}}"
#define PLANNED                                                               \
	"'planned_values':{'outputs':{'o':{'sensitive':true,'value':'so'}},"  \
	"'root_module':{'child_modules':[{'resources':[{"                     \
	"'address':'module.m[0].aws_x.y[\\'k\\']','mode':'managed',"          \
	"'type':'aws_x','name':'y','index':'k','provider_name':'p',"          \
	"'schema_version':0,'values':{'a':1,'t':{'u':'v'}},"                  \
	"'sensitive_values':{'t':{'u':true}}}],'address':'module.m[0]'}]}}"
#define CONFIG                                                                \
	"'configuration':{'provider_config':{'aws':{'name':'aws',"            \
	"'expressions':{'region':{'constant_value':'eu-1'},"                  \
	"'token':{'constant_value':'tok'},'assume_role':[{'role':"            \
	"{'constant_value':'rol'},'x':{'references':['var.ref']}}]}}},"       \
	"'root_module':{'module_calls':{'m':{'source':'./m','expressions':{"  \
	"'pw':{'constant_value':'mpw'},'plain':{'constant_value':'mpl'}},"    \
	"'module':{'resources':[{'address':'aws_x.y','mode':'managed',"       \
	"'type':'aws_x','name':'y','expressions':{"                           \
	"'wo':{'constant_value':'won'},'a':{'constant_value':'apl'}}}],"      \
	"'variables':{'pw':{'sensitive':true},'plain':{}}}}},"                \
	"'variables':{'s':{'sensitive':true,'default':'dflt'},'n':{}}}}"
#define PLAN                                                                  \
	"{'format_version':'1.2','terraform_version':'1.11.4',"               \
	"'variables':{'s':{'value':{'deep':['sv',77]}},"                      \
	"'n':{'value':'nv'},'z':{'value':null}}," PLANNED                     \
	",'resource_changes':[" ENTRY "]," CONFIG                             \
	",'timestamp':'2026-01-02T03:04:05Z','complete':true,"                \
	"'errored':false}"

/* Quotes are written as ' in the texts above. */
static struct buf
unquote(const char *text)
{
	struct buf out = {0};

	buf_add(&out, str_of(text));
	for (size_t i = 0; i < out.len; i++)
		out.ptr[i] = out.ptr[i] == '\'' ? '"' : out.ptr[i];
	return out;
}

/* The first from is replaced. */
static struct buf
edit(const char *text, const char *from, const char *to)
{
	struct buf out = {0};
	struct str whole = str_of(text);
	size_t at = 0;

	ck_assert_msg(str_find(whole, str_of(from), &at), "%s", from);
	buf_add(&out, str_head(whole, at));
	buf_add(&out, str_of(to));
	buf_add(&out, str_from(whole, at + strlen(from)));
	buf_byte(&out, '\0');
	return out;
}

static struct reading *
read_text(const char *text, bool cross_check)
{
	struct buf plain = unquote(text);
	struct reading *r = read_bytes(buf_str(&plain), 5, cross_check);

	buf_free(&plain);
	return r;
}

static const struct {
	const char *from, *to, *message;
} edits[] = {
    /* Names twice. */
    {"'terraform_version'", "'format_version':'1.2','terraform_version'",
	"format_version stands twice in one object"},
    {"'complete':true", "'complete':true,'c\\u006fmplete':true",
	"complete stands twice in one object"},
    {"'timestamp'", "'other':1,'other':2,'timestamp'",
	"other stands twice in one object"},
    {"'root_module':{'child", "'root_module':{},'root_module':{'child",
	"root_module stands twice"},
    {"'address':'module.m[0]'}", "'address':'module.m[0]','x':1,'x':1}",
	"x stands twice"},
    {"'after':{'a':1,", "'after':{'a':1,'a':1,",
	"module.m[0].aws_x.y[\"k\"] has a name that stands twice"},
    {"'after':{'a':1,", "'after':{'a':1,'\\u0061':1,",
	"module.m[0].aws_x.y[\"k\"] has a name that stands twice"},
    {"'u':true}}}}", "'u':true,'u':false}}}}", "stands twice"},
    /* not evaluated, but compared */
    {"'values':{'a':1,", "'values':{'a':1,'a':2,", "disagree on"},
    {"'mode':'managed','type'", "'mode':'managed','mode':'data','type'",
	"stands twice"},
    {"'variables':{'s':{'value'", "'variables':{'s':{},'s':{'value'",
	"s stands twice"},
    {"'m':{'source'", "'m':{},'m':{'source'", "m stands twice"},
    {"'expressions':{'wo'", "'expressions':{'a':{},'wo'", "stands twice"},
    {"'token':", "'token':{},'token':", "stands twice"},
    /* Types and members. */
    {"'format_version':'1.2'", "'format_version':1.2",
	"format_version is no text"},
    {"'format_version':'1.2'", "'format_version':'2.0'",
	"unsupported plan format version"},
    {"'format_version':'1.2'", "'format_version':'01.2'",
	"unsupported plan format version"},
    {"'format_version':'1.2'", "'format_version':'1'",
	"unsupported plan format version"},
    {"'format_version':'1.2'", "'format_version':'1.x'",
	"unsupported plan format version"},
    {"'format_version':'1.2',", "", "format_version is missing"},
    {"'complete':true", "'complete':'true'",
	"complete is neither true nor false"},
    {"'errored':false", "'errored':0", "errored is neither true nor false"},
    {"'resource_changes':[" , "'resource_changes':[null,",
	"is no object"},
    {"'resource_changes':[" , "'resource_changes':{},'x':[",
	"resource_changes is no list"},
    {"'variables':{", "'variables':[],'x':{", "variables is no object"},
    {"'resources':[", "'resources':[7,", "is no object"},
    {"'actions':['create']", "'actions':['created']",
	"has an unknown action"},
    {"'actions':['create']", "'actions':[]", "has no actions"},
    {"'actions':['create'],", "", "has no actions"},
    {"'actions':['create']", "'actions':['create',7]",
	"has an unknown action"},
    {"'actions':['create']", "'actions':['no-op','create']",
	"actions that exclude each other"},
    {"'actions':['create']", "'actions':['create','create']",
	"actions that exclude each other"},
    {"'actions':['create']", "'actions':['delete']",
	"is to be removed, but has an after"},
    {"'after':{'a':1,'t':{'u':'v'}},", "", "is to stay, but has no after"},
    {"'before':null", "'before':[]", "neither object nor null"},
    {"'after':{", "'after':7,'x':{", "neither object nor null"},
    {"'after_unknown':{'b':true}", "'after_unknown':'b'",
	"mask that is neither"},
    {"'before_sensitive':false", "'before_sensitive':1",
	"mask that is neither"},
    {"'values':{", "'values':[],'x':{", "values that are no object"},
    {"'sensitive_values':{", "'sensitive_values':'','x':{",
	"mask that is neither"},
    {"'change':{", "'change':[],'x':{", "an object was expected"},
    {"'change':{", "'chance':{", "an object was expected"},
    /* Contradictions; the first hit is in planned_values. */
    {"'mode':'managed'", "'mode':'data'", "contradicts the mode"},
    {"'mode':'managed',", "", "contradicts the mode"},
    {"'type':'aws_x'", "'type':'aws_z'", "contradicts the mode"},
    {"'name':'y'", "'name':'yy'", "contradicts the mode"},
    {"'index':'k'", "'index':'kk'", "contradicts the mode"},
    {"'index':'k'", "'index':0", "contradicts the mode"},
    {"'module_address':'module.m[0]'", "'module_address':'module.m[1]'",
	"contradicts the mode"},
    {"'module_address':'module.m[0]'", "'module_address':7",
	"module_address is no text"},
    {"'address':'module.m[0].aws_x.y[", "'address':'module.m[0].aws_x.y.[",
	"is no address"},
    {"'address':'module.m[0].aws_x.y[\\'k\\']',", "", "has no address"},
    {"'address':'module.m[0].aws_x.y[\\'k\\']'", "'address':7",
	"address is no text"},
    {"'resource_changes':[", "'resource_changes':[" ENTRY ",",
	"module.m[0].aws_x.y[\"k\"] stands twice in resource_changes"},
    {"'timestamp'", "'values':{},'timestamp'", "neither plan nor state"},
};

START_TEST(what_is_wrong_is_named)
{
	struct buf text = edit(PLAN, edits[_i].from, edits[_i].to);
	struct reading *r = read_text(text.ptr, true);

	ck_assert_msg(!r->ok, "read");
	ck_assert_msg(strstr(r->err.message, edits[_i].message) != NULL,
	    "%s instead of %s", r->err.message, edits[_i].message);
	ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
	reading_free(r);
	buf_free(&text);
}
END_TEST

static const struct {
	const char *from, *to;
} harmless[] = {
    {"'timestamp'", "'timestamp'"},
    {"'timestamp'", "'newer':{'a':[1,{'b':null}]},'timestamp'"},
    {"'format_version':'1.2'", "'format_version':'0.1'"},
    {"'format_version':'1.2'", "'format_version':'1.99'"},
    {"'errored':false", "'errored':null"},
    {"'resource_changes':", "'resource_drift':null,'resource_changes':"},
    {"'before_sensitive':false,", ""},
    {"'module_address':'module.m[0]'", "'module_address':null"},
    {"'values':{'a':1,", "'values':{'a':1.0e0,"},
    {"'values':{'a':1,'t':{'u':'v'}}", "'values':{'t':{'u':'v'},'a':1}"},
    {"'values':{'a':1,'t':{'u':'v'}}",
	"'values':{'\\u0061':1,'t':{'u':'\\u0076'}}"},
};

START_TEST(what_means_the_same_is_read)
{
	struct buf text = edit(PLAN, harmless[_i].from, harmless[_i].to);
	struct reading *r = read_text(text.ptr, true);

	ck_assert_msg(r->ok, "%s", r->err.message);
	ck_assert_uint_eq(r->subjects, 1);
	ck_assert_uint_eq(r->dropped, 1);
	ck_assert(r->info.has_planned && r->info.has_changes);
	reading_free(r);
	buf_free(&text);
}
END_TEST

START_TEST(without_changes_planned_values_stand)
{
	struct buf text =
	    edit(PLAN, "'resource_changes'", "'resource_chances'");
	struct reading *r = read_text(text.ptr, true);
	size_t planned = 0;

	ck_assert_msg(r->ok, "%s", r->err.message);
	for (size_t i = 0; i < r->count; i++)
		planned += r->events[i].planned;
	ck_assert_uint_eq(planned, 1);
	ck_assert_uint_eq(r->dropped, 0);
	ck_assert(r->info.has_planned && !r->info.has_changes);
	reading_free(r);
	buf_free(&text);
}
END_TEST

START_TEST(a_state_is_told_from_a_plan)
{
	struct buf text = load("format/life-state.json");
	struct reading *r = read_bytes(buf_str(&text), 65536, true);

	ck_assert(r->ok);
	ck_assert_int_eq(r->info.document, DOCUMENT_STATE);
	ck_assert_uint_eq(r->subjects, 10);
	ck_assert_uint_eq(r->subjects, r->count);
	reading_free(r);
	buf_free(&text);
}
END_TEST

/* --- The other documents --- */

static const struct {
	const char *text, *message;
} strangers[] = {
    {"", "the input is empty"},
    {" \n\t ", "nothing but blanks"},
    {"{'format_version':'1.0'}", "this is an empty state"},
    {"{'version':4,'terraform_version':'1.11.4','serial':3,'lineage':'x',"
     "'outputs':{},'resources':[]}",
	"this is a raw state file"},
    {"{'version':4,'serial':3,'lineage':'x',", "this is a raw state file"},
    {"{'@level':'info','@message':'Terraform 1.11.4','type':'version'}\n"
     "{'@level':'info'}\n",
	"this is the log of terraform plan -json"},
    {"{'@level':'info','@message':'Terraform 1.11.4'}\n",
	"this is the log of terraform plan -json"},
    {"{'@level':'info','@message':'x','test_plan':{},'type':'test_plan'}\n"
     "{}",
	"this is the log of terraform test -json"},
    {"{'plan_format_version':'1.2','resource_changes':[]}",
	"this is the redacted plan of HCP Terraform"},
    {"{'format_version':'1.0','provider_schemas':{}}",
	"this is a dump of provider schemas"},
    {"{'provider_config':{},'root_module':{}}",
	"this is a dump of the configuration"},
    {"{'format_version':'1.0','resource':{},'diagnostics':[]}",
	"this is the state of one resource"},
    {PLAN "\n" PLAN, "a second document follows"},
    {PLAN "\nReleasing state lock.", "text follows behind the end"},
    {"[command]/usr/bin/terraform show -json p\n" PLAN,
	"text stands before the JSON"},
    {"[envs/prod] " PLAN, "text stands before the JSON"},
    {"12:34:56.789 STDOUT terraform: " PLAN, "text stands before the JSON"},
    {"\nWarning: x\n" PLAN, "text stands before the JSON"},
    {"[{}]", "no object"},
    {"'text'", "no object"},
    {"7", "no object"},
    {"null", "no object"},
    {"[" PLAN, "no JSON object"},
    {"{}", "this is JSON, but no Terraform plan"},
    {"{'a':{'planned_values':{}}}", "this is JSON, but no Terraform plan"},
    {"{'format_version':'1.2','configuration':{}}",
	"neither planned_values nor resource_changes"},
    {"{'format_version':'1.2','terraform_version':'1.2'",
	"the document ends"},
};

START_TEST(other_documents_are_recognised)
{
	struct buf text = unquote(strangers[_i].text);

	for (size_t piece = 1; piece < 3000; piece += 1021) {
		struct reading *r = read_bytes(buf_str(&text), piece, true);

		ck_assert(!r->ok);
		ck_assert_msg(
		    strstr(r->err.message, strangers[_i].message) != NULL,
		    "%s", r->err.message);
		ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
		reading_free(r);
	}
	buf_free(&text);
}
END_TEST

static const struct {
	struct str bytes;
	const char *message;
} encodings[] = {
    {{"PK\3\4\24\0\0\0", 8}, "this is a binary plan file"},
    {{"{\0\"\0a\0", 6}, "UTF-16 without a byte order mark"},
    {{"\0{\0\"\0a", 6}, "UTF-16 without a byte order mark"},
    {{"{\0\0\0\"\0\0\0", 8}, "UTF-32 without a byte order mark"},
    {{"\0\0\0{\0\0\0\"", 8}, "UTF-32"},
    {{"\xff\xfe\0\0{\0\0\0", 8}, "UTF-32"},
    {{"\0\0\xfe\xff\0\0\0{", 8}, "UTF-32"},
    {{"\xff\xfe{\0\"", 5}, "cut inside a character"},
    {{"\xff\xfe{\0\"\0\0\xd8\"\0", 10}, "lone surrogate"},
    {{"\xff\xfe{\0\"\0\0\xdc\"\0", 10}, "lone surrogate"},
    {{"\x1f\x8b\x08", 3}, "the gzip data is cut short"},
    {{"\x28\xb5\x2f\xfd", 4}, "the zstd data is cut short"},
    {{"\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
      "\xff\xff\xff\xff\xff\xff\xff\xff\xff",
	 24},
	"the zstd data is damaged"},
    {{"\xef\xbb\xbf", 3}, "the input is empty"},
};

START_TEST(other_encodings_are_named)
{
	for (size_t piece = 1; piece < 20; piece++) {
		struct reading *r =
		    read_bytes(encodings[_i].bytes, piece, true);

		ck_assert(!r->ok);
		ck_assert_msg(
		    strstr(r->err.message, encodings[_i].message) != NULL,
		    "%s", r->err.message);
		ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
		reading_free(r);
	}
}
END_TEST

static bool
swallow(void *ctx, const char *bytes, size_t len, struct tfa_error *err)
{
	(void)bytes;
	(void)err;
	*(size_t *)ctx += len;
	return true;
}

START_TEST(expansion_is_limited)
{
	const struct tfa_limits limits = {.plan_bytes = 100000};
	struct buf text = {0}, zipped = {0};
	struct tfa_error err = {0};
	size_t seen = 0;
	struct input *input = input_new(&limits, swallow, &seen);

	for (size_t i = 0; i < 200000; i++)
		buf_byte(&text, ' ');
	add_gzip(&zipped, buf_str(&text));
	ck_assert(!input_feed(input, zipped.ptr, zipped.len, &err));
	ck_assert_int_eq(err.code, TFA_ERR_LIMIT);
	ck_assert_uint_le(seen, 100000);
	input_free(input);
	buf_free(&zipped);
	buf_free(&text);
}
END_TEST

/* --- The cross-check --- */

static const char *const sections[] = {"planned_values", "resource_changes"};

/* Every fifth leaf: each in one section, with the other as it is. */
START_TEST(a_changed_value_is_named)
{
	struct buf text = load("lifecycle/lifecycle-mixed.json");
	struct arena arena = {0};
	struct value v = parse(buf_str(&text), &arena);

	for (size_t forged = 1 + (size_t)_i / 4;; forged += 5) {
		struct writer w = {.order = _i & 2 ? REVERSED : NATIVE,
		    .section = sections[_i % 2],
		    .forged = forged};
		struct buf expected = {0};
		struct reading *r;

		write_value(&w, v);
		buf_fmt(&expected, STR_FMT ": " STR_FMT,
		    STR_ARG(buf_str(&w.address)), STR_ARG(buf_str(&w.path)));
		if (w.leaf < forged) {
			ck_assert_uint_gt(w.leaf, 150);
			buf_free(&expected);
			writer_free(&w);
			break;
		}
		r = read_bytes(buf_str(&w.out), 65536, true);
		ck_assert_int_eq(r->err.code, TFA_ERR_PLAN);
		ck_assert_msg(strncmp(r->err.message,
				  "planned_values and resource_changes "
				  "disagree on ",
				  48) == 0 &&
			!strncmp(r->err.message + 48, expected.ptr,
			    expected.len),
		    "%s instead of " STR_FMT, r->err.message,
		    STR_ARG(buf_str(&expected)));
		reading_free(r);
		r = read_bytes(buf_str(&w.out), 65536, false);
		ck_assert_msg(r->ok, "%s", r->err.message);
		reading_free(r);
		buf_free(&expected);
		writer_free(&w);
	}
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

START_TEST(a_missing_instance_is_named)
{
	struct buf text = load(_i & 4 ? "terraform-json/110_basic.json"
				      : "lifecycle/lifecycle-mixed.json");
	struct arena arena = {0};
	struct value v = parse(buf_str(&text), &arena);

	for (size_t dropped = 1;; dropped++) {
		struct writer w = {.order = _i & 2 ? REVERSED : NATIVE,
		    .section = sections[_i % 2],
		    .dropped = dropped};
		struct buf expected = {0};
		struct reading *r;

		write_value(&w, v);
		if (w.instance < dropped) {
			ck_assert_uint_ge(w.instance, 3);
			writer_free(&w);
			break;
		}
		r = read_bytes(buf_str(&w.out), 65536, true);
		buf_fmt(&expected,
		    "planned_values and resource_changes disagree: " STR_FMT
		    " is not in %s",
		    STR_ARG(buf_str(&w.address)), w.section);
		ck_assert_msg(!r->ok && !strncmp(r->err.message, expected.ptr,
					   expected.len),
		    "%s instead of " STR_FMT, r->err.message,
		    STR_ARG(buf_str(&expected)));
		reading_free(r);
		buf_free(&expected);
		writer_free(&w);
	}
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

START_TEST(a_removed_instance_must_not_be_planned)
{
	struct buf text = edit(PLAN, "'actions':['create'],'before':null",
		       "'actions':['delete'],'before':{}"),
		   gone = edit(text.ptr, "'after':{'a':1,'t':{'u':'v'}}",
		       "'after':null");
	struct reading *r = read_text(gone.ptr, true);

	ck_assert_str_eq(r->err.message,
	    "planned_values and resource_changes disagree: "
	    "module.m[0].aws_x.y[\"k\"] is to be removed in one and planned "
	    "in the other");
	reading_free(r);
	buf_free(&text);
	buf_free(&gone);
}
END_TEST

static const struct {
	const char *planned, *after;
	bool same;
} pairs[] = {
    {"{\"a\":1}", "{\"a\":1.0}", true},
    {"{\"a\":10}", "{\"a\":1e1}", true},
    {"{\"a\":0}", "{\"a\":-0.0}", true},
    {"{\"a\":12}", "{\"a\":1.2e1}", true},
    {"{\"a\":1234567890123456789}", "{\"a\":1234567890123456788}", false},
    {"{\"a\":12345678901234567890123}", "{\"a\":1.2345678901234567890123e22}",
	true},
    {"{\"a\":1}", "{\"a\":\"1\"}", false},
    {"{\"a\":true}", "{\"a\":\"true\"}", false},
    {"{\"a\":null}", "{\"a\":false}", false},
    {"{\"a\":null}", "{}", false},
    {"{\"a\":[]}", "{\"a\":{}}", false},
    {"{\"a\":[1,2]}", "{\"a\":[2,1]}", false},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
    {"{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", false},
    {"{\"a\":\"\\u0041\\n/\\u00e9\"}",
	"{\"\\u0061\":\"A\\u000a\\/\xc3\xa9\"}", true},
    {"{\"a\":\"{\\\"k\\\":\\\"\\u003cv\\\"}\"}",
	"{\"a\":\"{\\u0022k\\\":\\\"<v\\\"}\"}", true},
    {"{\"a\":\"\\ud83d\\ude00\\\\n\"}",
	"{\"a\":\"\xf0\x9f\x98\x80\\u005cn\"}", true},
    {"{\"a\":\"\\\\n\"}", "{\"a\":\"\\n\"}", false},
};

/* Seeds come from where a check lies: many lie in many places. */
START_TEST(addresses_that_differ_in_two_digits_are_never_one)
{
	enum { CHECKS = 400 };
	struct crosscheck *checks[CHECKS];
	struct tfa_error err = {0};
	char text[40];

	for (size_t i = 0; i < CHECKS; i++) {
		checks[i] = crosscheck_new(false);
		ck_assert_ptr_nonnull(checks[i]);
		for (int n = 10; n < 100; n++) {
			snprintf(text, sizeof(text), "aws_t.r%d000%d", n / 10,
			    n % 10);
			ck_assert_msg(crosscheck_change(checks[i], str_of(text),
					  STR(""), VALUE_NONE, FATE_GONE,
					  &err),
			    "%s", err.message);
		}
	}
	for (size_t i = 0; i < CHECKS; i++)
		crosscheck_free(checks[i]);
}
END_TEST

START_TEST(values_are_compared_by_value)
{
	for (int round = 0; round < 2; round++) {
		struct crosscheck *check = crosscheck_new(true);
		struct arena arena = {0};
		struct tfa_error err = {0};
		struct value planned = parse_text(pairs[_i].planned, &arena);
		struct value after = parse_text(pairs[_i].after, &arena);
		bool ok = round ? crosscheck_planned(
				      check, STR("a.b"), planned, &err) &&
			crosscheck_change(check, STR("a.b"), STR(""), after,
			    FATE_STAYS, &err)
				: crosscheck_change(check, STR("a.b"), STR(""),
				      after, FATE_STAYS, &err) &&
			crosscheck_planned(check, STR("a.b"), planned, &err);

		ck_assert_int_eq(
		    ok && crosscheck_finish(check, &err), pairs[_i].same);
		crosscheck_free(check);
		arena_free(&arena);
	}
}
END_TEST

/* --- Secrets --- */

static const struct {
	const char *text;
	bool secret;
} secrets[] = {
    {"v", true},     /* masked in after */
    {"1", false},    /* not masked */
    {"so", true},    /* a sensitive output */
    {"sv", true},    /* in a sensitive variable */
    {"77", true},
    {"nv", false},
    {"dflt", true},  /* its default */
    {"tok", true},   /* arguments of a provider */
    {"rol", true},
    {"eu-1", false},
    {"var.ref", false},
    {"mpw", true},   /* passed to a sensitive variable of a module */
    {"mpl", false},
    {"won", true},   /* a write-only argument */
    {"apl", false},
    {"", false},
    {"aws_x", false},
};

START_TEST(secrets_are_known)
{
	struct buf text = edit(PLAN, "'after_sensitive':{",
		       "'after_sensitive':{'wo':true,"),
		   plain = unquote(text.ptr);
	struct arena arena = {0};

	for (enum order order = NATIVE; order <= REVERSED; order++) {
		struct writer w = {.order = order};
		struct reading *r;

		write_value(&w, parse(buf_str(&plain), &arena));
		r = read_bytes(buf_str(&w.out), 100, true);
		ck_assert_msg(r->ok, "%s", r->err.message);
		ck_assert_int_eq(
		    plan_secret(r->plan, str_of(secrets[_i].text)),
		    secrets[_i].secret);
		reading_free(r);
		writer_free(&w);
	}
	arena_free(&arena);
	buf_free(&plain);
	buf_free(&text);
}
END_TEST

/* --- Addresses --- */

static const struct {
	const char *text, *module;
	size_t steps;
	enum mode mode;
	const char *type, *name, *key, *plain;
} addresses[] = {
    {"aws_x.y", "", 0, MODE_MANAGED, "aws_x", "y", "", "aws_x.y"},
    {"data.aws_x.y[0]", "", 0, MODE_DATA, "aws_x", "y", "[0]",
	"data.aws_x.y"},
    {"ephemeral.a.b", "", 0, MODE_EPHEMERAL, "a", "b", "", "ephemeral.a.b"},
    {"list.a.b", "", 0, MODE_LIST, "a", "b", "", "list.a.b"},
    {"module.m.aws_x.y", "module.m", 1, MODE_MANAGED, "aws_x", "y", "",
	"module.m.aws_x.y"},
    {"module.m[\"a.b[\\\"c\"].module.n[3].data.t.n[\"]\"]",
	"module.m[\"a.b[\\\"c\"].module.n[3]", 2, MODE_DATA, "t", "n",
	"[\"]\"]", "module.m.module.n.data.t.n"},
    {"module.m[*].t.n[*]", "module.m[*]", 1, MODE_MANAGED, "t", "n", "[*]",
	"module.m.t.n"},
    {"t.n[\"\"]", "", 0, MODE_MANAGED, "t", "n", "[\"\"]", "t.n"},
    {"t.\xc3\xa9-1", "", 0, MODE_MANAGED, "t", "\xc3\xa9-1", "",
	"t.\xc3\xa9-1"},
    {"module.data.data.data.data", "module.data", 1, MODE_DATA, "data",
	"data", "", "module.data.data.data.data"},
};

START_TEST(addresses_are_taken_apart)
{
	struct arena arena = {0};
	struct address a;
	struct str text = str_of(addresses[_i].text);

	ck_assert(address_read(&a, text, &arena));
	ck_assert(address_valid(text));
	ck_assert(str_eq(a.text, text));
	ck_assert(str_eq(a.module, str_of(addresses[_i].module)));
	ck_assert_uint_eq(a.step_count, addresses[_i].steps);
	ck_assert_int_eq(a.mode, addresses[_i].mode);
	ck_assert(str_eq(a.type, str_of(addresses[_i].type)));
	ck_assert(str_eq(a.name, str_of(addresses[_i].name)));
	ck_assert(str_eq(a.key, str_of(addresses[_i].key)));
	ck_assert(str_eq(
	    address_static(&a, &arena), str_of(addresses[_i].plain)));
	ck_assert(a.module.len == 0 ||
	    address_read_module(&a, a.module, &arena));
	arena_free(&arena);
}
END_TEST

static const char *const no_addresses[] = {"", "a", "a.", ".b", "a.b.c",
    "a.b[", "a.b[]", "a.b[x]", "a.b[-1]", "a.b[1", "a.b[\"x]", "a.b[\"x\"",
    "a.b[\"\\\"]", "a.b[0][1]", "a.b[0]c", "module.m", "module.m.", "data.a",
    "module..a.b", "module.m[0]a.b", "a b.c", "a.b\n", "a\".b", "a.b[*", "."};

START_TEST(other_text_is_no_address)
{
	struct arena arena = {0};
	struct address a;

	ck_assert(!address_read(&a, str_of(no_addresses[_i]), &arena));
	ck_assert(!address_valid(str_of(no_addresses[_i])));
	arena_free(&arena);
}
END_TEST

/* Whatever is read is the text that it was read from. */
START_TEST(parts_of_any_address_make_up_the_text)
{
	static const char bytes[] = "modulea.data[]\"\\0*-.ex ";
	struct arena arena = {0};
	struct buf whole = {0};
	uint32_t seed = 12345 + (uint32_t)_i;
	size_t read = 0;

	for (int round = 0; round < 20000; round++) {
		char text[24];
		size_t len = 0, most;
		struct address a;

		seed = seed * 1664525 + 1013904223;
		most = 3 + (seed >> 20) % 20;
		if (seed >> 31)
			len += (size_t)snprintf(text, 10, "module.a.");
		while (len < most) {
			seed = seed * 1664525 + 1013904223;
			text[len++] =
			    bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		if (!address_read(&a, (struct str){text, len}, &arena))
			continue;
		read++;
		whole.len = 0;
		for (size_t i = 0; i < a.step_count; i++)
			buf_fmt(&whole, "module." STR_FMT STR_FMT ".",
			    STR_ARG(a.steps[i].name), STR_ARG(a.steps[i].key));
		ck_assert_uint_eq(
		    a.module.len + (a.module.len ? 1 : 0), whole.len);
		buf_add(&whole,
		    a.mode == MODE_DATA		? STR("data.")
			: a.mode == MODE_EPHEMERAL ? STR("ephemeral.")
			: a.mode == MODE_LIST	? STR("list.")
						: STR(""));
		buf_fmt(&whole, STR_FMT "." STR_FMT STR_FMT, STR_ARG(a.type),
		    STR_ARG(a.name), STR_ARG(a.key));
		ck_assert(
		    str_eq(buf_str(&whole), (struct str){text, len}));
	}
	ck_assert_uint_gt(read, 10);
	buf_free(&whole);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *key;
	struct str text;
	bool is_text, ok;
} keys[] = {
    {"[0]", {"0", 1}, false, true},
    {"[*]", {"*", 1}, false, true},
    {"[\"\"]", {"", 0}, true, true},
    {"[\"12\"]", {"12", 2}, true, true},
    {"[\"a\\\"b\\\\c\\n\\r\\td\"]", {"a\"b\\c\n\r\td", 9}, true, true},
    {"[\"\\u00e9\\U0001f600\\u0007\"]",
	{"\xc3\xa9\xf0\x9f\x98\x80\a", 7}, true, true},
    {"[\"\\a\\b\\f\\v\\x7f\"]", {"\a\b\f\v\x7f", 5}, true, true},
    {"[\"$${a}%%{b}$$c$\"]", {"${a}%{b}$$c$", 12}, true, true},
    {"[\"]\"]", {"]", 1}, true, true},
    {"[\"\\q\"]", {"", 0}, true, false},
    {"[\"\\u12\"]", {"", 0}, true, false},
    {"[\"\\ud800\"]", {"", 0}, true, false},
    {"[\"\\U00110000\"]", {"", 0}, true, false},
    {"", {"", 0}, false, false},
    {"[]", {"", 0}, false, false},
};

START_TEST(keys_are_decoded)
{
	struct buf scratch = {0};
	struct str text;
	bool is_text = false, ok = address_key(
	    str_of(keys[_i].key), &is_text, &text, &scratch);

	ck_assert_int_eq(ok, keys[_i].ok);
	if (ok) {
		ck_assert_int_eq(is_text, keys[_i].is_text);
		ck_assert(str_eq(text, keys[_i].text));
		ck_assert_int_eq(address_key_is(str_of(keys[_i].key),
				     keys[_i].text, &scratch),
		    is_text);
	}
	buf_free(&scratch);
}
END_TEST

/* Terraform up to 1.2 doubled nothing. */
START_TEST(old_keys_are_recognised)
{
	struct buf scratch = {0};

	ck_assert(
	    address_key_is(STR("[\"${a}\"]"), STR("${a}"), &scratch));
	ck_assert(
	    address_key_is(STR("[\"$${a}\"]"), STR("$${a}"), &scratch));
	ck_assert(
	    address_key_is(STR("[\"$${a}\"]"), STR("${a}"), &scratch));
	ck_assert(!address_key_is(STR("[\"a\"]"), STR("b"), &scratch));
	ck_assert(!address_key_is(STR("[0]"), STR("0"), &scratch));
	buf_free(&scratch);
}
END_TEST

/* The addresses of a real plan against the indexes beside them. */
START_TEST(hostile_keys_say_what_index_says)
{
	struct buf text = load("format/idx.json"), scratch = {0};
	struct arena arena = {0};
	struct value v = parse(buf_str(&text), &arena);
	struct value lists[] = {value_member(v, STR("resource_changes")),
	    value_member(
		value_member(value_member(v, STR("planned_values")),
		    STR("root_module")),
		STR("resources"))};
	size_t checked = 0;

	for (size_t i = 0; i < COUNTOF(lists); i++) {
		struct value_iter it = value_each(lists[i]);

		while (value_step(&it)) {
			struct address a;
			struct str key;
			bool is_text;

			ck_assert(address_read(&a,
			    value_copy_text(value_member(it.value,
						STR("address")),
				&arena),
			    &arena));
			ck_assert(
			    address_key(a.key, &is_text, &key, &scratch));
			ck_assert(is_text);
			ck_assert(value_is(
			    value_member(it.value, STR("index")), key));
			checked++;
		}
	}
	ck_assert_uint_eq(checked, 18);
	buf_free(&scratch);
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

/* --- Subjects and what is seen of them --- */

static const struct {
	unsigned actions;
	enum subject_source source;
	const char *name;
} actions[] = {
    {ACTION_NOOP, SUBJECT_CHANGE, "no-op"},
    {ACTION_CREATE, SUBJECT_CHANGE, "create"},
    {ACTION_READ, SUBJECT_CHANGE, "read"},
    {ACTION_UPDATE, SUBJECT_DEFERRED, "update"},
    {ACTION_DELETE, SUBJECT_CHANGE, "delete"},
    {ACTION_FORGET, SUBJECT_CHANGE, "forget"},
    {ACTION_OPEN, SUBJECT_CHANGE, "open"},
    {ACTION_DELETE | ACTION_CREATE, SUBJECT_CHANGE, "replace"},
    {ACTION_FORGET | ACTION_CREATE, SUBJECT_CHANGE, "replace-forget"},
    {0, SUBJECT_PLANNED, "planned"},
    {0, SUBJECT_STATE, "state"},
    {0, SUBJECT_READ, "read"},
};

START_TEST(actions_have_names)
{
	const struct subject subject = {
	    .actions = actions[_i].actions, .source = actions[_i].source};

	ck_assert_str_eq(subject_action(&subject), actions[_i].name);
}
END_TEST

START_TEST(a_projection_keeps_what_is_named)
{
	static const struct str names[] = {{"b", 1}, {"d", 1}};
	struct arena from = {0}, into = {0};
	struct subject subject = {.provider = STR("p"),
	    .actions = ACTION_UPDATE,
	    .before = parse_text("{}", &from),
	    .after = parse_text(
		"{\"a\":1,\"b\":[{\"c\":\"\\u0041\"}],\"d\":null}", &from),
	    .unknown = parse_text("{\"a\":true,\"b\":[{}]}", &from),
	    .sensitive = parse_text("true", &from)};
	struct subject *kept;
	struct buf text = {0};

	ck_assert(address_read(&subject.address,
	    arena_copy(&from, STR("module.m[1].aws_x.y[\"k\"]")), &from));
	kept = subject_project(
	    &subject, names, COUNTOF(names), false, &into);
	arena_free(&from);
	ck_assert_ptr_nonnull(kept);
	add_part(&text, "after", kept->after);
	add_part(&text, "unknown", kept->unknown);
	add_part(&text, "sensitive", kept->sensitive);
	ck_assert(str_eq(buf_str(&text),
	    STR(" after={\"b\":[{\"c\":\"\\u0041\"}],\"d\":null}"
		" unknown={\"b\":[{}]} sensitive=true")));
	ck_assert(!kept->before.node && !kept->before_sensitive.node);
	ck_assert(str_eq(kept->address.steps[0].key, STR("[1]")));
	ck_assert(str_eq(kept->address.key, STR("[\"k\"]")));
	ck_assert(str_eq(kept->provider, STR("p")));
	buf_free(&text);
	arena_free(&into);
}
END_TEST

/* path: names, and digits for elements, with dots between. */
static const struct {
	const char *value, *unknown, *sensitive;
	bool absent_is_unknown;
	const char *path;
	bool is_unknown, is_partly, is_sensitive;
} looks[] = {
    {"{\"a\":1}", "{}", "false", false, "a", false, false, false},
    {"{}", "{\"a\":true}", "false", false, "a", true, true, false},
    {"{\"a\":null}", "{\"a\":true}", "false", false, "a", true, true, false},
    {"{\"a\":1}", "{\"a\":true}", "false", false, "a", false, false, false},
    {"{}", "{}", "false", false, "a", false, false, false},
    {"{}", "{\"a\":true}", "false", false, "a.b.0", true, true, false},
    {"{\"a\":[{}]}", "{\"a\":[{\"b\":true}]}", "false", false, "a", false,
	true, false},
    {"{\"a\":[{}]}", "{\"a\":[{\"b\":true}]}", "false", false, "a.0.b", true,
	true, false},
    {"{\"a\":[{\"b\":1}]}", "{\"a\":[{\"b\":true}]}", "false", false, "a",
	false, false, false},
    {"{\"a\":[1,null]}", "{\"a\":true}", "false", false, "a.0", false, false,
	false},
    {"{\"a\":[1,null]}", "{\"a\":true}", "false", false, "a.1", true, true,
	false},
    {"{\"a\":[1,null]}", "{\"a\":true}", "false", false, "a", false, true,
	false},
    {"{\"a\":[1,null]}", "{\"a\":[false,true]}", "false", false, "a.1", true,
	true, false},
    {"{\"a\":[1]}", "{}", "{\"a\":true}", false, "a.0", false, false, true},
    {"{\"a\":[1]}", "{}", "true", false, "a.0", false, false, true},
    {"{\"a\":[1]}", "{}", "{\"a\":[true]}", false, "a", false, false, true},
    {"{\"a\":[1,2]}", "{}", "{\"a\":[true]}", false, "a.1", false, false,
	false},
    {"{}", "{}", "false", true, "a", true, true, false},
    {"{}", "{}", "false", true, "a.b", true, true, false},
    {"{\"a\":null}", "{}", "false", true, "a", false, false, false},
    {"{\"a\":null}", "{}", "false", true, "a.b", false, false, false},
    {"{\"a\":[]}", "{}", "false", true, "a.0", false, false, false},
    {"{\"a\":[]}", "{}", "false", true, "a.0.b", false, false, false},
    {"{\"a\":[null]}", "{}", "false", true, "a.0", true, true, false},
    {"{\"a\":[null]}", "{}", "false", true, "a", false, true, false},
    {"{\"a\":[{}]}", "{}", "false", true, "a.0.b", true, true, false},
};

static struct seen
look_for(size_t row, struct arena *arena)
{
	struct seen seen = {parse_text(looks[row].value, arena),
	    parse_text(looks[row].unknown, arena),
	    parse_text(looks[row].sensitive, arena),
	    looks[row].absent_is_unknown};
	struct str rest = str_of(looks[row].path);

	while (rest.len) {
		struct str step = str_cut(rest, '.', &rest);

		seen = step.ptr[0] >= '0' && step.ptr[0] <= '9'
		    ? seen_item(seen, (size_t)(step.ptr[0] - '0'))
		    : seen_member(seen, step);
	}
	return seen;
}

START_TEST(masks_are_walked_beside_values)
{
	struct arena arena = {0};
	struct seen seen = look_for((size_t)_i, &arena);

	ck_assert_int_eq(seen_unknown(seen), looks[_i].is_unknown);
	ck_assert_int_eq(seen_partly_unknown(seen), looks[_i].is_partly);
	ck_assert_int_eq(seen_sensitive(seen), looks[_i].is_sensitive);
	arena_free(&arena);
}
END_TEST

/* Stepping over elements must see what asking for each one sees. */
START_TEST(steps_see_what_questions_see)
{
	struct arena arena = {0};
	struct seen all = {parse_text("[1,null,{\"x\":2},null]", &arena),
	    parse_text("[false,true,{\"y\":true}]", &arena),
	    parse_text("[true,false,{\"x\":true}]", &arena), _i == 1};
	struct seen_iter it = seen_each(all);
	size_t index = 0;

	for (; seen_step(&it); index++) {
		struct seen one = seen_item(all, index);

		ck_assert_uint_eq(it.index, index);
		ck_assert_ptr_eq(it.seen.value.node, one.value.node);
		ck_assert_int_eq(seen_unknown(it.seen), seen_unknown(one));
		ck_assert_int_eq(seen_sensitive(it.seen), seen_sensitive(one));
		ck_assert_int_eq(seen_partly_unknown(it.seen),
		    seen_partly_unknown(one));
	}
	ck_assert_uint_eq(index, 4);
	arena_free(&arena);
}
END_TEST

/* --- Names in messages --- */

START_TEST(names_are_made_safe)
{
	char out[60];

	safe_print(out, sizeof(out), STR("a.b[\"\x1b\xc3\xa9\xe2\x80\xae\"]"));
	ck_assert_str_eq(out, "a.b[\"\\u{1b}\\u{e9}\\u{202e}\"]");
	safe_print(out, 40, STR("0123456789012345678901234567890123456789"));
	ck_assert_str_eq(out, "0123456789012345678901234...");
	safe_print(out, sizeof(out), STR("\xf0\x9f"));
	ck_assert_str_eq(out, "\\u{f0}\\u{9f}");
}
END_TEST

static TCase *
tests(Suite *suite, const char *name)
{
	TCase *tc = tcase_create(name);

	tcase_set_timeout(tc, 600);
	suite_add_tcase(suite, tc);
	return tc;
}

Suite *
suite_plan(void)
{
	Suite *suite = suite_create("plan");
	TCase *tc = tests(suite, "guises");

	tcase_add_loop_test(
	    tc, order_and_layout_do_not_matter, 0, COUNTOF(readable));
	tcase_add_loop_test(
	    tc, pieces_of_any_size_tell_the_same, 0, COUNTOF(readable));
	tcase_add_loop_test(tc, wrapping_does_not_matter, 0,
	    (int)COUNTOF(wrapped) * GUISES);
	tcase_add_loop_test(tc, cut_wrapping_is_refused, 0, GUISES);
	tcase_add_test(tc, damage_and_garbage_in_gzip_are_refused);
	tcase_add_loop_test(tc, every_cut_is_refused, 0, 5);
	tcase_add_loop_test(tc, entries_are_counted, 0, COUNTOF(counts));
	tc = tests(suite, "documents");
	tcase_add_loop_test(tc, what_is_wrong_is_named, 0, COUNTOF(edits));
	tcase_add_loop_test(
	    tc, what_means_the_same_is_read, 0, COUNTOF(harmless));
	tcase_add_test(tc, without_changes_planned_values_stand);
	tcase_add_test(tc, a_state_is_told_from_a_plan);
	tcase_add_loop_test(
	    tc, other_documents_are_recognised, 0, COUNTOF(strangers));
	tcase_add_loop_test(
	    tc, other_encodings_are_named, 0, COUNTOF(encodings));
	tcase_add_test(tc, expansion_is_limited);
	tc = tests(suite, "cross-check");
	tcase_add_loop_test(tc, a_changed_value_is_named, 0, 8);
	tcase_add_loop_test(tc, a_missing_instance_is_named, 0, 8);
	tcase_add_test(tc, a_removed_instance_must_not_be_planned);
	tcase_add_test(
	    tc, addresses_that_differ_in_two_digits_are_never_one);
	tcase_add_loop_test(
	    tc, values_are_compared_by_value, 0, COUNTOF(pairs));
	tc = tests(suite, "secrets");
	tcase_add_loop_test(tc, secrets_are_known, 0, COUNTOF(secrets));
	tc = tests(suite, "addresses");
	tcase_add_loop_test(
	    tc, addresses_are_taken_apart, 0, COUNTOF(addresses));
	tcase_add_loop_test(
	    tc, other_text_is_no_address, 0, COUNTOF(no_addresses));
	tcase_add_loop_test(tc, parts_of_any_address_make_up_the_text, 0, 4);
	tcase_add_loop_test(tc, keys_are_decoded, 0, COUNTOF(keys));
	tcase_add_test(tc, old_keys_are_recognised);
	tcase_add_test(tc, hostile_keys_say_what_index_says);
	tc = tests(suite, "subjects");
	tcase_add_loop_test(tc, actions_have_names, 0, COUNTOF(actions));
	tcase_add_test(tc, a_projection_keeps_what_is_named);
	tcase_add_loop_test(
	    tc, masks_are_walked_beside_values, 0, COUNTOF(looks));
	tcase_add_loop_test(tc, steps_see_what_questions_see, 0, 2);
	tcase_add_test(tc, names_are_made_safe);
	return suite;
}
