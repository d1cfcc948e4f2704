# Slate: `make demo` shows it at work, `make test` runs every test, `make help` lists the rest.

PREFIX ?= /usr/local
SWIFT ?= swift
# INSTALL=no leaves the system's packages alone.
INSTALL ?= yes

BUILD_PACKAGES := libavformat-dev libavcodec-dev libavutil-dev libswresample-dev libswscale-dev \
	libsndfile1-dev libuchardet-dev libxml2-dev zlib1g-dev libsqlite3-dev pkg-config
TEST_PACKAGES := $(BUILD_PACKAGES) ffmpeg espeak-ng

# lld folds equal functions and packs relocations: 1 MB less memory than with the default linker.
RELEASE := -c release --static-swift-stdlib \
	-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --icf=safe
# Tests run optimised: the search and the decoders are a hundred times slower without.
TEST := -c release -Xswiftc -enable-testing --scratch-path .build-test
SLATE := .build/release/slate
SOURCES := Package.swift $(shell find Sources Formats Media -type f)

BINARY := $(DESTDIR)$(PREFIX)/bin/slate
MANUAL := $(DESTDIR)$(PREFIX)/share/man/man1/slate.1
BASH_COMPLETION := $(DESTDIR)$(PREFIX)/share/bash-completion/completions/slate
ZSH_COMPLETION := $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_slate
FISH_COMPLETION := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/slate.fish

.DEFAULT_GOAL := build
.PHONY: help build demo test sanitize bench bench-formats bench-turns bench-agreement peers fuzz examples install uninstall clean build-packages test-packages

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sort | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

build: $(SLATE) ## Build slate for use, in .build/release

$(SLATE): $(SOURCES) | build-packages
	$(SWIFT) build $(RELEASE) --product slate
	@touch $@

demo: build ## Put the subtitles of Examples/ on time and show the result
	@Examples/demo.sh $(SLATE)

test: test-packages ## Run every test
	$(SWIFT) test $(TEST)

sanitize: test-packages ## Run every test under the address sanitizer, then under the thread sanitizer
	LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/leaks.supp:print_suppressions=0 \
	  $(SWIFT) test $(TEST) --sanitize=address --scratch-path .build-asan
	$(SWIFT) test $(TEST) --sanitize=thread --scratch-path .build-tsan

bench: build test-packages ## Measure Slate beside ffmpeg and ffsubsync (if installed) on the same films; BENCH=options
	$(SWIFT) build -c release --package-path Benchmarks
	Benchmarks/.build/release/AlignBenchmark --slate $(SLATE) $(BENCH)

bench-formats: test-packages ## Measure reading and writing of label files beside the Python peers that are installed; BENCH=options
	$(SWIFT) build -c release --package-path Benchmarks --product FormatsBenchmark
	python3 Benchmarks/formats.py $(BENCH)

bench-turns: test-packages ## Measure scoring of turns beside pyannote.metrics and spyder, where installed; REF=file HYP=file
	$(SWIFT) build -c release --package-path Benchmarks --product TurnsBenchmark
	python3 Benchmarks/turns.py $(REF) $(HYP)

bench-agreement: test-packages ## Measure agreement beside scikit-learn, krippendorff and pygamma-agreement, where installed; BENCH=options
	$(SWIFT) build -c release --package-path Benchmarks --product AgreementBenchmark
	python3 Benchmarks/agreement.py $(BENCH)

peers: build ## Let other programs read the label files that slate writes; needs the network once, for PyPI
	@.ci/install python3-venv libxml2-utils chromium ffmpeg
	@test -d .build/peers || python3 -m venv .build/peers
	@.build/peers/bin/pip install -q -r Tests/Peers/requirements.txt
	.build/peers/bin/python Tests/Peers/peers.py --slate $(SLATE)

# Every module is built for libFuzzer and the address sanitizer; a failing input stays in Fuzzing/.corpus.
FORMAT ?= vtt
RUNS ?= 2000000
fuzz: test-packages ## Feed mutated files to the reader of a format: FORMAT=vtt RUNS=2000000
	$(SWIFT) build -c release --package-path Fuzzing --product FuzzFormats -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld
	mkdir -p Fuzzing/.corpus/$(FORMAT)
	Fuzzing/.build/release/FuzzFormats $(FORMAT) --seeds Fuzzing/.corpus/$(FORMAT) Tests ../shared/data/formats
	SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:malloc_context_size=1 Fuzzing/.build/release/FuzzFormats $(FORMAT) -runs=$(RUNS) -max_len=2048 \
	  -timeout=10 -rss_limit_mb=2048 -artifact_prefix=Fuzzing/.corpus/$(FORMAT)- Fuzzing/.corpus/$(FORMAT)

examples: test-packages ## Make the files of Examples/ anew
	Examples/make-examples.sh

# After `make build`, this writes under PREFIX only, so that `sudo make install` leaves the build folder alone.
install: $(SLATE) ## Install under PREFIX (/usr/local): program, manual page, completions; honours DESTDIR
	install -D -s -m 755 $(SLATE) "$(BINARY)"
	install -D -m 644 /dev/null "$(MANUAL)" && $(SLATE) manual > "$(MANUAL)"
	install -D -m 644 /dev/null "$(BASH_COMPLETION)" && $(SLATE) --generate-completion-script bash > "$(BASH_COMPLETION)"
	install -D -m 644 /dev/null "$(ZSH_COMPLETION)" && $(SLATE) --generate-completion-script zsh > "$(ZSH_COMPLETION)"
	install -D -m 644 /dev/null "$(FISH_COMPLETION)" && $(SLATE) --generate-completion-script fish > "$(FISH_COMPLETION)"

uninstall: ## Remove what install put under PREFIX
	rm -f "$(BINARY)" "$(MANUAL)" "$(BASH_COMPLETION)" "$(ZSH_COMPLETION)" "$(FISH_COMPLETION)"

clean: ## Remove everything that was built
	rm -rf .build .build-test .build-asan .build-tsan Benchmarks/.build Fuzzing/.build Fuzzing/.corpus

ifeq ($(INSTALL),no)
build-packages test-packages:
else
build-packages:
	@.ci/install $(BUILD_PACKAGES)
test-packages:
	@.ci/install $(TEST_PACKAGES)
endif
