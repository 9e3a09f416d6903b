# `make run` and `make test` are all that a new user needs; each sets itself up in .venv first.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
PACKAGES := bot adapters storage tests
SOURCES := $(wildcard $(PACKAGES) bench)
# Apart from the tests, because it makes them take twice as long. In two halves: in a long run one worker loses its
# tracer (Python 3.11), and what it runs from there is not measured. For the same reason the floor is 90; files measured
# by their own tests alone are higher.
COVERAGE := --cov=bot --cov=storage
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --quiet \
	--no-emit-index-url --no-emit-find-links

export UV_SYSTEM_CERTS := 1

.DEFAULT_GOAL := help
.PHONY: help run test coverage check lock bench screenshots fonts clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: .venv/.run ## Start Bareng (without a token: the playground); options in ARGS="--port 9000"
	@$(BIN)/python -m bot run $(ARGS)

test: .venv/.dev ## Run all tests
	$(BIN)/python -m pytest -n 2 $(ARGS)

coverage: .venv/.dev ## Run all tests and measure what they reach
	$(BIN)/python -m pytest -n 2 $(COVERAGE) --cov-report= --ignore=tests/flows --ignore=tests/storage $(ARGS)
	$(BIN)/python -m pytest -n 2 $(COVERAGE) --cov-append --cov-fail-under=90 $(ARGS) tests/flows tests/storage

check: .venv/.dev ## Check style, types, the direction of imports, dependencies and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_catalogue.py tests/test_locale.py

bench: .venv/.dev ## Measure against the bare libraries; writes bench/results.md
	$(BIN)/python -m bench $(ARGS)

screenshots: .venv/.dev ## Take the pictures of the README again
	$(BIN)/python -m tests.screenshots $(ARGS)

fonts: .venv/.dev ## Make the fonts of the pictures again (Debian or Ubuntu, with npm)
	$(BIN)/uv run --no-project --python $(BIN)/python --with fonttools==4.68.0 --with brotli==1.2.1 \
		python -m tests.fonts

lock: .venv/.dev ## Pin what pyproject.toml names; ARGS=--upgrade takes newer versions
	$(LOCK) $(ARGS) --group build -o requirements.lock
	$(LOCK) $(ARGS) --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove everything that was made here, but no data
	rm -rf .venv *.egg-info build .coverage .*_cache

# The test tools are only downloaded for what needs them; having them serves running as well.
# The locks are whole, so pip resolves nothing: an older pip would take a newer release where an extra is asked for.
.venv/.run: requirements.lock pyproject.toml | .venv/bin/pip
	@test -e .venv/.dev -a .venv/.dev -nt requirements.lock || { \
		echo "Installing what Bareng needs into .venv ..." && \
		$(PIP) --no-deps --require-hashes -r requirements.lock; }
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/pip
	@echo "Installing what tests and checks need into .venv ..."
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Bareng needs Python 3.11 or newer, and '$(PYTHON)' is older or missing." \
		"Name another: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python's venv module is missing. On Debian and Ubuntu install it with:" \
		"apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv
