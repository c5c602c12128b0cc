#include "policy/builtin.h"

#include "policy/policy.h"

static bool
read_digest(struct tfa_policies *policies, struct str text,
    struct tfa_error *err)
{
	if (policies->digest)
		return true;
	policies->digest = digest_read(text, err);
	return policies->digest != NULL;
}

bool
tfa_policies_builtin(struct tfa_policies *policies, struct tfa_error *err)
{
	for (const struct builtin_file *file = builtin_files; file->path;
	     file++) {
		struct str name = str_of(file->path);
		struct str text = {(const char *)file->bytes, file->len};
		bool ok = true;

		if (str_ends(name, STR(".yaml")))
			ok = policies_read(policies, name, text, true, err);
		else if (str_ends(name, STR(".digest")))
			ok = read_digest(policies, text, err);
		if (!ok)
			return false;
	}
	return true;
}
