# tfassay: see README.md.  Everything is made under build/<mode>/.
VERSION := 0.1.0
SOVERSION := 0

# A goal that needs a mode of its own brings it along.
MODE_OF_check := debug
MODE_OF_origins := debug
MODE_OF_fixtures := debug
MODE_OF_comment-test := debug
MODE_OF_formats := debug
MODE_OF_pages := debug
MODE_OF_conversions := debug
MODE_OF_run-task-test := debug
MODE_OF_replay-kill := debug
MODE_OF_replay-engines := debug
MODE_OF_signatures := debug
MODE_OF_recipes := debug
MODE_OF_valgrind := debug
MODE_OF_asan := asan
MODE_OF_cov := cov
MODE_OF_fuzz := fuzz
MODE ?= $(firstword $(foreach g,$(MAKECMDGOALS),$(MODE_OF_$(g))) release)
BUILD := build/$(MODE)

ifeq ($(origin CC),default)
CC := $(if $(filter fuzz,$(MODE)),clang,cc)
endif
AR ?= ar
LD ?= ld
OBJCOPY ?= objcopy
INSTALL ?= install
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR ?= $(PREFIX)/share
PKG_CONFIG ?= pkg-config
comma := ,
LIBS_PC := yaml-0.1 libpcre2-8 zlib libzstd nettle
FUZZ_SECONDS ?= 20
PAIRS ?= 100000
SEED ?= 1

CFLAGS_release := -O2 -g
CFLAGS_debug := -O0 -g
CFLAGS_asan := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_cov := -O0 -g --coverage
CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_cov := --coverage
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined

CFLAGS ?= $(CFLAGS_$(MODE))
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
ifdef WERROR
WARNINGS += -Werror
endif
LIBS_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBS_PC))
LIBS := $(shell $(PKG_CONFIG) --libs $(LIBS_PC))
# The released tool carries its libraries where their archives are at hand: it
# starts once for each plan, and loading them took a fifth of that time.
# STATIC= leaves them shared.
STATIC ?= $(filter release,$(MODE))
TOOL_LIBS := $(if $(STATIC),-Wl$(comma)-Bstatic $(LIBS) -Wl$(comma)-Bdynamic)
TOOL_LIBS := $(if $(STATIC),$(shell echo 'int main(void) { return 0; }' | \
	$(CC) -x c - -o /dev/null $(TOOL_LIBS) 2>/dev/null && \
	echo '$(TOOL_LIBS)'))
TEST_CFLAGS = $(shell $(PKG_CONFIG) --cflags check jansson)
TEST_LIBS = $(shell $(PKG_CONFIG) --libs check jansson)
BASE_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) \
	-fvisibility=hidden -fPIC -pthread -Iinclude -Isrc $(LIBS_CFLAGS)
ALL_CFLAGS = $(BASE_CFLAGS) $(CFLAGS) $(CPPFLAGS) -MMD -MP
ALL_LDFLAGS = -pthread $(LDFLAGS_$(MODE)) $(LDFLAGS)

LAYERS := base json hcl plan op config policy engine report trial lint share replay
LIB_SRC := $(sort $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
TEST_SRC := $(sort $(wildcard src/test/*.c))
FUZZ_SRC := $(sort $(wildcard src/fuzz/*.c))
EMBED_SRC := $(wildcard src/embed/*.c)
ALL_SRC := $(LIB_SRC) $(CLI_SRC) $(EMBED_SRC) $(TEST_SRC) $(FUZZ_SRC)
# In byte order in every locale: the built-in array is made in this order.
POLICY_FILES := $(shell find policies -name '*.yaml' -o -name '*.digest' | \
	LC_ALL=C sort)

LIB_OBJ := $(LIB_SRC:src/%.c=$(BUILD)/%.o) $(BUILD)/builtin.o
CLI_OBJ := $(CLI_SRC:src/%.c=$(BUILD)/%.o)
TEST_OBJ := $(TEST_SRC:src/%.c=$(BUILD)/%.o)
FUZZ_BIN := $(FUZZ_SRC:src/fuzz/%.c=$(BUILD)/%)
LIB_SO := $(BUILD)/libtfassay.so

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all check origins fixtures comment-test recipes formats pages screens \
	run-task run-task-test asan valgrind cov fuzz differential schemas \
	typos conversions signatures format lint layers complexity \
	install dist clean help bench force

all: $(BUILD)/tfassay $(LIB_SO) ## the tool and the library

# V=1 shows the commands, -s shows nothing.
SILENT := $(findstring s,$(filter-out -%,$(firstword $(MAKEFLAGS))))
Q := $(if $(V),,@)
SAY = @$(if $(V)$(SILENT),:,printf '  %-5s %s\n')

# Objects are as old as the flags that they were made with.
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || \
		echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' >$@

$(BUILD)/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) $(if $(filter src/test/%,$<),$(TEST_CFLAGS)) -c -o $@ $<

# The files below policies/, read and checked; YAML and digest stay the source.
$(BUILD)/policies: force
	@mkdir -p $(@D)
	@echo '$(POLICY_FILES)' | cmp -s - $@ || echo '$(POLICY_FILES)' >$@

$(BUILD)/embed/embed: $(BUILD)/embed/embed.o $(filter-out $(BUILD)/builtin.o,$(LIB_OBJ))
	$(SAY) LD $@
	$(Q)$(CC) $(subst =fuzzer$(comma),=fuzzer-no-link$(comma),$(ALL_LDFLAGS)) \
		-o $@ $^ $(LIBS)

$(BUILD)/builtin.c: $(POLICY_FILES) $(BUILD)/embed/embed $(BUILD)/policies
	$(SAY) EMBED $@
	$(Q)$(BUILD)/embed/embed $(POLICY_FILES) >$@.tmp
	$(Q)mv $@.tmp $@

$(BUILD)/builtin.o: $(BUILD)/builtin.c $(BUILD)/flags
	$(SAY) CC $@
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The archive is one object whose hidden symbols are made local, so it exports
# tfa_* and nothing else, and names inside can stay short.  Instrumented objects
# do not survive that, and are not for installing.
$(BUILD)/libtfassay.a: $(LIB_OBJ)
ifneq ($(filter asan cov fuzz,$(MODE)),)
	$(SAY) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^
else
	$(SAY) AR $@
	$(Q)$(LD) -r -o $(BUILD)/libtfassay.o $^
	$(Q)$(OBJCOPY) --localize-hidden $(BUILD)/libtfassay.o
	$(Q)rm -f $@ && $(AR) rcs $@ $(BUILD)/libtfassay.o
endif

$(LIB_SO): $(LIB_OBJ)
	$(SAY) LD $@
	$(Q)$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,libtfassay.so.$(SOVERSION) \
		-o $@ $^ $(LIBS)

$(BUILD)/tfassay: $(CLI_OBJ) $(BUILD)/libtfassay.a
	$(SAY) LD $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(or $(TOOL_LIBS),$(LIBS))

$(BUILD)/unit: $(TEST_OBJ) $(LIB_OBJ) $(filter-out $(BUILD)/cli/main.o,$(CLI_OBJ))
	$(SAY) LD $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) $(TEST_LIBS)

$(FUZZ_BIN): $(BUILD)/%: $(BUILD)/fuzz/%.o $(LIB_OBJ)
	$(SAY) LD $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

check: layers $(BUILD)/tfassay $(BUILD)/unit ## every test (MODE=debug)
	$(BUILD)/unit

# Plans whose Terraform source stands beside them, as PLAN=FOLDER.
origin_pair = $(if $(wildcard $(2)/*.tf),$(1)=$(2))
ORIGIN_PLANS := testdata/provenance/plan.json=testdata/provenance/hcl \
	$(foreach p,$(wildcard testdata/metamorphic/*.json testdata/joins/*.json),\
		$(call origin_pair,$(p),$(dir $(p))hcl/$(basename $(notdir $(p))))) \
	$(foreach p,$(wildcard testdata/real/*/plan.json),$(p)=$(dir $(p))) \
	$(foreach p,$(wildcard testdata/plans/stacks/*.json),\
		$(call origin_pair,$(p),testdata/source/$(basename $(notdir $(p)))))
origins: $(BUILD)/tfassay ## every origin against the Terraform source (python3)
	@if command -v python3 >/dev/null; then \
		python3 testdata/oracle/origin.py $(BUILD)/tfassay \
			$(ORIGIN_PLANS); \
	else \
		echo 'origins: skipped: python3 is missing'; \
	fi

# Defaults are on the page of each control that they concern.
DEFAULTS := policies/aws/defaults.yaml
CONTROL_FILES := $(filter-out $(DEFAULTS),$(wildcard policies/aws/*.yaml))
pages: $(BUILD)/tfassay ## docs/controls from the controls in policies/
	@mkdir -p docs/controls && rm -f docs/controls/*.md
	@for file in $(CONTROL_FILES); do \
		$(BUILD)/tfassay list controls --format markdown --no-builtin \
			--policies $(DEFAULTS) --policies $$file \
			-o docs/controls/$$(basename $$file .yaml).md || exit 1; \
	done
	@sh contrib/pages.sh docs/controls >docs/controls/README.md

PLANS ?= ../shared/corpus/plans
SAMPLE ?= 3
fixtures: $(BUILD)/tfassay ## fixtures of PLANS=FOLDER, SAMPLE=3 of each (jq)
	@if ! command -v jq >/dev/null; then \
		echo 'fixtures: skipped: jq is missing'; \
	elif [ ! -d '$(PLANS)' ]; then \
		echo 'fixtures: skipped: $(PLANS) is missing'; \
	else \
		sh contrib/fixtures.sh $(BUILD)/tfassay '$(PLANS)' $(SAMPLE); \
	fi

COMMENT_NEEDS := bash curl jq python3
comment-test: $(BUILD)/tfassay ## the comment's script against a server of its own
	@for tool in $(COMMENT_NEEDS); do \
		command -v $$tool >/dev/null && continue; \
		echo "comment-test: skipped: $$tool is missing"; exit; \
	done; python3 contrib/comment/test/scenarios.py $(BUILD)/tfassay

# A program of its own, for whose libraries nothing else asks.
RUN_TASK_PC := libmicrohttpd libcurl jansson nettle
RUN_TASK := $(BUILD)/run-task/tfassay-run-task
RUN_TASK_SRC := $(wildcard contrib/run-task/*.c)
ifeq ($(shell $(PKG_CONFIG) --exists $(RUN_TASK_PC) 2>/dev/null && echo yes),yes)
$(RUN_TASK): $(RUN_TASK_SRC) contrib/run-task/run_task.h include/tfassay.h \
		$(BUILD)/libtfassay.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(filter-out -Isrc -MMD -MP,$(ALL_CFLAGS)) \
		$$($(PKG_CONFIG) --cflags $(RUN_TASK_PC)) $(ALL_LDFLAGS) \
		-o $@ $(RUN_TASK_SRC) $(BUILD)/libtfassay.a \
		$$($(PKG_CONFIG) --libs $(RUN_TASK_PC)) $(LIBS)

run-task: $(RUN_TASK) ## the receiver of HCP Terraform's run tasks

run-task-test: $(RUN_TASK) ## that, against a stub on the loopback (python3)
	@if command -v python3 >/dev/null; then \
		python3 contrib/run-task/test/scenarios.py $(RUN_TASK); \
	else \
		echo 'run-task-test: skipped: python3 is missing'; \
	fi
else
run-task run-task-test:
	@echo '$@: skipped: one of $(RUN_TASK_PC) is missing'
endif

recipes: $(BUILD)/tfassay ## what contrib/ has for CI systems, run (PyYAML, jq, curl)
	@if python3 -c 'import yaml' 2>/dev/null && command -v jq >/dev/null && \
			command -v curl >/dev/null; then \
		python3 contrib/test/recipes.py $(BUILD)/tfassay; \
	else \
		echo 'recipes: skipped: Python, PyYAML, jq or curl is missing'; \
	fi

.PHONY: bench-replay replay-kill replay-engines
KILLS ?= 10
PLAN_COUNT ?= 200
replay-kill: $(BUILD)/tfassay ## replays killed KILLS=10 times and resumed, PLAN_COUNT=200
	sh contrib/replay/test/kill.sh $(BUILD) $(PLAN_COUNT) $(KILLS)

replay-engines: $(BUILD)/tfassay ## one digest by GNU parallel, Slurm and Spark
	sh contrib/replay/test/engines.sh $(BUILD) $(PLAN_COUNT)

FORMAT_PLANS ?=
formats: $(BUILD)/tfassay ## every format by readers of others, FORMAT_PLANS=FILES
	@if command -v python3 >/dev/null; then \
		python3 testdata/oracle/formats.py $(BUILD)/tfassay \
			$(FORMAT_PLANS); \
	else \
		echo 'formats: skipped: python3 is missing'; \
	fi

screens: $(BUILD)/tfassay ## HTML in Chromium, text in tmux, SCREEN_PLANS=FILES
	@if command -v python3 >/dev/null; then \
		python3 testdata/oracle/screens.py $(BUILD)/tfassay \
			$(SCREEN_PLANS); \
	else \
		echo 'screens: skipped: python3 is missing'; \
	fi

asan: $(BUILD)/tfassay $(BUILD)/unit ## every test under ASan and UBSan
	CK_FORK=no $(BUILD)/unit

# The suites over many whole plans would take an hour here; ASan runs them.
VALGRIND_SUITES ?= base json plan op config policy engine report cli
valgrind: $(BUILD)/unit ## the suites VALGRIND_SUITES under valgrind
	@for suite in $(VALGRIND_SUITES); do \
		CK_FORK=no valgrind -q --leak-check=full --error-exitcode=1 \
			--show-leak-kinds=definite \
			--errors-for-leak-kinds=definite \
			$(BUILD)/unit $$suite || exit 1; \
	done

cov: $(BUILD)/unit ## every test with line and branch coverage
	find $(BUILD) -name '*.gcda' -delete
	$(BUILD)/unit
	@if command -v gcovr >/dev/null; then \
		gcovr -r . --filter 'src/' --exclude 'src/test/' --branches \
			$(BUILD); gcovr -r . --filter 'src/' \
			--exclude 'src/test/' $(BUILD); \
	else \
		echo 'cov: skipped: gcovr is missing; sums by gcov:'; \
		sh contrib/coverage.sh $(BUILD); \
	fi

# Each target runs for FUZZ_SECONDS; what it finds stays in build/fuzz.
ifneq ($(shell command -v clang),)
fuzz: $(FUZZ_BIN) ## the fuzz targets, FUZZ_SECONDS=20 each
	sh contrib/fuzz.sh $(BUILD) $(FUZZ_SECONDS) $(FUZZ_BIN)
else
fuzz:
	@echo 'fuzz: skipped: clang is missing'
endif

differential: $(BUILD)/tfassay ## PAIRS=100000 verdicts against a second opinion
	@if python3 -c 'import yaml' 2>/dev/null; then \
		python3 testdata/oracle/differential.py $(BUILD)/tfassay \
			$(PAIRS) $(SEED); \
	else \
		echo 'differential: skipped: Python or PyYAML is missing'; \
	fi

signatures: $(BUILD)/tfassay ## sign and check a statement (minisign, openssl)
	sh contrib/signatures.sh $(BUILD)/tfassay

conversions: $(BUILD)/unit ## every plan in every format, out of its result
	CONVERT=all $(BUILD)/unit convert

typos: $(BUILD)/unit ## every typo and prefix of a shipped policy file
	@i=0; while [ $$i -lt 16 ]; do echo $$i/16; i=$$((i + 1)); done | \
		xargs -P2 -I{} env TYPOS={} CK_FORK=no $(BUILD)/unit typos

MUTANTS ?= 2000
schemas: $(BUILD)/tfassay ## JSON Schemas against the loader, MUTANTS=2000
	@if python3 -c 'import yaml, jsonschema' 2>/dev/null; then \
		python3 testdata/oracle/result_schema.py $(BUILD)/tfassay && \
		python3 testdata/oracle/schema.py $(BUILD)/tfassay \
			$(MUTANTS) $(SEED); \
	else \
		echo 'schemas: skipped: PyYAML or jsonschema is missing'; \
	fi

format: ## format every source file with clang-format
	clang-format -i $(ALL_SRC) $(wildcard src/*/*.h) include/tfassay.h

lint: ## clang-tidy and cppcheck
	sh contrib/lint.sh '$(BASE_CFLAGS)' $(LIB_SRC) $(CLI_SRC)

layers: ## fail on an include that goes up
	@sh contrib/layers.sh $(LAYERS) cli

complexity: ## functions worth a second look, worst first
	@if command -v pmccabe >/dev/null; then \
		pmccabe $(LIB_SRC) $(CLI_SRC) | sort -nr | head -n 25; \
	else \
		echo 'complexity: skipped: pmccabe is missing'; \
	fi

bench: all ## ratios to wc -l: BENCH_PLAN=FILE BENCH_SIZE=100M
	sh bench/run.sh $(BUILD)
	sh bench/joins.sh $(BUILD)

COUNT ?= 2000
bench-replay: all ## replay beside check: COUNT=2000 plans
	sh bench/replay.sh $(BUILD) $(COUNT)

install: all $(BUILD)/libtfassay.a ## to PREFIX=/usr/local, below DESTDIR
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(INCLUDEDIR) \
		$(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(DATADIR)/man/man1
	$(INSTALL) -m 755 $(BUILD)/tfassay $(DESTDIR)$(BINDIR)
	$(INSTALL) -m 644 include/tfassay.h $(DESTDIR)$(INCLUDEDIR)
	$(INSTALL) -m 644 $(BUILD)/libtfassay.a $(DESTDIR)$(LIBDIR)
	$(INSTALL) -m 755 $(LIB_SO) \
		$(DESTDIR)$(LIBDIR)/libtfassay.so.$(VERSION)
	ln -sf libtfassay.so.$(VERSION) \
		$(DESTDIR)$(LIBDIR)/libtfassay.so.$(SOVERSION)
	ln -sf libtfassay.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libtfassay.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
		-e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
		-e 's|@REQUIRES@|$(LIBS_PC)|' contrib/tfassay.pc.in \
		>$(DESTDIR)$(LIBDIR)/pkgconfig/tfassay.pc
	$(INSTALL) -m 644 docs/man/tfassay.1 $(DESTDIR)$(DATADIR)/man/man1
	for f in $(POLICY_FILES); do \
		$(INSTALL) -D -m 644 $$f $(DESTDIR)$(DATADIR)/tfassay/$$f || exit 1; \
	done

dist: ## dist/tfassay-VERSION.tar.gz of what is committed
	@mkdir -p dist
	git archive --prefix=tfassay-$(VERSION)/ HEAD | gzip -n9 \
		>dist/tfassay-$(VERSION).tar.gz

clean: ## remove what was built
	rm -rf build dist

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' Makefile

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)
