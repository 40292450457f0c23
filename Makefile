# make run                    install what is missing, start the server (make run ARGS=--no-demo, make run LIGHT=1)
# make cluster                three processes, Postgres, a broker and a proxy on this machine (ARGS="--port 9000 --nodes 2")
# make test                   the tests            (make test TESTS=tests/web JOBS=1)
# make quick                  the inner loop: decide, every verb, fold, routing, protocol; seconds
# make check                  everything that is checked without running the product
# make format                 set Python and scripts in their form
# make docs                   write docs/reference anew from the code
# make lock                   write constraints.txt anew from what requirements.txt resolves to
# make clean                  remove what these made; var/, your data, stays

SHELL := bash
VENV ?= .venv
BIN := $(VENV)/bin
LIGHT ?=
BASE := $(if $(LIGHT),light,run)
ARGS ?=
TESTS ?= tests
# More than the two cores of a small machine: many tests wait in real time for a voice or a browser.
JOBS ?= 3
# What pytest answers when nothing was chosen.
NO_TESTS := 5
export VENV PYTHON

.PHONY: run cluster install dev test quick check lint types layers migrations docs-check scripts format docs lock clean

run: install
	@exec $(BIN)/python app.py $(ARGS)

cluster: install
	@tools/install.sh $(BASE) cluster
	@exec $(BIN)/python -m tools.cluster $(ARGS)

install:
	@tools/install.sh $(BASE)

dev:
	@tools/install.sh $(BASE) dev

test: dev
	@is_red=0; \
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not alone" $(TESTS) || [ $$? -eq $(NO_TESTS) ] || is_red=1; \
	$(BIN)/python -m pytest -q -m alone $(TESTS) || [ $$? -eq $(NO_TESTS) ] || is_red=1; \
	exit $$is_red

# What has to hold in every moment of writing: no model, browser, Postgres or server. Under 20 s on two quiet cores.
QUICK := tests/agent/test_decide.py tests/actions tests/conversation tests/routing tests/telephony/test_browser_codec.py
quick: dev
	@$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=quick $(QUICK)

check: dev lint types layers migrations docs-check scripts
	@echo "All checks passed."

# Snippets in the documents are set for the reader's eye, with aligned comments.
lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --config 'format.exclude = ["*.md"]' .

types:
	@$(BIN)/mypy .

layers:
	@$(BIN)/lint-imports

# The newest migration and the tables in the code say the same.
migrations: url = sqlite:///test-output/migrations.sqlite3
migrations:
	@mkdir -p test-output && rm -f test-output/migrations.sqlite3*
	@$(BIN)/alembic -x url=$(url) upgrade head
	@$(BIN)/alembic -x url=$(url) check

# Links and paths exist, marked snippets run, generated pages are up to date.
docs-check:
	@$(BIN)/python -m pytest -q tests/docs

# The scripts of the screens: parse, tests, format, types. Needs Node, which nothing else here does.
scripts:
	@tools/screens.sh check

format: dev
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .
	@tools/screens.sh format

docs: dev
	@$(BIN)/python -m tools.reference

lock:
	@tools/lock.sh

clean:
	rm -rf $(VENV) tools/js/node_modules test-output .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
