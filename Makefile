# Every verb a developer or operator needs; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(VENV)/bin/pip --disable-pip-version-check --quiet

export RASA_TELEMETRY_ENABLED := false
export PYTHONWARNINGS ?=

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

run: $(VENV)/app.stamp ## set up what is missing and serve http://localhost:8000
	@$(PY) -m bot.cli serve

setup: $(VENV)/app.stamp ## make .env, the database and the knowledge store
	@$(PY) -m bot.cli setup

train: $(VENV)/app.stamp ## train the model if it is out of date
	@$(PY) -m bot.cli train

web: $(VENV)/app.stamp ## build the website widget and pages
	@$(PY) -m bot.cli web

test: $(VENV)/dev.stamp ## set up and run every test
	@$(PY) -m bot.cli web
	@$(PY) -m bot.cli train
	@$(PY) -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/dev.stamp ## check style
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

format: $(VENV)/dev.stamp ## put the code in house style
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format .

types: $(VENV)/dev.stamp ## check types
	@$(VENV)/bin/mypy

data-check: $(VENV)/app.stamp ## check knowledge, NLU data and their coverage of all topics
	@$(PY) -m bot.cli knowledge check

domain: $(VENV)/app.stamp ## write the topics' part of domain.yml from the knowledge
	@$(PY) -m bot.cli knowledge domain

evaluate: $(VENV)/app.stamp ## score the model on held-out questions: evaluation/out/report.md
	@$(PY) -m bot.cli train
	@$(PY) -m evaluation && $(PY) -m evaluation.end_to_end --questions

gate: $(VENV)/app.stamp ## fail when a slice got worse than the last release
	@$(PY) -m bot.cli train
	@$(PY) -m evaluation --gate

bench: $(VENV)/app.stamp ## speed and memory beside vanilla Rasa, in the same minutes
	@$(PY) -m bot.cli train
	@$(PY) -m evaluation.beside_vanilla

test-gateway: ## test the gateway without Rasa, on the newest Python 3.11+ found
	@bash scripts/test_gateway

simulate: $(VENV)/dev.stamp ## chat through Zalo and Messenger stand-ins: http://localhost:8800
	@$(PY) -m tests.simulators

chaos: $(VENV)/dev.stamp ## 10,000 webhooks through kills, faults and duplicates
	@$(PY) -m evaluation.chaos

burst: $(VENV)/dev.stamp ## 200 webhooks a second for a minute
	@$(PY) -m evaluation.burst

lock: ## lock the dependencies (needs uv)
	@for name in gateway gateway-dev; do \
	  uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-annotate \
	    requirements/$$name.in -o requirements/$$name.txt; done
	@for name in app encoder dev; do \
	  uv pip compile --quiet --python-version 3.10 --generate-hashes --no-header --no-annotate \
	    requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove the environment, models and caches; keeps .env and the database
	@rm -rf $(VENV) models .rasa .mypy_cache .ruff_cache .pytest_cache evaluation/out

$(VENV)/app.stamp: requirements/app.txt pyproject.toml | $(VENV)/made
	@echo "installing (a few minutes the first time) …"
	@$(PIP) install --require-hashes -r requirements/app.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/app.stamp
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/made:
	@bash scripts/make_environment $(VENV)
	@touch $@

# Commands beside files of the same name.
.PHONY: help run setup train web test-gateway simulate chaos burst test lint format types data-check domain evaluate gate bench lock clean
