# Two commands matter: `make demo` and `make test`. Both set up everything first; a second setup costs nothing.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= auto
PORT ?= 8080

.PHONY: demo test lint setup setup-user fuzz holidays bench catalogue screenshots clean lock

demo: setup-user
	$(BIN)/thidua demo --port $(PORT)

test: lint
	$(BIN)/pytest -n $(WORKERS)

lint: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

# A million random strings on every core; ends with 1 when one is misread or the reader is slow.
fuzz: setup
	$(BIN)/python -m tests.fuzz

# Việt Nam's days off, written down from the package `holidays`; a test says when it is time.
holidays: setup
	$(BIN)/python -m tests.domain.holiday_table

bench: setup
	$(BIN)/python -m bench

setup: .venv/dev
setup-user: .venv/user

.venv/bin/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
	$(PYTHON) -m venv .venv

.venv/user: requirements/user.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/user.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/dev: requirements/dev.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@ .venv/user

# New pins, with hashes and without any registry's host.
lock: setup
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url pyproject.toml -o requirements/user.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements/dev.txt

# Take up new and changed sentences into the catalogues, ready to be translated.
catalogue: setup
	$(BIN)/pybabel -q extract -F babel.cfg -k say -k gloss --no-location -w 118 -o .venv/messages.pot bot handlers
	$(BIN)/pybabel -q update -N --no-wrap -D messages -i .venv/messages.pot -d bot/locale -l vi
	$(BIN)/pybabel -q update -N --no-wrap -D messages -i .venv/messages.pot -d bot/locale -l en

# The pictures of the guide, from a demo of its own; look at each before it is committed.
screenshots: setup
	$(BIN)/python -m tests.docs.screenshots

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build *.egg-info
