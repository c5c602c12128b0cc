/*
 * Options, the policies, and an orderly end: signals are blocked in every
 * thread and waited for in this one.
 */
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run_task.h"

enum { TEXTS_MOST = 32, KEY_MOST = 1024, KEY_LEAST = 16 };

struct texts {
	const char *items[TEXTS_MOST];
	size_t count;
};

struct options {
	struct settings settings;
	struct texts policies, waivers, facts, profiles;
	const char *key_file;
	bool no_builtin, help, version;
	char key[KEY_MOST];
};

void
say(const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "tfassay-run-task: %s\n", text);
}

/* --- Options --- */

enum kind {
	KIND_FLAG,
	KIND_TEXT,
	KIND_TEXTS,
	KIND_NUMBER,
	KIND_SIZE,
	KIND_ALLOW
};

struct option {
	const char *name, *metavar;
	enum kind kind;
	size_t offset;
	const char *help;
};

#define AT(member) offsetof(struct options, member)

/* clang-format off */
static const struct option options_known[] = {
    {"--listen", "ADDRESS", KIND_TEXT, AT(settings.listen),
	"where to listen; 127.0.0.1"},
    {"--port", "N", KIND_NUMBER, AT(settings.port), "8080; 0: any"},
    {"--key-file", "FILE", KIND_TEXT, AT(key_file),
	"the task's HMAC key; else TFASSAY_RUN_TASK_KEY"},
    {"--host", "NAME", KIND_TEXT, AT(settings.host),
	"the only host that is asked and told; app.terraform.io"},
    {"--policies", "PATH", KIND_TEXTS, AT(policies), "as in tfassay check"},
    {"--no-builtin", NULL, KIND_FLAG, AT(no_builtin), "as in tfassay check"},
    {"--waivers", "FILE", KIND_TEXTS, AT(waivers), "as in tfassay check"},
    {"--facts", "FILE", KIND_TEXTS, AT(facts), "as in tfassay check"},
    {"--profile", "NAME", KIND_TEXTS, AT(profiles), "as in tfassay check"},
    {"--fail-on", "SEVERITY", KIND_TEXT, AT(settings.options.fail_on),
	"as in tfassay check"},
    {"--allow", "WHAT", KIND_ALLOW, AT(settings.options.allow),
	"as in tfassay check"},
    {"--max-body-bytes", "N", KIND_SIZE, AT(settings.body_bytes),
	"of a request; 65536"},
    {"--max-plan-bytes", "N", KIND_SIZE,
	AT(settings.options.limits.plan_bytes),
	"of a plan, decompressed; 1073741824"},
    {"--workers", "N", KIND_NUMBER, AT(settings.workers),
	"plans at a time; 2"},
    {"--queue", "N", KIND_SIZE, AT(settings.queue),
	"tasks that may wait; 64"},
    {"--timeout", "SECONDS", KIND_SIZE, AT(settings.seconds),
	"for a plan to come; 300"},
    {"--grace", "SECONDS", KIND_SIZE, AT(settings.grace),
	"for what is under way when it is stopped; 30"},
    {"--allow-http", NULL, KIND_FLAG, AT(settings.plain_http),
	"tokens over plain HTTP: for tests only"},
    {"--help", NULL, KIND_FLAG, AT(help), "print this help"},
    {"--version", NULL, KIND_FLAG, AT(version), "print the version"},
};
/* clang-format on */

static void
print_help(void)
{
	puts("tfassay-run-task: judge plans as a run task of HCP Terraform\n\n"
	     "Usage: tfassay-run-task [OPTION]...\n");
	for (size_t i = 0; i < sizeof(options_known) / sizeof(*options_known);
	     i++) {
		const struct option *option = &options_known[i];
		char left[40];

		snprintf(left, sizeof(left), "%s %s", option->name,
		    option->metavar ? option->metavar : "");
		printf("  %-26s %s\n", left, option->help);
	}
}

static bool
read_number(unsigned long *out, const char *text, unsigned long most)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*out = strtoul(text, &end, 10);
	return !*end && !errno && *out <= most;
}

static bool
read_allow(unsigned *bits, const char *text)
{
	static const struct {
		const char *name;
		unsigned bit;
	} words[] = {
	    {"unknown",    TFA_ALLOW_UNKNOWN   },
	    {"incomplete", TFA_ALLOW_INCOMPLETE},
            {"empty",      TFA_ALLOW_EMPTY     }
        };

	while (text) {
		size_t len = strcspn(text, ","), i = 0;

		while (i < 3 && (strncmp(words[i].name, text, len) != 0 ||
				    words[i].name[len]))
			i++;
		if (i == 3)
			return false;
		*bits |= words[i].bit;
		text = text[len] ? text + len + 1 : NULL;
	}
	return true;
}

/* Sizes, seconds and limits are set alike. */
_Static_assert(
    sizeof(long) == sizeof(size_t) && sizeof(size_t) == sizeof(uint64_t),
    "an LP64 system");

static bool
set(void *member, const struct option *option, const char *value)
{
	struct texts *texts = member;
	unsigned long number;

	switch (option->kind) {
	case KIND_FLAG:
		*(bool *)member = true;
		return true;
	case KIND_TEXT:
		*(const char **)member = value;
		return value[0] != 0;
	case KIND_TEXTS:
		if (!value[0] || texts->count == TEXTS_MOST)
			return false;
		texts->items[texts->count++] = value;
		return true;
	case KIND_NUMBER:
		if (!read_number(&number, value, 65535) ||
		    (!number && option->offset == AT(settings.workers)))
			return false;
		*(unsigned *)member = (unsigned)number;
		return true;
	case KIND_SIZE:
		if (!read_number(&number, value, 1UL << 40) || !number)
			return false;
		memcpy(member, &number, sizeof(number));
		return true;
	case KIND_ALLOW:
		break;
	}
	return read_allow(member, value);
}

static const struct option *
find(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(options_known) / sizeof(*options_known);
	     i++) {
		if (strncmp(options_known[i].name, word, len) == 0 &&
		    !options_known[i].name[len])
			return &options_known[i];
	}
	return NULL;
}

static bool
read_options(struct options *options, char **words)
{
	while (*++words) {
		size_t len = strcspn(*words, "=");
		const struct option *option = find(*words, len);
		const char *value = (*words)[len] ? *words + len + 1 : NULL;

		if (!option || (value && !option->metavar)) {
			say("unknown option \"%.100s\"", *words);
			return false;
		}
		if (option->metavar && !value)
			value = *++words;
		if (option->metavar && !value) {
			say("%s needs a value", option->name);
			return false;
		}
		if (!set((char *)options + option->offset, option, value)) {
			say("%s: \"%.100s\" is no %s", option->name, value,
			    option->metavar);
			return false;
		}
	}
	return true;
}

/* Without the line end behind it. */
static bool
read_key(struct options *options)
{
	const char *key = getenv("TFASSAY_RUN_TASK_KEY");
	ssize_t got = 0;
	size_t len;
	int fd;

	if (options->key_file) {
		fd = open(options->key_file, O_RDONLY | O_CLOEXEC);
		got = fd < 0 ? -1
			     : read(fd, options->key, sizeof(options->key) - 1);
		if (fd >= 0)
			close(fd);
		if (got < 0) {
			say("%s cannot be read", options->key_file);
			return false;
		}
		key = options->key;
	}
	len = key ? strlen(key) : 0;
	while (len && (key[len - 1] == '\n' || key[len - 1] == '\r'))
		len--;
	options->settings.key = key;
	options->settings.key_len = len;
	if (len >= KEY_LEAST)
		return true;
	say("a key of %d characters or more is needed: requests without a "
	    "signature are not judged",
	    KEY_LEAST);
	return false;
}

/* --- Policies --- */

static bool
load(struct tfa_policies *policies, const struct options *options,
    struct tfa_error *err)
{
	bool ok = options->no_builtin || tfa_policies_builtin(policies, err);

	for (size_t i = 0; ok && i < options->policies.count; i++)
		ok = tfa_policies_load(
		    policies, options->policies.items[i], err);
	for (size_t i = 0; ok && i < options->waivers.count; i++)
		ok = tfa_policies_waivers(
		    policies, options->waivers.items[i], err);
	for (size_t i = 0; ok && i < options->facts.count; i++)
		ok = tfa_policies_facts(policies, options->facts.items[i], err);
	return ok;
}

/* What is wrong with them is said now, and not to whoever runs a plan. */
static bool
prepare(struct options *options, struct tfa_policies *policies)
{
	struct settings *settings = &options->settings;
	struct tfa_error err = {0};
	struct tfa_report *report = NULL;
	bool ok;

	settings->policies = policies;
	settings->options.profiles = options->profiles.items;
	settings->options.profile_count = options->profiles.count;
	ok = policies && load(policies, options, &err) &&
	     (report = tfa_report_new(policies, &settings->options, &err));
	if (!ok)
		say("%s%s%s", err.file, err.file[0] ? ": " : "", err.message);
	tfa_report_free(report);
	return ok;
}

/* --- Running --- */

static int
serve(const struct settings *settings, const sigset_t *ends)
{
	struct receiver receiver = {settings, queue_new(settings)};
	struct MHD_Daemon *daemon;
	unsigned port = 0;
	int sig = 0;

	if (!receiver.queue) {
		say("out of memory");
		return 6;
	}
	daemon = receive_start(&receiver, &port);
	if (!daemon) {
		say("cannot listen on %s, port %u", settings->listen,
		    settings->port);
		queue_stop(receiver.queue);
		return 2;
	}
	say("listening on %s, port %u", settings->listen, port);
	while (sigwait(ends, &sig) != 0)
		;
	say("stopping");
	/* Answers under way are finished, and nothing new is taken. */
	MHD_stop_daemon(daemon);
	queue_stop(receiver.queue);
	say("stopped");
	return 0;
}

static void
settle(sigset_t *ends)
{
	struct rlimit none = {0, 0};

	/* A core would hold tokens and plans. */
	setrlimit(RLIMIT_CORE, &none);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(ends);
	sigaddset(ends, SIGTERM);
	sigaddset(ends, SIGINT);
	sigaddset(ends, SIGHUP);
	pthread_sigmask(SIG_BLOCK, ends, NULL);
}

int
main(int argc, char **argv)
{
	struct options options = {
	    .settings = {.listen = "127.0.0.1",
			 .port = 8080,
			 .host = "app.terraform.io",
			 .body_bytes = 65536,
			 .queue = 64,
			 .workers = 2,
			 .seconds = 300,
			 .grace = 30}
        };
	struct tfa_policies *policies;
	sigset_t ends;
	int status = 2;

	(void)argc;
	options.settings.options.limits.plan_bytes = 1UL << 30;
	if (!read_options(&options, argv))
		return 2;
	if (options.help || options.version) {
		if (options.help)
			print_help();
		else
			puts("tfassay-run-task " TFA_VERSION);
		return fflush(stdout) == 0 ? 0 : 5;
	}
	if (!read_key(&options))
		return 2;
	settle(&ends);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return 6;
	policies = tfa_policies_new(&options.settings.options.limits);
	if (prepare(&options, policies))
		status = serve(&options.settings, &ends);
	tfa_policies_free(policies);
	curl_global_cleanup();
	return status;
}
