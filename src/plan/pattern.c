/*
 * A pattern is cut at its "**"; what stands between are module addresses, and
 * an address last.  Steps are matched like a glob: of several "**" only the
 * last can have taken too little, so there is one place to go back to.
 */
#include "plan/pattern.h"

/* Longer than any path of calls that people write. */
enum { STEPS_MOST = 256 };

/* Where the next "**." begins, outside of keys; s.len where there is none. */
static size_t
find_gap(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.len; i++) {
		if (quoted && s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == '"')
			quoted = !quoted;
		else if (!quoted && str_starts(str_from(s, i), STR("**.")) &&
		    (i == 0 || s.ptr[i - 1] == '.'))
			return i;
	}
	return s.len;
}

static bool
is_glob(struct str name)
{
	return memchr(name.ptr, '*', name.len) || memchr(name.ptr, '?', name.len);
}

static bool
add_steps(struct address_step *steps, size_t *count,
    const struct address_step *from, size_t number)
{
	if (number > STEPS_MOST - *count)
		return false;
	for (size_t i = 0; i < number; i++) {
		if (is_glob(from[i].name))
			return false;
	}
	if (number)
		memcpy(steps + *count, from, number * sizeof(*steps));
	*count += number;
	return true;
}

/* "module.a.module.b." and the "**" behind it. */
static bool
read_calls(struct pattern *out, struct address_step *steps, struct str text,
    struct arena *arena)
{
	static const struct address_step gap = {{"", 0}, {"", 0}};
	struct address calls = {.text = STR("")};

	if (text.len &&
	    !address_read_module(
		&calls, str_head(text, text.len - 1), arena))
		return false;
	return add_steps(
		   steps, &out->step_count, calls.steps, calls.step_count) &&
	    add_steps(steps, &out->step_count, &gap, 1);
}

bool
pattern_read(struct pattern *out, struct str text, struct arena *arena,
    const char **message)
{
	struct address_step *steps =
	    arena_array(arena, STEPS_MOST, sizeof(*steps));
	struct str rest = text;
	struct address last;
	size_t at;

	*message = NULL;
	*out = (struct pattern){.text = text, .steps = steps};
	if (!steps)
		return false;
	*message = "it would fit everything: name the resource";
	if (text.len == 0 || str_eq(text, STR("*")) ||
	    str_eq(text, STR("**")))
		return false;
	*message = "it is no resource address; \"[*]\" stands for any key, "
		   "\"**\" for any modules, and nothing for any type or name";
	while ((at = find_gap(rest)) < rest.len) {
		if (!read_calls(out, steps, str_head(rest, at), arena))
			return false;
		rest = str_from(rest, at + STR("**.").len);
	}
	if (!address_read(&last, rest, arena) || is_glob(last.type) ||
	    is_glob(last.name) ||
	    !add_steps(
		steps, &out->step_count, last.steps, last.step_count))
		return false;
	last.steps = NULL;
	last.step_count = 0;
	out->resource = last;
	return true;
}

static bool
key_fits(struct str pattern, struct str key, struct buf *scratch)
{
	struct buf other = {0};
	struct str left, right;
	bool left_text, right_text, fits;

	if (str_eq(pattern, STR("[*]")) || str_eq(pattern, key))
		return true;
	if (!pattern.len || !key.len)
		return false;
	fits = address_key(pattern, &left_text, &left, scratch) &&
	    address_key(key, &right_text, &right, &other) &&
	    left_text == right_text && str_eq(left, right);
	scratch->failed = scratch->failed || other.failed;
	buf_free(&other);
	return fits;
}

static bool
steps_fit(const struct pattern *pattern, const struct address *address,
    struct buf *scratch)
{
	const struct address_step *steps = pattern->steps;
	size_t p = 0, a = 0, gap = pattern->step_count, taken = 0;

	while (a < address->step_count) {
		const struct address_step *step = &address->steps[a];

		if (p < pattern->step_count && steps[p].name.len == 0) {
			gap = p++;
			taken = a;
		} else if (p < pattern->step_count &&
		    str_eq(steps[p].name, step->name) &&
		    key_fits(steps[p].key, step->key, scratch)) {
			p++;
			a++;
		} else if (gap < pattern->step_count) {
			p = gap + 1;
			a = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern->step_count && steps[p].name.len == 0)
		p++;
	return p == pattern->step_count;
}

bool
pattern_fits(const struct pattern *pattern, const struct address *address,
    struct buf *scratch)
{
	const struct address *resource = &pattern->resource;

	return resource->mode == address->mode &&
	    str_eq(resource->type, address->type) &&
	    str_eq(resource->name, address->name) &&
	    key_fits(resource->key, address->key, scratch) &&
	    steps_fit(pattern, address, scratch);
}
