/* Any bytes as an address: its parts must be slices of it, in order. */
#include <stdlib.h>

#include "plan/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_inside(struct str part, struct str whole)
{
	if (part.len > 0 &&
	    (part.ptr < whole.ptr ||
		part.ptr + part.len > whole.ptr + whole.len))
		abort();
}

static void
check_parts(const struct address *address, struct str text)
{
	struct buf scratch = {0};
	struct str key;
	bool is_text;

	must_be_inside(address->module, text);
	must_be_inside(address->type, text);
	must_be_inside(address->name, text);
	must_be_inside(address->key, text);
	for (size_t i = 0; i < address->step_count; i++) {
		must_be_inside(address->steps[i].name, text);
		must_be_inside(address->steps[i].key, text);
	}
	if (address->type.len == 0 || address->name.len == 0)
		abort();
	(void)address_key(address->key, &is_text, &key, &scratch);
	buf_free(&scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena arena = {0};
	struct address address;

	if (address_read(&address, text, &arena)) {
		check_parts(&address, text);
		(void)address_static(&address, &arena);
	}
	(void)address_read_module(&address, text, &arena);
	arena_free(&arena);
	return 0;
}
