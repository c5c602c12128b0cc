/*
 * Resource addresses as Terraform prints them:
 *
 *	{ "module." call [ key ] "." } [ mode "." ] type "." name [ key ]
 *	key = "[" digits "]" | "[" quoted string "]" | "[*]"
 *
 * The quoted string has Terraform's own escapes, on top of JSON's.
 */
#ifndef PLAN_ADDRESS_H
#define PLAN_ADDRESS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum mode { MODE_MANAGED, MODE_DATA, MODE_EPHEMERAL, MODE_LIST };

/* All parts are slices of the address; keys keep brackets and escapes. */
struct address_step {
	struct str name; /* of a module call */
	struct str key;	 /* "[0]", "[\"a.b\"]", "[*]", or empty */
};

struct address {
	struct str text;   /* the whole */
	struct str module; /* "module.a[0].module.b", or empty */
	const struct address_step *steps;
	size_t step_count;
	enum mode mode;
	struct str type, name;
	struct str key;
};

/*
 * Steps are in the arena, everything else points into text.  False where text
 * is no resource address, or without memory.
 */
bool address_read(struct address *out, struct str text, struct arena *arena);

/* The same question without memory. */
bool address_valid(struct str text);

/* Only the module part, such as "module.a[0].module.b"; empty is the root. */
bool address_read_module(struct address *out, struct str text,
    struct arena *arena);

/*
 * The decoded key: digits of a count index, or the text of a for_each key into
 * scratch.  False where it is no key.
 */
bool address_key(struct str key, bool *is_text, struct str *out,
    struct buf *scratch);

/* Is it the for_each key of that text, as any version of Terraform writes it? */
bool address_key_is(struct str key, struct str text, struct buf *scratch);

/* Do two keys mean the same, however they are escaped? */
bool address_key_equal(struct str a, struct str b);

/*
 * Takes the next names and the key behind them off a valid address that is not
 * empty: of "module.a[0].aws_x.y" first "module.a" and "[0]", then ".aws_x.y"
 * and "".
 */
void address_part(struct str *rest, struct str *names, struct str *key);

/* In the order of bytes, all keys alike; zero: instances of one resource. */
int address_compare_static(struct str a, struct str b);

/* The address without any key: "module.a.aws_x.y", in the arena. */
struct str address_static(const struct address *address, struct arena *arena);

#endif
