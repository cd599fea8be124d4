# Siklus: everything a person types, in one place. `make` alone lists it.

VENV ?= .venv
PY   := $(VENV)/bin/python
BIN  := $(VENV)/bin
PIP  := $(PY) -m pip --disable-pip-version-check
# Two workers suit two cores; `make test WORKERS=8` on a larger machine.
WORKERS ?= 2

# The tests start some hundred programs of ours: what these import is compiled once, not by each of them.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup setup-runtime demo test test-fast test-long test-model test-mutants test-pg check fmt lint types imports cover bench bench-search conformance verify clean

help: ## List the targets
	@echo "Siklus. Targets:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

# --- environment -----------------------------------------------------------------------------------------

# The first Python that is new enough and can make environments; if there is none, say what to install.
$(PY):
	@found=""; \
	for name in python3.13 python3.12 python3.11 python3; do \
	  if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    found="$$name"; break; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Siklus needs Python 3.11 or newer with its venv module, and none of python3.13, python3.12,"; \
	  echo "python3.11 or python3 here is one:"; \
	  for name in python3.13 python3.12 python3.11 python3; do \
	    if ! "$$name" --version >/dev/null 2>&1; then why="not installed"; \
	    elif ! "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	      then why="$$("$$name" --version 2>&1), too old"; \
	    else why="$$("$$name" --version 2>&1), but without venv"; fi; \
	    printf '  %-12s%s\n' "$$name" "$$why"; \
	  done; \
	  echo "Install one, then run make again:"; \
	  echo "  Debian, Ubuntu:  apt-get install python3 python3-venv"; \
	  echo "  Fedora:          dnf install python3"; \
	  echo "  macOS:           brew install python@3.13"; \
	  exit 1; \
	fi; \
	echo "Making an environment of its own in $(VENV) with $$found ($$("$$found" --version)) ..."; \
	"$$found" -m venv --clear "$(VENV)"

# Stamps: what is installed is installed again only when pyproject.toml or constraints.txt change.
# The demo runs on the runtime dependencies alone; the tests add theirs.
$(VENV)/.siklus-runtime: pyproject.toml constraints.txt | $(PY)
	@echo "Installing Siklus into $(VENV) (versions from constraints.txt) ..."
	@$(PIP) install --progress-bar on -c constraints.txt -e .
	@touch $@

$(VENV)/.siklus-test: pyproject.toml constraints.txt | $(PY)
	@echo "Installing Siklus with its test tools into $(VENV) (versions from constraints.txt) ..."
	@$(PIP) install --progress-bar on -c constraints.txt -e '.[test,postgres]'
	@touch $@ $(VENV)/.siklus-runtime

setup: $(VENV)/.siklus-test ## Make the environment with everything, for working on Siklus
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "$(VENV) is ready.",:)

setup-runtime: $(VENV)/.siklus-runtime ## Make the environment with what running needs, no more
	@$(if $(filter setup-runtime,$(MAKECMDGOALS)),echo "$(VENV) is ready.",:)

# --- use -------------------------------------------------------------------------------------------------

demo: setup-runtime ## Create an invented agency, launch its annual cycle, serve it on http://127.0.0.1:8000
	@$(BIN)/siklus demo

verify: setup-runtime ## Check the audit chain of the configured database
	@$(BIN)/siklus audit verify

# --- tests -----------------------------------------------------------------------------------------------

test: setup ## Run the tests (minutes)
	@echo "Running the tests with $(WORKERS) workers; the soaks are left to 'make test-long' ..."
	@$(BIN)/pytest -n $(WORKERS)

# What a case does, without reading files or choosing words: short enough to run after every change.
FAST := audit calendar clocks conditions figures gathering journaling ladder linking meaning people signing steering step

test-fast: setup ## Run the tests of what a case does (under five seconds)
	@$(BIN)/pytest -q -n 0 $(FAST:%=tests/core/test_%.py) -m 'not long and not heavy and not hypothesis'

test-long: setup ## Run soaks, kill sweeps and long models (up to 40 minutes)
	@echo "Running soaks, kill sweeps and long models with $(WORKERS) workers ..."
	@$(BIN)/pytest -n $(WORKERS) -m long --timeout 1800

test-model: setup ## Live all 10,000 cases of the model on each engine (some twenty minutes)
	@echo "Living 10,000 cases on each engine beside the model with $(WORKERS) workers ..."
	@SIKLUS_EVERY_RUN=1 SIKLUS_TEST_POSTGRES=1 $(BIN)/pytest -n $(WORKERS) -m long --timeout 3600 tests/model

test-mutants: setup ## Change the verifier in one place at a time and count what its tests notice (ten minutes)
	@echo "Changing the verifier in every place in turn; at least 95 of 100 changes must be noticed ..."
	@SIKLUS_MUTANTS=all $(BIN)/pytest -q -n 0 -m long tests/mutants

test-pg: setup ## Run the tests that need PostgreSQL; they start one of their own
	@echo "Running the tests on PostgreSQL; they start a server of their own in a temporary directory ..."
	@SIKLUS_TEST_POSTGRES=1 $(BIN)/pytest -n $(WORKERS) -m "postgres and not long"

# --- checks ----------------------------------------------------------------------------------------------

check: lint types imports test ## Run everything a change must pass

fmt: setup ## Format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: setup ## Check style and formatting
	@echo "Checking style ..."
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup ## Check types, strictly
	@echo "Checking types ..."
	@$(BIN)/mypy

imports: setup ## Check who imports whom
	@echo "Checking who imports whom ..."
	@$(BIN)/lint-imports

cover: setup ## Measure which branches the tests take
	@echo "Measuring coverage in one process; this takes longer than 'make test' ..."
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage report

bench: setup ## Measure transitions and storms beside the bare driver
	@echo "Measuring; leave the machine alone meanwhile ..."
	@$(PY) -m benchmarks

bench-search: setup ## Measure searches in a log of five million entries on PostgreSQL (6 GB of disk, ten minutes)
	@$(PY) -m benchmarks.searching

# pm4py is AGPL: never a dependency, only a reader in an environment of its own, which is kept for the next time.
CONFORMANCE ?= .conformance

conformance: setup ## Let a public process-mining tool read the views of a demo's pack and replay its nets
	@test -x $(CONFORMANCE)/bin/python || $(PY) -m venv $(CONFORMANCE)
	@$(CONFORMANCE)/bin/python -m pip --disable-pip-version-check install -q 'pm4py==2.7.23.11'
	@rm -f $(CONFORMANCE)/demo.db* $(CONFORMANCE)/pack.zip $(CONFORMANCE)/siklus-log.*
	@$(BIN)/siklus demo --run-to-end --fresh --database $(CONFORMANCE)/demo.db
	@$(BIN)/siklus audit export --all -o $(CONFORMANCE)/pack.zip --database $(CONFORMANCE)/demo.db
	@$(CONFORMANCE)/bin/python benchmarks/conformance.py $(CONFORMANCE)/pack.zip

clean: ## Remove what the tools left behind, and the environment
	@rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
