#include "policy/builtin.h"

#include "policy/policy.h"

bool
policies_read_digest(struct tfa_policies *policies)
{
	struct tfa_error err = {0};

	for (const struct builtin_file *file = builtin_files; file->path;
	     file++) {
		struct str text = {(const char *)file->bytes, file->len};

		if (policies->digest ||
		    !str_ends(str_of(file->path), STR(".digest")))
			continue;
		policies->digest = digest_read(text, &err);
		if (!policies->digest)
			return false;
	}
	return true;
}

bool
tfa_policies_builtin(struct tfa_policies *policies, struct tfa_error *err)
{
	for (const struct builtin_file *file = builtin_files; file->path;
	     file++) {
		struct str name = str_of(file->path);
		struct str text = {(const char *)file->bytes, file->len};

		if (str_ends(name, STR(".yaml")) &&
		    !policies_read(policies, name, text, true, err))
			return false;
	}
	return true;
}
