# The two commands most people need are `make demo` and `make test`; `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: help install install-dev demo test check unit postgres bench mutate messages reference lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: .venv/.installed  ## install what running needs, from the hash-pinned lock

install-dev: .venv/.installed-dev  ## install what testing needs as well

demo: install  ## build the sample province, run the main job, say what it found, serve it
	$(BIN)/zhibao demo

check: install-dev  ## lint, types, import floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

unit: install-dev  ## all tests on SQLite (and in Chromium where it is), with coverage
	$(BIN)/python scripts/run_tests.py sqlite

postgres: install-dev  ## the tests that touch a database, again on PostgreSQL
	$(BIN)/python scripts/run_tests.py postgres

test: install-dev check unit postgres  ## everything that must hold before a change lands

bench: install-dev  ## run every benchmark and keep its results (peers: pip install -e ".[bench]" in a venv of its own)
	@for script in $$(grep -l __main__ benchmarks/*.py); do echo "== $$script"; PYTHONPATH=. $(BIN)/python $$script || exit 1; done

mutate: install-dev  ## change the law and the engine one value at a time; keep what the golden cases notice
	PYTHONPATH=. nice $(BIN)/python scripts/mutate.py

messages: install-dev  ## gather the texts of pages and code, and compile the English catalogue
	$(BIN)/python scripts/messages.py

reference: install-dev  ## write docs/reference anew from the commands and errors
	$(BIN)/python scripts/make_reference.py

lock: install-dev  ## resolve the dependencies anew, with hashes and without any host
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra fast --extra dev pyproject.toml -o requirements-dev.lock

clean:  ## remove what was built, not what was recorded
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache htmlcov .coverage
