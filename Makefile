# `make` alone lists the targets. One venv serves them all; a stamp in it for each lock file tells
# whether the lock is newer than what is installed, so that a second run sets nothing up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
TRAIN := $(VENV)/.train-installed
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

# More arguments for pytest (PYTEST_ARGS="-k source -x") and pip-compile (LOCK_ARGS=--upgrade), and the
# judge (JUDGE_ARGS="--only nu --notes entries").
PYTEST_ARGS ?=
LOCK_ARGS ?=
JUDGE_ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site test check lint types format lock clean train-tools tagger-report judge

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: $(RUNTIME) ## build site/ from entries/
	$(BIN)/python build.py build

check: lint types test ## lint, types and test: all that must pass

test: $(DEV) ## run the tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(DEV) ## check style and layout with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## check types with mypy
	$(BIN)/mypy

format: $(DEV) ## lay out the code and sort its imports
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

# The pip settings of this machine are set aside, so that the locks hold what the public registry has.
LOCK_VENV := .venv-lock
COMPILE = env -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS -u PIP_NO_INDEX PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK_VENV)/bin/pip-compile --quiet --generate-hashes \
	--strip-extras --no-emit-options --newline=lf $(LOCK_ARGS)

train-tools: $(TRAIN) ## install what `build.py train` needs

tagger-report: $(DEV) ## score the tagger on the labels in ../shared/gold, by cross-validation
	$(BIN)/python -m tools.tagger_report

judge: $(DEV) tools/judge/node_modules/.installed ## judge the built site: Nu, axe-core, browser, Lighthouse
	$(BIN)/python -m tools.judge $(JUDGE_ARGS)

tools/judge/node_modules/.installed: tools/judge/package-lock.json
	npm ci --silent --prefix tools/judge
	@touch $@

lock: $(LOCK_VENV)/.installed ## write requirements*.txt anew from pyproject.toml
	$(COMPILE) --output-file=requirements.txt pyproject.toml
	$(COMPILE) --extra=dev --constraint=requirements.txt --output-file=requirements-dev.txt pyproject.toml
	$(COMPILE) --extra=train --constraint=requirements-dev.txt --output-file=requirements-train.txt \
		pyproject.toml

clean: ## remove what was built and all caches, but not the venv
	rm -rf site .digest-cache .mypy_cache .pytest_cache .ruff_cache
	find . -path './.venv*' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The dev and train locks hold all of requirements.txt, hence both stamps.
$(DEV): requirements-dev.txt | $(BIN)/pip
	$(INSTALL) -r requirements-dev.txt
	@touch $(RUNTIME) $(DEV)

$(TRAIN): requirements-train.txt | $(BIN)/pip
	$(INSTALL) -r requirements-train.txt
	@touch $(RUNTIME) $(TRAIN)

$(RUNTIME): requirements.txt | $(BIN)/pip
	$(INSTALL) -r requirements.txt
	@touch $(RUNTIME)

define make-venv
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Digest needs Python 3.11 or newer, and $(PYTHON) is not: try make PYTHON=python3.12" >&2; exit 1; }
$(PYTHON) -m venv $(1)
endef

# pip comes last into a new venv: where it is, the venv is whole.
$(BIN)/pip:
	$(call make-venv,$(VENV))

$(LOCK_VENV)/.installed: Makefile
	$(call make-venv,$(LOCK_VENV))
	$(LOCK_VENV)/bin/python -m pip install -qq --disable-pip-version-check pip==26.3 pip-tools==7.6.2
	@touch $@
