# Everything lives in .venv; nothing is installed anywhere else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKERS ?= 4

.PHONY: help demo auto test pages check lint types contracts cover checks bench lock clean

help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.run: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/.dev: requirements-dev.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ $(VENV)/.run

demo: $(VENV)/.run        ## a town in the browser: resident, patrol group, grid head, centre
	$(BIN)/python -m bot demo

auto: $(VENV)/.run        ## whole cases played by themselves, with their timeline
	$(BIN)/python -m bot demo --auto

test: $(VENV)/.dev        ## all tests but the browser's, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -m "not pages" -n $(WORKERS) --dist worksteal $(ARGS)

pages: $(VENV)/.dev       ## the phones page in Debian's chromium
	$(BIN)/python -m pytest -m pages $(ARGS)

check: lint types contracts cover   ## everything a commit must pass

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

cover: $(VENV)/.dev
	$(BIN)/coverage run -m pytest -m "not pages" $(ARGS)
	$(BIN)/coverage report

checks: $(VENV)/.dev      ## the labelled checks and messages against the bot's own rules
	$(BIN)/python -m benchmarks.checks --district bot/data/demo_district.json --checks tests/data/checks.json --samples tests/data/samples.json
	$(BIN)/python -m benchmarks.understanding

bench: $(VENV)/.dev       ## everything measured anew into docs/benchmarks.md (an hour on two quiet cores)
	$(BIN)/python -m benchmarks.all $(ARGS)

lock:            ## made anew from the .in files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
