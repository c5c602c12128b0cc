# tfassay: see README.md.  Everything is made under build/<mode>/.
VERSION := 0.1.0
MODE ?= release
BUILD := build/$(MODE)

CC ?= cc
AR ?= ar
LD ?= ld
PREFIX ?= /usr/local
PKG_CONFIG ?= pkg-config
LIBS_PC := yaml-0.1 libpcre2-8 zlib libzstd nettle

CFLAGS_release := -O2 -g
CFLAGS_debug := -O0 -g
CFLAGS_asan := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_cov := -O0 -g --coverage
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_cov := --coverage

CFLAGS ?= $(CFLAGS_$(MODE))
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
ifdef WERROR
WARNINGS += -Werror
endif
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) \
	-fvisibility=hidden -fPIC -Iinclude -Isrc \
	$(shell $(PKG_CONFIG) --cflags $(LIBS_PC)) $(CFLAGS) -MMD -MP
ALL_LDFLAGS = $(LDFLAGS_$(MODE)) $(LDFLAGS)
LIBS = $(shell $(PKG_CONFIG) --libs $(LIBS_PC))
TEST_LIBS = $(shell $(PKG_CONFIG) --libs check jansson)
TEST_CFLAGS = $(shell $(PKG_CONFIG) --cflags check jansson)

LAYERS := base json plan op config policy engine report
LIB_SRC := $(sort $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
TEST_SRC := $(sort $(wildcard src/test/*.c))
POLICY_FILES := $(sort $(shell find policies -name '*.yaml' -o -name '*.digest'))

LIB_OBJ := $(LIB_SRC:src/%.c=$(BUILD)/%.o) $(BUILD)/builtin.o
CLI_OBJ := $(CLI_SRC:src/%.c=$(BUILD)/%.o)
TEST_OBJ := $(TEST_SRC:src/%.c=$(BUILD)/%.o)

.DEFAULT_GOAL := all
.PHONY: all check asan valgrind cov fuzz format lint layers complexity \
	install dist clean help bench

all: $(BUILD)/tfassay $(BUILD)/libtfassay.so ## the tool and the library

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(if $(filter src/test/%,$<),$(TEST_CFLAGS)) -c -o $@ $<

# The files below policies/ as arrays; YAML and digest stay the source.
$(BUILD)/builtin.c: $(POLICY_FILES) src/policy/embed.sh
	@mkdir -p $(@D)
	sh src/policy/embed.sh $(POLICY_FILES) >$@.tmp
	mv $@.tmp $@

$(BUILD)/builtin.o: $(BUILD)/builtin.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The archive is one object whose hidden symbols are made local, so it exports
# tfa_* and nothing else, and names inside can stay short.
$(BUILD)/libtfassay.a: $(LIB_OBJ)
	$(LD) -r -o $(BUILD)/libtfassay.o $^
	objcopy --localize-hidden $(BUILD)/libtfassay.o
	rm -f $@ && $(AR) rcs $@ $(BUILD)/libtfassay.o

$(BUILD)/libtfassay.so: $(LIB_OBJ)
	$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,libtfassay.so.0 -o $@ $^ $(LIBS)

$(BUILD)/tfassay: $(CLI_OBJ) $(BUILD)/libtfassay.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/unit: $(TEST_OBJ) $(LIB_OBJ) $(filter-out $(BUILD)/cli/main.o,$(CLI_OBJ))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) $(TEST_LIBS)

clean: ## remove what was built
	rm -rf build

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)
