/*
 * A fact stands beside the resources of the plan like one of them, named by the
 * place that says it.  What the plan shows itself needs no fact: it is newer.
 */
#include "policy/fact.h"

#include "engine/run.h"

/* Has the plan one that may be of the configuration that the fact is about? */
static bool
is_shown(struct partners *partners, const struct fact *fact)
{
	struct kind *kind = partners_kind(partners, fact->type);

	for (size_t i = 0; kind && i < kind->count; i++) {
		struct str provider =
		    record_provider(partners, kind->items[i]);

		if (!fact->provider.len || !provider.len ||
		    str_eq(provider, fact->provider))
			return true;
	}
	return false;
}

/* "TYPE.fact["FILE:LINE as of DAY"]", with nothing that a key would have to escape. */
static bool
name_fact(struct address *out, const struct fact *fact, struct arena *arena)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	struct buf text = {0};
	struct str kept = {NULL, 0};

	buf_fmt(&text, STR_FMT ".fact[\"", STR_ARG(fact->type));
	for (size_t i = 0; i < fact->file.len; i++) {
		char byte = fact->file.ptr[i];

		buf_byte(&text, byte && strchr(plain, byte) ? byte : '_');
	}
	if (buf_fmt(&text, ":%zu as of " STR_FMT "\"]", fact->pos.line,
		STR_ARG(fact->as_of)))
		kept = arena_copy(arena, buf_str(&text));
	buf_free(&text);
	return kept.ptr && address_read(out, kept, arena);
}

static bool
fact_join(struct tfa_eval *eval, const struct fact *fact)
{
	struct partners *partners = &eval->joins.partners;
	struct type_entry *entry = run_type(eval, fact->type);
	struct subject subject = {.source = SUBJECT_STATE,
	    .before = fact->values,
	    .after = fact->values};

	if (!entry)
		return false;
	if ((!entry->joined && !entry->governs) || is_shown(partners, fact))
		return true;
	return name_fact(&subject.address, fact, &partners->arena) &&
	    partners_add_fact(partners, &subject, &entry->kept,
		fact->provider.len ? fact->provider : STR("*"));
}

bool
facts_join(struct tfa_eval *eval)
{
	int64_t today = date_day(&eval->now);

	for (size_t i = 0; eval->has_now && i < eval->policies->fact_count;
	     i++) {
		const struct fact *fact = eval->policies->facts[i];

		if (fact->as_of_day <= today && today <= fact->last_day &&
		    !fact_join(eval, fact))
			return false;
	}
	return true;
}
