# Few targets. `make run` needs Python 3.11 and Node 20 and nothing else; each says what it installs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check fast slow bench chaos train lock clean

# Images often set it; then every process of ours would compile all of its modules anew (3 s each).
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# What must hold on PostgreSQL as well: all that owns transactions, locks or guarded rows.
ON_POSTGRESQL := $(wildcard $(foreach p,audit people channels delivery publishing pauses strays evidence incidents inbox wellbeing,src/breakwater/$(p)/tests))

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: ## set up, bring the database up to date, serve http://127.0.0.1:8000
	@setup/setup.sh run
	@$(BIN)/breakwater migrate
	@exec $(BIN)/breakwater run

test: ## set up what tests need, check everything, run all tests
	@setup/setup.sh test
	@$(MAKE) --no-print-directory check fast slow

check: ## style, layers, types, migrations, browser code; no tests of Python
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	BREAKWATER_DATA=build/check $(BIN)/django-admin makemigrations --check --dry-run --settings breakwater.config.settings
	npm run --silent check
	npm test --silent

fast: ## the fast tests, on SQLite
	$(BIN)/pytest -n 2 -m "not slow"

slow: ## PostgreSQL, real servers, a real browser
	BREAKWATER_TEST_DB=postgresql $(BIN)/pytest -n 2 -m "not slow" $(ON_POSTGRESQL)
	$(BIN)/pytest -n 2 --dist loadfile -m "slow and not alone"
	$(BIN)/pytest -m alone

bench: ## print the tables of figures, beside Celery and RabbitMQ too (about 20 minutes)
	@setup/setup.sh bench
	@$(BIN)/breakwater bench
	@$(BIN)/python -m tests.load $(BENCH)

chaos: ## kill, freeze, cut and starve real processes; count every row (about 25 minutes, as root)
	@setup/setup.sh chaos
	@$(BIN)/python -m tests.chaos $(if $(SEED),--seed $(SEED)) $(CHAOS)

train: ## make the scorer's weights, model card and figures anew (at most an hour; needs ../shared)
	@setup/setup.sh train
	@PYTHONPATH=src .venv-training/bin/python -m pytest -q -c /dev/null --rootdir . --noconftest -p no:cacheprovider training/tests/test_learning.py training/tests/test_calibration.py
	@PYTHONPATH=src .venv-training/bin/python -m training

lock: ## compile the lock files again (pyproject.toml, package.json)
	@setup/setup.sh lock

clean: ## throw away what was built; data/ stays
	rm -rf .venv .venv-training .tools node_modules tests/peers/node_modules build src/breakwater/web/static/dist
