/*
 * The command that lays out a project: commented files that lint and test find
 * nothing wrong with.  What is there already is left alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

enum { PATH_MOST = 4096 };

/* Ends with a name of NULL. */
struct starter {
	const char *name; /* from the folder of the project */
	const char *text; /* NULL: a folder */
};

static const struct starter starters[] = {
    {"controls", NULL},
    {"controls/example.yaml",
	"# A control says what must hold for every resource of a type.\n"
	"# \"tfassay list operators\" lists what a condition can ask.\n"
	"controls:\n"
	"  - id: example_bucket_has_owner\n"
	"    title: Buckets say who owns them\n"
	"    severity: medium        # critical, high, medium, low or info\n"
	"    enforce: warn           # block (the default), warn or audit\n"
	"    resource: aws_s3_bucket\n"
	"    # \"set\" has an answer for what is not there; other operators "
	"need\n"
	"    # if_unset: true or false, or a default, to have one.\n"
	"    assert: {path: 'tags[\"Owner\"]', set: true}\n"
	"    why: Nobody answers for a bucket without an owner.\n"
	"    fix:\n"
	"      text: Add the tag Owner.\n"
	"      hcl: |\n"
	"        tags = { Owner = \"team-payments\" }\n"
	"    # Each test is a resource as it would be planned, and its "
	"verdict.\n"
	"    tests:\n"
	"      - name: an owner\n"
	"        resource: {tags: {Owner: team-payments}}\n"
	"        expect: pass\n"
	"      - {name: no tags, resource: {bucket: b}, expect: fail}\n"
	"      - name: tags that are known after apply\n"
	"        resource: {bucket: b}\n"
	"        unknown: {tags: true}\n"
	"        expect: unknown\n"},
    {"controls/example_test.yaml",
	"# Whole plans and what they come to.  A plan is what\n"
	"# \"terraform show -json PLANFILE\" prints.\n"
	"tests:\n"
	"  - name: one bucket of two has an owner\n"
	"    plan: example_plan.json\n"
	"    expect:\n"
	"      example_bucket_has_owner:\n"
	"        pass: aws_s3_bucket.owned\n"
	"        fail: aws_s3_bucket.orphan\n"},
    {"controls/example_plan.json",
	"{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.8\",\n"
	" \"timestamp\": \"2026-01-01T00:00:00Z\", \"complete\": true,\n"
	" \"resource_changes\": [\n"
	"  {\"address\": \"aws_s3_bucket.owned\", \"mode\": \"managed\",\n"
	"   \"type\": \"aws_s3_bucket\", \"name\": \"owned\", \"change\": {\n"
	"     \"actions\": [\"create\"], \"before\": null,\n"
	"     \"after\": {\"bucket\": \"a\", \"tags\": {\"Owner\": "
	"\"team-payments\"}}}},\n"
	"  {\"address\": \"aws_s3_bucket.orphan\", \"mode\": \"managed\",\n"
	"   \"type\": \"aws_s3_bucket\", \"name\": \"orphan\", \"change\": {\n"
	"     \"actions\": [\"create\"], \"before\": null,\n"
	"     \"after\": {\"bucket\": \"b\", \"tags\": null}}}]}\n"},
    {"waivers.yaml",
	"# What is accepted, by whom and until when.  A waiver never hides the\n"
	"# verdict: it is listed as waived.\n"
	"waivers: []\n"
	"#  - id: W-1\n"
	"#    control: example_bucket_has_owner\n"
	"#    address: aws_s3_bucket.orphan   # [*] is any key, **. any "
	"module\n"
	"#    category: waiver                # waiver, mitigated or "
	"false_positive\n"
	"#    reason: It is deleted with the old account.\n"
	"#    owner: team-payments\n"
	"#    approved_by: security@example.org\n"
	"#    ticket: SEC-1\n"
	"#    created: 2026-01-01\n"
	"#    expires: 2026-06-30             # inclusive\n"},
    {".tfassay.yaml",
	"# Options of tfassay in this folder and below, without their dashes.\n"
	"# \"tfassay check --show-config\" says where each value comes from.\n"
	"policies: controls\n"
	"waivers: waivers.yaml\n"
	"# profile: strict      # everything blocks; see tfassay list profiles\n"
	"# fail-on: high       # what is less severe never blocks\n"
	"# allow: [unknown]    # end with 0 where only verdicts are open\n"},
    {NULL, NULL},
};

static bool
write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t done = write(fd, text, left);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			text += done;
			left -= (size_t)done;
		}
	}
	return true;
}

/* *made: it was not there. */
static bool
make_file(const char *path, const char *text, bool *made)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && write_all(fd, text);

	*made = fd >= 0;
	if (fd < 0)
		return errno == EEXIST;
	ok = close(fd) == 0 && ok;
	if (!ok)
		unlink(path);
	return ok;
}

static bool
make_folder(const char *path, bool *made)
{
	*made = mkdir(path, 0777) == 0;
	return *made || errno == EEXIST;
}

static bool
make(const char *folder, const struct starter *starter,
    const struct cli_io *io, struct tfa_error *err)
{
	char path[PATH_MOST];
	int len = snprintf(path, sizeof(path), "%s%s%s", folder,
	    folder[0] ? "/" : "", starter->name);
	bool made = false;

	if (len < 0 || (size_t)len >= sizeof(path))
		return cli_fail(err, TFA_ERR_USAGE, "the path is too long");
	if (!(starter->text ? make_file(path, starter->text, &made)
			    : make_folder(path, &made)))
		return cli_fail(
		    err, TFA_ERR_REPORT, "%s cannot be made", path);
	if (starter->text) {
		fputs(made ? "made " : "kept ", io->out);
		cli_put(io->out, path);
		putc('\n', io->out);
	}
	return true;
}

int
command_init(const struct settings *settings, const struct cli_io *io)
{
	const struct texts *arguments = &settings->arguments;
	const char *folder = arguments->count ? arguments->items[0] : "";
	struct tfa_error err = {0};
	bool made, ok = true;

	if (arguments->count > 1)
		ok = cli_fail(
		    &err, TFA_ERR_USAGE, "one folder: tfassay init DIR");
	if (ok && folder[0] && !make_folder(folder, &made))
		ok = cli_fail(
		    &err, TFA_ERR_REPORT, "%s cannot be made", folder);
	for (const struct starter *s = starters; ok && s->name; s++)
		ok = make(folder, s, io, &err);
	return ok ? STATUS_PASS : usage_error(io, "init", &err);
}
